//! A project comes back as it was saved, with all that is not known of it; its data is found again when the folder moves,
//! and what changed in it is said row by row.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use sitrep_atlas::data::project::{Kept, SavedView, project_since};
use sitrep_atlas::data::{self, ProjectFile, Since};
use support::Package;
use support::program::{ids_of_json, sitrep};
use support::project::{figure, save};

fn json_of(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn a_project_comes_back_as_it_was_saved_and_is_the_same_text_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sitrep");
    let project = save(None, &path);
    let read = ProjectFile::read(&path).unwrap();
    assert_eq!(read.project, project);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(ProjectFile::text(&read.project).unwrap(), text);
    assert!(
        text.starts_with("{\n  \"format\": \"sitrep-project/1\",\n  \"software\""),
        "{text:.80}"
    );
    assert!(ProjectFile::is_project(&path));
    // By its first bytes, whatever it is called.
    let other = folder.path().join("a.json");
    fs::copy(&path, &other).unwrap();
    assert!(ProjectFile::is_project(&other));
}

/// Puts a field that nobody knows into every object of a value.
fn with_unknown(value: &mut Value, count: &mut usize) {
    match value {
        Value::Object(object) => {
            object.values_mut().for_each(|value| with_unknown(value, count));
            *count += 1;
            object.insert(
                format!("future {count}"),
                json!({"kept": [*count, null, {"as": "it is"}]}),
            );
        }
        Value::Array(list) => list.iter_mut().for_each(|value| with_unknown(value, count)),
        _ => {}
    }
}

#[test]
fn what_is_not_known_stays_at_every_level() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sitrep");
    save(None, &path);
    let mut json = json_of(&path);
    let mut count = 0;
    // In a filter and in a size every name is a facet or a side.
    for name in ["dataset", "view", "views", "events"] {
        with_unknown(&mut json[name], &mut count);
    }
    with_unknown(&mut json["figure"]["spec"], &mut count);
    let chosen = |view: &mut Value| {
        view["filter"]["chosen"]
            .as_object_mut()
            .unwrap()
            .retain(|name, _| !name.starts_with("future"));
    };
    chosen(&mut json["view"]);
    chosen(&mut json["views"][0]["view"]);
    json["future"] = json!("top");
    assert!(count > 10, "{count}");
    fs::write(&path, json.to_string()).unwrap();
    let mut file = ProjectFile::read(&path).unwrap();
    ProjectFile::save(&path, &file.project).unwrap();
    assert_eq!(json_of(&path), json);
    // What is known changes around it: a view more, and the first under another name.
    let project = &mut file.project.value;
    let view = project.view.clone();
    project.views[0].value.name = "Another name".to_owned();
    let saved = SavedView { name: "First".to_owned(), view, figure: figure() };
    project.views.insert(0, Kept::new(saved));
    project.view.fade = true;
    ProjectFile::save(&path, &file.project).unwrap();
    let changed = json_of(&path);
    json["view"]["fade"] = json!(true);
    json["views"][0]["name"] = json!("Another name");
    assert_eq!(changed["views"][1], json["views"][0]);
    assert_eq!(changed["views"][0]["name"], "First");
    for name in ["dataset", "view", "figure", "events", "future"] {
        assert_eq!(changed[name], json[name], "{name}");
    }
}

#[test]
fn the_data_beside_a_project_is_found_again_when_the_folder_moves() {
    let folder = tempfile::tempdir().unwrap();
    let [case, moved] = ["case", "moved"].map(|name| folder.path().join(name));
    fs::create_dir_all(case.join("data")).unwrap();
    let package = Package::new().attack("one", "2023-01-05", "2023-01-05", "day", "north");
    for entry in fs::read_dir(package.path()).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), case.join("data").join(entry.file_name())).unwrap();
    }
    save(Some(&case.join("data")), &case.join("p.sitrep"));
    assert_eq!(json_of(&case.join("p.sitrep"))["dataset"]["source"], json!({"path": "data"}));
    fs::rename(&case, &moved).unwrap();
    let ran = sitrep(&["events", "moved/p.sitrep", "--format", "json"], folder.path());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(ids_of_json(&ran.stdout), ["one"]);
    fs::remove_dir_all(moved.join("data")).unwrap();
    let ran = sitrep(&["events", "moved/p.sitrep"], folder.path());
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("not there any more") && ran.stderr.lines().count() == 1,
        "{}",
        ran.stderr
    );
    // Another place of it can be named.
    let named = package.path().display().to_string();
    let ran = sitrep(&["events", "moved/p.sitrep", &named, "--format", "json"], folder.path());
    assert_eq!(ids_of_json(&ran.stdout), ["one"], "{}", ran.stderr);
}

#[test]
fn a_mapping_that_a_person_gave_is_part_of_the_project() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("t.csv");
    fs::write(&table, "a,b,c,d\n2023-01-05,33.3,44.4,north\n2023-01-06,33.4,44.5,south\n").unwrap();
    let mapping = "format = \"sitrep-mapping/1\"\n[columns]\ndate = \"a\"\nlatitude = \"b\"\nlongitude = \"c\"\n";
    fs::write(folder.path().join("m.toml"), mapping).unwrap();
    let opening = data::Opening {
        mapping: Some(data::MappingFrom::File(folder.path().join("m.toml"))),
        ..data::Opening::default()
    };
    let loaded = data::open(Some(&table), &opening).unwrap();
    let path = folder.path().join("p.sitrep");
    let project = support::project::of(&loaded, &path);
    ProjectFile::save(&path, &project).unwrap();
    fs::remove_file(folder.path().join("m.toml")).unwrap();
    let file = ProjectFile::read(&path).unwrap();
    let again = file.open_data(None, &data::Opening::default()).unwrap();
    assert_eq!(again.dataset.events.len(), 2);
    let columns =
        |loaded: &data::Loaded| loaded.opened.as_ref().unwrap().table.mapping().columns.clone();
    let roles = |loaded| columns(loaded).into_iter().map(|c| (c.place, c.role)).collect::<Vec<_>>();
    assert_eq!(roles(&again), roles(&loaded));
}

#[test]
fn what_changed_in_the_data_is_said_row_by_row() {
    // A table by table recount of what the edits below do, made by other means than reading the record.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.sitrep");
    let package = Package::founding();
    save(Some(package.path()), &path);
    let same = sitrep(&["check", "p.sitrep", "--format", "json"], folder.path());
    let json: Value = serde_json::from_str(&same.stdout).unwrap();
    assert_eq!(json["since"]["state"], "same-record", "{}", same.stderr);

    let file = package.file("events.csv");
    let text = fs::read_to_string(&file).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    let rows = |lines: &[&str]| -> BTreeMap<String, String> {
        let text = lines.join("\n");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let id = header.iter().position(|name| name == "id").unwrap();
        let rows = reader.records().map(Result::unwrap);
        rows.map(|row| (row[id].to_owned(), row.iter().collect::<Vec<_>>().join("\u{1f}")))
            .collect()
    };
    let before = rows(&lines);
    let withdrawn = lines.remove(3);
    let changed = lines[5].replacen("attack", "assault", 1);
    assert_ne!(changed, lines[5]);
    let id = |line: &str| line.split(',').next().unwrap().to_owned();
    let added = lines[8].replacen(&id(lines[8]), "an-event-of-later", 1);
    lines[5] = &changed;
    lines.push(&added);
    let after = rows(&lines);
    fs::write(&file, lines.join("\n") + "\n").unwrap();
    let mut expected: Vec<(String, String)> = Vec::new();
    for (id, row) in &after {
        match before.get(id) {
            None => expected.push(("added".to_owned(), id.clone())),
            Some(then) if then != row => expected.push(("changed".to_owned(), id.clone())),
            Some(_) => {}
        }
    }
    let gone = before.keys().filter(|id| !after.contains_key(*id));
    expected.extend(gone.map(|id| ("withdrawn".to_owned(), id.clone())));
    expected.sort();
    assert_eq!(expected.len(), 3);

    let ran = sitrep(&["check", "p.sitrep", "--format", "json"], folder.path());
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["since"]["state"], "changed");
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    let mut found: Vec<(String, String)> = json["since"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (text(row, "change"), text(row, "id")))
        .collect();
    found.sort();
    assert_eq!(found, expected);
    let ran = sitrep(&["check", "p.sitrep"], folder.path());
    assert!(ran.stdout.contains("1 event added, 1 changed, 1 withdrawn"), "{}", ran.stdout);
    assert!(ran.stdout.contains(&id(withdrawn)), "{}", ran.stdout);
}

#[test]
fn of_very_many_events_only_their_number_is_compared_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("t.csv");
    let rows = |n: usize| {
        let rows = (0..n).map(|i| format!("2023-01-05,33.3,44.4,row {i}"));
        let lines = std::iter::once("date,latitude,longitude,note".to_owned()).chain(rows);
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    fs::write(&table, rows(20_001)).unwrap();
    let path = folder.path().join("p.sitrep");
    let project = save(Some(&table), &path);
    assert!(fs::metadata(&path).unwrap().len() < 10_000);
    fs::write(&table, rows(20_003)).unwrap();
    let since = project_since(&project.value, &data::load(Some(&table)).unwrap().dataset);
    assert_eq!(since, Since::Summed { then: 20_001, now: 20_003, same: false });
}

#[test]
fn commands_take_the_view_of_a_project_and_its_figure() {
    let folder = tempfile::tempdir().unwrap();
    let project = save(None, &folder.path().join("p.sitrep")).value;
    let window = project.view.window;
    let of_project = sitrep(&["events", "p.sitrep", "--format", "json"], folder.path());
    let [from, to] = [window.first(), window.last()].map(|day| day.to_string());
    let said = sitrep(&["events", "--from", &from, "--to", &to, "--format", "json"], folder.path());
    assert_eq!(ids_of_json(&of_project.stdout), ids_of_json(&said.stdout));
    let args = [
        "render",
        "--from",
        &from,
        "--to",
        &to,
        "--size",
        "700x480",
        "--theme",
        "dark",
        "--no-arabic",
    ];
    for (args, name) in [(&["render", "p.sitrep"][..], "a.png"), (&args[..], "b.png")] {
        let ran = sitrep(&[args, &["-o", name, "--no-metadata"]].concat(), folder.path());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
    let bytes = |name| fs::read(folder.path().join(name)).unwrap();
    assert!(bytes("a.png") == bytes("b.png"));
    // What is given beside it comes in its place, and there is one project.
    let day = sitrep(&["events", "p.sitrep", "--to", &from, "--format", "json"], folder.path());
    assert!(ids_of_json(&day.stdout).len() < ids_of_json(&said.stdout).len());
    let two = sitrep(&["events", "p.sitrep", "p.sitrep"], folder.path());
    assert_eq!((two.code, two.stderr.lines().count()), (Some(2), 1));
}
