//! GDELT events, version 1 (57 or 58 columns) and 2 (61 columns): text with tabs and without a header, in files named
//! `.csv`.
//!
//! Source of the columns: the GDELT event codebooks, version 1.03 and 2.0.

use super::{Profile, Role};
use crate::data::import::dialect::Sample;
use crate::data::import::mapping::CountMeaning;
use crate::domain::PlacePrecision;

pub(super) const GDELT: Profile = Profile {
    name: "GDELT",
    signature: &["globaleventid", "sqldate", "actiongeo_type"],
    columns: &[
        (Role::Id, "GLOBALEVENTID"),
        (Role::Date, "SQLDATE"),
        (Role::Latitude, "ActionGeo_Lat"),
        (Role::Longitude, "ActionGeo_Long"),
        (Role::Place, "ActionGeo_FullName"),
        (Role::PlacePrecision, "ActionGeo_Type"),
        (Role::Country, "ActionGeo_CountryCode"),
        (Role::Class, "QuadClass"),
        (Role::Kind, "EventCode"),
        (Role::Party, "Actor1Name"),
        (Role::Party, "Actor2Name"),
        (Role::Url, "SOURCEURL"),
    ],
    date_codes: &[],
    // 1 a country, 2 and 5 a state or province, 3 and 4 a town or landmark.
    place_codes: &[
        ("1", PlacePrecision::Country),
        ("2", PlacePrecision::Admin1),
        ("3", PlacePrecision::Settlement),
        ("4", PlacePrecision::Settlement),
        ("5", PlacePrecision::Admin1),
    ],
    class_words: &[
        ("1", "verbal cooperation"),
        ("2", "material cooperation"),
        ("3", "verbal conflict"),
        ("4", "material conflict"),
    ],
    place_precision: PlacePrecision::Country,
    counts: CountMeaning::Exact,
    list_separator: None,
    notes: &[
        "rows are coded by a machine from news, and many may tell of one event: none is verified",
        "the date is that of the event as the machine read it, which may be long before the news",
    ],
    headless,
};

const HEAD: [&str; 35] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
];

const PLACES: [[&str; 8]; 3] = [
    [
        "Actor1Geo_Type",
        "Actor1Geo_FullName",
        "Actor1Geo_CountryCode",
        "Actor1Geo_ADM1Code",
        "Actor1Geo_ADM2Code",
        "Actor1Geo_Lat",
        "Actor1Geo_Long",
        "Actor1Geo_FeatureID",
    ],
    [
        "Actor2Geo_Type",
        "Actor2Geo_FullName",
        "Actor2Geo_CountryCode",
        "Actor2Geo_ADM1Code",
        "Actor2Geo_ADM2Code",
        "Actor2Geo_Lat",
        "Actor2Geo_Long",
        "Actor2Geo_FeatureID",
    ],
    [
        "ActionGeo_Type",
        "ActionGeo_FullName",
        "ActionGeo_CountryCode",
        "ActionGeo_ADM1Code",
        "ActionGeo_ADM2Code",
        "ActionGeo_Lat",
        "ActionGeo_Long",
        "ActionGeo_FeatureID",
    ],
];

/// The columns by their number, when the second cell of every row is a date of eight digits.
fn headless(sample: &Sample) -> Option<Vec<&'static str>> {
    let is_date = |cell: &String| cell.len() == 8 && cell.bytes().all(|b| b.is_ascii_digit());
    let columns = sample.rows.first()?.len();
    let fits = |row: &Vec<String>| row.len() == columns && row.get(1).is_some_and(is_date);
    if sample.delimiter != b'\t' || !(57..=61).contains(&columns) || !sample.rows.iter().all(fits) {
        return None;
    }
    let has_districts = columns == 61;
    let of_place = |names: &[&'static str; 8]| {
        let names = names.iter().filter(|n| has_districts || !n.ends_with("ADM2Code"));
        names.copied().collect::<Vec<_>>()
    };
    let places = PLACES.iter().flat_map(of_place);
    let names: Vec<&str> =
        HEAD.into_iter().chain(places).chain(["DATEADDED", "SOURCEURL"]).take(columns).collect();
    (names.len() == columns).then_some(names)
}
