//! The events of the window, newest first, and what goes with these days: published counts, troop numbers,
//! context.

use std::ops::Range;

use egui::{ScrollArea, Ui};

use super::actions::Asked;
use super::document::{Command, Document};
use super::event_rows::{self, Lead};
use super::pen::Pen;
use super::{card, coverage_panel, in_sight};
use crate::analysis::{event_words, words};
use crate::domain::{CountRange, DaySpan};
use crate::scene::theme::style;

/// Height of a context entry in points, before it was laid out.
const CONTEXT_ENTRY: f32 = 90.0;

pub(crate) fn show(ui: &mut Ui, pen: &mut Pen, document: &Document, asked: &mut Asked) {
    let theme = pen.theme;
    let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(14, 10));
    ScrollArea::vertical().id_salt("events").auto_shrink(false).show(ui, |ui| {
        frame.show(ui, |ui| {
            let selection = &document.selection;
            let rule = document.view.rule;
            let heading = match (selection.certain(), selection.possible()) {
                (0, 0) if document.dataset.extent().is_none() => "The record has no events".to_owned(),
                (0, 0) => format!("No {} in these days", rule.noun(0)),
                (certain, possible) => {
                    format!("{} {}", words::count(certain, possible), rule.noun(certain.max(possible)))
                }
            };
            pen.label(ui, &heading, style::HEADING, theme.text);
            if let Some((words, button)) = nothing_passes(document) {
                pen.paragraph(ui, &words, style::BODY, theme.text_muted);
                if ui.button(button).clicked() {
                    asked.command(Command::ClearFilter);
                }
            } else if selection.is_empty() && document.dataset.extent().is_some() {
                let hint = "Move the window on the time strip, or press Ctrl + right for the next event. \
                            Absence from the record is not calm.";
                pen.paragraph(ui, hint, style::BODY, theme.text_muted);
            }
            let some_pass = selection.day_counts().total() > 0;
            if some_pass
                && !document.view.filter.is_empty()
                && pen.link(ui, "Let everything through again", style::BODY_SMALL).clicked()
            {
                asked.command(Command::ClearFilter);
            }
            coverage_panel::in_brief(ui, pen, document, asked);
            ui.add_space(4.0);
            let newest_first =
                |rows: Range<usize>| selection.rows().newest(rows).map(|s| s.event).collect();
            let list = (selection.len(), &newest_first as &dyn Fn(_) -> _);
            event_rows::show_those_in_sight(ui, pen, document, list, Lead::Site, asked);
            coverage_panel::of_window(ui, pen, document, asked);
            forces(ui, pen, document);
            context(ui, pen, document);
        });
    });
}

/// What to say and to offer where search and filter leave nothing of the whole record.
pub(crate) fn nothing_passes(document: &Document) -> Option<(String, String)> {
    let Document { view, selection, .. } = document;
    if view.filter.is_empty() || selection.day_counts().total() > 0 {
        return None;
    }
    let holder = view.filter.held_back_by();
    let nothing = view.rule.noun(0);
    let words =
        format!("{holder} leaves no {nothing} in the whole record: other days show none either.");
    Some((words::capitalised(&words), format!("Clear {holder}")))
}

/// Troop numbers reported for these days.
fn forces(ui: &mut Ui, pen: &mut Pen, document: &Document) {
    let (theme, dataset) = (pen.theme, &document.dataset);
    let days = document.selection.days;
    let overlaps = |span: Option<DaySpan>| span.is_some_and(|s| s.overlaps(days));
    let forces: Vec<_> = dataset.force_levels.iter().filter(|f| overlaps(f.span)).collect();
    if forces.is_empty() {
        return;
    }
    card::section(ui, pen, "Troop numbers reported");
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
    let entries = document.dataset.context.iter();
    let entries: Vec<_> =
        entries.filter(|c| c.span.is_some_and(|s| s.overlaps(days) && s.days() <= 31)).collect();
    if entries.is_empty() {
        return;
    }
    card::section(ui, pen, "Context in these days");
    for entry in entries.into_iter().rev() {
        in_sight::show(ui, &entry.id, CONTEXT_ENTRY, |ui| {
            pen.paragraph(ui, &entry.title, style::BODY_SMALL_STRONG, theme.text);
            let mut line = entry.span.map_or_else(String::new, words::span);
            let sources = event_words::publishers(&document.dataset, &entry.sources);
            if !sources.is_empty() {
                line.push_str(&format!("; {sources}"));
            }
            pen.paragraph(ui, &line, style::BODY_SMALL, theme.text_muted);
            pen.paragraph(ui, &entry.summary, style::BODY_SMALL, theme.text_muted);
            ui.add_space(6.0);
        });
    }
}
