//! A field for a typed date: a day, a month or a year.

use egui::Ui;

use crate::analysis::words;
use crate::domain::{Day, DaySpan};

/// A date as it is being typed.
#[derive(Default)]
pub(crate) struct DateField {
    text: String,
    /// The day that the text was made from.
    shown: Option<Day>,
    error: Option<String>,
}

impl DateField {
    /// What is wrong with what was typed.
    pub(crate) fn error(&self) -> Option<&String> {
        self.error.as_ref()
    }

    /// The field; the span that was typed once it is left or Enter is pressed.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        label: &str,
        day: Day,
        record: DaySpan,
    ) -> Option<DaySpan> {
        let name = ui.label(label);
        if self.shown != Some(day) {
            self.text = day.to_string();
            self.shown = Some(day);
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
        if !field.lost_focus() || self.text.trim() == day.to_string() {
            return None;
        }
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
}

/// Takes the keyboard from a date field, when a person turns to the map or the strip.
pub(crate) fn let_go(ui: &Ui) {
    ui.memory_mut(|m| {
        if let Some(id) = m.focused() {
            m.surrender_focus(id);
        }
    });
}
