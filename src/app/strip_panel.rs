//! The time strip in the window: it shows the scene's strip, and its window is dragged, its axis zoomed.

use std::sync::Arc;

use egui::{CursorIcon, Sense, Ui, WidgetInfo};

use super::actions::{Asked, Wish};
use super::date_field::let_go;
use super::document::{Command, Document};
use super::pen::{Pen, SCREEN_SCALE, scene_of};
use super::visuals::color;
use crate::analysis::{View, coverage, histogram, words};
use crate::domain::{Day, DaySpan};
use crate::scene::strip::{self, HANDLE_WIDTH, StripInput, StripLayout, StripUse};
use crate::scene::strip_context::ContextMark;
use crate::scene::theme::style;
use crate::scene::{Rect, Scene};

/// State between frames.
#[derive(Default)]
pub(crate) struct StripPanel {
    drag: Option<Drag>,
    /// The days that the strip shows when it was zoomed; all of them without.
    axis: Option<DaySpan>,
    built: Option<Built>,
}

/// What the pointer holds.
#[derive(Clone, Copy)]
enum Drag {
    First,
    Last,
    /// The whole window, grabbed at a day, with the window as it was then.
    Whole {
        grabbed: Day,
        window: DaySpan,
    },
}

struct Built {
    revision: u64,
    size: egui::Vec2,
    axis: DaySpan,
    scene: Arc<Scene>,
    marks: Arc<[ContextMark]>,
}

impl StripPanel {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        asked: &mut Asked,
    ) {
        let size = ui.available_size();
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        let enabled = ui.is_enabled();
        let name = words::window(&document.dataset, &document.view);
        response.widget_info(|| {
            WidgetInfo::labeled(egui::Role::Slider, enabled, format!("Time window: {name}"))
        });
        if rect.width() < 40.0 || rect.height() < 30.0 {
            return;
        }
        let layout = StripLayout::new(
            self.shown_axis(document),
            // Handles stand outside of the window's edges.
            Rect {
                min: [HANDLE_WIDTH + 1.0, 0.0],
                max: [
                    rect.width() / SCREEN_SCALE - HANDLE_WIDTH - 1.0,
                    rect.height() / SCREEN_SCALE,
                ],
            },
        );
        let (scene, marks) = self.build(pen, document, &layout, rect.size() / SCREEN_SCALE);
        pen.painter.paint(&ui.painter_at(rect), &scene, rect.min, SCREEN_SCALE);
        self.drag(ui, &response, rect, &layout, document, asked);
        if let Some(at) = response.hover_pos().filter(|_| self.drag.is_none()) {
            let local = [(at.x - rect.min.x) / SCREEN_SCALE, (at.y - rect.min.y) / SCREEN_SCALE];
            let day = layout.day_at(local[0]);
            ui.painter_at(rect).vline(
                at.x,
                (rect.min.y + layout.bars.min[1] * SCREEN_SCALE)
                    ..=(rect.min.y + layout.bars.max[1] * SCREEN_SCALE),
                egui::Stroke::new(1.0, color(pen.theme.text_muted)),
            );
            let near = marks
                .iter()
                .filter(|m| (m.center[0] - local[0]).abs() < 6.0 && local[1] < layout.bars.min[1]);
            let near: Vec<usize> = near.map(|m| m.entry).collect();
            response.on_hover_ui_at_pointer(|ui| hover_card(ui, pen, document, day, &near));
        }
    }

    /// The days on the strip: those zoomed to, moved along with the window; else all.
    pub(crate) fn shown_axis(&mut self, document: &Document) -> DaySpan {
        let whole = StripLayout::axis_for(&document.dataset, &document.view);
        let window = document.view.window;
        let Some(axis) = self.axis.filter(|a| a.days() < whole.days()) else {
            self.axis = None;
            return whole;
        };
        let last = window.last();
        let days = if axis.contains(last) {
            0
        } else {
            last.number() - (axis.first().number() + axis.days() * 2 / 3)
        };
        let axis = within(axis, days, whole);
        self.axis = Some(axis);
        axis
    }

    /// Zooms the strip around a day by a factor, as Ctrl and the wheel ask for.
    pub(crate) fn zoom(&mut self, layout: &StripLayout, day: Day, factor: f32, whole: DaySpan) {
        const LEAST_DAYS: i32 = 10;
        let axis = layout.axis;
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            reason = "numbers of days fit f32, and the result is held to the record"
        )]
        let scaled = |days: i32| (days as f32 / factor).round() as i32;
        let length = scaled(axis.days()).clamp(LEAST_DAYS.min(whole.days()), whole.days());
        let before = scaled(day.number() - axis.first().number()).clamp(0, length - 1);
        let first = day.plus(-before);
        self.axis = Some(within(DaySpan::between(first, first.plus(length - 1)), 0, whole));
    }

    /// The strip's scene and context marks; built anew only when the document or the size changed.
    fn build(
        &mut self,
        pen: &mut Pen,
        document: &Document,
        layout: &StripLayout,
        size: egui::Vec2,
    ) -> (Arc<Scene>, Arc<[ContextMark]>) {
        if let Some(built) = &self.built
            && built.revision == document.revision
            && built.size == size
            && built.axis == layout.axis
        {
            return (Arc::clone(&built.scene), Arc::clone(&built.marks));
        }
        let mut items = Vec::new();
        let Document { dataset, view, selection, .. } = document;
        let marks = strip::strip(
            &mut pen.shaper,
            pen.theme,
            StripInput { dataset, view, selection },
            layout,
            StripUse::Handled,
            &mut items,
        );
        let scene = scene_of(size.x, size.y, items);
        let marks: Arc<[ContextMark]> = marks.into();
        self.built = Some(Built {
            revision: document.revision,
            size,
            axis: layout.axis,
            scene: Arc::clone(&scene),
            marks: Arc::clone(&marks),
        });
        (scene, marks)
    }

    fn drag(
        &mut self,
        ui: &Ui,
        response: &egui::Response,
        rect: egui::Rect,
        layout: &StripLayout,
        document: &Document,
        asked: &mut Asked,
    ) {
        let window = document.view.window;
        let pointer = response
            .interact_pointer_pos()
            .or(response.hover_pos())
            .map(|p| (p.x - rect.min.x) / SCREEN_SCALE);
        let Some(x) = pointer else {
            self.drag = None;
            return;
        };
        let day = layout.day_at(x);
        let hit = held_at(x, layout, window);
        let shown = self.drag.or(hit);
        match shown {
            Some(Drag::First | Drag::Last) => ui.set_cursor_icon(CursorIcon::ResizeHorizontal),
            Some(Drag::Whole { .. }) => ui.set_cursor_icon(CursorIcon::Grab),
            None => {}
        }
        let zoom = if response.hovered() { ui.input(egui::InputState::zoom_delta) } else { 1.0 };
        if (zoom - 1.0).abs() > 0.001 {
            let whole = StripLayout::axis_for(&document.dataset, &document.view);
            self.zoom(layout, day, zoom, whole);
            ui.request_repaint();
        }
        if response.double_clicked() {
            self.axis = None;
            asked.wish(Wish::StopPlay);
            asked.command(Command::ShowAll);
            return;
        }
        if response.drag_started() || response.clicked() {
            let_go(ui);
        }
        if response.drag_started() {
            // By now the pointer has moved on: what counts is where it was pressed.
            let pressed = ui
                .input(|i| i.pointer.press_origin())
                .map_or(x, |p| (p.x - rect.min.x) / SCREEN_SCALE);
            self.drag = held_at(pressed, layout, window);
        }
        if response.drag_stopped() {
            self.drag = None;
        }
        let centred = || {
            let by = day.number() - (window.first().number() + window.days() / 2);
            Command::MoveWindow(by)
        };
        if response.dragged() {
            asked.wish(Wish::StopPlay);
            let command = match self.drag {
                Some(Drag::First) => {
                    Command::SetWindow(DaySpan::between(day.min(window.last()), window.last()))
                }
                Some(Drag::Last) => {
                    Command::SetWindow(DaySpan::between(window.first(), day.max(window.first())))
                }
                Some(Drag::Whole { grabbed, window: start }) => {
                    let wanted = start.first().number() + day.number() - grabbed.number();
                    Command::MoveWindow(wanted - window.first().number())
                }
                None => centred(),
            };
            asked.command(command);
        } else if response.clicked() && hit.is_none() {
            asked.wish(Wish::StopPlay);
            asked.command(centred());
        }
        let scroll = if response.hovered() { ui.input(|i| i.smooth_scroll_delta.y) } else { 0.0 };
        if scroll.abs() > 0.5 {
            asked.wish(Wish::StopPlay);
            asked.command(Command::SetWindow(resized(window, scroll)));
        }
    }
}

/// The span moved by some days, as far as the whole goes.
fn within(span: DaySpan, days: i32, whole: DaySpan) -> DaySpan {
    let least = whole.first().number() - span.first().number();
    let most = whole.last().number() - span.last().number();
    let days = days.clamp(least.min(most), most.max(least));
    DaySpan::between(span.first().plus(days), span.last().plus(days))
}

/// What the pointer takes hold of at a place; nothing beside the window.
fn held_at(x: f32, layout: &StripLayout, window: DaySpan) -> Option<Drag> {
    let (first_x, last_x) = (layout.x(window.first()), layout.x(window.end()));
    // The press area is wider than the line, and lies outside the window like the handles.
    let reach = HANDLE_WIDTH + 5.0;
    let inside = 3.0_f32.min((last_x - first_x) / 3.0);
    if x >= first_x - reach && x <= first_x + inside {
        Some(Drag::First)
    } else if x >= last_x - inside && x <= last_x + reach {
        Some(Drag::Last)
    } else if x > first_x && x < last_x {
        Some(Drag::Whole { grabbed: layout.day_at(x), window })
    } else {
        None
    }
}

/// The window made longer (wheel up) or shorter on both sides, by a tenth and at least a day.
fn resized(window: DaySpan, scroll: f32) -> DaySpan {
    let step = (window.days() / 20).max(1);
    if scroll > 0.0 {
        DaySpan::between(window.first().plus(-step), window.last().plus(step))
    } else if window.days() > 2 * step {
        DaySpan::between(window.first().plus(step), window.last().plus(-step))
    } else {
        DaySpan::day(window.last())
    }
}

fn hover_card(ui: &mut Ui, pen: &mut Pen, document: &Document, day: Day, context: &[usize]) {
    let view: &View = &document.view;
    ui.set_max_width(340.0);
    ui.set_min_width(190.0);
    if context.is_empty() {
        let counts = histogram(&document.dataset, &document.selection, DaySpan::day(day));
        let (exact, spread) = counts.first().map_or((0, 0.0), |c| (c.exact_total(), c.spread));
        ui.strong(format!("{:?} {}", day.date().weekday(), words::day(day)));
        let n = usize::try_from(exact).unwrap_or(0);
        ui.label(format!("{} {}", words::thousands(n), view.rule.noun(n)));
        if spread > 0.0 {
            ui.label("and some of an event known only to a span of days");
        }
        for note in coverage::notes_of(&document.dataset, DaySpan::day(day)) {
            let thin = format!("Thin in this record: {}. {}", note.scope, note.note);
            pen.paragraph(ui, &thin, style::BODY_SMALL, pen.theme.text_muted);
        }
        return;
    }
    for entry in context.iter().filter_map(|i| document.dataset.context.get(*i)).take(6) {
        pen.paragraph(ui, &entry.title, style::BODY_SMALL_STRONG, pen.theme.text);
        if let Some(span) = entry.span {
            ui.weak(words::span(span));
        }
        pen.paragraph(ui, &entry.summary, style::BODY_SMALL, pen.theme.text_muted);
    }
    if context.len() > 6 {
        ui.weak(format!("and {} more", context.len() - 6));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zoomed_strip_keeps_the_day_under_the_pointer_and_stays_within_the_record() {
        let day = |n| Day::from_number(19_000 + n);
        let whole = DaySpan::between(day(0), day(799));
        let rect = Rect { min: [0.0, 0.0], max: [800.0, 80.0] };
        let mut strip = StripPanel::default();
        strip.zoom(&StripLayout::new(whole, rect), day(790), 4.0, whole);
        let axis = strip.axis.unwrap();
        assert!(whole.encloses(axis) && axis.contains(day(790)) && axis.days() == 200, "{axis:?}");
        strip.zoom(&StripLayout::new(axis, rect), day(790), 0.01, whole);
        assert_eq!(strip.axis, Some(whole));
    }

    #[test]
    fn the_wheel_makes_the_window_longer_and_never_shorter_than_a_day() {
        let mut window = DaySpan::day(Day::from_number(19_000));
        window = resized(window, 1.0);
        assert_eq!(window.days(), 3);
        for _ in 0..5 {
            window = resized(window, -1.0);
            assert!(window.days() >= 1);
        }
    }
}
