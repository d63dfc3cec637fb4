//! The items of a finished scene as they lie on the sheet, each with what it is clipped to, in the order of painting.

use crate::scene::color_vision::over;
use crate::scene::{Circle, Geometry, Item, Placement, Rect, Rgba, Scene, Text};

/// The items of a scene, flat.
pub(super) struct Drawn<'a> {
    pub(super) texts: Vec<DrawnText<'a>>,
    pub(super) shapes: Vec<DrawnShape<'a>>,
    sheet: Rect,
    background: Rgba,
}

/// A text on the sheet.
pub(super) struct DrawnText<'a> {
    pub(super) text: &'a Text,
    /// Its box, in points of the scene.
    pub(super) place: Rect,
    /// Where it can be seen.
    pub(super) seen: Rect,
    /// The groups around it, the outermost first.
    pub(super) groups: Vec<&'a str>,
    /// The group drawn just before it in the same group, if nothing is between them.
    pub(super) after: Option<&'a str>,
    order: usize,
}

/// A path or circle on the sheet.
pub(super) struct DrawnShape<'a> {
    shape: Shape<'a>,
    pub(super) colors: [Option<Rgba>; 2],
    pub(super) groups: Vec<&'a str>,
    placement: Placement,
    seen: Rect,
    order: usize,
}

enum Shape<'a> {
    Path(&'a Geometry),
    Circle(&'a Circle),
}

impl DrawnText<'_> {
    /// Its words, with plain spaces.
    pub(super) fn words(&self) -> String {
        self.text.shaped.text().replace(['\u{a0}', '\n'], " ")
    }

    /// Whether a group of this name is around it.
    pub(super) fn is_in(&self, group: &str) -> bool {
        self.groups.contains(&group)
    }
}

impl<'a> Drawn<'a> {
    pub(super) fn of(scene: &'a Scene) -> Self {
        let sheet = Rect::from_min_size([0.0; 2], scene.size.width, scene.size.height);
        let mut drawn =
            Self { texts: Vec::new(), shapes: Vec::new(), sheet, background: scene.background };
        drawn.walk(&scene.items, Placement::IDENTITY, sheet, &mut Vec::new());
        drawn
    }

    /// Whether a text says something.
    pub(super) fn says(&self, words: &str) -> bool {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = plain(words);
        self.texts.iter().any(|text| plain(&text.words()).contains(&words))
    }

    /// What a text stands on, at some points along its middle: what is painted below it, its halo included.
    pub(super) fn grounds(&self, text: &DrawnText<'_>) -> Vec<Rgba> {
        let Rect { min, max } = text.place;
        let y = f32::midpoint(min[1], max[1]);
        let points = [0.1, 0.3, 0.5, 0.7, 0.9].map(|share| [min[0] + share * (max[0] - min[0]), y]);
        let below = |point| {
            let mut color =
                Rgba([self.background.0[0], self.background.0[1], self.background.0[2], 255]);
            for shape in self.shapes.iter().take_while(|shape| shape.order < text.order) {
                if let Some(fill) = shape.colors[0].filter(|_| shape.fills(point)) {
                    color = over(fill, color);
                }
            }
            text.text.halo.map_or(color, |halo| over(halo.color, color))
        };
        points.into_iter().filter(|point| self.sheet.contains(*point)).map(below).collect()
    }

    fn walk(
        &mut self,
        items: &'a [Item],
        placement: Placement,
        seen: Rect,
        groups: &mut Vec<&'a str>,
    ) {
        let mut after = None;
        for item in items {
            let order = self.texts.len() + self.shapes.len();
            match item {
                Item::Group(group) => {
                    let inner = group.placement.then(&placement);
                    let clip = group.clip.map(|clip| Rect {
                        min: placement.apply(clip.min),
                        max: placement.apply(clip.max),
                    });
                    groups.push(&group.id);
                    self.walk(&group.items, inner, common(seen, clip), groups);
                    groups.pop();
                }
                Item::Text(text) => {
                    let place = text.shaped.box_at(placement.apply(text.origin));
                    let groups = groups.clone();
                    self.texts.push(DrawnText { text, place, seen, groups, after, order });
                }
                Item::Path(path) => self.shapes.push(DrawnShape {
                    shape: Shape::Path(&path.geometry),
                    colors: [path.fill, path.stroke.map(|stroke| stroke.color)],
                    groups: groups.clone(),
                    placement,
                    seen,
                    order,
                }),
                Item::Circle(circle) => self.shapes.push(DrawnShape {
                    shape: Shape::Circle(circle),
                    colors: [circle.fill, circle.stroke.map(|stroke| stroke.color)],
                    groups: groups.clone(),
                    placement,
                    seen,
                    order,
                }),
            }
            after = match item {
                Item::Group(group) => Some(group.id.as_str()),
                _ => None,
            };
        }
    }
}

impl DrawnShape<'_> {
    /// Whether its fill covers a point of the scene.
    fn fills(&self, point: [f32; 2]) -> bool {
        if !self.seen.contains(point) {
            return false;
        }
        let Placement { scale, offset } = self.placement;
        match self.shape {
            Shape::Circle(circle) => {
                let [x, y] = self.placement.apply(circle.center);
                (x - point[0]).hypot(y - point[1]) <= circle.radius
            }
            Shape::Path(geometry) => {
                let inside = [0, 1].map(|axis| (point[axis] - offset[axis]) / scale);
                geometry.bounds().contains(inside) && is_within(geometry, inside)
            }
        }
    }
}

/// Whether a point lies in closed contours by the even-odd rule.
fn is_within(geometry: &Geometry, [x, y]: [f32; 2]) -> bool {
    let mut inside = false;
    for contour in geometry.contours().iter().filter(|contour| contour.closed) {
        let points = &contour.points;
        let mut before = points[points.len() - 1];
        for &point in points {
            let [[x0, y0], [x1, y1]] = [before, point];
            if (y0 > y) != (y1 > y) && x < (x1 - x0) * (y - y0) / (y1 - y0) + x0 {
                inside = !inside;
            }
            before = point;
        }
    }
    inside
}

fn common(outer: Rect, clip: Option<Rect>) -> Rect {
    clip.map_or(outer, |clip| Rect {
        min: [outer.min[0].max(clip.min[0]), outer.min[1].max(clip.min[1])],
        max: [outer.max[0].min(clip.max[0]), outer.max[1].min(clip.max[1])],
    })
}
