//! The words at the top of the time strip's bars: where they stand, and how high bars may be for them.

use std::sync::Arc;

use super::strip::StripLayout;
use super::text::{ShapedText, Shaper};
use super::theme::{Theme, style};
use super::{Halo, Item, Rect, Text};

/// Points from the left end of the strip to its caption.
const INDENT: f32 = 4.0;

/// The caption, at the top of the bars.
pub(super) struct Caption {
    shaped: Option<Arc<ShapedText>>,
    bars: Rect,
    /// Where something stands, and up to which mass.
    heights: Vec<([f32; 2], f32)>,
    /// From where to where something stands that the caption must not cover, from left to right.
    taken: Vec<[f32; 2]>,
    /// The mass that fills the strip.
    pub(super) top: f32,
    /// Points that the number on a bar needs above it.
    above: f32,
}

impl Caption {
    /// A caption over what has some heights, where `top` and `above` points fill the strip.
    pub(super) fn over(
        layout: &StripLayout,
        heights: impl Iterator<Item = ([f32; 2], f32)>,
        top: f32,
        above: f32,
    ) -> Self {
        let mut heights: Vec<_> = heights.collect();
        heights.sort_by(|a, b| a.0[0].total_cmp(&b.0[0]));
        Self { shaped: None, bars: layout.bars, heights, taken: Vec::new(), top, above }
    }

    /// Says the first parts of a caption, at best all, where nothing stands as high; where there is no such
    /// place, all that the strip has room for, and everything is drawn lower.
    pub(super) fn say(&mut self, shaper: &mut Shaper, parts: &[String]) {
        let full = self.bars.height();
        let room = full - self.above;
        let least = parts.len().min(2);
        for count in (least..=parts.len()).rev() {
            let shaped = shaper.shape(&parts[..count].concat(), style::SMALL);
            let low = (room - 1.1 * shaped.height()) / room * self.top;
            let high = self.heights.iter().filter(|(_, height)| *height > low);
            self.taken = high.map(|(place, _)| *place).collect();
            self.shaped = Some(shaped);
            if self.place().is_some() {
                self.top *= full / room;
                return;
            }
        }
        self.taken.clear();
        for count in (1..=parts.len()).rev() {
            self.shaped = Some(shaper.shape(&parts[..count].concat(), style::SMALL));
            if self.place().is_some() {
                break;
            }
        }
        let height = self.shaped.as_ref().map_or(0.0, |s| s.height());
        self.top *= full / (room - height).max(full / 4.0);
    }

    fn place(&self) -> Option<f32> {
        let width = self.shaped.as_ref()?.width();
        let ends = [self.bars.min[0] + INDENT, self.bars.max[0] - width];
        free_place(&self.taken, ends, width)
    }

    pub(super) fn rect(&self) -> Rect {
        let x = self.place().unwrap_or(self.bars.min[0] + INDENT);
        let origin = [x, self.bars.min[1]];
        self.shaped.as_ref().map_or(Rect { min: origin, max: origin }, |s| s.box_at(origin))
    }

    pub(super) fn draw(self, theme: &Theme, items: &mut Vec<Item>) -> Rect {
        let place = self.rect();
        let halo = Some(Halo { color: theme.paper, width: 2.0 });
        if let Some(shaped) = self.shaped {
            let (origin, color) = (place.min, theme.text_muted);
            items.push(Item::Text(Text { origin, shaped, color, halo }));
        }
        place
    }
}

/// The first place from the left for something of a width that meets none of `taken`, which are in order.
fn free_place(taken: &[[f32; 2]], [from, to]: [f32; 2], width: f32) -> Option<f32> {
    let mut x = from;
    while x <= to {
        match taken.iter().find(|[a, b]| *a < x + width + 2.0 && *b > x - 2.0) {
            None => return Some(x),
            Some([_, b]) => x = b + 4.0,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caption_stands_where_nothing_tall_is() {
        let at = |taken: &[[f32; 2]]| free_place(taken, [4.0, 400.0], 100.0);
        assert_eq!(at(&[[200.0, 203.0]]), Some(4.0));
        assert_eq!(at(&[[50.0, 53.0]]), Some(57.0));
        let everywhere: Vec<_> = (0_u16..50).map(|i| [f32::from(i) * 10.0; 2]).collect();
        assert_eq!(at(&everywhere), None);
    }
}
