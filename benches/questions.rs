//! What a change of window, filter or search costs: each must fit many times into a frame.
//!
//! Each is asked of the embedded record (`1`) and of one ten times as large (`10`). Run with `cargo bench`.

#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use sitrep_atlas::analysis::{Filter, Record, Rule, View, facet_counts, select};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Dataset, DaySpan, EventIndex};

const TIMES: [usize; 2] = [1, 10];

static RECORDS: LazyLock<[Record; 2]> = LazyLock::new(|| TIMES.map(|n| Record::new(enlarged(n))));

fn main() {
    divan::main();
}

/// The embedded record with each event and its reports several times.
fn enlarged(times: usize) -> Dataset {
    let record = data::load(None).unwrap().dataset;
    let mut dataset: Dataset = (*record).clone();
    (dataset.events, dataset.reports) = (Vec::new(), Vec::new());
    for index in record.event_indices() {
        for copy in 0..times {
            let place = EventIndex(u32::try_from(dataset.events.len()).unwrap());
            let mut event = record.event(index).clone();
            let mut words = event.held().clone();
            words.id.push_str(&format!("-{copy}"));
            event.words = words.into();
            dataset.events.push(event);
            let reports = record.reports_of(index).iter().cloned();
            dataset.reports.extend(reports.map(|mut r| {
                r.event = place;
                r
            }));
        }
    }
    dataset
}

fn record(times: usize) -> &'static Record {
    &RECORDS[usize::from(times > 1)]
}

/// The whole record under the rule that asks most, held back by several facets.
fn view(times: usize, filter: &str) -> View {
    let record = record(times);
    let mut view = View::of_all(record);
    view.rule = Rule::TwoSources;
    view.filter = Filter::parse(record, filter).unwrap();
    view
}

const FILTER: &str = "country=IQ weapon_family=rocket,drone actor=none,iran-backed-militias status=confirmed,reported";

/// Once, when a record is opened.
#[divan::bench(args = TIMES)]
fn make_ready(bencher: Bencher, times: usize) {
    bencher.with_inputs(|| enlarged(times)).bench_values(Record::new);
}

/// Once, when something is searched for the first time.
#[divan::bench(args = TIMES)]
fn first_search(bencher: Bencher, times: usize) {
    let view = view(times, "text=assad");
    bencher.with_inputs(|| Record::new(enlarged(times))).bench_refs(|record| select(record, &view));
}

#[divan::bench(args = TIMES)]
fn move_the_window(bencher: Bencher, times: usize) {
    let mut view = view(times, FILTER);
    let extent = view.window;
    let mut first = extent.first();
    let mut selection = select(record(times), &view);
    bencher.bench_local(|| {
        first = if first.plus(37) < extent.last() { first.plus(1) } else { extent.first() };
        view.window = DaySpan::between(first, first.plus(30));
        selection.follow(record(times), black_box(&view));
        selection.len()
    });
}

#[divan::bench(args = TIMES)]
fn change_the_filter(bencher: Bencher, times: usize) {
    let view = view(times, FILTER);
    bencher.bench(|| select(record(times), black_box(&view)));
}

#[divan::bench(args = TIMES)]
fn search(bencher: Bencher, times: usize) {
    let view = view(times, "text=\"a assad rocket\"");
    bencher.bench(|| select(record(times), black_box(&view)));
}

#[divan::bench(args = TIMES)]
fn count_all_facets(bencher: Bencher, times: usize) {
    let view = view(times, FILTER);
    bencher.bench(|| facet_counts(record(times), black_box(&view)));
}
