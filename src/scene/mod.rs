//! What to draw: a size and a list of items in points, y down, text already shaped to glyphs.
//!
//! A scene knows no screen and no file format. Painters (screen, PNG, and what follows) walk the
//! items in order and decide nothing.

pub mod areas;
mod bars;
pub mod basemap;
mod callouts;
pub mod camera;
pub mod color_vision;
pub mod competing;
pub mod counted;
pub mod date_bar;
pub mod dots;
mod edge_notes;
mod edges;
pub mod figure;
pub mod figure_check;
mod figure_inset;
pub mod figure_panels;
mod figure_table;
mod figure_words;
pub mod film;
pub mod furniture;
pub mod glyph;
mod grid;
pub mod ground_names;
pub mod groups;
mod inset_room;
mod item;
pub mod labels;
pub mod lanes;
pub mod legend;
mod legend_scale;
pub mod map;
mod map_glyphs;
pub mod map_layout;
mod map_notes;
mod map_parts;
pub mod marks;
mod name_board;
mod name_forms;
mod name_spots;
mod panel_plan;
mod panel_views;
pub mod patterns;
mod place_keys;
pub mod places;
mod plate_point;
pub mod play_date;
pub mod pulse;
pub mod quiet_card;
pub mod shapes;
mod sheet;
pub mod site_names;
mod spread;
pub mod strip;
pub mod strip_axis;
mod strip_bars;
mod strip_caption;
pub mod strip_context;
mod strip_coverage;
mod strip_density;
mod strip_forces;
mod strip_hours;
mod strip_overview;
mod strip_sources;
pub mod strip_tempo;
mod strip_tempo_key;
pub mod symbol_scale;
pub mod text;
pub mod theme;
mod vague_glyph;

pub use item::{
    Circle, Contour, Dash, Geometry, Group, Halo, Item, Path, Placement, Rect, Rgba, Scene, Size,
    Stroke, Text,
};
