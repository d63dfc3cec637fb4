//! What a glyph or a note of the map counts, where that is not all of one site: each site with its number,
//! and exactly the events counted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use egui::{ScrollArea, Ui};

use super::actions::Asked;
use super::document::{Document, pick_site};
use super::event_rows::{self, Lead};
use super::pen::Pen;
use super::{card, in_sight};
use crate::analysis::parted::Parted;
use crate::analysis::{DayCounts, PickedPlace, Place, PlaceClass, place, words};
use crate::domain::{EventIndex, SiteIndex};
use crate::scene::theme::style;

/// Width of the numbers before the names.
const NUMBER: f32 = 30.0;
/// Height of a site's row in points.
const ROW: f32 = 25.0;

pub(crate) fn show(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    picked: &[PickedPlace],
    asked: &mut Asked,
) {
    let account = Account::of(ui, document, picked);
    let Some(lead) = account.counted.lead else { return };
    let salt = ("places", lead.site.0, lead.class.code());
    ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
        card::frame().show(ui, |ui| {
            card::head(ui, pen, &account.title, asked);
            let mut about = format!("{}.", lead.class.label());
            if lead.class.is_at_position() && account.sites.len() > 1 {
                about.push_str(
                    " These sites lie too near each other for a glyph each at this zoom: zoom in, and each \
                     has its own.",
                );
            }
            pen.paragraph(ui, &about, style::BODY_SMALL, pen.theme.text_muted);
            ui.add_space(4.0);
            in_sight::rows(ui, ROW, account.sites.len(), |ui, number| {
                site(ui, pen, document, &account.sites[number], asked);
            });
            let count = place::events(document.view.rule, account.count);
            card::section(ui, pen, &format!("{count} in the window"));
            let events = account.counted.events.as_slice();
            let parted = Parted::new(events, events, document.selection.rows());
            let newest = |rows: Range<usize>| parted.newest_shown(rows);
            let list = (parted.shown(), &newest as &dyn Fn(_) -> _);
            event_rows::show_those_in_sight(ui, pen, document, list, Lead::Site, asked);
        });
    });
}

fn site(ui: &mut Ui, pen: &mut Pen, document: &Document, here: &SiteHere, asked: &mut Asked) {
    let dataset = &document.dataset;
    let [certain, possible] = here.shown;
    let number = words::count(certain, possible);
    ui.horizontal(|ui| {
        let width = pen.label(ui, &number, style::BODY_STRONG, pen.theme.text).rect.width();
        ui.add_space((NUMBER - width).max(0.0));
        let name = &dataset.site(here.site).name;
        let name = match here.elsewhere {
            0 => name.clone(),
            n => format!("{name} (and {n} drawn elsewhere)"),
        };
        if pen.link(ui, &name, style::BODY_SMALL_STRONG).clicked() {
            asked.command(pick_site(dataset, here.site));
        }
    });
}

/// What is told of the places: the part of it that follows the window is worked out when the view changes.
struct Account {
    revision: u64,
    counted: Arc<Counted>,
    title: String,
    /// Those with an event in the window, the ones with the most first.
    sites: Vec<SiteHere>,
    /// Events in the window that surely belong, and those that may.
    count: [usize; 2],
}

/// A site of the places.
struct SiteHere {
    site: SiteIndex,
    /// Events of its places that surely belong to the window, and those that may.
    shown: [usize; 2],
    /// How many of its events in the window are not of these places.
    elsewhere: usize,
}

/// What rule and filter let through at the places, whatever the window.
struct Counted {
    picked: Vec<PickedPlace>,
    /// Those of the filter and the rule.
    counts: Arc<DayCounts>,
    lead: Option<Place>,
    /// The sites in the order of the places, each with the numbers of its places.
    sites: Vec<(SiteIndex, Vec<usize>)>,
    events: Vec<EventIndex>,
}

impl Account {
    fn of(ui: &Ui, document: &Document, picked: &[PickedPlace]) -> Arc<Self> {
        let id = egui::Id::unique("account of places");
        let Document { dataset, selection, revision, .. } = document;
        let counts = selection.day_counts();
        let known: Option<Arc<Self>> = ui.data(|d| d.get_temp(id));
        let counted = known.filter(|known| Arc::ptr_eq(&known.counted.counts, counts));
        if let Some(known) = &counted
            && known.revision == *revision
        {
            return Arc::clone(known);
        }
        let counted = counted
            .map(|known| Arc::clone(&known.counted))
            .filter(|counted| counted.picked == picked)
            .unwrap_or_else(|| Arc::new(Counted::of(document, picked)));
        let here = counted.sites.iter().map(|(site, numbers)| {
            let shown = selection.count_of(numbers.iter().copied());
            let all: usize = selection.count_at(dataset, *site).iter().sum();
            SiteHere { site: *site, shown, elsewhere: all - shown.iter().sum::<usize>() }
        });
        let mut sites: Vec<_> = here.filter(|s| s.shown != [0; 2]).collect();
        let mut names: Vec<SiteIndex> = sites.iter().map(|s| s.site).collect();
        if names.is_empty() {
            names.extend(counted.lead.map(|lead| lead.site));
        }
        let is_note = |p: &Place| matches!(p.class, PlaceClass::Governorates | PlaceClass::Country);
        let title = counted.lead.filter(is_note).and_then(|l| place::somewhere(dataset, &l));
        let title = title.unwrap_or_else(|| words::site_group(dataset, &names));
        sites.sort_by_key(|s| Reverse(s.shown));
        let count = sites.iter().fold([0; 2], |sum, s| [0, 1].map(|i| sum[i] + s.shown[i]));
        let account = Arc::new(Self { revision: *revision, counted, title, sites, count });
        ui.data_mut(|d| d.insert_temp(id, Arc::clone(&account)));
        account
    }
}

impl Counted {
    fn of(document: &Document, picked: &[PickedPlace]) -> Self {
        let Document { dataset, selection, .. } = document;
        let places: Vec<Place> = picked.iter().filter_map(|p| p.find(dataset)).collect();
        let mut numbers: Vec<usize> = Vec::new();
        let mut sites: Vec<(SiteIndex, Vec<usize>)> = Vec::new();
        let mut known: BTreeMap<SiteIndex, usize> = BTreeMap::new();
        let mut taken: BTreeSet<u32> = BTreeSet::new();
        for place in &places {
            let number = dataset.place_number(place).filter(|n| taken.insert(*n));
            let Some(number) = number.and_then(|n| usize::try_from(n).ok()) else { continue };
            let at = *known.entry(place.site).or_insert_with(|| {
                sites.push((place.site, Vec::new()));
                sites.len() - 1
            });
            sites[at].1.push(number);
            numbers.push(number);
        }
        Self {
            picked: picked.to_vec(),
            counts: Arc::clone(selection.day_counts()),
            lead: places.first().copied(),
            sites,
            events: place::counted_at(dataset, selection, &numbers),
        }
    }
}
