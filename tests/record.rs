//! The record against its source register and its own rules: every claim of the founding documents has a
//! row, every row rests on a claim or on a source, and the package as the program loads it has no problem.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sitrep_atlas::analysis::coverage;
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
fn every_claim_has_a_row_and_every_row_a_claim_or_a_source() {
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
fn a_row_that_rests_on_nothing_or_on_what_is_not_there_is_found() {
    let mut broken = Register::read();
    let first = broken.rows[0].at.clone();
    let second = broken.rows[1].at.clone();
    let kept = std::mem::take(&mut broken.rows[0].claims);
    broken.rows[0].sources.clear();
    broken.rows[1].claims.extend(kept);
    broken.rows[1].claims.push("nobody/p01-1".to_owned());
    broken.rows[1].sources.push("nobody-2022".to_owned());
    check(
        broken.findings(),
        &[
            &format!("{first}: the row rests on no claim and on no source"),
            &format!("{second}: there is no claim nobody/p01-1"),
            &format!("{second}: there is no source nobody-2022"),
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

/// Counted by hand from what was gathered, by the year in which an event was filed.
#[test]
fn no_year_has_lost_an_event() {
    let mut years: BTreeMap<String, usize> = BTreeMap::new();
    for row in table_rows("events") {
        *years.entry(row["id"][..4].to_owned()).or_default() += 1;
    }
    let counted = [("2019", 17), ("2020", 114), ("2021", 107), ("2022", 78)];
    assert_eq!(years, counted.map(|(year, n)| (year.to_owned(), n)).into());
}

/// The rule of the codebook, by other means than the program's.
#[test]
fn the_status_of_an_event_is_what_its_reports_make_it() {
    let mut stances: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in table_rows("reports") {
        stances.entry(row["event"].clone()).or_default().insert(row["stance"].clone());
    }
    let mut wrong = Vec::new();
    for row in table_rows("events") {
        let said = |stance: &str| stances[&row["id"]].contains(stance);
        let told = said("confirms") || said("reports");
        let status = match (said("disputes"), told, said("confirms"), said("reports")) {
            (true, true, ..) => "contested",
            (true, false, ..) => "denied",
            (_, _, true, _) => "confirmed",
            (_, _, false, true) => "reported",
            _ => "claimed",
        };
        if row["status"] != status {
            wrong.push(format!("{} is {}, not {status}", row["id"], row["status"]));
        }
    }
    check(wrong, &[]);
}

#[test]
fn two_events_at_one_site_on_one_day_name_each_other() {
    let rows = table_rows("events");
    let distinct: BTreeMap<&str, Vec<String>> =
        rows.iter().map(|r| (r["id"].as_str(), list(&r["distinct_from"]))).collect();
    let mut wrong = Vec::new();
    for (i, a) in rows.iter().enumerate() {
        for other in &distinct[a["id"].as_str()] {
            if !distinct[other.as_str()].contains(&a["id"]) {
                wrong.push(format!("{other} does not name {}", a["id"]));
            }
        }
        for b in &rows[i + 1..] {
            let one_day = [a, b].iter().all(|r| r["start"] == r["end"]);
            let met = a["start"] == b["start"] && a["site"] == b["site"];
            if one_day && met && !distinct[a["id"].as_str()].contains(&b["id"]) {
                wrong.push(format!("{} and {} may be one", a["id"], b["id"]));
            }
        }
    }
    check(wrong, &[]);
}

/// Trap: a bomb known to a governorate, drawn as a dot in its capital.
#[test]
fn no_convoy_bomb_is_known_better_than_to_a_district() {
    let sites = table_rows("sites").into_iter().filter(|s| s["kind"] == "convoy route");
    let routes: BTreeSet<String> = sites.map(|s| s["id"].clone()).collect();
    let mut exact = table_rows("events");
    exact.retain(|e| routes.contains(&e["site"]));
    assert!(exact.len() > 100, "{} events on convoy routes", exact.len());
    exact.retain(|e| ["site", "settlement"].contains(&e["place_precision"].as_str()));
    check(exact.into_iter().map(|e| e["id"].clone()).collect(), &[]);
}

/// Trap: one agency report on two sites, counted as two sources.
#[test]
fn no_address_is_two_sources_and_no_outlet_has_two_spellings() {
    let mut found = Vec::new();
    let mut addresses: BTreeMap<String, String> = BTreeMap::new();
    let mut outlets: BTreeMap<String, String> = BTreeMap::new();
    for row in table_rows("sources") {
        let address = row["url"].split("://").last().unwrap().trim_start_matches("www.");
        let other = addresses.insert(address.to_owned(), row["id"].clone());
        if let Some(other) = other.filter(|_| !address.is_empty()) {
            found.push(format!("{other} and {} have one address", row["id"]));
        }
        for name in [&row["publisher"], &row["origin"]] {
            let plain = name.trim_start_matches("The ").to_lowercase();
            let plain: String = plain.chars().filter(|c| c.is_alphanumeric()).collect();
            let known = outlets.entry(plain).or_insert_with(|| name.clone());
            if known != name {
                found.push(format!("{known} and {name}"));
            }
        }
    }
    check(found, &[]);
}

/// "Al Jazeera Net (armed Shiite factions)" makes nobody Iran-backed: an event is attributed to the unnamed
/// that one of the quoted wordings stands for.
#[test]
fn an_event_is_attributed_to_whom_the_quoted_words_stand_for() {
    let mut party_of = BTreeMap::new();
    for actor in table_rows("actors").iter().filter(|a| a["name"].ends_with("(not named)")) {
        for alias in actor["aliases"].split("; ").filter(|alias| !alias.is_empty()) {
            party_of.insert(alias.to_owned(), actor["id"].clone());
        }
    }
    let (mut wrong, mut quoted) = (Vec::new(), 0);
    for event in table_rows("events") {
        let words = event["attributed_by"].split(['(', ')']).skip(1).step_by(2);
        let meant: BTreeSet<_> = words.filter_map(|words| party_of.get(words)).collect();
        quoted += meant.len();
        let parties: Vec<_> = event["attributed_to"].split("; ").collect();
        if !meant.is_empty() && !meant.iter().any(|party| parties.contains(&party.as_str())) {
            wrong.push(event["id"].clone());
        }
    }
    check(wrong, &[]);
    assert!(quoted > 5, "{quoted}");
}

#[test]
fn an_estimated_position_says_so() {
    let sites = table_rows("sites").into_iter();
    let wrong =
        sites.filter(|s| (s["verified"] == "true") == s["coord_source"].contains("unverified"));
    check(wrong.map(|s| s["id"].clone()).collect(), &[]);
}

#[test]
fn the_embedded_record_has_no_error() {
    let loaded = data::load(None).unwrap();
    let mut problems = data::check(&loaded, &data::basemap::load().unwrap());
    problems.extend(loaded.problems);
    let said = problems.iter().filter(|p| p.is_error()).map(ToString::to_string);
    check(said.collect(), &[]);
}

/// A scope that cannot be read would be taken for one that cannot be said.
#[test]
fn every_published_count_with_a_filter_is_put_beside_the_record() {
    let record = data::load(None).unwrap().dataset;
    let wrong = record.reported_totals.iter().filter(|total| {
        let found = coverage(&record, total).map_or(0, |c| c.certain + c.possible);
        (found > 0) != total.filter.is_some()
    });
    check(wrong.map(|total| total.id.clone()).collect(), &[]);
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
        ("coverage_notes", dataset.coverage_notes.len()),
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

/// The documents with their claims, and the rows of all tables with what they rest on.
#[derive(Clone)]
struct Register {
    seeds: Vec<Seed>,
    sources: BTreeSet<String>,
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
    /// Sources that the row names, or those of the rows that name it: of the reports of an event, of
    /// what cites a source, of the events and context of an actor.
    sources: Vec<String>,
}

impl Register {
    fn read() -> Self {
        let seeds =
            files("seeds").into_iter().filter(|p| p.extension().is_some_and(|e| e == "json"));
        let tables: BTreeMap<String, Vec<Cells>> = files("data")
            .iter()
            .filter(|p| p.extension().is_some_and(|e| e == "csv"))
            .map(|p| p.file_stem().unwrap().to_string_lossy().into_owned())
            .map(|table| (table.clone(), table_rows(&table)))
            .collect();
        let upheld = upheld(&tables);
        let mut rows = Vec::new();
        // What the record says of itself rests on how it was gathered.
        for (table, cells) in tables.iter().filter(|(table, _)| *table != "coverage_notes") {
            for (i, row) in cells.iter().enumerate() {
                let mut sources: Vec<String> = SOURCE_COLUMNS
                    .iter()
                    .flat_map(|column| row.get(*column).map_or_else(Vec::new, |c| list(c)))
                    .collect();
                let id = row.get("id").map_or("", String::as_str);
                sources.extend(upheld.get(&(table.as_str(), id)).into_iter().flatten().cloned());
                let at = format!("{table} row {}", i + 1);
                rows.push(Row { at, claims: list(&row["claims"]), sources });
            }
        }
        let sources = tables["sources"].iter().map(|r| r["id"].clone()).collect();
        Self { seeds: seeds.map(|p| Seed::read(&p)).collect(), sources, rows }
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
            if row.claims.is_empty() && row.sources.is_empty() {
                found.push(format!("{}: the row rests on no claim and on no source", row.at));
            }
            for source in row.sources.iter().filter(|s| !self.sources.contains(*s)) {
                found.push(format!("{}: there is no source {source}", row.at));
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

/// One row of a table by column.
type Cells = BTreeMap<String, String>;

/// Columns in which a row names sources.
const SOURCE_COLUMNS: [&str; 3] = ["source", "sources", "asserted_by"];

/// What upholds events, sources and actors: the sources of the rows that name them.
fn upheld(tables: &BTreeMap<String, Vec<Cells>>) -> BTreeMap<(&'static str, &str), Vec<String>> {
    let mut upheld: BTreeMap<(&'static str, &str), Vec<String>> = BTreeMap::new();
    for (table, rows) in tables {
        for row in rows {
            let cell = |column: &str| row.get(column).map_or("", String::as_str);
            let named = SOURCE_COLUMNS.map(cell).map(entries).concat();
            for source in &named {
                upheld.entry(("sources", source)).or_default().push((*source).to_owned());
            }
            let sources: Vec<String> = match table.as_str() {
                "events" => {
                    let reports = tables["reports"].iter().filter(|r| r["event"] == row["id"]);
                    reports.map(|r| r["source"].clone()).collect()
                }
                _ => named.iter().map(ToString::to_string).collect(),
            };
            if table == "reports" {
                upheld.entry(("events", cell("event"))).or_default().extend(sources.clone());
            }
            for actor in ["attributed_to", "claimed_by", "actors"].map(cell).map(entries).concat() {
                upheld.entry(("actors", actor)).or_default().extend(sources.clone());
            }
        }
    }
    upheld
}

/// The entries of a cell.
fn entries(cell: &str) -> Vec<&str> {
    cell.split(';').map(str::trim).filter(|entry| !entry.is_empty()).collect()
}

fn list(cell: &str) -> Vec<String> {
    entries(cell).into_iter().map(str::to_owned).collect()
}

/// The rows of a table as they stand in its file.
fn table_rows(table: &str) -> Vec<Cells> {
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
