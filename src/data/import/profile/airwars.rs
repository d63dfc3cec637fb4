//! Airwars: its export of incidents.
//!
//! Source of the words: the names of the export's columns and the methodology page of Airwars. The grading of an incident is its
//! class; tables of victims hold personal data and are not read.

use super::{Profile, Role, never};
use crate::data::import::mapping::CountMeaning;
use crate::domain::PlacePrecision;

pub(super) const AIRWARS: Profile = Profile {
    name: "Airwars",
    signature: &["civilian_harm_status_name", "geolocation_accuracy_name", "strike_status_name"],
    columns: &[
        (Role::Id, "code"),
        (Role::Date, "date"),
        (Role::DateEnd, "date_end"),
        (Role::Time, "local_time"),
        (Role::Latitude, "latitude"),
        (Role::Longitude, "longitude"),
        (Role::Place, "location_name"),
        (Role::PlaceArabic, "location_name_arabic"),
        (Role::PlacePrecision, "geolocation_accuracy_slug"),
        (Role::PlacePrecision, "geolocation_accuracy_name"),
        (Role::Governorate, "region"),
        (Role::Country, "country_name"),
        (Role::Class, "civilian_harm_status_name"),
        (Role::Kind, "strike_type_name"),
        (Role::Status, "strike_status_slug"),
        (Role::Party, "belligerent_1_belligerent_name"),
        (Role::Party, "belligerent_2_belligerent_name"),
        (Role::Party, "belligerent_3_belligerent_name"),
        (Role::KilledLow, "civilian_non_combatants_killed_min"),
        (Role::KilledHigh, "civilian_non_combatants_killed_max"),
        (Role::WoundedLow, "civilian_non_combatants_injured_min"),
        (Role::WoundedHigh, "civilian_non_combatants_injured_max"),
        (Role::Url, "permalink"),
        (Role::Summary, "summary"),
        (Role::Note, "geolocation_notes"),
    ],
    date_codes: &[],
    place_codes: &[
        ("province_governorate", PlacePrecision::Admin1),
        ("district", PlacePrecision::District),
        ("subdistrict", PlacePrecision::District),
        ("city", PlacePrecision::Settlement),
        ("town", PlacePrecision::Settlement),
        ("village", PlacePrecision::Settlement),
        ("neighbourhood_area", PlacePrecision::Settlement),
        ("street", PlacePrecision::Site),
        ("nearby_landmark", PlacePrecision::Site),
        ("within_100m_via_coalition", PlacePrecision::Site),
        ("within_1m_via_coalition", PlacePrecision::Site),
        ("exact_location_via_airwars", PlacePrecision::Site),
        ("exact_location_via_coalition", PlacePrecision::Site),
        ("exact_location_other", PlacePrecision::Site),
    ],
    class_words: &[],
    place_precision: PlacePrecision::District,
    counts: CountMeaning::Exact,
    list_separator: Some(','),
    notes: &[
        "killed and wounded are those of civilians who took no part; other groups are kept as they stand",
        "positions known to a village, a town or a city are drawn as a radius, as Airwars could not place them further",
    ],
    headless: never,
};
