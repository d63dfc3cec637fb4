//! Formats that are no text of cells, each made into one: a table that then goes the way of all tables. A format is told by
//! its first bytes, never by the name of the file alone.

mod book;
mod budget;
mod excel_date;
mod geometry;
mod json;
mod json_start;
mod kml;
mod maker;
mod markup;
mod ods;
mod parquet_file;
mod shape;
mod way;
mod wkb;
mod xlsx;
mod xml;
mod zip;

use std::io::{self, Read as _};

pub use way::RowName;
pub(super) use way::Way;

use super::Role;
use super::dialect::Sample;
use super::origin::{Origin, refused};
use super::text_file::{SAMPLE, TextFile};
use json_start::JsonTable;
use maker::Made;
use way::Known;

/// What a file is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Zip,
    Json(JsonTable),
    Kml,
    Parquet,
    OldWorkbook,
    /// Nothing that Sitrep reads as a table.
    Other,
}

impl Format {
    fn of(start: &[u8]) -> Self {
        let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
        if [b"PK\x03\x04", b"PK\x05\x06"].iter().any(|magic| start.starts_with(*magic)) {
            Self::Zip
        } else if start.starts_with(b"PAR1") {
            Self::Parquet
        } else if start.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            Self::OldWorkbook
        } else if let Some(table) = json_start::recognised(start) {
            Self::Json(table)
        } else if text.starts_with(b"<") && is_kml(text) {
            Self::Kml
        } else if text.is_empty() || text.starts_with(b"{") || text.starts_with(b"[") {
            Self::Other
        } else {
            Self::Text
        }
    }
}

/// Whether the first element of a document is that of KML, with a prefix or not.
fn is_kml(text: &[u8]) -> bool {
    const WITHIN: usize = 4096;
    let start = String::from_utf8_lossy(&text[..text.len().min(WITHIN)]);
    let mut tags = start.split('<').skip(1);
    let first = tags.find(|tag| tag.starts_with(|c: char| c.is_alphabetic()));
    first.is_some_and(|tag| {
        let name = tag.split([' ', '>', '\n', '\r', '\t', '/']).next().unwrap_or_default();
        name.rsplit(':').next() == Some("kml")
    })
}

/// A table of text, and how it came to be one.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) file: TextFile,
    pub(super) sample: Sample,
    pub(super) way: Way,
}

/// Whether bytes are a table of a format that is known, or one of text.
pub(super) fn is_table(origin: &Origin) -> bool {
    let Ok(start) = start(origin) else { return false };
    match Format::of(&start) {
        Format::Other => false,
        // Text in two bytes a letter has zeros, its decoded beginning has none.
        Format::Text => TextFile::of(origin.clone()).is_ok_and(|file| {
            let start = file.sample().0.trim_ascii_start();
            !start.is_empty()
                && !start.starts_with(b"{")
                && !start.starts_with(b"[")
                && !start.iter().take(4096).any(|byte| *byte == 0)
        }),
        _ => true,
    }
}

fn start(origin: &Origin) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    origin.bytes(0)?.take(SAMPLE as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// Opens a table of any format.
///
/// # Errors
/// When it cannot be read; [`io::ErrorKind::InvalidData`] when it is no table.
pub(super) fn open(origin: Origin) -> io::Result<Opened> {
    match Format::of(&start(&origin)?) {
        Format::Zip => zip::open(&origin.unpacked()?),
        _ => open_plain(origin),
    }
}

/// Opens a table of any format but a ZIP.
fn open_plain(origin: Origin) -> io::Result<Opened> {
    let format = Format::of(&start(&origin)?);
    match format {
        Format::Text | Format::Other => {
            let file = TextFile::of(origin)?;
            let (text, is_whole) = file.sample();
            Ok(Opened { sample: Sample::read(text, is_whole), file, way: Way::default() })
        }
        Format::Json(table) => {
            let made = json::read(&origin, table)?;
            let (source, rows) = match table {
                JsonTable::Features | JsonTable::Stream => ("GeoJSON", RowName::Feature),
                JsonTable::Lines => ("JSON, an object on each line", RowName::Line),
                JsonTable::Array => ("JSON, a list of objects", RowName::Object),
            };
            opened(made, source.to_owned(), rows)
        }
        Format::Kml => opened(kml::read(&origin)?, "KML".to_owned(), RowName::Placemark),
        Format::Parquet => {
            let (made, has_shapes) = parquet_file::read(&origin.unpacked()?)?;
            let source = if has_shapes { "GeoParquet" } else { "Parquet" };
            opened(made, source.to_owned(), RowName::Row)
        }
        Format::Zip => Err(refused("a ZIP inside a ZIP is not opened: unpack the outer one")),
        Format::OldWorkbook => {
            Err(refused("it is a workbook of Excel 97 to 2003: save it as XLSX, ODS or CSV"))
        }
    }
}

/// A table that a reader made.
fn opened(made: Made, source: String, rows: RowName) -> io::Result<Opened> {
    let file = TextFile::of_utf8(made.text)?;
    let (text, is_whole) = file.sample();
    let place = |name: &str| made.header.iter().position(|column| column == name);
    let shapes = [
        (Role::Latitude, json::LATITUDE, "the position of the feature or object", true),
        (Role::Longitude, json::LONGITUDE, "the position of the feature or object", true),
        (Role::PlacePrecision, json::PRECISION, "how large the shape is", true),
        (Role::Id, "feature id", "the identifier of the feature", false),
    ];
    let placemarks = [
        (Role::Date, kml::DATE, "the time of the placemark", true),
        (Role::DateEnd, kml::DATE_END, "the end of its time span", true),
        (Role::Title, kml::NAME, "the name of the placemark", true),
        (Role::Summary, kml::DESCRIPTION, "its description", true),
        (Role::Class, kml::FOLDER, "the folder that it is in", false),
    ];
    let is_parquet = source.starts_with("GeoParquet");
    let known = match rows {
        RowName::Feature | RowName::Line => shapes.to_vec(),
        RowName::Row if is_parquet => shapes.to_vec(),
        RowName::Placemark => [&shapes[..], &placemarks[..]].concat(),
        RowName::Row | RowName::Object => Vec::new(),
    };
    let known = known.into_iter().filter_map(|(role, name, why, is_sure)| {
        Some(Known { role, place: place(name)?, why, is_sure })
    });
    let roles = known.collect();
    let header = (made.header, made.has_header);
    let sample = Sample::read_made(text, is_whole, header, made.rows_at);
    let way = Way {
        source: Some(source),
        is_made: true,
        rows,
        numbers: made.numbers,
        notes: made.notes,
        roles,
    };
    Ok(Opened { file, sample, way })
}
