//! A scene as pixels, by the CPU; the same scene gives the same pixels on every run.

use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::{PixmapMut, RasterizerSettings, RenderContext, Resources, TargetInit};

use super::ExportError;
use super::canvas::{Canvas, snapped};
use crate::scene::text::ShapedText;
use crate::scene::{Halo, Placement, Rgba, Scene};

/// Longest side of a picture in pixels.
pub const MAX_SIDE_PX: u16 = 16_384;
/// Largest area of a picture in pixels.
pub const MAX_AREA_PX: u32 = 100_000_000;

/// Threads beside the calling one.
const HELPERS: u16 = 2;
/// Smaller pictures are not worth a second thread.
const HELPED_AREA_PX: u32 = 250_000;

/// An opaque picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Red, green, blue and 255 for each pixel, row by row from the top left.
    pub rgba: Vec<u8>,
}

impl Pixels {
    /// Red, green, blue and alpha at a place; `None` outside.
    #[must_use]
    pub fn at(&self, x: u32, y: u32) -> Option<Rgba> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let start = (y as usize * self.width as usize + x as usize) * 4;
        let pixel: [u8; 4] = self.rgba.get(start..start + 4)?.try_into().ok()?;
        Some(Rgba(pixel))
    }
}

/// Paints a scene at `scale` pixels per point. The background is made opaque.
///
/// # Errors
///
/// [`ExportError::PictureSize`] when a side would be less than one pixel or more than
/// [`MAX_SIDE_PX`], or the area more than [`MAX_AREA_PX`].
pub fn rasterize(scene: &Scene, scale: f32) -> Result<Pixels, ExportError> {
    let [width, height] = size_px(scene, scale)?;
    let area = u32::from(width) * u32::from(height);
    let threads = if area < HELPED_AREA_PX { 0 } else { HELPERS };
    let mut resources = Resources::new();
    let mut canvas = Canvas::new([width, height], scale, threads, &mut resources);
    canvas.items(&scene.items, Placement::IDENTITY);
    let [red, green, blue, _] = scene.background.0;
    let (rgba, _) = render(canvas, [width, height], AlphaColor::from_rgba8(red, green, blue, 255));
    Ok(Pixels { width: width.into(), height: height.into(), rgba })
}

/// Text on its own, to be kept and drawn again and again.
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

/// Paints texts as [`rasterize`] does, one at a time.
#[derive(Debug, Default)]
pub struct TextRasterizer {
    resources: Resources,
    context: Option<RenderContext>,
}

impl TextRasterizer {
    /// The text at `scale` pixels per point, cut to its ink. `None` when there is no ink or the
    /// picture would be larger than [`rasterize`] allows.
    pub fn sprite(
        &mut self,
        shaped: &ShapedText,
        color: Rgba,
        halo: Option<Halo>,
        scale: f32,
    ) -> Option<TextSprite> {
        // Ink may reach beyond the text's box: tall marks, slanted letters and the halo.
        let margin = (shaped.size_pt() * 0.6 + halo.map_or(0.0, |halo| halo.width)) * scale + 2.0;
        let margin = margin.ceil();
        let width = (shaped.width() * scale).ceil() + 2.0 * margin;
        let height = (shaped.height() * scale).ceil() + 2.0 * margin;
        let size = checked_size(width.into(), height.into()).ok()?;
        if shaped.runs().is_empty() {
            return None;
        }
        let mut canvas = match self.context.take() {
            Some(context) => Canvas::reusing(context, size, scale, &mut self.resources),
            None => Canvas::new(size, scale, 0, &mut self.resources),
        };
        let at = snapped([margin, margin], shaped, scale);
        canvas.glyphs(shaped, at, color, halo);
        let (rgba, context) = render(canvas, size, AlphaColor::TRANSPARENT);
        self.context = Some(context);
        #[expect(clippy::cast_possible_truncation, reason = "within the picture, which is checked")]
        let (x, baseline) = (at[0] as i32, (at[1] + shaped.ascent() * scale).round() as i32);
        cut_to_ink(&rgba, size, x, baseline)
    }
}

/// Where [`rasterize`] puts the left edge and the first baseline of a text whose origin is at a
/// place in pixels: both are whole numbers.
#[must_use]
pub fn text_anchor(origin_px: [f32; 2], shaped: &ShapedText, scale: f32) -> [f32; 2] {
    let [x, y] = snapped(origin_px, shaped, scale);
    [x, (y + shaped.ascent() * scale).round()]
}

fn render(
    canvas: Canvas<'_>,
    [width, height]: [u16; 2],
    ground: AlphaColor<Srgb>,
) -> (Vec<u8>, RenderContext) {
    let mut rgba = vec![0; usize::from(width) * usize::from(height) * 4];
    let (context, resources) = canvas.finish();
    if let Some(target) = PixmapMut::new(width, height, &mut rgba) {
        let settings = RasterizerSettings {
            target_init: TargetInit::Clear(ground),
            ..RasterizerSettings::default()
        };
        context.render_with(target, resources, settings);
    }
    (rgba, context)
}

fn size_px(scene: &Scene, scale: f32) -> Result<[u16; 2], ExportError> {
    let scale = f64::from(scale);
    checked_size(f64::from(scene.size.width) * scale, f64::from(scene.size.height) * scale)
}

fn checked_size(width: f64, height: f64) -> Result<[u16; 2], ExportError> {
    let (width, height) = (width.round(), height.round());
    let is_side = |side: f64| (1.0..=f64::from(MAX_SIDE_PX)).contains(&side);
    if !is_side(width) || !is_side(height) || width * height > f64::from(MAX_AREA_PX) {
        return Err(ExportError::PictureSize { width, height });
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and from 1 to 16384"
    )]
    Ok([width as u16, height as u16])
}

fn cut_to_ink(rgba: &[u8], [width, height]: [u16; 2], x: i32, baseline: i32) -> Option<TextSprite> {
    let row_bytes = usize::from(width) * 4;
    let has_ink = |row: &[u8]| row.iter().any(|&value| value != 0);
    let rows = || rgba.chunks_exact(row_bytes);
    let top = rows().position(has_ink)?;
    let bottom = rows().rposition(has_ink)? + 1;
    let inked = &rgba[top * row_bytes..bottom * row_bytes];
    let column_has_ink = |column: &usize| {
        inked.chunks_exact(row_bytes).any(|row| has_ink(&row[column * 4..column * 4 + 4]))
    };
    let left = (0..usize::from(width)).find(column_has_ink)?;
    let right = (0..usize::from(width)).rfind(column_has_ink)? + 1;
    let cut =
        inked.chunks_exact(row_bytes).flat_map(|row| &row[left * 4..right * 4]).copied().collect();
    Some(TextSprite {
        width: u16::try_from(right - left).unwrap_or(width),
        height: u16::try_from(bottom - top).unwrap_or(height),
        left: i32::try_from(left).unwrap_or_default() - x,
        top: i32::try_from(top).unwrap_or_default() - baseline,
        rgba: cut,
    })
}

#[cfg(test)]
#[path = "raster_tests.rs"]
mod tests;
