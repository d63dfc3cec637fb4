//! The dialog in which a figure is composed, seen and saved.
//!
//! What is decided in it is the document's [`Draft`]; everything else here is thrown away. The picture in it is
//! made from the same scene, by the same rasteriser, as the file. Must not make a figure in a frame: that is done
//! on threads of their own.

mod check_part;
mod controls;
mod draft;
mod file_part;
mod preview;
mod rows;
mod saving;
mod size_fields;
mod weight;

use std::sync::Arc;

use egui::{
    Context, Frame, Id, Key, Modal, Modifiers, Rect, ScrollArea, Sense, Ui, UiBuilder, vec2,
};

pub(crate) use draft::{Draft, file_stem};

use self::draft::Source;
use self::file_part::FilePart;
use self::preview::{Preview, Subject};
use self::saving::{Said, Saving};
use self::size_fields::SizeFields;
use self::weight::Weight;
use super::actions::Asked;
use super::document::{Command, Document};
use super::eyes;
use super::pen::{Icon, Pen};
use super::visuals::color;
use crate::analysis::words::capitalised;
use crate::export::make::{check_size, raised};
use crate::scene::basemap::BasemapLayers;
use crate::scene::color_vision::Vision;
use crate::scene::theme::style;

/// Width of the controls.
const CONTROLS: f32 = 356.0;
/// Height of the line with the title, and of that below the preview.
const HEAD: f32 = 44.0;
const BELOW: f32 = 40.0;

/// State between frames.
#[derive(Default)]
pub(crate) struct FigureDialog {
    open: bool,
    preview: Preview,
    saving: Saving,
    size: SizeFields,
    file: FilePart,
    weight: Weight,
    /// Height of name, format and buttons in the frame before.
    file_height: f32,
    /// Whether something had the keyboard in the frame before, so that Esc leaves that first.
    typing: bool,
}

/// Where things stand.
struct Places {
    head: Rect,
    preview: Rect,
    below: Rect,
    controls: Rect,
    file: Rect,
}

impl FigureDialog {
    /// Opens it on the document's draft.
    pub(crate) fn open(&mut self) {
        self.open = true;
        self.saving.said = Said::Nothing;
    }

    /// Hands the picture to the screen again, which now shows it with other eyes.
    pub(crate) fn picture_anew(&mut self) {
        self.preview.picture_anew();
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// Draws it, while it is open, over everything else.
    pub(crate) fn show(
        &mut self,
        ctx: &Context,
        pen: &mut Pen,
        document: &Document,
        (basemap, seen_pt): (&Arc<BasemapLayers>, [f32; 2]),
        asked: &mut Asked,
    ) {
        self.saving.follow(ctx);
        if !self.open {
            return;
        }
        let escape = !egui::Popup::is_any_open(ctx)
            && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        if escape && !self.typing {
            if matches!(self.saving.said, Said::Exists { .. }) {
                self.saving.said = Said::Nothing;
            } else {
                self.open = false;
                return;
            }
        }
        let mut draft = document.figure.clone();
        let content = ctx.content_rect();
        let margin = if content.width() < 1100.0 { 8.0 } else { 24.0 };
        // The bar that says that colours are simulated stays in sight.
        let bar = if eyes::of(ctx) == Vision::Normal { 0.0 } else { eyes::BAR };
        let size = content.shrink2(vec2(margin, margin.max(bar))).size();
        let theme = pen.theme;
        let frame = Frame::new().fill(color(theme.paper)).corner_radius(8.0);
        let frame = frame.stroke(egui::Stroke::new(1.0, color(theme.rule)));
        let modal = Modal::new(Id::unique("figure dialog")).frame(frame);
        modal.show(ctx, |ui| {
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            self.contents(ui, pen, document, (basemap, seen_pt), (&mut draft, rect));
        });
        self.typing = ctx.memory(|m| m.focused().is_some());
        if draft != document.figure {
            // What was asked about was another figure.
            self.saving.said = Said::Nothing;
            asked.command(Command::SetFigure(Box::new(draft)));
        }
    }

    fn contents(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        (basemap, seen_pt): (&Arc<BasemapLayers>, [f32; 2]),
        (draft, rect): (&mut Draft, Rect),
    ) {
        let source = |draft: &Draft| {
            let mut view = draft.view(&document.view);
            let own = draft.reopened.filter(|[then, _]| *then == view.camera);
            if let Some([_, camera]) = own {
                view.camera = camera;
            }
            Source {
                record: Arc::clone(&document.dataset),
                basemap: Arc::clone(basemap),
                view,
                selection: Arc::clone(&document.selection),
                spec: draft.spec.clone(),
                seen_pt: own.is_none().then_some(seen_pt),
            }
        };
        let places = self.places(rect);
        let line = egui::Stroke::new(1.0, color(pen.theme.rule));
        ui.painter().hline(rect.x_range(), places.head.bottom(), line);
        ui.painter().vline(
            places.controls.left() - 8.0,
            places.head.bottom()..=rect.bottom(),
            line,
        );
        ui.painter().hline(
            places.controls.left() - 8.0..=rect.right(),
            places.file.top() - 4.0,
            line,
        );
        within(ui, places.head, |ui| self.head(ui, pen));
        let of_draft = source(draft);
        within(ui, places.controls, |ui| {
            ScrollArea::vertical().id_salt("figure controls").auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(places.controls.width() - 14.0);
                controls::show(
                    ui,
                    pen,
                    document,
                    draft,
                    (&mut self.size, self.preview.largest()),
                    &of_draft,
                );
                ui.add_space(8.0);
            });
        });
        let subject = Subject { revision: document.revision, draft: draft.clone(), seen_pt };
        let refused = self.preview.of(&subject).and_then(|made| made.as_ref().err()).cloned();
        let wrong = self.wrong(draft).or_else(|| refused.as_ref().map(|r| r.words.clone()));
        let of_draft = source(draft);
        let file = within(ui, places.file, |ui| {
            let of = (&of_draft, wrong.as_deref());
            self.file.show(ui, pen, &mut self.saving, of);
            if let Some(least) = refused.as_ref().and_then(|refusal| refusal.least)
                && ui.button("Make it high enough").clicked()
            {
                draft.spec.size = raised(&draft.spec.size, least);
            }
            ui.min_rect().height()
        });
        self.file_height = file;
        let for_weight = of_draft.clone();
        self.preview.show(ui, places.preview, pen.theme, &subject, || of_draft);
        if matches!(self.preview.of(&subject), Some(Ok(_))) {
            self.weight.follow(ui.ctx(), &subject, self.file.wanted(), || for_weight);
        }
        within(ui, places.below, |ui| self.below(ui, pen, &subject));
        if let Some(least) = refused.and_then(|refusal| refusal.least) {
            self.size.propose(&mut draft.spec.size, least);
        }
    }

    /// Why the figure cannot be saved, as far as that can be said without making it.
    fn wrong(&self, draft: &Draft) -> Option<String> {
        let wrong = self.size.wrong().map(str::to_owned);
        let checked =
            || check_size(&draft.spec.size, self.file.format).err().map(|e| e.to_string());
        wrong.or_else(checked)
    }

    fn places(&self, rect: Rect) -> Places {
        let inner = rect.shrink2(vec2(16.0, 0.0));
        let head = inner.with_max_y(rect.top() + HEAD);
        let body = Rect::from_min_max(head.left_bottom(), inner.right_bottom() - vec2(0.0, 12.0));
        let side = body.with_min_x(body.right() - CONTROLS);
        let picture = body.with_max_x(side.left() - 24.0);
        let file_height = if self.file_height > 0.0 { self.file_height } else { 168.0 };
        let parted = side.bottom() - file_height;
        Places {
            head,
            preview: picture.with_min_y(picture.top() + 12.0).with_max_y(picture.bottom() - BELOW),
            below: picture.with_min_y(picture.bottom() - BELOW + 8.0),
            controls: side.with_max_y(parted - 12.0),
            file: side.with_min_y(parted),
        }
    }

    fn head(&mut self, ui: &mut Ui, pen: &mut Pen) {
        ui.horizontal_centered(|ui| {
            pen.label(ui, "Figure", style::HEADING, pen.theme.text);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if pen.icon_button(ui, Icon::Close, "Close the figure").clicked() {
                    self.open = false;
                }
            });
        });
    }

    /// How large the preview is shown, what should be looked at, and how large the file is.
    fn below(&mut self, ui: &mut Ui, pen: &mut Pen, subject: &Subject) {
        ui.horizontal(|ui| {
            ui.selectable_value(&mut self.preview.whole_size, false, "Whole figure");
            ui.selectable_value(&mut self.preview.whole_size, true, "100 %");
            check_part::button(ui, pen, &mut self.preview);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let share = self.preview.shown_share().filter(|share| *share < 0.995);
                let share = share.map(|share| format!("seen at {:.0} %", share * 100.0));
                let weight = self.weight.words(subject, self.file.wanted());
                let told: Vec<String> = [weight, share].into_iter().flatten().collect();
                if !told.is_empty() {
                    let told = ui.weak(capitalised(&told.join(", ")));
                    told.on_hover_text(
                        "What the file is as it would be saved, and how large it is seen here",
                    );
                }
                let left = egui::Layout::left_to_right(egui::Align::Center);
                ui.with_layout(left, |ui| check_part::worst(ui, pen, &self.preview));
            });
        });
    }
}

fn within<T>(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui) -> T) -> T {
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(rect.expand(4.0)));
        add(ui)
    })
    .inner
}
