//! Filters: for each facet, the values that are let through. The syntax is that of `--where`.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Record;
use crate::domain::{
    Code as _, Confidence, Dataset, Direction, Event, GeoBox, Status, Weapon, WeaponFamily,
};

/// A property that events can be filtered and counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    /// Site identifier.
    Site,
    /// ISO 3166-1 alpha-2 of the site's country.
    Country,
    /// Direction code.
    Direction,
    /// Weapon code, or a weapon family's.
    Weapon,
    /// Status code.
    Status,
    /// Confidence code.
    Confidence,
}

impl Facet {
    /// Every facet.
    pub const ALL: [Self; 6] =
        [Self::Site, Self::Country, Self::Direction, Self::Weapon, Self::Status, Self::Confidence];

    /// Word on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Country => "country",
            Self::Direction => "direction",
            Self::Weapon => "weapon",
            Self::Status => "status",
            Self::Confidence => "confidence",
        }
    }

    /// The event's value, as a code.
    #[must_use]
    pub fn value<'a>(self, dataset: &'a Dataset, event: &Event) -> &'a str {
        let site = dataset.site(event.site);
        match self {
            Self::Site => &site.id,
            Self::Country => &site.country,
            Self::Direction => event.direction.code(),
            Self::Weapon => event.weapon.code(),
            Self::Status => event.status.code(),
            Self::Confidence => event.confidence.code(),
        }
    }

    /// The value as it is known to the dataset, or why it is none.
    fn check(self, dataset: &Dataset, value: &str) -> Result<String, FilterError> {
        let known = match self {
            Self::Site => dataset.find_site(value).map(|_| value.to_owned()),
            Self::Country => {
                let upper = value.to_uppercase();
                dataset.sites.iter().any(|s| s.country == upper).then_some(upper)
            }
            Self::Direction => Direction::from_code(value).map(|c| c.code().to_owned()),
            Self::Weapon => Weapon::from_code(value)
                .map(|c| c.code().to_owned())
                .or_else(|| WeaponFamily::from_code(value).map(|c| c.code().to_owned())),
            Self::Status => Status::from_code(value).map(|c| c.code().to_owned()),
            Self::Confidence => Confidence::from_code(value).map(|c| c.code().to_owned()),
        };
        known.ok_or_else(|| FilterError::Value {
            facet: self.code(),
            value: value.to_owned(),
            known: self.known(dataset),
        })
    }

    fn known(self, dataset: &Dataset) -> String {
        fn codes<C: crate::domain::Code>() -> String {
            C::ALL.iter().map(|c| c.code()).collect::<Vec<_>>().join(", ")
        }
        match self {
            Self::Site => {
                dataset.sites.iter().map(|s| s.id.as_str()).collect::<Vec<_>>().join(", ")
            }
            Self::Country => {
                let set: std::collections::BTreeSet<_> =
                    dataset.sites.iter().map(|s| s.country.as_str()).collect();
                set.into_iter().collect::<Vec<_>>().join(", ")
            }
            Self::Direction => codes::<Direction>(),
            Self::Weapon => codes::<Weapon>(),
            Self::Status => codes::<Status>(),
            Self::Confidence => codes::<Confidence>(),
        }
    }
}

/// Why a filter cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// No `=` in it.
    #[error(
        "\"{0}\" is not a filter: write it as FACET=VALUE or FACET=VALUE,VALUE, such as country=IQ,SY"
    )]
    Shape(String),
    /// No such facet.
    #[error(
        "there is no facet \"{0}\": the facets are site, country, direction, weapon, status, confidence"
    )]
    Facet(String),
    /// No such value.
    #[error("{facet} has no value \"{value}\": it can be {known}")]
    Value {
        /// The facet.
        facet: &'static str,
        /// The value as typed.
        value: String,
        /// What it could have been.
        known: String,
    },
}

/// What is let through: all that is not named, and of each named facet the values listed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Filter {
    allowed: BTreeMap<Facet, Vec<String>>,
    area: Option<GeoBox>,
}

impl Filter {
    /// Adds `FACET=VALUE[,VALUE]`.
    ///
    /// # Errors
    /// [`FilterError`] when it is malformed or names a facet or value that the dataset does not have.
    pub fn add(&mut self, dataset: &Record, text: &str) -> Result<(), FilterError> {
        let (facet, values) =
            text.split_once('=').ok_or_else(|| FilterError::Shape(text.to_owned()))?;
        let wanted = facet.trim();
        let facet = Facet::ALL
            .into_iter()
            .find(|f| f.code() == wanted)
            .ok_or_else(|| FilterError::Facet(wanted.to_owned()))?;
        for value in values.split(',').map(str::trim) {
            if value.is_empty() {
                return Err(FilterError::Shape(text.to_owned()));
            }
            let value = facet.check(dataset, value)?;
            let list = self.allowed.entry(facet).or_default();
            if !list.contains(&value) {
                list.push(value);
            }
        }
        Ok(())
    }

    /// Holds events to a box; those without a position are held back then.
    pub fn hold_to(&mut self, area: GeoBox) {
        self.area = Some(area);
    }

    /// The box that events are held to.
    #[must_use]
    pub fn area(&self) -> Option<GeoBox> {
        self.area
    }

    /// Whether nothing is held back.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.allowed.is_empty() && self.area.is_none()
    }

    /// What is let through, as people read it: "country Syria; weapon rocket or mortar".
    #[must_use]
    pub fn words(&self) -> String {
        let facets = self.allowed.iter().map(|(facet, values)| {
            let values: Vec<_> = values.iter().map(|v| super::words::place_code(v)).collect();
            format!("{} {}", facet.code(), values.join(" or "))
        });
        let area = self.area.map(|b| {
            let [west, south, east, north] = b.into();
            format!("{west}° to {east}° E, {south}° to {north}° N")
        });
        facets.chain(area).collect::<Vec<_>>().join("; ")
    }

    /// Whether the event is let through.
    #[must_use]
    pub fn lets_through(&self, dataset: &Dataset, event: &Event) -> bool {
        if let Some(area) = self.area {
            let position = event.position.or(dataset.site(event.site).position);
            if !position.is_some_and(|p| area.contains(p)) {
                return false;
            }
        }
        self.allowed.iter().all(|(facet, values)| {
            let value = facet.value(dataset, event);
            let family = (*facet == Facet::Weapon).then(|| event.weapon.family().code());
            values.iter().any(|v| v == value || family == Some(v.as_str()))
        })
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (facet, values)) in self.allowed.iter().enumerate() {
            if i > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{}={}", facet.code(), values.join(","))?;
        }
        if let Some(area) = self.area {
            let space = if self.allowed.is_empty() { "" } else { " " };
            let [west, south, east, north] = area.into();
            write!(f, "{space}bbox={west},{south},{east},{north}")?;
        }
        Ok(())
    }
}
