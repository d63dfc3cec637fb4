//! Parses the command line and calls the library: nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    sitrep_atlas::cli::run()
}
