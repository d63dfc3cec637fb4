//! `sitrep info`: what a figure says of itself, and what has changed in the record since.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::format::{Format, among, to_json};
use super::since::SinceJson;
use super::{CliError, args, output, reopen, since};
use crate::analysis::{FigureSpec, View, words};
use crate::data::figure_file::{DatasetSaid, FigureKind};
use crate::data::{FigureFile, ProjectFile, Restored};

/// Say what a figure was made of, and which of its events have changed in the record since.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sitrep info january.png
  sitrep info january.pdf my-record/ --format json

JSON is an object with schema, file_kind, software, dataset, view, spec, events, lacking and since. In since, state is
same-record, changed, summed (of a figure of so many events that it does not list them) or other-record; each row
has change (added, changed, not-shown, withdrawn), id, start, end and site.")]
pub(super) struct InfoArgs {
    /// A figure that Sitrep saved as PNG, SVG or PDF; and the data package that it is compared with, instead of the
    /// embedded record.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    #[command(flatten)]
    table: args::TableArgs,

    /// How the result is written.
    #[arg(long, value_parser = among(&[Format::Table, Format::Json]), default_value = "table")]
    format: Format,
}

#[derive(Serialize)]
struct Info<'a> {
    schema: &'static str,
    file_kind: FigureKind,
    software: &'a str,
    dataset: &'a DatasetSaid,
    view: &'a View,
    spec: &'a FigureSpec,
    events: EventsJson,
    lacking: &'a [String],
    since: SinceJson,
}

#[derive(Serialize)]
struct EventsJson {
    certain: usize,
    possible: usize,
}

pub(super) fn run(args: &InfoArgs) -> Result<ExitCode, CliError> {
    let project = args.files.iter().find(|file| ProjectFile::is_project(file));
    if let Some(project) = project {
        return Err(CliError::Use(format!(
            "this is a project and no figure: `sitrep check` says what has changed in its data since it was saved: {}",
            project.display()
        )));
    }
    let reopen::Opened { loaded, figure, .. } = reopen::open(&args.files, &args.table.opening())?;
    let Some(figure) = figure else {
        return Err(CliError::Use(format!(
            "no figure is among the files: give a PNG, SVG or PDF that Sitrep saved: {}",
            args.files.first().map_or_else(String::new, |file| file.display().to_string())
        )));
    };
    let restored = Restored::new(&figure.record, &loaded.dataset);
    let text = match args.format {
        Format::Json => {
            let record = &figure.record;
            to_json(&Info {
                schema: "sitrep-info/1",
                file_kind: figure.kind,
                software: &record.software,
                dataset: &record.dataset,
                view: &record.view,
                spec: &record.spec,
                events: EventsJson {
                    certain: record.events.certain,
                    possible: record.events.possible,
                },
                lacking: &restored.lacking,
                since: SinceJson::new(
                    &restored.since,
                    restored.since.words(),
                    DatasetSaid::of(&loaded.dataset),
                ),
            })?
        }
        Format::Table | Format::Csv => table(&figure, &restored),
    };
    output::result(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn table(figure: &FigureFile, restored: &Restored) -> String {
    let record = &figure.record;
    let view = &record.view;
    let (width, height) = (record.spec.size.width(), record.spec.size.height());
    let dpi = record.spec.size.dpi();
    let counted = words::count(record.events.certain, record.events.possible);
    let filter = view.filter.to_string();
    let unsaid = || "computed".to_owned();
    let rows = [
        ("Figure", format!("{}, {width} × {height} at {dpi} dpi", figure.kind.label())),
        ("Made by", record.software.clone()),
        ("Record", record.dataset.words()),
        ("SHA-256", record.dataset.sha256.clone().unwrap_or_else(|| "not known".to_owned())),
        ("Title", record.spec.title.clone().unwrap_or_else(unsaid)),
        ("Days", format!("{} ({})", words::span(view.window), view.mode.label().to_lowercase())),
        ("Counted", view.rule.label().to_owned()),
        ("Filter", if filter.is_empty() { "none".to_owned() } else { filter }),
        ("Events", counted),
    ];
    let rows = rows.map(|(name, said)| vec![name.to_owned(), one_line(&said)]);
    let mut text = output::table(&[], rows.to_vec(), &[]);
    text.push_str("\n\n");
    for lacking in &restored.lacking {
        text.push_str(&format!("{lacking}\n"));
    }
    text.push_str(&restored.since.words());
    if let Some(changes) = since::table(&restored.since) {
        text.push_str("\n\n");
        text.push_str(&changes);
    }
    text
}

/// What somebody wrote, without line breaks and without what a terminal would obey.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
