//! The inset of a figure: where sites crowd, a map of its own at a larger scale, drawn by the same functions, with a frame on
//! the map that says what it shows.

use super::camera::{self, MapFrame};
use super::counted::Prepared;
use super::glyph::glyph_radius;
use super::labels::Occupied;
use super::map::{DrawnSite, MapFurniture, MapScene};
use super::map_glyphs::disc_box;
use super::map_layout::MapLayout;
use super::map_parts::MapParts;
use super::marks::site_marks;
use super::text::Shaper;
use super::theme::{Theme, style};
use super::{Group, Item, Placement, Rect, Stroke, Text, ground_names, inset_room, shapes};
use crate::analysis::{Camera, LabelDensity, PlaceClass};
use crate::domain::LonLat;

/// The side of the box in which sites crowd, as share of the map's shorter side.
const COMPACT: f32 = 0.12;
/// Width of an inset as share of the map, and in points.
const WIDTH: (f32, [f32; 2]) = (0.34, [150.0, 330.0]);
/// Height for its width.
const HEIGHT: f32 = 0.8;
/// Others that are tried.
const SIZES: [f32; 6] = [1.0, 0.85, 0.72, 0.6, 1.2, 1.4];
/// Room of its title.
const TITLE: f32 = 16.0;
/// Points between its edge and the glyphs that it is for.
const INNER: f32 = 5.0;
/// By so many steps of the zoom it is larger.
const NEARER: [f64; 9] = [1.0, 1.33, 1.67, 2.0, 2.33, 2.67, 3.0, 3.33, 3.67];
/// The least side of the frame on the map that says what it shows, in points.
const LEAST_FRAME: f32 = 15.0;
/// The least width of one on the map, in points.
const LEAST_WIDTH: f32 = 110.0;

/// An inset that has a place.
#[derive(Debug)]
pub(super) struct Inset {
    /// Its room, title included.
    pub(super) place: Rect,
    /// What is drawn on the ground, below glyphs and names: a line from what it shows to it.
    pub(super) below: Vec<Item>,
    /// What is drawn over glyphs: a frame around what it shows.
    pub(super) frame: Item,
    /// The inset itself.
    pub(super) items: Vec<Item>,
    /// Its glyphs.
    pub(super) sites: Vec<DrawnSite>,
    /// What it shows, on the map.
    pub(super) shows: Rect,
}

/// Sites that crowd.
#[derive(Debug)]
pub(super) struct Crowd {
    /// Their places, by number in the record, in order.
    numbers: Vec<u32>,
    /// How many glyphs they have on the map.
    glyphs: usize,
    /// The box around them on the map, in points.
    bounds: Rect,
}

/// Where most sites share a glyph with others within a compact box; `None` where at most one has to.
pub(super) fn crowd(prepared: &Prepared<'_>, frame: &MapFrame, map: &MapScene) -> Option<Crowd> {
    let side = frame.rect.width().min(frame.rect.height()) * COMPACT;
    let mut all: Vec<([f32; 2], u32, usize)> = Vec::new();
    let glyphs =
        map.sites.iter().filter(|s| s.is_on_ground() && s.class != PlaceClass::Governorate);
    for (glyph, site) in glyphs.enumerate() {
        for number in site.numbers.iter().filter(|n| prepared.selection.shows_place(**n)) {
            if let Some(position) = prepared.counted.places.on_ground[*number as usize] {
                all.push((frame.to_point(position), *number, glyph));
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
    let (hidden, seed) = best?;
    let bounds = Rect::around(near(seed).map(|(at, ..)| *at))?;
    let mut numbers: Vec<u32> = near(seed).map(|(_, number, _)| *number).collect();
    let glyphs = numbers.len() - hidden;
    numbers.sort_unstable();
    Some(Crowd { numbers, glyphs, bounds })
}

/// Draws the inset on the map where it covers no glyph and nothing at the map's edges, as large as there is room.
pub(super) fn on_map(
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
    let widths = SIZES.into_iter().map(|size| widest * size).filter(|width| *width >= LEAST_WIDTH);
    widths.into_iter().find_map(|width| {
        let height = width * HEIGHT;
        let camera = camera_on(prepared, crowd, frame, [width, height])?;
        let shows = shown(frame, camera, [width, height]);
        let mut taken = hard.clone();
        taken.take(shows.grown(6.0));
        let size = [width, height + TITLE];
        let place = inset_room::free_place(frame.rect, size, &taken, &map.taken, &shows)?;
        let (inset, is_clear) =
            draw(shaper, theme, prepared, (frame, map), (place, camera), labels);
        is_clear.then_some(inset)
    })
}

/// Draws the inset in a room of its own off the map.
pub(super) fn off_map(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    (frame, map): (&MapFrame, &MapScene),
    (crowd, place): (&Crowd, Rect),
    labels: LabelDensity,
) -> Option<Inset> {
    let size = [place.width(), place.height() - TITLE];
    let camera = camera_on(prepared, crowd, frame, size)?;
    let (inset, _) = draw(shaper, theme, prepared, (frame, map), (place, camera), labels);
    Some(inset)
}

/// The camera that shows the crowd in an inset with more glyphs than the map has of it, none of them cut; `None` where
/// there is none. Of several one that has many glyphs of it and cuts no other either; of equals the farthest.
fn camera_on(
    prepared: &Prepared<'_>,
    crowd: &Crowd,
    map: &MapFrame,
    [width, height]: [f32; 2],
) -> Option<Camera> {
    let rect = Rect::from_min_size([0.0; 2], width, height);
    let middle = map.to_lon_lat(crowd.bounds.center());
    let mut best: Option<(usize, Camera)> = None;
    let large = |nearer: &f64| {
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        let share = (-nearer).exp2() as f32;
        width.min(height) * share >= LEAST_FRAME
    };
    for nearer in NEARER.into_iter().filter(large) {
        let zoom = (map.camera.zoom + nearer).min(*camera::ZOOM_LIMITS.end());
        let camera = camera::limited(Camera { center: middle, zoom });
        let frame = MapFrame { rect, camera };
        let points = ground_names::capital_points(prepared.basemap, &frame);
        let mut marks = site_marks(prepared, &frame, &points);
        let (all, _) = marks.counted(prepared, &frame);
        let discs = all.iter().filter(|(_, count)| !count.is_empty()).map(|(mark, count)| {
            let numbers = &marks.groups[mark.group].numbers;
            let is_meant = mark.place.class != PlaceClass::Governorate
                && numbers.iter().any(|n| crowd.numbers.binary_search(n).is_ok());
            let place = disc_box(mark.center, glyph_radius(count, prepared.scale()));
            (is_meant, place.grown(INNER))
        });
        let discs: Vec<(bool, Rect)> = discs.collect();
        let meant = || discs.iter().filter(|(is_meant, _)| *is_meant).map(|(_, place)| place);
        let Some(around) = Rect::around(meant().flat_map(|place| [place.min, place.max])) else {
            continue;
        };
        let is_whole = around.width() <= width && around.height() <= height;
        let apart = meant().count();
        if !is_whole || apart <= crowd.glyphs {
            continue;
        }
        // In the middle, or where no other glyph is cut.
        let slack = [width - around.width(), height - around.height()].map(|s| s / 2.0);
        let steps = [0.0, 0.5, -0.5, 1.0, -1.0];
        let shifts = steps.map(|down| steps.map(|across| [across, down]));
        let seen = |[across, down]: [f32; 2]| {
            let [x, y] = around.center();
            let [x, y] = [x + across * slack[0], y + down * slack[1]];
            Rect::from_min_size([x - width / 2.0, y - height / 2.0], width, height)
        };
        let cuts_none = |seen: &Rect| {
            let cuts = |p: &Rect| seen.overlaps(p) && !seen.encloses(&p.grown(1.0 - INNER));
            !discs.iter().any(|(_, place)| cuts(place))
        };
        let clear = shifts.into_iter().flatten().map(seen).find(cuts_none);
        // Rather a fourth fewer of them than another that is cut.
        let found = apart * if clear.is_some() { 4 } else { 3 };
        if best.is_none_or(|(before, _)| found > before) {
            let center = frame.to_lon_lat(clear.unwrap_or_else(|| seen([0.0; 2])).center());
            best = Some((found, camera::limited(Camera { center, zoom })));
        }
    }
    best.map(|(_, camera)| camera)
}

/// The part of the map that an inset of this size shows.
fn shown(frame: &MapFrame, camera: Camera, [width, height]: [f32; 2]) -> Rect {
    let [x, y] = frame.to_point(camera.center);
    #[expect(clippy::cast_possible_truncation, reason = "a share")]
    let share = (frame.camera.zoom - camera.zoom).exp2() as f32;
    let [half_width, half_height] = [width * share / 2.0, height * share / 2.0];
    Rect { min: [x - half_width, y - half_height], max: [x + half_width, y + half_height] }
}

/// Draws an inset; also whether what stands at its edges covers no glyph.
fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    (frame, map): (&MapFrame, &MapScene),
    (place, camera): (Rect, Camera),
    labels: LabelDensity,
) -> (Inset, bool) {
    let (edge, around) = (Stroke::solid(theme.text, 1.1), Stroke::solid(theme.halo, 3.0));
    let box_of = |rect: Rect, fill, stroke| {
        shapes::area(vec![shapes::closed(shapes::corners(rect))], fill, Some(stroke))
    };
    let group = |id: &str, clip, items| {
        let id = id.to_owned();
        Item::Group(Group { id, placement: Placement::IDENTITY, clip, items })
    };
    let inner = Rect { min: [place.min[0], place.min[1] + TITLE], max: place.max };
    let inner = MapFrame { rect: inner, camera };
    let shows = shown(frame, camera, [inner.rect.width(), inner.rect.height()]);
    let outline = inset_room::outline(&shows, map);
    let framed = [around, edge].map(|stroke| shapes::lines(outline.clone(), stroke)).to_vec();
    let mut below = Vec::new();
    if let Some(line) = inset_room::leader(&shows, &place, map) {
        let thin = Stroke::solid(theme.text_muted, 0.9);
        below.extend([around, thin].map(|stroke| shapes::line(line.to_vec(), stroke)));
    }
    let parts = MapParts { labels, tells_unnamed: false, ..MapParts::default() };
    let furniture = MapFurniture { credits: None, legend: false, notes: false, date: None };
    let scene = MapLayout::new(theme, prepared, &inner)
        .with_parts(parts)
        .whole(shaper, theme, prepared, &furniture);
    let near = |edge: &Rect, site: &DrawnSite| {
        let [x, y] = [0, 1].map(|axis| {
            site.center[axis].clamp(edge.min[axis], edge.max[axis]) - site.center[axis]
        });
        site.is_on_ground() && x.hypot(y) < site.radius
    };
    let is_clear = !scene.edges.iter().any(|edge| scene.sites.iter().any(|site| near(edge, site)));
    let mut items = vec![shapes::filled(place, theme.paper)];
    items.push(group("inset-map", Some(inner.rect), scene.items));
    let title = titles(prepared, &inner, frame).into_iter().find_map(|words| {
        let shaped = shaper.shape(&words, style::SMALL_STRONG);
        (shaped.width() <= place.width() - 12.0).then_some(shaped)
    });
    if let Some(shaped) = title {
        let origin = [place.min[0] + 6.0, place.min[1] + (TITLE - shaped.height()) / 2.0];
        items.push(Item::Text(Text { origin, shaped, color: theme.text, halo: None }));
    }
    items.push(box_of(place, None, Stroke::solid(theme.text, 0.9)));
    let items = vec![group("inset", None, items)];
    let sites = scene.sites.into_iter().filter(|s| inner.rect.contains(s.center)).collect();
    let frame = group("inset-frame", None, framed);
    (Inset { place, below, frame, items, sites, shows }, is_clear)
}

/// What an inset is named, the longest first: after its largest town, as the basemap ranks them, and by how much it is
/// larger than the map.
fn titles(prepared: &Prepared<'_>, inner: &MapFrame, map: &MapFrame) -> Vec<String> {
    let towns = prepared.basemap.data.towns.iter();
    let inside = towns.filter(|t| {
        let [lon, lat] = t.position.map(f64::from);
        inner.rect.contains(inner.to_point(LonLat::clamped(lon, lat)))
    });
    let town = inside.min_by_key(|t| (t.rank, std::cmp::Reverse(t.population)));
    let larger = (inner.camera.zoom - map.camera.zoom).exp2();
    let larger = format!("{larger:.0} times the scale of the map");
    let Some(town) = town else { return vec![format!("In the frame, {larger}")] };
    let named = format!("{} and surroundings", town.name);
    vec![format!("{named}, {larger}"), named, town.name.clone()]
}
