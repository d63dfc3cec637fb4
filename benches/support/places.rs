//! Made-up places: positions in Iraq, Syria and Jordan, most of them near the towns of the basemap.

use std::collections::BTreeSet;

use sitrep_atlas::domain::basemap::{Area, AreaKind, Basemap, Corner};

use super::random::Random;

/// How many there are.
pub(crate) const PLACES: u32 = 20_000;
const COUNTRIES: [&str; 3] = ["IQ", "SY", "JO"];
/// West, south, east, north in degrees.
const REGION: [f64; 4] = [35.6, 29.0, 48.6, 37.4];
/// How many lie near a town, and how near, in degrees.
const NEAR_TOWNS: f64 = 0.75;
const NEAR: f64 = 0.5;

/// A position, and what it lies in.
pub(crate) struct MadeUpPlace {
    /// Degrees, with four decimals.
    pub(crate) lon: f64,
    pub(crate) lat: f64,
    /// ISO 3166-1 alpha-2.
    pub(crate) country: String,
    pub(crate) governorate: Option<String>,
}

/// The same places for the same seed, in no order.
pub(crate) fn places(basemap: &Basemap, seed: u64) -> Vec<MadeUpPlace> {
    let mut random = Random::new(seed);
    let towns: Vec<Corner> = basemap
        .towns
        .iter()
        .filter(|t| COUNTRIES.contains(&t.country.as_str()))
        .map(|t| t.position)
        .collect();
    let (mut places, mut taken) = (Vec::new(), BTreeSet::new());
    while places.len() < PLACES as usize {
        let [west, south, east, north] = REGION;
        let (lon, lat) = if random.chance(NEAR_TOWNS) {
            let [lon, lat] = random.one_of(&towns);
            let (distance, angle) =
                (NEAR * random.unit().powi(2), random.between(0.0, std::f64::consts::TAU));
            (f64::from(lon) + distance * angle.cos(), f64::from(lat) + distance * angle.sin())
        } else {
            (random.between(west, east), random.between(south, north))
        };
        let rounded = |degrees: f64| format!("{degrees:.4}").parse().unwrap_or(degrees);
        let Some(place) = place(basemap, rounded(lon), rounded(lat)) else { continue };
        // Two places at one point would be one place with two names.
        if taken.insert([place.lon, place.lat].map(f64::to_bits)) {
            places.push(place);
        }
    }
    places
}

fn place(basemap: &Basemap, lon: f64, lat: f64) -> Option<MadeUpPlace> {
    let area = |kind, country: &str| {
        let of_kind = |a: &&Area| a.kind == kind && a.country == country;
        basemap.areas.iter().filter(of_kind).find(|a| is_inside(a, lon, lat))
    };
    let country = COUNTRIES.into_iter().find(|c| area(AreaKind::Country, c).is_some())?;
    let has_governorates =
        basemap.areas.iter().any(|a| a.kind == AreaKind::Governorate && a.country == country);
    let governorate = area(AreaKind::Governorate, country).map(|a| a.name.clone());
    if governorate.is_none() && has_governorates {
        return None;
    }
    Some(MadeUpPlace { lon, lat, country: country.to_owned(), governorate })
}

/// Whether a ray to the east crosses the rings of the area an odd number of times.
fn is_inside(area: &Area, lon: f64, lat: f64) -> bool {
    let mut inside = false;
    for ring in area.levels.last().into_iter().flatten().flatten() {
        let next = ring.iter().cycle().skip(1);
        for (a, b) in ring.iter().zip(next) {
            let ([ax, ay], [bx, by]) = (a.map(f64::from), b.map(f64::from));
            if (ay > lat) != (by > lat) && lon < ax + (lat - ay) / (by - ay) * (bx - ax) {
                inside = !inside;
            }
        }
    }
    inside
}
