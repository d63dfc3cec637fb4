//! Parquet with points as `GeoParquet` 1.1 has them: well-known binary in the column `geometry`. The key `sitrep` of its
//! metadata says what was exported.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use serde_json::{Map, Value, json};

use super::EventExport;
use crate::analysis::event_columns::{ColumnKind, EventCell, EventColumn, EventLine};

/// Rows that are kept until they are written together.
const ROWS: usize = 1 << 16;

const GEOMETRY: &str = "geometry";

type File<'a> = SerializedFileWriter<&'a mut (dyn Write + Send)>;

pub(super) fn write(export: &EventExport<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let schema = schema(&export.columns).map_err(told)?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let file = File::new(out, Arc::new(schema), Arc::new(properties));
    let mut file = file.map_err(told)?;
    let mut group = Group::new(&export.columns);
    export.each(|line| {
        group.add(&export.columns, line);
        if group.rows == ROWS {
            group.write(&mut file).map_err(told)?;
        }
        Ok(())
    })?;
    if group.rows > 0 {
        group.write(&mut file).map_err(told)?;
    }
    let mut column = json!({"encoding": "WKB", "geometry_types": ["Point"]});
    if let Some(extent) = group.extent {
        column["bbox"] = json!(extent);
    }
    let geo = json!({
        "version": "1.1.0",
        "primary_column": GEOMETRY,
        "columns": {GEOMETRY: column},
    });
    let mut note = Map::new();
    note.insert("words".to_owned(), export.note.words.as_str().into());
    for (name, value) in &export.note.facts {
        note.insert((*name).to_owned(), value.as_str().into());
    }
    for (key, value) in [("geo", geo), ("sitrep", Value::Object(note))] {
        file.append_key_value_metadata(KeyValue::new(key.to_owned(), value.to_string()));
    }
    file.close().map_err(told)?;
    Ok(())
}

fn schema(columns: &[EventColumn]) -> Result<Type, ParquetError> {
    let column = |name: &str, physical, logical| {
        let column = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        column.build().map(Arc::new)
    };
    let mut fields = Vec::with_capacity(columns.len() + 1);
    for EventColumn { name, kind, .. } in columns {
        fields.push(match kind {
            ColumnKind::Text => column(name, Physical::BYTE_ARRAY, Some(LogicalType::String)),
            ColumnKind::Count => column(name, Physical::INT64, None),
            ColumnKind::Number => column(name, Physical::DOUBLE, None),
            ColumnKind::Day => column(name, Physical::INT32, Some(LogicalType::Date)),
        }?);
    }
    fields.push(column(GEOMETRY, Physical::BYTE_ARRAY, None)?);
    Type::group_type_builder("events").with_fields(fields).build()
}

/// Values of a column.
enum Values {
    Bytes(Vec<ByteArray>),
    Counts(Vec<i64>),
    Numbers(Vec<f64>),
    Days(Vec<i32>),
}

/// A column of rows that wait: its values, and for each row 1 where there is one.
struct Filled {
    values: Values,
    levels: Vec<i16>,
}

/// Rows that are written together.
struct Group {
    columns: Vec<Filled>,
    rows: usize,
    /// West, south, east and north of all points so far.
    extent: Option<[f64; 4]>,
}

impl Group {
    fn new(columns: &[EventColumn]) -> Self {
        let kinds = columns.iter().map(|column| match column.kind {
            ColumnKind::Text => Values::Bytes(Vec::new()),
            ColumnKind::Count => Values::Counts(Vec::new()),
            ColumnKind::Number => Values::Numbers(Vec::new()),
            ColumnKind::Day => Values::Days(Vec::new()),
        });
        let all = kinds.chain([Values::Bytes(Vec::new())]);
        let columns = all.map(|values| Filled { values, levels: Vec::new() }).collect();
        Self { columns, rows: 0, extent: None }
    }

    fn add(&mut self, columns: &[EventColumn], line: &EventLine<'_>) {
        for (column, filled) in columns.iter().zip(&mut self.columns) {
            let is_there = match (column.cell(line), &mut filled.values) {
                (EventCell::Text(text), Values::Bytes(list)) => {
                    list.push(ByteArray::from(text.as_bytes().to_vec()));
                    true
                }
                (EventCell::Count(count), Values::Counts(list)) => {
                    list.push(count.into());
                    true
                }
                (EventCell::Number(number), Values::Numbers(list)) => {
                    list.push(number);
                    true
                }
                (EventCell::Day(day), Values::Days(list)) => {
                    list.push(day.number());
                    true
                }
                _ => false,
            };
            filled.levels.push(i16::from(is_there));
        }
        let at = line.position();
        if let (Some(Filled { values: Values::Bytes(points), levels }), at) =
            (self.columns.last_mut(), at)
        {
            points.extend(at.map(|at| ByteArray::from(super::wkb::point(at).to_vec())));
            levels.push(i16::from(at.is_some()));
        }
        if let Some((lon, lat)) = at.map(|at| (at.lon(), at.lat())) {
            let [west, south, east, north] = self.extent.unwrap_or([lon, lat, lon, lat]);
            self.extent = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
        }
        self.rows += 1;
    }

    /// Writes the rows, after which there are none.
    fn write(&mut self, file: &mut File<'_>) -> Result<(), ParquetError> {
        let mut group = file.next_row_group()?;
        for Filled { values, levels } in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            let levels_now = Some(levels.as_slice());
            match values {
                Values::Bytes(list) => {
                    column.typed::<ByteArrayType>().write_batch(list, levels_now, None)?;
                    list.clear();
                }
                Values::Counts(list) => {
                    column.typed::<Int64Type>().write_batch(list, levels_now, None)?;
                    list.clear();
                }
                Values::Numbers(list) => {
                    column.typed::<DoubleType>().write_batch(list, levels_now, None)?;
                    list.clear();
                }
                Values::Days(list) => {
                    column.typed::<Int32Type>().write_batch(list, levels_now, None)?;
                    list.clear();
                }
            }
            levels.clear();
            column.close()?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

fn told(error: ParquetError) -> io::Error {
    io::Error::other(error)
}
