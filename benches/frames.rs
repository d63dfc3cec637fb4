//! What a frame costs while the window moves day by day: the embedded record, and a million made-up events
//! at 20,000 places.
//!
//! ```sh
//! cargo bench --bench frames                        # work per frame without a screen, then a real window
//! cargo bench --bench frames -- 100000              # with so many made-up events
//! cargo bench --bench frames --features wgpu        # the window also through wgpu
//! ```
//!
//! The window opens where there is a display, on `Xvfb` with Mesa's software drivers for example, moves its
//! days by itself and closes.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that prints what it measures"
)]

mod support;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use egui::{Event, Key, Modifiers, RawInput};
use sitrep_atlas::analysis::{Record, View};
use sitrep_atlas::app::{Atlas, window_options};
use sitrep_atlas::data::{self, Loaded};
use sitrep_atlas::domain::DaySpan;
use sitrep_atlas::domain::basemap::Basemap;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZE: egui::Vec2 = egui::vec2(1280.0, 800.0);
const FRAMES: usize = 200;
const SEED: u64 = 2022;

fn main() {
    let wanted = std::env::args().find_map(|a| a.parse().ok());
    let count: usize = wanted.unwrap_or(1_000_000);
    let basemap = data::basemap::load().unwrap();
    println!(
        "{FRAMES} frames of {} x {}; milliseconds: median (99 of 100 are below)",
        SIZE.x, SIZE.y
    );
    let made_up = || {
        let dataset = support::dataset::dataset(&basemap, count, SEED);
        Loaded {
            dataset: Record::new(dataset),
            problems: Vec::new(),
            lines: data::Lines::default(),
            table: None,
            opened: None,
            remembered: None,
            place: data::DatasetPlace::Nowhere,
        }
    };
    let records: [(String, Box<dyn Fn() -> Loaded>); 2] = [
        ("embedded record".to_owned(), Box::new(|| data::load(None).unwrap())),
        (format!("{count} made-up events"), Box::new(made_up)),
    ];
    for (name, load) in &records {
        for days in [4, 30] {
            without_a_screen(&format!("{name}, {days} days"), load(), basemap.clone(), days);
        }
    }
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        println!("no display: the window is not measured");
        return;
    }
    for (name, load) in &records {
        for renderer in renderers() {
            in_a_window(&format!("{name}, 30 days, {renderer}"), load(), basemap.clone(), renderer);
        }
    }
}

#[cfg(feature = "wgpu")]
fn renderers() -> Vec<eframe::Renderer> {
    vec![eframe::Renderer::Glow, eframe::Renderer::Wgpu]
}

#[cfg(not(feature = "wgpu"))]
fn renderers() -> Vec<eframe::Renderer> {
    vec![eframe::Renderer::Glow]
}

/// Times of one thing, in milliseconds.
#[derive(Default)]
struct Times(Vec<f64>);

impl Times {
    fn since(&mut self, start: Instant) {
        self.0.push(start.elapsed().as_secs_f64() * 1e3);
    }

    fn told(&mut self) -> String {
        self.0.sort_by(f64::total_cmp);
        let at = |share: usize| self.0[(self.0.len() - 1) * share / 100];
        format!("{:6.2} ({:6.2})", at(50), at(99))
    }
}

/// The last days of a record, in the whole region.
fn last_days(record: &Record, days: i32) -> View {
    let mut view = View::of_all(record);
    let last = view.window.last();
    view.window = DaySpan::between(last.plus(1 - days), last);
    view
}

fn press(key: Key) -> Vec<Event> {
    let modifiers = Modifiers::NONE;
    let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    vec![event(true), event(false)]
}

/// Layout and scene, then triangles, of frames in each of which an arrow key moves the window by a day.
fn without_a_screen(name: &str, loaded: Loaded, basemap: Basemap, days: i32) {
    let ctx = egui::Context::default();
    let view = last_days(&loaded.dataset, days);
    // The words of a million events are read on a thread of their own, which for some seconds has a core.
    loaded.dataset.prepare();
    let mut atlas = Atlas::new(&ctx, loaded, basemap);
    atlas.look(view);
    let (mut ui, mut triangles) = (Times::default(), Times::default());
    let (mut vertices, mut indices, mut meshes) = (0, 0, 0);
    for n in 0..FRAMES + 40 {
        let screen_rect = Some(egui::Rect::from_min_size(egui::Pos2::ZERO, SIZE));
        let events = press(Key::ArrowLeft);
        let input = RawInput { screen_rect, events, ..RawInput::default() };
        let start = Instant::now();
        let mut output = ctx.run_ui(input, |ui| atlas.show(ui));
        ui.since(start);
        // There is no card to send textures to.
        output.textures_delta.clear();
        let start = Instant::now();
        let made = ctx.tessellate(output.shapes, output.pixels_per_point);
        triangles.since(start);
        if n < 40 {
            (ui, triangles) = Default::default();
        }
        (vertices, indices, meshes) = (0, 0, made.len());
        for clipped in &made {
            if let egui::epaint::Primitive::Mesh(mesh) = &clipped.primitive {
                vertices += mesh.vertices.len();
                indices += mesh.indices.len();
            }
        }
    }
    println!(
        "{name:44} ui {}  tessellation {}  {vertices} vertices, {indices} indices, {meshes} meshes",
        ui.told(),
        triangles.told()
    );
}

/// The program's window, with a key pressed in each frame.
struct Scrubbed {
    atlas: Atlas,
    frame: usize,
    last: Instant,
    cpu: Times,
    times: Rc<RefCell<(Times, Times)>>,
}

impl eframe::App for Scrubbed {
    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.atlas.show(ui);
        ui.ctx().request_repaint();
        self.frame += 1;
        // The first ones make textures.
        if self.frame > 40 {
            self.times.borrow_mut().0.since(self.last);
            self.cpu.0.extend(frame.info().cpu_usage.map(|secs| f64::from(secs) * 1e3));
        }
        self.last = Instant::now();
        if self.frame == FRAMES + 40 {
            self.times.borrow_mut().1 = std::mem::take(&mut self.cpu);
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn raw_input_hook(&mut self, _ctx: &egui::Context, input: &mut RawInput) {
        input.events.extend(press(Key::ArrowLeft));
    }
}

/// From one frame to the next in a window that scrubs by itself; and what of it is the program's own work.
fn in_a_window(name: &str, loaded: Loaded, basemap: Basemap, renderer: eframe::Renderer) {
    let times = Rc::new(RefCell::new((Times::default(), Times::default())));
    let kept = Rc::clone(&times);
    let options = eframe::NativeOptions { renderer, ..window_options() };
    let opened = eframe::run_native(
        "Sitrep",
        options,
        Box::new(move |creation| {
            let view = last_days(&loaded.dataset, 30);
            loaded.dataset.prepare();
            let mut atlas = Atlas::new(&creation.egui_ctx, loaded, basemap);
            atlas.look(view);
            let (last, cpu) = (Instant::now(), Times::default());
            Ok(Box::new(Scrubbed { atlas, frame: 0, last, cpu, times: kept }))
        }),
    );
    match opened {
        Ok(()) => {
            let (frame, cpu) = &mut *times.borrow_mut();
            println!("{name:44} frame {}  of that work and painting {}", frame.told(), cpu.told());
        }
        Err(error) => println!("{name}: the window could not be opened: {error}"),
    }
}
