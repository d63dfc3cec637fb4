//! The same events in a form that scripts for other tools read, so that these can be timed beside: a file
//! with the day of all events (two bytes each), the place of all (two), and country and weapon of all (one),
//! and the names of the countries and the weapons.
//!
//! Other tools know no dates of several days: of those the first day is taken.

use std::fs;
use std::io;
use std::path::Path;

use sitrep_atlas::domain::{Code as _, Weapon};

use crate::question::COUNTRY;
use crate::support::places::MadeUpPlace;
use crate::support::rows::{FIRST_DAY, Row};

/// The twelve weapons, with the words that stand for them in those scripts, which name six of them: those
/// of the question.
const WEAPONS: [(Weapon, &str); 12] = [
    (Weapon::OneWayDrone, "One-way attack drone"),
    (Weapon::Rocket, "Rocket, 107mm"),
    (Weapon::Artillery, "Rocket, 122mm"),
    (Weapon::Mortar, "Mortar"),
    (Weapon::Ied, "IED"),
    (Weapon::SmallArms, "RPG"),
    (Weapon::IndirectFire, "Unknown indirect fire"),
    (Weapon::ArmedDrone, "Loitering munition"),
    (Weapon::Drone, "Drone"),
    (Weapon::BallisticMissile, "Ballistic missile"),
    (Weapon::Airstrike, "Air strike"),
    (Weapon::Unknown, "Unknown"),
];

/// Writes `codes_1m.bin` and `codes_1m.json` into a folder, which is made.
pub(crate) fn write(rows: &[Row], places: &[MadeUpPlace], folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let day = |row: &Row| u16::try_from(row.span.first().number() - FIRST_DAY).unwrap_or(0);
    let site = |row: &Row| u16::try_from(row.site).unwrap_or(u16::MAX);
    let code = |row: &Row| {
        let is_first = places[row.site as usize].country == COUNTRY;
        let weapon = WEAPONS.iter().position(|(weapon, _)| *weapon == row.weapon).unwrap_or(0);
        u8::try_from(usize::from(!is_first) * WEAPONS.len() + weapon).unwrap_or(0)
    };
    let mut bytes: Vec<u8> = rows.iter().flat_map(|row| day(row).to_le_bytes()).collect();
    bytes.extend(rows.iter().flat_map(|row| site(row).to_le_bytes()));
    bytes.extend(rows.iter().map(code));
    fs::write(folder.join("codes_1m.bin"), bytes)?;
    let weapons = WEAPONS.map(|(_, word)| word);
    debug_assert_eq!(weapons.len() + 1, Weapon::ALL.len());
    let names = serde_json::json!({ "country": ["Iraq", "other"], "sub_event_type": weapons });
    fs::write(folder.join("codes_1m.json"), names.to_string())
}
