//! A list of events parted into those that a selection shows and the others, each part read from anywhere.

use std::ops::Range;

use super::ShownRows;
use crate::domain::EventIndex;

/// A list of events in date order, parted by what a selection shows.
///
/// Nothing is walked over: where a part of the list stands is found by halving.
#[derive(Clone, Debug)]
pub struct Parted<'a> {
    all: &'a [EventIndex],
    /// Those shown that began before the days shown.
    before: Vec<EventIndex>,
    /// Those shown that began in them.
    begun: &'a [EventIndex],
}

impl<'a> Parted<'a> {
    /// Parts a list; `counted` are those of it that filter and rule count, both in date order.
    #[must_use]
    pub fn new(all: &'a [EventIndex], counted: &'a [EventIndex], rows: &ShownRows) -> Self {
        let (before, begun) = rows.parts();
        let until = |row: usize| counted.partition_point(|e| e.get() < row);
        let [from, to] = [until(begun.start), until(begun.end)];
        let earlier = &counted[..from];
        let reaches = |e: &EventIndex| before.binary_search(&e.0).is_ok();
        let before = if earlier.len() < before.len() {
            earlier.iter().copied().filter(reaches).collect()
        } else {
            let here = before.iter().map(|row| EventIndex(*row));
            here.filter(|e| earlier.binary_search(e).is_ok()).collect()
        };
        Self { all, before, begun: &counted[from..to] }
    }

    /// How many of the list are shown.
    #[must_use]
    pub fn shown(&self) -> usize {
        self.before.len() + self.begun.len()
    }

    /// How many are not.
    #[must_use]
    pub fn others(&self) -> usize {
        self.all.len() - self.shown()
    }

    /// The n-th of those shown.
    fn nth_shown(&self, n: usize) -> Option<EventIndex> {
        let begun = n.checked_sub(self.before.len());
        begun.map_or_else(|| self.before.get(n), |n| self.begun.get(n)).copied()
    }

    /// The n-th of the others.
    fn nth_other(&self, n: usize) -> Option<EventIndex> {
        // How many of the others stand before the i-th of those shown grows with i.
        let others_before = |i: usize| {
            let event = self.nth_shown(i)?;
            Some(self.all.partition_point(|e| *e < event) - i)
        };
        let (mut low, mut high) = (0, self.shown());
        while low < high {
            let middle = usize::midpoint(low, high);
            if others_before(middle).is_some_and(|before| before <= n) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        self.all.get(n + low).copied()
    }

    /// Those shown that are wanted besides, in date order.
    pub(super) fn shown_if(
        &self,
        is_wanted: impl Fn(EventIndex) -> bool,
    ) -> impl Iterator<Item = EventIndex> {
        self.before.iter().chain(self.begun).copied().filter(move |e| is_wanted(*e))
    }

    /// Those shown at some places, counted from the newest.
    #[must_use]
    pub fn newest_shown(&self, places: Range<usize>) -> Vec<EventIndex> {
        from_end(places, self.shown(), |n| self.nth_shown(n))
    }

    /// The others at some places, counted from the newest.
    #[must_use]
    pub fn newest_others(&self, places: Range<usize>) -> Vec<EventIndex> {
        from_end(places, self.others(), |n| self.nth_other(n))
    }
}

fn from_end(
    places: Range<usize>,
    len: usize,
    nth: impl Fn(usize) -> Option<EventIndex>,
) -> Vec<EventIndex> {
    (places.start..places.end.min(len)).filter_map(|place| nth(len - 1 - place)).collect()
}
