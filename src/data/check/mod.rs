//! What a data package must hold true beyond what each row can show by itself.
//!
//! Each file looks at one thing; every problem names the file, the line and the column of the cell at
//! fault. Where the data may be right all the same, the problem is a remark.

mod dates;
mod events;
mod places;
mod references;
mod reports;
mod sources;
mod spelling;
mod totals;

use super::lines::{Lines, TableName};
use super::open::Loaded;
use super::problem::{Location, Problem};
use crate::analysis::Record;
use crate::domain::basemap::Basemap;

/// Problems between rows and tables, sorted; those within a row are in [`Loaded::problems`]. Positions are
/// compared with the countries and governorates of the basemap.
#[must_use]
pub fn check(loaded: &Loaded, basemap: &Basemap) -> Vec<Problem> {
    if loaded.table.is_some() {
        // What holds between the tables of a package says nothing of a table of somebody else.
        return Vec::new();
    }
    let mut findings =
        Findings { dataset: &loaded.dataset, lines: &loaded.lines, problems: Vec::new() };
    references::check(&mut findings);
    spelling::check(&mut findings);
    events::check(&mut findings);
    reports::check(&mut findings);
    sources::check(&mut findings);
    dates::check(&mut findings);
    places::check(&mut findings, basemap);
    totals::check(&mut findings);
    findings.problems.sort();
    findings.problems
}

/// What is looked at, and what was found.
struct Findings<'a> {
    dataset: &'a Record,
    lines: &'a Lines,
    problems: Vec<Problem>,
}

/// A cell: its table, the place of its row in the dataset's list, and its column.
type Cell = (TableName, usize, &'static str);

impl Findings<'_> {
    fn error(&mut self, (table, row, column): Cell, what: impl Into<String>, advice: &str) {
        self.problems.push(Problem::error(self.lines.cell(table, row, column), what, advice));
    }

    fn remark(&mut self, (table, row, column): Cell, what: impl Into<String>, advice: &str) {
        self.problems.push(Problem::remark(self.lines.cell(table, row, column), what, advice));
    }

    fn remark_on_table(&mut self, table: TableName, what: &str, advice: &str) {
        let location = Location { line: None, column: None, ..self.lines.cell(table, 0, "") };
        self.problems.push(Problem::remark(location, what, advice));
    }

    /// How messages name a row: "x (line 7)".
    fn named(&self, table: TableName, row: usize, id: &str) -> String {
        match self.lines.cell(table, row, "id").line {
            Some(line) => format!("{id} (line {line})"),
            None => id.to_owned(),
        }
    }
}
