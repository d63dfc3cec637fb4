//! Notes at the map's edge: how many events shown have no place on this map's ground, because they are
//! known to a country or to several governorates only. Where the map has no room they stand below it.

use std::cmp::Reverse;
use std::sync::Arc;

use super::camera::MapFrame;
use super::counted::Prepared;
use super::furniture::MARGIN;
use super::glyph::SiteCount;
use super::labels::Occupied;
use super::map::DrawnSite;
use super::places::NotedPlaces;
use super::text::{ShapedText, Shaper};
use super::theme::{Theme, style};
use super::{
    Dash, Group, Item, Placement, Rect, Size, Stroke, Text, patterns, shapes, vague_glyph,
};
use crate::analysis::{Place, PlaceClass, words};
use crate::domain::SiteIndex;

/// Width of the bar of classes in a note.
const BAR_WIDTH: f32 = 9.0;
const PADDING: f32 = 5.0;
const LINE: f32 = 17.0;
const GAP: f32 = 3.0;
/// Points between the notes of a row.
const ROW_GAP: f32 = 8.0;

/// What is counted in one line at the edge.
struct Note {
    /// What is known: "Iraq, place not known".
    known: String,
    class: PlaceClass,
    count: SiteCount,
    /// Sites of its events with their counts, the one with most events first.
    sites: Vec<(SiteIndex, SiteCount)>,
    /// All places that are noted in it, whatever the window.
    places: Arc<[Place]>,
    /// Their numbers in the record.
    numbers: Arc<[u32]>,
}

impl Note {
    fn width(shaped: &ShapedText) -> f32 {
        shaped.width() + BAR_WIDTH + 3.0 * PADDING
    }

    /// What the pointer finds in its plate.
    fn drawn(&self, plate: Rect) -> impl Iterator<Item = DrawnSite> {
        self.sites.iter().map(move |(site, count)| DrawnSite {
            site: *site,
            members: vec![*site],
            places: Arc::clone(&self.places),
            numbers: Arc::clone(&self.numbers),
            center: plate.center(),
            radius: LINE / 2.0,
            class: self.class,
            count: *count,
            note: Some(plate),
        })
    }
}

/// The notes of a map with their words, not yet placed.
pub(super) struct EdgeNotes {
    lines: Vec<(Note, Arc<ShapedText>)>,
    /// The widths that are kept for them, the more generous first: of a window those of the largest counts that
    /// they can have, so that they stay where they are while time plays.
    widths: [f32; 2],
    /// About where names of the ground stand that do not move for them.
    names: Vec<Rect>,
}

impl EdgeNotes {
    /// The notes that the whole record has under the rule and filter; of a still picture those shown.
    pub(super) fn of(shaper: &mut Shaper, prepared: &Prepared<'_>) -> Self {
        let is_still = prepared.input.still;
        let kept = |note: &Note| !is_still || !note.count.is_empty();
        let notes: Vec<Note> = notes(prepared).into_iter().filter(kept).collect();
        let mut widths = [0.0_f32; 2];
        for note in notes.iter().filter(|_| !is_still) {
            let total =
                note.numbers.iter().map(|n| prepared.counted.totals[*n as usize]).sum::<u32>()
                    as usize;
            for (width, possible) in widths.iter_mut().zip([total.min(9), 0]) {
                let most = format!("{}: {}", note.known, words::count(total, possible));
                *width = width.max(Note::width(&shaper.shape(&most, style::SMALL)));
            }
        }
        let line = |note: Note| {
            let [certain, possible] = note.count.both();
            let count = words::count(certain, possible);
            let shown = !note.count.is_empty();
            let words = if shown { format!("{}: {count}", note.known) } else { note.known.clone() };
            let shaped = shaper.shape(&words, style::SMALL);
            (note, shaped)
        };
        let lines: Vec<_> = notes.into_iter().map(line).collect();
        if is_still {
            let widest = lines.iter().map(|(_, shaped)| Note::width(shaped)).fold(0.0, f32::max);
            widths = [widest; 2];
        }
        Self { lines, widths, names: Vec::new() }
    }

    /// The same, where they should leave these names of the ground their room if they can.
    pub(super) fn beside(self, names: Vec<Rect>) -> Self {
        Self { names, ..self }
    }

    /// Where they stand on a map one below the other: at its edge, where they cover neither `edges` nor
    /// `sites`; `None` where there is no such place. It is decided for the whole record, so that they do
    /// not jump while time plays.
    pub(super) fn block(
        &self,
        frame: &MapFrame,
        sites: &Occupied,
        edges: &Occupied,
    ) -> Option<Rect> {
        let height = self.lines.iter().map(|_| LINE + GAP).sum::<f32>() - GAP;
        let free = |p: &Rect| edges.is_free(p) && sites.is_free(p);
        // Of free places the first that takes the room of fewest names of the ground.
        let covered = |p: &Rect| self.names.iter().filter(|name| name.overlaps(p)).count();
        let place = |width| {
            places(Size { width, height }, frame).into_iter().filter(free).min_by_key(covered)
        };
        self.widths.into_iter().find_map(place)
    }

    /// Whether there is nothing to note.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Draws them on a map, and takes their room in `edges`: as a block, or each by itself where the block
    /// has no place. On a map with no room at all they cover sites rather than each other.
    pub(super) fn draw_on_map(
        self,
        theme: &Theme,
        frame: &MapFrame,
        sites: &Occupied,
        edges: &mut Occupied,
        items: &mut Vec<Item>,
    ) -> Vec<DrawnSite> {
        let block = self.block(frame, sites, edges);
        let mut drawn = Vec::new();
        let mut y = block.map_or(0.0, |block| block.min[1]);
        for (note, shaped) in self.lines.into_iter().filter(|(note, _)| !note.count.is_empty()) {
            let size = Size { width: Note::width(&shaped), height: LINE };
            let plate = block.map_or_else(
                || {
                    let places = places(size, frame);
                    let beside = |p: &&Rect| edges.is_free(&p.grown(GAP / 2.0));
                    let clear = places.iter().filter(beside).find(|p| sites.is_free(p));
                    let plate = clear.or_else(|| places.iter().find(beside)).copied();
                    let corner = [frame.rect.min[0] + MARGIN, frame.rect.min[1] + MARGIN];
                    plate.unwrap_or_else(|| Rect::from_min_size(corner, size.width, size.height))
                },
                |block| {
                    // What is wider than the room that was kept for it stays on the map.
                    let left = block.min[0].min(frame.rect.max[0] - MARGIN - size.width);
                    Rect::from_min_size([left, y], size.width, size.height)
                },
            );
            y += LINE + GAP;
            edges.take(plate);
            drawn.extend(note.drawn(plate));
            items.push(note.items(theme, plate, shaped));
        }
        // The site with most events answers a click: it comes last, on top.
        drawn.reverse();
        drawn
    }

    /// Draws those that count something in rows of a width, from a corner on, outside the map; with their
    /// height.
    pub(super) fn draw_in_rows(
        self,
        theme: &Theme,
        [left, top]: [f32; 2],
        width: f32,
        items: &mut Vec<Item>,
    ) -> (Vec<DrawnSite>, f32) {
        let (mut drawn, mut inside) = (Vec::new(), Vec::new());
        let ([mut x, mut y], mut bottom) = ([left, top], top);
        for (note, shaped) in self.lines.into_iter().filter(|(note, _)| !note.count.is_empty()) {
            let needed = Note::width(&shaped);
            if x > left && x + needed > left + width {
                [x, y] = [left, bottom + GAP];
            }
            let plate = Rect::from_min_size([x, y], needed, LINE);
            (x, bottom) = (x + needed + ROW_GAP, y + LINE);
            drawn.extend(note.drawn(plate));
            inside.push(note.items(theme, plate, shaped));
        }
        patterns::lay(theme, &mut inside);
        items.extend(inside);
        drawn.reverse();
        (drawn, bottom - top)
    }
}

impl Note {
    fn items(&self, theme: &Theme, plate: Rect, shaped: Arc<ShapedText>) -> Item {
        let contour = || vec![shapes::closed(shapes::rounded(plate, 3.0))];
        let dash = Some(Dash { on: 3.0, off: 2.0 });
        let rim = Stroke { dash, ..Stroke::solid(theme.text_muted, 0.9) };
        let mut items = vec![
            shapes::area(contour(), Some(theme.plate), None),
            shapes::area(contour(), None, Some(rim)),
        ];
        let bar = Rect::from_min_size(
            [plate.min[0] + PADDING, plate.min[1] + 4.5],
            BAR_WIDTH,
            plate.height() - 9.0,
        );
        vague_glyph::class_bar(theme, &self.count, bar, &mut items);
        if self.count.certain() == 0 {
            let contour = vec![shapes::closed(shapes::corners(bar))];
            let color = theme.class(self.count.main_class());
            items.push(shapes::area(contour, None, Some(Stroke { color, ..rim })));
        }
        let lift = (plate.height() - shaped.height()) / 2.0;
        let origin = [bar.max[0] + PADDING, plate.min[1] + lift];
        items.push(Item::Text(Text { origin, shaped, color: theme.text, halo: None }));
        Item::Group(Group {
            id: format!("note:{}:{}", self.class.code(), self.known),
            placement: Placement::IDENTITY,
            clip: None,
            items,
        })
    }
}

/// The notes that the whole record has under the rule and filter, with the counts of what is shown.
fn notes(prepared: &Prepared<'_>) -> Vec<Note> {
    let all = prepared.input.dataset.places();
    let counted = |n: &&u32| prepared.counted.totals[**n as usize] > 0;
    let note = |noted: &NotedPlaces| {
        let mut count = SiteCount::default();
        let mut sites: Vec<(SiteIndex, SiteCount)> = Vec::new();
        for number in noted.places.iter().filter(counted) {
            if !prepared.selection.shows_place(*number) {
                continue;
            }
            let here = SiteCount::at(prepared.selection, *number);
            count.add_place(prepared.selection, *number);
            // The places of a site follow one another.
            let site = all[*number as usize].site;
            match sites.last_mut() {
                Some((last, of_site)) if *last == site => {
                    of_site.add_place(prepared.selection, *number);
                }
                _ => sites.push((site, here)),
            }
        }
        sites.sort_by_key(|(site, count)| (Reverse(count.both()), *site));
        let numbers: Arc<[u32]> = noted.places.iter().filter(counted).copied().collect();
        let places = numbers.iter().map(|n| all[*n as usize]).collect();
        Note { known: noted.known.clone(), class: noted.class, count, sites, places, numbers }
    };
    let notes = prepared.counted.places.notes.iter().map(note);
    notes.filter(|note| !note.places.is_empty()).collect()
}

/// Places for something of some size on a map: along the left edge, the top, the right edge and the bottom.
fn places(size: Size, frame: &MapFrame) -> Vec<Rect> {
    /// Points between two places that are tried.
    const STEP: f32 = 6.0;
    let Size { width, height } = size;
    let [left, top] = [frame.rect.min[0] + MARGIN, frame.rect.min[1] + MARGIN];
    let bottom = frame.rect.max[1] - MARGIN - height;
    let right = frame.rect.max[0] - MARGIN - width;
    let steps = |from: f32, to: f32| {
        (0..400_u16).map(move |n| from + STEP * f32::from(n)).take_while(move |at| *at <= to)
    };
    let middle = frame.rect.center()[0] - width / 2.0;
    steps(top, bottom)
        .map(|y| [left, y])
        .chain([[middle, top]])
        .chain(steps(top, bottom).map(|y| [right, y]))
        .chain(steps(left, right).map(|x| [x, top]))
        .chain(steps(left, right).map(|x| [x, bottom]))
        .map(|min| Rect::from_min_size(min, width, height))
        .filter(|p| frame.rect.encloses(p))
        .collect()
}
