//! Action and response: which events stand in which of two lanes, and which pairs of them a source ties, with
//! the days from the one to the other.
//!
//! A tie is drawn and told only because a source asserts it; nothing here infers one from two dates.

use super::engine::{Counting, Table};
use super::{DayCounts, Record, Rule, Selection, View, WideCount, words};
use crate::domain::{Code as _, Dataset, DaySpan, Direction, EventIndex, Link, LinkKind};

/// A lane of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Strikes by states: by the US or the coalition, and by the armed forces of Iran.
    Strikes,
    /// Attacks on US and coalition forces by armed groups or by persons unknown, thwarted ones included.
    Attacks,
}

impl Lane {
    /// Both, from top to bottom.
    pub const ALL: [Self; 2] = [Self::Strikes, Self::Attacks];

    /// The lane of events of this direction. Seizures, and what was not aimed at US or coalition forces or by
    /// nobody known to be a state, stand in neither.
    #[must_use]
    pub fn of(direction: Direction) -> Option<Self> {
        match direction {
            Direction::UsOrCoalitionStrike | Direction::IranianStateStrike => Some(Self::Strikes),
            Direction::AttackOnCoalition | Direction::Interception => Some(Self::Attacks),
            Direction::Seizure | Direction::Other => None,
        }
    }

    /// Word in tables of the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Strikes => "strikes",
            Self::Attacks => "attacks",
        }
    }

    /// What a person reads.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Strikes => "State strikes: US, coalition, Iran",
            Self::Attacks => "Attacks on US and coalition forces",
        }
    }

    /// What one event of the lane is called: "attack", "strikes".
    #[must_use]
    pub fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::Strikes, 1) => "strike",
            (Self::Strikes, _) => "strikes",
            (Self::Attacks, 1) => "attack",
            (Self::Attacks, _) => "attacks",
        }
    }
}

/// Days from one date to another: a range where one of them is not known to the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lag {
    /// The fewest days; negative where the second may have come first.
    pub low: i32,
    /// The most days.
    pub high: i32,
}

impl Lag {
    /// From one date to another.
    #[must_use]
    pub fn between(first: DaySpan, second: DaySpan) -> Self {
        Self {
            low: second.first().number() - first.last().number(),
            high: second.last().number() - first.first().number(),
        }
    }

    /// "2 days later", "1 to 3 days earlier", "the same day".
    #[must_use]
    pub fn words(self) -> String {
        match (self.low, self.high) {
            (0, 0) => "the same day".to_owned(),
            (low, high) if low >= 0 => format!("{} later", days(low, high)),
            (low, high) if high <= 0 => format!("{} earlier", days(-high, -low)),
            _ => "about the same days".to_owned(),
        }
    }

    /// The same where there is little room: "2 d", "1–3 d", "same day".
    #[must_use]
    pub fn short(self) -> String {
        match (self.low, self.high) {
            (0, 0) => "same day".to_owned(),
            (low, high) if high <= 0 => match (-high, -low) {
                (low, high) if low == high => format!("{low} d earlier"),
                (low, high) => format!("{low}–{high} d earlier"),
            },
            (low, high) if low == high => format!("{low} d"),
            (low, high) if low < 0 => format!("±{} d", high.max(-low)),
            (low, high) => format!("{low}–{high} d"),
        }
    }
}

fn days(low: i32, high: i32) -> String {
    match (low, high) {
        (1, 1) => "1 day".to_owned(),
        (l, h) if l == h => format!("{} days", words::thousands(usize::try_from(l).unwrap_or(0))),
        (l, h) => format!("{l} to {h} days"),
    }
}

/// Two events that a source ties, with the days between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Place of the link in [`Dataset::links`].
    pub link: usize,
    /// The response, or the later event.
    pub from: EventIndex,
    /// The event that it answers, or the earlier one.
    pub to: EventIndex,
    /// How they are tied.
    pub kind: LinkKind,
    /// Days from the earlier one to the later one.
    pub lag: Lag,
}

impl Pair {
    /// A link with its lag.
    #[must_use]
    pub fn of(dataset: &Dataset, link: usize) -> Option<Self> {
        let Link { from, to, kind, .. } = *dataset.links.get(link)?;
        let lag = Lag::between(dataset.event(to).date.span, dataset.event(from).date.span);
        Some(Self { link, from, to, kind, lag })
    }
}

/// Every pair that a source ties, by the date of the later event.
#[must_use]
pub fn pairs(dataset: &Dataset) -> Vec<Pair> {
    let mut pairs: Vec<Pair> =
        (0..dataset.links.len()).filter_map(|link| Pair::of(dataset, link)).collect();
    pairs.sort_by_key(|p| (p.from, p.to, p.link));
    pairs
}

/// The events of one lane.
#[derive(Clone, Debug, Default)]
pub struct LaneEvents {
    /// Those known to the day, in date order.
    exact: Vec<EventIndex>,
    /// Those known to several days, by their first.
    wide: Vec<EventIndex>,
    /// Days of the longest of these.
    longest_days: i32,
    counts: DayCounts,
}

impl LaneEvents {
    /// The events of a lane among those that count.
    fn of(table: &Table, counting: &Counting, lane: Lane) -> Self {
        let mut events = Self { counts: only(counting.day_counts(), lane), ..Self::default() };
        for row in counting.rows() {
            let Some(event) = u32::try_from(row).ok().map(EventIndex) else { break };
            if Lane::of(table.direction(row)) != Some(lane) {
                continue;
            }
            if table.is_exact(row) {
                events.exact.push(event);
            } else {
                events.wide.push(event);
                events.longest_days = events.longest_days.max(table.span(row).days());
            }
        }
        events
    }

    /// How many there are of each day.
    #[must_use]
    pub fn counts(&self) -> &DayCounts {
        &self.counts
    }

    /// Whether it holds the event.
    #[must_use]
    pub fn contains(&self, event: EventIndex) -> bool {
        self.exact.binary_search(&event).is_ok() || self.wide.binary_search(&event).is_ok()
    }

    /// Those known to the day that happened within some days, in date order.
    #[must_use]
    pub fn exact_within(&self, dataset: &Dataset, days: DaySpan) -> &[EventIndex] {
        let first = |e: &EventIndex| dataset.event(*e).date.span.first();
        let from = self.exact.partition_point(|e| first(e) < days.first());
        let to = self.exact.partition_point(|e| first(e) < days.end());
        &self.exact[from..to]
    }

    /// Those known to several days that may have happened within some days, by their first day.
    pub fn wide_within<'a>(
        &'a self,
        dataset: &'a Dataset,
        days: DaySpan,
    ) -> impl Iterator<Item = EventIndex> + 'a {
        let span = |e: EventIndex| dataset.event(e).date.span;
        let earliest = days.first().plus(-self.longest_days);
        let from = self.wide.partition_point(|e| span(*e).first() < earliest);
        let to = self.wide.partition_point(|e| span(*e).first() < days.end());
        self.wide[from..to].iter().copied().filter(move |e| span(*e).overlaps(days))
    }

    /// All of them, in date order.
    #[must_use]
    pub fn events(&self) -> Vec<EventIndex> {
        let mut all = [self.exact.as_slice(), &self.wide].concat();
        all.sort_unstable();
        all
    }

    /// The event after another one in date order (`by` 1), or before it (-1); without another one the first
    /// or the last.
    #[must_use]
    pub fn beside(&self, event: Option<EventIndex>, by: i32) -> Option<EventIndex> {
        let step = |list: &[EventIndex]| {
            let Some(event) = event else {
                return if by > 0 { list.first().copied() } else { list.last().copied() };
            };
            if by > 0 {
                list.get(list.partition_point(|e| *e <= event)).copied()
            } else {
                list.partition_point(|e| *e < event).checked_sub(1).map(|i| list[i])
            }
        };
        let both = [step(&self.exact), step(&self.wide)].into_iter().flatten();
        if by > 0 { both.min() } else { both.max() }
    }
}

/// Both lanes of a view, whatever its window: attacks follow rule and filter, strikes the filter alone.
#[derive(Clone, Debug, Default)]
pub struct Lanes {
    strikes: LaneEvents,
    attacks: LaneEvents,
    pairs: Vec<Pair>,
    /// Links with an end in neither lane: not counted by the rule, held back by the filter, or neither attack
    /// nor strike.
    pub links_elsewhere: usize,
}

impl Lanes {
    /// The lanes of a view. Goes through all events once: to be kept while rule and filter stay.
    #[must_use]
    pub fn of(record: &Record, view: &View, selection: &Selection) -> Self {
        let table = record.table();
        let everything = under_filter(record, view);
        let strikes = LaneEvents::of(table, &everything, Lane::Strikes);
        let attacks = LaneEvents::of(table, selection.counting(), Lane::Attacks);
        let mut lanes = Self { strikes, attacks, ..Self::default() };
        let all = pairs(record);
        let number = all.len();
        lanes.pairs = all
            .into_iter()
            .filter(|p| [p.from, p.to].iter().all(|e| lanes.lane_of(*e).is_some()))
            .collect();
        lanes.links_elsewhere = number - lanes.pairs.len();
        lanes
    }

    /// One of the two.
    #[must_use]
    pub fn lane(&self, lane: Lane) -> &LaneEvents {
        match lane {
            Lane::Strikes => &self.strikes,
            Lane::Attacks => &self.attacks,
        }
    }

    /// The lane that an event stands in.
    #[must_use]
    pub fn lane_of(&self, event: EventIndex) -> Option<Lane> {
        Lane::ALL.into_iter().find(|lane| self.lane(*lane).contains(event))
    }

    /// The pairs of which both ends stand in a lane, by the date of the later event.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }
}

/// What the filter of a view lets through, whatever its rule.
fn under_filter(record: &Record, view: &View) -> Counting {
    let others = view.filter.others(record);
    Counting::new(record.table(), &view.filter, Rule::Everything, others.as_ref())
}

/// The events of a lane alone, by day.
fn only(counts: &DayCounts, lane: Lane) -> DayCounts {
    let of_lane = |count: [u32; 6]| {
        let mut kept = count;
        for (n, direction) in kept.iter_mut().zip(Direction::ALL) {
            *n *= u32::from(Lane::of(*direction) == Some(lane));
        }
        kept
    };
    let wide = counts.wide().iter().map(|w| WideCount { count: of_lane(w.count), ..*w });
    let wide = wide.filter(|w| w.total() > 0).collect();
    let Some(extent) = counts.extent() else { return DayCounts::default() };
    let days = extent.iter().map(|day| of_lane(counts.exact(DaySpan::day(day))));
    DayCounts::of_days(extent.first().number(), days, wide)
}

/// The pairs of a view, for a list: those with an end in the days shown.
#[derive(Clone, Debug, Default)]
pub struct PairsShown {
    /// Pairs of which rule and filter let both ends through, by the date of the later event.
    pub pairs: Vec<Pair>,
    /// Pairs with an end in the days shown of which they hold one back.
    pub held_back: usize,
}

/// The pairs with an end in the days that a view shows.
#[must_use]
pub fn pairs_shown(record: &Record, view: &View, selection: &Selection) -> PairsShown {
    let everything = under_filter(record, view);
    let let_through = |event: EventIndex| {
        let is_strike = Lane::of(record.event(event).direction) == Some(Lane::Strikes);
        selection.counts(event) || (is_strike && everything.counts(event.get()))
    };
    let in_days = |e: EventIndex| record.event(e).date.span.overlaps(selection.days);
    let mut pairs = pairs(record);
    pairs.retain(|p| in_days(p.from) || in_days(p.to));
    let all = pairs.len();
    pairs.retain(|p| let_through(p.from) && let_through(p.to));
    PairsShown { held_back: all - pairs.len(), pairs }
}

/// An event that stands out, with all that sources tie to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lit {
    /// The event.
    pub event: EventIndex,
    /// The events tied to it, in date order.
    pub ties: Vec<LitTie>,
}

/// An event that a source ties to the one that stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LitTie {
    /// The tied event.
    pub other: EventIndex,
    /// The pair.
    pub pair: Pair,
    /// What the tied event is to the other one: "Response to Green Village, 1 day later".
    pub words: String,
}

impl Lit {
    /// An event with its ties.
    #[must_use]
    pub fn of(dataset: &Dataset, event: EventIndex) -> Self {
        let mut ties: Vec<LitTie> = (0..dataset.links.len())
            .filter(|i| {
                let link = &dataset.links[*i];
                link.from != link.to && (link.from == event || link.to == event)
            })
            .filter_map(|i| Pair::of(dataset, i))
            .map(|pair| {
                let other = if pair.from == event { pair.to } else { pair.from };
                LitTie { other, pair, words: told_of(dataset, &pair, other) }
            })
            .collect();
        ties.sort_by_key(|t| (t.other, t.pair.link));
        Self { event, ties }
    }

    /// What an event is to the one that stands out; `None` where nothing ties them.
    #[must_use]
    pub fn words_of(&self, event: EventIndex) -> Option<String> {
        let all: Vec<&str> =
            self.ties.iter().filter(|t| t.other == event).map(|t| t.words.as_str()).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// The events that stand out, that one first.
    pub fn events(&self) -> impl Iterator<Item = EventIndex> + '_ {
        std::iter::once(self.event).chain(self.ties.iter().map(|t| t.other))
    }
}

/// What one end of a pair is to the other end: "Response to Green Village, 1 day later".
#[must_use]
pub fn told_of(dataset: &Dataset, pair: &Pair, end: EventIndex) -> String {
    let site = |e: EventIndex| &dataset.site(dataset.event(e).site).name;
    let (later, lag) = (end == pair.from, pair.lag.words());
    let other = site(if later { pair.to } else { pair.from });
    match (pair.kind, later) {
        (LinkKind::ResponseTo, true) => format!("Response to {other}, {lag}"),
        (LinkKind::ResponseTo, false) => format!("Answered at {other}, {lag}"),
        (LinkKind::SameWave, true) => format!("In one wave with {other}, {lag}"),
        (LinkKind::SameWave, false) => {
            let Lag { low, high } = pair.lag;
            let back = Lag { low: -high, high: -low }.words();
            format!("In one wave with {other}, {back}")
        }
        (LinkKind::AnniversaryOf, true) => format!("On the anniversary of {other}, {lag}"),
        (LinkKind::AnniversaryOf, false) => {
            format!("Remembered on its anniversary at {other}, {lag}")
        }
    }
}

/// Who asserts a link, with what a reader must know: "According to Stars and Stripes. The text says ...".
#[must_use]
pub fn who_says_so(dataset: &Dataset, link: &Link) -> String {
    let who = super::event_words::publishers(dataset, &link.asserted_by);
    let mut words = if who.is_empty() {
        "No source is named for this tie".to_owned()
    } else {
        format!("According to {who}")
    };
    if let Some(note) = &link.note {
        words.push_str(". ");
        words.push_str(note);
    }
    words
}

/// Both ends of a pair in one sentence: "Al-Mayadin, 5 January 2022, in response to Green Village, 5 January
/// 2022: the same day".
#[must_use]
pub fn pair_words(dataset: &Dataset, pair: &Pair) -> String {
    let end = |e: EventIndex| {
        let event = dataset.event(e);
        format!("{}, {}", dataset.site(event.site).name, words::span(event.date.span))
    };
    format!("{}, {} {}: {}", end(pair.from), pair.kind.label(), end(pair.to), pair.lag.words())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    fn span(text: &str) -> DaySpan {
        let (a, b) = text.split_once(' ').unwrap_or((text, text));
        DaySpan::inclusive(Day::parse(a).unwrap(), Day::parse(b).unwrap()).unwrap()
    }

    fn check(first: &str, second: &str, words: &str, short: &str) {
        let lag = Lag::between(span(first), span(second));
        assert_eq!((lag.words().as_str(), lag.short().as_str()), (words, short));
    }

    #[test]
    fn a_lag_is_a_range_where_a_date_is_not_known_to_the_day() {
        check("2022-01-05", "2022-01-05", "the same day", "same day");
        check("2022-01-05", "2022-01-06", "1 day later", "1 d");
        check("2022-01-05", "2022-01-07 2022-01-09", "2 to 4 days later", "2–4 d");
        check("2022-01-04 2022-01-05", "2022-01-06 2022-01-07", "1 to 3 days later", "1–3 d");
        check("2022-01-04 2022-01-05", "2022-01-05", "0 to 1 days later", "0–1 d");
        check("2022-01-04 2022-01-06", "2022-01-05", "about the same days", "±1 d");
        check("2021-12-01", "2020-12-01", "365 days earlier", "365 d earlier");
        check("2022-01-08 2022-01-10", "2022-01-05", "3 to 5 days earlier", "3–5 d earlier");
    }

    #[test]
    fn a_leap_day_between_two_dates_counts() {
        check("2020-02-28", "2020-03-01", "2 days later", "2 d");
        check("2021-02-28", "2021-03-01", "1 day later", "1 d");
        check("2020-01-03", "2022-01-03", "731 days later", "731 d");
        check("2020-02-28 2020-02-29", "2020-03-01", "1 to 2 days later", "1–2 d");
    }

    #[test]
    fn each_direction_has_its_lane_or_none() {
        let lanes: Vec<_> =
            Direction::ALL.iter().map(|d| Lane::of(*d).map_or("", Lane::code)).collect();
        assert_eq!(lanes, ["attacks", "attacks", "strikes", "strikes", "", ""]);
    }
}
