//! Other positions at which a source puts an event: a hollow mark, joined to the event's own glyph by a
//! dashed line. The event is counted once, at its own place.

use super::areas::ground_position;
use super::camera::MapFrame;
use super::counted::Prepared;
use super::groups::PlaceGroup;
use super::labels::Occupied;
use super::map::{DrawnSite, MapInput};
use super::places::RivalReport;
use super::text::Shaper;
use super::theme::{Theme, style};
use super::{Circle, Dash, Group, Item, Placement, Rect, Stroke, Text, shapes};
use crate::analysis::{Place, PlaceClass, event_words, words};
use crate::domain::{EventIndex, LonLat, SiteIndex, SourceIndex};

/// Radius of a mark that stands alone.
const RADIUS: f32 = 6.0;

/// A place at which a source puts events that the record has elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherPosition {
    /// Middle of its mark, in points of the scene.
    pub center: [f32; 2],
    /// Radius of its mark.
    pub radius: f32,
    /// Which events, and who says so.
    pub words: String,
}

/// Events of one site that sources put at one other site.
struct Rival {
    events: Vec<EventIndex>,
    from: SiteIndex,
    to: SiteIndex,
    sources: Vec<SourceIndex>,
}

/// Draws the other positions of the events shown: lines into `below` the glyphs, which are `drawn`, and
/// marks into `above` them.
pub(super) fn draw(
    theme: &Theme,
    prepared: &Prepared<'_>,
    frame: &MapFrame,
    drawn: &[DrawnSite],
    (below, above): (&mut Vec<Item>, &mut Vec<Item>),
) -> Vec<OtherPosition> {
    let mut found = Vec::new();
    let input = &prepared.input;
    for rival in apart(prepared, drawn) {
        let Some((center, radius)) = mark(input, frame, drawn, rival.to) else { continue };
        let dash = |on, off| Some(Dash { on, off });
        let event = input.dataset.event(rival.events[0]);
        let color = theme.class(event.direction);
        let place = Place::of(input.dataset, event);
        let own = drawn.iter().find(|d| d.members.contains(&rival.from) && d.class == place.class);
        if let Some(line) = own.and_then(|own| gap(own.center, own.radius, center, radius)) {
            let stroke = Stroke { dash: dash(4.0, 3.0), ..Stroke::solid(color, 1.1) };
            below.push(shapes::line(line.to_vec(), Stroke::solid(theme.halo, 2.6)));
            below.push(shapes::line(line.to_vec(), stroke));
        }
        let stroke = Some(Stroke { dash: dash(2.0, 2.0), ..Stroke::solid(color, 1.4) });
        above.push(Item::Group(Group {
            id: format!("also:{}", input.dataset.site(rival.to).id),
            placement: Placement::IDENTITY,
            clip: None,
            items: vec![Item::Circle(Circle { center, radius, fill: None, stroke })],
        }));
        found.push(OtherPosition { center, radius, words: told(input, &rival) });
    }
    found
}

/// Names who says so beside each mark that has room for it.
pub(super) fn label(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    frame: &MapFrame,
    drawn: &[DrawnSite],
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    let input = &prepared.input;
    for rival in apart(prepared, drawn) {
        let Some(([x, y], r)) = mark(input, frame, drawn, rival.to) else { continue };
        let who = event_words::publishers(input.dataset, &rival.sources);
        let shaped = shaper.shape(&format!("also placed here: {who}"), style::FOOTNOTE);
        let (w, h, gap) = (shaped.width(), shaped.height(), r + 4.0);
        let places = [
            [x + gap, y - h / 2.0],
            [x - gap - w, y - h / 2.0],
            [x - w / 2.0, y + gap],
            [x - w / 2.0, y - gap - h],
        ]
        .map(|min| Rect::from_min_size(min, w, h));
        let free = |p: &&Rect| frame.rect.encloses(p) && occupied.is_free(p);
        let Some(place) = places.iter().find(free).copied() else { continue };
        occupied.take(place);
        let halo = Some(theme.map_halo());
        items.push(Item::Text(Text { origin: place.min, shaped, color: theme.text_muted, halo }));
    }
}

/// Whether a source puts an event shown at another site that the map can show apart from its own.
pub(super) fn is_any(prepared: &Prepared<'_>, frame: &MapFrame) -> bool {
    let rivals = rivals(prepared);
    if rivals.is_empty() {
        return false;
    }
    let groups = prepared.counted.groups(frame.camera.zoom);
    let holds = |g: &PlaceGroup, site: SiteIndex| g.members.iter().any(|m| m.site == site);
    let share = |r: &Rival| groups.iter().any(|g| holds(g, r.from) && holds(g, r.to));
    rivals.iter().any(|r| !share(r) && position(&prepared.input, r.to).is_some())
}

/// The position of a mark at a site, where the ground has it.
pub(super) fn position(input: &MapInput<'_>, site: SiteIndex) -> Option<LonLat> {
    ground_position(input, &site_place(input, site))
}

/// The rivals of the events shown, but for those whose two sites share a glyph: they part when the map is
/// nearer.
fn apart(prepared: &Prepared<'_>, drawn: &[DrawnSite]) -> Vec<Rival> {
    let share = |d: &DrawnSite, r: &Rival| d.members.contains(&r.from) && d.members.contains(&r.to);
    let mut rivals = rivals(prepared);
    rivals.retain(|rival| !drawn.iter().any(|d| share(d, rival)));
    rivals
}

/// The events shown that a source puts at another site, by site and other site.
fn rivals(prepared: &Prepared<'_>) -> Vec<Rival> {
    let input = &prepared.input;
    let mut rivals: Vec<Rival> = Vec::new();
    for RivalReport { event, from, to, source } in prepared.counted.rivals.iter().copied() {
        if input.selection.shown_event(event).is_none() {
            continue;
        }
        let known = rivals.iter().position(|r| r.from == from && r.to == to);
        let at = known.unwrap_or_else(|| {
            rivals.push(Rival { events: Vec::new(), from, to, sources: Vec::new() });
            rivals.len() - 1
        });
        let rival = &mut rivals[at];
        if rival.events.last() != Some(&event) {
            rival.events.push(event);
        }
        rival.sources.push(source);
    }
    rivals
}

fn site_place(input: &MapInput<'_>, site: SiteIndex) -> Place {
    let class = PlaceClass::of(input.dataset.site(site).precision);
    Place { site, class, own_position: None }
}

/// Where the mark at a site stands: around the site's glyph, else at its place; and its radius.
fn mark(
    input: &MapInput<'_>,
    frame: &MapFrame,
    drawn: &[DrawnSite],
    site: SiteIndex,
) -> Option<([f32; 2], f32)> {
    let on_ground = |d: &&DrawnSite| d.members.contains(&site) && d.is_on_ground();
    if let Some(glyph) = drawn.iter().find(on_ground) {
        return Some((glyph.center, glyph.radius + 3.5));
    }
    let position = position(input, site)?;
    Some((frame.to_point(position), RADIUS))
}

/// The line between two circles; `None` where they touch.
fn gap(a: [f32; 2], a_radius: f32, b: [f32; 2], b_radius: f32) -> Option<[[f32; 2]; 2]> {
    let [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    let far = dx.hypot(dy);
    let on = |from: f32| [a[0] + dx / far * from, a[1] + dy / far * from];
    (far > a_radius + b_radius + 1.0).then(|| [on(a_radius), on(far - b_radius)])
}

/// "Also placed here by Jerusalem Post: US Embassy in Baghdad, 5 July 2021. Counted at its own site."
fn told(input: &MapInput<'_>, rival: &Rival) -> String {
    let dataset = input.dataset;
    let who = event_words::publishers(dataset, &rival.sources);
    let dates: Vec<_> =
        rival.events.iter().map(|e| words::event_date(&dataset.event(*e).date)).collect();
    let (from, to) = (&dataset.site(rival.from).name, &dataset.site(rival.to).name);
    format!("Also placed here ({to}) by {who}: {}. Counted once, at {from}.", dates.join("; "))
}
