//! A figure as a file: what it is by its first bytes, and what it says of itself.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::in_svg::position;
use super::{FigureFault, FigureFileError, FigureRecord, in_pdf, in_png, in_svg, text};

/// The most bytes of a picture that are read.
pub(super) const MAX_FILE: u64 = 256_000_000;
/// Bytes that show what a file is.
const HEAD: u64 = 4096;

/// What a figure is saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureKind {
    /// Pixels.
    Png,
    /// A drawing as XML.
    Svg,
    /// A page.
    Pdf,
}

impl FigureKind {
    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Svg => "SVG",
            Self::Pdf => "PDF",
        }
    }

    /// What bytes are the beginning of; `None` of something else. The name of a file says nothing.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let head = &bytes[..bytes.len().min(1024)];
        let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        if bytes.starts_with(in_png::SIGNATURE) {
            Some(Self::Png)
        } else if position(head, b"%PDF-").is_some() {
            Some(Self::Pdf)
        } else {
            let is_markup = start.starts_with(b"<");
            (is_markup && position(start, b"<svg").or(position(start, b":svg")).is_some())
                .then_some(Self::Svg)
        }
    }
}

/// A figure that was opened again.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is saved as.
    pub kind: FigureKind,
    /// What it says of itself.
    pub record: FigureRecord,
}

impl FigureFile {
    /// Whether the file at `path` is a picture by its first bytes, so that it is meant to be opened as a figure.
    #[must_use]
    pub fn is_picture(path: &Path) -> bool {
        let read = || -> io::Result<Vec<u8>> {
            let mut head = Vec::new();
            File::open(path)?.take(HEAD).read_to_end(&mut head)?;
            Ok(head)
        };
        path.is_file() && read().is_ok_and(|head| FigureKind::of(&head).is_some())
    }

    /// Reads what a figure says of itself.
    ///
    /// # Errors
    /// [`FigureFileError`] when the file cannot be read, or says nothing that can be used.
    pub fn read(path: &Path) -> Result<Self, FigureFileError> {
        let io = |source| FigureFileError::Io { path: path.to_owned(), source };
        let mut bytes = Vec::new();
        File::open(path).map_err(io)?.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(io)?;
        let fault = |fault| FigureFileError::Fault { path: path.to_owned(), fault };
        if bytes.len() as u64 > MAX_FILE {
            return Err(fault(FigureFault::Large));
        }
        let (kind, record) = Self::in_bytes(&bytes).map_err(fault)?;
        Ok(Self { path: path.to_owned(), kind, record })
    }

    /// What the bytes of a figure say of it.
    ///
    /// # Errors
    /// [`FigureFault`] with what is wrong.
    pub fn in_bytes(bytes: &[u8]) -> Result<(FigureKind, FigureRecord), FigureFault> {
        let kind = FigureKind::of(bytes).ok_or(FigureFault::NotAFigure)?;
        let found = match kind {
            FigureKind::Png => in_png::find(bytes)?,
            FigureKind::Svg => in_svg::find(bytes)?,
            FigureKind::Pdf => in_pdf::find(bytes)?,
        };
        let record = text::read(&found)?;
        record.checked()?;
        Ok((kind, record))
    }
}
