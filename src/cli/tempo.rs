//! `sitrep tally --by tempo`: how the pace of events changes; and `--rolling`, the counts of the last days beside
//! those of each day.

use serde::Serialize;

use super::args::{Resolved, ViewJson, view_json};
use super::events::summary;
use super::format::{Format, to_csv, to_json};
use super::{CliError, output};
use crate::analysis::tempo::{self, Cells, GAMMA, Line, Measure, RATIO};
use crate::analysis::{Group, Selection, Tempo, words};
use crate::domain::{Day, DaySpan};

/// One line on the pace of events.
#[derive(Serialize)]
struct Row {
    measure: &'static str,
    level: Option<u32>,
    from: Option<String>,
    to: Option<String>,
    /// Only for what is measured in days.
    days: Option<Days>,
    /// Events from the first to the last of the days; null where there is no number.
    certain: Option<u32>,
    possible: Option<u32>,
    words: String,
}

const COLUMNS: [&str; 8] =
    ["measure", "level", "from", "to", "days", "certain", "possible", "words"];

/// A number of days, which a median may halve.
#[derive(Serialize)]
#[serde(untagged)]
enum Days {
    Whole(i32),
    Halved(f64),
}

impl Row {
    fn of(line: Line) -> Self {
        let day = |day: fn(DaySpan) -> Day| line.days.map(|span| day(span).to_string());
        let days = |halves: i32| match halves % 2 {
            0 => Days::Whole(halves / 2),
            _ => Days::Halved(f64::from(halves) / 2.0),
        };
        Self {
            measure: line.measure.code(),
            level: line.level,
            from: day(DaySpan::first),
            to: day(DaySpan::last),
            days: line.length_halves.map(days),
            certain: line.counts.map(|c| c[0]),
            possible: line.counts.map(|c| c[1]),
            words: line.words,
        }
    }
}

/// How bursts are found.
#[derive(Serialize)]
struct Method {
    name: &'static str,
    in_words: &'static str,
    s: f64,
    gamma: f64,
    base_per_day: f64,
}

/// The pace of a view's events.
pub(super) fn of(resolved: &Resolved, selection: &Selection) -> Tempo {
    let record = resolved.dataset.extent().unwrap_or(resolved.view.window);
    Tempo::of(selection.day_counts(), record)
}

/// The pace of a view's events, as it is to be written.
pub(super) fn listing(resolved: &Resolved, format: Format) -> Result<String, CliError> {
    #[derive(Serialize)]
    struct Listing<'a> {
        schema: &'static str,
        view: ViewJson<'a>,
        record_from: String,
        record_to: String,
        known_only_to_several_days: u32,
        bursts: Method,
        notes: String,
        rows: Vec<Row>,
    }
    let selection = resolved.selection();
    let tempo = of(resolved, &selection);
    let of_window = tempo::window_lines(&tempo, &resolved.dataset, &resolved.view);
    let of_record = tempo::record_lines(&tempo, &resolved.dataset, &resolved.view);
    let notes = tempo::notes(&tempo, &resolved.view);
    let rows = || of_window.iter().chain(&of_record).cloned().map(Row::of).collect::<Vec<_>>();
    match format {
        Format::Json => to_json(&Listing {
            schema: "sitrep-tempo/1",
            view: view_json(resolved, &selection),
            record_from: tempo.record.first().to_string(),
            record_to: tempo.record.last().to_string(),
            known_only_to_several_days: tempo.imprecise,
            bursts: Method {
                name: "Kleinberg 2002",
                in_words: Measure::Burst.method(),
                s: RATIO,
                gamma: GAMMA,
                base_per_day: tempo.bursts.base_per_day,
            },
            notes,
            rows: rows(),
        }),
        Format::Csv => to_csv(&COLUMNS, rows()),
        Format::Table => {
            let row = |line: &Line| {
                let Cells { name, days, value, per_day, note } = &line.cells;
                [name, days, value, per_day, note].map(Clone::clone).to_vec()
            };
            let noun = resolved.view.rule.noun(2);
            let header = ["", "days", noun, "a day", ""];
            let mut rows = vec![vec![tempo::window_heading(&resolved.view)]];
            rows.extend(of_window.iter().map(row));
            rows.push(vec!["The whole record".to_owned()]);
            rows.extend(of_record.iter().map(row));
            let table = output::table(&header, rows, &[2, 3]);
            Ok(format!("{table}\n\n{notes}\n{}", summary(resolved, &selection)))
        }
    }
}

/// A day with the counts of the last days beside its own.
#[derive(Serialize)]
struct RollingRow<'a> {
    key: &'a str,
    label: &'a str,
    certain: usize,
    possible: usize,
    /// Null where the record does not hold all the days.
    last_7_certain: Option<u32>,
    last_7_possible: Option<u32>,
    last_30_certain: Option<u32>,
    last_30_possible: Option<u32>,
}

const ROLLING_COLUMNS: [&str; 8] = [
    "key",
    "label",
    "certain",
    "possible",
    "last_7_certain",
    "last_7_possible",
    "last_30_certain",
    "last_30_possible",
];

impl<'a> RollingRow<'a> {
    fn of(group: &'a Group, day: Day, tempo: &Tempo) -> Self {
        let [week, month] = [0, 1].map(|which| tempo.rolling[which].ending(day));
        Self {
            key: &group.key,
            label: &group.label,
            certain: group.certain,
            possible: group.possible,
            last_7_certain: week.map(|c| c[0]),
            last_7_possible: week.map(|c| c[1]),
            last_30_certain: month.map(|c| c[0]),
            last_30_possible: month.map(|c| c[1]),
        }
    }
}

/// The days of a view with the counts of the last days, as they are to be written.
pub(super) fn rolling(
    resolved: &Resolved,
    selection: &Selection,
    groups: &[Group],
    format: Format,
) -> Result<String, CliError> {
    #[derive(Serialize)]
    struct Listing<'a> {
        schema: &'static str,
        view: ViewJson<'a>,
        by: &'static str,
        rows: &'a [RollingRow<'a>],
    }
    let tempo = of(resolved, selection);
    let days = groups.iter().zip(selection.days.iter());
    let rows: Vec<_> = days.map(|(group, day)| RollingRow::of(group, day, &tempo)).collect();
    match format {
        Format::Json => to_json(&Listing {
            schema: "sitrep-tally/1",
            view: view_json(resolved, selection),
            by: "day",
            rows: &rows,
        }),
        Format::Csv => to_csv(&ROLLING_COLUMNS, &rows),
        Format::Table => {
            let cell = |certain: Option<u32>, possible: Option<u32>| {
                let number = |n| usize::try_from(n).unwrap_or(0);
                certain.zip(possible).map_or_else(
                    || "–".to_owned(),
                    |(certain, possible)| words::count(number(certain), number(possible)),
                )
            };
            let line = |row: &RollingRow<'_>| {
                vec![
                    row.label.to_owned(),
                    words::thousands(row.certain),
                    words::thousands(row.possible),
                    cell(row.last_7_certain, row.last_7_possible),
                    cell(row.last_30_certain, row.last_30_possible),
                    row.key.to_owned(),
                ]
            };
            let header = ["", "certain", "possible", "last 7 days", "last 30 days", "key"];
            let text = output::table(&header, rows.iter().map(line).collect(), &[1, 2, 3, 4]);
            let note = "The last 7 and 30 days end with the day of their row, both ends counted, also where they \
                        begin before the window; – where the record does not hold them all.";
            Ok(format!("{text}\n\n{note}\n{}", summary(resolved, selection)))
        }
    }
}
