//! What `sitrep check` says of events that may be one event told twice.

use std::ops::ControlFlow;
use std::path::Path;

use serde::Serialize;

use super::{CliError, output};
use crate::analysis::duplicates::{self, Duplicates, METHOD, Pair, each_pair};
use crate::analysis::event_tsv::is_formula;
use crate::analysis::{Record, words};
use crate::data::{self, Lines, Loaded, TableName};
use crate::domain::EventIndex;

/// Pairs that are named in the answer.
const SHOWN: usize = 5;
/// Pairs that are saved at most.
const MOST_SAVED: usize = 200_000;

/// The answer as JSON.
#[derive(Debug, Serialize)]
pub(super) struct Listing {
    pairs: u64,
    events: u64,
    is_bounded: bool,
    method: &'static str,
    first: Vec<NamedPair>,
}

#[derive(Debug, Serialize)]
struct NamedPair {
    ids: [String; 2],
    lines: [Option<u64>; 2],
    days: [String; 2],
    places: [String; 2],
    why: String,
}

/// Finds them.
pub(super) fn find(record: &Record) -> Duplicates {
    duplicates::duplicates(record, SHOWN, &|| true)
}

/// As JSON has it.
pub(super) fn listing(found: &Duplicates, record: &Record, lines: &Lines) -> Listing {
    let Duplicates { pairs, events, is_bounded, .. } = *found;
    let first = found.first.iter().map(|pair| named(*pair, record, lines)).collect();
    Listing { pairs, events, is_bounded, method: METHOD, first }
}

fn named(pair: Pair, record: &Record, lines: &Lines) -> NamedPair {
    let both = [pair.first, pair.second];
    let site = |index: EventIndex| record.site(record.event(index).site).name.clone();
    NamedPair {
        ids: both.map(|index| record.id(index)),
        lines: both.map(|index| lines.cell(TableName::Events, index.get(), "start").line),
        days: both.map(|index| words::event_date(&record.event(index).date)),
        places: both.map(site),
        why: duplicates::why(record, pair),
    }
}

/// As lines for people; nothing where there is none.
pub(super) fn told(
    found: &Duplicates,
    record: &Record,
    lines: &Lines,
    row: &str,
) -> Option<String> {
    if found.pairs == 0 && !found.is_bounded {
        return None;
    }
    let mut text = format!("{}. {METHOD}", words::capitalised(&duplicates::in_short(found)));
    for pair in &found.first {
        let NamedPair { ids, lines, days, places, why } = named(*pair, record, lines);
        let [a, b] = [0, 1].map(|n| {
            let line = lines[n].map_or_else(String::new, |line| format!(" ({row} {line})"));
            format!("{}{line}", plain(&ids[n]))
        });
        let [here, there] = places.map(|name| plain(&name));
        let place = if here == there { here } else { format!("{here} and {there}") };
        text.push_str(&format!("\n  {}: {a} and {b}, {place}: {why}", days[0]));
    }
    let more = found.pairs.saturating_sub(found.first.len() as u64);
    if more > 0 {
        text.push_str(&format!("\n  and {more} more: --duplicates FILE saves them"));
    }
    Some(text)
}

fn plain(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// Saves all pairs as CSV.
pub(super) fn save(loaded: &Loaded, path: &Path) -> Result<(), CliError> {
    let record = &loaded.dataset;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed_io = std::io::Error::from;
    let header = [
        "first",
        "second",
        "first_line",
        "second_line",
        "first_day",
        "second_day",
        "first_place",
        "second_place",
        "why",
        "first_summary",
        "second_summary",
    ];
    writer.write_record(header).map_err(failed_io)?;
    let mut saved = 0;
    let mut failed = None;
    let is_more = each_pair(record, |pair| {
        if saved == MOST_SAVED {
            return ControlFlow::Break(());
        }
        saved += 1;
        let NamedPair { ids, lines, places, why, .. } = named(pair, record, &loaded.lines);
        let both = [pair.first, pair.second].map(|index| record.event(index));
        let row = lines.map(|line| line.map_or_else(String::new, |line| line.to_string()));
        let days = both.map(|event| event.date.span.first().to_string());
        let summaries = both.map(|event| record.words(event).summary.clone());
        let cells =
            ids.into_iter().chain(row).chain(days).chain(places).chain([why]).chain(summaries);
        let cells =
            cells.map(|cell: String| if is_formula(&cell) { format!("'{cell}") } else { cell });
        match writer.write_record(cells) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    if let Some(error) = failed {
        return Err(failed_io(error).into());
    }
    writer.flush()?;
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    data::save(path, &bytes)?;
    let noun = if saved == 1 { "pair was" } else { "pairs were" };
    let more = if is_more { ", and there are more" } else { "" };
    output::complain(&format!("{saved} {noun} saved{more}: {}", path.display()));
    Ok(())
}
