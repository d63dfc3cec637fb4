//! The window that moves along while time plays: how long it is, and where it is on a day.

use crate::analysis::View;
use crate::domain::{Day, DaySpan};

/// The window that plays where nearly all of what is played lies in it, in days: a tenth of what is played,
/// but no more.
const MOST_WINDOW_DAYS: i32 = 7;

/// Days of the window that plays through a range: those of the view's window, or fewer where that has nowhere
/// to go as it covers more than half of the range. Also whether they are fewer.
#[must_use]
pub fn window_days(view: &View, range: DaySpan) -> (i32, bool) {
    let window = view.window;
    if window.days() * 2 > range.days() && window.days() > 1 {
        ((range.days() / 10).clamp(1, MOST_WINDOW_DAYS), true)
    } else {
        (window.days(), false)
    }
}

/// The window of so many days that ends on a day.
#[must_use]
pub fn window_until(day: Day, days: i32) -> DaySpan {
    DaySpan::between(day.plus(1 - days), day)
}
