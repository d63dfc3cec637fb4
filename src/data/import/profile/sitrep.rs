//! Sitrep: events that it saved itself, in whichever format, and the tables beside its figures.
//!
//! Columns of which the import has no notion of its own are read by `own.rs`, those of precision among them, which it takes
//! as they stand.

use super::{Profile, Role, never};
use crate::data::import::mapping::CountMeaning;
use crate::data::import::own;
use crate::domain::PlacePrecision;

pub(super) const SITREP: Profile = Profile {
    name: own::NAME,
    signature: &["date_precision", "place_precision", "site_name", "killed_coalition_low"],
    columns: &[
        (Role::Id, "id"),
        (Role::Date, "start"),
        (Role::DateEnd, "end"),
        (Role::Time, "local_time"),
        (Role::Latitude, "lat"),
        (Role::Longitude, "lon"),
        (Role::Place, "site_name"),
        (Role::PlaceArabic, "site_name_ar"),
        (Role::Governorate, "governorate"),
        (Role::Country, "country"),
        (Role::Class, "class"),
        (Role::Class, "direction"),
        (Role::Kind, "kind"),
        (Role::Weapon, "weapon"),
        (Role::Status, "status"),
        (Role::Summary, "summary"),
        (Role::Note, "note"),
    ],
    date_codes: &[],
    place_codes: &[],
    class_words: &[],
    place_precision: PlacePrecision::Country,
    counts: CountMeaning::Exact,
    list_separator: None,
    notes: &["all columns that Sitrep writes are read as it wrote them"],
    headless: never,
};
