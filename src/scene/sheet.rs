//! Where the parts of a figure stand on its sheet: what is measured before anything is drawn.

use std::sync::Arc;

use super::camera::{self, MapFrame};
use super::counted::Prepared;
use super::edge_notes::EdgeNotes;
use super::figure_table::{EventsTable, TABLE_SHARES, beside_table};
use super::furniture::MARGIN;
use super::glyph::glyph_radius;
use super::inset_room::InsetRoom;
use super::legend::{Carried, Legend, Told};
use super::map::{self, DrawnSite, MapFurniture};
use super::map_parts::MapParts;
use super::marks::{CountedMark, site_marks};
use super::strip::StripLayout;
use super::text::{Align, ShapedText, Shaper, TextStyle};
use super::theme::{Theme, style};
use super::{Item, Rect, Size, competing, edges, ground_names};
use crate::analysis::{Camera, FigurePart, FigureSpec};
use crate::domain::DaySpan;

/// A figure of this width or more is laid out in its own points.
const FULL_WIDTH: f32 = 730.0;
/// A narrower one is laid out larger and printed smaller, down to this: the smallest type, 9.5 points
/// here, is then still more than 6 points on paper.
const LEAST_SCALE: f32 = 0.66;
/// A map lower or narrower than this has its credits below, where they lie on no site.
const CREDITS_ON_MAP: Size = Size { width: 560.0, height: 420.0 };
/// The least height of a map, as share of its width; and as points, which is enough for the widest.
const LEAST_MAP: (f32, f32) = (0.45, 220.0);
/// The time strip gives way when the map would have less than this share of the figure.
const MAP_ABOVE_STRIP: f32 = 0.45;
/// With a table of events the map may have this share of it.
const MAP_WITH_TABLE: f32 = 0.26;
/// An inset below the map is not higher than this share of it.
const INSET_OF_MAP: f32 = 0.9;
/// A map is so many times as wide at least as an inset beside it: it stays what the figure is about.
const MAP_OF_INSET: f32 = 1.3;
/// Points between the map and the legend or the strip below it.
pub(super) const BELOW_MAP: f32 = 7.0;

/// The words of a figure.
pub(super) struct Words {
    pub(super) title: String,
    pub(super) subtitle: String,
    /// The notes of a figure without a time strip, and of one with it.
    pub(super) notes: [String; 2],
    pub(super) credits: String,
}

/// The parts of a figure, measured and placed.
pub(super) struct Sheet {
    /// Points on paper for one point of the layout.
    pub(super) scale: f32,
    /// Size in points of the layout.
    pub(super) size: Size,
    /// Title and subtitle, with the top left corner of each.
    pub(super) head: [(Arc<ShapedText>, [f32; 2]); 2],
    /// The notes below, likewise.
    pub(super) notes: (Arc<ShapedText>, [f32; 2]),
    /// The map.
    pub(super) map: MapFrame,
    /// The legend's items and where they stand; `None` when it stands on the map.
    pub(super) legend: Option<(Vec<Item>, [f32; 2])>,
    /// Notes of what has no place on the ground, drawn below the map, and what is found in them; `None` when
    /// they stand on the map.
    pub(super) unplaced: Option<(Vec<Item>, Vec<DrawnSite>)>,
    /// Where the time strip stands.
    pub(super) strip: Option<Rect>,
    /// Where the table of events stands.
    pub(super) table: Option<Rect>,
    /// Where an inset stands that has no room on the map.
    pub(super) inset: Option<Rect>,
    /// Whether the credits stand on the map; else they are part of the notes.
    pub(super) credits_on_map: bool,
    /// Whether the map is large enough to be read.
    pub(super) fits: bool,
}

/// Type sizes and margins that follow the width of the figure.
pub(super) struct Layout {
    pub(super) side: f32,
    pub(super) title: TextStyle,
    pub(super) subtitle: TextStyle,
}

impl Layout {
    pub(super) fn of(width: f32) -> Self {
        let sized = |share: f32, min: f32, largest: TextStyle| TextStyle {
            size_pt: (width * share).clamp(min, largest.size_pt),
            ..largest
        };
        Self {
            side: (width * 0.022).clamp(9.0, 20.0),
            title: sized(0.028, 15.0, style::TITLE),
            subtitle: sized(0.0165, 10.5, style::SUBTITLE),
        }
    }
}

/// What is left of a sheet for map, legend and strip.
struct Middle<'a> {
    top: f32,
    bottom: f32,
    width: f32,
    side: f32,
    /// The credits that stand on the map.
    credits: Option<&'a str>,
    /// What is kept for an inset off the map.
    inset: Option<InsetRoom>,
    /// The days of the time strip below.
    strip: Option<DaySpan>,
    spec: &'a FigureSpec,
}

/// The size of a figure in points on paper.
pub(super) fn sheet_size(spec: &FigureSpec) -> Size {
    let [width, height] = spec.size.points();
    Size { width, height }
}

/// Points on paper for one point of the layout of a sheet, and its size in points of the layout.
pub(super) fn scaled(size: Size) -> (f32, Size) {
    let scale = (size.width / FULL_WIDTH).clamp(LEAST_SCALE, 1.0);
    (scale, Size { width: size.width / scale, height: size.height / scale })
}

/// Measures and places the parts of a figure of `size` points on paper. Where an inset is to have room off the map, the
/// time strip gives way to it, and it to what the map needs.
pub(super) fn plan(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    words: &Words,
    size: Size,
    spec: &FigureSpec,
    room: Option<InsetRoom>,
) -> Sheet {
    let (scale, size) = scaled(size);
    let Size { width, height } = size;
    let Layout { side, title, subtitle } = Layout::of(width);
    let inner = (width - 2.0 * side).max(60.0);

    let title = headline(shaper, &unbroken(&words.title), title, inner);
    let subtitle = shaper.wrap(&unbroken(&words.subtitle), subtitle, inner, Align::Start);
    let title_at = [side, side * 0.6];
    let subtitle_at = [side, title_at[1] + title.height() + 1.0];
    let top = subtitle_at[1] + subtitle.height() + side * 0.4;

    let credits_on_map = width >= CREDITS_ON_MAP.width && height >= CREDITS_ON_MAP.height * 1.4;
    let credits = credits_on_map.then_some(words.credits.as_str());
    let mut foot = |notes: &str| {
        let below = if credits_on_map { String::new() } else { format!(" {}.", words.credits) };
        let said = unbroken(&format!("{notes}{below}"));
        let notes = shaper.wrap(&said, style::FOOTNOTE, inner, Align::Start);
        let at = [side, height - notes.height() - side * 0.4];
        (notes, at)
    };
    let [without, with] = [foot(&words.notes[0]), foot(&words.notes[1])];

    let strip_height = (height * 0.13).clamp(60.0, 110.0);
    let listed = spec.has(FigurePart::Table).then(|| EventsTable::of(prepared.input));
    let listed = listed.filter(|table| !table.is_empty());
    let axis = StripLayout::axis_for_figure(prepared.dataset, prepared.view);
    let mut tried = |notes: &(Arc<ShapedText>, [f32; 2]),
                     inset: Option<InsetRoom>,
                     strip: bool,
                     table: Option<f32>| {
        let bottom = notes.1[1] - 4.0 - if strip { strip_height } else { 0.0 };
        let whole = Rect { min: [side, top], max: [width - side, bottom] };
        let wanted = listed.as_ref().zip(table);
        let (map, table) = match wanted {
            Some((listed, share)) => beside_table(listed, size, whole, share)?,
            None => ([width, bottom], None),
        };
        let [width, bottom] = map;
        let beside = inset.map_or(0.0, InsetRoom::beside);
        let margin = if beside > 0.0 && table.is_none() { side } else { 0.0 };
        let width = width - beside - margin;
        let strip = strip.then_some(axis);
        let middle = Middle { top, bottom, width, side, credits, inset, strip, spec };
        Some((arrange(shaper, theme, prepared, &middle), table))
    };
    // A table of fewer rows, then a figure without a strip, rather than one without the table that is asked for.
    let tables = TABLE_SHARES.map(Some);
    let with_table = [true, false].into_iter().flat_map(|strip| tables.map(|t| (strip, t)));
    let parts: Vec<_> = with_table.chain([(true, None), (false, None)]).collect();
    let rooms = room.map(Some).into_iter().chain([None]);
    let ways =
        rooms.flat_map(|room| parts.iter().map(move |(strip, table)| (room, *strip, *table)));
    let mut found = None;
    for (inset, strip, table) in ways {
        let is_asked =
            (!strip || spec.has(FigurePart::Strip)) && (table.is_none() || listed.is_some());
        if !is_asked || (inset.is_none() && !strip && table.is_none()) {
            continue;
        }
        let notes = if strip { &with } else { &without };
        let least = match inset {
            Some(InsetRoom::Below(inset)) => inset / INSET_OF_MAP,
            _ if table.is_some() => height * MAP_WITH_TABLE,
            _ => height * MAP_ABOVE_STRIP,
        };
        found = tried(notes, inset, strip, table)
            .filter(|(a, _)| a.fits && a.map.rect.height() >= least)
            .filter(|(a, _)| {
                inset.is_none_or(|room| a.map.rect.width() >= room.beside() * MAP_OF_INSET)
            })
            .map(|(arranged, table)| (arranged, inset, strip, table));
        if found.is_some() {
            break;
        }
    }
    let (arranged, inset, strip, table) = found.unwrap_or_else(|| {
        let bottom = without.1[1] - 4.0;
        let (inset, strip) = (None, None);
        let middle = Middle { top, bottom, width, side, credits, inset, strip, spec };
        (arrange(shaper, theme, prepared, &middle), None, false, None)
    });
    let notes = if strip { with } else { without };
    let strip = strip.then(|| {
        let bottom = notes.1[1] - 2.0;
        let min = [side, bottom - strip_height + BELOW_MAP];
        Rect { min, max: [width - side, bottom] }
    });
    let inset = inset.map(|room| room.place(arranged.map.rect, side));
    Sheet {
        scale,
        size,
        inset,
        head: [(title, title_at), (subtitle, subtitle_at)],
        notes,
        map: arranged.map,
        legend: arranged.legend,
        unplaced: arranged.unplaced,
        strip,
        table,
        credits_on_map,
        fits: arranged.fits,
    }
}

/// A map, its legend, and the notes of what has no place on its ground.
struct Arranged {
    map: MapFrame,
    legend: Option<(Vec<Item>, [f32; 2])>,
    unplaced: Option<(Vec<Item>, Vec<DrawnSite>)>,
    fits: bool,
}

/// Places map, legend and notes: the notes at the map's edge where they have room, else below it.
fn arrange(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    middle: &Middle<'_>,
) -> Arranged {
    if let Some(arranged) = with_notes_on_map(shaper, theme, prepared, middle) {
        return arranged;
    }
    let width = middle.width - 2.0 * middle.side;
    let rows = |shaper: &mut Shaper, at: [f32; 2]| {
        let mut items = Vec::new();
        let notes = EdgeNotes::of(shaper, prepared);
        let (sites, height) = notes.draw_in_rows(theme, at, width, &mut items);
        (items, sites, height)
    };
    let (.., height) = rows(shaper, [0.0, 0.0]);
    let room = if height > 0.0 { height + BELOW_MAP } else { 0.0 };
    let above = Middle { bottom: middle.bottom - room, ..*middle };
    let (items, sites, _) = rows(shaper, [middle.side, middle.bottom - height]);
    let (arranged, _) = arrange_map(shaper, theme, prepared, &above, false);
    Arranged { unplaced: Some((items, sites)), ..arranged }
}

/// Map and legend with the notes at the map's edge; `None` where they have no room there.
fn with_notes_on_map(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    middle: &Middle<'_>,
) -> Option<Arranged> {
    let (arranged, notes_fit) = arrange_map(shaper, theme, prepared, middle, true);
    notes_fit.then_some(arranged)
}

/// Places map and legend: the legend in a column on the map beside the sites, or in rows below it,
/// whichever shows the sites larger. Also whether notes at the map's edge cover nothing.
fn arrange_map(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    middle: &Middle<'_>,
    notes: bool,
) -> (Arranged, bool) {
    let Middle { top, bottom, width, side, credits, inset, strip, spec } = *middle;
    let below = inset.map_or(0.0, InsetRoom::below);
    let parts = MapParts::of(spec, strip);
    let rect = |bottom: f32| Rect { min: [0.0, top], max: [width, bottom.max(top + 1.0)] };
    let whole = rect(bottom - below);
    let plain = MapFrame { rect: whole, camera: camera(prepared, whole, 0.0) };
    let edges = |shaper: &mut Shaper, map: &MapFrame, legend: bool| {
        let furniture = MapFurniture { credits, legend, notes, date: None };
        let marks = marks(prepared, map);
        let carried = (&furniture, &parts);
        edges::draw(shaper, theme, prepared, map, carried, &marks, &mut Vec::new())
    };
    let arranged = |map: MapFrame, legend| Arranged {
        fits: fits(prepared, &map),
        map,
        legend,
        unplaced: None,
    };
    let histories = edges::history_days(prepared, &plain, &marks(prepared, &plain));
    let carried = Carried {
        notes,
        histories,
        beyond: edges::beyond(prepared, histories, strip),
        others: competing::is_any(prepared, &plain),
        possible: false,
    };
    let wanted = spec.has(FigurePart::Legend);
    let legend = wanted.then(|| Legend::of(shaper, theme, prepared, carried)).flatten();
    let Some(legend) = legend else {
        let notes_fit = edges(shaper, &plain, false).notes_fit;
        return (arranged(plain, None), notes_fit);
    };
    let plate = legend.plate_size(shaper);
    let column = plate.width + 2.0 * MARGIN;
    let beside = MapFrame { rect: whole, camera: camera(prepared, whole, column) };

    let mut items = Vec::new();
    let rows = legend.in_rows(shaper, theme, width - 2.0 * side, &mut items);
    let above = rect(bottom - below - rows - BELOW_MAP);
    let smaller = MapFrame { rect: above, camera: camera(prepared, above, 0.0) };

    let has_room = plate.height + 2.0 * MARGIN <= whole.height() && column <= width * 0.5;
    if has_room && beside.camera.zoom >= smaller.camera.zoom - 0.02 {
        let edges = edges(shaper, &beside, true);
        if edges.legend == Some(Told::Whole) {
            return (arranged(beside, None), edges.notes_fit);
        }
    }
    let at = [side, above.max[1] + below + BELOW_MAP];
    let notes_fit = edges(shaper, &smaller, false).notes_fit;
    (arranged(smaller, Some((items, at))), notes_fit)
}

/// The glyphs of a map with what they count.
fn marks(prepared: &Prepared<'_>, map: &MapFrame) -> Vec<CountedMark> {
    let capitals = ground_names::capital_points(prepared.basemap, map);
    site_marks(prepared, map, &capitals).counted(prepared, map).0
}

/// The camera of a map of which a column on the left is kept free of what it must show.
fn camera(prepared: &Prepared<'_>, rect: Rect, column: f32) -> Camera {
    let free = Rect { min: [rect.min[0] + column, rect.min[1]], max: rect.max };
    let mut camera =
        map::camera_with(&prepared.input, prepared.counted, free.width(), free.height());
    if prepared.view.camera.is_none() {
        let frame = MapFrame { rect: free, camera };
        camera.center = frame.to_lon_lat(rect.center());
    }
    camera::held(camera, prepared.basemap.data.bounds, rect.width(), rect.height())
}

/// Whether a map is high enough, and no glyph that it shows is cut off at its edge.
fn fits(prepared: &Prepared<'_>, map: &MapFrame) -> bool {
    let view = prepared.view;
    let (share, enough) = LEAST_MAP;
    let high = map.rect.height() >= (map.rect.width() * share).min(enough);
    // Where somebody chose what the map shows, it may well cut.
    let chosen = view.camera.is_some() || view.filter.area().is_some();
    let whole = || {
        let all = marks(prepared, map);
        all.iter().filter(|(_, count)| !count.is_empty()).all(|(mark, count)| {
            map.rect.grown(-glyph_radius(count, prepared.scale())).contains(mark.center)
                && map.rect.contains(mark.anchor)
        })
    };
    high && (chosen || whole())
}

/// A title on one line where a somewhat smaller type allows it; else on lines of like length.
pub(super) fn headline(
    shaper: &mut Shaper,
    words: &str,
    text_style: TextStyle,
    width: f32,
) -> Arc<ShapedText> {
    const LEAST_SHARE: f32 = 0.8;
    let natural = shaper.shape(words, text_style).width();
    if natural * LEAST_SHARE <= width {
        let size_pt = text_style.size_pt * (width / natural.max(1.0)).min(1.0);
        // Rounded down, so that it stays on its line.
        let size_pt = (size_pt * 10.0).floor() / 10.0;
        return shaper.shape(words, TextStyle { size_pt, ..text_style });
    }
    let widest = shaper.wrap(words, text_style, width, Align::Start);
    let (mut short, mut long) = (width * 0.3, width);
    while long - short > 1.0 {
        let middle = f32::midpoint(short, long);
        let tried = shaper.wrap(words, text_style, middle, Align::Start);
        if tried.lines() > widest.lines() {
            short = middle;
        } else {
            long = middle;
        }
    }
    shaper.wrap(words, text_style, long, Align::Start)
}

/// The words with spaces that no line breaks at, after a number and before a year: dates and counts stay
/// together.
pub(super) fn unbroken(words: &str) -> String {
    const NO_BREAK: char = '\u{a0}';
    let digits = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    // Years have four digits in a row, counts as large have a comma.
    let is_year = |word: &str| word.len() == 4 && digits(word);
    let is_count =
        |word: &str| !word.ends_with(',') && !is_year(word) && word.split(',').all(digits);
    let is_month = |word: &str| word.len() > 2 && word.chars().all(char::is_alphabetic);
    let mut out = String::with_capacity(words.len());
    let mut before = "";
    for word in words.split(' ') {
        if !out.is_empty() {
            let counted = is_count(before) && word != "to";
            let dated = is_month(before) && is_year(word.trim_end_matches([',', ';', '.', ')']));
            out.push(if counted || dated { NO_BREAK } else { ' ' });
        }
        out.push_str(word);
        before = word;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_not_broken_apart() {
        for (words, expected) in [
            (
                "Attacks, 3 January 2020 to 6 January 2022",
                "Attacks, 3_January_2020 to 6_January_2022",
            ),
            (
                "3 to 6 May 2021; 1,172 attacks at 8 sites.",
                "3 to 6_May_2021; 1,172_attacks at 8_sites.",
            ),
            ("Attacks, 2020 to 2022", "Attacks, 2020 to 2022"),
            ("In 2020, US forces 0.1.0. left", "In 2020, US forces 0.1.0. left"),
            ("", ""),
        ] {
            assert_eq!(unbroken(words).replace('\u{a0}', "_"), expected);
        }
    }

    #[test]
    fn a_title_is_set_on_one_line_or_on_lines_of_like_length() {
        let mut shaper = Shaper::new();
        let words =
            unbroken("Attacks on US and coalition forces, 3 January 2020 to 6 January 2022");
        let natural = shaper.shape(&words, style::TITLE).width();
        let one = headline(&mut shaper, &words, style::TITLE, natural * 0.85);
        assert_eq!(one.lines(), 1);
        assert!(one.width() <= natural * 0.85 && one.size_pt() > style::TITLE.size_pt * 0.8);
        let two = headline(&mut shaper, &words, style::TITLE, natural * 0.7);
        assert_eq!(two.lines(), 2);
        assert!(two.width() < natural * 0.6, "{} of {natural}", two.width());
    }
}
