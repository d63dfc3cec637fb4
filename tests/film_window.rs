//! The dialog that saves what the window plays as a film.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::time::Duration;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use support::program::listing;
use support::window::Window;

/// A window on a record of few events that are played in ten seconds, with the dialog open and a name typed.
fn open(path: &str) -> Window {
    let mut w = Window::open(1280.0, 800.0);
    let is_menu = |node: &egui_kittest::Node<'_>| {
        node.accesskit_node().label().unwrap_or_default().contains("1 s = ")
    };
    w.harness.get_all_by_role(Role::Button).find(is_menu).unwrap().click();
    w.settle();
    w.clicks("10 s");
    w.clicks("Save as a film…");
    w.sees("Film of what plays");
    w.types("File", path);
    w
}

/// Lets frames pass until something is said.
fn waits_for(w: &mut Window, words: &str) {
    for _ in 0..1_200 {
        w.harness.step();
        if w.find(words).is_some() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    w.sees(words);
}

#[test]
fn a_film_is_saved_from_the_window_and_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gif");
    let mut w = open(path.to_str().unwrap());
    w.sees("Plays the whole record, as set in the window");
    w.sees("pick an event in the window");
    w.types("Title", "Mine");
    w.clicks("Save film");
    waits_for(&mut w, "Saved ");
    assert_eq!(&std::fs::read(&path).unwrap()[..6], b"GIF89a");
    // It is not replaced without a word.
    w.clicks("Save film");
    w.sees("It is there already.");
}

#[test]
fn a_film_that_is_cancelled_leaves_nothing_and_a_wrong_name_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path().join("a.mp4").to_str().unwrap());
    w.clicks("Save film");
    waits_for(&mut w, "Cancel");
    w.clicks("Cancel");
    waits_for(&mut w, "nothing was saved");
    assert_eq!(listing(folder.path()).len(), 0);
    let w = open("film.avi");
    w.sees("Give a name that ends in .mp4 or .gif");
}

#[test]
fn a_film_goes_on_in_sight_when_its_dialog_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gif");
    let mut w = open(path.to_str().unwrap());
    w.clicks("Save film");
    waits_for(&mut w, "Cancel");
    w.presses(egui::Key::Escape);
    assert!(w.find("Film of what plays").is_none());
    w.sees("Cancel");
    waits_for(&mut w, "Saved ");
    assert!(path.exists());
    w.settle();
    w.clicks("OK");
    w.settle();
    assert!(!w.find_any("Saved "));
}

#[test]
fn a_window_that_is_closed_asks_about_the_film_and_leaves_nothing_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path().join("a.mp4").to_str().unwrap());
    w.clicks("Save film");
    waits_for(&mut w, "Cancel");
    let closes = |w: &mut Window| {
        let root = egui::ViewportId::ROOT;
        let viewport = w.harness.input_mut().viewports.entry(root).or_default();
        viewport.events.push(egui::ViewportEvent::Close);
        w.harness.step();
        w.harness.input_mut().viewports.entry(root).or_default().events.clear();
        w.harness.step();
    };
    closes(&mut w);
    w.sees("A film is being saved");
    w.clicks("Keep on");
    assert!(w.find("A film is being saved").is_none() && !listing(folder.path()).is_empty());
    closes(&mut w);
    w.clicks("Give it up and close");
    for _ in 0..600 {
        w.harness.step();
        if listing(folder.path()).is_empty() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(listing(folder.path()).is_empty(), "{:?}", listing(folder.path()));
}
