//! What the time strip says of the day under the pointer.

use egui::Ui;

use super::document::Document;
use super::pen::Pen;
use crate::analysis::{coverage, day_reading, words};
use crate::domain::{Code as _, Day, DaySpan, EventIndex};
use crate::scene::strip_context::LONGEST_DAYS;
use crate::scene::theme::style;

/// Events that are named at most.
const MOST_EVENTS: usize = 6;
/// Context entries that are named at most.
const MOST_CONTEXT: usize = 3;
/// Context entries that are told at most.
const MOST_ENTRIES: usize = 6;

/// A day: how many events, which, and what else the record has of it.
pub(super) fn of_day(ui: &mut Ui, pen: &mut Pen, document: &Document, day: Day) {
    set_width(ui);
    let (theme, dataset) = (pen.theme, &document.dataset);
    let read = day_reading(dataset, &document.selection, day, MOST_EVENTS);
    ui.strong(format!("{} {}", words::weekday(day), words::day(day)));
    let noun = document.view.rule.noun(if read.certain > 0 { read.certain } else { read.possible });
    ui.label(match (read.certain, read.possible) {
        (certain, 0) => format!("{} {noun}", words::thousands(certain)),
        (0, possible) => format!("{} possible {noun}", words::thousands(possible)),
        (certain, possible) => format!(
            "{} {noun}, and {} more possible",
            words::thousands(certain),
            words::thousands(possible)
        ),
    });
    for event in &read.events {
        let said = event_line(document, *event);
        pen.paragraph(ui, &said, style::BODY_SMALL, theme.text);
    }
    let more = (read.certain + read.possible).saturating_sub(read.events.len());
    if more > 0 {
        ui.weak(format!("and {} more", words::thousands(more)));
    }
    let short =
        |i: &&usize| dataset.context[**i].span.is_some_and(|span| span.days() <= LONGEST_DAYS);
    let context: Vec<_> = read.context.iter().filter(short).collect();
    for entry in context.iter().take(MOST_CONTEXT) {
        let said = format!("Context: {}", dataset.context[**entry].title);
        pen.paragraph(ui, &said, style::BODY_SMALL, theme.text_muted);
    }
    if context.len() > MOST_CONTEXT {
        ui.weak(format!("and {} more of context", context.len() - MOST_CONTEXT));
    }
    let mut levels: Vec<_> =
        read.force_levels.iter().filter_map(|i| troops(document, *i)).collect();
    levels.dedup();
    for said in levels {
        pen.paragraph(ui, &said, style::BODY_SMALL, theme.text_muted);
    }
    for note in coverage::notes_of(dataset, DaySpan::day(day)) {
        let thin = format!("Thin in this record: {}. {}", note.scope, note.note);
        pen.paragraph(ui, &thin, style::BODY_SMALL, theme.text_muted);
    }
}

/// "US troops in Iraq: 2,500 reported".
fn troops(document: &Document, level: usize) -> Option<String> {
    let level = document.dataset.force_levels.get(level)?;
    let count = words::large_count(level.count?);
    let places: Vec<_> = level.country.split(';').map(|c| words::place_code(c.trim())).collect();
    Some(format!("{} in {}: {count} reported", level.force, places.join(" and ")))
}

/// "Ain al-Asad Air Base: rocket, evening"; of an imprecise date all its days.
fn event_line(document: &Document, event: EventIndex) -> String {
    let event = document.dataset.event(event);
    let site = &document.dataset.site(event.site).name;
    let when = if event.date.span.days() > 1 {
        format!(", {}", words::event_date(&event.date))
    } else {
        event.date.local_time.as_ref().map_or_else(String::new, |time| format!(", {time}"))
    };
    format!("{site}: {}{when}", event.weapon.label())
}

/// Context entries whose marks lie under the pointer.
pub(super) fn of_context(ui: &mut Ui, pen: &mut Pen, document: &Document, entries: &[usize]) {
    set_width(ui);
    let theme = pen.theme;
    for entry in entries.iter().filter_map(|i| document.dataset.context.get(*i)).take(MOST_ENTRIES)
    {
        pen.paragraph(ui, &entry.title, style::BODY_SMALL_STRONG, theme.text);
        if let Some(span) = entry.span {
            ui.weak(words::span(span));
        }
        pen.paragraph(ui, &entry.summary, style::BODY_SMALL, theme.text_muted);
    }
    if entries.len() > MOST_ENTRIES {
        ui.weak(format!("and {} more", entries.len() - MOST_ENTRIES));
    }
}

fn set_width(ui: &mut Ui) {
    ui.set_max_width(340.0);
    ui.set_min_width(190.0);
}
