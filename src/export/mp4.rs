//! A film as MP4: H.264 in the form that every player reads (4:2:0, one keyframe in two seconds, the index at
//! the beginning of the file).

use std::io::Write;
use std::time::{Duration, Instant};

use muxide::api::{Metadata, Muxer, MuxerBuilder, MuxerError, VideoCodec};
use openh264::OpenH264API;
use openh264::encoder::{
    BitRate, Complexity, Encoder, EncoderConfig, FrameRate, FrameType, IntraFramePeriod, QpRange,
    RateControlMode, UsageType, VuiConfig,
};
use openh264::formats::YUVSlices;

use super::ExportError;
use super::film::{Encode, Run};

/// Seconds from one keyframe to the next at most, so that a player can go to any place quickly.
const KEYFRAME_SECS: u32 = 2;

/// How much is lost, from 0 (nothing) to 51: type stays sharp.
const QUALITY: QpRange = QpRange::new(20, 22);

/// An MP4 that is being made; its bytes are written at the end.
pub(super) struct Mp4Film<W: Write> {
    encoder: Encoder,
    muxer: Muxer<W>,
    size: [usize; 2],
    fps: u32,
    yuv: [Vec<u8>; 3],
    bytes: Vec<u8>,
}

impl<W: Write> Mp4Film<W> {
    pub(super) fn new(
        out: W,
        [width, height]: [u32; 2],
        fps: u32,
        title: &str,
    ) -> Result<Self, ExportError> {
        let size = [width as usize, height as usize];
        let pixels = size[0] * size[1];
        // Only said to the decoder: the rate is not held to it.
        let bits = u32::try_from(pixels).unwrap_or(u32::MAX / 16).saturating_mul(8);
        #[expect(clippy::cast_precision_loss, reason = "at most 60")]
        let rate = fps as f32;
        let config = EncoderConfig::new()
            .usage_type(UsageType::ScreenContentRealTime)
            // The same quality throughout: frames that do not change take next to nothing.
            .rate_control_mode(RateControlMode::Bufferbased)
            .bitrate(BitRate::from_bps(bits))
            .qp(QUALITY)
            .max_frame_rate(FrameRate::from_hz(rate))
            .intra_frame_period(IntraFramePeriod::from_num_frames(fps * KEYFRAME_SECS))
            .skip_frames(false)
            .adaptive_quantization(false)
            .background_detection(false)
            .complexity(Complexity::Low)
            .vui(VuiConfig::bt709())
            // Several threads would cut the picture into as many pieces.
            .num_threads(1);
        let api = OpenH264API::from_source();
        let encoder = Encoder::with_api_config(api, config).map_err(|e| encoding(&e))?;
        let muxer = MuxerBuilder::new(out)
            .video(VideoCodec::H264, width, height, f64::from(fps))
            .with_fast_start(true)
            .with_metadata(Metadata::new().with_title(title))
            .build()
            .map_err(muxing)?;
        let yuv = [pixels, pixels / 4, pixels / 4].map(|n| vec![0; n]);
        Ok(Self { encoder, muxer, size, fps, yuv, bytes: Vec::new() })
    }
}

impl<W: Write> Encode for Mp4Film<W> {
    fn run(&mut self, run: &Run, convert: &mut Duration) -> Result<(), ExportError> {
        let start = Instant::now();
        to_yuv(&run.rgba, self.size[0], &mut self.yuv);
        *convert += start.elapsed();
        let [width, height] = self.size;
        let [y, u, v] = &self.yuv;
        let source = YUVSlices::new((y, u, v), (width, height), (width, width / 2, width / 2));
        for frame in run.first..run.first + run.count {
            let coded = self.encoder.encode(&source).map_err(|e| encoding(&e))?;
            self.bytes.clear();
            coded.write_vec(&mut self.bytes);
            let is_key = matches!(coded.frame_type(), FrameType::IDR | FrameType::I);
            let at_secs = f64::from(frame) / f64::from(self.fps);
            self.muxer.write_video(at_secs, &self.bytes, is_key).map_err(muxing)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), ExportError> {
        self.muxer.finish_in_place().map_err(muxing)
    }
}

fn encoding(error: &openh264::Error) -> ExportError {
    ExportError::Film(format!(
        "the film could not be encoded ({error}); save it as .gif or as frames"
    ))
}

fn muxing(error: MuxerError) -> ExportError {
    match error {
        MuxerError::Io(error) => ExportError::Write(error),
        other => ExportError::Film(format!(
            "the MP4 could not be put together ({other}); save it as .gif"
        )),
    }
}

/// Brightness of each pixel, and two differences of colour of each four, as ITU-R BT.709 has them in its limited
/// range (brightness 16 to 235), in 65,536ths.
fn to_yuv(rgba: &[u8], width: usize, [y, u, v]: &mut [Vec<u8>; 3]) {
    let row = width * 4;
    let colours = u.chunks_exact_mut(width / 2).zip(v.chunks_exact_mut(width / 2));
    let pairs = rgba.chunks_exact(2 * row).zip(y.chunks_exact_mut(2 * width));
    for ((rgba, y), (u, v)) in pairs.zip(colours) {
        for (pixel, y) in rgba.chunks_exact(4).zip(y) {
            let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(i32::from);
            *y = byte(16 * 65_536 + 11_966 * r + 40_254 * g + 4_064 * b);
        }
        let (upper, lower) = rgba.split_at(row);
        let fours = upper.chunks_exact(8).zip(lower.chunks_exact(8));
        for ((above, below), (u, v)) in fours.zip(u.iter_mut().zip(v)) {
            let sum = |n: usize| {
                i32::from(above[n])
                    + i32::from(above[n + 4])
                    + i32::from(below[n])
                    + i32::from(below[n + 4])
            };
            let [r, g, b] = [sum(0), sum(1), sum(2)];
            let of = |of_red: i32, of_green: i32, of_blue: i32| {
                byte(128 * 65_536 + (of_red * r + of_green * g + of_blue * b) / 4)
            };
            *u = of(-6_596, -22_189, 28_785);
            *v = of(28_784, -26_145, -2_639);
        }
    }
}

fn byte(value: i32) -> u8 {
    #[expect(clippy::cast_sign_loss, reason = "0 to 255")]
    let byte = ((value + 32_768) >> 16).clamp(0, 255) as u8;
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_black_and_grey_have_no_colour_and_red_has() {
        for (rgb, wanted) in [
            ([255, 255, 255], [235, 128, 128]),
            ([0, 0, 0], [16, 128, 128]),
            ([128, 128, 128], [126, 128, 128]),
            ([255, 0, 0], [63, 102, 240]),
        ] {
            let rgba: Vec<u8> =
                std::iter::repeat_n([rgb[0], rgb[1], rgb[2], 255], 4).flatten().collect();
            let mut yuv = [vec![0; 4], vec![0; 1], vec![0; 1]];
            to_yuv(&rgba, 2, &mut yuv);
            assert_eq!([yuv[0][3], yuv[1][0], yuv[2][0]], wanted, "{rgb:?}");
        }
    }
}
