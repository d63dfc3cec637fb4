//! The lanes of attacks and strikes in the window: on the axis of the time strip below, reached by pointer and
//! keyboard.

use std::sync::Arc;

use egui::{Context, EventFilter, Id, Key, Modifiers, Sense, Ui, WidgetInfo, vec2};

use super::actions::{Asked, Wish};
use super::document::{Command, Document, pick_event};
use super::lanes_words as said;
use super::pen::{Pen, SCREEN_SCALE, scene_of};
use super::strip_panel::StripPanel;
use super::visuals::color;
use crate::analysis::{Filter, Lane, Lanes, Rule, ThemeName};
use crate::domain::{DaySpan, EventIndex};
use crate::scene::lanes::{self, CAPTION_HEIGHT, LanesLayout, LanesScene};
use crate::scene::strip::HANDLE_WIDTH;
use crate::scene::text::Shaper;
use crate::scene::theme::{Theme, style};
use crate::scene::{Halo, Item, Rect, Scene, Text};

/// State between frames.
#[derive(Default)]
pub(crate) struct LanesPanel {
    open: bool,
    /// Which events stand in which lane, and under what rule and filter.
    known: Option<(Rule, Filter, Arc<Lanes>)>,
    built: Option<Built>,
    /// The event that the keyboard is on.
    cursor: Option<EventIndex>,
}

struct Built {
    lanes: Arc<Lanes>,
    layout: LanesLayout,
    theme: ThemeName,
    drawn: Arc<LanesScene>,
    scene: Arc<Scene>,
}

/// What is shown in a frame.
struct Shown {
    lanes: Arc<Lanes>,
    layout: LanesLayout,
    drawn: Arc<LanesScene>,
    scene: Arc<Scene>,
}

impl LanesPanel {
    /// What the lanes are, for the button that opens them.
    pub(crate) const WHAT: &'static str =
        "Attacks and state strikes on one line of time, with the ties that sources assert (R)";

    /// What has the keyboard while the lanes have it.
    pub(crate) fn focus_id() -> Id {
        Id::unique("lanes")
    }

    pub(crate) fn toggle(&mut self) {
        self.open = !self.open;
        if !self.open {
            (self.known, self.built) = (None, None);
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// Height in points of the screen, in a window of some height.
    pub(crate) fn height(window: f32) -> f32 {
        (window * 0.21).clamp(126.0, 190.0)
    }

    /// Takes the keys that mean something else while the lanes have the keyboard.
    pub(crate) fn keys(&mut self, ctx: &Context, document: &Document, asked: &mut Asked) {
        if !self.open || !ctx.memory(|m| m.has_focus(Self::focus_id())) {
            return;
        }
        let lanes = self.lanes(document);
        let presses = |key| ctx.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key)) > 0;
        let at = self.cursor.or_else(|| first_of_window(document, &lanes));
        let lane = at.and_then(|e| lanes.lane_of(e)).unwrap_or(Lane::Attacks);
        let beside = |by| lanes.lane(lane).beside(at, by).or(at);
        let to = [
            (Key::ArrowRight, beside(1)),
            (Key::ArrowLeft, beside(-1)),
            (Key::ArrowUp, across(document, &lanes, at, Lane::Strikes)),
            (Key::ArrowDown, across(document, &lanes, at, Lane::Attacks)),
        ]
        .into_iter()
        .find(|(key, _)| presses(*key))
        // The first key only shows where the keyboard is.
        .and_then(|(_, to)| if self.cursor.is_some() { to } else { at });
        if to.is_some() {
            self.cursor = to;
        }
        if presses(Key::Enter)
            && let Some(event) = self.cursor
        {
            asked.wish(Wish::StopPlay);
            asked.command(pick_event(&document.dataset, event));
        }
    }

    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        strip: &mut StripPanel,
        asked: &mut Asked,
    ) {
        let height = Self::height(ui.ctx().content_rect().height());
        let size = vec2(ui.available_width(), height - ui.spacing().item_spacing.y);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let response = ui.interact(rect, Self::focus_id(), Sense::click());
        let arrows = EventFilter {
            tab: false,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: false,
        };
        ui.memory_mut(|m| m.set_focus_lock_filter(Self::focus_id(), arrows));
        if rect.width() < 60.0 {
            return;
        }
        let layout = layout_in(strip.shown_axis(document), rect.size() / SCREEN_SCALE);
        let Some(shown) = self.build(pen, document, layout) else { return };
        self.cursor = self.cursor.filter(|e| shown.lanes.lane_of(*e).is_some());
        if response.has_focus() {
            asked.pointed = self.cursor;
        }
        let enabled = ui.is_enabled();
        let name = said::name(document, &shown.lanes, self.cursor.filter(|_| response.has_focus()));
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, enabled, &name));

        Self::paint(ui, pen, document, (rect, &shown), asked);
        if response.has_focus() {
            let stroke = egui::Stroke::new(1.0, color(pen.theme.accent));
            ui.painter().rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Inside);
        }
        self.pointer(ui, pen, document, (rect, &shown), &response, strip, asked);
    }

    /// Which events stand in which lane; gone through again only when rule or filter changed.
    fn lanes(&mut self, document: &Document) -> Arc<Lanes> {
        let Document { dataset, view, selection, .. } = document;
        if let Some((rule, filter, lanes)) = &self.known
            && *rule == view.rule
            && *filter == view.filter
        {
            return Arc::clone(lanes);
        }
        let lanes = Arc::new(Lanes::of(dataset, view, selection));
        self.known = Some((view.rule, view.filter.clone(), Arc::clone(&lanes)));
        lanes
    }

    /// The lanes' scene; built anew only when lanes, axis, size or colours changed.
    fn build(&mut self, pen: &mut Pen, document: &Document, layout: LanesLayout) -> Option<Shown> {
        let lanes = self.lanes(document);
        let fresh = self.built.as_ref().is_some_and(|b| {
            Arc::ptr_eq(&b.lanes, &lanes) && b.layout == layout && b.theme == pen.theme.name
        });
        if !fresh {
            let dataset = &document.dataset;
            let mut drawn = lanes::lanes(&mut pen.shaper, pen.theme, dataset, &lanes, &layout);
            let items = std::mem::take(&mut drawn.items);
            let scene =
                scene_of(layout.rect.max[0] + HANDLE_WIDTH + 1.0, layout.rect.max[1], items);
            let (drawn, theme) = (Arc::new(drawn), pen.theme.name);
            self.built = Some(Built { lanes: Arc::clone(&lanes), layout, theme, drawn, scene });
        }
        self.built.as_ref().map(|b| Shown {
            lanes,
            layout,
            drawn: Arc::clone(&b.drawn),
            scene: Arc::clone(&b.scene),
        })
    }

    fn paint(
        ui: &Ui,
        pen: &mut Pen,
        document: &Document,
        (rect, shown): (egui::Rect, &Shown),
        asked: &Asked,
    ) {
        let painter = ui.painter_at(rect);
        let strip = &shown.layout.strip;
        let on_screen = |[x, y]: [f32; 2]| rect.min + vec2(x, y) * SCREEN_SCALE;
        for (is_strong, span) in said::grounds(document) {
            let x = |day| strip.x(day).clamp(strip.bars.min[0], strip.bars.max[0]);
            let ground = egui::Rect::from_min_max(
                on_screen([x(span.first()), strip.bars.min[1]]),
                on_screen([x(span.end()), strip.bars.max[1]]),
            );
            painter.rect_filled(ground, 0.0, color(pen.theme.accent_soft));
            if is_strong {
                let edge = egui::Stroke::new(1.0, color(pen.theme.accent));
                painter.vline(ground.left(), ground.y_range(), edge);
                painter.vline(ground.right(), ground.y_range(), edge);
            }
        }
        pen.painter.paint(&painter, &shown.scene, rect.min, SCREEN_SCALE);
        let mut items = captions(&mut pen.shaper, pen.theme, document, shown);
        if let Some(lit) = &asked.lit {
            let drawn = (&shown.layout, &*shown.drawn);
            lanes::lit(
                &mut pen.shaper,
                pen.theme,
                &document.dataset,
                &shown.lanes,
                drawn,
                lit,
                &mut items,
            );
        }
        let scene = scene_of(shown.scene.size.width, shown.scene.size.height, items);
        pen.painter.paint(&painter, &scene, rect.min, SCREEN_SCALE);
    }

    #[expect(clippy::too_many_arguments, reason = "what a panel has at hand")]
    fn pointer(
        &mut self,
        ui: &Ui,
        pen: &mut Pen,
        document: &Document,
        (rect, shown): (egui::Rect, &Shown),
        response: &egui::Response,
        strip: &mut StripPanel,
        asked: &mut Asked,
    ) {
        let Some(pointer) = response.hover_pos().or(response.interact_pointer_pos()) else {
            return;
        };
        let at = [(pointer.x - rect.min.x) / SCREEN_SCALE, (pointer.y - rect.min.y) / SCREEN_SCALE];
        if response.hovered() {
            strip.wheels(ui, &shown.layout.strip, at[0], document, asked);
        }
        if response.clicked() {
            super::date_field::let_go(ui);
            response.request_focus();
        }
        let dataset = &document.dataset;
        let dwell = response.clone().on_hover_cursor(egui::CursorIcon::PointingHand);
        if let Some(mark) = shown.drawn.mark_at(at) {
            asked.pointed = Some(mark.event);
            if response.clicked() {
                self.cursor = Some(mark.event);
                asked.wish(Wish::StopPlay);
                asked.command(pick_event(dataset, mark.event));
            }
            dwell.on_hover_ui_at_pointer(|ui| said::event(ui, pen, document, mark.event));
        } else if let Some(pile) = shown.drawn.pile_at(&shown.layout, at) {
            if response.clicked() {
                asked.wish(Wish::StopPlay);
                asked.command(Command::SetWindow(pile.days));
            }
            dwell.on_hover_ui_at_pointer(|ui| said::pile(ui, pen, document, pile));
        } else if let Some(pair) = shown.drawn.link_at(at) {
            asked.pointed = Some(pair.from);
            if response.clicked() {
                self.cursor = Some(pair.from);
                asked.wish(Wish::StopPlay);
                asked.command(pick_event(dataset, pair.from));
            }
            dwell.on_hover_ui_at_pointer(|ui| said::pair(ui, pen, document, pair));
        }
    }
}

/// The lanes' layout in an area of this size, in points of the scene: days lie as on the strip.
fn layout_in(axis: DaySpan, size: egui::Vec2) -> LanesLayout {
    let rect = Rect { min: [HANDLE_WIDTH + 1.0, 0.0], max: [size.x - HANDLE_WIDTH - 1.0, size.y] };
    LanesLayout::new(axis, rect)
}

/// The last event of the lanes in the window, else before it; attacks first.
fn first_of_window(document: &Document, lanes: &Lanes) -> Option<EventIndex> {
    let last = document.view.window.last();
    let of = |lane: Lane| {
        let until = DaySpan::between(document.extent().first(), last);
        lanes.lane(lane).exact_within(&document.dataset, until).last().copied()
    };
    of(Lane::Attacks)
        .or_else(|| of(Lane::Strikes))
        .or_else(|| lanes.lane(Lane::Attacks).beside(None, 1))
}

/// From an event to the other lane: to what it is tied to there, else to what is nearest in time.
fn across(
    document: &Document,
    lanes: &Lanes,
    from: Option<EventIndex>,
    to: Lane,
) -> Option<EventIndex> {
    let Some(from) = from else { return lanes.lane(to).beside(None, 1) };
    if lanes.lane_of(from) == Some(to) {
        return Some(from);
    }
    let of_pair = |p: &&crate::analysis::Pair| p.from == from || p.to == from;
    let tied =
        lanes.pairs().iter().filter(of_pair).map(|p| if p.from == from { p.to } else { p.from });
    let day = |e: EventIndex| document.dataset.event(e).date.span.first().number();
    let near = [1, -1].into_iter().filter_map(|by| lanes.lane(to).beside(Some(from), by));
    tied.into_iter()
        .find(|e| lanes.lane_of(*e) == Some(to))
        .or_else(|| near.min_by_key(|e| (day(*e) - day(from)).abs()))
}

/// What the lanes are and hold in the window, above and below them, and what their lines are.
fn captions(shaper: &mut Shaper, theme: &Theme, document: &Document, shown: &Shown) -> Vec<Item> {
    let rect = shown.layout.rect;
    let mut items = Vec::new();
    let mut text = |shaper: &mut Shaper, words: &str, strong: bool, x: f32, top: f32| -> f32 {
        let style = if strong { style::SMALL_STRONG } else { style::SMALL };
        let shaped = shaper.shape_within(words, style, (rect.max[0] - x).max(20.0));
        let width = shaped.width();
        let color = if strong { theme.text } else { theme.text_muted };
        let halo = Some(Halo { color: theme.paper, width: 2.0 });
        items.push(Item::Text(Text { origin: [x, top], shaped, color, halo }));
        width
    };
    for (lane, top) in
        [(Lane::Strikes, rect.min[1]), (Lane::Attacks, rect.max[1] - CAPTION_HEIGHT + 1.0)]
    {
        let [head, rest] = said::caption(document, &shown.lanes, lane);
        let mut x = rect.min[0];
        x += text(shaper, &head, true, x, top) + 6.0;
        x += text(shaper, &rest, false, x, top) + 16.0;
        let notes = match lane {
            Lane::Strikes => said::links(document, &shown.drawn),
            Lane::Attacks => said::key(&shown.drawn),
        };
        let at = |note: &String| rect.max[0] - shaper.shape(note, style::SMALL).width();
        let place = notes.iter().map(at).collect::<Vec<_>>();
        let fitting = notes.iter().zip(place).find(|(note, at)| !note.is_empty() && *at >= x);
        if let Some((note, at)) = fitting {
            text(shaper, note, false, at - 0.01, top);
        }
    }
    items
}
