//! What has changed in a record since a project was saved, event by event.

use super::{Project, ProjectFigure, SavedView};
use crate::analysis::{Record, View, words};
use crate::data::figure_file::{DrawnRow, MAX_ROWS, Since, changes, fitted};

/// What a project was saved with, for a record that may have changed since.
#[derive(Clone, Debug, PartialEq)]
pub struct RestoredProject {
    /// What is looked at.
    pub view: View,
    /// What a figure of it is to be.
    pub figure: ProjectFigure,
    /// What of it this record does not have, a sentence each.
    pub lacking: Vec<String>,
    /// What has changed since.
    pub since: Since,
}

impl RestoredProject {
    /// What a project was saved with; what the record lacks is said.
    #[must_use]
    pub fn new(project: &Project, record: &Record) -> Self {
        let since = project_since(project, record);
        let is_other = matches!(since, Since::OtherRecord { .. });
        let Project { view, figure, .. } = project;
        let (view, spec, lacking) = fitted(view.clone(), figure.spec.clone(), record, is_other);
        let figure = ProjectFigure { spec, ..figure.clone() };
        Self { view, figure, lacking, since }
    }
}

impl SavedView {
    /// It without what a record does not have.
    #[must_use]
    pub fn fitted(&self, record: &Record) -> Self {
        let Self { name, view, figure } = self;
        let (view, spec, _) = fitted(view.clone(), figure.spec.clone(), record, true);
        Self { name: name.clone(), view, figure: ProjectFigure { spec, ..figure.clone() } }
    }
}

/// Compares what a record holds with what it held when the project was saved.
#[must_use]
pub fn project_since(project: &Project, record: &Record) -> Since {
    let said = &project.dataset.said;
    if said.sha256.is_some() && said.sha256.as_deref() == record.sha256.get() {
        return Since::SameRecord;
    }
    let then = &project.events;
    let Some(rows) = &then.rows else {
        let now = record.events.len();
        return Since::Summed { then: then.total(), now, same: false };
    };
    // A file that has another name now may still hold the same events.
    let is_known = |row: &DrawnRow| record.find_event(&row.id).is_some();
    if said.name != record.name && !rows.iter().any(is_known) {
        let open = format!("{} {}", record.name, record.version).trim().to_owned();
        return Since::OtherRecord { figure: said.words(), open };
    }
    let changes = changes(then, record, record.event_indices());
    Since::Changed { then: said.version.clone(), now: record.version.clone(), changes }
}

/// What has changed, in one sentence.
#[must_use]
pub fn project_words(since: &Since) -> String {
    let counts = since.counts();
    match since {
        Since::SameRecord => "The data is the same as when the project was saved.".to_owned(),
        Since::OtherRecord { figure, open } => format!(
            "The project was saved with other data ({figure}) than this ({open}): none of its events are here."
        ),
        Since::Changed { .. } if counts.is_empty() => {
            "The data's file changed since the project was saved, but none of its events did."
                .to_owned()
        }
        Since::Changed { then, now, .. } => {
            let version = if then == now {
                String::new()
            } else {
                format!(" (version {then} then, {now} now)")
            };
            let counts = counts.iter().enumerate().map(|(place, (kind, count))| {
                let noun = match (place, count) {
                    (0, 1) => " event",
                    (0, _) => " events",
                    _ => "",
                };
                format!("{}{noun} {}", words::thousands(*count), kind.label())
            });
            let counts = counts.collect::<Vec<_>>().join(", ");
            format!("Since the project was saved the data changed{version}: {counts}.")
        }
        Since::Summed { then, now, .. } => format!(
            "Since the project was saved the data changed: it had {} events, and has {} now. A project does not list \
             more than {}, so that it cannot say which.",
            words::thousands(*then),
            words::thousands(*now),
            words::thousands(MAX_ROWS)
        ),
    }
}
