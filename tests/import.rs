//! Tables that analysts bring: told apart by their columns, and read as their codebooks say.
#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "support/mod.rs"]
mod support;

use sitrep_atlas::data::import::{Doubt, Imported, LeftOut, Progress, Table};
use sitrep_atlas::domain::{DatePrecision, Event, EventWords, PersonGroup, PlacePrecision};

fn table(bytes: impl Into<Vec<u8>>) -> Table {
    Table::in_memory(bytes.into()).unwrap()
}

fn read(table: &Table) -> Imported {
    table.read(&Progress::default()).unwrap()
}

/// The events of a table in the order of its file.
fn in_file(read: &Imported) -> Vec<&Event> {
    let mut events: Vec<_> = read.events.iter().zip(read.lines()).collect();
    events.sort_by_key(|(_, line)| *line);
    events.into_iter().map(|(event, _)| event).collect()
}

/// The words of an event of a table.
fn words(table: &Table, event: &Event) -> EventWords {
    table.dataset(read(table), "a table").words(event).into_owned()
}

/// A table from a header and rows, in which only some columns are filled.
fn rows(header: &str, rows: &[&[(&str, &str)]]) -> String {
    let columns: Vec<&str> = header.split(',').collect();
    let mut text = format!("{header}\n");
    for row in rows {
        let cell = |column: &&str| {
            let cell = row.iter().find(|(name, _)| name == column).map_or("", |(_, cell)| *cell);
            format!("\"{}\"", cell.replace('"', "\"\""))
        };
        text.push_str(&columns.iter().map(cell).collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text
}

const ACLED: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,\
    assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,\
    admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp";

/// Made-up rows in the shape of ACLED's; no such events are meant.
fn acled() -> String {
    rows(
        ACLED,
        &[
            &[
                ("event_id_cnty", "XXX1"),
                ("event_date", "2020-01-08"),
                ("time_precision", "1"),
                ("event_type", "Battles"),
                ("sub_event_type", "Armed clash"),
                ("actor1", "Group A"),
                ("actor2", "Group B"),
                ("country", "Iraq"),
                ("admin1", "Ninewa"),
                ("location", "Town A"),
                ("latitude", "36.3000"),
                ("longitude", "43.1000"),
                ("geo_precision", "1"),
                ("source", "Paper A; Paper B"),
                ("notes", "Words, with \"quotes\"\nand a second line."),
                ("fatalities", "3"),
                ("tags", "made up"),
            ],
            &[
                ("event_id_cnty", "XXX2"),
                ("event_date", "15 January 2020"),
                ("time_precision", "3"),
                ("event_type", "Protests"),
                ("location", "Region B"),
                ("latitude", "35.0000"),
                ("longitude", "44.0000"),
                ("geo_precision", "3"),
                ("fatalities", "0"),
            ],
            &[("event_id_cnty", "XXX3"), ("event_date", "soon"), ("event_type", "Riots")],
        ],
    )
}

#[test]
fn acled_is_known_with_its_mark_and_in_capitals() {
    let marked = [b"\xef\xbb\xbf".to_vec(), acled().into_bytes()].concat();
    let capitals = acled().replacen(ACLED, &ACLED.to_uppercase(), 1).into_bytes();
    for bytes in [acled().into_bytes(), marked, capitals] {
        let table = table(bytes);
        assert_eq!(table.mapping().profile, Some("ACLED"));
        let read = read(&table);
        assert_eq!((read.report.read, read.report.used), (3, 2));
        assert_eq!(read.report.left_out[&LeftOut::BadDate].examples[0].cell, "soon");
        // The first row takes two lines, and the header one.
        assert_eq!(read.report.left_out[&LeftOut::BadDate].examples[0].line, 5);
    }
}

#[test]
fn acled_is_read_as_its_codebook_says() {
    let table = table(acled());
    let read = read(&table);
    let [first, second] = in_file(&read)[..] else { panic!("{}", read.report) };
    let mut lines: Vec<u64> = read.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, [2, 4]);
    let days = |event: &Event| (event.date.span.first().to_string(), event.date.span.days());
    assert_eq!(days(first), ("2020-01-08".to_owned(), 1));
    assert_eq!(first.precision, PlacePrecision::Settlement, "the middle of a town is no spot");
    let killed = first.killed.get(PersonGroup::Unspecified).unwrap();
    assert_eq!((killed.low(), killed.high()), (3, None), "the lowest number that was reported");
    assert_eq!(read.classes[first.direction as usize], "Battles");
    let place = &read.places[first.site.get()];
    assert_eq!((place.name.as_str(), place.position.unwrap().lat()), ("Town A", 36.3));
    let told = words(&table, first);
    assert_eq!(told.summary, "Words, with \"quotes\"\nand a second line.");
    let parties = first.parties.iter().map(|actor| read.actors[actor.get()].as_str());
    assert_eq!(parties.collect::<Vec<_>>(), ["Group A", "Group B"]);
    let tags = table.sample().place_of("tags").unwrap();
    assert!(
        told.others.contains(&(u32::try_from(tags).unwrap(), "made up".to_owned())),
        "{:?}",
        told.others
    );

    assert_eq!(second.date.precision, DatePrecision::Month);
    assert_eq!(days(second), ("2020-01-01".to_owned(), 31));
    assert_eq!(second.precision, PlacePrecision::Admin1);
    assert_eq!(
        second.killed.get(PersonGroup::Unspecified),
        None,
        "zero may also mean that nothing is known"
    );
}

const UCDP: &str = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,\
    conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,\
    side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline,\
    source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,\
    priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,\
    deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob";

fn ucdp() -> String {
    let row = |id,
               place: &'static str,
               date: &'static str,
               days: [&'static str; 2],
               counts: [&'static str; 3]| {
        [
            ("id", id),
            ("year", "2019"),
            ("type_of_violence", "1"),
            ("side_a", "Side A"),
            ("side_b", "Side B"),
            ("where_prec", place),
            ("where_coordinates", "Town A"),
            ("adm_1", "Province A"),
            ("latitude", "36.1"),
            ("longitude", "43.2"),
            ("country", "Iraq"),
            ("date_prec", date),
            ("date_start", days[0]),
            ("date_end", days[1]),
            ("low", counts[0]),
            ("best", counts[1]),
            ("high", counts[2]),
        ]
    };
    rows(
        UCDP,
        &[
            &row(
                "1",
                "1",
                "1",
                ["2019-03-05 00:00:00.000", "2019-03-05 00:00:00.000"],
                ["2", "3", "5"],
            ),
            &row("2", "4", "2", ["2019-03-05", "2019-03-08"], ["1", "1", "1"]),
            &row("3", "6", "5", ["2019-01-01", "2019-12-31"], ["0", "10", "8"]),
            &row("4", "7", "4", ["2019-03-01", "2019-03-31"], ["9", "10", "8"]),
        ],
    )
}

#[test]
fn ucdp_is_known_with_its_header_and_without_it() {
    let with = ucdp();
    let without = with.split_once('\n').unwrap().1;
    let tables = [table(with.clone()), table(without)];
    let [with, without] = [read(&tables[0]), read(&tables[1])];
    assert_eq!(with.report.used, 4, "{}", with.report);
    assert_eq!(with.events.len(), without.events.len());
    let lines = with.lines().zip(without.lines());
    assert!(lines.map(|(with, without)| with - without).all(|more| more == 1));
    for (a, b) in with.events.iter().zip(&without.events) {
        let counted = |e: &Event| {
            let e = e.clone();
            (e.date.span, e.date.precision, e.site, e.precision, e.direction, e.killed, e.parties)
        };
        assert_eq!(counted(a), counted(b));
        assert_eq!(words(&tables[0], a), words(&tables[1], b));
    }
}

#[test]
fn ucdp_is_read_as_its_codebook_says() {
    use DatePrecision::{Day, Month, Span, Year};
    use PlacePrecision::{Admin1, Country, Site};
    let read = read(&table(ucdp()));
    let events = in_file(&read);
    let places: Vec<_> = events.iter().map(|e| e.precision).collect();
    assert_eq!(places, [Site, Admin1, Country, Country]);
    let dates: Vec<_> = events.iter().map(|e| (e.date.precision, e.date.span.days())).collect();
    assert_eq!(dates, [(Day, 1), (Span, 4), (Year, 365), (Month, 31)]);
    let killed = events.iter().map(|e| e.killed.get(PersonGroup::Unspecified));
    let killed: Vec<_> = killed.map(|k| k.map(|k| (k.low(), k.high()))).collect();
    assert_eq!(
        killed,
        [Some((2, Some(5))), Some((1, Some(1))), Some((0, Some(10))), Some((8, Some(10)))]
    );
    let doubt = &read.report.doubts[&Doubt::CountsContradict];
    assert_eq!(doubt.rows, 2, "9 to 8 is no range, and 10 is not between 0 and 8");
    assert_eq!(doubt.examples[0].cell, "lowest 0, best 10, highest 8");
    assert_eq!(read.classes, ["state-based violence"]);
}

#[test]
fn gdelt_is_known_by_the_number_of_its_columns() {
    for columns in [57, 58, 61] {
        let districts = if columns == 61 { 3 } else { 0 };
        // The place of an event stands behind those of its two actors.
        let kind = 35 + 2 * (7 + districts / 3);
        let row = |id: usize, geo: &str| {
            let mut cells = vec![String::new(); columns];
            cells[0] = id.to_string();
            cells[1] = "20200108".to_owned();
            cells[29] = "4".to_owned();
            cells[kind] = geo.to_owned();
            cells[kind + 1] = "Town A".to_owned();
            let latitude = kind + 4 + districts / 3;
            cells[latitude] = "33.3".to_owned();
            cells[latitude + 1] = "44.4".to_owned();
            if columns > 57 {
                cells[columns - 1] = "https://example.org/a".to_owned();
            }
            cells.join("\t")
        };
        let table = table(format!("{}\n{}\n", row(1, "4"), row(2, "1")));
        assert_eq!(table.mapping().profile, Some("GDELT"), "{columns}");
        let read = read(&table);
        assert_eq!(read.report.used, 2, "{}", read.report);
        let precisions: Vec<_> = in_file(&read).iter().map(|e| e.precision).collect();
        assert_eq!(precisions, [PlacePrecision::Settlement, PlacePrecision::Country]);
        assert!(read.places[0].position.is_some_and(|p| (p.lon() - 44.4).abs() < 1e-9));
        assert_eq!(read.classes, ["material conflict"]);
    }
}

#[test]
fn a_strange_table_is_guessed_and_nothing_of_it_is_lost() {
    let text = "Nr;Datum;Event Date;Lat;Lon;Location;Type;Killed;remark\n\
                1;x;13.01.2020;33,31;44,36;Baghdad;rocket;2;first\n\
                2;x;02.01.2020;33°18'N;44°21'E;Baghdad;rocket;several;\n\
                3;x;03.01.2020;;;Anbar;drone;;\n\
                4;x;;33,3;44,4;Baghdad;drone;1;\n\
                5;x;04.01.2020;333;44,4;Baghdad;drone;1\n\
                6;x;05.01.2020;33,3;44,4;Baghdad;drone;1;a;b\n";
    let table = table(text);
    let read = read(&table);
    let report = &read.report;
    assert_eq!((report.read, report.used, report.total_left_out()), (6, 4, 2), "{report}");
    assert_eq!(report.left_out[&LeftOut::NoDate].rows, 1);
    assert_eq!(report.left_out[&LeftOut::TooManyCells].rows, 1);
    for (doubt, rows) in [
        (Doubt::BadCount, 1),
        (Doubt::NoPosition, 1),
        (Doubt::BadPosition, 1),
        (Doubt::FewCells, 1),
    ] {
        assert_eq!(report.doubts[&doubt].rows, rows, "{report}");
    }
    let events = in_file(&read);
    let days: Vec<_> = events.iter().map(|e| e.date.span.first().to_string()).collect();
    assert_eq!(
        days,
        ["2020-01-13", "2020-01-02", "2020-01-03", "2020-01-04"],
        "the column says that days come first"
    );
    assert_eq!(events[2].precision, PlacePrecision::Admin1, "Anbar is a governorate");
    assert!(words(&table, events[0]).others.contains(&(0, "1".to_owned())));
}

#[test]
fn dates_that_can_be_read_in_two_ways_are_left_out_until_somebody_decides() {
    let text = "date,place\n03/04/2020,A\n05/05/2020,B\n";
    let mut table = table(text);
    let undecided = read(&table);
    assert_eq!(undecided.report.left_out[&LeftOut::EitherDate].rows, 1);
    assert_eq!((undecided.dates.either, undecided.events.len()), (1, 1));
    let mapping = sitrep_atlas::data::import::Mapping {
        date_order: Some(sitrep_atlas::data::import::DateOrder::MonthDayYear),
        ..table.mapping().clone()
    };
    table.map(mapping);
    let decided = read(&table);
    assert_eq!(decided.events[0].date.span.first().to_string(), "2020-03-04");
}

fn loaded(name: &str, text: &str) -> sitrep_atlas::data::Loaded {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    sitrep_atlas::data::load(Some(&path)).unwrap()
}

#[test]
fn a_table_becomes_a_record_with_classes_of_its_own_and_nothing_made_up() {
    use sitrep_atlas::analysis::{Facet, Rule, View, select};
    use sitrep_atlas::domain::{ActorKind, Confidence, Direction};
    let loaded = loaded("people.csv", &acled());
    let record = &loaded.dataset;
    assert_eq!((record.events.len(), record.rows_left_out), (2, 1));
    let labels: Vec<&str> =
        record.classes.slots().map(|class| record.classes.label(class)).collect();
    assert_eq!(labels, ["Battles", "Protests"]);
    assert_eq!(record.facet_label(Facet::Direction), "event type");
    // In the order of days: the month that begins before the day.
    let [month, day] = &record.events[..] else { panic!("{:?}", record.events) };
    assert_eq!(
        (day.direction, month.direction),
        (Direction::AttackOnCoalition, Direction::Interception)
    );
    assert_eq!((&*record.words(day).id, record.kind(day)), ("XXX1", Some("Armed clash")));
    assert_eq!(record.find_event("XXX1"), Some(sitrep_atlas::domain::EventIndex(1)));
    assert_eq!(record.find_event("XXX9"), None);
    let parties: Vec<&str> = day.parties.iter().map(|a| record.actor(*a).name.as_str()).collect();
    assert_eq!(parties, ["Group A", "Group B"]);
    assert!(
        day.attributed_to.is_empty() && day.claimed_by.is_empty(),
        "the order of actors says nothing"
    );
    assert_eq!(record.actors[0].kind, ActorKind::Unknown);
    assert_eq!(day.confidence, Confidence::Unknown);
    let sources: Vec<&str> = record.sources.iter().map(|s| s.publisher.as_str()).collect();
    assert_eq!(sources, ["Paper A", "Paper B"]);

    let view = View::of_all(record);
    assert_eq!(view.rule, Rule::Everything, "no class of it is an attack on anybody");
    let selection = select(record, &view);
    assert_eq!((selection.certain(), selection.by_class()[..2].to_vec()), (2, vec![1, 1]));
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert!(problems.iter().any(|p| p.contains("people.csv:5: in 1 row the date cannot be read, such as \"soon\"")), "{problems:#?}");
}

#[test]
fn more_classes_than_colours_share_the_last_one_which_says_how_many_they_are() {
    let rows: String = (0..9)
        .flat_map(|class| (class..9).map(move |n| format!("2020-01-{:02},kind {class}\n", n + 1)))
        .collect();
    let record = loaded("a.csv", &format!("date,type\n{rows}")).dataset;
    let labels: Vec<&str> =
        record.classes.slots().map(|class| record.classes.label(class)).collect();
    assert_eq!(labels, ["kind 0", "kind 1", "kind 2", "kind 3", "kind 4", "other (4 kinds)"]);
    let last = record
        .events
        .iter()
        .filter(|e| e.direction == sitrep_atlas::domain::Direction::Other)
        .count();
    assert_eq!(last, 4 + 3 + 2 + 1);
}

#[test]
fn a_table_without_dates_is_refused_with_its_columns() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    std::fs::write(&path, "name,count\nx,1\n").unwrap();
    let told = sitrep_atlas::data::load(Some(&path)).unwrap_err().to_string();
    assert!(told.contains("hold dates") && told.contains("name, count"), "{told}");
}

#[test]
fn a_figure_of_a_table_is_made_and_opened_again() {
    use support::program::sitrep;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("people.csv"), acled()).unwrap();
    let made = sitrep(&["render", "people.csv", "-o", "a.png"], folder.path());
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let again = sitrep(&["render", "people.csv", "a.png", "-o", "b.png"], folder.path());
    assert_eq!(again.code, Some(0), "{}", again.stderr);
    let [a, b] = ["a.png", "b.png"].map(|name| std::fs::read(folder.path().join(name)).unwrap());
    assert_eq!(a, b);
    let refused =
        sitrep(&["tally", "people.csv", "--by", "month", "--rule", "attacks"], folder.path());
    assert!(
        refused.code == Some(2) && refused.stderr.contains("leave --rule out"),
        "{}",
        refused.stderr
    );
    let tally =
        sitrep(&["tally", "people.csv", "--by", "direction", "--format", "csv"], folder.path());
    assert!(
        tally.stdout.contains("Battles,") && tally.stdout.contains("Protests,"),
        "{}",
        tally.stdout
    );
}

#[test]
fn what_is_doubtful_is_counted_for_the_rows_that_are_used_and_nothing_is_lost_of_them() {
    let text = "id,date,place,geo precision,status,killed\n\
                a,03/04/2020,A,3,declared,several\n\
                b,05/05/2020,B,3,declared,several\n\
                b,06/06/2020,C,1,confirmed,1\n\
                d,07/07/2020,C,1,confirmed,2\n\
                e,08/08/2020,C,1,confirmed,3\n";
    let table = table(text);
    let report = read(&table).report;
    assert_eq!((report.used, report.doubtful, report.total_left_out()), (4, 4, 1), "{report}");
    // The row whose date can be either is not used, so its count of people is no doubt.
    assert_eq!(report.doubts[&Doubt::BadCount].rows, 1, "{report}");
    assert_eq!(report.doubts[&Doubt::BadCount].examples[0].line, 3);
    assert_eq!(report.doubts[&Doubt::IdTwice].examples[0].line, 4, "{report}");
    let record = loaded("a.csv", text).dataset;
    let [first, second, ..] = &record.events[..] else { panic!("{:?}", record.events) };
    let first = record.words(first);
    assert_eq!(first.note.as_deref(), Some("status in the file: declared"));
    assert_eq!(
        (record.words(second).note.as_deref(), second.status),
        (None, sitrep_atlas::domain::Status::Confirmed)
    );
    // Numbers of an unknown codebook are no precision; the cell stays as it stands.
    assert!(first.others.contains(&(3, "3".to_owned())), "{:?}", first.others);
    let ucdp = self::table(ucdp());
    let told = words(&ucdp, in_file(&read(&ucdp))[0]);
    let best = told.others.iter().any(|(_, cell)| cell == "3");
    assert!(best, "the best estimate of UCDP is kept");
}

#[test]
fn of_a_large_table_the_first_rows_can_be_seen_before_the_rest_is_read() {
    use sitrep_atlas::data::{Opening, load, open_beginning};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.csv");
    let row =
        |n: u32| format!("{n},2020-01-0{},33.3,44.4,\"{}\"\n", n % 9 + 1, "word ".repeat(200));
    let text = (0..36_000).map(row).collect::<Vec<_>>().concat();
    std::fs::write(&path, format!("id,date,lat,lon,notes\n{text}")).unwrap();
    let beginning = open_beginning(&path, &Opening::default()).unwrap().unwrap();
    let events = beginning.dataset.events.len();
    assert!((900..1_100).contains(&events), "{events}");
    assert!(
        beginning.dataset.title.starts_with("large.csv, only its first "),
        "{}",
        beginning.dataset.title
    );
    assert_eq!(beginning.dataset.rows_left_out, 0, "no row is cut");
    assert!(beginning.dataset.is_beginning);
    let whole = load(Some(&path)).unwrap().dataset;
    assert_eq!(whole.events.len(), 36_000);
    // The words are in the file, and say so when it is another one.
    let last = whole.words(&whole.events[35_999]).into_owned();
    assert_eq!(last.id, "35999");
    assert!(last.summary.starts_with("word word"), "{last:?}");
    std::fs::write(&path, "id,date\n1,2020-01-01\n").unwrap();
    let told = whole.words(&whole.events[5]).note.clone().unwrap_or_default();
    assert!(told.contains("cannot be read from the file any more"), "{told}");
    assert!(open_beginning(&path, &Opening::default()).unwrap().is_none());
}
