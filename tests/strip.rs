//! The time strip: what it counts, that its words never meet, and that it holds for odd records.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::sync::LazyLock;

use egui::{Event, Modifiers, Pos2, vec2};
use sitrep_atlas::analysis::{Mode, Record, ThemeName, View, select};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Code as _, Day, DaySpan, Direction};
use sitrep_atlas::scene::strip::{self, Still, StripInput, StripLayout, StripUse};
use sitrep_atlas::scene::text::Shaper;
use sitrep_atlas::scene::theme::Theme;
use sitrep_atlas::scene::{Item, Rect, Rgba};
use support::Package;
use support::window::{CTRL, Window};

static RECORD: LazyLock<Record> = LazyLock::new(|| data::load(None).unwrap().dataset);

fn span(days: &str) -> DaySpan {
    let (from, to) = days.split_once('/').unwrap_or((days, days));
    DaySpan::parse(from).unwrap().join(DaySpan::parse(to).unwrap())
}

fn layout(dataset: &Record, axis: DaySpan, width: f32, height: f32) -> StripLayout {
    let rect = Rect::from_min_size([10.0, 0.0], width, height);
    let whole = StripLayout::axis_for(dataset, &View::of_all(dataset));
    StripLayout::new(axis, rect).with_rows(dataset, whole)
}

fn still(dataset: &Record, view: &View, layout: &StripLayout, used: StripUse) -> Still {
    let selection = select(dataset, view);
    let input = StripInput { dataset, view, selection: &selection };
    strip::still(&mut Shaper::new(), Theme::of(ThemeName::Light), input, layout, used)
}

fn texts(items: &[Item]) -> Vec<(String, Rect)> {
    let text = |item: &Item| match item {
        Item::Text(t) => Some((t.shaped.text().to_owned(), t.shaped.box_at(t.origin))),
        _ => None,
    };
    items.iter().filter_map(text).collect()
}

/// How high what has the colour of a class reaches, in points.
fn highest(still: &Still, layout: &StripLayout) -> f32 {
    let theme = Theme::of(ThemeName::Light);
    let is_class = |p: &&sitrep_atlas::scene::Path| {
        let fills = |color: Rgba| p.fill == Some(color) || p.fill == Some(color.with_alpha(70));
        Direction::ALL.iter().any(|d| fills(theme.class(*d)))
    };
    let paths =
        still.items.iter().filter_map(|i| if let Item::Path(p) = i { Some(p) } else { None });
    let tops = paths.filter(is_class).map(|p| layout.bars.max[1] - p.geometry.bounds().min[1]);
    tops.fold(0.0, f32::max)
}

fn words(still: &Still) -> String {
    texts(&still.items).into_iter().map(|t| t.0).collect::<Vec<_>>().join(" | ")
}

#[test]
fn no_words_on_the_strip_meet_at_any_width_and_zoom() {
    let view = View::opening(&RECORD);
    let axes = [
        "2019-10/2022-12",
        "2021",
        "2021-03-10/2021-12-25",
        "2022-01",
        "2021-12-20/2022-01-10",
        "2022-01-03/2022-01-09",
        "2022-01-04/2022-01-06",
        "2022-01-05",
        "2022-01-06",
    ];
    let mut compared = 0;
    for axis in axes.map(span) {
        for (width, used) in [
            (150, StripUse::Looked),
            (321, StripUse::Handled),
            (487, StripUse::Looked),
            (583, StripUse::Handled),
            (745, StripUse::Handled),
            (913, StripUse::Handled),
            (1080, StripUse::Looked),
            (1640, StripUse::Handled),
        ] {
            for height in [60.0, 74.0, 98.0, 110.0] {
                let layout =
                    layout(&RECORD, axis, f32::from(u16::try_from(width).unwrap()), height);
                let said = texts(&still(&RECORD, &view, &layout, used).items);
                for (i, (a, at)) in said.iter().enumerate() {
                    assert!(
                        at.min[0] > layout.bars.min[0] - 6.0
                            && at.max[0] < layout.bars.max[0] + 1.0,
                        "{a} leaves the strip of {width}"
                    );
                    for (b, other) in &said[i + 1..] {
                        // The box of a line is higher than its letters.
                        let overlap = at.grown(-1.2).overlaps(&other.grown(-1.2));
                        assert!(!overlap, "{a:?} meets {b:?} at {width} by {height} on {axis:?}");
                        compared += 1;
                    }
                }
            }
        }
    }
    assert!(compared > 10_000, "{compared}");
}

#[test]
fn nothing_that_stays_depends_on_the_window_or_the_mode() {
    for axis in ["2019-10/2022-12", "2022-01", "2022-01-03/2022-01-06"] {
        let layout = layout(&RECORD, span(axis), 900.0, 98.0);
        let drawn = |window: &str, mode| {
            let view = View { window: span(window), mode, ..View::opening(&RECORD) };
            format!("{:?}", still(&RECORD, &view, &layout, StripUse::Handled).items)
        };
        let first = drawn("2022-01-03/2022-01-06", Mode::Window);
        for window in ["2020-02-29", "2020-01/2021-06", "2022-12-25"] {
            for mode in Mode::ALL {
                assert!(drawn(window, mode) == first, "{window} {mode:?} on {axis}");
            }
        }
    }
}

#[test]
fn the_strip_counts_what_rule_and_filter_let_through_and_says_so() {
    let layout = layout(&RECORD, span("2019-10/2022-12"), 900.0, 98.0);
    let mut view = View::opening(&RECORD);
    let all = words(&still(&RECORD, &view, &layout, StripUse::Handled));
    assert!(all.contains("Attacks per week, smoothed over 5 days; most in a day 5"), "{all}");
    view.filter.add(&RECORD, "site=barisha").unwrap();
    let none = words(&still(&RECORD, &view, &layout, StripUse::Handled));
    assert!(none.contains("Attacks: none"), "{none}");
}

#[test]
fn days_that_have_room_are_exact_and_carry_their_number() {
    let view = View::opening(&RECORD);
    let layout = layout(&RECORD, span("2022-01"), 900.0, 98.0);
    let said = words(&still(&RECORD, &view, &layout, StripUse::Handled));
    assert!(said.contains("Attacks per day; most in a day 5"), "{said}");
    assert!(!said.contains("smoothed"), "{said}");
    // 3 to 6 January, and the 13th.
    for n in ["1", "2", "5"] {
        assert!(said.split(" | ").any(|t| t == n), "no {n} in {said}");
    }
}

fn loaded(package: &Package) -> Record {
    data::load(Some(package.path())).unwrap().dataset
}

/// Trap: one lonely event that looks like a peak.
#[test]
fn a_lonely_event_never_fills_the_strip_and_one_of_a_month_is_no_spike() {
    let far = |dataset: &Record, axis: &str, width: f32| {
        let layout = layout(dataset, span(axis), width, 98.0);
        let view = View::of_all(dataset);
        let made = still(dataset, &view, &layout, StripUse::Handled);
        highest(&made, &layout) / layout.bars.height()
    };
    let one = loaded(&Package::new().attack("one", "2022-02-12", "2022-02-12", "day", "north"));
    for axis in ["2019/2022", "2021-06/2022-06", "2022-02", "2022-02-10/2022-02-14", "2022-02-12"] {
        let share = far(&one, axis, 900.0);
        assert!(share > 0.02 && share < 0.334, "{axis}: {share}");
    }
    for day in ["2022-02-01", "2022-02-28"] {
        let one = loaded(&Package::new().attack("one", day, day, "day", "north"));
        // The narrow one has less than three points a day.
        for (axis, width) in [("2022-02", 900.0), ("2022-02", 60.0), ("2022-02", 83.0)] {
            let share = far(&one, axis, width);
            assert!(share > 0.02 && share < 0.334, "{day} on {width}: {share}");
        }
    }
    let month = Package::new().attack("vague", "2022-02-01", "2022-02-28", "month", "north");
    assert!(
        far(&loaded(&month), "2022-02", 900.0) < f32::EPSILON,
        "it is hatched, and in no class"
    );
}

#[test]
fn a_day_keeps_its_height_while_a_zoomed_strip_is_moved_over_it() {
    let first = Day::parse("2019-10-01").unwrap();
    let mut package = Package::new();
    for (i, after) in [500, 500, 500, 500, 500, 10, 1100].into_iter().enumerate() {
        let day = first.plus(after).date().to_string();
        package = package.attack(&format!("e{i}"), &day, &day, "day", "north");
    }
    let dataset = loaded(&package);
    let view = View::of_all(&dataset);
    let theme = Theme::of(ThemeName::Light);
    let mut heights = Vec::new();
    // Day 500 is at an end of the axis, a few days beyond it, or anywhere on it.
    for start in [101, 102, 110, 200, 301, 302, 303, 450, 490, 499, 500] {
        let axis = DaySpan::between(first.plus(start), first.plus(start + 399));
        let layout = layout(&dataset, axis, 913.0, 98.0);
        let made = still(&dataset, &view, &layout, StripUse::Handled);
        let lines: Vec<f32> = made
            .items
            .iter()
            .filter_map(|i| if let Item::Path(p) = i { Some(p) } else { None })
            .filter(|p| p.stroke.as_ref().is_some_and(|s| s.color == theme.rule))
            .map(|p| p.geometry.bounds().min[1])
            .collect();
        heights.push((start, highest(&made, &layout), lines));
    }
    let (_, height, lines) = &heights[3];
    assert!(*height > 20.0 && lines.len() >= 2, "{heights:?}");
    for (start, other, others) in &heights {
        assert!((other - height).abs() < 0.01, "from {start}: {other} for {height}");
        assert_eq!(others, lines, "from {start}");
    }
}

#[test]
fn a_leap_day_has_its_own_bar_between_its_neighbours() {
    let dataset =
        loaded(&Package::new().attack("leap", "2020-02-29", "2020-02-29", "day", "north").attack(
            "next",
            "2020-03-01",
            "2020-03-01",
            "day",
            "north",
        ));
    let layout = layout(&dataset, span("2020-02-28/2020-03-01"), 120.0, 98.0);
    assert_eq!(layout.axis.days(), 3);
    let said = texts(&still(&dataset, &View::of_all(&dataset), &layout, StripUse::Handled).items);
    let ones: Vec<f32> = said.iter().filter(|t| t.0 == "1").map(|t| t.1.center()[0]).collect();
    let middle = |day: &str| layout.x(Day::parse(day).unwrap()) + layout.day_width() / 2.0;
    let expected = ["2020-02-29", "2020-03-01"].map(middle);
    assert!(
        ones.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.1) && ones.len() == 2,
        "{ones:?}"
    );
}

#[test]
fn an_empty_record_one_event_and_one_day_neither_panic_nor_show_a_silly_axis() {
    let event =
        |id: &str, package: Package| package.attack(id, "2022-02-12", "2022-02-12", "day", "north");
    let one = event("a", Package::new());
    let three = event("c", event("b", event("a", Package::new())));
    for (package, expected) in [(&Package::new(), None), (&one, Some("1")), (&three, Some("3"))] {
        let mut w = Window::open_on(data::load(Some(package.path())).unwrap(), 1280.0, 800.0);
        // Every way of moving and zooming, on and on.
        let at = w.strip_middle();
        w.scrolls(at, vec2(0.0, 400.0), CTRL);
        w.scrolls(at, vec2(0.0, -400.0), CTRL);
        w.scrolls(at, vec2(0.0, -400.0), Modifiers::NONE);
        w.scrolls(at, vec2(300.0, 400.0), Modifiers::NONE);
        w.clicks_at(at);
        w.settle();
        let dataset = loaded(package);
        let view = View::of_all(&dataset);
        let axis = StripLayout::axis_for(&dataset, &view);
        let layout = layout(&dataset, axis, 900.0, 98.0);
        let said = words(&still(&dataset, &view, &layout, StripUse::Handled));
        match expected {
            None => assert_eq!(said, "No event in the record"),
            Some(n) => {
                assert_eq!(axis, span("2022-02"));
                assert!(said.contains("Feb 2022") && said.split(" | ").any(|t| t == n), "{said}");
            }
        }
    }
}

#[test]
fn the_wheel_with_ctrl_zooms_to_one_day_and_back_and_leaves_the_window() {
    let mut w = Window::open(1280.0, 800.0);
    let days = w.days();
    let at = w.on_strip("2022-01-05", 0.0);
    w.scrolls(at, vec2(0.0, 2000.0), CTRL);
    assert_eq!(w.days(), days);
    // A day fills the strip: a click beside the window would move it, one on its day does not.
    w.clicks_at(at + vec2(-300.0, 0.0));
    assert_eq!(w.days(), days, "the day under the pointer was lost");
    w.scrolls(at, vec2(0.0, -2000.0), CTRL);
    w.clicks_at(w.on_strip("2020-06-15", 0.0));
    assert!(w.days().contains("June 2020"), "{}", w.days());
}

#[test]
fn a_double_click_on_a_zoomed_strip_shows_all_days_and_leaves_the_window() {
    let mut w = Window::open_at(1280.0, 800.0, 0.05);
    let days = w.days();
    let at = w.on_strip("2022-01-05", 0.0);
    w.scrolls(at, vec2(0.0, 300.0), CTRL);
    let beside: Pos2 = w.on_strip("2020-03-01", 0.0);
    for pressed in [true, false, true, false] {
        w.harness.event(Event::PointerMoved(beside));
        w.button(beside, pressed);
    }
    w.settle();
    assert_eq!(w.days(), days);
    w.clicks_at(w.on_strip("2020-06-15", 0.0));
    assert!(w.days().contains("June 2020"), "all days are shown again: {}", w.days());
}

#[test]
fn a_step_of_the_wheel_makes_the_window_a_step_longer_on_both_sides() {
    let mut w = Window::open(1280.0, 800.0);
    let at = w.on_strip("2021-06-15", 0.0);
    w.clicks_at(w.on_strip("2021-06-15", 0.0));
    assert_eq!(w.days(), "Time window: 13 to 16 June 2021, 4 days");
    w.scrolls(at, vec2(0.0, 40.0), Modifiers::NONE);
    assert_eq!(w.days(), "Time window: 12 to 17 June 2021, 6 days");
}

impl Window {
    fn strip_middle(&self) -> Pos2 {
        use egui_kittest::kittest::Queryable as _;
        self.harness.get_by_role(egui::accesskit::Role::Slider).rect().center()
    }
}

/// Trap: the number of the dotted line at the right end, under the handle of a window that ends there.
#[test]
fn no_handle_covers_the_caption_or_the_number_of_the_line() {
    let mut view = View::of_all(&RECORD);
    let extent = RECORD.extent().unwrap();
    let axis = StripLayout::axis_for(&RECORD, &view);
    let mut near = 0;
    for (width, height) in [(700.0, 84.0), (1056.0, 104.0), (1900.0, 104.0)] {
        let layout = layout(&RECORD, axis, width, height);
        let clear = still(&RECORD, &view, &layout, StripUse::Handled).clear;
        for by in (0..150).step_by(2) {
            view.window = DaySpan::between(extent.first().plus(by), extent.last().plus(-by));
            let mut items = Vec::new();
            let theme = Theme::of(ThemeName::Light);
            strip::window_above(theme, &RECORD, &view, &layout, (clear, None), &mut items);
            for item in &items {
                let Item::Path(path) = item else { continue };
                let bounds = path.geometry.bounds();
                near += usize::from(clear.iter().any(|c| c.grown(30.0).overlaps(&bounds)));
                assert!(!clear.iter().any(|c| c.overlaps(&bounds)), "{width}, {by} days in");
            }
        }
    }
    assert!(near > 20, "no handle came near");
}

#[test]
fn no_line_of_a_play_strikes_the_number_of_a_day_through() {
    let dataset = sitrep_atlas::data::load(None).unwrap().dataset;
    let view = View { window: span("2022-01-03/2022-01-05"), ..View::of_all(&dataset) };
    let rect = Rect::from_min_size([10.0, 0.0], 500.0, 80.0);
    let layout = StripLayout::new(span("2022-01"), rect);
    let still = still(&dataset, &view, &layout, StripUse::Looked);
    let selection = select(&dataset, &view);
    let input = StripInput { dataset: &dataset, view: &view, selection: &selection };
    let mut items = Vec::new();
    strip::played_above(Theme::of(view.theme), input, &layout, &still, &mut items);
    // 5 January has the most of that month: its number stands above the head's line.
    let last = items.last();
    assert!(matches!(last, Some(Item::Text(t)) if t.shaped.text() == "5"), "{last:?}");
}
