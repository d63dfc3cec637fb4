//! One event: what is known of it, who says so, where its sources differ, and what it is tied to.

use egui::{ScrollArea, Ui};

use super::actions::Asked;
use super::card;
use super::document::{Document, pick_event, pick_site};
use super::facts;
use super::pen::Pen;
use super::sources;
use crate::analysis::evidence::{self, Evidence};
use crate::analysis::{Certainty, event_words, words};
use crate::domain::{Code as _, Confidence, CountRange, Damage, Event, EventIndex, EventWords};
use crate::scene::theme::style;

pub(crate) fn show(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    index: EventIndex,
    asked: &mut Asked,
) {
    let dataset = &document.dataset;
    let event = dataset.event(index);
    let told = dataset.words(event);
    ScrollArea::vertical().id_salt(("event", &told.id)).auto_shrink(false).show(ui, |ui| {
        card::frame().show(ui, |ui| {
            head(ui, pen, document, index, asked);
            ui.add_space(3.0);
            pen.paragraph(ui, &told.summary, style::BODY, pen.theme.text);
            ui.add_space(4.0);
            known(ui, pen, document, (event, &told));
            let evidence = Evidence::of(dataset, index);
            who_says_so(ui, pen, document, (event, &told), &evidence, asked);
            sources::differences(ui, pen, dataset, index);
            tied(ui, pen, document, index, asked);
            sources::list(ui, pen, dataset, index);
            as_in_the_file(ui, pen, document, &told);
        });
    });
}

/// The cells of the file that nothing else is made of, as they stand.
fn as_in_the_file(ui: &mut Ui, pen: &mut Pen, document: &Document, told: &EventWords) {
    if told.others.is_empty() {
        return;
    }
    card::section(ui, pen, "As in the file");
    for (column, cell) in &told.others {
        let name = document.dataset.other_columns.get(*column as usize).map_or("", String::as_str);
        facts::fact(ui, pen, name, cell);
    }
}

fn head(ui: &mut Ui, pen: &mut Pen, document: &Document, index: EventIndex, asked: &mut Asked) {
    let dataset = &document.dataset;
    let event = dataset.event(index);
    let site = dataset.site(event.site);
    card::head(ui, pen, &words::event_date(&event.date), asked);
    ui.horizontal(|ui| {
        facts::event_mark(ui, pen, dataset, event);
        if pen.link(ui, &site.name, style::BODY_STRONG).clicked() {
            asked.command(pick_site(dataset, event.site));
        }
        if let Some(name) = &site.name_ar {
            let width = ui.available_width().max(40.0);
            pen.label_within(ui, name, width, style::BODY_STRONG, pen.theme.text_muted);
        }
    });
    ui.horizontal_wrapped(|ui| {
        facts::chip(ui, pen, event.status.label(), true);
        if event.confidence != Confidence::Unknown {
            facts::chip(ui, pen, &format!("confidence {}", event.confidence.label()), false);
        }
        if let Some(standing) = standing(document, index) {
            facts::chip(ui, pen, &standing, false);
        }
    });
}

/// What happened, as reconciled; a fact that no source gives says so where its absence could be taken for zero.
fn known(ui: &mut Ui, pen: &mut Pen, document: &Document, (event, told): (&Event, &EventWords)) {
    let dataset = &document.dataset;
    let mut fact = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            facts::fact(ui, pen, name, &value);
        }
    };
    let class = dataset.classes.label(event.direction);
    fact(
        "What",
        Some(dataset.kind(event).map_or(class.to_owned(), |kind| format!("{class}: {kind}"))),
    );
    fact("Date known", Some(event.date.precision.label().to_owned()));
    let is_told = dataset.classes.are_directions() || told.weapon_detail.is_some();
    fact(
        "Weapon",
        is_told.then(|| match &told.weapon_detail {
            Some(detail) => format!("{} ({detail})", event_words::weapon(event)),
            None => event_words::weapon(event),
        }),
    );
    fact("Intercepted", event.intercepted.get().map(CountRange::words));
    fact("Where", facts::place_words(dataset, event));
    // Of a table: the record's own sites say it in their panel.
    let placed_by = dataset
        .site(event.site)
        .coord_source
        .as_deref()
        .filter(|_| !dataset.classes.are_directions());
    fact("Position", placed_by.map(words::capitalised));
    fact("Target", told.target.clone());
    fact("Casualties", Some(event_words::casualties(event)));
    fact("Damage", (event.damage != Damage::Unknown).then(|| event.damage.label().to_owned()));
    fact("Outcome", told.outcome.clone());
    fact("Doubts", told.note.clone());
}

/// Claimed, attributed, confirmed and disputed, kept apart, each with those who say so.
fn who_says_so(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    (event, told): (&Event, &EventWords),
    evidence: &Evidence<'_>,
    asked: &mut Asked,
) {
    let dataset = &document.dataset;
    let theme = pen.theme;
    card::section(ui, pen, "Who says so");
    facts::fact(ui, pen, "Status", &evidence.why_status(event.status));
    if event.confidence != Confidence::Unknown {
        facts::fact(ui, pen, "Confidence", &evidence.why_confidence(event.confidence));
    }
    if !event.parties.is_empty() {
        facts::named(ui, pen, "Parties", |ui, pen| {
            for actor in &event.parties {
                card::actor_link(ui, pen, dataset, *actor, asked);
            }
        });
    }
    for (name, reports) in
        [("Confirmed by", &evidence.confirming), ("Disputed by", &evidence.disputing)]
    {
        if !reports.is_empty() {
            facts::fact(ui, pen, name, &evidence::voices(dataset, reports));
        }
    }
    for (name, actors, reports, by) in [
        (
            "Attributed to",
            &event.attributed_to,
            &evidence.attributing,
            told.attributed_by.as_deref(),
        ),
        ("Claimed by", &event.claimed_by, &evidence.claiming, None),
    ] {
        facts::named(ui, pen, name, |ui, pen| {
            if actors.is_empty() {
                pen.paragraph(
                    ui,
                    "nobody, as far as reported",
                    style::BODY_SMALL,
                    theme.text_muted,
                );
            }
            for actor in actors {
                card::actor_link(ui, pen, dataset, *actor, asked);
            }
            let mut said: Vec<String> = by.map(|b| format!("by {b}")).into_iter().collect();
            if !reports.is_empty() {
                said.push(format!("told by {}", evidence::voices(dataset, reports)));
            }
            if !said.is_empty() {
                pen.paragraph(ui, &said.join("; "), style::BODY_SMALL, theme.text_muted);
            }
        });
    }
}

/// Events that sources tie to this one, before and after it, and those of the same day and site.
fn tied(ui: &mut Ui, pen: &mut Pen, document: &Document, index: EventIndex, asked: &mut Asked) {
    let dataset = &document.dataset;
    let theme = pen.theme;
    let ties = evidence::ties(dataset, index);
    let distinct: Vec<EventIndex> = dataset
        .words(dataset.event(index))
        .distinct_from
        .iter()
        .filter_map(|id| dataset.find_event(id))
        .collect();
    if ties.is_empty() && distinct.is_empty() {
        return;
    }
    card::section(ui, pen, "Linked events");
    let mut link = |ui: &mut Ui, pen: &mut Pen, other: EventIndex, about: &str| {
        let event = dataset.event(other);
        let name = format!("{}, {}", dataset.site(event.site).name, words::event_date(&event.date));
        if pen.link(ui, &name, style::BODY_SMALL_STRONG).clicked() {
            asked.command(pick_event(dataset, other));
        }
        pen.paragraph(ui, about, style::BODY_SMALL, theme.text_muted);
        ui.add_space(4.0);
    };
    for tie in &ties {
        let who = event_words::publishers(dataset, tie.asserted_by);
        let mut about = format!("{}; {}, according to {who}", tie.lag, tie.words);
        if let Some(note) = tie.note {
            about.push_str(&format!(". {note}"));
        }
        link(ui, pen, tie.other, &words::capitalised(&about));
    }
    for other in distinct {
        link(ui, pen, other, "Another event at this site around the same day, not the same one");
    }
}

/// Why an event is not among those shown; `None` when it surely is.
pub(crate) fn standing(document: &Document, index: EventIndex) -> Option<String> {
    let Document { dataset, view, selection, .. } = document;
    match selection.shown_event(index) {
        Some(s) if s.certainty == Certainty::Possible => Some("possible in this window".to_owned()),
        Some(_) => None,
        None if selection.counts(index) => Some("not in this window".to_owned()),
        None if dataset.counts(view.rule, index) => {
            Some(format!("held back by {}", view.filter.held_back_by()))
        }
        None => Some("not counted by the rule".to_owned()),
    }
}
