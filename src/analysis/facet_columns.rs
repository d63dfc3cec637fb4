//! The facets of a dataset's events, worked out once: which values there are, and which each event has.

use std::collections::BTreeMap;

use super::engine::Column;
use super::engine::column::{FacetValue, Interned};
use super::facet::{Facet, Harm};
use crate::domain::{ActorIndex, Code, Dataset, Event, EventIndex, SourceKind, fold};

/// The facet of a dataset's events. Code lists are in their order; other values by how many events have
/// them. What stands for no value is last. Each event has at least one value.
pub(super) fn column(dataset: &Dataset, facet: Facet) -> Column {
    let mut draft = Draft { facet, values: Vec::new(), rows: Interned::default() };
    match facet {
        Facet::Site => {
            for site in &dataset.sites {
                let names = site.aliases.iter().chain(&site.name_ar);
                draft.value(&site.id, &site.name, names);
            }
            draft.events(dataset, |_, e| vec![e.site.get()]);
        }
        Facet::Country => draft.texts(dataset, super::words::place_code, |site| {
            Some(dataset.sites[site].country.as_str()).filter(|c| !c.is_empty())
        }),
        Facet::Governorate => {
            draft.texts(dataset, str::to_owned, |site| dataset.sites[site].admin1.as_deref());
        }
        Facet::Actor => {
            draft.actors(dataset, |e| [&e.attributed_to[..], &e.claimed_by].concat());
        }
        Facet::AttributedTo => draft.actors(dataset, |e| e.attributed_to.clone()),
        Facet::ClaimedBy => draft.actors(dataset, |e| e.claimed_by.clone()),
        Facet::Direction => draft.codes(dataset, |e| e.direction),
        Facet::Weapon => draft.codes(dataset, |e| e.weapon),
        Facet::WeaponFamily => draft.codes(dataset, |e| e.weapon.family()),
        Facet::Status => draft.codes(dataset, |e| e.status),
        Facet::Confidence => draft.codes(dataset, |e| e.confidence),
        Facet::PlacePrecision => draft.codes(dataset, |e| e.precision),
        Facet::DatePrecision => draft.codes(dataset, |e| e.date.precision),
        Facet::SourceKind => {
            draft.code_list::<SourceKind>();
            draft.events(dataset, |index, _| {
                let reports = dataset.reports_of(index).iter();
                reports.map(|r| dataset.source(r.source).kind.position()).collect()
            });
        }
        Facet::Casualties => {
            draft.code_list::<Harm>();
            draft.events(dataset, |_, e| harm(e).iter().map(|h| h.position()).collect());
        }
    }
    draft.finish()
}

/// What is reported of people harmed, from the counts that the record reconciles the reports to.
fn harm(event: &Event) -> Vec<Harm> {
    let mut found = Vec::new();
    if event.killed.any() {
        found.push(Harm::Killed);
    }
    if event.wounded.any() {
        found.push(Harm::Wounded);
    }
    if found.is_empty() {
        let none = event.killed.reported_none() || event.wounded.reported_none();
        found.push(if none { Harm::None } else { Harm::Unknown });
    }
    found
}

/// A column in the making.
struct Draft {
    facet: Facet,
    values: Vec<FacetValue>,
    rows: Interned,
}

impl Draft {
    fn value<'a>(&mut self, code: &str, label: &str, names: impl IntoIterator<Item = &'a String>) {
        let mut names: Vec<String> = names.into_iter().map(|name| fold(name)).collect();
        names.extend([fold(code), fold(label)]);
        let (code, label) = (code.to_owned(), label.to_owned());
        self.values.push(FacetValue { code, label, names, events: 0 });
    }

    fn code_list<C: Code>(&mut self) {
        for code in C::ALL {
            self.value(code.code(), code.label(), []);
        }
    }

    fn events(&mut self, dataset: &Dataset, of: impl Fn(EventIndex, &Event) -> Vec<usize>) {
        for index in dataset.event_indices() {
            self.rows.push(of(index, dataset.event(index)));
        }
    }

    fn codes<C: Code>(&mut self, dataset: &Dataset, of: impl Fn(&Event) -> C) {
        self.code_list::<C>();
        self.events(dataset, |_, e| vec![of(e).position()]);
    }

    /// Values that are texts of sites: those of the sites of events, each once.
    fn texts<'a>(
        &mut self,
        dataset: &Dataset,
        label: impl Fn(&str) -> String,
        of: impl Fn(usize) -> Option<&'a str>,
    ) {
        let mut has_event = vec![false; dataset.sites.len()];
        for event in &dataset.events {
            has_event[event.site.get()] = true;
        }
        let used = (0..dataset.sites.len()).filter(|site| has_event[*site]);
        let mut numbers: BTreeMap<&str, usize> =
            used.filter_map(&of).map(|text| (text, 0)).collect();
        for (number, (text, slot)) in numbers.iter_mut().enumerate() {
            *slot = number;
            self.value(text, &label(text), []);
        }
        let of_site: Vec<Option<usize>> = (0..dataset.sites.len())
            .map(|site| of(site).and_then(|text| numbers.get(text).copied()))
            .collect();
        self.events(dataset, |_, e| of_site[e.site.get()].into_iter().collect());
    }

    /// An event has its actors as values and all that these belong to: who asks for a party asks for
    /// the groups under it too.
    fn actors(&mut self, dataset: &Dataset, of: impl Fn(&Event) -> Vec<ActorIndex>) {
        let places: BTreeMap<&str, usize> =
            dataset.actors.iter().enumerate().map(|(i, a)| (a.id.as_str(), i)).collect();
        let parent = |i: usize| {
            dataset.actors.get(i)?.parent.as_deref().and_then(|p| places.get(p).copied())
        };
        let mut has_parts = vec![false; dataset.actors.len()];
        for i in 0..dataset.actors.len() {
            if let Some(parent) = parent(i) {
                has_parts[parent] = true;
            }
        }
        for (actor, has_parts) in dataset.actors.iter().zip(has_parts) {
            let names: Vec<String> =
                actor.aliases.iter().chain(&actor.name_ar).chain([&actor.name]).cloned().collect();
            let parts = if has_parts { " (and those under it)" } else { "" };
            self.value(&actor.id, &format!("{}{parts}", actor.name), &names);
        }
        self.events(dataset, |_, e| {
            let mut all: Vec<usize> = Vec::new();
            for actor in of(e) {
                let mut next = Some(actor.get());
                // A party that is said to belong to itself must not be followed round and round.
                while let Some(place) = next.filter(|p| !all.contains(p)) {
                    all.push(place);
                    next = parent(place);
                }
            }
            all
        });
    }

    /// Counts the values and puts them into their order.
    fn finish(mut self) -> Column {
        if self.rows.sets_mut().iter().any(Vec::is_empty) {
            let (code, label) = self.facet.nothing();
            let nothing = self.values.len();
            self.value(code, label, []);
            for set in self.rows.sets_mut().iter_mut().filter(|set| set.is_empty()) {
                set.push(nothing);
            }
        }
        let rows = self.rows.rows_by_set();
        for (set, rows) in self.rows.sets_mut().iter().zip(rows) {
            for place in set {
                self.values[*place].events += rows;
            }
        }
        let nothing = self.facet.nothing().0;
        let mut order: Vec<usize> = (0..self.values.len()).collect();
        if !self.facet.is_code_list() {
            order.sort_by_key(|i| {
                let value = &self.values[*i];
                (value.code == nothing, std::cmp::Reverse(value.events), *i)
            });
        }
        let mut moved_to = vec![0; order.len()];
        for (to, from) in order.iter().enumerate() {
            moved_to[*from] = to;
        }
        for place in self.rows.sets_mut().iter_mut().flatten() {
            *place = moved_to[*place];
        }
        let values = order.iter().map(|i| self.values[*i].clone()).collect();
        Column::of_several(values, self.rows)
    }
}
