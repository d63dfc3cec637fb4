//! The card that says how long it was quiet while playing passes by the days.

use std::sync::Arc;

use super::furniture::MARGIN;
use super::map::MapScene;
use super::text::{Align, ShapedText, Shaper};
use super::theme::{Theme, style};
use super::{Group, Item, Placement, Rect, Stroke, Text, shapes};
use crate::analysis::Mode;
use crate::analysis::play::words::QuietWords;

const PADDING: [f32; 2] = [16.0, 11.0];
/// Height of the line that says how much of the quiet has passed.
const PASSED: f32 = 3.0;
/// Widest text.
const WIDEST: f32 = 340.0;
/// Widest text of a card that stands beside glyphs.
const NARROWEST: f32 = 150.0;

/// The card in the upper middle of a map, where it covers nothing that is `taken` and as few of the `marks` as
/// can be; `None` where a map is too small for it. `share` is how much of the quiet has passed, from 0 to 1.
#[must_use]
pub fn quiet_card(
    shaper: &mut Shaper,
    theme: &Theme,
    (words, share): (&QuietWords, f32),
    map: Rect,
    taken: &[Rect],
    marks: &[Rect],
) -> Option<Item> {
    let room = map.width() - 2.0 * (MARGIN + PADDING[0]);
    if room < 60.0 {
        return None;
    }
    let notes = words.notes.join(". ");
    let large = (style::CARD, room.min(WIDEST));
    let small = |widest: f32| (style::BODY_SMALL_STRONG, room.min(widest));
    // A narrow card finds more room between glyphs. On a small map the notes go first, then the large type.
    let told = [[large, small(NARROWEST)], [large, small(WIDEST)]];
    let mut best: Option<(f32, Rect, Vec<Line>)> = None;
    for (looks, with_notes) in told.into_iter().zip([true, false]) {
        for (look, width) in looks {
            let headline = shaper.wrap(&words.headline, look, width, Align::Center);
            let mut lines: Vec<Line> = vec![(headline, theme.text)];
            let days = if look == style::CARD { style::SUBTITLE } else { style::BODY_SMALL };
            let days = shaper.wrap(&words.days, days, width, Align::Center);
            lines.push((days, theme.text_muted));
            if with_notes && !notes.is_empty() {
                let notes = shaper.wrap(&notes, style::SMALL, width, Align::Center);
                lines.push((notes, theme.text_muted));
            }
            let size = [
                lines.iter().map(|(l, _)| l.width()).fold(0.0, f32::max) + 2.0 * PADDING[0],
                lines.iter().map(|(l, _)| l.height()).sum::<f32>() + 2.0 * PADDING[1] + PASSED,
            ];
            let most = best.as_ref().map_or(f32::INFINITY, |(covered, ..)| *covered);
            if let Some((covered, at)) = place(size, map, taken, marks, most) {
                best = Some((covered, at, lines));
            }
            if best.as_ref().is_some_and(|(covered, ..)| *covered <= 0.0) {
                break;
            }
        }
        if best.is_some() {
            break;
        }
    }
    best.map(|(_, at, lines)| card(theme, &lines, at, share))
}

/// The glyphs that stay through a quiet spell: those since the start. Others go while it is told, and the card
/// must not move then. Of very many only some, as the card has to cover some of them in any case.
#[must_use]
pub fn staying(mode: Mode, map: &MapScene) -> Vec<Rect> {
    const MOST: usize = 300;
    if mode != Mode::SinceStart {
        return Vec::new();
    }
    let glyphs = map.sites.iter().filter(|site| site.note.is_none()).take(MOST);
    glyphs.map(|site| Rect { min: site.center, max: site.center }.grown(site.radius)).collect()
}

/// All that stands on a map but at its edges: glyphs, names and what is beside them. Likewise only some of very
/// many.
#[must_use]
pub(super) fn standing(map: &MapScene) -> Vec<Rect> {
    const MOST: usize = 600;
    let glyphs = map.sites.iter().filter(|site| site.note.is_none());
    let glyphs =
        glyphs.map(|site| Rect { min: site.center, max: site.center }.grown(site.radius + 2.0));
    let named = map.taken.iter().copied().filter(|place| !map.edges.contains(place));
    glyphs.chain(named).take(MOST).collect()
}

/// A line of text and its colour.
type Line = (Arc<ShapedText>, super::Rgba);

fn card(theme: &Theme, lines: &[Line], place: Rect, share: f32) -> Item {
    let mut items = vec![plate(theme, place)];
    let mut y = place.min[1] + PADDING[1];
    for (line, color) in lines {
        let x = place.min[0] + (place.width() - line.width()) / 2.0;
        items.push(Item::Text(Text {
            origin: [x, y],
            shaped: Arc::clone(line),
            color: *color,
            halo: None,
        }));
        y += line.height();
    }
    let bottom = place.max[1] - 5.0;
    let [left, right] = [place.min[0] + PADDING[0], place.max[0] - PADDING[0]];
    let passed = left + (right - left) * share.clamp(0.0, 1.0);
    let bar = |from: f32, to: f32| Rect { min: [from, bottom - PASSED], max: [to, bottom] };
    items.push(shapes::filled(bar(left, right), theme.rule));
    items.push(shapes::filled(bar(left, passed), theme.accent));
    let (id, placement) = ("quiet".to_owned(), Placement::IDENTITY);
    Item::Group(Group { id, placement, clip: None, items })
}

/// The ground of what is laid over a map while time plays.
pub(super) fn plate(theme: &Theme, place: Rect) -> Item {
    let contour = shapes::closed(shapes::rounded(place, 3.0));
    shapes::area(vec![contour], Some(theme.plate), Some(Stroke::solid(theme.rule, 0.8)))
}

/// The highest place in the middle of the map that is free; beside the middle where there is none. Where marks
/// leave none, the place that covers least of them, with the area covered; `None` where that is not less than
/// `most`.
fn place(
    [width, height]: [f32; 2],
    map: Rect,
    taken: &[Rect],
    marks: &[Rect],
    most: f32,
) -> Option<(f32, Rect)> {
    const STEP: f32 = 12.0;
    let inside = map.grown(-MARGIN);
    let middle = f32::midpoint(inside.min[0], inside.max[0]) - width / 2.0;
    let lowest = (map.min[1] + map.height() * 0.62).min(inside.max[1]) - height;
    let rows = || (0..100_u8).map(|n| inside.min[1] + f32::from(n) * STEP);
    let asides = (0..40_u8).map(|n| f32::from(n) * STEP).flat_map(|by| [middle + by, middle - by]);
    let places = asides.flat_map(|x| {
        let column = rows().take_while(|y| *y <= lowest);
        column.map(move |y| Rect::from_min_size([x, y], width, height))
    });
    let mut best: Option<(f32, Rect)> = None;
    for at in places.filter(|at| inside.encloses(at)) {
        if taken.iter().any(|t| t.overlaps(&at.grown(4.0))) {
            continue;
        }
        let least = best.map_or(most, |(covered, _)| covered);
        let mut covered = 0.0;
        for mark in marks {
            covered += shared_area(mark, &at);
            if covered >= least {
                break;
            }
        }
        if covered < least {
            best = Some((covered, at));
        }
        if covered <= 0.0 {
            break;
        }
    }
    best
}

fn shared_area(a: &Rect, b: &Rect) -> f32 {
    let along =
        |axis: usize| (a.max[axis].min(b.max[axis]) - a.min[axis].max(b.min[axis])).max(0.0);
    along(0) * along(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::ThemeName;

    fn words() -> QuietWords {
        QuietWords {
            headline: "23 days without an attack in the record".into(),
            days: "4 to 26 May 2020".into(),
            notes: vec!["The record is thin here".into()],
        }
    }

    #[test]
    fn the_card_stands_in_the_upper_middle_and_covers_nothing_that_stands_there() {
        let mut shaper = Shaper::new();
        let theme = Theme::of(ThemeName::Light);
        let map = Rect { min: [0.0; 2], max: [780.0, 520.0] };
        let mut check = |taken: &[Rect], marks: &[Rect]| {
            let card = quiet_card(&mut shaper, theme, (&words(), 0.4), map, taken, marks)?;
            let Item::Group(group) = card else { panic!() };
            let Some(Item::Path(plate)) = group.items.first() else { panic!() };
            let place = plate.geometry.bounds();
            assert!(map.encloses(&place) && !taken.iter().any(|t| t.overlaps(&place)));
            Some(place)
        };
        let free = check(&[], &[]).unwrap();
        assert!((free.center()[0] - 390.0).abs() < 1.0 && free.max[1] < 160.0, "{free:?}");
        let date = Rect { min: [12.0, 12.0], max: [300.0, 76.0] };
        assert!(check(&[date], &[]).unwrap().min[1] < 90.0);
        assert_eq!(check(&[map], &[]), None);
        // It gives way to glyphs as far as it can, and covers as few as can be.
        let glyph = |x: f32, y: f32| Rect { min: [x - 12.0, y - 12.0], max: [x + 12.0, y + 12.0] };
        let north = [glyph(330.0, 60.0), glyph(420.0, 40.0)];
        let beside = check(&[], &north).unwrap();
        assert!(!north.iter().any(|g| g.overlaps(&beside)), "{beside:?}");
        let everywhere: Vec<Rect> = (0..40_u8)
            .flat_map(|x| (0..27_u8).map(move |y| (f32::from(x) * 20.0, f32::from(y) * 20.0)))
            .filter(|(x, _)| *x > 380.0)
            .map(|(x, y)| glyph(x, y))
            .collect();
        let left = check(&[], &everywhere).unwrap();
        assert!(left.min[0] < 200.0, "{left:?}");
        // Its days are said whole also where they need two lines.
        let days = "18 November 2020 to 9 December 2021";
        let long = QuietWords { days: days.into(), ..words() };
        let said = (&long, 0.4);
        let card = quiet_card(&mut shaper, theme, said, map, &[], &everywhere).unwrap();
        let Item::Group(group) = card else { panic!() };
        let is_whole = |i: &Item| matches!(i, Item::Text(t) if t.shaped.text() == days);
        assert!(group.items.iter().any(is_whole));
    }
}
