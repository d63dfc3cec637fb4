//! A film as bytes: its frames are drawn on this thread, one after the other, and encoded on others meanwhile.
//!
//! A frame that shows what the one before showed is not drawn again. What comes out depends on the input alone,
//! not on how many threads there are or how fast they run.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::ExportError;
use super::film_frames::FilmFrames;
use super::frames::FrameFiles;
use super::gif::GifFilm;
use super::mp4::Mp4Film;
use crate::analysis::figure_spec::MAX_TITLE;
use crate::analysis::play::{FilmPlan, FilmSpec};
use crate::analysis::{Record, View};
use crate::scene::basemap::BasemapLayers;
use crate::scene::text::Shaper;
use crate::scene::theme::style;

/// Frames that wait to be encoded at most.
const WAITING: usize = 3;
/// Threads that encode frames as files of their own at most.
const MOST_THREADS: usize = 8;

/// What a film is saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilmFormat {
    /// H.264 in MP4.
    Mp4,
    /// An animated GIF.
    Gif,
    /// A folder of numbered PNG files.
    Frames,
}

impl FilmFormat {
    /// The format that a name asks for: by its ending, and a folder where it has none; `None` where it is another.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let is_folder = path.to_string_lossy().ends_with(['/', '\\']);
        match ending.as_deref() {
            _ if is_folder => Some(Self::Frames),
            None => Some(Self::Frames),
            Some("mp4") => Some(Self::Mp4),
            Some("gif") => Some(Self::Gif),
            Some(_) => None,
        }
    }

    /// Whether the format can hold a film.
    ///
    /// # Errors
    /// [`ExportError::Film`] with what is wrong, and what would do.
    pub fn check(self, spec: &FilmSpec) -> Result<(), ExportError> {
        if let Some(title) = &spec.title {
            check_title(title)?;
        }
        let [width, height] = spec.size_px;
        if self == Self::Mp4 {
            if width % 2 != 0 || height % 2 != 0 {
                let [even_width, even_height] = spec.size_px.map(|side| side + side % 2);
                return Err(ExportError::Film(format!(
                    "an MP4 of {width} × {height} pixels cannot be made, as both sides must be even: make it \
                     {even_width} × {even_height}"
                )));
            }
            if width.min(height) > 2160 {
                return Err(ExportError::Film(format!(
                    "an MP4 of {width} × {height} pixels cannot be made: its sides are at most 3840 and 2160 pixels"
                )));
            }
        }
        if self == Self::Gif && spec.fps > MOST_GIF_FPS {
            return Err(ExportError::Film(format!(
                "a GIF of {} frames a second cannot be made, as it shows a frame for at least 0.02 s: give at most \
                 {MOST_GIF_FPS}",
                spec.fps
            )));
        }
        Ok(())
    }
}

fn check_title(title: &str) -> Result<(), ExportError> {
    let chars = title.chars().count();
    if chars > MAX_TITLE {
        return Err(ExportError::Film(format!(
            "the title has {chars} characters: shorten it to at most {MAX_TITLE}"
        )));
    }
    let missing: String =
        Shaper::new().shape(title, style::TITLE).missing_glyphs().iter().collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(ExportError::Film(format!(
        "the title has characters that the fonts for figures lack ({missing}): leave them out"
    )))
}

/// A GIF that is faster is played slowly by browsers.
const MOST_GIF_FPS: u32 = 50;

/// What a film is made of.
#[derive(Clone, Copy, Debug)]
pub struct FilmInput<'a> {
    /// The record.
    pub record: &'a Record,
    /// The ground.
    pub basemap: &'a BasemapLayers,
    /// What is looked at.
    pub view: &'a View,
    /// What film is to be made of it.
    pub spec: &'a FilmSpec,
    /// Its frames.
    pub plan: &'a FilmPlan,
}

/// Takes a numbered frame as a PNG file; frames come in any order, and from several threads.
pub type TakeFrame<'a> = dyn Fn(u32, &[u8]) -> io::Result<()> + Sync + 'a;

/// Where the bytes of a film go.
pub enum FilmOut<'a> {
    /// An MP4 film, whole, at its end.
    Mp4(&'a mut (dyn Write + Send)),
    /// An animated GIF, as it is made.
    Gif(&'a mut (dyn Write + Send)),
    /// Its frames.
    Frames(&'a TakeFrame<'a>),
}

/// How far a film is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Frames that are drawn.
    pub done: u32,
    /// All there are.
    pub frames: u32,
}

/// Is told how far a film is, and says whether it goes on.
pub type OnProgress<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

/// What was made, and how long each stage took.
#[derive(Clone, Copy, Debug, Default)]
pub struct FilmDone {
    /// Frames of the film.
    pub frames: u32,
    /// Those of them that were drawn, as they differ from the one before.
    pub drawn: u32,
    /// Working out what is drawn.
    pub scene: Duration,
    /// Painting it.
    pub paint: Duration,
    /// Waiting until a frame could be handed on.
    pub waited: Duration,
    /// Converting frames to what the format holds, on the threads that encode.
    pub convert: Duration,
    /// Encoding and writing them, likewise.
    pub encode: Duration,
}

/// A frame that is shown for some frames of the film.
pub(super) struct Run {
    /// Red, green, blue and 255 for each pixel.
    pub(super) rgba: Vec<u8>,
    /// Its number, from 0.
    pub(super) first: u32,
    /// For how many frames it is shown.
    pub(super) count: u32,
}

/// Makes frames into bytes.
pub(super) trait Encode {
    /// Takes the next frames. Adds up the time that it took to convert them.
    fn run(&mut self, run: &Run, convert: &mut Duration) -> Result<(), ExportError>;
    /// Has taken all of them.
    fn finish(&mut self) -> Result<(), ExportError>;
}

/// Makes a film.
///
/// # Errors
/// [`ExportError::Film`] where its parts have no room or the encoder refuses, [`ExportError::Cancelled`] where
/// `progress` breaks off, [`ExportError::Write`] where the bytes cannot be written.
pub fn film(
    input: &FilmInput<'_>,
    out: FilmOut<'_>,
    progress: &mut OnProgress<'_>,
) -> Result<FilmDone, ExportError> {
    let [width, height] = input.spec.size_px;
    let mut frames = FilmFrames::new(input)?;
    let fps = input.plan.fps();
    let mut encoders: Vec<Box<dyn Encode + Send + '_>> = Vec::new();
    match out {
        FilmOut::Mp4(file) => {
            FilmFormat::Mp4.check(input.spec)?;
            encoders.push(Box::new(Mp4Film::new(file, [width, height], fps, frames.title())?));
        }
        FilmOut::Gif(file) => {
            FilmFormat::Gif.check(input.spec)?;
            let palette = frames.palette()?;
            encoders.push(Box::new(GifFilm::new(file, [width, height], fps, palette)?));
        }
        FilmOut::Frames(take) => {
            let threads = thread::available_parallelism().map_or(1, usize::from);
            for _ in 0..threads.clamp(1, MOST_THREADS) {
                encoders.push(Box::new(FrameFiles::new(take, [width, height])));
            }
        }
    }
    thread::scope(|scope| {
        let (send, receive) = sync_channel::<Run>(WAITING);
        let (give_back, spare) = channel::<Vec<u8>>();
        // Held by those who encode alone: when all of them have failed, nothing more can be handed on.
        let receive = Arc::new(Mutex::new(receive));
        let at_work: Vec<_> = encoders
            .into_iter()
            .map(|encoder| {
                let (receive, give_back) = (Arc::clone(&receive), give_back.clone());
                scope.spawn(move || encode(encoder, &receive, &give_back))
            })
            .collect();
        drop(receive);
        let drawn = draw(&mut frames, &send, &spare, progress);
        drop(send);
        let mut failed = None;
        let mut done = FilmDone { frames: input.plan.frames(), ..frames.done() };
        for thread in at_work {
            match thread.join() {
                Ok(Ok([convert, encode])) => {
                    done.convert += convert;
                    done.encode += encode;
                }
                Ok(Err(error)) => failed = failed.or(Some(error)),
                Err(_) => {
                    let why = "the encoder broke off; save the film in another format";
                    failed = failed.or_else(|| Some(ExportError::Film(why.to_owned())));
                }
            }
        }
        // A frame that could not be handed on is an encoder that failed.
        let waited = match (drawn, failed) {
            (Err(ExportError::Cancelled), _) => return Err(ExportError::Cancelled),
            (_, Some(error)) | (Err(error), None) => return Err(error),
            (Ok(waited), None) => waited,
        };
        Ok(FilmDone { waited, ..done })
    })
}

/// Draws all frames and hands them on; says how long it waited meanwhile.
fn draw(
    frames: &mut FilmFrames<'_>,
    send: &SyncSender<Run>,
    spare: &Receiver<Vec<u8>>,
    progress: &mut OnProgress<'_>,
) -> Result<Duration, ExportError> {
    let all = frames.frames();
    let mut waited = Duration::ZERO;
    let mut next: Option<Run> = None;
    for frame in 0..all {
        let is_new = frames.draw(frame)?;
        match &mut next {
            Some(run) if !is_new => run.count += 1,
            _ => {
                let mut rgba = spare.try_recv().unwrap_or_default();
                rgba.clear();
                rgba.extend_from_slice(frames.rgba());
                let run = next.replace(Run { rgba, first: frame, count: 1 });
                hand_on(run, send, &mut waited)?;
            }
        }
        if progress(Progress { done: frame + 1, frames: all }).is_break() {
            return Err(ExportError::Cancelled);
        }
    }
    hand_on(next, send, &mut waited)?;
    Ok(waited)
}

fn hand_on(
    run: Option<Run>,
    send: &SyncSender<Run>,
    waited: &mut Duration,
) -> Result<(), ExportError> {
    let Some(run) = run else { return Ok(()) };
    let start = Instant::now();
    let sent = send.send(run);
    *waited += start.elapsed();
    sent.map_err(|_| ExportError::Film("the encoder broke off".to_owned()))
}

/// Encodes what comes until no more does; says how long converting and encoding took.
fn encode(
    mut encoder: Box<dyn Encode + Send + '_>,
    receive: &Mutex<Receiver<Run>>,
    give_back: &Sender<Vec<u8>>,
) -> Result<[Duration; 2], ExportError> {
    let (mut convert, mut all) = (Duration::ZERO, Duration::ZERO);
    loop {
        let next = receive.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let start = Instant::now();
        let Ok(run) = next else {
            encoder.finish()?;
            all += start.elapsed();
            return Ok([convert, all.saturating_sub(convert)]);
        };
        encoder.run(&run, &mut convert)?;
        all += start.elapsed();
        // Nobody takes it back when all is drawn.
        let _ = give_back.send(run.rgba);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_says_the_format_and_one_without_ending_is_a_folder() {
        for (name, format) in [
            ("a.mp4", Some(FilmFormat::Mp4)),
            ("a.b/x.GIF", Some(FilmFormat::Gif)),
            ("frames", Some(FilmFormat::Frames)),
            ("v1.2/", Some(FilmFormat::Frames)),
            ("x.avi", None),
        ] {
            assert_eq!(FilmFormat::of(Path::new(name)), format, "{name}");
        }
    }
}
