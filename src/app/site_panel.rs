//! One site: what it is, how well its place is known, its history, and its events with every source.

use std::sync::Arc;

use egui::{ScrollArea, Ui};

use super::actions::Asked;
use super::document::Document;
use super::event_rows::Lead;
use super::pen::Pen;
use super::{card, event_rows, facts};
use crate::analysis::dossier::{self, Dossier};
use crate::analysis::{DayCounts, MonthCount, month_spans, site_months, words};
use crate::domain::{Code as _, Dataset, Site, SiteIndex};
use crate::scene::strip::{AXIS_HEIGHT, StripLayout};
use crate::scene::theme::style;
use crate::scene::{Rect, glyph, shapes, strip_axis};

/// Sites as near as this are named.
const NEAR_M: f64 = 30_000.0;

pub(crate) fn show(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    index: SiteIndex,
    asked: &mut Asked,
) {
    let site = document.dataset.site(index);
    let theme = pen.theme;
    ScrollArea::vertical().id_salt(("site", &site.id)).auto_shrink(false).show(ui, |ui| {
        card::frame().show(ui, |ui| {
            card::head(ui, pen, &site.name, asked);
            if let Some(name) = &site.name_ar {
                pen.label(ui, name, style::HEADING, theme.text_muted);
            }
            ui.add_space(2.0);
            if let Some(text) = &site.description {
                pen.paragraph(ui, text, style::BODY, theme.text);
                ui.add_space(4.0);
            }
            history(ui, pen, document, index);
            place(ui, pen, document, index, asked);
            events(ui, pen, document, index, asked);
        });
    });
}

/// Where the site is and how well that is known; the rest is folded up below it.
fn place(ui: &mut Ui, pen: &mut Pen, document: &Document, index: SiteIndex, asked: &mut Asked) {
    let site = document.dataset.site(index);
    card::section(ui, pen, "Place");
    let area = site.admin1.as_ref().map_or_else(String::new, |a| format!("{a}, "));
    facts::fact(
        ui,
        pen,
        "Kind",
        &[site.kind.clone(), format!("{area}{}", words::place_code(&site.country))]
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join("; "),
    );
    facts::fact(ui, pen, "Position", &position(&document.dataset, site));
    match (&site.from, &site.to) {
        (None, None) => {}
        (from, to) => {
            let or = |d: &Option<String>| d.clone().unwrap_or_else(|| "not known".to_owned());
            facts::fact(ui, pen, "Hosted forces", &format!("from {} to {}", or(from), or(to)));
        }
    }
    egui::CollapsingHeader::new("More about the place").id_salt(("place", &site.id)).show(
        ui,
        |ui| {
            for (name, text) in [("Used by", &site.used_by), ("Position from", &site.coord_source)]
            {
                if let Some(text) = text {
                    facts::fact(ui, pen, name, text);
                }
            }
            if !site.aliases.is_empty() {
                facts::fact(ui, pen, "Also written", &site.aliases.join(", "));
            }
            if let Some(whole) =
                site.part_of.as_deref().and_then(|id| document.dataset.find_site(id))
            {
                facts::named(ui, pen, "Part of", |ui, pen| {
                    card::site_link(ui, pen, &document.dataset, whole, "", asked);
                });
            }
            let near = dossier::nearby(&document.dataset, index, NEAR_M);
            if !near.is_empty() {
                facts::named(ui, pen, "Nearby", |ui, pen| {
                    for (other, metres) in near {
                        let far = format!(", {:.0} km", (metres / 1000.0).max(1.0));
                        card::site_link(ui, pen, &document.dataset, other, &far, asked);
                    }
                });
            }
        },
    );
}

fn position(dataset: &Dataset, site: &Site) -> String {
    let Some(p) = site.position else { return "unknown".to_owned() };
    let at = format!("{:.4}° N, {:.4}° E", p.lat(), p.lon());
    if !site.precision.is_point() {
        let precision = site.precision.label();
        return format!("{precision}; the record's point ({at}) only stands for it");
    }
    let radius = site
        .radius_m
        .map_or_else(String::new, |r| format!(", the place lies within {:.1} km", r / 1000.0));
    if !dataset.classes.are_directions() {
        let from = site.coord_source.as_deref().unwrap_or("as the file gives it");
        return format!("{at}{radius}, {from}");
    }
    let checked = if site.verified { "checked against a second source" } else { "an estimate" };
    format!("{at}: {}{radius}; {checked}", site.precision.label())
}

/// What is told of a site whatever the window: worked out when the site, the filter or the rule changes.
struct Account {
    site: SiteIndex,
    /// Those of the filter and the rule that it was worked out for.
    counts: Arc<DayCounts>,
    dossier: Dossier,
    months: Vec<MonthCount>,
}

impl Account {
    fn of(ui: &Ui, document: &Document, site: SiteIndex) -> Arc<Self> {
        let id = egui::Id::unique("account of a site");
        let Document { dataset, selection, view, .. } = document;
        let counts = selection.day_counts();
        let known: Option<Arc<Self>> = ui.data(|d| d.get_temp(id));
        if let Some(known) = known
            && known.site == site
            && Arc::ptr_eq(&known.counts, counts)
        {
            return known;
        }
        let months = month_spans(dataset);
        let account = Arc::new(Self {
            site,
            counts: Arc::clone(counts),
            dossier: dossier::dossier(dataset, selection, site),
            months: site_months(dataset, selection, view.window, &[site], &months),
        });
        ui.data_mut(|d| d.insert_temp(id, Arc::clone(&account)));
        account
    }
}

fn history(ui: &mut Ui, pen: &mut Pen, document: &Document, index: SiteIndex) {
    let (dataset, view) = (&document.dataset, &document.view);
    let account = Account::of(ui, document, index);
    let dossier = &account.dossier;
    let [certain, possible] = document.selection.count_at(dataset, index);
    let noun = |n| view.rule.noun(n);
    let days = words::span(document.selection.days);
    facts::fact(
        ui,
        pen,
        "In the window",
        &format!("{} {} ({days})", words::count(certain, possible), noun(certain)),
    );
    facts::fact(
        ui,
        pen,
        "In the record",
        &format!("{} {}", words::thousands(dossier.counted.len()), noun(dossier.counted.len())),
    );
    if let (Some(first), Some(last)) = (dossier.counted.first(), dossier.last) {
        let [first, last] = [*first, last].map(|e| words::event_date(&dataset.event(e).date));
        let text = format!("{first}; {last}");
        facts::fact(ui, pen, "First, last", &text);
    }
    if !dossier.counted.is_empty() {
        facts::fact(ui, pen, "By year", &dossier::tally_words(&dossier.by_year));
        if dataset.classes.are_directions() {
            facts::fact(ui, pen, "By weapon", &dossier::tally_words(&dossier.by_weapon));
        }
    }
    let mut months = account.months.clone();
    for month in &mut months {
        month.in_window = month.days.overlaps(view.window);
    }
    let [first, .., last] = months.as_slice() else { return };
    let whole = first.days.join(last.days);
    let (width, height) = (ui.available_width(), 30.0 + AXIS_HEIGHT);
    let theme = pen.theme;
    let bars = Rect { min: [1.0, 1.0], max: [width - 1.0, height - AXIS_HEIGHT] };
    let mut items =
        vec![shapes::filled(Rect::from_min_size([0.0, 0.0], width, height), theme.panel)];
    let layout = StripLayout::of_bars(whole, bars);
    glyph::history(theme, &months, &layout, &mut items);
    strip_axis::axis(&mut pen.shaper, theme, &layout, &mut items);
    let name = format!("{} by month; the months of the window are strong", noun(2));
    pen.picture(ui, [width, height], &name, items).on_hover_text(&name);
}

/// Every event of the site, those of the window first.
fn events(ui: &mut Ui, pen: &mut Pen, document: &Document, index: SiteIndex, asked: &mut Asked) {
    ui.add_space(8.0);
    ui.separator();
    let account = Account::of(ui, document, index);
    let lists = (document.dataset.events_at(index), account.dossier.counted.as_slice());
    event_rows::in_and_beyond(ui, pen, document, lists, Lead::Date, asked);
}
