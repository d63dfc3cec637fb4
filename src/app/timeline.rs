//! The time control: play, typed dates and modes above the strip.

use std::sync::Arc;

use egui::Ui;

use super::actions::{Asked, Part, Wish};
use super::date_field::{DateField, End, window_with};
use super::document::{Command, Document};
use super::lanes_panel::LanesPanel;
use super::pen::{Icon, Pen};
use super::playback::Playback;
use super::strip_panel::StripPanel;
use super::tempo_band::TempoBand;
use super::tempo_panel;
use crate::analysis::{Mode, Tempo, words};

/// State between frames.
#[derive(Default)]
pub(crate) struct Timeline {
    from: DateField,
    to: DateField,
    strip: StripPanel,
    /// Between controls and strip, on the strip's axis.
    pub(crate) lanes: LanesPanel,
    tempo: TempoBand,
}

impl Timeline {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        playback: &Playback,
        tempo: Option<&Arc<Tempo>>,
        asked: &mut Asked,
    ) {
        ui.horizontal(|ui| self.controls(ui, pen, document, playback, asked));
        ui.add_space(2.0);
        self.lanes.show(ui, pen, document, &mut self.strip, asked);
        if let Some(tempo) = tempo {
            self.tempo.show(ui, pen, document, tempo, &mut self.strip, asked);
        }
        self.strip.show(ui, pen, document, asked);
    }

    fn controls(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        playback: &Playback,
        asked: &mut Asked,
    ) {
        let take = |asked: &mut Asked, command| {
            asked.wish(Wish::StopPlay);
            asked.command(command);
        };
        if pen.icon_button(ui, Icon::Previous, "Previous event").clicked() {
            take(asked, Command::StepEvent(-1));
        }
        let (icon, name) = if playback.is_playing() {
            (Icon::Pause, "Pause")
        } else {
            (Icon::Play, "Play, event by event")
        };
        if pen.icon_button(ui, icon, name).clicked() {
            asked.wish(Wish::PlayOrPause);
        }
        if pen.icon_button(ui, Icon::Next, "Next event").clicked() {
            take(asked, Command::StepEvent(1));
        }
        ui.separator();
        let window = document.view.window;
        let first = self.from.show(ui, "From", (window, window.first()), document.extent());
        let last = self.to.show(ui, "to", (window, window.last()), document.extent());
        for (typed, end) in [(first, End::First), (last, End::Last)] {
            if let Some(entry) = typed {
                take(asked, Command::SetWindow(window_with(entry, end, window)));
            }
        }
        ui.weak(words::days(window));
        ui.separator();
        for mode in Mode::ALL {
            if ui.selectable_label(document.view.mode == mode, mode.label()).clicked() {
                asked.command(Command::SetMode(mode));
            }
        }
        let fade = ui.selectable_label(document.view.fade, "Fade");
        if fade.on_hover_text("Older events paler; the legend says how old").clicked() {
            asked.command(Command::SetFade(!document.view.fade));
        }
        ui.separator();
        if ui.button("Whole record").clicked() {
            take(asked, Command::ShowAll);
        }
        if ui.button("Table").on_hover_text("The events of these days as a table (T)").clicked() {
            asked.wish(Wish::Toggle(Part::Table));
        }
        let has_room = ui.available_width() > 60.0;
        if has_room && ui.button("Lanes").on_hover_text(LanesPanel::WHAT).clicked() {
            asked.wish(Wish::Toggle(Part::Lanes));
        }
        if ui.button("Tempo").on_hover_text(tempo_panel::WHAT).clicked() {
            asked.wish(Wish::Toggle(Part::Tempo));
        }
        if let Some(quiet) = &playback.quiet {
            ui.add(egui::Label::new(egui::RichText::new(quiet).weak()).truncate());
        }
    }
}
