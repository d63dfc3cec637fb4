//! The lanes of attacks and strikes: who stands where, that no mark covers another, and that a tied pair stands
//! out in lanes, list and map.

#![expect(clippy::unwrap_used, reason = "a test stops where something is missing")]

mod support;

use egui::accesskit::Role;
use egui::{Key, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sitrep_atlas::analysis::{Filter, Lag, Lane, Lanes, Lit, Record, Rule, View, lanes, select};
use sitrep_atlas::data;
use sitrep_atlas::domain::{
    DatePrecision, Day, DaySpan, Direction, Event, EventIndex, Link, LinkKind,
};
use sitrep_atlas::scene::lanes::{LanesLayout, LanesScene, Pile};
use sitrep_atlas::scene::strip::{HANDLE_WIDTH, StripLayout};
use sitrep_atlas::scene::text::Shaper;
use sitrep_atlas::scene::theme::Theme;
use sitrep_atlas::scene::{Item, Rect};
use support::window::Window;

fn record() -> Record {
    data::load(None).unwrap().dataset
}

fn days(from: &str, to: &str) -> DaySpan {
    DaySpan::between(Day::parse(from).unwrap(), Day::parse(to).unwrap())
}

fn lanes_of(record: &Record, view: &View) -> Lanes {
    Lanes::of(record, view, &select(record, view))
}

fn layout(axis: DaySpan, width: f32) -> LanesLayout {
    LanesLayout::new(axis, Rect::from_min_size([10.0, 0.0], width, 128.0))
}

fn draw(record: &Record, lanes: &Lanes, layout: &LanesLayout) -> LanesScene {
    let theme = Theme::of(sitrep_atlas::analysis::ThemeName::Light);
    sitrep_atlas::scene::lanes::lanes(&mut Shaper::new(), theme, record, lanes, layout)
}

/// A record of some events of the embedded one, changed, without reports; links by their places in the list.
fn made(events: Vec<Event>, links: &[(usize, usize, LinkKind)]) -> Record {
    let mut dataset = (*record()).clone();
    dataset.events = events;
    dataset.reports.clear();
    let index = |i: usize| EventIndex(u32::try_from(i).unwrap());
    let link = |(from, to, kind): &(usize, usize, LinkKind)| Link {
        from: index(*from),
        to: index(*to),
        kind: *kind,
        asserted_by: Vec::new(),
        note: None,
    };
    dataset.links = links.iter().map(link).collect();
    Record::new(dataset)
}

fn event(direction: Direction, span: DaySpan) -> Event {
    let mut event = record().events[0].clone();
    event.direction = direction;
    event.date.span = span;
    event.date.precision = if span.days() == 1 { DatePrecision::Day } else { DatePrecision::Span };
    event
}

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
                assert!(
                    layout.lane(mark.lane).grown(0.01).encloses(&place),
                    "{mark:?} on {axis:?}"
                );
                let covered =
                    scene.marks[i + 1..].iter().find(|m| m.place().grown(-0.01).overlaps(&place));
                assert!(covered.is_none(), "{mark:?} and {covered:?} on {axis:?} at {width}");
                let span = record.event(mark.event).date.span;
                assert_eq!(mark.bar.is_some(), span.days() > 1);
                let [x0, x1] = [layout.strip.x(span.first()), layout.strip.x(span.end())];
                // Those of a slot stand in its middle, which is not wider than two of them.
                assert!(
                    place.min[0] - mark.size <= x1 && place.max[0] + mark.size >= x0,
                    "{mark:?} is beside its days on {axis:?}"
                );
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
    assert_eq!(lanes.pairs().len() + lanes.links_elsewhere, record.links.len());
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

/// Where a mark is on the screen, in a window on the whole record.
fn on_screen(w: &Window, record: &Record, id: &str) -> Pos2 {
    const SCALE: f32 = 1.16;
    let name = lanes_name(w);
    let node = w.harness.get_by_role_and_label(Role::Button, &name);
    let rect = node.rect();
    let view = View::opening(record);
    let lanes = lanes_of(record, &view);
    let (width, height) = (rect.width() / SCALE, rect.height() / SCALE);
    let rect_pt =
        Rect { min: [HANDLE_WIDTH + 1.0, 0.0], max: [width - HANDLE_WIDTH - 1.0, height] };
    let layout = LanesLayout::new(StripLayout::axis_for(record, &view), rect_pt);
    let scene = draw(record, &lanes, &layout);
    let [x, y] = scene.mark_of(record.find_event(id).unwrap()).unwrap().center;
    rect.left_top() + vec2(x, y) * SCALE
}

fn lanes_name(w: &Window) -> String {
    let of_lanes =
        |n: &String| n.starts_with("Action and response lanes") || n.starts_with("Lanes: ");
    let buttons = w.harness.get_all_by_role(Role::Button);
    buttons.filter_map(|n| n.accesskit_node().label()).find(of_lanes).unwrap()
}

#[test]
fn the_lanes_open_by_key_and_name_what_they_hold() {
    let mut w = Window::open_the_record(1280.0, 800.0);
    assert!(!w.says("Action and response lanes"));
    w.presses(Key::R);
    w.sees(
        "Action and response lanes. State strikes: US, coalition, Iran: 2 in these days. Attacks on US and \
         coalition forces: 11 in these days",
    );
    w.presses(Key::R);
    assert!(!w.says("Action and response lanes"));
}

#[test]
fn a_pair_lights_up_in_the_list_and_a_click_on_a_mark_opens_its_card() {
    let record = record();
    let mut w = Window::open_the_record(1280.0, 900.0);
    w.presses(Key::R);
    let strike = on_screen(&w, &record, "2022-01-05-mayadin-counterfire");
    w.harness.hover_at(strike);
    w.harness.run_steps(4);
    w.sees("Answered at ");
    w.sees("According to ");
    w.clicks_at(strike);
    w.sees("Linked events");
    w.sees("in response to");
    w.presses(Key::Escape);
    w.harness.hover_at(Pos2::new(5.0, 5.0));
    w.settle();
    assert!(!w.says("Answered at "), "nothing stands out any more");
}

#[test]
fn the_keyboard_goes_from_event_to_event_and_over_a_tie_to_the_other_lane() {
    let record = record();
    let mut w = Window::open_the_record(1280.0, 900.0);
    w.presses(Key::R);
    let attack = record.find_event("2022-01-05-green-village").unwrap();
    let at = on_screen(&w, &record, "2022-01-05-green-village");
    w.clicks_at(at);
    let site = &record.site(record.event(attack).site).name;
    assert!(lanes_name(&w).starts_with(&format!("Lanes: {site}")), "{}", lanes_name(&w));
    w.presses(Key::ArrowUp);
    let name = lanes_name(&w);
    assert!(name.contains("Response to "), "{name}");
    let before = w.days();
    w.presses(Key::ArrowRight);
    assert_ne!(lanes_name(&w), name);
    assert_eq!(w.days(), before, "the arrows move the window no more");
    w.presses(Key::Enter);
    w.sees("Who says so");
}
