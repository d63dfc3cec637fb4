//! What became of the rows of a table: used, used with a doubt, left out, and why, each with its number and examples.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::place_names::PlaceNames;
use super::{DateOrder, RowName, Swapped};
use crate::domain::codes;

codes! {
    /// Why a row was left out.
    LeftOut {
        NoDate = "no_date", "the cell of the date is empty";
        BadDate = "bad_date", "the date cannot be read";
        EitherDate = "either_date", "day and month of the date can be either";
        Reversed = "reversed_dates", "the last day comes before the first";
        TooManyCells = "too_many_cells", "the row has more cells than the header";
        OpenQuote = "open_quote", "a quotation mark is opened and never closed";
    }
}

codes! {
    /// What is doubtful in a row that was used.
    Doubt {
        NoPosition = "no_position", "there is no position";
        PlacedByName = "placed_by_name", "there is no position: that of a place of the name was taken";
        SeveralOfName = "several_of_name", "there is no position, and several places have the name";
        BadPosition = "bad_position", "the position cannot be read or is not on the earth";
        NullIsland = "null_island", "the position is 0, 0";
        FewCells = "few_cells", "the row has fewer cells than the header";
        BadEndDate = "bad_end_date", "the last day cannot be read: only the first was taken";
        BadCount = "bad_count", "a count of people is no whole number: it was taken as not known";
        CountsContradict = "counts_contradict", "the lowest, best and highest counts contradict each other: all of them were taken as one range";
        PrecisionCode = "precision_code", "the word for a precision is not in the codebook: the coarsest was taken";
        NoText = "not_text", "bytes that are no text of the file's encoding were replaced";
        IdTwice = "id_twice", "an earlier row has the same identifier: both are in";
    }
}

/// A row to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Example {
    /// Its line in the file, from 1, or the number of what its row is there ([`Report::rows_are`]).
    pub line: u64,
    /// The cell, shortened.
    pub cell: String,
}

/// Rows with one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// How many.
    pub rows: u64,
    /// The first of them.
    pub examples: Vec<Example>,
}

impl LeftOut {
    /// What to do about it.
    pub(super) fn advice(self) -> &'static str {
        match self {
            Self::EitherDate => {
                "these were left out; say which comes first: date_order in a mapping, which `sitrep check FILE --write-mapping m.toml` writes and `--mapping m.toml` reads, or in the window under \"How this file was read\""
            }
            _ => "these were left out; correct them in the file",
        }
    }
}

pub(super) const EXAMPLES: usize = 5;
const LONGEST_CELL: usize = 60;

/// The beginning of a cell for one line of text. What a terminal or a page would obey is no part of it.
pub(super) fn plain(cell: &str) -> String {
    let mut shown: String = cell.chars().take(LONGEST_CELL).collect();
    if shown.len() < cell.len() {
        shown.push('…');
    }
    shown.replace(char::is_control, " ")
}

impl Rows {
    fn add(&mut self, line: u64, cell: &str) {
        self.rows += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(Example { line, cell: plain(cell) });
        }
    }

    fn join(&mut self, later: Self, lines_before: u64) {
        self.rows += later.rows;
        let moved =
            later.examples.into_iter().map(|e| Example { line: e.line + lines_before, ..e });
        self.examples.extend(moved);
        self.examples.sort();
        self.examples.truncate(EXAMPLES);
    }
}

/// What became of the rows of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What its rows are, and what the numbers of examples count.
    pub rows_are: RowName,
    /// Rows that the table has, its header not among them.
    pub read: u64,
    /// Rows that became events, those with a doubt among them.
    pub used: u64,
    /// Rows that became events and have a doubt.
    pub doubtful: u64,
    /// Rows that were left out, by reason. A row has one.
    pub left_out: BTreeMap<LeftOut, Rows>,
    /// Rows that were used, by doubt. A row may have several.
    pub doubts: BTreeMap<Doubt, Rows>,
    /// What became of places without a position.
    pub places: PlaceNames,
}

impl Report {
    pub(super) fn leave_out(&mut self, why: LeftOut, line: u64, cell: &str) {
        self.left_out.entry(why).or_default().add(line, cell);
    }

    pub(super) fn doubt(&mut self, what: Doubt, line: u64, cell: &str) {
        self.doubts.entry(what).or_default().add(line, cell);
    }

    /// Adds what became of the rows that stand so many lines further down.
    pub(super) fn join(&mut self, later: Self, lines_before: u64) {
        self.read += later.read;
        self.used += later.used;
        self.doubtful += later.doubtful;
        for (why, rows) in later.left_out {
            self.left_out.entry(why).or_default().join(rows, lines_before);
        }
        for (what, rows) in later.doubts {
            self.doubts.entry(what).or_default().join(rows, lines_before);
        }
    }

    /// Rows that were left out.
    #[must_use]
    pub fn total_left_out(&self) -> u64 {
        self.left_out.values().map(|r| r.rows).sum()
    }
}

impl fmt::Display for Report {
    /// Lines for people: the numbers, then each reason with its examples.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::domain::Code as _;
        let rows = |n: u64| if n == 1 { "1 row".to_owned() } else { format!("{n} rows") };
        write!(
            f,
            "{} read: {} used, {} of them with a doubt; {} left out",
            rows(self.read),
            self.used,
            self.doubtful,
            self.total_left_out()
        )?;
        let left_out = self.left_out.iter().map(|(why, r)| ("left out", why.label(), r));
        let doubts = self.doubts.iter().map(|(what, r)| ("doubt", what.label(), r));
        for (kind, label, of) in left_out.chain(doubts) {
            write!(f, "\n  {kind}: {}: {label}", rows(of.rows))?;
            for example in &of.examples {
                let row = self.rows_are.one();
                write!(f, "\n    {row} {}: {}", example.line, example.cell)?;
            }
        }
        write!(f, "{}", self.places)
    }
}

/// A column and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnRead {
    /// Its name.
    pub column: String,
    /// The code of its [`super::Role`].
    pub role: &'static str,
    /// Why.
    pub why: String,
}

/// How a table was read, and what became of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HowRead {
    /// The dataset that tables of its shape come from; `None` where its columns were guessed.
    pub profile: Option<&'static str>,
    /// Who said what its columns are, where a person did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said_by: Option<String>,
    /// Its encoding, as the Encoding Standard names it.
    pub encoding: &'static str,
    /// What stands between its cells.
    pub delimiter: char,
    /// What it was before it was a table of text, for people; `None` of a plain file of text.
    pub source: Option<String>,
    /// Whether a reader made the text of it, so that encoding and delimiter say nothing of the file.
    pub is_made: bool,
    /// The columns in use.
    pub columns: Vec<ColumnRead>,
    /// The names of the other columns, whose cells are kept as they stand.
    pub kept_as_they_stand: Vec<String>,
    /// How its cells were taken.
    pub notes: Vec<String>,
    /// The order of numbers in its dates, where somebody or the column told it.
    pub date_order: Option<DateOrder>,
    /// That its latitude and longitude may stand in each other's column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub swapped: Option<Swapped>,
    /// What became of its rows.
    pub report: Report,
}

impl HowRead {
    /// What it is, and how it is written: "a table, its columns guessed: UTF-8, ";" between cells".
    #[must_use]
    pub fn in_short(&self) -> String {
        let what = match (&self.said_by, self.profile) {
            (Some(by), _) => format!("a table, its columns as {by}"),
            (None, Some(profile)) => format!("a table of {profile}"),
            (None, None) => "a table, its columns guessed".to_owned(),
        };
        let between = match self.delimiter {
            '\t' => "tabs".to_owned(),
            other => format!("\"{other}\""),
        };
        let text = format!("{}, {between} between cells", self.encoding);
        match (&self.source, self.is_made) {
            (Some(source), true) => format!("{what}: {source}"),
            (Some(source), false) => format!("{what}: {source}, {text}"),
            (None, _) => format!("{what}: {text}"),
        }
    }
}

impl fmt::Display for HowRead {
    /// Lines for people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Read as {}.", self.in_short())?;
        for column in &self.columns {
            writeln!(f, "  {:<16} {} ({})", column.role, column.column, column.why)?;
        }
        if !self.kept_as_they_stand.is_empty() {
            writeln!(f, "  kept as they stand: {}", self.kept_as_they_stand.join(", "))?;
        }
        match self.date_order {
            Some(DateOrder::DayMonthYear) => {
                writeln!(f, "  dates such as 03/04/2020: the day comes first")?;
            }
            Some(DateOrder::MonthDayYear) => {
                writeln!(f, "  dates such as 03/04/2020: the month comes first")?;
            }
            None => {}
        }
        for note in &self.notes {
            writeln!(f, "  note: {note}")?;
        }
        write!(f, "{}", self.report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_the_first_of_all_parts_with_their_lines_in_the_file() {
        let mut whole = Report::default();
        for part in 0..3_u64 {
            let mut report = Report { read: 4, used: 1, ..Report::default() };
            for line in 0..3 {
                report.leave_out(LeftOut::BadDate, line, "x\u{1b}");
            }
            whole.join(report, part * 4);
        }
        let bad = &whole.left_out[&LeftOut::BadDate];
        let lines: Vec<u64> = bad.examples.iter().map(|e| e.line).collect();
        assert_eq!((bad.rows, lines, whole.total_left_out()), (9, vec![0, 1, 2, 4, 5], 9));
        let told = whole.to_string();
        assert!(
            told.starts_with("12 rows read: 3 used, 0 of them with a doubt; 9 left out"),
            "{told}"
        );
        assert!(told.contains("9 rows: the date cannot be read\n    line 0: x \n"), "{told}");
    }
}
