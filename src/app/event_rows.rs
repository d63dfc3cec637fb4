//! Events as rows of equal height, of which only those in sight are laid out.

use std::ops::Range;

use egui::{Sense, Ui, vec2};

use super::actions::Asked;
use super::document::{Document, pick_event};
use super::event_card::standing;
use super::facts::{self, MARK};
use super::in_sight;
use super::pen::Pen;
use super::visuals::color;
use crate::analysis::parted::Parted;
use crate::analysis::{event_words, words};
use crate::domain::{Code as _, DaySpan, EventIndex};
use crate::scene::Rect;
use crate::scene::date_bar::{self, Ends};
use crate::scene::theme::style;

/// Height of a row in points, the space below it included.
const ROW: f32 = 62.0;

/// Size of the picture of an imprecise date.
const BAR: [f32; 2] = [64.0, 11.0];

/// What the first line of a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    /// The site, where events of many sites are listed.
    Site,
    /// The date, where all are of one site.
    Date,
}

/// How many rows a list has, and the events of some of them.
pub(crate) type List<'a> = (usize, &'a dyn Fn(Range<usize>) -> Vec<EventIndex>);

/// Rows that open the card of their event; only those in sight are asked for.
pub(crate) fn show_those_in_sight(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    (rows, events): List<'_>,
    lead: Lead,
    asked: &mut Asked,
) {
    #[expect(clippy::cast_precision_loss, reason = "numbers of rows fit f32 well enough to scroll")]
    let height = |rows: usize| rows as f32 * ROW;
    let width = ui.available_width();
    let (area, _) = ui.allocate_exact_size(vec2(width, height(rows)), Sense::hover());
    let seen = in_sight::numbers(area, ui.clip_rect(), ROW, rows);
    for (i, event) in (seen.start..).zip(events(seen)) {
        let top = area.top() + height(i);
        let place = egui::Rect::from_min_size(egui::pos2(area.left(), top), vec2(width, ROW - 4.0));
        row(ui, pen, document, event, (lead, place), asked);
    }
}

/// The events of a list that are in the window under a heading of their own, then the others, both newest first;
/// `counted` are those of it that rule and filter count.
pub(crate) fn in_and_beyond(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    (events, counted): (&[EventIndex], &[EventIndex]),
    lead: Lead,
    asked: &mut Asked,
) {
    let parted = Parted::new(events, counted, document.selection.rows());
    let inside = |rows: Range<usize>| parted.newest_shown(rows);
    let beyond = |rows: Range<usize>| parted.newest_others(rows);
    let parts: [(&str, List<'_>); 2] = [
        ("In the window", (parted.shown(), &inside)),
        ("Other events of the record", (parted.others(), &beyond)),
    ];
    for (title, (rows, events)) in parts {
        if rows == 0 {
            continue;
        }
        let title = format!("{title}: {}", words::thousands(rows));
        pen.label(ui, &title, style::BODY_SMALL_STRONG, pen.theme.text);
        show_those_in_sight(ui, pen, document, (rows, events), lead, asked);
    }
}

fn row(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    index: EventIndex,
    (lead, place): (Lead, egui::Rect),
    asked: &mut Asked,
) {
    const PAD: f32 = 5.0;
    let dataset = &document.dataset;
    let event = dataset.event(index);
    let site = dataset.site(event.site);
    let theme = pen.theme;
    let response = ui.interact(place, ui.scope_id().with(("row", index)), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| {
        let name = format!("{}, {}", site.name, event.date.span.first());
        egui::WidgetInfo::labeled(egui::Role::Button, enabled, name)
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(place, 4.0, color(theme.panel));
        asked.pointed = Some(index);
    }
    let tie = asked.lit.as_ref().and_then(|lit| lit.words_of(index));
    let is_lit = asked.lit.as_ref().is_some_and(|l| l.event == index && !l.ties.is_empty());
    if tie.is_some() || is_lit {
        let edge = egui::Rect::from_min_size(place.min, vec2(3.0, place.height()));
        ui.painter().rect_filled(edge, 1.0, color(theme.accent));
    }
    let inner = place.shrink2(vec2(4.0, PAD));
    let mut child = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(inner)
            .layout(egui::Layout::left_to_right(egui::Align::Min)),
    );
    facts::event_mark(&mut child, pen, dataset, event);
    let width = (inner.width() - MARK - 10.0).max(40.0);
    child.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.spacing_mut().interact_size.y = 0.0;
        let mut date = words::event_date(&event.date);
        if let Some(standing) = standing(document, index) {
            date.push_str(&format!(" ({standing})"));
        }
        let (strong, muted) = (style::BODY_STRONG, style::BODY_SMALL);
        let (first, second) = match lead {
            Lead::Site => (site.name.clone(), date),
            Lead::Date => (date, facts::who(dataset, event)),
        };
        let lines = [(first, strong, theme.text), (second, muted, theme.text_muted)];
        for (i, (line, style, color)) in lines.into_iter().enumerate() {
            let dated = i == usize::from(lead == Lead::Site);
            if dated && event.date.span.days() > 1 {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 6.0;
                    pen.label_within(ui, &line, width - BAR[0] - 6.0, style, color);
                    date_bar(ui, pen, event.date.span, document.selection.days);
                });
            } else {
                pen.label_within(ui, &line, width, style, color);
            }
        }
        let reports = match dataset.reports_of(index).len() {
            1 => "1 report".to_owned(),
            n => format!("{n} reports"),
        };
        let line =
            format!("{}; {}; {reports}", event_words::what(dataset, event), event.status.label());
        match &tie {
            Some(tie) => pen.label_within(ui, tie, width, style::BODY_SMALL_STRONG, theme.accent),
            None => pen.label_within(ui, &line, width, muted, theme.text_muted),
        };
    });
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        asked.command(pick_event(dataset, index));
    }
}

/// The days of an imprecise date against the days shown.
fn date_bar(ui: &mut Ui, pen: &mut Pen, date: DaySpan, shown: DaySpan) {
    let place = Rect::from_min_size([0.0, 0.0], BAR[0], BAR[1]);
    let mut items = Vec::new();
    date_bar::date_bar(pen.theme, date, shown, place, &mut items);
    let words = format!("{}: {}", words::span(date), Ends::of(date, shown).words());
    let response = pen.picture(ui, BAR, &words, items);
    pen.hover(response, &words);
}
