//! The pace of events: what is said is what the days hold, and it is said alike everywhere.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;
use std::sync::LazyLock;

use egui::Key;
use serde_json::Value;
use sitrep_atlas::analysis::tempo::{Line, Measure, lines, window_heading};
use sitrep_atlas::analysis::{Facet, Mode, Record, Rule, Tempo, View, select};
use sitrep_atlas::domain::{Day, DaySpan};

use support::program::{done, sitrep};
use support::window::Window;

static RECORD: LazyLock<Record> = LazyLock::new(|| sitrep_atlas::data::load(None).unwrap().dataset);

fn span(from: &str, to: &str) -> DaySpan {
    DaySpan::inclusive(Day::parse(from).unwrap(), Day::parse(to).unwrap()).unwrap()
}

fn told(view: &View) -> Vec<Line> {
    let selection = select(&RECORD, view);
    let tempo = Tempo::of(selection.day_counts(), RECORD.extent().unwrap());
    lines(&tempo, &RECORD, view)
}

/// Views of several rules and filters, on a window each.
fn views() -> impl Iterator<Item = View> {
    let windows = [
        ("2022-01-03", "2022-01-06"),
        ("2020-02-29", "2020-02-29"),
        ("2020-10-12", "2020-11-16"),
        ("2019-10-11", "2022-12-25"),
    ];
    let filters = [None, Some("ain-al-asad"), Some("conoco")];
    let rules = Rule::ALL.into_iter();
    rules.flat_map(move |rule| {
        windows.into_iter().flat_map(move |(from, to)| {
            filters.into_iter().map(move |site| {
                let mut view = View { rule, window: span(from, to), ..View::of_all(&RECORD) };
                if let Some(site) = site {
                    view.filter.toggle(Facet::Site, site);
                }
                view
            })
        })
    })
}

#[test]
fn the_days_of_a_line_hold_the_events_that_it_says() {
    let mut compared = 0;
    for view in views() {
        for line in told(&view) {
            // Its days are four, of which 72 hours hold what it says.
            if line.measure == Measure::Busiest72Hours {
                continue;
            }
            let Some((days, [certain, possible])) = line.days.zip(line.counts) else { continue };
            let there = select(&RECORD, &View { window: days, ..view.clone() });
            let counts = [certain, possible].map(|n| usize::try_from(n).unwrap());
            assert_eq!(counts, [there.certain(), there.possible()], "{line:?}");
            compared += 1;
        }
    }
    assert!(compared > 300, "{compared}");
}

/// Trap: a chart that does not say what it counts.
#[test]
fn every_line_with_a_number_of_events_names_what_it_counts() {
    for view in views() {
        let noun = view.rule.noun(1);
        for line in told(&view).iter().filter(|line| line.counts.is_some()) {
            let quiet = matches!(line.measure, Measure::LongestQuiet | Measure::QuietAtEnd);
            assert!(quiet || line.words.contains(noun), "{:?}", line.words);
            assert!(!line.measure.method().is_empty());
        }
    }
}

#[test]
fn the_opening_days_of_2022_are_the_busiest_of_the_record() {
    let view = View { window: span("2022-01-03", "2022-01-06"), ..View::of_all(&RECORD) };
    let said: Vec<String> = told(&view).into_iter().map(|line| line.words).collect();
    for words in [
        "Against the 4 days before 3 January 2022: 11 attacks, was 2",
        "7 days up to 6 January 2022: 13 attacks",
        "Busiest 3 days: 4 to 6 January 2022, 10 attacks",
        "Busiest 72 hours: 10 or 11 attacks, 3 to 6 January 2022",
        "Without an attack in this record up to 6 January 2022: 0 days",
    ] {
        assert!(said.iter().any(|s| s == words), "{words:?} is not in {said:#?}");
    }
}

#[test]
fn the_days_before_a_record_and_a_thin_spell_are_said_to_be_so() {
    let at = |from, to| {
        let view = View { window: span(from, to), ..View::of_all(&RECORD) };
        told(&view).into_iter().map(|line| line.words).collect::<Vec<_>>().join("\n")
    };
    let start = at("2019-10-12", "2019-10-14");
    for words in [
        "Against the 3 days before 12 October 2019: no number, as the record begins on 11 October 2019",
        "30 days up to 14 October 2019: no number",
    ] {
        assert!(start.contains(words), "{start}");
    }
    assert!(at("2020-11-16", "2020-11-17").contains("; the record is thin in these days"));
    assert!(at("2020-07-01", "2020-08-31").contains("; the record is thin in some of these days"));
}

#[test]
fn days_with_one_event_each_are_not_called_busy() {
    let mut view = View::of_all(&RECORD);
    view.filter.toggle(Facet::Site, "conoco");
    let said: Vec<String> = told(&view).into_iter().map(|line| line.words).collect();
    assert!(
        said.contains(&"Busiest 3 days: none hold more than one attack for certain".to_owned()),
        "{said:#?}"
    );
    assert!(said.contains(&"No burst: fewer than 10 attacks".to_owned()), "{said:#?}");
}

/// Certain and possible events of some days, by a walk over the events.
fn walked(view: &View, days: DaySpan) -> [u32; 2] {
    let selection = select(&RECORD, view);
    let spans = || selection.counted().map(|e| RECORD.event(e).date.span);
    let held = spans().filter(|s| days.encloses(*s)).count();
    let touched = spans().filter(|s| days.overlaps(*s)).count();
    [held, touched - held].map(|n| u32::try_from(n).unwrap())
}

#[test]
fn the_bounds_of_72_hours_are_those_of_the_days_named() {
    let mut compared = 0;
    for view in views() {
        for line in told(&view).iter().filter(|l| l.measure == Measure::Busiest72Hours) {
            let (days, [least, more]) = line.days.zip(line.counts).unwrap();
            let threes = days.iter().take(usize::try_from(days.days() - 2).unwrap());
            let threes = threes.map(|d| walked(&view, DaySpan::between(d, d.plus(2)))[0]);
            assert_eq!(least, threes.max().unwrap(), "{line:?}");
            let most: u32 = walked(&view, days).iter().sum();
            assert!(least + more == most || (more == 0 && days.days() == 3), "{line:?}");
            compared += 1;
        }
    }
    assert!(compared > 10, "{compared}");
}

/// What the line says is the most of all days, and where other days surely hold more than its least it says so.
#[test]
fn no_four_days_hold_more_than_the_bounds_of_72_hours() {
    let (mut compared, mut elsewhere) = (0, 0);
    let mut vague = View::of_all(&RECORD);
    vague.filter.toggle(Facet::PlacePrecision, "district");
    for view in views().filter(|view| view.window.days() == 1).chain([vague]) {
        let selection = select(&RECORD, &view);
        let spans: Vec<DaySpan> = selection.counted().map(|e| RECORD.event(e).date.span).collect();
        let fullest = |days: i32, counts: &dyn Fn(&DaySpan, DaySpan) -> bool| {
            let runs =
                RECORD.extent().unwrap().iter().map(|d| DaySpan::between(d, d.plus(days - 1)));
            runs.map(|run| spans.iter().filter(|s| counts(s, run)).count()).max().unwrap()
        };
        for line in told(&view).iter().filter(|l| l.measure == Measure::Busiest72Hours) {
            let [least, more] = line.counts.unwrap().map(|n| usize::try_from(n).unwrap());
            assert_eq!(least + more, fullest(4, &|span, run| span.overlaps(run)), "{line:?}");
            let sure = fullest(3, &|span, run| run.encloses(*span));
            let said = format!("other days hold {sure} for certain");
            assert_eq!(line.words.ends_with(&said), sure > least, "{line:?}");
            assert_eq!(line.cells.note == said, sure > least, "{line:?}");
            elsewhere += u32::from(sure > least);
            compared += 1;
        }
    }
    assert!(compared > 4 && elsewhere > 0, "{compared} {elsewhere}");
}

#[test]
fn a_burst_says_how_many_are_dated_to_the_day_and_how_many_are_not() {
    let view = View::of_all(&RECORD);
    let selection = select(&RECORD, &view);
    let mut differ = 0;
    for line in told(&view).iter().filter(|l| l.level.is_some()) {
        let days = line.days.unwrap();
        let spans = selection.counted().map(|e| RECORD.event(e).date.span);
        let dated = spans.filter(|s| s.days() == 1 && days.encloses(*s)).count();
        let [certain, _] = walked(&view, days);
        assert!(line.words.contains(&format!(", {dated} attacks")), "{:?}", line.words);
        if usize::try_from(certain).unwrap() > dated {
            let both = format!("{dated} attacks dated to the day, {certain} with those dated less");
            assert!(line.words.contains(&both), "{:?}", line.words);
            differ += 1;
        }
    }
    assert!(differ > 0);
}

#[test]
fn days_without_an_event_at_an_end_of_the_record_are_told_where_they_are_more_than_any_gap() {
    let mut view = View::of_all(&RECORD);
    view.filter.toggle(Facet::Site, "erbil-airport");
    let said: Vec<String> = told(&view).into_iter().map(|line| line.words).collect();
    let gap =
        said.iter().find(|w| w.starts_with("Longest gap between attacks: 265 days, ")).unwrap();
    assert!(gap.contains("; the record ends with 470 days without attacks"), "{gap}");
}

#[test]
fn no_line_speaks_of_a_window_whatever_the_mode() {
    for mode in Mode::ALL {
        let view = View { mode, window: span("2022-01-03", "2022-01-06"), ..View::of_all(&RECORD) };
        for line in told(&view) {
            assert!(!line.words.contains("window") && !line.words.contains("uiet"), "{line:?}");
        }
    }
    let heading = |mode| {
        let view = View { mode, window: span("2022-01-03", "2022-01-06"), ..View::of_all(&RECORD) };
        window_heading(&view)
    };
    assert_eq!(heading(Mode::Window), "3 to 6 January 2022");
    assert_eq!(heading(Mode::SinceStart), "Last 4 days, 3 to 6 January 2022");
    assert_eq!(heading(Mode::Day), "6 January 2022");
}

#[test]
fn the_command_line_says_the_same_lines_in_every_format() {
    let args = |format| {
        ["tally", "--by", "tempo", "--from", "2022-01-03", "--to", "2022-01-06", "--format", format]
    };
    let view = View { window: span("2022-01-03", "2022-01-06"), ..View::of_all(&RECORD) };
    let lines = told(&view);
    let json: Value = serde_json::from_str(&done(&args("json"))).unwrap();
    assert_eq!(json["schema"], "sitrep-tempo/1");
    assert_eq!(json["bursts"]["s"], 2.0);
    let rows = json["rows"].as_array().unwrap();
    let text = done(&args("csv"));
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    let csv: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    let table = done(&args("table"));
    let is_heading = |row: &&str| ["3 to 6 January 2022", "The whole record"].contains(&row.trim());
    let shown: Vec<&str> = table.lines().skip(1).filter(|row| !is_heading(row)).collect();
    assert_eq!((rows.len(), csv.len()), (lines.len(), lines.len()));
    for (((line, row), cells), shown) in lines.iter().zip(rows).zip(&csv).zip(shown) {
        assert_eq!((row["words"].as_str(), &cells[7]), (Some(&*line.words), &*line.words));
        assert_eq!(row["measure"], line.measure.code());
        let first = line.days.map(|days| days.first().to_string());
        assert_eq!(
            (row["from"].as_str(), &cells[2]),
            (first.as_deref(), first.as_deref().unwrap_or(""))
        );
        assert_eq!(row["certain"].as_u64(), line.counts.map(|c| u64::from(c[0])));
        let cells = &line.cells;
        for cell in [&cells.name, &cells.days, &cells.value, &cells.per_day, &cells.note] {
            assert!(shown.contains(cell), "{cell:?} is not in {shown}");
        }
    }
    assert!(table.contains("found without the 28 attacks known only to several days"), "{table}");
}

#[test]
fn a_day_of_the_rolling_tally_has_the_counts_of_the_days_up_to_it() {
    let days = ["--from", "2019-10-14", "--to", "2019-11-20"];
    let args = [&["tally", "--by", "day", "--format", "json"], &days[..]].concat();
    let plain: Value = serde_json::from_str(&done(&args)).unwrap();
    let keys: Vec<&String> = plain["rows"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["certain", "key", "label", "possible"], "without --rolling nothing is added");
    let rolling: Value =
        serde_json::from_str(&done(&[&args[..], &["--rolling"]].concat())).unwrap();
    assert_eq!(rolling["schema"], "sitrep-tally/1");
    let mut whole = 0;
    for (row, plain) in
        rolling["rows"].as_array().unwrap().iter().zip(plain["rows"].as_array().unwrap())
    {
        assert_eq!((&row["key"], &row["certain"]), (&plain["key"], &plain["certain"]));
        let day = Day::parse(row["key"].as_str().unwrap()).unwrap();
        for (length, certain, possible) in
            [(7, "last_7_certain", "last_7_possible"), (30, "last_30_certain", "last_30_possible")]
        {
            let window = DaySpan::between(day.plus(1 - length), day);
            if !RECORD.extent().unwrap().encloses(window) {
                assert!(row[certain].is_null() && row[possible].is_null(), "{row}");
                continue;
            }
            whole += 1;
            let there = select(&RECORD, &View { window, ..View::of_all(&RECORD) });
            let expected = [there.certain(), there.possible()].map(|n| u64::try_from(n).ok());
            assert_eq!([row[certain].as_u64(), row[possible].as_u64()], expected, "{row}");
        }
    }
    assert!(whole > 20, "{whole}");
    let ran = sitrep(&["tally", "--by", "week", "--rolling"], Path::new("."));
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("give it with --by day"), "{}", ran.stderr);
}

/// However many bursts there are, everything else stands above them.
#[test]
fn bursts_come_last_and_the_busiest_hours_first() {
    for view in views() {
        let measures: Vec<Measure> = told(&view).iter().map(|line| line.measure).collect();
        let bursts = measures.iter().filter(|m| **m == Measure::Burst).count();
        assert!(bursts > 0, "{measures:?}");
        assert!(measures[measures.len() - bursts..].iter().all(|m| *m == Measure::Burst));
        let place = |wanted| measures.iter().position(|m| *m == wanted);
        let [hours, days] = [Measure::Busiest72Hours, Measure::Busiest3Days].map(place);
        assert!(hours.is_none() || hours < days, "{measures:?}");
    }
}

/// A row of the table has the numbers of its line: certain ones, and in brackets what is possible beside them.
#[test]
fn the_cells_of_a_line_are_its_counts_and_certain_events_by_days() {
    let (mut possible, mut rates) = (0, 0);
    // Windows that end within the days of an event are among them.
    let wide = RECORD.events.iter().map(|e| e.date.span).filter(|span| span.days() > 1);
    let cut = wide
        .take(4)
        .map(|span| View { window: DaySpan::day(span.first()), ..View::of_all(&RECORD) });
    for view in views().chain(cut) {
        for line in told(&view) {
            let Some((days, [certain, more])) = line.days.zip(line.counts) else { continue };
            assert_eq!(line.cells.days, sitrep_atlas::analysis::words::span_short(days));
            if matches!(line.measure, Measure::Before | Measure::Busiest72Hours)
                || line.length_halves.is_some()
            {
                continue;
            }
            let value =
                if more == 0 { certain.to_string() } else { format!("{certain} (+{more})") };
            assert_eq!(line.cells.value, value);
            possible += u32::from(more > 0);
            if line.level.is_some() {
                let rate: f64 = line.cells.per_day.parse().unwrap();
                assert!(
                    (rate * f64::from(days.days()) - f64::from(certain)).abs()
                        <= 0.05 * f64::from(days.days())
                );
                rates += 1;
            }
        }
    }
    assert!(possible > 0 && rates > 10, "{possible} {rates}");
}

/// The panel of the window says what the command line says, line for line, and a click goes to the days.
#[test]
fn the_window_says_the_same_lines_and_a_click_on_one_goes_to_its_days() {
    let mut window = Window::open_the_record(1280.0, 1400.0);
    assert!(window.find("Busiest 3 days").is_none(), "the panel is closed until it is asked for");
    window.presses(Key::M);
    let view = View::opening(&RECORD);
    for line in told(&view) {
        window.sees(&line.words);
    }
    window.clicks("Busiest 3 days: 4 to 6 January 2022, 10 attacks");
    assert_eq!(window.days(), "Time window: 4 to 6 January 2022, 3 days");
    assert!(window.heading().starts_with("10 attacks"), "{}", window.heading());
    // Lines about the window follow it.
    window.sees("Against the 3 days before");
    window.clicks("Tempo");
    assert!(window.find("Busiest 3 days").is_none());
}

/// In the mode "day" only the last day of the window would be shown, and not what the line counts.
#[test]
fn a_click_on_a_line_shows_all_its_days_whatever_the_mode() {
    let mut window = Window::open_the_record(1280.0, 1400.0);
    window.clicks("Day");
    window.clicks("Tempo");
    window.clicks("Busiest 3 days: 4 to 6 January 2022, 10 attacks");
    assert_eq!(window.days(), "Time window: 4 to 6 January 2022, 3 days");
    assert!(window.heading().starts_with("10 attacks"), "{}", window.heading());
}

#[test]
fn the_panel_follows_rule_and_window() {
    let mut window = Window::open_the_record(1280.0, 1400.0);
    window.presses(Key::M);
    window.clicks("Confirmed");
    let rule = Rule::Confirmed;
    let view = View { rule, ..View::opening(&RECORD) };
    for line in told(&view) {
        window.sees(&line.words);
    }
    window.presses(Key::ArrowRight);
    let later = span("2022-01-04", "2022-01-07");
    for line in told(&View { window: later, ..view }) {
        window.sees(&line.words);
    }
}

/// Trap: a chart that does not say what it counts.
#[test]
fn the_lines_above_the_strip_say_what_they_count_and_a_click_ends_the_window_on_its_day() {
    let mut window = Window::open(1280.0, 800.0);
    let before = window.days();
    window.presses(Key::M);
    let band = window.find("Attacks in 7 days, at most ").unwrap().rect();
    assert!(window.find("in 30 days, at most ").is_some());
    let strip = window.on_strip("2021-07-07", 0.0);
    assert!(band.bottom() <= strip.y && (50.0..90.0).contains(&band.height()), "{band:?}");
    window.clicks_at(egui::pos2(strip.x, band.center().y));
    assert!(
        window.days() != before && window.days().contains("to 7 July 2021"),
        "{}",
        window.days()
    );
    window.clicks("Everything");
    window.sees("Events in 7 days, at most ");
}
