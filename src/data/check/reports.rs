//! What an event is said to be against what its reports say: days, munitions, casualties, claimants.

use std::collections::BTreeSet;

use super::Findings;
use crate::data::lines::TableName;
use crate::domain::{
    ActorIndex, Casualties, Code as _, CountRange, DaySpan, Event, EventIndex, PersonGroup, Report,
};

/// A source dates an event in its own zone, which may be a day off the record's.
const ZONES_DIFFER_DAYS: i32 = 1;

/// The high ends of killed and of wounded, in the order of the groups.
const HIGH_ENDS: [[&str; PersonGroup::ALL.len()]; 2] = [
    [
        "killed_coalition_high",
        "killed_local_partners_high",
        "killed_armed_groups_high",
        "killed_civilians_high",
        "killed_unspecified_high",
    ],
    [
        "wounded_coalition_high",
        "wounded_local_partners_high",
        "wounded_armed_groups_high",
        "wounded_civilians_high",
        "wounded_unspecified_high",
    ],
];

pub(super) fn check(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    // The reports of each event are a stretch of the list; this is where the next one begins.
    let mut begin = 0;
    for index in dataset.event_indices() {
        let reports = dataset.reports_of(index);
        days(findings, index, begin, reports);
        munitions(findings, index, reports);
        let event = dataset.event(index);
        let [killed, wounded] = HIGH_ENDS;
        casualties(findings, index, ("killed", killed), &event.killed, reports, |r| {
            r.said().killed
        });
        casualties(findings, index, ("wounded", wounded), &event.wounded, reports, |r| {
            r.said().wounded
        });
        claimants(findings, index, reports);
        begin += reports.len();
    }
}

/// Days of a report that are not those of its event; what no dated report supports is an error.
fn days(findings: &mut Findings<'_>, index: EventIndex, begin: usize, reports: &[Report]) {
    let dataset = findings.dataset;
    let event = dataset.event(index);
    let own = |r: &Report| r.said().date.as_deref().and_then(|d| DaySpan::parse(d).ok());
    let dated: Vec<_> = (begin..)
        .zip(reports)
        .filter_map(|(row, report)| Some((row, report, own(report)?)))
        .collect();
    let span = event.date.span;
    let said = match (span.first(), span.last()) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first} to {last}"),
    };
    if !dated.is_empty() && dated.iter().all(|(_, _, date)| !date.overlaps(span)) {
        let what = format!("{}: none of its dated reports dates it {said}", event.held().id);
        let advice = "correct the days of the event, or the dates of its reports";
        findings.error((TableName::Events, index.get(), "start"), what, advice);
        return;
    }
    let near = DaySpan::between(
        span.first().plus(-ZONES_DIFFER_DAYS),
        span.last().plus(ZONES_DIFFER_DAYS),
    );
    for (row, report, date) in dated {
        if !date.overlaps(near) {
            let source = &dataset.source(report.source).id;
            let day = report.said().date.as_deref().unwrap_or_default();
            let what = format!("{source} dates {} {day}, the event is of {said}", event.held().id);
            let advice = "correct one of them, or widen the span of the event";
            findings.remark((TableName::Reports, row, "date"), what, advice);
        }
    }
}

fn munitions(findings: &mut Findings<'_>, index: EventIndex, reports: &[Report]) {
    let event = findings.dataset.event(index);
    let Some(own) = event.munitions.get() else { return };
    let mut counts = reports.iter().filter_map(|r| r.said().count).peekable();
    if counts.peek().is_some() && counts.all(|count| !shares_a_number(own, count)) {
        let what = format!("{}: no report counts {}", event.held().id, own.words());
        let advice = "right if the number stands in a note; else correct it, or a report";
        findings.remark((TableName::Events, index.get(), "munitions_low"), what, advice);
    }
}

/// More killed or wounded than any report counts. Reports count all groups together.
fn casualties(
    findings: &mut Findings<'_>,
    index: EventIndex,
    (word, columns): (&str, [&'static str; PersonGroup::ALL.len()]),
    own: &Casualties,
    reports: &[Report],
    of_report: impl Fn(&Report) -> Option<CountRange>,
) {
    let event = findings.dataset.event(index);
    let most = |count: CountRange| count.high().unwrap_or(u32::MAX);
    let Some(told) = reports.iter().filter_map(of_report).map(most).max() else { return };
    let high = |(group, count): (PersonGroup, CountRange)| {
        (count.high().unwrap_or_else(|| count.low()), group)
    };
    let Some((highest, group)) = own.reported().map(high).max_by_key(|(count, _)| *count) else {
        return;
    };
    let certain = own.reported().fold(0_u32, |sum, (_, count)| sum.saturating_add(count.low()));
    let own = highest.max(certain);
    if own > told {
        let what = format!("{}: {own} {word}, no report counts more than {told}", event.held().id);
        let advice = "right if the number stands in a note; else correct it, or a report";
        let cell = (TableName::Events, index.get(), columns[group.position()]);
        findings.remark(cell, what, advice);
    }
}

/// Who is said to have claimed an event, where its reports name others.
fn claimants(findings: &mut Findings<'_>, index: EventIndex, reports: &[Report]) {
    let dataset = findings.dataset;
    let event: &Event = dataset.event(index);
    let cells = reports.iter().filter_map(|r| r.said().claimed_by.as_deref());
    let named: BTreeSet<&str> = cells.flat_map(|cell| cell.split(';')).map(str::trim).collect();
    let id = |actor: &ActorIndex| dataset.actor(*actor).id.as_str();
    let unnamed: Vec<_> = event.claimed_by.iter().map(id).filter(|a| !named.contains(a)).collect();
    if !named.is_empty() && !unnamed.is_empty() {
        let what =
            format!("{}: no report says that {} claimed it", event.held().id, unnamed.join(", "));
        let advice = "correct the claimant, or that of a report";
        findings.remark((TableName::Events, index.get(), "claimed_by"), what, advice);
    }
}

/// Whether some number lies in both ranges.
fn shares_a_number(a: CountRange, b: CountRange) -> bool {
    let reaches = |high: Option<u32>, low: u32| high.is_none_or(|high| low <= high);
    reaches(a.high(), b.low()) && reaches(b.high(), a.low())
}
