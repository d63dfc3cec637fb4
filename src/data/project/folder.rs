//! What there is to be opened in a folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::ENDING;

/// The most entries of a folder that are listed.
const MOST: usize = 2_000;
/// The most that are looked at.
const LOOKED_AT: usize = 50_000;
/// Endings of files that may be tables or figures.
const OTHERS: [&str; 18] = [
    "csv",
    "tsv",
    "txt",
    "gz",
    "zip",
    "json",
    "geojson",
    "ndjson",
    "xlsx",
    "ods",
    "kml",
    "kmz",
    "parquet",
    "geoparquet",
    "gpkg",
    "png",
    "svg",
    "pdf",
];

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// A folder.
    Folder(PathBuf),
    /// A project.
    Project(PathBuf),
    /// A file that may be a table or a figure.
    Other(PathBuf),
}

impl Entry {
    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Folder(path) | Self::Project(path) | Self::Other(path) => path,
        }
    }
}

/// A folder and what can be opened in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The folder.
    pub folder: PathBuf,
    /// Folders, projects and other files, each by name; hidden ones are left out.
    pub entries: Vec<Entry>,
    /// Whether there are more than are listed.
    pub is_cut: bool,
}

impl Listing {
    /// What can be opened in a folder.
    ///
    /// # Errors
    /// What the system says.
    pub fn of(folder: &Path) -> io::Result<Self> {
        let mut entries = Vec::new();
        let mut is_cut = false;
        for (place, entry) in fs::read_dir(folder)?.enumerate() {
            if place == LOOKED_AT {
                is_cut = true;
                break;
            }
            let Ok(path) = entry.map(|entry| entry.path()) else { continue };
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            if name.is_none_or(|name| name.starts_with('.')) {
                continue;
            }
            let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
            let ending = ending.unwrap_or_default();
            if path.is_dir() {
                entries.push(Entry::Folder(path));
            } else if ending == ENDING {
                entries.push(Entry::Project(path));
            } else if OTHERS.contains(&ending.as_str()) {
                entries.push(Entry::Other(path));
            }
        }
        entries.sort();
        is_cut |= entries.len() > MOST;
        entries.truncate(MOST);
        Ok(Self { folder: folder.to_owned(), entries, is_cut })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_first_then_projects_and_what_cannot_be_opened_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["b.csv", "z.sitrep", ".hidden.sitrep", "program.exe"] {
            fs::write(folder.path().join(file), "").unwrap();
        }
        fs::create_dir(folder.path().join("zz")).unwrap();
        let listing = Listing::of(folder.path()).unwrap();
        let names: Vec<_> = listing.entries.iter().map(|e| e.path().file_name().unwrap()).collect();
        assert_eq!(names, ["zz", "z.sitrep", "b.csv"]);
        assert!(Listing::of(&folder.path().join("b.csv")).is_err());
    }
}
