//! What a figure check says, and when it says nothing: each rule in a figure that breaks it and in one that does not.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::process::Command;
use std::sync::Arc;

use sitrep_atlas::analysis::{FigurePart, FigureSize, FigureSpec, Rule, ThemeName, View, select};
use sitrep_atlas::domain::{DaySpan, Direction};
use sitrep_atlas::scene::figure::{Figure, figure};
use sitrep_atlas::scene::figure_check::{Remark, Severity, check};
use sitrep_atlas::scene::map::MapInput;
use sitrep_atlas::scene::text::{Shaper, TextStyle};
use sitrep_atlas::scene::theme::Theme;
use sitrep_atlas::scene::{Item, Rgba, Text};
use support::Package;
use support::studio::{Studio, record, without};

/// A figure that is checked after a change to it.
struct Case<'a> {
    studio: &'a Studio,
    view: View,
    spec: FigureSpec,
}

impl<'a> Case<'a> {
    fn new(studio: &'a Studio, from: &str, to: &str) -> Self {
        let spec = FigureSpec::new(FigureSize::of_points(800.0, 560.0).unwrap());
        Self { studio, view: studio.view(from, to), spec }
    }

    fn remarks(&self) -> Vec<Remark> {
        self.with(|_| {})
    }

    fn with(&self, change: impl FnOnce(&mut Figure)) -> Vec<Remark> {
        let selection = select(&self.studio.dataset, &self.view);
        let input = MapInput { still: true, ..self.studio.input(&self.view, &selection) };
        let theme = Theme::of(self.view.theme);
        let mut figure = figure(&mut Shaper::new(), theme, &input, &self.spec);
        change(&mut figure);
        check(&figure, &input, &self.spec)
    }
}

fn found<'a>(remarks: &'a [Remark], code: &str) -> Option<&'a Remark> {
    remarks.iter().find(|remark| remark.code == code)
}

fn made_up(package: &Package) -> Studio {
    Studio::new(sitrep_atlas::data::load(Some(package.path())).unwrap().dataset)
}

/// Attacks known to the day at two sites: nothing is wrong with their figure.
fn plain() -> Package {
    Package::new().attack("a-one", "2022-02-10", "2022-02-10", "day", "north").attack(
        "b-two",
        "2022-02-12",
        "2022-02-12",
        "day",
        "south",
    )
}

#[test]
fn a_plain_figure_has_no_error_and_no_warning() {
    let studio = made_up(&plain());
    let remarks = Case::new(&studio, "2022-02-01", "2022-02-28").remarks();
    assert!(remarks.iter().all(|remark| !remark.is_problem()), "{remarks:#?}");
    for code in ["window-cuts-span", "rows-left-out", "mixed-date-precision", "nothing-shown"] {
        assert_eq!(found(&remarks, code), None);
    }
    assert!(remarks.iter().all(|remark| {
        let is_sentence = |text: &str| text.ends_with('.') && !text.contains("  ");
        is_sentence(&remark.what) && is_sentence(&remark.advice)
    }));
}

#[test]
fn the_worst_stands_first() {
    let studio = Studio::new(record());
    let mut case = Case::new(&studio, "2020-01-03", "2022-01-06");
    case.spec.title = Some("Attacks in 1999".to_owned());
    let remarks = case.remarks();
    assert!(remarks.is_sorted_by_key(|remark| remark.severity));
    assert_eq!(remarks[0].severity, Severity::Error);
}

#[test]
fn a_window_that_cuts_a_date_is_told_and_one_that_holds_it_is_not() {
    let package = plain().attack("c-wide", "2022-02-20", "2022-03-05", "span", "north");
    let studio = made_up(&package);
    let cut = Case::new(&studio, "2022-02-01", "2022-02-28").remarks();
    assert!(found(&cut, "window-cuts-span").unwrap().what.contains("1 event"));
    let whole = Case::new(&studio, "2022-02-01", "2022-03-31").remarks();
    assert_eq!(found(&whole, "window-cuts-span"), None);
    // In the whole window one colour has dates of two kinds.
    assert!(found(&whole, "mixed-date-precision").unwrap().what.contains("1 of 3"));
}

#[test]
fn rows_left_out_are_a_note_where_the_figure_says_so_and_a_warning_where_it_does_not() {
    let studio = Studio::new(record());
    let mut case = Case::new(&studio, "2020-01-03", "2022-01-06");
    let severity = |remarks: &[Remark]| found(remarks, "rows-left-out").map(|r| r.severity);
    assert_eq!(severity(&case.remarks()), Some(Severity::Note));
    let silent = case.with(|figure| {
        figure.scene.items.retain(|item| !matches!(item, Item::Text(_)));
    });
    assert_eq!(severity(&silent), Some(Severity::Warning));
    case.view.rule = Rule::Everything;
    assert_eq!(severity(&case.remarks()), None);
}

#[test]
fn places_of_several_precisions_in_one_colour_are_told() {
    let studio = Studio::new(record());
    let remarks = Case::new(&studio, "2020-01-03", "2022-01-06").remarks();
    assert!(found(&remarks, "mixed-place-precision").is_some(), "{remarks:#?}");
    let plain = made_up(&plain());
    let remarks = Case::new(&plain, "2022-02-01", "2022-02-28").remarks();
    assert_eq!(found(&remarks, "mixed-place-precision"), None);
}

#[test]
fn a_title_of_other_days_is_an_error() {
    let studio = made_up(&plain());
    let mut case = Case::new(&studio, "2022-02-01", "2022-02-28");
    for (title, is_wrong) in [
        ("Attacks in February 2022", false),
        ("Attacks in 2022", false),
        ("Two attacks", false),
        ("Attacks in March 2022", true),
        ("Attacks in 2021", true),
    ] {
        case.spec.title = Some(title.to_owned());
        let remarks = case.remarks();
        assert_eq!(found(&remarks, "title-names-other-days").is_some(), is_wrong, "{title}");
    }
}

#[test]
fn an_empty_figure_is_told() {
    let studio = made_up(&plain());
    let remarks = Case::new(&studio, "2021-02-01", "2021-02-28").remarks();
    assert!(found(&remarks, "nothing-shown").unwrap().is_problem());
}

#[test]
fn a_map_without_a_scale_bar_or_credits_is_told() {
    let studio = made_up(&plain());
    let case = Case::new(&studio, "2022-02-01", "2022-02-28");
    let bare = case.with(|figure| figure.scene = without(&figure.scene, "furniture"));
    assert!(found(&bare, "no-scale-bar").is_some());
    assert_eq!(found(&case.remarks(), "no-scale-bar"), None);
    let nameless = case.with(|figure| {
        figure.scene = without(&figure.scene, "furniture");
        figure.scene.items.retain(|item| !matches!(item, Item::Text(_)));
    });
    assert_eq!(found(&nameless, "credits-missing").unwrap().severity, Severity::Error);
    assert_eq!(found(&case.remarks(), "credits-missing"), None);
}

#[test]
fn a_legend_has_what_is_on_the_map_and_nothing_else() {
    let studio = Studio::new(record());
    let mut case = Case::new(&studio, "2020-01-03", "2022-01-06");
    case.view.rule = Rule::Everything;
    let whole = case.remarks();
    for code in ["no-legend", "class-not-in-legend", "legend-class-not-on-map"] {
        assert_eq!(found(&whole, code), None, "{whole:#?}");
    }
    let none = case.with(|figure| {
        figure.scene = without(&without(&figure.scene, "legend"), "legend-key");
    });
    assert_eq!(found(&none, "no-legend").unwrap().severity, Severity::Error);
    // A class that is drawn only in the legend, and one that is drawn only on the map.
    let theme = Theme::of(ThemeName::Light);
    let strike = theme.class(Direction::UsOrCoalitionStrike);
    let swapped = case.with(|figure| {
        recolor(&mut figure.scene.items, strike, Rgba::hex(0x01_0203), "legend-key");
    });
    assert!(found(&swapped, "legend-class-not-on-map").unwrap().is_problem());
}

/// A class that the legend lacks is an error where glyphs have it, and to be known where only histories or the strip do.
#[test]
fn a_class_that_only_histories_or_the_strip_have_is_in_the_legend_or_a_note() {
    let studio = Studio::new(sitrep_atlas::data::load(None).unwrap().dataset);
    let mut case = Case::new(&studio, "2020-01-01", "2020-01-31");
    case.view.rule = Rule::Everything;
    case.spec = FigureSpec::new(FigureSize::of_points(1200.0, 800.0).unwrap());
    let remarks = case.remarks();
    for code in ["history-class-not-in-legend", "strip-class-not-in-legend", "class-not-in-legend"]
    {
        assert_eq!(found(&remarks, code), None, "{remarks:#?}");
    }
    let untold = case.with(|figure| drop_words(&mut figure.scene.items, "(other days)"));
    for code in ["history-class-not-in-legend", "strip-class-not-in-legend"] {
        assert_eq!(found(&untold, code).unwrap().severity, Severity::Note, "{untold:#?}");
    }
    let attack = Theme::of(ThemeName::Light).class(Direction::AttackOnCoalition);
    let seized = Theme::of(ThemeName::Light).class(Direction::Seizure);
    let swapped = case.with(|figure| {
        recolor(&mut figure.scene.items, attack, seized, "legend-key");
    });
    assert_eq!(found(&swapped, "class-not-in-legend").unwrap().severity, Severity::Error);
}

/// Takes texts with some words away.
fn drop_words(items: &mut Vec<Item>, words: &str) {
    items.retain(|item| !matches!(item, Item::Text(text) if text.shaped.text().contains(words)));
    for item in items {
        if let Item::Group(group) = item {
            drop_words(&mut group.items, words);
        }
    }
}

/// Paints what has one colour in another, but for what lies in groups of a name.
fn recolor(items: &mut [Item], from: Rgba, to: Rgba, but: &str) {
    for item in items {
        match item {
            Item::Group(group) if group.id != but => recolor(&mut group.items, from, to, but),
            Item::Group(_) | Item::Text(_) => {}
            Item::Path(path) => {
                let fill = path.fill.as_mut().into_iter();
                fill.chain(path.stroke.as_mut().map(|s| &mut s.color))
                    .filter(|color| **color == from)
                    .for_each(|color| *color = to);
            }
            Item::Circle(circle) => {
                let fill = circle.fill.as_mut().into_iter();
                fill.chain(circle.stroke.as_mut().map(|s| &mut s.color))
                    .filter(|color| **color == from)
                    .for_each(|color| *color = to);
            }
        }
    }
}

/// With all six classes, in every theme.
#[test]
fn a_figure_of_everything_has_no_warning_of_our_making() {
    let studio = Studio::new(sitrep_atlas::data::load(None).unwrap().dataset);
    for theme in ThemeName::ALL {
        for (from, to) in [("2019-10-11", "2022-12-25"), ("2020-01-01", "2020-01-31")] {
            let mut case = Case::new(&studio, from, to);
            (case.view.rule, case.view.theme) = (Rule::Everything, theme);
            for size in ["1920x1080", "170mmx120mm", "210mmx297mm"] {
                let size = FigureSize::parse(size, 144.0).unwrap();
                case.spec = FigureSpec::new(size).with(FigurePart::Inset, true);
                let remarks = case.remarks();
                assert!(!remarks.iter().any(Remark::is_problem), "{theme:?} {size}: {remarks:#?}");
                assert_eq!(found(&remarks, "ground-names-pale"), None, "{theme:?} {size}");
            }
        }
    }
}

#[test]
fn type_is_measured_on_paper() {
    let studio = made_up(&plain());
    let case = Case::new(&studio, "2022-02-01", "2022-02-28");
    assert_eq!(found(&case.remarks(), "text-too-small"), None);
    let small = case.with(|figure| figure.scale = 0.5);
    assert!(found(&small, "text-too-small").unwrap().what.contains("4."), "{small:#?}");
}

#[test]
fn words_that_run_off_the_sheet_or_are_shortened_are_told() {
    let studio = made_up(&plain());
    let case = Case::new(&studio, "2022-02-01", "2022-02-28");
    let add = |words: &'static str, origin: [f32; 2]| {
        case.with(|figure| figure.scene.items.push(label(words, origin, Rgba::hex(0))))
    };
    assert!(found(&add("A long line of words", [760.0, 300.0]), "text-cut-off").is_some());
    assert!(found(&add("A long line of…", [300.0, 300.0]), "text-shortened").is_some());
    let fine = add("A long line of words", [300.0, 300.0]);
    assert!(found(&fine, "text-cut-off").or(found(&fine, "text-shortened")).is_none());
}

fn label(words: &str, origin: [f32; 2], color: Rgba) -> Item {
    let shaped = Shaper::new().shape(words, TextStyle::regular(10.0));
    Item::Text(Text { origin, shaped: Arc::clone(&shaped), color, halo: None })
}

#[test]
fn contrast_is_that_of_the_words_with_what_lies_below_them() {
    let studio = made_up(&plain());
    let case = Case::new(&studio, "2022-02-01", "2022-02-28");
    assert_eq!(found(&case.remarks(), "low-contrast"), None);
    // Above the map there is paper only: white on white.
    let white = case.with(|figure| {
        figure.scene.items.push(label("unseen", [20.0, 2.0], Rgba::hex(0xFF_FFFF)));
    });
    let told = found(&white, "low-contrast").unwrap();
    assert!(told.what.contains("“unseen”") && told.what.contains("1.0:1"), "{told:?}");
}

#[test]
fn a_glyph_that_the_edge_cuts_is_told() {
    let studio = made_up(&plain());
    let case = Case::new(&studio, "2022-02-01", "2022-02-28");
    assert_eq!(found(&case.remarks(), "glyph-cut"), None);
    let cut = case.with(|figure| figure.sites[0].center[0] = 2.0);
    assert!(found(&cut, "glyph-cut").unwrap().what.contains("1 glyph"));
}

#[test]
fn sites_without_a_name_are_counted() {
    let studio = Studio::new(sitrep_atlas::data::load(None).unwrap().dataset);
    let mut case = Case::new(&studio, "2019-10-11", "2022-12-25");
    case.view.window = DaySpan::parse("2020").unwrap();
    case.spec = FigureSpec::new(FigureSize::of_points(500.0, 420.0).unwrap());
    let remarks = case.remarks();
    assert!(found(&remarks, "sites-unnamed").is_some(), "{remarks:#?}");
    let plain = made_up(&plain());
    let remarks = Case::new(&plain, "2022-02-01", "2022-02-28").remarks();
    assert_eq!(found(&remarks, "sites-unnamed"), None);
}

#[test]
fn the_strip_is_checked_like_the_map() {
    let studio = made_up(&plain());
    let mut case = Case::new(&studio, "2022-02-01", "2022-02-28");
    case.spec = case.spec.with(FigurePart::Strip, false);
    assert!(case.remarks().iter().all(|remark| !remark.is_problem()));
}

fn sitrep(args: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sitrep")).args(args).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_command_line_prints_remarks_and_says_by_its_status_whether_there_is_a_problem() {
    let window = ["render", "--from", "2022-01-03", "--to", "2022-01-06"];
    let (status, text) =
        sitrep(&[&window[..], &["--check", "--title", "Attacks in 2021"]].concat());
    assert_eq!(status, Some(1), "{text}");
    assert!(
        text.contains("error: The title says 2021") && text.contains("[title-names-other-days]")
    );
    let (status, text) =
        sitrep(&[&window[..], &["--check=json", "--title", "Attacks in 2021"]].concat());
    assert_eq!(status, Some(1));
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["schema"], "sitrep-figure-check/1");
    let row = &json["rows"][0];
    assert_eq!((&row["severity"], &row["file"]), (&"error".into(), &serde_json::Value::Null));
    assert!(["code", "what", "advice"].iter().all(|key| row[*key].is_string()));
}

#[test]
fn a_simulation_is_saved_as_png_and_says_that_it_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    let (png, pdf) = (path.to_str().unwrap(), folder.path().join("a.pdf"));
    let small = ["render", "--size", "600x500", "--vision", "deutan", "-o"];
    assert_eq!(sitrep(&[&small[..], &[png]].concat()).0, Some(0));
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.windows(10).any(|part| part == b"Simulation"));
    assert_eq!(sitrep(&[&small[..], &[pdf.to_str().unwrap()]].concat()).0, Some(2));
    assert!(!pdf.exists());
}
