//! Shapes on the earth as one point each, no more precise than they are large.

use crate::domain::{Code as _, LonLat, PlacePrecision};

/// The extent of a shape, in degrees.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Shape {
    edges: Option<[f64; 4]>,
    points: u64,
}

impl Shape {
    /// Adds a point, longitude first.
    pub(super) fn add(&mut self, x: f64, y: f64) {
        self.points += 1;
        self.edges = Some(match self.edges {
            // What is no number stays none.
            Some([west, south, east, north]) if x.is_finite() && y.is_finite() => {
                [west.min(x), south.min(y), east.max(x), north.max(y)]
            }
            Some(edges) => edges,
            None => [x, y, x, y],
        });
    }

    /// Adds another shape.
    pub(super) fn join(&mut self, other: Self) {
        if let Some([west, south, east, north]) = other.edges {
            self.add(west, south);
            self.add(east, north);
            self.points += other.points.saturating_sub(2);
        }
    }

    /// The number of its points.
    pub(super) fn points(&self) -> u64 {
        self.points
    }

    /// The middle of its extent: longitude, latitude. `None` where it has no point, or is wider than half of the earth, where
    /// no middle can be told.
    pub(super) fn middle(&self) -> Option<[f64; 2]> {
        let [west, south, east, north] = self.edges?;
        if self.is_one_point() {
            return Some([west, south]);
        }
        (east - west <= 180.0).then(|| [west.midpoint(east), south.midpoint(north)])
    }

    /// Whether all of it is one point.
    pub(super) fn is_one_point(&self) -> bool {
        self.edges.is_some_and(|[west, south, east, north]| {
            west.to_bits() == east.to_bits() && south.to_bits() == north.to_bits()
        })
    }

    /// The word for how precisely a place is known that lies anywhere in it; nothing for a point.
    pub(super) fn precision(&self) -> &'static str {
        let Some([west, south, east, north]) = self.edges.filter(|_| !self.is_one_point()) else {
            return "";
        };
        let corners = LonLat::new(west, south).ok().zip(LonLat::new(east, north).ok());
        let across_m = corners.map_or(f64::INFINITY, |(a, b)| a.distance_m(b));
        let precision = match across_m / 2.0 {
            ..=5_000.0 => PlacePrecision::Settlement,
            ..=25_000.0 => PlacePrecision::District,
            ..=150_000.0 => PlacePrecision::Admin1,
            ..=400_000.0 => PlacePrecision::Admin1Group,
            _ => PlacePrecision::Country,
        };
        precision.code()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(points: &[[f64; 2]]) -> Shape {
        let mut shape = Shape::default();
        for [x, y] in points {
            shape.add(*x, *y);
        }
        shape
    }

    #[test]
    fn a_shape_is_its_middle_and_no_more_precise_than_it_is_large() {
        let small = shape(&[[44.0, 33.0], [44.02, 33.02]]);
        assert_eq!(small.precision(), "settlement");
        let [x, y] = small.middle().unwrap();
        assert!((x - 44.01).abs() < 1e-9 && (y - 33.01).abs() < 1e-9);
        assert_eq!(shape(&[[44.0, 33.0], [44.3, 33.2]]).precision(), "district");
        assert_eq!(shape(&[[42.0, 32.0], [44.0, 33.0]]).precision(), "admin1");
        assert_eq!(shape(&[[38.0, 29.0], [48.0, 37.0]]).precision(), "country");
    }

    #[test]
    fn a_point_says_no_precision_and_what_has_no_middle_gets_none() {
        let point = shape(&[[44.0, 33.0], [44.0, 33.0]]);
        assert_eq!((point.precision(), point.middle()), ("", Some([44.0, 33.0])));
        assert_eq!(shape(&[]).middle(), None);
        assert_eq!(shape(&[[-179.0, 0.0], [179.0, 1.0]]).middle(), None);
        assert_eq!(shape(&[[44.0, 33.0], [f64::NAN, 1.0]]).middle(), Some([44.0, 33.0]));
    }
}
