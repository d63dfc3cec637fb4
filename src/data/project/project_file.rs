//! A project as a file: told by its ending or its first bytes, read within limits, and saved whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::form::{FORMAT, FORMAT_NUMBER};
use super::{Found, Kept, MAX_BYTES, Project, ProjectError, ProjectFault, limits, print};
use crate::data::figure_file::{is_newer, shortened};
use crate::data::{self, Loaded, MappingFrom, Opening};

/// The ending of its name.
pub const ENDING: &str = "sitrep";
/// Bytes that show what a file is.
const HEAD: u64 = 256;

/// A project that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What it says, with what of it is not known.
    pub project: Kept<Project>,
}

impl ProjectFile {
    /// Whether the file at `path` is meant to be a project, by the ending of its name or by its first bytes.
    #[must_use]
    pub fn is_project(path: &Path) -> bool {
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING)) {
            // A data package may lie in a folder of any name.
            return !path.is_dir() || !path.join("datapackage.json").is_file();
        }
        let read = || -> io::Result<Vec<u8>> {
            let mut head = Vec::new();
            File::open(path)?.take(HEAD).read_to_end(&mut head)?;
            Ok(head)
        };
        path.is_file() && read().is_ok_and(|head| is_begun(&String::from_utf8_lossy(&head)))
    }

    /// Reads a project.
    ///
    /// # Errors
    /// [`ProjectError`] when the file cannot be read, or says nothing that can be used.
    pub fn read(path: &Path) -> Result<Self, ProjectError> {
        let io = |source| ProjectError::Io { path: path.to_owned(), source };
        if !fs::metadata(path).map_err(io)?.is_file() {
            return Err(ProjectError::NotAFile(path.to_owned()));
        }
        let mut bytes = Vec::new();
        File::open(path)
            .map_err(io)?
            .take(MAX_BYTES as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(io)?;
        let fault = |fault| ProjectError::Fault { path: path.to_owned(), fault };
        let project = Self::in_bytes(&bytes).map_err(fault)?;
        Ok(Self { path: path.to_owned(), project })
    }

    /// What the bytes of a project say.
    ///
    /// # Errors
    /// [`ProjectFault`] with what is wrong.
    pub fn in_bytes(bytes: &[u8]) -> Result<Kept<Project>, ProjectFault> {
        if bytes.len() > MAX_BYTES {
            return Err(ProjectFault::Large);
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if bytes.trim_ascii().is_empty() {
            return Err(ProjectFault::Empty);
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            let is_ours = is_begun(&String::from_utf8_lossy(&bytes[..bytes.len().min(256)]));
            let damaged = || ProjectFault::Damaged("it is no text any more".to_owned());
            return Err(if is_ours { damaged() } else { ProjectFault::NotAProject });
        };
        limits::check(text)?;
        let Head { format, software } = head(text)?;
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (format, software) = (word(&format), word(&software));
        let number = format.strip_prefix(FORMAT).and_then(|number| number.parse::<u32>().ok());
        match number {
            None => return Err(ProjectFault::NotAProject),
            Some(number) if number > FORMAT_NUMBER => {
                return Err(ProjectFault::Newer(shortened(&software)));
            }
            Some(_) => {}
        }
        let project: Kept<Project> = serde_json::from_str(text).map_err(|error| {
            if is_newer(&software) {
                ProjectFault::Newer(shortened(&software))
            } else {
                ProjectFault::Refused(shortened(&error.to_string()))
            }
        })?;
        project.value.checked()?;
        Ok(project)
    }

    /// The text of a project.
    ///
    /// # Errors
    /// [`ProjectError::Long`] when it would be more than is ever read.
    pub fn text(project: &Kept<Project>) -> Result<String, ProjectError> {
        let value = serde_json::to_value(project).map_err(|_| ProjectError::Long)?;
        let text = print::print(&value);
        if limits::check(&text).is_err() {
            return Err(ProjectError::Long);
        }
        Ok(text)
    }

    /// Saves a project, whole or not at all.
    ///
    /// # Errors
    /// [`ProjectError`], and the file is as it was before.
    pub fn save(path: &Path, project: &Kept<Project>) -> Result<(), ProjectError> {
        Ok(data::save(path, Self::text(project)?.as_bytes())?)
    }

    /// Where its record lies; nowhere of the embedded one.
    ///
    /// # Errors
    /// [`ProjectError::Missing`] when it is not there.
    pub fn find_data(&self) -> Result<Option<PathBuf>, ProjectError> {
        match self.project.value.dataset.source.find(&self.path) {
            Found::Embedded => Ok(None),
            Found::File(path) | Found::Beside(path) => Ok(Some(path)),
            Found::Missing(data) => {
                let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned());
                Err(ProjectError::Missing { name: name.unwrap_or_default(), data })
            }
        }
    }

    /// Opens its record: the one at `instead` where one is named.
    ///
    /// # Errors
    /// [`ProjectError`] when it is not there or cannot be read.
    pub fn open_data(
        &self,
        instead: Option<&Path>,
        opening: &Opening,
    ) -> Result<Loaded, ProjectError> {
        let project = &self.project.value;
        let path = match instead {
            Some(path) => Some(path.to_owned()),
            None => self.find_data()?,
        };
        let mut opening = opening.clone();
        let is_table = path.as_deref().is_some_and(data::import::is_table);
        if opening.mapping.is_none()
            && is_table
            && let Some(text) = project.mapping_text()
        {
            opening.mapping = Some(MappingFrom::Text { text, said_by: "the project".to_owned() });
        }
        Ok(data::open(path.as_deref(), &opening)?)
    }
}

/// What a project of any version says.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: Value,
    #[serde(default)]
    software: Value,
}

fn head(text: &str) -> Result<Head, ProjectFault> {
    let begun = is_begun(text);
    serde_json::from_str(text).map_err(|error| match error.classify() {
        serde_json::error::Category::Data if !begun => ProjectFault::NotAProject,
        serde_json::error::Category::Data => ProjectFault::Refused(shortened(&error.to_string())),
        _ if !begun => ProjectFault::NotAProject,
        serde_json::error::Category::Eof => {
            ProjectFault::Damaged(format!("it breaks off in line {}", error.line()))
        }
        _ => ProjectFault::Damaged(format!("line {} cannot be read", error.line())),
    })
}

/// Whether a text begins as Sitrep writes it, in whatever version.
fn is_begun(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let after = text.strip_prefix('{').map(str::trim_start);
    let after = after.and_then(|text| text.strip_prefix("\"format\"")).map(str::trim_start);
    let after = after.and_then(|text| text.strip_prefix(':')).map(str::trim_start);
    after.is_some_and(|text| text.trim_start_matches('"').starts_with(FORMAT))
}
