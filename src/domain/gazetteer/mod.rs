//! Names of places with what is known of where they are: towns and governorates of the basemap, and sites of a record.
//!
//! A name is found when it is the same name, whatever its spelling (`place_keys`). What is only spelled alike is offered,
//! never found. Knows no files and no rows.

mod find;
mod governorates;
mod ground;
mod make;
mod near;
mod within;

use std::collections::HashMap;

use indexmap::IndexMap;

pub use find::{Found, Match, Sought};
pub use governorates::GovernorateNames;
pub use ground::{outline, outside_km, undecided_km};

use super::{LonLat, PlacePrecision, fold};

/// What kind of place an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A town of the basemap.
    Town,
    /// A site of the record.
    Site,
    /// A governorate of the basemap.
    Governorate,
}

/// A place that has a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// By what a person names it in a mapping: the identifier of a site, the ISO code of a governorate, name and country of a
    /// town ("Hit (IQ)").
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its Arabic name.
    pub name_ar: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Name of the governorate that it lies in, where that is known.
    pub governorate: Option<String>,
    /// Where it is; none of a governorate.
    pub position: Option<LonLat>,
    /// How precisely that is known, or how large it is.
    pub precision: PlacePrecision,
    /// It lies within so many metres of its position.
    pub radius_m: Option<f64>,
    /// Areas of the basemap in which it lies or may lie.
    areas: Vec<usize>,
}

impl Entry {
    /// Whether it lies, or may lie, in a governorate.
    #[must_use]
    pub fn may_lie_in(&self, governorate: &Self) -> bool {
        self.areas.iter().any(|area| governorate.areas.contains(area))
    }
}

/// How a name belongs to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    /// It is its name.
    Own,
    /// It is another name of it.
    Other,
    /// It is a name without what it is: "Balad" of "Balad Air Base", for a name that ends with "base".
    Bare,
}

/// A name of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Name {
    entry: u32,
    how: Named,
    /// Whether it can be the name of nothing else: not of the settlement that a base is named for.
    is_itself: bool,
}

/// Names of places.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    by_key: IndexMap<String, Vec<Name>>,
    by_id: HashMap<String, u32>,
    governorates: GovernorateNames,
    /// By area of the basemap: the entry of a governorate.
    of_area: HashMap<usize, u32>,
    /// Countries by their folded names and codes.
    countries: HashMap<String, String>,
}

impl Gazetteer {
    /// A place by its number.
    #[must_use]
    pub fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(number as usize)
    }

    /// The number of a place by its identifier.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// All identifiers, for who looks for the nearest one.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.id.as_str())
    }

    /// The ISO code of a country by its name or code; `None` of one that the basemap does not have.
    #[must_use]
    pub fn country(&self, name: &str) -> Option<&str> {
        self.countries.get(&fold(name)).map(String::as_str)
    }
}
