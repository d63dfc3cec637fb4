//! What a map carries besides itself: scale bar and credits, in points of the figure.

use std::sync::Arc;

use super::camera::MapFrame;
use super::labels::Occupied;
use super::shapes;
use super::text::{ShapedText, Shaper, TextStyle};
use super::theme::{Theme, style};
use super::{Group, Item, Placement, Rect, Stroke, Text};

/// Distance of furniture from the map's edge, in points.
pub const MARGIN: f32 = 12.0;

/// A scale bar, right at the latitude of the map's middle, which it names: in the lower right corner, or in one
/// on the left where it would cover glyphs there. Returns its room.
pub fn scale_bar(
    shaper: &mut Shaper,
    theme: &Theme,
    frame: &MapFrame,
    above: f32,
    discs: &Occupied,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) -> Option<Rect> {
    let lat = frame.camera.center.lat();
    let metres = frame.metres_per_point(lat);
    let (km, length) = nice_length(metres)?;
    let words = shaper.shape(&format!("{km} km at {lat:.0}° N"), style::SMALL);
    let width = length.max(words.width());
    let Rect { min, max } = frame.rect;
    let (low, high) = (max[1] - MARGIN - above, min[1] + MARGIN + 24.0);
    let corners = [max[0] - MARGIN, min[0] + MARGIN + width];
    let corners = [[corners[0], low], [corners[1], low], [corners[1], high]];
    let plate_at = |[right, y]: [f32; 2]| Rect {
        min: [right - width - 8.0, y - 24.0],
        max: [right + 4.0, y + 4.0],
    };
    let free = |at: &[f32; 2]| discs.is_free(&plate_at(*at)) && occupied.is_free(&plate_at(*at));
    let [right, y] = corners.into_iter().find(free).unwrap_or(corners[0]);
    let plate = plate_at([right, y]);
    occupied.take(plate);
    let x0 = right - length;
    let halo = Stroke::solid(theme.halo, 3.6);
    let points = vec![[x0, y - 4.0], [x0, y], [right, y], [right, y - 4.0]];
    items.push(shapes::line(points.clone(), halo));
    items.push(shapes::line(points, Stroke::solid(theme.text, 1.2)));
    items.push(Item::Text(Text {
        origin: [right - words.width(), y - 6.0 - words.height()],
        shaped: words,
        color: theme.text,
        halo: Some(theme.map_halo()),
    }));
    Some(plate)
}

/// An arrow to the north, which is up everywhere on a map in Mercator's projection: beside the scale bar, whose plate
/// and whose distance from the lower edge are told, or in a corner. Without room there is none.
pub(super) fn north_arrow(
    shaper: &mut Shaper,
    theme: &Theme,
    frame: &MapFrame,
    (bar, above): (Option<Rect>, f32),
    discs: &Occupied,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    const SIZE: [f32; 2] = [14.0, 28.0];
    const GAP: f32 = 8.0;
    let Rect { min, max } = frame.rect;
    let [width, height] = SIZE;
    let [left, right] = [min[0] + MARGIN, max[0] - MARGIN - width];
    let [top, bottom] = [min[1] + MARGIN, max[1] - MARGIN - height];
    let beside = bar.into_iter().flat_map(|bar| {
        let y = bar.max[1] - height;
        [
            [bar.min[0] - GAP - width, y],
            [bar.max[0] + GAP, y],
            [bar.max[0] - width, bar.min[1] - GAP - height],
        ]
    });
    let corners = [[right, bottom - above], [left, bottom], [right, top], [left, top]];
    let places = beside.chain(corners).map(|at| Rect::from_min_size(at, width, height));
    let free = |p: &Rect| frame.rect.encloses(p) && discs.is_free(p) && occupied.is_free(p);
    let Some(place) = places.into_iter().find(free) else { return };
    occupied.take(place.grown(2.0));
    let [middle, tip] = [place.center()[0], place.min[1] + 12.0];
    let words = shaper.shape("N", style::SMALL_STRONG);
    let origin = [middle - words.width() / 2.0, tip - 1.0 - words.height()];
    let halo = Some(theme.map_halo());
    let mut arrow = vec![Item::Text(Text { origin, shaped: words, color: theme.text, halo })];
    let half = |side: f32| {
        vec![[middle, tip], [middle + side * 4.5, place.max[1]], [middle, place.max[1] - 4.0]]
    };
    let edge = Stroke::solid(theme.text, 0.9);
    let around = Stroke::solid(theme.halo, 3.4);
    let both = || vec![shapes::closed(half(-1.0)), shapes::closed(half(1.0))];
    arrow.push(shapes::area(both(), None, Some(around)));
    arrow.push(shapes::area(both(), Some(theme.halo.with_alpha(255)), Some(edge)));
    arrow.push(shapes::area(vec![shapes::closed(half(-1.0))], Some(theme.text), Some(edge)));
    items.push(Item::Group(Group {
        id: NORTH_ARROW.to_owned(),
        placement: Placement::IDENTITY,
        clip: None,
        items: arrow,
    }));
}

const NORTH_ARROW: &str = "north-arrow";

/// Whether an arrow to the north stands among items.
pub(super) fn has_north_arrow(items: &[Item]) -> bool {
    items.iter().any(|item| match item {
        Item::Group(group) => group.id == NORTH_ARROW || has_north_arrow(&group.items),
        _ => false,
    })
}

/// Whether words are those of a scale bar.
pub(super) fn is_scale(words: &str) -> bool {
    words.ends_with("° N") && words.contains(" km at ")
}

/// The largest of 1, 2, 5, 10, 20, ... kilometres that is at most 120 points long, and its length.
#[expect(clippy::cast_possible_truncation, reason = "at most 120 points")]
fn nice_length(metres_per_point: f64) -> Option<(u32, f32)> {
    [1000_u32, 500, 200, 100, 50, 20, 10, 5, 2, 1]
        .into_iter()
        .map(|km| (km, f64::from(km) * 1000.0 / metres_per_point))
        .find(|(_, length)| *length <= 120.0)
        .map(|(km, length)| (km, length as f32))
}

/// Whom the map is owed to, in its lower right corner.
pub fn credits(
    shaper: &mut Shaper,
    theme: &Theme,
    credit_line: &str,
    frame: &MapFrame,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) -> f32 {
    let shaped = fit(shaper, credit_line, style::FOOTNOTE, frame.rect.width() * 0.6);
    let origin =
        [frame.rect.max[0] - MARGIN - shaped.width(), frame.rect.max[1] - 5.0 - shaped.height()];
    occupied.take(shaped.box_at(origin).grown(2.0));
    let height = shaped.height();
    items.push(Item::Text(Text {
        origin,
        shaped,
        color: theme.text_muted,
        halo: Some(theme.map_halo()),
    }));
    height
}

fn fit(shaper: &mut Shaper, words: &str, text_style: TextStyle, width: f32) -> Arc<ShapedText> {
    shaper.wrap(words, text_style, width.max(120.0), super::text::Align::End)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_without_room_is_not_drawn_and_is_not_found() {
        let theme = Theme::of(crate::analysis::ThemeName::Light);
        let rect = Rect::from_min_size([0.0, 0.0], 120.0, 90.0);
        let center = crate::domain::LonLat::clamped(44.0, 33.0);
        let frame = MapFrame { rect, camera: crate::analysis::Camera { center, zoom: 6.0 } };
        let drawn = |taken: Option<Rect>| {
            let (mut discs, mut items) = (Occupied::default(), Vec::new());
            if let Some(place) = taken {
                discs.take(place);
            }
            let mut occupied = Occupied::default();
            let shaper = &mut Shaper::new();
            north_arrow(shaper, theme, &frame, (None, 0.0), &discs, &mut occupied, &mut items);
            has_north_arrow(&items)
        };
        assert!(drawn(None));
        assert!(!drawn(Some(rect)));
    }

    #[test]
    fn the_scale_bar_is_a_round_number_of_kilometres() {
        assert_eq!(nice_length(1000.0), Some((100, 100.0)));
        assert_eq!(nice_length(30.0), Some((2, 2000.0 / 30.0)));
        assert_eq!(nice_length(1.0), None);
    }
}
