//! What should be looked at in the figure before it goes out, and with whose eyes its preview is seen: a button below
//! the preview, with the worst of it beside it and all of it in a list that it opens.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{PopupCloseBehavior, RichText, ScrollArea, Ui};

use super::super::eyes;
use super::super::pen::Pen;
use super::preview::Preview;
use crate::analysis::words::capitalised;
use crate::scene::color_vision::Vision;
use crate::scene::figure_check::{Remark, Severity};
use crate::scene::theme::style;

/// Width of the list, and the most of its height, in points.
const WIDTH: f32 = 340.0;
const HEIGHT: f32 = 420.0;
/// Less room than this has no words beside the button.
const LEAST: f32 = 90.0;

/// The button, and what it opens.
pub(super) fn button(ui: &mut Ui, pen: &mut Pen, preview: &mut Preview) {
    let open = open(preview).count();
    let words = match open {
        0 => RichText::new("Check"),
        n => RichText::new(format!("Check: {n}")).color(ui.visuals().warn_fg_color),
    };
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (response, _) = MenuButton::new(words).config(config).ui(ui, |ui| {
        ui.set_width(WIDTH);
        let most = (ui.ctx().content_rect().height() - 160.0).clamp(120.0, HEIGHT);
        ScrollArea::vertical().max_height(most).show(ui, |ui| list(ui, pen, preview));
    });
    response.on_hover_text("What should be looked at, and the figure as other eyes see it");
}

/// The worst that should be looked at, in the room that is left.
pub(super) fn worst(ui: &mut Ui, pen: &mut Pen, preview: &Preview) {
    let Some(worst) = open(preview).next() else { return };
    let width = ui.available_width() - 8.0;
    if width >= LEAST {
        let words = told(worst);
        let color = color(pen, worst.severity);
        let response = pen.label_within(ui, &words, width, style::BODY_SMALL, color);
        pen.hover(response, &words);
    }
}

/// What is more than a note, the worst first.
fn open(preview: &Preview) -> impl Iterator<Item = &Remark> {
    preview.remarks().iter().filter(|remark| remark.severity != Severity::Note)
}

fn told(remark: &Remark) -> String {
    capitalised(&format!("{}: {}", remark.severity.label(), remark.what))
}

fn color(pen: &Pen, severity: Severity) -> crate::scene::Rgba {
    match severity {
        Severity::Error => pen.theme.alert,
        Severity::Warning => pen.theme.text,
        Severity::Note => pen.theme.text_muted,
    }
}

fn list(ui: &mut Ui, pen: &mut Pen, preview: &mut Preview) {
    pen.label(ui, "Preview as seen", style::BODY_SMALL_STRONG, pen.theme.text);
    let window = eyes::of(ui.ctx());
    if window == Vision::Normal {
        for vision in Vision::ALL {
            ui.selectable_value(&mut preview.vision, vision, vision.label());
        }
    } else {
        let words = format!("As the whole window: {}.", window.label().to_lowercase());
        pen.paragraph(ui, &words, style::BODY_SMALL, pen.theme.text_muted);
    }
    if preview.vision != Vision::Normal {
        let words = "A simulation, in the preview only: what is saved has its own colours.";
        pen.paragraph(ui, words, style::BODY_SMALL, pen.theme.text_muted);
    }
    ui.separator();
    let remarks = preview.remarks();
    if remarks.is_empty() {
        pen.paragraph(ui, "Nothing to be looked at.", style::BODY_SMALL, pen.theme.text_muted);
    }
    for remark in remarks {
        let color = color(pen, remark.severity);
        pen.paragraph(ui, &told(remark), style::BODY_SMALL, color);
        pen.paragraph(ui, &remark.advice, style::BODY_SMALL, pen.theme.text_muted);
        ui.add_space(4.0);
    }
}
