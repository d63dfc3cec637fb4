//! The lines about the window: against the days before it, the days up to its end, and how long there was no event
//! by then.

use super::report::{Cells, Line};
use super::told::{Told, days, number, percent};
use super::{Measure, QuietEnd};
use crate::analysis::words;
use crate::domain::{Day, DaySpan};

impl Told<'_> {
    pub(super) fn change(&self, window: DaySpan) -> Line {
        let before = DaySpan::between(window.first().plus(-window.days()), window.first().plus(-1));
        let first = words::day(window.first());
        let (named, name) = match before.days() {
            1 => (format!("Against the day before {first}"), "Against the day before".to_owned()),
            _ => (
                format!("Against the {} before {first}", words::days(before)),
                format!("Against the {} before", words::days(before)),
            ),
        };
        let Some(change) = self.tempo.change(window) else {
            let words = format!("{named}: {}", self.not_held(before));
            return Line::of(Measure::Before, words, self.no_number(&name, before));
        };
        let [now, was] = [change.now, change.was];
        let percent = percent(was, now).map_or_else(String::new, |p| format!(" ({p})"));
        let thin = self.thin(before);
        let words = format!("{named}: {}, was {}{percent}{thin}", self.events(now), number(was));
        let cells = Cells {
            value: format!("{}, was {}{percent}", Cells::count(now), Cells::count(was)),
            note: Cells::aside(thin),
            ..Cells::named(&name)
        };
        Line::of(Measure::Before, words, cells).about(before, was)
    }

    pub(super) fn last_days(&self, measure: Measure, which: usize, last: Day) -> Line {
        let rolling = &self.tempo.rolling[which];
        let days = rolling.span(last);
        let named =
            format!("{} up to {}", words::capitalised(&words::days(days)), words::day(last));
        let name = words::capitalised(&words::days(days));
        match rolling.ending(last) {
            None => {
                let words = format!("{named}: {}", self.not_held(days));
                Line::of(measure, words, self.no_number(&name, days))
            }
            Some(counts) => {
                let words = format!("{named}: {}", self.events(counts));
                let cells = Cells { value: Cells::count(counts), ..Cells::named(&name) };
                Line::of(measure, words, cells).about(days, counts)
            }
        }
    }

    pub(super) fn quiet_at_end(&self, last: Day) -> Line {
        let measure = Measure::QuietAtEnd;
        let noun = self.view.rule.noun(1);
        // What a filter holds back may well have happened in these days.
        let (such, of) = if self.view.filter.is_empty() {
            ("an", "in this record")
        } else {
            ("such an", "that the filter lets through")
        };
        let name = format!("Days without {such} {noun} by then");
        let lead = format!("Without an {noun} {of} up to {}", words::day(last));
        if !self.tempo.record.contains(last) {
            let days = DaySpan::day(last);
            let words = format!("{lead}: {}", self.not_held(days));
            return Line::of(measure, words, self.no_number(&name, days));
        }
        let Some(quiet) = self.tempo.gaps.quiet_at(last) else {
            let words = format!("No {noun} {of} up to {}", words::day(last));
            let value = format!("no {noun} yet");
            return Line::of(measure, words, Cells { value, ..Cells::named(&name) });
        };
        let QuietEnd { sure, most, since } = quiet;
        let count = if sure == most {
            days(sure)
        } else {
            format!("at least {}, at most {}", days(sure), days(most))
        };
        let value = if sure == most { sure.to_string() } else { format!("{sure} to {most}") };
        let words = format!("{lead}: {count}");
        let cells = Cells { value, ..Cells::named(&name) };
        if sure == 0 {
            return Line { length_halves: Some(0), ..Line::of(measure, words, cells) };
        }
        self.quiet(measure, &words, cells, DaySpan::between(since.plus(1), last))
    }
}
