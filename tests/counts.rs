//! Numbers: a recount of the record by other means than the library's, and made-up data for the
//! edges where counts go wrong.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sitrep_atlas::analysis::{
    Facet, GroupBy, Mode, Record, Rule, Selection, View, histogram, select, tally,
};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Day, DaySpan};
use support::Package;

/// What a careful reader of the five documents counts.
///
/// 3 January, one: the drones at the Baghdad airport compound (The Reference on the anniversary, without
/// a day; its report on the bases counts a first of three days; one of the seven of Al Jazeera Net).
/// 4 January, two: the drones at Ain al-Asad (the same three documents), and the attack near Deir Ezzor
/// that the coalition says it thwarted (The Reference on the anniversary), in a class of its own.
/// 5 January, four: Green Village, Baghdad airport and Ain al-Asad ("three separate attacks" in The
/// Reference on the bases; Green Village in its other document too), and the convoy in Babil.
/// 4 or 5 January, one: the convoy in al-Muthanna, which two agencies date differently: possible on each
/// of the two days and certain in the four. The two convoys are the two bombs of Al Jazeera Net.
/// 6 January, one: the drone at Ain al-Asad (Al Jazeera Net).
const CAREFUL_READER: [(&str, usize, &[&str]); 4] = [
    ("2022-01-03", 1, &["2022-01-03-baghdad-airport-drones"]),
    (
        "2022-01-04",
        2,
        &[
            "2022-01-04-ain-al-asad-drones",
            "2022-01-04-deir-ez-zor-thwarted",
            "2022-01-05-muthanna-convoy",
        ],
    ),
    (
        "2022-01-05",
        4,
        &[
            "2022-01-05-ain-al-asad-rockets",
            "2022-01-05-babil-convoy",
            "2022-01-05-baghdad-airport",
            "2022-01-05-green-village",
            "2022-01-05-muthanna-convoy",
        ],
    ),
    ("2022-01-06", 1, &["2022-01-06-ain-al-asad-drone"]),
];

#[test]
fn the_days_of_january_2022_hold_what_a_careful_reader_counts() {
    let dataset = founding();
    let selection = selected(&dataset, "2022-01-03", "2022-01-06", Rule::Attacks);
    assert_eq!((selection.certain(), selection.possible()), (9, 0));
    let by_day = groups(&dataset, &selection, GroupBy::Day);
    let expected = CAREFUL_READER.map(|(day, n, ids)| (day.to_owned(), (n, ids.len() - n)));
    assert_eq!(by_day, expected.into());
    for (day, _, ids) in CAREFUL_READER {
        assert_eq!(shown(&dataset, day, day), ids);
    }
}

/// The founding documents end at dawn on 6 January and know nothing of Conoco.
#[test]
fn outside_sources_add_two_attacks_to_the_days_of_january_2022() {
    let (record, founding) = (record(), founding());
    let ids = |dataset| shown(dataset, "2022-01-03", "2022-01-06").into_iter().collect();
    let (all, told): (BTreeSet<&str>, BTreeSet<&str>) = (ids(&record), ids(&founding));
    assert_eq!(told.difference(&all).count(), 0);
    let added: Vec<_> = all.difference(&told).copied().collect();
    assert_eq!(added, ["2022-01-05-conoco-rockets", "2022-01-06-babil-convoy"]);
}

#[test]
fn strikes_and_seizures_are_counted_only_by_the_rule_that_counts_everything() {
    let dataset = founding();
    let attacks = selected(&dataset, "2022-01-03", "2022-01-06", Rule::Attacks);
    let by_rule = |s: &Selection| s.left_out.rule_total();
    assert_eq!(by_rule(&attacks), 3);
    let all = selected(&dataset, "2022-01-03", "2022-01-06", Rule::Everything);
    assert_eq!((all.certain(), all.possible(), by_rule(&all)), (12, 0, 0));
}

#[test]
fn a_recount_from_the_file_gives_the_same_groups() {
    let dataset = record();
    for (from, to) in
        [("2022-01-03", "2022-01-06"), ("2020-01-01", "2022-12-31"), ("2021-07-05", "2022-01-05")]
    {
        for rule in Rule::ALL {
            let selection = selected(&dataset, from, to, rule);
            for (by, column) in [
                (Facet::Site, "site"),
                (Facet::Weapon, "weapon"),
                (Facet::Direction, "direction"),
                (Facet::Status, "status"),
                (Facet::Confidence, "confidence"),
                (Facet::Country, "country"),
            ] {
                let counted = groups(&dataset, &selection, GroupBy::Facet(by));
                assert_eq!(counted, recount(from, to, rule, |row| row[column].clone()), "{column}");
            }
            for (by, length) in [(GroupBy::Day, 10), (GroupBy::Month, 7)] {
                let mut counted = groups(&dataset, &selection, by);
                counted.retain(|_, n| *n != (0, 0));
                assert_eq!(counted, recount_by_date(from, to, rule, length));
            }
        }
    }
}

#[test]
fn weeks_begin_on_monday_and_carry_their_iso_number() {
    let dataset = founding();
    let selection = selected(&dataset, "2021-12-27", "2022-01-06", Rule::Attacks);
    let expected = [("2021-W52", (0, 0)), ("2022-W01", (9, 0))];
    let weeks = groups(&dataset, &selection, GroupBy::Week);
    assert_eq!(weeks, expected.map(|(week, n)| (week.to_owned(), n)).into());
}

#[test]
fn sites_of_iraq_and_syria_are_told_apart() {
    let dataset = founding();
    let selection = selected(&dataset, "2022-01-03", "2022-01-06", Rule::Attacks);
    let countries = groups(&dataset, &selection, GroupBy::Facet(Facet::Country));
    assert_eq!(countries, [("IQ", (7, 0)), ("SY", (2, 0))].map(|(c, n)| (c.to_owned(), n)).into());
}

/// Events around a window of 10 to 20 February 2022.
fn around_the_window() -> Package {
    Package::new()
        .attack("first-day", "2022-02-10", "2022-02-10", "day", "north")
        .attack("last-day", "2022-02-20", "2022-02-20", "day", "north")
        .attack("day-before", "2022-02-09", "2022-02-09", "day", "north")
        .attack("day-after", "2022-02-21", "2022-02-21", "day", "south")
        .attack("over-the-start", "2022-02-08", "2022-02-11", "span", "north")
        .attack("over-the-end", "2022-02-19", "2022-02-23", "span", "south")
        .attack("inside", "2022-02-12", "2022-02-14", "span", "south")
        .attack("in-february", "2022-02-01", "2022-02-28", "month", "south")
}

/// Trap: a strict comparison at both ends loses events that are only dated to the day.
#[test]
fn events_on_the_first_and_the_last_day_of_the_window_are_certain() {
    check(
        &around_the_window(),
        "2022-02-10",
        "2022-02-20",
        &["first-day", "inside", "last-day"],
        &["in-february", "over-the-end", "over-the-start"],
    );
}

#[test]
fn a_window_of_one_day_holds_the_events_of_that_day() {
    check(
        &around_the_window(),
        "2022-02-21",
        "2022-02-21",
        &["day-after"],
        &["in-february", "over-the-end"],
    );
}

#[test]
fn a_window_that_encloses_a_month_makes_its_vague_events_certain() {
    let ids = [
        "day-after",
        "day-before",
        "first-day",
        "in-february",
        "inside",
        "last-day",
        "over-the-end",
        "over-the-start",
    ];
    check(&around_the_window(), "2022-02-01", "2022-02-28", &ids, &[]);
}

#[test]
fn a_span_is_possible_on_each_of_its_days_and_once_in_the_total() {
    let package = Package::new()
        .attack("span", "2022-02-12", "2022-02-14", "span", "north")
        .attack("sure", "2022-02-13", "2022-02-13", "day", "north");
    let dataset = loaded(&package);
    let selection = selected(&dataset, "2022-02-12", "2022-02-15", Rule::Attacks);
    assert_eq!((selection.certain(), selection.possible()), (2, 0));
    let expected = [
        ("2022-02-12", (0, 1)),
        ("2022-02-13", (1, 1)),
        ("2022-02-14", (0, 1)),
        ("2022-02-15", (0, 0)),
    ];
    let days = groups(&dataset, &selection, GroupBy::Day);
    assert_eq!(days, expected.map(|(day, n)| (day.to_owned(), n)).into());
    let sites = groups(&dataset, &selection, GroupBy::Facet(Facet::Site));
    assert_eq!(sites, [("north".to_owned(), (2, 0))].into());
}

/// Trap: undated things shown in every frame.
#[test]
fn a_day_frame_shows_neither_undated_events_nor_those_of_other_days() {
    let package = around_the_window().attack("undated", "", "", "unknown", "north");
    let dataset = loaded(&package);
    let mut view = view(&dataset, "2022-02-10", "2022-02-20", Rule::Attacks);
    view.mode = Mode::Day;
    let selection = select(&dataset, &view);
    let (certain, possible) = split(&dataset, &selection);
    assert_eq!(certain, ["last-day"]);
    assert_eq!(possible, ["in-february", "over-the-end"]);
}

#[test]
fn since_start_shows_everything_up_to_the_end_of_the_window() {
    let dataset = loaded(&around_the_window());
    let mut view = view(&dataset, "2022-02-12", "2022-02-14", Rule::Attacks);
    view.mode = Mode::SinceStart;
    let selection = select(&dataset, &view);
    let (certain, possible) = split(&dataset, &selection);
    assert_eq!(certain, ["day-before", "first-day", "inside", "over-the-start"]);
    assert_eq!(possible, ["in-february"]);
    let past: Vec<_> = selection
        .shown()
        .iter()
        .filter(|s| s.past)
        .map(|s| &dataset.event(s.event).held().id)
        .collect();
    assert_eq!(past, ["over-the-start", "day-before", "first-day"]);
}

/// Trap: rows with an empty date disappear without a word.
#[test]
fn a_row_with_an_empty_date_is_listed_with_its_file_and_line() {
    let package = around_the_window().attack("undated", "", "", "unknown", "north");
    let loaded = data::load(Some(package.path())).unwrap();
    let said: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    let place = format!("{}:10 [start]", package.file("events.csv").display());
    assert!(
        said.iter().any(|p| p.starts_with(&place)
            && p.contains("the cell is empty")
            && p.contains("left out")),
        "{said:#?}"
    );
    assert_eq!(loaded.dataset.events.len(), 8);
}

/// Trap: identifiers replaced by the row's number.
#[test]
fn identifiers_of_events_are_those_of_the_file() {
    let mut expected: Vec<String> = rows().into_iter().map(|r| r["id"].clone()).collect();
    let mut ids: Vec<String> = record().events.iter().map(|e| e.held().id.clone()).collect();
    ids.sort();
    expected.sort();
    assert_eq!(ids, expected);
    let odd = Package::new()
        .attack("7", "2022-02-12", "2022-02-12", "day", "north")
        .attack("007", "2022-02-11", "2022-02-11", "day", "north")
        .attack("Zwölf", "2022-02-10", "2022-02-10", "day", "north");
    check(&odd, "2022-02-01", "2022-02-28", &["007", "7", "Zwölf"], &[]);
}

/// Trap: a value changed to keep an axis readable.
#[test]
fn the_bars_of_the_strip_add_up_to_the_number_of_events() {
    for dataset in [record(), loaded(&around_the_window())] {
        let whole = dataset.extent().unwrap();
        for rule in Rule::ALL {
            for filter in [None, Some("country=SY"), Some("status=confirmed,reported")] {
                let mut view = View::of_all(&dataset);
                view.rule = rule;
                if let Some(text) = filter {
                    view.filter.add(&dataset, text).unwrap();
                }
                let expected = select(&dataset, &view).shown().len();
                let mass: f64 = histogram(&dataset, &select(&dataset, &view), whole)
                    .iter()
                    .map(|day| f64::from(day.exact_total()) + f64::from(day.spread))
                    .sum();
                let wanted = u32::try_from(expected).unwrap();
                assert!(
                    (mass - f64::from(wanted)).abs() < 1e-3,
                    "{rule:?} {filter:?}: {mass} of {expected}"
                );
            }
        }
    }
}

/// Trap: an event known to the month drawn as a spike.
#[test]
fn an_event_known_to_the_month_is_spread_evenly_and_is_exact_on_no_day() {
    let dataset =
        loaded(&Package::new().attack("vague", "2022-02-01", "2022-02-28", "month", "north"));
    let days =
        histogram(&dataset, &select(&dataset, &View::of_all(&dataset)), dataset.extent().unwrap());
    assert_eq!(days.len(), 28);
    for day in days {
        assert_eq!(day.exact_total(), 0);
        assert!((day.spread - 1.0 / 28.0).abs() < 1e-6);
    }
}

/// Loads the package and compares the identifiers of what is certain and what is possible.
fn check(package: &Package, from: &str, to: &str, certain: &[&str], possible: &[&str]) {
    let dataset = loaded(package);
    let selection = selected(&dataset, from, to, Rule::Attacks);
    let found = split(&dataset, &selection);
    assert_eq!((found.0.as_slice(), found.1.as_slice()), (certain, possible), "{from} to {to}");
    assert_eq!((selection.certain(), selection.possible()), (certain.len(), possible.len()));
    let outside = dataset.events.len() - certain.len() - possible.len();
    assert_eq!(selection.left_out.outside_days, outside);
}

fn record() -> Record {
    data::load(None).unwrap().dataset
}

/// What the founding documents speak of.
fn founding() -> Record {
    loaded(&Package::founding())
}

fn loaded(package: &Package) -> Record {
    data::load(Some(package.path())).unwrap().dataset
}

fn view(dataset: &Record, from: &str, to: &str, rule: Rule) -> View {
    let mut view = View::of_all(dataset);
    view.window = DaySpan::inclusive(Day::parse(from).unwrap(), Day::parse(to).unwrap()).unwrap();
    view.rule = rule;
    view
}

fn selected(dataset: &Record, from: &str, to: &str, rule: Rule) -> Selection {
    select(dataset, &view(dataset, from, to, rule))
}

/// Identifiers of what is shown, certain and possible apart, each sorted.
fn split<'a>(dataset: &'a Record, selection: &Selection) -> (Vec<&'a str>, Vec<&'a str>) {
    use sitrep_atlas::analysis::Certainty;
    let of = |certainty| {
        let shown = selection.shown().iter().filter(|s| s.certainty == certainty);
        let mut ids: Vec<&str> = shown.map(|s| dataset.event(s.event).held().id.as_str()).collect();
        ids.sort_unstable();
        ids
    };
    (of(Certainty::Certain), of(Certainty::Possible))
}

fn shown<'a>(dataset: &'a Record, from: &str, to: &str) -> Vec<&'a str> {
    let (certain, possible) = split(dataset, &selected(dataset, from, to, Rule::Attacks));
    certain.into_iter().chain(possible).collect()
}

/// Certain and possible by group.
type Counts = BTreeMap<String, (usize, usize)>;

fn groups(dataset: &Record, selection: &Selection, by: GroupBy) -> Counts {
    let groups = tally(dataset, selection, by).groups;
    groups.into_iter().map(|g| (g.key, (g.certain, g.possible))).collect()
}

/// Counts the lines of the file, with dates compared as text.
fn recount(
    from: &str,
    to: &str,
    rule: Rule,
    key: impl Fn(&BTreeMap<String, String>) -> String,
) -> Counts {
    let mut counts = Counts::new();
    for row in rows() {
        let attack = ["attack_on_coalition", "interception", "iranian_state_strike"]
            .contains(&row["direction"].as_str());
        let by_rule = match rule {
            Rule::Everything => true,
            Rule::Attacks => attack,
            Rule::Confirmed => attack && row["status"] == "confirmed",
            Rule::TwoSources => attack && row["voices"].parse::<usize>().unwrap() > 1,
        };
        let (start, end) = (row["start"].as_str(), row["end"].as_str());
        if !by_rule || end < from || start > to {
            continue;
        }
        let slot = counts.entry(key(&row)).or_default();
        if start >= from && end <= to {
            slot.0 += 1;
        } else {
            slot.1 += 1;
        }
    }
    counts
}

/// Counts the lines of the file by the first `length` letters of their days: certain where all of its days
/// lie in one group and in the window, possible in every group that its days touch otherwise.
fn recount_by_date(from: &str, to: &str, rule: Rule, length: usize) -> Counts {
    let mut counts = Counts::new();
    let counted = recount(from, to, rule, |row| row["id"].clone());
    for row in rows() {
        let (start, end) = (Day::parse(&row["start"]).unwrap(), Day::parse(&row["end"]).unwrap());
        let days = DaySpan::inclusive(start, end).unwrap().iter().map(|d| d.to_string());
        let one = row["start"][..length] == row["end"][..length];
        let inside = row["start"].as_str() >= from && row["end"].as_str() <= to;
        let window = DaySpan::inclusive(Day::parse(from).unwrap(), Day::parse(to).unwrap());
        let groups: BTreeSet<String> =
            window.unwrap().iter().map(|d| d.to_string()[..length].to_owned()).collect();
        let keys: BTreeSet<String> =
            days.map(|d| d[..length].to_owned()).filter(|k| groups.contains(k)).collect();
        let outside = row["end"].as_str() < from || row["start"].as_str() > to;
        if outside || !counted.contains_key(&row["id"]) {
            continue;
        }
        for key in keys {
            let slot = counts.entry(key).or_default();
            if one && inside {
                slot.0 += 1;
            } else {
                slot.1 += 1;
            }
        }
    }
    counts
}

/// The lines of `events.csv`, with the country of their site, and `voices`: how many origins the sources
/// have that confirm or report the event.
fn rows() -> Vec<BTreeMap<String, String>> {
    let read = |table: &str| -> Vec<BTreeMap<String, String>> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/{table}.csv"));
        csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
    };
    let countries: BTreeMap<String, String> =
        read("sites").into_iter().map(|s| (s["id"].clone(), s["country"].clone())).collect();
    let origins: BTreeMap<String, String> =
        read("sources").into_iter().map(|s| (s["id"].clone(), s["origin"].clone())).collect();
    let mut voices: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for report in read("reports") {
        if ["confirms", "reports"].contains(&report["stance"].as_str()) {
            let origin = origins[&report["source"]].clone();
            voices.entry(report["event"].clone()).or_default().insert(origin);
        }
    }
    let mut rows = read("events");
    for row in &mut rows {
        let n = voices.get(&row["id"]).map_or(0, BTreeSet::len);
        row.insert("voices".to_owned(), n.to_string());
        let country = countries[&row["site"]].clone();
        row.insert("country".to_owned(), country);
    }
    rows
}
