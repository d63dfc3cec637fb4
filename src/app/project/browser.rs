//! What can be opened: the projects that were opened last, and a folder with what is in it, both looked up on threads.

use std::path::{Path, PathBuf};

use egui::{Context, RichText, ScrollArea, Ui};

use crate::app::job::Job;
use crate::data::project::{Entry, Listing, Recent};

/// The most recent projects that are shown.
const RECENT: usize = 6;
/// Height of a line of the list.
const LINE: f32 = 22.0;

/// What is known of it.
#[derive(Default)]
pub(super) struct Browser {
    /// With whether each is still there.
    recent: Vec<(PathBuf, bool)>,
    recalling: Job<Vec<(PathBuf, bool)>>,
    listing: Option<Result<Listing, String>>,
    folder: PathBuf,
    looking: Job<Result<Listing, String>>,
}

/// What somebody chose.
pub(super) enum Chosen {
    /// To be opened.
    File(PathBuf),
    /// To be looked into.
    Folder(PathBuf),
}

impl Browser {
    /// Looks up what was opened last, and what is in a folder.
    pub(super) fn start(&mut self, ctx: &Context, recent: Option<PathBuf>, folder: PathBuf) {
        self.recalling.start(ctx, move || {
            let recent = recent.map(|file| Recent::read(&file).projects).unwrap_or_default();
            let there = |path: PathBuf| {
                let is_there = path.is_file();
                (path, is_there)
            };
            recent.into_iter().take(RECENT).map(there).collect()
        });
        self.go(ctx, folder);
    }

    /// Looks into a folder.
    pub(super) fn go(&mut self, ctx: &Context, folder: PathBuf) {
        self.folder.clone_from(&folder);
        self.listing = None;
        self.looking = Job::default();
        self.looking
            .start(ctx, move || Listing::of(&folder).map_err(|error| error.kind().to_string()));
    }

    /// Draws both; gives what is chosen.
    pub(super) fn show(&mut self, ui: &mut Ui, height: f32) -> Option<Chosen> {
        if let Some(recent) = self.recalling.done() {
            self.recent = recent;
        }
        if let Some(listing) = self.looking.done() {
            self.listing = Some(listing);
        }
        let mut chosen = None;
        if !self.recent.is_empty() {
            ui.weak("Opened or saved last");
            for (path, is_there) in &self.recent {
                ui.horizontal(|ui| {
                    if *is_there {
                        let link = ui.link(super::name(path));
                        if link.on_hover_text(path.display().to_string()).clicked() {
                            chosen = Some(Chosen::File(path.clone()));
                        }
                    } else {
                        ui.label(RichText::new(super::name(path)).strikethrough().weak());
                        ui.weak("not there any more");
                    }
                    let folder = path.parent().map(|f| f.display().to_string()).unwrap_or_default();
                    ui.add(egui::Label::new(RichText::new(folder).weak()).truncate());
                });
            }
            ui.add_space(6.0);
        }
        ui.horizontal(|ui| {
            let up = self.folder.parent().map(Path::to_owned);
            let button = ui.add_enabled(up.is_some(), egui::Button::new("Up"));
            if button.on_hover_text("To the folder that this one is in").clicked() {
                chosen = up.map(Chosen::Folder);
            }
            let folder = RichText::new(self.folder.display().to_string()).strong();
            ui.add(egui::Label::new(folder).truncate());
        });
        match &self.listing {
            None => {
                ui.weak("Looking…");
            }
            Some(Err(told)) => {
                ui.weak(format!("This folder cannot be looked into ({told})."));
            }
            Some(Ok(listing)) => chosen = list(ui, listing, height).or(chosen),
        }
        chosen
    }
}

fn list(ui: &mut Ui, listing: &Listing, height: f32) -> Option<Chosen> {
    let mut chosen = None;
    if listing.entries.is_empty() {
        ui.weak("Nothing in it that can be opened.");
        return None;
    }
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().interact_size.y = LINE - 2.0;
    let area = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
    area.show_rows(ui, LINE - 2.0, listing.entries.len(), |ui, rows| {
        for entry in listing.entries.get(rows).unwrap_or_default() {
            let path = entry.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let words = match entry {
                Entry::Folder(_) => RichText::new(format!("{name}/")).weak(),
                Entry::Project(_) => RichText::new(name).strong(),
                Entry::Other(_) => RichText::new(name),
            };
            if ui.add(egui::Button::selectable(false, words).truncate()).clicked() {
                chosen = Some(match entry {
                    Entry::Folder(path) => Chosen::Folder(path.clone()),
                    Entry::Project(path) | Entry::Other(path) => Chosen::File(path.clone()),
                });
            }
        }
    });
    if listing.is_cut {
        ui.weak("There are more than are listed: type the name.");
    }
    chosen
}

/// The folder that is proposed: the person's documents where there is a folder of that name, else the one that the program
/// was started in.
pub(super) fn documents() -> PathBuf {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    let named = std::env::var_os("XDG_DOCUMENTS_DIR").map(PathBuf::from);
    let documents = home.map(|home| Path::new(&home).join("Documents"));
    let of_person = [named, documents].into_iter().flatten().find(|folder| folder.is_dir());
    of_person.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
}
