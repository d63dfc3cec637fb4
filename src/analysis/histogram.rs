//! How many events fall on each day, with imprecise dates spread over their span.

use super::{Certainty, Selection};
use crate::domain::{Code as _, Dataset, DaySpan, Direction};

/// What falls on one day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayCount {
    /// Events known to the day, by direction in the order of the code list.
    pub exact: [u32; 6],
    /// Mass of events of which the day is one of several: each event adds `1 / days of its span`.
    pub spread: f32,
}

impl DayCount {
    /// Events known to the day.
    #[must_use]
    pub fn exact_total(&self) -> u32 {
        self.exact.iter().sum()
    }
}

/// One [`DayCount`] for each day of `days`, of events that the selection's rule and filter let through, whatever its window.
#[must_use]
pub fn histogram(dataset: &Dataset, selection: &Selection, days: DaySpan) -> Vec<DayCount> {
    const { assert!(Direction::ALL.len() == 6) };
    let mut counts = vec![DayCount::default(); usize::try_from(days.days()).unwrap_or(0)];
    let at = |number: i32| usize::try_from(number - days.first().number()).ok();
    for event in selection.counted().map(|index| dataset.event(index)) {
        let span = event.date.span;
        if Certainty::of(span, days).is_none() {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "a span has at most millions of days")]
        let mass = 1.0 / span.days() as f32;
        for day in span.iter() {
            let Some(slot) = at(day.number()).and_then(|i| counts.get_mut(i)) else {
                continue;
            };
            if span.days() == 1 {
                slot.exact[event.direction.position()] += 1;
            } else {
                slot.spread += mass;
            }
        }
    }
    counts
}
