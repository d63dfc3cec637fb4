//! How large the file of the figure is: it is made once more on a thread of its own, when its preview is there.

use egui::Context;

use super::super::job::Job;
use super::draft::Source;
use super::preview::Subject;
use super::saving::{Wanted, file, megabytes};
use crate::export::make::FigureFormat;
use crate::scene::text::Shaper;

/// Pixels of a PNG from which on it is not made only to be weighed.
const MOST_PX: u64 = 24_000_000;

/// What was weighed last, and what is being weighed.
#[derive(Default)]
pub(super) struct Weight {
    known: Option<(Key, Option<usize>)>,
    job: Job<(Key, Option<usize>)>,
}

/// Which file.
#[derive(Clone, PartialEq)]
struct Key {
    subject: Subject,
    wanted: Wanted,
}

impl Weight {
    /// Takes what is done, and weighs what is wanted now; of several wishes the newest.
    pub(super) fn follow(
        &mut self,
        ctx: &Context,
        subject: &Subject,
        wanted: Wanted,
        source: impl FnOnce() -> Source,
    ) {
        if let Some(done) = self.job.done() {
            self.known = Some(done);
        }
        let key = Key { subject: subject.clone(), wanted: Wanted { pack: false, ..wanted } };
        let [width, height] = subject.draft.spec.size.pixels().map(u64::from);
        let is_large = wanted.format == FigureFormat::Png && width * height > MOST_PX;
        let is_known = self.known.as_ref().is_some_and(|(of, _)| *of == key);
        if is_large || is_known || self.job.is_running() {
            return;
        }
        let source = source();
        self.job.start(ctx, move || {
            let mut shaper = Shaper::new();
            let source = source.settled(&mut shaper);
            let made = file(&mut shaper, &source, key.wanted);
            let bytes = made.ok().map(|made| made.bytes.len());
            (key, bytes)
        });
    }

    /// "PNG, 1.2 MB", of the file that was weighed last, if it is this one.
    pub(super) fn words(&self, subject: &Subject, wanted: Wanted) -> Option<String> {
        let wanted = Wanted { pack: false, ..wanted };
        let (_, bytes) =
            self.known.as_ref().filter(|(of, _)| of.subject == *subject && of.wanted == wanted)?;
        let format = wanted.format.ending().to_uppercase();
        Some(format!("{format}, {}", megabytes((*bytes)?)))
    }
}
