//! Lines of the legend for places and positions that are not known exactly: only those that are on the map.

use std::collections::BTreeSet;

use super::counted::Prepared;
use super::legend::Carried;
use super::theme::Theme;
use super::{Circle, Dash, Item, Rect, Rgba, Stroke, shapes};
use crate::analysis::PlaceClass;

/// Keys with their words, each drawn around a middle in the colour of a class, and whether what they explain is on the
/// map now: in a still picture only that, else all that is there on any day. One is for notes at the edge, where such
/// are on the map.
pub(super) fn keys(
    theme: &Theme,
    prepared: &Prepared<'_>,
    color: Rgba,
    middle: [f32; 2],
    carried: Carried,
) -> Vec<(Vec<Item>, &'static str, bool)> {
    let here = kinds_here(prepared, carried.others);
    let kinds = if prepared.input.still { here.clone() } else { kinds_ever(prepared, &here) };
    let mut keys = Vec::new();
    let circle =
        |radius, fill, stroke| Item::Circle(Circle { center: middle, radius, fill, stroke });
    let dashed = |on, off, color, width| {
        Some(Stroke { dash: Some(Dash { on, off }), ..Stroke::solid(color, width) })
    };
    if kinds.contains(&Kind::Radius) {
        let rim = Some(Stroke::solid(color, 2.4));
        keys.push((
            vec![circle(4.4, Some(theme.plate), rim)],
            "Within a radius",
            here.contains(&Kind::Radius),
        ));
    }
    let box_of = |half: [f32; 2]| Rect {
        min: [middle[0] - half[0], middle[1] - half[1]],
        max: [middle[0] + half[0], middle[1] + half[1]],
    };
    if kinds.contains(&Kind::Governorate) {
        let area = box_of([10.0, 6.0]);
        let contour = shapes::closed(shapes::corners(area));
        let lines = shapes::hatch(std::slice::from_ref(&contour), area, 4.0);
        let stroke = Stroke::solid(theme.hatch, 0.8);
        let plate = || vec![shapes::closed(shapes::rounded(box_of([4.8, 4.0]), 1.5))];
        let drawn = vec![
            shapes::lines(lines, stroke),
            shapes::area(vec![contour], None, Some(stroke)),
            shapes::area(plate(), Some(theme.plate), None),
            shapes::area(plate(), None, dashed(2.0, 1.4, color, 1.2)),
        ];
        let is_present = here.contains(&Kind::Governorate);
        keys.push((drawn, "Somewhere in the hatched governorate", is_present));
    }
    if let Some(words) = edge(&kinds).filter(|_| carried.notes) {
        let plate = || vec![shapes::closed(shapes::rounded(box_of([9.0, 4.5]), 2.0))];
        let rim = dashed(2.5, 1.8, theme.text_muted, 0.9);
        let bar = Rect::from_min_size([middle[0] - 6.5, middle[1] - 2.0], 4.0, 4.0);
        let drawn = vec![shapes::area(plate(), Some(theme.plate), rim), shapes::filled(bar, color)];
        keys.push((drawn, words, edge(&here).is_some()));
    }
    if kinds.contains(&Kind::OtherPosition) {
        let at = [middle[0] + 6.0, middle[1]];
        let line = vec![[middle[0] - 10.0, middle[1]], [at[0] - 4.0, middle[1]]];
        let ring =
            Circle { center: at, radius: 4.0, fill: None, stroke: dashed(2.0, 2.0, color, 1.3) };
        let dash = Some(Dash { on: 3.0, off: 2.0 });
        let stroke = Stroke { dash, ..Stroke::solid(color, 1.1) };
        let drawn = vec![shapes::line(line, stroke), Item::Circle(ring)];
        keys.push((drawn, "Also placed here by another source", carried.others));
    }
    keys
}

/// What the legend has a line for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Radius,
    Governorate,
    /// At the edge: a governorate that the basemap does not have.
    Unmapped,
    /// At the edge.
    Governorates,
    /// At the edge.
    Country,
    OtherPosition,
}

impl Kind {
    /// What a place of a class is, on the ground of this map or not; `None` where it is known to the site.
    pub(super) fn of(class: PlaceClass, is_on_ground: bool) -> Option<Self> {
        match class {
            PlaceClass::Spot => None,
            PlaceClass::Radius => is_on_ground.then_some(Self::Radius),
            PlaceClass::Governorate if is_on_ground => Some(Self::Governorate),
            PlaceClass::Governorate => Some(Self::Unmapped),
            PlaceClass::Governorates => Some(Self::Governorates),
            PlaceClass::Country => Some(Self::Country),
        }
    }
}

/// The kinds that the map shows now.
fn kinds_here(prepared: &Prepared<'_>, others: bool) -> BTreeSet<Kind> {
    let kinds = (0..).zip(&prepared.counted.places.kinds);
    let known = kinds.filter_map(|(number, kind)| Some((number, (*kind)?)));
    let shown = known.filter(|(number, _)| prepared.selection.shows_place(*number));
    shown.map(|(_, kind)| kind).chain(others.then_some(Kind::OtherPosition)).collect()
}

/// The kinds that it shows on some day under the rule and the filter, and those of now.
fn kinds_ever(prepared: &Prepared<'_>, here: &BTreeSet<Kind>) -> BTreeSet<Kind> {
    let counted = prepared.counted;
    let kinds = counted.places.kinds.iter().zip(&counted.totals);
    let ever = kinds.filter(|(_, total)| **total > 0).filter_map(|(kind, _)| *kind);
    let rival = (!counted.rivals.is_empty()).then_some(Kind::OtherPosition);
    ever.chain(rival).chain(here.iter().copied()).collect()
}

/// The words for the notes at the edge; `None` without one.
fn edge(kinds: &BTreeSet<Kind>) -> Option<&'static str> {
    let has = |kind| kinds.contains(&kind);
    match (has(Kind::Country), has(Kind::Governorates), has(Kind::Unmapped)) {
        (false, false, false) => None,
        (true, false, false) => Some("Place known to the country only: at the edge"),
        (false, true, false) => Some("In several governorates: at the edge"),
        (true, true, false) => Some("Several governorates or the country: at the edge"),
        _ => Some("Not on this map's ground: at the edge"),
    }
}
