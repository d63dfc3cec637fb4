//! SVG and PDF hold what the scene holds: the same marks and the same words. Two SVG files are compared with copies that were looked at (`SITREP_BLESS=1` writes them anew).
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

use sitrep_atlas::analysis::{FigureSize, FigureSpec, ThemeName, View};
use sitrep_atlas::data;
use sitrep_atlas::domain::DaySpan;
use sitrep_atlas::export::{self, About, SvgText};
use sitrep_atlas::scene::figure::Figure;
use sitrep_atlas::scene::text::{Shaper, TextStyle};
use sitrep_atlas::scene::{Item, Placement, Rgba, Scene, Size, Text};
use support::studio::{Studio, record, sites};

fn about(title: &str) -> About {
    About {
        title: title.to_owned(),
        description: "Window of 31 days; 2 attacks.".to_owned(),
        software: "Sitrep".to_owned(),
        source: "a record".to_owned(),
        record: None,
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
    let figure = syria();
    let path = Saved::pdf(&figure.scene);
    let Some(check) = tool("qpdf", &["--check", &path.path()]) else { return };
    assert!(check.contains("No syntax or stream encoding errors"), "{check}");
    let Some(words) = path.words() else { return };
    for told in ["Attacks on US and coalition forces, January 2022", "2 attacks at 2 sites"] {
        assert!(words.contains(told), "{told} is not in\n{words}");
    }
}

/// Readers of PDF put letters back into words by where they lie, and turn ligatures round.
#[test]
fn every_arabic_name_that_is_drawn_can_be_taken_out_of_the_pdf() {
    let studio = Studio::new(data::load(None).unwrap().dataset);
    for area in ["country=IQ", "country=SY", "country=IQ,SY"] {
        let mut view = View::of_all(&studio.dataset);
        view.filter.add(&studio.dataset, area).unwrap();
        let figure = studio.figure(&view, 1800.0, 1300.0, true);
        let drawn = arabic(&support::studio::words(&figure.scene));
        assert!(drawn.len() > 10, "{area}: {drawn:?}");
        let Some(told) = Saved::pdf(&figure.scene).words() else { return };
        assert_eq!(arabic(&told), drawn, "{area}");
    }
}

/// Also those for which no map has room at once, in each weight, one below the other.
#[test]
fn every_arabic_name_of_the_record_and_the_ground_can_be_taken_out_of_a_pdf() {
    let dataset = data::load(None).unwrap().dataset;
    let ground = data::basemap::load().unwrap();
    let sites = dataset.sites.iter().filter_map(|site| site.name_ar.clone());
    let towns = ground.towns.iter().filter_map(|town| town.name_ar.clone());
    let areas = ground.areas.iter().filter_map(|area| area.name_ar.clone());
    let names: BTreeSet<String> = sites.chain(towns).chain(areas).collect();
    assert!(names.len() > 200, "{}", names.len());
    for style in [TextStyle::regular(9.8), TextStyle::semi_bold(13.0)] {
        let mut shaper = Shaper::new();
        let lines = names.iter().zip(1_u16..).map(|(name, line)| {
            let (shaped, origin) = (shaper.shape(name, style), [10.0, f32::from(line) * 24.0]);
            Item::Text(Text { origin, shaped, color: Rgba::hex(0), halo: None })
        });
        let items: Vec<Item> = lines.collect();
        let (size, background) = (Size { width: 400.0, height: 14_000.0 }, Rgba::hex(0xFF_FF_FF));
        let Some(told) = Saved::pdf(&Scene { size, background, items }).words() else { return };
        let drawn = arabic(&names.iter().cloned().collect::<Vec<_>>().join("\n"));
        let told = arabic(&told);
        let (lost, made) = (drawn.difference(&told), told.difference(&drawn));
        let [lost, made] = [lost.collect::<Vec<_>>(), made.collect()];
        assert!(lost.is_empty() && made.is_empty(), "{style:?}: {lost:?} became {made:?}");
    }
}

#[test]
fn names_with_letters_spaced_out_are_one_word_in_the_pdf() {
    let studio = Studio::new(record());
    let view = View::of_all(&studio.dataset);
    let Some(words) = Saved::pdf(&studio.figure(&view, 900.0, 640.0, false).scene).words() else {
        return;
    };
    let words: BTreeSet<&str> = words.split_whitespace().collect();
    for name in ["Syria", "Iraq", "Jordan", "Iran", "Saudi"] {
        assert!(words.contains(name), "{name} is not in {words:?}");
    }
}

/// The claim that a file makes of itself, and what stands behind it: words in order, the picture in words.
#[test]
fn the_pdf_is_tagged_from_the_heading_to_the_notes() {
    let figure = syria();
    let saved = Saved::pdf(&figure.scene);
    let bytes = std::fs::read(saved.path()).unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("<pdfuaid:part>1</pdfuaid:part>"));
    let Some(tree) = tool("pdfinfo", &["-struct-text", &saved.path()]) else { return };
    let at = |part: &str| tree.find(part).unwrap_or_else(|| panic!("no {part} in\n{tree}"));
    let order = ["H1", "\"Attacks on US and coalition forces", "P (block)", "; 2", "Figure"];
    let places = order.map(at);
    assert!(places.is_sorted(), "{tree}");
    assert!(tree.rfind("P (block)").unwrap() > at("Figure"), "{tree}");
    assert!(tree.rfind("Record: ").unwrap() > at("Figure"), "{tree}");
}

/// The words of a line of both scripts are whole. Their order is that of the page: why no file can do better for a
/// reader that gives a page one direction stands in `docs/decisions/0011-lines-of-both-scripts-in-a-pdf.md`.
#[test]
fn the_words_of_a_title_of_both_scripts_can_be_taken_out_of_the_pdf() {
    let studio = Studio::new(record());
    let view = View::of_all(&studio.dataset);
    let size = FigureSize::parse("1200x700", 72.0).unwrap();
    let title = "هجمات Erbil في يناير 2022".to_owned();
    let spec = FigureSpec { title: Some(title.clone()), ..FigureSpec::new(size) };
    let figure = studio.figure_of(&view, &spec);
    let Some(words) = Saved::pdf(&figure.scene).words() else { return };
    let line = words.lines().find(|line| line.contains("2022") && !arabic(line).is_empty());
    let line = line.unwrap_or_else(|| panic!("no title in\n{words}"));
    assert_eq!(arabic(line), arabic(&title));
    assert!(line.contains("Erbil"), "{line}");
}

/// A glyph that no font has is against PDF/UA; the figure is saved all the same.
#[test]
fn a_figure_with_a_letter_that_the_fonts_lack_is_a_pdf_without_the_claim() {
    let studio = Studio::new(record());
    let view = View::of_all(&studio.dataset);
    let size = FigureSize::parse("600x400", 72.0).unwrap();
    let spec = FigureSpec { title: Some("\u{6F22}".to_owned()), ..FigureSpec::new(size) };
    let figure = studio.figure_of(&view, &spec);
    let bytes = export::figure_pdf(&figure.scene, 1.0, &about("A")).unwrap();
    assert!(bytes.starts_with(b"%PDF"));
    assert!(!String::from_utf8_lossy(&bytes).contains("pdfuaid"));
}

#[test]
fn scene_svg_and_pdf_have_the_same_glyphs_at_the_same_places() {
    for figure in [syria(), iraq()] {
        let drawn = discs(&figure.scene);
        assert!(!drawn.is_empty());
        let svg = svg(&figure, SvgText::Outlines);
        let xml = roxmltree::Document::parse(&svg).unwrap();
        let in_svg: BTreeSet<Disc> = xml
            .descendants()
            .filter(|node| node.has_tag_name("circle"))
            .filter_map(|node| {
                let site = node
                    .ancestors()
                    .find_map(|n| n.attribute("id").filter(|id| id.starts_with("site:")))?;
                let length = |name| node.attribute(name).unwrap().parse().unwrap();
                Some((site.to_owned(), hundredths([length("cx"), length("cy"), length("r")])))
            })
            .collect();
        assert_eq!(in_svg, drawn);
        let folder = tempfile::tempdir().unwrap();
        let [path, plain] = ["a.pdf", "plain.pdf"].map(|name| folder.path().join(name));
        std::fs::write(&path, export::figure_pdf(&figure.scene, 1.0, &about("A")).unwrap())
            .unwrap();
        let [path, plain] = [&path, &plain].map(|path| path.to_str().unwrap());
        let unpacked = ["--qdf", "--object-streams=disable", path, plain];
        let Some(_) = tool("qpdf", &unpacked) else { return };
        let written = std::fs::read(plain).unwrap();
        let written = String::from_utf8_lossy(&written);
        for (site, [x, y, r]) in &drawn {
            // A circle begins at its right end, and its first quarter ends below the middle.
            let pt = |parts: i64| f64::from(i32::try_from(parts).unwrap()) / 100.0;
            let [start, end] = [pt(x + r), pt(y + r)];
            let (y, x) = (pt(*y), pt(*x));
            let begins = format!(" {start} {y} m {start} ");
            let at = written.match_indices(&begins).any(|(at, _)| {
                let quarter: Vec<_> = written[at..].split_whitespace().take(10).collect();
                quarter[9] == "c" && quarter[7..9] == [x.to_string(), end.to_string()]
            });
            assert!(at, "{site}: no circle{begins}");
        }
    }
}

/// A circle of a site: middle and radius in hundredths of a point.
type Disc = (String, [i64; 3]);

fn hundredths(lengths: [f32; 3]) -> [i64; 3] {
    #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
    lengths.map(|length| (length * 100.0).round() as i64)
}

/// The circles of the sites of a scene that can be seen.
fn discs(scene: &Scene) -> BTreeSet<Disc> {
    fn walk(items: &[Item], outer: Placement, site: Option<&str>, found: &mut BTreeSet<Disc>) {
        for item in items {
            match (item, site) {
                (Item::Group(group), _) => {
                    let site = site.or_else(|| group.id.starts_with("site:").then_some(&*group.id));
                    walk(&group.items, group.placement.then(&outer), site, found);
                }
                (Item::Circle(circle), Some(site)) => {
                    let [x, y] = outer.apply(circle.center);
                    found.insert((site.to_owned(), hundredths([x, y, circle.radius])));
                }
                _ => {}
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&scene.items, Placement::IDENTITY, None, &mut found);
    found
}

/// The words of Arabic letters in a text, composed.
fn arabic(text: &str) -> BTreeSet<String> {
    use unicode_normalization::UnicodeNormalization as _;
    let letters = |c: char| matches!(c, '\u{620}'..='\u{6FF}' | '\u{FB50}'..='\u{FEFF}');
    let text: String = text.nfc().collect();
    let words = text.split(|c: char| !letters(c)).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// A figure as a file in a folder of its own.
struct Saved(tempfile::TempDir);

impl Saved {
    fn pdf(scene: &Scene) -> Self {
        let saved = Self(tempfile::tempdir().unwrap());
        let bytes = export::figure_pdf(scene, 1.0, &about("A")).unwrap();
        std::fs::write(saved.0.path().join("figure.pdf"), bytes).unwrap();
        saved
    }

    fn path(&self) -> String {
        self.0.path().join("figure.pdf").to_str().unwrap().to_owned()
    }

    /// What `pdftotext` reads, without the marks of direction that it adds.
    fn words(&self) -> Option<String> {
        let words = tool("pdftotext", &[&self.path(), "-"])?;
        Some(words.replace(['\u{202A}', '\u{202B}', '\u{202C}'], "").replace('\u{a0}', " "))
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
