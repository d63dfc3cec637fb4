//! Where the glyph of each place sits: there, or beside it when glyphs would cover each other.
//!
//! A site has one glyph for its events that are known to the site, another for those known to a radius
//! around it, and another, in its governorate, for those known to no more than that: a glyph counts
//! events of one precision only. What is known still less closely is a note at the edge (`edge_notes`).
//!
//! Sizes here are those of the *whole record* under the rule and filter in force, not of the window, so
//! that no glyph moves while time plays. They are absolute: panning changes none. Only a still picture makes
//! room for what it shows alone; a map too small for the whole record makes room for smaller glyphs.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::camera::MapFrame;
use super::counted::{Prepared, ground_position};
use super::glyph::SiteCount;
use super::groups::PlaceGroup;
use super::spread::spread;
use super::symbol_scale::SymbolScale;
use super::theme::size;
use crate::analysis::{Place, Record};
use crate::domain::SiteIndex;

/// The place of one glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SiteMark {
    /// The site; of a group the one that it is named after.
    pub site: SiteIndex,
    /// How many other sites share the glyph.
    pub others: usize,
    /// Its group, by its place among the groups of the zoom.
    pub group: usize,
    /// What its events have in common: where they are drawn, and as what.
    pub place: Place,
    /// Whether it is the first of its site's marks, which carries the site's name and history, or
    /// of those that are drawn.
    pub is_first: bool,
    /// Where the place is, in points of the scene.
    pub anchor: [f32; 2],
    /// Where its glyph is drawn.
    pub center: [f32; 2],
    /// The radius that the glyph has when the whole record is shown.
    pub full_radius: f32,
    /// The radius for which it has room among the others: less on a map too small for the whole record.
    pub room: f32,
    /// Events of the whole record at the place under the rule and filter.
    pub total: usize,
}

/// A map of which glyphs would take this share is too small for the whole record.
const FULL: f32 = 0.13;
/// Of more glyphs than this, those far outside the map are left out of its layout.
const MANY: usize = 1_000;
/// How far outside, in points.
const OUTSIDE: f32 = 300.0;

/// The glyphs of a map, whatever the window.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    /// In the order of drawing, the largest first.
    pub(super) all: Vec<SiteMark>,
    /// What shares a glyph; a mark knows its own by [`SiteMark::group`].
    pub(super) groups: Arc<Vec<PlaceGroup>>,
    seen: Seen,
}

/// A glyph with what it counts now.
pub(super) type CountedMark = (SiteMark, SiteCount);

/// One mark for each group of places on the ground with at least one event under the rule and filter, apart
/// from each other as far as that goes. No number covers one of `points`: those of capitals, which are seen
/// above glyphs. Marks come in the order of drawing, the largest first.
#[must_use]
pub(super) fn site_marks(prepared: &Prepared<'_>, frame: &MapFrame, points: &[[f32; 2]]) -> Marks {
    let groups = prepared.counted.groups(frame.camera.zoom);
    let (whole, now) = (SymbolScale::whole(prepared.dataset), prepared.scale());
    let mut marks: Vec<SiteMark> = groups
        .iter()
        .enumerate()
        .map(|(group, here)| {
            let (place, others) = (here.members[0], here.members.len() - 1);
            let anchor = frame.to_point(here.position);
            let (full_radius, total) = (whole.radius(here.total), here.total);
            let (site, center, is_first, room) = (place.site, anchor, false, full_radius);
            SiteMark {
                site,
                others,
                group,
                place,
                is_first,
                anchor,
                center,
                full_radius,
                room,
                total,
            }
        })
        .collect();
    if marks.len() > MANY {
        let near = frame.rect.grown(OUTSIDE);
        marks.retain(|mark| near.contains(mark.anchor));
    }
    if prepared.input.still {
        let mut seen = Seen::new(prepared.input.dataset);
        marks.retain_mut(|mark| {
            let (shown, _) = mark.count(prepared, frame, &groups[mark.group], &mut seen);
            mark.total = shown.certain().max(1);
            mark.full_radius = now.radius(mark.total);
            mark.room = mark.full_radius;
            !shown.is_empty()
        });
    } else {
        make_fit(&mut marks, frame);
    }
    marks.sort_by_key(|m| (Reverse(m.total), m.site, m.place.class));
    let mut seen = vec![false; prepared.input.dataset.sites.len()];
    for mark in &mut marks {
        mark.is_first = !std::mem::replace(&mut seen[mark.site.get()], true);
    }
    spread(&mut marks, points);
    let seen = Seen::new(prepared.input.dataset);
    Marks { all: marks, groups, seen }
}

/// On a map that is too small for the whole record room is made for smaller glyphs than it would have: to
/// make room for all would carry what is shown far from its place.
fn make_fit(marks: &mut [SiteMark], frame: &MapFrame) {
    let glyphs: f32 = marks.iter().map(|m| 4.0 * m.full_radius.powi(2)).sum();
    let share = FULL * frame.rect.width() * frame.rect.height() / glyphs.max(1.0);
    if share < 1.0 {
        for mark in marks {
            mark.room = (mark.full_radius * share.sqrt()).max(size::GLYPH_MIN_RADIUS);
        }
    }
}

impl Marks {
    /// The marks with what each counts now, and of each that counts anything the sites that have a part in it, the
    /// first of the group first. Where one site alone of a group has events, the glyph is that site's: it takes
    /// its name and its place.
    pub(super) fn counted(
        &mut self,
        prepared: &Prepared<'_>,
        frame: &MapFrame,
    ) -> (Vec<CountedMark>, Vec<Vec<SiteIndex>>) {
        let (mut marks, mut members) = (Vec::with_capacity(self.all.len()), Vec::new());
        for mark in &self.all {
            let mut mark = *mark;
            let group = &self.groups[mark.group];
            let (count, sites) = mark.count(prepared, frame, group, &mut self.seen);
            if !sites.is_empty() {
                members.push(sites);
            }
            marks.push((mark, count));
        }
        name_what_is_drawn(&mut marks);
        (marks, members)
    }
}

impl SiteMark {
    /// Counts what is shown at its group, with the sites that have a part in it, and takes name and place of the one site that has events.
    fn count(
        &mut self,
        prepared: &Prepared<'_>,
        frame: &MapFrame,
        group: &PlaceGroup,
        seen: &mut Seen,
    ) -> (SiteCount, Vec<SiteIndex>) {
        seen.begin();
        let (mut count, mut shown) = (SiteCount::default(), None);
        let (mut places, mut sites) = (0, Vec::new());
        for (place, number) in group.members.iter().zip(group.numbers.iter()) {
            if count.add_place(prepared.selection, *number) {
                places += 1;
                shown = shown.or(Some(*place));
                if seen.is_new(place.site) {
                    sites.push(place.site);
                }
            }
        }
        if let Some(first) = shown {
            (self.site, self.others) = (first.site, sites.len() - 1);
            if places == 1 && group.members.len() > 1 {
                self.stand_for(prepared, frame, first);
            }
        }
        (count, sites)
    }

    /// Stands for one place of its group.
    fn stand_for(&mut self, prepared: &Prepared<'_>, frame: &MapFrame, place: Place) {
        let Some(position) = ground_position(prepared, &place) else { return };
        let anchor = frame.to_point(position);
        // In a window the glyph stays where it was made room for; a line leads to the site.
        if prepared.input.still {
            let moved = [anchor[0] - self.anchor[0], anchor[1] - self.anchor[1]];
            self.center = [self.center[0] + moved[0], self.center[1] + moved[1]];
        }
        (self.anchor, self.place) = (anchor, place);
    }
}

/// Which sites were met since something was begun.
#[derive(Clone, Debug)]
struct Seen {
    now: usize,
    met: Vec<usize>,
}

impl Seen {
    fn new(record: &Record) -> Self {
        Self { now: 0, met: vec![0; record.sites.len()] }
    }

    fn begin(&mut self) {
        self.now += 1;
    }

    fn is_new(&mut self, site: SiteIndex) -> bool {
        std::mem::replace(&mut self.met[site.get()], self.now) != self.now
    }
}

/// Gives the name of each site to the first of its marks that is drawn, where one is.
fn name_what_is_drawn(marks: &mut [CountedMark]) {
    let mut drawn: HashMap<SiteIndex, usize> = HashMap::new();
    for (i, (mark, count)) in marks.iter().enumerate() {
        if !count.is_empty() {
            drawn.entry(mark.site).or_insert(i);
        }
    }
    for i in 0..marks.len() {
        if marks[i].0.is_first
            && marks[i].1.is_empty()
            && let Some(drawn) = drawn.get(&marks[i].0.site)
        {
            (marks[i].0.is_first, marks[*drawn].0.is_first) = (false, true);
        }
    }
}
