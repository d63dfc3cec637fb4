//! Names of countries, governorates and towns. Where they stand is decided without the sites, to which
//! they only give way, so that none jumps while time plays.

use super::basemap::BasemapLayers;
use super::camera::MapFrame;
use super::labels::{Flush, Label, Naming, Occupied};
use super::site_names::{NamedMark, glyph_box};
use super::text::{Shaper, TextStyle};
use super::theme::style;
use super::{Circle, Halo, Item, Rect, Stroke};
use crate::domain::LonLat;
use crate::domain::basemap::{AreaKind, Town};

/// Countries, governorates and towns: what the zoom has room for, where no site or name of one stands.
///
/// `furniture` is what the map carries at its edges, `marks` all sites of the record, `taken` what is drawn.
pub fn place(
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
    // Country names keep clear of every site of the record, drawn or not.
    let mut clear = taken.clone();
    for (mark, _) in marks {
        clear.take(glyph_box(mark.center, mark.full_radius.min(30.0)));
    }
    towns.iter().filter(|t| t.rank == 1).for_each(|t| names.town(t, Some(&clear)));
    towns.iter().filter(|t| t.rank == 2).for_each(|t| names.town(t, None));
    for area in basemap
        .data
        .areas
        .iter()
        .filter(|a| a.kind == AreaKind::Country && (a.rank <= 2 || zoom >= 6.6))
    {
        let focus = matches!(area.id.as_str(), "IQ" | "SY");
        let size_pt = if focus { style::COUNTRY.size_pt } else { 11.0 };
        let look = TextStyle { size_pt, ..style::COUNTRY };
        let name_ar = area.name_ar.as_deref().filter(|_| naming.arabic && focus).map(|n| (n, look));
        let label = Label::new(names.shaper, &area.name, look.with_letter_spacing(1.2), name_ar);
        // Up and down by at most a degree: it must stay on its country.
        #[expect(clippy::cast_possible_truncation, reason = "points of a picture fit f32")]
        let degree = naming.frame.points_per_degree() as f32;
        let shifts = [0.0, 0.5, -0.5, 1.0, -1.0].map(|d| d * degree);
        let shifts = if area.rank == 1 { &shifts[..] } else { &shifts[..1] };
        names.area(&label, area.label, shifts, &clear);
    }
    if zoom >= 6.9 {
        for area in basemap.data.areas.iter().filter(|a| a.kind == AreaKind::Governorate) {
            let look = style::GOVERNORATE.with_letter_spacing(0.6);
            let label = Label::new(names.shaper, &area.name, look, None);
            names.area(&label, area.label, &[0.0, 12.0, -12.0], taken);
        }
    }
    towns.iter().filter(|t| t.rank > 2).for_each(|t| names.town(t, None));
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
    fn area(&mut self, label: &Label, at: [f32; 2], shifts: &[f32], clear: &Occupied) {
        let [x, y] = point(self.naming.frame, at);
        let theme = self.naming.theme;
        // A few places up and down, so that one glyph does not take a country its name.
        for dy in shifts {
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

    /// Names a town; a capital keeps clear of the sites of the whole record, so that it is not lost to them.
    fn town(&mut self, town: &Town, clear: Option<&Occupied>) {
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
        let places = candidates.map(|(min, flush)| (label.at(min), flush));
        let free = |p: &Rect| inside.encloses(p) && self.among.is_free(p);
        let best = places.iter().find(|(p, _)| free(p) && clear.is_none_or(|c| c.is_free(p)));
        // Where sites leave no such place it stands where it would without them, and gives way to those drawn.
        let Some(&(place, flush)) = best.or_else(|| places.iter().find(|(p, _)| free(p))) else {
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
