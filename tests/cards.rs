//! The cards beside the map: what they count and list, and how they order it.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use sitrep_atlas::analysis::{PlaceClass, View, place};
use sitrep_atlas::data;
use support::window::Window;

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
