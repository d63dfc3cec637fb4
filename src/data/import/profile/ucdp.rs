//! UCDP GED, the Georeferenced Event Dataset of the Uppsala Conflict Data Program, and its monthly candidates.
//!
//! Source of the codes: the UCDP GED Codebook. Candidate files have been published without a header, with 49 columns in
//! the order below.

use super::{Profile, Role};
use crate::data::import::dialect::Sample;
use crate::data::import::mapping::CountMeaning;
use crate::domain::{DatePrecision, PlacePrecision};

pub(super) const UCDP: Profile = Profile {
    name: "UCDP GED",
    signature: &["where_prec", "date_prec", "side_a", "date_start"],
    columns: &[
        (Role::Id, "id"),
        (Role::Date, "date_start"),
        (Role::DateEnd, "date_end"),
        (Role::DatePrecision, "date_prec"),
        (Role::Latitude, "latitude"),
        (Role::Longitude, "longitude"),
        (Role::Place, "where_coordinates"),
        (Role::PlacePrecision, "where_prec"),
        (Role::Governorate, "adm_1"),
        (Role::Country, "country"),
        (Role::Class, "type_of_violence"),
        (Role::Kind, "conflict_name"),
        (Role::Party, "side_a"),
        (Role::Party, "side_b"),
        (Role::Killed, "best"),
        (Role::KilledLow, "low"),
        (Role::KilledHigh, "high"),
        (Role::Source, "source_office"),
        (Role::Title, "source_headline"),
        (Role::Summary, "source_article"),
        (Role::Note, "where_description"),
    ],
    date_codes: &[
        ("1", DatePrecision::Day),
        ("2", DatePrecision::Span),
        ("3", DatePrecision::Week),
        ("4", DatePrecision::Month),
        ("5", DatePrecision::Year),
    ],
    place_codes: &[
        ("1", PlacePrecision::Site),
        ("2", PlacePrecision::Settlement),
        ("3", PlacePrecision::District),
        ("4", PlacePrecision::Admin1),
        ("5", PlacePrecision::Admin1Group),
        ("6", PlacePrecision::Country),
        // At sea or in international airspace, estimated.
        ("7", PlacePrecision::Country),
    ],
    class_words: &[
        ("1", "state-based violence"),
        ("2", "non-state violence"),
        ("3", "one-sided violence"),
    ],
    place_precision: PlacePrecision::District,
    counts: CountMeaning::Exact,
    list_separator: Some(';'),
    notes: &[
        "killed are the lowest to the highest estimate; the best one is kept as it stands",
        "an event known to a district, a province or a country is drawn as that, not at its stand-in point",
    ],
    headless,
};

const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// Without a header: 49 columns, of which the year, the type and the precisions are what they should be.
fn headless(sample: &Sample) -> Option<Vec<&'static str>> {
    let is_number = |row: &Vec<String>, place: usize, range: std::ops::RangeInclusive<i32>| {
        row.get(place).and_then(|c| c.parse().ok()).is_some_and(|n| range.contains(&n))
    };
    let fits = |row: &Vec<String>| {
        row.len() == COLUMNS.len()
            && is_number(row, 2, 1900..=2200)
            && is_number(row, 5, 1..=3)
            && is_number(row, 24, 1..=7)
            && is_number(row, 37, 1..=5)
    };
    (!sample.rows.is_empty() && sample.rows.iter().take(20).all(fits)).then(|| COLUMNS.to_vec())
}
