//! The window as other eyes see it: that all of it is, that it says so as long as it is, and that nothing that is saved is.
//!
//! Without a graphics adapter the picture is not looked at, unless `SITREP_REQUIRE_RENDER_TESTS=1`.

#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "helpers of a test: a skip is said aloud, and a failure is a panic"
)]

mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use support::program::sitrep;
use support::window::{CTRL, Window};

const TOLD: &str = "Colours are simulated: ";

#[test]
fn a_key_goes_through_all_eyes_and_each_is_named_until_escape() {
    let mut w = Window::open(1280.0, 800.0);
    assert!(!w.find_any(TOLD));
    for named in ["protanopia", "deuteranopia", "tritanopia", "without colours"] {
        w.presses(Key::E);
        assert!(w.says(TOLD) && w.find_any(named), "{named}");
    }
    w.presses(Key::E);
    assert!(!w.find_any(TOLD));
    w.presses(Key::E);
    w.presses(Key::Escape);
    assert!(!w.find_any(TOLD));
    w.presses(Key::E);
    w.clicks("As it is (Esc)");
    assert!(!w.find_any(TOLD));
}

#[test]
fn eyes_are_chosen_from_a_menu_too() {
    let mut w = Window::open(1280.0, 800.0);
    w.clicks("Eyes");
    w.clicks("Without blue (tritanopia)");
    assert!(w.says(TOLD) && w.find_any("tritanopia"));
}

/// The number of colours of a picture that are not grey.
fn coloured(w: &mut Window) -> Option<usize> {
    match catch_unwind(AssertUnwindSafe(|| w.harness.render())) {
        Ok(Ok(image)) => {
            let is_grey = |p: &[u8; 4]| p[0].abs_diff(p[1]).max(p[1].abs_diff(p[2])) <= 1;
            Some(image.pixels().filter(|pixel| !is_grey(&pixel.0)).count())
        }
        failed => {
            let required =
                std::env::var_os("SITREP_REQUIRE_RENDER_TESTS").is_some_and(|v| v == "1");
            assert!(!required, "no picture: {:?}", failed.ok());
            eprintln!("skipped: no graphics adapter");
            None
        }
    }
}

/// Texts and the ground of the map are pictures, glyphs and lines are triangles, and buttons are egui's.
#[test]
fn without_colours_no_pixel_of_the_window_has_one_and_then_they_are_back() {
    let mut w = Window::build(Harness::builder().wgpu(), 1000.0, 700.0);
    for _ in 0..20 {
        // The ground of the map becomes a picture.
        std::thread::sleep(Duration::from_millis(20));
        w.harness.step();
    }
    let Some(before) = coloured(&mut w) else { return };
    assert!(before > 10_000, "{before} pixels with a colour");
    for _ in 0..4 {
        w.presses(Key::E);
    }
    assert!(w.find_any("without colours"));
    for _ in 0..20 {
        std::thread::sleep(Duration::from_millis(20));
        w.harness.step();
        assert_eq!(coloured(&mut w), Some(0));
    }
    w.presses(Key::Escape);
    let after = coloured(&mut w).unwrap();
    assert!(after.abs_diff(before) < before / 20, "{after} of {before} pixels");
}

#[test]
fn what_is_saved_has_its_own_colours() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = Window::open_the_record(1280.0, 800.0);
    w.presses(Key::E);
    w.presses_with(CTRL, Key::E);
    w.types("Folder", folder.path().to_str().unwrap());
    w.types("File name", "seen.png");
    w.sees(TOLD);
    w.clicks("Save");
    let start = Instant::now();
    while w.harness.query_by_label_contains("Saved ").is_none() {
        assert!(start.elapsed() < Duration::from_secs(90));
        std::thread::sleep(Duration::from_millis(20));
        w.harness.step();
    }
    let args = ["--size", "slide", "--from", "2022-01-03", "--to", "2022-01-06", "-o", "cli.png"];
    assert_eq!(sitrep(&[&["render"], &args[..]].concat(), folder.path()).code, Some(0));
    let [seen, cli] =
        ["seen.png", "cli.png"].map(|name| std::fs::read(folder.path().join(name)).unwrap());
    assert!(seen == cli, "the saved file is another picture than render's");
}
