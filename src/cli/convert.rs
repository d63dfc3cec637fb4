//! `sitrep convert`: the events of a view as a file that other programs open.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::args::ViewArgs;
use super::{CliError, output};
use crate::analysis::Rule;
use crate::data;
use crate::data::write::EventExport;
use crate::domain::{Code as _, Direction};
use crate::scene::Rgba;
use crate::scene::theme::Theme;

/// Save the events of a view as a file for other programs.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sitrep convert -o everything.csv                          the embedded record
  sitrep convert --where country=SY --from 2021 -o sy.geojson
  sitrep convert events.csv --from 2020-01-03 -o part.csv   somebody's table

What is saved is what the flags let through: all events where nothing is said, whatever rule the window counts by. The file
says so itself, with the SHA-256 of the data; CSV has no place for that, so --notes writes it into a file beside it. Sitrep opens what it saved,
with the same events.

In CSV a cell that a spreadsheet would run as a formula has an apostrophe in front, which Sitrep takes away again.")]
pub(super) struct ConvertArgs {
    #[command(flatten)]
    view: ViewArgs,

    /// The file, whose ending says the format: .csv, .geojson, .kml, .gpkg or .parquet.
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    out: PathBuf,

    /// Also write beside it what was saved: FILE.txt.
    #[arg(long)]
    notes: bool,
}

pub(super) fn run(args: &ConvertArgs) -> Result<ExitCode, CliError> {
    data::write::EventFormat::of(&args.out)?;
    let mut resolved = args.view.resolve()?;
    if !args.view.has_rule() && resolved.figure.is_none() {
        resolved.view.rule = Rule::Everything;
    }
    let selection = resolved.selection();
    let theme = Theme::of(resolved.view.theme);
    let colours = std::array::from_fn(|slot| {
        let Rgba([red, green, blue, _]) = theme.class(Direction::ALL[slot]);
        [red, green, blue]
    });
    let export = EventExport::new(&resolved.dataset, &resolved.view, &selection, &|_| true)
        .with_class_colours(colours);
    export.save(&args.out)?;
    if args.notes {
        data::save(&beside(&args.out), export.note().text().as_bytes())?;
    }
    let empty = if selection.is_empty() { "no event is in these days and filters; " } else { "" };
    output::complain(&format!("{empty}saved {}: {}", args.out.display(), export.note().words));
    Ok(ExitCode::SUCCESS)
}

/// The file of notes beside a file.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".txt");
    name.into()
}
