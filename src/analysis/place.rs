//! As what the place of an event is drawn: never more precisely than it is known.

use serde::{Deserialize, Serialize};

use fixedbitset::FixedBitSet;

use super::parted::Parted;
use super::{Record, Rule, Selection, words};
use crate::domain::{Dataset, Event, EventIndex, LonLat, PlacePrecision, SiteIndex};

/// As what a place is drawn, from the most to the least precise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceClass {
    /// At the site itself: a disc.
    Spot,
    /// Within some kilometres of a point, because only the settlement or the district is known: a ring.
    Radius,
    /// Somewhere in a governorate, which is hatched: a plate in it.
    Governorate,
    /// Somewhere in several governorates: a note at the map's edge.
    Governorates,
    /// Somewhere in a country: a note at the map's edge.
    Country,
}

impl PlaceClass {
    /// The class of a precision.
    #[must_use]
    pub fn of(precision: PlacePrecision) -> Self {
        match precision {
            PlacePrecision::Site => Self::Spot,
            PlacePrecision::Settlement | PlacePrecision::District => Self::Radius,
            PlacePrecision::Admin1 => Self::Governorate,
            PlacePrecision::Admin1Group => Self::Governorates,
            PlacePrecision::Country => Self::Country,
        }
    }

    /// What a person reads of an event of the class.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Spot => "Known to the site",
            Self::Radius => "Known only to a radius",
            Self::Governorate => "Known only to a governorate",
            Self::Governorates => "Known only to several governorates",
            Self::Country => "Known only to the country",
        }
    }

    /// Whether it is drawn at a position on the ground.
    #[must_use]
    pub fn is_at_position(self) -> bool {
        matches!(self, Self::Spot | Self::Radius)
    }

    /// A word for it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Spot => "site",
            Self::Radius => "radius",
            Self::Governorate => "governorate",
            Self::Governorates => "governorates",
            Self::Country => "country",
        }
    }
}

/// Where an event is drawn. Events of one place share a glyph; those of a site may have several places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The site.
    pub site: SiteIndex,
    /// As what it is drawn.
    pub class: PlaceClass,
    /// The event's own position, where it has one and is drawn at a position.
    pub own_position: Option<LonLat>,
}

impl Place {
    /// Where an event is drawn.
    ///
    /// An event at a site whose own position is known less closely than the event is as imprecise as the
    /// site: the site's point is all that there is to draw.
    #[must_use]
    pub fn of(dataset: &Dataset, event: &Event) -> Self {
        let class = PlaceClass::of(precision(dataset, event));
        let own_position = event.position.get().filter(|_| class.is_at_position());
        Self { site: event.site, class, own_position }
    }

    /// Its position on the ground; `None` where it is not drawn at one, or none is known.
    #[must_use]
    pub fn position(&self, dataset: &Dataset) -> Option<LonLat> {
        let position = self.own_position.or(dataset.site(self.site).position);
        position.filter(|_| self.class.is_at_position())
    }
}

/// The coarser of an event's precision and that of the point that it is drawn at.
pub(super) fn precision(dataset: &Dataset, event: &Event) -> PlacePrecision {
    match event.position.get() {
        Some(_) => event.precision,
        None => event.precision.max(dataset.site(event.site).precision),
    }
}

/// Within how many metres of its position an event lies that is known to a settlement or a district.
///
/// That is the radius that the site states. Where it states none, or the event is known less closely than
/// the site, it is at least 8 km for a settlement and 20 km for a district: sizes of drawing, about those
/// of the record's own sites, and no claim. `None` for other classes.
#[must_use]
pub fn radius_m(dataset: &Dataset, event: &Event) -> Option<f64> {
    let usual = match precision(dataset, event) {
        PlacePrecision::Settlement => 8_000.0,
        PlacePrecision::District => 20_000.0,
        _ => return None,
    };
    let site = dataset.site(event.site);
    let stated = site.radius_m.filter(|_| event.position.get().is_none());
    Some(match stated {
        Some(radius) if event.precision <= site.precision => radius,
        Some(radius) => radius.max(usual),
        None => usual,
    })
}

/// Within how many metres of their positions the events shown lie that are of a site and drawn as a class.
#[must_use]
pub fn radius_shown_m(
    record: &Record,
    selection: &Selection,
    site: SiteIndex,
    class: PlaceClass,
) -> Option<f64> {
    let all = record.events_at(site);
    let parted = Parted::new(all, all, selection.rows());
    let shown = parted.shown_if(|e| selection.counts(e));
    let of_class = shown.map(|e| record.event(e)).filter(|e| Place::of(record, e).class == class);
    of_class.filter_map(|event| radius_m(record, event)).reduce(f64::max)
}

/// The events at some places, given by their numbers in [`Record::places`], that filter and rule count, in the days
/// shown and in others, in date order.
#[must_use]
pub fn counted_at(record: &Record, selection: &Selection, numbers: &[usize]) -> Vec<EventIndex> {
    let mut wanted = FixedBitSet::with_capacity(record.places().len());
    wanted.extend(numbers.iter().copied());
    let table = record.table();
    let here = |e: &EventIndex| wanted.contains(table.place(e.get()) as usize);
    let mut sites: Vec<SiteIndex> = numbers.iter().map(|n| record.places()[*n].site).collect();
    sites.sort_unstable();
    sites.dedup();
    let at_sites: usize = sites.iter().map(|s| record.events_at(*s).len()).sum();
    if at_sites > record.events.len() / 8 {
        return selection.counted().filter(here).collect();
    }
    let at_sites = sites.iter().flat_map(|s| record.events_at(*s)).copied();
    let mut found: Vec<EventIndex> = at_sites.filter(|e| selection.counts(*e) && here(e)).collect();
    found.sort_unstable();
    found
}

/// What is known of a place that is no position on the ground: "Iraq, somewhere in several governorates".
#[must_use]
pub fn somewhere(dataset: &Dataset, place: &Place) -> Option<String> {
    let site = dataset.site(place.site);
    let country = words::place_code(&site.country);
    match place.class {
        PlaceClass::Spot | PlaceClass::Radius => None,
        PlaceClass::Governorate => {
            let name = site.admin1.as_deref().unwrap_or("a governorate not named");
            Some(format!("{country}, {name}"))
        }
        PlaceClass::Governorates => Some(format!("{country}, somewhere in several governorates")),
        PlaceClass::Country => Some(format!("{country}, place not known")),
    }
}

/// "12 attacks", "12, and 2 more possible attacks", "1 possible attack".
#[must_use]
pub fn events(rule: Rule, [certain, possible]: [usize; 2]) -> String {
    let named = if certain == 0 { possible } else { certain.max(possible) };
    format!("{} {}", words::count(certain, possible), rule.noun(named))
}

/// "Known only to the governorate of Babil: 12 attacks".
#[must_use]
pub fn only_to_governorate(name: &str, rule: Rule, count: [usize; 2]) -> String {
    format!("Known only to the governorate of {name}: {}", events(rule, count))
}

/// "Known only to within 15 km".
#[must_use]
pub fn only_to_radius(metres: f64) -> String {
    format!("Known only to within {} km", kilometres(metres))
}

fn kilometres(metres: f64) -> String {
    let km = (metres / 100.0).round() / 10.0;
    if (km - km.round()).abs() < 0.05 { format!("{km:.0}") } else { format!("{km:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_radius_is_said_in_kilometres_without_needless_decimals() {
        assert_eq!(only_to_radius(15_000.0), "Known only to within 15 km");
        assert_eq!(only_to_radius(2_500.0), "Known only to within 2.5 km");
    }

    #[test]
    fn classes_follow_the_order_of_precision() {
        use crate::domain::Code as _;
        let classes = PlacePrecision::ALL.iter().map(|p| PlaceClass::of(*p)).collect::<Vec<_>>();
        assert!(classes.is_sorted(), "{classes:?}");
    }
}
