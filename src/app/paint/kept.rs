//! A scene that stays for many frames, as one picture: what is below the glyphs of a map.
//!
//! Its first frames are painted like any other scene. Once it has stayed, it is rasterised beside the window, as
//! the PNG exporter does it, and from then on a frame costs one rectangle instead of tens of thousands of
//! corners. That the two look alike is what `tests/parity.rs` holds.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use egui::{ColorImage, Painter, Pos2, TextureHandle, TextureOptions, Vec2, pos2};

use super::ScreenPainter;
use crate::export::{Pixels, rasterize};
use crate::scene::{Group, Item, Placement, Scene, Size};

/// A scene is made a picture when it was painted so many times.
const STAYED: u32 = 2;

/// A scene that may stay, and its picture.
#[derive(Default)]
pub(super) struct Kept {
    of: Option<Look>,
    painted: u32,
    picture: Picture,
}

/// What is painted, and how.
#[derive(Clone)]
struct Look {
    scene: Arc<Scene>,
    /// Physical pixels for one point of the scene.
    density: f32,
    /// How far right of and below a whole pixel the corner lies, in pixels.
    beyond: Vec2,
}

#[derive(Default)]
enum Picture {
    #[default]
    None,
    Awaited(Receiver<Pixels>),
    Here(TextureHandle),
    /// It is too large for a texture, or could not be made.
    Never,
}

impl Look {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.scene, &other.scene)
            && self.density.to_bits() == other.density.to_bits()
            && self.beyond == other.beyond
    }

    /// The scene as it comes to lie on whole pixels.
    fn moved(&self) -> Scene {
        let Scene { size, background, items } = &*self.scene;
        let offset = [self.beyond.x / self.density, self.beyond.y / self.density];
        let items = items.clone();
        let placement = Placement::moved(offset);
        let group = Group { id: String::new(), placement, clip: None, items };
        let size = Size {
            width: size.width + (1.0 + self.beyond.x) / self.density,
            height: size.height + (1.0 + self.beyond.y) / self.density,
        };
        Scene { size, background: *background, items: vec![Item::Group(group)] }
    }

    /// Rasterises it on another thread.
    fn rasterise(&self) -> Receiver<Pixels> {
        let (look, (sender, receiver)) = (self.clone(), channel());
        thread::spawn(move || {
            if let Ok(pixels) = rasterize(&look.moved(), look.density) {
                // Nobody waits for it any more if the scene changed.
                let _ = sender.send(pixels);
            }
        });
        receiver
    }
}

impl ScreenPainter {
    /// Paints a scene likewise that may be the same for many frames: below everything, with its ground colour.
    pub fn paint_kept(
        &mut self,
        painter: &Painter,
        scene: &Arc<Scene>,
        origin: Pos2,
        points_per_scene_pt: f32,
    ) {
        let pixels_per_point = painter.ctx().pixels_per_point();
        let at = origin.to_vec2() * pixels_per_point;
        let look = Look {
            scene: Arc::clone(scene),
            density: points_per_scene_pt * pixels_per_point,
            beyond: at - at.floor(),
        };
        let kept = &mut self.kept;
        if !kept.of.as_ref().is_some_and(|of| of.is(&look)) {
            *kept = Kept { of: Some(look.clone()), ..Kept::default() };
        }
        kept.painted = kept.painted.saturating_add(1);
        kept.take_picture(painter);
        if let Picture::Here(texture) = &kept.picture {
            let size = egui::vec2(scene.size.width, scene.size.height) * points_per_scene_pt;
            let frame = egui::Rect::from_min_size(origin, size);
            let corner = (at.floor() / pixels_per_point).to_pos2();
            let place = egui::Rect::from_min_size(corner, texture.size_vec2() / pixels_per_point);
            let whole = egui::Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            let painter = painter.with_clip_rect(painter.clip_rect().intersect(frame));
            painter.image(texture.id(), place, whole, egui::Color32::WHITE);
            return;
        }
        if kept.painted == STAYED && matches!(kept.picture, Picture::None) {
            kept.picture = Picture::Awaited(look.rasterise());
        }
        self.paint(painter, scene, origin, points_per_scene_pt);
    }
}

impl Kept {
    /// Takes the picture, if it was made meanwhile.
    fn take_picture(&mut self, painter: &Painter) {
        let Picture::Awaited(receiver) = &self.picture else { return };
        let pixels = match receiver.try_recv() {
            Ok(pixels) => pixels,
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => {
                self.picture = Picture::Never;
                return;
            }
        };
        let side = |px: u32| usize::try_from(px).unwrap_or(usize::MAX);
        let size = [side(pixels.width), side(pixels.height)];
        let largest = painter.ctx().input(|input| input.max_texture_side);
        self.picture = if size[0].max(size[1]) <= largest {
            let image = ColorImage::from_rgba_premultiplied(size, &pixels.rgba);
            Picture::Here(painter.ctx().load_texture("ground", image, TextureOptions::NEAREST))
        } else {
            Picture::Never
        };
    }
}
