//! Where the record says that it is thin: in words, on the time axis, and checked as any other table.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::sync::LazyLock;

use egui_kittest::kittest::Queryable as _;
use sitrep_atlas::analysis::coverage::{headline, thin};
use sitrep_atlas::analysis::{
    FigureSize, FigureSpec, Pick, Record, ThemeName, View, coverages, select,
};
use sitrep_atlas::data::{self, basemap};
use sitrep_atlas::domain::DaySpan;
use sitrep_atlas::scene::basemap::BasemapLayers;
use sitrep_atlas::scene::figure;
use sitrep_atlas::scene::map::MapInput;
use sitrep_atlas::scene::strip::{StripInput, StripLayout, StripUse, strip};
use sitrep_atlas::scene::text::Shaper;
use sitrep_atlas::scene::theme::Theme;
use sitrep_atlas::scene::{Item, Rect};
use support::Package;
use support::window::Window;

static RECORD: LazyLock<Record> = LazyLock::new(|| data::load(None).unwrap().dataset);

fn span(days: &str) -> DaySpan {
    let (from, to) = days.split_once('/').unwrap_or((days, days));
    DaySpan::parse(from).unwrap().join(DaySpan::parse(to).unwrap())
}

fn view(days: &str) -> View {
    View { window: span(days), ..View::of_all(&RECORD) }
}

#[test]
fn the_thin_months_of_some_days_are_named_and_no_others() {
    let check = |days: &str, expected: &str| assert_eq!(thin(&RECORD, span(days)), expected);
    check("2020-03", "");
    check("2020-04", "Thin in this record: everything.");
    check("2020-03/2020-07", "Thin in this record: April to May 2020.");
    check("2022-01", "Thin in this record: bombs against convoys.");
    check(
        "2020-07/2020-10",
        "Thin in this record: October to November 2020; bombs against convoys, August 2020 to \
         December 2022.",
    );
}

/// The filled boxes and the words of the strip of a view, on a thousand points for all days.
fn drawn(view: &View) -> (StripLayout, Vec<Rect>, Vec<String>) {
    let theme = Theme::of(ThemeName::Light);
    let axis = StripLayout::axis_for(&RECORD, view);
    let layout = StripLayout::new(axis, Rect { min: [0.0, 0.0], max: [1000.0, 80.0] });
    let selection = select(&RECORD, view);
    let input = StripInput { dataset: &RECORD, view, selection: &selection };
    let mut items = Vec::new();
    strip(&mut Shaper::new(), theme, input, &layout, StripUse::Looked, &mut items);
    let (mut grey, mut said) = (Vec::new(), Vec::new());
    for item in items {
        match item {
            Item::Path(path) if path.fill == Some(theme.thin) => grey.push(path.geometry.bounds()),
            Item::Text(text) => said.push(text.shaped.text().to_owned()),
            _ => {}
        }
    }
    (layout, grey, said)
}

#[test]
fn the_time_axis_is_underlined_in_thin_months_and_nowhere_else() {
    let (layout, grey, _) = drawn(&view("2021"));
    let of = |days: &str| [layout.x(span(days).first()), layout.x(span(days).end())];
    let expected = ["2020-04/2020-05", "2020-10/2020-11", "2021-10/2021-11"].map(of);
    assert_eq!(grey.iter().map(|r| [r.min[0], r.max[0]]).collect::<Vec<_>>(), expected);
    // Below the bars, so that no bar is hidden.
    assert!(grey.iter().all(|r| r.min[1] >= layout.bars.max[1] && r.max[1] <= layout.rect.max[1]));
}

#[test]
fn a_figure_explains_the_grey_where_its_axis_has_it() {
    let layers = BasemapLayers::new(basemap::load().unwrap());
    let spec = FigureSpec::new(FigureSize::parse("1920x1080", 96.0).unwrap());
    let explained = |days: &str| {
        let view = view(days);
        let selection = select(&RECORD, &view);
        let input = MapInput {
            dataset: &RECORD,
            basemap: &layers,
            view: &view,
            selection: &selection,
            still: true,
        };
        figure::notes(&input, &spec, true, &[])
            .contains("Where the time axis is underlined in grey")
    };
    // The axis of a short window has the month before it.
    assert!(explained("2021-12-03") && explained("2021"));
    assert!(!explained("2022-06-15"));
}

#[test]
fn the_published_count_that_is_picked_stands_on_the_time_strip_with_both_numbers() {
    for (total, coverage) in RECORD.reported_totals.iter().zip(coverages(&RECORD)) {
        let picked = Some(Pick::Total(total.id.clone()));
        let (.., said) = drawn(&View { picked, ..view("2022-01") });
        assert!(said.contains(&headline(total, &coverage)), "{}: {said:?}", total.id);
    }
    let (.., said) = drawn(&View { picked: Some(Pick::Totals), ..view("2022-01") });
    assert!(said.iter().all(|words| !words.contains(" reported")), "{said:?}");
}

#[test]
fn the_day_under_the_pointer_says_that_the_record_is_thin_there() {
    let mut w = Window::open_the_record(1280.0, 800.0);
    let hover = |w: &mut Window, day: &str| {
        let strip = w.harness.get_by_role(egui::accesskit::Role::Slider).rect();
        let width = strip.width() - 2.0 * (sitrep_atlas::scene::strip::HANDLE_WIDTH + 1.0);
        let axis = StripLayout::axis_for(&RECORD, &View::opening(&RECORD));
        let days = |n: i32| f32::from(i16::try_from(n).unwrap());
        let along = days(span(day).first().number() - axis.first().number()) / days(axis.days());
        w.harness.hover_at(egui::pos2(strip.left() + 10.0 + along * width, strip.center().y));
        w.harness.run_steps(12);
    };
    hover(&mut w, "2020-04-20");
    w.sees("Thin in this record: everything.");
    hover(&mut w, "2020-02-20");
    assert!(w.find("Thin in this record: everything.").is_none());
}

/// A record with notes on its coverage: what is wrong with them, as `sitrep check` says it.
fn check(notes: &[&str], expected: &[&str]) {
    let package = Package::new().attack("a", "2022-02-02", "2022-02-02", "day", "north");
    let path = package.file("datapackage.json");
    let mut descriptor: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let named = serde_json::json!({"name": "coverage_notes", "path": "coverage_notes.csv"});
    descriptor["resources"].as_array_mut().unwrap().push(named);
    std::fs::write(path, descriptor.to_string()).unwrap();
    package.write("coverage_notes", "id,start,end,scope,filter,note,sources");
    let package = notes.iter().fold(package, |p, line| p.row("coverage_notes", line));
    let loaded = data::load(Some(package.path())).unwrap();
    let mut problems = data::check(&loaded, &basemap::load().unwrap());
    problems.extend(loaded.problems.iter().cloned());
    let told: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for words in expected {
        assert!(told.iter().any(|t| t.contains(words)), "{words:?} is not in {told:#?}");
    }
}

#[test]
fn what_is_wrong_in_the_notes_is_told_with_its_place() {
    check(&["x,2022-02-01,2022-02-28,everything,,Few reports,wire"], &[]);
    check(
        &[
            "x,2022-02-01,2022-02-28,rockets,weather=bad,Few reports,",
            "y,,2022-02-28,everything,,Few reports,",
            "z,2022-02-01,2022-02-28,everything,,Few reports,nobody",
        ],
        &[
            "coverage_notes.csv:2 [filter]",
            "coverage_notes.csv:3 [start]",
            "coverage_notes.csv:4 [sources]",
        ],
    );
}

#[test]
fn a_record_without_notes_says_nothing_of_its_coverage() {
    let package = Package::new().attack("a", "2022-02-02", "2022-02-02", "day", "north");
    let loaded = data::load(Some(package.path())).unwrap();
    assert_eq!(thin(&loaded.dataset, span("2022-02")), "");
}
