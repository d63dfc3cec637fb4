//! The dialog in which what the window plays is saved as a film. The film is made on a thread of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::{Context, Ui};

use super::document::Document;
use super::film_job::{self, Watch, progress_words};
use super::job::Job;
use crate::analysis::figure_spec::MAX_TITLE;
use crate::analysis::play::film::Hold;
use crate::analysis::play::{FilmPlan, FilmSpec, PlayRange, Secs};
use crate::analysis::{Pick, words};
use crate::export::{FilmFormat, FilmInput};
use crate::scene::basemap::BasemapLayers;

/// Sizes that are offered, in pixels.
const SIZES: [([u32; 2], &str); 4] = [
    ([1280, 720], "1280 × 720"),
    ([1920, 1080], "1920 × 1080"),
    ([1080, 1080], "1080 × 1080"),
    ([1080, 1920], "1080 × 1920"),
];
/// Width of the dialog.
const WIDTH: f32 = 470.0;
/// The most pixels of a side that can be chosen; what is too much altogether is told.
const MOST_PX: u32 = 4096;
/// Width of the bar that says how far a film is.
const BAR: f32 = 260.0;
/// How often the screen is drawn while a film is made, in seconds.
const FRAME_SECS: f64 = 0.1;

/// A film that is asked about: the document's revision, and what is made of it under which name.
type Asked = (u64, FilmSpec, String);

/// State between frames.
pub(crate) struct FilmDialog {
    open: bool,
    path: String,
    spec: FilmSpec,
    /// What is known of the film, and of what film that is.
    planned: Option<(Asked, Result<String, String>)>,
    job: Job<Result<String, String>>,
    watch: Arc<Watch>,
    started_secs: f64,
    said: Said,
    /// Whether what came of it is told in the window, because the dialog was closed meanwhile.
    told_beside: bool,
    closing: Closing,
    /// Whether the program is told from outside to end.
    ends: Arc<AtomicBool>,
}

/// What becomes of the window while a film is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Closing {
    /// It stays open.
    #[default]
    No,
    /// It is to be closed, and somebody is asked about the film.
    Asked,
    /// It closes when the film has ended.
    WhenEnded,
}

/// What is said below the buttons.
enum Said {
    Nothing,
    Done(String),
    Failed(String),
    /// The file is there already.
    Exists,
}

impl Default for FilmDialog {
    fn default() -> Self {
        Self {
            open: false,
            path: "film.mp4".to_owned(),
            spec: FilmSpec::default(),
            planned: None,
            job: Job::default(),
            watch: Arc::default(),
            started_secs: 0.0,
            said: Said::Nothing,
            told_beside: false,
            closing: Closing::No,
            ends: Arc::default(),
        }
    }
}

impl FilmDialog {
    pub(crate) fn open(&mut self) {
        self.open = true;
        self.told_beside = false;
    }

    /// Becomes true when the program is told from outside to end.
    pub(crate) fn ends(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.ends)
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// Draws it, while it is open, over everything else.
    pub(crate) fn show(
        &mut self,
        ctx: &Context,
        document: &Document,
        basemap: &Arc<BasemapLayers>,
    ) {
        if let Some(done) = self.job.done() {
            self.said = done.map_or_else(Said::Failed, Said::Done);
        }
        if self.job.is_running() {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(FRAME_SECS));
        }
        self.follow_close(ctx);
        if !self.open {
            self.beside(ctx);
            return;
        }
        let modal = egui::Modal::new(egui::Id::unique("film dialog"));
        let shown = modal.show(ctx, |ui| {
            ui.set_width(WIDTH);
            self.contents(ui, document, basemap);
        });
        if shown.should_close() {
            self.open = false;
        }
    }

    fn contents(&mut self, ui: &mut Ui, document: &Document, basemap: &Arc<BasemapLayers>) {
        ui.heading("Film of what plays");
        ui.add_space(6.0);
        let before = (self.path.clone(), self.spec.clone());
        let busy = self.job.is_running();
        ui.add_enabled_ui(!busy, |ui| self.choices(ui, document));
        self.spec.play = document.play.clone();
        if before.0 != self.path || before.1 != self.spec {
            self.said = Said::Nothing;
        }
        ui.add_space(6.0);
        let planned = self.planned(document);
        match &planned {
            Ok(told) => {
                let days = self.days();
                ui.weak(format!("Plays {days}, as set in the window: {told}"))
            }
            Err(why) => ui.colored_label(ui.visuals().error_fg_color, words::capitalised(why)),
        };
        ui.add_space(6.0);
        if busy {
            self.progress(ui);
        } else {
            ui.horizontal(|ui| {
                let save = ui.add_enabled(planned.is_ok(), egui::Button::new("Save film"));
                let is_there = Path::new(&self.path).exists();
                if save.clicked() {
                    if is_there {
                        self.said = Said::Exists;
                    } else {
                        self.start(ui, document, basemap);
                    }
                }
                if ui.button("Close").clicked() {
                    self.open = false;
                }
            });
        }
        match &self.said {
            Said::Nothing => {}
            Said::Done(words) => {
                ui.label(words);
            }
            Said::Failed(why) => {
                ui.colored_label(ui.visuals().error_fg_color, words::capitalised(why));
            }
            Said::Exists => {
                ui.horizontal(|ui| {
                    ui.label("It is there already.");
                    if ui.button("Replace it").clicked() {
                        self.start(ui, document, basemap);
                    }
                });
            }
        }
    }

    fn choices(&mut self, ui: &mut Ui, document: &Document) {
        egui::Grid::new("film").num_columns(2).spacing([14.0, 7.0]).show(ui, |ui| {
            let label = ui.label("File").id;
            let field = egui::TextEdit::singleline(&mut self.path).desired_width(320.0);
            ui.add(field).labelled_by(label);
            ui.end_row();
            ui.label("Format");
            ui.horizontal(|ui| {
                let now = FilmFormat::of(Path::new(&self.path));
                for (format, name, ending) in [
                    (FilmFormat::Mp4, "MP4", "mp4"),
                    (FilmFormat::Gif, "GIF", "gif"),
                    (FilmFormat::Frames, "PNG frames", ""),
                ] {
                    if ui.selectable_label(now == Some(format), name).clicked() {
                        let path = Path::new(self.path.trim_end_matches('/'));
                        self.path = path.with_extension(ending).display().to_string();
                    }
                }
            });
            ui.end_row();
            ui.label("Size");
            ui.horizontal(|ui| {
                for (size, name) in SIZES {
                    ui.selectable_value(&mut self.spec.size_px, size, name);
                }
            });
            ui.end_row();
            ui.label("");
            ui.horizontal(|ui| {
                for (name, side) in ["Width", "Height"].into_iter().zip(&mut self.spec.size_px) {
                    let label = ui.weak(name).id;
                    let field = egui::DragValue::new(side).speed(2).range(64..=MOST_PX);
                    ui.add(field).labelled_by(label);
                }
                ui.weak("pixels");
            });
            ui.end_row();
            let label = ui.label("Title").id;
            let mut title = self.spec.title.clone().unwrap_or_default();
            let field = egui::TextEdit::singleline(&mut title).desired_width(320.0);
            let field = field.hint_text("as computed").char_limit(MAX_TITLE);
            if ui.add(field).labelled_by(label).changed() {
                self.spec.title = (!title.trim().is_empty()).then_some(title);
            }
            ui.end_row();
            let label = ui.label("Frames a second").id;
            ui.add(egui::DragValue::new(&mut self.spec.fps).range(1..=60)).labelled_by(label);
            ui.end_row();
            ui.label("With");
            ui.horizontal(|ui| {
                let usual = FilmSpec::default().cards;
                for (n, name) in ["Title before", "Sources after"].into_iter().enumerate() {
                    let mut on = self.spec.cards[n].is_some();
                    if ui.checkbox(&mut on, name).changed() {
                        self.spec.cards[n] = if on { usual[n] } else { None };
                    }
                }
                ui.checkbox(&mut self.spec.strip, "Time strip");
            });
            ui.end_row();
            ui.label("Held");
            ui.vertical(|ui| self.holds(ui, document));
            ui.end_row();
        });
    }

    /// The events that stay for longer, and a way to add the one that is picked.
    fn holds(&mut self, ui: &mut Ui, document: &Document) {
        let mut gone = None;
        for (n, hold) in self.spec.holds.iter_mut().enumerate() {
            ui.horizontal(|ui| {
                let mut secs = hold.time.secs();
                let field = egui::DragValue::new(&mut secs).range(1.0..=60.0).suffix(" s");
                let label = ui.label(&hold.event).id;
                if ui.add(field.max_decimals(1)).labelled_by(label).changed() {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "from one second to a minute"
                    )]
                    let millis = (secs * 1000.0).round() as u32;
                    hold.time = Secs::from_millis(millis);
                }
                if ui.button("Not held").clicked() {
                    gone = Some(n);
                }
            });
        }
        if let Some(n) = gone {
            self.spec.holds.remove(n);
        }
        let Some(Pick::Event(id)) = &document.view.picked else {
            ui.weak("pick an event in the window, to hold it for longer");
            return;
        };
        if self.spec.holds.iter().all(|hold| hold.event != *id)
            && ui.button(format!("Hold {id} for 4 s")).clicked()
        {
            self.spec.holds.push(Hold { event: id.clone(), time: Secs::whole(4) });
        }
    }

    /// How long the film would be, or why there is none; worked out anew when something changed.
    fn planned(&mut self, document: &Document) -> Result<String, String> {
        let key = (document.revision, self.spec.clone(), self.path.clone());
        if let Some((_, known)) = self.planned.as_ref().filter(|(of, _)| *of == key) {
            return known.clone();
        }
        let found = match FilmFormat::of(Path::new(&self.path)) {
            _ if self.path.trim().is_empty() => Err("give the film a name".to_owned()),
            None => {
                Err("give a name that ends in .mp4 or .gif, or one without an ending".to_owned())
            }
            Some(format) => {
                let Document { dataset, view, selection, .. } = document;
                let checked = format.check(&self.spec).map_err(|error| error.to_string());
                checked.and_then(|()| {
                    let plan = FilmPlan::new(dataset, view, selection, &self.spec);
                    plan.map(|plan| plan.told(&self.spec, None)).map_err(|error| error.to_string())
                })
            }
        };
        self.planned = Some((key, found.clone()));
        found
    }

    /// The days that are played.
    fn days(&self) -> String {
        match self.spec.play.range {
            PlayRange::Record => "the whole record".to_owned(),
            PlayRange::Days(days) => words::span(days),
        }
    }

    fn progress(&mut self, ui: &mut Ui) {
        let progress = self.watch.progress();
        let passed_secs = ui.input(|i| i.time) - self.started_secs;
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        let share = (f64::from(progress.done) / f64::from(progress.frames.max(1))) as f32;
        // Below the bar: words in it would lie half on its colour and half on that of the ground.
        let bar = egui::ProgressBar::new(share).desired_width(BAR);
        ui.horizontal(|ui| {
            ui.add(bar);
            if ui.button("Cancel").clicked() {
                self.watch.stop();
            }
        });
        ui.label(progress_words(progress, passed_secs));
    }

    /// In a corner of the window, while the dialog is closed: how far the film is, or what came of it.
    fn beside(&mut self, ctx: &Context) {
        let is_told = matches!(self.said, Said::Done(_) | Said::Failed(_)) && self.told_beside;
        if !self.job.is_running() && !is_told {
            return;
        }
        self.told_beside = true;
        let place = egui::Area::new(egui::Id::unique("film beside"))
            .anchor(egui::Align2::RIGHT_TOP, [-12.0, 72.0])
            .order(egui::Order::Foreground);
        place.show(ctx, |ui| {
            egui::Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_max_width(BAR + 90.0);
                if self.job.is_running() {
                    ui.strong(format!("Saving {}", self.path));
                    self.progress(ui);
                    return;
                }
                match &self.said {
                    Said::Failed(why) => {
                        ui.colored_label(ui.visuals().error_fg_color, words::capitalised(why))
                    }
                    Said::Done(words) => ui.label(words),
                    Said::Nothing | Said::Exists => return,
                };
                if ui.button("OK").clicked() {
                    self.told_beside = false;
                    ctx.request_repaint();
                }
            });
        });
    }

    /// Keeps the window open while a film is made, until somebody says what becomes of it; what was begun is taken away
    /// before the window goes.
    fn follow_close(&mut self, ctx: &Context) {
        let is_asked = ctx.input(|i| i.viewport().close_requested());
        if self.ends.load(Ordering::Relaxed) {
            // Nobody is there to be asked.
            self.watch.stop();
            self.closing = Closing::WhenEnded;
        }
        if !self.job.is_running() {
            if std::mem::take(&mut self.closing) == Closing::WhenEnded {
                self.ends.store(false, Ordering::Relaxed);
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            return;
        }
        if is_asked {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.closing = Closing::Asked;
        }
        if self.closing != Closing::Asked {
            return;
        }
        egui::Modal::new(egui::Id::unique("film at the end")).show(ctx, |ui| {
            ui.set_max_width(WIDTH);
            ui.heading("A film is being saved");
            let path = &self.path;
            ui.label(format!("{path} is not whole yet. It is given up when the window closes."));
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                if ui.button("Keep on").clicked() {
                    self.closing = Closing::No;
                }
                if ui.button("Give it up and close").clicked() {
                    self.watch.stop();
                    self.closing = Closing::WhenEnded;
                }
            });
        });
    }

    fn start(&mut self, ui: &Ui, document: &Document, basemap: &Arc<BasemapLayers>) {
        let Some(format) = FilmFormat::of(Path::new(&self.path)) else { return };
        self.said = Said::Nothing;
        self.started_secs = ui.input(|i| i.time);
        self.watch = Arc::default();
        let (watch, basemap) = (Arc::clone(&self.watch), Arc::clone(basemap));
        let (record, view) = (Arc::clone(&document.dataset), document.view.clone());
        let (selection, spec) = (Arc::clone(&document.selection), self.spec.clone());
        let path = PathBuf::from(&self.path);
        self.job.start(ui.ctx(), move || {
            let plan = FilmPlan::new(&record, &view, &selection, &spec);
            let plan = plan.map_err(|error| error.to_string())?;
            let (basemap, spec, plan) = (&*basemap, &spec, &plan);
            let input = FilmInput { record: &record, basemap, view: &view, spec, plan };
            let done = film_job::save(&path, format, &input, &mut |p| watch.note(p));
            let done = done.map_err(|error| error.to_string())?;
            let frames = words::thousands(done.frames as usize);
            Ok(format!("Saved {} ({frames} frames)", path.display()))
        });
    }
}
