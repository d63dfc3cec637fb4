//! Counts in a window of days that follow it: what enters is added, what leaves is taken away.

use fixedbitset::FixedBitSet;

use super::bits::rows_in;
use super::counting::{Counting, KINDS, Kind};
use super::table::{Table, Wide};
use crate::domain::DaySpan;

/// What a place has in the days shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlaceCount {
    /// Events that surely happened in the window, by direction in the order of the code list.
    pub present: [u32; 6],
    /// Those that surely happened in the days shown, before the window.
    pub past: [u32; 6],
    /// Events that only may have happened in the days shown.
    pub possible: u32,
}

impl PlaceCount {
    /// Events that surely happened in the days shown.
    #[must_use]
    pub fn certain(&self) -> usize {
        self.present.iter().chain(&self.past).map(|n| *n as usize).sum()
    }

    /// All that is shown of the place.
    #[must_use]
    pub fn shown(&self) -> usize {
        self.certain() + self.possible as usize
    }
}

/// Counts of the rows that a [`Counting`] counts, in some days, of which those before another day are past.
#[derive(Clone, Debug)]
pub struct WindowCounts {
    days: Days,
    /// By place: certain rows of the window by class, then possible ones, then all that is shown of it. Eight
    /// words, so that each lies in one line of the processor's cache.
    present: Vec<[u32; 8]>,
    /// The places of which anything is shown.
    shown: FixedBitSet,
    /// By place, certain rows before the window; empty as long as there have been none.
    past: Vec<[u32; 6]>,
    /// Rows known only to several days that overlap the days, by kind.
    wide: [u32; KINDS],
    /// Those of them that count and surely belong.
    wide_certain: u32,
}

/// Where the possible ones are in a place's eight words.
const POSSIBLE: usize = 6;
/// Where the sum of all that is shown is.
const SHOWN: usize = 7;

/// The days shown, and where in them the window begins: days as numbers, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Days {
    first: i32,
    window: i32,
    end: i32,
}

/// What a row is to the days shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Outside,
    Past,
    Present,
    Possible,
}

/// Where a day lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Before,
    Past,
    Present,
    After,
}

impl Part {
    /// Of a row known to a day there.
    fn standing(self) -> Standing {
        match self {
            Self::Before | Self::After => Standing::Outside,
            Self::Past => Standing::Past,
            Self::Present => Standing::Present,
        }
    }
}

impl Days {
    fn new(shown: DaySpan, window: DaySpan) -> Self {
        let [first, end] = [shown.first().number(), shown.end().number()];
        Self { first, window: window.first().number().clamp(first, end), end }
    }

    fn part(self, day: i32) -> Part {
        if day < self.first {
            Part::Before
        } else if day < self.window {
            Part::Past
        } else if day < self.end {
            Part::Present
        } else {
            Part::After
        }
    }

    fn of(self, first: i32, last: i32) -> Standing {
        if last < self.first || first >= self.end {
            Standing::Outside
        } else if first < self.first || last >= self.end {
            Standing::Possible
        } else if last < self.window {
            Standing::Past
        } else {
            Standing::Present
        }
    }
}

impl WindowCounts {
    /// Counts afresh: `shown` are the days shown, and what lies in them before `window` is past.
    #[must_use]
    pub fn new(table: &Table, counting: &Counting, shown: DaySpan, window: DaySpan) -> Self {
        let mut counts = Self {
            days: Days::new(shown, window),
            present: vec![[0; 8]; table.places()],
            shown: FixedBitSet::with_capacity(table.places()),
            past: Vec::new(),
            wide: [0; KINDS],
            wide_certain: 0,
        };
        counts.recount(table, counting);
        counts
    }

    fn recount(&mut self, table: &Table, counting: &Counting) {
        self.present.fill([0; 8]);
        self.shown.clear();
        self.past.clear();
        (self.wide, self.wide_certain) = ([0; KINDS], 0);
        let Days { first, window, end } = self.days;
        self.exact(table, counting, [first, window], Standing::Past, 1);
        self.exact(table, counting, [window, end], Standing::Present, 1);
        for (place, wide) in table.wide.iter().enumerate() {
            let standing = self.days.of(wide.first, wide.last);
            self.wide(table, counting, (place, wide), standing, 1);
        }
    }

    /// Follows the days shown and the window to others; the table and the counting are those of before.
    pub fn follow(&mut self, table: &Table, counting: &Counting, shown: DaySpan, window: DaySpan) {
        let (old, new) = (self.days, Days::new(shown, window));
        if old == new {
            return;
        }
        self.days = new;
        let pieces = changed(old, new);
        let moving = pieces.iter().filter(|p| p.was != p.is);
        let moved: usize = moving.map(|p| table.rows(p.from, p.to).len()).sum();
        // Where more changes than stays, it is less work to begin again.
        if moved > table.rows(new.first, new.end).len() + table.places() / 4 {
            self.recount(table, counting);
            return;
        }
        for Piece { from, to, was, is } in pieces.iter().filter(|p| p.was != p.is) {
            self.exact(table, counting, [*from, *to], *was, u32::MAX);
            self.exact(table, counting, [*from, *to], *is, 1);
        }
        // A row of several days changes its standing only with the day that it begins or ends on.
        let mut change = |place: usize| {
            let wide = &table.wide[place];
            let (was, is) = (old.of(wide.first, wide.last), new.of(wide.first, wide.last));
            if was != is {
                self.wide(table, counting, (place, wide), was, u32::MAX);
                self.wide(table, counting, (place, wide), is, 1);
            }
        };
        let begins_in_change = |day: i32| pieces.iter().any(|p| (p.from..p.to).contains(&day));
        for Piece { from, to, .. } in &pieces {
            let begin = table.wide.partition_point(|w| w.first < *from);
            let end = table.wide.partition_point(|w| w.first < *to);
            for place in begin..end {
                change(place);
            }
            let last = |i: &u32| table.wide[*i as usize].last;
            let begin = table.wide_by_last.partition_point(|i| last(i) < *from);
            let end = table.wide_by_last.partition_point(|i| last(i) < *to);
            for place in &table.wide_by_last[begin..end] {
                let place = *place as usize;
                if !begins_in_change(table.wide[place].first) {
                    change(place);
                }
            }
        }
    }

    /// Adds (1) or takes away (`u32::MAX`, which is less one) the rows known to the days from one to before another.
    fn exact(
        &mut self,
        table: &Table,
        counting: &Counting,
        [from, to]: [i32; 2],
        standing: Standing,
        by: u32,
    ) {
        let rows = table.rows(from, to);
        if rows.is_empty() || standing == Standing::Outside {
            return;
        }
        let is_past = standing == Standing::Past;
        self.make_past(is_past);
        // Rows of several days are few, and are told apart one by one.
        let all_exact = table.wide.is_empty();
        for row in rows_in(&counting.counted, rows) {
            if !all_exact && !table.exact.contains(row) {
                continue;
            }
            let (place, class) = (table.place[row] as usize, usize::from(table.class[row]));
            let count = if is_past {
                &mut self.past[place][class]
            } else {
                &mut self.present[place][class]
            };
            *count = count.wrapping_add(by);
            self.add_shown(place, by);
        }
    }

    /// Keeps what is shown of a place in step with its counts.
    fn add_shown(&mut self, place: usize, by: u32) {
        let shown = &mut self.present[place][SHOWN];
        let was = std::mem::replace(shown, shown.wrapping_add(by));
        if (was == 0) != (*shown == 0) {
            self.shown.set(place, was == 0);
        }
    }

    fn make_past(&mut self, needed: bool) {
        if needed && self.past.is_empty() {
            self.past = vec![[0; 6]; self.present.len()];
        }
    }

    fn wide(
        &mut self,
        table: &Table,
        counting: &Counting,
        (place, wide): (usize, &Wide),
        standing: Standing,
        by: u32,
    ) {
        if standing == Standing::Outside {
            return;
        }
        let kinds = counting.wide_kinds[place];
        for (kind, count) in self.wide.iter_mut().enumerate() {
            if kinds & (1 << kind) != 0 {
                *count = count.wrapping_add(by);
            }
        }
        if kinds & (1 << Kind::Counted as usize) == 0 {
            return;
        }
        let row = wide.row as usize;
        let (place, class) = (table.place[row] as usize, usize::from(table.class[row]));
        self.make_past(standing == Standing::Past);
        let count = match standing {
            Standing::Past => &mut self.past[place][class],
            Standing::Possible => &mut self.present[place][POSSIBLE],
            _ => &mut self.present[place][class],
        };
        *count = count.wrapping_add(by);
        self.add_shown(place, by);
        if standing != Standing::Possible {
            self.wide_certain = self.wide_certain.wrapping_add(by);
        }
    }

    /// What a place has.
    #[must_use]
    pub fn at(&self, place: u32) -> PlaceCount {
        let present = self.present.get(place as usize).copied().unwrap_or_default();
        PlaceCount {
            present: std::array::from_fn(|class| present[class]),
            past: self.past.get(place as usize).copied().unwrap_or_default(),
            possible: present[POSSIBLE],
        }
    }

    /// Whether anything is shown of a place.
    #[must_use]
    pub fn is_shown(&self, place: u32) -> bool {
        self.shown.contains(place as usize)
    }

    /// Whether anything surely happened at a place in the days shown.
    #[must_use]
    pub fn is_certain(&self, place: usize) -> bool {
        self.present.get(place).is_some_and(|count| count[SHOWN] > count[POSSIBLE])
    }

    /// The places of which anything is shown, by number.
    pub fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.shown.ones()
    }

    /// Rows that count: those that surely happened in the days shown, and those that only may have.
    #[must_use]
    pub fn counted(&self, counting: &Counting, shown: DaySpan) -> [usize; 2] {
        let all = self.of_kind(counting, shown)[Kind::Counted as usize];
        let possible = (self.wide[Kind::Counted as usize] - self.wide_certain) as usize;
        [all - possible, possible]
    }

    /// Rows that lie in the days shown or overlap them, by kind.
    pub(in crate::analysis) fn of_kind(
        &self,
        counting: &Counting,
        shown: DaySpan,
    ) -> [usize; KINDS] {
        let exact = counting.exact(shown);
        std::array::from_fn(|kind| (exact[kind] + self.wide[kind]) as usize)
    }

    /// Bytes of memory that it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.present.capacity() * 32 + self.past.capacity() * 24 + self.shown.len() / 8
    }
}

/// Days that come to lie elsewhere, so that what begins or ends on them may change its standing.
struct Piece {
    from: i32,
    to: i32,
    was: Standing,
    is: Standing,
}

fn changed(old: Days, new: Days) -> Vec<Piece> {
    let mut ends = [old.first, old.window, old.end, new.first, new.window, new.end];
    ends.sort_unstable();
    ends.windows(2)
        .map(|pair| (pair[0], pair[1]))
        .filter(|(from, to)| from < to && old.part(*from) != new.part(*from))
        .map(|(from, to)| {
            let (was, is) = (old.part(from).standing(), new.part(from).standing());
            Piece { from, to, was, is }
        })
        .collect()
}
