//! Names on maps: every site drawn has one, or the map says how many have none.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use sitrep_atlas::analysis::{
    FigurePart, FigureSize, FigureSpec, Mode, Record, Rule, View, select,
};
use sitrep_atlas::data;
use sitrep_atlas::domain::DaySpan;
use sitrep_atlas::scene::basemap::BasemapLayers;
use sitrep_atlas::scene::figure::figure;
use sitrep_atlas::scene::map::MapInput;
use sitrep_atlas::scene::text::Shaper;
use sitrep_atlas::scene::theme::Theme;
use sitrep_atlas::scene::{Group, Item, Scene};
use support::Package;

/// Figures of one record.
struct Studio {
    dataset: Record,
    basemap: BasemapLayers,
}

impl Studio {
    fn new(folder: Option<&std::path::Path>) -> Self {
        let dataset = data::load(folder).unwrap().dataset;
        Self { dataset, basemap: BasemapLayers::new(data::basemap::load().unwrap()) }
    }

    fn view(&self, window: &str) -> View {
        let mut view = View::of_all(&self.dataset);
        view.window = DaySpan::parse(window).unwrap();
        view
    }

    fn figure(&self, view: &View, width: f32, height: f32) -> Scene {
        let selection = select(&self.dataset, view);
        let input = MapInput {
            dataset: &self.dataset,
            basemap: &self.basemap,
            view,
            selection: &selection,
            still: true,
        };
        let spec = FigureSpec::new(FigureSize::of_points(width, height).unwrap())
            .with(FigurePart::Strip, false);
        figure(&mut Shaper::new(), Theme::of(view.theme), &input, &spec).scene
    }
}

/// Every disc has its name, or is counted among those that have none.
#[test]
fn a_map_names_its_sites_or_says_how_many_it_does_not() {
    let mut package = Package::new();
    for n in 0..60 {
        let (lon, lat) = (44.1 + f64::from(n % 8) * 0.09, 33.0 + f64::from(n / 8) * 0.08);
        let site = format!("camp-{n},Camp {n:02},,,base,IQ,Baghdad,{lat:.3},{lon:.3},site");
        package = package.row("sites", &site);
        let id = format!("e{n}");
        package = package.attack(&id, "2022-02-12", "2022-02-12", "day", &format!("camp-{n}"));
    }
    let studio = Studio::new(Some(package.path()));
    let view = studio.view("2022-02");
    for (width, height) in [(1440.0, 810.0), (620.0, 430.0), (344.0, 420.0)] {
        let scene = studio.figure(&view, width, height);
        let sites = find_group(&scene.items, "sites").unwrap();
        let drawn = sites.items.iter().filter(|i| matches!(i, Item::Group(_))).count();
        let named = texts(&find_group(&scene.items, "site-names").unwrap().items).len();
        let missing = drawn - named;
        assert!(drawn == 60 && named > 0 && missing > 0, "{width}: {missing} of {drawn}");
        let note = format!("{missing} sites not named");
        let words = texts(&scene.items);
        assert!(words.contains(&note), "no \"{note}\" in {words:?}");
    }
}

#[test]
fn baghdad_is_named_on_every_map_that_shows_it() {
    let studio = Studio::new(None);
    for rule in [Rule::Attacks, Rule::Everything] {
        for mode in [Mode::Window, Mode::SinceStart] {
            let mut view = studio.view("2022-01");
            (view.rule, view.mode) = (rule, mode);
            for (width, height) in [(1440.0, 810.0), (900.0, 600.0), (482.0, 340.0), (344.0, 430.0)]
            {
                let scene = studio.figure(&view, width, height);
                let named = texts(&scene.items).iter().filter(|t| *t == "Baghdad").count();
                assert_eq!(named, 1, "{rule:?} {mode:?} at {width} by {height}");
            }
        }
    }
}

/// The words of all texts.
fn texts(items: &[Item]) -> Vec<String> {
    let mut words = Vec::new();
    for item in items {
        match item {
            Item::Text(text) => words.push(text.shaped.text().to_owned()),
            Item::Group(group) => words.extend(texts(&group.items)),
            Item::Path(_) | Item::Circle(_) => {}
        }
    }
    words
}

fn find_group<'a>(items: &'a [Item], id: &str) -> Option<&'a Group> {
    items.iter().find_map(|item| match item {
        Item::Group(group) if group.id == id => Some(group),
        Item::Group(group) => find_group(&group.items, id),
        _ => None,
    })
}
