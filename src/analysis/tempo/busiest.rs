//! The days in a row with most events.

use super::Daily;
use crate::analysis::WideCount;
use crate::domain::DaySpan;

/// The runs of so many days that hold most events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Busiest {
    /// Every such run, in order, each beginning on a day of an event where the record's end leaves room; runs that
    /// hold as many may overlap.
    pub spans: Vec<DaySpan>,
    /// What each of them holds.
    pub count: u32,
}

/// How many days can be looked at together: as many as asked for, or all that a shorter record has.
pub(super) fn days(record: DaySpan, wanted: i32) -> i32 {
    record.days().min(wanted)
}

/// The runs with most events that surely happened in them; `None` when there are none. `runs` are the counts of
/// all runs of the same length.
pub(super) fn certain(daily: &Daily, wide: &[WideCount], runs: &[[u32; 2]]) -> Option<Busiest> {
    let mut begins: Vec<bool> = daily.events.iter().map(|n| *n > 0).collect();
    for wide in wide {
        let first = super::place(daily.days, wide.span.first());
        if let Some(begins) = first.and_then(|i| begins.get_mut(i)) {
            *begins = true;
        }
    }
    // Any run can be moved on to the first day of what it holds, and holds no less there.
    let last = runs.len().checked_sub(1)?;
    most(daily, runs, |i, [certain, _]| if begins[i] || i == last { certain } else { 0 })
}

/// The runs with most events that surely or possibly happened in them.
pub(super) fn possible(daily: &Daily, runs: &[[u32; 2]]) -> Option<Busiest> {
    most(daily, runs, |_, [certain, possible]| certain + possible)
}

fn most(
    daily: &Daily,
    runs: &[[u32; 2]],
    count: impl Fn(usize, [u32; 2]) -> u32,
) -> Option<Busiest> {
    let counted = || runs.iter().enumerate().map(|(i, run)| (i, count(i, *run)));
    let most = counted().map(|(_, n)| n).max().filter(|n| *n > 0)?;
    let length = daily.events.len() - runs.len();
    let spans = counted()
        .filter(|(_, n)| *n == most)
        .map(|(i, _)| DaySpan::between(daily.day(i), daily.day(i + length)))
        .collect();
    Some(Busiest { spans, count: most })
}
