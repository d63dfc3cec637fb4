//! Tables packed by ZIP and gzip.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{read, refusal, says};

pub(crate) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(crate) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

const TABLE: &str = "date,lat,lon,place\n2020-01-05,33.5,44.5,Town A\nsoon,33.6,44.6,Town B\n";

#[test]
fn a_table_in_a_zip_is_read_with_its_lines() {
    let read = read(zipped(&[("events.csv", TABLE.as_bytes())]));
    assert_eq!((read.rows.report.read, read.rows.report.used), (2, 1));
    assert_eq!(read.positions(), [Some([33.5, 44.5])]);
    let told = read.how.to_string();
    says(&told, "\"events.csv\" in a ZIP, UTF-8, \",\" between cells");
    says(&told, "line 3: soon");
    assert_eq!(read.how.notes, [""; 0]);
}

#[test]
fn of_several_tables_the_largest_is_read_and_the_others_are_named() {
    let large = TABLE.to_owned() + &"2020-01-06,33.5,44.5,Town A\n".repeat(50);
    let read = read(zipped(&[
        ("a/small.csv", TABLE.as_bytes()),
        ("a/", b""),
        ("a/large.tsv", large.replace(',', "\t").as_bytes()),
        ("__MACOSX/a/._large.tsv", &[0; 900]),
        ("readme.txt", "Words about it, and more.\n\n".repeat(500).as_bytes()),
        ("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0"),
    ]));
    assert_eq!(read.rows.report.used, 51);
    read.notes("\"a/large.tsv\" is the largest table of the ZIP; it also holds \"a/small.csv\"");
}

#[test]
fn names_that_lead_out_of_an_archive_lead_nowhere() {
    let inside = std::env::temp_dir().join("sitrep-should-not-be-there.csv");
    let names =
        ["../../../../../../../../tmp/sitrep-should-not-be-there.csv", inside.to_str().unwrap()];
    for name in names {
        let read = read(zipped(&[(name, TABLE.as_bytes())]));
        assert_eq!(read.rows.report.read, 2);
        assert!(!inside.exists());
    }
}

#[test]
fn what_unpacks_to_far_more_than_it_is_gets_refused_with_numbers() {
    let mut row = b"date,lat,lon\n2020-01-05,33.5,44.5\n".to_vec();
    row.resize(270 << 20, b'\n');
    let zip = zipped(&[("bomb.csv", &row)]);
    let size = zip.len();
    let sentence = refusal(zip);
    says(&sentence, "unpack to more than 268 MB, over 200 times as much");
    assert!(size < 400_000, "{size}");
    let gzip = gzipped(&row);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomb.csv.gz");
    std::fs::write(&path, gzip).unwrap();
    let table = sitrep_atlas::data::import::Table::open(&path).unwrap();
    let error = table.read(&sitrep_atlas::data::import::Progress::default()).unwrap_err();
    says(&error.to_string(), "over 200 times as much");
}

#[test]
fn a_broken_archive_is_refused_in_a_sentence_wherever_it_is_cut() {
    let whole = zipped(&[("events.csv", TABLE.repeat(30).as_bytes())]);
    for length in 4..whole.len() {
        let sentence = refusal(&whole[..length]);
        says(&sentence, "damaged or cut off");
    }
    // A byte that is another one: read with all rows, refused, or seen by the checksum.
    for place in 0..whole.len() {
        let mut other = whole.clone();
        other[place] ^= 0x55;
        if let Ok(read) = crate::try_read(other) {
            assert!(read.rows.report.read > 0);
        }
    }
}

#[test]
fn archives_without_a_table_are_refused_with_the_reason() {
    says(&refusal(zipped(&[])), "0 files, none of them a table");
    says(&refusal(zipped(&[("a.bin", &[0; 100])])), "1 file, none of them a table");
    let inner = zipped(&[("events.csv", TABLE.as_bytes())]);
    says(&refusal(zipped(&[("inner.zip", &inner)])), "none of them a table");
    let package =
        zipped(&[("data/datapackage.json", b"{}"), ("data/events.csv", TABLE.as_bytes())]);
    says(&refusal(package), "a data package in a ZIP: unpack it");
    says(&refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more".to_vec()), "save it as XLSX");
}
