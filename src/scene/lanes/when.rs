//! When an event stands on the axis: no finer than it is known, and no coarser than the axis shows.

use crate::domain::EventDate;
use crate::scene::strip::StripLayout;
use crate::scene::strip_bars::HOURS_WIDTH;
use crate::scene::strip_hours;

/// Where an event stands on an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum When {
    /// Here: in the middle of its day, or of its hour where the axis shows hours and it has one.
    At(f32),
    /// Somewhere from here to there, which may lie beyond the axis.
    Within([f32; 2]),
}

/// Whether days are wide enough for their hours: as on the time strip.
pub(super) fn has_hours(strip: &StripLayout) -> bool {
    strip.day_width() >= HOURS_WIDTH
}

/// Where an event of this date stands.
pub(super) fn when(strip: &StripLayout, date: &EventDate) -> When {
    let [from, to] = [strip.x(date.span.first()), strip.x(date.span.end())];
    if date.span.days() > 1 {
        return When::Within([from, to]);
    }
    if !has_hours(strip) {
        return When::At(f32::midpoint(from, to));
    }
    match strip_hours::hour(date) {
        Some(hour) => When::At(from + (f32::from(hour) + 0.5) / 24.0 * (to - from)),
        None => When::Within([from, to]),
    }
}
