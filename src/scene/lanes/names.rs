//! Names of places beside marks: at every mark where each has a row of its day for itself, else at those of the
//! upper lane where they have room.

use super::{LaneMark, LanesLayout, LanesScene};
use crate::analysis::Lane;
use crate::domain::Dataset;
use crate::scene::name_forms::short_name;
use crate::scene::text::Shaper;
use crate::scene::theme::{Theme, style};
use crate::scene::{Halo, Item, Rect, Text};

/// Widest name in points.
const WIDEST: f32 = 180.0;
/// Narrowest room in which a name is begun.
const LEAST: f32 = 40.0;
/// Points between a mark and its name.
const GAP: f32 = 3.0;

/// Draws the names.
pub(super) fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    dataset: &Dataset,
    layout: &LanesLayout,
    scene: &LanesScene,
    items: &mut Vec<Item>,
) {
    let name = |mark: &LaneMark| short_name(dataset.site(dataset.event(mark.event).site));
    for mark in scene.marks.iter().filter(|m| m.lane == Lane::Attacks && m.is_named) {
        let [x, y] = mark.center;
        let x = x + mark.size / 2.0 + GAP;
        // Up to what stands next in its row, be that beyond its day.
        let beyond = scene.marks.iter().map(LaneMark::place).filter(|p| p.min[0] >= x);
        let in_row = beyond.filter(|p| (p.center()[1] - y).abs() < mark.size * 0.9);
        let end = in_row.map(|p| p.min[0]).fold(layout.lane(mark.lane).max[0], f32::min);
        if end - x - GAP < LEAST {
            continue;
        }
        let shaped = shaper.shape_within(name(mark), style::SMALL, end - x - GAP);
        let origin = [x, y - shaped.height() / 2.0];
        items.push(Item::Text(Text { origin, shaped, color: theme.text, halo: None }));
    }
    let mut upper: Vec<&LaneMark> =
        scene.marks.iter().filter(|m| m.lane == Lane::Strikes).collect();
    let piles = scene.piles.iter().filter(|p| p.lane == Lane::Strikes).map(|p| p.place);
    let mut taken: Vec<Rect> = upper.iter().map(|m| m.place().grown(1.0)).chain(piles).collect();
    let mut named: Vec<(&str, f32)> = Vec::new();
    let bounds = layout.lane(Lane::Strikes);
    // What is tied to most comes first.
    let ties = |m: &LaneMark| {
        scene.links.iter().filter(|l| l.pair.from == m.event || l.pair.to == m.event).count()
    };
    upper.sort_by_cached_key(|m| (std::cmp::Reverse(ties(m)), m.event));
    for mark in upper {
        let [x, y] = mark.center;
        let shaped = shaper.shape_within(name(mark), style::SMALL, WIDEST);
        let (width, height) = (shaped.width(), shaped.height());
        // A name once for all that stands together.
        let again = |(other, at): &(&str, f32)| *other == name(mark) && (x - at).abs() < width;
        if named.iter().any(again) {
            continue;
        }
        let (right, left) = (x + mark.size / 2.0 + GAP, x - mark.size / 2.0 - GAP - width);
        let rows = [0.0_f32, -11.0, 11.0, -22.0, 22.0];
        let place = rows
            .iter()
            .flat_map(|dy| [right, left].map(|x| [x, y + dy - height / 2.0]))
            .map(|min| Rect::from_min_size(min, width, height))
            // The box of a text is higher than its letters.
            .find(|r| {
                let letters =
                    Rect { min: [r.min[0], r.min[1] + 2.0], max: [r.max[0], r.max[1] - 2.0] };
                bounds.grown(3.0).encloses(&letters) && taken.iter().all(|t| !t.overlaps(&letters))
            });
        let Some(place) = place else { continue };
        taken.push(Rect {
            min: [place.min[0] - GAP, place.min[1]],
            max: [place.max[0] + 2.0 * GAP, place.max[1]],
        });
        named.push((name(mark), x));
        items.push(Item::Text(Text {
            origin: place.min,
            shaped,
            color: theme.text_muted,
            halo: Some(Halo { color: theme.paper, width: 2.0 }),
        }));
    }
}
