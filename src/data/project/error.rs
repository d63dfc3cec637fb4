//! Why a project cannot be opened or saved.

use std::path::PathBuf;

use super::limits::{MAX_BYTES, MAX_DEPTH, MAX_VALUES};
use crate::data::figure_file::SOFTWARE;

/// Why a project cannot be opened or saved.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// The file is not there, or may not be read.
    #[error("the project cannot be read ({source}): check the name and the rights: {}", .path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A folder, a device or the like.
    #[error("this is no file: give the .sitrep file itself: {}", .0.display())]
    NotAFile(PathBuf),
    /// What it says cannot be used.
    #[error("{fault}: {}", .path.display())]
    Fault {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        fault: ProjectFault,
    },
    /// The record is not where the project says.
    #[error(
        "the data of this project is not there any more: put it back, or name it beside the project (`sitrep {name} DATA`); it was {}",
        .data.display()
    )]
    Missing {
        /// The name of the project.
        name: String,
        /// Where the record was.
        data: PathBuf,
    },
    /// The record cannot be opened.
    #[error("the data of this project cannot be opened: {0}")]
    Data(#[from] crate::data::LoadError),
    /// The record came from standard input.
    #[error(
        "this record was read from standard input, where a project could not find it again: save it as a file first, with `sitrep convert`"
    )]
    NoPlace,
    /// It would be larger than is ever read.
    #[error(
        "the project would be larger than the {} MB that are ever read: pick fewer places, or remove saved views",
        MAX_BYTES / 1_000_000
    )]
    Long,
    /// It cannot be written.
    #[error(transparent)]
    Save(#[from] crate::data::SaveError),
}

/// What is wrong with what a project says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProjectFault {
    /// Something else.
    #[error("this is no project of Sitrep: give a file that Sitrep saved with the ending .sitrep")]
    NotAProject,
    /// Nothing in it.
    #[error("this project is empty: give another copy of it")]
    Empty,
    /// Larger than any project.
    #[error("a project of more than {} MB is not read: give it as Sitrep saved it", MAX_BYTES / 1_000_000)]
    Large,
    /// Deeper than any project.
    #[error(
        "this project has more than {MAX_DEPTH} levels inside each other, which Sitrep never writes: give it as Sitrep saved it"
    )]
    Deep,
    /// More than is ever written.
    #[error(
        "this project has more than {MAX_VALUES} values, which Sitrep never writes: give it as Sitrep saved it"
    )]
    Many,
    /// No whole JSON.
    #[error("this project is damaged ({0}): give another copy of it")]
    Damaged(String),
    /// Whole, but nothing that this program can use.
    #[error("this project cannot be used ({0}): give it as Sitrep saved it")]
    Refused(String),
    /// Saved by a program that knows more.
    #[error(
        "this project was saved by a newer Sitrep ({0}) than this one ({ours}): open it with that one; it was left as it is",
        ours = SOFTWARE
    )]
    Newer(String),
}
