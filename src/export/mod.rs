//! Scene to bytes, and what stands beside a figure.
//!
//! Each exporter walks the finished scene and decides nothing; none of them opens a file or knows
//! a window.

mod canvas;
mod error;
pub mod film;
mod film_frames;
mod frames;
mod gif;
mod glyph_masks;
pub mod lines;
pub mod make;
mod mp4;
mod outlines;
pub mod pack;
mod palette;
pub mod pdf;
mod pdf_text;
pub mod png;
pub mod raster;
pub mod svg;
pub mod text_sprite;
mod vector;
pub mod vision;

pub use error::ExportError;
pub use film::{FilmFormat, FilmInput, FilmOut, Progress, film};
pub use pack::{PackError, PackFile, PackInput, pack};
pub use pdf::figure_pdf;
pub use png::{encode_png, figure_png};
pub use raster::{Pixels, rasterize};
pub use svg::{SvgText, figure_svg};
pub use vector::About;
