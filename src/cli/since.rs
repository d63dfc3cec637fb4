//! What has changed in a record since a figure or a project was made of it, as results have it.

use serde::Serialize;

use super::output;
use crate::data::Since;
use crate::data::figure_file::{Change, ChangeKind, DatasetSaid};
use crate::domain::DaySpan;

/// It in JSON.
#[derive(Serialize)]
pub(super) struct SinceJson {
    state: &'static str,
    words: String,
    dataset: DatasetSaid,
    rows: Vec<RowJson>,
}

#[derive(Serialize)]
struct RowJson {
    change: ChangeKind,
    id: String,
    start: String,
    end: String,
    site: String,
}

impl SinceJson {
    /// What has changed, in these words, up to this dataset.
    pub(super) fn new(since: &Since, words: String, dataset: DatasetSaid) -> Self {
        let row = |change: &Change| RowJson {
            change: change.kind,
            id: change.id.clone(),
            start: change.days.first().to_string(),
            end: change.days.last().to_string(),
            site: change.site.clone(),
        };
        let rows = since.changes().iter().map(row).collect();
        Self { state: state(since), words, dataset, rows }
    }
}

fn state(since: &Since) -> &'static str {
    match since {
        Since::SameRecord => "same-record",
        Since::OtherRecord { .. } => "other-record",
        Since::Changed { .. } => "changed",
        Since::Summed { .. } => "summed",
    }
}

/// The events that changed, one a row; `None` where none did.
pub(super) fn table(since: &Since) -> Option<String> {
    let row = |change: &Change| {
        let kind = change.kind.label().to_owned();
        vec![kind, days(change.days), change.site.clone(), change.id.clone()]
    };
    let rows: Vec<_> = since.changes().iter().map(row).collect();
    (!rows.is_empty()).then(|| output::table(&["change", "date", "site", "id"], rows, &[]))
}

/// Days as they stand in the tables of the command line.
fn days(span: DaySpan) -> String {
    let (first, last) = (span.first(), span.last());
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}
