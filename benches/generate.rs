//! No measurement: writes made-up events as a data package, so that the program can be tried with many.
//!
//! ```sh
//! cargo bench --bench generate -- /tmp/made-up 1000000
//! sitrep /tmp/made-up
//! ```

#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

mod support;

use std::path::Path;

use sitrep_atlas::data;
use support::dataset::dataset;

const SEED: u64 = 2022;

fn main() {
    // Cargo adds an argument of its own.
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let [folder, count] = args.as_slice() else { return };
    let basemap = data::basemap::load().unwrap();
    let dataset = dataset(&basemap, count.parse().unwrap(), SEED);
    support::package::write(&dataset, Path::new(folder)).unwrap();
}
