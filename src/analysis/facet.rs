//! Facets: the properties that events are filtered and counted by, and the values that they have.

use std::collections::BTreeMap;

use super::lists::Lists;
use crate::domain::{ActorIndex, Code, Dataset, Event, EventIndex, SourceKind, codes, fold};

codes! {
    /// A property that events can be filtered and counted by; an event may have several values of one.
    Facet {
        Site = "site", "site";
        Country = "country", "country";
        Governorate = "governorate", "governorate";
        Direction = "direction", "direction";
        WeaponFamily = "weapon_family", "weapon family";
        Weapon = "weapon", "weapon";
        Actor = "actor", "attributed to or claimed by";
        AttributedTo = "attributed_to", "attributed to";
        ClaimedBy = "claimed_by", "claimed by";
        Status = "status", "status";
        Confidence = "confidence", "confidence";
        SourceKind = "source_kind", "kind of source";
        Casualties = "casualties", "casualties";
        PlacePrecision = "place_precision", "place known to";
        DatePrecision = "date_precision", "date known";
    }
}

codes! {
    /// What is reported of people harmed; an event may have both of the first two.
    Harm {
        Killed = "killed", "killed";
        Wounded = "wounded", "wounded";
        None = "none", "none reported";
        Unknown = "unknown", "not known";
    }
}

impl Facet {
    /// The code and the words for an event that has no value.
    fn nothing(self) -> (&'static str, &'static str) {
        match self {
            Self::Actor => ("none", "not attributed or claimed"),
            Self::AttributedTo => ("none", "not attributed"),
            Self::ClaimedBy => ("none", "not claimed"),
            Self::SourceKind => ("none", "no report"),
            _ => ("unknown", "not known"),
        }
    }

    /// Whether its values are actors.
    pub(super) fn is_of_actors(self) -> bool {
        matches!(self, Self::Actor | Self::AttributedTo | Self::ClaimedBy)
    }

    /// Whether its values are a list of codes, which have an order of their own.
    pub(super) fn is_code_list(self) -> bool {
        !self.is_of_actors() && !matches!(self, Self::Site | Self::Country | Self::Governorate)
    }
}

/// A value that events can have.
#[derive(Clone, Debug)]
pub(super) struct FacetValue {
    /// What is typed and saved.
    pub(super) code: String,
    /// What a person reads.
    pub(super) label: String,
    /// Code, label and other names, folded: by these it is found when typed.
    pub(super) names: Vec<String>,
    /// How many events of the record have it.
    pub(super) events: usize,
}

/// One facet of all events.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    /// Code lists in their order; other values by how many events have them. What stands for no value
    /// is last.
    pub(super) values: Vec<FacetValue>,
    of_event: Lists<usize>,
}

impl Column {
    /// The facet of a dataset's events.
    pub(super) fn new(dataset: &Dataset, facet: Facet) -> Self {
        let mut draft = Draft { facet, values: Vec::new(), of_event: Vec::new() };
        match facet {
            Facet::Site => {
                for site in &dataset.sites {
                    let names = site.aliases.iter().chain(&site.name_ar);
                    draft.value(&site.id, &site.name, names);
                }
                draft.events(dataset, |_, e| vec![e.site.get()]);
            }
            Facet::Country => draft.texts(dataset, super::words::place_code, |e| {
                Some(dataset.site(e.site).country.clone()).filter(|c| !c.is_empty())
            }),
            Facet::Governorate => {
                draft.texts(dataset, str::to_owned, |e| dataset.site(e.site).admin1.clone());
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

    /// The values of an event, by their place in `values`; at least one.
    pub(super) fn of(&self, event: EventIndex) -> &[usize] {
        self.of_event.of(event.get())
    }
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
    of_event: Vec<Vec<usize>>,
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
        self.of_event = dataset.event_indices().map(|i| of(i, dataset.event(i))).collect();
    }

    fn codes<C: Code>(&mut self, dataset: &Dataset, of: impl Fn(&Event) -> C) {
        self.code_list::<C>();
        self.events(dataset, |_, e| vec![of(e).position()]);
    }

    /// Values that are texts: those of all sites and events, each once.
    fn texts(
        &mut self,
        dataset: &Dataset,
        label: impl Fn(&str) -> String,
        of: impl Fn(&Event) -> Option<String>,
    ) {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for text in dataset.events.iter().filter_map(&of) {
            places.entry(text).or_default();
        }
        for (place, (text, slot)) in places.iter_mut().enumerate() {
            *slot = place;
            self.value(text, &label(text), []);
        }
        self.events(dataset, |_, e| {
            of(e).and_then(|t| places.get(&t).copied()).into_iter().collect()
        });
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
        for list in &mut self.of_event {
            list.sort_unstable();
            list.dedup();
        }
        if self.of_event.iter().any(Vec::is_empty) {
            let (code, label) = self.facet.nothing();
            let nothing = self.values.len();
            self.value(code, label, []);
            self.of_event.iter_mut().filter(|l| l.is_empty()).for_each(|l| l.push(nothing));
        }
        for place in self.of_event.iter().flatten() {
            self.values[*place].events += 1;
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
        for place in self.of_event.iter_mut().flatten() {
            *place = moved_to[*place];
        }
        let values = order.iter().map(|i| self.values[*i].clone()).collect();
        Column { values, of_event: Lists::new(self.of_event) }
    }
}
