//! Glyphs rasterised once for each size and each quarter of a pixel that they stand at, and put together to
//! texts: a new text of known letters costs no rasterising.

use std::collections::HashMap;

use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::{RenderContext, Resources};

use super::canvas::{Canvas, QUARTERS};
use super::raster::render;
use crate::scene::Rgba;
use crate::scene::text::{Face, Glyph, GlyphRun};

/// When the masks take more bytes than this, all are let go.
const MOST_BYTES: usize = 16 << 20;

/// What a glyph covers, in pixels from the whole pixel that its origin stands in.
pub(super) struct Mask {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) width: usize,
    /// From the top left, row by row: 255 where a pixel is wholly covered.
    pub(super) coverage: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    face: Face,
    glyph: u32,
    /// Size of the type and width of the line around it, both in pixels, as bits.
    size_px: u32,
    line_px: u32,
    quarter: [u8; 2],
}

/// The masks that were made.
#[derive(Default)]
pub(super) struct GlyphMasks {
    resources: Resources,
    context: Option<RenderContext>,
    known: HashMap<Key, Option<Mask>>,
    bytes: usize,
}

impl std::fmt::Debug for GlyphMasks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GlyphMasks").field("masks", &self.known.len()).finish_non_exhaustive()
    }
}

impl GlyphMasks {
    /// Lets masks go when there are too many.
    pub(super) fn make_room(&mut self) {
        if self.bytes > MOST_BYTES {
            self.known.clear();
            self.bytes = 0;
        }
    }

    /// The mask of a glyph of a run, filled or with a line of some width in pixels around it, at quarters of
    /// a pixel right of and below its whole pixel; `None` where it has no ink.
    pub(super) fn mask(
        &mut self,
        run: &GlyphRun,
        glyph: &Glyph,
        (scale, line_px): (f32, f32),
        quarter: [u8; 2],
    ) -> Option<&Mask> {
        let key = Key {
            face: run.face,
            glyph: glyph.id,
            size_px: (run.size_pt * scale).to_bits(),
            line_px: line_px.to_bits(),
            quarter,
        };
        if !self.known.contains_key(&key) {
            let made = self.make(run, glyph, (scale, line_px), quarter);
            self.bytes += 64 + made.as_ref().map_or(0, |mask| mask.coverage.len());
            self.known.insert(key, made);
        }
        self.known.get(&key)?.as_ref()
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a glyph's picture is at most a few hundred pixels wide, and larger ones are refused"
    )]
    fn make(
        &mut self,
        run: &GlyphRun,
        glyph: &Glyph,
        (scale, line_px): (f32, f32),
        quarter: [u8; 2],
    ) -> Option<Mask> {
        let size_px = run.size_pt * scale;
        // Ink may reach beyond the glyph's own room: tall marks, slanted letters and the line around it.
        let margin = (size_px + line_px).ceil() + 2.0;
        let [x, y] = [margin, (1.6 * size_px + line_px).ceil() + 2.0];
        let [width, height] =
            [2.0 * margin + (glyph.advance * scale).max(0.0), y + size_px + line_px + 2.0];
        if !(width.is_finite() && height.is_finite() && width.max(height) < f32::from(u16::MAX)) {
            return None;
        }
        let size = [width.ceil() as u16, height.ceil() as u16];
        let mut canvas = match self.context.take() {
            Some(context) => Canvas::reusing(context, size, scale, &mut self.resources),
            None => Canvas::new(size, scale, 0, &mut self.resources),
        };
        let at = [0, 1].map(|axis| [x, y][axis] + f32::from(quarter[axis]) / QUARTERS);
        canvas.glyph(run, glyph.id, at, (line_px > 0.0).then_some(line_px), Rgba([255; 4]));
        let (rgba, context) = render(canvas, size, AlphaColor::<Srgb>::TRANSPARENT);
        self.context = Some(context);
        cut(&rgba, usize::from(size[0]), [x as i32, y as i32])
    }
}

/// The coverage of a picture, cut to its ink; `None` without any.
fn cut(rgba: &[u8], width: usize, [x, y]: [i32; 2]) -> Option<Mask> {
    let coverage: Vec<u8> = rgba.iter().skip(3).step_by(4).copied().collect();
    let rows = || coverage.chunks_exact(width);
    let inked = |row: &[u8]| row.iter().any(|value| *value > 0);
    let (top, bottom) = (rows().position(inked)?, rows().rposition(inked)? + 1);
    let has_ink = |column: &usize| (top..bottom).any(|row| coverage[row * width + column] > 0);
    let (left, right) = ((0..width).find(has_ink)?, (0..width).rfind(has_ink)? + 1);
    let cut = rows().take(bottom).skip(top).flat_map(|row| &row[left..right]).copied().collect();
    let whole = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    Some(Mask { left: whole(left) - x, top: whole(top) - y, width: right - left, coverage: cut })
}
