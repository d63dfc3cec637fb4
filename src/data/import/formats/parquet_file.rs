//! Parquet and `GeoParquet`: rows with their columns, and points of well-known binary as positions.

use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::PoisonError;

use parquet::basic::{LogicalType, TimeUnit};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::json::{LATITUDE, LONGITUDE, PRECISION, SHAPE, named};
use super::maker::{Made, Maker, counted, make};
use super::wkb;
use crate::data::import::origin::{Origin, refused};
use crate::domain::Day;

/// Makes a table of a file, and says whether it has shapes.
///
/// # Errors
/// When it is damaged, or uses what is not read here.
pub(super) fn read(origin: &Origin) -> io::Result<(Made, bool)> {
    let size = origin.size()?;
    let file = file(origin)?;
    // The reader of the format ends a thread on some damaged files; that must not end the program.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let reader = SerializedFileReader::new(file).map_err(told)?;
        let metadata = reader.metadata().file_metadata();
        let geo = Geo::of(metadata.key_value_metadata().map_or(&[][..], Vec::as_slice));
        Ok((make(size, |maker| rows(&reader, &geo, maker))?, geo.column.is_some()))
    }));
    read.unwrap_or_else(|_| {
        Err(refused("the Parquet file is damaged, or holds a kind of column that is not read"))
    })
}

/// The bytes as a file, which is what the reader of the format takes.
fn file(origin: &Origin) -> io::Result<File> {
    match origin {
        Origin::File(path) => File::open(path),
        Origin::Temporary(file) => file.lock().unwrap_or_else(PoisonError::into_inner).try_clone(),
        Origin::Memory(_) | Origin::Gzip(_) => {
            let mut file = tempfile::tempfile()?;
            io::copy(&mut origin.bytes(0)?, &mut file)?;
            Ok(file)
        }
    }
}

fn told(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) if error.is::<io::Error>() => {
            error.downcast().map_or_else(|_| refused("it cannot be read"), |error| *error)
        }
        error => refused(format!("the Parquet file is damaged or cut off ({error})")),
    }
}

/// What a column is.
struct Column {
    place: usize,
    /// Whether its numbers are nanoseconds since 1970.
    is_nanoseconds: bool,
    is_shape: bool,
}

fn rows(
    reader: &SerializedFileReader<File>,
    geo: &Geo,
    maker: &mut Maker,
) -> io::Result<Vec<String>> {
    let schema = reader.metadata().file_metadata().schema_descr();
    let mut notes: Vec<String> = geo.note.clone().into_iter().collect();
    let mut columns = Vec::new();
    let shape_column = geo.column.clone();
    if shape_column.is_some() {
        for name in [LATITUDE, LONGITUDE, PRECISION, SHAPE] {
            maker.column(name)?;
        }
    }
    for field in schema.root_schema().get_fields() {
        let leaf = schema.columns().iter().find(|leaf| leaf.path().parts() == [field.name()]);
        let logical = leaf.and_then(|leaf| leaf.logical_type_ref());
        let nanoseconds = [true, false].map(|utc| LogicalType::timestamp(utc, TimeUnit::NANOS));
        let is_shape = shape_column.as_deref() == Some(field.name());
        let place =
            if is_shape { maker.column(SHAPE)? } else { maker.add(&named(field.name()))? };
        let is_nanoseconds = logical.is_some_and(|l| nanoseconds.contains(l));
        columns.push(Column { place, is_nanoseconds, is_shape });
    }
    let (mut number, mut bad, mut none, mut larger) = (0, 0, 0, 0);
    for row in reader.get_row_iter(None).map_err(told)? {
        for ((_, field), column) in row.map_err(told)?.get_column_iter().zip(&columns) {
            match field {
                Field::Bytes(bytes) if column.is_shape => match wkb::read(bytes.data()) {
                    Some(shape) => match shape.middle() {
                        Some([x, y]) => {
                            maker.put_in(LATITUDE, &y.to_string())?;
                            maker.put_in(LONGITUDE, &x.to_string())?;
                            maker.put_in(PRECISION, shape.precision())?;
                            larger += u64::from(!shape.is_one_point());
                        }
                        None => none += 1,
                    },
                    None => bad += 1,
                },
                Field::Null if column.is_shape => none += 1,
                field => maker.put(column.place, &cell(field, column.is_nanoseconds)),
            }
        }
        number += 1;
        maker.end_row(number)?;
    }
    let mut note = |n: u64, what: &str| {
        if n > 0 {
            notes.push(format!("{} {what}", counted(n, "row", "rows")));
        }
    };
    note(none, "without a shape: no position was taken");
    note(bad, "with a shape that is no well-known binary: no position was taken");
    note(
        larger,
        "with a line, an area or several points: the middle of the extent stands for it, no more precisely than it is large",
    );
    Ok(notes)
}

/// What the file says of its shapes (<https://geoparquet.org>).
#[derive(Default)]
struct Geo {
    column: Option<String>,
    note: Option<String>,
}

impl Geo {
    fn of(metadata: &[parquet::file::metadata::KeyValue]) -> Self {
        let said =
            metadata.iter().find(|pair| pair.key == "geo").and_then(|pair| pair.value.as_ref());
        let said: Option<serde_json::Value> = said.and_then(|text| serde_json::from_str(text).ok());
        let Some(said) = said else { return Self::default() };
        let Some(name) = said["primary_column"].as_str() else { return Self::default() };
        let column = &said["columns"][name];
        let encoding = column["encoding"].as_str().unwrap_or_default();
        if encoding != "WKB" {
            let note = format!("its shapes are written as \"{encoding}\", which is not read");
            return Self { column: None, note: Some(note) };
        }
        let system = &column["crs"];
        let code = (system["id"]["authority"].as_str(), system["id"]["code"].to_string());
        let is_usual = system.is_null()
            || matches!(
                (code.0, code.1.trim_matches('"')),
                (Some("OGC"), "CRS84") | (Some("EPSG"), "4326")
            );
        let name_of = system["name"].as_str().unwrap_or("another reference system");
        let note = (!is_usual).then(|| {
            format!("the file says that its coordinates are in {name_of}; they were taken as degrees of WGS 84")
        });
        Self { column: Some(name.to_owned()), note }
    }
}

/// What stands in a cell for a value.
fn cell(field: &Field, is_nanoseconds: bool) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Long(nanoseconds) if is_nanoseconds => moment(nanoseconds.div_euclid(1_000_000_000)),
        // Not a number is what some programs write for nothing.
        Field::Float(number) if number.is_nan() => String::new(),
        Field::Double(number) if number.is_nan() => String::new(),
        Field::Float(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        Field::Date(days) => Day::from_number(*days).to_string(),
        Field::TimestampMillis(ms) => moment(ms.div_euclid(1000)),
        Field::TimestampMicros(us) => moment(us.div_euclid(1_000_000)),
        Field::TimeMillis(ms) => time(i64::from(*ms) / 1000),
        Field::TimeMicros(us) => time(us / 1_000_000),
        Field::Bytes(bytes) => String::from_utf8(bytes.data().to_vec())
            .unwrap_or_else(|_| crate::data::digest::hex(bytes.data())),
        Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => {
            value(field).to_string()
        }
        other => other.to_string(),
    }
}

/// Seconds since 1970 as text; a midnight is a date alone.
fn moment(seconds: i64) -> String {
    let day = i32::try_from(seconds.div_euclid(86_400)).unwrap_or(i32::MAX);
    let day = Day::from_number(day);
    match seconds.rem_euclid(86_400) {
        0 => day.to_string(),
        rest => format!("{day}T{}", time(rest)),
    }
}

fn time(seconds: i64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A nested value as JSON.
fn value(field: &Field) -> serde_json::Value {
    match field {
        Field::Null => serde_json::Value::Null,
        Field::Group(row) => {
            row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect()
        }
        Field::ListInternal(list) => list.elements().iter().map(value).collect(),
        Field::MapInternal(map) => {
            map.entries().iter().map(|(key, field)| (cell(key, false), value(field))).collect()
        }
        Field::Bool(truth) => (*truth).into(),
        Field::Int(number) => (*number).into(),
        Field::Long(number) => (*number).into(),
        Field::Double(number) => (*number).into(),
        other => cell(other, false).into(),
    }
}
