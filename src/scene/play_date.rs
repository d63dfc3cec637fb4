//! The date on the map while time plays, to be read from afar.

use super::furniture::MARGIN;
use super::quiet_card::plate;
use super::text::Shaper;
use super::theme::{Theme, style};
use super::{Group, Item, Placement, Rect, Text};

const PADDING: [f32; 2] = [12.0, 7.0];
/// As wide as any date and any window is: the plate must not change while time plays.
const WIDEST: [&str; 2] = ["28 September 2028", "28 September 2028 to 28 November 2029, 428 days"];

/// What stands on the plate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlayDate {
    /// The day: the last of the window.
    pub day: String,
    /// The window, or what else the mode shows.
    pub window: String,
    /// What has just been changed, such as the speed.
    pub notice: Option<String>,
}

/// The date in the upper left of a map, with the room that it takes; `None` where it finds none.
#[must_use]
pub fn play_date(
    shaper: &mut Shaper,
    theme: &Theme,
    date: &PlayDate,
    map: Rect,
    taken: &[Rect],
) -> Option<(Item, Rect)> {
    let inside = map.grown(-MARGIN);
    let room = inside.width() - 2.0 * PADDING[0];
    let (day, lines) = [style::PLAY_DATE, style::HEADING].into_iter().find_map(|look| {
        let widest = [shaper.shape(WIDEST[0], look), shaper.shape(WIDEST[1], style::BODY_SMALL)];
        let width = widest.iter().map(|l| l.width()).fold(0.0, f32::max);
        let fits = width <= room;
        fits.then_some((look, width))
    })?;
    let mut texts = vec![
        (shaper.shape_within(&date.day, day, lines), theme.text),
        (shaper.shape_within(&date.window, style::BODY_SMALL, lines), theme.text_muted),
    ];
    if let Some(notice) = &date.notice {
        texts.push((shaper.shape_within(notice, style::BODY_SMALL_STRONG, lines), theme.accent));
    }
    let height = texts.iter().map(|(l, _)| l.height()).sum::<f32>() + 2.0 * PADDING[1];
    let place = Rect::from_min_size(inside.min, lines + 2.0 * PADDING[0], height);
    if !inside.encloses(&place) || taken.iter().any(|t| t.overlaps(&place)) {
        return None;
    }
    let mut items = vec![plate(theme, place)];
    let mut y = place.min[1] + PADDING[1];
    for (shaped, color) in texts {
        let height = shaped.height();
        let origin = [place.min[0] + PADDING[0], y];
        items.push(Item::Text(Text { origin, shaped, color, halo: None }));
        y += height;
    }
    let (id, placement) = ("play-date".to_owned(), Placement::IDENTITY);
    Some((Item::Group(Group { id, placement, clip: None, items }), place))
}
