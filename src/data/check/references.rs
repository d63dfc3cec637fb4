//! Identifiers that lead to rows of the same table, and rows that must be there once.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Findings};
use crate::data::lines::TableName;

const ADVICE: &str = "correct the identifier";

pub(super) fn check(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    let sites = dataset.sites.iter().map(|s| (s.id.as_str(), s.part_of.as_deref()));
    tree(findings, (TableName::Sites, "part_of"), &sites.collect::<Vec<_>>());
    let actors = dataset.actors.iter().map(|a| (a.id.as_str(), a.parent.as_deref()));
    tree(findings, (TableName::Actors, "parent"), &actors.collect::<Vec<_>>());
    distinct_events(findings);
    links(findings);
    one_report_for_each_source(findings);
}

/// What a row belongs to must be there, and no row can stand above itself, however many steps away.
fn tree(
    findings: &mut Findings<'_>,
    (table, column): (TableName, &'static str),
    rows: &[(&str, Option<&str>)],
) {
    let above: BTreeMap<_, _> = rows.iter().copied().collect();
    for (row, (id, parent)) in rows.iter().enumerate() {
        let cell: Cell = (table, row, column);
        let Some(parent) = parent else { continue };
        if !above.contains_key(parent) {
            let what = format!("{id}: there is no \"{parent}\" in {}", table.as_str());
            findings.error(cell, what, ADVICE);
        }
        let (mut next, mut seen) = (Some(*parent), BTreeSet::new());
        while let Some(step) = next.filter(|n| seen.insert(*n)) {
            if step == *id {
                let advice = "correct one of the rows of the circle";
                findings.error(cell, format!("{id}: it stands above itself"), advice);
            }
            next = above.get(step).copied().flatten();
        }
    }
}

fn distinct_events(findings: &mut Findings<'_>) {
    let events = &findings.dataset.events;
    let known: BTreeSet<_> = events.iter().map(|e| e.held().id.as_str()).collect();
    for (row, event) in events.iter().enumerate() {
        let cell = (TableName::Events, row, "distinct_from");
        for other in &event.held().distinct_from {
            if *other == event.held().id {
                findings.error(cell, format!("{other}: it is distinct from itself"), ADVICE);
            } else if !known.contains(other.as_str()) {
                let what = format!("{}: there is no \"{other}\" in events", event.held().id);
                findings.error(cell, what, ADVICE);
            }
        }
    }
}

fn links(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    for (row, link) in dataset.links.iter().enumerate() {
        if link.from == link.to {
            let what = format!("{} is tied to itself", dataset.event(link.to).held().id);
            findings.error((TableName::Links, row, "to"), what, ADVICE);
        }
    }
}

/// What one source says of one event is one row; two would count it as two voices.
fn one_report_for_each_source(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    let mut first = BTreeMap::new();
    for (row, report) in dataset.reports.iter().enumerate() {
        let earlier = *first.entry((report.event, report.source)).or_insert(row);
        if earlier != row {
            let (event, source) = (dataset.event(report.event), dataset.source(report.source));
            let other = findings.named(TableName::Reports, earlier, &event.held().id);
            let what = format!("{} reports {other} already", source.id);
            let advice = "make the two reports one row, or correct the source";
            findings.error((TableName::Reports, row, "source"), what, advice);
        }
    }
}
