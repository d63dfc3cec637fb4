//! Files of events: what is saved is what is filtered, and opening it gives the same events.
#![expect(clippy::unwrap_used, reason = "a test")]
#![expect(clippy::print_stderr, reason = "says what was skipped")]

#[path = "support/mod.rs"]
mod support;
#[path = "write/told.rs"]
mod told;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use sitrep_atlas::analysis::{Record, Rule, View, select};
use sitrep_atlas::data::write::{EventExport, EventFormat, WriteError};
use sitrep_atlas::data::{self, Loaded};
use sitrep_atlas::domain::{CountRange, Event};
use support::program::{listing, sitrep};
use told::{told, told_of_all};

fn record() -> Record {
    data::load(None).unwrap().dataset
}

/// A view of every event.
fn all(record: &Record) -> View {
    View { rule: Rule::Everything, ..View::of_all(record) }
}

/// Formats that Sitrep reads itself.
const READ: [EventFormat; 2] = [EventFormat::Csv, EventFormat::GeoJson];

/// Saves events in a folder that goes when it is dropped.
fn saved(record: &Record, view: &View, format: EventFormat) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("events.{}", format.endings()[0]));
    let selection = select(record, view);
    EventExport::new(record, view, &selection, &|_| true).save(&path).unwrap();
    (folder, path)
}

fn written(record: &Record, view: &View, format: EventFormat) -> Vec<u8> {
    let (_folder, path) = saved(record, view, format);
    fs::read(path).unwrap()
}

/// Writes events and opens them again.
fn back(record: &Record, view: &View, format: EventFormat) -> Loaded {
    let (_folder, path) = saved(record, view, format);
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
    for format in READ {
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
    for format in READ {
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
    let json: Value = serde_json::from_slice(&json).unwrap();
    let features = json["features"].as_array().unwrap();
    let point = |feature: &Value| -> Vec<f64> {
        let numbers = feature["geometry"]["coordinates"].as_array().unwrap().iter();
        numbers.map(|number| number.as_f64().unwrap()).collect()
    };
    assert_eq!([point(&features[0]), point(&features[1])], [[-44.0, -33.5], [43.1, 36.3]]);
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
    let ids: Vec<String> = again.event_indices().map(|event| again.id(event)).collect();
    assert_eq!(ids, support::program::ids_of_json(&listed.stdout));
    assert!(!ids.is_empty());
    let notes = fs::read_to_string(folder.path().join("a.csv.txt")).unwrap();
    let record = record();
    let sha256 = record.sha256.get().unwrap();
    for said in ["from: 2021-01-01", "to: 2021-12-31", "rule: everything", sha256] {
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

#[test]
fn the_same_events_give_the_same_bytes() {
    let record = record();
    for format in EventFormat::ALL {
        let [once, again] = [0, 1].map(|_| written(&record, &all(&record), format));
        assert!(once == again, "{}", format.label());
    }
}

#[test]
fn what_is_broken_off_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let record = record();
    let view = all(&record);
    let selection = select(&record, &view);
    let export = EventExport::new(&record, &view, &selection, &|_| false);
    for format in EventFormat::ALL {
        let path = folder.path().join(format!("a.{}", format.endings()[0]));
        assert!(matches!(export.save(&path), Err(WriteError::Stopped)), "{}", format.label());
    }
    assert!(listing(folder.path()).is_empty());
}

/// What GDAL says; `None` where it is not installed and need not be.
fn gdal(name: &str, args: &[&str]) -> Option<String> {
    let Ok(output) = Command::new(name).args(args).output() else {
        let is_required = std::env::var_os("SITREP_REQUIRE_RENDER_TESTS").is_some_and(|v| v == "1");
        assert!(!is_required, "{name} is not installed");
        eprintln!("skipped: {name} is not installed (gdal-bin has it)");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.trim().is_empty(), "{name} {args:?}: {said}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn gdal_reads_the_events_with_their_points_days_and_texts() {
    let (record, table) = (record(), table());
    for format in [EventFormat::GeoJson, EventFormat::GeoPackage, EventFormat::Kml] {
        for record in [&record, &table] {
            let (folder, path) = saved(record, &all(record), format);
            let lines = folder.path().join("lines.geojsonl");
            let days = ["-mapFieldType", "Date=String,DateTime=String"];
            let args = ["-f", "GeoJSONSeq", lines.to_str().unwrap(), path.to_str().unwrap()];
            // A GeoPackage also has the table that says what was exported.
            let layer: &[&str] = if format == EventFormat::GeoPackage { &["events"] } else { &[] };
            let Some(_) = gdal("ogr2ogr", &[&days[..], &args, layer].concat()) else { return };
            let lines = fs::read_to_string(&lines).unwrap();
            let features: Vec<Value> =
                lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(features.len(), record.events.len(), "{}", format.label());
            for (event, feature) in record.events.iter().zip(&features) {
                let told = &feature["properties"];
                let said = record.words(event);
                // GDAL takes a member "id" of a GeoJSON feature for the property of that name.
                let id = Some(&told["id"]).filter(|id| !id.is_null()).unwrap_or(&feature["id"]);
                assert_eq!(*id, said.id, "{}", format.label());
                let day = event.date.span.first().to_string();
                let start = told["start"].as_str().unwrap().replace('/', "-");
                assert_eq!(start, day, "{}: {}", format.label(), said.id);
                // KML has no line breaks in a field that all programs keep.
                let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                let summary = told["summary"].as_str().unwrap_or_default();
                assert_eq!(words(summary), words(&said.summary), "{}", said.id);
                let at = event.position.get().or(record.site(event.site).position);
                let point = feature["geometry"]["coordinates"].as_array();
                let point = point.map(|p| [p[0].as_f64().unwrap(), p[1].as_f64().unwrap()]);
                assert_eq!(point.is_some(), at.is_some(), "{}", said.id);
                if let (Some([lon, lat]), Some(at)) = (point, at) {
                    let off = (lon - at.lon()).abs().max((lat - at.lat()).abs());
                    assert!(off < 1e-7, "{}: {lon} {lat}", said.id);
                }
            }
        }
    }
}

#[test]
fn gdal_reads_what_a_geopackage_says_of_itself() {
    let record = record();
    let (_folder, path) = saved(&record, &all(&record), EventFormat::GeoPackage);
    let Some(said) = gdal("ogrinfo", &["-ro", "-al", path.to_str().unwrap(), "sitrep_export"])
    else {
        return;
    };
    let sha256 = record.sha256.get().unwrap();
    for what in [sha256, "everything", "written_by"] {
        assert!(said.contains(what), "{what} is not in\n{said}");
    }
    let said = gdal("ogrinfo", &["-ro", "-so", path.to_str().unwrap(), "events"]).unwrap();
    for what in ["Geometry: Point", "WGS 84", "start: Date", "killed_coalition_low: Integer"] {
        assert!(said.contains(what), "{what} is not in\n{said}");
    }
}

#[test]
fn a_placemark_has_the_days_of_its_event_no_more_precisely_than_they_are_known() {
    let table = table();
    let kml = String::from_utf8(written(&table, &all(&table), EventFormat::Kml)).unwrap();
    let document = roxmltree::Document::parse(&kml).unwrap();
    let text = |name: &str| -> Vec<&str> {
        document
            .descendants()
            .filter(|n| n.has_tag_name(("http://www.opengis.net/kml/2.2", name)))
            .filter_map(|n| n.text())
            .collect()
    };
    assert_eq!(text("when"), ["2020-01", "2020-01-08"]);
    assert_eq!((text("begin"), text("end")), (vec!["2020-01-27"], vec!["2020-02-02"]));
    assert_eq!(text("coordinates"), ["-44,-33.5", "43.1,36.3"]);
}

#[test]
fn parquet_has_every_event_with_its_point_and_says_what_it_is() {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::RowAccessor as _;
    let table = table();
    let (_folder, path) = saved(&table, &all(&table), EventFormat::Parquet);
    let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
    let facts = reader.metadata().file_metadata().key_value_metadata().unwrap();
    let fact = |key: &str| -> Value {
        let found = facts.iter().find(|fact| fact.key == key).unwrap();
        serde_json::from_str(found.value.as_deref().unwrap()).unwrap()
    };
    let geo = fact("geo");
    assert_eq!((&geo["version"], &geo["primary_column"]), (&"1.1.0".into(), &"geometry".into()));
    assert_eq!(geo["columns"]["geometry"]["bbox"], serde_json::json!([-44.0, -33.5, 43.1, 36.3]));
    assert_eq!(fact("sitrep")["events"], "3");
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    let place = rows[0].get_column_iter().position(|(name, _)| name == "geometry").unwrap();
    let points: Vec<_> =
        rows.iter().map(|row| row.get_bytes(place).ok().map(|b| b.data().to_vec())).collect();
    let first = points[0].as_deref().unwrap();
    assert_eq!(first[..5], [1, 1, 0, 0, 0]);
    assert_eq!(first[5..13], (-44.0_f64).to_le_bytes());
    assert_eq!((points[1].is_some(), &points[2]), (true, &None));
    assert_eq!(rows[1].get_string(0).unwrap(), "XXX1");
}

/// What a Python program with pyarrow says of a file: the Python of `SITREP_PYARROW`, or the one on the path.
const ARROW: &str = "\
import json, sys
import pyarrow.parquet as parquet
table = parquet.read_table(sys.argv[1])
json.dump({'metadata': [key.decode() for key in table.schema.metadata],
           'rows': json.loads(json.dumps(table.drop(['geometry']).to_pylist(), default=str)),
           'points': [point and point.hex() for point in table['geometry'].to_pylist()]}, sys.stdout)
";

#[test]
fn pyarrow_reads_the_same_events_from_parquet() {
    let record = record();
    let (_folder, path) = saved(&record, &all(&record), EventFormat::Parquet);
    let python = std::env::var("SITREP_PYARROW").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(&python).args(["-c", ARROW]).arg(&path).output();
    let said = output
        .as_ref()
        .map_or_else(ToString::to_string, |o| String::from_utf8_lossy(&o.stderr).into_owned());
    let Some(output) = output.ok().filter(|output| output.status.success()) else {
        let is_required = std::env::var_os("SITREP_REQUIRE_RENDER_TESTS").is_some_and(|v| v == "1");
        assert!(!is_required, "{python} does not read Parquet with pyarrow: {said}");
        eprintln!("skipped: {python} has no pyarrow");
        return;
    };
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(read["metadata"], serde_json::json!(["geo", "sitrep"]));
    let rows = read["rows"].as_array().unwrap();
    assert_eq!(rows.len(), record.events.len());
    for (event, row) in record.events.iter().zip(rows) {
        let said = record.words(event);
        assert_eq!(row["id"], said.id);
        assert_eq!(row["start"], event.date.span.first().to_string());
        assert_eq!(row["summary"], said.summary);
        let low = event.munitions.get().map(CountRange::low);
        assert_eq!(row["munitions_low"].as_u64(), low.map(u64::from), "{}", said.id);
    }
    let points = read["points"].as_array().unwrap();
    let placed =
        |event: &Event| event.position.get().or(record.site(event.site).position).is_some();
    assert!(record.events.iter().zip(points).all(|(e, point)| point.is_string() == placed(e)));
}

#[test]
fn the_rows_that_were_left_out_are_saved_as_they_stand_with_line_and_reason() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "id,date,place,lat,lon\n1,2022-01-05,\"Town, \"\"A\"\"\",33,44\n2,soon,\"Town\nB\",33,44\n\
        3,,C,33,44\n4,2022-01-06,D,33,44,more\n5,2022-01-07,E,33,44\n";
    fs::write(folder.path().join("t.csv"), rows).unwrap();
    let ran = sitrep(&["check", "t.csv", "--rejected", "out.csv"], folder.path());
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains("3 rows were left out: saved out.csv"), "{}", ran.stderr);
    let saved = fs::read_to_string(folder.path().join("out.csv")).unwrap();
    let expected = "left out: line,left out: reason,id,date,place,lat,lon\n\
        3,the date cannot be read,2,soon,\"Town\nB\",33,44\n\
        5,the cell of the date is empty,3,,C,33,44\n\
        6,the row has more cells than the header,4,2022-01-06,D,33,44,more\n";
    assert_eq!(saved, expected);
    let refused = sitrep(&["check", "--rejected", "no.csv"], folder.path());
    assert_eq!((refused.code, refused.stderr.lines().count()), (Some(2), 1), "{}", refused.stderr);
}
