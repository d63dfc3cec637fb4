//! How a published count compares with the record: "45 reported, 41 in this record".

use super::{Certainty, Filter, Record};
use crate::domain::ReportedTotal;

/// What the record holds of the scope of a published count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Events that surely belong to its period.
    pub certain: usize,
    /// Events that may belong.
    pub possible: usize,
}

/// Counts the record's events in the period and scope of a published count; `None` when its scope
/// or period cannot be said as a filter.
#[must_use]
pub fn coverage(record: &Record, total: &ReportedTotal) -> Option<Coverage> {
    let (days, words) = (total.span?, total.filter.as_deref()?);
    let filter = Filter::parse(record, words).ok()?;
    let sieve = filter.sieve(record);
    let mut found = Coverage { certain: 0, possible: 0 };
    for event in record.event_indices().filter(|e| sieve.lets_through(*e)) {
        match Certainty::of(record.event(event).date.span, days) {
            Some(Certainty::Certain) => found.certain += 1,
            Some(Certainty::Possible) => found.possible += 1,
            None => {}
        }
    }
    Some(found)
}
