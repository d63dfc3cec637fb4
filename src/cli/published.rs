//! `sitrep tally --by published`: what others counted, beside what the record has of the same scope and
//! period.

use serde::Serialize;

use super::args::Resolved;
use super::format::{Format, to_csv, to_json};
use super::{CliError, output};
use crate::analysis::coverage::{CAUTION, Gap, coverages, published_in, reported};
use crate::analysis::{Coverage, NoCoverage, Rule, words};
use crate::domain::{CountRange, Day, ReportedTotal};

/// One published count; the fields that the table `reported_totals` has are named as there.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    as_of: Option<String>,
    from: Option<String>,
    to: Option<String>,
    count_low: Option<u32>,
    count_high: Option<u32>,
    scope: &'a str,
    filter: Option<&'a str>,
    source: &'a str,
    publisher: String,
    /// Events of the record; null where it cannot count in the same way.
    certain: Option<usize>,
    possible: Option<usize>,
    /// How the two differ, in words.
    difference: Option<String>,
    /// What a reader must know of the comparison: why there is none, or what its period lacks.
    caution: Option<String>,
    note: Option<&'a str>,
}

/// The fields of a row in their order.
const COLUMNS: [&str; 15] = [
    "id",
    "as_of",
    "from",
    "to",
    "count_low",
    "count_high",
    "scope",
    "filter",
    "source",
    "publisher",
    "certain",
    "possible",
    "difference",
    "caution",
    "note",
];

impl<'a> Row<'a> {
    fn of(resolved: &'a Resolved, index: usize, all: &[Result<Coverage, NoCoverage>]) -> Self {
        let dataset = &resolved.dataset;
        let total: &ReportedTotal = &dataset.reported_totals[index];
        let source = dataset.source(total.source);
        let found = all[index].as_ref();
        let caution = match found {
            Ok(found) => found.beyond(total).map(|beyond| format!("the period {beyond}")),
            Err(reason) => Some(reason.to_string()),
        };
        let found = found.ok();
        let day = |day: Day| day.to_string();
        Self {
            id: &total.id,
            as_of: total.as_of.map(day),
            from: total.span.map(|s| day(s.first())),
            to: total.span.map(|s| day(s.last())),
            count_low: total.count.map(CountRange::low),
            count_high: total.count.and_then(CountRange::high),
            scope: &total.scope,
            filter: total.filter.as_deref(),
            source: &source.id,
            publisher: source.credit(),
            certain: found.map(|f| f.certain),
            possible: found.map(|f| f.possible),
            difference: found.and_then(|f| f.gap(total)).map(Gap::words),
            caution,
            note: total.note.as_deref(),
        }
    }
}

/// The published counts whose period overlaps the days of a view, as they are to be written.
pub(super) fn listing(resolved: &Resolved, format: Format) -> Result<String, CliError> {
    #[derive(Serialize)]
    struct Listing<'a> {
        schema: &'static str,
        from: String,
        to: String,
        dataset: &'a str,
        dataset_version: &'a str,
        caution: &'static str,
        rows: &'a [Row<'a>],
    }
    let Resolved { dataset, view, .. } = resolved;
    if !view.filter.is_empty() || view.rule != Rule::default() {
        return Err(CliError::Use(
            "published counts have a scope each, so --where, --search, --bbox and --rule do not go with \
             --by published: leave them away"
                .to_owned(),
        ));
    }
    let days = view.shown_span(dataset);
    let all = coverages(dataset);
    let list = published_in(&dataset.reported_totals, days);
    let rows: Vec<_> = list.iter().map(|i| Row::of(resolved, *i, &all)).collect();
    match format {
        Format::Json => to_json(&Listing {
            schema: "sitrep-published/1",
            from: days.first().to_string(),
            to: days.last().to_string(),
            dataset: &dataset.name,
            dataset_version: &dataset.version,
            caution: CAUTION,
            rows: &rows,
        }),
        Format::Csv => to_csv(&COLUMNS, &rows),
        Format::Table => {
            let cell = |n: Option<usize>| n.map_or_else(|| "–".to_owned(), words::thousands);
            let line = |(index, row): (&usize, &Row<'_>)| {
                let total = &dataset.reported_totals[*index];
                vec![
                    total.span.map_or_else(String::new, words::span),
                    reported(total),
                    cell(row.certain),
                    cell(row.possible),
                    row.difference.clone().unwrap_or_default(),
                    row.publisher.clone(),
                    row.id.to_owned(),
                ]
            };
            let header =
                ["period", "published", "certain", "possible", "difference", "who counted", "id"];
            let lines = list.iter().zip(&rows).map(line).collect();
            let mut text = output::table(&header, lines, &[2, 3]);
            text.push_str(&format!(
                "\n\n{}: {}. {CAUTION}",
                words::span(days),
                match rows.len() {
                    1 => "1 published count overlaps these days".to_owned(),
                    n => format!("{} published counts overlap these days", words::thousands(n)),
                }
            ));
            Ok(text)
        }
    }
}
