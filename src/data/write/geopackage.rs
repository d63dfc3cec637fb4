//! `GeoPackage` 1.3 (OGC 12-128r17): the features in the table `events`, what was exported in the table `sitrep_export`.

use std::io;
use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OpenFlags};

use super::EventExport;
use crate::analysis::event_columns::{ColumnKind, EventCell};
use crate::domain::LonLat;

/// A table of `SQLite` has no more columns, that of the feature and of its shape among them.
pub(super) const MOST_COLUMNS: usize = 1998;

/// "GPKG", and version 1.3.
const HEADER: &str = "\
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
BEGIN;
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326,
   'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]',
   'longitude and latitude in degrees');
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE sitrep_export (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL);
";

/// The day that stands as that of the last change: the same events give the same file whenever it is written.
const LAST_CHANGE: &str = "2000-01-01T00:00:00.000Z";

/// Fills the empty file at `path`.
pub(super) fn write(export: &EventExport<'_>, path: &Path) -> io::Result<()> {
    let database =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(told)?;
    database.execute_batch(HEADER).map_err(told)?;
    let columns = export.columns.iter().map(|column| {
        let kind = match column.kind {
            ColumnKind::Text => "TEXT",
            ColumnKind::Count => "INTEGER",
            ColumnKind::Number => "DOUBLE",
            ColumnKind::Day => "DATE",
        };
        format!(", \"{}\" {kind}", column.name.replace('"', "\"\""))
    });
    let table = format!(
        "CREATE TABLE events (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT{})",
        columns.collect::<String>()
    );
    database.execute_batch(&table).map_err(told)?;
    let extent = rows(export, &database)?;
    described(export, &database, extent).map_err(told)?;
    database.execute_batch("COMMIT").map_err(told)?;
    database.close().map_err(|(_, error)| told(error))
}

/// Writes the events; gives west, south, east and north of their points.
fn rows(export: &EventExport<'_>, database: &Connection) -> io::Result<Option<[f64; 4]>> {
    let places = vec!["?"; export.columns.len() + 1].join(",");
    let mut insert =
        database.prepare(&format!("INSERT INTO events VALUES (NULL,{places})")).map_err(told)?;
    let mut extent: Option<[f64; 4]> = None;
    export.each(|line| {
        let at = line.position();
        if let Some((lon, lat)) = at.map(|at| (at.lon(), at.lat())) {
            let [west, south, east, north] = extent.unwrap_or([lon, lat, lon, lat]);
            extent = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
        }
        let blob = at.map(point);
        let shape = blob.as_ref().map_or(ValueRef::Null, |blob| ValueRef::Blob(blob));
        insert.raw_bind_parameter(1, ToSqlOutput::Borrowed(shape)).map_err(told)?;
        for (number, column) in (2..).zip(&export.columns) {
            let cell = column.cell(line);
            let value = match &cell {
                EventCell::Empty => ToSqlOutput::Borrowed(ValueRef::Null),
                EventCell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
                EventCell::Count(count) => {
                    ToSqlOutput::Borrowed(ValueRef::Integer((*count).into()))
                }
                EventCell::Number(number) => ToSqlOutput::Borrowed(ValueRef::Real(*number)),
                EventCell::Day(day) => ToSqlOutput::Owned(Value::Text(day.to_string())),
            };
            insert.raw_bind_parameter(number, value).map_err(told)?;
        }
        insert.raw_execute().map_err(told)?;
        Ok(())
    })?;
    Ok(extent)
}

/// Says what the tables are.
fn described(
    export: &EventExport<'_>,
    database: &Connection,
    extent: Option<[f64; 4]>,
) -> rusqlite::Result<()> {
    let mut put = database.prepare("INSERT INTO sitrep_export (name, value) VALUES (?, ?)")?;
    put.execute(["words", &export.note.words])?;
    for (name, value) in &export.note.facts {
        put.execute([*name, value])?;
    }
    let [west, south, east, north] = extent.map_or([None; 4], |extent| extent.map(Some));
    database.execute(
        "INSERT INTO gpkg_contents VALUES ('events', 'features', 'events', ?, ?, ?, ?, ?, ?, 4326)",
        (&export.note.words, LAST_CHANGE, west, south, east, north),
    )?;
    database.execute(
        "INSERT INTO gpkg_contents VALUES ('sitrep_export', 'attributes', 'sitrep_export', 'what was exported', ?, NULL, NULL, NULL, NULL, NULL)",
        [LAST_CHANGE],
    )?;
    database.execute(
        "INSERT INTO gpkg_geometry_columns VALUES ('events', 'geom', 'POINT', 4326, 0, 0)",
        (),
    )?;
    Ok(())
}

/// A point as a `GeoPackage` has it: its header without an envelope, then well-known binary, all little-endian.
fn point(at: LonLat) -> Vec<u8> {
    let mut blob = b"GP\x00\x01".to_vec();
    blob.extend(4326_i32.to_le_bytes());
    blob.extend(super::wkb::point(at));
    blob
}

fn told(error: rusqlite::Error) -> io::Error {
    io::Error::other(error)
}
