//! What a map needs to know of all places of a record, worked out once: where they stand, and as what.

use std::collections::{BTreeMap, HashMap};

use super::areas;
use super::basemap::BasemapLayers;
use super::place_keys::Kind;
use crate::analysis::{Place, PlaceClass, Record, month_spans, place};
use crate::domain::basemap::Area;
use crate::domain::{DaySpan, EventIndex, LonLat, SiteIndex, SourceIndex};

/// The places of a record on a basemap, by their numbers in [`Record::places`].
#[derive(Debug)]
pub struct Places {
    /// Where each has its glyph: at its position, or well inside its governorate; `None` where it has none.
    pub(super) on_ground: Vec<Option<LonLat>>,
    /// What the legend says of each; `None` of what is known to the site.
    pub(super) kinds: Vec<Option<Kind>>,
    /// Governorates that events are only known to, in the order of the basemap.
    pub(super) governorates: Vec<Governorate>,
    /// What is noted at the edge.
    pub(super) notes: Vec<NotedPlaces>,
    /// Reports that put an event at another site than its own.
    pub(super) rivals: Vec<RivalReport>,
    /// The months from the first to the last event.
    pub(super) months: Vec<DaySpan>,
}

/// A governorate that events are only known to.
#[derive(Debug)]
pub(super) struct Governorate {
    /// Its place among the basemap's areas.
    pub(super) area: usize,
    /// Its name in the record.
    pub(super) name: String,
    /// Its places.
    pub(super) places: Vec<u32>,
}

/// Places that are noted in one line at the edge.
#[derive(Debug)]
pub(super) struct NotedPlaces {
    /// What is known of them: "Iraq, place not known".
    pub(super) known: String,
    pub(super) class: PlaceClass,
    pub(super) places: Vec<u32>,
}

/// A source puts an event at a site that is not the event's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct RivalReport {
    pub(super) event: EventIndex,
    pub(super) from: SiteIndex,
    pub(super) to: SiteIndex,
    pub(super) source: SourceIndex,
}

impl Places {
    /// Works it out.
    #[must_use]
    pub fn of(record: &Record, basemap: &BasemapLayers) -> Self {
        let mut areas = AreasByName::new(record, basemap);
        let mut places = Self {
            on_ground: Vec::new(),
            kinds: Vec::new(),
            governorates: Vec::new(),
            notes: Vec::new(),
            rivals: rivals(record),
            months: month_spans(record),
        };
        let (mut governorates, mut notes) = (BTreeMap::new(), BTreeMap::new());
        for (number, place) in (0..).zip(record.places()) {
            let area = areas.of(place);
            let in_area = || area.map(|a| basemap.plate_point(&basemap.data.areas[a]));
            let position = place.position(record).or_else(in_area);
            places.on_ground.push(position);
            places.kinds.push(Kind::of(place.class, position.is_some()));
            if let Some(area) = area {
                let name = record.site(place.site).admin1.as_deref().unwrap_or_default();
                let governorate = governorates.entry(area).or_insert((name, Vec::new()));
                if governorate.0 != name {
                    // Of several spellings the basemap's own.
                    governorate.0 = &basemap.data.areas[area].name;
                }
                governorate.1.push(number);
            } else if let Some(known) = place::somewhere(record, place) {
                notes.entry((place.class, known)).or_insert(Vec::new()).push(number);
            }
        }
        let governorates = governorates.into_iter();
        places.governorates = governorates
            .map(|(area, (name, places))| Governorate { area, name: name.to_owned(), places })
            .collect();
        let notes = notes.into_iter();
        places.notes =
            notes.map(|((class, known), places)| NotedPlaces { known, class, places }).collect();
        places
    }
}

/// Governorates by country and name, each looked for once.
struct AreasByName<'a> {
    record: &'a Record,
    basemap: &'a BasemapLayers,
    known: HashMap<(&'a str, &'a str), Option<usize>>,
}

impl<'a> AreasByName<'a> {
    fn new(record: &'a Record, basemap: &'a BasemapLayers) -> Self {
        Self { record, basemap, known: HashMap::new() }
    }

    /// The governorate of a place, where it is known to no more than that and the basemap has it.
    fn of(&mut self, place: &Place) -> Option<usize> {
        let site = self.record.site(place.site);
        let name = site.admin1.as_deref().filter(|_| place.class == PlaceClass::Governorate)?;
        *self.known.entry((&site.country, name)).or_insert_with(|| {
            let found = self.basemap.governorate(&site.country, name)?;
            self.basemap.data.areas.iter().position(|area| area.id == found.id)
        })
    }
}

fn rivals(record: &Record) -> Vec<RivalReport> {
    let reports = record.reports.iter();
    let elsewhere = reports.filter_map(|report| {
        let (event, source, to) = (report.event, report.source, report.said().site?);
        let from = record.event(event).site;
        (from != to).then_some(RivalReport { event, from, to, source })
    });
    elsewhere.collect()
}

/// The corners of a governorate, coarsely.
pub(super) fn corners<'a>(
    governorate: &Governorate,
    basemap: &'a BasemapLayers,
) -> impl Iterator<Item = LonLat> + 'a {
    let area: &Area = &basemap.data.areas[governorate.area];
    areas::corners(area)
}
