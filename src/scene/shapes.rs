//! Small geometry that several parts of a picture share: boxes, wedges, hatching and weapon symbols.

use std::f32::consts::TAU;
use std::sync::Arc;

use super::{Contour, Geometry, Item, Path, Rect, Rgba, Stroke};
use crate::domain::WeaponFamily;

/// A closed contour.
#[must_use]
pub fn closed(points: Vec<[f32; 2]>) -> Contour {
    Contour { points, closed: true }
}

/// A filled or outlined path of closed contours.
#[must_use]
pub fn area(contours: Vec<Contour>, fill: Option<Rgba>, stroke: Option<Stroke>) -> Item {
    Item::Path(Path { geometry: Arc::new(Geometry::new(contours)), fill, stroke })
}

/// A line through some points.
#[must_use]
pub fn line(points: Vec<[f32; 2]>, stroke: Stroke) -> Item {
    let geometry = Arc::new(Geometry::new(vec![Contour { points, closed: false }]));
    Item::Path(Path { geometry, fill: None, stroke: Some(stroke) })
}

/// Many separate lines of one look.
#[must_use]
pub fn lines(segments: Vec<[[f32; 2]; 2]>, stroke: Stroke) -> Item {
    let contours =
        segments.into_iter().map(|s| Contour { points: s.to_vec(), closed: false }).collect();
    Item::Path(Path {
        geometry: Arc::new(Geometry::new(contours)),
        fill: None,
        stroke: Some(stroke),
    })
}

/// The corners of a rectangle.
#[must_use]
pub fn corners(r: Rect) -> Vec<[f32; 2]> {
    vec![r.min, [r.max[0], r.min[1]], r.max, [r.min[0], r.max[1]]]
}

/// A filled rectangle.
#[must_use]
pub fn filled(r: Rect, color: Rgba) -> Item {
    area(vec![closed(corners(r))], Some(color), None)
}

/// A rectangle with rounded corners of `radius` points.
#[must_use]
pub fn rounded(r: Rect, radius: f32) -> Vec<[f32; 2]> {
    let radius = radius.min(r.width() / 2.0).min(r.height() / 2.0);
    let centers = [
        ([r.max[0] - radius, r.min[1] + radius], 0.75),
        ([r.max[0] - radius, r.max[1] - radius], 0.0),
        ([r.min[0] + radius, r.max[1] - radius], 0.25),
        ([r.min[0] + radius, r.min[1] + radius], 0.5),
    ];
    centers.iter().flat_map(|(c, turn)| arc(*c, radius, *turn, turn + 0.25)).collect()
}

/// Points along a circle from one share of a turn to another, clockwise on the picture from the right.
fn arc([cx, cy]: [f32; 2], radius: f32, from: f32, to: f32) -> Vec<[f32; 2]> {
    // Chords that leave the circle by less than a twentieth of a point.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small positive number"
    )]
    let steps =
        ((to - from) * TAU * (radius.max(1.0) * 2.5).sqrt()).ceil().clamp(2.0, 256.0) as usize;
    #[expect(clippy::cast_precision_loss, reason = "at most 256")]
    let at = |i: usize| (from + (to - from) * i as f32 / steps as f32) * TAU;
    (0..=steps).map(|i| [cx + radius * at(i).cos(), cy + radius * at(i).sin()]).collect()
}

/// A slice of a disc between two shares of a turn, clockwise from the top.
#[must_use]
pub fn wedge(center: [f32; 2], radius: f32, from: f32, to: f32) -> Vec<[f32; 2]> {
    let mut points = arc(center, radius, from - 0.25, to - 0.25);
    points.push(center);
    points
}

/// A part of a ring between two radii and two shares of a turn, clockwise from the top.
#[must_use]
pub fn ring_part(center: [f32; 2], [inner, outer]: [f32; 2], from: f32, to: f32) -> Vec<[f32; 2]> {
    let mut points = arc(center, outer, from - 0.25, to - 0.25);
    let mut back = arc(center, inner, from - 0.25, to - 0.25);
    back.reverse();
    points.extend(back);
    points
}

/// A closed circle as corners, for what cannot be an [`Item::Circle`].
#[must_use]
pub fn disc(center: [f32; 2], radius: f32) -> Vec<[f32; 2]> {
    let mut points = arc(center, radius, 0.0, 1.0);
    points.pop();
    points
}

/// Slanted lines inside polygons (even-odd), `step` points apart.
#[must_use]
pub fn hatch(contours: &[Contour], bounds: Rect, step: f32) -> Vec<[[f32; 2]; 2]> {
    let mut segments = Vec::new();
    // Lines x + y = s; the first is a multiple of the step, so that neighbouring areas line up.
    let (first, last) = (bounds.min[0] + bounds.min[1], bounds.max[0] + bounds.max[1]);
    let mut s = (first / step).ceil() * step;
    while s < last {
        let mut crossings: Vec<f32> = Vec::new();
        for contour in contours.iter().filter(|c| c.closed) {
            let mut previous = contour.points.last().copied();
            for &[bx, by] in &contour.points {
                if let Some([ax, ay]) = previous {
                    let (da, db) = (ax + ay - s, bx + by - s);
                    if (da < 0.0) != (db < 0.0) {
                        crossings.push(ax + (bx - ax) * da / (da - db));
                    }
                }
                previous = Some([bx, by]);
            }
        }
        crossings.sort_by(f32::total_cmp);
        let inside = crossings.chunks_exact(2).filter_map(|c| {
            let (x0, x1) = (c[0].max(bounds.min[0]), c[1].min(bounds.max[0]));
            (x1 > x0).then_some([[x0, s - x0], [x1, s - x1]])
        });
        segments.extend(inside);
        s += step;
    }
    segments
}

/// Whether a point lies in polygons (even-odd).
#[must_use]
pub fn contains(contours: &[Contour], [x, y]: [f32; 2]) -> bool {
    let mut inside = false;
    for contour in contours.iter().filter(|c| c.closed) {
        let mut previous = contour.points.last().copied();
        for &[bx, by] in &contour.points {
            if let Some([ax, ay]) = previous
                && (ay > y) != (by > y)
                && x < ax + (bx - ax) * (y - ay) / (by - ay)
            {
                inside = !inside;
            }
            previous = Some([bx, by]);
        }
    }
    inside
}

/// The symbol of a weapon family, about as large as a disc of this radius.
#[must_use]
pub fn symbol(family: WeaponFamily, center: [f32; 2], radius: f32, color: Rgba) -> Item {
    let [x, y] = center;
    let r = radius;
    let at = |points: &[[f32; 2]]| {
        closed(points.iter().map(|[dx, dy]| [x + dx * r, y + dy * r]).collect())
    };
    match family {
        WeaponFamily::Rocket => {
            area(vec![at(&[[0.0, -1.05], [1.0, 0.8], [-1.0, 0.8]])], Some(color), None)
        }
        WeaponFamily::Missile => {
            area(vec![at(&[[0.0, 1.05], [1.0, -0.8], [-1.0, -0.8]])], Some(color), None)
        }
        WeaponFamily::Drone => area(
            vec![at(&[[0.0, -1.15], [1.05, 0.0], [0.0, 1.15], [-1.05, 0.0]])],
            Some(color),
            None,
        ),
        WeaponFamily::Ied => area(
            vec![at(&[[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]])],
            Some(color),
            None,
        ),
        WeaponFamily::AirStrike => {
            let (a, b) = (0.35, 1.0);
            let plus = [
                [-a, -b],
                [a, -b],
                [a, -a],
                [b, -a],
                [b, a],
                [a, a],
                [a, b],
                [-a, b],
                [-a, a],
                [-b, a],
                [-b, -a],
                [-a, -a],
            ];
            area(vec![at(&plus)], Some(color), None)
        }
        WeaponFamily::SmallArms => area(vec![closed(disc(center, r * 0.85))], Some(color), None),
        WeaponFamily::Unknown => {
            area(vec![closed(disc(center, r * 0.8))], None, Some(Stroke::solid(color, r * 0.32)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hatching_stays_inside_the_polygon_and_out_of_its_hole() {
        let outer = closed(vec![[0.0, 0.0], [40.0, 0.0], [40.0, 40.0], [0.0, 40.0]]);
        let hole = closed(vec![[10.0, 10.0], [30.0, 10.0], [30.0, 30.0], [10.0, 30.0]]);
        let bounds = Rect { min: [0.0, 0.0], max: [40.0, 40.0] };
        let segments = hatch(&[outer, hole], bounds, 5.0);
        assert!(segments.len() > 10);
        for [a, b] in segments {
            let [x, y] = [f32::midpoint(a[0], b[0]), f32::midpoint(a[1], b[1])];
            assert!((0.0..=40.0).contains(&x) && (0.0..=40.0).contains(&y));
            assert!(!(x > 10.5 && x < 29.5 && y > 10.5 && y < 29.5), "{x} {y} is in the hole");
        }
    }

    #[test]
    fn a_point_in_a_hole_is_not_in_the_polygon() {
        let outer = closed(vec![[0.0, 0.0], [40.0, 0.0], [40.0, 40.0], [0.0, 40.0]]);
        let hole = closed(vec![[10.0, 10.0], [30.0, 10.0], [30.0, 30.0], [10.0, 30.0]]);
        let found = |at| contains(&[outer.clone(), hole.clone()], at);
        assert!(found([5.0, 5.0]) && found([35.0, 20.0]));
        assert!(!found([20.0, 20.0]) && !found([-1.0, 5.0]) && !found([20.0, 41.0]));
    }

    #[test]
    fn a_full_wedge_has_the_area_of_its_disc() {
        let points = disc([0.0, 0.0], 10.0);
        let twice: f32 = points
            .iter()
            .zip(points.iter().cycle().skip(1))
            .map(|(a, b)| a[0] * b[1] - b[0] * a[1])
            .sum();
        assert!((twice / 2.0 - std::f32::consts::PI * 100.0).abs() < 4.0, "{twice}");
    }
}
