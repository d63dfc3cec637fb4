//! Tables of events that other people made: told apart, read, and reported on.
//!
//! A file becomes text (`text_file.rs`), its beginning tells how it is written (`dialect.rs`) and what its columns are
//! (`profile/`, `guess.rs`), all of that is a [`Mapping`], and under it every row becomes an event or a line of the
//! import report (`read.rs`).

mod blocks;
mod by_name;
mod cells;
mod counts;
mod dataset;
mod dates;
mod dialect;
mod feeder;
mod formats;
mod guess;
mod interned;
mod mapping;
mod mapping_file;
mod marks;
mod origin;
mod own;
mod place;
mod place_names;
mod positions;
mod profile;
mod read;
mod reader;
mod rejected;
mod remembered;
mod report;
mod role;
mod row_words;
mod said_places;
mod survey;
mod swap;
mod text_file;

use std::io;
use std::path::Path;
use std::sync::Arc;

pub use blocks::Progress;
pub use by_name::ByName;
pub use dates::OrderSeen;
pub use dialect::Sample;
pub use formats::RowName;
pub use mapping::{CountMeaning, DateOrder, MappedColumn, Mapping, PlaceSaid};
pub use mapping_file::MappingError;
pub(super) use origin::Stamp;
pub use place::TablePlace;
pub use place_names::{Candidate, NameOutcome, PlaceName, PlaceNames};
pub use read::Imported;
pub use rejected::{Rejected, write_rejected};
pub use remembered::folder as remembered_folder;
pub use report::{ColumnRead, Doubt, Example, HowRead, LeftOut, Report, Rows};
pub use role::Role;
pub use survey::Survey;
pub use swap::Swapped;

use super::problem::{Location, Problem};
use crate::domain::{Dataset, LonLat};
use formats::{Opened, Way};
use origin::Origin;
use row_words::RowWords;
use text_file::TextFile;

/// Whether the file at `path` is to be read as a table: a file of text that is no JSON, as the descriptor of a data package is,
/// or one of another format that is known.
#[must_use]
pub fn is_table(path: &Path) -> bool {
    path.is_file() && Origin::of_file(path).is_ok_and(|origin| formats::is_table(&origin))
}

/// The first names of some columns, for one line of text.
pub(super) fn shown(header: &[String]) -> String {
    const MOST: usize = 20;
    const LONGEST: usize = 40;
    let plain = |name: &String| {
        let name: String = name.chars().take(LONGEST).collect();
        name.replace(char::is_control, " ")
    };
    let mut shown = header.iter().take(MOST).map(plain).collect::<Vec<_>>().join(", ");
    if header.len() > MOST {
        shown.push_str(&format!(", and {} more", header.len() - MOST));
    }
    shown
}

/// What became of the rows of a table, as problems of its file: one for each reason.
pub(super) fn problems(how: &HowRead, file: &str) -> Vec<Problem> {
    use crate::domain::Code as _;
    let report = &how.report;
    let of = |label: &str, rows: &Rows, advice: &str, left_out: bool| {
        let first = rows.examples.first();
        let location =
            Location { file: file.to_owned(), line: first.map(|e| e.line), column: None };
        let lines: Vec<String> = rows.examples.iter().map(|e| e.line.to_string()).collect();
        let more = if rows.rows > rows.examples.len() as u64 { " and more" } else { "" };
        let such =
            first.filter(|e| !e.cell.is_empty()).map(|e| format!(", such as \"{}\"", e.cell));
        let noun = if rows.rows == 1 { "row" } else { "rows" };
        let what = format!(
            "in {} {noun} {label}{} ({}s {}{more})",
            rows.rows,
            such.unwrap_or_default(),
            report.rows_are.one(),
            lines.join(", ")
        );
        if left_out {
            Problem::error(location, what, advice)
        } else {
            Problem::remark(location, what, advice)
        }
    };
    let left_out = report.left_out.iter();
    let left_out = left_out.map(|(why, rows)| of(why.label(), rows, why.advice(), true));
    let doubts = report.doubts.iter();
    let doubts =
        doubts.map(|(what, rows)| of(what.label(), rows, "these were used; look at them", false));
    let swapped = how.swapped.iter().map(|swapped| {
        let location = Location { file: file.to_owned(), line: None, column: None };
        Problem::remark(location, swapped.words(), Swapped::ADVICE)
    });
    left_out.chain(doubts).chain(swapped).collect()
}

/// A table that can be read: its text, how it is written, and what its columns are taken for.
#[derive(Clone, Debug)]
pub struct Table {
    file: TextFile,
    sample: Sample,
    mapping: Mapping,
    way: Way,
}

/// What rows are read by.
#[derive(Clone, Copy)]
struct Parts<'a> {
    file: &'a TextFile,
    sample: &'a Sample,
    mapping: &'a Mapping,
    way: &'a Way,
}

impl Table {
    /// Opens a file and looks at its beginning.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self::of(formats::open(Origin::of_file(path)?)?))
    }

    /// A table that can be read once only, such as one from standard input.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn from_reader(from: &mut dyn io::Read) -> io::Result<Self> {
        Ok(Self::of(formats::open(Origin::of_reader(from)?)?))
    }

    /// A table that is in memory.
    ///
    /// # Errors
    /// When it cannot be decoded.
    pub fn in_memory(bytes: Vec<u8>) -> io::Result<Self> {
        Ok(Self::of(formats::open(Origin::Memory(bytes.into()))?))
    }

    fn of(Opened { file, mut sample, way }: Opened) -> Self {
        let mut mapping = profile::recognised(&mut sample).unwrap_or_else(|| guess::guess(&sample));
        way.complete(&mut mapping);
        Self { file, sample, mapping, way }
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

    /// A mapping of it as the text of a mapping file.
    #[must_use]
    pub fn mapping_text(&self, mapping: &Mapping) -> String {
        self.mapping_text_with(mapping, &PlaceNames::default())
    }

    /// A mapping of it as the text of a mapping file, in which the names of places that are to be settled stand as remarks.
    #[must_use]
    pub fn mapping_text_with(&self, mapping: &Mapping, names: &PlaceNames) -> String {
        mapping_file::write(mapping, &self.sample, names)
    }

    /// Takes its columns for what is remembered in `folder` of tables of this shape, where something is; what is kept there and
    /// cannot be used is told.
    pub fn map_as_remembered(&mut self, folder: &Path) {
        match remembered::recall(folder, &self.sample) {
            None => {}
            Some(Ok(mapping)) => self.mapping = mapping,
            Some(Err(told)) => self.mapping.notes.push(told),
        }
    }

    /// Remembers a mapping in `folder` for tables of this shape: the same delimiter and the same header. Of a table without a
    /// header nothing is kept.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn remember(&self, folder: &Path, mapping: &Mapping) -> io::Result<()> {
        remembered::keep(folder, &self.sample, mapping)
    }

    /// Forgets what is remembered in `folder` of tables of this shape.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn forget(&self, folder: &Path) -> io::Result<()> {
        remembered::forget(folder, &self.sample)
    }

    /// Whether something is remembered in `folder` of tables of this shape.
    #[must_use]
    pub fn is_remembered(&self, folder: &Path) -> bool {
        remembered::file(folder, &self.sample).is_some_and(|path| path.is_file())
    }

    /// What choices for its columns would cost, counted over the whole file.
    ///
    /// # Errors
    /// As [`Table::read`].
    pub fn survey(&self, progress: &Progress) -> io::Result<Survey> {
        let roles = [Role::Date, Role::Latitude, Role::Longitude];
        let wanted: Vec<usize> = roles.iter().filter_map(|r| self.mapping.place(*r)).collect();
        survey::survey(&self.file, &self.sample, &wanted, progress)
    }

    /// The position that a row of the beginning has under a mapping.
    #[must_use]
    pub fn sample_position(&self, row: usize, mapping: &Mapping) -> Option<LonLat> {
        let row = self.sample.rows.get(row)?;
        let cell = |role: Role| mapping.place(role).and_then(|p| row.get(p)).map(String::as_str);
        let degrees = |role: Role, axis| positions::degrees(cell(role).unwrap_or_default(), axis);
        let lat_lon = degrees(Role::Latitude, positions::Axis::Latitude)
            .zip(degrees(Role::Longitude, positions::Axis::Longitude));
        let apart = lat_lon.and_then(|(lat, lon)| LonLat::new(lon, lat).ok());
        let both = || cell(Role::Position).and_then(positions::both);
        let square = || cell(Role::Mgrs).and_then(positions::mgrs).map(|(position, _)| position);
        apart.or_else(both).or_else(square)
    }

    /// Takes its columns for what a mapping file says.
    ///
    /// # Errors
    /// When that cannot be read, or says something that Sitrep or the table does not know.
    pub fn map_by_file(&mut self, path: &Path) -> Result<(), MappingError> {
        self.mapping = mapping_file::open(path, &self.sample)?;
        Ok(())
    }

    /// Takes its columns for what the text of a mapping file says. `said_by` is what people call that file.
    ///
    /// # Errors
    /// When it says something that Sitrep or the table does not know.
    pub fn map_by_text(&mut self, text: &str, said_by: &str) -> Result<(), MappingError> {
        self.mapping = mapping_file::read(text, &self.sample, said_by.to_owned())?;
        Ok(())
    }

    /// The name of its encoding.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        self.file.encoding()
    }

    /// Reads all rows.
    ///
    /// # Errors
    /// When the file cannot be read to its end; [`io::ErrorKind::Interrupted`] when it was stopped.
    pub fn read(&self, progress: &Progress) -> io::Result<Imported> {
        let mut imported = read::read(self.parts(), progress)?;
        self.way.renumber(&mut imported.report);
        imported.report.places = place_names::of(&imported);
        Ok(imported)
    }

    /// The table of its first rows alone, those of about a megabyte.
    ///
    /// # Errors
    /// When they cannot be held.
    pub fn beginning(&self) -> io::Result<Self> {
        let (text, is_whole) = self.file.sample();
        let end = if is_whole { text.len() } else { feeder::row_end(text).unwrap_or(text.len()) };
        let file = TextFile::of_utf8(Origin::Memory(text[..end].into()))?;
        Ok(Self { file, ..self.clone() })
    }

    fn parts(&self) -> Parts<'_> {
        let Self { file, sample, mapping, way } = self;
        Parts { file, sample, mapping, way }
    }

    /// The rows that were left out, in the order of the file, which is read again. `order` is that of numbers in its dates, as
    /// [`HowRead::date_order`] has it.
    ///
    /// # Errors
    /// As [`Table::read`].
    pub fn rejected(
        &self,
        order: Option<DateOrder>,
        progress: &Progress,
    ) -> io::Result<Vec<Rejected>> {
        rejected::rejected(self.parts(), order, progress)
    }

    /// Whether nearly all positions fit only when latitude and longitude change places. The file is read for that where its
    /// beginning gives reason to.
    ///
    /// # Errors
    /// As [`Table::read`].
    pub fn swapped(&self, progress: &Progress) -> io::Result<Option<Swapped>> {
        swap::swapped(&self.file, &self.sample, &self.mapping, progress)
    }

    /// How it was read, for people.
    #[must_use]
    pub fn how_read(&self, imported: &Imported) -> HowRead {
        use crate::domain::Code as _;
        let mapping = &self.mapping;
        let column = |place: usize| self.sample.header.get(place).cloned().unwrap_or_default();
        let columns = mapping.columns.iter().map(|c| ColumnRead {
            column: column(c.place),
            role: c.role.code(),
            why: c.why.clone(),
        });
        let is_own = mapping.profile == Some(own::NAME);
        let is_other = |place: &usize| {
            mapping.keeps(*place) && !(is_own && own::reads(&self.sample.header[*place]))
        };
        let others = (0..self.sample.header.len()).filter(is_other);
        HowRead {
            profile: mapping.profile,
            said_by: mapping.said_by.clone(),
            encoding: self.encoding(),
            delimiter: char::from(self.sample.delimiter),
            columns: columns.collect(),
            kept_as_they_stand: others.map(column).collect(),
            source: self.way.source.clone(),
            is_made: self.way.is_made,
            notes: self.way.notes.iter().chain(&mapping.notes).cloned().collect(),
            date_order: mapping.date_order.or_else(|| imported.dates.order()),
            swapped: None,
            report: imported.report.clone(),
        }
    }

    /// The dataset that was read, under the name that people know the file by.
    #[must_use]
    pub fn dataset(&self, imported: Imported, name: &str) -> Dataset {
        let texts = Arc::new(RowWords::new(self.parts()));
        let mut dataset = dataset::dataset(imported, &self.sample, &self.mapping, texts, name);
        if self.mapping.profile == Some(own::NAME) {
            // Only a table of text that a spreadsheet opens is guarded against it.
            own::complete(&mut dataset, !self.way.is_made);
        }
        dataset
    }
}
