//! Action and response: which events stand in which of two lanes, and which pairs of them a source ties, with
//! the days from the one to the other.
//!
//! A tie is drawn and told only because a source asserts it; nothing here infers one from two dates.

mod ties;
mod told;

use super::engine::{Counting, Table};
use super::{DayCounts, Record, Rule, Selection, View, WideCount};
use crate::domain::{Code as _, Dataset, DaySpan, Direction, EventIndex};

pub use ties::{Lag, Pair, PairsShown, pairs, pairs_shown};
pub use told::{Lit, LitTie, pair_words, told_of, who_says_so};

/// A lane of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Strikes by states: by the US or the coalition, and by the armed forces of Iran.
    Strikes,
    /// Attacks on US and coalition forces by armed groups or by persons unknown, thwarted ones included.
    Attacks,
}

impl Lane {
    /// Both, from top to bottom.
    pub const ALL: [Self; 2] = [Self::Strikes, Self::Attacks];

    /// The lane of events of this direction. Seizures, and what was not aimed at US or coalition forces or by
    /// nobody known to be a state, stand in neither.
    #[must_use]
    pub fn of(direction: Direction) -> Option<Self> {
        match direction {
            Direction::UsOrCoalitionStrike | Direction::IranianStateStrike => Some(Self::Strikes),
            Direction::AttackOnCoalition | Direction::Interception => Some(Self::Attacks),
            Direction::Seizure | Direction::Other => None,
        }
    }

    /// Word in tables of the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Strikes => "strikes",
            Self::Attacks => "attacks",
        }
    }

    /// What a person reads.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Strikes => "State strikes: US, coalition, Iran",
            Self::Attacks => "Attacks on US and coalition forces",
        }
    }

    /// What one event of the lane is called: "attack", "strikes".
    #[must_use]
    pub fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::Strikes, 1) => "strike",
            (Self::Strikes, _) => "strikes",
            (Self::Attacks, 1) => "attack",
            (Self::Attacks, _) => "attacks",
        }
    }
}

/// The events of one lane.
#[derive(Clone, Debug, Default)]
pub struct LaneEvents {
    /// Those known to the day, in date order.
    exact: Vec<EventIndex>,
    /// Those known to several days, by their first.
    wide: Vec<EventIndex>,
    /// Days of the longest of these.
    longest_days: i32,
    counts: DayCounts,
}

impl LaneEvents {
    /// The events of a lane among those that count.
    fn of(table: &Table, counting: &Counting, lane: Lane) -> Self {
        let mut events = Self { counts: only(counting.day_counts(), lane), ..Self::default() };
        for row in counting.rows() {
            let Some(event) = u32::try_from(row).ok().map(EventIndex) else { break };
            if Lane::of(table.direction(row)) != Some(lane) {
                continue;
            }
            if table.is_exact(row) {
                events.exact.push(event);
            } else {
                events.wide.push(event);
                events.longest_days = events.longest_days.max(table.span(row).days());
            }
        }
        events
    }

    /// How many there are of each day.
    #[must_use]
    pub fn counts(&self) -> &DayCounts {
        &self.counts
    }

    /// Whether it holds the event.
    #[must_use]
    pub fn contains(&self, event: EventIndex) -> bool {
        self.exact.binary_search(&event).is_ok() || self.wide.binary_search(&event).is_ok()
    }

    /// Those known to the day that happened within some days, in date order.
    #[must_use]
    pub fn exact_within(&self, dataset: &Dataset, days: DaySpan) -> &[EventIndex] {
        let first = |e: &EventIndex| dataset.event(*e).date.span.first();
        let from = self.exact.partition_point(|e| first(e) < days.first());
        let to = self.exact.partition_point(|e| first(e) < days.end());
        &self.exact[from..to]
    }

    /// Those known to several days that may have happened within some days, by their first day.
    pub fn wide_within<'a>(
        &'a self,
        dataset: &'a Dataset,
        days: DaySpan,
    ) -> impl Iterator<Item = EventIndex> + 'a {
        let span = |e: EventIndex| dataset.event(e).date.span;
        let earliest = days.first().plus(-self.longest_days);
        let from = self.wide.partition_point(|e| span(*e).first() < earliest);
        let to = self.wide.partition_point(|e| span(*e).first() < days.end());
        self.wide[from..to].iter().copied().filter(move |e| span(*e).overlaps(days))
    }

    /// All of them, in date order.
    #[must_use]
    pub fn events(&self) -> Vec<EventIndex> {
        let mut all = [self.exact.as_slice(), &self.wide].concat();
        all.sort_unstable();
        all
    }

    /// The event after another one in date order (`by` 1), or before it (-1); without another one the first
    /// or the last.
    #[must_use]
    pub fn beside(&self, event: Option<EventIndex>, by: i32) -> Option<EventIndex> {
        let step = |list: &[EventIndex]| {
            let Some(event) = event else {
                return if by > 0 { list.first().copied() } else { list.last().copied() };
            };
            if by > 0 {
                list.get(list.partition_point(|e| *e <= event)).copied()
            } else {
                list.partition_point(|e| *e < event).checked_sub(1).map(|i| list[i])
            }
        };
        let both = [step(&self.exact), step(&self.wide)].into_iter().flatten();
        if by > 0 { both.min() } else { both.max() }
    }
}

/// Both lanes of a view, whatever its window: attacks follow rule and filter, strikes the filter alone.
#[derive(Clone, Debug, Default)]
pub struct Lanes {
    strikes: LaneEvents,
    attacks: LaneEvents,
    pairs: Vec<Pair>,
    held_back: Vec<Pair>,
    elsewhere: Vec<Pair>,
}

impl Lanes {
    /// The lanes of a view. Goes through all events once: to be kept while rule and filter stay.
    #[must_use]
    pub fn of(record: &Record, view: &View, selection: &Selection) -> Self {
        if !record.classes.are_directions() {
            // Nothing says which of its events are attacks and which answer them.
            return Self::default();
        }
        let table = record.table();
        let everything = under_filter(record, view);
        let strikes = LaneEvents::of(table, &everything, Lane::Strikes);
        let attacks = LaneEvents::of(table, selection.counting(), Lane::Attacks);
        let mut lanes = Self { strikes, attacks, ..Self::default() };
        for pair in pairs(record) {
            let ends = [pair.from, pair.to];
            let belongs = |e: &EventIndex| Lane::of(record.event(*e).direction).is_some();
            if ends.iter().all(|e| lanes.lane_of(*e).is_some()) {
                lanes.pairs.push(pair);
            } else if ends.iter().all(belongs) {
                lanes.held_back.push(pair);
            } else {
                lanes.elsewhere.push(pair);
            }
        }
        lanes
    }

    /// One of the two.
    #[must_use]
    pub fn lane(&self, lane: Lane) -> &LaneEvents {
        match lane {
            Lane::Strikes => &self.strikes,
            Lane::Attacks => &self.attacks,
        }
    }

    /// The lane that an event stands in.
    #[must_use]
    pub fn lane_of(&self, event: EventIndex) -> Option<Lane> {
        Lane::ALL.into_iter().find(|lane| self.lane(*lane).contains(event))
    }

    /// The pairs of which both ends stand in a lane, by the date of the later event.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// The pairs of which an end belongs in a lane, but the rule does not count it or the filter holds it back.
    #[must_use]
    pub fn held_back(&self) -> &[Pair] {
        &self.held_back
    }

    /// The pairs of which an end belongs in neither lane: it is no attack on US or coalition forces and no strike
    /// by a state.
    #[must_use]
    pub fn elsewhere(&self) -> &[Pair] {
        &self.elsewhere
    }
}

/// What the filter of a view lets through, whatever its rule.
fn under_filter(record: &Record, view: &View) -> Counting {
    let others = view.filter.others(record);
    Counting::new(record.table(), &view.filter, Rule::Everything, others.as_ref())
}

/// The events of a lane alone, by day.
fn only(counts: &DayCounts, lane: Lane) -> DayCounts {
    let of_lane = |count: [u32; 6]| {
        let mut kept = count;
        for (n, direction) in kept.iter_mut().zip(Direction::ALL) {
            *n *= u32::from(Lane::of(*direction) == Some(lane));
        }
        kept
    };
    let wide = counts.wide().iter().map(|w| WideCount { count: of_lane(w.count), ..*w });
    let wide = wide.filter(|w| w.total() > 0).collect();
    let Some(extent) = counts.extent() else { return DayCounts::default() };
    let days = extent.iter().map(|day| of_lane(counts.exact(DaySpan::day(day))));
    DayCounts::of_days(extent.first().number(), days, wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_direction_has_its_lane_or_none() {
        let lanes: Vec<_> =
            Direction::ALL.iter().map(|d| Lane::of(*d).map_or("", Lane::code)).collect();
        assert_eq!(lanes, ["attacks", "attacks", "strikes", "strikes", "", ""]);
    }
}
