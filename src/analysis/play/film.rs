//! A film of a play: what is to be made, and what each of its frames shows.
//!
//! The frames are those of the [`Schedule`] that a window plays by, with a card before and after. It knows no
//! picture and no file.

use serde::{Deserialize, Serialize};

use super::{
    Arrival, Loop, PlayScope, PlaySpec, Quiet, Schedule, Secs, Stops, window_days, window_until,
    words,
};
use crate::analysis::{Mode, Record, Selection, View, words as plain};
use crate::domain::{DaySpan, EventIndex};

/// Frames that a film has at most: half an hour at 30 a second.
pub const MOST_FRAMES: u32 = 54_000;
/// Pixels that all frames of a film have at most: 54,000 frames of 1280 × 720, or 6,000 of 3840 × 2160.
pub const MOST_PIXELS: u64 = 54_000 * 1280 * 720;
/// Frames a second at most.
pub const MOST_FPS: u32 = 60;
/// The longest and the shortest side, in pixels.
pub const SIDES_PX: [u32; 2] = [240, 3840];
/// Pixels of a frame at least, so that its type can be read, and at most.
pub const AREA_PX: [u32; 2] = [400 * 225, 3840 * 2160];

/// What film is to be made of a view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FilmSpec {
    /// How time is played, between the cards.
    pub play: PlaySpec,
    /// Days of the window that moves along; where `None`, as in the window.
    pub window_days: Option<i32>,
    /// Width and height in pixels.
    pub size_px: [u32; 2],
    /// Frames a second.
    pub fps: u32,
    /// Title; a plain description where `None`.
    pub title: Option<String>,
    /// Whether the time strip stands below the map.
    pub strip: bool,
    /// How long the card with the title stays before, and that with sources and method after; none where
    /// `None`.
    pub cards: [Option<Secs>; 2],
    /// Events that stay for longer.
    pub holds: Vec<Hold>,
}

/// An event that stays on the screen for some time at least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Its identifier.
    pub event: String,
    /// For how long.
    pub time: Secs,
}

impl Default for FilmSpec {
    fn default() -> Self {
        Self {
            play: PlaySpec::default(),
            window_days: None,
            size_px: [1280, 720],
            fps: 30,
            title: None,
            strip: true,
            cards: [Some(Secs::whole(3)), Some(Secs::whole(5))],
            holds: Vec::new(),
        }
    }
}

/// Why a film cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FilmError {
    /// Not a size that a film can have.
    #[error(
        "a film of {width} × {height} pixels cannot be made: each side is from {} to {} pixels, and the whole from \
         {} to {} thousand pixels, such as 1280 × 720 or 1080 × 1920",
        SIDES_PX[0], SIDES_PX[1], AREA_PX[0] / 1000, AREA_PX[1] / 1000
    )]
    Size {
        /// Asked width in pixels.
        width: u32,
        /// Asked height in pixels.
        height: u32,
    },
    /// Too slow or too fast.
    #[error("{fps} frames a second cannot be made: give a number from 1 to {MOST_FPS}")]
    Fps {
        /// Asked frames a second.
        fps: u32,
    },
    /// Too long for its size.
    #[error(
        "the film would have {frames} frames of {width} × {height} pixels, and at this size there are at most \
         {most}: make it shorter, smaller, or of fewer frames a second"
    )]
    TooLong {
        /// How many frames it would have.
        frames: u64,
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// How many it may have.
        most: u64,
    },
    /// Nothing to play.
    #[error("the data has no event with a date: there is nothing to play")]
    NoEvents,
    /// Nothing that counts in the days.
    #[error(
        "in {days} there is nothing to play: no {noun} of those days passes the filter and the rule \
         \"{rule}\"; choose other days"
    )]
    NothingThere {
        /// The days.
        days: String,
        /// What is counted.
        noun: &'static str,
        /// The rule.
        rule: &'static str,
    },
    /// No such event.
    #[error("the record has no event \"{0}\" to hold: `sitrep events` lists their identifiers")]
    UnknownEvent(String),
    /// An event that the film does not show.
    #[error("the event \"{event}\" cannot be held: {why}")]
    NotHeld {
        /// Its identifier.
        event: String,
        /// Why not.
        why: String,
    },
}

/// What a frame shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Moment {
    /// The card before.
    Title,
    /// A day of the play.
    Day(DayMoment),
    /// The card after.
    End,
}

/// A day of the play.
#[derive(Clone, Debug, PartialEq)]
pub struct DayMoment {
    /// The window.
    pub window: DaySpan,
    /// The quiet that a card tells of, and how much of it has passed.
    pub quiet: Option<(Quiet, f64)>,
    /// Days with events that have just come into sight.
    pub arrivals: Vec<Arrival>,
}

/// Which frames a film has.
#[derive(Clone, Debug)]
pub struct FilmPlan {
    schedule: Schedule,
    window_days: i32,
    fps: u32,
    /// Frames of the card before, of the play, and of the card after.
    frames: [u32; 3],
}

impl FilmPlan {
    /// Works out the frames of a film of a view, under the rule and the filter of a selection.
    ///
    /// # Errors
    /// [`FilmError`] where a size, a rate or a length is beyond the limits, or there is nothing to play.
    pub fn new(
        record: &Record,
        view: &View,
        selection: &Selection,
        spec: &FilmSpec,
    ) -> Result<Self, FilmError> {
        let [width, height] = spec.size_px;
        let area = u64::from(width) * u64::from(height);
        let [least, most] = AREA_PX.map(u64::from);
        let is_side = |side: u32| (SIDES_PX[0]..=SIDES_PX[1]).contains(&side);
        if !is_side(width) || !is_side(height) || !(least..=most).contains(&area) {
            return Err(FilmError::Size { width, height });
        }
        if !(1..=MOST_FPS).contains(&spec.fps) {
            return Err(FilmError::Fps { fps: spec.fps });
        }
        let extent = record.extent().ok_or(FilmError::NoEvents)?;
        let range = spec.play.range.days(extent);
        let stops = Stops::through(record, selection, &spec.play.through);
        if stops.within(range).is_empty() && stops.possible_in(range) == 0 {
            let (noun, rule) = (view.rule.noun(1), view.rule.short_label());
            return Err(FilmError::NothingThere { days: plain::span(range), noun, rule });
        }
        let window_days = spec.window_days.unwrap_or_else(|| window_days(view, range).0).max(1);
        let scope = PlayScope { stops: &stops, range, mode: view.mode, window_days };
        let schedule = held(record, selection, spec, &scope)?;
        let count = |secs: f64| (secs * f64::from(spec.fps)).round().max(1.0);
        let card = |n: usize| spec.cards[n].map_or(0.0, |time| count(time.secs()));
        let parts = [card(0), count(schedule.total_secs()), card(1)];
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a float is held to the range of the integer"
        )]
        let whole = |frames: f64| frames as u32;
        let frames: u64 = parts.iter().map(|n| u64::from(whole(*n))).sum();
        let most = (MOST_PIXELS / area).min(u64::from(MOST_FRAMES));
        if frames > most {
            return Err(FilmError::TooLong { frames, width, height, most });
        }
        Ok(Self { schedule, window_days, fps: spec.fps, frames: parts.map(whole) })
    }

    /// How many frames there are.
    #[must_use]
    pub fn frames(&self) -> u32 {
        self.frames.iter().sum()
    }

    /// How long it is, in seconds.
    #[must_use]
    pub fn secs(&self) -> f64 {
        f64::from(self.frames()) / f64::from(self.fps)
    }

    /// Frames a second.
    #[must_use]
    pub fn fps(&self) -> u32 {
        self.fps
    }

    /// When what is shown.
    #[must_use]
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// Days of the window that moves along.
    #[must_use]
    pub fn window_days(&self) -> i32 {
        self.window_days
    }

    /// What a frame shows, with what came into sight within the last seconds.
    #[must_use]
    pub fn moment(&self, frame: u32, within_secs: f64) -> Moment {
        let [title, play, _] = self.frames;
        let Some(frame) = frame.checked_sub(title) else { return Moment::Title };
        if frame >= play {
            return Moment::End;
        }
        let at_secs = f64::from(frame) / f64::from(self.fps);
        let state = self.schedule.state_at(at_secs);
        let window = window_until(state.day, self.window_days);
        let window = window.shared(self.schedule.range()).unwrap_or(window);
        let quiet = state.quiet.map(|quiet| (quiet, state.share));
        let mut arrivals = self.schedule.arrivals(at_secs, within_secs);
        arrivals.retain(|arrival| arrival.age_secs < within_secs);
        Moment::Day(DayMoment { window, quiet, arrivals })
    }

    /// Since when the total runs: the first day that is played, or that the mode shows.
    #[must_use]
    pub fn since(&self, record: &Record, view: &View) -> crate::domain::Day {
        let first = self.schedule.range().first();
        match view.mode {
            Mode::Window | Mode::Day => first,
            Mode::SinceStart => record.extent().map_or(first, DaySpan::first),
        }
    }

    /// What is said of how long it is: "58 s, 1,740 frames"; and why it is not as long as it was to be. `chosen_secs`
    /// is the time that was chosen for the film with its cards, where it was not chosen for what is between them.
    #[must_use]
    pub fn told(&self, spec: &FilmSpec, chosen_secs: Option<f64>) -> String {
        let frames = plain::thousands(self.frames() as usize);
        let told = format!("{}, {frames} frames", words::secs(self.secs()));
        let of_cards: f64 = spec.cards.iter().flatten().map(|time| time.secs()).sum();
        let chosen = match chosen_secs {
            Some(whole) if of_cards > 0.0 => {
                format!("{} (cards of {} included)", words::secs(whole), words::secs(of_cards))
            }
            Some(whole) => words::secs(whole),
            None => words::secs(spec.play.whole.secs()),
        };
        match words::deviation_from(&chosen, &self.schedule) {
            Some(why) if spec.holds.is_empty() => format!("{told}: {why}"),
            _ => told,
        }
    }
}

/// The schedule with the events that are held for longer, in the time that was asked for where that goes.
fn held(
    record: &Record,
    selection: &Selection,
    spec: &FilmSpec,
    scope: &PlayScope<'_>,
) -> Result<Schedule, FilmError> {
    let holds = holds(record, selection, spec, scope)?;
    // A film plays once, whatever the window does at the end.
    let play = PlaySpec { at_end: Loop::Off, ..spec.play.clone() };
    let schedule = Schedule::new(&play, scope);
    if holds.is_empty() {
        return Ok(schedule);
    }
    let more = schedule.clone().held(&holds).total_secs() - schedule.total_secs();
    let whole = Secs::from(play.whole.secs() - more);
    Ok(Schedule::new(&PlaySpec { whole, ..play }, scope).held(&holds))
}

fn holds(
    record: &Record,
    selection: &Selection,
    spec: &FilmSpec,
    scope: &PlayScope<'_>,
) -> Result<Vec<(crate::domain::Day, Secs)>, FilmError> {
    let day_of = |index: EventIndex| record.event(index).date.span.last();
    let mut held = Vec::new();
    for Hold { event, time } in &spec.holds {
        let index =
            record.find_event(event).ok_or_else(|| FilmError::UnknownEvent(event.clone()))?;
        let why = if !selection.counts(index) {
            "the rule or the filter leaves it out".to_owned()
        } else if !scope.stops.within(scope.range).iter().any(|stop| stop.day == day_of(index)) {
            format!("its day, {}, is not played", plain::day(day_of(index)))
        } else {
            held.push((day_of(index), *time));
            continue;
        };
        return Err(FilmError::NotHeld { event: event.clone(), why });
    }
    Ok(held)
}
