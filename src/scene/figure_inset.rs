//! The inset of a figure: where sites crowd, a map of its own at a larger scale, drawn by the same functions, with a frame on
//! the map that says what it shows.

use super::camera::{self, MapFrame};
use super::counted::Prepared;
use super::labels::Occupied;
use super::map::{DrawnSite, MapFurniture, MapScene};
use super::map_glyphs::disc_box;
use super::map_layout::MapLayout;
use super::map_parts::MapParts;
use super::text::Shaper;
use super::theme::{Theme, style};
use super::{Group, Item, Placement, Rect, Stroke, Text, shapes};
use crate::analysis::{Camera, LabelDensity, PlaceClass};
use crate::domain::LonLat;

/// The side of the box in which sites crowd, as share of the map's shorter side.
const COMPACT: f32 = 0.12;
/// Width of an inset as share of the map, and in points.
const WIDTH: (f32, [f32; 2]) = (0.34, [150.0, 330.0]);
/// Height for its width.
const HEIGHT: f32 = 0.8;
/// Smaller ones that are tried.
const SIZES: [f32; 4] = [1.0, 0.85, 0.72, 0.6];
/// Room of its title.
const TITLE: f32 = 16.0;
/// Points between its edge and the sites that it is for.
const INNER: f32 = 22.0;
/// By so many steps of the zoom it is larger at least, and at most.
const NEARER: [f64; 2] = [1.0, 4.0];
/// Points between the map's edge and an inset.
const MARGIN: f32 = 10.0;

/// An inset that has a place.
#[derive(Debug)]
pub(super) struct Inset {
    /// Its room, title included.
    pub(super) place: Rect,
    /// What is drawn on the ground, below glyphs and names: a frame around what it shows, and a line from there.
    pub(super) below: Vec<Item>,
    /// What is drawn over the map.
    pub(super) items: Vec<Item>,
    /// Its glyphs.
    pub(super) sites: Vec<DrawnSite>,
    /// What it shows, on the map.
    pub(super) shows: Rect,
}

/// Sites that crowd.
#[derive(Debug)]
pub(super) struct Crowd {
    positions: Vec<LonLat>,
    /// The box around them on the map, in points.
    bounds: Rect,
    /// The largest radius of a glyph there.
    radius: f32,
}

/// Where most sites share a glyph with others within a compact box; `None` where at most one has to.
pub(super) fn crowd(prepared: &Prepared<'_>, frame: &MapFrame, map: &MapScene) -> Option<Crowd> {
    let side = frame.rect.width().min(frame.rect.height()) * COMPACT;
    let mut all: Vec<([f32; 2], LonLat, usize)> = Vec::new();
    let glyphs =
        map.sites.iter().filter(|s| s.is_on_ground() && s.class != PlaceClass::Governorate);
    for (glyph, site) in glyphs.enumerate() {
        for number in site.numbers.iter().filter(|n| prepared.selection.shows_place(**n)) {
            if let Some(position) = prepared.counted.places.on_ground[*number as usize] {
                all.push((frame.to_point(position), position, glyph));
            }
        }
    }
    all.retain(|(at, ..)| frame.rect.contains(*at));
    let near = |seed: [f32; 2]| {
        let half = side / 2.0;
        let around =
            Rect { min: [seed[0] - half, seed[1] - half], max: [seed[0] + half, seed[1] + half] };
        all.iter().filter(move |(at, ..)| around.contains(*at))
    };
    let hidden = |seed: [f32; 2]| {
        let mut glyphs: Vec<usize> = near(seed).map(|(.., glyph)| *glyph).collect();
        let sites = glyphs.len();
        glyphs.sort_unstable();
        glyphs.dedup();
        sites - glyphs.len()
    };
    // Of equals the first, that of the glyph with most events.
    let mut best: Option<(usize, [f32; 2])> = None;
    for (seed, ..) in &all {
        let hidden = hidden(*seed);
        if hidden > best.map_or(1, |(most, _)| most) {
            best = Some((hidden, *seed));
        }
    }
    let (_, seed) = best?;
    let bounds = Rect::around(near(seed).map(|(at, ..)| *at))?;
    let on_ground = map.sites.iter().filter(|s| s.is_on_ground() && bounds.contains(s.center));
    let radius = on_ground.map(|s| s.radius).fold(0.0, f32::max);
    let positions = near(seed).map(|(_, position, _)| *position).collect();
    Some(Crowd { positions, bounds, radius })
}

/// Draws the inset where it covers no glyph and nothing at the map's edges, as large as there is room.
pub(super) fn place(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    (frame, map): (&MapFrame, &MapScene),
    crowd: &Crowd,
    labels: LabelDensity,
) -> Option<Inset> {
    let mut hard = Occupied::default();
    for place in &map.edges {
        hard.take(place.grown(3.0));
    }
    for site in map.sites.iter().filter(|s| s.is_on_ground()) {
        hard.take(disc_box(site.center, site.radius).grown(3.0));
    }
    let (share, [least, most]) = WIDTH;
    let widest = (frame.rect.width() * share).clamp(least, most);
    SIZES.into_iter().map(|size| widest * size).filter(|width| *width >= 110.0).find_map(|width| {
        let height = width * HEIGHT;
        let camera = camera_on(crowd, frame, [width, height])?;
        let shows = shown(frame, camera, [width, height]);
        let mut taken = hard.clone();
        taken.take(shows.grown(6.0));
        let place = free_place(frame.rect, [width, height + TITLE], &taken, &map.taken, &shows)?;
        let inner = Rect { min: [place.min[0], place.min[1] + TITLE], max: place.max };
        let inner = MapFrame { rect: inner, camera };
        Some(draw(shaper, theme, prepared, map, (place, inner, shows), labels))
    })
}

/// The camera that shows the crowd in an inset; `None` where that is hardly larger.
fn camera_on(crowd: &Crowd, frame: &MapFrame, [width, height]: [f32; 2]) -> Option<Camera> {
    let (across, down) = (crowd.bounds.width().max(1.0), crowd.bounds.height().max(1.0));
    // No glyph of theirs is cut at its edge.
    let inner = 2.0 * crowd.radius.max(INNER).min(height * 0.28);
    let larger = ((width - inner) / across).min((height - inner) / down);
    let [least, most] = NEARER;
    let nearer = f64::from(larger.max(1e-3)).log2().min(most);
    if nearer < least || crowd.positions.is_empty() {
        return None;
    }
    let zoom = (frame.camera.zoom + nearer).min(*camera::ZOOM_LIMITS.end());
    Some(camera::limited(Camera { center: frame.to_lon_lat(crowd.bounds.center()), zoom }))
}

/// The part of the map that an inset of this size shows.
fn shown(frame: &MapFrame, camera: Camera, [width, height]: [f32; 2]) -> Rect {
    let [x, y] = frame.to_point(camera.center);
    #[expect(clippy::cast_possible_truncation, reason = "a share")]
    let share = (frame.camera.zoom - camera.zoom).exp2() as f32;
    let [half_width, half_height] = [width * share / 2.0, height * share / 2.0];
    Rect { min: [x - half_width, y - half_height], max: [x + half_width, y + half_height] }
}

/// The place along the map's edges that has least underneath; of equals the one nearest to a corner.
fn free_place(
    map: Rect,
    [width, height]: [f32; 2],
    taken: &Occupied,
    names: &[Rect],
    shows: &Rect,
) -> Option<Rect> {
    const STEPS: u8 = 16;
    let inside = map.grown(-MARGIN);
    let slack = [inside.width() - width, inside.height() - height];
    if slack[0] < 0.0 || slack[1] < 0.0 {
        return None;
    }
    let along = (0..=STEPS).flat_map(|n| {
        let t = f32::from(n) / f32::from(STEPS);
        [[0.0, t], [1.0, t], [t, 0.0], [t, 1.0]]
    });
    let mut best: Option<(f32, Rect)> = None;
    for [across, down] in along {
        let corner = [inside.min[0] + slack[0] * across, inside.min[1] + slack[1] * down];
        let place = Rect::from_min_size(corner, width, height);
        if !taken.is_free(&place) {
            continue;
        }
        let under = names.iter().filter(|n| n.overlaps(&place)).count();
        let under = f32::from(u8::try_from(under.min(100)).unwrap_or(100));
        let from_corner = across.min(1.0 - across) * slack[0] + down.min(1.0 - down) * slack[1];
        let [a, b] = [place.center(), shows.center()];
        let cost = under * 12.0 + from_corner * 0.5 + (a[0] - b[0]).hypot(a[1] - b[1]) * 0.1;
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, place));
        }
    }
    best.map(|(_, place)| place)
}

fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    map: &MapScene,
    (place, inner, shows): (Rect, MapFrame, Rect),
    labels: LabelDensity,
) -> Inset {
    let edge = Stroke::solid(theme.text_muted, 0.9);
    let around = Stroke::solid(theme.halo, 2.8);
    let box_of = |rect: Rect, fill, stroke| {
        shapes::area(vec![shapes::closed(shapes::corners(rect))], fill, Some(stroke))
    };
    let mut below = vec![box_of(shows, None, around), box_of(shows, None, edge)];
    if let Some(line) = leader(&shows, &place, map) {
        below.push(shapes::line(line.to_vec(), around));
        below.push(shapes::line(line.to_vec(), edge));
    }
    let mut items = vec![shapes::filled(place, theme.paper)];
    let title = title(prepared, &inner).map(|words| {
        let room = place.width() - 12.0;
        shaper.shape_within(&words, style::SMALL_STRONG, room)
    });
    let parts = MapParts { labels, tells_unnamed: false, ..MapParts::default() };
    let furniture = MapFurniture { credits: None, legend: false, notes: false, date: None };
    let scene = MapLayout::new(theme, prepared, &inner)
        .with_parts(parts)
        .whole(shaper, theme, prepared, &furniture);
    items.push(Item::Group(Group {
        id: "inset-map".to_owned(),
        placement: Placement::IDENTITY,
        clip: Some(inner.rect),
        items: scene.items,
    }));
    if let Some(shaped) = title {
        let origin = [place.min[0] + 6.0, place.min[1] + (TITLE - shaped.height()) / 2.0];
        items.push(Item::Text(Text { origin, shaped, color: theme.text, halo: None }));
    }
    items.push(box_of(place, None, edge));
    let group = Group { id: "inset".to_owned(), placement: Placement::IDENTITY, clip: None, items };
    let sites = scene.sites.into_iter().filter(|s| inner.rect.contains(s.center)).collect();
    Inset { place, below, items: vec![Item::Group(group)], sites, shows }
}

/// A line between corners of what is shown and of the inset that crosses no glyph; the shortest.
fn leader(shows: &Rect, place: &Rect, map: &MapScene) -> Option<[[f32; 2]; 2]> {
    const STEPS: u8 = 24;
    let clear = |[a, b]: &[[f32; 2]; 2]| {
        (0..=STEPS).all(|n| {
            let t = f32::from(n) / f32::from(STEPS);
            let at = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
            let on_glyph = map.sites.iter().any(|s| {
                s.is_on_ground() && (s.center[0] - at[0]).hypot(s.center[1] - at[1]) < s.radius
            });
            let inside = n > 0
                && n < STEPS
                && (shows.grown(-0.5).contains(at) || place.grown(-0.5).contains(at));
            !on_glyph && !inside
        })
    };
    let length = |[a, b]: &[[f32; 2]; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
    let ends = shapes::corners(*place);
    shapes::corners(*shows)
        .into_iter()
        .flat_map(|a| ends.iter().map(move |b| [a, *b]))
        .filter(clear)
        .min_by(|a, b| length(a).total_cmp(&length(b)))
}

/// What an inset is named after: its largest town, as the basemap ranks them; none where it shows none.
fn title(prepared: &Prepared<'_>, inner: &MapFrame) -> Option<String> {
    let towns = prepared.basemap.data.towns.iter();
    let inside = towns.filter(|t| {
        let [lon, lat] = t.position.map(f64::from);
        inner.rect.contains(inner.to_point(LonLat::clamped(lon, lat)))
    });
    let town = inside.min_by_key(|t| (t.rank, std::cmp::Reverse(t.population)))?;
    Some(format!("{} and surroundings", town.name))
}
