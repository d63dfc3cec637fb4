//! Several sites that the map draws as one glyph: each with its number, and their events together.

use egui::{ScrollArea, Ui};

use super::actions::Asked;
use super::document::{Document, pick_site};
use super::event_rows::Lead;
use super::pen::Pen;
use super::{card, event_rows};
use crate::analysis::{Certainty, Shown, words};
use crate::domain::SiteIndex;
use crate::scene::theme::style;

/// Width of the numbers before the names.
const NUMBER: f32 = 30.0;

pub(crate) fn show(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    sites: &[SiteIndex],
    asked: &mut Asked,
) {
    let (dataset, selection) = (&document.dataset, &document.selection);
    let Some(lead) = sites.first() else { return };
    let noun = |n| document.view.rule.noun(n);
    ScrollArea::vertical().id_salt(("sites", lead.0)).auto_shrink(false).show(ui, |ui| {
        card::frame().show(ui, |ui| {
            let title = words::site_group(dataset, sites);
            card::head(ui, pen, &title, asked);
            let text = "These sites lie too near each other for a glyph each at this zoom. \
                        Zoom in, and each has its own.";
            pen.paragraph(ui, text, style::BODY_SMALL, pen.theme.text_muted);
            ui.add_space(4.0);
            let mut shown: Vec<Shown> = Vec::new();
            for site in sites {
                let here = selection.at(*site);
                shown.extend(here);
                let certain = here.iter().filter(|s| s.certainty == Certainty::Certain).count();
                let number = words::count(certain, here.len() - certain);
                ui.horizontal(|ui| {
                    let width =
                        pen.label(ui, &number, style::BODY_STRONG, pen.theme.text).rect.width();
                    ui.add_space((NUMBER - width).max(0.0));
                    if pen.link(ui, &dataset.site(*site).name, style::BODY_SMALL_STRONG).clicked() {
                        asked.command(pick_site(dataset, *site));
                    }
                });
            }
            shown.sort_by_key(|s| std::cmp::Reverse(s.event));
            let certain = shown.iter().filter(|s| s.certainty == Certainty::Certain).count();
            let count = words::count(certain, shown.len() - certain);
            card::section(ui, pen, &format!("{count} {} in the window", noun(certain)));
            let events: Vec<_> = shown.iter().map(|s| s.event).collect();
            event_rows::show(ui, pen, document, &events, Lead::Site, asked);
        });
    });
}
