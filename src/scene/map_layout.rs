//! The map of a view in two steps: what stays while time plays, and what is drawn of the days shown.
//!
//! Where glyphs have their places, where names stand and what the ground looks like depends on camera, theme,
//! rule and filter. Counts, sizes and which of the names are seen depend on the window.

use super::areas::{self, Hatches};
use super::basemap::BasemapLayers;
use super::camera::MapFrame;
use super::counted::Prepared;
use super::glyph;
use super::labels::{Naming, Occupied};
use super::map::{MapFurniture, MapScene};
use super::map_glyphs::{self, disc_box};
use super::map_parts::MapParts;
use super::marks::{CountedMark, Marks, SiteMark, site_marks};
use super::site_names::{self, NamePlan, NamedMark};
use super::symbol_scale::SymbolScale;
use super::text::Shaper;
use super::theme::Theme;
use super::{
    Dash, Group, Item, Placement, Rect, Stroke, competing, edges, ground_names, map_notes,
    patterns, shapes,
};
use crate::analysis::Picked;

/// What of a map stays while time plays: for one frame, theme, rule and filter.
#[derive(Debug)]
pub struct MapLayout {
    frame: MapFrame,
    ground: Item,
    hatches: Hatches,
    marks: Marks,
    names: NamePlan,
    picked: Picked,
    parts: MapParts,
    /// Where countries are named while time plays, with Arabic names or without.
    standing: Standing,
}

/// Countries whose names keep their place, with Arabic names or without.
type Standing = Option<(bool, Vec<ground_names::StandingName>)>;

/// Where the countries that the map is about are named while time plays: as before, or worked out.
fn standing(
    known: Standing,
    shaper: &mut Shaper,
    naming: Naming<'_>,
    prepared: &Prepared<'_>,
    (stays, named, capitals): (&Occupied, &[NamedMark], &[ground_names::Capital]),
) -> Vec<ground_names::StandingName> {
    match known {
        _ if prepared.input.still => Vec::new(),
        Some((arabic, standing)) if arabic == naming.arabic => standing,
        _ => {
            let beside = (named, capitals);
            ground_names::own_standing(shaper, naming, prepared.basemap, stays, beside)
        }
    }
}

impl MapLayout {
    /// Lays out a map; its names are placed when it is first drawn.
    #[must_use]
    pub fn new(theme: &Theme, prepared: &Prepared<'_>, frame: &MapFrame) -> Self {
        let basemap: &BasemapLayers = prepared.basemap;
        let capital_points = ground_names::capital_points(basemap, frame);
        Self {
            frame: *frame,
            ground: basemap.items(frame, theme),
            hatches: Hatches::default(),
            marks: site_marks(prepared, frame, &capital_points),
            names: NamePlan::default(),
            picked: Picked::default(),
            parts: MapParts::default(),
            standing: None,
        }
    }

    /// The same with other parts than every map has.
    #[must_use]
    pub(super) fn with_parts(self, parts: MapParts) -> Self {
        Self { parts, ..self }
    }

    /// Keeps room free for what is drawn over the map.
    pub(super) fn keep(&mut self, kept: Vec<Rect>) {
        self.standing = None;
        self.parts.kept = kept;
    }

    /// The ground alone.
    pub(super) fn into_ground(self) -> Item {
        self.ground
    }

    /// Land, water, borders and rivers: the lowest of the map's items.
    #[must_use]
    pub fn ground(&self) -> &Item {
        &self.ground
    }

    /// Whether the whole record has so many glyphs on the map that nothing has room beside them.
    fn is_crowd(&self) -> bool {
        let on_map = |m: &&SiteMark| self.frame.rect.contains(m.center);
        self.marks.all.iter().filter(on_map).nth(site_names::CROWD).is_some()
    }

    /// Draws the map, ground included.
    pub fn whole(
        mut self,
        shaper: &mut Shaper,
        theme: &Theme,
        prepared: &Prepared<'_>,
        furniture: &MapFurniture<'_>,
    ) -> MapScene {
        let mut scene = self.draw(shaper, theme, prepared, furniture);
        scene.items.insert(0, self.ground);
        scene
    }

    /// Draws what stands on the ground in the days that the view shows. Rule and filter, theme and furniture are
    /// those of before.
    pub fn draw(
        &mut self,
        shaper: &mut Shaper,
        theme: &Theme,
        prepared: &Prepared<'_>,
        furniture_spec: &MapFurniture<'_>,
    ) -> MapScene {
        let (view, frame) = (prepared.view, &self.frame);
        let (dataset, basemap) = (prepared.dataset, prepared.basemap);
        let (all, members) = self.marks.counted(prepared, frame);
        let (mut items, mut over) = (Vec::new(), Vec::new());
        let spec = (furniture_spec, &self.parts);
        let edges::Edges { taken: edges, stays, notes: mut sites, legend: told, date, .. } =
            edges::draw(shaper, theme, prepared, frame, spec, &all, &mut over);
        let scale = prepared.scale();
        let named: Vec<NamedMark> = all.iter().map(|mark| drawn_radius(mark, scale)).collect();
        let marks: Vec<CountedMark> = all.into_iter().filter(|(_, c)| !c.is_empty()).collect();
        let areas = areas::hatch(&mut self.hatches, theme, prepared, frame, &mut items);
        items.extend(box_of_filter(theme, prepared, frame));

        self.picked.follow(dataset, view);
        let picked = &self.picked;
        let naming = Naming { theme, frame, arabic: view.arabic };
        // While time plays notes come and go: names of the ground keep clear of their room all the while.
        let mut kept = edges.clone();
        stays.boxes().iter().for_each(|place| kept.take(*place));
        let capitals = ground_names::capitals(shaper, naming, basemap, &kept, &named);
        let beside = (&stays, &named[..], &capitals[..]);
        let standing = standing(self.standing.take(), shaper, naming, prepared, beside);
        let before: Vec<_> = capitals.iter().map(|c| c.stand).collect();
        let mut occupied = edges.clone();
        for (mark, count) in &marks {
            if let Some(more) =
                glyph::more_box(count, (mark.center, glyph::glyph_radius(count, scale)))
            {
                occupied.take(more);
            }
        }
        let beside = occupied.clone();
        let stays = if prepared.input.still { &beside } else { &stays };
        let wanted = site_names::Wanted {
            marks: &named,
            all: &self.marks.all,
            picked,
            before: &before,
            furniture: &beside,
            labels: self.parts.labels,
        };
        let mut names = Vec::new();
        let plan = (&mut self.names, stays);
        let unnamed =
            site_names::place(shaper, naming, dataset, plan, &wanted, &mut occupied, &mut names);
        for capital in &capitals {
            occupied.take(capital.stand.place);
        }

        let groups = &self.marks.groups;
        let mut drawn = map_glyphs::drawn(prepared, &marks, members, groups);
        // In a crowd there is no room for them.
        let marks_with_history = if self.is_crowd() { &[][..] } else { &marks[..] };
        let with_history = (marks_with_history, &drawn[..]);
        items.push(map_glyphs::histories(theme, prepared, frame, with_history, &mut occupied));
        let looked = (frame, picked);
        let mut glyphs =
            map_glyphs::glyphs(shaper, theme, prepared, (&marks, &drawn), looked, &mut items);
        sites.append(&mut drawn);
        let others = competing::draw(theme, prepared, frame, &sites, (&mut items, &mut glyphs));
        for site in sites.iter().filter(|s| s.is_on_ground()) {
            occupied.take(disc_box(site.center, site.radius));
        }
        competing::label(shaper, theme, prepared, frame, &sites, &mut occupied, &mut names);
        let noted = if self.parts.tells_unnamed { unnamed } else { 0 };
        map_notes::note_missing(shaper, naming, noted, told, &mut occupied, &mut over);
        let mut ground_names = Vec::new();
        let before = ground_names::Before {
            furniture: &kept,
            marks: &named,
            taken: &occupied,
            capitals: &capitals,
            standing: &standing,
            at_rest: furniture_spec.credits.is_some() && furniture_spec.date.is_none(),
        };
        ground_names::place(shaper, naming, basemap, &before, &mut ground_names);
        self.standing = Some((view.arabic, standing));
        glyphs.extend(capitals.iter().map(|capital| capital.dot(theme)));

        let clipped = |id: &str, items| {
            Item::Group(Group {
                id: id.to_owned(),
                placement: Placement::IDENTITY,
                clip: Some(frame.rect),
                items,
            })
        };
        items.push(clipped("place-names", ground_names));
        items.push(clipped("sites", glyphs));
        items.push(clipped("site-names", names));
        items.push(clipped("furniture", over));
        patterns::lay(theme, &mut items);
        let taken = occupied.into_boxes();
        MapScene {
            items,
            sites,
            areas,
            others,
            edges: edges.boxes().to_vec(),
            taken,
            date,
            unnamed,
        }
    }
}

/// A mark with the radius that its glyph is drawn with; `None` when it is not drawn now.
fn drawn_radius((mark, count): &CountedMark, scale: SymbolScale) -> NamedMark {
    (*mark, (!count.is_empty()).then(|| glyph::glyph_radius(count, scale)))
}

/// The edge of the box that events are held to.
fn box_of_filter(theme: &Theme, prepared: &Prepared<'_>, frame: &MapFrame) -> Option<Item> {
    let [a, b] = prepared.view.filter.area()?.corners().map(|c| frame.to_point(c));
    let edge = Rect { min: [a[0], b[1]], max: [b[0], a[1]] };
    let dash = Some(Dash { on: 6.0, off: 3.0 });
    let stroke = Stroke { dash, ..Stroke::solid(theme.accent, 1.4) };
    Some(shapes::area(vec![shapes::closed(shapes::corners(edge))], None, Some(stroke)))
}
