//! How the controls of the figure dialog are laid out: rows with a name on the left, below headings.

use egui::{Align, ComboBox, Id, Layout, Response, Ui, vec2};

use super::super::pen::Pen;
use crate::scene::theme::style;

/// Width of the names on the left.
pub(super) const NAME: f32 = 78.0;

/// A heading above some rows.
pub(super) fn heading(ui: &mut Ui, pen: &mut Pen, words: &str) {
    ui.add_space(10.0);
    pen.label(ui, words, style::BODY_STRONG, pen.theme.text);
    ui.add_space(1.0);
}

/// A row with its name; `add` is given what names a widget.
pub(super) fn row(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui, Id)) {
    ui.horizontal(|ui| {
        let id = self::name(ui, name, NAME);
        add(ui, id);
    });
}

/// A name with a width of its own.
pub(super) fn name(ui: &mut Ui, name: &str, width: f32) -> Id {
    let size = vec2(width, ui.spacing().interact_size.y);
    let layout = Layout::left_to_right(Align::Center);
    let inner = ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        ui.weak(name).id
    });
    inner.inner
}

/// One of several values, from a list as wide as there is room; whether another was chosen.
pub(super) fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    (salt, named_by): (&str, Id),
    value: &mut T,
    all: impl IntoIterator<Item = T>,
    label: impl Fn(T) -> &'static str,
) -> bool {
    let before = *value;
    let width = ui.available_width();
    let list = ComboBox::from_id_salt(salt).selected_text(label(*value)).width(width).truncate();
    let shown = list.show_ui(ui, |ui| {
        for other in all {
            ui.selectable_value(value, other, label(other));
        }
    });
    shown.response.labelled_by(named_by);
    *value != before
}

/// A line of text that fills its row; empty means none.
pub(super) fn text(ui: &mut Ui, named_by: Id, value: &mut String, hint: &str) -> Response {
    let width = ui.available_width();
    let edit = egui::TextEdit::singleline(value).desired_width(width);
    ui.add(edit.hint_text(hint.to_owned())).labelled_by(named_by)
}
