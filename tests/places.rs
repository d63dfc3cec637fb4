//! Rows that name a place and give no position: matched by name, offered, or settled by a person.
#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "support/mod.rs"]
mod support;

use std::fs;

use sitrep_atlas::data::import::{Doubt, NameOutcome, PlaceName, Progress, Table};
use sitrep_atlas::data::{self, MappingFrom, Opening};
use sitrep_atlas::domain::PlacePrecision::{self, Admin1, Country, Settlement, Site};
use sitrep_atlas::domain::{Dataset, Event};
use support::program::{Ran, sitrep};

const ROWS: &str = "\
id,date,location,admin1,country,latitude,longitude,fatalities
1,2021-03-01,Tel Afar,Ninewa,Iraq,,,0
2,2021-03-01,تلعفر,نينوى,العراق,,,0
3,2021-03-02,Ayn al Asad airbase,Al Anbar,Iraq,,,0
4,2021-03-03,Al Tanf,Homs,Syria,,,0
5,2021-03-04,Basra,,Iraq,,,0
6,2021-03-05,Rmadi,Al Anbar,Iraq,,,0
7,2021-03-05,Rmadi,Al Anbar,Iraq,,,0
8,2021-03-06,Fallujah,Ninewa,Iraq,,,0
9,2021-03-07,Fallujah,Al Anbar,Iraq,33.5000,43.5000,0
10,2021-03-08,,Salah al-Din,Iraq,,,0
11,2021-03-09,Damascus,Al Anbar,Iraq,,,0
12,2021-03-10,Nowhere at all,Al Anbar,Iraq,,,0
13,2021-03-11,Anbar province,,Iraq,,,0
14,2021-03-12,Hatay,Hatay,Turkey,,,0
15,2021-03-13,Mosul,,Turkey,,,0
";

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
}

fn dataset(text: &str) -> Dataset {
    let table = Table::in_memory(text.as_bytes().to_vec()).unwrap();
    let imported = table.read(&Progress::default()).unwrap();
    table.dataset(imported, "a table")
}

fn names(text: &str) -> Vec<PlaceName> {
    let table = Table::in_memory(text.as_bytes().to_vec()).unwrap();
    table.read(&Progress::default()).unwrap().report.places.names
}

fn by_id<'d>(dataset: &'d Dataset, id: &str) -> &'d Event {
    dataset.event(dataset.find_event(id).unwrap())
}

#[test]
fn a_name_gives_the_position_of_its_place_no_more_precisely_than_it_says() {
    let dataset = dataset(ROWS);
    let check = |id: &str, at: Option<(f64, f64)>, precision: PlacePrecision, from: &str| {
        let event = by_id(&dataset, id);
        let site = dataset.site(event.site);
        assert_eq!(event.precision, precision, "{id}");
        assert_eq!(site.position.is_some(), at.is_some(), "{id}");
        if let (Some(position), Some((lat, lon))) = (site.position, at) {
            assert!(
                (position.lat() - lat).abs() < 1e-3 && (position.lon() - lon).abs() < 1e-3,
                "{id}: {position:?}"
            );
        }
        assert_eq!(site.coord_source.as_deref().unwrap_or_default(), from, "{id}");
    };
    let tal_afar = Some((36.3791, 42.4481));
    let town = |name: &str| {
        format!(
            "the town Tal Afar of the gazetteer (GeoNames), by the name \"{name}\"; not in the file"
        )
    };
    check("1", tal_afar, Settlement, &town("Tel Afar"));
    check("2", tal_afar, Settlement, &town("تلعفر"));
    let base = "the site Ain al-Asad Air Base of Sitrep's record, by the name \"Ayn al Asad airbase\"; not in the file";
    check("3", Some((33.7856, 42.4412)), Site, base);
    let tanf = &dataset.site(by_id(&dataset, "4").site).coord_source;
    check(
        "4",
        dataset.site(by_id(&dataset, "4").site).position.map(|p| (p.lat(), p.lon())),
        Settlement,
        tanf.as_deref().unwrap(),
    );
    assert!(tanf.as_deref().unwrap().starts_with("the site Al-Tanf Garrison"), "{tanf:?}");
    check("5", None, Admin1, "");
    assert_eq!(
        dataset.site(by_id(&dataset, "5").site).admin1.as_deref(),
        Some("Basra"),
        "both lie there"
    );
    for id in ["6", "7", "8", "10", "11", "12"] {
        check(id, None, Admin1, "");
    }
    check("9", Some((33.5, 43.5)), Settlement, "");
    let anbar =
        "the governorate Anbar of the basemap, by the name \"Anbar province\"; not in the file";
    check("13", None, Admin1, anbar);
    assert_eq!(dataset.site(by_id(&dataset, "13").site).admin1.as_deref(), Some("Anbar"));
    check("14", None, Admin1, "");
    check("15", None, Country, "");
    let own = dataset.site(by_id(&dataset, "1").site);
    assert_eq!(
        (own.name.as_str(), own.admin1.as_deref()),
        ("Tel Afar", Some("Ninewa")),
        "as the row says"
    );
}

#[test]
fn what_is_not_one_place_is_listed_with_what_it_may_be() {
    let names = names(ROWS);
    let of = |name: &str, governorate: &str| {
        let found = names.iter().find(|n| n.name == name && n.governorate == governorate);
        let found = found.unwrap_or_else(|| panic!("{name}"));
        let ids: Vec<&str> = found.candidates.iter().map(|c| c.id.as_str()).collect();
        (found.outcome, found.rows, ids)
    };
    assert_eq!(of("Basra", ""), (NameOutcome::Ambiguous, 1, vec!["IQ-BA", "Basra (IQ)"]));
    assert_eq!(of("Rmadi", "Al Anbar"), (NameOutcome::NotFound, 2, vec!["Ramadi (IQ)"]));
    assert_eq!(of("Fallujah", "Ninewa"), (NameOutcome::NotFound, 1, vec!["Fallujah (IQ)"]));
    assert_eq!(of("Nowhere at all", "Al Anbar").2, Vec::<&str>::new());
    assert_eq!(of("Tel Afar", "Ninewa").0, NameOutcome::Matched);
    let first = &names[0];
    assert!(first.is_open(), "those to be settled stand first: {first:?}");
}

#[test]
fn check_tells_what_was_placed_by_its_name_and_what_was_not() {
    let folder = Folder::with(&[("a.csv", ROWS)]);
    let ran = folder.runs(&["check", "a.csv"]);
    for line in [
        "places: 13 rows name their place and have no position: 5 placed by the name, 1 of a name that several places have, 7 of a name that none there has",
        "1 row: \"Tel Afar, Ninewa\": the town Tal Afar of the gazetteer (GeoNames)",
        "1 row: \"Basra\": either \"IQ-BA\" (governorate Basra, IQ) or \"Basra (IQ)\" (town, IQ)",
        "2 rows: \"Rmadi, Al Anbar\": not found; perhaps \"Ramadi (IQ)\" (town, IQ)",
    ] {
        assert!(ran.stdout.contains(line), "{line}\n{}", ran.stdout);
    }
    let json = folder.runs(&["check", "a.csv", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let places = &value["table"]["report"]["places"];
    assert_eq!(places["rows"], 13);
    assert_eq!(places["rows_by"]["ambiguous"], 1);
}

#[test]
fn exports_say_whose_the_position_is() {
    let folder = Folder::with(&[("a.csv", ROWS)]);
    for args in [&["events", "a.csv", "--format", "csv"][..], &["convert", "a.csv", "-o", "b.csv"]]
    {
        let ran = folder.runs(args);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let text = if args[0] == "convert" {
            fs::read_to_string(folder.0.path().join("b.csv")).unwrap()
        } else {
            ran.stdout
        };
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|h| h == name).unwrap();
        let row = reader.records().map(Result::unwrap).find(|row| &row[at("id")] == "1").unwrap();
        assert_eq!(&row[at("place_precision")], "settlement");
        assert!(row[at("position_from")].contains("Tal Afar of the gazetteer"), "{row:?}");
    }
    let again = data::load(Some(&folder.0.path().join("b.csv"))).unwrap();
    let site = again.dataset.site(by_id(&again.dataset, "1").site);
    assert!(site.coord_source.as_deref().unwrap().contains("not in the file"), "{site:?}");
    assert_eq!(by_id(&again.dataset, "12").precision, PlacePrecision::Admin1);
}

#[test]
fn a_mapping_settles_names_and_is_written_with_what_is_open() {
    let folder = Folder::with(&[("a.csv", ROWS)]);
    let ran = folder.runs(&["check", "a.csv", "--write-mapping", "m.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let path = folder.0.path().join("m.toml");
    let mut text = fs::read_to_string(&path).unwrap();
    let line = "# \"Rmadi, Al Anbar\" = \"Ramadi (IQ)\"  # 2 rows; \"Ramadi (IQ)\" (town, IQ)\n";
    assert!(text.contains(line), "{text}");
    text = text.replace("[places]\n", "[places]\n\"rmadi\" = \"Ramadi (IQ)\"\n\"Basra\" = \"Basra (IQ)\"\n\"Fallujah, Ninewa\" = \"unknown\"\n\"Nowhere at all\" = [33.25, 42]\n\"Al Tanf\" = \"al-tanf\"\n\"Tel Afar\" = \"IQ-NI\"\n");
    fs::write(&path, &text).unwrap();
    let mapping = Some(MappingFrom::File(path.clone()));
    let loaded = data::open(
        Some(&folder.0.path().join("a.csv")),
        &Opening { mapping, ..Opening::default() },
    )
    .unwrap();
    let of = |id: &str| {
        let event = by_id(&loaded.dataset, id);
        let position = loaded.dataset.site(event.site).position;
        (event.precision, position.map(|p| (p.lat(), p.lon())))
    };
    assert_eq!(of("6").0, PlacePrecision::Settlement);
    assert!(of("6").1.is_some() && of("5").1.is_some() && of("8").1.is_none());
    assert_eq!(of("12"), (PlacePrecision::Settlement, Some((33.25, 42.0))));
    assert_eq!(of("4").0, PlacePrecision::Site, "a person said that it is the site");
    assert_eq!(of("1"), (PlacePrecision::Admin1, None), "a person said that it is the governorate");
    assert_eq!(of("9").1, Some((33.5, 43.5)), "what the row says itself stays");
    let table = loaded.opened.unwrap().table;
    let written = table.mapping_text(table.mapping());
    let mut again = table.clone();
    again.map_by_text(&written, "again.toml").unwrap();
    assert_eq!(again.mapping().places, table.mapping().places);

    for (line, told) in [
        (
            "\"X\" = \"al-tanff\"",
            "no site, town or governorate is called \"al-tanff\" (did you mean \"al-tanf\"?)",
        ),
        (
            "\"X\" = 3",
            "is a site, a town or a governorate in quotation marks, a position as [latitude, longitude], or \"unknown\"",
        ),
        ("\"X\" = [33]", "a position as [latitude, longitude]"),
        ("\"X\" = [93.0, 42.0]", "latitude of 93"),
    ] {
        let wrong = text.replace("[places]\n", &format!("[places]\n{line}\n"));
        fs::write(&path, wrong).unwrap();
        let ran = folder.runs(&["check", "a.csv", "--mapping", "m.toml"]);
        assert_eq!(ran.code, Some(2), "{line}");
        assert!(ran.stderr.contains(told), "{line}: {}", ran.stderr);
    }
}

#[test]
fn counts_that_contradict_each_other_are_kept_and_flagged() {
    let text = "date,killed,killed low,killed high,latitude,longitude\n\
        2021-03-01,5,9,8,33,44\n2021-03-01,12,2,8,33,44\n2021-03-01,5,2,8,33,44\n";
    let mapping = "format = \"sitrep-mapping/1\"\n[columns]\ndate = \"date\"\nkilled = 2\nkilled_low = 3\nkilled_high = 4\nlatitude = 5\nlongitude = 6\n";
    let mut table = Table::in_memory(text.as_bytes().to_vec()).unwrap();
    table.map_by_text(mapping, "m.toml").unwrap();
    let imported = table.read(&Progress::default()).unwrap();
    let doubt = &imported.report.doubts[&Doubt::CountsContradict];
    assert_eq!(doubt.rows, 2);
    assert_eq!(doubt.examples[0].cell, "lowest 9, best 5, highest 8");
    let dataset = table.dataset(imported, "a");
    let killed: Vec<String> = dataset
        .events
        .iter()
        .map(|e| e.killed.reported().map(|(_, count)| count.words()).collect())
        .collect();
    assert_eq!(killed, ["5–9", "2–12", "2–8"]);
    let words = dataset.words(&dataset.events[0]);
    let note = words.note.as_deref().unwrap();
    assert_eq!(
        note,
        "counts of people killed in the file contradict each other: lowest 9, best 5, highest 8"
    );
    assert!(words.others.iter().any(|(_, cell)| cell == "5"), "the best count stands as it is");
}
