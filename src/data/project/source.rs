//! Where the record of a project lies: in the program, or in a file beside the project, below it or elsewhere.

use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::ProjectError;
use crate::data::DatasetPlace;

/// Where a record lies, as a project says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DatasetSource {
    /// In the program itself.
    Embedded,
    /// A file or folder: with `/` between its parts, from the folder of the project where it lies in or below that; else
    /// as the system names it.
    Path(String),
}

/// A record that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// In the program itself.
    Embedded,
    /// Where the project says.
    File(PathBuf),
    /// Not there, but a file of its name lies beside the project.
    Beside(PathBuf),
    /// Nowhere; where it was.
    Missing(PathBuf),
}

impl DatasetSource {
    /// Where a record lies, for a project that is saved as `project`; for none, as when nothing was saved yet, in full.
    ///
    /// # Errors
    /// [`ProjectError::NoPlace`] of a record that lies nowhere.
    pub fn of(place: &DatasetPlace, project: Option<&Path>) -> Result<Self, ProjectError> {
        let path = match place {
            DatasetPlace::Embedded => return Ok(Self::Embedded),
            DatasetPlace::Nowhere => return Err(ProjectError::NoPlace),
            DatasetPlace::File(path) => path,
        };
        let full = |path: &Path| {
            let real = path.canonicalize().or_else(|_| std::path::absolute(path));
            real.unwrap_or_else(|_| path.to_owned())
        };
        let path = full(path);
        let folder = project.map(|project| match project.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => full(parent),
            _ => full(Path::new(".")),
        });
        let within = folder.as_deref().and_then(|folder| path.strip_prefix(folder).ok());
        let names = within.and_then(|within| {
            let names = within.components().map(|part| match part {
                Component::Normal(name) => name.to_str(),
                _ => None,
            });
            names.collect::<Option<Vec<&str>>>()
        });
        Ok(Self::Path(match names.filter(|names| !names.is_empty()) {
            Some(names) => names.join("/"),
            None => path.display().to_string(),
        }))
    }

    /// Looks for the record of the project at `project`.
    #[must_use]
    pub fn find(&self, project: &Path) -> Found {
        let Self::Path(said) = self else { return Found::Embedded };
        let folder = project.parent().unwrap_or(Path::new(""));
        let said = Path::new(said);
        let path = folder.join(said);
        // What lies on another computer is never asked for: that would open a connection.
        let is_remote = ["\\\\", "//"]
            .iter()
            .any(|start| said.as_os_str().to_string_lossy().starts_with(start));
        let is_there = |path: &Path| path.is_file() || path.is_dir();
        if !is_remote && is_there(&path) {
            return Found::File(path);
        }
        let beside = said.file_name().map(|name| folder.join(name));
        match beside.filter(|beside| is_there(beside)) {
            Some(beside) => Found::Beside(beside),
            None => Found::Missing(path),
        }
    }

    /// Whether it is one that the program could have written.
    pub(super) fn is_plain(&self) -> bool {
        match self {
            Self::Embedded => true,
            Self::Path(path) => !path.is_empty() && path.len() <= 4096 && !path.contains('\0'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_record_in_or_below_the_folder_is_named_from_there_and_any_other_in_full() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        fs::create_dir_all(at("case/data")).unwrap();
        for file in ["case/a.csv", "case/data/b.csv", "c.csv"] {
            fs::write(at(file), "x").unwrap();
        }
        let project = at("case/p.sitrep");
        let source =
            |file: &str| DatasetSource::of(&DatasetPlace::File(at(file)), Some(&project)).unwrap();
        assert_eq!(source("case/a.csv"), DatasetSource::Path("a.csv".to_owned()));
        assert_eq!(source("case/data/b.csv"), DatasetSource::Path("data/b.csv".to_owned()));
        let full = at("c.csv").canonicalize().unwrap().display().to_string();
        assert_eq!(source("c.csv"), DatasetSource::Path(full));
        let untitled = DatasetSource::of(&DatasetPlace::File(at("case/a.csv")), None).unwrap();
        assert!(matches!(untitled, DatasetSource::Path(path) if Path::new(&path).is_absolute()));
        assert!(DatasetSource::of(&DatasetPlace::Nowhere, None).is_err());
        for file in ["case/a.csv", "case/data/b.csv", "c.csv"] {
            assert!(matches!(source(file).find(&project), Found::File(path) if path.is_file()));
        }
        fs::remove_file(at("c.csv")).unwrap();
        let gone = DatasetSource::Path(at("c.csv").display().to_string());
        assert_eq!(gone.find(&project), Found::Missing(at("c.csv")));
        fs::write(at("case/c.csv"), "x").unwrap();
        assert_eq!(gone.find(&project), Found::Beside(at("case/c.csv")));
        let remote = DatasetSource::Path("//server/share/x.csv".to_owned());
        assert!(matches!(remote.find(&project), Found::Missing(_)));
    }
}
