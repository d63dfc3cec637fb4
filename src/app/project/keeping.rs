//! Keeps what is not saved, some seconds after it changed, on a thread and in a place of the window's own.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui::Context;

use super::source::Source;
use crate::app::job::Job;
use crate::data::project::Slot;

/// How long after a change it is kept.
const AFTER_SECS: f64 = 4.0;
/// How long the end of the program waits for what is being kept.
const AT_THE_END: Duration = Duration::from_secs(3);

/// What is kept, and what is to be.
#[derive(Default)]
pub(super) struct Keeping {
    folder: Option<PathBuf>,
    slot: Option<Arc<Slot>>,
    job: Job<Result<Arc<Slot>, String>>,
    /// The document's count of changes when it was kept last; `None` when nothing is kept.
    kept: Option<u64>,
    due_secs: Option<f64>,
    /// What was told of a failure, so that it is told once.
    failed: Option<String>,
    /// Whether it stays for the next start.
    stays: bool,
}

impl Keeping {
    /// Nothing yet; without a folder nothing is ever kept.
    pub(super) fn in_folder(folder: Option<PathBuf>) -> Self {
        Self { folder, ..Self::default() }
    }

    /// Goes on in a place where something is kept already.
    pub(super) fn adopt(&mut self, slot: Slot) {
        self.slot = Some(Arc::new(slot));
        self.kept = Some(u64::MAX);
    }

    /// Keeps the document that has changed so often, `None` where there is nothing to be kept; gives why it could not, once.
    pub(super) fn follow(
        &mut self,
        ctx: &Context,
        (now_secs, wanted): (f64, Option<u64>),
        of: String,
        source: impl FnOnce() -> Source,
    ) -> Option<String> {
        let told = match self.job.done() {
            Some(Ok(slot)) => {
                self.slot = Some(slot);
                self.failed = None;
                None
            }
            Some(Err(told)) => {
                let is_new = self.failed.as_ref() != Some(&told);
                self.failed = Some(told.clone());
                is_new.then_some(told)
            }
            None => None,
        };
        let folder = self.folder.clone()?;
        if wanted == self.kept {
            self.due_secs = None;
            return told;
        }
        let due = match (wanted, self.kept) {
            // What was saved, or is as it was, is not kept any longer.
            (None, _) => now_secs,
            _ => *self.due_secs.get_or_insert(now_secs + AFTER_SECS),
        };
        if self.job.is_running() {
            // It asks for a frame when it is done.
            return told;
        }
        if now_secs < due {
            ctx.request_repaint_after(Duration::from_secs_f64(due - now_secs));
            return told;
        }
        (self.due_secs, self.kept) = (None, wanted);
        let slot = self.slot.clone();
        if wanted.is_none() {
            if let Some(slot) = slot {
                self.job.start(ctx, move || {
                    slot.clear();
                    Ok(slot)
                });
            }
            return told;
        }
        let source = source();
        self.job.start(ctx, move || {
            let slot = match slot {
                Some(slot) => slot,
                None => Arc::new(Slot::new(&folder).map_err(|error| {
                    format!("there is no place in {} ({})", folder.display(), error.kind())
                })?),
            };
            let project = source.project(None, Some(of)).map_err(|error| error.to_string())?;
            slot.keep(&project).map_err(|error| error.to_string())?;
            Ok(slot)
        });
        told
    }

    /// What is kept stays for the next start.
    pub(super) fn stays(&mut self) {
        self.stays = true;
    }

    /// The program ends without anybody to be asked: what changed since it was kept last is kept now.
    pub(super) fn keep_now(&mut self, wanted: u64, of: String, source: &Source) {
        if !self.stays || self.kept == Some(wanted) {
            return;
        }
        if let Some(Ok(slot)) = self.job.wait(AT_THE_END) {
            self.slot = Some(slot);
        }
        let made = || Some(Arc::new(Slot::new(self.folder.as_deref()?).ok()?));
        if let Some(slot) = self.slot.clone().or_else(made) {
            // Nobody is there to be told, and what was kept before is still there.
            let _ = source.project(None, Some(of)).and_then(|project| slot.keep(&project));
            self.slot = Some(slot);
        }
    }

    /// The document goes: nothing of it is kept any more.
    pub(super) fn end(&mut self) {
        if let Some(Ok(slot)) = self.job.wait(AT_THE_END) {
            self.slot = Some(slot);
        }
        let slot = self.slot.take().and_then(Arc::into_inner);
        if let Some(slot) = slot.filter(|_| !self.stays) {
            slot.give_up();
        }
    }
}
