//! What a figure costs: the stages from the record to the bytes, and `sitrep render` as a whole process.
//!
//! ```sh
//! cargo bench --bench figure              # 1920x1080 pixels of 3 to 6 January 2022
//! ```
//!
//! The embedded record; fonts, shaped text and the projected ground are made anew each time, as a process does.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that prints what it measures"
)]

mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use sitrep_atlas::analysis::{FigureSize, FigureSpec, View, select};
use sitrep_atlas::data;
use sitrep_atlas::domain::{Day, DaySpan};
use sitrep_atlas::export::make::compose;
use sitrep_atlas::export::{About, SvgText, encode_png, figure_pdf, figure_svg, rasterize};
use sitrep_atlas::scene::basemap::BasemapLayers;
use sitrep_atlas::scene::map::MapInput;
use sitrep_atlas::scene::text::Shaper;
use support::measure::{self, Times};

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 30;
const DPI: f64 = 96.0;
const DAYS: [&str; 2] = ["2022-01-03", "2022-01-06"];

fn main() {
    println!("1920x1080 of {} to {}; {ROUNDS} rounds", DAYS[0], DAYS[1]);
    stages();
    processes();
}

/// Each stage by itself, in one process.
fn stages() {
    const NAMES: [&str; 9] = [
        "load the record",
        "load the basemap",
        "fonts",
        "select",
        "scene",
        "rasterise (PNG)",
        "encode PNG",
        "write SVG",
        "write PDF",
    ];
    let mut times: [Times; NAMES.len()] = Default::default();
    let about = About {
        title: "Title".to_owned(),
        description: "Description".to_owned(),
        software: "Sitrep".to_owned(),
        source: "Record".to_owned(),
        record: None,
    };
    for _ in 0..ROUNDS {
        let [record, basemap, fonts, selecting, scene, raster, png, svg, pdf] = &mut times;
        let dataset = record.time(|| data::load(None).unwrap().dataset);
        let layers = basemap.time(|| BasemapLayers::new(data::basemap::load().unwrap()));
        let mut shaper = fonts.time(Shaper::new);
        let mut view = View::of_all(&dataset);
        let [first, last] = DAYS.map(|day| Day::parse(day).unwrap());
        view.window = DaySpan::between(first, last);
        let selection = selecting.time(|| select(&dataset, &view));
        let spec = FigureSpec::new(FigureSize::parse("1920x1080", DPI).unwrap());
        let input = MapInput {
            dataset: &dataset,
            basemap: &layers,
            view: &view,
            selection: &selection,
            still: true,
        };
        let figure = scene.time(|| compose(&mut shaper, &input, &spec).unwrap());
        #[expect(clippy::cast_possible_truncation, reason = "a small number")]
        let pixels =
            raster.time(|| rasterize(&figure.scene, DPI as f32 / 72.0 * figure.scale).unwrap());
        assert_eq!((pixels.width, pixels.height), (1920, 1080));
        let bytes = [
            png.time(|| encode_png(&pixels, DPI, &[]).unwrap()),
            svg.time(|| figure_svg(&figure.scene, figure.scale, &about, SvgText::Outlines))
                .into_bytes(),
            pdf.time(|| figure_pdf(&figure.scene, figure.scale, &about).unwrap()),
        ];
        assert!(bytes.iter().all(|b| b.len() > 10_000), "a figure is empty");
    }
    println!("\nstages in one process");
    for (name, times) in NAMES.iter().zip(&times) {
        println!("  {name:<18}{}", times.words());
    }
}

/// The program itself, from its start to its end, the file saved.
fn processes() {
    let folder = tempfile::tempdir().unwrap();
    println!("\nsitrep render as a process");
    for (kind, aim_secs) in [("png", 0.25), ("svg", 0.15), ("pdf", 0.15)] {
        let path = folder.path().join("figure").with_extension(kind);
        let mut times = Times::default();
        let mut peak = 0.0_f64;
        for _ in 0..ROUNDS {
            let most = times.time(|| render(&path));
            peak = peak.max(most.unwrap_or(0.0));
        }
        let kilobytes = std::fs::metadata(&path).unwrap().len() / 1000;
        let within = if times.median() < aim_secs { "within" } else { "over" };
        println!(
            "  {kind}  {}  {within} {aim_secs} s; {kilobytes} kB; at most {:.0} MB of memory",
            times.words(),
            peak / 1e6,
        );
    }
}

/// Makes one figure; gives the most bytes of memory that its process was seen to hold.
fn render(path: &Path) -> Option<f64> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sitrep"))
        .args(["render", "--size", "1920x1080", "--from", DAYS[0], "--to", DAYS[1], "-o"])
        .arg(path)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut most = None;
    let status = loop {
        most = measure::peak_bytes(child.id()).or(most);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    assert!(status.success());
    most
}
