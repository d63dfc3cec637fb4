//! The items of a small figure as text, compared with the copy that was looked at and kept.
//!
//! With `SITREP_BLESS=1` the copy is written anew: read the difference before it is committed, and
//! look at the picture of the same view (`sitrep render`).

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::fmt::Write as _;
use std::path::Path;

use sitrep_atlas::analysis::{FigurePart, FigureSize, FigureSpec, View, select};
use sitrep_atlas::data;
use sitrep_atlas::domain::DaySpan;
use sitrep_atlas::scene::basemap::BasemapLayers;
use sitrep_atlas::scene::figure::figure;
use sitrep_atlas::scene::map::MapInput;
use sitrep_atlas::scene::text::Shaper;
use sitrep_atlas::scene::theme::Theme;
use sitrep_atlas::scene::{Circle, Item, Path as ScenePath, Placement, Scene};
use support::Package;

#[test]
fn a_figure_of_syria_in_january_2022_is_as_it_was_looked_at() {
    check("syria-2022-01.txt", "country=SY", "2022-01", false);
}

#[test]
fn a_figure_of_everything_with_its_time_strip_is_as_it_was_looked_at() {
    check("record.txt", "country=IQ,SY", "2020", true);
}

/// Compares the figure of 600 by 400 points with its copy in `tests/golden`.
fn check(name: &str, filter: &str, window: &str, strip: bool) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let dump = dump(&scene(filter, window, strip));
    if std::env::var_os("SITREP_BLESS").is_some_and(|v| v == "1") {
        std::fs::write(&path, &dump).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let different: Vec<String> = kept
        .lines()
        .zip(dump.lines())
        .enumerate()
        .filter(|(_, (was, is))| was != is)
        .map(|(i, (was, is))| format!("line {}\n  was: {was}\n  is:  {is}", i + 1))
        .collect();
    assert!(
        kept == dump,
        "{name} has changed ({} lines were, {} are). Look at the picture; if it is right, run the \
         test with SITREP_BLESS=1.\n{}",
        kept.lines().count(),
        dump.lines().count(),
        different.join("\n"),
    );
}

fn scene(filter: &str, window: &str, strip: bool) -> Scene {
    let dataset = data::load(Some(Package::founding().path())).unwrap().dataset;
    let mut view = View::of_all(&dataset);
    view.window = DaySpan::parse(window).unwrap();
    view.filter.add(&dataset, filter).unwrap();
    let selection = select(&dataset, &view);
    let basemap = BasemapLayers::new(data::basemap::load().unwrap());
    let input = MapInput {
        dataset: &dataset,
        basemap: &basemap,
        view: &view,
        selection: &selection,
        still: true,
    };
    let height = if strip { 560.0 } else { 400.0 };
    let spec = FigureSpec::new(FigureSize::of_points(600.0, height).unwrap())
        .with(FigurePart::Strip, strip);
    figure(&mut Shaper::new(), Theme::of(view.theme), &input, &spec).scene
}

/// One line for each text, circle and group, and one for each run of paths.
fn dump(scene: &Scene) -> String {
    let mut out = format!("scene {} x {}\n", half(scene.size.width), half(scene.size.height));
    items(&scene.items, Placement::IDENTITY, 1, &mut out);
    out
}

fn items(list: &[Item], outer: Placement, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let mut rest = list;
    while let [first, others @ ..] = rest {
        rest = others;
        match first {
            Item::Group(group) => {
                let clip = group.clip.map_or_else(String::new, |c| {
                    format!(", clipped to {} .. {}", place(c.min), place(c.max))
                });
                writeln!(out, "{indent}group {}{clip}", group.id).unwrap();
                if group.id == "basemap" {
                    // The ground changes with its sources and has tests of its own.
                    writeln!(out, "{indent}  (the ground is not listed)").unwrap();
                } else {
                    items(&group.items, group.placement.then(&outer), depth + 1, out);
                }
            }
            Item::Text(text) => {
                let at = place(outer.apply(text.origin));
                let size = text.shaped.size_pt();
                writeln!(out, "{indent}text {at} {size:.1} pt {:?}", text.shaped.text()).unwrap();
            }
            Item::Circle(Circle { center, radius, fill, stroke }) => {
                let at = place(outer.apply(*center));
                let look = look(fill.is_some(), stroke.is_some_and(|s| s.dash.is_some()));
                writeln!(out, "{indent}circle {at} radius {}{look}", half(*radius)).unwrap();
            }
            Item::Path(path) => {
                let alike = rest.iter().take_while(|i| matches!(i, Item::Path(_))).count();
                rest = &rest[alike..];
                if alike == 0 {
                    writeln!(out, "{indent}path {}", bounds(path, outer)).unwrap();
                } else {
                    writeln!(out, "{indent}paths: {}", alike + 1).unwrap();
                }
            }
        }
    }
}

fn bounds(path: &ScenePath, outer: Placement) -> String {
    let bounds = path.geometry.bounds();
    format!("{} .. {}", place(outer.apply(bounds.min)), place(outer.apply(bounds.max)))
}

fn look(filled: bool, dashed: bool) -> &'static str {
    match (filled, dashed) {
        (true, true) => ", filled, dashed",
        (true, false) => ", filled",
        (false, true) => ", dashed",
        (false, false) => "",
    }
}

fn place([x, y]: [f32; 2]) -> String {
    format!("({}, {})", half(x), half(y))
}

/// Rounded to half a point, so that the last bits of a machine's arithmetic do not show.
fn half(length: f32) -> f32 {
    // Adding zero turns a negative zero into a positive one.
    (length * 2.0).round() / 2.0 + 0.0
}
