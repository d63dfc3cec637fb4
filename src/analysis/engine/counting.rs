//! Which rows count under a filter and a rule, summed up by day, whatever the window.

use std::sync::{Arc, OnceLock};

use fixedbitset::FixedBitSet;

use super::bits::{self, Ranks, rows_in, words};
use super::table::{Table, Wide};
use crate::analysis::rule::is_attack;
use crate::analysis::{DayCounts, Facet, Filter, Rule, WideCount};
use crate::domain::{Code as _, DatePrecision, DaySpan, Direction};

/// Why a row counts or does not; the first reason that applies. The last is no reason but a second
/// count: of the rows that count, those whose status is contested or denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis) enum Kind {
    Counted,
    /// Counted by the rule, held back by the filter.
    ByFilter,
    /// Neither.
    ByBoth,
    /// Let through, an attack, but short of what the rule asks.
    ShortOfRule,
    Disputed,
    /// Let through, of another direction than the rule counts; the first of six in the order of the list.
    ByRule,
}

/// Number of kinds.
pub(in crate::analysis) const KINDS: usize = Kind::ByRule as usize + 6;

/// Which rows count under a filter and a rule.
#[derive(Clone, Debug)]
pub struct Counting {
    filter: Filter,
    rule: Rule,
    /// The rows that search and box let through; `None` for all.
    others: Option<FixedBitSet>,
    /// The rows that count.
    pub(super) counted: FixedBitSet,
    /// By day from the table's first on, the rows of each kind known to earlier days; one more than there are days.
    sums: Vec<[u32; KINDS]>,
    first_day: i32,
    /// By place in the table's wide rows, the kinds of each as bits.
    pub(super) wide_kinds: Vec<u16>,
    day_counts: Arc<DayCounts>,
    place_totals: OnceLock<Vec<u32>>,
    ranks: OnceLock<Ranks>,
    undated: OnceLock<Vec<u32>>,
}

impl Counting {
    /// One pass over the columns of the facets that the filter names. `others` are the rows that
    /// search and box of the filter let through, which are no facets; `None` for all.
    #[must_use]
    pub fn new(table: &Table, filter: &Filter, rule: Rule, others: Option<&FixedBitSet>) -> Self {
        let mut passing = match others {
            Some(others) => others.clone(),
            None => bits::all(table.len()),
        };
        for (facet, chosen) in filter.chosen_values(table) {
            table.column(facet).keep(&chosen, &mut passing);
        }
        let by_rule = table.rule(rule);
        let (first_day, sums, days) = sums(table, &passing, by_rule);
        let mut wide_by_span = vec![[0; 6]; table.spans.len()];
        let mut wide_kinds = Vec::with_capacity(table.wide.len());
        for Wide { row, span, .. } in &table.wide {
            let row = *row as usize;
            let kinds = kinds(table, row, passing.contains(row), by_rule.contains(row));
            if kinds & 1 << Kind::Counted as usize != 0 {
                wide_by_span[*span as usize][usize::from(table.class[row])] += 1;
            }
            wide_kinds.push(kinds);
        }
        let wide = table.spans.iter().zip(wide_by_span);
        let wide = wide.map(|(span, count)| WideCount { span: *span, count });
        let mut wide: Vec<WideCount> = wide.filter(|w| w.total() > 0).collect();
        wide.sort_by_key(|w| (w.span.first(), w.span.last()));
        let mut counted = passing;
        counted.intersect_with(by_rule);
        Self {
            filter: filter.clone(),
            rule,
            others: others.cloned(),
            counted,
            sums,
            first_day,
            wide_kinds,
            day_counts: Arc::new(DayCounts::of_days(first_day, days, wide)),
            place_totals: OnceLock::new(),
            ranks: OnceLock::new(),
            undated: OnceLock::new(),
        }
    }

    /// Whether it is that of a filter and a rule.
    #[must_use]
    pub fn is_of(&self, filter: &Filter, rule: Rule) -> bool {
        self.rule == rule && self.filter == *filter
    }

    /// The rows that search and box let through; `None` for all.
    pub(in crate::analysis) fn others(&self) -> Option<&FixedBitSet> {
        self.others.as_ref()
    }

    /// Whether a row counts.
    #[must_use]
    pub fn counts(&self, row: usize) -> bool {
        self.counted.contains(row)
    }

    /// The rows that count, in order.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        rows_in(&self.counted, 0..self.counted.len())
    }

    /// Those of a range.
    pub fn rows_in(
        &self,
        rows: std::ops::Range<usize>,
    ) -> impl DoubleEndedIterator<Item = usize> + '_ {
        rows_in(&self.counted, rows)
    }

    fn ranks(&self) -> &Ranks {
        self.ranks.get_or_init(|| Ranks::of(&self.counted))
    }

    /// How many of the rows that count come before a row.
    pub(in crate::analysis) fn rank(&self, row: usize) -> usize {
        self.ranks().before(&self.counted, row)
    }

    /// The n-th of the rows that count, from zero.
    pub(in crate::analysis) fn nth(&self, n: usize) -> Option<usize> {
        self.ranks().nth(&self.counted, n)
    }

    /// The rows that count of events whose date is unknown, in order.
    pub(in crate::analysis) fn undated(&self, table: &Table) -> &[u32] {
        self.undated.get_or_init(|| {
            let column = table.column(Facet::DatePrecision);
            let unknown = DatePrecision::Unknown.code();
            let chosen: Vec<bool> = column.values.iter().map(|v| *v.code == *unknown).collect();
            let mut rows = self.counted.clone();
            column.keep(&chosen, &mut rows);
            rows.ones().filter_map(|row| u32::try_from(row).ok()).collect()
        })
    }

    /// All rows that count, by day and class.
    #[must_use]
    pub fn day_counts(&self) -> &Arc<DayCounts> {
        &self.day_counts
    }

    /// By place, the rows that count there, whatever the window.
    #[must_use]
    pub fn place_totals(&self, table: &Table) -> &[u32] {
        self.place_totals.get_or_init(|| {
            let mut totals = vec![0; table.places()];
            for row in self.rows() {
                totals[table.place[row] as usize] += 1;
            }
            totals
        })
    }

    /// The rows of each kind known to the day, of some days.
    pub(super) fn exact(&self, days: DaySpan) -> [u32; KINDS] {
        let last = self.sums.len() - 1;
        let sum = |day: i32| {
            let offset = i64::from(day) - i64::from(self.first_day);
            self.sums[usize::try_from(offset.max(0)).unwrap_or(0).min(last)]
        };
        let (from, to) = (sum(days.first().number()), sum(days.end().number()));
        std::array::from_fn(|kind| to[kind] - from[kind])
    }

    /// Bytes of memory that it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let sets = [&self.counted].into_iter().chain(&self.others);
        sets.map(|set| size_of_val(set.as_slice())).sum::<usize>()
            + self.sums.capacity() * KINDS * 4
            + self.wide_kinds.capacity() * 2
            + self.place_totals.get().map_or(0, |t| t.capacity() * 4)
            + self.undated.get().map_or(0, |t| t.capacity() * 4)
    }
}

/// The kinds of a row, as bits.
fn kinds(table: &Table, row: usize, passes: bool, by_rule: bool) -> u16 {
    let class = usize::from(table.class[row]);
    let kind = match (passes, by_rule) {
        (true, true) if table.disputed.contains(row) => {
            return 1 << Kind::Counted as usize | 1 << Kind::Disputed as usize;
        }
        (true, true) => Kind::Counted as usize,
        (false, true) => Kind::ByFilter as usize,
        (false, false) => Kind::ByBoth as usize,
        (true, false) if is_attack(Direction::ALL[class]) => Kind::ShortOfRule as usize,
        (true, false) => Kind::ByRule as usize + class,
    };
    1 << kind
}

type Sums = (i32, Vec<[u32; KINDS]>, Vec<[u32; 6]>);

/// The table's first day; the rows of each kind known to the day, summed up to each day; and those that
/// count by day and class.
fn sums(table: &Table, passing: &FixedBitSet, by_rule: &FixedBitSet) -> Sums {
    let classes = table.by_class.each_ref().map(FixedBitSet::as_slice);
    let [exact, passing, rule, disputed] =
        [&table.exact, passing, by_rule, &table.disputed].map(FixedBitSet::as_slice);
    let ones = |word: usize| word.count_ones();
    let mut sum = [0; KINDS];
    let mut sums = vec![sum];
    let mut days = Vec::new();
    let mut first_day = 0;
    for (day, rows) in table.days() {
        if days.is_empty() {
            first_day = day;
        }
        let mut count = [0; 6];
        for (w, mask) in words(rows) {
            let known = exact[w] & mask;
            let (through, held) = (known & passing[w], known & !passing[w]);
            let counted = through & rule[w];
            sum[Kind::ByFilter as usize] += ones(held & rule[w]);
            sum[Kind::ByBoth as usize] += ones(held & !rule[w]);
            sum[Kind::Disputed as usize] += ones(counted & disputed[w]);
            let rest = through & !rule[w];
            if counted | rest == 0 {
                continue;
            }
            for (class, of_class) in classes.iter().enumerate() {
                count[class] += ones(counted & of_class[w]);
                let kind = if is_attack(Direction::ALL[class]) {
                    Kind::ShortOfRule as usize
                } else {
                    Kind::ByRule as usize + class
                };
                sum[kind] += ones(rest & of_class[w]);
            }
        }
        sum[Kind::Counted as usize] += count.iter().sum::<u32>();
        sums.push(sum);
        days.push(count);
    }
    (first_day, sums, days)
}
