//! Action and response lanes: attacks below a middle line, strikes by states above it, on the days of the time
//! strip, and between them the ties that sources assert.
//!
//! What is drawn is bounded by the width of the lanes, never by the number of events.

mod draw;
mod links;
mod lit;
mod names;
mod pack;
mod piles;
mod rows;
mod when;

use super::strip::StripLayout;
use super::text::Shaper;
use super::theme::Theme;
use super::{Item, Rect};
use crate::analysis::{Lane, Lanes, Pair};
use crate::domain::{Dataset, DaySpan, EventIndex};

pub use links::LinkLine;
pub use lit::lit;

/// Height of the row of words above the upper lane and below the lower one.
pub const CAPTION_HEIGHT: f32 = 15.0;
/// Points between the two lanes, where lags stand.
const GUTTER: f32 = 12.0;
/// The part of the height that the upper lane has: there are fewer strikes than attacks.
const UPPER_SHARE: f32 = 0.36;

/// Where days and lanes lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LanesLayout {
    /// Where days lie: as on the time strip below.
    pub strip: StripLayout,
    /// The whole, captions included.
    pub rect: Rect,
    /// Height of the middle line.
    pub middle: f32,
    strikes: Rect,
    attacks: Rect,
}

impl LanesLayout {
    /// Lanes in a rectangle, for some days.
    #[must_use]
    pub fn new(axis: DaySpan, rect: Rect) -> Self {
        let [left, top] = [rect.min[0], rect.min[1] + CAPTION_HEIGHT];
        let [right, bottom] = [rect.max[0], (rect.max[1] - CAPTION_HEIGHT).max(top + GUTTER + 2.0)];
        let middle = top + (bottom - top - GUTTER) * UPPER_SHARE + GUTTER / 2.0;
        let half = GUTTER / 2.0;
        Self {
            strip: StripLayout::of_bars(axis, Rect { min: [left, top], max: [right, bottom] }),
            rect,
            middle,
            strikes: Rect { min: [left, top], max: [right, middle - half] },
            attacks: Rect { min: [left, middle + half], max: [right, bottom] },
        }
    }

    /// Where the marks of a lane stand.
    #[must_use]
    pub fn lane(&self, lane: Lane) -> Rect {
        match lane {
            Lane::Strikes => self.strikes,
            Lane::Attacks => self.attacks,
        }
    }

    /// The height of what is so many points out from the inner edge of a lane.
    fn outward(&self, lane: Lane, points: f32) -> f32 {
        match lane {
            Lane::Strikes => self.strikes.max[1] - points,
            Lane::Attacks => self.attacks.min[1] + points,
        }
    }
}

/// The mark of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaneMark {
    /// The event.
    pub event: EventIndex,
    /// Its lane.
    pub lane: Lane,
    /// Middle of its symbol.
    pub center: [f32; 2],
    /// Height and width that it has for itself.
    pub size: f32,
    /// From where to where it may have happened, as far as that is on the axis, where the axis shows time more
    /// finely than it is known.
    pub bar: Option<[f32; 2]>,
    /// Whether room is kept beside it for the name of its place.
    pub is_named: bool,
}

impl LaneMark {
    /// What it covers.
    #[must_use]
    pub fn place(&self) -> Rect {
        let ([x, y], half) = (self.center, self.size / 2.0);
        let [x0, x1] = self.bar.unwrap_or([x - half, x + half]);
        Rect { min: [x0, y - half], max: [x1, y + half] }
    }
}

/// A bar that counts the events of some days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pile {
    /// Their lane.
    pub lane: Lane,
    /// Their days.
    pub days: DaySpan,
    /// How many surely happened then, by direction in the order of the code list.
    pub count: [u32; 6],
    /// How many more may have: dates known to several days, or shares of such.
    pub spread: f32,
    /// The bar.
    pub place: Rect,
    /// Whether it is as high as the lane for want of room, so that only its number counts.
    pub is_cut: bool,
}

impl Pile {
    /// Events that surely happened in its days.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.count.iter().sum()
    }
}

/// The lanes' items, and what the pointer can find.
#[derive(Clone, Debug)]
pub struct LanesScene {
    /// The items.
    pub items: Vec<Item>,
    /// Every event that has a mark, in date order.
    pub marks: Vec<LaneMark>,
    /// Bars that count events without a mark of their own.
    pub piles: Vec<Pile>,
    /// The ties that are drawn.
    pub links: Vec<LinkLine>,
    /// Ties of which one end is on the axis and the other before or after it.
    pub links_out: [usize; 2],
    /// Ties whose ends are on the axis, but which are too many to be drawn.
    pub links_undrawn: usize,
    /// Ties with an end on the axis of which rule or filter hold an end back.
    pub links_held_back: usize,
    /// Ties with an end on the axis of which an end belongs in neither lane.
    pub links_elsewhere: usize,
}

/// Draws the lanes of some days: all but the words that depend on the window.
#[must_use]
pub fn lanes(
    shaper: &mut Shaper,
    theme: &Theme,
    dataset: &Dataset,
    lanes: &Lanes,
    layout: &LanesLayout,
) -> LanesScene {
    let packed = pack::pack(dataset, layout, Lane::ALL.map(|lane| (lane, lanes.lane(lane))));
    let mut scene = LanesScene {
        items: Vec::new(),
        marks: Vec::new(),
        piles: Vec::new(),
        links: Vec::new(),
        links_out: [0, 0],
        links_undrawn: 0,
        links_held_back: 0,
        links_elsewhere: 0,
    };
    for lane in packed {
        scene.marks.extend(lane.marks);
        scene.piles.extend(lane.piles);
    }
    scene.marks.sort_by_key(|m| m.event);
    links::find(dataset, lanes, layout, &mut scene);
    let mut items = Vec::new();
    draw::ground(theme, layout, &mut items);
    draw::spans(theme, dataset, layout, &scene, &mut items);
    links::draw(shaper, theme, layout, &scene, &mut items);
    draw::piles(shaper, theme, layout, &scene, &mut items);
    draw::marks(theme, dataset, &scene.marks, &mut items);
    names::draw(shaper, theme, dataset, layout, &scene, &mut items);
    scene.items = items;
    scene
}

impl LanesScene {
    /// The mark of an event.
    #[must_use]
    pub fn mark_of(&self, event: EventIndex) -> Option<&LaneMark> {
        self.marks.binary_search_by_key(&event, |m| m.event).ok().map(|i| &self.marks[i])
    }

    /// The bar in which an event is counted that has no mark.
    #[must_use]
    pub fn pile_of(&self, dataset: &Dataset, event: EventIndex) -> Option<&Pile> {
        let this = dataset.event(event);
        let lane = Lane::of(this.direction)?;
        let day = this.date.span.first();
        self.piles.iter().find(|p| p.lane == lane && p.days.contains(day))
    }

    /// Where the lines of an event begin; `None` where it is not in sight.
    fn anchor(&self, dataset: &Dataset, lanes: &Lanes, event: EventIndex) -> Option<[f32; 2]> {
        lanes.lane_of(event)?;
        let mark = self.mark_of(event).map(|m| m.center);
        mark.or_else(|| self.pile_of(dataset, event).map(|p| p.place.center()))
    }

    /// The mark at a point, or nearest to it within a few points.
    #[must_use]
    pub fn mark_at(&self, at: [f32; 2]) -> Option<&LaneMark> {
        const REACH: f32 = 3.0;
        let near = self.marks.iter().map(|m| (m, distance(m.place(), at)));
        near.filter(|(_, d)| *d <= REACH).min_by(|a, b| a.1.total_cmp(&b.1)).map(|(m, _)| m)
    }

    /// The bar at a point.
    #[must_use]
    pub fn pile_at(&self, layout: &LanesLayout, [x, y]: [f32; 2]) -> Option<&Pile> {
        self.piles.iter().find(|p| {
            let lane = layout.lane(p.lane);
            (lane.min[1]..=lane.max[1]).contains(&y)
                && (p.place.min[0] - 0.5..=p.place.max[0] + 0.5).contains(&x)
        })
    }

    /// The tie whose line passes a point.
    #[must_use]
    pub fn link_at(&self, at: [f32; 2]) -> Option<&Pair> {
        const REACH: f32 = 3.0;
        let near = self.links.iter().map(|l| (l, l.distance(at)));
        let nearest = near.filter(|(_, d)| *d <= REACH).min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.map(|(l, _)| &l.pair)
    }
}

/// Points from a rectangle to a place; 0 inside.
fn distance(r: Rect, [x, y]: [f32; 2]) -> f32 {
    let beyond = |v: f32, low: f32, high: f32| (low - v).max(v - high).max(0.0);
    beyond(x, r.min[0], r.max[0]).hypot(beyond(y, r.min[1], r.max[1]))
}
