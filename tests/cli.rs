//! How the command line refuses: one sentence that says what, where and what to do, and nothing left
//! behind; and what `sitrep check` lists.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;

use serde_json::Value;
use support::Package;
use support::program::{ids_of_json, listing, sitrep};

#[test]
fn an_impossible_date_is_refused() {
    for date in ["2022-13-01", "2022-00", "05.01.22", "yesterday", "", "99999-01-01"] {
        check(
            &["events", "--from", date],
            &["--from", &format!("\"{date}\" is not a date"), "2022-01-05"],
        );
        check(&["tally", "--by", "day", "--to", date], &["--to", "is not a date"]);
    }
    check(&["events", "--from", "29 feb 2021"], &["--from", "2021 is not a leap year"]);
}

#[test]
fn a_date_that_can_be_read_in_two_ways_is_refused_with_both() {
    let said = ["--from", "5 January 2022", "1 May 2022", "5 jan 2022"];
    check(&["events", "--from", "05.01.2022"], &said);
}

#[test]
fn one_flag_may_hold_both_ends_of_a_range_and_two_may_not() {
    let january = sitrep(
        &["tally", "--by", "day", "--from", "2022-01-03", "--to", "2022-01-06"],
        Path::new("."),
    );
    for flag in ["--from", "--to"] {
        for typed in ["3-6 jan 2022", "2022-01-03..2022-01-06"] {
            let ran = sitrep(&["tally", "--by", "day", flag, typed], Path::new("."));
            assert_eq!((ran.code, &ran.stdout), (Some(0), &january.stdout), "{}", ran.stderr);
        }
    }
    check(&["events", "--from", "last 30 days", "--to", "2022"], &["--from", "both ends"]);
    check(&["events", "--from", "2022", "--to", "last week"], &["--to", "both ends"]);
}

#[test]
fn an_end_before_the_start_is_refused() {
    let window = ["--from", "2022-01-06", "--to", "2022-01-03"];
    for command in [&["events"][..], &["tally", "--by", "site"], &["render", "-o", "figure.png"]] {
        check(
            &[command, &window].concat(),
            &["--from and --to", "2022-01-03", "2022-01-06", "swap the two dates"],
        );
    }
}

#[test]
fn a_day_is_given_with_its_last_day() {
    check(&["events", "--mode", "day", "--from", "2022-01-03"], &["--mode day", "--to"]);
}

#[test]
fn a_window_outside_the_record_is_refused() {
    for window in [["--from", "1999-01-01"], ["--to", "1999"], ["--from", "2031"]] {
        let window = if window == ["--from", "1999-01-01"] {
            vec!["--from", "1999-01-01", "--to", "1999-12-31"]
        } else {
            window.to_vec()
        };
        check(
            &[&["events"], window.as_slice()].concat(),
            &["outside the record", "October 2019", "choose days within it"],
        );
    }
    check(&["events", "--from", "2031"], &["--from 1 January 2031 is after the last day"]);
    check(&["events", "--to", "1999"], &["--to 31 December 1999 is before the first day"]);
}

#[test]
fn an_impossible_size_or_resolution_is_refused() {
    for size in [
        "0x0",
        "0x100",
        "100000x100000",
        "100000x100",
        "-5x100",
        "1920",
        "NaNxNaN",
        "10x10",
        "1e99x100",
        "10cmx10cm",
        "x",
        "",
    ] {
        let flag = format!("--size={size}");
        check(&["render", &flag, "-o", "figure.png"], &["--size", size, "write it as 1920x1080"]);
    }
    let size = ["render", "-o", "figure.png", "--size"];
    check(
        &[&size[..], &["85mmx60mm"]].concat(),
        &["no room for its map", "make it at least", "mm high"],
    );
    check(
        &[&size[..], &["40mmx90mm"]].concat(),
        &["40 mm are too narrow", "the least width is 57 mm"],
    );
    for dpi in ["NaN", "inf", "0", "-96", "1e9"] {
        let flag = format!("--dpi={dpi}");
        check(&["render", &flag, "-o", "figure.png"], &["--dpi", "give a number from 20 to 2400"]);
    }
}

#[test]
fn a_place_that_cannot_be_saved_to_is_refused() {
    check(
        &["render", "-o", "nowhere/figure.png"],
        &["folder does not exist", "nowhere", "create it first"],
    );
    check(&["render", "-o", "a-file/figure.png"], &["a-file", "save elsewhere"]);
    check(&["render", "-o", "figure.jpg"], &[".png, .svg or .pdf", "figure.jpg"]);
    check(&["render", "-o", "figure"], &[".png, .svg or .pdf", "figure"]);
    check(
        &["render", "--svg-text", "live", "-o", "figure.pdf"],
        &["--svg-text", ".svg", "figure.pdf"],
    );
    check(&["render", "-o", "folder.png"], &["this is a folder", "folder.png", "add a file name"]);
    // None of a series is saved when one cannot be.
    let series = ["render", "--each", "month", "--from", "2022-01", "--to", "2022-02"];
    check(&[&series[..], &["-o", "{month}/a.png"]].concat(), &["2022-01", "create it first"]);
}

#[test]
fn a_title_that_turns_what_follows_or_breaks_the_line_is_refused() {
    for title in ["a\nb", "\u{202e}a"] {
        check(&["render", "--title", title, "-o", "x.png"], &["--title", "control character"]);
    }
}

#[test]
fn a_series_is_checked_without_being_saved() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["render", "--each", "month", "--from", "2022-01", "--to", "2022-02", "--check"];
    let ran = sitrep(&args, folder.path());
    assert!(
        ran.stdout.starts_with("2022-01:") && ran.stdout.contains("\n2022-02:"),
        "{}",
        ran.stdout
    );
    assert!(listing(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_folder_without_the_right_to_write_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let locked = folder.path().join("locked");
    std::fs::create_dir(&locked).unwrap();
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o555)).unwrap();
    if std::fs::write(locked.join("probe"), "").is_ok() {
        eprintln!("skipped: rights do not bind this user, who is root or the like");
        return;
    }
    let figure = locked.join("figure.png");
    check(&["render", "-o", &figure.to_string_lossy()], &["could not save", "locked", "rights"]);
}

#[test]
fn a_data_package_that_cannot_be_read_is_refused() {
    for command in
        [&["events"][..], &["tally", "--by", "day"], &["check"], &["render", "-o", "figure.png"]]
    {
        check(&[command, &["nowhere"]].concat(), &["cannot be read", "nowhere", "check the name"]);
        check(&[command, &["folder.png"]].concat(), &["cannot be read", "folder.png"]);
        check(&[command, &["a-file"]].concat(), &["hold dates", "a-file", "its columns are"]);
        let package = Package::new();
        std::fs::write(package.file("datapackage.json"), b"{\"name\": \xff\x00 [[").unwrap();
        let path = package.path().to_string_lossy().into_owned();
        check(&[command, &[path.as_str()]].concat(), &["not a data package", &path]);
        std::fs::write(package.file("datapackage.json"), "[]").unwrap();
        check(&[command, &[path.as_str()]].concat(), &["not a data package", &path]);
    }
    check(&["events", "a-file", "folder.png"], &["2 files", "one data package"]);
}

#[test]
fn a_data_package_with_a_missing_table_is_refused() {
    for table in ["events", "sites", "sources", "reports", "reported_totals"] {
        let package = Package::new().attack("e", "2022-02-12", "2022-02-12", "day", "north");
        std::fs::remove_file(package.file(&format!("{table}.csv"))).unwrap();
        let path = package.path().to_string_lossy().into_owned();
        for command in [&["events"][..], &["check"]] {
            let wanted = format!("no table \"{table}\"");
            check(
                &[command, &[path.as_str()]].concat(),
                &[&wanted, &format!("add {table}.csv"), &path],
            );
        }
    }
}

#[test]
fn a_data_package_without_events_is_refused_where_days_are_needed() {
    let package = Package::new();
    let path = package.path().to_string_lossy().into_owned();
    check(&["events", &path], &["no event with a date", "sitrep check"]);
    check(&["render", &path, "-o", "figure.png"], &["no event with a date", "sitrep check"]);
}

#[test]
fn a_table_outside_its_package_is_refused() {
    let package = Package::new();
    let text = std::fs::read_to_string(package.file("datapackage.json")).unwrap();
    for outside in ["../events.csv", "/etc/hostname"] {
        std::fs::write(package.file("datapackage.json"), text.replace("events.csv", outside))
            .unwrap();
        let path = package.path().to_string_lossy().into_owned();
        check(&["check", &path], &["\"events\" lies outside the package", &path]);
    }
}

#[test]
fn a_filter_that_names_nothing_known_is_refused() {
    for (filter, says) in [
        ("site=atlantis", ["--where", "site has no value \"atlantis\"", "ain-al-asad"]),
        ("country=FR", ["--where", "country has no value \"FR\"", "IQ, SY"]),
        ("weapon=trebuchet", ["--where", "\"trebuchet\"", "one-way drone"]),
        ("moon=full", ["--where", "no facet \"moon\"", "site, country"]),
        ("country", ["--where", "\"country\" is not a filter", "FACET=VALUE"]),
        ("country=", ["--where", "is not a filter", "FACET=VALUE"]),
        ("country=IQ,,SY", ["--where", "is not a filter", "FACET=VALUE"]),
        ("=", ["--where", "facet", "site"]),
    ] {
        check(&["events", "--where", filter], &says);
    }
}

#[test]
fn a_box_that_is_none_is_refused() {
    for text in [
        "1,2,3",
        "a,b,c,d",
        "48,29,38,37",
        "38,37,48,29",
        "38,29,48,95",
        "38,29,480,37",
        "NaN,1,2,3",
        "",
        "1,2,3,4,5",
    ] {
        let flag = format!("--bbox={text}");
        check(&["events", &flag], &[&format!("\"{text}\" is not a box"), "west,south,east,north"]);
    }
}

#[test]
fn words_that_are_no_choice_are_refused_with_the_choices() {
    for (args, choice) in [
        (&["events", "--mode", "forever"][..], "since-start"),
        (&["events", "--rule", "some"], "everything"),
        (&["events", "--format", "xls"], "geojson"),
        (&["tally", "--by", "moon"], "country"),
        (&["render", "--theme", "pink", "-o", "figure.png"], "print"),
        (&["tally"], "--by"),
        (&["render"], "--output"),
        (&["check", "--format", "xml"], "json"),
    ] {
        let ran = sitrep(args, Path::new("."));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(
            ran.stderr.contains(choice) && !ran.stderr.contains("panicked"),
            "{args:?}: {}",
            ran.stderr
        );
    }
}

#[test]
fn a_refused_figure_leaves_the_one_that_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let figure = folder.path().join("figure.png");
    std::fs::write(&figure, "the old figure").unwrap();
    let ran =
        sitrep(&["render", "--from", "1999", "--to", "1999", "-o", "figure.png"], folder.path());
    assert_eq!(ran.code, Some(2));
    assert_eq!(std::fs::read_to_string(&figure).unwrap(), "the old figure");
}

/// What other tests find must come from what they break.
#[test]
fn check_finds_nothing_in_a_sound_package() {
    let package = Package::new().attack("good", "2022-02-12", "2022-02-12", "day", "north").attack(
        "vague",
        "2022-02-01",
        "2022-02-28",
        "month",
        "south",
    );
    let ran = sitrep(&["check", &package.path().to_string_lossy()], Path::new("."));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
    assert!(
        ran.stdout.starts_with("No problems in A made-up record 1.0.0: 2 events"),
        "{}",
        ran.stdout
    );
}

#[test]
fn check_lists_a_broken_line_with_its_file_and_line() {
    let package = Package::new()
        .attack("good", "2022-02-12", "2022-02-12", "day", "north")
        .row("events", "broken,2022-02-13,\"2022");
    let place = format!("{}:3", package.file("events.csv").display());
    check_lists(&package, &[&place, "cells"]);
}

#[test]
fn check_lists_a_quote_that_is_never_closed_where_it_begins() {
    let package = Package::new()
        .row("events", "open,2022-02-12,2022-02-12,day,north,site,\"attack_on_coalition,rocket")
        .attack("good", "2022-02-13", "2022-02-13", "day", "north");
    let place = format!("{}:2: ", package.file("events.csv").display());
    check_lists(&package, &[&place, "check quotes and commas"]);
}

#[test]
fn check_lists_what_no_map_and_no_calendar_has() {
    let package = Package::new()
        .row("sites", "pole,Camp Pole,,,base,IQ,Baghdad,91,44.4,site")
        .attack("at-the-pole", "2022-02-12", "2022-02-12", "day", "pole")
        .attack("never", "2022-02-30", "2022-02-30", "day", "north")
        .attack("backwards", "2022-02-13", "2022-02-12", "span", "north");
    let at = |table: &str, line: u8, column: &str| {
        format!("{}:{line} [{column}]", package.file(&format!("{table}.csv")).display())
    };
    check_lists(&package, &[&at("sites", 4, "lat"), "a latitude of 91 is not on the earth"]);
    check_lists(&package, &[&at("events", 3, "start"), "\"2022-02-30\" is not a date"]);
    check_lists(&package, &[&at("events", 4, "end"), "swap the two dates"]);
}

#[test]
fn check_lists_references_that_lead_nowhere() {
    let package = Package::new()
        .attack("good", "2022-02-12", "2022-02-12", "day", "north")
        .attack("lost", "2022-02-12", "2022-02-12", "day", "atlantis")
        .row("reports", "good,nobody,,")
        .row("links", "good,unheard-of,same_wave,wire");
    for wanted in
        ["no \"atlantis\" in sites", "no \"nobody\" in sources", "no \"unheard-of\" in events"]
    {
        check_lists(&package, &[wanted]);
    }
}

#[test]
fn other_commands_use_the_good_rows_and_say_that_there_are_problems() {
    let package = Package::new()
        .attack("good", "2022-02-12", "2022-02-12", "day", "north")
        .row("events", "broken,2022-02-13");
    let ran =
        sitrep(&["events", "--format", "json", &package.path().to_string_lossy()], Path::new("."));
    assert_eq!(ran.code, Some(0));
    assert_eq!(ids_of_json(&ran.stdout), ["good"]);
    assert!(
        ran.stderr.contains("problem") && ran.stderr.contains("sitrep check"),
        "{}",
        ran.stderr
    );
}

#[test]
fn without_a_display_the_window_says_what_needs_none() {
    check(&[], &["no display", "sitrep render"]);
}

/// Runs a command that must be refused: exit 2, one sentence, no result, and no file made or left.
fn check(args: &[&str], says: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a-file"), "not a folder").unwrap();
    std::fs::create_dir(folder.path().join("folder.png")).unwrap();
    let before = listing(folder.path());
    let ran = sitrep(args, folder.path());
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{args:?}: {}", ran.stderr);
    assert_eq!(ran.stderr.lines().count(), 1, "{args:?}: {}", ran.stderr);
    assert!(
        ran.stderr.starts_with("sitrep: ") && !ran.stderr.contains("panicked"),
        "{}",
        ran.stderr
    );
    for part in says {
        assert!(ran.stderr.contains(part), "{args:?}: no {part:?} in {}", ran.stderr);
    }
    assert_eq!(listing(folder.path()), before, "{args:?}");
}

/// `sitrep check` exits with 1 and has a line with all of these words.
fn check_lists(package: &Package, words: &[&str]) {
    let ran = sitrep(&["check", &package.path().to_string_lossy()], Path::new("."));
    assert_eq!(ran.code, Some(1), "{}{}", ran.stdout, ran.stderr);
    let line = ran.stdout.lines().find(|line| words.iter().all(|w| line.contains(w)));
    assert!(line.is_some(), "no line with {words:?} in\n{}", ran.stdout);
    assert!(ran.stderr.contains("problem") && !ran.stderr.contains("panicked"), "{}", ran.stderr);
    let json =
        sitrep(&["check", "--format", "json", &package.path().to_string_lossy()], Path::new("."));
    assert_eq!(json.code, Some(1));
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["rows"].as_array().unwrap().len(), ran.stdout.lines().count());
}

#[test]
fn one_problem_is_said_in_the_singular() {
    let package = Package::new()
        .attack("good", "2022-02-12", "2022-02-12", "day", "north")
        .row("events", "broken,2022-02-13");
    let ran = sitrep(&["check", &package.path().to_string_lossy()], Path::new("."));
    assert!(ran.stderr.contains("1 problem in the data"), "{}", ran.stderr);
}

#[test]
fn a_control_character_or_a_line_break_in_a_bad_argument_keeps_the_complaint_on_one_line() {
    for args in [
        &["events", "--from", "2022\n01"][..],
        &["events", "--where", "site=a\nb"],
        &["events", "no\nwhere"],
        &["render", "-o", "no\nwhere/a.png"],
    ] {
        let ran = sitrep(args, Path::new("."));
        assert_eq!((ran.code, ran.stderr.lines().count()), (Some(2), 1), "{}", ran.stderr);
    }
}
