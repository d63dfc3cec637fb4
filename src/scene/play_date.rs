//! The date on the map while time plays, to be read from afar.

use super::quiet_card::plate;
use super::text::{Shaper, TextStyle};
use super::theme::{Theme, style};
use super::{Group, Item, Placement, Rect, Text};
use crate::analysis::{Mode, Record, View, words};

const PADDING: [f32; 2] = [12.0, 7.0];
/// The month with the longest name, whole and cut: the plate must not change while time plays.
const MONTHS: [&str; 2] = ["September", "May"];
/// On a narrower map the date is set smaller and said shorter, in points.
const NARROW: f32 = 720.0;

/// What stands on the plate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlayDate {
    /// The day: the last of the window.
    pub day: String,
    /// The window, or what else the mode shows.
    pub window: String,
    /// The day on a small map: "5 Jan 2022".
    pub day_short: String,
    /// The window on a small map.
    pub window_short: String,
    /// What has just been changed, such as the speed; it stands in the window's place.
    pub notice: Option<String>,
}

impl PlayDate {
    /// The date of a view.
    #[must_use]
    pub fn of(record: &Record, view: &View) -> Self {
        let View { window, mode, .. } = *view;
        let day = window.last();
        let [shown, window_short] = match mode {
            Mode::Day => [words::weekday(day), words::weekday(day)],
            Mode::Window if window.days() == 1 => [words::weekday(day), words::weekday(day)],
            // Short, so that the plate need not be wider than the date.
            Mode::Window => {
                let days = words::days(window);
                [format!("{days} from {}", words::day(window.first())), days]
            }
            Mode::SinceStart => {
                let since = view.shown_span(record).first();
                [
                    format!("all since {}", words::day(since)),
                    format!("since {}", words::day_short(since)),
                ]
            }
        };
        let (day, day_short) = (words::day(day), words::day_short(day));
        Self { day, window: shown, day_short, window_short, notice: None }
    }
}

fn is_narrow(map: Rect) -> bool {
    map.width() < NARROW
}

fn look(map: Rect) -> TextStyle {
    if is_narrow(map) { style::HEADING } else { style::PLAY_DATE }
}

/// The size of the plate on a map, the same for every date.
#[must_use]
pub fn size(shaper: &mut Shaper, map: Rect) -> [f32; 2] {
    let month = MONTHS[usize::from(is_narrow(map))];
    let widest = |shaper: &mut Shaper, digit: u8| {
        let date = format!("{digit}{digit} {month} {digit}{digit}{digit}{digit}");
        shaper.shape(&date, look(map)).width()
    };
    let width = (0..=9).map(|digit| widest(shaper, digit)).fold(0.0, f32::max);
    let day = shaper.shape(month, look(map)).height();
    let window = shaper.shape(month, style::BODY_SMALL).height();
    [width + 2.0 * PADDING[0] + 2.0, day + window + 2.0 * PADDING[1]]
}

/// The date in its place on a map.
#[must_use]
pub fn play_date(
    shaper: &mut Shaper,
    theme: &Theme,
    date: &PlayDate,
    map: Rect,
    place: Rect,
) -> Item {
    let width = place.width() - 2.0 * PADDING[0];
    let (under, color) = match &date.notice {
        Some(notice) => (notice, theme.accent),
        None if is_narrow(map) => (&date.window_short, theme.text_muted),
        None => (&date.window, theme.text_muted),
    };
    let day = if is_narrow(map) { &date.day_short } else { &date.day };
    let lines = [
        (shaper.shape_within(day, look(map), width), theme.text),
        (shaper.shape_within(under, style::BODY_SMALL, width), color),
    ];
    let mut items = vec![plate(theme, place)];
    let mut y = place.min[1] + PADDING[1];
    for (shaped, color) in lines {
        let height = shaped.height();
        let origin = [place.min[0] + PADDING[0], y];
        items.push(Item::Text(Text { origin, shaped, color, halo: None }));
        y += height;
    }
    let (id, placement) = ("play-date".to_owned(), Placement::IDENTITY);
    Item::Group(Group { id, placement, clip: None, items })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::ThemeName;
    use crate::domain::DaySpan;

    #[test]
    fn no_date_is_cut_whatever_the_map() {
        let mut shaper = Shaper::new();
        let theme = Theme::of(ThemeName::Dark);
        for width in [400.0, 900.0] {
            let map = Rect { min: [0.0; 2], max: [width, 400.0] };
            let [w, h] = size(&mut shaper, map);
            let place = Rect::from_min_size([0.0; 2], w, h);
            for year in ["2000", "2020", "2022", "2028"] {
                for day in DaySpan::parse(year).unwrap().iter() {
                    let date = PlayDate {
                        day: words::day(day),
                        window: "7 days".into(),
                        day_short: words::day_short(day),
                        window_short: format!("since {}", words::day_short(day)),
                        notice: None,
                    };
                    let item = play_date(&mut shaper, theme, &date, map, place);
                    let Item::Group(group) = item else { panic!() };
                    let told = if width < NARROW {
                        [&date.day_short, &date.window_short]
                    } else {
                        [&date.day, &date.window]
                    };
                    for told in told {
                        let is_whole =
                            |i: &Item| matches!(i, Item::Text(t) if t.shaped.text() == told);
                        assert!(group.items.iter().any(is_whole), "{told} is cut");
                    }
                }
            }
        }
    }
}
