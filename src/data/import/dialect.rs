//! How a table is written, told from its beginning: what stands between cells, and whether a header stands above.

use super::blocks::RowsFrom;
use super::cells::{Next, Row, Rows};
use super::text_file::TextFile;

/// The characters that stand between cells in practice.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Rows of the beginning that are looked at.
const ROWS: usize = 200;

/// The beginning of a table, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// What stands between cells.
    pub delimiter: u8,
    /// The names of the columns: those of the header, or "column 1" and so on.
    pub header: Vec<String>,
    /// Whether the names stand in the file.
    pub has_header: bool,
    /// Where its first row stands, in bytes of the text.
    pub(super) rows_at: usize,
    /// The line on which it stands, from 0.
    pub(super) rows_line: u64,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
}

impl Sample {
    /// Reads the beginning of a table that a reader made: commas between cells, its header known, and its rows from a byte on.
    pub(super) fn read_made(
        text: &[u8],
        is_whole: bool,
        (header, has_header): (Vec<String>, bool),
        rows_at: usize,
    ) -> Self {
        let body = text.get(rows_at..).unwrap_or_default();
        let (mut made, mut row, mut rows) = (Rows::new(body, b','), Row::default(), Vec::new());
        // A row that the end of the beginning cuts is no example.
        while rows.len() < ROWS
            && made.next(&mut row) == Next::Row
            && (is_whole || made.at() < body.len())
        {
            rows.push((0..row.len()).map(|c| row.text(body, c).into_owned()).collect());
        }
        Self { delimiter: b',', header, has_header, rows_at, rows_line: 1, rows }
    }

    /// All rows of its file.
    pub(super) fn rows_of<'a>(&self, text: &'a TextFile) -> RowsFrom<'a, TextFile> {
        RowsFrom { text, start: self.rows_at as u64, delimiter: self.delimiter }
    }

    /// Reads the beginning of a text; `is_whole` when there is nothing after it.
    pub(super) fn read(text: &[u8], is_whole: bool) -> Self {
        let (said, skipped) = said_delimiter(text);
        let delimiter = said.unwrap_or_else(|| {
            let score = |delimiter: &u8| score(&table(&text[skipped..], *delimiter, is_whole));
            // Of equal ones the first of the list.
            DELIMITERS.into_iter().rev().max_by_key(score).unwrap_or(b',')
        });
        let mut rows = table(&text[skipped..], delimiter, is_whole);
        let skipped_lines = u64::from(skipped > 0);
        let has_header = rows.first().is_some_and(|(_, _, cells)| is_header(cells));
        let header: Vec<String> = if has_header {
            rows.remove(0).2
        } else {
            let columns = rows.first().map_or(0, |(.., cells)| cells.len());
            (1..=columns).map(|n| format!("column {n}")).collect()
        };
        let (rows_at, rows_line) = rows
            .first()
            .map_or((text.len(), 0), |(at, line, _)| (skipped + at, skipped_lines + line));
        let rows = rows.into_iter().map(|(.., cells)| cells).collect();
        Self { delimiter, header, has_header, rows_at, rows_line, rows }
    }

    /// The place of a column by its name, whatever its case and the spaces around it.
    #[must_use]
    pub fn place_of(&self, name: &str) -> Option<usize> {
        self.places_of(name).next()
    }

    /// The places of all columns that have this name.
    pub(super) fn places_of(&self, name: &str) -> impl Iterator<Item = usize> {
        let wanted = name.trim().to_lowercase();
        let columns = self.header.iter().enumerate();
        columns.filter(move |(_, c)| c.trim().to_lowercase() == wanted).map(|(place, _)| place)
    }

    /// Whether its columns have names, of the file or of a dataset that is known; not only numbers.
    pub(super) fn has_names(&self) -> bool {
        self.has_header || self.header.first().is_some_and(|name| name != "column 1")
    }

    /// The filled cells of a column in the rows of the beginning.
    pub fn column(&self, place: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(move |row| row.get(place));
        cells.map(String::as_str).filter(|cell| !cell.is_empty())
    }
}

/// Spreadsheets may say in a line of its own what stands between cells: `sep=;`.
fn said_delimiter(text: &[u8]) -> (Option<u8>, usize) {
    let line = text.split(|b| *b == b'\n').next().unwrap_or_default();
    match line.trim_ascii_end() {
        [b's', b'e', b'p', b'=', delimiter] => (Some(*delimiter), (line.len() + 1).min(text.len())),
        _ => (None, 0),
    }
}

/// The first rows under a delimiter, each with its place and line. The last row of a text that goes on may be cut.
fn table(text: &[u8], delimiter: u8, is_whole: bool) -> Vec<(usize, u64, Vec<String>)> {
    let mut rows = Rows::new(text, delimiter);
    let (mut row, mut all) = (Row::default(), Vec::new());
    while all.len() <= ROWS {
        match rows.next(&mut row) {
            Next::Row if rows.at() == text.len() && !is_whole && !all.is_empty() => break,
            Next::Row => {
                let cells = (0..row.len()).map(|c| row.text(text, c).into_owned()).collect();
                all.push((row.start, row.line, cells));
            }
            Next::Open => rows.skip_line(),
            Next::End => break,
        }
    }
    all
}

/// How well a delimiter explains a table: rows that have as many cells as the first, then the number of them.
fn score(rows: &[(usize, u64, Vec<String>)]) -> (usize, usize) {
    let columns = rows.first().map_or(0, |(.., cells)| cells.len());
    if columns < 2 {
        return (0, 0);
    }
    let alike = rows.iter().filter(|(.., cells)| cells.len() == columns).count();
    // Nine of ten will do: one broken row is no reason for another delimiter.
    (usize::from(alike * 10 >= rows.len() * 9), columns)
}

/// A header has words and no number or date.
pub(super) fn is_header(cells: &[String]) -> bool {
    let is_value = |cell: &String| {
        cell.parse::<f64>().is_ok()
            || (cell.len() >= 8 && cell.bytes().filter(u8::is_ascii_digit).count() * 2 > cell.len())
    };
    cells.iter().any(|cell| !cell.is_empty()) && !cells.iter().any(is_value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_makes_a_table() {
        for (text, delimiter, columns) in [
            ("date;lat;lon\n2022-01-05;33,3;44,4\n2022-01-06;36,2;44,0\n", b';', 3),
            ("date\tplace\n2022-01-05\tErbil, north\n", b'\t', 2),
            ("date,notes\n2022-01-05,\"a; b; c\"\n2022-01-06,\"d; e; f\"\n", b',', 2),
            ("sep=|\ndate|place\n2022-01-05|x\n", b'|', 2),
            ("one column\nx\n", b',', 1),
        ] {
            let sample = Sample::read(text.as_bytes(), true);
            assert_eq!((sample.delimiter, sample.header.len()), (delimiter, columns), "{text}");
            assert!(sample.has_header, "{text}");
        }
    }

    #[test]
    fn a_table_without_names_gets_numbers_for_them() {
        let sample = Sample::read(b"1,2022-01-05,Erbil\n2,2022-01-06,Mosul\n", true);
        assert_eq!(sample.header, ["column 1", "column 2", "column 3"]);
        assert_eq!((sample.has_header, sample.rows_at, sample.rows.len()), (false, 0, 2));
    }

    #[test]
    fn rows_begin_behind_what_stands_above_them() {
        let text = "sep=;\n\"a\nb\";c\nfirst;row\n";
        let sample = Sample::read(text.as_bytes(), true);
        assert_eq!(&text[sample.rows_at..], "first;row\n");
        assert_eq!((sample.rows_line, sample.place_of(" C ")), (3, Some(1)));
    }
}
