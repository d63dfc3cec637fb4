//! A whole figure: title, subtitle, map, time strip and notes on one sheet.

use super::camera::MapFrame;
use super::counted::{Counted, Prepared};
use super::figure_panels::DrawnPanel;
use super::figure_table::EventsTable;
use super::inset_room::InsetRoom;
use super::map::{DrawnSite, MapFurniture, MapInput, MapScene};
use super::map_layout::MapLayout;
use super::map_parts::MapParts;
use super::sheet::{self, Sheet, Words};
use super::strip::{self, StripInput, StripLayout, StripUse};
use super::text::Shaper;
use super::theme::Theme;
use super::{
    Group, Item, Placement, Rect, Scene, Size, Stroke, Text, callouts, figure_inset, figure_panels,
    figure_words, furniture, shapes, strip_sources,
};
use crate::analysis::{DrawnGlyph, FigurePart, FigureSpec, Record, Selection, words};
use crate::domain::{DaySpan, SourceIndex};

pub use super::figure_words::{credit_line, default_title, notes, subtitle};

/// What is told where an inset is asked for and has no room.
const NO_ROOM: &str = "There is no room for an inset where sites crowd.";

/// So often a sheet is laid out anew for what is told of what had no room.
const ROUNDS: usize = 3;

/// The narrowest figure that has room for its title and its legend, in points.
pub const MIN_WIDTH: f32 = 160.0;

/// A figure and where its sites are.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The picture; its points are those of the layout.
    pub scene: Scene,
    /// Points on paper for one point of the scene: below 1 when the figure is small.
    pub scale: f32,
    /// Its glyphs.
    pub sites: Vec<DrawnSite>,
    /// Whether its map has the room to be read; see [`least_height`].
    pub fits: bool,
    /// How many glyphs have no name because none had room.
    pub unnamed: usize,
    /// The time strip below its map, where it has one.
    pub strip: Option<DrawnStrip>,
    /// Its map; of small multiples the first.
    pub map: MapFrame,
    /// The inset on its map, where it has one.
    pub inset: Option<DrawnInset>,
    /// Its panels, where it is one of small multiples; `sites` then are those of all of them together.
    pub panels: Vec<DrawnPanel>,
}

/// The inset of a figure.
#[derive(Clone, Debug)]
pub struct DrawnInset {
    /// Its room, in points of the scene.
    pub place: Rect,
    /// What it shows, on the map.
    pub shows: Rect,
    /// Its glyphs, which the map has too.
    pub sites: Vec<DrawnSite>,
}

impl Figure {
    /// The glyphs on the ground of its map for its description in words, the largest first.
    #[must_use]
    pub fn glyphs(&self, record: &Record, selection: &Selection) -> Vec<DrawnGlyph> {
        let on_ground = self.sites.iter().filter(|s| s.is_on_ground() && !s.count.is_empty());
        let mut drawn: Vec<&DrawnSite> = on_ground.collect();
        drawn.sort_by_key(|site| std::cmp::Reverse(site.count.both()));
        let glyph = |site: &DrawnSite| {
            let [certain, possible] = site.count.both();
            let members = site.members.iter().copied();
            let shown: Vec<_> =
                members.filter(|m| selection.count_at(record, *m) != [0, 0]).collect();
            let name = words::site_group(record, &shown);
            let governorate = record.site(site.site).admin1.clone();
            DrawnGlyph { name, governorate, certain, possible }
        };
        drawn.into_iter().map(glyph).collect()
    }
}

/// What the time strip of a figure shows.
#[derive(Clone, Debug)]
pub struct DrawnStrip {
    /// Its days.
    pub axis: DaySpan,
    /// Who says what it shows besides events: dated facts, numbers of troops.
    pub sources: Vec<SourceIndex>,
}

/// The least height on paper in points, up to a metre, at which a figure of the width that is asked for
/// has room for a map that can be read; `None` when there is none.
#[must_use]
pub fn least_height(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    spec: &FigureSpec,
) -> Option<f32> {
    let words = figure_words::of(input, spec, &[]);
    let counted = Counted::of(input);
    let prepared = Prepared { input: *input, counted: &counted };
    let heights = (20_u16..=1000).map(|mm| f32::from(mm) * 72.0 / 25.4);
    heights.into_iter().find(|&height| {
        let size = Size { height, ..sheet::sheet_size(spec) };
        sheet::plan(shaper, theme, &prepared, &words, size, spec, None).fits
    })
}

/// The height on paper in points at which a figure whose inset has no room has that, beside a time strip where one is
/// asked for: at most half as high again, and its own where it has room. `None` where there is none.
#[must_use]
pub fn height_for_inset(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    spec: &FigureSpec,
) -> Option<f32> {
    /// Steps of the height in points, about 3 mm.
    const STEP: f32 = 9.0;
    if !spec.has(FigurePart::Inset) || spec.panels.is_some() {
        return None;
    }
    let words = figure_words::of(input, spec, &[]);
    let counted = Counted::of(input);
    let prepared = Prepared { input: *input, counted: &counted };
    let Size { width, height } = sheet::sheet_size(spec);
    let heights = (0..400_u16).map(|n| height + STEP * f32::from(n));
    let mut without_strip = None;
    for height in heights.take_while(|tried| *tried <= height * 1.5) {
        let size = Size { width, height };
        let (sheet, map) = planned(shaper, theme, &prepared, &words, size, spec);
        if sheet.fits && !map.lacks_inset {
            // On the map it takes nothing from the strip.
            if sheet.inset.is_none() || sheet.strip.is_some() || !spec.has(FigurePart::Strip) {
                return Some(height);
            }
            without_strip = without_strip.or(Some(height));
        }
    }
    without_strip
}

/// Builds the figure of a view.
#[must_use]
pub fn figure(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    spec: &FigureSpec,
) -> Figure {
    let small = spec.panels.map(|by| figure_panels::figure(shaper, theme, input, spec, by));
    if let Some(Ok(figure)) = small {
        return figure;
    }
    let refused = small.is_some();
    let counted = Counted::of(input);
    let prepared = Prepared { input: *input, counted: &counted };
    let mut remarks: Vec<String> = Vec::new();
    // What has no room is told in the notes, which then are longer and leave less.
    for _ in 0..ROUNDS {
        let (figure, told) = one_map(shaper, theme, &prepared, spec, &remarks);
        let told: Vec<String> = told.into_iter().filter(|t| !remarks.contains(t)).collect();
        if told.is_empty() {
            return Figure { fits: figure.fits && !refused, ..figure };
        }
        remarks.extend(told);
    }
    let (figure, _) = one_map(shaper, theme, &prepared, spec, &remarks);
    Figure { fits: figure.fits && !refused, ..figure }
}

/// A figure of one map, and what of it had no room.
fn one_map(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    spec: &FigureSpec,
    remarks: &[String],
) -> (Figure, Vec<String>) {
    let input = &prepared.input;
    let words = figure_words::of(input, spec, remarks);
    let size = sheet::sheet_size(spec);
    // What was told to have no room does not come back when the notes are longer for it.
    let without = remarks.iter().any(|told| told == NO_ROOM);
    let spec = &spec.clone().with(FigurePart::Inset, spec.has(FigurePart::Inset) && !without);
    let (planned, mut drawn) = planned(shaper, theme, prepared, &words, size, spec);
    if drawn.lacks_inset {
        drawn.told.push(NO_ROOM.to_owned());
    }
    let Sheet { scale, size, head, notes, map: frame, fits, legend, unplaced, .. } = planned;
    let Sheet { strip, table, .. } = planned;
    let OnMap { mut map, over, inset, aside, lead, mut told, .. } = drawn;
    let mut items = Vec::new();
    let group = |id: &str, placement, clip, inside, items: &mut Vec<Item>| {
        items.push(Item::Group(Group { id: id.to_owned(), placement, clip, items: inside }));
    };
    for ((shaped, origin), color) in head.into_iter().zip([theme.text, theme.text_muted]) {
        items.push(Item::Text(Text { origin, shaped, color, halo: None }));
    }
    if let Some((inside, at)) = legend {
        group("legend", Placement::moved(at), None, inside, &mut items);
    }
    items.extend(lead);
    map.items.extend(over);
    group("map", Placement::IDENTITY, Some(frame.rect), map.items, &mut items);
    items.extend(aside);
    if let Some((inside, sites)) = unplaced {
        group("unplaced", Placement::IDENTITY, None, inside, &mut items);
        map.sites.extend(sites);
    }
    let right = if frame.rect.max[0] < size.width { frame.rect.max[0] } else { size.width };
    for y in [frame.rect.min[1], frame.rect.max[1]] {
        let edge = vec![[0.0, y], [right, y]];
        items.push(shapes::line(edge, Stroke::solid(theme.rule, 0.8)));
    }
    if spec.has(FigurePart::Table) && !input.selection.is_empty() {
        match table {
            Some(place) => items.push(EventsTable::of(*input).draw(shaper, theme, place)),
            None => told.push("There is no room for the table of events.".to_owned()),
        }
    }
    let strip = strip.map(|rect| {
        let MapInput { dataset, view, selection, .. } = *input;
        let whole = StripLayout::axis_for(dataset, view);
        let layout = StripLayout::new(StripLayout::axis_for_figure(dataset, view), rect)
            .with_rows(dataset, whole);
        let strip_input = StripInput { dataset, view, selection };
        let mut inside = Vec::new();
        let marks =
            strip::strip(shaper, theme, strip_input, &layout, StripUse::Looked, &mut inside);
        group("time-strip", Placement::IDENTITY, None, inside, &mut items);
        let sources = strip_sources::sources(dataset, view, &layout, &marks);
        DrawnStrip { axis: layout.axis, sources }
    });
    let (shaped, origin) = notes;
    items.push(Item::Text(Text { origin, shaped, color: theme.text_muted, halo: None }));
    let scene = Scene { size, background: theme.paper, items };
    let (panels, unnamed) = (Vec::new(), map.unnamed);
    (
        Figure { scale, scene, sites: map.sites, fits, unnamed, strip, map: frame, inset, panels },
        told,
    )
}

/// A sheet with its map drawn. An inset that has no room on the map has its own, where the sheet can spare it.
fn planned(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    words: &Words,
    size: Size,
    spec: &FigureSpec,
) -> (Sheet, OnMap) {
    let mut with = |room| {
        let sheet = sheet::plan(shaper, theme, prepared, words, size, spec, room);
        let map = draw_map(shaper, theme, prepared, spec, (words, &sheet));
        (sheet, map)
    };
    let (sheet, map) = with(None);
    if map.lacks_inset {
        let (_, in_layout) = sheet::scaled(size);
        let rooms = InsetRoom::of(in_layout).into_iter();
        let mut others = rooms.map(|room| with(Some(room)));
        let found = others.find(|(sheet, map)| sheet.inset.is_some() && map.inset.is_some());
        return found.unwrap_or((sheet, map));
    }
    (sheet, map)
}

/// A map with what stands over it, and what of that had no room.
struct OnMap {
    map: MapScene,
    over: Vec<Item>,
    inset: Option<DrawnInset>,
    /// The inset off the map, and the line that leads there.
    aside: Vec<Item>,
    lead: Vec<Item>,
    /// Whether sites crowd and no inset is there.
    lacks_inset: bool,
    told: Vec<String>,
}

/// Draws the map, and over it inset and callouts, for which its names make room.
fn draw_map(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    spec: &FigureSpec,
    (words, sheet): (&Words, &Sheet),
) -> OnMap {
    let frame = &sheet.map;
    let furniture = MapFurniture {
        credits: sheet.credits_on_map.then_some(words.credits.as_str()),
        legend: sheet.legend.is_none() && spec.has(FigurePart::Legend),
        notes: sheet.unplaced.is_none(),
        date: None,
    };
    let off_map = sheet.unplaced.as_ref().map_or(&[][..], |(_, sites)| sites);
    let axis = StripLayout::axis_for_figure(prepared.dataset, prepared.view);
    let parts = MapParts::of(spec, sheet.strip.map(|_| axis));
    let mut layout = MapLayout::new(theme, prepared, frame).with_parts(parts);
    let mut map = layout.draw(shaper, theme, prepared, &furniture);
    let (mut over, mut told, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    let (mut aside, mut lead, mut drawn) = (Vec::new(), Vec::new(), None);
    let (mut below, mut framed) = (Vec::new(), None);
    let crowd =
        if spec.has(FigurePart::Inset) { figure_inset::crowd(prepared, frame, &map) } else { None };
    let inset = crowd.as_ref().and_then(|crowd| {
        let here = (frame, &map);
        match sheet.inset {
            Some(room) => {
                let at = (crowd, room);
                figure_inset::off_map(shaper, theme, prepared, here, at, spec.labels)
            }
            None => figure_inset::on_map(shaper, theme, prepared, here, crowd, spec.labels),
        }
    });
    if let Some(inset) = inset {
        if sheet.inset.is_some() {
            (aside, lead) = (inset.items, inset.below.clone());
        } else {
            kept.push(inset.place);
            over.extend(inset.items);
        }
        (below, framed) = (inset.below, Some(inset.frame));
        let (place, shows, sites) = (inset.place, inset.shows, inset.sites);
        drawn = Some(DrawnInset { place, shows, sites });
    }
    if !spec.callouts.is_empty() {
        let asked = (&spec.callouts[..], &kept[..], off_map);
        let placed = callouts::place(shaper, theme, prepared, &map, frame.rect, asked);
        kept.extend(placed.kept);
        over.extend(placed.items);
        told.extend(placed.told);
    }
    if !kept.is_empty() {
        layout.keep(kept);
        map = layout.draw(shaper, theme, prepared, &furniture);
    }
    if spec.has(FigurePart::NorthArrow) && !furniture::has_north_arrow(&map.items) {
        told.push("There is no room for the north arrow; north is up.".to_owned());
    }
    map.items.splice(0..0, std::iter::once(layout.into_ground()).chain(below));
    // Over the glyphs and below their names.
    let is_glyphs = |item: &Item| matches!(item, Item::Group(group) if group.id == "sites");
    let after = map.items.iter().position(is_glyphs).map_or(map.items.len(), |at| at + 1);
    map.items.splice(after..after, framed);
    let lacks_inset = crowd.is_some() && drawn.is_none();
    OnMap { map, over, inset: drawn, aside, lead, lacks_inset, told }
}
