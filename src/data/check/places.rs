//! Positions against what their rows claim: country and governorate on the basemap, and for an event the
//! radius of its site.

use std::collections::BTreeMap;

use geo::line_measures::{Distance as _, Haversine};
use geo::{Intersects as _, MultiPolygon, Point};

use super::spelling::spelling_key;
use super::{Cell, Findings};
use crate::data::lines::TableName;
use crate::domain::basemap::{Area, AreaKind, Basemap};
use crate::domain::gazetteer::{outline, outside_km, undecided_km};
use crate::domain::{GeoBox, LonLat, PlacePrecision, Site};

pub(super) fn check(findings: &mut Findings<'_>, basemap: &Basemap) {
    let dataset = findings.dataset;
    shared_positions(findings);
    let ground = Ground::of(basemap);
    let mut is_sound = Vec::new();
    for (row, site) in dataset.sites.iter().enumerate() {
        let before = findings.problems.len();
        if let Some(position) = site.position {
            let cells = [(TableName::Sites, row, "country"), (TableName::Sites, row, "admin1")];
            claims(findings, &ground, site, (position, &site.id), cells);
        }
        is_sound.push(findings.problems.len() == before);
    }
    for (row, event) in dataset.events.iter().enumerate() {
        let Some(position) = event.position.get() else { continue };
        let site = dataset.site(event.site);
        let cell = (TableName::Events, row, "lat");
        // What is wrong with the site is told once, there.
        if is_sound[event.site.get()] {
            claims(findings, &ground, site, (position, &event.held().id), [cell, cell]);
        }
        within_radius(findings, site, position, &event.held().id, cell);
    }
}

/// Two places at one point are one place with two names, or one of the points was copied.
fn shared_positions(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    let mut first = BTreeMap::new();
    for (row, site) in dataset.sites.iter().enumerate() {
        let Some(position) = site.position.filter(|_| site.precision.is_point()) else { continue };
        // Degrees of one earth: no two positions that are equal differ in their bits but by a zero's sign.
        let key = [position.lon(), position.lat()].map(|degrees| (degrees + 0.0).to_bits());
        let earlier = *first.entry(key).or_insert(row);
        if earlier != row {
            let other = findings.named(TableName::Sites, earlier, &dataset.sites[earlier].id);
            let what = format!("{}: the very position of {other}", site.id);
            let advice = "make the two one row, or correct one of the positions";
            findings.remark((TableName::Sites, row, "lat"), what, advice);
        }
    }
}

/// A position lies in the country and the governorate of its site.
fn claims(
    findings: &mut Findings<'_>,
    ground: &Ground<'_>,
    site: &Site,
    (position, id): (LonLat, &str),
    [country_cell, admin1_cell]: [Cell; 2],
) {
    let point = Point::new(position.lon(), position.lat());
    let advice = "correct the position, or what it is said to lie in";
    if !ground.bounds.is_some_and(|b| b.contains(position)) {
        let what =
            format!("{id}: the position lies beyond the basemap and was not compared with it");
        findings.remark(country_cell, what, "look whether it is right");
        return;
    }
    // What is no code of a country has been told where it was read.
    if site.country.len() != 2 {
        return;
    }
    let country = ground.named(AreaKind::Country, |a| a.country == site.country);
    if !country.is_some_and(|(_, shape)| shape.intersects(&point)) {
        let found = ground.at(AreaKind::Country, &point).map_or("no country", |a| a.name.as_str());
        let what = format!("{id}: the position lies in {found}, not in {}", site.country);
        findings.error(country_cell, what, advice);
        return;
    }
    let is_said = !matches!(site.precision, PlacePrecision::Admin1Group | PlacePrecision::Country);
    let Some(admin1) = site.admin1.as_deref().filter(|_| is_said) else { return };
    let own: Vec<&str> = ground.governorates(&site.country).collect();
    if own.is_empty() {
        return;
    }
    let wanted = spelling_key(admin1);
    let governorate = ground.named(AreaKind::Governorate, |a| {
        a.country == site.country && spelling_key(&a.name) == wanted
    });
    let Some((area, shape)) = governorate else {
        let what = format!("{id}: the basemap has no governorate \"{admin1}\" in {}", site.country);
        findings.error(admin1_cell, what, &format!("spell it as one of: {}", own.join(", ")));
        return;
    };
    let outside_km = outside_km(shape, position);
    if outside_km <= 0.0 {
        return;
    }
    let found = ground.at(AreaKind::Governorate, &point).map_or("none", |a| a.name.as_str());
    let what = format!(
        "{id}: on the basemap the position lies in {found}, {:.1} km outside {admin1}",
        outside_km.max(0.1)
    );
    if outside_km <= undecided_km(area) {
        let advice = "so near a border this basemap cannot decide it; look whether it is right";
        findings.remark(admin1_cell, what, advice);
    } else {
        findings.error(admin1_cell, what, advice);
    }
}

fn within_radius(findings: &mut Findings<'_>, site: &Site, position: LonLat, id: &str, cell: Cell) {
    let (Some(centre), Some(radius_m)) = (site.position, site.radius_m) else { return };
    let point = |p: LonLat| Point::new(p.lon(), p.lat());
    let distance_m = Haversine.distance(point(centre), point(position));
    if distance_m > radius_m {
        let what = format!(
            "{id}: the position lies {:.1} km from {}, whose radius is {:.1} km",
            distance_m / 1000.0,
            site.id,
            radius_m / 1000.0
        );
        findings.error(cell, what, "correct the position, the site or its radius");
    }
}

/// The areas of the basemap at their finest.
struct Ground<'a> {
    bounds: Option<GeoBox>,
    areas: Vec<(&'a Area, MultiPolygon)>,
}

impl<'a> Ground<'a> {
    fn of(basemap: &'a Basemap) -> Self {
        let areas = basemap.areas.iter().filter(|a| a.kind != AreaKind::Lake);
        let areas = areas.map(|a| (a, outline(a))).collect();
        Self { bounds: GeoBox::new(basemap.bounds).ok(), areas }
    }

    fn of_kind(&self, kind: AreaKind) -> impl Iterator<Item = &(&'a Area, MultiPolygon)> {
        self.areas.iter().filter(move |(area, _)| area.kind == kind)
    }

    fn named(
        &self,
        kind: AreaKind,
        is_it: impl Fn(&Area) -> bool,
    ) -> Option<&(&'a Area, MultiPolygon)> {
        self.of_kind(kind).find(|(area, _)| is_it(area))
    }

    fn at(&self, kind: AreaKind, point: &Point) -> Option<&'a Area> {
        self.of_kind(kind).find(|(_, shape)| shape.intersects(point)).map(|(area, _)| *area)
    }

    fn governorates(&self, country: &str) -> impl Iterator<Item = &'a str> {
        let own = self.of_kind(AreaKind::Governorate).filter(move |(a, _)| a.country == country);
        own.map(|(area, _)| area.name.as_str())
    }
}
