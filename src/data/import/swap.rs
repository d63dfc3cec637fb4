//! Latitude and longitude that stand in each other's column: told from the whole column, never corrected unasked.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::Role;
use super::blocks::{self, Progress, Seen};
use super::dialect::Sample;
use super::mapping::Mapping;
use super::positions::{self, Axis};
use super::text_file::TextFile;
use crate::data::basemap;
use crate::domain::basemap::AreaKind;

/// Two columns whose positions fit only when they change places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Swapped {
    /// The column that is taken for the latitude.
    pub latitude: String,
    /// The column that is taken for the longitude.
    pub longitude: String,
    /// Rows with numbers in both.
    pub rows: u64,
    /// Rows that are on the earth only when they change places.
    pub off_the_earth: u64,
    /// Rows that lie in the country that they name (or, where they name none, in Iraq or Syria) only when they change places.
    pub elsewhere: u64,
}

impl Swapped {
    /// What was seen, as the end of a sentence that begins with a place in the file.
    #[must_use]
    pub fn words(&self) -> String {
        let Self { latitude, longitude, rows, off_the_earth, elsewhere } = self;
        let fit = off_the_earth + elsewhere;
        let mut why = Vec::new();
        if *off_the_earth > 0 {
            why.push(format!("{off_the_earth} are not on the earth as they stand"));
        }
        if *elsewhere > 0 {
            why.push(format!(
                "{elsewhere} lie outside the country of their row (Iraq and Syria where none is named) as they stand"
            ));
        }
        let these = if fit == *rows {
            format!("all {rows} positions")
        } else {
            format!("{fit} of {rows} positions")
        };
        let why = why.join(", ");
        format!("{these} fit only when \"{latitude}\" and \"{longitude}\" change places: {why}")
    }

    /// What to do about it.
    pub(super) const ADVICE: &str = "nothing was changed; if it is so, give the two columns each other's role in a mapping (`sitrep check FILE --write-mapping m.toml`), or in the window under \"How this file was read\"";
}

/// West, south, east, north in degrees.
type Edges = [f64; 4];

/// Iraq and Syria, with a quarter of a degree around them.
const HOME: [Edges; 2] = [[38.5, 28.8, 48.9, 37.7], [35.4, 32.0, 42.7, 37.6]];

/// What one row says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fits {
    AsItStands,
    OnlySwapped {
        on_the_earth: bool,
    },
    /// There are no two numbers.
    Neither,
}

struct Judge {
    latitude: usize,
    longitude: usize,
    country: Option<usize>,
    /// The edges of countries by their names and codes, in lower case.
    countries: BTreeMap<String, Edges>,
}

impl Judge {
    fn new(mapping: &Mapping) -> Option<Self> {
        let (latitude, longitude) =
            (mapping.place(Role::Latitude)?, mapping.place(Role::Longitude)?);
        let country = mapping.place(Role::Country);
        let countries = if country.is_some() { countries() } else { BTreeMap::new() };
        Some(Self { latitude, longitude, country, countries })
    }

    fn row<'c>(&self, cell: impl Fn(usize) -> std::borrow::Cow<'c, str>) -> Fits {
        let [first, second] = [self.latitude, self.longitude].map(&cell);
        let pair = |lat: &str, lon: &str| {
            positions::degrees(lat, Axis::Latitude).zip(positions::degrees(lon, Axis::Longitude))
        };
        let on_earth = |(lat, lon): &(f64, f64)| lat.abs() <= 90.0 && lon.abs() <= 180.0;
        let stands = pair(&first, &second).filter(on_earth);
        let swapped = pair(&second, &first).filter(on_earth);
        let (stands, swapped) = match (stands, swapped) {
            (None, None) => return Fits::Neither,
            (None, Some(_)) => return Fits::OnlySwapped { on_the_earth: false },
            (Some(_), None) => return Fits::AsItStands,
            (Some(stands), Some(swapped)) => (stands, swapped),
        };
        let named = self.country.map(&cell).unwrap_or_default();
        let named = named.trim().to_lowercase();
        let home: &[Edges] = if named.is_empty() {
            &HOME
        } else {
            self.countries.get(&named).map_or(&[], std::slice::from_ref)
        };
        let is_home = |(lat, lon): (f64, f64)| {
            home.iter().any(|[west, south, east, north]| {
                (*west..=*east).contains(&lon) && (*south..=*north).contains(&lat)
            })
        };
        if is_home(swapped) && !is_home(stands) {
            Fits::OnlySwapped { on_the_earth: true }
        } else {
            Fits::AsItStands
        }
    }
}

/// The edges of the countries that the basemap has whole.
fn countries() -> BTreeMap<String, Edges> {
    // Part of the program: it is read, or nothing is said of countries.
    let Ok(map) = basemap::load() else { return BTreeMap::new() };
    let mut all = BTreeMap::new();
    for area in map.areas.iter().filter(|a| a.kind == AreaKind::Country) {
        let corners = area.levels.first().into_iter().flatten().flatten().flatten();
        let mut edges = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for [lon, lat] in corners.map(|c| c.map(f64::from)) {
            edges = [edges[0].min(lon), edges[1].min(lat), edges[2].max(lon), edges[3].max(lat)];
        }
        let [west, south, east, north] = map.bounds;
        let is_cut = edges[0] <= west || edges[1] <= south || edges[2] >= east || edges[3] >= north;
        if is_cut || edges[0] > edges[2] {
            continue;
        }
        let around = [edges[0] - 0.25, edges[1] - 0.25, edges[2] + 0.25, edges[3] + 0.25];
        let names = [Some(&area.name), area.name_ar.as_ref(), Some(&area.id), Some(&area.country)];
        for name in names.into_iter().flatten().filter(|name| !name.is_empty()) {
            all.insert(name.to_lowercase(), around);
        }
    }
    all
}

#[derive(Default)]
struct Tally {
    rows: u64,
    off_the_earth: u64,
    elsewhere: u64,
}

impl Tally {
    fn add(&mut self, fits: Fits) {
        self.rows += u64::from(fits != Fits::Neither);
        self.off_the_earth += u64::from(fits == Fits::OnlySwapped { on_the_earth: false });
        self.elsewhere += u64::from(fits == Fits::OnlySwapped { on_the_earth: true });
    }

    fn swapped(&self) -> u64 {
        self.off_the_earth + self.elsewhere
    }
}

/// Whether latitude and longitude stand in each other's column: nearly all positions fit only then. The whole column is
/// looked at where its beginning gives reason to.
///
/// # Errors
/// When the file cannot be read to its end, or the reading was broken off.
pub(super) fn swapped(
    file: &TextFile,
    sample: &Sample,
    mapping: &Mapping,
    progress: &Progress,
) -> io::Result<Option<Swapped>> {
    let Some(judge) = Judge::new(mapping) else { return Ok(None) };
    let mut start = Tally::default();
    for row in &sample.rows {
        start.add(judge.row(|place| row.get(place).map_or("", String::as_str).into()));
    }
    if start.swapped() * 2 < start.rows || start.rows == 0 {
        return Ok(None);
    }
    let each = |(): &mut (), seen: &mut Tally, row: Seen<'_>| {
        if let Seen::Row(row, block) = row {
            seen.add(judge.row(|place| row.text(block, place)));
        }
    };
    let from = sample.rows_of(file);
    let start = |_: blocks::BlockStart<'_>| Tally::default();
    let parts = blocks::all(&from, progress, start, each)?;
    let mut all = Tally::default();
    for part in parts {
        all.rows += part.value.rows;
        all.off_the_earth += part.value.off_the_earth;
        all.elsewhere += part.value.elsewhere;
    }
    let name = |place: usize| sample.header.get(place).cloned().unwrap_or_default();
    Ok((all.swapped() * 10 >= all.rows * 9).then(|| Swapped {
        latitude: name(judge.latitude),
        longitude: name(judge.longitude),
        rows: all.rows,
        off_the_earth: all.off_the_earth,
        elsewhere: all.elsewhere,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::import::Table;

    fn seen(table: &str) -> Option<(u64, u64, u64)> {
        let table = Table::in_memory(table.as_bytes().to_vec()).unwrap();
        let swapped = table.swapped(&Progress::default()).unwrap();
        swapped.map(|s| (s.rows, s.off_the_earth, s.elsewhere))
    }

    #[test]
    fn columns_that_fit_only_when_they_change_places_are_told() {
        for (table, found) in [
            // Of Iraq, and nothing says of which country.
            ("date,lat,lon\n2022-01-05,44.4,33.3\n2022-01-05,40.14,35.33\n", Some((2, 0, 2))),
            ("date,lat,lon\n2022-01-05,33.3,44.4\n2022-01-05,35.33,40.14\n", None),
            // Not on the earth, or with the letter of the other one.
            ("date,lat,lon\n2022-01-05,151.2,-33.9\n2022-01-06,44.4E,33.3N\n", Some((2, 2, 0))),
            // Of the country that the row names, and of one that the map does not know.
            ("date,lat,lon,country\n2022-01-05,44.4,33.3,Iraq\n", Some((1, 0, 1))),
            ("date,lat,lon,country\n2022-01-05,44.4,33.3,العراق\n", Some((1, 0, 1))),
            ("date,lat,lon,country\n2022-01-05,44.4,33.3,Elsewhere\n", None),
            ("date,lat,lon,country\n2022-01-05,33.3,44.4,Elsewhere\n", None),
            // One that is right among few is no reason to say so of all.
            ("date,lat,lon\na,44.4,33.3\nb,33.3,44.4\nc,44.5,33.3\n", None),
            ("date,lat,lon\n2022-01-05,,\n", None),
            ("date,place\n2022-01-05,x\n", None),
        ] {
            assert_eq!(seen(table), found, "{table}");
        }
    }

    #[test]
    fn the_whole_column_is_looked_at_and_not_only_its_beginning() {
        let row = |lat: f64, lon: f64| format!("2022-01-05,{lat},{lon}\n");
        let wrong = row(44.4, 33.3).repeat(300);
        let table = |more: usize| format!("date,lat,lon\n{wrong}{}", row(33.3, 44.4).repeat(more));
        assert_eq!(seen(&table(30)), Some((330, 0, 300)));
        assert_eq!(seen(&table(300)), None);
    }
}
