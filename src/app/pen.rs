//! What panels write and draw with: the scene's own text and shapes.

use std::sync::Arc;

use egui::{Response, Sense, Ui, WidgetInfo, vec2};

use super::paint::{ScreenPainter, shaped_label, shaped_label_within, shaped_paragraph};
use crate::scene::text::{Shaper, TextStyle};
use crate::scene::theme::{Theme, style};
use crate::scene::{Item, Rgba, Scene, Size};

/// Points of the screen for one point of the map's and the strip's scenes, so that their smallest type is
/// still 11 points on the screen.
pub(crate) const SCREEN_SCALE: f32 = 1.16;

/// Painter, shaper and theme, passed to panels together.
pub(crate) struct Pen {
    pub(crate) painter: ScreenPainter,
    pub(crate) shaper: Shaper,
    pub(crate) theme: &'static Theme,
}

impl Pen {
    /// A line of text in any script.
    pub(crate) fn label(
        &mut self,
        ui: &mut Ui,
        text: &str,
        style: TextStyle,
        color: Rgba,
    ) -> Response {
        shaped_label(ui, &mut self.painter, &mut self.shaper, text, style, color)
    }

    /// A line of text in any script, cut with an ellipsis where it is wider than `width` points.
    pub(crate) fn label_within(
        &mut self,
        ui: &mut Ui,
        text: &str,
        width: f32,
        style: TextStyle,
        color: Rgba,
    ) -> Response {
        shaped_label_within(ui, &mut self.painter, &mut self.shaper, (text, width), style, color)
    }

    /// Text in any script, broken at the available width.
    pub(crate) fn paragraph(
        &mut self,
        ui: &mut Ui,
        text: &str,
        style: TextStyle,
        color: Rgba,
    ) -> Response {
        shaped_paragraph(ui, &mut self.painter, &mut self.shaper, text, style, color)
    }

    /// Text in any script that is shown while the pointer rests on something.
    pub(crate) fn hover(&mut self, response: Response, text: &str) -> Response {
        const WIDTH: f32 = 360.0;
        response.on_hover_ui(|ui| {
            ui.set_max_width(WIDTH);
            self.paragraph(ui, text, style::BODY_SMALL, self.theme.text);
        })
    }

    /// A line of text that does something when it is clicked; cut with an ellipsis where it is too wide.
    pub(crate) fn link(&mut self, ui: &mut Ui, text: &str, style: TextStyle) -> Response {
        let color = self.theme.accent;
        let width = ui.available_width();
        let label = self.label_within(ui, text, width, style, color);
        let response = label.interact(Sense::click());
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Link, enabled, text));
        if response.hovered() || response.has_focus() {
            let r = response.rect;
            let line = egui::Stroke::new(1.0, super::visuals::color(color));
            ui.painter().hline(r.x_range(), r.bottom() - 2.0, line);
        }
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }

    /// A small picture of the scene's items, in points from its top left corner.
    pub(crate) fn picture(
        &mut self,
        ui: &mut Ui,
        size: [f32; 2],
        name: &str,
        items: Vec<Item>,
    ) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(size[0], size[1]), Sense::hover());
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, enabled, name));
        if ui.is_rect_visible(rect) {
            let scene = scene_of(size[0], size[1], items);
            self.painter.paint(ui.painter(), &scene, rect.min, 1.0);
        }
        response
    }

    /// A square button with a drawn icon and an accessible name.
    pub(crate) fn icon_button(&mut self, ui: &mut Ui, icon: Icon, name: &str) -> Response {
        let side = ui.spacing().interact_size.y;
        let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, enabled, name));
        if ui.is_rect_visible(rect) {
            let visuals = ui.style().interact(&response);
            ui.painter().rect(
                rect,
                visuals.corner_radius,
                visuals.weak_bg_fill,
                visuals.bg_stroke,
                egui::StrokeKind::Inside,
            );
            let scene = scene_of(side, side, icon.items(side, self.theme.text));
            self.painter.paint(ui.painter(), &scene, rect.min, 1.0);
        }
        response.on_hover_text(name)
    }
}

/// Icons that are drawn, because fonts lack them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Play,
    Pause,
    Next,
    Previous,
    Plus,
    Minus,
    Fit,
    Close,
    Back,
}

impl Icon {
    fn items(self, side: f32, color: Rgba) -> Vec<Item> {
        use crate::scene::{Rect, Stroke, shapes};
        let (m, u) = (side / 2.0, side / 26.0);
        let shape = |points: &[[f32; 2]]| {
            let at = points.iter().map(|[x, y]| [m + x * u, m + y * u]).collect();
            shapes::area(vec![shapes::closed(at)], Some(color), None)
        };
        let line = |points: &[[f32; 2]]| {
            let at = points.iter().map(|[x, y]| [m + x * u, m + y * u]).collect();
            shapes::line(at, Stroke::solid(color, 1.6))
        };
        match self {
            Self::Play => vec![shape(&[[-4.0, -6.0], [6.5, 0.0], [-4.0, 6.0]])],
            Self::Pause => vec![
                shape(&[[-5.0, -6.0], [-1.5, -6.0], [-1.5, 6.0], [-5.0, 6.0]]),
                shape(&[[1.5, -6.0], [5.0, -6.0], [5.0, 6.0], [1.5, 6.0]]),
            ],
            Self::Next => vec![
                shape(&[[-5.0, -5.5], [3.0, 0.0], [-5.0, 5.5]]),
                line(&[[5.0, -5.0], [5.0, 5.0]]),
            ],
            Self::Previous => vec![
                shape(&[[5.0, -5.5], [-3.0, 0.0], [5.0, 5.5]]),
                line(&[[-5.0, -5.0], [-5.0, 5.0]]),
            ],
            Self::Plus => vec![line(&[[-5.5, 0.0], [5.5, 0.0]]), line(&[[0.0, -5.5], [0.0, 5.5]])],
            Self::Minus => vec![line(&[[-5.5, 0.0], [5.5, 0.0]])],
            Self::Close => {
                vec![line(&[[-4.5, -4.5], [4.5, 4.5]]), line(&[[4.5, -4.5], [-4.5, 4.5]])]
            }
            Self::Back => vec![
                line(&[[-6.0, 0.0], [6.0, 0.0]]),
                line(&[[-1.0, -5.0], [-6.0, 0.0], [-1.0, 5.0]]),
            ],
            Self::Fit => {
                let r = Rect { min: [m - 6.0 * u, m - 5.0 * u], max: [m + 6.0 * u, m + 5.0 * u] };
                vec![
                    shapes::area(
                        vec![shapes::closed(shapes::corners(r))],
                        None,
                        Some(Stroke::solid(color, 1.4)),
                    ),
                    shapes::area(
                        vec![shapes::closed(shapes::disc([m, m], 2.0 * u))],
                        Some(color),
                        None,
                    ),
                ]
            }
        }
    }
}

/// A scene of items with the size of an egui rectangle, for painting at its corner.
pub(crate) fn scene_of(width: f32, height: f32, items: Vec<Item>) -> Arc<Scene> {
    Arc::new(Scene { size: Size { width, height }, background: Rgba([0, 0, 0, 0]), items })
}
