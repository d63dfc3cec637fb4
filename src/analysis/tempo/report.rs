//! The pace of events in words: what panel and command line say alike.

use super::{Burst, Busiest, GAMMA, LEAST_EVENTS, RATIO, Tempo};
use crate::analysis::coverage::notes_of;
use crate::analysis::{Mode, View, words};
use crate::domain::{Dataset, Day, DaySpan};

/// What a line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The window against the days before.
    Before,
    /// The last seven days of the window.
    Last7Days,
    /// The last thirty days of the window.
    Last30Days,
    /// The quiet up to the end of the window.
    QuietAtEnd,
    /// The three days in a row with most events.
    Busiest3Days,
    /// What 72 hours hold at least and at most.
    Busiest72Hours,
    /// The longest quiet.
    LongestQuiet,
    /// The median number of days from one day with an event to the next.
    MedianStep,
    /// A burst.
    Burst,
}

impl Measure {
    /// Word in results.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Last7Days => "last-7-days",
            Self::Last30Days => "last-30-days",
            Self::Busiest3Days => "busiest-3-days",
            Self::Busiest72Hours => "busiest-72-hours",
            Self::LongestQuiet => "longest-quiet",
            Self::QuietAtEnd => "quiet-at-end",
            Self::MedianStep => "median-step",
            Self::Burst => "burst",
        }
    }

    /// How it is counted.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Self::Before => {
                "The window against as many days directly before it. Where the record does not hold \
                 both there is no number. A percentage only where both counts are certain and 10 or more."
            }
            Self::Last7Days | Self::Last30Days => {
                "The days that end with the last day of the window, both ends counted. An event known only to \
                 several days is certain where all of them lie in it, else possible."
            }
            Self::Busiest3Days => {
                "Three calendar days in a row: of all that begin on a day of an event, those with most \
                 events that surely happened in them. All that hold as many are said."
            }
            Self::Busiest72Hours => {
                "Hours are known of some events only, so this is a range. Any three calendar days are \
                 72 hours, so it is at least the busiest three days; and 72 hours touch at most four calendar \
                 days, so it is at most the most that four days hold, possible events included."
            }
            Self::LongestQuiet => {
                "The longest run of days without an event, between the first event and the last. At least: no event can \
                 have happened in it. At most: events known only to several days need not have happened in it. \
                 Absence from the record is not calm."
            }
            Self::QuietAtEnd => {
                "Days without an event up to the last day of the window, that day included. Absence from \
                 the record is not calm."
            }
            Self::MedianStep => {
                "From each day with an event known to the day to the next such day; half of these steps \
                 are as long or shorter."
            }
            Self::Burst => {
                "After J. Kleinberg, Bursty and Hierarchical Structure in Streams (KDD 2002; Data Mining and \
                 Knowledge Discovery 7, 2003). At level i events are expected at the mean rate of the record times 2^i \
                 (s = 2); each level up costs the logarithm of the number of events (gamma = 1); the cheapest way \
                 through the levels is taken, with the Poisson likelihood of the count of each day. A burst \
                 lies within one of the level below. Only events known to the day count, and only where there \
                 are 10 or more."
            }
        }
    }
}

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
    lines.extend(told.longest_quiet());
    lines.extend(told.median_step());
    lines.extend(told.bursts());
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
            " {} {} known only to several days {} in no burst and no median.",
            thousands(n),
            view.rule.noun(usize::try_from(n).unwrap_or(0)),
            if n == 1 { "is" } else { "are" },
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
        let named = match before.days() {
            1 => "Against the day before".to_owned(),
            _ => format!("Against the {} before", words::days(before)),
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
        let named = format!("Last {} of the window", words::days(days));
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
        lines.extend(self.hours(busiest));
        lines
    }

    fn hours(&self, busiest: &Busiest) -> Option<Line> {
        let around = self.tempo.busiest_around.as_ref()?;
        let days = *around.spans.first()?;
        let (least, most) = (busiest.count, around.count);
        let words = if least == most {
            format!(
                "Busiest 72 hours: {}, {}",
                self.events([least, 0]),
                words::span(busiest.spans[0])
            )
        } else {
            let or = if most == least + 1 { "or" } else { "to" };
            let noun = self.view.rule.noun(2);
            format!(
                "Busiest 72 hours: {} {or} {} {noun}, {}",
                thousands(least),
                thousands(most),
                words::span(days)
            )
        };
        let days = if least == most { busiest.spans[0] } else { days };
        Some(Line::of(Measure::Busiest72Hours, words).about(days, [least, most - least]))
    }

    fn longest_quiet(&self) -> Option<Line> {
        if self.tempo.total() < 2 {
            return None;
        }
        let gaps = &self.tempo.gaps;
        let most = *gaps.most.first()?;
        let Some(sure) = gaps.sure.first().copied() else {
            let words =
                format!("Longest quiet: at most {}, {}", words::days(most), words::span(most));
            return Some(self.quiet(Measure::LongestQuiet, &words, most));
        };
        let ties = match gaps.sure.len() - 1 {
            0 => String::new(),
            n => format!(", and {} more as long", words::thousands(n)),
        };
        let words = if sure.days() == most.days() {
            format!("Longest quiet: {}, {}{ties}", words::days(sure), words::span(sure))
        } else {
            format!(
                "Longest quiet: at least {}, {}{ties}; at most {}, {}",
                words::days(sure),
                words::span(sure),
                words::days(most),
                words::span(most),
            )
        };
        Some(self.quiet(Measure::LongestQuiet, &words, sure))
    }

    fn quiet(&self, measure: Measure, words: &str, days: DaySpan) -> Line {
        let words = format!("{words}{}", self.thin(days));
        let line = Line::of(measure, words).about(days, self.tempo.within(days));
        Line { length_halves: Some(2 * days.days()), ..line }
    }

    fn quiet_at_end(&self, last: Day) -> Line {
        let measure = Measure::QuietAtEnd;
        let lead = format!("Quiet up to {}", words::day(last));
        if !self.tempo.record.contains(last) {
            let why = self.not_held(DaySpan::day(last));
            return Line::of(measure, format!("{lead}: {why}"));
        }
        let Some(quiet) = self.tempo.gaps.quiet_at(last) else {
            let noun = self.view.rule.noun(1);
            return Line::of(measure, format!("{lead}: no {noun} yet in the record"));
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
        let words = format!("Burst (level {level}): {days}, {}", self.events(counts));
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
