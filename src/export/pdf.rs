//! A scene as a PDF file of one page: text is text, in subsets of the bundled fonts.

use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder, Validator};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::error::KrillaError;
use krilla::geom::{self, PathBuilder, Point, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, SpanTag, Tag, TagGroup, TagTree,
};
use krilla::{Document, SerializeSettings};

use super::ExportError;
use super::lines::Polyline;
use super::pdf_text::Letters;
use super::vector::{self, About, Line, Page, rounded};
use crate::analysis::FIGURE_RECORD;
use crate::scene::text::ShapedText;
use crate::scene::{Halo, Rect, Rgba, Scene};

/// Longest side of a page in points (PDF 1.7, annex C).
pub const MAX_SIDE_PT: f32 = 14_400.0;
/// Language of the words that Sitrep writes.
const LANGUAGE: &str = "en";

/// Writes a scene as a PDF file of one page; one point of it is `scale` points on paper.
///
/// The page is tagged: the first of the texts beside the groups of the scene is the heading, the others are
/// paragraphs, and all the rest is one figure whose alternative text is the title and the description. The file is
/// PDF/UA-1, or plain PDF where the words cannot be (a letter that the fonts lack). There is no date in it, and the
/// same input gives the same bytes.
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
    let page =
        PageSettings::from_wh(width, height).ok_or(ExportError::PageSize { width, height })?;
    let refused = |error: KrillaError| ExportError::Pdf(error.to_string());
    let accessible = Validator::Ua(Accessibility::UA1);
    let configuration = ConfigurationBuilder::new().set_validator(accessible).finish();
    let settings = configuration
        .map(|configuration| SerializeSettings { configuration, ..SerializeSettings::default() });
    match settings.map(|settings| written(scene, scale, about, page.clone(), settings)) {
        Ok(Err(KrillaError::Validation(_))) | Err(_) => {
            written(scene, scale, about, page, SerializeSettings::default()).map_err(refused)
        }
        Ok(written) => written.map_err(refused),
    }
}

fn written(
    scene: &Scene,
    scale: f32,
    about: &About,
    page: PageSettings,
    settings: SerializeSettings,
) -> Result<Vec<u8>, KrillaError> {
    let mut document = Document::new_with(settings);
    let mut page = document.start_page_with(page);
    let mut surface = page.surface();
    surface.push_transform(&Transform::from_scale(scale, scale));
    let mut pdf = Pdf {
        surface: &mut surface,
        letters: Letters::default(),
        depth: 0,
        in_figure: false,
        read: Vec::new(),
    };
    pdf.ground(scene);
    vector::walk(scene, &mut pdf);
    pdf.leave_figure();
    let read = pdf.read;
    surface.pop();
    surface.finish();
    page.finish();
    document.set_tag_tree(tag_tree(read, about));
    document.set_metadata(
        Metadata::new()
            .title(about.title.clone())
            .description(format!("{} Source: {}", about.description, about.source))
            .creator(about.software.clone())
            .language(LANGUAGE.to_owned()),
    );
    let mut outline = Outline::new();
    let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    outline.push_child(OutlineNode::new(about.title.clone(), top));
    document.set_outline(outline);
    if let Some(record) = &about.record {
        // Read by Sitrep wherever in the file it stands; readers of PDF list it among the attachments.
        let _ = document.embed_file(EmbeddedFile {
            path: format!("{FIGURE_RECORD}.json"),
            mime_type: MimeType::new("application/json"),
            description: Some(
                "What this figure was made of, for Sitrep to open it again".to_owned(),
            ),
            association_kind: AssociationKind::Data,
            data: record.clone().into_bytes().into(),
            modification_date: None,
            compress: Some(true),
            location: None,
        });
    }
    document.finish()
}

/// What is read aloud: heading and paragraphs, with the figure where its first part stands.
fn tag_tree(read: Vec<Part>, about: &About) -> TagTree {
    let mut tags = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    let words = format!("{}. {}", about.title, about.description);
    let mut figure = TagGroup::new(Tag::Figure(Some(words)));
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for part in read {
        match part {
            Part::Figure(content) => figure.push(content),
            Part::Words(content) => {
                let in_front = figure.children.is_empty();
                let tag = if in_front && before.is_empty() {
                    TagGroup::new(Tag::Hn(NonZeroU16::MIN, Some(about.title.clone())))
                } else {
                    TagGroup::new(Tag::P)
                };
                let place = if in_front { &mut before } else { &mut after };
                place.push((tag, content));
            }
        }
    }
    let add = |tags: &mut TagTree, words: Vec<(TagGroup, Identifier)>| {
        for (mut group, content) in words {
            group.push(content);
            tags.push(group);
        }
    };
    add(&mut tags, before);
    tags.push(figure);
    add(&mut tags, after);
    tags
}

/// A part of the page, in the order in which it is painted.
enum Part {
    Figure(Identifier),
    Words(Identifier),
}

struct Pdf<'a, 'b> {
    surface: &'a mut Surface<'b>,
    letters: Letters,
    /// How many groups are open.
    depth: usize,
    /// Whether what is drawn is tagged as a part of the figure.
    in_figure: bool,
    read: Vec<Part>,
}

impl Pdf<'_, '_> {
    fn ground(&mut self, scene: &Scene) {
        let [red, green, blue, _] = scene.background.0;
        let page = Rect::from_min_size([0.0; 2], scene.size.width, scene.size.height);
        if let Some(path) = path_of(&[corners(&page)]) {
            let layout = Artifact::with_kind(ArtifactType::Layout);
            self.surface.start_tagged(ContentTag::Artifact(layout));
            self.paint(&path, Some(fill_of(Rgba([red, green, blue, 255]))), None);
            self.surface.end_tagged();
        }
    }

    fn enter_figure(&mut self) {
        if !self.in_figure {
            self.in_figure = true;
            self.read.push(Part::Figure(self.surface.start_tagged(ContentTag::Other)));
        }
    }

    fn leave_figure(&mut self) {
        if self.in_figure {
            self.in_figure = false;
            self.surface.end_tagged();
        }
    }

    fn paint(&mut self, path: &geom::Path, fill: Option<Fill>, stroke: Option<Stroke>) {
        // Without either, the path would be black.
        if fill.is_some() || stroke.is_some() {
            self.surface.set_fill(fill);
            self.surface.set_stroke(stroke);
            self.surface.draw_path(path);
        }
    }

    fn halo(&mut self, shaped: &ShapedText, at: [f32; 2], halo: Halo) {
        let line = Line { color: halo.color, width: 2.0 * halo.width, dash: None, butt: false };
        if let Some(path) = self.letters.outline(shaped, at).finish() {
            self.paint(&path, None, Some(stroke_of(line)));
        }
    }
}

impl Page for Pdf<'_, '_> {
    fn open(&mut self, _id: &str, clip: Option<Rect>) {
        self.enter_figure();
        self.depth += 1;
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
        self.depth -= 1;
        if clipped {
            self.surface.pop();
        }
    }

    fn shape(&mut self, contours: &[Polyline], fill: Option<Rgba>, line: Option<Line>) {
        if let Some(path) = path_of(contours) {
            self.enter_figure();
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
            self.enter_figure();
            self.paint(&path, fill.map(fill_of), line.map(stroke_of));
        }
    }

    fn text(&mut self, shaped: &ShapedText, at: [f32; 2], color: Rgba, halo: Option<Halo>) {
        let beside = self.depth == 0;
        if beside {
            self.leave_figure();
            let words = SpanTag::empty().with_lang(Some(LANGUAGE));
            self.read.push(Part::Words(self.surface.start_tagged(ContentTag::Span(words))));
        } else {
            self.enter_figure();
        }
        if let Some(halo) = halo {
            self.halo(shaped, at, halo);
        }
        self.surface.set_fill(Some(Fill { rule: FillRule::NonZero, ..fill_of(color) }));
        self.surface.set_stroke(None);
        for run in shaped.runs() {
            self.letters.draw(self.surface, shaped, run, at);
        }
        if beside {
            self.surface.end_tagged();
        }
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
