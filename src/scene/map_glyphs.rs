//! The glyphs of a map with what stands at them: histories, lines to their places, circles of uncertainty.

use super::camera::MapFrame;
use super::counted::Prepared;
use super::glyph;
use super::groups::PlaceGroup;
use super::labels::Occupied;
use super::map::DrawnSite;
use super::marks::{CountedMark, SiteMark};
use super::name_spots::Disc;
use super::strip::StripLayout;
use super::text::Shaper;
use super::theme::{Theme, size};
use super::{Circle, Dash, Group, Item, Placement, Rect, Stroke, site_names};
use crate::analysis::Picked;
use crate::domain::SiteIndex;
use std::sync::Arc;

/// What the pointer finds of the glyphs that are drawn, in their order.
pub(super) fn drawn(
    prepared: &Prepared<'_>,
    marks: &[CountedMark],
    members: Vec<Vec<SiteIndex>>,
    groups: &[PlaceGroup],
) -> Vec<DrawnSite> {
    let scale = prepared.scale();
    let drawn = marks.iter().zip(members).map(|((mark, count), members)| {
        let group = &groups[mark.group];
        DrawnSite {
            site: mark.site,
            members,
            places: Arc::clone(&group.members),
            numbers: Arc::clone(&group.numbers),
            center: mark.center,
            radius: glyph::glyph_radius(count, scale),
            class: mark.place.class,
            count: *count,
            note: None,
        }
    });
    drawn.collect()
}

/// The glyphs with their identifiers, and the leaders and circles below them in `below`.
pub(super) fn glyphs(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    (marks, drawn): (&[CountedMark], &[DrawnSite]),
    (frame, picked): (&MapFrame, &Picked),
    below: &mut Vec<Item>,
) -> Vec<Item> {
    let dataset = prepared.dataset;
    let mut glyphs = Vec::new();
    for ((mark, count), DrawnSite { numbers, radius, class, .. }) in marks.iter().zip(drawn) {
        let reach = radius + 20.0;
        let near = frame.rect.grown(reach);
        if !near.contains(mark.center) && !near.contains(mark.anchor) {
            continue;
        }
        below.extend(glyph::leader(mark, theme));
        below.extend(uncertainty_ring(theme, prepared, mark, frame));
        let mut inside = Vec::new();
        if !picked.is_empty() && numbers.iter().any(|n| picked.has_place(*n)) {
            inside.push(Item::Circle(Circle {
                center: mark.center,
                radius: radius + 4.0,
                fill: None,
                stroke: Some(Stroke::solid(theme.accent, 2.2)),
            }));
        }
        glyph::glyph(shaper, theme, *class, count, (mark.center, *radius), &mut inside);
        let part = if mark.is_first { String::new() } else { format!(":{}", class.code()) };
        glyphs.push(Item::Group(Group {
            id: format!("site:{}{part}", dataset.site(mark.site).id),
            placement: Placement::IDENTITY,
            clip: None,
            items: inside,
        }));
    }
    glyphs
}

/// The box around a disc.
pub(super) fn disc_box([x, y]: [f32; 2], radius: f32) -> Rect {
    Rect { min: [x - radius, y - radius], max: [x + radius, y + radius] }
}

/// The history of each site below its glyph, where it covers no other glyph and no name.
pub(super) fn histories(
    theme: &Theme,
    prepared: &Prepared<'_>,
    frame: &MapFrame,
    (marks, drawn): (&[CountedMark], &[DrawnSite]),
    occupied: &mut Occupied,
) -> Item {
    let mut items = Vec::new();
    let months = &prepared.counted.places.months;
    // On a map of a column's width they would hide more than they say.
    if !marks.is_empty()
        && frame.rect.width() >= size::MAP_WITH_HISTORIES
        && let [first, .., last] = months.as_slice()
    {
        let whole = first.join(*last);
        let discs: Vec<Disc> = drawn.iter().map(|d| (d.center, d.radius)).collect();
        let places = site_names::histories(&discs, usize::MAX);
        for ((mark, _), site) in marks.iter().zip(drawn).filter(|((m, _), _)| m.is_first) {
            let place = site_names::history_box(mark.center, site.radius);
            // As for names, its edge may be touched.
            if frame.rect.overlaps(&place)
                && places.contains(&place)
                && occupied.is_free(&site_names::core(place))
            {
                occupied.take(place);
                let history = prepared.counted.history(
                    prepared.dataset,
                    prepared.selection,
                    prepared.view.window,
                    &site.members,
                );
                let layout = StripLayout::of_bars(whole, place);
                glyph::history(theme, &history, &layout, &mut items);
            }
        }
    }
    Item::Group(Group {
        id: "histories".to_owned(),
        placement: Placement::IDENTITY,
        clip: None,
        items,
    })
}

/// A circle within which the place lies, once it is larger than the glyph: of a site the radius that it
/// states, of events known to a radius the largest of theirs.
fn uncertainty_ring(
    theme: &Theme,
    prepared: &Prepared<'_>,
    mark: &SiteMark,
    frame: &MapFrame,
) -> Option<Item> {
    if mark.others > 0 {
        return None;
    }
    let radius_m = prepared.counted.radius_m(prepared, &mark.place)?;
    let position = mark.place.position(prepared.dataset)?;
    #[expect(clippy::cast_possible_truncation, reason = "points of a picture fit f32")]
    let radius = (radius_m / frame.metres_per_point(position.lat())) as f32;
    (radius > mark.full_radius + 2.0).then(|| {
        Item::Circle(Circle {
            center: mark.anchor,
            radius,
            fill: None,
            stroke: Some(Stroke {
                dash: Some(Dash { on: 3.0, off: 3.0 }),
                ..Stroke::solid(theme.text_muted, 0.8)
            }),
        })
    })
}
