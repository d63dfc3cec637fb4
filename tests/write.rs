//! Files of events: what is saved is what is filtered, and opening it gives the same events.
#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "support/mod.rs"]
mod support;
#[path = "write/told.rs"]
mod told;

use std::fs;
use std::path::Path;

use sitrep_atlas::analysis::{Record, Rule, View, select};
use sitrep_atlas::data::write::{EventExport, EventFormat, to_bytes};
use sitrep_atlas::data::{self, Loaded};
use support::program::{listing, sitrep};
use told::{told, told_of_all};

fn record() -> Record {
    data::load(None).unwrap().dataset
}

/// A view of every event.
fn all(record: &Record) -> View {
    View { rule: Rule::Everything, ..View::of_all(record) }
}

fn written(record: &Record, view: &View, format: EventFormat) -> Vec<u8> {
    let selection = select(record, view);
    to_bytes(&EventExport::new(record, view, &selection, &|_| true), format).unwrap()
}

/// Writes events and opens them again.
fn back(record: &Record, view: &View, format: EventFormat) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("events.{}", format.endings()[0]));
    fs::write(&path, written(record, view, format)).unwrap();
    data::load(Some(&path)).unwrap()
}

/// Made-up rows in the shape of ACLED's, with texts that are hard to write; no such events are meant.
const TABLE: &str = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,\
admin1,location,latitude,longitude,geo_precision,source,notes,fatalities,tags,status,\"odd, name\"\n\
XXX1,2020-01-08,1,Battles,Armed clash,\"Group; A\",Group B,Iraq,Ninewa,Town A,36.3000,43.1000,1,Paper A; Paper B,\
\"Words, with \"\"quotes\"\"\nand a second line.\",3,=1+1,seen,'=x\n\
XXX2,2020-01-15,3,Protests,,,,Syria,,\"Region <B> & \u{628}\",-33.5,-44,3,,@home,0,-33.5,,\n\
XXX3,2020-02-01,2,Riots,,,,Iraq,,Nowhere,,,1,,,,+5,,\t\n";

fn table() -> Record {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made-up.csv");
    fs::write(&path, TABLE).unwrap();
    data::load(Some(&path)).unwrap().dataset
}

#[test]
fn the_record_comes_back_from_every_format_with_all_that_a_row_can_hold() {
    for format in EventFormat::ALL {
        comes_back(format);
    }
}

fn comes_back(format: EventFormat) {
    let record = record();
    let again = back(&record, &all(&record), format);
    assert_eq!(again.problems, []);
    assert_eq!(again.dataset.events.len(), record.events.len());
    for (event, same) in told_of_all(&record).iter().zip(told_of_all(&again.dataset)) {
        assert_eq!(*event, same);
    }
    assert_eq!(again.dataset.classes, record.classes);
    let how = again.table.unwrap();
    assert_eq!((how.profile, how.kept_as_they_stand), (Some("Sitrep"), Vec::new()));
}

#[test]
fn somebodys_table_comes_back_with_its_own_columns() {
    let table = table();
    for format in EventFormat::ALL {
        let again = back(&table, &all(&table), format).dataset;
        assert_eq!(told_of_all(&again), told_of_all(&table), "{}", format.label());
        let twice = back(&again, &all(&again), EventFormat::Csv).dataset;
        assert_eq!(told_of_all(&twice), told_of_all(&table), "{}", format.label());
    }
    assert!(told(&table, &table.events[1]).iter().any(|line| line == "tags: =1+1"));
}

#[test]
fn no_cell_of_the_csv_is_a_formula() {
    for bytes in [
        written(&table(), &all(&table()), EventFormat::Csv),
        written(&record(), &all(&record()), EventFormat::Csv),
    ] {
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        for row in reader.records().map(Result::unwrap) {
            for cell in &row {
                let runs = cell.trim_start().starts_with(['=', '+', '-', '@'])
                    || cell.starts_with(['\t', '\r']);
                assert!(!runs || cell.parse::<f64>().is_ok(), "{cell}");
            }
        }
    }
}

#[test]
fn an_event_without_a_position_has_no_point() {
    let table = table();
    let json = written(&table, &all(&table), EventFormat::GeoJson);
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let features = json["features"].as_array().unwrap();
    let points: Vec<_> = features.iter().map(|f| &f["geometry"]["coordinates"]).collect();
    let expected = [serde_json::json!([-44.0, -33.5]), serde_json::json!([43.1, 36.3])];
    assert_eq!(points[..2], [&expected[0], &expected[1]]);
    assert!(features[2]["geometry"].is_null());
    assert_eq!(json["sitrep"]["events"], "3");
}

#[test]
fn what_is_saved_is_what_is_filtered_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let filters = ["--where", "country=SY", "--from", "2021", "--to", "2021-12-31"];
    let run = |more: &[&str]| sitrep(&[&["convert"], &filters[..], more].concat(), folder.path());
    let saved = run(&["-o", "a.csv", "--notes"]);
    assert_eq!((saved.code, saved.stdout.as_str()), (Some(0), ""));
    assert!(saved.stderr.contains("Only country Syria"), "{}", saved.stderr);
    let again = data::load(Some(&folder.path().join("a.csv"))).unwrap().dataset;
    let listed = sitrep(
        &[&["events", "--rule", "everything", "--format", "json"], &filters[..]].concat(),
        folder.path(),
    );
    let ids: Vec<&str> = again.events.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(ids, support::program::ids_of_json(&listed.stdout));
    assert!(!ids.is_empty());
    let notes = fs::read_to_string(folder.path().join("a.csv.txt")).unwrap();
    let sha256 = record().sha256.clone().unwrap();
    for said in ["from: 2021-01-01", "to: 2021-12-31", "rule: everything", &sha256] {
        assert!(notes.contains(said), "{said} is not in\n{notes}");
    }
    assert_eq!(run(&["-o", "a.geojson"]).code, Some(0));
    assert_eq!(listing(folder.path()).len(), 3);
}

#[test]
fn no_event_gives_a_whole_file_without_rows() {
    let folder = tempfile::tempdir().unwrap();
    for format in EventFormat::ALL {
        let name = format!("none.{}", format.endings()[0]);
        let ran = sitrep(&["convert", "--search", "zzzzqqq", "-o", &name], folder.path());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(ran.stderr.contains("no event is in these days and filters"), "{}", ran.stderr);
        assert!(folder.path().join(name).exists());
    }
    let again = data::load(Some(&folder.path().join("none.csv"))).unwrap();
    assert_eq!((again.dataset.events.len(), again.problems.len()), (0, 0));
}

#[test]
fn what_cannot_be_saved_is_refused_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    for (name, said) in
        [("a.doc", "endings"), ("noending", "endings"), ("no/such/folder/a.csv", "does not exist")]
    {
        let ran = sitrep(&["convert", "-o", name], folder.path());
        assert_eq!((ran.code, ran.stderr.lines().count()), (Some(2), 1), "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    assert!(listing(folder.path()).is_empty());
    assert!(EventFormat::of(Path::new("A.CSV")).is_ok());
}
