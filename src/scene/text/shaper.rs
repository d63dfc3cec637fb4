//! Text to glyphs, with a bounded cache.

use std::collections::HashMap;
use std::mem;
use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontFamilyName, FontWeight, Layout,
    LayoutContext, OverflowWrap, PositionedLayoutItem, StyleProperty,
};

use super::shaped::{ASCENT, LINE_HEIGHT};
use super::{Face, Glyph, GlyphRun, ShapedText, TextStyle, Weight};

/// After this many texts the older half of the cache is let go.
const TEXTS_PER_GENERATION: usize = 4096;
/// What stands for the part that was cut off.
const ELLIPSIS: char = '…';

/// Where the lines of one text lie against each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// Left, or right when the text reads from right to left.
    #[default]
    Start,
    /// Centred.
    Center,
    /// Right, or left when the text reads from right to left.
    End,
}

/// Shapes text with the bundled fonts, and remembers what it has shaped.
///
/// ```
/// use sitrep_atlas::scene::text::{Shaper, TextStyle};
///
/// let mut shaper = Shaper::new();
/// let label = shaper.shape("Erbil أربيل", TextStyle::regular(9.0));
/// assert!(label.missing_glyphs().is_empty());
/// ```
pub struct Shaper {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    faces: [u64; Face::ALL.len()],
    young: Generation,
    old: Generation,
    young_texts: usize,
}

type Generation = HashMap<LayoutKey, HashMap<Arc<str>, Arc<ShapedText>>>;

/// Everything but the text that decides about the glyphs; lengths as bits, so that they hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct LayoutKey {
    size: u32,
    weight: Weight,
    letter_spacing: u32,
    max_width: Option<u32>,
    align: Align,
}

impl Shaper {
    /// A shaper with the bundled fonts and an empty cache.
    #[must_use]
    pub fn new() -> Self {
        let mut fonts = FontContext {
            collection: Collection::new(CollectionOptions { shared: false, system_fonts: false }),
            source_cache: SourceCache::default(),
        };
        let faces = Face::ALL.map(|face| {
            let blob = Blob::new(Arc::new(face.bytes()));
            let id = blob.id();
            let info = FontInfoOverride {
                family_name: Some(face.family()),
                weight: Some(font_weight(face.weight())),
                ..FontInfoOverride::default()
            };
            fonts.collection.register_fonts(blob, Some(info));
            id
        });
        Self {
            fonts,
            layouts: LayoutContext::new(),
            faces,
            young: HashMap::new(),
            old: HashMap::new(),
            young_texts: 0,
        }
    }

    /// Shapes a text whose only line breaks are those it holds.
    pub fn shape(&mut self, text: &str, style: TextStyle) -> Arc<ShapedText> {
        self.cached(text, style, None, Align::Start)
    }

    /// Shapes a text and breaks its lines at `max_width_pt` points; words that are longer are
    /// broken too. The box is as wide as the widest line, and `align` says where the others lie in it.
    pub fn wrap(
        &mut self,
        text: &str,
        style: TextStyle,
        max_width_pt: f32,
        align: Align,
    ) -> Arc<ShapedText> {
        self.cached(text, style, Some(max_width_pt), align)
    }

    /// Shapes a text as one line, with its end replaced by "…" where it is wider than `max_width_pt`
    /// points. What is narrower than "…" comes back as "…" alone.
    pub fn shape_within(
        &mut self,
        text: &str,
        style: TextStyle,
        max_width_pt: f32,
    ) -> Arc<ShapedText> {
        let line = text.replace(['\n', '\r'], " ");
        let whole = self.shape(&line, style);
        if whole.width() <= max_width_pt {
            return whole;
        }
        let mut cuts: Vec<usize> =
            whole.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.text_start).collect();
        cuts.sort_unstable();
        cuts.dedup();
        // Longer beginnings are wider, so the longest that fits is found by halving.
        let fitting = cuts.partition_point(|&cut| {
            self.layout(&ellipsized(&whole.text, cut), style, None, Align::Start).width
                <= max_width_pt
        });
        let cut = fitting.checked_sub(1).and_then(|last| cuts.get(last)).copied().unwrap_or(0);
        self.shape(&ellipsized(&whole.text, cut), style)
    }

    fn cached(
        &mut self,
        text: &str,
        style: TextStyle,
        max_width_pt: Option<f32>,
        align: Align,
    ) -> Arc<ShapedText> {
        let style = checked(style);
        let max_width_pt =
            max_width_pt.filter(|width| width.is_finite()).map(|width| width.max(style.size_pt));
        let key = LayoutKey {
            size: style.size_pt.to_bits(),
            weight: style.weight,
            letter_spacing: style.letter_spacing_pt.to_bits(),
            max_width: max_width_pt.map(f32::to_bits),
            align,
        };
        if let Some(shaped) = self.young.get(&key).and_then(|texts| texts.get(text)) {
            return Arc::clone(shaped);
        }
        let known = self.old.get_mut(&key).and_then(|texts| texts.remove(text));
        let shaped =
            known.unwrap_or_else(|| Arc::new(self.layout(text, style, max_width_pt, align)));
        if self.young_texts >= TEXTS_PER_GENERATION {
            self.old = mem::take(&mut self.young);
            self.young_texts = 0;
        }
        self.young.entry(key).or_default().insert(text.into(), Arc::clone(&shaped));
        self.young_texts += 1;
        shaped
    }

    fn layout(
        &mut self,
        text: &str,
        mut style: TextStyle,
        max_width_pt: Option<f32>,
        align: Align,
    ) -> ShapedText {
        let text = drawable(text);
        let families = [
            FontFamilyName::named(Face::Latin.family()),
            FontFamilyName::named(Face::Arabic.family()),
        ];
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, &text, 1.0, false);
        builder.push_default(FontFamily::from(&families[..]));
        builder.push_default(StyleProperty::FontSize(style.size_pt));
        builder.push_default(StyleProperty::FontWeight(font_weight(style.weight)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if text.chars().any(joins) {
            style.letter_spacing_pt = 0.0;
        }
        if style.letter_spacing_pt != 0.0 {
            builder.push_default(StyleProperty::LetterSpacing(style.letter_spacing_pt));
        }
        let mut layout: Layout<()> = builder.build(&text);
        layout.break_all_lines(max_width_pt);
        let alignment = match align {
            Align::Start => Alignment::Start,
            Align::Center => Alignment::Center,
            Align::End => Alignment::End,
        };
        layout.align(alignment, AlignmentOptions::default());
        self.collect(&layout, text, style)
    }

    fn collect(&self, layout: &Layout<()>, text: String, style: TextStyle) -> ShapedText {
        let right_to_left = layout.is_rtl();
        // The glyphs are moved so that the leftmost line starts at zero: the box is tight.
        let left = layout
            .lines()
            .map(|line| {
                let metrics = line.metrics();
                let hanging = if right_to_left { metrics.hanging_advance } else { 0.0 };
                metrics.offset + hanging
            })
            .reduce(f32::min)
            .unwrap_or(0.0);
        let mut runs = Vec::new();
        let mut baseline = style.size_pt * ASCENT;
        for line in layout.lines() {
            for item in line.items() {
                let PositionedLayoutItem::GlyphRun(run) = item else {
                    continue;
                };
                runs.extend(self.run(&run, [run.offset() - left, baseline], &text, style));
            }
            baseline += style.size_pt * LINE_HEIGHT;
        }
        let missing = missing_glyphs(&runs, &text);
        ShapedText {
            width: if text.is_empty() { 0.0 } else { layout.width() },
            text: text.into(),
            size_pt: style.size_pt,
            letter_spacing_pt: style.letter_spacing_pt,
            runs,
            lines: layout.len().max(1),
            right_to_left,
            missing,
        }
    }

    fn run(
        &self,
        glyph_run: &parley::GlyphRun<'_, ()>,
        [mut x, baseline]: [f32; 2],
        text: &str,
        style: TextStyle,
    ) -> Option<GlyphRun> {
        let run = glyph_run.run();
        let blob = run.font().data.id();
        let face = Face::ALL.into_iter().find(|face| self.faces[face.index()] == blob)?;
        let mut glyphs: Vec<Glyph> = Vec::new();
        // The later characters of a ligature have no glyph of their own: their bytes are added to
        // the ligature's, which comes after them in a run that reads from right to left.
        let mut pending_end = None;
        for cluster in run.visual_clusters() {
            let range = cluster.text_range();
            if cluster.is_ligature_continuation() {
                if run.is_rtl() {
                    pending_end = Some(pending_end.unwrap_or(range.end).max(range.end));
                } else if let Some(last) = glyphs.last_mut() {
                    last.text_end = last.text_end.max(range.end);
                }
                continue;
            }
            let text_end = pending_end.take().unwrap_or(range.end);
            for glyph in cluster.glyphs() {
                let is_break = text.get(range.clone()).is_some_and(|part| part.contains('\n'));
                if !is_break {
                    glyphs.push(Glyph {
                        id: glyph.id,
                        x: x + glyph.x,
                        y: baseline + glyph.y,
                        advance: glyph.advance,
                        text_start: range.start,
                        text_end,
                    });
                }
                x += glyph.advance;
            }
        }
        (!glyphs.is_empty()).then(|| GlyphRun {
            face,
            size_pt: style.size_pt,
            baseline,
            glyphs,
            text_range: run.text_range(),
            right_to_left: run.is_rtl(),
        })
    }
}

impl Default for Shaper {
    fn default() -> Self {
        Self::new()
    }
}

/// A style that cannot upset the layout: a size that is no positive number becomes zero.
fn checked(style: TextStyle) -> TextStyle {
    let or_zero = |value: f32| if value.is_finite() { value } else { 0.0 };
    TextStyle {
        size_pt: or_zero(style.size_pt).max(0.0),
        letter_spacing_pt: or_zero(style.letter_spacing_pt),
        ..style
    }
}

fn font_weight(weight: Weight) -> FontWeight {
    match weight {
        Weight::Regular => FontWeight::NORMAL,
        Weight::SemiBold => FontWeight::SEMI_BOLD,
    }
}

/// The text as it can be drawn. Line breaks stay; every other control character becomes a space.
/// The half rings of scholarly transliteration (ʿayn, hamza), which the fonts lack, become the
/// quotation marks that are commonly printed for them.
fn drawable(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => '\n',
            c if c.is_control() => ' ',
            'ʿ' | 'ʻ' => '‘',
            'ʾ' | 'ʼ' => '’',
            c => c,
        })
        .collect()
}

/// Whether the character is of a script whose letters join (Arabic and its extensions).
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

fn ellipsized(text: &str, cut: usize) -> String {
    let mut kept = text.get(..cut).unwrap_or_default().trim_end().to_owned();
    kept.push(ELLIPSIS);
    kept
}

fn missing_glyphs(runs: &[GlyphRun], text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    let unknown = runs.iter().flat_map(|run| &run.glyphs).filter(|glyph| glyph.id == 0);
    for glyph in unknown {
        for c in text.get(glyph.text_start..glyph.text_end).unwrap_or_default().chars() {
            if !missing.contains(&c) {
                missing.push(c);
            }
        }
    }
    missing
}
