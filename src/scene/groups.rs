//! Sites that lie too near each other for a glyph each are drawn as one, at the place of the one with
//! most events, until the map is near enough.
//!
//! What is grouped depends on the zoom, in steps, and on the whole record, never on the window or on
//! where the map looks: neither playing nor panning changes a group.

use std::cmp::Reverse;
use std::sync::Arc;

use super::camera::to_map_units;
use super::grid::Grid;
use super::symbol_scale::SymbolScale;
use crate::analysis::{Place, PlaceClass};
use crate::domain::LonLat;

/// A place as grouping sees it.
#[derive(Clone, Copy, Debug)]
pub struct Groupable {
    /// The place; those of one precision are grouped.
    pub place: Place,
    /// Its number in the record.
    pub number: u32,
    /// Where its glyph would stand.
    pub position: LonLat,
    /// Events of the whole record there, under the rule and filter.
    pub total: usize,
}

/// Places drawn as one glyph.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceGroup {
    /// The members, the one with most events first; its position is the group's.
    pub members: Arc<[Place]>,
    /// Their numbers in the record.
    pub numbers: Arc<[u32]>,
    /// Where the group stands.
    pub position: LonLat,
    /// Events of the whole record at all of them.
    pub total: usize,
}

/// Points between two sites below which they are always one group.
const REACH: f64 = 24.0;
/// How much of a smaller disc may look out from under a larger one before it is one of its own.
const UNDER: f64 = 0.4;
/// Places farther apart than this many metres are never one group, however small the map: a city and its
/// surroundings can share a glyph, two cities cannot.
const FARTHEST_M: f64 = 60_000.0;
/// Points between places that are the same: the governorate that events are only known to.
const SAME: f64 = 0.01;
/// Groups change only at these steps of the zoom.
const STEPS_PER_ZOOM: f64 = 2.0;
/// From this zoom on every site has its own glyph.
const ALL_APART: f64 = 10.0;

/// Groups places for a zoom: the one with most events leads those within reach of it, and so on among
/// the rest. Groups come by their leads' events, most first; of equals the lower index first.
///
/// This is the leader algorithm (Hartigan, *Clustering Algorithms*, 1975, chapter 3), with the places in
/// order of their events, so that the result does not depend on the order of rows.
#[must_use]
pub fn group(places: &[Groupable], zoom: f64, sizes: SymbolScale) -> Vec<PlaceGroup> {
    let zoom = f64::from(step(zoom)) / STEPS_PER_ZOOM;
    // Map units are points at zoom 6.
    let scale = (zoom - 6.0).exp2();
    let mut order: Vec<&Groupable> = places.iter().collect();
    order.sort_by_key(|p| (Reverse(p.total), p.place.site, p.place.class, p.number));
    let farthest = order.first().map_or(SAME, |most| longest_reach(most.total, zoom, sizes));
    let mut leads = Grid::new(farthest);
    let mut groups: Vec<Vec<&Groupable>> = Vec::new();
    for place in order {
        let at = to_map_units(place.position).map(|v| v * scale);
        let distance = |lead: &Groupable| {
            let [x, y] = to_map_units(lead.position).map(|v| v * scale);
            let distance = (at[0] - x).hypot(at[1] - y);
            let is_near = lead.place.class == place.place.class
                && distance < reach(lead, place, zoom, sizes)
                && lead.position.distance_m(place.position) <= FARTHEST_M;
            is_near.then_some(distance)
        };
        let nearest = leads
            .near(at, farthest)
            .filter_map(|group| Some((distance(groups[group][0])?, group)))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        if let Some((_, group)) = nearest {
            groups[group].push(place);
        } else {
            leads.insert(groups.len(), at);
            groups.push(vec![place]);
        }
    }
    groups.iter().map(|members| PlaceGroup::of(members)).collect()
}

/// The step of the zoom at which groups are made for a zoom.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a zoom is a small number")]
pub fn step(zoom: f64) -> i32 {
    (zoom * STEPS_PER_ZOOM).floor() as i32
}

impl PlaceGroup {
    /// The first leads.
    fn of(members: &[&Groupable]) -> Self {
        Self {
            members: members.iter().map(|m| m.place).collect(),
            numbers: members.iter().map(|m| m.number).collect(),
            position: members[0].position,
            total: members.iter().map(|m| m.total).sum(),
        }
    }
}

/// No group reaches farther than this many points, where no place has more than `most` events.
fn longest_reach(most: usize, zoom: f64, sizes: SymbolScale) -> f64 {
    if zoom >= ALL_APART { SAME } else { REACH.max(f64::from(sizes.radius(most)) * (1.0 + UNDER)) }
}

/// Points from a lead within which a place is of its group.
fn reach(lead: &Groupable, place: &Groupable, zoom: f64, sizes: SymbolScale) -> f64 {
    if lead.place.class == PlaceClass::Governorate {
        return SAME;
    }
    if zoom >= ALL_APART {
        return 0.0;
    }
    let [large, small] = [lead.total, place.total].map(|n| f64::from(sizes.radius(n)));
    REACH.max(large + small * UNDER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SiteIndex;

    fn site(n: u32, lon: f64, lat: f64, total: usize) -> Groupable {
        let place = Place { site: SiteIndex(n), class: PlaceClass::Spot, own_position: None };
        Groupable { place, number: n, position: LonLat::new(lon, lat).unwrap(), total }
    }

    fn members(sites: &[Groupable], zoom: f64) -> Vec<Vec<u32>> {
        let groups = group(sites, zoom, SymbolScale::LARGEST);
        groups.iter().map(|g| g.members.iter().map(|p| p.site.0).collect()).collect()
    }

    fn three() -> Vec<Groupable> {
        // Two places in Baghdad, 12 km apart, and one 180 km to the west.
        vec![site(0, 44.23, 33.26, 12), site(1, 44.39, 33.31, 29), site(2, 42.44, 33.79, 16)]
    }

    #[test]
    fn near_sites_are_one_group_from_afar_and_their_own_from_near() {
        assert_eq!(members(&three(), 6.0), [vec![1, 0], vec![2]]);
        assert_eq!(members(&three(), 9.0), [vec![1], vec![2], vec![0]]);
    }

    #[test]
    fn every_site_is_in_one_group_and_no_event_is_lost() {
        let sites: Vec<Groupable> = (0..60_u32)
            .map(|n| {
                site(n, 43.0 + f64::from(n % 10) * 0.2, 32.0 + f64::from(n / 10) * 0.3, n as usize)
            })
            .collect();
        for zoom in [4.5, 5.6, 6.0, 7.3, 8.0, 13.0] {
            let groups = group(&sites, zoom, SymbolScale::LARGEST);
            let mut all: Vec<u32> =
                groups.iter().flat_map(|g| g.members.iter()).map(|p| p.site.0).collect();
            all.sort_unstable();
            assert_eq!(all, (0..60).collect::<Vec<_>>(), "zoom {zoom}");
            assert_eq!(groups.iter().map(|g| g.total).sum::<usize>(), (0..60).sum::<usize>());
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing_and_what_is_less_precise_is_not_grouped_with_a_site() {
        let mut sites = three();
        let there = members(&sites, 6.0);
        sites.reverse();
        assert_eq!(members(&sites, 6.0), there);
        sites[1].place.class = PlaceClass::Radius;
        assert_eq!(members(&sites, 6.0).len(), 3);
    }

    #[test]
    fn two_cities_are_never_one_group_however_small_the_map() {
        // Ain al-Asad and Baghdad, 180 km apart.
        assert_eq!(members(&three()[1..], 4.5), [vec![1], vec![2]]);
    }

    #[test]
    fn groups_change_only_at_steps_of_the_zoom() {
        assert_eq!(members(&three(), 7.01), members(&three(), 7.49));
    }
}
