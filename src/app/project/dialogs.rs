//! What is asked of a person: which project is opened, under which name one is saved, where its data is, and what becomes of
//! changes that are not saved.

use std::path::{Path, PathBuf};

use egui::{Button, Context, Frame, Id, Key, Modal, RichText, Ui, vec2};

use super::browser::{Chosen, documents};
use super::{Followed, Next, Projects};
use crate::analysis::words;
use crate::app::document::Document;
use crate::app::figure_dialog::file_stem;
use crate::data::DatasetPlace;
use crate::data::project::ENDING;

/// Width of a dialog, and the room within its edge.
const WIDTH: f32 = 470.0;
const MARGIN: i8 = 16;
/// Height of a button.
const BUTTON: f32 = 30.0;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Dialog {
    #[default]
    None,
    /// Which project is opened.
    Open { path: String },
    /// Under which name it is saved.
    Save(SaveAs),
    /// Where the data of a project is, which was elsewhere.
    Missing { was: PathBuf, path: String },
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
    /// Whether the keyboard is in its field.
    has_begun: bool,
}

impl SaveAs {
    /// The file, with the ending of projects.
    fn path(&self) -> PathBuf {
        let name = self.file.trim();
        let is_ours = Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case(ENDING));
        let name = if is_ours { name.to_owned() } else { format!("{name}.{ENDING}") };
        Path::new(self.folder.trim()).join(name)
    }
}

impl Dialog {
    /// Asks for a name: beside the one that it has, else beside its data.
    pub(super) fn save(path: Option<&Path>, document: &Document) -> Self {
        let data = match &document.place {
            DatasetPlace::File(path) => Some(path.as_path()),
            DatasetPlace::Embedded | DatasetPlace::Nowhere => None,
        };
        let stem = path.or(data).and_then(Path::file_stem).map(|stem| stem.to_string_lossy());
        let stem = stem.map_or_else(|| file_stem(&document.dataset, &document.view), Into::into);
        let beside = path.or(data).and_then(|path| std::path::absolute(path).ok());
        let folder = beside.and_then(|path| path.parent().map(Path::to_owned));
        Self::Save(SaveAs {
            file: format!("{stem}.{ENDING}"),
            folder: folder.unwrap_or_else(documents).display().to_string(),
            exists: None,
            failed: None,
            has_begun: false,
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
    Look(PathBuf),
    /// The data is there.
    Data(PathBuf),
    Save(PathBuf),
    /// Save what is not saved, then go on.
    SaveFirst(Next),
    /// Give it up, and go on.
    GiveUp(Next),
}

impl Projects {
    /// Draws what is asked; what is to be opened goes to `followed`.
    pub(super) fn show(&mut self, ctx: &Context, document: &Document, followed: &mut Followed) {
        if self.dialog == Dialog::None {
            return;
        }
        let mut dialog = std::mem::take(&mut self.dialog);
        let frame = Frame::popup(&ctx.global_style()).inner_margin(MARGIN);
        let modal = Modal::new(Id::unique("project dialog")).frame(frame);
        let busy = self.saving.is_running();
        let room = ctx.content_rect();
        let shown = modal.show(ctx, |ui| {
            ui.set_width(WIDTH.min(room.width() - 64.0));
            ui.spacing_mut().item_spacing.y = 7.0;
            match &mut dialog {
                Dialog::None => Answer::Nothing,
                Dialog::Open { path } => {
                    heading(ui, "Open a project");
                    let answer = self.browse(ui, path, room.height() - 400.0);
                    foot(ui, path, answer, Answer::Open)
                }
                Dialog::Missing { was, path } => {
                    heading(ui, "The data of this project is not there any more");
                    ui.label(format!("It was {}. Where is it now?", was.display()));
                    let answer = self.browse(ui, path, room.height() - 440.0);
                    foot(ui, path, answer, Answer::Data)
                }
                Dialog::Save(name) => save_dialog(ui, name, busy),
                Dialog::Unsaved(next) => self.unsaved(ui, next),
                Dialog::Failed(told) => failed(ui, told),
            }
        });
        let answer = if shown.should_close() && !busy { Answer::Close } else { shown.inner };
        self.dialog = dialog;
        self.answer(ctx, document, answer, followed);
    }

    fn answer(
        &mut self,
        ctx: &Context,
        document: &Document,
        answer: Answer,
        followed: &mut Followed,
    ) {
        match answer {
            Answer::Nothing => {}
            Answer::Close => {
                (self.dialog, self.next) = (Dialog::None, None);
                // What was kept of it stays where it is, for the next start.
                self.missing = None;
            }
            Answer::Look(folder) => self.browser.go(ctx, folder),
            Answer::Open(path) => {
                self.dialog = Dialog::None;
                followed.open = self.open(document, path);
            }
            Answer::Data(path) => {
                self.dialog = Dialog::None;
                let missing = self.missing.take();
                followed.with_data = missing.map(|(file, slot)| (file, slot, path));
            }
            Answer::Save(path) => self.save_as(ctx, document, path),
            Answer::SaveFirst(next) => {
                self.dialog = Dialog::None;
                self.next = Some(next);
                self.save(ctx, document);
            }
            Answer::GiveUp(next) => {
                self.dialog = Dialog::None;
                followed.open = self.go_on(ctx, next);
            }
        }
    }

    /// A field for a path, and what there is to be chosen instead.
    fn browse(&mut self, ui: &mut Ui, path: &mut String, height: f32) -> Answer {
        let typed = ui.horizontal(|ui| {
            let label = ui.label("File").id;
            let field = egui::TextEdit::singleline(path).desired_width(ui.available_width());
            let field = field.hint_text("a project (.sitrep), a table, a data package or a figure");
            let field = ui.add(field).labelled_by(label);
            field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
        });
        let chosen = self.browser.show(ui, height.clamp(100.0, 260.0));
        match chosen {
            Some(Chosen::Folder(folder)) => Answer::Look(folder),
            Some(Chosen::File(file)) => Answer::Open(file),
            None if typed.inner && !path.trim().is_empty() => {
                Answer::Open(PathBuf::from(path.trim()))
            }
            None => Answer::Nothing,
        }
    }

    fn unsaved(&self, ui: &mut Ui, next: &Next) -> Answer {
        let mut answer = Answer::Nothing;
        heading(ui, "Changes are not saved");
        ui.label(self.path.as_deref().map_or_else(
            || "The saved views of this document are in no project yet.".to_owned(),
            |path| format!("{} has changes since it was saved.", super::name(path)),
        ));
        let then = match next {
            Next::Close => ["Save and close", "Close without saving"],
            Next::Open(_) => ["Save and go on", "Go on without saving"],
        };
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            if ui.add(primary(ui, then[0])).clicked() {
                answer = Answer::SaveFirst(next.clone());
            }
            if ui.add(secondary(then[1])).clicked() {
                answer = Answer::GiveUp(next.clone());
            }
            if ui.add(secondary("Cancel")).clicked() {
                answer = Answer::Close;
            }
        });
        answer
    }
}

/// The buttons below a choice of a file; `take` says what becomes of the file.
fn foot(ui: &mut Ui, path: &str, chosen: Answer, take: fn(PathBuf) -> Answer) -> Answer {
    let mut answer = match chosen {
        Answer::Open(path) => take(path),
        other => other,
    };
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let can = !path.trim().is_empty();
        if ui.add_enabled(can, primary(ui, "Open")).clicked() {
            answer = take(PathBuf::from(path.trim()));
        }
        if ui.add(secondary("Cancel")).clicked() {
            answer = Answer::Close;
        }
    });
    answer
}

fn save_dialog(ui: &mut Ui, name: &mut SaveAs, busy: bool) -> Answer {
    let mut answer = Answer::Nothing;
    heading(ui, "Save the project");
    let before = (name.file.clone(), name.folder.clone());
    let mut enter = false;
    egui::Grid::new("save project").num_columns(2).spacing([14.0, 7.0]).show(ui, |ui| {
        for (label, text) in [("File name", &mut name.file), ("Folder", &mut name.folder)] {
            let label = ui.label(label).id;
            let field = egui::TextEdit::singleline(text).desired_width(ui.available_width());
            let field = ui.add(field).labelled_by(label);
            if !std::mem::replace(&mut name.has_begun, true) {
                field.request_focus();
            }
            enter |= field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            ui.end_row();
        }
    });
    if before != (name.file.clone(), name.folder.clone()) {
        (name.exists, name.failed) = (None, None);
    }
    ui.weak(
        "It holds the view, the saved views, the figure and where the data lies, not the data itself.",
    );
    ui.add_space(4.0);
    if let Some(path) = name.exists.clone() {
        ui.label(format!("{} is there already. Replace it?", super::name(&path)));
        ui.horizontal(|ui| {
            // What was a click on *Save* is no answer: what stands in its place keeps the file.
            if ui.add(secondary("Keep it").min_size(vec2(96.0, BUTTON))).clicked() {
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
            let pressed = ui.add_enabled(can, primary(ui, words)).clicked();
            if pressed || (can && enter) {
                let path = name.path();
                if path.is_file() {
                    name.exists = Some(path);
                } else {
                    answer = Answer::Save(path);
                }
            }
            if ui.add(secondary("Cancel")).clicked() {
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
    heading(ui, "The project was not saved");
    ui.label(format!("{}.", words::capitalised(told)));
    ui.add_space(4.0);
    if ui.add(secondary("Close")).clicked() { Answer::Close } else { Answer::Nothing }
}

fn heading(ui: &mut Ui, words: &str) {
    ui.heading(words);
    ui.add_space(2.0);
}

/// The button that does what the dialog is for.
fn primary(ui: &Ui, words: &str) -> Button<'static> {
    let visuals = ui.visuals();
    let text = RichText::new(words.to_owned()).color(visuals.selection.stroke.color).strong();
    Button::new(text).fill(visuals.selection.bg_fill).min_size(vec2(96.0, BUTTON))
}

/// Any other button.
fn secondary(words: &str) -> Button<'static> {
    Button::new(words.to_owned()).min_size(vec2(0.0, BUTTON))
}
