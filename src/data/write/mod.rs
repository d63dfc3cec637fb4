//! Events as files that other programs open, and that Sitrep opens again: what a view lets through, with a word on what that is.
//!
//! Every format takes its columns from [`event_columns`], one event after the other. What a flat file cannot hold stays out:
//! what each source says of an event beyond its stance, kinds and parents of parties, descriptions of sites, links between
//! events, context and published counts.

mod csv;
mod geojson;
mod geopackage;
mod kml;
mod parquet;
mod wkb;

use std::fmt;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::store::{Draft, SaveError};
use crate::analysis::event_columns::{EventColumn, EventLine, event_columns};
use crate::analysis::{ExportNote, Record, Selection, View};
use crate::domain::Classes;

pub(in crate::data) use csv::plain;

/// A format that events are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventFormat {
    /// Comma-separated values, RFC 4180.
    Csv,
    /// `GeoJSON`, RFC 7946.
    GeoJson,
    /// KML 2.2, with the days of events.
    Kml,
    /// `GeoPackage` 1.3.
    GeoPackage,
    /// Parquet, with points as `GeoParquet` 1.1.
    Parquet,
}

impl EventFormat {
    /// All.
    pub const ALL: [Self; 5] =
        [Self::Csv, Self::GeoJson, Self::Kml, Self::GeoPackage, Self::Parquet];

    /// The endings of its files, the first being the usual one.
    #[must_use]
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Csv => &["csv"],
            Self::GeoJson => &["geojson", "json"],
            Self::Kml => &["kml"],
            Self::GeoPackage => &["gpkg"],
            Self::Parquet => &["parquet", "geoparquet"],
        }
    }

    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::GeoJson => "GeoJSON",
            Self::Kml => "KML",
            Self::GeoPackage => "GeoPackage",
            Self::Parquet => "Parquet",
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
    /// There are more columns than the format has.
    #[error(
        "a GeoPackage has {most} columns at most, and these events have {columns}: save them as CSV, GeoJSON or Parquet"
    )]
    TooManyColumns {
        /// What the events have.
        columns: usize,
        /// What the format has.
        most: usize,
    },
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
    /// Red, green and blue of the classes, for formats that have colours.
    class_colours: [[u8; 3]; Classes::MOST],
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
        let columns = event_columns(record);
        Self { record, selection, columns, note, class_colours: [[0; 3]; Classes::MOST], go_on }
    }

    /// With the colours of the classes, red, green and blue, for the formats that have some.
    #[must_use]
    pub fn with_class_colours(self, class_colours: [[u8; 3]; Classes::MOST]) -> Self {
        Self { class_colours, ..self }
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
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::Interrupted => WriteError::Stopped,
            _ => SaveError::Io { path: path.to_owned(), source }.into(),
        };
        if format == EventFormat::GeoPackage {
            if self.columns.len() > geopackage::MOST_COLUMNS {
                let (columns, most) = (self.columns.len(), geopackage::MOST_COLUMNS);
                return Err(WriteError::TooManyColumns { columns, most });
            }
            // A database is written in place, and the draft is not yet the file.
            geopackage::write(self, draft.place()).map_err(failed)?;
            return Ok(draft.save()?);
        }
        let mut out = BufWriter::with_capacity(1 << 18, draft);
        self.write(format, &mut out).map_err(failed)?;
        let draft = out.into_inner().map_err(|error| failed(error.into_error()))?;
        Ok(draft.save()?)
    }

    fn write(&self, format: EventFormat, out: &mut (dyn Write + Send)) -> io::Result<()> {
        match format {
            EventFormat::Csv => csv::write(self, out),
            EventFormat::GeoJson => geojson::write(self, out),
            EventFormat::Kml => kml::write(self, out),
            EventFormat::Parquet => parquet::write(self, out),
            EventFormat::GeoPackage => Err(io::ErrorKind::Unsupported.into()),
        }
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
