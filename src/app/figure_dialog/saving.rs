//! Saving and copying a figure, on a thread of its own: what is under way, what came of it, and what is asked.

use std::path::{Path, PathBuf};

use egui::{ColorImage, Context};

use super::super::job::Job;
use super::draft::Source;
use crate::analysis::{caption_of_maps, words};
use crate::data::figure_file::{Drawn, SvgLetters};
use crate::data::{self, FigureRecord};
use crate::export::make::{FigureFormat, Made, MakeError, compose, make, pixels_per_point};
use crate::export::{SvgText, rasterize};
use crate::scene::figure::Figure;
use crate::scene::figure_panels::maps;
use crate::scene::text::Shaper;

/// Files to be written, with their bytes.
type Files = Vec<(PathBuf, Vec<u8>)>;

/// As what a figure is saved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wanted {
    pub(super) format: FigureFormat,
    /// With the events drawn and the rest beside it.
    pub(super) pack: bool,
    /// With all that it takes to open it again.
    pub(super) reopenable: bool,
}

/// What is said below the buttons.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    Nothing,
    /// It went well.
    Done(String),
    /// It did not.
    Failed(String),
    /// These files are there already; the others are kept until it is said whether they may be replaced.
    Exists {
        there: Vec<PathBuf>,
        files: Files,
    },
}

enum Outcome {
    Said(Said),
    Picture(ColorImage),
    Caption(String),
}

/// What is under way, and what came of it.
pub(super) struct Saving {
    job: Job<Outcome>,
    pub(super) said: Said,
}

impl Default for Saving {
    fn default() -> Self {
        Self { job: Job::default(), said: Said::Nothing }
    }
}

impl Saving {
    pub(super) fn is_busy(&self) -> bool {
        self.job.is_running()
    }

    /// Makes the figure and saves it; where a file is there already nothing is written before it is asked.
    pub(super) fn save(&mut self, ctx: &Context, source: Source, path: PathBuf, wanted: Wanted) {
        self.start(ctx, move || {
            let mut shaper = Shaper::new();
            let source = source.settled(&mut shaper);
            let files = match file(&mut shaper, &source, wanted) {
                Ok(made) => made.files(&path),
                Err(error) => return failed("not saved", &error.to_string()),
            };
            let there = files.iter().map(|(path, _)| path).filter(|path| path.is_file());
            let there: Vec<PathBuf> = there.cloned().collect();
            if there.is_empty() {
                write(&files)
            } else {
                Outcome::Said(Said::Exists { there, files })
            }
        });
    }

    /// Writes the files that were asked about.
    pub(super) fn replace(&mut self, ctx: &Context) {
        if let Said::Exists { files, .. } = std::mem::replace(&mut self.said, Said::Nothing) {
            self.start(ctx, move || write(&files));
        }
    }

    /// Puts the picture into the clipboard.
    pub(super) fn copy_picture(&mut self, ctx: &Context, source: Source) {
        self.start(ctx, move || {
            let mut shaper = Shaper::new();
            let source = source.settled(&mut shaper);
            let figure = match compose(&mut shaper, &source.input(), &source.spec) {
                Ok(figure) => figure,
                Err(error) => return failed("not copied", &error.to_string()),
            };
            match rasterize(&figure.scene, pixels_per_point(&figure, &source.spec.size)) {
                Ok(pixels) => {
                    let size = [pixels.width, pixels.height].map(|side| side as usize);
                    Outcome::Picture(ColorImage::from_rgba_premultiplied(size, &pixels.rgba))
                }
                Err(error) => failed("not copied", &error.to_string()),
            }
        });
    }

    /// Puts the caption into the clipboard.
    pub(super) fn copy_caption(&mut self, ctx: &Context, source: Source) {
        self.start(ctx, move || {
            let Source { record, view, selection, spec, .. } = &source;
            let maps = spec.panels.map(|by| (by, maps(&source.input(), spec)));
            Outcome::Caption(caption_of_maps(record, view, selection, maps).text())
        });
    }

    fn start(&mut self, ctx: &Context, work: impl FnOnce() -> Outcome + Send + 'static) {
        if !self.is_busy() {
            self.said = Said::Nothing;
            self.job.start(ctx, work);
        }
    }

    /// Takes what is done.
    pub(super) fn follow(&mut self, ctx: &Context) {
        self.said = match self.job.done() {
            None => return,
            Some(Outcome::Said(said)) => said,
            Some(Outcome::Picture(image)) => {
                let [width, height] = image.size;
                ctx.copy_image(image);
                Said::Done(format!("Copied the picture, {width} × {height} pixels"))
            }
            Some(Outcome::Caption(text)) => {
                let said =
                    Said::Done(format!("Copied the caption, {} characters", text.chars().count()));
                ctx.copy_text(text);
                said
            }
        };
        ctx.request_repaint();
    }
}

/// The file of a figure whose camera is settled, and what stands beside it.
pub(super) fn file(
    shaper: &mut Shaper,
    source: &Source,
    wanted: Wanted,
) -> Result<Made, MakeError> {
    let says = |figure: &Figure, format| {
        wanted.reopenable.then(|| record_of(source, figure, format).text()).flatten()
    };
    make(shaper, &source.input(), &source.spec, wanted.format, wanted.pack, &says)
}

/// What a figure is to say of itself.
fn record_of(source: &Source, figure: &Figure, format: FigureFormat) -> FigureRecord {
    let Source { record, view, selection, spec, .. } = source;
    let live = format == FigureFormat::Svg(SvgText::Live);
    let map_pt = [figure.map.rect.width(), figure.map.rect.height()];
    FigureRecord {
        svg_text: live.then_some(SvgLetters::Live),
        drawn: Some(Drawn { camera: figure.map.camera, map_pt }),
        ..FigureRecord::new(record, view, selection, spec)
    }
}

fn failed(what: &str, why: &str) -> Outcome {
    Outcome::Said(Said::Failed(format!("{}: {why}", words::capitalised(what))))
}

fn write(files: &Files) -> Outcome {
    let parts = files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice()));
    match data::save_all(parts) {
        Ok(()) => Outcome::Said(Said::Done(saved(files))),
        Err(error) => failed("not saved", &error.to_string()),
    }
}

/// "Saved a.png (1.2 MB) and 6 files beside it in pictures".
fn saved(files: &Files) -> String {
    let Some((path, bytes)) = files.first() else { return String::new() };
    let beside = match files.len() - 1 {
        0 => String::new(),
        1 => " and 1 file beside it".to_owned(),
        n => format!(" and {n} files beside it"),
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.map_or(String::new(), |folder| format!(" in {}", folder.display()));
    format!("Saved {} ({}){beside}{folder}", name(path), megabytes(bytes.len()))
}

/// The name of a file without its folder.
pub(super) fn name(path: &Path) -> String {
    path.file_name()
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into())
}

/// How large something is: "340 kB", "1.2 MB".
pub(super) fn megabytes(bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "told with two digits")]
    let bytes = bytes as f64;
    if bytes < 1.0e6 {
        format!("{:.0} kB", (bytes / 1.0e3).max(1.0))
    } else if bytes < 1.0e7 {
        format!("{:.1} MB", bytes / 1.0e6)
    } else {
        format!("{:.0} MB", bytes / 1.0e6)
    }
}
