//! A scene as an SVG file: groups keep their ids, lengths are points, and the order is that of the scene.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::lines::Polyline;
use super::outlines::{Outlines, Step};
use super::vector::{self, About, Line, PARTS, Page, rounded};
use crate::analysis::FIGURE_RECORD;
use crate::scene::text::{Face, GlyphRun, ShapedText, Weight};
use crate::scene::{Halo, Rect, Rgba, Scene};

/// What letters are in an SVG.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SvgText {
    /// Outlines, which look the same everywhere.
    #[default]
    Outlines,
    /// Text that can be edited, in fonts that the reader needs to have.
    Live,
}

/// Writes a scene as an SVG file; one point of it is `scale` points on paper.
///
/// Names that the file needs for itself begin with an underscore; the ids of groups are made unique by a
/// number at their end. The same input gives the same bytes.
#[must_use]
pub fn figure_svg(scene: &Scene, scale: f32, about: &About, text: SvgText) -> String {
    let mut svg = Svg { text, ..Svg::default() };
    vector::walk(scene, &mut svg);
    let [width, height] = [scene.size.width, scene.size.height];
    let mut out = String::with_capacity(svg.body.len() + 65_536);
    out.push_str(&format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         width=\"{}pt\" height=\"{}pt\" viewBox=\"0 0 {} {}\" role=\"img\" \
         aria-labelledby=\"_title _description\" xml:lang=\"en\" fill=\"none\" \
         stroke-linejoin=\"round\" stroke-linecap=\"round\">\n\
         <title id=\"_title\">{}</title>\n<desc id=\"_description\">{}</desc>\n\
         <metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
         xmlns:cc=\"http://creativecommons.org/ns#\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <cc:Work rdf:about=\"\"><dc:source>{}</dc:source><dc:publisher><cc:Agent><dc:title>{}</dc:title>\
         </cc:Agent></dc:publisher></cc:Work></rdf:RDF>{}</metadata>\n",
        number(width * scale),
        number(height * scale),
        number(width),
        number(height),
        escaped(&about.title),
        escaped(&about.description),
        escaped(&about.source),
        escaped(&about.software),
        about.record.as_deref().map_or_else(String::new, record_element),
    ));
    svg.definitions(&mut out);
    let ground =
        fill_of(Rgba([scene.background.0[0], scene.background.0[1], scene.background.0[2], 255]));
    out.push_str(&format!(
        "<rect width=\"{}\" height=\"{}\"{ground}/>\n{}</svg>\n",
        number(width),
        number(height),
        svg.body
    ));
    out
}

#[derive(Default)]
struct Svg {
    text: SvgText,
    body: String,
    ids: BTreeSet<String>,
    clips: Vec<Rect>,
    outlines: Outlines,
    /// The glyphs that were used, as path data; `None` for those without an outline.
    glyphs: BTreeMap<(Face, u32), Option<String>>,
}

impl Svg {
    fn definitions(&self, out: &mut String) {
        let glyphs = self.glyphs.iter().filter_map(|(key, path)| Some((key, path.as_ref()?)));
        let mut inside = String::new();
        for (number, clip) in self.clips.iter().enumerate() {
            inside.push_str(&format!("<clipPath id=\"_c{number}\">{}</clipPath>\n", rect(clip)));
        }
        for ((face, id), path) in glyphs {
            inside.push_str(&format!("<path id=\"_g{}.{id}\" d=\"{path}\"/>\n", face.index()));
        }
        if !inside.is_empty() {
            out.push_str(&format!("<defs>\n{inside}</defs>\n"));
        }
    }

    fn unique(&mut self, id: &str) -> String {
        // A name with an underscore before it is one of the file's own.
        let clean = |c: char| if c.is_whitespace() || !is_xml(c) { '-' } else { c };
        let mut id: String = id.chars().map(clean).collect();
        if id.is_empty() || id.starts_with('_') {
            id.insert_str(0, "group");
        }
        let mut unique = id.clone();
        let mut number = 2;
        while !self.ids.insert(unique.clone()) {
            unique = format!("{id}-{number}");
            number += 1;
        }
        unique
    }

    fn clip(&mut self, clip: Rect) -> usize {
        self.clips.iter().position(|known| *known == clip).unwrap_or_else(|| {
            self.clips.push(clip);
            self.clips.len() - 1
        })
    }

    /// The glyphs of a text, as uses of their outlines, in units of the font.
    fn uses(&mut self, run: &GlyphRun, units: f32) -> String {
        let mut uses = String::new();
        for glyph in &run.glyphs {
            let key = (run.face, glyph.id);
            let outlines = &mut self.outlines;
            let path =
                self.glyphs.entry(key).or_insert_with(|| path_data(&outlines.glyph(key.0, key.1)));
            if path.is_some() {
                let place = |name: &str, length: f32| match (length * units).round() {
                    0.0 => String::new(),
                    units => format!(" {name}=\"{units}\""),
                };
                uses.push_str(&format!(
                    "<use xlink:href=\"#_g{}.{}\"{}{}/>",
                    run.face.index(),
                    glyph.id,
                    place("x", glyph.x - run.glyphs[0].x),
                    place("y", glyph.y - run.baseline),
                ));
            }
        }
        uses
    }

    fn outlined(&mut self, shaped: &ShapedText, at: [f32; 2], color: Rgba, halo: Option<Halo>) {
        let mut inside = String::new();
        let runs: Vec<(String, String, f32)> = shaped
            .runs()
            .iter()
            .filter(|run| run.size_pt > 0.0)
            .map(|run| {
                let units = self.outlines.units_per_em(run.face) / run.size_pt;
                let place = format!(
                    "transform=\"translate({} {}) scale({})\"",
                    number(at[0] + run.glyphs[0].x),
                    number(at[1] + run.baseline),
                    decimals(1.0 / units, 6),
                );
                (place, self.uses(run, units), units)
            })
            .filter(|(_, uses, _)| !uses.is_empty())
            .collect();
        if let Some(halo) = halo {
            // All outlines lie below all letters, and are seen through as one.
            let Rgba([.., alpha]) = halo.color;
            let opacity = opacity("opacity", alpha);
            let color = hex(halo.color);
            inside.push_str(&format!("<g stroke=\"{color}\"{opacity}>"));
            for (place, uses, units) in &runs {
                let width = (2.0 * halo.width * units).round();
                inside.push_str(&format!("<g {place} stroke-width=\"{width}\">{uses}</g>"));
            }
            inside.push_str("</g>");
        }
        for (place, uses, _) in &runs {
            inside.push_str(&format!("<g {place}>{uses}</g>"));
        }
        let (label, fill) = (escaped(shaped.text()), fill_of(color));
        self.body.push_str(&format!("<g aria-label=\"{label}\"{fill}>{inside}</g>\n"));
    }

    fn live(&mut self, shaped: &ShapedText, at: [f32; 2], color: Rgba, halo: Option<Halo>) {
        let halo = halo.map_or_else(String::new, |halo| {
            let opacity = opacity("stroke-opacity", halo.color.0[3]);
            let (color, width) = (hex(halo.color), number(2.0 * halo.width));
            format!(" stroke=\"{color}\"{opacity} stroke-width=\"{width}\" paint-order=\"stroke\"")
        });
        let weight = match shaped.runs().first().map(|run| run.face.weight()) {
            Some(Weight::SemiBold) => " font-weight=\"600\"",
            _ => "",
        };
        let spacing = match shaped.letter_spacing_pt() {
            0.0 => String::new(),
            spacing => format!(" letter-spacing=\"{}\"", number(spacing)),
        };
        let mut inside = String::new();
        for piece in pieces(shaped) {
            // Text that reads from right to left starts at its right end.
            let (x, direction) = if piece.right_to_left {
                (piece.right, " direction=\"rtl\" unicode-bidi=\"embed\"")
            } else {
                (piece.left, "")
            };
            inside.push_str(&format!(
                "<text x=\"{}\" y=\"{}\" xml:space=\"preserve\"{direction}>{}</text>",
                number(at[0] + x),
                number(at[1] + piece.baseline),
                escaped(piece.words),
            ));
        }
        let [latin, arabic] = [Face::Latin, Face::Arabic].map(Face::family);
        self.body.push_str(&format!(
            "<g text-rendering=\"geometricPrecision\" font-family=\"'{latin}', '{arabic}', sans-serif\" font-size=\"{}\"{weight}{spacing}{}{halo}>\
             {inside}</g>\n",
            number(shaped.size_pt()),
            fill_of(color),
        ));
    }
}

impl Page for Svg {
    fn open(&mut self, id: &str, clip: Option<Rect>) {
        let id = escaped(&self.unique(id));
        self.body.push_str(&format!("<g id=\"{id}\""));
        if let Some(clip) = clip {
            let number = self.clip(clip);
            self.body.push_str(&format!(" clip-path=\"url(#_c{number})\""));
        }
        self.body.push_str(">\n");
    }

    fn close(&mut self, _clipped: bool) {
        self.body.push_str("</g>\n");
    }

    fn shape(&mut self, contours: &[Polyline], fill: Option<Rgba>, line: Option<Line>) {
        self.body.push_str("<path");
        if let Some(color) = fill {
            self.body.push_str(&fill_of(color));
            self.body.push_str(" fill-rule=\"evenodd\"");
        }
        if let Some(line) = line {
            self.body.push_str(&line_of(line));
        }
        self.body.push_str(" d=\"");
        for contour in contours {
            contour_data(contour, &mut self.body);
        }
        self.body.push_str("\"/>\n");
    }

    fn circle(&mut self, [x, y]: [f32; 2], radius: f32, fill: Option<Rgba>, line: Option<Line>) {
        self.body.push_str(&format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}{}/>\n",
            number(x),
            number(y),
            number(radius),
            fill.map_or_else(String::new, fill_of),
            line.map_or_else(String::new, line_of),
        ));
    }

    fn text(&mut self, shaped: &ShapedText, at: [f32; 2], color: Rgba, halo: Option<Halo>) {
        match self.text {
            SvgText::Outlines => self.outlined(shaped, at, color, halo),
            SvgText::Live => self.live(shaped, at, color, halo),
        }
    }
}

/// Words of one line that read in one direction, whatever their fonts.
struct Piece<'a> {
    words: &'a str,
    range: Range<usize>,
    right_to_left: bool,
    left: f32,
    right: f32,
    baseline: f32,
}

/// The text as few pieces, each of which a reader can lay out by itself.
fn pieces(shaped: &ShapedText) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for run in shaped.runs() {
        let (Some(first), Some(last)) = (run.glyphs.first(), run.glyphs.last()) else { continue };
        let (range, right) = (run.text_range.clone(), last.x + last.advance);
        let before = pieces.last_mut().filter(|piece| {
            // To the bit: runs of one line are given the same number.
            let same_line = piece.baseline.to_bits() == run.baseline.to_bits();
            let meets = if run.right_to_left {
                range.end == piece.range.start
            } else {
                piece.range.end == range.start
            };
            same_line && meets && piece.right_to_left == run.right_to_left
        });
        if let Some(piece) = before {
            piece.range = piece.range.start.min(range.start)..piece.range.end.max(range.end);
            piece.right = right;
        } else {
            let (right_to_left, baseline) = (run.right_to_left, run.baseline);
            pieces.push(Piece { words: "", range, right_to_left, left: first.x, right, baseline });
        }
    }
    for piece in &mut pieces {
        piece.words =
            shaped.text().get(piece.range.clone()).unwrap_or_default().trim_end_matches('\n');
    }
    pieces.retain(|piece| !piece.words.trim().is_empty());
    pieces
}

/// Straight lines as path data: the first point, then steps from point to point.
fn contour_data(contour: &Polyline, out: &mut String) {
    #[expect(clippy::cast_possible_truncation, reason = "a cast to i64 saturates")]
    let parts = |point: [f32; 2]| point.map(|v| (v * PARTS).round() as i64);
    let mut at = [0, 0];
    for (index, &point) in contour.points.iter().enumerate() {
        let point = parts(point);
        out.push_str(match index {
            0 => "M",
            1 => "l",
            _ => " ",
        });
        let [dx, dy] = [0, 1].map(|axis| hundredths(point[axis] - at[axis]));
        out.push_str(&dx);
        if !dy.starts_with('-') {
            out.push(' ');
        }
        out.push_str(&dy);
        at = point;
    }
    if contour.closed {
        out.push('z');
    }
}

fn path_data(steps: &[Step]) -> Option<String> {
    let mut data = String::new();
    let mut points = |letter: char, points: &[[f32; 2]]| {
        data.push(letter);
        for (index, [x, y]) in points.iter().enumerate() {
            let gap = if index > 0 { " " } else { "" };
            data.push_str(&format!("{gap}{} {}", decimals(*x, 1), decimals(-*y, 1)));
        }
    };
    for step in steps {
        match step {
            Step::Move(to) => points('M', &[*to]),
            Step::Line(to) => points('L', &[*to]),
            Step::Quad(to) => points('Q', to),
            Step::Cubic(to) => points('C', to),
            Step::Close => points('Z', &[]),
        }
    }
    (!data.is_empty()).then_some(data)
}

fn rect(rect: &Rect) -> String {
    let [x, y] = rect.min.map(number);
    let [width, height] = [rect.width(), rect.height()].map(number);
    format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>")
}

fn fill_of(color: Rgba) -> String {
    format!(" fill=\"{}\"{}", hex(color), opacity("fill-opacity", color.0[3]))
}

fn line_of(line: Line) -> String {
    let dash = line.dash.map_or_else(String::new, |dash| {
        format!(" stroke-dasharray=\"{} {}\"", number(dash.on), number(dash.off))
    });
    format!(
        " stroke=\"{}\"{} stroke-width=\"{}\"{dash}{}",
        hex(line.color),
        opacity("stroke-opacity", line.color.0[3]),
        number(line.width),
        if line.butt { " stroke-linecap=\"butt\"" } else { "" },
    )
}

fn hex(Rgba([red, green, blue, _]): Rgba) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn opacity(name: &str, alpha: u8) -> String {
    match alpha {
        255 => String::new(),
        alpha => format!(" {name}=\"{}\"", decimals(f32::from(alpha) / 255.0, 3)),
    }
}

/// What the figure was made of, as an element of its own. Quotation marks need no escape between tags.
fn record_element(record: &str) -> String {
    let record = record.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("\n<{FIGURE_RECORD} xmlns=\"urn:x-sitrep:figure\">{record}</{FIGURE_RECORD}>\n")
}

/// A length in points.
fn number(length: f32) -> String {
    decimals(rounded(length), 2)
}

/// A number with at most so many decimals.
fn decimals(number: f32, most: usize) -> String {
    let text = format!("{number:.most$}");
    let short = if most > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// Hundredths as a number with at most two decimals.
fn hundredths(parts: i64) -> String {
    let sign = if parts < 0 { "-" } else { "" };
    let (whole, rest) = (parts.unsigned_abs() / 100, parts.unsigned_abs() % 100);
    match rest {
        0 => format!("{sign}{whole}"),
        rest if rest % 10 == 0 => format!("{sign}{whole}.{}", rest / 10),
        rest => format!("{sign}{whole}.{rest:02}"),
    }
}

/// Whether XML 1.0 allows the character.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Text as it may stand in XML, between tags and in attributes alike.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            c if is_xml(c) => out.push(c),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_minus_nothing() {
        for (length, written) in
            [(1.0, "1"), (-0.001, "0"), (12.345, "12.35"), (-3.1, "-3.1"), (100.0, "100")]
        {
            assert_eq!(number(length), written);
        }
        for (parts, written) in [(0, "0"), (-5, "-0.05"), (120, "1.2"), (-101, "-1.01")] {
            assert_eq!(hundredths(parts), written);
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        let text = "</title><script>alert(\"1\")</script>&\u{0}\u{FFFE}\n";
        let safe = escaped(text);
        assert!(!safe.contains(['<', '>', '"', '\u{0}', '\u{FFFE}', '\n']), "{safe}");
        assert!(safe.starts_with("&lt;/title&gt;"));
    }

    #[test]
    fn an_id_is_given_once_and_never_one_of_the_files_own() {
        let mut svg = Svg::default();
        let ids = ["a", "a", "a-2", "a", "", "_c0", "a b"].map(|id| svg.unique(id));
        assert_eq!(ids, ["a", "a-2", "a-2-2", "a-3", "group", "group_c0", "a-b"]);
    }
}
