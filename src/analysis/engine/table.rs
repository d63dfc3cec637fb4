//! What is counted of all events, as columns sorted by day.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use fixedbitset::FixedBitSet;

use super::Column;
use crate::analysis::{Facet, Rule};
use crate::domain::{Code as _, Day, DaySpan, Direction};

/// An event as the table takes it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The days that it may have happened on.
    pub span: DaySpan,
    /// Where it is drawn, as a number that the caller gives to places.
    pub place: u32,
    /// Its class.
    pub direction: Direction,
    /// Whether each rule counts it, in the order of [`Rule::ALL`].
    pub rules: [bool; 4],
    /// Whether its status is contested or denied.
    pub disputed: bool,
}

/// An event known only to several days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wide {
    pub(super) row: u32,
    pub(super) first: i32,
    pub(super) last: i32,
    /// Its span, by its place in [`Table::spans`].
    pub(super) span: u32,
}

/// What is counted of all events: a struct of arrays, in the order of their first days.
#[derive(Clone, Debug)]
pub struct Table {
    rows: usize,
    places: usize,
    first_day: i32,
    /// By day from `first_day` on, the rows before it; one more than there are days.
    starts: Vec<u32>,
    pub(super) place: Vec<u32>,
    pub(super) class: Vec<u8>,
    pub(super) by_class: [FixedBitSet; 6],
    pub(super) by_rule: [FixedBitSet; 4],
    pub(super) disputed: FixedBitSet,
    /// Rows known to the day.
    pub(super) exact: FixedBitSet,
    /// The others, in the order of rows.
    pub(super) wide: Vec<Wide>,
    /// Places in `wide`, in the order of the last days.
    pub(super) wide_by_last: Vec<u32>,
    /// Days that the longest of them lasts.
    longest: i32,
    /// The different spans of the others.
    pub(super) spans: Vec<DaySpan>,
    /// By facet, in the order of [`Facet::ALL`]; each made when it is first asked for.
    columns: Vec<OnceLock<Column>>,
    maker: Maker,
}

/// Makes the column of a facet.
#[derive(Clone)]
struct Maker(Arc<dyn Fn(Facet) -> Column + Send + Sync>);

impl fmt::Debug for Maker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Maker")
    }
}

impl Table {
    /// The table of some rows, of which each place is below `places`. The column of a facet is made when it is first asked
    /// for.
    ///
    /// # Panics
    /// When a row comes before another with an earlier first day, or a place is not below `places`.
    #[must_use]
    pub fn new(
        rows: impl IntoIterator<Item = Row>,
        places: usize,
        column: impl Fn(Facet) -> Column + Send + Sync + 'static,
    ) -> Self {
        let mut table = Self {
            rows: 0,
            places,
            first_day: 0,
            starts: vec![0],
            place: Vec::new(),
            class: Vec::new(),
            by_class: Default::default(),
            by_rule: Default::default(),
            disputed: FixedBitSet::new(),
            exact: FixedBitSet::new(),
            wide: Vec::new(),
            wide_by_last: Vec::new(),
            longest: 0,
            spans: Vec::new(),
            columns: vec![OnceLock::new(); Facet::ALL.len()],
            maker: Maker(Arc::new(column)),
        };
        let mut known: HashMap<DaySpan, u32> = HashMap::new();
        for row in rows {
            table.push(row, &mut known);
        }
        table.close();
        table
    }

    fn push(&mut self, row: Row, known: &mut HashMap<DaySpan, u32>) {
        let index = self.rows;
        let first = row.span.first().number();
        if index == 0 {
            self.first_day = first;
        }
        let day = usize::try_from(first - self.first_day).ok();
        assert!(day.is_some_and(|d| d + 1 >= self.starts.len()), "rows are in the order of days");
        assert!((row.place as usize) < self.places, "every place is below their number");
        let here = u32::try_from(index).unwrap_or(u32::MAX);
        self.starts.resize(day.map_or(0, |d| d + 1), here);
        self.place.push(row.place);
        let class = row.direction.position();
        self.class.push(u8::try_from(class).unwrap_or(u8::MAX));
        self.by_class[class].grow_and_insert(index);
        for (set, counts) in self.by_rule.iter_mut().zip(row.rules) {
            if counts {
                set.grow_and_insert(index);
            }
        }
        if row.disputed {
            self.disputed.grow_and_insert(index);
        }
        if row.span.days() == 1 {
            self.exact.grow_and_insert(index);
        } else {
            let span = *known.entry(row.span).or_insert_with(|| {
                self.spans.push(row.span);
                u32::try_from(self.spans.len() - 1).unwrap_or(u32::MAX)
            });
            let last = row.span.last().number();
            self.longest = self.longest.max(row.span.days());
            self.wide.push(Wide { row: here, first, last, span });
        }
        self.rows += 1;
    }

    fn close(&mut self) {
        if self.rows > 0 {
            self.starts.push(u32::try_from(self.rows).unwrap_or(u32::MAX));
        }
        let sets = self.by_class.iter_mut().chain(&mut self.by_rule);
        for set in sets.chain([&mut self.disputed, &mut self.exact]) {
            set.grow(self.rows);
        }
        self.wide_by_last = (0..u32::try_from(self.wide.len()).unwrap_or(u32::MAX)).collect();
        let wide = &self.wide;
        self.wide_by_last.sort_by_key(|i| (wide[*i as usize].last, *i));
        self.place.shrink_to_fit();
        self.class.shrink_to_fit();
        self.wide.shrink_to_fit();
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Number of places.
    #[must_use]
    pub fn places(&self) -> usize {
        self.places
    }

    /// The column of a facet. The first to ask waits until it is made: with a million rows that is some frames.
    #[must_use]
    pub fn column(&self, facet: Facet) -> &Column {
        self.columns[facet.position()].get_or_init(|| (self.maker.0)(facet))
    }

    /// The rows whose first day is from `first` to before `end`, in days since 1970-01-01.
    #[must_use]
    pub fn rows(&self, first: i32, end: i32) -> Range<usize> {
        let last = self.starts.len() - 1;
        let start = |day: i32| {
            let offset = i64::from(day) - i64::from(self.first_day);
            self.starts[usize::try_from(offset.max(0)).unwrap_or(0).min(last)] as usize
        };
        let from = start(first);
        from..start(end).max(from)
    }

    /// The first days that rows have, each with its rows.
    pub(super) fn days(&self) -> impl Iterator<Item = (i32, Range<usize>)> + '_ {
        (self.first_day..)
            .zip(self.starts.windows(2))
            .map(|(day, ends)| (day, ends[0] as usize..ends[1] as usize))
    }

    /// The days that a row's event may have happened on.
    #[must_use]
    pub fn span(&self, row: usize) -> DaySpan {
        if self.exact.contains(row) {
            let day = self.starts.partition_point(|start| (*start as usize) <= row);
            let day = i32::try_from(day).unwrap_or(i32::MAX) - 1;
            return DaySpan::day(Day::from_number(self.first_day + day));
        }
        let place = self.wide.partition_point(|w| (w.row as usize) < row);
        let [first, last] = self.wide.get(place).map_or([0; 2], |w| [w.first, w.last]);
        DaySpan::between(Day::from_number(first), Day::from_number(last))
    }

    /// Rows known only to several days that begin before a day and reach to it, in order.
    pub(in crate::analysis) fn wide_across(
        &self,
        day: Day,
    ) -> impl DoubleEndedIterator<Item = u32> + '_ {
        let day = day.number();
        let begun = self.wide.partition_point(|w| w.first < day);
        // None of those that began longer ago than the longest lasts can reach the day.
        let since = day.saturating_sub(self.longest);
        let from = self.wide.partition_point(|w| w.first < since);
        self.wide[from..begun].iter().filter(move |w| w.last >= day).map(|w| w.row)
    }

    /// The rows that surely lie in some days, and those that only overlap them.
    pub(in crate::analysis) fn shown(&self, days: DaySpan) -> [FixedBitSet; 2] {
        let [first, end] = [days.first().number(), days.end().number()];
        let [mut certain, mut possible] = [(); 2].map(|()| FixedBitSet::with_capacity(self.rows));
        certain.insert_range(self.rows(first, end));
        possible.extend(self.wide_across(days.first()).map(|row| row as usize));
        let [from, to] = [first, end].map(|day| self.wide.partition_point(|w| w.first < day));
        for wide in self.wide[from..to].iter().filter(|w| w.last >= end) {
            certain.remove(wide.row as usize);
            possible.insert(wide.row as usize);
        }
        [certain, possible]
    }

    /// Whether a row is known to the day.
    #[must_use]
    pub fn is_exact(&self, row: usize) -> bool {
        self.exact.contains(row)
    }

    /// The class of a row.
    #[must_use]
    pub fn direction(&self, row: usize) -> Direction {
        Direction::ALL[usize::from(self.class[row])]
    }

    /// The place of a row.
    #[must_use]
    pub fn place(&self, row: usize) -> u32 {
        self.place[row]
    }

    pub(in crate::analysis) fn rule(&self, rule: Rule) -> &FixedBitSet {
        let place = Rule::ALL.iter().position(|r| *r == rule).unwrap_or(0);
        &self.by_rule[place]
    }

    /// Bytes of memory that the table takes with its indexes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let bits = self.by_class.iter().chain(&self.by_rule).chain([&self.disputed, &self.exact]);
        let bits: usize = bits.map(|set| size_of_val(set.as_slice())).sum();
        let columns: usize = self.columns.iter().filter_map(OnceLock::get).map(Column::bytes).sum();
        let wide = self.wide.capacity() * size_of::<Wide>() + self.wide_by_last.capacity() * 4;
        self.place.capacity() * 4
            + self.class.capacity()
            + self.starts.capacity() * 4
            + bits
            + columns
            + wide
    }
}
