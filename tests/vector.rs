//! SVG and PDF show what the scene holds: the same marks, the same words, and with `resvg` the same picture
//! as the PNG. Two SVG files are compared with copies that were looked at (`SITREP_BLESS=1` writes them anew).
//!
//! What a PDF says is read by `qpdf` and `pdftotext`. Without them the test says so and passes, unless
//! `SITREP_REQUIRE_RENDER_TESTS=1`.

#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "helpers of a test: a skip is said aloud, and a failure is a panic"
)]

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use resvg::{tiny_skia, usvg};
use sitrep_atlas::analysis::{ThemeName, View};
use sitrep_atlas::domain::DaySpan;
use sitrep_atlas::export::{self, About, SvgText};
use sitrep_atlas::scene::figure::Figure;
use support::studio::{Studio, record, sites};

/// Mean difference of all pixels between the SVG and the PNG, of 255: the PNG moves text to whole pixels.
const MEAN_TOLERANCE: f64 = 3.0;

fn about(title: &str) -> About {
    About {
        title: title.to_owned(),
        description: "Window of 31 days; 2 attacks.".to_owned(),
        software: "Sitrep".to_owned(),
        source: "a record".to_owned(),
    }
}

fn made(filter: &str, window: &str, theme: ThemeName) -> Figure {
    let studio = Studio::new(record());
    let mut view = View::of_all(&studio.dataset);
    view.window = DaySpan::parse(window).unwrap();
    view.filter.add(&studio.dataset, filter).unwrap();
    view.theme = theme;
    studio.figure(&view, 600.0, 400.0, false)
}

fn syria() -> Figure {
    made("country=SY", "2022-01", ThemeName::Light)
}

fn iraq() -> Figure {
    made("country=IQ", "2021", ThemeName::Print)
}

fn svg(figure: &Figure, text: SvgText) -> String {
    export::figure_svg(&figure.scene, figure.scale, &about("Attacks"), text)
}

#[test]
fn the_svg_is_sound_xml_with_the_marks_of_the_scene_and_no_id_twice() {
    for figure in [syria(), iraq()] {
        for text in [SvgText::Outlines, SvgText::Live] {
            let svg = svg(&figure, text);
            let xml = roxmltree::Document::parse(&svg).unwrap();
            let ids: Vec<&str> = xml.descendants().filter_map(|n| n.attribute("id")).collect();
            let unique: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), unique.len());
            let marks: BTreeSet<String> = ids
                .iter()
                .filter(|id| id.starts_with("site:"))
                .map(|id| (*id).to_owned())
                .collect();
            assert!(!marks.is_empty());
            assert_eq!(marks, sites(&figure.scene));
            let drawn = xml
                .descendants()
                .filter(|n| n.attribute("id").is_some_and(|id| marks.contains(id)));
            assert!(
                drawn.clone().count() == marks.len() && drawn.clone().all(|n| n.has_children())
            );
            let known = |name: &str| {
                unique.contains(name.trim_start_matches("url(").trim_matches(['#', ')']))
            };
            let xlink = "http://www.w3.org/1999/xlink";
            for node in xml.descendants() {
                let links = [node.attribute((xlink, "href")), node.attribute("clip-path")];
                assert!(links.into_iter().flatten().all(known));
            }
        }
    }
}

#[test]
fn a_hostile_title_stays_a_title() {
    let title = "</title><script>alert(1)</script>&\"'\u{0}";
    let figure = syria();
    let svg = export::figure_svg(&figure.scene, 1.0, &about(title), SvgText::Outlines);
    let xml = roxmltree::Document::parse(&svg).unwrap();
    assert!(!xml.descendants().any(|n| n.has_tag_name("script")));
    let read = xml.descendants().find(|n| n.attribute("id") == Some("_title")).unwrap();
    assert_eq!(read.text().unwrap(), title.replace('\u{0}', "\u{FFFD}"));
    assert!(export::figure_pdf(&figure.scene, 1.0, &about(title)).is_ok());
}

#[test]
fn the_same_figure_gives_the_same_bytes() {
    let [first, second] = [(); 2].map(|()| syria());
    assert_eq!(svg(&first, SvgText::Outlines), svg(&second, SvgText::Outlines));
    let pdf =
        |figure: &Figure| export::figure_pdf(&figure.scene, figure.scale, &about("A")).unwrap();
    assert_eq!(pdf(&first), pdf(&second));
}

#[test]
fn a_page_without_a_size_or_longer_than_pdf_allows_is_refused() {
    let figure = syria();
    for scale in [0.0, -1.0, f32::NAN, 100.0] {
        let error = export::figure_pdf(&figure.scene, scale, &about("A")).unwrap_err().to_string();
        assert!(error.contains("choose another size"), "{error}");
    }
}

#[test]
fn live_text_keeps_arabic_whole_with_its_direction() {
    let svg = svg(&syria(), SvgText::Live);
    let xml = roxmltree::Document::parse(&svg).unwrap();
    let text = |words: &str| xml.descendants().find(|n| n.is_element() && n.text() == Some(words));
    let arabic = text("دير الزور").unwrap();
    assert_eq!(arabic.attribute("direction"), Some("rtl"));
    let latin = text("Deir ez-Zor").unwrap();
    assert_eq!(latin.attribute("direction"), None);
    let family = latin.parent().unwrap().attribute("font-family").unwrap();
    assert!(family.contains("'IBM Plex Sans'") && family.contains("'IBM Plex Sans Arabic'"));
}

#[test]
fn the_svg_looks_like_the_png() {
    for figure in [syria(), iraq()] {
        let scale = 2.0;
        let png = export::rasterize(&figure.scene, scale).unwrap();
        let svg = export::figure_svg(&figure.scene, 1.0, &about("A"), SvgText::Outlines);
        let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
        let mut picture = tiny_skia::Pixmap::new(png.width, png.height).unwrap();
        let size = tree.size();
        #[expect(clippy::cast_precision_loss, reason = "pixels of a small picture")]
        let fit = [png.width as f32 / size.width(), png.height as f32 / size.height()];
        let fit = tiny_skia::Transform::from_scale(fit[0], fit[1]);
        resvg::render(&tree, fit, &mut picture.as_mut());
        let total: u64 =
            picture.data().iter().zip(&png.rgba).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        #[expect(clippy::cast_precision_loss, reason = "a mean needs no more digits")]
        let mean = total as f64 / (png.rgba.len() / 4 * 3) as f64;
        eprintln!("mean difference {mean:.3} of 255");
        assert!(mean <= MEAN_TOLERANCE, "{mean}");
    }
}

#[test]
fn two_svg_files_are_as_they_were_looked_at() {
    for (name, figure) in [("syria-2022-01.svg", syria()), ("iraq-2021-print.svg", iraq())] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
        let is = svg(&figure, SvgText::Outlines);
        if std::env::var_os("SITREP_BLESS").is_some_and(|v| v == "1") {
            std::fs::write(&path, &is).unwrap();
            continue;
        }
        let was = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        let at = was.lines().zip(is.lines()).position(|(was, is)| was != is);
        assert!(was == is, "{name} has changed from line {at:?}: look at it, then SITREP_BLESS=1");
    }
}

#[test]
fn the_pdf_is_sound_and_its_words_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("figure.pdf");
    let figure = syria();
    std::fs::write(&path, export::figure_pdf(&figure.scene, figure.scale, &about("A")).unwrap())
        .unwrap();
    let path = path.to_str().unwrap();
    let Some(check) = tool("qpdf", &["--check", path]) else { return };
    assert!(check.contains("No syntax or stream encoding errors"), "{check}");
    let Some(words) = tool("pdftotext", &["-layout", path, "-"]) else { return };
    // Marks of direction that the reader adds.
    let words = words.replace(['\u{202A}', '\u{202B}', '\u{202C}'], "").replace('\u{a0}', " ");
    for told in [
        "Attacks on US and coalition forces, January 2022",
        "2 attacks at 2 sites",
        "الحسكة",
        "دير الزور",
    ] {
        assert!(words.contains(told), "{told} is not in\n{words}");
    }
}

/// What a tool prints; `None` when it is not installed and not required.
fn tool(name: &str, args: &[&str]) -> Option<String> {
    let Ok(output) = Command::new(name).args(args).output() else {
        let is_required = std::env::var_os("SITREP_REQUIRE_RENDER_TESTS").is_some_and(|v| v == "1");
        assert!(!is_required, "{name} is not installed");
        eprintln!("skipped: {name} is not installed (qpdf and poppler-utils have it)");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}
