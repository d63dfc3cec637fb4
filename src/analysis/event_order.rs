//! The rows of the table of events in their order, of which any part is asked for.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use super::event_table::{Column, Sort, sort};
use super::{Record, Shown, ShownRows};
use crate::domain::{Day, EventIndex};

/// Rows in an order. By date they are found as they are asked for, and nothing is made of the others; any other
/// order is that of a list.
#[derive(Clone, Debug)]
pub struct EventOrder {
    rows: ShownRows,
    sorts: Vec<Sort>,
    order: Order,
}

#[derive(Clone, Debug)]
enum Order {
    Dated {
        descending: bool,
        /// Where events stand in the rows whose date is unknown; in the table they come last.
        undated: Arc<[u32]>,
    },
    Listed(Arc<[Shown]>),
}

impl EventOrder {
    /// Sorts rows, by the last of `sorts` first; where that is by date alone, it costs next to nothing.
    #[must_use]
    pub fn new(record: &Record, rows: &ShownRows, sorts: &[Sort]) -> Self {
        let order = match sorts {
            [by] if by.column == Column::Date => {
                Order::Dated { descending: by.descending, undated: undated(rows) }
            }
            _ => {
                let mut list: Vec<Shown> = rows.range(0..rows.len()).collect();
                for by in sorts.iter().rev() {
                    sort(record, &mut list, *by);
                }
                Order::Listed(list.into())
            }
        };
        Self { rows: rows.clone(), sorts: sorts.to_vec(), order }
    }

    /// Whether rows are put into this order without a walk over them.
    #[must_use]
    pub fn is_at_once(sorts: &[Sort]) -> bool {
        matches!(sorts, [by] if by.column == Column::Date)
    }

    /// Whether it is the order of these rows by these columns.
    #[must_use]
    pub fn is_of(&self, rows: &ShownRows, sorts: &[Sort]) -> bool {
        self.sorts == sorts && self.rows.lists_the_same(rows)
    }

    /// What they are sorted by.
    #[must_use]
    pub fn sorted_by(&self) -> Option<&Sort> {
        self.sorts.first()
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows at some places, counted from zero; fewer where the table ends before.
    #[must_use]
    pub fn get(&self, record: &Record, places: Range<usize>) -> Vec<Shown> {
        let places = places.start.min(self.len())..places.end.min(self.len());
        match &self.order {
            Order::Listed(list) => list[places].to_vec(),
            Order::Dated { descending, undated } => {
                self.dated(record, *descending, undated, places)
            }
        }
    }

    /// Where an event stands; `None` where it is not listed.
    #[must_use]
    pub fn place_of(&self, record: &Record, event: EventIndex) -> Option<usize> {
        let (descending, undated) = match &self.order {
            Order::Listed(list) => return list.iter().position(|s| s.event == event),
            Order::Dated { descending, undated } => (*descending, undated),
        };
        let place = self.rows.place_of(event)?;
        let dated = self.len() - undated.len();
        match undated.binary_search(&number(place)) {
            Ok(n) => Some(dated + n),
            Err(n) => {
                let n = place - n;
                let day = self.day_around(record, undated, n);
                let from = if descending { dated - day.end } else { day.start };
                let rows = self.of_day(record, descending, undated, day);
                rows.iter().position(|s| s.event == event).map(|n| from + n)
            }
        }
    }

    /// The rows at some places by date, those without one last.
    fn dated(
        &self,
        record: &Record,
        descending: bool,
        undated: &[u32],
        places: Range<usize>,
    ) -> Vec<Shown> {
        let dated = self.len() - undated.len();
        let mut found = Vec::with_capacity(places.len());
        let mut place = places.start;
        while place < places.end.min(dated) {
            let n = if descending { dated - 1 - place } else { place };
            let day = self.day_around(record, undated, n);
            let from = if descending { dated - day.end } else { day.start };
            let rows = self.of_day(record, descending, undated, day);
            let wanted = place - from..(places.end - from).min(rows.len());
            place += wanted.len();
            found.extend_from_slice(&rows[wanted]);
        }
        let rest = places.start.max(dated)..places.end.max(dated);
        let rest = undated[rest.start - dated..rest.end - dated].iter();
        found.extend(rest.filter_map(|place| self.rows.get(*place as usize)));
        found
    }

    /// The n-th of the rows whose date is known, in the order of the rows.
    fn nth_dated(&self, undated: &[u32], n: usize) -> Option<Shown> {
        let (mut low, mut high) = (0, undated.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if undated[middle] as usize - middle <= n {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        self.rows.get(n + low)
    }

    /// Which of the rows with a date begin on the same day as the n-th of them: they stand together.
    fn day_around(&self, record: &Record, undated: &[u32], n: usize) -> Range<usize> {
        let first_day = |n: usize| -> Option<Day> {
            self.nth_dated(undated, n).map(|s| record.event(s.event).date.span.first())
        };
        let here = first_day(n);
        let until = |is_before: &dyn Fn(Option<Day>) -> bool| {
            let (mut low, mut high) = (0, self.len() - undated.len());
            while low < high {
                let middle = usize::midpoint(low, high);
                if is_before(first_day(middle)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            low
        };
        until(&|day| day < here)..until(&|day| day <= here)
    }

    /// The rows of one day in their order: by the last day that they may have happened on.
    fn of_day(
        &self,
        record: &Record,
        descending: bool,
        undated: &[u32],
        day: Range<usize>,
    ) -> Vec<Shown> {
        let mut rows: Vec<Shown> = day.filter_map(|n| self.nth_dated(undated, n)).collect();
        let last = |s: &Shown| record.event(s.event).date.span.last();
        if descending {
            rows.sort_by_key(|s| Reverse(last(s)));
        } else {
            rows.sort_by_key(last);
        }
        rows
    }
}

/// Where those stand in the rows whose date is unknown.
fn undated(rows: &ShownRows) -> Arc<[u32]> {
    let all = rows.counting().undated(rows.table());
    let (before, begun) = rows.parts();
    let until = |row: usize| all.partition_point(|r| (*r as usize) < row);
    let [from, to] = [until(begun.start), until(begun.end)];
    let earlier = before.iter().filter(|row| all[..from].binary_search(row).is_ok());
    earlier.chain(&all[from..to]).map(|row| number(rows.place_of_row(*row as usize))).collect()
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
