//! Names of countries, governorates and towns. Where they stand is decided without the sites, to which
//! they only give way, so that none jumps while time plays. The capitals of Iraq and Syria do not give
//! way: they are named beside all sites of the record, with a thin line where that is far from the town.

use super::basemap::BasemapLayers;
use super::camera::MapFrame;
use super::labels::{Flush, Label, Naming, Occupied};
use super::name_spots::{Ground, Stand, spots};
use super::site_names::{NamedMark, glyph_box};
use super::text::{Shaper, TextStyle};
use super::theme::{Theme, size, style};
use super::{Circle, Halo, Item, Rect, Stroke, shapes};
use crate::domain::LonLat;
use crate::domain::basemap::{Area, AreaKind, Town};

/// Space after each letter of a country's name, in em: programs that take the words out of a PDF read a tenth as the
/// end of a word.
const SPACING_EM: f32 = 0.08;

/// A capital that is always named.
pub(super) struct Capital {
    dot: [f32; 2],
    label: Label,
    /// Where its name stands.
    pub(super) stand: Stand,
}

/// Where the capitals that are always named lie, in points of the scene.
#[must_use]
pub fn capital_points(basemap: &BasemapLayers, frame: &MapFrame) -> Vec<[f32; 2]> {
    always_named(basemap).map(|town| point(frame, town.position)).collect()
}

fn always_named(basemap: &BasemapLayers) -> impl Iterator<Item = &Town> {
    basemap.data.towns.iter().filter(|t| t.rank == 1 && is_focus(t))
}

/// The capitals of Iraq and Syria inside the map, named clear of the furniture and of every site.
pub(super) fn capitals(
    shaper: &mut Shaper,
    naming: Naming<'_>,
    basemap: &BasemapLayers,
    furniture: &Occupied,
    marks: &[NamedMark],
) -> Vec<Capital> {
    const AWAY: [f32; 7] = [10.0, 18.0, 28.0, 42.0, 60.0, 85.0, 120.0];
    let ground = Ground {
        inside: naming.frame.rect.grown(-4.0),
        boxes: furniture.boxes().to_vec(),
        discs: marks.iter().map(|(m, _)| (m.center, m.room)).collect(),
        histories: Vec::new(),
    };
    let spots = spots(&AWAY, 1);
    let mut found: Vec<Capital> = Vec::new();
    for town in always_named(basemap) {
        let dot = point(naming.frame, town.position);
        if !ground.inside.contains(dot) {
            continue;
        }
        let label = town_label(shaper, naming, town);
        let mut stands = spots.iter().map(|s| s.stand((dot, CAPITAL_DOT), label.size()));
        let clear = |s: &Stand| ground.lets(s) && !found.iter().any(|f| f.stand.clashes(s));
        let inside = |s: &Stand| ground.inside.encloses(&s.place);
        let stand = stands.clone().find(clear).or_else(|| stands.find(inside));
        found.extend(stand.map(|stand| Capital { dot, label, stand }));
    }
    found
}

impl Capital {
    /// The name, and the line to it, which runs below glyphs.
    fn draw_name(&self, theme: &Theme, items: &mut Vec<Item>) {
        if let Some(leader) = self.stand.leader {
            let line = vec![self.dot, leader[1]];
            items.push(shapes::line(line, Stroke::solid(theme.text_town, size::LEADER)));
        }
        let Stand { place, flush, .. } = self.stand;
        self.label.draw(place, flush, theme.text_town, ground_halo(theme), items);
    }

    /// The dot, which is seen above glyphs.
    pub(super) fn dot(&self, theme: &Theme) -> Item {
        town_dot(theme, self.dot, CAPITAL_DOT)
    }
}

/// Radius of the dot of a capital, and of another town.
const CAPITAL_DOT: f32 = 2.2;
const TOWN_DOT: f32 = 1.6;

fn is_focus(town: &Town) -> bool {
    matches!(town.country.as_str(), "IQ" | "SY")
}

fn town_label(shaper: &mut Shaper, naming: Naming<'_>, town: &Town) -> Label {
    let arabic = naming.arabic && is_focus(town) && naming.frame.camera.zoom >= 7.0;
    let name_ar = town.name_ar.as_deref().filter(|_| arabic);
    let look = if town.rank == 1 { style::CAPITAL } else { style::TOWN };
    Label::new(shaper, &town.name, look, name_ar.map(|n| (n, style::TOWN)))
}

fn town_dot(theme: &Theme, center: [f32; 2], radius: f32) -> Item {
    let stroke = Some(Stroke::solid(theme.halo, 0.8));
    Item::Circle(Circle { center, radius, fill: Some(theme.text_town), stroke })
}

fn ground_halo(theme: &Theme) -> Halo {
    Halo { width: 1.2, ..theme.map_halo() }
}

/// About where the names of countries and capitals stand, for what would rather not take their room.
pub(super) fn about(basemap: &BasemapLayers, frame: &MapFrame) -> Vec<Rect> {
    const HALVES: [[f32; 2]; 2] = [[36.0, 8.0], [48.0, 8.0]];
    let areas = basemap.data.areas.iter();
    let countries = areas.filter(|a| a.kind == AreaKind::Country && a.rank <= 2).map(|a| a.label);
    let towns = basemap.data.towns.iter().filter(|t| t.rank == 1).map(|t| t.position);
    let room = |at, [x, y]: [f32; 2]| {
        let [left, top] = point(frame, at);
        Rect { min: [left - x, top - y], max: [left + x, top + y] }
    };
    countries.map(|at| room(at, HALVES[0])).chain(towns.map(|at| room(at, HALVES[1]))).collect()
}

/// The name of a country that keeps its place while time plays.
pub(super) type StandingName = (String, Label, Stand);

/// The names of the countries that the map is about, each where fewest sites of the record stand, whatever is drawn on a
/// day: so none moves while time plays. On a day on which a glyph or the name of a site stands there it is left out.
pub(super) fn own_standing(
    shaper: &mut Shaper,
    naming: Naming<'_>,
    basemap: &BasemapLayers,
    furniture: &Occupied,
    (marks, capitals): (&[NamedMark], &[Capital]),
) -> Vec<StandingName> {
    let mut among = furniture.clone();
    for capital in capitals {
        among.take(capital.stand.place);
        among.take(dot_box(capital.dot, CAPITAL_DOT));
    }
    let discs: Vec<Rect> =
        marks.iter().map(|(m, _)| glyph_box(m.center, m.room.min(30.0))).collect();
    let own = basemap.data.areas.iter().filter(|a| a.kind == AreaKind::Country && is_own(a));
    let mut found = Vec::new();
    for area in own {
        let mut labels = Vec::from(own_labels(shaper, naming, area));
        let ground = own_spots(area);
        let mut best: Option<(usize, usize, Rect)> = None;
        for (form, label) in labels.iter().enumerate() {
            if best.is_some_and(|(least, ..)| least == 0) {
                break;
            }
            let places = ground.iter().map(|spot| centred(label, naming.frame, *spot));
            let inside = naming.frame.rect.grown(-4.0);
            for place in places.filter(|p| inside.encloses(p) && among.is_free(p)) {
                let covered = discs.iter().filter(|disc| disc.overlaps(&place)).count();
                if best.is_none_or(|(least, ..)| covered < least) {
                    best = Some((covered, form, place));
                }
            }
        }
        if let (Some((_, form, place)), Some(spot)) = (best, spots(&[0.0], 1).first()) {
            among.take(place);
            let stand = Stand { place, flush: Flush::Middle, leader: None, cost: 0.0, spot: *spot };
            found.push((area.id.clone(), labels.swap_remove(form), stand));
        }
    }
    found
}

/// The forms of a country's name, the one that is wanted most first.
fn own_labels(shaper: &mut Shaper, naming: Naming<'_>, area: &Area) -> [Label; 4] {
    let name_ar = area.name_ar.as_deref().filter(|_| naming.arabic);
    let looks = [(style::COUNTRY.size_pt, name_ar), (11.0, name_ar), (11.0, None), (10.0, None)];
    looks.map(|(size_pt, name_ar)| {
        let look = TextStyle { size_pt, ..style::COUNTRY };
        let spaced = look.with_letter_spacing(SPACING_EM * size_pt);
        Label::new(shaper, &area.name, spaced, name_ar.map(|name| (name, look)))
    })
}

/// Places on the ground of a country, in degrees, those nearest to where its name sits best first.
fn own_spots(area: &Area) -> Vec<[f32; 2]> {
    /// Steps of the search, and how far it goes, in degrees.
    const STEP: f32 = 0.4;
    const FAR: i8 = 10;
    let rings = area.levels.first().into_iter().flatten().flatten();
    let ground: Vec<_> = rings.map(|ring| shapes::closed(ring.clone())).collect();
    let steps = || (-FAR..=FAR).map(|n| f32::from(n) * STEP);
    let mut spots: Vec<[f32; 2]> = steps()
        .flat_map(|dx| steps().map(move |dy| [dx, dy]))
        .map(|[dx, dy]| [area.label[0] + dx, area.label[1] + dy])
        .filter(|spot| shapes::contains(&ground, *spot))
        .collect();
    let far = |[lon, lat]: &[f32; 2]| (lon - area.label[0]).hypot(lat - area.label[1]);
    spots.sort_by(|a, b| far(a).total_cmp(&far(b)));
    spots
}

/// The room of a name in the middle of a point of the ground.
fn centred(label: &Label, frame: &MapFrame, spot: [f32; 2]) -> Rect {
    let [x, y] = point(frame, spot);
    label.at([x - label.width / 2.0, y - label.height / 2.0])
}

/// What has its place before the names of the ground.
pub(super) struct Before<'a> {
    /// What the map carries at its edges.
    pub(super) furniture: &'a Occupied,
    /// All sites of the record.
    pub(super) marks: &'a [NamedMark],
    /// Glyphs drawn now and their names.
    pub(super) taken: &'a Occupied,
    /// Capitals that are named already.
    pub(super) capitals: &'a [Capital],
    /// Countries whose names have their place already, as long as time plays.
    pub(super) standing: &'a [StandingName],
    /// Whether no time plays, so that a name may stand elsewhere on other days.
    pub(super) at_rest: bool,
}

/// Countries, governorates and towns: what the zoom has room for, where no site or name of one stands.
pub(super) fn place(
    shaper: &mut Shaper,
    naming: Naming<'_>,
    basemap: &BasemapLayers,
    before: &Before<'_>,
    items: &mut Vec<Item>,
) {
    let Before { furniture, marks, taken, capitals, standing, at_rest } = *before;
    let zoom = naming.frame.camera.zoom;
    let mut among = furniture.clone();
    for capital in capitals {
        among.take(capital.stand.place);
        among.take(dot_box(capital.dot, CAPITAL_DOT));
        capital.stand.leader.into_iter().for_each(|line| among.take_line(line));
        capital.draw_name(naming.theme, items);
    }
    let mut names = Names { shaper, naming, among: &mut among, taken, items };
    let towns = &basemap.data.towns;
    // Country names keep clear of every site of the record, drawn or not.
    let mut clear = taken.clone();
    for (mark, _) in marks {
        clear.take(glyph_box(mark.center, mark.room.min(30.0)));
    }
    let countries = basemap.data.areas.iter().filter(|a| a.kind == AreaKind::Country);
    let (own, others): (Vec<&Area>, Vec<&Area>) = countries.partition(|area| is_own(area));
    // What the map is about is named before all that lies around it, and where it cannot be, its neighbours are not.
    let mut all_own = true;
    for area in own {
        // Where sites of other days leave it no ground, it keeps clear of those drawn now.
        all_own &= match standing.iter().find(|(id, ..)| *id == area.id) {
            // Its neighbours keep their names in a film whatever stands in its place.
            Some((_, label, stand)) if names.standing(label, *stand) || !at_rest => true,
            _ => names.own_country(area, &clear) || names.own_country(area, taken),
        };
    }
    let other_capitals = towns.iter().filter(|t| t.rank == 1 && !is_focus(t));
    other_capitals.for_each(|t| names.town(t, Some(&clear)));
    towns.iter().filter(|t| t.rank == 2).for_each(|t| names.town(t, None));
    for area in others.into_iter().filter(|a| all_own && (a.rank <= 2 || zoom >= 6.6)) {
        let look = TextStyle { size_pt: 11.0, ..style::COUNTRY };
        let spaced = look.with_letter_spacing(SPACING_EM * look.size_pt);
        let label = Label::new(names.shaper, &area.name, spaced, None);
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
    /// Names a country that the map is about: large where it sits well, else smaller and anywhere on its ground where no site
    /// stands. `false` when it is in sight and has no place.
    fn own_country(&mut self, area: &Area, clear: &Occupied) -> bool {
        let Naming { theme, frame, .. } = self.naming;
        let inside = frame.rect.grown(-4.0);
        let spots = own_spots(area);
        let in_sight = spots.iter().any(|spot| inside.contains(point(frame, *spot)));
        for label in own_labels(self.shaper, self.naming, area) {
            let is_free = |place: &Rect| {
                inside.encloses(place) && self.among.is_free(place) && clear.is_free(place)
            };
            let found = spots.iter().map(|spot| centred(&label, frame, *spot)).find(is_free);
            if let Some(place) = found {
                self.among.take(place);
                label.draw(place, Flush::Middle, theme.text_area, ground_halo(theme), self.items);
                return true;
            }
        }
        !in_sight
    }

    /// Names a country where its name stands while time plays, unless a glyph or the name of a site does today.
    fn standing(&mut self, label: &Label, Stand { place, flush, .. }: Stand) -> bool {
        let is_free = self.taken.is_free(&place);
        if is_free {
            let theme = self.naming.theme;
            label.draw(place, flush, theme.text_area, ground_halo(theme), self.items);
        }
        self.among.take(place);
        is_free
    }

    fn area(&mut self, label: &Label, at: [f32; 2], shifts: &[f32], clear: &Occupied) {
        let [x, y] = point(self.naming.frame, at);
        let theme = self.naming.theme;
        // A few places up and down, so that one glyph does not take a country its name.
        for dy in shifts {
            let place = label.at([x - label.width / 2.0, y + dy - label.height / 2.0]);
            let inside = self.naming.frame.rect.grown(-4.0).encloses(&place);
            if inside && self.among.is_free(&place) && clear.is_free(&place) {
                self.among.take(place);
                label.draw(place, Flush::Middle, theme.text_area, ground_halo(theme), self.items);
                return;
            }
        }
    }

    /// Names a town; a capital keeps clear of the sites of the whole record, so that it is not lost to them.
    fn town(&mut self, town: &Town, clear: Option<&Occupied>) {
        let Naming { theme, frame, .. } = self.naming;
        let zoom = frame.camera.zoom;
        if town.rank > town_rank(zoom, is_focus(town)) {
            return;
        }
        let [x, y] = point(frame, town.position);
        let dot = if town.rank == 1 { CAPITAL_DOT } else { TOWN_DOT };
        let dot_box = dot_box([x, y], dot);
        if !frame.rect.encloses(&dot_box) || !self.among.is_free(&dot_box) {
            return;
        }
        let label = town_label(self.shaper, self.naming, town);
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
        self.items.push(town_dot(theme, [x, y], dot));
        label.draw(place, flush, theme.text_town, ground_halo(theme), self.items);
    }
}

/// The countries that the map is about.
fn is_own(area: &Area) -> bool {
    matches!(area.id.as_str(), "IQ" | "SY")
}

fn dot_box([x, y]: [f32; 2], radius: f32) -> Rect {
    Rect::from_min_size([x - radius, y - radius], radius * 2.0, radius * 2.0)
}

fn point(frame: &MapFrame, [lon, lat]: [f32; 2]) -> [f32; 2] {
    frame.to_point(LonLat::clamped(f64::from(lon), f64::from(lat)))
}
