//! Who says what a time strip shows besides events: dated facts, numbers of troops, a published count.

use super::strip::StripLayout;
use super::strip_context::ContextMark;
use super::strip_forces;
use crate::analysis::{Pick, Record, View};
use crate::domain::SourceIndex;

/// The sources of a strip whose context marks are given, in the order of the record, each once.
pub(super) fn sources(
    record: &Record,
    view: &View,
    layout: &StripLayout,
    marks: &[ContextMark],
) -> Vec<SourceIndex> {
    if record.events.is_empty() {
        return Vec::new();
    }
    let mut sources = strip_forces::sources(record, layout);
    sources.extend(marks.iter().flat_map(|mark| &record.context[mark.entry].sources));
    if let Some(Pick::Total(id)) = &view.picked
        && let Some(total) = record.find_total(id).map(|i| &record.reported_totals[i])
        && total.span.is_some_and(|span| span.overlaps(layout.axis))
    {
        sources.push(total.source);
    }
    sources.sort_unstable();
    sources.dedup();
    sources
}
