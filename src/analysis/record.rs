//! A dataset made ready to be asked: what many questions need is worked out once.

use std::collections::BTreeMap;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use fixedbitset::FixedBitSet;

use super::engine::{Column, Row, Table};
use super::facet::Facet;
use super::facet_columns;
use super::lists::Lists;
use super::search::Texts;
use super::{Place, Rule};
use crate::domain::{
    Code as _, Dataset, DaySpan, EventIndex, SiteIndex, Stance, Status, WordsAt, fold, id_key,
};

/// A dataset and what was worked out from it. It cannot change, so that the two always agree.
#[derive(Clone, Debug)]
pub struct Record {
    dataset: Arc<Dataset>,
    at_site: Lists<EventIndex>,
    independent_sources: Vec<u16>,
    /// [`Dataset::extent`], which looks at every event.
    extent: Option<DaySpan>,
    /// Events by the keys of their identifiers, then in their order; made when one is looked for.
    events_by_id: OnceLock<Vec<(u32, EventIndex)>>,
    /// Sites by their identifiers.
    sites_by_id: Vec<SiteIndex>,
    /// Where events are drawn, those of a site together.
    places: Arc<[Place]>,
    /// By site, where its places begin; one more than there are sites.
    places_of: Vec<u32>,
    /// Numbers of places that would be drawn at a position, of which none is known.
    unplaced: Vec<u32>,
    table: Arc<Table>,
    /// Made when something is searched for the first time.
    texts: OnceLock<Texts>,
}

impl Record {
    /// Works out what questions to the dataset need.
    #[must_use]
    pub fn new(dataset: Dataset) -> Self {
        let dataset = Arc::new(dataset);
        let at_site = || {
            let sites = dataset.event_indices().map(|e| (dataset.event(e).site.get(), e));
            Lists::grouped(dataset.sites.len(), sites)
        };
        // None of the three needs another.
        let (places, at_site, independent_sources) = std::thread::scope(|scope| {
            let others = scope.spawn(|| (at_site(), independent_sources(&dataset)));
            let places = places(&dataset);
            let (at_site, independent) =
                others.join().unwrap_or_else(|why| std::panic::resume_unwind(why));
            (places, at_site, independent)
        });
        let (places, places_of, of_event) = places;
        let mut sites_by_id: Vec<SiteIndex> = dataset.site_indices().collect();
        sites_by_id.sort_by(|a, b| dataset.site(*a).id.cmp(&dataset.site(*b).id));
        let is_unplaced =
            |place: &Place| place.class.is_at_position() && place.position(&dataset).is_none();
        let unplaced = (0..).zip(&places).filter(|(_, p)| is_unplaced(p)).map(|(n, _)| n).collect();
        let directions = dataset.classes.are_directions();
        let rows = dataset.event_indices().map(|index| {
            let event = dataset.event(index);
            let independent = usize::from(independent_sources[index.get()]);
            Row {
                span: event.date.span,
                place: of_event[index.get()],
                direction: event.direction,
                rules: Rule::ALL.map(|rule| {
                    // Of a table of somebody else no rule says what an attack is.
                    !directions || rule.counts(event, independent)
                }),
                disputed: matches!(event.status, Status::Contested | Status::Denied),
            }
        });
        let of = Arc::clone(&dataset);
        let column = move |facet| facet_columns::column(&of, facet);
        let table = Arc::new(Table::new(rows, places.len(), column));
        Self {
            at_site,
            independent_sources,
            extent: dataset.extent(),
            events_by_id: OnceLock::new(),
            sites_by_id,
            places: places.into(),
            places_of,
            unplaced,
            table,
            texts: OnceLock::new(),
            dataset,
        }
    }

    /// From the first day of the first event to the last day of any; `None` without events.
    #[must_use]
    pub fn extent(&self) -> Option<DaySpan> {
        self.extent
    }

    /// The event with this identifier, the first of several.
    #[must_use]
    pub fn find_event(&self, id: &str) -> Option<EventIndex> {
        let key = id_key(id);
        let all = self.events_by_id();
        let first = all.partition_point(|(other, _)| *other < key);
        let alike = all[first..].iter().take_while(|(other, _)| *other == key);
        alike.map(|(_, event)| *event).find(|event| self.words(self.event(*event)).id == id)
    }

    fn events_by_id(&self) -> &[(u32, EventIndex)] {
        self.events_by_id.get_or_init(|| {
            let key = |event| match &self.event(event).words {
                WordsAt::Memory(words) => id_key(&words.id),
                WordsAt::Row(row) => row.id_key,
            };
            let mut all: Vec<_> = self.event_indices().map(|event| (key(event), event)).collect();
            all.sort_unstable();
            all
        })
    }

    /// The site with this identifier, the first of several.
    #[must_use]
    pub fn find_site(&self, id: &str) -> Option<SiteIndex> {
        let place = self.sites_by_id.partition_point(|s| self.site(*s).id.as_str() < id);
        self.sites_by_id.get(place).copied().filter(|s| self.site(*s).id == id)
    }

    /// What a facet is called: that of the classes has the dataset's own name.
    #[must_use]
    pub fn facet_label(&self, facet: Facet) -> &str {
        if facet == Facet::Direction { self.classes.name() } else { facet.label() }
    }

    /// Whether a facet tells events apart: not in a table of somebody else that says nothing of it.
    #[must_use]
    pub fn tells_apart(&self, facet: Facet) -> bool {
        let used = self.column(facet).values.iter().filter(|value| value.events > 0);
        self.classes.are_directions() || used.count() > 1
    }

    /// The events at a site, in date order.
    #[must_use]
    pub fn events_at(&self, site: SiteIndex) -> &[EventIndex] {
        self.at_site.of(site.get())
    }

    /// How many sources of different origin confirm or report an event. A source that only passes on a
    /// claim of responsibility, or that disputes the event, is none of them; sources of one origin are one.
    #[must_use]
    pub fn independent_sources(&self, event: EventIndex) -> usize {
        usize::from(self.independent_sources[event.get()])
    }

    /// Whether a rule counts an event.
    #[must_use]
    pub fn counts(&self, rule: Rule, event: EventIndex) -> bool {
        self.table.rule(rule).contains(event.get())
    }

    /// Where events are drawn, those of a site together: each place of the record once.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    pub(super) fn places_shared(&self) -> &Arc<[Place]> {
        &self.places
    }

    /// The numbers in [`Record::places`] of a site's places.
    #[must_use]
    pub fn places_of(&self, site: SiteIndex) -> Range<usize> {
        self.places_of[site.get()] as usize..self.places_of[site.get() + 1] as usize
    }

    /// The number of a place; `None` where no event of the record has it.
    #[must_use]
    pub fn place_number(&self, place: &Place) -> Option<u32> {
        let number = self.places_of(place.site).find(|n| self.places[*n] == *place)?;
        u32::try_from(number).ok()
    }

    /// Numbers of places that would be drawn at a position, of which none is known.
    pub(super) fn unplaced(&self) -> &[u32] {
        &self.unplaced
    }

    /// What is counted of all events.
    #[must_use]
    pub fn table(&self) -> &Arc<Table> {
        &self.table
    }

    /// One facet of all events.
    pub(super) fn column(&self, facet: Facet) -> &Column {
        self.table.column(facet)
    }

    /// The rows of events that have a value of a facet.
    pub(super) fn rows_with(&self, facet: Facet, code: &str) -> FixedBitSet {
        let column = self.column(facet);
        let chosen: Vec<bool> = column.values.iter().map(|v| *v.code == *code).collect();
        let mut rows = FixedBitSet::with_capacity(self.table.len());
        rows.insert_range(..);
        column.keep(&chosen, &mut rows);
        rows
    }

    /// Makes what is made only when it is asked for: the columns of all facets and the index of words. With a million
    /// events that takes seconds, and is best done on a thread of its own before somebody filters or searches.
    pub fn prepare(&self) {
        for facet in Facet::ALL {
            self.column(*facet);
        }
        self.texts();
    }

    /// The words of all events.
    pub(super) fn texts(&self) -> &Texts {
        self.texts.get_or_init(|| Texts::new(&self.dataset))
    }
}

/// The places of all events, those of a site together and in the order of their first events; by site where
/// they begin; and by event its own, by its number.
fn places(dataset: &Dataset) -> (Vec<Place>, Vec<u32>, Vec<u32>) {
    let mut of_site: Vec<Vec<Place>> = vec![Vec::new(); dataset.sites.len()];
    let within: Vec<usize> = dataset
        .events
        .iter()
        .map(|event| {
            let place = Place::of(dataset, event);
            let here = &mut of_site[place.site.get()];
            here.iter().position(|known| *known == place).unwrap_or_else(|| {
                here.push(place);
                here.len() - 1
            })
        })
        .collect();
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut starts = vec![0];
    for here in &of_site {
        starts.push(starts[starts.len() - 1] + number(here.len()));
    }
    let events = dataset.events.iter().zip(within);
    let of_event = events.map(|(e, n)| starts[e.site.get()] + number(n)).collect();
    (of_site.into_iter().flatten().collect(), starts, of_event)
}

impl Deref for Record {
    type Target = Dataset;

    fn deref(&self) -> &Dataset {
        &self.dataset
    }
}

/// By event, how many sources of different origin confirm or report it.
fn independent_sources(dataset: &Dataset) -> Vec<u16> {
    let mut numbers = BTreeMap::new();
    let origin_of: Vec<usize> = dataset
        .sources
        .iter()
        .map(|source| {
            let next = numbers.len();
            *numbers.entry(fold(&source.origin)).or_insert(next)
        })
        .collect();
    let mut origins = Vec::new();
    let count = |event| {
        let reports = dataset.reports_of(event).iter();
        let telling = reports.filter(|r| matches!(r.stance, Stance::Confirms | Stance::Reports));
        origins.clear();
        origins.extend(telling.map(|r| origin_of[r.source.get()]));
        origins.sort_unstable();
        origins.dedup();
        u16::try_from(origins.len()).unwrap_or(u16::MAX)
    };
    dataset.event_indices().map(count).collect()
}
