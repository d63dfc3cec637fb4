//! What the picture shows and how it counts, and the switches for its look.

use egui::Ui;

use super::actions::{Asked, Part, Wish};
use super::document::{Command, Document};
use super::eyes;
use super::history::What;
use super::keys::shortcuts;
use super::pen::Pen;
use super::project::Menu;
use crate::analysis::{Facet, Filter, Rule, ThemeName, View, words};
use crate::domain::Code as _;
use crate::scene::theme::style;

/// The room that the account below the title keeps, so that the map stays where it is while the window moves.
#[derive(Default)]
pub(crate) struct AccountRoom {
    /// For which width (its bits), filter and rule it was kept.
    of: Option<(u32, Filter, Rule)>,
    height: f32,
}

impl AccountRoom {
    /// The highest account so far, and at least `least`.
    fn kept(&mut self, width: f32, view: &View, height: f32) -> f32 {
        let same = self
            .of
            .as_ref()
            .is_some_and(|(w, f, r)| *w == width.to_bits() && *f == view.filter && *r == view.rule);
        if !same {
            self.of = Some((width.to_bits(), view.filter.clone(), view.rule));
            self.height = 0.0;
        }
        self.height = self.height.max(height);
        self.height
    }
}

/// From this width on two lines are enough for most accounts.
const NARROW: f32 = 1000.0;

pub(crate) fn show(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    (room, playing): (&mut AccountRoom, bool),
    project: &Menu,
    asked: &mut Asked,
) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.horizontal(|ui| {
        project_menu(ui, project, asked);
        ui.add_space(4.0);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            switches(ui, document, asked);
            ui.add_space(12.0);
            // What is left of the width is the title's; it is cut rather than laid over the switches.
            let width = ui.available_width();
            ui.allocate_ui_with_layout(
                egui::vec2(width, 26.0),
                egui::Layout::left_to_right(egui::Align::Center),
                |ui| title(ui, pen, document, width),
            );
        });
    });
    account(ui, pen, document, (room, playing));
}

/// What is done with the project, and the steps back and forth.
fn project_menu(ui: &mut Ui, project: &Menu, asked: &mut Asked) {
    let mark = if project.is_changed && project.name.is_some() { "• " } else { "" };
    let menu = ui.menu_button(format!("{mark}Project"), |ui| {
        let item =
            |ui: &mut Ui, can: bool, words: &str, keys: &str, wish: Wish, asked: &mut Asked| {
                let button = egui::Button::new(words).shortcut_text(keys);
                if ui.add_enabled(can, button).clicked() {
                    asked.wish(wish);
                }
            };
        item(ui, true, "Open…", "Ctrl + O", Wish::Open, asked);
        item(ui, true, "Save", "Ctrl + S", Wish::Save, asked);
        item(ui, true, "Save as…", "Ctrl + Shift + S", Wish::SaveAs, asked);
        ui.separator();
        let of = |verb: &str, what: Option<What>| {
            what.map_or_else(|| verb.to_owned(), |what| format!("{verb}: {}", what.label()))
        };
        let (back, forth) = (project.back, project.forth);
        item(ui, back.is_some(), &of("Undo", back), "Ctrl + Z", Wish::Undo, asked);
        item(ui, forth.is_some(), &of("Redo", forth), "Ctrl + Shift + Z", Wish::Redo, asked);
        ui.separator();
        let views = match project.views {
            0 => "Saved views".to_owned(),
            n => format!("Saved views ({n})"),
        };
        item(ui, true, &views, "V", Wish::Toggle(Part::Views), asked);
    });
    let said = match (&project.name, project.is_changed) {
        (None, _) => "Nothing is saved yet: open, save, undo, saved views".to_owned(),
        (Some(name), false) => format!("{name}: saved"),
        (Some(name), true) => format!("{name}: has changes that are not saved"),
    };
    menu.response.on_hover_text(said);
}

fn title(ui: &mut Ui, pen: &mut Pen, document: &Document, width: f32) {
    let (dataset, view) = (&document.dataset, &document.view);
    let theme = pen.theme;
    let total = words::total(view, &document.selection);
    let title = format!("{}: {total}", words::window(dataset, view));
    // Its numbers must be read whole: it is set smaller before it is cut.
    let fits = pen.shaper.shape(&title, style::HEADING).width() <= width;
    let look = if fits { style::HEADING } else { style::BODY_STRONG };
    let response = pen.label_within(ui, &title, width, look, theme.text);
    pen.hover(response, &title);
}

/// What is counted and how, and what is not shown: whole, on as many lines as it takes.
fn account(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    (room, playing): (&mut AccountRoom, bool),
) {
    let (dataset, view) = (&document.dataset, &document.view);
    let zone = words::zone(&dataset.time_zone);
    let mut sub = String::new();
    if !view.filter.is_empty() {
        sub.push_str(&format!("Only {}. ", view.filter.words(dataset)));
    }
    sub.push_str(&format!("Counted: {}. Days in {zone}.", view.rule.label()));
    if let Some(left_out) = words::left_out(view, &document.selection) {
        sub.push_str(&format!(" Not shown: {left_out}."));
    }
    let cautions = words::cautions(dataset, view, &document.selection);
    if !cautions.is_empty() {
        sub.push_str(&format!(" {cautions}"));
    }
    let color = pen.theme.text_muted;
    let width = ui.available_width();
    let said = pen.paragraph(ui, &sub, style::BODY_SMALL, color).rect.height();
    // Most windows need so many lines, and while time plays the map must stay where it is.
    let lines = match (playing, width < NARROW) {
        (false, _) => 1.0,
        (true, true) => 3.0,
        (true, false) => 2.0,
    };
    let least = lines * pen.shaper.shape(&sub, style::BODY_SMALL).height();
    let kept = room.kept(width, view, said.max(least));
    if kept > said {
        ui.add_space(kept - said - ui.spacing().item_spacing.y);
    }
}

/// Help, theme, names and the counting rule, from the right.
fn switches(ui: &mut Ui, document: &Document, asked: &mut Asked) {
    let view = &document.view;
    if ui.available_width() < NARROW {
        let more = ui.menu_button("More", |ui| {
            how_read(ui, document, asked);
            looks(ui, view, asked);
        });
        more.response.on_hover_text("Colours, eyes, names, keys");
    } else {
        looks(ui, view, asked);
        how_read(ui, document, asked);
    }
    let figure =
        ui.button("Figure…").on_hover_text("Compose a figure of this view and save it (Ctrl + E)");
    if figure.clicked() {
        asked.wish(Wish::Figure);
    }
    rules(ui, document, asked);
    let chosen = Facet::ALL.iter().filter(|f| view.filter.chosen(**f).next().is_some()).count()
        + usize::from(view.filter.search().is_some())
        + usize::from(view.filter.area().is_some());
    let name = if chosen == 0 { "Filter".to_owned() } else { format!("Filter ({chosen})") };
    let filter = ui.selectable_label(chosen > 0, name);
    if filter.on_hover_text("Search, and choose what is let through (Ctrl + F)").clicked() {
        asked.wish(Wish::Toggle(Part::Filter));
    }
    if !document.problems.is_empty() {
        let list: Vec<_> = document.problems.iter().take(12).map(ToString::to_string).collect();
        let warn = ui.visuals().warn_fg_color;
        ui.colored_label(warn, words::problems(document.problems.len()))
            .on_hover_text(list.join("\n"));
    }
}

/// What the columns of an open table were taken for.
fn how_read(ui: &mut Ui, document: &Document, asked: &mut Asked) {
    if document.table.is_none() {
        return;
    }
    let button = ui.button("How this file was read…");
    if button.on_hover_text("What each column was taken for, and what else it could be").clicked() {
        asked.wish(Wish::HowRead);
    }
}

/// Help, colours and names of the window.
fn looks(ui: &mut Ui, view: &View, asked: &mut Asked) {
    if ui.button("Help").on_hover_text("Keys and what they do (F1)").clicked() {
        asked.wish(Wish::Toggle(Part::Help));
    }
    let dark = view.theme == ThemeName::Dark;
    let name = if dark { "Light" } else { "Dark" };
    if ui.button(name).on_hover_text("Switch between light and dark").clicked() {
        let theme = if dark { ThemeName::Light } else { ThemeName::Dark };
        asked.command(Command::SetTheme(theme));
    }
    eyes::menu(ui, asked);
    let arabic = ui.selectable_label(view.arabic, "Arabic");
    if arabic.on_hover_text("Arabic names beside the Latin ones").clicked() {
        asked.command(Command::SetArabic(!view.arabic));
    }
}

/// The counting rules: side by side where there is room, else in a menu.
fn rules(ui: &mut Ui, document: &Document, asked: &mut Asked) {
    // Most titles are read whole beside them; the longest are on hovering.
    const ROOM: f32 = 840.0;
    const BESIDE_TITLE: f32 = 600.0;
    let (current, offered) = (document.view.rule, Rule::offered(&document.dataset.classes));
    if offered.len() < 2 {
        return;
    }
    let mut choice = |ui: &mut Ui, rule: Rule| {
        let button = ui.selectable_label(current == rule, rule.short_label());
        if button.on_hover_text(rule.definition()).clicked() {
            asked.command(Command::SetRule(rule));
        }
    };
    if ui.available_width() > ROOM {
        for rule in offered.iter().copied().rev() {
            choice(ui, rule);
        }
        // Beside a title the rules say enough, and the line below it says it in full.
        if ui.available_width() > BESIDE_TITLE {
            ui.weak("Count");
        }
    } else {
        ui.menu_button(format!("Count: {}", current.short_label()), |ui| {
            for rule in offered.iter().copied() {
                choice(ui, rule);
            }
        });
    }
}

/// The list of keys; Esc closes it.
pub(crate) fn help(ctx: &egui::Context, open: &mut bool) {
    if *open && ctx.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
        *open = false;
    }
    let height = (ctx.content_rect().height() - 120.0).max(120.0);
    egui::Window::new("Keys")
        .open(open)
        .resizable(false)
        .collapsible(false)
        .default_size([720.0, height.min(520.0)])
        .max_height(height)
        .anchor(egui::Align2::CENTER_CENTER, egui::Vec2::ZERO)
        .vscroll(true)
        .show(ctx, |ui| {
            let all = shortcuts();
            ui.spacing_mut().interact_size.y = 20.0;
            let (left, right) = all.split_at(all.len().div_ceil(2));
            ui.columns(2, |columns| {
                for (i, (ui, keys)) in columns.iter_mut().zip([left, right]).enumerate() {
                    egui::Grid::new(("keys", i)).spacing([24.0, 4.0]).show(ui, |ui| {
                        for s in keys {
                            ui.strong(s.keys_in_words);
                            ui.label(s.what);
                            ui.end_row();
                        }
                    });
                }
            });
            ui.separator();
            ui.label(
                "Drag the edges of the window on the time strip, or its middle. The wheel over it makes \
                 it longer or shorter, with Ctrl it zooms the strip; a double click shows the whole record.",
            );
            ui.label(
                "Drag the map to move it; the wheel zooms. Click a site for its events and sources.",
            );
            ui.label(
                "In the table, up, down, page up, page down, Home and End go from event to event, Enter opens \
                 the card, Ctrl + C copies the table as TSV. A double click moves the map to the event.",
            );
        });
}
