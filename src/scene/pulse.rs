//! A ring that grows from a glyph and fades when an event happens there: a function of the event's age alone.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::map::{DrawnSite, MapScene};
use super::theme::Theme;
use super::{Circle, Group, Item, Placement, Rect, Rgba, Stroke, Text, shapes};
use crate::analysis::play::{Arrival, Severity};
use crate::analysis::{DayCounts, Record, Selection};
use crate::domain::{DaySpan, Direction, EventIndex};

/// How long a pulse is seen, in seconds.
pub const PULSE_SECS: f64 = 0.7;
/// How far the ring of a plain event grows, in points; more for severe ones.
const GROWTH: f32 = 15.0;
/// How much later the second ring of a severe event begins, as a share of the pulse.
const SECOND: f32 = 0.22;

/// So many glyphs have a pulse at once at most; of more, those of the worst events, the latest first.
const MOST: usize = 400;

/// The pulses of events that have come into sight.
///
/// Only events known to the day have one: of the others nobody knows that they happened then. Where events
/// are new is worked out once for each arrival, not for each frame.
#[derive(Debug, Default)]
pub struct Pulses {
    /// The events that count, when `new` was made.
    counted: Option<Arc<DayCounts>>,
    /// By the days shown of an arrival.
    new: Vec<(DaySpan, NewPlaces)>,
}

/// Where something is new, by number of place, and the worst of what is.
#[derive(Debug, Default)]
struct NewPlaces {
    is_new: FixedBitSet,
    worst: BTreeMap<u32, Worst>,
}

type Worst = (Direction, Severity);

impl Pulses {
    /// The rings on the glyphs of a map that shows the events; those wholly outside `frame` are left out.
    pub fn items(
        &mut self,
        theme: &Theme,
        (record, selection): (&Record, &Selection),
        (map, frame): (&MapScene, Rect),
        arrivals: &[Arrival],
    ) -> Vec<Item> {
        let shown: Vec<(DaySpan, f64)> = arrivals
            .iter()
            .filter_map(|a| Some((a.days.shared(selection.days)?, a.age_secs)))
            .collect();
        self.follow(record, selection, &shown);
        let mut pulses = Vec::new();
        for (days, age_secs) in shown {
            let Some((_, new)) = self.new.iter().find(|(of, _)| *of == days) else { continue };
            let rims = rims(map, frame, new);
            pulses.extend(rims.into_iter().map(|(rim, worst)| (rim, worst, age_secs)));
        }
        pulses.sort_by_key(|(_, (_, severity), _)| Reverse(*severity));
        let mut items = Vec::new();
        for (rim, (direction, severity), age_secs) in pulses.into_iter().take(MOST) {
            rings(theme, rim, direction, severity, age_secs, &mut items);
        }
        items
    }

    /// Works out where events of some days are new, unless it is known.
    fn follow(&mut self, record: &Record, selection: &Selection, shown: &[(DaySpan, f64)]) {
        let counted = selection.day_counts();
        if !self.counted.as_ref().is_some_and(|known| Arc::ptr_eq(known, counted)) {
            self.counted = Some(Arc::clone(counted));
            self.new.clear();
        }
        self.new.retain(|(days, _)| shown.iter().any(|(wanted, _)| wanted == days));
        for (days, _) in shown {
            if !self.new.iter().any(|(known, _)| known == days) {
                self.new.push((*days, new_places(record, selection, *days)));
            }
        }
    }
}

/// The glyphs and notes that count what is new, each with the worst of it.
fn rims(map: &MapScene, frame: Rect, new: &NewPlaces) -> Vec<(Rim, Worst)> {
    let mut rims = Vec::new();
    if new.worst.is_empty() {
        return rims;
    }
    let frame = frame.grown(2.0 * GROWTH);
    let mut notes: Vec<Rect> = Vec::new();
    for drawn in &map.sites {
        let rim = match drawn.note {
            Some(note) if notes.contains(&note) => continue,
            Some(note) => {
                notes.push(note);
                Rim::Note(note)
            }
            None if !frame.grown(drawn.radius).contains(drawn.center) => continue,
            None => Rim::Disc(drawn.center, drawn.radius),
        };
        let here = drawn.numbers.iter().filter(|n| new.is_new.contains(**n as usize));
        let here = here.filter_map(|n| new.worst.get(n).copied());
        rims.extend(here.max_by_key(|(_, severity)| *severity).map(|worst| (rim, worst)));
    }
    rims
}

/// The pulses as one group, above the map.
#[must_use]
pub fn group(items: Vec<Item>, clip: Rect) -> Item {
    let (id, placement) = ("pulses".to_owned(), Placement::IDENTITY);
    Item::Group(Group { id, placement, clip: Some(clip), items })
}

/// The names among the items of a map, without those that a glyph stands over.
pub(super) fn names(items: &[Item], map: &MapScene) -> Vec<Text> {
    let mut found = Vec::new();
    for (id, below_glyphs) in [("site-names", false), ("place-names", true)] {
        let group = items.iter().find_map(|item| match item {
            Item::Group(group) if group.id == id => Some(group),
            _ => None,
        });
        for item in group.iter().flat_map(|group| &group.items) {
            let Item::Text(text) = item else { continue };
            let place = text.shaped.box_at(text.origin);
            let covers = |site: &DrawnSite| {
                let disc = Rect { min: site.center, max: site.center }.grown(site.radius);
                site.note.is_none() && disc.overlaps(&place)
            };
            if !(below_glyphs && map.sites.iter().any(covers)) {
                found.push(text.clone());
            }
        }
    }
    found
}

/// The names that rings run over, to be drawn again above them.
pub(super) fn names_over(names: &[Text], rings: &[Item]) -> Vec<Item> {
    let reach: Vec<Rect> = rings
        .iter()
        .filter_map(|ring| match ring {
            Item::Circle(circle) => {
                let wide = circle.radius + circle.stroke.map_or(0.0, |stroke| stroke.width);
                Some(Rect { min: circle.center, max: circle.center }.grown(wide))
            }
            Item::Path(path) => Some(path.geometry.bounds().grown(4.0)),
            Item::Text(_) | Item::Group(_) => None,
        })
        .collect();
    let meets = |text: &&Text| {
        let place = text.shaped.box_at(text.origin);
        reach.iter().any(|ring| ring.overlaps(&place))
    };
    names.iter().filter(meets).cloned().map(Item::Text).collect()
}

/// What a pulse grows from.
#[derive(Clone, Copy, Debug)]
pub enum Rim {
    /// A glyph: its middle and radius.
    Disc([f32; 2], f32),
    /// A note at the map's edge.
    Note(Rect),
}

/// The rings of a pulse at an age; none when it is over.
pub fn rings(
    theme: &Theme,
    rim: Rim,
    direction: Direction,
    severity: Severity,
    age_secs: f64,
    items: &mut Vec<Item>,
) {
    #[expect(clippy::cast_possible_truncation, reason = "a share of a short time")]
    let share = (age_secs / PULSE_SECS) as f32;
    let (growth, second) = match severity {
        Severity::Plain => (GROWTH, false),
        Severity::Damage => (GROWTH * 1.3, false),
        Severity::Wounded => (GROWTH * 1.6, true),
        Severity::Killed => (GROWTH * 2.0, true),
    };
    ring(theme, rim, theme.class(direction), (share, growth), items);
    if second {
        ring(theme, rim, theme.class(direction), (share - SECOND, growth), items);
    }
}

fn ring(theme: &Theme, rim: Rim, color: Rgba, (share, growth): (f32, f32), items: &mut Vec<Item>) {
    if !(0.0..1.0).contains(&share) {
        return;
    }
    let left = 1.0 - share;
    let by = 1.5 + growth * (1.0 - left * left);
    let width = 1.0 + 2.4 * left;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    let alpha = |most: f32| (most * left.sqrt()) as u8;
    // The ground shows at both sides of the ring, so that it stands out from areas and names.
    let ground = Stroke::solid(theme.glyph_outline.with_alpha(alpha(150.0)), width + 2.0);
    let line = Stroke::solid(color.with_alpha(alpha(255.0)), width);
    for stroke in [ground, line] {
        items.push(match rim {
            Rim::Disc(center, radius) => Item::Circle(Circle {
                center,
                radius: radius + by,
                fill: None,
                stroke: Some(stroke),
            }),
            Rim::Note(note) => {
                let contour = shapes::closed(shapes::rounded(note.grown(by / 2.0), 4.0 + by / 2.0));
                shapes::area(vec![contour], None, Some(stroke))
            }
        });
    }
}

/// Where events shown are known to one of some days. Events come by their first days.
fn new_places(record: &Record, selection: &Selection, days: DaySpan) -> NewPlaces {
    let from = record.events.partition_point(|e| e.date.span.first() < days.first());
    let events = (from..)
        .zip(&record.events[from..])
        .take_while(|(_, event)| event.date.span.first() <= days.last())
        .filter(|(_, event)| event.date.span.days() == 1)
        .filter_map(|(row, event)| Some((EventIndex(u32::try_from(row).ok()?), event)))
        .filter(|(index, _)| selection.shown_event(*index).is_some());
    let mut new = NewPlaces::default();
    new.is_new.grow(record.places().len());
    for (index, event) in events {
        let number = record.table().place(index.get());
        let here = (event.direction, Severity::of(event));
        new.is_new.insert(number as usize);
        let worst = new.worst.entry(number).or_insert(here);
        if here.1 > worst.1 {
            *worst = here;
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::ThemeName;

    fn radii(severity: Severity, age_secs: f64) -> Vec<f32> {
        let mut items = Vec::new();
        let rim = Rim::Disc([50.0, 50.0], 9.0);
        let theme = Theme::of(ThemeName::Light);
        rings(theme, rim, Direction::AttackOnCoalition, severity, age_secs, &mut items);
        let radius = |item: &Item| if let Item::Circle(c) = item { c.radius } else { panic!() };
        items.iter().map(radius).collect()
    }

    #[test]
    fn a_ring_grows_from_the_glyph_until_it_is_over_and_severe_events_have_two() {
        let ages = [0.0, 0.1, 0.3, 0.69];
        let grown: Vec<f32> = ages.iter().map(|age| radii(Severity::Plain, *age)[0]).collect();
        assert!(grown.is_sorted() && grown[0] > 9.0 && grown[3] < 9.0 + GROWTH + 2.0, "{grown:?}");
        assert!(radii(Severity::Plain, PULSE_SECS).is_empty());
        assert!(radii(Severity::Plain, -0.1).is_empty());
        let largest = |severity| radii(severity, 0.3).into_iter().fold(0.0, f32::max);
        assert!(largest(Severity::Killed) > largest(Severity::Wounded));
        assert!(largest(Severity::Wounded) > largest(Severity::Plain));
        assert_eq!(radii(Severity::Killed, 0.3).len(), 2 * radii(Severity::Plain, 0.3).len());
    }

    #[test]
    fn a_name_that_a_ring_runs_over_is_drawn_again_above_it_and_no_other() {
        let mut shaper = crate::scene::text::Shaper::new();
        let theme = Theme::of(ThemeName::Light);
        let name = |shaper: &mut crate::scene::text::Shaper, origin| {
            let shaped = shaper.shape("Balad Air Base", crate::scene::theme::style::SMALL);
            Text { origin, shaped, color: theme.text, halo: None }
        };
        let names = [name(&mut shaper, [64.0, 44.0]), name(&mut shaper, [164.0, 44.0])];
        let mut pulse = Vec::new();
        let rim = Rim::Disc([50.0, 50.0], 9.0);
        rings(theme, rim, Direction::AttackOnCoalition, Severity::Killed, 0.4, &mut pulse);
        let above = names_over(&names, &pulse);
        let is_first = |item: &Item| matches!(item, Item::Text(t) if t.origin[0] < 100.0);
        assert!(above.len() == 1 && above.iter().all(is_first));
        assert!(names_over(&names, &[]).is_empty());
    }
}
