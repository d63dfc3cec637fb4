//! A facet of all rows as one small code for each.

use std::collections::HashMap;
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::bits::WORD;
use crate::analysis::lists::Lists;

/// A value that events can have.
#[derive(Clone, Debug)]
pub struct FacetValue {
    /// What is typed and saved.
    pub code: Arc<str>,
    /// What a person reads.
    pub label: Arc<str>,
    /// Code, label and other names, folded: by these it is found when typed.
    pub names: Vec<String>,
    /// How many events of the record have it.
    pub events: usize,
}

/// One facet of all rows: what a row has is a set of values, and rows with the same set share its code.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// The values, in the order in which they are listed.
    pub values: Vec<FacetValue>,
    /// By code, the values by their place in `values`.
    sets: Lists<usize>,
    codes: Codes,
}

/// Codes in as few bytes as they need.
#[derive(Clone, Debug)]
enum Codes {
    One(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Self::One(Vec::new())
    }
}

impl Codes {
    fn new(codes: Vec<u32>, different: usize) -> Self {
        let narrow = |c: u32| u8::try_from(c).unwrap_or(u8::MAX);
        let middle = |c: u32| u16::try_from(c).unwrap_or(u16::MAX);
        if u8::try_from(different).is_ok() {
            Self::One(codes.into_iter().map(narrow).collect())
        } else if u16::try_from(different).is_ok() {
            Self::Two(codes.into_iter().map(middle).collect())
        } else {
            Self::Four(codes)
        }
    }

    fn get(&self, row: usize) -> usize {
        match self {
            Self::One(codes) => codes.get(row).map_or(usize::MAX, |c| usize::from(*c)),
            Self::Two(codes) => codes.get(row).map_or(usize::MAX, |c| usize::from(*c)),
            Self::Four(codes) => codes.get(row).map_or(usize::MAX, |c| *c as usize),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::One(codes) => codes.capacity(),
            Self::Two(codes) => codes.capacity() * 2,
            Self::Four(codes) => codes.capacity() * 4,
        }
    }
}

impl Column {
    /// A column of rows with one value each, given by its place in `values`.
    ///
    /// # Panics
    /// When a row has a value that is not in the list.
    #[must_use]
    pub fn of_one(mut values: Vec<FacetValue>, rows: Vec<u32>) -> Self {
        for row in &rows {
            values[*row as usize].events += 1;
        }
        let sets = Lists::new((0..values.len()).map(|value| vec![value]));
        Self { codes: Codes::new(rows, values.len()), values, sets }
    }

    /// A column of rows with several values each, as [`Interned`] has gathered them.
    #[must_use]
    pub fn of_several(values: Vec<FacetValue>, rows: Interned) -> Self {
        let different = rows.sets.len();
        Self { values, sets: Lists::new(rows.sets), codes: Codes::new(rows.codes, different) }
    }

    /// The values of a row, by their place in `values`; none beyond the last row.
    #[must_use]
    pub fn of(&self, row: usize) -> &[usize] {
        self.sets.of(self.codes.get(row))
    }

    /// By code, the values that it stands for.
    pub(in crate::analysis) fn sets(&self) -> impl ExactSizeIterator<Item = &[usize]> {
        self.sets.iter()
    }

    /// Takes from a set of rows those with none of the chosen values (by their place).
    pub(in crate::analysis) fn keep(&self, chosen: &[bool], rows: &mut FixedBitSet) {
        let is_chosen = |set: &[usize]| set.iter().any(|v| chosen.get(*v) == Some(&true));
        let passes: Vec<bool> = self.sets.iter().map(is_chosen).collect();
        let words = rows.as_mut_slice();
        match &self.codes {
            Codes::One(codes) => {
                let mut table = [false; 256];
                for (slot, passes) in table.iter_mut().zip(&passes) {
                    *slot = *passes;
                }
                keep(codes, words, |c| table[usize::from(c)]);
            }
            Codes::Two(codes) => keep(codes, words, |c| passes[usize::from(c)]),
            Codes::Four(codes) => keep(codes, words, |c| passes[c as usize]),
        }
    }

    /// By code, how many rows of a set have it.
    pub(in crate::analysis) fn count(&self, rows: &FixedBitSet) -> Vec<usize> {
        let words = rows.as_slice();
        let different = self.sets.iter().len();
        match &self.codes {
            Codes::One(codes) => count(codes, words, different, usize::from),
            Codes::Two(codes) => count(codes, words, different, usize::from),
            Codes::Four(codes) => count(codes, words, different, |c| c as usize),
        }
    }

    /// Bytes of memory that the codes take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.codes.bytes()
    }
}

fn keep<C: Copy>(codes: &[C], words: &mut [usize], passes: impl Fn(C) -> bool) {
    let mut chunks = codes.chunks(WORD);
    for word in words {
        let Some(chunk) = chunks.next() else {
            *word = 0;
            continue;
        };
        if *word == 0 {
            continue;
        }
        let mut kept = 0;
        for (bit, code) in chunk.iter().enumerate() {
            kept |= usize::from(passes(*code)) << bit;
        }
        *word &= kept;
    }
}

/// Counts in several lists by turns: most rows of a facet have the same few codes, and a processor waits for
/// a count to be written before it adds to it again.
const TURNS: usize = 4;

fn count<C: Copy>(
    codes: &[C],
    words: &[usize],
    different: usize,
    place: impl Fn(C) -> usize,
) -> Vec<usize> {
    let mut counts = vec![[0_u32; TURNS]; different];
    for (chunk, word) in codes.chunks(WORD).zip(words) {
        if *word == usize::MAX {
            for (bit, code) in chunk.iter().enumerate() {
                counts[place(*code)][bit % TURNS] += 1;
            }
            continue;
        }
        let mut rest = *word;
        while rest != 0 {
            let bit = rest.trailing_zeros() as usize;
            counts[place(chunk[bit])][bit % TURNS] += 1;
            rest &= rest - 1;
        }
    }
    counts.iter().map(|turns| turns.iter().map(|n| *n as usize).sum()).collect()
}

/// Sets of values, each different one once, and by row which it is.
#[derive(Debug, Default)]
pub struct Interned {
    sets: Vec<Vec<usize>>,
    known: HashMap<Vec<usize>, u32>,
    /// By value, the code of the set of it alone.
    alone: Vec<Option<u32>>,
    codes: Vec<u32>,
}

impl Interned {
    /// Adds a row with these values, which are put in order.
    pub fn push(&mut self, values: &mut Vec<usize>) {
        values.sort_unstable();
        values.dedup();
        let code = match values.as_slice() {
            [value] => self.code_alone(*value),
            several => self.known.get(several).copied().unwrap_or_else(|| {
                self.known.insert(several.to_vec(), number(self.sets.len()));
                self.add(several.to_vec())
            }),
        };
        self.codes.push(code);
    }

    /// Adds a row with one value.
    pub fn push_one(&mut self, value: usize) {
        let code = self.code_alone(value);
        self.codes.push(code);
    }

    fn code_alone(&mut self, value: usize) -> u32 {
        if let Some(Some(code)) = self.alone.get(value) {
            return *code;
        }
        let code = self.add(vec![value]);
        self.alone.resize(self.alone.len().max(value + 1), None);
        self.alone[value] = Some(code);
        code
    }

    fn add(&mut self, set: Vec<usize>) -> u32 {
        self.sets.push(set);
        number(self.sets.len() - 1)
    }

    /// The different sets.
    pub(in crate::analysis) fn sets_mut(&mut self) -> &mut [Vec<usize>] {
        &mut self.sets
    }

    /// How many rows have each of the sets.
    pub(in crate::analysis) fn rows_by_set(&self) -> Vec<usize> {
        let mut rows = vec![0; self.sets.len()];
        for code in &self.codes {
            rows[*code as usize] += 1;
        }
        rows
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(code: &str) -> FacetValue {
        FacetValue { code: code.into(), label: code.into(), names: Vec::new(), events: 0 }
    }

    #[test]
    fn rows_keep_their_values_however_many_there_are() {
        for different in [3_u32, 255, 256, 65_535, 65_536, 70_000] {
            let values = (0..different).map(|n| value(&n.to_string())).collect();
            let rows: Vec<u32> = (0..different * 2).map(|n| n * 7 % different).collect();
            let column = Column::of_one(values, rows.clone());
            for (row, value) in rows.iter().enumerate() {
                assert_eq!(column.of(row), [*value as usize]);
            }
            assert!(column.of(rows.len()).is_empty());
            let mut kept = super::super::bits::all(rows.len());
            let chosen: Vec<bool> = (0..different).map(|v| v == 1).collect();
            column.keep(&chosen, &mut kept);
            let expected: Vec<usize> = (0..rows.len()).filter(|r| rows[*r] == 1).collect();
            assert_eq!(kept.ones().collect::<Vec<_>>(), expected);
            let mut some = super::super::bits::all(rows.len());
            (0..rows.len()).step_by(5).for_each(|row| some.remove(row));
            let mut expected = vec![0; different as usize];
            some.ones().for_each(|row| expected[rows[row] as usize] += 1);
            assert_eq!(column.count(&some), expected);
        }
    }

    #[test]
    fn a_row_with_several_values_is_kept_for_each_of_them() {
        let mut rows = Interned::default();
        for mut row in [vec![0], vec![2, 0], vec![1], vec![0, 2, 2], vec![]] {
            rows.push(&mut row);
        }
        rows.push_one(1);
        let column = Column::of_several(vec![value("a"), value("b"), value("c")], rows);
        assert_eq!(column.sets().len(), 4);
        assert_eq!(column.of(1), column.of(3));
        assert_eq!(column.of(2), column.of(5));
        let mut kept = super::super::bits::all(6);
        column.keep(&[false, true, true], &mut kept);
        assert_eq!(kept.ones().collect::<Vec<_>>(), [1, 2, 3, 5]);
    }
}
