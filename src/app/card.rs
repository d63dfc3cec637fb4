//! What all cards share: their frame, head, sections, and links to other cards.

use egui::Ui;

use super::actions::{Asked, Wish};
use super::document::{Command, pick_site};
use super::pen::{Icon, Pen};
use crate::analysis::Pick;
use crate::domain::{ActorIndex, Dataset, SiteIndex};
use crate::scene::theme::style;

/// The room around a card's content.
pub(crate) fn frame() -> egui::Frame {
    egui::Frame::new().inner_margin(egui::Margin::symmetric(14, 10))
}

/// The heading, with buttons to go back to the card before and to close this one.
pub(crate) fn head(ui: &mut Ui, pen: &mut Pen, title: &str, asked: &mut Asked) {
    const BUTTONS: f32 = 70.0;
    ui.horizontal_top(|ui| {
        let width = (ui.available_width() - BUTTONS).max(80.0);
        ui.allocate_ui_with_layout(
            egui::vec2(width, 0.0),
            egui::Layout::top_down(egui::Align::Min),
            |ui| {
                ui.set_min_width(width);
                pen.paragraph(ui, title, style::HEADING, pen.theme.text);
            },
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            if pen.icon_button(ui, Icon::Close, "Close the card (Esc)").clicked() {
                asked.command(Command::Pick(None));
            }
            if pen.icon_button(ui, Icon::Back, "Back to what was open before").clicked() {
                asked.wish(Wish::Back);
            }
        });
    });
}

/// A rule and a heading.
pub(crate) fn section(ui: &mut Ui, pen: &mut Pen, title: &str) {
    ui.add_space(8.0);
    ui.separator();
    pen.label(ui, title, style::BODY_STRONG, pen.theme.text);
    ui.add_space(2.0);
}

/// The name of a site, which opens its card, and words behind it.
pub(crate) fn site_link(
    ui: &mut Ui,
    pen: &mut Pen,
    dataset: &Dataset,
    index: SiteIndex,
    behind: &str,
    asked: &mut Asked,
) {
    let name = format!("{}{behind}", dataset.site(index).name);
    if pen.link(ui, &name, style::BODY_SMALL).clicked() {
        asked.command(pick_site(dataset, index));
    }
}

/// The name of an actor, which opens its card.
pub(crate) fn actor_link(
    ui: &mut Ui,
    pen: &mut Pen,
    dataset: &Dataset,
    index: ActorIndex,
    asked: &mut Asked,
) {
    let actor = dataset.actor(index);
    if pen.link(ui, &actor.name, style::BODY_SMALL_STRONG).clicked() {
        asked.command(Command::Pick(Some(Pick::Actor(actor.id.clone()))));
    }
}
