//! How long before the last day shown events happened, in bands, for drawing older ones paler.

use super::{Mode, Record, View, words};
use crate::domain::DaySpan;

/// Bands that there are at most.
pub const MOST_BANDS: usize = 4;

/// Lengths at which a band may end, in days before the last day shown: a day, weeks, months, years.
const ROUND_DAYS: [i32; 13] = [1, 2, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1825, 3650];

/// The bands of a view that fades by age, the newest first: the days that each and all newer ones
/// cover together. The last is all days shown. One band or none where there is nothing to tell apart.
///
/// In the mode "window" they end at about a quarter and a half of the window, at round numbers of days.
/// In "since start" the newest is the window, the next ends at about twice its length, the third at four times that: they depend on
/// the length of the window alone, so that no band changes while time plays. A window over the whole record has nothing before it, and
/// is itself cut as in the mode "window".
#[must_use]
pub fn bands(dataset: &Record, view: &View) -> Vec<DaySpan> {
    let shown = view.shown_span(dataset);
    if !view.fade {
        return Vec::new();
    }
    let window = view.window.days();
    let least = |days: i32| ROUND_DAYS.into_iter().find(|d| *d >= days);
    let most = |days: i32| ROUND_DAYS.into_iter().rev().find(|d| *d <= days);
    let is_all = dataset.extent().is_some_and(|extent| view.window.encloses(extent));
    let mode = if view.mode == Mode::SinceStart && is_all { Mode::Window } else { view.mode };
    let ends: Vec<i32> = match mode {
        Mode::Day => Vec::new(),
        Mode::Window => {
            [most((window / 4).max(1)), most(window / 2)].into_iter().flatten().collect()
        }
        Mode::SinceStart => {
            let second = least(window.saturating_mul(2));
            let third = second.and_then(|d| least(d.saturating_mul(4)));
            [Some(window), second, third].into_iter().flatten().collect()
        }
    };
    let mut ends: Vec<i32> = ends.into_iter().filter(|d| *d < shown.days()).collect();
    ends.dedup();
    let first_days = ends.into_iter().map(|d| shown.last().plus(1 - d)).chain([shown.first()]);
    first_days.map(|first| DaySpan::between(first, shown.last())).collect()
}

/// Why a view that is to fade has nothing to fade; `None` where it has, or is not to.
#[must_use]
pub fn nothing_to_fade(dataset: &Record, view: &View) -> Option<&'static str> {
    if !view.fade || bands(dataset, view).len() > 1 {
        return None;
    }
    Some(match view.mode {
        Mode::Day => "a single day has nothing older in it",
        Mode::Window => "so few days have nothing older in them",
        Mode::SinceStart => "nothing is before the window: choose a later first day",
    })
}

/// What stands beside the colours of the bands, counted back from the last day shown: "Last 7 days",
/// "Paler: up to 30 days back", "Palest: earlier".
#[must_use]
pub fn band_words(bands: &[DaySpan]) -> Vec<String> {
    let told = |days: i32| match days {
        1 => "day".to_owned(),
        n => format!("{} days", words::thousands(usize::try_from(n).unwrap_or(0))),
    };
    let last = bands.len().saturating_sub(1);
    bands
        .iter()
        .enumerate()
        .map(|(i, band)| match i {
            0 => format!("Last {}", told(band.days())),
            _ if i == last => "Palest: earlier".to_owned(),
            _ => format!("Paler: up to {} back", told(band.days())),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Dataset, Day};

    fn check(mode: Mode, from: &str, to: &str, expected: &[&str]) {
        let dataset = Record::new(Dataset::default());
        let span = DaySpan::between(Day::parse(from).unwrap(), Day::parse(to).unwrap());
        let view = View { mode, window: span, fade: true, ..View::of_all(&dataset) };
        let bands = bands(&dataset, &view);
        assert_eq!(band_words(&bands), expected);
        assert!(bands.windows(2).all(|b| b[1].encloses(b[0]) && b[0] != b[1]));
    }

    #[test]
    fn the_bands_of_a_window_are_round_and_its_last_is_all_of_it() {
        check(
            Mode::Window,
            "2021-04-01",
            "2021-06-29",
            &["Last 14 days", "Paler: up to 30 days back", "Palest: earlier"],
        );
        check(
            Mode::Window,
            "2022-01-03",
            "2022-01-06",
            &["Last day", "Paler: up to 2 days back", "Palest: earlier"],
        );
        check(Mode::Window, "2022-01-03", "2022-01-03", &["Last day"]);
    }

    #[test]
    fn a_single_day_and_a_view_that_does_not_fade_have_no_bands_to_tell_apart() {
        check(Mode::Day, "2022-01-03", "2022-01-06", &["Last day"]);
        let dataset = Record::new(Dataset::default());
        assert!(bands(&dataset, &View::of_all(&dataset)).is_empty());
    }
}
