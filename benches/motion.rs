//! What a film of the embedded record costs, by format and stage.
//!
//! ```sh
//! cargo bench --bench motion                    # 1280 x 720, 60 seconds at 30 frames a second
//! cargo bench --bench motion -- 20 1920x1080    # so many seconds, and another size
//! cargo bench --bench motion -- mp4             # one format, so that its peak of memory is its own
//! ```

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that prints what it measures"
)]

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sitrep_atlas::analysis::play::{FilmPlan, FilmSpec, PlaySpec, Secs};
use sitrep_atlas::analysis::{View, select};
use sitrep_atlas::data;
use sitrep_atlas::export::{FilmInput, FilmOut, film};
use sitrep_atlas::scene::basemap::BasemapLayers;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Counts what is written.
#[derive(Default)]
struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let seconds: u32 = args.iter().find_map(|a| a.parse().ok()).unwrap_or(60);
    let side = |side: &str| side.parse::<u32>().ok();
    let size = args.iter().find_map(|a| a.split_once('x'));
    let size = size.and_then(|(w, h)| Some([side(w)?, side(h)?])).unwrap_or([1280, 720]);
    let formats = ["gif", "frames", "mp4"];
    let asked = formats.into_iter().filter(|f| args.iter().any(|a| a == f));
    let asked: Vec<&str> = asked.collect();

    let record = data::load(None).unwrap().dataset;
    let basemap = BasemapLayers::new(data::basemap::load().unwrap());
    let view = View::of_all(&record);
    let play = PlaySpec { whole: Secs::whole(seconds), ..PlaySpec::default() };
    let spec = FilmSpec { play, size_px: size, ..FilmSpec::default() };
    println!("{} x {} pixels, {seconds} s at {} frames a second", size[0], size[1], spec.fps);
    println!("milliseconds for each frame of the film; encoding runs beside drawing");
    println!(
        "{:>7} {:>7} {:>7} | {:>8} {:>6} {:>6} {:>6} | {:>7} {:>6} | {:>7} {:>8} {:>8}",
        "format",
        "frames",
        "drawn",
        "schedule",
        "scene",
        "paint",
        "waits",
        "convert",
        "encode",
        "all",
        "frames/s",
        "MB out"
    );
    for format in if asked.is_empty() { &formats[..] } else { &asked } {
        let start = Instant::now();
        let plan = FilmPlan::new(&record, &view, &select(&record, &view), &spec).unwrap();
        let schedule = start.elapsed();
        let input =
            FilmInput { record: &record, basemap: &basemap, view: &view, spec: &spec, plan: &plan };
        let mut file = Counted::default();
        let written = AtomicU64::new(0);
        let take = |_: u32, bytes: &[u8]| {
            written.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            Ok(())
        };
        let out = match *format {
            "gif" => FilmOut::Gif(&mut file),
            "mp4" => FilmOut::Mp4(&mut file),
            _ => FilmOut::Frames(&take),
        };
        let start = Instant::now();
        let done = film(&input, out, &mut |_| ControlFlow::Continue(())).unwrap();
        let all = start.elapsed();
        let frames = f64::from(done.frames);
        let each = |time: Duration| time.as_secs_f64() * 1e3 / frames;
        #[expect(clippy::cast_precision_loss, reason = "megabytes")]
        let megabytes = (file.0 + written.load(Ordering::Relaxed)) as f64 / 1e6;
        println!(
            "{format:>7} {:>7} {:>7} | {:>8.3} {:>6.2} {:>6.2} {:>6.2} | {:>7.2} {:>6.2} | {:>7.2} {:>8.1} {megabytes:>8.1}",
            done.frames,
            done.drawn,
            each(schedule),
            each(done.scene),
            each(done.paint),
            each(done.waited),
            each(done.convert),
            each(done.encode),
            each(all),
            frames / all.as_secs_f64(),
        );
    }
    if let Some(peak) = peak_megabytes() {
        println!("most memory that the process held: {peak:.0} MB");
    }
}

/// Most memory that the process held, where the system says so.
fn peak_megabytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}
