//! Cells to values; what cannot be read is a problem and counts as unknown.

use super::problem::Problem;
use super::rows::Row;
use crate::domain::{Casualties, Code, CountRange, Day, DayError, DaySpan, LonLat, PersonGroup};

const UNKNOWN: &str = "correct the cell; it was taken as unknown";
const LEFT_OUT: &str = "correct the cell; the row was left out";

/// Reads the cells of one row and collects what is wrong with them.
pub(super) struct Cells<'a> {
    pub(super) row: &'a Row<'a>,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Cells<'_> {
    pub(super) fn problem(&mut self, column: &str, what: String, advice: &str) {
        self.problems.push(Problem::error(self.row.cell(column), what, advice));
    }

    pub(super) fn remark(&mut self, column: &str, what: String, advice: &str) {
        self.problems.push(Problem::remark(self.row.cell(column), what, advice));
    }

    /// A cell that is empty and must not be; a column that is missing is told once, in its header.
    fn empty(&mut self, column: &str, advice: &str) {
        if self.row.table.has(column) {
            self.problem(column, "the cell is empty".to_owned(), advice);
            return;
        }
        let location = self.row.table.header_cell(column);
        let advice = "add it; what it says was taken as unknown";
        let told = Problem::error(location, "the column is missing", advice);
        if !self.problems.contains(&told) {
            self.problems.push(told);
        }
    }

    pub(super) fn opt(&self, column: &str) -> Option<String> {
        self.row.text(column).map(str::to_owned)
    }

    /// A cell that must not be empty.
    pub(super) fn text(&mut self, column: &str) -> String {
        self.opt(column).unwrap_or_else(|| {
            self.empty(column, "fill it in");
            String::new()
        })
    }

    /// A cell without which the row is worth nothing.
    pub(super) fn required(&mut self, column: &str) -> Option<String> {
        let text = self.opt(column);
        if text.is_none() {
            self.empty(column, "fill it in; the row was left out");
        }
        text
    }

    /// A country's two letters; kept as it stands.
    pub(super) fn country(&mut self, column: &str) -> String {
        let text = self.text(column);
        let is_code = text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
        if !text.is_empty() && !is_code {
            let what = format!("\"{text}\" is not a country's two letters");
            self.problem(
                column,
                what,
                "write the ISO 3166-1 code, such as IQ; it was kept as it is",
            );
        }
        text
    }

    /// A day, month or year, or what else `read` reads; kept as it stands.
    pub(super) fn dated<T>(
        &mut self,
        column: &str,
        read: impl Fn(&str) -> Result<T, DayError>,
    ) -> Option<String> {
        let text = self.opt(column)?;
        if let Err(error) = read(&text) {
            self.problem(column, error.to_string(), "no date was taken from it");
        }
        Some(text)
    }

    /// Entries separated by semicolons, each once.
    pub(super) fn list(&mut self, column: &str) -> Vec<String> {
        let cell = self.opt(column).unwrap_or_default();
        let mut list: Vec<String> = Vec::new();
        for entry in cell.split(';').map(str::trim).filter(|entry| !entry.is_empty()) {
            if list.iter().any(|earlier| earlier == entry) {
                let what = format!("\"{entry}\" stands in the list twice");
                self.remark(column, what, "take one out, or correct it; one was taken");
            } else {
                list.push(entry.to_owned());
            }
        }
        list
    }

    pub(super) fn code<C: Code>(&mut self, column: &str, otherwise: C) -> C {
        let Some(word) = self.opt(column) else {
            self.empty(column, "put in one of the codes");
            return otherwise;
        };
        C::from_code(&word).unwrap_or_else(|| {
            let known: Vec<_> = C::ALL.iter().map(|c| c.code()).collect();
            self.problem(
                column,
                format!("\"{word}\" is not one of its codes"),
                &format!(
                    "use one of: {}; it was taken as \"{}\"",
                    known.join(", "),
                    otherwise.code()
                ),
            );
            otherwise
        })
    }

    /// A code that an empty cell leaves at its default.
    pub(super) fn opt_code<C: Code>(&mut self, column: &str, otherwise: C) -> C {
        if self.row.text(column).is_none() { otherwise } else { self.code(column, otherwise) }
    }

    fn number(&mut self, column: &str) -> Option<u32> {
        let text = self.opt(column)?;
        text.parse().map_or_else(
            |_| {
                self.problem(column, format!("\"{text}\" is not a whole number"), UNKNOWN);
                None
            },
            Some,
        )
    }

    pub(super) fn decimal(&mut self, column: &str) -> Option<f64> {
        let text = self.opt(column)?;
        match text.parse::<f64>() {
            Ok(n) if n.is_finite() => Some(n),
            _ => {
                self.problem(column, format!("\"{text}\" is not a number"), UNKNOWN);
                None
            }
        }
    }

    /// A length that is more than nothing.
    pub(super) fn length(&mut self, column: &str) -> Option<f64> {
        let length = self.decimal(column)?;
        if length > 0.0 {
            return Some(length);
        }
        self.problem(column, format!("{length} is not a length"), UNKNOWN);
        None
    }

    /// A count from two columns, the low one and the high one.
    pub(super) fn range(&mut self, [low_column, high_column]: [&str; 2]) -> Option<CountRange> {
        let (low, high) = (self.number(low_column), self.number(high_column));
        match (low, high) {
            (None, None) => None,
            (None, Some(h)) => {
                self.problem(
                    low_column,
                    format!("there is a high count ({h}) and no low one"),
                    "fill in the low count; 0 was taken",
                );
                CountRange::new(0, Some(h))
            }
            (Some(l), h) => CountRange::new(l, h).or_else(|| {
                self.problem(
                    high_column,
                    format!("the high count ({}) is below the low one ({l})", h.unwrap_or(0)),
                    UNKNOWN,
                );
                None
            }),
        }
    }

    /// Counts from two columns for each group, in the order of the groups.
    pub(super) fn casualties(
        &mut self,
        columns: [[&str; 2]; PersonGroup::ALL.len()],
    ) -> Casualties {
        PersonGroup::ALL.iter().zip(columns).fold(Casualties::default(), |all, (group, columns)| {
            let count = self.range(columns);
            all.with(*group, count)
        })
    }

    pub(super) fn position(&mut self) -> Option<LonLat> {
        let (lat, lon) = (self.decimal("lat"), self.decimal("lon"));
        match (lat, lon) {
            (Some(lat), Some(lon)) => LonLat::new(lon, lat)
                .map_err(|error| self.problem("lat", error.to_string(), UNKNOWN))
                .ok(),
            (None, None) => None,
            _ => {
                self.problem("lat", "one half of the position is missing".to_owned(), UNKNOWN);
                None
            }
        }
    }

    /// A day; nothing when the cell is empty.
    pub(super) fn opt_day(&mut self, column: &str) -> Option<Day> {
        self.day(column, UNKNOWN)
    }

    fn day(&mut self, column: &str, advice: &str) -> Option<Day> {
        let text = self.opt(column)?;
        Day::parse(&text).map_err(|error| self.problem(column, error.to_string(), advice)).ok()
    }

    /// The days from column `from` to column `to`, both inclusive; one day when `to` is empty.
    pub(super) fn span(&mut self, from: &str, to: &str) -> Option<DaySpan> {
        if self.opt(from).is_none() && self.opt(to).is_some() {
            self.problem(from, "there is a last day and no first one".to_owned(), UNKNOWN);
        }
        self.span_or(from, to, UNKNOWN)
    }

    /// The same where the row is worth nothing without it.
    pub(super) fn required_span(&mut self, from: &str, to: &str) -> Option<DaySpan> {
        self.required(from)?;
        self.span_or(from, to, LEFT_OUT)
    }

    fn span_or(&mut self, from: &str, to: &str, advice: &str) -> Option<DaySpan> {
        let first = self.day(from, advice)?;
        let last = self.day(to, UNKNOWN).unwrap_or(first);
        DaySpan::inclusive(first, last)
            .map_err(|error| self.problem(to, error.to_string(), advice))
            .ok()
    }

    pub(super) fn flag(&mut self, column: &str) -> bool {
        match self.row.text(column) {
            Some("true") => true,
            Some("false") | None => false,
            Some(other) => {
                let what = format!("\"{other}\" is neither true nor false");
                self.problem(column, what, "write true or false; false was taken");
                false
            }
        }
    }
}
