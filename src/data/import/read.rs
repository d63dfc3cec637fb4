//! All rows of a table under a mapping.

use std::collections::{HashMap, HashSet};
use std::io;

use super::blocks::{self, Progress, Seen};
use super::cells::Row;
use super::dates::{self, DateCell, OrderSeen};
use super::dialect::Sample;
use super::mapping::{CountMeaning, Mapping};
use super::positions::{self, Axis};
use super::report::{Doubt, LeftOut, Report};
use super::text_file::TextFile;
use super::{Role, counts};
use crate::domain::{CountRange, DatePrecision, DaySpan, LonLat, PlacePrecision};

/// A place of a table: all rows with the same words and numbers share one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TablePlace {
    /// Its name as written.
    pub name: String,
    /// Its Arabic name.
    pub name_ar: String,
    /// Governorate or province.
    pub governorate: String,
    /// Country as written.
    pub country: String,
    /// Bits of latitude and longitude in degrees; `None` where there is no position that can be read.
    position: Option<[u64; 2]>,
    /// Half of the side of the square that the position is given by, in centimetres.
    radius_cm: u32,
}

impl TablePlace {
    /// Its position.
    #[must_use]
    pub fn position(&self) -> Option<LonLat> {
        let [lat, lon] = self.position?.map(f64::from_bits);
        LonLat::new(lon, lat).ok()
    }

    /// The place lies within so many metres of its position.
    #[must_use]
    pub fn radius_m(&self) -> Option<f64> {
        (self.radius_cm > 0).then(|| f64::from(self.radius_cm) / 100.0)
    }
}

/// A row that became an event. Numbers lead to the lists of [`Imported`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Line that it starts on, from 1.
    pub line: u64,
    /// Days that it may have happened on.
    pub span: DaySpan,
    /// How precisely the date is known.
    pub date_precision: DatePrecision,
    /// Its place.
    pub place: u32,
    /// How precisely the place is known.
    pub place_precision: PlacePrecision,
    /// Its class.
    pub class: u32,
    /// Killed, as reported.
    pub killed: Option<CountRange>,
    /// Wounded, as reported.
    pub wounded: Option<CountRange>,
    /// Texts of the roles that are kept as they stand, those with something in them.
    pub texts: Vec<(Role, String)>,
    /// Cells of the columns that nothing was made of, by the place of the column.
    pub others: Vec<(u32, String)>,
}

/// A table that was read.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Its events, in the order of the file.
    pub rows: Vec<TableRow>,
    /// Places.
    pub places: Vec<TablePlace>,
    /// Classes, as written.
    pub classes: Vec<String>,
    /// What became of its rows.
    pub report: Report,
    /// What its dates say of their order.
    pub dates: OrderSeen,
}

/// Values of which each has a number.
#[derive(Debug)]
struct Numbered<T> {
    numbers: HashMap<T, u32>,
    values: Vec<T>,
}

impl<T: Clone + Eq + std::hash::Hash> Numbered<T> {
    fn new() -> Self {
        Self { numbers: HashMap::new(), values: Vec::new() }
    }

    fn number(&mut self, value: T) -> u32 {
        if let Some(number) = self.numbers.get(&value) {
            return *number;
        }
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value.clone());
        self.numbers.insert(value, number);
        number
    }
}

/// A row that becomes an event if its date can be read under the order of the column.
struct Draft {
    row: TableRow,
    dates: [Option<DateCell>; 2],
    /// Its date as written.
    written: String,
    /// What is doubtful in it, with the cell.
    doubts: Vec<(Doubt, String)>,
}

/// What was made of a block. Dates wait for the order that the whole column tells.
struct Part {
    rows: Vec<Draft>,
    places: Numbered<TablePlace>,
    classes: Numbered<String>,
    report: Report,
    dates: OrderSeen,
}

/// Reads all rows of a table.
///
/// # Errors
/// When the file cannot be read to its end; [`io::ErrorKind::Interrupted`] when it was stopped.
pub(super) fn read(
    file: &TextFile,
    sample: &Sample,
    mapping: &Mapping,
    progress: &Progress,
) -> io::Result<Imported> {
    let reader = Reader::new(sample, mapping);
    let start = || Part {
        rows: Vec::new(),
        places: Numbered::new(),
        classes: Numbered::new(),
        report: Report::default(),
        dates: OrderSeen::default(),
    };
    let each = |part: &mut Part, seen: Seen<'_>| match seen {
        Seen::Row(row, block) => reader.row(part, row, block),
        Seen::Open(line) => {
            part.report.read += 1;
            part.report.leave_out(LeftOut::OpenQuote, line, "");
        }
    };
    let from = sample.rows_at as u64;
    let parts = blocks::work(file, from, sample.delimiter, progress, start, each)?;
    let mut dates = OrderSeen::default();
    for part in &parts {
        dates.join(part.value.dates);
    }
    let order = mapping.date_order.or_else(|| dates.order());
    let mut all = Imported { dates, ..Imported::default() };
    let (mut places, mut classes) = (Numbered::new(), Numbered::new());
    for part in parts {
        let lines_before = part.lines_before + sample.rows_line + 1;
        let mut part = part.value;
        let place_numbers: Vec<u32> =
            part.places.values.into_iter().map(|p| places.number(p)).collect();
        let class_numbers: Vec<u32> =
            part.classes.values.into_iter().map(|c| classes.number(c)).collect();
        for Draft { mut row, dates, written, doubts } in part.rows {
            match days(dates, order) {
                Ok((span, precision)) => {
                    let precision = row.date_precision.max(precision);
                    (row.span, row.date_precision) = (precision.widened(span), precision);
                    part.report.used += 1;
                    part.report.doubtful += u64::from(!doubts.is_empty());
                    for (what, cell) in doubts {
                        part.report.doubt(what, row.line, &cell);
                    }
                    row.line += lines_before;
                    row.place = place_numbers[row.place as usize];
                    row.class = class_numbers[row.class as usize];
                    all.rows.push(row);
                }
                Err(why) => part.report.leave_out(why, row.line, &written),
            }
        }
        all.report.join(part.report, lines_before);
    }
    same_ids(&mut all);
    (all.places, all.classes) = (places.values, classes.values);
    Ok(all)
}

/// Tells rows whose identifier an earlier one has. Both stay: which is right nobody can say here.
fn same_ids(all: &mut Imported) {
    let mut seen = HashSet::new();
    for row in &all.rows {
        let id = row.texts.iter().find(|(role, _)| *role == Role::Id).map(|(_, text)| text);
        if let Some(id) = id.filter(|id| !seen.insert(id.as_str())) {
            all.report.doubt(Doubt::IdTwice, row.line, id);
        }
    }
}

/// The days from the first and the last date of a row.
fn days(
    [first, last]: [Option<DateCell>; 2],
    order: Option<super::mapping::DateOrder>,
) -> Result<(DaySpan, DatePrecision), LeftOut> {
    let Some(first) = first else { return Err(LeftOut::BadDate) };
    let of = |cell: DateCell| match (cell, order) {
        (DateCell::Numbers(a, b, _), None) if a != b => Err(LeftOut::EitherDate),
        _ => cell.days(order).ok_or(LeftOut::BadDate),
    };
    let (span, precision) = of(first)?;
    let Some(Ok((end, _))) = last.map(of) else { return Ok((span, precision)) };
    if end.last() < span.first() {
        return Err(LeftOut::Reversed);
    }
    let all = span.join(end);
    let is_one = all.days() == span.days();
    Ok((all, if is_one { precision } else { DatePrecision::Span }))
}

/// The places of the columns that are looked up for every row.
struct Reader<'a> {
    mapping: &'a Mapping,
    columns: usize,
    date: Option<usize>,
    parts_of_date: [Option<usize>; 3],
    date_end: Option<usize>,
    date_precision: Option<usize>,
    position: [Option<usize>; 4],
    place: [Option<usize>; 4],
    place_precision: Vec<usize>,
    class: Option<usize>,
    killed: [Option<usize>; 3],
    wounded: [Option<usize>; 3],
    texts: Vec<(Role, usize)>,
    others: Vec<usize>,
}

/// Roles of which the text is kept as it stands.
const TEXTS: [Role; 13] = [
    Role::Id,
    Role::Title,
    Role::Summary,
    Role::Note,
    Role::Time,
    Role::Kind,
    Role::Weapon,
    Role::Party,
    Role::AttributedTo,
    Role::ClaimedBy,
    Role::Status,
    Role::Source,
    Role::Url,
];

impl<'a> Reader<'a> {
    fn new(sample: &Sample, mapping: &'a Mapping) -> Self {
        let at = |role: Role| mapping.place(role);
        let of = |role: Role| mapping.places(role).map(move |place| (role, place));
        Self {
            mapping,
            columns: sample.header.len(),
            date: at(Role::Date),
            parts_of_date: [Role::Year, Role::Month, Role::DayOfMonth].map(at),
            date_end: at(Role::DateEnd),
            date_precision: at(Role::DatePrecision),
            position: [Role::Latitude, Role::Longitude, Role::Position, Role::Mgrs].map(at),
            place: [Role::Place, Role::PlaceArabic, Role::Governorate, Role::Country].map(at),
            place_precision: mapping.places(Role::PlacePrecision).collect(),
            class: at(Role::Class),
            killed: [Role::Killed, Role::KilledLow, Role::KilledHigh].map(at),
            wounded: [Role::Wounded, Role::WoundedLow, Role::WoundedHigh].map(at),
            texts: TEXTS.into_iter().flat_map(of).collect(),
            others: (0..sample.header.len()).filter(|place| !mapping.uses(*place)).collect(),
        }
    }

    fn row(&self, part: &mut Part, row: &Row, block: &[u8]) {
        part.report.read += 1;
        let line = row.line;
        let text =
            |place: Option<usize>| place.map_or_else(Default::default, |p| row.text(block, p));
        if row.len() > self.columns {
            part.report.leave_out(LeftOut::TooManyCells, line, &row.text(block, 0));
            return;
        }
        let written = self.written_date(row, block);
        if written.trim_matches('-').is_empty() {
            part.report.leave_out(LeftOut::NoDate, line, &row.text(block, 0));
            return;
        }
        let first = dates::read(&written);
        if let Some(cell) = first {
            part.dates.see(cell);
        }
        let mut doubts = Doubts(Vec::new());
        if row.len() < self.columns {
            doubts.add(Doubt::FewCells, &row.text(block, 0));
        }
        let end = text(self.date_end);
        let last = dates::read(&end);
        if last.is_none() && !end.is_empty() {
            doubts.add(Doubt::BadEndDate, &end);
        }
        let said = text(self.date_precision);
        let date_precision =
            code(&self.mapping.date_codes, &said, DatePrecision::Unknown, &mut doubts)
                .unwrap_or(DatePrecision::Minute);
        let place = self.place(row, block, &mut doubts);
        let place_precision = self.place_precision(row, block, &place, &mut doubts);
        let killed = self.count(self.killed, row, block, &mut doubts);
        let wounded = self.count(self.wounded, row, block, &mut doubts);
        let texts: Vec<(Role, String)> = self
            .texts
            .iter()
            .map(|(role, place)| (*role, row.text(block, *place).into_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        if texts.iter().any(|(_, text)| text.contains('\u{fffd}')) {
            doubts.add(Doubt::NoText, &row.text(block, 0));
        }
        let others = self
            .others
            .iter()
            .map(|p| (u32::try_from(*p).unwrap_or(u32::MAX), row.text(block, *p)));
        let others =
            others.filter(|(_, t)| !t.is_empty()).map(|(p, t)| (p, t.into_owned())).collect();
        let class = part.classes.number(self.class_words(&text(self.class)));
        let place = part.places.number(place);
        // The days wait for the order of the column.
        let span = DaySpan::day(crate::domain::Day::from_number(0));
        let made = TableRow {
            line,
            span,
            date_precision,
            place,
            place_precision,
            class,
            killed,
            wounded,
            texts,
            others,
        };
        let Doubts(doubts) = doubts;
        part.rows.push(Draft { row: made, dates: [first, last], written, doubts });
    }

    /// The date as it is written, put together where it stands in several columns.
    fn written_date(&self, row: &Row, block: &[u8]) -> String {
        if let Some(place) = self.date {
            return row.text(block, place).into_owned();
        }
        let cell = |place: Option<usize>| {
            place.map_or_else(String::new, |p| row.text(block, p).into_owned())
        };
        let [year, month, day] = self.parts_of_date.map(cell);
        let is_blank = |text: &str| text.is_empty() || text == "0" || text == "00";
        match (is_blank(&month), is_blank(&day)) {
            (true, _) => year,
            (false, true) => format!("{year}-{month:0>2}"),
            (false, false) => format!("{year}-{month:0>2}-{day:0>2}"),
        }
    }

    fn class_words(&self, word: &str) -> String {
        let known = self.mapping.class_words.iter().find(|(code, _)| code == word);
        known.map_or(word, |(_, words)| words).to_owned()
    }

    fn place(&self, row: &Row, block: &[u8], doubts: &mut Doubts) -> TablePlace {
        let cell = |place: Option<usize>| {
            place.map_or_else(String::new, |p| row.text(block, p).into_owned())
        };
        let [name, name_ar, governorate, country] = self.place.map(cell);
        let [lat, lon, both, mgrs] = self.position.map(cell);
        let written = [&lat, &lon, &both, &mgrs].map(String::as_str).join(" ");
        let (mut position, mut radius_cm) = (None, 0);
        if !lat.is_empty() || !lon.is_empty() {
            let degrees = positions::degrees(&lat, Axis::Latitude)
                .zip(positions::degrees(&lon, Axis::Longitude));
            position = degrees.and_then(|(lat, lon)| LonLat::new(lon, lat).ok());
        } else if !both.is_empty() {
            position = positions::both(&both);
        } else if let Some((square, half)) = positions::mgrs(&mgrs) {
            position = Some(square);
            radius_cm = half_in_cm(half);
        }
        let is_null = position.is_some_and(|p| p.lat().abs() < 1e-9 && p.lon().abs() < 1e-9);
        if is_null {
            // Zero is what programs write for "not known".
            position = None;
            doubts.add(Doubt::NullIsland, written.trim());
        } else if position.is_none() {
            let what =
                if written.trim().is_empty() { Doubt::NoPosition } else { Doubt::BadPosition };
            doubts.add(what, if what == Doubt::NoPosition { &name } else { written.trim() });
        }
        // 0.0 and -0.0 are one place.
        let position = position.map(|p| [p.lat() + 0.0, p.lon() + 0.0].map(f64::to_bits));
        TablePlace { name, name_ar, governorate, country, position, radius_cm }
    }

    fn place_precision(
        &self,
        row: &Row,
        block: &[u8],
        place: &TablePlace,
        doubts: &mut Doubts,
    ) -> PlacePrecision {
        let mut words = self.place_precision.iter().map(|p| row.text(block, *p));
        let word = words.find(|w| !w.is_empty()).unwrap_or_default();
        let codes = &self.mapping.place_codes;
        let said = code(codes, &word, PlacePrecision::Country, doubts)
            .unwrap_or(self.mapping.place_precision);
        match place.position {
            Some(_) => said,
            // Without a position nothing finer than the governorate can be drawn.
            None if place.governorate.is_empty() => said.max(PlacePrecision::Country),
            None => said.max(PlacePrecision::Admin1),
        }
    }

    /// A count from a single number, or from the lowest and the highest.
    fn count(
        &self,
        [one, low, high]: [Option<usize>; 3],
        row: &Row,
        block: &[u8],
        doubts: &mut Doubts,
    ) -> Option<CountRange> {
        let mut number = |place: Option<usize>| {
            let cell = place.map_or_else(Default::default, |p| row.text(block, p));
            let number = counts::read(&cell);
            if number.is_none() && !cell.is_empty() {
                doubts.add(Doubt::BadCount, &cell);
            }
            number
        };
        let [one, low, high] = [number(one), number(low), number(high)];
        match (one, low, high, self.mapping.counts) {
            (_, Some(low), Some(high), _) if high < low => {
                doubts.add(Doubt::CountsContradict, &format!("{low} to {high}"));
                None
            }
            (_, Some(low), high, _) => CountRange::new(low, high),
            (None, None, Some(high), _) => CountRange::new(0, Some(high)),
            (Some(0), None, _, CountMeaning::AtLeast) | (None, None, None, _) => None,
            (Some(n), None, _, CountMeaning::AtLeast) => CountRange::new(n, None),
            (Some(n), None, _, CountMeaning::Exact) => CountRange::new(n, Some(n)),
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 50 km")]
fn half_in_cm(metres: f64) -> u32 {
    (metres * 100.0).round() as u32
}

/// What is doubtful in one row.
struct Doubts(Vec<(Doubt, String)>);

impl Doubts {
    fn add(&mut self, what: Doubt, cell: &str) {
        self.0.push((what, cell.to_owned()));
    }
}

/// What a word of a codebook means; `None` when nothing is said. A word that is not in it is the coarsest, and a doubt.
fn code<T: Copy>(codes: &[(String, T)], word: &str, coarsest: T, doubts: &mut Doubts) -> Option<T> {
    if word.is_empty() || codes.is_empty() {
        return None;
    }
    let known = codes.iter().find(|(code, _)| code.eq_ignore_ascii_case(word));
    Some(known.map_or_else(
        || {
            doubts.add(Doubt::PrecisionCode, word);
            coarsest
        },
        |(_, meaning)| *meaning,
    ))
}
