//! What all names on the map share: the room that is taken, and labels of one or two lines.

use std::sync::Arc;

use super::camera::MapFrame;
use super::marks::SiteMark;
use super::text::{ShapedText, Shaper, TextStyle};
use super::theme::Theme;
use super::{Halo, Item, Rect, Rgba, Text};

/// Rectangles that labels must stay out of.
#[derive(Clone, Debug, Default)]
pub struct Occupied {
    boxes: Vec<Rect>,
}

impl Occupied {
    /// Takes a rectangle.
    pub fn take(&mut self, r: Rect) {
        self.boxes.push(r);
    }

    /// Takes the room of a line between two points.
    pub fn take_line(&mut self, [a, b]: [[f32; 2]; 2]) {
        const PIECES: u8 = 12;
        let at = |n: u8| {
            let t = f32::from(n) / f32::from(PIECES);
            [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
        };
        for n in 0..PIECES {
            self.boxes.extend(Rect::around([at(n), at(n + 1)]).map(|r| r.grown(1.0)));
        }
    }

    /// What is taken.
    #[must_use]
    pub fn boxes(&self) -> &[Rect] {
        &self.boxes
    }

    /// What is taken, as a list.
    #[must_use]
    pub fn into_boxes(self) -> Vec<Rect> {
        self.boxes
    }

    /// Whether the rectangle is free.
    #[must_use]
    pub fn is_free(&self, r: &Rect) -> bool {
        !self.boxes.iter().any(|b| b.overlaps(r))
    }
}

/// What every name needs to be placed.
#[derive(Clone, Copy, Debug)]
pub struct Naming<'a> {
    /// Colours.
    pub theme: &'a Theme,
    /// The map.
    pub frame: &'a MapFrame,
    /// Arabic names beside the Latin ones.
    pub arabic: bool,
}

impl Naming<'_> {
    /// Whether a glyph stands on the map.
    pub(super) fn is_on_map(&self, mark: &SiteMark) -> bool {
        self.frame.rect.contains(mark.center)
    }
}

/// Lines that belong together.
#[derive(Debug)]
pub(super) struct Label {
    lines: Vec<Arc<ShapedText>>,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// How the lines of a label lie in its box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Flush {
    Left,
    Middle,
    Right,
}

impl Label {
    /// `latin` may have several lines.
    pub(super) fn new(
        shaper: &mut Shaper,
        latin: &str,
        look: TextStyle,
        arabic: Option<(&str, TextStyle)>,
    ) -> Self {
        let mut lines: Vec<_> = latin.lines().map(|line| shaper.shape(line, look)).collect();
        if let Some((name, look)) = arabic {
            lines.push(shaper.shape(name, look));
        }
        let width = lines.iter().map(|l| l.width()).fold(0.0, f32::max);
        let height = lines.iter().map(|l| line_height(l)).sum();
        Self { lines, width, height }
    }

    /// Width and height.
    pub(super) fn size(&self) -> [f32; 2] {
        [self.width, self.height]
    }

    pub(super) fn at(&self, min: [f32; 2]) -> Rect {
        Rect::from_min_size(min, self.width, self.height)
    }

    pub(super) fn draw(
        &self,
        place: Rect,
        flush: Flush,
        color: Rgba,
        halo: Halo,
        items: &mut Vec<Item>,
    ) {
        let mut y = place.min[1];
        for line in &self.lines {
            let slack = self.width - line.width();
            let x = place.min[0]
                + match flush {
                    Flush::Left => 0.0,
                    Flush::Middle => slack / 2.0,
                    Flush::Right => slack,
                };
            // The leading above and below is trimmed, so that two lines read as one label.
            let trim = (line.height() - line_height(line)) / 2.0;
            let origin = [x, y - trim];
            items.push(Item::Text(Text {
                origin,
                shaped: Arc::clone(line),
                color,
                halo: Some(halo),
            }));
            y += line_height(line);
        }
    }
}

fn line_height(text: &ShapedText) -> f32 {
    text.size_pt() * 1.2
}
