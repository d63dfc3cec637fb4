//! `TimelineJS`: sheets in which reporters keep a timeline.
//!
//! Source of the words: the header of its template sheet. A row may be known to the year or the month; it has no position.

use super::{Profile, Role, never};
use crate::data::import::mapping::CountMeaning;
use crate::domain::PlacePrecision;

pub(super) const TIMELINE_JS: Profile = Profile {
    name: "TimelineJS",
    signature: &["headline", "text", "media"],
    columns: &[
        (Role::Date, "start date"),
        (Role::DateEnd, "end date"),
        (Role::Year, "year"),
        (Role::Month, "month"),
        (Role::DayOfMonth, "day"),
        (Role::Time, "time"),
        (Role::Title, "headline"),
        (Role::Summary, "text"),
        (Role::Url, "media"),
        (Role::Source, "media credit"),
        (Role::Class, "group"),
        (Role::Class, "tag"),
        (Role::Place, "location"),
        (Role::Latitude, "latitude"),
        (Role::Longitude, "longitude"),
    ],
    date_codes: &[],
    place_codes: &[],
    class_words: &[],
    place_precision: PlacePrecision::Settlement,
    counts: CountMeaning::Exact,
    list_separator: None,
    notes: &[
        "the last day, where year, month and day of it have columns of their own, is kept as it stands",
        "a row of the type \"title\" has no date and is left out",
    ],
    headless: never,
};
