//! What is said of a play.

use super::{Pace, PlayRange, PlaySpec, Quiet, Schedule, Through};
use crate::analysis::{Record, View, coverage, words};
use crate::domain::DaySpan;

/// What a card says of a quiet spell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuietWords {
    /// "23 days without an attack in the record".
    pub headline: String,
    /// "4 to 26 May 2020".
    pub days: String,
    /// What else must be known of it, a line each.
    pub notes: Vec<String>,
}

/// What a card says of a quiet spell.
#[must_use]
pub fn quiet(record: &Record, view: &View, through: &Through, quiet: Quiet) -> QuietWords {
    let noun = view.rule.noun(1);
    let with = match through {
        Through::Every => " in the record".to_owned(),
        Through::Sites(_) => format!(" at {}", places(record, through)),
        Through::Harmed => " with wounded or killed".to_owned(),
        Through::Killed => " with killed".to_owned(),
    };
    let mut notes = Vec::new();
    if !view.filter.is_empty() {
        notes.push(format!("Only {}", view.filter.words(record)));
    }
    match quiet.possible {
        0 => {}
        1 => notes.push("1 more may lie in these days".to_owned()),
        n => notes.push(format!("{} more may lie in these days", words::thousands(n))),
    }
    if coverage::notes_of(record, quiet.days).any(|note| note.filter.is_none()) {
        notes.push("The record is thin here".to_owned());
    }
    QuietWords {
        headline: format!("{} without an {noun}{with}", words::days(quiet.days)),
        days: words::span(quiet.days),
        notes,
    }
}

/// The name of the sites whose events are gone through; empty when it is no matter of sites.
#[must_use]
pub fn places(record: &Record, through: &Through) -> String {
    let Through::Sites(ids) = through else { return String::new() };
    let sites: Vec<_> = ids.iter().filter_map(|id| record.find_site(id)).collect();
    words::site_group(record, &sites)
}

/// "30 s", "1.2 s", "2 min".
#[must_use]
pub fn secs(secs: f64) -> String {
    let tenths = (secs * 10.0).round() / 10.0;
    if tenths >= 60.0 && (tenths % 60.0).abs() < 0.05 {
        format!("{} min", trimmed(tenths / 60.0))
    } else if tenths >= 20.0 {
        format!("{} s", trimmed(secs.round()))
    } else {
        format!("{} s", trimmed(tenths))
    }
}

/// How fast it goes: "1 s = 4.2 days", or "1.2 s an event".
#[must_use]
pub fn speed(spec: &PlaySpec, days_per_sec: f64) -> String {
    if spec.pace == Pace::EachEvent {
        return format!("{} an event", secs(spec.each.secs()));
    }
    let number = if days_per_sec >= 20.0 {
        trimmed(days_per_sec.round())
    } else if days_per_sec >= 0.95 {
        trimmed((days_per_sec * 10.0).round() / 10.0)
    } else {
        trimmed((days_per_sec * 100.0).round() / 100.0)
    };
    let noun = if number == "1" { "day" } else { "days" };
    format!("1 s = {number} {noun}")
}

/// How fast a spec goes through some days, before its schedule is known.
#[must_use]
pub fn speed_of(spec: &PlaySpec, extent: DaySpan) -> String {
    speed(spec, f64::from(spec.range.days(extent).days()) / spec.whole.secs())
}

/// How long a play takes, and why if it is longer than asked: "1 min for the whole record".
#[must_use]
pub fn length(spec: &PlaySpec, schedule: &Schedule) -> String {
    let range = match spec.range {
        PlayRange::Record => "the whole record".to_owned(),
        PlayRange::Days(_) => words::span(schedule.range()),
    };
    let takes = format!("{} for {range}", secs(schedule.total_secs()));
    if schedule.is_longer_than_asked() {
        format!("{takes}: longer than asked, so that each event can be seen")
    } else {
        takes
    }
}

fn trimmed(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::play::Secs;

    #[test]
    fn a_speed_is_said_in_days_for_a_second() {
        let spec = PlaySpec::default();
        for (days, said) in [
            (4.2, "1 s = 4.2 days"),
            (39.07, "1 s = 39 days"),
            (1.0, "1 s = 1 day"),
            (0.97, "1 s = 1 day"),
            (0.25, "1 s = 0.25 days"),
        ] {
            assert_eq!(speed(&spec, days), said);
        }
        let each = PlaySpec { pace: Pace::EachEvent, each: Secs::from(1.2), ..spec };
        assert_eq!(speed(&each, 4.2), "1.2 s an event");
        for (n, said) in [(30.0, "30 s"), (1.2, "1.2 s"), (120.0, "2 min"), (90.0, "90 s")] {
            assert_eq!(secs(n), said);
        }
    }
}
