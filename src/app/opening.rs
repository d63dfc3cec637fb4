//! A record that is opened while the window shows another: read on a thread, with what is read so far and a way to stop.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Align2, Area, Context, Frame, Id, Order, ProgressBar};

use super::document::Document;
use super::job::Job;
use crate::analysis::words;
use crate::data::import::Progress;
use crate::data::{self, LoadError, Loaded, Location, MappingFrom, Opening, Problem};

/// Width of the card, in points.
const WIDTH: f32 = 320.0;

/// What is being opened.
#[derive(Default)]
pub(crate) struct OpeningRecord {
    job: Job<Result<Box<Document>, Option<String>>>,
    progress: Arc<Progress>,
    name: String,
    /// Length of the file.
    bytes: u64,
}

/// A record with what is looked at in it, to be shown in place of another.
fn document(path: &Path, opening: &Opening) -> Result<Document, LoadError> {
    let mut loaded: Loaded = data::open(Some(path), opening)?;
    if let Ok(basemap) = data::basemap::load() {
        let found = data::check(&loaded, &basemap);
        loaded.problems.extend(found.into_iter().filter(Problem::is_error));
        loaded.problems.sort();
    }
    Ok(Document::of(loaded))
}

fn not_remembered(path: &Path, error: &std::io::Error) -> Problem {
    let file = path.display().to_string();
    let location = Location { file, line: None, column: None };
    let what = format!("what you said of its columns could not be kept for other files ({error})");
    Problem::remark(location, what, "save it as a mapping file instead")
}

impl OpeningRecord {
    /// Starts to open a file, its columns as `mapping` says where there is one. What was being opened before is given up.
    ///
    /// What a person said of such tables is looked up in the folder `remembered`, and what one says now is kept there.
    pub(crate) fn start(
        &mut self,
        ctx: &Context,
        path: PathBuf,
        mapping: Option<MappingFrom>,
        remembered: Option<&Path>,
    ) {
        self.progress.stop();
        self.job = Job::default();
        self.progress = Arc::default();
        self.name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        self.bytes = data::length_of(&path);
        let remembered = remembered.map(Path::to_owned);
        let said = match &mapping {
            Some(MappingFrom::Person(mapping)) => Some(mapping.clone()),
            _ => None,
        };
        let keep = said.zip(remembered.clone());
        let opening = Opening {
            mapping,
            remembered,
            without_dates: true,
            progress: Arc::clone(&self.progress),
        };
        self.job.start(ctx, move || match document(&path, &opening) {
            Ok(mut document) => {
                if let (Some((mapping, folder)), Some(table)) = (keep, &document.table)
                    && let Err(error) = table.opened.table.remember(&folder, &mapping)
                {
                    document.problems.push(not_remembered(&path, &error));
                }
                Ok(Box::new(document))
            }
            // Somebody broke it off, and knows.
            Err(_) if opening.progress.is_stopped() => Err(None),
            Err(error) => Err(Some(error.to_string())),
        });
    }

    /// The record that was opened, or why it was not, once.
    pub(crate) fn take(&mut self) -> Option<Result<Box<Document>, String>> {
        match self.job.done()? {
            Ok(document) => Some(Ok(document)),
            Err(told) => told.map(Err),
        }
    }

    /// Says how far it is.
    pub(crate) fn show(&mut self, ctx: &Context) {
        if !self.job.is_running() {
            return;
        }
        let area = Area::new(Id::unique("opening a record")).order(Order::Foreground);
        area.anchor(Align2::CENTER_TOP, [0.0, 72.0]).show(ctx, |ui| {
            Frame::popup(ui.style()).inner_margin(12.0).show(ui, |ui| {
                ui.set_width(WIDTH.min(ctx.content_rect().width() - 48.0));
                ctx.request_repaint_after(std::time::Duration::from_millis(100));
                ui.strong(format!("Opening {}", self.name));
                let read = self.progress.bytes();
                #[expect(clippy::cast_precision_loss, reason = "a share")]
                let share = (read as f32 / self.bytes.max(1) as f32).min(1.0);
                ui.horizontal(|ui| {
                    ui.add(ProgressBar::new(share).desired_width(WIDTH - 90.0));
                    if ui.button("Stop").clicked() {
                        self.progress.stop();
                    }
                });
                let megabytes = usize::try_from(read / 1_000_000).unwrap_or(usize::MAX);
                ui.weak(format!("{} MB read", words::thousands(megabytes)));
            });
        });
    }
}
