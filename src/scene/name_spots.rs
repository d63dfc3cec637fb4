//! Where a name may stand beside a glyph, what each place costs, and what it must keep clear of.
//!
//! Knows boxes, discs and lines, not sites, towns or texts.

use super::Rect;
use super::labels::Flush;
use super::spread::number_reach;

/// Another glyph: the free points to it, and its place among the glyphs.
pub(super) type Neighbour = (f32, usize);

/// A glyph: its middle and its radius.
pub(super) type Disc = ([f32; 2], f32);

/// Free points between a glyph and a name that stands directly beside it.
const BESIDE: f32 = 4.5;
/// Free points between a glyph and names that a thin line ties to it.
pub(super) const AWAY: [f32; 5] = [15.0, 27.0, 42.0, 60.0, 80.0];
/// A name this near to a glyph needs no line.
const NEEDS_LEADER: f32 = 9.0;
/// No name with its line reaches farther than this many points.
const FARTHEST: f32 = 500.0;
/// Directions that are tried, from the right clockwise.
const DIRECTIONS: u8 = 24;
/// What a name costs to the left, above and below its glyph; to the right it costs nothing.
const LEFT_COST: f32 = 2.0;
const ABOVE_COST: f32 = 2.6;
const BELOW_COST: f32 = 3.4;
/// What it costs that a name above or below begins or ends at its line.
const SLID_COST: f32 = 0.5;
/// What a name that stands off costs, and each point of its line.
const OFF_COST: f32 = 9.0;
const OFF_COST_PER_POINT: f32 = 0.35;
/// What a name costs that comes nearer than this to another name or glyph, for each point.
const CLOSE: f32 = 6.0;
const CLOSE_COST: f32 = 0.8;
/// What it costs to cover something that may be covered.
const COVER_COST: f32 = 3.0;
/// Free points around a name, sideways and up and down.
const AROUND: [f32; 2] = [4.0, 1.5];
/// Free points between a line and other glyphs and names.
const LINE_GAP: f32 = 2.5;
/// What it costs that a line runs over another glyph, beside its number.
const CROSSING_COST: f32 = 14.0;

/// What a name costs in each of its forms: as it is meant to be, and two that need less room.
const FORM_COSTS: [f32; 3] = [0.0, 5.0, 7.0];

/// A direction and a distance from a glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    toward: [f32; 2],
    /// The number of that direction.
    direction: u8,
    /// Where the name lies to its end of the line: 1 right of it or below, -1 left of it or above.
    slide: [f32; 2],
    off: f32,
    /// Which form of the name stands here.
    form: usize,
    cost: f32,
}

/// A name at its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stand {
    /// The box of the name.
    pub(super) place: Rect,
    /// How its lines lie in the box.
    pub(super) flush: Flush,
    /// From the glyph's edge to the name, where it stands off.
    pub(super) leader: Option<[[f32; 2]; 2]>,
    /// How far it is from ideal.
    pub(super) cost: f32,
    /// Where it was asked to stand.
    pub(super) spot: Spot,
}

/// The unit vector of a direction.
fn toward(direction: u8) -> [f32; 2] {
    let turn = std::f32::consts::TAU * f32::from(direction) / f32::from(DIRECTIONS);
    [turn.cos(), turn.sin()]
}

/// The spots directly beside a glyph and at some distances from it, the best first, for the first `forms`
/// of a name.
pub(super) fn spots(away: &[f32], forms: usize) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (form, form_cost) in FORM_COSTS.into_iter().enumerate().take(forms) {
        // Of forms that are only a way out fewer places are tried.
        let step = if form == 0 { 1 } else { 2 };
        for direction in (0..DIRECTIONS).step_by(step) {
            let toward @ [ux, uy] = toward(direction);
            let cost = form_cost
                + (1.0 - ux) / 2.0 * LEFT_COST
                + if uy < 0.0 { -uy * ABOVE_COST } else { uy * BELOW_COST };
            // A name slides along the glyph from side to top, so that it always faces it.
            let slide = [(ux * 1.4).clamp(-1.0, 1.0), (uy * 1.2).clamp(-1.0, 1.0)];
            spots.push(Spot { toward, direction, slide, off: BESIDE, form, cost });
            for &off in away {
                let cost = cost + OFF_COST + OFF_COST_PER_POINT * off;
                spots.push(Spot { toward, direction, slide, off, form, cost });
                if form == 0 && ux.abs() < 0.6 {
                    for side in [0.85, -0.85] {
                        let (slide, cost) = ([side, slide[1]], cost + SLID_COST);
                        spots.push(Spot { toward, direction, slide, off, form, cost });
                    }
                }
            }
        }
    }
    spots.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    spots
}

impl Spot {
    /// What a name costs here at least.
    pub(super) fn cost(self) -> f32 {
        self.cost
    }

    /// Whether its direction is one of these bits.
    pub(super) fn is_in(self, directions: u32) -> bool {
        directions >> self.direction & 1 == 1
    }

    /// Which form of the name stands here.
    pub(super) fn form(self) -> usize {
        self.form
    }

    /// Whether a name here is tied to its glyph by a line.
    fn is_tied(self) -> bool {
        self.off > NEEDS_LEADER
    }

    /// The box of a name of this width and height at the spot of a disc.
    fn place(self, (center, radius): Disc, [w, h]: [f32; 2]) -> Rect {
        let ([ux, uy], slide) = (self.toward, self.slide);
        let wanted = radius + self.off;
        let mut out = wanted;
        let at = |out: f32| {
            let x = center[0] + ux * out + (slide[0] - 1.0) * w / 2.0;
            let y = center[1] + uy * out + (slide[1] - 1.0) * h / 2.0;
            Rect::from_min_size([x, y], w, h)
        };
        // A name directly beside its glyph is everywhere as near.
        for _ in 0..if self.is_tied() { 0 } else { 3 } {
            out += wanted - distance(&at(out), center);
        }
        at(out)
    }

    /// The name of this width and height at the spot of a disc.
    pub(super) fn stand(self, disc: Disc, size: [f32; 2]) -> Stand {
        let place = self.place(disc, size);
        let flush = match self.slide[0] {
            s if s > 0.5 => Flush::Left,
            s if s < -0.5 => Flush::Right,
            _ => Flush::Middle,
        };
        let leader = self.is_tied().then(|| leader(&place, disc));
        Stand { place, flush, leader, cost: self.cost, spot: self }
    }
}

impl Stand {
    /// The name, of another size perhaps, where the glyph is drawn with another radius: it comes nearer, unless
    /// a line ties it.
    pub(super) fn beside(&self, disc: Disc, size: [f32; 2]) -> Self {
        let is_as_large = (self.place.width() - size[0]).abs() < 0.01
            && (self.place.height() - size[1]).abs() < 0.01;
        if self.leader.is_some() && is_as_large {
            return Self { leader: Some(leader(&self.place, disc)), ..*self };
        }
        self.spot.stand(disc, size)
    }

    /// The same name where it is, with a line if it is far from the glyph.
    pub(super) fn tied_if_far(&self, disc: Disc) -> Self {
        let far = distance(&self.place, disc.0) - disc.1 > NEEDS_LEADER;
        Self { leader: far.then(|| leader(&self.place, disc)), ..*self }
    }

    /// Whether two names, with their lines, are in each other's way.
    pub(super) fn clashes(&self, other: &Self) -> bool {
        let around = Rect {
            min: [self.place.min[0] - AROUND[0], self.place.min[1] - AROUND[1]],
            max: [self.place.max[0] + AROUND[0], self.place.max[1] + AROUND[1]],
        };
        let cuts = |line: Option<[[f32; 2]; 2]>, place: &Rect| {
            line.is_some_and(|l| crosses_rect(l, &place.grown(LINE_GAP)))
        };
        let crossed = || matches!((self.leader, other.leader), (Some(a), Some(b)) if cross(a, b));
        around.overlaps(&other.place)
            || cuts(self.leader, &other.place)
            || cuts(other.leader, &self.place)
            || crossed()
    }
}

/// What names must keep clear of.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    /// Where names may stand.
    pub(super) inside: Rect,
    /// Furniture: never covered.
    pub(super) boxes: Vec<Rect>,
    /// Glyphs: never covered, never nearer to a name than its own.
    pub(super) discs: Vec<Disc>,
    /// Histories below glyphs: rather not covered.
    pub(super) histories: Vec<Rect>,
}

impl Ground {
    /// The glyphs near one, with the free points between the two, the nearest first.
    pub(super) fn neighbours(&self, own: usize) -> Vec<Neighbour> {
        let ([x, y], own_radius) = self.discs[own];
        let gap = |j: usize| {
            let ([ox, oy], radius) = self.discs[j];
            ((ox - x).powi(2) + (oy - y).powi(2)).sqrt() - radius - own_radius
        };
        let others = (0..self.discs.len()).filter(|j| *j != own).map(|j| (gap(j), j));
        let mut others: Vec<Neighbour> = others.filter(|(gap, _)| *gap < FARTHEST).collect();
        others.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        others
    }

    /// The directions, as bits, in which nothing stands at the edge of a glyph, or nearly so.
    pub(super) fn open_directions(&self, own: usize, others: &[Neighbour]) -> u32 {
        let ([x, y], radius) = self.discs[own];
        let out = radius + LINE_GAP;
        let others = &others[..others.partition_point(|(gap, _)| *gap < LINE_GAP)];
        let mut open = 0_u32;
        for direction in 0..DIRECTIONS {
            let [ux, uy] = toward(direction);
            let at = [x + ux * out, y + uy * out];
            let blocked = |(_, j): &Neighbour| {
                let (center, radius) = self.discs[*j];
                between_squared(at, center) < radius.powi(2)
            };
            if !others.iter().any(blocked) {
                // A line may leave a little aside of where its name lies.
                for aside in [0, 1, 2, DIRECTIONS - 1, DIRECTIONS - 2] {
                    open |= 1 << ((direction + aside) % DIRECTIONS);
                }
            }
        }
        open
    }

    /// A name of this width and height at the spot of a glyph, with all that it costs there; `None` where
    /// the ground does not let it stand.
    ///
    /// `own` is the glyph's place in `discs`, `others` are those of the other glyphs; `over` lets its line
    /// run over them, beside their numbers.
    pub(super) fn judge(
        &self,
        own: usize,
        others: &[Neighbour],
        spot: Spot,
        size: [f32; 2],
        over: bool,
    ) -> Option<Stand> {
        let disc = self.discs[own];
        let place = spot.place(disc, size);
        if !self.inside.encloses(&place) || self.boxes.iter().any(|b| b.overlaps(&place)) {
            return None;
        }
        // Nearer than a name beside its glyph, a tied one would be taken for that of the other glyph.
        let (least, close) = if spot.is_tied() {
            (BESIDE + 2.0, 2.0 * CLOSE)
        } else {
            (distance(&place, disc.0) - disc.1 + 2.0, CLOSE)
        };
        let mut cost = spot.cost;
        // No farther than the name with its line reaches.
        let reach = spot.off + size[0].max(size[1]) + size[0].min(size[1]) / 2.0 + close;
        let others = &others[..others.partition_point(|(gap, _)| *gap < reach)];
        for &(_, other) in others {
            let (center, radius) = self.discs[other];
            let far = distance_squared(&place, center);
            if far < (radius + least).powi(2) {
                return None;
            }
            if far < (radius + close).powi(2) {
                cost += (close + radius - far.sqrt()) * CLOSE_COST;
            }
        }
        let stand = spot.stand(disc, size);
        for &(_, other) in others {
            let Some(line) = stand.leader else { break };
            let (center, radius) = self.discs[other];
            let far = distance_to_line_squared(line, center);
            if far < (radius + LINE_GAP).powi(2) {
                let starts_there = between_squared(line[0], center) < radius.powi(2);
                if !over || starts_there || far < number_reach(radius).powi(2) {
                    return None;
                }
                cost += CROSSING_COST;
            }
        }
        let covered = self.histories.iter().filter(|h| h.overlaps(&place)).count();
        cost += COVER_COST * f32::from(u8::try_from(covered).unwrap_or(u8::MAX));
        Some(Stand { cost, ..stand })
    }

    /// Whether the ground lets the name of something that is no glyph stand, wherever its line runs.
    pub(super) fn lets(&self, stand: &Stand) -> bool {
        self.inside.encloses(&stand.place)
            && !self.boxes.iter().any(|b| b.overlaps(&stand.place))
            && self.discs.iter().all(|(c, r)| distance(&stand.place, *c) > r + 2.0)
    }
}

/// What a name costs for standing closely above or below another: two lines that read as one.
pub(super) fn stacking(a: &Stand, b: &Stand) -> f32 {
    let beside = a.place.min[0] > b.place.max[0] || b.place.min[0] > a.place.max[0];
    let gap = (a.place.min[1] - b.place.max[1]).max(b.place.min[1] - a.place.max[1]);
    if beside { 0.0 } else { (CLOSE - gap).max(0.0) * CLOSE_COST / 2.0 }
}

fn leader(place: &Rect, (center, radius): Disc) -> [[f32; 2]; 2] {
    // It meets the name within its height, where the eye takes it for that of a line of text.
    let inset = (place.height() / 2.0).min(5.0);
    let end = [
        center[0].clamp(place.min[0], place.max[0]),
        center[1].clamp(place.min[1] + inset, place.max[1] - inset),
    ];
    let (dx, dy) = (end[0] - center[0], end[1] - center[1]);
    let length = (dx * dx + dy * dy).sqrt().max(0.01);
    let at = |out: f32| [center[0] + dx / length * out, center[1] + dy / length * out];
    [at(radius + 0.5), at((length - 2.0).max(radius + 1.0))]
}

/// Distance of a point from a box; 0 inside.
pub(super) fn distance(r: &Rect, point: [f32; 2]) -> f32 {
    distance_squared(r, point).sqrt()
}

fn distance_squared(r: &Rect, [x, y]: [f32; 2]) -> f32 {
    let dx = (r.min[0] - x).max(x - r.max[0]).max(0.0);
    let dy = (r.min[1] - y).max(y - r.max[1]).max(0.0);
    dx * dx + dy * dy
}

fn between_squared(a: [f32; 2], b: [f32; 2]) -> f32 {
    (b[0] - a[0]).powi(2) + (b[1] - a[1]).powi(2)
}

/// The square of the distance of a point from a line between two points.
fn distance_to_line_squared([a, b]: [[f32; 2]; 2], p: [f32; 2]) -> f32 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let along = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy).max(1e-6);
    let t = along.clamp(0.0, 1.0);
    between_squared([a[0] + dx * t, a[1] + dy * t], p)
}

/// Whether two lines between points cross.
fn cross([a, b]: [[f32; 2]; 2], [c, d]: [[f32; 2]; 2]) -> bool {
    let side = |p: [f32; 2], q: [f32; 2], r: [f32; 2]| {
        (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]) > 0.0
    };
    side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b)
}

/// Whether a line between two points touches a box.
pub(super) fn crosses_rect(line: [[f32; 2]; 2], r: &Rect) -> bool {
    let [a, b] = line;
    if a[0].max(b[0]) < r.min[0]
        || a[0].min(b[0]) > r.max[0]
        || a[1].max(b[1]) < r.min[1]
        || a[1].min(b[1]) > r.max[1]
    {
        return false;
    }
    let ([left, top], [right, bottom]) = (r.min, r.max);
    r.contains(a)
        || r.contains(b)
        || cross(line, [[left, top], [right, bottom]])
        || cross(line, [[right, top], [left, bottom]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_as_far_from_its_glyph_as_its_spot_says() {
        for spot in spots(&AWAY, 1) {
            for radius in [9.5, 40.0] {
                let stand = spot.stand(([100.0, 50.0], radius), [90.0, 26.0]);
                let gap = distance(&stand.place, [100.0, 50.0]) - radius;
                let tied = stand.leader.is_some();
                assert_eq!(tied, spot.off > NEEDS_LEADER);
                let slack = if tied { spot.off * 0.5 } else { 0.1 };
                assert!((gap - spot.off).abs() < slack, "{spot:?} {radius}: {gap}");
            }
        }
    }

    #[test]
    fn a_name_nearer_to_another_glyph_is_refused_unless_a_line_ties_it() {
        let ground = Ground {
            inside: Rect { min: [-300.0; 2], max: [300.0; 2] },
            boxes: Vec::new(),
            discs: vec![([0.0, 0.0], 10.0), ([60.0, 18.0], 10.0)],
            histories: Vec::new(),
        };
        let right =
            spots(&AWAY, 1).into_iter().find(|s| s.toward[0] > 0.99 && s.off < 9.0).unwrap();
        let judge = |spot| ground.judge(0, &[(0.0, 1)], spot, [60.0, 12.0], false);
        assert!(judge(right).is_none());
        let tied = spots(&AWAY, 1).into_iter().filter(|s| s.off > NEEDS_LEADER).find_map(judge);
        assert!(tied.is_some_and(|t| t.leader.is_some()));
    }

    #[test]
    fn lines_and_boxes_are_in_each_others_way_where_they_touch() {
        let r = Rect { min: [0.0, 0.0], max: [10.0, 10.0] };
        assert!(crosses_rect([[-5.0, 5.0], [15.0, 6.0]], &r));
        assert!(crosses_rect([[5.0, 5.0], [6.0, 6.0]], &r));
        assert!(!crosses_rect([[-5.0, 8.0], [8.0, 21.0]], &r));
        assert!(cross([[0.0, 0.0], [4.0, 4.0]], [[0.0, 4.0], [4.0, 0.0]]));
        assert!(!cross([[0.0, 0.0], [1.0, 1.0]], [[0.0, 4.0], [4.0, 0.0]]));
    }
}
