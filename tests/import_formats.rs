//! Files that are no plain text of cells: told by their first bytes, read into the same events, and refused in a sentence
//! where they are broken. All names and places are made up.
#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "support/mod.rs"]
mod support;

mod import_formats {
    pub(crate) mod json;
    pub(crate) mod kml;
    pub(crate) mod packed;
    pub(crate) mod parquet;
    pub(crate) mod sheets;
}

use sitrep_atlas::data::import::{HowRead, Imported, Progress, Table};
use sitrep_atlas::domain::{Event, EventWords};

/// What a table says of itself and its rows.
struct Read {
    table: Table,
    rows: Imported,
    how: HowRead,
}

fn try_read(bytes: impl Into<Vec<u8>>) -> Result<Read, String> {
    let table = Table::in_memory(bytes.into()).map_err(|error| error.to_string())?;
    let rows = table.read(&Progress::default()).map_err(|error| error.to_string())?;
    let how = table.how_read(&rows);
    Ok(Read { table, rows, how })
}

fn read(bytes: impl Into<Vec<u8>>) -> Read {
    try_read(bytes).unwrap()
}

/// Why bytes are no table.
fn refusal(bytes: impl Into<Vec<u8>>) -> String {
    try_read(bytes).map(|read| read.how.to_string()).unwrap_err()
}

impl Read {
    /// The events in the order of the file.
    fn in_file(&self) -> Vec<&Event> {
        let mut events: Vec<_> = self.rows.events.iter().zip(self.rows.lines()).collect();
        events.sort_by_key(|(_, line)| *line);
        events.into_iter().map(|(event, _)| event).collect()
    }

    /// Latitudes and longitudes of the rows.
    fn positions(&self) -> Vec<Option<[f64; 2]>> {
        let place = |event: &Event| {
            let position = self.rows.places[event.site.get()].position;
            position.map(|p| [p.lat(), p.lon()])
        };
        self.in_file().into_iter().map(place).collect()
    }

    /// First days of the rows.
    fn days(&self) -> Vec<String> {
        self.in_file().iter().map(|event| event.date.span.first().to_string()).collect()
    }

    /// What is said of a row in words.
    fn words(&self, row: usize) -> EventWords {
        let dataset = self.table.dataset(self.rows.clone(), "a table");
        dataset.words(self.in_file()[row]).into_owned()
    }

    /// The cell of a row under a column of which nothing was made.
    fn other(&self, row: usize, column: &str) -> String {
        let place = self.table.sample().place_of(column).unwrap();
        let cells = self.words(row).others;
        cells
            .into_iter()
            .find(|(p, _)| *p as usize == place)
            .map_or(String::new(), |(_, cell)| cell)
    }

    #[track_caller]
    fn notes(&self, part: &str) {
        assert!(self.how.notes.iter().any(|note| note.contains(part)), "{:?}", self.how.notes);
    }
}

#[track_caller]
fn says(sentence: &str, part: &str) {
    assert!(sentence.contains(part), "{sentence}");
}
