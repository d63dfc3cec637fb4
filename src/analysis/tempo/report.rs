//! The pace of events in words: what panel and command line say alike.

use super::{Burst, GAMMA, LEAST_EVENTS, Measure, RATIO, Tempo};
use crate::analysis::coverage::notes_of;
use crate::analysis::{Mode, View, words};
use crate::domain::{Dataset, Day, DaySpan};

/// One line on the pace of events.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it tells.
    pub measure: Measure,
    /// The days that it is about; `None` where it has none.
    pub days: Option<DaySpan>,
    /// Certain and possible events of these days; `None` where it gives no number.
    pub counts: Option<[u32; 2]>,
    /// How many days it lasts, in halves of a day; for what is measured in days.
    pub length_halves: Option<i32>,
    /// Level of a burst.
    pub level: Option<u32>,
    /// All of it in words.
    pub words: String,
}

impl Line {
    fn of(measure: Measure, words: String) -> Self {
        Self { measure, days: None, counts: None, length_halves: None, level: None, words }
    }

    fn about(self, days: DaySpan, counts: [u32; 2]) -> Self {
        Self { days: Some(days), counts: Some(counts), ..self }
    }
}

/// The days of a view that its pace is told of: the window; in the mode "day" its last day.
#[must_use]
pub fn told_window(view: &View) -> DaySpan {
    match view.mode {
        Mode::Window | Mode::SinceStart => view.window,
        Mode::Day => DaySpan::day(view.window.last()),
    }
}

/// The days that the lines about the window are of, as their heading: in the mode "since start" more is shown
/// than these.
#[must_use]
pub fn window_heading(view: &View) -> String {
    let days = told_window(view);
    match view.mode {
        Mode::Window | Mode::Day => words::capitalised(&words::span(days)),
        Mode::SinceStart if days.days() == 1 => format!("Last day, {}", words::span(days)),
        Mode::SinceStart => format!("Last {}, {}", words::days(days), words::span(days)),
    }
}

/// Everything on the pace of the events of a view, a line each.
#[must_use]
pub fn lines(tempo: &Tempo, dataset: &Dataset, view: &View) -> Vec<Line> {
    let mut lines = window_lines(tempo, dataset, view);
    lines.extend(record_lines(tempo, dataset, view));
    lines
}

/// The lines about the window, which follow it.
#[must_use]
pub fn window_lines(tempo: &Tempo, dataset: &Dataset, view: &View) -> Vec<Line> {
    let told = Told { tempo, dataset, view };
    let window = told_window(view);
    vec![
        told.change(window),
        told.last_days(Measure::Last7Days, 0, window.last()),
        told.last_days(Measure::Last30Days, 1, window.last()),
        told.quiet_at_end(window.last()),
    ]
}

/// The lines about the whole record, whatever the window.
#[must_use]
pub fn record_lines(tempo: &Tempo, dataset: &Dataset, view: &View) -> Vec<Line> {
    let told = Told { tempo, dataset, view };
    let mut lines = told.busiest();
    lines.extend(told.bursts());
    lines.extend(told.longest_quiet());
    lines.extend(told.median_step());
    lines
}

/// What there is to say of one day: the counts of the last days up to it, and the bursts that it lies in.
#[must_use]
pub fn day_lines(tempo: &Tempo, dataset: &Dataset, view: &View, day: Day) -> Vec<String> {
    let told = Told { tempo, dataset, view };
    let mut lines: Vec<String> = tempo
        .rolling
        .iter()
        .map(|rolling| {
            let days = rolling.span(day);
            let counts = rolling.ending(day);
            let said = counts.map_or_else(|| told.not_held(days), |counts| told.events(counts));
            format!("{} up to it: {said}", words::capitalised(&words::days(days)))
        })
        .collect();
    let bursts = tempo.bursts.all.iter().filter(|burst| burst.days.contains(day));
    lines.extend(bursts.map(|burst| told.burst(burst).words));
    lines
}

/// What a reader must know of all the lines: what is counted, over which days, and what becomes of events without
/// an exact date.
#[must_use]
pub fn notes(tempo: &Tempo, view: &View) -> String {
    let noun = view.rule.noun(2);
    let mut notes = format!(
        "Counted: {}, as the filter lets them through, by day, over the record's {} ({}).",
        view.rule.label(),
        words::days(tempo.record),
        words::span(tempo.record),
    );
    match tempo.imprecise {
        0 => {}
        n => notes.push_str(&format!(
            " Bursts and median are found without the {} {} known only to several days.",
            thousands(n),
            view.rule.noun(usize::try_from(n).unwrap_or(0)),
        )),
    }
    if tempo.bursts.base_per_day > 0.0 {
        notes.push_str(&format!(
            " Bursts: Kleinberg 2002, s = {RATIO}, gamma = {GAMMA}, base rate {:.3} {noun} a day.",
            tempo.bursts.base_per_day,
        ));
    }
    notes
}

/// Words about the pace of a view's events.
struct Told<'a> {
    tempo: &'a Tempo,
    dataset: &'a Dataset,
    view: &'a View,
}

impl Told<'_> {
    fn change(&self, window: DaySpan) -> Line {
        let before = DaySpan::between(window.first().plus(-window.days()), window.first().plus(-1));
        let first = words::day(window.first());
        let named = match before.days() {
            1 => format!("Against the day before {first}"),
            _ => format!("Against the {} before {first}", words::days(before)),
        };
        let Some(change) = self.tempo.change(window) else {
            return Line::of(Measure::Before, format!("{named}: {}", self.not_held(before)));
        };
        let [now, was] = [change.now, change.was];
        let percent = percent(was, now).map_or_else(String::new, |p| format!(" ({p})"));
        let words = format!(
            "{named}: {}, was {}{percent}{}",
            self.events(now),
            number(was),
            self.thin(before)
        );
        Line::of(Measure::Before, words).about(before, was)
    }

    fn last_days(&self, measure: Measure, which: usize, last: Day) -> Line {
        let rolling = &self.tempo.rolling[which];
        let days = rolling.span(last);
        let named =
            format!("{} up to {}", words::capitalised(&words::days(days)), words::day(last));
        match rolling.ending(last) {
            None => Line::of(measure, format!("{named}: {}", self.not_held(days))),
            Some(counts) => {
                let words = format!("{named}: {}", self.events(counts));
                Line::of(measure, words).about(days, counts)
            }
        }
    }

    fn busiest(&self) -> Vec<Line> {
        /// Runs that hold as many as the first and have a line of their own; others are counted.
        const TIES: usize = 3;
        let Some(busiest) = &self.tempo.busiest else { return Vec::new() };
        let spans = &busiest.spans;
        let length = spans.first().map_or(0, |s| s.days());
        let named =
            if length == 1 { "Busiest day".to_owned() } else { format!("Busiest {length} days") };
        if busiest.count == 1 {
            let noun = self.view.rule.noun(1);
            let words = format!("{named}: none hold more than one {noun} for certain");
            return vec![Line::of(Measure::Busiest3Days, words)];
        }
        let others = spans.len().saturating_sub(TIES);
        let mut lines = Vec::new();
        for (i, span) in spans.iter().take(TIES).enumerate() {
            let counts = self.tempo.within(*span);
            let lead = if i == 0 { named.clone() } else { "As busy".to_owned() };
            let mut words = format!("{lead}: {}, {}", words::span(*span), self.events(counts));
            if i + 1 == TIES && others > 0 {
                words.push_str(&format!(", and {} more with as many", words::thousands(others)));
            }
            lines.push(Line::of(Measure::Busiest3Days, words).about(*span, counts));
        }
        lines.extend(self.hours());
        lines
    }

    /// At most what four days in a row may hold, and at least what three of these surely do.
    fn hours(&self) -> Option<Line> {
        let around = self.tempo.busiest_around.as_ref()?;
        let fullest = |days: DaySpan| {
            let lasts = days.first().number() + days.days().min(3) - 1..=days.last().number();
            let runs = lasts.map(|last| {
                let last = Day::from_number(last);
                DaySpan::between(last.plus(1 - days.days().min(3)), last)
            });
            // Of as full ones the first.
            runs.map(|run| (self.tempo.within(run)[0], run)).rev().max_by_key(|(n, _)| *n)
        };
        let of_each = around.spans.iter().filter_map(|days| Some((*days, fullest(*days)?)));
        let (days, (least, run)) = of_each.rev().max_by_key(|(_, (n, _))| *n)?;
        let most = around.count;
        let days = if least == most { run } else { days };
        let count = match most - least {
            0 => self.events([least, 0]),
            more => {
                let or = if more == 1 { "or" } else { "to" };
                let noun = self.view.rule.noun(2);
                format!("{} {or} {} {noun}", thousands(least), thousands(most))
            }
        };
        let words = format!("Busiest 72 hours: {count}, {}", words::span(days));
        Some(Line::of(Measure::Busiest72Hours, words).about(days, [least, most - least]))
    }

    fn longest_quiet(&self) -> Option<Line> {
        if self.tempo.total() < 2 {
            return None;
        }
        let gaps = &self.tempo.gaps;
        let most = *gaps.most.first()?;
        let lead = format!("Longest gap between {}", self.view.rule.noun(2));
        let said = |days| format!("{}, {}", words::days(days), words::span(days));
        let Some(sure) = gaps.sure.first().copied() else {
            let words = format!("{lead}: at most {}{}", said(most), self.longer_ends(most));
            return Some(self.quiet(Measure::LongestQuiet, &words, most));
        };
        let ties = match gaps.sure.len() - 1 {
            0 => String::new(),
            n => format!(", and {} more as long", words::thousands(n)),
        };
        let count = if sure.days() == most.days() {
            format!("{}{ties}", said(sure))
        } else {
            format!("at least {}{ties}; at most {}", said(sure), said(most))
        };
        let words = format!("{lead}: {count}{}", self.longer_ends(sure));
        Some(self.quiet(Measure::LongestQuiet, &words, sure))
    }

    /// How long the record has no event at its start and at its end, where that is longer than a gap.
    fn longer_ends(&self, gap: DaySpan) -> String {
        let [start, end] = self.tempo.ends_without();
        let mut said = String::new();
        for (number, place) in [(start, "begins with"), (end, "ends with")] {
            if number > gap.days() {
                let noun = self.view.rule.noun(2);
                said.push_str(&format!("; the record {place} {} without {noun}", days(number)));
            }
        }
        said
    }

    fn quiet(&self, measure: Measure, words: &str, days: DaySpan) -> Line {
        let words = format!("{words}{}", self.thin(days));
        let line = Line::of(measure, words).about(days, self.tempo.within(days));
        Line { length_halves: Some(2 * days.days()), ..line }
    }

    fn quiet_at_end(&self, last: Day) -> Line {
        let measure = Measure::QuietAtEnd;
        let noun = self.view.rule.noun(1);
        let lead = format!("Without an {noun} in this record up to {}", words::day(last));
        if !self.tempo.record.contains(last) {
            let why = self.not_held(DaySpan::day(last));
            return Line::of(measure, format!("{lead}: {why}"));
        }
        let Some(quiet) = self.tempo.gaps.quiet_at(last) else {
            let words = format!("No {noun} in this record up to {}", words::day(last));
            return Line::of(measure, words);
        };
        let count = if quiet.sure == quiet.most {
            days(quiet.sure)
        } else {
            format!("at least {}, at most {}", days(quiet.sure), days(quiet.most))
        };
        let words = format!("{lead}: {count}");
        if quiet.sure == 0 {
            return Line { length_halves: Some(0), ..Line::of(measure, words) };
        }
        self.quiet(measure, &words, DaySpan::between(quiet.since.plus(1), last))
    }

    fn median_step(&self) -> Option<Line> {
        let gaps = &self.tempo.gaps;
        let halves = gaps.median_step_halves?;
        let half = if halves % 2 == 0 { "" } else { ".5" };
        let days = if halves == 2 { "day" } else { "days" };
        let noun = self.view.rule.noun(1);
        let words = format!(
            "Median step from one day with an {noun} to the next: {}{half} {days}",
            halves / 2
        );
        Some(Line { length_halves: Some(halves), ..Line::of(Measure::MedianStep, words) })
    }

    fn bursts(&self) -> Vec<Line> {
        let bursts = &self.tempo.bursts.all;
        if bursts.is_empty() {
            let known = self.tempo.total() - self.tempo.imprecise;
            let why = if known < LEAST_EVENTS {
                format!(": fewer than {LEAST_EVENTS} {}", self.view.rule.noun(2))
            } else {
                String::new()
            };
            return vec![Line::of(Measure::Burst, format!("No burst{why}"))];
        }
        bursts.iter().map(|burst| self.burst(burst)).collect()
    }

    fn burst(&self, burst: &Burst) -> Line {
        // What the days hold, so that it is what a window on them shows: also events known only to some of them.
        let counts = self.tempo.within(burst.days);
        let (level, days) = (burst.level, words::span(burst.days));
        let noun = self.view.rule.noun(usize::try_from(burst.events).unwrap_or(0));
        let dated = format!("{} {noun} dated to the day", thousands(burst.events));
        let count = match counts {
            [certain, 0] if certain == burst.events => self.events(counts),
            [certain, p] if certain == burst.events => {
                format!("{dated} (and {} more possible)", thousands(p))
            }
            _ => format!("{dated}, {} with those dated less exactly", number(counts)),
        };
        let words = format!("Burst (level {level}): {days}, {count}");
        let line = Line::of(Measure::Burst, words).about(burst.days, counts);
        Line { level: Some(level), ..line }
    }

    /// "9 attacks", "9 attacks (and 2 more possible)", "2 possible attacks", "no attacks".
    fn events(&self, [certain, possible]: [u32; 2]) -> String {
        let noun = |n: u32| self.view.rule.noun(usize::try_from(n).unwrap_or(0));
        match (certain, possible) {
            (0, 0) => format!("no {}", noun(0)),
            (0, p) => format!("{} possible {}", thousands(p), noun(p)),
            (c, 0) => format!("{} {}", thousands(c), noun(c)),
            (c, p) => format!("{} {} (and {} more possible)", thousands(c), noun(c), thousands(p)),
        }
    }

    /// That the record is thin in some days, where it is.
    fn thin(&self, days: DaySpan) -> &'static str {
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
    fn not_held(&self, days: DaySpan) -> String {
        let record = self.tempo.record;
        if days.first() < record.first() {
            format!("no number, as the record begins on {}", words::day(record.first()))
        } else {
            format!("no number, as the record ends on {}", words::day(record.last()))
        }
    }
}

/// "4", "4 (and 2 more possible)", "2 possible".
fn number([certain, possible]: [u32; 2]) -> String {
    match (certain, possible) {
        (c, 0) => thousands(c),
        (0, p) => format!("{} possible", thousands(p)),
        (c, p) => format!("{} (and {} more possible)", thousands(c), thousands(p)),
    }
}

fn days(number: i32) -> String {
    match number {
        1 => "1 day".to_owned(),
        n => format!("{} days", words::thousands(usize::try_from(n).unwrap_or(0))),
    }
}

fn thousands(number: u32) -> String {
    words::thousands(usize::try_from(number).unwrap_or(usize::MAX))
}

/// "50% more", "50% fewer", "as many": only where both numbers are certain and large enough to bear it.
fn percent(was: [u32; 2], now: [u32; 2]) -> Option<String> {
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
