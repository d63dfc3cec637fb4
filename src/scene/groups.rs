//! Sites that lie too near each other for a glyph each are drawn as one, at the place of the one with
//! most events, until the map is near enough.
//!
//! What is grouped depends on the zoom, in steps, and on the whole record, never on the window or on
//! where the map looks: neither playing nor panning changes a group.

use super::camera::to_map_units;
use crate::domain::{LonLat, SiteIndex};

/// A site as grouping sees it.
#[derive(Clone, Copy, Debug)]
pub struct Groupable {
    /// The site.
    pub site: SiteIndex,
    /// Where it is.
    pub position: LonLat,
    /// Events of the whole record there, under the rule and filter.
    pub total: usize,
    /// What it can be grouped with: a place is not grouped with what only stands for an area.
    pub kind: Kind,
}

/// How well a site's place is known, as far as grouping goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A named place or town.
    Place,
    /// A district or a governorate; the position only stands for it.
    Area,
}

/// Sites drawn as one glyph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteGroup {
    /// The members, the one with most events first; its place is the group's.
    pub members: Vec<SiteIndex>,
    /// Events of the whole record at all of them.
    pub total: usize,
}

impl SiteGroup {
    /// The site that the group stands at and is named after.
    #[must_use]
    pub fn lead(&self) -> SiteIndex {
        self.members[0]
    }
}

/// Points between two sites below which they are one group.
const REACH: f64 = 24.0;
/// Groups change only at these steps of the zoom.
const STEPS_PER_ZOOM: f64 = 2.0;
/// From this zoom on every site has its own glyph.
const ALL_APART: f64 = 10.0;

/// Groups sites for a zoom: the one with most events leads those within reach of it, and so on among
/// the rest. Groups come by their leads' events, most first; of equals the lower index first.
///
/// This is the leader algorithm (Hartigan, *Clustering Algorithms*, 1975, chapter 3), with the sites in
/// order of their events, so that the result does not depend on the order of rows.
#[must_use]
pub fn group(sites: &[Groupable], zoom: f64) -> Vec<SiteGroup> {
    let zoom = (zoom * STEPS_PER_ZOOM).floor() / STEPS_PER_ZOOM;
    // Map units are points at zoom 6.
    let scale = (zoom - 6.0).exp2();
    let reach = if zoom >= ALL_APART { 0.0 } else { REACH / scale };
    let mut order: Vec<&Groupable> = sites.iter().collect();
    order.sort_by(|a, b| b.total.cmp(&a.total).then(a.site.cmp(&b.site)));
    let mut groups: Vec<(SiteGroup, [f64; 2], Kind)> = Vec::new();
    for site in order {
        let [x, y] = to_map_units(site.position);
        let nearest = groups
            .iter_mut()
            .filter(|(_, _, kind)| *kind == site.kind)
            .map(|(group, [gx, gy], _)| ((x - *gx).hypot(y - *gy), group))
            .filter(|(distance, _)| *distance < reach)
            .min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, group)) = nearest {
            group.members.push(site.site);
            group.total += site.total;
        } else {
            let group = SiteGroup { members: vec![site.site], total: site.total };
            groups.push((group, [x, y], site.kind));
        }
    }
    groups.into_iter().map(|(group, _, _)| group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(n: u32, lon: f64, lat: f64, total: usize) -> Groupable {
        let position = LonLat::new(lon, lat).unwrap();
        Groupable { site: SiteIndex(n), position, total, kind: Kind::Place }
    }

    fn members(sites: &[Groupable], zoom: f64) -> Vec<Vec<u32>> {
        let groups = group(sites, zoom);
        groups.iter().map(|g| g.members.iter().map(|s| s.0).collect()).collect()
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
            let groups = group(&sites, zoom);
            let mut all: Vec<u32> = groups.iter().flat_map(|g| &g.members).map(|s| s.0).collect();
            all.sort_unstable();
            assert_eq!(all, (0..60).collect::<Vec<_>>(), "zoom {zoom}");
            assert_eq!(groups.iter().map(|g| g.total).sum::<usize>(), (0..60).sum::<usize>());
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing_and_a_place_is_not_grouped_with_an_area() {
        let mut sites = three();
        let there = members(&sites, 6.0);
        sites.reverse();
        assert_eq!(members(&sites, 6.0), there);
        sites[1].kind = Kind::Area;
        assert_eq!(members(&sites, 6.0).len(), 3);
    }

    #[test]
    fn groups_change_only_at_steps_of_the_zoom() {
        assert_eq!(members(&three(), 7.01), members(&three(), 7.49));
    }
}
