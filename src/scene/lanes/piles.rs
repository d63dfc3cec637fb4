//! Bars that count the events of some days, where these have no room for marks of their own.

use super::{LanesLayout, Pile};
use crate::analysis::{Lane, LaneEvents};
use crate::domain::{Code as _, Dataset, Day, DaySpan, EventIndex};
use crate::scene::Rect;

/// Points that a bar takes where no event has a mark of its own, and the least that any bar is wide.
const BAR_WIDTH: f32 = 3.0;

/// Runs of whole days along the axis. They begin at the same days wherever the axis does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots<'a> {
    layout: &'a LanesLayout,
    lane: Lane,
    /// Days of a slot.
    days: i32,
    /// Numbers of the first and the last slot that is wide enough.
    first: i32,
    last: i32,
    /// Points that stay free at both ends of a slot.
    inset: f32,
}

impl<'a> Slots<'a> {
    /// Slots at least so many points wide.
    fn new(layout: &'a LanesLayout, lane: Lane, width: f32) -> Self {
        let axis = layout.strip.axis;
        let days = days_for(layout, width);
        let rect = layout.lane(lane);
        let slot = |day: Day| day.number().div_euclid(days);
        let (mut first, mut last) = (slot(axis.first()), slot(axis.last()));
        // A slot of which only a part is on the axis joins the one beside it.
        let begin = |slot: i32| layout.strip.x(Day::from_number(slot * days));
        if first < last && begin(first + 1) - rect.min[0] < width {
            first += 1;
        }
        if first < last && rect.max[0] - begin(last) < width {
            last -= 1;
        }
        Self { layout, lane, days, first, last, inset: 0.0 }
    }

    /// Slots whose bars stand clear of the marks of the days beside them.
    pub(super) fn beside_marks(layout: &'a LanesLayout, lane: Lane, size: f32) -> Self {
        let inset = ((size - layout.strip.day_width()) / 2.0).max(0.0);
        Self { inset, ..Self::new(layout, lane, size + BAR_WIDTH) }
    }

    /// The slot of a day.
    pub(super) fn of(&self, day: Day) -> usize {
        let slot = day.number().div_euclid(self.days).clamp(self.first, self.last);
        usize::try_from(slot - self.first).unwrap_or(0)
    }

    /// The days of a slot, those at the ends with what joined them.
    fn days(&self, slot: usize) -> DaySpan {
        let number = self.first + i32::try_from(slot).unwrap_or(0);
        let axis = self.layout.strip.axis;
        let begin = Day::from_number(number * self.days);
        let first = if number == self.first { axis.first() } else { begin };
        let last = if number == self.last { axis.last() } else { begin.plus(self.days - 1) };
        DaySpan::between(first, last)
    }

    /// Where the bar of a slot stands.
    pub(super) fn place(&self, slot: usize) -> Rect {
        let (days, lane) = (self.days(slot), self.layout.lane(self.lane));
        let strip = &self.layout.strip;
        let x0 = strip.x(days.first()).max(lane.min[0]) + self.inset;
        let x1 = strip.x(days.end()).min(lane.max[0]) - self.inset;
        let gap = 0.5_f32.min((x1 - x0).max(0.0) / 5.0);
        Rect { min: [x0, lane.min[1]], max: [x1 - gap, lane.max[1]] }
    }

    /// The bar of a slot with more events than have room.
    pub(super) fn pile(&self, dataset: &Dataset, slot: usize, events: &[EventIndex]) -> Pile {
        let mut count = [0; 6];
        for event in events {
            count[dataset.event(*event).direction.position()] += 1;
        }
        let (lane, days, place) = (self.lane, self.days(slot), self.place(slot));
        Pile { lane, days, count, spread: 0.0, place, is_cut: true }
    }
}

/// Fewest whole days that are at least so many points wide.
fn days_for(layout: &LanesLayout, width: f32) -> i32 {
    let days = (width / layout.strip.day_width().max(1e-6)).ceil().clamp(1.0, 1e6);
    #[expect(clippy::cast_possible_truncation, reason = "clamped")]
    let days = days as i32;
    days
}

/// A bar for each slot: how many happened in its days, and how many may have.
pub(super) fn density(layout: &LanesLayout, lane: Lane, events: &LaneEvents) -> Vec<Pile> {
    let slots = Slots::new(layout, lane, BAR_WIDTH);
    let number = usize::try_from(slots.last - slots.first + 1).unwrap_or(1);
    let spans: Vec<DaySpan> = (0..number).map(|slot| slots.days(slot)).collect();
    let counts = events.counts().bars(&spans);
    #[expect(clippy::cast_precision_loss, reason = "counts are drawn to less than a point")]
    let height = |c: &crate::analysis::BarCount| c.exact_total() as f32 + c.spread;
    let top = counts.iter().map(height).fold(1.0, f32::max);
    let full = layout.lane(lane).height();
    let bar = |(slot, (days, count)): (usize, (&DaySpan, &crate::analysis::BarCount))| {
        let out = (height(count) / top * full).max(1.5);
        let (near, far) = (layout.outward(lane, 0.0), layout.outward(lane, out));
        let Rect { min: [x0, _], max: [x1, _] } = slots.place(slot);
        let place = Rect { min: [x0, near.min(far)], max: [x1, near.max(far)] };
        let (count, spread) = (count.exact, count.spread);
        Pile { lane, days: *days, count, spread, place, is_cut: false }
    };
    let filled = spans.iter().zip(&counts).enumerate().filter(|(_, (_, c))| height(c) > 0.0);
    filled.map(bar).collect()
}
