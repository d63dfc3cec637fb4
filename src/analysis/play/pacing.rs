//! How much time each part of a play gets, by its pace.

use super::{PlayScope, Quiet, Severity, Step, StepKind, Stop, Stops};
use crate::analysis::Mode;
use crate::domain::{Day, DaySpan};

/// So long an event is on the screen at least, whatever was asked for.
const LEAST_US: u64 = 250_000;
/// So long a card is on the screen at least.
const CARD_US: u64 = 900_000;
/// From so many days without an event on the quiet is said.
const QUIET_DAYS: i32 = 14;
/// So long a day with a plain event is on the screen at most, or for this part of the time asked for where that
/// is longer; severe ones, cards and days between by their weights. Then all has been seen, and the play is over
/// before the time asked for.
const MOST_US: u64 = 3_000_000;
const MOST_PART: u64 = 10;
/// So long the card of a play without any event is on the screen at most.
const NOTHING_US: u64 = 3_000_000;
/// In the even pace a card that would be gone sooner is left out.
const SHORTEST_CARD_US: u64 = 600_000;
/// What is left of the time asked for goes to days with events, cards, and days between them by these
/// weights.
const WEIGHTS: [u64; 3] = [10, 12, 2];

/// A step that has no time yet.
struct Part {
    days: DaySpan,
    kind: StepKind,
}

/// Days with events, and what lies before, between and behind them.
///
/// Days within `reach` of the first of a step come into sight with it. Days between stay as long as the
/// window, which is `cover` days long, still holds the event before them; of the others only quiet
/// spells are told.
fn parts(scope: &PlayScope<'_>, reach: i32, cover: i32) -> Vec<Part> {
    let range = scope.range;
    let mut parts = Vec::new();
    let mut before: Option<Day> = None;
    let mut stops = scope.stops.within(range);
    let between = |before: Option<Day>, next: Option<Day>, parts: &mut Vec<Part>| {
        let first = before.map_or(range.first(), |day| day.plus(1));
        let last = next.map_or(range.last(), |day| day.plus(-1));
        let Ok(gap) = DaySpan::inclusive(first, last) else { return };
        if gap.days() >= QUIET_DAYS || (before.is_none() && next.is_none()) {
            parts.push(Part { days: gap, kind: StepKind::Quiet(quiet(scope.stops, gap)) });
        } else if before.is_some() && cover > 1 {
            let held = DaySpan::between(first, last.min(first.plus(cover - 2)));
            parts.push(Part { days: held, kind: StepKind::Between });
        }
    };
    while let Some(first) = stops.first() {
        let mut taken = 1;
        while let (Some(next), Some(kept)) = (stops.get(taken), stops.get(taken - 1)) {
            let is_near = next.day.number() - first.day.number() < reach;
            if !is_near || next.day.number() - kept.day.number() > QUIET_DAYS {
                break;
            }
            taken += 1;
        }
        let (group, rest) = stops.split_at(taken);
        let last = group.last().map_or(first.day, |stop| stop.day);
        between(before, Some(first.day), &mut parts);
        let new = DaySpan::between(first.day, last);
        parts.push(Part { days: DaySpan::day(last), kind: events(new, group) });
        before = Some(last);
        stops = rest;
    }
    between(before, None, &mut parts);
    parts
}

fn quiet(stops: &Stops, days: DaySpan) -> Quiet {
    Quiet { days, possible: stops.possible_in(days) }
}

pub(super) fn events(new: DaySpan, group: &[Stop]) -> StepKind {
    let severity = group.iter().map(|stop| stop.severity).max().unwrap_or_default();
    StepKind::Events { new, severity }
}

/// How long a part takes at least, and its weight when there is more time.
fn claim(part: &Part) -> (u64, u64) {
    match part.kind {
        StepKind::Events { severity, .. } => {
            (LEAST_US * severity.tenths() / 10, WEIGHTS[0] * severity.tenths())
        }
        StepKind::Quiet(_) => (CARD_US, WEIGHTS[1] * 10),
        StepKind::Between => (0, WEIGHTS[2] * 10 * u64::try_from(part.days.days()).unwrap_or(1)),
    }
}

pub(super) fn skip_quiet(scope: &PlayScope<'_>, asked_us: u64) -> Vec<Step> {
    let cover = scope.cover();
    let asked_us = asked_us.min(if scope.stops.within(scope.range).is_empty() {
        NOTHING_US
    } else {
        let weights = parts(scope, 1, cover).iter().map(|p| claim(p).1).sum::<u64>();
        share(most_us(asked_us), weights, WEIGHTS[0] * Severity::Plain.tenths())
    });
    let least = |parts: &[Part]| parts.iter().map(|p| claim(p).0).sum::<u64>();
    let fits = |reach| least(&parts(scope, reach, cover)) <= asked_us;
    // The smallest reach that fits: the longer it is, the fewer steps there are.
    let (mut low, mut high) = (1, cover.min(scope.range.days()).max(1));
    while low < high {
        let middle = low + (high - low) / 2;
        if fits(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let parts = parts(scope, low, cover);
    let left_us = asked_us.saturating_sub(least(&parts));
    let all: u64 = parts.iter().map(|p| claim(p).1).sum::<u64>().max(1);
    let (mut start_us, mut claimed, mut weight) = (0, 0, 0);
    parts
        .into_iter()
        .map(|part| {
            let (least, its_weight) = claim(&part);
            claimed += least;
            weight += its_weight;
            let end_us = claimed + share(left_us, weight, all);
            let step =
                Step { start_us, length_us: end_us - start_us, days: part.days, kind: part.kind };
            start_us = end_us;
            step
        })
        .collect()
}

/// How long a day with a plain event is on the screen at most.
fn most_us(asked_us: u64) -> u64 {
    MOST_US.max(asked_us / MOST_PART)
}

pub(super) fn each_event(scope: &PlayScope<'_>, each_us: u64) -> Vec<Step> {
    let each_us = each_us.max(LEAST_US);
    let mut start_us = 0;
    // Without days between: from event to event.
    parts(scope, 1, 1)
        .into_iter()
        .map(|part| {
            let length_us = match part.kind {
                StepKind::Events { severity, .. } => each_us * severity.tenths() / 10,
                StepKind::Quiet(_) | StepKind::Between => each_us.max(CARD_US),
            };
            let step = Step { start_us, length_us, days: part.days, kind: part.kind };
            start_us += length_us;
            step
        })
        .collect()
}

pub(super) fn even(scope: &PlayScope<'_>, asked_us: u64) -> Vec<Step> {
    let range = scope.range;
    let days_of = |span: DaySpan| u64::try_from(span.days()).unwrap_or(1);
    let least_us = match scope.mode {
        Mode::SinceStart => 0,
        Mode::Window | Mode::Day => {
            let cover = u64::try_from(scope.cover()).unwrap_or(1).min(days_of(range));
            days_of(range) * LEAST_US.div_ceil(cover)
        }
    };
    let stops = scope.stops.within(range);
    let total_us = if stops.is_empty() {
        asked_us.min(NOTHING_US)
    } else {
        asked_us.min(days_of(range) * most_us(asked_us)).max(least_us)
    };
    let at = |day: Day| {
        let passed = u64::try_from(day.number() - range.first().number()).unwrap_or(0);
        share(total_us, passed, days_of(range))
    };
    let step = |days: DaySpan, kind| {
        let start_us = at(days.first());
        Step { start_us, length_us: at(days.end()) - start_us, days, kind }
    };
    let mut steps = Vec::new();
    let between = |from: Day, to: Day, is_first: bool, steps: &mut Vec<Step>| {
        let Ok(gap) = DaySpan::inclusive(from, to.plus(-1)) else { return };
        let held = if is_first { 0 } else { scope.cover() - 1 };
        let is_quiet = gap.days() >= QUIET_DAYS || gap.days() > held;
        let mut between = step(gap, StepKind::Between);
        if is_quiet && between.length_us >= SHORTEST_CARD_US {
            between.kind = StepKind::Quiet(quiet(scope.stops, gap));
        }
        steps.push(between);
    };
    let mut from = range.first();
    for stop in stops {
        between(from, stop.day, from == range.first(), &mut steps);
        let day = DaySpan::day(stop.day);
        steps.push(step(day, events(day, std::slice::from_ref(stop))));
        from = stop.day.plus(1);
    }
    between(from, range.end(), from == range.first(), &mut steps);
    steps
}

/// `part / all` of some microseconds.
fn share(us: u64, part: u64, all: u64) -> u64 {
    let exact = u128::from(us) * u128::from(part) / u128::from(all.max(1));
    u64::try_from(exact).unwrap_or(u64::MAX)
}
