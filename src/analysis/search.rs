//! Full-text search: which events tell of all the words that somebody types?
//!
//! Words are compared folded (see [`fold`]), from their beginning: "assad" finds "al-Asad", "katy" finds
//! "Katyusha".

use std::collections::HashMap;

use fixedbitset::FixedBitSet;

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
        let mut reader = Reader::default();
        // Texts of sites, actors and sources stand in many events, and are read once.
        let sites: Vec<Vec<usize>> = dataset
            .sites
            .iter()
            .map(|s| {
                let names = [&s.name].into_iter().chain(&s.name_ar).chain(&s.aliases);
                reader.read(names.chain(&s.admin1).map(String::as_str))
            })
            .collect();
        let actors: Vec<Vec<usize>> = dataset
            .actors
            .iter()
            .map(|a| {
                let names = [&a.name].into_iter().chain(&a.name_ar).chain(&a.aliases);
                reader.read(names.map(String::as_str))
            })
            .collect();
        let sources: Vec<Vec<usize>> = dataset
            .sources
            .iter()
            .map(|s| reader.read([s.publisher.as_str(), s.title.as_str()]))
            .collect();
        let mut events: Vec<Vec<EventIndex>> = Vec::new();
        for index in dataset.event_indices() {
            let event = dataset.event(index);
            let told = dataset.words(event);
            let reports = dataset.reports_of(index);
            let optional = [&told.weapon_detail, &told.outcome, &told.target, &told.note];
            let own = [told.summary.as_str(), event.weapon.label()]
                .into_iter()
                .chain(optional.into_iter().flatten().map(String::as_str))
                .chain(dataset.kind(event))
                .chain(reports.iter().filter_map(|r| r.said().note.as_deref()));
            let mut all = reader.read(own);
            all.extend(&sites[event.site.get()]);
            for actor in event.attributed_to.iter().chain(&event.claimed_by).chain(&event.parties) {
                all.extend(&actors[actor.get()]);
            }
            for report in reports {
                all.extend(&sources[report.source.get()]);
            }
            all.sort_unstable();
            all.dedup();
            events.resize(reader.numbers.len(), Vec::new());
            for word in all {
                events[word].push(index);
            }
        }
        let mut words: Vec<(String, usize)> = reader.numbers.into_iter().collect();
        words.retain(|(_, number)| events.get(*number).is_some_and(|e| !e.is_empty()));
        words.sort_unstable();
        let of_word =
            Lists::new(words.iter().map(|(_, number)| std::mem::take(&mut events[*number])));
        let words = words.into_iter().map(|(word, _)| word).collect();
        Self { events: dataset.events.len(), words, of_word }
    }

    /// The events in which each of the words is found.
    pub(super) fn search(&self, text: &str) -> FixedBitSet {
        let mut found = self.every();
        for piece in text.split_whitespace() {
            let folded = fold(piece);
            let joined = folded.replace(' ', "");
            // "zzzz" folds to one letter, with which it has nothing in common.
            let letters = piece.chars().filter(|c| c.is_alphanumeric()).count();
            let mut here = if joined.chars().count() == 1 && letters > 1 {
                FixedBitSet::with_capacity(self.events)
            } else {
                self.beginning_with(&joined)
            };
            // "al-Asad" is also found as two words; the parts of "K-1" are too short to stand alone.
            if folded.contains(' ') && folded.split(' ').all(|part| part.chars().count() > 1) {
                let mut parts = self.every();
                for part in folded.split(' ') {
                    parts.intersect_with(&self.beginning_with(part));
                }
                here.union_with(&parts);
            }
            found.intersect_with(&here);
        }
        found
    }

    fn every(&self) -> FixedBitSet {
        let mut all = FixedBitSet::with_capacity(self.events);
        all.insert_range(..);
        all
    }

    /// The events of which one of the words begins like this.
    fn beginning_with(&self, start: &str) -> FixedBitSet {
        let mut found = FixedBitSet::with_capacity(self.events);
        let first = self.words.partition_point(|w| w.as_str() < start);
        for (i, _) in
            self.words[first..].iter().enumerate().take_while(|(_, w)| w.starts_with(start))
        {
            found.extend(self.of_word.of(first + i).iter().map(|event| event.get()));
        }
        found
    }
}

/// Gives each folded word a number, and folds no piece of text twice.
#[derive(Default)]
struct Reader {
    numbers: HashMap<String, usize>,
    pieces: HashMap<Box<str>, Vec<usize>>,
}

impl Reader {
    /// The numbers of the words of some texts.
    fn read<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) -> Vec<usize> {
        let mut all = Vec::new();
        for piece in texts.into_iter().flat_map(str::split_whitespace) {
            if let Some(words) = self.pieces.get(piece) {
                all.extend_from_slice(words);
                continue;
            }
            let number = |word| {
                let next = self.numbers.len();
                *self.numbers.entry(word).or_insert(next)
            };
            let words: Vec<usize> = words_of(piece).into_iter().map(number).collect();
            all.extend_from_slice(&words);
            self.pieces.insert(piece.into(), words);
        }
        all
    }
}

/// The folded words of a piece of text without spaces; what a hyphen joins also as one word, an Arabic
/// word with the article also without.
fn words_of(piece: &str) -> Vec<String> {
    let folded = fold(piece);
    let mut words: Vec<String> =
        folded.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    if words.len() > 1 {
        words.push(words.concat());
    }
    let bare = words.iter().filter_map(|w| w.strip_prefix("ال"));
    let bare: Vec<String> = bare.filter(|b| b.chars().count() > 2).map(str::to_owned).collect();
    words.extend(bare);
    words
}
