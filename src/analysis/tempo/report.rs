//! The pace of events in words: what panel and command line say alike.

use super::told::{Told, thousands};
use super::{GAMMA, Measure, RATIO, Tempo};
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
    /// The same as a row of a table.
    pub cells: Cells,
}

/// A line as a row of a table; what it has not is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// What it is: "Busiest 72 hours".
    pub name: String,
    /// The days that it is about: "3 to 6 Jan 2022".
    pub days: String,
    /// Its number, or why there is none; the days of what is measured in days.
    pub value: String,
    /// Certain events a day.
    pub per_day: String,
    /// What must be known with it.
    pub note: String,
}

impl Cells {
    pub(super) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// "59", and with possible ones "59 (+2)".
    pub(super) fn count([certain, possible]: [u32; 2]) -> String {
        match possible {
            0 => thousands(certain),
            p => format!("{} (+{})", thousands(certain), thousands(p)),
        }
    }

    /// What a sentence adds at its end, by itself.
    pub(super) fn aside(words: &str) -> String {
        words.trim_matches([',', ';', ' ']).trim_start_matches("and ").to_owned()
    }
}

impl Line {
    pub(super) fn of(measure: Measure, words: String, cells: Cells) -> Self {
        Self { measure, days: None, counts: None, length_halves: None, level: None, words, cells }
    }

    pub(super) fn about(self, days: DaySpan, counts: [u32; 2]) -> Self {
        let cells = Cells { days: words::span_short(days), ..self.cells };
        Self { days: Some(days), counts: Some(counts), cells, ..self }
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
    if tempo.imprecise > 0 {
        notes.push_str(&format!(
            " Bursts and median are found without the {} {} known only to several days.",
            thousands(tempo.imprecise),
            view.rule.noun(usize::try_from(tempo.imprecise).unwrap_or(0)),
        ));
        notes.push_str(
            " \"(+2)\" is two more that are possible, and only what is certain is counted a day.",
        );
    }
    if tempo.bursts.base_per_day > 0.0 {
        notes.push_str(&format!(
            " Bursts: Kleinberg 2002, s = {RATIO}, gamma = {GAMMA}, base rate {:.3} {noun} a day.",
            tempo.bursts.base_per_day,
        ));
    }
    notes
}
