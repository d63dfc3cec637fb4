//! The columns of the table: what each was taken for and why, what its first cells are, and what it would cost.

use egui::{Align, ComboBox, Layout, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::super::pen::Pen;
use crate::analysis::words;
use crate::data::import::{Mapping, Role, Sample, Survey};
use crate::domain::Code as _;
use crate::scene::theme::style;

/// Height of a row, and of the line of headings.
const ROW: f32 = 54.0;
const HEAD: f32 = 22.0;
/// Cells that are shown of a column.
const CELLS: usize = 3;
/// More columns than this can be held to those in use.
pub(super) const MANY: usize = 12;
/// What a column is that has no role.
const NOTHING: &str = "Kept as it stands";

/// Draws the list; choices go into `draft`.
pub(super) fn show(
    ui: &mut Ui,
    pen: &mut Pen,
    (sample, survey): (&Sample, Option<&Survey>),
    draft: &mut Mapping,
    only_used: &mut bool,
) {
    let columns = sample.header.len();
    let used = (0..columns).filter(|place| draft.uses(*place)).count();
    if columns > MANY {
        ui.horizontal(|ui| {
            let all = format!("All {} columns", words::thousands(columns));
            ui.selectable_value(only_used, false, all);
            ui.selectable_value(only_used, true, format!("In use ({used})"));
        });
    } else {
        *only_used = false;
    }
    let head = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), HEAD));
    let parts = Parts::of(head);
    for (x, words) in
        [(parts.name, "Column"), (parts.role, "Taken for"), (parts.cells, "First cells")]
    {
        let place = Rect::from_min_max(pos2(x, head.top()), head.right_bottom());
        put(ui, place, |ui| pen.label(ui, words, style::BODY_SMALL, pen.theme.text_muted));
    }
    let line = egui::Stroke::new(1.0, super::color(pen.theme.rule));
    ui.painter().hline(head.x_range(), head.bottom(), line);
    ui.advance_cursor_after_rect(head);
    let shown: Vec<usize> = if *only_used {
        (0..columns).filter(|place| draft.uses(*place)).collect()
    } else {
        (0..columns).collect()
    };
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("columns").auto_shrink(false).show_rows(
        ui,
        ROW,
        shown.len(),
        |ui, rows| {
            for place in shown.get(rows).unwrap_or_default() {
                let size = vec2(ui.available_width(), ROW);
                let rect = Rect::from_min_size(ui.cursor().min, size);
                ui.painter().hline(rect.x_range(), rect.bottom(), line);
                row(ui, pen, (sample, survey), draft, (*place, rect));
                // The parts of the row moved it.
                ui.advance_cursor_after_rect(rect);
            }
        },
    );
}

/// Where the parts of a row begin.
#[derive(Clone, Copy)]
struct Parts {
    name: f32,
    role: f32,
    cells: f32,
    right: f32,
}

impl Parts {
    fn of(rect: Rect) -> Self {
        let width = rect.width();
        let name = (width * 0.27).clamp(110.0, 220.0);
        let role = (width * 0.32).clamp(150.0, 230.0);
        let left = rect.left() + 2.0;
        Self {
            name: left,
            role: left + name,
            cells: left + name + role,
            right: rect.right() - 14.0,
        }
    }
}

fn put<T>(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui) -> T) -> T {
    let builder = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, add).inner
}

fn row(
    ui: &mut Ui,
    pen: &mut Pen,
    (sample, survey): (&Sample, Option<&Survey>),
    draft: &mut Mapping,
    (place, rect): (usize, Rect),
) {
    let parts = Parts::of(rect);
    let upper = Rect::from_x_y_ranges(rect.x_range(), rect.top() + 3.0..=rect.top() + 31.0);
    let lower = Rect::from_x_y_ranges(rect.x_range(), upper.bottom()..=rect.bottom() - 3.0);
    let part = |line: Rect, from: f32, to: f32| {
        Rect::from_x_y_ranges(from..=(to - 8.0).max(from), line.y_range())
    };
    let name = one_line(&sample.header[place]);
    let shown = if name.is_empty() { format!("(column {})", place + 1) } else { name };
    let role = draft.role_of(place);
    let look = if role.is_some() { style::BODY_STRONG } else { style::BODY };
    let label = put(ui, part(upper, parts.name, parts.role), |ui| {
        let width = ui.available_width();
        let label = pen.label_within(ui, &shown, width, look, pen.theme.text);
        pen.hover(label, &shown)
    });
    put(ui, part(upper, parts.role, parts.cells), |ui| {
        let mut chosen = role;
        let text = role.map_or(NOTHING.to_owned(), |r| words::capitalised(r.label()));
        let list = ComboBox::from_id_salt(("role", place)).selected_text(text);
        let list = list.width(ui.available_width()).height(360.0).truncate();
        let response = list.show_ui(ui, |ui| {
            ui.selectable_value(&mut chosen, None, NOTHING);
            for other in Role::ALL.iter().copied() {
                let cost = cost(survey, draft, place, other);
                let cost = cost.map_or_else(String::new, |cost| format!(": {cost}"));
                let words = format!("{}{cost}", words::capitalised(other.label()));
                ui.selectable_value(&mut chosen, Some(other), words);
            }
        });
        response.response.labelled_by(label.id);
        if chosen != role {
            draft.give(place, chosen);
        }
    });
    let why = match role {
        None => "in the card of the event".to_owned(),
        Some(role) => {
            let why = draft.columns.iter().find(|c| c.place == place).map(|c| c.why.as_str());
            let cost = cost(survey, draft, place, role);
            [why.map(one_line), cost].into_iter().flatten().collect::<Vec<_>>().join("; ")
        }
    };
    put(ui, part(lower, parts.name, parts.right), |ui| {
        let width = ui.available_width();
        let why = words::capitalised(&why);
        let label = pen.label_within(ui, &why, width, style::BODY_SMALL, pen.theme.text_muted);
        pen.hover(label, &why)
    });
    let width = (parts.right - parts.cells) / 3.0;
    for (n, cell) in sample.column(place).take(CELLS).enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "three cells")]
        let left = parts.cells + width * n as f32;
        let cell: String = one_line(cell).chars().take(400).collect();
        put(ui, part(upper, left, left + width), |ui| {
            let width = ui.available_width();
            let label = pen.label_within(ui, &cell, width, style::BODY_SMALL, pen.theme.text);
            pen.hover(label, &cell)
        });
    }
}

/// What it costs to take a column for what decides whether a row is used or on the map.
fn cost(survey: Option<&Survey>, draft: &Mapping, place: usize, role: Role) -> Option<String> {
    let survey = survey?;
    let rows = |lost: u64| words::thousands(usize::try_from(lost).unwrap_or(usize::MAX));
    let (lost, what) = match role {
        Role::Date => (survey.lost_by_date(place, draft.date_order)?, "leaves out"),
        Role::Latitude => (survey.without_latitude(place)?, "no position in"),
        Role::Longitude => (survey.without_longitude(place)?, "no position in"),
        _ => return None,
    };
    Some(match lost {
        0 => "fits all rows".to_owned(),
        lost => format!("{what} {} of {} rows", rows(lost), rows(survey.rows)),
    })
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
