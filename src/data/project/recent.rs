//! The projects that were opened or saved last, the newest first, as a file in the person's configuration.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::data::{SaveError, save};

/// What a file of this form says of itself.
const FORMAT: &str = "sitrep-recent/1";
/// The most projects that are remembered.
const MOST: usize = 12;
/// The most bytes that are read.
const LARGEST: u64 = 1 << 20;

/// The projects that were opened or saved last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    format: String,
    /// Their files, the newest first.
    pub projects: Vec<PathBuf>,
}

/// The file of the person's configuration in which they are remembered; `None` where the system names none.
#[must_use]
pub fn recent_file() -> Option<PathBuf> {
    let mappings = crate::data::import::remembered_folder()?;
    Some(mappings.parent()?.join("recent.json"))
}

impl Recent {
    /// What is remembered; nothing where there is nothing that can be read.
    #[must_use]
    pub fn read(file: &Path) -> Self {
        let is_small = fs::metadata(file).is_ok_and(|meta| meta.is_file() && meta.len() <= LARGEST);
        let text = if is_small { fs::read(file).unwrap_or_default() } else { Vec::new() };
        let mut recent: Self = serde_json::from_slice(&text).unwrap_or_default();
        recent.projects.truncate(MOST);
        recent
    }

    /// Remembers a project as the newest; what other windows remembered stays.
    ///
    /// # Errors
    /// [`SaveError`] when it cannot be written.
    pub fn add(file: &Path, project: &Path) -> Result<Self, SaveError> {
        let io_error = |source| SaveError::Io { path: file.to_owned(), source };
        let mut recent = Self::read(file);
        let project = std::path::absolute(project).map_err(io_error)?;
        recent.projects.retain(|known| *known != project);
        recent.projects.insert(0, project);
        recent.projects.truncate(MOST);
        recent.write(file).map_err(io_error)??;
        Ok(recent)
    }

    /// Forgets a project.
    ///
    /// # Errors
    /// [`SaveError`] when it cannot be written.
    pub fn forget(file: &Path, project: &Path) -> Result<Self, SaveError> {
        let mut recent = Self::read(file);
        recent.projects.retain(|known| known != project);
        let io_error = |source| SaveError::Io { path: file.to_owned(), source };
        recent.write(file).map_err(io_error)??;
        Ok(recent)
    }

    fn write(&mut self, file: &Path) -> io::Result<Result<(), SaveError>> {
        FORMAT.clone_into(&mut self.format);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        // A name that is no text cannot be remembered.
        self.projects.retain(|path| path.to_str().is_some());
        let text = serde_json::to_string_pretty(self).map_err(io::Error::other)?;
        Ok(save(file, text.as_bytes()))
    }
}
