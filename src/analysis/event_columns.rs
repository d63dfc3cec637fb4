//! Events as rows of typed columns: the one list that every written file takes its columns from.
//!
//! Columns of the events table have its names. An entry of a list stands behind "; "; lists of one kind, such as the
//! sources, their titles and their addresses, have an entry for each, "?" where nothing is known.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Certainty, Record, Shown};
use crate::domain::{
    ActorIndex, Casualties, Code as _, CountRange, Day, Event, EventWords, LonLat, PersonGroup,
    Report, Site, Source,
};

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// Whole numbers, not below 0.
    Count,
    /// Numbers.
    Number,
    /// Civil days.
    Day,
}

/// A value of an event.
#[derive(Clone, Debug, PartialEq)]
pub enum EventCell<'a> {
    /// Not known, not reported, or not said.
    Empty,
    /// Words, never none.
    Text(Cow<'a, str>),
    /// A whole number.
    Count(u32),
    /// A number.
    Number(f64),
    /// A civil day.
    Day(Day),
}

/// Which end of a reported count.
#[derive(Clone, Copy, Debug)]
enum End {
    Low,
    High,
}

/// How the value of a column is found.
#[derive(Clone, Copy, Debug)]
enum Value {
    Of(for<'r, 'a> fn(&'r EventLine<'a>) -> EventCell<'r>),
    Killed(PersonGroup, End),
    Wounded(PersonGroup, End),
    /// A column of the file that the event was read from, by its place there.
    Other(u32),
}

/// A column of written events.
#[derive(Clone, Debug)]
pub struct EventColumn {
    /// Its name. No two columns have one that differs in case only.
    pub name: String,
    /// What its cells hold.
    pub kind: ColumnKind,
    value: Value,
}

/// An event that is written, with what belongs to it.
pub struct EventLine<'a> {
    record: &'a Record,
    shown: Shown,
    event: &'a Event,
    site: &'a Site,
    words: Cow<'a, EventWords>,
}

impl<'a> EventLine<'a> {
    /// The event that is shown.
    #[must_use]
    pub fn of(record: &'a Record, shown: Shown) -> Self {
        let event = record.event(shown.event);
        Self { record, shown, event, site: record.site(event.site), words: record.words(event) }
    }

    /// Its identifier.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.words.id
    }

    /// The event without its texts.
    #[must_use]
    pub fn event(&self) -> &'a Event {
        self.event
    }

    /// Its site.
    #[must_use]
    pub fn site(&self) -> &'a Site {
        self.site
    }

    /// What happened, in words.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.words.summary
    }

    /// Its own position, or that of its site; none where neither is known.
    #[must_use]
    pub fn position(&self) -> Option<LonLat> {
        self.event.position.get().or(self.site.position)
    }

    fn reports(&self) -> &'a [Report] {
        self.record.reports_of(self.shown.event)
    }

    fn of_reports(&self, word: impl Fn(&'a Report, &'a Source) -> &'a str) -> EventCell<'a> {
        list(self.reports().iter().map(|r| word(r, self.record.source(r.source))))
    }

    fn actors(
        &self,
        actors: &'a [ActorIndex],
        word: impl Fn(&'a crate::domain::Actor) -> &'a str,
    ) -> EventCell<'a> {
        list(actors.iter().map(|a| word(self.record.actor(*a))))
    }
}

/// Words that may be empty.
fn text(words: &str) -> EventCell<'_> {
    if words.is_empty() { EventCell::Empty } else { EventCell::Text(words.into()) }
}

fn opt(words: Option<&str>) -> EventCell<'_> {
    words.map_or(EventCell::Empty, text)
}

fn number(value: Option<f64>) -> EventCell<'static> {
    value.map_or(EventCell::Empty, EventCell::Number)
}

fn end(count: Option<CountRange>, end: End) -> EventCell<'static> {
    let value = match end {
        End::Low => count.map(CountRange::low),
        End::High => count.and_then(CountRange::high),
    };
    value.map_or(EventCell::Empty, EventCell::Count)
}

/// What stands for an entry of a list of which nothing is known.
pub const UNKNOWN_ENTRY: &str = "?";
const BETWEEN: &str = "; ";
/// A semicolon with a space that belongs to an entry.
const WITHIN: &str = "\\; ";

/// Entries as one cell; [`entries`] reads it.
fn list<'i>(items: impl Iterator<Item = &'i str>) -> EventCell<'i> {
    let mut items = items.peekable();
    let Some(first) = items.next() else { return EventCell::Empty };
    if items.peek().is_none() && !first.contains(BETWEEN) {
        return text(first);
    }
    let (mut cell, mut is_empty) = (String::new(), true);
    for item in std::iter::once(first).chain(items) {
        if !cell.is_empty() {
            cell.push_str(BETWEEN);
        }
        is_empty &= item.is_empty();
        cell.push_str(
            if item.is_empty() { UNKNOWN_ENTRY } else { item }.replace(BETWEEN, WITHIN).as_str(),
        );
    }
    if is_empty { EventCell::Empty } else { EventCell::Text(cell.into()) }
}

/// The entries of a cell that holds a list; those of which nothing is known are empty.
#[must_use]
pub fn entries(cell: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    let mut goes_on = false;
    for part in cell.split(BETWEEN) {
        let (part, is_cut) = part.strip_suffix('\\').map_or((part, false), |p| (p, true));
        match entries.last_mut().filter(|_| goes_on) {
            Some(entry) => {
                entry.push_str(BETWEEN);
                entry.push_str(part);
            }
            None => entries.push(part.to_owned()),
        }
        goes_on = is_cut;
    }
    entries.into_iter().map(|e| if e == UNKNOWN_ENTRY { String::new() } else { e }).collect()
}

/// The columns that every record has, in their order.
fn fixed() -> Vec<EventColumn> {
    use ColumnKind::{Count, Day, Number, Text};
    type Of = for<'r, 'a> fn(&'r EventLine<'a>) -> EventCell<'r>;
    let mut columns: Vec<EventColumn> = Vec::new();
    let mut put = |name: &str, kind, value| {
        columns.push(EventColumn { name: name.to_owned(), kind, value });
    };
    let first: [(&str, ColumnKind, Of); 24] = [
        ("id", Text, |l| text(&l.words.id)),
        ("certainty", Text, |l| {
            text(if l.shown.certainty == Certainty::Certain { "certain" } else { "possible" })
        }),
        ("start", Day, |l| EventCell::Day(l.event.date.span.first())),
        ("end", Day, |l| EventCell::Day(l.event.date.span.last())),
        ("date_precision", Text, |l| text(l.event.date.precision.code())),
        ("local_time", Text, |l| opt(l.event.date.local_time.as_deref())),
        ("site", Text, |l| text(&l.site.id)),
        ("site_name", Text, |l| text(&l.site.name)),
        ("site_name_ar", Text, |l| opt(l.site.name_ar.as_deref())),
        ("site_kind", Text, |l| text(&l.site.kind)),
        ("governorate", Text, |l| opt(l.site.admin1.as_deref())),
        ("country", Text, |l| text(&l.site.country)),
        (LATITUDE, Number, |l| number(l.position().map(LonLat::lat))),
        (LONGITUDE, Number, |l| number(l.position().map(LonLat::lon))),
        ("place_precision", Text, |l| text(l.event.precision.code())),
        ("radius_m", Number, |l| number(l.site.radius_m)),
        ("class", Text, |l| text(l.record.classes.code(l.event.direction))),
        ("class_name", Text, |l| text(l.record.classes.label(l.event.direction))),
        ("kind", Text, |l| opt(l.record.kind(l.event))),
        ("weapon", Text, |l| text(l.event.weapon.code())),
        ("weapon_detail", Text, |l| opt(l.words.weapon_detail.as_deref())),
        ("munitions_low", Count, |l| end(l.event.munitions.get(), End::Low)),
        ("munitions_high", Count, |l| end(l.event.munitions.get(), End::High)),
        ("damage", Text, |l| text(l.event.damage.code())),
    ];
    for (name, kind, of) in first {
        put(name, kind, Value::Of(of));
    }
    for (harm, value) in
        [("killed", Value::Killed as fn(PersonGroup, End) -> Value), ("wounded", Value::Wounded)]
    {
        for group in PersonGroup::ALL {
            put(&format!("{harm}_{}_low", group.code()), Count, value(*group, End::Low));
            put(&format!("{harm}_{}_high", group.code()), Count, value(*group, End::High));
        }
    }
    let last: [(&str, ColumnKind, Of); 29] = [
        ("intercepted_low", Count, |l| end(l.event.intercepted.get(), End::Low)),
        ("intercepted_high", Count, |l| end(l.event.intercepted.get(), End::High)),
        ("outcome", Text, |l| opt(l.words.outcome.as_deref())),
        ("target", Text, |l| opt(l.words.target.as_deref())),
        ("attributed_to", Text, |l| l.actors(&l.event.attributed_to, |a| &a.id)),
        ("attributed_to_names", Text, |l| l.actors(&l.event.attributed_to, |a| &a.name)),
        ("attributed_by", Text, |l| opt(l.words.attributed_by.as_deref())),
        ("claimed_by", Text, |l| l.actors(&l.event.claimed_by, |a| &a.id)),
        ("claimed_by_names", Text, |l| l.actors(&l.event.claimed_by, |a| &a.name)),
        ("parties", Text, |l| l.actors(&l.event.parties, |a| &a.id)),
        ("party_names", Text, |l| l.actors(&l.event.parties, |a| &a.name)),
        ("status", Text, |l| text(l.event.status.code())),
        ("confidence", Text, |l| text(l.event.confidence.code())),
        ("distinct_from", Text, |l| list(l.words.distinct_from.iter().map(String::as_str))),
        ("note", Text, |l| opt(l.words.note.as_deref())),
        ("summary", Text, |l| text(&l.words.summary)),
        ("sources", Text, |l| l.of_reports(|_, s| &s.id)),
        ("publishers", Text, |l| l.of_reports(|_, s| &s.publisher)),
        ("origins", Text, |l| l.of_reports(|_, s| &s.origin)),
        ("source_titles", Text, |l| l.of_reports(|_, s| &s.title)),
        ("source_published", Text, |l| {
            l.of_reports(|_, s| s.published.as_deref().unwrap_or_default())
        }),
        ("source_urls", Text, |l| l.of_reports(|_, s| s.url.as_deref().unwrap_or_default())),
        ("source_kinds", Text, |l| l.of_reports(|_, s| s.kind.code())),
        ("source_languages", Text, |l| {
            l.of_reports(|_, s| s.language.as_deref().unwrap_or_default())
        }),
        ("stances", Text, |l| l.of_reports(|r, _| r.stance.code())),
        ("site_lat", Number, |l| number(l.site.position.map(LonLat::lat))),
        ("site_lon", Number, |l| number(l.site.position.map(LonLat::lon))),
        ("site_precision", Text, |l| text(l.site.precision.code())),
        ("position_from", Text, |l| opt(l.site.coord_source.as_deref())),
    ];
    for (name, kind, of) in last {
        put(name, kind, Value::Of(of));
    }
    columns
}

/// The column of latitudes.
pub const LATITUDE: &str = "lat";
/// The column of longitudes.
pub const LONGITUDE: &str = "lon";

/// What is added to the name of a column of the file that has a name which Sitrep uses itself.
pub const OF_FILE: &str = " (file)";

/// Names that files of events use beside the columns.
const RESERVED: [&str; 16] = [
    "fid",
    "geom",
    "geometry",
    "latitude",
    "longitude",
    "feature id",
    "shape",
    "name",
    "description",
    "folder",
    "date",
    "end date",
    "links",
    "styleurl",
    "timestamp",
    "timespan",
];

/// The columns of a record's events: those that every record has, then those of its file of which nothing else was made.
#[must_use]
pub fn event_columns(record: &Record) -> Vec<EventColumn> {
    let mut columns = fixed();
    let mut taken: BTreeSet<String> = columns.iter().map(|c| c.name.clone()).collect();
    taken.extend(RESERVED.map(str::to_owned));
    let mut used = BTreeSet::new();
    for event in &record.events {
        used.extend(record.words(event).others.iter().map(|(place, _)| *place));
    }
    for place in used {
        let name = record.other_columns.get(place as usize).map_or("", String::as_str).trim();
        let mut name = if name.is_empty() { "column".to_owned() } else { name.to_owned() };
        if taken.contains(&name.to_lowercase()) {
            name.push_str(OF_FILE);
        }
        let stem = name.clone();
        let mut number = 2;
        while !taken.insert(name.to_lowercase()) {
            name = format!("{stem} {number}");
            number += 1;
        }
        columns.push(EventColumn { name, kind: ColumnKind::Text, value: Value::Other(place) });
    }
    columns
}

impl EventColumn {
    /// What it says of an event.
    #[must_use]
    pub fn cell<'r>(&self, line: &'r EventLine<'_>) -> EventCell<'r> {
        let of = |harm: &Casualties, group, side| end(harm.get(group), side);
        match self.value {
            Value::Of(value) => value(line),
            Value::Killed(group, side) => of(&line.event.killed, group, side),
            Value::Wounded(group, side) => of(&line.event.wounded, group, side),
            Value::Other(place) => {
                let cells = &line.words.others;
                let found = cells.iter().find(|(at, _)| *at == place);
                found.map_or(EventCell::Empty, |(_, cell)| text(cell))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_in_one_cell_is_read_back_entry_by_entry() {
        for items in [
            &["one"][..],
            &["one", "two"],
            &["", "two", ""],
            &["a; b", "c;d", "e;"],
            &["a; b"],
            &["https://example.org/?a=1;b=2", ""],
        ] {
            let EventCell::Text(cell) = list(items.iter().copied()) else { panic!("{items:?}") };
            assert_eq!(entries(&cell), items, "{cell}");
        }
        assert_eq!(list(["", ""].into_iter()), EventCell::Empty);
        assert_eq!(list(std::iter::empty()), EventCell::Empty);
    }

    #[test]
    fn no_two_columns_have_one_name_and_those_of_the_file_keep_theirs() {
        let dataset = crate::domain::Dataset {
            other_columns: ["tags", "Status", "status", ""].map(str::to_owned).to_vec(),
            ..crate::analysis::event_csv::tests::dataset()
        };
        let mut dataset = dataset;
        let others = (0..4).map(|place| (place, format!("cell {place}"))).collect();
        dataset.events[0].words = EventWords { others, ..EventWords::default() }.into();
        let columns = event_columns(&Record::new(dataset));
        let names: Vec<&str> = columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(
            names[names.len() - 4..],
            ["tags", "Status (file)", "status (file) 2", "column"]
        );
        let all: BTreeSet<String> = names.iter().map(|n| n.to_lowercase()).collect();
        assert_eq!(all.len(), names.len());
    }
}
