//! Where the rows of a dataset stand in its files, so that what is wrong between rows can be found
//! again. The domain knows nothing of it.

use std::collections::BTreeMap;

use super::problem::Location;

/// A table of a data package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableName {
    /// Publications.
    Sources,
    /// Places.
    Sites,
    /// Parties.
    Actors,
    /// What happened.
    Events,
    /// What each source says of it.
    Reports,
    /// Ties between events.
    Links,
    /// Dated facts without an impact.
    Context,
    /// Troop numbers.
    ForceLevels,
    /// Published counts.
    ReportedTotals,
    /// Where the record is thin.
    CoverageNotes,
}

impl TableName {
    /// Its name in `datapackage.json`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sources => "sources",
            Self::Sites => "sites",
            Self::Actors => "actors",
            Self::Events => "events",
            Self::Reports => "reports",
            Self::Links => "links",
            Self::Context => "context",
            Self::ForceLevels => "force_levels",
            Self::ReportedTotals => "reported_totals",
            Self::CoverageNotes => "coverage_notes",
        }
    }

    /// Whether rows of other tables name rows of this one.
    pub(super) fn is_referred_to(self) -> bool {
        matches!(self, Self::Sources | Self::Sites | Self::Actors | Self::Events)
    }
}

/// The file of each table and the line of each of its rows, in the order of the dataset's lists.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    tables: BTreeMap<TableName, TableLines>,
}

#[derive(Clone, Debug)]
struct TableLines {
    file: String,
    readable: bool,
    rows: Vec<u64>,
}

impl Lines {
    pub(super) fn insert(&mut self, table: TableName, file: &str, readable: bool, rows: Vec<u64>) {
        self.tables.insert(table, TableLines { file: file.to_owned(), readable, rows });
    }

    /// Whether anything of the table could be read. What is missing from one that could not is no
    /// mistake of the rows that name it.
    #[must_use]
    pub fn is_readable(&self, table: TableName) -> bool {
        self.tables.get(&table).is_none_or(|t| t.readable)
    }

    /// A cell of the row that stands at `row` in the dataset's list.
    #[must_use]
    pub fn cell(&self, table: TableName, row: usize, column: &str) -> Location {
        let lines = self.tables.get(&table);
        Location {
            file: lines.map_or_else(|| table.as_str().to_owned(), |t| t.file.clone()),
            line: lines.and_then(|t| t.rows.get(row).copied()),
            column: Some(column.to_owned()),
        }
    }
}
