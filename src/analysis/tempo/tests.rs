//! Small series worked out by hand, and every number against a recount by other means.

use super::bursts::Automaton;
use super::*;
use crate::domain::Direction;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn span(from: &str, to: &str) -> DaySpan {
    DaySpan::inclusive(day(from), day(to)).unwrap()
}

fn tempo_of(events: &[DaySpan], record: DaySpan) -> Tempo {
    let counts = DayCounts::of(events.iter().map(|span| (*span, Direction::AttackOnCoalition)));
    Tempo::of(&Arc::new(counts), record)
}

/// Events on the days of January 2022 with these numbers.
fn january(days: &[i32]) -> Vec<DaySpan> {
    days.iter().map(|d| DaySpan::day(day("2021-12-31").plus(*d))).collect()
}

fn january_2022() -> DaySpan {
    DaySpan::parse("2022-01").unwrap()
}

/// Numbers that look like chance and are the same each time (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: i32) -> i32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i32::try_from((self.0 >> 33) % u64::try_from(n).unwrap()).unwrap()
    }
}

/// Many small records: how many days, and events on them, some known only to several days.
fn records() -> impl Iterator<Item = (DaySpan, Vec<DaySpan>)> {
    (0..120_u64).map(|seed| {
        let mut dice = Dice(seed.wrapping_mul(7919));
        let record = DaySpan::between(day("2020-02-20"), day("2020-02-20").plus(dice.below(60)));
        let events = (0..dice.below(25)).map(|_| {
            let first = record.first().plus(dice.below(record.days()));
            let longest = if dice.below(4) == 0 { 12 } else { 1 };
            DaySpan::between(first, first.plus(dice.below(longest)).min(record.last()))
        });
        let events = events.collect();
        (record, events)
    })
}

/// Certain and possible events of some days, counted one by one.
fn recount(events: &[DaySpan], days: DaySpan) -> [u32; 2] {
    let mut counts = [0, 0];
    for event in events {
        if days.encloses(*event) {
            counts[0] += 1;
        } else if days.overlaps(*event) {
            counts[1] += 1;
        }
    }
    counts
}

/// Every run of so many days within some days.
fn runs(days: DaySpan, length: i32) -> impl Iterator<Item = DaySpan> {
    let last = days.last().number() - length + 1;
    (days.first().number()..=last)
        .map(move |d| DaySpan::between(Day::from_number(d), Day::from_number(d + length - 1)))
}

#[test]
fn the_last_days_of_every_day_are_a_recount_and_only_where_the_record_holds_them_all() {
    for (record, events) in records() {
        let tempo = tempo_of(&events, record);
        for rolling in &tempo.rolling {
            for last in DaySpan::between(record.first().plus(-3), record.last().plus(3)).iter() {
                let days = rolling.span(last);
                assert_eq!(days.days(), rolling.days);
                let expected = record.encloses(days).then(|| recount(&events, days));
                assert_eq!(rolling.ending(last), expected, "{days:?} of {events:?} in {record:?}");
            }
        }
    }
}

#[test]
fn the_busiest_days_are_those_of_a_search_through_all_runs() {
    for (record, events) in records() {
        let tempo = tempo_of(&events, record);
        let length = record.days().min(3);
        let most = runs(record, length).map(|r| recount(&events, r)[0]).max().unwrap();
        assert_eq!(tempo.busiest.as_ref().map_or(0, |b| b.count), most);
        for span in tempo.busiest.iter().flat_map(|b| &b.spans) {
            assert_eq!((span.days(), recount(&events, *span)[0]), (length, most));
            let begins = events.iter().any(|e| e.first() == span.first());
            assert!(begins || span.last() == record.last(), "{span:?} of {events:?}");
        }
        // Every set of events that is as large is among the runs that are said.
        for run in runs(record, length).filter(|r| most > 0 && recount(&events, *r)[0] == most) {
            let held =
                |days: DaySpan| events.iter().filter(|e| days.encloses(**e)).collect::<Vec<_>>();
            let said = &tempo.busiest.as_ref().unwrap().spans;
            assert!(said.iter().any(|s| held(*s) == held(run)), "{run:?} of {events:?}");
        }
        let around = runs(record, record.days().min(4)).map(|r| recount(&events, r));
        let around = around.map(|[certain, possible]| certain + possible).max().unwrap();
        assert_eq!(tempo.busiest_around.map_or(0, |b| b.count), around);
    }
}

#[test]
fn the_longest_quiet_is_that_of_a_search_through_all_runs() {
    for (record, events) in records() {
        let gaps = tempo_of(&events, record).gaps;
        let Some(extent) = events.iter().copied().reduce(DaySpan::join) else {
            assert_eq!((gaps.sure.len(), gaps.most.len()), (0, 0));
            continue;
        };
        let all: Vec<DaySpan> = (1..=extent.days()).flat_map(|n| runs(extent, n)).collect();
        let longest = |quiet: &dyn Fn(&DaySpan) -> bool| {
            let of = |n: i32| all.iter().copied().filter(move |r| r.days() == n);
            let most = all.iter().filter(|r| quiet(r)).map(|r| r.days()).max().unwrap_or(0);
            of(most).filter(quiet).collect::<Vec<_>>()
        };
        let sure = longest(&|run| !events.iter().any(|e| e.overlaps(*run)));
        let most = longest(&|run| !events.iter().any(|e| run.encloses(*e)));
        assert_eq!(gaps.sure, sure, "{events:?}");
        assert_eq!(gaps.most, most, "{events:?}");
    }
}

#[test]
fn steps_from_event_day_to_event_day_add_up_to_the_days_from_the_first_to_the_last() {
    for (record, events) in records() {
        let gaps = tempo_of(&events, record).gaps;
        let days: Vec<Day> = events.iter().filter(|e| e.days() == 1).map(|e| e.first()).collect();
        let ends = days.iter().max().zip(days.iter().min());
        let all = ends.map_or(0, |(last, first)| last.number() - first.number());
        assert_eq!(gaps.steps.iter().sum::<i32>(), all);
    }
}

#[test]
fn the_quiet_up_to_a_day_is_a_recount() {
    for (record, events) in records() {
        let gaps = tempo_of(&events, record).gaps;
        for day in record.iter() {
            let begun = events.iter().filter(|e| e.first() <= day);
            let since = begun.map(|e| e.last().min(day)).max();
            let over = events.iter().filter(|e| e.last() <= day).map(|e| e.first()).max();
            let over = over.unwrap_or(record.first().plus(-1));
            let expected = since.map(|since| QuietEnd {
                sure: day.number() - since.number(),
                most: day.number() - over.number(),
                since,
            });
            assert_eq!(gaps.quiet_at(day), expected, "{day} of {events:?}");
        }
        assert_eq!(gaps.quiet_at(record.last().plus(1)), None);
    }
}

#[test]
fn the_states_are_the_cheapest_of_all_there_are() {
    let mut several = 0;
    for seed in 0..60 {
        let mut dice = Dice(seed);
        let counts: Vec<u32> =
            (0..6).map(|_| dice.below(3) * dice.below(8)).map(i32::unsigned_abs).collect();
        let Some(automaton) = Automaton::of(&counts) else { continue };
        let cost = |path: &[usize]| {
            let mut from = 0;
            let mut cost = 0.0;
            for (state, count) in path.iter().zip(&counts) {
                cost += automaton.step_cost(from, *state) + automaton.day_cost(*state, *count);
                from = *state;
            }
            cost
        };
        // One state more than the automaton has: it would not be worth its cost.
        let states = automaton.states();
        several += usize::from(states > 2);
        let mut least = f64::INFINITY;
        let mut path = vec![0; counts.len()];
        loop {
            least = least.min(cost(&path));
            let Some(up) = path.iter().position(|s| s + 1 < states) else { break };
            path[..up].fill(0);
            path[up] += 1;
        }
        let found: Vec<usize> = automaton.cheapest(&counts).into_iter().map(usize::from).collect();
        assert!((cost(&found) - least).abs() < 1e-6, "{found:?} for {counts:?}");
    }
    assert!(several > 10, "most series were too dull to test anything");
}

/// By hand: 16 events on 32 days, so the base is 1/2 a day, and a step up costs ln 16 = 4 ln 2. On three days with
/// 14 events, level j saves 14 j ln 2, and costs 4 j ln 2 and 3 (2^j - 1) / 2: that is 5.4, 9.4, 10.3 and 5.2 for
/// 1, 2, 3 and 4. A single event saves ln 2 at most, and costs four times that.
#[test]
fn a_burst_worked_out_by_hand_is_found_at_its_level() {
    let mut days = vec![1, 31, 31];
    days.extend([15; 4].into_iter().chain([16; 6]).chain([17; 4]));
    days.remove(2);
    let record = span("2022-01-01", "2022-02-01");
    let bursts = tempo_of(&january(&days), record).bursts;
    assert!((bursts.base_per_day - 0.5).abs() < 1e-12);
    let burst = Burst { level: 3, days: span("2022-01-15", "2022-01-17"), events: 14 };
    assert_eq!(bursts.all, [burst]);
}

#[test]
fn a_burst_lies_within_one_of_a_lower_level_and_begins_and_ends_with_an_event() {
    let mut nested = 0;
    for seed in 0..40 {
        let mut dice = Dice(seed);
        let mut counts: Vec<u32> = vec![0; 200];
        for (centre, width, events) in [(40, 60, 25), (45, 10, 25), (150, 4, 12), (0, 200, 15)] {
            for _ in 0..events {
                counts[usize::try_from(centre + dice.below(width)).unwrap().min(199)] += 1;
            }
        }
        let first = day("2020-01-01");
        let bursts = Bursts::of(&counts, first).all;
        for burst in &bursts {
            let at = |d: Day| counts[usize::try_from(d.number() - first.number()).unwrap()];
            assert!(at(burst.days.first()) > 0 && at(burst.days.last()) > 0, "{burst:?}");
            assert_eq!(burst.events, burst.days.iter().map(at).sum::<u32>());
            let around =
                bursts.iter().filter(|b| b.days.overlaps(burst.days) && b.level < burst.level);
            for outer in around {
                assert!(outer.days.encloses(burst.days) && outer.days != burst.days);
                nested += 1;
            }
        }
    }
    assert!(nested > 10);
}

/// Days without an event before and after lower the base rate, and that is all they do: they are in no burst, and
/// a burst at the level of the same rate stays.
#[test]
fn empty_days_around_a_record_lower_the_base_rate_and_move_no_burst() {
    let days = [3, 9, 14, 14, 14, 14, 15, 15, 15, 15, 15, 16, 16, 22, 27, 31];
    let events = january(&days);
    let alone = tempo_of(&events, january_2022()).bursts;
    // With 31 days before and 62 after, four times as many days: the base is a quarter, and levels rise by two.
    let padded = DaySpan::between(day("2021-12-01"), day("2021-12-01").plus(123));
    let padded = tempo_of(&events, padded).bursts;
    assert!((padded.base_per_day * 4.0 - alone.base_per_day).abs() < 1e-12);
    let core = span("2022-01-14", "2022-01-16");
    for bursts in [&alone, &padded] {
        assert!(bursts.all.iter().any(|b| b.days == core), "{bursts:?}");
        assert!(bursts.all.iter().all(|b| span("2022-01-03", "2022-01-31").encloses(b.days)));
    }
}

#[test]
fn a_record_moved_by_some_days_has_the_same_tempo_on_other_days() {
    for (record, events) in records().take(30) {
        let moved = |s: DaySpan| DaySpan::between(s.first().plus(1000), s.last().plus(1000));
        let later: Vec<DaySpan> = events.iter().copied().map(moved).collect();
        let (here, there) = (tempo_of(&events, record), tempo_of(&later, moved(record)));
        assert_eq!(here.rolling[0].counts, there.rolling[0].counts);
        let days = |t: &Tempo| t.bursts.all.iter().map(|b| (b.level, b.days)).collect::<Vec<_>>();
        let here: Vec<_> = days(&here).into_iter().map(|(l, d)| (l, moved(d))).collect();
        assert_eq!(here, days(&there));
    }
}

#[test]
fn a_record_without_events_has_no_tempo() {
    let none = tempo_of(&[], january_2022());
    assert_eq!((none.busiest, none.busiest_around), (None, None));
    assert_eq!((none.gaps.sure.len(), none.gaps.median_step_halves), (0, None));
    assert!(none.bursts.all.is_empty());
    assert_eq!(none.rolling[0].counts, vec![[0, 0]; 25]);
    assert_eq!(none.gaps.quiet_at(day("2022-01-31")), None);
}

#[test]
fn one_event_on_a_leap_day_is_the_busiest_day_and_no_burst() {
    let leap = span("2020-02-29", "2020-02-29");
    let tempo = tempo_of(&[leap], leap);
    let busiest = Busiest { spans: vec![leap], count: 1 };
    assert_eq!(tempo.busiest, Some(busiest), "a record of one day has no three");
    assert!(tempo.rolling.iter().all(|r| r.counts.is_empty()));
    assert_eq!((tempo.gaps.steps.len(), tempo.bursts.all.len()), (0, 0));
    // The day before 1 March 2020 is 29 February.
    let tempo = tempo_of(&[leap], span("2020-02-28", "2020-03-01"));
    let change = tempo.change(span("2020-03-01", "2020-03-01")).unwrap();
    assert_eq!((change.now, change.before, change.was), ([0, 0], leap, [1, 0]));
    assert_eq!(tempo.gaps.quiet_at(day("2020-03-01")).map(|q| q.sure), Some(1));
}

#[test]
fn twenty_events_on_one_day_are_one_burst_of_a_day() {
    let tempo = tempo_of(&january(&[12; 20]), january_2022());
    let [burst] = tempo.bursts.all.as_slice() else { panic!("{:?}", tempo.bursts) };
    assert_eq!((burst.days, burst.events), (span("2022-01-12", "2022-01-12"), 20));
    let busiest = Busiest { spans: vec![span("2022-01-12", "2022-01-14")], count: 20 };
    assert_eq!(tempo.busiest, Some(busiest));
    assert_eq!(tempo.gaps.median_step_halves, None);
}

/// Trap: an event known to the month as a spike on a day.
#[test]
fn events_known_to_the_month_are_no_spike() {
    let month = DaySpan::parse("2022-01").unwrap();
    let record = span("2021-12-01", "2022-02-28");
    let tempo = tempo_of(&[month; 40], record);
    assert_eq!(tempo.busiest, None);
    assert!(tempo.bursts.all.is_empty());
    assert!(tempo.rolling[0].counts.iter().all(|[certain, _]| *certain == 0));
    assert_eq!(tempo.rolling[0].ending(day("2022-01-20")), Some([0, 40]));
    assert_eq!(tempo.rolling[1].ending(day("2022-01-31")), Some([0, 40]), "a month has 31 days");
    assert_eq!((tempo.imprecise, tempo.gaps.median_step_halves), (40, None));
    assert_eq!(tempo.gaps.sure.len(), 0, "on any day of the month something may have happened");
}

#[test]
fn a_window_is_set_against_as_many_days_before_it_where_the_record_holds_them() {
    let tempo = tempo_of(&january(&[1, 4, 5, 5, 9]), january_2022());
    let change = |from, to| tempo.change(span(from, to)).map(|c| (c.now, c.was));
    assert_eq!(change("2022-01-05", "2022-01-08"), Some(([2, 0], [2, 0])));
    assert_eq!(change("2022-01-02", "2022-01-02"), Some(([0, 0], [1, 0])));
    assert_eq!(change("2022-01-04", "2022-01-07"), None, "the record begins on 1 January");
    assert_eq!(change("2022-01-30", "2022-02-01"), None, "the record ends on 31 January");
}
