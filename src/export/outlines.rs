//! The outlines of glyphs as the bundled fonts hold them: in units of the font, y up.

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _, OutlineGlyphCollection};

use crate::scene::text::Face;

/// A step along an outline; points are in units of the font, y up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    Move([f32; 2]),
    Line([f32; 2]),
    Quad([[f32; 2]; 2]),
    Cubic([[f32; 2]; 3]),
    Close,
}

struct Read {
    outlines: OutlineGlyphCollection<'static>,
    metrics: GlyphMetrics<'static>,
    units_per_em: f32,
}

/// The fonts' outlines, each font read when it is first asked for.
#[derive(Default)]
pub(super) struct Outlines {
    fonts: [Option<Read>; Face::ALL.len()],
}

impl Outlines {
    /// Units of the font in one em.
    pub(super) fn units_per_em(&mut self, face: Face) -> f32 {
        self.font(face).map_or(1000.0, |font| font.units_per_em)
    }

    /// How far the pen goes on after a glyph, in units of the font.
    pub(super) fn advance(&mut self, face: Face, id: u32) -> f32 {
        let font = self.font(face);
        font.and_then(|font| font.metrics.advance_width(GlyphId::new(id))).unwrap_or(0.0)
    }

    /// The outline of a glyph; empty for a glyph that has none, such as a space.
    pub(super) fn glyph(&mut self, face: Face, id: u32) -> Vec<Step> {
        let mut steps = Steps(Vec::new());
        if let Some(glyph) = self.font(face).and_then(|font| font.outlines.get(GlyphId::new(id))) {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            // The bundled fonts are sound; an outline that cannot be read is one that is not drawn.
            if glyph.draw(settings, &mut steps).is_err() {
                steps.0.clear();
            }
        }
        steps.0
    }

    fn font(&mut self, face: Face) -> Option<&Read> {
        let font = &mut self.fonts[face.index()];
        if font.is_none() {
            let file = FontRef::new(face.bytes()).ok()?;
            let size = Size::unscaled();
            let metrics = file.metrics(size, LocationRef::default());
            *font = Some(Read {
                outlines: file.outline_glyphs(),
                metrics: file.glyph_metrics(size, LocationRef::default()),
                units_per_em: f32::from(metrics.units_per_em),
            });
        }
        font.as_ref()
    }
}

struct Steps(Vec<Step>);

impl OutlinePen for Steps {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(Step::Move([x, y]));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(Step::Line([x, y]));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.push(Step::Quad([[cx, cy], [x, y]]));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.push(Step::Cubic([[ax, ay], [bx, by], [x, y]]));
    }

    fn close(&mut self) {
        self.0.push(Step::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_outlines_in_every_font_and_an_unknown_glyph_has_none() {
        let mut outlines = Outlines::default();
        for face in Face::ALL {
            let drawn = (1..80).filter(|&id| !outlines.glyph(face, id).is_empty()).count();
            assert!(drawn > 40, "{face:?}: {drawn}");
            assert!(outlines.units_per_em(face) >= 1000.0);
            assert!(outlines.glyph(face, u32::MAX).is_empty());
        }
    }
}
