//! What to draw: a size and a list of items in points, y down, text already shaped to glyphs.
//!
//! A scene knows no screen and no file format. Painters (screen, PNG, and what follows) walk the
//! items in order and decide nothing.

mod item;
pub mod text;

pub use item::{
    Circle, Contour, Dash, Geometry, Group, Halo, Item, Path, Placement, Rect, Rgba, Scene, Size,
    Stroke, Text,
};
