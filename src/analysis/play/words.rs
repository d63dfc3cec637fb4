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
        n => notes.push(format!("{} possible in these days", words::thousands(n))),
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

/// "30 s", "1.2 s", "2 min", "1:30 min".
#[must_use]
pub fn secs(secs: f64) -> String {
    let tenths = (secs * 10.0).round() / 10.0;
    let whole = secs.round();
    if whole >= 60.0 {
        let (minutes, rest) = ((whole / 60.0).floor(), whole % 60.0);
        if rest < 0.5 { format!("{minutes} min") } else { format!("{minutes}:{rest:02} min") }
    } else if tenths >= 20.0 {
        format!("{} s", trimmed(secs.round()))
    } else {
        format!("{} s", trimmed(tenths))
    }
}

/// A length of time as it is typed, in seconds: "90", "90 s", "1:30", "2 min", "1.5 min".
#[must_use]
pub fn typed_secs(text: &str) -> Option<f64> {
    let text = text.trim().to_lowercase();
    let cut = |units: &[&str]| units.iter().find_map(|unit| text.strip_suffix(unit));
    let number = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok();
    let minutes = cut(&["minutes", "minute", "min", "m"]);
    if let Some((whole, rest)) = minutes.unwrap_or(&text).split_once(':') {
        return Some(number(whole)? * 60.0 + number(rest)?);
    }
    match minutes {
        Some(minutes) => Some(number(minutes)? * 60.0),
        None => number(cut(&["seconds", "second", "secs", "sec", "s"]).unwrap_or(&text)),
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

/// How long a play really takes and how fast it goes: "57 s, 1 s = 20.3 days", or "1.2 s an event".
#[must_use]
pub fn pace(spec: &PlaySpec, schedule: &Schedule) -> String {
    let speed = speed(spec, schedule.days_per_sec());
    if spec.pace == Pace::EachEvent {
        speed
    } else {
        format!("{}, {speed}", secs(schedule.total_secs()))
    }
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
    match deviation(spec, schedule) {
        Some(why) => format!("{takes}: {why}"),
        None => takes,
    }
}

/// Why a play does not take the time that was chosen, if it does not.
#[must_use]
pub fn deviation(spec: &PlaySpec, schedule: &Schedule) -> Option<String> {
    deviation_from(&secs(spec.whole.secs()), schedule)
}

/// The same where what was chosen is said in other words.
#[must_use]
pub fn deviation_from(chosen: &str, schedule: &Schedule) -> Option<String> {
    if schedule.is_longer_than_asked() {
        Some(format!("longer than the {chosen} chosen, so that each event can be seen"))
    } else if schedule.is_shorter_than_asked() {
        Some(format!("shorter than the {chosen} chosen, as all has been seen by then"))
    } else {
        None
    }
}

/// What is said of a record without an event.
pub const NOTHING: [&str; 2] = ["No events", "Nothing to play"];

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
        for (n, said) in [
            (30.0, "30 s"),
            (1.2, "1.2 s"),
            (59.7, "1 min"),
            (120.0, "2 min"),
            (90.0, "1:30 min"),
            (65.0, "1:05 min"),
            (3600.0, "60 min"),
        ] {
            assert_eq!(secs(n), said);
        }
    }

    #[test]
    fn a_time_is_typed_in_seconds_or_minutes_and_read_as_it_is_said() {
        for (typed, wanted) in [
            ("90", Some(90.0)),
            ("1.2 s", Some(1.2)),
            ("1,5 min", Some(90.0)),
            ("2m", Some(120.0)),
            ("1:30", Some(90.0)),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(typed_secs(typed), wanted, "{typed}");
        }
        for n in [0.6, 1.2, 30.0, 60.0, 90.0, 125.0, 3600.0] {
            assert_eq!(typed_secs(&secs(n)), Some(n));
        }
    }
}
