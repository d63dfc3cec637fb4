//! A table of which only the rows and columns in sight are laid out: its header stays, and so do the
//! columns on the left that say which event a row is.

use std::collections::BTreeSet;

use egui::{
    Align, Id, Layout, Rect, Response, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::document::Document;
use super::event_list;
use super::facts::{self, MARK};
use super::pen::Pen;
use super::visuals::color;
use crate::analysis::event_order::EventOrder;
use crate::analysis::event_table::{Cell, Column, Sort, cell};
use crate::analysis::{Record, Shown, words};
use crate::domain::EventIndex;
use crate::scene::theme::style;

/// Height of a row in points.
const ROW: f32 = 26.0;
/// Height of the header in points.
const HEADER: f32 = 26.0;
/// Room on the left and on the right of a cell's text.
const PAD: f32 = 7.0;

/// Width of the column of classes where there is room for their marks only.
const MARK_ONLY: f32 = 62.0;

/// Rows that stand out.
#[derive(Debug, Default)]
pub(crate) enum Marked {
    #[default]
    Nothing,
    /// The one of the picked event, where the record has it.
    Event(Option<EventIndex>),
    /// Those of the picked site, glyph or note: the numbers of its places in the record.
    Places(BTreeSet<usize>),
}

impl Marked {
    fn is_event(&self, event: EventIndex) -> bool {
        matches!(self, Self::Event(Some(picked)) if *picked == event)
    }

    fn is_beside(&self, record: &Record, event: EventIndex) -> bool {
        match self {
            Self::Places(places) => places.contains(&(record.table().place(event.get()) as usize)),
            Self::Nothing | Self::Event(_) => false,
        }
    }
}

/// What is shown.
pub(crate) struct Listed<'a> {
    pub(crate) document: &'a Document,
    pub(crate) order: &'a EventOrder,
    pub(crate) marked: &'a Marked,
}

/// What was clicked.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) header: Option<Column>,
    pub(crate) clicked: Option<EventIndex>,
    pub(crate) double_clicked: Option<EventIndex>,
}

/// Where it is scrolled to.
#[derive(Default)]
pub(crate) struct Grid {
    /// How far it is scrolled down, and the height of what is in sight, in points.
    seen: Option<(f32, f32)>,
    wanted: Option<usize>,
}

/// Where columns lie: their left edges, the right edge of the last, and how many stay on the left.
struct Columns {
    edges: Vec<f32>,
    pinned: usize,
}

impl Grid {
    /// Scrolls no farther than it takes to see a row.
    pub(crate) fn bring_into_view(&mut self, row: Option<usize>) {
        self.wanted = row.or(self.wanted);
    }

    /// How many rows are wholly in sight; at least one.
    pub(crate) fn rows_in_sight(&self) -> usize {
        self.seen.map_or(1, |(_, height)| row_at(height).max(1))
    }

    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        rows: &Listed<'_>,
        focus: Id,
    ) -> Outcome {
        let mut outcome = Outcome::default();
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let width = ui.available_width();
        let columns = Columns::over(width);
        let (header, _) = ui.allocate_exact_size(vec2(width, HEADER), Sense::hover());
        let body = ui.available_rect_before_wrap();
        let keyboard = ui.interact(body, focus, Sense::focusable_noninteractive());
        keyboard.widget_info(|| WidgetInfo::labeled(Role::Table, true, "Table of the events"));
        let mut area = ScrollArea::both().id_salt("event table").auto_shrink(false);
        if let Some(offset) = self.wanted.take().and_then(|row| self.offset_to(row)) {
            area = area.vertical_scroll_offset(offset);
        }
        let scrolled = area.show_viewport(ui, |ui, viewport| {
            ui.set_min_size(vec2(columns.width(), top_of(rows.order.len())));
            let origin = ui.max_rect().min;
            let first = row_at(viewport.top());
            let last = (row_at(viewport.bottom()) + 1).min(rows.order.len());
            let shown = rows.order.get(&rows.document.dataset, first.min(last)..last);
            for (number, shown) in (first..).zip(shown) {
                let left_top = egui::pos2(origin.x + viewport.left(), origin.y + top_of(number));
                let place = Rect::from_min_size(left_top, vec2(viewport.width(), ROW));
                row(
                    ui,
                    pen,
                    rows,
                    (number, shown, place),
                    &columns.placed(place, viewport.left()),
                    &mut outcome,
                );
            }
            viewport.left()
        });
        self.seen = Some((scrolled.state.clamped_offset().y, scrolled.inner_rect.height()));
        for cell in columns.placed(header, scrolled.inner) {
            heading(ui, pen, rows.order.sorted_by(), &cell, &mut outcome);
        }
        let line = ui.visuals().widgets.noninteractive.bg_stroke;
        ui.painter().hline(header.x_range(), header.bottom() - 0.5, line);
        if scrolled.inner > 0.0 && columns.pinned > 0 {
            let x = header.left() + columns.edges[columns.pinned];
            ui.painter().vline(x, header.y_range().union(body.y_range()), line);
        }
        if rows.order.is_empty() {
            nothing(ui, pen, rows.document, body);
        }
        if keyboard.has_focus() {
            let stroke = egui::Stroke::new(1.0, color(pen.theme.accent));
            ui.painter().rect_stroke(body, 0.0, stroke, egui::StrokeKind::Inside);
        }
        outcome
    }

    /// How far to scroll down to see a row; `None` when it is in sight.
    fn offset_to(&self, row: usize) -> Option<f32> {
        let (top, bottom) = (top_of(row), top_of(row + 1));
        let Some((offset, height)) = self.seen else {
            return Some((top - 2.0 * ROW).max(0.0));
        };
        if top < offset {
            Some(top)
        } else if bottom > offset + height {
            Some((bottom - height).max(0.0))
        } else {
            None
        }
    }
}

/// One cell's place, and the part of the window that it may be seen in.
struct Place {
    column: Column,
    rect: Rect,
    clip: Rect,
}

impl Columns {
    /// Columns over a width, wider than it where they must be.
    fn over(width: f32) -> Self {
        let least: f32 = Column::ALL.into_iter().map(|c| widths(c).0).sum();
        let wish: f32 = Column::ALL.into_iter().map(|c| widths(c).1).sum();
        let share = ((width - least) / (wish - least)).clamp(0.0, 1.0);
        // What is left beyond the wishes goes to all columns alike.
        let more = (width / wish).max(1.0);
        let scrolls = width < least;
        let mut edges = vec![0.0];
        let mut x = 0.0;
        for column in Column::ALL {
            let (least, wish) = widths(column);
            x += match column {
                // What stays is read in full, and the mark says the class.
                Column::Date | Column::Site if scrolls => wish,
                Column::Class if scrolls => MARK_ONLY,
                _ => (least + (wish - least) * share) * more,
            };
            edges.push(x);
        }
        let pinned = match width {
            w if w < 340.0 => 0,
            w if w < 620.0 => 1,
            _ => 2,
        };
        Self { edges, pinned }
    }

    fn width(&self) -> f32 {
        self.edges.last().copied().unwrap_or(0.0)
    }

    /// The cells in sight of a row of the table that is scrolled to the right by some points; the row's
    /// place is as wide as what is in sight.
    fn placed(&self, row: Rect, scrolled: f32) -> Vec<Place> {
        let fixed = row.left() + self.edges[self.pinned];
        let cells =
            self.edges.windows(2).zip(Column::ALL).enumerate().map(|(i, (ends, column))| {
                let stays = i < self.pinned;
                let shift = row.left() - if stays { 0.0 } else { scrolled };
                let rect = Rect::from_x_y_ranges(shift + ends[0]..=shift + ends[1], row.y_range());
                let clip = if stays { row } else { row.with_min_x(fixed) };
                Place { column, rect, clip }
            });
        cells.filter(|p| p.rect.intersect(p.clip).width() > 0.0).collect()
    }
}

/// The narrowest that a column can be read at, and the width that shows nearly all of it.
fn widths(column: Column) -> (f32, f32) {
    match column {
        Column::Date => (140.0, 212.0),
        Column::Site => (150.0, 190.0),
        Column::Place => (130.0, 150.0),
        Column::Class => (200.0, 226.0),
        Column::Weapon => (114.0, 150.0),
        Column::Number | Column::Killed | Column::Wounded => (72.0, 80.0),
        Column::AttributedTo | Column::ClaimedBy => (110.0, 190.0),
        Column::Status => (70.0, 80.0),
        Column::Confidence => (84.0, 92.0),
        Column::Reports => (66.0, 74.0),
        Column::Certainty => (96.0, 104.0),
    }
}

fn row(
    ui: &mut Ui,
    pen: &mut Pen,
    rows: &Listed<'_>,
    (number, shown, place): (usize, Shown, Rect),
    cells: &[Place],
    outcome: &mut Outcome,
) {
    let record = &rows.document.dataset;
    let event = record.event(shown.event);
    let id = ui.scope_id().with(("row", shown.event));
    // The keyboard goes to the table as a whole, not from row to row.
    let response =
        ui.interact(place, id, Sense::CLICK).on_hover_cursor(egui::CursorIcon::PointingHand);
    let picked = rows.marked.is_event(shown.event);
    response.widget_info(|| {
        let (site, date) = (&record.site(event.site).name, words::event_date(&event.date));
        let name = format!("Row {} of {}: {date}, {site}", number + 1, rows.order.len());
        WidgetInfo::selected(Role::Row, true, picked, name)
    });
    if response.clicked() {
        outcome.clicked = Some(shown.event);
    }
    if response.double_clicked() {
        outcome.double_clicked = Some(shown.event);
    }
    let theme = pen.theme;
    if picked {
        ui.painter().rect_filled(place, 0.0, color(theme.accent_soft));
    } else if response.hovered() {
        ui.painter().rect_filled(place, 0.0, color(theme.panel));
    }
    ui.painter().hline(
        place.x_range(),
        place.bottom() - 0.5,
        (1.0, color(theme.rule).gamma_multiply(0.7)),
    );
    for place in cells {
        let inner = place.rect.shrink2(vec2(PAD, 0.0));
        let seen = place.clip.x_range();
        let whole = seen.contains(inner.left()) && seen.contains(inner.right());
        if place.column.is_number() && !whole {
            // Half a number is another number: "5–6" cut off reads as 5.
            continue;
        }
        let layout = if place.column.is_number() {
            Layout::right_to_left(Align::Center)
        } else {
            Layout::left_to_right(Align::Center)
        };
        let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
        child.shrink_clip_rect(place.clip);
        let about = child.interact(place.rect, id.with(place.column), Sense::hover());
        let mut width = inner.width();
        if place.column == Column::Class {
            facts::event_mark(&mut child, pen, record, event);
            if place.rect.width() <= MARK_ONLY {
                continue;
            }
            child.add_space(5.0);
            width -= MARK + 5.0;
        }
        text(&mut child, pen, &cell(record, shown, place.column), width, about);
    }
    if picked || rows.marked.is_beside(record, shown.event) {
        let bar = place.with_max_x(place.left() + 3.0);
        ui.painter().rect_filled(bar, 0.0, color(theme.accent));
    }
}

fn text(ui: &mut Ui, pen: &mut Pen, cell: &Cell, width: f32, about: Response) {
    let look = style::BODY_SMALL;
    let ink = if cell.known { pen.theme.text } else { pen.theme.text_muted };
    pen.label_within(ui, &cell.text, width.max(1.0), look, ink);
    if !about.hovered() {
        return;
    }
    let whole = pen.shaper.shape(&cell.text, look).width() <= width;
    let lines = match &cell.about {
        Some(more) if cell.text == "–" => more.clone(),
        Some(more) => format!("{}\n{more}", cell.text),
        None if whole => return,
        None => cell.text.clone(),
    };
    pen.hover(about, &lines);
}

/// The head of a column: a button that sorts by it.
fn heading(ui: &mut Ui, pen: &mut Pen, sort: Option<&Sort>, place: &Place, outcome: &mut Outcome) {
    const ARROW: f32 = 12.0;
    let (theme, column) = (pen.theme, place.column);
    let sorted = sort.filter(|s| s.column == column);
    let seen = place.rect.intersect(place.clip);
    let response = ui.interact(seen, ui.scope_id().with(("head", column)), Sense::click());
    let state = match sorted {
        None => "",
        Some(Sort { descending: false, .. }) => " (sorted, lowest first)",
        Some(Sort { descending: true, .. }) => " (sorted, highest first)",
    };
    let enabled = ui.is_enabled();
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, enabled, format!("Sort by {}{state}", column.label()))
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(seen, 0.0, color(theme.panel));
    }
    let inner = place.rect.shrink2(vec2(PAD, 0.0));
    let layout = if column.is_number() {
        Layout::right_to_left(Align::Center)
    } else {
        Layout::left_to_right(Align::Center)
    };
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    child.shrink_clip_rect(place.clip);
    let ink = if sorted.is_some() { theme.text } else { theme.text_muted };
    let width = inner.width() - if sorted.is_some() { ARROW } else { 0.0 };
    let label =
        pen.label_within(&mut child, column.label(), width.max(1.0), style::BODY_SMALL_STRONG, ink);
    if let Some(sort) = sorted {
        let x = if column.is_number() { label.rect.left() - 7.0 } else { label.rect.right() + 7.0 };
        arrow(&child, egui::pos2(x, inner.center().y), sort.descending, color(ink));
    }
    if response.clicked() {
        outcome.header = Some(column);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(column.about());
}

/// Up where the lowest comes first, down where the highest does.
fn arrow(ui: &Ui, center: egui::Pos2, down: bool, ink: egui::Color32) {
    let dy = if down { 1.0 } else { -1.0 };
    let corners = [vec2(-3.5, -2.0 * dy), vec2(3.5, -2.0 * dy), vec2(0.0, 3.0 * dy)];
    let points = corners.map(|c| center + c).to_vec();
    ui.painter().add(egui::Shape::convex_polygon(points, ink, egui::Stroke::NONE));
}

fn nothing(ui: &mut Ui, pen: &mut Pen, document: &Document, body: Rect) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(body.shrink(PAD)));
    let text = match event_list::nothing_passes(document) {
        Some((words, _)) => words,
        None => format!(
            "No {} in these days. Absence from the record is not calm.",
            document.view.rule.noun(0)
        ),
    };
    let ink = pen.theme.text_muted;
    pen.paragraph(&mut child, &text, style::BODY_SMALL, ink);
}

/// Where a row begins, in points from the first.
#[expect(clippy::cast_precision_loss, reason = "numbers of rows fit f32 well enough to scroll")]
fn top_of(row: usize) -> f32 {
    row as f32 * ROW
}

/// The row at some points from the first.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held to be a number of rows"
)]
fn row_at(y: f32) -> usize {
    (y / ROW).floor().max(0.0) as usize
}
