//! Lists of which only a part is asked for: each part is what a walk over the whole list finds there.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::ops::Range;

use sitrep_atlas::analysis::event_order::EventOrder;
use sitrep_atlas::analysis::event_table::{Column, Sort, sort};
use sitrep_atlas::analysis::parted::Parted;
use sitrep_atlas::analysis::place::counted_at;
use sitrep_atlas::analysis::{
    Facet, Filter, Mode, Place, Record, Rule, Selection, Shown, View, facet_counts, select,
};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Code as _, DaySpan, EventIndex};
use support::Package;

/// Events of two sites, known to the day, to several days or not at all, many of them on each day.
fn crowded() -> Record {
    let mut package = Package::new();
    for n in 0..240_u32 {
        let first = DaySpan::parse("2021-01-01").unwrap().first().plus((n * 7 % 23).cast_signed());
        let (days, precision) = [(0, "day"), (0, "day"), (3, "span"), (9, "unknown"), (1, "span")]
            [(n * 11 % 17 % 5) as usize];
        let site = if n * 13 % 7 < 3 { "north" } else { "south" };
        let [first, last] = [first, first.plus(days)].map(|day| day.to_string());
        package = package.attack(&format!("e{:03}", n * 37 % 240), &first, &last, precision, site);
    }
    let loaded = data::load(Some(package.path())).unwrap();
    assert_eq!(loaded.dataset.events.len(), 240, "{:?}", loaded.problems);
    loaded.dataset
}

/// The selections of some views of a record.
fn check(record: &Record, filters: &[&str], compare: impl Fn(&Selection, &View)) {
    let extent = record.extent().unwrap();
    for filter in filters {
        for mode in Mode::ALL {
            for (from, days) in [(0, 1), (3, 4), (11, 9), (0, extent.days()), (900, 2)] {
                let first = extent.first().plus(from);
                let mut view = View::of_all(record);
                view.filter = Filter::parse(record, filter).unwrap();
                (view.mode, view.rule) = (mode, Rule::Everything);
                view.window = DaySpan::between(first, first.plus(days - 1));
                compare(&select(record, &view), &view);
            }
        }
    }
}

/// Parts of a list of some length, some of them beyond its end.
fn parts(len: usize) -> impl Iterator<Item = Range<usize>> {
    let starts = [0, 1, len / 3, len.saturating_sub(2), len, len + 5];
    starts.into_iter().flat_map(|start| [0, 1, 7, 500].map(|rows| start..start + rows))
}

/// What a part of a whole list holds.
fn part<T: Copy>(whole: &[T], part: Range<usize>) -> Vec<T> {
    whole.iter().skip(part.start).take(part.len()).copied().collect()
}

#[test]
fn any_part_of_what_is_shown_is_that_of_the_whole_list() {
    let record = crowded();
    check(&record, &["", "site=north", "weapon=ied"], |selection, _| {
        let (rows, whole) = (selection.rows(), selection.shown());
        assert_eq!(rows.len(), whole.len());
        let newest: Vec<Shown> = whole.iter().rev().copied().collect();
        for places in parts(whole.len()) {
            assert!(rows.range(places.clone()).eq(part(whole, places.clone())));
            assert!(rows.newest(places.clone()).eq(part(&newest, places)));
        }
        for event in record.event_indices() {
            assert_eq!(rows.place_of(event), whole.iter().position(|s| s.event == event));
        }
    });
}

#[test]
fn the_table_is_sorted_as_if_all_its_rows_were_listed() {
    let record = crowded();
    let by = |column, descending| Sort { column, descending };
    let mut undated = 0;
    for sorts in [
        vec![by(Column::Date, false)],
        vec![by(Column::Date, true)],
        vec![by(Column::Date, true), by(Column::Site, false)],
        vec![by(Column::Site, true), by(Column::Date, false)],
        vec![by(Column::Certainty, true)],
    ] {
        check(&record, &["", "site=north"], |selection, _| {
            let mut whole = selection.shown().to_vec();
            for by in sorts.iter().rev() {
                sort(&record, &mut whole, *by);
            }
            let order = EventOrder::new(&record, selection.rows(), &sorts);
            assert_eq!(order.len(), whole.len());
            for places in parts(whole.len()) {
                assert_eq!(order.get(&record, places.clone()), part(&whole, places), "{sorts:?}");
            }
            for event in record.event_indices() {
                let expected = whole.iter().position(|s| s.event == event);
                assert_eq!(order.place_of(&record, event), expected, "{sorts:?}");
            }
        });
        let is_undated = |e: &EventIndex| record.event(*e).date.precision.code() == "unknown";
        undated += record.event_indices().filter(is_undated).count();
    }
    assert!(undated > 20, "{undated} events without a date");
}

#[test]
fn a_list_is_parted_into_what_is_shown_and_the_rest() {
    let record = crowded();
    check(&record, &["", "date_precision=day,unknown"], |selection, _| {
        for site in record.site_indices() {
            let all = record.events_at(site);
            let counted: Vec<EventIndex> =
                all.iter().copied().filter(|e| selection.counts(*e)).collect();
            let parted = Parted::new(all, &counted, selection.rows());
            let is_shown = |e: &EventIndex| selection.shown_event(*e).is_some();
            let (shown, others): (Vec<EventIndex>, Vec<EventIndex>) =
                all.iter().rev().copied().partition(is_shown);
            assert_eq!([parted.shown(), parted.others()], [shown.len(), others.len()]);
            for places in parts(all.len()) {
                assert_eq!(parted.newest_shown(places.clone()), part(&shown, places.clone()));
                assert_eq!(parted.newest_others(places.clone()), part(&others, places));
            }
        }
    });
}

#[test]
fn the_events_of_some_places_are_those_of_a_walk_over_all() {
    for record in [data::load(None).unwrap().dataset, crowded()] {
        let view = View::of_all(&record);
        let selection = select(&record, &view);
        for step in [1, 2, 5, 40] {
            let numbers: Vec<usize> = (0..record.places().len()).step_by(step).collect();
            let is_here = |e: &EventIndex| {
                let place = Place::of(&record, record.event(*e));
                numbers.iter().any(|n| record.places()[*n] == place)
            };
            let expected: Vec<EventIndex> = selection.counted().filter(is_here).collect();
            assert_eq!(counted_at(&record, &selection, &numbers), expected);
        }
    }
}

#[test]
fn facets_counted_one_by_one_have_the_counts_of_all() {
    let record = crowded();
    check(&record, &["", "site=north text=e", "weapon=ied"], |selection, view| {
        let all = facet_counts(&record, view);
        for facet in Facet::ALL {
            let one = selection.rows().facet_counts(&record, view, &[*facet]);
            assert_eq!((one.len(), &one[facet]), (1, &all[facet]), "{facet:?}");
        }
    });
}
