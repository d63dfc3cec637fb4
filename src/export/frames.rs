//! A film as PNG files, one for each frame.

use std::time::{Duration, Instant};

use png::{BitDepth, ColorType, Compression, Encoder};

use super::ExportError;
use super::film::{Encode, Run, TakeFrame};

/// Encodes frames as files, beside others that do.
pub(super) struct FrameFiles<'a> {
    take: &'a TakeFrame<'a>,
    size: [u32; 2],
    rgb: Vec<u8>,
}

impl<'a> FrameFiles<'a> {
    pub(super) fn new(take: &'a TakeFrame<'a>, size: [u32; 2]) -> Self {
        Self { take, size, rgb: Vec::new() }
    }
}

impl Encode for FrameFiles<'_> {
    fn run(&mut self, run: &Run, convert: &mut Duration) -> Result<(), ExportError> {
        let start = Instant::now();
        self.rgb.clear();
        self.rgb.extend(run.rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]));
        *convert += start.elapsed();
        let mut bytes = Vec::with_capacity(self.rgb.len() / 8);
        let [width, height] = self.size;
        let mut encoder = Encoder::new(&mut bytes, width, height);
        encoder.set_color(ColorType::Rgb);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_compression(Compression::Fast);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rgb)?;
        writer.finish()?;
        for frame in run.first..run.first + run.count {
            (self.take)(frame, &bytes).map_err(ExportError::Write)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), ExportError> {
        Ok(())
    }
}
