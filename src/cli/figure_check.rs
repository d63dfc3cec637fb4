//! `sitrep render --check` and `--vision`: what is to be looked at in figures before they go out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::format::{Format, among, to_json};
use super::{CliError, output};
use crate::scene::color_vision::Vision;
use crate::scene::figure_check::{Remark, Severity};

#[derive(Debug, Args)]
pub(super) struct FigureCheckArgs {
    /// Say what should be looked at before the figure goes out: words too small or too pale, colours that some
    /// cannot tell apart, rows left out, a title of other days. The exit status is 1 when there is an error or a
    /// warning. Needs no --output; with one the figure is saved all the same. --check=json gives an object with
    /// schema, dataset and rows.
    #[arg(
        long,
        value_name = "FORMAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "table",
        value_parser = among(&[Format::Table, Format::Json])
    )]
    pub(super) check: Option<Format>,

    /// A simulation of the PNG as others see it: without red, green or blue cones, or without colours. The file
    /// says that it is one.
    #[arg(long, value_enum, value_name = "EYES", conflicts_with_all = ["pack", "svg_text"])]
    pub(super) vision: Option<VisionArg>,
}

/// Whose eyes a picture is seen with.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum VisionArg {
    /// As it is.
    Normal,
    /// Without red.
    Protan,
    /// Without green.
    Deutan,
    /// Without blue.
    Tritan,
    /// Without colours.
    Achromat,
}

impl VisionArg {
    pub(super) fn vision(self) -> Vision {
        match self {
            Self::Normal => Vision::Normal,
            Self::Protan => Vision::Protan,
            Self::Deutan => Vision::Deutan,
            Self::Tritan => Vision::Tritan,
            Self::Achromat => Vision::Achromat,
        }
    }
}

/// What was found in figures.
#[derive(Default)]
pub(super) struct Found(Vec<(Option<PathBuf>, Remark)>);

impl Found {
    /// Adds what was found in one figure; `file` is where it is saved, if it is.
    pub(super) fn add(&mut self, file: Option<&Path>, remarks: Vec<Remark>) {
        let file = file.map(Path::to_owned);
        self.0.extend(remarks.into_iter().map(|remark| (file.clone(), remark)));
    }

    /// Prints it; the status says whether there is an error or a warning.
    ///
    /// # Errors
    /// When it cannot be printed.
    pub(super) fn print(&self, format: Format, dataset: &str) -> Result<ExitCode, CliError> {
        #[derive(Serialize)]
        struct Row<'a> {
            file: Option<String>,
            #[serde(flatten)]
            remark: &'a Remark,
        }
        #[derive(Serialize)]
        struct Listing<'a> {
            schema: &'static str,
            dataset: &'a str,
            rows: Vec<Row<'a>>,
        }
        let name = |file: &Option<PathBuf>| file.as_ref().map(|file| file.display().to_string());
        let text = match format {
            Format::Json => {
                let rows = self.0.iter().map(|(file, remark)| Row { file: name(file), remark });
                to_json(&Listing {
                    schema: "sitrep-figure-check/1",
                    dataset,
                    rows: rows.collect(),
                })?
            }
            Format::Table | Format::Csv => self.table(),
        };
        output::result(&text)?;
        let problems = self.0.iter().filter(|(_, remark)| remark.is_problem()).count();
        Ok(ExitCode::from(u8::from(problems > 0)))
    }

    /// A line for each remark, below the name of its figure where there are several.
    fn table(&self) -> String {
        let mut figures: BTreeMap<&Option<PathBuf>, Vec<&Remark>> = BTreeMap::new();
        for (file, remark) in &self.0 {
            figures.entry(file).or_default().push(remark);
        }
        let several = figures.len() > 1;
        let mut lines = Vec::new();
        for (file, remarks) in figures {
            if let Some(file) = file.as_ref().filter(|_| several) {
                lines.push(format!("{}:", file.display()));
            }
            for Remark { severity, code, what, advice } in remarks {
                lines.push(format!("{}: {what} {advice} [{code}]", severity.label()));
            }
        }
        lines.push(self.summary());
        lines.join("\n")
    }

    fn summary(&self) -> String {
        let kinds = [Severity::Error, Severity::Warning, Severity::Note];
        let count = |severity| self.0.iter().filter(|(_, r)| r.severity == severity).count();
        let found: Vec<String> = kinds
            .into_iter()
            .map(|severity| (count(severity), severity.label()))
            .filter(|(n, _)| *n > 0)
            .map(|(n, label)| format!("{n} {label}{}", if n == 1 { "" } else { "s" }))
            .collect();
        if found.is_empty() {
            "Nothing to be looked at.".to_owned()
        } else {
            format!("Found: {}.", found.join(", "))
        }
    }
}
