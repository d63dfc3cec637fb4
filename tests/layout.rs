//! Figures as printed things: how much room the map has, how small the type is, where bars stand.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use sitrep_atlas::analysis::{FigureSize, FigureSpec, Rule, View, select};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Code as _, DaySpan, Direction};
use sitrep_atlas::scene::camera::MapFrame;
use sitrep_atlas::scene::figure::least_height;
use sitrep_atlas::scene::map::{self, MapFurniture, MapInput};
use sitrep_atlas::scene::strip::{StripInput, StripLayout, StripUse, strip};
use sitrep_atlas::scene::strip_axis;
use sitrep_atlas::scene::text::Shaper;
use sitrep_atlas::scene::theme::Theme;
use sitrep_atlas::scene::{Item, Rect, Scene, Size};
use support::studio::{Studio, find_group, record, texts};

/// In a report, 170 mm wide: the map names its countries, the axis its years, the scale its counts.
#[test]
fn a_figure_for_a_page_is_named_and_numbered() {
    let studio = Studio::new(record());
    let figure = studio.figure(&View::of_all(&studio.dataset), 482.0, 340.0, true);
    assert!(figure.fits);
    let map = find_group(&figure.scene.items, "map").unwrap().clip.unwrap();
    let share = map.height() / figure.scene.size.height;
    assert!(share > 0.6, "the map has {share} of the height");
    let texts: Vec<String> = texts(&figure.scene).into_iter().map(|t| t.words).collect();
    for wanted in ["Iraq", "Syria", "2020", "2021", "2022", "1–2", "5", "10"] {
        assert!(texts.iter().any(|t| t == wanted), "no {wanted} in {texts:?}");
    }
}

#[test]
fn no_type_is_smaller_than_six_points_on_paper() {
    let studio = Studio::new(record());
    let view = studio.january();
    for (width, height) in [(241.0, 340.0), (300.0, 300.0), (482.0, 340.0), (650.0, 500.0)] {
        let figure = studio.figure(&view, width, height, true);
        let least = texts(&figure.scene).iter().map(|t| t.size_pt).fold(f32::INFINITY, f32::min);
        assert!(least * figure.scale >= 6.0, "{width}: {} pt", least * figure.scale);
    }
}

/// What a figure that is too low is told is true: a millimetre less does not do.
#[test]
fn the_least_height_of_a_figure_is_enough_and_no_more_than_that() {
    let studio = Studio::new(record());
    let view = View::of_all(&studio.dataset);
    let selection = select(&studio.dataset, &view);
    let input = MapInput { still: true, ..studio.input(&view, &selection) };
    let millimetre = 72.0 / 25.4;
    for width in [170.0, 241.0, 482.0, 900.0] {
        let spec = FigureSpec::new(FigureSize::of_points(width, 100.0).unwrap());
        let theme = Theme::of(view.theme);
        let least = least_height(&mut Shaper::new(), theme, &input, &spec).unwrap();
        assert!(studio.figure(&view, width, least, true).fits, "{width} by {least}");
        assert!(!studio.figure(&view, width, least - millimetre, true).fits, "{width} by {least}");
    }
}

/// Trap: a scale bar through the line below it, or a note on a number, where the map is small.
#[test]
fn what_stands_at_the_edges_of_a_map_covers_no_glyph_and_nothing_else_there() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    let view = View::of_all(&studio.dataset);
    for (width, height) in [(241.0, 397.0), (482.0, 280.0), (750.0, 525.0), (1440.0, 810.0)] {
        let figure = studio.figure(&view, width, height, true);
        assert!(figure.fits, "{width} by {height}");
        let at_edge = |words: &str| {
            let parts = [" km at ", "not named", "place not known", "in several governorates: "];
            parts.iter().any(|part| words.contains(part)) || words.starts_with("Map: ")
        };
        let placed: Vec<_> =
            texts(&figure.scene).into_iter().filter(|t| at_edge(&t.words)).collect();
        assert!(placed.len() >= 4, "{width} by {height}: {}", placed.len());
        for (i, text) in placed.iter().enumerate() {
            for other in &placed[..i] {
                let apart = !text.place.overlaps(&other.place);
                assert!(apart, "{width} by {height}: {} on {}", text.words, other.words);
            }
            for site in figure.sites.iter().filter(|s| s.is_on_ground()) {
                let beyond = |axis: usize| {
                    let (at, Rect { min, max }) = (site.center[axis], text.place);
                    (min[axis] - at).max(at - max[axis]).max(0.0)
                };
                let distance = beyond(0).hypot(beyond(1));
                assert!(distance >= site.radius, "{width} by {height}: {} on a glyph", text.words);
            }
        }
    }
}

/// The window may be too small for its legend, or for it with the scale; then it covers nothing.
#[test]
fn a_map_too_small_for_its_legend_says_so() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    let view = View::of_all(&studio.dataset);
    let selection = select(&studio.dataset, &view);
    let input = studio.input(&view, &selection);
    let said = |width: f32, height: f32| {
        let rect = Rect::from_min_size([0.0, 0.0], width, height);
        let frame = MapFrame { rect, camera: map::camera_for(&input, width, height) };
        let furniture =
            MapFurniture { credits: Some("Map: somebody"), legend: true, notes: true, date: None };
        let theme = Theme::of(view.theme);
        let map = map::map(&mut Shaper::new(), theme, &input, &frame, &furniture);
        let size = Size { width, height };
        let scene = Scene { size, background: theme.paper, items: map.items };
        texts(&scene).into_iter().map(|t| t.words).collect::<Vec<_>>().join("; ")
    };
    let [large, small] = [said(1200.0, 700.0), said(620.0, 375.0)];
    let [legend, missing] = ["Number of attacks at a site", "o room for the legend"];
    assert!(large.contains(legend) && !large.contains(missing), "{large}");
    assert!(!small.contains("Within a radius") && small.contains(missing), "{small}");
}

/// Trap: a bar of several days that stands across the edge of the window.
#[test]
fn no_bar_of_the_strip_stands_across_an_edge_of_the_window() {
    let studio = Studio::new(record());
    for width in [150.0, 326.0, 583.0, 1400.0] {
        for (from, to) in [("2022-01-03", "2022-01-06"), ("2022-01-04", "2022-01-04")] {
            let view = studio.view(from, to);
            let axis = DaySpan::parse("2022-01").unwrap();
            let rect = Rect::from_min_size([0.0, 0.0], width, 80.0);
            let layout = StripLayout::new(axis, rect);
            let mut items = Vec::new();
            let theme = Theme::of(view.theme);
            let (shaper, used) = (&mut Shaper::new(), StripUse::Looked);
            let selection = &select(&studio.dataset, &view);
            let input = StripInput { dataset: &studio.dataset, view: &view, selection };
            strip(shaper, theme, input, &layout, used, &mut items);
            let edges = [layout.x(view.window.first()), layout.x(view.window.end())];
            let bars: Vec<[f32; 2]> = items.iter().flat_map(|i| class_bars(i, theme)).collect();
            let inside = bars.iter().filter(|[a, b]| *a >= edges[0] - 0.01 && *b <= edges[1]);
            assert!(inside.count() > 0, "{from} at {width}: no bar in the window");
            for [a, b] in bars {
                for edge in edges {
                    assert!(b < edge + 0.01 || a > edge - 0.01, "{from} at {width}: {a} to {b}");
                }
            }
        }
    }
}

/// From where to where the bars of an item stand that has the colour of a class.
fn class_bars(item: &Item, theme: &Theme) -> Vec<[f32; 2]> {
    let Item::Path(path) = item else { return Vec::new() };
    let class = Direction::ALL.iter().any(|d| path.fill == Some(theme.class(*d)));
    let contours = path.geometry.contours().iter().filter(|_| class);
    contours
        .map(|c| {
            let xs = c.points.iter().map(|p| p[0]);
            [xs.clone().fold(f32::INFINITY, f32::min), xs.fold(f32::NEG_INFINITY, f32::max)]
        })
        .collect()
}

/// The dates below a strip are as many as have room: none meets the next, and no stretch is left without one.
#[test]
fn the_dates_of_the_axis_are_near_each_other_at_every_width() {
    let studio = Studio::new(record());
    let months = DaySpan::parse("2019-10").unwrap().join(DaySpan::parse("2022-12").unwrap());
    let weeks = DaySpan::parse("2021-11").unwrap().join(DaySpan::parse("2022-01").unwrap());
    for (axis, least, most) in [(months, [6, 13, 38], 40.0), (weeks, [5, 6, 12], 145.0)] {
        for (width, least) in [326.0, 583.0, 1400.0].into_iter().zip(least) {
            let layout = StripLayout::new(axis, Rect::from_min_size([0.0, 0.0], width, 80.0));
            let mut items = Vec::new();
            strip_axis::axis(
                &mut Shaper::new(),
                Theme::of(studio.january().theme),
                &layout,
                &mut items,
            );
            let mut places: Vec<[f32; 2]> = items
                .iter()
                .filter_map(|item| if let Item::Text(text) = item { Some(text) } else { None })
                .map(|text| [text.origin[0], text.origin[0] + text.shaped.width()])
                .collect();
            places.sort_by(|a, b| a[0].total_cmp(&b[0]));
            assert!(places.len() >= least, "{width}: {} dates", places.len());
            let starts = [0.0].into_iter().chain(places.iter().map(|p| p[1]));
            for ([from, to], before) in places.iter().zip(starts) {
                assert!(from >= &before, "{width}: dates meet at {from}");
                assert!(from - before < most, "{width}: nothing from {before} to {from}, {to}");
            }
            assert!(width - places[places.len() - 1][1] < 145.0, "{width}: nothing at the end");
        }
    }
}

/// Trap: a legend that grows and shrinks with the classes of each day while time plays.
#[test]
fn the_legend_of_the_window_keeps_its_lines_whatever_the_days() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    let keys = |view: &View, still: bool| {
        let selection = select(&studio.dataset, view);
        let input = MapInput { still, ..studio.input(view, &selection) };
        let rect = Rect::from_min_size([0.0, 0.0], 1200.0, 800.0);
        let frame = MapFrame { rect, camera: map::camera_for(&input, 1200.0, 800.0) };
        let furniture = MapFurniture { credits: None, legend: true, notes: true, date: None };
        let theme = Theme::of(view.theme);
        let map = map::map(&mut Shaper::new(), theme, &input, &frame, &furniture);
        let Some(Item::Group(over)) = map.items.last() else { panic!("no furniture") };
        let is_key = |item: &&Item| matches!(item, Item::Group(g) if g.id == "legend-key");
        over.items.iter().filter(is_key).count()
    };
    let mut view = View::of_all(&studio.dataset);
    for rule in [Rule::Attacks, Rule::Everything] {
        view.rule = rule;
        view.window = studio.dataset.extent().unwrap();
        let (ever, whole) = (keys(&view, false), keys(&view, true));
        assert!(ever >= whole && ever > 6, "{ever} and {whole}");
        for days in ["2019-10", "2020-01-08", "2020-03-11", "2022-01", "2022-09-28"] {
            view.window = DaySpan::parse(days).unwrap();
            assert_eq!(keys(&view, false), ever, "{rule:?} {days}");
            assert!(keys(&view, true) < ever, "a still picture explains what is not on it");
        }
    }
}
