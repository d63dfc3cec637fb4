//! The schedule of a play: what is shown when.

use super::pacing::{each_event, even, skip_quiet};
use super::{Loop, Pace, PlaySpec, Secs, Severity, Stops};
use crate::analysis::Mode;
use crate::domain::{Day, DaySpan};

/// What a schedule is made for.
#[derive(Clone, Copy, Debug)]
pub struct PlayScope<'a> {
    /// The days to go to.
    pub stops: &'a Stops,
    /// The days that are played.
    pub range: DaySpan,
    /// How the window is read.
    pub mode: Mode,
    /// Days of the window that moves along.
    pub window_days: i32,
}

impl PlayScope<'_> {
    /// For how many days, its own included, an event stays in the window.
    pub(super) fn cover(&self) -> i32 {
        if self.mode == Mode::Day { 1 } else { self.window_days.max(1) }
    }
}

/// What is shown for some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// When it begins, in microseconds since the beginning of the play.
    pub start_us: u64,
    /// How long it takes, in microseconds.
    pub length_us: u64,
    /// The last day of the window goes through these days, each for as long as the others.
    pub days: DaySpan,
    /// What they are.
    pub kind: StepKind,
}

/// What the days of a step are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Something happened.
    Events {
        /// The days with events that come into sight together.
        new: DaySpan,
        /// The worst of them.
        severity: Severity,
    },
    /// Nothing happened, but what did is still in sight.
    Between,
    /// Nothing happened for so long that a card says it.
    Quiet(Quiet),
}

/// Days without an event that is gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// The days.
    pub days: DaySpan,
    /// How many events that are known only to several days may have happened in them.
    pub possible: usize,
}

/// What is shown at a second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlayState {
    /// Which step it is.
    pub step: usize,
    /// The last day of the window.
    pub day: Day,
    /// Seconds since the step came on.
    pub since_step_secs: f64,
    /// How much of the step has passed, from 0 to 1; in the order of the days, also while it plays back.
    pub share: f64,
    /// The quiet that a card tells of.
    pub quiet: Option<Quiet>,
    /// Whether it plays back.
    pub backwards: bool,
    /// Whether the play is over.
    pub ended: bool,
}

/// Days with events that have come into sight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrival {
    /// The days.
    pub days: DaySpan,
    /// The worst of their events.
    pub severity: Severity,
    /// Seconds since then.
    pub age_secs: f64,
}

/// What is shown when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    steps: Vec<Step>,
    total_us: u64,
    asked_us: Option<u64>,
    at_end: Loop,
    range: DaySpan,
}

impl Schedule {
    /// Works out when what is shown.
    ///
    /// In [`Pace::SkipQuiet`] each day with events stays 0.25 s at least, longer by the worst of its events
    /// (damage or many munitions 1.2 times, wounded 1.6 times, killed 2 times), and each card 0.9 s; what is
    /// left of the time asked for is shared out in the same proportions. Where that does not fit, days with
    /// events that fit into the window together are shown in one step, as near ones as will do; where that
    /// is not enough, it takes longer than asked. In [`Pace::Even`] it takes longer when an event
    /// would be in the window for less than 0.25 s. Either is over sooner than asked where a plain day would
    /// stay for more than 3 s and a tenth of the time asked for, and after 3 s where nothing happened.
    #[must_use]
    pub fn new(spec: &PlaySpec, scope: &PlayScope<'_>) -> Self {
        let (steps, asked_us) = match spec.pace {
            Pace::SkipQuiet => (skip_quiet(scope, spec.whole.micros()), Some(spec.whole.micros())),
            Pace::Even => (even(scope, spec.whole.micros()), Some(spec.whole.micros())),
            Pace::EachEvent => (each_event(scope, spec.each.micros()), None),
        };
        let total_us = steps.last().map_or(0, |s| s.start_us + s.length_us);
        Self { steps, total_us, asked_us, at_end: spec.at_end, range: scope.range }
    }

    /// The same with some days of events on the screen for some time at least.
    #[must_use]
    pub fn held(mut self, holds: &[(Day, Secs)]) -> Self {
        let mut start_us = 0;
        for step in &mut self.steps {
            if let StepKind::Events { new, .. } = step.kind {
                let here = holds.iter().filter(|(day, _)| new.contains(*day));
                let longest = here.map(|(_, time)| time.micros()).max();
                step.length_us = step.length_us.max(longest.unwrap_or(0));
            }
            step.start_us = start_us;
            start_us += step.length_us;
        }
        self.total_us = start_us;
        self
    }

    /// The steps in order; they follow one another without a gap.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How long it takes from the first day to the last, in seconds.
    #[must_use]
    pub fn total_secs(&self) -> f64 {
        secs(self.total_us)
    }

    /// Whether it takes longer than was asked for, so that no event is gone too soon.
    #[must_use]
    pub fn is_longer_than_asked(&self) -> bool {
        self.asked_us.is_some_and(|asked| self.total_us > asked)
    }

    /// Whether it takes less than was asked for, since all has been seen by then.
    #[must_use]
    pub fn is_shorter_than_asked(&self) -> bool {
        self.asked_us.is_some_and(|asked| self.total_us < asked)
    }

    /// How many days pass in a second, on average.
    #[must_use]
    pub fn days_per_sec(&self) -> f64 {
        f64::from(self.range.days()) / self.total_secs().max(0.001)
    }

    /// The days that are played.
    #[must_use]
    pub fn range(&self) -> DaySpan {
        self.range
    }

    /// What is shown so many seconds after the beginning.
    #[must_use]
    pub fn state_at(&self, at_secs: f64) -> PlayState {
        let Phase { local_us, backwards, ended } = self.phase(at_secs);
        let place = self.place(local_us, backwards);
        let Some(step) = self.steps.get(place) else {
            return PlayState {
                step: 0,
                day: self.range.last(),
                since_step_secs: 0.0,
                share: 1.0,
                quiet: None,
                backwards,
                ended: true,
            };
        };
        let into_us = (local_us - step.start_us).min(step.length_us);
        let days = u64::try_from(step.days.days()).unwrap_or(1);
        let passed = (into_us * days / step.length_us.max(1)).min(days - 1);
        let quiet = match step.kind {
            StepKind::Quiet(quiet) => Some(quiet),
            StepKind::Events { .. } | StepKind::Between => None,
        };
        PlayState {
            step: place,
            day: step.days.first().plus(i32::try_from(passed).unwrap_or(0)),
            since_step_secs: secs(if backwards { step.length_us - into_us } else { into_us }),
            share: secs(into_us) / secs(step.length_us.max(1)),
            quiet,
            backwards,
            ended,
        }
    }

    /// The days with events that came into sight within the last seconds, the latest first.
    #[must_use]
    pub fn arrivals(&self, at_secs: f64, within_secs: f64) -> Vec<Arrival> {
        let Phase { local_us, backwards, .. } = self.phase(at_secs);
        let here = self.place(local_us, backwards);
        let arrival = |step: &Step| {
            let age_us = if backwards {
                (step.start_us + step.length_us).saturating_sub(local_us)
            } else {
                local_us.saturating_sub(step.start_us)
            };
            (step.kind, secs(age_us))
        };
        let ages: Vec<_> = if backwards {
            self.steps.iter().skip(here).map(arrival).take_while(|a| a.1 <= within_secs).collect()
        } else {
            let until = self.steps.iter().take(here + 1).rev();
            until.map(arrival).take_while(|a| a.1 <= within_secs).collect()
        };
        ages.into_iter()
            .filter_map(|(kind, age_secs)| match kind {
                StepKind::Events { new, severity } => {
                    Some(Arrival { days: new, severity, age_secs })
                }
                StepKind::Between | StepKind::Quiet(_) => None,
            })
            .collect()
    }

    /// When the step begins in which the window ends on a day, or the first after it; `None` when the play
    /// is over by then, or just about to be.
    #[must_use]
    pub fn secs_of(&self, day: Day) -> Option<f64> {
        let place = self.steps.partition_point(|step| step.days.last() < day);
        let step = self.steps.get(place)?;
        let is_end = place + 1 == self.steps.len() && step.days.last() <= day;
        (!is_end).then(|| secs(step.start_us))
    }

    /// When this schedule shows what another shows at a second, as nearly as it can.
    #[must_use]
    pub fn secs_like(&self, other: &Self, at_secs: f64) -> f64 {
        let state = other.state_at(at_secs);
        let place = self.steps.partition_point(|step| step.days.last() < state.day);
        let Some(step) = self.steps.get(place) else { return self.total_secs() };
        let of_days = f64::from(state.day.number() - step.days.first().number());
        let share = if step.days.days() > 1 {
            (of_days / f64::from(step.days.days())).clamp(0.0, 1.0)
        } else {
            state.share
        };
        let local = secs(step.start_us) + secs(step.length_us) * share;
        if state.backwards && self.at_end == Loop::Bounce {
            2.0 * self.total_secs() - local
        } else {
            local
        }
    }

    /// Seconds from one second on until something else is shown; `None` when nothing will be.
    #[must_use]
    pub fn next_change_secs(&self, at_secs: f64) -> Option<f64> {
        let Phase { local_us, backwards, ended } = self.phase(at_secs);
        let step = self.steps.get(self.place(local_us, backwards)).filter(|_| !ended)?;
        let days = u64::try_from(step.days.days()).unwrap_or(1);
        let into_us = (local_us - step.start_us).min(step.length_us);
        let day_us = (step.length_us / days).max(1);
        let left_us = if backwards { into_us % day_us } else { day_us - into_us % day_us };
        Some(secs(left_us.max(1000)))
    }

    fn place(&self, local_us: u64, backwards: bool) -> usize {
        // At a border the step that is being entered is shown.
        let begun = |step: &Step| {
            if backwards { step.start_us < local_us } else { step.start_us <= local_us }
        };
        self.steps.partition_point(begun).saturating_sub(1)
    }

    fn phase(&self, at_secs: f64) -> Phase {
        let total = self.total_us;
        let at_us = micros(at_secs);
        let forwards = |local_us, ended| Phase { local_us, backwards: false, ended };
        if total == 0 {
            return forwards(0, true);
        }
        match self.at_end {
            Loop::Off => forwards(at_us.min(total), at_us >= total),
            Loop::Range => forwards(at_us % total, false),
            Loop::Bounce => {
                let in_round = at_us % (2 * total);
                if in_round < total {
                    forwards(in_round, false)
                } else {
                    Phase { local_us: 2 * total - in_round, backwards: true, ended: false }
                }
            }
        }
    }
}

struct Phase {
    local_us: u64,
    backwards: bool,
    ended: bool,
}

fn secs(us: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a play is far shorter than 2^53 microseconds")]
    let us = us as f64;
    us / 1_000_000.0
}

fn micros(secs: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float is held to the range of the integer"
    )]
    let us = (secs * 1_000_000.0).round() as u64;
    us
}
