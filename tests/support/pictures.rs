//! Two pictures compared: over all pixels, and block by block, which sees what is small and out of place.

use std::path::Path;

use sitrep_atlas::export::{Pixels, encode_png};
use sitrep_atlas::scene::Rgba;

/// Side of a block in pixels.
const BLOCK: u32 = 16;

/// How two pictures differ, of 255.
#[derive(Debug)]
pub(crate) struct Difference {
    /// Mean of all pixels.
    pub(crate) mean: f64,
    /// Difference of the means of a block.
    pub(crate) worst_block: f64,
    /// The top left corner of that block.
    pub(crate) worst_block_at: (u32, u32),
}

impl Difference {
    pub(crate) fn between(a: &Pixels, b: &Pixels) -> Self {
        assert_eq!((a.width, a.height), (b.width, b.height));
        let pairs = a.rgba.chunks_exact(4).zip(b.rgba.chunks_exact(4));
        let total: u32 = pairs
            .map(|(a, b)| {
                (0..3).map(|channel| u32::from(a[channel].abs_diff(b[channel]))).sum::<u32>()
            })
            .sum();
        let mut found = Self {
            mean: f64::from(total) / f64::from(a.width * a.height * 3),
            worst_block: 0.0,
            worst_block_at: (0, 0),
        };
        for top in (0..a.height).step_by(BLOCK as usize) {
            for left in (0..a.width).step_by(BLOCK as usize) {
                for channel in 0..3 {
                    let mean = |pixels| block_mean(pixels, left, top, channel);
                    let difference = (mean(a) - mean(b)).abs();
                    if difference > found.worst_block {
                        found.worst_block = difference;
                        found.worst_block_at = (left, top);
                    }
                }
            }
        }
        found
    }
}

fn block_mean(pixels: &Pixels, left: u32, top: u32, channel: usize) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for y in top..top + BLOCK {
        for x in left..left + BLOCK {
            if let Some(Rgba(pixel)) = pixels.at(x, y) {
                sum += f64::from(pixel[channel]);
                count += 1.0;
            }
        }
    }
    sum / count
}

/// Where and how two pictures differ, to be looked at.
pub(crate) fn eightfold_difference(a: &Pixels, b: &Pixels) -> Pixels {
    let values =
        a.rgba.iter().zip(&b.rgba).enumerate().map(|(index, (a, b))| {
            if index % 4 == 3 { 255 } else { a.abs_diff(*b).saturating_mul(8) }
        });
    Pixels { width: a.width, height: a.height, rgba: values.collect() }
}

/// Keeps a picture where `SITREP_DUMP_PARITY` says, to be looked at.
pub(crate) fn dump(pixels: &Pixels, name: &str) {
    if let Some(folder) = std::env::var_os("SITREP_DUMP_PARITY") {
        let bytes = encode_png(pixels, 144.0, &[]).unwrap();
        std::fs::write(Path::new(&folder).join(name), bytes).unwrap();
    }
}

/// Keeps two pictures and their difference where `SITREP_DUMP_PARITY` says.
pub(crate) fn dump_both(name: &str, one: &Pixels, other: &Pixels) {
    dump(one, &format!("{name}-one.png"));
    dump(other, &format!("{name}-other.png"));
    dump(&eightfold_difference(one, other), &format!("{name}-difference.png"));
}
