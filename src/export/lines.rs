//! The parts of lines that can be seen, and their dashes; shared by the painters, so that a dash
//! starts at the same place in each. Units are those of the points, usually pixels.

use crate::scene::{Dash, Rect};

/// More dashes than this in one segment are drawn as a solid line.
const MAX_DASHES: f64 = 10_000.0;
/// What is shorter is a rounding error, not a dash.
const SHORTEST_DASH: f64 = 1e-3;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Polyline {
    /// The corners.
    pub points: Vec<[f32; 2]>,
    /// Whether the last point is joined to the first.
    pub closed: bool,
}

/// The pieces of a line that lie inside `clip`. Points that are no finite numbers break the line.
#[must_use]
pub fn visible(points: &[[f32; 2]], closed: bool, clip: &Rect) -> Vec<Polyline> {
    if points.iter().all(|&point| clip.contains(point)) {
        let points = points.to_vec();
        return if points.len() > 1 { vec![Polyline { points, closed }] } else { Vec::new() };
    }
    let mut pieces: Vec<Polyline> = Vec::new();
    let mut goes_on = false;
    for (a, b) in segments(points, closed) {
        let Some([start, end]) = clipped(a, b, clip) else {
            goes_on = false;
            continue;
        };
        let from = if start <= 0.0 { a } else { between(a, b, start) };
        let to = if end >= 1.0 { b } else { between(a, b, end) };
        match pieces.last_mut() {
            Some(piece) if goes_on && start <= 0.0 => piece.points.push(to),
            _ => pieces.push(Polyline { points: vec![from, to], closed: false }),
        }
        goes_on = end >= 1.0;
    }
    if closed && pieces.len() > 1 {
        join_around_the_start(&mut pieces);
    }
    pieces
}

/// The dashes of a line that lie inside `clip`; the first dash begins at the first point, seen or
/// not. A pattern without a positive length gives the line itself.
#[must_use]
pub fn dashes(points: &[[f32; 2]], closed: bool, dash: Dash, clip: &Rect) -> Vec<Polyline> {
    let (on, period) = (f64::from(dash.on), f64::from(dash.on) + f64::from(dash.off));
    let is_pattern = on > 0.0 && dash.off > 0.0 && period.is_finite();
    if !is_pattern {
        return visible(points, closed, clip);
    }
    let mut pieces: Vec<Polyline> = Vec::new();
    // The dash that reached the end of the segment before this one, to be continued.
    let mut open_dash = None;
    let mut travelled = 0.0_f64;
    for (a, b) in segments(points, closed) {
        let length = f64::from(b[0] - a[0]).hypot(f64::from(b[1] - a[1]));
        if length == 0.0 || !length.is_finite() {
            continue;
        }
        let reached = travelled + length;
        let Some([start, end]) = clipped(a, b, clip) else {
            (travelled, open_dash) = (reached, None);
            continue;
        };
        let from = start.mul_add(length, travelled);
        let to = end.mul_add(length, travelled);
        if (to - from) / period > MAX_DASHES {
            return visible(points, closed, clip);
        }
        let mut number = (from / period).floor();
        while number * period < to {
            let dash_from = (number * period).max(from);
            let dash_to = number.mul_add(period, on).min(to);
            if dash_to - dash_from > SHORTEST_DASH {
                let at = |distance: f64| between(a, b, (distance - travelled) / length);
                let goes_on = dash_from <= travelled && open_dash == Some(number);
                match pieces.last_mut() {
                    Some(piece) if goes_on => piece.points.push(at(dash_to)),
                    _ => pieces
                        .push(Polyline { points: vec![at(dash_from), at(dash_to)], closed: false }),
                }
                open_dash = (dash_to >= reached).then_some(number);
            }
            number += 1.0;
        }
        travelled = reached;
    }
    pieces
}

/// What is drawn of a line: its dashes, or itself. Lengths of the pattern are `scale` per unit.
#[must_use]
pub fn pieces(line: &Polyline, dash: Option<Dash>, scale: f32, clip: &Rect) -> Vec<Polyline> {
    match dash {
        Some(Dash { on, off }) => {
            let dash = Dash { on: on * scale, off: off * scale };
            dashes(&line.points, line.closed, dash, clip)
        }
        None => visible(&line.points, line.closed, clip),
    }
}

/// Corners of a polygon that cannot be told from the circle; the first is on the right.
#[must_use]
pub fn circle_points([x, y]: [f32; 2], radius: f32) -> Vec<[f32; 2]> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to a small number"
    )]
    let corners = (radius.max(0.0).sqrt() * 8.0).clamp(16.0, 256.0) as u16;
    (0..corners)
        .map(|corner| {
            let (sin, cos) =
                (std::f32::consts::TAU * f32::from(corner) / f32::from(corners)).sin_cos();
            [radius.mul_add(cos, x), radius.mul_add(sin, y)]
        })
        .collect()
}

fn segments(points: &[[f32; 2]], closed: bool) -> impl Iterator<Item = ([f32; 2], [f32; 2])> + '_ {
    let inner = points.windows(2).map(|pair| (pair[0], pair[1]));
    let last = match points {
        [first, .., last] if closed => Some((*last, *first)),
        _ => None,
    };
    inner.chain(last)
}

/// Which share of the segment lies inside (Liang and Barsky, 1984).
fn clipped(a: [f32; 2], b: [f32; 2], clip: &Rect) -> Option<[f64; 2]> {
    if ![a, b].iter().flatten().all(|value| value.is_finite()) {
        return None;
    }
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    let [a, b, min, max] = [a, b, clip.min, clip.max].map(|point| point.map(f64::from));
    for axis in 0..2 {
        let delta = b[axis] - a[axis];
        for (towards, distance) in [(-delta, a[axis] - min[axis]), (delta, max[axis] - a[axis])] {
            if towards == 0.0 {
                if distance < 0.0 {
                    return None;
                }
            } else if towards < 0.0 {
                start = start.max(distance / towards);
            } else {
                end = end.min(distance / towards);
            }
        }
    }
    let is_dot = (b[0] - a[0]).abs() + (b[1] - a[1]).abs() <= 0.0;
    (start < end || (is_dot && start <= end)).then_some([start, end])
}

fn between(a: [f32; 2], b: [f32; 2], share: f64) -> [f32; 2] {
    [0, 1].map(|axis| {
        let (a, b) = (f64::from(a[axis]), f64::from(b[axis]));
        #[expect(clippy::cast_possible_truncation, reason = "back to the type of the points")]
        let value = (b - a).mul_add(share, a) as f32;
        value
    })
}

/// A closed line that was cut elsewhere goes on through its first point.
fn join_around_the_start(pieces: &mut Vec<Polyline>) {
    let meets = match (pieces.first(), pieces.last()) {
        (Some(first), Some(last)) => first.points.first() == last.points.last(),
        _ => false,
    };
    if meets && let Some(mut last) = pieces.pop() {
        last.points.pop();
        let first = pieces.remove(0);
        last.points.extend(first.points);
        pieces.push(last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIP: Rect = Rect { min: [0.0, 0.0], max: [10.0, 10.0] };

    fn check(points: &[[f32; 2]], closed: bool, expected: &[&[[f32; 2]]]) {
        let pieces = visible(points, closed, &CLIP);
        let pieces: Vec<&[[f32; 2]]> = pieces.iter().map(|piece| &piece.points[..]).collect();
        assert_eq!(pieces, expected);
    }

    #[test]
    fn a_line_that_is_wholly_seen_stays_as_it_is() {
        check(&[[1.0, 1.0], [9.0, 9.0]], false, &[&[[1.0, 1.0], [9.0, 9.0]]]);
        let ring = [[1.0, 1.0], [9.0, 1.0], [9.0, 9.0]];
        assert!(visible(&ring, true, &CLIP)[0].closed);
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two_lines() {
        check(
            &[[5.0, 5.0], [20.0, 5.0], [20.0, 8.0], [5.0, 8.0]],
            false,
            &[&[[5.0, 5.0], [10.0, 5.0]], &[[10.0, 8.0], [5.0, 8.0]]],
        );
    }

    #[test]
    fn a_closed_line_that_is_cut_goes_on_through_its_first_point() {
        check(
            &[[5.0, 5.0], [20.0, 5.0], [5.0, 8.0]],
            true,
            &[&[[10.0, 7.0], [5.0, 8.0], [5.0, 5.0], [10.0, 5.0]]],
        );
    }

    #[test]
    fn nothing_is_left_of_a_line_outside_or_without_numbers() {
        check(&[[11.0, 0.0], [11.0, 10.0]], false, &[]);
        check(&[[-5.0, 8.0], [8.0, 30.0]], false, &[]);
        check(&[[f32::NAN, 1.0], [1.0, 1.0]], false, &[]);
        check(&[[f32::INFINITY, 1.0], [1.0, 1.0]], false, &[]);
        check(&[[1.0, 1.0]], true, &[]);
    }

    #[test]
    fn dashes_bend_around_corners_and_keep_their_rhythm_where_the_line_is_not_seen() {
        let dash = Dash { on: 3.0, off: 1.0 };
        let bent = dashes(&[[1.0, 1.0], [3.0, 1.0], [3.0, 9.0]], false, dash, &CLIP);
        assert_eq!(bent[0].points, [[1.0, 1.0], [3.0, 1.0], [3.0, 2.0]]);
        assert_eq!(bent[1].points, [[3.0, 3.0], [3.0, 6.0]]);
        let from_far = dashes(&[[-39.0, 1.0], [30.0, 1.0]], false, dash, &CLIP);
        assert_eq!(from_far[0].points, [[1.0, 1.0], [4.0, 1.0]]);
        assert!(from_far.iter().flat_map(|d| &d.points).all(|p| CLIP.contains(*p)));
    }

    #[test]
    fn a_pattern_without_length_is_a_solid_line() {
        for (on, off) in [(0.0, 1.0), (1.0, 0.0), (f32::NAN, 1.0), (-1.0, 2.0), (1e-9, 1e-9)] {
            let solid = dashes(&[[1.0, 1.0], [9.0, 1.0]], false, Dash { on, off }, &CLIP);
            assert_eq!(solid.len(), 1, "{on} {off}");
        }
    }
}
