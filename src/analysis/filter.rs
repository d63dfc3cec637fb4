//! Filters: for each facet the values that are let through, a box, and words to be found. The syntax is
//! that of `--where`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fixedbitset::FixedBitSet;
use serde::{Deserialize, Serialize};

use super::Record;
use super::engine::Table;
use super::facet::Facet;
use super::find::{code_of, facet_of, quoted, split, unquoted};
use crate::domain::{Code as _, Event, GeoBox, fold};

/// Why a filter cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// No `=` in it.
    #[error(
        "\"{0}\" is not a filter: write it as FACET=VALUE or FACET=VALUE,VALUE, such as country=IQ,SY"
    )]
    Shape(String),
    /// No such facet.
    #[error("there is no facet \"{word}\"{hint}: the facets are {}, and text", facets())]
    Facet {
        /// The word as typed.
        word: String,
        /// What may have been meant, in brackets; or nothing.
        hint: String,
    },
    /// No such value.
    #[error("{facet} has no value \"{value}\"{hint}: it can be {known}")]
    Value {
        /// The facet.
        facet: &'static str,
        /// The value as typed.
        value: String,
        /// What may have been meant, in brackets; or nothing.
        hint: String,
        /// What it could have been.
        known: String,
    },
    /// Several values have the name.
    #[error("{facet} has several values that are called \"{value}\": write one of {codes}")]
    Ambiguous {
        /// The facet.
        facet: &'static str,
        /// The name as typed.
        value: String,
        /// The codes of those that have it.
        codes: String,
    },
    /// A search without anything to look for.
    #[error("\"{0}\" has no letter and no digit to look for: write a word, such as text=katyusha")]
    Text(String),
}

fn facets() -> String {
    Facet::ALL.iter().map(|f| f.code()).collect::<Vec<_>>().join(", ")
}

/// What is let through: all that is not named, and of each named facet the events that have one of the
/// values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Filter {
    chosen: BTreeMap<Facet, BTreeSet<String>>,
    area: Option<GeoBox>,
    search: Option<String>,
}

impl Filter {
    /// Adds `FACET=VALUE[,VALUE]` or `text=WORDS`. A value is a code or a name; one with a comma stands in
    /// quotation marks.
    ///
    /// # Errors
    /// [`FilterError`] when it is malformed or names a facet or value that the record does not have.
    pub fn add(&mut self, record: &Record, text: &str) -> Result<(), FilterError> {
        let (facet, values) =
            text.split_once('=').ok_or_else(|| FilterError::Shape(text.to_owned()))?;
        if facet.trim() == "text" {
            let words = unquoted(values);
            self.set_search(&words);
            return if self.search.is_some() { Ok(()) } else { Err(FilterError::Text(words)) };
        }
        let facet = facet_of(facet.trim())?;
        let pieces: Vec<String> = split(values, |c| c == ',').into_iter().map(unquoted).collect();
        if pieces.iter().any(String::is_empty) {
            return Err(FilterError::Shape(text.to_owned()));
        }
        // A name may have a comma of its own.
        let codes = match code_of(record, facet, &unquoted(values)) {
            Ok(code) => vec![code],
            Err(_) => pieces
                .iter()
                .map(|piece| code_of(record, facet, piece))
                .collect::<Result<Vec<_>, _>>()?,
        };
        self.chosen.entry(facet).or_default().extend(codes);
        Ok(())
    }

    /// Reads several filters with spaces between them, as [`Filter`] is displayed, without a box.
    ///
    /// # Errors
    /// As [`Filter::add`].
    pub fn parse(record: &Record, text: &str) -> Result<Self, FilterError> {
        let mut filter = Self::default();
        for part in split(text, char::is_whitespace).into_iter().filter(|p| !p.is_empty()) {
            filter.add(record, part)?;
        }
        Ok(filter)
    }

    /// Chooses a value by its code, or no longer.
    pub fn toggle(&mut self, facet: Facet, code: &str) {
        let codes = self.chosen.entry(facet).or_default();
        if !codes.remove(code) {
            codes.insert(code.to_owned());
        }
        if codes.is_empty() {
            self.chosen.remove(&facet);
        }
    }

    /// Lets all values of a facet through again.
    pub fn clear(&mut self, facet: Facet) {
        self.chosen.remove(&facet);
    }

    /// The codes of a facet that are let through; none when all are.
    pub fn chosen(&self, facet: Facet) -> impl Iterator<Item = &str> {
        self.chosen.get(&facet).into_iter().flatten().map(String::as_str)
    }

    /// The codes of a facet that are let through and that the record does not have, as in a view that was saved
    /// with another record.
    #[must_use]
    pub fn unknown(&self, record: &Record, facet: Facet) -> Vec<&str> {
        let values = &record.column(facet).values;
        let known: BTreeSet<&str> = values.iter().map(|value| &*value.code).collect();
        self.chosen(facet).filter(|code| !known.contains(code)).collect()
    }

    /// Holds events to those in whose names, texts and sources every word is found; to all of them when
    /// there is no letter or digit to look for.
    pub fn set_search(&mut self, text: &str) {
        let text = text.trim();
        self.search = (!fold(text).is_empty()).then(|| text.to_owned());
    }

    /// The words that are looked for.
    #[must_use]
    pub fn search(&self) -> Option<&str> {
        self.search.as_deref()
    }

    /// Puts in what another filter says: the values of its facets come in place of those chosen here, and its words
    /// and its box likewise.
    pub fn put(&mut self, other: Self) {
        self.chosen.extend(other.chosen);
        self.area = other.area.or(self.area);
        self.search = other.search.or(self.search.take());
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
        *self == Self::default()
    }

    /// What is let through, as people read it: "country Syria; weapon rocket or mortar".
    #[must_use]
    pub fn words(&self, record: &Record) -> String {
        let facets = self.chosen.iter().map(|(facet, codes)| {
            let values = &record.column(*facet).values;
            let named = codes.iter().map(|code| (code, values.iter().find(|v| *v.code == **code)));
            let labels: Vec<&str> =
                named.map(|(code, value)| value.map_or(code.as_str(), |v| &v.label)).collect();
            match labels.as_slice() {
                // "claimed by not claimed" is no English.
                [one] if one.starts_with("not ") && facet.is_of_actors() => (*one).to_owned(),
                _ => format!("{} {}", record.facet_label(*facet), labels.join(" or ")),
            }
        });
        let area = self.area.map(|b| {
            let [west, south, east, north] = b.into();
            format!("{west}° to {east}° E, {south}° to {north}° N")
        });
        let search = self.search.as_ref().map(|text| format!("with the words \"{text}\""));
        facets.chain(area).chain(search).collect::<Vec<_>>().join("; ")
    }

    /// What holds events back, as people read it: "the filter", "the search" or both.
    #[must_use]
    pub fn held_back_by(&self) -> &'static str {
        let facets = !self.chosen.is_empty() || self.area.is_some();
        match (facets, self.search.is_some()) {
            (true, true) => "the filter and the search",
            (false, true) => "the search",
            _ => "the filter",
        }
    }

    /// The facets that are held to some values, each with whether a value (by its place) is let through.
    pub(super) fn chosen_values<'a>(
        &'a self,
        table: &'a Table,
    ) -> impl Iterator<Item = (Facet, Vec<bool>)> + 'a {
        self.chosen.iter().map(|(facet, codes)| {
            let values = &table.column(*facet).values;
            (*facet, values.iter().map(|v| codes.contains(&*v.code)).collect())
        })
    }

    /// The events that box and search let through, which are no facets; `None` when these are all.
    pub(super) fn others(&self, record: &Record) -> Option<FixedBitSet> {
        if self.area.is_none() && self.search.is_none() {
            return None;
        }
        let mut passing = FixedBitSet::with_capacity(record.events.len());
        passing.insert_range(..);
        if let Some(text) = &self.search {
            passing.intersect_with(&record.texts().search(text));
        }
        if let Some(area) = self.area {
            let is_in = |event: &Event| {
                let position = event.position.get().or(record.site(event.site).position);
                position.is_some_and(|p| area.contains(p))
            };
            for (row, event) in record.events.iter().enumerate() {
                if !is_in(event) {
                    passing.remove(row);
                }
            }
        }
        Some(passing)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facets = self.chosen.iter().map(|(facet, codes)| {
            let codes: Vec<String> = codes.iter().map(|c| quoted(c)).collect();
            format!("{}={}", facet.code(), codes.join(","))
        });
        let area = self.area.map(|area| {
            let [west, south, east, north] = area.into();
            format!("bbox={west},{south},{east},{north}")
        });
        let search = self.search.as_ref().map(|text| format!("text={}", quoted(text)));
        f.write_str(&facets.chain(area).chain(search).collect::<Vec<_>>().join(" "))
    }
}
