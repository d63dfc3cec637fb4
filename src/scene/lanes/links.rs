//! Lines between events that a source ties: quiet, so that they lead the eye and cover nothing.

use std::sync::Arc;

use super::{LanesLayout, LanesScene};
use crate::analysis::{Lag, Lanes, Pair};
use crate::domain::{Dataset, LinkKind};
use crate::scene::glyph::centered;
use crate::scene::text::{ShapedText, Shaper};
use crate::scene::theme::{Theme, style};
use crate::scene::{Contour, Dash, Halo, Item, Stroke, shapes};

/// More lines than this are not drawn: they would be read as one grey.
const MOST: usize = 400;
/// Segments of a curve.
const STEPS: u8 = 16;

/// The line of a tie.
#[derive(Clone, Debug)]
pub struct LinkLine {
    /// The tie.
    pub pair: Pair,
    /// From the earlier event to the later one.
    pub points: Vec<[f32; 2]>,
}

impl LinkLine {
    /// Points from the line to a place.
    pub(super) fn distance(&self, at: [f32; 2]) -> f32 {
        let segments = self.points.windows(2).map(|s| to_segment([s[0], s[1]], at));
        segments.fold(f32::INFINITY, f32::min)
    }
}

fn to_segment([[ax, ay], [bx, by]]: [[f32; 2]; 2], [x, y]: [f32; 2]) -> f32 {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx.mul_add(dx, dy * dy).max(1e-9);
    let along = ((x - ax).mul_add(dx, (y - ay) * dy) / length).clamp(0.0, 1.0);
    (ax + along * dx - x).hypot(ay + along * dy - y)
}

/// Which ties are drawn, how many lead out of sight, and how many have an end that stands in no lane.
pub(super) fn find(dataset: &Dataset, lanes: &Lanes, layout: &LanesLayout, scene: &mut LanesScene) {
    let axis = layout.strip.axis;
    let mut inside = Vec::new();
    for pair in lanes.pairs() {
        let spans = [pair.to, pair.from].map(|e| dataset.event(e).date.span);
        match spans.map(|s| s.overlaps(axis)) {
            [true, true] => inside.push(*pair),
            [false, false] => {}
            [is_first_in, _] => {
                let out = if is_first_in { spans[1] } else { spans[0] };
                scene.links_out[usize::from(out.first() > axis.last())] += 1;
            }
        }
    }
    let is_near = |pair: &&Pair| {
        [pair.from, pair.to].iter().any(|e| dataset.event(*e).date.span.overlaps(axis))
    };
    scene.links_held_back = lanes.held_back().iter().filter(is_near).count();
    scene.links_elsewhere = lanes.elsewhere().iter().filter(is_near).count();
    if inside.len() > MOST {
        scene.links_undrawn = inside.len();
        return;
    }
    scene.links = inside
        .into_iter()
        .filter_map(|pair| {
            let points = line(dataset, lanes, layout, scene, &pair)?;
            Some(LinkLine { pair, points })
        })
        .collect();
}

/// The line of a tie, where both its ends are in sight.
pub(super) fn line(
    dataset: &Dataset,
    lanes: &Lanes,
    layout: &LanesLayout,
    scene: &LanesScene,
    pair: &Pair,
) -> Option<Vec<[f32; 2]>> {
    let a = scene.anchor(dataset, lanes, pair.to)?;
    let b = scene.anchor(dataset, lanes, pair.from)?;
    Some(curve(a, b, layout.middle))
}

/// A curve that leaves both ends towards the middle line; where one stands on the other, it goes around them.
fn curve(a: [f32; 2], b: [f32; 2], middle: f32) -> Vec<[f32; 2]> {
    let same_side = (a[1] < middle) == (b[1] < middle);
    let [c, d] = if same_side && (a[0] - b[0]).abs() < 3.0 {
        [[a[0] - 9.0, a[1]], [b[0] - 9.0, b[1]]]
    } else {
        [[a[0], middle], [b[0], middle]]
    };
    (0..=STEPS)
        .map(|i| {
            let t = f32::from(i) / f32::from(STEPS);
            let s = 1.0 - t;
            let [ka, kc, kd, kb] = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
            [0, 1].map(|i| ka * a[i] + kc * c[i] + kd * d[i] + kb * b[i])
        })
        .collect()
}

/// The stroke of a kind of tie.
pub(super) fn stroke(kind: LinkKind, stroke: Stroke) -> Stroke {
    let dash = match kind {
        LinkKind::ResponseTo => None,
        LinkKind::Followed => Some(Dash { on: 2.5, off: 2.5 }),
        LinkKind::SameWave => Some(Dash { on: 1.2, off: 1.8 }),
        LinkKind::AnniversaryOf => Some(Dash { on: 6.0, off: 3.0 }),
    };
    Stroke { dash, ..stroke }
}

/// Quiet lines, and the lags of responses where they have room on the middle line.
pub(super) fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    layout: &LanesLayout,
    scene: &LanesScene,
    items: &mut Vec<Item>,
) {
    for kind in
        [LinkKind::SameWave, LinkKind::AnniversaryOf, LinkKind::Followed, LinkKind::ResponseTo]
    {
        let of_kind = scene.links.iter().filter(|l| l.pair.kind == kind);
        let contours: Vec<Contour> =
            of_kind.map(|l| Contour { points: l.points.clone(), closed: false }).collect();
        if contours.is_empty() {
            continue;
        }
        let quiet = if kind == LinkKind::ResponseTo {
            Stroke::solid(theme.text_muted, 0.9)
        } else {
            Stroke::solid(theme.text_muted.with_alpha(150), 0.7)
        };
        items.push(shapes::area(contours, None, Some(stroke(kind, quiet))));
    }
    for label in labels(shaper, layout, scene) {
        let halo = Some(Halo { color: theme.paper, width: 2.5 });
        let at = [label.x(), layout.middle];
        items.push(Item::Text(centered(label.shaped, at, theme.text_muted, halo)));
    }
}

/// The lag of one response, or the range of several that stand too near for a label each.
struct Label {
    /// Where the lines cross the middle line, the first and the last of them.
    lines: [f32; 2],
    lag: Lag,
    ties: usize,
    shaped: Arc<ShapedText>,
}

impl Label {
    fn new(shaper: &mut Shaper, lines: [f32; 2], lag: Lag, ties: usize) -> Self {
        let words = match ties {
            1 => lag.short(),
            n => format!("{n} ties, {}", lag.short()),
        };
        Self { lines, lag, ties, shaped: shaper.shape(&words, style::SMALL) }
    }

    fn x(&self) -> f32 {
        f32::midpoint(self.lines[0], self.lines[1])
    }

    fn meets(&self, other: &Self) -> bool {
        let half = |label: &Self| label.shaped.width() / 2.0 + 2.0;
        (self.x() - other.x()).abs() < half(self) + half(other)
    }
}

/// The lags of the responses that cross the middle line, from left to right, none over another.
fn labels(shaper: &mut Shaper, layout: &LanesLayout, scene: &LanesScene) -> Vec<Label> {
    let crossing = scene.links.iter().filter_map(|line| {
        let [x, y] = line.points[line.points.len() / 2];
        // A line that stays in its lane has its lag when it stands out.
        let crosses = line.pair.kind == LinkKind::ResponseTo && (y - layout.middle).abs() <= 4.0;
        crosses.then_some((x, line.pair.lag))
    });
    let mut crossing: Vec<(f32, Lag)> = crossing.collect();
    crossing.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut labels: Vec<Label> = Vec::new();
    for (x, lag) in crossing {
        let mut label = Label::new(shaper, [x, x], lag, 1);
        while let Some(before) = labels.pop_if(|before| before.meets(&label)) {
            let lag = before.lag.join(label.lag);
            let lines = [before.lines[0], label.lines[1]];
            label = Label::new(shaper, lines, lag, before.ties + label.ties);
        }
        labels.push(label);
    }
    labels
}
