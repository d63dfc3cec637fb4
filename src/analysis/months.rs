//! A site's history by month.

use super::{BarCount, Record, Selection, bar_counts};
use crate::domain::{Day, DaySpan, SiteIndex};

/// What a month holds of a site's events.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthCount {
    /// The month.
    pub days: DaySpan,
    /// Its events, by class.
    pub count: BarCount,
    /// Whether the view's window touches the month.
    pub in_window: bool,
}

/// The months from the first to the last event of the record.
#[must_use]
pub fn month_spans(dataset: &Record) -> Vec<DaySpan> {
    let Some(extent) = dataset.extent() else {
        return Vec::new();
    };
    let mut first = Day::from_date(extent.first().date().first_of_month());
    let mut months = Vec::new();
    while first <= extent.last() {
        let last = Day::from_date(first.date().last_of_month());
        months.push(DaySpan::between(first, last));
        first = last.plus(1);
    }
    months
}

/// The events at some sites in each month, of those that the selection's rule and filter let through.
#[must_use]
pub fn site_months(
    record: &Record,
    selection: &Selection,
    window: DaySpan,
    sites: &[SiteIndex],
    months: &[DaySpan],
) -> Vec<MonthCount> {
    let here = sites.iter().flat_map(|s| record.events_at(*s)).filter(|e| selection.counts(**e));
    let counts = bar_counts(here.map(|e| record.event(*e)), months);
    let months = months.iter().zip(counts);
    months
        .map(|(days, count)| MonthCount { days: *days, count, in_window: days.overlaps(window) })
        .collect()
}
