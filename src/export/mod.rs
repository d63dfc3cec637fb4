//! Scene to bytes.
//!
//! Each exporter walks the finished scene and decides nothing; none of them opens a file or knows
//! a window.

mod canvas;
mod error;
mod glyph_masks;
pub mod lines;
pub mod png;
pub mod raster;
pub mod text_sprite;

pub use error::ExportError;
pub use png::{encode_png, figure_png};
pub use raster::{Pixels, rasterize};
