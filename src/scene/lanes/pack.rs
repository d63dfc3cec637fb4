//! Where the marks of a lane stand: each at its own time, in rows from the middle line outwards, none over
//! another.
//!
//! What is known only to a piece of the axis is a bar over it. Where some days hold more than the lane is high,
//! they are a counted bar, and where many do, all are.

use std::collections::BTreeSet;

use super::piles::{self, Slots};
use super::rows::Rows;
use super::when::{When, has_hours, when};
use super::{LaneMark, LanesLayout, Pile};
use crate::analysis::{Lane, LaneEvents};
use crate::domain::{Code as _, Dataset, EventIndex};
use crate::scene::Rect;

/// Sizes of a mark in points, the largest first; the first is taken with which all have room.
const SIZES: [f32; 9] = [16.0, 13.0, 11.0, 10.0, 9.0, 7.5, 6.0, 5.0, 4.2];
/// The first so many of these have room for the name of a place beside a mark, where the axis shows hours.
const NAMED_SIZES: usize = 4;
/// Points that are kept for such a name.
const NAME_ROOM: f32 = 56.0;
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
    let found = lanes.map(|(lane, events)| Found::of(dataset, layout, lane, events));
    let try_all = |size: f32, name_room: f32, piles_allowed: bool| {
        let pack = |found: &Found<'_>| {
            Packer::new(dataset, layout, found.lane, size, name_room).marks(found, piles_allowed)
        };
        [pack(&found[0]), pack(&found[1])]
    };
    let names = if has_hours(&layout.strip) { NAMED_SIZES } else { 0 };
    let named = SIZES[..names].iter().map(|size| (*size, NAME_ROOM));
    for (size, room) in named.chain(SIZES[..SIZES.len() - 1].iter().map(|size| (*size, 0.0))) {
        if let [Some(a), Some(b)] = try_all(size, room, false) {
            return [a, b];
        }
    }
    let mut packed = try_all(SIZES[SIZES.len() - 1], 0.0, true).into_iter();
    lanes.map(|(lane, events)| {
        packed.next().flatten().unwrap_or_else(|| Packed {
            piles: piles::density(layout, lane, events),
            ..Packed::default()
        })
    })
}

/// The events of a lane that the axis may hold.
struct Found<'a> {
    lane: Lane,
    /// Those known to the day.
    exact: &'a [EventIndex],
    /// Those known to several days; none where they are too many to be marks.
    wide: Option<Vec<EventIndex>>,
}

impl<'a> Found<'a> {
    fn of(dataset: &'a Dataset, layout: &LanesLayout, lane: Lane, events: &'a LaneEvents) -> Self {
        let axis = layout.strip.axis;
        let exact = events.exact_within(dataset, axis);
        // Where those known to the day are bars in any case, nothing is looked for.
        if exact.len() > room(layout, lane, SIZES[SIZES.len() - 1]) {
            return Self { lane, exact, wide: None };
        }
        let most = whole(layout.lane(lane).width() / SPAN_ROOM);
        let wide: Vec<EventIndex> = events.wide_within(dataset, axis).take(most + 1).collect();
        Self { lane, exact, wide: (wide.len() <= most).then_some(wide) }
    }
}

/// Rows of a lane, for marks of a size.
fn rows_of(layout: &LanesLayout, lane: Lane, size: f32) -> usize {
    whole(layout.lane(lane).height() / size).max(1)
}

/// The most marks of a size that could stand side by side in all rows of a lane.
fn room(layout: &LanesLayout, lane: Lane, size: f32) -> usize {
    (whole(layout.lane(lane).width() / size) + 2) * rows_of(layout, lane, size)
}

/// Rounded down, and nothing where it is less than nothing.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size on a screen")]
fn whole(value: f32) -> usize {
    value.clamp(0.0, 1e6) as usize
}

/// An event with the place that it takes in a row.
struct Stand {
    event: EventIndex,
    /// Middle of its symbol.
    x: f32,
    bar: Option<[f32; 2]>,
    /// From where to where it needs the row for itself.
    takes: [f32; 2],
}

/// Marks of one size.
struct Packer<'a> {
    dataset: &'a Dataset,
    layout: &'a LanesLayout,
    lane: Lane,
    rect: Rect,
    size: f32,
    slots: Slots<'a>,
    rows: usize,
    /// Points kept beside a mark for a name.
    name_room: f32,
}

impl<'a> Packer<'a> {
    fn new(
        dataset: &'a Dataset,
        layout: &'a LanesLayout,
        lane: Lane,
        size: f32,
        name_room: f32,
    ) -> Self {
        let rect = layout.lane(lane);
        let rows = rows_of(layout, lane, size);
        let slots = Slots::beside_marks(layout, lane, size);
        Self { dataset, layout, lane, rect, size, slots, rows, name_room }
    }

    /// Every event with its mark; `None` where too many have no room.
    fn marks(&self, found: &Found<'_>, piles_allowed: bool) -> Option<Packed> {
        let wide = found.wide.as_deref()?;
        // Not worth the walk.
        if found.exact.len() > room(self.layout, self.lane, self.size) {
            return None;
        }
        let slot = |e: &EventIndex| self.slots.of(self.dataset.event(*e).date.span.first());
        let filled = found.exact.chunk_by(|a, b| slot(a) == slot(b)).count();
        // What falls in a slot with more than has room is counted there, and the others are put anew.
        let mut piled = BTreeSet::new();
        let (mut rows, mut marks) = loop {
            let (rows, marks, without) = self.put(found.exact, &piled);
            if without.is_empty() {
                break (rows, marks);
            }
            piled.extend(without.iter().map(slot));
            if !piles_allowed || piled.len() * FEW > filled {
                return None;
            }
        };
        let chunks = found.exact.chunk_by(|a, b| slot(a) == slot(b));
        let mut piles: Vec<Pile> = chunks
            .filter(|chunk| piled.contains(&slot(&chunk[0])))
            .map(|chunk| self.slots.pile(self.dataset, slot(&chunk[0]), chunk))
            .collect();
        for event in self.spans(wide, &mut rows, &mut marks) {
            let this = self.dataset.event(event);
            // Where bars are allowed, what stands outside of one is counted in it.
            let over = |p: &&mut Pile| p.days.overlaps(this.date.span);
            let pile = piles.iter_mut().find(over).filter(|_| piles_allowed)?;
            if pile.days.encloses(this.date.span) {
                pile.count[this.direction.position()] += 1;
            } else {
                pile.spread += 1.0;
            }
        }
        Some(Packed { marks, piles })
    }

    /// Puts the events known to the day that are in no counted bar: those that stand at a time first, then
    /// those over their day. Gives those that have no room.
    fn put(
        &self,
        events: &[EventIndex],
        piled: &BTreeSet<usize>,
    ) -> (Rows, Vec<LaneMark>, Vec<EventIndex>) {
        let mut rows = Rows::new(self.rows);
        for slot in piled {
            let place = self.slots.place(*slot);
            rows.take_all([place.min[0], place.max[0]]);
        }
        let slot = |e: &EventIndex| self.slots.of(self.dataset.event(*e).date.span.first());
        let free = events.iter().filter(|e| piled.is_empty() || !piled.contains(&slot(e)));
        let mut stands: Vec<Stand> = free.map(|e| self.stand(*e)).collect();
        stands.sort_by(|a, b| {
            (a.bar.is_some(), a.x)
                .partial_cmp(&(b.bar.is_some(), b.x))
                .unwrap_or(a.event.cmp(&b.event))
        });
        let (mut marks, mut without) = (Vec::new(), Vec::new());
        for stand in stands {
            match rows.take(0, stand.takes) {
                Some(row) => marks.push(self.mark(&stand, row)),
                None => without.push(stand.event),
            }
        }
        (rows, marks, without)
    }

    /// Puts the events known only to several days, each in the row nearest to the middle line in which it stands
    /// outside of all marks that it spans. Gives those that have no room.
    fn spans(
        &self,
        events: &[EventIndex],
        rows: &mut Rows,
        marks: &mut Vec<LaneMark>,
    ) -> Vec<EventIndex> {
        let exact = rows.clone();
        let mut without = Vec::new();
        for event in events {
            let stand = self.stand(*event);
            match rows.take(exact.beyond(stand.takes), stand.takes) {
                Some(row) => marks.push(self.mark(&stand, row)),
                None => without.push(*event),
            }
        }
        without
    }

    /// Where an event stands in its row.
    fn stand(&self, event: EventIndex) -> Stand {
        let half = self.size / 2.0;
        let [left, right] = [self.rect.min[0], self.rect.max[0]];
        match when(&self.layout.strip, &self.dataset.event(event).date) {
            When::At(x) => {
                let end = (x + half + self.name_room).min(right.max(x + half));
                Stand { event, x, bar: None, takes: [x - half, end] }
            }
            When::Within([from, to]) => {
                // Of what lies partly beyond the axis the part on it is a bar, and the symbol stays in sight.
                let [x0, x1] = [from.max(left), to.min(right)];
                let middle = f32::midpoint(from, to);
                let x = if x1 - x0 > self.size {
                    middle.clamp(x0 + half, x1 - half)
                } else {
                    f32::midpoint(x0, x1)
                };
                let bar = [x0.min(x - half), x1.max(x + half)];
                Stand { event, x, bar: Some(bar), takes: bar }
            }
        }
    }

    fn mark(&self, stand: &Stand, row: usize) -> LaneMark {
        #[expect(clippy::cast_precision_loss, reason = "a small number of rows")]
        let y = self.layout.outward(self.lane, (row as f32 + 0.5) * self.size);
        LaneMark {
            event: stand.event,
            lane: self.lane,
            center: [stand.x, y],
            size: self.size,
            bar: stand.bar,
            is_named: self.name_room > 0.0,
        }
    }
}
