//! The dialog that says how a table was read, column by column, and in which a person says what it should be read as.
//!
//! What is chosen in it is a draft until it is applied; what a choice costs is counted on threads of their own. Must not
//! read a file in a frame, nor change the open record: what was chosen is handed to the atlas, which opens the file anew.

mod columns;
mod counting;
mod places;
mod side;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{
    Context, Frame, Id, Key, Modal, Modifiers, Rect, ScrollArea, Sense, Ui, UiBuilder, vec2,
};

use self::counting::{Counted, Counting};
use self::places::Places;
use self::side::Preview;
use super::document::{Document, TableRead};
use super::eyes;
use super::pen::{Icon, Pen};
use super::visuals::color;
use crate::analysis::words;
use crate::data::import::{DateOrder, LeftOut, Mapping};
use crate::data::save;
use crate::scene::basemap::BasemapLayers;
use crate::scene::color_vision::Vision;
use crate::scene::theme::style;

/// The largest size of the dialog, and the width of what stands beside the columns.
const LARGEST: [f32; 2] = [1120.0, 760.0];
const SIDE: f32 = 250.0;
/// Height of the line with the title, and of that with the buttons.
const HEAD: f32 = 44.0;
const FOOT: f32 = 46.0;

/// State between frames.
#[derive(Default)]
pub(crate) struct TableDialog {
    open: bool,
    draft: Option<Mapping>,
    only_used: bool,
    counting: Counting,
    preview: Preview,
    places: Places,
    /// The name of the mapping file, while one is asked for.
    file: Option<String>,
    said: Said,
    /// Whether something is remembered of tables of this shape; looked up when it opens.
    is_remembered: Option<bool>,
    /// Whether that is to be forgotten.
    forgets: bool,
}

/// What is said beside the buttons.
#[derive(Default)]
enum Said {
    #[default]
    Nothing,
    Done(String),
    Failed(String),
    /// The file is there already.
    Exists,
}

impl TableDialog {
    /// The dialog of a record; open where a person has to be asked.
    pub(crate) fn on(document: &Document) -> Self {
        let open = document.table.as_ref().is_some_and(|table| has_questions(table));
        // Of very many columns those in use are what there is to be looked at first.
        let only_used = document.table.as_ref().is_some_and(|table| {
            let table = &table.opened.table;
            table.mapping().has_date() && table.sample().header.len() > columns::MANY
        });
        Self { open, only_used, ..Self::default() }
    }

    pub(crate) fn open(&mut self) {
        self.open = true;
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// Draws it, while it is open, over everything else; gives the file that is to be opened anew, with what its columns
    /// are, or with none where that is to be found out.
    pub(crate) fn show(
        &mut self,
        ctx: &Context,
        pen: &mut Pen,
        (document, remembered): (&Document, Option<&Path>),
        basemap: &BasemapLayers,
    ) -> Option<(PathBuf, Option<Mapping>)> {
        let table = document.table.as_ref().filter(|_| self.open)?;
        let escape = !egui::Popup::is_any_open(ctx)
            && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        if escape {
            if self.file.take().is_none() {
                self.close();
                return None;
            }
            self.said = Said::Nothing;
        }
        let mut draft = self.draft.take().unwrap_or_else(|| table.opened.table.mapping().clone());
        let before = draft.clone();
        self.counting.follow(ctx, table, &draft);
        if self.is_remembered.is_none() {
            let is_kept = |folder| table.opened.table.is_remembered(folder);
            self.is_remembered = Some(remembered.is_some_and(is_kept));
        }
        let content = ctx.content_rect();
        let bar = if eyes::of(ctx) == Vision::Normal { 8.0 } else { eyes::BAR };
        let size = content.shrink2(vec2(8.0, bar)).size().min(LARGEST.into());
        let theme = pen.theme;
        let frame = Frame::new().fill(color(theme.paper)).corner_radius(8.0);
        let frame = frame.stroke(egui::Stroke::new(1.0, color(theme.rule)));
        let modal = Modal::new(Id::unique("table dialog")).frame(frame);
        let applied = modal.show(ctx, |ui| {
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            self.contents(ui, pen, (table, basemap), (&mut draft, rect))
        });
        if draft != before {
            self.said = Said::Nothing;
        }
        if std::mem::take(&mut self.forgets)
            && let Some(folder) = remembered
        {
            match table.opened.table.forget(folder) {
                Ok(()) => {
                    self.close();
                    return Some((table.opened.path.clone(), None));
                }
                Err(error) => {
                    self.said = Said::Failed(format!("it could not be forgotten ({error})"));
                }
            }
        }
        if applied.inner {
            self.close();
            draft.profile = None;
            draft.said_by = Some("you said".to_owned());
            return Some((table.opened.path.clone(), Some(draft)));
        }
        if self.open {
            self.draft = Some(draft);
        }
        None
    }

    fn close(&mut self) {
        self.open = false;
        (self.draft, self.file, self.said) = (None, None, Said::Nothing);
        self.is_remembered = None;
        self.places = Places::default();
        self.counting.stop();
    }

    /// Draws all of it; whether the draft is to be applied.
    fn contents(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        (table, basemap): (&Arc<TableRead>, &BasemapLayers),
        (draft, rect): (&mut Mapping, Rect),
    ) -> bool {
        let inner = rect.shrink2(vec2(16.0, 0.0));
        let head = inner.with_max_y(rect.top() + HEAD);
        let foot = inner.with_min_y(rect.bottom() - FOOT);
        let line = egui::Stroke::new(1.0, color(pen.theme.rule));
        ui.painter().hline(rect.x_range(), head.bottom(), line);
        ui.painter().hline(rect.x_range(), foot.top(), line);
        within(ui, head, |ui| self.head(ui, pen, table));
        let counted = self.counting.known(table, draft);
        let body = inner.with_min_y(head.bottom()).with_max_y(foot.top()).shrink2(vec2(0.0, 8.0));
        let asked = within(ui, body, |ui| {
            questions(ui, pen, draft, counted.as_ref());
            ui.min_rect().height()
        });
        let body = body.with_min_y(body.top() + if asked > 0.0 { asked + 8.0 } else { 0.0 });
        let side = body.with_min_x(body.right() - SIDE);
        let list = body.with_max_x(side.left() - 16.0);
        ui.painter().vline(side.left() - 8.0, body.y_range(), line);
        let sample = table.opened.table.sample();
        let survey = self.counting.survey().cloned();
        if let Some(Counted { report, .. }) = &counted {
            self.places.follow(&report.places, draft);
        }
        within(ui, list, |ui| {
            if !self.places.is_empty() {
                self.tabs(ui, draft);
            }
            if self.places.is_shown && !self.places.is_empty() {
                self.places.show(ui, pen, draft);
            } else {
                let of = (sample, survey.as_ref());
                columns::show(ui, pen, of, draft, &mut self.only_used);
            }
        });
        within(ui, side, |ui| {
            ScrollArea::vertical().id_salt("beside columns").auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(side.width() - 12.0);
                self.preview.show(ui, pen, basemap, (&table.opened.table, draft));
                ui.add_space(4.0);
                if draft.has_date() {
                    side::rows(ui, pen, counted.as_ref(), self.counting.failed());
                }
                side::choices(ui, pen, survey.as_ref(), draft);
                ui.add_space(8.0);
            });
        });
        within(ui, foot, |ui| self.foot(ui, pen, table, draft))
    }

    /// Columns, or places.
    fn tabs(&mut self, ui: &mut Ui, draft: &Mapping) {
        ui.horizontal(|ui| {
            ui.selectable_value(&mut self.places.is_shown, false, "Columns");
            let open = usize::try_from(self.places.open(draft)).unwrap_or(usize::MAX);
            let places = match open {
                0 => "Places without a position".to_owned(),
                n => format!("Places without a position ({} to settle)", words::thousands(n)),
            };
            ui.selectable_value(&mut self.places.is_shown, true, places);
        });
        ui.add_space(4.0);
    }

    fn head(&mut self, ui: &mut Ui, pen: &mut Pen, table: &TableRead) {
        ui.horizontal_centered(|ui| {
            let name = table.opened.path.file_name().unwrap_or_default().to_string_lossy();
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if pen.icon_button(ui, Icon::Close, "Close").clicked() {
                    self.close();
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let title = format!("How {name} was read");
                    let most = ui.available_width() - 230.0;
                    pen.label_within(ui, &title, most, style::HEADING, pen.theme.text);
                    let width = ui.available_width();
                    let said = table.how.in_short();
                    let look = pen.theme.text_muted;
                    let label = pen.label_within(ui, &said, width, style::BODY_SMALL, look);
                    pen.hover(label, &said);
                });
            });
        });
    }

    fn foot(&mut self, ui: &mut Ui, pen: &mut Pen, table: &TableRead, draft: &Mapping) -> bool {
        let mut applied = false;
        ui.horizontal_centered(|ui| {
            if let Some(mut file) = self.file.take() {
                let label = ui.label("Mapping file").id;
                let field = egui::TextEdit::singleline(&mut file).desired_width(260.0);
                if ui.add(field).labelled_by(label).changed() {
                    self.said = Said::Nothing;
                }
                let save = ui.add_enabled(!file.trim().is_empty(), egui::Button::new("Save"));
                let replace = matches!(self.said, Said::Exists)
                    && ui.button("It is there already: replace it").clicked();
                let back = ui.button("Back").clicked();
                if save.clicked() || replace {
                    self.save(Path::new(file.trim()), replace, table, draft);
                }
                let is_saved = matches!(self.said, Said::Done(_));
                if back {
                    self.said = Said::Nothing;
                } else if !is_saved {
                    self.file = Some(file);
                }
            } else {
                let is_other = draft != table.opened.table.mapping();
                let apply =
                    ui.add_enabled(is_other && draft.has_date(), egui::Button::new("Apply"));
                let apply = apply.on_disabled_hover_text(if draft.has_date() {
                    "The table is read in this way already"
                } else {
                    "Choose the column that holds the date first"
                });
                applied = apply.on_hover_text("Read the table in this way").clicked();
                if ui
                    .button("Save mapping…")
                    .on_hover_text("For --mapping on the command line")
                    .clicked()
                {
                    let beside = table.opened.path.with_extension("mapping.toml");
                    self.file = Some(beside.display().to_string());
                    self.said = Said::Nothing;
                }
                if self.is_remembered == Some(true) {
                    let forget = ui.button("Forget this shape");
                    let told = "Forget what you said of tables with this header, and guess again";
                    self.forgets = forget.on_hover_text(told).clicked();
                }
                if ui.button("Close").clicked() {
                    self.close();
                }
            }
            let (words, look) = match &self.said {
                Said::Done(words) => (words.clone(), pen.theme.text_muted),
                Said::Failed(why) => (words::capitalised(why), pen.theme.alert),
                Said::Nothing | Said::Exists => return,
            };
            let width = ui.available_width();
            let label = pen.label_within(ui, &words, width, style::BODY_SMALL, look);
            pen.hover(label, &words);
        });
        applied
    }

    fn save(&mut self, path: &Path, replace: bool, table: &TableRead, draft: &Mapping) {
        if path.exists() && !replace {
            self.said = Said::Exists;
            return;
        }
        let text = table.opened.table.mapping_text(draft);
        self.said = match save(path, text.as_bytes()) {
            Ok(()) => Said::Done(format!(
                "Saved {}: every command reads the table so with --mapping",
                path.display()
            )),
            Err(error) => Said::Failed(error.to_string()),
        };
    }
}

/// Whether a person has to be asked: the columns were guessed, and rows were lost or nothing says when.
fn has_questions(table: &TableRead) -> bool {
    let TableRead { opened, how } = table;
    let is_guess = how.profile.is_none() && how.said_by.is_none();
    let is_lossy = how.report.total_left_out() > 0 || how.swapped.is_some();
    is_guess && (is_lossy || !opened.table.mapping().has_date())
}

/// What has to be decided first, each with its answers.
fn questions(ui: &mut Ui, pen: &mut Pen, draft: &mut Mapping, counted: Option<&Counted>) {
    if !draft.has_date() {
        let said = "Which column holds the date? Choose it below: without one there is no event.";
        pen.paragraph(ui, said, style::BODY_STRONG, pen.theme.alert);
        return;
    }
    let Some(Counted { report, swapped }) = counted else { return };
    if let Some(rows) = report.left_out.get(&LeftOut::EitherDate) {
        let count = words::thousands(usize::try_from(rows.rows).unwrap_or(usize::MAX));
        let such = rows.examples.first().map(|e| format!(", such as {}", e.cell));
        let noun = if rows.rows == 1 { "row" } else { "rows" };
        let said = format!(
            "In {count} {noun} day and month of the date can be either{}.",
            such.unwrap_or_default()
        );
        question(ui, pen, &said, |ui| {
            for (order, words) in
                [(DateOrder::DayMonthYear, "Day first"), (DateOrder::MonthDayYear, "Month first")]
            {
                if ui.button(words).clicked() {
                    draft.date_order = Some(order);
                }
            }
        });
    }
    if let Some(swapped) = swapped {
        question(ui, pen, &format!("{}.", words::capitalised(&swapped.words())), |ui| {
            if ui.button("Swap latitude and longitude").clicked() {
                draft.swap_positions();
            }
        });
    }
}

/// A sentence with its answers below it.
fn question(ui: &mut Ui, pen: &mut Pen, said: &str, answers: impl FnOnce(&mut Ui)) {
    pen.paragraph(ui, said, style::BODY, pen.theme.alert);
    ui.horizontal(answers);
}

fn within<T>(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui) -> T) -> T {
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(rect.expand(4.0)));
        add(ui)
    })
    .inner
}
