//! Glyphs of events whose place is not known to the site: a ring where a radius is known, a plate where
//! no more than the governorate is. Like the disc they have the area of their count and a share of colour
//! for each class; unlike it their middle is empty, so that neither passes for a dot at a place.

use super::glyph::{self, SiteCount};
use super::theme::{Theme, size};
use super::{Circle, Dash, Item, Rect, Rgba, Stroke, shapes};

/// Width of a ring's rim, as a share of its radius, and at least this many points.
const RIM: (f32, f32) = (0.24, 3.0);
/// Height of the bar of classes in a plate, as a share of the plate's, and at least this many points.
const BAR: (f32, f32) = (0.12, 2.0);
/// Points between the bar and the plate's rim.
const BAR_GAP: f32 = 1.6;
/// A plate's width by its height.
const ASPECT: f32 = 1.2;

/// A ring with a share for each class, those before the window paler; dashed when all are only possible.
pub(super) fn ring(
    theme: &Theme,
    count: &SiteCount,
    center: [f32; 2],
    r: f32,
    items: &mut Vec<Item>,
) {
    let rim = (r * RIM.0).max(RIM.1);
    let fill = Some(theme.plate);
    if count.certain() == 0 {
        let stroke = Some(glyph::hollow_rim(theme, count, rim * 0.8));
        items.push(Item::Circle(Circle { center, radius: r - rim * 0.4, fill, stroke }));
        return;
    }
    // Whole circles below and above the shares, so that no seam shows between ground and rim. The largest share
    // is the whole rim below the others.
    let shares = shares(theme, count);
    let size = |share: &(Rgba, [f32; 2])| share.1[1] - share.1[0];
    let largest =
        (0..shares.len()).rev().max_by(|a, b| size(&shares[*a]).total_cmp(&size(&shares[*b])));
    let stroke = largest.map(|i| Stroke::solid(shares[i].0, rim));
    items.push(Item::Circle(Circle { center, radius: r - rim * 0.5, fill, stroke }));
    let outline = Stroke::solid(theme.glyph_outline, 0.8);
    for (i, (color, [from, to])) in shares.iter().enumerate().filter(|_| shares.len() > 1) {
        if Some(i) != largest {
            let arc = shapes::closed(shapes::ring_part(center, [r - rim, r], *from, *to));
            items.push(shapes::area(vec![arc], Some(*color), None));
        }
        let (sin, cos) = (std::f32::consts::TAU * (from - 0.25)).sin_cos();
        let edge = [r - rim, r].map(|out| [center[0] + cos * out, center[1] + sin * out]);
        items.push(shapes::line(edge.to_vec(), outline));
    }
    for radius in [r, r - rim] {
        let stroke = Some(Stroke::solid(theme.glyph_outline, 0.8));
        items.push(Item::Circle(Circle { center, radius, fill: None, stroke }));
    }
}

/// The plate's box around a middle, for the radius of a disc of the same area.
pub(super) fn plate_box([x, y]: [f32; 2], r: f32) -> Rect {
    let height = (std::f32::consts::PI * r * r / ASPECT).sqrt();
    let (w, h) = (height * ASPECT / 2.0, height / 2.0);
    Rect { min: [x - w, y - h], max: [x + w, y + h] }
}

/// How far above the middle of a plate its number stands, clear of the bar.
pub(super) fn number_lift(r: f32) -> f32 {
    f32::midpoint(bar_height(r), BAR_GAP) + 0.2
}

/// Height of the bar of classes at the foot of a plate.
fn bar_height(r: f32) -> f32 {
    (plate_box([0.0; 2], r).height() * BAR.0).max(BAR.1)
}

/// A plate with a dashed rim, and at its foot a bar with a share for each class.
pub(super) fn plate(
    theme: &Theme,
    count: &SiteCount,
    center: [f32; 2],
    r: f32,
    items: &mut Vec<Item>,
) {
    let place = plate_box(center, r);
    let contour = || vec![shapes::closed(shapes::rounded(place, 3.0))];
    items.push(shapes::area(contour(), Some(theme.plate), None));
    if count.certain() > 0 {
        let height = bar_height(r);
        let min = [place.min[0] + 2.5, place.max[1] - BAR_GAP - height];
        let max = [place.max[0] - 2.5, place.max[1] - BAR_GAP];
        class_bar(theme, count, Rect { min, max }, items);
    }
    let color = newest(theme, count);
    let dash = Some(Dash { on: 3.0, off: 2.0 });
    let rim = Stroke { dash, ..Stroke::solid(color, size::GLYPH_OUTLINE) };
    items.push(shapes::area(contour(), None, Some(rim)));
}

/// The colour of the largest class of what is newest at a place: what is past is paler in its rim too.
fn newest(theme: &Theme, count: &SiteCount) -> Rgba {
    let layers = count.layers(theme);
    let newest = layers.iter().find(|(counts, _)| counts.iter().any(|n| *n > 0));
    let largest = newest.and_then(|(counts, color)| {
        let slices = glyph::slices(counts, color);
        slices.into_iter().rev().max_by_key(|(_, n)| *n).map(|(color, _)| color)
    });
    largest.unwrap_or_else(|| theme.class(count.main_class()))
}

/// A bar with a share for each class, those before the window paler.
pub(super) fn class_bar(theme: &Theme, count: &SiteCount, place: Rect, items: &mut Vec<Item>) {
    for (color, [from, to]) in shares(theme, count) {
        let x = |share: f32| place.min[0] + place.width() * share;
        let part = Rect { min: [x(from), place.min[1]], max: [x(to), place.max[1]] };
        items.push(shapes::filled(part, color));
    }
}

/// Colour of each class of certain events with the share that it takes, from and to.
fn shares(theme: &Theme, count: &SiteCount) -> Vec<(Rgba, [f32; 2])> {
    let layers = count.layers(theme);
    let slices: Vec<(Rgba, usize)> =
        layers.iter().flat_map(|(counts, color)| glyph::slices(counts, color)).collect();
    let total: usize = slices.iter().map(|s| s.1).sum();
    let mut before = 0;
    slices
        .into_iter()
        .map(|(color, n)| {
            let from = glyph::share(before, total);
            before += n;
            (color, [from, glyph::share(before, total)])
        })
        .collect()
}
