//! What stands beside a figure: the rows drawn, their sources, a caption and the picture in words. Numbers are
//! compared with a recount that walks the events of the record.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use sitrep_atlas::analysis::alt_text::MAX_SHORT_CHARS;
use sitrep_atlas::analysis::{
    Carries, DrawnGlyph, Mode, Record, Rule, View, alt_text, bibliography, caption, select, words,
};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Code as _, CountRange, Day, DaySpan, Event, PersonGroup};
use support::Package;
use support::program::{done, ids_of_json, listing, sitrep};

fn record() -> Record {
    data::load(None).unwrap().dataset
}

fn of_package(package: &Package) -> Record {
    data::load(Some(package.path())).unwrap().dataset
}

fn view_of(record: &Record, from: &str, to: &str, rule: Rule) -> View {
    let days = DaySpan::between(Day::parse(from).unwrap(), Day::parse(to).unwrap());
    View { window: days, rule, ..View::of_all(record) }
}

/// What the caption says, and that it is two to five sentences, each on one line with its full stop.
fn said(record: &Record, view: &View) -> Vec<String> {
    let sentences = caption(record, view, &select(record, view)).sentences;
    assert!((2..=5).contains(&sentences.len()), "{sentences:?}");
    for sentence in &sentences {
        assert!(sentence.ends_with('.') && !sentence.contains('\n'), "{sentence}");
        assert!(!sentence.contains("  ") && !sentence.contains(".."), "{sentence}");
        assert!(sentence.starts_with(|c: char| !c.is_lowercase()), "{sentence}");
    }
    sentences
}

/// A number behind a word of a sentence.
fn number_after(text: &str, words: &str) -> usize {
    assert!(text.contains(words), "{words}: {text}");
    let (_, rest) = text.split_once(words).unwrap();
    let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
    digits.replace(',', "").parse().unwrap()
}

/// The events of some days that a rule counts, with whether they surely belong; by a walk over all events.
fn walk(record: &Record, days: DaySpan, rule: Rule) -> Vec<(&Event, bool)> {
    let (first, last) = (days.first(), days.last());
    let attack = |e: &Event| {
        ["attack_on_coalition", "interception", "iranian_state_strike"]
            .contains(&e.direction.code())
    };
    let events = record.events.iter().filter(|e| match rule {
        Rule::Everything => true,
        Rule::Attacks => attack(e),
        Rule::Confirmed | Rule::TwoSources => unimplemented!("counts.rs recounts them"),
    });
    let span = |e: &Event| (e.date.span.first(), e.date.span.last());
    events
        .filter(|e| span(e).0 <= last && span(e).1 >= first)
        .map(|e| (e, span(e).0 >= first && span(e).1 <= last))
        .collect()
}

const WINDOWS: [(&str, &str); 8] = [
    ("2022-01-03", "2022-01-06"),
    ("2022-01-05", "2022-01-05"),
    ("2020-01-08", "2020-01-08"),
    ("2020-12-20", "2020-12-20"),
    ("2021-01-01", "2021-12-31"),
    ("2020-04-01", "2020-05-31"),
    ("2019-10-01", "2022-12-31"),
    ("2022-02-10", "2022-02-12"),
];

#[test]
fn the_numbers_of_a_caption_are_those_of_a_recount_and_of_the_subtitle() {
    let record = record();
    for ((from, to), rule) in
        WINDOWS.into_iter().flat_map(|w| [(w, Rule::Attacks), (w, Rule::Everything)])
    {
        let view = view_of(&record, from, to, rule);
        let events = walk(&record, view.window, rule);
        let certain: Vec<&Event> = events.iter().filter(|e| e.1).map(|e| e.0).collect();
        let possible = events.len() - certain.len();
        let first = said(&record, &view)[0].clone();
        if !certain.is_empty() {
            assert_eq!(number_after(&first, "the record counts "), certain.len(), "{first}");
            let sites: BTreeSet<usize> = certain.iter().map(|e| e.site.get()).collect();
            assert_eq!(number_after(&first, " at "), sites.len(), "{first}");
            let more = if possible == 0 { 0 } else { number_after(&first, "; ") };
            assert_eq!(more, possible, "{first}");
        }
        assert_eq!(first.contains("possible"), possible > 0, "{first}");
        let subtitle = words::total(&view, &select(&record, &view));
        assert!(subtitle.starts_with(&words::thousands(certain.len())), "{subtitle}");
    }
}

#[test]
fn the_most_affected_sites_are_those_of_a_recount() {
    let record = record();
    for (from, to) in WINDOWS {
        let view = view_of(&record, from, to, Rule::Attacks);
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for (event, _) in walk(&record, view.window, view.rule).iter().filter(|e| e.1) {
            *counts.entry(event.site.get()).or_default() += 1;
        }
        let mut ranked: Vec<(usize, usize)> = counts.into_iter().map(|(s, n)| (n, s)).collect();
        ranked.sort_by_key(|r| std::cmp::Reverse(r.0));
        if ranked.is_empty() {
            continue;
        }
        let second = said(&record, &view)[1].clone();
        let led = ranked.iter().take(3).filter(|r| ranked.get(3).is_none_or(|next| r.0 > next.0));
        for (n, site) in led.clone() {
            let name = &record.sites[*site].name;
            assert!(second.contains(name.as_str()), "{name}: {second}");
            let told = [" (", " with "].iter().any(|w| second.contains(&format!("{name}{w}{n}")));
            assert!(told || *n == 1 || ranked.len() == 1, "{name} {n}: {second}");
        }
        // No site that is not among them is named.
        let named = record.sites.iter().filter(|s| second.contains(&format!("{} (", s.name)));
        assert!(named.count() <= led.count(), "{second}");
    }
}

#[test]
fn the_casualties_of_a_caption_are_the_sum_over_the_events() {
    let record = record();
    let mut harmed = 0;
    for (from, to) in WINDOWS {
        let view = view_of(&record, from, to, Rule::Attacks);
        let events = walk(&record, view.window, view.rule);
        let certain: Vec<&Event> = events.iter().filter(|e| e.1).map(|e| e.0).collect();
        if certain.is_empty() {
            continue;
        }
        let third = said(&record, &view)[2].clone();
        for (word, counts) in [
            ("killed", certain.iter().map(|e| &e.killed).collect::<Vec<_>>()),
            ("wounded", certain.iter().map(|e| &e.wounded).collect()),
        ] {
            let all: Vec<CountRange> = counts
                .iter()
                .flat_map(|c| PersonGroup::ALL.iter().filter_map(|group| c.get(*group)))
                .collect();
            let low: u32 = all.iter().map(|c| c.low()).sum();
            let high: Option<u32> = all.iter().map(|c| c.high()).sum();
            let number = match high {
                Some(0) => {
                    assert!(!third.contains(word), "{third}");
                    continue;
                }
                Some(high) if high == low => high.to_string(),
                Some(high) => format!("{low}–{high}"),
                None => format!("at least {low}"),
            };
            harmed += 1;
            let [one, many] = ["person", "people"].map(|noun| format!("{number} {noun} {word}"));
            assert!(third.contains(&one) || third.contains(&many), "{number} {word}: {third}");
        }
        let silent = |e: &&&Event| {
            e.killed.reported().next().is_none() && e.wounded.reported().next().is_none()
        };
        let silent = certain.iter().filter(silent).count();
        let told = ["for ", "for the other "]
            .iter()
            .any(|before| third.contains(&format!("{before}{silent} ")));
        let of_none = third.starts_with("Nothing on casualties");
        assert!(told || of_none || silent == 0, "{silent}: {third}");
    }
    assert!(harmed >= 4, "{harmed}");
}

#[test]
fn a_window_without_events_says_that_silence_is_not_calm() {
    let record = record();
    let mut view = view_of(&record, "2022-01-05", "2022-01-05", Rule::Attacks);
    view.filter.add(&record, "site=camp-taji").unwrap();
    let sentences = said(&record, &view);
    assert_eq!(
        sentences[0],
        "On 5 January 2022, the record counts no attacks on US and coalition forces (only site Camp Taji); \
         that does not mean that there were none."
    );
    let selection = select(&record, &view);
    let sources = bibliography(&record, &selection, &[], &[]);
    assert_eq!(sources.citations().map(|c| c.key.as_str()).collect::<Vec<_>>(), ["sitrep-record"]);
    let alt = alt_text(&record, &view, &selection, &[], Carries::default());
    assert!(alt.short.contains("No attacks."), "{}", alt.short);
}

#[test]
fn a_view_of_only_possible_events_never_counts_them_as_certain() {
    let package = Package::new().attack("e1", "2023-01-01", "2023-01-04", "span", "north").attack(
        "e2",
        "2023-01-02",
        "2023-01-05",
        "span",
        "south",
    );
    let record = of_package(&package);
    let view = view_of(&record, "2023-01-03", "2023-01-03", Rule::Attacks);
    assert_eq!(
        said(&record, &view),
        [
            "On 3 January 2023, 2 attacks on US and coalition forces are possible at 2 sites in Iraq and Syria: \
             their dates are known only to spans that reach beyond that day.",
            "The sites are Camp North (1 possible) and Camp South (1 possible).",
            "Nothing on casualties is recorded for these attacks.",
            "The date of 2 is known only to a span of days; symbols stand for sites, not for points of impact.",
            "Counted: attacks on US and coalition forces, reported; source: A made-up record, edition 1.0.0 \
             (2 reports from 1 publication); days in Baghdad time.",
        ]
    );
}

#[test]
fn one_event_and_an_empty_record_are_said_in_words_that_fit() {
    let package = Package::new().attack("e1", "2023-01-03", "2023-01-03", "day", "north");
    let record = of_package(&package);
    let view = View::of_all(&record);
    let sentences = said(&record, &view);
    assert_eq!(
        sentences[..3],
        [
            "On 3 January 2023, the record counts 1 attack on US and coalition forces at 1 site in Iraq.",
            "The site is Camp North, Baghdad governorate.",
            "Nothing on casualties is recorded for this attack.",
        ]
    );
    let record = of_package(&Package::new());
    let sentences = said(&record, &View::of_all(&record));
    assert_eq!(sentences[0], "The record holds no events.");
}

#[test]
fn names_of_several_lines_make_a_caption_of_one() {
    let package = Package::new()
        .row("sites", "west,\"Camp\n\nWest\u{202e}\",,,base,IQ,Anbar,33.3,43.4,site")
        .attack("e1", "2023-01-03", "2023-01-03", "day", "west");
    let record = of_package(&package);
    let view = View::of_all(&record);
    assert_eq!(said(&record, &view)[1], "The site is Camp West, Anbar governorate.");
    let glyph = DrawnGlyph {
        name: "Camp\nWest".to_owned(),
        governorate: Some("Anbar".to_owned()),
        certain: 1,
        possible: 0,
    };
    let alt = alt_text(&record, &view, &select(&record, &view), &[glyph], Carries::default());
    assert_eq!(
        alt.short,
        "Map of attacks on US and coalition forces in Iraq, 3 January 2023. 1 attack at 1 site. \
         Largest symbol: Camp West (1)."
    );
    assert!(alt.long.contains("stands for Camp West, Anbar (1)."), "{}", alt.long);
}

#[test]
fn the_pack_holds_exactly_the_rows_drawn_and_each_of_their_sources_once() {
    let record = record();
    for args in [
        &["--from", "2022-01-03", "--to", "2022-01-06"][..],
        &["--mode", "day", "--to", "2022-01-05", "--rule", "everything"],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let ran = sitrep(&[&["render", "--pack", "-o", "x.png"], args].concat(), folder.path());
        let files = listing(folder.path());
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        let expected = [
            "x.alt.txt",
            "x.caption.txt",
            "x.events.csv",
            "x.png",
            "x.sources.bib",
            "x.sources.json",
            "x.sources.txt",
        ];
        assert_eq!((ran.code, ran.stdout.as_str(), names.as_slice()), (Some(0), "", &expected[..]));
        let saved: BTreeSet<&str> =
            ran.stderr.lines().map(|l| l.trim_start_matches("sitrep: saved ")).collect();
        assert_eq!(saved, BTreeSet::from(expected));
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();

        let events = |format: &str| done(&[&["events", "--format", format], args].concat());
        assert_eq!(read("x.events.csv"), events("csv"));
        let ids = ids_of_json(&events("json"));
        let csv = read("x.events.csv");
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let certainty = rows.headers().unwrap().iter().position(|c| c == "certainty").unwrap();
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        assert_eq!(rows.iter().map(|r| r[0].to_owned()).collect::<Vec<_>>(), ids);
        let certain = rows.iter().filter(|r| &r[certainty] == "certain").count();
        let caption = read("x.caption.txt");
        assert_eq!(number_after(&caption, "the record counts "), certain);

        // Every source of a report of one of these events, by a walk over all reports.
        let told: BTreeSet<String> = record
            .reports
            .iter()
            .filter(|r| ids.contains(&record.event(r.event).held().id))
            .map(|r| record.source(r.source).id.clone())
            .collect();
        let plain = read("x.sources.txt");
        let reporting = number_after(&plain, "Publications that report on the events drawn (");
        assert_eq!(reporting, told.len());
        let json: Value = serde_json::from_str(&read("x.sources.json")).unwrap();
        let keys: Vec<String> =
            json.as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(keys[..reporting].iter().cloned().collect::<BTreeSet<_>>(), told);
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
        // The troops on the strip, the map and the record are cited too.
        for key in ["the-national-2021-01-15", "map-GeoNames", "sitrep-record"] {
            assert_eq!(keys.iter().filter(|k| *k == key).count(), 1, "{key}");
        }
        let parsed = biblatex::Bibliography::parse(&read("x.sources.bib")).unwrap();
        assert_eq!(parsed.iter().map(|e| e.key.clone()).collect::<Vec<_>>(), keys);

        let alt = read("x.alt.txt");
        let (short, long) = alt.split_once("\n\n").unwrap();
        assert!(short.chars().count() <= MAX_SHORT_CHARS && !short.contains('\n'), "{short}");
        assert!(short.starts_with("Map of ") && long.starts_with("Map of "), "{alt}");
    }
}

#[test]
fn without_a_time_strip_its_sources_are_not_cited() {
    let folder = tempfile::tempdir().unwrap();
    let args = [
        "render",
        "--pack",
        "--no-strip",
        "-o",
        "x.png",
        "--from",
        "2022-01-05",
        "--to",
        "2022-01-05",
    ];
    assert_eq!(sitrep(&args, folder.path()).code, Some(0));
    let text = std::fs::read_to_string(folder.path().join("x.sources.txt")).unwrap();
    assert!(!text.contains("time strip") && text.contains("GeoNames"), "{text}");
    let alt = std::fs::read_to_string(folder.path().join("x.alt.txt")).unwrap();
    assert!(!alt.contains("timeline"), "{alt}");
}

#[test]
fn of_the_time_strip_exactly_what_it_shows_is_cited() {
    let event = ["2023-01-03", "2023-01-03"];
    let package = Package::new()
        .attack("e1", event[0], event[1], "day", "north")
        .row("sources", "troops,The count,Troops,2023-01-01,,news")
        .row("sources", "vote,The vote,A vote,2023-01-05,,news")
        .row("sources", "later,The later,Troops later,2023-06-01,,news")
        .row("sources", "unused,The unused,Nothing,2023-01-01,,news")
        .row("force_levels", "f1,2023-01-02,2023-01-02,IQ,US troops,2500,2500,troops")
        .row("force_levels", "f2,2023-06-01,2023-06-01,IQ,US troops,900,900,later")
        .row("context", "c1,2023-01-05,2023-01-05,A vote,political,They voted.,vote")
        .row("context", "c2,2023-06-05,2023-06-05,Another,political,They voted.,unused");
    let folder = tempfile::tempdir().unwrap();
    let path = package.path().to_str().unwrap();
    assert_eq!(sitrep(&["render", path, "--pack", "-o", "x.png"], folder.path()).code, Some(0));
    let json = std::fs::read_to_string(folder.path().join("x.sources.json")).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    let keys: Vec<&str> =
        json.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    let cited: Vec<&str> = keys.into_iter().filter(|key| !key.starts_with("map-")).collect();
    assert_eq!(cited, ["wire", "troops", "vote", "made-up"]);
}

#[test]
fn a_pack_of_which_one_file_cannot_be_saved_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("x.alt.txt")).unwrap();
    let ran = sitrep(&["render", "--pack", "-o", "x.png"], folder.path());
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("x.alt.txt") && ran.stderr.lines().count() == 1, "{}", ran.stderr);
    assert_eq!(listing(folder.path()).len(), 1);
}

#[test]
fn a_key_stays_the_same_whatever_else_is_cited() {
    let record = record();
    let keys = |from: &str, to: &str| {
        let view = view_of(&record, from, to, Rule::Everything);
        let sources = bibliography(&record, &select(&record, &view), &[], &[]);
        sources.citations().map(|c| (c.url.clone(), c.key.clone())).collect::<BTreeSet<_>>()
    };
    let all = keys("2019-01-01", "2023-12-31");
    assert!(all.len() > 500 && keys("2022-01-03", "2022-01-06").is_subset(&all));
}

#[test]
fn no_cell_of_the_pack_is_a_formula_for_a_spreadsheet() {
    let package = Package::new();
    let event = "e1,2023-01-03,2023-01-03,day,north,site,attack_on_coalition,rocket,reported,medium,unknown,=1+1";
    let package = package.row("events", event).row("reports", "e1,wire,,");
    let folder = tempfile::tempdir().unwrap();
    let path = package.path().to_str().unwrap();
    assert_eq!(sitrep(&["render", path, "--pack", "-o", "x.png"], folder.path()).code, Some(0));
    let text = std::fs::read_to_string(folder.path().join("x.events.csv")).unwrap();
    assert!(text.contains(",'=1+1,"), "{text}");
}

#[test]
fn the_short_form_of_the_picture_in_words_stays_short() {
    let record = record();
    let mut view = View::of_all(&record);
    view.mode = Mode::SinceStart;
    for site in &record.sites {
        view.filter.add(&record, &format!("site={}", site.id)).unwrap();
    }
    view.filter.set_search(&"سبايكر ".repeat(200));
    let alt = alt_text(
        &record,
        &view,
        &select(&record, &view),
        &[],
        Carries { axis: Some(view.window), maps: None },
    );
    assert!(alt.short.chars().count() <= MAX_SHORT_CHARS, "{}", alt.short);
    assert!(alt.short.contains("Only a part of the record."), "{}", alt.short);
}

#[test]
fn the_same_view_gives_the_same_pack() {
    let folder = tempfile::tempdir().unwrap();
    let read = |name: &str| {
        let args = ["render", "--pack", "-o", name, "--from", "2022-01", "--to", "2022-01"];
        assert_eq!(sitrep(&args, folder.path()).code, Some(0));
        let stem = Path::new(name).with_extension("");
        ["events.csv", "sources.txt", "sources.bib", "sources.json", "caption.txt", "alt.txt"]
            .map(|end| std::fs::read(folder.path().join(stem.with_extension(end))).unwrap())
    };
    assert!(read("a.png") == read("b.png"));
}
