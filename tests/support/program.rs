//! The program as a process: without a display, in a folder of the test's choice.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// What the program answered.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program without a display, in a folder.
pub(crate) fn command(args: &[impl AsRef<OsStr>], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sitrep"));
    command.args(args).current_dir(folder).stdin(Stdio::null());
    // Nothing of what somebody keeps between runs is met here.
    command.env("XDG_CONFIG_HOME", "/nowhere");
    for variable in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(variable);
    }
    command
}

/// Runs the program to its end.
pub(crate) fn sitrep(args: &[&str], folder: &Path) -> Ran {
    let Output { status, stdout, stderr } = command(args, folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

/// Runs a command that must succeed and gives what it answers.
pub(crate) fn done(args: &[&str]) -> String {
    let ran = sitrep(args, Path::new("."));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
    ran.stdout
}

/// The identifiers of the rows of a result in JSON.
pub(crate) fn ids_of_json(text: &str) -> Vec<String> {
    let json: Value = serde_json::from_str(text).unwrap();
    let rows = json["rows"].as_array().unwrap().iter();
    rows.map(|r| r["id"].as_str().unwrap().to_owned()).collect()
}

/// Every file under a folder with its size.
pub(crate) fn listing(folder: &Path) -> BTreeMap<String, u64> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|e| (e.file_name().to_string_lossy().into_owned(), e.metadata().unwrap().len()))
        .collect()
}
