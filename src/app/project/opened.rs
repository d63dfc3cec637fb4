//! A project that was read, as the document that the window shows. For the thread that opens it.

use std::path::PathBuf;

use crate::app::document::{Command, Document, update};
use crate::app::history::Snapshot;
use crate::data::ProjectFile;
use crate::data::project::{Kept, RestoredProject, SavedView, Slot, Unknown};

/// What is known of a project beside its document.
#[derive(Debug)]
pub(crate) struct OpenedProject {
    /// Where it is saved; nowhere yet when it was kept without being saved.
    pub(crate) path: Option<PathBuf>,
    pub(crate) unknown: Unknown,
    /// What of it the record lacks, and what changed since.
    pub(crate) restored: RestoredProject,
    /// Where it was kept, when it was not saved.
    pub(crate) slot: Option<Slot>,
}

impl OpenedProject {
    /// What people call it.
    pub(crate) fn name(&self) -> String {
        self.path.as_deref().map_or_else(|| "What was not saved".to_owned(), super::name)
    }
}

/// Shows a project in the document of its record.
pub(crate) fn opened(file: ProjectFile, document: &mut Document) -> OpenedProject {
    let ProjectFile { path, project: Kept { value: project, unknown } } = file;
    let restored = RestoredProject::new(&project, &document.dataset);
    let fit = |saved: &Kept<SavedView>| {
        let value = saved.value.fitted(&document.dataset);
        Kept { value, unknown: saved.unknown.clone() }
    };
    let snapshot = Snapshot {
        view: restored.view.clone(),
        figure: restored.figure.clone().into(),
        play: project.play,
        views: std::sync::Arc::new(project.views.iter().map(fit).collect()),
    };
    update(document, Command::Restore(Box::new(snapshot)));
    let path = match project.unsaved_of {
        None => Some(path),
        Some(of) => (!of.is_empty()).then(|| PathBuf::from(of)),
    };
    OpenedProject { path, unknown, restored, slot: None }
}
