//! Events as files that other programs open, and that Sitrep opens again: what a view lets through, with a word on what that is.
//!
//! Every format takes its columns from [`event_columns`], one event after the other. What a flat file cannot hold stays out:
//! what each source says of an event beyond its stance, kinds and parents of parties, descriptions of sites, links between
//! events, context and published counts.

mod csv;
mod geojson;

use std::fmt;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::store::{Draft, SaveError};
use crate::analysis::event_columns::{EventColumn, EventLine, event_columns};
use crate::analysis::{ExportNote, Record, Selection, View};

pub(in crate::data) use csv::plain;

/// A format that events are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventFormat {
    /// Comma-separated values, RFC 4180.
    Csv,
    /// `GeoJSON`, RFC 7946.
    GeoJson,
}

impl EventFormat {
    /// All.
    pub const ALL: [Self; 2] = [Self::Csv, Self::GeoJson];

    /// The endings of its files, the first being the usual one.
    #[must_use]
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Csv => &["csv"],
            Self::GeoJson => &["geojson", "json"],
        }
    }

    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::GeoJson => "GeoJSON",
        }
    }

    /// The format that a file's name ends in.
    ///
    /// # Errors
    /// [`WriteError::UnknownEnding`], which names those that are known.
    pub fn of(path: &Path) -> Result<Self, WriteError> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let known = ending.and_then(|ending| {
            Self::ALL.into_iter().find(|format| format.endings().contains(&ending.as_str()))
        });
        known.ok_or_else(|| WriteError::UnknownEnding(path.to_owned()))
    }
}

/// Why events could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The name of the file does not say in which format.
    #[error("events are saved as {}: give the file one of these endings: {}", known(), .0.display())]
    UnknownEnding(PathBuf),
    /// It could not be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// A person broke it off.
    #[error("the saving was broken off, and nothing was written")]
    Stopped,
}

fn known() -> String {
    let all = EventFormat::ALL.map(|f| format!(".{} ({})", f.endings()[0], f.label()));
    crate::analysis::words::listed(&all)
}

/// Events to be written.
pub struct EventExport<'a> {
    record: &'a Record,
    selection: &'a Selection,
    columns: Vec<EventColumn>,
    note: ExportNote,
    /// Is told how many events are written, and says whether to go on.
    go_on: &'a dyn Fn(usize) -> bool,
}

impl fmt::Debug for EventExport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventExport").field("note", &self.note).finish_non_exhaustive()
    }
}

impl<'a> EventExport<'a> {
    /// What a view lets through of a record. `go_on` is told now and then how many events are written, and breaks it off by
    /// saying no.
    #[must_use]
    pub fn new(
        record: &'a Record,
        view: &View,
        selection: &'a Selection,
        go_on: &'a dyn Fn(usize) -> bool,
    ) -> Self {
        let note = ExportNote::of(record, view, selection);
        Self { record, selection, columns: event_columns(record), note, go_on }
    }

    /// What is written, for people and programs.
    #[must_use]
    pub fn note(&self) -> &ExportNote {
        &self.note
    }

    /// Writes a file, wholly or not at all.
    ///
    /// # Errors
    /// [`WriteError`], and what was there is as it was.
    pub fn save(&self, path: &Path) -> Result<(), WriteError> {
        let format = EventFormat::of(path)?;
        let draft = Draft::new(path)?;
        let mut out = BufWriter::with_capacity(1 << 18, draft);
        let written = match format {
            EventFormat::Csv => csv::write(self, &mut out),
            EventFormat::GeoJson => geojson::write(self, &mut out),
        };
        let done = written.and_then(|()| out.into_inner().map_err(io::IntoInnerError::into_error));
        let draft = done.map_err(|source| match source.kind() {
            io::ErrorKind::Interrupted => WriteError::Stopped,
            _ => SaveError::Io { path: path.to_owned(), source }.into(),
        })?;
        Ok(draft.save()?)
    }

    /// The events, one after the other.
    fn each(&self, mut write: impl FnMut(&EventLine<'_>) -> io::Result<()>) -> io::Result<()> {
        const OFTEN: usize = 1024;
        for (number, shown) in self.selection.iter().enumerate() {
            if number % OFTEN == 0 && !(self.go_on)(number) {
                return Err(io::ErrorKind::Interrupted.into());
            }
            write(&EventLine::of(self.record, shown))?;
        }
        Ok(())
    }
}

/// What is written to a file, in memory: for tests and for small results.
///
/// # Errors
/// When a row cannot be written.
pub fn to_bytes(export: &EventExport<'_>, format: EventFormat) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let out: &mut dyn Write = &mut bytes;
    match format {
        EventFormat::Csv => csv::write(export, out)?,
        EventFormat::GeoJson => geojson::write(export, out)?,
    }
    Ok(bytes)
}
