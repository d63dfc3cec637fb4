//! timemap, the map of Forensic Architecture and Bellingcat: its events as JSON or as a sheet.
//!
//! Source of the words: the description of its data in its own documents. The order of day and month is a setting of each
//! map and is in no event, so that it is asked where the dates do not tell it.

use super::{Profile, Role, never};
use crate::data::import::mapping::CountMeaning;
use crate::domain::PlacePrecision;

pub(super) const TIMEMAP: Profile = Profile {
    name: "timemap",
    signature: &["date", "latitude", "longitude", "description", "sources", "associations"],
    columns: &[
        (Role::Id, "civid"),
        (Role::Id, "id"),
        (Role::Date, "date"),
        (Role::Time, "time"),
        (Role::Latitude, "latitude"),
        (Role::Longitude, "longitude"),
        (Role::Place, "location"),
        (Role::Class, "category"),
        (Role::Class, "type"),
        (Role::Summary, "description"),
        (Role::Source, "sources"),
        (Role::Note, "comments"),
    ],
    date_codes: &[],
    place_codes: &[],
    class_words: &[],
    place_precision: PlacePrecision::Settlement,
    counts: CountMeaning::Exact,
    list_separator: Some(','),
    notes: &["the order of day and month is a setting of the map and is in no event"],
    headless: never,
};

/// The same as Bellingcat lets it be downloaded.
pub(super) const BELLINGCAT: Profile = Profile {
    name: "timemap (Bellingcat)",
    signature: &["date", "latitude", "longitude", "description", "sources", "filters"],
    ..TIMEMAP
};
