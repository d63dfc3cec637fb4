//! How long a large table of somebody else takes to open, stage by stage, and how much memory.
//!
//! ```sh
//! cargo bench --bench open                      # a million made-up rows in the shape of ACLED's
//! cargo bench --bench open -- 5000000
//! cargo bench --bench open -- write big.csv 1000000
//! cargo bench --bench open -- file big.csv      # a file that is there, once, for a process of its own
//! ```
//!
//! `benches/open_peers.sh` does the same with Polars and `DuckDB` in turns.

#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]
#![expect(clippy::cast_precision_loss, reason = "numbers for people")]
#![expect(clippy::print_stdout, reason = "what it measures is what it is run for")]

mod support;

use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use sitrep_atlas::analysis::{Record, View, select};
use sitrep_atlas::data::import::{Progress, Table};
use support::measure;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SEED: u64 = 2022;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["write", path, rows] => write(Path::new(path), rows.parse().unwrap()),
        ["file", path] => open(Path::new(path), false),
        rows => {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("made-up.csv");
            write(&path, rows.first().map_or(1_000_000, |rows| rows.parse().unwrap()));
            for _ in 0..3 {
                open(&path, true);
            }
        }
    }
}

fn write(path: &Path, rows: u32) {
    let mut to = BufWriter::new(std::fs::File::create(path).unwrap());
    support::acled::write(&mut to, rows, SEED).unwrap();
    to.flush().unwrap();
}

/// Opens a table and says how long each stage took; what reading the file takes beside it, if asked.
fn open(path: &Path, with_plain_read: bool) {
    let megabytes = std::fs::metadata(path).unwrap().len() as f64 / 1e6;
    let mut stages: Vec<(&str, Duration)> = Vec::new();
    let mut at = Instant::now();
    let mut stage = |name, at: &mut Instant| {
        stages.push((name, at.elapsed()));
        *at = Instant::now();
    };
    if with_plain_read {
        plain_read(path);
        stage("plain read", &mut at);
    }
    let begin = Instant::now();
    let table = Table::open(path).unwrap();
    stage("its beginning", &mut at);
    let imported = table.read(&Progress::default()).unwrap();
    stage("its rows", &mut at);
    let dataset = table.dataset(imported, "made up");
    stage("dataset", &mut at);
    let record = Record::new(dataset);
    stage("record", &mut at);
    let selection = select(&record, &View::of_all(&record));
    stage("all of it counted", &mut at);
    let whole = begin.elapsed();
    println!("{} events of {megabytes:.0} MB", selection.len());
    for (name, took) in stages {
        println!("{name:>20} {:8.1} ms", took.as_secs_f64() * 1e3);
    }
    println!(
        "{:>20} {:8.1} ms, {:.0} MB/s; most memory {:.0} MB",
        "open to countable",
        whole.as_secs_f64() * 1e3,
        megabytes / whole.as_secs_f64(),
        measure::peak_bytes(std::process::id()).unwrap_or(f64::NAN) / 1e6,
    );
}

fn plain_read(path: &Path) {
    let mut file = std::fs::File::open(path).unwrap();
    let mut block = vec![0; 1 << 20];
    while file.read(&mut block).unwrap() > 0 {}
}
