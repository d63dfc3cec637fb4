//! The time strip in the window: it shows the scene's strip, and its window is dragged, its axis zoomed.

use std::sync::{Arc, Weak};

use egui::{CursorIcon, PointerButton, Sense, Ui, WidgetInfo};

use super::actions::{Asked, Wish};
use super::date_field::let_go;
use super::document::{Command, Document};
use super::pen::{Pen, SCREEN_SCALE, scene_of};
use super::strip_card;
use super::strip_zoom::Zoom;
use super::visuals::color;
use crate::analysis::{Filter, Mode, Pick, Record, Rule, ThemeName, words};
use crate::domain::{Day, DaySpan};
use crate::scene::strip::{self, HANDLE_WIDTH, StripInput, StripLayout, StripUse};
use crate::scene::strip_context::ContextMark;
use crate::scene::{Rect, Scene};

/// Points of the wheel for one step.
const WHEEL_STEP: f32 = 40.0;

/// State between frames.
#[derive(Default)]
pub(crate) struct StripPanel {
    drag: Option<Drag>,
    /// The piece of the record that the strip shows; all of it without.
    zoom: Option<Zoom>,
    /// The window when the axis last followed it.
    followed: Option<DaySpan>,
    /// The window before the last click beside it.
    before_click: Option<DaySpan>,
    /// Points of the wheel that have not made a step yet, and points that have not made a day.
    wheel: [f32; 2],
    whole: Option<(Weak<Record>, DaySpan)>,
    still: Option<Still>,
    moving: Option<Moving>,
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
    /// The days on the strip, with the first of them as it was then and the place where it was grabbed.
    Axis {
        first: Day,
        from_x: f32,
    },
    /// The piece on the line of the whole record.
    Piece,
}

/// What stays while the window moves.
struct Still {
    key: StillKey,
    scene: Arc<Scene>,
    marks: Arc<[ContextMark]>,
    clear: [Rect; 2],
}

/// What it depends on.
#[derive(Clone, PartialEq)]
struct StillKey {
    record: *const Record,
    theme: ThemeName,
    rule: Rule,
    filter: Filter,
    /// A published count that is picked.
    total: Option<String>,
    layout: StripLayout,
}

/// What moves with the window: below and above what stays.
struct Moving {
    key: MovingKey,
    scenes: [Arc<Scene>; 2],
}

#[derive(Clone, PartialEq)]
struct MovingKey {
    theme: ThemeName,
    window: DaySpan,
    mode: Mode,
    head: Option<Day>,
    clear: [Rect; 2],
    layout: StripLayout,
}

/// Height in points of the screen of controls and strip, in a window of some height: where there is room
/// also for the rows below the dates.
pub(crate) fn height(window: f32) -> f32 {
    if window < 700.0 { 134.0 } else { 162.0 }
}

impl StripPanel {
    /// The strip in the room that there is; `head` is the day that is being played.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        head: Option<Day>,
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
        let whole = self.whole(document);
        let size = rect.size() / SCREEN_SCALE;
        // Handles stand outside of the window's edges.
        let place =
            Rect { min: [HANDLE_WIDTH + 1.0, 0.0], max: [size.x - HANDLE_WIDTH - 1.0, size.y] };
        let layout =
            StripLayout::new(self.shown_axis(document), place).with_rows(&document.dataset, whole);
        let (still, marks, clear) = self.still(pen, document, &layout);
        let [below, above] = self.moving(pen, document, &layout, clear, head);
        let painter = ui.painter_at(rect);
        for scene in [below, still, above] {
            pen.painter.paint(&painter, &scene, rect.min, SCREEN_SCALE);
        }
        let local = |at: egui::Pos2| ((at - rect.min) / SCREEN_SCALE).into();
        self.point(ui, &response, local, &layout, whole, document, asked);
        let is_read = self.drag.is_none() && !document.dataset.events.is_empty();
        if let Some(at) = response.hover_pos().filter(|_| is_read) {
            hover(ui, pen, document, &layout, &marks, (response, at, rect));
        }
    }

    /// All days that the strip can show.
    fn whole(&mut self, document: &Document) -> DaySpan {
        match &self.whole {
            Some((record, whole)) if record.as_ptr() == Arc::as_ptr(&document.dataset) => *whole,
            _ => {
                let whole = StripLayout::axis_for(&document.dataset, &document.view);
                self.whole = Some((Arc::downgrade(&document.dataset), whole));
                whole
            }
        }
    }

    /// The days on the strip: those zoomed to, moved along when the window leaves them; else all.
    pub(crate) fn shown_axis(&mut self, document: &Document) -> DaySpan {
        let whole = self.whole(document);
        let window = document.view.window;
        if self.followed.replace(window) != Some(window) && self.drag.is_none() {
            self.zoom = self.zoom.map(|zoom| zoom.following(window, whole));
        }
        self.zoom.map_or(whole, |zoom| zoom.axis(whole))
    }

    /// Zooms the axis by a factor around a place, in points.
    fn zoom(&mut self, document: &Document, layout: &StripLayout, x: f32, factor: f32) {
        let whole = self.whole(document);
        let share = (x - layout.bars.min[0]) / layout.bars.width();
        let (share, factor) = (f64::from(share), f64::from(factor));
        self.zoom = Zoom::by(self.zoom, layout.axis, share, factor, whole);
    }

    /// What stays while the window moves, with its context marks and what its handles stay clear of.
    fn still(
        &mut self,
        pen: &mut Pen,
        document: &Document,
        layout: &StripLayout,
    ) -> (Arc<Scene>, Arc<[ContextMark]>, [Rect; 2]) {
        let Document { dataset, view, selection, .. } = document;
        let total = match &view.picked {
            Some(Pick::Total(id)) => Some(id.clone()),
            _ => None,
        };
        let key = StillKey {
            record: Arc::as_ptr(dataset),
            theme: view.theme,
            rule: view.rule,
            filter: view.filter.clone(),
            total,
            layout: *layout,
        };
        let still = match self.still.take() {
            Some(still) if still.key == key => still,
            _ => {
                let input = StripInput { dataset, view, selection };
                let (shaper, theme) = (&mut pen.shaper, pen.theme);
                let made = strip::still(shaper, theme, input, layout, StripUse::Handled);
                let scene = in_scene(layout, made.items);
                Still { key, scene, marks: made.marks.into(), clear: made.clear }
            }
        };
        let parts = (Arc::clone(&still.scene), Arc::clone(&still.marks), still.clear);
        self.still = Some(still);
        parts
    }

    fn moving(
        &mut self,
        pen: &Pen,
        document: &Document,
        layout: &StripLayout,
        clear: [Rect; 2],
        head: Option<Day>,
    ) -> [Arc<Scene>; 2] {
        let Document { dataset, view, .. } = document;
        let (theme, window, mode) = (view.theme, view.window, view.mode);
        let key = MovingKey { theme, window, mode, head, clear, layout: *layout };
        if let Some(moving) = self.moving.as_ref().filter(|m| m.key == key) {
            return moving.scenes.clone();
        }
        let (mut below, mut above) = (Vec::new(), Vec::new());
        strip::window_below(pen.theme, dataset, view, layout, &mut below);
        strip::window_above(pen.theme, dataset, view, layout, (clear, head), &mut above);
        let scenes = [below, above].map(|items| in_scene(layout, items));
        self.moving = Some(Moving { key, scenes: scenes.clone() });
        scenes
    }

    /// What the pointer does to the window and the axis.
    #[expect(clippy::too_many_arguments, reason = "they are what a pointer's meaning depends on")]
    fn point(
        &mut self,
        ui: &Ui,
        response: &egui::Response,
        local: impl Fn(egui::Pos2) -> [f32; 2],
        layout: &StripLayout,
        whole: DaySpan,
        document: &Document,
        asked: &mut Asked,
    ) {
        let window = document.view.window;
        let pointer = response.interact_pointer_pos().or(response.hover_pos());
        let Some(at) = pointer.map(&local) else {
            self.drag = None;
            return;
        };
        let day = layout.day_at(at[0]);
        if response.hovered() {
            self.wheels(ui, layout, at[0], document, asked);
        }
        if response.double_clicked() {
            self.double_click(window, asked);
            return;
        }
        if response.drag_started() || response.clicked() {
            let_go(ui);
        }
        if response.drag_started() {
            // By now the pointer has moved on: what counts is where it was pressed.
            let pressed = ui.input(|i| i.pointer.press_origin()).map_or(at, &local);
            let moves_axis =
                response.drag_started_by(PointerButton::Middle) || ui.input(|i| i.modifiers.shift);
            self.drag = if moves_axis {
                Some(Drag::Axis { first: layout.axis.first(), from_x: pressed[0] })
            } else {
                held_at(pressed, layout, window)
            };
        }
        let hit = held_at(at, layout, window);
        match self.drag.or(hit) {
            Some(Drag::First | Drag::Last) => ui.set_cursor_icon(CursorIcon::ResizeHorizontal),
            Some(Drag::Axis { .. }) => ui.set_cursor_icon(CursorIcon::Grabbing),
            Some(Drag::Whole { .. } | Drag::Piece) => ui.set_cursor_icon(CursorIcon::Grab),
            None => {}
        }
        if response.drag_stopped() {
            self.drag = None;
        }
        let centred = || {
            let by = day.number() - (window.first().number() + window.days() / 2);
            Command::MoveWindow(by)
        };
        if response.dragged() {
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
                Some(Drag::Axis { first, from_x }) => {
                    self.pan_to(first.plus(days_in(from_x - at[0], layout)), whole, ui);
                    return;
                }
                Some(Drag::Piece) => {
                    self.piece_at(at[0], layout, whole, ui);
                    return;
                }
                None => centred(),
            };
            asked.wish(Wish::StopPlay);
            asked.command(command);
        } else if response.clicked() {
            match hit {
                Some(Drag::Piece) => self.piece_at(at[0], layout, whole, ui),
                Some(_) => {}
                None => {
                    self.before_click = Some(window);
                    asked.wish(Wish::StopPlay);
                    asked.command(centred());
                }
            }
        }
    }

    /// The wheel makes the window longer or shorter; with Ctrl it zooms the axis, sideways it moves it. The
    /// layout is the strip's own or one with the same axis, with the pointer at a place on it in points.
    pub(crate) fn wheels(
        &mut self,
        ui: &Ui,
        layout: &StripLayout,
        x: f32,
        document: &Document,
        asked: &mut Asked,
    ) {
        let whole = self.whole(document);
        let (zoom, scroll) = ui.input(|i| (i.zoom_delta(), i.smooth_scroll_delta));
        if (zoom - 1.0).abs() > 0.001 {
            self.zoom(document, layout, x, zoom);
            ui.request_repaint();
        }
        let [mut steps, mut points] = self.wheel;
        steps += scroll.y / WHEEL_STEP;
        points -= scroll.x / SCREEN_SCALE;
        // Smoothing leaves a little of a notch for later.
        let whole_steps = (steps + 0.1 * steps.signum()).trunc();
        let days = days_in(points, layout);
        if whole_steps != 0.0 {
            steps -= whole_steps;
            asked.wish(Wish::StopPlay);
            asked.command(Command::SetWindow(resized(document.view.window, whole_steps)));
        }
        if days != 0 {
            points = 0.0;
            self.pan_to(layout.axis.first().plus(days), whole, ui);
        }
        self.wheel = [steps, points];
    }

    /// Shows all days again; where all are shown, opens the window over them.
    fn double_click(&mut self, window: DaySpan, asked: &mut Asked) {
        asked.wish(Wish::StopPlay);
        if self.zoom.take().is_none() {
            asked.command(Command::ShowAll);
            return;
        }
        // The first of the two clicks has moved the window.
        let before = self.before_click.take().unwrap_or(window);
        asked.command(Command::SetWindow(before));
    }

    fn pan_to(&mut self, first: Day, whole: DaySpan, ui: &Ui) {
        self.zoom = self.zoom.map(|zoom| zoom.from(first, whole));
        ui.request_repaint();
    }

    /// Brings the middle of the piece to a place on the line of the whole record.
    fn piece_at(&mut self, x: f32, layout: &StripLayout, whole: DaySpan, ui: &Ui) {
        let Some(overview) = &layout.overview else { return };
        let day = StripLayout::of_bars(overview.whole, overview.rect).day_at(x);
        self.pan_to(day.plus(-layout.axis.days() / 2), whole, ui);
    }
}

/// The line at the pointer, and what is said of what lies under it.
fn hover(
    ui: &Ui,
    pen: &mut Pen,
    document: &Document,
    layout: &StripLayout,
    marks: &[ContextMark],
    (response, at, rect): (egui::Response, egui::Pos2, egui::Rect),
) {
    let [x, y]: [f32; 2] = ((at - rect.min) / SCREEN_SCALE).into();
    if layout.overview.is_some_and(|o| y >= o.rect.min[1]) {
        response.on_hover_text_at_pointer(
            "The whole record: drag the piece that is shown along it; a double click shows all",
        );
        return;
    }
    let bars = [layout.bars.min[1], layout.bars.max[1]].map(|y| rect.min.y + y * SCREEN_SCALE);
    let line = egui::Stroke::new(1.0, color(pen.theme.text_muted));
    ui.painter_at(rect).vline(at.x, bars[0]..=bars[1], line);
    let above = y < layout.bars.min[1];
    let near = marks.iter().filter(|m| above && (m.center[0] - x).abs() < 6.0);
    let near: Vec<usize> = near.map(|m| m.entry).collect();
    let day = layout.day_at(x);
    // Above the strip, so that it hides none of it.
    let mut card = egui::Tooltip::for_enabled(&response);
    let place = egui::pos2(at.x, rect.top());
    card.popup = card.popup.at_position(place).align(egui::RectAlign::TOP).gap(6.0);
    card.show(|ui| {
        if near.is_empty() {
            strip_card::of_day(ui, pen, document, day);
        } else {
            strip_card::of_context(ui, pen, document, &near);
        }
    });
}

/// A scene as large as a strip with the room of its handles.
fn in_scene(layout: &StripLayout, items: Vec<crate::scene::Item>) -> Arc<Scene> {
    let Rect { min: [left, _], max: [right, bottom] } = layout.rect;
    scene_of(right + left, bottom, items)
}

/// Whole days in some points.
#[expect(clippy::cast_possible_truncation, reason = "no more days than the strip shows")]
fn days_in(points: f32, layout: &StripLayout) -> i32 {
    (points / layout.day_width()).trunc() as i32
}

/// What the pointer takes hold of at a place; nothing beside the window.
fn held_at([x, y]: [f32; 2], layout: &StripLayout, window: DaySpan) -> Option<Drag> {
    if layout.overview.is_some_and(|o| y >= o.rect.min[1]) {
        return Some(Drag::Piece);
    }
    let (first_x, last_x) = (layout.x(window.first()), layout.x(window.end()));
    // The press area is wider than the line, and lies outside the window like the handles.
    let reach = HANDLE_WIDTH + 5.0;
    let inside = 3.0_f32.min((last_x - first_x) / 3.0);
    let (has_first, has_last) =
        (layout.axis.contains(window.first()), layout.axis.contains(window.last()));
    if has_first && x >= first_x - reach && x <= first_x + inside {
        Some(Drag::First)
    } else if has_last && x >= last_x - inside && x <= last_x + reach {
        Some(Drag::Last)
    } else if x > first_x && x < last_x {
        Some(Drag::Whole { grabbed: layout.day_at(x), window })
    } else {
        None
    }
}

/// The window made longer (steps above 0) or shorter on both sides, each step by a twentieth and at
/// least a day.
fn resized(window: DaySpan, steps: f32) -> DaySpan {
    #[expect(clippy::cast_possible_truncation, reason = "a few steps")]
    let count = steps.abs().min(20.0) as i32;
    (0..count).fold(window, |window, _| {
        let step = (window.days() / 20).max(1);
        if steps > 0.0 {
            DaySpan::between(window.first().plus(-step), window.last().plus(step))
        } else if window.days() > 2 * step {
            DaySpan::between(window.first().plus(step), window.last().plus(-step))
        } else {
            DaySpan::day(window.last())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wheel_makes_the_window_longer_and_never_shorter_than_a_day() {
        let mut window = DaySpan::day(Day::from_number(19_000));
        window = resized(window, 1.0);
        assert_eq!(window.days(), 3);
        assert_eq!(resized(window, 2.0).days(), 7);
        for _ in 0..5 {
            window = resized(window, -1.0);
            assert!(window.days() >= 1);
        }
    }
}
