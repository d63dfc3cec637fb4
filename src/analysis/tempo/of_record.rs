//! The lines about the whole record: its busiest hours and days, the gaps between events, and bursts.

use super::report::{Cells, Line};
use super::told::{Told, days, number, per_day, thousands};
use super::{Burst, LEAST_EVENTS, Measure};
use crate::analysis::words;
use crate::domain::{Day, DaySpan};

/// Runs of days that hold as many as the first and have a line of their own; others are counted.
const TIES: usize = 3;

impl Told<'_> {
    /// The busiest hours, then the busiest days.
    pub(super) fn busiest(&self) -> Vec<Line> {
        let Some(busiest) = &self.tempo.busiest else { return Vec::new() };
        let spans = &busiest.spans;
        let length = spans.first().map_or(0, |s| s.days());
        let named =
            if length == 1 { "Busiest day".to_owned() } else { format!("Busiest {length} days") };
        if busiest.count == 1 {
            let noun = self.view.rule.noun(1);
            let words = format!("{named}: none hold more than one {noun} for certain");
            let cells = Cells { value: "at most 1 for certain".to_owned(), ..Cells::named(&named) };
            return vec![Line::of(Measure::Busiest3Days, words, cells)];
        }
        let others = spans.len().saturating_sub(TIES);
        let mut lines: Vec<Line> = self.hours().into_iter().collect();
        for (i, span) in spans.iter().take(TIES).enumerate() {
            let counts = self.tempo.within(*span);
            let lead = if i == 0 { &named } else { "As busy" };
            let more = if i + 1 == TIES && others > 0 {
                format!(", and {} more with as many", words::thousands(others))
            } else {
                String::new()
            };
            let words = format!("{lead}: {}, {}{more}", words::span(*span), self.events(counts));
            let cells = Cells {
                value: Cells::count(counts),
                note: Cells::aside(&more),
                ..Cells::named(lead)
            };
            lines.push(Line::of(Measure::Busiest3Days, words, cells).about(*span, counts));
        }
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
        let value = match most - least {
            0 => thousands(least),
            1 => format!("{} or {}", thousands(least), thousands(most)),
            _ => format!("{} to {}", thousands(least), thousands(most)),
        };
        let noun = self.view.rule.noun(if most == 1 { 1 } else { 2 });
        let sure = self.tempo.busiest.as_ref().map_or(0, |busiest| busiest.count);
        let elsewhere = if sure > least {
            format!("; other days hold {} for certain", thousands(sure))
        } else {
            String::new()
        };
        let words = format!("Busiest 72 hours: {value} {noun}, {}{elsewhere}", words::span(days));
        let note = Cells::aside(&elsewhere);
        let cells = Cells { value, note, ..Cells::named("Busiest 72 hours") };
        let counts = [least, most - least];
        Some(Line::of(Measure::Busiest72Hours, words, cells).about(days, counts))
    }

    pub(super) fn longest_quiet(&self) -> Option<Line> {
        if self.tempo.total() < 2 {
            return None;
        }
        let gaps = &self.tempo.gaps;
        let most = *gaps.most.first()?;
        let lead = format!("Longest gap between {}", self.view.rule.noun(2));
        let cells = |value: String, note: &str| Cells {
            value,
            note: Cells::aside(note),
            ..Cells::named("Longest gap")
        };
        let said = |days| format!("{}, {}", words::days(days), words::span(days));
        let Some(sure) = gaps.sure.first().copied() else {
            let ends = self.longer_ends(most);
            let words = format!("{lead}: at most {}{ends}", said(most));
            let cells = cells(format!("at most {}", words::days(most)), &ends);
            return Some(self.quiet(Measure::LongestQuiet, &words, cells, most));
        };
        let ties = match gaps.sure.len() - 1 {
            0 => String::new(),
            n => format!(", and {} more as long", words::thousands(n)),
        };
        let (count, value) = if sure.days() == most.days() {
            (format!("{}{ties}", said(sure)), words::days(sure))
        } else {
            let count = format!("at least {}{ties}; at most {}", said(sure), said(most));
            (count, format!("{} to {}", sure.days(), words::days(most)))
        };
        let ends = self.longer_ends(sure);
        let words = format!("{lead}: {count}{ends}");
        let cells = cells(value, &format!("{ties}{ends}"));
        Some(self.quiet(Measure::LongestQuiet, &words, cells, sure))
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

    /// A line about days without an event.
    pub(super) fn quiet(&self, measure: Measure, words: &str, cells: Cells, days: DaySpan) -> Line {
        let thin = self.thin(days);
        let note = Cells::aside(&format!("; {}{thin}", cells.note));
        let cells = Cells { note, ..cells };
        let line = Line::of(measure, format!("{words}{thin}"), cells);
        let line = line.about(days, self.tempo.within(days));
        Line { length_halves: Some(2 * days.days()), ..line }
    }

    pub(super) fn median_step(&self) -> Option<Line> {
        let gaps = &self.tempo.gaps;
        let halves = gaps.median_step_halves?;
        let half = if halves % 2 == 0 { "" } else { ".5" };
        let days = if halves == 2 { "day" } else { "days" };
        let noun = self.view.rule.noun(1);
        let value = format!("{}{half} {days}", halves / 2);
        let words = format!("Median step from one day with an {noun} to the next: {value}");
        let cells = Cells { value, ..Cells::named(&format!("Median step between {noun} days")) };
        Some(Line { length_halves: Some(halves), ..Line::of(Measure::MedianStep, words, cells) })
    }

    pub(super) fn bursts(&self) -> Vec<Line> {
        let bursts = &self.tempo.bursts.all;
        if bursts.is_empty() {
            let known = self.tempo.total() - self.tempo.imprecise;
            let value = if known < LEAST_EVENTS {
                format!("fewer than {LEAST_EVENTS} {}", self.view.rule.noun(2))
            } else {
                String::new()
            };
            let why = if value.is_empty() { String::new() } else { format!(": {value}") };
            let cells = Cells { value, ..Cells::named("No burst") };
            return vec![Line::of(Measure::Burst, format!("No burst{why}"), cells)];
        }
        bursts.iter().map(|burst| self.burst(burst)).collect()
    }

    pub(super) fn burst(&self, burst: &Burst) -> Line {
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
        let cells = Cells {
            value: Cells::count(counts),
            per_day: per_day(counts[0], burst.days),
            ..Cells::named(&format!("Burst (level {level})"))
        };
        let line = Line::of(Measure::Burst, words, cells).about(burst.days, counts);
        Line { level: Some(level), ..line }
    }
}
