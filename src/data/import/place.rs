//! The place of a row: all rows with the same words and numbers share one, which is read once.

use super::by_name::{self, ByName, SaidPlaces};
use super::cells::{Block, Row};
use super::interned::Interned;
use super::mapping::Mapping;
use super::positions::{self, Axis};
use super::reader::{Doubts, code};
use super::report::Doubt;
use super::{Role, dialect::Sample, own};
use crate::domain::{LonLat, PlacePrecision, fold};

/// A place of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TablePlace {
    /// Its name as written.
    pub name: String,
    /// Its Arabic name.
    pub name_ar: String,
    /// Governorate or province.
    pub governorate: String,
    /// Country as written.
    pub country: String,
    /// Its position: that of the file, else that of its name; `None` where there is neither.
    pub position: Option<LonLat>,
    /// It lies within so many metres of its position.
    pub radius_m: Option<f64>,
    /// Governorate and country that its name says, where the table does not.
    pub lies_in: [String; 2],
    /// What became of it where the table has no position that can be read; `None` where it has one.
    pub by_name: Option<ByName>,
    /// Whose position it is, in words, where it is not the file's.
    pub placed_by: Option<String>,
    /// How precisely its name says where it is, where that was looked up.
    pub precision: Option<PlacePrecision>,
}

/// Places, numbered as they are met.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The same bytes are the same place.
    pub(super) keys: Interned,
    pub(super) read: Vec<(TablePlace, Vec<(Doubt, String)>)>,
    key: Vec<u8>,
}

/// Between the cells of a place's key; no cell has it in it that was not put there to confuse.
const BETWEEN: u8 = 0x1f;

/// The columns that say where.
pub(super) struct PlaceRead<'a> {
    mapping: &'a Mapping,
    /// Name, Arabic name, governorate, country; latitude, longitude, both, MGRS.
    cells: [Option<usize>; 8],
    precision: Vec<usize>,
    said: SaidPlaces,
    /// Whether the header says that places are towns.
    is_town: bool,
    /// Whether places without a position are looked up by their names: what Sitrep wrote has those that it knows.
    looks_up: bool,
}

/// Words of a header that say that its column has towns, folded.
const TOWNS: [&str; 8] =
    ["city", "town", "village", "settlement", "municipality", "مدينه", "المدينه", "بلده"];

impl<'a> PlaceRead<'a> {
    pub(super) fn new(sample: &Sample, mapping: &'a Mapping) -> Self {
        let roles = [
            Role::Place,
            Role::PlaceArabic,
            Role::Governorate,
            Role::Country,
            Role::Latitude,
            Role::Longitude,
            Role::Position,
            Role::Mgrs,
        ];
        Self {
            mapping,
            cells: roles.map(|role| mapping.place(role)),
            precision: mapping.places(Role::PlacePrecision).collect(),
            said: SaidPlaces::of(mapping),
            is_town: mapping
                .place(Role::Place)
                .and_then(|place| sample.header.get(place))
                .is_some_and(|name| fold(name).split(' ').any(|word| TOWNS.contains(&word))),
            looks_up: mapping.profile != Some(own::NAME),
        }
    }

    /// The number of a row's place, and how precisely it is known.
    pub(super) fn read(
        &self,
        places: &mut Places,
        row: &Row,
        block: Block<'_>,
        doubts: &mut Doubts,
    ) -> (u32, PlacePrecision) {
        let mut key = std::mem::take(&mut places.key);
        key.clear();
        for place in &self.cells {
            if let Some(place) = place {
                key.extend_from_slice(&row.bytes(block, *place));
            }
            key.push(BETWEEN);
        }
        let (number, is_new) = places.keys.number(&key);
        places.key = key;
        if is_new {
            let read = self.place(row, block);
            places.read.push(read);
        }
        let (place, found) = &places.read[number as usize];
        for (what, cell) in found {
            doubts.add(*what, cell);
        }
        let mut words = self.precision.iter().map(|p| row.text(block, *p));
        let word = words.find(|w| !w.is_empty()).unwrap_or_default();
        let codes = &self.mapping.place_codes;
        let own = code(codes, &word, PlacePrecision::Country, doubts);
        let said = own.unwrap_or(self.mapping.place_precision);
        let precision = match place.position {
            // A name says no more than what it names, nor than the row does.
            _ if place.precision.is_some() => place.precision.max(own).unwrap_or(said),
            Some(_) => said,
            // Without a position nothing finer than the governorate can be drawn.
            None if place.governorate.is_empty() && place.lies_in[0].is_empty() => {
                said.max(PlacePrecision::Country)
            }
            None => said.max(PlacePrecision::Admin1),
        };
        (number, precision)
    }

    fn place(&self, row: &Row, block: Block<'_>) -> (TablePlace, Vec<(Doubt, String)>) {
        let cell = |place: Option<usize>| {
            place.map_or_else(String::new, |p| row.text(block, p).into_owned())
        };
        let [name, name_ar, governorate, country, lat, lon, both, mgrs] = self.cells.map(cell);
        let written = [&lat, &lon, &both, &mgrs].map(String::as_str).join(" ");
        let written = written.trim();
        let (mut position, mut radius_m) = (None, None);
        if !lat.is_empty() || !lon.is_empty() {
            let degrees = positions::degrees(&lat, Axis::Latitude)
                .zip(positions::degrees(&lon, Axis::Longitude));
            position = degrees.and_then(|(lat, lon)| LonLat::new(lon, lat).ok());
        } else if !both.is_empty() {
            position = positions::both(&both);
        } else if let Some((square, half)) = positions::mgrs(&mgrs) {
            (position, radius_m) = (Some(square), Some(half));
        }
        let is_null = position.is_some_and(|p| p.lat().abs() < 1e-9 && p.lon().abs() < 1e-9);
        let doubt = if is_null {
            // Zero is what programs write for "not known".
            position = None;
            Some((Doubt::NullIsland, written.to_owned()))
        } else if position.is_some() {
            None
        } else if written.is_empty() {
            Some((Doubt::NoPosition, name.clone()))
        } else {
            Some((Doubt::BadPosition, written.to_owned()))
        };
        let mut place = TablePlace {
            name,
            name_ar,
            governorate,
            country,
            position,
            radius_m,
            ..TablePlace::default()
        };
        if position.is_none() && self.looks_up {
            by_name::find(&mut place, &self.said, self.is_town);
        }
        let name = if place.name.is_empty() { &place.name_ar } else { &place.name };
        let of_name = match place.by_name {
            Some(ByName::Ambiguous(_)) => Some((Doubt::SeveralOfName, name.clone())),
            Some(ByName::Matched(_) | ByName::Chosen(_)) if place.position.is_some() => {
                Some((Doubt::PlacedByName, name.clone()))
            }
            _ => None,
        };
        // That there is no position goes without saying where one was found, or several.
        let doubt = doubt.filter(|(what, _)| *what != Doubt::NoPosition || of_name.is_none());
        (place, doubt.into_iter().chain(of_name).collect())
    }
}
