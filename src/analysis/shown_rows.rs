//! The events that a selection shows as a list of which any part is found without a walk over the rest.

use std::ops::Range;
use std::sync::Arc;

use super::engine::{Counting, Table};
use super::selection::shown_row;
use super::{DayCounts, Shown};
use crate::domain::{DaySpan, EventIndex};

/// The events that a selection shows, in date order. It stays what it is when the selection moves on, costs
/// little to keep, and can be given to another thread.
#[derive(Clone, Debug)]
pub struct ShownRows {
    days: DaySpan,
    window: DaySpan,
    table: Arc<Table>,
    counting: Arc<Counting>,
    /// Rows of events known only to several days that began before the days shown and reach into them.
    before: Arc<[u32]>,
    /// The rows of events that began in the days shown; those of them that count are shown.
    begun: Range<usize>,
    /// How many rows count before them.
    skipped: usize,
    len: usize,
}

impl ShownRows {
    pub(super) fn new(
        days: DaySpan,
        window: DaySpan,
        table: &Arc<Table>,
        counting: &Arc<Counting>,
    ) -> Self {
        let begun = table.rows(days.first().number(), days.end().number());
        let across = table.wide_across(days.first());
        let before: Arc<[u32]> = across.filter(|row| counting.counts(*row as usize)).collect();
        let skipped = counting.rank(begun.start);
        let len = before.len() + counting.rank(begun.end) - skipped;
        let (table, counting) = (Arc::clone(table), Arc::clone(counting));
        Self { days, window, table, counting, before, begun, skipped, len }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether both list the same events, each with the same certainty.
    #[must_use]
    pub fn lists_the_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.counting, &other.counting) && self.days == other.days
    }

    /// All that counts under the filter and the rule, by day: the same as long as these stay.
    #[must_use]
    pub fn day_counts(&self) -> &Arc<DayCounts> {
        self.counting.day_counts()
    }

    pub(super) fn table(&self) -> &Table {
        &self.table
    }

    pub(super) fn counting(&self) -> &Counting {
        &self.counting
    }

    /// The rows that began before the days shown and reach into them, and the range in which those lie that
    /// began in them.
    pub(super) fn parts(&self) -> (&[u32], Range<usize>) {
        (&self.before, self.begun.clone())
    }

    /// Where a row that is shown stands in the list, or would stand.
    pub(super) fn place_of_row(&self, row: usize) -> usize {
        if row < self.begun.start {
            self.before.partition_point(|r| (*r as usize) < row)
        } else {
            self.before.len() + self.counting.rank(row).min(self.skipped + self.len) - self.skipped
        }
    }

    /// The row at a place of the list.
    pub(super) fn row(&self, place: usize) -> Option<usize> {
        match place.checked_sub(self.before.len()) {
            None => Some(self.before[place] as usize),
            Some(n) if place < self.len => self.counting.nth(self.skipped + n),
            Some(_) => None,
        }
    }

    pub(super) fn shown(&self, row: usize) -> Option<Shown> {
        shown_row(&self.table, self.days, self.window, row)
    }

    /// The event at a place of the list, counted from zero; `None` beyond its end.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<Shown> {
        self.shown(self.row(place)?)
    }

    /// Where an event stands in the list; `None` where it is not shown.
    #[must_use]
    pub fn place_of(&self, event: EventIndex) -> Option<usize> {
        let place = self.place_of_row(event.get());
        (self.row(place) == Some(event.get())).then_some(place)
    }

    /// A part of the list; shorter where the list ends before it does.
    #[must_use]
    pub fn range(&self, places: Range<usize>) -> impl DoubleEndedIterator<Item = Shown> + '_ {
        (places.start..places.end.min(self.len)).filter_map(|place| self.get(place))
    }

    /// A part of the list read from its end: the events at these places counted from the newest.
    pub fn newest(&self, places: Range<usize>) -> impl Iterator<Item = Shown> + '_ {
        let from_end = |place: usize| self.len - place.min(self.len);
        self.range(from_end(places.end)..from_end(places.start)).rev()
    }
}
