//! Archives of ZIP: the table in them, or the largest of several. Nothing is written under a name of the archive.

use std::borrow::Cow;
use std::io::{self, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::book;
use super::maker::counted;
use super::ods::Document;
use super::xlsx::Workbook;
use super::{Format, Opened, RowName, open_plain};
use crate::data::import::dialect::Sample;
use crate::data::import::origin::{Limited, Origin, ReadSeek, Store, refused};
use crate::data::import::{guess, profile};

/// An archive holds no more files.
const MOST_FILES: usize = 10_000;

/// Bytes of each file from which is told what it is.
const START: u64 = 64 << 10;

/// No more is unpacked.
const MOST: u64 = 32 << 30;

pub(super) type Archive = ZipArchive<Box<dyn ReadSeek>>;

/// Opens the table in an archive.
///
/// # Errors
/// When it holds none, or is damaged.
pub(super) fn open(origin: &Origin) -> io::Result<Opened> {
    let mut archive = Archive::new(origin.seekable()?).map_err(told)?;
    if archive.len() > MOST_FILES {
        return Err(refused(format!(
            "it is a ZIP of {} files: at most {MOST_FILES} are looked at",
            archive.len()
        )));
    }
    if let Some(opened) = workbook(&mut archive, origin.size()?)? {
        return Ok(opened);
    }
    let mut tables = Vec::new();
    let mut refusals = Vec::new();
    let all = origin.size()?;
    for number in 0..archive.len() {
        match candidate(&mut archive, number, all) {
            Ok(Some(table)) if table.is_package => {
                return Err(refused(
                    "it is a data package in a ZIP: unpack it and open its folder",
                ));
            }
            Ok(found) => tables.extend(found),
            Err(error) => refusals.push(error.to_string()),
        }
    }
    tables.sort_by_key(|table| (std::cmp::Reverse(table.rank), std::cmp::Reverse(table.size)));
    let Some(best) = tables.first() else {
        let why = refusals.first().map_or(String::new(), |why| format!(": {why}"));
        let files = counted(archive.len() as u64, "file", "files");
        return Err(refused(format!("it is a ZIP of {files}, none of them a table{why}")));
    };
    let mut opened = open_plain(unpacked(&mut archive, best.number, all)?)?;
    let inside = opened.way.source.take().map_or(String::new(), |source| format!("{source}, "));
    opened.way.source = Some(format!("{inside}\"{}\" in a ZIP", best.name));
    if let [_, others @ ..] = tables.as_slice()
        && !others.is_empty()
    {
        const SHOWN: usize = 10;
        let names = others.iter().take(SHOWN).map(|table| format!("\"{}\"", table.name));
        let more = others.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        opened.way.notes.insert(
            0,
            format!(
                "\"{}\" is the largest table of the ZIP; it also holds {}{more}, which were not read",
                best.name,
                names.collect::<Vec<_>>().join(", ")
            ),
        );
    }
    Ok(opened)
}

/// The workbook that an archive is, if it is one.
fn workbook(archive: &mut Archive, all: u64) -> io::Result<Option<Opened>> {
    let names: Vec<String> = (0..archive.len())
        .map(|number| archive.name_for_index(number))
        .map(|name| name.and_then(Result::ok).map_or_else(String::new, Cow::into_owned))
        .collect();
    let place = |wanted: &str| names.iter().position(|n| n.eq_ignore_ascii_case(wanted));
    let (kind, (made, sheet)) = if place("xl/workbook.xml").is_some() {
        let book = Workbook::open(archive, all)?;
        ("an Excel workbook", book::read(all, &book)?)
    } else if place("xl/workbook.bin").is_some() {
        return Err(refused("it is a binary workbook of Excel: save it as XLSX, ODS or CSV"));
    } else if let (Some(_), Some(content)) = (place("mimetype"), place("content.xml")) {
        let book = Document::open(unpacked(archive, content, all)?)?;
        ("an OpenDocument file", book::read(all, &book)?)
    } else {
        return Ok(None);
    };
    let source = format!("sheet \"{sheet}\" of {kind}");
    super::opened(made, source, RowName::Row).map(Some)
}

/// A file of the archive that can be read as a table.
struct Candidate {
    number: usize,
    /// Its name, for people.
    name: String,
    size: u64,
    /// How much it looks like a table of events.
    rank: u8,
    is_package: bool,
}

fn candidate(archive: &mut Archive, number: usize, all: u64) -> io::Result<Option<Candidate>> {
    let file = archive.by_index(number).map_err(told)?;
    let raw = String::from_utf8_lossy(file.name_raw()).into_owned();
    let leaf = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    // Macintoshes pack a file of attributes beside each.
    if file.is_dir() || leaf.is_empty() || leaf.starts_with('.') || raw.starts_with("__MACOSX/") {
        return Ok(None);
    }
    let is_package = leaf == "datapackage.json";
    let name: String = raw.chars().take(80).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let (size, packed) = (file.size(), file.compressed_size().min(all));
    let mut start = Vec::new();
    Limited::new(file, packed).take(START).read_to_end(&mut start)?;
    let rank = match Format::of(&start) {
        // Other markup is no table, as which a part of a damaged workbook would be read.
        Format::Text if start.trim_ascii_start().starts_with(b"<") => 0,
        Format::Text => text_rank(&start, size <= START),
        Format::Json(_) | Format::Kml | Format::Parquet => 3,
        Format::Zip | Format::OldWorkbook | Format::Other => 0,
    };
    let table = Candidate { number, name, size, rank, is_package };
    Ok((rank > 0 || is_package).then_some(table))
}

/// How much a text looks like a table of events: one with dates, one of several columns, or neither.
fn text_rank(start: &[u8], is_whole: bool) -> u8 {
    let text = super::super::text_file::decoded(start);
    if text.iter().take(4096).any(|byte| *byte == 0) {
        return 0;
    }
    let mut sample = Sample::read(&text, is_whole);
    let mapping = profile::recognised(&mut sample).unwrap_or_else(|| guess::guess(&sample));
    if mapping.has_date() { 3 } else { u8::from(sample.header.len() > 1 && sample.rows.len() > 1) }
}

/// A file of an archive of so many bytes, unpacked into memory or a temporary file.
///
/// # Errors
/// When it is damaged, or unpacks to far more than it is.
pub(super) fn unpacked(archive: &mut Archive, number: usize, all: u64) -> io::Result<Origin> {
    let file = archive.by_index(number).map_err(told)?;
    let packed = file.compressed_size().min(all);
    let mut store = Store::new(MOST);
    io::copy(&mut Limited::new(file, packed), &mut store).map_err(damaged)?;
    Ok(store.into_origin())
}

/// What is wrong with an archive, in words.
fn told(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => damaged(error),
        ZipError::UnsupportedArchive(what) if what == ZipError::PASSWORD_REQUIRED => {
            refused("a file in the ZIP has a password: unpack it first")
        }
        ZipError::UnsupportedArchive(what) => {
            refused(format!("the ZIP is packed in a way that Sitrep does not read ({what})"))
        }
        other => refused(format!("the ZIP is damaged or cut off ({other})")),
    }
}

fn damaged(error: io::Error) -> io::Error {
    use io::ErrorKind::{InvalidInput, Other, UnexpectedEof};
    match error.kind() {
        UnexpectedEof | InvalidInput | Other => {
            refused(format!("the ZIP is damaged or cut off ({error})"))
        }
        _ => error,
    }
}
