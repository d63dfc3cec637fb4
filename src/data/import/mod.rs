//! Tables of events that other people made: told apart, read, and reported on.
//!
//! A file becomes text (`text_file.rs`), its beginning tells how it is written (`dialect.rs`) and what its columns are
//! (`profile/`, `guess.rs`), all of that is a [`Mapping`], and under it every row becomes an event or a line of the
//! import report (`read.rs`).

mod blocks;
mod cells;
mod counts;
mod dates;
mod dialect;
mod guess;
mod mapping;
mod positions;
mod profile;
mod read;
mod report;
mod role;
mod text_file;

use std::io;
use std::path::Path;

pub use blocks::Progress;
pub use dates::OrderSeen;
pub use dialect::Sample;
pub use mapping::{CountMeaning, DateOrder, MappedColumn, Mapping};
pub use read::{Imported, TablePlace, TableRow};
pub use report::{Doubt, Example, LeftOut, Report, Rows};
pub use role::Role;

use text_file::TextFile;

/// A table that can be read: its text, how it is written, and what its columns are taken for.
#[derive(Clone, Debug)]
pub struct Table {
    file: TextFile,
    sample: Sample,
    mapping: Mapping,
}

impl Table {
    /// Opens a file and looks at its beginning.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self::of(TextFile::open(path)?))
    }

    /// A table that is in memory.
    ///
    /// # Errors
    /// When it cannot be decoded.
    pub fn in_memory(bytes: Vec<u8>) -> io::Result<Self> {
        Ok(Self::of(TextFile::in_memory(bytes)?))
    }

    fn of(file: TextFile) -> Self {
        let (text, is_whole) = file.sample();
        let mut sample = Sample::read(text, is_whole);
        let mapping = profile::recognised(&mut sample).unwrap_or_else(|| guess::guess(&sample));
        Self { file, sample, mapping }
    }

    /// Its beginning.
    #[must_use]
    pub fn sample(&self) -> &Sample {
        &self.sample
    }

    /// What its columns are taken for.
    #[must_use]
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// Takes its columns for something else.
    pub fn map(&mut self, mapping: Mapping) {
        self.mapping = mapping;
    }

    /// The name of its encoding.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        self.file.encoding()
    }

    /// How many bytes of text there are, where that is known beforehand.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.file.length()
    }

    /// Reads all rows.
    ///
    /// # Errors
    /// When the file cannot be read to its end; [`io::ErrorKind::Interrupted`] when it was stopped.
    pub fn read(&self, progress: &Progress) -> io::Result<Imported> {
        read::read(&self.file, &self.sample, &self.mapping, progress)
    }
}
