//! A selection that follows its view shows what a walk over all events finds.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use sitrep_atlas::analysis::age::bands;
use sitrep_atlas::analysis::{
    Certainty, Filter, LeftOut, Mode, Place, Record, Rule, Shown, View, select,
};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Code as _, Day, DaySpan, Direction, EventIndex, Status};

/// A generator of numbers that look random (Steele and others, "Fast splittable pseudorandom number
/// generators", 2014), so that a failure comes again.
struct SplitMix(u64);

impl SplitMix {
    fn below(&mut self, limit: i32) -> i32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i32::try_from((z ^ (z >> 31)) % u64::from(limit.unsigned_abs())).unwrap()
    }
}

/// What a view shows, found by looking at each event.
fn walked(record: &Record, view: &View, counted: &[EventIndex]) -> Vec<Shown> {
    let days = view.shown_span(record);
    let shown = |event: &EventIndex| {
        let span = record.event(*event).date.span;
        let certainty = Certainty::of(span, days)?;
        let past = view.mode == Mode::SinceStart && !view.window.overlaps(span);
        Some(Shown { event: *event, certainty, past })
    };
    counted.iter().filter_map(shown).collect()
}

/// What a view leaves out, each event held against days, rule and filter by itself.
fn left_out(record: &Record, view: &View, walked: &[Shown]) -> LeftOut {
    // Which events a filter lets through is compared with other means in the tests of queries.
    let all = View { rule: Rule::Everything, ..view.clone() };
    let passing: BTreeSet<EventIndex> = select(record, &all).counted().collect();
    let days = view.shown_span(record);
    let mut left_out = LeftOut::default();
    for index in record.event_indices() {
        let event = record.event(index);
        let is_counted = view.rule.counts(event, record.independent_sources(index));
        if !days.overlaps(event.date.span) {
            left_out.outside_days += 1;
            continue;
        }
        let is_attack = matches!(
            event.direction,
            Direction::AttackOnCoalition | Direction::Interception | Direction::IranianStateStrike
        );
        let slot = match (passing.contains(&index), is_counted) {
            (true, true) => continue,
            (false, true) => &mut left_out.by_filter,
            (false, false) => &mut left_out.by_both,
            (true, false) if is_attack => &mut left_out.short_of_rule,
            (true, false) => &mut left_out.by_rule[event.direction.position()],
        };
        *slot += 1;
    }
    let is_nowhere = |s: &&Shown| {
        let place = Place::of(record, record.event(s.event));
        place.class.is_at_position() && place.position(record).is_none()
    };
    left_out.no_position = walked.iter().filter(is_nowhere).count();
    left_out
}

fn check(
    record: &Record,
    view: &View,
    selection: &sitrep_atlas::analysis::Selection,
    counted: &[EventIndex],
) {
    let walked = walked(record, view, counted);
    let what = format!("{:?} {:?} {}", view.window, view.mode, view.filter);
    assert_eq!(selection.shown(), walked, "{what}");
    let back: Vec<Shown> = selection.iter().rev().collect();
    assert!(back.iter().eq(walked.iter().rev()), "{what}");
    let certain = walked.iter().filter(|s| s.certainty == Certainty::Certain).count();
    assert_eq!([selection.certain(), selection.possible()], [certain, walked.len() - certain]);
    for (number, place) in (0..).zip(record.places()) {
        let mut present = [0; 6];
        let (mut past, mut possible) = ([0; 6], 0);
        for shown in &walked {
            let event = record.event(shown.event);
            if Place::of(record, event) != *place {
                continue;
            }
            let class = event.direction.position();
            match (shown.certainty, shown.past) {
                (Certainty::Possible, _) => possible += 1,
                (Certainty::Certain, true) => past[class] += 1,
                (Certainty::Certain, false) => present[class] += 1,
            }
        }
        let count = selection.place_count(number);
        assert_eq!(
            (count.present, count.past, count.possible),
            (present, past, possible),
            "{what}"
        );
    }
    let disputed =
        |s: &&Shown| matches!(record.event(s.event).status, Status::Contested | Status::Denied);
    assert_eq!(selection.disputed(), walked.iter().filter(disputed).count(), "{what}");
    let is_best = |s: &&Shown| certain == 0 || s.certainty == Certainty::Certain;
    let sites: BTreeSet<_> =
        walked.iter().filter(is_best).map(|s| record.event(s.event).site).collect();
    assert_eq!(selection.sites(), sites.len(), "{what}");
    assert_eq!(selection.left_out, left_out(record, view, &walked), "{what}");
    let rows = selection.rows();
    assert!(rows.range(0..usize::MAX).eq(walked.iter().copied()), "{what}");
    let l = selection.left_out;
    let all = selection.len() + l.rule_total() + l.by_filter + l.by_both + l.outside_days;
    assert_eq!(all, record.events.len(), "{what}");
}

#[test]
fn however_the_window_moves_the_counts_are_those_of_a_walk_over_all_events() {
    let record = data::load(None).unwrap().dataset;
    let extent = record.extent().unwrap();
    let mut random = SplitMix(2022);
    let mut most = LeftOut::default();
    for (filter, rule) in [
        ("", Rule::Attacks),
        ("", Rule::Everything),
        ("country=IQ weapon_family=rocket,drone", Rule::Attacks),
        ("country=SY text=us", Rule::TwoSources),
    ] {
        let mut view = View::of_all(&record);
        view.filter = Filter::parse(&record, filter).unwrap();
        view.rule = rule;
        let mut selection = select(&record, &view);
        let counted: Vec<EventIndex> = selection.counted().collect();
        for step in 0..250 {
            let window = view.window;
            match random.below(10) {
                // A small step is the common case; a jump leaves nothing of the window before.
                0..6 => {
                    let by = random.below(9) - 4;
                    view.window = DaySpan::between(window.first().plus(by), window.last().plus(by));
                }
                6 => view.window = DaySpan::day(extent.first().plus(random.below(extent.days()))),
                7 => view.mode = Mode::ALL[usize::try_from(random.below(3)).unwrap()],
                8 => {
                    view.window =
                        DaySpan::between(window.first(), window.last().plus(random.below(60)));
                }
                _ => {
                    let first = extent.first().plus(random.below(extent.days() + 60) - 30);
                    view.window = DaySpan::between(first, first.plus(random.below(90)));
                }
            }
            selection.follow(&record, &view);
            assert!(step > 0 || selection.counted().eq(counted.iter().copied()));
            check(&record, &view, &selection, &counted);
            let met = selection.left_out;
            most.short_of_rule = most.short_of_rule.max(met.short_of_rule);
            most.by_filter = most.by_filter.max(met.by_filter);
            most.by_both = most.by_both.max(met.by_both);
            most.by_rule[0] = most.by_rule[0].max(met.by_rule.iter().sum());
        }
    }
    let [by_rule, ..] = most.by_rule;
    let met = [most.short_of_rule, most.by_filter, most.by_both, by_rule];
    assert!(met.iter().all(|n| *n > 0), "not every reason was met: {most:?}");
}

#[test]
fn a_change_of_filter_or_rule_is_followed_too() {
    let record = data::load(None).unwrap().dataset;
    let mut view = View::opening(&record);
    let mut selection = select(&record, &view);
    for (filter, rule) in [
        ("status=confirmed", Rule::Attacks),
        ("status=confirmed", Rule::Everything),
        ("", Rule::Confirmed),
        ("actor=none text=katyusha", Rule::Attacks),
    ] {
        view.filter = Filter::parse(&record, filter).unwrap();
        view.rule = rule;
        selection.follow(&record, &view);
        let counted: Vec<EventIndex> = select(&record, &view).counted().collect();
        check(&record, &view, &selection, &counted);
    }
}

#[test]
fn a_window_outside_of_all_events_shows_none_of_them() {
    let record = data::load(None).unwrap().dataset;
    let mut view = View::of_all(&record);
    let mut selection = select(&record, &view);
    for day in ["1990-01-01", "2050-01-01"] {
        view.window = DaySpan::day(Day::parse(day).unwrap());
        selection.follow(&record, &view);
        assert!(selection.is_empty() && selection.sites() == 0, "{day}");
        assert_eq!(selection.left_out.outside_days, record.events.len());
    }
}

#[test]
fn what_fades_by_age_is_counted_in_the_band_of_its_first_day() {
    let record = data::load(None).unwrap().dataset;
    let day = |text| Day::parse(text).unwrap();
    let mut view = View::of_all(&record);
    view.fade = true;
    let mut selection = select(&record, &view);
    let mut told = [0; 4];
    for (mode, from, to) in [
        (Mode::Window, "2021-04-01", "2021-06-29"),
        (Mode::SinceStart, "2022-01-03", "2022-01-06"),
        (Mode::SinceStart, "2019-10-12", "2019-10-15"),
        (Mode::Day, "2022-01-03", "2022-01-06"),
        (Mode::Window, "2020-01-01", "2022-12-31"),
    ] {
        view.mode = mode;
        view.window = DaySpan::between(day(from), day(to));
        selection.follow(&record, &view);
        let bands = bands(&record, &view);
        for (number, place) in (0..).zip(record.places()) {
            let mut older = [[0; 6]; 3];
            for shown in selection.shown() {
                let event = record.event(shown.event);
                if Place::of(&record, event) == *place && shown.certainty == Certainty::Certain {
                    let first = event.date.span.first();
                    let band = bands.iter().position(|days| days.contains(first)).unwrap_or(0);
                    told[band] += 1;
                    if band > 0 {
                        older[band - 1][event.direction.position()] += 1;
                    }
                }
            }
            assert_eq!(selection.older(number), older, "{mode:?} {from} {place:?}");
        }
    }
    assert!(told.iter().all(|n| *n > 0), "{told:?}");
    view.fade = false;
    selection.follow(&record, &view);
    assert!((0..).zip(record.places()).all(|(n, _)| selection.older(n) == [[0; 6]; 3]));
}
