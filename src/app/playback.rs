//! Playing: the window goes from event to event and stays on each long enough to be read.

use super::document::{Command, Document, next_event_day};
use crate::analysis::words;
use crate::domain::DaySpan;

/// Seconds that an event stays on the screen.
const DWELL_SECS: f64 = 1.2;
/// Days of the window that playing starts with when the whole record was in it.
const WINDOW_DAYS: i32 = 7;
/// Days without an event from which on the quiet is said.
const QUIET_DAYS: i32 = 14;

/// Whether and since when it plays.
#[derive(Clone, Debug, Default)]
pub(crate) struct Playback {
    playing: bool,
    /// Time of the last step, in seconds of the window's clock.
    stepped_at: f64,
    /// What is said of the quiet before the event on the screen.
    pub(crate) quiet: Option<String>,
}

impl Playback {
    pub(crate) fn is_playing(&self) -> bool {
        self.playing
    }

    /// Starts or stops; at the end of the record it starts again from the beginning.
    pub(crate) fn toggle(&mut self, document: &Document, now_secs: f64) -> Option<Command> {
        self.playing = !self.playing;
        self.quiet = None;
        self.stepped_at = now_secs;
        let at_end = next_event_day(document, 1).is_none();
        if !self.playing || !at_end {
            return None;
        }
        let (extent, window) = (document.extent(), document.view.window);
        if window.days() * 2 < extent.days() {
            return Some(Command::ToStart);
        }
        // A window over most of the record has nowhere to go.
        let first = extent.first();
        Some(Command::SetWindow(DaySpan::between(first, first.plus(WINDOW_DAYS - 1))))
    }

    pub(crate) fn stop(&mut self) {
        self.playing = false;
        self.quiet = None;
    }

    /// The step that is due, whatever the frame rate.
    pub(crate) fn tick(&mut self, document: &Document, now_secs: f64) -> Option<Command> {
        if !self.playing || now_secs - self.stepped_at < DWELL_SECS {
            return None;
        }
        self.stepped_at = now_secs;
        let Some(day) = next_event_day(document, 1) else {
            self.stop();
            return None;
        };
        let quiet = day.number() - document.view.window.last().number() - 1;
        self.quiet = (quiet >= QUIET_DAYS).then(|| {
            let n = words::thousands(usize::try_from(quiet).unwrap_or(0));
            format!("{n} days without {} in the record", document.view.rule.noun(2))
        });
        Some(Command::StepEvent(1))
    }

    /// Seconds until the next step, for asking the screen to come back.
    pub(crate) fn next_in_secs(&self, now_secs: f64) -> Option<f64> {
        self.playing.then(|| (self.stepped_at + DWELL_SECS - now_secs).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::update;
    use super::*;

    #[test]
    fn playing_with_the_whole_record_in_the_window_starts_with_a_week() {
        let loaded = crate::data::load(None).unwrap();
        let mut document = Document::new(loaded.dataset, loaded.problems);
        update(&mut document, Command::ShowAll);
        let mut playback = Playback::default();
        let start = playback.toggle(&document, 0.0).unwrap();
        update(&mut document, start);
        assert_eq!(document.view.window.days(), WINDOW_DAYS);
        assert!(playback.tick(&document, 10.0).is_some() && playback.is_playing());
    }

    #[test]
    fn playing_visits_every_event_day_once_and_stops_at_the_end() {
        let loaded = crate::data::load(None).unwrap();
        let mut document = Document::new(loaded.dataset, loaded.problems);
        update(&mut document, Command::ToEnd);
        let mut playback = Playback::default();
        let mut now = 0.0;
        let start = playback.toggle(&document, now);
        assert_eq!(start, Some(Command::ToStart));
        update(&mut document, Command::ToStart);
        let seen = document.view.window.last();
        let days = document.selection.counted().map(|e| document.dataset.event(e).date.span.last());
        let ahead = days.filter(|day| *day > seen).collect::<std::collections::BTreeSet<_>>().len();
        let (mut steps, mut limit) = (0, 0.0);
        (0..=ahead).for_each(|_| limit += 2.0 * DWELL_SECS);
        while playback.is_playing() {
            now += 0.05;
            if let Some(command) = playback.tick(&document, now) {
                update(&mut document, command);
                steps += 1;
            }
            assert!(now < limit, "it never ends");
        }
        assert_eq!(usize::try_from(steps).unwrap(), ahead);
        assert!(now >= f64::from(steps) * DWELL_SECS, "{steps} steps in {now} s");
        assert_eq!(document.view.window.last(), document.extent().last());
    }
}
