//! A dataset: everything loaded, immutable, with references resolved to indices.

use std::borrow::Cow;
use std::sync::Arc;

use super::{
    Actor, Classes, ContextEntry, CoverageNote, DaySpan, Event, EventTexts, EventWords, FileDigest,
    ForceLevel, Link, Report, ReportedTotal, Site, Source, WordsAt, id_key,
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
index! {
    /// Place of a kind of event in [`Dataset::kinds`].
    KindIndex
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
    /// SHA-256 of the files that it was read from.
    pub sha256: FileDigest,
    /// What the colours of events stand for.
    pub classes: Classes,
    /// Names of the columns that nothing else is made of; see [`EventWords::others`].
    pub other_columns: Vec<String>,
    /// Kinds of events within their classes, in words.
    pub kinds: Vec<String>,
    /// Reads the words of events that are not in memory; `None` where all are.
    pub texts: Option<Arc<dyn EventTexts>>,
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
    /// Whether it is only the first rows of a file of which the rest is still being read, or never was.
    pub is_beginning: bool,
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

    /// The words of an event of this dataset. Those of a large table are read from its file: ask once for each use.
    #[must_use]
    pub fn words<'a>(&self, event: &'a Event) -> Cow<'a, EventWords> {
        match (&event.words, &self.texts) {
            (WordsAt::Memory(words), _) => Cow::Borrowed(words),
            (WordsAt::Row(row), Some(texts)) => Cow::Owned(texts.words(*row)),
            (WordsAt::Row(_), None) => Cow::Owned(EventWords::default()),
        }
    }

    /// The identifier of an event; see [`Dataset::words`].
    #[must_use]
    pub fn id(&self, index: EventIndex) -> String {
        match &self.event(index).words {
            WordsAt::Memory(words) => words.id.clone(),
            WordsAt::Row(_) => self.words(self.event(index)).into_owned().id,
        }
    }

    /// The kind of an event within its class, in words.
    #[must_use]
    pub fn kind(&self, event: &Event) -> Option<&str> {
        event.kind.and_then(|kind| self.kinds.get(kind.get())).map(String::as_str)
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
    pub fn event_indices(&self) -> impl Iterator<Item = EventIndex> + Clone + use<> {
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
        let key = id_key(id);
        self.event_indices().find(|index| {
            let event = self.event(*index);
            match &event.words {
                WordsAt::Memory(words) => words.id == id,
                WordsAt::Row(row) => row.id_key == key && self.words(event).id == id,
            }
        })
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
