//! The schedule of a play: what is shown at which second, on the record and on records made for it.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use sitrep_atlas::analysis::play::{
    Loop, Pace, PlayScope, PlaySpec, Quiet, Schedule, Secs, Severity, StepKind, Stops, Through,
    words,
};
use sitrep_atlas::analysis::{Mode, Rule, View, select};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Casualties, Day, DaySpan};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn span(text: &str) -> DaySpan {
    DaySpan::parse(text).unwrap()
}

fn days(first: &str, last: &str) -> DaySpan {
    DaySpan::inclusive(day(first), day(last)).unwrap()
}

fn spec(pace: Pace, secs: u32) -> PlaySpec {
    PlaySpec { pace, whole: Secs::whole(secs), ..PlaySpec::default() }
}

fn plain(days: impl IntoIterator<Item = DaySpan>) -> Stops {
    Stops::of(days.into_iter().map(|span| (span, Severity::Plain)))
}

/// Two years with 200 events, in bursts and quiet spells as attacks come; the same every time.
fn two_years() -> (Stops, DaySpan) {
    let range = days("2020-01-01", "2021-12-31");
    let mut state = 7_u64;
    let mut random = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut events = vec![(DaySpan::day(range.first()), Severity::Plain)];
    while events.len() < 199 {
        let month = i32::try_from(random(24)).unwrap();
        // Some months have most of the events, some none.
        if month % 5 == 0 || (month % 3 != 0 && random(3) > 0) {
            continue;
        }
        let at = month * 30 + i32::try_from(random(30)).unwrap();
        let severity = match random(20) {
            0 => Severity::Killed,
            1 | 2 => Severity::Wounded,
            3..=5 => Severity::Damage,
            _ => Severity::Plain,
        };
        events.push((DaySpan::day(range.first().plus(at)), severity));
    }
    events.push((DaySpan::day(range.last()), Severity::Killed));
    (Stops::of(events), range)
}

fn scope(stops: &Stops, range: DaySpan, mode: Mode, window_days: i32) -> PlayScope<'_> {
    PlayScope { stops, range, mode, window_days }
}

/// Whether an event lies in the window that a state shows.
fn shows_an_event(stops: &Stops, mode: Mode, window_days: i32, last: Day) -> bool {
    let first = if mode == Mode::Day { last } else { last.plus(1 - window_days) };
    let window = DaySpan::between(first, last);
    !stops.within(window).is_empty() || stops.possible_in(window) > 0
}

/// Every second of a play shows an event or says how long it was quiet; how long the play is.
fn check_no_empty_second(spec: &PlaySpec, scope: &PlayScope<'_>) -> f64 {
    let schedule = Schedule::new(spec, scope);
    let total = schedule.total_secs();
    let mut ticks_of_nothing = 0;
    for tick in 0_u32.. {
        let at = f64::from(tick) / 50.0;
        if at >= total {
            break;
        }
        let state = schedule.state_at(at);
        let something = state.quiet.is_some()
            || shows_an_event(scope.stops, scope.mode, scope.window_days, state.day);
        ticks_of_nothing = if something { 0 } else { ticks_of_nothing + 1 };
        assert!(ticks_of_nothing < 50, "nothing is shown or said in the second before {at}");
        assert!(something || spec.pace == Pace::Even, "nothing at {at} s of {spec:?}");
    }
    total
}

#[test]
fn two_years_with_200_events_play_in_thirty_seconds_without_an_empty_second() {
    let (stops, range) = two_years();
    assert!(stops.days().len() > 120, "{}", stops.days().len());
    for mode in [Mode::Window, Mode::SinceStart] {
        let total =
            check_no_empty_second(&spec(Pace::SkipQuiet, 30), &scope(&stops, range, mode, 7));
        assert!((total - 30.0).abs() < 1e-9, "{total}");
    }
    check_no_empty_second(&spec(Pace::Even, 30), &scope(&stops, range, Mode::Window, 7));
    check_no_empty_second(&spec(Pace::Even, 120), &scope(&stops, range, Mode::Window, 3));
    check_no_empty_second(&spec(Pace::EachEvent, 30), &scope(&stops, range, Mode::Window, 7));
}

#[test]
fn the_record_plays_without_an_empty_second_at_every_speed_and_in_every_mode() {
    let record = data::load(None).unwrap().dataset;
    let view = View::of_all(&record);
    let stops = Stops::through(&record, &select(&record, &view), &Through::Every);
    let range = record.extent().unwrap();
    for mode in Mode::ALL {
        for window_days in [1, 4, 7, 30] {
            for pace in Pace::ALL {
                for secs in [10, 30, 60, 120] {
                    let asked = spec(pace, secs);
                    check_no_empty_second(&asked, &scope(&stops, range, mode, window_days));
                }
            }
        }
    }
    for (window_days, fits) in [(7, true), (1, false)] {
        let asked = spec(Pace::SkipQuiet, 60);
        let schedule = Schedule::new(&asked, &scope(&stops, range, Mode::Window, window_days));
        assert_eq!(!schedule.is_longer_than_asked(), fits, "{window_days}");
    }
}

#[test]
fn each_day_with_events_stays_a_quarter_of_a_second_and_severe_ones_longer() {
    let (stops, range) = two_years();
    for (pace, secs) in [(Pace::SkipQuiet, 10), (Pace::SkipQuiet, 300), (Pace::EachEvent, 1)] {
        for mode in Mode::ALL {
            let schedule = Schedule::new(&spec(pace, secs), &scope(&stops, range, mode, 7));
            let of = |wanted: Severity| {
                schedule.steps().iter().filter_map(move |s| match s.kind {
                    StepKind::Events { severity, .. } if severity == wanted => Some(s.length_us),
                    _ => None,
                })
            };
            let least = |severity| of(severity).min().unwrap();
            let most = |severity| of(severity).max().unwrap();
            assert!(least(Severity::Plain) >= 250_000);
            assert!(most(Severity::Plain) < least(Severity::Damage));
            assert!(most(Severity::Damage) < least(Severity::Wounded));
            assert!(most(Severity::Wounded) < least(Severity::Killed));
        }
    }
}

#[test]
fn when_time_is_short_near_days_come_together_and_only_then_it_takes_longer() {
    let (stops, range) = two_years();
    let made = |secs, mode, window_days| {
        let schedule =
            Schedule::new(&spec(Pace::SkipQuiet, secs), &scope(&stops, range, mode, window_days));
        let new: Vec<DaySpan> = schedule
            .steps()
            .iter()
            .filter_map(|s| match s.kind {
                StepKind::Events { new, .. } => Some(new),
                _ => None,
            })
            .collect();
        // No event is left out, and all that come together fit into the window.
        let brought: usize = new.iter().map(|n| stops.within(*n).len()).sum();
        assert_eq!(brought, stops.days().len());
        assert!(new.iter().all(|n| n.days() <= if mode == Mode::Day { 1 } else { window_days }));
        (new.len(), schedule)
    };
    let (steps, schedule) = made(120, Mode::Window, 7);
    assert_eq!(steps, stops.days().len());
    assert!(!schedule.is_longer_than_asked());
    let (steps, schedule) = made(30, Mode::Window, 7);
    assert!(steps < stops.days().len() && !schedule.is_longer_than_asked());
    let (steps, schedule) = made(30, Mode::Day, 7);
    assert_eq!(steps, stops.days().len());
    assert!(schedule.is_longer_than_asked() && schedule.total_secs() < 60.0);
    assert!(
        words::length(&spec(Pace::SkipQuiet, 30), &schedule)
            .contains("longer than the 30 s chosen"),
        "it is said"
    );
    let (_, schedule) = made(5, Mode::Window, 7);
    assert!(schedule.is_longer_than_asked());
}

#[test]
fn in_the_even_pace_every_day_is_equally_long_and_no_event_is_gone_too_soon() {
    let stops = plain([span("2020-02-28"), span("2020-02-29"), span("2020-03-05")]);
    let range = days("2020-02-25", "2020-03-05");
    let schedule = Schedule::new(&spec(Pace::Even, 20), &scope(&stops, range, Mode::Window, 1));
    for (i, day) in (0_u32..).zip(range.iter()) {
        let middle = f64::from(i) * 2.0 + 1.0;
        assert_eq!(schedule.state_at(middle).day, day);
    }
    let (stops, range) = two_years();
    let total = |mode, window| {
        Schedule::new(&spec(Pace::Even, 10), &scope(&stops, range, mode, window)).total_secs()
    };
    assert!((total(Mode::Day, 7) - 731.0 * 0.25).abs() < 0.001);
    assert!((total(Mode::Window, 7) - 731.0 * 0.25 / 7.0).abs() < 0.001);
    assert!((total(Mode::SinceStart, 7) - 10.0).abs() < 0.001);
    assert!((total(Mode::Window, 30) - 10.0).abs() < 0.001);
}

#[test]
fn a_quiet_spell_is_told_whole_with_what_may_have_happened_in_it() {
    let stops = plain([span("2020-05-03"), span("2020-05"), span("2020-06-30")]);
    let range = days("2020-05-03", "2020-06-30");
    let schedule = Schedule::new(&spec(Pace::SkipQuiet, 10), &scope(&stops, range, Mode::Day, 1));
    let quiets: Vec<Quiet> = schedule
        .steps()
        .iter()
        .filter_map(|s| match s.kind {
            StepKind::Quiet(quiet) => Some(quiet),
            _ => None,
        })
        .collect();
    let expected = [
        Quiet { days: days("2020-05-04", "2020-05-30"), possible: 1 },
        Quiet { days: days("2020-06-01", "2020-06-29"), possible: 0 },
    ];
    assert_eq!(quiets, expected);
}

#[test]
fn records_of_nothing_of_one_event_and_of_one_day_have_a_play() {
    let year = span("2020");
    let leap = span("2020-02-29");
    for pace in Pace::ALL {
        let made = |stops: &Stops, range| {
            Schedule::new(&spec(pace, 10), &scope(stops, range, Mode::Window, 7))
        };
        let nothing = made(&Stops::default(), year);
        let quiet = nothing.state_at(0.5).quiet.unwrap();
        assert_eq!((quiet.days, quiet.possible), (year, 0));
        assert!(nothing.total_secs() > 1.0 && nothing.total_secs() <= 10.0);

        let one = made(&plain([leap]), leap);
        assert_eq!(one.state_at(0.0).day, leap.first());
        assert!(one.total_secs() >= 0.25 && one.state_at(0.0).quiet.is_none());
        assert!(one.state_at(one.total_secs()).ended);

        let one_in_a_year = made(&plain([leap]), year);
        let arrived = (0_u32..1000)
            .map(|n| one_in_a_year.state_at(f64::from(n) / 100.0))
            .find(|s| s.day == leap.first())
            .unwrap();
        assert!(arrived.quiet.is_none());

        let day = made(&Stops::default(), leap);
        assert!(day.state_at(0.0).quiet.is_some() && day.total_secs() > 0.0);
    }
}

#[test]
fn it_stops_at_the_end_begins_again_or_plays_back() {
    let stops = plain((0..4).map(|n| DaySpan::day(day("2021-07-01").plus(n))));
    let range = days("2021-07-01", "2021-07-04");
    let made = |at_end| {
        let spec = PlaySpec { at_end, ..spec(Pace::Even, 4) };
        Schedule::new(&spec, &scope(&stops, range, Mode::Window, 1))
    };
    let seen = |at_end, at: f64| {
        let state = made(at_end).state_at(at);
        (state.day.date().day(), state.ended)
    };
    assert_eq!([0.5, 3.5].map(|at| seen(Loop::Off, at)), [(1, false), (4, false)]);
    assert_eq!([4.0, 400.0].map(|at| seen(Loop::Off, at)), [(4, true), (4, true)]);
    assert_eq!([4.5, 401.5].map(|at| seen(Loop::Range, at)), [(1, false), (2, false)]);
    let bounced: Vec<_> = (0_u32..12).map(|n| seen(Loop::Bounce, f64::from(n) + 0.5).0).collect();
    assert_eq!(bounced, [1, 2, 3, 4, 4, 3, 2, 1, 1, 2, 3, 4]);
    let back = made(Loop::Bounce).state_at(5.25);
    assert!(back.backwards && (back.since_step_secs - 0.25).abs() < 1e-6, "{back:?}");
}

#[test]
fn each_second_shows_the_step_that_began_last_and_the_play_ends_at_the_time_asked_for() {
    let (stops, range) = two_years();
    let scope = scope(&stops, range, Mode::Window, 7);
    let schedule = Schedule::new(&spec(Pace::SkipQuiet, 30), &scope);
    for tick in 0_u32..3_100 {
        let at = f64::from(tick) / 100.0;
        let state = schedule.state_at(at);
        let begun = schedule.steps().iter().filter(|s| s.start_us <= u64::from(tick) * 10_000);
        assert_eq!(state.step, begun.count() - 1, "{at}");
        let step = schedule.steps()[state.step];
        let start = f64::from(u32::try_from(step.start_us).unwrap()) / 1e6;
        assert!((at.min(30.0) - start - state.since_step_secs).abs() < 1e-5, "{at}: {state:?}");
        assert!(step.days.contains(state.day), "{at}: {state:?}");
    }
    assert!(schedule.state_at(30.0).ended && !schedule.state_at(29.9).ended);
}

#[test]
fn events_arrive_with_their_age_for_the_pulse_and_in_reverse_when_played_back() {
    let stops = plain((0..4).map(|n| DaySpan::day(day("2021-07-01").plus(n))));
    let range = days("2021-07-01", "2021-07-04");
    let spec = PlaySpec { at_end: Loop::Bounce, ..spec(Pace::Even, 2) };
    let schedule = Schedule::new(&spec, &scope(&stops, range, Mode::Window, 1));
    let seen = |at| {
        let arrivals = schedule.arrivals(at, 0.7);
        arrivals
            .iter()
            .map(|a| (a.days.first().date().day(), (a.age_secs * 100.0).round() / 100.0))
            .collect::<Vec<_>>()
    };
    assert_eq!(seen(0.6), [(2, 0.1), (1, 0.6)]);
    assert_eq!(seen(2.6), [(3, 0.1), (4, 0.6)]);
}

#[test]
fn another_speed_goes_on_from_the_same_day() {
    let (stops, range) = two_years();
    let scope = scope(&stops, range, Mode::Window, 7);
    let slow = Schedule::new(&spec(Pace::SkipQuiet, 120), &scope);
    for pace in Pace::ALL {
        let other = Schedule::new(&spec(pace, 45), &scope);
        for at in [0.0, 11.3, 47.0, 80.5, 119.0] {
            let (before, after) =
                (slow.state_at(at).day, other.state_at(other.secs_like(&slow, at)).day);
            let apart = (before.number() - after.number()).abs();
            assert!(apart <= 7, "{before} and {after}");
        }
    }
    let third = stops.days()[2].day;
    assert_eq!(slow.state_at(slow.secs_of(third).unwrap()).day, third);
    assert_eq!(slow.secs_of(range.last()), None);
    let next = slow.next_change_secs(3.0).unwrap();
    assert_ne!(slow.state_at(3.0 + next + 1e-5).day, slow.state_at(3.0).day);
}

#[test]
fn the_worst_that_is_reported_decides_how_severe_an_event_is() {
    let record = data::load(None).unwrap().dataset;
    let of = |wanted: Severity| record.events.iter().filter(move |e| Severity::of(e) == wanted);
    let surely = |harmed: &Casualties| harmed.reported().any(|(_, n)| n.low() > 0);
    assert!(of(Severity::Killed).all(|e| surely(&e.killed)));
    assert!(of(Severity::Wounded).all(|e| surely(&e.wounded) && !surely(&e.killed)));
    assert!(of(Severity::Plain).all(|e| !e.wounded.any() && !e.killed.any()));
    let each = [Severity::Plain, Severity::Damage, Severity::Wounded, Severity::Killed];
    assert!(each.into_iter().all(|s| of(s).count() > 0));
}

/// "0 to 1 wounded" may be nobody: the play stops at what is sure, and its cards say what is possible.
#[test]
fn who_goes_through_people_harmed_does_not_stop_where_it_may_be_nobody() {
    let record = data::load(None).unwrap().dataset;
    let view = View { rule: Rule::Everything, ..View::of_all(&record) };
    let selection = select(&record, &view);
    let stops = Stops::through(&record, &selection, &Through::Harmed);
    let taji = record.event(record.find_event("2020-01-14-taji").unwrap());
    let [wounded] =
        taji.wounded.reported().map(|(_, n)| n).filter(|n| n.high() != Some(0)).collect::<Vec<_>>()
            [..]
    else {
        panic!()
    };
    assert_eq!((wounded.low(), wounded.high()), (0, Some(1)));
    assert_eq!(Severity::of(taji), Severity::Damage);
    assert!(stops.within(taji.date.span).is_empty());
    assert_eq!(stops.possible_in(taji.date.span), 1);
    let every = Stops::through(&record, &selection, &Through::Every);
    assert_eq!(every.within(taji.date.span).len(), 1);
    let balad = span("2020-09-08");
    assert_eq!(stops.within(balad).len(), 1, "0 to 1 of one group, and 1 to 2 of another");
}

#[test]
fn a_play_is_over_once_all_has_been_seen() {
    let leap = span("2020-02-29");
    let made = |stops: &Stops, range, pace| {
        Schedule::new(&spec(pace, 60), &scope(stops, range, Mode::Window, 7))
    };
    for pace in [Pace::SkipQuiet, Pace::Even] {
        let one = made(&plain([leap]), leap, pace);
        assert!((one.total_secs() - 6.0).abs() < 1e-9, "{pace:?}: {}", one.total_secs());
        assert!(one.is_shorter_than_asked());
        assert!(words::length(&spec(pace, 60), &one).contains("shorter than the 1 min chosen"));
        let nothing = made(&Stops::default(), span("2020"), pace);
        assert!((nothing.total_secs() - 3.0).abs() < 1e-9, "{pace:?}: {}", nothing.total_secs());
    }
    // Two days with a quiet year between: a card as well, each for a few seconds.
    let two = plain([span("2020-01-01"), span("2020-12-31")]);
    let total = made(&two, span("2020"), Pace::SkipQuiet).total_secs();
    assert!((12.0..30.0).contains(&total), "{total}");
    let killed = Stops::of([(leap, Severity::Killed)]);
    assert!((made(&killed, leap, Pace::SkipQuiet).total_secs() - 12.0).abs() < 1e-9);
    let hurried = Schedule::new(&spec(Pace::Even, 10), &scope(&killed, leap, Mode::Window, 7));
    assert!((hurried.total_secs() - 3.0).abs() < 1e-9);
    let (stops, range) = two_years();
    assert!(!made(&stops, range, Pace::SkipQuiet).is_shorter_than_asked());
}

#[test]
fn a_card_says_how_long_it_was_quiet_and_where_the_record_is_thin() {
    let record = data::load(None).unwrap().dataset;
    let view = View::of_all(&record);
    let days = |a: &str| DaySpan::parse(a).unwrap();
    let said = |view: &View, through, days, possible| {
        words::quiet(&record, view, &through, Quiet { days, possible })
    };
    let may = said(&view, Through::Every, days("2021-05"), 1);
    assert_eq!(may.headline, "31 days without an attack in the record");
    assert_eq!(may.days, "May 2021");
    assert_eq!(may.notes, ["1 possible in these days"]);
    let everything = View { rule: Rule::Everything, ..view.clone() };
    let killed = said(&everything, Through::Killed, days("2021-05"), 0);
    assert_eq!(killed.headline, "31 days without an event with killed");
    let thin = record.coverage_notes.iter().find(|n| n.filter.is_none()).unwrap();
    let notes = said(&view, Through::Every, thin.span, 0).notes;
    assert_eq!(notes, ["The record is thin here"]);
}
