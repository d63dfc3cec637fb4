//! `sitrep events`: what happened, one event a row.

use std::process::ExitCode;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::{Value, json};

use super::args::{Resolved, ViewArgs, ViewJson, view_json};
use super::format::{Format, to_json};
use super::{CliError, output};
use crate::analysis::event_csv::{EventRow, event_csv};
use crate::analysis::{Certainty, Record, Selection, export_note};
use crate::domain::Code as _;

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
            rows: selection.shown().iter().map(|s| EventRow::of(&resolved.dataset, *s)).collect(),
        })?,
        EventsFormat::List(Format::Csv) => csv(&resolved.dataset, &selection)?,
        EventsFormat::Geojson => geojson(&resolved, &selection)?,
    };
    output::result(&text)?;
    Ok(ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct Listing<'a> {
    schema: &'static str,
    view: ViewJson<'a>,
    rows: Vec<EventRow>,
}

fn geojson(resolved: &Resolved, selection: &Selection) -> Result<String, CliError> {
    #[derive(Serialize)]
    struct Feature {
        r#type: &'static str,
        id: String,
        geometry: Value,
        properties: EventRow,
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
        let position = event.position.get().or(resolved.dataset.site(event.site).position);
        Feature {
            r#type: "Feature",
            id: resolved.dataset.id(shown.event),
            geometry: position.map_or(
                Value::Null,
                |p| json!({"type": "Point", "coordinates": [p.lon(), p.lat()]}),
            ),
            properties: EventRow::of(&resolved.dataset, *shown),
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
            let weapon = event.munitions.get().map_or_else(
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
                dataset.classes.label(event.direction).to_owned(),
                weapon,
                event.status.label().to_owned(),
                dataset.id(shown.event),
            ]
        })
        .collect();
    let header = ["date", "", "site", "direction", "weapon (number)", "status", "id"];
    let mut text = output::table(&header, rows, &[]);
    text.push_str("\n\n");
    text.push_str(&summary(resolved, selection));
    text
}

fn csv(record: &Record, selection: &Selection) -> Result<String, CliError> {
    event_csv(record, selection.iter())
        .map_err(|e| CliError::Use(format!("the result cannot be written as CSV ({e})")))
}

/// The window, the totals and what is left out, for the foot of a table.
pub(super) fn summary(resolved: &Resolved, selection: &Selection) -> String {
    export_note::said(&resolved.dataset, &resolved.view, selection)
}
