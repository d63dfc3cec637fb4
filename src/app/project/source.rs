//! All that a project is made of, for another thread.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::analysis::Record;
use crate::app::document::{Document, TableRead};
use crate::app::history::Snapshot;
use crate::data::figure_file::DrawnEvents;
use crate::data::project::{DatasetSource, Kept, ProjectDataset, Unknown};
use crate::data::{DatasetPlace, Project, ProjectError};

/// All that a project is made of.
pub(super) struct Source {
    record: Arc<Record>,
    place: DatasetPlace,
    table: Option<Arc<TableRead>>,
    unknown: Unknown,
    events: Arc<OnceLock<DrawnEvents>>,
    pub(super) snapshot: Snapshot,
}

impl Source {
    pub(super) fn of(
        document: &Document,
        unknown: Unknown,
        events: Arc<OnceLock<DrawnEvents>>,
    ) -> Self {
        Self {
            record: Arc::clone(&document.dataset),
            place: document.place.clone(),
            table: document.table.clone(),
            unknown,
            events,
            snapshot: Snapshot::of(document),
        }
    }

    /// The project as it is saved at a path; at none it names all files in full. Takes long the first time.
    pub(super) fn project(
        &self,
        path: Option<&Path>,
        unsaved_of: Option<String>,
    ) -> Result<Kept<Project>, ProjectError> {
        let Self { record, place, table, unknown, events, snapshot } = self;
        let source = DatasetSource::of(place, path)?;
        let table = table.as_ref().map(|table| &table.opened);
        let dataset = ProjectDataset::of(record, source, table);
        let Snapshot { view, figure, play, views } = snapshot;
        let events = events.get_or_init(|| Project::events_of(record)).clone();
        let project = Project::new(dataset, view.clone(), figure.clone().into(), events);
        let value = Project { unsaved_of, play: play.clone(), views: views.to_vec(), ..project };
        Ok(Kept { value, unknown: unknown.clone() })
    }
}
