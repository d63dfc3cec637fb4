//! `sitrep render`: a figure of a view as a file, without a display.

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::args::{Resolved, ThemeArg, ViewArgs};
use super::each::{Each, Job, jobs};
use super::{CliError, output, pack};
use crate::analysis::{FigurePart, FigureSize, FigureSpec, Record, SizeError, select};
use crate::domain::GeoBox;
use crate::export::{About, SvgText};
use crate::scene::basemap::BasemapLayers;
use crate::scene::figure::{MIN_WIDTH, default_title, figure, least_height, subtitle};
use crate::scene::map::MapInput;
use crate::scene::text::Shaper;
use crate::scene::theme::{Theme, style};
use crate::{data, export};

/// Make a figure of a view as PNG, SVG or PDF; needs no display.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sitrep render --from 2022-01-03 --to 2022-01-06 -o january.png
  sitrep render --mode since-start --to 2022-01-06 --theme print --size 170mmx110mm --dpi 300 -o report.png
  sitrep render --where country=SY --size 170mmx110mm -o syria.pdf
  sitrep render --from 2021-01 --to 2021-12 --each month --title 'Attacks, {month}' -o 'attacks-{month}.png'")]
pub(super) struct RenderArgs {
    #[command(flatten)]
    view: ViewArgs,

    /// Where the figure is saved: a name that ends in .png, .svg or .pdf.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    /// Width and height in pixels, millimetres or inches: 1920x1080, 170mmx100mm, 8inx4.5in.
    #[arg(long, default_value = "1920x1080")]
    size: String,

    /// Dots per inch of a PNG; with .svg and .pdf it only says how large a pixel of --size is.
    #[arg(long, default_value_t = 96.0)]
    dpi: f64,

    /// Make a figure for each month or site, {month} or {site} in the name (and in --title) telling them apart:
    /// 2021-07, or the identifier of the site.
    #[arg(long, value_enum)]
    each: Option<Each>,

    /// Title instead of the computed one.
    #[arg(long)]
    title: Option<String>,

    /// Colours.
    #[arg(long, value_enum, default_value_t = ThemeArg::Light)]
    theme: ThemeArg,

    /// Leave out Arabic names.
    #[arg(long)]
    no_arabic: bool,

    /// Leave out the time strip below the map.
    #[arg(long)]
    no_strip: bool,

    /// Save beside the figure: the events drawn (x.events.csv), their sources (x.sources.txt, .bib for LaTeX,
    /// .json as CSL-JSON), a caption (x.caption.txt), and the picture in words, short for the alt attribute and
    /// long (x.alt.txt).
    #[arg(long)]
    pack: bool,

    /// Letters of an SVG: outlines that look the same everywhere, or text that can be edited where the fonts are.
    #[arg(long, value_enum, value_name = "KIND")]
    svg_text: Option<SvgTextArg>,
}

/// What letters are in an SVG.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum SvgTextArg {
    /// Outlines.
    Outlines,
    /// Text.
    Live,
}

/// What a figure is saved as.
#[derive(Clone, Copy, Debug)]
enum Format {
    Png,
    Svg(SvgText),
    Pdf,
}

impl Format {
    /// The format that the ending of the name asks for.
    fn of(args: &RenderArgs) -> Result<Self, CliError> {
        let ending = args.output.extension().map(|e| e.to_string_lossy().to_lowercase());
        let format = match ending.as_deref() {
            Some("png") => Self::Png,
            Some("pdf") => Self::Pdf,
            Some("svg") => Self::Svg(match args.svg_text {
                Some(SvgTextArg::Live) => SvgText::Live,
                Some(SvgTextArg::Outlines) | None => SvgText::Outlines,
            }),
            _ => {
                return Err(CliError::Use(format!(
                    "figures are saved as PNG, SVG or PDF: give a name that ends in .png, .svg or .pdf: {}",
                    args.output.display()
                )));
            }
        };
        if args.svg_text.is_some() && !matches!(format, Self::Svg(_)) {
            return Err(CliError::Use(format!(
                "--svg-text is for figures saved as .svg: leave it out, or give another name: {}",
                args.output.display()
            )));
        }
        Ok(format)
    }
}

pub(super) fn run(args: &RenderArgs) -> Result<ExitCode, CliError> {
    let format = Format::of(args)?;
    let size = size(&args.size, args.dpi)?;
    let mut resolved = args.view.resolve()?;
    resolved.view.theme = args.theme.name();
    resolved.view.arabic = !args.no_arabic;
    let Resolved { dataset, view } = &resolved;
    let basemap = BasemapLayers::new(data::basemap::load()?);
    if let (Some(area), Ok(ground)) = (view.filter.area(), GeoBox::new(basemap.data.bounds))
        && !area.overlaps(ground)
    {
        let [west, south, east, north] = basemap.data.bounds;
        return Err(CliError::Use(format!(
            "the box of --bbox lies off the map, which covers {west} to {east} E and {south} to {north} N: choose one within"
        )));
    }
    let mut shaper = Shaper::new();
    for job in jobs(&resolved, args.each, &args.output, args.title.as_deref())? {
        save(args, format, size, &mut shaper, (dataset, &basemap), &job)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes one figure and saves it, with its pack where that is asked for.
fn save(
    args: &RenderArgs,
    format: Format,
    size: FigureSize,
    shaper: &mut Shaper,
    (dataset, basemap): (&Record, &BasemapLayers),
    Job { view, output: path, title }: &Job,
) -> Result<(), CliError> {
    let selection = select(dataset, view);
    let input = MapInput { dataset, basemap, view, selection: &selection, still: true };
    let title = title.as_deref().map(|t| checked_title(shaper, t)).transpose()?;
    let spec = FigureSpec { title, ..FigureSpec::new(size) };
    let spec = spec.with(FigurePart::Strip, !args.no_strip);
    let theme = Theme::of(view.theme);
    let figure = figure(shaper, theme, &input, &spec);
    if !figure.fits {
        let least = least_height(shaper, theme, &input, &spec);
        return Err(CliError::Use(too_low(args, size, least)));
    }
    let software = concat!("Sitrep ", env!("CARGO_PKG_VERSION"));
    let source = format!("{} {}", dataset.name, dataset.version);
    let bytes = match format {
        Format::Png => {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "checked to be small when it was read"
            )]
            let pixels = export::rasterize(&figure.scene, args.dpi as f32 / 72.0 * figure.scale)?;
            export::encode_png(&pixels, args.dpi, &[("Software", software), ("Source", &source)])?
        }
        Format::Svg(text) => {
            let about = about(&input, &spec, software, source);
            export::figure_svg(&figure.scene, figure.scale, &about, text).into_bytes()
        }
        Format::Pdf => {
            let about = about(&input, &spec, software, source);
            export::figure_pdf(&figure.scene, figure.scale, &about)?
        }
    };
    if args.pack {
        let title = spec.title.clone().unwrap_or_else(|| default_title(&input));
        let packed = export::PackInput {
            record: dataset,
            view,
            selection: &selection,
            basemap: &basemap.data,
            figure: &figure,
            title: &title,
        };
        return pack::save(path, &bytes, &packed);
    }
    data::save(path, &bytes)?;
    output::complain(&format!("saved {}", path.display()));
    Ok(())
}

/// What a vector file says of itself: title and subtitle are those of the figure.
fn about(input: &MapInput<'_>, spec: &FigureSpec, software: &str, source: String) -> About {
    let title = spec.title.clone().unwrap_or_else(|| default_title(input));
    let description = subtitle(input, spec.title.is_none());
    About { title, description, software: software.to_owned(), source }
}

fn millimetres(points: f32) -> f64 {
    f64::from(points) / 72.0 * 25.4
}

/// That a figure is too low, and what is high enough.
fn too_low(args: &RenderArgs, size: FigureSize, least: Option<f32>) -> String {
    let [width, height] = size.points().map(millimetres);
    let start = format!(
        "--size {}: a figure {width:.0} mm wide and {height:.0} mm high has no room for its map beside \
         title, legend and notes",
        args.size
    );
    match least {
        Some(least) => {
            let pixels = (f64::from(least) * args.dpi / 72.0).ceil();
            let least = millimetres(least).round();
            // A picture is as many whole pixels high as are nearest.
            let enough = (least * args.dpi / 25.4).round() >= pixels;
            let least = if enough { least } else { least + 1.0 };
            let pixels = pixels.max((least * args.dpi / 25.4).round());
            let dpi = args.dpi;
            format!(
                "{start}; make it at least {least:.0} mm high, which at {dpi} dpi is {pixels:.0} pixels"
            )
        }
        None => format!("{start}, nor has one that is higher; make it wider"),
    }
}

/// A title that can be set: not too long, and with a glyph for each of its characters.
fn checked_title(shaper: &mut Shaper, title: &str) -> Result<String, CliError> {
    const MAX_CHARS: usize = 160;
    let chars = title.chars().count();
    if chars > MAX_CHARS {
        return Err(CliError::Use(format!(
            "--title has {chars} characters: shorten it to at most {MAX_CHARS}"
        )));
    }
    let missing: String = shaper.shape(title, style::TITLE).missing_glyphs().iter().collect();
    if !missing.is_empty() {
        return Err(CliError::Use(format!(
            "--title has characters that the fonts for figures lack ({missing}): leave them out"
        )));
    }
    Ok(title.to_owned())
}

/// The size that is asked for, which must be wide enough for a figure and small enough for a picture.
fn size(text: &str, dpi: f64) -> Result<FigureSize, CliError> {
    let wrong = |why: &dyn fmt::Display| {
        CliError::Use(format!(
            "--size {text}: {why}; write it as 1920x1080 (pixels), 170mmx100mm or 8inx4.5in"
        ))
    };
    let size = FigureSize::parse(text, dpi).map_err(|error| match error {
        SizeError::Dpi(_) => CliError::Use(format!("--dpi {dpi}: {error}")),
        error => wrong(&error),
    })?;
    let most = u32::from(export::raster::MAX_SIDE_PX);
    if let Some(side) = size.pixels().into_iter().find(|side| !(64..=most).contains(side)) {
        return Err(wrong(&format!("a side of {side} pixels is out of range, from 64 to {most}")));
    }
    let width = size.points()[0];
    if width < MIN_WIDTH {
        return Err(CliError::Use(format!(
            "--size {text}: {:.0} mm are too narrow for a title, a map and notes; the least width is {:.0} mm, \
             which at {dpi} dpi is {:.0} pixels",
            millimetres(width),
            millimetres(MIN_WIDTH).ceil(),
            (f64::from(MIN_WIDTH) * dpi / 72.0).ceil(),
        )));
    }
    Ok(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_impossible_size_is_refused_in_one_sentence() {
        for text in [
            "0x0",
            "100000x100",
            "1920",
            "ax b",
            "-5x200",
            "nanx200",
            "1e9x200",
            "10cmx10cm",
            "",
            "90x90",
        ] {
            let error = size(text, 96.0).unwrap_err().to_string();
            assert!(error.contains(text) && !error.contains('\n'), "{error}");
        }
        assert!(size("1920x1080", 0.0).is_err() && size("1920x1080", f64::NAN).is_err());
        assert!(size("1920x1080", 96.0).is_ok());
    }
}
