//! `GeoJSON` as RFC 7946 has it: a feature for each event, with a point where its position or its site's is known, and none
//! where it is not. The member `sitrep` of the collection says what was exported.

use std::io::{self, Write};

use super::EventExport;
use crate::analysis::event_columns::{EventCell, EventColumn, EventLine, LATITUDE, LONGITUDE};

pub(super) fn write(export: &EventExport<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"sitrep\":{\"words\":")?;
    text(out, &export.note.words)?;
    for (name, value) in &export.note.facts {
        write!(out, ",\"{name}\":")?;
        text(out, value)?;
    }
    out.write_all(b"},\n\"features\":[")?;
    let is_property = |c: &&EventColumn| ![LATITUDE, LONGITUDE].contains(&c.name.as_str());
    let columns: Vec<&EventColumn> = export.columns.iter().filter(is_property).collect();
    let mut is_first = true;
    export.each(|line| {
        out.write_all(if is_first { b"\n" } else { b",\n" })?;
        feature(line, &columns, is_first, out)?;
        is_first = false;
        Ok(())
    })?;
    out.write_all(b"\n]}\n")
}

/// An event. Only the first has all properties, for who looks there for their names; in the others those without a value are
/// left out.
fn feature(
    line: &EventLine<'_>,
    columns: &[&EventColumn],
    with_all: bool,
    out: &mut (dyn Write + Send),
) -> io::Result<()> {
    out.write_all(b"{\"type\":\"Feature\",\"id\":")?;
    text(out, line.id())?;
    match line.position() {
        Some(at) => write!(
            out,
            ",\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{},{}]}}",
            at.lon(),
            at.lat()
        )?,
        None => out.write_all(b",\"geometry\":null")?,
    }
    out.write_all(b",\"properties\":{")?;
    let mut between: &[u8] = b"";
    for column in columns {
        let cell = column.cell(line);
        if cell == EventCell::Empty && !with_all {
            continue;
        }
        out.write_all(between)?;
        between = b",";
        text(out, &column.name)?;
        out.write_all(b":")?;
        match cell {
            EventCell::Empty => out.write_all(b"null")?,
            EventCell::Text(words) => text(out, &words)?,
            EventCell::Count(count) => write!(out, "{count}")?,
            EventCell::Number(number) => write!(out, "{number}")?,
            EventCell::Day(day) => write!(out, "\"{day}\"")?,
        }
    }
    out.write_all(b"}}")
}

fn text(out: &mut (dyn Write + Send), text: &str) -> io::Result<()> {
    Ok(serde_json::to_writer(out, text)?)
}
