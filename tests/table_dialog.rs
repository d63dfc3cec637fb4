//! The dialog that says how a table was read, and in which a person says what it should be read as.
#![expect(clippy::unwrap_used, reason = "a test")]

mod support;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use sitrep_atlas::data::{self, Opening};
use support::window::Window;

/// Dates that can be read in two ways, in a column whose name says nothing.
const EITHER: &str =
    "nr;seen;lat;lon\n1;03/04/2022;33.3;44.4\n2;05/06/2022;36.2;44.0\n3;07/07/2022;35.5;44.1\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(name: &str, text: &str) -> (Self, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        (Self(folder), path)
    }
}

fn open(path: &Path) -> Window {
    let opening = Opening { without_dates: true, ..Opening::default() };
    let loaded = data::open(Some(path), &opening).unwrap();
    Window::open_on(loaded, 1280.0, 800.0)
}

/// Lets the window go on until something is said.
fn wait(window: &mut Window, said: &str) {
    for _ in 0..800 {
        window.harness.step();
        if window.find_any(said) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    window.sees(said);
}

fn click(window: &mut Window, label: &str) {
    window.harness.get_by_label(label).click();
    window.harness.step();
    window.harness.step();
}

/// Applies what was chosen, and waits until the table is open anew.
fn applies(window: &mut Window, name: &str) {
    click(window, "Apply");
    let opening = format!("Opening {name}");
    for _ in 0..800 {
        window.harness.step();
        if !window.find_any(&opening) && !window.find_any("Apply") {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    window.sees("the table, opened anew");
}

#[test]
fn a_table_that_leaves_a_question_open_asks_it_and_is_read_anew_with_the_answer() {
    let (_folder, path) = Folder::with("a.csv", EITHER);
    let mut window = open(&path);
    window.sees("How a.csv was read");
    window.sees("In 2 rows day and month of the date can be either, such as 03/04/2022.");
    wait(&mut window, "Month first: 4 March (all rows)");
    window.sees("Nobody says, nor does the column (2 left out)");
    click(&mut window, "Month first");
    wait(&mut window, "3 of 3 rows used");
    assert!(!window.find_any("can be either"), "it is answered");
    applies(&mut window, "a.csv");
    click(&mut window, "Whole record");
    wait(&mut window, "3 events");
    assert!(!window.find_any("How a.csv was read"), "it is closed, and does not ask again");
    click(&mut window, "How this file was read…");
    wait(&mut window, "as you said");
}

#[test]
fn a_table_of_which_all_is_read_asks_nothing_and_one_in_which_nothing_is_recognised_opens_with_the_question()
 {
    let (_folder, path) = Folder::with("a.csv", "date,lat,lon\n2022-01-05,33.3,44.4\n");
    let window = open(&path);
    assert!(!window.find_any("How a.csv was read"));
    window.sees("How this file was read");
    let (_folder, path) = Folder::with("b.csv", "p,q\nx,1\n");
    let window = open(&path);
    window.sees("How b.csv was read");
    window.sees("Which column holds the date?");
}

#[test]
fn latitude_and_longitude_change_places_at_a_press() {
    let (_folder, path) =
        Folder::with("a.csv", "date,lat,lon\n2022-01-05,44.4,33.3\n2022-01-06,44.0,36.2\n");
    let mut window = open(&path);
    window.sees("All 2 positions fit only when \"lat\" and \"lon\" change places");
    click(&mut window, "Swap latitude and longitude");
    wait(&mut window, "2 of 2 rows used");
    assert!(!window.find_any("change places"));
}

#[test]
fn a_mapping_is_saved_as_the_command_line_reads_it_and_replaced_only_when_asked() {
    let (folder, path) = Folder::with("a.csv", EITHER);
    let mut window = open(&path);
    click(&mut window, "Day first");
    click(&mut window, "Save mapping…");
    let file = folder.0.path().join("a.mapping.toml");
    assert_eq!(window.field("Mapping file"), file.display().to_string());
    click(&mut window, "Save");
    window.sees("every command reads the table so with --mapping");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("date_order = \"day-month-year\""), "{text}");
    let args = ["events", "a.csv", "--mapping", "a.mapping.toml", "--format", "csv"];
    let listed = support::program::sitrep(&args, folder.0.path()).stdout;
    assert!(listed.contains("2022-04-03") && listed.contains("2022-06-05"), "{listed}");
    std::fs::write(&file, "somebody's").unwrap();
    click(&mut window, "Save mapping…");
    click(&mut window, "Save");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "somebody's");
    click(&mut window, "It is there already: replace it");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn a_role_is_chosen_from_a_list_and_a_table_dropped_on_the_window_takes_the_place_of_the_record() {
    let (_folder, path) =
        Folder::with("b.csv", "when it was,what\n5 January 2022,a\n6 January 2022,b\n");
    let mut window = Window::open(1280.0, 800.0);
    window.harness.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    wait(&mut window, "How this file was read");
    wait(&mut window, "2 events");
    click(&mut window, "How this file was read…");
    wait(&mut window, "Nearly all cells of \"when it was\" are dates");
    wait(&mut window, "fits all rows");
    window.harness.get_by_role_and_label(Role::ComboBox, "what").click();
    window.harness.step();
    window.harness.step();
    window.harness.get_by_label("Class, which has a colour").click_accesskit();
    window.harness.step();
    wait(&mut window, "You said so");
    applies(&mut window, "b.csv");
    click(&mut window, "How this file was read…");
    wait(&mut window, "as you said");
}

#[test]
fn what_was_applied_is_remembered_for_the_next_table_of_that_shape_until_it_is_forgotten() {
    let (folder, path) = Folder::with("a.csv", EITHER);
    let kept = folder.0.path().join("kept");
    let open = |path: &Path| {
        let remembered = Some(kept.clone());
        let opening = Opening { without_dates: true, remembered, ..Opening::default() };
        Window::open_on(data::open(Some(path), &opening).unwrap(), 1280.0, 800.0)
    };
    let mut window = open(&path);
    click(&mut window, "Month first");
    applies(&mut window, "a.csv");
    let next = folder.0.path().join("b.csv");
    std::fs::write(&next, EITHER.replace("2022", "2021")).unwrap();
    let mut window = open(&next);
    assert!(!window.find_any("How b.csv was read"), "it asks no second time");
    click(&mut window, "How this file was read…");
    wait(&mut window, "as you mapped this shape on");
    click(&mut window, "Forget this shape");
    wait(&mut window, "In 2 rows day and month of the date can be either");
    assert_eq!(std::fs::read_dir(&kept).unwrap().count(), 0);
}

/// A file that is let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the window reads files beside itself".to_owned())
    }
}

#[test]
fn a_name_that_several_places_have_is_settled_in_the_dialog_and_applied() {
    let text = "date,location,admin1,country,lat,lon\n2021-03-04,Basra,,Iraq,,\n2021-03-05,Rmadi,Al Anbar,Iraq,,\n\
                2021-03-06,Tel Afar,Ninewa,Iraq,,\n2021-03-07,Hit,Al Anbar,Iraq,33.6,42.8\n";
    let (_folder, path) = Folder::with("a.csv", text);
    let mut window = open(&path);
    click(&mut window, "How this file was read…");
    wait(&mut window, "Places without a position (2 to settle)");
    click(&mut window, "Places without a position (2 to settle)");
    window.sees("3 rows name their place and have no position: 1 placed by the name, 1 of a name that several places have, 1 of a name that none there has.");
    window.sees("1 row; several places have the name; Iraq");
    let list = |window: &Window, name: &str| {
        window.harness.get_by_role_and_label(Role::ComboBox, name).rect().center()
    };
    let at = list(&window, "Basra");
    window.clicks_at(at);
    window.harness.step();
    click(&mut window, "Basra (IQ): town, IQ");
    window.sees("Places without a position (1 to settle)");
    click(&mut window, "Placed by the name (1)");
    window.sees("1 row; the town Tal Afar of the gazetteer (GeoNames); Ninewa, Iraq");
    applies(&mut window, "a.csv");
    click(&mut window, "How this file was read…");
    wait(&mut window, "as you said");
    window.sees("Places without a position (1 to settle)");
}
