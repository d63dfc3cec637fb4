//! The events of the window, newest first, and the context of these days.

use egui::{ScrollArea, Sense, Ui};

use super::actions::Asked;
use super::document::{Command, Document};
use super::facts;
use super::pen::Pen;
use super::visuals::color;
use crate::analysis::{Certainty, Shown, coverage, event_words, words};
use crate::domain::{Code as _, CountRange, DaySpan};
use crate::scene::theme::style;

/// At most so many rows are drawn; the rest is said.
const MAX_ROWS: usize = 400;

pub(crate) fn show(ui: &mut Ui, pen: &mut Pen, document: &Document, asked: &mut Asked) {
    let theme = pen.theme;
    let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(14, 10));
    ScrollArea::vertical().id_salt("events").auto_shrink(false).show(ui, |ui| {
        frame.show(ui, |ui| {
            let selection = &document.selection;
            let rule = document.view.rule;
            let heading = match (selection.certain(), selection.possible()) {
                (0, 0) => format!("No {} in these days", rule.noun(0)),
                (certain, possible) => {
                    format!("{} {}", words::count(certain, possible), rule.noun(certain.max(possible)))
                }
            };
            pen.label(ui, &heading, style::HEADING, theme.text);
            if selection.shown.is_empty() {
                let hint = "Move the window on the time strip, or press Ctrl + right for the next event. \
                            Absence from the record is not calm.";
                pen.paragraph(ui, hint, style::BODY, theme.text_muted);
            }
            ui.add_space(4.0);
            for shown in selection.shown.iter().rev().take(MAX_ROWS) {
                row(ui, pen, document, *shown, asked);
            }
            if selection.shown.len() > MAX_ROWS {
                let more = selection.shown.len() - MAX_ROWS;
                let text = format!("{} earlier events are not listed", words::thousands(more));
                pen.label(ui, &text, style::BODY_SMALL, theme.text_muted);
            }
            totals(ui, pen, document);
            context(ui, pen, document);
        });
    });
}

fn row(ui: &mut Ui, pen: &mut Pen, document: &Document, shown: Shown, asked: &mut Asked) {
    let dataset = &document.dataset;
    let event = dataset.event(shown.event);
    let site = dataset.site(event.site);
    let theme = pen.theme;
    let response = ui
        .scope_builder(egui::UiBuilder::new().id_salt(&event.id).sense(Sense::click()), |ui| {
            let hovered = ui.response().hovered();
            let fill = if hovered { color(theme.panel) } else { egui::Color32::TRANSPARENT };
            egui::Frame::new()
                .fill(fill)
                .corner_radius(4)
                .inner_margin(egui::Margin::symmetric(4, 5))
                .show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    ui.horizontal_top(|ui| {
                        facts::event_mark(ui, pen, event);
                        ui.vertical(|ui| {
                            ui.spacing_mut().item_spacing.y = 1.0;
                            pen.paragraph(ui, &site.name, style::BODY_STRONG, theme.text);
                            let mut line = words::event_date(&event.date);
                            if shown.certainty == Certainty::Possible {
                                line.push_str(" (possible)");
                            }
                            pen.paragraph(ui, &line, style::BODY_SMALL, theme.text_muted);
                            let reports = match dataset.reports_of(shown.event).len() {
                                1 => "1 report".to_owned(),
                                n => format!("{n} reports"),
                            };
                            let weapon = event_words::weapon(event);
                            let line = format!("{weapon}; {}; {reports}", event.status.label());
                            pen.paragraph(ui, &line, style::BODY_SMALL, theme.text_muted);
                        });
                    });
                });
        })
        .response;
    let enabled = ui.is_enabled();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::Role::Button,
            enabled,
            format!("{}, {}", site.name, event.date.span.first()),
        )
    });
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        asked.command(Command::Select(Some(event.site)));
    }
}

/// What others counted in these days, beside what the record has of it, and reported troop numbers.
fn totals(ui: &mut Ui, pen: &mut Pen, document: &Document) {
    let (theme, dataset) = (pen.theme, &document.dataset);
    let days = document.selection.days;
    let overlaps = |span: Option<DaySpan>| span.is_some_and(|s| s.overlaps(days));
    let totals: Vec<_> = dataset.reported_totals.iter().filter(|t| overlaps(t.span)).collect();
    let forces: Vec<_> = dataset.force_levels.iter().filter(|f| overlaps(f.span)).collect();
    if totals.is_empty() && forces.is_empty() {
        return;
    }
    ui.add_space(10.0);
    ui.separator();
    pen.label(ui, "Published counts", style::BODY_STRONG, theme.text);
    ui.add_space(2.0);
    for total in totals.iter().take(MAX_ROWS) {
        let count = total.count.map_or_else(|| "a number not given".to_owned(), CountRange::words);
        let mut head = format!("{count} reported");
        if let Some(found) = coverage(dataset, total) {
            let here = words::count(found.certain, found.possible);
            head.push_str(&format!("; {here} in this record"));
        }
        pen.paragraph(ui, &head, style::BODY_SMALL_STRONG, theme.text);
        let span = total.span.map_or_else(String::new, |s| format!(" ({})", words::span(s)));
        let source = dataset.source(total.source);
        let line = format!("{}{span}; {}", total.scope, source.publisher);
        let response = pen.paragraph(ui, &line, style::BODY_SMALL, theme.text_muted);
        if let Some(note) = &total.note {
            pen.hover(response, note);
        }
        ui.add_space(6.0);
    }
    for force in forces.iter().take(MAX_ROWS) {
        let count = force.count.map_or_else(|| "number not given".to_owned(), CountRange::words);
        let countries: Vec<_> =
            force.country.split(';').map(|c| words::place_code(c.trim())).collect();
        let head = format!("{} in {}: {count}", force.force, countries.join(" and "));
        pen.paragraph(ui, &head, style::BODY_SMALL_STRONG, theme.text);
        let publisher = &dataset.source(force.source).publisher;
        let line =
            force.note.as_ref().map_or_else(|| publisher.clone(), |n| format!("{publisher}: {n}"));
        pen.paragraph(ui, &line, style::BODY_SMALL, theme.text_muted);
        ui.add_space(6.0);
    }
}

fn context(ui: &mut Ui, pen: &mut Pen, document: &Document) {
    let theme = pen.theme;
    let days = document.selection.days;
    let entries: Vec<_> = document
        .dataset
        .context
        .iter()
        .filter(|c| c.span.is_some_and(|s| s.overlaps(days) && s.days() <= 31))
        .collect();
    if entries.is_empty() {
        return;
    }
    ui.add_space(10.0);
    ui.separator();
    pen.label(ui, "Context in these days", style::BODY_STRONG, theme.text);
    ui.add_space(2.0);
    for entry in entries.iter().rev().take(MAX_ROWS) {
        pen.paragraph(ui, &entry.title, style::BODY_SMALL_STRONG, theme.text);
        let mut line = entry.span.map_or_else(String::new, words::span);
        let sources = event_words::publishers(&document.dataset, &entry.sources);
        if !sources.is_empty() {
            line.push_str(&format!("; {sources}"));
        }
        pen.paragraph(ui, &line, style::BODY_SMALL, theme.text_muted);
        pen.paragraph(ui, &entry.summary, style::BODY_SMALL, theme.text_muted);
        ui.add_space(6.0);
    }
}
