//! What all lines on the pace of events are worded with: numbers, reasons for none, and where the record is thin.

use super::Tempo;
use super::report::Cells;
use crate::analysis::coverage::notes_of;
use crate::analysis::{View, words};
use crate::domain::{Dataset, DaySpan};

/// Words about the pace of a view's events.
pub(super) struct Told<'a> {
    pub(super) tempo: &'a Tempo,
    pub(super) dataset: &'a Dataset,
    pub(super) view: &'a View,
}

impl Told<'_> {
    /// "9 attacks", "9 attacks (and 2 more possible)", "2 possible attacks", "no attacks".
    pub(super) fn events(&self, [certain, possible]: [u32; 2]) -> String {
        let noun = |n: u32| self.view.rule.noun(usize::try_from(n).unwrap_or(0));
        match (certain, possible) {
            (0, 0) => format!("no {}", noun(0)),
            (0, p) => format!("{} possible {}", thousands(p), noun(p)),
            (c, 0) => format!("{} {}", thousands(c), noun(c)),
            (c, p) => format!("{} {} (and {} more possible)", thousands(c), noun(c), thousands(p)),
        }
    }

    /// That the record is thin in some days, where it is.
    pub(super) fn thin(&self, days: DaySpan) -> &'static str {
        let notes = || notes_of(self.dataset, days).filter(|note| note.filter.is_none());
        if notes().any(|note| note.span.encloses(days)) {
            "; the record is thin in these days"
        } else if notes().next().is_some() {
            "; the record is thin in some of these days"
        } else {
            ""
        }
    }

    /// Why there is no number for some days.
    pub(super) fn not_held(&self, days: DaySpan) -> String {
        format!("no number, as {}", self.ends(days))
    }

    /// The same as cells.
    pub(super) fn no_number(&self, name: &str, days: DaySpan) -> Cells {
        let value = "no number".to_owned();
        Cells { value, note: self.ends(days), ..Cells::named(name) }
    }

    /// Which end of the record some days reach over.
    fn ends(&self, days: DaySpan) -> String {
        let record = self.tempo.record;
        if days.first() < record.first() {
            format!("the record begins on {}", words::day(record.first()))
        } else {
            format!("the record ends on {}", words::day(record.last()))
        }
    }
}

/// "4", "4 (and 2 more possible)", "2 possible".
pub(super) fn number([certain, possible]: [u32; 2]) -> String {
    match (certain, possible) {
        (c, 0) => thousands(c),
        (0, p) => format!("{} possible", thousands(p)),
        (c, p) => format!("{} (and {} more possible)", thousands(c), thousands(p)),
    }
}

pub(super) fn days(number: i32) -> String {
    match number {
        1 => "1 day".to_owned(),
        n => format!("{} days", words::thousands(usize::try_from(n).unwrap_or(0))),
    }
}

pub(super) fn thousands(number: u32) -> String {
    words::thousands(usize::try_from(number).unwrap_or(usize::MAX))
}

/// Events by the number of days, "0.7": to a tenth, below that to a hundredth.
pub(super) fn per_day(events: u32, days: DaySpan) -> String {
    let rate = f64::from(events) / f64::from(days.days());
    if rate < 0.095 { format!("{rate:.2}") } else { format!("{rate:.1}") }
}

/// "50% more", "50% fewer", "as many": only where both numbers are certain and large enough to bear it.
pub(super) fn percent(was: [u32; 2], now: [u32; 2]) -> Option<String> {
    const LEAST: u32 = 10;
    let ([was, 0], [now, 0]) = (was, now) else { return None };
    if was < LEAST || now < LEAST {
        return None;
    }
    let (was, now) = (u64::from(was), u64::from(now));
    let difference = now.abs_diff(was);
    let percent = (200 * difference + was) / (2 * was);
    Some(match now.cmp(&was) {
        std::cmp::Ordering::Equal => "as many".to_owned(),
        std::cmp::Ordering::Greater => format!("{percent}% more"),
        std::cmp::Ordering::Less => format!("{percent}% fewer"),
    })
}
