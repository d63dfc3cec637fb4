//! What should be looked at in the figure before it goes out, and with whose eyes its preview is seen.

use egui::Ui;

use super::super::pen::Pen;
use super::preview::Preview;
use super::rows::{choice, heading, row};
use crate::scene::color_vision::Vision;
use crate::scene::figure_check::Severity;
use crate::scene::theme::style;

/// Draws it below the other controls.
pub(super) fn show(ui: &mut Ui, pen: &mut Pen, preview: &mut Preview) {
    heading(ui, pen, "Check");
    row(ui, "Seen", |ui, id| {
        choice(ui, ("vision", id), &mut preview.vision, Vision::ALL, Vision::label);
    });
    if preview.vision != Vision::Normal {
        let words = "A simulation, in the preview only: what is saved has its own colours.";
        pen.paragraph(ui, words, style::BODY_SMALL, pen.theme.text_muted);
    }
    let remarks = preview.remarks();
    if remarks.is_empty() {
        pen.paragraph(ui, "Nothing to be looked at.", style::BODY_SMALL, pen.theme.text_muted);
    }
    for remark in remarks {
        let color = match remark.severity {
            Severity::Error => pen.theme.alert,
            Severity::Warning => pen.theme.text,
            Severity::Note => pen.theme.text_muted,
        };
        let words = format!("{}: {}", remark.severity.label(), remark.what);
        let words = crate::analysis::words::capitalised(&words);
        pen.paragraph(ui, &words, style::BODY_SMALL, color);
        pen.paragraph(ui, &remark.advice, style::BODY_SMALL, pen.theme.text_muted);
        ui.add_space(4.0);
    }
}
