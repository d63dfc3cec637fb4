//! The figure itself, made on another thread, as a picture that follows what is asked for.

use std::sync::Arc;

use egui::{
    Align2, Color32, ColorImage, Context, FontId, Rect, Role, ScrollArea, Sense, Stroke,
    TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::super::eyes;
use super::super::job::Job;
use super::super::visuals::color;
use super::draft::{Draft, Source};
use crate::analysis::FigureSize;
use crate::domain::SiteIndex;
use crate::export::make::{MakeError, compose, pixels_per_point};
use crate::export::{ExportError, rasterize, vision};
use crate::scene::color_vision::Vision;
use crate::scene::figure::Figure;
use crate::scene::figure_check::{self, Remark};
use crate::scene::text::Shaper;
use crate::scene::theme::Theme;

/// The most pixels of a preview: more are slow to be seen, and of no use on a screen.
const MOST_PX: f64 = 9.0e6;
/// Room around the figure in points.
const MARGIN: f32 = 12.0;

/// What a figure is of: a revision of the document and what was decided for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Subject {
    pub(super) revision: u64,
    pub(super) draft: Draft,
    /// The map of the window, which the figure's shows the ground of.
    pub(super) seen_pt: [f32; 2],
}

/// Why there is no figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refusal {
    pub(super) words: String,
    /// The least height in points at which there is one.
    pub(super) least: Option<f32>,
}

/// What came from the other thread.
struct Drawn {
    subject: Subject,
    figure: Result<Arc<Figure>, Refusal>,
    image: Option<ColorImage>,
    /// What is to be looked at in a figure that was made anew.
    remarks: Option<Vec<Remark>>,
    vision: Vision,
    /// Pixels of the picture for one of the file.
    share: f32,
    shaper: Shaper,
}

/// The picture shown, and the one under way.
#[derive(Default)]
pub(super) struct Preview {
    /// What was made last.
    made: Option<(Subject, Result<Arc<Figure>, Refusal>)>,
    picture: Option<Picture>,
    job: Job<Drawn>,
    shaper: Option<Shaper>,
    /// What is to be looked at in the figure made last.
    remarks: Vec<Remark>,
    /// Whether the figure is shown in its own pixels instead of whole.
    pub(super) whole_size: bool,
    /// Whose eyes the figure is seen with.
    pub(super) vision: Vision,
}

struct Picture {
    texture: TextureHandle,
    vision: Vision,
    share: f32,
    /// Pixels of the file.
    size_px: [u32; 2],
}

impl Preview {
    /// What was made of this, if that is what was made last.
    pub(super) fn of(&self, subject: &Subject) -> Option<&Result<Arc<Figure>, Refusal>> {
        self.made.as_ref().filter(|(of, _)| of == subject).map(|(_, figure)| figure)
    }

    /// The site with most events on the ground of the figure made last.
    pub(super) fn largest(&self) -> Option<SiteIndex> {
        let (_, Ok(figure)) = self.made.as_ref()? else { return None };
        let on_ground = figure.sites.iter().filter(|site| site.is_on_ground());
        let largest = on_ground.max_by_key(|site| (site.count.certain(), site.count.both()))?;
        largest.members.first().copied()
    }

    /// What is to be looked at in the figure made last, the worst first.
    pub(super) fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// Lets the picture be made again.
    pub(super) fn picture_anew(&mut self) {
        self.picture = None;
    }

    /// Takes what is done, and starts what is wanted now; of several wishes the newest.
    fn follow(
        &mut self,
        ctx: &Context,
        subject: &Subject,
        share: f32,
        source: impl FnOnce() -> Source,
    ) {
        if let Some(drawn) = self.job.done() {
            self.take(ctx, drawn);
        }
        let known = self.of(subject).cloned();
        // With other eyes for the whole window the picture is seen once through them, not twice.
        let is_plain = eyes::of(ctx) == Vision::Normal;
        let vision = if is_plain { self.vision } else { Vision::Normal };
        let sharp = self.picture.as_ref().is_some_and(|picture| {
            (picture.share - share).abs() < 0.002 && picture.vision == vision
        });
        if self.job.is_running() || known.as_ref().is_some_and(|figure| sharp || figure.is_err()) {
            return;
        }
        let (subject, source) = (subject.clone(), source());
        let mut shaper = self.shaper.take().unwrap_or_default();
        self.job.start(ctx, move || {
            let is_new = known.is_none();
            let source = if is_new { source.settled(&mut shaper) } else { source };
            let size = source.spec.size;
            let figure = known.unwrap_or_else(|| figure(&mut shaper, &source));
            let remarks = is_new.then(|| remarks(figure.as_deref().ok(), &source));
            let drawn = figure.as_ref().ok().map(|figure| image(figure, &size, share, vision));
            let (image, figure) = match drawn {
                Some(Err(error)) => (None, Err(Refusal { words: error.to_string(), least: None })),
                Some(Ok(image)) => (Some(image), figure),
                None => (None, figure),
            };
            Drawn { subject, figure, image, remarks, vision, share, shaper }
        });
    }

    fn take(&mut self, ctx: &Context, drawn: Drawn) {
        let Drawn { subject, figure, image, remarks, vision, share, shaper } = drawn;
        self.shaper = Some(shaper);
        self.remarks = remarks.unwrap_or_else(|| std::mem::take(&mut self.remarks));
        if let Some(image) = image {
            let size_px = subject.draft.spec.size.pixels();
            let texture = ctx.load_texture("figure", image, TextureOptions::LINEAR);
            self.picture = Some(Picture { texture, vision, share, size_px });
        }
        self.made = Some((subject, figure));
        ctx.request_repaint();
    }

    /// Shows the figure in a part of the window.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        theme: &Theme,
        subject: &Subject,
        source: impl FnOnce() -> Source,
    ) {
        let size = &subject.draft.spec.size;
        let room = (rect.size() - Vec2::splat(2.0 * MARGIN)).max(Vec2::splat(16.0));
        let share = self.share(ui.ctx(), size, room);
        self.follow(ui.ctx(), subject, share, source);
        ui.painter().rect_filled(rect, 4.0, color(theme.panel));
        let refused = matches!(self.of(subject), Some(Err(_)));
        let current = self.of(subject).is_some() && !refused;
        if let Some(picture) = &self.picture {
            let per_point = ui.ctx().pixels_per_point();
            let size = if self.whole_size {
                picture.texture.size_vec2() / per_point
            } else {
                fitted(picture.size_px, room, per_point)
            };
            let tint = if current { 1.0 } else { 0.35 };
            let name = if current { "Preview of the figure" } else { "Preview of an older figure" };
            let image = |ui: &mut Ui| {
                let wanted = size.max(room);
                let (place, response) = ui.allocate_exact_size(wanted, Sense::hover());
                response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
                let frame = Rect::from_center_size(place.center(), size);
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                let tint = Color32::WHITE.gamma_multiply(tint);
                ui.painter().image(picture.texture.id(), frame, whole, tint);
                let line = Stroke::new(1.0, color(theme.rule));
                ui.painter().rect_stroke(frame, 0.0, line, egui::StrokeKind::Outside);
            };
            let inner = egui::UiBuilder::new().max_rect(rect.shrink(MARGIN));
            ui.scope_builder(inner, |ui| {
                let scroll = ScrollArea::both().id_salt("figure").auto_shrink(false);
                scroll.scroll_source(egui::scroll_area::ScrollSource::ALL).show(ui, image);
            });
        }
        let told = match self.of(subject) {
            Some(Ok(_)) => None,
            Some(Err(refusal)) => Some(refusal.words.clone()),
            None => Some("Drawing the figure…".to_owned()),
        };
        if let Some(told) = told {
            notice(ui, rect, theme, &told);
        }
    }

    /// How many pixels the preview has for one of the file.
    fn share(&self, ctx: &Context, size: &FigureSize, room: Vec2) -> f32 {
        let [width, height] = size.pixels();
        let px = [width, height].map(|side| f64::from(side.max(1)));
        let largest = ctx.input(|input| input.max_texture_side);
        let largest = f64::from(u32::try_from(largest).unwrap_or(u32::MAX)).min(8192.0);
        let bounded = (MOST_PX / (px[0] * px[1])).sqrt().min(largest / px[0]).min(largest / px[1]);
        let fit =
            if self.whole_size { 1.0 } else { share_that_fits(px, room, ctx.pixels_per_point()) };
        #[expect(clippy::cast_possible_truncation, reason = "from 0 to 1")]
        let share = bounded.min(fit).min(1.0) as f32;
        share
    }

    /// The share of the file's pixels that is shown, once there is a picture.
    pub(super) fn shown_share(&self) -> Option<f32> {
        self.picture.as_ref().map(|picture| picture.share)
    }
}

fn share_that_fits(px: [f64; 2], room: Vec2, per_point: f32) -> f64 {
    let room = [room.x, room.y].map(|side| f64::from(side * per_point));
    (room[0] / px[0]).min(room[1] / px[1]).min(1.0)
}

/// The size in points at which a figure of so many pixels is whole in sight.
fn fitted(size_px: [u32; 2], room: Vec2, per_point: f32) -> Vec2 {
    #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
    let [width, height] = size_px.map(|side| side.max(1) as f32 / per_point);
    let share = (room.x / width).min(room.y / height).min(1.0);
    vec2(width, height) * share
}

fn figure(shaper: &mut Shaper, source: &Source) -> Result<Arc<Figure>, Refusal> {
    compose(shaper, &source.input(), &source.spec).map(Arc::new).map_err(|error| {
        let least = match &error {
            MakeError::TooLow { least, .. } => *least,
            _ => None,
        };
        Refusal { words: error.to_string(), least }
    })
}

fn remarks(figure: Option<&Figure>, source: &Source) -> Vec<Remark> {
    let check = |figure| figure_check::check(figure, &source.input(), &source.spec);
    figure.map_or_else(Vec::new, check)
}

fn image(
    figure: &Figure,
    size: &FigureSize,
    share: f32,
    vision: Vision,
) -> Result<ColorImage, ExportError> {
    let pixels = rasterize(&figure.scene, pixels_per_point(figure, size) * share)?;
    let pixels = vision::seen(&pixels, vision);
    let side = |px: u32| usize::try_from(px).unwrap_or(usize::MAX);
    let size = [side(pixels.width), side(pixels.height)];
    Ok(ColorImage::from_rgba_premultiplied(size, &pixels.rgba))
}

/// Words over the middle of the preview, on a plate.
fn notice(ui: &mut Ui, rect: Rect, theme: &Theme, words: &str) {
    let width = (rect.width() - 80.0).clamp(120.0, 420.0);
    let words = crate::analysis::words::capitalised(words);
    let font = FontId::proportional(13.5);
    let galley = ui.painter().layout(words.clone(), font, color(theme.text), width);
    let place = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
    let plate = place.expand2(vec2(14.0, 10.0));
    ui.painter().rect_filled(plate, 4.0, color(theme.paper));
    let line = Stroke::new(1.0, color(theme.rule));
    ui.painter().rect_stroke(plate, 4.0, line, egui::StrokeKind::Inside);
    ui.painter().galley(place.min, galley, color(theme.text));
    let response = ui.interact(plate, ui.scope_id().with("notice"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
}
