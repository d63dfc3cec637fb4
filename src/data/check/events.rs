//! What every event needs: a report, the status that its reports make it, a place where one is claimed, and
//! to be told once.

use std::collections::BTreeMap;

use super::Findings;
use crate::data::lines::TableName;
use crate::domain::{Code as _, Day, Event, SiteIndex, Status};

pub(super) fn check(findings: &mut Findings<'_>) {
    // Where rows could not be used, that is told of each of them.
    if findings.dataset.events.is_empty() && findings.dataset.rows_left_out == 0 {
        let what = "the record has no event, so that there is nothing to show or count";
        let advice = "add rows to the table";
        findings.remark_on_table(TableName::Events, what, advice);
    }
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
            let what = format!("{}: no report says so", event.held().id);
            findings.error((TableName::Events, row, "id"), what, advice);
        }
        let made = Status::of_stances(dataset.reports_of(index).iter().map(|r| r.stance));
        if let Some(made) = made.filter(|made| *made != event.status) {
            let (status, made) = (event.status.code(), made.code());
            let what =
                format!("{}: the status is {status}, its reports make it {made}", event.held().id);
            let advice = "correct the status, or the stance of a report";
            findings.error((TableName::Events, row, "status"), what, advice);
        }
        let position = event.position.get().or(dataset.site(event.site).position);
        if event.precision.is_point() && position.is_none() {
            let what = format!(
                "{}: the place is said to be known, but there is no position",
                event.held().id
            );
            let advice = "add the position to the site";
            findings.error((TableName::Events, row, "place_precision"), what, advice);
        }
    }
}

/// Events at one site so far that may be of the day of the next one, in order of their first day.
#[derive(Default)]
struct AtSite<'a> {
    day: Option<Day>,
    /// Known to the day and the place.
    exact: Vec<(usize, &'a Event)>,
    vague: Vec<(usize, &'a Event)>,
}

/// Two events at one site on one day are one event told twice, unless the table says that they are two.
/// Where their days or places are known less well, a person has to look.
fn same_day_same_site(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    let mut sites: BTreeMap<SiteIndex, AtSite<'_>> = BTreeMap::new();
    for (row, event) in dataset.events.iter().enumerate() {
        let first = event.date.span.first();
        let site = sites.entry(event.site).or_default();
        if site.day.replace(first) != Some(first) {
            site.exact.retain(|(_, e)| e.date.span.last() >= first);
            site.vague.retain(|(_, e)| e.date.span.last() >= first);
        }
        // One of them is enough: a day with hundreds of rows is told in hundreds of lines, not their
        // square.
        let exact = site.exact.iter().find(|(_, other)| !are_told_apart(event, other)).copied();
        let vague = || site.vague.iter().find(|(_, other)| !are_told_apart(event, other)).copied();
        let is_exact = event.date.span.days() == 1 && event.precision.is_point();
        if let Some((twin, other)) = exact.or_else(vague) {
            let other = findings.named(TableName::Events, twin, &other.held().id);
            let cell = (TableName::Events, row, "distinct_from");
            let advice = "merge the two, or name the other here";
            if is_exact && exact.is_some() {
                let what = format!("{}: the same day and site as {other}", event.held().id);
                findings.error(cell, what, advice);
            } else {
                let what =
                    format!("{}: perhaps the same day and place as {other}", event.held().id);
                findings.remark(cell, what, advice);
            }
        }
        if is_exact { &mut site.exact } else { &mut site.vague }.push((row, event));
    }
}

fn are_told_apart(a: &Event, b: &Event) -> bool {
    a.held().distinct_from.contains(&b.held().id) || b.held().distinct_from.contains(&a.held().id)
}
