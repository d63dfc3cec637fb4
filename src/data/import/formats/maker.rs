//! A table made of something else: columns as they turn up, rows with their number in the original.

use std::collections::HashMap;
use std::io;

use crate::data::import::origin::{Origin, Store, refused};

/// A table has no more columns, as in a spreadsheet.
const MOST_COLUMNS: usize = 16_384;

/// All names of columns together are no longer, in bytes, so that they stand in the beginning of the text.
const LONGEST_HEADER: usize = 512 << 10;

/// A cell is no longer, in bytes; what is longer is cut, and told.
const LONGEST_CELL: usize = 1 << 20;

/// What the cells of a row hold together at most, in bytes.
const LONGEST_ROW: usize = 16 << 20;

/// The text of a table may be so many times as long as what it is made of ...
const GROWTH: u64 = 50;

/// ... and so many bytes longer.
const ROOM: u64 = 256 << 20;

/// Which row of the original stands on a line of the made text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::data::import) struct Numbers {
    /// Lines from which numbers go on from another one, with that number.
    jumps: Vec<(u64, u64)>,
}

impl Numbers {
    /// The number of the row that starts on a line, both from 1.
    pub(in crate::data::import) fn of(&self, line: u64) -> u64 {
        let after = self.jumps.partition_point(|(from, _)| *from <= line);
        match after.checked_sub(1).and_then(|at| self.jumps.get(at)) {
            Some((from, number)) => number + (line - from),
            None => line,
        }
    }

    fn push(&mut self, line: u64, number: u64) {
        if self.of(line) != number || self.jumps.is_empty() {
            self.jumps.push((line, number));
        }
    }
}

/// A table that was made.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) text: Origin,
    pub(super) header: Vec<String>,
    /// Whether its names stand in the original.
    pub(super) has_header: bool,
    /// Where its rows begin, in bytes.
    pub(super) rows_at: usize,
    pub(super) numbers: Numbers,
    pub(super) notes: Vec<String>,
}

/// Makes a table of so many bytes. `fill` gives its rows; it is called again when a column turned up after the first row.
///
/// # Errors
/// What `fill` ends with, and when the table is too large.
pub(super) fn make(
    size: u64,
    mut fill: impl FnMut(&mut Maker) -> io::Result<Vec<String>>,
) -> io::Result<Made> {
    let most = size.saturating_mul(GROWTH).saturating_add(ROOM);
    let mut maker = Maker::new(Vec::new(), most);
    let mut notes = fill(&mut maker)?;
    if maker.is_stale {
        maker = Maker::new(std::mem::take(&mut maker.columns), most);
        notes = fill(&mut maker)?;
    }
    maker.made(notes)
}

/// The rows of a table as they are made.
pub(super) struct Maker {
    columns: Vec<String>,
    places: HashMap<String, usize>,
    header_bytes: usize,
    /// How many columns the rows have; `None` before the first row is written.
    written_columns: Option<usize>,
    /// A column turned up after the first row: what was written is of no use.
    is_stale: bool,
    cells: Vec<String>,
    row_bytes: usize,
    text: csv::Writer<Store>,
    rows_at: usize,
    line: u64,
    numbers: Numbers,
    cut: u64,
}

impl Maker {
    fn new(columns: Vec<String>, most: u64) -> Self {
        let places = columns.iter().enumerate().map(|(n, name)| (name.clone(), n)).collect();
        Self {
            header_bytes: columns.iter().map(String::len).sum(),
            cells: vec![String::new(); columns.len()],
            columns,
            places,
            written_columns: None,
            is_stale: false,
            row_bytes: 0,
            text: csv::Writer::from_writer(Store::new(most)),
            rows_at: 0,
            line: 2,
            numbers: Numbers::default(),
            cut: 0,
        }
    }

    /// The place of a column by its name, which is made if there is none yet.
    ///
    /// # Errors
    /// When there are too many.
    pub(super) fn column(&mut self, name: &str) -> io::Result<usize> {
        if let Some(place) = self.places.get(name) {
            return Ok(*place);
        }
        let place = self.add(name)?;
        self.places.insert(name.to_owned(), place);
        Ok(place)
    }

    /// Makes a column, even where there is one of that name.
    ///
    /// # Errors
    /// When there are too many.
    pub(super) fn add(&mut self, name: &str) -> io::Result<usize> {
        self.header_bytes += name.len();
        if self.columns.len() >= MOST_COLUMNS {
            return Err(refused(format!("it has more than {MOST_COLUMNS} columns")));
        }
        if self.header_bytes > LONGEST_HEADER {
            return Err(refused(format!(
                "the names of its columns are longer than {} KB together",
                LONGEST_HEADER / 1024
            )));
        }
        self.is_stale |= self.written_columns.is_some();
        self.columns.push(name.to_owned());
        self.cells.push(String::new());
        Ok(self.columns.len() - 1)
    }

    /// Puts a text into a cell of the row. What is there stays, with the text after it.
    pub(super) fn put(&mut self, place: usize, text: &str) {
        let Some(cell) = self.cells.get_mut(place) else { return };
        if text.is_empty() {
            return;
        }
        if !cell.is_empty() {
            cell.push_str("; ");
        }
        let room = LONGEST_CELL.saturating_sub(cell.len()).min(LONGEST_ROW - self.row_bytes);
        if text.len() > room {
            cell.push_str(&text[..text.floor_char_boundary(room)]);
            cell.push('…');
            self.cut += 1;
        } else {
            cell.push_str(text);
        }
        self.row_bytes = (self.row_bytes + text.len().min(room)).min(LONGEST_ROW);
    }

    /// Puts a text into a cell by the name of its column.
    ///
    /// # Errors
    /// When there are too many columns.
    pub(super) fn put_in(&mut self, column: &str, text: &str) -> io::Result<()> {
        if !text.is_empty() {
            let place = self.column(column)?;
            self.put(place, text);
        }
        Ok(())
    }

    /// Ends the row, which has a number in the original.
    ///
    /// # Errors
    /// When the table is too large.
    pub(super) fn end_row(&mut self, number: u64) -> io::Result<()> {
        if self.columns.is_empty() {
            self.column("row")?;
        }
        if !self.is_stale {
            if self.written_columns.is_none() {
                self.write_header()?;
            }
            self.numbers.push(self.line, number);
            let inside = |cell: &String| memchr::memchr_iter(b'\n', cell.as_bytes()).count() as u64;
            self.line += 1 + self.cells.iter().map(inside).sum::<u64>();
            self.text.write_record(&self.cells).map_err(io_error)?;
        }
        self.row_bytes = 0;
        self.cells.iter_mut().for_each(|cell| {
            cell.clear();
            cell.shrink_to(4096);
        });
        Ok(())
    }

    fn write_header(&mut self) -> io::Result<()> {
        // A line break in a name would put all rows on other lines.
        let plain = |name: &String| name.replace(['\n', '\r'], " ").trim().to_owned();
        let header: Vec<String> = self.columns.iter().map(plain).collect();
        let mut line = csv::Writer::from_writer(Vec::new());
        line.write_record(&header).map_err(io_error)?;
        self.rows_at =
            line.into_inner().map_err(|error| io::Error::other(error.to_string()))?.len();
        self.text.write_record(&header).map_err(io_error)?;
        self.written_columns = Some(header.len());
        Ok(())
    }

    fn made(mut self, mut notes: Vec<String>) -> io::Result<Made> {
        if self.columns.is_empty() {
            return Err(refused("there is no row of events in it"));
        }
        if self.written_columns.is_none() {
            self.write_header()?;
        }
        if self.cut > 0 {
            notes.push(format!(
                "{} longer than {} MB, or in a row longer than {} MB: cut there",
                counted(self.cut, "cell", "cells"),
                LONGEST_CELL >> 20,
                LONGEST_ROW >> 20
            ));
        }
        let store = self.text.into_inner().map_err(|error| {
            let error = error.into_error();
            io::Error::new(error.kind(), error)
        })?;
        Ok(Made {
            text: store.into_origin(),
            header: self.columns.iter().map(|name| name.trim().to_owned()).collect(),
            has_header: true,
            rows_at: self.rows_at,
            numbers: self.numbers,
            notes,
        })
    }
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A number of things, with their name in one or many.
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
