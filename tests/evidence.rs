//! The evidence that the window shows for the events of the record: every report has its place in it.

#![expect(clippy::unwrap_used, reason = "a test stops where something is missing")]

use sitrep_atlas::analysis::Record;
use sitrep_atlas::analysis::evidence::{Evidence, compare, ties};
use sitrep_atlas::data;

fn dataset() -> Record {
    data::load(None).unwrap().dataset
}

#[test]
fn each_report_of_the_record_is_weighed_once_by_its_stance() {
    let dataset = dataset();
    for event in dataset.event_indices() {
        let evidence = Evidence::of(&dataset, event);
        assert_eq!(evidence.reports, dataset.reports_of(event).len());
        assert!(evidence.independent <= evidence.reports);
        assert!(evidence.confirming.len() + evidence.disputing.len() <= evidence.reports);
        for compared in compare(&dataset, event) {
            assert_eq!(compared.said.len(), evidence.reports);
            assert!(compared.said.iter().any(Option::is_some));
        }
    }
}

#[test]
fn a_tie_is_told_from_both_of_its_ends() {
    let dataset = dataset();
    for link in &dataset.links {
        let there = ties(&dataset, link.from);
        let back = ties(&dataset, link.to);
        assert!(there.iter().any(|t| t.other == link.to));
        assert!(back.iter().any(|t| t.other == link.from));
    }
    assert!(!dataset.links.is_empty());
}
