//! The map of a view: ground, hatched areas, site glyphs, names and furniture, and where the sites are.

use super::areas::{self, HatchedArea};
use super::basemap::BasemapLayers;
use super::camera::{self, MapFrame};
use super::competing::{self, OtherPosition};
use super::furniture::MARGIN;
use super::glyph::{self, SiteCount};
use super::labels::{Naming, Occupied};
use super::legend::Told;
use super::marks::{Members, SiteMark, counted_marks, name_what_is_drawn};
use super::strip::StripLayout;
use super::text::Shaper;
use super::theme::{Theme, size, style};
use super::{
    Circle, Dash, Group, Item, Placement, Rect, Stroke, Text, edges, ground_names, shapes,
    site_names,
};
use crate::analysis::place::{self, Place, PlaceClass};
use crate::analysis::{Camera, Record, Selection, View, month_spans, site_months};
use crate::domain::{LonLat, SiteIndex};

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
    /// Whether the picture is of these days alone. Else glyphs and names keep the places that they have in the
    /// whole record, so that none jumps while time plays.
    pub still: bool,
}

/// What a map carries at its edges.
#[derive(Clone, Copy, Debug)]
pub struct MapFurniture<'a> {
    /// Whom the map is owed to; `None` when that is said elsewhere in the picture.
    pub credits: Option<&'a str>,
    /// Whether the legend stands inside the map.
    pub legend: bool,
    /// Whether what has no place on the ground is noted inside the map; else that is said elsewhere.
    pub notes: bool,
}

/// A glyph that is drawn, or a note at the edge.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnSite {
    /// The site; of several that share the glyph the one that it is named after.
    pub site: SiteIndex,
    /// All sites whose events it counts, that one first.
    pub members: Vec<SiteIndex>,
    /// All places whose events it counts, also those that have none in the window; of a note, those of the
    /// whole note.
    pub places: Vec<Place>,
    /// Middle of its glyph, in points of the scene.
    pub center: [f32; 2],
    /// Radius of its glyph.
    pub radius: f32,
    /// How precisely the place of its events is known.
    pub class: PlaceClass,
    /// What it counts; of a note, what is of this site.
    pub count: SiteCount,
    /// Its box, where it is a note at the map's edge; sites that share a note have the same.
    pub note: Option<Rect>,
}

impl DrawnSite {
    /// Whether it stands on the map's ground, not in a note at the edge.
    #[must_use]
    pub fn is_on_ground(&self) -> bool {
        self.note.is_none()
    }

    /// Points between it and a place; 0 inside.
    fn distance(&self, [x, y]: [f32; 2]) -> f32 {
        match self.note {
            None => ((self.center[0] - x).hypot(self.center[1] - y) - self.radius).max(0.0),
            Some(Rect { min, max }) => {
                let beyond = |v: f32, low: f32, high: f32| (low - v).max(v - high).max(0.0);
                beyond(x, min[0], max[0]).hypot(beyond(y, min[1], max[1]))
            }
        }
    }
}

/// The map's items and what the pointer can find.
#[derive(Clone, Debug)]
pub struct MapScene {
    /// The items.
    pub items: Vec<Item>,
    /// The glyphs, topmost last.
    pub sites: Vec<DrawnSite>,
    /// Governorates that events are only known to.
    pub areas: Vec<HatchedArea>,
    /// Other positions of events shown.
    pub others: Vec<OtherPosition>,
}

impl MapScene {
    /// The glyph that is topmost at a point, or nearest to it within a few points.
    #[must_use]
    pub fn drawn_at(&self, at: [f32; 2]) -> Option<&DrawnSite> {
        const REACH: f32 = 4.0;
        self.sites
            .iter()
            .rev()
            .map(|s| (s, s.distance(at)))
            .filter(|(_, d)| *d <= REACH)
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(s, _)| s)
    }

    /// What is told at a point where no glyph is: of another position of an event, else of a governorate
    /// that events are only known to.
    #[must_use]
    pub fn told_at(&self, [x, y]: [f32; 2]) -> Option<&str> {
        let near = |o: &&OtherPosition| (o.center[0] - x).hypot(o.center[1] - y) <= o.radius + 3.0;
        let other = self.others.iter().find(near).map(|o| o.words.as_str());
        let area = || self.areas.iter().find(|a| a.contains([x, y])).map(|a| a.words.as_str());
        other.or_else(area)
    }
}

/// The camera of a view for a map of this size: its own; or one that shows the box that events are held
/// to; or one that shows all places of the record that the rule and the filter let through, areas
/// that events are only known to included.
#[must_use]
pub fn camera_for(input: &MapInput<'_>, width: f32, height: f32) -> Camera {
    let MapInput { dataset, view, selection, .. } = *input;
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
        let place = Place::of(dataset, dataset.event(index));
        let position = place.position(dataset);
        all.extend(position);
        if !selection.counts(index) {
            continue;
        }
        positions.extend(position);
        positions.extend(areas::governorate_of(input, &place).into_iter().flat_map(areas::corners));
    }
    positions.extend(competing::positions(input));
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
    let MapInput { dataset, basemap, view, .. } = *input;
    let mut items = vec![basemap.items(frame, theme)];
    let capital_points = ground_names::capital_points(basemap, frame);
    let (mut all, members) = counted_marks(input, frame, &capital_points);
    name_what_is_drawn(&mut all);
    let mut over = Vec::new();
    let edges::Edges { taken: edges, notes: mut sites, legend: told, .. } =
        edges::draw(shaper, theme, input, frame, furniture_spec, &all, &mut over);
    let named: Vec<site_names::NamedMark> =
        all.iter().map(|(m, c)| (*m, (!c.is_empty()).then(|| glyph::glyph_radius(c)))).collect();
    let marks: Vec<_> = all.into_iter().filter(|(_, c)| !c.is_empty()).collect();
    let areas = areas::hatch(theme, input, frame, &mut items);

    if let Some(area) = view.filter.area() {
        let [a, b] = area.corners().map(|c| frame.to_point(c));
        let edge = Rect { min: [a[0], b[1]], max: [b[0], a[1]] };
        let stroke =
            Stroke { dash: Some(Dash { on: 6.0, off: 3.0 }), ..Stroke::solid(theme.accent, 1.4) };
        items.push(shapes::area(vec![shapes::closed(shapes::corners(edge))], None, Some(stroke)));
    }
    let picked = view.picked_sites(dataset);
    let naming = Naming { theme, frame, arabic: view.arabic };
    let capitals = ground_names::capitals(shaper, naming, basemap, &edges, &named);
    let before: Vec<_> = capitals.iter().map(|c| c.stand).collect();
    let mut occupied = edges.clone();
    for (mark, count) in &marks {
        if let Some(more) = glyph::more_box(count, mark.center) {
            occupied.take(more);
        }
    }
    let furniture = &occupied.clone();
    let wanted = site_names::Wanted { marks: &named, picked: &picked, before: &before, furniture };
    let mut names = Vec::new();
    let unnamed = site_names::place(shaper, naming, dataset, &wanted, &mut occupied, &mut names);
    for stand in &before {
        occupied.take(stand.place);
    }

    items.push(histories(theme, input, frame, (&marks, &members), &mut occupied));
    let (mut glyphs, drawn) = glyphs(shaper, theme, input, frame, (&marks, &members), &mut items);
    sites.extend(drawn);
    let others = competing::draw(theme, input, frame, &sites, (&mut items, &mut glyphs));
    for site in sites.iter().filter(|s| s.is_on_ground()) {
        occupied.take(disc_box(site.center, site.radius));
    }
    competing::label(shaper, theme, input, frame, &sites, &mut occupied, &mut names);
    note_missing(shaper, naming, unnamed, told, &mut occupied, &mut over);
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
    MapScene { items, sites, areas, others }
}

/// The glyphs with their identifiers, and the leaders and circles below them in `below`.
fn glyphs(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    frame: &MapFrame,
    (marks, members): (&[(SiteMark, SiteCount)], &[Members]),
    below: &mut Vec<Item>,
) -> (Vec<Item>, Vec<DrawnSite>) {
    let is_picked = |place: &Place| input.view.picks(input.dataset, place);
    let (mut glyphs, mut drawn) = (Vec::new(), Vec::new());
    for (mark, count) in marks {
        below.extend(glyph::leader(mark, theme));
        below.extend(uncertainty_ring(theme, input, mark, frame));
        let (radius, class) = (glyph::glyph_radius(count), mark.place.class);
        drawn.push(DrawnSite {
            site: mark.site,
            members: members[mark.group].sites.clone(),
            places: members[mark.group].places.clone(),
            center: mark.center,
            radius,
            class,
            count: *count,
            note: None,
        });
        let mut inside = Vec::new();
        if members[mark.group].places.iter().any(is_picked) {
            inside.push(Item::Circle(Circle {
                center: mark.center,
                radius: radius + 4.0,
                fill: None,
                stroke: Some(Stroke::solid(theme.accent, 2.2)),
            }));
        }
        glyph::glyph(shaper, theme, class, count, mark.center, &mut inside);
        let part = if mark.is_first { String::new() } else { format!(":{}", class.code()) };
        glyphs.push(Item::Group(Group {
            id: format!("site:{}{part}", input.dataset.site(mark.site).id),
            placement: Placement::IDENTITY,
            clip: None,
            items: inside,
        }));
    }
    (glyphs, drawn)
}

/// How many glyphs drawn have no name, and that the legend found no room; where the map has room for that.
fn note_missing(
    shaper: &mut Shaper,
    naming: Naming<'_>,
    unnamed: usize,
    legend: Option<Told>,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    let noun = if unnamed == 1 { "site" } else { "sites" };
    let names = (unnamed > 0).then(|| format!("{unnamed} {noun} not named"));
    let key = (legend == Some(Told::Nothing)).then(|| "No room for the legend".to_owned());
    // Each by itself: a short line finds room where a long one does not.
    for words in names.into_iter().chain(key) {
        note_line(shaper, naming, &words, occupied, items);
    }
}

/// A line about the map itself, where it covers nothing; none where there is no such place.
fn note_line(
    shaper: &mut Shaper,
    naming: Naming<'_>,
    words: &str,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    let Naming { theme, frame, .. } = naming;
    let shaped = shaper.shape(words, style::SMALL);
    let (w, h) = (shaped.width(), shaped.height());
    let left = frame.rect.min[0] + MARGIN;
    let right = frame.rect.max[0] - MARGIN - w;
    let (top, bottom) = (frame.rect.min[1] + MARGIN, frame.rect.max[1] - MARGIN - h);
    // Up from the lower corners, above what stands there already; then between them; then anywhere.
    let rows = (0..400_u16).map(|n| bottom - f32::from(n) * h / 2.0).take_while(|y| *y >= top);
    let across = (0..400_u16).map(|n| left + f32::from(n) * 8.0).take_while(|x| *x <= right);
    let middle = f32::midpoint(left, right);
    let places = rows
        .clone()
        .flat_map(|y| [[right, y], [left, y]])
        .chain(rows.clone().map(|y| [middle, y]))
        .chain(rows.flat_map(|y| across.clone().map(move |x| [x, y])))
        .map(|min| Rect::from_min_size(min, w, h));
    let free = |place: &Rect| frame.rect.encloses(place) && occupied.is_free(&place.grown(2.0));
    let Some(place) = places.clone().find(free) else { return };
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
    (marks, members): (&[(SiteMark, SiteCount)], &[Members]),
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
        for (mark, count) in marks.iter().filter(|(m, _)| m.is_first) {
            let place = site_names::history_box(mark.center, glyph::glyph_radius(count));
            // As for names, its edge may be touched.
            if places.contains(&place) && occupied.is_free(&site_names::core(place)) {
                occupied.take(place);
                let history = site_months(
                    input.dataset,
                    input.selection,
                    input.view.window,
                    &members[mark.group].sites,
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

/// A circle within which the place lies, once it is larger than the glyph: of a site the radius that it
/// states, of events known to a radius the largest of theirs.
fn uncertainty_ring(
    theme: &Theme,
    input: &MapInput<'_>,
    mark: &SiteMark,
    frame: &MapFrame,
) -> Option<Item> {
    if mark.others > 0 {
        return None;
    }
    let MapInput { dataset, selection, .. } = *input;
    let radius_m = if mark.place.class == PlaceClass::Spot {
        dataset.site(mark.site).radius_m?
    } else {
        let here = dataset.events_at(mark.site).iter().filter(|e| selection.counts(**e));
        let events = here.map(|e| dataset.event(*e));
        let of_mark = events.filter(|e| Place::of(dataset, e) == mark.place);
        of_mark.filter_map(|e| place::radius_m(dataset, e)).reduce(f64::max)?
    };
    let metres_per_point = frame.metres_per_point(mark.place.position(dataset)?.lat());
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
