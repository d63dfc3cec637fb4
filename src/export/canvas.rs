//! Draws the items of a scene with the CPU rasteriser, in pixels.

use std::sync::{Arc, LazyLock};

use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::kurbo::{self, BezPath, Cap, Join, Shape};
use vello_cpu::peniko::{Blob, Fill, FontData};
use vello_cpu::{Glyph, RenderContext, RenderSettings, Resources};

use super::lines::{self, Polyline};
use crate::scene::text::{self, Face, GlyphRun, ShapedText};
use crate::scene::{Circle, Group, Halo, Item, Path, Placement, Rect, Rgba, Stroke, Text};

static FONTS: LazyLock<[FontData; Face::ALL.len()]> =
    LazyLock::new(|| Face::ALL.map(|face| FontData::new(Blob::new(Arc::new(face.bytes())), 0)));

/// A drawing of some size in pixels; what is drawn outside is cut off.
pub(super) struct Canvas<'a> {
    context: RenderContext,
    resources: &'a mut Resources,
    /// Pixels per point.
    scale: f32,
    /// Where drawing can be seen, in pixels.
    clip: Rect,
    /// Which pixel of the scene the first one of the drawing is.
    origin: [f32; 2],
}

impl<'a> Canvas<'a> {
    /// An empty drawing that is rasterised with `threads` helpers, or on this thread for zero.
    pub(super) fn new(
        size: [u16; 2],
        scale: f32,
        threads: u16,
        resources: &'a mut Resources,
    ) -> Self {
        let settings = RenderSettings { num_threads: threads, ..RenderSettings::default() };
        let context = RenderContext::new_with(size[0], size[1], settings);
        Self::reusing(context, size, scale, resources)
    }

    /// An empty drawing in the memory of one that is no longer needed.
    pub(super) fn reusing(
        mut context: RenderContext,
        [width, height]: [u16; 2],
        scale: f32,
        resources: &'a mut Resources,
    ) -> Self {
        context.reset_and_resize(width, height);
        let clip = Rect::from_min_size([0.0; 2], f32::from(width), f32::from(height));
        Self { context, resources, scale, clip, origin: [0.0; 2] }
    }

    /// Draws a part of the scene that begins at a pixel, given in whole numbers.
    pub(super) fn begin_at(&mut self, origin_px: [f32; 2]) {
        self.origin = origin_px;
    }

    /// The finished drawing and what it takes to rasterise it.
    pub(super) fn finish(mut self) -> (RenderContext, &'a mut Resources) {
        self.context.flush();
        (self.context, self.resources)
    }

    /// Draws items, first at the bottom, whose positions are placed by `placement`.
    pub(super) fn items(&mut self, items: &[Item], placement: Placement) {
        for item in items {
            match item {
                Item::Path(path) => self.path(path, placement),
                Item::Circle(circle) => self.circle(circle, placement),
                Item::Text(text) => self.text(text, placement),
                Item::Group(group) => self.group(group, placement),
            }
        }
    }

    fn group(&mut self, group: &Group, placement: Placement) {
        let inner = group.placement.then(&placement);
        let Some(clip) = group.clip else {
            return self.items(&group.items, inner);
        };
        let clip =
            Rect { min: self.pixel(clip.min, placement), max: self.pixel(clip.max, placement) };
        let Some(seen) = intersection(&self.clip, &clip) else {
            return;
        };
        let outer = std::mem::replace(&mut self.clip, seen);
        self.context.push_clip_rect(&kurbo::Rect::new(
            f64::from(seen.min[0]),
            f64::from(seen.min[1]),
            f64::from(seen.max[0]),
            f64::from(seen.max[1]),
        ));
        self.items(&group.items, inner);
        self.context.pop_clip();
        self.clip = outer;
    }

    fn path(&mut self, path: &Path, placement: Placement) {
        let bounds = path.geometry.bounds();
        let bounds =
            Rect { min: self.pixel(bounds.min, placement), max: self.pixel(bounds.max, placement) };
        let reach = path.stroke.map_or(0.0, |stroke| stroke.width * self.scale);
        if !bounds.grown(reach + 1.0).overlaps(&self.clip) {
            return;
        }
        let contours: Vec<Polyline> = path
            .geometry
            .contours()
            .iter()
            .map(|contour| Polyline {
                points: contour.points.iter().map(|&p| self.pixel(p, placement)).collect(),
                closed: contour.closed,
            })
            .filter(|contour| contour.points.iter().flatten().all(|value| value.is_finite()))
            .collect();
        if let Some(color) = path.fill {
            let mut outline = BezPath::new();
            for contour in contours.iter().filter(|contour| contour.closed) {
                append(&mut outline, contour);
            }
            self.context.set_paint(paint(color));
            self.context.set_fill_rule(Fill::EvenOdd);
            self.context.fill_path(&outline);
            self.context.set_fill_rule(Fill::NonZero);
        }
        if let Some(stroke) = path.stroke {
            self.stroke(&contours, stroke);
        }
    }

    fn circle(&mut self, circle: &Circle, placement: Placement) {
        let [x, y] = self.pixel(circle.center, placement);
        let radius = circle.radius * self.scale;
        let reach = radius + circle.stroke.map_or(0.0, |stroke| stroke.width * self.scale) + 1.0;
        let is_seen = Rect { min: [x, y], max: [x, y] }.grown(reach).overlaps(&self.clip);
        if !(is_seen && radius > 0.0 && radius.is_finite()) {
            return;
        }
        let shape = kurbo::Circle::new((f64::from(x), f64::from(y)), f64::from(radius));
        if let Some(color) = circle.fill {
            self.context.set_paint(paint(color));
            self.context.fill_path(&shape.to_path(0.02));
        }
        let Some(stroke) = circle.stroke else { return };
        if stroke.dash.is_some() {
            let points = lines::circle_points([x, y], radius);
            self.stroke(&[Polyline { points, closed: true }], stroke);
        } else if stroke.width > 0.0 {
            self.context.set_paint(paint(stroke.color));
            self.context.set_stroke(kurbo::Stroke::new(f64::from(stroke.width * self.scale)));
            self.context.stroke_path(&shape.to_path(0.02));
        }
    }

    fn stroke(&mut self, contours: &[Polyline], stroke: Stroke) {
        let width = stroke.width * self.scale;
        if !(width > 0.0 && width.is_finite()) {
            return;
        }
        let clip = self.clip.grown(width + 2.0);
        let mut outline = BezPath::new();
        for contour in contours {
            for piece in lines::pieces(contour, stroke.dash, self.scale, &clip) {
                append(&mut outline, &piece);
            }
        }
        let cap = if stroke.dash.is_some() { Cap::Butt } else { Cap::Round };
        self.context.set_paint(paint(stroke.color));
        self.context
            .set_stroke(kurbo::Stroke::new(f64::from(width)).with_join(Join::Round).with_caps(cap));
        self.context.stroke_path(&outline);
    }

    fn text(&mut self, text: &Text, placement: Placement) {
        let [x, y] = self.pixel(text.origin, placement);
        let reach = text.halo.map_or(0.0, |halo| halo.width) + text.shaped.size_pt();
        let (width, height) = (text.shaped.width(), text.shaped.height());
        let bounds = Rect::from_min_size([x, y], width * self.scale, height * self.scale);
        if bounds.grown(reach * self.scale).overlaps(&self.clip) {
            let at = snapped([x, y], &text.shaped, self.scale);
            self.glyphs(&text.shaped, at, text.color, text.halo);
        }
    }

    /// Draws text with its origin at a pixel position, as it is.
    pub(super) fn glyphs(
        &mut self,
        shaped: &ShapedText,
        at: [f32; 2],
        color: Rgba,
        halo: Option<Halo>,
    ) {
        if let Some(halo) = halo.filter(|halo| halo.width > 0.0 && halo.width.is_finite()) {
            let width = f64::from(2.0 * halo.width * self.scale);
            let [red, green, blue, alpha] = halo.color.0;
            // Where the outlines of two glyphs overlap they must not be seen through each other.
            let is_translucent = alpha < 255;
            if is_translucent {
                let opacity = f32::from(alpha) / 255.0;
                self.context.push_opacity_layer(opacity);
            }
            self.context.set_paint(paint(Rgba([red, green, blue, 255])));
            self.outline(width);
            self.runs(shaped, at, true);
            if is_translucent {
                self.context.pop_layer();
            }
        }
        self.context.set_paint(paint(color));
        self.runs(shaped, at, false);
    }

    fn runs(&mut self, shaped: &ShapedText, [x, y]: [f32; 2], stroked: bool) {
        let scale = self.scale;
        let baseline = (y + shaped.ascent() * scale).round();
        for run in shaped.runs() {
            let glyphs = run.glyphs.iter().map(|glyph| {
                let (whole, quarter) = glyph_place(shaped, glyph, scale);
                #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
                let [dx, dy] =
                    [0, 1].map(|axis| whole[axis] as f32 + f32::from(quarter[axis]) / QUARTERS);
                Glyph { id: glyph.id, x: x + dx, y: baseline + dy }
            });
            self.run(run, glyphs, stroked);
        }
    }

    /// Draws one glyph of a run with its origin at a pixel position, filled or as a line of some width.
    pub(super) fn glyph(
        &mut self,
        run: &GlyphRun,
        id: u32,
        [x, y]: [f32; 2],
        line_px: Option<f32>,
        color: Rgba,
    ) {
        self.context.set_paint(paint(color));
        if let Some(width) = line_px {
            self.outline(f64::from(width));
        }
        self.run(run, std::iter::once(Glyph { id, x, y }), line_px.is_some());
    }

    /// Sets the line that is drawn around glyphs.
    fn outline(&mut self, width: f64) {
        let stroke = kurbo::Stroke::new(width).with_join(Join::Round).with_caps(Cap::Round);
        self.context.set_stroke(stroke);
    }

    fn run(&mut self, run: &GlyphRun, glyphs: impl Iterator<Item = Glyph> + Clone, stroked: bool) {
        let font = &FONTS[run.face.index()];
        let builder = self
            .context
            .glyph_run(self.resources, font)
            .font_size(run.size_pt * self.scale)
            .hint(false);
        // An error is a glyph without an outline, of which the bundled fonts have none.
        let _ = if stroked { builder.stroke_glyphs(glyphs) } else { builder.fill_glyphs(glyphs) };
    }

    fn pixel(&self, point: [f32; 2], placement: Placement) -> [f32; 2] {
        let [x, y] = placement.apply(point).map(|value| value * self.scale);
        [x - self.origin[0], y - self.origin[1]]
    }
}

/// Glyphs stand at whole pixels and so many parts of one: a glyph that was rasterised can be used again.
pub(super) const QUARTERS: f32 = 4.0;

/// Where the origin of a text's glyph lies, from the text's left edge and its first baseline: whole pixels, and
/// quarters of a pixel more.
pub(super) fn glyph_place(
    shaped: &ShapedText,
    glyph: &text::Glyph,
    scale: f32,
) -> ([i32; 2], [u8; 2]) {
    let at = [glyph.x * scale, (glyph.y - shaped.ascent()) * scale];
    #[expect(clippy::cast_possible_truncation, reason = "a cast to i32 saturates")]
    let quarters = at.map(|v| (v * QUARTERS).round() as i32);
    let part = |v: i32| u8::try_from(v.rem_euclid(4)).unwrap_or(0);
    (quarters.map(|v| v.div_euclid(4)), quarters.map(part))
}

/// Moves the origin of a text, in pixels, so that its first baseline and its left edge lie between
/// two pixels; the same text then looks the same wherever it stands.
pub(super) fn snapped([x, y]: [f32; 2], shaped: &ShapedText, scale: f32) -> [f32; 2] {
    let ascent = shaped.ascent() * scale;
    [x.round(), (y + ascent).round() - ascent]
}

fn paint(Rgba([red, green, blue, alpha]): Rgba) -> AlphaColor<Srgb> {
    AlphaColor::from_rgba8(red, green, blue, alpha)
}

fn append(outline: &mut BezPath, line: &Polyline) {
    let mut points = line.points.iter().map(|&[x, y]| (f64::from(x), f64::from(y)));
    let Some(first) = points.next() else { return };
    outline.move_to(first);
    for point in points {
        outline.line_to(point);
    }
    if line.closed {
        outline.close_path();
    }
}

fn intersection(a: &Rect, b: &Rect) -> Option<Rect> {
    a.overlaps(b).then(|| Rect {
        min: [a.min[0].max(b.min[0]), a.min[1].max(b.min[1])],
        max: [a.max[0].min(b.max[0]), a.max[1].min(b.max[1])],
    })
}
