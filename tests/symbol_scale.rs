//! The scale of glyphs is that of the record and the length of the window, and of nothing else.

use sitrep_atlas::analysis::{Record, View};
use sitrep_atlas::data;
use sitrep_atlas::domain::DaySpan;
use sitrep_atlas::scene::symbol_scale::SymbolScale;

#[test]
fn the_embedded_record_has_the_largest_scale_whatever_its_window() {
    let record = data::load(None).unwrap().dataset;
    for view in [View::of_all(&record), View::opening(&record)] {
        assert_eq!(SymbolScale::of(&record, &view), SymbolScale::LARGEST);
    }
}

#[test]
fn a_large_record_has_a_smaller_scale_that_only_the_length_of_the_window_changes() {
    let small = data::load(None).unwrap().dataset;
    let mut dataset = (*small).clone();
    dataset.events = (0..300).flat_map(|_| dataset.events.clone()).collect();
    dataset.events.sort_by_key(|e| e.date.span.first());
    dataset.reports.clear();
    let record = Record::new(dataset);
    let whole = View::of_all(&record);
    let last = whole.window.last();
    let mut month = whole.clone();
    month.window = DaySpan::between(last.plus(-29), last);
    let mut moved = month.clone();
    moved.window = DaySpan::between(last.plus(-89), last.plus(-60));
    let radius = |view: &View, count| SymbolScale::of(&record, view).radius(count);
    assert_eq!(SymbolScale::of(&record, &moved), SymbolScale::of(&record, &month));
    assert!(radius(&whole, 70_000) < radius(&month, 70_000));
    assert!(radius(&month, 70_000) < SymbolScale::LARGEST.radius(70_000));
    for count in [7, 70, 700, 7_000] {
        assert!(radius(&whole, count) <= radius(&month, count));
    }
}
