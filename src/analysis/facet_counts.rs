//! What each value of each facet would show: the numbers beside the choices of a filter.

use std::collections::BTreeMap;
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::engine::Table;
use super::facet::Facet;
use super::{Record, ShownRows, View};
use crate::domain::Code as _;

/// How many events a value has under everything that a view asks for but the filter of its own facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The code, as [`super::Filter::toggle`] takes it.
    pub code: Arc<str>,
    /// What a person reads.
    pub label: Arc<str>,
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
    count_some(record, view, view.filter.others(record).as_ref(), Facet::ALL)
}

impl ShownRows {
    /// As [`facet_counts`], of some facets only, each of which costs a look at every event shown. Of a view under
    /// whose filter and rule these rows are shown nothing is searched for again.
    #[must_use]
    pub fn facet_counts(
        &self,
        record: &Record,
        view: &View,
        facets: &[Facet],
    ) -> BTreeMap<Facet, Vec<FacetCount>> {
        if self.counting().is_of(&view.filter, view.rule) {
            count_some(record, view, self.counting().others(), facets)
        } else {
            count_some(record, view, view.filter.others(record).as_ref(), facets)
        }
    }
}

/// `others` are the rows that search and box let through; `None` for all.
fn count_some(
    record: &Record,
    view: &View,
    others: Option<&FixedBitSet>,
    facets: &[Facet],
) -> BTreeMap<Facet, Vec<FacetCount>> {
    let table = record.table();
    let shown = table.shown(view.shown_span(record)).map(|mut rows| {
        rows.intersect_with(table.rule(view.rule));
        if let Some(others) = others {
            rows.intersect_with(others);
        }
        rows
    });
    let mut in_days = shown[0].clone();
    in_days.union_with(&shown[1]);
    let passing: Vec<(Facet, FixedBitSet)> = view
        .filter
        .chosen_values(table)
        .map(|(facet, values)| {
            let mut rows = in_days.clone();
            table.column(facet).keep(&values, &mut rows);
            (facet, rows)
        })
        .collect();
    // What passes all facets but one counts for the values of that one.
    let passing = |but: Option<Facet>| {
        let mut rows = shown.clone();
        for (_, passing) in passing.iter().filter(|(facet, _)| Some(*facet) != but) {
            for rows in &mut rows {
                rows.intersect_with(passing);
            }
        }
        rows
    };
    let all = passing(None);
    let count = |facet: Facet| {
        if view.filter.chosen(facet).next().is_some() {
            count(table, facet, &passing(Some(facet)))
        } else {
            count(table, facet, &all)
        }
    };
    facets.iter().map(|facet| (*facet, named(record, view, *facet, &count(*facet)))).collect()
}

/// By value, the rows that have it: those that surely belong, and those that may.
fn count(table: &Table, facet: Facet, shown: &[FixedBitSet; 2]) -> Vec<(usize, usize)> {
    let column = table.column(facet);
    let by_code = shown.each_ref().map(|rows| column.count(rows));
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
            (value, *certain, *possible, chosen.contains(&&*value.code))
        })
        .filter(|(value, _, _, chosen)| value.events > 0 || *chosen)
        .map(|(value, certain, possible, chosen)| FacetCount {
            code: Arc::clone(&value.code),
            label: Arc::clone(&value.label),
            certain,
            possible,
            chosen,
        })
        .collect();
    // A view of another record may name what this one does not have.
    let strange = chosen.into_iter().filter(|code| values.iter().all(|v| *v.code != **code));
    named.extend(strange.map(|code| FacetCount {
        code: code.into(),
        label: code.into(),
        certain: 0,
        possible: 0,
        chosen: true,
    }));
    named
}
