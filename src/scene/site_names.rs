//! Names of sites, placed by priority without overlap, and stably: on which side of its glyph a name
//! stands is decided for the whole record, so that it does not jump while time plays.

use super::labels::{Flush, Label, Naming, Occupied};
use super::marks::SiteMark;
use super::text::Shaper;
use super::theme::style;
use super::{Item, Rect, glyph};
use crate::domain::{Dataset, SiteIndex};

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
    fn box_beside(self, [x, y]: [f32; 2], radius: f32, label: &Label) -> Rect {
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
pub fn place(
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
                .find(|s| free(&s.box_beside(mark.center, mark.full_radius, label), &whole))?;
            whole.take(side.box_beside(mark.center, mark.full_radius, label));
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
        let place = sides[i].map(|s| (s, s.box_beside(mark.center, radius, &labels[i])));
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
        let places = Side::ALL.into_iter().map(|s| (s, s.box_beside(mark.center, radius, label)));
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
