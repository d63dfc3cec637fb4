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
            draft.rows_of_one(dataset, |e| e.site.get());
        }
        Facet::Country => draft.texts(dataset, super::words::place_code, |site| {
            Some(dataset.sites[site].country.as_str()).filter(|c| !c.is_empty())
        }),
        Facet::Governorate => {
            draft.texts(dataset, str::to_owned, |site| dataset.sites[site].admin1.as_deref());
        }
        Facet::Actor => {
            draft.actors(dataset, |e| [&e.attributed_to, &e.claimed_by, &e.parties]);
        }
        Facet::AttributedTo => draft.actors(dataset, |e| [&e.attributed_to, &[], &[]]),
        Facet::ClaimedBy => draft.actors(dataset, |e| [&e.claimed_by, &[], &[]]),
        Facet::Direction => {
            for class in dataset.classes.slots() {
                draft.value(dataset.classes.code(class), dataset.classes.label(class), []);
            }
            draft.rows_of_one(dataset, |e| e.direction.position());
        }
        Facet::Weapon => draft.codes(dataset, |e| e.weapon),
        Facet::WeaponFamily => draft.codes(dataset, |e| e.weapon.family()),
        Facet::Status => draft.codes(dataset, |e| e.status),
        Facet::Confidence => draft.codes(dataset, |e| e.confidence),
        Facet::PlacePrecision => draft.codes(dataset, |e| e.precision),
        Facet::DatePrecision => draft.codes(dataset, |e| e.date.precision),
        Facet::SourceKind => {
            draft.code_list::<SourceKind>();
            let kinds: Vec<usize> = dataset.sources.iter().map(|s| s.kind.position()).collect();
            draft.rows(dataset, |index, _, values| {
                let reports = dataset.reports_of(index).iter();
                values.extend(reports.map(|r| kinds[r.source.get()]));
            });
        }
        Facet::Casualties => {
            draft.code_list::<Harm>();
            draft.rows(dataset, |_, e, values| values.extend(harm(e).map(Harm::position)));
        }
    }
    draft.finish()
}

/// What is reported of people harmed, from the counts that the record reconciles the reports to: by the lowest count, so
/// that "0 to 1 wounded" is no wounded; where nobody surely was, but somebody may have been, it is said apart.
fn harm(event: &Event) -> impl Iterator<Item = Harm> {
    let [killed, wounded] = [&event.killed, &event.wounded];
    let found = [
        killed.surely_any().then_some(Harm::Killed),
        wounded.surely_any().then_some(Harm::Wounded),
    ];
    let without = if killed.any() || wounded.any() {
        Harm::Possible
    } else if killed.reported_none() || wounded.reported_none() {
        Harm::None
    } else {
        Harm::Unknown
    };
    let nobody = found.iter().all(Option::is_none).then_some(without);
    found.into_iter().chain([nobody]).flatten()
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
        self.values.push(FacetValue { code: code.into(), label: label.into(), names, events: 0 });
    }

    fn code_list<C: Code>(&mut self) {
        for code in C::ALL {
            self.value(code.code(), code.label(), []);
        }
    }

    /// Adds all events, each with the values that are put into an empty list.
    fn rows(
        &mut self,
        dataset: &Dataset,
        mut values_of: impl FnMut(EventIndex, &Event, &mut Vec<usize>),
    ) {
        let mut values = Vec::new();
        for index in dataset.event_indices() {
            values.clear();
            values_of(index, dataset.event(index), &mut values);
            self.rows.push(&mut values);
        }
    }

    /// Adds all events, each with one value.
    fn rows_of_one(&mut self, dataset: &Dataset, value_of: impl Fn(&Event) -> usize) {
        for event in &dataset.events {
            self.rows.push_one(value_of(event));
        }
    }

    fn codes<C: Code>(&mut self, dataset: &Dataset, of: impl Fn(&Event) -> C) {
        self.code_list::<C>();
        self.rows_of_one(dataset, |e| of(e).position());
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
        self.rows(dataset, |_, e, values| values.extend(of_site[e.site.get()]));
    }

    /// An event has its actors as values and all that these belong to: who asks for a party asks for
    /// the groups under it too.
    fn actors(&mut self, dataset: &Dataset, of: impl Fn(&Event) -> [&[ActorIndex]; 3]) {
        let places: BTreeMap<&str, usize> =
            dataset.actors.iter().enumerate().map(|(i, a)| (a.id.as_str(), i)).collect();
        let parent = |i: usize| {
            dataset.actors.get(i)?.parent.as_deref().and_then(|p| places.get(p).copied())
        };
        let parents: Vec<Option<usize>> = (0..dataset.actors.len()).map(parent).collect();
        let mut has_parts = vec![false; dataset.actors.len()];
        parents.iter().flatten().for_each(|parent| has_parts[*parent] = true);
        for (actor, has_parts) in dataset.actors.iter().zip(has_parts) {
            let names: Vec<String> =
                actor.aliases.iter().chain(&actor.name_ar).chain([&actor.name]).cloned().collect();
            let parts = if has_parts { " (and those under it)" } else { "" };
            self.value(&actor.id, &format!("{}{parts}", actor.name), &names);
        }
        self.rows(dataset, |_, e, all| {
            for actor in of(e).into_iter().flatten() {
                let mut next = Some(actor.get());
                // A party that is said to belong to itself must not be followed round and round.
                while let Some(place) = next.filter(|p| !all.contains(p)) {
                    all.push(place);
                    next = parents[place];
                }
            }
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
                (*value.code == *nothing, std::cmp::Reverse(value.events), *i)
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
