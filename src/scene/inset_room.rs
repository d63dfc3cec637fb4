//! The room of an inset: on the map where that covers nothing, else below or beside the map.

use super::glyph::count_size;
use super::labels::Occupied;
use super::map::{DrawnSite, MapScene};
use super::{Rect, Size, shapes, vague_glyph};
use crate::analysis::PlaceClass;

/// Points between the map's edge and an inset on it.
const MARGIN: f32 = 10.0;
/// Points between the map and an inset below or beside it.
pub(super) const GAP: f32 = 7.0;
/// A sheet wider than this for its height has the inset beside the map.
const WIDE: f32 = 1.25;
/// Heights of an inset below the map that are tried, as share of the width, and their limits in points.
const HEIGHTS: ([f32; 4], [f32; 2]) = ([0.55, 0.42, 0.34, 0.27], [130.0, 300.0]);
/// Widths of one beside the map, likewise.
const WIDTHS: ([f32; 4], [f32; 2]) = ([0.38, 0.34, 0.28, 0.23], [150.0, 330.0]);

/// Room of an inset off the map, in points, without the gap to the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum InsetRoom {
    /// Below the map, as wide as it: the height.
    Below(f32),
    /// To the right of the map, as high as it: the width.
    Beside(f32),
}

impl InsetRoom {
    /// The rooms that a sheet may have, the largest first.
    pub(super) fn of(sheet: Size) -> [Self; 4] {
        if sheet.width > sheet.height * WIDE {
            let (shares, [least, most]) = WIDTHS;
            shares.map(|share| Self::Beside((sheet.width * share).clamp(least, most)))
        } else {
            let (shares, [least, most]) = HEIGHTS;
            shares.map(|share| Self::Below((sheet.width * share).clamp(least, most)))
        }
    }

    /// What it takes from the height below the map, its gap included.
    pub(super) fn below(self) -> f32 {
        match self {
            Self::Below(height) => height + GAP,
            Self::Beside(_) => 0.0,
        }
    }

    /// What it takes from the width of the map, likewise.
    pub(super) fn beside(self) -> f32 {
        match self {
            Self::Below(_) => 0.0,
            Self::Beside(width) => width + GAP,
        }
    }

    /// Where it is, for a map and the margin at the sides of the sheet.
    pub(super) fn place(self, map: Rect, side: f32) -> Rect {
        let [right, bottom] = map.max;
        match self {
            Self::Below(height) => Rect {
                min: [map.min[0] + side, bottom + GAP],
                max: [right - side, bottom + GAP + height],
            },
            Self::Beside(width) => {
                Rect { min: [right + GAP, map.min[1]], max: [right + GAP + width, bottom] }
            }
        }
    }
}

/// The place along the map's edges that has least underneath; of equals the one nearest to a corner.
pub(super) fn free_place(
    map: Rect,
    [width, height]: [f32; 2],
    taken: &Occupied,
    names: &[Rect],
    shows: &Rect,
) -> Option<Rect> {
    const STEPS: u8 = 16;
    let inside = map.grown(-MARGIN);
    let slack = [inside.width() - width, inside.height() - height];
    if slack[0] < 0.0 || slack[1] < 0.0 {
        return None;
    }
    let along = (0..=STEPS).flat_map(|n| {
        let t = f32::from(n) / f32::from(STEPS);
        [[0.0, t], [1.0, t], [t, 0.0], [t, 1.0]]
    });
    let mut best: Option<(f32, Rect)> = None;
    for [across, down] in along {
        let corner = [inside.min[0] + slack[0] * across, inside.min[1] + slack[1] * down];
        let place = Rect::from_min_size(corner, width, height);
        if !taken.is_free(&place) {
            continue;
        }
        let under = names.iter().filter(|n| n.overlaps(&place)).count();
        let under = f32::from(u8::try_from(under.min(100)).unwrap_or(100));
        let from_corner = across.min(1.0 - across) * slack[0] + down.min(1.0 - down) * slack[1];
        let [a, b] = [place.center(), shows.center()];
        let cost = under * 12.0 + from_corner * 0.5 + (a[0] - b[0]).hypot(a[1] - b[1]) * 0.1;
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, place));
        }
    }
    best.map(|(_, place)| place)
}

/// A line between corners of what is shown and of the inset that crosses no glyph and
/// nothing at the map's edges; the shortest.
pub(super) fn leader(shows: &Rect, place: &Rect, map: &MapScene) -> Option<[[f32; 2]; 2]> {
    const STEPS: u8 = 24;
    let clear = |[a, b]: &[[f32; 2]; 2]| {
        (0..=STEPS).all(|n| {
            let t = f32::from(n) / f32::from(STEPS);
            let at = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
            let on_glyph = map.sites.iter().any(|s| {
                s.is_on_ground() && (s.center[0] - at[0]).hypot(s.center[1] - at[1]) < s.radius
            });
            let inside = n > 0
                && n < STEPS
                && (shows.grown(-0.5).contains(at) || place.grown(-0.5).contains(at));
            let on_edge = map.edges.iter().any(|edge| edge.contains(at));
            !on_glyph && !inside && !on_edge
        })
    };
    let length = |[a, b]: &[[f32; 2]; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
    // Straight to the nearer edge too.
    let [left, right] = [place.min[0], place.max[0]];
    let straight = shapes::corners(*shows)
        .into_iter()
        .map(|[x, y]| [x.clamp(left, right), y.clamp(place.min[1], place.max[1])]);
    let ends: Vec<[f32; 2]> = straight.chain(shapes::corners(*place)).collect();
    shapes::corners(*shows)
        .into_iter()
        .flat_map(|a| ends.iter().map(move |b| [a, *b]))
        .filter(clear)
        .min_by(|a, b| length(a).total_cmp(&length(b)))
}

/// The line around what an inset shows, with gaps where it would cross the number of a glyph.
pub(super) fn outline(shows: &Rect, map: &MapScene) -> Vec<[[f32; 2]; 2]> {
    /// Points between two of its points.
    const STEP: f32 = 0.75;
    let numbers: Vec<Rect> =
        map.sites.iter().filter(|s| s.is_on_ground()).map(number_box).collect();
    let on_number = |at: [f32; 2]| numbers.iter().any(|number| number.contains(at));
    let corners = shapes::corners(*shows);
    let mut lines: Vec<[[f32; 2]; 2]> = Vec::new();
    for (n, from) in corners.iter().enumerate() {
        let to = corners[(n + 1) % corners.len()];
        let length = (to[0] - from[0]).hypot(to[1] - from[1]);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a side of a sheet"
        )]
        let steps = (length / STEP).ceil().clamp(1.0, 4000.0) as u16;
        let at = |n: u16| {
            let t = f32::from(n) / f32::from(steps);
            [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t]
        };
        let mut begun: Option<u16> = None;
        for n in 0..=steps {
            let is_free = !on_number(at(n));
            if is_free && begun.is_none() {
                begun = Some(n);
            }
            let end = if is_free { (n == steps).then_some(n) } else { n.checked_sub(1) };
            if let (Some(first), Some(last)) = (begun, end) {
                if last > first {
                    lines.push([at(first), at(last)]);
                }
                begun = None;
            }
        }
    }
    lines
}

/// About the room of the number of a glyph.
fn number_box(site: &DrawnSite) -> Rect {
    let [certain, possible] = site.count.both();
    let digits = certain.max(possible).max(1).ilog10() + 1;
    let size = count_size(site.radius);
    #[expect(clippy::cast_precision_loss, reason = "a few digits")]
    let width = (digits as f32 + if certain == 0 { 1.0 } else { 0.0 }) * size * 0.62 + 3.0;
    let height = size * 0.75 + 3.0;
    let lift = match site.class {
        PlaceClass::Spot | PlaceClass::Radius => 0.0,
        _ => vague_glyph::number_lift(site.radius),
    };
    let [x, y] = [site.center[0], site.center[1] - lift];
    Rect::from_min_size([x - width / 2.0, y - height / 2.0], width, height)
}
