//! Beside the columns: where the first rows lie, what becomes of all rows, and how cells are read.

use std::sync::Arc;

use egui::{ComboBox, Id, Sense, Ui, vec2};

use super::super::pen::Pen;
use super::counting::Counted;
use crate::analysis::{ThemeName, words};
use crate::data::import::{CountMeaning, DateOrder, Mapping, Role, Survey, Table};
use crate::domain::{Code as _, LonLat, PlacePrecision};
use crate::scene::Scene;
use crate::scene::basemap::BasemapLayers;
use crate::scene::dots::dots;
use crate::scene::theme::style;

/// Height of the map, in points.
const MAP: f32 = 150.0;
/// Reasons that are listed.
const REASONS: usize = 5;
/// What may stand between several sources or parties in a cell.
const SEPARATORS: [(Option<char>, &str); 5] = [
    (None, "One in a cell"),
    (Some(';'), "Several, with ; between"),
    (Some(','), "Several, with , between"),
    (Some('|'), "Several, with | between"),
    (Some('/'), "Several, with / between"),
];

/// The map as it was last made.
#[derive(Default)]
pub(super) struct Preview {
    made: Option<(Key, Arc<Scene>)>,
}

type Key = (Vec<LonLat>, ThemeName, [u32; 2]);

impl Preview {
    /// Draws the map with the positions of the first rows, and says how many have one.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        basemap: &BasemapLayers,
        (table, draft): (&Table, &Mapping),
    ) {
        let rows = table.sample().rows.len();
        let positions: Vec<LonLat> =
            (0..rows).filter_map(|row| table.sample_position(row, draft)).collect();
        let found = positions.len();
        let size = vec2(ui.available_width(), MAP);
        let key = (positions, pen.theme.name, [size.x, size.y].map(f32::to_bits));
        if self.made.as_ref().is_none_or(|(of, _)| *of != key) {
            let scene = Arc::new(dots(basemap, &key.0, size.into(), pen.theme));
            self.made = Some((key, scene));
        }
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let said = format!("{found} of the first {rows} rows have a position");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &said));
        if let Some((_, scene)) = &self.made {
            pen.painter.paint(ui.painter(), scene, rect.min, 1.0);
        }
        pen.paragraph(ui, &said, style::BODY_SMALL, pen.theme.text_muted);
    }
}

/// What becomes of all rows.
pub(super) fn rows(ui: &mut Ui, pen: &mut Pen, counted: Option<&Counted>, failed: Option<&str>) {
    let theme = pen.theme;
    let Some(Counted { report, .. }) = counted else {
        match failed {
            Some(why) => {
                let said = format!("The rows could not be counted ({why})");
                pen.paragraph(ui, &said, style::BODY_SMALL, theme.alert);
            }
            None => {
                ui.horizontal(|ui| {
                    ui.add(egui::Spinner::new().size(14.0));
                    pen.label(ui, "Counting the rows", style::BODY_SMALL, theme.text_muted);
                });
            }
        }
        return;
    };
    let number = |rows: u64| words::thousands(usize::try_from(rows).unwrap_or(usize::MAX));
    let used = format!("{} of {} rows used", number(report.used), number(report.read));
    pen.paragraph(ui, &used, style::BODY_STRONG, theme.text);
    let mut reasons: Vec<(bool, u64, &str)> = Vec::new();
    reasons.extend(report.left_out.iter().map(|(why, rows)| (true, rows.rows, why.label())));
    reasons.extend(report.doubts.iter().map(|(what, rows)| (false, rows.rows, what.label())));
    for (is_lost, count, why) in reasons.iter().take(REASONS) {
        let how = if *is_lost { "left out" } else { "used with a doubt" };
        let said = format!("{} {how}: {why}", number(*count));
        let look = if *is_lost { theme.alert } else { theme.text_muted };
        pen.paragraph(ui, &said, style::BODY_SMALL, look);
    }
    if reasons.len() > REASONS {
        let said = format!("and {} more reasons", reasons.len() - REASONS);
        pen.paragraph(ui, &said, style::BODY_SMALL, theme.text_muted);
    }
}

/// How cells are read, where that is a choice.
pub(super) fn choices(ui: &mut Ui, pen: &mut Pen, survey: Option<&Survey>, draft: &mut Mapping) {
    let date = draft.place(Role::Date);
    if date.is_some_and(|date| survey.is_some_and(|s| s.has_numbers(date))) {
        heading(ui, pen, "Dates such as 03/04/2020");
        let told = date.zip(survey).and_then(|(date, s)| s.order_told(date));
        let by_itself = match told {
            Some(DateOrder::DayMonthYear) => "As the column tells: day first",
            Some(DateOrder::MonthDayYear) => "As the column tells: month first",
            None => "Nobody says, nor does the column",
        };
        for (order, words) in [
            (None, by_itself),
            (Some(DateOrder::DayMonthYear), "Day first: 3 April"),
            (Some(DateOrder::MonthDayYear), "Month first: 4 March"),
        ] {
            let lost = date.zip(survey).and_then(|(date, s)| s.lost_by_date(date, order));
            let cost = match lost {
                None => String::new(),
                Some(0) => " (all rows)".to_owned(),
                Some(lost) => {
                    let lost = words::thousands(usize::try_from(lost).unwrap_or(usize::MAX));
                    format!(" ({lost} left out)")
                }
            };
            ui.radio_value(&mut draft.date_order, order, format!("{words}{cost}"));
        }
    }
    heading(ui, pen, "Killed and wounded");
    ui.radio_value(&mut draft.counts, CountMeaning::Exact, "As many as it says");
    ui.radio_value(&mut draft.counts, CountMeaning::AtLeast, "At least; 0 is not known")
        .on_hover_text("As ACLED counts: the lowest number reported, and 0 where nothing is known");
    let named = heading(ui, pen, "Positions are known to");
    let precision = &mut draft.place_precision;
    let list = ComboBox::from_id_salt("place precision").width(ui.available_width()).truncate();
    let list = list.selected_text(words::capitalised(precision.label())).show_ui(ui, |ui| {
        for other in PlacePrecision::ALL.iter().copied() {
            ui.selectable_value(precision, other, words::capitalised(other.label()));
        }
    });
    list.response.labelled_by(named);
    let named = heading(ui, pen, "Sources and parties");
    let separator = &mut draft.list_separator;
    let own = separator.map(|c| format!("Several, with {c} between")).unwrap_or_default();
    let known = SEPARATORS.iter().find(|(c, _)| c == separator).map(|(_, words)| *words);
    let list = ComboBox::from_id_salt("separator").width(ui.available_width()).truncate();
    let list = list.selected_text(known.unwrap_or(&own)).show_ui(ui, |ui| {
        for (other, words) in SEPARATORS {
            ui.selectable_value(separator, other, words);
        }
    });
    list.response.labelled_by(named);
}

fn heading(ui: &mut Ui, pen: &mut Pen, words: &str) -> Id {
    ui.add_space(8.0);
    pen.label(ui, words, style::BODY_SMALL_STRONG, pen.theme.text).id
}
