//! What the vector formats do alike: a scene walked once, with every placement applied, every line cut
//! to what can be seen and every number rounded, and handed to a [`Page`] that only writes it down.
//!
//! Lengths are points of the scene. Must not know a file format.

use super::lines::{self, Polyline};
use crate::scene::text::ShapedText;
use crate::scene::{Circle, Dash, Group, Halo, Item, Path, Placement, Rect, Rgba, Scene, Stroke};

/// Parts of a point that are kept: a hundredth is 3.5 micrometres on paper.
pub(super) const PARTS: f32 = 100.0;
/// What lies further outside a clip than this, in points, is not written.
const MARGIN: f32 = 2.0;

/// What a vector file says of itself beside its picture.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// The title of the figure.
    pub title: String,
    /// What the figure shows, in words, for somebody who does not see it.
    pub description: String,
    /// The program and its version.
    pub software: String,
    /// The record and its version.
    pub source: String,
    /// All that it was made of, as one line of JSON, so that it can be opened again.
    pub record: Option<String>,
}

/// What a page is written with.
pub(super) trait Page {
    /// Begins a group; `clip` is where its items can be seen, `None` where its surroundings can.
    fn open(&mut self, id: &str, clip: Option<Rect>);
    /// Ends the group begun last; `clipped` as it was begun.
    fn close(&mut self, clipped: bool);
    /// Contours filled by the even-odd rule, drawn along, or both.
    fn shape(&mut self, contours: &[Polyline], fill: Option<Rgba>, line: Option<Line>);
    /// A circle.
    fn circle(&mut self, center: [f32; 2], radius: f32, fill: Option<Rgba>, line: Option<Line>);
    /// Text whose box has its top left corner at `at`.
    fn text(&mut self, shaped: &ShapedText, at: [f32; 2], color: Rgba, halo: Option<Halo>);
}

/// How a line is drawn; joins are round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) color: Rgba,
    /// Points.
    pub(super) width: f32,
    /// Lengths of dash and gap in points, both positive.
    pub(super) dash: Option<Dash>,
    /// Whether the ends are cut off straight, as those of dashes are; round if not.
    pub(super) butt: bool,
}

/// Hands the items of a scene to a page.
pub(super) fn walk(scene: &Scene, page: &mut impl Page) {
    let clip = Rect::from_min_size([0.0; 2], scene.size.width, scene.size.height);
    Walk { page, clip }.items(&scene.items, Placement::IDENTITY);
}

/// A length as it is written.
pub(super) fn rounded(length: f32) -> f32 {
    // Adding zero turns a negative zero into a positive one.
    (length * PARTS).round() / PARTS + 0.0
}

struct Walk<'a, P> {
    page: &'a mut P,
    clip: Rect,
}

impl<P: Page> Walk<'_, P> {
    fn items(&mut self, items: &[Item], placement: Placement) {
        for item in items {
            match item {
                Item::Path(path) => self.path(path, placement),
                Item::Circle(circle) => self.circle(circle, placement),
                Item::Text(text) => {
                    let at = placement.apply(text.origin);
                    let reach = text.halo.map_or(0.0, |h| h.width) + text.shaped.size_pt();
                    let is_drawn = text.color.0[3] > 0 || text.halo.is_some();
                    if is_drawn && text.shaped.box_at(at).grown(reach).overlaps(&self.clip) {
                        let halo = text.halo.filter(|h| h.width > 0.0 && h.width.is_finite());
                        self.page.text(&text.shaped, at, text.color, halo);
                    }
                }
                Item::Group(group) => self.group(group, placement),
            }
        }
    }

    fn group(&mut self, group: &Group, placement: Placement) {
        let inner = group.placement.then(&placement);
        let Some(clip) = group.clip else {
            self.page.open(&group.id, None);
            self.items(&group.items, inner);
            return self.page.close(false);
        };
        let clip = Rect { min: placement.apply(clip.min), max: placement.apply(clip.max) };
        let Some(seen) = intersection(&self.clip, &clip) else { return };
        let clips = seen != self.clip;
        let outer = std::mem::replace(&mut self.clip, seen);
        self.page.open(&group.id, clips.then_some(seen));
        self.items(&group.items, inner);
        self.page.close(clips);
        self.clip = outer;
    }

    fn path(&mut self, path: &Path, placement: Placement) {
        let bounds = path.geometry.bounds();
        let bounds = Rect { min: placement.apply(bounds.min), max: placement.apply(bounds.max) };
        let line = path.stroke.and_then(line);
        let fill = path.fill.filter(|color| color.0[3] > 0);
        let reach = line.map_or(0.0, |line| line.width) + MARGIN;
        let window = self.clip.grown(reach);
        if !bounds.grown(reach).overlaps(&self.clip) || (line.is_none() && fill.is_none()) {
            return;
        }
        let placed = |contour: &crate::scene::Contour| Polyline {
            points: contour.points.iter().map(|&point| placement.apply(point)).collect(),
            closed: contour.closed,
        };
        let contours: Vec<Polyline> = path
            .geometry
            .contours()
            .iter()
            .map(placed)
            .filter(|contour| contour.points.iter().flatten().all(|value| value.is_finite()))
            .collect();
        if window.encloses(&bounds) && contours.iter().all(|contour| contour.closed) {
            return self.shape(&contours, fill, line);
        }
        if fill.is_some() {
            let closed = contours.iter().filter(|contour| contour.closed);
            let cut = closed.map(|contour| cut(&contour.points, &window));
            let cut: Vec<_> = cut.filter(|contour| contour.points.len() > 2).collect();
            self.shape(&cut, fill, None);
        }
        if let Some(line) = line {
            self.line(&contours, line, &window);
        }
    }

    fn line(&mut self, contours: &[Polyline], line: Line, window: &Rect) {
        let is_seen = |contour: &Polyline| contour.points.iter().all(|&p| window.contains(p));
        let (whole, partly): (Vec<_>, Vec<_>) = contours.iter().cloned().partition(is_seen);
        self.shape(&whole, None, Some(line));
        // Dashes begin at the first point, which a line that is cut to what is seen no longer has.
        let pieces = partly.iter().flat_map(|c| lines::pieces(c, line.dash, 1.0, window));
        let pieces: Vec<Polyline> = pieces.collect();
        self.shape(&pieces, None, Some(Line { dash: None, ..line }));
    }

    fn shape(&mut self, contours: &[Polyline], fill: Option<Rgba>, line: Option<Line>) {
        let contours: Vec<Polyline> = contours.iter().filter_map(simplified).collect();
        if !contours.is_empty() && (fill.is_some() || line.is_some()) {
            self.page.shape(&contours, fill, line);
        }
    }

    fn circle(&mut self, circle: &Circle, placement: Placement) {
        let [x, y] = placement.apply(circle.center).map(rounded);
        let radius = rounded(circle.radius);
        let line = circle.stroke.and_then(line);
        let fill = circle.fill.filter(|color| color.0[3] > 0);
        let reach = radius + line.map_or(0.0, |line| line.width) + MARGIN;
        let is_seen = Rect { min: [x, y], max: [x, y] }.grown(reach).overlaps(&self.clip);
        let is_drawn = fill.is_some() || line.is_some();
        if is_seen && is_drawn && radius > 0.0 && radius.is_finite() {
            self.page.circle([x, y], radius, fill, line);
        }
    }
}

fn line(Stroke { color, width, dash }: Stroke) -> Option<Line> {
    let is_drawn = width > 0.0 && width.is_finite() && color.0[3] > 0;
    let is_pattern =
        |Dash { on, off }: &Dash| *on > 0.0 && *off > 0.0 && on.is_finite() && off.is_finite();
    let butt = dash.is_some();
    is_drawn.then(|| Line {
        color,
        width: width.max(1.0 / PARTS),
        dash: dash.filter(is_pattern),
        butt,
    })
}

/// The contour with rounded points, of which none repeats the one before it; `None` for nothing.
fn simplified(contour: &Polyline) -> Option<Polyline> {
    let mut points: Vec<[f32; 2]> = contour.points.iter().map(|p| p.map(rounded)).collect();
    let count = points.len();
    points.dedup();
    if contour.closed && points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    // A line without length is a dot when its ends are round.
    if points.len() == 1 && count > 1 && !contour.closed {
        points.push(points[0]);
    }
    (points.len() > 1).then_some(Polyline { points, closed: contour.closed })
}

/// A polygon cut to a rectangle (Sutherland and Hodgman, 1974); edges along the rectangle may be added.
fn cut(points: &[[f32; 2]], window: &Rect) -> Polyline {
    let mut points = points.to_vec();
    for axis in 0..2 {
        for (bound, sign) in [(window.min[axis], 1.0), (window.max[axis], -1.0)] {
            let inside = |p: [f32; 2]| (p[axis] - bound) * sign >= 0.0;
            let Some(&last) = points.last() else { break };
            let mut before = last;
            let mut kept = Vec::with_capacity(points.len() + 4);
            for &point in &points {
                if inside(point) != inside(before) {
                    let share = (bound - before[axis]) / (point[axis] - before[axis]);
                    let mut at = [0.0; 2];
                    at[axis] = bound;
                    at[1 - axis] =
                        (point[1 - axis] - before[1 - axis]).mul_add(share, before[1 - axis]);
                    kept.push(at);
                }
                if inside(point) {
                    kept.push(point);
                }
                before = point;
            }
            points = kept;
        }
    }
    Polyline { points, closed: true }
}

fn intersection(a: &Rect, b: &Rect) -> Option<Rect> {
    a.overlaps(b).then(|| Rect {
        min: [a.min[0].max(b.min[0]), a.min[1].max(b.min[1])],
        max: [a.max[0].min(b.max[0]), a.max[1].min(b.max[1])],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Rect = Rect { min: [0.0, 0.0], max: [10.0, 10.0] };

    #[test]
    fn a_polygon_is_cut_to_the_window() {
        let whole = [[1.0, 1.0], [9.0, 1.0], [9.0, 9.0]];
        assert_eq!(cut(&whole, &WINDOW).points, whole);
        let around = [[-50.0, -50.0], [50.0, -50.0], [50.0, 50.0], [-50.0, 50.0]];
        let mut corners = cut(&around, &WINDOW).points;
        corners.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
        corners.dedup();
        assert_eq!(corners, [[0.0, 0.0], [0.0, 10.0], [10.0, 0.0], [10.0, 10.0]]);
        assert!(cut(&[[20.0, 1.0], [30.0, 1.0], [30.0, 9.0]], &WINDOW).points.is_empty());
        assert!(cut(&[], &WINDOW).points.is_empty());
    }

    #[test]
    fn points_that_round_to_the_same_place_are_one() {
        let line = |points: &[[f32; 2]], closed| {
            simplified(&Polyline { points: points.to_vec(), closed }).map(|l| l.points)
        };
        let bent = [[0.0, 0.0], [0.001, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, -0.001]];
        assert_eq!(line(&bent, true).unwrap(), [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]);
        assert_eq!(line(&bent, false).unwrap().len(), 4);
        assert_eq!(line(&[[2.0, 2.0], [2.001, 2.0]], false).unwrap(), [[2.0, 2.0], [2.0, 2.0]]);
        assert_eq!(line(&[[2.0, 2.0], [2.001, 2.0]], true), None);
    }
}
