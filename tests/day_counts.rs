//! Sums by day are what a walk over the events finds.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use sitrep_atlas::analysis::{Certainty, Record, View, bar_counts, select};
use sitrep_atlas::domain::DaySpan;

fn record() -> Record {
    sitrep_atlas::data::load(None).unwrap().dataset
}

#[test]
fn any_run_of_days_is_counted_as_a_walk_over_the_events_counts_it() {
    let record = record();
    let selection = select(&record, &View::of_all(&record));
    let counts = selection.day_counts();
    let extent = record.extent().unwrap();
    for (n, days) in (0..300).zip([1, 2, 5, 30, 365, 900].into_iter().cycle()) {
        let first = extent.first().plus(n * 4 - 20);
        let days = DaySpan::between(first, first.plus(days - 1));
        let spans = selection.counted().map(|e| record.event(e).date.span);
        let [mut certain, mut possible] = [0, 0];
        for span in spans {
            match Certainty::of(span, days) {
                Some(Certainty::Certain) => certain += 1,
                Some(Certainty::Possible) => possible += 1,
                None => {}
            }
        }
        assert_eq!(counts.within(days), [certain, possible], "{days:?}");
    }
    assert_eq!(usize::try_from(counts.total()).unwrap(), selection.counted().count());
}

#[test]
fn bars_are_those_of_a_walk_over_the_events() {
    let record = record();
    let selection = select(&record, &View::of_all(&record));
    let extent = record.extent().unwrap();
    for days in [1, 7, 28] {
        let firsts = (0..).map(|n| extent.first().plus(n * days - 10));
        let bars: Vec<DaySpan> = firsts
            .take_while(|d| *d < extent.last())
            .map(|d| DaySpan::between(d, d.plus(days - 1)))
            .collect();
        let walked = bar_counts(selection.counted().map(|e| record.event(e)), &bars);
        for (summed, walked) in selection.day_counts().bars(&bars).iter().zip(&walked) {
            assert_eq!((summed.exact, summed.possible), (walked.exact, walked.possible));
            assert!((summed.spread - walked.spread).abs() < 1e-3);
        }
    }
}
