//! A record that is opened while the window shows another: read on a thread, with what is read so far and a way to stop.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use egui::{Align2, Area, Context, Frame, Id, Order, ProgressBar};

use super::document::Document;
use super::job::Job;
use super::project::{OpenedProject, opened};
use crate::analysis::words;
use crate::data::import::Progress;
use crate::data::project::Slot;
use crate::data::{
    self, DatasetPlace, Loaded, Location, MappingFrom, Opening, Problem, ProjectError, ProjectFile,
};

/// Width of the card, in points.
const WIDTH: f32 = 320.0;

/// What is being opened.
#[derive(Default)]
pub(crate) struct OpeningRecord {
    job: Job<Result<Box<Opened>, Option<Refused>>>,
    progress: Arc<Progress>,
    name: String,
    /// Length of the file; 0 as long as it is not known.
    bytes: Arc<AtomicU64>,
}

/// Why something was not opened.
pub(crate) enum Refused {
    /// In a sentence.
    Told(String),
    /// The data of a project is not where it was.
    Missing { project: Box<ProjectFile>, slot: Option<Slot>, was: PathBuf },
}

/// A record with what is looked at in it, to be shown in place of another, and the project that it is of.
pub(crate) struct Opened {
    pub(crate) document: Document,
    pub(crate) project: Option<OpenedProject>,
}

impl Opened {
    fn of_record(loaded: Loaded) -> Self {
        Self { document: Document::of(checked(loaded)), project: None }
    }

    fn of_project(
        file: ProjectFile,
        data: Option<&Path>,
        opening: &Opening,
    ) -> Result<Self, ProjectError> {
        let loaded = file.open_data(data, opening)?;
        let mut document = Document::of(checked(loaded));
        let project = opened(file, &mut document);
        Ok(Self { document, project: Some(project) })
    }
}

/// A record with what is wrong between its rows.
fn checked(mut loaded: Loaded) -> Loaded {
    // The embedded record is checked when the program is built.
    if loaded.place != DatasetPlace::Embedded
        && let Ok(basemap) = data::basemap::load()
    {
        let found = data::check(&loaded, &basemap);
        loaded.problems.extend(found.into_iter().filter(Problem::is_error));
        loaded.problems.sort();
    }
    loaded
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
        self.bytes = Arc::new(AtomicU64::new(data::length_of(&path)));
        let remembered = remembered.map(Path::to_owned);
        let mapping_free = mapping.is_none();
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
        if mapping_free && ProjectFile::is_project(&path) {
            return self.start_project(
                ctx,
                opening,
                move || ProjectFile::read(&path),
                (None, None),
            );
        }
        self.job.start(ctx, move || match data::open(Some(&path), &opening) {
            Ok(loaded) => {
                let mut opened = Opened::of_record(loaded);
                let document = &mut opened.document;
                if let (Some((mapping, folder)), Some(table)) = (keep, &document.table)
                    && let Err(error) = table.opened.table.remember(&folder, &mapping)
                {
                    document.problems.push(not_remembered(&path, &error));
                }
                Ok(Box::new(opened))
            }
            // Somebody broke it off, and knows.
            Err(_) if opening.progress.is_stopped() => Err(None),
            Err(error) => Err(Some(Refused::Told(error.to_string()))),
        });
    }

    /// Starts to open a project that was read, with its record at `data` where it is not where the project says.
    pub(crate) fn start_read(
        &mut self,
        ctx: &Context,
        (file, slot): (ProjectFile, Option<Slot>),
        data: Option<PathBuf>,
        remembered: Option<&Path>,
    ) {
        self.progress.stop();
        self.job = Job::default();
        self.progress = Arc::default();
        self.bytes = Arc::default();
        let is_left = file.project.value.unsaved_of.is_some();
        let name = || file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.name = if is_left { "what was not saved".to_owned() } else { name() };
        let opening = Opening {
            remembered: remembered.map(Path::to_owned),
            without_dates: true,
            progress: Arc::clone(&self.progress),
            ..Opening::default()
        };
        self.start_project(ctx, opening, move || Ok(file), (slot, data));
    }

    /// Reads a project and opens its record.
    fn start_project(
        &mut self,
        ctx: &Context,
        opening: Opening,
        read: impl FnOnce() -> Result<ProjectFile, ProjectError> + Send + 'static,
        (slot, instead): (Option<Slot>, Option<PathBuf>),
    ) {
        let bytes = Arc::clone(&self.bytes);
        self.job.start(ctx, move || {
            let told = |error: ProjectError| Some(Refused::Told(error.to_string()));
            let file = read().map_err(told)?;
            let data = match file.find_data() {
                _ if instead.is_some() => instead,
                Ok(data) => data,
                Err(ProjectError::Missing { data: was, .. }) => {
                    let project = Box::new(file);
                    return Err(Some(Refused::Missing { project, slot, was }));
                }
                Err(error) => return Err(told(error)),
            };
            bytes.store(data.as_deref().map_or(0, data::length_of), Ordering::Relaxed);
            match Opened::of_project(file, data.as_deref(), &opening) {
                Ok(mut opened) => {
                    if let Some(project) = &mut opened.project {
                        project.slot = slot;
                    }
                    Ok(Box::new(opened))
                }
                Err(_) if opening.progress.is_stopped() => Err(None),
                Err(error) => Err(told(error)),
            }
        });
    }

    /// The record that was opened, or why it was not, once.
    pub(crate) fn take(&mut self) -> Option<Result<Box<Opened>, Refused>> {
        match self.job.done()? {
            Ok(opened) => Some(Ok(opened)),
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
                let bytes = self.bytes.load(Ordering::Relaxed);
                #[expect(clippy::cast_precision_loss, reason = "a share")]
                let share = (read as f32 / bytes.max(1) as f32).min(1.0);
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
