//! Names of sites: placed for the whole record first, and stably, so that none jumps while time plays.
//!
//! A name stands directly beside its glyph where there is room, else farther away with a thin line to
//! it. What finds no room at all is counted, never left out in silence.

use super::labels::{Label, Naming, Occupied};
use super::marks::SiteMark;
use super::name_board::Board;
use super::name_spots::{AWAY, Disc, Ground, Stand, spots};
use super::text::Shaper;
use super::theme::{size, style};
use super::{Item, Rect, Stroke, glyph, shapes};
use crate::domain::{Dataset, Site, SiteIndex};

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

/// Which sites must be named, and what stood on the map before them.
pub(super) struct Wanted<'a> {
    /// All sites of the record, the most important first.
    pub(super) marks: &'a [NamedMark],
    /// Sites that are named whatever has to give way.
    pub(super) picked: &'a [SiteIndex],
    /// Names that stand already: those of capitals.
    pub(super) before: &'a [Stand],
    /// Furniture.
    pub(super) furniture: &'a Occupied,
}

/// Names the sites that are drawn and takes the room of the names in `occupied`; how many found none.
pub(super) fn place(
    shaper: &mut Shaper,
    naming: Naming<'_>,
    dataset: &Dataset,
    wanted: &Wanted<'_>,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) -> usize {
    let labels = site_labels(shaper, dataset, wanted.marks, naming);
    let sizes: Vec<Vec<[f32; 2]>> =
        labels.iter().map(|forms| forms.iter().map(Label::size).collect()).collect();
    let stands = decide(&naming, wanted, &sizes);
    let on_map =
        |m: &&NamedMark| m.1.is_some() && m.0.is_first && naming.frame.rect.contains(m.0.center);
    let drawn = wanted.marks.iter().filter(on_map).count();
    let line = Stroke::solid(naming.theme.text_muted, size::LEADER);
    let named: Vec<(&Label, &Stand)> = labels
        .iter()
        .zip(&stands)
        .filter_map(|(forms, s)| Some((forms.get(s.as_ref()?.spot.form())?, s.as_ref()?)))
        .collect();
    for (_, stand) in &named {
        occupied.take(stand.place);
        if let Some(leader) = stand.leader {
            occupied.take_line(leader);
            let around = Stroke::solid(naming.theme.halo, size::LEADER + 1.6);
            items.push(shapes::line(leader.to_vec(), around));
            items.push(shapes::line(leader.to_vec(), line));
        }
    }
    for (label, stand) in &named {
        let (color, halo) = (naming.theme.text, naming.theme.map_halo());
        label.draw(stand.place, stand.flush, color, halo, items);
    }
    drawn - named.len()
}

/// Where the names of the glyphs drawn now stand.
fn decide(naming: &Naming<'_>, wanted: &Wanted<'_>, sizes: &[Vec<[f32; 2]>]) -> Vec<Option<Stand>> {
    let marks = wanted.marks;
    // A site is named once, at the first of its glyphs.
    let on_map = |i: &usize| marks[*i].0.is_first && naming.frame.rect.contains(marks[*i].0.center);
    let all: Vec<usize> = (0..marks.len()).filter(on_map).collect();
    let full: Vec<Disc> = marks.iter().map(|(m, _)| (m.center, m.full_radius)).collect();
    let ground = Ground {
        inside: naming.frame.rect.grown(-4.0),
        boxes: wanted.furniture.boxes().to_vec(),
        histories: cores(histories(&full.iter().copied())),
        discs: full,
    };
    let spots = spots(&AWAY, 3);
    let worth: Vec<f32> = marks.iter().map(|(mark, _)| worth(mark.total)).collect();
    let drawn = |i: &usize| marks[*i].1.is_some();
    let is_picked = |i: &usize| drawn(i) && wanted.picked.contains(&marks[*i].0.site);
    let picked: Vec<usize> = all.iter().copied().filter(is_picked).collect();
    let mut whole = Board::new(&ground, &spots, sizes, &worth, wanted.before);
    whole.settle(&all);
    if marks.iter().all(|(mark, radius)| *radius == Some(mark.full_radius)) {
        whole.ensure(&picked);
        return whole.stands;
    }
    let fixed = whole.stands;

    // What is drawn now: where it stands in the whole record, nearer to a smaller glyph.
    let mut discs = ground.discs.clone();
    for (disc, (_, radius)) in discs.iter_mut().zip(marks) {
        // A disc of no size far outside is in nobody's way.
        *disc = radius.map_or(([-1e6, -1e6], 0.0), |r| (disc.0, r));
    }
    let below = histories(&discs.iter().copied().filter(|d| d.1 > 0.0));
    let now = Ground { discs, histories: cores(below), ..ground.clone() };
    let mut board = Board::new(&now, &spots, sizes, &worth, wanted.before);
    for i in all.iter().copied().filter(drawn) {
        board.stands[i] = fixed[i];
    }
    // Beside a smaller glyph a name comes nearer if it can, and has a line if it cannot.
    for i in all.iter().copied().filter(drawn) {
        let near = board.stands[i].map(|stand| stand.beside(now.discs[i]));
        board.stands[i] = board.stands[i].map(|stand| match near {
            Some(near) if near.leader.is_some() || board.lets(i, &near) => near,
            _ => stand.tied_if_far(now.discs[i]),
        });
    }
    for i in all.iter().copied().filter(drawn) {
        if board.stands[i].is_none() {
            board.stands[i] = board.best(i);
        }
    }
    board.ensure(&picked);
    board.stands
}

/// What it is worth that a site of so many events is named.
#[expect(clippy::cast_precision_loss, reason = "a count of events")]
fn worth(total: usize) -> f32 {
    90.0 + 60.0 * (total as f32).ln()
}

/// A history without its edge, which a name may touch.
pub(super) fn core(history: Rect) -> Rect {
    history.grown(-1.5)
}

fn cores(histories: Vec<Rect>) -> Vec<Rect> {
    histories.into_iter().map(core).collect()
}

/// The boxes of the histories that cover no glyph and no other history.
pub(super) fn histories(discs: &(impl Iterator<Item = Disc> + Clone)) -> Vec<Rect> {
    let mut taken: Vec<Rect> = Vec::new();
    for (center, radius) in discs.clone() {
        let place = history_box(center, radius);
        let covers = |(c, r): Disc| super::name_spots::distance(&place, c) < r;
        if !discs.clone().any(covers) && !taken.iter().any(|t| t.overlaps(&place)) {
            taken.push(place);
        }
    }
    taken
}

/// The box of the history below a glyph.
pub(super) fn history_box([x, y]: [f32; 2], radius: f32) -> Rect {
    let corner = [x - glyph::HISTORY_WIDTH / 2.0, y + radius + 3.0];
    Rect::from_min_size(corner, glyph::HISTORY_WIDTH, glyph::HISTORY_HEIGHT)
}

/// The names of sites on the map, each as short as it stays clear, and shorter forms of it for where
/// there is no room: without the Arabic name, and in two lines.
fn site_labels(
    shaper: &mut Shaper,
    dataset: &Dataset,
    marks: &[NamedMark],
    naming: Naming<'_>,
) -> Vec<Vec<Label>> {
    let sites: Vec<&Site> = marks.iter().map(|(mark, _)| dataset.site(mark.site)).collect();
    let short: Vec<&str> = sites.iter().map(|s| short_name(s)).collect();
    let mut labels = Vec::new();
    for ((site, name), (mark, _)) in sites.iter().zip(&short).zip(marks) {
        let of_another = |(other, s): (&&Site, &&str)| s == name && other.id != site.id;
        let shared = sites.iter().zip(&short).any(of_another);
        let name = if shared { plain_name(&site.name) } else { name };
        labels.push(if mark.others > 0 {
            group_label(shaper, name, mark.others)
        } else {
            site_label(shaper, site, name, naming.arabic)
        });
    }
    labels
}

/// The forms of a site's name, the fullest first.
fn site_label(shaper: &mut Shaper, site: &Site, name: &str, arabic: bool) -> Vec<Label> {
    // An area's Arabic name would be that of the town that stands for it.
    let name_ar = site.name_ar.as_deref().filter(|_| arabic && site.precision.is_point());
    let name_ar = name_ar.map(|n| plain_name(n.split('،').next().unwrap_or(n)));
    let name_ar = name_ar.map(|n| (n, style::SITE_ARABIC));
    let lines = if name.chars().count() > LONG { in_lines(name) } else { None };
    let full = lines.as_deref().unwrap_or(name);
    let mut forms = vec![Label::new(shaper, full, style::SITE, name_ar)];
    let mut add = |latin: &str| forms.push(Label::new(shaper, latin, style::SITE, None));
    if name_ar.is_some() {
        add(full);
    }
    if lines.is_none()
        && let Some(two) = in_lines(name)
    {
        add(&two);
    }
    forms
}

/// The forms of the name of several sites that share a glyph.
fn group_label(shaper: &mut Shaper, name: &str, others: usize) -> Vec<Label> {
    [format!("{name}\nand {others} more"), format!("{name} + {others}")]
        .into_iter()
        .map(|words| Label::new(shaper, &words, style::SITE, None))
        .collect()
}

/// A name without what stands behind a slash or, at its end, in brackets.
fn plain_name(name: &str) -> &str {
    let cut = name.split(" / ").next().unwrap_or(name).trim();
    let cut = match cut.rsplit_once(" (") {
        Some((head, tail)) if tail.ends_with(')') => head,
        _ => cut,
    };
    if cut.is_empty() { name } else { cut }
}

/// The plain name of a site up to its comma, where that still says which place it is: an area keeps the
/// whole ("Convoy route, Babil"), and so does what is only called by its kind ("Access road, ...").
pub(super) fn short_name(site: &Site) -> &str {
    short_of(&site.name, &site.kind, site.precision.is_point())
}

fn short_of<'a>(name: &'a str, kind: &str, is_point: bool) -> &'a str {
    let plain = plain_name(name);
    let head = plain.split(", ").next().unwrap_or(plain);
    let named = head.split(' ').skip(1).any(|word| word.contains(char::is_uppercase));
    let only_kind = !named && head.to_lowercase().ends_with(&kind.to_lowercase());
    if is_point && !only_kind { head } else { plain }
}

/// A name of more characters than this is in two lines.
const LONG: usize = 28;
/// One of fewer never is.
const SHORT: usize = 12;

/// A name in two lines, the first up to its comma or about as long as the second.
fn in_lines(name: &str) -> Option<String> {
    if name.chars().count() < SHORT {
        return None;
    }
    let spaces = || name.match_indices(' ').map(|(at, _)| at);
    let comma = spaces().find(|at| name[..*at].ends_with(','));
    let at = comma.or_else(|| spaces().min_by_key(|at| (at * 2).abs_diff(name.len())))?;
    Some(format!("{}\n{}", &name[..at], &name[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::super::camera::MapFrame;
    use super::super::theme::Theme;
    use super::*;
    use crate::analysis::{Camera, Place, PlaceClass, ThemeName};
    use crate::domain::LonLat;

    #[test]
    fn a_name_is_cut_where_it_stays_clear() {
        for (name, plain) in [
            ("Victory Base Complex / Diplomatic Support Center", "Victory Base Complex"),
            ("Qayyarah Airfield West (Q-West)", "Qayyarah Airfield West"),
            ("International (Green) Zone, Baghdad", "International (Green) Zone, Baghdad"),
            ("(unnamed)", "(unnamed)"),
        ] {
            assert_eq!(plain_name(name), plain);
        }
        for (name, kind, area, short) in [
            ("Green Village, al-Omar oil field", "oil field", false, "Green Village"),
            ("US Embassy, Baghdad", "embassy", false, "US Embassy"),
            ("Convoy route, Babil", "convoy route", true, "Convoy route, Babil"),
            ("Convoy route, Yusufiya", "convoy route", false, "Convoy route, Yusufiya"),
            ("Access road, Baghdad airport", "road", false, "Access road, Baghdad airport"),
        ] {
            assert_eq!(short_of(name, kind, !area), short);
        }
    }

    #[test]
    fn a_long_name_breaks_after_its_comma_or_near_its_middle() {
        assert_eq!(in_lines("Convoy route, al-Muthanna").unwrap(), "Convoy route,\nal-Muthanna");
        assert_eq!(
            in_lines("Erbil International Airport").unwrap(),
            "Erbil International\nAirport"
        );
        assert_eq!(in_lines("Basra"), None);
    }

    /// A crowd of 90 sites around a point, drawn as `radius` says.
    fn crowd(radius: impl Fn(usize) -> Option<f32>) -> Vec<NamedMark> {
        let mark = |n: u16| {
            let (turn, out) = (f32::from(n) * 2.4, 14.0 + f32::from(n) * 2.2);
            let center = [450.0 + turn.cos() * out, 300.0 + turn.sin() * out];
            let site = SiteIndex(u32::from(n));
            let place = Place { site, class: PlaceClass::Spot, own_position: None };
            let (anchor, full_radius, total) = (center, 12.0, 3);
            SiteMark {
                site,
                others: 0,
                group: 0,
                place,
                is_first: true,
                anchor,
                center,
                full_radius,
                total,
            }
        };
        (0..90).map(|n| (mark(n), radius(usize::from(n)))).collect()
    }

    fn decided(marks: &[NamedMark], picked: &[SiteIndex]) -> Vec<Option<Stand>> {
        let camera = Camera { center: LonLat::clamped(44.0, 33.0), zoom: 7.0 };
        let frame = MapFrame { rect: Rect::from_min_size([0.0, 0.0], 900.0, 600.0), camera };
        let naming = Naming { theme: Theme::of(ThemeName::Light), frame: &frame, arabic: true };
        let wanted = Wanted { marks, picked, before: &[], furniture: &Occupied::default() };
        decide(&naming, &wanted, &vec![vec![[90.0, 27.0], [90.0, 14.0]]; marks.len()])
    }

    #[test]
    fn a_name_of_the_whole_record_stays_on_its_side_whatever_is_drawn() {
        let whole = decided(&crowd(|_| Some(12.0)), &[]);
        assert!(whole.iter().flatten().count() > 30);
        for step in [2, 3, 7] {
            let now = decided(&crowd(|n| (n % step == 0).then_some(9.0)), &[]);
            for (n, (then, now)) in whole.iter().zip(&now).enumerate() {
                assert!(now.is_none() || n % step == 0, "{n} is not drawn");
                if let (Some(then), 0) = (then, n % step) {
                    let now = now.unwrap();
                    assert_eq!(then.spot, now.spot, "{n}");
                    let moved = then.place.min[0] - now.place.min[0];
                    assert!(moved.abs() < 8.0, "{n}: {moved}");
                }
            }
        }
    }

    #[test]
    fn a_picked_site_is_always_named() {
        let marks = crowd(|_| Some(12.0));
        let without = decided(&marks, &[]);
        let unnamed: Vec<usize> = (0..90).filter(|&n| without[n].is_none()).collect();
        assert!(!unnamed.is_empty());
        for n in unnamed {
            let stands = decided(&marks, &[marks[n].0.site]);
            assert!(stands[n].is_some(), "{n}");
        }
    }
}
