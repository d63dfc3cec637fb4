//! What a view picks, as a map asks for it: by the numbers of a record.

use fixedbitset::FixedBitSet;

use super::{Pick, Place, Record, View};
use crate::domain::SiteIndex;

/// The sites and places that a view picks. Thousands can be picked at once, with one click on the glyph that they share.
#[derive(Clone, Debug, Default)]
pub struct Picked {
    of: Option<Pick>,
    sites: Vec<SiteIndex>,
    places: FixedBitSet,
}

impl Picked {
    /// Some sites with nothing else.
    #[cfg(test)]
    pub(crate) fn of_sites(sites: &[SiteIndex]) -> Self {
        Self { sites: sites.to_vec(), ..Self::default() }
    }

    /// Follows the view; nothing is looked up again while the same is picked.
    pub fn follow(&mut self, record: &Record, view: &View) {
        if self.of == view.picked {
            return;
        }
        let mut sites = view.picked_sites(record);
        sites.sort_unstable();
        let mut places = FixedBitSet::with_capacity(record.places().len());
        let mut add = |place: &Place| places.extend(record.place_number(place).map(|n| n as usize));
        match &view.picked {
            Some(Pick::Places(all)) => {
                all.iter().filter_map(|p| p.find(record)).for_each(|place| add(&place));
            }
            Some(Pick::Event(id)) => {
                if let Some(event) = record.find_event(id) {
                    add(&Place::of(record, record.event(event)));
                }
            }
            _ => sites.iter().for_each(|site| places.extend(record.places_of(*site))),
        }
        *self = Self { of: view.picked.clone(), sites, places };
    }

    /// Whether nothing on the map is picked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_clear()
    }

    /// Whether a site is picked, or something at it.
    #[must_use]
    pub fn has_site(&self, site: SiteIndex) -> bool {
        self.sites.binary_search(&site).is_ok()
    }

    /// Whether the events of a place are picked, or some of them, given by its number in [`Record::places`].
    #[must_use]
    pub fn has_place(&self, number: u32) -> bool {
        self.places.contains(number as usize)
    }
}
