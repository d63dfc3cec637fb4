//! Which events a view shows, which of them surely, and what it leaves out.

use std::sync::{Arc, OnceLock};

use super::age::{self, MOST_BANDS};
use super::engine::counting::Kind;
use super::engine::{Counting, PlaceCount, Table, WindowCounts};
use super::{DayCounts, Mode, Place, Record, ShownRows, View};
use crate::domain::{DaySpan, EventIndex, SiteIndex};

/// Whether an event surely happened in the days shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Its span lies inside.
    Certain,
    /// Its span only overlaps.
    Possible,
}

impl Certainty {
    /// What an event's span says of some days; `None` when it lies wholly outside.
    #[must_use]
    pub fn of(event: DaySpan, days: DaySpan) -> Option<Self> {
        if days.encloses(event) {
            Some(Self::Certain)
        } else if days.overlaps(event) {
            Some(Self::Possible)
        } else {
            None
        }
    }
}

/// An event that a view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The event.
    pub event: EventIndex,
    /// Whether it surely belongs.
    pub certainty: Certainty,
    /// In the mode "since start": before the window.
    pub past: bool,
}

/// How many events a view leaves out, by reason; the first reason that applies counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Not in the days shown.
    pub outside_days: usize,
    /// In the days shown and let through by the filter, but not of the kind that the rule counts; by direction in the order of the code list.
    pub by_rule: [usize; 6],
    /// Likewise, and attacks, but short of what the rule asks of them; see [`super::Rule::shortfall`].
    pub short_of_rule: usize,
    /// In the days shown and counted by the rule, but held back by a filter.
    pub by_filter: usize,
    /// In the days shown, neither counted by the rule nor let through by the filter.
    pub by_both: usize,
    /// Shown in lists and counts, but without the position that their precision asks for.
    pub no_position: usize,
}

impl LeftOut {
    /// All that the rule does not count.
    #[must_use]
    pub fn rule_total(&self) -> usize {
        self.by_rule.iter().sum::<usize>() + self.short_of_rule
    }
}

/// What a view shows of a record. It follows the view: see [`Selection::follow`].
#[derive(Clone, Debug)]
pub struct Selection {
    /// The days shown.
    pub days: DaySpan,
    /// What is not shown, and why.
    pub left_out: LeftOut,
    /// The window; before it is past, in the mode "since start".
    window: DaySpan,
    certain: usize,
    possible: usize,
    disputed: usize,
    places: Arc<[Place]>,
    table: Arc<Table>,
    counting: Arc<Counting>,
    counts: WindowCounts,
    /// Of each band of age but the last, the counts of its days and all newer ones.
    ages: Vec<(DaySpan, WindowCounts)>,
    /// Listed when it is asked for the first time.
    shown: OnceLock<Arc<[Shown]>>,
    rows: OnceLock<ShownRows>,
}

impl Selection {
    /// Events that surely belong.
    #[must_use]
    pub fn certain(&self) -> usize {
        self.certain
    }

    /// Events that may belong.
    #[must_use]
    pub fn possible(&self) -> usize {
        self.possible
    }

    /// Events shown whose status is contested or denied.
    #[must_use]
    pub fn disputed(&self) -> usize {
        self.disputed
    }

    /// How many events are shown.
    #[must_use]
    pub fn len(&self) -> usize {
        self.certain + self.possible
    }

    /// Whether no event is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Events shown, in date order. They are listed when this is asked for the first time: who needs only
    /// some of them takes [`Selection::iter`].
    #[must_use]
    pub fn shown(&self) -> &[Shown] {
        self.shown.get_or_init(|| self.iter().collect())
    }

    /// Events shown, in date order, from either end.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Shown> + '_ {
        let [first, end] = [self.days.first().number(), self.days.end().number()];
        let before = self.table.wide_across(self.days.first()).map(|row| row as usize);
        before
            .filter(|row| self.counting.counts(*row))
            .chain(self.counting.rows_in(self.table.rows(first, end)))
            .filter_map(|row| self.shown_row(row))
    }

    /// How an event is shown; `None` when it is not.
    #[must_use]
    pub fn shown_event(&self, event: EventIndex) -> Option<Shown> {
        self.counts(event).then(|| self.shown_row(event.get())).flatten()
    }

    fn shown_row(&self, row: usize) -> Option<Shown> {
        shown_row(&self.table, self.days, self.window, row)
    }

    /// Events shown, in date order, as a list of which any part is found at once.
    #[must_use]
    pub fn rows(&self) -> &ShownRows {
        let make = || ShownRows::new(self.days, self.window, &self.table, &self.counting);
        self.rows.get_or_init(make)
    }

    /// Whether the filter lets an event through and the rule counts it, in the days shown or in others.
    #[must_use]
    pub fn counts(&self, event: EventIndex) -> bool {
        self.counting.counts(event.get())
    }

    /// Which events count.
    pub(super) fn counting(&self) -> &Counting {
        &self.counting
    }

    /// All events that count, in the days shown and in others, in date order.
    pub fn counted(&self) -> impl DoubleEndedIterator<Item = EventIndex> + '_ {
        self.counting.rows().filter_map(|row| u32::try_from(row).ok().map(EventIndex))
    }

    /// All events that count, in the days shown and in others, by day.
    #[must_use]
    pub fn day_counts(&self) -> &Arc<DayCounts> {
        self.counting.day_counts()
    }

    /// By the number of a place in [`Record::places`]: the events that count there, in the days shown and in others.
    #[must_use]
    pub fn place_totals(&self) -> &[u32] {
        self.counting.place_totals(&self.table)
    }

    /// What a place shows, given by its number in [`Record::places`].
    #[must_use]
    pub fn place_count(&self, number: u32) -> PlaceCount {
        self.counts.at(number)
    }

    /// Whether anything is shown of a place, given by its number in [`Record::places`].
    #[must_use]
    pub fn shows_place(&self, number: u32) -> bool {
        self.counts.is_shown(number)
    }

    /// Whether the view fades by age, and anything may be older than the newest band.
    #[must_use]
    pub fn fades(&self) -> bool {
        !self.ages.is_empty()
    }

    /// Of what surely happened at a place in the days shown, what is older than the newest band of age, by
    /// band and class; see [`age::bands`]. Nothing where the view does not fade.
    ///
    /// The age of an event known only to several days is that of the first of them.
    #[must_use]
    pub fn older(&self, number: u32) -> [[u32; 6]; MOST_BANDS - 1] {
        let mut older = [[0; 6]; MOST_BANDS - 1];
        let certain = |counts: &WindowCounts| {
            let count = counts.at(number);
            std::array::from_fn(|class| count.present[class] + count.past[class])
        };
        let wider = self.ages.iter().map(|(_, counts)| counts).skip(1).chain([&self.counts]);
        for (band, (newer, wider)) in older.iter_mut().zip(self.ages.iter().zip(wider)) {
            let [newer, wider]: [[u32; 6]; 2] = [certain(&newer.1), certain(wider)];
            *band = std::array::from_fn(|class| wider[class] - newer[class]);
        }
        older
    }

    /// How many events are shown at a site: those that surely belong, and those that may.
    #[must_use]
    pub fn count_at(&self, record: &Record, site: SiteIndex) -> [usize; 2] {
        self.count_of(record.places_of(site))
    }

    /// How many events are shown at some places, given by their numbers in [`Record::places`]: those that surely
    /// belong, and those that may.
    #[must_use]
    pub fn count_of(&self, places: impl IntoIterator<Item = usize>) -> [usize; 2] {
        let numbers = places.into_iter().filter_map(|n| u32::try_from(n).ok());
        numbers.map(|number| self.counts.at(number)).fold([0; 2], |[certain, possible], count| {
            [certain + count.certain(), possible + count.possible as usize]
        })
    }

    /// What is shown at a site, in date order.
    #[must_use]
    pub fn at(&self, record: &Record, site: SiteIndex) -> Vec<Shown> {
        record.events_at(site).iter().filter_map(|event| self.shown_event(*event)).collect()
    }

    /// How many sites have an event that surely belongs; when none does, that may belong.
    #[must_use]
    pub fn sites(&self) -> usize {
        let shown = self.counts.places();
        let of_best = shown.filter(|n| self.certain == 0 || self.counts.is_certain(*n));
        // Places of a site stand together.
        let mut last = None;
        of_best.filter(|n| last.replace(self.places[*n].site) != Some(self.places[*n].site)).count()
    }

    /// The places with an event shown, and what they show, those of a site together.
    pub fn places_shown(&self) -> impl Iterator<Item = (&Place, PlaceCount)> + '_ {
        let shown = self.counts.places();
        shown.filter_map(|n| Some((&self.places[n], self.counts.at(u32::try_from(n).ok()?))))
    }

    /// Events shown by class, in the order of the code list of directions, possible ones included.
    #[must_use]
    pub fn by_class(&self) -> [usize; 6] {
        let mut counts = self.day_counts().exact(self.days);
        for wide in self.day_counts().wide().iter().filter(|w| w.span.overlaps(self.days)) {
            for (count, more) in counts.iter_mut().zip(wide.count) {
                *count += more;
            }
        }
        counts.map(|n| n as usize)
    }

    /// Whether any event shown surely happened before the window.
    #[must_use]
    pub fn has_past(&self) -> bool {
        self.days.first() < self.window.first()
            && self
                .day_counts()
                .within(DaySpan::between(self.days.first(), self.window.first().plus(-1)))[0]
                > 0
    }

    /// Whether a view shows the same as this one: only its days may differ.
    #[must_use]
    pub fn counts_as(&self, view: &View) -> bool {
        self.counting.is_of(&view.filter, view.rule)
    }

    /// Follows a view. While its filter and its rule stay, that costs only what enters or leaves the days.
    pub fn follow(&mut self, record: &Record, view: &View) {
        if !self.counting.is_of(&view.filter, view.rule) {
            *self = select(record, view);
            return;
        }
        let (days, window) = (view.shown_span(record), past_until(view));
        self.counts.follow(&self.table, &self.counting, days, window);
        (self.days, self.window) = (days, window);
        self.follow_ages(record, view);
        (self.shown, self.rows) = (OnceLock::new(), OnceLock::new());
        self.sum_up(record);
    }

    fn follow_ages(&mut self, record: &Record, view: &View) {
        let mut bands = age::bands(record, view);
        // The last is all days shown.
        bands.pop();
        let (table, counting) = (&self.table, &self.counting);
        self.ages.truncate(bands.len());
        for ((days, counts), band) in self.ages.iter_mut().zip(&bands) {
            counts.follow(table, counting, *band, *band);
            *days = *band;
        }
        for band in &bands[self.ages.len()..] {
            self.ages.push((*band, WindowCounts::new(table, counting, *band, *band)));
        }
    }

    /// Works out totals from the counts.
    fn sum_up(&mut self, record: &Record) {
        let kinds = self.counts.of_kind(&self.counting, self.days);
        let of = |kind: Kind| kinds[kind as usize];
        [self.certain, self.possible] = self.counts.counted(&self.counting, self.days);
        self.disputed = of(Kind::Disputed);
        let by_rule = std::array::from_fn(|class| kinds[Kind::ByRule as usize + class]);
        let unplaced = record.unplaced().iter().map(|number| self.counts.at(*number).shown());
        let mut left_out = LeftOut {
            outside_days: 0,
            by_rule,
            short_of_rule: of(Kind::ShortOfRule),
            by_filter: of(Kind::ByFilter),
            by_both: of(Kind::ByBoth),
            no_position: unplaced.sum(),
        };
        let in_days = self.len() + left_out.rule_total() + left_out.by_filter + left_out.by_both;
        left_out.outside_days = self.table.len().saturating_sub(in_days);
        self.left_out = left_out;
    }
}

/// How a row that counts is shown. Rows are in the order of their first days, so that one known to the day
/// needs no look at its date.
pub(super) fn shown_row(
    table: &Table,
    days: DaySpan,
    window: DaySpan,
    row: usize,
) -> Option<Shown> {
    let event = EventIndex(u32::try_from(row).ok()?);
    if table.is_exact(row) {
        let is_shown = table.rows(days.first().number(), days.end().number()).contains(&row);
        let past = row < table.rows(window.first().number(), i32::MAX).start;
        return is_shown.then_some(Shown { event, certainty: Certainty::Certain, past });
    }
    let span = table.span(row);
    let certainty = Certainty::of(span, days)?;
    Some(Shown { event, certainty, past: span.end() <= window.first() })
}

/// The window from whose beginning on events are not past.
fn past_until(view: &View) -> DaySpan {
    match view.mode {
        Mode::SinceStart | Mode::Window => view.window,
        Mode::Day => DaySpan::day(view.window.last()),
    }
}

/// The events that a view shows.
#[must_use]
pub fn select(record: &Record, view: &View) -> Selection {
    let table = Arc::clone(record.table());
    let others = view.filter.others(record);
    let counting = Arc::new(Counting::new(&table, &view.filter, view.rule, others.as_ref()));
    let (days, window) = (view.shown_span(record), past_until(view));
    let counts = WindowCounts::new(&table, &counting, days, window);
    let mut selection = Selection {
        days,
        left_out: LeftOut::default(),
        window,
        certain: 0,
        possible: 0,
        disputed: 0,
        places: Arc::clone(record.places_shared()),
        table,
        counting,
        counts,
        ages: Vec::new(),
        shown: OnceLock::new(),
        rows: OnceLock::new(),
    };
    selection.follow_ages(record, view);
    selection.sum_up(record);
    selection
}
