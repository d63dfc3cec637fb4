//! The bars of days that are wide enough for hours: an event whose hour is known stands at it, any other
//! that is known to the day lies over the whole day, hatched.

use std::collections::BTreeMap;

use super::bars::HATCH_STEP;
use super::strip::{StripInput, StripLayout};
use super::theme::Theme;
use super::{Contour, Item, Rect, Stroke, shapes};
use crate::analysis::{BarCount, day_reading};
use crate::domain::{Code as _, DatePrecision, Day, Direction, EventDate};

/// The hour of an event that has one: its clock hour, where it is known to the minute or the hour and told as
/// "04:30". Words such as "night" are no hour.
pub(super) fn hour(date: &EventDate) -> Option<u8> {
    if !matches!(date.precision, DatePrecision::Minute | DatePrecision::Hour) {
        return None;
    }
    let (hour, minute) = date.local_time.as_deref()?.split_once(':')?;
    let two = |text: &str, below: u8| {
        let is_number = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse().ok())?.filter(|n: &u8| *n < below)
    };
    two(minute, 60)?;
    two(hour, 24)
}

/// What a day has of events known to it.
#[derive(Default)]
struct Hours {
    /// Events without an hour, by class.
    any: [u32; 6],
    /// By hour, events by class.
    at: BTreeMap<u8, [u32; 6]>,
}

fn hours(input: StripInput<'_>, day: Day) -> Hours {
    let StripInput { dataset, selection, .. } = input;
    let mut hours = Hours::default();
    for event in day_reading::known_to(dataset, selection, day) {
        let event = dataset.event(event);
        let counts = match hour(&event.date) {
            Some(hour) => hours.at.entry(hour).or_default(),
            None => &mut hours.any,
        };
        counts[event.direction.position()] += 1;
    }
    hours
}

/// Draws the days of the axis, an event being `unit` points high, and gives the height that each reaches.
pub(super) fn draw(
    theme: &Theme,
    input: StripInput<'_>,
    layout: &StripLayout,
    counts: &[BarCount],
    unit: f32,
    items: &mut Vec<Item>,
) -> Vec<f32> {
    let mut solid: [Vec<Contour>; 6] = Default::default();
    let mut loose: [Vec<Rect>; 6] = Default::default();
    let mut vague: Vec<Rect> = Vec::new();
    let mut heights = Vec::with_capacity(counts.len());
    let base = layout.bars.max[1];
    for (day, count) in layout.axis.iter().zip(counts) {
        let hours = hours(input, day);
        let (x, width) = (layout.x(day), layout.day_width());
        let mut y = base;
        let mut up = |n: f32| {
            let from = y;
            y -= n * unit;
            [y, from]
        };
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
        for (class, n) in hours.any.iter().enumerate().filter(|(_, n)| **n > 0) {
            let [top, bottom] = up(*n as f32);
            loose[class].push(Rect { min: [x + 0.5, top], max: [x + width - 0.5, bottom] });
        }
        if count.spread > 0.0 {
            let [top, bottom] = up(count.spread);
            vague.push(Rect { min: [x, top], max: [x + width, bottom] });
        }
        let mut highest = y;
        for (hour, by_class) in &hours.at {
            let from = x + width * f32::from(*hour) / 24.0;
            let mut y = y;
            for (class, n) in by_class.iter().enumerate().filter(|(_, n)| **n > 0) {
                #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
                let top = y - *n as f32 * unit;
                let bar = Rect { min: [from, top], max: [from + (width / 24.0).max(2.0), y] };
                solid[class].push(shapes::closed(shapes::corners(bar)));
                y = top;
            }
            highest = highest.min(y);
        }
        heights.push(base - highest);
    }
    for (class, bars) in loose.into_iter().enumerate().filter(|(_, bars)| !bars.is_empty()) {
        hatched(&bars, theme.class(Direction::ALL[class]), 70, items);
    }
    if !vague.is_empty() {
        hatched(&vague, theme.hatch, 40, items);
    }
    for (class, bars) in solid.into_iter().enumerate().filter(|(_, bars)| !bars.is_empty()) {
        items.push(shapes::area(bars, Some(theme.class(Direction::ALL[class])), None));
    }
    heights
}

fn hatched(bars: &[Rect], color: super::Rgba, alpha: u8, items: &mut Vec<Item>) {
    let contours: Vec<_> = bars.iter().map(|r| shapes::closed(shapes::corners(*r))).collect();
    let lines = contours
        .iter()
        .zip(bars)
        .flat_map(|(c, r)| shapes::hatch(std::slice::from_ref(c), *r, HATCH_STEP))
        .collect();
    items.push(shapes::area(contours, Some(color.with_alpha(alpha)), None));
    items.push(shapes::lines(lines, Stroke::solid(color, 0.7)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DaySpan;
    use DatePrecision::{Day as OneDay, Hour, Minute, PartOfDay};

    #[test]
    fn only_a_clock_time_known_to_the_hour_is_an_hour() {
        let hour = |precision, time: Option<&str>| {
            let span = DaySpan::day(Day::from_number(19_000));
            hour(&EventDate { span, precision, local_time: time.map(str::to_owned).into() })
        };
        assert_eq!(hour(Minute, Some("19:46")), Some(19));
        assert_eq!(hour(Hour, Some("00:30")), Some(0));
        for words in ["night", "evening", "24:00", "19:60", "4:30", "", "19", "+1:00"] {
            assert_eq!(hour(Hour, Some(words)), None, "{words}");
        }
        assert_eq!(hour(Hour, None), None);
        assert_eq!(hour(PartOfDay, Some("19:00")), None);
        assert_eq!(hour(OneDay, Some("19:00")), None);
    }
}
