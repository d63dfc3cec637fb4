//! The list of saved views: the present one is added under a name, and each can be gone to, renamed and removed.

use std::sync::Arc;

use egui::{Context, Id, ScrollArea, Ui, vec2};

use super::actions::{Asked, Wish};
use super::document::{Command, Document};
use crate::analysis::words;
use crate::data::project::{Kept, MAX_NAME, SavedView};

/// Width of the list, and most of its height.
const WIDTH: f32 = 330.0;
const HEIGHT: f32 = 320.0;

/// State between frames.
#[derive(Default)]
pub(crate) struct ViewsPanel {
    open: bool,
    /// The name that was typed for a new view.
    name: String,
    /// The view that gets another name, and what was typed.
    renames: Option<Rename>,
}

/// A view that gets another name.
struct Rename {
    place: usize,
    typed: String,
    /// Whether the keyboard is in its field.
    has_begun: bool,
}

impl Rename {
    /// The name that was typed, when it was; an empty one when it stays as it is.
    fn show(&mut self, ui: &mut Ui) -> Option<String> {
        let label = ui.weak("New name").id;
        let field = egui::TextEdit::singleline(&mut self.typed).char_limit(MAX_NAME);
        let field = ui.add(field.desired_width(ui.available_width())).labelled_by(label);
        if !std::mem::replace(&mut self.has_begun, true) {
            field.request_focus();
            return None;
        }
        let given_up = ui.input(|i| i.key_pressed(egui::Key::Escape));
        field.lost_focus().then(|| if given_up { String::new() } else { plain(&self.typed) })
    }
}

/// What is asked of a view.
enum Act {
    Go(usize),
    Rename(usize, String),
    Remove(usize),
}

impl ViewsPanel {
    pub(crate) fn toggle(&mut self) {
        self.open = !self.open;
    }

    /// Draws it, while it is open.
    pub(crate) fn show(&mut self, ctx: &Context, document: &Document, asked: &mut Asked) {
        if !self.open {
            return;
        }
        let mut open = true;
        let room = ctx.content_rect();
        egui::Window::new("Saved views")
            .id(Id::unique("saved views"))
            .open(&mut open)
            .resizable(false)
            .collapsible(false)
            .default_pos(room.left_top() + vec2(32.0, 216.0))
            .show(ctx, |ui| {
                ui.set_width(WIDTH.min(room.width() - 64.0));
                self.add(ui, document, asked);
                ui.separator();
                if document.views.is_empty() {
                    ui.weak("No view is saved yet. A view keeps days, filter, rule, map, colours and figure.");
                }
                let height = HEIGHT.min(room.height() - 240.0);
                let act = ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| self.list(ui, document));
                if let Some(act) = act.inner {
                    self.act(document, act, asked);
                }
            });
        self.open &= open;
    }

    fn add(&mut self, ui: &mut Ui, document: &Document, asked: &mut Asked) {
        ui.horizontal(|ui| {
            let proposed = proposed(document);
            let field = egui::TextEdit::singleline(&mut self.name)
                .desired_width(WIDTH - 80.0)
                .char_limit(MAX_NAME)
                .hint_text(proposed.clone());
            let label = ui.label("Name").id;
            let field = ui.add(field.desired_width(WIDTH - 130.0)).labelled_by(label);
            let enter = field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
            if ui.button("Add").on_hover_text("Saves what is looked at under this name").clicked()
                || enter
            {
                let typed = plain(&std::mem::take(&mut self.name));
                let name = if typed.is_empty() { proposed } else { typed };
                let figure = document.figure.clone().into();
                let saved = SavedView { name, view: document.view.clone(), figure };
                let mut views = document.views.to_vec();
                views.push(Kept::new(saved));
                asked.command(Command::SetViews(Arc::new(views)));
            }
        });
    }

    fn list(&mut self, ui: &mut Ui, document: &Document) -> Option<Act> {
        let mut act = None;
        for (place, saved) in document.views.iter().enumerate() {
            ui.push_id(place, |ui| {
                ui.horizontal(|ui| {
                    let right = egui::Layout::right_to_left(egui::Align::Center);
                    ui.with_layout(right, |ui| {
                        if ui.small_button("Remove").clicked() {
                            act = Some(Act::Remove(place));
                        }
                        let renames = self.renames.as_mut().filter(|rename| rename.place == place);
                        if let Some(rename) = renames {
                            let left = egui::Layout::left_to_right(egui::Align::Center);
                            let name = ui.with_layout(left, |ui| rename.show(ui)).inner;
                            act = act.take().or(name.map(|name| Act::Rename(place, name)));
                            return;
                        }
                        if ui.small_button("Rename").clicked() {
                            let typed = saved.value.name.clone();
                            self.renames = Some(Rename { place, typed, has_begun: false });
                        }
                        let left = egui::Layout::left_to_right(egui::Align::Center);
                        ui.with_layout(left, |ui| {
                            let name = egui::Link::new(saved.value.name.as_str());
                            let days = words::span(saved.value.view.window);
                            if ui.add(name).on_hover_text(days).clicked() {
                                act = Some(Act::Go(place));
                            }
                        });
                    });
                });
            });
        }
        act
    }

    fn act(&mut self, document: &Document, act: Act, asked: &mut Asked) {
        let mut views = document.views.to_vec();
        match act {
            Act::Go(place) => {
                if let Some(saved) = views.get(place) {
                    asked.wish(Wish::StopPlay);
                    asked.command(Command::ShowSaved(Box::new(saved.value.clone())));
                }
                return;
            }
            Act::Rename(place, name) => {
                self.renames = None;
                if let Some(saved) = views.get_mut(place).filter(|_| !name.is_empty()) {
                    saved.value.name = name;
                }
            }
            Act::Remove(place) => {
                self.renames = None;
                views.remove(place);
            }
        }
        asked.command(Command::SetViews(Arc::new(views)));
    }
}

/// A name for what is looked at: its days.
fn proposed(document: &Document) -> String {
    words::window(&document.dataset, &document.view)
}

/// A name as it is saved.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}
