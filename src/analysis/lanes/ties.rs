//! Pairs of events that a source ties, and the days between them.

use super::{Lane, under_filter};
use crate::analysis::{Record, Selection, View, words};
use crate::domain::{Dataset, DaySpan, EventIndex, Link, LinkKind};

/// Days from one date to another: a range where one of them is not known to the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lag {
    /// The fewest days; negative where the second may have come first.
    pub low: i32,
    /// The most days.
    pub high: i32,
}

impl Lag {
    /// From one date to another.
    #[must_use]
    pub fn between(first: DaySpan, second: DaySpan) -> Self {
        Self {
            low: second.first().number() - first.last().number(),
            high: second.last().number() - first.first().number(),
        }
    }

    /// The range that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// "2 days later", "1 to 3 days earlier", "the same day".
    #[must_use]
    pub fn words(self) -> String {
        match (self.low, self.high) {
            (0, 0) => "the same day".to_owned(),
            (low, high) if low >= 0 => format!("{} later", days(low, high)),
            (low, high) if high <= 0 => format!("{} earlier", days(-high, -low)),
            _ => "about the same days".to_owned(),
        }
    }

    /// The same where there is little room: "2 d", "1–3 d", "same day".
    #[must_use]
    pub fn short(self) -> String {
        match (self.low, self.high) {
            (0, 0) => "same day".to_owned(),
            (low, high) if high <= 0 => match (-high, -low) {
                (low, high) if low == high => format!("{low} d earlier"),
                (low, high) => format!("{low}–{high} d earlier"),
            },
            (low, high) if low == high => format!("{low} d"),
            (low, high) if low < 0 => format!("±{} d", high.max(-low)),
            (low, high) => format!("{low}–{high} d"),
        }
    }
}

fn days(low: i32, high: i32) -> String {
    match (low, high) {
        (1, 1) => "1 day".to_owned(),
        (l, h) if l == h => format!("{} days", words::thousands(usize::try_from(l).unwrap_or(0))),
        (l, h) => format!("{l} to {h} days"),
    }
}

/// Two events that a source ties, with the days between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Place of the link in [`Dataset::links`].
    pub link: usize,
    /// The response, or the later event.
    pub from: EventIndex,
    /// The event that it answers, or the earlier one.
    pub to: EventIndex,
    /// How they are tied.
    pub kind: LinkKind,
    /// Days from the earlier one to the later one.
    pub lag: Lag,
}

impl Pair {
    /// A link with its lag.
    #[must_use]
    pub fn of(dataset: &Dataset, link: usize) -> Option<Self> {
        let Link { from, to, kind, .. } = *dataset.links.get(link)?;
        let lag = Lag::between(dataset.event(to).date.span, dataset.event(from).date.span);
        Some(Self { link, from, to, kind, lag })
    }
}

/// Every pair that a source ties, by the date of the later event.
#[must_use]
pub fn pairs(dataset: &Dataset) -> Vec<Pair> {
    let mut pairs: Vec<Pair> =
        (0..dataset.links.len()).filter_map(|link| Pair::of(dataset, link)).collect();
    pairs.sort_by_key(|p| (p.from, p.to, p.link));
    pairs
}

/// The pairs of a view, for a list: those with an end in the days shown.
#[derive(Clone, Debug, Default)]
pub struct PairsShown {
    /// Pairs of which rule and filter let both ends through, by the date of the later event.
    pub pairs: Vec<Pair>,
    /// Pairs with an end in the days shown of which they hold one back.
    pub held_back: usize,
}

/// The pairs with an end in the days that a view shows.
#[must_use]
pub fn pairs_shown(record: &Record, view: &View, selection: &Selection) -> PairsShown {
    let everything = under_filter(record, view);
    let let_through = |event: EventIndex| {
        let is_strike = Lane::of(record.event(event).direction) == Some(Lane::Strikes);
        selection.counts(event) || (is_strike && everything.counts(event.get()))
    };
    let in_days = |e: EventIndex| record.event(e).date.span.overlaps(selection.days);
    let mut pairs = pairs(record);
    pairs.retain(|p| in_days(p.from) || in_days(p.to));
    let all = pairs.len();
    pairs.retain(|p| let_through(p.from) && let_through(p.to));
    PairsShown { held_back: all - pairs.len(), pairs }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    fn span(text: &str) -> DaySpan {
        let (a, b) = text.split_once(' ').unwrap_or((text, text));
        DaySpan::inclusive(Day::parse(a).unwrap(), Day::parse(b).unwrap()).unwrap()
    }

    fn check(first: &str, second: &str, words: &str, short: &str) {
        let lag = Lag::between(span(first), span(second));
        assert_eq!((lag.words().as_str(), lag.short().as_str()), (words, short));
    }

    #[test]
    fn a_lag_is_a_range_where_a_date_is_not_known_to_the_day() {
        check("2022-01-05", "2022-01-05", "the same day", "same day");
        check("2022-01-05", "2022-01-06", "1 day later", "1 d");
        check("2022-01-05", "2022-01-07 2022-01-09", "2 to 4 days later", "2–4 d");
        check("2022-01-04 2022-01-05", "2022-01-06 2022-01-07", "1 to 3 days later", "1–3 d");
        check("2022-01-04 2022-01-05", "2022-01-05", "0 to 1 days later", "0–1 d");
        check("2022-01-04 2022-01-06", "2022-01-05", "about the same days", "±1 d");
        check("2021-12-01", "2020-12-01", "365 days earlier", "365 d earlier");
        check("2022-01-08 2022-01-10", "2022-01-05", "3 to 5 days earlier", "3–5 d earlier");
    }

    #[test]
    fn a_leap_day_between_two_dates_counts() {
        check("2020-02-28", "2020-03-01", "2 days later", "2 d");
        check("2021-02-28", "2021-03-01", "1 day later", "1 d");
        check("2020-01-03", "2022-01-03", "731 days later", "731 d");
        check("2020-02-28 2020-02-29", "2020-03-01", "1 to 2 days later", "1–2 d");
    }
}
