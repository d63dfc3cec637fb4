//! A field for a typed date: a day, a month or a year.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{EventFilter, Key, Ui};

use crate::analysis::words;
use crate::domain::{Day, DaySpan};

/// A date as it is being typed.
#[derive(Default)]
pub(crate) struct DateField {
    text: String,
    /// The window and its day that the text was made from.
    shown: Option<(DaySpan, Day)>,
    error: Option<String>,
}

impl DateField {
    /// The field of one end of the window; the span that was typed once it is left or Enter is
    /// pressed. What is wrong with it stands right above it, whole, until the window changes; typing then
    /// goes on, and Esc brings the old date back.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        label: &str,
        (window, day): (DaySpan, Day),
        record: DaySpan,
    ) -> Option<DaySpan> {
        let name = ui.label(label);
        if self.shown != Some((window, day)) {
            self.text = day.to_string();
            self.shown = Some((window, day));
            self.error = None;
        }
        let field = ui
            .add(
                egui::TextEdit::singleline(&mut self.text)
                    .desired_width(96.0)
                    .hint_text("2022-01-05"),
            )
            .labelled_by(name.id)
            .on_hover_text("A day (2022-01-05), a month (2022-01) or a year (2022)");
        if let Some(error) = &self.error {
            advice(&field, error);
        }
        let pressed = |key| ui.input(|i| i.key_pressed(key));
        if field.has_focus() {
            // Esc is this field's own and closes no card.
            let own = EventFilter {
                escape: true,
                horizontal_arrows: true,
                vertical_arrows: true,
                tab: false,
            };
            ui.memory_mut(|m| m.set_focus_lock_filter(field.id, own));
            if pressed(Key::Escape) {
                self.shown = None;
                field.surrender_focus();
                ui.request_repaint();
            }
            return None;
        }
        if !field.lost_focus() {
            return None;
        }
        if self.text.trim() == day.to_string() {
            self.shown = None;
            return None;
        }
        let typed = self.typed(record);
        if typed.is_none() && pressed(Key::Enter) {
            self.type_on(&field);
        }
        typed
    }

    /// The span that was typed; what is wrong with it is noted.
    fn typed(&mut self, record: DaySpan) -> Option<DaySpan> {
        match DaySpan::parse(&self.text) {
            Ok(span) if !span.overlaps(record) => {
                let days = words::span(record);
                self.error = Some(format!("The record covers {days}: type a date within it"));
                None
            }
            Ok(span) => {
                // What was typed is shown as the day that it came to.
                self.shown = None;
                self.error = None;
                Some(span)
            }
            Err(error) => {
                self.error = Some(error.to_string());
                None
            }
        }
    }

    /// Keeps the keyboard in the field, with its text selected.
    fn type_on(&self, field: &egui::Response) {
        let mut state = TextEditState::load(&field.ctx, field.id).unwrap_or_default();
        let end = CCursor::new(self.text.chars().count());
        state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
        state.store(&field.ctx, field.id);
        field.request_focus();
    }
}

/// What is wrong, above the field that it is about.
fn advice(field: &egui::Response, error: &str) {
    const WIDTH: f32 = 320.0;
    egui::Popup::from_response(field)
        .open(true)
        .close_behavior(egui::PopupCloseBehavior::IgnoreClicks)
        .align(egui::RectAlign::TOP_START)
        .show(|ui| {
            ui.set_max_width(WIDTH);
            ui.colored_label(ui.visuals().error_fg_color, error);
        });
}

/// Takes the keyboard from a date field, when a person turns to the map or the strip.
pub(crate) fn let_go(ui: &Ui) {
    ui.memory_mut(|m| {
        if let Some(id) = m.focused() {
            m.surrender_focus(id);
        }
    });
}
