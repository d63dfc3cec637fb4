//! The lines of the tempo in the window, above the time strip and on its days.

use std::sync::Arc;

use egui::{Sense, Ui, WidgetInfo, vec2};

use super::actions::{Asked, Wish};
use super::document::{Command, Document};
use super::lanes_words;
use super::pen::{Pen, SCREEN_SCALE, scene_of};
use super::strip_panel::StripPanel;
use super::visuals::color;
use crate::analysis::{Rule, Tempo, ThemeName, tempo, words};
use crate::domain::{Day, DaySpan};
use crate::scene::strip::{HANDLE_WIDTH, StripLayout};
use crate::scene::strip_tempo::{self, TempoInput};
use crate::scene::theme::style;
use crate::scene::{Rect, Scene};

/// State between frames.
#[derive(Default)]
pub(crate) struct TempoBand {
    built: Option<Built>,
}

/// A scene and what it depends on.
struct Built {
    tempo: Arc<Tempo>,
    rule: Rule,
    layout: StripLayout,
    theme: ThemeName,
    scene: Arc<Scene>,
    key: Arc<str>,
}

/// Height in points of the screen, in a window of some height.
pub(crate) fn height(window: f32) -> f32 {
    (window * 0.09).clamp(54.0, 80.0)
}

impl TempoBand {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        tempo: &Arc<Tempo>,
        strip: &mut StripPanel,
        asked: &mut Asked,
    ) {
        let height = height(ui.ctx().content_rect().height()) - ui.spacing().item_spacing.y;
        let size = vec2(ui.available_width(), height);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        if rect.width() < 60.0 {
            return;
        }
        let size = rect.size() / SCREEN_SCALE;
        // Days lie as on the strip.
        let place =
            Rect { min: [HANDLE_WIDTH + 1.0, 0.0], max: [size.x - HANDLE_WIDTH - 1.0, size.y] };
        let layout = StripLayout::of_bars(strip.shown_axis(document), place);
        let (scene, key) = self.build(pen, document, tempo, layout, size);
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, enabled, &*key));
        let painter = ui.painter_at(rect);
        let x_of = |x: f32| rect.min.x + x * SCREEN_SCALE;
        for (_, span) in lanes_words::grounds(document) {
            let x = |day| x_of(layout.x(day).clamp(place.min[0], place.max[0]));
            let top = rect.min.y + strip_tempo::KEY_HEIGHT * SCREEN_SCALE;
            let ground =
                egui::Rect::from_x_y_ranges(x(span.first())..=x(span.end()), top..=rect.max.y);
            painter.rect_filled(ground, 0.0, color(pen.theme.accent_soft));
        }
        pen.painter.paint(&painter, &scene, rect.min, SCREEN_SCALE);
        let Some(at) = response.hover_pos().or(response.interact_pointer_pos()) else { return };
        let day = layout.day_at((at.x - rect.min.x) / SCREEN_SCALE);
        let line = egui::Stroke::new(1.0, color(pen.theme.text_muted));
        painter.vline(at.x, rect.y_range(), line);
        if response.clicked() {
            super::date_field::let_go(ui);
            asked.wish(Wish::StopPlay);
            asked.command(ending_on(document, day));
        }
        let dwell = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        dwell.on_hover_ui_at_pointer(|ui| {
            let heading = format!("{:?} {}", day.date().weekday(), words::day(day));
            pen.label(ui, &heading, style::BODY_SMALL_STRONG, pen.theme.text);
            for words in tempo::day_lines(tempo, &document.dataset, &document.view, day) {
                pen.label(ui, &words, style::BODY_SMALL, pen.theme.text);
            }
            let hint = "A click ends the window on this day.";
            pen.label(ui, hint, style::BODY_SMALL, pen.theme.text_muted);
        });
    }

    /// The scene and its key in words; built anew only when counts, axis, size or colours changed.
    fn build(
        &mut self,
        pen: &mut Pen,
        document: &Document,
        tempo: &Arc<Tempo>,
        layout: StripLayout,
        size: egui::Vec2,
    ) -> (Arc<Scene>, Arc<str>) {
        let (rule, theme) = (document.view.rule, pen.theme.name);
        let same = |b: &&Built| {
            Arc::ptr_eq(&b.tempo, tempo) && b.layout == layout && (b.rule, b.theme) == (rule, theme)
        };
        if let Some(built) = self.built.as_ref().filter(same) {
            return (Arc::clone(&built.scene), Arc::clone(&built.key));
        }
        let mut items = Vec::new();
        let input = TempoInput { tempo, rule };
        let key: Arc<str> =
            strip_tempo::draw(&mut pen.shaper, pen.theme, input, &layout, &mut items).into();
        let scene = scene_of(size.x, size.y, items);
        let tempo = Arc::clone(tempo);
        let parts = (Arc::clone(&scene), Arc::clone(&key));
        self.built = Some(Built { tempo, rule, layout, theme, scene, key });
        parts
    }
}

/// Moves the window so that it ends on a day.
fn ending_on(document: &Document, day: Day) -> Command {
    let window: DaySpan = document.view.window;
    Command::MoveWindow(day.number() - window.last().number())
}
