//! `sitrep check`: what is wrong in a data package.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::format::{Format, among, to_json};
use super::since::SinceJson;
use super::{CliError, args, duplicates, output, reopen, since};
use crate::analysis::words;
use crate::data::figure_file::DatasetSaid;
use crate::data::import::{HowRead, Progress, write_rejected};
use crate::data::project::{RestoredProject, project_words};
use crate::data::{self, Loaded, Problem, ProjectFile};
use crate::domain::Dataset;

/// Say what is wrong in a data package: where, what, and what to do.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sitrep check
  sitrep check my-record/ --format json
  sitrep check case.sitrep                         the data of a project, and what changed in it since that was saved
  sitrep check events.csv --write-mapping m.toml   what its columns were taken for, to be edited
  sitrep check events.csv --mapping m.toml         read as that says
  sitrep check events.csv --rejected left-out.csv  the rows that were left out, to be corrected
  sitrep check events.csv --duplicates pairs.csv   pairs of events that may be one event told twice

An error is what contradicts itself or cannot be read; a remark may be right, and a person has to look.
The exit status is 1 when there is an error.

JSON is an object with schema, dataset and rows. Each row has file, line (null for the file as a whole;
of a cell the line that its row starts on), column (or null), severity (error or remark), what and advice.
Of a table that is no data package, table says how it was read: profile, said_by, encoding, delimiter, columns with role and why,
kept_as_they_stand, notes, date_order, swapped (where latitude and longitude may stand in each other's column), and report with what became of its rows,
and of the names of places without a position. possible_duplicates has the number of pairs of events that may be one event told
twice and of the events in them, the method, and the first pairs. Of a
project, since says what became of its data: state, words, dataset, and rows with change (added, changed, withdrawn), id, start, end and site.")]
pub(super) struct CheckArgs {
    /// A data package (its folder or its datapackage.json), a table or a project, instead of the embedded record.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    table: args::TableArgs,

    /// Write what the columns of a table were taken for as a mapping file, to be edited and given with --mapping.
    #[arg(long, value_name = "FILE")]
    write_mapping: Option<PathBuf>,

    /// Write the rows of a table that were left out into a CSV file, as they stand, each with its line and the reason.
    #[arg(long, value_name = "FILE")]
    rejected: Option<PathBuf>,

    /// Write pairs of events that may be one event told twice into a CSV file, up to 200,000.
    #[arg(long, value_name = "FILE")]
    duplicates: Option<PathBuf>,

    /// How the result is written.
    #[arg(long, value_parser = among(&[Format::Table, Format::Json]), default_value = "table")]
    format: Format,
}

pub(super) fn run(args: &CheckArgs) -> Result<ExitCode, CliError> {
    #[derive(Serialize)]
    struct Listing<'a> {
        schema: &'static str,
        dataset: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        table: Option<&'a HowRead>,
        #[serde(skip_serializing_if = "Option::is_none")]
        since: Option<SinceJson>,
        possible_duplicates: duplicates::Listing,
        rows: &'a [Problem],
    }
    let mut opening = args.table.opening();
    // Where no column is known to hold dates a mapping is most wanted.
    opening.without_dates = args.write_mapping.is_some();
    let (loaded, project) = if args.files.iter().any(|file| ProjectFile::is_project(file)) {
        let opened = reopen::open(&args.files, &opening)?;
        (opened.loaded, opened.project)
    } else {
        (args::load(&args.files, &opening)?, None)
    };
    if let Some(path) = &args.write_mapping {
        let opened = loaded.opened.as_ref().ok_or_else(|| {
            CliError::Use("--write-mapping is for a table in a file: name one".to_owned())
        })?;
        if path.exists() {
            return Err(CliError::Use(format!(
                "a mapping that somebody may have edited is not replaced: take another name, or remove it first: {}",
                path.display()
            )));
        }
        let table = &opened.table;
        let names = loaded.table.as_ref().map(|how| &how.report.places);
        let text = match names {
            Some(names) => table.mapping_text_with(table.mapping(), names),
            None => table.mapping_text(table.mapping()),
        };
        data::save(path, text.as_bytes())?;
    }
    if let Some(path) = &args.rejected {
        save_rejected(&loaded, path)?;
    }
    if let Some(path) = &args.duplicates {
        duplicates::save(&loaded, path)?;
    }
    let twice = duplicates::find(&loaded.dataset);
    let mut problems = data::check(&loaded, &data::basemap::load()?);
    let (dataset, table, lines) = (loaded.dataset, loaded.table, loaded.lines);
    let restored = project.map(|file| RestoredProject::new(&file.project.value, &dataset));
    problems.extend(loaded.problems);
    problems.sort();
    let errors = problems.iter().filter(|p| p.is_error()).count();
    let remarks = problems.len() - errors;
    let text = match args.format {
        Format::Json => {
            let since = restored.map(|RestoredProject { since, .. }| {
                SinceJson::new(&since, project_words(&since), DatasetSaid::of(&dataset))
            });
            let possible_duplicates = duplicates::listing(&twice, &dataset, &lines);
            let (dataset, table) = (dataset.name.as_str(), table.as_ref());
            let (schema, rows) = ("sitrep-check/1", problems.as_slice());
            to_json(&Listing { schema, dataset, table, since, possible_duplicates, rows })?
        }
        Format::Table | Format::Csv => {
            let row = table.as_ref().map_or("line", |how| how.report.rows_are.one());
            let twice =
                duplicates::told(&twice, &dataset, &lines, row).map(|told| format!("\n{told}"));
            let lines = problems.iter().map(ToString::to_string);
            let summary = (errors == 0).then(|| sound(&dataset, remarks));
            let how = table.as_ref().map(|how| format!("{how}\n"));
            let since = restored.map(|restored| since_words(&restored));
            let parts = since.into_iter().chain(how).chain(summary).chain(lines).chain(twice);
            parts.collect::<Vec<_>>().join("\n")
        }
    };
    output::result(&text)?;
    if errors > 0 {
        let also = match remarks {
            0 => String::new(),
            _ => format!(", and {}", words::remarks(remarks)),
        };
        output::complain(&format!("{}{also}", words::problems(errors)));
    }
    Ok(ExitCode::from(u8::from(errors > 0)))
}

/// Saves the rows of a table that were left out.
fn save_rejected(loaded: &Loaded, path: &Path) -> Result<(), CliError> {
    let (Some(opened), Some(how)) = (&loaded.opened, &loaded.table) else {
        return Err(CliError::Use("--rejected is for a table: name one".to_owned()));
    };
    let order = how.date_order;
    let failed = |source| data::LoadError::Io { path: opened.path.clone(), source };
    let rows = opened.table.rejected(order, &Progress::default()).map_err(failed)?;
    let mut bytes = Vec::new();
    write_rejected(&opened.table.sample().header, &rows, &mut bytes)?;
    data::save(path, &bytes)?;
    let noun = if rows.len() == 1 { "row was" } else { "rows were" };
    output::complain(&format!("{} {noun} left out: saved {}", rows.len(), path.display()));
    Ok(())
}

/// What became of a project's data since it was saved.
fn since_words(restored: &RestoredProject) -> String {
    let RestoredProject { lacking, since, .. } = restored;
    let mut text = project_words(since);
    for lacking in lacking {
        text.push_str(&format!("\n{lacking}"));
    }
    if let Some(changes) = since::table(since) {
        text.push_str(&format!("\n\n{changes}\n"));
    }
    text
}

/// What was looked at, when no error was found in it.
fn sound(dataset: &Dataset, remarks: usize) -> String {
    let also = match remarks {
        0 => String::new(),
        _ => format!(" {} to look at:", words::remarks(remarks)),
    };
    let number = |n: usize, noun: &str| {
        format!("{} {noun}{}", words::thousands(n), if n == 1 { "" } else { "s" })
    };
    let found = if dataset.events.is_empty() { "Nothing to show" } else { "No problems" };
    format!(
        "{found} in {} {}: {}, {}, {}, {}.{also}",
        dataset.title,
        dataset.version,
        number(dataset.events.len(), "event"),
        number(dataset.reports.len(), "report"),
        number(dataset.sites.len(), "site"),
        number(dataset.sources.len(), "source"),
    )
}
