//! Moves glyphs apart that would cover each other.

use super::marks::SiteMark;
use super::theme::{size, style};

/// Free points between two glyphs.
const GAP: f32 = 2.0;
/// Rounds of moving apart; enough for a record's clusters to settle.
const ROUNDS: usize = 50;
/// A glyph that would stand farther from its place than this many points may overlap its neighbours.
const FAR: f32 = 30.0;
/// How much of the overlap that leaves every number readable a crowd takes, step by step.
const EASE: [f32; 3] = [0.0, 0.35, 0.6];
/// Free points between the number of a glyph and a point that must be seen above it.
const POINT_GAP: f32 = 4.0;

/// Moves glyphs apart, those of a crowd less.
///
/// Overlapping glyphs are pushed apart along the line between them, each back towards its anchor a
/// little, in rounds of fixed number and order, so the same input gives the same places. Where a crowd
/// would carry a glyph far from its place, those of the crowd overlap instead, the smaller on top, as
/// far as no number is covered. No number covers one of `points` either: those of capitals, which are
/// seen above glyphs.
pub(super) fn spread(marks: &mut [SiteMark], points: &[[f32; 2]]) {
    let mut steps = vec![0; marks.len()];
    for _ in EASE {
        for mark in marks.iter_mut() {
            mark.center = mark.anchor;
        }
        part(marks, &steps, points);
        let far: Vec<usize> = (0..marks.len())
            .filter(|&i| {
                steps[i] + 1 < EASE.len() && between(marks[i].anchor, marks[i].center) > FAR
            })
            .collect();
        if far.is_empty() {
            return;
        }
        for i in crowds(marks, &far) {
            steps[i] = (steps[i] + 1).min(EASE.len() - 1);
        }
    }
}

/// Those of `marks` that touch one of `seeds`, or touch one that does.
fn crowds(marks: &[SiteMark], seeds: &[usize]) -> Vec<usize> {
    let mut found = seeds.to_vec();
    let mut is_found = vec![false; marks.len()];
    for &i in seeds {
        is_found[i] = true;
    }
    let mut next = 0;
    while let Some(&i) = found.get(next) {
        next += 1;
        for (j, known) in is_found.iter_mut().enumerate() {
            let reach = marks[i].room + marks[j].room + 2.0 * GAP;
            if !*known && between(marks[i].center, marks[j].center) <= reach {
                *known = true;
                found.push(j);
            }
        }
    }
    found
}

/// The least distance of two glyphs; `number` is how far that of the lower one reaches, `ease` is 0 for
/// glyphs side by side and 1 for the tightest.
fn least_distance(lower: &SiteMark, number: f32, upper: &SiteMark, ease: f32) -> f32 {
    let apart = lower.room + upper.room + GAP;
    let tight = number + upper.room + GAP / 2.0;
    apart + (tight - apart).min(0.0) * ease
}

/// How far from the middle of a glyph of some radius its number reaches.
#[must_use]
pub(super) fn number_reach(radius: f32) -> f32 {
    let size_pt = (radius * 0.82).clamp(style::COUNT.size_pt, 22.0);
    let count = (radius / size::GLYPH_UNIT_RADIUS).powi(2);
    let digits = if count < 9.5 { 1.0 } else { count.log10().floor() + 1.0 };
    (digits * 0.3 * size_pt).hypot(0.36 * size_pt)
}

fn between(a: [f32; 2], b: [f32; 2]) -> f32 {
    (b[0] - a[0]).hypot(b[1] - a[1])
}

#[expect(clippy::cast_precision_loss, reason = "a few rounds")]
fn part(marks: &mut [SiteMark], steps: &[usize], points: &[[f32; 2]]) {
    let widest = marks.iter().map(|m| m.room).fold(0.0, f32::max);
    let numbers: Vec<f32> = marks.iter().map(|m| number_reach(m.room)).collect();
    let mut from_left: Vec<usize> = (0..marks.len()).collect();
    for round in 0..ROUNDS {
        // Glyphs grow to their size, so that each stays on its side of its neighbours.
        let grown = (0.2 + 0.8 * round as f32 / (ROUNDS / 2) as f32).min(1.0);
        let mut moved = grown < 1.0;
        from_left
            .sort_by(|&a, &b| marks[a].center[0].total_cmp(&marks[b].center[0]).then(a.cmp(&b)));
        for (n, &first) in from_left.iter().enumerate() {
            for &second in &from_left[n + 1..] {
                let far = marks[second].center[0] - marks[first].center[0];
                if far > marks[first].room + widest + GAP {
                    break;
                }
                let (i, j) = (first.min(second), first.max(second));
                let ease = EASE[steps[i].max(steps[j])];
                let need = least_distance(&marks[i], numbers[i], &marks[j], ease);
                moved |= push(marks, (i, j), need * grown);
            }
        }
        for mark in marks.iter_mut() {
            for point in points {
                moved |= push_off(mark, *point);
            }
        }
        if !moved {
            break;
        }
        // Early rounds draw glyphs back to their places; the last ones only part them.
        if round < ROUNDS / 2 {
            for mark in marks.iter_mut() {
                mark.center[0] += (mark.anchor[0] - mark.center[0]) * 0.08;
                mark.center[1] += (mark.anchor[1] - mark.center[1]) * 0.08;
            }
        }
    }
}

/// Moves a glyph whose number covers a point; whether it did.
fn push_off(mark: &mut SiteMark, point: [f32; 2]) -> bool {
    let need = number_reach(mark.room) + POINT_GAP;
    let distance = between(point, mark.center);
    if distance >= need {
        return false;
    }
    let [dx, dy] = [mark.center[0] - point[0], mark.center[1] - point[1]];
    let toward = if distance < 0.01 { [0.0, 1.0] } else { [dx / distance, dy / distance] };
    let out = need + 0.01;
    mark.center = [point[0] + toward[0] * out, point[1] + toward[1] * out];
    true
}

/// Parts two glyphs that are too near each other; whether they were.
fn push(marks: &mut [SiteMark], (i, j): (usize, usize), need: f32) -> bool {
    let (a, b) = (marks[i], marks[j]);
    let (mut dx, mut dy) = (b.center[0] - a.center[0], b.center[1] - a.center[1]);
    if dx.abs() >= need || dy.abs() >= need {
        return false;
    }
    let distance = (dx * dx + dy * dy).sqrt();
    if distance >= need {
        return false;
    }
    if distance < 0.01 {
        // The same point: part them along a direction that depends on their order alone.
        #[expect(clippy::cast_precision_loss, reason = "a small index")]
        let turn = (j as f32) * 2.399_963;
        (dx, dy) = (turn.cos(), turn.sin());
    } else {
        (dx, dy) = (dx / distance, dy / distance);
    }
    // The heavier glyph keeps its place more.
    let share = weight(&b) / (weight(&a) + weight(&b));
    let by = need - distance + 0.01;
    marks[i].center = [a.center[0] - dx * by * share, a.center[1] - dy * by * share];
    let rest = 1.0 - share;
    marks[j].center = [b.center[0] + dx * by * rest, b.center[1] + dy * by * rest];
    true
}

/// How much a glyph keeps its place. One that counts what is known to a governorate only must stay in
/// it: the place of others is told by a line.
fn weight(mark: &SiteMark) -> f32 {
    const IN_AREA: f32 = 6.0;
    let area = mark.room.powi(2);
    if mark.place.class.is_at_position() { area } else { area * IN_AREA }
}

#[cfg(test)]
mod tests {
    use super::super::symbol_scale::SymbolScale;
    use super::*;
    use crate::analysis::{Place, PlaceClass};
    use crate::domain::SiteIndex;

    fn radius(total: usize) -> f32 {
        SymbolScale::LARGEST.radius(total)
    }

    fn mark(site: u32, at: [f32; 2], total: usize) -> SiteMark {
        let site = SiteIndex(site);
        SiteMark {
            site,
            others: 0,
            group: 0,
            place: Place { site, class: PlaceClass::Spot, own_position: None },
            is_first: true,
            anchor: at,
            center: at,
            full_radius: radius(total),
            room: radius(total),
            total,
        }
    }

    #[test]
    fn glyphs_at_one_point_are_parted_and_the_same_way_every_time() {
        let make = || {
            let mut marks =
                vec![mark(0, [5.0, 5.0], 9), mark(1, [5.0, 5.0], 4), mark(2, [6.0, 5.0], 1)];
            spread(&mut marks, &[]);
            marks
        };
        let marks = make();
        for (i, a) in marks.iter().enumerate() {
            for b in &marks[i + 1..] {
                let d = (a.center[0] - b.center[0]).hypot(a.center[1] - b.center[1]);
                assert!(d >= a.room + b.room, "{a:?} {b:?}");
            }
        }
        assert_eq!(marks, make());
    }

    #[test]
    fn a_glyph_with_room_stays_where_it_is() {
        let mut marks = vec![mark(0, [0.0, 0.0], 1), mark(1, [100.0, 0.0], 1)];
        spread(&mut marks, &[]);
        assert!(marks[0].center[0].abs() < 1e-6 && marks[0].center[1].abs() < 1e-6);
    }

    /// Eighty sites in a blot of 60 points.
    fn crowd() -> Vec<SiteMark> {
        let mut marks: Vec<SiteMark> = (0..80_u16)
            .map(|n| {
                let (turn, out) = (f32::from(n) * 2.4, f32::from(n % 16) * 4.0);
                let at = [turn.cos() * out, turn.sin() * out];
                mark(n.into(), at, if n < 4 { 30 } else { 1 + usize::from(n % 3) })
            })
            .collect();
        marks.sort_by(|a, b| b.total.cmp(&a.total).then(a.site.cmp(&b.site)));
        marks
    }

    #[test]
    fn in_a_crowd_glyphs_overlap_but_cover_no_number_and_stay_nearer_to_their_places() {
        let mut marks = crowd();
        spread(&mut marks, &[]);
        for (i, lower) in marks.iter().enumerate() {
            for upper in &marks[i + 1..] {
                let free = between(lower.center, upper.center) - upper.room;
                assert!(free >= number_reach(lower.room), "{lower:?} {upper:?}");
            }
        }
        let mean = |marks: &[SiteMark]| {
            marks.iter().map(|m| between(m.anchor, m.center)).sum::<f32>() / 80.0
        };
        let mut apart = crowd();
        part(&mut apart, &[0; 80], &[]);
        assert!(mean(&marks) < mean(&apart) * 0.8, "{} of {}", mean(&marks), mean(&apart));
    }
}
