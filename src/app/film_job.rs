//! Saving a film: beside its place until it is whole. With progress to be read from elsewhere, and a way to stop.

use std::io::{BufWriter, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::data::{Draft, FolderDraft, SaveError, still_there};
use crate::export::film::{FilmDone, OnProgress};
use crate::export::{ExportError, FilmFormat, FilmInput, FilmOut, Progress, film};

/// What the names of frames begin with.
const FRAME: &str = "frame-";

/// How often it is looked whether the folder is still there.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// Why a film was not saved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FilmSaveError {
    #[error(transparent)]
    Save(#[from] SaveError),
    #[error(transparent)]
    Export(#[from] ExportError),
}

/// Makes the film beside its place, and puts it there when it is whole.
pub(crate) fn save(
    path: &Path,
    format: FilmFormat,
    input: &FilmInput<'_>,
    progress: &mut OnProgress<'_>,
) -> Result<FilmDone, FilmSaveError> {
    let failed = |error| match error {
        ExportError::Write(source) => SaveError::Io { path: path.to_owned(), source }.into(),
        other => FilmSaveError::from(other),
    };
    // A film takes long: whether it can be saved at all is looked at all the while.
    let mut looked = Instant::now();
    let mut watched = |at: Progress, still_there: &dyn Fn() -> Result<(), SaveError>| {
        if looked.elapsed() >= LOOK_AGAIN {
            looked = Instant::now();
            if still_there().is_err() {
                return ControlFlow::Break(());
            }
        }
        progress(at)
    };
    if format == FilmFormat::Frames {
        let folder = FolderDraft::new(path, FRAME)?;
        let digits = input.plan.frames().to_string().len().max(5);
        let take = |frame: u32, bytes: &[u8]| {
            folder.put(&format!("{FRAME}{:0digits$}.png", frame + 1), bytes)
        };
        let done =
            film(input, FilmOut::Frames(&take), &mut |at| watched(at, &|| folder.still_there()));
        if done.is_err() {
            folder.still_there()?;
        }
        let done = done.map_err(failed)?;
        folder.save()?;
        return Ok(done);
    }
    let draft = Draft::new(path)?;
    let place = draft.place().to_owned();
    let still_there = || still_there(&place, path);
    let mut file = BufWriter::with_capacity(1 << 16, draft);
    let out =
        if format == FilmFormat::Mp4 { FilmOut::Mp4(&mut file) } else { FilmOut::Gif(&mut file) };
    let done = film(input, out, &mut |at| watched(at, &still_there));
    if done.is_err() {
        still_there()?;
    }
    let done = done.map_err(failed)?;
    file.flush().map_err(|error| failed(ExportError::Write(error)))?;
    let file = file.into_inner().map_err(|error| failed(ExportError::Write(error.into_error())))?;
    file.save()?;
    Ok(done)
}

/// How far a film is that is made on another thread, and whether it is to stop.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    done: AtomicU32,
    frames: AtomicU32,
    stop: AtomicBool,
}

impl Watch {
    /// Takes down how far it is.
    pub(crate) fn note(&self, Progress { done, frames }: Progress) -> ControlFlow<()> {
        self.done.store(done, Ordering::Relaxed);
        self.frames.store(frames, Ordering::Relaxed);
        if self.stop.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    pub(crate) fn progress(&self) -> Progress {
        let [done, frames] = [&self.done, &self.frames].map(|n| n.load(Ordering::Relaxed));
        Progress { done, frames }
    }

    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// How far it is, in words: "450 of 1,800 frames, 12 s left".
pub(crate) fn progress_words(Progress { done, frames }: Progress, passed_secs: f64) -> String {
    use crate::analysis::{play::words as play_words, words};
    let left_secs = passed_secs / f64::from(done.max(1)) * f64::from(frames.saturating_sub(done));
    let [drawn, all] = [done, frames].map(|n| words::thousands(n as usize));
    format!("{drawn} of {all} frames, {} left", play_words::secs(left_secs))
}
