//! A ring that grows from a glyph and fades when an event happens there: a function of the event's age alone.

use super::map::{DrawnSite, MapScene};
use super::theme::Theme;
use super::{Circle, Group, Item, Placement, Rect, Rgba, Stroke, shapes};
use crate::analysis::play::{Arrival, Severity};
use crate::analysis::{Place, Record, Selection};
use crate::domain::{DaySpan, Direction, EventIndex};

/// How long a pulse is seen, in seconds.
pub const PULSE_SECS: f64 = 0.7;
/// How far the ring of a plain event grows, in points; more for severe ones.
const GROWTH: f32 = 15.0;
/// How much later the second ring of a severe event begins, as a share of the pulse.
const SECOND: f32 = 0.22;

/// The pulses of events that have come into sight, on the glyphs of a map that shows them.
///
/// Only events known to the day have one: of the others nobody knows that they happened then.
#[must_use]
pub fn pulses(
    theme: &Theme,
    record: &Record,
    selection: &Selection,
    map: &MapScene,
    arrivals: &[Arrival],
) -> Vec<Item> {
    let mut items = Vec::new();
    for arrival in arrivals {
        let new = events_of(record, selection, arrival.days);
        if new.is_empty() {
            continue;
        }
        let mut notes: Vec<Rect> = Vec::new();
        for drawn in &map.sites {
            let Some((direction, severity)) = worst_of(record, &new, drawn) else { continue };
            let rim = match drawn.note {
                Some(note) if notes.contains(&note) => continue,
                Some(note) => {
                    notes.push(note);
                    Rim::Note(note)
                }
                None => Rim::Disc(drawn.center, drawn.radius),
            };
            rings(theme, rim, direction, severity, arrival.age_secs, &mut items);
        }
    }
    items
}

/// The pulses as one group, above the map.
#[must_use]
pub fn group(items: Vec<Item>, clip: Rect) -> Item {
    let (id, placement) = ("pulses".to_owned(), Placement::IDENTITY);
    Item::Group(Group { id, placement, clip: Some(clip), items })
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

/// The events shown that are known to one of some days. Events come by their first days.
fn events_of(record: &Record, selection: &Selection, days: DaySpan) -> Vec<EventIndex> {
    let from = record.events.partition_point(|e| e.date.span.first() < days.first());
    (from..)
        .zip(&record.events[from..])
        .take_while(|(_, event)| event.date.span.first() <= days.last())
        .filter(|(_, event)| event.date.span.days() == 1)
        .filter_map(|(row, _)| u32::try_from(row).ok().map(EventIndex))
        .filter(|event| selection.shown_event(*event).is_some())
        .collect()
}

/// The class of the worst of some events that a glyph counts; `None` when it counts none of them.
fn worst_of(
    record: &Record,
    events: &[EventIndex],
    drawn: &DrawnSite,
) -> Option<(Direction, Severity)> {
    events
        .iter()
        .map(|e| record.event(*e))
        .filter(|e| drawn.members.contains(&e.site))
        .filter(|e| drawn.places.contains(&Place::of(record, e)))
        .map(|e| (e.direction, Severity::of(e)))
        .max_by_key(|(_, severity)| *severity)
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
}
