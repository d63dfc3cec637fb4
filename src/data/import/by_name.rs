//! Places of a table that have a name and no position: what a person said of the name, else the place of the gazetteer that
//! has it, else nothing. What the row says itself is never changed.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::mapping::{Mapping, PlaceSaid};
use super::place::TablePlace;
use crate::data::{basemap, package};
use crate::domain::fold;
use crate::domain::gazetteer::{Entry, EntryKind, Gazetteer, Match, Sought};

/// What became of a place that the table gives no position for.
#[derive(Clone, Debug, PartialEq)]
pub enum ByName {
    /// It has the position, or the governorate, of what its name names.
    Matched(String),
    /// It is where a person said.
    Chosen(String),
    /// A person said that it is not known where it is.
    Unknown,
    /// Several places have its name: their numbers in the gazetteer.
    Ambiguous(Vec<u32>),
    /// None has its name; some have it that lie elsewhere, or of which it cannot be said where they lie.
    NotFound(Vec<u32>),
    /// It names no more than its country or its governorate.
    Nameless,
}

/// The places that are known by their names: those of the basemap and the sites of the embedded record.
pub(super) fn gazetteer() -> &'static Gazetteer {
    static KNOWN: LazyLock<Gazetteer> = LazyLock::new(|| {
        // What cannot be read is told when it is needed for something else; without it no name is found.
        let basemap = basemap::load().unwrap_or_default();
        let record = package::load_embedded().ok();
        Gazetteer::of(&basemap, record.as_ref().map_or(&[], |r| &r.dataset.sites))
    });
    &KNOWN
}

/// Places by what a person said of their names.
pub(super) struct SaidPlaces(HashMap<String, PlaceSaid>);

impl SaidPlaces {
    pub(super) fn of(mapping: &Mapping) -> Self {
        Self(mapping.places.iter().map(|(name, said)| (fold(name), said.clone())).collect())
    }

    /// What is said of a place by its name, first with its governorate.
    fn get(&self, name: &str, governorate: &str) -> Option<&PlaceSaid> {
        if self.0.is_empty() {
            return None;
        }
        let with = || self.0.get(&fold(&full_name(name, governorate)));
        with().or_else(|| self.0.get(&fold(name)))
    }
}

/// A name with its governorate, as a mapping may have it: "Balad, Salah al-Din".
pub(super) fn full_name(name: &str, governorate: &str) -> String {
    if governorate.is_empty() { name.to_owned() } else { format!("{name}, {governorate}") }
}

/// What is looked for: the words of a place.
pub(super) fn sought(place: &TablePlace, is_town: bool) -> Sought<'_> {
    Sought {
        name: &place.name,
        name_ar: &place.name_ar,
        governorate: &place.governorate,
        country: super::dataset::country_code(&place.country),
        is_town,
    }
}

/// Finds a place without a position by its name.
pub(super) fn find(place: &mut TablePlace, said: &SaidPlaces, is_town: bool) {
    let name = if place.name.is_empty() { place.name_ar.clone() } else { place.name.clone() };
    if name.is_empty() {
        place.by_name = Some(ByName::Nameless);
        return;
    }
    let gazetteer = gazetteer();
    place.by_name = Some(match said.get(&name, &place.governorate) {
        Some(PlaceSaid::Unknown) => ByName::Unknown,
        Some(PlaceSaid::At(position)) => {
            place.position = Some(*position);
            place.placed_by =
                Some(format!("a position that a person gave for \"{name}\"; not in the file"));
            ByName::Chosen(format!("{:.4}, {:.4}", position.lat(), position.lon()))
        }
        Some(PlaceSaid::Place(id)) => {
            match gazetteer.by_id(id).and_then(|number| gazetteer.chosen(number)) {
                Some(chosen) => {
                    ByName::Chosen(put(place, gazetteer, chosen, &name, "chosen by a person for"))
                }
                None => ByName::NotFound(Vec::new()),
            }
        }
        None => {
            let found = gazetteer.find(&sought(place, is_town));
            match found.one {
                Some(one) => ByName::Matched(put(place, gazetteer, one, &name, "by the name")),
                None if found.is_ambiguous => {
                    let entries: Vec<&Entry> =
                        found.candidates.iter().filter_map(|n| gazetteer.entry(*n)).collect();
                    if let Some(governorate) = shared_governorate(&entries) {
                        place.lies_in = [governorate.name.clone(), governorate.country.clone()];
                    }
                    ByName::Ambiguous(found.candidates)
                }
                None => nothing(place, gazetteer, &name, found.candidates),
            }
        }
    });
}

/// The governorate among places of one name, in which all others lie.
fn shared_governorate<'g>(entries: &[&'g Entry]) -> Option<&'g Entry> {
    let governorate = entries.iter().find(|entry| entry.kind == EntryKind::Governorate)?;
    entries.iter().all(|entry| entry.may_lie_in(governorate)).then_some(governorate)
}

/// A name that no place has.
fn nothing(place: &mut TablePlace, gazetteer: &Gazetteer, name: &str, others: Vec<u32>) -> ByName {
    if others.is_empty()
        && let Some(country) = gazetteer.country(name)
    {
        country.clone_into(&mut place.lies_in[1]);
        return ByName::Nameless;
    }
    ByName::NotFound(others)
}

/// Gives a place what is known of what its name names, where the table says nothing itself; and says what that is.
fn put(
    place: &mut TablePlace,
    gazetteer: &Gazetteer,
    found: Match,
    name: &str,
    how: &str,
) -> String {
    let Some(entry) = gazetteer.entry(found.entry) else { return String::new() };
    place.position = entry.position;
    place.precision = Some(found.precision);
    place.radius_m = entry.radius_m.filter(|_| found.has_radius);
    place.lies_in = [entry.governorate.clone().unwrap_or_default(), entry.country.clone()];
    let words = words(entry);
    place.placed_by = Some(format!("{words}, {how} \"{name}\"; not in the file"));
    words
}

/// What a place of the gazetteer is, in words.
pub(super) fn words(entry: &Entry) -> String {
    match entry.kind {
        EntryKind::Town => format!("the town {} of the gazetteer (GeoNames)", entry.name),
        EntryKind::Site => format!("the site {} of Sitrep's record", entry.name),
        EntryKind::Governorate => format!("the governorate {} of the basemap", entry.name),
    }
}
