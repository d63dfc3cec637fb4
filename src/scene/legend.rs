//! The legend: what is on the map, and the scale of the glyphs. That of a still picture has only what is on it; in the
//! window it keeps its size while time plays, and what is not on the map now is paler.

use std::sync::Arc;

use super::camera::MapFrame;
use super::counted::Prepared;
use super::furniture::MARGIN;
use super::labels::Occupied;
use super::legend_scale::{GlyphScale, SCALE_GAP};
use super::map::MapInput;
use super::symbol_scale::SymbolScale;
use super::text::{ShapedText, Shaper};
use super::theme::{Theme, style};
use super::{
    Circle, Dash, Group, Item, Placement, Rect, Rgba, Size, Stroke, Text, patterns, place_keys,
    shapes,
};
use crate::analysis::{Mode, age, words};
use crate::domain::{Code as _, DaySpan, Direction};

/// One line of the legend: a drawn key and its words.
struct Entry {
    key: Vec<Item>,
    words: Arc<ShapedText>,
    /// Whether what it explains is on the map now, not only on other days.
    is_present: bool,
}

const KEY_WIDTH: f32 = 22.0;
const KEY_GAP: f32 = 4.0;
const LINE_HEIGHT: f32 = 15.0;
const PADDING: f32 = 9.0;
const MIDDLE: [f32; 2] = [KEY_WIDTH / 2.0, 7.0];
/// How much of what is not on the map now the plate shows through, of 255.
const ABSENT: u8 = 150;
/// Points between the entries of a row.
const ROW_GAP: f32 = 12.0;
/// The largest disc of a scale that stands in a row, and of one on the map, as radius in points.
const LARGEST_IN_ROW: f32 = 18.0;
const LARGEST_ON_MAP: f32 = 40.0;

/// What a map carries that its legend has to explain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Carried {
    /// Notes at its edge.
    pub(super) notes: bool,
    /// From when to when the histories below its glyphs run, where such are drawn.
    pub(super) histories: Option<DaySpan>,
    /// By class, whether those histories or a time strip have it, of other days too.
    pub(super) beyond: [bool; 6],
    /// Other positions, apart from the glyphs of the sites that the record has.
    pub(super) others: bool,
    /// Events that are only possible, on a day of the film if not among all that it shows.
    pub(super) possible: bool,
}

/// How much of the legend a map had room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    Nothing,
    WithoutScale,
    Whole,
}

/// What a map's legend says, not yet placed, and the scale of the glyphs.
pub struct Legend {
    entries: Vec<Entry>,
    noun: &'static str,
    /// Most events that a site has in the whole record under the rule and filter.
    most: usize,
    sizes: SymbolScale,
}

impl Legend {
    /// The legend of a map; `None` when the map shows nothing.
    #[must_use]
    pub(super) fn of(
        shaper: &mut Shaper,
        theme: &Theme,
        prepared: &Prepared<'_>,
        carried: Carried,
    ) -> Option<Self> {
        let entries = entries(shaper, theme, prepared, carried);
        let noun = prepared.view.rule.noun(2);
        (!entries.is_empty()).then_some(Self {
            entries,
            noun,
            most: prepared.counted.most,
            sizes: prepared.scale(),
        })
    }

    /// The same without what is not on the map now.
    pub(super) fn of_present(mut self) -> Self {
        self.entries.retain(|entry| entry.is_present);
        self
    }

    /// The size of its plate on a map, with the scale of the glyphs.
    #[must_use]
    pub fn plate_size(&self, shaper: &mut Shaper) -> Size {
        self.size(Some(&self.scale_on_map(shaper)))
    }

    fn scale_on_map(&self, shaper: &mut Shaper) -> GlyphScale {
        GlyphScale::new(
            shaper,
            self.noun,
            style::SMALL_STRONG,
            (self.most, LARGEST_ON_MAP),
            self.sizes,
        )
    }

    fn size(&self, scale: Option<&GlyphScale>) -> Size {
        let widest = self.entries.iter().map(Entry::width).fold(0.0, f32::max);
        let lines = self.entries.iter().map(|_| LINE_HEIGHT).sum::<f32>();
        let scale = scale.map_or(Size { width: 0.0, height: 0.0 }, GlyphScale::size);
        Size {
            width: widest.max(scale.width) + 2.0 * PADDING,
            height: lines + scale.height + 2.0 * PADDING,
        }
    }

    /// Draws it on the map where it covers neither `sites` nor `occupied`: on the left or the right, without
    /// the scale of the glyphs when there is no room for it, and not at all when there is none either.
    pub(super) fn on_map(
        &self,
        shaper: &mut Shaper,
        theme: &Theme,
        frame: &MapFrame,
        sites: &Occupied,
        occupied: &mut Occupied,
        items: &mut Vec<Item>,
    ) -> Told {
        let scale = self.scale_on_map(shaper);
        let free = |with_scale: bool| {
            places(self.size(with_scale.then_some(&scale)), frame)
                .find(|p| frame.rect.encloses(p) && sites.is_free(p) && occupied.is_free(p))
        };
        let whole = free(true);
        let with_scale = whole.is_some();
        let Some(plate) = whole.or_else(|| free(false)) else { return Told::Nothing };
        occupied.take(plate);
        let outline = Some(Stroke::solid(theme.rule, 0.6));
        let contour = shapes::closed(shapes::rounded(plate, 3.0));
        items.push(shapes::area(vec![contour], Some(theme.plate), outline));
        let [x, mut y] = [plate.min[0] + PADDING, plate.min[1] + PADDING];
        for entry in &self.entries {
            entry.draw(theme, [x, y], items);
            y += LINE_HEIGHT;
        }
        if with_scale {
            let below = y + 8.0 + scale.heading.height() + scale.largest();
            items.push(text(Arc::clone(&scale.heading), [x, y + 4.0], theme.text));
            scale.draw(theme, [x, below], items);
            return Told::Whole;
        }
        Told::WithoutScale
    }

    /// Draws it in rows of a width, for a place outside the map; returns its height.
    pub fn in_rows(
        self,
        shaper: &mut Shaper,
        theme: &Theme,
        width: f32,
        items: &mut Vec<Item>,
    ) -> f32 {
        let scale = GlyphScale::new(
            shaper,
            self.noun,
            style::SMALL,
            (self.most, LARGEST_IN_ROW),
            self.sizes,
        );
        let pieces = self.entries.into_iter().map(Piece::Entry).chain([Piece::Scale(scale)]);
        let mut rows: Vec<(Vec<(f32, Piece)>, f32)> = vec![(Vec::new(), 0.0)];
        let mut x = 0.0;
        for piece in pieces {
            let Size { width: needed, height } = piece.size();
            if x > 0.0 && x + needed > width {
                rows.push((Vec::new(), 0.0));
                x = 0.0;
            }
            if let Some((row, tallest)) = rows.last_mut() {
                row.push((x, piece));
                *tallest = tallest.max(height);
            }
            x += needed + ROW_GAP;
        }
        let (mut y, mut drawn) = (0.0, Vec::new());
        for (row, height) in rows {
            for (x, piece) in row {
                piece.draw(theme, [x, y + height / 2.0], &mut drawn);
            }
            y += height;
        }
        patterns::lay(theme, &mut drawn);
        items.extend(drawn);
        y
    }
}

/// Places for something of some size: the lower and the upper left corner, then up along the right edge and
/// the left.
fn places(size: Size, frame: &MapFrame) -> impl Iterator<Item = Rect> {
    /// Points between two places that are tried.
    const STEP: f32 = 6.0;
    let Size { width, height } = size;
    let Rect { min, max } = frame.rect;
    let [left, top] = [min[0] + MARGIN, min[1] + MARGIN];
    let [right, bottom] = [max[0] - MARGIN - width, max[1] - MARGIN - height];
    let up = move || {
        (0..400_u16).map(move |n| bottom - STEP * f32::from(n)).take_while(move |y| *y >= top)
    };
    let corners = [[left, bottom], [left, top]].into_iter();
    let edges = up().map(move |y| [right, y]).chain(up().map(move |y| [left, y]));
    corners.chain(edges).map(move |min| Rect::from_min_size(min, width, height))
}

/// What stands in a row of the legend.
enum Piece {
    Entry(Entry),
    Scale(GlyphScale),
}

impl Piece {
    fn size(&self) -> Size {
        match self {
            Self::Entry(entry) => Size { width: entry.width(), height: LINE_HEIGHT },
            Self::Scale(scale) => Size {
                width: scale.heading.width() + SCALE_GAP + scale.discs_width(),
                height: 2.0 * scale.largest() + 2.0,
            },
        }
    }

    /// Draws it to the right of a point, which is at half of its height.
    fn draw(self, theme: &Theme, [x, middle]: [f32; 2], items: &mut Vec<Item>) {
        match self {
            Self::Entry(entry) => entry.draw(theme, [x, middle - LINE_HEIGHT / 2.0], items),
            Self::Scale(scale) => {
                let heading = Arc::clone(&scale.heading);
                let (width, height) = (heading.width(), heading.height());
                items.push(text(heading, [x, middle - height / 2.0], theme.text));
                scale.draw(theme, [x + width + SCALE_GAP, middle], items);
            }
        }
    }
}

impl Entry {
    fn width(&self) -> f32 {
        KEY_WIDTH + KEY_GAP + self.words.width()
    }

    fn draw(&self, theme: &Theme, [x, y]: [f32; 2], items: &mut Vec<Item>) {
        items.push(Item::Group(Group {
            id: "legend-key".to_owned(),
            placement: Placement::moved([x, y]),
            clip: None,
            items: self.key.clone(),
        }));
        let lift = (14.0 - self.words.height()) / 2.0;
        items.push(text(Arc::clone(&self.words), [x + KEY_WIDTH + KEY_GAP, y + lift], theme.text));
        if !self.is_present {
            let place = Rect::from_min_size([x, y], self.width(), LINE_HEIGHT);
            items.push(shapes::filled(place, theme.plate.with_alpha(ABSENT)));
        }
    }
}

fn entries(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    carried: Carried,
) -> Vec<Entry> {
    let MapInput { view, selection, .. } = prepared.input;
    let is_still = prepared.input.still;
    let mut entries = Vec::new();
    // A still picture explains what is on it; else all is explained that other days may show.
    let mut add = |key: Vec<Item>, words: &str, is_present: bool| {
        if is_present || !is_still {
            let words = shaper.shape(words, style::SMALL);
            entries.push(Entry { key, words, is_present });
        }
    };
    let counts = selection.day_counts();
    let (here, ever) = (selection.by_class(), counts.by_class());
    let classes: Vec<(Direction, bool)> = Direction::ALL
        .iter()
        .zip(here.into_iter().zip(ever))
        .filter(|(_, (here, ever))| *here > 0 || *ever > 0 && !is_still)
        .map(|(class, (here, _))| (*class, here > 0))
        .collect();
    let first_class = classes.first().map_or(Direction::AttackOnCoalition, |(class, _)| *class);
    for (class, is_present) in &classes {
        let words = words::capitalised(prepared.dataset.classes.label(*class));
        add(vec![disc(5.0, Some(theme.class(*class)), None)], &words, *is_present);
    }
    for class in Direction::ALL {
        let is_here = classes.iter().any(|(here, _)| here == class);
        if carried.beyond[*class as usize] && !is_here && !classes.is_empty() {
            add(vec![disc(5.0, Some(theme.class(*class)), None)], &on_other_days(*class), true);
        }
    }
    let bands = age::bands(prepared.dataset, view);
    if bands.len() > 1 {
        let class = |band: usize| match band.checked_sub(1) {
            None => theme.class(first_class),
            // The last band is drawn in the palest colour that is in use.
            Some(older) => theme.aged(first_class, older),
        };
        for (band, words) in age::band_words(&bands).iter().enumerate() {
            add(vec![disc(5.0, Some(class(band)), None)], words, true);
        }
    } else if view.mode == Mode::SinceStart {
        let key = vec![disc(5.0, Some(theme.past(first_class)), None)];
        add(key, "Paler: before the window", selection.has_past());
    }
    let dashed =
        |on, off| Stroke { dash: Some(Dash { on, off }), ..Stroke::solid(theme.text, 1.2) };
    if !counts.wide().is_empty() {
        add(
            vec![disc(5.5, None, Some(dashed(2.5, 2.0)))],
            "“?” possible: its date only overlaps the days shown",
            selection.possible() > 0 || carried.possible,
        );
    }
    let color = theme.class(first_class);
    for (key, words, is_present) in place_keys::keys(theme, prepared, color, MIDDLE, carried) {
        add(key, words, is_present);
    }
    if let Some(days) = carried.histories
        && !classes.is_empty()
    {
        let (noun, [first, last]) =
            (view.rule.noun(2), [days.first(), days.last()].map(words::month_short));
        let words = format!("{} by month, {first} to {last}", words::capitalised(noun));
        add(history_key(theme, color), &words, !selection.is_empty());
    }
    entries
}

/// What the legend says of a class that only histories or the time strip have.
pub(super) fn on_other_days(class: Direction) -> String {
    let label = class.label().split(',').next().unwrap_or_default();
    format!("{} (other days)", words::capitalised(label))
}

/// Some small bars on a line, as below the glyphs.
fn history_key(theme: &Theme, color: Rgba) -> Vec<Item> {
    const HEIGHTS: [f32; 6] = [3.0, 0.0, 7.0, 4.0, 0.0, 5.0];
    let [left, base] = [MIDDLE[0] - 10.0, MIDDLE[1] + 4.0];
    let mut items = Vec::new();
    let mut x = left + 1.0;
    for height in HEIGHTS {
        items.push(shapes::filled(Rect { min: [x, base - height], max: [x + 2.4, base] }, color));
        x += 3.2;
    }
    let line = vec![[left, base], [left + 20.0, base]];
    items.push(shapes::line(line, Stroke::solid(theme.text_muted, 0.5)));
    items
}

fn disc(radius: f32, fill: Option<Rgba>, stroke: Option<Stroke>) -> Item {
    Item::Circle(Circle { center: MIDDLE, radius, fill, stroke })
}

fn text(shaped: Arc<ShapedText>, origin: [f32; 2], color: Rgba) -> Item {
    Item::Text(Text { origin, shaped, color, halo: None })
}
