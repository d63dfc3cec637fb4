//! When something happened: the days that playing goes to, and how severe they were.

use super::Through;
use crate::analysis::{Record, Selection};
use crate::domain::{CountRange, Damage, Day, DaySpan, Event};

/// How severe what is reported of an event is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing of what follows.
    #[default]
    Plain,
    /// Damage is reported, or [`Severity::MANY_MUNITIONS`] or more; or somebody may have been harmed, by a
    /// count such as "0 to 1 wounded".
    Damage,
    /// At least one person is reported wounded, also by the lowest count.
    Wounded,
    /// At least one person is reported killed, also by the lowest count.
    Killed,
}

impl Severity {
    /// So many rockets, drones or bombs weigh as much as damage does.
    pub const MANY_MUNITIONS: u32 = 10;

    /// The worst that is reported of an event, from the counts that the record reconciles the reports to.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        let most = |n: CountRange| n.high().unwrap_or(n.low());
        if event.killed.surely_any() {
            Self::Killed
        } else if event.wounded.surely_any() {
            Self::Wounded
        } else if matches!(event.damage, Damage::Minor | Damage::Major)
            || event.munitions.get().is_some_and(|n| most(n) >= Self::MANY_MUNITIONS)
            || Self::worst_possible(event) >= Self::Wounded
        {
            Self::Damage
        } else {
            Self::Plain
        }
    }

    /// The worst that may have happened to people: by a count from 0 up as much as by one from 1 up.
    fn worst_possible(event: &Event) -> Self {
        match (event.killed.any(), event.wounded.any()) {
            (true, _) => Self::Killed,
            (false, true) => Self::Wounded,
            (false, false) => Self::Plain,
        }
    }

    /// How much longer than the least a day of it stays, in tenths.
    pub(super) fn tenths(self) -> u64 {
        match self {
            Self::Plain => 10,
            Self::Damage => 12,
            Self::Wounded => 16,
            Self::Killed => 20,
        }
    }
}

/// A day that playing goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The day; of events known only to several days the last of them, when they surely have happened.
    pub day: Day,
    /// The worst of its events.
    pub severity: Severity,
    /// Whether an event is known to this very day.
    pub exact: bool,
}

/// The days that playing goes to, in order, and when that begins and ends of which it is open whether it
/// happened on a day: events known only to several days, and those that may not be what is gone through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stops {
    days: Vec<Stop>,
    /// First days of what is open.
    begin: DaySums,
    /// Last days of it.
    end: DaySums,
}

/// Days in order, each with how many there are up to it, itself included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct DaySums(Vec<(Day, usize)>);

impl Stops {
    /// The stops of some events, given by their spans and severities in any order.
    #[must_use]
    pub fn of(events: impl IntoIterator<Item = (DaySpan, Severity)>) -> Self {
        Self::with_possible(events, Vec::new())
    }

    /// The stops of some events, and the days of others that may belong to them.
    fn with_possible(
        events: impl IntoIterator<Item = (DaySpan, Severity)>,
        mut open: Vec<DaySpan>,
    ) -> Self {
        let mut days: Vec<Stop> = Vec::new();
        for (span, severity) in events {
            let exact = span.days() == 1;
            if !exact {
                open.push(span);
            }
            // Events come nearly in order: most are of the day before them.
            match days.last_mut() {
                Some(last) if last.day == span.last() => last.join(severity, exact),
                _ => days.push(Stop { day: span.last(), severity, exact }),
            }
        }
        days.sort_by_key(|stop| stop.day);
        days.dedup_by(|next, kept| {
            let same = next.day == kept.day;
            if same {
                kept.join(next.severity, next.exact);
            }
            same
        });
        let begin = DaySums::of(open.iter().map(|span| span.first()));
        let end = DaySums::of(open.iter().map(|span| span.last()));
        Self { days, begin, end }
    }

    /// The stops of what counts in a record, in one pass over its events, or over those at the site. Whoever
    /// goes through events with people harmed stops where the lowest count says so; where only the highest
    /// does ("0 to 1 wounded"), that is possible.
    #[must_use]
    pub fn through(record: &Record, selection: &Selection, through: &Through) -> Self {
        let of = |event| {
            let event = record.event(event);
            (event.date.span, Severity::of(event))
        };
        match through {
            Through::Every => Self::of(selection.counted().map(of)),
            Through::Sites(ids) => {
                let sites = ids.iter().filter_map(|id| record.find_site(id));
                let here = sites.flat_map(|site| record.events_at(site));
                Self::of(here.filter(|e| selection.counts(**e)).map(|e| of(*e)))
            }
            Through::Harmed | Through::Killed => {
                let least =
                    if *through == Through::Killed { Severity::Killed } else { Severity::Wounded };
                let (mut surely, mut open) = (Vec::new(), Vec::new());
                for index in selection.counted() {
                    let (span, severity) = of(index);
                    if severity >= least {
                        surely.push((span, severity));
                    } else if Severity::worst_possible(record.event(index)) >= least {
                        open.push(span);
                    }
                }
                Self::with_possible(surely, open)
            }
        }
    }

    /// All of them, by day.
    #[must_use]
    pub fn days(&self) -> &[Stop] {
        &self.days
    }

    /// Those of some days.
    #[must_use]
    pub fn within(&self, span: DaySpan) -> &[Stop] {
        let from = self.days.partition_point(|stop| stop.day < span.first());
        let to = self.days.partition_point(|stop| stop.day < span.end());
        &self.days[from..to]
    }

    /// How many events are possible in some days: known only to several days, or perhaps not what is gone
    /// through.
    #[must_use]
    pub fn possible_in(&self, span: DaySpan) -> usize {
        // All that have begun by then, but those that were over before.
        self.begin.before(span.end()) - self.end.before(span.first())
    }

    /// The stop next to a day: after it (1) or before it (-1).
    #[must_use]
    pub fn next(&self, day: Day, direction: i32) -> Option<Stop> {
        let place = if direction >= 0 {
            Some(self.days.partition_point(|stop| stop.day <= day))
        } else {
            self.days.partition_point(|stop| stop.day < day).checked_sub(1)
        };
        self.days.get(place?).copied()
    }
}

impl DaySums {
    fn of(days: impl Iterator<Item = Day>) -> Self {
        let mut days: Vec<Day> = days.collect();
        days.sort_unstable();
        let mut sums: Vec<(Day, usize)> = Vec::new();
        for (so_far, day) in (1..).zip(days) {
            match sums.last_mut() {
                Some((last, sum)) if *last == day => *sum = so_far,
                _ => sums.push((day, so_far)),
            }
        }
        Self(sums)
    }

    /// How many days are earlier than a day.
    fn before(&self, day: Day) -> usize {
        let place = self.0.partition_point(|(kept, _)| *kept < day);
        place.checked_sub(1).map_or(0, |last| self.0[last].1)
    }
}

impl Stop {
    fn join(&mut self, severity: Severity, exact: bool) {
        self.severity = self.severity.max(severity);
        self.exact |= exact;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str) -> DaySpan {
        DaySpan::parse(text).unwrap()
    }

    #[test]
    fn a_day_is_one_stop_and_as_severe_as_its_worst_event() {
        let stops = Stops::of([
            (span("2020-02-29"), Severity::Plain),
            (span("2020-01-01"), Severity::Damage),
            (span("2020-02-29"), Severity::Killed),
        ]);
        let seen: Vec<_> = stops.days().iter().map(|s| (s.day.to_string(), s.severity)).collect();
        assert_eq!(
            seen,
            [("2020-01-01".into(), Severity::Damage), ("2020-02-29".into(), Severity::Killed)]
        );
    }

    #[test]
    fn what_is_known_to_the_month_is_gone_to_when_the_month_is_over_and_may_break_a_quiet() {
        let stops = Stops::of([(span("2021-07"), Severity::Plain)]);
        let [stop] = stops.days() else { panic!("{stops:?}") };
        assert_eq!((stop.day.to_string(), stop.exact), ("2021-07-31".into(), false));
        assert_eq!(stops.possible_in(span("2021-07-15")), 1);
        assert_eq!(stops.possible_in(span("2021-08")), 0);
    }

    #[test]
    fn what_may_have_happened_in_some_days_is_what_overlaps_them() {
        let spans = ["2020-02", "2020-02", "2020", "2021-07", "2020-03-05"].map(span);
        let stops = Stops::of(spans.map(|span| (span, Severity::Plain)));
        for days in ["2019-12-31", "2020-01-01", "2020-02-29", "2020-03", "2020", "2021", "2022"] {
            let overlap = spans.iter().filter(|s| s.days() > 1 && s.overlaps(span(days))).count();
            assert_eq!(stops.possible_in(span(days)), overlap, "{days}");
        }
    }

    #[test]
    fn the_next_stop_is_after_the_day_and_the_one_before_before_it() {
        let day = |n| Day::from_number(n);
        let at = |n| (DaySpan::day(day(n)), Severity::Plain);
        let stops = Stops::of([at(5), at(9)]);
        let next = |n, direction| stops.next(day(n), direction).map(|s| s.day.number());
        assert_eq!([next(4, 1), next(5, 1), next(9, 1)], [Some(5), Some(9), None]);
        assert_eq!([next(10, -1), next(9, -1), next(5, -1)], [Some(9), Some(5), None]);
    }
}
