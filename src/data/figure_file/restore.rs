//! The view and the spec of a figure, for a record that may have changed since.

use super::{FigureRecord, Since};
use crate::analysis::{CalloutAt, Facet, FigureSpec, Filter, Pick, Record, View, words};
use crate::domain::Code as _;

/// The most things that are named in one sentence.
const MOST_NAMED: usize = 5;

/// What a figure was made of, for a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Restored {
    /// What is looked at, as it was asked for.
    pub view: View,
    /// On what sheet.
    pub spec: FigureSpec,
    /// What of the figure this record does not have, a sentence each.
    pub lacking: Vec<String>,
    /// What has changed since.
    pub since: Since,
}

impl Restored {
    /// What a figure was made of; what the record lacks is said.
    #[must_use]
    pub fn new(figure: &FigureRecord, record: &Record) -> Self {
        let mut lacking = Vec::new();
        if figure.is_newer() {
            lacking.push(format!(
                "The figure was made by a newer Sitrep ({}) than this one: what this one does not know of it is left out.",
                figure.software
            ));
        }
        let is_other = figure.dataset.name != record.name;
        let (view, spec, missing) =
            fitted(figure.view.clone(), figure.spec.clone(), record, is_other);
        lacking.extend(missing);
        let since = Since::of(figure, record, &view);
        Self { view, spec, lacking, since }
    }
}

/// A view and the spec of a figure without what a record does not have, which is said, a sentence each. What was picked is
/// not said of another record.
pub(in crate::data) fn fitted(
    mut view: View,
    mut spec: FigureSpec,
    record: &Record,
    is_other: bool,
) -> (View, FigureSpec, Vec<String>) {
    let mut lacking = lacking_values(&view.filter, record);
    if let Some(extent) = record.extent()
        && !view.window.overlaps(extent)
    {
        lacking.push(format!(
            "Its days ({}) lie outside of this record ({}).",
            words::span(view.window),
            words::span(extent)
        ));
    }
    if let Some(pick) = view.picked.take_if(|pick| !has(record, pick))
        && !is_other
    {
        lacking.push(format!("What was picked is not in this record: {}.", picked_words(&pick)));
    }
    let before = spec.callouts.len();
    spec.callouts.retain(|callout| match &callout.at {
        CalloutAt::Site(id) => record.find_site(id).is_some(),
        CalloutAt::Event(id) => record.find_event(id).is_some(),
    });
    match before - spec.callouts.len() {
        0 => {}
        1 => lacking
            .push("A note points at a site or event that this record does not have.".to_owned()),
        gone => lacking
            .push(format!("{gone} notes point at sites or events that this record does not have.")),
    }
    (view, spec, lacking)
}

/// The values of a filter that no event of a record can have, in a sentence for each facet.
fn lacking_values(filter: &Filter, record: &Record) -> Vec<String> {
    let lacking = |facet: &Facet| {
        let missing = filter.unknown(record, *facet);
        let (named, more) = missing.split_at(missing.len().min(MOST_NAMED));
        let more =
            if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
        (!missing.is_empty()).then(|| {
            format!(
                "The filter lets through what this record does not have: {} {}{more}.",
                facet.label(),
                named.join(", ")
            )
        })
    };
    Facet::ALL.iter().filter_map(lacking).collect()
}

fn has(record: &Record, pick: &Pick) -> bool {
    match pick {
        Pick::Site(id) => record.find_site(id).is_some(),
        Pick::Event(id) => record.find_event(id).is_some(),
        Pick::Actor(id) => record.find_actor(id).is_some(),
        Pick::Total(id) => record.find_total(id).is_some(),
        Pick::Places(places) => {
            places.iter().any(|p| p.find(record).is_some_and(|p| record.place_number(&p).is_some()))
        }
        Pick::Totals => true,
    }
}

fn picked_words(pick: &Pick) -> String {
    match pick {
        Pick::Site(id) => format!("the site {id}"),
        Pick::Event(id) => format!("the event {id}"),
        Pick::Actor(id) => format!("the actor {id}"),
        Pick::Total(id) => format!("the published count {id}"),
        Pick::Places(places) => {
            let mut sites: Vec<&str> = places.iter().map(|place| place.site.as_str()).collect();
            sites.dedup();
            sites.truncate(MOST_NAMED);
            format!("places at {}", sites.join(", "))
        }
        Pick::Totals => "the published counts".to_owned(),
    }
}
