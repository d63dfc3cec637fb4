//! The outcome of shaping: glyphs at their places.

use std::ops::Range;
use std::sync::Arc;

use super::Face;
use crate::scene::{Rect, Size};

/// Height of a line as a multiple of the font size; the same for Latin and Arabic, so that rows
/// keep their distance whatever is written in them.
pub(super) const LINE_HEIGHT: f32 = 1.35;
/// Distance from the top of a line to its baseline as a multiple of the font size.
pub(super) const ASCENT: f32 = 1.0;

/// Text as glyphs. The origin is the top left corner of the text's box; lengths are points, y down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShapedText {
    pub(super) text: Arc<str>,
    pub(super) size_pt: f32,
    pub(super) letter_spacing_pt: f32,
    pub(super) runs: Vec<GlyphRun>,
    pub(super) width: f32,
    pub(super) lines: usize,
    pub(super) right_to_left: bool,
    pub(super) missing: Vec<char>,
}

/// Glyphs of one font file that lie side by side on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// The font file that the glyph numbers count in.
    pub face: Face,
    /// Font size (em) in points.
    pub size_pt: f32,
    /// Where the run's baseline lies, from the top of the text's box, in points.
    pub baseline: f32,
    /// The glyphs, from left to right.
    pub glyphs: Vec<Glyph>,
    /// Which bytes of the text the run stands for.
    pub text_range: Range<usize>,
    /// Whether the run reads from right to left.
    pub right_to_left: bool,
}

/// One glyph at its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Glyph number in the font file.
    pub id: u32,
    /// Where the glyph's origin lies, from the left of the text's box, in points.
    pub x: f32,
    /// Where the glyph's baseline lies, from the top of the text's box, in points.
    pub y: f32,
    /// Distance to the next glyph in points.
    pub advance: f32,
    /// First byte of the text that the glyph stands for.
    pub text_start: usize,
    /// End of the bytes of the text that the glyph stands for.
    pub text_end: usize,
}

impl ShapedText {
    /// The text as it is drawn: without control characters, and with quotation marks for the half
    /// rings of transliteration, which the fonts lack.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Font size (em) in points.
    #[must_use]
    pub fn size_pt(&self) -> f32 {
        self.size_pt
    }

    /// Extra space after each letter in points, as it was given to the glyphs: zero for Arabic.
    #[must_use]
    pub fn letter_spacing_pt(&self) -> f32 {
        self.letter_spacing_pt
    }

    /// The runs: lines from the top, each from left to right.
    #[must_use]
    pub fn runs(&self) -> &[GlyphRun] {
        &self.runs
    }

    /// Width of the widest line in points, without spaces at the line's end.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.width
    }

    /// Height of all lines in points.
    #[must_use]
    pub fn height(&self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a text has few lines")]
        let lines = self.lines as f32;
        lines * self.line_height()
    }

    /// Width and height in points.
    #[must_use]
    pub fn size(&self) -> Size {
        Size { width: self.width, height: self.height() }
    }

    /// The text's box when its top left corner is put at `origin`.
    #[must_use]
    pub fn box_at(&self, origin: [f32; 2]) -> Rect {
        Rect::from_min_size(origin, self.width, self.height())
    }

    /// Distance between two baselines in points.
    #[must_use]
    pub fn line_height(&self) -> f32 {
        self.size_pt * LINE_HEIGHT
    }

    /// Distance from the top of the box to the baseline of the first line, in points.
    #[must_use]
    pub fn ascent(&self) -> f32 {
        self.size_pt * ASCENT
    }

    /// Number of lines; at least one, unless the value is the default one.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// Whether the first strong character is of a right-to-left script.
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        self.right_to_left
    }

    /// Characters that no bundled font has, each once, in the order of the text; they are drawn as
    /// the font's empty box.
    #[must_use]
    pub fn missing_glyphs(&self) -> &[char] {
        &self.missing
    }
}
