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
    /// Whether a dot at the position would be honest; else the position only stands for an area.
    #[must_use]
    pub fn is_point(self) -> bool {
        matches!(self, Self::Site | Self::Settlement)
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
}
