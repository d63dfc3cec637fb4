//! The record and the source register that are built into the program.

macro_rules! files {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $folder, "/", $name)) as &[u8])),+]
    };
}

/// The files of the embedded data package.
#[must_use]
pub fn embedded_record() -> &'static [(&'static str, &'static [u8])] {
    files!("data":
        "datapackage.json", "sources.csv", "sites.csv", "actors.csv", "events.csv", "reports.csv",
        "links.csv", "context.csv", "force_levels.csv", "reported_totals.csv",
        "coverage_notes.csv")
}
