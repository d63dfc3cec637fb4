//! Counts of what a view shows, in groups.

use serde::{Deserialize, Serialize};

use super::{Certainty, Facet, Record, Selection};
use crate::domain::{Dataset, Day, DaySpan};

/// What events are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupBy {
    /// By a property.
    Facet(Facet),
    /// By day.
    Day,
    /// By week, Monday to Sunday (ISO 8601).
    Week,
    /// By month.
    Month,
}

/// The count of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The group's code: a site id, a weapon, a day.
    pub key: String,
    /// What a person reads.
    pub label: String,
    /// Events that surely belong to the group and to the days shown.
    pub certain: usize,
    /// Events that may belong: their span overlaps the group or the days shown.
    pub possible: usize,
}

/// Groups and totals. An event with a span of days is possible in several day groups, one with several values of
/// a facet (actors, kinds of source, killed and wounded) stands in several groups; each counts once in the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// By count for properties, by time for days, weeks and months (empty ones included).
    pub groups: Vec<Group>,
    /// Events that surely belong to the days shown.
    pub certain: usize,
    /// Events that may belong.
    pub possible: usize,
}

/// Counts what a selection shows.
#[must_use]
pub fn tally(dataset: &Record, selection: &Selection, by: GroupBy) -> Tally {
    let groups = match by {
        GroupBy::Facet(facet) => by_facet(dataset, selection, facet),
        GroupBy::Day => {
            by_spans(dataset, selection, selection.days.iter().map(day_group).collect())
        }
        GroupBy::Week => by_spans(dataset, selection, weeks(selection.days)),
        GroupBy::Month => by_spans(dataset, selection, months(selection.days)),
    };
    Tally { groups, certain: selection.certain(), possible: selection.possible() }
}

fn by_facet(record: &Record, selection: &Selection, facet: Facet) -> Vec<Group> {
    let column = record.column(facet);
    let mut groups: Vec<Group> = column
        .values
        .iter()
        .map(|v| Group {
            key: v.code.to_string(),
            label: v.label.to_string(),
            certain: 0,
            possible: 0,
        })
        .collect();
    for shown in selection.iter() {
        for value in column.of(shown.event.get()) {
            match shown.certainty {
                Certainty::Certain => groups[*value].certain += 1,
                Certainty::Possible => groups[*value].possible += 1,
            }
        }
    }
    groups.retain(|g| g.certain + g.possible > 0);
    groups.sort_by_key(|g| std::cmp::Reverse((g.certain, g.possible)));
    groups
}

type NamedSpan = (String, String, DaySpan);

fn day_group(day: Day) -> NamedSpan {
    (day.to_string(), super::words::day(day), DaySpan::day(day))
}

fn weeks(days: DaySpan) -> Vec<NamedSpan> {
    let monday = |day: Day| day.plus(-i32::from(day.date().weekday().to_monday_zero_offset()));
    let mut first = monday(days.first());
    let mut weeks = Vec::new();
    while first <= days.last() {
        let iso = first.date().iso_week_date();
        let span = DaySpan::between(first, first.plus(6));
        weeks.push((
            format!("{:04}-W{:02}", iso.year(), iso.week()),
            super::words::span(span),
            span,
        ));
        first = first.plus(7);
    }
    weeks
}

fn months(days: DaySpan) -> Vec<NamedSpan> {
    let mut first = Day::from_date(days.first().date().first_of_month());
    let mut months = Vec::new();
    while first <= days.last() {
        let last = Day::from_date(first.date().last_of_month());
        let span = DaySpan::between(first, last);
        months.push((first.to_string()[..7].to_owned(), super::words::month(first), span));
        first = last.plus(1);
    }
    months
}

/// Groups of spans that follow one another without overlap.
fn by_spans(dataset: &Dataset, selection: &Selection, spans: Vec<NamedSpan>) -> Vec<Group> {
    let mut groups: Vec<(Group, DaySpan)> = spans
        .into_iter()
        .map(|(key, label, span)| (Group { key, label, certain: 0, possible: 0 }, span))
        .collect();
    for shown in selection.iter() {
        let event = dataset.event(shown.event).date.span;
        let from = groups.partition_point(|(_, span)| span.end() <= event.first());
        for (group, span) in &mut groups[from..] {
            match Certainty::of(event, *span) {
                Some(Certainty::Certain) => match shown.certainty {
                    Certainty::Certain => group.certain += 1,
                    Certainty::Possible => group.possible += 1,
                },
                Some(Certainty::Possible) => group.possible += 1,
                None => break,
            }
        }
    }
    groups.into_iter().map(|(group, _)| group).collect()
}
