//! What stands at the edges of a map, placed one after the other so that nothing covers anything: credits,
//! scale bar, legend, and notes of what has no place on the ground.

use super::camera::MapFrame;
use super::counted::Prepared;
use super::edge_notes::EdgeNotes;
use super::glyph;
use super::labels::Occupied;
use super::legend::{Carried, Legend, Told};
use super::map::{DrawnSite, MapFurniture};
use super::map_parts::MapParts;
use super::marks::CountedMark;
use super::name_spots::Disc;
use super::text::Shaper;
use super::theme::{Theme, size};
use super::{Item, Rect, competing, furniture, ground_names, map_glyphs, site_names};
use crate::analysis::BarCount;
use crate::domain::{DaySpan, SiteIndex};
use std::collections::BTreeSet;

/// What the edges of a map hold.
pub(super) struct Edges {
    /// The room that is taken.
    pub(super) taken: Occupied,
    /// The room that is taken whatever is counted: names of sites keep clear of it, and so stay where they are.
    pub(super) stays: Occupied,
    /// What the pointer finds in notes.
    pub(super) notes: Vec<DrawnSite>,
    /// How much of the legend is there, where one was wanted.
    pub(super) legend: Option<Told>,
    /// The room that is kept for the date.
    pub(super) date: Option<Rect>,
    /// Whether the notes have a place that covers no glyph, or there are none.
    pub(super) notes_fit: bool,
}

/// Draws what a map carries at its edges beside its glyphs, those that are not shown now included: nothing
/// jumps while time plays.
pub(super) fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    prepared: &Prepared<'_>,
    frame: &MapFrame,
    (spec, parts): (&MapFurniture<'_>, &MapParts),
    marks: &[CountedMark],
    items: &mut Vec<Item>,
) -> Edges {
    let discs = discs(prepared, marks);
    let mut taken = Occupied::default();
    if !prepared.input.still {
        taken.take(buttons(frame));
    }
    let date = spec.date.map(|size| date_room(size, frame, marks));
    if let Some(room) = date {
        taken.take(room);
    }
    let credit_height = spec
        .credits
        .map_or(0.0, |words| furniture::credits(shaper, theme, words, frame, &mut taken, items));
    let bar = parts.scale_bar.then(|| {
        furniture::scale_bar(shaper, theme, frame, credit_height, &discs, &mut taken, items)
    });
    if parts.north_arrow {
        let bar = (bar.flatten(), credit_height);
        furniture::north_arrow(shaper, theme, frame, bar, &discs, &mut taken, items);
    }
    let notes = spec.notes.then(|| EdgeNotes::of(shaper, prepared)).filter(|n| !n.is_empty());
    // While time plays they come and go, and no name may blink for it.
    let names = || ground_names::about(prepared.basemap, frame);
    let notes = notes.map(|n| if prepared.input.still { n } else { n.beside(names()) });
    let histories = history_days(prepared, frame, marks);
    let carried = Carried {
        notes: notes.is_some(),
        histories,
        beyond: beyond(prepared, histories, parts.strip),
        others: competing::is_any(prepared, frame),
        possible: false,
    };
    let legend = spec.legend.then(|| Legend::of(shaper, theme, prepared, carried)).flatten();

    // The legend keeps its corner, unless that leaves the notes no place: they count events.
    let legend_first = legend.as_ref().is_none_or(|legend| {
        let mut tried = taken.clone();
        let told = legend.on_map(shaper, theme, frame, &discs, &mut tried, &mut Vec::new());
        let room = |n: &EdgeNotes| n.block(frame, &discs, &tried).is_some();
        told != Told::Nothing && notes.as_ref().is_none_or(room)
    });
    let place_legend = |shaper: &mut Shaper, taken: &mut Occupied, items: &mut Vec<Item>| {
        legend.as_ref().map(|legend| legend.on_map(shaper, theme, frame, &discs, taken, items))
    };
    let mut told = None;
    if legend_first {
        told = place_legend(shaper, &mut taken, items);
    }
    let stays = taken.clone();
    let mut edges = Edges { taken, stays, notes: Vec::new(), legend: told, date, notes_fit: true };
    if let Some(notes) = notes {
        let block = notes.block(frame, &discs, &edges.taken);
        edges.notes_fit = block.is_some();
        if let Some(block) = block {
            edges.stays.take(block);
        }
        edges.notes = notes.draw_on_map(theme, frame, &discs, &mut edges.taken, items);
    }
    if !legend_first {
        let before = edges.taken.boxes().len();
        edges.legend = place_legend(shaper, &mut edges.taken, items);
        for place in &edges.taken.boxes()[before..] {
            edges.stays.take(*place);
        }
    }
    for place in &parts.kept {
        edges.taken.take(*place);
        edges.stays.take(*place);
    }
    edges
}

/// The room of the glyphs with what stands beside and below them.
fn discs(prepared: &Prepared<'_>, marks: &[CountedMark]) -> Occupied {
    let scale = prepared.scale();
    let mut discs = Occupied::default();
    for (mark, count) in marks {
        discs.take(site_names::glyph_box(mark.center, mark.full_radius));
        // In a window what stands at the edges stays there, whatever stands beside a glyph for a while.
        if prepared.input.still
            && let Some(more) =
                glyph::more_box(count, (mark.center, glyph::glyph_radius(count, scale)))
        {
            discs.take(more);
        }
    }
    discs
}

/// From when to when the histories run that a map of this size has below its glyphs; `None` where it has none.
pub(super) fn history_days(
    prepared: &Prepared<'_>,
    frame: &MapFrame,
    marks: &[CountedMark],
) -> Option<DaySpan> {
    if frame.rect.width() < size::MAP_WITH_HISTORIES {
        return None;
    }
    let scale = prepared.scale();
    let still = prepared.input.still;
    // In a window the legend speaks of them whatever is shown now, and so does not change its height.
    let shown = marks.iter().filter(|(_, count)| !still || !count.is_empty());
    let radius = |(mark, count): &CountedMark| {
        if still { glyph::glyph_radius(count, scale) } else { mark.room }
    };
    let drawn: Vec<Disc> = shown.map(|mark| (mark.0.center, radius(mark))).collect();
    if site_names::histories(&drawn, 1).is_empty() {
        return None;
    }
    match prepared.counted.places.months.as_slice() {
        [first, .., last] => Some(first.join(*last)),
        _ => None,
    }
}

/// By class, whether the histories or the time strip of a still picture have it, whatever days are shown. What is
/// dated to several days has no colour there.
pub(super) fn beyond(
    prepared: &Prepared<'_>,
    histories: Option<DaySpan>,
    strip: Option<DaySpan>,
) -> [bool; 6] {
    let (counts, selection) = (prepared.selection.day_counts(), prepared.selection);
    let (here, ever) = (selection.by_class(), counts.by_class());
    let mut beyond = [false; 6];
    if !prepared.input.still || !here.iter().zip(ever).any(|(here, ever)| *here == 0 && ever > 0) {
        return beyond;
    }
    let mut add = |counts: &[BarCount]| {
        for count in counts {
            for (is_there, n) in beyond.iter_mut().zip(count.exact) {
                *is_there |= n > 0;
            }
        }
    };
    if let Some(axis) = strip {
        add(&counts.bars(&[axis]));
    }
    if histories.is_some() {
        let record = prepared.dataset;
        let sites: BTreeSet<SiteIndex> =
            selection.iter().map(|shown| record.event(shown.event).site).collect();
        let sites: Vec<SiteIndex> = sites.into_iter().collect();
        let months = prepared.counted.history(record, selection, prepared.view.window, &sites);
        let months: Vec<BarCount> = months.into_iter().map(|month| month.count).collect();
        add(&months);
    }
    beyond
}

/// Where at the upper edge the date covers fewest glyphs, those that are not shown now included, or else in
/// the upper half of the right or the left edge; of equals the first. The legend has the corner below.
fn date_room([width, height]: [f32; 2], frame: &MapFrame, marks: &[CountedMark]) -> Rect {
    const STEP: f32 = 12.0;
    let [left, top] = frame.rect.min.map(|v| v + furniture::MARGIN);
    let right = buttons(frame).min[0] - furniture::MARGIN - width;
    let steps = |from: f32, to: f32| {
        (0..200_u8).map(move |n| from + f32::from(n) * STEP).take_while(move |at| *at <= to)
    };
    let lowest = frame.rect.center()[1] - height / 2.0;
    let below = |x: f32, from: f32| steps(from, lowest).map(move |y| [x, y]);
    let at_right = frame.rect.max[0] - furniture::MARGIN - width;
    let places = steps(left, right.max(left))
        .map(|x| [x, top])
        .chain(below(at_right, buttons(frame).max[1]))
        .chain(below(left, top))
        .map(|corner| Rect::from_min_size(corner, width, height));
    let covered = |room: &Rect| {
        let glyph = |(mark, _): &&CountedMark| {
            room.overlaps(&map_glyphs::disc_box(mark.center, mark.full_radius + 2.0))
        };
        marks.iter().filter(glyph).count()
    };
    let leftmost = Rect::from_min_size([left, top], width, height);
    places.min_by_key(covered).unwrap_or(leftmost)
}

/// The corner in which a window has its buttons.
fn buttons(frame: &MapFrame) -> Rect {
    const SIZE: [f32; 2] = [40.0, 100.0];
    let [right, top] = [frame.rect.max[0], frame.rect.min[1]];
    Rect { min: [right - SIZE[0], top], max: [right, top + SIZE[1]] }
}
