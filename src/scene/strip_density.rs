//! The density of events where a day is too narrow for a bar: an area for each class, stacked, and hatched on
//! top what is known only to several days.

use std::ops::Range;

use super::bars::HATCH_STEP;
use super::strip::StripLayout;
use super::theme::Theme;
use super::{Contour, Item, Rect, Stroke, shapes};
use crate::analysis::{Buckets, Density};
use crate::domain::{Code as _, Direction};

/// How high is at least what counts something, in points.
const LEAST_HEIGHT: f32 = 1.2;
/// Less mass than this, in events, is no mark of its own.
const NOTHING: f32 = 1e-4;

/// Where the buckets of a density stand, one a point. They are counted from the first day of the whole record, so
/// that each holds the same hours while the axis is moved; the outermost are cut where the axis ends.
pub(super) struct Columns {
    pub(super) buckets: Buckets,
    /// Those on the axis.
    pub(super) shown: Range<usize>,
    place: Rect,
    /// Left edge of the first.
    left: f32,
    width: f32,
}

impl Columns {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a width in points, held to what a screen has, and a part of a bucket"
    )]
    pub(super) fn of(layout: &StripLayout) -> Self {
        let place = layout.bars;
        let count = place.width().round().clamp(1.0, 10_000.0);
        let days = f64::from(layout.axis.days()) / f64::from(count);
        let buckets = Buckets { whole: layout.whole, days };
        let (shown, width) = (buckets.of(layout.axis), place.width() / count);
        let before = (buckets.place(layout.axis) - shown.start as f64) as f32;
        Self { buckets, shown, place, left: place.min[0] - before * width, width }
    }

    /// Left edge of a bucket, counted from the first on the axis, or its cut.
    pub(super) fn x(&self, bucket: usize) -> f32 {
        self.at(bucket, 0.0)
    }

    fn at(&self, bucket: usize, part: f32) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "at most ten thousand buckets")]
        let x = self.left + (bucket as f32 + part) * self.width;
        x.clamp(self.place.min[0], self.place.max[0])
    }
}

/// Draws a density that fills its place where a bucket has the mass `top`.
pub(super) fn draw(
    theme: &Theme,
    density: &Density,
    top: f32,
    columns: &Columns,
    items: &mut Vec<Item>,
) {
    let place = columns.place;
    let (y0, base) = (place.min[1], place.max[1]);
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
        let contours = layer(&mass, &scale, &mut floor, columns);
        if !contours.is_empty() {
            items.push(shapes::area(contours, Some(theme.class(class)), None));
        }
    }
    let contours = layer(&density.spread, &scale, &mut floor, columns);
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
fn layer(mass: &[f32], scale: &[f32], floor: &mut [f32], columns: &Columns) -> Vec<Contour> {
    let mut contours = Vec::new();
    let mut at = 0;
    while at < mass.len() {
        if mass[at] <= NOTHING {
            at += 1;
            continue;
        }
        let end = mass[at..].iter().position(|m| *m <= NOTHING).map_or(mass.len(), |n| at + n);
        // The run begins and ends on the floor, half a bucket beyond its outermost middles.
        let middle = |bucket: usize| columns.at(bucket, 0.5);
        let mut points = vec![[columns.x(at), floor[at]]];
        points.extend((at..end).map(|b| [middle(b), floor[b] - mass[b] * scale[b]]));
        points.push([columns.x(end), floor[end - 1]]);
        points.extend((at..end).rev().map(|b| [middle(b), floor[b]]));
        for bucket in at..end {
            floor[bucket] -= mass[bucket] * scale[bucket];
        }
        contours.push(shapes::closed(points));
        at = end;
    }
    contours
}
