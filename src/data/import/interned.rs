//! Words that stand in many rows, each kept once and told by a number.

use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// Byte strings of which each has a number, in the order in which they were first met. They stand in one piece of memory, as
/// what looking one up costs is the reading of memory that is in no cache.
#[derive(Debug, Default)]
pub(super) struct Interned {
    bytes: Vec<u8>,
    /// By number, where a byte string ends.
    ends: Vec<usize>,
    numbers: HashTable<Entry>,
}

/// What is known of a byte string without reading it.
#[derive(Clone, Copy, Debug)]
struct Entry {
    hash: u64,
    start: usize,
    number: u32,
    length: u32,
}

impl Interned {
    /// The number of a byte string, and whether it is new.
    pub(super) fn number(&mut self, bytes: &[u8]) -> (u32, bool) {
        let hash = FixedState::default().hash_one(bytes);
        let is_it = |entry: &Entry| {
            entry.hash == hash
                && self.bytes.get(entry.start..entry.start + entry.length as usize) == Some(bytes)
        };
        if let Some(entry) = self.numbers.find(hash, is_it) {
            return (entry.number, false);
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let entry = Entry { hash, start: self.bytes.len(), number, length };
        self.bytes.extend_from_slice(bytes);
        self.ends.push(self.bytes.len());
        self.numbers.insert_unique(hash, entry, |entry| entry.hash);
        (number, true)
    }

    /// Those from a number on.
    pub(super) fn since(&self, number: usize) -> impl Iterator<Item = &[u8]> {
        (number..self.ends.len()).map(|number| {
            let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
            &self.bytes[start..self.ends[number]]
        })
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All of them as text, by their numbers.
    pub(super) fn texts(&self) -> impl Iterator<Item = String> {
        self.since(0).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_the_numbers_in_whose_order_they_were_met() {
        let mut words = Interned::default();
        let numbers = ["b", "", "a", "b", "", "ab"].map(|word| words.number(word.as_bytes()));
        assert_eq!(numbers, [(0, true), (1, true), (2, true), (0, false), (1, false), (3, true)]);
        assert_eq!(words.texts().collect::<Vec<_>>(), ["b", "", "a", "ab"]);
        assert_eq!(words.since(2).collect::<Vec<_>>(), [b"a".as_slice(), b"ab"]);
        for number in 0..5000_u32 {
            words.number(&number.to_le_bytes());
        }
        assert_eq!(words.number(&77_u32.to_le_bytes()), (81, false));
    }
}
