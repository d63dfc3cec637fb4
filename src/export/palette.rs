//! The colours of a GIF: chosen once for a whole film, so that nothing flickers.

use std::collections::HashMap;

/// Colours of a palette; one more stands for what shows the frame before.
pub(super) const MOST: usize = 255;
/// Slots of what is known of colours; a power of two.
const KNOWN: usize = 1 << 16;

/// How often each colour is seen.
#[derive(Default)]
pub(super) struct Colours(HashMap<u32, u64>);

/// A colour with how often it is seen.
type Seen = ([u8; 3], u64);

impl Colours {
    /// Adds the pixels of a frame.
    pub(super) fn add(&mut self, rgba: &[u8]) {
        // Neighbours are mostly alike.
        let mut run: Option<(u32, u64)> = None;
        for pixel in rgba.chunks_exact(4) {
            let colour = u32::from_be_bytes([0, pixel[0], pixel[1], pixel[2]]);
            match &mut run {
                Some((same, count)) if *same == colour => *count += 1,
                _ => {
                    if let Some((colour, count)) = run.replace((colour, 1)) {
                        *self.0.entry(colour).or_default() += count;
                    }
                }
            }
        }
        if let Some((colour, count)) = run {
            *self.0.entry(colour).or_default() += count;
        }
    }

    /// The palette: boxes of colours are cut in two where they differ most, the one with most to lose first,
    /// and each is the colour that stands for it best.
    pub(super) fn palette(self) -> Palette {
        let mut seen: Vec<(u32, u64)> = self.0.into_iter().collect();
        seen.sort_unstable();
        let seen = seen.into_iter().map(|(colour, count)| {
            let [_, r, g, b] = colour.to_be_bytes();
            ([r, g, b], count)
        });
        let mut boxes = vec![ColourBox::of(seen.collect())];
        while boxes.len() < MOST {
            let spread = |n: &usize| boxes[*n].error;
            let worst = (0..boxes.len()).max_by(|a, b| spread(a).total_cmp(&spread(b)));
            let Some(worst) = worst.filter(|n| boxes[*n].error > 0.0) else { break };
            let (low, high) = boxes.swap_remove(worst).cut();
            boxes.push(low);
            boxes.push(high);
        }
        let mut colours: Vec<[u8; 3]> = boxes.iter().map(ColourBox::colour).collect();
        colours.sort_unstable();
        colours.dedup();
        Palette { colours, known: vec![(u32::MAX, 0); KNOWN] }
    }
}

/// Colours that one colour of the palette stands for.
struct ColourBox {
    seen: Vec<Seen>,
    /// By channel the mean, and how far the colours are from it.
    mean: [f64; 3],
    spread: [f64; 3],
    /// What is lost by taking the mean for all of them.
    error: f64,
}

impl ColourBox {
    fn of(seen: Vec<Seen>) -> Self {
        // Type and thin lines have few pixels, and must not be lost beside land and sea.
        let weight = |count: u64| to_f64(count).sqrt();
        let all: f64 = seen.iter().map(|(_, count)| weight(*count)).sum::<f64>().max(1e-9);
        let (mut mean, mut spread) = ([0.0; 3], [0.0; 3]);
        for (channel, mean) in mean.iter_mut().enumerate() {
            let sum: f64 = seen.iter().map(|(c, n)| weight(*n) * f64::from(c[channel])).sum();
            *mean = sum / all;
        }
        for (channel, spread) in spread.iter_mut().enumerate() {
            let off = |c: &[u8; 3]| (f64::from(c[channel]) - mean[channel]).powi(2);
            *spread = seen.iter().map(|(c, n)| weight(*n) * off(c)).sum();
        }
        let error = if seen.len() < 2 { 0.0 } else { spread.iter().sum() };
        Self { seen, mean, spread, error }
    }

    /// Two boxes, cut at the mean of the channel that differs most.
    fn cut(self) -> (Self, Self) {
        let widest = (0..3).max_by(|a, b| self.spread[*a].total_cmp(&self.spread[*b])).unwrap_or(0);
        let at = self.mean[widest];
        let (low, high) = self.seen.into_iter().partition(|(c, _)| f64::from(c[widest]) <= at);
        (Self::of(low), Self::of(high))
    }

    /// One of its colours where that is most of it, so that flat colours stay what they are; else the mean.
    fn colour(&self) -> [u8; 3] {
        let all: u64 = self.seen.iter().map(|(_, count)| count).sum();
        match self.seen.iter().max_by_key(|(_, count)| *count) {
            Some((colour, count)) if *count * 2 >= all => *colour,
            _ => self.mean.map(|v| {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a mean of bytes"
                )]
                let byte = v.round() as u8;
                byte
            }),
        }
    }
}

fn to_f64(count: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a count of pixels")]
    let count = count as f64;
    count
}

/// Colours by number.
pub(super) struct Palette {
    colours: Vec<[u8; 3]>,
    /// Colours that were looked for, each in its slot.
    known: Vec<(u32, u8)>,
}

impl Palette {
    /// Red, green and blue of each, and of the transparent one.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.colours.iter().flatten().copied().collect();
        bytes.extend([0; 3]);
        bytes
    }

    /// The number of the transparent one.
    pub(super) fn transparent(&self) -> u8 {
        u8::try_from(self.colours.len()).unwrap_or(u8::MAX)
    }

    /// The number of the nearest colour.
    pub(super) fn nearest(&mut self, rgb: [u8; 3]) -> u8 {
        let [r, g, b] = rgb;
        let key = u32::from_be_bytes([0, r, g, b]);
        let slot = (key.wrapping_mul(0x9E37_79B1) >> 16) as usize;
        let (known, number) = self.known[slot];
        if known == key {
            return number;
        }
        let distance = |c: &[u8; 3]| {
            let off = |n: usize| i32::from(c[n]) - i32::from(rgb[n]);
            // The eye tells greens apart best.
            3 * off(0) * off(0) + 4 * off(1) * off(1) + 2 * off(2) * off(2)
        };
        let nearest = (0..self.colours.len()).min_by_key(|n| distance(&self.colours[*n]));
        let number = u8::try_from(nearest.unwrap_or(0)).unwrap_or(0);
        self.known[slot] = (key, number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(colours: impl IntoIterator<Item = [u8; 3]>) -> Vec<u8> {
        colours.into_iter().flat_map(|[r, g, b]| [r, g, b, 255]).collect()
    }

    #[test]
    fn few_colours_are_kept_as_they_are() {
        let all = (0..200_u8).map(|n| [n, 255 - n, n / 2]);
        let mut colours = Colours::default();
        colours.add(&frame(all.clone()));
        let mut palette = colours.palette();
        for colour in all {
            let number = palette.nearest(colour);
            assert_eq!(palette.colours[usize::from(number)], colour);
        }
    }

    #[test]
    fn of_many_colours_those_of_large_areas_are_kept_and_others_come_near() {
        let flat = [221, 231, 237];
        let many = (0..4096_u32).map(|n| {
            let [.., high, low] = n.to_be_bytes();
            [low, high * 16, low / 2]
        });
        let mut colours = Colours::default();
        colours.add(&frame(many.clone().chain(std::iter::repeat_n(flat, 200_000))));
        let mut palette = colours.palette();
        assert!(palette.colours.len() <= MOST && palette.transparent() as usize <= MOST);
        let number = palette.nearest(flat);
        assert_eq!(palette.colours[usize::from(number)], flat);
        for colour in many {
            let number = palette.nearest(colour);
            let found = palette.colours[usize::from(number)];
            let off = colour.iter().zip(found).map(|(a, b)| a.abs_diff(b)).max().unwrap();
            assert!(off <= 24, "{colour:?} becomes {found:?}");
        }
    }
}
