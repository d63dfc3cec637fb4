//! What stands out on the map: the site of an event and those of the events that sources tie to it, with a dashed
//! line between them and the lag on it. Drawn over the map, which stays as it is.

use super::document::Document;
use super::pen::Pen;
use crate::analysis::{Lit, Place, place};
use crate::domain::EventIndex;
use crate::scene::camera::MapFrame;
use crate::scene::glyph::centered;
use crate::scene::map::{DrawnSite, MapScene};
use crate::scene::theme::style;
use crate::scene::{Circle, Dash, Item, Rect, Stroke, shapes};

/// Radius in points of a ring around a site without a glyph.
const BARE: f32 = 9.0;
/// Points between a glyph and its ring.
const GAP: f32 = 4.0;

/// Where an event is on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spot {
    /// At a glyph, or a point without one: centre and radius.
    Round([f32; 2], f32, bool),
    /// In a note at the edge.
    Note(Rect),
}

impl Spot {
    /// Where an event is; `None` where it has no place on the map.
    ///
    /// One that the map counts is where its glyph is. Another is at its position, as exactly as that is known:
    /// what is only known to a governorate has no point.
    fn of(
        document: &Document,
        map: &MapScene,
        frame: &MapFrame,
        event: EventIndex,
    ) -> Option<Self> {
        let dataset = &document.dataset;
        let this = dataset.event(event);
        let place = Place::of(dataset, this);
        let is_counted = document.selection.shown_event(event).is_some();
        let glyph = map.sites.iter().rev().find(|d| d.places.contains(&place));
        if let Some(drawn) = glyph.filter(|_| is_counted) {
            return Some(match drawn.note {
                Some(note) => Self::Note(note),
                None => Self::Round(drawn.center, drawn.radius, true),
            });
        }
        let position = place.position(dataset)?;
        let radius = place::radius_m(dataset, this)
            .map_or(BARE.into(), |metres| metres / frame.metres_per_point(position.lat()));
        #[expect(clippy::cast_possible_truncation, reason = "points of a picture")]
        let radius = (radius as f32).max(BARE);
        Some(Self::Round(frame.to_point(position), radius, false))
    }

    fn center(self) -> [f32; 2] {
        match self {
            Self::Round(center, ..) => center,
            Self::Note(rect) => rect.center(),
        }
    }

    /// Where a line that comes from somewhere meets its ring.
    fn rim(self, from: [f32; 2]) -> [f32; 2] {
        let [x, y] = self.center();
        let (dx, dy) = (from[0] - x, from[1] - y);
        let length = dx.hypot(dy).max(1e-3);
        let share = match self {
            Self::Round(_, radius, _) => (radius + GAP) / length,
            Self::Note(r) => {
                let across = (r.width() / 2.0 / dx.abs().max(1e-3))
                    .min(r.height() / 2.0 / dy.abs().max(1e-3));
                across.min(1.0)
            }
        };
        [x + dx * share.min(1.0), y + dy * share.min(1.0)]
    }
}

/// What is drawn over the map for an event that stands out; nothing where no source ties it to another.
pub(super) fn items(
    pen: &mut Pen,
    document: &Document,
    lit: &Lit,
    map: &MapScene,
    frame: &MapFrame,
) -> Vec<Item> {
    let mut items = Vec::new();
    let spot = |event| Spot::of(document, map, frame, event);
    let Some(here) = spot(lit.event).filter(|_| !lit.ties.is_empty()) else { return items };
    let theme = pen.theme;
    let mut rings = vec![here];
    let mut labels: Vec<(Rect, Item)> = Vec::new();
    for tie in &lit.ties {
        let Some(there) = spot(tie.other) else { continue };
        let lag = tie.pair.lag.words();
        let [[ax, ay], [bx, by]] = [here.center(), there.center()];
        let shaped = pen.shaper.shape(&lag, style::SMALL_STRONG);
        let (width, height) = (shaped.width() + 8.0, shaped.height() + 2.0);
        let middle = if (ax - bx).hypot(ay - by) < 1.0 {
            [ax, ay]
        } else {
            let (a, b) = (here.rim([bx, by]), there.rim([ax, ay]));
            let dash = Some(Dash { on: 5.0, off: 3.5 });
            items.push(shapes::line(vec![a, b], Stroke::solid(theme.halo, 4.0)));
            items.push(shapes::line(
                vec![a, b],
                Stroke { dash, ..Stroke::solid(theme.accent, 1.8) },
            ));
            [f32::midpoint(a[0], b[0]), f32::midpoint(a[1], b[1])]
        };
        if !rings.contains(&there) {
            rings.push(there);
        }
        let free = |at: &[f32; 2]| {
            let place =
                Rect::from_min_size([at[0] - width / 2.0, at[1] - height / 2.0], width, height);
            frame.rect.encloses(&place)
                && labels.iter().all(|(other, _)| !other.overlaps(&place))
                && map.sites.iter().all(|site| !covers(site, &place))
        };
        // Farther and farther below and above the middle of the line.
        let [x, y] = middle;
        let aside = [0.0, 14.0, -14.0, 28.0, -28.0, 42.0, -42.0, 60.0].map(|dy| [x, y + dy]);
        let Some(at) = aside.into_iter().find(free) else { continue };
        let place = Rect::from_min_size([at[0] - width / 2.0, at[1] - height / 2.0], width, height);
        labels.push((place, Item::Text(centered(shaped, at, theme.text, None))));
    }
    for (i, ring) in rings.iter().enumerate() {
        items.extend(drawn(pen, *ring, i == 0));
    }
    for (place, label) in labels {
        let plate = vec![shapes::closed(shapes::rounded(place, 3.0))];
        items.push(shapes::area(plate, Some(theme.plate), None));
        items.push(label);
    }
    items
}

/// Whether a glyph or a note lies under a rectangle.
fn covers(site: &DrawnSite, place: &Rect) -> bool {
    let half = site.radius;
    let [x, y] = site.center;
    let glyph = Rect { min: [x - half, y - half], max: [x + half, y + half] };
    site.note.unwrap_or(glyph).overlaps(place)
}

fn drawn(pen: &Pen, spot: Spot, is_first: bool) -> Vec<Item> {
    let (halo, accent) = (pen.theme.halo, pen.theme.accent);
    let width = if is_first { 2.6 } else { 1.8 };
    match spot {
        Spot::Round(center, radius, is_glyph) => {
            let ring = |width, color, dash| {
                let stroke = Some(Stroke { dash, ..Stroke::solid(color, width) });
                Item::Circle(Circle { center, radius: radius + GAP - 1.0, fill: None, stroke })
            };
            // What the map itself does not show is no more than an outline.
            let dash = (!is_glyph).then_some(Dash { on: 3.0, off: 2.5 });
            vec![ring(width + 2.4, halo, None), ring(width, accent, dash)]
        }
        Spot::Note(rect) => {
            let contour = shapes::closed(shapes::rounded(rect.grown(2.0), 4.0));
            vec![shapes::area(vec![contour], None, Some(Stroke::solid(accent, width)))]
        }
    }
}
