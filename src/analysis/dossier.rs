//! A site's own account: its counted events by year and weapon, and the sites near it.

use std::collections::BTreeMap;

use super::{Record, Selection, words};
use crate::domain::{Code as _, Dataset, EventIndex, SiteIndex};

/// What the record holds of a site under the rule and the filters of a selection, whatever its window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dossier {
    /// Counted events, in date order.
    pub counted: Vec<EventIndex>,
    /// The one of them that may have ended last.
    pub last: Option<EventIndex>,
    /// Their number by the year of their first possible day.
    pub by_year: Vec<(String, usize)>,
    /// Their number by weapon, most frequent first.
    pub by_weapon: Vec<(String, usize)>,
}

/// The account of a site.
#[must_use]
pub fn dossier(record: &Record, selection: &Selection, site: SiteIndex) -> Dossier {
    let counted: Vec<EventIndex> =
        record.events_at(site).iter().copied().filter(|e| selection.counts(*e)).collect();
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    let mut weapons: BTreeMap<&str, usize> = BTreeMap::new();
    for event in counted.iter().map(|e| record.event(*e)) {
        *years.entry(event.date.span.first().date().year()).or_default() += 1;
        *weapons.entry(event.weapon.label()).or_default() += 1;
    }
    let by_year = years.into_iter().map(|(year, n)| (year.to_string(), n)).collect();
    let mut by_weapon: Vec<_> = weapons.into_iter().map(|(w, n)| (w.to_owned(), n)).collect();
    by_weapon.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let last = counted.iter().copied().max_by_key(|e| record.event(*e).date.span.last());
    Dossier { counted, last, by_year, by_weapon }
}

/// "2019: 1, 2020: 12".
#[must_use]
pub fn tally_words(counts: &[(String, usize)]) -> String {
    let one = |(name, n): &(String, usize)| format!("{name}: {}", words::thousands(*n));
    counts.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Sites that stand for a place (not an area) within some metres of a site, nearest first, with
/// their distance in metres. Empty where the site itself only stands for an area.
#[must_use]
pub fn nearby(dataset: &Dataset, site: SiteIndex, within_m: f64) -> Vec<(SiteIndex, f64)> {
    let here = dataset.site(site);
    let Some(position) = here.position.filter(|_| here.precision.is_point()) else {
        return Vec::new();
    };
    let mut near: Vec<_> = dataset
        .site_indices()
        .filter(|i| *i != site)
        .filter_map(|i| {
            let other = dataset.site(i);
            let at = other.position.filter(|_| other.precision.is_point())?;
            Some((i, position.distance_m(at)))
        })
        .filter(|(_, metres)| *metres <= within_m)
        .collect();
    near.sort_by(|a, b| a.1.total_cmp(&b.1));
    near
}
