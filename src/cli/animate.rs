//! `sitrep animate`: a film of a view as MP4, GIF or numbered frames, without a display.

use std::io::IsTerminal as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use super::args::{Resolved, ThemeArg, ViewArgs};
use super::render::on_map;
use super::{CliError, output};
use crate::analysis::play::film::{Hold, MOST_FPS};
use crate::analysis::play::{
    FilmPlan, FilmSpec, Pace, PlayRange, PlaySpec, Secs, Through, words as play_words,
};
use crate::analysis::{select, words};
use crate::app::film_job::{FilmSaveError, progress_words, save};
use crate::data;
use crate::export::{FilmFormat, FilmInput, Progress};
use crate::scene::basemap::BasemapLayers;

/// Seconds that a film takes where nothing else is asked for.
const SECONDS: f64 = 60.0;

/// Make a film of a view as MP4, GIF or a folder of numbered frames; needs no display.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sitrep animate -o record.mp4
  sitrep animate --from 2022-01-01 --to 2022-01-31 --seconds 20 --size 1080x1920 -o january.mp4
  sitrep animate --from 2021-06 --to 2021-08 --size 960x540 --fps 10 -o summer.gif
  sitrep animate --where country=SY --pace even --window 30 -o frames/")]
pub(super) struct AnimateArgs {
    #[command(flatten)]
    view: ViewArgs,

    /// Where the film is saved: a name that ends in .mp4 or .gif, or one without an ending for a folder of frames.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    /// Width and height in pixels; even for an MP4.
    #[arg(long, default_value = "1280x720")]
    size: String,

    /// Frames a second.
    #[arg(long, default_value_t = 30, value_parser = typed_fps, allow_hyphen_values = true)]
    fps: u32,

    /// How long the film is, its cards included; 60 where nothing is said. Not with --pace each-event, which has
    /// --each.
    #[arg(long, value_name = "SECONDS", value_parser = typed_secs, allow_hyphen_values = true)]
    seconds: Option<f64>,

    /// How time passes.
    #[arg(long, value_enum, default_value_t = PaceArg(Pace::SkipQuiet))]
    pace: PaceArg,

    /// How long a day with events stays with --pace each-event.
    #[arg(long, value_name = "SECONDS", value_parser = typed_secs, allow_hyphen_values = true)]
    each: Option<f64>,

    /// Days of the window that moves along; a tenth of the days played, and 7 at most, where nothing is said.
    #[arg(long, value_name = "DAYS", value_parser = typed_days, allow_hyphen_values = true)]
    window: Option<i32>,

    /// Which events are gone through: all that count, or those with people reported wounded or killed.
    #[arg(long, value_enum, default_value_t = ThroughArg::Every)]
    through: ThroughArg,

    /// Keep an event on the screen for some seconds at least; can be given again.
    #[arg(long, value_name = "EVENT=SECONDS")]
    hold: Vec<String>,

    /// Title instead of the computed one.
    #[arg(long)]
    title: Option<String>,

    /// How long the card with the title stays before the film; 0 for none.
    #[arg(long, value_name = "SECONDS", default_value_t = 3.0, value_parser = typed_secs, allow_hyphen_values = true)]
    title_card: f64,

    /// How long the card with rule, sources and credits stays after the film; 0 for none.
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0, value_parser = typed_secs, allow_hyphen_values = true)]
    end_card: f64,

    /// Colours; light without it.
    #[arg(long, value_enum)]
    theme: Option<ThemeArg>,

    /// Leave out Arabic names.
    #[arg(long)]
    no_arabic: bool,

    /// Leave out the time strip below the map.
    #[arg(long)]
    no_strip: bool,
}

#[derive(Clone, Copy, Debug)]
struct PaceArg(Pace);

impl ValueEnum for PaceArg {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [PaceArg; 3] =
            [PaceArg(Pace::SkipQuiet), PaceArg(Pace::Even), PaceArg(Pace::EachEvent)];
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let word = match self.0 {
            Pace::SkipQuiet => "skip-quiet",
            Pace::Even => "even",
            Pace::EachEvent => "each-event",
        };
        Some(clap::builder::PossibleValue::new(word).help(self.0.definition()))
    }
}

/// Which events are gone through.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ThroughArg {
    /// All that count.
    Every,
    /// Those with people reported wounded or killed.
    Harmed,
    /// Those with people reported killed.
    Killed,
}

pub(super) fn run(args: &AnimateArgs) -> Result<ExitCode, CliError> {
    let format = FilmFormat::of(&args.output).ok_or_else(|| {
        CliError::Use(format!(
            "films are saved as MP4, GIF or frames: give a name that ends in .mp4 or .gif, or one without an \
             ending for a folder of frames: {}",
            args.output.display()
        ))
    })?;
    let mut resolved = args.view.resolve()?;
    if let Some(theme) = args.theme {
        resolved.view.theme = theme.name();
    }
    resolved.view.arabic &= !args.no_arabic;
    let Resolved { dataset: record, view, .. } = &resolved;
    let basemap = BasemapLayers::new(data::basemap::load()?);
    on_map(view, &basemap)?;
    let spec = spec(args, &resolved)?;
    format.check(&spec)?;
    let selection = select(record, view);
    let plan = FilmPlan::new(record, view, &selection, &spec)
        .map_err(|error| CliError::Use(error.to_string()))?;
    output::complain(&format!("{}: {}", args.output.display(), plan.told(&spec, args.seconds)));
    let input = FilmInput { record, basemap: &basemap, view, spec: &spec, plan: &plan };
    let mut teller = Teller::new();
    let done = save(&args.output, format, &input, &mut |progress| teller.tell(progress));
    teller.end();
    let done = done.map_err(|error| match error {
        FilmSaveError::Save(error) => CliError::from(error),
        FilmSaveError::Export(error) => CliError::from(error),
    })?;
    let (took, path) = (teller.start.elapsed().as_secs_f64(), args.output.display());
    output::complain(&format!(
        "saved {path} ({} frames in {}, {} of them drawn)",
        words::thousands(done.frames as usize),
        play_words::secs(took),
        words::thousands(done.drawn as usize),
    ));
    Ok(ExitCode::SUCCESS)
}

/// The film that is asked for.
fn spec(args: &AnimateArgs, resolved: &Resolved) -> Result<FilmSpec, CliError> {
    let card = |flag: &str, secs: f64| match secs {
        0.0 => Ok(None),
        _ => seconds(flag, secs).map(Some),
    };
    let cards = [card("--title-card", args.title_card)?, card("--end-card", args.end_card)?];
    let of_cards: f64 = cards.iter().flatten().map(|time| time.secs()).sum();
    let each_event = args.pace.0 == Pace::EachEvent;
    if each_event && args.seconds.is_some() {
        return Err(CliError::Use(
            "--seconds is not for --pace each-event: say with --each how long a day with events stays".to_owned(),
        ));
    }
    if !each_event && args.each.is_some() {
        return Err(CliError::Use(
            "--each is for --pace each-event: say with --seconds how long the film is".to_owned(),
        ));
    }
    let whole = seconds("--seconds", args.seconds.unwrap_or(SECONDS))?.secs() - of_cards;
    if !each_event && whole < 1.0 {
        return Err(CliError::Use(format!(
            "--seconds {}: the cards take {of_cards} s of it, which leaves no second for the film; make it longer, or \
             the cards shorter with --title-card and --end-card",
            args.seconds.unwrap_or(SECONDS)
        )));
    }
    let play = PlaySpec {
        pace: args.pace.0,
        whole: Secs::from(whole),
        each: args.each.map_or(Ok(PlaySpec::default().each), |secs| seconds("--each", secs))?,
        range: PlayRange::Days(resolved.view.window),
        through: match args.through {
            ThroughArg::Every => Through::Every,
            ThroughArg::Harmed => Through::Harmed,
            ThroughArg::Killed => Through::Killed,
        },
        ..PlaySpec::default()
    };
    if args.window.is_some_and(|days| !(1..=36_600).contains(&days)) {
        return Err(CliError::Use(
            "--window: give a number of days from 1 on, such as 7".to_owned(),
        ));
    }
    let title = args.title.clone();
    let holds = args.hold.iter().map(|text| hold(text)).collect::<Result<_, _>>()?;
    let (window_days, fps, strip) = (args.window, args.fps, !args.no_strip);
    Ok(FilmSpec { play, window_days, size_px: size(&args.size)?, fps, title, strip, cards, holds })
}

fn seconds(flag: &str, secs: f64) -> Result<Secs, CliError> {
    if (0.05..=3600.0).contains(&secs) {
        return Ok(Secs::from(secs));
    }
    Err(CliError::Use(format!("{flag} {secs}: give a number of seconds from 0.05 to 3600")))
}

/// A number of seconds as it is typed; whether it is in range is said with the flag's name.
fn typed_secs(text: &str) -> Result<f64, String> {
    let secs = play_words::typed_secs(text).filter(|secs| secs.is_finite());
    secs.ok_or_else(|| "write a number of seconds, such as 20, or minutes, such as 1:30".to_owned())
}

fn typed_fps(text: &str) -> Result<u32, String> {
    let whole =
        || format!("write a whole number of frames a second from 1 to {MOST_FPS}, such as 30");
    text.trim().parse().map_err(|_| whole())
}

fn typed_days(text: &str) -> Result<i32, String> {
    text.trim().parse().map_err(|_| "write a whole number of days from 1 on, such as 7".to_owned())
}

fn hold(text: &str) -> Result<Hold, CliError> {
    let wrong = || {
        CliError::Use(format!(
            "--hold \"{text}\": write the identifier of an event and seconds, such as 2022-01-05-a=4; `sitrep events` \
             lists the identifiers"
        ))
    };
    let (event, secs) = text.rsplit_once('=').ok_or_else(wrong)?;
    let secs = play_words::typed_secs(secs).filter(|secs| secs.is_finite()).ok_or_else(wrong)?;
    Ok(Hold { event: event.trim().to_owned(), time: seconds("--hold", secs)? })
}

fn size(text: &str) -> Result<[u32; 2], CliError> {
    let sides = text.to_lowercase();
    let side = |side: &str| side.trim().trim_end_matches("px").trim().parse::<u32>().ok();
    sides
        .split_once('x')
        .and_then(|(width, height)| Some([side(width)?, side(height)?]))
        .ok_or_else(|| {
            CliError::Use(format!(
                "--size {text}: write width and height in pixels, such as 1280x720"
            ))
        })
}

/// Says how far it is, and listens for Ctrl-C.
struct Teller {
    start: Instant,
    told: Instant,
    quarter: u32,
    is_terminal: bool,
    stop: Arc<AtomicBool>,
}

impl Teller {
    /// How often a terminal is told.
    const OFTEN: Duration = Duration::from_millis(200);
    /// From so long on somebody waits who reads a log.
    const LONG: Duration = Duration::from_secs(5);

    fn new() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stop);
        // Without the handler Ctrl-C ends the program as ever; the film's place stays as it was then too.
        let _ = ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed));
        let (start, is_terminal) = (Instant::now(), std::io::stderr().is_terminal());
        Self { start, told: start, quarter: 0, is_terminal, stop }
    }

    fn tell(&mut self, Progress { done, frames }: Progress) -> ControlFlow<()> {
        if self.stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        let passed = self.start.elapsed();
        let told = progress_words(Progress { done, frames }, passed.as_secs_f64());
        if self.is_terminal {
            if self.told.elapsed() >= Self::OFTEN {
                self.told = Instant::now();
                output::overwrite(&told);
            }
        } else {
            let quarter =
                u32::try_from(u64::from(done) * 4 / u64::from(frames.max(1))).unwrap_or(4);
            if quarter > self.quarter && done < frames {
                self.quarter = quarter;
                if passed >= Self::LONG {
                    output::complain(&told);
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Leaves the line to what is said next.
    fn end(&self) {
        if self.is_terminal {
            output::overwrite("");
        }
    }
}
