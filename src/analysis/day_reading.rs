//! What a record holds of one day, without a walk over its events: they are in order of their first day.

use super::{DayCounts, Record, Selection};
use crate::domain::{Dataset, Day, DaySpan, EventIndex};

/// What a day holds of the events that rule and filter let through, whatever the window, and of context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayReading {
    /// The day.
    pub day: Day,
    /// Events known to the day.
    pub certain: usize,
    /// Events that may have happened on the day, or on another.
    pub possible: usize,
    /// The first of them, those known to the day before the others.
    pub events: Vec<EventIndex>,
    /// Places in [`Dataset::context`] of the entries whose days have this one, the shorter ones first.
    pub context: Vec<usize>,
    /// Places in [`Dataset::force_levels`] of the numbers that are reported of the day.
    pub force_levels: Vec<usize>,
}

/// Reads a day, with at most `most` of its events.
#[must_use]
pub fn day_reading(record: &Record, selection: &Selection, day: Day, most: usize) -> DayReading {
    let counts = selection.day_counts();
    let [certain, possible] = counts.within(DaySpan::day(day));
    let exact = known_to(record, selection, day);
    let events = exact.chain(possible_on(record, selection, counts, day)).take(most).collect();
    let has = |span: Option<DaySpan>| span.is_some_and(|s| s.contains(day));
    let mut context: Vec<_> =
        (0..record.context.len()).filter(|i| has(record.context[*i].span)).collect();
    context.sort_by_key(|i| record.context[*i].span.map_or(i32::MAX, DaySpan::days));
    let levels = 0..record.force_levels.len();
    DayReading {
        day,
        certain: usize::try_from(certain).unwrap_or(0),
        possible: usize::try_from(possible).unwrap_or(0),
        events,
        context,
        force_levels: levels.filter(|i| has(record.force_levels[*i].span)).collect(),
    }
}

/// The events known to a day that count, in their order.
pub fn known_to<'a>(
    dataset: &'a Dataset,
    selection: &'a Selection,
    day: Day,
) -> impl Iterator<Item = EventIndex> + 'a {
    of_span(dataset, selection, DaySpan::day(day))
}

/// The events known only to several days that count and may have happened on a day, by their spans.
fn possible_on<'a>(
    dataset: &'a Dataset,
    selection: &'a Selection,
    counts: &'a DayCounts,
    day: Day,
) -> impl Iterator<Item = EventIndex> + 'a {
    let wide = counts.wide().iter().filter(move |wide| wide.span.contains(day));
    wide.flat_map(move |wide| of_span(dataset, selection, wide.span))
}

/// The events of exactly these days that count.
fn of_span<'a>(
    dataset: &'a Dataset,
    selection: &'a Selection,
    span: DaySpan,
) -> impl Iterator<Item = EventIndex> + 'a {
    let from = dataset.events.partition_point(|e| e.date.span.first() < span.first());
    let here =
        dataset.events[from..].iter().take_while(move |e| e.date.span.first() == span.first());
    let indices = (u32::try_from(from).unwrap_or(u32::MAX)..).map(EventIndex);
    let matching = indices.zip(here).filter(move |(_, event)| event.date.span == span);
    matching.map(|(index, _)| index).filter(move |index| selection.counts(*index))
}
