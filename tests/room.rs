//! The height of the window is shared out: whatever is opened, in whatever order, nothing is cut or covers anything.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use egui::accesskit::Role;
use egui::{Key, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use support::window::Window;

/// Where the parts of the window are, by name, of those that are shown.
fn parts(w: &Window) -> Vec<(&'static str, Rect)> {
    let table = w.harness.query_all_by_role(Role::Table).next();
    let labelled = |label: &'static str| w.harness.query_all_by_label_contains(label).next();
    let parts = [
        ("map", labelled("Map of the events")),
        ("table", table),
        ("play", labelled("From")),
        ("note", labelled("No room for")),
        ("lanes", labelled("Action and response lanes")),
        ("tempo", labelled("busiest 3 days")),
        ("strip", labelled("Time window: ")),
    ];
    parts.into_iter().filter_map(|(name, node)| Some((name, node?.rect()))).collect()
}

fn shown(w: &Window) -> String {
    parts(w).iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

fn check(w: &Window, what: &str) {
    let parts = parts(w);
    let window = Rect::from_min_size(egui::Pos2::ZERO, w.harness.ctx.content_rect().size());
    for (i, (name, rect)) in parts.iter().enumerate() {
        assert!(window.expand(0.5).contains_rect(*rect), "{what}: {name} is cut: {rect:?}");
        for (other, beside) in &parts[..i] {
            let meets = rect.intersect(*beside);
            let apart = meets.width() < 1.0 || meets.height() < 1.0;
            assert!(apart, "{what}: {name} lies on {other}: {rect:?} {beside:?}");
        }
        let least = match *name {
            "map" => 160.0,
            "table" => 78.0,
            "lanes" => 100.0,
            "tempo" | "strip" => 45.0,
            _ => 10.0,
        };
        assert!(rect.height() >= least, "{what}: {name} is {} high", rect.height());
    }
}

#[test]
fn whatever_is_opened_in_whatever_order_nothing_is_cut_or_covered() {
    for (width, height) in [(900.0, 600.0), (1280.0, 800.0), (1100.0, 690.0), (1920.0, 1080.0)] {
        for keys in [[Key::R, Key::M, Key::T], [Key::T, Key::M, Key::R], [Key::M, Key::T, Key::R]] {
            let mut w = Window::open(width, height);
            for key in keys {
                w.presses(key);
                check(&w, &format!("{width} by {height}, {keys:?} up to {key:?}"));
            }
        }
    }
}

#[test]
fn what_has_no_room_says_so_and_comes_back_by_its_key() {
    let mut w = Window::open(900.0, 600.0);
    w.presses(Key::R);
    assert_eq!(shown(&w), "map play lanes strip");
    w.presses(Key::T);
    assert_eq!(shown(&w), "map table play note strip");
    w.sees("No room for the lanes (R)");
    w.presses(Key::R);
    assert_eq!(shown(&w), "map play note lanes strip");
    w.sees("No room for the table (T)");
    w.harness.set_size(egui::vec2(900.0, 1000.0));
    w.settle();
    assert_eq!(shown(&w), "map table play lanes strip");
    w.presses(Key::R);
    assert_eq!(shown(&w), "map table play strip");
}

/// Trap: a card of which only its heading is in sight, below the lines of the tempo.
#[test]
fn an_open_card_has_more_room_than_the_lines_of_the_tempo() {
    let mut w = Window::open(1280.0, 800.0);
    for key in [Key::R, Key::M] {
        w.presses(key);
    }
    w.sees("7 days up to");
    let event = w
        .harness
        .query_all_by_role(Role::Button)
        .find(|b| b.accesskit_node().label().is_some_and(|l| l.ends_with("2022-01-06")));
    event.unwrap().click();
    w.settle();
    w.sees("Who says so");
    assert!(w.find("7 days up to").is_none(), "the lines are still there");
    let heading = w.harness.get_by_label("Tempo of attacks").rect();
    let column = w.harness.get_by_label("Time window: 3 to 6 January 2022, 4 days").rect().top();
    assert!(heading.bottom() + 240.0 < column, "{heading:?}");
    w.clicks("Lines");
    w.sees("7 days up to");
    w.clicks("Fold");
    assert!(w.find("7 days up to").is_none(), "they do not fold");
}
