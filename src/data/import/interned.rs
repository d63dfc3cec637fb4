//! Words that stand in many rows, each kept once and told by a number.

use foldhash::fast::FixedState;
use indexmap::IndexSet;

/// Byte strings of which each has a number, in the order in which they were first met.
#[derive(Debug, Default)]
pub(super) struct Interned(IndexSet<Box<[u8]>, FixedState>);

impl Interned {
    /// The number of a byte string, and whether it is new.
    pub(super) fn number(&mut self, bytes: &[u8]) -> (u32, bool) {
        if let Some(place) = self.0.get_index_of(bytes) {
            return (number(place), false);
        }
        (number(self.0.insert_full(bytes.into()).0), true)
    }

    /// Those from a number on.
    pub(super) fn since(&self, number: usize) -> impl Iterator<Item = &[u8]> {
        self.0.iter().skip(number).map(|bytes| &**bytes)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them as text, by their numbers.
    pub(super) fn texts(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
