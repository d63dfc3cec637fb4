//! The command line: one file per subcommand, the same calls as the window.
//!
//! Standard output carries results, standard error everything else. Exit 0: done; 1: the data has
//! problems (`check`); 2: wrong use or a failure, with one sentence on what to do.

mod animate;
mod args;
mod check;
mod convert;
mod duplicates;
mod each;
mod events;
mod figure_args;
mod figure_check;
mod format;
mod info;
mod links;
mod output;
mod published;
mod render;
mod reopen;
mod since;
mod tally;
mod tempo;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

/// A geocoded record of attacks on US and coalition forces in Iraq and Syria, on a map with a date
/// slider and a source behind every number.
///
/// Without a subcommand the window opens. Nothing here opens a network connection.
#[derive(Debug, Parser)]
#[command(name = "sitrep", version, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
struct Cli {
    /// A data package (its folder or its datapackage.json) to open instead of the embedded record; a project; a figure
    /// that Sitrep saved, to open what it was made of.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    table: args::TableArgs,

    #[command(subcommand)]
    command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  sitrep                                                   open the window on the embedded record
  sitrep render --from 2022-01-03 --to 2022-01-06 -o a.png a figure of four days
  sitrep a.png                                             open the view of that figure again
  sitrep case.sitrep                                       open a project that was saved in the window
  sitrep animate --from 2022-01 --to 2022-01 -o a.mp4      a film of a month
  sitrep tally --from 2022-01-03 --to 2022-01-06 --by day  how many attacks on each day
  sitrep events --where country=SY --format csv            what happened in Syria, for a spreadsheet
  sitrep convert --where country=SY -o syria.geojson       the same for a map of another program
  sitrep check my-record/datapackage.json                  what is wrong in a data package

Dates are typed as people write them (2022-01-05, \"5 jan 2022\", 2022-01, 2022, \"3-6 jan 2022\", \"last 30 days\"),
and both ends belong to the window.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a figure of a view as PNG, SVG or PDF; needs no display.
    Render(render::RenderArgs),
    /// Make a film of a view as MP4, GIF or numbered frames; needs no display.
    Animate(animate::AnimateArgs),
    /// List the events of a view.
    Events(events::EventsArgs),
    /// List the ties between events that sources assert, with the days between them.
    Links(links::LinksArgs),
    /// Count the events of a view in groups.
    Tally(tally::TallyArgs),
    /// Save the events of a view as a file for other programs.
    Convert(convert::ConvertArgs),
    /// Say what a figure was made of, and what has changed in the record since.
    Info(info::InfoArgs),
    /// Say what is wrong in a data package; exit 1 when something is.
    Check(check::CheckArgs),
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    #[error("{0}")]
    Use(String),
    #[error(transparent)]
    Load(#[from] crate::data::LoadError),
    #[error(transparent)]
    Figure(#[from] crate::data::FigureFileError),
    #[error(transparent)]
    Project(#[from] crate::data::ProjectError),
    #[error(transparent)]
    Save(#[from] crate::data::SaveError),
    #[error(transparent)]
    Write(#[from] crate::data::write::WriteError),
    #[error(transparent)]
    Export(#[from] crate::export::ExportError),
    #[error(transparent)]
    Basemap(#[from] crate::data::basemap::BasemapError),
    #[error("the result could not be written ({0}): check what standard output is connected to")]
    Output(#[from] std::io::Error),
    #[error(transparent)]
    Window(#[from] crate::app::AppError),
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            output::complain(&one_sentence(&error));
            return ExitCode::from(2);
        }
        // Help and version: to standard output, as they are.
        Err(error) => {
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
    };
    let done = match cli.command {
        None => open_window(&cli.files, &cli.table),
        Some(Command::Render(args)) => render::run(&args),
        Some(Command::Animate(args)) => animate::run(&args),
        Some(Command::Events(args)) => events::run(&args),
        Some(Command::Links(args)) => links::run(&args),
        Some(Command::Tally(args)) => tally::run(&args),
        Some(Command::Convert(args)) => convert::run(&args),
        Some(Command::Info(args)) => info::run(&args),
        Some(Command::Check(args)) => check::run(&args),
    };
    match done {
        Ok(code) => code,
        // The reader went away, as `sitrep events | head` does: nothing is wrong.
        Err(CliError::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            output::complain(&error.to_string());
            ExitCode::from(2)
        }
    }
}

/// What is wrong with the arguments, in the one sentence that every complaint has.
fn one_sentence(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let what: Vec<&str> = text
        .trim_start_matches("error: ")
        .lines()
        .map(str::trim)
        .take_while(|l| !l.starts_with("Usage:") && !l.starts_with("For more information"))
        .filter(|l| !l.is_empty())
        .collect();
    // The help of the subcommand that was meant, where there is one: a wrong value comes without a usage.
    let is_command = |word: &&str| Cli::command().find_subcommand(word).is_some();
    let typed: Vec<String> = std::env::args().skip(1).collect();
    let meant = text
        .lines()
        .find_map(|l| l.trim().strip_prefix("Usage: sitrep "))
        .and_then(|usage| usage.split_whitespace().next())
        .filter(is_command)
        .or_else(|| typed.first().map(String::as_str).filter(is_command));
    let help = meant.map_or("sitrep --help".to_owned(), |word| format!("sitrep help {word}"));
    format!("{}; `{help}` shows how it is written", what.join(" ").trim_end_matches('.'))
}

fn open_window(files: &[PathBuf], table: &args::TableArgs) -> Result<ExitCode, CliError> {
    // What a table's columns are can be said in the window, too.
    let opening = crate::data::Opening { without_dates: true, ..table.opening() };
    let beginning = match files {
        [one] if !crate::data::ProjectFile::is_project(one) => {
            crate::data::open_beginning(one, &opening)?
        }
        _ => None,
    };
    if let Some(loaded) = beginning {
        let file = files.first().map(|file| (file.clone(), opening.mapping));
        let first = crate::app::First { file, ..Default::default() };
        crate::app::run(loaded, crate::data::basemap::load()?, first)?;
        return Ok(ExitCode::SUCCESS);
    }
    let reopen::Opened { mut loaded, figure, project } = reopen::open(files, &opening)?;
    let basemap = crate::data::basemap::load()?;
    // The embedded record is checked when the program is built.
    if !files.is_empty() {
        let found = crate::data::check(&loaded, &basemap);
        loaded.problems.extend(found.into_iter().filter(crate::data::Problem::is_error));
        loaded.problems.sort();
    }
    crate::app::run(loaded, basemap, crate::app::First { figure, project, file: None })?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
