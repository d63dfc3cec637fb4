//! Filled paths as triangles, with a soft edge one pixel wide.

use std::ops::Range;

use egui::{Color32, Mesh, Pos2, Vec2};
use geo::triangulate_earcut::TriangulateEarcut;
use geo::{LineString, Polygon};

use crate::scene::{Geometry, Placement};

/// The triangles of a path's closed contours by the even-odd rule, in the path's own units.
///
/// Contours may lie within each other but not cross: of contours that cross, the overlap is filled.
#[derive(Debug, Default)]
pub(super) struct FillMesh {
    points: Vec<[f32; 2]>,
    /// The contours: what is filled lies on the same side of each.
    rings: Vec<Range<usize>>,
    indices: Vec<u32>,
}

impl FillMesh {
    pub(super) fn new(geometry: &Geometry) -> Self {
        let mut rings: Vec<Ring> = geometry
            .contours()
            .iter()
            .filter(|contour| contour.closed)
            .filter_map(|contour| Ring::new(&contour.points))
            .collect();
        rings.sort_by(|a, b| b.area.total_cmp(&a.area));
        let mut mesh = Self::default();
        let depths: Vec<usize> = (0..rings.len())
            .map(|index| (0..index).filter(|&other| rings[other].holds(&rings[index])).count())
            .collect();
        for (index, ring) in
            rings.iter().enumerate().filter(|(index, _)| depths[*index].is_multiple_of(2))
        {
            let holes = (index + 1..rings.len())
                .filter(|&hole| depths[hole] == depths[index] + 1 && ring.holds(&rings[hole]))
                .map(|hole| rings[hole].points.iter().rev().copied().collect())
                .collect();
            mesh.add(ring.points.clone(), holes);
        }
        mesh
    }

    /// The triangles of a path that is one small convex contour, which is less work than to look it up; `None`
    /// of any other.
    pub(super) fn simple(geometry: &Geometry) -> Option<Self> {
        const SMALL: usize = 64;
        let [contour] = geometry.contours() else { return None };
        if !contour.closed || contour.points.len() > SMALL {
            return None;
        }
        let ring = Ring::new(&contour.points).filter(|ring| is_convex(&ring.points))?;
        let mut mesh = Self::default();
        mesh.add(ring.points, Vec::new());
        Some(mesh)
    }

    /// Whether it is so large that its place on the screen is worth keeping.
    pub(super) fn is_large(&self) -> bool {
        const LARGE: usize = 256;
        self.points.len() > LARGE
    }

    /// Adds the triangles on the screen to a mesh. `feather` is half the width of the soft edge in egui's points.
    pub(super) fn place(
        &self,
        placement: Placement,
        color: Color32,
        feather: f32,
        mesh: &mut Mesh,
    ) {
        let counts = [mesh.vertices.len(), self.points.len()].map(u32::try_from);
        let [Ok(base), Ok(count)] = counts else { return };
        mesh.reserve_vertices(self.points.len() * 2);
        mesh.reserve_triangles(self.indices.len() / 3 + self.points.len() * 2);
        let at = |index: usize| -> Pos2 { placement.apply(self.points[index]).into() };
        for side in [-feather, feather] {
            let color = if side < 0.0 { color } else { Color32::TRANSPARENT };
            for ring in self.rings.iter().filter(|ring| !ring.is_empty()) {
                let (mut before, mut point) = (at(ring.end - 1), at(ring.start));
                for index in ring.clone() {
                    let after = at(if index + 1 == ring.end { ring.start } else { index + 1 });
                    mesh.colored_vertex(point + outwards(before, point, after) * side, color);
                    (before, point) = (point, after);
                }
            }
        }
        mesh.indices.extend(self.indices.iter().map(|index| base + index));
        for ring in &self.rings {
            let (Ok(start), Ok(end)) = (u32::try_from(ring.start), u32::try_from(ring.end)) else {
                continue;
            };
            let (start, end) = (base + start, base + end);
            for index in start..end {
                let next = if index + 1 == end { start } else { index + 1 };
                mesh.add_triangle(index, next, index + count);
                mesh.add_triangle(next, next + count, index + count);
            }
        }
    }

    fn add(&mut self, outline: Vec<[f32; 2]>, holes: Vec<Vec<[f32; 2]>>) {
        let start = self.points.len();
        if holes.is_empty() && is_convex(&outline) {
            self.indices.extend((1..outline.len() - 1).flat_map(|corner| {
                [0, corner, corner + 1].map(|index| u32::try_from(start + index).unwrap_or(0))
            }));
            self.push_ring(outline);
            return;
        }
        let line = |points: &[[f32; 2]]| LineString::from(points.to_vec());
        let interiors = holes.iter().map(|hole| line(hole)).collect();
        let triangles = Polygon::new(line(&outline), interiors).earcut_triangles_raw();
        let indices = triangles.triangle_indices.into_iter();
        self.indices.extend(indices.map(|index| u32::try_from(start + index).unwrap_or(0)));
        for ring in std::iter::once(outline).chain(holes) {
            self.push_ring(ring);
        }
    }

    fn push_ring(&mut self, ring: Vec<[f32; 2]>) {
        let start = self.points.len();
        self.points.extend(ring);
        self.rings.push(start..self.points.len());
    }
}

struct Ring {
    /// Turned so that twice the signed area is positive; no point is like the one before.
    points: Vec<[f32; 2]>,
    area: f32,
    min: [f32; 2],
    max: [f32; 2],
}

impl Ring {
    fn new(points: &[[f32; 2]]) -> Option<Self> {
        let mut points = points.to_vec();
        points.dedup();
        while points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        let mut area = signed_area(&points);
        if points.len() < 3 || !area.is_finite() {
            return None;
        }
        if area < 0.0 {
            points.reverse();
            area = -area;
        }
        let bounds = crate::scene::Rect::around(points.iter().copied())?;
        Some(Self { points, area, min: bounds.min, max: bounds.max })
    }

    /// Whether the other ring, which is no larger, lies inside; judged by the middles of three of
    /// its edges, so that rings may touch.
    fn holds(&self, other: &Self) -> bool {
        let is_apart =
            (0..2).any(|axis| other.min[axis] < self.min[axis] || other.max[axis] > self.max[axis]);
        if is_apart {
            return false;
        }
        let count = other.points.len();
        let inside = [0, count / 3, 2 * count / 3]
            .into_iter()
            .filter(|&index| {
                let ([ax, ay], [bx, by]) = (other.points[index], other.points[(index + 1) % count]);
                self.contains([f32::midpoint(ax, bx), f32::midpoint(ay, by)])
            })
            .count();
        inside >= 2
    }

    fn contains(&self, [x, y]: [f32; 2]) -> bool {
        let count = self.points.len();
        let crossings = (0..count)
            .filter(|&index| {
                let ([ax, ay], [bx, by]) = (self.points[index], self.points[(index + 1) % count]);
                (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax
            })
            .count();
        crossings % 2 == 1
    }
}

/// Twice the signed area, summed about the first point to keep digits.
fn signed_area(points: &[[f32; 2]]) -> f32 {
    let Some(&[x0, y0]) = points.first() else {
        return 0.0;
    };
    points
        .windows(2)
        .map(|pair| {
            let ([ax, ay], [bx, by]) = (pair[0], pair[1]);
            (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        })
        .sum()
}

/// Whether the corners of a ring of positive area turn one way only, once around.
fn is_convex(points: &[[f32; 2]]) -> bool {
    let count = points.len();
    let edge = |index: usize| {
        let ([ax, ay], [bx, by]) = (points[index % count], points[(index + 1) % count]);
        [bx - ax, by - ay]
    };
    let turns_back = (0..count).any(|index| {
        let ([ax, ay], [bx, by]) = (edge(index), edge(index + 1));
        ax * by - ay * bx < 0.0
    });
    // A star that winds twice turns one way too, but goes left to right more than once.
    let reversals =
        (0..count).filter(|&index| (edge(index)[0] > 0.0) != (edge(index + 1)[0] > 0.0));
    !turns_back && reversals.count() <= 2
}

/// The direction away from the filled side at a corner, so long that both edges move by one.
fn outwards(before: Pos2, point: Pos2, after: Pos2) -> Vec2 {
    let normal = |from: Pos2, to: Pos2| {
        let along = (to - from).normalized();
        Vec2::new(along.y, -along.x)
    };
    let (first, second) = (normal(before, point), normal(point, after));
    let sum = first + second;
    // At very sharp corners the point would fly away.
    let stretch = (1.0 + first.dot(second)).max(0.5);
    sum / stretch
}
