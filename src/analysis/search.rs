//! Full-text search: which events tell of all the words that somebody types?
//!
//! Words are compared folded (see [`fold`]), from their beginning: "assad" finds "al-Asad", "katy" finds
//! "Katyusha".

use std::collections::{BTreeMap, BTreeSet};

use super::lists::Lists;
use crate::domain::{Code as _, Dataset, EventIndex, fold};

/// The words of all events.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    events: usize,
    /// Folded words in order, each once.
    words: Vec<String>,
    /// The events in which each word stands.
    of_word: Lists<EventIndex>,
}

impl Texts {
    pub(super) fn new(dataset: &Dataset) -> Self {
        let mut words: BTreeMap<String, Vec<EventIndex>> = BTreeMap::new();
        // Texts of sites and sources stand in many events, and are folded once.
        let sites: Vec<BTreeSet<String>> = dataset
            .sites
            .iter()
            .map(|s| {
                let names = [&s.name].into_iter().chain(&s.name_ar).chain(&s.aliases);
                words_of(names.chain(&s.admin1).map(String::as_str))
            })
            .collect();
        let actors: Vec<BTreeSet<String>> = dataset
            .actors
            .iter()
            .map(|a| {
                let names = [&a.name].into_iter().chain(&a.name_ar).chain(&a.aliases);
                words_of(names.map(String::as_str))
            })
            .collect();
        let sources: Vec<BTreeSet<String>> = dataset
            .sources
            .iter()
            .map(|s| words_of([s.publisher.as_str(), s.title.as_str()]))
            .collect();
        for index in dataset.event_indices() {
            let event = dataset.event(index);
            let reports = dataset.reports_of(index);
            let optional = [&event.weapon_detail, &event.outcome, &event.target, &event.note];
            let own = [event.summary.as_str(), event.weapon.label()]
                .into_iter()
                .chain(optional.into_iter().flatten().map(String::as_str))
                .chain(reports.iter().filter_map(|r| r.note.as_deref()));
            let mut all = words_of(own);
            all.extend(sites[event.site.get()].iter().cloned());
            for actor in event.attributed_to.iter().chain(&event.claimed_by) {
                all.extend(actors[actor.get()].iter().cloned());
            }
            for report in reports {
                all.extend(sources[report.source.get()].iter().cloned());
            }
            for word in all {
                words.entry(word).or_default().push(index);
            }
        }
        let (words, events): (Vec<String>, Vec<Vec<EventIndex>>) = words.into_iter().unzip();
        Self { events: dataset.events.len(), words, of_word: Lists::new(events) }
    }

    /// By event: whether each of the words is found in it.
    pub(super) fn search(&self, text: &str) -> Vec<bool> {
        let mut found = vec![true; self.events];
        for piece in text.split_whitespace() {
            let folded = fold(piece);
            let mut here = self.beginning_with(&folded.replace(' ', ""));
            // "al-Asad" is also found as two words; the parts of "K-1" are too short to stand alone.
            if folded.contains(' ') && folded.split(' ').all(|part| part.chars().count() > 1) {
                let mut parts = vec![true; self.events];
                for part in folded.split(' ') {
                    keep(&mut parts, &self.beginning_with(part));
                }
                here.iter_mut().zip(parts).for_each(|(h, p)| *h |= p);
            }
            keep(&mut found, &here);
        }
        found
    }

    /// By event: whether one of its words begins like this.
    fn beginning_with(&self, start: &str) -> Vec<bool> {
        let mut found = vec![false; self.events];
        let first = self.words.partition_point(|w| w.as_str() < start);
        for (i, _) in
            self.words[first..].iter().enumerate().take_while(|(_, w)| w.starts_with(start))
        {
            self.of_word.of(first + i).iter().for_each(|event| found[event.get()] = true);
        }
        found
    }
}

fn keep(found: &mut [bool], also: &[bool]) {
    found.iter_mut().zip(also).for_each(|(f, a)| *f &= a);
}

/// The folded words of some texts; what a hyphen joins also as one word, an Arabic word with the article
/// also without.
fn words_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for piece in texts.into_iter().flat_map(str::split_whitespace) {
        let folded = fold(piece);
        for word in folded.split(' ').filter(|w| !w.is_empty()) {
            if let Some(bare) = word.strip_prefix("ال").filter(|b| b.chars().count() > 2) {
                words.insert(bare.to_owned());
            }
            words.insert(word.to_owned());
        }
        if folded.contains(' ') {
            words.insert(folded.replace(' ', ""));
        }
    }
    words
}
