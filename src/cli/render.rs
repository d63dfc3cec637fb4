//! `sitrep render`: a figure of a view as a file, without a display.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::args::{Resolved, ThemeArg, ViewArgs};
use super::each::{Each, Job, jobs};
use super::figure_args::FigureArgs;
use super::figure_check::{FigureCheckArgs, Found, VisionArg};
use super::{CliError, output, reopen};
use crate::analysis::{FigureSize, FigureSpec, Preset, Record, SizeError, SpecError, View, select};
use crate::data;
use crate::data::figure_file::SvgLetters;
use crate::domain::GeoBox;
use crate::export::SvgText;
use crate::export::make::{FigureFormat, MakeError, check_size, compose, make, raised};
use crate::export::vision;
use crate::scene::basemap::BasemapLayers;
use crate::scene::figure::{Figure, height_for_inset};
use crate::scene::figure_check;
use crate::scene::map::MapInput;
use crate::scene::text::Shaper;
use crate::scene::theme::Theme;

const DEFAULT_SIZE: &str = "1920x1080";
const DEFAULT_DPI: f64 = 96.0;

/// Make a figure of a view as PNG, SVG or PDF; needs no display.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sitrep render --from 2022-01-03 --to 2022-01-06 -o january.png
  sitrep render --mode since-start --to 2022-01-06 --theme print --size 170mmx110mm --dpi 300 -o report.png
  sitrep render --where country=SY --size 170mmx110mm -o syria.pdf
  sitrep render january.png --theme print -o january.pdf                 a figure again, with other colours
  sitrep render --from 2022-01 --to 2022-03 --check
  sitrep render --from 2021-01 --to 2021-12 --each month --title 'Attacks, {month}' -o 'attacks-{month}.png'")]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct RenderArgs {
    #[command(flatten)]
    view: ViewArgs,

    /// Where the figure is saved: a name that ends in .png, .svg or .pdf.
    #[arg(short, long, value_name = "FILE", required_unless_present = "check")]
    output: Option<PathBuf>,

    /// Width and height in pixels, millimetres or inches: 1920x1080 (without it), 170mmx100mm, 8inx4.5in; or a name:
    /// slide, column, report (as high as they need to be), a4, a4-landscape, square, upright.
    #[arg(long)]
    size: Option<String>,

    /// Dots per inch of a PNG; with .svg and .pdf it only says how large a pixel of --size is. 96
    /// without it, and what a size with a name has.
    #[arg(long)]
    dpi: Option<f64>,

    /// Make a figure for each month or site, {month} or {site} in the name (and in --title) telling them apart:
    /// 2021-07, or the identifier of the site.
    #[arg(long, value_enum)]
    each: Option<Each>,

    /// Title instead of the computed one.
    #[arg(long)]
    title: Option<String>,

    /// Colours; light without it.
    #[arg(long, value_enum)]
    theme: Option<ThemeArg>,

    /// Leave out Arabic names.
    #[arg(long)]
    no_arabic: bool,

    #[command(flatten)]
    figure: FigureArgs,

    /// Save beside the figure: the events drawn (x.events.csv), their sources (x.sources.txt, .bib for LaTeX,
    /// .json as CSL-JSON), a caption (x.caption.txt), and the picture in words, short for the alt attribute and
    /// long (x.alt.txt).
    #[arg(long, requires = "output")]
    pack: bool,

    /// Leave out what the figure was made of: view, sheet, and identifier and days of each event. It cannot be opened
    /// again then.
    #[arg(long)]
    no_metadata: bool,

    /// Letters of an SVG: outlines that look the same everywhere, or text that can be edited where the fonts are.
    #[arg(long, value_enum, value_name = "KIND")]
    svg_text: Option<SvgTextArg>,

    #[command(flatten)]
    look: FigureCheckArgs,
}

/// What letters are in an SVG.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum SvgTextArg {
    /// Outlines.
    Outlines,
    /// Text.
    Live,
}

/// The format that the ending of the name asks for.
fn format(args: &RenderArgs, saved: Option<SvgLetters>) -> Result<FigureFormat, CliError> {
    let Some(output) = &args.output else { return Ok(FigureFormat::Png) };
    let ending = output.extension().map(|e| e.to_string_lossy().to_lowercase());
    let format = match ending.as_deref() {
        Some("png") => FigureFormat::Png,
        Some("pdf") => FigureFormat::Pdf,
        Some("svg") => FigureFormat::Svg(match args.svg_text {
            Some(SvgTextArg::Live) => SvgText::Live,
            None if saved == Some(SvgLetters::Live) => SvgText::Live,
            Some(SvgTextArg::Outlines) | None => SvgText::Outlines,
        }),
        _ => {
            return Err(CliError::Use(format!(
                "figures are saved as PNG, SVG or PDF: give a name that ends in .png, .svg or .pdf: {}",
                output.display()
            )));
        }
    };
    if args.svg_text.is_some() && !matches!(format, FigureFormat::Svg(_)) {
        return Err(CliError::Use(format!(
            "--svg-text is for figures saved as .svg: leave it out, or give another name: {}",
            output.display()
        )));
    }
    if args.look.vision.is_some() && format != FigureFormat::Png {
        return Err(CliError::Use(format!(
            "--vision makes a picture of pixels: give a name that ends in .png: {}",
            output.display()
        )));
    }
    Ok(format)
}

pub(super) fn run(args: &RenderArgs) -> Result<ExitCode, CliError> {
    // What is wrong with the flags is said before anything is read.
    format(args, None)?;
    let asked = size(args, None)?;
    let mut resolved = args.view.resolve()?;
    if let Some(theme) = args.theme {
        resolved.view.theme = theme.name();
    }
    resolved.view.arabic &= !args.no_arabic;
    let saved = resolved.figure.as_ref().and_then(|figure| figure.svg_text);
    let format = format(args, saved)?;
    let spec = match &resolved.spec {
        Some(spec) => FigureSpec { size: size(args, Some(spec.size))?, ..spec.clone() },
        None => FigureSpec::new(asked),
    };
    let Resolved { dataset, view, .. } = &resolved;
    let basemap = BasemapLayers::new(data::basemap::load()?);
    on_map(view, &basemap)?;
    args.figure.beside_each(args.each)?;
    let (mut shaper, mut found) = (Shaper::new(), Found::default());
    // Without a name to save as, each is named by what it is of.
    let unnamed = || args.each.map_or_else(PathBuf::new, |each| PathBuf::from(each.mark()));
    let output = args.output.clone().unwrap_or_else(unnamed);
    let title = args.title.as_deref().or(spec.title.as_deref());
    let jobs = jobs(&resolved, args.each, &output, title)?;
    if args.each.is_some() && args.output.is_some() {
        check_folders(&jobs)?;
    }
    for job in jobs {
        save(args, format, &spec, &mut shaper, (dataset, &basemap), &job, &mut found)?;
    }
    let Some(format) = args.look.check else { return Ok(ExitCode::SUCCESS) };
    found.print(format, &dataset.name)
}

/// Refuses a series of which a folder is not there, before the first of it is made.
fn check_folders(jobs: &[Job]) -> Result<(), CliError> {
    let folders = jobs.iter().filter_map(|job| job.output.parent());
    let missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.is_dir();
    match folders.into_iter().find(missing) {
        Some(folder) => Err(CliError::Use(format!(
            "this folder does not exist: {}: create it first; nothing was saved",
            folder.display()
        ))),
        None => Ok(()),
    }
}

/// Refuses a box that lies off the map.
pub(super) fn on_map(view: &View, basemap: &BasemapLayers) -> Result<(), CliError> {
    if let (Some(area), Ok(ground)) = (view.filter.area(), GeoBox::new(basemap.data.bounds))
        && !area.overlaps(ground)
    {
        let [west, south, east, north] = basemap.data.bounds;
        return Err(CliError::Use(format!(
            "the box of --bbox lies off the map, which covers {west} to {east} E and {south} to {north} N: choose one within"
        )));
    }
    Ok(())
}

/// Makes one figure and saves it, with its pack where that is asked for.
fn save(
    args: &RenderArgs,
    format: FigureFormat,
    spec: &FigureSpec,
    shaper: &mut Shaper,
    (dataset, basemap): (&Record, &BasemapLayers),
    Job { view, output: path_of, title }: &Job,
    found: &mut Found,
) -> Result<(), CliError> {
    let selection = select(dataset, view);
    let input = MapInput { dataset, basemap, view, selection: &selection, still: true };
    let spec = FigureSpec { title: title.clone(), ..spec.clone() };
    let mut spec = args.figure.spec(spec, (dataset, &selection), args.each.is_some())?;
    if preset(args).is_some_and(Preset::is_width) {
        if let Err(MakeError::TooLow { least: Some(least), .. }) = compose(shaper, &input, &spec) {
            spec.size = raised(&spec.size, least);
        }
        let theme = Theme::of(view.theme);
        if let Some(height) = height_for_inset(shaper, theme, &input, &spec) {
            spec.size = raised(&spec.size, height);
        }
    }
    let says = |figure: &Figure, format| {
        if args.no_metadata {
            return None;
        }
        let text = reopen::record_of(&input, &spec, figure, format).text();
        if text.is_none() {
            output::complain("so much is picked that the figure cannot be opened again");
        }
        text
    };
    let refused = |error| of_flag(args, &spec.size, error);
    let path = args.output.is_some().then_some(path_of.as_path());
    let vision = args.look.vision.map(VisionArg::vision);
    let (figure, files) = match (path, vision) {
        (None, _) => (compose(shaper, &input, &spec).map_err(refused)?, Vec::new()),
        (Some(path), Some(vision)) => {
            let figure = compose(shaper, &input, &spec).map_err(refused)?;
            let bytes = vision::figure_png(&figure, &spec.size, vision)?;
            (figure, vec![(path.to_owned(), bytes)])
        }
        (Some(path), None) => {
            let made = make(shaper, &input, &spec, format, args.pack, &says).map_err(refused)?;
            (made.figure.clone(), made.files(path))
        }
    };
    if args.look.check.is_some() {
        let named = path.or(args.each.map(|_| path_of.as_path()));
        found.add(named, figure_check::check(&figure, &input, &spec));
    }
    data::save_all(files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())))?;
    for (path, _) in &files {
        output::complain(&format!("saved {}", path.display()));
    }
    Ok(())
}

/// Why a figure cannot be made, with the flag that is to be changed.
fn of_flag(args: &RenderArgs, size: &FigureSize, error: MakeError) -> CliError {
    match error {
        MakeError::Words(SpecError::TooLong { part, .. } | SpecError::Control { part, .. })
        | MakeError::Glyphs { part, .. } => CliError::Use(format!("--{part}: {error}")),
        MakeError::Words(SpecError::Callouts(_)) => CliError::Use(format!("--callout: {error}")),
        MakeError::Side(_) | MakeError::TooNarrow(_) | MakeError::TooLow { .. } => {
            let size = args.size.clone().unwrap_or_else(|| size.to_string());
            CliError::Use(format!("--size {size}: {error}"))
        }
        MakeError::Panels(error) => CliError::Use(format!("--panels: {error}")),
        MakeError::Export(error) => CliError::Export(error),
        MakeError::Pack(error) => CliError::Use(error.to_string()),
    }
}

/// The name that is given for a size.
fn preset(args: &RenderArgs) -> Option<Preset> {
    args.size.as_deref().and_then(Preset::find)
}

/// The size that is asked for, which must be wide enough for a figure and small enough for a picture.
fn size(args: &RenderArgs, saved: Option<FigureSize>) -> Result<FigureSize, CliError> {
    // A size with a name is as one that was saved.
    let named = preset(args).and_then(Preset::size);
    let saved = named.or(saved.filter(|_| args.size.is_none()));
    let dpi = args.dpi.or_else(|| saved.map(|size| size.dpi())).unwrap_or(DEFAULT_DPI);
    match (&args.size, saved) {
        (_, Some(saved)) => FigureSize::new(saved.width(), saved.height(), dpi)
            .map_err(|error| CliError::Use(format!("--dpi {dpi}: {error}"))),
        (text, _) => read_size(text.as_deref().unwrap_or(DEFAULT_SIZE), dpi),
    }
}

fn read_size(text: &str, dpi: f64) -> Result<FigureSize, CliError> {
    let wrong = |why: &dyn fmt::Display| {
        CliError::Use(format!(
            "--size {text}: {why}; write it as 1920x1080 (pixels), 170mmx100mm or 8inx4.5in, or as slide, column, report, a4, a4-landscape, square or upright"
        ))
    };
    let size = FigureSize::parse(text, dpi).map_err(|error| match error {
        SizeError::Dpi(_) => CliError::Use(format!("--dpi {dpi}: {error}")),
        error => wrong(&error),
    })?;
    // The size of the whole picture is looked at when it is made.
    match check_size(&size, FigureFormat::Pdf) {
        Ok(()) => Ok(size),
        Err(error @ MakeError::Side(_)) => Err(wrong(&error)),
        Err(error) => Err(CliError::Use(format!("--size {text}: {error}"))),
    }
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
            let error = read_size(text, 96.0).unwrap_err().to_string();
            assert!(error.contains(text) && !error.contains('\n'), "{error}");
        }
        assert!(read_size("1920x1080", 0.0).is_err() && read_size("1920x1080", f64::NAN).is_err());
        assert!(read_size("1920x1080", 96.0).is_ok());
    }
}
