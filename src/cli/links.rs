//! `sitrep links`: which events sources tie to which, with the days between them.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::args::{Resolved, ViewArgs, ViewJson, view_json};
use super::format::{Format, to_csv, to_json};
use super::{CliError, output};
use crate::analysis::lanes::{Lane, Pair, PairsShown, pairs_shown};
use crate::analysis::{Selection, event_words, words};
use crate::domain::{Code as _, EventIndex};

/// List the ties between events that sources assert, with the days between them.
#[derive(Debug, Args)]
#[command(after_help = "\
A tie is listed when one of its events may have happened in the window. Both must be counted by the
rule and let through by the filter; strikes by states are let through whatever the rule, as in the
lanes of the window. `from` is the response or the later event, `to` what it answers or follows. Where
a date is not known to the day, the days between are a range; below zero, the order is not known.

Examples:
  sitrep links --from 2022-01-03 --to 2022-01-06
  sitrep links --from 2021 --to 2021 --format csv
  sitrep links --rule everything --where country=SY --format json")]
pub(super) struct LinksArgs {
    #[command(flatten)]
    view: ViewArgs,

    /// How the result is written.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(args: &LinksArgs) -> Result<ExitCode, CliError> {
    let resolved = args.view.resolve()?;
    let selection = resolved.selection();
    let shown = pairs_shown(&resolved.dataset, &resolved.view, &selection);
    let rows: Vec<Row<'_>> = shown.pairs.iter().map(|p| Row::of(&resolved, p)).collect();
    let text = match args.format {
        Format::Table => table(&resolved, &shown, &rows),
        Format::Json => to_json(&Listing::of(&resolved, &selection, &shown, rows))?,
        Format::Csv => to_csv(&COLUMNS, &rows)?,
    };
    output::result(&text)?;
    Ok(ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct Listing<'a> {
    schema: &'static str,
    view: ViewJson<'a>,
    /// Ties with an event in the window that rule or filter hold back.
    held_back: usize,
    rows: Vec<Row<'a>>,
}

impl<'a> Listing<'a> {
    fn of(
        resolved: &'a Resolved,
        selection: &Selection,
        shown: &PairsShown,
        rows: Vec<Row<'a>>,
    ) -> Self {
        let view = view_json(resolved, selection);
        Self { schema: "sitrep-links/1", view, held_back: shown.held_back, rows }
    }
}

/// A tie; its fields are the columns, in order.
#[derive(Serialize)]
struct Row<'a> {
    from: String,
    from_start: String,
    from_end: String,
    from_site_name: &'a str,
    from_lane: &'static str,
    to: String,
    to_start: String,
    to_end: String,
    to_site_name: &'a str,
    to_lane: &'static str,
    lag_low_days: i32,
    lag_high_days: i32,
    kind: &'static str,
    asserted_by: String,
    note: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn of(resolved: &'a Resolved, pair: &Pair) -> Self {
        let dataset = &resolved.dataset;
        let link = &dataset.links[pair.link];
        let site = |e: EventIndex| dataset.site(dataset.event(e).site).name.as_str();
        let lane = |e: EventIndex| Lane::of(dataset.event(e).direction).map_or("", Lane::code);
        let [from, to] = [pair.from, pair.to].map(|e| dataset.event(e));
        let sources: Vec<_> =
            link.asserted_by.iter().map(|s| dataset.source(*s).id.as_str()).collect();
        Self {
            from: dataset.id(pair.from),
            from_start: from.date.span.first().to_string(),
            from_end: from.date.span.last().to_string(),
            from_site_name: site(pair.from),
            from_lane: lane(pair.from),
            to: dataset.id(pair.to),
            to_start: to.date.span.first().to_string(),
            to_end: to.date.span.last().to_string(),
            to_site_name: site(pair.to),
            to_lane: lane(pair.to),
            lag_low_days: pair.lag.low,
            lag_high_days: pair.lag.high,
            kind: pair.kind.code(),
            asserted_by: sources.join("; "),
            note: link.note.as_deref(),
        }
    }
}

/// The names of the columns, in the order of the fields of [`Row`]; written also where there is no row.
const COLUMNS: [&str; 15] = [
    "from",
    "from_start",
    "from_end",
    "from_site_name",
    "from_lane",
    "to",
    "to_start",
    "to_end",
    "to_site_name",
    "to_lane",
    "lag_low_days",
    "lag_high_days",
    "kind",
    "asserted_by",
    "note",
];

fn table(resolved: &Resolved, shown: &PairsShown, rows: &[Row<'_>]) -> String {
    let dataset = &resolved.dataset;
    let date = |start: &str, end: &str| {
        if start == end { start.to_owned() } else { format!("{start} / {end}") }
    };
    let cells = rows
        .iter()
        .zip(&shown.pairs)
        .map(|(row, pair)| {
            vec![
                date(&row.from_start, &row.from_end),
                row.from_site_name.to_owned(),
                pair.kind.label().to_owned(),
                date(&row.to_start, &row.to_end),
                row.to_site_name.to_owned(),
                pair.lag.words(),
                event_words::publishers(dataset, &dataset.links[pair.link].asserted_by),
                row.note.unwrap_or_default().to_owned(),
            ]
        })
        .collect();
    let header = ["date", "site", "tie", "date", "site", "lag", "according to", "note"];
    let mut text = output::table(&header, cells, &[]);
    let ties = |n: usize| match n {
        0 => "no ties between events".to_owned(),
        1 => "1 tie between events".to_owned(),
        n => format!("{} ties between events", words::thousands(n)),
    };
    text.push_str(&format!(
        "\n\n{}: {} that sources assert. Counted: {}, and strikes by states.",
        words::window(dataset, &resolved.view),
        ties(rows.len()),
        resolved.view.rule.label(),
    ));
    if !resolved.view.filter.is_empty() {
        text.push_str(&format!(" Only {}.", resolved.view.filter.words(dataset)));
    }
    if shown.held_back > 0 {
        text.push_str(&format!(
            " In these days but not listed, for an event that the rule does not count or the filter holds back: {}.",
            ties(shown.held_back)
        ));
    }
    text
}
