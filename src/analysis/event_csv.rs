//! Events as rows with the columns of the events table: what CSV, JSON and map files hold of each.

use serde::Serialize;
use serde::ser::SerializeMap as _;
use serde_json::{Value, json};

use super::event_tsv::is_formula;
use super::{Certainty, Shown};
use crate::domain::{ActorIndex, Code as _, CountRange, Dataset, LonLat, PersonGroup};

/// Columns of the events table with their values, in order; as JSON an object.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow(pub Vec<(String, Value)>);

impl Serialize for EventRow {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (column, value) in &self.0 {
            map.serialize_entry(column, value)?;
        }
        map.end()
    }
}

impl EventRow {
    /// The row of an event.
    #[must_use]
    pub fn of(dataset: &Dataset, shown: Shown) -> Self {
        let event = dataset.event(shown.event);
        let (site, words) = (dataset.site(event.site), dataset.words(event));
        let position = event.position.get().or(site.position);
        let actors = |list: &[ActorIndex]| {
            list.iter().map(|a| dataset.actor(*a).id.as_str()).collect::<Vec<_>>().join("; ")
        };
        let mut sources: Vec<_> = dataset
            .reports_of(shown.event)
            .iter()
            .map(|r| dataset.source(r.source).id.as_str())
            .collect();
        sources.dedup();
        let mut columns: Vec<(String, Value)> = Vec::new();
        let mut put = |name: &str, value: Value| columns.push((name.to_owned(), value));
        put("id", json!(words.id));
        put(
            "certainty",
            json!(if shown.certainty == Certainty::Certain { "certain" } else { "possible" }),
        );
        put("start", json!(event.date.span.first().to_string()));
        put("end", json!(event.date.span.last().to_string()));
        put("date_precision", json!(event.date.precision.code()));
        put("local_time", json!(event.date.local_time.as_deref()));
        put("site", json!(site.id));
        put("site_name", json!(site.name));
        put("country", json!(site.country));
        put("lat", json!(position.map(LonLat::lat)));
        put("lon", json!(position.map(LonLat::lon)));
        put("place_precision", json!(event.precision.code()));
        put("position_from", json!(site.coord_source));
        put("direction", json!(dataset.classes.code(event.direction)));
        put("weapon", json!(event.weapon.code()));
        put("weapon_detail", json!(words.weapon_detail));
        range("munitions", event.munitions.get(), &mut put);
        for group in PersonGroup::ALL {
            range(&format!("killed_{}", group.code()), event.killed.get(*group), &mut put);
        }
        for group in PersonGroup::ALL {
            range(&format!("wounded_{}", group.code()), event.wounded.get(*group), &mut put);
        }
        range("intercepted", event.intercepted.get(), &mut put);
        put("damage", json!(event.damage.code()));
        put("outcome", json!(words.outcome));
        put("target", json!(words.target));
        put("attributed_to", json!(actors(&event.attributed_to)));
        put("attributed_by", json!(words.attributed_by));
        put("claimed_by", json!(actors(&event.claimed_by)));
        put("status", json!(event.status.code()));
        put("confidence", json!(event.confidence.code()));
        put("note", json!(words.note));
        put("summary", json!(words.summary));
        put("sources", json!(sources.join("; ")));
        Self(columns)
    }
}

fn range(stem: &str, count: Option<CountRange>, put: &mut impl FnMut(&str, Value)) {
    put(&format!("{stem}_low"), json!(count.map(CountRange::low)));
    put(&format!("{stem}_high"), json!(count.and_then(CountRange::high)));
}

/// The names of the columns, in the order of [`EventRow::of`].
#[must_use]
pub fn columns() -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let ranges = |names: &mut Vec<String>, stem: &str| {
        names.extend([format!("{stem}_low"), format!("{stem}_high")]);
    };
    let first = "id certainty start end date_precision local_time site site_name country lat lon \
                 place_precision position_from direction weapon weapon_detail";
    names.extend(first.split_whitespace().map(str::to_owned));
    ranges(&mut names, "munitions");
    for harm in ["killed", "wounded"] {
        for group in PersonGroup::ALL {
            ranges(&mut names, &format!("{harm}_{}", group.code()));
        }
    }
    ranges(&mut names, "intercepted");
    let last = "damage outcome target attributed_to attributed_by claimed_by status confidence note \
                summary sources";
    names.extend(last.split_whitespace().map(str::to_owned));
    names
}

/// Events as CSV, with a header also where there is no event. A cell that a spreadsheet would take for a formula
/// gets an apostrophe in front.
///
/// # Errors
/// When a row cannot be written.
pub fn event_csv(
    dataset: &Dataset,
    rows: impl IntoIterator<Item = Shown>,
) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns())?;
    for shown in rows {
        let cells = EventRow::of(dataset, shown).0.into_iter().map(|(_, value)| match value {
            Value::Null => String::new(),
            Value::String(s) if is_formula(&s) => format!("'{s}"),
            Value::String(s) => s,
            other => other.to_string(),
        });
        writer.write_record(cells.collect::<Vec<_>>())?;
    }
    let bytes = writer.into_inner().map_err(|e| csv::Error::from(e.into_error()))?;
    // All that was written is text.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::{
        Day, DaySpan, Event, EventIndex, EventWords, PlacePrecision, Site, SiteIndex, Weapon,
    };

    pub(in crate::analysis) fn dataset() -> Dataset {
        let site = Site {
            id: "north".to_owned(),
            name: "Camp North".to_owned(),
            name_ar: None,
            aliases: Vec::new(),
            kind: String::new(),
            country: "IQ".to_owned(),
            admin1: None,
            position: LonLat::new(-44.5, -33.0).ok(),
            precision: PlacePrecision::Site,
            radius_m: None,
            part_of: None,
            used_by: None,
            from: None,
            to: None,
            coord_source: None,
            verified: false,
            description: None,
        };
        let event = Event {
            weapon: Weapon::Rocket,
            munitions: CountRange::new(1, None).into(),
            words: EventWords {
                id: "e".to_owned(),
                outcome: Some("-1".to_owned()),
                target: Some("＝1".to_owned()),
                summary: " =1+1".to_owned(),
                ..EventWords::default()
            }
            .into(),
            ..Event::new(DaySpan::day(Day::from_number(19_000)), SiteIndex(0))
        };
        Dataset { sites: vec![site], events: vec![event], ..Dataset::default() }
    }

    const SHOWN: Shown =
        Shown { event: EventIndex(0), certainty: Certainty::Possible, past: false };

    #[test]
    fn the_header_names_the_columns_of_every_row() {
        let row = EventRow::of(&dataset(), SHOWN).0;
        assert_eq!(row.into_iter().map(|c| c.0).collect::<Vec<_>>(), columns());
    }

    #[test]
    fn numbers_stay_numbers_and_words_are_no_formulas() {
        let text = event_csv(&dataset(), [SHOWN]).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let row = reader.records().next().unwrap().unwrap();
        let check = |column: &str, expected: &str| {
            let place = header.iter().position(|c| c == column).unwrap();
            assert_eq!(&row[place], expected, "{column}");
        };
        check("certainty", "possible");
        check("lat", "-33.0");
        check("munitions_low", "1");
        check("munitions_high", "");
        check("outcome", "-1");
        check("target", "'＝1");
        check("summary", "' =1+1");
        assert_eq!(event_csv(&dataset(), []).unwrap().lines().count(), 1);
    }
}
