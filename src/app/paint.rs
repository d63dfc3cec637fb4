//! Paints a scene on the screen with egui: the same items, the same glyphs at the same places as
//! the exporters, and no decision of its own.
//!
//! egui's own text is never used, because it does not reorder mixed scripts; texts are rasterised
//! as the PNG exporter does and kept in an atlas. This module knows nothing of events or maps.

mod atlas;
mod discs;
mod fill;
mod kept;
mod label;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use egui::epaint::Tessellator;
use egui::{Color32, Mesh, Painter, Pos2, Shape, TextureId};

pub use label::{shaped_label, shaped_label_within, shaped_paragraph};

use crate::export::lines::{self, Polyline};
use crate::export::raster::text_anchor;
use crate::scene::{
    Circle, Geometry, Group, Item, Path, Placement, Rect, Rgba, Scene, Stroke, Text,
};
use atlas::{Sprite, TextAtlas};
use discs::Disc;
use fill::FillMesh;

/// Wider lines, in pixels, get their round ends drawn; egui leaves them out.
const VISIBLE_CAP_PX: f32 = 2.5;
/// Corners nearer to the one before, in pixels, are left out of lines.
const SMALLEST_STEP_PX: f32 = 0.3;

/// Paints scenes, and keeps what is costly to derive from them: triangles of filled paths and
/// pictures of texts. One per egui context.
#[derive(Default)]
pub struct ScreenPainter {
    atlas: TextAtlas,
    fills: HashMap<usize, CachedFill>,
    kept: kept::Kept,
}

/// The weak reference keeps the address, which is the key, from being given to another geometry.
struct CachedFill {
    source: Weak<Geometry>,
    mesh: FillMesh,
    /// A large one as it was last painted: where, in which colour, with which soft edge.
    placed: Option<((Placement, Color32, f32), Mesh)>,
}

impl CachedFill {
    fn paint(&mut self, placement: Placement, color: Color32, feather: f32, mesh: &mut Mesh) {
        if !self.mesh.is_large() {
            return self.mesh.place(placement, color, feather, mesh);
        }
        let key = (placement, color, feather);
        let known = self.placed.take().filter(|(known, _)| *known == key);
        let (_, placed) = self.placed.insert(known.unwrap_or_else(|| {
            let mut placed = Mesh::default();
            self.mesh.place(placement, color, feather, &mut placed);
            (key, placed)
        }));
        let base = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
        mesh.vertices.extend_from_slice(&placed.vertices);
        mesh.indices.extend(placed.indices.iter().map(|index| base + index));
    }
}

impl ScreenPainter {
    /// A painter with empty caches.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Paints a scene with its top left corner at `origin`, one point of the scene being
    /// `points_per_scene_pt` points of egui. What lies beyond the scene's edge is cut off, as it is
    /// in an exported picture.
    pub fn paint(
        &mut self,
        painter: &Painter,
        scene: &Scene,
        origin: Pos2,
        points_per_scene_pt: f32,
    ) {
        self.paint_items(painter, scene, origin, points_per_scene_pt, Some(scene.background));
    }

    /// Paints a scene likewise, but over what is there: without its ground colour.
    pub fn paint_over(
        &mut self,
        painter: &Painter,
        scene: &Scene,
        origin: Pos2,
        points_per_scene_pt: f32,
    ) {
        self.paint_items(painter, scene, origin, points_per_scene_pt, None);
    }

    fn paint_items(
        &mut self,
        painter: &Painter,
        scene: &Scene,
        origin: Pos2,
        points_per_scene_pt: f32,
        background: Option<Rgba>,
    ) {
        let size = egui::vec2(scene.size.width, scene.size.height) * points_per_scene_pt;
        let frame = egui::Rect::from_min_size(origin, size);
        let painter = painter.with_clip_rect(painter.clip_rect().intersect(frame));
        let mut brush = Brush::new(self, &painter, points_per_scene_pt);
        if !brush.sees_anything() {
            return;
        }
        if let Some(color) = background {
            brush.shapes.push(Shape::rect_filled(frame, 0.0, color32(color)));
        }
        let placement = Placement { scale: points_per_scene_pt, offset: [origin.x, origin.y] };
        brush.items(&scene.items, placement);
        brush.finish();
        self.fills.retain(|_, fill| fill.source.strong_count() > 0);
    }

    /// Paints one text; its origin is in points of egui, its size is multiplied by
    /// `points_per_scene_pt`.
    pub fn paint_text(&mut self, painter: &Painter, text: &Text, points_per_scene_pt: f32) {
        let mut brush = Brush::new(self, painter, points_per_scene_pt);
        if brush.sees_anything() {
            brush.text(text, Placement::IDENTITY);
            brush.finish();
        }
    }

    fn fill(&mut self, geometry: &Arc<Geometry>) -> &mut CachedFill {
        self.fills.entry(Arc::as_ptr(geometry).addr()).or_insert_with(|| CachedFill {
            source: Arc::downgrade(geometry),
            mesh: FillMesh::new(geometry),
            placed: None,
        })
    }
}

/// Collects the shapes that share one clip. Placements lead to points of egui.
struct Brush<'a> {
    caches: &'a mut ScreenPainter,
    painter: Painter,
    /// Points of egui per point of the scene: for widths, radii, dashes and texts.
    scale: f32,
    pixels_per_point: f32,
    clip: Rect,
    shapes: Vec<Shape>,
    tessellator: Tessellator,
    /// What was painted since the last change of texture: shapes and texts of one page, which has a white corner
    /// for what has no texture, so that a glyph with its number and a hundred of them are one mesh.
    mesh: Mesh,
    /// The page of the texts in the mesh.
    page: Option<TextureId>,
}

impl<'a> Brush<'a> {
    fn new(caches: &'a mut ScreenPainter, painter: &Painter, scale: f32) -> Self {
        let clip = painter.clip_rect();
        let pixels_per_point = painter.ctx().pixels_per_point();
        let options = painter.ctx().options(|options| options.tessellation_options);
        // Discs are drawn as what they are, not from egui's own texture.
        let mut tessellator = Tessellator::new(pixels_per_point, options, [1, 1], Vec::new());
        tessellator.set_clip_rect(clip);
        Self {
            caches,
            painter: painter.clone(),
            scale,
            pixels_per_point,
            clip: Rect { min: [clip.min.x, clip.min.y], max: [clip.max.x, clip.max.y] },
            shapes: Vec::new(),
            tessellator,
            mesh: Mesh::default(),
            page: None,
        }
    }

    fn sees_anything(&self) -> bool {
        let is_open = self.clip.width() > 0.0 && self.clip.height() > 0.0;
        is_open && self.scale.is_finite() && self.scale > 0.0
    }

    fn finish(&mut self) {
        self.flush();
        self.painter.extend(std::mem::take(&mut self.shapes));
    }

    fn flush(&mut self) {
        let mut mesh = std::mem::take(&mut self.mesh);
        mesh.texture_id = self.page.take().unwrap_or_default();
        if !mesh.is_empty() {
            self.shapes.push(Shape::mesh(mesh));
        }
    }

    fn push(&mut self, shape: Shape) {
        self.tessellator.tessellate_shape(shape, &mut self.mesh);
    }

    fn items(&mut self, items: &[Item], placement: Placement) {
        for item in items {
            match item {
                Item::Path(path) => self.path(path, placement),
                Item::Circle(circle) => self.circle(circle, placement),
                Item::Text(text) => self.text(text, placement),
                Item::Group(group) => self.group(group, placement),
            }
        }
    }

    fn group(&mut self, group: &Group, placement: Placement) {
        let inner = group.placement.then(&placement);
        let Some(clip) = group.clip else {
            return self.items(&group.items, inner);
        };
        let [min, max] = [placement.apply(clip.min), placement.apply(clip.max)];
        let clip = egui::Rect::from_min_max(min.into(), max.into());
        self.finish();
        let painter = self.painter.with_clip_rect(self.painter.clip_rect().intersect(clip));
        let mut brush = Brush::new(self.caches, &painter, self.scale);
        if brush.sees_anything() {
            brush.items(&group.items, inner);
            brush.finish();
        }
    }

    fn path(&mut self, path: &Path, placement: Placement) {
        let bounds = path.geometry.bounds();
        let bounds = Rect { min: placement.apply(bounds.min), max: placement.apply(bounds.max) };
        let reach = path.stroke.map_or(0.0, |stroke| stroke.width * self.scale);
        if !bounds.grown(reach + 1.0).overlaps(&self.clip) {
            return;
        }
        if let Some(color) = path.fill.filter(|color| color.0[3] > 0) {
            let half_pixel = 0.5 / self.pixels_per_point;
            let color = color32(color);
            if let Some(fill) = FillMesh::simple(&path.geometry) {
                fill.place(placement, color, half_pixel, &mut self.mesh);
            } else {
                let fill = self.caches.fill(&path.geometry);
                fill.paint(placement, color, half_pixel, &mut self.mesh);
            }
        }
        let Some(stroke) = path.stroke else { return };
        let step = SMALLEST_STEP_PX / self.pixels_per_point;
        for contour in path.geometry.contours() {
            let mut points: Vec<[f32; 2]> = Vec::with_capacity(contour.points.len());
            let last = contour.points.len() - 1;
            for (index, &point) in contour.points.iter().enumerate() {
                let [x, y] = placement.apply(point);
                let is_near = points
                    .last()
                    .is_some_and(|[to_x, to_y]| (x - to_x).abs() + (y - to_y).abs() < step);
                if !is_near || index == last {
                    points.push([x, y]);
                }
            }
            self.stroke(&Polyline { points, closed: contour.closed }, stroke);
        }
    }

    fn circle(&mut self, circle: &Circle, placement: Placement) {
        let center = placement.apply(circle.center);
        let radius = circle.radius * self.scale;
        let reach = radius + circle.stroke.map_or(0.0, |stroke| stroke.width * self.scale) + 1.0;
        let is_seen = Rect { min: center, max: center }.grown(reach).overlaps(&self.clip);
        if !(is_seen && radius > 0.0 && radius.is_finite()) {
            return;
        }
        if let Some(color) = circle.fill.map(color32)
            && !self.disc(center, radius, 0.0, color)
        {
            self.push(Shape::circle_filled(center.into(), radius, color));
        }
        match circle.stroke {
            Some(stroke) if stroke.dash.is_some() => {
                let points = lines::circle_points(center, radius);
                self.stroke(&Polyline { points, closed: true }, stroke);
            }
            Some(stroke) => {
                // egui draws the outline of a circle around it; ours lies half within.
                let width = stroke.width * self.scale;
                let (inner, outer) = (radius - width / 2.0, radius + width / 2.0);
                let color = color32(stroke.color);
                if self.disc(center, outer, inner.max(0.0), color) {
                    return;
                }
                self.push(if inner > 0.0 {
                    Shape::circle_stroke(center.into(), inner, egui::Stroke::new(width, color))
                } else {
                    Shape::circle_filled(center.into(), outer, color)
                });
            }
            None => {}
        }
    }

    /// Draws a disc, or a ring where `inner` is not 0, as a picture; whether that could be done.
    fn disc(&mut self, center: [f32; 2], outer: f32, inner: f32, color: Color32) -> bool {
        let scale = self.pixels_per_point;
        let disc = Disc::new(center.map(|v| v * scale), outer * scale, inner * scale);
        let Some((disc, whole)) = disc else { return false };
        let sprite = self.caches.atlas.disc(self.painter.ctx(), disc);
        self.sprite(&sprite, egui::Vec2::from(whole) + sprite.offset_px, color);
        true
    }

    /// Draws a picture of the atlas with its left top corner at a place in pixels.
    fn sprite(&mut self, sprite: &Sprite, min_px: egui::Vec2, color: Color32) {
        let quad = egui::Rect::from_min_size(min_px.to_pos2(), sprite.size_px);
        if !sprite.is_on_page || self.page.is_some_and(|page| page != sprite.texture) {
            self.flush();
        }
        self.page = Some(sprite.texture);
        self.mesh.add_rect_with_uv(quad / self.pixels_per_point, sprite.uv, color);
        if !sprite.is_on_page {
            self.flush();
        }
    }

    fn stroke(&mut self, line: &Polyline, stroke: Stroke) {
        let width = stroke.width * self.scale;
        if !(width > 0.0 && width.is_finite()) {
            return;
        }
        let color = color32(stroke.color);
        let clip = self.clip.grown(width + 2.0);
        let has_caps = stroke.dash.is_none()
            && width * self.pixels_per_point > VISIBLE_CAP_PX
            && color.is_opaque();
        let half_pixel = 0.5 / self.pixels_per_point;
        for piece in lines::pieces(line, stroke.dash, self.scale, &clip) {
            if let (false, true, [first, .., last]) = (piece.closed, has_caps, &piece.points[..]) {
                for end in [*first, *last] {
                    self.push(Shape::circle_filled(end.into(), width / 2.0, color));
                }
            }
            let mut points: Vec<Pos2> = piece.points.into_iter().map(Pos2::from).collect();
            if stroke.dash.is_some() && width > 2.0 * half_pixel {
                shorten(&mut points, half_pixel);
            }
            let line = egui::Stroke::new(width, color);
            self.push(if piece.closed {
                Shape::closed_line(points, line)
            } else {
                Shape::line(points, line)
            });
        }
    }

    fn text(&mut self, text: &Text, placement: Placement) {
        let origin = placement.apply(text.origin);
        let size = text.shaped.size();
        let reach = text.shaped.size_pt() + text.halo.map_or(0.0, |halo| halo.width);
        let bounds = Rect::from_min_size(origin, size.width * self.scale, size.height * self.scale);
        if !bounds.grown(reach * self.scale).overlaps(&self.clip) {
            return;
        }
        let density = self.scale * self.pixels_per_point;
        let Some(sprite) = self.caches.atlas.sprite(self.painter.ctx(), text, density) else {
            return;
        };
        let origin_px = origin.map(|value| value * self.pixels_per_point);
        let [x, baseline] = text_anchor(origin_px, &text.shaped, density);
        self.sprite(&sprite, egui::vec2(x, baseline) + sprite.offset_px, Color32::WHITE);
    }
}

fn color32(Rgba([red, green, blue, alpha]): Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(red, green, blue, alpha)
}

/// Takes `by` off both ends of a line: egui's soft ends reach that far beyond it.
fn shorten(points: &mut [Pos2], by: f32) {
    let shortened = |end: Pos2, next: Pos2| {
        let along = next - end;
        let length = along.length();
        if length > 2.0 * by { end + along * (by / length) } else { end }
    };
    if let [first, .., last] = &*points {
        let (first, last) = (*first, *last);
        let (second, before) = (points[1], points[points.len() - 2]);
        points[0] = shortened(first, second);
        points[points.len() - 1] = shortened(last, before);
    }
}
