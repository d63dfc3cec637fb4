//! Labels for panels, in any script, with the glyphs of the scene.

use egui::{Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::ScreenPainter;
use crate::scene::text::{Align, ShapedText, Shaper, TextStyle};
use crate::scene::{Rgba, Text};

/// A label as wide as its text.
pub fn shaped_label(
    ui: &mut Ui,
    painter: &mut ScreenPainter,
    shaper: &mut Shaper,
    text: &str,
    style: TextStyle,
    color: Rgba,
) -> Response {
    let label = shaper.shape(text, style);
    let width = label.width();
    show(ui, painter, text, (&label, width), color)
}

/// A label of one line, whose end is cut off with "…" where it is wider than `max_width_pt` points.
/// Its accessible name is the whole text.
pub fn shaped_label_within(
    ui: &mut Ui,
    painter: &mut ScreenPainter,
    shaper: &mut Shaper,
    (text, max_width_pt): (&str, f32),
    style: TextStyle,
    color: Rgba,
) -> Response {
    let label = shaper.shape_within(text, style, max_width_pt);
    let width = label.width();
    show(ui, painter, text, (&label, width), color)
}

/// A text that is broken into lines at the available width, which it takes wholly; a text that
/// reads from the right lies at the right edge.
pub fn shaped_paragraph(
    ui: &mut Ui,
    painter: &mut ScreenPainter,
    shaper: &mut Shaper,
    text: &str,
    style: TextStyle,
    color: Rgba,
) -> Response {
    let available = ui.available_width();
    let label = shaper.wrap(text, style, available, Align::Start);
    let width = if available.is_finite() { available } else { label.width() };
    show(ui, painter, text, (&label, width), color)
}

fn show(
    ui: &mut Ui,
    painter: &mut ScreenPainter,
    text: &str,
    (shaped, width): (&std::sync::Arc<ShapedText>, f32),
    color: Rgba,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, shaped.height()), Sense::hover());
    let is_enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Label, is_enabled, text));
    if ui.is_rect_visible(rect) {
        let left =
            if shaped.is_right_to_left() { rect.right() - shaped.width() } else { rect.left() };
        let origin = [left, rect.top()];
        let text = Text { origin, shaped: std::sync::Arc::clone(shaped), color, halo: None };
        painter.paint_text(ui.painter(), &text, 1.0);
    }
    response
}
