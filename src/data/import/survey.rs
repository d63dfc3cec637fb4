//! What each choice for a table would cost, counted over the whole file: rows whose date could be read, under either
//! order, and rows with a latitude or a longitude, for every column that could be one.

use std::io;

use super::blocks::{self, Progress, Seen};
use super::dates::{self, OrderSeen};
use super::dialect::Sample;
use super::mapping::DateOrder;
use super::positions::{self, Axis};
use super::text_file::TextFile;

/// No more columns are counted: each costs a reading of all its cells.
const MOST: usize = 24;

/// What a table has in the columns that could be a date or a position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Its rows.
    pub rows: u64,
    columns: Vec<ColumnSurvey>,
}

/// What a column has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct ColumnSurvey {
    place: usize,
    order: OrderSeen,
    /// Dates that can be read with nobody saying an order, with the day first, and with the month first.
    dates: [u64; 3],
    latitudes: u64,
    longitudes: u64,
}

impl ColumnSurvey {
    fn see(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        if let Some(date) = dates::read(cell) {
            self.order.see(date);
            let orders = [None, Some(DateOrder::DayMonthYear), Some(DateOrder::MonthDayYear)];
            for (count, order) in self.dates.iter_mut().zip(orders) {
                *count += u64::from(date.days(order).is_some());
            }
        }
        let within =
            |axis, limit: f64| positions::degrees(cell, axis).is_some_and(|d| d.abs() <= limit);
        self.latitudes += u64::from(within(Axis::Latitude, 90.0));
        self.longitudes += u64::from(within(Axis::Longitude, 180.0));
    }

    fn join(&mut self, other: &Self) {
        self.order.join(other.order);
        for (count, more) in self.dates.iter_mut().zip(other.dates) {
            *count += more;
        }
        self.latitudes += other.latitudes;
        self.longitudes += other.longitudes;
    }
}

impl Survey {
    fn column(&self, place: usize) -> Option<&ColumnSurvey> {
        self.columns.iter().find(|c| c.place == place)
    }

    /// Rows that would be left out with the dates of a column, under an order or, with none, under the one that the column
    /// tells; `None` for a column that was not counted, because hardly a cell of its beginning is a date.
    #[must_use]
    pub fn lost_by_date(&self, place: usize, order: Option<DateOrder>) -> Option<u64> {
        let column = self.column(place).filter(|c| c.dates.iter().any(|n| *n > 0))?;
        let read = match order.or_else(|| column.order.order()) {
            None => column.dates[0],
            Some(DateOrder::DayMonthYear) => column.dates[1],
            Some(DateOrder::MonthDayYear) => column.dates[2],
        };
        Some(self.rows.saturating_sub(read))
    }

    /// The order that the dates of a column tell.
    #[must_use]
    pub fn order_told(&self, place: usize) -> Option<DateOrder> {
        self.column(place)?.order.order()
    }

    /// Whether the dates of a column have numbers whose order matters.
    #[must_use]
    pub fn has_numbers(&self, place: usize) -> bool {
        let seen = self.column(place).map(|c| c.order).unwrap_or_default();
        seen.either + seen.day_first + seen.month_first > 0
    }

    /// Rows that would have no position with a column as their latitude.
    #[must_use]
    pub fn without_latitude(&self, place: usize) -> Option<u64> {
        let column = self.column(place).filter(|c| c.latitudes > 0)?;
        Some(self.rows.saturating_sub(column.latitudes))
    }

    /// Rows that would have no position with a column as their longitude.
    #[must_use]
    pub fn without_longitude(&self, place: usize) -> Option<u64> {
        let column = self.column(place).filter(|c| c.longitudes > 0)?;
        Some(self.rows.saturating_sub(column.longitudes))
    }
}

/// The columns of which at least a fourth of the filled cells of the beginning are a date or degrees; `wanted` ones first.
fn candidates(sample: &Sample, wanted: &[usize]) -> Vec<usize> {
    let could_be = |place: &usize| {
        let (mut filled, mut good) = (0_usize, 0_usize);
        for cell in sample.column(*place) {
            filled += 1;
            good += usize::from(
                dates::read(cell).is_some()
                    || positions::degrees(cell, Axis::Latitude).is_some_and(|d| d.abs() <= 180.0)
                    || positions::degrees(cell, Axis::Longitude).is_some(),
            );
        }
        good * 4 >= filled.max(1)
    };
    let mut places: Vec<usize> = wanted.to_vec();
    let others = (0..sample.header.len()).filter(|p| !wanted.contains(p)).filter(could_be);
    places.extend(others.take(MOST.saturating_sub(wanted.len())));
    places.truncate(MOST);
    places
}

/// Counts the whole file. `wanted` are columns that are counted in any case.
///
/// # Errors
/// When the file cannot be read to its end, or the reading was broken off.
pub(super) fn survey(
    file: &TextFile,
    sample: &Sample,
    wanted: &[usize],
    progress: &Progress,
) -> io::Result<Survey> {
    let places = candidates(sample, wanted);
    let start = || Survey {
        rows: 0,
        columns: places.iter().map(|p| ColumnSurvey { place: *p, ..Default::default() }).collect(),
    };
    let each = |(): &mut (), survey: &mut Survey, seen: Seen<'_>| {
        survey.rows += 1;
        if let Seen::Row(row, block) = seen {
            for column in &mut survey.columns {
                column.see(&row.text(block, column.place));
            }
        }
    };
    let from = sample.rows_of(file);
    let mut all = start();
    let start = |_: blocks::BlockStart<'_>| start();
    let parts = blocks::all(&from, progress, start, each)?;
    for part in parts {
        all.rows += part.value.rows;
        for (column, more) in all.columns.iter_mut().zip(&part.value.columns) {
            column.join(more);
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::import::{LeftOut, Role, Table};

    const TABLE: &str = "seen,told,lat,lon,what\n\
                         03/04/2022,2022-04-09,33.3,44.4,a\n\
                         25/04/2022,2022-04-26,,44.5,b\n\
                         04/28/2022,,133.5,44.6,c\n\
                         05/05/2022,soon,33.6,44.7,d\n\
                         never,2022-05-09,33.7,44.8,e\n";

    #[test]
    fn the_rows_that_a_choice_would_lose_are_those_that_it_does_lose() {
        let mut table = Table::in_memory(TABLE.as_bytes().to_vec()).unwrap();
        let survey = table.survey(&Progress::default()).unwrap();
        assert_eq!(survey.rows, 5);
        for (place, order, lost) in [
            (0, None, 4),
            (0, Some(DateOrder::DayMonthYear), 2),
            (0, Some(DateOrder::MonthDayYear), 2),
            (1, None, 2),
            (1, Some(DateOrder::MonthDayYear), 2),
        ] {
            assert_eq!(survey.lost_by_date(place, order), Some(lost), "{place} {order:?}");
            let mut mapping = table.mapping().clone();
            mapping.give(place, Some(Role::Date));
            mapping.date_order = order;
            table.map(mapping);
            let report = table.read(&Progress::default()).unwrap().report;
            assert_eq!(report.total_left_out(), lost, "{place} {order:?}: {report}");
            assert!(!report.left_out.contains_key(&LeftOut::TooManyCells));
        }
        assert_eq!(survey.lost_by_date(4, None), None, "words are no dates");
        assert_eq!((survey.without_latitude(2), survey.without_longitude(2)), (Some(2), Some(1)));
        assert_eq!(survey.order_told(0), None, "two rows contradict each other");
        assert!(survey.has_numbers(0) && !survey.has_numbers(1));
    }

    #[test]
    fn so_many_columns_are_counted_and_no_more_those_in_use_among_them() {
        let header: Vec<String> = (0..60).map(|n| format!("n{n}")).collect();
        let row = vec!["12"; 60].join(",");
        let text = format!("{},date\n{row},2022-01-05\n{row},2022-01-06\n", header.join(","));
        let table = Table::in_memory(text.into_bytes()).unwrap();
        let survey = table.survey(&Progress::default()).unwrap();
        assert_eq!(survey.columns.len(), MOST);
        assert_eq!(survey.lost_by_date(60, None), Some(0));
    }
}
