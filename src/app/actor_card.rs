//! One actor: what it is, what it claimed, and what others attribute to it.

use egui::{ScrollArea, Ui};

use super::actions::Asked;
use super::document::Document;
use super::event_rows::Lead;
use super::pen::Pen;
use super::{card, event_rows, facts};
use crate::analysis::{evidence, words};
use crate::domain::{ActorIndex, ActorKind, Code as _, EventIndex};
use crate::scene::theme::style;

pub(crate) fn show(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    index: ActorIndex,
    asked: &mut Asked,
) {
    let dataset = &document.dataset;
    let actor = dataset.actor(index);
    ScrollArea::vertical().id_salt(("actor", &actor.id)).auto_shrink(false).show(ui, |ui| {
        card::frame().show(ui, |ui| {
            card::head(ui, pen, &actor.name, asked);
            if let Some(name) = &actor.name_ar {
                pen.label(ui, name, style::HEADING, pen.theme.text_muted);
            }
            ui.add_space(2.0);
            if let Some(text) = &actor.description {
                pen.paragraph(ui, text, style::BODY, pen.theme.text);
                ui.add_space(3.0);
            }
            facts::fact(ui, pen, "Kind", kind_words(actor.kind));
            if let Some(parent) = actor.parent.as_deref().and_then(|id| dataset.find_actor(id)) {
                facts::named(ui, pen, "Belongs to", |ui, pen| {
                    card::actor_link(ui, pen, dataset, parent, asked);
                });
            }
            let parts: Vec<_> = dataset
                .actors
                .iter()
                .filter(|a| a.parent.as_deref() == Some(actor.id.as_str()))
                .filter_map(|a| dataset.find_actor(&a.id))
                .collect();
            if !parts.is_empty() {
                facts::named(ui, pen, "Includes", |ui, pen| {
                    for part in parts {
                        card::actor_link(ui, pen, dataset, part, asked);
                    }
                });
            }
            if !actor.aliases.is_empty() {
                facts::fact(ui, pen, "Also written", &actor.aliases.join(", "));
            }
            let deeds = evidence::deeds(dataset, index);
            list(ui, pen, document, ("Claimed by it", &deeds.claimed), asked);
            list(ui, pen, document, ("Attributed to it by others", &deeds.attributed), asked);
        });
    });
}

fn kind_words(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::FacadeGroup => "facade group: a name under which others are reported to act",
        other => other.label(),
    }
}

fn list(
    ui: &mut Ui,
    pen: &mut Pen,
    document: &Document,
    (title, events): (&str, &[EventIndex]),
    asked: &mut Asked,
) {
    let number = match events.len() {
        1 => "1 event in the whole record".to_owned(),
        n => format!("{} events in the whole record", words::thousands(n)),
    };
    card::section(ui, pen, title);
    pen.label(ui, &number, style::BODY_SMALL, pen.theme.text_muted);
    // An event can be in both lists.
    ui.push_id(title, |ui| event_rows::in_and_beyond(ui, pen, document, events, Lead::Site, asked));
}
