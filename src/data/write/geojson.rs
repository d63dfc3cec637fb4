//! `GeoJSON` as RFC 7946 has it: a feature for each event, with a point where its position or its site's is known, and none
//! where it is not. The member `sitrep` of the collection says what was exported.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::EventExport;
use crate::analysis::event_columns::{EventCell, EventColumn, EventLine, LATITUDE, LONGITUDE};

pub(super) fn write(export: &EventExport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut note = Map::new();
    note.insert("words".to_owned(), export.note.words.as_str().into());
    for (name, value) in &export.note.facts {
        note.insert((*name).to_owned(), value.as_str().into());
    }
    write!(
        out,
        "{{\"type\":\"FeatureCollection\",\"sitrep\":{},\n\"features\":[",
        Value::Object(note)
    )?;
    let is_property = |c: &&EventColumn| ![LATITUDE, LONGITUDE].contains(&c.name.as_str());
    let columns: Vec<&EventColumn> = export.columns.iter().filter(is_property).collect();
    let mut is_first = true;
    export.each(|line| {
        out.write_all(if is_first { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &feature(line, &columns, is_first))?;
        is_first = false;
        Ok(())
    })?;
    out.write_all(b"\n]}\n")
}

/// An event. Only the first has all properties, for who looks there for their names; in the others those without a value are
/// left out.
fn feature(line: &EventLine<'_>, columns: &[&EventColumn], with_all: bool) -> Value {
    let mut properties = Map::new();
    for column in columns {
        let value = match column.cell(line) {
            EventCell::Empty if with_all => Value::Null,
            EventCell::Empty => continue,
            EventCell::Text(text) => text.into(),
            EventCell::Count(count) => count.into(),
            EventCell::Number(number) => number.into(),
            EventCell::Day(day) => day.to_string().into(),
        };
        properties.insert(column.name.clone(), value);
    }
    let point =
        line.position().map(|p| json!({"type": "Point", "coordinates": [p.lon(), p.lat()]}));
    json!({"type": "Feature", "id": line.id(), "geometry": point, "properties": properties})
}
