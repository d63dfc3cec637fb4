//! One CSV table as rows of named cells, with the line that each row starts on.

use std::cell::Cell;

use super::problem::{Location, Problem};

/// A table read from CSV.
pub(super) struct Table {
    /// File name for problems.
    pub(super) file: String,
    header: Vec<String>,
    /// Whether a column stands twice.
    repeats: bool,
    header_line: u64,
    /// The cells of all rows, one after the other.
    cells: String,
    /// By cell, where in `cells` it ends.
    ends: Vec<usize>,
    /// By row, the line that it starts on. Each has as many cells as the header.
    lines: Vec<u64>,
    /// Place of the column that was asked for last. A row is read from the left, so that the next one is
    /// mostly found at once.
    asked: Cell<usize>,
    /// Lines that could not be read.
    pub(super) broken: usize,
    /// Whether anything could be read.
    pub(super) readable: bool,
}

/// One row of a table.
pub(super) struct Row<'a> {
    pub(super) table: &'a Table,
    /// Line that the row starts on, from 1.
    pub(super) line: u64,
    /// Place of its first cell.
    first: usize,
}

impl Table {
    /// Reads the bytes; lines that cannot be read are problems and left out.
    pub(super) fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Self {
        let mut table = Self {
            file: file.to_owned(),
            header: Vec::new(),
            repeats: false,
            header_line: 1,
            cells: String::new(),
            ends: Vec::new(),
            lines: Vec::new(),
            asked: Cell::new(0),
            broken: 0,
            readable: true,
        };
        if let Some(lines) = lines_of_utf16(bytes) {
            (table.readable, table.broken) = (false, lines.saturating_sub(1));
            let whole = Location { file: file.to_owned(), line: None, column: None };
            let advice = "save it as UTF-8; no row of it was used";
            problems.push(Problem::error(whole, "this file is UTF-16 text", advice));
            return table;
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
        let mut lines = LineCounter { bytes, at: 0, line: 1 };
        let mut record = csv::ByteRecord::new();
        let mut is_header = true;
        // Reading from memory has no other end than the last line.
        while let Ok(true) = reader.read_byte_record(&mut record) {
            let start = record.position().map_or(0, csv::Position::byte);
            let line = lines.line_at(usize::try_from(start).unwrap_or(usize::MAX));
            if is_header {
                is_header = false;
                table.read_header(line, &record, problems);
            } else if table.readable {
                table.read_row(line, &record, problems);
            } else {
                table.broken += 1;
            }
        }
        table
    }

    fn read_header(&mut self, line: u64, record: &csv::ByteRecord, problems: &mut Vec<Problem>) {
        self.header_line = line;
        let Ok(record) = csv::StringRecord::from_byte_record(record.clone()) else {
            self.readable = false;
            let advice = "save the table as UTF-8; no row of it was used";
            problems.push(Problem::error(
                self.location(Some(line), None),
                "the header is not UTF-8 text",
                advice,
            ));
            return;
        };
        self.header = record.iter().map(|c| c.trim().to_owned()).collect();
        for (at, column) in self.header.iter().enumerate() {
            if !column.is_empty() && self.header[..at].contains(column) {
                self.repeats = true;
                let advice = "give each column its own name; the first one was used";
                let location = self.location(Some(line), Some(column));
                problems.push(Problem::error(location, "the column stands twice", advice));
            }
        }
    }

    fn read_row(&mut self, line: u64, record: &csv::ByteRecord, problems: &mut Vec<Problem>) {
        let (cells, columns) = (record.len(), self.header.len());
        if cells != columns {
            self.broken += 1;
            problems.push(Problem::error(
                self.location(Some(line), None),
                format!("the line has {cells} cells, the header {columns}"),
                "check quotes and commas; the line was left out",
            ));
            return;
        }
        let broken = record.iter().position(|cell| str::from_utf8(cell).is_err());
        if let Some(place) = broken {
            self.broken += 1;
            let column = self.header.get(place).map(String::as_str);
            problems.push(Problem::error(
                self.location(Some(line), column),
                "the cell is not UTF-8 text",
                "save the table as UTF-8; the line was left out",
            ));
            return;
        }
        for (place, cell) in record.iter().enumerate() {
            let text = str::from_utf8(cell).unwrap_or_default();
            self.read_cell(line, place, text, problems);
        }
        self.lines.push(line);
    }

    /// Control characters become spaces: no reader of a table means them, and a terminal would obey them.
    fn read_cell(&mut self, line: u64, place: usize, text: &str, problems: &mut Vec<Problem>) {
        let is_bad = |c: char| c.is_control() && !matches!(c, '\n' | '\r');
        if let Some(found) = text.chars().find(|c| is_bad(*c)) {
            let column = self.header.get(place).map(String::as_str);
            let what =
                format!("there is a control character (U+{:04X}) in the cell", u32::from(found));
            let advice = "take it out; it was read as a space";
            problems.push(Problem::error(self.location(Some(line), column), what, advice));
            self.cells.push_str(&text.replace(is_bad, " "));
        } else {
            self.cells.push_str(text);
        }
        self.ends.push(self.cells.len());
    }

    fn location(&self, line: Option<u64>, column: Option<&str>) -> Location {
        Location { file: self.file.clone(), line, column: column.map(str::to_owned) }
    }

    /// The header's cell of a column.
    pub(super) fn header_cell(&self, column: &str) -> Location {
        self.location(Some(self.header_line), Some(column))
    }

    /// Whether the table has such a column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.header.iter().any(|h| h == column)
    }

    /// The place of the first column with this name.
    fn place_of(&self, column: &str) -> Option<usize> {
        let from = if self.repeats { 0 } else { self.asked.get() };
        let mut places = (from..self.header.len()).chain(0..from);
        let place = places.find(|place| self.header[*place] == column)?;
        self.asked.set(place);
        Some(place)
    }

    /// A cell of all rows, by its place.
    fn cell(&self, place: usize) -> Option<&str> {
        let start =
            place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.cells.get(start..*self.ends.get(place)?)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let columns = self.header.len();
        let rows = self.lines.iter().enumerate();
        rows.map(move |(row, line)| Row { table: self, line: *line, first: row * columns })
    }
}

/// The number of lines when the text is UTF-16, with or without its mark.
fn lines_of_utf16(bytes: &[u8]) -> Option<usize> {
    let start = &bytes[..bytes.len().min(64)];
    let marked = start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff");
    // Half of the bytes of Latin letters in UTF-16 are zero; in a table of UTF-8 none is.
    let zeros: usize = start.iter().map(|b| usize::from(*b == 0)).sum();
    if !marked && zeros * 4 < start.len().max(1) {
        return None;
    }
    let little_end_first = start.starts_with(b"\xff\xfe") || start.get(1) == Some(&0);
    let line_feed = if little_end_first { [b'\n', 0] } else { [0, b'\n'] };
    Some(bytes.chunks_exact(2).filter(|pair| *pair == line_feed).count())
}

/// Line numbers of byte offsets that are asked for in rising order.
struct LineCounter<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl LineCounter<'_> {
    /// The line that the record at this offset starts on. The CSV reader counts the blank lines before a
    /// record as its beginning; a person does not.
    fn line_at(&mut self, offset: usize) -> u64 {
        let rest = self.bytes.get(offset..).unwrap_or_default();
        let blank = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let start = offset.saturating_add(blank).min(self.bytes.len());
        for at in self.at..start {
            let is_end = match self.bytes[at] {
                b'\n' => true,
                b'\r' => self.bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            self.line += u64::from(is_end);
        }
        self.at = start;
        self.line
    }
}

impl Row<'_> {
    /// The trimmed text of a cell; `None` when it is empty or the column is missing.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        let cell = self.table.cell(self.first + self.table.place_of(column)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// Where a cell stands.
    pub(super) fn cell(&self, column: &str) -> Location {
        self.table.location(Some(self.line), Some(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(csv: &[u8], rows: usize, problem: &str) {
        let mut problems = Vec::new();
        let table = Table::read("t.csv", csv, &mut problems);
        assert_eq!(table.rows().count(), rows);
        let text: Vec<_> = problems.iter().map(ToString::to_string).collect();
        assert!(text.join("\n").contains(problem), "{text:?}");
        assert_eq!(problem.is_empty(), problems.is_empty(), "{text:?}");
    }

    #[test]
    fn a_broken_line_is_a_problem_with_its_number_and_the_rest_is_read() {
        check(b"id,name\na,1\nb\nc,3\n", 2, "t.csv:3: the line has 1 cells, the header 2");
        check(b"id,name\na,\"x\ny\"\nb,2,3\n", 1, "t.csv:4");
        check(b"id,name\na,\xff\nc,3\n", 1, "t.csv:2 [name]: the cell is not UTF-8 text");
    }

    #[test]
    fn a_line_number_is_the_one_that_an_editor_shows() {
        check(b"id,name\n\n\na,1\nb\n", 1, "t.csv:5: the line has 1 cells");
        check(b"\nid,name\na,1\n\n\nb\n", 1, "t.csv:6: the line has 1 cells");
        check(b"id,name\r\n\r\na,1\r\n\r\nb\r\n", 1, "t.csv:5: the line has 1 cells");
        check(b"id,name\ra,1\r\rb\r", 1, "t.csv:4: the line has 1 cells");
        check(b"id,name\na,\"1\n\n2\"\nb\n", 1, "t.csv:5: the line has 1 cells");
    }

    #[test]
    fn a_utf_16_table_is_one_problem_and_its_rows_are_counted() {
        let text = "id,name\na,عين\nb,2\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [b"\xff\xfe".to_vec(), little.clone()].concat();
        for bytes in [little, big, marked] {
            let mut problems = Vec::new();
            let table = Table::read("t.csv", &bytes, &mut problems);
            assert_eq!((table.rows().count(), table.broken, table.readable), (0, 2, false));
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(
                problems[0].to_string().starts_with("t.csv: this file is UTF-16 text; save it")
            );
        }
    }

    #[test]
    fn a_control_character_is_a_problem_and_read_as_a_space() {
        check(b"id,name\na,\x1b[2Jx\n", 1, "t.csv:2 [name]: there is a control character (U+001B)");
        check(b"id,name\na,\"two\nlines\"\n", 1, "");
        let table = Table::read("t.csv", b"id,name\na,x\x07y\n", &mut Vec::new());
        assert!(table.rows().all(|r| r.text("name") == Some("x y")));
    }

    #[test]
    fn a_column_that_stands_twice_is_a_problem() {
        check(b"id,name,name\na,1,2\n", 1, "t.csv:1 [name]: the column stands twice");
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_column() {
        let table = Table::read("t.csv", b"\xef\xbb\xbfid,name\na,1\n", &mut Vec::new());
        assert!(table.rows().all(|r| r.table.has("id") && r.text("id") == Some("a")));
    }
}
