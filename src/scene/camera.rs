//! Web Mercator between degrees and points: projection, fitting and limits.
//!
//! *Map units* are points at zoom 6 from a fixed origin in the region, so that `f32` keeps centimetres.
//! Zoom is that of web maps: the earth is `256 * 2^zoom` points wide.

use std::f64::consts::PI;

use super::{Placement, Rect};
use crate::analysis::Camera;
use crate::domain::LonLat;

const ORIGIN: LonLat = LonLat::clamped(42.0, 33.5);
const UNIT_ZOOM: f64 = 6.0;
/// Mean earth radius times 2 pi at the equator of the Web Mercator sphere, in metres (EPSG:3857).
const EARTH_CIRCUMFERENCE_M: f64 = 40_075_016.685_578_5;

/// The farthest and the nearest view that the basemap is made for.
pub const ZOOM_LIMITS: std::ops::RangeInclusive<f64> = 4.0..=13.0;
/// West, south, east and north of where the middle of the map may be, in degrees.
const CENTER_LIMITS: [f64; 4] = [33.0, 27.0, 51.0, 40.0];

/// A position in map units, y down.
#[must_use]
pub fn to_map_units(position: LonLat) -> [f64; 2] {
    let [x, y] = world(position);
    let [x0, y0] = world(ORIGIN);
    let size = world_size(UNIT_ZOOM);
    [(x - x0) * size, (y - y0) * size]
}

/// The position of a point in map units.
#[must_use]
pub fn from_map_units([x, y]: [f64; 2]) -> LonLat {
    let [x0, y0] = world(ORIGIN);
    let size = world_size(UNIT_ZOOM);
    let (u, v) = (x / size + x0, y / size + y0);
    LonLat::clamped(u * 360.0 - 180.0, (PI * (1.0 - 2.0 * v)).sinh().atan().to_degrees())
}

/// Fractions of the square Web Mercator world, y down.
fn world(p: LonLat) -> [f64; 2] {
    let lat = p.lat().clamp(-85.0, 85.0).to_radians();
    [(p.lon() + 180.0) / 360.0, (1.0 - lat.tan().asinh() / PI) / 2.0]
}

fn world_size(zoom: f64) -> f64 {
    256.0 * zoom.exp2()
}

/// The camera brought within the limits of zoom and region.
#[must_use]
pub fn limited(camera: Camera) -> Camera {
    let [west, south, east, north] = CENTER_LIMITS;
    Camera {
        center: LonLat::clamped(
            camera.center.lon().clamp(west, east),
            camera.center.lat().clamp(south, north),
        ),
        zoom: camera.zoom.clamp(*ZOOM_LIMITS.start(), *ZOOM_LIMITS.end()),
    }
}

/// The camera moved and zoomed so that a map of `width` by `height` points shows nothing beyond
/// `bounds` (west, south, east, north in degrees), as far as the zoom limits allow.
#[must_use]
pub fn held(camera: Camera, bounds: [f64; 4], width: f32, height: f32) -> Camera {
    let camera = limited(camera);
    let [x0, y0] = to_map_units(LonLat::clamped(bounds[0], bounds[3]));
    let [x1, y1] = to_map_units(LonLat::clamped(bounds[2], bounds[1]));
    let (width, height) = (f64::from(width), f64::from(height));
    let least = (width / (x1 - x0)).max(height / (y1 - y0));
    let zoom = camera.zoom.max(UNIT_ZOOM + least.log2()).min(*ZOOM_LIMITS.end());
    let scale = (zoom - UNIT_ZOOM).exp2();
    let [cx, cy] = to_map_units(camera.center);
    let within = |c: f64, low: f64, high: f64, length: f64| {
        let half = length / scale / 2.0;
        if high - low <= 2.0 * half {
            f64::midpoint(low, high)
        } else {
            c.clamp(low + half, high - half)
        }
    };
    let center = [within(cx, x0, x1, width), within(cy, y0, y1, height)];
    let moved = (center[0] - cx).abs() > 1e-9 || (center[1] - cy).abs() > 1e-9;
    Camera { center: if moved { from_map_units(center) } else { camera.center }, zoom }
}

/// The camera that shows all positions inside a map of `width` by `height` points with `margin` points
/// left free on every side; of the whole region when there are none.
#[must_use]
pub fn fit(
    positions: impl IntoIterator<Item = LonLat>,
    width: f64,
    height: f64,
    margin: f64,
) -> Camera {
    let mut bounds: Option<[f64; 4]> = None;
    for p in positions {
        let [x, y] = to_map_units(p);
        bounds = Some(
            bounds.map_or([x, y, x, y], |[a, b, c, d]| [a.min(x), b.min(y), c.max(x), d.max(y)]),
        );
    }
    let [west, south, east, north] = CENTER_LIMITS;
    let [x0, y0, x1, y1] = bounds.unwrap_or_else(|| {
        let [a, b] = to_map_units(LonLat::clamped(west, north));
        let [c, d] = to_map_units(LonLat::clamped(east, south));
        [a, b, c, d]
    });
    let room = |total: f64| (total - 2.0 * margin).max(total * 0.3).max(1.0);
    let scale = (room(width) / (x1 - x0).max(1e-6)).min(room(height) / (y1 - y0).max(1e-6));
    limited(Camera {
        center: from_map_units([f64::midpoint(x0, x1), f64::midpoint(y0, y1)]),
        zoom: (UNIT_ZOOM + scale.log2()).min(9.0),
    })
}

/// A map's rectangle and where it looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapFrame {
    /// The rectangle that the map fills, in points of the scene.
    pub rect: Rect,
    /// Where it looks.
    pub camera: Camera,
}

impl MapFrame {
    /// Map units to points of the scene.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "points of a picture fit f32")]
    pub fn placement(&self) -> Placement {
        let scale = (self.camera.zoom - UNIT_ZOOM).exp2();
        let [cx, cy] = to_map_units(self.camera.center);
        let [mx, my] = self.rect.center();
        Placement {
            scale: scale as f32,
            offset: [(f64::from(mx) - cx * scale) as f32, (f64::from(my) - cy * scale) as f32],
        }
    }

    /// Where a position lies, in points of the scene.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "points of a picture fit f32")]
    pub fn to_point(&self, position: LonLat) -> [f32; 2] {
        let scale = (self.camera.zoom - UNIT_ZOOM).exp2();
        let [cx, cy] = to_map_units(self.camera.center);
        let [x, y] = to_map_units(position);
        let [mx, my] = self.rect.center();
        [((x - cx) * scale) as f32 + mx, ((y - cy) * scale) as f32 + my]
    }

    /// The position that a point of the scene shows.
    #[must_use]
    pub fn to_lon_lat(&self, [px, py]: [f32; 2]) -> LonLat {
        let scale = (self.camera.zoom - UNIT_ZOOM).exp2();
        let [cx, cy] = to_map_units(self.camera.center);
        let [mx, my] = self.rect.center();
        from_map_units([f64::from(px - mx) / scale + cx, f64::from(py - my) / scale + cy])
    }

    /// Metres on the ground that one point stands for, at a latitude.
    #[must_use]
    pub fn metres_per_point(&self, lat_deg: f64) -> f64 {
        EARTH_CIRCUMFERENCE_M * lat_deg.to_radians().cos() / world_size(self.camera.zoom)
    }

    /// Points that one degree of longitude takes.
    #[must_use]
    pub fn points_per_degree(&self) -> f64 {
        world_size(self.camera.zoom) / 360.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(zoom: f64) -> MapFrame {
        MapFrame {
            rect: Rect::from_min_size([10.0, 20.0], 800.0, 600.0),
            camera: Camera { center: LonLat::clamped(43.0, 34.0), zoom },
        }
    }

    #[test]
    fn a_position_survives_the_way_to_the_picture_and_back() {
        for zoom in [5.0, 7.5, 12.0] {
            let back = frame(zoom).to_lon_lat(frame(zoom).to_point(LonLat::clamped(44.4, 33.3)));
            assert!(
                (back.lon() - 44.4).abs() < 1e-4 && (back.lat() - 33.3).abs() < 1e-4,
                "{back:?}"
            );
        }
    }

    #[test]
    fn the_placement_puts_map_units_where_the_frame_says() {
        let p = LonLat::clamped(44.4, 33.3);
        let [x, y] = to_map_units(p);
        #[expect(clippy::cast_possible_truncation, reason = "test")]
        let placed = frame(7.0).placement().apply([x as f32, y as f32]);
        let direct = frame(7.0).to_point(p);
        assert!((placed[0] - direct[0]).abs() < 0.01 && (placed[1] - direct[1]).abs() < 0.01);
    }

    #[test]
    fn fitting_shows_every_position_and_keeps_the_limits() {
        let corners = [LonLat::clamped(36.0, 31.0), LonLat::clamped(48.0, 37.5)];
        let camera = fit(corners, 800.0, 600.0, 40.0);
        let frame = MapFrame { rect: Rect::from_min_size([0.0; 2], 800.0, 600.0), camera };
        for c in corners {
            let [x, y] = frame.to_point(c);
            assert!((39.0..=761.0).contains(&x) && (39.0..=561.0).contains(&y), "{x} {y}");
        }
        assert!(ZOOM_LIMITS.contains(&fit([corners[0]], 800.0, 600.0, 40.0).zoom));
        assert!(ZOOM_LIMITS.contains(&fit([], 100.0, 100.0, 400.0).zoom));
    }

    #[test]
    fn a_held_camera_shows_nothing_beyond_the_bounds_and_stays_when_held_again() {
        let bounds = [14.0, 12.0, 70.0, 52.0];
        for (lon, lat, zoom) in [(33.0, 27.0, 4.5), (51.0, 40.0, 6.0), (44.0, 33.0, 9.0)] {
            let c = held(Camera { center: LonLat::clamped(lon, lat), zoom }, bounds, 1500.0, 900.0);
            let f = MapFrame { rect: Rect::from_min_size([0.0; 2], 1500.0, 900.0), camera: c };
            let (a, b) = (f.to_lon_lat([0.0, 0.0]), f.to_lon_lat([1500.0, 900.0]));
            assert!(
                a.lon() > 13.99 && a.lat() < 52.01 && b.lon() < 70.01 && b.lat() > 11.99,
                "{a:?} {b:?}"
            );
            assert_eq!(held(c, bounds, 1500.0, 900.0), c);
        }
    }

    #[test]
    fn a_scale_bar_of_100_km_is_right_at_its_latitude() {
        // One degree of longitude at 34 N is 92.3 km on the Web Mercator sphere.
        let f = frame(6.0);
        let km = f.metres_per_point(34.0) * f.points_per_degree() / 1000.0;
        assert!((km - 92.29).abs() < 0.05, "{km}");
    }
}
