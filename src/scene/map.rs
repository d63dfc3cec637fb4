//! The map of a view: ground, hatched areas, site glyphs, names and furniture, and where the sites are.

use super::basemap::{BasemapLayers, polygon_geometry};
use super::camera::{self, MapFrame};
use super::furniture::MARGIN;
use super::glyph::{self, SiteCount};
use super::labels::{Naming, Occupied};
use super::legend::Legend;
use super::marks::{SiteMark, site_marks};
use super::strip::StripLayout;
use super::text::Shaper;
use super::theme::{Theme, size, style};
use super::{
    Circle, Contour, Dash, Group, Item, Placement, Rect, Stroke, Text, furniture, ground_names,
    shapes, site_names,
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
    /// The site whose glyph is topmost at a point, or nearest to it within a few points.
    #[must_use]
    pub fn site_at(&self, [x, y]: [f32; 2]) -> Option<SiteIndex> {
        const REACH: f32 = 4.0;
        self.sites
            .iter()
            .rev()
            .map(|s| (s, ((s.center[0] - x).hypot(s.center[1] - y) - s.radius).max(0.0)))
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
    let all: Vec<(SiteMark, SiteCount)> =
        site_marks(dataset, selection, frame, &ground_names::capital_points(basemap, frame))
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
        items.push(shapes::area(vec![shapes::closed(shapes::corners(edge))], None, Some(stroke)));
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

    let picked = view.picked_sites(dataset);
    let naming = Naming { theme, frame, arabic: view.arabic };
    let capitals = ground_names::capitals(shaper, naming, basemap, &edges, &named);
    let before: Vec<_> = capitals.iter().map(|c| c.stand).collect();
    let wanted =
        site_names::Wanted { marks: &named, picked: &picked, before: &before, furniture: &edges };
    let mut occupied = edges.clone();
    let mut names = Vec::new();
    let unnamed = site_names::place(shaper, naming, dataset, &wanted, &mut occupied, &mut names);
    for stand in &before {
        occupied.take(stand.place);
    }

    items.push(histories(theme, input, frame, &marks, &mut occupied));
    let mut sites = Vec::new();
    let mut glyphs = Vec::new();
    for (mark, count) in &marks {
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

    for site in &sites {
        occupied.take(disc_box(site.center, site.radius));
    }
    if unnamed > 0 {
        note_unnamed(shaper, naming, unnamed, &mut occupied, &mut over);
    }
    let mut ground_names = Vec::new();
    let before = ground_names::Before {
        furniture: &edges,
        marks: &named,
        taken: &occupied,
        capitals: &capitals,
    };
    ground_names::place(shaper, naming, basemap, &before, &mut ground_names);
    glyphs.extend(capitals.iter().map(|capital| capital.dot(theme)));

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

/// How many glyphs drawn have no name, where the map has room for that line.
fn note_unnamed(
    shaper: &mut Shaper,
    naming: Naming<'_>,
    unnamed: usize,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    let Naming { theme, frame, .. } = naming;
    let noun = if unnamed == 1 { "site" } else { "sites" };
    let shaped = shaper.shape(&format!("{unnamed} {noun} not named"), style::SMALL);
    let (w, h) = (shaped.width(), shaped.height());
    let left = frame.rect.min[0] + MARGIN;
    let right = frame.rect.max[0] - MARGIN - w;
    let (top, bottom) = (frame.rect.min[1] + MARGIN, frame.rect.max[1] - MARGIN - h);
    // Up from the lower corners, above what stands there already; then between them.
    let rows = (0..20_u8).map(|n| bottom - f32::from(n) * h).take_while(|y| *y >= top);
    let middle = f32::midpoint(left, right);
    let mut places = rows
        .clone()
        .flat_map(|y| [[right, y], [left, y]])
        .chain(rows.map(|y| [middle, y]))
        .map(|min| Rect::from_min_size(min, w, h));
    let free = |place: &Rect| frame.rect.encloses(place) && occupied.is_free(&place.grown(2.0));
    let place = places.clone().find(free).or_else(|| places.next());
    let Some(place) = place else { return };
    occupied.take(place);
    let halo = Some(theme.map_halo());
    items.push(Item::Text(Text { origin: place.min, shaped, color: theme.text_muted, halo }));
}

fn disc_box([x, y]: [f32; 2], radius: f32) -> Rect {
    Rect { min: [x - radius, y - radius], max: [x + radius, y + radius] }
}

/// The history of each site below its glyph, where it covers no other glyph and no name.
fn histories(
    theme: &Theme,
    input: &MapInput<'_>,
    frame: &MapFrame,
    marks: &[(SiteMark, SiteCount)],
    occupied: &mut Occupied,
) -> Item {
    // On a map of a column's width they would hide more than they say.
    let months = if frame.rect.width() >= size::MAP_WITH_HISTORIES {
        month_spans(input.dataset)
    } else {
        Vec::new()
    };
    let mut items = Vec::new();
    let discs = marks.iter().map(|(mark, count)| (mark.center, glyph::glyph_radius(count)));
    let places = site_names::histories(&discs);
    if let [first, .., last] = months.as_slice() {
        let whole = first.join(*last);
        for (mark, count) in marks {
            let place = site_names::history_box(mark.center, glyph::glyph_radius(count));
            // As for names, its edge may be touched.
            if places.contains(&place) && occupied.is_free(&site_names::core(place)) {
                occupied.take(place);
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
