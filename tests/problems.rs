//! What is wrong in a package is listed, with its place, and once.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use sitrep_atlas::data;
use support::Package;

/// Trap: two spellings of one base become two markers on top of each other.
#[test]
fn check_lists_two_sites_that_share_a_name_or_another_spelling() {
    for (name, aliases) in
        [("Camp North", ""), ("camp  north", ""), ("Northern Camp", "CAMP NORTH")]
    {
        let package = Package::new()
            .row("sites", &format!("twin,{name},,{aliases},base,IQ,Baghdad,33.3,44.4,site"))
            .attack("e", "2022-02-12", "2022-02-12", "day", "north");
        let problems = data::check(&data::load(Some(package.path())).unwrap().dataset);
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|p| p.contains("twin") && p.contains("north")), "{name}: {said:?}");
    }
}

/// A page carries the day of its own time zone: that of America is the day before in Iraq.
#[test]
fn check_lists_a_report_of_two_days_before_its_event_and_lets_one_day_pass() {
    for (published, listed) in [("2022-02-10", true), ("2022-02-11", false)] {
        let package = Package::new()
            .attack("e", "2022-02-12", "2022-02-12", "day", "north")
            .row("sources", &format!("early,The early wire,A report,{published},,news"))
            .row("reports", "e,early,,");
        let problems = data::check(&data::load(Some(package.path())).unwrap().dataset);
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let found = said.iter().any(|p| p.contains("early was published before the event"));
        assert_eq!(found, listed, "{published}: {said:?}");
    }
}

#[test]
fn duplicate_ids_are_listed_with_their_line() {
    let package = Package::new()
        .attack("twice", "2022-02-12", "2022-02-12", "day", "north")
        .attack("twice", "2022-02-13", "2022-02-13", "day", "south");
    let loaded = data::load(Some(package.path())).unwrap();
    let said: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    let place = format!("{}:3 [id]", package.file("events.csv").display());
    assert!(said.iter().any(|p| p.starts_with(&place)), "{said:#?}");
    assert_eq!(loaded.dataset.rows_left_out, 1);
}

#[test]
fn a_missing_column_is_told_once_and_not_for_every_row() {
    let mut package = Package::new();
    for n in 1..=5 {
        package = package.attack(&format!("e{n}"), &format!("2022-02-1{n}"), "", "day", "north");
    }
    let text = std::fs::read_to_string(package.file("events.csv")).unwrap();
    std::fs::write(package.file("events.csv"), text.replace("damage", "harm")).unwrap();
    let problems = data::load(Some(package.path())).unwrap().problems;
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 1, "{said:#?}");
}
