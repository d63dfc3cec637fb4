//! How marks, dates of several days and counted bars look.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{LaneMark, LanesLayout, LanesScene, Pile};
use crate::analysis::words;
use crate::domain::{Code as _, Dataset, Direction, Status, WeaponFamily};
use crate::scene::glyph::centered;
use crate::scene::text::Shaper;
use crate::scene::theme::{Theme, style};
use crate::scene::{Circle, Contour, Dash, Geometry, Halo, Item, Path, Rect, Stroke, shapes};

/// Marks of this size have a ring for the status; smaller ones are the symbol alone.
const RINGED: f32 = 10.0;
/// Opacity of a date's bar.
const BAR_ALPHA: u8 = 70;

/// The middle line.
pub(super) fn ground(theme: &Theme, layout: &LanesLayout, items: &mut Vec<Item>) {
    let (left, right) = (layout.strip.bars.min[0], layout.strip.bars.max[0]);
    let middle = vec![[left, layout.middle], [right, layout.middle]];
    items.push(shapes::line(middle, Stroke::solid(theme.rule, 0.8)));
}

/// The bars of what is known only to a piece of the axis: pale, with closed ends but where they go on beyond it.
pub(super) fn spans(
    theme: &Theme,
    dataset: &Dataset,
    layout: &LanesLayout,
    scene: &LanesScene,
    items: &mut Vec<Item>,
) {
    let axis = layout.strip.axis;
    let mut by_class: BTreeMap<usize, [Vec<Contour>; 2]> = BTreeMap::new();
    for mark in &scene.marks {
        let Some(bar) = bar_of(mark) else { continue };
        let event = dataset.event(mark.event);
        let span = event.date.span;
        let goes_on = [span.first() < axis.first(), span.last() > axis.last()];
        let [fills, edges] = by_class.entry(event.direction.position()).or_default();
        let (fill, edge) = outline(bar, goes_on);
        fills.push(fill);
        edges.extend(edge);
    }
    for (class, [fills, edges]) in by_class {
        let color = theme.class(Direction::ALL[class]);
        items.push(shapes::area(fills, Some(color.with_alpha(BAR_ALPHA)), None));
        items.push(shapes::area(edges, None, Some(Stroke::solid(color, 0.6))));
    }
}

/// A bar with round ends, and its edge, which is open where the bar goes on.
fn outline(bar: Rect, goes_on: [bool; 2]) -> (Contour, Vec<Contour>) {
    if goes_on == [false, false] {
        let round = shapes::closed(shapes::rounded(bar, bar.height() / 2.0));
        return (round.clone(), vec![round]);
    }
    let ([x0, y0], [x1, y1]) = (bar.min, bar.max);
    let r = bar.height() / 2.0;
    let [left, right] = [(x0, -1.0, goes_on[0]), (x1, 1.0, goes_on[1])].map(|(x, out, open)| {
        if open { [x; 4] } else { [x - out * r, x - out * 0.3 * r, x - out * 0.3 * r, x - out * r] }
    });
    let heights = [y0, y0 + 0.3 * r, y1 - 0.3 * r, y1];
    let side = |xs: [f32; 4]| xs.into_iter().zip(heights).map(|(x, y)| [x, y]);
    let left: Vec<[f32; 2]> = side(left).rev().collect();
    let around: Vec<[f32; 2]> = left.iter().copied().chain(side(right)).collect();
    let open = |points| Contour { points, closed: false };
    let mut edges = vec![open(vec![around[3], around[4]])];
    edges.push(open(vec![around[0], around[7]]));
    if !goes_on[0] {
        edges.push(open(left));
    }
    if !goes_on[1] {
        edges.push(open(side(right).collect()));
    }
    (shapes::closed(around), edges)
}

/// The bar of what is known only to a piece of the axis.
pub(super) fn bar_of(mark: &LaneMark) -> Option<Rect> {
    let [x0, x1] = mark.bar?;
    let half = mark.size * 0.28;
    let y = mark.center[1];
    Some(Rect { min: [x0 + 0.3, y - half], max: [x1 - 0.3, y + half] })
}

/// Marks: shape for the weapon, colour for the class, and where they are large enough a ring for the status.
pub(super) fn marks(theme: &Theme, dataset: &Dataset, marks: &[LaneMark], items: &mut Vec<Item>) {
    // One path for all marks of one look: a few items, however many marks.
    let mut looks: BTreeMap<(usize, usize), Vec<Contour>> = BTreeMap::new();
    let mut strokes: BTreeMap<(usize, usize), Stroke> = BTreeMap::new();
    for mark in marks {
        let event = dataset.event(mark.event);
        let family = event.weapon.family();
        let color = theme.class(event.direction);
        let ringed = mark.size >= RINGED;
        if ringed {
            items.push(ring(mark, event.status, Stroke::solid(color, 0.8)));
        }
        let radius = mark.size * if ringed { 0.27 } else { radius_share(family) };
        if let Item::Path(path) = shapes::symbol(family, mark.center, radius, color) {
            let key = (event.direction.position(), family.position());
            looks.entry(key).or_default().extend(path.geometry.contours().iter().cloned());
            if let Some(stroke) = path.stroke {
                strokes.insert(key, stroke);
            }
        }
    }
    for (key, contours) in looks {
        let stroke = strokes.get(&key).copied();
        let fill = stroke.is_none().then(|| theme.class(Direction::ALL[key.0]));
        let geometry = Arc::new(Geometry::new(contours));
        items.push(Item::Path(Path { geometry, fill, stroke }));
    }
}

/// The radius of a symbol as a share of its mark's size: none reaches into the mark beside it.
fn radius_share(family: WeaponFamily) -> f32 {
    match family {
        WeaponFamily::Rocket | WeaponFamily::Missile => 0.44,
        WeaponFamily::Drone => 0.42,
        WeaponFamily::Ied => 0.46,
        WeaponFamily::AirStrike => 0.47,
        WeaponFamily::SmallArms | WeaponFamily::Unknown => 0.48,
    }
}

fn ring(mark: &LaneMark, status: Status, stroke: Stroke) -> Item {
    let dash = match status {
        Status::Confirmed => None,
        Status::Reported | Status::Claimed => Some(Dash { on: 2.4, off: 1.6 }),
        Status::Contested | Status::Denied => Some(Dash { on: 0.9, off: 1.5 }),
    };
    let radius = mark.size * 0.46;
    Item::Circle(Circle {
        center: mark.center,
        radius,
        fill: None,
        stroke: Some(Stroke { dash, ..stroke }),
    })
}

/// Bars that count: classes from the middle line outwards, what may have happened hatched; numbers at those
/// that are cut, and at the fullest.
pub(super) fn piles(
    shaper: &mut Shaper,
    theme: &Theme,
    layout: &LanesLayout,
    scene: &LanesScene,
    items: &mut Vec<Item>,
) {
    let mut by_class: [Vec<Contour>; 6] = Default::default();
    let mut possible = Vec::new();
    for pile in &scene.piles {
        let parts = pile.count.iter().map(|n| f64::from(*n)).sum::<f64>() + f64::from(pile.spread);
        let mut out = 0.0_f32;
        let mut part = |n: f64| {
            #[expect(clippy::cast_possible_truncation, reason = "a share of a height")]
            let share = (n / parts.max(1e-9)) as f32 * pile.place.height();
            let (a, b) = (layout.outward(pile.lane, out), layout.outward(pile.lane, out + share));
            out += share;
            let min = [pile.place.min[0], a.min(b)];
            shapes::closed(shapes::corners(Rect { min, max: [pile.place.max[0], a.max(b)] }))
        };
        for (class, n) in pile.count.iter().enumerate().filter(|(_, n)| **n > 0) {
            by_class[class].push(part(f64::from(*n)));
        }
        if pile.spread > 0.0 {
            possible.push(part(f64::from(pile.spread)));
        }
    }
    for (class, contours) in by_class.into_iter().enumerate().filter(|(_, c)| !c.is_empty()) {
        items.push(shapes::area(contours, Some(theme.class(Direction::ALL[class])), None));
    }
    if !possible.is_empty() {
        items.push(shapes::area(possible, Some(theme.hatch.with_alpha(60)), None));
    }
    numbers(shaper, theme, layout, scene, items);
}

/// The numbers of cut bars, at their outer ends: those of the fullest first, none over another.
fn numbers(
    shaper: &mut Shaper,
    theme: &Theme,
    layout: &LanesLayout,
    scene: &LanesScene,
    items: &mut Vec<Item>,
) {
    let mut cut: Vec<&Pile> = scene.piles.iter().filter(|p| p.is_cut).collect();
    cut.sort_by_key(|p| (std::cmp::Reverse(p.total()), p.days.first()));
    let mut taken: Vec<(super::Lane, [f32; 2])> = Vec::new();
    for pile in cut {
        let number = words::thousands(usize::try_from(pile.total()).unwrap_or(0));
        let shaped = shaper.shape(&number, style::SMALL_STRONG);
        let (x, half) = (pile.place.center()[0], shaped.width() / 2.0 + 1.0);
        let free = |(lane, t): &(super::Lane, [f32; 2])| {
            *lane != pile.lane || t[1] <= x - half || x + half <= t[0]
        };
        if !taken.iter().all(free) {
            continue;
        }
        taken.push((pile.lane, [x - half, x + half]));
        let y = layout.outward(pile.lane, pile.place.height() - 5.0);
        let halo = Some(Halo { color: theme.paper, width: 2.0 });
        items.push(Item::Text(centered(shaped, [x, y], theme.text, halo)));
    }
}
