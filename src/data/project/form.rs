//! What a project says.

use serde::{Deserialize, Serialize};

use super::source::DatasetSource;
use super::{Kept, ProjectFault};
use crate::analysis::play::PlaySpec;
use crate::analysis::{Camera, FigureSpec, Record, ThemeName, View};
use crate::data::OpenedTable;
use crate::data::figure_file::{DatasetSaid, DrawnEvents, SOFTWARE, view_checked};

/// What the name of its form begins with, before the number.
pub(super) const FORMAT: &str = "sitrep-project/";
/// The number of the form that is written.
pub(super) const FORMAT_NUMBER: u32 = 1;
/// The most characters of the name of a saved view.
pub const MAX_NAME: usize = 120;
/// The most saved views.
pub(super) const MAX_VIEWS: usize = 1_000;

/// What was looked at, in which record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// The form of this.
    pub format: String,
    /// The program that saved it, with its version.
    pub software: String,
    /// Of a document that was kept without being saved: the project that it belongs to, empty where it has none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsaved_of: Option<String>,
    /// Of which record.
    pub dataset: ProjectDataset,
    /// What is looked at.
    pub view: View,
    /// What a figure of it is to be.
    pub figure: ProjectFigure,
    /// How time is played.
    #[serde(default)]
    pub play: PlaySpec,
    /// Other views, by name.
    #[serde(default)]
    pub views: Vec<Kept<SavedView>>,
    /// All events that the record had; of very many only their number.
    pub events: DrawnEvents,
}

/// The record of a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProjectDataset {
    /// Where it lies.
    pub source: DatasetSource,
    /// What it is.
    #[serde(flatten)]
    pub said: DatasetSaid,
    /// What a person said of the columns of a table, as the lines of a mapping file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<Vec<String>>,
}

/// What a figure is to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProjectFigure {
    /// Its sheet.
    pub spec: FigureSpec,
    /// Its colours, which need not be those of the window.
    pub theme: ThemeName,
    /// Arabic names beside the Latin ones.
    pub arabic: bool,
    /// Of a figure that was opened again: where the window looked then, and where the figure looks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopened: Option<[Option<Camera>; 2]>,
}

/// A view with a name, and what a figure of it is to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedView {
    /// What a person calls it.
    pub name: String,
    /// What is looked at.
    pub view: View,
    /// What a figure of it is to be.
    pub figure: ProjectFigure,
}

impl ProjectDataset {
    /// A record that lies somewhere, read as a person said of its columns where one did.
    #[must_use]
    pub fn of(record: &Record, source: DatasetSource, table: Option<&OpenedTable>) -> Self {
        let mapping = table.map(|opened| &opened.table).and_then(|table| {
            let mapping = table.mapping();
            mapping.said_by.is_some().then(|| table.mapping_text(mapping))
        });
        let lines = |text: String| text.lines().map(str::to_owned).collect();
        Self { source, said: DatasetSaid::of(record), mapping: mapping.map(lines) }
    }
}

impl Project {
    /// All events of a record, as a project lists them: of more than [`crate::data::figure_file::MAX_ROWS`] only their
    /// number. Takes as long as reading the words of each.
    #[must_use]
    pub fn events_of(record: &Record) -> DrawnEvents {
        DrawnEvents::of_record(record)
    }

    /// A project of a view of a record with these events.
    #[must_use]
    pub fn new(
        dataset: ProjectDataset,
        view: View,
        figure: ProjectFigure,
        events: DrawnEvents,
    ) -> Self {
        Self {
            format: format!("{FORMAT}{FORMAT_NUMBER}"),
            software: SOFTWARE.to_owned(),
            unsaved_of: None,
            dataset,
            view,
            figure,
            play: PlaySpec::default(),
            views: Vec::new(),
            events,
        }
    }

    /// Whether it is something that the program could have written.
    pub(super) fn checked(&self) -> Result<(), ProjectFault> {
        let refused = |why: &str| Err(ProjectFault::Refused(why.to_owned()));
        let DatasetSaid { name, title, version, sha256, time_zone } = &self.dataset.said;
        let words = [name, title, version, time_zone, &self.software].into_iter().chain(sha256);
        let is_long = |word: &String| word.chars().nth(1_000).is_some();
        if words.into_iter().any(|word| is_long(word) || word.chars().any(char::is_control)) {
            return refused("a name in it has control characters, or no end");
        }
        if !self.dataset.source.is_plain() {
            return refused("the path of its data is none");
        }
        if self.views.len() > MAX_VIEWS {
            return Err(ProjectFault::Refused(format!("it has more than {MAX_VIEWS} saved views")));
        }
        let views = self.views.iter().map(|saved| &saved.value);
        if views.clone().any(|saved| {
            saved.name.chars().nth(MAX_NAME).is_some() || saved.name.chars().any(char::is_control)
        }) {
            return refused("the name of a saved view has control characters, or no end");
        }
        let all = views.map(|saved| (&saved.view, &saved.figure));
        for (view, figure) in all.chain([(&self.view, &self.figure)]) {
            view_checked(view).map_err(ProjectFault::Refused)?;
            figure.spec.checked().map_err(|error| ProjectFault::Refused(error.to_string()))?;
        }
        self.events.is_right().map_err(ProjectFault::Refused)
    }

    /// What the columns of its table were said to be, as the text of a mapping file.
    #[must_use]
    pub fn mapping_text(&self) -> Option<String> {
        self.dataset.mapping.as_ref().map(|lines| lines.join("\n") + "\n")
    }
}
