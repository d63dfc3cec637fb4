//! Delimited text as rows of cells, without a copy: where the cells of a row stand in the bytes.
//!
//! It reads as RFC 4180 and common spreadsheets do: a quotation mark matters at the beginning of a cell only,
//! doubled it stands for itself, and what follows a closing one belongs to the cell. A row ends with a line
//! feed, a carriage return or both; lines without anything are no rows.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr3};

use super::marks::Marks;

/// Bytes in which rows stand.
#[derive(Clone, Copy, Debug)]
pub(in crate::data) struct Block<'a> {
    bytes: &'a [u8],
    /// The same as text, where all of it is known to be.
    text: Option<&'a str>,
}

impl<'a> Block<'a> {
    /// Bytes of which it is found out once whether they are text.
    pub(in crate::data) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, text: std::str::from_utf8(bytes).ok() }
    }

    /// How many bytes there are.
    pub(in crate::data) fn len(self) -> usize {
        self.bytes.len()
    }

    /// Whether all of it is text, without the sign that stands for what is none.
    pub(in crate::data) fn is_text(self) -> bool {
        self.text.is_some_and(|text| !text.contains('\u{fffd}'))
    }
}

impl<'a> From<&'a [u8]> for Block<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self { bytes, text: None }
    }
}

impl<'a> From<&'a Vec<u8>> for Block<'a> {
    fn from(bytes: &'a Vec<u8>) -> Self {
        bytes.as_slice().into()
    }
}

/// How the bytes of a cell are to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    /// As they stand.
    #[default]
    Plain,
    /// Quotation marks in it are doubled, or it goes on after the closing one. Where there are none it is as it stands.
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
    pub(in crate::data) fn bytes<'a>(
        &self,
        block: impl Into<Block<'a>>,
        place: usize,
    ) -> Cow<'a, [u8]> {
        let Some((range, form)) = self.cells.get(place) else { return Cow::Borrowed(b"") };
        let bytes = block.into().bytes.get(range.clone()).unwrap_or_default();
        match form {
            Form::Quoted if memchr(b'"', bytes).is_some() => {
                Cow::Owned(unquoted(bytes).trim_ascii().to_vec())
            }
            Form::Plain | Form::Quoted => Cow::Borrowed(bytes.trim_ascii()),
        }
    }

    /// Whether all of it is text, without the sign that stands for what is none.
    pub(in crate::data) fn is_text(&self, block: Block<'_>) -> bool {
        let end = self.cells.last().map_or(self.start, |(range, _)| range.end);
        let bytes = block.bytes.get(self.start..end).unwrap_or_default();
        std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\u{fffd}'))
    }

    /// The text of a cell; what is no UTF-8 becomes U+FFFD.
    pub(in crate::data) fn text<'a>(
        &self,
        block: impl Into<Block<'a>>,
        place: usize,
    ) -> Cow<'a, str> {
        let block = block.into();
        if let (Some(text), Some((range, form))) = (block.text, self.cells.get(place))
            && let Some(cell) = text.get(range.clone())
            && (*form == Form::Plain || memchr(b'"', cell.as_bytes()).is_none())
        {
            return Cow::Borrowed(cell.trim_ascii());
        }
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
    /// Where cells end, where that could be told at once; and how many of the ends and of the inner line feeds were passed.
    marks: Option<Marks>,
    passed: (usize, usize),
}

impl<'a> Rows<'a> {
    /// The rows of a block that begins with a row.
    pub(in crate::data) fn new(block: &'a [u8], delimiter: u8) -> Self {
        let marks = Marks::of(block, delimiter);
        Self { block, delimiter, at: 0, line: 0, marks, passed: (0, 0) }
    }

    /// How many rows there are at most, where that is known.
    pub(in crate::data) fn at_most(&self) -> Option<usize> {
        let marks = self.marks.as_ref()?;
        let is_feed = |end: &&u32| self.block.get(**end as usize) == Some(&b'\n');
        Some(marks.ends.iter().filter(is_feed).count() + 1)
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
        if let Some(marks) = &self.marks {
            let (at, line, passed) = (&mut self.at, &mut self.line, &mut self.passed);
            return marked(self.block, marks, (at, line, passed), row);
        }
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

/// Reads the next row of a block of which it is known where cells end.
fn marked(
    block: &[u8],
    marks: &Marks,
    (at, line, (ends, inner)): (&mut usize, &mut u64, &mut (usize, usize)),
    row: &mut Row,
) -> Next {
    // A line without anything is passed over.
    while let Some(b'\n' | b'\r') = block.get(*at) {
        let Some(end) = marks.ends.get(*ends) else { break };
        (*at, *line, *ends) = (*end as usize + 1, *line + 1, *ends + 1);
    }
    if *at >= block.len() {
        return Next::End;
    }
    (row.start, row.line) = (*at, *line);
    loop {
        let end = marks.ends.get(*ends).map(|end| *end as usize);
        let (cell, byte) = (*at..end.unwrap_or(block.len()), end.and_then(|end| block.get(end)));
        let is_last = byte.is_none_or(|byte| *byte == b'\n');
        row.cells.push(of_marked(block, cell, is_last));
        (*at, *ends) = (end.map_or(block.len(), |end| end + 1), *ends + 1);
        if is_last {
            break;
        }
    }
    let rest = marks.inner_lines.get(*inner..).unwrap_or_default();
    let inside = rest.iter().take_while(|feed| (**feed as usize) < *at).count();
    *inner += inside;
    *line += inside as u64 + u64::from(block.get(*at - 1) == Some(&b'\n'));
    Next::Row
}

/// A cell that ends where a mark or the block does: without its quotation marks, and without the return before a line feed.
fn of_marked(block: &[u8], cell: Range<usize>, is_last: bool) -> (Range<usize>, Form) {
    let Range { start, mut end } = cell;
    if is_last && end > start && block.get(end - 1) == Some(&b'\r') && end < block.len() {
        end -= 1;
    }
    match block.get(start) {
        Some(b'"') if start + 1 < end => (start + 1..end - 1, Form::Quoted),
        _ => (start..end, Form::Plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let mut rows = Rows::new(text.as_bytes(), b',');
        let (mut row, mut all) = (Row::default(), Vec::new());
        while rows.next(&mut row) == Next::Row {
            all.push(
                (0..row.len())
                    .map(|c| row.text(Block::of(text.as_bytes()), c).into_owned())
                    .collect(),
            );
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
