//! A field for a typed date, or for both ends of the window at once.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{EventFilter, Key, Ui};

use crate::analysis::{DateEntry, date_entry, words};
use crate::domain::{Day, DaySpan};

/// A date as it is being typed.
#[derive(Default)]
pub(crate) struct DateField {
    text: String,
    /// The window and its day that the text was made from.
    shown: Option<(DaySpan, Day)>,
    error: Option<String>,
    /// What was made of what was typed, and until when that is said.
    note: Option<(String, f64)>,
}

/// So long it is said what was made of what was typed, in seconds.
const NOTE_SECS: f64 = 6.0;

impl DateField {
    /// The field of one end of the window; what was typed once it is left or Enter is
    /// pressed. What is wrong with it stands right above it, whole, until the window changes; typing then
    /// goes on, and Esc brings the old date back.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        label: &str,
        (window, day): (DaySpan, Day),
        record: DaySpan,
    ) -> Option<DateEntry> {
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
            .on_hover_text(hint(record));
        let now_secs = ui.input(|i| i.time);
        let left_alone = !ui.input(|i| i.pointer.any_pressed()) && !field.has_focus();
        self.note = self.note.take().filter(|(_, until)| now_secs < *until && left_alone);
        if let Some(error) = &self.error {
            advice(&field, error, ui.visuals().error_fg_color);
        } else if let Some((note, until)) = &self.note {
            advice(&field, note, ui.visuals().text_color());
            let left = std::time::Duration::from_secs_f64((until - now_secs).max(0.0));
            ui.ctx().request_repaint_after(left);
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

    /// Says for some seconds what was made of what was typed.
    pub(crate) fn note(&mut self, words: String, now_secs: f64) {
        self.note = Some((words, now_secs + NOTE_SECS));
    }

    /// Says it no longer.
    pub(crate) fn forget_note(&mut self) {
        self.note = None;
    }

    /// What was typed; what is wrong with it is noted.
    fn typed(&mut self, record: DaySpan) -> Option<DateEntry> {
        match date_entry(&self.text, record) {
            Ok(entry) if !entry.span.overlaps(record) => {
                let days = words::span(record);
                self.error = Some(format!("The record covers {days}: type a date within it"));
                None
            }
            Ok(entry) => {
                // What was typed is shown as the day that it came to.
                self.shown = None;
                self.error = None;
                Some(entry)
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

/// An end of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    First,
    Last,
}

/// The window once something was typed for one of its ends. A range is the new window, and so is a month, a
/// quarter or a year typed for its first; else the day, or the last of what was typed for its last, is the new
/// end, and the other end goes along where it would be passed.
pub(crate) fn window_with(typed: DateEntry, end: End, window: DaySpan) -> DaySpan {
    let DateEntry { span, is_range } = typed;
    match end {
        _ if is_range => span,
        End::First if span.days() > 1 => span,
        End::First => DaySpan::between(span.first(), window.last().max(span.first())),
        End::Last => DaySpan::between(window.first().min(span.last()), span.last()),
    }
}

/// What may be typed.
fn hint(record: DaySpan) -> String {
    format!(
        "A day (3 jan 2022, 2022-01-03) moves this end. Both ends at once, in either field: 3-6 jan 2022, \
         2021-07..2021-09, since july 2021, last 30 days.\n\
         A month (2021-07, july 2021), a quarter (q3 2021) or a year is all of it in From, and in to the \
         last day alone.\n\
         Last and first count from the ends of the record, {}; a date without a year is the latest in it.",
        words::span(record)
    )
}

/// What is wrong or what was done, above the field that it is about.
fn advice(field: &egui::Response, words: &str, color: egui::Color32) {
    const WIDTH: f32 = 320.0;
    egui::Popup::from_response(field)
        .open(true)
        .close_behavior(egui::PopupCloseBehavior::IgnoreClicks)
        .align(egui::RectAlign::TOP_START)
        .show(|ui| {
            ui.set_max_width(WIDTH);
            ui.colored_label(color, words);
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
