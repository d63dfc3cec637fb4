//! How the pace of events changes: counts of the last days, the busiest days, the quiet, bursts, and a window
//! against the days before it.
//!
//! Everything is worked out from [`DayCounts`], so it follows rule and filter and is the same however many events
//! there are. It is worked out once, in as many steps as the record has days; what depends on the window is
//! looked up. Certain and possible events are counted apart, and an event that is known only to several days is
//! never taken for a spike: it is certain only in days that its whole span lies in, and no burst, median or day
//! counts it.

mod bursts;
mod busiest;
mod gaps;
mod measure;
mod of_record;
mod of_window;
mod report;
mod rolling;
mod told;

use std::sync::Arc;

pub use bursts::{Burst, Bursts, GAMMA, LEAST_EVENTS, RATIO};
pub use busiest::Busiest;
pub use gaps::{Gaps, QuietEnd};
pub use measure::Measure;
pub use report::{
    Cells, Line, day_lines, lines, notes, record_lines, told_window, window_heading, window_lines,
};
pub use rolling::{ROLLING_DAYS, Rolling};

use super::{DayCounts, WideCount};
use crate::domain::{Day, DaySpan};

/// The pace of the events that rule and filter let through, over the days of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Tempo {
    counts: Arc<DayCounts>,
    /// From the first to the last day of the record, whatever rule and filter leave of it.
    pub record: DaySpan,
    /// Counts of the last 7 and of the last 30 days, by day.
    pub rolling: [Rolling; 2],
    /// The three days in a row with most events.
    pub busiest: Option<Busiest>,
    /// The four days in a row with most events, certain and possible together. Any 72 hours lie in four such days.
    pub busiest_around: Option<Busiest>,
    /// The quiet between events.
    pub gaps: Gaps,
    /// The bursts.
    pub bursts: Bursts,
    /// Events known only to several days.
    pub imprecise: u32,
}

/// A window of days against as many days directly before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Certain and possible events of the window.
    pub now: [u32; 2],
    /// The days before.
    pub before: DaySpan,
    /// Certain and possible events of the days before.
    pub was: [u32; 2],
}

impl Tempo {
    /// The pace of some events over the days of a record.
    #[must_use]
    pub fn of(counts: &Arc<DayCounts>, record: DaySpan) -> Self {
        let record = counts.extent().map_or(record, |extent| record.join(extent));
        let daily = Daily::of(counts, record);
        let around = |days| rolling::trailing(&daily, counts.wide(), days);
        Self {
            record,
            rolling: ROLLING_DAYS.map(|days| Rolling::of(&daily, counts.wide(), days)),
            busiest: busiest::certain(&daily, counts.wide(), &around(busiest::days(record, 3))),
            busiest_around: busiest::possible(&daily, &around(busiest::days(record, 4))),
            gaps: Gaps::of(&daily, counts),
            bursts: Bursts::of(&daily.events, record.first()),
            imprecise: counts.wide().iter().map(WideCount::total).sum(),
            counts: Arc::clone(counts),
        }
    }

    /// All events counted, whatever their days.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.counts.total()
    }

    /// Certain and possible events of some days.
    #[must_use]
    pub fn within(&self, days: DaySpan) -> [u32; 2] {
        self.counts.within(days)
    }

    /// Days before the first event and after the last, in which no event can have happened.
    #[must_use]
    pub fn ends_without(&self) -> [i32; 2] {
        self.counts.extent().map_or([0, 0], |extent| {
            let start = extent.first().number() - self.record.first().number();
            [start, self.record.last().number() - extent.last().number()]
        })
    }

    /// A window against as many days before it; `None` where the record does not hold both.
    #[must_use]
    pub fn change(&self, window: DaySpan) -> Option<Change> {
        let before = DaySpan::between(window.first().plus(-window.days()), window.first().plus(-1));
        let held = self.record.encloses(window) && self.record.encloses(before);
        held.then(|| Change { now: self.within(window), before, was: self.within(before) })
    }
}

/// Events known to the day, for every day of a record.
struct Daily {
    days: DaySpan,
    events: Vec<u32>,
}

impl Daily {
    fn of(counts: &DayCounts, days: DaySpan) -> Self {
        let mut events = vec![0; usize::try_from(days.days()).unwrap_or(0)];
        for (day, count) in counts.days() {
            if let Some(here) = place(days, day).and_then(|i| events.get_mut(i)) {
                *here = count.iter().sum();
            }
        }
        Self { days, events }
    }

    /// The day with this place.
    fn day(&self, place: usize) -> Day {
        nth_day(self.days.first(), place)
    }
}

/// How many days a day comes after the first of some days; `None` before them.
fn place(days: DaySpan, day: Day) -> Option<usize> {
    usize::try_from(i64::from(day.number()) - i64::from(days.first().number())).ok()
}

/// The day some days after another.
fn nth_day(first: Day, place: usize) -> Day {
    first.plus(i32::try_from(place).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests;
