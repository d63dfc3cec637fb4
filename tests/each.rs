//! Figures for each month or site from one command, and in sizes with a name.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use support::program::{Ran, done, sitrep};

/// Runs `render` with small figures, and gives what it answered and the names of the files in the folder.
fn render(args: &[&str], folder: &Path) -> (Ran, BTreeSet<String>) {
    let all: Vec<&str> = ["render", "--size", "640x480"].iter().chain(args).copied().collect();
    let ran = sitrep(&all, folder);
    let files = std::fs::read_dir(folder).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    (ran, names)
}

#[test]
fn a_figure_of_a_month_of_a_series_is_that_of_the_month() {
    let folder = tempfile::tempdir().unwrap();
    let days = ["--from", "2021-11-10", "--to", "2022-01"];
    let args = [&days[..], &["--each", "month", "-o", "m-{month}.png"]].concat();
    let (ran, names) = render(&args, folder.path());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let expected = ["m-2021-11.png", "m-2021-12.png", "m-2022-01.png"].map(str::to_owned);
    assert_eq!(names, BTreeSet::from(expected));
    // The days of the view hold: November begins on its tenth.
    for (name, from, to) in [
        ("m-2021-11.png", "2021-11-10", "2021-11-30"),
        ("m-2022-01.png", "2022-01-01", "2022-01-31"),
    ] {
        let (ran, _) = render(&["--from", from, "--to", to, "-o", "one.png"], folder.path());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let [of_series, alone] =
            [name, "one.png"].map(|name| std::fs::read(folder.path().join(name)).unwrap());
        assert!(of_series == alone, "{name} is not the figure of its days");
    }
}

#[test]
fn there_is_a_figure_for_each_site_that_has_an_event_shown_and_for_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let days = ["--from", "2022-01-03", "--to", "2022-01-06"];
    let wanted = ["--where", "site=ain-al-asad,green-village,erbil-airport"];
    let args = [&days[..], &wanted, &["--each", "site", "-o", "{site}.png"]].concat();
    let (ran, names) = render(&args, folder.path());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let table =
        done(&[&["tally"], &days[..], &wanted, &["--by", "site", "--format", "csv"]].concat());
    let with_events = table.lines().skip(1).count();
    assert_eq!(names.len(), with_events, "{names:?}\n{table}");
    assert_eq!(names, ["ain-al-asad.png", "green-village.png"].map(str::to_owned).into());
}

#[test]
fn a_series_whose_names_or_view_cannot_be_is_refused_and_saves_nothing() {
    for (args, told) in [
        (&["--each", "month", "-o", "all.png"][..], "{month}"),
        (&["--each", "site", "-o", "{month}.png"], "{site}"),
        (
            &[
                "--from",
                "2022-01-03",
                "--to",
                "2022-01-06",
                "--where",
                "site=erbil-airport",
                "--each",
                "site",
                "-o",
                "{site}.png",
            ],
            "no event is shown",
        ),
        (&["--each", "day", "-o", "{day}.png"], "month"),
        (&["--each", "month", "-o", "{site}-{month}.png"], "only {month} can stand in braces"),
        (&["--each", "month", "-o", "{{month}}.png"], "only {month} can stand in braces"),
        (&["--each", "month", "-o", "a\nb{month}.png"], "control character"),
        (&["--each", "month", "-o", "no-such-folder/{month}.png"], "does not exist"),
        (&["--each", "month", "-o", "{month}.png", "--title", "{site}"], "--title: {site}"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (ran, names) = render(args, folder.path());
        assert_eq!(ran.code, Some(2), "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(told), "{args:?}: {}", ran.stderr);
        assert!(names.is_empty(), "{args:?}: {names:?}");
    }
}

#[test]
fn a_size_with_a_name_is_made_and_as_high_as_it_needs_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let made = |size: &str| {
        let output = format!("{size}.png");
        let ran = sitrep(&["render", "--size", size, "-o", &output], folder.path());
        assert_eq!(ran.code, Some(0), "{size}: {}", ran.stderr);
        let file =
            std::io::BufReader::new(std::fs::File::open(folder.path().join(output)).unwrap());
        let reader = png::Decoder::new(file).read_info().unwrap();
        (reader.info().width, reader.info().height)
    };
    assert_eq!(made("slide"), (1920, 1080));
    assert_eq!(made("upright"), (1080, 1920));
    // The whole record needs a column higher than it is wide.
    let (width, height) = made("column");
    assert!(width == 1004 && height >= 1417, "{width} by {height}");
    let ran = sitrep(&["render", "--size", "poster", "-o", "x.png"], folder.path());
    assert!(ran.code == Some(2) && ran.stderr.contains("a4-landscape"), "{}", ran.stderr);
}
