//! A dataset: everything loaded, immutable, with references resolved to indices.

use super::{
    Actor, Classes, ContextEntry, CoverageNote, DaySpan, Event, ForceLevel, Link, Report,
    ReportedTotal, Site, Source,
};

macro_rules! index {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The place in the dataset's list.
            #[must_use]
            pub fn get(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index! {
    /// Place of a site in [`Dataset::sites`].
    SiteIndex
}
index! {
    /// Place of an event in [`Dataset::events`].
    EventIndex
}
index! {
    /// Place of a source in [`Dataset::sources`].
    SourceIndex
}
index! {
    /// Place of an actor in [`Dataset::actors`].
    ActorIndex
}

/// A loaded record. Events are sorted by first day, then identifier; reports by event.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// Title for people.
    pub title: String,
    /// Machine name.
    pub name: String,
    /// Version.
    pub version: String,
    /// The zone in which its days are civil days, such as `Asia/Baghdad`.
    pub time_zone: String,
    /// SHA-256 of the files that it was read from, as 64 hexadecimal digits; `None` when it was not read from
    /// files.
    pub sha256: Option<String>,
    /// What the colours of events stand for.
    pub classes: Classes,
    /// Names of the columns that nothing else is made of; see [`Event::others`].
    pub other_columns: Vec<String>,
    /// Places.
    pub sites: Vec<Site>,
    /// Parties.
    pub actors: Vec<Actor>,
    /// Publications.
    pub sources: Vec<Source>,
    /// Events by first day, then identifier.
    pub events: Vec<Event>,
    /// What each source says, by event.
    pub reports: Vec<Report>,
    /// Ties between events.
    pub links: Vec<Link>,
    /// Dated facts without an impact, by first day.
    pub context: Vec<ContextEntry>,
    /// Troop numbers.
    pub force_levels: Vec<ForceLevel>,
    /// Published counts.
    pub reported_totals: Vec<ReportedTotal>,
    /// Where the record is known to be thin.
    pub coverage_notes: Vec<CoverageNote>,
    /// Rows of the files that could not be used; the problems of loading say why.
    pub rows_left_out: usize,
}

impl Dataset {
    /// The site of an index that came from this dataset.
    #[must_use]
    pub fn site(&self, index: SiteIndex) -> &Site {
        &self.sites[index.get()]
    }

    /// The event of an index that came from this dataset.
    #[must_use]
    pub fn event(&self, index: EventIndex) -> &Event {
        &self.events[index.get()]
    }

    /// The source of an index that came from this dataset.
    #[must_use]
    pub fn source(&self, index: SourceIndex) -> &Source {
        &self.sources[index.get()]
    }

    /// The actor of an index that came from this dataset.
    #[must_use]
    pub fn actor(&self, index: ActorIndex) -> &Actor {
        &self.actors[index.get()]
    }

    /// All event indices, in date order.
    pub fn event_indices(&self) -> impl Iterator<Item = EventIndex> + use<> {
        (0..u32::try_from(self.events.len()).unwrap_or(u32::MAX)).map(EventIndex)
    }

    /// All site indices.
    pub fn site_indices(&self) -> impl Iterator<Item = SiteIndex> + use<> {
        (0..u32::try_from(self.sites.len()).unwrap_or(u32::MAX)).map(SiteIndex)
    }

    /// The site with this identifier.
    #[must_use]
    pub fn find_site(&self, id: &str) -> Option<SiteIndex> {
        self.site_indices().find(|i| self.site(*i).id == id)
    }

    /// The event with this identifier.
    #[must_use]
    pub fn find_event(&self, id: &str) -> Option<EventIndex> {
        self.event_indices().find(|i| self.event(*i).id == id)
    }

    /// The actor with this identifier.
    #[must_use]
    pub fn find_actor(&self, id: &str) -> Option<ActorIndex> {
        let place = self.actors.iter().position(|a| a.id == id)?;
        u32::try_from(place).ok().map(ActorIndex)
    }

    /// The place in [`Dataset::reported_totals`] of the published count with this identifier.
    #[must_use]
    pub fn find_total(&self, id: &str) -> Option<usize> {
        self.reported_totals.iter().position(|t| t.id == id)
    }

    /// What the sources say of an event.
    #[must_use]
    pub fn reports_of(&self, event: EventIndex) -> &[Report] {
        let start = self.reports.partition_point(|r| r.event < event);
        let end = self.reports.partition_point(|r| r.event <= event);
        &self.reports[start..end]
    }

    /// From the first day of the first event to the last day of any; `None` without events.
    #[must_use]
    pub fn extent(&self) -> Option<DaySpan> {
        self.events.iter().map(|e| e.date.span).reduce(DaySpan::join)
    }
}
