//! The few kinds of item that a scene is made of.
//!
//! Lengths are points (1/72 inch) of the figure, y down. A group's [`Placement`] moves and scales
//! *positions* only: stroke widths, circle radii and glyphs keep their size in points, so a map
//! layer can be kept in map units and placed by the camera without being rebuilt.

use std::sync::Arc;

use super::text::ShapedText;

/// A size in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
}

/// An axis-aligned rectangle; `min` is the top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left and top.
    pub min: [f32; 2],
    /// Right and bottom.
    pub max: [f32; 2],
}

impl Rect {
    /// The rectangle with this top left corner, width and height.
    #[must_use]
    pub fn from_min_size(min: [f32; 2], width: f32, height: f32) -> Self {
        Self { min, max: [min[0] + width, min[1] + height] }
    }

    /// The smallest rectangle around some points; `None` when there are none.
    #[must_use]
    pub fn around(points: impl IntoIterator<Item = [f32; 2]>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        let start = Self { min: first, max: first };
        Some(points.fold(start, |r, [x, y]| Self {
            min: [r.min[0].min(x), r.min[1].min(y)],
            max: [r.max[0].max(x), r.max[1].max(y)],
        }))
    }

    /// Width in points.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.max[0] - self.min[0]
    }

    /// Height in points.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.max[1] - self.min[1]
    }

    /// The centre.
    #[must_use]
    pub fn center(&self) -> [f32; 2] {
        [f32::midpoint(self.min[0], self.max[0]), f32::midpoint(self.min[1], self.max[1])]
    }

    /// Whether the two rectangles share any area.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.min[0] < other.max[0]
            && other.min[0] < self.max[0]
            && self.min[1] < other.max[1]
            && other.min[1] < self.max[1]
    }

    /// Whether the point lies inside or on the edge.
    #[must_use]
    pub fn contains(&self, [x, y]: [f32; 2]) -> bool {
        x >= self.min[0] && x <= self.max[0] && y >= self.min[1] && y <= self.max[1]
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn encloses(&self, other: &Self) -> bool {
        self.contains(other.min) && self.contains(other.max)
    }

    /// The rectangle grown by `by` points on every side.
    #[must_use]
    pub fn grown(&self, by: f32) -> Self {
        Self {
            min: [self.min[0] - by, self.min[1] - by],
            max: [self.max[0] + by, self.max[1] + by],
        }
    }
}

/// A colour: red, green, blue, alpha in sRGB, not premultiplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgba(pub [u8; 4]);

impl Rgba {
    /// An opaque colour from `0xRRGGBB`.
    #[must_use]
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self([r, g, b, 255])
    }

    /// The same colour with another alpha (0 to 255).
    #[must_use]
    pub const fn with_alpha(self, alpha: u8) -> Self {
        let [r, g, b, _] = self.0;
        Self([r, g, b, alpha])
    }
}

/// A finished picture: a size, a ground colour and items, first at the bottom.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Width and height in points.
    pub size: Size,
    /// What the picture is filled with before any item.
    pub background: Rgba,
    /// The items, first at the bottom.
    pub items: Vec<Item>,
}

/// One thing to paint.
#[derive(Clone, Debug)]
pub enum Item {
    /// Polygons or lines.
    Path(Path),
    /// A circle of fixed radius.
    Circle(Circle),
    /// Shaped text.
    Text(Text),
    /// Items moved, scaled and clipped together.
    Group(Group),
}

/// Polygons (even-odd filled) or lines that share one look.
#[derive(Clone, Debug)]
pub struct Path {
    /// The points; shared, so that painters can keep what they derive from them.
    pub geometry: Arc<Geometry>,
    /// Fill colour of the closed contours, by the even-odd rule.
    pub fill: Option<Rgba>,
    /// The line along every contour.
    pub stroke: Option<Stroke>,
}

/// Contours and the box around them.
#[derive(Clone, Debug)]
pub struct Geometry {
    contours: Vec<Contour>,
    bounds: Rect,
}

impl Geometry {
    /// The contours with their bounding box; contours of fewer than two points are left out.
    #[must_use]
    pub fn new(contours: Vec<Contour>) -> Self {
        let contours: Vec<_> = contours.into_iter().filter(|c| c.points.len() > 1).collect();
        let bounds = Rect::around(contours.iter().flat_map(|c| c.points.iter().copied()))
            .unwrap_or(Rect { min: [0.0; 2], max: [0.0; 2] });
        Self { contours, bounds }
    }

    /// The contours.
    #[must_use]
    pub fn contours(&self) -> &[Contour] {
        &self.contours
    }

    /// The box around all points, in the units of the points.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        self.bounds
    }
}

/// A run of straight segments.
#[derive(Clone, Debug, PartialEq)]
pub struct Contour {
    /// The corners; the first is not repeated at the end of a closed contour.
    pub points: Vec<[f32; 2]>,
    /// Whether the last point is joined to the first.
    pub closed: bool,
}

/// How a line is drawn: round joins; butt caps when dashed, else round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub color: Rgba,
    /// Width in points.
    pub width: f32,
    /// Dash and gap, or solid.
    pub dash: Option<Dash>,
}

impl Stroke {
    /// A solid line.
    #[must_use]
    pub const fn solid(color: Rgba, width: f32) -> Self {
        Self { color, width, dash: None }
    }
}

/// Lengths of dash and gap in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dash {
    /// Drawn length.
    pub on: f32,
    /// Empty length.
    pub off: f32,
}

/// A circle whose radius does not change with the map.
#[derive(Clone, Copy, Debug)]
pub struct Circle {
    /// Centre, in the group's units.
    pub center: [f32; 2],
    /// Radius in points.
    pub radius: f32,
    /// Fill colour.
    pub fill: Option<Rgba>,
    /// Outline.
    pub stroke: Option<Stroke>,
}

/// Shaped text at a place.
#[derive(Clone, Debug)]
pub struct Text {
    /// Top left corner of the text's box, in the group's units.
    pub origin: [f32; 2],
    /// The glyphs.
    pub shaped: Arc<ShapedText>,
    /// Colour of the glyphs.
    pub color: Rgba,
    /// An outline below the glyphs that keeps them readable on a map.
    pub halo: Option<Halo>,
}

/// An outline around glyphs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Halo {
    /// Colour.
    pub color: Rgba,
    /// How far it reaches beyond the glyph, in points.
    pub width: f32,
}

/// `position_out = position_in * scale + offset`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placement {
    /// Points per unit of the inside.
    pub scale: f32,
    /// Where the inside's origin comes to lie, in points of the outside.
    pub offset: [f32; 2],
}

impl Placement {
    /// Leaves positions as they are.
    pub const IDENTITY: Self = Self { scale: 1.0, offset: [0.0; 2] };

    /// Moves by `offset` points.
    #[must_use]
    pub const fn moved(offset: [f32; 2]) -> Self {
        Self { scale: 1.0, offset }
    }

    /// A position of the inside, outside.
    #[must_use]
    pub fn apply(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        [x.mul_add(self.scale, self.offset[0]), y.mul_add(self.scale, self.offset[1])]
    }

    /// First `self`, then `outer`.
    #[must_use]
    pub fn then(&self, outer: &Self) -> Self {
        Self { scale: self.scale * outer.scale, offset: outer.apply(self.offset) }
    }
}

/// Items that are moved, scaled and clipped together.
#[derive(Clone, Debug)]
pub struct Group {
    /// What the group is, for formats that keep structure, such as `basemap` or `site:erbil`.
    pub id: String,
    /// Positions of the items are placed by this.
    pub placement: Placement,
    /// What lies outside is not painted; in units of the *outside* of the group.
    pub clip: Option<Rect>,
    /// The items, first at the bottom.
    pub items: Vec<Item>,
}
