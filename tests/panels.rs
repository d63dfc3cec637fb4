//! Small multiples: what several maps in one figure count, and that they can be compared.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use sitrep_atlas::analysis::{
    FigurePart, FigureSize, FigureSpec, Panels, Record, ThemeName, View, select,
};
use sitrep_atlas::data;
use sitrep_atlas::export::make::{MakeError, compose};
use sitrep_atlas::scene::figure::Figure;
use sitrep_atlas::scene::figure_check::check;
use sitrep_atlas::scene::map::MapInput;
use sitrep_atlas::scene::text::Shaper;
use support::program::sitrep;
use support::studio::{Studio, find_group, scene_rect, texts, words};

fn studio() -> Studio {
    let record: Record = data::load(None).unwrap().dataset;
    Studio::new(record)
}

fn spec(size: &str, by: Panels) -> FigureSpec {
    let size = FigureSize::parse(size, 96.0).unwrap();
    FigureSpec { panels: Some(by), ..FigureSpec::new(size) }
}

fn made(studio: &Studio, view: &View, spec: &FigureSpec) -> Result<Figure, MakeError> {
    let selection = select(&studio.dataset, view);
    let input = MapInput { still: true, ..studio.input(view, &selection) };
    compose(&mut Shaper::new(), &input, spec)
}

#[test]
fn a_panel_counts_what_its_days_or_its_site_have() {
    let studio = studio();
    let view = studio.view("2021-03-01", "2021-08-31");
    let figure = made(&studio, &view, &spec("1920x1080", Panels::Month)).unwrap();
    assert_eq!(figure.panels.len(), 6);
    for panel in &figure.panels {
        let of_month = select(&studio.dataset, &View { window: panel.days, ..view.clone() });
        assert_eq!(panel.count, [of_month.certain(), of_month.possible()], "{}", panel.title);
        let drawn: usize = panel.sites.iter().flat_map(|site| site.count.both()).sum();
        assert_eq!(drawn, of_month.len(), "{}", panel.title);
    }
    let whole = select(&studio.dataset, &view);
    let certain: usize = figure.panels.iter().map(|p| p.count[0]).sum();
    assert!(certain <= whole.certain() && certain > 0);

    let view = studio.january();
    let whole = select(&studio.dataset, &view);
    let figure = made(&studio, &view, &spec("1920x1080", Panels::Site)).unwrap();
    let sum = |n: usize| figure.panels.iter().map(|p| p.count[n]).sum::<usize>();
    assert_eq!([sum(0), sum(1)], [whole.certain(), whole.possible()]);
    assert_eq!(figure.panels.len(), whole.sites());
}

#[test]
fn all_panels_have_maps_of_one_size_and_a_week_without_an_event_is_an_empty_one() {
    let studio = studio();
    let view = studio.view("2022-04-01", "2022-05-10");
    let figure = made(&studio, &view, &spec("1920x1080", Panels::Week)).unwrap();
    let size = |n: usize| {
        let map = figure.panels[n].map;
        [map.width(), map.height()].map(|side| format!("{side:.2}"))
    };
    assert!((1..figure.panels.len()).all(|n| size(n) == size(0)));
    let empty = figure.panels.iter().filter(|p| p.count == [0, 0]).count();
    let counted = figure.panels.iter().filter(|p| p.count != [0, 0]).count();
    assert!(counted > 0, "{empty} and {counted}");
    assert_eq!(words(&figure.scene).matches("no attacks").count(), empty);
    // Counts on two maps have discs of one scale.
    let mut radii = std::collections::BTreeMap::new();
    for site in figure.panels.iter().flat_map(|p| &p.sites).filter(|s| s.is_on_ground()) {
        let radius = *radii.entry(site.count.certain()).or_insert(site.radius);
        assert!((radius - site.radius).abs() < 0.01 || site.count.both()[1] > 0);
    }
    let legends = find_group(&figure.scene.items, "legend").is_some();
    assert!(legends && words(&figure.scene).matches("Number of attacks at a site").count() == 1);
}

#[test]
fn too_many_panels_are_refused_with_how_many_have_room() {
    let studio = studio();
    let view = View::of_all(&studio.dataset);
    let error = made(&studio, &view, &spec("85mmx120mm", Panels::Week)).unwrap_err().to_string();
    let counted = error.chars().any(|c| c.is_ascii_digit());
    assert!(counted && error.contains("at most") && error.contains("mm"), "{error}");
    let mut nothing = studio.view("2022-04-01", "2022-04-01");
    nothing.filter.add(&studio.dataset, "country=SY").unwrap();
    if select(&studio.dataset, &nothing).is_empty() {
        assert!(made(&studio, &nothing, &spec("1920x1080", Panels::Site)).is_err());
    }
}

#[test]
fn panels_lie_inside_the_sheet_and_their_type_is_never_below_six_points() {
    let studio = studio();
    for theme in ThemeName::ALL {
        for size in
            ["85mmx120mm", "170mmx110mm", "210mmx297mm", "1080x1080", "1080x1920", "1920x1080"]
        {
            let view = View { theme, ..studio.view("2022-01-01", "2022-03-31") };
            let figure = made(&studio, &view, &spec(size, Panels::Month)).unwrap();
            let sheet = scene_rect(&figure.scene).grown(0.5);
            for text in texts(&figure.scene) {
                assert!(text.size_pt * figure.scale >= 6.0, "{size}: {}", text.words);
                assert!(
                    text.clip.is_some() || sheet.encloses(&text.place),
                    "{size}: {}",
                    text.words
                );
            }
            assert!(figure.panels.iter().all(|p| sheet.encloses(&p.map)), "{size}");
        }
    }
}

#[test]
fn one_strip_below_all_panels_parts_their_days_and_a_table_lists_their_events() {
    let studio = studio();
    let view = studio.view("2021-12-01", "2022-03-31");
    let spec = spec("210mmx297mm", Panels::Month).with(FigurePart::Table, true);
    let figure = made(&studio, &view, &spec).unwrap();
    assert_eq!(find_group(&figure.scene.items, "panel-days").unwrap().items.len(), 5);
    assert!(figure.strip.is_some() && find_group(&figure.scene.items, "table").is_some());
    let said = words(&figure.scene);
    assert!(said.contains("Lines on the time axis part the days of the maps."), "{said}");
    assert!(!said.contains("no room"), "{said}");
    // A name that stands for nobody is shortened by a mark that is explained, not cut.
    assert!(!said.contains("militias (n…"), "{said}");
    assert!(said.contains("Iran-backed militias*") && said.contains("*: not named"), "{said}");

    let view = studio.view("2022-01-01", "2022-03-31");
    let small = made(
        &studio,
        &view,
        &FigureSpec { size: FigureSize::parse("85mmx120mm", 96.0).unwrap(), ..spec },
    );
    let small = small.unwrap();
    assert!(small.strip.is_none());
    assert!(words(&small.scene).contains("Maps so small name no site."));
    assert!(find_group(&small.scene.items, "site-names").unwrap().items.is_empty());
    assert!(
        words(&small.scene)
            .contains("There is no room for a time strip, a table beside small maps.")
    );
}

#[test]
fn no_map_cuts_a_glyph_and_names_without_room_are_counted() {
    let studio = studio();
    for (from, to, by) in [
        ("2022-01-01", "2022-01-31", Panels::Site),
        ("2021-03-01", "2021-08-31", Panels::Month),
        ("2022-01-01", "2022-01-31", Panels::Week),
    ] {
        let view = studio.view(from, to);
        let spec = spec("1920x1080", by);
        let figure = made(&studio, &view, &spec).unwrap();
        let selection = select(&studio.dataset, &view);
        let input = MapInput { still: true, ..studio.input(&view, &selection) };
        let remarks = check(&figure, &input, &spec);
        let found = |code| remarks.iter().find(|r| r.code == code);
        assert!(found("glyph-cut").is_none() && found("scales-differ").is_none(), "{remarks:?}");
        let unnamed: usize = figure.panels.iter().map(|panel| panel.unnamed).sum();
        assert_eq!(figure.unnamed, unnamed);
        assert_eq!(found("sites-unnamed").is_some(), unnamed > 0, "{by:?}");

        // Maps of two scales, and glyphs of two, are found out.
        let differs = |change: &dyn Fn(&mut Figure)| {
            let mut other = figure.clone();
            change(&mut other);
            let remarks = check(&other, &input, &spec);
            let found = remarks.iter().find(|r| r.code == "scales-differ");
            found.map(|remark| remark.what.clone()).unwrap_or_default()
        };
        assert!(differs(&|f| f.panels[1].camera.zoom += 0.2).contains("ground"));
        let larger = |f: &mut Figure| {
            let odd = f.panels.iter_mut().skip(1).step_by(2);
            for site in odd.flat_map(|panel| &mut panel.sites) {
                site.radius *= 1.3;
            }
        };
        assert!(differs(&larger).contains("glyphs"));
        // A glyph at the edge of its own map is cut.
        let mut moved = figure.clone();
        let panel = &mut moved.panels[1];
        let edge = panel.map.min;
        panel.sites.iter_mut().find(|site| site.is_on_ground()).unwrap().center = edge;
        let remarks = check(&moved, &input, &spec);
        assert!(remarks.iter().any(|r| r.code == "glyph-cut"));
    }
}

#[test]
fn caption_alt_text_and_the_title_of_the_file_say_that_there_are_several_maps() {
    let folder = tempfile::tempdir().unwrap();
    let args =
        ["--from", "2021-03-01", "--to", "2021-08-31", "--panels", "month", "--size", "slide"];
    let args = [&["render"], &args[..], &["--pack", "-o", "x.svg"]].concat();
    assert_eq!(sitrep(&args, folder.path()).code, Some(0));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let caption = read("x.caption.txt");
    assert!(caption.contains("shown on 6 maps of the same ground and scale, one for each month."));
    let alt = read("x.alt.txt");
    let (short, long) = alt.split_once("\n\n").unwrap();
    assert!(short.starts_with("6 maps of attacks") && short.contains("all on one scale"), "{alt}");
    let studio = studio();
    let view = studio.view("2021-03-01", "2021-08-31");
    let figure = made(&studio, &view, &spec("1920x1080", Panels::Month)).unwrap();
    for panel in &figure.panels {
        let told = format!("{} ({})", panel.title, panel.count[0]);
        assert!(long.contains(&told), "{told}: {long}");
    }
    assert!(read("x.svg").contains("March to August 2021, by month</title>"));
}
