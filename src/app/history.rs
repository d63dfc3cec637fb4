//! What is saved of a document, and the steps that lead back and forth: each a whole [`Snapshot`], taken only when
//! something changed.
//!
//! A drag, a play or a word that is typed is one step. Must not know a panel.

use std::collections::VecDeque;
use std::sync::Arc;

use super::document::Document;
use super::figure_dialog::Draft;
use crate::analysis::play::PlaySpec;
use crate::analysis::{Facet, Pick, View};
use crate::data::project::{Kept, SavedView};
use crate::domain::Code as _;

/// The most steps that are kept.
const MAX_STEPS: usize = 300;
/// The most picked places and chosen values in all of them: a step may hold very many.
const MAX_WEIGHT: usize = 300_000;
/// Changes of one kind that follow each other so soon are one step.
const TOGETHER_SECS: f64 = 0.8;

/// All of a document that is saved.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Snapshot {
    pub(crate) view: View,
    pub(crate) figure: Draft,
    pub(crate) play: PlaySpec,
    pub(crate) views: Arc<Vec<Kept<SavedView>>>,
}

/// What a change is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Days,
    Mode,
    Fade,
    Rule,
    Filter,
    Search,
    View,
    Colours,
    Names,
    Figure,
    Play,
    Picked,
    Map,
    Views,
}

impl What {
    /// It as it stands after "Undo".
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Days => "the days",
            Self::Mode => "how the window is read",
            Self::Fade => "older events paler",
            Self::Rule => "what counts",
            Self::Filter => "the filter",
            Self::Search => "the search",
            Self::View => "another view",
            Self::Colours => "the colours",
            Self::Names => "the names",
            Self::Figure => "the figure",
            Self::Play => "how time is played",
            Self::Picked => "what is picked",
            Self::Map => "where the map looks",
            Self::Views => "the saved views",
        }
    }

    /// Whether several changes of it can be one: what is dragged, turned or typed.
    fn can_go_on(self) -> bool {
        matches!(self, Self::Days | Self::Search | Self::Figure | Self::Play | Self::Map)
    }
}

impl Snapshot {
    pub(crate) fn of(document: &Document) -> Self {
        let Document { view, figure, play, views, .. } = document;
        let (view, figure) = (view.clone(), figure.clone());
        Self { view, figure, play: play.clone(), views: Arc::clone(views) }
    }

    /// How much of memory it takes, roughly.
    fn weight(&self) -> usize {
        let places = match &self.view.picked {
            Some(Pick::Places(places)) => places.len(),
            _ => 0,
        };
        let filter = &self.view.filter;
        1 + places + Facet::ALL.iter().map(|facet| filter.chosen(*facet).count()).sum::<usize>()
    }
}

/// Who changes something, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Hand {
    pub(crate) now_secs: f64,
    /// Whether the pointer is held down.
    pub(crate) is_down: bool,
    /// Whether time plays.
    pub(crate) plays: bool,
}

/// A step, and the document on its other side.
#[derive(Clone, Debug)]
struct Step {
    what: What,
    snapshot: Snapshot,
}

/// The steps back and forth from a document as it is.
#[derive(Debug)]
pub(crate) struct History {
    now: Snapshot,
    /// The document's counts of changes and steps that were met last.
    met: [u64; 2],
    back: VecDeque<Step>,
    forth: Vec<Step>,
    weight: usize,
    /// What changed last and may go on, by whom.
    open: Option<(What, Hand)>,
    /// Whether the pointer was held down in the frame before.
    was_down: bool,
}

impl History {
    pub(crate) fn new(document: &Document) -> Self {
        Self {
            now: Snapshot::of(document),
            met: [document.changes, document.steps],
            back: VecDeque::new(),
            forth: Vec::new(),
            weight: 0,
            open: None,
            was_down: false,
        }
    }

    /// The document as it was met last.
    pub(crate) fn now(&self) -> &Snapshot {
        &self.now
    }

    /// Meets the document after a frame; says whether it is another one than before. Costs nothing when it is not.
    pub(crate) fn meet(&mut self, document: &Document, hand: Hand) -> bool {
        // The frame in which the pointer is let go still belongs to the drag.
        let held = hand.is_down || std::mem::replace(&mut self.was_down, hand.is_down);
        if self.met[0] == document.changes {
            if !held && self.open.is_some_and(|(_, by)| by.is_down) {
                self.open = None;
            }
            return false;
        }
        let what = document.changed;
        let is_step = self.met[1] != document.steps;
        self.met = [document.changes, document.steps];
        let before = std::mem::replace(&mut self.now, Snapshot::of(document));
        if !is_step {
            return true;
        }
        let goes_on = what.can_go_on()
            && self.open.is_some_and(|(open, by)| {
                let soon = hand.now_secs - by.now_secs < TOGETHER_SECS;
                open == what
                    && if hand.plays {
                        by.plays
                    } else {
                        (held && by.is_down) || (!held && !by.is_down && soon)
                    }
            });
        self.open = Some((what, Hand { is_down: held, ..hand }));
        if !goes_on {
            self.push(Step { what, snapshot: before });
        }
        self.forth.clear();
        true
    }

    fn push(&mut self, step: Step) {
        self.weight += step.snapshot.weight();
        self.back.push_back(step);
        while self.back.len() > MAX_STEPS || (self.weight > MAX_WEIGHT && self.back.len() > 1) {
            let Some(oldest) = self.back.pop_front() else { return };
            self.weight -= oldest.snapshot.weight();
        }
    }

    /// What the next step back is of.
    pub(crate) fn back(&self) -> Option<What> {
        self.back.back().map(|step| step.what)
    }

    /// What the next step forth is of.
    pub(crate) fn forth(&self) -> Option<What> {
        self.forth.last().map(|step| step.what)
    }

    /// Takes a step back; gives what the document is then.
    pub(crate) fn undo(&mut self) -> Option<Snapshot> {
        let Step { what, snapshot } = self.back.pop_back()?;
        self.weight -= snapshot.weight();
        self.forth.push(Step { what, snapshot: std::mem::replace(&mut self.now, snapshot) });
        self.open = None;
        Some(self.now.clone())
    }

    /// Takes a step forth again; gives what the document is then.
    pub(crate) fn redo(&mut self) -> Option<Snapshot> {
        let Step { what, snapshot } = self.forth.pop()?;
        let before = std::mem::replace(&mut self.now, snapshot);
        self.push(Step { what, snapshot: before });
        self.open = None;
        Some(self.now.clone())
    }

    /// The document was set to what was given.
    pub(crate) fn is_at(&mut self, document: &Document) {
        self.met = [document.changes, document.steps];
        self.now = Snapshot::of(document);
    }
}
