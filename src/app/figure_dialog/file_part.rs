//! The lower end of the figure dialog: name, format and folder of the file, and what is done with it.

use std::path::PathBuf;

use egui::{Button, Context, RichText, Ui, vec2};

use super::super::pen::Pen;
use super::super::visuals::color;
use super::draft::{self, Source};
use super::rows::{choice, row, text};
use super::saving::{Said, Saving, Wanted, name};
use crate::analysis::words;
use crate::export::SvgText;
use crate::export::make::FigureFormat;

/// Where and as what a figure is saved.
pub(super) struct FilePart {
    /// The name that was typed; the computed one when `None`.
    name: Option<String>,
    folder: String,
    pub(super) format: FigureFormat,
    pack: bool,
    reopenable: bool,
}

impl Default for FilePart {
    fn default() -> Self {
        Self {
            name: None,
            folder: draft::folder().display().to_string(),
            format: FigureFormat::Png,
            pack: false,
            reopenable: true,
        }
    }
}

fn label(format: FigureFormat) -> &'static str {
    match format {
        FigureFormat::Png => "PNG, pixels",
        FigureFormat::Svg(SvgText::Outlines) => "SVG, letters as outlines",
        FigureFormat::Svg(SvgText::Live) => "SVG, text that can be edited",
        FigureFormat::Pdf => "PDF",
    }
}

impl FilePart {
    /// The name of the file.
    fn name(&self, source: &Source) -> String {
        let name = self.name.clone().filter(|name| !name.trim().is_empty());
        let name = name.unwrap_or_else(|| draft::file_stem(&source.record, &source.view));
        draft::with_ending(&name, self.format)
    }

    /// As what the figure is saved.
    pub(super) fn wanted(&self) -> Wanted {
        let Self { format, pack, reopenable, .. } = *self;
        Wanted { format, pack, reopenable }
    }

    fn path(&self, source: &Source) -> PathBuf {
        PathBuf::from(self.folder.trim()).join(self.name(source))
    }

    /// Draws it; `wrong` is why the figure cannot be saved.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        saving: &mut Saving,
        (source, wrong): (&Source, Option<&str>),
    ) {
        row(ui, "Format", |ui, id| {
            choice(ui, ("format", id), &mut self.format, FigureFormat::ALL, label);
        });
        row(ui, "File name", |ui, id| {
            let mut name = self.name.clone().unwrap_or_else(|| self.name(source));
            let field = text(ui, id, &mut name, "");
            if field.changed() {
                self.name = Some(name);
            } else if !field.has_focus() && self.name.is_some() {
                // What was typed is shown with its ending; an ending of another format is a choice of it.
                let typed = self.name.take().filter(|name| !name.trim().is_empty());
                self.name = typed.map(|name| self.settled(&name));
            }
        });
        row(ui, "Folder", |ui, id| {
            text(ui, id, &mut self.folder, "the folder that the program was started in");
        });
        row(ui, "", |ui, _| {
            ui.checkbox(&mut self.pack, "Events, sources, caption beside it").on_hover_text(
                "Saves with it: the events drawn as CSV, their sources as text, BibTeX and CSL-JSON, the caption, \
                 and the picture in words",
            );
        });
        row(ui, "", |ui, _| {
            ui.checkbox(&mut self.reopenable, "Can be opened again").on_hover_text(
                "The file holds what the figure was made of: its days, filter and rule, what is picked, its sheet, \
                 name and digest of the record, and identifier and days of each event drawn. Nothing of this \
                 computer: no folder, no user, no time. Without it the file says only program and record",
            );
        });
        ui.add_space(4.0);
        if matches!(saving.said, Said::Exists { .. }) {
            question(ui, pen, saving);
        } else {
            self.buttons(ui, pen, saving, (source, wrong));
        }
        said(ui, &saving.said, wrong);
    }

    /// A typed name with the ending of the format, which an ending of another one changes.
    fn settled(&mut self, name: &str) -> String {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        if ending.is_some_and(|ending| ending != self.format.ending()) {
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
            let named =
                FigureFormat::ALL.into_iter().find(|f| f.ending().eq_ignore_ascii_case(ending));
            self.format = named.unwrap_or(self.format);
        }
        draft::with_ending(name.trim(), self.format)
    }

    fn buttons(
        &mut self,
        ui: &mut Ui,
        pen: &Pen,
        saving: &mut Saving,
        (source, wrong): (&Source, Option<&str>),
    ) {
        let can = wrong.is_none() && !saving.is_busy();
        let ctx = ui.ctx().clone();
        ui.horizontal(|ui| {
            let words = if saving.is_busy() { "Saving…" } else { "Save" };
            let save = Button::new(RichText::new(words).color(color(pen.theme.paper)).strong());
            let save = save.fill(color(pen.theme.accent)).min_size(vec2(96.0, 30.0));
            let pressed = ui.add_enabled(can, save).on_hover_text("Save the figure (Ctrl + S)");
            if pressed.clicked() || (can && save_key(&ctx)) {
                self.save(&ctx, saving, source);
            }
            let height = vec2(0.0, 30.0);
            let picture = ui.add_enabled(can, Button::new("Copy picture").min_size(height));
            if picture.on_hover_text("Puts the picture into the clipboard").clicked() {
                saving.copy_picture(&ctx, source.clone());
            }
            let caption =
                ui.add_enabled(!saving.is_busy(), Button::new("Copy caption").min_size(height));
            if caption.on_hover_text("Puts the computed caption into the clipboard").clicked() {
                saving.copy_caption(&ctx, source.clone());
            }
        });
    }

    fn save(&self, ctx: &Context, saving: &mut Saving, source: &Source) {
        saving.save(ctx, source.clone(), self.path(source), self.wanted());
    }
}

fn save_key(ctx: &Context) -> bool {
    ctx.input_mut(|i| i.consume_key(egui::Modifiers::CTRL, egui::Key::S))
}

/// Whether what is there may be replaced.
fn question(ui: &mut Ui, pen: &Pen, saving: &mut Saving) {
    let Said::Exists { there, .. } = &saving.said else { return };
    let words = match there.as_slice() {
        [one] => format!("{} is there already. Replace it?", name(one)),
        several => format!("{} files of that name are there already. Replace them?", several.len()),
    };
    ui.label(words);
    let ctx = ui.ctx().clone();
    ui.horizontal(|ui| {
        // What was a click on *Save* is no answer: what stands in its place keeps the file.
        let keep = ui.add(Button::new("Keep it").min_size(vec2(96.0, 30.0)));
        let replace = Button::new(RichText::new("Replace").color(color(pen.theme.paper)).strong());
        let replace = replace.fill(color(pen.theme.accent)).min_size(vec2(96.0, 30.0));
        if ui.add(replace).clicked() {
            saving.replace(&ctx);
        } else if keep.clicked() {
            saving.said = Said::Nothing;
        }
    });
}

/// What came of it, or why it cannot be saved.
fn said(ui: &mut Ui, said: &Said, wrong: Option<&str>) {
    match (said, wrong) {
        (_, Some(wrong)) => {
            let words = format!("It cannot be saved: {wrong}.");
            ui.colored_label(ui.visuals().error_fg_color, words);
        }
        (Said::Done(words), None) => {
            ui.label(words);
        }
        (Said::Failed(error), None) => {
            let error = format!("{}.", words::capitalised(error));
            ui.colored_label(ui.visuals().error_fg_color, error);
        }
        (Said::Nothing | Said::Exists { .. }, None) => {}
    }
}
