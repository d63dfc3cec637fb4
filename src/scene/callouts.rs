//! Callouts: notes on the map of a figure, each with a thin line to a site or an event. They cover no glyph and no other
//! callout; names of sites make room for them.

use std::sync::Arc;

use super::counted::Prepared;
use super::labels::Occupied;
use super::map::{DrawnSite, MapScene};
use super::text::{Align, ShapedText, Shaper};
use super::theme::{Theme, size, style};
use super::{Group, Item, Placement, Rect, Stroke, Text, shapes};
use crate::analysis::{Callout, CalloutAt, Record, Selection, event_words, words};
use crate::domain::{Code as _, EventIndex, SiteIndex};

/// The widest that a callout gets, and the narrowest.
const WIDTHS: [f32; 2] = [160.0, 112.0];
const PADDING: f32 = 4.0;
/// Points from the rim of a glyph to its callout that are tried.
const AWAY: [f32; 9] = [12.0, 20.0, 32.0, 48.0, 68.0, 92.0, 124.0, 164.0, 210.0];
/// Directions that are tried.
const TURNS: u8 = 24;
/// What it costs, in points, to stand where a name would have stood.
const OVER_NAME: f32 = 14.0;

/// What callouts come to on a map.
#[derive(Debug, Default)]
pub(super) struct Placed {
    /// Their items.
    pub(super) items: Vec<Item>,
    /// The room that they take, lines included.
    pub(super) kept: Vec<Rect>,
    /// What found no room, or is not shown, in words.
    pub(super) told: Vec<String>,
}

/// A callout with its words.
struct Wording {
    head: Option<String>,
    body: String,
}

/// Places the callouts of a figure in their order.
pub(super) fn place(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    map: &MapScene,
    frame: Rect,
    (callouts, kept, off_map): (&[Callout], &[Rect], &[DrawnSite]),
) -> Placed {
    let (record, selection) = (prepared.input.dataset, prepared.input.selection);
    let mut hard = Occupied::default();
    for place in map.edges.iter().chain(kept) {
        hard.take(place.grown(2.0));
    }
    let discs: Vec<([f32; 2], f32)> =
        map.sites.iter().filter(|s| s.is_on_ground()).map(|s| (s.center, s.radius)).collect();
    let mut placed = Placed::default();
    let mut lines: Vec<[[f32; 2]; 2]> = Vec::new();
    for callout in callouts {
        let [site, beside] =
            [&map.sites[..], off_map].map(|sites| find(record, selection, sites, &callout.at));
        if site.or(beside).is_none() {
            placed.told.push(format!("Not shown in these days: {}.", name(record, &callout.at)));
            continue;
        }
        let wording = wording(prepared, callout);
        let found = WIDTHS.into_iter().find_map(|width| {
            let target = Target { discs: &discs, site: site? };
            let text = Shaped::of(shaper, &wording, width);
            let spot = target.spot(frame.grown(-4.0), &text, &hard, (&map.taken, &lines))?;
            Some((text, spot))
        });
        let Some((text, (plate, line))) = found else {
            let head = wording.head.unwrap_or_else(|| name(record, &callout.at));
            let body = wording.body.trim_end_matches('.');
            placed.told.push(format!("Noted here for want of room on the map: {head}: {body}."));
            continue;
        };
        hard.take(plate.grown(2.0));
        placed.kept.push(plate);
        let mut room = Occupied::default();
        room.take_line(line);
        placed.kept.extend(room.boxes());
        lines.push(line);
        placed.items.push(text.draw(theme, plate, line));
    }
    placed
}

/// The glyph or note that stands for what a callout points at.
fn find<'a>(
    record: &Record,
    selection: &Selection,
    drawn: &'a [DrawnSite],
    at: &CalloutAt,
) -> Option<&'a DrawnSite> {
    let (site, place) = match at {
        CalloutAt::Site(id) => (record.find_site(id)?, None),
        CalloutAt::Event(id) => {
            let event = record.find_event(id)?;
            selection.shown_event(event)?;
            (record.event(event).site, Some(record.table().place(event.get())))
        }
    };
    let here = |d: &&DrawnSite| d.members.contains(&site) && !d.count.is_empty();
    let of_place = |d: &&DrawnSite| place.is_some_and(|place| d.numbers.contains(&place));
    drawn
        .iter()
        .find(|d| here(d) && of_place(d))
        .or_else(|| drawn.iter().filter(here).max_by_key(|d| (d.is_on_ground(), d.count.both())))
}

/// What a callout points at, for people.
fn name(record: &Record, at: &CalloutAt) -> String {
    match at {
        CalloutAt::Site(id) => record
            .find_site(id)
            .map_or_else(|| format!("site {id}"), |site| record.site(site).name.clone()),
        CalloutAt::Event(id) => record.find_event(id).map_or_else(
            || format!("event {id}"),
            |event| format!("event {id}, {}", words::event_date(&record.event(event).date)),
        ),
    }
}

fn wording(prepared: &Prepared<'_>, callout: &Callout) -> Wording {
    let record = prepared.input.dataset;
    if let Some(text) = &callout.text {
        return Wording { head: None, body: text.clone() };
    }
    let computed = match &callout.at {
        CalloutAt::Site(id) => record.find_site(id).map(|site| of_site(prepared, site)),
        CalloutAt::Event(id) => record.find_event(id).map(|event| of_event(record, event)),
    };
    computed.unwrap_or_else(|| Wording { head: None, body: name(record, &callout.at) })
}

fn of_site(prepared: &Prepared<'_>, site: SiteIndex) -> Wording {
    let record = prepared.input.dataset;
    let [certain, possible] = prepared.selection.count_at(record, site);
    let noun = prepared.view.rule.noun(certain.max(possible));
    let body = format!("{} {noun}", words::count(certain, possible));
    Wording { head: Some(record.site(site).name.clone()), body }
}

/// Date, weapon, harm and number of sources.
fn of_event(record: &Record, index: EventIndex) -> Wording {
    let event = record.event(index);
    let mut body = words::capitalised(&match event.munitions.get() {
        Some(n) => format!("{}, {}", event.weapon.label(), n.words()),
        None => event.weapon.label().to_owned(),
    });
    let harm = event_words::casualties(event);
    body.push_str(&format!("; killed or wounded: {harm}"));
    let sources = record.independent_sources(index);
    let noun = if sources == 1 { "independent source" } else { "independent sources" };
    body.push_str(&format!("; {} {noun}", words::thousands(sources)));
    Wording { head: Some(words::capitalised(&words::event_date(&event.date))), body }
}

/// The words of a callout in lines.
struct Shaped {
    head: Option<Arc<ShapedText>>,
    body: Arc<ShapedText>,
}

impl Shaped {
    fn of(shaper: &mut Shaper, wording: &Wording, width: f32) -> Self {
        let mut wrap = |words: &str, look| shaper.wrap(words, look, width, Align::Start);
        Self {
            head: wording.head.as_deref().map(|head| wrap(head, style::SMALL_STRONG)),
            body: wrap(&wording.body, style::SMALL),
        }
    }

    fn size(&self) -> [f32; 2] {
        let head = self.head.as_ref().map_or([0.0; 2], |h| [h.width(), h.height()]);
        [
            head[0].max(self.body.width()) + 2.0 * PADDING,
            head[1] + self.body.height() + 2.0 * PADDING - 2.0,
        ]
    }

    fn draw(self, theme: &Theme, plate: Rect, line: [[f32; 2]; 2]) -> Item {
        let around = Stroke::solid(theme.halo, size::LEADER + 2.0);
        let edge = Stroke::solid(theme.text, size::LEADER);
        let contour = || vec![shapes::closed(shapes::rounded(plate, 2.0))];
        let mut items = vec![
            shapes::line(line.to_vec(), around),
            shapes::area(contour(), Some(theme.plate), Some(Stroke::solid(theme.text_muted, 0.5))),
            shapes::line(line.to_vec(), edge),
        ];
        let [x, mut y] = [plate.min[0] + PADDING, plate.min[1] + PADDING - 1.0];
        for shaped in self.head.into_iter().chain([self.body]) {
            let height = shaped.height();
            items.push(Item::Text(Text { origin: [x, y], shaped, color: theme.text, halo: None }));
            y += height;
        }
        Item::Group(Group {
            id: "callout".to_owned(),
            placement: Placement::IDENTITY,
            clip: None,
            items,
        })
    }
}

/// What a callout points at, among the glyphs of the map.
struct Target<'a> {
    discs: &'a [([f32; 2], f32)],
    site: &'a DrawnSite,
}

impl Target<'_> {
    /// Where its words stand best, and the line to them; `None` where there is no room.
    fn spot(
        &self,
        inside: Rect,
        text: &Shaped,
        hard: &Occupied,
        (names, lines): (&[Rect], &[[[f32; 2]; 2]]),
    ) -> Option<(Rect, [[f32; 2]; 2])> {
        let [width, height] = text.size();
        let (center, reach) = match self.site.note {
            None => (self.site.center, [self.site.radius; 2]),
            Some(note) => (note.center(), [note.width() / 2.0, note.height() / 2.0]),
        };
        let mut best: Option<(f32, Rect, [[f32; 2]; 2])> = None;
        for away in AWAY {
            // What is farther than the best with all its cost is not better.
            if best.as_ref().is_some_and(|(cost, ..)| *cost <= away) {
                break;
            }
            for turn in 0..TURNS {
                let angle = f32::from(turn) / f32::from(TURNS) * std::f32::consts::TAU;
                let (sin, cos) = angle.sin_cos();
                let middle = [
                    center[0] + cos * (reach[0] + away + width / 2.0),
                    center[1] + sin * (reach[1] + away + height / 2.0),
                ];
                let corner = [middle[0] - width / 2.0, middle[1] - height / 2.0];
                let plate = Rect::from_min_size(corner, width, height);
                if !inside.encloses(&plate) || !hard.is_free(&plate) || self.covers(&plate) {
                    continue;
                }
                let Some(line) = self.line(center, &plate) else { continue };
                if lines.iter().any(|other| cross(*other, line)) || !self.is_clear(line, hard) {
                    continue;
                }
                let names = names.iter().filter(|n| n.overlaps(&plate)).count();
                let names = f32::from(u8::try_from(names.min(12)).unwrap_or(12));
                let cost = away + names * OVER_NAME;
                if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                    best = Some((cost, plate, line));
                }
            }
        }
        best.map(|(_, plate, line)| (plate, line))
    }

    /// Whether a plate lies over a glyph.
    fn covers(&self, plate: &Rect) -> bool {
        self.discs.iter().any(|(center, radius)| {
            let near = nearest(plate, *center);
            (near[0] - center[0]).hypot(near[1] - center[1]) < radius + 3.0
        })
    }

    /// The line from the rim of the glyph or the edge of the note to the plate.
    fn line(&self, center: [f32; 2], plate: &Rect) -> Option<[[f32; 2]; 2]> {
        let to = nearest(plate, center);
        let [dx, dy] = [to[0] - center[0], to[1] - center[1]];
        let length = dx.hypot(dy);
        let from = match self.site.note {
            None => {
                let share = self.site.radius / length.max(1e-3);
                [center[0] + dx * share, center[1] + dy * share]
            }
            Some(note) => nearest(&note, to),
        };
        (length > 1.0).then_some([from, to])
    }

    /// Whether a line crosses no glyph but its own, and nothing at the edges.
    fn is_clear(&self, [from, to]: [[f32; 2]; 2], hard: &Occupied) -> bool {
        const STEPS: u8 = 24;
        (1..STEPS).all(|n| {
            let t = f32::from(n) / f32::from(STEPS);
            let at = [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
            let own = self.site.center;
            let is_own = |c: &[f32; 2]| (c[0] - own[0]).hypot(c[1] - own[1]) < 0.01;
            let in_disc = self.discs.iter().any(|(center, radius)| {
                !is_own(center) && (at[0] - center[0]).hypot(at[1] - center[1]) < radius + 1.0
            });
            let own = self.site.note.is_some_and(|note| note.grown(4.0).contains(at));
            !in_disc && (own || hard.boxes().iter().all(|b| !b.contains(at)))
        })
    }
}

/// The point of a rectangle nearest to a point.
fn nearest(rect: &Rect, [x, y]: [f32; 2]) -> [f32; 2] {
    [x.clamp(rect.min[0], rect.max[0]), y.clamp(rect.min[1], rect.max[1])]
}

/// Whether two lines cross.
fn cross([a, b]: [[f32; 2]; 2], [c, d]: [[f32; 2]; 2]) -> bool {
    let side = |p: [f32; 2], q: [f32; 2], r: [f32; 2]| {
        (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}
