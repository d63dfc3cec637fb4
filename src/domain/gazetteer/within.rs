//! Where a place is said to lie: its country and its governorate.

use super::{Entry, Gazetteer, Sought};
use crate::domain::place_keys;

/// Countries of which governorates and towns are known well enough that a name without a country can be looked up there.
const OWN_COUNTRIES: [&str; 2] = ["IQ", "SY"];

/// Where a place is said to lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Within {
    /// ISO code.
    country: Option<String>,
    /// Areas of the basemap, of which one is meant.
    areas: Option<Vec<usize>>,
    /// The forms of the governorate's name, where the basemap does not have it.
    unknown: Option<Vec<String>>,
}

impl Within {
    /// What the cells of a row say; `None` of a country that nothing is known of.
    pub(super) fn of(gazetteer: &Gazetteer, sought: &Sought<'_>) -> Option<Self> {
        let mut within = Self::default();
        if !sought.country.trim().is_empty() {
            within.country = Some(gazetteer.country(sought.country)?.to_owned());
        }
        let name = sought.governorate.trim();
        if !name.is_empty() {
            let areas = gazetteer.areas(name, within.country.as_deref());
            if areas.is_empty() {
                within.unknown = Some(place_keys(name));
            } else {
                within.areas = Some(areas);
            }
        }
        Some(within)
    }

    /// This and what one more word says; `None` where it is neither country nor governorate, or says something else.
    pub(super) fn and(mut self, gazetteer: &Gazetteer, word: &str) -> Option<Self> {
        if let Some(country) = gazetteer.country(word) {
            if self.country.as_deref().is_some_and(|said| said != country) {
                return None;
            }
            self.country = Some(country.to_owned());
            return Some(self);
        }
        let mut areas = gazetteer.areas(word, self.country.as_deref());
        if let Some(said) = &self.areas {
            areas.retain(|area| said.contains(area));
        }
        if areas.is_empty() {
            return None;
        }
        self.areas = Some(areas);
        Some(self)
    }

    pub(super) fn says_nothing(&self) -> bool {
        self.country.is_none() && self.areas.is_none() && self.unknown.is_none()
    }

    pub(super) fn is_said(&self) -> bool {
        self.areas.is_some()
    }

    /// Whether a place can be said to lie there.
    pub(super) fn holds(&self, entry: &Entry) -> bool {
        let in_country = match &self.country {
            Some(country) => *country == entry.country,
            None => OWN_COUNTRIES.contains(&entry.country.as_str()),
        };
        let in_governorate = match (&self.areas, &self.unknown) {
            (Some(areas), _) => entry.areas.iter().any(|area| areas.contains(area)),
            // A province that has the name of the town, as most do that have it as their seat.
            (None, Some(keys)) => place_keys(&entry.name).iter().any(|key| keys.contains(key)),
            (None, None) => true,
        };
        in_country && in_governorate
    }
}

impl Gazetteer {
    /// Areas of the basemap that a governorate's name means or lies in.
    fn areas(&self, name: &str, country: Option<&str>) -> Vec<usize> {
        let all = self.governorates.all(name).map(|(area, _)| area);
        let of_country = |area: &usize| {
            let entry = self.of_area.get(area).and_then(|n| self.entry(*n));
            entry.is_some_and(|entry| country.is_none_or(|country| entry.country == country))
        };
        all.filter(of_country).collect()
    }
}
