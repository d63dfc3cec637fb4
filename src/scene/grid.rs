//! Numbered points in square cells, so that what is near a place is found without looking at all points.

use std::collections::HashMap;

/// Points by the cell that they lie in.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    cell: f64,
    cells: HashMap<[i32; 2], Vec<usize>>,
}

impl Grid {
    /// No point yet; a good size of a cell is about as far as will be looked.
    pub(super) fn new(cell: f64) -> Self {
        Self { cell: cell.max(1e-3), cells: HashMap::new() }
    }

    /// Takes the point of a number.
    pub(super) fn insert(&mut self, number: usize, at: [f64; 2]) {
        self.cells.entry(self.cell_of(at)).or_default().push(number);
    }

    /// The points that may lie within `reach` of a place along both axes, and some beyond.
    pub(super) fn near(&self, [x, y]: [f64; 2], reach: f64) -> impl Iterator<Item = usize> + '_ {
        let [x0, y0] = self.cell_of([x - reach, y - reach]);
        let [x1, y1] = self.cell_of([x + reach, y + reach]);
        let cells = (y0..=y1).flat_map(move |row| (x0..=x1).map(move |column| [column, row]));
        cells.filter_map(|cell| self.cells.get(&cell)).flatten().copied()
    }

    #[expect(clippy::cast_possible_truncation, reason = "a cast to i32 saturates")]
    fn cell_of(&self, at: [f64; 2]) -> [i32; 2] {
        at.map(|v| (v / self.cell).floor() as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_within_reach_is_found() {
        let points: Vec<[f64; 2]> = (0..400)
            .map(|n| [f64::from(n * 37 % 200) - 100.0, f64::from(n * 91 % 170) - 80.0])
            .collect();
        let mut grid = Grid::new(15.0);
        for (n, at) in points.iter().enumerate() {
            grid.insert(n, *at);
        }
        for (at, reach) in [([0.0, 0.0], 20.0), ([-63.0, 11.0], 3.0), ([50.0, -70.0], 80.0)] {
            let is_near = |p: &[f64; 2]| (p[0] - at[0]).hypot(p[1] - at[1]) <= reach;
            let found: Vec<usize> = grid.near(at, reach).collect();
            let near = (0..points.len()).filter(|n| is_near(&points[*n]));
            assert!(near.clone().all(|n| found.contains(&n)), "{at:?}");
            assert!(near.count() > 0 && found.len() < points.len(), "{at:?}");
        }
    }
}
