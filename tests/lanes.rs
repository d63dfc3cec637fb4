//! The lanes of attacks and strikes: who stands where and when, and that no mark covers another.

#![expect(clippy::unwrap_used, reason = "a test stops where something is missing")]

mod support;

use sitrep_atlas::analysis::{Filter, Lag, Lane, Lit, Record, Rule, View, lanes, select};
use sitrep_atlas::domain::{Day, DaySpan, Direction, Event, EventIndex, LinkKind, Weapon};
use sitrep_atlas::scene::lanes::{LaneMark, LanesLayout, LanesScene, Pile};
use sitrep_atlas::scene::strip::StripLayout;
use sitrep_atlas::scene::{Item, Rect};
use support::lanes::{days, draw, event, lanes_of, layout, made, record, words_in};

#[test]
fn attacks_follow_rule_and_filter_and_strikes_the_filter_alone() {
    let record = record();
    for (rule, filter) in [
        (Rule::Attacks, ""),
        (Rule::Confirmed, ""),
        (Rule::TwoSources, "country=SY"),
        (Rule::Everything, "weapon=rocket"),
        (Rule::Attacks, "country=SY"),
    ] {
        let filter = Filter::parse(&record, filter).unwrap();
        let view = View { rule, filter: filter.clone(), ..View::of_all(&record) };
        let lanes = lanes_of(&record, &view);
        let everything = View { rule: Rule::Everything, filter, ..View::of_all(&record) };
        let (by_rule, by_filter) = (select(&record, &view), select(&record, &everything));
        let of = |directions: [Direction; 2], counts: &dyn Fn(EventIndex) -> bool| {
            let events = record.event_indices();
            let of = |e: &EventIndex| directions.contains(&record.event(*e).direction);
            events.filter(|e| of(e) && counts(*e)).collect::<Vec<_>>()
        };
        let attacks =
            of([Direction::AttackOnCoalition, Direction::Interception], &|e| by_rule.counts(e));
        let strikes = of([Direction::UsOrCoalitionStrike, Direction::IranianStateStrike], &|e| {
            by_filter.counts(e)
        });
        assert!(attacks.len() > 1);
        assert_eq!(lanes.lane(Lane::Attacks).events(), attacks, "{rule:?}");
        assert_eq!(lanes.lane(Lane::Strikes).events(), strikes, "{rule:?}");
        for (lane, events) in [(Lane::Attacks, attacks), (Lane::Strikes, strikes)] {
            let window = days("2021-06-01", "2022-01-05");
            let span = |e: &&EventIndex| record.event(**e).date.span;
            let certain = events.iter().filter(|e| window.encloses(span(e))).count();
            let all = events.iter().filter(|e| window.overlaps(span(e))).count();
            let counted = lanes.lane(lane).counts().within(window).map(|n| n as usize);
            assert_eq!(counted, [certain, all - certain]);
            assert!(events.iter().all(|e| lanes.lane_of(*e) == Some(lane)));
        }
    }
}

#[test]
fn no_mark_covers_another_and_each_event_of_the_axis_has_one() {
    let record = record();
    let view = View { rule: Rule::Everything, ..View::of_all(&record) };
    let lanes = lanes_of(&record, &view);
    let (mut marks, mut bars, mut whole_axes) = (0, 0, 0);
    for axis in [
        days("2019-10-01", "2022-12-31"),
        days("2020-06-01", "2020-09-30"),
        days("2021-07-01", "2021-07-31"),
        days("2019-12-20", "2020-01-20"),
        days("2022-01-01", "2022-01-10"),
        days("2022-01-05", "2022-01-05"),
    ] {
        for width in [400.0, 650.0, 1080.0, 1640.0] {
            let layout = layout(axis, width);
            let scene = draw(&record, &lanes, &layout);
            for (i, mark) in scene.marks.iter().enumerate() {
                let place = mark.place();
                let lane = layout.lane(mark.lane);
                // At the ends of the axis a mark may reach half beyond it.
                let reach = mark.size / 2.0;
                let room = Rect {
                    min: [lane.min[0] - reach, lane.min[1]],
                    max: [lane.max[0] + reach, lane.max[1]],
                };
                assert!(room.grown(0.01).encloses(&place), "{mark:?} on {axis:?}");
                let covered =
                    scene.marks[i + 1..].iter().find(|m| m.place().grown(-0.01).overlaps(&place));
                assert!(covered.is_none(), "{mark:?} and {covered:?} on {axis:?} at {width}");
            }
            let in_axis: usize = Lane::ALL
                .iter()
                .map(|l| {
                    let lane = lanes.lane(*l);
                    lane.exact_within(&record, axis).len() + lane.wide_within(&record, axis).count()
                })
                .sum();
            let piled: u32 = scene.piles.iter().map(Pile::total).sum();
            let spread: f32 = scene.piles.iter().map(|p| p.spread).sum();
            if scene.piles.iter().all(|p| p.is_cut) {
                // Dates of several days that had no room are counted in a bar, whole.
                let rest = u32::try_from(in_axis - scene.marks.len()).unwrap() - piled;
                assert!((f64::from(rest) - f64::from(spread)).abs() < 0.01, "{axis:?} at {width}");
                whole_axes += 1;
            }
            marks += scene.marks.len();
            bars += scene.marks.iter().filter(|m| m.bar.is_some()).count();
        }
    }
    assert!(marks > 1000 && bars > 100 && whole_axes > 20, "{marks} marks, {bars} of them bars");
}

/// Where a mark must stand on a strip: the middle of its day, or of its hour where the strip shows hours and the
/// event has one; else a bar over all that is known of its time.
fn check_time(record: &Record, layout: &LanesLayout, mark: &LaneMark) {
    const HOURS: f32 = 72.0;
    let (strip, date) = (&layout.strip, &record.event(mark.event).date);
    let [x0, x1] = [strip.x(date.span.first()), strip.x(date.span.end())];
    let said = format!("{} at {mark:?}, its days {x0} to {x1}", record.event(mark.event).held().id);
    let time = date.local_time.as_deref().and_then(|t| t.split_once(':'));
    let hour: Option<f32> = time.and_then(|(hour, _)| hour.parse().ok());
    let has_hours = strip.day_width() >= HOURS;
    let known = !has_hours || hour.is_some();
    if date.span.days() == 1 && known {
        let (from, to) = match hour.filter(|_| has_hours) {
            Some(hour) => (x0 + (x1 - x0) * hour / 24.0, x0 + (x1 - x0) * (hour + 1.0) / 24.0),
            None => (x0, x1),
        };
        assert_eq!(mark.bar, None, "{said}");
        assert!((mark.center[0] - f32::midpoint(from, to)).abs() < 0.02, "{said}");
        return;
    }
    assert!(mark.bar.is_some(), "{said}");
    let [from, to] = mark.bar.unwrap();
    let on_axis = [x0.max(strip.bars.min[0]), x1.min(strip.bars.max[0])];
    if on_axis[1] - on_axis[0] >= mark.size {
        assert!((from - on_axis[0]).abs() < 0.02 && (to - on_axis[1]).abs() < 0.02, "{said}");
    } else {
        // No bar is narrower than its symbol.
        assert!((from..=to).contains(&f32::midpoint(on_axis[0], on_axis[1])), "{said}");
        assert!(to - from < 2.0 * mark.size, "{said}");
    }
    assert!(from <= mark.center[0] && mark.center[0] <= to, "{said}");
}

#[test]
fn a_mark_stands_at_its_time_on_the_strips_axis_and_no_finer_than_that_is_known() {
    let record = record();
    let view = View { rule: Rule::Everything, ..View::of_all(&record) };
    let lanes = lanes_of(&record, &view);
    let (mut days_seen, mut hours_seen, mut bars_seen) = (0, 0, 0);
    for axis in [
        days("2019-10-01", "2022-12-31"),
        days("2021-06-15", "2021-09-15"),
        days("2021-12-20", "2022-02-28"),
        days("2022-01-01", "2022-01-31"),
        days("2022-01-03", "2022-01-06"),
        days("2022-01-05", "2022-01-05"),
    ] {
        for width in [500.0, 1080.0] {
            let layout = layout(axis, width);
            let scene = draw(&record, &lanes, &layout);
            for mark in &scene.marks {
                check_time(&record, &layout, mark);
                match (mark.bar.is_some(), layout.strip.day_width() < 72.0) {
                    (true, _) => bars_seen += 1,
                    (false, true) => days_seen += 1,
                    (false, false) => hours_seen += 1,
                }
            }
        }
    }
    assert!(
        days_seen > 200 && hours_seen > 1 && bars_seen > 30,
        "{days_seen} at days, {hours_seen} at hours, {bars_seen} bars"
    );
}

#[test]
fn lags_too_near_for_a_label_each_are_one_range_with_the_number_of_ties() {
    let strike = Direction::UsOrCoalitionStrike;
    let attack = |day: &str| event(Direction::AttackOnCoalition, days(day, day));
    let record = made(
        vec![
            attack("2021-02-14"),
            attack("2021-02-19"),
            attack("2021-02-21"),
            event(strike, days("2021-02-25", "2021-02-25")),
        ],
        &[(3, 0, LinkKind::ResponseTo), (3, 1, LinkKind::ResponseTo), (3, 2, LinkKind::ResponseTo)],
    );
    let lanes = lanes_of(&record, &View::of_all(&record));
    let lags = |axis, width| {
        let scene = draw(&record, &lanes, &layout(axis, width));
        let words = words_in(&scene).into_iter().filter(|w| w.ends_with(" d"));
        words.collect::<Vec<_>>()
    };
    assert_eq!(lags(days("2021-01-01", "2021-12-31"), 600.0), ["3 ties, 4–11 d"]);
    assert_eq!(lags(days("2021-02-10", "2021-02-28"), 1400.0), ["11 d", "6 d", "4 d"]);
}

#[test]
fn a_date_of_several_days_is_a_bar_over_them_outside_of_what_they_hold() {
    let attack = Direction::AttackOnCoalition;
    let month = days("2021-07-01", "2021-07-31");
    let mut events = vec![event(attack, month), event(attack, days("2021-07-04", "2021-07-05"))];
    events.extend((0..3).map(|_| event(attack, days("2021-07-10", "2021-07-10"))));
    let record = made(events, &[]);
    let lanes = lanes_of(&record, &View::of_all(&record));
    let layout = layout(month, 900.0);
    let scene = draw(&record, &lanes, &layout);
    let bar = scene.mark_of(EventIndex(0)).unwrap();
    let [x0, x1] = bar.bar.unwrap();
    assert!((x0 - 10.0).abs() < 0.01 && (x1 - 910.0).abs() < 0.01, "{x0} to {x1}");
    for other in &scene.marks[1..] {
        assert!(other.center[1] < bar.center[1], "{other:?} is outside of the month's bar");
    }
}

#[test]
fn ties_that_lead_beyond_the_axis_are_told_and_not_drawn() {
    let record = record();
    let view = View { rule: Rule::Everything, ..View::of_all(&record) };
    let lanes = lanes_of(&record, &view);
    let without = lanes.held_back().len() + lanes.elsewhere().len();
    assert_eq!(lanes.pairs().len() + without, record.links.len());
    let mut seen = [0; 3];
    for axis in [
        days("2019-10-01", "2022-12-31"),
        days("2020-01-01", "2020-01-05"),
        days("2022-01-05", "2022-08-20"),
    ] {
        let scene = draw(&record, &lanes, &layout(axis, 1080.0));
        let mut expected = [0; 3];
        for pair in lanes.pairs() {
            let span = |e: EventIndex| record.event(e).date.span;
            match (span(pair.to).overlaps(axis), span(pair.from).overlaps(axis)) {
                (true, true) => expected[0] += 1,
                (false, true) => expected[1] += 1,
                (true, false) => expected[2] += 1,
                _ => {}
            }
        }
        let [before, after] = scene.links_out;
        assert_eq!([scene.links.len(), before, after], expected, "{axis:?}");
        (0..3).for_each(|i| seen[i] += expected[i]);
    }
    assert!(seen.iter().all(|n| *n > 0), "{seen:?}");
}

#[test]
fn ties_that_the_filter_holds_back_are_counted_apart_from_those_of_no_lane() {
    let attack = |day: &str| event(Direction::AttackOnCoalition, days(day, day));
    let mut drone = attack("2021-03-02");
    drone.weapon = Weapon::Drone;
    let mut rocket = attack("2021-03-01");
    rocket.weapon = Weapon::Rocket;
    let other = event(Direction::Other, days("2021-03-03", "2021-03-03"));
    let record = made(
        vec![rocket, drone, other],
        &[(1, 0, LinkKind::SameWave), (2, 0, LinkKind::ResponseTo)],
    );
    let axis = days("2021-03-01", "2021-03-31");
    let [march, april] = [axis, days("2021-04-01", "2021-04-30")].map(|a| layout(a, 900.0));
    for (filter, drawn, held_back) in [("", 1, 0), ("weapon=rocket", 0, 1)] {
        let filter = Filter::parse(&record, filter).unwrap();
        let lanes = lanes_of(&record, &View { filter, ..View::of_all(&record) });
        let of =
            |scene: LanesScene| [scene.links.len(), scene.links_held_back, scene.links_elsewhere];
        assert_eq!(of(draw(&record, &lanes, &march)), [drawn, held_back, 1]);
        assert_eq!(of(draw(&record, &lanes, &april)), [0, 0, 0], "none has an end in April");
    }
}

#[test]
fn records_of_nothing_one_event_or_no_strike_are_drawn() {
    let attack = Direction::AttackOnCoalition;
    let day = days("2020-02-29", "2020-02-29");
    for (events, marks) in [
        (Vec::new(), 0),
        (vec![event(attack, day)], 1),
        (vec![event(Direction::Other, day)], 0),
        (vec![event(attack, day), event(attack, day)], 2),
        (vec![event(Direction::UsOrCoalitionStrike, day)], 1),
    ] {
        let record = made(events, &[]);
        let view = View::of_all(&record);
        let lanes = lanes_of(&record, &view);
        let axis = StripLayout::axis_for(&record, &view);
        let scene = draw(&record, &lanes, &layout(axis, 700.0));
        assert_eq!((scene.marks.len(), scene.piles.len(), scene.links.len()), (marks, 0, 0));
        assert!(
            scene
                .mark_at([300.0, 60.0])
                .is_none_or(|m| m.place().grown(3.1).contains([300.0, 60.0]))
        );
    }
}

#[test]
fn what_falls_together_is_counted_and_a_million_events_are_a_bounded_picture() {
    let attack = Direction::AttackOnCoalition;
    let first = Day::parse("2020-01-01").unwrap();
    let day = |i: i32| DaySpan::day(first.plus(i));
    // Forty on one day among many that have one: that day alone is a bar with its number.
    let mut events: Vec<Event> = (0..40).map(|i| event(attack, day(i * 9))).collect();
    let forty = events.iter().position(|e| e.date.span == day(180)).unwrap();
    let more: Vec<Event> = (0..40).map(|_| event(attack, day(180))).collect();
    events.splice(forty..forty, more);
    let record = made(events, &[(0, 40, LinkKind::ResponseTo)]);
    let lanes = lanes_of(&record, &View::of_all(&record));
    let axis = days("2020-01-01", "2020-12-31");
    let scene = draw(&record, &lanes, &layout(axis, 1080.0));
    let [pile] = scene.piles.as_slice() else { panic!("{:?}", scene.piles) };
    assert!(pile.is_cut && pile.days.contains(first.plus(180)));
    assert_eq!((pile.total(), scene.marks.len()), (41, 39));
    assert_eq!(scene.links.len(), 1, "a tie to an event within a bar leads to the bar");

    // As many on every day: bars, as many as have room, and all events are in them.
    let one = event(attack, day(0));
    let many: Vec<Event> = (0..30_000)
        .map(|i| {
            let mut event = one.clone();
            event.date.span = day(i / 30);
            event
        })
        .collect();
    let record = made(many, &[]);
    let lanes = lanes_of(&record, &View::of_all(&record));
    let axis = DaySpan::between(first, first.plus(999));
    let scene = draw(&record, &lanes, &layout(axis, 1080.0));
    assert!(scene.marks.is_empty() && scene.piles.len() <= 360, "{}", scene.piles.len());
    assert_eq!(scene.piles.iter().map(Pile::total).sum::<u32>(), 30_000);
    let corners: usize = scene
        .items
        .iter()
        .map(|item| match item {
            Item::Path(path) => path.geometry.contours().iter().map(|c| c.points.len()).sum(),
            _ => 1,
        })
        .sum();
    assert!(corners < 4_000, "{corners} corners");
}

#[test]
fn a_pair_is_told_from_both_ends_with_its_lag_across_a_leap_day() {
    let strike = Direction::UsOrCoalitionStrike;
    let record = made(
        vec![
            event(Direction::AttackOnCoalition, days("2020-02-27", "2020-02-28")),
            event(strike, days("2020-03-01", "2020-03-01")),
        ],
        &[(1, 0, LinkKind::ResponseTo)],
    );
    let lanes = lanes_of(&record, &View::of_all(&record));
    let [pair] = lanes.pairs() else { panic!("{lanes:?}") };
    assert_eq!(pair.lag, Lag { low: 2, high: 3 });
    let site = &record.site(record.events[0].site).name;
    let words = |event, of| Lit::of(&record, event).words_of(of).unwrap();
    let [attack, answer] = [EventIndex(0), EventIndex(1)];
    assert_eq!(words(attack, answer), format!("Response to {site}, 2 to 3 days later"));
    assert_eq!(words(answer, attack), format!("Answered at {site}, 2 to 3 days later"));
    let who = lanes::who_says_so(&record, &record.links[0]);
    assert_eq!(who, "No source is named for this tie");
}

#[test]
fn every_link_of_the_record_has_its_pair_and_who_asserts_it() {
    let record = record();
    let pairs = lanes::pairs(&record);
    assert_eq!(pairs.len(), record.links.len());
    assert!(pairs.is_sorted_by_key(|p| p.from));
    for pair in &pairs {
        let link = &record.links[pair.link];
        assert_eq!((pair.from, pair.to, pair.kind), (link.from, link.to, link.kind));
        assert!(lanes::who_says_so(&record, link).starts_with("According to "));
        for (a, b) in [(pair.from, pair.to), (pair.to, pair.from)] {
            assert!(Lit::of(&record, a).words_of(b).is_some());
        }
    }
}
