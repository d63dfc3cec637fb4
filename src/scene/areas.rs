//! Governorates that events are only known to: hatched, and told when the pointer rests on them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::basemap::polygon_geometry;
use super::camera::MapFrame;
use super::counted::Prepared;
use super::glyph::SiteCount;
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
    contours: Arc<[Contour]>,
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

/// Where on the ground a place has its glyph: at its position, or well inside its governorate.
pub(super) fn ground_position(input: &MapInput<'_>, place: &Place) -> Option<LonLat> {
    let in_area = || governorate_of(input, place).map(|a| input.basemap.plate_point(a));
    place.position(input.dataset).or_else(in_area)
}

/// A hatch, and the outlines that it fills.
type Hatch = (Item, Arc<[Contour]>);

/// The hatches of governorates on one map, each drawn when it is first needed.
#[derive(Debug, Default)]
pub(super) struct Hatches {
    /// By place among the basemap's areas; `None` of one without an outline.
    known: BTreeMap<usize, Option<Hatch>>,
}

/// Hatches each governorate that an event shown is only known to.
pub(super) fn hatch(
    hatches: &mut Hatches,
    theme: &Theme,
    prepared: &Prepared<'_>,
    frame: &MapFrame,
    items: &mut Vec<Item>,
) -> Vec<HatchedArea> {
    let input = &prepared.input;
    let mut hatched = Vec::new();
    for governorate in &prepared.counted.places.governorates {
        let mut count = SiteCount::default();
        for number in &governorate.places {
            count.add_place(prepared.selection, *number);
        }
        if count.is_empty() {
            continue;
        }
        let make = || hatch_of(&input.basemap.data.areas[governorate.area], theme, input, frame);
        let Some((item, contours)) = hatches.known.entry(governorate.area).or_insert_with(make)
        else {
            continue;
        };
        items.push(item.clone());
        let contours = Arc::clone(contours);
        let words = place::only_to_governorate(&governorate.name, input.view.rule, count.both());
        hatched.push(HatchedArea { contours, words });
    }
    hatched
}

/// A governorate's hatch and its outlines on a map; `None` of one without an outline.
fn hatch_of(area: &Area, theme: &Theme, input: &MapInput<'_>, frame: &MapFrame) -> Option<Hatch> {
    let placement = frame.placement();
    let polygons = area.levels.get(input.basemap.level(frame)).into_iter().flatten();
    let contours: Vec<Contour> = polygons
        .flat_map(|polygon| polygon_geometry(polygon).contours().to_vec())
        .map(|c| Contour {
            points: c.points.iter().map(|p| placement.apply(*p)).collect(),
            closed: true,
        })
        .collect();
    let bounds = Rect::around(contours.iter().flat_map(|c| c.points.iter().copied()))?;
    let clipped = Rect {
        min: [bounds.min[0].max(frame.rect.min[0]), bounds.min[1].max(frame.rect.min[1])],
        max: [bounds.max[0].min(frame.rect.max[0]), bounds.max[1].min(frame.rect.max[1])],
    };
    let lines = if clipped.width() > 0.0 && clipped.height() > 0.0 {
        shapes::hatch(&contours, clipped, size::HATCH_STEP)
    } else {
        Vec::new()
    };
    let item = Item::Group(Group {
        id: format!("area:{}", area.id),
        placement: Placement::IDENTITY,
        clip: Some(frame.rect),
        items: vec![
            shapes::lines(lines, Stroke::solid(theme.hatch, size::HATCH_WIDTH)),
            shapes::area(contours.clone(), None, Some(Stroke::solid(theme.hatch, 1.0))),
        ],
    });
    Some((item, contours.into()))
}
