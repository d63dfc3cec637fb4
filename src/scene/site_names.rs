//! Names of sites: placed for the whole record first, and stably, so that none jumps while time plays.
//!
//! A name stands directly beside its glyph where there is room, else farther away with a thin line to
//! it. What finds no room at all is counted, never left out in silence.

use std::collections::HashMap;
use std::rc::Rc;

use super::grid::Grid;
use super::labels::{Label, Naming, Occupied};
use super::marks::SiteMark;
use super::name_board::Board;
use super::name_forms::{group_label, plain_name, short_name, site_label};
use super::name_spots::{AWAY, Disc, Ground, Stand, distance, spots};
use super::text::Shaper;
use super::theme::size;
use super::{Item, Rect, Stroke, glyph, shapes};
use crate::analysis::{LabelDensity, Picked};
use crate::domain::{Dataset, SiteIndex};

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

/// So many sites are named at most: on a map of thousands the others are told by the pointer.
const MOST: usize = 80;
/// So many where few are wanted.
const FEW: usize = 8;
/// Where more glyphs are drawn than this, a name that has no place of its own is tried directly beside its
/// glyph only.
pub(super) const CROWD: usize = 150;
/// There so many are tried at most.
const MOST_NEW: usize = 16;

/// Which sites must be named, and what stood on the map before them.
pub(super) struct Wanted<'a> {
    /// All glyphs, the most important first, with what they count now.
    pub(super) marks: &'a [NamedMark],
    /// The same, whatever the window.
    pub(super) all: &'a [SiteMark],
    /// Sites that are named whatever has to give way.
    pub(super) picked: &'a Picked,
    /// Names that stand already: those of capitals.
    pub(super) before: &'a [Stand],
    /// What carries no name: furniture, and what stands beside glyphs.
    pub(super) furniture: &'a Occupied,
    /// How many are wanted.
    pub(super) labels: LabelDensity,
}

impl Wanted<'_> {
    fn most(&self) -> usize {
        match self.labels {
            LabelDensity::All => MOST,
            LabelDensity::Few => FEW,
            LabelDensity::None => 0,
        }
    }
}

/// Where names stand in the whole record, kept for as long as nothing but the window changes.
#[derive(Debug, Default)]
pub(super) struct NamePlan {
    /// What it was made for, and by glyph where names stand then; the last made or used at the end.
    plans: Vec<(Around, Vec<Option<Stand>>)>,
    labels: HashMap<(SiteIndex, usize, bool), Rc<Vec<Label>>>,
    /// The short name of each site, by number of those met.
    short_names: HashMap<SiteIndex, usize>,
    numbers: HashMap<String, usize>,
}

/// Furniture, and the names of capitals.
type Around = (Vec<Rect>, Vec<Stand>);

/// Furniture is of a few sizes while time plays: so many plans are kept.
const PLANS: usize = 16;

/// Names the sites that are drawn and takes the room of the names in `occupied`; how many found none.
pub(super) fn place(
    shaper: &mut Shaper,
    naming: Naming<'_>,
    dataset: &Dataset,
    (plan, fixed): (&mut NamePlan, &Occupied),
    wanted: &Wanted<'_>,
    occupied: &mut Occupied,
    items: &mut Vec<Item>,
) -> usize {
    let mut tools = (shaper, dataset, naming);
    plan.make(&mut tools, wanted, fixed);
    let marks = wanted.marks;
    let on_map = |m: &NamedMark| m.1.is_some() && m.0.is_first && naming.is_on_map(&m.0);
    let drawn = marks.iter().filter(|m| on_map(m)).count();
    // Those with a place of their own first, then others as far as there is room.
    let (known, new): (Vec<usize>, Vec<usize>) =
        (0..marks.len()).filter(|i| on_map(&marks[*i])).partition(|i| plan.stands()[*i].is_some());
    let is_crowd = marks.iter().filter(|m| m.1.is_some()).count() > CROWD;
    let most_new = if is_crowd { MOST_NEW } else { MOST };
    let room = wanted.most().saturating_sub(known.len()).min(most_new);
    let picked = |i: &usize| wanted.picked.has_site(marks[*i].0.site);
    let (new, rest) = new.split_at(room.min(new.len()));
    let rest = rest.iter().copied().filter(picked);
    let mut order: Vec<usize> = known.into_iter().chain(new.iter().copied()).chain(rest).collect();
    order.sort_unstable();
    let labels =
        plan.labels(&mut tools, order.iter().map(|i| marks[*i].0), marks.iter().map(|m| m.0));
    let stands = plan.now(&naming, wanted, &order, &sizes(&labels));
    let named: Vec<(&Label, &Stand)> = labels
        .iter()
        .zip(&stands)
        .filter_map(|(forms, s)| Some((forms.get(s.as_ref()?.spot.form())?, s.as_ref()?)))
        .collect();
    let line = Stroke::solid(naming.theme.text_muted, size::LEADER);
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
    // Where nobody wants names, none is missing.
    if wanted.labels == LabelDensity::None { 0 } else { drawn - named.len() }
}

type Tools<'a, 'b> = (&'a mut Shaper, &'a Dataset, Naming<'b>);

fn sizes(labels: &[Rc<Vec<Label>>]) -> Vec<Vec<[f32; 2]>> {
    labels.iter().map(|forms| forms.iter().map(Label::size).collect()).collect()
}

impl NamePlan {
    /// Places the names of the whole record, if that was not done yet between these things.
    fn make(&mut self, tools: &mut Tools<'_, '_>, wanted: &Wanted<'_>, furniture: &Occupied) {
        let around = (furniture.boxes().to_vec(), wanted.before.to_vec());
        self.plans.retain(|(_, stands)| stands.len() == wanted.all.len());
        if let Some(known) = self.plans.iter().position(|(known, _)| *known == around) {
            let plan = self.plans.remove(known);
            self.plans.push(plan);
            return;
        }
        let (all, naming) = (wanted.all, tools.2);
        let on_map = |i: &usize| all[*i].is_first && naming.is_on_map(&all[*i]);
        let order: Vec<usize> = (0..all.len()).filter(on_map).take(wanted.most()).collect();
        let labels = self.labels(tools, order.iter().map(|i| all[*i]), all.iter().copied());
        let stands = settled(&naming, wanted, furniture, &order, &sizes(&labels));
        if self.plans.len() >= PLANS {
            self.plans.remove(0);
        }
        self.plans.push((around, stands));
    }

    /// By glyph, where names stand in the plan in use.
    fn stands(&self) -> &[Option<Stand>] {
        self.plans.last().map_or(&[], |(_, stands)| stands)
    }

    /// The number of a site's short name: the same for sites that share it.
    fn short_name(&mut self, dataset: &Dataset, site: SiteIndex) -> usize {
        let next = self.numbers.len();
        *self.short_names.entry(site).or_insert_with(|| {
            let name = short_name(dataset.site(site)).to_owned();
            *self.numbers.entry(name).or_insert(next)
        })
    }

    /// Where the names of the glyphs of `order` stand now: where they stand in the whole record, nearer to a
    /// smaller glyph.
    fn now(
        &self,
        naming: &Naming<'_>,
        wanted: &Wanted<'_>,
        order: &[usize],
        sizes: &[Vec<[f32; 2]>],
    ) -> Vec<Option<Stand>> {
        let marks = wanted.marks;
        let disc = |i: usize| Some((marks[i].0.center, marks[i].1?));
        let drawn: Vec<usize> = (0..marks.len()).filter(|i| marks[*i].1.is_some()).collect();
        let discs: Vec<Disc> = drawn.iter().filter_map(|i| disc(*i)).collect();
        let place: Vec<usize> = order.iter().filter_map(|i| drawn.binary_search(i).ok()).collect();
        // Whatever is drawn now, so that no name changes its side with the number of glyphs.
        let is_crowd = wanted.all.len() > CROWD;
        let ground = Ground {
            inside: naming.frame.rect.grown(-4.0),
            boxes: wanted.furniture.boxes().to_vec(),
            histories: cores(histories(&discs, usize::MAX)),
            discs: first(&discs, &place),
        };
        let spots = if is_crowd { spots(&[], 2) } else { spots(&AWAY, 3) };
        let worth: Vec<f32> = order.iter().map(|i| worth(marks[*i].0.total)).collect();
        let picked: Vec<usize> =
            (0..order.len()).filter(|n| wanted.picked.has_site(marks[order[*n]].0.site)).collect();
        let mut board = Board::new(&ground, &spots, sizes, &worth, wanted.before);
        for (n, i) in order.iter().enumerate() {
            board.stands[n] = self.stands().get(*i).copied().flatten();
        }
        if marks.iter().all(|(mark, radius)| *radius == Some(mark.room)) {
            board.ensure(&picked);
            return board.stands;
        }
        // Beside a smaller glyph a name comes nearer if it can, and has a line if it cannot.
        for (n, (disc, forms)) in ground.discs.iter().copied().zip(sizes).enumerate() {
            board.stands[n] = board.stands[n].and_then(|stand| {
                let near = stand.beside(disc, *forms.get(stand.spot.form())?);
                if near.leader.is_some() || board.lets(n, &near) {
                    return Some(near);
                }
                // Under a glyph that has outgrown the room made for it no name can stay.
                let free = distance(&stand.place, disc.0) > disc.1
                    && !ground.boxes.iter().any(|b| b.overlaps(&stand.place));
                free.then(|| stand.tied_if_far(disc))
            });
        }
        for n in 0..order.len() {
            if board.stands[n].is_none() {
                board.stands[n] = board.best(n);
            }
        }
        board.ensure(&picked);
        board.stands
    }

    /// The names of some glyphs, among all of a map, each as short as it stays clear, and shorter forms of it
    /// for where there is no room: without the Arabic name, and in two lines.
    fn labels(
        &mut self,
        (shaper, dataset, naming): &mut Tools<'_, '_>,
        marks: impl Iterator<Item = SiteMark>,
        among: impl Iterator<Item = SiteMark>,
    ) -> Vec<Rc<Vec<Label>>> {
        // By number of short name, the first site that has it, and whether another has it too.
        let mut of_name: Vec<Option<(SiteIndex, bool)>> = vec![None; self.numbers.len()];
        for mark in among {
            let number = self.short_name(dataset, mark.site);
            if number >= of_name.len() {
                of_name.resize(number + 1, None);
            }
            let (first, shared) = of_name[number].get_or_insert((mark.site, false));
            *shared |= *first != mark.site;
        }
        let label = |mark: SiteMark| {
            let site = dataset.site(mark.site);
            let number = self.short_name(dataset, mark.site);
            let shared = of_name.get(number).copied().flatten().is_some_and(|(_, shared)| shared);
            let known = self.labels.entry((mark.site, mark.others, shared));
            let made = known.or_insert_with(|| {
                let name = if shared { plain_name(&site.name) } else { short_name(site) };
                Rc::new(match mark.others {
                    0 => site_label(shaper, site, name, naming.arabic),
                    others => group_label(shaper, name, others),
                })
            });
            Rc::clone(made)
        };
        marks.map(label).collect()
    }
}

/// By glyph, where the names of some stand in the whole record.
fn settled(
    naming: &Naming<'_>,
    wanted: &Wanted<'_>,
    furniture: &Occupied,
    order: &[usize],
    sizes: &[Vec<[f32; 2]>],
) -> Vec<Option<Stand>> {
    let all = wanted.all;
    let discs: Vec<Disc> = all.iter().map(|m| (m.center, m.room)).collect();
    let ground = Ground {
        inside: naming.frame.rect.grown(-4.0),
        boxes: furniture.boxes().to_vec(),
        histories: cores(histories(&discs, usize::MAX)),
        discs: first(&discs, order),
    };
    let worth: Vec<f32> = order.iter().map(|i| worth(all[*i].total)).collect();
    let spots = spots(&AWAY, 3);
    let mut board = Board::new(&ground, &spots, sizes, &worth, wanted.before);
    board.settle(&(0..order.len()).collect::<Vec<_>>());
    let mut stands = vec![None; all.len()];
    for (i, stand) in order.iter().zip(board.stands) {
        stands[*i] = stand;
    }
    stands
}

/// Discs, those of some places first.
fn first(discs: &[Disc], places: &[usize]) -> Vec<Disc> {
    let mut is_first = vec![false; discs.len()];
    for place in places {
        is_first[*place] = true;
    }
    let rest = discs.iter().zip(&is_first).filter(|(_, first)| !**first);
    places.iter().map(|i| discs[*i]).chain(rest.map(|(disc, _)| *disc)).collect()
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

/// The boxes of the histories that cover no glyph and no other history, up to so many.
pub(super) fn histories(discs: &[Disc], most: usize) -> Vec<Rect> {
    const CELL: f64 = 40.0;
    let [mut glyphs, mut boxes] = [Grid::new(CELL), Grid::new(CELL)];
    let middle = |at: [f32; 2]| at.map(f64::from);
    let mut largest = 0.0_f32;
    for (n, (center, radius)) in discs.iter().enumerate() {
        glyphs.insert(n, middle(*center));
        largest = largest.max(*radius);
    }
    let reach = f64::from(largest + glyph::HISTORY_WIDTH);
    let mut taken: Vec<Rect> = Vec::new();
    for (center, radius) in discs {
        if taken.len() >= most {
            break;
        }
        let place = history_box(*center, *radius);
        let at = middle(place.center());
        let covers = |n: usize| distance(&place, discs[n].0) < discs[n].1;
        let meets = |n: usize| taken[n].overlaps(&place);
        if !glyphs.near(at, reach).any(covers)
            && !boxes.near(at, f64::from(glyph::HISTORY_WIDTH)).any(meets)
        {
            boxes.insert(taken.len(), at);
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

#[cfg(test)]
mod tests {
    use super::super::camera::MapFrame;
    use super::super::theme::Theme;
    use super::*;
    use crate::analysis::{Camera, Place, PlaceClass, ThemeName};
    use crate::domain::LonLat;

    /// A crowd of 90 sites around a point, drawn as `radius` says.
    fn crowd(radius: impl Fn(usize) -> Option<f32>) -> Vec<NamedMark> {
        let mark = |n: u16| {
            let (turn, out) = (f32::from(n) * 2.4, 14.0 + f32::from(n) * 2.2);
            let center = [450.0 + turn.cos() * out, 300.0 + turn.sin() * out];
            let site = SiteIndex(u32::from(n));
            let place = Place { site, class: PlaceClass::Spot, own_position: None };
            let (anchor, room, total) = (center, 12.0, 3);
            SiteMark {
                site,
                others: 0,
                group: 0,
                place,
                is_first: true,
                anchor,
                center,
                full_radius: room,
                room,
                total,
            }
        };
        (0..90).map(|n| (mark(n), radius(usize::from(n)))).collect()
    }

    fn decided(marks: &[NamedMark], picked: &[SiteIndex]) -> Vec<Option<Stand>> {
        let camera = Camera { center: LonLat::clamped(44.0, 33.0), zoom: 7.0 };
        let frame = MapFrame { rect: Rect::from_min_size([0.0, 0.0], 900.0, 600.0), camera };
        let naming = Naming { theme: Theme::of(ThemeName::Light), frame: &frame, arabic: true };
        let furniture = Occupied::default();
        let all: Vec<SiteMark> = marks.iter().map(|(mark, _)| *mark).collect();
        let picked = &Picked::of_sites(picked);
        let wanted = Wanted {
            marks,
            all: &all,
            picked,
            before: &[],
            furniture: &furniture,
            labels: LabelDensity::All,
        };
        let drawn: Vec<usize> = (0..marks.len()).filter(|n| marks[*n].1.is_some()).collect();
        let every: Vec<usize> = (0..marks.len()).collect();
        let sizes = vec![vec![[90.0, 27.0], [90.0, 14.0]]; marks.len()];
        let mut plan = NamePlan::default();
        let settled = settled(&naming, &wanted, &furniture, &every, &sizes);
        plan.plans.push((Around::default(), settled));
        let mut stands = vec![None; marks.len()];
        for (n, stand) in drawn.iter().zip(plan.now(&naming, &wanted, &drawn, &sizes)) {
            stands[*n] = stand;
        }
        stands
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
