//! The table of events as tab-separated text, as spreadsheets take it from the clipboard.

use super::event_table::{Column, cell, together};
use super::{Record, Shown};
use crate::domain::{Code as _, CountRange, Event};

/// The columns behind those of the table: what makes a row traceable, and its numbers as numbers.
const MORE: [&str; 16] = [
    "event_id",
    "site_id",
    "site_name_ar",
    "start",
    "end",
    "date_precision",
    "number_low",
    "number_high",
    "killed_low",
    "killed_high",
    "wounded_low",
    "wounded_high",
    "summary",
    "source_ids",
    "publishers",
    "addresses",
];

/// A header and the rows in their order: the columns of the table as they are shown, then identifiers,
/// first and last day, the ends of ranges, and the sources, several of them separated by "; ".
///
/// Where the table has an en dash the text says what it stands for ("Not reported"), and the columns of
/// numbers are empty. Lines end with a line feed. Every cell is one line: tabs, line breaks and runs of
/// spaces become one space. A cell with a quotation mark is quoted as in CSV. A cell that a spreadsheet
/// would take for a formula, beginning with `=`, `+`, `-` or `@`, gets an apostrophe in front, unless it
/// is a number.
#[must_use]
pub fn event_tsv(record: &Record, rows: &[Shown]) -> String {
    let mut text = String::new();
    let header = Column::ALL.into_iter().map(|c| c.label().to_owned());
    line(&mut text, header.chain(MORE.map(str::to_owned)));
    for shown in rows {
        let cells = Column::ALL.into_iter().map(|column| {
            let cell = cell(record, *shown, column);
            let silent = !cell.known && cell.text == "–";
            if silent { cell.about.unwrap_or_default() } else { cell.text }
        });
        line(&mut text, cells.chain(more(record, *shown)));
    }
    text
}

fn more(record: &Record, shown: Shown) -> [String; MORE.len()] {
    let event: &Event = record.event(shown.event);
    let site = record.site(event.site);
    let low = |r: Option<CountRange>| r.map_or_else(String::new, |r| r.low().to_string());
    let high = |r: Option<CountRange>| {
        r.and_then(CountRange::high).map_or_else(String::new, |n| n.to_string())
    };
    let (killed, wounded) = (together(&event.killed), together(&event.wounded));
    let mut sources: Vec<_> = Vec::new();
    for report in record.reports_of(shown.event) {
        if !sources.contains(&report.source) {
            sources.push(report.source);
        }
    }
    let words = record.words(event);
    let sources = || sources.iter().map(|s| record.source(*s));
    [
        words.id.clone(),
        site.id.clone(),
        site.name_ar.clone().unwrap_or_default(),
        event.date.span.first().to_string(),
        event.date.span.last().to_string(),
        event.date.precision.code().to_owned(),
        low(event.munitions.get()),
        high(event.munitions.get()),
        low(killed),
        high(killed),
        low(wounded),
        high(wounded),
        words.summary.clone(),
        list(sources().map(|s| s.id.as_str())),
        list(sources().map(|s| s.publisher.as_str())),
        list(sources().filter_map(|s| s.url.as_deref())),
    ]
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.collect::<Vec<_>>().join("; ")
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            text.push('\t');
        }
        text.push_str(&harmless(&cell));
    }
    text.push('\n');
}

/// Whether a spreadsheet would take a cell for a formula: it begins with `=`, `+`, `-` or `@`, behind blanks
/// too, and is no number.
#[must_use]
pub fn is_formula(cell: &str) -> bool {
    let cell = cell.trim();
    // Their full-width forms are taken for formulas as well.
    cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        && !cell.parse().is_ok_and(f64::is_finite)
}

/// The text as one cell that is read as text, or as the number that it is.
fn harmless(text: &str) -> String {
    let mut cell = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if is_formula(&cell) {
        cell.insert(0, '\'');
    }
    if cell.contains('"') { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(harmless(text), expected);
    }

    #[test]
    fn a_cell_is_one_line_without_tabs() {
        check("one\ttwo\r\nthree\u{2028}four  five ", "one two three four five");
    }

    #[test]
    fn a_cell_is_never_a_formula_and_a_number_stays_one() {
        check("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"");
        check(" +1 attack", "'+1 attack");
        check("@home", "'@home");
        check("-2+3", "'-2+3");
        check("－1", "'－1");
        check("-2.5", "-2.5");
        check("12", "12");
        check("–", "–");
    }

    #[test]
    fn quotation_marks_are_kept() {
        check("the \"Camp\"", "\"the \"\"Camp\"\"\"");
    }
}
