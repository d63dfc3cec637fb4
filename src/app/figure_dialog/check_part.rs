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

/// Says in a few words that there is something to be looked at, and on hovering what.
pub(super) fn summary(ui: &mut Ui, pen: &mut Pen, preview: &Preview) {
    let open = preview.remarks().iter().filter(|remark| remark.severity != Severity::Note);
    let told: Vec<&str> = open.map(|remark| remark.what.as_str()).collect();
    if told.is_empty() {
        return;
    }
    ui.add_space(8.0);
    let response = ui.colored_label(ui.visuals().warn_fg_color, format!("Check: {}", told.len()));
    pen.hover(response, &told.join("\n"));
}
