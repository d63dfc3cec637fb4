//! Figures among the files that are named on the command line, and what they were made of.

use std::path::PathBuf;

use super::{CliError, args, output};
use crate::analysis::{FigureSpec, Record};
use crate::data::figure_file::{Drawn, SvgLetters};
use crate::data::project::{RestoredProject, project_words};
use crate::data::{FigureFile, FigureRecord, Loaded, Opening, ProjectFile, Restored, Since};
use crate::export::SvgText;
use crate::export::make::FigureFormat;
use crate::scene::figure::Figure;
use crate::scene::map::MapInput;

/// What the files are that were named.
pub(super) struct Opened {
    /// The record.
    pub(super) loaded: Loaded,
    /// The figure among them.
    pub(super) figure: Option<FigureFile>,
    /// The project among them.
    pub(super) project: Option<ProjectFile>,
}

/// Reads the figure or the project among the files, and the data package; where none is named that of the project, or the
/// embedded record.
pub(super) fn open(files: &[PathBuf], opening: &Opening) -> Result<Opened, CliError> {
    let (projects, others): (Vec<&PathBuf>, Vec<&PathBuf>) =
        files.iter().partition(|file| ProjectFile::is_project(file));
    let (pictures, packages): (Vec<&PathBuf>, Vec<&PathBuf>) =
        others.into_iter().partition(|file| FigureFile::is_picture(file));
    if projects.len() + pictures.len() > 1 && !projects.is_empty() {
        return Err(CliError::Use(
            "a project says what is looked at, and so does a figure or another project: give one of them"
                .to_owned(),
        ));
    }
    if let Some(path) = projects.first() {
        let project = ProjectFile::read(path)?;
        let instead = match packages.as_slice() {
            [] => None,
            [one] => Some(one.as_path()),
            several => {
                return Err(CliError::Use(format!(
                    "{} files were given beside the project: give at most one, its data",
                    several.len()
                )));
            }
        };
        let loaded = project.open_data(instead, opening)?;
        return Ok(Opened { loaded, figure: None, project: Some(project) });
    }
    let figure = match pictures.as_slice() {
        [] => None,
        [one] => Some(FigureFile::read(one)?),
        several => {
            return Err(CliError::Use(format!(
                "{} figures were given: Sitrep opens one at a time",
                several.len()
            )));
        }
    };
    let packages: Vec<PathBuf> = packages.into_iter().cloned().collect();
    Ok(Opened { loaded: args::load(&packages, opening)?, figure, project: None })
}

/// What a project was saved with, for a record. What the record lacks of it and what has changed is said.
pub(super) fn restored_project(project: &ProjectFile, record: &Record) -> RestoredProject {
    let restored = RestoredProject::new(&project.project.value, record);
    for lacking in &restored.lacking {
        output::complain(lacking);
    }
    if restored.since != Since::SameRecord {
        let more =
            if restored.since.changes().is_empty() { "" } else { " `sitrep check` lists them." };
        output::complain(&format!("{}{more}", project_words(&restored.since)));
    }
    restored
}

/// What a figure was made of, for a record. What the record lacks of it and what has changed is said.
///
/// # Errors
/// [`CliError::Use`] when the figure is of another record: its view would say something else of this one.
pub(super) fn restored(figure: &FigureFile, record: &Record) -> Result<Restored, CliError> {
    let restored = Restored::new(&figure.record, record);
    if let Since::OtherRecord { figure: of, .. } = &restored.since {
        return Err(CliError::Use(format!(
            "the figure was made of another record ({of}) than this one ({} {}): name the data package of it beside the figure: {}",
            record.name,
            record.version,
            figure.path.display()
        )));
    }
    for lacking in &restored.lacking {
        output::complain(lacking);
    }
    if !restored.since.is_same() {
        let more =
            if restored.since.changes().is_empty() { "" } else { " `sitrep info` lists them." };
        output::complain(&format!("{}{more}", restored.since.words()));
    }
    Ok(restored)
}

/// What a figure is to say of itself.
pub(super) fn record_of(
    input: &MapInput<'_>,
    spec: &FigureSpec,
    figure: &Figure,
    format: FigureFormat,
) -> FigureRecord {
    let live = format == FigureFormat::Svg(SvgText::Live);
    FigureRecord {
        svg_text: live.then_some(SvgLetters::Live),
        drawn: Some(Drawn {
            camera: figure.map.camera,
            map_pt: [figure.map.rect.width(), figure.map.rect.height()],
        }),
        ..FigureRecord::new(input.dataset, input.view, input.selection, spec)
    }
}
