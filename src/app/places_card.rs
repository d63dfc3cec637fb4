//! What a glyph or a note of the map counts, where that is not all of one site: each site with its number,
//! and exactly the events counted.

use egui::{ScrollArea, Ui};

use super::actions::Asked;
use super::document::{Document, pick_site};
use super::event_rows::Lead;
use super::pen::Pen;
use super::{card, event_rows};
use crate::analysis::{Certainty, Place, PlaceClass, Shown, place, words};
use crate::domain::{Dataset, SiteIndex};
use crate::scene::theme::style;

/// Width of the numbers before the names.
const NUMBER: f32 = 30.0;

pub(crate) fn show(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    places: &[Place],
    asked: &mut Asked,
) {
    let dataset = &document.dataset;
    let Some(lead) = places.first() else { return };
    let mut shown = place::shown_at(dataset, &document.selection, places);
    let mut sites = sites(dataset, places, &shown);
    let salt = ("places", lead.site.0, lead.class.code());
    ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
        card::frame().show(ui, |ui| {
            let names: Vec<SiteIndex> = match sites.as_slice() {
                [] => vec![lead.site],
                some => some.iter().map(|(site, _)| *site).collect(),
            };
            let is_note = matches!(lead.class, PlaceClass::Governorates | PlaceClass::Country);
            let title = place::somewhere(dataset, lead).filter(|_| is_note);
            let title = title.unwrap_or_else(|| words::site_group(dataset, &names));
            card::head(ui, pen, &title, asked);
            let mut about = format!("{}.", lead.class.label());
            if lead.class.is_at_position() && sites.len() > 1 {
                about.push_str(
                    " These sites lie too near each other for a glyph each at this zoom: zoom in, and each \
                     has its own.",
                );
            }
            pen.paragraph(ui, &about, style::BODY_SMALL, pen.theme.text_muted);
            ui.add_space(4.0);
            sites.sort_by_key(|(_, here)| std::cmp::Reverse(both(here)));
            for (site, here) in &sites {
                let [certain, possible] = both(here);
                let number = words::count(certain, possible);
                ui.horizontal(|ui| {
                    let width =
                        pen.label(ui, &number, style::BODY_STRONG, pen.theme.text).rect.width();
                    ui.add_space((NUMBER - width).max(0.0));
                    let all: usize = document.selection.count_at(dataset, *site).iter().sum();
                    let name = match all - here.len() {
                        0 => dataset.site(*site).name.clone(),
                        n => format!("{} (and {n} drawn elsewhere)", dataset.site(*site).name),
                    };
                    if pen.link(ui, &name, style::BODY_SMALL_STRONG).clicked() {
                        asked.command(pick_site(dataset, *site));
                    }
                });
            }
            shown.reverse();
            let count = place::events(document.view.rule, both(&shown));
            card::section(ui, pen, &format!("{count} in the window"));
            let events: Vec<_> = shown.iter().map(|s| s.event).collect();
            event_rows::show(ui, pen, document, &events, Lead::Site, asked);
        });
    });
}

/// The sites of what is shown, in the order of the places.
fn sites(dataset: &Dataset, places: &[Place], shown: &[Shown]) -> Vec<(SiteIndex, Vec<Shown>)> {
    let mut sites: Vec<(SiteIndex, Vec<Shown>)> = Vec::new();
    for place in places {
        if sites.iter().any(|(site, _)| *site == place.site) {
            continue;
        }
        let of_site = |s: &&Shown| dataset.event(s.event).site == place.site;
        let here: Vec<Shown> = shown.iter().filter(of_site).copied().collect();
        if !here.is_empty() {
            sites.push((place.site, here));
        }
    }
    sites
}

fn both(shown: &[Shown]) -> [usize; 2] {
    let certain = shown.iter().filter(|s| s.certainty == Certainty::Certain).count();
    [certain, shown.len() - certain]
}
