//! `sitrep tally`: how many, in groups.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::args::{ViewArgs, ViewJson, view_json};
use super::events::{summary, to_json};
use super::{CliError, output};
use crate::analysis::{Facet, Group, GroupBy, tally, words};

/// Count the events of a view in groups.
#[derive(Debug, Args)]
#[command(after_help = "\
An event whose date is only known to a span of days is \"possible\" in each day, week or month that
the span overlaps, and counts once in the total.

Examples:
  sitrep tally --from 2022-01-03 --to 2022-01-06 --by day --format json
  sitrep tally --by site --where country=IQ")]
pub(super) struct TallyArgs {
    #[command(flatten)]
    view: ViewArgs,

    /// What the groups are.
    #[arg(long, value_enum)]
    by: By,

    /// How the result is written.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum By {
    Site,
    Weapon,
    Direction,
    Status,
    Country,
    Day,
    Week,
    Month,
}

impl By {
    fn group(self) -> GroupBy {
        match self {
            Self::Site => GroupBy::Facet(Facet::Site),
            Self::Weapon => GroupBy::Facet(Facet::Weapon),
            Self::Direction => GroupBy::Facet(Facet::Direction),
            Self::Status => GroupBy::Facet(Facet::Status),
            Self::Country => GroupBy::Facet(Facet::Country),
            Self::Day => GroupBy::Day,
            Self::Week => GroupBy::Week,
            Self::Month => GroupBy::Month,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For reading.
    Table,
    /// An object with schema, view and rows.
    Json,
    /// For spreadsheets.
    Csv,
}

pub(super) fn run(args: &TallyArgs) -> Result<ExitCode, CliError> {
    #[derive(Serialize)]
    struct Listing<'a> {
        schema: &'static str,
        view: ViewJson<'a>,
        by: By,
        rows: &'a [Group],
    }
    let resolved = args.view.resolve()?;
    let selection = resolved.selection();
    let tally = tally(&resolved.dataset, &selection, args.by.group());
    let text = match args.format {
        Format::Json => to_json(&Listing {
            schema: "sitrep-tally/1",
            view: view_json(&resolved, &selection),
            by: args.by,
            rows: &tally.groups,
        })?,
        Format::Csv => {
            let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
            let failed =
                |e: String| CliError::Use(format!("the result cannot be written as CSV ({e})"));
            let header = ["key", "label", "certain", "possible"];
            writer.write_record(header).map_err(|e| failed(e.to_string()))?;
            for group in &tally.groups {
                writer.serialize(group).map_err(|e| failed(e.to_string()))?;
            }
            let bytes = writer.into_inner().map_err(|e| failed(e.to_string()))?;
            String::from_utf8(bytes).map_err(|e| failed(e.to_string()))?
        }
        Format::Table => {
            let rows = tally
                .groups
                .iter()
                .map(|g| {
                    vec![
                        g.label.clone(),
                        words::thousands(g.certain),
                        words::thousands(g.possible),
                        g.key.clone(),
                    ]
                })
                .collect();
            let mut text = output::table(&["", "certain", "possible", "key"], rows, &[1, 2]);
            text.push_str("\n\n");
            text.push_str(&summary(&resolved, &selection));
            text
        }
    };
    output::result(&text)?;
    Ok(ExitCode::SUCCESS)
}
