//! The gazetteer of a basemap and of the sites of a record.

use super::{
    Entry, EntryKind, Gazetteer, GovernorateNames, Name, Named, ground, outline, outside_km,
    undecided_km,
};
use crate::domain::basemap::{AreaKind, Basemap};
use crate::domain::{LonLat, PlacePrecision, Site, fold, place_keys};

/// Words for a base, of which one stands for another, folded.
const BASES: [&str; 7] = ["base", "airbase", "airfield", "garison", "military", "قاعده", "القاعده"];
/// Other words that say what a site is, so that its name is not that of a settlement, folded.
const KINDS: [&str; 19] = [
    "airport",
    "camp",
    "embasy",
    "consulate",
    "refinery",
    "field",
    "plant",
    "zone",
    "complex",
    "center",
    "port",
    "fob",
    "mountains",
    "mountain",
    "مطار",
    "سفاره",
    "حقل",
    "المنطقه",
    "مخيم",
];

/// Names of towns that no rule of spelling leads to.
const OTHER_TOWN_NAMES: [(&str, &str, &[&str]); 10] = [
    ("IQ", "Mosul", &["Mawsil", "Musil"]),
    ("IQ", "Erbil", &["Hawler", "Hewler"]),
    ("IQ", "Duhok", &["Dahuk", "Dihok"]),
    ("IQ", "Sulaymaniyah", &["Slemani", "Sulaimani"]),
    ("SY", "Deir ez-Zor", &["Deir Ezzor"]),
    ("SY", "Homs", &["Hims"]),
    ("SY", "Aleppo", &["Halab"]),
    ("SY", "Damascus", &["Dimashq"]),
    ("SY", "Kobani", &["Ain al-Arab"]),
    ("SY", "Palmyra", &["Tadmur", "Tadmor"]),
];

impl Gazetteer {
    /// The towns and governorates of a basemap, and those sites of a record that have a position and a name of their own: a site
    /// that stands for a governorate, or for something not located, has none.
    #[must_use]
    pub fn of(basemap: &Basemap, sites: &[Site]) -> Self {
        let mut all = Self { governorates: GovernorateNames::of(basemap), ..Self::default() };
        for area in basemap.areas.iter().filter(|a| a.kind == AreaKind::Country) {
            for name in [&area.name, &area.id].into_iter().chain(&area.name_ar) {
                all.countries.insert(fold(name), area.country.clone());
            }
        }
        let outlines: Vec<_> = (0..)
            .zip(&basemap.areas)
            .filter(|(_, a)| a.kind == AreaKind::Governorate)
            .map(|(place, area)| (place, area, outline(area)))
            .collect();
        let near = |country: &str, position: LonLat| -> Vec<usize> {
            let own = outlines.iter().filter(|(_, area, _)| area.country == country);
            let near = own.filter(|(_, area, outline)| {
                ground::may_be_near(outline, position, undecided_km(area))
                    && outside_km(outline, position) <= undecided_km(area)
            });
            near.map(|(place, ..)| *place).collect()
        };
        for (place, area, _) in &outlines {
            let number = all.add(Entry {
                kind: EntryKind::Governorate,
                id: area.id.clone(),
                name: area.name.clone(),
                name_ar: area.name_ar.clone(),
                country: area.country.clone(),
                governorate: Some(area.name.clone()),
                position: None,
                precision: PlacePrecision::Admin1,
                radius_m: None,
                areas: vec![*place],
            });
            all.of_area.insert(*place, number);
        }
        for town in &basemap.towns {
            let Ok(position) = LonLat::new(town.position[0].into(), town.position[1].into()) else {
                continue;
            };
            let number = all.add(Entry {
                kind: EntryKind::Town,
                id: format!("{} ({})", town.name, town.country),
                name: town.name.clone(),
                name_ar: town.name_ar.clone(),
                country: town.country.clone(),
                governorate: None,
                position: Some(position),
                precision: PlacePrecision::Settlement,
                radius_m: None,
                areas: near(&town.country, position),
            });
            let others = OTHER_TOWN_NAMES.iter();
            let others =
                others.filter(|(country, name, _)| *country == town.country && *name == town.name);
            let others = others.flat_map(|(.., names)| names.iter().copied());
            for name in
                [town.name.as_str()].into_iter().chain(town.name_ar.as_deref()).chain(others)
            {
                all.name(name, Name { entry: number, how: Named::Own, is_itself: true });
            }
        }
        for site in sites {
            let Some(position) = site.position else { continue };
            if site.precision >= PlacePrecision::Admin1 {
                continue;
            }
            let said =
                site.admin1.as_deref().and_then(|name| all.governorates.find(&site.country, name));
            let mut areas = near(&site.country, position);
            areas.extend(said.filter(|area| !areas.contains(area)));
            let number = all.add(Entry {
                kind: EntryKind::Site,
                id: site.id.clone(),
                name: site.name.clone(),
                name_ar: site.name_ar.clone(),
                country: site.country.clone(),
                governorate: site.admin1.clone(),
                position: Some(position),
                precision: site.precision,
                radius_m: site.radius_m,
                areas,
            });
            let entry = number;
            all.name(&site.name, Name { entry, how: Named::Own, is_itself: true });
            let others = site.aliases.iter().map(|name| (name, Named::Other));
            for (name, how) in site.name_ar.iter().map(|name| (name, Named::Own)).chain(others) {
                all.name(name, Name { entry, how, is_itself: says_kind(name) || is_code(name) });
            }
            for name in [&site.name].into_iter().chain(&site.name_ar).chain(&site.aliases) {
                if let Some(bare) = without_base(name) {
                    all.name(&bare, Name { entry, how: Named::Bare, is_itself: true });
                }
            }
        }
        all
    }

    fn add(&mut self, entry: Entry) -> u32 {
        let number = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.by_id.insert(entry.id.clone(), number);
        self.entries.push(entry);
        number
    }

    fn name(&mut self, name: &str, of: Name) {
        for key in place_keys(name) {
            let list = self.by_key.entry(key).or_default();
            if !list.contains(&of) {
                list.push(of);
            }
        }
    }
}

/// Whether a name says what it is the name of.
fn says_kind(name: &str) -> bool {
    fold(name).split(' ').any(|word| BASES.contains(&word) || KINDS.contains(&word))
}

/// Whether a name is a code, such as that of an airport: "ORBI", "K1".
fn is_code(name: &str) -> bool {
    name.len() <= 4 && name.is_ascii() && !name.contains(|c: char| c.is_ascii_lowercase())
}

/// The name of a base without the words that say that it is one; `None` of what does not say so.
pub(super) fn without_base(name: &str) -> Option<String> {
    let folded = fold(name);
    let mut words: Vec<&str> = folded.split(' ').collect();
    let count = words.len();
    words.retain(|word| !BASES.contains(word));
    if words.len() == count {
        return None;
    }
    if words.last() == Some(&"air") || words.last() == Some(&"الجويه") {
        words.pop();
    }
    if words.first() == Some(&"joint") {
        words.remove(0);
    }
    (!words.is_empty()).then(|| words.join(" "))
}
