//! Days, spans and counts as people read them.

use super::{Mode, Record, Selection, View};
use crate::domain::{
    Code as _, CountRange, Dataset, DatePrecision, Day, DaySpan, Direction, EventDate, SiteIndex,
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month_name(day: Day) -> &'static str {
    usize::try_from(day.date().month() - 1).ok().and_then(|i| MONTHS.get(i)).copied().unwrap_or("")
}

/// "5 January 2022".
#[must_use]
pub fn day(day: Day) -> String {
    format!("{} {} {}", day.date().day(), month_name(day), day.date().year())
}

/// "5 Jan 2022".
#[must_use]
pub fn day_short(day: Day) -> String {
    let name: String = month_name(day).chars().take(3).collect();
    format!("{} {name} {}", day.date().day(), day.date().year())
}

/// "Wednesday".
#[must_use]
pub fn weekday(day: Day) -> String {
    format!("{:?}", day.date().weekday())
}

/// "Jan 2022".
#[must_use]
pub fn month_short(day: Day) -> String {
    let name: String = month_name(day).chars().take(3).collect();
    format!("{name} {}", day.date().year())
}

/// "January 2022".
#[must_use]
pub fn month(day: Day) -> String {
    format!("{} {}", month_name(day), day.date().year())
}

/// "3 to 6 January 2022", as short as it can be said; whole months and years by their name.
#[must_use]
pub fn span(span: DaySpan) -> String {
    span_named(span, month_name)
}

/// "3 to 6 Jan 2022": the same with short names of months.
#[must_use]
pub fn span_short(span: DaySpan) -> String {
    span_named(span, |day| month_name(day).get(..3).unwrap_or(""))
}

fn span_named(span: DaySpan, name: fn(Day) -> &'static str) -> String {
    let (a, b) = (span.first(), span.last());
    let (da, db) = (a.date(), b.date());
    let month = |day: Day| format!("{} {}", name(day), day.date().year());
    let day = |day: Day| format!("{} {}", day.date().day(), month(day));
    if a == b {
        return day(a);
    }
    let whole_months = da.day() == 1 && db.day() == db.days_in_month();
    if whole_months && da.month() == 1 && db.month() == 12 {
        return if da.year() == db.year() {
            da.year().to_string()
        } else {
            format!("{} to {}", da.year(), db.year())
        };
    }
    if whole_months {
        return match (da.year() == db.year(), da.month() == db.month()) {
            (true, true) => month(a),
            (true, false) => format!("{} to {}", name(a), month(b)),
            _ => format!("{} to {}", month(a), month(b)),
        };
    }
    match (da.year() == db.year(), da.month() == db.month()) {
        (true, true) => format!("{} to {}", da.day(), day(b)),
        (true, false) => format!("{} {} to {}", da.day(), name(a), day(b)),
        _ => format!("{} to {}", day(a), day(b)),
    }
}

/// "4 days".
#[must_use]
pub fn days(span: DaySpan) -> String {
    match span.days() {
        1 => "1 day".to_owned(),
        n => format!("{} days", thousands(usize::try_from(n).unwrap_or(0))),
    }
}

/// "14, and 2 more possible", "14" or "2 possible".
#[must_use]
pub fn count(certain: usize, possible: usize) -> String {
    match (certain, possible) {
        (c, 0) => thousands(c),
        (0, p) => format!("{} possible", thousands(p)),
        (c, p) => format!("{}, and {} more possible", thousands(c), thousands(p)),
    }
}

/// "12,345".
#[must_use]
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// "2,500", "2,000–2,500" or "at least 2,000".
#[must_use]
pub fn large_count(count: CountRange) -> String {
    let number = |n: u32| thousands(usize::try_from(n).unwrap_or(0));
    match count.high() {
        Some(high) if high == count.low() => number(high),
        Some(high) => format!("{}–{}", number(count.low()), number(high)),
        None => format!("at least {}", number(count.low())),
    }
}

/// The date of an event with its precision: "5 January 2022, early", "between 5 and 6 January 2022".
#[must_use]
pub fn event_date(date: &EventDate) -> String {
    let base = match date.precision {
        DatePrecision::Span | DatePrecision::Week if date.span.days() > 1 => {
            format!("between {}", span(date.span).replacen(" to ", " and ", 1))
        }
        DatePrecision::Month | DatePrecision::Year => format!("in {}", span(date.span)),
        DatePrecision::Unknown => {
            format!("date unknown, between {}", span(date.span).replacen(" to ", " and ", 1))
        }
        _ => span(date.span),
    };
    match date.local_time.as_deref() {
        Some(time) => format!("{base}, {time}"),
        None => base,
    }
}

/// The window and mode of a view in one line: "3 to 6 January 2022, 4 days".
#[must_use]
pub fn window(dataset: &Record, view: &View) -> String {
    if dataset.extent().is_none() {
        return "Empty record".to_owned();
    }
    let shown = view.shown_span(dataset);
    match view.mode {
        Mode::Window => format!("{}, {}", span(shown), days(shown)),
        Mode::SinceStart => format!("Since {}, until {}", day(shown.first()), day(shown.last())),
        Mode::Day => day(shown.last()),
    }
}

/// The mode "since start" of a view: "since 11 October 2019, before 3 January 2022 paler".
#[must_use]
pub fn since_start(dataset: &Record, view: &View) -> String {
    let shown = view.shown_span(dataset);
    let since = format!("since {}", day(shown.first()));
    if shown.first() < view.window.first() {
        format!("{since}, before {} paler", day(view.window.first()))
    } else {
        since
    }
}

/// The count of a selection in one line: "9 attacks at 4 sites, and 2 more possible".
#[must_use]
pub fn total(view: &View, selection: &Selection) -> String {
    let (certain, possible) = (selection.certain(), selection.possible());
    if certain + possible == 0 {
        return format!("no {}", view.rule.noun(0));
    }
    let sites = selection.sites();
    let places =
        if sites == 1 { "1 site".to_owned() } else { format!("{} sites", thousands(sites)) };
    if certain == 0 {
        return format!(
            "{} possible {} at {places}",
            thousands(possible),
            view.rule.noun(possible)
        );
    }
    let base = format!("{} {} at {places}", thousands(certain), view.rule.noun(certain));
    if possible == 0 { base } else { format!("{base}, and {} more possible", thousands(possible)) }
}

/// "1 problem in the data", "12 problems in the data".
#[must_use]
pub fn problems(number: usize) -> String {
    let noun = if number == 1 { "problem" } else { "problems" };
    format!("{} {noun} in the data", thousands(number))
}

/// "1 remark".
#[must_use]
pub fn remarks(number: usize) -> String {
    let noun = if number == 1 { "remark" } else { "remarks" };
    format!("{} {noun}", thousands(number))
}

/// What else a reader must know of the numbers: rows that could not be used, events that have no
/// place on the map, days that the record does not cover or in which it is thin. Empty when there is
/// nothing.
#[must_use]
pub fn cautions(dataset: &Record, view: &View, selection: &Selection) -> String {
    let mut told = caution_list(dataset, view, selection);
    let thin = super::coverage::thin(dataset, view.shown_span(dataset));
    if !thin.is_empty() {
        told.push(thin);
    }
    told.join(" ")
}

/// [`cautions`], a sentence each, without where the record is thin.
#[must_use]
pub fn caution_list(dataset: &Record, view: &View, selection: &Selection) -> Vec<String> {
    let mut told = Vec::new();
    if dataset.is_beginning {
        let rows = thousands(dataset.events.len());
        told.push(format!(
            "These are only the first {rows} events of the file: it was not read to its end."
        ));
    }
    match selection.disputed() {
        0 => {}
        1 => told.push("1 of those shown is contested or denied.".to_owned()),
        n => told.push(format!("{} of those shown are contested or denied.", thousands(n))),
    }
    match dataset.rows_left_out {
        0 => {}
        1 => told.push("1 row of the data could not be used.".to_owned()),
        n => told.push(format!("{} rows of the data could not be used.", thousands(n))),
    }
    if selection.left_out.no_position > 0 {
        let n = selection.left_out.no_position;
        let verb = if n == 1 { "has" } else { "have" };
        told.push(format!(
            "{} of those shown {verb} no position and {} not drawn.",
            thousands(n),
            if n == 1 { "is" } else { "are" }
        ));
    }
    if let Some(extent) = dataset.extent().filter(|e| !e.encloses(view.window)) {
        told.push(format!("The record covers {} only.", span(extent)));
    }
    told
}

/// A name with its count in brackets: "Green Zone, Baghdad (29)", "Koya (Koysinjaq) with 2".
#[must_use]
pub fn with_count(name: &str, certain: usize, possible: usize) -> String {
    let count = count(certain, possible);
    if name.ends_with(')') { format!("{name} with {count}") } else { format!("{name} ({count})") }
}

/// Who says so: "Told by 31 reports from 22 publications."; empty without a report.
#[must_use]
pub fn sources(dataset: &Dataset, selection: &Selection) -> String {
    let reports = || selection.iter().flat_map(|s| dataset.reports_of(s.event));
    let publications: std::collections::BTreeSet<_> = reports().map(|r| r.source).collect();
    let plural = |n: usize, one: &str| {
        if n == 1 { format!("1 {one}") } else { format!("{} {one}s", thousands(n)) }
    };
    match reports().count() {
        0 => String::new(),
        n => format!(
            "Told by {} from {}.",
            plural(n, "report"),
            plural(publications.len(), "publication")
        ),
    }
}

/// What the view leaves out, in words; `None` when nothing is.
#[must_use]
pub fn left_out(view: &View, selection: &Selection) -> Option<String> {
    let l = selection.left_out;
    let mut parts = Vec::new();
    if l.rule_total() > 0 {
        let kinds = Direction::ALL.iter().map(|kind| kind.label()).zip(l.by_rule);
        let kinds: Vec<_> = std::iter::once((view.rule.shortfall(), l.short_of_rule))
            .chain(kinds)
            .filter(|(_, n)| *n > 0)
            .map(|(kind, n)| format!("{kind}: {}", thousands(n)))
            .collect();
        parts.push(format!(
            "{} not counted by the rule \"{}\" ({})",
            thousands(l.rule_total()),
            view.rule.short_label().to_lowercase(),
            kinds.join(", ")
        ));
    }
    let holder = || view.filter.held_back_by();
    if l.by_both > 0 {
        parts.push(format!("{} kept out by the rule and {}", thousands(l.by_both), holder()));
    }
    if l.by_filter > 0 {
        parts.push(format!("{} held back by {}", thousands(l.by_filter), holder()));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The name of several sites that are drawn as one: "Green Zone and 8 more".
#[must_use]
pub fn site_group(dataset: &Dataset, sites: &[SiteIndex]) -> String {
    match sites {
        [] => String::new(),
        [one] => dataset.site(*one).name.clone(),
        [first, rest @ ..] => format!("{} and {} more", dataset.site(*first).name, rest.len()),
    }
}

/// The words with a capital first letter.
#[must_use]
pub fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + chars.as_str())
}

/// "a", "a and b" or "a, b and c"; with semicolons where one of them has a comma.
#[must_use]
pub fn listed(parts: &[String]) -> String {
    let comma = if parts.iter().any(|part| part.contains(',')) { "; " } else { ", " };
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first, last] if comma == ", " => format!("{first} and {last}"),
        [before @ .., last] if comma == ", " => format!("{} and {last}", before.join(comma)),
        [before @ .., last] => format!("{}; and {last}", before.join(comma)),
    }
}

/// The words with a small first letter, where that is of a word and no abbreviation.
#[must_use]
pub fn in_sentence(words: &str) -> String {
    let mut chars = words.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().collect::<String>() + chars.as_str()
        }
        _ => words.to_owned(),
    }
}

/// A time zone as people say it.
#[must_use]
pub fn zone(name: &str) -> &str {
    match name {
        "Asia/Baghdad" => "Baghdad time",
        "" => "the time of the file",
        other => other,
    }
}

/// A country's name for its code, else the code.
#[must_use]
pub fn place_code(code: &str) -> String {
    match code {
        "IQ" => "Iraq".to_owned(),
        "SY" => "Syria".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str, expected: &str) {
        let s = DaySpan::inclusive(Day::parse(from).unwrap(), Day::parse(to).unwrap()).unwrap();
        assert_eq!(span(s), expected);
    }

    #[test]
    fn a_span_is_said_as_shortly_as_it_can_be() {
        check("2022-01-05", "2022-01-05", "5 January 2022");
        check("2022-01-03", "2022-01-06", "3 to 6 January 2022");
        check("2021-12-30", "2022-01-06", "30 December 2021 to 6 January 2022");
        check("2022-01-30", "2022-02-02", "30 January to 2 February 2022");
        check("2020-02-01", "2020-02-29", "February 2020");
        check("2020-01-01", "2020-06-30", "January to June 2020");
        check("2021-01-01", "2021-12-31", "2021");
    }

    #[test]
    fn a_list_is_said_as_people_do() {
        let check = |parts: &[&str], expected: &str| {
            let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            assert_eq!(listed(&parts), expected);
        };
        check(&[], "");
        check(&["a"], "a");
        check(&["a", "b"], "a and b");
        check(&["a", "b", "c"], "a, b and c");
        check(&["a", "b, c"], "a; and b, c");
        check(&["a, b", "c", "d"], "a, b; c; and d");
    }

    #[test]
    fn certain_and_possible_are_never_one_number() {
        assert_eq!(count(14, 2), "14, and 2 more possible");
        assert_eq!(count(0, 1), "1 possible");
        assert_eq!(count(12_345, 0), "12,345");
    }
}
