//! Governorates of the basemap by their names, in the spellings of datasets and newspapers.

use std::collections::HashMap;

use crate::domain::basemap::{AreaKind, Basemap};
use crate::domain::{place_keys, said_kind};

/// Names of governorates that no rule of spelling leads to, by the code of the area. The others are found by
/// [`place_keys`]. Sources: ISO 3166-2 (`Dihok` to `Ḩimş`), the common operational datasets of OCHA and ACLED, which
/// follows them (`Thi-Qar`, `Rural Damascus`), the Global Terrorism Database (`Babylon`, `Lattakia`), `GeoNames` and the
/// basemap's own sources (`At-Ta'mim`, the name of Kirkuk until 2006); Kurdish names as the regional government writes them.
const OTHER_NAMES: [(&str, &[&str]); 16] = [
    ("IQ-AR", &["Hawler", "Hewler"]),
    ("IQ-BA", &["Bassorah"]),
    ("IQ-BB", &["Babylon"]),
    ("IQ-DA", &["Dahuk", "Dihok"]),
    ("IQ-DQ", &["Thi Qar", "Zi Qar"]),
    ("IQ-KI", &["At-Ta'mim", "Tameem"]),
    ("IQ-NI", &["Naynawa"]),
    ("IQ-SD", &["Salahaddin", "Salahuddin"]),
    ("IQ-SU", &["Slemani", "Sulaimani"]),
    ("SY-DI", &["Dimashq"]),
    ("SY-DY", &["Deir Ezzor"]),
    ("SY-HI", &["Hims"]),
    ("SY-HL", &["Halab"]),
    ("SY-QU", &["Qunaytirah"]),
    ("SY-LA", &["Ladhiqiyah", "Ladhakiyah"]),
    ("SY-RD", &["Rural Damascus", "Damascus Countryside", "Rif Damascus"]),
];

/// A governorate that the basemap draws as a part of another; see "Known faults" in `assets/basemap/README.md`.
const PARTS: [(&str, &[&str]); 1] = [("IQ-SU", &["Halabja", "حلبجة"])];

/// Governorates of a basemap by their names.
#[derive(Clone, Debug, Default)]
pub struct GovernorateNames {
    /// By form of a name: areas of the basemap, and whether each is meant or holds what is meant.
    by_key: HashMap<String, Vec<(usize, bool)>>,
    countries: Vec<String>,
}

impl GovernorateNames {
    /// Those of a basemap.
    #[must_use]
    pub fn of(basemap: &Basemap) -> Self {
        let mut names = Self::default();
        for (place, area) in basemap.areas.iter().enumerate() {
            names.countries.push(area.country.clone());
            if area.kind != AreaKind::Governorate {
                continue;
            }
            let others = OTHER_NAMES.iter().filter(|(id, _)| *id == area.id);
            let others = others.flat_map(|(_, names)| names.iter().copied());
            for name in
                [area.name.as_str()].into_iter().chain(area.name_ar.as_deref()).chain(others)
            {
                names.add(name, (place, false));
            }
            let parts = PARTS.iter().filter(|(id, _)| *id == area.id);
            for name in parts.flat_map(|(_, names)| names.iter()) {
                names.add(name, (place, true));
            }
        }
        names
    }

    fn add(&mut self, name: &str, value: (usize, bool)) {
        for key in place_keys(name) {
            let list = self.by_key.entry(key).or_default();
            if !list.contains(&value) {
                list.push(value);
            }
        }
    }

    /// The area of a country whose name this is, whatever its spelling; `None` where several could be meant. A governorate that
    /// the basemap draws as a part of another is that one.
    #[must_use]
    pub fn find(&self, country: &str, name: &str) -> Option<usize> {
        let mut areas = self.all(name).map(|(area, _)| area);
        let of_country = |area: &usize| self.countries[*area] == country;
        let first = areas.find(of_country)?;
        areas.filter(of_country).all(|other| other == first).then_some(first)
    }

    /// The areas of any country whose name this is, and of each whether it only holds what is meant.
    pub fn all(&self, name: &str) -> impl Iterator<Item = (usize, bool)> {
        let (name, _) = said_kind(name);
        let mut found: Vec<(usize, bool)> = place_keys(&name)
            .iter()
            .filter_map(|key| self.by_key.get(key))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter()
    }
}
