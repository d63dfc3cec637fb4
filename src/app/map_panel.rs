//! The map: walkers moves it, the scene draws it. The only file that knows walkers.

use egui::{Sense, Ui, WidgetInfo, vec2};
use walkers::{Map, MapMemory, lon_lat};

use super::actions::Asked;
use super::document::{Command, Document, pick_places};
use super::map_kept::Kept;
use super::map_lit;
use super::pen::{Icon, Pen, SCREEN_SCALE, scene_of};
use super::play_overlay;
use super::playback::Overlay;
use crate::analysis::place::{self, PlaceClass};
use crate::analysis::{Camera, Filter, words};
use crate::domain::{LonLat, SiteIndex};
use crate::scene::basemap::BasemapLayers;
use crate::scene::camera::{self, MapFrame};
use crate::scene::map::DrawnSite;
use crate::scene::pulse::Pulses;
use crate::scene::theme::style;
use crate::scene::{Rect, Size};

/// Widest text that is shown while the pointer rests on the map.
const HOVER_WIDTH: f32 = 320.0;

/// The map's state between frames: the widget's own, and what was worked out of the map.
#[derive(Default)]
pub(crate) struct MapPanel {
    memory: MapMemory,
    /// The camera that the widget was last told.
    told: Option<Camera>,
    kept_map: Kept,
    /// The filter of the last frame, and where the map looked then.
    last: Option<(Filter, Camera)>,
    /// Where the map was kept when the filter changed, and its size then.
    kept: Option<(Camera, egui::Vec2)>,
    legend_hidden: bool,
    pulses: Pulses,
    size_pt: [f32; 2],
}

impl MapPanel {
    /// Width and height in points of the window.
    pub(crate) fn size_pt(&self) -> [f32; 2] {
        self.size_pt
    }

    /// Shows or hides the legend, which covers a part of a small map.
    pub(crate) fn toggle_legend(&mut self) {
        self.legend_hidden = !self.legend_hidden;
        self.kept_map.redraw();
    }

    /// The document is another one: nothing of the one before is kept in sight.
    pub(crate) fn look_anew(&mut self) {
        (self.last, self.kept) = (None, None);
    }

    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen,
        document: &Document,
        basemap: &BasemapLayers,
        overlay: &Overlay,
        asked: &mut Asked,
    ) {
        let size = ui.available_size();
        if size.x < 20.0 || size.y < 20.0 {
            return;
        }
        self.size_pt = size.into();
        let bounds = basemap.data.bounds;
        let held = |c| camera::held(c, bounds, size.x, size.y);
        let mut wanted = held(self.kept_map.camera(document, basemap, size));
        if asked.zoom != 0.0 {
            wanted = held(Camera { zoom: wanted.zoom + asked.zoom, ..wanted });
            asked.command(Command::SetCamera(wanted));
        }
        // A fitted map does not jump when the filter changes: it stays until it is fitted again.
        if let Some((filter, camera)) = self.last.take()
            && document.view.camera.is_none()
            && filter != document.view.filter
        {
            wanted = held(camera);
            asked.command(Command::HoldCamera(Some(wanted)));
            self.kept = Some((wanted, size));
        }
        // What was kept in sight must stay so when panels leave the map another size.
        if let Some((camera, of_size)) = self.kept {
            if document.view.camera != Some(camera) && document.view.camera.is_some() {
                self.kept = None;
            } else if of_size != size && document.view.camera.is_some() {
                self.kept = None;
                asked.command(Command::HoldCamera(None));
            }
        }
        self.last = Some((document.view.filter.clone(), wanted));
        if self.told != Some(wanted) {
            self.tell(wanted);
        }
        let start = lon_lat(wanted.center.lon(), wanted.center.lat());
        let widget = Map::new(None, &mut self.memory, start)
            .zoom_with_ctrl(false)
            .double_click_to_zoom(true);
        let response = widget.show(ui, |_, _, _, _| ()).response;
        let enabled = ui.is_enabled();
        response
            .widget_info(|| WidgetInfo::labeled(egui::Role::Image, enabled, "Map of the events"));

        let moved = self.camera().unwrap_or(wanted);
        let now = held(moved);
        if now != wanted {
            if now != moved {
                self.tell(now);
            }
            self.told = Some(now);
            asked.command(Command::SetCamera(now));
        }

        // The scene's smallest type is made for paper: on the screen all of it is drawn larger.
        let zoom = now.zoom - f64::from(SCREEN_SCALE).log2();
        let frame = MapFrame {
            rect: Rect { min: [0.0, 0.0], max: [size.x / SCREEN_SCALE, size.y / SCREEN_SCALE] },
            camera: Camera { zoom, ..now },
        };
        let origin = response.rect.min;
        let legend = !self.legend_hidden;
        let date = play_overlay::room_for_date(pen, frame.rect, overlay);
        if let Some(drawn) = self.kept_map.map(pen, document, basemap, frame, (legend, date)) {
            let painter = ui.painter_at(response.rect);
            pen.painter.paint_kept(&painter, &drawn.ground, origin, SCREEN_SCALE);
            pen.painter.paint_over(&painter, &drawn.scene, origin, SCREEN_SCALE);
            if let Some(lit) = &asked.lit {
                let items = map_lit::items(pen, document, lit, &drawn.map, &frame);
                let Size { width, height } = drawn.scene.size;
                let over = scene_of(width, height, items);
                pen.painter.paint_over(&painter, &over, origin, SCREEN_SCALE);
            }
            let place = (frame.rect, origin);
            let over = (overlay, &mut self.pulses);
            play_overlay::paint(&painter, pen, document, &drawn.map, place, over);
        }

        if let Some(at) = response.hover_pos().or(response.interact_pointer_pos()) {
            let at = [(at.x - origin.x) / SCREEN_SCALE, (at.y - origin.y) / SCREEN_SCALE];
            let map = self.kept_map.drawn().map(|drawn| &drawn.map);
            let under = map.and_then(|map| map.drawn_at(at));
            if response.clicked() || response.drag_started() {
                super::date_field::let_go(ui);
            }
            if response.clicked() {
                asked.command(
                    under.map_or(Command::Pick(None), |d| pick_places(document, &d.places)),
                );
            }
            if let Some(drawn) = under {
                response.clone().on_hover_cursor(egui::CursorIcon::PointingHand);
                let beside: Vec<&DrawnSite> = map.map_or_else(Vec::new, |map| {
                    map.sites.iter().rev().filter(|d| d.note == drawn.note).collect()
                });
                response.on_hover_ui_at_pointer(|ui| match drawn.note {
                    Some(_) => hover_note(ui, pen, document, &beside),
                    None => hover_card(ui, pen, document, drawn),
                });
            } else if let Some(words) = map.and_then(|map| map.told_at(at)) {
                response.on_hover_ui_at_pointer(|ui| {
                    ui.set_max_width(HOVER_WIDTH);
                    pen.paragraph(ui, words, style::BODY_SMALL, pen.theme.text);
                });
            }
        }
        self.buttons(ui, pen, origin, size, asked);
    }

    fn tell(&mut self, camera: Camera) {
        self.memory.center_at(lon_lat(camera.center.lon(), camera.center.lat()));
        // The camera is held within the limits, which are narrower than the widget's own.
        let _ = self.memory.set_zoom(camera.zoom);
        self.told = Some(camera);
    }

    /// Where the widget looks; `None` before it was told, or when it looks off the earth.
    fn camera(&self) -> Option<Camera> {
        let center = self.memory.detached()?;
        let center = LonLat::new(center.x(), center.y()).ok()?;
        let camera = Camera { center, zoom: self.memory.zoom() };
        let told = self.told?;
        let same = (camera.center.lon() - told.center.lon()).abs() < 1e-9
            && (camera.center.lat() - told.center.lat()).abs() < 1e-9
            && (camera.zoom - told.zoom).abs() < 1e-9;
        Some(if same { told } else { camera })
    }

    fn buttons(
        &self,
        ui: &mut Ui,
        pen: &mut Pen,
        origin: egui::Pos2,
        size: egui::Vec2,
        asked: &mut Asked,
    ) {
        let corner = origin + vec2(size.x - 40.0, 12.0);
        let area = egui::Rect::from_min_size(corner, vec2(28.0, 96.0));
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(area).sense(Sense::hover()));
        let Some(told) = self.told else { return };
        let zoomed = |by: f64| Command::SetCamera(Camera { zoom: told.zoom + by, ..told });
        if pen.icon_button(&mut child, Icon::Plus, "Nearer").clicked() {
            asked.command(zoomed(0.5));
        }
        if pen.icon_button(&mut child, Icon::Minus, "Farther").clicked() {
            asked.command(zoomed(-0.5));
        }
        if pen.icon_button(&mut child, Icon::Fit, "Fit the map to the record").clicked() {
            asked.command(Command::FitRecord);
        }
    }
}

fn hover_card(ui: &mut Ui, pen: &mut Pen, document: &Document, drawn: &DrawnSite) {
    let Document { dataset, selection, .. } = document;
    let rule = document.view.rule;
    let site = dataset.site(drawn.site);
    if drawn.members.len() > 1 {
        return hover_group(ui, pen, document, drawn);
    }
    let [certain, possible] = selection.count_at(dataset, drawn.site);
    ui.set_max_width(HOVER_WIDTH);
    pen.label(ui, &site.name, style::BODY_STRONG, pen.theme.text);
    ui.label(place::events(rule, [certain, possible]));
    let here = drawn.count.both();
    let precision = match (drawn.class, site.admin1.as_deref()) {
        (PlaceClass::Spot, _) => None,
        (PlaceClass::Governorate, Some(name)) => Some(place::only_to_governorate(name, rule, here)),
        (class, _) => {
            let known = radius(ui, document, drawn.site, class)
                .map_or_else(|| class.label().to_owned(), place::only_to_radius);
            Some(format!("{known}: {}", place::events(rule, here)))
        }
    };
    if let Some(words) = precision {
        pen.paragraph(ui, &words, style::BODY_SMALL, pen.theme.text);
    }
    ui.weak("Click for the events and their sources");
}

/// Within how many metres the events shown of a site lie that are drawn as a class; looked for once for each view.
fn radius(ui: &Ui, document: &Document, site: SiteIndex, class: PlaceClass) -> Option<f64> {
    let Document { dataset, selection, revision, .. } = document;
    let id = egui::Id::unique("radius of the site under the pointer");
    let of = (*revision, site, class);
    let known: Option<((u64, SiteIndex, PlaceClass), Option<f64>)> = ui.data(|d| d.get_temp(id));
    if let Some((known, radius)) = known
        && known == of
    {
        return radius;
    }
    let radius = place::radius_shown_m(dataset, selection, site, class);
    ui.data_mut(|d| d.insert_temp(id, (of, radius)));
    radius
}

/// What a glyph of several sites counts, by site.
fn hover_group(ui: &mut Ui, pen: &mut Pen, document: &Document, drawn: &DrawnSite) {
    const MOST: usize = 10;
    let Document { dataset, selection, .. } = document;
    let rule = document.view.rule;
    ui.set_max_width(HOVER_WIDTH);
    let name = words::site_group(dataset, &drawn.members);
    pen.label(ui, &name, style::BODY_STRONG, pen.theme.text);
    ui.label(place::events(rule, drawn.count.both()));
    for site in drawn.members.iter().take(MOST) {
        let of_class =
            dataset.places_of(*site).filter(|n| dataset.places()[*n].class == drawn.class);
        let [certain, possible] = selection.count_of(of_class);
        let count = words::count(certain, possible);
        let line = format!("{count}  {}", dataset.site(*site).name);
        pen.label_within(ui, &line, HOVER_WIDTH, style::BODY_SMALL, pen.theme.text);
    }
    if drawn.members.len() > MOST {
        ui.weak(format!("and {} more sites", drawn.members.len() - MOST));
    }
    ui.weak("Click for their events; zoom in to part them");
}

/// What a note at the edge counts, by site.
fn hover_note(ui: &mut Ui, pen: &mut Pen, document: &Document, sites: &[&DrawnSite]) {
    const MOST: usize = 8;
    let Some(first) = sites.first() else { return };
    let rule = document.view.rule;
    ui.set_max_width(HOVER_WIDTH);
    pen.label(ui, first.class.label(), style::BODY_STRONG, pen.theme.text);
    for drawn in sites.iter().take(MOST) {
        let name = &document.dataset.site(drawn.site).name;
        let words = format!("{name}: {}", place::events(rule, drawn.count.both()));
        pen.paragraph(ui, &words, style::BODY_SMALL, pen.theme.text);
    }
    if sites.len() > MOST {
        ui.weak(format!("and {} more sites", sites.len() - MOST));
    }
    ui.weak("Click for these events and their sources");
}
