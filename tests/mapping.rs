//! What somebody says of the columns of a table: written down, edited, and read by every command.
#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "support/mod.rs"]
mod support;

use std::fs;

use support::program::{Ran, sitrep};

/// A table whose columns nobody can guess, with dates that can be read in two ways.
const STRANGE: &str =
    "nr;seen;up;across;what\n1;03/04/2022;33.3;44.4;rocket\n2;05/06/2022;36.2;44.0;drone\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Self(folder)
    }

    fn runs(&self, args: &[&str]) -> Ran {
        sitrep(args, self.0.path())
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap()
    }
}

#[test]
fn what_was_guessed_is_written_edited_and_read_by_every_command() {
    let folder = Folder::with(&[("a.csv", STRANGE)]);
    let written = folder.runs(&["check", "a.csv", "--write-mapping", "m.toml"]);
    assert_eq!(written.code, Some(1), "all dates can be read in two ways: {}", written.stdout);
    let advice = "date_order in a mapping, which `sitrep check FILE --write-mapping m.toml` writes";
    assert!(written.stdout.contains(advice), "{}", written.stdout);
    let mut text = folder.text("m.toml");
    assert!(text.contains("date = \"seen\"  # nearly all cells of \"seen\" are dates\n"), "{text}");
    assert!(
        text.contains("# Kept as they stand: \"nr\", \"up\", \"across\", \"what\"\n"),
        "{text}"
    );
    text = text
        .replace("# date_order = \"day-month-year\"", "date_order = \"month-day-year\"")
        .replace(
            "[columns]\n",
            "[columns]\nid = \"nr\"\nlatitude = \"up\"\nlongitude = 4\nclass = \"What\"\n",
        );
    fs::write(folder.0.path().join("m.toml"), text).unwrap();

    let checked = folder.runs(&["check", "a.csv", "--mapping", "m.toml"]);
    assert_eq!(checked.code, Some(0), "{}", checked.stdout);
    assert!(
        checked.stdout.starts_with("Read as a table, its columns as m.toml says: UTF-8"),
        "{}",
        checked.stdout
    );
    assert!(
        checked.stdout.contains("class            what (so says m.toml, line "),
        "{}",
        checked.stdout
    );
    let args = ["a.csv", "--mapping", "m.toml"];
    let events = folder.runs(&[&["events"], &args[..], &["--format", "csv"]].concat());
    assert!(
        events.stdout.contains("2022-05-06") && events.stdout.contains("2022-03-04"),
        "{}",
        events.stdout
    );
    let tally =
        folder.runs(&[&["tally"], &args[..], &["--by", "direction", "--format", "csv"]].concat());
    assert!(tally.stdout.contains("rocket,1"), "{}", tally.stdout);
    let made = folder.runs(&[&["render"], &args[..], &["-o", "a.png"]].concat());
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let info = folder.runs(&["info", "a.png", "a.csv", "--mapping", "m.toml", "--format", "json"]);
    assert!(info.stdout.contains("\"same-record\""), "{}", info.stdout);
}

#[test]
fn a_mapping_is_not_replaced_and_a_wrong_one_is_refused_in_one_sentence() {
    let folder = Folder::with(&[("a.csv", STRANGE), ("m.toml", "[columns]\ndate = \"sen\"\n")]);
    for (args, told) in [
        (&["check", "a.csv", "--write-mapping", "m.toml"][..], "is not replaced"),
        (&["check", "--write-mapping", "n.toml"], "--write-mapping is for a table"),
        (&["tally", "--by", "month", "--mapping", "m.toml"], "leave out --mapping"),
        (&["events", "a.csv", "--mapping", "no.toml"], "the mapping cannot be read"),
        (
            &["events", "a.csv", "--mapping", "m.toml"],
            "the table has no column \"sen\" (did you mean \"seen\"?) (line 2): m.toml",
        ),
    ] {
        let ran = folder.runs(args);
        assert_eq!(ran.code, Some(2), "{args:?}: {}", ran.stdout);
        assert!(ran.stderr.contains(told), "{args:?}: {}", ran.stderr);
        assert_eq!(ran.stderr.trim_end().lines().count(), 1, "{}", ran.stderr);
    }
    assert_eq!(folder.text("m.toml"), "[columns]\ndate = \"sen\"\n");
}

#[test]
fn a_table_in_which_nothing_is_recognised_gets_a_mapping_to_be_filled_in() {
    let folder = Folder::with(&[("a.csv", "p,q\nx,1\n")]);
    let refused = folder.runs(&["events", "a.csv"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("--write-mapping"), "{}", refused.stderr);
    folder.runs(&["check", "a.csv", "--write-mapping", "m.toml"]);
    let text = folder.text("m.toml");
    assert!(text.contains("# Kept as they stand: \"p\", \"q\"\n"), "{text}");
    assert!(text.contains("# Roles that no column has: id, date, date_end,"), "{text}");
}

#[test]
fn latitude_and_longitude_in_each_others_column_are_told_and_never_changed_unasked() {
    let text = "date,lat,lon\n2022-01-05,44.4,33.3\n2022-01-06,44.0,36.2\n";
    let folder = Folder::with(&[("a.csv", text)]);
    let checked = folder.runs(&["check", "a.csv", "--write-mapping", "m.toml"]);
    assert!(
        checked.stdout.contains("all 2 positions fit only when \"lat\" and \"lon\" change places"),
        "{}",
        checked.stdout
    );
    let listed = folder.runs(&["events", "a.csv", "--format", "geojson"]).stdout;
    let plain: String = listed.split_whitespace().collect();
    assert!(plain.contains("[33.3,44.4]"), "as they stand: {listed}");
    let swapped = folder
        .text("m.toml")
        .replace("latitude = \"lat\"", "latitude = \"lon\"")
        .replace("longitude = \"lon\"  #", "longitude = \"lat\"  #");
    fs::write(folder.0.path().join("m.toml"), swapped).unwrap();
    let checked = folder.runs(&["check", "a.csv", "--mapping", "m.toml"]);
    assert!(!checked.stdout.contains("change places"), "{}", checked.stdout);
}
