//! Workbooks of Excel (Office Open XML, ISO/IEC 29500): values as they are stored, formulas by their last result, numbers
//! that are shown as a date as that date, no finer than they are shown.

use std::io;

use super::book::{Book, MOST_COLUMNS, MOST_ROWS, Row};
use super::excel_date::{DateForm, date};
use super::xml::{Attributes, Node, Xml, append};
use super::zip::{Archive, unpacked};
use crate::data::import::origin::{Origin, refused};

/// All texts that cells share are no longer together, in bytes.
const LONGEST_STRINGS: usize = 1 << 30;

/// A workbook.
pub(super) struct Workbook {
    sheets: Vec<(String, Origin)>,
    strings: Vec<String>,
    /// How the numbers of each style are shown, where that is as a date.
    styles: Vec<Option<DateForm>>,
    is_1904: bool,
}

impl Workbook {
    /// Opens a workbook in an archive of so many bytes.
    ///
    /// # Errors
    /// When it is damaged.
    pub(super) fn open(archive: &mut Archive, size: u64) -> io::Result<Self> {
        let mut part = |path: &str| -> io::Result<Option<Origin>> {
            let wanted = path.to_lowercase();
            let found = (0..archive.len()).find(|number| {
                let name = archive.name_for_index(*number);
                name.is_some_and(|n| n.is_ok_and(|n| n.replace('\\', "/").to_lowercase() == wanted))
            });
            found.map(|number| unpacked(archive, number, size)).transpose()
        };
        let missing = |what: &str| refused(format!("the workbook has no {what}"));
        let book = part("xl/workbook.xml")?.ok_or_else(|| missing("list of sheets"))?;
        let (names, is_1904) = list(&book)?;
        let relations = part("xl/_rels/workbook.xml.rels")?;
        let relations = relations.as_ref().map_or_else(|| Ok(Vec::new()), targets)?;
        let mut sheets = Vec::new();
        for (name, id) in names {
            let target =
                relations.iter().find(|(i, _)| *i == id).map(|(_, target)| target.as_str());
            let Some(target) = target else { continue };
            let path =
                target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            // A sheet that is a chart has no part of this kind.
            if let Some(sheet) = part(&path)? {
                sheets.push((name, sheet));
            }
        }
        if sheets.is_empty() {
            return Err(missing("sheet"));
        }
        let strings = part("xl/sharedStrings.xml")?;
        let strings = strings.as_ref().map_or_else(|| Ok(Vec::new()), shared_strings)?;
        let styles = part("xl/styles.xml")?;
        let styles = styles.as_ref().map_or_else(|| Ok(Vec::new()), date_styles)?;
        Ok(Self { sheets, strings, styles, is_1904 })
    }
}

/// The names of sheets with their identifiers, and whether days are counted from 1904.
fn list(book: &Origin) -> io::Result<(Vec<(String, String)>, bool)> {
    let (mut sheets, mut is_1904) = (Vec::new(), false);
    let mut xml = Xml::new(book, "the list of sheets")?;
    loop {
        match xml.next()? {
            Node::Start(name, attributes) if name == "sheet" => {
                let text = |key: &str| attributes.get(key).unwrap_or_default().to_owned();
                sheets.push((text("name"), text("id")));
            }
            Node::Start(name, attributes) if name == "workbookPr" => {
                is_1904 = matches!(attributes.get("date1904"), Some("1" | "true"));
            }
            Node::Done => return Ok((sheets, is_1904)),
            _ => {}
        }
    }
}

fn targets(relations: &Origin) -> io::Result<Vec<(String, String)>> {
    let mut targets = Vec::new();
    let mut xml = Xml::new(relations, "the list of parts")?;
    loop {
        match xml.next()? {
            Node::Start(name, attributes) if name == "Relationship" => {
                let text = |key: &str| attributes.get(key).unwrap_or_default().to_owned();
                targets.push((text("Id"), text("Target")));
            }
            Node::Done => return Ok(targets),
            _ => {}
        }
    }
}

fn shared_strings(part: &Origin) -> io::Result<Vec<String>> {
    let (mut strings, mut text, mut bytes) = (Vec::new(), String::new(), 0);
    let (mut is_text, mut is_reading_aid) = (false, false);
    let mut xml = Xml::new(part, "the list of texts")?;
    loop {
        match xml.next()? {
            Node::Start(name, _) => match name.as_str() {
                "t" => is_text = !is_reading_aid,
                "rPh" => is_reading_aid = true,
                _ => {}
            },
            Node::Text(more) if is_text => append(&mut text, &more),
            Node::Text(_) => {}
            Node::End(name) => match name.as_str() {
                "t" => is_text = false,
                "rPh" => is_reading_aid = false,
                "si" => {
                    bytes += text.len() + size_of::<String>();
                    if bytes > LONGEST_STRINGS {
                        return Err(refused(format!(
                            "the texts of its cells are longer than {} MB together: save it as CSV",
                            LONGEST_STRINGS >> 20
                        )));
                    }
                    strings.push(std::mem::take(&mut text));
                }
                _ => {}
            },
            Node::Done => return Ok(strings),
        }
    }
}

/// Which styles show a number as a date.
fn date_styles(part: &Origin) -> io::Result<Vec<Option<DateForm>>> {
    let mut own: Vec<(u32, Option<DateForm>)> = Vec::new();
    let (mut styles, mut is_in_cells) = (Vec::new(), false);
    let mut xml = Xml::new(part, "the list of styles")?;
    let number =
        |attributes: &Attributes| -> Option<u32> { attributes.get("numFmtId")?.parse().ok() };
    loop {
        match xml.next()? {
            Node::Start(name, attributes) => match name.as_str() {
                "numFmt" => {
                    let code = attributes.get("formatCode").unwrap_or_default();
                    own.extend(number(&attributes).map(|id| (id, DateForm::of_code(code))));
                }
                "cellXfs" => is_in_cells = true,
                "xf" if is_in_cells => {
                    let id = number(&attributes).unwrap_or(0);
                    let form = own.iter().find(|(i, _)| *i == id).map(|(_, form)| *form);
                    styles.push(form.unwrap_or_else(|| DateForm::of_number(id)));
                }
                _ => {}
            },
            Node::End(name) if name == "cellXfs" => is_in_cells = false,
            Node::Done => return Ok(styles),
            _ => {}
        }
    }
}

impl Book for Workbook {
    fn sheets(&self) -> Vec<String> {
        self.sheets.iter().map(|(name, _)| name.clone()).collect()
    }

    fn rows(
        &self,
        only: Option<usize>,
        each: &mut dyn FnMut(usize, Row<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        for (number, (_, sheet)) in self.sheets.iter().enumerate() {
            if only.is_none_or(|only| only == number) {
                self.sheet(sheet, &mut |row| each(number, row))?;
            }
        }
        Ok(())
    }
}

/// A cell as it is read.
#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    style: usize,
    text: String,
}

impl Workbook {
    fn sheet(
        &self,
        sheet: &Origin,
        each: &mut dyn FnMut(Row<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut xml = Xml::new(sheet, "a sheet")?;
        let (mut row, mut cells, mut cell) = (0_u64, Vec::new(), Cell::default());
        let mut next_column = 0;
        let (mut is_value, mut is_reading_aid) = (false, false);
        loop {
            match xml.next()? {
                Node::Start(name, attributes) => match name.as_str() {
                    "row" => {
                        let said = attributes.get("r").and_then(|r| r.parse().ok());
                        row = said.unwrap_or(row + 1);
                        next_column = 0;
                        cells.clear();
                    }
                    "c" => {
                        let said = attributes.get("r").and_then(column_of);
                        cell = Cell {
                            column: said.unwrap_or(next_column),
                            kind: attributes.get("t").unwrap_or_default().to_owned(),
                            style: attributes.get("s").and_then(|s| s.parse().ok()).unwrap_or(0),
                            text: String::new(),
                        };
                        next_column = cell.column + 1;
                    }
                    "v" | "t" => is_value = !is_reading_aid,
                    "rPh" => is_reading_aid = true,
                    _ => {}
                },
                Node::Text(text) if is_value => append(&mut cell.text, &text),
                Node::Text(_) => {}
                Node::End(name) => match name.as_str() {
                    "v" | "t" => is_value = false,
                    "rPh" => is_reading_aid = false,
                    "c" => {
                        let column = cell.column;
                        let text = self.value(std::mem::take(&mut cell));
                        if column >= MOST_COLUMNS {
                            return Err(refused(format!(
                                "it has more than {MOST_COLUMNS} columns"
                            )));
                        }
                        if !text.trim().is_empty() && cells.len() < MOST_COLUMNS {
                            cells.push((column, text));
                        }
                    }
                    "row" => {
                        if !(1..=MOST_ROWS).contains(&row) {
                            return Err(refused(format!("it has a row of the number {row}")));
                        }
                        cells.sort_by_key(|(column, _)| *column);
                        if !cells.is_empty() {
                            each((row, &cells))?;
                        }
                    }
                    _ => {}
                },
                Node::Done => return Ok(()),
            }
        }
    }

    fn value(&self, cell: Cell) -> String {
        match cell.kind.as_str() {
            "s" => {
                let index: Option<usize> = cell.text.trim().parse().ok();
                index.and_then(|index| self.strings.get(index)).cloned().unwrap_or_default()
            }
            "b" => if cell.text.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "" | "n" => {
                let Ok(number) = cell.text.trim().parse::<f64>() else { return cell.text };
                let form = self.styles.get(cell.style).copied().flatten();
                let shown = form.and_then(|form| date(number, form, self.is_1904));
                // Seventeen digits are stored where people typed four.
                shown.unwrap_or_else(|| number.to_string())
            }
            _ => cell.text,
        }
    }
}

/// The column of a cell such as `AB12`, from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.take(8).fold(0_usize, |number, letter| {
        number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (place, column) in [
            ("A1", Some(0)),
            ("Z9", Some(25)),
            ("AA1", Some(26)),
            ("xfd1", Some(16_383)),
            ("1", None),
        ] {
            assert_eq!(column_of(place), column, "{place}");
        }
    }
}
