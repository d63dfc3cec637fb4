//! What can go wrong between a scene and its bytes.

use super::pdf::MAX_SIDE_PT;
use super::raster::{MAX_AREA_PX, MAX_SIDE_PX};

/// Memory that a picture takes while it is made, in bytes for each pixel: 820 MB were measured for 100 million.
const BYTES_PER_PIXEL: u32 = 8;

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Too large, empty, or no number.
    #[error(
        "a picture of {width} × {height} pixels cannot be made: each side must be 1 to \
         {MAX_SIDE_PX} pixels and the whole at most {} million, which take about {} MB of memory; \
         choose another size or fewer dots per inch",
        MAX_AREA_PX / 1_000_000,
        MAX_AREA_PX / 1_000_000 * BYTES_PER_PIXEL
    )]
    PictureSize {
        /// Asked width in pixels.
        width: f64,
        /// Asked height in pixels.
        height: f64,
    },
    /// The number of bytes and the size disagree.
    #[error(
        "the picture of {width} × {height} pixels has {bytes} bytes instead of four for each \
         pixel; make it again with the rasteriser"
    )]
    PixelCount {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// How many bytes there are.
        bytes: usize,
    },
    /// The resolution is no positive number.
    #[error("{dpi} dots per inch is no resolution; give a number such as 96 or 300")]
    Resolution {
        /// Asked resolution in dots per inch.
        dpi: f64,
    },
    /// Too long, or no length.
    #[error(
        "a page of {width} × {height} points cannot be made: the sides of a PDF are longer than nothing and at \
         most {MAX_SIDE_PT} points, which is 5 metres; choose another size"
    )]
    PageSize {
        /// Asked width in points.
        width: f32,
        /// Asked height in points.
        height: f32,
    },
    /// The PDF writer refused.
    #[error("the picture could not be written as PDF ({0}); save it as .svg or .png instead")]
    Pdf(String),
    /// A film cannot be made.
    #[error("{0}")]
    Film(String),
    /// Somebody broke off the making of a film.
    #[error("the film was broken off; nothing was saved")]
    Cancelled,
    /// What was encoded could not be written.
    #[error("the film could not be written ({0}): check the free space and the rights to write")]
    Write(std::io::Error),
    /// The PNG encoder refused.
    #[error("the picture could not be written as PNG; a text that goes with it may be at fault")]
    Png(#[from] ::png::EncodingError),
}
