//! The parts of a figure: what is left out is not there, what always stays does, and what is added covers nothing.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use sitrep_atlas::analysis::{
    Callout, CalloutAt, FigurePart, FigureSize, FigureSpec, LabelDensity, PlaceClass, Rule,
    ThemeName, View, select,
};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Code as _, Direction};
use sitrep_atlas::scene::figure::{credit_line, height_for_inset, subtitle};
use sitrep_atlas::scene::map::DrawnSite;
use sitrep_atlas::scene::text::Shaper;
use sitrep_atlas::scene::theme::Theme;
use sitrep_atlas::scene::{Group, Item, Rect, Scene};
use support::studio::{Studio, fill, find_group, record, scene_rect, texts, words};

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
        group.items.iter().filter(|i| matches!(i, Item::Text(_))).count()
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

fn rows(studio: &Studio, view: &View, size: &str) -> (Vec<String>, usize) {
    let figure = studio.figure_of(view, &spec(size).with(FigurePart::Table, true));
    let Some(table) = find_group(&figure.scene.items, "table") else { return (Vec::new(), 0) };
    let marks = table.items.iter().filter(|i| matches!(i, Item::Circle(_))).count();
    let words = table.items.iter().filter_map(|item| match item {
        Item::Text(text) => Some(text.shaped.text().to_owned()),
        _ => None,
    });
    (words.collect(), marks)
}

/// As many rows as have room, and how many more there are: together they are what is shown.
#[test]
fn a_table_and_what_it_leaves_to_the_csv_are_the_events_shown() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    for (view, sizes) in [
        (studio.january(), &["1920x1080", "210mmx297mm"][..]),
        (whole(&studio), &["1920x1080", "210mmx297mm", "1080x1920"]),
    ] {
        let shown = select(&studio.dataset, &view).len();
        for size in sizes {
            let (words, rows) = rows(&studio, &view, size);
            let more = words.iter().find_map(|w| w.strip_prefix("and ")?.split(' ').next());
            let more: usize = more.map_or(0, |n| n.replace(',', "").parse().unwrap());
            assert!(rows >= 3 && rows + more == shown, "{size}: {rows} and {more} of {shown}");
        }
    }
}

#[test]
fn a_table_stands_inside_the_sheet_and_an_empty_window_has_none() {
    let studio = Studio::new(record());
    for size in SIZES {
        let spec = spec(size).with(FigurePart::Table, true);
        let figure = studio.figure_of(&studio.january(), &spec);
        let sheet = scene_rect(&figure.scene).grown(0.5);
        for text in texts(&figure.scene) {
            assert!(text.clip.is_some() || sheet.encloses(&text.place), "{size}: {}", text.words);
        }
        let empty = studio.figure_of(&studio.view("2021-12-30", "2021-12-30"), &spec);
        assert!(find_group(&empty.scene.items, "table").is_none(), "{size}");
    }
}

fn box_of(group: &Group) -> Rect {
    let plate = group.items.iter().filter_map(fill).map(|(_, place)| place).next();
    plate.unwrap()
}

fn apart(place: &Rect, site: &DrawnSite) -> f32 {
    let [x, y] = site.center;
    let (near_x, near_y) =
        (x.clamp(place.min[0], place.max[0]), y.clamp(place.min[1], place.max[1]));
    (near_x - x).hypot(near_y - y) - site.radius
}

fn groups<'a>(items: &'a [Item], id: &str, found: &mut Vec<&'a Group>) {
    for item in items {
        if let Item::Group(group) = item {
            if group.id == id {
                found.push(group);
            }
            groups(&group.items, id, found);
        }
    }
}

/// In every theme and size a callout is on the map, clear of every glyph and of the others, or told in the notes.
#[test]
fn callouts_cover_nothing_and_none_is_dropped() {
    let studio = Studio::new(record());
    let view = studio.january();
    let selection = select(&studio.dataset, &view);
    let callouts: Vec<Callout> = selection
        .iter()
        .map(|shown| {
            let id = studio.dataset.event(shown.event).held().id.clone();
            Callout { at: CalloutAt::Event(id), text: None }
        })
        .collect();
    assert!(callouts.len() > 5);
    for theme in ThemeName::ALL {
        let view = View { theme, ..view.clone() };
        for size in SIZES {
            let spec = FigureSpec { callouts: callouts.clone(), ..spec(size) };
            let figure = studio.figure_of(&view, &spec);
            let mut drawn = Vec::new();
            groups(&figure.scene.items, "callout", &mut drawn);
            let told = words(&figure.scene).matches("for want of room on the map").count();
            assert!(drawn.len() + told >= callouts.len(), "{size}: {} and {told}", drawn.len());
            let plates: Vec<Rect> = drawn.into_iter().map(box_of).collect();
            for (n, plate) in plates.iter().enumerate() {
                assert!(figure.map.rect.encloses(plate), "{size}");
                assert!(plates[..n].iter().all(|other| !other.overlaps(plate)), "{size}");
                for site in figure.sites.iter().filter(|s| s.is_on_ground()) {
                    assert!(apart(plate, site) > 0.0, "{size}: {plate:?} {:?}", site.center);
                }
            }
        }
    }
}

#[test]
fn a_callout_of_an_event_that_is_not_shown_is_told_in_the_notes() {
    let studio = Studio::new(record());
    let view = studio.view("2022-01-06", "2022-01-06");
    let all = studio.january();
    let selection = select(&studio.dataset, &all);
    let now = select(&studio.dataset, &view);
    let other = selection.iter().find(|s| now.shown_event(s.event).is_none()).unwrap();
    let at = CalloutAt::Event(studio.dataset.event(other.event).held().id.clone());
    let callouts = vec![Callout { at, text: Some("Words".into()) }];
    let figure = studio.figure_of(&view, &FigureSpec { callouts, ..spec("1920x1080") });
    assert!(words(&figure.scene).contains("Not shown in these days: event "));
}

fn lines_of(items: &[Item], found: &mut Vec<[f32; 2]>) {
    for item in items {
        match item {
            Item::Path(path) => {
                let contours = path.geometry.contours().iter();
                found.extend(contours.flat_map(|contour| contour.points.iter().copied()));
            }
            Item::Group(group) => lines_of(&group.items, found),
            _ => {}
        }
    }
}

/// Where sites share glyphs the inset tells more of them apart, in every size and theme; it covers no glyph, on the map or
/// beside it, and cuts none that it is for.
#[test]
fn an_inset_tells_more_sites_apart_and_covers_no_glyph() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    let sizes = ["85mmx200mm", "170mmx120mm", "210mmx297mm", "297mmx210mm"];
    let sizes = sizes.into_iter().chain(["1080x1080", "1080x1920", "1920x1080"]);
    let (mut on_map, mut off_map) = (0, 0);
    for (size, theme) in sizes.zip(ThemeName::ALL.into_iter().cycle()) {
        let days = [whole(&studio), studio.view("2020-01-01", "2020-01-31")];
        for view in days.map(|view| View { theme, ..view }) {
            let figure = studio.figure_of(&view, &spec(size).with(FigurePart::Inset, true));
            let inset = figure.inset.as_ref().unwrap();
            let sheet = scene_rect(&figure.scene);
            assert!(sheet.encloses(&inset.place), "{size}: {:?}", inset.place);
            if figure.map.rect.encloses(&inset.place) {
                on_map += 1;
            } else {
                off_map += 1;
                assert!(!figure.map.rect.overlaps(&inset.place), "{size}");
                for text in texts(&figure.scene).iter().filter(|text| text.clip.is_none()) {
                    let is_title = text.words.contains("Baghdad and surroundings");
                    let apart = is_title || !text.place.overlaps(&inset.place);
                    assert!(apart, "{size}: {}", text.words);
                }
            }
            let ground = || figure.sites.iter().filter(|s| s.is_on_ground());
            for site in ground() {
                assert!(apart(&inset.place, site) > 0.0, "{size}: {:?}", site.center);
            }
            let before = ground().filter(|s| inset.shows.contains(s.center)).count();
            assert!(inset.sites.len() > before, "{size}: {} and {before}", inset.sites.len());
        }
    }
    assert!(on_map > 2 && off_map > 2, "{on_map} and {off_map}");
}

fn count_of(items: &[Item]) -> usize {
    let inside = |item: &Item| match item {
        Item::Group(group) => count_of(&group.items),
        _ => 1,
    };
    items.iter().map(inside).sum()
}

/// A pattern costs little: most glyphs are of the class that is plain.
#[test]
fn without_colours_classes_have_patterns_on_map_legend_and_strip_at_a_small_cost() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    let view = View { rule: Rule::Everything, ..whole(&studio) };
    let spec = spec("1920x1080").with(FigurePart::Table, true);
    let of = |theme| studio.figure_of(&View { theme, ..view.clone() }, &spec).scene;
    let [plain, patterned] = [ThemeName::Print, ThemeName::Greyscale].map(of);
    for id in ["map", "time-strip", "table"] {
        let [plain, patterned] = [&plain, &patterned]
            .map(|scene| count_of(&find_group(&scene.items, id).unwrap().items));
        assert!(patterned > plain + 4, "{id}: {patterned} and {plain}");
        assert!(patterned * 10 < plain * 13, "{id}: {patterned} and {plain}");
    }
}

#[test]
fn the_frame_of_an_inset_is_drawn_over_glyphs_and_crosses_no_number() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    let figure =
        studio.figure_of(&whole(&studio), &spec("210mmx297mm").with(FigurePart::Inset, true));
    let map = find_group(&figure.scene.items, "map").unwrap();
    let at = |id: &str| {
        let is_it = |item: &Item| matches!(item, Item::Group(group) if group.id == id);
        map.items.iter().position(is_it).unwrap()
    };
    assert!(at("sites") < at("inset-frame") && at("inset-frame") < at("site-names"));
    let mut points = Vec::new();
    lines_of(&find_group(&figure.scene.items, "inset-frame").unwrap().items, &mut points);
    assert!(points.len() >= 8);
    let round = |s: &&DrawnSite| s.is_on_ground() && s.class != PlaceClass::Governorate;
    for site in figure.sites.iter().filter(round) {
        let near =
            |[x, y]: &[f32; 2]| (site.center[0] - x).hypot(site.center[1] - y) < site.radius * 0.5;
        assert!(!points.iter().any(near), "{:?}", site.center);
    }
}

/// As high as it needs to be, so that neither the inset nor the time strip is dropped.
#[test]
fn a_column_grows_until_its_inset_has_room() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    let view = studio.view("2020-01-01", "2020-01-31");
    let selection = select(&studio.dataset, &view);
    let input = studio.input(&view, &selection);
    let theme = Theme::of(view.theme);
    let asked = spec("85mmx140mm").with(FigurePart::Inset, true);
    let height = height_for_inset(&mut Shaper::new(), theme, &input, &asked).unwrap();
    assert!(height > asked.size.points()[1], "{height}");
    let mm = (height / 72.0 * 25.4).ceil();
    let size = FigureSize::parse(&format!("85mmx{mm}mm"), 96.0).unwrap();
    let figure = studio.figure_of(&view, &FigureSpec { size, ..asked.clone() });
    assert!(figure.inset.is_some() && figure.strip.is_some());
    let without = asked.with(FigurePart::Inset, false);
    assert_eq!(height_for_inset(&mut Shaper::new(), theme, &input, &without), None);
}

#[test]
fn a_sheet_that_has_no_room_for_an_inset_says_so() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    let figure =
        studio.figure_of(&whole(&studio), &spec("85mmx125mm").with(FigurePart::Inset, true));
    assert!(figure.inset.is_none());
    assert!(words(&figure.scene).contains("no room for an inset"));
}

#[test]
fn the_countries_of_the_record_are_named_before_their_neighbours() {
    let studio = Studio::new(sitrep_atlas::data::load(None).unwrap().dataset);
    for size in ["1920x1080", "85mmx140mm", "170mmx120mm", "210mmx297mm", "1080x1080", "1080x1920"]
    {
        for (from, to) in [
            ("2022-01-01", "2022-01-31"),
            ("2019-10-11", "2022-12-25"),
            ("2022-01-03", "2022-01-06"),
        ] {
            let spec = FigureSpec::new(FigureSize::parse(size, 144.0).unwrap())
                .with(FigurePart::Table, true);
            let figure = studio.figure_of(&studio.view(from, to), &spec);
            let names = find_group(&figure.scene.items, "place-names").unwrap();
            let scene = Scene { items: names.items.clone(), ..figure.scene.clone() };
            let named: Vec<String> = texts(&scene).into_iter().map(|text| text.words).collect();
            let is_named = |name: &str| named.iter().any(|words| words == name);
            let about = is_named("Iraq") && is_named("Syria");
            let around = ["Iran", "Jordan", "Turkey", "Saudi Arabia", "Israel", "Kuwait"];
            assert!(about || !around.iter().any(|n| is_named(n)), "{size} {from}: {named:#?}");
            // The discs of the whole record may leave no ground of a country.
            assert!(about || from == "2019-10-11", "{size} {from}: {named:#?}");
        }
    }
}
