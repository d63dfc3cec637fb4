//! The time control: play, typed dates and modes above the strip.

use std::sync::Arc;

use egui::Ui;

use super::actions::{Asked, Part, Wish};
use super::date_field::{DateField, End, window_with};
use super::document::{Command, Document};
use super::lanes_panel::LanesPanel;
use super::pen::Pen;
use super::play_controls;
use super::playback::Playback;
use super::room::Room;
use super::strip_panel::StripPanel;
use super::tempo_band::TempoBand;
use super::tempo_panel;
use crate::analysis::{Mode, Tempo, age, words};
use crate::scene::theme::style;

/// State between frames.
#[derive(Default)]
pub(crate) struct Timeline {
    from: DateField,
    to: DateField,
    /// The revision that what was typed last has led to; a later one is no longer about that.
    typed: u64,
    strip: StripPanel,
    /// Between controls and strip, on the strip's axis.
    pub(crate) lanes: LanesPanel,
    tempo: TempoBand,
}

/// How much room the row has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Width {
    /// The modes fold into a menu, and words are short.
    Narrow,
    /// Words are short.
    Middle,
    Wide,
}

impl Width {
    fn of(width: f32) -> Self {
        const MIDDLE: f32 = 1010.0;
        const WIDE: f32 = 1220.0;
        if width >= WIDE {
            Self::Wide
        } else if width >= MIDDLE {
            Self::Middle
        } else {
            Self::Narrow
        }
    }
}

impl Timeline {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        playback: &mut Playback,
        (tempo, room): (Option<&Arc<Tempo>>, &Room),
        asked: &mut Asked,
    ) {
        ui.horizontal(|ui| {
            let width = Width::of(ui.available_width());
            let (padding, between) = match width {
                Width::Narrow => (5.0, 5.0),
                Width::Middle => (7.0, 6.0),
                Width::Wide => (ui.spacing().button_padding.x, ui.spacing().item_spacing.x),
            };
            ui.spacing_mut().button_padding.x = padding;
            ui.spacing_mut().item_spacing.x = between;
            ui.scope(|ui| play_controls::show(ui, pen, document, playback, asked));
            ui.separator();
            self.dates(ui, document, width, asked);
            ui.separator();
            modes(ui, document, width, asked);
            ui.separator();
            parts(ui, width, (document, room), asked);
        });
        ui.add_space(2.0);
        if let Some(note) = room.note() {
            let width = ui.available_width();
            let ink = pen.theme.text_muted;
            let line = pen.label_within(ui, &note, width, style::BODY_SMALL, ink);
            pen.hover(line, &note);
        }
        if room.shows(Part::Lanes) {
            self.lanes.show(ui, pen, document, &mut self.strip, asked);
        }
        if let Some(tempo) = tempo.filter(|_| room.shows(Part::Tempo)) {
            self.tempo.show(ui, pen, document, tempo, &mut self.strip, asked);
        }
        let head = playback.is_playing().then(|| document.view.window.last());
        self.strip.show(ui, pen, document, head, asked);
    }

    /// The window's days, typed.
    fn dates(&mut self, ui: &mut Ui, document: &Document, width: Width, asked: &mut Asked) {
        let window = document.view.window;
        if document.dataset.extent().is_none() {
            ui.weak("No days to choose");
            return;
        }
        if document.revision > self.typed {
            self.from.forget_note();
        }
        let first = self.from.show(ui, "From", (window, window.first()), document.extent());
        let last = self.to.show(ui, "to", (window, window.last()), document.extent());
        for (typed, end) in [(first, End::First), (last, End::Last)] {
            if let Some(entry) = typed {
                asked.wish(Wish::StopPlay);
                asked.command(Command::SetWindow(window_with(entry, end, window)));
                if end == End::First && !entry.is_range && entry.span.days() > 1 {
                    let said = words::span(entry.span);
                    let is_whole = document.extent().encloses(entry.span);
                    let days = if is_whole {
                        format!("All of {said}")
                    } else {
                        format!("{said}, as far as the record goes")
                    };
                    let note = format!(
                        "{days}. To move the first day alone, type it: {}",
                        words::day_short(entry.span.first()).to_lowercase()
                    );
                    self.typed = document.revision + 1;
                    self.from.note(note, ui.input(|i| i.time));
                }
            }
        }
        if width == Width::Wide {
            // As wide as "1,234 days": what follows keeps its place while time plays.
            let (width, height) = (74.0, ui.spacing().interact_size.y);
            let left = egui::Layout::left_to_right(egui::Align::Center);
            ui.allocate_ui_with_layout(egui::vec2(width, height), left, |ui| {
                ui.set_min_width(width);
                ui.weak(words::days(window));
            });
        }
    }
}

/// How the window is read.
fn modes(ui: &mut Ui, document: &Document, width: Width, asked: &mut Asked) {
    let view = &document.view;
    let mut choices = |ui: &mut Ui| {
        for mode in Mode::ALL {
            if ui.selectable_label(view.mode == mode, mode.label()).clicked() {
                asked.command(Command::SetMode(mode));
            }
        }
        // A single day has nothing older in it.
        let fades = view.mode != Mode::Day;
        let fade = egui::Button::selectable(view.fade && fades, "Fade");
        let about = match age::nothing_to_fade(&document.dataset, view) {
            Some(why) => format!("Older events paler; now {why}"),
            None => "Older events paler; the legend says how old".to_owned(),
        };
        let fade = ui
            .add_enabled(fades, fade)
            .on_hover_text(about)
            .on_disabled_hover_text("A day has nothing older in it that could be paler");
        if fade.clicked() {
            asked.command(Command::ToggleFade);
        }
    };
    if width == Width::Narrow {
        let faded = if view.fade && view.mode != Mode::Day { ", fading" } else { "" };
        ui.menu_button(format!("{}{faded}", view.mode.label()), choices);
    } else {
        choices(ui);
    }
}

/// What else can be seen.
fn parts(ui: &mut Ui, width: Width, (document, room): (&Document, &Room), asked: &mut Asked) {
    let whole = if width == Width::Wide { "Whole record" } else { "All" };
    if ui.button(whole).on_hover_text("The whole record in the window (A)").clicked() {
        asked.wish(Wish::StopPlay);
        asked.command(Command::ShowAll);
    }
    for (name, what, part) in [
        ("Table", "The events of these days as a table (T)", Part::Table),
        ("Lanes", LanesPanel::WHAT, Part::Lanes),
        ("Tempo", tempo_panel::WHAT, Part::Tempo),
    ] {
        if part == Part::Lanes && !document.dataset.classes.are_directions() {
            continue;
        }
        let button = egui::Button::new(name).selected(room.shows(part));
        if ui.add(button).on_hover_text(what).clicked() {
            asked.wish(Wish::Toggle(part));
        }
    }
}
