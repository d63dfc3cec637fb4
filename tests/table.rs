//! The table of events: its order, its keys, what it copies, and that it lists what the window shows.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use egui::accesskit::{Role, Toggled};
use egui::{Event, Key, OutputCommand};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sitrep_atlas::analysis::event_table::{Column, Sort, sort};
use sitrep_atlas::analysis::{Record, Rule, Shown, View, select};
use sitrep_atlas::data;
use sitrep_atlas::domain::CountRange;
use support::Package;
use support::window::{CTRL, Window};

const HEADER: &str = "id,start,end,date_precision,site,place_precision,direction,weapon,munitions_low,\
    munitions_high,killed_coalition_low,killed_coalition_high,attributed_to,status,confidence,damage,summary";

/// Five events whose columns sort differently as text than as values.
fn mixed() -> Package {
    let package = Package::new()
        .row("actors", "zulu,Zulu Brigade,armed group,")
        .row("actors", "alpha,ʿalpha Front,armed group,");
    package.write("events", HEADER);
    let rest = "medium,unknown,Told";
    let rows = [
        "a,2021-01-01,2021-01-31,month,north,site,attack_on_coalition,rocket,9,9,,,zulu,reported",
        "b,2021-01-02,2021-01-02,day,south,site,attack_on_coalition,unknown,10,,0,0,alpha,confirmed",
        "c,2021-01-02,2021-01-04,span,north,site,us_or_coalition_strike,mortar,,,3,4,,denied",
        "d,2021-01-05,2021-01-05,day,south,site,attack_on_coalition,ied,9,30,3,,alpha;zulu,claimed",
        "e,2021-01-05,2021-01-06,unknown,north,site,interception,one-way drone,2,3,12,12,,contested",
    ];
    rows.into_iter().fold(package, |package, row| {
        let id = &row[..1];
        package.row("events", &format!("{row},{rest}")).row("reports", &format!("{id},wire,,"))
    })
}

fn read(package: &Package) -> data::Loaded {
    let loaded = data::load(Some(package.path())).unwrap();
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    loaded
}

/// Everything in a record over all its days, in the record's order.
fn everything(record: &Record) -> Vec<Shown> {
    let view = View { rule: Rule::Everything, ..View::of_all(record) };
    select(record, &view).shown().to_vec()
}

fn check(column: Column, upwards: &str, downwards: &str) {
    let record = read(&mixed()).dataset;
    for (descending, expected) in [(false, upwards), (true, downwards)] {
        let mut rows = everything(&record);
        sort(&record, &mut rows, Sort { column, descending });
        let ids: String = rows.iter().map(|s| record.event(s.event).held().id.as_str()).collect();
        assert_eq!(ids, expected, "{column:?}, descending: {descending}");
    }
}

#[test]
fn columns_sort_by_value_with_the_unknown_last_either_way() {
    check(Column::Date, "abcde", "dcbae");
    check(Column::Number, "eadbc", "bdaec");
    check(Column::Killed, "bcdea", "edcba");
    check(Column::Weapon, "acedb", "decab");
}

#[test]
fn names_sort_whatever_their_spelling_and_equal_rows_keep_their_order() {
    check(Column::Site, "acebd", "bdace");
    check(Column::AttributedTo, "bdace", "adbce");
    check(Column::Wounded, "abcde", "abcde");
}

#[test]
fn codes_sort_in_the_order_of_their_lists() {
    check(Column::Status, "badec", "cedab");
    check(Column::Class, "abdec", "ceabd");
}

/// The rows in sight, from the top, as they are told to those who do not see them.
fn rows(w: &Window) -> Vec<String> {
    let mut rows: Vec<_> = w.harness.query_all_by_role(Role::Row).collect();
    rows.sort_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    rows.into_iter().map(|r| r.accesskit_node().label().unwrap()).collect()
}

/// What is put on the clipboard in the next frames.
fn copied(w: &mut Window) -> String {
    let of = |command: &OutputCommand| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    };
    let next = || {
        w.harness.step();
        w.harness.output().platform_output.commands.iter().find_map(of)
    };
    std::iter::repeat_with(next).take(4).flatten().next().unwrap()
}

/// A table as a spreadsheet reads it: rows of cells by their header.
fn parsed(tsv: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(tsv.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

fn ids(tsv: &str) -> Vec<String> {
    parsed(tsv).into_iter().map(|row| row["event_id"].clone()).collect()
}

#[test]
fn it_lists_as_many_rows_as_the_title_counts_and_follows_rule_and_window() {
    let mut w = Window::open(1280.0, 1100.0);
    assert!(rows(&w).is_empty());
    w.presses(Key::T);
    w.sees("9 attacks, 3 to 6 January 2022; attacks on US and coalition forces, reported");
    w.sees("Not listed: 3 not counted by the rule");
    assert_eq!(rows(&w).len(), 9);
    w.clicks("Everything");
    w.sees("12 events, 3 to 6 January 2022; everything in the record");
    assert_eq!(rows(&w).len(), 12);
    w.types("From", "2022-01-05");
    w.clicks("Attacks");
    w.sees("5, and 1 more possible attacks, 5 to 6 January 2022");
    let listed = rows(&w);
    assert_eq!(listed.len(), 6);
    assert!(listed[0].starts_with("Row 1 of 6: between 4 and 5 January 2022, Convoy route"));
    w.clicks("Close the table (T)");
    assert!(rows(&w).is_empty());
    w.clicks("Table");
    assert_eq!(rows(&w).len(), 6);
}

#[test]
fn a_click_on_a_heading_sorts_and_another_turns_it_round() {
    let mut w = Window::open_on(read(&mixed()), 1900.0, 1000.0);
    w.clicks("Everything");
    w.presses(Key::A);
    w.presses(Key::T);
    let dates = |w: &Window| {
        let of = |row: &String| row.split(": ").nth(1).unwrap().to_owned();
        rows(w).iter().map(of).collect::<Vec<_>>()
    };
    let by_date = dates(&w);
    assert_eq!(by_date.len(), 5);
    assert_eq!(by_date[0], "in January 2021, Camp North");
    w.clicks("Sort by Date (sorted, lowest first)");
    assert_eq!(dates(&w)[0], "5 January 2021, Camp South");
    w.clicks("Sort by Number");
    assert_eq!(dates(&w)[0], "date unknown, between 5 and 6 January 2021, Camp North");
    w.clicks("Sort by Number (sorted, lowest first)");
    assert_eq!(dates(&w)[0], "2 January 2021, Camp South");
    w.sees("Sort by Number (sorted, highest first)");
    w.presses(Key::ArrowDown);
    assert!(picked(&w).unwrap().starts_with("Row 1 of 5: 2 January 2021, Camp South"));
}

/// The row that is told to be the picked one.
fn picked(w: &Window) -> Option<String> {
    let on = |n: &egui_kittest::Node<'_>| n.accesskit_node().toggled() == Some(Toggled::True);
    let row = w.harness.query_all_by_role(Role::Row).find(on)?;
    row.accesskit_node().label()
}

#[test]
fn the_keyboard_goes_from_event_to_event_and_other_keys_stay_what_they_are() {
    let record = data::load(Some(Package::founding().path())).unwrap().dataset;
    let shown = select(&record, &View::opening(&record)).shown().to_vec();
    let mut w = Window::open(1280.0, 800.0);
    w.presses(Key::T);
    assert_eq!(picked(&w), None);
    let opening = w.days();
    for (key, row) in [
        (Key::ArrowDown, 0),
        (Key::ArrowDown, 1),
        (Key::End, 8),
        (Key::ArrowDown, 8),
        (Key::ArrowUp, 7),
        (Key::PageUp, 0),
        (Key::PageDown, 7),
        (Key::Home, 0),
        (Key::ArrowUp, 0),
    ] {
        w.presses(key);
        let name = format!("Row {} of 9:", row + 1);
        assert!(picked(&w).unwrap().starts_with(&name), "{key:?} leads to {:?}", picked(&w));
        w.sees(&record.event(shown[row].event).held().summary);
    }
    assert_eq!(w.days(), opening, "a key of the table moved the window");
    w.presses(Key::Escape);
    assert_eq!(picked(&w), None);
    assert!(w.find("Who says so").is_none(), "the card is still open");
    w.presses(Key::Enter);
    assert!(picked(&w).unwrap().starts_with("Row 1 of 9:"));
    w.presses(Key::ArrowLeft);
    assert_eq!(w.days(), "Time window: 2 to 5 January 2022, 4 days");
    w.presses(Key::T);
    w.presses(Key::Home);
    assert_eq!(w.days(), "Time window: 3 to 6 January 2020, 4 days", "Home is still the table's");
}

#[test]
fn what_is_picked_elsewhere_is_brought_into_view() {
    let mut package = Package::new();
    for i in 0..3000 {
        let day = format!("20{:02}-01-{:02}", 10 + i / 300, 1 + i % 28);
        package = package.attack(&format!("e{i:04}"), &day, &day, "day", "north");
    }
    let mut w = Window::open_on(read(&package), 1280.0, 800.0);
    w.presses(Key::A);
    w.presses(Key::T);
    let listed = rows(&w);
    assert!(listed[0].starts_with("Row 1 of 3000"), "{}", listed[0]);
    assert!(listed.len() < 40, "{} rows are laid out", listed.len());
    // The newest event is the first of the list beside the map.
    let newest = w.harness.query_all_by_role(Role::Button).find(|b| {
        b.accesskit_node().label().is_some_and(|l| l.starts_with("Camp North, 2019-01-"))
    });
    newest.unwrap().click();
    w.settle();
    assert!(rows(&w).iter().any(|r| r.starts_with("Row 3000 of 3000")), "{:?}", rows(&w));
    w.harness.get_by_label_contains("Row 2998 of 3000").click();
    w.settle();
    assert!(
        rows(&w).iter().any(|r| r.starts_with("Row 3000 of 3000")),
        "it moved under the pointer"
    );
}

#[test]
fn what_is_copied_is_what_is_listed_in_its_order() {
    let mut w = Window::open(1280.0, 800.0);
    w.presses(Key::T);
    w.presses(Key::ArrowDown);
    w.harness.event(Event::Copy);
    let upwards = copied(&mut w);
    let record = data::load(Some(Package::founding().path())).unwrap().dataset;
    let view = View::opening(&record);
    let shown = select(&record, &view).shown().to_vec();
    let expected: Vec<String> =
        shown.iter().map(|s| record.event(s.event).held().id.clone()).collect();
    assert_eq!(ids(&upwards), expected);
    for (row, shown) in parsed(&upwards).iter().zip(&shown) {
        let event = record.event(shown.event);
        assert_eq!(row["start"], event.date.span.first().to_string());
        assert_eq!(row["end"], event.date.span.last().to_string());
        assert_eq!(row["site_id"], record.site(event.site).id);
        assert_eq!(row["Site"], record.site(event.site).name);
        let low = event.munitions.get().map_or_else(String::new, |n| n.low().to_string());
        assert_eq!(row["number_low"], low);
        let number =
            event.munitions.get().map_or_else(|| "Not reported".to_owned(), CountRange::words);
        assert_eq!(row["Number"], number);
        let sources = record.reports_of(shown.event).len();
        assert_eq!(row["Reports"], sources.to_string());
        for report in record.reports_of(shown.event) {
            assert!(row["publishers"].contains(&record.source(report.source).publisher));
        }
    }
    w.sees("9 rows copied");
    w.clicks("Sort by Date (sorted, lowest first)");
    assert!(w.find("rows copied").is_none(), "what was copied has another order");
    w.harness.get_by_label("Copy as TSV").click();
    let downwards = ids(&copied(&mut w));
    assert_eq!(downwards.len(), expected.len());
    assert_eq!(downwards[0], *expected.last().unwrap());
}

#[test]
fn silence_is_not_copied_as_zero_and_text_not_as_a_formula() {
    let package = Package::new().row("sites", "odd,=Camp,,,base,IQ,Anbar,33.0,43.0,site");
    package.write("events", HEADER);
    let event = "x,2021-01-05,2021-01-05,day,odd,site,attack_on_coalition,rocket,,,0,0,,reported,medium,unknown";
    let package = package
        .row("events", &format!("{event},\"+1 \"\"big\"\" told  of it\""))
        .row("reports", "x,wire,,");
    let mut w = Window::open_on(read(&package), 1280.0, 800.0);
    w.presses(Key::T);
    w.harness.get_by_label("Copy as TSV").click();
    let tsv = copied(&mut w);
    assert_eq!(tsv.lines().count(), 2, "{tsv}");
    let row = &parsed(&tsv)[0];
    for (column, expected) in [
        ("Site", "'=Camp"),
        ("summary", "'+1 \"big\" told of it"),
        ("Number", "Not reported"),
        ("number_low", ""),
        ("Killed", "0"),
        ("killed_high", "0"),
        ("Wounded", "Not reported"),
        ("wounded_low", ""),
        ("Claimed by", "By nobody, as far as reported"),
    ] {
        assert_eq!(row[column], expected, "{column}");
    }
}

#[test]
fn a_double_click_moves_the_map_to_the_event() {
    let mut w = Window::open_at(1280.0, 800.0, 0.05);
    w.presses(Key::T);
    let row = w.harness.get_by_label_contains("Row 2 of 9").rect().left_center();
    let map = w.harness.get_by_label("Map of the events").rect();
    let at = row + egui::vec2(60.0, 0.0);
    for _ in 0..2 {
        for pressed in [true, false] {
            w.harness.event(Event::PointerMoved(at));
            w.button(at, pressed);
        }
    }
    w.settle();
    w.clicks("Close the card (Esc)");
    w.clicks_at(map.center());
    w.sees("Ain al-Asad Air Base");
    w.sees("In the window");
}

#[test]
fn ctrl_and_an_arrow_still_go_by_events_and_tiny_windows_hold() {
    let mut w = Window::open(1280.0, 800.0);
    w.presses(Key::T);
    w.presses_with(CTRL, Key::ArrowLeft);
    assert_eq!(w.days(), "Time window: 2 to 5 January 2022, 4 days");
    for (width, height) in [(1.0, 1.0), (200.0, 150.0), (760.0, 480.0), (3840.0, 2160.0)] {
        w.harness.set_size(egui::vec2(width, height));
        for key in [Key::ArrowDown, Key::End, Key::A, Key::PageUp] {
            w.harness.key_press(key);
            // It scrolls back softly when there is more room than before.
            w.harness.run_steps(40);
        }
    }
    assert!(!rows(&w).is_empty(), "nothing is left of the table");
}

#[test]
fn a_number_is_shown_whole_or_not_at_all() {
    let mut w = Window::open_on(read(&mixed()), 1600.0, 800.0);
    w.presses(Key::A);
    w.presses(Key::T);
    let mut seen = 0;
    for width in (700..1600_u16).step_by(12) {
        w.harness.set_size(egui::vec2(f32::from(width), 800.0));
        w.harness.run_steps(3);
        let table = w.harness.get_by_role(Role::Table).rect();
        for number in w.harness.query_all_by_label_contains("at least") {
            let rect = number.rect();
            let cut = table.intersects(rect) && rect.right() > table.right();
            assert!(!cut, "{rect:?} is cut at {width}");
            seen += usize::from(table.contains_rect(rect));
        }
    }
    assert!(seen > 20, "{seen} numbers were in sight");
}
