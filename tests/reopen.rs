//! A figure says what it was made of: it is made again from itself to the byte, its view is asked other questions,
//! and it says which of its events have changed since.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use sitrep_atlas::data::{self, FigureFile};
use support::Package;
use support::program::{Ran, sitrep};

/// A figure in a folder of its own.
struct Saved {
    folder: tempfile::TempDir,
}

impl Saved {
    fn new(name: &str, args: &[&str]) -> Self {
        let saved = Self { folder: tempfile::tempdir().unwrap() };
        saved.again(&[args, &["-o", name]].concat());
        saved
    }

    fn again(&self, args: &[&str]) {
        let ran = self.run(&[&["render"], args].concat());
        assert_eq!(ran.code, Some(0), "{args:?}: {}", ran.stderr);
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.path().join(name)).unwrap()
    }

    fn run(&self, args: &[&str]) -> Ran {
        sitrep(args, self.folder.path())
    }
}

const JANUARY: [&str; 6] = ["--from", "2022-01-03", "--to", "2022-01-06", "--size", "700x480"];

#[test]
fn a_figure_is_made_again_from_itself_to_the_byte() {
    for (name, more) in [
        ("a.png", &["--theme", "dark"][..]),
        ("a.svg", &["--where", "country=IQ", "--bbox", "42.1,31.7,46.3,35.9"]),
        ("a.svg", &["--svg-text", "live", "--title", "Angriffe in نينوى <\"&'>"]),
        ("a.pdf", &["--mode", "since-start", "--fade", "--no-arabic", "--no-strip"]),
    ] {
        let saved = Saved::new(name, &[&JANUARY[..], more].concat());
        let again = format!("again{}", &name[1..]);
        saved.again(&[name, "-o", &again]);
        assert!(saved.bytes(name) == saved.bytes(&again), "{name} {more:?}");
    }
}

#[test]
fn a_figure_is_made_again_in_another_format_and_back() {
    let saved = Saved::new("a.png", &JANUARY);
    for (from, to) in [("a.png", "b.svg"), ("b.svg", "c.pdf"), ("c.pdf", "d.png")] {
        saved.again(&[from, "-o", to]);
    }
    assert!(saved.bytes("a.png") == saved.bytes("d.png"));
}

#[test]
fn a_pack_is_the_same_again() {
    let saved = Saved::new("a.png", &[&JANUARY[..], &["--pack"]].concat());
    saved.again(&["a.png", "--pack", "-o", "b.png"]);
    for ending in ["png", "events.csv", "sources.txt", "sources.bib", "caption.txt", "alt.txt"] {
        assert!(
            saved.bytes(&format!("a.{ending}")) == saved.bytes(&format!("b.{ending}")),
            "{ending}"
        );
    }
}

#[test]
fn what_is_given_beside_a_figure_comes_in_place_of_what_it_says() {
    let other = ["--from", "2021-07-01", "--theme", "print", "--dpi", "120", "--title", "Other"];
    let saved = Saved::new("a.png", &[&JANUARY[..], &["--where", "country=IQ"]].concat());
    let changed = [&["a.png"], &other[..], &["--where", "country=SY", "-o", "b.png"]].concat();
    saved.again(&changed);
    let direct = ["--from", "2021-07-01", "--to", "2022-01-06", "--size", "700x480"];
    saved.again(&[&direct[..], &other[2..], &["--where", "country=SY", "-o", "c.png"]].concat());
    assert!(saved.bytes("b.png") == saved.bytes("c.png"));
}

#[test]
fn without_metadata_a_figure_is_the_same_picture_and_cannot_be_opened_again() {
    let saved = Saved::new("a.png", &[&JANUARY[..], &["--no-metadata"]].concat());
    let refused = saved.run(&["render", "a.png", "-o", "b.png"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("does not say how it was made"), "{}", refused.stderr);
    saved.again(&[&JANUARY[..], &["-o", "c.png"]].concat());
    let pixels = |name| {
        let bytes = saved.bytes(name);
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        pixels
    };
    assert!(pixels("a.png") == pixels("c.png"));
}

#[test]
fn the_view_of_a_figure_is_asked_for_its_events() {
    let saved = Saved::new("a.svg", &[&JANUARY[..], &["--where", "country=IQ"]].concat());
    let direct = ["events", "--from", "2022-01-03", "--to", "2022-01-06", "--where", "country=IQ"];
    let (of_figure, direct) = (saved.run(&["events", "a.svg"]), saved.run(&direct));
    assert!(of_figure.stdout == direct.stdout && of_figure.stdout.lines().count() > 2);
    let days = saved.run(&["tally", "a.svg", "--by", "day", "--format", "csv"]);
    assert!(days.stdout.lines().count() == 5, "{}", days.stdout);
}

#[test]
fn no_path_of_the_machine_is_in_a_figure() {
    let package = Package::new().attack("one", "2022-01-05", "", "day", "north");
    let saved = Saved::new("a.svg", &[package.path().to_str().unwrap()]);
    let text = String::from_utf8(saved.bytes("a.svg")).unwrap();
    for folder in [package.path(), saved.folder.path()] {
        assert!(!text.contains(folder.file_name().unwrap().to_str().unwrap()));
    }
}

#[test]
fn the_digest_of_a_record_is_that_of_the_line_in_the_readme() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let descriptor: Value =
        serde_json::from_slice(&fs::read(folder.join("datapackage.json")).unwrap()).unwrap();
    let tables = descriptor["resources"].as_array().unwrap().iter();
    let tables = tables.map(|table| table["path"].as_str().unwrap());
    let files: Vec<&str> = std::iter::once("datapackage.json").chain(tables).collect();
    let ran = Command::new("sh")
        .args(["-c", "sha256sum \"$@\" | sha256sum", "sh"])
        .args(files)
        .current_dir(&folder)
        .output();
    let Ok(ran) = ran else { return };
    let expected = String::from_utf8(ran.stdout).unwrap();
    let loaded = data::load(None).unwrap().dataset;
    assert_eq!(loaded.sha256.get(), expected.split_whitespace().next());
    assert_eq!(data::load(Some(&folder)).unwrap().dataset.sha256.get(), loaded.sha256.get());
}

#[test]
fn a_figure_says_which_of_its_events_changed_since() {
    let package = Package::new()
        .attack("same", "2022-01-03", "", "day", "north")
        .attack("changed", "2022-01-04", "", "day", "north")
        .attack("moved", "2022-01-05", "", "day", "south")
        .attack("withdrawn", "2022-01-05", "2022-01-06", "span", "south")
        .attack("after", "2022-02-05", "", "day", "south");
    let path = package.path().to_str().unwrap().to_owned();
    let saved = Saved::new("a.png", &[&path, "--from", "2022-01", "--to", "2022-01"]);
    let then = saved.bytes("a.png");
    let info = |args: &[&str]| -> Value {
        let ran = saved.run(&[&["info", "a.png", &path, "--format", "json"], args].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        serde_json::from_str(&ran.stdout).unwrap()
    };
    assert_eq!(info(&[])["since"]["state"], "same-record");
    let events = package.file("events.csv");
    let table = fs::read_to_string(&events).unwrap();
    let table = table.replace("moved,2022-01-05", "moved,2022-03-05");
    let kept: Vec<&str> = table.lines().filter(|line| !line.starts_with("withdrawn")).collect();
    fs::write(&events, kept.join("\n") + "\n").unwrap();
    let reports = package.file("reports.csv");
    let table = fs::read_to_string(&reports).unwrap();
    let table = table.replace("changed,wire,,", "changed,wire,paragraph 2,");
    fs::write(&reports, table.replace("withdrawn,wire,,\n", "")).unwrap();
    let package = package.attack("added", "2022-01-09", "", "day", "north");
    let since = &info(&[])["since"];
    assert_eq!(since["state"], "changed");
    let rows: Vec<String> = since["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let part = |name: &str| row[name].as_str().unwrap().to_owned();
            [part("change"), part("id"), part("start"), part("end"), part("site")].join(" ")
        })
        .collect();
    assert_eq!(
        rows,
        [
            "added added 2022-01-09 2022-01-09 Camp North",
            "changed changed 2022-01-04 2022-01-04 Camp North",
            "not-shown moved 2022-03-05 2022-03-05 Camp South",
            "withdrawn withdrawn 2022-01-05 2022-01-06 Camp South",
        ]
    );
    let table = saved.run(&["info", "a.png", package.path().to_str().unwrap()]).stdout;
    let said = "1 event added, 1 changed, 1 no longer shown, 1 withdrawn";
    assert!(table.contains(said) && table.contains("Camp South"), "{table}");
    let again = saved.run(&["render", "a.png", &path, "-o", "b.png"]);
    assert!(again.code == Some(0) && again.stderr.contains(said), "{}", again.stderr);
    assert!(then != saved.bytes("b.png"));
}

#[test]
fn a_change_elsewhere_in_the_record_is_told_from_one_of_the_figures_events() {
    let package = Package::new().attack("one", "2022-01-03", "", "day", "north").attack(
        "two",
        "2022-02-03",
        "",
        "day",
        "north",
    );
    let path = package.path().to_str().unwrap().to_owned();
    let saved = Saved::new("a.pdf", &[&path, "--to", "2022-01-20"]);
    let package = package.attack("three", "2022-02-04", "", "day", "north");
    let info = saved.run(&["info", "a.pdf", package.path().to_str().unwrap()]);
    assert!(info.stdout.contains("none of the figure's events did"), "{}", info.stdout);
}

#[test]
fn another_record_is_not_taken_for_that_of_the_figure() {
    let package = Package::new().attack("one", "2022-01-03", "", "day", "north");
    let saved = Saved::new("a.svg", &[package.path().to_str().unwrap()]);
    for args in [&["render", "a.svg", "-o", "b.svg"][..], &["events", "a.svg"]] {
        let refused = saved.run(args);
        assert_eq!(refused.code, Some(2));
        assert!(refused.stderr.contains("made-up 1.0.0"), "{}", refused.stderr);
    }
    let info = saved.run(&["info", "a.svg"]);
    assert!(info.code == Some(0) && info.stdout.contains("another record"), "{}", info.stdout);
}

#[test]
fn a_figure_is_read_whatever_its_name_is() {
    let saved = Saved::new("a.png", &JANUARY);
    fs::rename(saved.folder.path().join("a.png"), saved.folder.path().join("picture")).unwrap();
    let figure = FigureFile::read(&saved.folder.path().join("picture")).unwrap();
    assert_eq!(figure.record.view.window.first().to_string(), "2022-01-03");
    saved.again(&["picture", "-o", "b.png"]);
    assert!(saved.bytes("picture") == saved.bytes("b.png"));
}
