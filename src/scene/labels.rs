//! Names on the map, placed by priority without overlap, and stably.
//!
//! On which side of its glyph a site's name stands is decided for the whole record, so that it does not
//! jump while time plays. Names of the ground are decided without the sites and only give way to them.

use std::sync::Arc;

use super::basemap::BasemapLayers;
use super::camera::MapFrame;
use super::marks::SiteMark;
use super::text::{ShapedText, Shaper, TextStyle};
use super::theme::{Theme, style};
use super::{Circle, Halo, Item, Rect, Rgba, Stroke, Text, glyph};
use crate::domain::basemap::{AreaKind, Town};
use crate::domain::{Dataset, LonLat, SiteIndex};

/// Rectangles that labels must stay out of.
#[derive(Clone, Debug, Default)]
pub struct Occupied {
    boxes: Vec<Rect>,
}

impl Occupied {
    /// Takes a rectangle.
    pub fn take(&mut self, r: Rect) {
        self.boxes.push(r);
    }

    /// Whether the rectangle is free.
    #[must_use]
    pub fn is_free(&self, r: &Rect) -> bool {
        !self.boxes.iter().any(|b| b.overlaps(r))
    }
}

/// What every name needs to be placed.
#[derive(Clone, Copy, Debug)]
pub struct Naming<'a> {
    /// Colours.
    pub theme: &'a Theme,
    /// The map.
    pub frame: &'a MapFrame,
    /// Arabic names beside the Latin ones.
    pub arabic: bool,
}

/// One or two lines that belong together.
struct Label {
    lines: Vec<Arc<ShapedText>>,
    width: f32,
    height: f32,
}

/// How the lines of a label lie in its box.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Flush {
    Left,
    Middle,
    Right,
}

impl Label {
    fn new(
        shaper: &mut Shaper,
        latin: &str,
        look: TextStyle,
        arabic: Option<(&str, TextStyle)>,
    ) -> Self {
        let mut lines = vec![shaper.shape(latin, look)];
        if let Some((name, look)) = arabic {
            lines.push(shaper.shape(name, look));
        }
        let width = lines.iter().map(|l| l.width()).fold(0.0, f32::max);
        let height = lines.iter().map(|l| line_height(l)).sum();
        Self { lines, width, height }
    }

    fn at(&self, min: [f32; 2]) -> Rect {
        Rect::from_min_size(min, self.width, self.height)
    }

    fn draw(&self, place: Rect, flush: Flush, color: Rgba, halo: Halo, items: &mut Vec<Item>) {
        let mut y = place.min[1];
        for line in &self.lines {
            let slack = self.width - line.width();
            let x = place.min[0]
                + match flush {
                    Flush::Left => 0.0,
                    Flush::Middle => slack / 2.0,
                    Flush::Right => slack,
                };
            // The leading above and below is trimmed, so that two lines read as one label.
            let trim = (line.height() - line_height(line)) / 2.0;
            let origin = [x, y - trim];
            items.push(Item::Text(Text {
                origin,
                shaped: Arc::clone(line),
                color,
                halo: Some(halo),
            }));
            y += line_height(line);
        }
    }
}

fn line_height(text: &ShapedText) -> f32 {
    text.size_pt() * 1.2
}

/// On which side of its glyph a name stands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Side {
    Right,
    Left,
    Below,
    Above,
    BelowRight,
    AboveRight,
    BelowLeft,
    AboveLeft,
}

impl Side {
    const ALL: [Self; 8] = [
        Self::Right,
        Self::Left,
        Self::Below,
        Self::Above,
        Self::BelowRight,
        Self::AboveRight,
        Self::BelowLeft,
        Self::AboveLeft,
    ];

    /// Top left corner of a label beside a glyph of some radius, with room for the history below it.
    fn place(self, [x, y]: [f32; 2], radius: f32, label: &Label) -> Rect {
        let (w, h, r) = (label.width, label.height, radius + 4.0);
        let beside = r.max(glyph::HISTORY_WIDTH / 2.0 + 4.0);
        let below = r + glyph::HISTORY_HEIGHT + 4.0;
        let d = r * 0.72;
        label.at(match self {
            Self::Right => [x + beside, y - h / 2.0],
            Self::Left => [x - beside - w, y - h / 2.0],
            Self::Below => [x - w / 2.0, y + below],
            Self::Above => [x - w / 2.0, y - r - h],
            Self::BelowRight => [x + beside, y + d],
            Self::AboveRight => [x + d, y - d - h],
            Self::BelowLeft => [x - beside - w, y + d],
            Self::AboveLeft => [x - d - w, y - d - h],
        })
    }

    fn flush(self) -> Flush {
        match self {
            Self::Right | Self::BelowRight | Self::AboveRight => Flush::Left,
            Self::Left | Self::BelowLeft | Self::AboveLeft => Flush::Right,
            Self::Below | Self::Above => Flush::Middle,
        }
    }
}

/// A site with the radius that its glyph is drawn with; `None` when it is not drawn now.
pub type NamedMark = (SiteMark, Option<f32>);

/// The box of a glyph with its history below, for a radius.
#[must_use]
pub fn glyph_box([x, y]: [f32; 2], radius: f32) -> Rect {
    let half = radius.max(glyph::HISTORY_WIDTH / 2.0);
    let disc = Rect { min: [x - radius, y - radius], max: [x + radius, y + radius] };
    Rect {
        min: [x - half.min(disc.width() / 2.0 + 8.0), disc.min[1]],
        max: [x + half.min(disc.width() / 2.0 + 8.0), disc.max[1] + glyph::HISTORY_HEIGHT + 4.0],
    }
}

/// Names the sites that are drawn, and takes the room of glyphs and names in `occupied`.
pub fn sites(
    shaper: &mut Shaper,
    naming: Naming<'_>,
    dataset: &Dataset,
    marks: &[NamedMark],
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) {
    let labels: Vec<Label> = marks
        .iter()
        .map(|(mark, _)| site_label(shaper, dataset, mark.site, naming.arabic))
        .collect();
    let inside = naming.frame.rect.grown(-4.0);
    let free = |place: &Rect, taken: &Occupied| inside.encloses(place) && taken.is_free(place);

    // Sides for the whole record, whether drawn now or not.
    let mut whole = occupied.clone();
    for (mark, _) in marks {
        whole.take(glyph_box(mark.center, mark.full_radius));
    }
    let sides: Vec<Option<Side>> = marks
        .iter()
        .zip(&labels)
        .map(|((mark, _), label)| {
            let side = Side::ALL
                .into_iter()
                .find(|s| free(&s.place(mark.center, mark.full_radius, label), &whole))?;
            whole.take(side.place(mark.center, mark.full_radius, label));
            Some(side)
        })
        .collect();

    for (mark, radius) in marks {
        if let Some(radius) = radius {
            occupied.take(glyph_box(mark.center, *radius));
        }
    }
    let look = |label: &Label, side: Side, place: Rect, items: &mut Vec<Item>| {
        label.draw(place, side.flush(), naming.theme.text, naming.theme.map_halo(), items);
    };
    let mut without = Vec::new();
    for (i, (mark, radius)) in marks.iter().enumerate() {
        let Some(radius) = *radius else { continue };
        let place = sides[i].map(|s| (s, s.place(mark.center, radius, &labels[i])));
        match place.filter(|(_, p)| free(p, occupied)) {
            Some((side, place)) => {
                occupied.take(place);
                look(&labels[i], side, place, items);
            }
            None => without.push((mark, radius, &labels[i])),
        }
    }
    // Those that the whole record leaves no room take what is free now.
    for (mark, radius, label) in without {
        let places = Side::ALL.into_iter().map(|s| (s, s.place(mark.center, radius, label)));
        let mut places = places.filter(|(_, p)| free(p, occupied));
        if let Some((side, place)) = places.next() {
            occupied.take(place);
            look(label, side, place, items);
        }
    }
}

fn site_label(shaper: &mut Shaper, dataset: &Dataset, site: SiteIndex, arabic: bool) -> Label {
    let site = dataset.site(site);
    // An area's Arabic name would be that of the town that stands for it.
    let point = site.precision.is_point();
    let name_ar = site.name_ar.as_deref().filter(|_| arabic && point).map(|n| short_name(n, true));
    let name_ar = name_ar.as_deref().map(|n| (n, style::SITE_ARABIC));
    Label::new(shaper, &short_name(&site.name, point), style::SITE, name_ar)
}

/// A name as short as it stays clear: without what stands in brackets, after a slash or after a comma.
/// The name of an area that stands for many places keeps its comma ("Convoy route, Babil").
fn short_name(name: &str, point: bool) -> String {
    let mut cut = name;
    for separator in [" (", " / ", "،", if point { ", " } else { " (" }] {
        cut = cut.split(separator).next().unwrap_or(cut);
    }
    let cut = cut.trim();
    if cut.is_empty() { name.to_owned() } else { cut.to_owned() }
}

/// Countries, governorates and towns: what the zoom has room for, where no site or name of one stands.
///
/// `furniture` is what the map carries at its edges, `marks` all sites of the record, `taken` what is drawn.
pub fn ground(
    shaper: &mut Shaper,
    naming: Naming<'_>,
    basemap: &BasemapLayers,
    furniture: &Occupied,
    marks: &[NamedMark],
    taken: &Occupied,
    items: &mut Vec<Item>,
) {
    let zoom = naming.frame.camera.zoom;
    let mut among = furniture.clone();
    let mut names = Names { shaper, naming, among: &mut among, taken, items };
    let towns = &basemap.data.towns;
    towns.iter().filter(|t| t.rank <= 2).for_each(|t| names.town(t));
    // Country names keep clear of every site of the record, drawn or not.
    let mut clear = taken.clone();
    marks.iter().for_each(|(m, _)| clear.take(glyph_box(m.center, m.full_radius.min(30.0))));
    for area in basemap.data.areas.iter().filter(|a| a.kind == AreaKind::Country) {
        let focus = matches!(area.id.as_str(), "IQ" | "SY");
        let size_pt = if focus { style::COUNTRY.size_pt } else { 11.0 };
        let look = TextStyle { size_pt, ..style::COUNTRY };
        let name_ar = area.name_ar.as_deref().filter(|_| naming.arabic && focus).map(|n| (n, look));
        let label = Label::new(names.shaper, &area.name, look.with_letter_spacing(1.2), name_ar);
        names.area(&label, area.label, &clear);
    }
    if zoom >= 6.9 {
        for area in basemap.data.areas.iter().filter(|a| a.kind == AreaKind::Governorate) {
            let look = style::GOVERNORATE.with_letter_spacing(0.6);
            let label = Label::new(names.shaper, &area.name, look, None);
            names.area(&label, area.label, taken);
        }
    }
    towns.iter().filter(|t| t.rank > 2).for_each(|t| names.town(t));
}

/// The lowest rank of town that a zoom shows.
fn town_rank(zoom: f64, focus: bool) -> u8 {
    let rank = match zoom {
        z if z < 5.6 => 1,
        z if z < 6.8 => 2,
        z if z < 8.0 => 3,
        z if z < 9.0 => 4,
        _ => 5,
    };
    if focus { rank } else { (rank - 1).max(1) }
}

struct Names<'a> {
    shaper: &'a mut Shaper,
    naming: Naming<'a>,
    /// Furniture and names of the ground: decides where a name stands.
    among: &'a mut Occupied,
    /// Sites and their names: decides whether it is drawn.
    taken: &'a Occupied,
    items: &'a mut Vec<Item>,
}

impl Names<'_> {
    fn area(&mut self, label: &Label, at: [f32; 2], clear: &Occupied) {
        let [x, y] = point(self.naming.frame, at);
        let theme = self.naming.theme;
        // A few places up and down, so that one glyph does not take a country its name.
        for dy in [0.0, 26.0, -26.0, 52.0, -52.0] {
            let place = label.at([x - label.width / 2.0, y + dy - label.height / 2.0]);
            let inside = self.naming.frame.rect.grown(-4.0).encloses(&place);
            if inside && self.among.is_free(&place) && clear.is_free(&place) {
                self.among.take(place);
                let halo = Halo { width: 1.2, ..theme.map_halo() };
                label.draw(place, Flush::Middle, theme.text_area, halo, self.items);
                return;
            }
        }
    }

    fn town(&mut self, town: &Town) {
        let Naming { theme, frame, arabic } = self.naming;
        let zoom = frame.camera.zoom;
        let focus = matches!(town.country.as_str(), "IQ" | "SY");
        if town.rank > town_rank(zoom, focus) {
            return;
        }
        let [x, y] = point(frame, town.position);
        let capital = town.rank == 1;
        let (look, dot) = if capital { (style::CAPITAL, 2.2) } else { (style::TOWN, 1.6) };
        let dot_box = Rect::from_min_size([x - dot, y - dot], dot * 2.0, dot * 2.0);
        if !frame.rect.encloses(&dot_box) || !self.among.is_free(&dot_box) {
            return;
        }
        let name_ar = town.name_ar.as_deref().filter(|_| arabic && focus && zoom >= 7.0);
        let label = Label::new(self.shaper, &town.name, look, name_ar.map(|n| (n, style::TOWN)));
        let (w, h, gap) = (label.width, label.height, dot + 3.0);
        let candidates = [
            ([x + gap, y - h / 2.0], Flush::Left),
            ([x - gap - w, y - h / 2.0], Flush::Right),
            ([x - w / 2.0, y - gap - h], Flush::Middle),
            ([x - w / 2.0, y + gap], Flush::Middle),
        ];
        let inside = frame.rect.grown(-2.0);
        let mut places = candidates.into_iter().map(|(min, flush)| (label.at(min), flush));
        let Some((place, flush)) =
            places.find(|(p, _)| inside.encloses(p) && self.among.is_free(p))
        else {
            return;
        };
        self.among.take(place);
        self.among.take(dot_box);
        if !self.taken.is_free(&place) || !self.taken.is_free(&dot_box) {
            return;
        }
        self.items.push(Item::Circle(Circle {
            center: [x, y],
            radius: dot,
            fill: Some(theme.text_town),
            stroke: Some(Stroke::solid(theme.halo, 0.8)),
        }));
        let halo = Halo { width: 1.2, ..theme.map_halo() };
        label.draw(place, flush, theme.text_town, halo, self.items);
    }
}

fn point(frame: &MapFrame, [lon, lat]: [f32; 2]) -> [f32; 2] {
    frame.to_point(LonLat::clamped(f64::from(lon), f64::from(lat)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_where_it_stays_clear() {
        assert_eq!(short_name("Green Village, al-Omar oil field", true), "Green Village");
        assert_eq!(short_name("Convoy route, Babil", false), "Convoy route, Babil");
        assert_eq!(
            short_name("Victory Base Complex / Diplomatic Support Center", true),
            "Victory Base Complex"
        );
        assert_eq!(short_name("Qayyarah Airfield West (Q-West)", true), "Qayyarah Airfield West");
        assert_eq!(short_name("(unnamed)", true), "(unnamed)");
    }
}
