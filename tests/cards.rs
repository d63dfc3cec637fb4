//! The cards beside the map: what they count and list, and how they order it.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use sitrep_atlas::analysis::{PlaceClass, View, place};
use sitrep_atlas::data;
use support::window::{CTRL, Window};

#[test]
fn a_click_on_any_glyph_or_note_opens_a_card_with_its_number() {
    let record = data::load(None).unwrap().dataset;
    let view = View::of_all(&record);
    let mut w = Window::open_the_record(1280.0, 800.0);
    w.presses(Key::A);
    w.presses(Key::F);
    let map = w.harness.get_by_label("Map of the events").rect();
    let scene = Window::drawn(&record, &view, map);
    let mut classes = std::collections::BTreeSet::new();
    let mut clicked = Vec::new();
    for (i, glyph) in scene.sites.iter().enumerate() {
        // What is covered, or shares a note, is another's click.
        let on_top = scene.drawn_at(glyph.center).unwrap();
        if glyph != on_top || clicked.contains(&glyph.places) {
            continue;
        }
        let beside = scene.sites.iter().filter(|s| s.note.is_some() && s.note == glyph.note);
        let counts = if glyph.note.is_some() {
            beside.map(|s| s.count.both()).collect()
        } else {
            vec![glyph.count.both()]
        };
        let number = counts.iter().fold([0, 0], |a, b| [a[0] + b[0], a[1] + b[1]]);
        w.clicks_at(Window::middle(glyph, map));
        let said = place::events(view.rule, number);
        let card = w.says(&format!("{said} in the window"));
        let dossier = w.says(&format!("{said} (11 October 2019"));
        assert!(card || dossier, "glyph {i} of {:?}: no card says {said}", glyph.members);
        classes.insert(glyph.class);
        clicked.push(glyph.places.clone());
        w.presses(Key::Escape);
    }
    let vague = [PlaceClass::Governorate, PlaceClass::Governorates, PlaceClass::Country];
    assert!(vague.iter().all(|c| classes.contains(c)), "{classes:?}");
    assert!(clicked.len() > 20, "{} clicked", clicked.len());
}

#[test]
fn a_site_lists_the_events_of_the_window_before_the_others() {
    let mut w = Window::open(1280.0, 3000.0);
    w.clicks("Ain al-Asad Air Base, 2022-01-05");
    w.clicks("Ain al-Asad Air Base");
    let top = |words: &str| w.find(words).unwrap().rect().top();
    let (inside, beyond) = (top("In the window: "), top("Other events of the record: "));
    let rows = |from: f32, to: f32| {
        let row = |year: &str| {
            let tops = w.harness.query_all_by_label_contains(year).map(|n| n.rect().top());
            tops.filter(|y| from < *y && *y < to).count()
        };
        [row("Ain al-Asad Air Base, 2022-01-0"), row("Ain al-Asad Air Base, 202")]
    };
    let [of_window, all] = rows(inside, beyond);
    assert!(of_window > 0 && of_window == all, "{of_window} of {all}");
    let [of_window, all] = rows(beyond, f32::INFINITY);
    assert!(of_window == 0 && all > 0, "{of_window} of {all}");
    w.sees("2020: 1, 2021: ");
}

#[test]
fn a_search_that_nothing_matches_says_so_and_a_button_clears_it() {
    let mut w = Window::open(1280.0, 800.0);
    w.presses_with(CTRL, Key::F);
    w.types("Search", "xylophone");
    w.sees("The search leaves no attacks in the whole record");
    assert!(w.find("Move the window").is_none(), "other days would show nothing either");
    w.clicks("Clear the search");
    w.sees("9 attacks");
}
