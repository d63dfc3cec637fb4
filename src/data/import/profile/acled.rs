//! ACLED, the Armed Conflict Location & Event Data Project: exports and answers of its interface, old and new.
//!
//! Source of the codes: the ACLED Codebook and the documentation of `acledR`. Names are matched whatever their case, for
//! files from before March 2023 have other names, cases and orders.

use super::{Profile, Role, never};
use crate::data::import::mapping::CountMeaning;
use crate::domain::{DatePrecision, PlacePrecision};

pub(super) const ACLED: Profile = Profile {
    name: "ACLED",
    signature: &["event_date", "sub_event_type", "geo_precision", "time_precision"],
    columns: &[
        (Role::Id, "event_id_cnty"),
        (Role::Date, "event_date"),
        (Role::DatePrecision, "time_precision"),
        (Role::Latitude, "latitude"),
        (Role::Longitude, "longitude"),
        (Role::Place, "location"),
        (Role::PlacePrecision, "geo_precision"),
        (Role::Governorate, "admin1"),
        (Role::Country, "country"),
        (Role::Class, "event_type"),
        (Role::Kind, "sub_event_type"),
        (Role::Party, "actor1"),
        (Role::Party, "actor2"),
        (Role::Killed, "fatalities"),
        (Role::Source, "source"),
        (Role::Summary, "notes"),
    ],
    // 2 is known to the week or the like, 3 to the month; the date given is the middle of it.
    date_codes: &[
        ("1", DatePrecision::Day),
        ("2", DatePrecision::Week),
        ("3", DatePrecision::Month),
    ],
    // Positions are the middles of named places: a town, a part of a region, a larger region.
    place_codes: &[
        ("1", PlacePrecision::Settlement),
        ("2", PlacePrecision::District),
        ("3", PlacePrecision::Admin1),
    ],
    class_words: &[],
    place_precision: PlacePrecision::Settlement,
    counts: CountMeaning::AtLeast,
    list_separator: Some(';'),
    notes: &[
        "positions are those of named towns and regions, not of the impact: none is drawn as a spot",
        "fatalities are the lowest number reported; 0 may also mean that nothing is known, and is taken for that",
        "the order of the two actors does not say who attacked: both are parties to the event",
        "a date known to the week or the month is drawn over all of it",
    ],
    headless: never,
};
