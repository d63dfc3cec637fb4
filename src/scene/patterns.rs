//! Patterns of classes, for paper without colours: a class is then told by its pattern, and its lightness may say how
//! old it is.
//!
//! They are laid over what is filled or drawn with the colour of a class, whoever drew it: so no glyph, bar or key
//! has to know of them, and a theme without patterns costs nothing.

use super::map_glyphs::disc_box;
use super::theme::Theme;
use super::{Circle, Contour, Dash, Halo, Item, Path, Rect, Rgba, Stroke, shapes};
use crate::domain::{Code as _, Direction};

/// The pattern of a class of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Lines that rise to the right.
    Rising,
    /// Lines that fall to the right.
    Falling,
    /// Both.
    Crossed,
    /// Lines across.
    Level,
    /// Dots.
    Dotted,
}

/// Points between two lines.
const STEP: f32 = 3.0;
/// Width of a line, and of a dot, in points.
const WIDTH: [f32; 2] = [0.8, 1.1];
/// What is narrower than this in points has no pattern: nobody could see it.
const LEAST: f32 = 2.0;
/// Width of the edge of a disc or ring, in points.
const EDGE: f32 = 0.9;
/// How far the ground of a number reaches beyond its digits, in points.
const HALO: f32 = 1.8;

impl Pattern {
    /// The directions of its lines, as turns of lines that rise to the right, in degrees.
    fn turns(self) -> &'static [f32] {
        match self {
            Self::Rising => &[0.0],
            Self::Falling => &[90.0],
            Self::Crossed => &[0.0, 90.0],
            Self::Level | Self::Dotted => &[-45.0],
        }
    }

    fn stroke(self, color: Rgba) -> Stroke {
        let [line, dot] = WIDTH;
        match self {
            Self::Dotted => {
                let dash = Some(Dash { on: dot, off: STEP * 0.75 - dot });
                Stroke { dash, ..Stroke::solid(color, dot) }
            }
            _ => Stroke::solid(color, line),
        }
    }

    /// Its lines inside closed contours (even-odd).
    fn lines(self, contours: &[Contour]) -> Vec<[[f32; 2]; 2]> {
        let mut lines = Vec::new();
        for degrees in self.turns() {
            let turned: Vec<Contour> = contours
                .iter()
                .filter(|contour| contour.closed)
                .map(|c| shapes::closed(c.points.iter().map(|p| turn(*p, *degrees)).collect()))
                .collect();
            let points = turned.iter().flat_map(|contour| contour.points.iter().copied());
            let Some(bounds) = Rect::around(points) else { continue };
            // The distance of two lines x + y = s is less than that of their s.
            let step = STEP * std::f32::consts::SQRT_2;
            let back = |line: [[f32; 2]; 2]| line.map(|p| turn(p, -degrees));
            lines.extend(shapes::hatch(&turned, bounds, step).into_iter().map(back));
        }
        lines
    }
}

fn turn([x, y]: [f32; 2], degrees: f32) -> [f32; 2] {
    let (sin, cos) = degrees.to_radians().sin_cos();
    [x * cos - y * sin, x * sin + y * cos]
}

/// Lays patterns over what has the colour of a class that has one, ages of it included. The ground is left as it is.
pub(super) fn lay(theme: &Theme, items: &mut Vec<Item>) {
    let classes: Vec<(Direction, Pattern)> =
        Direction::ALL.iter().filter_map(|class| Some((*class, theme.pattern(*class)?))).collect();
    if !classes.is_empty() {
        lay_over(theme, &classes, items);
    }
}

fn lay_over(theme: &Theme, classes: &[(Direction, Pattern)], items: &mut Vec<Item>) {
    let found = |color: Rgba| {
        let has = |class: &Direction| {
            let bands = (0..3).map(|band| theme.aged(*class, band));
            [theme.class(*class), theme.past(*class)].into_iter().chain(bands).any(|c| c == color)
        };
        classes.iter().find(|(class, _)| has(class)).map(|(_, pattern)| *pattern)
    };
    let mut disc: Option<(Rect, Rgba)> = None;
    for item in std::mem::take(items) {
        let over = match &item {
            Item::Path(path) => patterned_path(path, found),
            Item::Circle(circle) => patterned_circle(circle, found),
            Item::Group(_) | Item::Text(_) => None,
        };
        let item = match item {
            Item::Group(mut group) if group.id != "ground" && group.id != "basemap" => {
                lay_over(theme, classes, &mut group.items);
                Item::Group(group)
            }
            // No line runs through the number of a glyph.
            Item::Text(mut text) if text.halo.is_none() => {
                let middle = text.shaped.box_at(text.origin).center();
                let below = disc.filter(|(place, _)| place.contains(middle));
                text.halo = below.map(|(_, color)| Halo { color, width: HALO });
                Item::Text(text)
            }
            item => item,
        };
        let Some((pattern, color, contours)) = over else {
            items.push(item);
            continue;
        };
        if let Item::Circle(Circle { center, radius, fill, .. }) = &item
            && *fill == Some(color)
        {
            disc = Some((disc_box(*center, *radius), color));
        }
        let lines = pattern.lines(&contours);
        // So that a ring stays whole, and no dashed one.
        let edge = matches!(item, Item::Circle(_))
            .then(|| shapes::area(contours, None, Some(Stroke::solid(color, EDGE))));
        items.push(item);
        if !lines.is_empty() {
            items.push(shapes::lines(lines, pattern.stroke(theme.on_pattern(color))));
            items.extend(edge);
        }
    }
}

/// A pattern, the colour below it, and where it is laid.
type Laid = (Pattern, Rgba, Vec<Contour>);

fn patterned_path(path: &Path, found: impl Fn(Rgba) -> Option<Pattern>) -> Option<Laid> {
    let color = path.fill?;
    let pattern = found(color)?;
    let contours = path.geometry.contours();
    let wide = |contour: &Contour| {
        Rect::around(contour.points.iter().copied())
            .is_some_and(|place| place.width().min(place.height()) >= LEAST)
    };
    contours.iter().any(wide).then_some((pattern, color, contours.to_vec()))
}

fn patterned_circle(circle: &Circle, found: impl Fn(Rgba) -> Option<Pattern>) -> Option<Laid> {
    let Circle { center, radius, fill, stroke } = *circle;
    if let Some(color) = fill
        && let Some(pattern) = found(color)
    {
        let disc = shapes::closed(shapes::disc(center, (radius - EDGE / 2.0).max(0.1)));
        return Some((pattern, color, vec![disc]));
    }
    let rim = stroke.filter(|rim| rim.dash.is_none() && rim.width >= LEAST)?;
    let pattern = found(rim.color)?;
    let half = (rim.width - EDGE) / 2.0;
    let edges = [radius + half, radius - half];
    let ring = edges.map(|radius| shapes::closed(shapes::disc(center, radius.max(0.1))));
    Some((pattern, rim.color, ring.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::ThemeName;
    use crate::scene::{Group, Placement};

    fn disc(color: Rgba) -> Item {
        let (center, radius) = ([30.0, 30.0], 12.0);
        Item::Circle(Circle { center, radius, fill: Some(color), stroke: None })
    }

    #[test]
    fn every_class_without_colour_has_a_pattern_of_its_own_and_with_colour_none() {
        for theme in ThemeName::ALL.map(Theme::of) {
            let patterns: Vec<_> =
                Direction::ALL.iter().map(|class| theme.pattern(*class)).collect();
            for (at, pattern) in patterns.iter().enumerate() {
                let is_own = !patterns[..at].contains(pattern);
                assert_eq!(is_own || at == 0, theme.name == ThemeName::Greyscale || at == 0);
            }
        }
    }

    #[test]
    fn a_pattern_lies_inside_what_it_is_laid_over_in_every_age() {
        let theme = Theme::of(ThemeName::Greyscale);
        for class in Direction::ALL {
            for color in [theme.class(*class), theme.past(*class), theme.aged(*class, 2)] {
                let mut items = vec![disc(color)];
                lay(theme, &mut items);
                if theme.pattern(*class).is_none() {
                    assert_eq!(items.len(), 1);
                    continue;
                }
                let [Item::Circle(_), Item::Path(lines), Item::Path(_)] = &items[..] else {
                    panic!("{class:?}: {items:?}")
                };
                let ends = lines.geometry.contours().iter().flat_map(|line| &line.points);
                assert!(lines.geometry.contours().len() > 4);
                for [x, y] in ends {
                    assert!((x - 30.0).hypot(y - 30.0) < 12.1, "{class:?} {x} {y}");
                }
            }
        }
    }

    #[test]
    fn level_lines_are_level_and_the_ground_has_no_pattern() {
        let square = shapes::corners(Rect { min: [5.0; 2], max: [25.0; 2] });
        let lines = Pattern::Level.lines(&[shapes::closed(square)]);
        assert!(lines.len() > 4 && lines.iter().all(|[a, b]| (a[1] - b[1]).abs() < 1e-3));
        let theme = Theme::of(ThemeName::Greyscale);
        let ground = Group {
            id: "ground".to_owned(),
            placement: Placement::IDENTITY,
            clip: None,
            items: vec![disc(theme.class(Direction::Other))],
        };
        let mut items = vec![Item::Group(ground)];
        lay(theme, &mut items);
        assert!(matches!(&items[..], [Item::Group(group)] if group.items.len() == 1));
    }
}
