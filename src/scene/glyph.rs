//! The glyph of a place: its area is the count, with shares by class, the number, and the site's history.
//!
//! A disc is for the site itself; the forms for places that are known less closely are in `vague_glyph`.

use std::sync::Arc;

use super::bars::{self, Bar};
use super::marks::SiteMark;
use super::name_spots::Disc;
use super::strip::StripLayout;
use super::symbol_scale::SymbolScale;
use super::text::Shaper;
use super::theme::{Theme, size, style};
use super::{Circle, Dash, Item, Rect, Rgba, Stroke, Text, shapes, vague_glyph};
use crate::analysis::age::MOST_BANDS;
use crate::analysis::engine::PlaceCount;
use crate::analysis::{MonthCount, PlaceClass, Selection, words};
use crate::domain::{Code as _, Direction};

/// The colour of each class.
pub(super) type ClassColor<'t> = Box<dyn Fn(Direction) -> Rgba + 't>;

/// What a glyph shows: counts by class in the days shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SiteCount {
    /// Certain events in the window, by direction in the order of the code list.
    pub present: [usize; 6],
    /// Certain events before the window (mode "since start"), by direction likewise.
    pub past: [usize; 6],
    /// Of the certain ones, those older than the newest band of age, where the view fades: by band and class.
    pub older: [[usize; 6]; MOST_BANDS - 1],
    /// Events that only may belong.
    pub possible: usize,
}

impl SiteCount {
    /// Counts what is shown at a place, given by its number in the record. This is the one way in which the map
    /// asks what a place has.
    #[must_use]
    pub fn at(selection: &Selection, place: u32) -> Self {
        let mut count = Self::default();
        count.add_place(selection, place);
        count
    }

    /// Counts what is shown at one more place; whether anything is.
    pub(super) fn add_place(&mut self, selection: &Selection, number: u32) -> bool {
        if !selection.shows_place(number) {
            return false;
        }
        self.add(&selection.place_count(number));
        if selection.fades() {
            for (band, more) in self.older.iter_mut().zip(selection.older(number)) {
                for (count, more) in band.iter_mut().zip(more) {
                    *count += more as usize;
                }
            }
        }
        true
    }

    /// The certain ones in layers, the newest first, each with its colours: by age where the view fades, else what
    /// is in the window and what is before it.
    pub(super) fn layers<'t>(&self, theme: &'t Theme) -> Vec<([usize; 6], ClassColor<'t>)> {
        let older: [usize; 6] = std::array::from_fn(|c| self.older.iter().map(|b| b[c]).sum());
        if older.iter().all(|n| *n == 0) {
            let past: ClassColor<'t> = Box::new(|d| theme.past(d));
            return vec![(self.present, Box::new(|d| theme.class(d))), (self.past, past)];
        }
        let newest = std::array::from_fn(|c| self.present[c] + self.past[c] - older[c]);
        let mut layers: Vec<([usize; 6], ClassColor<'t>)> =
            vec![(newest, Box::new(|d| theme.class(d)))];
        for (age, band) in self.older.iter().enumerate() {
            layers.push((*band, Box::new(move |d| theme.aged(d, age))));
        }
        layers
    }

    fn add(&mut self, more: &PlaceCount) {
        for class in 0..6 {
            self.present[class] += more.present[class] as usize;
            self.past[class] += more.past[class] as usize;
        }
        self.possible += more.possible as usize;
    }

    /// Certain events, then possible ones.
    #[must_use]
    pub fn both(&self) -> [usize; 2] {
        [self.certain(), self.possible]
    }

    /// Certain events, past ones included.
    #[must_use]
    pub fn certain(&self) -> usize {
        self.present.iter().chain(&self.past).sum()
    }

    /// Whether nothing is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.certain() + self.possible == 0
    }

    /// The class with most events in the window; attacks when there are none.
    #[must_use]
    pub fn main_class(&self) -> Direction {
        let best = (0..6).rev().max_by_key(|&i| self.present[i]).filter(|&i| self.present[i] > 0);
        best.map_or(Direction::AttackOnCoalition, |i| Direction::ALL[i])
    }
}

/// The radius that a glyph has for a count.
#[must_use]
pub fn glyph_radius(count: &SiteCount, scale: SymbolScale) -> f32 {
    scale.radius(count.certain().max(1))
}

/// A line from the place to a glyph that had to stand beside it; it ends in a dot at a site, in a small
/// circle where only a radius is known, and in nothing in a governorate.
#[must_use]
pub fn leader(mark: &SiteMark, theme: &Theme) -> Vec<Item> {
    let far = (mark.center[0] - mark.anchor[0]).hypot(mark.center[1] - mark.anchor[1]);
    if far <= 3.0 {
        return Vec::new();
    }
    let line = Stroke::solid(theme.text_muted, 0.8);
    let mut items = vec![shapes::line(vec![mark.anchor, mark.center], line)];
    let end = |fill, stroke| {
        let (center, radius) = (mark.anchor, 1.8);
        Item::Circle(Circle { center, radius, fill: Some(fill), stroke: Some(stroke) })
    };
    match mark.place.class {
        PlaceClass::Spot => items.push(end(theme.text_muted, Stroke::solid(theme.halo, 0.8))),
        PlaceClass::Radius => items.push(end(theme.land, line)),
        _ => {}
    }
    items
}

/// Draws the glyph of a class of place.
pub(super) fn glyph(
    shaper: &mut Shaper,
    theme: &Theme,
    class: PlaceClass,
    count: &SiteCount,
    (center, r): Disc,
    items: &mut Vec<Item>,
) {
    match class {
        PlaceClass::Spot if count.certain() == 0 => {
            let stroke = Some(hollow_rim(theme, count, 1.6));
            let fill = Some(theme.plate);
            items.push(Item::Circle(Circle { center, radius: r, fill, stroke }));
        }
        PlaceClass::Spot => {
            disc(theme, count, center, r, items);
            let stroke = Some(Stroke::solid(theme.glyph_outline, size::GLYPH_OUTLINE));
            items.push(Item::Circle(Circle { center, radius: r, fill: None, stroke }));
        }
        PlaceClass::Radius => vague_glyph::ring(theme, count, center, r, items),
        _ => vague_glyph::plate(theme, count, center, r, items),
    }
    let middle = match class {
        PlaceClass::Spot | PlaceClass::Radius => center,
        _ => [center[0], center[1] - vague_glyph::number_lift(r)],
    };
    number(shaper, theme, class, count, middle, r, items);
}

/// The dashed rim of a glyph that has only possible events.
pub(super) fn hollow_rim(theme: &Theme, count: &SiteCount, width: f32) -> Stroke {
    let dash = Some(Dash { on: 2.5, off: 2.0 });
    Stroke { dash, ..Stroke::solid(theme.class(count.main_class()), width) }
}

fn disc(theme: &Theme, count: &SiteCount, center: [f32; 2], r: f32, items: &mut Vec<Item>) {
    let layers = count.layers(theme);
    let total = count.certain();
    // The older is the paler, larger disc behind the newer, each with the area of its count and the newer
    // ones'. All touch at the foot, so that a small newer one is not hidden by the number.
    let mut behind = total;
    for (counts, color) in layers.iter().rev() {
        let n: usize = counts.iter().sum();
        if n > 0 {
            let radius = r * share(behind, total).sqrt();
            let foot = [center[0], center[1] + r - radius];
            // The outermost has the glyph's own rim.
            wedges(theme, counts, color, (foot, radius), behind == total, items);
        }
        behind -= n;
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
pub(super) fn share(n: usize, of: usize) -> f32 {
    n as f32 / of.max(1) as f32
}

/// Colour and count of each class that has events; beyond four the smallest share a neutral one.
pub(super) fn slices(counts: &[usize; 6], color: impl Fn(Direction) -> Rgba) -> Vec<(Rgba, usize)> {
    let mut slices: Vec<(Rgba, usize)> = Direction::ALL
        .iter()
        .zip(counts)
        .filter(|(_, n)| **n > 0)
        .map(|(d, n)| (color(*d), *n))
        .collect();
    if slices.len() > 4 {
        slices.sort_by_key(|s| std::cmp::Reverse(s.1));
        let rest = slices.drain(3..).map(|s| s.1).sum();
        slices.push((color(Direction::Other), rest));
    }
    slices
}

/// A disc with a wedge for each class that has events. The largest is the whole disc below the others: whole
/// discs cost a painter next to nothing, and most glyphs are nearly one.
fn wedges(
    theme: &Theme,
    counts: &[usize; 6],
    color: impl Fn(Direction) -> Rgba,
    (center, radius): Disc,
    has_rim: bool,
    items: &mut Vec<Item>,
) {
    let total: usize = counts.iter().sum();
    let slices = slices(counts, color);
    let largest = (0..slices.len()).rev().max_by_key(|i| slices[*i].1);
    let Some((fill, _)) = largest.map(|i| slices[i]) else { return };
    items.push(Item::Circle(Circle { center, radius, fill: Some(fill), stroke: None }));
    if slices.len() < 2 {
        return;
    }
    let (mut from, mut edges) = (0.0, Vec::new());
    for (i, (fill, n)) in slices.iter().enumerate() {
        let to = from + share(*n, total);
        let wedge = shapes::wedge(center, radius, from, to);
        edges.extend(wedge.first().map(|rim| [center, *rim]));
        if Some(i) != largest {
            items.push(shapes::area(vec![shapes::closed(wedge)], Some(*fill), None));
        }
        from = to;
    }
    let line = Stroke::solid(theme.glyph_outline, 0.8);
    items.push(shapes::lines(edges, line));
    if !has_rim {
        items.push(Item::Circle(Circle { center, radius, fill: None, stroke: Some(line) }));
    }
}

/// The middle of what stands beside a glyph for events that are only possible.
fn more_at([x, y]: [f32; 2], radius: f32, width: f32) -> [f32; 2] {
    [x + radius * 0.78 + width / 2.0, y - radius * 0.78 - 3.0]
}

/// The room of what stands beside a glyph for events that are only possible; `None` where nothing does.
pub(super) fn more_box(count: &SiteCount, (center, radius): Disc) -> Option<Rect> {
    // About the width of "+1?" and of each digit more.
    const BASE: f32 = 17.0;
    const DIGIT: f32 = 6.0;
    if count.certain() == 0 || count.possible == 0 {
        return None;
    }
    let digits = count.possible.checked_ilog10().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "a few digits")]
    let width = BASE + DIGIT * digits as f32;
    let [x, y] = more_at(center, radius, width);
    let height = style::SMALL_STRONG.size_pt * 1.2;
    Some(Rect::from_min_size([x - width / 2.0, y - height / 2.0], width, height))
}

/// The size in points of the number in a glyph.
pub(super) fn count_size(radius: f32) -> f32 {
    // In steps, so that the digits of a size are rasterised once for many counts.
    (radius * 1.64).round().clamp(2.0 * style::COUNT.size_pt, 44.0) / 2.0
}

fn number(
    shaper: &mut Shaper,
    theme: &Theme,
    class: PlaceClass,
    count: &SiteCount,
    center: [f32; 2],
    r: f32,
    items: &mut Vec<Item>,
) {
    let certain = count.certain();
    let newest: usize = count.layers(theme).first().map_or(0, |(counts, _)| counts.iter().sum());
    let text_style = super::text::TextStyle { size_pt: count_size(r), ..style::COUNT };
    if certain > 0 {
        let shaped = shaper.shape(&words::thousands(certain), text_style);
        let color = if class != PlaceClass::Spot {
            theme.text
        } else if newest * 2 >= certain {
            theme.on_class(count.main_class())
        } else {
            theme.text
        };
        let mixed =
            class == PlaceClass::Spot && count.present.iter().filter(|n| **n > 0).count() > 1;
        // Wide enough to keep the edges of wedges away from the digits.
        let width = (r * 0.12).clamp(1.2, 3.0);
        // A disc of newer events that reaches up to the digits would show through them.
        let cored = class == PlaceClass::Spot && newest * 8 > certain && newest * 2 < certain;
        let under = if cored { theme.land } else { theme.class(count.main_class()) };
        let halo = (mixed || cored).then_some(super::Halo { color: under, width });
        items.push(Item::Text(centered(shaped, center, color, halo)));
    }
    if count.possible > 0 {
        let text = if certain == 0 {
            format!("{}?", words::thousands(count.possible))
        } else {
            format!("+{}?", words::thousands(count.possible))
        };
        if certain == 0 {
            let shaped = shaper.shape(&text, style::COUNT);
            items.push(Item::Text(centered(shaped, center, theme.text, None)));
        } else {
            let shaped = shaper.shape(&text, style::SMALL_STRONG);
            let at = more_at(center, r, shaped.width());
            items.push(Item::Text(centered(shaped, at, theme.text, Some(theme.map_halo()))));
        }
    }
}

/// Text with the middle of its box at a point.
#[must_use]
pub fn centered(
    shaped: Arc<super::text::ShapedText>,
    [x, y]: [f32; 2],
    color: Rgba,
    halo: Option<super::Halo>,
) -> Text {
    // Digits and capitals have no descenders: the middle of their height is above that of the line.
    let lift = shaped.ascent() - shaped.size_pt() * 0.35;
    Text { origin: [x - shaped.width() / 2.0, y - lift], shaped, color, halo }
}

/// Width of a site's history below its glyph, in points.
pub const HISTORY_WIDTH: f32 = 36.0;
/// Height of a site's history below its glyph, in points.
pub const HISTORY_HEIGHT: f32 = 8.0;

/// Fewest events in a month that fill the height of a history.
const HISTORY_FLOOR: f32 = 4.0;

/// A small stacked bar for each month, in the colours of the classes: those of the window strong, the
/// others in the paler colours of the past.
///
/// The layout's axis runs from the first to the last of the months.
pub fn history(theme: &Theme, months: &[MonthCount], layout: &StripLayout, items: &mut Vec<Item>) {
    let Rect { min: [left, _], max: [right, base] } = layout.bars;
    items.push(shapes::filled(layout.bars.grown(1.0), theme.land.with_alpha(190)));
    items.push(shapes::line(
        vec![[left, base], [right, base]],
        Stroke::solid(theme.text_muted, 0.5),
    ));
    let top = bars::top(months.iter().map(|m| &m.count), HISTORY_FLOOR);
    for strong in [false, true] {
        let bars: Vec<Bar<'_>> = months
            .iter()
            .filter(|m| m.in_window == strong)
            .map(|m| Bar { place: layout.bar(m.days), count: &m.count })
            .collect();
        let color = |class| if strong { theme.class(class) } else { theme.past(class) };
        bars::stacked(&bars, top, theme.hatch, color, items);
    }
}
