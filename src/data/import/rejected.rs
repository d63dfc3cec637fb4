//! Rows that were left out, for a person to correct: read from the file again, in the way in which it was read.

use std::io::{self, Write};

use super::blocks::{self, BlockStart, Progress, Seen};
use super::cells::{Block, Row};
use super::reader::{Known, Part, Reader, days};
use super::{DateOrder, LeftOut, Mapping, Parts};
use crate::domain::Code as _;

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Its line in the file, from 1, or the number of what its row is there.
    pub line: u64,
    /// Why.
    pub why: LeftOut,
    /// Its cells; none where a quotation mark that is never closed hides where they end.
    pub cells: Vec<String>,
}

/// What was made of a block, and which of its rows were left out.
struct Judged {
    part: Part,
    rows: Vec<Rejected>,
}

/// Why a row is left out; `None` when it is used.
fn left_out(
    reader: &Reader<'_>,
    known: &mut Known,
    part: &mut Part,
    (row, block): (&Row, Block<'_>),
) -> Option<LeftOut> {
    part.forget();
    reader.row(known, part, row, block);
    let why = part.report.left_out.keys().next().copied();
    // A date that waits for an order which nobody knows.
    why.or_else(|| part.waiting.pop().and_then(|waiting| days(waiting.dates, None).err()))
}

/// The rows that were left out under a mapping and the order of numbers in its dates, in the order of the file.
///
/// # Errors
/// As the reading of all rows.
pub(super) fn rejected(
    Parts { file, sample, mapping, way }: Parts<'_>,
    order: Option<DateOrder>,
    progress: &Progress,
) -> io::Result<Vec<Rejected>> {
    let mapping = Mapping { date_order: order.or(mapping.date_order), ..mapping.clone() };
    let reader = Reader::new(sample, &mapping);
    let start = |block: BlockStart<'_>| Judged { part: Part::new(block, None), rows: Vec::new() };
    let each = |known: &mut Known, judged: &mut Judged, seen: Seen<'_>| match seen {
        Seen::Row(row, block) => {
            if let Some(why) = left_out(&reader, known, &mut judged.part, (row, block)) {
                let cells = (0..row.len()).map(|n| row.text(block, n).into_owned()).collect();
                judged.rows.push(Rejected { line: row.line, why, cells });
            }
        }
        Seen::Open(line) => {
            judged.rows.push(Rejected { line, why: LeftOut::OpenQuote, cells: Vec::new() });
        }
    };
    let from = sample.rows_of(file);
    let worked = blocks::all(&from, progress, start, each)?;
    let mut all = Vec::new();
    for part in worked {
        let before = part.lines_before + sample.rows_line + 1;
        let rows = part.value.rows.into_iter();
        all.extend(rows.map(|row| Rejected { line: way.number(row.line + before), ..row }));
    }
    Ok(all)
}

/// Rows that were left out as CSV: line and reason in front, then the cells as they stand, under the names of their columns.
///
/// # Errors
/// What the writer says.
pub fn write_rejected(header: &[String], rows: &[Rejected], out: impl Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(out);
    let names = ["left out: line", "left out: reason"];
    writer.write_record(names.into_iter().chain(header.iter().map(String::as_str)))?;
    for Rejected { line, why, cells } in rows {
        let line = line.to_string();
        let first = [line.as_str(), why.label()];
        writer.write_record(first.into_iter().chain(cells.iter().map(String::as_str)))?;
    }
    writer.flush()
}
