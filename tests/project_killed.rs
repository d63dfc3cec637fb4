//! A program that is ended at any moment while it saves leaves a whole project, and none that is older than the last one that
//! it said was saved; what it kept without saving likewise, and another program is offered that.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use sitrep_atlas::analysis::View;
use sitrep_atlas::data::project::{Kept, SavedView, Slot, left_over};
use sitrep_atlas::data::{Project, ProjectFile};
use support::project::{figure, of};

/// How often a program is ended.
const TIMES: u32 = 50;
/// The folder that the program which is ended saves into.
const FOLDER: &str = "SITREP_TEST_SAVES_INTO";
/// What it says before each number.
const SAVED: &str = "saved ";

/// A project with a number in it, and so many other views that it is written in several pieces.
fn numbered(project: &Kept<Project>, number: u64) -> Kept<Project> {
    let mut project = project.clone();
    let view = project.value.view.clone();
    let views = (0..400).map(|_| {
        let view = View { fade: number.is_multiple_of(2), ..view.clone() };
        Kept::new(SavedView { name: number.to_string(), view, figure: figure() })
    });
    project.value.views = views.collect();
    project
}

/// The number in a project, which must be whole.
fn number(project: &Kept<Project>) -> u64 {
    let views = &project.value.views;
    assert_eq!(views.len(), 400);
    let numbers: Vec<u64> = views.iter().map(|saved| saved.value.name.parse().unwrap()).collect();
    assert!(numbers.iter().all(|number| *number == numbers[0]), "it is of two savings");
    numbers[0]
}

/// The program that is ended: saves and keeps until then. Without being told where it saves a few times, and looks itself.
#[test]
#[ignore = "runs until it is ended, by the test below"]
fn the_program_that_is_ended() {
    let told = std::env::var_os(FOLDER).map(PathBuf::from);
    let own = tempfile::tempdir().unwrap();
    let folder = told.clone().unwrap_or_else(|| own.path().to_owned());
    let path = folder.join("a.sitrep");
    let loaded = sitrep_atlas::data::load(None).unwrap();
    let project = of(&loaded, &path);
    let slot = Slot::new(&folder.join("unsaved")).unwrap();
    for n in 1..=if told.is_some() { u64::MAX } else { 3 } {
        let project = numbered(&project, n);
        ProjectFile::save(&path, &project).unwrap();
        slot.keep(&project).unwrap();
        println!("{SAVED}{n}");
        std::io::stdout().flush().unwrap();
    }
    assert_eq!(number(&ProjectFile::read(&path).unwrap().project), 3);
}

/// Lets the program save for a while, ends it, and gives the last number that it said.
fn ended_after(folder: &Path, micros: u64) -> u64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "the_program_that_is_ended", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    // What is said beside that is the test's own.
    let said =
        |line: String| line.split_once(SAVED).and_then(|(_, n)| n.trim().parse::<u64>().ok());
    let first = lines.by_ref().find_map(said).unwrap();
    std::thread::sleep(Duration::from_micros(micros));
    child.kill().unwrap();
    child.wait().unwrap();
    lines.filter_map(said).last().unwrap_or(first)
}

#[test]
fn a_program_that_is_ended_while_it_saves_leaves_what_it_saved_last() {
    let folder = tempfile::tempdir().unwrap();
    // From a number of its own for each time, so that the moments are spread and the same in every run of the test.
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for time in 0..TIMES {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let said = ended_after(folder.path(), seed % 60_000);
        let saved = number(&ProjectFile::read(&folder.path().join("a.sitrep")).unwrap().project);
        assert!((said..=said + 1).contains(&saved), "time {time}: said {said}, there is {saved}");
        let mut left = left_over(&folder.path().join("unsaved"));
        assert_eq!(left.len(), 1, "time {time}");
        let left = left.remove(0);
        let kept = number(left.project.as_ref().unwrap());
        assert!((said..=said + 1).contains(&kept), "time {time}: said {said}, there is {kept}");
        left.slot.give_up();
    }
}

#[test]
fn what_another_window_keeps_is_not_offered_while_it_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let loaded = sitrep_atlas::data::load(None).unwrap();
    let project = numbered(&of(&loaded, &folder.path().join("a.sitrep")), 7);
    let [one, two] = [(); 2].map(|()| Slot::new(folder.path()).unwrap());
    one.keep(&project).unwrap();
    two.keep(&numbered(&project, 8)).unwrap();
    assert!(left_over(folder.path()).is_empty());
    drop(two);
    let left = left_over(folder.path());
    assert_eq!(left.iter().map(|l| number(l.project.as_ref().unwrap())).collect::<Vec<_>>(), [8]);
    // It belongs to whom it is offered to, and to nobody else meanwhile.
    assert!(left_over(folder.path()).is_empty());
    for left in left {
        left.slot.give_up();
    }
    one.give_up();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
