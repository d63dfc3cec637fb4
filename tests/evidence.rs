//! The evidence that the window shows for the events of the record: every report has its place in it.

#![expect(clippy::unwrap_used, reason = "a test stops where something is missing")]

use sitrep_atlas::analysis::Record;
use sitrep_atlas::analysis::evidence::{Evidence, Point, compare, ties, voices};
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
            let pairs = || compared.said.iter().zip(&compared.marked);
            assert!(pairs().all(|(said, marked)| said.is_some() || !marked), "silence is marked");
            // What most say is never marked, be it of numbers.
            if matches!(compared.point, Point::Count | Point::Killed | Point::Wounded) {
                for (said, marked) in pairs().filter(|(said, _)| said.is_some()) {
                    let times = compared.said.iter().filter(|s| *s == said).count();
                    assert!(!marked || 2 * times <= compared.said.iter().flatten().count());
                }
            }
        }
    }
}

#[test]
fn a_voice_is_named_once_with_all_who_publish_it() {
    let dataset = dataset();
    let mut repeated = 0;
    for event in dataset.event_indices() {
        let confirming = Evidence::of(&dataset, event).confirming;
        let told = voices(&dataset, &confirming);
        for report in &confirming {
            let publisher = &dataset.source(report.source).publisher;
            assert!(told.contains(publisher.as_str()), "{told}");
            let Some(speaker) = report.said().speaker.as_ref().filter(|s| *s != publisher) else {
                continue;
            };
            let head = format!("{}: ", speaker.replace("; ", " and "));
            let starts = told.split("; ").filter(|voice| voice.starts_with(&head)).count();
            assert_eq!(starts, 1, "{head} in {told}");
            let same =
                confirming.iter().filter(|r| r.said().speaker.as_ref() == Some(speaker)).count();
            repeated += usize::from(same > 1);
        }
    }
    assert!(repeated > 0, "no voice speaks twice: the test shows nothing");
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
