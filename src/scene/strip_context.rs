//! Context entries above the time strip's bars: votes, statements, agreements. What is drawn depends on
//! the axis alone, so that no title jumps while the window moves.

use super::strip::{CONTEXT_HEIGHT, StripLayout, StripUse};
use super::text::Shaper;
use super::theme::{Theme, style};
use super::{Circle, Item, Stroke, Text, shapes};
use crate::domain::Dataset;

/// A context entry's mark on the strip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ContextMark {
    /// Place in [`Dataset::context`].
    pub entry: usize,
    /// Middle of the mark.
    pub center: [f32; 2],
}

/// Entries of more days are a background, and no mark.
pub(crate) const LONGEST_DAYS: i32 = 31;
/// Radius of a mark.
const RADIUS: f32 = 2.4;
/// A title that takes more than this share of the strip is long.
const LONG_TITLE: f32 = 0.23;
/// Points between two titles.
const GAP: f32 = 12.0;
/// Points from the left end of a title to the middle of its mark.
const INDENT: f32 = 2.4;

/// The context entries of at most a month, where they lie above the bars.
fn marks(dataset: &Dataset, layout: &StripLayout) -> Vec<ContextMark> {
    let y = layout.rect.min[1] + CONTEXT_HEIGHT - RADIUS - 1.6;
    let entries = dataset.context.iter().enumerate();
    entries
        .filter_map(|(entry, context)| {
            let span = context.span.filter(|s| s.days() <= LONGEST_DAYS)?.shared(layout.axis)?;
            // The mark of days that have room stands at the first; it must not leave the strip.
            let half = (layout.day_width() / 2.0).min(RADIUS + 1.0);
            Some(ContextMark { entry, center: [layout.x(span.first()) + half, y] })
        })
        .collect()
}

/// How much a kind of context matters to a reader who sees only a few: deeds before words.
fn weight(kind: &str) -> u8 {
    match kind {
        "political" | "agreement" | "diplomatic" => 0,
        "deployment" | "alert" => 1,
        "threat" | "claim of responsibility" | "ceremony" => 2,
        "statement" => 3,
        _ => 4,
    }
}

/// Draws the marks, each with its title where there is room, the weightiest kinds first: from its mark to
/// the right, to the left or to both sides. Where the strip is only looked at, a mark without its title says
/// nothing and is left out. Gives the marks that are drawn.
pub(super) fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    dataset: &Dataset,
    layout: &StripLayout,
    used: StripUse,
    items: &mut Vec<Item>,
) -> Vec<ContextMark> {
    let mut marks = marks(dataset, layout);
    let mut order: Vec<usize> = (0..marks.len()).collect();
    // Of the same kind the earlier ones, but first those that leave room for others.
    let long = layout.bars.width() * LONG_TITLE;
    let mut width = |title: &str| shaper.shape(title, style::SMALL).width();
    order.sort_by_cached_key(|i| {
        let entry = &dataset.context[marks[*i].entry];
        (weight(&entry.kind), width(&entry.title) > long, marks[*i].entry)
    });
    let mut taken: Vec<[f32; 2]> = Vec::new();
    let mut titled = vec![false; marks.len()];
    let mut titles = Vec::new();
    for i in order {
        let x = marks[i].center[0];
        let shaped = shaper.shape(&dataset.context[marks[i].entry].title, style::SMALL);
        let width = shaped.width();
        let free = |from: f32| {
            from >= layout.bars.min[0] - INDENT - 1.0
                && from + width <= layout.bars.max[0]
                && taken.iter().all(|t| from + width + GAP <= t[0] || from >= t[1] + GAP)
        };
        let places = [x - INDENT, x + INDENT - width, x - width / 2.0];
        let Some(from) = places.into_iter().find(|from| free(*from)) else { continue };
        taken.push([from, from + width]);
        titled[i] = true;
        let origin = [from, layout.rect.min[1] - 1.0];
        titles.push(Item::Text(Text { origin, shaped, color: theme.text_muted, halo: None }));
    }
    if used == StripUse::Looked {
        let mut kept = titled.iter();
        marks.retain(|_| kept.next() == Some(&true));
        titled.retain(|titled| *titled);
    }
    spans(theme, dataset, layout, &marks, items);
    // Titled marks lie over the others.
    for with_title in [false, true] {
        for (mark, _) in marks.iter().zip(&titled).filter(|(_, t)| **t == with_title) {
            let color = if with_title { theme.text } else { theme.text_muted };
            items.push(Item::Circle(Circle {
                center: mark.center,
                radius: RADIUS,
                fill: Some(if with_title { theme.text_muted } else { theme.paper }),
                stroke: Some(Stroke::solid(color, if with_title { 0.8 } else { 1.0 })),
            }));
        }
    }
    items.extend(titles);
    marks
}

/// A line over all days of an entry of several, where that is longer than its mark.
fn spans(
    theme: &Theme,
    dataset: &Dataset,
    layout: &StripLayout,
    marks: &[ContextMark],
    items: &mut Vec<Item>,
) {
    for mark in marks {
        let span = dataset.context[mark.entry].span.and_then(|s| s.shared(layout.axis));
        let Some(to) = span.filter(|s| s.days() > 1).map(|s| layout.x(s.end())) else { continue };
        let [x, y] = mark.center;
        if to > x + 2.0 * RADIUS {
            let line = vec![[x, y], [to - 1.0, y]];
            items.push(shapes::line(line, Stroke::solid(theme.text_muted.with_alpha(90), 1.2)));
        }
    }
}
