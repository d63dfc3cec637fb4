//! What a map carries besides itself: legend, scale bar and credits, in points of the figure.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::camera::MapFrame;
use super::glyph::centered;
use super::labels::Occupied;
use super::map::MapInput;
use super::marks::radius;
use super::shapes;
use super::text::{ShapedText, Shaper, TextStyle};
use super::theme::{Theme, style};
use super::{Circle, Dash, Item, Rect, Rgba, Stroke, Text};
use crate::analysis::Mode;
use crate::domain::{Code as _, Direction};

/// Distance of furniture from the map's edge, in points.
pub const MARGIN: f32 = 12.0;

fn text(shaped: Arc<ShapedText>, origin: [f32; 2], color: Rgba) -> Item {
    Item::Text(Text { origin, shaped, color, halo: None })
}

/// One line of the legend: a drawn key and its words.
struct Entry {
    key: Vec<Item>,
    words: Arc<ShapedText>,
    height: f32,
}

const KEY_WIDTH: f32 = 30.0;
const PADDING: f32 = 9.0;

/// What the map shows beside classes, as far as it needs a line in the legend.
#[derive(Clone, Copy, Debug)]
pub struct LegendKey {
    /// A governorate is hatched.
    pub hatched: bool,
    /// A glyph is dashed, because it only stands for an area.
    pub stand_in: bool,
}

/// The legend in the lower left corner: only the classes present, the size scale, and what dashes mean.
pub fn legend(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    frame: &MapFrame,
    key: LegendKey,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    let MapInput { dataset, view, selection, .. } = *input;
    let mut entries = Vec::new();
    let classes: BTreeSet<Direction> =
        selection.shown.iter().map(|s| dataset.event(s.event).direction).collect();
    for class in classes {
        let disc = Circle {
            center: [KEY_WIDTH / 2.0, 7.0],
            radius: 5.0,
            fill: Some(theme.class(class)),
            stroke: None,
        };
        entries.push(Entry {
            key: vec![Item::Circle(disc)],
            words: shaper.shape(&capitalised(class.label()), style::SMALL),
            height: 15.0,
        });
    }
    if view.mode == Mode::SinceStart && selection.shown.iter().any(|s| s.past) {
        let color = theme.class(Direction::AttackOnCoalition).with_alpha(100);
        let disc =
            Circle { center: [KEY_WIDTH / 2.0, 7.0], radius: 5.0, fill: Some(color), stroke: None };
        entries.push(Entry {
            key: vec![Item::Circle(disc)],
            words: shaper.shape("Before the window", style::SMALL),
            height: 15.0,
        });
    }
    if selection.possible() > 0 {
        let stroke =
            Stroke { dash: Some(Dash { on: 2.5, off: 2.0 }), ..Stroke::solid(theme.text, 1.2) };
        let ring = Circle {
            center: [KEY_WIDTH / 2.0, 7.0],
            radius: 5.5,
            fill: None,
            stroke: Some(stroke),
        };
        entries.push(Entry {
            key: vec![Item::Circle(ring)],
            words: shaper.shape("“?” possible: its date only overlaps the window", style::SMALL),
            height: 15.0,
        });
    }
    if key.stand_in {
        let dash = Some(Dash { on: 3.0, off: 2.0 });
        let stroke = Stroke { dash, ..Stroke::solid(theme.text, 1.2) };
        let fill = Some(theme.class(Direction::AttackOnCoalition));
        let disc =
            Circle { center: [KEY_WIDTH / 2.0, 7.0], radius: 5.5, fill, stroke: Some(stroke) };
        entries.push(Entry {
            key: vec![Item::Circle(disc)],
            words: shaper.shape("Stands for an area, not a place", style::SMALL),
            height: 15.0,
        });
    }
    if key.hatched {
        let plate = Rect::from_min_size([5.0, 1.5], 20.0, 11.0);
        let contour = shapes::closed(shapes::corners(plate));
        let lines = shapes::hatch(std::slice::from_ref(&contour), plate, 4.0);
        entries.push(Entry {
            key: vec![
                shapes::lines(lines, Stroke::solid(theme.hatch, 0.8)),
                shapes::area(vec![contour], None, Some(Stroke::solid(theme.hatch, 0.8))),
            ],
            words: shaper.shape("Somewhere in the hatched governorate", style::SMALL),
            height: 15.0,
        });
    }
    if entries.is_empty() {
        return;
    }
    let noun = view.rule.noun(2);
    let heading = shaper.shape(&format!("Number of {noun} at a site"), style::SMALL_STRONG);
    let counts = [1_usize, 5, 10];
    let scale_width: f32 = counts.iter().map(|c| radius(*c) * 2.0 + 8.0).sum();
    let largest = radius(10);
    let width = entries
        .iter()
        .map(|e| KEY_WIDTH + 4.0 + e.words.width())
        .chain([heading.width(), scale_width])
        .fold(0.0, f32::max)
        + 2.0 * PADDING;
    let height =
        entries.iter().map(|e| e.height).sum::<f32>() + 16.0 + largest * 2.0 + 10.0 + 2.0 * PADDING;
    let plate = Rect::from_min_size(
        [frame.rect.min[0] + MARGIN, frame.rect.max[1] - MARGIN - height],
        width,
        height,
    );
    if !frame.rect.encloses(&plate) || height > frame.rect.height() * 0.75 {
        return;
    }
    occupied.take(plate);
    items.push(shapes::area(
        vec![shapes::closed(shapes::rounded(plate, 3.0))],
        Some(theme.plate),
        Some(Stroke::solid(theme.rule, 0.6)),
    ));
    let [x, mut y] = [plate.min[0] + PADDING, plate.min[1] + PADDING];
    for entry in entries {
        items.push(Item::Group(super::Group {
            id: "legend-key".to_owned(),
            placement: super::Placement::moved([x, y]),
            clip: None,
            items: entry.key,
        }));
        let lift = (14.0 - entry.words.height()) / 2.0;
        items.push(text(entry.words, [x + KEY_WIDTH + 4.0, y + lift], theme.text));
        y += entry.height;
    }
    y += 4.0;
    items.push(text(heading, [x, y], theme.text));
    y += 16.0 + largest;
    let mut cx = x;
    for count in counts {
        let r = radius(count);
        cx += r;
        let center = [cx, y + 2.0];
        let stroke = Some(Stroke::solid(theme.text_muted, 0.9));
        items.push(Item::Circle(Circle { center, radius: r, fill: None, stroke }));
        let number = shaper.shape(&count.to_string(), style::SMALL);
        items.push(Item::Text(centered(number, center, theme.text, None)));
        cx += r + 8.0;
    }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + chars.as_str())
}

/// A scale bar in the lower right corner, right at the latitude of the map's middle, which it names.
pub fn scale_bar(
    shaper: &mut Shaper,
    theme: &Theme,
    frame: &MapFrame,
    above: f32,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    let lat = frame.camera.center.lat();
    let metres = frame.metres_per_point(lat);
    let Some((km, length)) = nice_length(metres) else {
        return;
    };
    let words = shaper.shape(&format!("{km} km at {lat:.0}° N"), style::SMALL);
    let width = length.max(words.width());
    let right = frame.rect.max[0] - MARGIN;
    let y = frame.rect.max[1] - MARGIN - above;
    let plate = Rect { min: [right - width - 8.0, y - 24.0], max: [right + 4.0, y + 4.0] };
    occupied.take(plate);
    let x0 = right - length;
    let halo = Stroke::solid(theme.halo, 3.6);
    let points = vec![[x0, y - 4.0], [x0, y], [right, y], [right, y - 4.0]];
    items.push(shapes::line(points.clone(), halo));
    items.push(shapes::line(points, Stroke::solid(theme.text, 1.2)));
    items.push(Item::Text(Text {
        origin: [right - words.width(), y - 6.0 - words.height()],
        shaped: words,
        color: theme.text,
        halo: Some(theme.map_halo()),
    }));
}

/// The largest of 1, 2, 5, 10, 20, ... kilometres that is at most 120 points long, and its length.
#[expect(clippy::cast_possible_truncation, reason = "at most 120 points")]
fn nice_length(metres_per_point: f64) -> Option<(u32, f32)> {
    [1000_u32, 500, 200, 100, 50, 20, 10, 5, 2, 1]
        .into_iter()
        .map(|km| (km, f64::from(km) * 1000.0 / metres_per_point))
        .find(|(_, length)| *length <= 120.0)
        .map(|(km, length)| (km, length as f32))
}

/// Whom the map is owed to, in its lower right corner.
pub fn credits(
    shaper: &mut Shaper,
    theme: &Theme,
    credit_line: &str,
    frame: &MapFrame,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) -> f32 {
    let shaped = fit(shaper, credit_line, style::FOOTNOTE, frame.rect.width() * 0.6);
    let origin =
        [frame.rect.max[0] - MARGIN - shaped.width(), frame.rect.max[1] - 5.0 - shaped.height()];
    occupied.take(shaped.box_at(origin).grown(2.0));
    let height = shaped.height();
    items.push(Item::Text(Text {
        origin,
        shaped,
        color: theme.text_muted,
        halo: Some(theme.map_halo()),
    }));
    height
}

fn fit(shaper: &mut Shaper, words: &str, text_style: TextStyle, width: f32) -> Arc<ShapedText> {
    shaper.wrap(words, text_style, width.max(120.0), super::text::Align::End)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_bar_is_a_round_number_of_kilometres() {
        assert_eq!(nice_length(1000.0), Some((100, 100.0)));
        assert_eq!(nice_length(30.0), Some((2, 2000.0 / 30.0)));
        assert_eq!(nice_length(1.0), None);
    }
}
