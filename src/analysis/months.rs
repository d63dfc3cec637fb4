//! A site's history by month.

use super::{Record, Selection};
use crate::domain::{Dataset, Day, DaySpan, SiteIndex};

/// The months from the first to the last event of the record.
#[must_use]
pub fn month_spans(dataset: &Dataset) -> Vec<DaySpan> {
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

/// Events at a site in each month under the selection's rule and filter, and whether the month touches the window.
#[must_use]
pub fn site_months(
    record: &Record,
    selection: &Selection,
    window: DaySpan,
    site: SiteIndex,
    months: &[DaySpan],
) -> Vec<(usize, bool)> {
    let mut counts: Vec<(usize, bool)> = months.iter().map(|m| (0, m.overlaps(window))).collect();
    let Some(first) = months.first() else {
        return counts;
    };
    for event in record.events_at(site).iter().filter(|e| selection.counts(**e)) {
        let event = record.event(*event);
        // Only events whose span lies in one month; others have no month of their own.
        let (a, b) = (event.date.span.first().date(), event.date.span.last().date());
        if (a.year(), a.month()) != (b.year(), b.month()) {
            continue;
        }
        let start = first.first().date();
        let offset = (i32::from(a.year()) - i32::from(start.year())) * 12 + i32::from(a.month())
            - i32::from(start.month());
        if let Some(slot) = usize::try_from(offset).ok().and_then(|i| counts.get_mut(i)) {
            slot.0 += 1;
        }
    }
    counts
}
