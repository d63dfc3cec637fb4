//! Tables that are well known: told by their columns, read by their own codebooks.

mod acled;
mod airwars;
mod gdelt;
mod sitrep;
mod timelinejs;
mod timemap;
mod ucdp;

use super::Role;
use super::dialect::Sample;
use super::mapping::{CountMeaning, MappedColumn, Mapping};
use crate::domain::{DatePrecision, PlacePrecision};

/// A dataset whose tables are known, as its codebook has it.
struct Profile {
    name: &'static str,
    /// Names of columns that only its tables have together.
    signature: &'static [&'static str],
    /// What each column in use is.
    columns: &'static [(Role, &'static str)],
    date_codes: &'static [(&'static str, DatePrecision)],
    place_codes: &'static [(&'static str, PlacePrecision)],
    /// What the words of its classes mean, where they are numbers.
    class_words: &'static [(&'static str, &'static str)],
    place_precision: PlacePrecision,
    counts: CountMeaning,
    list_separator: Option<char>,
    /// How its cells are taken, for the import report.
    notes: &'static [&'static str],
    /// The names of its columns in a file without them, if the first rows look like one.
    headless: fn(&Sample) -> Option<Vec<&'static str>>,
}

const ALL: [&Profile; 8] = [
    &sitrep::SITREP,
    &acled::ACLED,
    &ucdp::UCDP,
    &airwars::AIRWARS,
    &gdelt::GDELT,
    &timemap::TIMEMAP,
    &timemap::BELLINGCAT,
    &timelinejs::TIMELINE_JS,
];

/// The mapping of a table that is known. Where the table has no header, the names of its columns are put into `sample`.
pub(super) fn recognised(sample: &mut Sample) -> Option<Mapping> {
    let profile = ALL.into_iter().find(|profile| {
        if sample.has_header {
            return profile.signature.iter().all(|name| sample.place_of(name).is_some());
        }
        let Some(names) = (profile.headless)(sample) else { return false };
        sample.header = names.into_iter().map(str::to_owned).collect();
        true
    })?;
    let mut mapping = Mapping {
        profile: Some(profile.name),
        date_codes: owned(profile.date_codes),
        place_codes: owned(profile.place_codes),
        class_words: profile
            .class_words
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect(),
        place_precision: profile.place_precision,
        counts: profile.counts,
        list_separator: profile.list_separator,
        notes: profile.notes.iter().map(|n| (*n).to_owned()).collect(),
        ..Mapping::default()
    };
    for (role, name) in profile.columns {
        let is_taken = mapping.columns.iter().any(|c| c.role == *role) && !role.may_repeat();
        if let Some(place) = sample.place_of(name).filter(|_| !is_taken) {
            let why = format!("\"{name}\" of {}", profile.name);
            mapping.columns.push(MappedColumn { role: *role, place, why });
        }
    }
    Some(mapping)
}

fn owned<T: Copy>(codes: &[(&str, T)]) -> Vec<(String, T)> {
    codes.iter().map(|(word, meaning)| ((*word).to_owned(), *meaning)).collect()
}

/// Profiles whose files always have a header.
fn never(_: &Sample) -> Option<Vec<&'static str>> {
    None
}
