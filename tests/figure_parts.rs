//! The parts of a figure: what is left out is not there, what always stays does, and what is added covers nothing.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use sitrep_atlas::analysis::{
    FigurePart, FigureSize, FigureSpec, LabelDensity, ThemeName, View, select,
};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Code as _, Direction};
use sitrep_atlas::scene::figure::{credit_line, subtitle};
use sitrep_atlas::scene::theme::Theme;
use support::studio::{Studio, find_group, record, scene_rect, texts, words};

/// Sizes that people ask for, in points: a column, a page's width, A4, a square, a telephone, a slide.
const SIZES: [&str; 6] =
    ["85mmx120mm", "170mmx110mm", "210mmx297mm", "1080x1080", "1080x1920", "1920x1080"];

fn spec(size: &str) -> FigureSpec {
    FigureSpec::new(FigureSize::parse(size, 96.0).unwrap())
}

/// Everything of a record.
fn whole(studio: &Studio) -> View {
    View::of_all(&studio.dataset)
}

#[test]
fn a_part_that_is_left_out_is_not_drawn_and_what_a_reader_must_know_stays() {
    let studio = Studio::new(record());
    let view = studio.january();
    let selection = select(&studio.dataset, &view);
    let counted = subtitle(&studio.input(&view, &selection), true);
    let credits = credit_line(&studio.basemap.data);
    let marks = [
        (FigurePart::Legend, "Number of attacks at a site"),
        (FigurePart::ScaleBar, "° N"),
        (FigurePart::Notes, "Absence from the record is not calm."),
        (FigurePart::Sources, "Told by "),
    ];
    for size in SIZES {
        let all = words(&studio.figure_of(&view, &spec(size)).scene);
        let mut bare = spec(size).with(FigurePart::Strip, false);
        for (part, mark) in marks {
            assert!(all.contains(mark), "{size}: {mark} in {all}");
            let without = studio.figure_of(&view, &spec(size).with(part, false));
            let without = words(&without.scene);
            assert!(!without.contains(mark), "{size}: {mark} in {without}");
            bare = bare.with(part, false);
        }
        bare.subtitle = Some("In words of its own".into());
        let figure = studio.figure_of(&view, &bare);
        let said = words(&figure.scene);
        for kept in [&counted, &credits, "Record: Sitrep", "In words of its own"] {
            assert!(said.contains(kept), "{size}: no {kept} in {said}");
        }
        assert!(find_group(&figure.scene.items, "time-strip").is_none());
    }
}

#[test]
fn the_computed_line_moves_to_the_notes_under_a_subtitle_of_its_own_and_is_not_said_twice() {
    let studio = Studio::new(record());
    let view = studio.january();
    let own = FigureSpec { subtitle: Some("Own words".into()), ..spec("1920x1080") };
    let said = words(&studio.figure_of(&view, &own).scene);
    assert_eq!(said.matches("Window of 4 days").count(), 1, "{said}");
    assert!(said.find("Own words") < said.find("Window of 4 days"), "{said}");
}

#[test]
fn a_north_arrow_stands_inside_the_map_and_clear_of_every_glyph() {
    let studio = Studio::new(record());
    for view in [studio.january(), whole(&studio)] {
        for size in SIZES {
            let spec = spec(size).with(FigurePart::NorthArrow, true);
            let figure = studio.figure_of(&view, &spec);
            let all = texts(&figure.scene);
            let arrow = all.iter().find(|t| t.words == "N").unwrap();
            assert!(scene_rect(&figure.scene).encloses(&arrow.place), "{size}");
            for site in figure.sites.iter().filter(|s| s.is_on_ground()) {
                let [x, y] = arrow.place.center();
                let apart = (site.center[0] - x).hypot(site.center[1] - y) - site.radius;
                assert!(apart > 0.0, "{size}: {apart}");
            }
        }
    }
}

#[test]
fn as_many_sites_are_named_as_the_density_says() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    let view = whole(&studio);
    let named = |labels| {
        let figure = studio.figure_of(&view, &FigureSpec { labels, ..spec("1920x1080") });
        let group = find_group(&figure.scene.items, "site-names").unwrap().clone();
        group.items.iter().filter(|i| matches!(i, sitrep_atlas::scene::Item::Text(_))).count()
    };
    let [none, few, all] = LabelDensity::ALL.map(named);
    assert!(none == 0 && few > 0 && few < all, "{none} {few} {all}");
}

/// Lightness by the relative luminance of WCAG 2, from 0 to 100 (CIE 1976).
fn lightness([r, g, b]: [u8; 3]) -> f64 {
    let linear = |v: u8| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    };
    let y = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    if y > 0.008_856 { 116.0 * y.cbrt() - 16.0 } else { 903.3 * y }
}

#[test]
fn greyscale_has_no_colour_and_its_classes_differ_in_lightness() {
    let theme = Theme::of(ThemeName::Greyscale);
    let mut all = Vec::new();
    for direction in Direction::ALL {
        let [r, g, b, alpha] = theme.class(*direction).0;
        assert!(r == g && g == b && alpha == 255, "{direction:?}");
        all.push(lightness([r, g, b]));
    }
    all.push(lightness(theme.land.0[..3].try_into().unwrap()));
    all.sort_by(f64::total_cmp);
    for pair in all.windows(2) {
        assert!(pair[1] - pair[0] > 8.0, "{all:?}");
    }
}

/// What was saved before there was this theme is read as it was.
#[test]
fn a_theme_is_saved_by_its_word() {
    for (theme, word) in [
        (ThemeName::Light, "\"light\""),
        (ThemeName::Dark, "\"dark\""),
        (ThemeName::Print, "\"print\""),
        (ThemeName::Greyscale, "\"greyscale\""),
    ] {
        assert_eq!(serde_json::to_string(&theme).unwrap(), word);
        assert_eq!(serde_json::from_str::<ThemeName>(word).unwrap(), theme);
    }
}
