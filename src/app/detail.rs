//! The panel beside the map: the list, or the card of what is picked, and the way back through cards.

use egui::Ui;

use super::actions::Asked;
use super::document::Document;
use super::pen::Pen;
use super::{actor_card, coverage_panel, event_card, event_list, places_card, site_panel};
use crate::analysis::Pick;

/// The cards that were open before, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    before: Vec<Pick>,
}

impl Trail {
    /// Notes that another card (or none) was opened.
    pub(crate) fn moved(&mut self, from: Option<Pick>, to: Option<&Pick>) {
        const LONGEST: usize = 64;
        match (from, to) {
            (_, None) => self.before.clear(),
            (Some(from), Some(to)) if from != *to => {
                if self.before.len() == LONGEST {
                    self.before.remove(0);
                }
                self.before.push(from);
            }
            _ => {}
        }
    }

    /// The card to go back to; none closes the last one.
    pub(crate) fn back(&mut self) -> Option<Pick> {
        self.before.pop()
    }
}

pub(crate) fn show(ui: &mut Ui, pen: &mut Pen, document: &Document, asked: &mut Asked) {
    let dataset = &document.dataset;
    match &document.view.picked {
        Some(Pick::Site(id)) => {
            if let Some(site) = dataset.find_site(id) {
                return site_panel::show(ui, pen, document, site, asked);
            }
        }
        Some(Pick::Places(all)) => {
            return places_card::show(ui, pen, document, all, asked);
        }
        Some(Pick::Event(id)) => {
            if let Some(event) = dataset.find_event(id) {
                return event_card::show(ui, pen, document, event, asked);
            }
        }
        Some(Pick::Actor(id)) => {
            if let Some(actor) = dataset.find_actor(id) {
                return actor_card::show(ui, pen, document, actor, asked);
            }
        }
        Some(Pick::Total(id)) => {
            if let Some(total) = dataset.find_total(id) {
                return coverage_panel::one(ui, pen, document, total, asked);
            }
        }
        Some(Pick::Totals) => return coverage_panel::all(ui, pen, document, asked),
        None => {}
    }
    event_list::show(ui, pen, document, asked);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_back_retraces_the_cards_and_closing_forgets_them() {
        let site = Pick::Site("a".to_owned());
        let event = Pick::Event("b".to_owned());
        let mut trail = Trail::default();
        trail.moved(None, Some(&site));
        trail.moved(Some(site.clone()), Some(&event));
        assert_eq!(trail.back(), Some(site.clone()));
        assert_eq!(trail.back(), None);
        trail.moved(Some(site), Some(&event));
        trail.moved(Some(event), None);
        assert_eq!(trail.back(), None);
    }
}
