//! Positions on the earth and how precisely they are known.

use serde::{Deserialize, Serialize};

use super::code::codes;

/// A WGS 84 position in degrees, checked to lie on the earth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 2]", into = "[f64; 2]")]
pub struct LonLat {
    lon: f64,
    lat: f64,
}

// Degrees on the earth are numbers.
impl Eq for LonLat {}

/// Why two numbers are no position.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum LonLatError {
    /// Latitude outside -90 to 90.
    #[error("a latitude of {0} is not on the earth: it must be between -90 and 90")]
    Latitude(f64),
    /// Longitude outside -180 to 180.
    #[error("a longitude of {0} is not on the earth: it must be between -180 and 180")]
    Longitude(f64),
}

impl LonLat {
    /// Great-circle distance in metres, on a sphere of the earth's mean radius.
    #[must_use]
    pub fn distance_m(self, other: Self) -> f64 {
        use geo::{Distance as _, Haversine, Point};
        Haversine.distance(Point::new(self.lon, self.lat), Point::new(other.lon, other.lat))
    }

    /// A position from longitude and latitude in degrees.
    ///
    /// # Errors
    /// [`LonLatError`] when one of them is out of range or not a number.
    pub fn new(lon: f64, lat: f64) -> Result<Self, LonLatError> {
        if !(-90.0..=90.0).contains(&lat) {
            return Err(LonLatError::Latitude(lat));
        }
        if !(-180.0..=180.0).contains(&lon) {
            return Err(LonLatError::Longitude(lon));
        }
        Ok(Self { lon, lat })
    }

    /// A position known at compile time; out-of-range numbers are brought into range.
    #[must_use]
    pub const fn clamped(lon: f64, lat: f64) -> Self {
        Self { lon: lon.clamp(-180.0, 180.0), lat: lat.clamp(-90.0, 90.0) }
    }

    /// Degrees east.
    #[must_use]
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// Degrees north.
    #[must_use]
    pub const fn lat(self) -> f64 {
        self.lat
    }
}

impl TryFrom<[f64; 2]> for LonLat {
    type Error = LonLatError;

    fn try_from([lon, lat]: [f64; 2]) -> Result<Self, Self::Error> {
        Self::new(lon, lat)
    }
}

impl From<LonLat> for [f64; 2] {
    fn from(p: LonLat) -> Self {
        [p.lon, p.lat]
    }
}

/// A box of longitudes and latitudes in degrees, west below east and south below north.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 4]", into = "[f64; 4]")]
pub struct GeoBox {
    south_west: LonLat,
    north_east: LonLat,
}

/// Why four numbers are no box.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum GeoBoxError {
    /// A corner is not on the earth.
    #[error(transparent)]
    Corner(#[from] LonLatError),
    /// Nothing lies between its edges.
    #[error("west must be below east, and south below north")]
    Empty,
}

impl GeoBox {
    /// The box between these edges, in degrees.
    ///
    /// # Errors
    /// [`GeoBoxError`] when a corner is not on the earth or the box is empty.
    pub fn new([west, south, east, north]: [f64; 4]) -> Result<Self, GeoBoxError> {
        let south_west = LonLat::new(west, south)?;
        let north_east = LonLat::new(east, north)?;
        if west >= east || south >= north {
            return Err(GeoBoxError::Empty);
        }
        Ok(Self { south_west, north_east })
    }

    /// Its corners: south-west and north-east.
    #[must_use]
    pub fn corners(self) -> [LonLat; 2] {
        [self.south_west, self.north_east]
    }

    /// Whether the position lies inside or on an edge.
    #[must_use]
    pub fn contains(self, p: LonLat) -> bool {
        (self.south_west.lon..=self.north_east.lon).contains(&p.lon)
            && (self.south_west.lat..=self.north_east.lat).contains(&p.lat)
    }

    /// Whether the two boxes share any area.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.south_west.lon < other.north_east.lon
            && other.south_west.lon < self.north_east.lon
            && self.south_west.lat < other.north_east.lat
            && other.south_west.lat < self.north_east.lat
    }
}

impl TryFrom<[f64; 4]> for GeoBox {
    type Error = GeoBoxError;

    fn try_from(edges: [f64; 4]) -> Result<Self, Self::Error> {
        Self::new(edges)
    }
}

impl From<GeoBox> for [f64; 4] {
    fn from(b: GeoBox) -> Self {
        [b.south_west.lon, b.south_west.lat, b.north_east.lon, b.north_east.lat]
    }
}

codes! {
    /// How precisely a place is known.
    PlacePrecision {
        Site = "site", "the named place itself";
        Settlement = "settlement", "the nearest town";
        District = "district", "somewhere in a district";
        Admin1 = "admin1", "somewhere in a governorate";
        Admin1Group = "admin1_group", "somewhere in several governorates";
        Country = "country", "somewhere in a country";
    }
}

impl PlacePrecision {
    /// Whether the position is that of a named place or its town; else it only stands for an area.
    #[must_use]
    pub fn is_point(self) -> bool {
        matches!(self, Self::Site | Self::Settlement)
    }

    /// Whether a plain disc at the position would be honest.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self == Self::Site
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latitude_of_91_is_refused() {
        assert_eq!(LonLat::new(44.0, 91.0), Err(LonLatError::Latitude(91.0)));
        assert!(matches!(LonLat::new(181.0, 0.0), Err(LonLatError::Longitude(_))));
        assert!(LonLat::new(f64::NAN, 0.0).is_err() && LonLat::new(0.0, f64::NAN).is_err());
        assert!(LonLat::new(44.0, 33.0).is_ok());
    }
    #[test]
    fn a_degree_of_latitude_is_about_111_km() {
        let at = |lat| LonLat::new(44.0, lat).unwrap();
        assert!((at(33.0).distance_m(at(34.0)) - 111_195.0).abs() < 10.0);
        assert!(at(33.0).distance_m(at(33.0)).abs() < f64::EPSILON);
    }
}
