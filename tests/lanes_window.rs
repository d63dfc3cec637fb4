//! The lanes in the window: opened, pointed at, and walked through with the keyboard; a tied pair stands out in
//! lanes, list and map.

#![expect(clippy::unwrap_used, reason = "a test stops where something is missing")]

mod support;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sitrep_atlas::analysis::{Record, View};
use sitrep_atlas::scene::Rect;
use sitrep_atlas::scene::lanes::LanesLayout;
use sitrep_atlas::scene::strip::{HANDLE_WIDTH, StripLayout};
use support::lanes::{draw, lanes_of, record};
use support::window::{CTRL, Window};

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
fn the_wheel_does_over_the_lanes_what_it_does_over_the_strip() {
    let mut w = Window::open(1280.0, 800.0);
    w.presses(Key::R);
    let lanes = w.harness.get_by_role_and_label(Role::Button, &lanes_name(&w)).rect();
    let day = w.on_strip("2022-01-05", 0.0);
    let at = Pos2::new(day.x, lanes.center().y);
    assert_eq!(w.days(), "Time window: 3 to 6 January 2022, 4 days");
    w.scrolls(at, vec2(0.0, 40.0), Modifiers::NONE);
    let days = "Time window: 2 to 6 January 2022, 5 days";
    assert_eq!(w.days(), days);
    w.scrolls(at, vec2(0.0, 2000.0), CTRL);
    // A day fills strip and lanes: a click beside the window would move it, one on its day does not.
    w.clicks_at(day + vec2(-300.0, 0.0));
    assert_eq!(w.days(), days, "the strip follows the zoom of the lanes");
    w.scrolls(at, vec2(0.0, -2000.0), CTRL);
    w.clicks_at(w.on_strip("2020-06-15", 0.0));
    assert!(w.days().contains("June 2020"), "{}", w.days());
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
