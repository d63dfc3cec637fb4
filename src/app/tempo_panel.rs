//! The pace of events in words, above the list of the window; each line leads to its days.

use std::sync::Arc;

use egui::{ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::actions::{Asked, Part, Wish};
use super::document::{Command, Document};
use super::in_sight;
use super::pen::{Icon, Pen};
use super::visuals::color;
use crate::analysis::tempo::{self, Line, told_window, window_heading};
use crate::analysis::{DayCounts, Mode, Tempo, words};
use crate::scene::theme::style;

/// What the button says while the pointer rests on it.
pub(crate) const WHAT: &str = "Bursts, quiet, busiest days and rolling counts (M)";

/// Height of the panel in points, until somebody drags its edge.
const DEFAULT_HEIGHT: f32 = 430.0;
/// A card has at least this height in points, else the lines fold away while it is open.
const CARD: f32 = 320.0;
/// Width in points that the scroll bar may cover.
const SCROLL_BAR: f32 = 12.0;
/// Height of a line in points, before it was laid out.
const LINE: f32 = 20.0;

/// State between frames.
#[derive(Default)]
pub(crate) struct TempoPanel {
    is_open: bool,
    /// Whether somebody wants its lines also where a card has little room beside them.
    is_kept: bool,
    tempo: Option<(Arc<DayCounts>, Arc<Tempo>)>,
    told: Option<Told>,
    of_window: Option<(u64, Vec<Line>)>,
}

/// What is said of the whole record.
struct Told {
    tempo: Arc<Tempo>,
    lines: Vec<Line>,
    notes: String,
}

impl TempoPanel {
    pub(crate) fn is_open(&self) -> bool {
        self.is_open
    }

    pub(crate) fn toggle(&mut self) {
        self.is_open = !self.is_open;
        self.is_kept = false;
    }

    /// The pace of what the document counts, while it is open; worked out anew only when rule or filter changed
    /// what counts.
    pub(crate) fn tempo(&mut self, document: &Document) -> Option<&Arc<Tempo>> {
        if !self.is_open {
            return None;
        }
        let counts = document.selection.day_counts();
        if !self.tempo.as_ref().is_some_and(|(of, _)| Arc::ptr_eq(of, counts)) {
            let tempo = Arc::new(Tempo::of(counts, document.extent()));
            self.tempo = Some((Arc::clone(counts), tempo));
        }
        self.tempo.as_ref().map(|(_, tempo)| tempo)
    }

    /// The panel, where it is open: at first up to half of the column, so that the list stays in sight.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        asked: &mut Asked,
    ) {
        let Some(tempo) = self.tempo(document).map(Arc::clone) else { return };
        self.tell(&tempo, document);
        let (Some(told), Some((_, of_window))) = (&self.told, &self.of_window) else { return };
        let height = ui.available_height();
        let frame = egui::Frame::new().fill(color(pen.theme.panel)).inner_margin(egui::Margin {
            left: 14,
            right: 8,
            top: 6,
            bottom: 6,
        });
        let is_tight =
            document.view.picked.is_some() && height < DEFAULT_HEIGHT.min(height * 0.5) + CARD;
        let is_folded = is_tight && !self.is_kept;
        if is_folded {
            egui::Panel::top("tempo folded").frame(frame).show(ui, |ui| {
                if head(ui, pen, document, Some("Lines"), asked) {
                    self.is_kept = true;
                }
            });
            return;
        }
        egui::Panel::top("tempo")
            .frame(frame)
            .resizable(true)
            .default_size(DEFAULT_HEIGHT.min(height * 0.5))
            .size_range((height * 0.75).min(80.0)..=height * 0.75)
            .show(ui, |ui| {
                if head(ui, pen, document, is_tight.then_some("Fold"), asked) {
                    self.is_kept = false;
                }
                ScrollArea::vertical()
                    .id_salt("tempo")
                    .auto_shrink(false)
                    .show(ui, |ui| body(ui, pen, document, (of_window, told), asked));
            });
    }

    /// Says what is not said yet: that about the record when the counts changed, that about the window when it moved.
    fn tell(&mut self, tempo: &Arc<Tempo>, document: &Document) {
        let Document { dataset, view, revision, .. } = document;
        if !self.told.as_ref().is_some_and(|told| Arc::ptr_eq(&told.tempo, tempo)) {
            let lines = tempo::record_lines(tempo, dataset, view);
            let notes = tempo::notes(tempo, view);
            self.told = Some(Told { tempo: Arc::clone(tempo), lines, notes });
        }
        if self.of_window.as_ref().is_none_or(|(of, _)| of != revision) {
            self.of_window = Some((*revision, tempo::window_lines(tempo, dataset, view)));
        }
    }
}

/// What it is, and a button to fold it or to show its lines, if any; says whether that was clicked.
fn head(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    button: Option<&str>,
    asked: &mut Asked,
) -> bool {
    ui.horizontal(|ui| {
        let words = format!("Tempo of {}", document.view.rule.noun(2));
        pen.label(ui, &words, style::BODY_STRONG, pen.theme.text);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if pen.icon_button(ui, Icon::Close, "Close the tempo (M)").clicked() {
                asked.wish(Wish::Toggle(Part::Tempo));
            }
            let about = "While a card is open its lines fold away where there is little room";
            button.is_some_and(|name| ui.button(name).on_hover_text(about).clicked())
        })
        .inner
    })
    .inner
}

fn body(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    (of_window, told): (&[Line], &Told),
    asked: &mut Asked,
) {
    ui.spacing_mut().item_spacing.y = 4.0;
    // The scroll bar lies over what is below it.
    ui.set_max_width(ui.available_width() - SCROLL_BAR);
    let window = window_heading(&document.view);
    for (heading, lines) in [(window.as_str(), of_window), ("The whole record", &told.lines)] {
        pen.paragraph(ui, heading, style::BODY_SMALL_STRONG, pen.theme.text_muted);
        for (i, told) in lines.iter().enumerate() {
            let name = format!("{heading} {i}");
            in_sight::show(ui, &name, LINE, |ui| line(ui, pen, document, told, asked));
        }
        ui.add_space(5.0);
    }
    pen.paragraph(ui, &told.notes, style::BODY_SMALL, pen.theme.text_muted);
}

/// A line; where it is about days, a click sets the window to them.
fn line(ui: &mut Ui, pen: &mut Pen, document: &Document, line: &Line, asked: &mut Asked) {
    let ground = ui.painter().add(egui::Shape::Noop);
    let text = if line.days.is_some() { pen.theme.accent } else { pen.theme.text };
    let label = pen.paragraph(ui, &line.words, style::BODY_SMALL, text);
    let method = line.measure.method();
    let Some(days) = line.days else {
        pen.hover(label, method);
        return;
    };
    let response = label.interact(Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Link, enabled, &line.words));
    let is_shown = told_window(&document.view) == days;
    if response.hovered() || response.has_focus() || is_shown {
        let fill = color(pen.theme.accent_soft);
        let rect = response.rect.expand2(vec2(5.0, 2.0));
        ui.painter().set(ground, egui::Shape::rect_filled(rect, 3.0, fill));
    }
    let hint = format!("{}: a click sets the window to these days. {method}", words::span(days));
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if pen.hover(response, &hint).clicked() {
        asked.wish(Wish::StopPlay);
        asked.command(Command::SetWindow(days));
        // The day alone would not show what the line counts.
        if document.view.mode == Mode::Day {
            asked.command(Command::SetMode(Mode::Window));
        }
    }
}
