//! Records of nothing, of one event, of one day and of one month: the window and the figure say what there
//! is, and nothing that a person does with them goes wrong.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use egui::Key;
use sitrep_atlas::analysis::{Mode, View, select};
use sitrep_atlas::data;
use support::Package;
use support::studio::{Studio, scene_rect, texts};
use support::window::{CTRL, Window};

/// A package with its name and what the window says of the whole of it, before the sites.
fn packages() -> [(&'static str, Package, &'static str); 6] {
    let one = |from, to, precision| Package::new().attack("one", from, to, precision, "north");
    [
        ("nothing", Package::new(), "no attacks"),
        ("one event on a leap day", one("2020-02-29", "2020-02-29", "day"), "1 attack"),
        ("one month", one("2021-07-01", "2021-07-31", "month"), "1 attack"),
        (
            "one day",
            one("2022-01-03", "2022-01-03", "day").attack(
                "two",
                "2022-01-03",
                "2022-01-03",
                "day",
                "south",
            ),
            "2 attacks",
        ),
        (
            "the ends of a year",
            one("2021-12-31", "2021-12-31", "day").attack(
                "two",
                "2022-01-01",
                "2022-01-01",
                "day",
                "north",
            ),
            "2 attacks",
        ),
        (
            "far apart",
            one("2019-01-01", "2019-01-01", "day").attack(
                "two",
                "2022-12-31",
                "2022-12-31",
                "day",
                "north",
            ),
            "2 attacks",
        ),
    ]
}

#[test]
fn whatever_is_done_with_a_small_record_the_whole_of_it_is_found_again() {
    for (name, package, whole) in packages() {
        for (width, height) in [(1280.0, 800.0), (900.0, 600.0)] {
            let mut w = Window::open_on(data::load(Some(package.path())).unwrap(), width, height);
            for key in [Key::R, Key::M, Key::T, Key::A, Key::Home, Key::End] {
                w.presses(key);
            }
            for key in [Key::ArrowRight, Key::ArrowLeft] {
                w.presses(key);
                w.presses_with(CTRL, key);
                w.presses_with(egui::Modifiers::SHIFT, key);
            }
            for mode in ["Since start", "Day", "Fade", "Window"] {
                w.chooses_mode(mode);
            }
            for mode in [Key::Num2, Key::Num4, Key::Num3, Key::Num1] {
                w.presses(mode);
            }
            w.presses(Key::Space);
            for _ in 0..40 {
                w.harness.step();
            }
            w.presses(Key::Space);
            w.presses(Key::A);
            // The title is the only label that ends so: "11 October 2019, 1 day: 1 attack at 1 site".
            let title = format!(": {whole}");
            assert!(w.find_any(&title), "{name} at {width}: no label with \"{title}\"");
        }
    }
}

#[test]
fn a_figure_of_a_small_record_says_its_number_in_every_mode() {
    for (name, package, whole) in packages() {
        let studio = Studio::new(data::load(Some(package.path())).unwrap().dataset);
        for mode in Mode::ALL {
            let view = View { mode, fade: true, ..View::of_all(&studio.dataset) };
            let scene = studio.figure(&view, 800.0, 500.0, true).scene;
            let shown = select(&studio.dataset, &view).len();
            let all = studio.dataset.events.len();
            assert!(mode == Mode::Day || shown == all, "{name}: {shown} of {all}");
            let told = texts(&scene);
            let says = |words: &str| told.iter().any(|t| t.words.contains(words));
            assert!(mode == Mode::Day || says(whole), "{name} {mode:?}: no \"{whole}\"");
            let sheet = scene_rect(&scene).grown(0.5);
            for text in told.iter().filter(|t| t.clip.is_none()) {
                assert!(sheet.encloses(&text.place), "{name}: {} is cut", text.words);
            }
        }
    }
}

/// What counts and lists refuse is no surprise to whoever has checked the record.
#[test]
fn a_record_without_an_event_has_a_remark_that_says_so() {
    let loaded = data::load(Some(Package::new().path())).unwrap();
    let found = data::check(&loaded, &data::basemap::load().unwrap());
    let [remark] = found.as_slice() else { panic!("{found:#?}") };
    assert!(!remark.is_error() && remark.what.contains("no event"), "{remark}");
}
