//! Places that have a name and no position: what each was taken for, what it may be, and what a person says it is.

use egui::{Align, ComboBox, Layout, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::super::pen::Pen;
use crate::analysis::words;
use crate::data::import::{Mapping, NameOutcome, PlaceName, PlaceNames, PlaceSaid};
use crate::domain::Code as _;
use crate::scene::theme::style;

/// Height of a row.
const ROW: f32 = 54.0;
/// What stands in the list where nothing is said.
const AS_IT_IS: &str = "As it is";

/// The names as they were when the dialog opened, so that none moves while somebody settles them.
#[derive(Default)]
pub(super) struct Places {
    names: PlaceNames,
    /// Whether they are shown in place of the columns.
    pub(super) is_shown: bool,
    /// The mapping under which they were found, without what is said of places.
    of: Option<Mapping>,
    /// Whether those that were placed are listed, instead of those to be settled.
    placed: bool,
    /// What is being typed, and for which name.
    typed: Option<(String, String)>,
}

impl Places {
    /// Takes what became of names under a mapping.
    pub(super) fn follow(&mut self, names: &PlaceNames, mapping: &Mapping) {
        let of = Mapping { places: Vec::new(), ..mapping.clone() };
        if self.of.as_ref() != Some(&of) {
            self.names = names.clone();
            self.of = Some(of);
        }
    }

    /// Whether there are such names.
    pub(super) fn is_empty(&self) -> bool {
        self.names.names.is_empty()
    }

    /// How many are to be settled and nothing is said of.
    pub(super) fn open(&self, draft: &Mapping) -> u64 {
        let open = |outcome| self.names.names_with(outcome);
        let said = self.names.names.iter().filter(|n| n.is_open() && said(draft, n).is_some());
        let said = u64::try_from(said.count()).unwrap_or(u64::MAX);
        (open(NameOutcome::Ambiguous) + open(NameOutcome::NotFound)).saturating_sub(said)
    }

    /// Draws the list; what is said goes into `draft`.
    pub(super) fn show(&mut self, ui: &mut Ui, pen: &mut Pen, draft: &mut Mapping) {
        let is_placed = |name: &PlaceName| name.outcome == NameOutcome::Matched;
        let number = |n: u64| words::thousands(usize::try_from(n).unwrap_or(usize::MAX));
        let placed = self.names.names_with(NameOutcome::Matched);
        let others: u64 = self.names.names_by.values().sum::<u64>() - placed;
        pen.paragraph(
            ui,
            &format!("{}.", self.names.in_short()),
            style::BODY_SMALL,
            pen.theme.text_muted,
        );
        ui.horizontal(|ui| {
            ui.selectable_value(&mut self.placed, false, format!("To settle ({})", number(others)));
            ui.selectable_value(
                &mut self.placed,
                true,
                format!("Placed by the name ({})", number(placed)),
            );
        });
        let shown: Vec<usize> = (0..self.names.names.len())
            .filter(|place| is_placed(&self.names.names[*place]) == self.placed)
            .collect();
        let all = if self.placed { placed } else { others };
        let unlisted = all.saturating_sub(u64::try_from(shown.len()).unwrap_or(u64::MAX));
        if unlisted > 0 {
            let said = format!("The most frequent; {} more are not listed.", number(unlisted));
            pen.paragraph(ui, &said, style::BODY_SMALL, pen.theme.text_muted);
        }
        let line = egui::Stroke::new(1.0, super::color(pen.theme.rule));
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows = shown.len();
        let area = ScrollArea::vertical().id_salt(("places", self.placed)).auto_shrink(false);
        area.show_rows(ui, ROW, rows, |ui, rows| {
            for place in shown.get(rows).unwrap_or_default() {
                let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), ROW));
                ui.painter().hline(rect.x_range(), rect.bottom(), line);
                row(ui, pen, (&self.names.names[*place], *place), draft, (&mut self.typed, rect));
                ui.advance_cursor_after_rect(rect);
            }
        });
    }
}

/// What is said of a name.
fn said<'m>(draft: &'m Mapping, name: &PlaceName) -> Option<&'m PlaceSaid> {
    let full = name.full();
    let of =
        |wanted: &str| draft.places.iter().find(|(said, _)| said == wanted).map(|(_, said)| said);
    of(&full).or_else(|| of(&name.name))
}

fn row(
    ui: &mut Ui,
    pen: &mut Pen,
    (name, place): (&PlaceName, usize),
    draft: &mut Mapping,
    (typed, rect): (&mut Option<(String, String)>, Rect),
) {
    let right = rect.right() - 14.0;
    let middle = rect.left() + (rect.width() * 0.42).clamp(150.0, 320.0);
    let upper = Rect::from_x_y_ranges(rect.x_range(), rect.top() + 3.0..=rect.top() + 31.0);
    let lower =
        Rect::from_x_y_ranges(rect.left() + 2.0..=right, upper.bottom()..=rect.bottom() - 3.0);
    let part =
        |from: f32, to: f32| Rect::from_x_y_ranges(from..=(to - 8.0).max(from), upper.y_range());
    let field = (right - middle) * 0.42;
    let own = said(draft, name).cloned();
    let label = put(ui, part(rect.left() + 2.0, middle), |ui| {
        let width = ui.available_width();
        let label = pen.label_within(ui, &name.name, width, style::BODY_STRONG, pen.theme.text);
        pen.hover(label, &name.name)
    });
    let mut chosen = own.clone();
    put(ui, part(middle, right - field), |ui| {
        let text = own.as_ref().map_or_else(|| AS_IT_IS.to_owned(), PlaceSaid::text);
        let list = ComboBox::from_id_salt(("place", place)).selected_text(text);
        let list = list.width(ui.available_width()).truncate();
        let response = list.show_ui(ui, |ui| {
            ui.selectable_value(&mut chosen, None, AS_IT_IS);
            for candidate in &name.candidates {
                let said = Some(PlaceSaid::Place(candidate.id.clone()));
                ui.selectable_value(
                    &mut chosen,
                    said,
                    format!("{}: {}", candidate.id, candidate.what),
                );
            }
            ui.selectable_value(&mut chosen, Some(PlaceSaid::Unknown), "Not known where");
        });
        response.response.labelled_by(label.id);
    });
    let full = name.full();
    put(ui, Rect::from_x_y_ranges(right - field..=right, upper.y_range()), |ui| {
        let mut text = match typed {
            Some((of, text)) if *of == full => text.clone(),
            _ => String::new(),
        };
        let edit = egui::TextEdit::singleline(&mut text)
            .hint_text("or lat, lon")
            .desired_width(field - 8.0);
        let response = ui.add(edit).labelled_by(label.id);
        if response.changed() {
            if let Some(said) = PlaceSaid::typed(&text) {
                chosen = Some(said);
            }
            *typed = Some((full.clone(), text));
        }
        let help = "A position as latitude and longitude, or a place by its name in the gazetteer: Hit (IQ), al-tanf, IQ-AN";
        response.on_hover_text(help);
    });
    if chosen != own {
        // What was said of the name alone gives way too.
        draft.settle(&name.name, None);
        draft.settle(&full, chosen);
    }
    let rows = words::thousands(usize::try_from(name.rows).unwrap_or(usize::MAX));
    let rows = format!("{rows} {}", if name.rows == 1 { "row" } else { "rows" });
    let lies = [name.governorate.as_str(), name.country.as_str()];
    let lies = lies.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    let taken = if name.taken_for.is_empty() { name.outcome.label() } else { &name.taken_for };
    // Latin words first, so that an Arabic name does not turn the line around.
    let about = [rows.as_str(), taken, lies.as_str()].into_iter().filter(|text| !text.is_empty());
    let about = about.collect::<Vec<_>>().join("; ");
    put(ui, lower, |ui| {
        let width = ui.available_width();
        let label = pen.label_within(ui, &about, width, style::BODY_SMALL, pen.theme.text_muted);
        pen.hover(label, &about)
    });
}

fn put<T>(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui) -> T) -> T {
    let rect = Rect::from_min_max(rect.min, pos2(rect.right().max(rect.left()), rect.bottom()));
    let builder = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, add).inner
}
