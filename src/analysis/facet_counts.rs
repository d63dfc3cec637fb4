//! What each value of each facet would show: the numbers beside the choices of a filter.

use std::collections::BTreeMap;

use super::facet::Facet;
use super::{Certainty, Record, View};
use crate::domain::Code as _;

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
    let days = view.shown_span(record);
    let sieve = view.filter.sieve(record);
    let mut counts: Vec<Vec<(usize, usize)>> =
        Facet::ALL.iter().map(|f| vec![(0, 0); record.column(*f).values.len()]).collect();
    for index in record.event_indices() {
        let Some(certainty) = Certainty::of(record.event(index).date.span, days) else { continue };
        let Some(held_back_by) = sieve.held_back_by(index) else { continue };
        // Held back by two facets, it counts for none.
        if held_back_by.count_ones() > 1 || !view.rule.counts(record, index) {
            continue;
        }
        for (place, facet) in Facet::ALL.iter().enumerate() {
            if held_back_by & !(1 << place) != 0 {
                continue;
            }
            for value in record.column(*facet).of(index) {
                match certainty {
                    Certainty::Certain => counts[place][*value].0 += 1,
                    Certainty::Possible => counts[place][*value].1 += 1,
                }
            }
        }
    }
    Facet::ALL
        .iter()
        .zip(counts)
        .map(|(facet, counts)| (*facet, named(record, view, *facet, &counts)))
        .collect()
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
