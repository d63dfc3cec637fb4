//! Films: the same bytes again, the frames that the schedule asks for in every format, numbers that agree with
//! the counts, and nothing left of a film that was broken off or refused.
//!
//! MP4 and GIF are read by `ffmpeg` as well. Without it the test says so and passes, unless
//! `SITREP_REQUIRE_RENDER_TESTS=1`.

#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "helpers of a test: a skip is said aloud, and a failure is a panic"
)]

mod support;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use openh264::decoder::Decoder;
use openh264::formats::YUVSource;
use sitrep_atlas::analysis::play::film::{DayMoment, Moment};
use sitrep_atlas::analysis::play::{FilmPlan, FilmSpec, Pace, PlayRange, PlaySpec, Secs};
use sitrep_atlas::analysis::{GroupBy, Mode, View, select, tally};
use sitrep_atlas::domain::{Day, DaySpan};
use sitrep_atlas::export::{ExportError, FilmInput, FilmOut, film};
use sitrep_atlas::scene::Scene;
use sitrep_atlas::scene::film::{Film, PULSE_SECS};
use support::program;
use support::studio::{Studio, words};

/// Mean difference of all channels of a frame between what was drawn and what is read, of 255: H.264 has a
/// quarter of the colours, a GIF 255 in all.
const MEAN_TOLERANCE: f64 = 3.0;
const SIZE: [u32; 2] = [480, 270];

fn studio() -> Studio {
    Studio::new(sitrep_atlas::data::load(None).unwrap().dataset)
}

/// Some days in a few seconds and frames.
fn spec(days: &str) -> FilmSpec {
    let play = PlaySpec {
        whole: Secs::whole(5),
        range: PlayRange::Days(DaySpan::parse(days).unwrap()),
        ..PlaySpec::default()
    };
    let cards = [Some(Secs::from_millis(300)), Some(Secs::from_millis(500))];
    FilmSpec { play, size_px: SIZE, fps: 5, cards, ..FilmSpec::default() }
}

fn plan(studio: &Studio, view: &View, spec: &FilmSpec) -> FilmPlan {
    FilmPlan::new(&studio.dataset, view, &select(&studio.dataset, view), spec).unwrap()
}

/// What a film is made into.
#[derive(Clone, Copy)]
enum As {
    Mp4,
    Gif,
}

fn made(studio: &Studio, spec: &FilmSpec, form: As) -> Vec<u8> {
    let view = View::of_all(&studio.dataset);
    let plan = plan(studio, &view, spec);
    let input = input(studio, &view, spec, &plan);
    let mut bytes = Vec::new();
    let out = match form {
        As::Mp4 => FilmOut::Mp4(&mut bytes),
        As::Gif => FilmOut::Gif(&mut bytes),
    };
    film(&input, out, &mut |_| ControlFlow::Continue(())).unwrap();
    bytes
}

fn input<'a>(
    studio: &'a Studio,
    view: &'a View,
    spec: &'a FilmSpec,
    plan: &'a FilmPlan,
) -> FilmInput<'a> {
    FilmInput { record: &studio.dataset, basemap: &studio.basemap, view, spec, plan }
}

/// The frames as PNG files, by number.
fn pictures(studio: &Studio, spec: &FilmSpec) -> Vec<Vec<u8>> {
    let view = View::of_all(&studio.dataset);
    let plan = plan(studio, &view, spec);
    let taken = Mutex::new(BTreeMap::new());
    let take = |frame: u32, bytes: &[u8]| {
        taken.lock().unwrap().insert(frame, bytes.to_vec());
        Ok(())
    };
    let input = input(studio, &view, spec, &plan);
    film(&input, FilmOut::Frames(&take), &mut |_| ControlFlow::Continue(())).unwrap();
    let taken = taken.into_inner().unwrap();
    assert!(taken.keys().copied().eq(0..plan.frames()));
    taken.into_values().collect()
}

/// Red, green and blue of a PNG file.
fn rgb(file: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    assert_eq!([reader.info().width, reader.info().height], SIZE);
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut rgb).unwrap();
    rgb
}

fn mean_difference(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len());
    let sum: u64 = a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    #[expect(clippy::cast_precision_loss, reason = "a mean")]
    let mean = sum as f64 / a.len() as f64;
    mean
}

/// The frames that a film shows must be those drawn, each within what its format loses.
fn assert_shows(read: &[Vec<u8>], drawn: &[Vec<u8>]) {
    assert_eq!(read.len(), drawn.len());
    for (n, (read, drawn)) in read.iter().zip(drawn).enumerate() {
        let difference = mean_difference(read, &rgb(drawn));
        assert!(difference < MEAN_TOLERANCE, "frame {n} is {difference:.2} off");
    }
    let last = mean_difference(&read[0], &read[read.len() / 2]);
    assert!(last > MEAN_TOLERANCE, "the card and the map differ by {last:.2}");
}

#[test]
fn the_same_film_gives_the_same_bytes() {
    let studio = studio();
    let spec = spec("2022-01");
    for form in [As::Mp4, As::Gif] {
        assert!(made(&studio, &spec, form) == made(&studio, &spec, form));
    }
    assert!(pictures(&studio, &spec) == pictures(&studio, &spec));
}

/// The boxes of an MP4 file or of a box, by kind, in their order.
fn boxes(mut bytes: &[u8]) -> Vec<(&str, &[u8])> {
    let mut found = Vec::new();
    while let Some((head, _)) = bytes.split_first_chunk::<8>() {
        let length = u32::from_be_bytes(head[..4].try_into().unwrap()) as usize;
        let kind = std::str::from_utf8(&bytes[4..8]).unwrap();
        found.push((kind, &bytes[8..length]));
        bytes = &bytes[length..];
    }
    found
}

fn inside<'a>(bytes: &'a [u8], path: &[&str]) -> &'a [u8] {
    path.iter().fold(bytes, |bytes, kind| boxes(bytes).iter().find(|b| b.0 == *kind).unwrap().1)
}

/// H.264 with a start code before each unit, of a list of units with their lengths before them.
fn with_start_codes(mut units: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some((length, rest)) = units.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        out.extend([0, 0, 0, 1]);
        out.extend(&rest[..length]);
        units = &rest[length..];
    }
    out
}

#[test]
fn an_mp4_shows_the_frames_that_were_drawn() {
    let studio = studio();
    let spec = spec("2022-01");
    let file = made(&studio, &spec, As::Mp4);
    let kinds: Vec<&str> = boxes(&file).iter().map(|b| b.0).collect();
    assert_eq!(kinds, ["ftyp", "moov", "mdat"], "a player must find the index first");
    let table = inside(&file, &["moov", "trak", "mdia", "minf", "stbl"]);
    // The form of the samples holds width and height, and the units that a decoder needs first.
    let avc1 = boxes(&inside(table, &["stsd"])[8..])[0].1;
    let number = |at: usize| u32::from(u16::from_be_bytes([avc1[at], avc1[at + 1]]));
    assert_eq!([number(24), number(26)], SIZE);
    let config = inside(&avc1[78..], &["avcC"]);
    let unit = |at: usize| {
        let length = usize::from(u16::from_be_bytes([config[at], config[at + 1]]));
        (&config[at + 2..at + 2 + length], at + 2 + length)
    };
    let (sps, next) = unit(6);
    let (pps, _) = unit(next + 1);
    let mut decoder = Decoder::new().unwrap();
    let first = [&[0, 0, 0, 1], sps, &[0, 0, 0, 1], pps].concat();
    decoder.decode(&first).unwrap();
    let sizes = &inside(table, &["stsz"])[12..];
    let sizes = sizes.chunks_exact(4).map(|n| u32::from_be_bytes(n.try_into().unwrap()) as usize);
    let mut samples = inside(&file, &["mdat"]);
    let mut read = Vec::new();
    for size in sizes {
        let (sample, rest) = samples.split_at(size);
        samples = rest;
        let yuv = decoder.decode(&with_start_codes(sample)).unwrap().unwrap();
        read.push(rgb_of(&yuv));
    }
    assert_shows(&read, &pictures(&studio, &spec));
}

/// Red, green and blue by ITU-R BT.709 in its limited range.
fn rgb_of(yuv: &impl YUVSource) -> Vec<u8> {
    let ([width, height], (wide, half, _)) = (SIZE.map(|n| n as usize), yuv.strides());
    let mut rgb = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let light = 1.164_383 * (f32::from(yuv.y()[y * wide + x]) - 16.0);
            let at = y / 2 * half + x / 2;
            let [u, v] = [yuv.u()[at], yuv.v()[at]].map(|n| f32::from(n) - 128.0);
            let green = light - 0.213_249 * u - 0.532_909 * v;
            for channel in [light + 1.792_741 * v, green, light + 2.112_402 * u] {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "held to the range of the type"
                )]
                rgb.push(channel.clamp(0.0, 255.0) as u8);
            }
        }
    }
    rgb
}

/// Whether a tool is there; it must be where the checks require it.
fn has_ffmpeg() -> bool {
    let is_there = Command::new("ffmpeg").arg("-version").output().is_ok();
    let is_required = std::env::var_os("SITREP_REQUIRE_RENDER_TESTS").is_some_and(|v| v == "1");
    assert!(is_there || !is_required, "ffmpeg is not installed");
    if !is_there {
        eprintln!("skipped: ffmpeg is not installed");
    }
    is_there
}

/// The frames that ffmpeg reads, so many a second.
fn read_by_ffmpeg(file: &Path, fps: u32) -> Vec<Vec<u8>> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(file)
        .args(["-vf", &format!("fps={fps}"), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout.chunks_exact((SIZE[0] * SIZE[1] * 3) as usize).map(<[u8]>::to_vec).collect()
}

#[test]
fn another_decoder_reads_the_same_frames_from_mp4_and_gif() {
    if !has_ffmpeg() {
        return;
    }
    let studio = studio();
    let spec = spec("2022-01");
    let folder = tempfile::tempdir().unwrap();
    let drawn = pictures(&studio, &spec);
    for (name, form) in [("a.mp4", As::Mp4), ("a.gif", As::Gif)] {
        let path = folder.path().join(name);
        std::fs::write(&path, made(&studio, &spec, form)).unwrap();
        assert_shows(&read_by_ffmpeg(&path, spec.fps), &drawn);
    }
    let said = Command::new("ffprobe")
        .args(["-v", "error", "-show_entries"])
        .arg("stream=codec_name,pix_fmt,width,height,avg_frame_rate,color_space,nb_frames")
        .args(["-of", "default=nw=1"])
        .arg(folder.path().join("a.mp4"))
        .output()
        .unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let frames = format!("nb_frames={}", drawn.len());
    for wanted in [
        "codec_name=h264",
        "pix_fmt=yuv420p",
        "width=480",
        "height=270",
        "avg_frame_rate=5/1",
        "color_space=bt709",
        &frames,
    ] {
        assert!(said.lines().any(|line| line == wanted), "no {wanted} in\n{said}");
    }
}

/// The days of a film in their order, each once.
fn days(plan: &FilmPlan) -> Vec<DayMoment> {
    let mut days: Vec<DayMoment> = Vec::new();
    for frame in 0..plan.frames() {
        if let Moment::Day(day) = plan.moment(frame, PULSE_SECS)
            && days.last().is_none_or(|last| last.window != day.window)
        {
            days.push(day);
        }
    }
    days
}

#[test]
fn the_running_totals_are_the_counts_of_the_same_days() {
    let studio = studio();
    for (mode, from) in [
        (Mode::Window, Day::parse("2021-06-01").unwrap()),
        (Mode::SinceStart, studio.dataset.extent().unwrap().first()),
    ] {
        let view = View { mode, ..View::of_all(&studio.dataset) };
        let spec = FilmSpec {
            play: PlaySpec { pace: Pace::Even, ..spec("2021-06").play },
            fps: 30,
            ..spec("2021-06")
        };
        let plan = plan(&studio, &view, &spec);
        let mut film = Film::new(&studio.dataset, &studio.basemap, &view, &spec, &plan);
        let mut changes = 0;
        for day in days(&plan) {
            let items = film.day(&day).above;
            let scene = Scene { size: film.size(), items, background: film.still().background };
            let counted = |span: DaySpan| {
                let view = View { window: span, mode: Mode::Window, ..view.clone() };
                let tally = tally(&studio.dataset, &select(&studio.dataset, &view), GroupBy::Day);
                [tally.certain, tally.possible]
            };
            let until = DaySpan::inclusive(from, day.window.last()).unwrap();
            let wanted = [counted(day.window), counted(until)];
            assert_eq!(film.totals(), wanted, "{:?}", day.window);
            let told = words(&scene);
            for [certain, possible] in wanted {
                assert!(told.contains(&certain.to_string()), "{certain} is not in {told}");
                if possible > 0 {
                    let more = format!("and {possible} more possible");
                    assert!(told.contains(&more), "{more} is not in {told}");
                }
            }
            changes += 1;
        }
        assert!(changes > 20, "{changes}");
    }
}

#[test]
fn every_frame_says_what_it_must_and_nothing_is_cut_in_any_usual_shape() {
    let studio = studio();
    for size_px in [[1280, 720], [1080, 1920], [1080, 1080], [1080, 1350], [1024, 768], [480, 270]]
    {
        for mode in [Mode::Window, Mode::SinceStart, Mode::Day] {
            let view = View { mode, ..View::of_all(&studio.dataset) };
            let play = PlaySpec { whole: Secs::whole(20), ..PlaySpec::default() };
            let spec = FilmSpec { play, size_px, fps: 1, ..FilmSpec::default() };
            let plan = plan(&studio, &view, &spec);
            let mut film = Film::new(&studio.dataset, &studio.basemap, &view, &spec, &plan);
            assert!(film.fits(), "{size_px:?}, {mode:?}");
            let still = film.still();
            let strip = film.between().unwrap().0.to_vec();
            for day in days(&plan).iter().step_by(4) {
                let above = film.day(day).above;
                let items = [still.items.clone(), strip.clone(), above].concat();
                let told = words(&Scene { items, ..still.clone() });
                let date = sitrep_atlas::analysis::words::day(day.window.last());
                for wanted in [
                    "Attacks on US and coalition forces, 11 October 2019 to 25 December 2022",
                    "Counted: attacks on US and coalition forces, reported",
                    "Natural Earth",
                    &studio.dataset.version,
                    "Number of attacks at a site",
                    " km at ",
                    &date,
                ] {
                    assert!(told.contains(wanted), "no {wanted} in {told}");
                }
                let cut = told.split(" | ").find(|words| words.ends_with('…'));
                assert_eq!(cut, None, "{size_px:?}, {mode:?}, {date}");
            }
        }
    }
}

#[test]
fn a_film_that_is_broken_off_says_so_and_is_not_made_to_its_end() {
    let studio = studio();
    let view = View::of_all(&studio.dataset);
    let spec = spec("2022-01");
    let plan = plan(&studio, &view, &spec);
    let input = input(&studio, &view, &spec, &plan);
    let mut bytes = Vec::new();
    let mut told = 0;
    let broken = film(&input, FilmOut::Mp4(&mut bytes), &mut |progress| {
        told = progress.done;
        if told == 4 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(broken, Err(ExportError::Cancelled)));
    assert_eq!(told, 4);
}

#[test]
fn what_cannot_be_written_is_an_error_and_no_standstill() {
    let studio = studio();
    let view = View::of_all(&studio.dataset);
    let spec = FilmSpec { fps: 20, ..spec("2022-01") };
    let plan = plan(&studio, &view, &spec);
    let full = |_: u32, _: &[u8]| Err(std::io::ErrorKind::StorageFull.into());
    let input = input(&studio, &view, &spec, &plan);
    let failed = film(&input, FilmOut::Frames(&full), &mut |_| ControlFlow::Continue(()));
    let Err(ExportError::Write(error)) = failed else { panic!("{failed:?}") };
    assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
}

#[test]
fn ctrl_c_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.gif", "frames"] {
        let args = ["animate", "-o", name, "--size", "480x270"];
        let mut child =
            program::command(&args, folder.path()).stderr(Stdio::null()).spawn().unwrap();
        // Until the film has begun: its draft is there.
        while program::listing(folder.path()).is_empty() {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(Duration::from_millis(200));
        let pid = child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(2));
        assert_eq!(program::listing(folder.path()).len(), 0, "{name}");
    }
}

#[test]
fn what_cannot_be_made_is_refused_in_one_sentence_with_numbers() {
    let folder = tempfile::tempdir().unwrap();
    for (args, told) in [
        (&["-o", "a.mp4", "--size", "641x361"][..], "642 × 362"),
        (&["-o", "a.gif", "--size", "100x100"], "from 240 to 3840"),
        (&["-o", "a.gif", "--size", "9000x9000"], "from 240 to 3840"),
        (&["-o", "a.gif", "--size", "wide"], "1280x720"),
        (&["-o", "a.gif", "--fps", "60"], "at most 50"),
        (&["-o", "a.mp4", "--fps", "0"], "from 1 to 60"),
        (&["-o", "a.mp4", "--fps", "60", "--seconds", "3600"], "at most 54000"),
        (
            &["-o", "a.mp4", "--size", "3840x2160", "--fps", "30", "--seconds", "600"],
            "at most 6000",
        ),
        (&["-o", "a.mp4", "--seconds", "5"], "no second for the film"),
        (&["-o", "a.avi"], ".mp4 or .gif"),
        (
            &["-o", "a.mp4", "--search", "tarmiyah", "--from", "2022-01-03", "--to", "2022-01-05"],
            "in 3 to 5 January 2022 there is nothing to play",
        ),
        (&["-o", "a.mp4", "--hold", "nothing=3"], "no event \"nothing\""),
        (&["-o", "a.mp4", "--title", &"long ".repeat(40)], "at most 160"),
        (&["-o", "a.mp4", "--hold", "nothing"], "such as"),
        (&["-o", "no/a.mp4"], "does not exist"),
        (&["-o", "a.mp4", "--pace", "each-event", "--seconds", "9"], "--each"),
    ] {
        let ran = program::sitrep(&[&["animate"], args].concat(), folder.path());
        let said = ran.stderr.lines().last().unwrap_or_default();
        assert_eq!(ran.code, Some(2), "{args:?}: {said}");
        assert!(said.contains(told), "{args:?}: {said}");
        assert_eq!(program::listing(folder.path()).len(), 0, "{args:?}");
    }
}

#[test]
fn a_held_event_stays_for_the_time_asked_for_and_the_film_no_longer() {
    let studio = studio();
    let view = View::of_all(&studio.dataset);
    let plain = FilmSpec { fps: 20, ..spec("2022-01") };
    let event = studio
        .dataset
        .events
        .iter()
        .find(|event| event.date.span == DaySpan::parse("2022-01-13").unwrap());
    let event = event.unwrap();
    let hold = sitrep_atlas::analysis::play::film::Hold {
        event: event.held().id.clone(),
        time: Secs::whole(2),
    };
    let held = FilmSpec { holds: vec![hold], ..plain.clone() };
    let frames = |spec: &FilmSpec| {
        let plan = plan(&studio, &view, spec);
        let of_day = (0..plan.frames()).filter(|frame| {
            let moment = plan.moment(*frame, PULSE_SECS);
            matches!(moment, Moment::Day(day) if day.window.last() == event.date.span.last())
        });
        (of_day.count(), plan.frames())
    };
    let ((before, all), (after, all_held)) = (frames(&plain), frames(&held));
    assert!(before < 30 && (40..60).contains(&after), "{before} becomes {after}");
    assert!(all_held.abs_diff(all) < 10, "{all} becomes {all_held}");
}
