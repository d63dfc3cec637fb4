//! The events of the window, newest first, and the context of these days.

use egui::{ScrollArea, Ui};

use super::actions::Asked;
use super::document::Document;
use super::event_rows::{self, Lead};
use super::pen::Pen;
use crate::analysis::{coverage, event_words, words};
use crate::domain::{CountRange, DaySpan};
use crate::scene::theme::style;

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
            let newest_first: Vec<_> = selection.shown.iter().rev().map(|s| s.event).collect();
            event_rows::show(ui, pen, document, &newest_first, Lead::Site, asked);
            totals(ui, pen, document);
            context(ui, pen, document);
        });
    });
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
    for total in totals {
        let count = total.count.map_or_else(|| "a number not given".to_owned(), CountRange::words);
        let mut head = format!("{count} reported");
        if let Some(found) = coverage(dataset, total) {
            let here = words::count(found.certain, found.possible);
            head.push_str(&format!("; {here} in this record"));
        }
        pen.paragraph(ui, &head, style::BODY_SMALL_STRONG, theme.text);
        let span = total.span.map_or_else(String::new, |s| format!(" ({})", words::span(s)));
        let source = dataset.source(total.source);
        let line = format!("{}{span}; {}", total.scope, source.credit());
        let response = pen.paragraph(ui, &line, style::BODY_SMALL, theme.text_muted);
        if let Some(note) = &total.note {
            pen.hover(response, note);
        }
        ui.add_space(6.0);
    }
    for force in forces {
        let count = force.count.map_or_else(|| "number not given".to_owned(), CountRange::words);
        let countries: Vec<_> =
            force.country.split(';').map(|c| words::place_code(c.trim())).collect();
        let head = format!("{} in {}: {count}", force.force, countries.join(" and "));
        pen.paragraph(ui, &head, style::BODY_SMALL_STRONG, theme.text);
        let publisher = dataset.source(force.source).credit();
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
    for entry in entries.iter().rev() {
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
