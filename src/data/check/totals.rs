//! Published counts against the record: their scope can be read, and the record does not hold far more.
//! Notes on the record's own coverage: so can theirs.

use super::{Cell, Findings};
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
    for (row, note) in dataset.coverage_notes.iter().enumerate() {
        let cell = (TableName::CoverageNotes, row, "filter");
        let advice = "correct it, or leave the cell empty when the note is on everything";
        readable(findings, cell, (&note.id, note.filter.as_deref()), advice);
    }
}

/// Whether a filter can be read; if not, it is told.
fn readable(
    findings: &mut Findings<'_>,
    cell: Cell,
    (id, words): (&str, Option<&str>),
    advice: &str,
) -> bool {
    match words.map(|words| Filter::parse(findings.dataset, words)) {
        Some(Err(error)) => {
            findings.error(cell, format!("{id}: {error}"), advice);
            false
        }
        Some(Ok(_)) => true,
        None => false,
    }
}

fn scope(findings: &mut Findings<'_>, row: usize, total: &ReportedTotal) {
    let cell = (TableName::ReportedTotals, row, "filter");
    let advice = "correct it, or leave the cell empty when a filter cannot say it";
    let scope = (total.id.as_str(), total.filter.as_deref());
    if readable(findings, cell, scope, advice) && total.span.is_none() {
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
