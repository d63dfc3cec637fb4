//! The words of a PDF, drawn so that programs which take text out of it read them as they were written.
//!
//! Such programs put glyphs back into words by where they lie. Two things mislead them in Arabic. A ligature that
//! stands for two letters is one glyph read from left to right, so its letters are turned round: here the glyph stands
//! for the last letter only, and the others are said by glyphs of [`BLANK`], in which there is nothing to be seen.
//! And a gap between two letters as wide as a tenth of the type is read as a space: here it is closed a little.
//!
//! Must not know tags or pages.

use std::borrow::Cow;
use std::ops::Range;

use krilla::geom::{PathBuilder, Point};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::outlines::{Outlines, Step};
use super::vector::rounded;
use crate::scene::text::{Face, Glyph, GlyphRun, ShapedText};

/// A font with a glyph for each Arabic letter, with nothing to be seen (`assets/fonts/build.py`).
const BLANK: &[u8] = include_bytes!("../../assets/fonts/SitrepBlank.ttf");
/// The widest gap within an Arabic word, in em: poppler takes 0.1 em for a space, `PDFium` a quarter of a letter, 0.075.
const WIDEST_GAP_EM: f32 = 0.074;
/// By how much a gap may be closed, in em. The fonts have no gap that would need more in the names of the record.
const MOST_CLOSED_EM: f32 = 0.04;
/// How wide a glyph of [`BLANK`] is, in em. Readers pass over a glyph without width, and poppler ends a word where a
/// letter begins less than 0.1 em after the one before it, or 0.2 em before that one's end.
const BLANK_EM: f32 = 0.15;

/// Fonts as they are put into a PDF, and their outlines.
#[derive(Default)]
pub(super) struct Letters {
    outlines: Outlines,
    fonts: [Option<Font>; Face::ALL.len()],
    blank: Option<Font>,
}

/// Glyphs of one font that are drawn in one go, in points.
struct Piece {
    blank: bool,
    start: f32,
    pen: f32,
    glyphs: Vec<KrillaGlyph>,
}

impl Letters {
    /// The outlines of all letters of a text whose box has its top left corner at the point.
    pub(super) fn outline(&mut self, shaped: &ShapedText, [left, top]: [f32; 2]) -> PathBuilder {
        // One path for all letters: where two outlines overlap, neither is seen through the other.
        let mut path = PathBuilder::new();
        for run in shaped.runs() {
            let scale = run.size_pt / self.outlines.units_per_em(run.face);
            for (glyph, at) in run.glyphs.iter().zip(self.places(shaped, run)) {
                let place = |[x, y]: [f32; 2]| {
                    [left + x.mul_add(scale, at), top + (-y).mul_add(scale, glyph.y)].map(rounded)
                };
                for step in self.outlines.glyph(run.face, glyph.id) {
                    append(&mut path, step, place);
                }
            }
        }
        path
    }

    /// Draws a run with the fill that the surface has.
    pub(super) fn draw(
        &mut self,
        surface: &mut Surface<'_>,
        shaped: &ShapedText,
        run: &GlyphRun,
        [left, top]: [f32; 2],
    ) {
        if run.size_pt <= 0.0 {
            return;
        }
        for piece in self.pieces(shaped, run) {
            let font = if piece.blank { self.blank() } else { self.font(run.face) };
            let Some(font) = font else { continue };
            let start = Point::from_xy(rounded(left + piece.start), rounded(top + run.baseline));
            let said =
                if run.right_to_left { as_drawn(shaped.text()) } else { shaped.text().into() };
            surface.draw_glyphs(start, &piece.glyphs, font, &said, run.size_pt, false);
        }
    }

    fn pieces(&mut self, shaped: &ShapedText, run: &GlyphRun) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut add = |blank: bool, x: f32, advance: f32, y: f32, id: u32, said: Range<usize>| {
            if pieces.last().is_none_or(|piece| piece.blank != blank) {
                pieces.push(Piece { blank, start: x, pen: x, glyphs: Vec::new() });
            }
            let Some(piece) = pieces.last_mut() else { return };
            let [advance_em, dx, dy] = [advance, x - piece.pen, y].map(|pt| pt / run.size_pt);
            piece.pen += advance;
            let id = GlyphId::new(id);
            piece.glyphs.push(KrillaGlyph::new(id, advance_em, dx, dy, 0.0, said, None));
        };
        let mut blanks = Vec::new();
        let places = self.places(shaped, run);
        for (glyph, x) in run.glyphs.iter().zip(places) {
            let y = run.baseline - glyph.y;
            let Some((last, others)) = ligature(shaped.text(), run, glyph) else {
                add(false, x, glyph.advance, y, glyph.id, glyph.text_start..glyph.text_end);
                continue;
            };
            add(false, x, glyph.advance, y, glyph.id, last);
            // They end where the ligature ends, as the letters that they say.
            let mut end = x + self.width(run, glyph);
            for (id, said) in others.into_iter().rev() {
                end -= BLANK_EM * run.size_pt;
                blanks.push((end, id, said));
            }
            while let Some((x, id, said)) = blanks.pop() {
                add(true, x, BLANK_EM * run.size_pt, 0.0, id, said);
            }
        }
        pieces
    }

    /// Where each glyph of a run begins, in points from the left edge of the text.
    fn places(&mut self, shaped: &ShapedText, run: &GlyphRun) -> Vec<f32> {
        let mut places: Vec<f32> = run.glyphs.iter().map(|glyph| glyph.x).collect();
        if !run.right_to_left {
            return places;
        }
        for next in 1..run.glyphs.len() {
            let pair = [&run.glyphs[next - 1], &run.glyphs[next]];
            let said = |glyph: &Glyph| shaped.text().get(glyph.text_start..glyph.text_end);
            let in_word = pair.iter().all(|g| said(g).is_some_and(|s| !s.contains(' ')));
            let gap = pair[1].x - pair[0].x - self.width(run, pair[0]);
            let excess = gap - WIDEST_GAP_EM * run.size_pt;
            if in_word && (0.0..=MOST_CLOSED_EM * run.size_pt).contains(&excess) {
                // What is left of the gap comes nearer, so that the end of the word stays.
                places[..next].iter_mut().for_each(|x| *x += excess);
            }
        }
        places
    }

    /// How wide the font says that a glyph is, in points.
    fn width(&mut self, run: &GlyphRun, glyph: &Glyph) -> f32 {
        let units = self.outlines.units_per_em(run.face);
        self.outlines.advance(run.face, glyph.id) / units * run.size_pt
    }

    fn font(&mut self, face: Face) -> Option<Font> {
        let font = &mut self.fonts[face.index()];
        if font.is_none() {
            *font = Font::new(face.bytes().into(), 0);
        }
        font.clone()
    }

    fn blank(&mut self) -> Option<Font> {
        if self.blank.is_none() {
            self.blank = Font::new(BLANK.into(), 0);
        }
        self.blank.clone()
    }
}

/// The text of a run from right to left with its brackets as they are drawn there, mirrored. Programs that take text out
/// of a PDF put the signs into their order by where they lie, and would open with a closing bracket. Each sign has as many
/// bytes as its mirror.
fn as_drawn(text: &str) -> Cow<'_, str> {
    const MIRRORED: [[char; 2]; 5] = [['(', ')'], ['[', ']'], ['{', '}'], ['<', '>'], ['«', '»']];
    let mirror = |c: char| {
        let pair = MIRRORED.iter().find(|pair| pair.contains(&c))?;
        Some(if pair[0] == c { pair[1] } else { pair[0] })
    };
    if text.chars().all(|c| mirror(c).is_none()) {
        return text.into();
    }
    text.chars().map(|c| mirror(c).unwrap_or(c)).collect()
}

/// What a ligature of a run from right to left stands for: its last letter, and from left to right the glyphs of
/// [`BLANK`] that say the letters before it; `None` for a glyph that stands for one letter, or shares its letters.
#[expect(clippy::type_complexity, reason = "read by one caller, a line below its name")]
fn ligature(
    text: &str,
    run: &GlyphRun,
    glyph: &Glyph,
) -> Option<(Range<usize>, Vec<(u32, Range<usize>)>)> {
    let said = glyph.text_start..glyph.text_end;
    let shares = |other: &&Glyph| other.text_start < said.end && said.start < other.text_end;
    if !run.right_to_left || run.glyphs.iter().filter(shares).count() > 1 {
        return None;
    }
    let letters = text.get(said.clone())?.char_indices().rev();
    let mut letters = letters.map(|(at, letter)| {
        let start = said.start + at;
        (blank_glyph(letter), start..start + letter.len_utf8())
    });
    let (_, last) = letters.next()?;
    let others: Option<Vec<_>> = letters.map(|(id, range)| Some((id?, range))).collect();
    others.filter(|others| !others.is_empty()).map(|others| (last, others))
}

/// The glyph of [`BLANK`] for a letter, as its script lays them out.
fn blank_glyph(letter: char) -> Option<u32> {
    match u32::from(letter) {
        code @ 0x600..=0x6FF => Some(code - 0x600 + 1),
        code @ 0x750..=0x77F => Some(code - 0x750 + 0x101),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::text::{Shaper, TextStyle};

    fn pieces(text: &str) -> Vec<(bool, Vec<String>)> {
        let shaped = Shaper::new().shape(text, TextStyle::semi_bold(10.0));
        let mut letters = Letters::default();
        let pieces = shaped.runs().iter().flat_map(|run| letters.pieces(&shaped, run));
        let said = |glyph: &KrillaGlyph| shaped.text()[glyph.text_range.clone()].to_owned();
        pieces.map(|p| (p.blank, p.glyphs.iter().map(said).collect())).collect()
    }

    #[test]
    fn a_ligature_says_its_last_letter_and_blanks_say_the_others() {
        // From left to right: the end of the word first.
        let is = pieces("عين");
        let is: Vec<_> = is.iter().map(|(blank, said)| (*blank, said.concat())).collect();
        assert_eq!(is, [(false, "ن".into()), (true, "ي".into()), (false, "ع".into())]);
        assert!(pieces("حلب").iter().all(|(blank, _)| !blank));
        assert!(pieces("office").iter().all(|(blank, _)| !blank));
    }

    #[test]
    fn a_bracket_between_arabic_words_is_said_as_it_is_drawn() {
        assert_eq!(as_drawn("هجمات (2022) «x» [y]"), "هجمات )2022( »x« ]y[");
        let plain = "بغداد";
        assert!(matches!(as_drawn(plain), Cow::Borrowed(text) if text == plain));
    }

    #[test]
    fn a_gap_in_a_word_is_narrower_than_what_is_read_as_a_space() {
        let shaped = Shaper::new().shape("سوريا", TextStyle::semi_bold(10.0));
        let (mut letters, run) = (Letters::default(), &shaped.runs()[0]);
        let widest = |letters: &mut Letters, xs: &[f32]| {
            let pairs = xs.windows(2).zip(&run.glyphs);
            let gaps = pairs.map(|(x, glyph)| x[1] - x[0] - letters.width(run, glyph));
            gaps.fold(f32::MIN, f32::max)
        };
        let shaped_at: Vec<f32> = run.glyphs.iter().map(|glyph| glyph.x).collect();
        assert!(widest(&mut letters, &shaped_at) > 1.0, "the font no longer has the gap");
        let places = letters.places(&shaped, run);
        assert!(widest(&mut letters, &places) <= 0.741, "{places:?}");
        assert!(places.iter().zip(&shaped_at).all(|(is, was)| (is - was).abs() <= 0.4));
    }

    #[test]
    fn the_blank_font_has_the_glyphs_that_are_asked_of_it() {
        use skrifa::MetadataProvider as _;
        let font = skrifa::FontRef::new(BLANK).unwrap();
        let letters = ('\u{600}'..='\u{6FF}').chain('\u{750}'..='\u{77F}');
        for letter in letters {
            let glyph = blank_glyph(letter).unwrap();
            assert_eq!(font.charmap().map(letter).unwrap().to_u32(), glyph, "{letter}");
        }
        assert_eq!(blank_glyph('f'), None);
    }
}
