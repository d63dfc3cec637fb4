//! The table of the events of the window: what it says of itself, its order, its keys, and copying it.

use std::sync::Arc;

use egui::{Context, EventFilter, Id, Key, Modifiers, Ui};

use super::actions::{Asked, Part, Wish};
use super::document::{Command, Document, pick_event};
use super::job::{AT_ONCE, Job};
use super::pen::{Icon, Pen};
use super::table_grid::{Grid, Listed, Marked};
use crate::analysis::event_order::EventOrder;
use crate::analysis::event_table::{Column, Sort, heading};
use crate::analysis::event_tsv::event_tsv;
use crate::analysis::{Camera, Pick, words};
use crate::domain::EventIndex;
use crate::scene::theme::style;

/// The map is at least as near as this when it is moved to an event.
const NEAR_ZOOM: f64 = 8.5;

/// State between frames; nothing of it is saved.
pub(crate) struct EventTable {
    open: bool,
    /// Whether the keyboard goes to the table as soon as it is shown.
    wants_keyboard: bool,
    /// What it is sorted by, the last first: equal rows keep the order that they had before.
    sorts: Vec<Sort>,
    /// Rows in their order: those of before, where others are still being sorted.
    order: Option<Arc<EventOrder>>,
    sorting: Job<EventOrder>,
    /// What was picked when the marked rows were looked for.
    picked: Option<Pick>,
    marked: Marked,
    /// Where the keyboard is: the event that was picked last.
    cursor: Option<EventIndex>,
    grid: Grid,
    /// How many rows were copied since they changed.
    copied: Option<usize>,
    /// The text of many rows in the making, and how many they are.
    copying: Job<(String, usize)>,
}

impl Default for EventTable {
    fn default() -> Self {
        Self {
            open: false,
            wants_keyboard: false,
            sorts: vec![Sort { column: Column::Date, descending: false }],
            order: None,
            sorting: Job::default(),
            picked: None,
            marked: Marked::default(),
            cursor: None,
            grid: Grid::default(),
            copied: None,
            copying: Job::default(),
        }
    }
}

impl EventTable {
    /// What has the keyboard while the table has it.
    pub(crate) fn focus_id() -> Id {
        Id::unique("event table")
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    pub(crate) fn toggle(&mut self) {
        self.open = !self.open;
        self.wants_keyboard = self.open;
        if !self.open {
            self.order = None;
        }
    }

    /// Takes the keys that mean something else while the table has the keyboard.
    pub(crate) fn keys(&mut self, ctx: &Context, document: &Document, asked: &mut Asked) {
        if !self.open || !ctx.memory(|m| m.has_focus(Self::focus_id())) {
            return;
        }
        let order = self.follow(ctx, document);
        let presses = |key| ctx.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
        let steps = |key| isize::try_from(presses(key)).unwrap_or(0);
        let page = isize::try_from(self.grid.rows_in_sight()).unwrap_or(1);
        let by = steps(Key::ArrowDown) - steps(Key::ArrowUp)
            + page * (steps(Key::PageDown) - steps(Key::PageUp));
        let last = order.len().saturating_sub(1);
        let at = || order.place_of(&document.dataset, self.cursor?);
        let mut to = None;
        if by != 0 {
            let first = if by > 0 { 0 } else { last };
            to = Some(at().map_or(first, |at| at.saturating_add_signed(by).min(last)));
        }
        for (key, end) in [(Key::Home, 0), (Key::End, last)] {
            if presses(key) > 0 {
                to = Some(end);
            }
        }
        if presses(Key::Enter) > 0 {
            to = to.or_else(at).or(Some(0));
        }
        let row = to.map(|to| order.get(&document.dataset, to..to + 1));
        if let Some(row) = row.as_ref().and_then(|row| row.first()) {
            asked.command(pick_event(&document.dataset, row.event));
        }
        if ctx.input(|i| i.events.contains(&egui::Event::Copy)) {
            self.copy(ctx, document, &order);
        }
    }

    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        asked: &mut Asked,
    ) {
        let order = self.follow(ui.ctx(), document);
        self.head(ui, pen, document, &order, asked);
        if self.wants_keyboard {
            self.wants_keyboard = false;
            ui.memory_mut(|m| m.request_focus(Self::focus_id()));
        }
        let rows = Listed { document, order: &order, marked: &self.marked };
        let outcome = self.grid.show(ui, pen, &rows, Self::focus_id());
        ui.memory_mut(|m| {
            let all = EventFilter {
                tab: false,
                horizontal_arrows: true,
                vertical_arrows: true,
                escape: true,
            };
            m.set_focus_lock_filter(Self::focus_id(), all);
        });
        if let Some(column) = outcome.header {
            self.sort_by(column);
            // Its keys still work.
            ui.memory_mut(|m| m.request_focus(Self::focus_id()));
        }
        if let Some(event) = outcome.clicked {
            ui.memory_mut(|m| m.request_focus(Self::focus_id()));
            asked.command(pick_event(&document.dataset, event));
        }
        if let Some(event) = outcome.double_clicked {
            asked.commands.extend(go_to(document, event));
        }
    }

    fn head(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        order: &Arc<EventOrder>,
        asked: &mut Asked,
    ) {
        let place = egui::vec2(ui.available_width(), ui.spacing().interact_size.y + 8.0);
        let from_the_right = egui::Layout::right_to_left(egui::Align::Center);
        ui.allocate_ui_with_layout(place, from_the_right, |ui| {
            if pen.icon_button(ui, Icon::Close, "Close the table (T)").clicked() {
                asked.wish(Wish::Toggle(Part::Table));
            }
            let copy = ui.button("Copy as TSV");
            let about = "Header and all rows in this order, with identifiers and sources, as text for a \
                         spreadsheet (Ctrl + C while the table has the keyboard)";
            if copy.on_hover_text(about).clicked() {
                self.copy(&ui.ctx().clone(), document, order);
            }
            if let Some((text, n)) = self.copying.done() {
                ui.ctx().copy_text(text);
                self.copied = Some(n);
            }
            if self.copying.is_running() {
                ui.weak("Copying…");
            } else if let Some(n) = self.copied {
                let rows = if n == 1 { "row" } else { "rows" };
                ui.weak(format!("{} {rows} copied", words::thousands(n)));
            }
            if self.sorting.is_running() {
                let about = "The rows below are those of before";
                let n = words::thousands(document.selection.len());
                ui.weak(format!("Sorting {n} rows…")).on_hover_text(about);
            }
            let rest = egui::vec2(ui.available_width(), place.y);
            let from_the_left = egui::Layout::left_to_right(egui::Align::Center);
            ui.allocate_ui_with_layout(rest, from_the_left, |ui| {
                ui.add_space(7.0);
                title(ui, pen, document);
            });
        });
    }

    /// Copies all rows; of many the text is made on a thread of its own.
    fn copy(&mut self, ctx: &Context, document: &Document, order: &Arc<EventOrder>) {
        let (record, order) = (Arc::clone(&document.dataset), Arc::clone(order));
        let n = order.len();
        let text = move || event_tsv(&record, &order.get(&record, 0..order.len()));
        if n <= AT_ONCE {
            ctx.copy_text(text());
            self.copied = Some(n);
        } else {
            self.copying.start(ctx, move || (text(), n));
        }
    }

    /// Sorts by a column, or the other way round when it is sorted by it already.
    fn sort_by(&mut self, column: Column) {
        const REMEMBERED: usize = 3;
        let again = self.sorts.first().filter(|s| s.column == column);
        let descending = again.is_some_and(|s| !s.descending);
        self.sorts.retain(|s| s.column != column);
        self.sorts.insert(0, Sort { column, descending });
        self.sorts.truncate(REMEMBERED);
    }

    /// The rows that the document shows by now, in their order; where sorting them takes long, those of before until
    /// that is done.
    fn follow(&mut self, ctx: &Context, document: &Document) -> Arc<EventOrder> {
        let (record, rows) = (&document.dataset, document.selection.rows());
        let is_now = |order: &EventOrder, sorts: &[Sort]| order.is_of(rows, sorts);
        let mut changed = false;
        if let Some(sorted) = self.sorting.done() {
            // What is not of these rows any more is still nearer to them than what is shown.
            self.order = Some(Arc::new(sorted));
            changed = true;
        }
        if !self.order.as_ref().is_some_and(|order| is_now(order, &self.sorts)) {
            let at_once = EventOrder::is_at_once(&self.sorts) || rows.len() <= AT_ONCE;
            if at_once {
                self.order = Some(Arc::new(EventOrder::new(record, rows, &self.sorts)));
                changed = true;
            } else {
                let (record, rows) = (Arc::clone(record), rows.clone());
                let sorts = self.sorts.clone();
                self.sorting.start(ctx, move || EventOrder::new(&record, &rows, &sorts));
            }
        }
        if changed {
            self.copied = None;
        }
        let by_date = [Sort { column: Column::Date, descending: false }];
        let make = || Arc::new(EventOrder::new(record, rows, &by_date));
        let order = Arc::clone(self.order.get_or_insert_with(make));
        if changed || self.picked != document.view.picked {
            self.mark(document, &order);
        }
        order
    }

    /// Looks for the rows that stand out, and brings that of the picked event into view.
    fn mark(&mut self, document: &Document, order: &EventOrder) {
        let record = &document.dataset;
        if self.picked != document.view.picked {
            self.picked.clone_from(&document.view.picked);
            self.marked = match &self.picked {
                Some(Pick::Event(id)) => Marked::Event(record.find_event(id)),
                Some(Pick::Site(id)) => Marked::Places(
                    record.find_site(id).into_iter().flat_map(|s| record.places_of(s)).collect(),
                ),
                Some(Pick::Places(all)) => {
                    let numbers = all.iter().filter_map(|p| record.place_number(&p.find(record)?));
                    Marked::Places(numbers.map(|n| n as usize).collect())
                }
                Some(Pick::Actor(_) | Pick::Total(_) | Pick::Totals) | None => Marked::default(),
            };
        }
        if let Marked::Event(Some(event)) = self.marked {
            self.cursor = Some(event);
            self.grid.bring_into_view(order.place_of(record, event));
        }
    }
}

/// What is listed, and behind it as much as there is room for of what is not.
fn title(ui: &mut Ui, pen: &mut Pen, document: &Document) {
    const LEAST: f32 = 60.0;
    let theme = pen.theme;
    let title = heading(&document.dataset, &document.view, &document.selection);
    let rest = left_out(document);
    let width = ui.available_width();
    let head = pen.label_within(ui, &title, width, style::BODY_STRONG, theme.text);
    pen.hover(head, format!("{title}\n{rest}").trim_end());
    let width = ui.available_width();
    if !rest.is_empty() && width > LEAST {
        let line = pen.label_within(ui, &rest, width, style::BODY_SMALL, theme.text_muted);
        pen.hover(line, &rest);
    }
}

/// What the table does not list, as the rest of the window says it.
fn left_out(document: &Document) -> String {
    let Document { dataset, view, selection, .. } = document;
    let mut told = Vec::new();
    if let Some(left_out) = words::left_out(view, selection) {
        told.push(format!("Not listed: {left_out}."));
    }
    let cautions = words::cautions(dataset, view, selection);
    if !cautions.is_empty() {
        told.push(cautions);
    }
    told.join(" ")
}

/// What moves the map to an event; nothing does when it has no position.
fn go_to(document: &Document, event: EventIndex) -> Option<Command> {
    let event = document.dataset.event(event);
    let center = event.position.get().or(document.dataset.site(event.site).position)?;
    let zoom = document.view.camera.map_or(NEAR_ZOOM, |c| c.zoom.max(NEAR_ZOOM));
    Some(Command::SetCamera(Camera { center, zoom }))
}
