//! The events that a figure draws, as it says them of itself.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest as _, Sha256};

use super::FigureFault;
use super::fingerprint::fingerprint;
use super::record::{NOT_PLAIN, is_plain};
use super::text::hex;
use crate::analysis::{Record, Selection};
use crate::domain::{Day, DaySpan, EventIndex};

/// The most events that are listed; of more there is only their number and one hash.
pub const MAX_ROWS: usize = 20_000;

/// The events of a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawnEvents {
    /// Events that surely belong.
    pub certain: usize,
    /// Events that may belong.
    pub possible: usize,
    /// The first half of the SHA-256 of identifiers and fingerprints, in date order.
    pub hash: String,
    /// Identifiers and names of the sites of the rows.
    #[serde(default, deserialize_with = "few")]
    pub sites: Vec<(String, String)>,
    /// The events in date order; none where there are more than [`MAX_ROWS`].
    #[serde(default, deserialize_with = "few_rows", skip_serializing_if = "Option::is_none")]
    pub rows: Option<Vec<DrawnRow>>,
}

/// An event of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(String, String, String, usize)", into = "(String, String, String, usize)")]
pub struct DrawnRow {
    /// Identifier.
    pub id: String,
    /// A sign of all that the record held of it.
    pub fingerprint: String,
    /// The days on which it may have happened.
    pub days: DaySpan,
    /// Place of its site in [`DrawnEvents::sites`].
    pub site: usize,
}

impl From<DrawnRow> for (String, String, String, usize) {
    fn from(row: DrawnRow) -> Self {
        let (first, last) = (row.days.first(), row.days.last());
        let days = if first == last { first.to_string() } else { format!("{first}/{last}") };
        (row.id, row.fingerprint, days, row.site)
    }
}

impl TryFrom<(String, String, String, usize)> for DrawnRow {
    type Error = crate::domain::DayError;

    fn try_from(
        (id, fingerprint, days, site): (String, String, String, usize),
    ) -> Result<Self, Self::Error> {
        let (first, last) = days.split_once('/').unwrap_or((&days, &days));
        let days = DaySpan::inclusive(Day::parse(first)?, Day::parse(last)?)?;
        Ok(Self { id, fingerprint, days, site })
    }
}

impl DrawnEvents {
    /// What a selection shows.
    #[must_use]
    pub fn of(record: &Record, selection: &Selection) -> Self {
        let counts = [selection.certain(), selection.possible()];
        let events = || selection.iter().map(|shown| shown.event);
        if selection.len() <= MAX_ROWS {
            return Self::listed(record, events(), counts);
        }
        let mut hash = Sha256::new();
        for index in events() {
            let (id, fingerprint) = (record.id(index), fingerprint(record, index));
            hash.update(format!("{id} {fingerprint}\n"));
        }
        let ([certain, possible], sites) = (counts, Vec::new());
        Self { certain, possible, hash: hex(&hash.finalize(), 32), sites, rows: None }
    }

    /// All events of a record; where there are more than [`MAX_ROWS`] only their number.
    #[must_use]
    pub fn of_record(record: &Record) -> Self {
        let total = record.events.len();
        let (sites, hash) = (Vec::new(), String::new());
        if total > MAX_ROWS {
            return Self { certain: total, possible: 0, hash, sites, rows: None };
        }
        Self::listed(record, record.event_indices(), [total, 0])
    }

    /// Events one by one, in date order.
    fn listed(
        record: &Record,
        events: impl Iterator<Item = EventIndex>,
        [certain, possible]: [usize; 2],
    ) -> Self {
        let mut hash = Sha256::new();
        let (mut sites, mut numbers) = (Vec::new(), BTreeMap::new());
        let mut rows = Vec::new();
        for index in events {
            let event = record.event(index);
            let (id, fingerprint) = (record.id(index), fingerprint(record, index));
            hash.update(format!("{id} {fingerprint}\n"));
            let site = *numbers.entry(event.site).or_insert_with(|| {
                let site = record.site(event.site);
                sites.push((site.id.clone(), site.name.clone()));
                sites.len() - 1
            });
            rows.push(DrawnRow { id, fingerprint, days: event.date.span, site });
        }
        let hash = hex(&hash.finalize(), 32);
        Self { certain, possible, hash, sites, rows: Some(rows) }
    }

    /// Whether it is something that the program could have written, or what it could not.
    pub(in crate::data) fn is_right(&self) -> Result<(), String> {
        if !self.words().all(is_plain) {
            return Err(NOT_PLAIN.to_owned());
        }
        self.checked().map_err(|fault| match fault {
            FigureFault::Refused(why) => why,
            other => other.to_string(),
        })
    }

    /// The same with number and hash only.
    pub(super) fn without_rows(&self) -> Self {
        let hash = self.hash.clone();
        Self { certain: self.certain, possible: self.possible, hash, sites: Vec::new(), rows: None }
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.certain.saturating_add(self.possible)
    }

    /// The name of the site of a row.
    #[must_use]
    pub fn site_name(&self, row: &DrawnRow) -> &str {
        self.sites.get(row.site).map_or("", |(_, name)| name)
    }

    /// All words that it has of a record.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let sites = self.sites.iter().flat_map(|(id, name)| [id.as_str(), name]);
        let rows = self.rows.iter().flatten().flat_map(|row| [row.id.as_str(), &row.fingerprint]);
        sites.chain(rows).chain([self.hash.as_str()])
    }

    pub(super) fn checked(&self) -> Result<(), FigureFault> {
        let Some(rows) = &self.rows else { return Ok(()) };
        let refused = |why: &str| Err(FigureFault::Refused(why.to_owned()));
        if rows.len() != self.total() {
            return refused("it has other rows than it says it has");
        }
        if rows.iter().any(|row| row.site >= self.sites.len()) {
            return refused("a row in it is at no site");
        }
        Ok(())
    }
}

/// A list of at most [`MAX_ROWS`]; reading stops where there are more.
fn few<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    struct Few<T>(std::marker::PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Few<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a list of at most {MAX_ROWS}")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
            let mut few = Vec::new();
            while let Some(value) = list.next_element()? {
                if few.len() == MAX_ROWS {
                    return Err(A::Error::custom(format!("a list has more than {MAX_ROWS} rows")));
                }
                few.push(value);
            }
            Ok(few)
        }
    }

    deserializer.deserialize_seq(Few(std::marker::PhantomData))
}

fn few_rows<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<DrawnRow>>, D::Error> {
    few(deserializer).map(Some)
}
