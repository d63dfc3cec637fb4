//! What each value of each facet would show: the numbers beside the choices of a filter.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::engine::Table;
use super::facet::Facet;
use super::{Certainty, Record, View};
use crate::domain::{Code as _, DaySpan};

/// How many events a value has under everything that a view asks for but the filter of its own facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The code, as [`super::Filter::toggle`] takes it.
    pub code: String,
    /// What a person reads.
    pub label: String,
    /// Events that surely belong to the days shown.
    pub certain: usize,
    /// Events that may belong.
    pub possible: usize,
    /// Whether the filter lets the value through by name.
    pub chosen: bool,
}

/// Counts the values of every facet, those of code lists in their order and others by how many events of
/// the whole record have them, so that no value moves while time plays. What no event of the record
/// has is left out, unless it is chosen.
///
/// An event with several values of a facet counts once for each of them.
#[must_use]
pub fn facet_counts(record: &Record, view: &View) -> BTreeMap<Facet, Vec<FacetCount>> {
    let table = record.table();
    let days = view.shown_span(record);
    let mut others = view.filter.others(record).unwrap_or_else(|| {
        let mut all = FixedBitSet::with_capacity(table.len());
        all.insert_range(..);
        all
    });
    let by_rule = table.rule(view.rule);
    others.intersect_with(by_rule);
    let chosen: Vec<(Facet, Vec<bool>)> = view.filter.chosen_values(table).collect();
    // What passes all facets but one counts for the values of that one.
    let passing = |but: Option<Facet>| {
        let mut rows = others.clone();
        for (facet, values) in chosen.iter().filter(|(facet, _)| Some(*facet) != but) {
            table.column(*facet).keep(values, &mut rows);
        }
        shown_rows(table, &rows, days)
    };
    let all = passing(None);
    let count = |facet: Facet| {
        if chosen.iter().any(|(f, _)| *f == facet) {
            count(table, facet, &passing(Some(facet)))
        } else {
            count(table, facet, &all)
        }
    };
    Facet::ALL.iter().map(|facet| (*facet, named(record, view, *facet, &count(*facet)))).collect()
}

/// The rows of a set that surely lie in some days, and those that may.
fn shown_rows(table: &Table, rows: &FixedBitSet, days: DaySpan) -> [Vec<usize>; 2] {
    let mut shown = [Vec::new(), Vec::new()];
    table.visit(rows, days, |row, certainty| match certainty {
        Certainty::Certain => shown[0].push(row),
        Certainty::Possible => shown[1].push(row),
    });
    shown
}

/// By value, the rows that have it: those that surely belong, and those that may.
fn count(table: &Table, facet: Facet, shown: &[Vec<usize>; 2]) -> Vec<(usize, usize)> {
    let column = table.column(facet);
    let by_code = shown.each_ref().map(|rows| {
        let mut counts = vec![0; column.sets().len()];
        for row in rows {
            counts[column.code(*row)] += 1;
        }
        counts
    });
    let mut counts = vec![(0, 0); column.values.len()];
    for (code, values) in column.sets().enumerate() {
        for value in values {
            counts[*value].0 += by_code[0][code];
            counts[*value].1 += by_code[1][code];
        }
    }
    counts
}

fn named(record: &Record, view: &View, facet: Facet, counts: &[(usize, usize)]) -> Vec<FacetCount> {
    let values = &record.column(facet).values;
    let chosen: Vec<&str> = view.filter.chosen(facet).collect();
    let mut named: Vec<FacetCount> = values
        .iter()
        .zip(counts)
        .map(|(value, (certain, possible))| {
            (value, *certain, *possible, chosen.contains(&value.code.as_str()))
        })
        .filter(|(value, _, _, chosen)| value.events > 0 || *chosen)
        .map(|(value, certain, possible, chosen)| FacetCount {
            code: value.code.clone(),
            label: value.label.clone(),
            certain,
            possible,
            chosen,
        })
        .collect();
    // A view of another record may name what this one does not have.
    let strange = chosen.into_iter().filter(|code| values.iter().all(|v| v.code != *code));
    named.extend(strange.map(|code| FacetCount {
        code: code.to_owned(),
        label: code.to_owned(),
        certain: 0,
        possible: 0,
        chosen: true,
    }));
    named
}
