//! `sitrep events`: what happened, one event a row.

use std::process::ExitCode;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use serde::Serialize;
use serde::ser::SerializeMap as _;
use serde_json::{Value, json};

use super::args::{Resolved, ViewArgs, ViewJson, view_json};
use super::format::{Format, to_csv, to_json};
use super::{CliError, output};
use crate::analysis::event_tsv::is_formula;
use crate::analysis::{Certainty, Selection, Shown, words};
use crate::domain::{Code as _, CountRange, PersonGroup};

/// List the events of a view.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sitrep events --from 2022-01-03 --to 2022-01-06
  sitrep events --where actor=iran --where casualties=killed,wounded
  sitrep events --where \"site=Ain al-Asad Air Base\" --where source_kind=official
  sitrep events --search \"assad katyusha\" --rule two-sources
  sitrep events --rule everything --where country=SY,direction=us_or_coalition_strike --format json")]
pub(super) struct EventsArgs {
    #[command(flatten)]
    view: ViewArgs,

    /// How the result is written.
    #[arg(long, value_enum, default_value_t = EventsFormat::List(Format::Table))]
    format: EventsFormat,
}

/// The formats of lists, and one for maps.
#[derive(Clone, Copy, Debug)]
enum EventsFormat {
    List(Format),
    Geojson,
}

impl ValueEnum for EventsFormat {
    fn value_variants<'a>() -> &'a [Self] {
        const {
            &[
                Self::List(Format::Table),
                Self::List(Format::Json),
                Self::List(Format::Csv),
                Self::Geojson,
            ]
        }
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        const MAPS: &str =
            "For maps: points, those known only to an area marked by `place_precision`";
        match self {
            Self::List(format) => format.to_possible_value(),
            Self::Geojson => Some(PossibleValue::new("geojson").help(MAPS)),
        }
    }
}

pub(super) fn run(args: &EventsArgs) -> Result<ExitCode, CliError> {
    let resolved = args.view.resolve()?;
    let selection = resolved.selection();
    let text = match args.format {
        EventsFormat::List(Format::Table) => table(&resolved, &selection),
        EventsFormat::List(Format::Json) => to_json(&Listing {
            schema: "sitrep-events/1",
            view: view_json(&resolved, &selection),
            rows: selection.shown().iter().map(|s| Row::of(&resolved, *s)).collect(),
        })?,
        EventsFormat::List(Format::Csv) => csv(&resolved, &selection)?,
        EventsFormat::Geojson => geojson(&resolved, &selection)?,
    };
    output::result(&text)?;
    Ok(ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct Listing<'a> {
    schema: &'static str,
    view: ViewJson<'a>,
    rows: Vec<Row>,
}

/// Columns of the events table with their values, in order.
struct Row(Vec<(String, Value)>);

impl Serialize for Row {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (column, value) in &self.0 {
            map.serialize_entry(column, value)?;
        }
        map.end()
    }
}

impl Row {
    fn of(resolved: &Resolved, shown: Shown) -> Self {
        let dataset = &resolved.dataset;
        let event = dataset.event(shown.event);
        let site = dataset.site(event.site);
        let position = event.position.or(site.position);
        let actors = |list: &[crate::domain::ActorIndex]| {
            list.iter().map(|a| dataset.actor(*a).id.as_str()).collect::<Vec<_>>().join("; ")
        };
        let mut sources: Vec<_> = dataset
            .reports_of(shown.event)
            .iter()
            .map(|r| dataset.source(r.source).id.as_str())
            .collect();
        sources.dedup();
        let mut columns: Vec<(String, Value)> = Vec::new();
        let mut put = |name: &str, value: Value| columns.push((name.to_owned(), value));
        put("id", json!(event.id));
        put(
            "certainty",
            json!(if shown.certainty == Certainty::Certain { "certain" } else { "possible" }),
        );
        put("start", json!(event.date.span.first().to_string()));
        put("end", json!(event.date.span.last().to_string()));
        put("date_precision", json!(event.date.precision.code()));
        put("local_time", json!(event.date.local_time));
        put("site", json!(site.id));
        put("site_name", json!(site.name));
        put("country", json!(site.country));
        put("lat", json!(position.map(crate::domain::LonLat::lat)));
        put("lon", json!(position.map(crate::domain::LonLat::lon)));
        put("place_precision", json!(event.precision.code()));
        put("direction", json!(event.direction.code()));
        put("weapon", json!(event.weapon.code()));
        put("weapon_detail", json!(event.weapon_detail));
        range("munitions", event.munitions, &mut put);
        for group in PersonGroup::ALL {
            range(&format!("killed_{}", group.code()), event.killed.get(*group), &mut put);
        }
        for group in PersonGroup::ALL {
            range(&format!("wounded_{}", group.code()), event.wounded.get(*group), &mut put);
        }
        range("intercepted", event.intercepted, &mut put);
        put("damage", json!(event.damage.code()));
        put("outcome", json!(event.outcome));
        put("target", json!(event.target));
        put("attributed_to", json!(actors(&event.attributed_to)));
        put("attributed_by", json!(event.attributed_by));
        put("claimed_by", json!(actors(&event.claimed_by)));
        put("status", json!(event.status.code()));
        put("confidence", json!(event.confidence.code()));
        put("note", json!(event.note));
        put("summary", json!(event.summary));
        put("sources", json!(sources.join("; ")));
        Self(columns)
    }
}

fn range(stem: &str, count: Option<CountRange>, put: &mut impl FnMut(&str, Value)) {
    put(&format!("{stem}_low"), json!(count.map(CountRange::low)));
    put(&format!("{stem}_high"), json!(count.and_then(CountRange::high)));
}

/// The names of the columns, in the order of [`Row::of`].
fn columns() -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let ranges = |names: &mut Vec<String>, stem: &str| {
        names.extend([format!("{stem}_low"), format!("{stem}_high")]);
    };
    let first = "id certainty start end date_precision local_time site site_name country lat lon \
                 place_precision direction weapon weapon_detail";
    names.extend(first.split_whitespace().map(str::to_owned));
    ranges(&mut names, "munitions");
    for harm in ["killed", "wounded"] {
        for group in PersonGroup::ALL {
            ranges(&mut names, &format!("{harm}_{}", group.code()));
        }
    }
    ranges(&mut names, "intercepted");
    let last = "damage outcome target attributed_to attributed_by claimed_by status confidence note \
                summary sources";
    names.extend(last.split_whitespace().map(str::to_owned));
    names
}

/// The events of a view as CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in
/// front.
pub(super) fn csv(resolved: &Resolved, selection: &Selection) -> Result<String, CliError> {
    let rows = selection.shown().iter().map(|shown| {
        let cells = Row::of(resolved, *shown).0.into_iter().map(|(_, value)| match value {
            Value::Null => String::new(),
            Value::String(s) if is_formula(&s) => format!("'{s}"),
            Value::String(s) => s,
            other => other.to_string(),
        });
        cells.collect::<Vec<_>>()
    });
    to_csv(&columns(), rows)
}

fn geojson(resolved: &Resolved, selection: &Selection) -> Result<String, CliError> {
    #[derive(Serialize)]
    struct Feature {
        r#type: &'static str,
        id: String,
        geometry: Value,
        properties: Row,
    }
    #[derive(Serialize)]
    struct Collection<'a> {
        r#type: &'static str,
        schema: &'static str,
        view: ViewJson<'a>,
        features: Vec<Feature>,
    }
    let features = selection.shown().iter().map(|shown| {
        let event = resolved.dataset.event(shown.event);
        let position = event.position.or(resolved.dataset.site(event.site).position);
        Feature {
            r#type: "Feature",
            id: event.id.clone(),
            geometry: position.map_or(
                Value::Null,
                |p| json!({"type": "Point", "coordinates": [p.lon(), p.lat()]}),
            ),
            properties: Row::of(resolved, *shown),
        }
    });
    to_json(&Collection {
        r#type: "FeatureCollection",
        schema: "sitrep-events/1",
        view: view_json(resolved, selection),
        features: features.collect(),
    })
}

fn table(resolved: &Resolved, selection: &Selection) -> String {
    let dataset = &resolved.dataset;
    let rows = selection
        .shown()
        .iter()
        .map(|shown| {
            let event = dataset.event(shown.event);
            let span = event.date.span;
            let date = if span.days() == 1 {
                span.first().to_string()
            } else {
                format!("{} / {}", span.first(), span.last())
            };
            let weapon = event.munitions.map_or_else(
                || event.weapon.label().to_owned(),
                |n| format!("{} ({})", event.weapon.label(), n.words()),
            );
            vec![
                date,
                if shown.certainty == Certainty::Certain {
                    String::new()
                } else {
                    "possible".to_owned()
                },
                dataset.site(event.site).name.clone(),
                event.direction.label().to_owned(),
                weapon,
                event.status.label().to_owned(),
                event.id.clone(),
            ]
        })
        .collect();
    let header = ["date", "", "site", "direction", "weapon (number)", "status", "id"];
    let mut text = output::table(&header, rows, &[]);
    text.push_str("\n\n");
    text.push_str(&summary(resolved, selection));
    text
}

/// The window, the totals and what is left out, for the foot of a table.
pub(super) fn summary(resolved: &Resolved, selection: &Selection) -> String {
    let Resolved { dataset, view } = resolved;
    let mut text = format!(
        "{}: {}. Counted: {}.",
        words::window(dataset, view),
        words::total(view, selection),
        view.rule.label()
    );
    if !view.filter.is_empty() {
        text.push_str(&format!(" Only {}.", view.filter.words(dataset)));
    }
    if let Some(left_out) = words::left_out(view, selection) {
        text.push_str(&format!(" In these days but not listed: {left_out}."));
    }
    let cautions = words::cautions(dataset, view, selection);
    if !cautions.is_empty() {
        text.push_str(&format!(" {cautions}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{View, select};

    #[test]
    fn the_header_names_the_columns_of_every_row() {
        let dataset = crate::data::load(None).unwrap().dataset;
        let view = View::of_all(&dataset);
        let selection = select(&dataset, &view);
        let resolved = Resolved { dataset, view };
        for shown in selection.shown() {
            let row = Row::of(&resolved, *shown).0;
            assert_eq!(row.into_iter().map(|c| c.0).collect::<Vec<_>>(), columns());
        }
    }
}
