//! The legend: only what is on the map, and the scale of the glyphs.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::camera::MapFrame;
use super::counted::Prepared;
use super::furniture::MARGIN;
use super::glyph::centered;
use super::labels::Occupied;
use super::map::MapInput;
use super::symbol_scale::SymbolScale;
use super::text::{ShapedText, Shaper, TextStyle};
use super::theme::{Theme, style};
use super::{
    Circle, Dash, Group, Item, Placement, Rect, Rgba, Size, Stroke, Text, place_keys, shapes,
};
use crate::analysis::{Mode, age, words};
use crate::domain::{Code as _, DaySpan, Direction};

/// One line of the legend: a drawn key and its words.
struct Entry {
    key: Vec<Item>,
    words: Arc<ShapedText>,
}

const KEY_WIDTH: f32 = 22.0;
const KEY_GAP: f32 = 4.0;
const LINE_HEIGHT: f32 = 15.0;
const PADDING: f32 = 9.0;
const MIDDLE: [f32; 2] = [KEY_WIDTH / 2.0, 7.0];
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
    /// Other positions, apart from the glyphs of the sites that the record has.
    pub(super) others: bool,
}

/// How much of the legend a map had room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    Nothing,
    WithoutScale,
    Whole,
}

/// What a map's legend says, not yet placed: only what is on the map, and the scale of the glyphs.
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
        let mut y = 0.0;
        for (row, height) in rows {
            for (x, piece) in row {
                piece.draw(theme, [x, y + height / 2.0], items);
            }
            y += height;
        }
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
    }
}

/// Points between the discs of a scale.
const DISC_GAP: f32 = 6.0;
/// Points between the heading of a scale and discs beside it.
const SCALE_GAP: f32 = 8.0;

/// The heading and the discs that show how large a glyph is for a count.
struct GlyphScale {
    heading: Arc<ShapedText>,
    discs: Vec<ScaleDisc>,
}

impl GlyphScale {
    /// The scale for counts up to `most`, with no disc of a radius above `largest`.
    fn new(
        shaper: &mut Shaper,
        noun: &str,
        heading: TextStyle,
        (most, largest): (usize, f32),
        sizes: SymbolScale,
    ) -> Self {
        let heading = shaper.shape(&format!("Number of {noun} at a site"), heading);
        let discs = scale_counts(most, largest, sizes)
            .into_iter()
            .map(|count| ScaleDisc {
                radius: sizes.radius(count),
                number: shaper.shape(&scale_words(count, sizes), style::SMALL),
            })
            .collect();
        Self { heading, discs }
    }

    fn largest(&self) -> f32 {
        self.discs.iter().map(|d| d.radius).fold(0.0, f32::max)
    }

    fn discs_width(&self) -> f32 {
        let gaps = self.discs.iter().skip(1).map(|_| DISC_GAP).sum::<f32>();
        self.discs.iter().map(ScaleDisc::width).sum::<f32>() + gaps
    }

    /// Its size with the discs below the heading.
    fn size(&self) -> Size {
        Size {
            width: self.discs_width().max(self.heading.width()),
            height: 8.0 + self.heading.height() + 2.0 * self.largest(),
        }
    }

    /// Draws the discs from a point on, which is at half of their height.
    fn draw(self, theme: &Theme, [mut x, middle]: [f32; 2], items: &mut Vec<Item>) {
        for disc in self.discs {
            let (radius, width) = (disc.radius, disc.width());
            let center = [x + radius, middle];
            let stroke = Some(Stroke::solid(theme.text_muted, 0.9));
            items.push(Item::Circle(Circle { center, radius, fill: None, stroke }));
            let beside = x + width - disc.number.width() / 2.0;
            let at = if disc.holds_number() { center } else { [beside, middle] };
            items.push(Item::Text(centered(disc.number, at, theme.text, None)));
            x += width + DISC_GAP;
        }
    }
}

/// A disc of the scale, with its number inside, or beside it where it is too small.
struct ScaleDisc {
    radius: f32,
    number: Arc<ShapedText>,
}

impl ScaleDisc {
    fn holds_number(&self) -> bool {
        self.number.width() + 4.0 <= 2.0 * self.radius
    }

    fn width(&self) -> f32 {
        let number = if self.holds_number() { 0.0 } else { 3.0 + self.number.width() };
        2.0 * self.radius + number
    }
}

/// The largest count whose glyph is as small as that of one event.
fn counts_like_one(sizes: SymbolScale) -> usize {
    (2..100).take_while(|n| sizes.radius(*n) <= sizes.radius(1)).last().unwrap_or(1)
}

/// The words in a disc of the scale: "1–2" where one event is drawn as large as two.
fn scale_words(count: usize, sizes: SymbolScale) -> String {
    match counts_like_one(sizes) {
        alike if count == 1 && alike > 1 => format!("1–{alike}"),
        _ => words::thousands(count),
    }
}

/// Up to this many events the scale is the same, however few a site has.
const FEW: usize = 10;

/// One, a round number up to `most`, and one between: what a scale shows, in as far as no disc's radius is
/// above `largest`.
fn scale_counts(most: usize, largest: f32, sizes: SymbolScale) -> Vec<usize> {
    let round = (0..6).flat_map(|power| [1, 2, 3, 5].map(|n| n * 10_usize.pow(power)));
    let shown: Vec<usize> = round
        .skip_while(|count| *count <= counts_like_one(sizes))
        .take_while(|count| *count <= most.max(FEW) && sizes.radius(*count) <= largest)
        .collect();
    match shown.as_slice() {
        [] => vec![1],
        [.., top] => {
            let apart = |less: usize, more: usize| sizes.radius(more) > sizes.radius(less) * 1.2;
            let between = shown.iter().copied().find(|count| *count * 3 >= *top);
            let between = between.filter(|count| apart(1, *count) && apart(*count, *top));
            [Some(1), between, Some(*top)].into_iter().flatten().collect()
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
    let mut entries = Vec::new();
    let mut add = |key: Vec<Item>, words: &str| {
        entries.push(Entry { key, words: shaper.shape(words, style::SMALL) });
    };
    let by_class = Direction::ALL.iter().zip(selection.by_class());
    let classes: BTreeSet<Direction> =
        by_class.filter(|(_, n)| *n > 0).map(|(class, _)| *class).collect();
    let first_class = classes.first().copied().unwrap_or(Direction::AttackOnCoalition);
    for class in &classes {
        let class = *class;
        add(vec![disc(5.0, Some(theme.class(class)), None)], &words::capitalised(class.label()));
    }
    let bands = age::bands(prepared.dataset, view);
    if bands.len() > 1 {
        let class = |band: usize| match band.checked_sub(1) {
            None => theme.class(first_class),
            // The last band is drawn in the palest colour that is in use.
            Some(older) => theme.aged(first_class, older),
        };
        for (band, words) in age::band_words(&bands).iter().enumerate() {
            add(vec![disc(5.0, Some(class(band)), None)], words);
        }
    } else if view.mode == Mode::SinceStart && selection.has_past() {
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
    let color = theme.class(first_class);
    for (key, words) in place_keys::keys(theme, prepared, color, MIDDLE, carried) {
        add(key, words);
    }
    if let Some(days) = carried.histories
        && !classes.is_empty()
    {
        let (noun, [first, last]) =
            (view.rule.noun(2), [days.first(), days.last()].map(words::month_short));
        let words = format!("{} by month, {first} to {last}", words::capitalised(noun));
        add(history_key(theme, color), &words);
    }
    entries
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

#[cfg(test)]
mod tests {
    use super::*;

    const LARGEST: SymbolScale = SymbolScale::LARGEST;

    #[test]
    fn the_scale_goes_up_to_the_largest_round_number_that_a_site_has() {
        assert_eq!(scale_counts(4, 40.0, LARGEST), [1, 5, 10]);
        assert_eq!(scale_counts(12, 40.0, LARGEST), [1, 5, 10]);
        assert_eq!(scale_counts(32, 40.0, LARGEST), [1, 10, 30]);
        assert_eq!(scale_counts(300, 200.0, LARGEST), [1, 100, 300]);
        assert_eq!(scale_counts(300, 18.0, LARGEST), [1, 5, 10]);
    }

    #[test]
    fn the_smallest_disc_says_for_which_counts_it_stands() {
        let alike = counts_like_one(LARGEST);
        assert!(LARGEST.radius(alike) <= LARGEST.radius(1));
        assert!(LARGEST.radius(alike + 1) > LARGEST.radius(1));
        assert_eq!(scale_words(1, LARGEST), format!("1–{alike}"));
        assert_eq!(scale_words(10, LARGEST), "10");
    }
}
