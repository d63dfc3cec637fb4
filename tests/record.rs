//! The record against its source register: every claim of the founding documents has a row, every
//! row rests on claims, and the package as the program loads it has no problem.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sitrep_atlas::data;

#[test]
fn the_register_holds_the_five_founding_documents() {
    let register = Register::read();
    let ids: Vec<_> = register.seeds.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "aljazeera-net-2022-01-06",
            "southfront-2021-01",
            "the-arab-posts-2021-07",
            "the-reference-2022-01-06-bases",
            "the-reference-2022-01-anniversary",
        ]
    );
}

#[test]
fn every_claim_has_a_row_and_every_row_a_claim() {
    check(Register::read().findings(), &[]);
}

#[test]
fn every_paragraph_of_every_document_has_a_claim() {
    let mut silent = Vec::new();
    for seed in &Register::read().seeds {
        for paragraph in 1..=seed.paragraphs {
            if !seed.claims.iter().any(|c| c.paragraph == paragraph) {
                silent.push(format!("{}: paragraph {paragraph}", seed.id));
            }
        }
    }
    check(silent, &[]);
}

/// The coverage test is worth nothing if it does not see each single claim that loses its rows.
#[test]
fn a_claim_that_is_taken_out_of_the_rows_is_found_whichever_it_is() {
    let whole = Register::read();
    let claims: Vec<String> = whole.claims().map(|c| c.id.clone()).collect();
    assert!(claims.len() > 200, "{} claims", claims.len());
    for lost in &claims {
        let mut broken = whole.clone();
        for row in &mut broken.rows {
            row.claims.retain(|c| c != lost);
        }
        let expected = format!("{lost}: no row of the record names the claim");
        let found = broken.findings();
        assert!(found.contains(&expected), "{lost} was not missed: {found:?}");
    }
}

#[test]
fn a_row_without_a_claim_or_with_a_wrong_one_is_found() {
    let mut broken = Register::read();
    let first = broken.rows[0].at.clone();
    let second = broken.rows[1].at.clone();
    let kept = std::mem::take(&mut broken.rows[0].claims);
    broken.rows[1].claims.extend(kept);
    broken.rows[1].claims.push("nobody/p01-1".to_owned());
    check(
        broken.findings(),
        &[
            &format!("{first}: the row names no claim"),
            &format!("{second}: there is no claim nobody/p01-1"),
        ],
    );
}

#[test]
fn a_claim_that_is_told_twice_or_out_of_its_document_is_found() {
    let mut broken = Register::read();
    let seed = &mut broken.seeds[0];
    let mut twin = seed.claims[0].clone();
    twin.paragraph = seed.paragraphs + 1;
    let (id, paragraph, last) = (twin.id.clone(), twin.paragraph, seed.paragraphs);
    seed.claims.push(twin);
    check(
        broken.findings(),
        &[
            &format!("{id}: the claim stands twice"),
            &format!("{id}: paragraph {paragraph} is not one of 1 to {last}"),
            &format!("{id}: the identifier does not start with its document and paragraph"),
        ],
    );
}

#[test]
fn every_event_has_a_report_and_every_report_an_event_and_a_source() {
    let ids = |table: &str, column: &str| -> BTreeSet<String> {
        table_rows(table).into_iter().map(|mut r| r.remove(column).unwrap()).collect()
    };
    let (events, reported) = (ids("events", "id"), ids("reports", "event"));
    assert_eq!(events.difference(&reported).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(reported.difference(&events).collect::<Vec<_>>(), Vec::<&String>::new());
    let (sources, cited) = (ids("sources", "id"), ids("reports", "source"));
    assert_eq!(cited.difference(&sources).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn the_embedded_record_has_no_problem() {
    let loaded = data::load(None).unwrap();
    let mut problems = data::check(&loaded.dataset);
    problems.extend(loaded.problems);
    let said = problems.iter().map(ToString::to_string);
    check(said.collect(), &[]);
}

#[test]
fn every_row_of_the_tables_is_loaded() {
    let dataset = data::load(None).unwrap().dataset;
    for (table, loaded) in [
        ("sources", dataset.sources.len()),
        ("sites", dataset.sites.len()),
        ("actors", dataset.actors.len()),
        ("events", dataset.events.len()),
        ("reports", dataset.reports.len()),
        ("links", dataset.links.len()),
        ("context", dataset.context.len()),
        ("force_levels", dataset.force_levels.len()),
        ("reported_totals", dataset.reported_totals.len()),
    ] {
        assert_eq!(loaded, table_rows(table).len(), "{table}");
    }
}

#[test]
fn every_table_of_the_folder_is_built_into_the_program() {
    let embedded: BTreeSet<String> =
        data::embedded_record().iter().map(|(name, _)| (*name).to_owned()).collect();
    let on_disk: BTreeSet<String> = files("data")
        .into_iter()
        .map(|p| p.file_name().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "README.md")
        .collect();
    assert_eq!(embedded, on_disk);
}

/// Two spellings of one base must not become two markers.
#[test]
fn no_two_sites_of_the_record_share_a_name_or_another_spelling() {
    let dataset = data::load(None).unwrap().dataset;
    let mut owner: BTreeMap<String, &str> = BTreeMap::new();
    let mut shared = Vec::new();
    for site in &dataset.sites {
        let mut own: BTreeSet<String> = BTreeSet::new();
        own.extend(site.aliases.iter().chain([&site.name]).map(|n| n.to_lowercase()));
        for name in own {
            if let Some(other) = owner.insert(name.clone(), &site.id) {
                shared.push(format!("{name}: {other} and {}", site.id));
            }
        }
    }
    check(shared, &[]);
}

fn check(mut found: Vec<String>, expected: &[&str]) {
    let mut expected: Vec<_> = expected.iter().map(ToString::to_string).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

/// The documents with their claims, and the rows of all tables with the claims that they name.
#[derive(Clone)]
struct Register {
    seeds: Vec<Seed>,
    rows: Vec<Row>,
}

#[derive(Clone)]
struct Seed {
    id: String,
    paragraphs: u64,
    claims: Vec<Claim>,
}

#[derive(Clone)]
struct Claim {
    id: String,
    paragraph: u64,
}

#[derive(Clone)]
struct Row {
    at: String,
    claims: Vec<String>,
}

impl Register {
    fn read() -> Self {
        let seeds =
            files("seeds").into_iter().filter(|p| p.extension().is_some_and(|e| e == "json"));
        let mut rows = Vec::new();
        for file in files("data").iter().filter(|p| p.extension().is_some_and(|e| e == "csv")) {
            let table = file.file_stem().unwrap().to_string_lossy();
            for (i, mut row) in table_rows(&table).into_iter().enumerate() {
                assert!(row.contains_key("claims"), "{table} has no column of claims");
                let cell = row.remove("claims").unwrap_or_default();
                rows.push(Row {
                    at: format!("{table} row {}", i + 1),
                    claims: cell
                        .split(';')
                        .map(str::trim)
                        .filter(|c| !c.is_empty())
                        .map(str::to_owned)
                        .collect(),
                });
            }
        }
        Self { seeds: seeds.map(|p| Seed::read(&p)).collect(), rows }
    }

    fn claims(&self) -> impl Iterator<Item = &Claim> {
        self.seeds.iter().flat_map(|s| &s.claims)
    }

    /// All that is wrong, one sentence each.
    fn findings(&self) -> Vec<String> {
        let mut found = Vec::new();
        let named: BTreeSet<&str> =
            self.rows.iter().flat_map(|r| &r.claims).map(String::as_str).collect();
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for seed in &self.seeds {
            for Claim { id, paragraph } in &seed.claims {
                if !known.insert(id) {
                    found.push(format!("{id}: the claim stands twice"));
                }
                if !(1..=seed.paragraphs).contains(paragraph) {
                    found.push(format!(
                        "{id}: paragraph {paragraph} is not one of 1 to {}",
                        seed.paragraphs
                    ));
                }
                if !id.starts_with(&format!("{}/p{paragraph:02}-", seed.id)) {
                    found.push(format!(
                        "{id}: the identifier does not start with its document and paragraph"
                    ));
                }
                if !named.contains(id.as_str()) {
                    found.push(format!("{id}: no row of the record names the claim"));
                }
            }
        }
        for row in &self.rows {
            if row.claims.is_empty() {
                found.push(format!("{}: the row names no claim", row.at));
            }
            for claim in row.claims.iter().filter(|c| !known.contains(c.as_str())) {
                found.push(format!("{}: there is no claim {claim}", row.at));
            }
        }
        found
    }
}

impl Seed {
    fn read(path: &Path) -> Self {
        let seed: serde_json::Value =
            serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let claims = seed["claims"].as_array().unwrap().iter();
        Self {
            id: text(&seed["id"]),
            paragraphs: seed["paragraphs"].as_u64().unwrap(),
            claims: claims
                .map(|c| Claim { id: text(&c["id"]), paragraph: c["paragraph"].as_u64().unwrap() })
                .collect(),
        }
    }
}

/// The rows of a table as they stand in its file.
fn table_rows(table: &str) -> Vec<BTreeMap<String, String>> {
    let path = root().join("data").join(format!("{table}.csv"));
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

/// The files of a folder of the project, by name.
fn files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let mut files: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
