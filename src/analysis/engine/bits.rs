//! Sets of rows as bits, word by word.

use std::ops::Range;

use fixedbitset::FixedBitSet;

/// Bits in a word of a [`FixedBitSet`].
pub(super) const WORD: usize = usize::BITS as usize;

/// A set of the numbers below `len`, all of them in it.
pub(super) fn all(len: usize) -> FixedBitSet {
    let mut bits = FixedBitSet::with_capacity(len);
    bits.insert_range(..);
    bits
}

/// The words that some rows lie in, each with the bits of these rows in it.
pub(super) fn words(rows: Range<usize>) -> impl Iterator<Item = (usize, usize)> {
    let end = if rows.is_empty() { 0 } else { rows.end.div_ceil(WORD) };
    (rows.start / WORD..end).map(move |word| {
        let start = rows.start.saturating_sub(word * WORD);
        let beyond = ((word + 1) * WORD).saturating_sub(rows.end);
        (word, (usize::MAX << start) & (usize::MAX >> beyond))
    })
}

/// The rows of a range that are in a set, in order.
pub(super) fn rows_in(
    bits: &FixedBitSet,
    rows: Range<usize>,
) -> impl DoubleEndedIterator<Item = usize> + '_ {
    let all = bits.as_slice();
    let end = if rows.is_empty() { 0 } else { rows.end.div_ceil(WORD) };
    (rows.start / WORD..end).flat_map(move |word| {
        let start = rows.start.saturating_sub(word * WORD);
        let beyond = ((word + 1) * WORD).saturating_sub(rows.end);
        let here = all.get(word).copied().unwrap_or(0);
        Ones { word: here & (usize::MAX << start) & (usize::MAX >> beyond), base: word * WORD }
    })
}

/// The bits of a word that are set.
struct Ones {
    word: usize,
    base: usize,
}

impl Iterator for Ones {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.word == 0 {
            return None;
        }
        let bit = self.word.trailing_zeros() as usize;
        self.word &= self.word - 1;
        Some(self.base + bit)
    }
}

impl DoubleEndedIterator for Ones {
    #[inline]
    fn next_back(&mut self) -> Option<usize> {
        if self.word == 0 {
            return None;
        }
        let bit = WORD - 1 - self.word.leading_zeros() as usize;
        self.word ^= 1 << bit;
        Some(self.base + bit)
    }
}

/// How many bits are set before each word of a set, so that the n-th of them is found without a walk.
#[derive(Clone, Debug)]
pub(super) struct Ranks(Vec<u32>);

impl Ranks {
    pub(super) fn of(bits: &FixedBitSet) -> Self {
        let mut before = 0;
        let sums = bits.as_slice().iter().map(|word| {
            let here = before;
            before += word.count_ones();
            here
        });
        Self(sums.collect())
    }

    /// How many bits of the set that these ranks are of are set before a place.
    pub(super) fn before(&self, bits: &FixedBitSet, place: usize) -> usize {
        let (word, bit) = (place / WORD, place % WORD);
        match (self.0.get(word), bits.as_slice().get(word)) {
            (Some(before), Some(here)) => {
                (before + (here & !(usize::MAX << bit)).count_ones()) as usize
            }
            _ => bits.count_ones(..),
        }
    }

    /// The place of the n-th bit that is set in it, counted from zero.
    pub(super) fn nth(&self, bits: &FixedBitSet, n: usize) -> Option<usize> {
        let word = self.0.partition_point(|before| *before as usize <= n).checked_sub(1)?;
        let mut here = *bits.as_slice().get(word)?;
        for _ in self.0[word] as usize..n {
            here &= here.wrapping_sub(1);
        }
        (here != 0).then(|| word * WORD + here.trailing_zeros() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_range_are_found_in_order_and_back() {
        let mut bits = FixedBitSet::with_capacity(300);
        bits.extend((0..300).filter(|n| n % 7 == 0 || n % 64 == 63));
        for range in [0..300, 0..0, 63..64, 64..128, 65..127, 5..290, 299..300, 128..128] {
            let expected: Vec<usize> = range.clone().filter(|n| bits.contains(*n)).collect();
            assert_eq!(rows_in(&bits, range.clone()).collect::<Vec<_>>(), expected);
            let mut back: Vec<usize> = rows_in(&bits, range.clone()).rev().collect();
            back.reverse();
            assert_eq!(back, expected);
            let counted: u32 =
                words(range).map(|(word, mask)| (bits.as_slice()[word] & mask).count_ones()).sum();
            assert_eq!(counted as usize, expected.len());
        }
    }

    #[test]
    fn ranks_find_each_bit_and_count_those_before_it() {
        for len in [0, 1, 63, 64, 65, 300] {
            let mut bits = FixedBitSet::with_capacity(len);
            bits.extend((0..len).filter(|n| n % 7 == 0 || (70..140).contains(n)));
            let ranks = Ranks::of(&bits);
            let all: Vec<usize> = bits.ones().collect();
            for n in 0..all.len() + 3 {
                assert_eq!(ranks.nth(&bits, n), all.get(n).copied(), "{n} of {len}");
            }
            for place in 0..len + 70 {
                let before = all.iter().filter(|at| **at < place).count();
                assert_eq!(ranks.before(&bits, place), before, "{place} of {len}");
            }
        }
    }
}
