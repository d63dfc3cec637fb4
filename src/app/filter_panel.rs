//! The filter: search, and for each facet its values with the number of events that each would show.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Context, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::actions::{Asked, Part, Wish};
use super::document::{Command, Document};
use super::in_sight;
use super::job::Job;
use super::pen::{Icon, Pen};
use super::visuals::color;
use crate::analysis::{Facet, FacetCount, words};
use crate::domain::Code as _;
use crate::scene::theme::style;

/// The facets from the top, those asked for most first.
const ORDER: [Facet; 15] = [
    Facet::Direction,
    Facet::WeaponFamily,
    Facet::Site,
    Facet::Actor,
    Facet::Country,
    Facet::Governorate,
    Facet::Status,
    Facet::Casualties,
    Facet::SourceKind,
    Facet::Confidence,
    Facet::PlacePrecision,
    Facet::DatePrecision,
    Facet::Weapon,
    Facet::AttributedTo,
    Facet::ClaimedBy,
];

/// Values that a facet shows before "Show all" is pressed.
const FEW: usize = 8;
/// Values from which on only those in sight are laid out.
const MANY: usize = 200;
/// Events up to which values are counted in the frame that shows them.
const FEW_EVENTS: usize = 50_000;
/// Height of a value's row in points.
const ROW: f32 = 22.0;

/// State between frames.
#[derive(Default)]
pub(crate) struct FilterPanel {
    /// What is being typed into the search.
    typed: String,
    /// The search of the document that the typed text was made from.
    told: Option<String>,
    /// Facets whose values are all shown.
    whole: Vec<Facet>,
    counts: Counts,
    /// Whether the search takes the keyboard in the next frame.
    wants_focus: bool,
}

/// The counts of the facets that are open.
#[derive(Default)]
struct Counts {
    /// The revision of the document that they belong to: of many events an older one, until those of this are done.
    revision: u64,
    of: BTreeMap<Facet, Arc<[FacetCount]>>,
    counting: Job<(u64, BTreeMap<Facet, Vec<FacetCount>>)>,
    /// Facets whose values were looked at in this frame.
    open: Vec<Facet>,
}

impl Counts {
    /// The counts of a facet; `None` while they are being made.
    fn of(&mut self, document: &Document, facet: Facet) -> Option<Arc<[FacetCount]>> {
        self.open.push(facet);
        let Document { dataset, view, selection, revision, .. } = document;
        if dataset.events.len() <= FEW_EVENTS {
            if self.revision != *revision {
                (self.revision, self.of) = (*revision, BTreeMap::new());
            }
            let make = || selection.rows().facet_counts(dataset, view, &[facet]);
            if !self.of.contains_key(&facet) {
                self.take(make());
            }
        }
        self.of.get(&facet).map(Arc::clone)
    }

    fn take(&mut self, counts: BTreeMap<Facet, Vec<FacetCount>>) {
        self.of.extend(counts.into_iter().map(|(facet, values)| (facet, values.into())));
    }

    /// Counts anew what is open and not of this revision, on a thread of its own.
    fn follow(&mut self, ctx: &Context, document: &Document) {
        let open = std::mem::take(&mut self.open);
        if let Some((revision, counts)) = self.counting.done() {
            if self.revision != revision {
                (self.revision, self.of) = (revision, BTreeMap::new());
            }
            self.take(counts);
            ctx.request_repaint();
        }
        let is_known =
            |facet: &Facet| self.revision == document.revision && self.of.contains_key(facet);
        if open.iter().all(is_known) {
            return;
        }
        let (record, rows) = (Arc::clone(&document.dataset), document.selection.rows().clone());
        let (view, revision) = (document.view.clone(), document.revision);
        let work = move || (revision, rows.facet_counts(&record, &view, &open));
        self.counting.start(ctx, work);
    }
}

impl FilterPanel {
    /// Puts the keyboard into the search.
    pub(crate) fn focus_search(&mut self) {
        self.wants_focus = true;
    }

    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        asked: &mut Asked,
    ) {
        ui.horizontal(|ui| {
            pen.label(ui, "Filter", style::HEADING, pen.theme.text);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if pen.icon_button(ui, Icon::Close, "Close the filter").clicked() {
                    asked.wish(Wish::Toggle(Part::Filter));
                }
                if !document.view.filter.is_empty() && ui.button("Clear all").clicked() {
                    asked.command(Command::ClearFilter);
                }
            });
        });
        self.search(ui, pen, document, asked);
        ui.add_space(4.0);
        ScrollArea::vertical().id_salt("facets").auto_shrink(false).show(ui, |ui| {
            for facet in ORDER.into_iter().filter(|f| document.dataset.tells_apart(*f)) {
                self.facet(ui, pen, document, facet, asked);
            }
        });
        self.counts.follow(ui.ctx(), document);
    }

    fn search(&mut self, ui: &mut Ui, pen: &mut Pen, document: &Document, asked: &mut Asked) {
        let search = document.view.filter.search().map(str::to_owned);
        if self.told != search {
            self.typed = search.clone().unwrap_or_default();
            self.told.clone_from(&search);
        }
        let name = ui.label("Search");
        let field = ui
            .add(
                egui::TextEdit::singleline(&mut self.typed)
                    .desired_width(f32::INFINITY)
                    .hint_text("names, summaries, sources"),
            )
            .labelled_by(name.id);
        if std::mem::take(&mut self.wants_focus) {
            field.request_focus();
        }
        if field.changed() {
            let typed = self.typed.trim();
            self.told = (!typed.is_empty()).then(|| typed.to_owned());
            asked.command(Command::Search(self.typed.clone()));
        }
        if let Some(search) = search {
            let found = words::total(&document.view, &document.selection);
            let line = format!("Found with “{search}”: {found}");
            pen.paragraph(ui, &line, style::BODY_SMALL, pen.theme.text_muted);
        }
    }

    fn facet(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        facet: Facet,
        asked: &mut Asked,
    ) {
        let chosen_codes: Vec<&str> = document.view.filter.chosen(facet).collect();
        let chosen = chosen_codes.len();
        let name = words::capitalised(document.dataset.facet_label(facet));
        let title = if chosen == 0 { name } else { format!("{name} ({chosen} chosen)") };
        let open = ORDER.iter().take(4).any(|f| *f == facet);
        egui::CollapsingHeader::new(title).id_salt(facet.code()).default_open(open).show(
            ui,
            |ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                if chosen > 0 && ui.small_button("All values").clicked() {
                    asked.command(Command::ClearFacet(facet));
                }
                let Some(values) = self.counts.of(document, facet) else {
                    ui.weak("Counting…");
                    return;
                };
                let most = values.iter().map(|v| v.certain + v.possible).max().unwrap_or(0);
                // What is counted may be older than what is chosen.
                let is_chosen = |v: &FacetCount| chosen_codes.contains(&&*v.code);
                let here = |v: &&FacetCount| v.certain + v.possible > 0 || is_chosen(v);
                let listed: Vec<&FacetCount> = values.iter().filter(here).collect();
                let whole = self.whole.contains(&facet) || listed.len() <= FEW + 1;
                let shown = if whole { listed.len() } else { FEW };
                let mut value = |ui: &mut Ui, value: &FacetCount| {
                    if row(ui, pen, value, is_chosen(value), most) {
                        asked.command(Command::ToggleFacet(facet, value.code.to_string()));
                    }
                };
                if shown > MANY {
                    in_sight::rows(ui, ROW + 1.0, shown, |ui, n| value(ui, listed[n]));
                } else {
                    listed[..shown].iter().for_each(|v| value(ui, v));
                }
                if !whole && ui.small_button(format!("Show all {}", listed.len())).clicked() {
                    self.whole.push(facet);
                }
                let without = values.len() - listed.len();
                if without > 0 {
                    let noun = document.view.rule.noun(2);
                    let line = format!("{without} more without {noun} here");
                    pen.label(ui, &line, style::BODY_SMALL, pen.theme.text_muted);
                }
            },
        );
    }
}

/// A value with its box, its name, and its number over a bar; whether it was clicked.
fn row(ui: &mut Ui, pen: &mut Pen, value: &FacetCount, chosen: bool, most: usize) -> bool {
    const BOX: f32 = 13.0;
    const GAP: f32 = 6.0;
    let theme = pen.theme;
    let number = words::count(value.certain, value.possible);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| {
        let name = format!("{}, {number}", value.label);
        WidgetInfo::selected(Role::CheckBox, enabled, chosen, name)
    });
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    let painter = ui.painter();
    if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 3.0, color(theme.panel));
    }
    #[expect(clippy::cast_precision_loss, reason = "the width of a bar")]
    let share = (value.certain + value.possible) as f32 / most.max(1) as f32;
    let bar_left = rect.left() + BOX + 2.0 * GAP;
    let bar = egui::Rect::from_min_max(
        egui::pos2(bar_left, rect.bottom() - 3.0),
        egui::pos2(bar_left + (rect.right() - GAP - bar_left) * share, rect.bottom() - 1.0),
    );
    painter.rect_filled(bar, 1.0, color(theme.accent).gamma_multiply(0.4));
    let tick = egui::Rect::from_center_size(
        egui::pos2(rect.left() + GAP + BOX / 2.0, rect.center().y),
        vec2(BOX, BOX),
    );
    let line = egui::Stroke::new(1.2, color(theme.text_muted));
    if chosen {
        painter.rect_filled(tick, 2.0, color(theme.accent));
        let stroke = egui::Stroke::new(1.6, color(theme.paper));
        let (c, u) = (tick.center(), BOX / 13.0);
        painter.line_segment([c + vec2(-3.5, 0.0) * u, c + vec2(-1.0, 3.0) * u], stroke);
        painter.line_segment([c + vec2(-1.0, 3.0) * u, c + vec2(4.0, -3.5) * u], stroke);
    } else {
        painter.rect_stroke(tick, 2.0, line, egui::StrokeKind::Inside);
    }
    let number_width = pen.shaper.shape(&number, style::BODY_SMALL).width();
    let inner = egui::Rect::from_min_max(
        egui::pos2(bar_left, rect.top() + 1.0),
        egui::pos2(rect.right() - GAP, rect.bottom() - 3.0),
    );
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(inner));
    let width = (inner.width() - number_width - GAP).max(20.0);
    let label = words::capitalised(&value.label);
    pen.label_within(&mut child, &label, width, style::BODY_SMALL, theme.text);
    let place = inner.with_min_x(inner.right() - number_width);
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place));
    pen.label(&mut child, &number, style::BODY_SMALL, theme.text_muted);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_facet_is_offered_once() {
        let mut order = ORDER.to_vec();
        order.sort_unstable();
        assert_eq!(order, Facet::ALL);
    }
}
