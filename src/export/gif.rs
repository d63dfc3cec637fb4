//! A film as an animated GIF: one palette for all of it, and of each frame only the box that changed, with what
//! did not change in it left transparent.

use std::borrow::Cow;
use std::io::Write;
use std::time::{Duration, Instant};

use gif::{DisposalMethod, Encoder, EncodingError, Frame, Repeat};

use super::ExportError;
use super::film::{Encode, Run};
use super::palette::Palette;

/// A GIF that is being made.
pub(super) struct GifFilm<W: Write> {
    encoder: Encoder<W>,
    palette: Palette,
    width: usize,
    fps: u32,
    /// The frame before, as pixels and as numbers of the palette.
    before: Vec<u8>,
    numbers: Vec<u8>,
}

impl<W: Write> GifFilm<W> {
    pub(super) fn new(
        out: W,
        [width, height]: [u32; 2],
        fps: u32,
        palette: Palette,
    ) -> Result<Self, ExportError> {
        let side = |side: u32| {
            u16::try_from(side)
                .map_err(|_| ExportError::Film(format!("{side} pixels are too many")))
        };
        let mut encoder =
            Encoder::new(out, side(width)?, side(height)?, &palette.bytes()).map_err(failed)?;
        encoder.set_repeat(Repeat::Infinite).map_err(failed)?;
        let (before, numbers) = (Vec::new(), Vec::new());
        Ok(Self { encoder, palette, width: width as usize, fps, before, numbers })
    }

    /// The numbers of a frame in the box where it differs from the one before, and that box: left, top, width
    /// and height. What does not differ in it is transparent.
    fn changed(&mut self, rgba: &[u8]) -> (Vec<u8>, [usize; 4]) {
        let row = self.width * 4;
        let rows = rgba.len() / row;
        if self.before.is_empty() {
            let numbers = rgba.chunks_exact(4).map(|p| self.palette.nearest([p[0], p[1], p[2]]));
            self.numbers = numbers.collect();
            self.before.extend_from_slice(rgba);
            return (self.numbers.clone(), [0, 0, self.width, rows]);
        }
        let transparent = self.palette.transparent();
        let [mut left, mut right] = [self.width, 0];
        let mut band: Option<[usize; 2]> = None;
        let mut changes = Vec::new();
        for y in 0..rows {
            let here = y * row..(y + 1) * row;
            let (now, before) = (&rgba[here.clone()], &mut self.before[here]);
            if now == before {
                continue;
            }
            for x in 0..self.width {
                let pixel = x * 4..x * 4 + 4;
                if now[pixel.clone()] == before[pixel.clone()] {
                    continue;
                }
                let number = self.palette.nearest([now[x * 4], now[x * 4 + 1], now[x * 4 + 2]]);
                let known = &mut self.numbers[y * self.width + x];
                if *known != number {
                    *known = number;
                    changes.push((x, y, number));
                    (left, right) = (left.min(x), right.max(x + 1));
                    band = Some([band.map_or(y, |[top, _]| top), y + 1]);
                }
            }
            before.copy_from_slice(now);
        }
        let Some([top, bottom]) = band else { return (vec![transparent], [0, 0, 1, 1]) };
        let (width, height) = (right - left, bottom - top);
        let mut numbers = vec![transparent; width * height];
        for (x, y, number) in changes {
            numbers[(y - top) * width + x - left] = number;
        }
        (numbers, [left, top, width, height])
    }
}

impl<W: Write> Encode for GifFilm<W> {
    fn run(&mut self, run: &Run, convert: &mut Duration) -> Result<(), ExportError> {
        let start = Instant::now();
        let (numbers, place) = self.changed(&run.rgba);
        *convert += start.elapsed();
        let [left, top, width, height] = place.map(|v| u16::try_from(v).unwrap_or(u16::MAX));
        // Hundredths of a second, rounded so that they add up over the film.
        let fps = u64::from(self.fps);
        let at = |frame: u64| (frame * 100 + fps / 2) / fps;
        let [first, count] = [run.first, run.count].map(u64::from);
        let mut delay = at(first + count) - at(first);
        let mut frame = Frame {
            dispose: DisposalMethod::Keep,
            transparent: Some(self.palette.transparent()),
            left,
            top,
            width,
            height,
            buffer: Cow::Owned(numbers),
            ..Frame::default()
        };
        loop {
            frame.delay = u16::try_from(delay).unwrap_or(u16::MAX);
            self.encoder.write_frame(&frame).map_err(failed)?;
            delay -= u64::from(frame.delay);
            if delay == 0 {
                return Ok(());
            }
        }
    }

    fn finish(&mut self) -> Result<(), ExportError> {
        self.encoder.get_mut().flush().map_err(ExportError::Write)
    }
}

fn failed(error: EncodingError) -> ExportError {
    match error {
        EncodingError::Io(error) => ExportError::Write(error),
        other => {
            ExportError::Film(format!("the GIF could not be encoded ({other}); save it as .mp4"))
        }
    }
}
