//! A figure that is dropped on the window, or named when it is started: its view is back, and what has changed since
//! stands in a card that can be closed.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sitrep_atlas::data;
use support::Package;
use support::program::sitrep;
use support::window::Window;

/// A figure of some days, saved in a folder.
fn saved(folder: &Path, name: &str, args: &[&str]) {
    let args = [&["render"], args, &["--size", "700x480", "-o", name]].concat();
    let ran = sitrep(&args, folder);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}

/// A file that is let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the window reads files beside itself".to_owned())
    }
}

/// Drops a file, and waits until what came of it is said.
fn drop_file(window: &mut Window, path: &Path, said: &str) {
    window.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
    for _ in 0..400 {
        window.harness.step();
        if window.find_any(said) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(window.find_any(said), "\"{said}\" is not said");
}

#[test]
fn a_figure_dropped_on_the_window_brings_its_view_back() {
    let folder = tempfile::tempdir().unwrap();
    saved(folder.path(), "a.png", &["--from", "2021-07-05", "--to", "2021-07-08"]);
    let mut window = Window::open_the_record(1280.0, 800.0);
    let days = "5 to 8 July 2021";
    assert!(!window.days().contains(days));
    drop_file(&mut window, &folder.path().join("a.png"), "The record is the same");
    // With nothing else to be said the dialog is open, with the sheet of the figure.
    assert!(window.find_any("File name"));
    for _ in 0..3 {
        window.harness.key_press(egui::Key::Escape);
        window.harness.step();
        window.harness.step();
    }
    assert!(!window.find_any("File name"));
    assert!(window.days().contains(days), "{}", window.days());
}

#[test]
fn what_cannot_be_opened_says_why_and_leaves_the_window_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "no picture").unwrap();
    let mut window = Window::open(1000.0, 700.0);
    let before = window.days();
    drop_file(&mut window, &path, "known to hold dates");
    assert_eq!(window.days(), before);
    window.harness.get_by_label("Close window").click();
    window.settle();
    assert!(!window.find_any("known to hold dates"));
}

#[test]
fn a_figure_of_another_record_is_told_and_not_shown() {
    let package = Package::new().attack("one", "2022-01-03", "", "day", "north");
    saved(package.path(), "a.svg", &["."]);
    let mut window = Window::open(1280.0, 800.0);
    let before = window.days();
    drop_file(&mut window, &package.file("a.svg"), "another record");
    assert_eq!(window.days(), before);
}

#[test]
fn what_changed_since_is_listed_and_leads_to_the_event() {
    let package = Package::new().attack("one", "2022-01-03", "", "day", "north").attack(
        "two",
        "2022-01-04",
        "",
        "day",
        "south",
    );
    saved(package.path(), "a.pdf", &["."]);
    let package = package.attack("three", "2022-01-04", "", "day", "north");
    let loaded = data::load(Some(package.path())).unwrap();
    let mut window = Window::open_on(loaded, 1280.0, 800.0);
    drop_file(&mut window, &package.file("a.pdf"), "1 event added");
    assert!(window.harness.query_by_label("Added: 1").is_some());
    assert!(!window.find_any("Rockets"));
    {
        let mut links = window.harness.get_all_by_role(Role::Link);
        let row = links.find(|link| link.accesskit_node().label().unwrap().contains("Camp North"));
        row.unwrap().click();
    }
    window.settle();
    assert!(window.find_any("Rockets"), "the card of the event is open");
}

#[test]
fn a_file_held_over_the_window_is_told_what_it_may_be() {
    const HINT: &str = "Drop a table of events";
    let mut window = Window::open(1000.0, 700.0);
    let hovered = egui::HoveredFile { path: Some(PathBuf::from("a.png")), ..Default::default() };
    window.harness.input_mut().hovered_files.push(hovered);
    window.harness.step();
    window.harness.step();
    let hint = window.find(HINT).unwrap().rect();
    // It stands in the middle of the window, whole.
    assert!((hint.center() - egui::pos2(500.0, 350.0)).length() < 60.0, "{hint:?}");
    window.harness.input_mut().hovered_files.clear();
    window.settle();
    assert!(!window.find_any(HINT));
}
