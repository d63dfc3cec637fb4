//! A scene as a PDF file of one page: text is text, in subsets of the bundled fonts.

use std::array;

use krilla::color::rgb;
use krilla::geom::{self, PathBuilder, Point, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use super::ExportError;
use super::lines::Polyline;
use super::outlines::{Outlines, Step};
use super::vector::{self, About, Line, Page, rounded};
use crate::scene::text::{Face, GlyphRun, ShapedText};
use crate::scene::{Halo, Rect, Rgba, Scene};

/// Longest side of a page in points (PDF 1.7, annex C).
pub const MAX_SIDE_PT: f32 = 14_400.0;
/// Language of the words that Sitrep writes.
const LANGUAGE: &str = "en";

/// Writes a scene as a PDF file of one page; one point of it is `scale` points on paper.
///
/// The page is one tagged figure whose alternative text is the title and the description. There is no date
/// in it, and the same input gives the same bytes.
///
/// # Errors
///
/// [`ExportError::PageSize`] when a side would be no length or longer than [`MAX_SIDE_PT`],
/// [`ExportError::Pdf`] when the writer refuses.
pub fn figure_pdf(scene: &Scene, scale: f32, about: &About) -> Result<Vec<u8>, ExportError> {
    let [width, height] = [scene.size.width * scale, scene.size.height * scale];
    let is_side = |side: f32| side > 0.0 && side <= MAX_SIDE_PT;
    if !(is_side(width) && is_side(height)) {
        return Err(ExportError::PageSize { width, height });
    }
    let settings =
        PageSettings::from_wh(width, height).ok_or(ExportError::PageSize { width, height })?;
    let mut document = Document::new_with(SerializeSettings::default());
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let content = surface.start_tagged(ContentTag::Other);
    surface.push_transform(&Transform::from_scale(scale, scale));
    let fonts = array::from_fn(|_| None);
    let mut pdf = Pdf { surface: &mut surface, outlines: Outlines::default(), fonts };
    pdf.ground(scene);
    vector::walk(scene, &mut pdf);
    surface.pop();
    surface.end_tagged();
    surface.finish();
    page.finish();
    let words = format!("{}. {}", about.title, about.description);
    let mut figure = TagGroup::new(Tag::Figure(Some(words)));
    figure.push(content);
    let mut tags = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    tags.push(figure);
    document.set_tag_tree(tags);
    document.set_metadata(
        Metadata::new()
            .title(about.title.clone())
            .description(format!("{} Source: {}", about.description, about.source))
            .creator(about.software.clone())
            .language(LANGUAGE.to_owned()),
    );
    document.finish().map_err(|error| ExportError::Pdf(error.to_string()))
}

struct Pdf<'a, 'b> {
    surface: &'a mut Surface<'b>,
    outlines: Outlines,
    fonts: [Option<Font>; Face::ALL.len()],
}

impl Pdf<'_, '_> {
    fn ground(&mut self, scene: &Scene) {
        let [red, green, blue, _] = scene.background.0;
        let page = Rect::from_min_size([0.0; 2], scene.size.width, scene.size.height);
        let corners = corners(&page);
        self.shape(&[corners], Some(Rgba([red, green, blue, 255])), None);
    }

    fn font(&mut self, face: Face) -> Option<Font> {
        let font = &mut self.fonts[face.index()];
        if font.is_none() {
            *font = Font::new(face.bytes().into(), 0);
        }
        font.clone()
    }

    fn paint(&mut self, path: &geom::Path, fill: Option<Fill>, stroke: Option<Stroke>) {
        // Without either, the path would be black.
        if fill.is_some() || stroke.is_some() {
            self.surface.set_fill(fill);
            self.surface.set_stroke(stroke);
            self.surface.draw_path(path);
        }
    }

    fn halo(&mut self, shaped: &ShapedText, [left, top]: [f32; 2], halo: Halo) {
        // One path for all letters: where two outlines overlap, neither is seen through the other.
        let mut path = PathBuilder::new();
        for run in shaped.runs() {
            let scale = run.size_pt / self.outlines.units_per_em(run.face);
            for glyph in &run.glyphs {
                let place = |[x, y]: [f32; 2]| {
                    [left + x.mul_add(scale, glyph.x), top + (-y).mul_add(scale, glyph.y)]
                        .map(rounded)
                };
                for step in self.outlines.glyph(run.face, glyph.id) {
                    append(&mut path, step, place);
                }
            }
        }
        let line = Line { color: halo.color, width: 2.0 * halo.width, dash: None, butt: false };
        if let Some(path) = path.finish() {
            self.paint(&path, None, Some(stroke_of(line)));
        }
    }

    fn run(&mut self, shaped: &ShapedText, run: &GlyphRun, [left, top]: [f32; 2]) {
        let (Some(font), Some(first)) = (self.font(run.face), run.glyphs.first()) else { return };
        if run.size_pt <= 0.0 {
            return;
        }
        let mut pen = first.x;
        let glyphs: Vec<KrillaGlyph> = run
            .glyphs
            .iter()
            .map(|glyph| {
                let [advance, x, y] = [glyph.advance, glyph.x - pen, run.baseline - glyph.y]
                    .map(|length| length / run.size_pt);
                pen += glyph.advance;
                let range = glyph.text_start..glyph.text_end;
                KrillaGlyph::new(GlyphId::new(glyph.id), advance, x, y, 0.0, range, None)
            })
            .collect();
        let start = Point::from_xy(rounded(left + first.x), rounded(top + run.baseline));
        self.surface.draw_glyphs(start, &glyphs, font, shaped.text(), run.size_pt, false);
    }
}

impl Page for Pdf<'_, '_> {
    fn open(&mut self, _id: &str, clip: Option<Rect>) {
        if let Some(clip) = clip {
            let path = path_of(&[corners(&clip)]);
            // A rectangle with an area, as every clip that is seen has, is always a path.
            if let Some(path) = path {
                self.surface.push_clip_path(&path, &FillRule::NonZero);
            } else {
                self.surface.push_transform(&Transform::identity());
            }
        }
    }

    fn close(&mut self, clipped: bool) {
        if clipped {
            self.surface.pop();
        }
    }

    fn shape(&mut self, contours: &[Polyline], fill: Option<Rgba>, line: Option<Line>) {
        if let Some(path) = path_of(contours) {
            self.paint(&path, fill.map(fill_of), line.map(stroke_of));
        }
    }

    fn circle(&mut self, [x, y]: [f32; 2], r: f32, fill: Option<Rgba>, line: Option<Line>) {
        // A quarter of a circle as a cubic, to 0.03 % of the radius.
        const HANDLE: f32 = 0.552_285;
        let mut path = PathBuilder::new();
        path.move_to(x + r, y);
        let mut from = [1.0, 0.0];
        for to in [[0.0, 1.0], [-1.0, 0.0], [0.0, -1.0], [1.0_f32, 0.0]] {
            let place = |[u, v]: [f32; 2]| [u.mul_add(r, x), v.mul_add(r, y)].map(rounded);
            let [ax, ay] = place([from[0] + to[0] * HANDLE, from[1] + to[1] * HANDLE]);
            let [bx, by] = place([to[0] + from[0] * HANDLE, to[1] + from[1] * HANDLE]);
            let [cx, cy] = place(to);
            path.cubic_to(ax, ay, bx, by, cx, cy);
            from = to;
        }
        path.close();
        if let Some(path) = path.finish() {
            self.paint(&path, fill.map(fill_of), line.map(stroke_of));
        }
    }

    fn text(&mut self, shaped: &ShapedText, at: [f32; 2], color: Rgba, halo: Option<Halo>) {
        if let Some(halo) = halo {
            self.halo(shaped, at, halo);
        }
        self.surface.set_fill(Some(Fill { rule: FillRule::NonZero, ..fill_of(color) }));
        self.surface.set_stroke(None);
        for run in shaped.runs() {
            self.run(shaped, run, at);
        }
    }
}

fn append(path: &mut PathBuilder, step: Step, place: impl Fn([f32; 2]) -> [f32; 2]) {
    match step {
        Step::Move(to) => {
            let [x, y] = place(to);
            path.move_to(x, y);
        }
        Step::Line(to) => {
            let [x, y] = place(to);
            path.line_to(x, y);
        }
        Step::Quad(to) => {
            let [[ax, ay], [x, y]] = to.map(place);
            path.quad_to(ax, ay, x, y);
        }
        Step::Cubic(to) => {
            let [[ax, ay], [bx, by], [x, y]] = to.map(place);
            path.cubic_to(ax, ay, bx, by, x, y);
        }
        Step::Close => path.close(),
    }
}

fn corners(rect: &Rect) -> Polyline {
    let Rect { min: [x0, y0], max: [x1, y1] } = *rect;
    Polyline { points: vec![[x0, y0], [x1, y0], [x1, y1], [x0, y1]], closed: true }
}

fn path_of(contours: &[Polyline]) -> Option<geom::Path> {
    let mut path = PathBuilder::new();
    for contour in contours {
        for (index, &[x, y]) in contour.points.iter().enumerate() {
            if index == 0 {
                path.move_to(x, y);
            } else {
                path.line_to(x, y);
            }
        }
        if contour.closed {
            path.close();
        }
    }
    path.finish()
}

fn paint_of(Rgba([red, green, blue, alpha]): Rgba) -> (rgb::Color, NormalizedF32) {
    let opacity = NormalizedF32::new(f32::from(alpha) / 255.0).unwrap_or(NormalizedF32::ONE);
    (rgb::Color::new(red, green, blue), opacity)
}

fn fill_of(color: Rgba) -> Fill {
    let (color, opacity) = paint_of(color);
    Fill { paint: color.into(), opacity, rule: FillRule::EvenOdd }
}

fn stroke_of(line: Line) -> Stroke {
    let (color, opacity) = paint_of(line.color);
    Stroke {
        paint: color.into(),
        width: line.width,
        miter_limit: 10.0,
        line_cap: if line.butt { LineCap::Butt } else { LineCap::Round },
        line_join: LineJoin::Round,
        opacity,
        dash: line.dash.map(|dash| StrokeDash { array: vec![dash.on, dash.off], offset: 0.0 }),
    }
}
