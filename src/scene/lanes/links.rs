//! Lines between events that a source ties: quiet, so that they lead the eye and cover nothing.

use super::{LanesLayout, LanesScene};
use crate::analysis::{Lanes, Pair};
use crate::domain::{Dataset, LinkKind};
use crate::scene::glyph::centered;
use crate::scene::text::Shaper;
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

/// Which ties are drawn, and how many lead out of sight.
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
        LinkKind::SameWave => Some(Dash { on: 1.2, off: 1.8 }),
        LinkKind::AnniversaryOf => Some(Dash { on: 5.0, off: 3.0 }),
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
    for kind in [LinkKind::SameWave, LinkKind::AnniversaryOf, LinkKind::ResponseTo] {
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
    let mut taken: Vec<[f32; 2]> = Vec::new();
    for line in scene.links.iter().filter(|l| l.pair.kind == LinkKind::ResponseTo) {
        let middle = line.points[line.points.len() / 2];
        // A line that stays in its lane has its lag when it stands out.
        if (middle[1] - layout.middle).abs() > 4.0 {
            continue;
        }
        let shaped = shaper.shape(&line.pair.lag.short(), style::SMALL);
        let half = shaped.width() / 2.0 + 2.0;
        let x = middle[0];
        if taken.iter().all(|t| t[1] <= x - half || x + half <= t[0]) {
            taken.push([x - half, x + half]);
            let halo = Some(Halo { color: theme.paper, width: 2.5 });
            items.push(Item::Text(centered(shaped, [x, layout.middle], theme.text_muted, halo)));
        }
    }
}
