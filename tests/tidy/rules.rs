//! What must hold, file by file: each rule takes a path and a text and says what is wrong in it.
//!
//! Knows nothing of the tree: `tests/tidy.rs` reads it and applies the rules.

use std::collections::BTreeSet;

use super::tokens::{Token, paths_from, paths_from_super, tokens, without_test_items};

const MAX_LINES: usize = 500;

/// Each layer of `src/` with the layers below it that it may name.
const LAYERS: [(&str, &[&str]); 9] = [
    ("domain", &[]),
    ("analysis", &["domain"]),
    ("data", &["analysis", "domain"]),
    ("scene", &["analysis", "domain"]),
    ("export", &["scene", "analysis", "domain"]),
    ("app", &["export", "scene", "data", "analysis", "domain"]),
    ("cli", &["app", "export", "scene", "data", "analysis", "domain"]),
    ("main", &["cli", "app"]),
    ("lib", &[]),
];

/// What is wrong in a file, one finding a line; empty when the rule holds.
pub(super) type Rule = fn(path: &str, text: &str) -> Vec<String>;

pub(super) fn imports_upwards(path: &str, text: &str) -> Vec<String> {
    let layer = layer_of(path);
    let Some((_, below)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        return vec![format!(
            "{path}: \"{layer}\" is not a layer: give it its place in tests/tidy.rs and ARCHITECTURE.md"
        )];
    };
    let tokens = tokens(text);
    let mut named = paths_from(&tokens, "crate");
    named.extend(paths_from(&tokens, "sitrep_atlas"));
    named.extend(paths_from_super(&tokens, depth_of(path)));
    named
        .into_iter()
        .filter(|(_, name)| name != layer && !below.contains(&name.as_str()))
        .map(|(line, name)| format!("{path}:{line}: {layer} must not know {name}"))
        .collect()
}

pub(super) fn toolkit_outside_the_window(path: &str, text: &str) -> Vec<String> {
    let in_window = path.starts_with("src/app/");
    let is_map = path == "src/app/map_panel.rs";
    tokens(text)
        .iter()
        .filter(|t| match t.text.as_str() {
            "walkers" => !is_map,
            "egui" | "eframe" => !in_window,
            other => other.starts_with("egui_") && !in_window,
        })
        .map(|t| format!("{path}:{}: {} is named here", t.line, t.text))
        .collect()
}

pub(super) fn io_outside_the_edges(path: &str, text: &str) -> Vec<String> {
    let edge = ["src/data/", "src/cli/", "src/app/jobs.rs"];
    if edge.iter().any(|e| path.starts_with(e)) {
        return Vec::new();
    }
    paths_from(&tokens(text), "std")
        .into_iter()
        .filter(|(_, name)| ["fs", "net", "*"].contains(&name.as_str()))
        .map(|(line, name)| format!("{path}:{line}: std::{name} is used here"))
        .collect()
}

pub(super) fn colours_outside_the_theme(path: &str, text: &str) -> Vec<String> {
    let is_test = path.ends_with("/tests.rs") || path.ends_with("_tests.rs");
    if is_test || ["src/scene/theme.rs", "src/scene/item.rs"].contains(&path) {
        return Vec::new();
    }
    let tokens = without_test_items(&tokens(text));
    (0..tokens.len())
        .filter(|&at| is_colour_literal(&tokens[at..]))
        .map(|at| format!("{path}:{}: a colour is written down here", tokens[at].line))
        .collect()
}

fn is_colour_literal(tokens: &[Token]) -> bool {
    let words: Vec<&str> = tokens.iter().take(12).map(|t| t.text.as_str()).collect();
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    match words.as_slice() {
        ["Rgba", "::", "hex", ..] | ["hex_color", "!", ..] => true,
        ["Rgba", "(", "[", "0", ",", "0", ",", "0", ",", "0", "]", ..]
        | ["Color32", "::", "TRANSPARENT" | "WHITE" | "PLACEHOLDER", ..] => false,
        ["Rgba", "(", "[", r, ",", g, ",", b, ..] => number(r) || number(g) || number(b),
        ["Color32", "::", name, "(", first, ..] if name.starts_with("from_") => number(first),
        ["Color32", "::", name, ..] => name.chars().all(|c| c.is_ascii_uppercase() || c == '_'),
        _ => false,
    }
}

pub(super) fn too_long(path: &str, text: &str) -> Vec<String> {
    let lines = text.lines().count();
    let wrong = lines > MAX_LINES;
    wrong.then(|| format!("{path}: {lines} lines, {MAX_LINES} at most")).into_iter().collect()
}

pub(super) fn no_opening_words(path: &str, text: &str) -> Vec<String> {
    let wrong = !text.starts_with("//! ");
    wrong.then(|| format!("{path}: does not start with //!")).into_iter().collect()
}

pub(super) fn machine_paths(path: &str, text: &str) -> Vec<String> {
    // Put together from parts, so that this file passes its own rule.
    let roots = ["work", "root", "home"].map(|folder| format!("/{folder}/"));
    let mut needles: Vec<String> = roots.to_vec();
    needles.push(format!("/tmp/{}", "bash_jobs"));
    let absolute = |line: &str, at: usize| {
        let before = line[..at].chars().next_back();
        // After a letter, a digit or the like it is part of an address or of a relative path.
        !before.is_some_and(|c| c.is_alphanumeric() || "._-~}".contains(c))
    };
    find_lines(path, text, |line| {
        needles
            .iter()
            .find(|n| line.match_indices(n.as_str()).any(|(at, _)| absolute(line, at)))
            .map(|n| format!("{n} is a path of one machine"))
    })
}

pub(super) fn registry_hosts(path: &str, text: &str) -> Vec<String> {
    let hosts = [
        ["static.crates", "io"],
        ["index.crates", "io"],
        ["pypi", "org"],
        ["pythonhosted", "org"],
        ["registry.npmjs", "org"],
        ["proxy.golang", "org"],
        ["deb.debian", "org"],
    ]
    .map(|parts| parts.join("."));
    let option = ["index", "url"].join("-");
    let public = "\"registry+https://github.com/rust-lang/crates.io-index\"";
    find_lines(path, text, |line| {
        if let Some(host) = hosts.iter().find(|h| line.contains(h.as_str())) {
            return Some(format!("{host} is for the machine's settings to say"));
        }
        if line.contains(&option) {
            return Some(format!("{option} is for the machine's settings to say"));
        }
        let source = line.strip_prefix("source = ")?;
        let locked = path == "Cargo.lock" && source != public;
        locked.then(|| format!("{source} is not the public registry"))
    })
}

pub(super) fn unnamed(folders: &BTreeSet<String>, architecture: &str) -> Vec<String> {
    folders.iter().filter(|f| !architecture.contains(&format!("`{f}/`"))).cloned().collect()
}

fn find_lines(path: &str, text: &str, wrong: impl Fn(&str) -> Option<String>) -> Vec<String> {
    text.lines()
        .enumerate()
        .filter_map(|(i, line)| Some(format!("{path}:{}: {}", i + 1, wrong(line)?)))
        .collect()
}

/// "app" for `src/app/keys.rs`, "main" for `src/main.rs`.
fn layer_of(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    let first = inside.split('/').next().unwrap_or(inside);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// How many modules a file's own module lies below the root of the crate.
fn depth_of(path: &str) -> usize {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let is_index = ["mod.rs", "lib.rs", "main.rs"].iter().any(|i| parts.last() == Some(i));
    parts.len() - usize::from(is_index)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rule finds as many faults in the text as said, each with the file's path.
    fn check(rule: Rule, path: &str, text: &str, faults: usize) {
        let found = rule(path, text);
        assert_eq!(found.len(), faults, "{path}\n{text}\n{found:?}");
        assert!(found.iter().all(|f| f.starts_with(path)), "{found:?}");
    }

    #[test]
    fn an_import_that_runs_up_is_found_however_it_is_written() {
        let check = |path, text, faults| check(imports_upwards, path, text, faults);
        check("src/domain/day.rs", "use crate::analysis::View;", 1);
        check("src/domain/mod.rs", "use super::{scene::Item, app};", 2);
        check("src/scene/map.rs", "use crate::{data::{self, Loaded}, export as e};", 2);
        check("src/scene/text/face.rs", "use super::super::super::data;", 1);
        check("src/data/a.rs", "mod tests { use super::super::super::cli; }", 1);
        check("src/export/png.rs", "fn f() { crate::app::run() }", 1);
        check("src/main.rs", "use sitrep_atlas::{cli, data};", 1);
        check("src/scene/a.rs", "use crate::*;", 1);
        check("src/net/a.rs", "", 1);
    }

    #[test]
    fn an_import_that_runs_down_or_aside_is_not_found() {
        let check = |path, text| check(imports_upwards, path, text, 0);
        check("src/app/keys.rs", "use super::document::{Command, x};");
        check("src/app/keys.rs", "mod tests { use super::super::document; use super::*; }");
        check("src/app/keys.rs", "use crate::{analysis::View, data, domain::*};");
        check(
            "src/scene/map.rs",
            "// crate::app\nconst A: &str = \"crate::app\"; /* crate::cli */",
        );
        check(
            "src/scene/map.rs",
            "/// Used by [`crate::app`].\nconst A: &str = r#\"crate::\"cli\"#;",
        );
        check("src/main.rs", "fn main() { sitrep_atlas::cli::run() }");
    }

    #[test]
    fn the_window_toolkit_is_found_outside_the_window() {
        let check = |path, text, faults| check(toolkit_outside_the_window, path, text, faults);
        check("src/scene/map.rs", "use egui::Color32; use egui_extras::x;", 2);
        check("src/cli/mod.rs", "fn f(a: &'static eframe::App) {}", 1);
        check("src/app/pen.rs", "use walkers::Map;", 1);
        check("src/app/pen.rs", "use egui::Ui;", 0);
        check("src/app/map_panel.rs", "use walkers::Map;", 0);
        check("src/scene/map.rs", "// As egui does.\nconst A: &str = \"walkers\";", 0);
    }

    #[test]
    fn files_and_sockets_are_found_away_from_the_edges() {
        let check = |path, text, faults| check(io_outside_the_edges, path, text, faults);
        check("src/scene/map.rs", "use std::fs;", 1);
        check("src/app/atlas.rs", "use std::{io, fs::File, net};", 2);
        check("src/export/png.rs", "let a = ::std::net::TcpStream::connect(b);", 1);
        check("src/data/store.rs", "use std::fs;", 0);
        check("src/app/jobs.rs", "use std::fs;", 0);
        check("src/scene/map.rs", "use std::io; // not std::fs", 0);
    }

    #[test]
    fn a_colour_is_found_outside_the_theme() {
        let check = |path, text, faults| check(colours_outside_the_theme, path, text, faults);
        check("src/app/pen.rs", "let a = Rgba::hex(0xFF_FFFF);", 1);
        check("src/app/pen.rs", "let a = Rgba([255, 255, 255, 255]);", 1);
        check("src/app/pen.rs", "let a = Rgba([0, 0, 0, 255]);", 1);
        check("src/app/pen.rs", "let a = Color32::from_rgb(1, 2, 3);", 1);
        check("src/app/pen.rs", "let a = Color32::DARK_RED;", 1);
        check("src/app/pen.rs", "#[cfg(test)] mod a { }\nlet a = Rgba::hex(1);", 1);
        check("src/app/pen.rs", "let a = Rgba([0, 0, 0, 0]);", 0);
        check("src/app/pen.rs", "let a = Rgba([red, green, blue, 255]);", 0);
        check("src/app/pen.rs", "let a = Color32::from_rgb(r, g, b);", 0);
        check("src/app/pen.rs", "let a = Color32::TRANSPARENT;", 0);
        check("src/app/pen.rs", "#[cfg(test)]\nmod a { fn b() { Rgba::hex(1); } }", 0);
        check("src/app/pen/tests.rs", "let a = Rgba::hex(1);", 0);
        check("src/scene/theme.rs", "let a = Rgba::hex(1);", 0);
    }

    #[test]
    fn a_file_of_501_lines_and_one_that_does_not_say_what_it_is_are_found() {
        check(too_long, "src/a.rs", &"x\n".repeat(501), 1);
        check(too_long, "src/a.rs", &"x\n".repeat(500), 0);
        check(no_opening_words, "src/a.rs", "use std::io;\n//! Late.", 1);
        check(no_opening_words, "src/a.rs", "//!\n//! Late.", 1);
        check(no_opening_words, "src/a.rs", "//! Words.", 0);
    }

    #[test]
    fn a_path_of_one_machine_is_found_and_an_address_is_not() {
        let check = |text: &str, faults| check(machine_paths, "a.md", text, faults);
        check(&format!("cd {}work/x", '/'), 1);
        check(&format!("\"file:{}root/x\"\n`{}home/me`", '/', '/'), 2);
        check(&format!("see {}tmp/{}", '/', "bash_jobs.0"), 1);
        check(&format!("https://example.org/home/news and ..{}work/x and $A{}work", '/', '/'), 0);
    }

    #[test]
    fn a_registry_host_is_found_but_the_public_one_in_the_lock_file_is_not() {
        let public = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
        let other = "source = \"registry+https://packages.example.org/index\"";
        let check = |path, text: &str, faults| check(registry_hosts, path, text, faults);
        check("Cargo.lock", public, 0);
        check("Cargo.lock", other, 1);
        check("a.txt", &format!("https://{}.org/simple", "pypi"), 1);
        check("a.txt", &format!("--{}-url x", "index"), 1);
        check("a.md", "pip install frictionless", 0);
    }

    #[test]
    fn a_folder_that_the_architecture_does_not_name_is_found() {
        let folders = ["src/app", "src/app/paint", "docs"].map(str::to_owned);
        let found = unnamed(&BTreeSet::from(folders), "`src/app/paint/` paints. src/app, `docs/`");
        assert_eq!(found, ["src/app"]);
    }
}
