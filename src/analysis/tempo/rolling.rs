//! How many events there were in the last days, for every day.

use super::{Daily, place};
use crate::analysis::WideCount;
use crate::domain::{Day, DaySpan};

/// Over how many days it is counted: a week, and about a month.
pub const ROLLING_DAYS: [i32; 2] = [7, 30];

/// For every day, the events of some days that end with it, both ends counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rolling {
    /// How many days are counted together.
    pub days: i32,
    /// The first day that has so many days of the record up to it, itself included.
    pub first: Day,
    /// From that day on, certain and possible events.
    pub counts: Vec<[u32; 2]>,
}

impl Rolling {
    pub(super) fn of(daily: &Daily, wide: &[WideCount], days: i32) -> Self {
        let first = daily.days.first().plus(days - 1);
        Self { days, first, counts: trailing(daily, wide, days) }
    }

    /// Certain and possible events of the days that end with this one; `None` where the record does not hold
    /// them all.
    #[must_use]
    pub fn ending(&self, last: Day) -> Option<[u32; 2]> {
        let days = DaySpan::between(self.first, self.first.max(last));
        self.counts.get(place(days, last)?).copied()
    }

    /// The days counted for a day.
    #[must_use]
    pub fn span(&self, last: Day) -> DaySpan {
        DaySpan::between(last.plus(1 - self.days), last)
    }

    /// The highest certain count.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.counts.iter().map(|[certain, _]| *certain).max().unwrap_or(0)
    }

    /// The highest count of certain and possible events together.
    #[must_use]
    pub fn most_possible(&self) -> u32 {
        self.counts.iter().map(|[certain, possible]| certain + possible).max().unwrap_or(0)
    }
}

/// Certain and possible events of every run of so many days, by its last day; the first run is that of the
/// first days.
///
/// An event with a span is certain in the runs that hold all of the span, and possible in the others that touch
/// it: each adds to two stretches of last days, so that only their ends are written (difference arrays).
pub(super) fn trailing(daily: &Daily, wide: &[WideCount], days: i32) -> Vec<[u32; 2]> {
    let all = daily.events.len();
    let run = usize::try_from(days).unwrap_or(0);
    if run == 0 || run > all {
        return Vec::new();
    }
    let mut held = vec![0_i64; all + 1];
    let mut touched = vec![0_i64; all + 1];
    let add = |ends: &mut Vec<i64>, from: usize, to: usize, count: i64| {
        ends[from.min(all)] += count;
        ends[to.min(all)] -= count;
    };
    for wide in wide {
        let ends = (place(daily.days, wide.span.first()), place(daily.days, wide.span.last()));
        let (Some(first), Some(last)) = ends else { continue };
        let count = i64::from(wide.total());
        add(&mut touched, first, last + run, count);
        if last < first + run {
            add(&mut held, last, first + run, count);
        }
    }
    let (mut exact, mut held_now, mut touched_now) = (0_i64, 0_i64, 0_i64);
    let mut counts = Vec::with_capacity(all + 1 - run);
    for (i, here) in daily.events.iter().enumerate() {
        exact += i64::from(*here);
        if i >= run {
            exact -= i64::from(daily.events[i - run]);
        }
        held_now += held[i];
        touched_now += touched[i];
        if i + 1 >= run {
            let count = |n: i64| u32::try_from(n).unwrap_or(0);
            counts.push([count(exact + held_now), count(touched_now - held_now)]);
        }
    }
    counts
}
