//! `GeoJSON` and arrays of objects: each feature or object a row, its properties cells, its shape a position.

use std::fmt;
use std::io::{self, BufRead, Read};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::budget::Budget;
use super::geometry::Geometry;
use super::json_start::JsonTable;
use super::maker::{Made, Maker, counted, make};
use super::shape::Shape;
use crate::data::import::origin::{Origin, refused};

pub(super) const LATITUDE: &str = "latitude";
pub(super) const LONGITUDE: &str = "longitude";
pub(super) const PRECISION: &str = "precision of the shape";
pub(super) const SHAPE: &str = "shape";

/// Makes a table of JSON.
///
/// # Errors
/// When it is no whole JSON, or holds something else.
pub(super) fn read(origin: &Origin, table: JsonTable) -> io::Result<Made> {
    make(origin.size()?, |maker| {
        let budget = Budget::new("feature");
        let mut text = io::BufReader::with_capacity(1 << 16, budget.of(origin.bytes(0)?));
        skip_mark(&mut text)?;
        let mut items = Items { maker, budget, seen: Seen::default(), number: 0, failed: None };
        match table {
            JsonTable::Lines => items.lines(text)?,
            JsonTable::Stream => items.stream(text)?,
            JsonTable::Features | JsonTable::Array => items.whole(text, table)?,
        }
        Ok(items.seen.notes())
    })
}

fn skip_mark(text: &mut impl BufRead) -> io::Result<()> {
    if text.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
        text.consume(3);
    }
    Ok(())
}

/// What was met, for the notes.
#[derive(Default)]
struct Seen {
    no_objects: u64,
    no_shape: u64,
    bad_shape: u64,
    larger: u64,
    too_wide: u64,
    reference_system: Option<String>,
}

impl Seen {
    fn notes(&self) -> Vec<String> {
        let features = |n: u64| counted(n, "feature", "features");
        let mut notes = Vec::new();
        let mut note = |n: u64, what: &str| {
            if n > 0 {
                notes.push(format!("{} {what}", features(n)));
            }
        };
        note(self.no_shape, "without a shape: no position was taken");
        note(self.bad_shape, "with a shape that cannot be read: no position was taken");
        note(
            self.larger,
            "with a line, an area or several points: the middle of the extent stands for it, no more precisely than it is large",
        );
        note(self.too_wide, "wider than half of the earth: no position was taken");
        if self.no_objects > 0 {
            let items = counted(self.no_objects, "item is", "items are");
            notes.push(format!("{items} no feature and no object: an empty row stands for each"));
        }
        if let Some(name) = &self.reference_system {
            notes.push(format!(
                "the file says that its coordinates are in {name}; they were taken as degrees of WGS 84, as GeoJSON has them"
            ));
        }
        notes
    }
}

/// Features or objects that become rows.
struct Items<'a> {
    maker: &'a mut Maker,
    budget: Budget,
    seen: Seen,
    number: u64,
    /// What went wrong with the table rather than with the JSON.
    failed: Option<io::Error>,
}

impl Items<'_> {
    fn whole(&mut self, text: impl Read, table: JsonTable) -> io::Result<()> {
        let mut json = serde_json::Deserializer::from_reader(text);
        let read = match table {
            JsonTable::Features => json.deserialize_map(Collection(self)),
            _ => json.deserialize_seq(List(self)),
        };
        let read = read.and_then(|()| json.end());
        self.told(read)
    }

    fn stream(&mut self, text: impl Read) -> io::Result<()> {
        let json = serde_json::Deserializer::from_reader(text);
        for item in json.into_iter::<Box<RawValue>>() {
            match item {
                Ok(item) => self.item(item.get())?,
                Err(error) => return self.told(Err(error)),
            }
        }
        Ok(())
    }

    fn lines(&mut self, mut text: impl BufRead) -> io::Result<()> {
        let mut line = Vec::new();
        loop {
            line.clear();
            self.budget.renew();
            if text.read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
            let item = line.strip_prefix(b"\x1e").unwrap_or(&line).trim_ascii();
            self.number += 1;
            if !item.is_empty() {
                let number = self.number;
                // What is no UTF-8 is no JSON, and gets its empty row.
                self.row(std::str::from_utf8(item).unwrap_or_default(), number)?;
            }
        }
    }

    fn told(&mut self, read: serde_json::Result<()>) -> io::Result<()> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        read.map_err(|error| {
            if error.is_io() {
                return io::Error::from(error);
            }
            let after = counted(self.number, "feature", "features");
            let what = if error.is_eof() { "ends in the middle" } else { "is no JSON any more" };
            refused(format!("after {after} it {what}: {error}"))
        })
    }

    fn item(&mut self, item: &str) -> io::Result<()> {
        self.number += 1;
        self.budget.renew();
        self.row(item, self.number)
    }

    fn row(&mut self, item: &str, number: u64) -> io::Result<()> {
        match serde_json::from_str::<Members<'_>>(item) {
            Ok(Members(members)) => {
                let is_feature = members
                    .iter()
                    .any(|(key, value)| key == "type" && value.get() == "\"Feature\"");
                if is_feature {
                    self.feature(&members)?;
                } else {
                    self.object(&members, plainly_named)?;
                }
            }
            Err(_) => self.seen.no_objects += 1,
        }
        self.maker.end_row(number)
    }

    fn feature(&mut self, members: &[(String, &RawValue)]) -> io::Result<()> {
        let places = [LATITUDE, LONGITUDE].map(|name| self.maker.column(name));
        let [latitude, longitude] = places;
        self.geometry(members, latitude?, longitude?)?;
        for (key, value) in members {
            match key.as_str() {
                "type" | "geometry" | "bbox" => {}
                "id" => self.maker.put_in("feature id", &cell(value, "; "))?,
                "properties" => {
                    if let Ok(Members(properties)) = serde_json::from_str(value.get()) {
                        self.object(&properties, named)?;
                    } else {
                        self.maker.put_in("properties", &cell(value, "; "))?;
                    }
                }
                other => self.maker.put_in(&named(other), &cell(value, "; "))?,
            }
        }
        Ok(())
    }

    /// Puts members into columns, which `name` gives names.
    fn object(
        &mut self,
        members: &[(String, &RawValue)],
        name: fn(&str) -> String,
    ) -> io::Result<()> {
        // A property of which no row has anything is a column too.
        members.iter().try_for_each(|(key, value)| {
            let place = self.maker.column(&name(key))?;
            let places = if key == "sources" { addresses(value.get()) } else { None };
            if let Some(places) = places {
                self.maker.put_in("sources (as written)", value.get())?;
                self.maker.put(place, &places);
            } else if matches!(key.as_str(), "sources" | "associations") {
                // What timemap has as a list is in its sheets one cell with commas.
                self.maker.put(place, &cell(value, ", "));
            } else {
                self.maker.put(place, &cell(value, "; "));
            }
            Ok(())
        })
    }

    fn geometry(
        &mut self,
        members: &[(String, &RawValue)],
        latitude: usize,
        longitude: usize,
    ) -> io::Result<()> {
        let raw = members.iter().find(|(key, _)| key == "geometry").map(|(_, value)| value.get());
        let Some(raw) = raw.filter(|raw| *raw != "null") else {
            self.seen.no_shape += 1;
            return Ok(());
        };
        let Ok(Geometry { kind, shape }) = serde_json::from_str(raw) else {
            self.seen.bad_shape += 1;
            return self.maker.put_in(SHAPE, raw);
        };
        place_shape(self.maker, [latitude, longitude], shape, &kind, &mut self.seen)
    }
}

fn place_shape(
    maker: &mut Maker,
    [latitude, longitude]: [usize; 2],
    shape: Shape,
    kind: &str,
    seen: &mut Seen,
) -> io::Result<()> {
    let Some([x, y]) = shape.middle() else {
        if shape.points() > 0 {
            seen.too_wide += 1;
        } else {
            seen.no_shape += 1;
        }
        return maker.put_in(SHAPE, kind);
    };
    maker.put(latitude, &y.to_string());
    maker.put(longitude, &x.to_string());
    if !shape.is_one_point() {
        seen.larger += 1;
        maker.put_in(PRECISION, shape.precision())?;
        maker.put_in(SHAPE, kind)?;
    }
    Ok(())
}

/// The column of a property; the names that a reader gives are not for it.
pub(super) fn named(property: &str) -> String {
    match property {
        LATITUDE | LONGITUDE | PRECISION | SHAPE => format!("{property} (property)"),
        other => plainly_named(other),
    }
}

/// The column of a member of an object that has no shape.
fn plainly_named(member: &str) -> String {
    if member.is_empty() { "(no name)".to_owned() } else { member.to_owned() }
}

/// What stands in a cell for a value: the words of a string, nothing for null, lists of words joined, and all
/// else as it is written.
fn cell(value: &RawValue, between: &str) -> String {
    let raw = value.get();
    match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str(raw).unwrap_or_else(|_| raw.to_owned()),
        Some(b'n') => String::new(),
        Some(b'[') => {
            let words: Result<Vec<String>, _> = serde_json::from_str(raw);
            words.map_or_else(|_| raw.to_owned(), |words| words.join(between))
        }
        _ => raw.to_owned(),
    }
}

/// Where the sources in a list of objects lie, or what they are called.
fn addresses(raw: &str) -> Option<String> {
    let list: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(raw).ok()?;
    let address = |source: &serde_json::Map<String, serde_json::Value>| {
        let keys = ["url", "path", "title", "id"];
        let found = keys.into_iter().find_map(|key| source.get(key)?.as_str());
        found.map(str::to_owned)
    };
    (!list.is_empty()).then(|| list.iter().filter_map(address).collect::<Vec<_>>().join(", "))
}

/// The members of an object in their order.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> serde::Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        from.deserialize_map(Each)
    }
}

/// A collection, of which the features become rows.
struct Collection<'a, 'b>(&'a mut Items<'b>);

impl<'de> Visitor<'de> for Collection<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a collection of features")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "features" => map.next_value_seed(List(self.0))?,
                "crs" => {
                    let value: Box<RawValue> = map.next_value()?;
                    self.0.seen.reference_system = other_system(value.get());
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The name of a reference system that is not the one of `GeoJSON`.
fn other_system(raw: &str) -> Option<String> {
    let usual = ["null", "CRS84", "EPSG::4326", "EPSG:4326"];
    let is_usual = raw == "null" || usual[1..].iter().any(|name| raw.contains(name));
    (!is_usual).then(|| raw.chars().take(120).collect())
}

/// A list of which each item becomes a row.
struct List<'a, 'b>(&'a mut Items<'b>);

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(item) = list.next_element::<Box<RawValue>>()? {
            if let Err(error) = self.0.item(item.get()) {
                self.0.failed = Some(error);
                return Err(serde::de::Error::custom("the table cannot be made"));
            }
        }
        Ok(())
    }
}
