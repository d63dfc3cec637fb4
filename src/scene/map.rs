//! The map of a view: what it is made of, and where the pointer finds what.

use std::sync::Arc;

use super::areas::HatchedArea;
use super::basemap::BasemapLayers;
use super::camera::{self, MapFrame};
use super::competing::OtherPosition;
use super::counted::{Counted, Prepared};
use super::glyph::SiteCount;
use super::map_layout::MapLayout;
use super::text::Shaper;
use super::theme::Theme;
use super::{Item, Rect};
use crate::analysis::place::{Place, PlaceClass};
use crate::analysis::{Camera, Record, Selection, View};
use crate::domain::SiteIndex;

/// What a map is made of.
#[derive(Clone, Copy, Debug)]
pub struct MapInput<'a> {
    /// The record.
    pub dataset: &'a Record,
    /// The ground.
    pub basemap: &'a BasemapLayers,
    /// What is looked at.
    pub view: &'a View,
    /// What the view shows.
    pub selection: &'a Selection,
    /// Whether the picture is of these days alone. Else glyphs and names keep the places that they have in the
    /// whole record, so that none jumps while time plays.
    pub still: bool,
}

/// What a map carries at its edges.
#[derive(Clone, Copy, Debug)]
pub struct MapFurniture<'a> {
    /// Whom the map is owed to; `None` when that is said elsewhere in the picture.
    pub credits: Option<&'a str>,
    /// Whether the legend stands inside the map.
    pub legend: bool,
    /// Whether what has no place on the ground is noted inside the map; else that is said elsewhere.
    pub notes: bool,
    /// The size in points of the date that is laid over the map while time plays: its room is kept free.
    pub date: Option<[f32; 2]>,
}

/// A glyph that is drawn, or a note at the edge.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnSite {
    /// The site; of several that share the glyph the one that it is named after.
    pub site: SiteIndex,
    /// All sites whose events it counts, that one first.
    pub members: Vec<SiteIndex>,
    /// All places whose events it counts, also those that have none in the window; of a note, those of the
    /// whole note.
    pub places: Arc<[Place]>,
    /// The numbers of those places in the record.
    pub numbers: Arc<[u32]>,
    /// Middle of its glyph, in points of the scene.
    pub center: [f32; 2],
    /// Radius of its glyph.
    pub radius: f32,
    /// How precisely the place of its events is known.
    pub class: PlaceClass,
    /// What it counts; of a note, what is of this site.
    pub count: SiteCount,
    /// Its box, where it is a note at the map's edge; sites that share a note have the same.
    pub note: Option<Rect>,
}

impl DrawnSite {
    /// Whether it stands on the map's ground, not in a note at the edge.
    #[must_use]
    pub fn is_on_ground(&self) -> bool {
        self.note.is_none()
    }

    /// Points between it and a place; 0 inside.
    fn distance(&self, [x, y]: [f32; 2]) -> f32 {
        match self.note {
            None => ((self.center[0] - x).hypot(self.center[1] - y) - self.radius).max(0.0),
            Some(Rect { min, max }) => {
                let beyond = |v: f32, low: f32, high: f32| (low - v).max(v - high).max(0.0);
                beyond(x, min[0], max[0]).hypot(beyond(y, min[1], max[1]))
            }
        }
    }
}

/// The map's items and what the pointer can find.
#[derive(Clone, Debug)]
pub struct MapScene {
    /// The items.
    pub items: Vec<Item>,
    /// The glyphs, topmost last.
    pub sites: Vec<DrawnSite>,
    /// Governorates that events are only known to.
    pub areas: Vec<HatchedArea>,
    /// Other positions of events shown.
    pub others: Vec<OtherPosition>,
    /// The room of what stands at the map's edges.
    pub edges: Vec<Rect>,
    /// That, and the room of names, histories and glyphs.
    pub(super) taken: Vec<Rect>,
    /// The room that is kept for the date.
    pub date: Option<Rect>,
    /// How many glyphs have no name because none had room.
    pub unnamed: usize,
}

impl MapScene {
    /// The glyph that is topmost at a point, or nearest to it within a few points.
    #[must_use]
    pub fn drawn_at(&self, at: [f32; 2]) -> Option<&DrawnSite> {
        const REACH: f32 = 4.0;
        self.sites
            .iter()
            .rev()
            .map(|s| (s, s.distance(at)))
            .filter(|(_, d)| *d <= REACH)
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(s, _)| s)
    }

    /// What is told at a point where no glyph is: of another position of an event, else of a governorate
    /// that events are only known to.
    #[must_use]
    pub fn told_at(&self, [x, y]: [f32; 2]) -> Option<&str> {
        let near = |o: &&OtherPosition| (o.center[0] - x).hypot(o.center[1] - y) <= o.radius + 3.0;
        let other = self.others.iter().find(near).map(|o| o.words.as_str());
        let area = || self.areas.iter().find(|a| a.contains([x, y])).map(|a| a.words.as_str());
        other.or_else(area)
    }
}

/// The camera of a view for a map of this size: its own; or one that shows the box that events are held
/// to; or one that shows all places of the record that the rule and the filter let through, areas
/// that events are only known to included.
#[must_use]
pub fn camera_for(input: &MapInput<'_>, width: f32, height: f32) -> Camera {
    match input.view.camera {
        Some(camera) => camera::limited(camera),
        None => camera_with(input, &Counted::of(input), width, height),
    }
}

/// Likewise, with what rule and filter let through known.
#[must_use]
pub fn camera_with(input: &MapInput<'_>, counted: &Counted, width: f32, height: f32) -> Camera {
    let view = input.view;
    if let Some(camera) = view.camera {
        return camera::limited(camera);
    }
    let (width, height) = (f64::from(width), f64::from(height));
    let margin = width.min(height) * 0.12;
    if let Some(area) = view.filter.area() {
        return camera::fit(area.corners(), width, height, margin * 0.5);
    }
    camera::fit(counted.corners(), width, height, margin)
}

/// Draws the map of a view into a frame.
#[must_use]
pub fn map(
    shaper: &mut Shaper,
    theme: &Theme,
    input: &MapInput<'_>,
    frame: &MapFrame,
    furniture: &MapFurniture<'_>,
) -> MapScene {
    let counted = Counted::of(input);
    let prepared = Prepared { input: *input, counted: &counted };
    MapLayout::new(theme, &prepared, frame).whole(shaper, theme, &prepared, furniture)
}
