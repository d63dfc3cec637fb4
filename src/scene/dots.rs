//! A small map with a dot at each of some positions, for a glance at where they lie.

use super::basemap::BasemapLayers;
use super::camera::{MapFrame, fit, from_map_units, to_map_units};
use super::theme::Theme;
use super::{Circle, Item, Rect, Scene, Size, Stroke};
use crate::analysis::Camera;
use crate::domain::LonLat;

/// Radius of a dot and the free margin around all of them, in points.
const DOT: f32 = 2.6;
const MARGIN: f64 = 18.0;

/// The map of `width` by `height` points, with ground, borders and dots; it names nothing.
#[must_use]
pub fn dots(
    basemap: &BasemapLayers,
    positions: &[LonLat],
    [width, height]: [f32; 2],
    theme: &Theme,
) -> Scene {
    let rect = Rect::from_min_size([0.0; 2], width, height);
    let camera = around(positions, [f64::from(width), f64::from(height)]);
    let frame = MapFrame { rect, camera };
    let mut items = vec![basemap.items(&frame, theme)];
    let within = rect.grown(DOT);
    let outline = Some(Stroke::solid(theme.glyph_outline, 0.7));
    for center in positions.iter().map(|p| frame.to_point(*p)).filter(|p| within.contains(*p)) {
        let fill = Some(theme.accent);
        items.push(Item::Circle(Circle { center, radius: DOT, fill, stroke: outline }));
    }
    Scene { size: Size { width, height }, background: theme.water, items }
}

/// The camera that shows all positions, wherever on the earth they are: what lies far from the region is to be seen there.
fn around(positions: &[LonLat], [width, height]: [f64; 2]) -> Camera {
    let fitted = fit(positions.iter().copied(), width, height, MARGIN);
    let units = || positions.iter().map(|p| to_map_units(*p));
    let ends = |axis: usize| {
        units()
            .fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(at[axis]), high.max(at[axis])))
    };
    let ((x0, x1), (y0, y1)) = (ends(0), ends(1));
    if x0 > x1 {
        return fitted;
    }
    // Map units are points at zoom 6.
    let room = |total: f64, extent: f64| (total - 2.0 * MARGIN).max(1.0) / extent.max(1e-6);
    let zoom = 6.0 + room(width, x1 - x0).min(room(height, y1 - y0)).log2();
    let center = from_map_units([f64::midpoint(x0, x1), f64::midpoint(y0, y1)]);
    Camera { center, zoom: zoom.clamp(0.0, 8.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_position_is_a_dot_on_the_map_wherever_it_is() {
        let basemap = BasemapLayers::new(crate::domain::basemap::Basemap::default());
        let theme = Theme::of(crate::analysis::ThemeName::Light);
        let positions = [LonLat::clamped(44.4, 33.3), LonLat::clamped(36.3, 33.5)];
        let far = [LonLat::clamped(-58.4, -34.6), LonLat::clamped(151.2, -33.9)];
        for positions in [&positions[..], &far, &far[..1], &[]] {
            let scene = dots(&basemap, positions, [240.0, 150.0], theme);
            let whole = Rect::from_min_size([0.0; 2], 240.0, 150.0);
            let circles = scene.items.iter().filter(|item| match item {
                Item::Circle(circle) => whole.contains(circle.center),
                _ => false,
            });
            assert_eq!(circles.count(), positions.len());
        }
    }
}
