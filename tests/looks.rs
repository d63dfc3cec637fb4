//! SVG and PDF look like the PNG: drawn by `resvg`, and by poppler's `pdftoppm`, in each theme, and compared over all
//! pixels and block by block. With `SITREP_DUMP_PARITY=DIR` the pictures are written there, to be looked at.
//!
//! Without `pdftoppm` its test says so and passes, unless `SITREP_REQUIRE_RENDER_TESTS=1`.

#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "helpers of a test: a skip is said aloud, and a failure is a panic"
)]

mod support;

use std::process::Command;

use resvg::{tiny_skia, usvg};
use sitrep_atlas::analysis::{ThemeName, View};
use sitrep_atlas::export::{self, About, Pixels, SvgText, rasterize};
use sitrep_atlas::scene::Scene;
use support::pictures::{Difference, dump_both};
use support::studio::{Studio, record};

const PIXELS_PER_POINT: f32 = 2.0;
/// How far a picture may be from the PNG, which moves text to whole pixels: the mean difference of all pixels, and that
/// of the means of a block, of 255. Half a pixel moves the ink of a letter from one block to the next.
struct Tolerance {
    mean: f64,
    block: f64,
}
const RESVG: Tolerance = Tolerance { mean: 2.5, block: 12.0 };
const POPPLER: Tolerance = Tolerance { mean: 4.0, block: 16.0 };

fn about() -> About {
    let text = |words: &str| words.to_owned();
    let record = None;
    About {
        title: text("A"),
        description: text("B"),
        software: text("C"),
        source: text("D"),
        record,
    }
}

/// Figures of the record in each theme, with the time strip.
fn figures() -> Vec<(ThemeName, Scene)> {
    let studio = Studio::new(record());
    let figure = |theme| {
        let view = View { theme, ..View::of_all(&studio.dataset) };
        (theme, studio.figure(&view, 600.0, 440.0, true).scene)
    };
    [ThemeName::Light, ThemeName::Dark, ThemeName::Print].map(figure).into()
}

fn check(name: &str, theme: ThemeName, tolerance: &Tolerance, [one, other]: [&Pixels; 2]) {
    dump_both(&format!("{name}-{theme:?}"), one, other);
    let difference = Difference::between(one, other);
    eprintln!("{name}, {theme:?}: {difference:?}");
    assert!(difference.mean <= tolerance.mean, "{name}, {theme:?}: {difference:?}");
    assert!(difference.worst_block <= tolerance.block, "{name}, {theme:?}: {difference:?}");
}

fn resvg(svg: &str, width: u32, height: u32) -> Pixels {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
    let mut picture = tiny_skia::Pixmap::new(width, height).unwrap();
    let size = tree.size();
    #[expect(clippy::cast_precision_loss, reason = "pixels of a small picture")]
    let fit = [width as f32 / size.width(), height as f32 / size.height()];
    resvg::render(&tree, tiny_skia::Transform::from_scale(fit[0], fit[1]), &mut picture.as_mut());
    Pixels { width, height, rgba: picture.take() }
}

#[test]
fn the_svg_looks_like_the_png() {
    for (theme, scene) in figures() {
        let png = rasterize(&scene, PIXELS_PER_POINT).unwrap();
        let svg = export::figure_svg(&scene, 1.0, &about(), SvgText::Outlines);
        check("svg", theme, &RESVG, [&png, &resvg(&svg, png.width, png.height)]);
    }
}

#[test]
fn the_pdf_looks_like_the_png() {
    for (theme, scene) in figures() {
        let png = rasterize(&scene, PIXELS_PER_POINT).unwrap();
        let pdf = export::figure_pdf(&scene, 1.0, &about()).unwrap();
        let Some(picture) = poppler(&pdf) else { return };
        check("pdf", theme, &POPPLER, [&png, &picture]);
    }
}

/// The comparison is worth nothing if it does not see that one site is missing.
#[test]
fn the_comparison_sees_a_site_that_is_not_there() {
    let studio = Studio::new(record());
    let view = studio.january();
    let whole = studio.figure(&view, 600.0, 440.0, false).scene;
    let id = support::studio::sites(&whole).into_iter().next().unwrap();
    let without = support::studio::without(&whole, &id);
    let [whole, without] = [whole, without].map(|s| rasterize(&s, PIXELS_PER_POINT).unwrap());
    let difference = Difference::between(&whole, &without);
    assert!(difference.worst_block > 2.0 * POPPLER.block, "{id}: {difference:?}");
}

/// A page as poppler draws it; `None` when it is not installed and not required.
fn poppler(pdf: &[u8]) -> Option<Pixels> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("figure.pdf");
    std::fs::write(&path, pdf).unwrap();
    let dpi = (72.0 * PIXELS_PER_POINT).to_string();
    let Ok(output) = Command::new("pdftoppm").args(["-r", &dpi]).arg(&path).output() else {
        let is_required = std::env::var_os("SITREP_REQUIRE_RENDER_TESTS").is_some_and(|v| v == "1");
        assert!(!is_required, "pdftoppm is not installed");
        eprintln!("skipped: pdftoppm is not installed (poppler-utils has it)");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(ppm(&output.stdout))
}

/// Reads a picture of the format PPM (P6).
fn ppm(bytes: &[u8]) -> Pixels {
    let mut words = bytes.splitn(4, u8::is_ascii_whitespace);
    let mut word = || std::str::from_utf8(words.next().unwrap()).unwrap().to_owned();
    assert_eq!(word(), "P6");
    let [width, height] = [word(), word()].map(|side| side.parse().unwrap());
    let rest = words.next().unwrap();
    let start = rest.iter().position(u8::is_ascii_whitespace).unwrap() + 1;
    let rgba = rest[start..].chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect();
    Pixels { width, height, rgba }
}
