//! How far a position lies outside of an area of the basemap, and what of that its coarse borders can decide.

use geo::line_measures::{Distance as _, Euclidean};
use geo::{Intersects as _, LineString, MapCoords as _, MultiPolygon, Point, Polygon, coord};

use crate::domain::LonLat;
use crate::domain::basemap::Area;

/// The borders of governorates on the basemap are coarse: a position that lies no further than this
/// outside of its own, in kilometres, cannot be decided by them.
const NEAR_BORDER_KM: f64 = 10.0;

/// Governorates that the basemap draws so much too small that more has to be left to a person, in
/// kilometres; see "Baghdad governorate" in `assets/basemap/README.md`. Tarmiyah lies 20 km outside of
/// the drawn one, Besmaya 26 km.
const DRAWN_TOO_SMALL_KM: [(&str, f64); 1] = [("IQ-BG", 30.0)];

/// Kilometres in a degree of latitude.
const DEGREE_KM: f64 = 111.2;

/// How far outside of an area, in kilometres, the basemap cannot say that a position is not in it.
#[must_use]
pub fn undecided_km(area: &Area) -> f64 {
    let known = DRAWN_TOO_SMALL_KM.iter().find(|(governorate, _)| *governorate == area.id);
    known.map_or(NEAR_BORDER_KM, |(_, km)| *km)
}

/// The outline of an area at its finest, in degrees.
#[must_use]
pub fn outline(area: &Area) -> MultiPolygon {
    let ring = |corners: &Vec<[f32; 2]>| -> LineString {
        corners.iter().map(|[x, y]| coord! { x: f64::from(*x), y: f64::from(*y) }).collect()
    };
    let polygons = area.levels.last().into_iter().flatten().filter_map(|rings| {
        let (outer, holes) = rings.split_first()?;
        Some(Polygon::new(ring(outer), holes.iter().map(ring).collect()))
    });
    MultiPolygon::new(polygons.collect())
}

/// Kilometres from a position to an outline, 0 inside; on a plane that touches the earth at the position.
#[must_use]
pub fn outside_km(outline: &MultiPolygon, position: LonLat) -> f64 {
    let point = Point::new(position.lon(), position.lat());
    if outline.intersects(&point) {
        return 0.0;
    }
    let east_km = DEGREE_KM * point.y().to_radians().cos();
    let plane = outline.map_coords(|c| {
        coord! { x: (c.x - point.x()) * east_km, y: (c.y - point.y()) * DEGREE_KM }
    });
    Euclidean.distance(&Point::new(0.0, 0.0), &plane)
}

/// Whether a position lies so near to the box around an outline, in kilometres, that it has to be measured.
#[must_use]
pub(super) fn may_be_near(outline: &MultiPolygon, position: LonLat, km: f64) -> bool {
    use geo::BoundingRect as _;
    let Some(bounds) = outline.bounding_rect() else { return false };
    let north = km / DEGREE_KM;
    let east = north / position.lat().to_radians().cos().max(0.01);
    (bounds.min().x - east..=bounds.max().x + east).contains(&position.lon())
        && (bounds.min().y - north..=bounds.max().y + north).contains(&position.lat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_zero_inside_and_in_kilometres_outside() {
        let square: LineString =
            vec![(44.0, 33.0), (45.0, 33.0), (45.0, 34.0), (44.0, 34.0)].into();
        let shape = MultiPolygon::new(vec![Polygon::new(square, Vec::new())]);
        let km = |lon: f64, lat: f64| outside_km(&shape, LonLat::clamped(lon, lat));
        assert!(km(44.5, 33.5) == 0.0 && km(44.0, 33.5) == 0.0);
        assert!((km(44.5, 34.1) - 11.1).abs() < 0.1, "{}", km(44.5, 34.1));
        assert!((km(45.1, 33.5) - 9.3).abs() < 0.1, "{}", km(45.1, 33.5));
    }
}
