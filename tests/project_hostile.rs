//! Projects that somebody damaged or made up, and places where none can be saved: one clear sentence each, nothing lost,
//! nothing half-written, and no more memory than a project ever takes.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use sitrep_atlas::data::project::{MAX_BYTES, MAX_DEPTH, MAX_VALUES};
use sitrep_atlas::data::{self, ProjectFile};
use support::program::{command, sitrep};
use support::project::{of, save};

/// A sound project of the embedded record, as text.
fn sound(folder: &Path) -> String {
    let path = folder.join("sound.sitrep");
    save(None, &path);
    fs::read_to_string(path).unwrap()
}

/// The bytes of a project are refused with these words, by the library and by the program in one sentence that names the file.
fn refused(folder: &Path, name: &str, bytes: &[u8], words: &str) {
    let path = folder.join("hostile.sitrep");
    fs::write(&path, bytes).unwrap();
    let told = ProjectFile::read(&path).unwrap_err().to_string();
    assert!(told.contains(words), "{name}: {told}");
    let ran = sitrep(&["events", "hostile.sitrep"], folder);
    let lines = ran.stderr.lines().count();
    assert_eq!((ran.code, lines, ran.stdout.as_str()), (Some(2), 1, ""), "{name}: {}", ran.stderr);
    assert!(
        ran.stderr.contains(words) && ran.stderr.contains("hostile.sitrep"),
        "{name}: {}",
        ran.stderr
    );
    assert!(ran.stderr.chars().count() < 500, "{name}: {}", ran.stderr);
    // It stays as it is, for whoever can read it.
    assert_eq!(fs::read(&path).unwrap(), bytes, "{name}");
}

/// A sound project with one value changed.
fn with(text: &str, pointer: &str, value: Value) -> Vec<u8> {
    let mut json: Value = serde_json::from_str(text).unwrap();
    if let Some(place) = json.pointer_mut(pointer) {
        *place = value;
    } else {
        let (object, name) = pointer.rsplit_once('/').unwrap();
        json.pointer_mut(object).unwrap()[name] = value;
    }
    serde_json::to_vec(&json).unwrap()
}

#[test]
fn what_is_no_whole_project_is_refused_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let text = sound(folder.path());
    let check = |name: &str, bytes: &[u8], words: &str| refused(folder.path(), name, bytes, words);
    check("empty", b"", "is empty");
    check("spaces", b" \n \n", "is empty");
    check("cut", &text.as_bytes()[..text.len() / 2], "breaks off in line");
    check("one byte less", &text.as_bytes()[..text.len() - 3], "breaks off in line");
    check(
        "a hole",
        &[&text.as_bytes()[..200], &[0; 64], &text.as_bytes()[264..]].concat(),
        "damaged",
    );
    check(
        "no text",
        &[&text.as_bytes()[..200], &[0xff, 0xfe], &text.as_bytes()[202..]].concat(),
        "no text any more",
    );
    check("zeros", &[0; 4096], "no project of Sitrep");
    check("binary", &[0x7f, b'E', b'L', b'F', 0xff], "no project of Sitrep");
    check("a list", b"[]", "no project of Sitrep");
    check("a word", b"\"sitrep-project/1\"", "no project of Sitrep");
    check("another object", b"{\"name\": \"x\"}", "no project of Sitrep");
    check("another form", b"{\"format\": \"sitrep-figure/1\"}", "no project of Sitrep");
    check(
        "a form without a number",
        b"{\"format\": \"sitrep-project/one\"}",
        "no project of Sitrep",
    );
    check(
        "nothing but the form",
        b"{\"format\": \"sitrep-project/1\"}",
        "cannot be used (missing field",
    );
    check("twice", format!("{text}{text}").as_bytes(), "damaged");
    check(
        "a field twice",
        text.replacen("\"view\"", "\"format\": \"x\", \"view\"", 1).as_bytes(),
        "cannot be used",
    );
}

#[test]
fn a_newer_form_is_refused_kindly_and_a_newer_program_says_so_where_it_matters() {
    let folder = tempfile::tempdir().unwrap();
    let text = sound(folder.path());
    let check = |name: &str, bytes: &[u8], words: &str| refused(folder.path(), name, bytes, words);
    let newer =
        "{\"format\": \"sitrep-project/2\", \"software\": \"Sitrep 7.0\", \"all\": \"else\"}";
    check("a newer form", newer.as_bytes(), "saved by a newer Sitrep (Sitrep 7.0)");
    check(
        "a far newer form",
        b"{\"format\": \"sitrep-project/4000000000\"}",
        "saved by a newer Sitrep",
    );
    let mode: Value =
        serde_json::from_slice(&with(&text, "/software", json!("Sitrep 99.0.0"))).unwrap();
    let mode = with(&mode.to_string(), "/view/mode", json!("of-the-future"));
    check("what a newer program made of a value", &mode, "saved by a newer Sitrep (Sitrep 99.0.0)");
    // What it only added is kept, and is no reason to refuse.
    let mut json: Value =
        serde_json::from_slice(&with(&text, "/software", json!("Sitrep 99.0.0"))).unwrap();
    json["board"] = json!({"steps": [1, 2]});
    assert!(ProjectFile::in_bytes(json.to_string().as_bytes()).is_ok());
}

#[test]
fn values_of_a_wrong_kind_and_without_end_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let text = sound(folder.path());
    let long = "x".repeat(1_001);
    let views = |n: usize| {
        let view = serde_json::from_str::<Value>(&text).unwrap()["views"][0].clone();
        Value::Array(vec![view; n])
    };
    for (pointer, value, words) in [
        ("/format", json!(1), "no project of Sitrep"),
        ("/software", json!({"a": 1}), "cannot be used"),
        ("/software", json!("a\u{1b}[31m"), "control characters"),
        ("/dataset", json!([]), "cannot be used"),
        ("/dataset/source", json!({"path": 1}), "cannot be used"),
        ("/dataset/source", json!({"path": ""}), "path of its data"),
        ("/dataset/source", json!({"path": "a\u{0}b"}), "path of its data"),
        ("/dataset/source", json!({"url": "http://example.org/x"}), "cannot be used"),
        ("/dataset/name", json!(long), "no end"),
        ("/dataset/mapping", json!("x"), "cannot be used"),
        ("/view", json!(null), "cannot be used"),
        ("/view/window", json!("2022-01-06 to 2022-01-03"), "cannot be used"),
        ("/view/camera", json!({"center": [400.0, 95.0], "zoom": 3.0}), "cannot be used"),
        ("/view/picked", json!({"site": long}), "no end"),
        ("/view/filter/search", json!("a\u{7}b"), "control characters"),
        ("/figure/spec/size", json!({"width": "1e999px"}), "cannot be used"),
        ("/figure/spec/title", json!("x".repeat(500)), "160"),
        ("/play/whole", json!("fast"), "cannot be used"),
        ("/views", json!({"a": 1}), "cannot be used"),
        ("/views/0/name", json!("a\nb"), "control characters"),
        ("/views/0/name", json!("x".repeat(121)), "no end"),
        ("/views", views(1_001), "more than 1000 saved views"),
        ("/events/rows", json!([[1, 2]]), "cannot be used"),
        ("/events/rows", json!([]), "other rows than it says"),
        ("/events/rows/0", json!(["a", "b", "2022-01-03", 100_000]), "at no site"),
        ("/events/certain", json!(-1), "cannot be used"),
    ] {
        let name = format!("{pointer} {:.60}", value.to_string());
        refused(folder.path(), &name, &with(&text, pointer, value), words);
    }
}

#[test]
fn what_is_too_large_too_deep_or_too_much_is_refused_before_anything_is_made_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let begin = "{\"format\": \"sitrep-project/1\", \"x\": ";
    let check = |name: &str, text: String, words: &str| {
        refused(folder.path(), name, text.as_bytes(), words);
    };
    check("large", format!("{begin}\"{}\"}}", "x".repeat(MAX_BYTES)), "more than 16 MB");
    let deep = |n: usize| format!("{begin}{}{}}}", "[".repeat(n), "]".repeat(n));
    check("deep", deep(MAX_DEPTH), "levels inside each other");
    check("very deep", deep(5_000_000), "levels inside each other");
    check("open", format!("{begin}{}", "{\"a\":".repeat(2_000_000)), "levels inside each other");
    check("much", format!("{begin}[{}0]}}", "0,".repeat(MAX_VALUES)), "values");
    // With all the memory that a project may take, and none for what would be made of a hostile one.
    if cfg!(target_os = "linux") {
        fs::write(folder.path().join("hostile.sitrep"), deep(7_900_000)).unwrap();
        let program = env!("CARGO_BIN_EXE_sitrep");
        let limited = format!("ulimit -v 400000; exec '{program}' events hostile.sitrep");
        let ran =
            Command::new("sh").args(["-c", &limited]).current_dir(folder.path()).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{}", String::from_utf8_lossy(&ran.stderr));
    }
}

#[test]
fn what_is_no_file_and_what_lies_elsewhere_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let text = sound(folder.path());
    let says = |args: &[&str], words: &str| {
        let ran = sitrep(args, folder.path());
        assert_eq!(
            (ran.code, ran.stderr.lines().count()),
            (Some(2), 1),
            "{args:?}: {}",
            ran.stderr
        );
        assert!(ran.stderr.contains(words), "{args:?}: {}", ran.stderr);
    };
    fs::create_dir(folder.path().join("folder.sitrep")).unwrap();
    says(&["events", "folder.sitrep"], "no file");
    says(&["check", "folder.sitrep"], "no file");
    says(&["render", "none.sitrep", "-o", "a.png"], "cannot be read");
    says(&["info", "sound.sitrep"], "`sitrep check`");
    let elsewhere = |path: &str, words: &str| {
        let bytes = with(&text, "/dataset/source", json!({"path": path}));
        fs::write(folder.path().join("a.sitrep"), bytes).unwrap();
        says(&["events", "a.sitrep"], words);
    };
    elsewhere("gone.csv", "not there any more");
    elsewhere("../../gone.csv", "not there any more");
    elsewhere("//server/share/x.csv", "not there any more");
    elsewhere("\\\\server\\share\\x.csv", "not there any more");
    // It is its own data, or a device that never ends.
    elsewhere("a.sitrep", "data of this project cannot be opened");
    if cfg!(unix) {
        elsewhere("/dev/zero", "not there any more");
        let made = Command::new("mkfifo").arg(folder.path().join("pipe.csv")).status();
        if made.is_ok_and(|status| status.success()) {
            elsewhere("pipe.csv", "not there any more");
            fs::rename(folder.path().join("pipe.csv"), folder.path().join("pipe.sitrep")).unwrap();
            says(&["events", "pipe.sitrep"], "no file");
        }
    }
    assert!(!folder.path().join("a.png").exists());
}

#[test]
fn a_project_that_cannot_be_saved_leaves_the_one_before_and_nothing_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sitrep");
    let project = save(None, &path);
    let before = fs::read(&path).unwrap();
    let names = |folder: &Path| fs::read_dir(folder).unwrap().count();
    let fails = |at: &Path, words: &str| {
        let told = ProjectFile::save(at, &project).unwrap_err().to_string();
        assert!(told.contains(words) && !told.contains('\n'), "{told}");
    };
    fails(folder.path(), "folder");
    fails(&folder.path().join("no/such/a.sitrep"), "does not exist");
    fails(&path.join("a.sitrep"), "does not exist");
    // One that nobody could read again is not written.
    let mut long = project.clone();
    long.value.dataset.mapping = Some(vec!["x".repeat(MAX_BYTES)]);
    let told = ProjectFile::save(&path, &long).unwrap_err().to_string();
    assert!(told.contains("larger than the 16 MB"), "{told}");
    assert_eq!((fs::read(&path).unwrap(), names(folder.path())), (before, 1));
}

/// Saves a project until the disk is full, told by a variable; see the test below.
#[test]
#[ignore = "runs with a limit on the size of files, by the test below"]
fn the_program_whose_disk_is_full() {
    let folder = std::env::var_os("SITREP_TEST_FULL").map(std::path::PathBuf::from);
    let own = tempfile::tempdir().unwrap();
    let path = folder.as_deref().unwrap_or(own.path()).join("a.sitrep");
    let project = of(&data::load(None).unwrap(), &path);
    let saved = ProjectFile::save(&path, &project).map_err(|error| error.to_string());
    match folder {
        Some(_) => assert!(saved.unwrap_err().contains("check the free space")),
        None => assert_eq!(saved, Ok(())),
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said_and_leaves_the_project_that_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sitrep");
    save(None, &path);
    let before = fs::read(&path).unwrap();
    let program = std::env::current_exe().unwrap();
    // Files may have 4 kB: what is more is refused as on a full disk.
    let limited = format!(
        "trap '' XFSZ; ulimit -f 8; exec '{}' --ignored --exact the_program_whose_disk_is_full",
        program.display()
    );
    let mut shell = Command::new("sh");
    let ran = shell.args(["-c", &limited]).env("SITREP_TEST_FULL", folder.path()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
#[cfg(unix)]
fn a_project_without_the_right_to_read_or_write_it_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sitrep");
    let project = save(None, &path);
    let rights = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    rights(&path, 0o000);
    // Who may do everything is not held by rights.
    if fs::read(&path).is_ok() {
        rights(&path, 0o644);
        return;
    }
    let told = ProjectFile::read(&path).unwrap_err().to_string();
    assert!(told.contains("check the name and the rights"), "{told}");
    rights(&path, 0o644);
    rights(folder.path(), 0o555);
    let told = ProjectFile::save(&path, &project).unwrap_err().to_string();
    rights(folder.path(), 0o755);
    assert!(told.contains("rights to write"), "{told}");
    assert_eq!(ProjectFile::read(&path).unwrap().project, project);
}

#[test]
fn what_is_cut_at_any_byte_or_has_a_byte_changed_is_read_or_refused_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let text = sound(folder.path()).into_bytes();
    let mut refusals = 0;
    for at in (0..text.len()).step_by(37) {
        assert!(ProjectFile::in_bytes(&text[..at]).is_err(), "cut at {at}");
        for byte in [0, b'"', b'{', b'9', 0xff] {
            let mut changed = text.clone();
            changed[at] = byte;
            refusals += usize::from(ProjectFile::in_bytes(&changed).is_err());
        }
    }
    assert!(refusals > 500, "{refusals}");
    // The program is one and the same for all of them, so that the command of one is enough.
    let ran = command(&["check", "sound.sitrep"], folder.path()).output().unwrap();
    assert_eq!(ran.status.code(), Some(0));
}
