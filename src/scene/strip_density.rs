//! The density of events where a day is too narrow for a bar: an area for each class, stacked, and hatched on
//! top what is known only to several days.

use super::bars::HATCH_STEP;
use super::theme::Theme;
use super::{Contour, Item, Rect, Stroke, shapes};
use crate::analysis::Density;
use crate::domain::{Code as _, Direction};

/// How high is at least what counts something, in points.
const LEAST_HEIGHT: f32 = 1.2;
/// Less mass than this, in events, is no mark of its own.
const NOTHING: f32 = 1e-4;

/// How many buckets a width has: one a point.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a width in points, held to what a screen has"
)]
pub(super) fn buckets(width: f32) -> usize {
    width.round().clamp(1.0, 10_000.0) as usize
}

/// Draws a density that fills its place where a bucket has the mass `top`.
pub(super) fn draw(theme: &Theme, density: &Density, top: f32, place: Rect, items: &mut Vec<Item>) {
    let Rect { min: [left, y0], max: [right, base] } = place;
    #[expect(clippy::cast_precision_loss, reason = "at most ten thousand buckets")]
    let width = (right - left) / density.exact.len() as f32;
    let full = base - y0;
    // Points by bucket: how high one event is there. Low ones are raised as a whole, so that classes
    // keep their shares.
    let scale: Vec<f32> = density
        .heights()
        .map(|mass| {
            let height = (mass / top * full).min(full);
            let is_mark = mass > Density::lonely_peak() / 4.0;
            let drawn = if is_mark { height.max(LEAST_HEIGHT) } else { height };
            if mass > NOTHING { drawn / mass } else { 0.0 }
        })
        .collect();
    let mut floor = vec![base; scale.len()];
    for (position, class) in Direction::ALL.iter().copied().enumerate() {
        let mass: Vec<f32> = density.exact.iter().map(|m| m[position]).collect();
        let contours = layer(&mass, &scale, &mut floor, [left, width]);
        if !contours.is_empty() {
            items.push(shapes::area(contours, Some(theme.class(class)), None));
        }
    }
    let contours = layer(&density.spread, &scale, &mut floor, [left, width]);
    if contours.is_empty() {
        return;
    }
    let lines = contours
        .iter()
        .flat_map(|c| {
            let bounds = Rect::around(c.points.iter().copied()).unwrap_or(place);
            shapes::hatch(std::slice::from_ref(c), bounds, HATCH_STEP)
        })
        .collect();
    items.push(shapes::area(contours, Some(theme.hatch.with_alpha(40)), None));
    items.push(shapes::lines(lines, Stroke::solid(theme.hatch, 0.7)));
}

/// The areas of a mass on top of what is below it, one for each run of buckets that have any; what is below
/// is raised by it.
fn layer(mass: &[f32], scale: &[f32], floor: &mut [f32], [left, width]: [f32; 2]) -> Vec<Contour> {
    #[expect(clippy::cast_precision_loss, reason = "at most ten thousand buckets")]
    let middle = |bucket: usize| left + (bucket as f32 + 0.5) * width;
    let mut contours = Vec::new();
    let mut at = 0;
    while at < mass.len() {
        if mass[at] <= NOTHING {
            at += 1;
            continue;
        }
        let end = mass[at..].iter().position(|m| *m <= NOTHING).map_or(mass.len(), |n| at + n);
        // The run begins and ends on the floor, half a bucket beyond its outermost middles.
        let foot = |x: f32, bucket: usize| [x, floor[bucket]];
        let mut points = vec![foot(middle(at) - width / 2.0, at)];
        points.extend((at..end).map(|b| [middle(b), floor[b] - mass[b] * scale[b]]));
        points.push(foot(middle(end - 1) + width / 2.0, end - 1));
        points.extend((at..end).rev().map(|b| [middle(b), floor[b]]));
        for bucket in at..end {
            floor[bucket] -= mass[bucket] * scale[bucket];
        }
        contours.push(shapes::closed(points));
        at = end;
    }
    contours
}
