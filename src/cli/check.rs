//! `sitrep check`: what is wrong in a data package.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::events::to_json;
use super::{CliError, args, output};
use crate::analysis::words;
use crate::data::{self, Loaded, Problem};

/// Say what is wrong in a data package: where, what, and what to do.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sitrep check
  sitrep check my-record/ --format json")]
pub(super) struct CheckArgs {
    /// A data package (its folder or its datapackage.json) instead of the embedded record.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// How the result is written.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// One problem a line.
    Table,
    /// An object with schema and rows.
    Json,
}

pub(super) fn run(args: &CheckArgs) -> Result<ExitCode, CliError> {
    #[derive(Serialize)]
    struct Listing<'a> {
        schema: &'static str,
        dataset: &'a str,
        rows: &'a [Problem],
    }
    let Loaded { dataset, mut problems } = args::load(&args.files)?;
    problems.extend(data::check(&dataset));
    let text = match args.format {
        Format::Json => {
            to_json(&Listing { schema: "sitrep-check/1", dataset: &dataset.name, rows: &problems })?
        }
        Format::Table if problems.is_empty() => format!(
            "No problems in {} {}: {} events, {} reports, {} sites, {} sources.",
            dataset.title,
            dataset.version,
            words::thousands(dataset.events.len()),
            words::thousands(dataset.reports.len()),
            words::thousands(dataset.sites.len()),
            words::thousands(dataset.sources.len()),
        ),
        Format::Table => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
    };
    output::result(&text)?;
    if problems.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    output::complain(&words::problems(problems.len()));
    Ok(ExitCode::from(1))
}
