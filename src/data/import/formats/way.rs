//! How a file came to be a table of text, for the import report.

use serde::Serialize;

use super::maker::Numbers;
use crate::data::import::Role;
use crate::data::import::mapping::{MappedColumn, Mapping};
use crate::data::import::report::{Report, Rows};

/// What a row of a table is in the file that it comes from, and what its number counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowName {
    /// A line of text.
    #[default]
    Line,
    /// A row of a sheet.
    Row,
    /// A feature of `GeoJSON`.
    Feature,
    /// An object of a list.
    Object,
    /// A placemark of KML.
    Placemark,
}

impl RowName {
    /// The word for one.
    #[must_use]
    pub fn one(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Row => "row",
            Self::Feature => "feature",
            Self::Object => "object",
            Self::Placemark => "placemark",
        }
    }
}

/// A column of which the reader knows what it is.
#[derive(Clone, Debug)]
pub(in crate::data::import) struct Known {
    pub(super) role: Role,
    pub(super) place: usize,
    pub(super) why: &'static str,
    /// Whether the format itself says so, so that a guess stands back; else it is only where nothing else is.
    pub(super) is_sure: bool,
}

/// How a file came to be a table of text.
#[derive(Clone, Debug, Default)]
pub(in crate::data::import) struct Way {
    /// What it was, for people; `None` of a table that was one from the beginning.
    pub(in crate::data::import) source: Option<String>,
    /// Whether a reader wrote the text, so that nothing is to be said of its delimiter.
    pub(in crate::data::import) is_made: bool,
    /// What its rows were.
    pub(in crate::data::import) rows: RowName,
    pub(in crate::data::import) numbers: Numbers,
    /// What the reader did.
    pub(in crate::data::import) notes: Vec<String>,
    /// Columns of which the reader knows what they are.
    pub(in crate::data::import) roles: Vec<Known>,
}

impl Way {
    /// Takes the columns for what the reader knows them to be: in place of a guess, and beside what a profile says.
    pub(in crate::data::import) fn complete(&self, mapping: &mut Mapping) {
        for Known { role, place, why, is_sure } in &self.roles {
            let has_role = mapping.place(*role).is_some();
            if has_role && (mapping.profile.is_some() || !is_sure) {
                continue;
            }
            mapping.columns.retain(|c| c.place != *place && c.role != *role);
            let why = (*why).to_owned();
            mapping.columns.push(MappedColumn { role: *role, place: *place, why });
        }
    }

    /// The number that a row on a line of the text has in the file.
    pub(in crate::data::import) fn number(&self, line: u64) -> u64 {
        if self.is_made { self.numbers.of(line) } else { line }
    }

    /// Gives the rows of a report the numbers that they have in the file.
    pub(in crate::data::import) fn renumber(&self, report: &mut Report) {
        report.rows_are = self.rows;
        if !self.is_made {
            return;
        }
        let reasons = report.left_out.values_mut().chain(report.doubts.values_mut());
        for example in reasons.flat_map(|Rows { examples, .. }| examples) {
            example.line = self.numbers.of(example.line);
        }
    }
}
