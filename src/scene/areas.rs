//! Governorates that events are only known to: hatched, and told when the pointer rests on them.

use super::basemap::polygon_geometry;
use super::camera::MapFrame;
use super::map::MapInput;
use super::theme::{Theme, size};
use super::{Contour, Group, Item, Placement, Rect, Stroke, shapes};
use crate::analysis::place::{self, Place, PlaceClass};
use crate::domain::LonLat;
use crate::domain::basemap::Area;

/// A governorate on the map that events shown are only known to.
#[derive(Clone, Debug)]
pub struct HatchedArea {
    /// Its outlines, in points of the scene.
    contours: Vec<Contour>,
    /// What is known only to it: "Known only to the governorate of Babil: 12 attacks".
    pub words: String,
}

impl HatchedArea {
    /// Whether a point lies in it.
    #[must_use]
    pub fn contains(&self, at: [f32; 2]) -> bool {
        shapes::contains(&self.contours, at)
    }
}

/// The governorate of a place, where it is known to no more than that and the basemap has it.
pub(super) fn governorate_of<'a>(input: &MapInput<'a>, place: &Place) -> Option<&'a Area> {
    let site = input.dataset.site(place.site);
    let name = site.admin1.as_deref().filter(|_| place.class == PlaceClass::Governorate)?;
    input.basemap.governorate(&site.country, name)
}

/// The corners of an area, coarsely, in degrees.
pub(super) fn corners(area: &Area) -> impl Iterator<Item = LonLat> + '_ {
    let corners = area.levels.first().into_iter().flatten().flatten().flatten();
    corners.map(|c| LonLat::clamped(f64::from(c[0]), f64::from(c[1])))
}

/// Hatches each governorate that an event shown is only known to.
pub(super) fn hatch(
    theme: &Theme,
    input: &MapInput<'_>,
    frame: &MapFrame,
    items: &mut Vec<Item>,
) -> Vec<HatchedArea> {
    let MapInput { dataset, view, selection, .. } = *input;
    let mut found: Vec<(&Area, &str, [usize; 2])> = Vec::new();
    for (place, count) in selection.places_shown() {
        let Some(area) = governorate_of(input, place) else { continue };
        let known = found.iter().position(|(a, ..)| a.id == area.id);
        let at = known.unwrap_or_else(|| {
            let name = dataset.site(place.site).admin1.as_deref().unwrap_or(&area.name);
            found.push((area, name, [0; 2]));
            found.len() - 1
        });
        found[at].2[0] += count.certain();
        found[at].2[1] += count.possible as usize;
    }
    let placement = frame.placement();
    let level = input.basemap.level(frame);
    let mut hatched = Vec::new();
    for (area, name, count) in found {
        let contours: Vec<Contour> = area
            .levels
            .get(level)
            .into_iter()
            .flatten()
            .flat_map(|polygon| polygon_geometry(polygon).contours().to_vec())
            .map(|c| Contour {
                points: c.points.iter().map(|p| placement.apply(*p)).collect(),
                closed: true,
            })
            .collect();
        let Some(bounds) = Rect::around(contours.iter().flat_map(|c| c.points.iter().copied()))
        else {
            continue;
        };
        let clipped = Rect {
            min: [bounds.min[0].max(frame.rect.min[0]), bounds.min[1].max(frame.rect.min[1])],
            max: [bounds.max[0].min(frame.rect.max[0]), bounds.max[1].min(frame.rect.max[1])],
        };
        let lines = if clipped.width() > 0.0 && clipped.height() > 0.0 {
            shapes::hatch(&contours, clipped, size::HATCH_STEP)
        } else {
            Vec::new()
        };
        items.push(Item::Group(Group {
            id: format!("area:{}", area.id),
            placement: Placement::IDENTITY,
            clip: Some(frame.rect),
            items: vec![
                shapes::lines(lines, Stroke::solid(theme.hatch, size::HATCH_WIDTH)),
                shapes::area(contours.clone(), None, Some(Stroke::solid(theme.hatch, 1.0))),
            ],
        }));
        let words = place::only_to_governorate(name, view.rule, count);
        hatched.push(HatchedArea { contours, words });
    }
    hatched
}
