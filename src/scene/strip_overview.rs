//! The line of the whole record below a strip that shows a piece of it, so that nobody takes the ends of the
//! piece for those of the record.

use super::strip::{Overview, StripLayout};
use super::text::Shaper;
use super::theme::{Theme, style};
use super::{Item, Rect, Stroke, Text, shapes};
use crate::analysis::words;
use crate::domain::DaySpan;

/// Width of the piece on the line at least.
const LEAST_PIECE: f32 = 6.0;
/// Height of the piece.
const PIECE_HEIGHT: f32 = 5.0;
/// Points between the line and the words at its ends.
const GAP: f32 = 5.0;

impl Overview {
    /// From where to where some days lie on the line.
    fn place(&self, days: DaySpan, least: f32) -> [f32; 2] {
        let (from, to) = (self.x(days.first()), self.x(days.end()));
        let [left, right] = [self.rect.min[0], self.rect.max[0]];
        let slack = (least - (to - from)).max(0.0) / 2.0;
        let from = (from - slack).max(left).min(right - least);
        [from, (to + slack).max(from + least)]
    }
}

/// The line, its first and last month in words, and the piece.
pub(super) fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    layout: &StripLayout,
    items: &mut Vec<Item>,
) {
    let Some(overview) = &layout.overview else { return };
    let Rect { min: [left, top], max: [right, bottom] } = overview.rect;
    let y = f32::midpoint(top, bottom) + 1.0;
    items.push(shapes::line(vec![[left, y], [right, y]], Stroke::solid(theme.rule, 1.2)));
    let [from, to] = overview.place(layout.axis, LEAST_PIECE);
    let half = PIECE_HEIGHT / 2.0;
    let piece = Rect { min: [from, y - half], max: [to, y + half] };
    let shape = shapes::closed(shapes::rounded(piece, half));
    items.push(shapes::area(vec![shape], Some(theme.text_muted.with_alpha(150)), None));
    let ends = [overview.whole.first(), overview.whole.last()].map(words::month_short);
    for (i, words) in ends.into_iter().enumerate() {
        let shaped = shaper.shape(&words, style::SMALL);
        let (width, height) = (shaped.width(), shaped.height());
        let x = if i == 0 { left } else { right - width };
        if from < x + width + GAP && to > x - GAP {
            continue;
        }
        let ground = Rect { min: [x - GAP, top], max: [x + width + GAP, bottom] };
        let ground =
            Rect { min: [ground.min[0].max(left), top], max: [ground.max[0].min(right), bottom] };
        items.push(shapes::filled(ground, theme.paper));
        let origin = [x, y - height / 2.0];
        items.push(Item::Text(Text { origin, shaped, color: theme.text_muted, halo: None }));
    }
}

/// Where the window lies on the line.
pub(super) fn window(theme: &Theme, window: DaySpan, layout: &StripLayout, items: &mut Vec<Item>) {
    let Some(overview) = &layout.overview else { return };
    let [from, to] = overview.place(window, 2.0);
    let y = f32::midpoint(overview.rect.min[1], overview.rect.max[1]) + 1.0;
    let mark = Rect { min: [from, y - 1.5], max: [to, y + 1.5] };
    items.push(shapes::filled(mark, theme.accent));
}
