//! The rows of the panel on the pace of events: a line each, in columns.

use std::sync::Arc;

use egui::{Rect, Response, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::actions::{Asked, Wish};
use super::document::{Command, Document};
use super::in_sight;
use super::pen::Pen;
use super::visuals::color;
use crate::analysis::tempo::{Line, Measure, told_window};
use crate::analysis::{Mode, words};
use crate::scene::text::{ShapedText, TextStyle};
use crate::scene::theme::style;
use crate::scene::{Rgba, Text};

/// Height of a row in points.
pub(crate) const ROW: f32 = 17.5;
/// Least room in points between two texts of a row.
const GAP: f32 = 7.0;
/// Room in points between the parts of a row that has several.
const APART: f32 = 16.0;
/// Width in points of the column of events a day.
const PER_DAY: f32 = 38.0;
/// Where the days of a burst begin, in points, and how far each level stands in.
const BURST: [f32; 2] = [16.0, 7.0];
/// A burst of a higher level stands in no farther.
const MOST_LEVELS: u32 = 4;

/// What rows are drawn with.
pub(crate) struct Rows<'a> {
    pub(crate) pen: &'a mut Pen,
    pub(crate) document: &'a Document,
    pub(crate) asked: &'a mut Asked,
}

/// Where a text stands in its row, in points from the left.
#[derive(Clone, Copy)]
enum At {
    Left(f32),
    Right(f32),
}

impl Rows<'_> {
    pub(crate) fn heading(&mut self, ui: &mut Ui, words: &str) {
        let (rect, response) = place(ui, Sense::hover());
        labeled(ui, &response, egui::Role::Label, words);
        let muted = self.pen.theme.text_muted;
        self.text(ui, rect, At::Left(0.0), words, style::BODY_SMALL_STRONG, muted);
    }

    /// The rows about the window; the last days, both of which end with it, stand side by side.
    pub(crate) fn of_window(&mut self, ui: &mut Ui, lines: &[Line]) {
        let is_of_days =
            |line: &&Line| matches!(line.measure, Measure::Last7Days | Measure::Last30Days);
        let pair: Vec<&Line> = lines.iter().filter(is_of_days).collect();
        for line in lines {
            match line.measure {
                Measure::Last7Days => self.side_by_side(ui, &pair),
                Measure::Last30Days => {}
                _ => self.row(ui, line, None),
            }
        }
    }

    /// The rows about the record but for bursts: what it is, its days, its number.
    pub(crate) fn of_record(&mut self, ui: &mut Ui, lines: &[Line]) {
        let dated = lines.iter().filter(|line| line.days.is_some());
        let names = dated.map(|line| self.width(&line.cells.name, style::BODY_SMALL));
        let column = names.fold(0.0, f32::max) + 2.0 * GAP;
        for line in lines {
            self.row(ui, line, Some(column));
        }
    }

    /// The bursts under a row that says what stands in their columns.
    pub(crate) fn bursts(&mut self, ui: &mut Ui, lines: &[Line]) {
        let [first, ..] = lines else { return };
        if first.level.is_none() {
            self.row(ui, first, None);
            return;
        }
        let (rect, response) = place(ui, Sense::hover());
        let noun = self.document.view.rule.noun(2);
        let said = format!("Bursts: level, days, {noun}, {noun} a day");
        labeled(ui, &response, egui::Role::Label, &said);
        let muted = self.pen.theme.text_muted;
        let heading = "Bursts by level";
        self.text(ui, rect, At::Left(0.0), heading, style::BODY_SMALL_STRONG, muted);
        let right = rect.width();
        self.text(ui, rect, At::Right(right - PER_DAY), noun, style::BODY_SMALL, muted);
        self.text(ui, rect, At::Right(right), "a day", style::BODY_SMALL, muted);
        in_sight::rows(ui, ROW, lines.len(), |ui, number| self.burst(ui, &lines[number]));
    }

    fn burst(&mut self, ui: &mut Ui, line: &Line) {
        let (rect, response) = self.link(ui, line, vec2(ui.available_width(), ROW));
        let theme = self.pen.theme;
        let level = line.level.unwrap_or(1);
        self.text(ui, rect, At::Left(0.0), &level.to_string(), style::BODY_SMALL, theme.text_muted);
        let right = rect.width();
        let value = At::Right(right - PER_DAY);
        let cells = &line.cells;
        self.text(ui, rect, value, &cells.value, style::BODY_SMALL_STRONG, theme.text);
        self.text(ui, rect, At::Right(right), &cells.per_day, style::BODY_SMALL, theme.text);
        let steps = u8::try_from(level.min(MOST_LEVELS) - 1).unwrap_or(0);
        let left = BURST[0] + BURST[1] * f32::from(steps);
        let value = self.width(&cells.value, style::BODY_SMALL_STRONG);
        let room = right - PER_DAY - value - GAP - left;
        let days = self.pen.shaper.shape_within(&cells.days, style::BODY_SMALL, room);
        self.shaped(ui, rect, At::Left(left), days, theme.accent);
        self.done(response, line);
    }

    /// Two lines in one row, each with its own days.
    fn side_by_side(&mut self, ui: &mut Ui, lines: &[&Line]) {
        let strong = style::BODY_SMALL_STRONG;
        let widths: Vec<f32> = lines
            .iter()
            .map(|line| {
                let name = self.width(&line.cells.name, style::BODY_SMALL);
                name + GAP + self.width(&line.cells.value, strong)
            })
            .collect();
        let up_to = words::day_short(told_window(&self.document.view).last());
        let up_to = format!("Up to {up_to}");
        let (row, _) = place(ui, Sense::hover());
        let all = widths.iter().sum::<f32>() + APART;
        let has_room = self.width(&up_to, style::BODY_SMALL) + APART + all <= row.width();
        let mut left = 0.0;
        if has_room {
            let text = self.pen.theme.text;
            self.text(ui, row, At::Left(0.0), &up_to, style::BODY_SMALL, text);
            left = row.width() - all;
        }
        for (line, width) in lines.iter().zip(widths) {
            let rect = Rect::from_min_size(row.min + vec2(left, 0.0), vec2(width, ROW));
            left += width + APART;
            let mut part =
                ui.new_child(egui::UiBuilder::new().id_salt(line.measure.code()).max_rect(rect));
            let ui = &mut part;
            let (rect, response) = self.link(ui, line, vec2(width, ROW));
            let theme = self.pen.theme;
            let name = if line.days.is_some() { theme.accent } else { theme.text };
            self.text(ui, rect, At::Left(0.0), &line.cells.name, style::BODY_SMALL, name);
            self.text(ui, rect, At::Right(width), &line.cells.value, strong, theme.text);
            self.done(response, line);
        }
    }

    /// What it is, its days where there is a column for them, and its number at the right edge; what has no room there
    /// stands on a second line.
    fn row(&mut self, ui: &mut Ui, line: &Line, column: Option<f32>) {
        let theme = self.pen.theme;
        let cells = &line.cells;
        let width = ui.available_width();
        let (small, strong) = (style::BODY_SMALL, style::BODY_SMALL_STRONG);
        let name = self.width(&cells.name, small);
        let value = self.width(&cells.value, strong);
        let days = column.map_or(0.0, |_| self.width(&cells.days, small));
        let has_room = |left: f32| left + days + GAP + value <= width;
        let left = column.filter(|left| has_room(*left)).unwrap_or(name + GAP);
        let second = !has_room(if days > 0.0 { left } else { name });
        let height = if second { 2.0 * ROW } else { ROW };
        let (rect, response) = self.link(ui, line, vec2(width, height));
        let link = if line.days.is_some() { theme.accent } else { theme.text };
        let is_dated = days > 0.0;
        self.text(
            ui,
            rect,
            At::Left(0.0),
            &cells.name,
            small,
            if is_dated { theme.text } else { link },
        );
        let below = if second { rect.translate(vec2(0.0, ROW)) } else { rect };
        if is_dated {
            let at = At::Left(if second { GAP } else { left });
            self.text(ui, below, at, &cells.days, small, link);
        }
        self.text(ui, below, At::Right(width), &cells.value, strong, theme.text);
        self.done(response, line);
        if !cells.note.is_empty() {
            self.pen.paragraph(ui, &cells.note, small, theme.text_muted);
        }
    }

    /// The place of a line; it stands out while it is pointed at, and while the window has its days.
    fn link(&mut self, ui: &mut Ui, line: &Line, size: Vec2) -> (Rect, Response) {
        let sense = if line.days.is_some() { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(size, sense);
        let role = if line.days.is_some() { egui::Role::Link } else { egui::Role::Label };
        labeled(ui, &response, role, &line.words);
        let is_shown = line.days == Some(told_window(&self.document.view));
        let is_lit = line.days.is_some() && (response.hovered() || response.has_focus());
        if is_lit || is_shown {
            let fill = color(self.pen.theme.accent_soft);
            ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), 3.0, fill);
        }
        (rect, response)
    }

    /// What a line says while the pointer rests on it; a click sets the window to its days.
    fn done(&mut self, response: Response, line: &Line) {
        let method = line.measure.method();
        let Some(days) = line.days else {
            self.pen.hover(response, &format!("{}. {method}", line.words));
            return;
        };
        let hint =
            format!("{}. A click sets the window to {}. {method}", line.words, words::span(days));
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        if self.pen.hover(response, &hint).clicked() {
            self.asked.wish(Wish::StopPlay);
            self.asked.command(Command::SetWindow(days));
            // The day alone would not show what the line counts.
            if self.document.view.mode == Mode::Day {
                self.asked.command(Command::SetMode(Mode::Window));
            }
        }
    }

    fn width(&mut self, text: &str, style: TextStyle) -> f32 {
        self.pen.shaper.shape(text, style).width()
    }

    fn text(&mut self, ui: &Ui, row: Rect, at: At, text: &str, style: TextStyle, color: Rgba) {
        let shaped = self.pen.shaper.shape(text, style);
        self.shaped(ui, row, at, shaped, color);
    }

    fn shaped(&mut self, ui: &Ui, row: Rect, at: At, shaped: Arc<ShapedText>, color: Rgba) {
        let left = match at {
            At::Left(x) => row.left() + x,
            At::Right(x) => row.left() + x - shaped.width(),
        };
        let at = pos2(left, row.top() + (ROW - shaped.height()) / 2.0);
        let text = Text { origin: at.into(), shaped, color, halo: None };
        self.pen.painter.paint_text(ui.painter(), &text, 1.0);
    }
}

/// The place of a row as wide as there is room.
fn place(ui: &mut Ui, sense: Sense) -> (Rect, Response) {
    ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense)
}

fn labeled(ui: &Ui, response: &Response, role: egui::Role, words: &str) {
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(role, enabled, words));
}
