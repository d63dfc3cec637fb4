//! A dataset made ready to be asked: what many questions need is worked out once.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::OnceLock;

use super::facet::{Column, Facet};
use super::lists::Lists;
use super::search::Texts;
use crate::domain::{Code as _, Dataset, EventIndex, SiteIndex, Stance, fold};

/// A dataset and what was worked out from it. It cannot change, so that the two always agree.
#[derive(Clone, Debug)]
pub struct Record {
    dataset: Dataset,
    at_site: Lists<EventIndex>,
    independent_sources: Vec<usize>,
    /// By facet, in the order of [`Facet::ALL`].
    columns: Vec<Column>,
    /// Made when something is searched for the first time.
    texts: OnceLock<Texts>,
}

impl Record {
    /// Works out what questions to the dataset need.
    #[must_use]
    pub fn new(dataset: Dataset) -> Self {
        let mut at_site = vec![Vec::new(); dataset.sites.len()];
        for event in dataset.event_indices() {
            at_site[dataset.event(event).site.get()].push(event);
        }
        let independent_sources =
            dataset.event_indices().map(|event| origins(&dataset, event)).collect();
        Self {
            at_site: Lists::new(at_site),
            independent_sources,
            columns: Facet::ALL.iter().map(|facet| Column::new(&dataset, *facet)).collect(),
            texts: OnceLock::new(),
            dataset,
        }
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
        self.independent_sources[event.get()]
    }

    /// One facet of all events.
    pub(super) fn column(&self, facet: Facet) -> &Column {
        &self.columns[facet.position()]
    }

    /// The words of all events.
    pub(super) fn texts(&self) -> &Texts {
        self.texts.get_or_init(|| Texts::new(&self.dataset))
    }
}

impl Deref for Record {
    type Target = Dataset;

    fn deref(&self) -> &Dataset {
        &self.dataset
    }
}

fn origins(dataset: &Dataset, event: EventIndex) -> usize {
    dataset
        .reports_of(event)
        .iter()
        .filter(|r| matches!(r.stance, Stance::Confirms | Stance::Reports))
        .map(|r| fold(&dataset.source(r.source).origin))
        .collect::<BTreeSet<_>>()
        .len()
}
