//! Events that may be one event told twice: same days, near place, same kind. They are offered to a person, never merged.
//!
//! Two events may be duplicates when
//!
//! - their days agree: both known to the day, the same day; where one is less precise, their spans overlap and neither is longer
//!   than [`LONGEST_SPAN`] days. An event known to the month or the year may be that of any day and is not compared;
//! - their places agree: both known to the settlement or better and at most [`NEAR_M`] metres apart, or both at the same site.
//!   What is known only to a governorate or a country is not compared;
//! - their kinds agree: the same class, and no other kind or weapon family where both have one;
//! - nobody says that they are two: no source ties them to each other, and neither is said to be distinct from the other.
//!
//! Events of one day, place and kind are one *heap*, which is counted as a number: a heap of n events has n (n - 1) / 2 pairs, and
//! only the first are named. So a million rows of one day and place cost no more than a million others.

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

use fixedbitset::FixedBitSet;
use foldhash::fast::FixedState;

use super::{Place, Record, place};
use crate::domain::{
    Day, DaySpan, Direction, EventIndex, KindIndex, LonLat, PlacePrecision, SiteIndex, Weapon,
    WeaponFamily,
};

/// Positions that are farther apart, in metres, are other places.
pub const NEAR_M: f64 = 5_000.0;
/// Events of more days are not compared.
pub const LONGEST_SPAN: i32 = 7;
/// So many heaps are compared with each other before the rest is left.
const MOST_COMPARED: u64 = 200_000_000;

/// Two events that may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The earlier one in the record.
    pub first: EventIndex,
    /// The other.
    pub second: EventIndex,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duplicates {
    /// How many pairs there are.
    pub pairs: u64,
    /// How many events are in at least one of them.
    pub events: u64,
    /// As many of them as were wanted, in the order of the record.
    pub first: Vec<Pair>,
    /// Whether so much lies on the same days near each other that not all of it was compared, so that there may be more.
    pub is_bounded: bool,
}

/// Events of which only their number counts for who is near whom.
#[derive(Debug)]
struct Heap {
    span: DaySpan,
    is_day: bool,
    at: At,
    site: SiteIndex,
    direction: Direction,
    kind: Option<KindIndex>,
    family: WeaponFamily,
    events: Vec<EventIndex>,
    /// Whether somebody says of one of them that it is another event than one more.
    may_be_apart: bool,
}

/// Where a heap is.
#[derive(Clone, Copy, Debug)]
enum At {
    /// At a position, known well enough to measure.
    Point(LonLat),
    /// At its site, and no more is known.
    Site,
}

/// Finds what may be duplicates; of the pairs at most `most` are named. `goes_on` is asked from time to time, and ends the work when
/// it says no.
#[must_use]
pub fn duplicates(record: &Record, most: usize, goes_on: &dyn Fn() -> bool) -> Duplicates {
    let mut found = Duplicates::default();
    // Heaps of which no pair is said to be two events are counted as a whole, the rest event by event.
    let mut whole = FixedBitSet::with_capacity(record.events.len());
    let mut one_by_one = FixedBitSet::with_capacity(record.events.len());
    found.is_bounded = each(record, goes_on, &mut |one: &Heap, other: Option<&Heap>| {
        let apart = said_apart(record, one, other);
        found.pairs += number(one, other).saturating_sub(apart.len() as u64);
        if apart.is_empty() {
            for heap in [Some(one), other].into_iter().flatten() {
                if heap.may_be_apart {
                    one_by_one.extend(heap.events.iter().map(|e| e.get()));
                } else if !whole.put(heap.events[0].get()) {
                    found.events += heap.events.len() as u64;
                }
            }
        }
        let _ = named(one, other, &apart, &mut |pair| {
            if found.first.len() < most {
                found.first.push(pair);
            } else if apart.is_empty() {
                return ControlFlow::Break(());
            }
            if !apart.is_empty() {
                for (heap, event) in [
                    (Some(one), pair.first),
                    (Some(one), pair.second),
                    (other, pair.first),
                    (other, pair.second),
                ] {
                    let Some(heap) = heap.filter(|heap| heap.events.binary_search(&event).is_ok())
                    else {
                        continue;
                    };
                    if heap.may_be_apart {
                        one_by_one.insert(event.get());
                    } else if !whole.put(heap.events[0].get()) {
                        found.events += heap.events.len() as u64;
                    }
                }
            }
            ControlFlow::Continue(())
        });
        ControlFlow::Continue(())
    });
    found.events += one_by_one.count_ones(..) as u64;
    found.first.sort_unstable();
    found
}

/// Hands over pairs one after the other until it is told to stop; whether there may be more.
pub fn each_pair(record: &Record, mut take: impl FnMut(Pair) -> ControlFlow<()>) -> bool {
    let mut is_stopped = false;
    let is_bounded = each(record, &|| true, &mut |one: &Heap, other: Option<&Heap>| {
        let apart = said_apart(record, one, other);
        let flow = named(one, other, &apart, &mut take);
        is_stopped |= flow.is_break();
        flow
    });
    is_bounded || is_stopped
}

/// How many pairs one heap has, or two with each other.
fn number(one: &Heap, other: Option<&Heap>) -> u64 {
    let n = one.events.len() as u64;
    other.map_or(n * n.saturating_sub(1) / 2, |other| n * other.events.len() as u64)
}

/// The pairs of one heap, or of two, but for those that are said to be two events.
fn named(
    one: &Heap,
    other: Option<&Heap>,
    apart: &BTreeSet<Pair>,
    take: &mut dyn FnMut(Pair) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for (n, a) in one.events.iter().enumerate() {
        let others = other.map_or(&one.events[n + 1..], |other| &other.events);
        for b in others {
            let pair = Pair::of(*a, *b);
            if !apart.contains(&pair) {
                take(pair)?;
            }
        }
    }
    ControlFlow::Continue(())
}

impl Pair {
    fn of(a: EventIndex, b: EventIndex) -> Self {
        Self { first: a.min(b), second: a.max(b) }
    }
}

/// The pairs of heaps of which somebody says that they are two events.
fn said_apart(record: &Record, one: &Heap, other: Option<&Heap>) -> BTreeSet<Pair> {
    let mut apart = BTreeSet::new();
    if !one.may_be_apart && other.is_none_or(|other| !other.may_be_apart) {
        return apart;
    }
    let all = || one.events.iter().chain(other.into_iter().flat_map(|o| &o.events));
    for event in all().filter(|event| !record.event(**event).held().distinct_from.is_empty()) {
        for id in &record.event(*event).held().distinct_from {
            apart.extend(record.find_event(id).map(|other| Pair::of(*event, other)));
        }
    }
    apart.extend(record.links.iter().map(|l| Pair::of(l.from, l.to)));
    // Only those that would be named.
    let is_of = |heap: &Heap, event: EventIndex| heap.events.binary_search(&event).is_ok();
    apart.retain(|pair| match other {
        None => pair.first != pair.second && is_of(one, pair.first) && is_of(one, pair.second),
        Some(other) => {
            (is_of(one, pair.first) && is_of(other, pair.second))
                || (is_of(other, pair.first) && is_of(one, pair.second))
        }
    });
    apart
}

/// Hands over each heap with several events, and each two heaps that may be the same; whether something was left out.
fn each(
    record: &Record,
    goes_on: &dyn Fn() -> bool,
    take: &mut dyn FnMut(&Heap, Option<&Heap>) -> ControlFlow<()>,
) -> bool {
    let heaps = heaps(record);
    let mut near = Near::default();
    let mut left = MOST_COMPARED;
    for (number, heap) in heaps.iter().enumerate() {
        if number % 1024 == 0 && !goes_on() {
            return true;
        }
        if heap.events.len() > 1 && take(heap, None).is_break() {
            return false;
        }
        let flow = near.each(&heaps, heap, &mut left, &mut |other| take(other, Some(heap)));
        if flow.is_break() {
            return left == 0;
        }
        near.add(number, heap);
    }
    false
}

/// The events that can be compared, in heaps by first day.
fn heaps(record: &Record) -> Vec<Heap> {
    type Key = (DaySpan, (u32, bool), Direction, Option<KindIndex>, WeaponFamily);
    let mut heaps: Vec<Heap> = Vec::new();
    let mut said_apart = FixedBitSet::with_capacity(record.events.len());
    said_apart.extend(record.links.iter().flat_map(|l| [l.from.get(), l.to.get()]));
    for index in record.event_indices() {
        for id in &record.event(index).held().distinct_from {
            said_apart
                .extend(record.find_event(id).into_iter().flat_map(|o| [index.get(), o.get()]));
        }
    }
    // Events stand by their first days: a heap is complete when the next day begins.
    let mut of_day: HashMap<Key, usize, FixedState> = HashMap::default();
    let mut day: Option<Day> = None;
    for index in record.event_indices() {
        let event = record.event(index);
        let span = event.date.span;
        if span.days() > LONGEST_SPAN {
            continue;
        }
        let here = Place::of(record, event);
        if !here.class.is_at_position() {
            continue;
        }
        if day != Some(span.first()) {
            day = Some(span.first());
            of_day.clear();
        }
        let place_number = record.table().place(index.get());
        let family = event.weapon.family();
        // A place holds what is known to the settlement and what is known to the district only.
        let is_point = place::precision(record, event) <= PlacePrecision::Settlement;
        let key = (span, (place_number, is_point), event.direction, event.kind, family);
        let number = *of_day.entry(key).or_insert_with(|| {
            let point = here.position(record).filter(|_| is_point);
            heaps.push(Heap {
                span,
                is_day: span.days() == 1,
                at: point.map_or(At::Site, At::Point),
                site: event.site,
                direction: event.direction,
                kind: event.kind,
                family,
                events: Vec::new(),
                may_be_apart: false,
            });
            heaps.len() - 1
        });
        heaps[number].events.push(index);
        heaps[number].may_be_apart |= said_apart.contains(index.get());
    }
    heaps
}

/// Which heaps lie near others, of the days that are looked at.
#[derive(Default)]
struct Near {
    cells: HashMap<Cell, Cells, FixedState>,
}

/// A cube of the space that the earth lies in, or a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Cell {
    Cube([i32; 3]),
    Site(SiteIndex),
}

/// Heaps in one cell.
#[derive(Default)]
struct Cells {
    /// Those known to the day, of the day that was last seen.
    today: Vec<usize>,
    day: Option<Day>,
    /// Those of several days that may not be over.
    spans: Vec<usize>,
}

impl Near {
    fn add(&mut self, number: usize, heap: &Heap) {
        for cell in [Some(Cell::Site(heap.site)), cube(heap).map(Cell::Cube)].into_iter().flatten()
        {
            let cell = self.cells.entry(cell).or_default();
            if !heap.is_day {
                cell.spans.push(number);
                continue;
            }
            if cell.day != Some(heap.span.first()) {
                cell.day = Some(heap.span.first());
                cell.today.clear();
            }
            cell.today.push(number);
        }
    }

    /// Hands over the earlier heaps that may be the same as one.
    fn each(
        &mut self,
        heaps: &[Heap],
        heap: &Heap,
        left: &mut u64,
        take: &mut dyn FnMut(&Heap) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let first = heap.span.first();
        let around = cube(heap).into_iter().flat_map(|[x, y, z]| {
            let steps = || -1..=1;
            steps().flat_map(move |i| {
                steps().flat_map(move |j| steps().map(move |k| Cell::Cube([x + i, y + j, z + k])))
            })
        });
        for key in around.chain([Cell::Site(heap.site)]) {
            let Some(cell) = self.cells.get_mut(&key) else { continue };
            cell.spans.retain(|number| heaps[*number].span.last() >= first);
            let today = if cell.day == Some(first) { cell.today.as_slice() } else { &[] };
            for number in today.iter().chain(&cell.spans) {
                if *left == 0 {
                    return ControlFlow::Break(());
                }
                *left -= 1;
                let other = &heaps[*number];
                // What both have a position for is found there, not at the site.
                let is_measured = matches!((heap.at, other.at), (At::Point(_), At::Point(_)));
                if is_measured == matches!(key, Cell::Cube(_)) && may_be_same(other, heap) {
                    take(other)?;
                }
            }
        }
        ControlFlow::Continue(())
    }
}

/// Whether the kinds of two heaps agree, and their places, where both have a position.
fn may_be_same(one: &Heap, other: &Heap) -> bool {
    let is_kind = one.kind.zip(other.kind).is_none_or(|(a, b)| a == b);
    let unknown = Weapon::Unknown.family();
    let is_family = one.family == other.family || [one.family, other.family].contains(&unknown);
    let is_near = match (one.at, other.at) {
        (At::Point(a), At::Point(b)) => a.distance_m(b) <= NEAR_M,
        _ => one.site == other.site,
    };
    one.direction == other.direction
        && is_kind
        && is_family
        && is_near
        && one.span.overlaps(other.span)
}

/// The cube that a heap's position lies in: near ones are in one that touches it, at the poles and the date line too.
#[expect(clippy::cast_possible_truncation, reason = "the earth has some thousand cubes across")]
fn cube(heap: &Heap) -> Option<[i32; 3]> {
    /// More than the mean radius, so that a cube is no smaller than `NEAR_M` on any sphere that distances are measured on.
    const EARTH_M: f64 = 6_380_000.0;
    let At::Point(position) = heap.at else { return None };
    let (lon, lat) = (position.lon().to_radians(), position.lat().to_radians());
    let xyz = [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()];
    Some(xyz.map(|part| (part * EARTH_M / (NEAR_M * 1.01)).floor() as i32))
}

/// What two events that may be one have in common, in words: "same day; 1.2 km apart".
#[must_use]
pub fn why(record: &Record, pair: Pair) -> String {
    let [a, b] = [pair.first, pair.second].map(|index| record.event(index));
    let days = if a.date.span.days() == 1 && b.date.span.days() == 1 {
        "same day"
    } else {
        "days overlap"
    };
    let at = |event| Place::of(record, event).position(record);
    let apart = at(a).zip(at(b)).map(|(a, b)| a.distance_m(b));
    let place = match apart {
        _ if a.site == b.site => "same place".to_owned(),
        Some(metres) if metres < 50.0 => "same position".to_owned(),
        Some(metres) => format!("{:.1} km apart", metres / 1000.0),
        None => "same place".to_owned(),
    };
    format!("{days}; {place}")
}

/// In one sentence, what was found: "12 pairs of events may be one event told twice (20 events)".
#[must_use]
pub fn in_short(found: &Duplicates) -> String {
    let number = |n: u64| super::words::thousands(usize::try_from(n).unwrap_or(usize::MAX));
    let least = if found.is_bounded { "at least " } else { "" };
    match found.pairs {
        0 if !found.is_bounded => "No two events look like one event told twice".to_owned(),
        1 => format!("{least}1 pair of events may be one event told twice"),
        n => format!(
            "{least}{} pairs of events may be one event told twice ({} events)",
            number(n),
            number(found.events)
        ),
    }
}

/// By what events are compared, for people.
pub const METHOD: &str = "Compared are events of the same day, or of overlapping spans of up to 7 days, at most 5 km apart where both are known to the \
                          settlement or better, or at the same site, of the same class and of no different kind or weapon. Linked events and those said to be distinct are left \
                          out, and so is what is known only to a month, a governorate or a country. Nothing is merged.";
