//! What a person waits for: loading, a picture after a step of the slider, a file, a frame.
//!
//! Each name says the size. Run with `cargo bench`.

#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use sitrep_atlas::analysis::{FigureSize, FigureSpec, Record, View, select};
use sitrep_atlas::app::Atlas;
use sitrep_atlas::data;
use sitrep_atlas::domain::basemap::Basemap;
use sitrep_atlas::domain::{Day, DaySpan};
use sitrep_atlas::export::{encode_png, rasterize};
use sitrep_atlas::scene::Scene;
use sitrep_atlas::scene::basemap::BasemapLayers;
use sitrep_atlas::scene::figure::{Figure, figure};
use sitrep_atlas::scene::map::MapInput;
use sitrep_atlas::scene::text::Shaper;
use sitrep_atlas::scene::theme::Theme;

const DPI: f64 = 96.0;
/// Pixels of a point at that resolution.
const SCALE: f32 = 96.0 / 72.0;

static DATASET: LazyLock<Record> = LazyLock::new(|| data::load(None).unwrap().dataset);
static BASEMAP: LazyLock<Basemap> = LazyLock::new(|| data::basemap::load().unwrap());
static LAYERS: LazyLock<BasemapLayers> = LazyLock::new(|| BasemapLayers::new(BASEMAP.clone()));

fn main() {
    divan::main();
}

#[divan::bench]
fn load_the_embedded_record() -> Record {
    data::load(black_box(None)).unwrap().dataset
}

#[divan::bench]
fn load_the_basemap() -> Basemap {
    data::basemap::load().unwrap()
}

/// Nothing is kept: fonts, shaped text and the projected ground are made anew, as `sitrep render` does.
#[divan::bench]
fn scene_of_1920x1080_from_nothing(bencher: Bencher) {
    let view = opening();
    bencher
        .with_inputs(|| BasemapLayers::new(BASEMAP.clone()))
        .bench_refs(|layers| build(&mut Shaper::new(), layers, &view));
}

#[divan::bench]
fn scene_of_1920x1080_again(bencher: Bencher) {
    let (view, mut shaper) = (opening(), Shaper::new());
    build(&mut shaper, &LAYERS, &view);
    bencher.bench_local(|| build(&mut shaper, &LAYERS, &view));
}

/// Each build is of a window one day earlier, through the record and round again.
#[divan::bench]
fn scene_of_1920x1080_for_the_next_day_of_the_slider(bencher: Bencher) {
    let (mut view, mut shaper) = (opening(), Shaper::new());
    let extent = DATASET.extent().unwrap();
    bencher.bench_local(|| {
        let earlier = [view.window.first().plus(-1), view.window.last().plus(-1)];
        view.window = if earlier[0] < extent.first() {
            DaySpan::between(extent.last().plus(-3), extent.last())
        } else {
            DaySpan::between(earlier[0], earlier[1])
        };
        build(&mut shaper, &LAYERS, &view)
    });
}

#[divan::bench]
fn rasterise_1920x1080(bencher: Bencher) {
    let scene = full_hd();
    bencher.bench(|| rasterize(black_box(&scene), SCALE).unwrap());
}

#[divan::bench]
fn encode_png_of_1920x1080(bencher: Bencher) {
    let pixels = rasterize(&full_hd(), SCALE).unwrap();
    assert_eq!((pixels.width, pixels.height), (1920, 1080));
    bencher.bench(|| encode_png(black_box(&pixels), DPI, &[]).unwrap());
}

/// From an empty context to triangles, as when the window opens; no graphics card is asked.
#[divan::bench]
fn first_frame_of_1280x800(bencher: Bencher) {
    bencher.with_inputs(|| (data::load(None).unwrap(), BASEMAP.clone())).bench_values(
        |(loaded, basemap)| {
            let ctx = egui::Context::default();
            let mut atlas = Atlas::new(&ctx, loaded, basemap);
            frame(&ctx, &mut atlas, Vec::new())
        },
    );
}

#[divan::bench]
fn next_frame_of_1280x800_when_nothing_changes(bencher: Bencher) {
    let (ctx, mut atlas) = warm();
    bencher.bench_local(|| frame(&ctx, &mut atlas, Vec::new()));
}

/// An arrow key moves the window by a day in each frame, back and forth.
#[divan::bench]
fn next_frame_of_1280x800_while_the_slider_moves(bencher: Bencher) {
    let (ctx, mut atlas) = warm();
    let mut back = true;
    bencher.bench_local(|| {
        let key = if back { egui::Key::ArrowLeft } else { egui::Key::ArrowRight };
        back = !back;
        let modifiers = egui::Modifiers::NONE;
        let events = [true, false].map(|pressed| egui::Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        });
        frame(&ctx, &mut atlas, events.to_vec())
    });
}

/// 3 to 6 January 2022.
fn opening() -> View {
    let mut view = View::of_all(&DATASET);
    let day = |text| Day::parse(text).unwrap();
    view.window = DaySpan::between(day("2022-01-03"), day("2022-01-06"));
    view
}

/// The figure that `sitrep render` makes by itself.
fn build(shaper: &mut Shaper, layers: &BasemapLayers, view: &View) -> Figure {
    let selection = select(&DATASET, view);
    let input =
        MapInput { dataset: &DATASET, basemap: layers, view, selection: &selection, still: false };
    let spec = FigureSpec::new(FigureSize::of_points(1440.0, 810.0).unwrap());
    figure(shaper, Theme::of(view.theme), &input, &spec)
}

fn full_hd() -> Scene {
    build(&mut Shaper::new(), &LAYERS, &opening()).scene
}

/// A window that has settled.
fn warm() -> (egui::Context, Atlas) {
    let ctx = egui::Context::default();
    let mut atlas = Atlas::new(&ctx, data::load(None).unwrap(), BASEMAP.clone());
    for _ in 0..4 {
        frame(&ctx, &mut atlas, Vec::new());
    }
    (ctx, atlas)
}

/// One frame, down to triangles; gives how many there are.
fn frame(ctx: &egui::Context, atlas: &mut Atlas, events: Vec<egui::Event>) -> usize {
    let size = egui::vec2(1280.0, 800.0);
    let screen_rect = Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size));
    let input = egui::RawInput { screen_rect, events, ..Default::default() };
    let mut output = ctx.run_ui(input, |ui| atlas.show(ui));
    // There is no card to send textures to.
    output.textures_delta.clear();
    let meshes = ctx.tessellate(output.shapes, output.pixels_per_point);
    meshes
        .iter()
        .map(|p| match &p.primitive {
            egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
            egui::epaint::Primitive::Callback(_) => 0,
        })
        .sum()
}
