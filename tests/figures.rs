//! Figures: what every picture must carry, and what must not change between two of them.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use sitrep_atlas::analysis::{Camera, Certainty, Mode, PlaceClass, Rule, ThemeName, View, select};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Code as _, Direction, LonLat};
use sitrep_atlas::scene::figure::{Figure, credit_line, subtitle};
use sitrep_atlas::scene::symbol_scale::SymbolScale;
use sitrep_atlas::scene::theme::Theme;
use sitrep_atlas::scene::{Item, Rect, Rgba};
use support::Package;
use support::studio::{Studio, fill, find_group, record, scene_rect, sites, texts, words};

const THEMES: [ThemeName; 3] = [ThemeName::Light, ThemeName::Dark, ThemeName::Print];

/// Trap: credits that are removed or cut off in exported pictures.
#[test]
fn credits_are_whole_and_inside_every_figure() {
    let studio = Studio::new(record());
    let credits = credit_line(&studio.basemap.data);
    assert!(credits.contains("Natural Earth") && credits.contains("GeoNames"), "{credits}");
    for theme in THEMES {
        for (width, height) in [(1440.0, 810.0), (482.0, 283.0), (595.0, 842.0), (300.0, 225.0)] {
            for strip in [true, false] {
                let mut view = studio.january();
                view.theme = theme;
                let scene = studio.figure(&view, width, height, strip).scene;
                let text = texts(&scene).into_iter().find(|t| t.words.contains(&credits));
                let text = text.unwrap_or_else(|| panic!("no credits at {width} by {height}"));
                let inside = scene_rect(&scene).encloses(&text.place);
                let clipped = text.clip.is_none_or(|c| c.encloses(&text.place));
                assert!(
                    inside && clipped,
                    "{width} by {height}: {:?} in {:?}",
                    text.place,
                    text.clip
                );
            }
        }
    }
}

/// Trap: bars that do not say what they count.
#[test]
fn every_figure_says_what_it_counts_and_in_which_days() {
    let studio = Studio::new(record());
    for rule in Rule::ALL {
        for (mode, days) in [
            (Mode::Window, [", 3 to 6 January 2022 | ", "Window of 4 days; "]),
            (
                Mode::SinceStart,
                [" until 6 January 2022 | ", "Since 3 January 2020, before 3 January 2022 paler; "],
            ),
            (Mode::Day, [", 6 January 2022 | ", "One day; "]),
        ] {
            let mut view = studio.january();
            (view.rule, view.mode) = (rule, mode);
            let words = words(&studio.figure(&view, 800.0, 500.0, true).scene);
            let counted = format!("Counted: {}", rule.label());
            let scale = format!("Number of {} at a site", rule.noun(2));
            let scale =
                if words.to_lowercase().contains("no attacks. ") { "" } else { scale.as_str() };
            for part in [counted.as_str(), scale, days[0], days[1], "Baghdad time"] {
                assert!(words.contains(part), "{rule:?} {mode:?}: no \"{part}\" in {words}");
            }
        }
    }
}

#[test]
fn only_a_figure_with_a_time_strip_speaks_of_its_axis_and_only_one_with_histories_explains_them() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    let view = View::of_all(&studio.dataset);
    for (width, height, wanted, histories) in
        [(750.0, 525.0, true, true), (750.0, 525.0, false, true), (241.0, 397.0, true, false)]
    {
        let figure = studio.figure(&view, width, height, wanted);
        let strip = find_group(&figure.scene.items, "time-strip").is_some();
        let said = words(&figure.scene);
        assert_eq!(said.contains("time axis is underlined"), strip, "{width} by {height}");
        let drawn = find_group(&figure.scene.items, "histories").unwrap();
        assert_eq!(!drawn.items.is_empty(), histories, "{width} by {height}");
        assert_eq!(said.contains("Attacks by month, Oct 2019 to"), histories, "{said}");
    }
}

/// A title of somebody's own does not say the days: then the subtitle does.
#[test]
fn a_figure_with_a_title_of_its_own_says_its_days_below() {
    let studio = Studio::new(record());
    let view = studio.january();
    let selection = select(&studio.dataset, &view);
    let subtitle = subtitle(&studio.input(&view, &selection), false);
    assert!(
        subtitle.starts_with("3 to 6 January 2022, 4 days; 9 attacks at 6 sites."),
        "{subtitle}"
    );
}

#[test]
fn a_figure_says_how_many_events_it_leaves_out_and_why() {
    let studio = Studio::new(record());
    let mut view = studio.january();
    view.filter.add(&studio.dataset, "country=SY").unwrap();
    let words = words(&studio.figure(&view, 800.0, 500.0, true).scene);
    for part in [
        "2 attacks at 2 sites",
        "only country Syria",
        "2 not counted by the rule",
        "1 kept out by the rule and the filter",
        "7 held back",
    ] {
        assert!(words.contains(part), "no \"{part}\" in {words}");
    }
}

#[test]
fn certain_and_possible_are_two_numbers_on_a_figure() {
    let package = Package::new().attack("sure", "2022-02-12", "2022-02-12", "day", "north").attack(
        "vague",
        "2022-02-01",
        "2022-02-28",
        "month",
        "north",
    );
    let studio = Studio::new(data::load(Some(package.path())).unwrap().dataset);
    let view = studio.view("2022-02-10", "2022-02-20");
    let words = words(&studio.figure(&view, 800.0, 500.0, true).scene);
    for part in ["1 attack at 1 site, and 1 more possible", "+1?"] {
        assert!(words.contains(part), "no \"{part}\" in {words}");
    }
}

/// Trap: what is exported is not what was filtered.
#[test]
fn a_figure_draws_only_the_sites_that_the_filter_lets_through() {
    let studio = Studio::new(record());
    let mut view = studio.january();
    let all = sites(&studio.figure(&view, 800.0, 500.0, true).scene);
    assert!(all.contains("site:ain-al-asad") && all.contains("site:green-village"), "{all:?}");
    view.filter.add(&studio.dataset, "country=SY").unwrap();
    let syria = sites(&studio.figure(&view, 800.0, 500.0, true).scene);
    let expected = ["site:deir-ez-zor-province", "site:green-village"];
    assert_eq!(syria, expected.map(str::to_owned).into());
}

/// Trap: undated or past events that stay on in every frame.
#[test]
fn a_day_frame_draws_only_the_sites_of_that_day() {
    let studio = Studio::new(record());
    let mut view = studio.january();
    view.mode = Mode::Day;
    let day = sites(&studio.figure(&view, 800.0, 500.0, true).scene);
    assert_eq!(day, BTreeSet::from(["site:ain-al-asad".to_owned()]));
    let package = Package::new()
        .attack("undated", "", "", "unknown", "south")
        .attack("before", "2022-02-10", "2022-02-10", "day", "south")
        .attack("today", "2022-02-12", "2022-02-12", "day", "north");
    let studio = Studio::new(data::load(Some(package.path())).unwrap().dataset);
    let mut view = studio.view("2022-02-10", "2022-02-12");
    view.mode = Mode::Day;
    let day = sites(&studio.figure(&view, 800.0, 500.0, true).scene);
    assert_eq!(day, BTreeSet::from(["site:north".to_owned()]));
}

/// Trap: a marker that changes size when the map pans, because the scale is relative.
#[test]
fn a_glyph_keeps_its_radius_wherever_the_map_looks_and_whatever_else_is_on_it() {
    let studio = Studio::new(record());
    let view = studio.january();
    let radii = |view: &View| -> BTreeMap<String, f32> {
        let drawn = studio.map(view).sites;
        drawn.iter().map(|s| (studio.dataset.site(s.site).id.clone(), s.radius)).collect()
    };
    let at_home = radii(&view);
    assert!(at_home.len() > 4, "{at_home:?}");
    for (lon, lat, zoom) in [(44.2, 33.3, 6.0), (40.3, 35.1, 9.5), (36.0, 37.0, 4.6)] {
        let mut moved = view.clone();
        moved.camera = Some(Camera { center: LonLat::new(lon, lat).unwrap(), zoom });
        assert_eq!(radii(&moved), at_home);
    }
    for filter in ["site=ain-al-asad", "country=IQ", "weapon_family=rocket,drone,ied,unknown"] {
        let mut fewer = view.clone();
        fewer.filter.add(&studio.dataset, filter).unwrap();
        let fewer = radii(&fewer);
        assert!(!fewer.is_empty());
        for (site, radius) in fewer {
            assert!((radius - at_home[&site]).abs() < 1e-6, "{filter}: {site}");
        }
    }
}

#[test]
fn area_is_proportional_to_the_count_and_one_three_thirty_and_three_hundred_differ() {
    let area = |n: usize| SymbolScale::LARGEST.radius(n).powi(2);
    for (few, many) in [(4_u16, 8_u16), (10, 40), (30, 300)] {
        let grown = area(many.into()) / area(few.into());
        let wanted = f32::from(many) / f32::from(few);
        assert!((grown - wanted).abs() < 0.01, "{few} to {many}: {grown}");
    }
    for (few, many) in [(1, 3), (3, 30), (30, 300)] {
        assert!(
            SymbolScale::LARGEST.radius(many) > SymbolScale::LARGEST.radius(few) * 1.05,
            "{few} and {many}"
        );
    }
}

/// Trap: colours of classes that change between two pictures because a filter was added.
#[test]
fn a_class_keeps_its_colour_whatever_the_filter_the_rule_and_the_window() {
    for name in THEMES {
        let theme = Theme::of(name);
        let colors: BTreeSet<[u8; 4]> = Direction::ALL.iter().map(|d| theme.class(*d).0).collect();
        assert_eq!(colors.len(), Direction::ALL.len(), "{name:?} has two classes of one colour");
        let studio = Studio::new(record());
        for filter in [
            "country=IQ,SY",
            "direction=interception",
            "site=ain-al-asad,green-village",
            "weapon=rocket",
        ] {
            for (from, to) in [
                ("2022-01-03", "2022-01-06"),
                ("2022-01-05", "2022-01-05"),
                ("2020-01-03", "2022-01-06"),
            ] {
                for rule in Rule::ALL {
                    let mut view = studio.view(from, to);
                    view.filter.add(&studio.dataset, filter).unwrap();
                    (view.rule, view.theme) = (rule, name);
                    check_glyph_colors(&studio, &view, theme);
                }
            }
        }
    }
}

/// The fills inside each glyph's disc are exactly the colours of the classes at the site.
fn check_glyph_colors(studio: &Studio, view: &View, theme: &Theme) {
    let selection = select(&studio.dataset, view);
    let map = studio.map(view);
    let drawn: BTreeSet<_> = map.sites.iter().flat_map(|s| s.members.clone()).collect();
    let shown: BTreeSet<_> =
        selection.shown().iter().map(|s| studio.dataset.event(s.event).site).collect();
    assert_eq!(drawn, shown, "{}", view.filter);
    for site in &map.sites {
        let at_site = site.members.iter().flat_map(|s| selection.at(&studio.dataset, *s));
        let mut wanted: BTreeSet<[u8; 4]> = at_site
            .filter(|s| s.certainty == Certainty::Certain)
            .map(|s| theme.class(studio.dataset.event(s.event).direction).0)
            .collect();
        if wanted.is_empty() {
            // Only possible events: hollow.
            wanted.insert(theme.plate.0);
        }
        let id = format!("site:{}", studio.dataset.site(site.site).id);
        let side = 2.0 * site.radius;
        let corner = [site.center[0] - site.radius, site.center[1] - site.radius];
        let disc = Rect::from_min_size(corner, side, side).grown(0.1);
        let group = find_group(&map.items, &id).unwrap();
        let inside =
            group.items.iter().filter_map(fill).filter(|(_, bounds)| disc.encloses(bounds));
        let rims = group.items.iter().filter_map(rim);
        let mut fills: BTreeSet<[u8; 4]> =
            inside.map(|(color, _)| color).chain(rims).map(|color| color.0).collect();
        if site.class != PlaceClass::Spot && wanted.iter().any(|color| *color != theme.plate.0) {
            assert!(fills.remove(&theme.plate.0), "{id} is not hollow under {}", view.filter);
        }
        assert_eq!(fills, wanted, "{id} under {}", view.filter);
    }
}

/// The colour of the broad rim of a ring.
fn rim(item: &Item) -> Option<Rgba> {
    let Item::Circle(circle) = item else { return None };
    circle.stroke.filter(|s| s.width >= 3.0 && s.dash.is_none()).map(|s| s.color)
}

/// Trap: a history that is red whatever the class of its events.
#[test]
fn the_history_of_a_site_has_the_colours_of_its_classes_strong_in_the_window() {
    let studio = Studio::new(record());
    let mut view = studio.january();
    view.filter.add(&studio.dataset, "site=ain-al-asad").unwrap();
    let theme = Theme::of(view.theme);
    let map = studio.map(&view);
    let history = find_group(&map.items, "histories").unwrap();
    let drawn: BTreeSet<[u8; 4]> = history.items.iter().filter_map(fill).map(|f| f.0.0).collect();
    let strike = Direction::IranianStateStrike;
    let now = [Direction::AttackOnCoalition, Direction::Interception];
    for color in now.map(|d| theme.class(d)).iter().chain([&theme.past(strike)]) {
        assert!(drawn.contains(&color.0), "{color:?} is not in {drawn:?}");
    }
    assert!(!drawn.contains(&theme.class(strike).0), "the strike of 2020 is not in the window");
}

/// Trap: markers on top of each other, of which only the upper one can be seen.
#[test]
fn sites_at_one_point_share_a_glyph_from_afar_and_stand_beside_each_other_from_near() {
    let mut package =
        Package::new().row("sites", "twin,Camp North,,,base,IQ,Baghdad,33.3,44.4,site");
    for (n, site) in ["north", "twin", "north", "twin", "twin"].iter().enumerate() {
        package = package.attack(&format!("e{n}"), "2022-02-12", "2022-02-12", "day", site);
    }
    let studio = Studio::new(data::load(Some(package.path())).unwrap().dataset);
    let view = studio.view("2022-02-10", "2022-02-20");
    let afar = studio.map(&view).sites;
    let [both] = afar.as_slice() else { panic!("{afar:?}") };
    assert_eq!((both.members.len(), both.count.certain()), (2, 5));
    let near = View {
        camera: Some(Camera { center: LonLat::new(44.4, 33.3).unwrap(), zoom: 11.0 }),
        ..view
    };
    let near = studio.map(&near).sites;
    let [a, b] = near.as_slice() else { panic!("{near:?}") };
    let apart = (a.center[0] - b.center[0]).hypot(a.center[1] - b.center[1]);
    assert!(apart >= a.radius + b.radius, "{apart}");
}

#[test]
fn the_same_view_gives_the_same_picture() {
    let studio = Studio::new(record());
    let view = studio.january();
    let dump = |f: Figure| format!("{:?}", f.scene);
    let first = dump(studio.figure(&view, 640.0, 400.0, true));
    let again = dump(Studio::new(record()).figure(&view, 640.0, 400.0, true));
    assert!(first == again, "two builds of one view differ");
}
