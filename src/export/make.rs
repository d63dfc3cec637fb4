//! From a view to the bytes of a figure and of what stands beside it: the one way for command line and window.
//!
//! Opens no file: [`Made::files`] says what is to be saved where.

use std::path::{Path, PathBuf};

use super::raster::MAX_SIDE_PX;
use super::{About, ExportError, PackError, PackFile, PackInput, SvgText};
use super::{encode_png, figure_pdf, figure_svg, pack, raster, rasterize};
use crate::analysis::{FIGURE_RECORD, FigureSize, FigureSpec, Length, SpecError, Unit};
use crate::scene::figure::{self, Figure, MIN_WIDTH, least_height};
use crate::scene::figure_panels::{self, PanelsError};
use crate::scene::map::MapInput;
use crate::scene::text::Shaper;
use crate::scene::theme::{Theme, style};

/// The fewest pixels that a side of a figure can have.
pub const MIN_SIDE_PX: u32 = 64;

const POINTS_PER_INCH: f64 = 72.0;
const MM_PER_INCH: f64 = 25.4;

/// What a figure is to say of itself so that it can be opened again, once it is known how it is drawn; nothing
/// where it is not to be.
pub type Says<'a> = &'a dyn Fn(&Figure, FigureFormat) -> Option<String>;

/// What a figure is saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureFormat {
    /// Pixels.
    Png,
    /// Lines and areas, with letters as said.
    Svg(SvgText),
    /// A page.
    Pdf,
}

impl FigureFormat {
    /// Every format.
    pub const ALL: [Self; 4] =
        [Self::Png, Self::Svg(SvgText::Outlines), Self::Svg(SvgText::Live), Self::Pdf];

    /// How the name of such a file ends.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg(_) => "svg",
            Self::Pdf => "pdf",
        }
    }
}

/// Why a figure cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// Its words are too many.
    #[error(transparent)]
    Words(#[from] SpecError),
    /// Its words cannot be set.
    #[error(
        "the {part} has characters that the fonts for figures lack ({missing}): leave them out"
    )]
    Glyphs {
        /// Title, subtitle or callout.
        part: &'static str,
        /// The characters.
        missing: String,
    },
    /// Too few or too many pixels.
    #[error("a side of {0} pixels is out of range, from {MIN_SIDE_PX} to {MAX_SIDE_PX}")]
    Side(u32),
    /// Too narrow for words and map.
    #[error("{}", too_narrow(.0))]
    TooNarrow(FigureSize),
    /// Too low for words and map.
    #[error("{}", too_low(.size, *.least))]
    TooLow {
        /// The size.
        size: FigureSize,
        /// The least height in points of a figure that is as wide; `None` where there is none.
        least: Option<f32>,
    },
    /// Its panels have no room.
    #[error(transparent)]
    Panels(#[from] PanelsError),
    /// It cannot be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// What stands beside it cannot be written.
    #[error(transparent)]
    Pack(#[from] PackError),
}

/// A figure as it is saved.
#[derive(Debug)]
pub struct Made {
    /// The file.
    pub bytes: Vec<u8>,
    /// What stands beside it.
    pub pack: Vec<PackFile>,
    /// The figure itself.
    pub figure: Figure,
}

impl Made {
    /// The files to be saved when the figure is saved as `path`, the figure first.
    #[must_use]
    pub fn files(self, path: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let beside = self.pack.into_iter();
        let beside = beside.map(|file| (path.with_extension(file.ending), file.text.into_bytes()));
        std::iter::once((path.to_owned(), self.bytes)).chain(beside).collect()
    }
}

/// Whether a figure of this size can be made at all.
///
/// # Errors
/// [`MakeError::Side`] and [`MakeError::TooNarrow`]; for a PNG also [`ExportError::PictureSize`].
pub fn check_size(size: &FigureSize, format: FigureFormat) -> Result<(), MakeError> {
    let sides = MIN_SIDE_PX..=u32::from(MAX_SIDE_PX);
    let [width, height] = size.pixels();
    if let Some(side) = [width, height].into_iter().find(|side| !sides.contains(side)) {
        return Err(MakeError::Side(side));
    }
    if size.points()[0] < MIN_WIDTH {
        return Err(MakeError::TooNarrow(*size));
    }
    if format == FigureFormat::Png {
        raster::checked_size(width.into(), height.into())?;
    }
    Ok(())
}

/// The figure of a view, of these days alone; whatever it is to be saved as, it is this one.
///
/// # Errors
/// Those of [`MakeError`] that are about its words and its height.
pub fn compose(
    shaper: &mut Shaper,
    input: &MapInput<'_>,
    spec: &FigureSpec,
) -> Result<Figure, MakeError> {
    spec.checked()?;
    check_glyphs(shaper, spec)?;
    let input = MapInput { still: true, ..*input };
    let theme = Theme::of(input.view.theme);
    figure_panels::check(shaper, theme, &input, spec)?;
    let figure = figure::figure(shaper, theme, &input, spec);
    if figure.fits {
        return Ok(figure);
    }
    let least = least_height(shaper, theme, &input, spec)
        .and_then(|least| height_that_fits(shaper, theme, &input, spec, least));
    Err(MakeError::TooLow { size: spec.size, least })
}

/// The first height from `least` on, in points, at which a figure fits with all that it says of itself: what has no
/// room is told in its notes, which take room again. `None` when none up to a third more does.
fn height_that_fits(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    spec: &FigureSpec,
    least: f32,
) -> Option<f32> {
    /// About 3 mm.
    const STEP: f32 = 9.0;
    let [_, height] = spec.size.points();
    let from = least.max(height);
    let heights = (0..100_u16).map(|n| STEP.mul_add(f32::from(n), from));
    heights.take_while(|tried| *tried <= from * 4.0 / 3.0).find(|tried| {
        let spec = FigureSpec { size: raised(&spec.size, *tried), ..spec.clone() };
        spec.size.points()[1] > height && figure::figure(shaper, theme, input, &spec).fits
    })
}

/// Pixels of a figure's file for one point of its scene.
#[must_use]
pub fn pixels_per_point(figure: &Figure, size: &FigureSize) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "at most 2400 dots an inch")]
    let dpi = size.dpi() as f32;
    dpi / 72.0 * figure.scale
}

/// The figure of a view as a file, with what stands beside it where that is asked for. The same input gives the
/// same bytes.
///
/// # Errors
/// [`MakeError`].
pub fn make(
    shaper: &mut Shaper,
    input: &MapInput<'_>,
    spec: &FigureSpec,
    format: FigureFormat,
    with_pack: bool,
    says: Says<'_>,
) -> Result<Made, MakeError> {
    check_size(&spec.size, format)?;
    let figure = compose(shaper, input, spec)?;
    let about = About { record: says(&figure, format), ..about(input, spec) };
    let bytes = match format {
        FigureFormat::Png => {
            let pixels = rasterize(&figure.scene, pixels_per_point(&figure, &spec.size))?;
            let mut texts = vec![("Software", about.software.as_str()), ("Source", &about.source)];
            texts.extend(about.record.as_deref().map(|record| (FIGURE_RECORD, record)));
            encode_png(&pixels, spec.size.dpi(), &texts)?
        }
        FigureFormat::Svg(text) => {
            figure_svg(&figure.scene, figure.scale, &about, text).into_bytes()
        }
        FigureFormat::Pdf => figure_pdf(&figure.scene, figure.scale, &about)?,
    };
    let packed = PackInput {
        record: input.dataset,
        view: input.view,
        selection: input.selection,
        basemap: &input.basemap.data,
        figure: &figure,
        title: &about.title,
        panels: spec.panels,
    };
    let pack = if with_pack { pack::pack(&packed)? } else { Vec::new() };
    Ok(Made { bytes, pack, figure })
}

/// What a file says of itself: title and subtitle are those of the figure.
fn about(input: &MapInput<'_>, spec: &FigureSpec) -> About {
    About {
        title: figure_panels::title(input, spec),
        description: figure::subtitle(input, spec.title.is_none()),
        software: concat!("Sitrep ", env!("CARGO_PKG_VERSION")).to_owned(),
        source: format!("{} {}", input.dataset.name, input.dataset.version),
        record: None,
    }
}

/// Whether the fonts have a glyph for each character of the words that somebody gave.
fn check_glyphs(shaper: &mut Shaper, spec: &FigureSpec) -> Result<(), MakeError> {
    let callouts = spec.callouts.iter().map(|callout| ("callout", &callout.text));
    let words = [("title", &spec.title), ("subtitle", &spec.subtitle)];
    for (part, text) in words.into_iter().chain(callouts) {
        let Some(text) = text else { continue };
        let missing: String = shaper.shape(text, style::TITLE).missing_glyphs().iter().collect();
        if !missing.is_empty() {
            return Err(MakeError::Glyphs { part, missing });
        }
    }
    Ok(())
}

/// Millimetres on paper.
fn millimetres(points: f32) -> f64 {
    f64::from(points) / POINTS_PER_INCH * MM_PER_INCH
}

fn too_narrow(size: &FigureSize) -> String {
    let dpi = size.dpi();
    format!(
        "{:.0} mm are too narrow for a title, a map and notes; the least width is {:.0} mm, \
         which at {dpi} dpi is {:.0} pixels",
        millimetres(size.points()[0]),
        millimetres(MIN_WIDTH).ceil(),
        (f64::from(MIN_WIDTH) * dpi / POINTS_PER_INCH).ceil(),
    )
}

/// That a figure is too low, and what is high enough.
fn too_low(size: &FigureSize, least: Option<f32>) -> String {
    let [width, height] = size.points().map(millimetres);
    let start = format!(
        "a figure {width:.0} mm wide and {height:.0} mm high has no room for its map beside \
         title, legend and notes"
    );
    let Some(least) = least else {
        return format!("{start}, nor has one that is higher; make it wider");
    };
    let dpi = size.dpi();
    let (least, pixels) = enough(least, dpi);
    format!(
        "{start}; make it at least {least:.0} mm high, which at {dpi} dpi is {pixels:.0} pixels"
    )
}

/// Whole millimetres, and pixels, that are no less than a height in points.
#[must_use]
pub fn enough(least: f32, dpi: f64) -> (f64, f64) {
    let pixels = (f64::from(least) * dpi / POINTS_PER_INCH).ceil();
    let least = millimetres(least).round();
    let in_pixels = |mm: f64| (mm * dpi / MM_PER_INCH).round();
    // A picture is as many whole pixels high as are nearest.
    let least = if in_pixels(least) >= pixels { least } else { least + 1.0 };
    (least, pixels.max(in_pixels(least)))
}

/// A size with a height in its own unit that is no less than so many points; the size itself where there is none.
#[must_use]
pub fn raised(size: &FigureSize, least: f32) -> FigureSize {
    let (millimetres, pixels) = enough(least, size.dpi());
    let (number, unit) = match size.height().unit {
        Unit::Px => (pixels, Unit::Px),
        // Rounded up to a tenth.
        Unit::In => ((millimetres / MM_PER_INCH * 10.0).ceil() / 10.0, Unit::In),
        Unit::Mm | Unit::Pt => (millimetres, Unit::Mm),
    };
    FigureSize::new(size.width(), Length { number, unit }, size.dpi()).unwrap_or(*size)
}
