//! The place of a row: all rows with the same words and numbers share one, which is read once.

use super::Role;
use super::cells::Row;
use super::interned::Interned;
use super::mapping::Mapping;
use super::positions::{self, Axis};
use super::reader::{Doubts, code};
use super::report::Doubt;
use crate::domain::{LonLat, PlacePrecision};

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
    /// Its position; `None` where there is none that can be read.
    pub position: Option<LonLat>,
    /// It lies within so many metres of its position.
    pub radius_m: Option<f64>,
}

/// Places, numbered as they are met.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The same bytes are the same place.
    pub(super) keys: Interned,
    pub(super) read: Vec<(TablePlace, Option<(Doubt, String)>)>,
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
}

impl<'a> PlaceRead<'a> {
    pub(super) fn new(mapping: &'a Mapping) -> Self {
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
        }
    }

    /// The number of a row's place, and how precisely it is known.
    pub(super) fn read(
        &self,
        places: &mut Places,
        row: &Row,
        block: &[u8],
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
        let (place, doubt) = &places.read[number as usize];
        if let Some((what, cell)) = doubt {
            doubts.add(*what, cell);
        }
        let mut words = self.precision.iter().map(|p| row.text(block, *p));
        let word = words.find(|w| !w.is_empty()).unwrap_or_default();
        let codes = &self.mapping.place_codes;
        let said = code(codes, &word, PlacePrecision::Country, doubts)
            .unwrap_or(self.mapping.place_precision);
        let precision = match place.position {
            Some(_) => said,
            // Without a position nothing finer than the governorate can be drawn.
            None if place.governorate.is_empty() => said.max(PlacePrecision::Country),
            None => said.max(PlacePrecision::Admin1),
        };
        (number, precision)
    }

    fn place(&self, row: &Row, block: &[u8]) -> (TablePlace, Option<(Doubt, String)>) {
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
        (TablePlace { name, name_ar, governorate, country, position, radius_m }, doubt)
    }
}
