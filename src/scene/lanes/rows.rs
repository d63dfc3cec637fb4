//! Rows of a lane, in which nothing stands over another.

/// Points by which two may meet: what rounding makes of two that touch.
const MEET: f32 = 0.01;

/// What is taken of each row, in order; row 0 is the one at the middle line.
#[derive(Clone, Debug)]
pub(super) struct Rows(Vec<Vec<[f32; 2]>>);

impl Rows {
    pub(super) fn new(count: usize) -> Self {
        Self(vec![Vec::new(); count.max(1)])
    }

    /// Takes a place in the first row from a given one on in which it is free.
    pub(super) fn take(&mut self, from: usize, place: [f32; 2]) -> Option<usize> {
        let row = (from..self.0.len()).find(|row| self.is_free(*row, place))?;
        self.put(row, place);
        Some(row)
    }

    /// Takes a place in every row, whatever stands there.
    pub(super) fn take_all(&mut self, place: [f32; 2]) {
        (0..self.0.len()).for_each(|row| self.put(row, place));
    }

    /// The first row beyond all that stands within a place.
    pub(super) fn beyond(&self, place: [f32; 2]) -> usize {
        (0..self.0.len()).rev().find(|row| !self.is_free(*row, place)).map_or(0, |row| row + 1)
    }

    fn put(&mut self, row: usize, place: [f32; 2]) {
        let at = self.0[row].partition_point(|taken| taken[0] < place[0]);
        self.0[row].insert(at, place);
    }

    fn is_free(&self, row: usize, [from, to]: [f32; 2]) -> bool {
        let taken = &self.0[row];
        let next = taken.partition_point(|t| t[0] < from);
        let before = next.checked_sub(1).map(|i| taken[i][1]);
        before.is_none_or(|end| end <= from + MEET)
            && taken.get(next).is_none_or(|t| t[0] >= to - MEET)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_taken_once_and_the_next_one_stands_further_out() {
        let mut rows = Rows::new(2);
        assert_eq!(rows.take(0, [10.0, 20.0]), Some(0));
        assert_eq!(rows.take(0, [0.0, 10.0]), Some(0), "what touches does not meet");
        assert_eq!(rows.take(0, [15.0, 25.0]), Some(1));
        assert_eq!(rows.take(0, [12.0, 16.0]), None);
        assert_eq!(rows.take(0, [20.0, 24.0]), Some(0));
        let beyond = [[0.0, 5.0], [14.0, 16.0], [30.0, 40.0]].map(|place| rows.beyond(place));
        assert_eq!(beyond, [1, 2, 0]);
        rows.take_all([30.0, 40.0]);
        assert_eq!(rows.take(0, [39.0, 45.0]), None);
    }
}
