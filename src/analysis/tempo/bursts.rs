//! Bursts: spells in which events came faster than they do on average.
//!
//! The method is that of J. Kleinberg, *Bursty and Hierarchical Structure in Streams* (KDD 2002; Data Mining and
//! Knowledge Discovery 7(4), 2003), section 2: an automaton is in one of the states 0, 1, 2, ..., and in state *i*
//! events come at the rate `base * RATIO^i`, where the base is their number by the number of days of the record.
//! To go up by *j* states costs `j * GAMMA * ln(events)`, to go down nothing; it begins in state 0. Of all ways
//! through the states, that of least cost (transitions, and the negative log-likelihood of what happened) is the
//! answer. A burst of level *i* is a run of days in state *i* or a higher one, as long as it can be, so that a
//! burst of level 2 lies within one of level 1.
//!
//! The paper knows the moment of each event and takes the gap to the next as exponential. Here the day is known, and
//! often several events share one. Exponential gaps are a Poisson process, so the number of events of a day is taken as Poisson
//! with the rate of its state, which is the same likelihood, and the state may change from one day to the next.
//!
//! Roughly, a spell needs more than `log2(events)` events on few days to be a burst. Where there are fewer than
//! [`LEAST_EVENTS`], two on one day would do, so nothing is looked for.

use std::cmp::Reverse;

use crate::domain::{Day, DaySpan};

/// How much faster events come in each state than in the one below.
pub const RATIO: f64 = 2.0;
/// How dear it is to go up one state, in units of the logarithm of the number of events.
pub const GAMMA: f64 = 1.0;
/// How many events there must be for bursts to be told.
pub const LEAST_EVENTS: u32 = 10;

/// Two costs nearer than this are the same; the lower state is taken.
const TIE: f64 = 1e-9;

/// The bursts of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bursts {
    /// Events a day in state 0: the mean of all days; 0 where bursts are not looked for.
    pub base_per_day: f64,
    /// Every burst by its first day, an outer one before those within. A run of days that is a burst of several levels is
    /// told once, at the highest.
    pub all: Vec<Burst>,
}

/// A spell in which events came faster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burst {
    /// Its state: 1 or more.
    pub level: u32,
    /// Its days; on the first and on the last something happened.
    pub days: DaySpan,
    /// Events on these days, of those known to the day.
    pub events: u32,
}

impl Bursts {
    /// The bursts in a series of counts by day from a first day on.
    pub(super) fn of(events: &[u32], first: Day) -> Self {
        let Some(automaton) = Automaton::of(events) else { return Self::default() };
        let states = automaton.cheapest(events);
        let mut all = Vec::new();
        for level in 1..=states.iter().copied().max().unwrap_or(0) {
            let mut day = 0;
            for run in states.chunk_by(|a, b| (*a >= level) == (*b >= level)) {
                if run[0] >= level {
                    let count = events[day..day + run.len()].iter().sum();
                    all.push((day, run.len(), u32::from(level), count));
                }
                day += run.len();
            }
        }
        all.sort_by_key(|&(day, length, level, _)| (day, Reverse(length), Reverse(level)));
        all.dedup_by_key(|(day, length, ..)| (*day, *length));
        let at = |day| super::nth_day(first, day);
        let burst = |(day, length, level, events)| {
            let days = DaySpan::between(at(day), at(day + length - 1));
            Burst { level, days, events }
        };
        Self { base_per_day: automaton.base, all: all.into_iter().map(burst).collect() }
    }

    /// The highest level; 0 without a burst.
    #[must_use]
    pub fn top_level(&self) -> u32 {
        self.all.iter().map(|b| b.level).max().unwrap_or(0)
    }
}

/// The states and what they cost.
pub(super) struct Automaton {
    base: f64,
    /// Cost of going up by one state.
    up: f64,
    /// By state, how many events a day it expects.
    rates: Vec<f64>,
}

impl Automaton {
    /// The automaton of a series of counts; `None` with too few events.
    ///
    /// The method has no highest state. But a state that expects as many events as the fullest day has is the
    /// last that can be worth its cost: the ones above expect more and cost more, on that day and on every other.
    pub(super) fn of(events: &[u32]) -> Option<Self> {
        let days = f64::from(u32::try_from(events.len()).ok()?);
        let all: f64 = events.iter().map(|n| f64::from(*n)).sum();
        if all < f64::from(LEAST_EVENTS) {
            return None;
        }
        let most = f64::from(*events.iter().max()?);
        let base = all / days;
        let mut rates = vec![base];
        while let Some(rate) = rates.last().filter(|rate| **rate < most) {
            rates.push(rate * RATIO);
        }
        Some(Self { base, up: GAMMA * all.ln(), rates })
    }

    /// Negative log-likelihood of a day's count in a state, but for what is the same in all.
    pub(super) fn day_cost(&self, state: usize, events: u32) -> f64 {
        let rate = self.rates[state];
        rate - f64::from(events) * rate.ln()
    }

    /// Cost of going from one state to another.
    pub(super) fn step_cost(&self, from: usize, to: usize) -> f64 {
        let steps = u32::try_from(to.saturating_sub(from)).unwrap_or(u32::MAX);
        if steps == 0 { 0.0 } else { f64::from(steps) * self.up }
    }

    /// How many states can be worth their cost.
    pub(super) fn states(&self) -> usize {
        self.rates.len()
    }

    /// The cheapest state of every day (Viterbi), in as many steps as there are days times states.
    pub(super) fn cheapest(&self, events: &[u32]) -> Vec<u8> {
        let states = self.states();
        let mut costs: Vec<f64> = (0..states).map(|s| self.step_cost(0, s)).collect();
        let mut came_from: Vec<u8> = Vec::with_capacity(events.len() * states);
        for (day, count) in events.iter().enumerate() {
            if day > 0 {
                costs = self.stepped(&costs, &mut came_from);
            }
            for (state, cost) in costs.iter_mut().enumerate() {
                *cost += self.day_cost(state, *count);
            }
        }
        let mut state = 0;
        for (other, cost) in costs.iter().enumerate() {
            if *cost < costs[state] - TIE {
                state = other;
            }
        }
        let mut path = Vec::with_capacity(events.len());
        for day in (0..events.len()).rev() {
            path.push(u8::try_from(state).unwrap_or(u8::MAX));
            if day > 0 {
                state = usize::from(came_from[(day - 1) * states + state]);
            }
        }
        path.reverse();
        path
    }

    /// The least cost of being in each state a day later, and from which state each is reached.
    fn stepped(&self, costs: &[f64], came_from: &mut Vec<u8>) -> Vec<f64> {
        // From below: the cheapest of all lower states with the way up; from above the way is free.
        let mut best: Vec<(f64, usize)> = costs.iter().copied().zip(0..).collect();
        for state in (0..costs.len().saturating_sub(1)).rev() {
            if best[state + 1].0 < best[state].0 - TIE {
                best[state] = best[state + 1];
            }
        }
        let mut below = (f64::INFINITY, 0);
        for (state, best) in best.iter_mut().enumerate() {
            if below.0 < best.0 - TIE {
                *best = below;
            }
            let here = (costs[state], state);
            below = if below.0 < here.0 - TIE { below } else { here };
            below.0 += self.up;
        }
        came_from.extend(best.iter().map(|(_, from)| u8::try_from(*from).unwrap_or(u8::MAX)));
        best.into_iter().map(|(cost, _)| cost).collect()
    }
}
