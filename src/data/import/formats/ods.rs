//! Sheets of `OpenDocument`: values as they are stored, dates as they are written there.

use std::io;

use super::book::{Book, MOST_COLUMNS, MOST_ROWS, Row};
use super::xml::{Attributes, Node, Xml, append};
use crate::data::import::origin::{Origin, refused};

/// A document of sheets: its `content.xml`.
pub(super) struct Document {
    content: Origin,
    names: Vec<String>,
}

impl Document {
    /// Opens the content of a document.
    ///
    /// # Errors
    /// When it is damaged, or has no sheet.
    pub(super) fn open(content: Origin) -> io::Result<Self> {
        let mut names = Vec::new();
        let mut xml = Xml::new(&content, "the content")?;
        loop {
            match xml.next()? {
                Node::Start(name, attributes) if name == "table" => {
                    names.push(attributes.get("name").unwrap_or_default().to_owned());
                }
                Node::Done => break,
                _ => {}
            }
        }
        drop(xml);
        if names.is_empty() {
            return Err(refused("the document has no sheet"));
        }
        Ok(Self { content, names })
    }
}

/// A cell as it is read.
#[derive(Default)]
struct Cell {
    value: Option<String>,
    text: String,
    paragraphs: usize,
    repeated: usize,
}

impl Cell {
    fn new(attributes: &Attributes) -> Self {
        let value = match attributes.get("value-type") {
            Some("float" | "percentage" | "currency") => attributes.get("value"),
            Some("date") => attributes.get("date-value"),
            Some("boolean") => attributes.get("boolean-value"),
            _ => None,
        };
        let repeated = attributes.get("number-columns-repeated").and_then(|n| n.parse().ok());
        Self { value: value.map(str::to_owned), repeated: repeated.unwrap_or(1), ..Self::default() }
    }
}

impl Book for Document {
    fn sheets(&self) -> Vec<String> {
        self.names.clone()
    }

    fn rows(
        &self,
        only: Option<usize>,
        each: &mut dyn FnMut(usize, Row<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut xml = Xml::new(&self.content, "the content")?;
        let (mut sheet, mut row, mut repeated) = (None, 0_u64, 1_u64);
        let (mut column, mut cells) = (0_usize, Vec::new());
        let mut cell: Option<Cell> = None;
        // Notes stand inside the cell that they are about.
        let mut in_note = 0_usize;
        loop {
            match xml.next()? {
                Node::Start(name, attributes) => match name.as_str() {
                    "table" => {
                        sheet = Some(sheet.map_or(0, |n| n + 1));
                        row = 0;
                    }
                    "table-row" => {
                        let said = attributes.get("number-rows-repeated");
                        repeated = said.and_then(|n| n.parse().ok()).unwrap_or(1);
                        column = 0;
                        cells.clear();
                    }
                    "table-cell" | "covered-table-cell" => cell = Some(Cell::new(&attributes)),
                    "annotation" => in_note += 1,
                    _ if in_note > 0 => {}
                    other => {
                        if let Some(cell) = &mut cell {
                            match other {
                                "p" if cell.paragraphs > 0 => append(&mut cell.text, "\n"),
                                "s" => append(&mut cell.text, " "),
                                "tab" => append(&mut cell.text, "\t"),
                                "line-break" => append(&mut cell.text, "\n"),
                                _ => {}
                            }
                            cell.paragraphs += usize::from(other == "p");
                        }
                    }
                },
                Node::Text(text) => {
                    // Between paragraphs stands nothing but white space.
                    if let Some(cell) = cell.as_mut().filter(|c| c.paragraphs > 0 && in_note == 0) {
                        append(&mut cell.text, &text);
                    }
                }
                Node::End(name) => match name.as_str() {
                    "annotation" => in_note = in_note.saturating_sub(1),
                    "table-cell" | "covered-table-cell" => {
                        let Some(Cell { value, text, repeated, .. }) = cell.take() else {
                            continue;
                        };
                        let text = value.unwrap_or(text);
                        if text.trim().is_empty() {
                            column = column.saturating_add(repeated);
                            continue;
                        }
                        for _ in 0..repeated {
                            if column >= MOST_COLUMNS {
                                return Err(refused(format!(
                                    "it has more than {MOST_COLUMNS} columns"
                                )));
                            }
                            cells.push((column, text.clone()));
                            column += 1;
                        }
                    }
                    "table-row" => {
                        let wanted = sheet.filter(|n| only.is_none_or(|only| only == *n));
                        if let Some(sheet) = wanted.filter(|_| !cells.is_empty()) {
                            for number in row + 1..=row.saturating_add(repeated) {
                                if number > MOST_ROWS {
                                    return Err(refused(format!(
                                        "it has more than {MOST_ROWS} rows"
                                    )));
                                }
                                each(sheet, (number, &cells))?;
                            }
                        }
                        row = row.saturating_add(repeated);
                    }
                    _ => {}
                },
                Node::Done => return Ok(()),
            }
        }
    }
}
