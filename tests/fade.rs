//! Older events drawn paler: in which bands, how they are said, and when there is nothing to fade.

use sitrep_atlas::analysis::age::{band_words, bands, nothing_to_fade};
use sitrep_atlas::analysis::{Mode, View};
use sitrep_atlas::data;
use sitrep_atlas::domain::DaySpan;

#[test]
fn since_the_start_each_band_ends_a_round_number_of_days_back_whatever_the_window() {
    let record = data::load(None).unwrap().dataset;
    let extent = record.extent().unwrap();
    let said = |days: i32| {
        let window = DaySpan::between(extent.last().plus(1 - days), extent.last());
        let mode = Mode::SinceStart;
        let view = View { mode, window, fade: true, ..View::of_all(&record) };
        assert_eq!(nothing_to_fade(&record, &view), None);
        band_words(&bands(&record, &view))
    };
    let told = ["Last 4 days", "Paler: up to 14 days back", "Paler: up to 60 days back"];
    assert_eq!(said(4)[..3], told);
    let told = ["Last 45 days", "Paler: up to 90 days back", "Paler: up to 365 days back"];
    assert_eq!(said(45)[..3], told);
    // A window over all has nothing before it, and fades all the same.
    let told = ["Last 180 days", "Paler: up to 365 days back", "Palest: earlier"];
    assert_eq!(said(extent.days()), told);
}

#[test]
fn where_nothing_can_fade_it_is_said_why() {
    let record = data::load(None).unwrap().dataset;
    let first = record.extent().unwrap().first();
    let window = DaySpan::between(first, first.plus(99));
    let all = View { window, fade: true, ..View::of_all(&record) };
    let why = |mode| nothing_to_fade(&record, &View { mode, ..all.clone() });
    assert_eq!(why(Mode::Window), None);
    assert!(why(Mode::SinceStart).unwrap().contains("before the window"));
    assert!(why(Mode::Day).unwrap().contains("single day"));
    assert_eq!(nothing_to_fade(&record, &View { fade: false, ..all.clone() }), None);
}
