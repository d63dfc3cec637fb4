//! Playing through time: which days are shown at which second, worked out beforehand from values alone.
//!
//! A [`PlaySpec`] says how it is to be played, [`Stops`] when something happened, and a [`Schedule`] puts
//! the two together. It knows no clock, no window and no frame rate: the state at a second is a function
//! of that second, so that a screen and a video show the same.

pub mod film;
mod moving;
mod pacing;
mod schedule;
mod spec;
mod stops;
pub mod words;

pub use film::{FilmError, FilmPlan, FilmSpec};
pub use moving::{window_days, window_until};
pub use schedule::{Arrival, PlayScope, PlayState, Quiet, Schedule, Step, StepKind};
pub use spec::{Loop, Pace, PlayRange, PlaySpec, Secs, Through};
pub use stops::{Severity, Stop, Stops};
