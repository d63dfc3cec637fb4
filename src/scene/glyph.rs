//! The glyph of a site: a disc whose area is the count, wedges by class, the number, and its history.

use std::sync::Arc;

use super::bars::{self, Bar};
use super::marks::{SiteMark, radius};
use super::shapes;
use super::strip::StripLayout;
use super::text::Shaper;
use super::theme::{Theme, size, style};
use super::{Circle, Dash, Item, Rect, Rgba, Stroke, Text};
use crate::analysis::{Certainty, MonthCount, Selection, words};
use crate::domain::{Code as _, Dataset, Direction, SiteIndex};

/// What a site's glyph shows: counts by class in the days shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteCount {
    /// Certain events in the window, by direction in the order of the code list.
    pub present: [usize; 6],
    /// Certain events before the window (mode "since start"), by direction likewise.
    pub past: [usize; 6],
    /// Events that only may belong.
    pub possible: usize,
    /// Events of all these whose place is only known to an area.
    pub vague: usize,
}

impl SiteCount {
    /// Counts what is shown at a site.
    #[must_use]
    pub fn of(dataset: &Dataset, selection: &Selection, site: SiteIndex) -> Self {
        let mut count = Self::default();
        for shown in selection.at(site) {
            count.vague += usize::from(!dataset.event(shown.event).precision.is_exact());
            let class = dataset.event(shown.event).direction.position();
            match (shown.certainty, shown.past) {
                (Certainty::Possible, _) => count.possible += 1,
                (Certainty::Certain, true) => count.past[class] += 1,
                (Certainty::Certain, false) => count.present[class] += 1,
            }
        }
        count
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

    /// Whether the glyph only stands for an area: no event is known to happen at its place.
    #[must_use]
    pub fn stands_for_area(&self) -> bool {
        self.vague > 0 && self.vague == self.certain() + self.possible
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
pub fn glyph_radius(count: &SiteCount) -> f32 {
    radius(count.certain().max(1))
}

/// A line from the place to a glyph that had to stand beside it.
#[must_use]
pub fn leader(mark: &SiteMark, theme: &Theme) -> Option<[Item; 2]> {
    let far = (mark.center[0] - mark.anchor[0]).hypot(mark.center[1] - mark.anchor[1]);
    (far > 3.0).then(|| {
        [
            shapes::line(vec![mark.anchor, mark.center], Stroke::solid(theme.text_muted, 0.8)),
            Item::Circle(Circle {
                center: mark.anchor,
                radius: 1.8,
                fill: Some(theme.text_muted),
                stroke: Some(Stroke::solid(theme.halo, 0.8)),
            }),
        ]
    })
}

/// Draws the glyph with its middle at `center`; dashed when it only stands for an area.
pub fn glyph(
    shaper: &mut Shaper,
    theme: &Theme,
    count: &SiteCount,
    center: [f32; 2],
    items: &mut Vec<Item>,
) {
    let r = glyph_radius(count);
    let class = count.main_class();
    let area = count.stands_for_area();
    let dash = area.then_some(Dash { on: 3.0, off: 2.0 });
    if count.certain() == 0 {
        items.push(Item::Circle(Circle {
            center,
            radius: r,
            fill: Some(theme.plate),
            stroke: Some(Stroke {
                dash: Some(Dash { on: 2.5, off: 2.0 }),
                ..Stroke::solid(theme.class(class), 1.6)
            }),
        }));
    } else {
        disc(theme, count, center, r, items);
        let ring = if area { theme.text } else { theme.glyph_outline };
        items.push(Item::Circle(Circle {
            center,
            radius: r,
            fill: None,
            stroke: Some(Stroke { dash, ..Stroke::solid(ring, size::GLYPH_OUTLINE) }),
        }));
    }
    number(shaper, theme, count, center, r, items);
}

fn disc(theme: &Theme, count: &SiteCount, center: [f32; 2], r: f32, items: &mut Vec<Item>) {
    let (present, past) = (count.present.iter().sum::<usize>(), count.past.iter().sum::<usize>());
    let inner = if past > 0 { r * share(present, present + past).sqrt() } else { r };
    // The past is the paler, larger disc behind what is in the window.
    wedges(theme, &count.past, |d| theme.past(d), (center, r), items);
    wedges(theme, &count.present, |d| theme.class(d), (center, inner), items);
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
fn share(n: usize, of: usize) -> f32 {
    n as f32 / of.max(1) as f32
}

/// A disc with a wedge for each class that has events; beyond four the smallest share a neutral one.
fn wedges(
    theme: &Theme,
    counts: &[usize; 6],
    color: impl Fn(Direction) -> Rgba,
    (center, radius): ([f32; 2], f32),
    items: &mut Vec<Item>,
) {
    let total: usize = counts.iter().sum();
    let mut slices: Vec<(Rgba, usize)> = Direction::ALL
        .iter()
        .zip(counts)
        .filter(|(_, n)| **n > 0)
        .map(|(d, n)| (color(*d), *n))
        .collect();
    if let [(only, _)] = slices[..] {
        items.push(Item::Circle(Circle { center, radius, fill: Some(only), stroke: None }));
        return;
    }
    if slices.len() > 4 {
        slices.sort_by_key(|s| std::cmp::Reverse(s.1));
        let rest = slices.drain(3..).map(|s| s.1).sum();
        slices.push((color(Direction::Other), rest));
    }
    let mut from = 0.0;
    for (fill, n) in slices {
        let to = from + share(n, total);
        let outline = Stroke::solid(theme.glyph_outline, 0.8);
        let wedge = shapes::closed(shapes::wedge(center, radius, from, to));
        items.push(shapes::area(vec![wedge], Some(fill), Some(outline)));
        from = to;
    }
}

fn number(
    shaper: &mut Shaper,
    theme: &Theme,
    count: &SiteCount,
    center: [f32; 2],
    r: f32,
    items: &mut Vec<Item>,
) {
    let certain = count.certain();
    let present: usize = count.present.iter().sum();
    let text_style = super::text::TextStyle {
        size_pt: (r * 0.82).clamp(style::COUNT.size_pt, 22.0),
        ..style::COUNT
    };
    if certain > 0 {
        let shaped = shaper.shape(&words::thousands(certain), text_style);
        let color =
            if present * 2 >= certain { theme.on_class(count.main_class()) } else { theme.text };
        let mixed = count.present.iter().filter(|n| **n > 0).count() > 1;
        // Wide enough to keep the edges of wedges away from the digits.
        let width = (r * 0.12).clamp(1.2, 3.0);
        let halo = mixed.then_some(super::Halo { color: theme.class(count.main_class()), width });
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
            let at = [center[0] + r * 0.78 + shaped.width() / 2.0, center[1] - r * 0.78 - 3.0];
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
