//! One actor: what it is, what it claimed, and what others attribute to it.

use std::sync::Arc;

use egui::{ScrollArea, Ui};

use super::actions::Asked;
use super::document::Document;
use super::event_rows::Lead;
use super::pen::Pen;
use super::{card, event_rows, facts};
use crate::analysis::{DayCounts, evidence, words};
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
            let account = Account::of(ui, document, index);
            for (title, lists) in [
                ("Claimed by it", &account.claimed),
                ("Attributed to it by others", &account.attributed),
            ] {
                list(ui, pen, document, (title, lists), asked);
            }
        });
    });
}

/// What an actor has to do with the record, worked out when the actor, the filter or the rule changes.
struct Account {
    actor: ActorIndex,
    /// Those of the filter and the rule that it was worked out for.
    counts: Arc<DayCounts>,
    claimed: Lists,
    attributed: Lists,
}

/// Events, and those of them that rule and filter count.
struct Lists {
    all: Vec<EventIndex>,
    counted: Vec<EventIndex>,
}

impl Account {
    fn of(ui: &Ui, document: &Document, actor: ActorIndex) -> Arc<Self> {
        let id = egui::Id::unique("account of an actor");
        let Document { dataset, selection, .. } = document;
        let counts = selection.day_counts();
        let known: Option<Arc<Self>> = ui.data(|d| d.get_temp(id));
        if let Some(known) = known
            && known.actor == actor
            && Arc::ptr_eq(&known.counts, counts)
        {
            return known;
        }
        let deeds = evidence::deeds(dataset, actor);
        let [claimed, attributed] = [deeds.claimed, deeds.attributed].map(|all| Lists {
            counted: all.iter().copied().filter(|e| selection.counts(*e)).collect(),
            all,
        });
        let account = Arc::new(Self { actor, counts: Arc::clone(counts), claimed, attributed });
        ui.data_mut(|d| d.insert_temp(id, Arc::clone(&account)));
        account
    }
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
    (title, lists): (&str, &Lists),
    asked: &mut Asked,
) {
    let number = match lists.all.len() {
        1 => "1 event in the whole record".to_owned(),
        n => format!("{} events in the whole record", words::thousands(n)),
    };
    card::section(ui, pen, title);
    pen.label(ui, &number, style::BODY_SMALL, pen.theme.text_muted);
    // An event can be in both lists.
    let lists = (lists.all.as_slice(), lists.counted.as_slice());
    ui.push_id(title, |ui| event_rows::in_and_beyond(ui, pen, document, lists, Lead::Site, asked));
}
