//! Text on its own, to be kept and drawn again and again: what the screen shows of a text.

use super::canvas::glyph_place;
use super::glyph_masks::GlyphMasks;
use crate::scene::text::ShapedText;
use crate::scene::{Halo, Rgba};

/// A picture of a text.
#[derive(Clone, Debug)]
pub struct TextSprite {
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
    /// Where its left edge lies, in pixels from the text's left edge.
    pub left: i32,
    /// Where its top edge lies, in pixels from the first baseline; negative is above.
    pub top: i32,
    /// Red, green, blue and alpha for each pixel, **premultiplied**, row by row from the top left.
    pub rgba: Vec<u8>,
}

/// Paints texts as [`super::rasterize`] does, one at a time.
#[derive(Debug, Default)]
pub struct TextRasterizer {
    masks: GlyphMasks,
}

/// What some glyphs cover together.
#[derive(Default)]
struct Cover {
    min: [i32; 2],
    max: [i32; 2],
    /// By glyph: its left, its top, its width and what it covers.
    glyphs: Vec<(i32, i32, usize, Vec<u8>)>,
}

impl TextRasterizer {
    /// The text at `scale` pixels per point, cut to its ink. `None` when there is no ink or the
    /// picture would be larger than [`super::rasterize`] allows.
    pub fn sprite(
        &mut self,
        shaped: &ShapedText,
        color: Rgba,
        halo: Option<Halo>,
        scale: f32,
    ) -> Option<TextSprite> {
        self.masks.make_room();
        let halo = halo.filter(|halo| halo.width > 0.0 && halo.width.is_finite());
        let around = halo.map(|halo| self.cover(shaped, scale, 2.0 * halo.width * scale));
        let ink = self.cover(shaped, scale, 0.0);
        if ink.glyphs.is_empty() {
            return None;
        }
        let all = || around.iter().chain([&ink]);
        let min = [0, 1].map(|axis| all().map(|c| c.min[axis]).min().unwrap_or(0));
        let max = [0, 1].map(|axis| all().map(|c| c.max[axis]).max().unwrap_or(0));
        let size = [max[0] - min[0], max[1] - min[1]].map(|side| u16::try_from(side).ok());
        let [Some(width), Some(height)] = size else { return None };
        super::raster::checked_size(width.into(), height.into()).ok()?;
        let mut rgba = vec![0; usize::from(width) * usize::from(height) * 4];
        let layers = around.iter().zip(halo.map(|h| h.color)).chain([(&ink, color)]);
        for (cover, color) in layers {
            paint(&mut rgba, &cover.together(min, [width, height]), color);
        }
        Some(TextSprite { width, height, left: min[0], top: min[1], rgba })
    }

    /// The glyphs of a text, filled or with a line of some width in pixels around them.
    fn cover(&mut self, shaped: &ShapedText, scale: f32, line_px: f32) -> Cover {
        let mut cover = Cover { min: [i32::MAX; 2], max: [i32::MIN; 2], glyphs: Vec::new() };
        for run in shaped.runs() {
            for glyph in &run.glyphs {
                let ([x, y], quarter) = glyph_place(shaped, glyph, scale);
                let Some(mask) = self.masks.mask(run, glyph, (scale, line_px), quarter) else {
                    continue;
                };
                let (left, top) = (x.saturating_add(mask.left), y.saturating_add(mask.top));
                let whole = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
                let rows = mask.coverage.len() / mask.width;
                cover.min = [cover.min[0].min(left), cover.min[1].min(top)];
                let end = [left.saturating_add(whole(mask.width)), top.saturating_add(whole(rows))];
                cover.max = [cover.max[0].max(end[0]), cover.max[1].max(end[1])];
                cover.glyphs.push((left, top, mask.width, mask.coverage.clone()));
            }
        }
        cover
    }
}

impl Cover {
    /// What all cover together in a picture of some size whose corner is at `min`.
    fn together(&self, min: [i32; 2], [width, height]: [u16; 2]) -> Vec<u8> {
        let width = usize::from(width);
        let mut sum = vec![0; width * usize::from(height)];
        for (left, top, of_glyph, coverage) in &self.glyphs {
            let place = |at: i32, from: i32| usize::try_from(at - from).unwrap_or(0);
            let (left, top) = (place(*left, min[0]), place(*top, min[1]));
            for (row, values) in coverage.chunks_exact(*of_glyph).enumerate() {
                let start = (top + row) * width + left;
                for (sum, value) in sum[start..start + of_glyph].iter_mut().zip(values) {
                    *sum = over(*sum, *value);
                }
            }
        }
        sum
    }
}

/// What two cover together that are laid over each other.
fn over(a: u8, b: u8) -> u8 {
    255 - share(255 - a, 255 - b)
}

/// The product of two shares of 255.
fn share(a: u8, b: u8) -> u8 {
    let product = u32::from(a) * u32::from(b) + 127;
    u8::try_from(product / 255).unwrap_or(u8::MAX)
}

/// Lays a colour over a premultiplied picture, where it covers it.
fn paint(rgba: &mut [u8], cover: &[u8], Rgba([red, green, blue, alpha]): Rgba) {
    let pixels = rgba.chunks_exact_mut(4).zip(cover).filter(|(_, cover)| **cover > 0);
    for (pixel, cover) in pixels {
        let alpha = share(*cover, alpha);
        let color = [red, green, blue, 255].map(|value| share(value, alpha));
        for (below, above) in pixel.iter_mut().zip(color) {
            *below = above.saturating_add(share(*below, 255 - alpha));
        }
    }
}
