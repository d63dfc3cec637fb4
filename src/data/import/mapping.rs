//! Which column of a table is what, and how its cells are to be read: guessed, known from a profile, or written
//! down by a person.

use serde::{Deserialize, Serialize};

use super::Role;
use crate::domain::{DatePrecision, LonLat, PlacePrecision};

/// In which order the numbers of a date such as 03/04/2020 stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// Day, month, year.
    DayMonthYear,
    /// Month, day, year.
    MonthDayYear,
}

/// What a number of people killed or wounded means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountMeaning {
    /// As many as it says.
    #[default]
    Exact,
    /// At least as many; zero may also mean that nothing is known.
    AtLeast,
}

/// A column and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedColumn {
    /// What it is.
    pub role: Role,
    /// Its place in the table, from 0.
    pub place: usize,
    /// Why it is taken for that, for a person to judge.
    pub why: String,
}

/// What a person says of the name of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceSaid {
    /// It is a place of the gazetteer, by its identifier there.
    Place(String),
    /// It is at this position.
    At(LonLat),
    /// Nobody knows where it is.
    Unknown,
}

/// Which column is what, and how cells are read.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping {
    /// The dataset that tables of this shape come from, such as "ACLED"; `None` where it is not known.
    pub profile: Option<&'static str>,
    /// Who said so, where a person did, as the end of a sentence: "m.toml says".
    pub said_by: Option<String>,
    /// The columns in use. A role that may not repeat stands once.
    pub columns: Vec<MappedColumn>,
    /// The order of numbers in dates; `None` as long as nobody decided and the column does not tell.
    pub date_order: Option<DateOrder>,
    /// What a word of the column of date precision means.
    pub date_codes: Vec<(String, DatePrecision)>,
    /// What a word of the column of place precision means.
    pub place_codes: Vec<(String, PlacePrecision)>,
    /// What a word of the column of classes means to people; a word that is not listed stands for itself.
    pub class_words: Vec<(String, String)>,
    /// Where places are that have a name and no position, by their names, because a person said so.
    pub places: Vec<(String, PlaceSaid)>,
    /// The precision of a position where no column says it.
    pub place_precision: PlacePrecision,
    /// What counts of people mean.
    pub counts: CountMeaning,
    /// What stands between several sources, parties or addresses in one cell.
    pub list_separator: Option<char>,
    /// How cells are taken, in sentences for the import report.
    pub notes: Vec<String>,
}

impl Default for Mapping {
    fn default() -> Self {
        Self {
            profile: None,
            said_by: None,
            columns: Vec::new(),
            date_order: None,
            date_codes: Vec::new(),
            place_codes: Vec::new(),
            class_words: Vec::new(),
            places: Vec::new(),
            // Nobody says that the position is that of the impact.
            place_precision: PlacePrecision::Settlement,
            counts: CountMeaning::Exact,
            list_separator: None,
            notes: Vec::new(),
        }
    }
}

impl Mapping {
    /// The column that has a role, the first of several.
    #[must_use]
    pub fn place(&self, role: Role) -> Option<usize> {
        self.columns.iter().find(|c| c.role == role).map(|c| c.place)
    }

    /// The columns that have a role.
    pub fn places(&self, role: Role) -> impl Iterator<Item = usize> {
        self.columns.iter().filter(move |c| c.role == role).map(|c| c.place)
    }

    /// Whether a column, or several together, say when.
    #[must_use]
    pub fn has_date(&self) -> bool {
        self.place(Role::Date).or(self.place(Role::Year)).is_some()
    }

    /// What a column is taken for.
    #[must_use]
    pub fn role_of(&self, place: usize) -> Option<Role> {
        self.columns.iter().find(|c| c.place == place).map(|c| c.role)
    }

    /// Gives a column a role, or none, because a person says so. A role that may not repeat is taken from the column that
    /// had it.
    pub fn give(&mut self, place: usize, role: Option<Role>) {
        if self.role_of(place) == role {
            return;
        }
        self.columns.retain(|c| {
            c.place != place && (Some(c.role) != role || role.is_some_and(Role::may_repeat))
        });
        if let Some(role) = role {
            self.columns.push(MappedColumn { role, place, why: "you said so".to_owned() });
        }
    }

    /// Lets the columns of latitude and longitude change their roles.
    pub fn swap_positions(&mut self) {
        for column in &mut self.columns {
            let other = match column.role {
                Role::Latitude => Role::Longitude,
                Role::Longitude => Role::Latitude,
                _ => continue,
            };
            (column.role, column.why) = (other, "you said so".to_owned());
        }
    }

    /// Says where places of a name are, or nothing any more.
    pub fn settle(&mut self, name: &str, said: Option<PlaceSaid>) {
        let place = self.places.iter().position(|(other, _)| other == name);
        match (place, said) {
            (Some(place), Some(said)) => self.places[place].1 = said,
            (Some(place), None) => {
                self.places.remove(place);
            }
            (None, Some(said)) => self.places.push((name.to_owned(), said)),
            (None, None) => {}
        }
    }

    /// Whether a column is in use only where others say nothing, or to be compared with them, and so also stands in the card as it
    /// is: a best count beside the lowest and the highest.
    #[must_use]
    pub fn keeps(&self, place: usize) -> bool {
        let has = |low, high| self.place(low).is_some() && self.place(high).is_some();
        match self.role_of(place) {
            Some(Role::Killed) => has(Role::KilledLow, Role::KilledHigh),
            Some(Role::Wounded) => has(Role::WoundedLow, Role::WoundedHigh),
            Some(_) => false,
            None => true,
        }
    }

    /// Whether a column of the table is in use.
    #[must_use]
    pub fn uses(&self, place: usize) -> bool {
        self.columns.iter().any(|c| c.place == place)
    }
}

impl DateOrder {
    /// Both.
    pub const ALL: [Self; 2] = [Self::DayMonthYear, Self::MonthDayYear];

    /// Its word in a mapping file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::DayMonthYear => "day-month-year",
            Self::MonthDayYear => "month-day-year",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::DayMonthYear => Self::MonthDayYear,
            Self::MonthDayYear => Self::DayMonthYear,
        }
    }
}

impl CountMeaning {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Exact, Self::AtLeast];

    /// Its word in a mapping file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::AtLeast => "at-least",
        }
    }
}
