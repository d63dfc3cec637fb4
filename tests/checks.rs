//! A sound data package is edited by hand, one cell at a time: each mistake is found at its line and
//! column and at no other, and the rest still loads.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};

use mistakes::{ALL, Cell, Mistake};
use sitrep_atlas::data::{self, Loaded, Problem};

#[path = "checks/mistakes.rs"]
mod mistakes;
#[path = "support/program.rs"]
#[allow(dead_code, reason = "each test file uses a part of it")]
mod program;

#[test]
fn the_sound_package_has_no_problem() {
    let found = Copy::of_sound().check();
    assert_eq!(found.problems, [], "{:#?}", found.problems);
    assert_eq!(found.loaded.dataset.rows_left_out, 0);
}

#[test]
fn each_mistake_is_found_at_its_line_and_column_and_nothing_else_is() {
    let rows = loaded_rows(&Copy::of_sound().check().loaded);
    for mistake in ALL {
        let copy = Copy::of_sound();
        let expected: Vec<String> = mistake.found.iter().map(|f| copy.place(f.0)).collect();
        let found = copy.edit(mistake).check();
        let said: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), expected.len(), "{mistake:?}\n{said:#?}");
        for (place, (_, severity, words)) in expected.iter().zip(mistake.found) {
            assert!(is_told(&found.problems, place, severity, words), "{mistake:?}\n{said:#?}");
        }
        let dataset = &found.loaded.dataset;
        assert_eq!(dataset.rows_left_out, mistake.lost, "{mistake:?}\n{said:#?}");
        assert_eq!(loaded_rows(&found.loaded), rows - mistake.lost, "{mistake:?}");
    }
}

#[test]
fn all_mistakes_at_once_are_all_found() {
    let mut copy = Copy::of_sound();
    let places: Vec<Vec<String>> =
        ALL.iter().map(|m| m.found.iter().map(|f| copy.place(f.0)).collect()).collect();
    for mistake in ALL {
        copy = copy.edit(mistake);
    }
    let found = copy.check();
    for (mistake, places) in ALL.iter().zip(&places) {
        for (place, (_, severity, words)) in places.iter().zip(mistake.found) {
            assert!(
                is_told(&found.problems, place, severity, words),
                "{mistake:?} is not among\n{:#?}",
                found.problems.iter().map(ToString::to_string).collect::<Vec<_>>()
            );
        }
    }
    assert!(found.loaded.dataset.events.len() > 8 && found.loaded.dataset.sites.len() > 9);
}

/// The all-at-once test proves little if two mistakes overwrite each other.
#[test]
fn no_two_mistakes_are_made_in_one_cell() {
    let mut cells: Vec<Cell> = ALL.iter().map(|m| m.edit.0).collect();
    cells.sort_unstable();
    let twice: Vec<_> = cells.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn a_line_with_a_cell_too_many_is_told_and_the_rest_loads() {
    let copy = Copy::of_sound().rewrite("links", |text| text.replace("tie-2,", "tie-2,,"));
    let place = copy.file("links") + ":3: ";
    let found = copy.check();
    assert_eq!(found.problems.len(), 1, "{:#?}", found.problems);
    assert!(is_told(&found.problems, &place, "error", "6 cells, the header 5"));
    assert_eq!((found.loaded.dataset.links.len(), found.loaded.dataset.rows_left_out), (3, 1));
}

#[test]
fn a_cell_that_is_not_utf_8_is_told_with_its_column() {
    let copy = Copy::of_sound();
    let place = copy.place(("links", "tie-3", "kind"));
    let path = copy.path("links");
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(5).rposition(|w| w == b"_wave").unwrap();
    bytes[at] = 0xe9;
    std::fs::write(path, bytes).unwrap();
    let found = copy.check();
    assert_eq!(found.problems.len(), 1, "{:#?}", found.problems);
    assert!(is_told(&found.problems, &place, "error", "not UTF-8"), "{:#?}", found.problems);
}

/// Rows that name what stands in an unreadable table are not at fault.
#[test]
fn a_table_in_utf_16_is_one_problem_whichever_it_is() {
    for table in TABLES {
        let copy = Copy::of_sound();
        let text = std::fs::read_to_string(copy.path(table)).unwrap();
        let bytes: Vec<u8> =
            format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        std::fs::write(copy.path(table), bytes).unwrap();
        let place = copy.file(table) + ": ";
        let found = copy.check();
        assert_eq!(found.problems.len(), 1, "{table}: {:#?}", found.problems);
        assert!(is_told(&found.problems, &place, "error", "this file is UTF-16 text; save it as"));
        assert!(found.loaded.dataset.rows_left_out > 0, "{table}");
    }
}

#[test]
fn a_table_without_its_identifiers_is_one_problem() {
    for table in ["sources", "sites", "actors", "events"] {
        let copy = Copy::of_sound().rewrite(table, |text| text.replacen("id,", "name_of_row,", 1));
        let place = copy.file(table) + ":1 [id]: ";
        let found = copy.check();
        assert_eq!(found.problems.len(), 1, "{table}: {:#?}", found.problems);
        assert!(is_told(&found.problems, &place, "error", "the column is missing"));
    }
}

#[test]
fn a_missing_column_is_told_once_and_not_for_every_row() {
    let copy = Copy::of_sound().rewrite("events", |text| text.replacen("damage", "harm", 1));
    let place = copy.file("events") + ":1 [damage]: ";
    let found = copy.check();
    assert_eq!(found.problems.len(), 1, "{:#?}", found.problems);
    assert!(is_told(&found.problems, &place, "error", "the column is missing"));
}

#[test]
fn a_line_number_is_the_one_of_the_editor_also_after_blank_lines_and_with_windows_line_ends() {
    let mistake = ALL.iter().find(|m| m.edit.0 == ("events", "e02", "distinct_from")).unwrap();
    let copy = Copy::of_sound().edit(mistake).rewrite("events", |text| {
        let (header, rows) = text.split_once('\n').unwrap();
        format!("{header}\n\n\n{rows}").replace('\n', "\r\n")
    });
    let place = copy.file("events") + ":5 [distinct_from]: ";
    let found = copy.check();
    assert!(is_told(&found.problems, &place, "error", "the same day"), "{:#?}", found.problems);
}

/// The exit status says whether something is surely wrong, and JSON says of each row which it is.
#[test]
fn check_exits_with_1_for_an_error_and_with_0_for_remarks_alone() {
    let by_severity = |severity: &str| {
        ALL.iter().find(|m| m.found.len() == 1 && m.found[0].1 == severity).unwrap()
    };
    for (severity, code, told) in [("error", 1, "1 problem in the data"), ("remark", 0, "")] {
        let mistake = by_severity(severity);
        let (table, _, column) = mistake.found[0].0;
        let copy = Copy::of_sound().edit(mistake);
        let folder = copy.folder.path().to_string_lossy().into_owned();
        let ran = program::sitrep(&["check", "--format", "json", &folder], Path::new("."));
        assert_eq!(ran.code, Some(code), "{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.stderr.trim_start_matches("sitrep: ").trim_end(), told);
        let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(json["schema"], "sitrep-check/1");
        let row = json["rows"][0].as_object().unwrap();
        let names: Vec<&str> = row.keys().map(String::as_str).collect();
        assert_eq!(names, ["advice", "column", "file", "line", "severity", "what"]);
        assert_eq!(row["file"], copy.file(table).as_str());
        assert_eq!(row["line"], Copy::row(table, mistake.found[0].0.1).1);
        assert_eq!((&row["column"], &row["severity"]), (&column.into(), &severity.into()));
        assert!(row["what"].as_str().unwrap().contains(mistake.found[0].2), "{row:?}");
        let table = program::sitrep(&["check", &folder], Path::new("."));
        let begins = if code == 0 { "No problems in A made-up record" } else { &folder };
        assert!(table.stdout.starts_with(begins), "{}", table.stdout);
        assert_eq!(table.stdout.contains("1 remark to look at:\n"), code == 0, "{}", table.stdout);
    }
}

const TABLES: [&str; 9] = [
    "sources",
    "sites",
    "actors",
    "events",
    "reports",
    "links",
    "context",
    "force_levels",
    "reported_totals",
];

fn is_told(problems: &[Problem], place: &str, severity: &str, words: &str) -> bool {
    problems.iter().any(|p| {
        let said = p.to_string();
        said.starts_with(place) && said.contains(words) && p.is_error() == (severity == "error")
    })
}

fn loaded_rows(loaded: &Loaded) -> usize {
    let d = &loaded.dataset;
    let told = [d.events.len(), d.reports.len(), d.links.len(), d.context.len()];
    let named = [d.sources.len(), d.sites.len(), d.actors.len()];
    let counted = d.force_levels.len() + d.reported_totals.len();
    told.iter().chain(&named).sum::<usize>() + counted
}

/// A copy of the sound package in a folder of its own.
struct Copy {
    folder: tempfile::TempDir,
}

/// What the checks say of it.
struct Found {
    loaded: Loaded,
    problems: Vec<Problem>,
}

impl Copy {
    fn of_sound() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sound");
        for entry in std::fs::read_dir(sound).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
        Self { folder }
    }

    fn path(&self, table: &str) -> PathBuf {
        self.folder.path().join(format!("{table}.csv"))
    }

    fn file(&self, table: &str) -> String {
        self.path(table).display().to_string()
    }

    fn rewrite(self, table: &str, change: impl Fn(&str) -> String) -> Self {
        let text = std::fs::read_to_string(self.path(table)).unwrap();
        let changed = change(&text);
        assert_ne!(text, changed, "nothing was edited");
        std::fs::write(self.path(table), changed).unwrap();
        self
    }

    /// Puts the mistake into its cell and leaves all else as it is.
    fn edit(self, mistake: &Mistake) -> Self {
        let ((table, row, column), value) = mistake.edit;
        let mut reader = csv::Reader::from_path(self.path(table)).unwrap();
        let header = reader.headers().unwrap().clone();
        let at = column_of(&header, column);
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&header).unwrap();
        for (number, record) in reader.records().enumerate() {
            let record = record.unwrap();
            let is_it = number == Self::row(table, row).0;
            let cells = record.iter().enumerate();
            writer
                .write_record(cells.map(|(c, cell)| if is_it && c == at { value } else { cell }))
                .unwrap();
        }
        std::fs::write(self.path(table), writer.into_inner().unwrap()).unwrap();
        self
    }

    /// The start of what is said of a cell: file, line and column.
    fn place(&self, (table, row, column): Cell) -> String {
        format!("{}:{} [{column}]: ", self.file(table), Self::row(table, row).1)
    }

    /// Number and line of a row of the sound package, by its identifier; by its locator for a report.
    /// Edits change identifiers, but not where rows stand.
    fn row(table: &str, id: &str) -> (usize, u64) {
        let sound =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/sound/{table}.csv"));
        let mut reader = csv::Reader::from_path(sound).unwrap();
        let header = reader.headers().unwrap().clone();
        let key = column_of(&header, if table == "reports" { "locator" } else { "id" });
        let rows = reader.records().map(Result::unwrap).enumerate();
        let mut wanted = rows.filter(|(_, record)| &record[key] == id);
        let (number, record) = wanted.next().unwrap();
        (number, record.position().unwrap().line())
    }

    fn check(&self) -> Found {
        let loaded = data::load(Some(self.folder.path())).unwrap();
        let mut problems = data::check(&loaded, &data::basemap::load().unwrap());
        problems.extend(loaded.problems.clone());
        Found { loaded, problems }
    }
}

fn column_of(header: &csv::StringRecord, column: &str) -> usize {
    header.iter().position(|h| h == column).unwrap()
}
