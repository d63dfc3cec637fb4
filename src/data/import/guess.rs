//! What the columns of an unknown table are, guessed from their names and, where a name fits more than one meaning,
//! from the cells below it. Each guess has its reason, for a person to judge.

use super::Role;
use super::dates;
use super::dialect::Sample;
use super::mapping::{MappedColumn, Mapping};
use super::positions::{self, Axis};
use crate::domain::{Code, DatePrecision, PlacePrecision};

/// Names that columns have for a role, folded: lower case, words with one space between them. The first that fits wins.
const NAMES: &[(Role, &[&str])] = &[
    (Role::Id, &["id", "event id", "incident id", "event no", "uid", "code", "رقم"]),
    (
        Role::Date,
        &[
            "date",
            "event date",
            "start date",
            "date start",
            "start",
            "begin",
            "incident date",
            "day date",
            "from",
            "datetime",
            "date time",
            "timestamp",
            "time stamp",
            "when",
            "التاريخ",
            "تاريخ",
        ],
    ),
    (Role::DateEnd, &["end date", "date end", "end", "until", "last day", "to"]),
    (Role::Year, &["year", "السنة"]),
    (Role::Month, &["month", "الشهر"]),
    (Role::DayOfMonth, &["day", "اليوم"]),
    (Role::Time, &["time", "local time", "time of day", "الوقت"]),
    (Role::DatePrecision, &["date precision", "time precision", "date prec"]),
    (Role::Mgrs, &["mgrs", "mgrs coordinate", "mgrs coordinates", "grid reference"]),
    (
        Role::Position,
        &[
            "coordinates",
            "coordinate",
            "coords",
            "position",
            "lat lon",
            "lat long",
            "lat lng",
            "latlon",
            "latlong",
            "latlng",
            "geom",
            "geometry",
            "geom wkt",
            "wkt",
            "point",
            "gps",
            "الإحداثيات",
        ],
    ),
    (
        Role::Place,
        &[
            "place",
            "location",
            "site",
            "place name",
            "location name",
            "site name",
            "city",
            "town",
            "village",
            "name",
            "المكان",
            "الموقع",
            "المدينة",
        ],
    ),
    (
        Role::PlaceArabic,
        &["name ar", "place ar", "location arabic", "location name arabic", "arabic name"],
    ),
    (
        Role::PlacePrecision,
        &["place precision", "geo precision", "location precision", "where prec"],
    ),
    (
        Role::Governorate,
        &[
            "governorate",
            "province",
            "admin1",
            "adm1",
            "adm 1",
            "admin 1",
            "state",
            "المحافظة",
            "محافظة",
        ],
    ),
    (Role::Country, &["country", "country name", "iso2", "iso 2", "البلد", "الدولة"]),
    (
        Role::Class,
        &[
            "class",
            "category",
            "event type",
            "type",
            "incident type",
            "kind",
            "attack type",
            "النوع",
            "نوع الحادث",
        ],
    ),
    (Role::Kind, &["sub event type", "subtype", "sub type", "sub category", "subcategory"]),
    (Role::Weapon, &["weapon", "weapons", "weapon type", "munition", "السلاح"]),
    (
        Role::Party,
        &["actor", "actors", "actor1", "actor2", "actor 1", "actor 2", "side a", "side b", "party"],
    ),
    (Role::AttributedTo, &["attributed to", "perpetrator", "attacker", "attribution", "gname"]),
    (Role::ClaimedBy, &["claimed by", "claim", "claimant"]),
    (Role::KilledLow, &["killed low", "killed min", "min killed", "deaths low", "fatalities low"]),
    (
        Role::KilledHigh,
        &["killed high", "killed max", "max killed", "deaths high", "fatalities high"],
    ),
    (Role::Killed, &["killed", "fatalities", "deaths", "dead", "nkill", "kia", "القتلى", "قتلى"]),
    (Role::WoundedLow, &["wounded low", "wounded min", "injured min", "injured low"]),
    (Role::WoundedHigh, &["wounded high", "wounded max", "injured max", "injured high"]),
    (Role::Wounded, &["wounded", "injured", "injuries", "nwound", "wia", "الجرحى", "جرحى"]),
    (Role::Status, &["status", "confirmation"]),
    (Role::Url, &["url", "link", "source url", "web", "href", "الرابط"]),
    (Role::Source, &["source", "sources", "publisher", "reported by", "المصدر"]),
    (Role::Title, &["title", "headline", "العنوان"]),
    (
        Role::Summary,
        &[
            "summary",
            "description",
            "notes",
            "details",
            "text",
            "what happened",
            "event description",
            "desc",
            "الوصف",
        ],
    ),
    (Role::Note, &["note", "comment", "comments", "remarks", "ملاحظات"]),
];

/// The names of latitude and longitude, in the order in which pairs are tried.
const PAIRS: [[&str; 2]; 7] = [
    ["lat", "lng"],
    ["lat", "lon"],
    ["lat", "long"],
    ["latitude", "longitude"],
    ["خط العرض", "خط الطول"],
    ["العرض", "الطول"],
    ["y", "x"],
];

/// A guess at the columns of a table.
pub(super) fn guess(sample: &Sample) -> Mapping {
    let folded: Vec<String> = sample.header.iter().map(|name| fold(name)).collect();
    let mut guess = Guess { sample, folded, mapping: Mapping::default() };
    // Words for precision are taken only where they are those of our own tables: numbers of an unknown codebook may mean
    // anything, and stay in the card as they are.
    guess.mapping.date_codes = codes::<DatePrecision>();
    guess.mapping.place_codes = codes::<PlacePrecision>();
    guess.pair();
    for (role, names) in NAMES {
        guess.by_name(*role, names);
    }
    if guess.mapping.place(Role::Date).is_none() && guess.mapping.place(Role::Year).is_none() {
        guess.date_by_cells();
    }
    guess.mapping
}

/// The words of our own tables.
pub(super) fn codes<C: Code>() -> Vec<(String, C)> {
    C::ALL.iter().map(|code| (code.code().to_owned(), *code)).collect()
}

/// A name as its words: lower case, with one space where anything but letters and digits stands, and before a capital
/// that begins a word, as in `eventDate`.
fn fold(name: &str) -> String {
    let mut folded = String::new();
    let mut before_is_lower = false;
    for c in name.trim().chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && before_is_lower {
                folded.push(' ');
            }
            folded.extend(c.to_lowercase());
        } else if !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
        before_is_lower = c.is_lowercase();
    }
    folded.trim_end().to_owned()
}

struct Guess<'a> {
    sample: &'a Sample,
    folded: Vec<String>,
    mapping: Mapping,
}

impl Guess<'_> {
    fn take(&mut self, role: Role, place: usize, why: String) {
        self.mapping.columns.push(MappedColumn { role, place, why });
    }

    /// The two columns of a position. The second has the name of the first with the word replaced, so that
    /// `target_lat` goes with `target_lon`.
    fn pair(&mut self) {
        for [first, second] in PAIRS {
            for place in 0..self.folded.len() {
                let name = format!(" {} ", self.folded[place]);
                let partner = name.replacen(&format!(" {first} "), &format!(" {second} "), 1);
                if partner == name {
                    continue;
                }
                let found = self.folded.iter().position(|n| *n == partner.trim());
                let Some(other) = found.filter(|o| self.fits_degrees(place, *o)) else { continue };
                let why = |partner: usize| {
                    format!(
                        "goes with \"{}\", and their cells are degrees",
                        self.sample.header[partner]
                    )
                };
                let (first, second) = (why(other), why(place));
                self.take(Role::Latitude, place, first);
                self.take(Role::Longitude, other, second);
                return;
            }
        }
    }

    /// Whether most filled cells are degrees; projected numbers are not. Columns that may stand in each other's place are
    /// taken for what their names say, and `swap.rs` tells.
    fn fits_degrees(&self, lat: usize, lon: usize) -> bool {
        let fits = |place: usize, axis: Axis, limit: f64| {
            let (mut filled, mut good) = (0, 0);
            for cell in self.sample.column(place) {
                filled += 1;
                good +=
                    usize::from(positions::degrees(cell, axis).is_some_and(|d| d.abs() <= limit));
            }
            good * 2 >= filled
        };
        let pair = |lat, lon| fits(lat, Axis::Latitude, 90.0) && fits(lon, Axis::Longitude, 180.0);
        pair(lat, lon) || pair(lon, lat)
    }

    fn by_name(&mut self, role: Role, names: &[&str]) {
        for name in names {
            let named = |place: &usize| self.folded[*place] == *name && !self.mapping.uses(*place);
            let found: Vec<usize> =
                (0..self.folded.len()).filter(named).filter(|p| self.fits(role, *p)).collect();
            for place in found {
                let why = format!("its name is \"{}\"", self.sample.header[place]);
                self.take(role, place, why);
                if !role.may_repeat() {
                    return;
                }
            }
        }
    }

    /// Whether the cells of a column can be what its name says, for roles whose cells must be read.
    fn fits(&self, role: Role, place: usize) -> bool {
        let most = |fits: &dyn Fn(&str) -> bool| {
            let (mut filled, mut good) = (0, 0);
            for cell in self.sample.column(place) {
                filled += 1;
                good += usize::from(fits(cell));
            }
            good * 2 >= filled
        };
        match role {
            Role::Date | Role::DateEnd => most(&|cell| dates::read(cell).is_some()),
            Role::Position => most(&|cell| positions::both(cell).is_some()),
            Role::Mgrs => most(&|cell| positions::mgrs(cell).is_some()),
            Role::Year | Role::Month | Role::DayOfMonth => {
                most(&|cell| cell.parse::<u16>().is_ok())
            }
            Role::DatePrecision => most(&|cell| DatePrecision::from_code(cell).is_some()),
            Role::PlacePrecision => most(&|cell| PlacePrecision::from_code(cell).is_some()),
            Role::Killed | Role::Wounded => most(&|cell| super::counts::read(cell).is_some()),
            _ => true,
        }
    }

    /// The first column of which nearly all cells are dates to the day, when none has the name of one.
    fn date_by_cells(&mut self) {
        for place in 0..self.sample.header.len() {
            let cells: Vec<&str> = self.sample.column(place).collect();
            let is_date = |cell: &&&str| cell.len() >= 8 && dates::read(cell).is_some();
            let good = cells.iter().filter(is_date).count();
            if !self.mapping.uses(place) && good > 0 && good * 10 >= cells.len() * 9 {
                let why =
                    format!("nearly all cells of \"{}\" are dates", self.sample.header[place]);
                self.take(Role::Date, place, why);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(table: &str) -> Vec<(&'static str, String)> {
        use crate::domain::Code as _;
        let sample = Sample::read(table.as_bytes(), true);
        let mapping = guess(&sample);
        mapping.columns.iter().map(|c| (c.role.code(), sample.header[c.place].clone())).collect()
    }

    fn has(table: &str, role: &str, column: &str) {
        let guessed = guessed(table);
        assert!(guessed.iter().any(|(r, c)| *r == role && c == column), "{guessed:?}");
    }

    #[test]
    fn columns_are_told_by_their_names() {
        let table = "Event Date;Site Lat;Site Lon;Location Name;eventType;Killed;Source URL\n\
                     05.01.2022;33,3;44,4;Baghdad;rocket;1;http://x\n";
        for (role, column) in [
            ("date", "Event Date"),
            ("latitude", "Site Lat"),
            ("longitude", "Site Lon"),
            ("place", "Location Name"),
            ("class", "eventType"),
            ("killed", "Killed"),
            ("url", "Source URL"),
        ] {
            has(table, role, column);
        }
    }

    #[test]
    fn arabic_names_are_understood() {
        let table = "التاريخ,خط العرض,خط الطول,المكان\n2022-01-05,33.3,44.4,بغداد\n";
        for (role, column) in [
            ("date", "التاريخ"),
            ("latitude", "خط العرض"),
            ("longitude", "خط الطول"),
            ("place", "المكان"),
        ] {
            has(table, role, column);
        }
    }

    #[test]
    fn a_name_that_only_holds_a_word_is_not_taken_for_it() {
        let table = "Total,Victoria,October,translation,along\n5,x,y,z,1\n";
        assert_eq!(guessed(table), []);
        // Metres of a projection are no degrees.
        assert_eq!(guessed("y,x\n3712345,441234\n"), []);
    }

    #[test]
    fn a_column_of_dates_is_found_by_its_cells() {
        has("seen,what\n2022-01-05,a\n2022-01-06,b\n", "date", "seen");
    }

    #[test]
    fn no_column_is_two_things() {
        for table in ["date,date,id,name,name\n2022-01-05,x,1,a,b\n", "lat,lon,lat,lon\n1,2,3,4\n"]
        {
            let sample = Sample::read(table.as_bytes(), true);
            let mut places: Vec<usize> = guess(&sample).columns.iter().map(|c| c.place).collect();
            let all = places.len();
            places.sort_unstable();
            places.dedup();
            assert_eq!(places.len(), all);
        }
    }
}
