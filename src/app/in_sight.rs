//! Long lists of parts of any height, of which only those in sight are laid out.

use std::ops::Range;

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

/// Rows of equal height in points; `row` is asked to lay out those in sight only, given by their numbers.
pub(crate) fn rows(ui: &mut Ui, height: f32, count: usize, mut row: impl FnMut(&mut Ui, usize)) {
    #[expect(clippy::cast_precision_loss, reason = "numbers of rows fit f32 well enough to scroll")]
    let top = |number: usize| number as f32 * height;
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), top(count)), Sense::hover());
    for number in numbers(area, ui.clip_rect(), height, count) {
        let left_top = area.min + vec2(0.0, top(number));
        let place = Rect::from_min_size(left_top, vec2(area.width(), height));
        row(&mut ui.new_child(egui::UiBuilder::new().id_salt(number).max_rect(place)), number);
    }
}

/// Which of some rows of equal height, one below the other in an area, are in sight.
pub(crate) fn numbers(area: Rect, seen: Rect, height: f32, count: usize) -> Range<usize> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held to the number of rows"
    )]
    let at = |y: f32| (((y - area.top()) / height).floor().max(0.0) as usize).min(count);
    at(seen.top())..(at(seen.bottom()) + 1).min(count)
}
