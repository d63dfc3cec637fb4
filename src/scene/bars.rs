//! Bars of counts over days, stacked by class: on the time strip, and in the history of a site.

use super::{Contour, Item, Rect, Rgba, Stroke, shapes};
use crate::analysis::BarCount;
use crate::domain::{Code as _, Direction};

/// A bar: the place that it may fill, and what it counts.
pub(super) struct Bar<'a> {
    pub(super) place: Rect,
    pub(super) count: &'a BarCount,
}

/// How high a bar that counts something is at least, in points.
const LEAST_HEIGHT: f32 = 1.5;
/// Distance of the hatch lines of a bar.
pub(super) const HATCH_STEP: f32 = 3.0;

/// How many events a bar of the full height stands for: the fullest bar's, and never fewer than `floor`.
#[must_use]
pub(super) fn top<'a>(counts: impl IntoIterator<Item = &'a BarCount>, floor: f32) -> f32 {
    counts.into_iter().map(height).fold(floor, f32::max)
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
fn height(count: &BarCount) -> f32 {
    count.exact_total() as f32 + count.spread
}

/// Draws bars that count `top` events where they fill their place: classes from the bottom in the order of
/// their list, and on them, hatched, what may lie in the bar's days.
pub(super) fn stacked(
    bars: &[Bar<'_>],
    top: f32,
    hatch: Rgba,
    color: impl Fn(Direction) -> Rgba,
    items: &mut Vec<Item>,
) {
    let mut by_class: [Vec<Contour>; 6] = Default::default();
    let mut possible: Vec<Rect> = Vec::new();
    for bar in bars.iter().filter(|b| height(b.count) > 0.0) {
        let Rect { min: [x0, y0], max: [x1, base] } = bar.place;
        let drawn = (height(bar.count) / top * (base - y0)).max(LEAST_HEIGHT);
        let step = drawn / height(bar.count);
        let mut y = base;
        for (class, n) in bar.count.exact.iter().enumerate().filter(|(_, n)| **n > 0) {
            #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
            let up = y - *n as f32 * step;
            let corners = shapes::corners(Rect { min: [x0, up], max: [x1, y] });
            by_class[class].push(shapes::closed(corners));
            y = up;
        }
        if bar.count.spread > 0.0 {
            possible.push(Rect { min: [x0, y - bar.count.spread * step], max: [x1, y] });
        }
    }
    for (class, contours) in by_class.into_iter().enumerate().filter(|(_, c)| !c.is_empty()) {
        items.push(shapes::area(contours, Some(color(Direction::ALL[class])), None));
    }
    if possible.is_empty() {
        return;
    }
    // Mass without a bar of its own: hatched, never a solid spike.
    let contours: Vec<_> = possible.iter().map(|r| shapes::closed(shapes::corners(*r))).collect();
    let lines = contours
        .iter()
        .zip(&possible)
        .flat_map(|(c, r)| shapes::hatch(std::slice::from_ref(c), *r, HATCH_STEP))
        .collect();
    items.push(shapes::area(contours, Some(hatch.with_alpha(40)), None));
    items.push(shapes::lines(lines, Stroke::solid(hatch, 0.7)));
}
