//! While time plays, what stays on the map stays where it is: glyphs exactly, names on their side.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeMap;

use sitrep_atlas::analysis::{Mode, View, select};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Day, DaySpan};
use sitrep_atlas::scene::camera::MapFrame;
use sitrep_atlas::scene::counted::{Counted, Prepared};
use sitrep_atlas::scene::map::{MapFurniture, MapScene, camera_for};
use sitrep_atlas::scene::map_layout::MapLayout;
use sitrep_atlas::scene::text::Shaper;
use sitrep_atlas::scene::theme::Theme;
use sitrep_atlas::scene::{Item, Rect};
use support::studio::{Studio, find_group};

/// By words, the middle of each name of a site; what stands twice is left out.
fn names(map: &MapScene) -> BTreeMap<String, [f32; 2]> {
    let mut found: BTreeMap<String, Vec<[f32; 2]>> = BTreeMap::new();
    for item in &find_group(&map.items, "site-names").unwrap().items {
        if let Item::Text(text) = item {
            let place = text.shaped.box_at(text.origin);
            found.entry(text.shaped.text().to_owned()).or_default().push(place.center());
        }
    }
    found.into_iter().filter(|(_, at)| at.len() == 1).map(|(words, at)| (words, at[0])).collect()
}

/// The map of each step while a window of days moves on by one day from a day to another.
fn played(
    studio: &Studio,
    view: &mut View,
    size: [f32; 2],
    days: i32,
    from: &str,
    to: &str,
) -> Vec<MapScene> {
    let theme = Theme::of(view.theme);
    let mut shaper = Shaper::new();
    let (mut day, last) = (Day::parse(from).unwrap(), Day::parse(to).unwrap());
    view.window = DaySpan::between(day.plus(1 - days), day);
    let mut selection = select(&studio.dataset, view);
    let camera = camera_for(&studio.input(view, &selection), size[0], size[1]);
    let frame = MapFrame { rect: Rect::from_min_size([0.0; 2], size[0], size[1]), camera };
    let counted = Counted::of(&studio.input(view, &selection));
    let first = studio.input(view, &selection);
    let mut layout = MapLayout::new(theme, &Prepared { input: first, counted: &counted }, &frame);
    let mut maps = Vec::new();
    while day <= last {
        view.window = DaySpan::between(day.plus(1 - days), day);
        selection.follow(&studio.dataset, view);
        let prepared = Prepared { input: studio.input(view, &selection), counted: &counted };
        let furniture = MapFurniture { credits: Some(""), legend: true, notes: true, date: None };
        maps.push(layout.draw(&mut shaper, theme, &prepared, &furniture));
        day = day.plus(1);
    }
    maps
}

#[test]
fn no_name_of_a_site_jumps_while_time_plays() {
    // A name comes nearer to a glyph that grows smaller, seldom by much.
    const NEARER: f32 = 16.0;
    const MOST: f32 = 40.0;
    let studio = Studio::new(data::load(None).unwrap().dataset);
    let (mut compared, mut moves, mut jumps) = (0, 0, Vec::new());
    for size in [[900.0, 560.0], [620.0, 400.0]] {
        for (mode, days) in [(Mode::Window, 7), (Mode::Window, 30), (Mode::SinceStart, 7)] {
            for (from, to) in [("2021-07-01", "2021-07-31"), ("2021-12-20", "2022-01-20")] {
                let mut view = View::of_all(&studio.dataset);
                view.mode = mode;
                let maps = played(&studio, &mut view, size, days, from, to);
                for (n, pair) in maps.windows(2).enumerate() {
                    let [before, now] = [names(&pair[0]), names(&pair[1])];
                    for (words, at) in &now {
                        let Some(was) = before.get(words) else { continue };
                        compared += 1;
                        let moved = (at[0] - was[0]).hypot(at[1] - was[1]);
                        moves += usize::from(moved > NEARER);
                        if moved > MOST {
                            jumps.push(format!(
                                "{words}: {moved:.0} points, {mode:?} {days} {from} + {n}, {size:?}"
                            ));
                        }
                    }
                }
            }
        }
    }
    assert!(compared > 1_000, "{compared}");
    assert!(moves * 1_000 < compared, "{moves} of {compared}");
    assert!(jumps.is_empty(), "{} of {compared}:\n{}", jumps.len(), jumps.join("\n"));
}
