//! Parquet and `GeoParquet`.

use std::sync::Arc;

use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::{read, refusal, says, try_read};

fn point(x: f64, y: f64) -> ByteArray {
    let mut bytes = vec![1, 1, 0, 0, 0];
    bytes.extend(x.to_le_bytes());
    bytes.extend(y.to_le_bytes());
    bytes.into()
}

/// Two made-up rows with a day, a moment in nanoseconds, a name, a count and a point.
fn file(compression: Compression, geo: Option<&str>) -> Vec<u8> {
    let schema = "message rows { optional int32 date (DATE); required int64 seen (TIMESTAMP(NANOS, true)); \
        required binary place (UTF8); required double share; required binary geometry; }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let geo = geo.map(|geo| vec![KeyValue::new("geo".to_owned(), geo.to_owned())]);
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .set_key_value_metadata(geo)
        .build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties)).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut at = 0;
    while let Some(mut column) = group.next_column().unwrap() {
        match at {
            0 => column.typed::<Int32Type>().write_batch(&[18269], Some(&[1, 0]), None).map(|_| ()),
            1 => {
                let values = [1_578_441_600_000_000_000, 1_578_441_661_500_000_000];
                column.typed::<Int64Type>().write_batch(&values, None, None).map(|_| ())
            }
            2 => {
                let values = ["Town A", "Town, \"B\"\nnorth"].map(ByteArray::from);
                column.typed::<ByteArrayType>().write_batch(&values, None, None).map(|_| ())
            }
            3 => column.typed::<DoubleType>().write_batch(&[0.5, f64::NAN], None, None).map(|_| ()),
            _ => {
                let values = [point(44.5, 33.25), ByteArray::from(vec![9, 9])];
                column.typed::<ByteArrayType>().write_batch(&values, None, None).map(|_| ())
            }
        }
        .unwrap();
        column.close().unwrap();
        at += 1;
    }
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

const GEO: &str = r#"{"version":"1.0.0","primary_column":"geometry","columns":{"geometry":{"encoding":"WKB","geometry_types":["Point"]}}}"#;

#[test]
fn rows_of_parquet_become_events_in_every_compression() {
    let kinds = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::ZSTD(ZstdLevel::default()),
        Compression::LZ4_RAW,
    ];
    for compression in kinds {
        let read = read(file(compression, Some(GEO)));
        assert_eq!((read.rows.report.read, read.rows.report.used), (2, 1), "{}", read.how);
        assert_eq!(read.days(), ["2020-01-08"]);
        assert_eq!(read.positions(), [Some([33.25, 44.5])]);
        assert_eq!(read.rows.places[0].name, "Town A");
        assert_eq!(read.other(0, "seen"), "2020-01-08");
        assert_eq!(read.other(0, "share"), "0.5");
        read.notes("1 row with a shape that is no well-known binary");
        let told = read.how.to_string();
        says(&told, "Read as a table, its columns guessed: GeoParquet.");
        says(&told, "row 2: ");
    }
}

#[test]
fn another_reference_system_is_told_and_another_encoding_is_not_read() {
    let other = GEO.replace(
        "\"encoding\":\"WKB\",",
        "\"encoding\":\"WKB\",\"crs\":{\"name\":\"A grid\",\"id\":{\"authority\":\"EPSG\",\"code\":32638}},",
    );
    read(file(Compression::SNAPPY, Some(&other))).notes("its coordinates are in A grid");
    read(file(Compression::SNAPPY, Some(&GEO.replace("WKB", "point"))))
        .notes("written as \"point\"");
    let plain = read(file(Compression::SNAPPY, None));
    assert_eq!(plain.other(0, "geometry").len(), 42, "bytes that are no text stand as digits");
    says(&plain.how.to_string(), ": Parquet.");
}

#[test]
fn a_damaged_file_is_refused_in_a_sentence_or_read_wherever_it_is_cut_or_changed() {
    let whole = file(Compression::SNAPPY, Some(GEO));
    for length in (4..whole.len()).step_by(5) {
        says(&refusal(&whole[..length]), "the Parquet file is damaged");
    }
    for place in (4..whole.len()).step_by(3) {
        let mut other = whole.clone();
        other[place] ^= 0x2a;
        if let Ok(read) = try_read(other) {
            assert!(read.rows.report.read < 1_000_000);
        }
    }
}
