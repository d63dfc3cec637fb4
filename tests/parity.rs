//! The screen and the PNG show the same picture: one scene of all item kinds and whole figures in each theme, painted
//! by egui (through wgpu on a software adapter) and by the CPU rasteriser, compared pixel by pixel.
//!
//! Without an adapter the test says so and passes, unless `SITREP_REQUIRE_RENDER_TESTS=1`. With
//! `SITREP_DUMP_PARITY=DIR` both pictures are written there, to be looked at.

#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "helpers of a test: a skip is said aloud, and a failure is a panic"
)]

mod support;

use std::sync::Arc;

use egui_kittest::Harness;
use sitrep_atlas::analysis::{ThemeName, View};
use sitrep_atlas::app::paint::ScreenPainter;
use sitrep_atlas::export::{Pixels, rasterize};
use sitrep_atlas::scene::text::{Align, Shaper, TextStyle};
use sitrep_atlas::scene::{
    Circle, Contour, Dash, Geometry, Group, Halo, Item, Path, Placement, Rect, Rgba, Scene, Size,
    Stroke, Text,
};
use support::pictures::{Difference, dump_both};
use support::studio::{Studio, record};

const WIDTH: u16 = 240;
const HEIGHT: u16 = 180;
const PIXELS_PER_POINT: f32 = 2.0;

/// Mean difference of all pixels, of 255.
const MEAN_TOLERANCE: f64 = 0.35;
/// Difference of the means of a block, of 255.
const BLOCK_TOLERANCE: f64 = 3.0;
/// The same in a whole figure, where the thin rim of a small disc fills a good part of a block.
const FIGURE_BLOCK_TOLERANCE: f64 = 6.0;

const INK: Rgba = Rgba::hex(0x1A_1A_1A);
const WHITE: Rgba = Rgba::hex(0xFF_FF_FF);
const LAND: Rgba = Rgba::hex(0xD8_CF_B8);
const RED: Rgba = Rgba::hex(0xC4_30_2B);
const BLUE: Rgba = Rgba::hex(0x2B_6C_C4);

#[test]
fn screen_and_png_show_the_same_picture() {
    let scene = scene(0.0);
    let Some(screen) = on_screen(&scene) else {
        return;
    };
    let picture = rasterize(&scene, PIXELS_PER_POINT).unwrap();
    dump_both("items", &screen, &picture);
    let difference = Difference::between(&screen, &picture);
    eprintln!("{difference:?}");
    assert!(difference.mean <= MEAN_TOLERANCE, "{difference:?}");
    assert!(difference.worst_block <= BLOCK_TOLERANCE, "{difference:?}");
}

#[test]
fn a_whole_figure_is_the_same_on_screen_and_as_a_png_in_every_theme() {
    let studio = Studio::new(record());
    for theme in [ThemeName::Light, ThemeName::Dark, ThemeName::Print] {
        let mut view = View::of_all(&studio.dataset);
        view.theme = theme;
        let scene = studio.figure(&view, 480.0, 400.0, true).scene;
        let Some(screen) = on_screen(&scene) else {
            return;
        };
        let picture = rasterize(&scene, PIXELS_PER_POINT).unwrap();
        dump_both(&format!("figure-{theme:?}"), &screen, &picture);
        let difference = Difference::between(&screen, &picture);
        eprintln!("{theme:?}: {difference:?}");
        assert!(difference.mean <= MEAN_TOLERANCE, "{theme:?}: {difference:?}");
        assert!(difference.worst_block <= FIGURE_BLOCK_TOLERANCE, "{theme:?}: {difference:?}");
    }
}

/// The comparison is worth nothing if it does not see a label that moved by one point.
#[test]
fn the_comparison_sees_one_item_that_moved_by_a_point() {
    let picture = |shift| rasterize(&scene(shift), PIXELS_PER_POINT).unwrap();
    let difference = Difference::between(&picture(0.0), &picture(1.0));
    assert!(difference.worst_block > 2.0 * BLOCK_TOLERANCE, "{difference:?}");
}

/// The scene as egui paints it; `None` when there is no adapter and none is required.
fn on_screen(scene: &Scene) -> Option<Pixels> {
    let mut painter = ScreenPainter::new();
    let rendered = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut harness = Harness::builder()
            .with_size(egui::vec2(scene.size.width, scene.size.height))
            .with_pixels_per_point(PIXELS_PER_POINT)
            .wgpu()
            .build_ui(|ui| {
                let layer = ui.ctx().layer_painter(egui::LayerId::background());
                painter.paint(&layer, scene, egui::Pos2::ZERO, 1.0);
            });
        harness.run();
        harness.render()
    }));
    match rendered {
        Ok(Ok(image)) => {
            let (width, height) = (image.width(), image.height());
            Some(Pixels { width, height, rgba: image.into_raw() })
        }
        failed => {
            let is_required =
                std::env::var_os("SITREP_REQUIRE_RENDER_TESTS").is_some_and(|v| v == "1");
            assert!(!is_required, "no picture from wgpu: {:?}", failed.ok());
            eprintln!(
                "skipped: wgpu has no adapter here (libvulkan1 and mesa-vulkan-drivers give one)"
            );
            None
        }
    }
}

fn ring(min: [f32; 2], width: f32, height: f32) -> Contour {
    let Rect { min: [x0, y0], max: [x1, y1] } = Rect::from_min_size(min, width, height);
    Contour { points: vec![[x0, y0], [x1, y0], [x1, y1], [x0, y1]], closed: true }
}

fn path(contours: Vec<Contour>, fill: Option<Rgba>, stroke: Option<Stroke>) -> Item {
    Item::Path(Path { geometry: Arc::new(Geometry::new(contours)), fill, stroke })
}

fn wave(left: f32, top: f32) -> Contour {
    let points = (0..60_u8).map(|n| {
        let along = f32::from(n);
        [left + along * 1.6, top + (along * 0.35).sin() * 7.0]
    });
    Contour { points: points.collect(), closed: false }
}

/// Every kind of item; `shift` moves one label, in points.
fn scene(shift: f32) -> Scene {
    let mut shaper = Shaper::new();
    let halo = Some(Halo { color: WHITE.with_alpha(220), width: 1.5 });
    let mut label = |words: &str, origin, style, halo| {
        let glyphs = shaper.shape(words, style);
        Item::Text(Text { origin, shaped: glyphs, color: INK, halo })
    };
    let placed = Group {
        id: "placed".to_owned(),
        placement: Placement { scale: 20.0, offset: [150.0, 90.0] },
        clip: None,
        items: vec![
            path(
                vec![ring([0.0, 0.0], 2.0, 1.0)],
                Some(BLUE.with_alpha(90)),
                Some(Stroke::solid(BLUE, 1.0)),
            ),
            circle([2.0, 1.0], 5.0, Some(RED), Some(Stroke::solid(WHITE, 1.5))),
            label("Erbil", [0.2, 0.2], TextStyle::regular(9.0), None),
        ],
    };
    let clipped = Group {
        id: "clipped".to_owned(),
        placement: Placement::moved([0.0, 4.0]),
        clip: Some(Rect::from_min_size([12.0, 120.0], 90.0, 30.0)),
        items: vec![
            path(vec![ring([0.0, 100.0], 60.0, 33.0)], Some(LAND), None),
            circle([100.0, 135.0], 18.0, Some(BLUE.with_alpha(140)), None),
            label("clipped قصّ", [62.0, 138.0], TextStyle::semi_bold(12.0), None),
        ],
    };
    let mut items = shapes();
    items.extend([
        Item::Group(placed),
        Item::Group(clipped),
        label(
            "Ayn al-Asad قاعدة عين الأسد",
            [24.0 + shift, 50.0 + shift],
            TextStyle::semi_bold(13.0),
            halo,
        ),
        label("نينوى 2014", [150.0, 122.4], TextStyle::regular(11.0), halo),
        Item::Text(Text {
            origin: [12.0, 152.0],
            shaped: Shaper::new().wrap(
                "Two rockets fell near the base. سقط صاروخان.",
                TextStyle::regular(7.0),
                100.0,
                Align::Center,
            ),
            color: RED,
            halo: None,
        }),
    ]);
    Scene {
        size: Size { width: WIDTH.into(), height: HEIGHT.into() },
        background: Rgba::hex(0xEE_F2_F5),
        items,
    }
}

fn circle(center: [f32; 2], radius: f32, fill: Option<Rgba>, stroke: Option<Stroke>) -> Item {
    Item::Circle(Circle { center, radius, fill, stroke })
}

fn shapes() -> Vec<Item> {
    let arrow = Contour {
        points: vec![[132.0, 20.0], [158.0, 60.0], [132.0, 48.0], [106.0, 60.0]],
        closed: true,
    };
    let wedge = Contour {
        points: std::iter::once([190.0, 40.0])
            .chain((0..=20_u8).map(|n| {
                let angle = f32::from(n) * 0.09;
                [190.0 + 26.0 * angle.cos(), 40.0 + 26.0 * angle.sin()]
            }))
            .collect(),
        closed: true,
    };
    let dashed = |color, width| Stroke { color, width, dash: Some(Dash { on: 5.0, off: 3.0 }) };
    let land = path(
        vec![
            ring([10.3, 10.3], 80.0, 60.0),
            ring([30.0, 25.0], 30.0, 20.0),
            ring([38.0, 30.0], 10.0, 8.0),
        ],
        Some(LAND),
        None,
    );
    vec![
        land,
        path(vec![arrow], Some(RED), None),
        path(vec![wedge], Some(BLUE.with_alpha(160)), None),
        path(vec![wave(12.0, 90.0)], None, Some(Stroke::solid(BLUE, 1.0))),
        path(vec![wave(12.0, 104.0)], None, Some(dashed(INK, 1.5))),
        path(vec![wave(130.0, 160.0)], None, Some(Stroke::solid(RED, 4.0))),
        circle([190.0, 40.0], 26.0, None, Some(dashed(INK, 1.0))),
        circle([214.0, 76.0], 7.0, Some(RED), Some(Stroke::solid(INK, 1.0))),
    ]
}
