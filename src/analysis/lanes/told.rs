//! What is said of an event and its ties: what stands out with it, and in which words.

use super::{Lag, Pair};
use crate::analysis::{event_words, words};
use crate::domain::{Code as _, Dataset, EventIndex, Link, LinkKind};

/// An event that stands out, with all that sources tie to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lit {
    /// The event.
    pub event: EventIndex,
    /// The events tied to it, in date order.
    pub ties: Vec<LitTie>,
}

/// An event that a source ties to the one that stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LitTie {
    /// The tied event.
    pub other: EventIndex,
    /// The pair.
    pub pair: Pair,
    /// What the tied event is to the other one: "Response to Green Village, 1 day later".
    pub words: String,
}

impl Lit {
    /// An event with its ties.
    #[must_use]
    pub fn of(dataset: &Dataset, event: EventIndex) -> Self {
        let mut ties: Vec<LitTie> = (0..dataset.links.len())
            .filter(|i| {
                let link = &dataset.links[*i];
                link.from != link.to && (link.from == event || link.to == event)
            })
            .filter_map(|i| Pair::of(dataset, i))
            .map(|pair| {
                let other = if pair.from == event { pair.to } else { pair.from };
                LitTie { other, pair, words: told_of(dataset, &pair, other) }
            })
            .collect();
        ties.sort_by_key(|t| (t.other, t.pair.link));
        Self { event, ties }
    }

    /// What an event is to the one that stands out; `None` where nothing ties them.
    #[must_use]
    pub fn words_of(&self, event: EventIndex) -> Option<String> {
        let all: Vec<&str> =
            self.ties.iter().filter(|t| t.other == event).map(|t| t.words.as_str()).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// The events that stand out, that one first.
    pub fn events(&self) -> impl Iterator<Item = EventIndex> + '_ {
        std::iter::once(self.event).chain(self.ties.iter().map(|t| t.other))
    }
}

/// What one end of a pair is to the other end: "Response to Green Village, 1 day later".
#[must_use]
pub fn told_of(dataset: &Dataset, pair: &Pair, end: EventIndex) -> String {
    let site = |e: EventIndex| &dataset.site(dataset.event(e).site).name;
    let (later, lag) = (end == pair.from, pair.lag.words());
    let other = site(if later { pair.to } else { pair.from });
    match (pair.kind, later) {
        (LinkKind::ResponseTo, true) => format!("Response to {other}, {lag}"),
        (LinkKind::ResponseTo, false) => format!("Answered at {other}, {lag}"),
        (LinkKind::Followed, true) => format!("Told as after {other}, {lag}"),
        (LinkKind::Followed, false) => format!("Followed by {other}, {lag}"),
        (LinkKind::SameWave, true) => format!("In one wave with {other}, {lag}"),
        (LinkKind::SameWave, false) => {
            let Lag { low, high } = pair.lag;
            let back = Lag { low: -high, high: -low }.words();
            format!("In one wave with {other}, {back}")
        }
        (LinkKind::AnniversaryOf, true) => format!("On the anniversary of {other}, {lag}"),
        (LinkKind::AnniversaryOf, false) => {
            format!("Remembered on its anniversary at {other}, {lag}")
        }
    }
}

/// Who asserts a link, with what a reader must know: "According to Stars and Stripes. The text says ...".
#[must_use]
pub fn who_says_so(dataset: &Dataset, link: &Link) -> String {
    let who = event_words::publishers(dataset, &link.asserted_by);
    let mut words = if who.is_empty() {
        "No source is named for this tie".to_owned()
    } else {
        format!("According to {who}")
    };
    if let Some(note) = &link.note {
        words.push_str(". ");
        words.push_str(note);
    }
    words
}

/// Both ends of a pair in one sentence: "Al-Mayadin, 5 January 2022, in response to Green Village, 5 January
/// 2022: the same day".
#[must_use]
pub fn pair_words(dataset: &Dataset, pair: &Pair) -> String {
    let end = |e: EventIndex| {
        let event = dataset.event(e);
        format!("{}, {}", dataset.site(event.site).name, words::span(event.date.span))
    };
    format!("{}, {} {}: {}", end(pair.from), pair.kind.label(), end(pair.to), pair.lag.words())
}
