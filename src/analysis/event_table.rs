//! The table of the events that a view shows: its columns, what stands in their cells, and their order.
//!
//! Knows nothing of how wide a column is or where it is painted; [`super::event_tsv`] writes it as text.

use std::cmp::Reverse;

use super::{Certainty, Record, Selection, Shown, View, event_words, words};
use crate::domain::{
    ActorIndex, Casualties, Code as _, CountRange, DatePrecision, Event, Weapon, fold,
};

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// When, as precisely as it is known.
    Date,
    /// The site.
    Site,
    /// Governorate and country of the site.
    Place,
    /// Who acted against whom.
    Class,
    /// What was used.
    Weapon,
    /// How many rounds, drones or bombs.
    Number,
    /// People killed, of all groups.
    Killed,
    /// People wounded, of all groups.
    Wounded,
    /// To whom others attribute it.
    AttributedTo,
    /// Who claimed it.
    ClaimedBy,
    /// How well it is established.
    Status,
    /// How sure the record is.
    Confidence,
    /// How many reports tell of it.
    Reports,
    /// Whether it surely happened in the days shown.
    Certainty,
}

impl Column {
    /// Every column, from the left.
    pub const ALL: [Self; 14] = [
        Self::Date,
        Self::Site,
        Self::Place,
        Self::Class,
        Self::Weapon,
        Self::Number,
        Self::Killed,
        Self::Wounded,
        Self::AttributedTo,
        Self::ClaimedBy,
        Self::Status,
        Self::Confidence,
        Self::Reports,
        Self::Certainty,
    ];

    /// Its heading.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Site => "Site",
            Self::Place => "Governorate, country",
            Self::Class => "Class",
            Self::Weapon => "Weapon",
            Self::Number => "Number",
            Self::Killed => "Killed",
            Self::Wounded => "Wounded",
            Self::AttributedTo => "Attributed to",
            Self::ClaimedBy => "Claimed by",
            Self::Status => "Status",
            Self::Confidence => "Confidence",
            Self::Reports => "Reports",
            Self::Certainty => "In these days",
        }
    }

    /// What stands in it, in one sentence.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Date => "When it happened, as precisely as it is known",
            Self::Site => "Where it happened; the card says how precisely that is known",
            Self::Place => "Governorate and country of the site",
            Self::Class => "Who acted against whom",
            Self::Weapon => "What was used",
            Self::Number => "Rounds, drones or bombs, as reported",
            Self::Killed => "People killed, of all groups together, as reported",
            Self::Wounded => "People wounded, of all groups together, as reported",
            Self::AttributedTo => "Whom others hold responsible",
            Self::ClaimedBy => "Who claimed responsibility",
            Self::Status => "How well it is established that it happened",
            Self::Confidence => "How sure the record is of the event as a whole",
            Self::Reports => "How many reports tell of it",
            Self::Certainty => "Whether it surely happened in the days shown, or only possibly",
        }
    }

    /// Whether it holds numbers, which are set to the right.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Number | Self::Killed | Self::Wounded | Self::Reports)
    }
}

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The text, of one line.
    pub text: String,
    /// Whether it is known; what is not stands last in any order.
    pub known: bool,
    /// What else there is to say, or what an en dash stands for.
    pub about: Option<String>,
}

impl Cell {
    fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), known: true, about: None }
    }

    fn with(text: impl Into<String>, about: Option<String>) -> Self {
        Self { about, ..Self::of(text) }
    }

    /// An en dash for what nobody reports: silence is neither zero nor no.
    fn silent(about: impl Into<String>) -> Self {
        Self { text: "–".to_owned(), known: false, about: Some(about.into()) }
    }
}

/// The cell of an event in a column.
#[must_use]
pub fn cell(record: &Record, shown: Shown, column: Column) -> Cell {
    let event = record.event(shown.event);
    let site = record.site(event.site);
    match column {
        Column::Date => Cell {
            known: event.date.precision != DatePrecision::Unknown,
            ..Cell::with(
                words::event_date(&event.date),
                Some(format!("Known {}", event.date.precision.label())),
            )
        },
        Column::Site => Cell::with(&site.name, site.name_ar.clone()),
        Column::Place => {
            let country = words::place_code(&site.country);
            Cell::of(site.admin1.as_ref().map_or(country.clone(), |a| format!("{a}, {country}")))
        }
        Column::Class => Cell::of(record.classes.label(event.direction)),
        Column::Weapon => Cell {
            known: event.weapon != Weapon::Unknown,
            ..Cell::with(event.weapon.label(), record.words(event).weapon_detail.clone())
        },
        Column::Number => {
            let intercepted = event.intercepted.get().map(|n| format!("{} intercepted", n.words()));
            match event.munitions.get() {
                Some(n) => Cell::with(n.words(), intercepted),
                None => Cell::silent("Not reported"),
            }
        }
        Column::Killed => harmed(event, &event.killed),
        Column::Wounded => harmed(event, &event.wounded),
        Column::AttributedTo => {
            let words = record.words(event);
            let by = words.attributed_by.as_ref().map(|by| format!("By {by}"));
            event_words::actors(record, &event.attributed_to).map_or_else(
                || Cell::silent("To nobody, as far as reported"),
                |a| Cell::with(a, by),
            )
        }
        Column::ClaimedBy => event_words::actors(record, &event.claimed_by)
            .map_or_else(|| Cell::silent("By nobody, as far as reported"), Cell::of),
        Column::Status => Cell::of(event.status.label()),
        Column::Confidence => Cell::of(event.confidence.label()),
        Column::Reports => {
            let independent = match record.independent_sources(shown.event) {
                1 => "1 independent source".to_owned(),
                n => format!("{} independent sources", words::thousands(n)),
            };
            let reports = record.reports_of(shown.event).len();
            Cell::with(reports.to_string(), Some(independent))
        }
        Column::Certainty => match shown.certainty {
            Certainty::Certain => Cell::of("certain"),
            Certainty::Possible => Cell::with(
                "possible",
                Some("Its date is known to days of which only some are shown".to_owned()),
            ),
        },
    }
}

fn harmed(event: &Event, casualties: &Casualties) -> Cell {
    match together(casualties) {
        Some(n) => Cell::with(n.words(), Some(words::capitalised(&event_words::casualties(event)))),
        None => Cell::silent("Not reported"),
    }
}

/// All reported groups together; open above when one of them is, `None` when nothing is reported.
#[must_use]
pub fn together(casualties: &Casualties) -> Option<CountRange> {
    casualties.reported().map(|(_, n)| n).reduce(CountRange::plus)
}

/// What the table is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column.
    pub column: Column,
    /// From the highest down; what is not known still comes last.
    pub descending: bool,
}

/// Sorts rows by the values of a column: dates by their span, ranges by their low end, codes in the order
/// of their lists, names whatever their spelling. Rows with equal values keep their order, and those whose
/// value is not known come last.
pub fn sort(record: &Record, rows: &mut [Shown], sort: Sort) {
    let event = |s: &Shown| record.event(s.event);
    let down = sort.descending;
    let range = |r: Option<CountRange>| r.map(|r| (r.low(), r.high().unwrap_or(u32::MAX)));
    match sort.column {
        Column::Date => by(rows, down, |s| {
            let date = &event(s).date;
            let known = date.precision != DatePrecision::Unknown;
            known.then(|| (date.span.first(), date.span.last()))
        }),
        Column::Site => {
            let ranks = ranks(record.sites.iter().map(|s| fold(&s.name)));
            by(rows, down, |s| Some(ranks[event(s).site.get()]));
        }
        Column::Place => {
            let ranks = ranks(record.sites.iter().map(|s| {
                (words::place_code(&s.country), s.admin1.is_none(), s.admin1.as_deref().map(fold))
            }));
            by(rows, down, |s| Some(ranks[event(s).site.get()]));
        }
        Column::Class => by(rows, down, |s| Some(event(s).direction.position())),
        Column::Weapon => by(rows, down, |s| {
            let weapon = event(s).weapon;
            (weapon != Weapon::Unknown).then(|| weapon.position())
        }),
        Column::Number => by(rows, down, |s| range(event(s).munitions.get())),
        Column::Killed => by(rows, down, |s| range(together(&event(s).killed))),
        Column::Wounded => by(rows, down, |s| range(together(&event(s).wounded))),
        Column::AttributedTo => by_actors(record, rows, down, |e| &e.attributed_to),
        Column::ClaimedBy => by_actors(record, rows, down, |e| &e.claimed_by),
        Column::Status => by(rows, down, |s| Some(event(s).status.position())),
        Column::Confidence => by(rows, down, |s| Some(event(s).confidence.position())),
        Column::Reports => by(rows, down, |s| Some(record.reports_of(s.event).len())),
        Column::Certainty => by(rows, down, |s| Some(s.certainty)),
    }
}

/// Sorts by a key that is worked out once for each row; a row without one comes last either way.
fn by<K: Ord>(rows: &mut [Shown], descending: bool, key: impl Fn(&Shown) -> Option<K>) {
    if descending {
        rows.sort_by_cached_key(|s| key(s).map_or((true, None), |k| (false, Some(Reverse(k)))));
    } else {
        rows.sort_by_cached_key(|s| key(s).map_or((true, None), |k| (false, Some(k))));
    }
}

fn by_actors(
    record: &Record,
    rows: &mut [Shown],
    descending: bool,
    list: impl Fn(&Event) -> &[ActorIndex],
) {
    let ranks = ranks(record.actors.iter().map(|a| fold(&a.name)));
    by(rows, descending, |s| {
        let named: Vec<usize> =
            list(record.event(s.event)).iter().map(|a| ranks[a.get()]).collect();
        (!named.is_empty()).then_some(named)
    });
}

/// The place of each value among the distinct values in their order.
fn ranks<T: Ord>(values: impl Iterator<Item = T>) -> Vec<usize> {
    let values: Vec<T> = values.collect();
    let mut ordered: Vec<&T> = values.iter().collect();
    ordered.sort();
    ordered.dedup();
    values.iter().map(|v| ordered.binary_search(&v).unwrap_or(0)).collect()
}

/// What the table lists, in words: "9 attacks, 3 to 6 January 2022; attacks on US and coalition forces,
/// reported".
#[must_use]
pub fn heading(record: &Record, view: &View, selection: &Selection) -> String {
    let (certain, possible) = (selection.certain(), selection.possible());
    let noun = view.rule.noun(certain.max(possible));
    let count = match (certain, possible) {
        (0, 0) => format!("No {noun}"),
        _ => format!("{} {noun}", words::count(certain, possible)),
    };
    let only = match view.filter.words(record) {
        words if words.is_empty() => words,
        words => format!("; only {words}"),
    };
    format!("{count}, {}; {}{only}", words::span(selection.days), view.rule.label())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PersonGroup;

    fn check(counts: &[(PersonGroup, u32, Option<u32>)], expected: Option<&str>) {
        let casualties = counts.iter().fold(Casualties::default(), |c, (group, low, high)| {
            c.with(*group, CountRange::new(*low, *high))
        });
        assert_eq!(together(&casualties).map(CountRange::words).as_deref(), expected);
    }

    #[test]
    fn groups_are_added_up_and_silence_adds_nothing() {
        check(&[], None);
        check(&[(PersonGroup::Coalition, 0, Some(0))], Some("0"));
        check(
            &[(PersonGroup::Coalition, 1, Some(2)), (PersonGroup::Civilians, 3, Some(3))],
            Some("4–5"),
        );
        check(
            &[(PersonGroup::Coalition, 1, Some(2)), (PersonGroup::Civilians, 3, None)],
            Some("at least 4"),
        );
        check(
            &[
                (PersonGroup::Coalition, u32::MAX, Some(u32::MAX)),
                (PersonGroup::Civilians, 1, Some(1)),
            ],
            Some("at least 4294967295"),
        );
    }
}
