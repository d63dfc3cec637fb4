//! Events that may be one event told twice: found as a walk over all pairs finds them, offered and never merged.
#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "support/mod.rs"]
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;

use sitrep_atlas::analysis::duplicates::{LONGEST_SPAN, NEAR_M, Pair, duplicates, each_pair};
use sitrep_atlas::analysis::{Place, PlaceClass, Record};
use sitrep_atlas::data;
use sitrep_atlas::domain::{EventIndex, PlacePrecision, Weapon};
use support::program::sitrep;

/// What the method says, pair by pair, without any of its shortcuts.
fn walked(record: &Record) -> BTreeSet<Pair> {
    let mut found = BTreeSet::new();
    let all: Vec<EventIndex> = record.event_indices().collect();
    for (n, a) in all.iter().enumerate() {
        for b in &all[n + 1..] {
            let (one, other) = (record.event(*a), record.event(*b));
            let spans = [one.date.span, other.date.span];
            let is_day =
                spans[0].overlaps(spans[1]) && spans.iter().all(|s| s.days() <= LONGEST_SPAN);
            let at = [one, other].map(|e| Place::of(record, e));
            let is_at =
                |place: &Place| matches!(place.class, PlaceClass::Spot | PlaceClass::Radius);
            let is_point = |e: &sitrep_atlas::domain::Event| {
                let site = record.site(e.site);
                let coarsest = if e.position.get().is_some() {
                    e.precision
                } else {
                    e.precision.max(site.precision)
                };
                coarsest <= PlacePrecision::Settlement
                    && e.position.get().or(site.position).is_some()
            };
            let is_near = if is_point(one) && is_point(other) {
                let position = |e: &sitrep_atlas::domain::Event| {
                    e.position.get().or(record.site(e.site).position).unwrap()
                };
                position(one).distance_m(position(other)) <= NEAR_M
            } else {
                one.site == other.site && at.iter().all(is_at)
            };
            let is_kind = one.kind.zip(other.kind).is_none_or(|(a, b)| a == b);
            let families = [one.weapon.family(), other.weapon.family()];
            let is_family =
                families[0] == families[1] || families.contains(&Weapon::Unknown.family());
            let is_said = |from: EventIndex, to: EventIndex| {
                record.words(record.event(from)).distinct_from.contains(&record.id(to))
                    || record.links.iter().any(|l| l.from == from && l.to == to)
            };
            if is_day
                && is_near
                && is_kind
                && is_family
                && one.direction == other.direction
                && !is_said(*a, *b)
                && !is_said(*b, *a)
            {
                found.insert(Pair { first: *a, second: *b });
            }
        }
    }
    found
}

/// Numbers that look thrown and are the same each time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn made_up(rows: usize, seed: u64) -> String {
    let mut dice = Dice(seed);
    let mut text = String::from(
        "id,date,last day,location,admin1,country,lat,lon,type,weapon,place_precision\n",
    );
    for n in 0..rows {
        let day = 1 + dice.throw(12);
        let last = day + [0, 0, 0, 0, 1, 3, 6, 9][usize::try_from(dice.throw(8)).unwrap()];
        let [lat, lon] = [33_000 + dice.throw(120), 44_000 + dice.throw(120)];
        let position = match dice.throw(6) {
            0 => ",".to_owned(),
            1 => "33.05,44.05".to_owned(),
            _ => format!("{}.{:03},{}.{:03}", lat / 1000, lat % 1000, lon / 1000, lon % 1000),
        };
        let kind = ["shelling", "raid"][usize::try_from(dice.throw(2)).unwrap()];
        let weapon = ["", "rocket", "mortar", "ied"][usize::try_from(dice.throw(4)).unwrap()];
        let precision =
            ["site", "settlement", "district", "admin1"][usize::try_from(dice.throw(4)).unwrap()];
        let place = dice.throw(3);
        text.push_str(&format!(
            "{n},2021-03-{day:02},2021-03-{last:02},Place {place},Baghdad,Iraq,{position},{kind},{weapon},{precision}\n"
        ));
    }
    text
}

fn record(text: &str) -> Record {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    fs::write(&path, text).unwrap();
    data::load(Some(&path)).unwrap().dataset
}

fn check(record: &Record) -> usize {
    let walked = walked(record);
    let found = duplicates(record, usize::MAX, &|| true);
    assert_eq!(found.first.iter().copied().collect::<BTreeSet<Pair>>(), walked);
    assert_eq!(found.first.len(), walked.len(), "no pair is found twice");
    assert_eq!(found.pairs, walked.len() as u64);
    assert!(!found.is_bounded);
    let events: BTreeSet<EventIndex> = walked.iter().flat_map(|p| [p.first, p.second]).collect();
    assert_eq!(found.events, events.len() as u64);
    let mut handed = Vec::new();
    let is_more = each_pair(record, |pair| {
        handed.push(pair);
        ControlFlow::Continue(())
    });
    assert!(!is_more && handed.len() == walked.len());
    assert_eq!(handed.into_iter().collect::<BTreeSet<Pair>>(), walked);
    walked.len()
}

#[test]
fn pairs_are_those_that_a_walk_over_all_pairs_finds() {
    for seed in 0..12 {
        let found = check(&record(&made_up(160, seed)));
        assert!(found > 20, "{found} pairs: there is something to find");
    }
}

#[test]
fn of_the_record_linked_events_and_those_said_to_be_distinct_are_not_offered() {
    let record = data::load(None).unwrap().dataset;
    check(&record);
    let found = duplicates(&record, usize::MAX, &|| true);
    for pair in &found.first {
        let ids = [pair.first, pair.second].map(|e| record.id(e));
        assert!(!record.words(record.event(pair.first)).distinct_from.contains(&ids[1]), "{ids:?}");
    }
}

#[test]
fn a_heap_on_one_day_at_one_place_is_counted_and_not_walked() {
    let mut text = String::from("date,lat,lon,type\n");
    for n in 0..60_000 {
        text.push_str(if n % 2 == 0 {
            "2021-03-01,33.1,44.1,raid\n"
        } else {
            "2021-03-01,33.11,44.1,raid\n"
        });
    }
    let record = record(&text);
    let found = duplicates(&record, 10, &|| true);
    assert_eq!(found.pairs, 60_000 * 59_999 / 2);
    assert_eq!((found.events, found.first.len()), (60_000, 10));
    assert!(duplicates(&record, 10, &|| false).is_bounded, "who does not wait is told so");
    let mut handed = 0;
    let is_more = each_pair(&record, |_| {
        handed += 1;
        if handed == 1000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(is_more && handed == 1000);
}

#[test]
fn check_tells_how_many_there_are_and_saves_all_of_them() {
    let text = "id,date,location,admin1,country,lat,lon,type\n\
        a,2021-03-07,Fallujah,Al Anbar,Iraq,33.35,43.78,ied\n\
        b,2021-03-07,Fallujah,Al Anbar,Iraq,33.36,43.79,ied\n\
        c,2021-03-08,Fallujah,Al Anbar,Iraq,33.36,43.79,ied\n";
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), text).unwrap();
    let ran = sitrep(&["check", "a.csv", "--duplicates", "pairs.csv"], folder.path());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("1 pair of events may be one event told twice"), "{}", ran.stdout);
    assert!(
        ran.stdout
            .contains("7 March 2021: a (line 2) and b (line 3), Fallujah: same day; 1.4 km apart"),
        "{}",
        ran.stdout
    );
    assert!(ran.stderr.contains("1 pair was saved"), "{}", ran.stderr);
    let saved = fs::read_to_string(folder.path().join("pairs.csv")).unwrap();
    let lines: Vec<&str> = saved.lines().collect();
    assert_eq!(lines.len(), 2, "{saved}");
    assert!(lines[1].starts_with("a,b,2,3,2021-03-07,2021-03-07,"), "{saved}");
    let json = sitrep(&["check", "a.csv", "--format", "json"], folder.path());
    let value: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(value["possible_duplicates"]["pairs"], 1);
    assert_eq!(value["possible_duplicates"]["first"][0]["ids"][1], "b");
    let sound = sitrep(&["check"], folder.path());
    assert_eq!(sound.code, Some(0), "{}", sound.stdout);
}
