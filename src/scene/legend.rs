//! The legend: only what is on the map, and the scale of the glyphs.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::camera::MapFrame;
use super::furniture::MARGIN;
use super::glyph::{SiteCount, centered};
use super::labels::Occupied;
use super::map::MapInput;
use super::marks::radius;
use super::text::{ShapedText, Shaper};
use super::theme::{Theme, style};
use super::{Circle, Dash, Group, Item, Placement, Rect, Rgba, Size, Stroke, Text, shapes};
use crate::analysis::{Mode, words};
use crate::domain::{Code as _, Direction, PlacePrecision};

/// What the map shows beside classes, as far as it needs a line in the legend.
#[derive(Clone, Copy, Debug)]
struct Key {
    /// A governorate is hatched.
    hatched: bool,
    /// A glyph is dashed, because it only stands for an area.
    stand_in: bool,
}

impl Key {
    fn of(input: &MapInput<'_>) -> Self {
        let MapInput { dataset, basemap, selection, .. } = *input;
        let hatched = selection.shown.iter().any(|s| {
            let (event, site) = (dataset.event(s.event), dataset.site(dataset.event(s.event).site));
            event.precision == PlacePrecision::Admin1
                && site
                    .admin1
                    .as_deref()
                    .is_some_and(|a| basemap.governorate(&site.country, a).is_some())
        });
        let sites: BTreeSet<_> =
            selection.shown.iter().map(|s| dataset.event(s.event).site).collect();
        let stand_in =
            sites.into_iter().any(|s| SiteCount::of(dataset, selection, s).stands_for_area());
        Self { hatched, stand_in }
    }
}

/// One line of the legend: a drawn key and its words.
struct Entry {
    key: Vec<Item>,
    words: Arc<ShapedText>,
}

const KEY_WIDTH: f32 = 30.0;
const LINE_HEIGHT: f32 = 15.0;
const PADDING: f32 = 9.0;
const MIDDLE: [f32; 2] = [KEY_WIDTH / 2.0, 7.0];
/// Counts whose discs show the scale.
const SCALE: [usize; 3] = [1, 5, 10];

/// Draws the legend where it covers none of `sites`: in the lower or upper left corner, without the
/// scale of the glyphs when there is no room for it. On a map where it must cover something, it covers
/// the lower left.
pub fn legend(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    frame: &MapFrame,
    sites: &Occupied,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    let entries = entries(shaper, theme, input);
    if entries.is_empty() {
        return;
    }
    let entries_height = entries.iter().map(|_| LINE_HEIGHT).sum::<f32>();
    let entry_width = entries.iter().map(Entry::width).fold(0.0, f32::max);
    let discs = GlyphScale::new(shaper, input.view.rule.noun(2));
    let plate = |with_discs: bool, at_top: bool| {
        let scale = if with_discs { discs.size } else { Size { width: 0.0, height: 0.0 } };
        let width = entry_width.max(scale.width) + 2.0 * PADDING;
        let height = entries_height + scale.height + 2.0 * PADDING;
        let x = frame.rect.min[0] + MARGIN;
        let y =
            if at_top { frame.rect.min[1] + MARGIN } else { frame.rect.max[1] - MARGIN - height };
        Rect::from_min_size([x, y], width, height)
    };
    let places = [(true, false), (true, true), (false, false), (false, true)];
    let (with_discs, at_top) = places
        .into_iter()
        .find(|(d, t)| {
            let p = plate(*d, *t);
            frame.rect.encloses(&p) && sites.is_free(&p) && occupied.is_free(&p)
        })
        .unwrap_or((false, false));
    let plate = plate(with_discs, at_top);
    if !frame.rect.encloses(&plate) {
        return;
    }
    occupied.take(plate);
    let outline = Some(Stroke::solid(theme.rule, 0.6));
    let contour = shapes::closed(shapes::rounded(plate, 3.0));
    items.push(shapes::area(vec![contour], Some(theme.plate), outline));
    let [x, mut y] = [plate.min[0] + PADDING, plate.min[1] + PADDING];
    for entry in entries {
        entry.draw(theme, [x, y], items);
        y += LINE_HEIGHT;
    }
    if with_discs {
        discs.draw(shaper, theme, [x, y], items);
    }
}

/// The legend's lines one after the other in rows of a width, for a place outside the map; its height.
pub fn rows(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    origin: [f32; 2],
    width: f32,
    items: &mut Vec<Item>,
) -> f32 {
    let [mut x, mut y] = origin;
    let mut entries = entries(shaper, theme, input);
    if entries.is_empty() {
        return 0.0;
    }
    let words = shaper.shape(&scale_heading(input.view.rule.noun(2)), style::SMALL);
    let ring = Stroke::solid(theme.text_muted, 0.9);
    entries
        .push(Entry { key: vec![disc(6.0, None, Some(ring)), disc(3.5, None, Some(ring))], words });
    for entry in entries {
        if x > origin[0] && x + entry.width() > origin[0] + width {
            (x, y) = (origin[0], y + LINE_HEIGHT);
        }
        let next = x + entry.width() + 12.0;
        entry.draw(theme, [x, y], items);
        x = next;
    }
    y + LINE_HEIGHT - origin[1]
}

impl Entry {
    fn width(&self) -> f32 {
        KEY_WIDTH + 4.0 + self.words.width()
    }

    fn draw(self, theme: &Theme, [x, y]: [f32; 2], items: &mut Vec<Item>) {
        items.push(Item::Group(Group {
            id: "legend-key".to_owned(),
            placement: Placement::moved([x, y]),
            clip: None,
            items: self.key,
        }));
        let lift = (14.0 - self.words.height()) / 2.0;
        items.push(text(self.words, [x + KEY_WIDTH + 4.0, y + lift], theme.text));
    }
}

fn scale_heading(noun: &str) -> String {
    format!("Number of {noun} at a site")
}

/// The heading and the discs that show how large a glyph is for a count.
struct GlyphScale {
    heading: Arc<ShapedText>,
    size: Size,
    largest: f32,
}

impl GlyphScale {
    fn new(shaper: &mut Shaper, noun: &str) -> Self {
        let heading = shaper.shape(&scale_heading(noun), style::SMALL_STRONG);
        let width = SCALE.iter().map(|c| radius(*c) * 2.0 + 8.0).sum::<f32>();
        let largest = SCALE.iter().map(|c| radius(*c)).fold(0.0, f32::max);
        let size = Size { width: width.max(heading.width()), height: 22.0 + largest * 2.0 };
        Self { heading, size, largest }
    }

    fn draw(self, shaper: &mut Shaper, theme: &Theme, [x, y]: [f32; 2], items: &mut Vec<Item>) {
        items.push(text(self.heading, [x, y + 4.0], theme.text));
        let middle = y + 22.0 + self.largest;
        let mut cx = x;
        for count in SCALE {
            let r = radius(count);
            cx += r;
            let stroke = Some(Stroke::solid(theme.text_muted, 0.9));
            items.push(Item::Circle(Circle {
                center: [cx, middle],
                radius: r,
                fill: None,
                stroke,
            }));
            let number = shaper.shape(&count.to_string(), style::SMALL);
            items.push(Item::Text(centered(number, [cx, middle], theme.text, None)));
            cx += r + 8.0;
        }
    }
}

fn entries(shaper: &mut Shaper, theme: &Theme, input: &MapInput<'_>) -> Vec<Entry> {
    let key = Key::of(input);
    let MapInput { dataset, view, selection, .. } = *input;
    let mut entries = Vec::new();
    let mut add = |key: Vec<Item>, words: &str| {
        entries.push(Entry { key, words: shaper.shape(words, style::SMALL) });
    };
    let classes: BTreeSet<Direction> =
        selection.shown.iter().map(|s| dataset.event(s.event).direction).collect();
    let first_class = classes.first().copied().unwrap_or(Direction::AttackOnCoalition);
    for class in &classes {
        let class = *class;
        add(vec![disc(5.0, Some(theme.class(class)), None)], &words::capitalised(class.label()));
    }
    if view.mode == Mode::SinceStart && selection.shown.iter().any(|s| s.past) {
        let color = theme.past(first_class);
        add(vec![disc(5.0, Some(color), None)], "Paler: before the window");
    }
    let dashed =
        |on, off| Stroke { dash: Some(Dash { on, off }), ..Stroke::solid(theme.text, 1.2) };
    if selection.possible() > 0 {
        add(
            vec![disc(5.5, None, Some(dashed(2.5, 2.0)))],
            "“?” possible: its date only overlaps the days shown",
        );
    }
    if key.stand_in {
        let fill = Some(theme.class(first_class));
        add(vec![disc(5.5, fill, Some(dashed(3.0, 2.0)))], "Stands for an area, not a place");
    }
    if key.hatched {
        let plate = Rect::from_min_size([5.0, 1.5], 20.0, 11.0);
        let contour = shapes::closed(shapes::corners(plate));
        let lines = shapes::hatch(std::slice::from_ref(&contour), plate, 4.0);
        let stroke = Stroke::solid(theme.hatch, 0.8);
        let drawn =
            vec![shapes::lines(lines, stroke), shapes::area(vec![contour], None, Some(stroke))];
        add(drawn, "Somewhere in the hatched governorate");
    }
    entries
}

fn disc(radius: f32, fill: Option<Rgba>, stroke: Option<Stroke>) -> Item {
    Item::Circle(Circle { center: MIDDLE, radius, fill, stroke })
}

fn text(shaped: Arc<ShapedText>, origin: [f32; 2], color: Rgba) -> Item {
    Item::Text(Text { origin, shaped, color, halo: None })
}
