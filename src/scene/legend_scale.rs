//! The scale of a legend: discs that show how large a glyph is for a count.

use std::sync::Arc;

use super::glyph::centered;
use super::symbol_scale::SymbolScale;
use super::text::{ShapedText, Shaper, TextStyle};
use super::theme::{Theme, style};
use super::{Circle, Item, Size, Stroke};
use crate::analysis::words;

/// Points between the discs of a scale.
const DISC_GAP: f32 = 6.0;
/// Points between the heading of a scale and discs beside it.
pub(super) const SCALE_GAP: f32 = 8.0;

/// The heading and the discs that show how large a glyph is for a count.
pub(super) struct GlyphScale {
    pub(super) heading: Arc<ShapedText>,
    discs: Vec<ScaleDisc>,
}

impl GlyphScale {
    /// The scale for counts up to `most`, with no disc of a radius above `largest`.
    pub(super) fn new(
        shaper: &mut Shaper,
        noun: &str,
        heading: TextStyle,
        (most, largest): (usize, f32),
        sizes: SymbolScale,
    ) -> Self {
        let heading = shaper.shape(&format!("Number of {noun} at a site"), heading);
        let discs = scale_counts(most, largest, sizes)
            .into_iter()
            .map(|count| ScaleDisc {
                radius: sizes.radius(count),
                number: shaper.shape(&scale_words(count, sizes), style::SMALL),
            })
            .collect();
        Self { heading, discs }
    }

    pub(super) fn largest(&self) -> f32 {
        self.discs.iter().map(|d| d.radius).fold(0.0, f32::max)
    }

    pub(super) fn discs_width(&self) -> f32 {
        let gaps = self.discs.iter().skip(1).map(|_| DISC_GAP).sum::<f32>();
        self.discs.iter().map(ScaleDisc::width).sum::<f32>() + gaps
    }

    /// Its size with the discs below the heading.
    pub(super) fn size(&self) -> Size {
        Size {
            width: self.discs_width().max(self.heading.width()),
            height: 8.0 + self.heading.height() + 2.0 * self.largest(),
        }
    }

    /// Draws the discs from a point on, which is at half of their height.
    pub(super) fn draw(self, theme: &Theme, [mut x, middle]: [f32; 2], items: &mut Vec<Item>) {
        for disc in self.discs {
            let (radius, width) = (disc.radius, disc.width());
            let center = [x + radius, middle];
            let stroke = Some(Stroke::solid(theme.text_muted, 0.9));
            items.push(Item::Circle(Circle { center, radius, fill: None, stroke }));
            let beside = x + width - disc.number.width() / 2.0;
            let at = if disc.holds_number() { center } else { [beside, middle] };
            items.push(Item::Text(centered(disc.number, at, theme.text, None)));
            x += width + DISC_GAP;
        }
    }
}

/// A disc of the scale, with its number inside, or beside it where it is too small.
struct ScaleDisc {
    radius: f32,
    number: Arc<ShapedText>,
}

impl ScaleDisc {
    fn holds_number(&self) -> bool {
        self.number.width() + 4.0 <= 2.0 * self.radius
    }

    fn width(&self) -> f32 {
        let number = if self.holds_number() { 0.0 } else { 3.0 + self.number.width() };
        2.0 * self.radius + number
    }
}

/// The largest count whose glyph is as small as that of one event.
fn counts_like_one(sizes: SymbolScale) -> usize {
    (2..100).take_while(|n| sizes.radius(*n) <= sizes.radius(1)).last().unwrap_or(1)
}

/// The words in a disc of the scale: "1–2" where one event is drawn as large as two.
fn scale_words(count: usize, sizes: SymbolScale) -> String {
    match counts_like_one(sizes) {
        alike if count == 1 && alike > 1 => format!("1–{alike}"),
        _ => words::thousands(count),
    }
}

/// Up to this many events the scale is the same, however few a site has.
const FEW: usize = 10;

/// One, a round number up to `most`, and one between: what a scale shows, in as far as no disc's radius is
/// above `largest`.
fn scale_counts(most: usize, largest: f32, sizes: SymbolScale) -> Vec<usize> {
    let round = (0..6).flat_map(|power| [1, 2, 3, 5].map(|n| n * 10_usize.pow(power)));
    let shown: Vec<usize> = round
        .skip_while(|count| *count <= counts_like_one(sizes))
        .take_while(|count| *count <= most.max(FEW) && sizes.radius(*count) <= largest)
        .collect();
    match shown.as_slice() {
        [] => vec![1],
        [.., top] => {
            let apart = |less: usize, more: usize| sizes.radius(more) > sizes.radius(less) * 1.2;
            let between = shown.iter().copied().find(|count| *count * 3 >= *top);
            let between = between.filter(|count| apart(1, *count) && apart(*count, *top));
            [Some(1), between, Some(*top)].into_iter().flatten().collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LARGEST: SymbolScale = SymbolScale::LARGEST;

    #[test]
    fn the_scale_goes_up_to_the_largest_round_number_that_a_site_has() {
        assert_eq!(scale_counts(4, 40.0, LARGEST), [1, 5, 10]);
        assert_eq!(scale_counts(12, 40.0, LARGEST), [1, 5, 10]);
        assert_eq!(scale_counts(32, 40.0, LARGEST), [1, 10, 30]);
        assert_eq!(scale_counts(300, 200.0, LARGEST), [1, 100, 300]);
        assert_eq!(scale_counts(300, 18.0, LARGEST), [1, 5, 10]);
    }

    #[test]
    fn the_smallest_disc_says_for_which_counts_it_stands() {
        let alike = counts_like_one(LARGEST);
        assert!(LARGEST.radius(alike) <= LARGEST.radius(1));
        assert!(LARGEST.radius(alike + 1) > LARGEST.radius(1));
        assert_eq!(scale_words(1, LARGEST), format!("1–{alike}"));
        assert_eq!(scale_words(10, LARGEST), "10");
    }
}
