//! What a person says of names of places, as a table of a mapping file: `"Al Tanf" = "al-tanf"`, `"Tanf" = [33.5, 38.6]`,
//! `"X" = "unknown"`.

use toml::de::DeValue;

use super::by_name::gazetteer;
use super::mapping::PlaceSaid;
use super::mapping_file::{did_you_mean, quoted, remark};
use super::place_names::PlaceNames;
use super::positions;
use crate::domain::LonLat;

/// The word for a place of which nobody knows where it is.
const UNKNOWN: &str = "unknown";
/// So many names are put down as remarks.
const MOST: usize = 200;

/// The table, with the names that are to be settled as remarks; empty where there is nothing to say.
pub(super) fn write(places: &[(String, PlaceSaid)], names: &PlaceNames) -> String {
    let is_said = |name: &str| places.iter().any(|(said, _)| said == name);
    let open: Vec<_> = names.names.iter().filter(|n| n.is_open() && !is_said(&n.full())).collect();
    if places.is_empty() && open.is_empty() {
        return String::new();
    }
    let mut text = "\n# Where places are that have a name and no position: a site of the record, a town (\"Hit (IQ)\") or a governorate (\"IQ-AN\"),\n\
         # a position as [latitude, longitude], or \"unknown\". A name may stand with its governorate: \"Balad, Salah al-Din\".\n\
         [places]\n"
        .to_owned();
    for (name, said) in places {
        let said = match said {
            PlaceSaid::Place(id) => quoted(id),
            PlaceSaid::At(position) => format!("[{:?}, {:?}]", position.lat(), position.lon()),
            PlaceSaid::Unknown => quoted(UNKNOWN),
        };
        text.push_str(&format!("{} = {said}\n", key(name)));
    }
    for name in open.iter().take(MOST) {
        let id = name.candidates.first().map_or(UNKNOWN, |c| c.id.as_str());
        let rows = if name.rows == 1 { "1 row".to_owned() } else { format!("{} rows", name.rows) };
        let candidates: Vec<String> =
            name.candidates.iter().map(|c| format!("{} ({})", quoted(&c.id), c.what)).collect();
        let candidates = match candidates.len() {
            0 => "no place has a name like it".to_owned(),
            _ => candidates.join(" or "),
        };
        let line = format!("# {} = {}  # {rows}; {candidates}", key(&name.full()), quoted(id));
        text.push_str(&format!("{}\n", remark(&line)));
    }
    if open.len() > MOST {
        text.push_str(&format!("# and {} names more\n", open.len() - MOST));
    }
    text
}

/// A name as a key of TOML, in one line.
fn key(name: &str) -> String {
    let mut text = String::from("\"");
    for c in name.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c.is_control() => text.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

/// What the value of a name says.
pub(super) fn read(name: &str, value: &DeValue<'_>) -> Result<PlaceSaid, String> {
    let name = remark(name);
    if let Some(id) = value.as_str() {
        if id == UNKNOWN {
            return Ok(PlaceSaid::Unknown);
        }
        return if gazetteer().by_id(id).is_some() {
            Ok(PlaceSaid::Place(id.to_owned()))
        } else {
            let meant = did_you_mean(id, gazetteer().ids());
            let id = remark(id);
            Err(format!("\"{name}\": no site, town or governorate is called \"{id}\"{meant}"))
        };
    }
    let wrong = || {
        format!(
            "\"{name}\" is a site, a town or a governorate in quotation marks, a position as [latitude, longitude], or \"{UNKNOWN}\""
        )
    };
    let numbers: Vec<f64> = value
        .as_array()
        .ok_or_else(wrong)?
        .iter()
        .map(|one| number(one.get_ref()).ok_or_else(wrong))
        .collect::<Result<_, String>>()?;
    let [lat, lon] = numbers[..] else { return Err(wrong()) };
    LonLat::new(lon, lat).map(PlaceSaid::At).map_err(|error| format!("\"{name}\": {error}"))
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(number) => number.as_str().parse().ok(),
        DeValue::Float(number) => number.as_str().parse().ok(),
        _ => None,
    }
}

impl PlaceSaid {
    /// What somebody typed of a place: its name in the gazetteer ("Hit (IQ)", `al-tanf`, "IQ-AN"), a position as latitude and
    /// longitude, or "unknown"; `None` of anything else.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.eq_ignore_ascii_case(UNKNOWN) {
            return Some(Self::Unknown);
        }
        let place = || gazetteer().by_id(text).map(|_| Self::Place(text.to_owned()));
        place().or_else(|| positions::both(text).map(Self::At))
    }

    /// What it says, as somebody would type it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Place(id) => id.clone(),
            Self::At(position) => format!("{:?}, {:?}", position.lat(), position.lon()),
            Self::Unknown => UNKNOWN.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_a_place_that_is_known_a_position_or_unknown() {
        for (typed, text) in [
            ("Hit (IQ)", Some("Hit (IQ)")),
            (" al-tanf ", Some("al-tanf")),
            ("33.5, 38.6", Some("33.5, 38.6")),
            ("Unknown", Some("unknown")),
            ("somewhere", None),
            ("93.5, 38.6", None),
            ("", None),
        ] {
            let said = PlaceSaid::typed(typed).map(|said| said.text());
            assert_eq!(said.as_deref(), text, "{typed}");
        }
    }
}
