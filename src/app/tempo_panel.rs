//! The pace of events as a table, above the list of the window; each of its rows leads to its days.

use std::sync::Arc;

use egui::{ScrollArea, Sense, Ui, WidgetInfo};

use super::actions::{Asked, Part, Wish};
use super::document::Document;
use super::pen::{Icon, Pen};
use super::tempo_rows::{ROW, Rows};
use super::visuals::color;
use crate::analysis::tempo::{self, Line, Measure, window_heading};
use crate::analysis::{DayCounts, Tempo};
use crate::scene::theme::style;

/// What the button says while the pointer rests on it.
pub(crate) const WHAT: &str = "Bursts, quiet, busiest days and rolling counts (M)";

/// Of the height of its column the panel takes at most this share, until somebody drags its edge; or, in a low
/// window, all but the height in points of the first row of the list.
const SHARE: f32 = 0.62;
const LIST: f32 = 105.0;
/// Height in points of what is not rows: the head, the gaps and the margins.
const AROUND: f32 = 60.0;
/// Room in points between the parts.
const GAP: f32 = 4.0;
/// A card has at least this height in points, else the lines fold away while it is open.
const CARD: f32 = 320.0;
/// Width in points that the scroll bar may cover.
const SCROLL_BAR: f32 = 12.0;

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

impl Told {
    fn bursts(&self) -> &[Line] {
        self.lines.split_at(self.first_burst()).1
    }

    fn others(&self) -> &[Line] {
        self.lines.split_at(self.first_burst()).0
    }

    /// Bursts come last, so that however many there are, everything else is above them.
    fn first_burst(&self) -> usize {
        self.lines
            .iter()
            .position(|line| line.measure == Measure::Burst)
            .unwrap_or(self.lines.len())
    }

    /// Height in points at which all of it is in sight.
    fn height(&self) -> f32 {
        // Three headings, and three rows about the window.
        let noted = self.lines.iter().filter(|line| !line.cells.note.is_empty()).count();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a height far above that of any screen is cut"
        )]
        let rows = (6 + self.lines.len() + noted) as f32;
        rows * ROW + AROUND
    }
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

    /// The panel, where it is open: at first as high as its rows, but so that the list stays in sight.
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
        let default = told.height().min((height * SHARE).max(height - LIST));
        let is_tight = document.view.picked.is_some() && height < default + CARD;
        let is_folded = is_tight && !self.is_kept;
        if is_folded {
            egui::Panel::top("tempo folded").frame(frame).show(ui, |ui| {
                if head(ui, pen, (document, &told.notes), Some("Lines"), asked) {
                    self.is_kept = true;
                }
            });
            return;
        }
        egui::Panel::top("tempo")
            .frame(frame)
            .resizable(true)
            .default_size(default)
            .size_range((height * 0.75).min(80.0)..=height * 0.75)
            .show(ui, |ui| {
                if head(ui, pen, (document, &told.notes), is_tight.then_some("Fold"), asked) {
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

/// What it is and how it is counted, and a button to fold it or to show its lines, if any; says whether that was
/// clicked.
fn head(
    ui: &mut Ui,
    pen: &mut Pen,
    (document, notes): (&Document, &str),
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
            method(ui, pen, notes);
            let about = "While a card is open its lines fold away where there is little room";
            button.is_some_and(|name| ui.button(name).on_hover_text(about).clicked())
        })
        .inner
    })
    .inner
}

/// A word that says how all of it is counted and what is left out, while the pointer or the keyboard is on it.
fn method(ui: &mut Ui, pen: &mut Pen, notes: &str) {
    let label = pen.label(ui, "Method", style::BODY_SMALL, pen.theme.text_muted);
    let response = label.interact(Sense::focusable_noninteractive());
    let enabled = ui.is_enabled();
    let said = format!("Method: {notes}");
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, enabled, &said));
    let ends = [response.rect.left_bottom(), response.rect.right_bottom()];
    let line = egui::Stroke::new(1.0, color(pen.theme.text_muted));
    ui.painter().extend(egui::Shape::dashed_line(&ends, line, 2.0, 2.0));
    if response.has_focus() {
        response.show_tooltip_text(notes);
    }
    pen.hover(response.on_hover_cursor(egui::CursorIcon::Help), notes);
}

fn body(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    (of_window, told): (&[Line], &Told),
    asked: &mut Asked,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    // The scroll bar lies over what is below it.
    ui.set_max_width(ui.available_width() - SCROLL_BAR);
    let mut rows = Rows { pen, document, asked };
    rows.heading(ui, &window_heading(&document.view));
    rows.of_window(ui, of_window);
    ui.add_space(GAP);
    rows.heading(ui, "The whole record");
    rows.of_record(ui, told.others());
    ui.add_space(GAP);
    rows.bursts(ui, told.bursts());
}
