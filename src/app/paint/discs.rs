//! Discs and rings as pictures in the atlas: a glyph of a map is then a few rectangles, not hundreds of triangles,
//! which is what a computer without a graphics card spends its time on.

use egui::{Color32, ColorImage, Vec2};

/// Larger ones, in pixels, are drawn as paths: they are few.
pub(super) const LARGEST_PX: f32 = 80.0;
/// Radii and widths are rounded to so many parts of a pixel, middles to so many halves.
const PARTS: f32 = 4.0;
const HALVES: f32 = 2.0;

/// A disc, or a ring of some width within its edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Disc {
    /// Radius of the outer edge and, of a ring, of the inner one, in parts of a pixel.
    outer: u32,
    inner: u32,
    /// How far right of and below a whole pixel the middle lies, in halves of a pixel.
    beyond: [u32; 2],
}

impl Disc {
    /// The disc around a middle in pixels, with the whole pixel that the middle lies in; of a ring `inner` is
    /// not 0. `None` where it is better drawn as a path.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the largest size, which is checked, and not negative"
    )]
    pub(super) fn new(
        middle_px: [f32; 2],
        outer_px: f32,
        inner_px: f32,
    ) -> Option<(Self, [f32; 2])> {
        let is_known = middle_px.iter().all(|v| v.abs() < 1e6);
        if !(is_known && outer_px > 0.5 && outer_px <= LARGEST_PX && inner_px >= 0.0) {
            return None;
        }
        let halves = middle_px.map(|v| (v * HALVES).round());
        let whole = halves.map(|v| (v / HALVES).floor());
        let beyond = [0, 1].map(|axis| (halves[axis] - whole[axis] * HALVES) as u32);
        let [outer, inner] = [outer_px, inner_px].map(|v| (v * PARTS).round() as u32);
        Some((Self { outer, inner, beyond }, whole))
    }

    /// The picture, white, and its left top corner from the whole pixel.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a picture of at most some hundred pixels"
    )]
    pub(super) fn picture(self) -> (ColorImage, Vec2) {
        let [outer, inner] = [self.outer, self.inner].map(|v| v as f32 / PARTS);
        let reach = outer.ceil() as usize + 2;
        let side = 2 * reach;
        let middle = self.beyond.map(|v| reach as f32 + v as f32 / HALVES);
        // Only at an edge is it worth a square root how far a pixel is from the middle.
        let within = |radius: f32, far_squared: f32| {
            if radius > 0.5 && far_squared <= (radius - 0.5).powi(2) {
                1.0
            } else if far_squared >= (radius + 0.5).powi(2) {
                0.0
            } else {
                (radius + 0.5 - far_squared.sqrt()).clamp(0.0, 1.0)
            }
        };
        let mut pixels = Vec::with_capacity(side * side);
        for row in 0..side {
            let y = row as f32 + 0.5 - middle[1];
            pixels.extend((0..side).map(|column| {
                let x = column as f32 + 0.5 - middle[0];
                let far = x * x + y * y;
                let hole = if self.inner > 0 { within(inner, far) } else { 0.0 };
                Color32::from_white_alpha(((within(outer, far) - hole) * 255.0 + 0.5) as u8)
            }));
        }
        (ColorImage::new([side, side], pixels), Vec2::splat(-(reach as f32)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disc_covers_its_area_and_a_ring_what_lies_between_its_edges() {
        for (outer, inner, middle) in [(9.0, 0.0, [5.3, 7.9]), (12.5, 11.0, [100.0, 3.6])] {
            let (disc, _) = Disc::new(middle, outer, inner).unwrap();
            let (picture, _) = disc.picture();
            let covered: f32 = picture.pixels.iter().map(|p| f32::from(p.a()) / 255.0).sum();
            let expected = std::f32::consts::PI * (outer * outer - inner * inner);
            assert!((covered - expected).abs() < expected * 0.02, "{covered}, not {expected}");
        }
    }

    #[test]
    fn what_has_no_size_or_too_much_is_no_picture() {
        for outer in [0.0, -1.0, f32::NAN, f32::INFINITY, LARGEST_PX + 1.0] {
            assert!(Disc::new([1.0, 1.0], outer, 0.0).is_none());
        }
        assert!(Disc::new([f32::NAN, 1.0], 4.0, 0.0).is_none());
    }
}
