//! Pictures of texts and discs, packed into textures.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use egui::{ColorImage, Context, Rect, TextureHandle, TextureId, TextureOptions, Vec2, pos2, vec2};

use super::discs::Disc;
use crate::export::text_sprite::TextRasterizer;
use crate::scene::text::ShapedText;
use crate::scene::{Rgba, Text};

/// Side of a page in pixels.
const PAGE_SIDE: usize = 2048;
/// When more texels than this are needed, all are let go and the texts in sight come anew.
const MAX_TEXELS: usize = 4 * PAGE_SIDE * PAGE_SIDE;
/// Side of the white corner of each page, for what has no picture.
const WHITE_SIDE: usize = 2;
/// Empty pixels between two pictures.
const GAP: usize = 1;

/// Where a text's picture lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sprite {
    pub(super) texture: TextureId,
    /// Whether the texture has a white corner, as pages have.
    pub(super) is_on_page: bool,
    pub(super) uv: Rect,
    /// Width and height on the screen, in physical pixels.
    pub(super) size_px: Vec2,
    /// From the text's left edge and first baseline, in physical pixels.
    pub(super) offset_px: Vec2,
}

/// Textures that hold each text once for each colour, halo and pixel density.
#[derive(Default)]
pub(super) struct TextAtlas {
    rasterizer: TextRasterizer,
    sprites: HashMap<Key, Option<Sprite>>,
    discs: HashMap<Disc, Sprite>,
    pages: Vec<Page>,
    /// Textures of texts that are larger than a page.
    large: Vec<TextureHandle>,
    texels: usize,
}

struct Key {
    shaped: Arc<ShapedText>,
    color: Rgba,
    halo: Option<(Rgba, u32)>,
    density: u32,
}

struct Page {
    texture: TextureHandle,
    side: usize,
    shelves: Vec<Shelf>,
}

/// A row of pictures of about the same height.
struct Shelf {
    top: usize,
    height: usize,
    used: usize,
}

impl TextAtlas {
    /// The picture of a text at `density` physical pixels per point; `None` when it has no ink.
    pub(super) fn sprite(&mut self, ctx: &Context, text: &Text, density: f32) -> Option<Sprite> {
        let key = Key {
            shaped: Arc::clone(&text.shaped),
            color: text.color,
            halo: text.halo.map(|halo| (halo.color, halo.width.to_bits())),
            density: density.to_bits(),
        };
        if let Some(sprite) = self.sprites.get(&key) {
            return *sprite;
        }
        let sprite = self.add(ctx, text, density);
        self.sprites.insert(key, sprite);
        sprite
    }

    fn add(&mut self, ctx: &Context, text: &Text, density: f32) -> Option<Sprite> {
        let max_side = ctx.input(|input| input.max_texture_side);
        // A text too large for a texture is drawn coarser rather than not at all.
        let mut coarser = 1.0;
        let picture = loop {
            let made =
                self.rasterizer.sprite(&text.shaped, text.color, text.halo, density / coarser);
            match made {
                Some(made) if usize::from(made.width.max(made.height)) <= max_side => break made,
                _ if coarser >= 16.0 => return None,
                None if text.shaped.runs().is_empty() => return None,
                _ => coarser *= 2.0,
            }
        };
        let size = [usize::from(picture.width), usize::from(picture.height)];
        let image = ColorImage::from_rgba_premultiplied(size, &picture.rgba);
        let (texture, uv) = self.store(ctx, image, max_side);
        #[expect(clippy::cast_precision_loss, reason = "a place within a picture")]
        let offset = vec2(picture.left as f32, picture.top as f32);
        let size = vec2(f32::from(picture.width), f32::from(picture.height));
        let is_on_page = self.pages.iter().any(|page| page.texture.id() == texture);
        let (size_px, offset_px) = (size * coarser, offset * coarser);
        Some(Sprite { texture, is_on_page, uv, size_px, offset_px })
    }

    /// The picture of a disc or a ring, white, from the whole pixel that its middle lies in.
    pub(super) fn disc(&mut self, ctx: &Context, disc: Disc) -> Sprite {
        if let Some(sprite) = self.discs.get(&disc) {
            return *sprite;
        }
        let (image, offset_px) = disc.picture();
        let size_px = image.size.map(|side| u16::try_from(side).map_or(0.0, f32::from)).into();
        let max_side = ctx.input(|input| input.max_texture_side);
        let (texture, uv) = self.store(ctx, image, max_side);
        let sprite = Sprite { texture, is_on_page: true, uv, size_px, offset_px };
        self.discs.insert(disc, sprite);
        sprite
    }

    fn store(&mut self, ctx: &Context, image: ColorImage, max_side: usize) -> (TextureId, Rect) {
        let size = image.size;
        let page_side = PAGE_SIDE.min(max_side);
        if size.iter().any(|side| side + 8 + GAP > page_side) {
            self.make_room(size[0] * size[1]);
            let texture = ctx.load_texture("large text", image, TextureOptions::LINEAR);
            let id = texture.id();
            self.large.push(texture);
            return (id, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)));
        }
        let room = self.pages.iter_mut().rev().find_map(|page| {
            let place = page.room(size)?;
            Some((page, place))
        });
        if let Some((page, place)) = room {
            return page.put(place, image);
        }
        self.make_room(page_side * page_side);
        let mut page = Page::new(ctx, page_side);
        let place = page.room(size).unwrap_or_default();
        let stored = page.put(place, image);
        self.pages.push(page);
        stored
    }

    /// Counts texels about to be taken, and lets everything go when there would be too many. What
    /// has been painted of it this frame stays, because egui frees textures after the frame.
    fn make_room(&mut self, texels: usize) {
        if self.texels + texels > MAX_TEXELS {
            self.sprites.clear();
            self.discs.clear();
            self.pages.clear();
            self.large.clear();
            self.texels = 0;
        }
        self.texels += texels;
    }
}

impl Page {
    /// An empty page with a white corner.
    fn new(ctx: &Context, side: usize) -> Self {
        let mut blank = ColorImage::filled([side, side], egui::Color32::TRANSPARENT);
        for row in 0..WHITE_SIDE {
            let start = row * side;
            blank.pixels[start..start + WHITE_SIDE].fill(egui::Color32::WHITE);
        }
        let texture = ctx.load_texture("texts", blank, TextureOptions::LINEAR);
        Self { texture, side, shelves: Vec::new() }
    }

    /// Takes a place for a picture, if there is one: on a shelf of about its height, else on a new
    /// shelf, else on any that is high enough.
    fn room(&mut self, [width, height]: [usize; 2]) -> Option<[usize; 2]> {
        let (width, height) = (width + GAP, height.next_multiple_of(8) + GAP);
        let side = self.side;
        let holds = |shelf: &Shelf| shelf.height >= height && shelf.used + width <= side;
        let close = |shelf: &Shelf| holds(shelf) && shelf.height <= height + height / 2;
        let top = (self.shelves.last()).map_or(WHITE_SIDE + GAP, |shelf| shelf.top + shelf.height);
        let can_grow = top + height <= side && width <= side;
        let found = match self.shelves.iter().position(close) {
            None if can_grow => {
                self.shelves.push(Shelf { top, height, used: 0 });
                self.shelves.len() - 1
            }
            None => self.shelves.iter().position(holds)?,
            Some(close) => close,
        };
        let row = self.shelves.get_mut(found)?;
        let left = row.used;
        row.used += width;
        Some([left, row.top])
    }

    fn put(&mut self, place: [usize; 2], image: ColorImage) -> (TextureId, Rect) {
        #[expect(clippy::cast_precision_loss, reason = "a place within a page")]
        let share = |pixels: usize| pixels as f32 / self.side as f32;
        let [width, height] = image.size;
        let min = pos2(share(place[0]), share(place[1]));
        let uv = Rect::from_min_size(min, vec2(share(width), share(height)));
        self.texture.set_partial(place, image, TextureOptions::LINEAR);
        (self.texture.id(), uv)
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.density == other.density
            && self.color == other.color
            && self.halo == other.halo
            && (Arc::ptr_eq(&self.shaped, &other.shaped) || self.shaped == other.shaped)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.shaped.text().hash(state);
        self.shaped.size_pt().to_bits().hash(state);
        (self.color, self.halo, self.density).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::text::{Shaper, TextStyle};

    const INK: Rgba = Rgba([0, 0, 0, 255]);

    #[test]
    fn places_on_a_page_do_not_overlap_and_a_full_page_says_so() {
        let mut page = Page::new(&Context::default(), 256);
        let mut taken: Vec<[usize; 4]> = Vec::new();
        let sizes = (0..).map(|n: usize| [10 + n * 37 % 60, 8 + n * 13 % 25]);
        for [width, height] in sizes {
            let Some([left, top]) = page.room([width, height]) else {
                break;
            };
            let place = [left, top, left + width, top + height];
            assert!(place[2] < 256 && place[3] < 256);
            let is_free = |other: &[usize; 4]| {
                place[0] >= other[2]
                    || place[2] <= other[0]
                    || place[1] >= other[3]
                    || place[3] <= other[1]
            };
            assert!(taken.iter().all(is_free));
            taken.push(place);
        }
        assert!(taken.len() > 40, "{}", taken.len());
    }

    #[test]
    fn a_text_is_rasterised_once_for_each_look() {
        let (ctx, mut atlas) = (Context::default(), TextAtlas::default());
        let mut sprite = |words: &str, color, density| {
            let shaped = Shaper::new().shape(words, TextStyle::regular(9.0));
            let text = Text { origin: [0.0; 2], shaped, color, halo: None };
            atlas.sprite(&ctx, &text, density).map(|sprite| sprite.uv)
        };
        let first = sprite("نينوى", INK, 2.0);
        assert!(first.is_some());
        assert_eq!(sprite("نينوى", INK, 2.0), first);
        assert_ne!(sprite("نينوى", INK.with_alpha(9), 2.0), first);
        assert_ne!(sprite("نينوى", INK, 1.0), first);
        assert_eq!(sprite("  ", INK, 1.0), None);
    }

    #[test]
    fn a_text_too_large_for_a_texture_is_drawn_coarser() {
        let (ctx, mut atlas) = (Context::default(), TextAtlas::default());
        let shaped = Shaper::new().shape(&"wide ".repeat(100), TextStyle::regular(20.0));
        let width = shaped.width();
        let text = Text { origin: [0.0; 2], shaped, color: INK, halo: None };
        let sprite = atlas.sprite(&ctx, &text, 4.0).unwrap();
        assert!((sprite.size_px.x - width * 4.0).abs() < 100.0);
    }

    #[test]
    fn when_there_is_no_room_left_everything_comes_anew() {
        let mut atlas = TextAtlas::default();
        atlas.large.push(Page::new(&Context::default(), 8).texture);
        atlas.make_room(MAX_TEXELS);
        assert_eq!(atlas.large.len(), 1);
        atlas.make_room(1);
        assert!(atlas.large.is_empty() && atlas.texels == 1);
    }
}
