//! Playing in the window, by keys and buttons, with a clock that the test moves on.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sitrep_atlas::data;
use support::Package;
use support::window::{CTRL, Window};

/// Days that the window shows, frame by frame, while so many seconds pass.
fn frames(w: &mut Window, secs: f32, frame_secs: f32) -> Vec<String> {
    let mut seen = vec![w.days()];
    let mut passed = 0.0;
    while passed < secs {
        w.harness.step();
        seen.push(w.days());
        passed += frame_secs;
    }
    seen.into_iter().map(|days| days.replace("Time window: ", "")).collect()
}

/// Days that the window shows, each once.
fn days_seen(w: &mut Window, secs: f32, frame_secs: f32) -> Vec<String> {
    let mut seen = frames(w, secs, frame_secs);
    seen.dedup();
    seen
}

/// Days that the window stays at for so many frames, as it does at events and in no quiet spell.
fn stays(frames: &[String], least: usize) -> Vec<&str> {
    let runs = frames.chunk_by(|a, b| a == b).filter(|run| run.len() >= least);
    runs.map(|run| run[0].as_str()).collect()
}

/// Chooses in the menu of how it plays, and closes it.
fn chooses(w: &mut Window, choices: &[&str]) {
    let menu = w.harness.get_all_by_role(Role::Button).find(|b| is_menu(b));
    menu.unwrap().click();
    w.settle();
    for choice in choices {
        w.clicks(choice);
    }
    w.presses(Key::Escape);
}

fn is_menu(node: &egui_kittest::Node<'_>) -> bool {
    let label = node.accesskit_node().label().unwrap_or_default();
    label.contains("1 s = ") || label.contains("an event")
}

#[test]
fn space_plays_event_by_event_with_the_window_behind_and_pauses_again() {
    let mut w = Window::open_at(1280.0, 800.0, 0.05);
    w.presses(Key::Home);
    chooses(&mut w, &["Event by event", "2 s"]);
    w.presses(Key::Space);
    w.sees("Pause");
    let seen = frames(&mut w, 4.5, 0.05);
    assert_eq!(stays(&seen, 20), ["5 to 8 January 2020, 4 days"]);
    w.presses(Key::Space);
    w.sees("Play");
    let paused = w.days();
    w.harness.run_steps(60);
    assert_eq!(w.days(), paused);
    // It goes on from where it was paused.
    w.presses(Key::Space);
    let on = frames(&mut w, 12.0, 0.05);
    let next = ["17 to 20 December 2020", "2 to 5 July 2021", "31 December 2021 to 3 January 2022"];
    assert_eq!(stays(&on, 20), next.map(|days| format!("{days}, 4 days")));
}

#[test]
fn the_whole_record_plays_with_a_week_and_is_back_in_the_window_at_the_end() {
    let mut w = Window::open_at(1280.0, 800.0, 0.25);
    w.presses(Key::A);
    let whole = w.days();
    chooses(&mut w, &["10 s"]);
    w.presses(Key::Space);
    let seen = days_seen(&mut w, 9.0, 0.25);
    assert!(seen.iter().filter(|days| days.ends_with("7 days")).count() > 5, "{seen:?}");
    w.harness.run_steps(8);
    assert_eq!(w.days(), whole);
    assert!(w.find("Pause").is_none(), "it still plays");
}

#[test]
fn long_frames_show_the_same_days_at_the_same_time_as_short_ones() {
    let shown_at = |frame_secs: f32, secs: &[f32]| {
        let mut w = Window::open_at(1280.0, 800.0, frame_secs);
        w.presses(Key::A);
        chooses(&mut w, &["Even", "10 s"]);
        w.harness.key_press(Key::Space);
        while w.find("Pause").is_none() {
            w.harness.step();
        }
        // It is seen to play in the frame after that in which it began.
        let begun = w.harness.ctx.input(|i| i.time) - f64::from(frame_secs);
        let mut days = Vec::new();
        for at in secs {
            while w.harness.ctx.input(|i| i.time) - begun < f64::from(*at) - 0.001 {
                w.harness.step();
            }
            days.push(w.days());
        }
        days
    };
    let secs = [2.0, 4.0, 8.0];
    assert_eq!(shown_at(0.5, &secs), shown_at(0.1, &secs));
}

#[test]
fn playing_says_its_speed_and_the_keys_change_it() {
    let mut w = Window::open_at(1280.0, 800.0, 0.25);
    w.sees("1 min, 1 s = 12.3 days");
    w.presses(Key::Period);
    w.sees("45 s, 1 s = 16.3 days");
    w.presses(Key::Comma);
    w.presses(Key::Comma);
    w.sees("1:30 min, 1 s = 8.2 days");
}

#[test]
fn a_typed_time_is_taken() {
    let mut w = Window::open(1280.0, 800.0);
    let menu = w.harness.get_all_by_role(Role::Button).find(|b| is_menu(b));
    menu.unwrap().click();
    w.settle();
    w.harness.get_by_role(Role::SpinButton).click();
    w.settle();
    w.presses_with(CTRL, Key::A);
    w.harness.event(egui::Event::Text("42".to_owned()));
    w.presses(Key::Enter);
    w.sees("42 s, 1 s = 17.5 days");
}

#[test]
fn stepping_goes_to_the_next_event_at_what_is_picked_or_with_people_harmed() {
    let mut w = Window::open(1280.0, 800.0);
    w.presses_with(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(w.days(), "Time window: 3 to 6 January 2022, 4 days");
    w.clicks("Green Village, al-Omar oil field, 2022-01-05");
    w.presses_with(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(w.days(), "Time window: 2 to 5 January 2022, 4 days");
    w.presses(Key::End);
    let ctrl_shift = Modifiers { shift: true, ..CTRL };
    w.presses_with(ctrl_shift, Key::ArrowLeft);
    assert_eq!(w.days(), "Time window: 17 to 20 December 2020, 4 days");
    w.presses(Key::End);
    w.presses_with(CTRL, Key::ArrowLeft);
    assert_eq!(w.days(), "Time window: 2 to 5 January 2022, 4 days");
}

#[test]
fn moving_the_window_stops_the_play_and_looking_elsewhere_does_not() {
    let mut w = Window::open_at(1280.0, 800.0, 0.25);
    w.presses(Key::Home);
    w.presses(Key::Space);
    for key in [Key::Plus, Key::F, Key::L, Key::D, Key::Period] {
        w.presses(key);
        w.sees("Pause");
    }
    w.presses(Key::ArrowRight);
    assert!(w.find("Pause").is_none(), "it still plays");
}

#[test]
fn a_record_without_what_is_gone_through_plays_and_ends() {
    let mut w = Window::open_on(data::load(None).unwrap(), 1280.0, 800.0);
    w.presses_with(CTRL, Key::F);
    w.harness.event(egui::Event::Text("nosuchword".to_owned()));
    w.settle();
    w.sees("no attacks");
    w.presses(Key::Escape);
    w.presses(Key::Space);
    w.harness.run_steps(40);
    assert!(w.find("Pause").is_none(), "it still plays");
}

#[test]
fn an_empty_record_has_nothing_to_play_and_says_so() {
    for (width, height) in [(1280.0, 800.0), (900.0, 600.0)] {
        let package = Package::new();
        let mut w = Window::open_on(data::load(Some(package.path())).unwrap(), width, height);
        w.sees("Nothing to play");
        w.sees("No days to choose");
        w.presses(Key::Space);
        w.harness.run_steps(10);
        assert!(w.find("Pause").is_none(), "it plays");
        assert!(!w.find_any("1970"), "a day of no record is shown");
    }
}

#[test]
fn how_long_a_play_really_takes_stands_beside_its_button_at_every_width() {
    let package = Package::new().attack("one", "2020-02-29", "2020-02-29", "day", "north");
    for (width, height) in [(1280.0, 800.0), (900.0, 600.0)] {
        let mut w = Window::open_on(data::load(Some(package.path())).unwrap(), width, height);
        w.sees("6 s, 1 s = 0.17 days");
        w.presses(Key::Space);
        w.sees("Pause");
        w.harness.run_steps(420);
        assert!(w.find("Pause").is_none(), "it still plays");
        let mut w = Window::open_the_record(width, height);
        for _ in 0..8 {
            w.presses(Key::Period);
        }
        // Five seconds were chosen, which each event on its own does not fit into.
        assert!(!w.find_any("5 s, 1 s = "), "it says what was chosen, not what it takes");
        w.sees(" s, 1 s = ");
    }
}

#[test]
fn a_card_under_a_resting_pointer_goes_when_time_begins_to_play() {
    let mut w = Window::open_at(1280.0, 800.0, 0.25);
    let tip = "The whole record in the window (A)";
    let at = w.harness.get_by_label("Whole record").rect().center();
    let seen = |w: &Window| {
        w.harness.query_all_by_label(tip).any(|n| n.accesskit_node().role() == Role::Label)
    };
    w.harness.hover_at(at);
    w.harness.run_steps(8);
    assert!(seen(&w), "no tooltip");
    w.presses(Key::Home);
    w.presses(Key::Space);
    w.harness.run_steps(4);
    w.sees("Pause");
    assert!(!seen(&w), "the tooltip stays");
    w.harness.hover_at(at + egui::vec2(3.0, 0.0));
    w.harness.run_steps(8);
    assert!(seen(&w), "whoever moves the pointer sees it again");
    w.presses(Key::F1);
    w.harness.run_steps(4);
}

#[test]
fn in_a_narrow_window_every_control_is_in_sight_and_none_covers_another() {
    for width in [900.0, 960.0, 1040.0, 1200.0, 1252.0, 1280.0, 1920.0] {
        let w = Window::open(width, 600.0);
        let mut w = w;
        w.chooses_mode("Since start");
        w.chooses_mode("Fade");
        let names =
            ["Previous event", "Play", "Next event", "From", "to", "Table", "Lanes", "Tempo"];
        let mut right = 0.0;
        for name in names {
            let rect = w.harness.get_by_label(name).rect();
            assert!(rect.left() >= right && rect.right() <= width, "{name} at {width}: {rect:?}");
            right = rect.right();
        }
    }
}
