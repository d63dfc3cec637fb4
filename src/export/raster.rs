//! A scene as pixels, by the CPU; the same scene gives the same pixels on every run.

use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::{PixmapMut, RasterizerSettings, RenderContext, Resources, TargetInit};

use super::ExportError;
use super::canvas::{Canvas, snapped};
use crate::scene::text::ShapedText;
use crate::scene::{Placement, Rgba, Scene};

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

/// Where [`rasterize`] puts the left edge and the first baseline of a text whose origin is at a
/// place in pixels: both are whole numbers.
#[must_use]
pub fn text_anchor(origin_px: [f32; 2], shaped: &ShapedText, scale: f32) -> [f32; 2] {
    let [x, y] = snapped(origin_px, shaped, scale);
    [x, (y + shaped.ascent() * scale).round()]
}

pub(super) fn render(
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

pub(super) fn checked_size(width: f64, height: f64) -> Result<[u16; 2], ExportError> {
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

#[cfg(test)]
#[path = "raster_tests.rs"]
mod tests;
