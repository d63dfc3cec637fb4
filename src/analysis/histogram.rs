//! How many events fall on each day or group of days, with imprecise dates spread over their span.

use super::{Certainty, Selection};
use crate::domain::{Code as _, Dataset, DaySpan, Direction, Event};

/// What falls on one bar: a day, or some days together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarCount {
    /// Events known to lie in the bar's days, by direction in the order of the code list.
    pub exact: [u32; 6],
    /// Events that may lie in the bar's days, or beside them.
    pub possible: u32,
    /// Mass of the possible ones: of each the share of its span's days that are the bar's.
    pub spread: f32,
}

impl BarCount {
    /// Events known to lie in the bar's days.
    #[must_use]
    pub fn exact_total(&self) -> u32 {
        self.exact.iter().sum()
    }

    /// Adds some events of a span that reaches beyond the bar's days.
    #[expect(clippy::cast_precision_loss, reason = "a span has at most millions of days")]
    pub(super) fn add_possible(&mut self, span: DaySpan, bar: DaySpan, events: u32) {
        let shared = span.shared(bar).map_or(0, DaySpan::days);
        self.possible += events;
        self.spread += events as f32 * shared as f32 / span.days() as f32;
    }
}

/// One [`BarCount`] for each day of `days`, of events that the selection's rule and filter let through, whatever its window.
#[must_use]
pub fn histogram(dataset: &Dataset, selection: &Selection, days: DaySpan) -> Vec<BarCount> {
    let bars: Vec<_> = days.iter().map(DaySpan::day).collect();
    bar_counts(selection.counted().map(|index| dataset.event(index)), &bars)
}

/// One [`BarCount`] of some events for each of some spans, which follow one another without overlap.
#[must_use]
pub fn bar_counts<'a>(
    events: impl IntoIterator<Item = &'a Event>,
    bars: &[DaySpan],
) -> Vec<BarCount> {
    const { assert!(Direction::ALL.len() == 6) };
    let mut counts = vec![BarCount::default(); bars.len()];
    for event in events {
        let span = event.date.span;
        let from = bars.partition_point(|bar| bar.end() <= span.first());
        for (bar, count) in bars.iter().zip(&mut counts).skip(from) {
            match Certainty::of(span, *bar) {
                None => break,
                Some(Certainty::Certain) => count.exact[event.direction.position()] += 1,
                Some(Certainty::Possible) => count.add_possible(span, *bar, 1),
            }
        }
    }
    counts
}
