//! What is dropped on the window: figures that are opened again, read beside it, and the card that says what has
//! changed in the record since.
//!
//! Must not change what is looked at: what was read is handed to the atlas.

use std::path::PathBuf;

use egui::{Align2, Area, Context, Frame, Id, Order, RichText, ScrollArea, Ui, vec2};

use super::actions::{Asked, Wish};
use super::document::{Command, Document};
use super::job::Job;
use super::pen::Pen;
use super::visuals::color;
use crate::analysis::{Pick, words};
use crate::data::figure_file::{Change, ChangeKind};
use crate::data::project::{RestoredProject, project_words};
use crate::data::{FigureFile, Restored, Since};
use crate::scene::theme::style;

/// Width of the card.
const WIDTH: f32 = 380.0;
/// Height of a line of the list, and most of all of them.
const LINE: f32 = 19.0;
const LIST: f32 = 190.0;

/// What is being read, and what is said of what was read.
#[derive(Default)]
pub(crate) struct Reopened {
    reading: Job<Result<FigureFile, String>>,
    card: Option<Card>,
    /// A file that was dropped and is no figure.
    record: Option<PathBuf>,
}

/// What is said of a figure.
struct Card {
    title: String,
    /// A sentence each.
    words: Vec<String>,
    lines: Vec<Line>,
    /// Whether it is of the record that is open, so that it can be made again.
    can_be_made: bool,
}

/// A line of the list of what changed.
enum Line {
    Heading(ChangeKind, usize),
    Event(Change),
}

impl Reopened {
    /// Takes what was dropped on the window, and gives the figure that was read.
    pub(crate) fn take_dropped(&mut self, ctx: &Context, pen: &mut Pen) -> Option<FigureFile> {
        if ctx.input(|i| !i.raw.hovered_files.is_empty()) {
            hint(ctx, pen);
        }
        let dropped = ctx.input_mut(|i| std::mem::take(&mut i.raw.dropped_files));
        match dropped.as_slice() {
            [] => {}
            [one] => {
                let path = one.path().to_owned();
                self.take(ctx, path);
            }
            several => {
                let told = format!("{} files were dropped: drop one at a time.", several.len());
                self.card = Some(Card::refused(told));
            }
        }
        match self.reading.done()? {
            Ok(figure) => Some(figure),
            Err(told) => {
                self.refuse(&told);
                None
            }
        }
    }

    /// Takes a file that somebody wants to see.
    pub(crate) fn take(&mut self, ctx: &Context, path: PathBuf) {
        self.card = None;
        if FigureFile::is_picture(&path) {
            let read = move || FigureFile::read(&path).map_err(|error| error.to_string());
            self.reading.start(ctx, read);
        } else {
            self.record = Some(path);
        }
    }

    /// The record that was dropped on the window, once.
    pub(crate) fn take_record(&mut self) -> Option<PathBuf> {
        self.record.take()
    }

    /// Says why something could not be opened.
    pub(crate) fn refuse(&mut self, told: &str) {
        self.card = Some(Card::refused(words::capitalised(told)));
    }

    /// Says what became of a figure.
    pub(crate) fn tell(&mut self, figure: &FigureFile, restored: &Restored) {
        self.card = Some(Card::of(figure, restored));
    }

    /// Says what became of a project's data, where there is anything to be said.
    pub(crate) fn tell_project(&mut self, name: String, restored: &RestoredProject) {
        self.card = None;
        if restored.since != Since::SameRecord || !restored.lacking.is_empty() {
            self.card = Some(Card::of_project(name, restored));
        }
    }

    /// Draws the card, while there is one.
    pub(crate) fn show(
        &mut self,
        ctx: &Context,
        pen: &mut Pen,
        document: &Document,
        asked: &mut Asked,
    ) {
        let Some(card) = &self.card else { return };
        let mut open = true;
        let room = ctx.content_rect();
        let frame = Frame::window(&ctx.global_style()).fill(color(pen.theme.paper));
        egui::Window::new(&card.title)
            .id(Id::unique("figure opened again"))
            .open(&mut open)
            .frame(frame)
            .resizable(false)
            .collapsible(false)
            .default_pos(room.left_top() + vec2(16.0, 88.0))
            .show(ctx, |ui| {
                ui.set_width(WIDTH.min(room.width() - 64.0));
                for (place, said) in card.words.iter().enumerate() {
                    let look = if place == 0 { pen.theme.text } else { pen.theme.text_muted };
                    pen.paragraph(ui, said, style::BODY, look);
                }
                if card.can_be_made && ui.button("Compose the figure again…").clicked() {
                    asked.wish(Wish::Figure);
                }
                if !card.lines.is_empty() {
                    ui.add_space(4.0);
                    list(ui, pen, document, &card.lines, asked);
                }
            });
        if !open {
            self.card = None;
        }
    }
}

impl Card {
    fn refused(told: String) -> Self {
        let title = "This could not be opened".to_owned();
        Self { title, words: vec![told], lines: Vec::new(), can_be_made: false }
    }

    fn of(figure: &FigureFile, restored: &Restored) -> Self {
        let mut said = vec![restored.since.words()];
        let is_other = matches!(restored.since, Since::OtherRecord { .. });
        if is_other {
            said.push(
                "The window stays on the record that is open. To see the figure's own, start Sitrep with the figure \
                 and the folder of its data package."
                    .to_owned(),
            );
        } else {
            said.extend(restored.lacking.iter().cloned());
        }
        let name = figure.path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self {
            title: name.unwrap_or_else(|| "Figure".to_owned()),
            words: said,
            lines: lines(&restored.since),
            can_be_made: !is_other,
        }
    }

    fn of_project(title: String, restored: &RestoredProject) -> Self {
        let RestoredProject { since, lacking, .. } = restored;
        let mut words = vec![project_words(since)];
        words.extend(lacking.iter().cloned());
        Self { title, words, lines: lines(since), can_be_made: false }
    }
}

/// What changed, by kind.
fn lines(since: &Since) -> Vec<Line> {
    let of_kind = |(kind, count): (ChangeKind, usize)| {
        let changes = since.changes().iter().filter(move |change| change.kind == kind);
        std::iter::once(Line::Heading(kind, count)).chain(changes.cloned().map(Line::Event))
    };
    since.counts().into_iter().flat_map(of_kind).collect()
}

/// The events that changed; those that the record has open their card.
fn list(ui: &mut Ui, pen: &mut Pen, document: &Document, lines: &[Line], asked: &mut Asked) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().max_height(LIST).auto_shrink([false, true]).show_rows(
        ui,
        LINE,
        lines.len(),
        |ui, rows| {
            for line in lines.get(rows).unwrap_or_default() {
                let place =
                    egui::Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), LINE));
                let builder = egui::UiBuilder::new()
                    .max_rect(place)
                    .layout(egui::Layout::left_to_right(egui::Align::Center));
                ui.scope_builder(builder, |ui| line.show(ui, pen, document, asked));
                ui.advance_cursor_after_rect(place);
            }
        },
    );
}

impl Line {
    fn show(&self, ui: &mut Ui, pen: &mut Pen, document: &Document, asked: &mut Asked) {
        match self {
            Self::Heading(kind, count) => {
                let words = words::capitalised(kind.label());
                let words = format!("{words}: {}", words::thousands(*count));
                pen.label(ui, &words, style::BODY_SMALL_STRONG, pen.theme.text);
            }
            Self::Event(change) => {
                let words = format!("{}, {}", words::span_short(change.days), change.site);
                let response = if document.dataset.find_event(&change.id).is_some() {
                    let link = pen.link(ui, &words, style::BODY_SMALL);
                    if link.clicked() {
                        asked.command(Command::Pick(Some(Pick::Event(change.id.clone()))));
                    }
                    link
                } else {
                    let (look, width) = (pen.theme.text_muted, ui.available_width());
                    pen.label_within(ui, &words, width, style::BODY_SMALL, look)
                };
                pen.hover(response, &change.id);
            }
        }
    }
}

/// What may be dropped, while something is held over the window.
fn hint(ctx: &Context, pen: &Pen) {
    let room = ctx.content_rect();
    let area = Area::new(Id::unique("drop a figure")).order(Order::Tooltip).interactable(false);
    area.anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0)).show(ctx, |ui| {
        ui.painter().rect_filled(room, 0.0, color(pen.theme.paper).gamma_multiply(0.7));
        let frame = Frame::window(&ctx.global_style()).fill(color(pen.theme.paper));
        frame.inner_margin(20.0).show(ui, |ui| {
            let text = "Drop a table of events, a project, or a figure that Sitrep saved (PNG, SVG or PDF)";
            ui.label(RichText::new(text).color(color(pen.theme.text)).size(16.0));
        });
    });
}
