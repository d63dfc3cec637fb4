//! What is said of an event in words. Nothing is counted, drawn or filtered by them, so that those of a large table can stay
//! in its file.

use std::fmt::Debug;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::num::NonZeroU32;

/// The words of one event, for its card, its row and its source list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventWords {
    /// Identifier.
    pub id: String,
    /// Weapon in words.
    pub weapon_detail: Option<String>,
    /// What came of it, in words.
    pub outcome: Option<String>,
    /// What it was aimed at, in words.
    pub target: Option<String>,
    /// By whom it is attributed, in words.
    pub attributed_by: Option<String>,
    /// Identifiers of events of the same day and site that are others.
    pub distinct_from: Vec<String>,
    /// Doubts.
    pub note: Option<String>,
    /// One or two sentences.
    pub summary: String,
    /// Cells of the columns that nothing else is made of, by their place in [`super::Dataset::other_columns`].
    pub others: Vec<(u32, String)>,
}

/// Where the words of an event are.
#[derive(Clone, Debug)]
pub enum WordsAt {
    /// In memory.
    Memory(Box<EventWords>),
    /// In a row of the file that the dataset was read from.
    Row(TextRow),
}

/// A row of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextRow {
    /// Bytes of the text before it.
    pub start: u64,
    /// The line that it starts on, from 1; the last one that can be said where there are more.
    pub line: NonZeroU32,
    /// [`id_key`] of the identifier in it.
    pub id_key: u32,
}

/// Reads words of events that are not held in memory.
pub trait EventTexts: Debug + Send + Sync {
    /// The words of the event of a row. Where they can no longer be read, they say so.
    fn words(&self, row: TextRow) -> EventWords;
}

/// A number for an identifier: two identifiers with different numbers are different.
#[must_use]
pub fn id_hash(id: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(id)
}

/// Half of [`id_hash`], for lists that are long.
#[must_use]
pub fn id_key(id: &str) -> u32 {
    key_of(id_hash(id))
}

/// The [`id_key`] of an [`id_hash`].
#[must_use]
pub fn key_of(hash: u64) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "any half of a hash is a hash")]
    let key = hash as u32;
    key
}

impl From<EventWords> for WordsAt {
    fn from(words: EventWords) -> Self {
        Self::Memory(Box::new(words))
    }
}
