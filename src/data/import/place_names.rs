//! What became of places without a position, name by name, for a person to look at and to settle.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::by_name::{self, ByName, full_name, gazetteer};
use super::read::Imported;
use super::report::plain;
use crate::domain::codes;
use crate::domain::gazetteer::EntryKind;

/// So many names are listed of each outcome, the most frequent.
const MOST_NAMES: usize = 500;
/// So many names that are not found are compared with all that are known.
const MOST_COMPARED: usize = 100;
/// Names of each outcome in a report that people read.
const SHOWN: usize = 10;

codes! {
    /// What became of a name.
    NameOutcome {
        Ambiguous = "ambiguous", "several places have the name";
        NotFound = "not_found", "no place there has the name";
        Chosen = "chosen", "placed as a person said";
        Matched = "matched", "placed by the name";
    }
}

/// A place that a name may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// What a mapping calls it: the identifier of a site, the ISO code of a governorate, name and country of a town.
    pub id: String,
    /// What it is, in a few words: "town, IQ".
    pub what: String,
}

/// A name of places that have no position in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceName {
    /// The name as written.
    pub name: String,
    /// The governorate as written, or empty.
    pub governorate: String,
    /// The country as written, or empty.
    pub country: String,
    /// Rows in use that have it.
    pub rows: u64,
    /// What became of it.
    pub outcome: NameOutcome,
    /// What it was taken for, in words; empty where it was taken for nothing.
    pub taken_for: String,
    /// What it may mean, where that is to be settled.
    pub candidates: Vec<Candidate>,
}

/// What became of places without a position.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlaceNames {
    /// Rows in use that have no position of their own and name a place.
    pub rows: u64,
    /// Rows by what became of the name of their place.
    pub rows_by: BTreeMap<NameOutcome, u64>,
    /// Names by what became of them.
    pub names_by: BTreeMap<NameOutcome, u64>,
    /// The most frequent names of each outcome, those to be settled first.
    pub names: Vec<PlaceName>,
}

/// What became of the places of a table that was read.
pub(super) fn of(imported: &Imported) -> PlaceNames {
    let mut all = PlaceNames::default();
    if imported.places.iter().all(|place| place.by_name.is_none()) {
        return all;
    }
    let mut rows = vec![0_u64; imported.places.len()];
    for event in &imported.events {
        rows[event.site.get()] += 1;
    }
    let mut names: BTreeMap<(NameOutcome, [&str; 3]), (u64, usize)> = BTreeMap::new();
    for (number, (place, rows)) in imported.places.iter().zip(&rows).enumerate() {
        let outcome = match place.by_name {
            None | Some(ByName::Nameless) => continue,
            Some(ByName::Matched(_)) => NameOutcome::Matched,
            Some(ByName::Chosen(_) | ByName::Unknown) => NameOutcome::Chosen,
            Some(ByName::Ambiguous(_)) => NameOutcome::Ambiguous,
            Some(ByName::NotFound(_)) => NameOutcome::NotFound,
        };
        all.rows += rows;
        *all.rows_by.entry(outcome).or_default() += rows;
        let name = if place.name.is_empty() { &place.name_ar } else { &place.name };
        let key = (outcome, [name.as_str(), &place.governorate, &place.country]);
        names.entry(key).or_insert((0, number)).0 += rows;
    }
    let mut listed: Vec<_> = names.into_iter().collect();
    listed.sort_by_key(|((outcome, _), (rows, number))| {
        (*outcome, std::cmp::Reverse(*rows), *number)
    });
    for ((outcome, [name, governorate, country]), (rows, number)) in listed {
        let names = all.names_by.entry(outcome).or_default();
        *names += 1;
        if *names > MOST_NAMES as u64 {
            continue;
        }
        let place = &imported.places[number];
        let (taken_for, found) = match &place.by_name {
            Some(ByName::Matched(words) | ByName::Chosen(words)) => (words.clone(), Vec::new()),
            Some(ByName::Unknown) => ("not known".to_owned(), Vec::new()),
            Some(ByName::NotFound(found)) if found.is_empty() && *names <= MOST_COMPARED as u64 => {
                (String::new(), gazetteer().near(&by_name::sought(place, false)))
            }
            Some(ByName::Ambiguous(found) | ByName::NotFound(found)) => {
                (String::new(), found.clone())
            }
            None | Some(ByName::Nameless) => continue,
        };
        all.names.push(PlaceName {
            name: name.to_owned(),
            governorate: governorate.to_owned(),
            country: country.to_owned(),
            rows,
            outcome,
            taken_for,
            candidates: found.into_iter().filter_map(candidate).collect(),
        });
    }
    all
}

fn candidate(number: u32) -> Option<Candidate> {
    let entry = gazetteer().entry(number)?;
    let what = match (entry.kind, &entry.governorate) {
        (EntryKind::Town, _) => format!("town, {}", entry.country),
        (EntryKind::Governorate, _) => format!("governorate {}, {}", entry.name, entry.country),
        (EntryKind::Site, Some(governorate)) => format!("site {}, {governorate}", entry.name),
        (EntryKind::Site, None) => format!("site {}, {}", entry.name, entry.country),
    };
    Some(Candidate { id: entry.id.clone(), what })
}

impl PlaceName {
    /// Its name with the governorate, as a mapping may have it.
    #[must_use]
    pub fn full(&self) -> String {
        full_name(&self.name, &self.governorate)
    }

    /// Whether a person has to settle it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.outcome, NameOutcome::Ambiguous | NameOutcome::NotFound)
    }
}

impl PlaceNames {
    /// Rows with an outcome.
    #[must_use]
    pub fn rows_with(&self, outcome: NameOutcome) -> u64 {
        self.rows_by.get(&outcome).copied().unwrap_or_default()
    }

    /// Names with an outcome, those that are not listed too.
    #[must_use]
    pub fn names_with(&self, outcome: NameOutcome) -> u64 {
        self.names_by.get(&outcome).copied().unwrap_or_default()
    }

    /// The numbers in one line: "12 rows without a position: 9 placed by the name of their place, 3 not found".
    #[must_use]
    pub fn in_short(&self) -> String {
        let rows = if self.rows == 1 {
            "1 row names its place".to_owned()
        } else {
            format!("{} rows name their place", self.rows)
        };
        let of = [
            (NameOutcome::Matched, "placed by the name"),
            (NameOutcome::Chosen, "as a person said"),
            (NameOutcome::Ambiguous, "of a name that several places have"),
            (NameOutcome::NotFound, "of a name that none there has"),
        ];
        let of = of
            .into_iter()
            .map(|(outcome, words)| (self.rows_with(outcome), words))
            .filter(|(rows, _)| *rows > 0);
        let parts: Vec<String> = of.map(|(rows, words)| format!("{rows} {words}")).collect();
        format!("{rows} and have no position: {}", parts.join(", "))
    }
}

impl fmt::Display for PlaceNames {
    /// Lines for people, each after a line break; nothing where every place has its position.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::domain::Code as _;
        if self.rows == 0 {
            return Ok(());
        }
        write!(f, "\n  places: {}", self.in_short())?;
        for outcome in NameOutcome::ALL.iter().copied() {
            let of = || self.names.iter().filter(|name| name.outcome == outcome);
            for name in of().take(SHOWN) {
                let rows =
                    if name.rows == 1 { "1 row".to_owned() } else { format!("{} rows", name.rows) };
                write!(f, "\n    {rows}: \"{}\": ", plain(&name.full()))?;
                let ids: Vec<String> =
                    name.candidates.iter().map(|c| format!("\"{}\" ({})", c.id, c.what)).collect();
                match outcome {
                    NameOutcome::Matched => write!(f, "{}", name.taken_for)?,
                    NameOutcome::Chosen => write!(f, "{}, as a person said", name.taken_for)?,
                    NameOutcome::Ambiguous => write!(f, "either {}", ids.join(" or "))?,
                    NameOutcome::NotFound if ids.is_empty() => write!(f, "not found")?,
                    NameOutcome::NotFound => write!(f, "not found; perhaps {}", ids.join(" or "))?,
                }
            }
            let shown = u64::try_from(of().count().min(SHOWN)).unwrap_or(u64::MAX);
            let more = self.names_with(outcome).saturating_sub(shown);
            if more > 0 {
                write!(f, "\n    and {more} more: {}", outcome.label())?;
            }
        }
        if self.names.iter().any(PlaceName::is_open) {
            write!(
                f,
                "\n    to settle them: [places] in a mapping (--write-mapping m.toml, then --mapping m.toml), or in the window under \"How this file was read\""
            )?;
        }
        Ok(())
    }
}
