//! Long lists of parts of any height, of which only those in sight are laid out.

use egui::{Rect, Sense, Ui, vec2};

/// A part of a list inside a scroll area, with a name of its own. Out of sight it only takes its room: that which it had when it
/// was last laid out at this width, else the estimate in points.
pub(crate) fn show(ui: &mut Ui, name: &str, estimate: f32, part: impl FnOnce(&mut Ui)) {
    let width = ui.available_width();
    let id = ui.scope_id().with((name, width.to_bits()));
    let known: Option<f32> = ui.data(|d| d.get_temp(id));
    let height = known.unwrap_or(estimate);
    let place = Rect::from_min_size(ui.cursor().min, vec2(width, height));
    if ui.is_rect_visible(place) {
        let top = ui.cursor().top();
        ui.scope(part);
        let height = ui.cursor().top() - top - ui.spacing().item_spacing.y;
        ui.data_mut(|d| d.insert_temp(id, height));
    } else {
        ui.allocate_exact_size(place.size(), Sense::hover());
    }
}
