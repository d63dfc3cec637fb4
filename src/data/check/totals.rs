//! Published counts against the record: their scope can be read, and the record does not hold far more.

use super::Findings;
use crate::analysis::{Filter, coverage};
use crate::data::lines::TableName;
use crate::domain::ReportedTotal;

/// The record holds far more than was published when it has half as many again...
const FAR_MORE: f64 = 1.5;
/// ...and at least this many more.
const FAR_MORE_EVENTS: usize = 3;

pub(super) fn check(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    // The values that a filter can have are those of the events.
    let asked = [TableName::Sources, TableName::Sites, TableName::Actors, TableName::Events];
    if !asked.iter().all(|table| findings.lines.is_readable(*table)) {
        return;
    }
    for (row, total) in dataset.reported_totals.iter().enumerate() {
        scope(findings, row, total);
        recount(findings, row, total);
    }
}

fn scope(findings: &mut Findings<'_>, row: usize, total: &ReportedTotal) {
    let Some(words) = total.filter.as_deref() else { return };
    let cell = (TableName::ReportedTotals, row, "filter");
    let mut filter = Filter::default();
    for part in words.split_whitespace() {
        if let Err(error) = filter.add(findings.dataset, part) {
            let advice = "correct it, or leave the cell empty when a filter cannot say it";
            findings.error(cell, format!("{}: {error}", total.id), advice);
            return;
        }
    }
    if total.span.is_none() {
        let what = format!("{}: a filter without a period cannot be counted", total.id);
        let advice = "fill in the first and the last day, or leave the filter empty";
        findings.error((TableName::ReportedTotals, row, "from"), what, advice);
    }
}

fn recount(findings: &mut Findings<'_>, row: usize, total: &ReportedTotal) {
    let published = total.count.and_then(crate::domain::CountRange::high);
    let (Ok(own), Some(published)) = (coverage(findings.dataset, total), published) else {
        return;
    };
    let published = usize::try_from(published).unwrap_or(usize::MAX);
    #[expect(clippy::cast_precision_loss, reason = "counts of events are small")]
    let is_far = own.certain as f64 > published as f64 * FAR_MORE;
    if is_far && own.certain >= published.saturating_add(FAR_MORE_EVENTS) {
        let what =
            format!("{}: {published} were published, {} are in this record", total.id, own.certain);
        let advice = "look whether the filter says what was counted";
        findings.remark((TableName::ReportedTotals, row, "filter"), what, advice);
    }
}
