//! What the atlas does with projects, steps back and forth, and what is kept between runs.

use std::path::PathBuf;

use super::Atlas;
use crate::analysis::words;
use crate::app::document::{Command, Document, update};
use crate::app::history::{Hand, History};
use crate::app::opening::Refused;
use crate::app::project::{Folders, opened};
use crate::data::project::Left;
use crate::data::{FigureFile, ProjectFile};

impl Atlas {
    /// Keeps documents that are not saved, and what was opened last, in these folders; offers what was left there.
    pub fn keep_in(&mut self, ctx: &egui::Context, folders: Folders) {
        self.left.look(ctx, &folders);
        self.projects.keep_in(folders);
    }

    /// Shows a project of the record that is open.
    pub fn show_project(&mut self, file: ProjectFile) {
        let mut project = opened(file, &mut self.document);
        self.map.look_anew();
        self.history = History::new(&self.document);
        self.projects = self.projects.replaced(&self.history, Some(&mut project));
        self.reopened.tell_project(project.name(), &project.restored);
    }

    /// Says why something was not opened, or asks where the data of a project is.
    pub(super) fn refused(&mut self, ctx: &egui::Context, refused: Refused) {
        match refused {
            Refused::Told(told) => self.reopened.refuse(&told),
            Refused::Missing { project, slot, was } => {
                self.projects.ask_data(ctx, (project, slot), was);
            }
        }
    }

    /// Opens a file, when nothing is lost by that.
    pub(super) fn open_when_saved(&mut self, ctx: &egui::Context, path: PathBuf) {
        if let Some(path) = self.projects.open(&self.document, path) {
            self.opening.start(ctx, path, None, self.remembered.as_deref());
        }
    }

    /// Takes a step back or forth.
    pub(super) fn step_in_history(&mut self, back: bool, now_secs: f64) {
        let what = if back { self.history.back() } else { self.history.forth() };
        let then = if back { self.history.undo() } else { self.history.redo() };
        let (Some(what), Some(then)) = (what, then) else {
            let told = if back { "Nothing to undo" } else { "Nothing to redo" };
            return self.playback.tell(told.to_owned(), now_secs);
        };
        self.playback.stop();
        self.map.look_anew();
        update(&mut self.document, Command::Restore(Box::new(then)));
        self.history.is_at(&self.document);
        self.projects.changed(self.history.now());
        let verb = if back { "Undone" } else { "Redone" };
        self.playback.tell(format!("{verb}: {}", what.label()), now_secs);
    }

    /// Meets what changed in a frame, and does what the project asks for.
    pub(super) fn follow_project(
        &mut self,
        ctx: &egui::Context,
        now_secs: f64,
        is_told_to_end: bool,
    ) {
        let hand = Hand {
            now_secs,
            is_down: ctx.input(|i| i.pointer.any_down()),
            plays: self.playback.is_playing(),
        };
        let Self { history, document, .. } = self;
        if history.meet(document, hand) {
            self.projects.changed(self.history.now());
        }
        let of: (&Document, _) = (&self.document, &self.history);
        let followed = self.projects.follow(ctx, of, (now_secs, is_told_to_end));
        if let Some(said) = followed.said {
            self.playback.tell(said, now_secs);
            ctx.request_repaint();
        }
        if let Some(failed) = followed.failed {
            let told = format!("what is not saved cannot be kept: {failed}");
            self.playback.tell(words::capitalised(&told), now_secs);
        }
        if let Some(path) = followed.open {
            if FigureFile::is_picture(&path) {
                self.reopened.take(ctx, path);
            } else {
                self.opening.start(ctx, path, None, self.remembered.as_deref());
            }
        }
        let remembered = self.remembered.as_deref();
        if let Some((file, slot, data)) = followed.with_data {
            self.opening.start_read(ctx, (*file, slot), Some(data), remembered);
        }
        let can = !self.projects.would_lose(&self.document);
        if let Some(Left { slot, project: Ok(project), .. }) = self.left.show(ctx, &self.pen, can) {
            let file = ProjectFile { path: slot.path().to_owned(), project };
            self.opening.start_read(ctx, (file, Some(slot)), None, remembered);
        }
    }
}
