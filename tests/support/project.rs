//! Projects as the window saves them, made without one.

use std::path::Path;

use sitrep_atlas::analysis::{FigureSize, FigureSpec, ThemeName, View};
use sitrep_atlas::data::project::{DatasetSource, Kept, ProjectDataset, ProjectFigure, SavedView};
use sitrep_atlas::data::{self, Loaded, Project, ProjectFile};

/// A figure in dark colours.
pub(crate) fn figure() -> ProjectFigure {
    let spec = FigureSpec::new(FigureSize::parse("700x480", 96.0).unwrap());
    ProjectFigure { spec, theme: ThemeName::Dark, arabic: false, reopened: None }
}

/// The project of a record that was read, with its opening view, as it is saved at a path.
pub(crate) fn of(loaded: &Loaded, at: &Path) -> Kept<Project> {
    let record = &loaded.dataset;
    let source = DatasetSource::of(&loaded.place, Some(at)).unwrap();
    let dataset = ProjectDataset::of(record, source, loaded.opened.as_ref());
    let view = View::opening(record);
    let mut project = Project::new(dataset, view, figure(), Project::events_of(record));
    let view = View::of_all(record);
    project.views.push(Kept::new(SavedView {
        name: "All of it".to_owned(),
        view,
        figure: figure(),
    }));
    Kept::new(project)
}

/// Saves a project of the record at `data`, or of the embedded one.
pub(crate) fn save(data: Option<&Path>, at: &Path) -> Kept<Project> {
    let project = of(&data::load(data).unwrap(), at);
    ProjectFile::save(at, &project).unwrap();
    project
}
