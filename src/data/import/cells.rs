//! Delimited text as rows of cells, without a copy: where the cells of a row stand in the bytes.
//!
//! It reads as RFC 4180 and common spreadsheets do: a quotation mark matters at the beginning of a cell only,
//! doubled it stands for itself, and what follows a closing one belongs to the cell. A row ends with a line
//! feed, a carriage return or both; lines without anything are no rows.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr3};

/// How the bytes of a cell are to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    /// As they stand.
    #[default]
    Plain,
    /// Quotation marks in it are doubled, or it goes on after the closing one.
    Quoted,
}

/// The cells of one row.
#[derive(Debug, Default)]
pub(in crate::data) struct Row {
    cells: Vec<(Range<usize>, Form)>,
    /// Line of the block that it starts on, from 0.
    pub(in crate::data) line: u64,
    /// Where in the block it starts.
    pub(in crate::data) start: usize,
}

impl Row {
    /// Number of cells.
    pub(in crate::data) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The bytes of a cell, trimmed of white space; empty where the row has no such cell.
    pub(in crate::data) fn bytes<'a>(&self, block: &'a [u8], place: usize) -> Cow<'a, [u8]> {
        let Some((range, form)) = self.cells.get(place) else { return Cow::Borrowed(b"") };
        let bytes = block.get(range.clone()).unwrap_or_default();
        match form {
            Form::Plain => Cow::Borrowed(bytes.trim_ascii()),
            Form::Quoted => Cow::Owned(unquoted(bytes).trim_ascii().to_vec()),
        }
    }

    /// Whether all of it is text, without the sign that stands for what is none.
    pub(in crate::data) fn is_text(&self, block: &[u8]) -> bool {
        let end = self.cells.last().map_or(self.start, |(range, _)| range.end);
        let bytes = block.get(self.start..end).unwrap_or_default();
        std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\u{fffd}'))
    }

    /// The text of a cell; what is no UTF-8 becomes U+FFFD.
    pub(in crate::data) fn text<'a>(&self, block: &'a [u8], place: usize) -> Cow<'a, str> {
        match self.bytes(block, place) {
            Cow::Borrowed(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => String::from_utf8_lossy(bytes),
            },
            Cow::Owned(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Cow::Owned(text),
                Err(error) => Cow::Owned(String::from_utf8_lossy(error.as_bytes()).into_owned()),
            },
        }
    }
}

/// A cell after its opening quotation mark: doubled marks once, the closing one left out.
fn unquoted(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(mark) = memchr(b'"', rest) {
        plain.extend_from_slice(&rest[..mark]);
        if rest.get(mark + 1) == Some(&b'"') {
            plain.push(b'"');
            rest = &rest[mark + 2..];
        } else {
            // After the closing mark all stands for itself.
            rest = &rest[mark + 1..];
            break;
        }
    }
    plain.extend_from_slice(rest);
    plain
}

/// What came of looking for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::data) enum Next {
    /// It was read.
    Row,
    /// There is none any more.
    End,
    /// A quotation mark was opened and not closed before the end of the block.
    Open,
}

/// The rows of a block of text, one after the other.
#[derive(Debug)]
pub(in crate::data) struct Rows<'a> {
    pub(in crate::data) block: &'a [u8],
    delimiter: u8,
    at: usize,
    line: u64,
}

impl<'a> Rows<'a> {
    /// The rows of a block that begins with a row.
    pub(in crate::data) fn new(block: &'a [u8], delimiter: u8) -> Self {
        Self { block, delimiter, at: 0, line: 0 }
    }

    /// Lines that were passed.
    pub(in crate::data) fn lines(&self) -> u64 {
        self.line
    }

    /// Where the next row starts.
    pub(in crate::data) fn at(&self) -> usize {
        self.at
    }

    /// Passes over the line at which the rows stand, whatever is in it.
    pub(in crate::data) fn skip_line(&mut self) {
        match memchr::memchr2(b'\n', b'\r', &self.block[self.at..]) {
            Some(end) => {
                self.at += end;
                self.pass_end();
            }
            None => self.at = self.block.len(),
        }
    }

    /// Passes over the end of a line at which the rows stand.
    fn pass_end(&mut self) {
        let is_return = self.block.get(self.at) == Some(&b'\r');
        self.at += 1;
        if is_return && self.block.get(self.at) == Some(&b'\n') {
            self.at += 1;
        }
        self.line += 1;
    }

    /// Reads the next row into `row`. When it is [`Next::Open`], the rows still stand at the row's start.
    pub(in crate::data) fn next(&mut self, row: &mut Row) -> Next {
        row.cells.clear();
        while matches!(self.block.get(self.at), Some(b'\n' | b'\r')) {
            self.pass_end();
        }
        if self.at >= self.block.len() {
            return Next::End;
        }
        let (start, line) = (self.at, self.line);
        (row.start, row.line) = (start, line);
        loop {
            let Some(end) = self.cell(row) else {
                (self.at, self.line) = (start, line);
                return Next::Open;
            };
            self.at = end;
            match self.block.get(end) {
                Some(byte) if *byte == self.delimiter => self.at += 1,
                Some(_) => {
                    self.pass_end();
                    return Next::Row;
                }
                None => return Next::Row,
            }
        }
    }

    /// Reads the cell at which the rows stand, and gives the place after it; `None` when it never closes.
    fn cell(&mut self, row: &mut Row) -> Option<usize> {
        let start = self.at;
        if self.block.get(start) != Some(&b'"') {
            let end = self.plain_end(start);
            row.cells.push((start..end, Form::Plain));
            return Some(end);
        }
        let inside = start + 1;
        let mut from = inside;
        let mut form = Form::Plain;
        loop {
            let mark = from + memchr(b'"', self.block.get(from..)?)?;
            if self.block.get(mark + 1) == Some(&b'"') {
                form = Form::Quoted;
                from = mark + 2;
                continue;
            }
            let end = self.plain_end(mark + 1);
            let cell = &self.block[inside..mark];
            // "\r\n" is one end of a line, and a lone return is rare enough to be counted by itself.
            self.line += memchr_iter(b'\n', cell).count() as u64;
            if end == mark + 1 {
                row.cells.push((inside..mark, form));
            } else {
                row.cells.push((inside..end, Form::Quoted));
            }
            return Some(end);
        }
    }

    /// Where a cell ends that has no quotation mark any more.
    fn plain_end(&self, from: usize) -> usize {
        let rest = self.block.get(from..).unwrap_or_default();
        memchr3(self.delimiter, b'\n', b'\r', rest).map_or(self.block.len(), |end| from + end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let mut rows = Rows::new(text.as_bytes(), b',');
        let (mut row, mut all) = (Row::default(), Vec::new());
        while rows.next(&mut row) == Next::Row {
            all.push((0..row.len()).map(|c| row.text(text.as_bytes(), c).into_owned()).collect());
        }
        all
    }

    /// What the reader of the data package makes of it.
    fn read_otherwise(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let rows = reader.byte_records().map(|r| r.unwrap());
        let cell = |c: &[u8]| String::from_utf8_lossy(c.trim_ascii()).into_owned();
        rows.map(|r| r.iter().map(cell).collect()).collect()
    }

    #[test]
    fn rows_are_those_that_another_reader_finds() {
        for text in [
            "a,b\n1,2\n",
            "a,b\r\n1,\"x\r\ny\"\r\n\r\n2,3",
            "a,b\r1,2\r",
            "\"he said \"\"no\"\"\",2\n",
            "5\" pipe,2\n3,\"4\"\n",
            "\"a\" tail,2\n",
            "\"a\"\"b\" tail\"s,2\n",
            ",,\n,\n\n,",
            "\"\",\"\"\"\"\n",
            "x,\"\n\n\",y\nz",
        ] {
            assert_eq!(read(text), read_otherwise(text), "{text:?}");
        }
    }

    #[test]
    fn made_up_texts_are_read_as_another_reader_reads_them() {
        // Every text of seven of these signs that a counter can spell, some 78,000 of them.
        let signs = ['a', ',', '"', '\n', '\r'];
        for number in 0..5_u32.pow(7) {
            let mut rest = number;
            let text: String = (0..7)
                .map(|_| {
                    let sign = signs[(rest % 5) as usize];
                    rest /= 5;
                    sign
                })
                .collect();
            let mut rows = Rows::new(text.as_bytes(), b',');
            let mut row = Row::default();
            let mut open = false;
            loop {
                match rows.next(&mut row) {
                    Next::Row => {}
                    Next::End => break,
                    Next::Open => {
                        open = true;
                        break;
                    }
                }
            }
            // What never closes is a matter of its own: the other reader takes the rest of the text for it.
            if !open {
                assert_eq!(read(&text), read_otherwise(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn a_quotation_mark_that_never_closes_is_told_at_its_row() {
        let text = "a,b\n1,2\n3,\"4\n5,6\n";
        let mut rows = Rows::new(text.as_bytes(), b',');
        let mut row = Row::default();
        assert_eq!(rows.next(&mut row), Next::Row);
        assert_eq!(rows.next(&mut row), Next::Row);
        assert_eq!(rows.next(&mut row), Next::Open);
        assert_eq!((rows.lines(), &text[rows.at()..=rows.at()]), (2, "3"));
        rows.skip_line();
        assert_eq!((rows.next(&mut row), row.line), (Next::Row, 3));
    }
}
