//! How time is played: a value that can be saved, and gives the same play again.

use serde::{Deserialize, Serialize};

use crate::domain::DaySpan;

/// A length of time in seconds, from a twentieth of a second to an hour; kept in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "f64", into = "f64")]
pub struct Secs(u32);

impl Secs {
    const LEAST_MS: u32 = 50;
    const MOST_MS: u32 = 3_600_000;

    /// So many milliseconds, held to the limits.
    #[must_use]
    pub const fn from_millis(ms: u32) -> Self {
        Self(if ms < Self::LEAST_MS {
            Self::LEAST_MS
        } else if ms > Self::MOST_MS {
            Self::MOST_MS
        } else {
            ms
        })
    }

    /// So many seconds, held to the limits.
    #[must_use]
    pub const fn whole(secs: u32) -> Self {
        Self::from_millis(secs.saturating_mul(1000))
    }

    /// Milliseconds.
    #[must_use]
    pub fn millis(self) -> u32 {
        self.0
    }

    /// Seconds.
    #[must_use]
    pub fn secs(self) -> f64 {
        f64::from(self.0) / 1000.0
    }

    pub(super) fn micros(self) -> u64 {
        u64::from(self.0) * 1000
    }
}

impl From<f64> for Secs {
    fn from(secs: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a float is held to the range of the integer, and what is no number becomes 0"
        )]
        Self::from_millis((secs * 1000.0).round() as u32)
    }
}

impl From<Secs> for f64 {
    fn from(secs: Secs) -> Self {
        secs.secs()
    }
}

/// How time passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pace {
    /// Days with events stay, the worse the longer; quiet spells are passed by behind a card.
    #[default]
    SkipQuiet,
    /// Every day is equally long, so that the tempo can be compared.
    Even,
    /// Event by event: each day with events stays for a set time.
    EachEvent,
}

impl Pace {
    /// Every pace.
    pub const ALL: [Self; 3] = [Self::SkipQuiet, Self::Even, Self::EachEvent];

    /// Plain name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::SkipQuiet => "Skip the quiet",
            Self::Even => "Even",
            Self::EachEvent => "Event by event",
        }
    }

    /// What it does, in one sentence.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Self::SkipQuiet => {
                "Days with events stay, the worse the longer; a quiet spell is passed by behind a card that \
                 says how long it was."
            }
            Self::Even => "Every day is equally long, so that the tempo can be compared.",
            Self::EachEvent => {
                "Goes from event to event; each stays for the time chosen, the worse the longer."
            }
        }
    }
}

/// What is played through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlayRange {
    /// From the first to the last day of the record.
    #[default]
    Record,
    /// These days.
    Days(DaySpan),
}

impl PlayRange {
    /// The days, of a record that has `extent`.
    #[must_use]
    pub fn days(self, extent: DaySpan) -> DaySpan {
        match self {
            Self::Record => extent,
            Self::Days(days) => days.shared(extent).unwrap_or(extent),
        }
    }
}

/// What happens at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loop {
    /// It stops.
    #[default]
    Off,
    /// It begins again.
    Range,
    /// It plays backwards, and then forwards again.
    Bounce,
}

impl Loop {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Off, Self::Range, Self::Bounce];

    /// Plain name, of what happens at the end.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Off => "Stop",
            Self::Range => "Begin again",
            Self::Bounce => "Play back",
        }
    }
}

/// Which events are gone through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Through {
    /// All that count.
    #[default]
    Every,
    /// Those at some sites, by their identifiers.
    Sites(Vec<String>),
    /// Those with people reported wounded or killed.
    Harmed,
    /// Those with people reported killed.
    Killed,
}

/// How time is played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaySpec {
    /// How time passes.
    pub pace: Pace,
    /// How long the whole range takes; not for [`Pace::EachEvent`].
    pub whole: Secs,
    /// How long a day with events stays; only for [`Pace::EachEvent`].
    pub each: Secs,
    /// What is played.
    pub range: PlayRange,
    /// Which events are gone through.
    pub through: Through,
    /// What happens at the end.
    pub at_end: Loop,
}

impl Default for PlaySpec {
    fn default() -> Self {
        Self {
            pace: Pace::default(),
            whole: Secs::whole(60),
            each: Secs::from_millis(1200),
            range: PlayRange::default(),
            through: Through::default(),
            at_end: Loop::default(),
        }
    }
}

impl PlaySpec {
    /// Times for the whole range that are offered.
    pub const WHOLE: [Secs; 4] =
        [Secs::whole(10), Secs::whole(30), Secs::whole(60), Secs::whole(120)];
    /// Times for a day with events that are offered.
    pub const EACH: [Secs; 4] =
        [Secs::from_millis(600), Secs::from_millis(1200), Secs::whole(2), Secs::whole(4)];

    /// The time that the pace goes by.
    #[must_use]
    pub fn time(&self) -> Secs {
        if self.pace == Pace::EachEvent { self.each } else { self.whole }
    }

    /// The same with another time.
    #[must_use]
    pub fn with_time(mut self, time: Secs) -> Self {
        if self.pace == Pace::EachEvent {
            self.each = time;
        } else {
            self.whole = time;
        }
        self
    }

    /// The same at the next speed: faster (1) or slower (-1).
    #[must_use]
    pub fn at_next_speed(self, direction: i32) -> Self {
        const WHOLE_SECS: [u32; 13] = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200];
        const EACH_MS: [u32; 8] = [300, 600, 900, 1200, 2000, 3000, 4000, 8000];
        let each = self.pace == Pace::EachEvent;
        let steps: Vec<Secs> = if each {
            EACH_MS.iter().map(|ms| Secs::from_millis(*ms)).collect()
        } else {
            WHOLE_SECS.iter().map(|secs| Secs::whole(*secs)).collect()
        };
        let now = self.time();
        let next = if direction > 0 {
            steps.into_iter().rev().find(|t| *t < now)
        } else {
            steps.into_iter().find(|t| *t > now)
        };
        self.with_time(next.unwrap_or(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spec_is_saved_and_read_back_whole() {
        let spec = PlaySpec {
            pace: Pace::Even,
            whole: Secs::from(42.5),
            range: PlayRange::Days(DaySpan::parse("2021-07").unwrap()),
            through: Through::Sites(vec!["ain-al-asad".into()]),
            at_end: Loop::Bounce,
            ..PlaySpec::default()
        };
        let text = serde_json::to_string(&spec).unwrap();
        assert!(text.contains("42.5") && text.contains("2021-07-31"), "{text}");
        assert_eq!(serde_json::from_str::<PlaySpec>(&text).unwrap(), spec);
    }

    #[test]
    fn no_time_is_nonsense_whatever_is_typed() {
        for (typed, ms) in
            [(0.0, 50), (-3.0, 50), (f64::NAN, 50), (f64::INFINITY, 3_600_000), (30.0, 30_000)]
        {
            assert_eq!(Secs::from(typed).millis(), ms, "{typed}");
        }
    }

    #[test]
    fn faster_and_slower_go_along_one_scale_and_stop_at_its_ends() {
        let spec = PlaySpec { whole: Secs::from(33.0), ..PlaySpec::default() };
        assert_eq!(spec.clone().at_next_speed(1).whole, Secs::whole(30));
        assert_eq!(spec.clone().at_next_speed(-1).whole, Secs::whole(45));
        let fastest = (0..40).fold(spec.clone(), |s, _| s.at_next_speed(1));
        assert_eq!((fastest.whole, fastest.each), (Secs::whole(5), spec.each));
        let each = PlaySpec { pace: Pace::EachEvent, ..spec };
        assert_eq!(each.clone().at_next_speed(-1).each, Secs::whole(2));
        assert_eq!(each.clone().at_next_speed(-1).whole, each.whole);
    }
}
