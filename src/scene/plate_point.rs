//! Where in an area a count stands of events that are only known to it.

use geo::{Contains as _, Distance as _, Euclidean, LineString, Point, Polygon};

use crate::domain::LonLat;
use crate::domain::basemap::{Area, Corner, Town};

/// Steps of the grid of candidates on each side.
const STEPS: u8 = 32;
/// A town counts as this much nearer than the area's edge: a plate may reach over an edge more than over a town.
const TOWN_WEIGHT: f64 = 0.6;

/// The point of an area's largest polygon that is farthest from its edge and from every town, in degrees as
/// they look on the map; the area's label point where it has no polygon.
pub(super) fn plate_point(area: &Area, towns: &[Town]) -> LonLat {
    let label = [f64::from(area.label[0]), f64::from(area.label[1])];
    let narrow = label[1].to_radians().cos();
    let flat = |[lon, lat]: Corner| Point::new(f64::from(lon) * narrow, f64::from(lat));
    let rings = area.levels.first().into_iter().flatten().filter_map(|p| p.first());
    let largest = rings.max_by_key(|ring| ring.len());
    let Some(ring) = largest else { return LonLat::clamped(label[0], label[1]) };
    let edge: LineString = ring.iter().chain(ring.first()).map(|c| flat(*c).0).collect();
    let polygon = Polygon::new(edge.clone(), Vec::new());
    let towns: Vec<Point> = towns.iter().map(|t| flat(t.position)).collect();

    let bounds = |axis: usize| {
        let values = ring.iter().map(move |c| f64::from(c[axis]));
        (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
    };
    let ((west, east), (south, north)) = (bounds(0), bounds(1));
    let step = |low: f64, high: f64, n: u8| low + (high - low) * f64::from(n) / f64::from(STEPS);
    let grid = (0..=STEPS)
        .flat_map(|i| (0..=STEPS).map(move |j| [step(west, east, i), step(south, north, j)]));
    let room = |[lon, lat]: &[f64; 2]| {
        let at = Point::new(lon * narrow, *lat);
        let town = towns.iter().map(|t| Euclidean.distance(at, *t)).fold(f64::INFINITY, f64::min);
        Euclidean.distance(&at, &edge).min(town * TOWN_WEIGHT)
    };
    let inside = |[lon, lat]: &[f64; 2]| polygon.contains(&Point::new(lon * narrow, *lat));
    let candidates = std::iter::once(label).chain(grid).filter(inside);
    let best = candidates.map(|p| (room(&p), p)).max_by(|a, b| a.0.total_cmp(&b.0));
    let [lon, lat] = best.map_or(label, |(_, p)| p);
    LonLat::clamped(lon, lat)
}
