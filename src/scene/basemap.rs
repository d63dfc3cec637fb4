//! The basemap as items: land, water, borders and rivers at the detail that the zoom asks for.

use std::sync::{Arc, OnceLock};

use super::camera::{MapFrame, to_map_units};
use super::theme::{Theme, size};
use super::{Contour, Dash, Geometry, Group, Item, Path, Rect, Stroke, plate_point};
use crate::domain::LonLat;
use crate::domain::basemap::{Area, AreaKind, Basemap, Corner, LineKind, Polygon};
use crate::domain::gazetteer::GovernorateNames;

/// Simplification may move a line by at most this many points.
const MAX_DEVIATION_PT: f64 = 0.8;
/// Long lines are cut into pieces of this many corners, so that what is off the picture is skipped.
const PIECE_CORNERS: usize = 96;

/// A basemap whose geometry is projected once per level of detail, when first drawn.
#[derive(Debug)]
pub struct BasemapLayers {
    /// The data.
    pub data: Basemap,
    levels: Vec<OnceLock<Level>>,
    /// By area: where a count of events stands that are only known to it.
    plates: Vec<OnceLock<LonLat>>,
    /// Governorates by their names.
    governorates: GovernorateNames,
}

/// One level of detail in map units.
#[derive(Debug)]
struct Level {
    areas: Vec<Shape<AreaKind>>,
    lines: Vec<Shape<LineKind>>,
}

#[derive(Debug)]
struct Shape<K> {
    kind: K,
    rank: u8,
    focus: bool,
    geometry: Arc<Geometry>,
}

impl BasemapLayers {
    /// Takes the data; nothing is projected yet.
    #[must_use]
    pub fn new(data: Basemap) -> Self {
        let levels = data.level_deviation_deg.iter().map(|_| OnceLock::new()).collect();
        let plates = data.areas.iter().map(|_| OnceLock::new()).collect();
        let governorates = GovernorateNames::of(&data);
        Self { data, levels, plates, governorates }
    }

    /// The level of detail for a frame: the coarsest whose error cannot be seen.
    #[must_use]
    pub fn level(&self, frame: &MapFrame) -> usize {
        let per_degree = frame.points_per_degree();
        self.data
            .level_deviation_deg
            .iter()
            .position(|d| d * per_degree <= MAX_DEVIATION_PT)
            .unwrap_or(self.levels.len().saturating_sub(1))
    }

    fn shapes(&self, level: usize) -> Option<&Level> {
        Some(self.levels.get(level)?.get_or_init(|| project(&self.data, level)))
    }

    /// Water, land, borders and rivers within the frame's rectangle.
    #[must_use]
    pub fn items(&self, frame: &MapFrame, theme: &Theme) -> Item {
        let mut items = Vec::new();
        let placement = frame.placement();
        let visible = |g: &Geometry| {
            let b = g.bounds();
            Rect { min: placement.apply(b.min), max: placement.apply(b.max) }.overlaps(&frame.rect)
        };
        let full = Rect { min: frame.rect.min, max: frame.rect.max };
        items.push(Item::Path(Path {
            geometry: rectangle(full),
            fill: Some(theme.water),
            stroke: None,
        }));
        let mut inside = Vec::new();
        if let Some(level) = self.shapes(self.level(frame)) {
            let zoom = frame.camera.zoom;
            for shape in level.areas.iter().filter(|s| visible(&s.geometry)) {
                let (fill, stroke) = match shape.kind {
                    AreaKind::Country if shape.focus => (theme.land, None),
                    AreaKind::Country => (theme.land_around, None),
                    AreaKind::Lake => (theme.water, Some(Stroke::solid(theme.coast, 0.4))),
                    AreaKind::Governorate => continue,
                };
                inside.push(path(&shape.geometry, Some(fill), stroke));
            }
            for shape in level.lines.iter().filter(|s| visible(&s.geometry)) {
                if let Some(stroke) = line_stroke(shape.kind, shape.rank, zoom, theme) {
                    inside.push(path(&shape.geometry, None, Some(stroke)));
                }
            }
        }
        items.push(Item::Group(Group {
            id: "basemap".to_owned(),
            placement,
            clip: Some(frame.rect),
            items: inside,
        }));
        Item::Group(Group {
            id: "ground".to_owned(),
            placement: super::Placement::IDENTITY,
            clip: Some(frame.rect),
            items,
        })
    }

    /// The governorate with this country code and name, whatever its spelling.
    #[must_use]
    pub fn governorate(&self, country: &str, name: &str) -> Option<&Area> {
        self.governorates.find(country, name).and_then(|place| self.data.areas.get(place))
    }

    /// Where a count of events stands that are only known to an area of this basemap: well inside it, and
    /// away from its towns, so that it does not seem to be at one.
    #[must_use]
    pub fn plate_point(&self, area: &Area) -> LonLat {
        let place = self.data.areas.iter().position(|a| a.id == area.id);
        let compute = || plate_point::plate_point(area, &self.data.towns);
        match place.and_then(|i| self.plates.get(i)) {
            Some(known) => *known.get_or_init(compute),
            None => compute(),
        }
    }
}

fn path(geometry: &Arc<Geometry>, fill: Option<super::Rgba>, stroke: Option<Stroke>) -> Item {
    Item::Path(Path { geometry: Arc::clone(geometry), fill, stroke })
}

fn rectangle(r: Rect) -> Arc<Geometry> {
    let points = vec![r.min, [r.max[0], r.min[1]], r.max, [r.min[0], r.max[1]]];
    Arc::new(Geometry::new(vec![Contour { points, closed: true }]))
}

fn line_stroke(kind: LineKind, rank: u8, zoom: f64, theme: &Theme) -> Option<Stroke> {
    match kind {
        LineKind::Coast => Some(Stroke::solid(theme.coast, size::COAST)),
        LineKind::Border => Some(Stroke::solid(theme.border, size::BORDER)),
        LineKind::DisputedBorder => Some(Stroke {
            dash: Some(Dash { on: 4.0, off: 3.0 }),
            ..Stroke::solid(theme.border, size::BORDER)
        }),
        LineKind::GovernorateBorder => Some(Stroke::solid(theme.governorate, size::GOVERNORATE)),
        LineKind::River => match rank {
            1 => Some(Stroke::solid(theme.river, 1.1)),
            2 if zoom >= 5.8 => Some(Stroke::solid(theme.river, 0.7)),
            _ if zoom >= 7.0 => Some(Stroke::solid(theme.river, 0.5)),
            _ => None,
        },
    }
}

fn project(data: &Basemap, level: usize) -> Level {
    let areas = data
        .areas
        .iter()
        .filter(|a| a.kind != AreaKind::Governorate)
        .flat_map(|area| {
            area.levels.get(level).into_iter().flatten().map(|polygon| Shape {
                kind: area.kind,
                rank: area.rank,
                focus: matches!(area.id.as_str(), "IQ" | "SY"),
                geometry: Arc::new(polygon_geometry(polygon)),
            })
        })
        .collect();
    let order = |kind| match kind {
        LineKind::River => 0,
        LineKind::GovernorateBorder => 1,
        LineKind::Coast => 2,
        LineKind::Border => 3,
        LineKind::DisputedBorder => 4,
    };
    let mut lines: Vec<_> = data
        .lines
        .iter()
        .flat_map(|line| {
            line.levels.get(level).into_iter().flatten().flat_map(|corners| pieces(corners)).map(
                |points| Shape {
                    kind: line.kind,
                    rank: line.rank,
                    focus: false,
                    geometry: Arc::new(Geometry::new(vec![Contour { points, closed: false }])),
                },
            )
        })
        .collect();
    lines.sort_by_key(|s| order(s.kind));
    Level { areas, lines }
}

fn pieces(corners: &[Corner]) -> impl Iterator<Item = Vec<[f32; 2]>> {
    let starts = (0..corners.len().saturating_sub(1)).step_by(PIECE_CORNERS);
    starts.map(move |s| {
        corners[s..corners.len().min(s + PIECE_CORNERS + 1)].iter().map(|c| map_point(*c)).collect()
    })
}

/// A polygon in map units.
#[must_use]
pub fn polygon_geometry(polygon: &Polygon) -> Geometry {
    Geometry::new(
        polygon
            .iter()
            .map(|ring| Contour {
                points: ring.iter().map(|c| map_point(*c)).collect(),
                closed: true,
            })
            .collect(),
    )
}

#[expect(clippy::cast_possible_truncation, reason = "map units within the region fit f32")]
fn map_point([lon, lat]: Corner) -> [f32; 2] {
    let [x, y] = to_map_units(LonLat::clamped(f64::from(lon), f64::from(lat)));
    [x as f32, y as f32]
}
