//! Gives names their places: the cheapest first, then by moving others out of the way, in bounded work.
//!
//! Knows boxes, discs and lines, not sites or texts. Names come in order of importance.

use std::cell::OnceCell;

use super::name_spots::{Ground, Neighbour, Spot, Stand, distance, stacking};

/// So many of the most important glyphs may have a line to their name that runs over other glyphs.
const IMPORTANT: usize = 12;
/// So many comparisons of two names are spent on better places.
const WORK: usize = 60_000;
/// How much worse the whole may become for a while, at first.
const HEAT: f32 = 40.0;

/// Names and where they stand.
pub(super) struct Board<'a> {
    ground: &'a Ground,
    spots: &'a [Spot],
    /// Width and height of each name in each of its forms.
    sizes: &'a [Vec<[f32; 2]>],
    /// What it is worth that a name stands.
    worth: &'a [f32],
    /// Names that stand already and do not move.
    before: &'a [Stand],
    /// Where each name stands.
    pub(super) stands: Vec<Option<Stand>>,
    /// The glyphs near each that has a name, looked for when asked for.
    near: Vec<OnceCell<Near>>,
    found: Vec<Found>,
    work: usize,
}

/// What stands around a glyph.
struct Near {
    neighbours: Vec<Neighbour>,
    /// The directions in which it has room at its edge.
    open: u32,
}

/// Places that the ground lets a name stand at, found as they are asked for.
#[derive(Clone, Default)]
struct Found {
    stands: Vec<Stand>,
    /// The first spot that was not looked at.
    next: usize,
}

impl<'a> Board<'a> {
    /// No name stands yet. The glyphs that have a name to be placed come first in the ground.
    pub(super) fn new(
        ground: &'a Ground,
        spots: &'a [Spot],
        sizes: &'a [Vec<[f32; 2]>],
        worth: &'a [f32],
        before: &'a [Stand],
    ) -> Self {
        Self {
            ground,
            spots,
            sizes,
            worth,
            before,
            stands: vec![None; sizes.len()],
            near: sizes.iter().map(|_| OnceCell::new()).collect(),
            found: vec![Found::default(); sizes.len()],
            work: WORK,
        }
    }

    fn near(&self, i: usize) -> &Near {
        self.near[i].get_or_init(|| {
            let neighbours = self.ground.neighbours(i);
            let open = self.ground.open_directions(i, &neighbours);
            Near { neighbours, open }
        })
    }

    /// Gives each of `order`, the most important first, the best place left; then names change places, so
    /// that more find one. The most important left out get a line over other glyphs.
    pub(super) fn settle(&mut self, order: &[usize]) {
        for (rank, &i) in order.iter().enumerate() {
            let hemmed_in = rank < IMPORTANT && self.nth(i, 0, f32::INFINITY).is_none();
            self.stands[i] = if hemmed_in { self.over_glyphs(i) } else { self.best(i) };
        }
        self.change_places(order);
        // With all in place some find a better one.
        for &i in order {
            if let Some(stand) = self.stands[i].take() {
                self.stands[i] = self.best(i).or(Some(stand));
            }
        }
        for &i in order.iter().take(IMPORTANT) {
            if self.stands[i].is_none() {
                self.stands[i] = self.over_glyphs(i);
            }
        }
    }

    /// Simulated annealing with a fixed seed: a name left out takes a place, those in its way look for
    /// others, and what is better as a whole is kept.
    #[expect(clippy::cast_precision_loss, reason = "at most the work")]
    fn change_places(&mut self, order: &[usize]) {
        let able: Vec<usize> =
            order.iter().copied().filter(|&i| self.nth(i, 0, f32::INFINITY).is_some()).collect();
        let mut dice = Dice(0x2545_F491);
        let mut best = (self.score(order), self.stands.clone());
        let mut now = best.0;
        self.work = WORK;
        while self.work > 0 && able.iter().any(|&i| self.stands[i].is_none()) {
            let left_out: Vec<usize> =
                able.iter().copied().filter(|&i| self.stands[i].is_none()).collect();
            let i = left_out[dice.below(left_out.len())];
            // All places are known by now; the cheaper ones are tried more often.
            while self.nth(i, self.found[i].stands.len(), f32::INFINITY).is_some() {}
            let places = self.found[i].stands.len();
            let stand = self.found[i].stands[dice.below(places).min(dice.below(places))];
            self.work = self.work.saturating_sub(self.stands.len());
            if self.before.iter().any(|b| stand.clashes(b)) {
                continue;
            }
            let kept = self.stands.clone();
            let mut moved = Vec::new();
            for (j, other) in self.stands.iter_mut().enumerate() {
                if other.is_some_and(|o| o.clashes(&stand)) {
                    *other = None;
                    moved.push(j);
                }
            }
            self.stands[i] = Some(stand);
            for j in moved {
                self.stands[j] = self.best(j);
            }
            let score = self.score(order);
            if score < best.0 {
                best = (score, self.stands.clone());
            }
            let heat = HEAT * self.work as f32 / WORK as f32;
            if score <= now + heat * dice.unit() {
                now = score;
            } else {
                self.stands = kept;
            }
        }
        self.stands = best.1;
    }

    /// What all names of `order` cost; those left out what they are worth.
    fn score(&self, order: &[usize]) -> f32 {
        order.iter().map(|&i| self.stands[i].map_or(self.worth[i], |s| s.cost)).sum()
    }

    /// The cheapest place that is free.
    pub(super) fn best(&mut self, i: usize) -> Option<Stand> {
        let mut best: Option<Stand> = None;
        let mut n = 0;
        while let Some(stand) = self.nth(i, n, best.map_or(f32::INFINITY, |b| b.cost)) {
            n += 1;
            self.work = self.work.saturating_sub(self.stands.len());
            if let Some(cost) = self.cost(i, &stand)
                && best.is_none_or(|b| cost < b.cost)
            {
                best = Some(Stand { cost, ..stand });
            }
        }
        best
    }

    /// Whether the name, standing here, is in no other's way.
    pub(super) fn lets(&self, i: usize, stand: &Stand) -> bool {
        let judged = self.judge(i, stand.spot, true);
        judged.is_some() && self.cost(i, stand).is_some()
    }

    /// Names those that have no name, whatever they cover, as little as can be; other names go.
    pub(super) fn ensure(&mut self, picked: &[usize]) {
        for &i in picked {
            if self.stands[i].is_none() {
                self.force(i, picked);
            }
        }
    }

    fn force(&mut self, i: usize, keep: &[usize]) {
        let ground = self.ground;
        let inside = |s: &Stand| {
            ground.inside.encloses(&s.place) && !ground.boxes.iter().any(|b| b.overlaps(&s.place))
        };
        let in_the_way = |j: usize, s: &Stand| self.stands[j].is_some_and(|o| o.clashes(s));
        let covered = |s: &Stand| {
            let names = (0..self.stands.len()).filter(|j| in_the_way(*j, s)).count();
            let kept = keep.iter().filter(|j| in_the_way(**j, s)).count();
            let discs = self.near(i).neighbours.iter().map(|(_, j)| ground.discs[*j]);
            let discs = discs.filter(|(c, r)| distance(&s.place, *c) < *r).count();
            (kept, 4 * discs + names)
        };
        let forms = &self.sizes[i];
        let stands =
            self.spots.iter().filter_map(|s| Some(s.stand(ground.discs[i], *forms.get(s.form())?)));
        let Some(stand) = stands.filter(inside).min_by_key(covered) else { return };
        for other in self.stands.iter_mut().filter(|o| o.is_some_and(|o| o.clashes(&stand))) {
            *other = None;
        }
        self.stands[i] = Some(stand);
    }

    fn judge(&self, i: usize, spot: Spot, over: bool) -> Option<Stand> {
        let size = *self.sizes[i].get(spot.form())?;
        self.ground.judge(i, &self.near(i).neighbours, spot, size, over)
    }

    /// The place of this number of all where the ground lets a name stand, the cheapest first; `None` after
    /// the last one below a cost.
    fn nth(&mut self, i: usize, n: usize, below: f32) -> Option<Stand> {
        let open = self.near(i).open;
        if open == 0 {
            return None;
        }
        while self.found[i].stands.len() <= n {
            let spot = *self.spots.get(self.found[i].next).filter(|s| s.cost() < below)?;
            self.found[i].next += 1;
            if spot.is_in(open) {
                let stand = self.judge(i, spot, false);
                self.found[i].stands.extend(stand);
            }
        }
        self.found[i].stands.get(n).copied().filter(|s| s.spot.cost() < below)
    }

    /// What a name costs among the others; `None` where one is in its way.
    fn cost(&self, i: usize, stand: &Stand) -> Option<f32> {
        let mut cost = stand.cost;
        let others = self.stands.iter().enumerate().filter(|(j, _)| *j != i);
        for other in others.filter_map(|(_, s)| s.as_ref()).chain(self.before) {
            if stand.clashes(other) {
                return None;
            }
            cost += stacking(stand, other);
        }
        Some(cost)
    }

    /// The cheapest place whose line runs over other glyphs.
    fn over_glyphs(&self, i: usize) -> Option<Stand> {
        let all = self.spots.iter().filter_map(|s| self.judge(i, *s, true));
        let free = all.filter_map(|s| Some(Stand { cost: self.cost(i, &s)?, ..s }));
        free.min_by(|a, b| a.cost.total_cmp(&b.cost))
    }
}

/// A fixed run of numbers (linear congruential, Numerical Recipes), the same on every machine.
struct Dice(u32);

impl Dice {
    fn roll(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0 >> 16
    }

    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        self.roll() as usize % n.max(1)
    }

    /// A number from 0 to 1.
    fn unit(&mut self) -> f32 {
        f32::from(u16::try_from(self.roll()).unwrap_or(u16::MAX)) / 65_536.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::Rect;
    use super::super::name_spots::{AWAY, Disc, spots};
    use super::*;

    /// So many glyphs, each beside the one before, in a blot of overlapping rows.
    fn blot(count: u16) -> Vec<Disc> {
        let disc = |n: u16| {
            let [x, y] = [f32::from(n % 10), f32::from(n / 10)];
            ([x * 21.0 + y * 3.0, y * 19.0], if n == 0 { 30.0 } else { 10.0 })
        };
        (0..count).map(disc).collect()
    }

    /// What stands around the glyphs of a blot with names of 80 by 13 points.
    fn check(discs: Vec<Disc>, test: impl FnOnce(&Ground, Vec<Option<Stand>>)) {
        let ground = Ground {
            inside: Rect { min: [-300.0, -200.0], max: [500.0, 400.0] },
            boxes: vec![Rect { min: [220.0, -200.0], max: [500.0, -20.0] }],
            discs,
            histories: Vec::new(),
        };
        let count = ground.discs.len();
        let (sizes, worth) = (vec![vec![[80.0, 13.0]]; count], vec![100.0; count]);
        let spots = spots(&AWAY, 3);
        let mut board = Board::new(&ground, &spots, &sizes, &worth, &[]);
        board.settle(&(0..count).collect::<Vec<_>>());
        let stands = std::mem::take(&mut board.stands);
        test(&ground, stands);
    }

    #[test]
    fn every_name_finds_a_place_where_there_is_room() {
        for count in [1, 3, 5] {
            check(blot(count), |_, stands| assert!(stands.iter().all(Option::is_some), "{count}"));
        }
    }

    #[test]
    fn in_a_crowd_no_name_covers_another_a_glyph_or_furniture() {
        check(blot(90), |ground, stands| {
            let named: Vec<(usize, Stand)> =
                stands.into_iter().enumerate().filter_map(|(i, s)| Some((i, s?))).collect();
            assert!(named.len() > 20, "{}", named.len());
            for (n, (i, stand)) in named.iter().enumerate() {
                assert!(!named[n + 1..].iter().any(|(_, other)| stand.clashes(other)), "{i}");
                assert!(!ground.boxes.iter().any(|b| b.overlaps(&stand.place)), "{i}");
                for (center, radius) in &ground.discs {
                    assert!(distance(&stand.place, *center) > *radius, "{i}");
                }
            }
        });
    }

    #[test]
    fn a_name_without_a_line_is_nearest_to_its_own_glyph() {
        check(blot(90), |ground, stands| {
            let mut untied = 0;
            for (i, stand) in stands.iter().enumerate() {
                let Some(stand) = stand.filter(|s| s.leader.is_none()) else { continue };
                untied += 1;
                let gap = |(center, radius): Disc| distance(&stand.place, center) - radius;
                let own = gap(ground.discs[i]);
                let others = ground.discs.iter().enumerate().filter(|(j, _)| *j != i);
                assert!(others.map(|(_, d)| gap(*d)).all(|other| other > own + 1.0), "{i}");
            }
            assert!(untied > 5, "{untied}");
        });
    }
}
