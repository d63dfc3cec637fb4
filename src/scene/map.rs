//! The map of a view: ground, hatched areas, site glyphs, names and furniture, and where the sites are.

use super::basemap::{BasemapLayers, polygon_geometry};
use super::camera::{self, MapFrame};
use super::glyph::{self, SiteCount};
use super::labels::{Naming, Occupied};
use super::legend::Legend;
use super::marks::{SiteMark, site_marks};
use super::strip::StripLayout;
use super::text::Shaper;
use super::theme::{Theme, size};
use super::{
    Circle, Contour, Dash, Group, Item, Placement, Rect, Stroke, furniture, ground_names, shapes,
    site_names,
};
use crate::analysis::{Camera, Record, Selection, View, month_spans, site_months};
use crate::domain::{LonLat, PlacePrecision, Site, SiteIndex};

/// What a map is made of.
#[derive(Clone, Copy, Debug)]
pub struct MapInput<'a> {
    /// The record.
    pub dataset: &'a Record,
    /// The ground.
    pub basemap: &'a BasemapLayers,
    /// What is looked at.
    pub view: &'a View,
    /// What the view shows.
    pub selection: &'a Selection,
}

/// What a map carries at its edges.
#[derive(Clone, Copy, Debug)]
pub struct MapFurniture<'a> {
    /// Whom the map is owed to; `None` when that is said elsewhere in the picture.
    pub credits: Option<&'a str>,
    /// Whether the legend stands inside the map.
    pub legend: bool,
}

/// A glyph that is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnSite {
    /// The site.
    pub site: SiteIndex,
    /// Middle of its glyph, in points of the scene.
    pub center: [f32; 2],
    /// Radius of its glyph.
    pub radius: f32,
}

/// The map's items and what a click can hit.
#[derive(Clone, Debug)]
pub struct MapScene {
    /// The items.
    pub items: Vec<Item>,
    /// The glyphs, topmost last.
    pub sites: Vec<DrawnSite>,
}

impl MapScene {
    /// The site whose glyph is at a point, or nearest to it within a few points.
    #[must_use]
    pub fn site_at(&self, [x, y]: [f32; 2]) -> Option<SiteIndex> {
        const REACH: f32 = 4.0;
        self.sites
            .iter()
            .rev()
            .map(|s| (s, (s.center[0] - x).hypot(s.center[1] - y) - s.radius))
            .filter(|(_, d)| *d <= REACH)
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(s, _)| s.site)
    }
}

/// The camera of a view for a map of this size: its own; or one that shows the box that events are held
/// to; or one that shows all places of the record that the rule and the filter let through, areas
/// that events are only known to included.
#[must_use]
pub fn camera_for(input: &MapInput<'_>, width: f32, height: f32) -> Camera {
    let MapInput { dataset, basemap, view, selection } = *input;
    if let Some(camera) = view.camera {
        return camera::limited(camera);
    }
    let (width, height) = (f64::from(width), f64::from(height));
    let margin = width.min(height) * 0.12;
    if let Some(area) = view.filter.area() {
        return camera::fit(area.corners(), width, height, margin * 0.5);
    }
    let mut positions: Vec<LonLat> = Vec::new();
    let mut all: Vec<LonLat> = Vec::new();
    for index in dataset.event_indices() {
        let event = dataset.event(index);
        let site = dataset.site(event.site);
        let Some(position) = event.position.or(site.position) else { continue };
        all.push(position);
        if !selection.counts(index) {
            continue;
        }
        positions.push(position);
        if event.precision == PlacePrecision::Admin1
            && let Some(area) =
                site.admin1.as_deref().and_then(|a| basemap.governorate(&site.country, a))
        {
            let corners = area.levels.first().into_iter().flatten().flatten().flatten();
            positions.extend(corners.map(|c| LonLat::clamped(f64::from(c[0]), f64::from(c[1]))));
        }
    }
    // A filter that lets nothing through still leaves the map of the record.
    let places = if positions.is_empty() { all } else { positions };
    camera::fit(places, width, height, margin)
}

/// Draws the map of a view into a frame.
#[must_use]
pub fn map(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    frame: &MapFrame,
    furniture_spec: &MapFurniture<'_>,
) -> MapScene {
    let MapInput { dataset, basemap, view, selection } = *input;
    let mut items = vec![basemap.items(frame, theme)];
    let all: Vec<(SiteMark, SiteCount)> = site_marks(dataset, selection, frame)
        .into_iter()
        .map(|m| (m, SiteCount::of(dataset, selection, m.site)))
        .collect();
    let named: Vec<site_names::NamedMark> =
        all.iter().map(|(m, c)| (*m, (!c.is_empty()).then(|| glyph::glyph_radius(c)))).collect();
    let marks: Vec<_> = all.into_iter().filter(|(_, c)| !c.is_empty()).collect();
    hatched_areas(theme, input, frame, &marks, &mut items);

    let mut edges = Occupied::default();
    let mut over = Vec::new();
    if let Some(area) = view.filter.area() {
        let [a, b] = area.corners().map(|c| frame.to_point(c));
        let edge = Rect { min: [a[0], b[1]], max: [b[0], a[1]] };
        let stroke =
            Stroke { dash: Some(Dash { on: 6.0, off: 3.0 }), ..Stroke::solid(theme.accent, 1.4) };
        over.push(shapes::area(vec![shapes::closed(shapes::corners(edge))], None, Some(stroke)));
    }
    let credit_height = furniture_spec.credits.map_or(0.0, |words| {
        furniture::credits(shaper, theme, words, frame, &mut edges, &mut over)
    });
    furniture::scale_bar(shaper, theme, frame, credit_height, &mut edges, &mut over);
    if furniture_spec.legend {
        let mut discs = Occupied::default();
        for (mark, _) in &named {
            discs.take(site_names::glyph_box(mark.center, mark.full_radius.min(30.0)));
        }
        if let Some(legend) = Legend::of(shaper, theme, input) {
            legend.on_map(shaper, theme, frame, &discs, &mut edges, &mut over);
        }
    }

    items.push(histories(theme, input, frame, &marks));
    let picked = view.picked_sites(dataset);
    let mut sites = Vec::new();
    let mut glyphs = Vec::new();
    for (mark, count) in marks.iter().rev() {
        items.extend(glyph::leader(mark, theme).into_iter().flatten());
        let site = dataset.site(mark.site);
        items.extend(uncertainty_ring(theme, site, mark, frame));
        let radius = glyph::glyph_radius(count);
        sites.push(DrawnSite { site: mark.site, center: mark.center, radius });
        let mut inside = Vec::new();
        if picked.contains(&mark.site) {
            inside.push(Item::Circle(Circle {
                center: mark.center,
                radius: radius + 4.0,
                fill: None,
                stroke: Some(Stroke::solid(theme.accent, 2.2)),
            }));
        }
        glyph::glyph(shaper, theme, count, mark.center, &mut inside);
        glyphs.push(Item::Group(Group {
            id: format!("site:{}", site.id),
            placement: Placement::IDENTITY,
            clip: None,
            items: inside,
        }));
    }

    let naming = Naming { theme, frame, arabic: view.arabic };
    let mut occupied = edges.clone();
    let mut names = Vec::new();
    site_names::place(shaper, naming, dataset, &named, &mut occupied, &mut names);
    let mut ground_names = Vec::new();
    ground_names::place(shaper, naming, basemap, &edges, &named, &occupied, &mut ground_names);

    let clipped = |id: &str, items| {
        Item::Group(Group {
            id: id.to_owned(),
            placement: Placement::IDENTITY,
            clip: Some(frame.rect),
            items,
        })
    };
    items.push(clipped("place-names", ground_names));
    items.push(clipped("sites", glyphs));
    items.push(clipped("site-names", names));
    items.push(clipped("furniture", over));
    MapScene { items, sites }
}

/// The history of each site below its glyph, where it covers no other glyph.
fn histories(
    theme: &Theme,
    input: &MapInput<'_>,
    frame: &MapFrame,
    marks: &[(SiteMark, SiteCount)],
) -> Item {
    // On a map of a column's width they would hide more than they say.
    let months = if frame.rect.width() >= size::MAP_WITH_HISTORIES {
        month_spans(input.dataset)
    } else {
        Vec::new()
    };
    let mut items = Vec::new();
    let mut taken = Occupied::default();
    for (mark, count) in marks {
        let ([x, y], r) = (mark.center, glyph::glyph_radius(count));
        taken.take(Rect { min: [x - r, y - r], max: [x + r, y + r] });
    }
    if let [first, .., last] = months.as_slice() {
        let whole = first.join(*last);
        for (mark, count) in marks {
            let [x, y] = mark.center;
            let origin = [x - glyph::HISTORY_WIDTH / 2.0, y + glyph::glyph_radius(count) + 3.0];
            let place = Rect::from_min_size(origin, glyph::HISTORY_WIDTH, glyph::HISTORY_HEIGHT);
            if taken.is_free(&place) {
                taken.take(place);
                let history = site_months(
                    input.dataset,
                    input.selection,
                    input.view.window,
                    mark.site,
                    &months,
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

/// A ring within which the named place lies, once it is larger than the glyph.
fn uncertainty_ring(theme: &Theme, site: &Site, mark: &SiteMark, frame: &MapFrame) -> Option<Item> {
    let radius_m = site.radius_m.filter(|_| site.precision.is_point())?;
    let metres_per_point = frame.metres_per_point(site.position?.lat());
    #[expect(clippy::cast_possible_truncation, reason = "points of a picture fit f32")]
    let radius = (radius_m / metres_per_point) as f32;
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

/// Governorates that events are only known to, hatched.
fn hatched_areas(
    theme: &Theme,
    input: &MapInput<'_>,
    frame: &MapFrame,
    marks: &[(SiteMark, SiteCount)],
    items: &mut Vec<Item>,
) {
    let placement = frame.placement();
    let level = input.basemap.level(frame);
    let mut seen: Vec<&str> = Vec::new();
    for (mark, _) in marks {
        let site = input.dataset.site(mark.site);
        let vague = input
            .selection
            .at(mark.site)
            .iter()
            .any(|s| input.dataset.event(s.event).precision == PlacePrecision::Admin1);
        let Some(name) = site.admin1.as_deref().filter(|_| vague) else {
            continue;
        };
        let Some(area) = input.basemap.governorate(&site.country, name) else {
            continue;
        };
        if seen.contains(&area.id.as_str()) {
            continue;
        }
        seen.push(&area.id);
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
                shapes::area(contours, None, Some(Stroke::solid(theme.hatch, 1.0))),
            ],
        }));
    }
}
