//! Context entries above the time strip's bars: votes, statements, agreements.

use super::glyph::centered;
use super::strip::{CONTEXT_HEIGHT, StripLayout};
use super::text::Shaper;
use super::theme::{Theme, style};
use super::{Circle, Item, Stroke};
use crate::domain::Dataset;

/// A context entry's mark on the strip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ContextMark {
    /// Place in [`Dataset::context`].
    pub entry: usize,
    /// Middle of the mark.
    pub center: [f32; 2],
}

/// The context entries of at most a month, where they lie above the bars.
pub(super) fn marks(dataset: &Dataset, layout: &StripLayout) -> Vec<ContextMark> {
    let y = layout.rect.min[1] + CONTEXT_HEIGHT / 2.0 - 1.0;
    let entries = dataset.context.iter().enumerate();
    entries
        .filter_map(|(entry, context)| {
            let span = context.span.filter(|s| layout.axis.overlaps(*s) && s.days() <= 31)?;
            let first = span.first().max(layout.axis.first());
            Some(ContextMark { entry, center: [layout.x(first) + layout.day_width() / 2.0, y] })
        })
        .collect()
}

fn mark(theme: &Theme, mark: &ContextMark) -> Item {
    Item::Circle(Circle {
        center: mark.center,
        radius: 2.6,
        fill: Some(theme.paper),
        stroke: Some(Stroke::solid(theme.text_muted, 1.0)),
    })
}

/// Every mark; those with room up to the next carry their title.
pub(super) fn all(
    shaper: &mut Shaper,
    theme: &Theme,
    dataset: &Dataset,
    layout: &StripLayout,
    marks: &[ContextMark],
    items: &mut Vec<Item>,
) {
    for (i, mark) in marks.iter().enumerate() {
        items.push(self::mark(theme, mark));
        let [x, y] = mark.center;
        let alone_left = i == 0 || x - marks[i - 1].center[0] > 8.0;
        let room = marks.get(i + 1).map_or(layout.bars.max[0], |m| m.center[0]) - x - 12.0;
        let shaped = shaper.shape(&dataset.context[mark.entry].title, style::SMALL);
        if alone_left && shaped.width() <= room {
            let at = [x + 6.0 + shaped.width() / 2.0, y];
            items.push(Item::Text(centered(shaped, at, theme.text_muted, None)));
        }
    }
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

/// Only the marks whose title has room beside them, the weightiest kinds first.
pub(super) fn titled(
    shaper: &mut Shaper,
    theme: &Theme,
    dataset: &Dataset,
    layout: &StripLayout,
    mut marks: Vec<ContextMark>,
    items: &mut Vec<Item>,
) -> Vec<ContextMark> {
    marks.sort_by_key(|m| (weight(&dataset.context[m.entry].kind), m.entry));
    let mut taken: Vec<[f32; 2]> = Vec::new();
    let mut titled = Vec::new();
    for mark in marks {
        let [x, y] = mark.center;
        let shaped = shaper.shape(&dataset.context[mark.entry].title, style::SMALL);
        let w = shaped.width();
        let free = |from: f32, to: f32| {
            from >= layout.bars.min[0] - 4.0
                && to <= layout.bars.max[0]
                && taken.iter().all(|t| to + 14.0 <= t[0] || from >= t[1] + 14.0)
        };
        let middle = if free(x - 3.0, x + 6.0 + w) {
            x + 6.0 + w / 2.0
        } else if free(x - 6.0 - w, x + 3.0) {
            x - 6.0 - w / 2.0
        } else {
            continue;
        };
        taken.push([(middle - w / 2.0).min(x - 3.0), (middle + w / 2.0).max(x + 3.0)]);
        items.push(self::mark(theme, &mark));
        items.push(Item::Text(centered(shaped, [middle, y], theme.text_muted, None)));
        titled.push(mark);
    }
    titled
}
