//! The quiet between events: its longest spell, what is usual, and how long it has lasted.

use super::{Daily, place};
use crate::analysis::DayCounts;
use crate::domain::{Day, DaySpan};

/// The quiet between the first and the last event.
///
/// Because of events known only to several days, the longest quiet is known between two bounds: a run of days on
/// which no event can have happened is the least, a run that need not hold any event the most. Without such
/// events the two are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gaps {
    /// The longest runs of days on which no event can have happened; empty without such a day.
    pub sure: Vec<DaySpan>,
    /// The longest runs of days that no event must have happened in; empty without such a day.
    pub most: Vec<DaySpan>,
    /// Days from each day with an event known to the day to the next such day.
    pub steps: Vec<i32>,
    /// Twice the median of these; `None` without one.
    pub median_step_halves: Option<i32>,
    days: DaySpan,
    /// By day of the record, the latest day on which an event may have happened by then.
    may: Vec<Option<i32>>,
    /// By day of the record, the latest day since which an event must have happened by then.
    must: Vec<Option<i32>>,
}

/// How long it has been quiet on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietEnd {
    /// Days without an event up to this one, itself included, at least.
    pub sure: i32,
    /// The same at most.
    pub most: i32,
    /// The latest day on which an event may have happened by then.
    pub since: Day,
}

impl Gaps {
    pub(super) fn of(daily: &Daily, counts: &DayCounts) -> Self {
        let days = daily.days;
        let spans = || {
            let exact = counts.days().map(|(day, _)| DaySpan::day(day));
            exact.chain(counts.wide().iter().map(|w| w.span))
        };
        let all = daily.events.len();
        let mut may = vec![None; all];
        let mut must = vec![None; all];
        for span in spans() {
            let ends = (place(days, span.first()), place(days, span.last()));
            let (Some(first), Some(last)) = ends else { continue };
            // From its first day on it may have happened, on any day up to its last; then it has.
            may[first] = may[first].max(Some(span.last().number()));
            must[last] = must[last].max(Some(span.first().number()));
        }
        for i in 1..all {
            may[i] = may[i].max(may[i - 1]);
            must[i] = must[i].max(must[i - 1]);
        }
        let extent = counts.extent();
        let within = |quiet: &dyn Fn(Day) -> Option<Day>| {
            extent.map_or_else(Vec::new, |extent| longest(extent, quiet))
        };
        let at = |list: &[Option<i32>], day| place(days, day).and_then(|i| *list.get(i)?);
        // The first day of the run that ends on a day and lies after every event that may, or must, have been.
        let sure = within(&|day| {
            let since = at(&may, day)?;
            (since < day.number()).then(|| Day::from_number(since + 1))
        });
        let most = within(&|day| match at(&must, day) {
            None => extent.map(DaySpan::first),
            Some(since) => (since < day.number()).then(|| Day::from_number(since + 1)),
        });
        let event_days: Vec<Day> = counts.days().map(|(day, _)| day).collect();
        let steps: Vec<i32> =
            event_days.windows(2).map(|d| d[1].number() - d[0].number()).collect();
        let median_step_halves = median_halves(steps.clone());
        Self { sure, most, steps, median_step_halves, days, may, must }
    }

    /// How long it has been quiet at the end of a day; `None` before the first event, and beyond the record.
    #[must_use]
    pub fn quiet_at(&self, day: Day) -> Option<QuietEnd> {
        let here = place(self.days, day)?;
        let number = day.number();
        let since = (*self.may.get(here)?)?.min(number);
        // While the first event may still be to come, it has been quiet at most since the record began.
        let before = self.days.first().number() - 1;
        let must = self.must[here].unwrap_or(before);
        Some(QuietEnd { sure: number - since, most: number - must, since: Day::from_number(since) })
    }
}

/// The longest runs of days within an extent, where `first` gives the first day of the longest run that ends on a
/// day.
fn longest(extent: DaySpan, first: &dyn Fn(Day) -> Option<Day>) -> Vec<DaySpan> {
    let mut best: Vec<DaySpan> = Vec::new();
    for day in extent.iter() {
        let Some(run) = first(day).map(|first| DaySpan::between(first, day)) else { continue };
        match best.first().map_or(0, |b| b.days()).cmp(&run.days()) {
            std::cmp::Ordering::Less => best = vec![run],
            std::cmp::Ordering::Equal => best.push(run),
            std::cmp::Ordering::Greater => {}
        }
    }
    best
}

/// Twice the median.
fn median_halves(mut numbers: Vec<i32>) -> Option<i32> {
    numbers.sort_unstable();
    let middle = numbers.len() / 2;
    let upper = *numbers.get(middle)?;
    Some(if numbers.len().is_multiple_of(2) { numbers[middle - 1] + upper } else { 2 * upper })
}
