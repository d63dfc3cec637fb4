//! The project that is open: saved and opened on threads, asked about where something would be lost, and kept between
//! savings (`keeping.rs`).
//!
//! Must not change what is looked at, nor touch a file in a frame: what was read is handed to the atlas.

mod browser;
mod dialogs;
mod keeping;
mod left;
mod opened;
mod source;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use egui::{Context, ViewportCommand};

pub(crate) use self::left::LeftOver;
pub(crate) use self::opened::{OpenedProject, opened};

use self::browser::{Browser, documents};
use self::dialogs::Dialog;
use self::keeping::Keeping;
use self::source::Source;
use super::document::Document;
use super::history::{History, Snapshot, What};
use super::job::Job;
use crate::data::figure_file::DrawnEvents;
use crate::data::project::{Recent, Slot, Unknown, recent_file, unsaved_folder};
use crate::data::{DatasetPlace, ProjectFile};

/// Where a window keeps what outlives it.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    /// The file that remembers the projects opened last.
    pub recent: Option<PathBuf>,
    /// The folder in which documents are kept that were not saved.
    pub unsaved: Option<PathBuf>,
}

impl Folders {
    /// Those of the person.
    #[must_use]
    pub fn of_person() -> Self {
        Self { recent: recent_file(), unsaved: unsaved_folder() }
    }
}

/// What is to be done when nothing can be lost any more.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Next {
    /// The window closes.
    Close,
    /// This file is opened.
    Open(PathBuf),
}

/// What a project was saved as.
struct Saved {
    path: PathBuf,
    snapshot: Snapshot,
}

/// What the menu of the top bar shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Menu {
    pub(crate) back: Option<What>,
    pub(crate) forth: Option<What>,
    pub(crate) views: usize,
    /// The name of the project.
    pub(crate) name: Option<String>,
    pub(crate) is_changed: bool,
}

/// The project that is open, and what is under way with it.
pub(crate) struct Projects {
    folders: Folders,
    path: Option<PathBuf>,
    unknown: Unknown,
    /// The document as it was saved or opened; `None` of one that was saved nowhere as it is.
    saved: Option<Snapshot>,
    is_changed: bool,
    /// All events of the record, listed once.
    events: Arc<OnceLock<DrawnEvents>>,
    dialog: Dialog,
    browser: Browser,
    /// A project whose data is asked for, and where it is kept if it was not saved.
    missing: Option<(Box<ProjectFile>, Option<Slot>)>,
    saving: Job<Result<Saved, String>>,
    /// What follows when it is saved.
    next: Option<Next>,
    keeping: Keeping,
    /// The title of the window as it was told last.
    title: String,
    /// Whether the window closes whatever is not saved.
    may_close: bool,
}

impl Projects {
    /// A document that was saved nowhere yet.
    pub(crate) fn untitled(history: &History, folders: Folders) -> Self {
        Self {
            keeping: Keeping::in_folder(folders.unsaved.clone()),
            folders,
            path: None,
            unknown: Unknown::Nothing,
            saved: Some(history.now().clone()),
            is_changed: false,
            events: Arc::default(),
            dialog: Dialog::None,
            browser: Browser::default(),
            missing: None,
            saving: Job::default(),
            next: None,
            title: String::new(),
            may_close: false,
        }
    }

    /// The same for another document, which was opened or is untitled. What is kept of the one before goes.
    pub(crate) fn replaced(
        &mut self,
        history: &History,
        opened: Option<&mut OpenedProject>,
    ) -> Self {
        let mut next = Self::untitled(history, self.folders.clone());
        next.title = std::mem::take(&mut self.title);
        self.keeping.end();
        if let Some(opened) = opened {
            next.path.clone_from(&opened.path);
            next.unknown = std::mem::take(&mut opened.unknown);
            if let Some(slot) = opened.slot.take() {
                next.keeping.adopt(slot);
                (next.saved, next.is_changed) = (None, true);
            } else if let Some(path) = next.path.clone() {
                next.remember(path);
            }
        }
        next
    }

    /// The same for the same record, read in another way.
    pub(crate) fn read_anew(&mut self, history: &History) -> Self {
        let mut next = self.replaced(history, None);
        next.path = self.path.take();
        next.unknown = std::mem::take(&mut self.unknown);
        (next.saved, next.is_changed) = (None, true);
        next
    }

    /// Where documents and recent projects are kept.
    pub(crate) fn keep_in(&mut self, folders: Folders) {
        self.keeping = Keeping::in_folder(folders.unsaved.clone());
        self.folders = folders;
    }

    /// Whether a dialog stands over everything else.
    pub(crate) fn is_open(&self) -> bool {
        self.dialog != Dialog::None
    }

    pub(crate) fn menu(&self, history: &History, document: &Document) -> Menu {
        Menu {
            back: history.back(),
            forth: history.forth(),
            views: document.views.len(),
            name: self.path.as_deref().map(name),
            is_changed: self.is_changed,
        }
    }

    /// The document changed since the frame before.
    pub(crate) fn changed(&mut self, now: &Snapshot) {
        self.is_changed = self.saved.as_ref() != Some(now);
    }

    /// Whether something would be lost that a person will miss: of a document without a name only views that were saved
    /// in it.
    pub(crate) fn would_lose(&self, document: &Document) -> bool {
        self.is_changed && (self.path.is_some() || !document.views.is_empty())
    }

    /// Opens a file, when what is not saved is.
    pub(crate) fn open(&mut self, document: &Document, path: PathBuf) -> Option<PathBuf> {
        if self.would_lose(document) {
            self.dialog = Dialog::Unsaved(Next::Open(path));
            return None;
        }
        Some(path)
    }

    /// Asks which project is to be opened.
    pub(crate) fn ask_open(&mut self, ctx: &Context) {
        let beside = self.path.as_deref().and_then(Path::parent).map(Path::to_owned);
        self.browser.start(ctx, self.folders.recent.clone(), beside.unwrap_or_else(documents));
        self.dialog = Dialog::Open { path: String::new() };
    }

    /// Saves the project under its name, or asks for one.
    pub(crate) fn save(&mut self, ctx: &Context, document: &Document) {
        match self.path.clone() {
            Some(path) => self.save_as(ctx, document, path),
            None => self.ask_save(document),
        }
    }

    /// Asks under which name it is to be saved.
    pub(crate) fn ask_save(&mut self, document: &Document) {
        self.dialog = Dialog::save(self.path.as_deref(), document);
    }

    fn save_as(&mut self, ctx: &Context, document: &Document, path: PathBuf) {
        let source = self.source(document);
        let recent = self.folders.recent.clone();
        self.saving.start(ctx, move || {
            let told = |error: crate::data::ProjectError| error.to_string();
            let project = source.project(Some(&path), None).map_err(told)?;
            ProjectFile::save(&path, &project).map_err(told)?;
            // What is remembered of it is a help, and no part of saving.
            drop(recent.map(|file| Recent::add(&file, &path)));
            Ok(Saved { path, snapshot: source.snapshot })
        });
    }

    fn source(&self, document: &Document) -> Source {
        Source::of(document, self.unknown.clone(), Arc::clone(&self.events))
    }

    /// Remembers a project that was opened.
    fn remember(&mut self, path: PathBuf) {
        if let Some(file) = self.folders.recent.clone() {
            // Nobody waits for it.
            let _ = std::thread::Builder::new()
                .name("recent".to_owned())
                .spawn(move || Recent::add(&file, &path));
        }
    }

    /// Takes what is done, keeps what is not saved, asks what there is to be asked, and gives the file that is to be opened
    /// and what is to be said for a moment.
    pub(crate) fn follow(
        &mut self,
        ctx: &Context,
        (document, history): (&Document, &History),
        (now_secs, is_told_to_end): (f64, bool),
    ) -> Followed {
        let mut followed = Followed::default();
        match self.saving.done() {
            None => {}
            Some(Ok(Saved { path, snapshot })) => {
                followed.said = Some(format!("Saved {}", name(&path)));
                self.path = Some(path);
                self.saved = Some(snapshot);
                self.changed(history.now());
                self.dialog = Dialog::None;
                if let Some(next) = self.next.take() {
                    followed.open = self.go_on(ctx, next);
                }
            }
            Some(Err(told)) => {
                self.next = None;
                self.dialog.failed(told);
            }
        }
        if is_told_to_end {
            // Nobody is there to be asked: what is not saved is kept for the next start.
            self.may_close = true;
            self.keeping.stays();
        }
        let asks = ctx.input(|i| i.viewport().close_requested()) && !self.may_close;
        if asks && self.would_lose(document) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Dialog::Unsaved(Next::Close);
        }
        let (unknown, events) = (&self.unknown, &self.events);
        let source = || Source::of(document, unknown.clone(), Arc::clone(events));
        let wanted = (self.is_changed && is_whole(document)).then_some(document.changes);
        let of = self.unsaved_of();
        followed.failed = self.keeping.follow(ctx, (now_secs, wanted), of, source);
        self.show(ctx, document, &mut followed);
        self.tell_title(ctx);
        followed
    }

    /// Does what was waiting for the project to be saved or given up.
    fn go_on(&mut self, ctx: &Context, next: Next) -> Option<PathBuf> {
        match next {
            Next::Close => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
                None
            }
            Next::Open(path) => Some(path),
        }
    }

    /// Names the project in the title of the window.
    fn tell_title(&mut self, ctx: &Context) {
        let title = match &self.path {
            None => "Sitrep".to_owned(),
            Some(path) => {
                let mark = if self.is_changed { "• " } else { "" };
                format!("{mark}{} – Sitrep", name(path))
            }
        };
        if self.title != title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// The window closes: nothing is kept of what was saved or given up.
    pub(crate) fn end(&mut self, document: &Document) {
        if self.is_changed && is_whole(document) {
            let source = self.source(document);
            self.keeping.keep_now(document.changes, self.unsaved_of(), &source);
        }
        self.keeping.end();
    }

    /// To which project belongs what is not saved.
    fn unsaved_of(&self) -> String {
        self.path.as_ref().map_or_else(String::new, |path| path.display().to_string())
    }

    /// The data of a project is not where it was: asks where it is.
    pub(crate) fn ask_data(
        &mut self,
        ctx: &Context,
        (file, slot): (Box<ProjectFile>, Option<Slot>),
        was: PathBuf,
    ) {
        let beside = file.path.parent().filter(|_| slot.is_none()).map(Path::to_owned);
        self.browser.start(ctx, None, beside.unwrap_or_else(documents));
        self.missing = Some((file, slot));
        self.dialog = Dialog::Missing { was, path: String::new() };
    }
}

/// Whether a document can be kept: all of its record was read, from where it can be read again.
fn is_whole(document: &Document) -> bool {
    !document.dataset.is_beginning && document.place != DatasetPlace::Nowhere
}

/// What came of following a project.
#[derive(Default)]
pub(crate) struct Followed {
    /// A file that is to be opened.
    pub(crate) open: Option<PathBuf>,
    /// A project that was read, to be opened with its data from another place.
    pub(crate) with_data: Option<(Box<ProjectFile>, Option<Slot>, PathBuf)>,
    /// What is to be said for a moment.
    pub(crate) said: Option<String>,
    /// Why what is not saved could not be kept.
    pub(crate) failed: Option<String>,
}

/// The name of a file without its folder.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
