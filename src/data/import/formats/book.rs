//! Workbooks: of several sheets the one with the most rows under a header becomes the table.

use std::io;

use super::maker::{Made, counted, make};
use crate::data::import::dialect;
use crate::data::import::origin::refused;

/// Rows in which the header is looked for.
const HEADER_WITHIN: usize = 20;

/// Other sheets of which a note tells.
const SHOWN: usize = 10;

/// A sheet has no more columns.
pub(super) const MOST_COLUMNS: usize = 16_384;

/// A sheet has no more rows.
pub(super) const MOST_ROWS: u64 = 1_048_576;

/// A row: its number in the sheet from 1, and its filled cells with their columns from 0.
pub(super) type Row<'a> = (u64, &'a [(usize, String)]);

/// A workbook that is read row by row.
pub(super) trait Book {
    /// The names of its sheets.
    fn sheets(&self) -> Vec<String>;

    /// Reads the rows of one sheet, or of all.
    ///
    /// # Errors
    /// When it is damaged, and what `each` ends with.
    fn rows(
        &self,
        only: Option<usize>,
        each: &mut dyn FnMut(usize, Row<'_>) -> io::Result<()>,
    ) -> io::Result<()>;
}

/// What is known of a sheet after a look at all of it.
#[derive(Clone, Debug, Default)]
struct Look {
    rows: u64,
    columns: usize,
    first: Vec<(u64, Vec<(usize, String)>)>,
}

impl Look {
    /// Where among the first rows the header stands.
    fn header(&self) -> Option<usize> {
        let widest = self.first.iter().map(|(_, cells)| cells.len()).max()?;
        let is_header = |(_, cells): &(u64, Vec<(usize, String)>)| {
            let words: Vec<String> = cells.iter().map(|(_, cell)| cell.clone()).collect();
            // A title above a table fills one cell or two.
            cells.len() >= 2 && cells.len() * 2 > widest && dialect::is_header(&words)
        };
        let found = self.first.iter().position(is_header)?;
        // Values above mean that what looks like a header is a row of words.
        let values_above = self.first[..found].iter().any(|(_, cells)| cells.len() * 2 > widest);
        (!values_above).then_some(found)
    }
}

/// A table of the largest sheet of a file of so many bytes, and how it is called.
///
/// # Errors
/// When it cannot be read, or no sheet has rows.
pub(super) fn read(size: u64, book: &dyn Book) -> io::Result<(Made, String)> {
    let names = book.sheets();
    let mut looks = vec![Look::default(); names.len()];
    book.rows(None, &mut |sheet, (number, cells)| {
        let Some(look) = looks.get_mut(sheet) else { return Ok(()) };
        look.rows += 1;
        look.columns = look.columns.max(cells.last().map_or(0, |(column, _)| column + 1));
        if look.first.len() < HEADER_WITHIN {
            let short = |cell: &(usize, String)| (cell.0, cell.1.chars().take(500).collect());
            look.first.push((number, cells.iter().map(short).collect()));
        }
        Ok(())
    })?;
    let best = (0..looks.len())
        .filter(|n| looks[*n].rows > 0)
        .max_by_key(|n| (looks[*n].header().is_some(), looks[*n].rows, std::cmp::Reverse(*n)))
        .ok_or_else(|| refused("no sheet of it has a filled cell"))?;
    let look = &looks[best];
    let header = look.header();
    let mut notes = Vec::new();
    if names.len() > 1 {
        let others = names.iter().zip(&looks).enumerate().filter(|(n, _)| *n != best);
        let words = others
            .take(SHOWN)
            .map(|(_, (name, l))| format!("\"{name}\" ({})", counted(l.rows, "row", "rows")));
        let words: Vec<String> = words.collect();
        let more = (names.len() - 1).saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        notes.push(format!(
            "sheet \"{}\" of {} sheets; not read: {}{more}",
            names[best],
            names.len(),
            words.join(", ")
        ));
    }
    let above = header.map_or(&[][..], |at| &look.first[..at]);
    if !above.is_empty() {
        let words = above.iter().flat_map(|(_, cells)| cells).map(|(_, cell)| cell.as_str());
        let words: String = words.collect::<Vec<_>>().join(" ").chars().take(120).collect();
        notes.push(format!(
            "{} above the header taken as a title: \"{}\"",
            counted(above.len() as u64, "row", "rows"),
            words.replace(char::is_control, " ")
        ));
    }
    let mut made = make(size, |maker| {
        let named = header.map_or(&[][..], |at| &look.first[at].1);
        for column in 0..look.columns {
            let name = named.iter().find(|(c, _)| *c == column).map(|(_, name)| name.trim());
            let name = name.filter(|name| !name.is_empty());
            maker.add(&name.map_or_else(|| format!("column {}", column + 1), str::to_owned))?;
        }
        let first_row = header.map_or(0, |at| look.first[at].0);
        book.rows(Some(best), &mut |_, (number, cells)| {
            if number <= first_row {
                return Ok(());
            }
            for (column, cell) in cells {
                maker.put(*column, cell);
            }
            maker.end_row(number)
        })?;
        Ok(notes.clone())
    })?;
    made.has_header = header.is_some();
    Ok((made, names[best].clone()))
}
