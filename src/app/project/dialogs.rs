//! What is asked of a person: which project is opened, under which name one is saved, and what becomes of changes that are
//! not saved.

use std::path::{Path, PathBuf};

use egui::{Button, Context, Id, Modal, RichText, Ui, vec2};

use super::{Next, Projects};
use crate::analysis::words;
use crate::app::document::Document;
use crate::app::figure_dialog::folder;
use crate::data::DatasetPlace;
use crate::data::project::ENDING;

/// Width of a dialog.
const WIDTH: f32 = 470.0;
/// Height of the list of recent projects.
const LIST: f32 = 220.0;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Dialog {
    #[default]
    None,
    /// Which project is opened.
    Open { path: String },
    /// Under which name it is saved.
    Save(SaveAs),
    /// What becomes of changes that are not saved.
    Unsaved(Next),
    /// It could not be saved.
    Failed(String),
}

/// A name to save under.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SaveAs {
    file: String,
    folder: String,
    /// The file that is there already, when it was asked about.
    exists: Option<PathBuf>,
    failed: Option<String>,
}

impl SaveAs {
    /// The file, with the ending of projects.
    fn path(&self) -> PathBuf {
        let name = self.file.trim();
        let path = Path::new(name);
        let is_ours = path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ENDING));
        let name = if is_ours { name.to_owned() } else { format!("{name}.{ENDING}") };
        Path::new(self.folder.trim()).join(name)
    }
}

impl Dialog {
    pub(super) fn open() -> Self {
        Self::Open { path: String::new() }
    }

    /// Asks for a name: beside the one that it has, else beside its data.
    pub(super) fn save(path: Option<&Path>, place: &DatasetPlace) -> Self {
        let data = match place {
            DatasetPlace::File(path) => Some(path.as_path()),
            DatasetPlace::Embedded | DatasetPlace::Nowhere => None,
        };
        let stem = path.or(data).and_then(Path::file_stem).map(|stem| stem.to_string_lossy());
        let name = format!("{}.{ENDING}", stem.as_deref().unwrap_or("sitrep"));
        let beside = path.or(data).and_then(|path| std::path::absolute(path).ok());
        let folder =
            beside.and_then(|path| path.parent().map(Path::to_owned)).unwrap_or_else(folder);
        Self::Save(SaveAs {
            file: name,
            folder: folder.display().to_string(),
            exists: None,
            failed: None,
        })
    }

    /// It could not be saved.
    pub(super) fn failed(&mut self, told: String) {
        match self {
            Self::Save(name) => name.failed = Some(told),
            _ => *self = Self::Failed(told),
        }
    }
}

/// What a person answered.
enum Answer {
    Nothing,
    Close,
    Open(PathBuf),
    Save(PathBuf),
    /// Save what is not saved, then go on.
    SaveFirst(Next),
    /// Give it up, and go on.
    GiveUp(Next),
}

impl Projects {
    /// Draws what is asked; gives a file that is to be opened.
    pub(super) fn show(&mut self, ctx: &Context, document: &Document) -> Option<PathBuf> {
        if self.dialog == Dialog::None {
            return None;
        }
        let mut dialog = std::mem::take(&mut self.dialog);
        let modal = Modal::new(Id::unique("project dialog"));
        let busy = self.saving.is_running();
        let shown = modal.show(ctx, |ui| {
            ui.set_width(WIDTH.min(ctx.content_rect().width() - 48.0));
            match &mut dialog {
                Dialog::None => Answer::Nothing,
                Dialog::Open { path } => self.open_dialog(ui, path),
                Dialog::Save(name) => save_dialog(ui, name, busy),
                Dialog::Unsaved(next) => self.unsaved(ui, next),
                Dialog::Failed(told) => failed(ui, told),
            }
        });
        let answer = if shown.should_close() && !busy { Answer::Close } else { shown.inner };
        self.dialog = dialog;
        match answer {
            Answer::Nothing => {}
            Answer::Close => (self.dialog, self.next) = (Dialog::None, None),
            Answer::Open(path) => {
                self.dialog = Dialog::None;
                return self.open(document, path);
            }
            Answer::Save(path) => self.save_as(ctx, document, path),
            Answer::SaveFirst(next) => {
                self.dialog = Dialog::None;
                self.next = Some(next);
                self.save(ctx, document);
            }
            Answer::GiveUp(next) => {
                self.dialog = Dialog::None;
                return self.go_on(ctx, next);
            }
        }
        None
    }

    fn open_dialog(&self, ui: &mut Ui, path: &mut String) -> Answer {
        let mut answer = Answer::Nothing;
        ui.heading("Open a project");
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let label = ui.label("File").id;
            let field = egui::TextEdit::singleline(path).desired_width(ui.available_width() - 8.0);
            let field = field.hint_text("a .sitrep file, a table or a data package");
            let field = ui.add(field).labelled_by(label);
            let enter = field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
            if enter && !path.trim().is_empty() {
                answer = Answer::Open(PathBuf::from(path.trim()));
            }
        });
        ui.add_space(6.0);
        ui.label("Opened or saved last:");
        if self.recent.projects.is_empty() {
            ui.weak("nothing yet");
        }
        egui::ScrollArea::vertical().max_height(LIST).auto_shrink([false, true]).show(ui, |ui| {
            for recent in &self.recent.projects {
                let folder = recent.parent().map(|f| f.display().to_string()).unwrap_or_default();
                ui.horizontal(|ui| {
                    let name = super::name(recent);
                    if ui.link(name).on_hover_text(recent.display().to_string()).clicked() {
                        answer = Answer::Open(recent.clone());
                    }
                    ui.add(egui::Label::new(RichText::new(folder).weak()).truncate());
                });
            }
        });
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let can = !path.trim().is_empty();
            if ui.add_enabled(can, primary(ui, "Open")).clicked() {
                answer = Answer::Open(PathBuf::from(path.trim()));
            }
            if ui.button("Cancel").clicked() {
                answer = Answer::Close;
            }
        });
        answer
    }

    fn unsaved(&self, ui: &mut Ui, next: &Next) -> Answer {
        let mut answer = Answer::Nothing;
        ui.heading("Changes are not saved");
        ui.add_space(4.0);
        let of = self.path.as_deref().map_or_else(
            || "The saved views of this document are in no project yet.".to_owned(),
            |path| format!("{} has changes since it was saved.", super::name(path)),
        );
        ui.label(of);
        ui.add_space(6.0);
        let then = match next {
            Next::Close => ["Save and close", "Close without saving"],
            Next::Open(_) => ["Save and go on", "Go on without saving"],
        };
        ui.horizontal(|ui| {
            if ui.add(primary(ui, then[0])).clicked() {
                answer = Answer::SaveFirst(next.clone());
            }
            if ui.button(then[1]).clicked() {
                answer = Answer::GiveUp(next.clone());
            }
            if ui.button("Cancel").clicked() {
                answer = Answer::Close;
            }
        });
        answer
    }
}

fn save_dialog(ui: &mut Ui, name: &mut SaveAs, busy: bool) -> Answer {
    let mut answer = Answer::Nothing;
    ui.heading("Save the project");
    ui.add_space(6.0);
    let before = (name.file.clone(), name.folder.clone());
    egui::Grid::new("save project").num_columns(2).spacing([14.0, 7.0]).show(ui, |ui| {
        for (label, text) in [("File name", &mut name.file), ("Folder", &mut name.folder)] {
            let label = ui.label(label).id;
            ui.add(egui::TextEdit::singleline(text).desired_width(350.0)).labelled_by(label);
            ui.end_row();
        }
    });
    if before != (name.file.clone(), name.folder.clone()) {
        (name.exists, name.failed) = (None, None);
    }
    ui.weak(
        "Holds the view, the saved views, the figure and where the data lies, not the data itself.",
    );
    ui.add_space(6.0);
    if let Some(path) = name.exists.clone() {
        ui.label(format!("{} is there already. Replace it?", super::name(&path)));
        ui.horizontal(|ui| {
            // What was a click on *Save* is no answer: what stands in its place keeps the file.
            if ui.add(Button::new("Keep it").min_size(vec2(96.0, 30.0))).clicked() {
                name.exists = None;
            }
            if ui.add_enabled(!busy, primary(ui, "Replace")).clicked() {
                answer = Answer::Save(path);
            }
        });
    } else {
        ui.horizontal(|ui| {
            let words = if busy { "Saving…" } else { "Save" };
            let can = !busy && !name.file.trim().is_empty();
            if ui.add_enabled(can, primary(ui, words)).clicked() {
                let path = name.path();
                if path.is_file() {
                    name.exists = Some(path);
                } else {
                    answer = Answer::Save(path);
                }
            }
            if ui.add(Button::new("Cancel").min_size(vec2(0.0, 30.0))).clicked() {
                answer = Answer::Close;
            }
        });
    }
    if let Some(told) = &name.failed {
        ui.colored_label(ui.visuals().error_fg_color, format!("{}.", words::capitalised(told)));
    }
    answer
}

fn failed(ui: &mut Ui, told: &str) -> Answer {
    ui.heading("The project was not saved");
    ui.add_space(4.0);
    ui.label(format!("{}.", words::capitalised(told)));
    ui.add_space(6.0);
    if ui.button("OK").clicked() { Answer::Close } else { Answer::Nothing }
}

/// The button that does what the dialog is for.
fn primary(ui: &Ui, words: &str) -> Button<'static> {
    let visuals = ui.visuals();
    let text = RichText::new(words.to_owned()).color(visuals.selection.stroke.color).strong();
    Button::new(text).fill(visuals.selection.bg_fill).min_size(vec2(96.0, 30.0))
}
