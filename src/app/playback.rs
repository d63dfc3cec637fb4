//! Playing: the schedule held against the window's clock. It changes nothing itself: it returns commands.

use std::sync::Arc;

use super::document::{Command, Document};
use crate::analysis::play::{
    Arrival, PlayScope, PlaySpec, PlayState, Schedule, Severity, Stops, Through, window_days,
    window_until, words,
};
use crate::analysis::{Filter, Mode, Rule};
use crate::domain::{Day, DaySpan};
use crate::scene::play_date::PlayDate;
use crate::scene::pulse::PULSE_SECS;

/// How long it is said what has been changed.
const NOTICE_SECS: f64 = 1.6;
/// How often the screen is drawn while something on it moves.
const FRAME_SECS: f64 = 1.0 / 60.0;

/// What plays, and what is kept while nothing does.
#[derive(Default)]
pub(crate) struct Playback {
    run: Option<Run>,
    /// Where it was paused, until the window is moved.
    rest: Option<Run>,
    made: Option<(Key, Arc<Schedule>)>,
    stops: Option<(StopsKey, Arc<Stops>)>,
    /// The day that somebody stepped to, and when.
    stepped: Option<(Day, f64)>,
    /// What has just been changed, and until when that is said.
    notice: Option<(String, f64)>,
    /// Whether the date stands on the map while it plays.
    date_hidden: bool,
}

/// A play that has begun.
#[derive(Clone)]
struct Run {
    schedule: Arc<Schedule>,
    /// When the play would have begun, had it been played from its beginning, on the window's clock; of
    /// one that is paused how far it had come.
    origin_secs: f64,
    /// Days of the window that moves along.
    window_days: i32,
    /// The window that gave way to a shorter one, to come back at the end.
    instead_of: Option<DaySpan>,
    /// The day that was shown last.
    day: Day,
}

/// What a schedule follows from.
#[derive(Clone, PartialEq)]
struct Key {
    spec: PlaySpec,
    stops: StopsKey,
    mode: Mode,
    window_days: i32,
    extent: DaySpan,
}

#[derive(Clone, PartialEq)]
struct StopsKey {
    filter: Filter,
    rule: Rule,
    through: Through,
}

/// What lies over the map while time plays.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overlay {
    /// Events that have just come into sight.
    pub(crate) arrivals: Vec<Arrival>,
    /// What is said of a quiet spell, and how much of it has passed.
    pub(crate) quiet: Option<(words::QuietWords, f32)>,
    pub(crate) date: Option<PlayDate>,
    /// Whether the date stays, so that the map makes room for it.
    pub(crate) date_stays: bool,
}

impl Playback {
    pub(crate) fn is_playing(&self) -> bool {
        self.run.is_some()
    }

    /// Whether the date is shown on the map while it plays.
    pub(crate) fn shows_date(&self) -> bool {
        !self.date_hidden
    }

    pub(crate) fn toggle_date(&mut self) {
        self.date_hidden = !self.date_hidden;
    }

    /// What would be played from now on. While `held`, the one that there is goes on where only the window's
    /// length is another and nothing plays: it need not follow an edge that is being dragged.
    pub(crate) fn schedule(&mut self, document: &Document, held: bool) -> Arc<Schedule> {
        if held
            && self.run.is_none()
            && let Some((made, schedule)) = &self.made
            && key(document, made.window_days) == *made
        {
            return Arc::clone(schedule);
        }
        let days = self.run.as_ref().map(|run| run.window_days);
        self.made(document, days.unwrap_or_else(|| window_for(document).0))
    }

    /// Starts or pauses; at the end it starts again from the beginning.
    pub(crate) fn toggle(&mut self, document: &Document, now_secs: f64) -> Option<Command> {
        if let Some(run) = self.run.take() {
            let origin_secs = now_secs - run.origin_secs;
            self.rest = Some(Run { origin_secs, ..run });
            return None;
        }
        if document.dataset.extent().is_none() {
            self.tell(words::NOTHING[1].to_owned(), now_secs);
            return None;
        }
        let window = document.view.window;
        let (mut window_days, mut instead_of) = window_for(document);
        let rest = self.rest.take().filter(|rest| shows(document, rest.day, rest.window_days));
        if let Some(rest) = &rest {
            (window_days, instead_of) = (rest.window_days, rest.instead_of);
        }
        let schedule = self.made(document, window_days);
        let begin = match &rest {
            Some(rest) if rest.schedule == schedule => rest.origin_secs,
            _ if instead_of.is_some() && rest.is_none() => 0.0,
            _ => schedule.secs_of(window.last()).unwrap_or(0.0),
        };
        let begin = if schedule.state_at(begin).ended { 0.0 } else { begin };
        let origin_secs = now_secs - begin;
        let day = schedule.state_at(begin).day;
        self.run = Some(Run { schedule, origin_secs, window_days, instead_of, day });
        self.stepped = None;
        Some(Command::SetWindow(window_until(day, window_days)))
    }

    /// Somebody took the window into their own hands.
    pub(crate) fn stop(&mut self) {
        self.run = None;
        self.rest = None;
    }

    /// Somebody stepped to the window's last day.
    pub(crate) fn stepped(&mut self, document: &Document, now_secs: f64) {
        self.stepped = Some((document.view.window.last(), now_secs));
    }

    /// Says something for a short time.
    pub(crate) fn tell(&mut self, words: String, now_secs: f64) {
        self.notice = Some((words, now_secs + NOTICE_SECS));
    }

    /// Tells how fast it plays now.
    pub(crate) fn tell_speed(&mut self, document: &Document, now_secs: f64) {
        let schedule = self.schedule(document, false);
        let spec = &document.play;
        let pace = words::pace(spec, &schedule);
        let words = match words::deviation(spec, &schedule) {
            Some(_) => {
                let [takes, chosen] = [schedule.total_secs(), spec.whole.secs()].map(words::secs);
                format!("Takes {takes}, not {chosen}")
            }
            None => pace,
        };
        self.tell(words, now_secs);
    }

    /// What the clock asks for, whatever the frame rate.
    pub(crate) fn tick(&mut self, document: &Document, now_secs: f64) -> Option<Command> {
        let mut run = self.run.take()?;
        let schedule = self.made(document, run.window_days);
        if !Arc::ptr_eq(&schedule, &run.schedule) {
            // Filter, rule, mode or speed are others: it goes on from the same day.
            let at = schedule.secs_like(&run.schedule, now_secs - run.origin_secs);
            run.origin_secs = now_secs - at;
            run.schedule = schedule;
        }
        let state = run.schedule.state_at(now_secs - run.origin_secs);
        run.day = state.day;
        let window = if state.ended {
            run.instead_of.unwrap_or_else(|| window_until(state.day, run.window_days))
        } else {
            window_until(state.day, run.window_days)
        };
        if !state.ended {
            self.run = Some(run);
        }
        (document.view.window != window).then_some(Command::SetWindow(window))
    }

    /// What lies over the map now.
    pub(crate) fn overlay(&self, document: &Document, now_secs: f64) -> Overlay {
        let mut overlay = Overlay::default();
        let notice = self.notice.as_ref().filter(|(_, until)| now_secs < *until);
        let notice = notice.map(|(words, _)| words.clone());
        if let Some((day, at)) = self.stepped.filter(|(_, at)| now_secs - at < PULSE_SECS) {
            let (days, severity) = (DaySpan::day(day), Severity::Plain);
            overlay.arrivals.push(Arrival { days, severity, age_secs: now_secs - at });
        }
        let paused = self.rest.as_ref().filter(|rest| shows(document, rest.day, rest.window_days));
        if let Some(run) = self.run.as_ref().or(paused) {
            let at = if self.is_playing() { now_secs - run.origin_secs } else { run.origin_secs };
            if self.is_playing() {
                overlay.arrivals.extend(run.schedule.arrivals(at, PULSE_SECS));
            }
            let PlayState { quiet, share, .. } = run.schedule.state_at(at);
            #[expect(clippy::cast_possible_truncation, reason = "a share")]
            let share = share as f32;
            overlay.quiet = quiet.map(|quiet| {
                let Document { dataset, view, play, .. } = document;
                (words::quiet(dataset, view, &play.through, quiet), share)
            });
            if self.shows_date() {
                overlay.date = Some(date(document));
                overlay.date_stays = true;
            }
        }
        if let Some(words) = notice {
            let date = overlay.date.get_or_insert_with(|| date(document));
            date.notice = Some(words);
        }
        overlay
    }

    /// Seconds until something else is to be seen, for asking the screen to come back.
    pub(crate) fn next_in_secs(&self, now_secs: f64) -> Option<f64> {
        let notice = self.notice.as_ref().map(|(_, until)| until - now_secs);
        let stepped = self.stepped.map(|(_, at)| at + PULSE_SECS - now_secs);
        let pulse = stepped.filter(|left| *left > 0.0).map(|_| FRAME_SECS);
        let play = self.run.as_ref().map(|run| {
            let at = now_secs - run.origin_secs;
            let moves = !run.schedule.arrivals(at, PULSE_SECS).is_empty()
                || run.schedule.state_at(at).quiet.is_some();
            if moves { FRAME_SECS } else { run.schedule.next_change_secs(at).unwrap_or(0.0) }
        });
        let all = [notice.filter(|left| *left > 0.0), pulse, play];
        all.into_iter().flatten().reduce(f64::min).map(|secs| secs.max(FRAME_SECS))
    }

    fn made(&mut self, document: &Document, window_days: i32) -> Arc<Schedule> {
        let Document { dataset, play, selection, .. } = document;
        let key = key(document, window_days);
        if let Some((_, schedule)) = self.made.as_ref().filter(|(made, _)| *made == key) {
            return Arc::clone(schedule);
        }
        let stops = match &self.stops {
            Some((made, stops)) if *made == key.stops => Arc::clone(stops),
            _ => Arc::new(Stops::through(dataset, selection, &play.through)),
        };
        let scope = PlayScope {
            stops: &stops,
            range: play.range.days(key.extent),
            mode: key.mode,
            window_days,
        };
        let schedule = Arc::new(Schedule::new(play, &scope));
        self.stops = Some((key.stops.clone(), stops));
        self.made = Some((key, Arc::clone(&schedule)));
        schedule
    }
}

fn key(document: &Document, window_days: i32) -> Key {
    let Document { view, play, .. } = document;
    Key {
        spec: play.clone(),
        stops: StopsKey {
            filter: view.filter.clone(),
            rule: view.rule,
            through: play.through.clone(),
        },
        mode: view.mode,
        window_days,
        extent: document.extent(),
    }
}

/// Days of the window that would play, and the window that it takes the place of, if it is another.
fn window_for(document: &Document) -> (i32, Option<DaySpan>) {
    let range = document.play.range.days(document.extent());
    let (days, is_shorter) = window_days(&document.view, range);
    (days, is_shorter.then_some(document.view.window))
}

/// Whether the window is still the one that playing made of it.
fn shows(document: &Document, day: Day, window_days: i32) -> bool {
    let wanted = window_until(day, window_days);
    document.view.window == wanted.shared(document.extent()).unwrap_or(wanted)
}

/// The date as it stands on the map.
fn date(document: &Document) -> PlayDate {
    if document.dataset.extent().is_none() {
        let [day, window] = words::NOTHING.map(str::to_owned);
        let (day_short, window_short) = (day.clone(), window.clone());
        return PlayDate { day, window, day_short, window_short, notice: None };
    }
    PlayDate::of(&document.dataset, &document.view)
}

/// The sites that are picked, by identifier; `None` when none is.
pub(crate) fn picked(document: &Document) -> Option<Vec<String>> {
    let Document { dataset, view, .. } = document;
    let sites = view.picked_sites(dataset);
    let ids: Vec<_> = sites.into_iter().map(|site| dataset.site(site).id.clone()).collect();
    (!ids.is_empty()).then_some(ids)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::update;

    #[test]
    fn an_edge_that_is_dragged_makes_no_new_schedule_until_it_is_let_go() {
        let loaded = crate::data::load(None).unwrap();
        let mut document = Document::new(loaded.dataset, loaded.problems);
        let mut playback = Playback::default();
        let before = playback.schedule(&document, false);
        let days = document.view.window.days();
        let longer = window_until(document.view.window.last(), days + 5);
        update(&mut document, Command::SetWindow(longer));
        assert!(Arc::ptr_eq(&before, &playback.schedule(&document, true)));
        let after = playback.schedule(&document, false);
        assert!(!Arc::ptr_eq(&before, &after));
        // Another rule is followed also while something is dragged.
        update(&mut document, Command::SetRule(Rule::Everything));
        assert!(!Arc::ptr_eq(&after, &playback.schedule(&document, true)));
    }
}
