//! The date of a frame, and how many events there are in the window and since the beginning. Both keep their
//! places whatever the numbers.

use std::sync::Arc;

use crate::analysis::{Mode, Record, Selection, View, words};
use crate::domain::{Day, DaySpan};
use crate::scene::play_date::PlayDate;
use crate::scene::text::Shaper;
use crate::scene::theme::{Theme, style};
use crate::scene::{Item, Rect, Text};

/// Points between the date and the totals, and between two totals.
const GAPS: [f32; 2] = [7.0, 4.0];
/// Points between a number and its words.
const BESIDE: f32 = 9.0;

/// Where the counter stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct CounterPlace {
    pub(super) rect: Rect,
    /// Width of the room for the numbers.
    pub(super) numbers: f32,
    /// Whether the totals stand beside each other, not one below the other.
    pub(super) beside: bool,
}

/// What the counter says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CounterWords {
    pub(super) date: PlayDate,
    /// Certain and possible, in the window and since the beginning.
    pub(super) totals: [[usize; 2]; 2],
    /// What each of the two counts, and likewise where there is little room.
    counted: [[String; 2]; 2],
}

impl CounterWords {
    pub(super) fn of(record: &Record, view: &View, selection: &Selection, since: Day) -> Self {
        let window =
            if view.mode == Mode::Day { DaySpan::day(view.window.last()) } else { view.window };
        let counts = selection.day_counts();
        let until = DaySpan::between(since.min(window.last()), window.last());
        let totals = [window, until].map(|days| counts.within(days).map(|n| n as usize));
        let nouns = totals.map(|[certain, _]| view.rule.noun(certain));
        let here = match window.days() {
            1 => "on this day".to_owned(),
            _ => format!("in these {}", words::days(window)),
        };
        let since = [words::day(since), words::day_short(since)];
        let counted = [
            [format!("{} {here}", nouns[0]), here],
            since.map(|day| format!("{} since {day}", nouns[1])),
        ];
        Self { date: PlayDate::of(record, view), totals, counted }
    }

    /// The largest number that the counter of some days comes to.
    pub(super) fn most(selection: &Selection, days: DaySpan) -> usize {
        selection.day_counts().within(days)[0] as usize
    }
}

/// Heights of the date with the window below it, and of a total.
fn heights(shaper: &mut Shaper) -> [f32; 2] {
    let mut height = |look| shaper.shape("September", look).height();
    let date = height(style::PLAY_DATE) + height(style::BODY_SMALL);
    [date, height(style::FILM_NUMBER).max(2.0 * height(style::BODY_SMALL))]
}

/// The height of the counter, with the totals beside each other or one below the other.
pub(super) fn height(shaper: &mut Shaper, beside: bool) -> f32 {
    let [date, total] = heights(shaper);
    date + GAPS[0] + if beside { total } else { 2.0 * total + GAPS[1] }
}

/// Width of the numbers up to one.
pub(super) fn numbers_width(shaper: &mut Shaper, most: usize) -> f32 {
    let number = words::thousands(most);
    let mut width = |digit: char| {
        let widest = number.replace(|c: char| c.is_ascii_digit(), &digit.to_string());
        shaper.shape(&widest, style::FILM_NUMBER).width()
    };
    "0123456789".chars().map(&mut width).fold(0.0, f32::max)
}

pub(super) fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    told: &CounterWords,
    place: &CounterPlace,
    items: &mut Vec<Item>,
) {
    let Rect { min: [left, top], max: [right, _] } = place.rect;
    let width = right - left;
    let mut put = |shaped: Arc<_>, origin, color| {
        items.push(Item::Text(Text { origin, shaped, color, halo: None }));
    };
    let [date, total] = heights(shaper);
    let day = shaper.shape_within(&told.date.day, style::PLAY_DATE, width);
    let below = top + day.height();
    put(day, [left, top], theme.text);
    let window = shaper.shape_within(&told.date.window, style::BODY_SMALL, width);
    put(window, [left, below], theme.text_muted);
    let (mut x, mut y) = (left, top + date + GAPS[0]);
    let each = if place.beside { width / 2.0 } else { width };
    for ([certain, possible], counted) in told.totals.into_iter().zip(&told.counted) {
        let number = shaper.shape(&words::thousands(certain), style::FILM_NUMBER);
        let beside = x + place.numbers + BESIDE;
        let room = x + each - beside;
        let whole = shaper.shape(&counted[0], style::BODY_SMALL);
        let counted = if whole.width() <= room {
            whole
        } else {
            shaper.shape_within(&counted[1], style::BODY_SMALL, room)
        };
        let line = counted.height();
        let middle = y + (total - number.height()) / 2.0;
        // The words stand on the number's line, or with what is possible below them on two.
        let first = if possible > 0 { y + total / 2.0 - line } else { y + (total - line) / 2.0 };
        put(number, [x, middle], theme.accent);
        put(counted, [beside, first], theme.text);
        if possible > 0 {
            let more = format!("and {} more possible", words::thousands(possible));
            let more = shaper.shape_within(&more, style::BODY_SMALL, room);
            put(more, [beside, first + line], theme.text_muted);
        }
        if place.beside {
            x += each;
        } else {
            y += total + GAPS[1];
        }
    }
}
