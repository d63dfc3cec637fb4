//! Published counts against the record, each recounted by other means.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeMap;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sitrep_atlas::analysis::coverage::{headline, published, published_for, published_in};
use sitrep_atlas::analysis::{
    Coverage, Filter, NoCoverage, Record, Rule, View, coverages, select, words,
};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Day, DaySpan};
use support::Package;
use support::program::{done, sitrep};
use support::window::Window;

type Row = BTreeMap<String, String>;

/// The rows of a table of the embedded record as they stand in its file.
fn table(name: &str) -> Vec<Row> {
    let path = format!("{}/data/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

/// The family of a weapon, of those that scopes of published counts name.
fn family(weapon: &str) -> &'static str {
    match weapon {
        "rocket" | "mortar" | "artillery" | "indirect fire" => "rocket",
        "one-way drone" | "armed drone" | "drone" => "drone",
        "ied" => "ied",
        _ => "",
    }
}

/// Whether a filter such as `country=IQ,SY weapon=rocket` lets an event's row through.
fn lets_through(filter: &str, event: &Row, country: &str) -> bool {
    filter.split(' ').all(|part| {
        let (facet, values) = part.split_once('=').unwrap();
        let values: Vec<_> = values.split(',').collect();
        match facet {
            "country" => values.contains(&country),
            "direction" => values.contains(&event["direction"].as_str()),
            "weapon" => values.contains(&event["weapon"].as_str()),
            "weapon_family" => values.contains(&family(&event["weapon"])),
            // A facet that the recount does not know: nothing is counted, and the numbers differ.
            _ => false,
        }
    })
}

#[test]
fn every_published_count_is_held_against_a_recount_of_the_tables() {
    let record = data::load(None).unwrap().dataset;
    let (events, sites) = (table("events"), table("sites"));
    let country = |id: &str| sites.iter().find(|s| s["id"] == id).unwrap()["country"].clone();
    let mut counted = 0;
    for (row, coverage) in table("reported_totals").iter().zip(coverages(&record)) {
        let id = &row["id"];
        if row["filter"].is_empty() {
            assert_eq!(coverage, Err(NoCoverage::NoFilter), "{id}");
            continue;
        }
        let (from, to) = (&row["from"], &row["to"]);
        let (mut certain, mut possible) = (0, 0);
        for event in &events {
            if !lets_through(&row["filter"], event, &country(&event["site"])) {
                continue;
            }
            // Days written as 2022-01-05 compare as text.
            let (start, end) = (&event["start"], &event["end"]);
            if start >= from && end <= to {
                certain += 1;
            } else if start <= to && end >= from {
                possible += 1;
            }
        }
        let found = coverage.unwrap();
        assert_eq!((found.certain, found.possible), (certain, possible), "{id}");
        counted += 1;
    }
    assert!(counted > 6, "{counted}");
}

#[test]
fn the_view_of_a_coverage_lists_exactly_its_events_whatever_was_looked_at_before() {
    let record = data::load(None).unwrap().dataset;
    let before = View { rule: Rule::Confirmed, ..View::opening(&record) };
    for found in coverages(&record).into_iter().flatten() {
        let selection = select(&record, &found.view(before.clone()));
        assert_eq!((selection.certain(), selection.possible()), (found.certain, found.possible));
    }
}

/// A record of three attacks in Iraq and one in Syria in February 2022, and what somebody counted.
fn made_up(totals: &[&str]) -> Record {
    let package = Package::new()
        .attack("a", "2022-02-02", "2022-02-02", "day", "north")
        .attack("b", "2022-02-10", "2022-02-10", "day", "north")
        .attack("c", "2022-02-11", "2022-02-14", "span", "north")
        .attack("d", "2022-02-20", "2022-02-20", "day", "south");
    package.write("reported_totals", "id,from,to,count_low,count_high,scope,filter,source");
    let package = totals.iter().fold(package, |p, line| p.row("reported_totals", line));
    data::load(Some(package.path())).unwrap().dataset
}

/// The headline of a published count, and what else is said of it.
fn check(total: &str, expected: &str, beyond: Option<&str>) {
    let record = made_up(&[total]);
    let total = &record.reported_totals[0];
    let coverage = &coverages(&record)[0];
    let said = match coverage {
        Ok(_) => headline(total, coverage),
        Err(reason) => format!("{}: {reason}", headline(total, coverage)),
    };
    assert_eq!(said, expected);
    let told = coverage.as_ref().ok().and_then(|c: &Coverage| c.beyond(total));
    assert_eq!(told.as_deref(), beyond);
}

#[test]
fn a_published_count_stands_beside_the_records_own() {
    check(
        "t,2022-02-02,2022-02-20,5,5,Attacks in Iraq,country=IQ,wire",
        "5 reported, 3 here",
        None,
    );
    check(
        "t,2022-02-02,2022-02-12,5,,Attacks,direction=attack_on_coalition,wire",
        "at least 5 reported; 2, and 1 more possible here",
        None,
    );
}

#[test]
fn a_period_that_goes_beyond_the_record_is_said_to() {
    check(
        "t,2022-01-01,2022-02-20,5,5,Attacks,country=SY,wire",
        "5 reported, 1 here",
        Some("goes beyond the record, whose first event is of 2 February 2022"),
    );
    check(
        "t,2021-01-01,2023-03-28,83,83,Attacks,\"country=IQ,SY\",wire",
        "83 reported, 4 here",
        Some(
            "goes beyond the record, whose first event is of 2 February 2022 and whose last event is \
             of 20 February 2022",
        ),
    );
}

#[test]
fn what_cannot_be_counted_in_the_same_way_says_why() {
    let none = "5 reported, cannot be counted here in the same way";
    check(
        "t,2022-02-02,2022-02-20,5,5,Days in a row,,wire",
        &format!("{none}: no filter of this record stands for what it counts"),
        None,
    );
    check("t,,,5,5,Attacks,country=IQ,wire", &format!("{none}: its period is not given"), None);
    check(
        "t,2023-01-01,2023-03-28,5,5,Attacks,country=IQ,wire",
        &format!("{none}: its period lies outside the record, which covers 2 to 20 February 2022"),
        None,
    );
    let record = made_up(&["t,2022-02-02,2022-02-20,5,5,Attacks,colour=red,wire"]);
    assert!(matches!(coverages(&record)[0], Err(NoCoverage::Filter(_))));
}

#[test]
fn published_counts_of_some_days_are_those_whose_period_overlaps_them_the_most_similar_first() {
    let record = made_up(&[
        "old,2022-02-01,2022-02-09,1,1,Attacks,country=IQ,wire",
        "long,2022-02-01,2022-02-20,2,2,Attacks,country=IQ,wire",
        "late,2022-02-15,2022-02-20,3,3,Attacks,country=IQ,wire",
        "undated,,,4,4,Attacks,country=IQ,wire",
    ]);
    let ids = |list: Vec<usize>| -> Vec<&str> {
        list.iter().map(|i| record.reported_totals[*i].id.as_str()).collect()
    };
    let totals = &record.reported_totals;
    assert_eq!(ids(published(totals)), ["late", "long", "old", "undated"]);
    let days = DaySpan::day(Day::parse("2022-02-09").unwrap());
    assert_eq!(ids(published_in(totals, days)), ["old", "long"]);
    let (list, here) = published_for(totals, &coverages(&record), days);
    assert_eq!((ids(list), here), (vec!["old", "long", "late", "undated"], 2));
}

/// The links of the table whose words contain some, from top to bottom.
fn links(w: &Window, words: &str) -> Vec<egui::Pos2> {
    let links = w.harness.get_all_by_role(Role::Link);
    let mut places: Vec<_> = links
        .filter(|n| n.accesskit_node().label().is_some_and(|l| l.contains(words)))
        .map(|n| n.rect().center())
        .collect();
    places.sort_by(|a, b| a.y.total_cmp(&b.y));
    places
}

/// Every published count in turn: a click on the record's number lists so many events.
#[test]
fn a_click_on_the_records_number_lists_exactly_so_many_events() {
    let record = data::load(None).unwrap().dataset;
    let coverages = coverages(&record);
    let countable =
        published(&record.reported_totals).into_iter().filter(|i| coverages[*i].is_ok());
    let mut tried = 0;
    let mut w = Window::open_the_record(1280.0, HIGH);
    let mut days = View::opening(&record).window;
    for index in countable {
        let Ok(found) = &coverages[index] else { continue };
        let (mut order, _) = published_for(&record.reported_totals, &coverages, days);
        order.retain(|i| coverages[*i].is_ok());
        let row = order.iter().position(|i| *i == index).unwrap();
        days = found.days;
        assert!(found.certain + found.possible > 0, "the heading of an empty list is another");
        opens_table(&mut w, &record);
        let numbers = links(&w, " here");
        w.clicks_at(numbers[row]);
        let noun = Rule::Everything.noun(found.certain.max(found.possible));
        let heading = format!("{} {noun}", words::count(found.certain, found.possible));
        w.sees(&heading);
        assert_eq!(
            w.days(),
            format!("Time window: {}, {}", words::span(found.days), words::days(found.days))
        );
        assert_eq!(w.listed(&record), found.certain + found.possible, "row {row}");
        tried += 1;
    }
    assert!(tried > 6, "{tried}");
}

#[test]
fn from_a_published_number_to_its_source_is_one_click_and_the_arrow_leads_back() {
    let record = data::load(None).unwrap().dataset;
    let days = View::opening(&record).window;
    let (order, _) = published_for(&record.reported_totals, &coverages(&record), days);
    let total = &record.reported_totals[order[0]];
    let mut w = Window::open_the_record(1280.0, HIGH);
    opens_table(&mut w, &record);
    let first = links(&w, " reported")[0];
    w.clicks_at(first);
    let source = record.source(total.source);
    for said in ["Who counted", &source.title, "Open the page", "Copy the citation", "Counted on"] {
        w.sees(said);
    }
    w.clicks("Back to what was open before");
    w.sees("these are not one series");
}

#[test]
fn what_a_published_count_held_back_can_be_let_through_again() {
    let record = data::load(None).unwrap().dataset;
    let mut w = Window::open_the_record(1280.0, HIGH);
    opens_table(&mut w, &record);
    let coverages = coverages(&record);
    let days = View::opening(&record).window;
    let (order, _) = published_for(&record.reported_totals, &coverages, days);
    let found = order.into_iter().find_map(|i| coverages[i].as_ref().ok()).unwrap();
    let first = links(&w, " here")[0];
    w.clicks_at(first);
    w.sees(&format!("Only {}", found.filter.words(&record)));
    w.clicks("Let everything through again");
    let all =
        select(&record, &View { filter: Filter::default(), ..found.view(View::of_all(&record)) });
    assert_eq!(w.listed(&record), all.shown().len());
}

/// So high that nothing needs scrolling, in points.
const HIGH: f32 = 6000.0;

/// Opens the table of published counts.
fn opens_table(w: &mut Window, record: &Record) {
    let all = format!("All {} published counts", record.reported_totals.len());
    let link = w.find(&all).unwrap().rect().center();
    w.clicks_at(link);
    w.sees("these are not one series");
}

/// Only what is in sight is laid out, and with room enough that is everything.
#[test]
fn the_context_of_a_long_window_is_laid_out_where_it_is_in_sight() {
    let record = data::load(None).unwrap().dataset;
    let titles_seen = |height: f32, whole: bool| {
        let mut w = Window::open_the_record(1280.0, height);
        if whole {
            w.presses(egui::Key::A);
        }
        w.sees("Context in these days");
        let days = if whole { record.extent().unwrap() } else { View::opening(&record).window };
        let entries = record
            .context
            .iter()
            .filter(|c| c.span.is_some_and(|s| s.overlaps(days) && s.days() <= 31));
        let titles: Vec<_> = entries.map(|c| c.title.as_str()).collect();
        (titles.iter().filter(|t| w.find(t).is_some()).count(), titles.len())
    };
    let (seen, all) = titles_seen(HIGH, false);
    assert!(seen == all && all > 3, "{seen} of {all}");
    let (seen, all) = titles_seen(800.0, true);
    assert!(seen == 0 && all > 50, "{seen} of {all}");
}

#[test]
fn the_command_line_lists_published_counts_alike_in_every_format() {
    let record = data::load(None).unwrap().dataset;
    let run = |format| {
        let days = ["--from", "2021", "--to", "2021"];
        done(&[&["tally", "--by", "published", "--format", format], &days[..]].concat())
    };
    let days = DaySpan::parse("2021").unwrap();
    let expected: Vec<_> = published_in(&record.reported_totals, days)
        .into_iter()
        .map(|i| (&record.reported_totals[i], coverages(&record)[i].clone()))
        .collect();
    let json: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(json["schema"], "sitrep-published/1");
    let rows = json["rows"].as_array().unwrap();
    let (text, table) = (run("csv"), run("table"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let lines: Vec<Row> = reader.deserialize().map(Result::unwrap).collect();
    assert_eq!((rows.len(), lines.len()), (expected.len(), expected.len()));
    for ((row, line), (total, coverage)) in rows.iter().zip(&lines).zip(expected) {
        let mut keys: Vec<_> = row.as_object().unwrap().keys().cloned().collect();
        keys.sort_by_key(|key| columns.iter().position(|c| c == key));
        assert_eq!(keys, columns);
        assert_eq!((row["id"].as_str(), line["id"].as_str()), (Some(&*total.id), &*total.id));
        let certain = coverage.ok().map(|found| found.certain);
        assert_eq!(row["certain"].as_u64(), certain.map(|n| u64::try_from(n).unwrap()));
        assert_eq!(line["certain"], certain.map_or_else(String::new, |n| n.to_string()));
        // What cannot be counted says why.
        assert!(certain.is_some() || row["caution"].is_string());
        assert!(table.contains(&total.id), "{table}");
    }
    assert!(table.contains("these are not one series"), "{table}");
}

#[test]
fn a_filter_or_a_rule_does_not_go_with_published_counts() {
    let everything = ["--rule", "everything"];
    for flags in [&everything[..], &["--where", "country=IQ"], &["--bbox", "44,33,44.6,33.5"]] {
        let args = [&["tally", "--by", "published"], flags].concat();
        let ran = sitrep(&args, std::path::Path::new("."));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains("published counts have a scope each"), "{}", ran.stderr);
    }
}
