//! `GeoJSON` and other JSON.

use sitrep_atlas::domain::PlacePrecision;

use super::packed::{gzipped, zipped};
use crate::{read, refusal, says, try_read};

const FEATURES: &str = r#"{"type": "FeatureCollection", "name": "made up", "features": [
  {"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [44.5, 33.25, 30]},
   "properties": {"date": "2020-01-05", "title": "Said, \"so\"\nand so", "big": 12345678901234567890123, "nested": {"a": [1, 2]}, "tags": ["x", "y"], "empty": null}},
  {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[44.0, 33.0], [44.02, 33.02]]}, "properties": {"date": "2020-01-06", "late": "seen"}},
  {"type": "Feature", "geometry": null, "properties": {"date": "2020-01-07"}},
  {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[42.0, 32.0], [44.0, 32.0], [44.0, 33.0], [42.0, 32.0]]]}, "properties": {"date": "soon"}},
  {"type": "Feature", "geometry": {"type": "Point", "coordinates": [44.5, 95]}, "properties": {"date": "2020-01-08"}},
  {"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [44.5, 33.25]}]}, "properties": {"date": "2020-01-09"}},
  null
]}"#;

#[test]
fn features_become_events_with_their_properties() {
    let read = read(FEATURES);
    assert_eq!((read.rows.report.read, read.rows.report.used), (7, 5));
    assert_eq!(read.days(), ["2020-01-05", "2020-01-06", "2020-01-07", "2020-01-08", "2020-01-09"]);
    let positions = read.positions();
    assert_eq!(positions[0], Some([33.25, 44.5]));
    assert!(positions[1].is_some_and(|[lat, _]| (lat - 33.01).abs() < 1e-9));
    assert_eq!(positions[2..], [None, None, Some([33.25, 44.5])]);
    assert_eq!(read.other(0, "big"), "12345678901234567890123", "no digit is lost");
    assert_eq!(read.other(0, "nested"), r#"{"a": [1, 2]}"#);
    assert_eq!(read.other(0, "tags"), "x; y");
    assert_eq!(read.other(1, "late"), "seen");
    assert_eq!(read.other(1, "shape"), "LineString");
    assert_eq!(read.in_file()[1].precision, PlacePrecision::Settlement);
    read.notes("1 feature without a shape");
    read.notes("2 features with a line, an area or several points");
    read.notes("1 item is no feature");
    let told = read.how.to_string();
    says(&told, "Read as a table, its columns guessed: GeoJSON.\n");
    says(&told, "feature 4: soon");
    says(&told, "feature 5: 95 44.5");
    let lines: Vec<u64> = read.rows.lines().collect();
    assert_eq!(lines, [1, 2, 3, 5, 6]);
}

#[test]
fn geojson_is_read_packed_and_on_lines_and_as_one_feature() {
    let one = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[44.5,33.25]},"properties":{"date":"2020-01-05"}}"#;
    let pretty = one.replace(',', ",\n");
    let lines = format!("{one}\n\n\u{1e}{one}\n{{\"type\":\"Fea\n{one}");
    for (text, rows, used) in [(one, 1, 1), (&pretty, 1, 1), (&lines, 4, 3), (FEATURES, 7, 5)] {
        let packed = zipped(&[("a.geojson", text.as_bytes())]);
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            gzipped(text.as_bytes()),
            packed,
        ] {
            // In memory nothing is unpacked by gzip.
            let read = if bytes.starts_with(&[0x1f, 0x8b]) {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("a.csv");
                std::fs::write(&path, bytes).unwrap();
                assert!(sitrep_atlas::data::import::is_table(&path));
                let table = sitrep_atlas::data::import::Table::open(&path).unwrap();
                table.read(&sitrep_atlas::data::import::Progress::default()).unwrap()
            } else {
                read(bytes).rows
            };
            assert_eq!((read.report.read, read.report.used), (rows, used), "{text}");
        }
    }
    let told = read(lines).how.to_string();
    says(&told, "line 4: ");
}

#[test]
fn a_list_of_objects_is_a_table() {
    let read = read(
        r#"[{"date": "2020-01-05", "latitude": "33.5", "longitude": "44.5", "what": "a"}, {"date": "2020-01-06", "more": 1.50}]"#,
    );
    assert_eq!(read.days(), ["2020-01-05", "2020-01-06"]);
    assert_eq!(read.positions(), [Some([33.5, 44.5]), None]);
    assert_eq!(read.other(1, "more"), "1.50");
}

#[test]
fn a_property_with_the_name_of_a_column_that_is_made_stays_beside_it() {
    let read = read(
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[44.5,33.25]},
        "properties":{"date":"2020-01-05","latitude":"elsewhere","lat":3712345,"lng":441234,"":"none"}}]}"#,
    );
    assert_eq!(read.positions(), [Some([33.25, 44.5])]);
    assert_eq!(read.other(0, "latitude (property)"), "elsewhere");
    assert_eq!(read.other(0, "lat"), "3712345");
    assert_eq!(read.other(0, "(no name)"), "none");
}

#[test]
fn broken_json_is_refused_in_a_sentence_wherever_it_is_cut() {
    for length in 40..FEATURES.len() {
        if let Err(sentence) = try_read(&FEATURES[..FEATURES.floor_char_boundary(length)]) {
            // A number that is cut is none.
            let is_told = ["it ends in the middle", "it is no JSON any more: invalid number"];
            assert!(is_told.iter().any(|part| sentence.contains(part)), "{sentence}");
        } else {
            panic!("cut at {length} it was read");
        }
    }
    says(&refusal(FEATURES.replace("44.5,", "NaN,")), "is no JSON any more");
    says(&refusal(FEATURES.replace("\n]}", "\n]} x")), "after 7 features it is no JSON any more");
}

#[test]
fn coordinates_that_are_no_place_are_told_and_nest_no_deeper_than_is_sound() {
    let with = |coordinates: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{{"type":"Point","coordinates":{coordinates}}},"properties":{{"date":"2020-01-05"}}}}]}}"#
        )
    };
    for coordinates in
        ["[]", "[1]", "1", "\"a\"", "null", "[\"a\", \"b\"]", "[1e999, 2]", "[[[]]]", "{}"]
    {
        let read = read(with(coordinates));
        assert_eq!((read.positions(), read.rows.report.used), (vec![None], 1), "{coordinates}");
        assert_eq!(read.how.notes.len(), 1, "{coordinates}");
    }
    let deep = with(&("[".repeat(100_000) + &"]".repeat(100_000)));
    read(deep).notes("with a shape that cannot be read");
    let deep = format!("[{}{}]", "{\"a\":".repeat(100_000) + "1", "}".repeat(100_000));
    assert_eq!(read(format!("[{{\"date\":\"2020-01-05\"}},{}", &deep[1..])).rows.report.read, 2);
}

#[test]
fn very_many_columns_are_refused_and_a_very_long_cell_is_cut_and_told() {
    let many: Vec<String> = (0..100_000).map(|n| format!("\"c{n}\":1")).collect();
    says(&refusal(format!("[{{{}}}]", many.join(","))), "more than 16384 columns");
    let long = format!(r#"[{{"date":"2020-01-05","blob":"{}"}}]"#, "x".repeat(50 << 20));
    let read = read(long);
    assert_eq!(read.other(0, "blob").len(), (1 << 20) + "…".len());
    read.notes("1 cell longer than 1 MB");
}

#[test]
fn events_of_timemap_are_known_and_their_dates_asked_where_nothing_tells_the_order() {
    let event = |date: &str| {
        format!(
            r#"{{"id":"a","civId":"X1","date":"{date}","time":"10:30","latitude":"33.5","longitude":"44.5","location":"Town A","description":"Said",
            "category":"Shelling","sources":[{{"id":"s1","path":"http://example.org/1","description":"d"}},{{"id":"s2"}}],"associations":["one","two"]}}"#
        )
    };
    let either = read(format!("[{}]", event("3/4/2022")));
    assert_eq!(either.table.mapping().profile, Some("timemap"));
    assert_eq!(either.rows.report.used, 0, "{}", either.how);
    let told = read(format!("[{},{}]", event("3/4/2022"), event("3/14/2022")));
    assert_eq!(told.days(), ["2022-03-04", "2022-03-14"]);
    assert_eq!(told.other(0, "associations"), "one, two");
    assert!(told.other(0, "sources (as written)").contains("\"description\":\"d\""));
    assert_eq!(told.rows.sources, ["http://example.org/1", "s2"]);
}

#[test]
fn a_sheet_of_timeline_js_is_known() {
    let sheet = "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,Media Caption,Media Thumbnail,Type,Group,Background\n\
        2020,1,5,,,,,,,Said so,Words,http://example.org/1,Paper A,,,,Shelling,\n2020,2,,,,,,,,A month,,,,,,,,\n,,,,,,,,,The title,,,,,,title,,\n";
    let read = read(sheet);
    assert_eq!(read.table.mapping().profile, Some("TimelineJS"));
    assert_eq!(read.days(), ["2020-01-05", "2020-02-01"]);
    assert_eq!(read.in_file()[1].date.span.days(), 29);
    assert_eq!(read.rows.report.total_left_out(), 1);
}
