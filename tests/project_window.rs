//! Projects in the window: saved, opened, stepped back and forth in, asked about, and there again after a program that was
//! ended.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::fs;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use sitrep_atlas::data::project::left_over;
use sitrep_atlas::data::{self, ProjectFile};
use support::Package;
use support::window::{CTRL, Window};

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };
const SIZE: (f32, f32) = (1280.0, 800.0);

/// A window on the founding documents, which keeps what outlives it in a folder.
fn open(folder: &Path) -> Window {
    Window::open_kept(data::load(Some(Package::founding().path())).unwrap(), folder, SIZE)
}

/// Waits until something holds.
fn wait(window: &mut Window, what: &str, holds: impl Fn(&Window) -> bool) {
    for _ in 0..600 {
        window.harness.step();
        if holds(window) {
            // What moved is where it stays before somebody clicks on it.
            return window.settle();
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(holds(window), "not so: {what}");
}

/// Saves the project under a name in a folder.
fn save_as(window: &mut Window, path: &Path) {
    window.presses_with(CTRL_SHIFT, Key::S);
    window.harness.get_by_role_and_label(Role::TextInput, "Folder").focus();
    window.settle();
    window.presses_with(CTRL, Key::A);
    window.harness.event(egui::Event::Text(path.parent().unwrap().display().to_string()));
    // Enter in a field saves.
    window.types("File name", &path.file_name().unwrap().to_string_lossy());
    wait(window, "it is saved", |w| w.find("Save the project").is_none() && path.is_file());
}

#[test]
fn a_project_is_saved_opened_and_marked_when_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.sitrep");
    let mut w = Window::open_kept(data::load(None).unwrap(), folder.path(), SIZE);
    w.presses_with(CTRL, Key::ArrowRight);
    let days = w.days();
    save_as(&mut w, &path);
    assert!(w.find("• Project").is_none());
    let saved = ProjectFile::read(&path).unwrap().project.value;
    w.presses(Key::A);
    assert!(w.find("• Project").is_some() && w.days() != days);
    // What has changed is asked about before another is opened.
    w.presses_with(CTRL, Key::O);
    wait(&mut w, "it is remembered", |w| w.find_any("case.sitrep"));
    w.harness.get_all_by_label("case.sitrep").next().unwrap().click();
    w.settle();
    w.sees("Changes are not saved");
    w.clicks("Go on without saving");
    wait(&mut w, "it is opened", |w| w.days() == days);
    assert!(w.find("• Project").is_none());
    assert!(w.find("Changes are not saved").is_none());
    // Saved under its name with a change, and as it was when that is undone.
    w.presses(Key::Num4);
    assert!(w.find("• Project").is_some());
    w.presses_with(CTRL, Key::S);
    wait(&mut w, "it is saved", |w| w.find("• Project").is_none());
    assert!(ProjectFile::read(&path).unwrap().project.value.view.fade);
    w.presses_with(CTRL, Key::Z);
    w.presses_with(CTRL, Key::S);
    wait(&mut w, "it is saved", |w| w.find("• Project").is_none());
    assert_eq!(ProjectFile::read(&path).unwrap().project.value, saved);
}

#[test]
fn steps_go_back_and_forth_and_a_drag_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    let first = w.days();
    w.drags(("2021-06-01", 0.0), "2021-09-01");
    let dragged = w.days();
    assert_ne!(dragged, first);
    w.chooses_mode("Since start");
    w.clicks("Dark");
    w.presses_with(CTRL, Key::Z);
    w.sees("Dark");
    w.presses_with(CTRL, Key::Z);
    assert_eq!(w.days(), dragged);
    w.presses_with(CTRL, Key::Z);
    assert_eq!(w.days(), first);
    w.presses_with(CTRL, Key::Z);
    assert_eq!(w.days(), first);
    w.presses_with(CTRL_SHIFT, Key::Z);
    assert_eq!(w.days(), dragged);
    w.presses_with(CTRL, Key::Y);
    w.presses_with(CTRL, Key::Y);
    w.sees("Light");
    // Another change ends what could be done again.
    w.presses_with(CTRL, Key::Z);
    w.presses(Key::A);
    w.presses_with(CTRL, Key::Y);
    w.sees("Dark");
}

#[test]
fn a_play_is_one_step_and_so_is_a_word_that_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    let first = w.days();
    w.harness.key_press(Key::Space);
    w.harness.run_steps(8);
    w.harness.key_press(Key::Space);
    w.settle();
    let played = w.days();
    assert_ne!(played, first);
    w.presses_with(CTRL, Key::Z);
    assert_eq!(w.days(), first);
    w.presses_with(CTRL, Key::Y);
    assert_eq!(w.days(), played);
    let heading = w.heading();
    w.presses(Key::A);
    let all = w.heading();
    w.presses_with(CTRL, Key::F);
    w.harness.get_by_role_and_label(Role::TextInput, "Search").focus();
    w.settle();
    for letter in ["a", "s", "s", "a", "d"] {
        w.harness.event(egui::Event::Text(letter.to_owned()));
        w.harness.step();
    }
    w.presses(Key::Enter);
    assert_ne!(w.heading(), all);
    w.presses_with(CTRL, Key::Z);
    assert_eq!(w.heading(), all);
    w.presses_with(CTRL, Key::Z);
    assert_eq!(w.heading(), heading);
}

#[test]
fn what_is_not_saved_is_kept_and_offered_by_the_next_window_when_the_program_was_ended() {
    let folder = tempfile::tempdir().unwrap();
    let unsaved = folder.path().join("unsaved");
    let kept = |folder: &Path| {
        let entries = fs::read_dir(folder).map(|all| all.flatten().collect::<Vec<_>>());
        entries
            .unwrap_or_default()
            .iter()
            .filter(|e| e.path().extension().is_some_and(|e| e == "sitrep"))
            .count()
    };
    let mut w = Window::open_kept(data::load(None).unwrap(), folder.path(), SIZE);
    w.presses(Key::A);
    let days = w.days();
    assert_eq!(kept(&unsaved), 0);
    wait(&mut w, "it is kept", |_| kept(&unsaved) == 1);
    // Another window does not take it from this one, and keeps its own.
    let mut other = Window::open_kept(data::load(None).unwrap(), folder.path(), SIZE);
    other.presses_with(CTRL, Key::ArrowRight);
    wait(&mut other, "it is kept, too", |_| kept(&unsaved) == 2);
    assert!(other.find("Sitrep ended without saving").is_none());
    drop(other);
    drop(w);
    // Dropped like this a window is ended without a word: nothing was given up.
    assert_eq!(kept(&unsaved), 2);
    let mut w = Window::open_kept(data::load(None).unwrap(), folder.path(), SIZE);
    wait(&mut w, "it is offered", |w| w.find_any("Sitrep ended without saving"));
    assert_eq!(w.harness.query_all_by_label("Recover").count(), 2);
    w.harness.get_all_by_label("Discard").next().unwrap().click();
    let is_one = |w: &Window| w.harness.query_all_by_label("Recover").count() == 1;
    wait(&mut w, "it is discarded", |w| kept(&unsaved) == 1 && is_one(w));
    w.clicks("Recover");
    wait(&mut w, "it is back", |w| w.days() == days);
    assert_eq!(kept(&unsaved), 1);
    // Saved, it is kept no longer.
    let path = folder.path().join("case.sitrep");
    save_as(&mut w, &path);
    wait(&mut w, "it is not kept", |_| kept(&unsaved) == 0);
    assert!(left_over(&unsaved).is_empty());
}

#[test]
fn views_are_saved_under_names_gone_to_renamed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    w.presses(Key::V);
    w.types("Name", "First days");
    let days = w.days();
    w.presses(Key::A);
    assert_ne!(w.days(), days);
    w.clicks("First days");
    assert_eq!(w.days(), days);
    w.clicks("Rename");
    w.types("New name", "Other");
    assert!(w.harness.query_by_label("Other").is_some());
    let path = folder.path().join("case.sitrep");
    save_as(&mut w, &path);
    let saved = ProjectFile::read(&path).unwrap().project.value;
    assert_eq!(saved.views.iter().map(|v| v.value.name.as_str()).collect::<Vec<_>>(), ["Other"]);
    w.clicks("Remove");
    assert!(w.harness.query_by_label("Other").is_none());
    w.presses_with(CTRL, Key::Z);
    assert!(w.harness.query_by_label("Other").is_some());
}

#[test]
fn closing_asks_where_something_would_be_lost_and_only_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.sitrep");
    let mut w = Window::open_kept(data::load(None).unwrap(), folder.path(), SIZE);
    let closes = |w: &mut Window| {
        let viewport = w.harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
        viewport.events.push(egui::ViewportEvent::Close);
        w.harness.step();
        let commands = &w.harness.output().viewport_output[&egui::ViewportId::ROOT].commands;
        let asked = commands.contains(&egui::ViewportCommand::CancelClose);
        w.settle();
        assert_eq!(asked, w.find_any("Changes are not saved"));
        asked
    };
    // Somebody who only looked round is not asked.
    w.presses(Key::A);
    assert!(!closes(&mut w));
    save_as(&mut w, &path);
    assert!(!closes(&mut w));
    w.presses(Key::Num4);
    assert!(closes(&mut w));
    w.clicks("Cancel");
    assert!(!w.find_any("Changes are not saved"));
    assert!(closes(&mut w));
    w.clicks("Save and close");
    wait(&mut w, "it is saved", |w| w.find("• Project").is_none());
    assert!(ProjectFile::read(&path).unwrap().project.value.view.fade);
}

#[test]
fn a_project_whose_data_is_gone_asks_where_it_is_and_one_whose_data_changed_lists_how() {
    let folder = tempfile::tempdir().unwrap();
    let package = Package::new().attack("one", "2023-01-05", "2023-01-05", "day", "north").attack(
        "two",
        "2023-01-06",
        "2023-01-06",
        "day",
        "south",
    );
    let path = folder.path().join("case.sitrep");
    support::project::save(Some(package.path()), &path);
    let package = package.attack("three", "2023-01-07", "2023-01-07", "day", "north");
    let moved = folder.path().join("moved");
    fs::rename(package.path(), &moved).unwrap();
    fs::create_dir(package.path()).unwrap();
    fs::remove_dir(package.path()).unwrap();
    let mut w = open(folder.path());
    w.presses_with(CTRL, Key::O);
    w.types("File", &path.display().to_string());
    wait(&mut w, "it is asked for", |w| w.find_any("Where is it now?"));
    w.types("File", &moved.display().to_string());
    wait(&mut w, "what changed is said", |w| w.find_any("1 event added"));
    w.sees("Added: 1");
    assert!(w.find_any("• Project") || w.find_any("Project"));
    fs::create_dir(package.path()).unwrap();
}

#[test]
fn projects_opened_last_that_are_gone_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.sitrep");
    let mut w = open(folder.path());
    save_as(&mut w, &path);
    fs::remove_file(&path).unwrap();
    w.presses_with(CTRL, Key::O);
    wait(&mut w, "it is said", |w| w.find_any("not there any more"));
    // A folder is looked into, and what is in it is listed.
    let other = folder.path().join("sub");
    fs::create_dir(&other).unwrap();
    support::project::save(None, &other.join("deep.sitrep"));
    w.presses(Key::Escape);
    w.presses_with(CTRL, Key::O);
    wait(&mut w, "it is listed", |w| w.find_any("sub/"));
    w.clicks("sub/");
    wait(&mut w, "it is listed", |w| w.find_any("deep.sitrep"));
    w.clicks("deep.sitrep");
    wait(&mut w, "it is opened", |w| {
        w.find("Open a project").is_none() && w.harness.query_by_label("Light").is_none()
    });
}
