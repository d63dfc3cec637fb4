//! Guards the shape of the source: which module may know which, where colours and files may be
//! touched, how long a file may get, and that `ARCHITECTURE.md` names every folder.
//!
//! Each rule is a function from a file's path and text to what is wrong in it. It is run on the tree,
//! and on small texts that break it, so that a rule that can no longer fail is noticed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use rules::Rule;

#[path = "tidy/rules.rs"]
mod rules;
#[path = "tidy/tokens.rs"]
mod tokens;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
#[test]
fn imports_run_downwards_only() {
    hold(rules::imports_upwards, &rust_files(&["src"]));
}

#[test]
fn only_the_window_knows_the_window_toolkit() {
    hold(rules::toolkit_outside_the_window, &rust_files(&["src"]));
}

#[test]
fn files_and_sockets_are_opened_at_the_edges_only() {
    hold(rules::io_outside_the_edges, &rust_files(&["src"]));
}

#[test]
fn colours_are_written_down_in_the_theme_only() {
    hold(rules::colours_outside_the_theme, &rust_files(&["src"]));
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    hold(rules::too_long, &rust_files(&["src", "tests", "benches"]));
}

#[test]
fn every_file_says_first_what_it_is() {
    hold(rules::no_opening_words, &rust_files(&["src", "tests", "benches"]));
}

#[test]
fn no_file_names_a_machine_it_was_written_on() {
    hold(rules::machine_paths, &texts(tracked_files()));
}

#[test]
fn no_file_names_the_host_of_a_package_registry() {
    hold(rules::registry_hosts, &texts(tracked_files()));
}

#[test]
fn every_folder_is_named_in_the_architecture() {
    let mut folders: BTreeSet<String> = tracked_files()
        .iter()
        .filter_map(|f| f.split_once('/').map(|(top, _)| top.to_owned()))
        .collect();
    folders.extend(rust_files(&["src"]).iter().filter_map(|(path, _)| {
        let (folder, _) = path.rsplit_once('/')?;
        Some(folder.to_owned())
    }));
    let text = fs::read_to_string(Path::new(ROOT).join("ARCHITECTURE.md")).unwrap_or_default();
    let missing = rules::unnamed(&folders, &text);
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name: {}", missing.join(", "));
}

fn hold(rule: Rule, files: &[(String, String)]) {
    assert!(!files.is_empty(), "no files were looked at");
    let wrong: Vec<String> = files.iter().flat_map(|(path, text)| rule(path, text)).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The files that the repository keeps; all there are when it is not under version control.
fn tracked_files() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(ROOT)
        .output()
        .ok()
        .filter(|o| o.status.success() && !o.stdout.is_empty())
        .and_then(|o| String::from_utf8(o.stdout).ok());
    if let Some(listed) = listed {
        let names = listed.split('\0').filter(|name| !name.is_empty());
        return names.map(str::to_owned).collect();
    }
    let mut files = Vec::new();
    walk("", &mut files);
    files
}

fn walk(folder: &str, files: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(Path::new(ROOT).join(folder)) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{folder}{name}");
        if !entry.path().is_dir() {
            files.push(path);
        } else if !["target", ".git"].contains(&path.as_str()) {
            walk(&format!("{path}/"), files);
        }
    }
    files.sort();
}

fn rust_files(folders: &[&str]) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in folders {
        walk(&format!("{folder}/"), &mut files);
    }
    files.retain(|f| Path::new(f).extension().is_some_and(|e| e == "rs"));
    texts(files)
}

/// The files that are text, with their text.
fn texts(files: Vec<String>) -> Vec<(String, String)> {
    files
        .into_iter()
        .filter_map(|f| Some((f.clone(), fs::read_to_string(Path::new(ROOT).join(&f)).ok()?)))
        .collect()
}
