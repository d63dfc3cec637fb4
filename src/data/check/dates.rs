//! Dates that cannot be: what is told before it happened, and what is counted before it is over.

use super::Findings;
use crate::data::lines::TableName;
use crate::domain::{DaySpan, LinkKind, Source};

/// A page is dated in its publisher's zone, which may be a day behind the record's.
const ZONES_DIFFER_DAYS: i32 = 1;

pub(super) fn check(findings: &mut Findings<'_>) {
    reports(findings);
    totals(findings);
    sites(findings);
    answers(findings);
}

/// A source cannot report what had not begun when it was published.
fn reports(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    for (row, report) in dataset.reports.iter().enumerate() {
        let (event, source) = (dataset.event(report.event), dataset.source(report.source));
        let cell = (TableName::Reports, row, "source");
        let what = format!("{} was published before {} began", source.id, event.held().id);
        told_before(findings, cell, source, event.date.span, &what);
        let own_date = report.said().date.as_deref().and_then(|d| DaySpan::parse(d).ok());
        if let Some(own_date) = own_date {
            let cell = (TableName::Reports, row, "date");
            let what = format!("{} dates {} after its own publication", source.id, event.held().id);
            told_before(findings, cell, source, own_date, &what);
        }
    }
}

fn told_before(
    findings: &mut Findings<'_>,
    cell: super::Cell,
    source: &Source,
    told: DaySpan,
    what: &str,
) {
    let Some(published) = source.published_span() else { return };
    let (published, began) = (published.last(), told.first());
    let what = format!("{what} ({published}, {began})");
    if published < began.plus(-ZONES_DIFFER_DAYS) {
        findings.error(cell, what, "correct one of the two dates, or the source");
    } else if published < began {
        let advice = "right if the publisher's day ends after the record's; else correct one date";
        findings.remark(cell, what, advice);
    }
}

/// A count cannot be published before its period has begun, and covers no day after.
fn totals(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    for (row, total) in dataset.reported_totals.iter().enumerate() {
        let source = dataset.source(total.source);
        let (Some(span), Some(published)) = (total.span, source.published_span()) else { continue };
        if published.last() < span.last().plus(-ZONES_DIFFER_DAYS) {
            let what = format!(
                "{}: the period ends on {}, after {} was published ({})",
                total.id,
                span.last(),
                source.id,
                published.last()
            );
            findings.error(
                (TableName::ReportedTotals, row, "to"),
                what,
                "correct one of the dates",
            );
        }
    }
}

/// A site cannot have been left before it was used.
fn sites(findings: &mut Findings<'_>) {
    for (row, site) in findings.dataset.sites.iter().enumerate() {
        let day = |text: &Option<String>| text.as_deref().and_then(|t| DaySpan::parse(t).ok());
        if let (Some(from), Some(to)) = (day(&site.from), day(&site.to))
            && to.last() < from.first()
        {
            let what =
                format!("{}: used until {}, but only from {}", site.id, to.last(), from.first());
            findings.error((TableName::Sites, row, "to"), what, "swap or correct the two dates");
        }
    }
}

/// An answer, and what is told as after an event, cannot be over before that has begun.
fn answers(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    for (row, link) in dataset.links.iter().enumerate() {
        let (from, to) = (dataset.event(link.from), dataset.event(link.to));
        let (ended, began) = (from.date.span.last(), to.date.span.first());
        let tied = match link.kind {
            LinkKind::ResponseTo => "answers",
            LinkKind::Followed => "is told as after",
            LinkKind::SameWave | LinkKind::AnniversaryOf => continue,
        };
        if ended < began {
            let what = format!(
                "{} {tied} {}, but ended before it began ({ended}, {began})",
                from.held().id,
                to.held().id
            );
            let advice = "swap the two, or correct one of the dates";
            findings.error((TableName::Links, row, "from"), what, advice);
        }
    }
}
