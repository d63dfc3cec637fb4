//! The figure dialog, driven by labels and keys as a person drives it: what it sets, shows, refuses and saves.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, OutputCommand};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sitrep_atlas::analysis::{FigurePart, FigureSize, FigureSpec, View, caption, select};
use sitrep_atlas::data;
use support::program::{listing, sitrep};
use support::window::{CTRL, Window};

const CURRENT: &str = "Preview of the figure";

/// The window with its dialog open, which saves into a folder.
fn open(folder: &Path) -> Window {
    let mut w = Window::open_the_record(1280.0, 800.0);
    w.presses_with(CTRL, Key::E);
    w.types("Folder", folder.to_str().unwrap());
    w
}

/// Draws frames until something is so.
fn until(w: &mut Window, what: &str, is_so: impl Fn(&Window) -> bool) {
    let start = Instant::now();
    while !is_so(w) {
        assert!(start.elapsed() < Duration::from_secs(90), "{what}: {:#?}", w.harness.root());
        std::thread::sleep(Duration::from_millis(20));
        w.harness.step();
    }
    w.settle();
}

fn until_said(w: &mut Window, words: &str) {
    until(w, words, |w| w.find_any(words));
}

/// Presses what may be scrolled out of sight.
fn chooses(w: &mut Window, label: &str) {
    w.harness.get_by_label(label).click_accesskit();
    w.settle();
}

fn saves(w: &mut Window) {
    w.clicks("Save");
    until_said(w, "Saved ");
}

/// What `sitrep render` makes of the opening view.
fn rendered(folder: &Path, name: &str, flags: &[&str]) -> Vec<u8> {
    let view =
        ["render", "--size", "slide", "--from", "2022-01-03", "--to", "2022-01-06", "-o", name];
    assert_eq!(sitrep(&[&view[..], flags].concat(), folder).code, Some(0));
    std::fs::read(folder.join(name)).unwrap()
}

fn is_checked(w: &Window, label: &str) -> bool {
    let node = w.harness.get_by_role_and_label(Role::CheckBox, label);
    node.accesskit_node().toggled().unwrap() == egui::accesskit::Toggled::True
}

#[test]
fn it_opens_by_key_and_by_button_shows_the_figure_and_closes_by_escape() {
    let mut w = Window::open(1280.0, 800.0);
    assert!(!w.find_any("File name"));
    w.presses_with(CTRL, Key::E);
    until_said(&mut w, CURRENT);
    assert_eq!(w.field("File name"), "sitrep-2022-01-03-to-06.png");
    w.presses(Key::Escape);
    assert!(!w.find_any("File name"));
    w.clicks("Figure…");
    w.sees("File name");
    w.clicks("Close the figure");
    assert!(!w.find_any("File name"));
}

#[test]
fn the_file_is_that_of_the_command_line_byte_by_byte() {
    let [folder, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let mut w = open(folder.path());
    saves(&mut w);
    let saved = std::fs::read(folder.path().join("sitrep-2022-01-03-to-06.png")).unwrap();
    assert!(saved == rendered(other.path(), "cli.png", &[]), "another picture than render's");

    w.types("Title", "Six bases");
    chooses(&mut w, "Time strip");
    w.types("File name", "strip.pdf");
    w.clicks("Events, sources, caption beside it");
    saves(&mut w);
    let saved = std::fs::read(folder.path().join("strip.pdf")).unwrap();
    let flags = ["--title", "Six bases", "--no-strip"];
    assert!(saved == rendered(other.path(), "cli.pdf", &flags), "another page than render's");
    let names: Vec<String> = listing(folder.path()).into_keys().collect();
    assert!(names.contains(&"strip.caption.txt".to_owned()), "{names:?}");
    assert_eq!(names.len(), 8, "{names:?}");
}

#[test]
fn what_is_there_is_replaced_only_when_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.png");
    std::fs::write(&path, b"mine").unwrap();
    let mut w = open(folder.path());
    w.types("File name", "mine");
    for keep in ["Keep it", "Esc"] {
        w.clicks("Save");
        until_said(&mut w, "mine.png is there already. Replace it?");
        if keep == "Esc" {
            w.presses(Key::Escape);
        } else {
            w.clicks(keep);
        }
        assert!(!w.find_any("is there already"), "{keep}");
        assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    }
    w.clicks("Save");
    until_said(&mut w, "is there already");
    w.clicks("Replace");
    until_said(&mut w, "Saved mine.png");
    assert!(std::fs::read(&path).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn a_failure_is_one_sentence_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(&folder.path().join("no"));
    w.clicks("Save");
    until_said(&mut w, "Not saved: the folder does not exist");
    assert!(listing(folder.path()).is_empty());
}

#[test]
fn presets_set_the_size_and_a_proposed_height_is_enough() {
    let mut w = Window::open(1280.0, 800.0);
    w.presses_with(CTRL, Key::E);
    for (preset, width, height, dpi) in [
        ("A4 upright", "210", "297", "300"),
        ("Square, 1080 px", "1080", "1080", "144"),
        ("Upright, 1080 × 1920 px", "1080", "1920", "144"),
        ("Slide, 1920 × 1080 px", "1920", "1080", "144"),
    ] {
        w.harness.get_by_role_and_label(Role::ComboBox, "Preset").click();
        w.settle();
        w.clicks(preset);
        assert_eq!(["Width", "Height", "Resolution"].map(|f| w.field(f)), [width, height, dpi]);
    }
    for (preset, width) in [("Column, 85 mm wide", "85"), ("Report, 170 mm wide", "170")] {
        w.harness.get_by_role_and_label(Role::ComboBox, "Preset").click();
        w.settle();
        w.clicks(preset);
        assert_eq!(w.field("Width"), width);
        until_said(&mut w, CURRENT);
        assert!(!w.find_any("It cannot be saved"));
    }
}

#[test]
fn a_figure_over_the_limit_is_refused_with_its_numbers_and_seen_all_the_same() {
    let mut w = Window::open(1280.0, 800.0);
    w.presses_with(CTRL, Key::E);
    w.types("Width", "12000");
    w.types("Height", "9000");
    w.sees("12000 × 9000 pixels cannot be made");
    w.sees("at most 100 million");
    assert!(w.harness.get_by_label("Save").accesskit_node().is_disabled());
    until_said(&mut w, CURRENT);
    w.types("Height", "200");
    until_said(&mut w, "make it at least");
    assert!(w.harness.get_by_label("Save").accesskit_node().is_disabled());
    w.clicks("Make it high enough");
    until_said(&mut w, CURRENT);
    assert!(!w.find_any("It cannot be saved"));
}

#[test]
fn hostile_numbers_are_told_and_nothing_panics() {
    let mut w = Window::open(900.0, 600.0);
    w.presses_with(CTRL, Key::E);
    for field in ["Width", "Height", "Resolution"] {
        let good = w.field(field);
        for number in
            ["0", "-1", "1e308", "nan", "inf", "", "x", "٥", "0.0001", "99999999999", "1", "65"]
        {
            w.types(field, number);
            w.harness.step();
            assert!(w.find_any("It cannot be saved") || number == "65", "{field} of {number}");
        }
        w.types(field, &good);
        until_said(&mut w, CURRENT);
    }
}

#[test]
fn what_is_typed_does_nothing_to_the_window() {
    let mut w = Window::open(1280.0, 800.0);
    let days = w.days();
    w.presses_with(CTRL, Key::E);
    w.harness.get_by_role_and_label(Role::TextInput, "Title").focus();
    w.settle();
    for key in [Key::A, Key::T, Key::Num2, Key::Space, Key::ArrowLeft, Key::Home] {
        w.presses(key);
    }
    w.harness.event(egui::Event::Text("at home".to_owned()));
    w.settle();
    assert_eq!(w.field("Title"), "at home");
    // Esc leaves the field first.
    w.presses(Key::Escape);
    w.sees("File name");
    for key in [Key::A, Key::Num2, Key::ArrowLeft] {
        w.presses(key);
    }
    w.presses(Key::Escape);
    assert!(!w.find_any("File name"));
    assert_eq!(w.days(), days);
    w.presses_with(CTRL, Key::E);
    assert_eq!(w.field("Title"), "at home");
}

#[test]
fn parts_and_names_follow_the_boxes() {
    let mut w = Window::open(1280.0, 800.0);
    w.clicks("Arabic");
    w.presses_with(CTRL, Key::E);
    assert!(!is_checked(&w, "Arabic names beside the Latin ones"), "not as in the window");
    let by_itself = FigureSpec::new(FigureSize::default());
    for part in FigurePart::ALL {
        assert_eq!(is_checked(&w, part.label()), by_itself.has(part), "{part:?}");
        chooses(&mut w, part.label());
        assert_eq!(is_checked(&w, part.label()), !by_itself.has(part), "{part:?}");
    }
}

#[test]
fn a_picked_site_can_be_pointed_at() {
    let mut w = Window::open(1280.0, 800.0);
    w.clicks("Green Village, al-Omar oil field, 2022-01-05");
    w.presses_with(CTRL, Key::E);
    chooses(&mut w, "Add the picked event");
    w.sees("Remove the callout at Green Village");
    assert!(!w.find_any("Add the picked event"), "twice the same");
    w.harness.get_by_label_contains("Remove the callout at").click_accesskit();
    w.settle();
    w.sees("Add the picked event");
}

#[test]
fn picture_and_caption_are_copied() {
    let mut w = Window::open_the_record(1280.0, 800.0);
    w.presses_with(CTRL, Key::E);
    let commands = |w: &mut Window, button: &str| {
        w.harness.get_by_label(button).click();
        let start = Instant::now();
        loop {
            w.harness.step();
            let output = w.harness.output();
            if let [command] = output.platform_output.commands.as_slice() {
                return command.clone();
            }
            assert!(start.elapsed() < Duration::from_secs(90));
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    let loaded = data::load(None).unwrap().dataset;
    let view = View::opening(&loaded);
    let words = caption(&loaded, &view, &select(&loaded, &view)).text();
    match commands(&mut w, "Copy caption") {
        OutputCommand::CopyText(text) => assert_eq!(text, words),
        other => panic!("{other:?}"),
    }
    until_said(&mut w, "Copied the caption");
    match commands(&mut w, "Copy picture") {
        OutputCommand::CopyImage(image) => assert_eq!(image.size, [1920, 1080]),
        other => panic!("{other:?}"),
    }
    until_said(&mut w, "Copied the picture, 1920 × 1080 pixels");
}

#[test]
fn it_says_what_should_be_looked_at_and_shows_the_figure_with_other_eyes() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    until_said(&mut w, CURRENT);
    assert!(!w.find_any("Error: The title says 1999"));
    w.types("Title", "Attacks in 1999");
    until_said(&mut w, "Error: The title says 1999");
    w.clicks("Check: 1");
    w.sees("Change the title or the days");
    chooses(&mut w, "Without green (deuteranopia)");
    until_said(&mut w, "A simulation, in the preview only");
    // What is saved is the figure itself.
    w.types("File name", "own");
    saves(&mut w);
    let saved = std::fs::read(folder.path().join("own.png")).unwrap();
    let other = tempfile::tempdir().unwrap();
    assert!(saved == rendered(other.path(), "cli.png", &["--title", "Attacks in 1999"]));
}

#[test]
fn what_a_figure_says_of_itself_can_be_left_out_and_the_size_of_the_file_is_told() {
    let [folder, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let mut w = open(folder.path());
    assert!(is_checked(&w, "Can be opened again"));
    until_said(&mut w, "PNG, ");
    w.clicks("Can be opened again");
    w.types("File name", "bare.pdf");
    until_said(&mut w, "PDF, ");
    saves(&mut w);
    let saved = std::fs::read(folder.path().join("bare.pdf")).unwrap();
    assert!(saved == rendered(other.path(), "cli.pdf", &["--no-metadata"]), "another page");
    let told = format!("PDF, {} kB", (saved.len() + 500) / 1000);
    assert!(w.find_any(&told), "{told}");
}

#[test]
fn a_callout_is_proposed_at_a_site_that_is_drawn_and_says_what_it_will_say() {
    let folder = tempfile::tempdir().unwrap();
    let mut w = open(folder.path());
    until_said(&mut w, CURRENT);
    chooses(&mut w, "Add the site with most events");
    until_said(&mut w, CURRENT);
    assert!(w.harness.query_by_label("Remove the callout at Ain al-Asad Air Base").is_some());
    saves(&mut w);
    let saved = std::fs::read(folder.path().join("sitrep-2022-01-03-to-06.png")).unwrap();
    let other = tempfile::tempdir().unwrap();
    let flags = ["--callout", "site:ain-al-asad"];
    assert!(saved == rendered(other.path(), "cli.png", &flags), "another picture than render's");
}
