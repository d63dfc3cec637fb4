//! What somebody says of the columns of a table: written down, edited, and read by every command.
#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "support/mod.rs"]
mod support;

use std::fs;

use sitrep_atlas::data::import::{Mapping, Role, Table};
use support::program::{Ran, command, sitrep};

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
        (&["check", "--write-mapping", "n.toml"], "--write-mapping is for a table in a file"),
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

#[test]
fn what_was_said_of_a_shape_is_remembered_for_it_said_wherever_it_is_used_and_forgotten() {
    let folder =
        Folder::with(&[("a.csv", STRANGE), ("other.csv", &STRANGE.replacen("nr;", "id;", 1))]);
    let kept = folder.0.path().join("config/sitrep/mappings");
    let table = Table::open(&folder.0.path().join("a.csv")).unwrap();
    let mut mapping = table.mapping().clone();
    mapping.date_order = Some(sitrep_atlas::data::import::DateOrder::MonthDayYear);
    mapping.give(4, Some(Role::Class));
    table.remember(&kept, &mapping).unwrap();
    assert!(table.is_remembered(&kept));

    let run = |args: &[&str]| {
        let mut command = command(args, folder.0.path());
        let out = command.env("XDG_CONFIG_HOME", folder.0.path().join("config")).output().unwrap();
        [out.stdout, out.stderr].map(|bytes| String::from_utf8(bytes).unwrap())
    };
    let [checked, _] = run(&["check", "a.csv"]);
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let said = format!("Read as a table, its columns as you mapped this shape on {today} (remove ");
    assert!(checked.starts_with(&said), "{checked}");
    let [listed, told] = run(&["events", "a.csv", "--format", "csv"]);
    assert!(listed.contains("2022-03-04"), "{listed}");
    assert!(told.contains("the table is read as you mapped this shape on"), "{told}");
    // A mapping that is named comes first, and another header is another shape.
    fs::write(folder.0.path().join("m.toml"), "[columns]\ndate = \"seen\"\n").unwrap();
    let [checked, _] = run(&["check", "a.csv", "--mapping", "m.toml"]);
    assert!(checked.starts_with("Read as a table, its columns as m.toml says"), "{checked}");
    let [checked, _] = run(&["check", "other.csv"]);
    assert!(checked.starts_with("Read as a table, its columns guessed"), "{checked}");

    // What somebody broke is told and not used.
    let file = fs::read_dir(&kept).unwrap().next().unwrap().unwrap().path();
    fs::write(&file, "[columns]\ndate = 77\n").unwrap();
    let [checked, _] = run(&["check", "a.csv"]);
    assert!(checked.starts_with("Read as a table, its columns guessed"), "{checked}");
    assert!(checked.contains("cannot be used: the table has no column 77"), "{checked}");
    table.forget(&kept).unwrap();
    table.forget(&kept).unwrap();
    assert!(!file.exists() && !table.is_remembered(&kept));
    let headless = Table::in_memory(b"1,2022-01-05\n2,2022-01-06\n".to_vec()).unwrap();
    headless.remember(&kept, &Mapping::default()).unwrap();
    assert_eq!(fs::read_dir(&kept).unwrap().count(), 0, "without a header there is no shape");
}
