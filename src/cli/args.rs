//! The arguments that make a view, as typed, and what they mean for a dataset.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::reopen::Opened;
use super::{CliError, output, reopen};
use crate::analysis::{
    FigureSpec, Filter, Mode, Record, Rule, Selection, ThemeName, View, age, date_entry, select,
    words,
};
use crate::data::import::remembered_folder;
use crate::data::project::{ProjectFigure, RestoredProject};
use crate::data::{self, FigureRecord, Loaded, MappingFrom, Opening, Restored};
use crate::domain::{Dataset, DaySpan, GeoBox};

const WHERE_HELP: &str = "\
Let through only what has one of these values; can be given again for another facet:

  site, country, governorate   where it happened
  direction                    who acted against whom
  weapon_family, weapon        drone is all drones in the first, one of unreported kind in the second
  attributed_to, claimed_by    an actor, or an actor that it belongs to; none where there is none
  actor                        either of the two
  status, confidence           how well it is established
  source_kind                  kind of any source that has a report of it
  casualties                   killed, wounded (by the lowest count), possible (at most: 0 to 1), none
                               (reported), unknown
  place_precision, date_precision
  text                         the same as --search

A value is a code or a name, in any spelling; one with a comma stands in double quotes. `sitrep tally
--by FACET --rule everything` lists the values that a facet has.";

/// What is looked at, and counted how.
#[derive(Debug, Args)]
pub(super) struct ViewArgs {
    /// A data package (its folder or its datapackage.json) instead of the embedded record, and a project or a figure that
    /// Sitrep saved, whose view it is then; what is given beside it comes in its place.
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) table: TableArgs,

    /// First day of the window: 2022-01-05, "5 jan 2022", or 2022-01 or 2022 for the first day of it. Without
    /// --to also both ends: "3-6 jan 2022", "since july 2021", "last 30 days" (of the record).
    #[arg(long, value_name = "DATE")]
    from: Option<String>,

    /// Last day of the window, inclusive: 2022-01-05, or 2022-01 or 2022 for the last day of it.
    #[arg(long, value_name = "DATE")]
    to: Option<String>,

    /// How the window is read; window without it.
    #[arg(long, value_enum)]
    mode: Option<ModeArg>,

    /// Older events paler, in the modes window and since-start; the legend says how old.
    #[arg(long)]
    fade: bool,

    /// Let through only what has one of these values; can be given again for another facet.
    #[arg(long = "where", value_name = "FACET=VALUE[,VALUE]", long_help = WHERE_HELP)]
    filters: Vec<String>,

    /// Let through only what tells of all these words, in Latin or Arabic letters: in names of sites and
    /// actors, summaries, notes, targets, outcomes, and publishers and titles of sources. Accents, case and
    /// doubled letters do not matter, and the beginning of a word is enough.
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,

    /// What counts; attacks without it.
    #[arg(long, value_enum)]
    rule: Option<RuleArg>,

    /// West, south, east and north in degrees: what the map shows, and what lists and counts are held to.
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true)]
    bbox: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ModeArg {
    /// Events in the window.
    Window,
    /// Events from the beginning of the record to the end of the window.
    SinceStart,
    /// Events on the last day of the window.
    Day,
}

#[derive(Clone, Copy, Debug)]
struct RuleArg(Rule);

impl ValueEnum for RuleArg {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [RuleArg; 4] = [
            RuleArg(Rule::Attacks),
            RuleArg(Rule::Confirmed),
            RuleArg(Rule::TwoSources),
            RuleArg(Rule::Everything),
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.code()).help(self.0.definition()))
    }
}

/// Colours of a picture.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ThemeArg {
    /// For screens and slides.
    Light,
    /// For dark rooms.
    Dark,
    /// For paper.
    Print,
    /// For paper without colours.
    Greyscale,
}

impl ThemeArg {
    pub(super) fn name(self) -> ThemeName {
        match self {
            Self::Light => ThemeName::Light,
            Self::Dark => ThemeName::Dark,
            Self::Print => ThemeName::Print,
            Self::Greyscale => ThemeName::Greyscale,
        }
    }
}

/// A dataset and what is looked at in it.
pub(super) struct Resolved {
    pub(super) dataset: Record,
    pub(super) view: View,
    /// The figure whose view it is.
    pub(super) figure: Option<FigureRecord>,
    /// The sheet of that figure.
    pub(super) spec: Option<FigureSpec>,
}

impl Resolved {
    /// What the view shows.
    pub(super) fn selection(&self) -> Selection {
        select(&self.dataset, &self.view)
    }
}

/// Reads `west,south,east,north`.
fn bbox(text: &str) -> Result<GeoBox, CliError> {
    let wrong = |why: &str| {
        CliError::Use(format!(
            "--bbox \"{text}\" is not a box ({why}): write west,south,east,north in degrees, such as 38.7,29,48.6,37.4"
        ))
    };
    let numbers: Vec<f64> = text
        .split(',')
        .map(|n| n.trim().parse::<f64>())
        .collect::<Result<_, _>>()
        .map_err(|_| wrong("it has something that is not a number"))?;
    let edges: [f64; 4] = numbers.try_into().map_err(|_| wrong("it needs four numbers"))?;
    GeoBox::new(edges).map_err(|e| wrong(&e.to_string()))
}

/// How somebody's table is to be read.
#[derive(Debug, Default, Args)]
pub(super) struct TableArgs {
    /// What the columns of a table are and how its cells are read, as a TOML file; `sitrep check TABLE --write-mapping
    /// FILE` writes one with what was guessed.
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
}

impl TableArgs {
    /// What is said with it.
    pub(super) fn opening(&self) -> Opening {
        let mapping = self.mapping.clone().map(MappingFrom::File);
        Opening { mapping, remembered: remembered_folder(), ..Opening::default() }
    }
}

/// Reads the embedded record, or the one data package or table that is named.
pub(super) fn load(files: &[PathBuf], opening: &Opening) -> Result<Loaded, CliError> {
    let path: Option<&Path> = match files {
        [] => None,
        [one] => Some(one),
        _ => {
            return Err(CliError::Use(format!(
                "{} files were given: Sitrep opens one data package at a time for now",
                files.len()
            )));
        }
    };
    Ok(data::open(path, opening)?)
}

impl ViewArgs {
    /// Whether a rule was given.
    pub(super) fn has_rule(&self) -> bool {
        self.rule.is_some()
    }

    /// Loads the data and makes the view; problems in the data are mentioned on standard error.
    pub(super) fn resolve(&self) -> Result<Resolved, CliError> {
        let Opened { loaded, figure, project } = reopen::open(&self.files, &self.table.opening())?;
        let Loaded { dataset, problems, table, .. } = loaded;
        // What is remembered is no part of the command line: it is said wherever it is used.
        let said_by = table.and_then(|how| how.said_by);
        let is_told = self.table.mapping.is_some()
            || project.as_ref().is_some_and(|file| file.project.value.dataset.mapping.is_some());
        if let Some(said_by) = said_by.filter(|_| !is_told) {
            output::complain(&format!("the table is read as {said_by}"));
        }
        if !problems.is_empty() {
            let told = words::problems(problems.len());
            output::complain(&format!("{told}; `sitrep check` lists what is wrong"));
        }
        let restored = figure.as_ref().map(|f| reopen::restored(f, &dataset)).transpose()?;
        let of_project = project.as_ref().map(|file| reopen::restored_project(file, &dataset));
        let (mut view, spec) = match (restored, of_project) {
            (Some(Restored { view, spec, .. }), _) => (view, Some(spec)),
            // A project's figure has colours and names of its own.
            (None, Some(RestoredProject { view, figure, .. })) => {
                let ProjectFigure { spec, theme, arabic, .. } = figure;
                (View { theme, arabic, picked: None, ..view }, Some(spec))
            }
            (None, None) => (View::of_all(&dataset), None),
        };
        let saved = spec.is_some().then_some(view.window);
        view.window = self.window(&dataset, saved)?;
        if let Some(mode) = self.mode {
            view.mode = match mode {
                ModeArg::Window => Mode::Window,
                ModeArg::SinceStart => Mode::SinceStart,
                ModeArg::Day => Mode::Day,
            };
        }
        if view.mode == Mode::Day && self.from.is_some() && self.to.is_none() && saved.is_none() {
            return Err(CliError::Use(
                "--mode day shows the last day of the window: give that day with --to".to_owned(),
            ));
        }
        view.fade |= self.fade;
        if self.fade
            && let Some(why) = age::nothing_to_fade(&dataset, &view)
        {
            output::complain(&format!("--fade: {why}"));
        }
        if let Some(RuleArg(rule)) = self.rule {
            if !Rule::offered(&dataset.classes).contains(&rule) {
                return Err(CliError::Use(format!(
                    "--rule {}: nothing in this file says which of its events are attacks on US or coalition forces: leave --rule out",
                    rule.code()
                )));
            }
            view.rule = rule;
        }
        let mut filter_given = Filter::default();
        for filter in &self.filters {
            filter_given
                .add(&dataset, filter)
                .map_err(|e| CliError::Use(format!("--where: {e}")))?;
        }
        view.filter.put(filter_given);
        if let Some(text) = &self.search {
            view.filter.set_search(text);
            if view.filter.search().is_none() {
                return Err(CliError::Use(format!(
                    "--search \"{text}\" has no letter and no digit to look for: write a word, such as katyusha"
                )));
            }
        }
        if let Some(text) = &self.bbox {
            view.filter.hold_to(bbox(text)?);
            view.camera = None;
        }
        Ok(Resolved { dataset, view, figure: figure.map(|f| f.record), spec })
    }

    /// The days that are asked for; what is not said of them is as it was saved, or the record's.
    fn window(&self, dataset: &Dataset, saved: Option<DaySpan>) -> Result<DaySpan, CliError> {
        let Some(extent) = dataset.extent() else {
            return Err(CliError::Use(
                "the data has no event with a date: `sitrep check` says what is wrong".to_owned(),
            ));
        };
        let read = |flag: &str, text: &Option<String>| {
            text.as_deref()
                .map(|t| date_entry(t, extent).map_err(|e| CliError::Use(format!("{flag}: {e}"))))
                .transpose()
        };
        let (from, to) = (read("--from", &self.from)?, read("--to", &self.to)?);
        for (flag, typed) in [("--from", from), ("--to", to)] {
            if typed.is_some_and(|t| t.is_range) && from.is_some() && to.is_some() {
                return Err(CliError::Use(format!(
                    "{flag} has both ends of a range: give it alone, or one date with --from and one with --to"
                )));
            }
        }
        // A range has both ends, whichever flag it was given with.
        let both = from.or(to).filter(|typed| typed.is_range);
        let ends = [both.or(from), both.or(to)].map(|typed| typed.map(|t| t.span));
        let [from, to] = ends;
        let otherwise = saved.unwrap_or(extent);
        let first = from.map_or(otherwise.first(), DaySpan::first);
        let last = to.map_or(otherwise.last(), DaySpan::last);
        let covers = words::span(extent);
        let outside = |what: String| {
            CliError::Use(format!(
                "{what} the record, which covers {covers}: choose days within it"
            ))
        };
        match DaySpan::inclusive(first, last) {
            Ok(window) if window.overlaps(extent) => Ok(window),
            Ok(window) => Err(outside(format!("the window {} lies outside", words::span(window)))),
            // Only one end was typed, and it lies beyond the other end of the record.
            Err(_) if to.is_none() && saved.is_none() => {
                Err(outside(format!("--from {} is after the last day, outside", words::day(first))))
            }
            Err(_) if from.is_none() && saved.is_none() => {
                Err(outside(format!("--to {} is before the first day, outside", words::day(last))))
            }
            Err(error) => Err(CliError::Use(format!("--from and --to: {error}"))),
        }
    }
}

/// The view as it stands in JSON results.
#[derive(Serialize)]
pub(super) struct ViewJson<'a> {
    from: String,
    to: String,
    mode: &'static str,
    rule: &'static str,
    rule_in_words: &'static str,
    #[serde(rename = "where")]
    filter: String,
    bbox: Option<GeoBox>,
    time_zone: &'a str,
    dataset: &'a str,
    dataset_version: &'a str,
    certain: usize,
    possible: usize,
    left_out: LeftOutJson,
}

/// Events that are in the data and not in the rows.
#[derive(Serialize)]
struct LeftOutJson {
    outside_days: usize,
    by_rule: usize,
    by_filter: usize,
    by_both: usize,
    rows_that_could_not_be_used: usize,
}

/// The view and its totals for JSON results.
pub(super) fn view_json<'a>(resolved: &'a Resolved, selection: &Selection) -> ViewJson<'a> {
    let Resolved { dataset, view, .. } = resolved;
    ViewJson {
        from: view.window.first().to_string(),
        to: view.window.last().to_string(),
        mode: view.mode.code(),
        rule: view.rule.code(),
        rule_in_words: view.rule.label(),
        filter: view.filter.to_string(),
        bbox: view.filter.area(),
        time_zone: &dataset.time_zone,
        dataset: &dataset.name,
        dataset_version: &dataset.version,
        certain: selection.certain(),
        possible: selection.possible(),
        left_out: LeftOutJson {
            outside_days: selection.left_out.outside_days,
            by_rule: selection.left_out.rule_total(),
            by_filter: selection.left_out.by_filter,
            by_both: selection.left_out.by_both,
            rows_that_could_not_be_used: dataset.rows_left_out,
        },
    }
}
