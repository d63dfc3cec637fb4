//! What the map panel keeps from frame to frame, so that a frame costs what changed: what rule and filter let
//! through, where everything stands, and what is drawn of the days shown.

use std::sync::Arc;

use super::document::Document;
use super::pen::Pen;
use crate::analysis::{Camera, Filter, Record, Rule, ThemeName};
use crate::scene::basemap::BasemapLayers;
use crate::scene::camera::MapFrame;
use crate::scene::counted::{Counted, Prepared};
use crate::scene::figure::credit_line;
use crate::scene::map::{self, MapFurniture, MapInput, MapScene};
use crate::scene::map_layout::MapLayout;
use crate::scene::places::Places;
use crate::scene::{Scene, Size};

/// What was worked out for the map before, each part with what it was worked out for.
#[derive(Default)]
pub(super) struct Kept {
    places: Option<(Arc<Record>, Arc<Places>)>,
    counted: Option<(Filter, Rule, Counted)>,
    layout: Option<(LayoutKey, MapLayout, Arc<Scene>)>,
    drawn: Option<(u64, Drawn)>,
}

#[derive(Clone, Copy, PartialEq)]
struct LayoutKey {
    frame: MapFrame,
    theme: ThemeName,
    arabic: bool,
    date: Option<[f32; 2]>,
}

/// The map of a frame.
pub(super) struct Drawn {
    /// What the pointer finds.
    pub(super) map: MapScene,
    /// Land and water: the same as long as the map looks at the same place.
    pub(super) ground: Arc<Scene>,
    /// What stands on it.
    pub(super) scene: Arc<Scene>,
}

fn input<'a>(document: &'a Document, basemap: &'a BasemapLayers) -> MapInput<'a> {
    let Document { dataset, view, selection, .. } = document;
    MapInput { dataset, basemap, view, selection, still: false }
}

impl Kept {
    /// The camera of the document's view for a map of some size.
    pub(super) fn camera(
        &mut self,
        document: &Document,
        basemap: &BasemapLayers,
        size: egui::Vec2,
    ) -> Camera {
        let counted = self.counted(document, basemap);
        map::camera_with(&input(document, basemap), counted, size.x, size.y)
    }

    /// Draws the map anew where it is drawn next, whatever changed.
    pub(super) fn redraw(&mut self) {
        self.drawn = None;
    }

    /// What was last drawn.
    pub(super) fn drawn(&self) -> Option<&Drawn> {
        self.drawn.as_ref().map(|(_, drawn)| drawn)
    }

    /// The map of a frame; what is kept of it stays as long as the document and the frame do.
    pub(super) fn map(
        &mut self,
        pen: &mut Pen,
        document: &Document,
        basemap: &BasemapLayers,
        frame: MapFrame,
        (legend, date): (bool, Option<[f32; 2]>),
    ) -> Option<&Drawn> {
        let (theme, arabic) = (document.view.theme, document.view.arabic);
        let key = LayoutKey { frame, theme, arabic, date };
        self.counted(document, basemap);
        let is_laid_out = self.layout.as_ref().is_some_and(|(known, ..)| *known == key);
        let is_drawn = self.drawn.as_ref().is_some_and(|(of, _)| *of == document.revision);
        if !is_laid_out || !is_drawn {
            let (_, _, counted) = self.counted.as_ref()?;
            let input = input(document, basemap);
            let prepared = Prepared { input, counted };
            if !is_laid_out {
                let layout = MapLayout::new(pen.theme, &prepared, &frame);
                let ground = scene(pen, &frame, vec![layout.ground().clone()]);
                self.layout = Some((key, layout, ground));
            }
            let (_, layout, ground) = self.layout.as_mut()?;
            let credits = credit_line(&basemap.data);
            let furniture = MapFurniture { credits: Some(&credits), legend, notes: true, date };
            let mut map = layout.draw(&mut pen.shaper, pen.theme, &prepared, &furniture);
            let scene = scene(pen, &frame, std::mem::take(&mut map.items));
            let drawn = Drawn { map, ground: Arc::clone(ground), scene };
            self.drawn = Some((document.revision, drawn));
        }
        self.drawn()
    }

    /// What rule and filter let through; worked out anew when one of them changed.
    fn counted(&mut self, document: &Document, basemap: &BasemapLayers) -> &Counted {
        let Document { dataset, view, .. } = document;
        let known = self.places.take().filter(|(of, _)| Arc::ptr_eq(of, dataset));
        let is_same = known.is_some();
        let (_, places) = self.places.insert(
            known.unwrap_or_else(|| (Arc::clone(dataset), Arc::new(Places::of(dataset, basemap)))),
        );
        let counted = self.counted.take();
        let counted = counted.filter(|(f, r, _)| is_same && *f == view.filter && *r == view.rule);
        let counted = counted.unwrap_or_else(|| {
            (self.layout, self.drawn) = (None, None);
            let counted = Counted::new(Arc::clone(places), &input(document, basemap));
            (view.filter.clone(), view.rule, counted)
        });
        &self.counted.insert(counted).2
    }
}

fn scene(pen: &Pen, frame: &MapFrame, items: Vec<crate::scene::Item>) -> Arc<Scene> {
    let size = Size { width: frame.rect.width(), height: frame.rect.height() };
    Arc::new(Scene { size, background: pen.theme.water, items })
}
