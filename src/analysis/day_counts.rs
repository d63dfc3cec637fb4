//! Events by day and class, summed up once, so that any run of days is counted without a walk over events.

#[cfg(test)]
use std::collections::BTreeMap;

use super::{BarCount, Certainty};
#[cfg(test)]
use crate::domain::{Code as _, Direction};
use crate::domain::{Day, DaySpan};

/// How many events of each class happened on each day, in the order of [`Direction::ALL`](crate::domain::Direction).
///
/// Those known to the day are prefix sums over the days (Blelloch, *Prefix Sums and Their Applications*,
/// 1990), so that a run of days costs two look-ups however long it is. Those known only to a span of
/// several days are kept by span: there are as many of these as there are different spans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayCounts {
    /// The first day with an event known to the day.
    first: i32,
    /// By day from `first` on, the events of all days before it; one more than there are days.
    before: Vec<[u32; 6]>,
    /// By first day, then last day.
    wide: Vec<WideCount>,
}

/// Events known only to the same span of several days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WideCount {
    /// The days that each of them may have happened on.
    pub span: DaySpan,
    /// How many there are, by direction in the order of the code list.
    pub count: [u32; 6],
}

impl WideCount {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.count.iter().sum()
    }
}

impl DayCounts {
    /// Sums up events, each given by its span and direction, in any order.
    #[cfg(test)]
    pub(crate) fn of(events: impl IntoIterator<Item = (DaySpan, Direction)>) -> Self {
        let mut days: BTreeMap<i32, [u32; 6]> = BTreeMap::new();
        let mut wide: BTreeMap<(Day, Day), [u32; 6]> = BTreeMap::new();
        for (span, direction) in events {
            let count = if span.days() == 1 {
                days.entry(span.first().number()).or_default()
            } else {
                wide.entry((span.first(), span.last())).or_default()
            };
            count[direction.position()] += 1;
        }
        Self::from_parts(&days, wide)
    }

    #[cfg(test)]
    fn from_parts(days: &BTreeMap<i32, [u32; 6]>, wide: BTreeMap<(Day, Day), [u32; 6]>) -> Self {
        let wide = wide
            .into_iter()
            .map(|((first, last), count)| WideCount { span: DaySpan::between(first, last), count })
            .collect();
        let (Some((&first, _)), Some((&last, _))) = (days.first_key_value(), days.last_key_value())
        else {
            return Self { first: 0, before: Vec::new(), wide };
        };
        let count = |day: i32| days.get(&day).copied().unwrap_or_default();
        Self::of_days(first, (first..=last).map(count), wide)
    }

    /// From the events of each day from a first one on, by class, and those known only to several days, by
    /// first day, then last day. Days without an event at either end are left out.
    pub(super) fn of_days(
        first: i32,
        days: impl IntoIterator<Item = [u32; 6]>,
        wide: Vec<WideCount>,
    ) -> Self {
        let days: Vec<[u32; 6]> = days.into_iter().collect();
        let any = |count: &[u32; 6]| count.iter().any(|n| *n > 0);
        let Some((from, to)) = days.iter().position(any).zip(days.iter().rposition(any)) else {
            return Self { first: 0, before: Vec::new(), wide };
        };
        let mut sum = [0; 6];
        let mut before = Vec::with_capacity(to - from + 2);
        before.push(sum);
        for count in &days[from..=to] {
            sum = plus(sum, *count);
            before.push(sum);
        }
        let first = first.saturating_add(i32::try_from(from).unwrap_or(i32::MAX));
        Self { first, before, wide }
    }

    /// Events known to the day, of the days of a span, by class.
    #[must_use]
    pub fn exact(&self, span: DaySpan) -> [u32; 6] {
        let Some(last) = self.before.len().checked_sub(1) else { return [0; 6] };
        let place = |day: Day| {
            let offset = i64::from(day.number()) - i64::from(self.first);
            usize::try_from(offset.max(0)).unwrap_or(0).min(last)
        };
        let (from, to) = (self.before[place(span.first())], self.before[place(span.end())]);
        std::array::from_fn(|class| to[class] - from[class])
    }

    /// Events known to the day, of the days of a span.
    #[must_use]
    pub fn exact_total(&self, span: DaySpan) -> u32 {
        self.exact(span).iter().sum()
    }

    /// The days with an event known to the day, in order, with the events of each by class.
    pub fn days(&self) -> impl Iterator<Item = (Day, [u32; 6])> + '_ {
        (self.first..)
            .zip(self.before.windows(2))
            .map(|(day, ends)| {
                (Day::from_number(day), std::array::from_fn(|c| ends[1][c] - ends[0][c]))
            })
            .filter(|(_, count)| count.iter().any(|n| *n > 0))
    }

    /// Events known only to several days, by their spans: by first day, then by last day.
    #[must_use]
    pub fn wide(&self) -> &[WideCount] {
        &self.wide
    }

    /// The day next to a day on which an event happened, after it (1) or before it (-1); of events known only
    /// to several days their last one counts.
    #[must_use]
    pub fn next_day(&self, day: Day, direction: i32) -> Option<Day> {
        let lasts = self.wide.iter().map(|wide| wide.span.last());
        let sum = |place: usize| self.before[place].iter().sum::<u32>();
        let place = |day: Day| {
            let offset = i64::from(day.number()) - i64::from(self.first);
            usize::try_from(offset.max(0)).unwrap_or(0).min(self.before.len().saturating_sub(1))
        };
        let on =
            |place: usize| Day::from_number(self.first).plus(i32::try_from(place).unwrap_or(0));
        if self.before.is_empty() {
            return if direction >= 0 {
                lasts.filter(|d| *d > day).min()
            } else {
                lasts.filter(|d| *d < day).max()
            };
        }
        // Sums only grow: the day is where they begin, or stop, to differ from those here.
        if direction >= 0 {
            let here = sum(place(day.plus(1)));
            let exact = self.before.partition_point(|c| c.iter().sum::<u32>() <= here);
            let exact = (exact < self.before.len()).then(|| on(exact - 1));
            lasts.filter(|d| *d > day).chain(exact).min()
        } else {
            let here = sum(place(day));
            let exact = self.before.partition_point(|c| c.iter().sum::<u32>() < here);
            let exact = exact.checked_sub(1).map(on);
            lasts.filter(|d| *d < day).chain(exact).max()
        }
    }

    /// From the first day of the first event to the last day of any; `None` without events.
    #[must_use]
    pub fn extent(&self) -> Option<DaySpan> {
        let days = i32::try_from(self.before.len()).unwrap_or(0) - 1;
        let exact = (days > 0).then(|| {
            let first = Day::from_number(self.first);
            DaySpan::between(first, first.plus(days - 1))
        });
        self.wide.iter().map(|w| w.span).chain(exact).reduce(DaySpan::join)
    }

    /// How many events there are, by direction in the order of the code list.
    #[must_use]
    pub fn by_class(&self) -> [u32; 6] {
        let mut counts = self.extent().map_or([0; 6], |days| self.exact(days));
        for wide in &self.wide {
            for (count, more) in counts.iter_mut().zip(wide.count) {
                *count += more;
            }
        }
        counts
    }

    /// All events.
    #[must_use]
    pub fn total(&self) -> u32 {
        let exact: u32 = self.before.last().map_or(0, |all| all.iter().sum());
        exact + self.wide.iter().map(WideCount::total).sum::<u32>()
    }

    /// Events that surely happened within a span of days, and those that only may have.
    #[must_use]
    pub fn within(&self, days: DaySpan) -> [u32; 2] {
        let mut counts = [self.exact_total(days), 0];
        for wide in &self.wide {
            match Certainty::of(wide.span, days) {
                Some(Certainty::Certain) => counts[0] += wide.total(),
                Some(Certainty::Possible) => counts[1] += wide.total(),
                None => {}
            }
        }
        counts
    }

    /// One [`BarCount`] for each of some spans, which follow one another without overlap.
    #[must_use]
    pub fn bars(&self, bars: &[DaySpan]) -> Vec<BarCount> {
        let mut counts: Vec<BarCount> = bars
            .iter()
            .map(|bar| BarCount { exact: self.exact(*bar), ..BarCount::default() })
            .collect();
        for wide in &self.wide {
            let from = bars.partition_point(|bar| bar.end() <= wide.span.first());
            for (bar, count) in bars.iter().zip(&mut counts).skip(from) {
                match Certainty::of(wide.span, *bar) {
                    None => break,
                    Some(Certainty::Certain) => count.exact = plus(count.exact, wide.count),
                    Some(Certainty::Possible) => count.add_possible(wide.span, *bar, wide.total()),
                }
            }
        }
        counts
    }
}

fn plus(a: [u32; 6], b: [u32; 6]) -> [u32; 6] {
    std::array::from_fn(|class| a[class] + b[class])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: &str, to: &str) -> DaySpan {
        DaySpan::inclusive(Day::parse(from).unwrap(), Day::parse(to).unwrap()).unwrap()
    }

    #[test]
    fn the_next_day_with_an_event_is_found_on_both_sides_of_any_day() {
        let days = ["2020-02-28", "2020-02-29", "2020-03-10"].map(|d| span(d, d));
        let month = span("2020-01-01", "2020-01-31");
        let all = || days.into_iter().chain([month]);
        for events in [all().collect::<Vec<_>>(), vec![month], days.to_vec(), Vec::new()] {
            let counts = DayCounts::of(events.iter().map(|s| (*s, Direction::Other)));
            for day in span("2019-12-20", "2020-03-20").iter() {
                let lasts = || events.iter().map(|s| s.last());
                assert_eq!(counts.next_day(day, 1), lasts().filter(|d| *d > day).min(), "{day}");
                assert_eq!(counts.next_day(day, -1), lasts().filter(|d| *d < day).max(), "{day}");
            }
        }
    }

    #[test]
    fn without_events_there_is_no_day_and_a_single_event_is_one() {
        let none = DayCounts::of([]);
        assert_eq!((none.extent(), none.total()), (None, 0));
        assert_eq!(none.within(span("2020-01-01", "2020-12-31")), [0, 0]);
        let leap = span("2020-02-29", "2020-02-29");
        let one = DayCounts::of([(leap, Direction::Other)]);
        assert_eq!(one.extent(), Some(leap));
        assert_eq!(one.exact_total(span("2020-02-28", "2020-02-28")), 0);
        assert_eq!(one.exact_total(leap), 1);
        let month = span("2021-07-01", "2021-07-31");
        let wide = DayCounts::of([(month, Direction::Other)]);
        assert_eq!(wide.extent(), Some(month));
        assert_eq!(wide.within(span("2021-07-31", "2021-08-05")), [0, 1]);
        assert_eq!(wide.within(month), [1, 0]);
    }
}
