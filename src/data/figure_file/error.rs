//! Why a figure cannot be opened again.

use std::path::PathBuf;

use super::file::MAX_FILE;
use super::text::MAX_TEXT;

/// Why a file cannot be opened as a figure.
#[derive(Debug, thiserror::Error)]
pub enum FigureFileError {
    /// The file is not there, or may not be read.
    #[error("the figure cannot be read ({source}): check the name and the rights: {}", .path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// What it says of itself cannot be used.
    #[error("{fault}: {}", .path.display())]
    Fault {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        fault: FigureFault,
    },
}

/// What is wrong with what a figure says of itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FigureFault {
    /// No PNG, SVG or PDF.
    #[error("this is no figure that can be opened again: give a PNG, SVG or PDF that Sitrep saved")]
    NotAFigure,
    /// Larger than any figure.
    #[error("a picture of more than {} MB is not read: give a figure as Sitrep saved it", MAX_FILE / 1_000_000)]
    Large,
    /// Nothing of Sitrep in it.
    #[error(
        "this picture does not say how it was made, because something else than Sitrep made it or what it said was \
         taken out: give the figure as Sitrep saved it"
    )]
    Nothing,
    /// More than one record.
    #[error("this picture says more than once how it was made: give the figure as Sitrep saved it")]
    Several,
    /// It breaks off, or its check does not hold.
    #[error("what the figure says of itself is damaged ({0}): give another copy of it")]
    Damaged(&'static str),
    /// More than is ever written.
    #[error(
        "what the figure says of itself is longer than the {} MB that Sitrep writes at most: give the figure as \
         Sitrep saved it",
        MAX_TEXT / 1_000_000
    )]
    Long,
    /// Whole, but nothing that this program can use.
    #[error(
        "what the figure says of itself cannot be used ({0}): give the figure as Sitrep saved it"
    )]
    Refused(String),
    /// Made by a program that knows more.
    #[error("the figure was made by a newer Sitrep ({0}) than this one ({ours}): open it with that one", ours = super::SOFTWARE)]
    Newer(String),
}
