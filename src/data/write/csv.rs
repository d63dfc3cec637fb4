//! CSV as RFC 4180 has it, in UTF-8.
//!
//! A cell that a spreadsheet would run as a formula gets an apostrophe in front: one that begins with `=`, `+`, `-`, `@`
//! (behind blanks too, and in their full-width forms), a tab or a carriage return, and is no number. What begins with
//! apostrophes before such a sign gets one more, so that [`plain`] gives every text back.

use std::borrow::Cow;
use std::io::{self, Write};

use super::EventExport;
use crate::analysis::event_columns::EventCell;
use crate::analysis::event_tsv::is_formula;

/// Whether a spreadsheet may run a text, or would if it had fewer apostrophes in front.
fn is_risky(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(['\t', '\r']) || is_formula(bare)
}

/// A text as a cell that no spreadsheet runs.
fn guarded(text: &str) -> Cow<'_, str> {
    if is_risky(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text of a cell that was guarded.
pub(in crate::data) fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_risky(text)).unwrap_or(cell)
}

pub(super) fn write(export: &EventExport<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(export.columns.iter().map(|c| guarded(&c.name).into_owned()))?;
    let mut cell_of_number = String::new();
    export.each(|line| {
        for column in &export.columns {
            use std::fmt::Write as _;
            cell_of_number.clear();
            // Writing to a String does not fail.
            let _ = match column.cell(line) {
                EventCell::Empty => Ok(()),
                EventCell::Text(text) => {
                    writer.write_field(guarded(&text).as_bytes())?;
                    continue;
                }
                EventCell::Count(count) => write!(cell_of_number, "{count}"),
                EventCell::Number(number) => write!(cell_of_number, "{number}"),
                EventCell::Day(day) => write!(cell_of_number, "{day}"),
            };
            writer.write_field(&cell_of_number)?;
        }
        Ok(writer.write_record(None::<&[u8]>)?)
    })?;
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_guarded_and_comes_back() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-1+2", "'-1+2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            (" =1", "' =1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("-33.5", "-33.5"),
            ("+5", "+5"),
            ("'quoted'", "'quoted'"),
            ("a = b", "a = b"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), cell, "{text:?}");
            assert_eq!(plain(cell), text, "{cell:?}");
        }
    }
}
