//! Honest precision, drawn: a place is drawn no more closely than it is known, and counted once.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use sitrep_atlas::analysis::play::{Arrival, Severity};
use sitrep_atlas::analysis::{Mode, PlaceClass, Record, Rule, View, histogram, select};
use sitrep_atlas::data;
use sitrep_atlas::domain::{DaySpan, LonLat};
use sitrep_atlas::scene::map::MapScene;
use sitrep_atlas::scene::pulse::Pulses;
use sitrep_atlas::scene::theme::Theme;
use sitrep_atlas::scene::{Circle, Item, Rect};
use support::Package;
use support::studio::{Studio, find_group, words};

/// Hillah, the capital of Babil, at which the site of a convoy road stands as a stand-in.
const HILLAH: LonLat = LonLat::clamped(44.41963, 32.46367);

#[test]
fn what_is_known_to_the_governorate_is_a_plate_in_it_and_never_a_disc_at_a_town() {
    let package = Package::new()
        .row("sites", "road,Road in Babil,,,road,IQ,Babil,32.46367,44.41963,admin1")
        .row("sites", "camp,Camp at Hillah,,,base,IQ,al-Babil,32.46367,44.41963,site");
    let package = attack(package, "a-on-the-road", "road", "admin1", ONE_DAY);
    let package = attack(package, "b-near-the-camp", "camp", "admin1", ONE_DAY);
    let studio = studio(&package);
    let view = studio.view("2022-02-10", "2022-02-20");
    let map = studio.map(&view);
    let [area] = map.areas.as_slice() else { panic!("{:?}", map.areas) };
    assert_eq!(area.words, "Known only to the governorate of Babil: 2 attacks");
    // The two share the plate of their governorate.
    assert_eq!(map.sites.iter().map(|d| d.members.len()).collect::<Vec<_>>(), [2]);
    let town = studio.frame(&view).to_point(HILLAH);
    for drawn in &map.sites {
        assert_eq!(drawn.class, PlaceClass::Governorate);
        let id = format!("site:{}", studio.dataset.site(drawn.site).id);
        assert!(circles(&map, &id).is_empty(), "{id} has a disc");
        let from_town = (drawn.center[0] - town[0]).hypot(drawn.center[1] - town[1]);
        assert!(from_town > drawn.radius, "{id} covers the town");
    }
    assert!(map.sites.iter().any(|d| area.contains(d.center)), "no plate is in the governorate");
    let in_babil = studio.frame(&view).to_point(LonLat::clamped(44.9, 32.5));
    assert_eq!(map.told_at(in_babil), Some(area.words.as_str()));
}

/// Trap: a governorate whose name the basemap writes with one letter less.
#[test]
fn every_governorate_of_the_record_is_found_on_the_basemap() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    for site in studio.dataset.sites.iter().filter(|s| matches!(s.country.as_str(), "IQ" | "SY")) {
        let Some(name) = &site.admin1 else { continue };
        let area = studio.basemap.governorate(&site.country, name);
        assert!(area.is_some(), "{}: {name}", site.id);
    }
}

#[test]
fn what_is_known_to_a_district_is_a_ring_and_never_a_disc() {
    for (site, event) in [("site", "district"), ("district", "site"), ("settlement", "settlement")]
    {
        let package =
            Package::new().row("sites", &format!("there,There,,,base,IQ,Anbar,33.1,42.1,{site}"));
        let studio = studio(&attack(package, "e", "there", event, ONE_DAY));
        let map = studio.map(&studio.view("2022-02-10", "2022-02-20"));
        let [drawn] = map.sites.as_slice() else { panic!("{:?}", map.sites) };
        assert_eq!(drawn.class, PlaceClass::Radius, "{event} at a {site}");
        let theme = sitrep_atlas::scene::theme::Theme::of(studio.january().theme);
        let class = theme.class(sitrep_atlas::domain::Direction::AttackOnCoalition);
        for circle in circles(&map, "site:there") {
            assert_ne!(circle.fill, Some(class), "{event} at a {site}: a disc");
        }
    }
}

#[test]
fn what_is_known_to_the_country_is_a_note_at_the_edge_and_counted() {
    let package = Package::new().row("sites", "iraq,Iraq,,,area,IQ,,,,country");
    let package = attack(package, "somewhere", "iraq", "country", ONE_DAY);
    let package = attack(package, "several", "north", "admin1_group", ONE_DAY);
    let package = attack(package, "sure", "north", "site", ONE_DAY);
    let package = attack(package, "perhaps", "iraq", "country", "2022-02-01,2022-02-28,month");
    let studio = studio(&package);
    let view = studio.view("2022-02-10", "2022-02-20");
    let selection = select(&studio.dataset, &view);
    assert_eq!((selection.certain(), selection.possible()), (3, 1));
    assert_eq!(selection.left_out.no_position, 0);
    let map = studio.map(&view);
    let notes: Vec<_> = map.sites.iter().filter(|d| d.note.is_some()).collect();
    assert_eq!(notes.len(), 2);
    assert_eq!(map.sites.len(), 3);
    let figure = studio.figure(&view, 900.0, 600.0, true).scene;
    let said = words(&figure);
    for part in [
        "Iraq, place not known: 1, and 1 more possible",
        "Iraq, somewhere in several governorates: 1",
        "3 attacks at 2 sites, and 1 more possible",
        "Several governorates or the country: at the edge",
    ] {
        assert!(said.contains(part), "no {part:?} in {said}");
    }
    assert!(!said.contains("not drawn"), "{said}");
    // A click on the note opens its site.
    let note = notes.iter().find(|d| studio.dataset.site(d.site).id == "iraq").unwrap();
    assert_eq!(map.drawn_at(note.center).map(|d| d.site), Some(note.site));
}

#[test]
fn events_of_one_site_that_are_known_differently_have_a_glyph_each() {
    let mut package = Package::new();
    for (n, precision) in
        ["site", "site", "district", "admin1", "admin1", "admin1"].iter().enumerate()
    {
        package = attack(package, &format!("e{n}"), "north", precision, ONE_DAY);
    }
    let studio = studio(&package);
    let map = studio.map(&studio.view("2022-02-10", "2022-02-20"));
    let mut counts: Vec<_> = map.sites.iter().map(|d| (d.class, d.count.certain())).collect();
    counts.sort_unstable();
    let expected = [(PlaceClass::Spot, 2), (PlaceClass::Radius, 1), (PlaceClass::Governorate, 3)];
    assert_eq!(counts, expected);
    let named =
        words(&studio.figure(&studio.view("2022-02-10", "2022-02-20"), 900.0, 600.0, false).scene);
    assert_eq!(named.matches("Camp North").count(), 1, "{named}");
}

/// Trap: an event whose sources disagree on the place counted twice, or drawn at one place as if all agreed.
#[test]
fn another_position_is_a_hollow_mark_joined_by_a_dashed_line_and_counted_nowhere() {
    let package = Package::new().row("sites", "other,Other Camp,,,base,IQ,Anbar,33.1,42.1,site");
    package.write("reports", "event,source,locator,site,note");
    let event = "e,2022-02-12,2022-02-12,day,north,site,attack_on_coalition,rocket,reported,medium,unknown,Rockets";
    let package = package
        .row("events", event)
        .row("reports", "e,wire,,,")
        .row("sources", "rival,The Rival,A report,2023-01-01,,news")
        .row("reports", "e,rival,,other,");
    let studio = studio(&package);
    let view = studio.view("2022-02-10", "2022-02-20");
    let map = studio.map(&view);
    let [drawn] = map.sites.as_slice() else { panic!("{:?}", map.sites) };
    assert_eq!(studio.dataset.site(drawn.site).id, "north");
    let [other] = map.others.as_slice() else { panic!("{:?}", map.others) };
    for part in ["Other Camp", "The Rival", "12 February 2022", "Counted once, at Camp North"] {
        assert!(other.words.contains(part), "no {part:?} in {}", other.words);
    }
    assert_eq!(map.told_at(other.center), Some(other.words.as_str()));
    let position = LonLat::clamped(42.1, 33.1);
    let at = studio.frame(&view).to_point(position);
    assert!((other.center[0] - at[0]).hypot(other.center[1] - at[1]) < 0.01);
    let [ring] = circles(&map, "also:other")[..] else { panic!("no ring") };
    assert!(ring.fill.is_none() && ring.stroke.is_some_and(|s| s.dash.is_some()));
    let joins = |item: &&Item| match item {
        Item::Path(path) => {
            path.stroke.is_some_and(|s| s.dash.is_some()) && {
                let b = path.geometry.bounds();
                let left = other.center[0] + other.radius;
                let right = drawn.center[0] - drawn.radius;
                (b.min[0] - left).abs() < 1.0 && (b.max[0] - right).abs() < 1.0
            }
        }
        _ => false,
    };
    assert_eq!(map.items.iter().filter(joins).count(), 1, "no dashed line joins the two");
    let said = words(&studio.figure(&view, 900.0, 600.0, true).scene);
    for part in
        ["1 attack at 1 site", "also placed here: The Rival", "Also placed here by another source"]
    {
        assert!(said.contains(part), "no {part:?} in {said}");
    }
}

/// Trap: a legend of classes that are not on the map.
#[test]
fn the_legend_has_only_the_classes_of_place_that_are_on_the_map() {
    let studio = studio(&attack(Package::new(), "e", "north", "site", ONE_DAY));
    let said =
        words(&studio.figure(&studio.view("2022-02-10", "2022-02-20"), 900.0, 600.0, true).scene);
    for part in ["radius", "hatched governorate", "at the edge", "Also placed"] {
        assert!(!said.contains(part), "{part:?} in {said}");
    }
}

/// The map, the title and the strip are of one mind: each event shown stands in one glyph or note.
#[test]
fn glyphs_and_notes_together_count_what_the_title_says() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    for (from, to) in [
        ("2019-10-01", "2022-12-31"),
        ("2022-01-05", "2022-01-05"),
        ("2021-07-11", "2021-07-12"),
        ("2020-03-02", "2020-03-02"),
    ] {
        for (rule, mode) in [
            (Rule::Attacks, Mode::Window),
            (Rule::Everything, Mode::Window),
            (Rule::Everything, Mode::SinceStart),
        ] {
            let mut view = studio.view(from, to);
            (view.rule, view.mode) = (rule, mode);
            let selection = select(&studio.dataset, &view);
            let map = studio.map(&view);
            let drawn = map
                .sites
                .iter()
                .fold([0, 0], |[a, b], d| [a + d.count.certain(), b + d.count.possible]);
            let left = selection.left_out.no_position;
            assert_eq!(left, 0, "every event of the record has a place or a note");
            assert_eq!(drawn, [selection.certain(), selection.possible()], "{from} {rule:?}");
            // Mass of certain and possible events is that of all that counts.
            let days = studio.dataset.extent().unwrap();
            let bars = histogram(&studio.dataset, &selection, days);
            let mass: f32 = bars.iter().map(|b| b.spread).sum();
            let exact: u32 = bars.iter().map(sitrep_atlas::analysis::BarCount::exact_total).sum();
            let counted = u16::try_from(selection.counted().count()).unwrap();
            let exact = u16::try_from(exact).unwrap();
            assert!((f32::from(exact) + mass - f32::from(counted)).abs() < 0.01);
        }
    }
}

/// Trap: a row that says "known to the month" and names one day is a spike on that day.
#[test]
fn a_date_said_to_be_known_to_the_month_is_spread_over_all_of_it_whatever_its_days() {
    let package = Package::new().attack("vague", "2022-02-12", "2022-02-12", "month", "north");
    let loaded = data::load(Some(package.path())).unwrap();
    let said: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|p| p.contains("2022-02-28")), "{said:?}");
    let record = loaded.dataset;
    let view = sitrep_atlas::analysis::View::of_all(&record);
    let bars = histogram(&record, &select(&record, &view), record.extent().unwrap());
    assert_eq!(bars.len(), 28);
    assert!(bars.iter().all(|b| b.exact_total() == 0 && b.possible == 1));
}

#[test]
fn a_pulse_is_on_the_glyph_that_counts_what_is_new_and_of_a_month_there_is_none() {
    let package = Package::new()
        .row("sites", "camp,Camp at Hillah,,,base,IQ,al-Babil,32.46367,44.41963,site")
        .row("sites", "field,Field in Syria,,,base,SY,Deir ez-Zor,35.0,40.4,site")
        .row("sites", "base,Base in the north,,,base,IQ,Erbil,36.2,44.0,site");
    let package = attack(package, "a-camp", "camp", "site", ONE_DAY);
    let package = attack(package, "b-field", "field", "site", "2022-02-01,2022-02-28,month");
    let package = attack(package, "c-base", "base", "site", "2022-02-11,2022-02-11,day");
    let studio = studio(&package);
    let mut view = studio.view("2022-02-10", "2022-02-20");
    let map = studio.map(&view);
    assert_eq!(map.sites.len(), 3);
    let camp = studio.dataset.find_site("camp").unwrap();
    let glyph = map.sites.iter().find(|d| d.site == camp).unwrap();
    let day = DaySpan::parse("2022-02-12").unwrap();
    let mut pulses = Pulses::default();
    let mut middles = |view: &View, days, frame| {
        let arrivals = [Arrival { days, severity: Severity::Plain, age_secs: 0.1 }];
        let shown = select(&studio.dataset, view);
        let theme = Theme::of(view.theme);
        let items = pulses.items(theme, (&studio.dataset, &shown), (&map, frame), &arrivals);
        let middle = |item| if let Item::Circle(c) = item { c.center } else { panic!("a disc") };
        let mut middles: Vec<[f32; 2]> = items.into_iter().map(middle).collect();
        middles.dedup();
        middles
    };
    let frame = studio.frame(&view).rect;
    assert_eq!(middles(&view, day, frame), [glyph.center]);
    assert_eq!(middles(&view, day, frame), [glyph.center], "in the next frame");
    assert_eq!(middles(&view, DaySpan::parse("2022-02").unwrap(), frame).len(), 2);
    let elsewhere = Rect::from_min_size([-900.0, -900.0], 10.0, 10.0);
    assert!(middles(&view, day, elsewhere).is_empty(), "outside the map");
    view.rule = Rule::Confirmed;
    assert!(middles(&view, day, frame).is_empty(), "the rule does not count it");
}

const ONE_DAY: &str = "2022-02-12,2022-02-12,day";

/// Adds an attack whose place is known with some precision.
fn attack(package: Package, id: &str, site: &str, precision: &str, date: &str) -> Package {
    let event = format!(
        "{id},{date},{site},{precision},attack_on_coalition,rocket,reported,medium,unknown,Rockets"
    );
    package.row("events", &event).row("reports", &format!("{id},wire,,"))
}

fn studio(package: &Package) -> Studio {
    let record: Record = data::load(Some(package.path())).unwrap().dataset;
    Studio::new(record)
}

/// The circles of a group.
fn circles(map: &MapScene, id: &str) -> Vec<Circle> {
    let group = find_group(&map.items, id).unwrap();
    group
        .items
        .iter()
        .filter_map(|item| if let Item::Circle(circle) = item { Some(*circle) } else { None })
        .collect()
}
