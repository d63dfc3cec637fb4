//! KML: placemarks with their names, times, data and shapes. The length of a date is its precision.

use std::io;

use super::json::{LATITUDE, LONGITUDE, PRECISION, SHAPE, named};
use super::maker::{Made, Maker, counted, make};
use super::markup::plain;
use super::shape::Shape;
use super::xml::{Node, Xml, append};
use crate::data::import::origin::Origin;

pub(super) const NAME: &str = "name";
pub(super) const DESCRIPTION: &str = "description";
pub(super) const FOLDER: &str = "folder";
pub(super) const DATE: &str = "date";
pub(super) const DATE_END: &str = "end date";

/// Makes a table of a document.
///
/// # Errors
/// When it is no sound XML.
pub(super) fn read(origin: &Origin) -> io::Result<Made> {
    make(origin.size()?, |maker| {
        for column in [NAME, DESCRIPTION, LATITUDE, LONGITUDE] {
            maker.column(column)?;
        }
        let mut reading = Reading::new(maker);
        let mut xml = Xml::new(origin, "the KML")?;
        loop {
            match xml.next()? {
                Node::Start(name, attributes) => {
                    reading.start(name, attributes.get("name").unwrap_or_default());
                }
                Node::Text(text) => append(&mut reading.text, &text),
                Node::End(_) => reading.end()?,
                Node::Done => return Ok(reading.seen.notes()),
            }
        }
    })
}

/// When something happened, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Time {
    when: String,
    begin: String,
    end: String,
}

/// A folder or document that is open.
#[derive(Default)]
struct Folder {
    name: String,
    time: Option<Time>,
}

#[derive(Default)]
struct Placemark {
    name: String,
    description: String,
    time: Option<Time>,
    shape: Shape,
    kind: String,
    data: Vec<(String, String)>,
}

/// What was met, for the notes.
#[derive(Default)]
struct Seen {
    placemarks: u64,
    no_time: u64,
    inherited: u64,
    no_end: u64,
    no_begin: u64,
    stamps: u64,
    spans: u64,
    no_shape: u64,
    larger: u64,
    too_wide: u64,
    bad_coordinates: u64,
    markup: u64,
    links: u64,
    overlays: u64,
}

impl Seen {
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let mut note = |n: u64, what: &str| {
            if n > 0 {
                notes.push(format!("{} {what}", counted(n, "placemark", "placemarks")));
            }
        };
        note(self.stamps, "dated by a TimeStamp: the length of the date is its precision");
        note(self.spans, "dated by a TimeSpan: it is somewhere within");
        note(self.inherited, "without a time of their own: that of the folder was taken");
        note(self.no_end, "with a span that has no end: only its first day was taken");
        note(self.no_begin, "with a span that has no beginning: only its last day was taken");
        note(self.no_time, "without any time");
        note(self.no_shape, "without a shape: no position was taken");
        note(self.bad_coordinates, "with coordinates that are no numbers: those were passed over");
        note(
            self.larger,
            "with a line, an area or several points: the middle of the extent stands for it, no more precisely than it is large",
        );
        note(self.too_wide, "wider than half of the earth: no position was taken");
        note(
            self.markup,
            "with tags in the description: they were taken out, links stand in a column of their own",
        );
        if self.links > 0 {
            notes.push(format!(
                "{} to other files: none was followed",
                counted(self.links, "link", "links")
            ));
        }
        if self.overlays > 0 {
            notes.push(format!(
                "{}: pictures laid over the ground are no events",
                counted(self.overlays, "overlay", "overlays")
            ));
        }
        notes
    }
}

struct Reading<'a> {
    maker: &'a mut Maker,
    /// The elements that are open.
    open: Vec<String>,
    text: String,
    folders: Vec<Folder>,
    placemark: Option<Placemark>,
    /// The name of the datum that is open.
    datum: String,
    time: Time,
    seen: Seen,
}

impl<'a> Reading<'a> {
    fn new(maker: &'a mut Maker) -> Self {
        Self {
            maker,
            open: Vec::new(),
            text: String::new(),
            folders: Vec::new(),
            placemark: None,
            datum: String::new(),
            time: Time::default(),
            seen: Seen::default(),
        }
    }

    fn start(&mut self, name: String, called: &str) {
        match name.as_str() {
            "Folder" | "Document" => self.folders.push(Folder::default()),
            "Placemark" => self.placemark = Some(Placemark::default()),
            "Data" | "SimpleData" | "SimpleArrayData" => called.clone_into(&mut self.datum),
            "TimeStamp" | "TimeSpan" => self.time = Time::default(),
            "NetworkLink" => self.seen.links += 1,
            "GroundOverlay" | "PhotoOverlay" | "ScreenOverlay" => self.seen.overlays += 1,
            _ => {}
        }
        self.text.clear();
        self.open.push(name);
    }

    fn end(&mut self) -> io::Result<()> {
        let Some(name) = self.open.pop() else { return Ok(()) };
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        let parent = self.open.last().map_or("", String::as_str);
        match (parent, name.as_str()) {
            (_, "Folder" | "Document") => {
                self.folders.pop();
            }
            ("Folder" | "Document", "name") => {
                if let Some(folder) = self.folders.last_mut() {
                    text.clone_into(&mut folder.name);
                }
            }
            (_, "Placemark") => return self.finish(),
            ("TimeStamp", "when") => text.clone_into(&mut self.time.when),
            ("TimeSpan", "begin") => text.clone_into(&mut self.time.begin),
            ("TimeSpan", "end") => text.clone_into(&mut self.time.end),
            // A view of the camera has a time too, which is no time of an event.
            ("Placemark", "TimeStamp" | "TimeSpan") => {
                let time = std::mem::take(&mut self.time);
                if let Some(placemark) = &mut self.placemark {
                    placemark.time = Some(time);
                }
            }
            ("Folder" | "Document", "TimeStamp" | "TimeSpan") => {
                let time = std::mem::take(&mut self.time);
                if let Some(folder) = self.folders.last_mut() {
                    folder.time = Some(time);
                }
            }
            _ => self.part(&name, text),
        }
        Ok(())
    }

    /// The end of an element somewhere in a placemark.
    fn part(&mut self, name: &str, text: &str) {
        let parent = self.open.last().map_or("", String::as_str);
        let Some(placemark) = &mut self.placemark else { return };
        match (parent, name) {
            ("Placemark", "name") => text.clone_into(&mut placemark.name),
            ("Placemark", "description") => text.clone_into(&mut placemark.description),
            ("Placemark", "address" | "phoneNumber" | "Snippet" | "snippet" | "styleUrl") => {
                placemark.data.push((name.to_owned(), text.to_owned()));
            }
            ("Data" | "SimpleArrayData", "value")
            | ("SchemaData" | "ExtendedData", "SimpleData") => {
                placemark.data.push((self.datum.clone(), text.to_owned()));
            }
            (kind, "coordinates") => {
                placemark.kind = if kind == "LinearRing" { "Polygon" } else { kind }.to_owned();
                let mut bad = false;
                for position in text.split_whitespace() {
                    bad |= !add(&mut placemark.shape, position.split(','));
                }
                self.seen.bad_coordinates += u64::from(bad);
            }
            ("Track", "coord") => {
                "Track".clone_into(&mut placemark.kind);
                let bad = !add(&mut placemark.shape, text.split_whitespace());
                self.seen.bad_coordinates += u64::from(bad);
            }
            ("Track", "when") => {
                let time = placemark.time.get_or_insert_default();
                if time.begin.is_empty() {
                    text.clone_into(&mut time.begin);
                }
                text.clone_into(&mut time.end);
            }
            // What stands in other name spaces under extended data.
            ("ExtendedData", other) if !text.is_empty() => {
                placemark.data.push((other.to_owned(), text.to_owned()));
            }
            _ => {}
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        let Some(mut placemark) = self.placemark.take() else { return Ok(()) };
        self.seen.placemarks += 1;
        self.maker.put_in(NAME, &placemark.name)?;
        let (words, links) = plain(&placemark.description);
        self.seen.markup += u64::from(words != placemark.description);
        self.maker.put_in(DESCRIPTION, &words)?;
        self.maker.put_in("links", &links.join(" "))?;
        let folder = self.folders.iter().rev().map(|folder| &folder.name).find(|n| !n.is_empty());
        // The name of the document is that of the file.
        if let Some(folder) = folder.filter(|_| self.folders.len() > 1) {
            self.maker.put_in(FOLDER, &folder.clone())?;
        }
        let own = placemark.time.take();
        if own.is_none() {
            let inherited = self.folders.iter().rev().find_map(|folder| folder.time.clone());
            self.seen.inherited += u64::from(inherited.is_some());
            placemark.time = inherited;
        } else {
            placemark.time = own;
        }
        self.put_time(placemark.time.as_ref())?;
        self.put_shape(&placemark)?;
        for (name, value) in &placemark.data {
            let name = match name.as_str() {
                NAME | DESCRIPTION | FOLDER | DATE_END | "links" => format!("{name} (data)"),
                other => named(other),
            };
            let place = self.maker.column(&name)?;
            self.maker.put(place, value);
        }
        self.maker.end_row(self.seen.placemarks)
    }

    fn put_time(&mut self, time: Option<&Time>) -> io::Result<()> {
        let seen = &mut self.seen;
        let Some(Time { when, begin, end }) = time else {
            seen.no_time += 1;
            return Ok(());
        };
        let (first, last) = match (when.as_str(), begin.as_str(), end.as_str()) {
            ("", "", "") => {
                seen.no_time += 1;
                return Ok(());
            }
            ("", "", end) => {
                seen.no_begin += 1;
                (end, "")
            }
            ("", begin, "") => {
                seen.no_end += 1;
                (begin, "")
            }
            ("", begin, end) => {
                seen.spans += 1;
                (begin, end)
            }
            (when, ..) => {
                seen.stamps += 1;
                (when, "")
            }
        };
        // A column of the data may be called so too: the time of the format comes first.
        self.maker.put_in(DATE, first.split('T').next().unwrap_or(first))?;
        self.maker.put_in(DATE_END, last.split('T').next().unwrap_or(last))?;
        if when.contains('T') {
            self.maker.put_in("TimeStamp", when)?;
        }
        if [begin, end].iter().any(|text| text.contains('T') || text.is_empty()) && when.is_empty()
        {
            self.maker.put_in("TimeSpan", &format!("{begin} / {end}"))?;
        }
        Ok(())
    }

    fn put_shape(&mut self, placemark: &Placemark) -> io::Result<()> {
        let shape = placemark.shape;
        let Some([x, y]) = shape.middle() else {
            let is_wide = shape.points() > 0;
            self.seen.too_wide += u64::from(is_wide);
            self.seen.no_shape += u64::from(!is_wide);
            return self.maker.put_in(SHAPE, &placemark.kind);
        };
        self.maker.put_in(LATITUDE, &y.to_string())?;
        self.maker.put_in(LONGITUDE, &x.to_string())?;
        if !shape.is_one_point() {
            self.seen.larger += 1;
            self.maker.put_in(PRECISION, shape.precision())?;
            self.maker.put_in(SHAPE, &placemark.kind)?;
        }
        Ok(())
    }
}

/// Adds a position, longitude first; `false` when it is none.
fn add<'a>(shape: &mut Shape, mut numbers: impl Iterator<Item = &'a str>) -> bool {
    let mut number = || numbers.next()?.trim().parse::<f64>().ok().filter(|n| n.is_finite());
    let (x, y) = (number(), number());
    let position = x.zip(y);
    if let Some((x, y)) = position {
        shape.add(x, y);
    }
    position.is_some()
}
