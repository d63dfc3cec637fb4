//! Parses the command line and calls the library: nothing else.

use std::process::ExitCode;

/// A record is millions of small texts, a frame thousands of short-lived lists: decision 0007.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sitrep_atlas::cli::run()
}
