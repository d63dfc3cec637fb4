//! What every event needs: a report, the status that its reports make it, a place where one is claimed, and
//! to be told once.

use std::collections::BTreeMap;

use super::Findings;
use crate::data::lines::TableName;
use crate::domain::{Code as _, Event, Status};

pub(super) fn check(findings: &mut Findings<'_>) {
    reports_and_positions(findings);
    same_day_same_site(findings);
}

fn reports_and_positions(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    let reports_are_read = [TableName::Reports, TableName::Sources]
        .into_iter()
        .all(|table| findings.lines.is_readable(table));
    for index in dataset.event_indices() {
        let (row, event) = (index.get(), dataset.event(index));
        if dataset.reports_of(index).is_empty() && reports_are_read {
            let advice = "add a row to reports with the source";
            let what = format!("{}: no report says so", event.id);
            findings.error((TableName::Events, row, "id"), what, advice);
        }
        let made = Status::of_stances(dataset.reports_of(index).iter().map(|r| r.stance));
        if let Some(made) = made.filter(|made| *made != event.status) {
            let (status, made) = (event.status.code(), made.code());
            let what = format!("{}: the status is {status}, its reports make it {made}", event.id);
            let advice = "correct the status, or the stance of a report";
            findings.error((TableName::Events, row, "status"), what, advice);
        }
        let position = event.position.or(dataset.site(event.site).position);
        if event.precision.is_point() && position.is_none() {
            let what =
                format!("{}: the place is said to be known, but there is no position", event.id);
            let advice = "add the position to the site";
            findings.error((TableName::Events, row, "place_precision"), what, advice);
        }
    }
}

/// Two events at one site on one day are one event told twice, unless the table says that they are two.
fn same_day_same_site(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    let mut groups: BTreeMap<_, Vec<(usize, &Event)>> = BTreeMap::new();
    for (row, event) in dataset.events.iter().enumerate() {
        if event.date.span.days() == 1 && event.precision.is_point() {
            groups.entry((event.date.span.first(), event.site)).or_default().push((row, event));
        }
    }
    for group in groups.into_values() {
        for (at, (row, event)) in group.iter().enumerate() {
            let is_apart = |other: &Event| {
                event.distinct_from.contains(&other.id) || other.distinct_from.contains(&event.id)
            };
            // One of them is enough: a day with hundreds of rows is told in hundreds of lines, not their
            // square.
            let Some((twin, other)) = group[..at].iter().find(|(_, other)| !is_apart(other)) else {
                continue;
            };
            let what = format!(
                "{}: the same day and site as {}",
                event.id,
                findings.named(TableName::Events, *twin, &other.id)
            );
            let advice = "merge the two, or name the other here";
            findings.error((TableName::Events, *row, "distinct_from"), what, advice);
        }
    }
}
