//! Where the marks of a lane stand: stacked from the middle line outwards, none over another.
//!
//! A slot is a run of whole days at least as wide as a mark. What happened in it stands in rows above one
//! another; a date known only to several days is as wide as these days and stands outside of what it spans.
//! Where a slot holds more than the lane is high, it is a counted bar, and where many do, all are.

use super::{LaneMark, LanesLayout, Pile};
use crate::analysis::{Lane, LaneEvents};
use crate::domain::{Code as _, Dataset, Day, DaySpan, Direction, EventIndex};
use crate::scene::Rect;

/// Sizes of a mark in points, the largest first; the first is taken with which all have room.
const SIZES: [f32; 9] = [16.0, 13.0, 11.0, 10.0, 9.0, 7.5, 6.0, 5.0, 4.2];
/// The first so many of these have room for the name of a place beside a mark.
const NAMED_SIZES: usize = 4;
/// Points from which on a day has room for marks with such names, one to a row.
const NAMED_DAY: f32 = 80.0;
/// Points from the edge of a day to what stands in it.
const INDENT: f32 = 4.0;
/// Points that a bar takes where no event has a mark of its own.
const BAR_WIDTH: f32 = 3.0;
/// One slot of so many may be a counted bar, before all are.
const FEW: usize = 6;
/// More dates of several days than this are no marks of their own, in points of the lane for each.
const SPAN_ROOM: f32 = 4.0;

/// What stands in a lane.
#[derive(Clone, Debug, Default)]
pub(super) struct Packed {
    pub(super) marks: Vec<LaneMark>,
    pub(super) piles: Vec<Pile>,
}

/// Both lanes, with marks of one size.
pub(super) fn pack(
    dataset: &Dataset,
    layout: &LanesLayout,
    lanes: [(Lane, &LaneEvents); 2],
) -> [Packed; 2] {
    let try_all = |size: f32, named: bool, is_last: bool| {
        lanes.map(|(lane, events)| {
            Packer { named, ..Packer::new(layout, lane, size) }.marks(dataset, events, is_last)
        })
    };
    let names = if layout.strip.day_width() < NAMED_DAY { 0 } else { NAMED_SIZES };
    let named = SIZES[..names].iter().map(|size| (*size, true));
    for (size, named) in named.chain(SIZES[..SIZES.len() - 1].iter().map(|size| (*size, false))) {
        if let [Some(a), Some(b)] = try_all(size, named, false) {
            return [a, b];
        }
    }
    let mut packed = try_all(SIZES[SIZES.len() - 1], false, true).into_iter();
    lanes.map(|(lane, events)| {
        packed
            .next()
            .flatten()
            .unwrap_or_else(|| Packed { piles: density(layout, lane, events), ..Packed::default() })
    })
}

/// Slots of the axis, for marks of one size.
struct Packer<'a> {
    layout: &'a LanesLayout,
    lane: Lane,
    rect: Rect,
    size: f32,
    /// Days of a slot.
    days: i32,
    /// Numbers of the first and the last slot that is wide enough.
    first: i32,
    last: i32,
    rows: usize,
    /// Whether marks stand one to a row, with room for a name.
    named: bool,
}

impl<'a> Packer<'a> {
    fn new(layout: &'a LanesLayout, lane: Lane, size: f32) -> Self {
        let axis = layout.strip.axis;
        let days = days_for(layout, size);
        let rect = layout.lane(lane);
        let slot = |day: Day| day.number().div_euclid(days);
        let (mut first, mut last) = (slot(axis.first()), slot(axis.last()));
        // A slot of which only a part is on the axis joins the one beside it.
        let begin = |slot: i32| layout.strip.x(Day::from_number(slot * days));
        if first < last && begin(first + 1) - rect.min[0] < size {
            first += 1;
        }
        if first < last && rect.max[0] - begin(last) < size {
            last -= 1;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small number of rows"
        )]
        let rows = (rect.height() / size).floor().max(1.0) as usize;
        Self { layout, lane, rect, size, days, first, last, rows, named: false }
    }

    fn slot_of(&self, day: Day) -> usize {
        let slot = day.number().div_euclid(self.days).clamp(self.first, self.last);
        usize::try_from(slot - self.first).unwrap_or(0)
    }

    /// The days of a slot, those at the ends with what joined them.
    fn span_of(&self, slot: usize) -> DaySpan {
        let number = self.first + i32::try_from(slot).unwrap_or(0);
        let axis = self.layout.strip.axis;
        let begin = Day::from_number(number * self.days);
        let first = if number == self.first { axis.first() } else { begin };
        let last = if number == self.last { axis.last() } else { begin.plus(self.days - 1) };
        DaySpan::between(first, last)
    }

    fn x_of(&self, span: DaySpan) -> [f32; 2] {
        let strip = &self.layout.strip;
        [strip.x(span.first()).max(self.rect.min[0]), strip.x(span.end()).min(self.rect.max[0])]
    }

    /// Middle of a row, counted from the middle line.
    fn y(&self, row: usize) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a small number of rows")]
        let out = (row as f32 + 0.5) * self.size;
        self.layout.outward(self.lane, out)
    }

    /// Every event with its mark; `None` where too many have no room.
    fn marks(&self, dataset: &Dataset, events: &LaneEvents, piles_allowed: bool) -> Option<Packed> {
        let axis = self.layout.strip.axis;
        let exact = events.exact_within(dataset, axis);
        let slots = usize::try_from(self.last - self.first + 1).unwrap_or(1);
        // More than could stand in all slots: not worth the walk.
        let columns = (self.rect.width() / self.size).max(1.0);
        #[expect(clippy::cast_precision_loss, reason = "far beyond what has room")]
        if exact.len() as f32 > columns * self.rows as f32 {
            return None;
        }
        let mut packed = Packed::default();
        let mut heights = vec![0_usize; slots];
        let (mut filled, mut overfull) = (0, 0);
        let slot = |e: &EventIndex| self.slot_of(dataset.event(*e).date.span.first());
        for chunk in exact.chunk_by(|a, b| slot(a) == slot(b)) {
            let at = slot(&chunk[0]);
            filled += 1;
            let columns = self.columns(at);
            let rows = chunk.len().div_ceil(columns);
            if rows > self.rows {
                overfull += 1;
                heights[at] = self.rows;
                packed.piles.push(self.pile(dataset, at, chunk));
                continue;
            }
            heights[at] = rows;
            for (row, in_row) in chunk.chunks(columns).enumerate() {
                self.row(at, row, in_row, &mut packed.marks);
            }
        }
        if overfull > 0 && (!piles_allowed || overfull * FEW > filled) {
            return None;
        }
        let wide: Vec<EventIndex> = events.wide_within(dataset, axis).collect();
        #[expect(clippy::cast_precision_loss, reason = "far beyond what has room")]
        if wide.len() as f32 * SPAN_ROOM > self.rect.width() {
            return None;
        }
        let without = self.spans(dataset, &wide, &heights, &mut packed.marks);
        for event in without {
            let this = dataset.event(event);
            // Where bars are allowed, what stands outside of one is counted in it.
            let over = |p: &&mut Pile| p.days.overlaps(this.date.span);
            let pile = packed.piles.iter_mut().find(over).filter(|_| piles_allowed)?;
            if pile.days.encloses(this.date.span) {
                pile.count[this.direction.position()] += 1;
            } else {
                pile.spread += 1.0;
            }
        }
        Some(packed)
    }

    /// Marks that stand beside one another in a slot.
    fn columns(&self, slot: usize) -> usize {
        let [x0, x1] = self.x_of(self.span_of(slot));
        if self.days > 1 || self.named {
            return 1;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small number of columns"
        )]
        let columns = ((x1 - x0) / self.size).floor().max(1.0) as usize;
        columns
    }

    fn row(&self, slot: usize, row: usize, events: &[EventIndex], marks: &mut Vec<LaneMark>) {
        let [x0, x1] = self.x_of(self.span_of(slot));
        #[expect(clippy::cast_precision_loss, reason = "a small number of columns")]
        let width = events.len() as f32 * self.size;
        let left = if self.named { x0 + INDENT } else { f32::midpoint(x0, x1) - width / 2.0 };
        let mut x = left + self.size / 2.0;
        for event in events {
            marks.push(self.mark(*event, [x, self.y(row)], None, x1));
            x += self.size;
        }
    }

    /// The mark of an event, with room for a name up to `end`.
    fn mark(
        &self,
        event: EventIndex,
        center: [f32; 2],
        bar: Option<[f32; 2]>,
        end: f32,
    ) -> LaneMark {
        let room = end - INDENT - center[0] - self.size / 2.0;
        let name_room = if self.named { room.max(0.0) } else { 0.0 };
        LaneMark { event, lane: self.lane, center, size: self.size, bar, name_room }
    }

    fn pile(&self, dataset: &Dataset, slot: usize, events: &[EventIndex]) -> Pile {
        let days = self.span_of(slot);
        let mut count = [0; 6];
        for event in events {
            count[dataset.event(*event).direction.position()] += 1;
        }
        let [x0, x1] = self.x_of(days);
        let middle = f32::midpoint(x0, x1);
        let half = self.size * 0.42;
        let place =
            Rect { min: [middle - half, self.rect.min[1]], max: [middle + half, self.rect.max[1]] };
        Pile { lane: self.lane, days, count, spread: 0.0, place, is_cut: true }
    }

    /// Bars of the dates known to several days, each in the row nearest to the middle line in which it stands
    /// outside of all marks that it spans. Gives those that have no room.
    fn spans(
        &self,
        dataset: &Dataset,
        events: &[EventIndex],
        heights: &[usize],
        marks: &mut Vec<LaneMark>,
    ) -> Vec<EventIndex> {
        let mut without = Vec::new();
        let mut taken: Vec<Vec<[f32; 2]>> = vec![Vec::new(); self.rows];
        for event in events {
            let span = dataset.event(*event).date.span;
            let [mut x0, mut x1] = self.x_of(span);
            let slack = (self.size - (x1 - x0)).max(0.0) / 2.0;
            (x0, x1) = (x0 - slack, x1 + slack);
            let shift = (self.rect.min[0] - x0).max(0.0) - (x1 - self.rect.max[0]).max(0.0);
            (x0, x1) = (x0 + shift, x1 + shift);
            let below = self.below([x0, x1], heights);
            let free = |row: &usize| taken[*row].iter().all(|t| t[1] <= x0 || x1 <= t[0]);
            let Some(row) = (below..self.rows).find(free) else {
                without.push(*event);
                continue;
            };
            taken[row].push([x0, x1]);
            let center = [f32::midpoint(x0, x1), self.y(row)];
            marks.push(self.mark(*event, center, Some([x0, x1]), x1));
        }
        without
    }

    /// Rows that are taken by marks somewhere from one place to another.
    fn below(&self, [x0, x1]: [f32; 2], heights: &[usize]) -> usize {
        let strip = &self.layout.strip;
        let (a, b) = (self.slot_of(strip.day_at(x0)), self.slot_of(strip.day_at(x1)));
        heights[a..=b.min(heights.len() - 1)].iter().copied().max().unwrap_or(0)
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
fn density(layout: &LanesLayout, lane: Lane, events: &LaneEvents) -> Vec<Pile> {
    let packer = Packer::new(layout, lane, BAR_WIDTH);
    let slots = usize::try_from(packer.last - packer.first + 1).unwrap_or(1);
    let spans: Vec<DaySpan> = (0..slots).map(|slot| packer.span_of(slot)).collect();
    let counts = events.counts().bars(&spans);
    #[expect(clippy::cast_precision_loss, reason = "counts are drawn to less than a point")]
    let height = |c: &crate::analysis::BarCount| c.exact_total() as f32 + c.spread;
    let top = counts.iter().map(height).fold(1.0, f32::max);
    let full = packer.rect.height();
    spans
        .iter()
        .zip(&counts)
        .filter(|(_, count)| height(count) > 0.0)
        .map(|(days, count)| {
            let [x0, x1] = packer.x_of(*days);
            let out = (height(count) / top * full).max(1.5);
            let (near, far) = (layout.outward(lane, 0.0), layout.outward(lane, out));
            let gap = 0.5_f32.min((x1 - x0) / 5.0);
            let place = Rect { min: [x0, near.min(far)], max: [x1 - gap, near.max(far)] };
            Pile {
                lane,
                days: *days,
                count: count.exact,
                spread: count.spread,
                place,
                is_cut: false,
            }
        })
        .collect()
}

/// The class of which a bar holds most.
pub(super) fn main_class(count: &[u32; 6]) -> Direction {
    let most =
        Direction::ALL.iter().copied().max_by_key(|d| (count[d.position()], 6 - d.position()));
    most.unwrap_or(Direction::Other)
}
