//! One row of a table as an event, with numbers for the words that stand in many rows.

use std::borrow::Cow;
use std::num::NonZeroU32;

use super::blocks::BlockStart;
use super::cells::{Block, Row};
use super::dates::{self, DateCell, OrderSeen};
use super::dialect::Sample;
use super::interned::Interned;
use super::mapping::{CountMeaning, Mapping};
use super::place::{PlaceRead, Places, TablePlace};
use super::report::{Doubt, LeftOut, Report};
use super::{Role, counts};
use crate::domain::{
    ActorIndex, ActorList, Casualties, Code as _, CountRange, DatePrecision, Day, DaySpan, Event,
    KindIndex, PersonGroup, SiteIndex, Status, TextRow, Weapon, WordsAt, fold, id_hash, key_of,
};

/// What one thread knows of the words of a table. Numbers in a [`Part`] are of the lists of its thread.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) places: Places,
    /// Classes, kinds, parties and sources.
    lists: [Interned; 4],
    weapons: Cached<Weapon>,
    statuses: Cached<Status>,
    dates: Cached<Option<DateCell>>,
    /// How many places and words of each list were told with earlier blocks.
    told: (usize, [usize; 4]),
}

/// A list of words that stand in many rows.
#[derive(Clone, Copy, Debug)]
pub(super) enum List {
    Classes,
    Kinds,
    Actors,
    Sources,
}

/// The words that a thread met for the first time in a block, in their order.
#[derive(Debug, Default)]
pub(super) struct NewWords {
    /// Keys of places, and what they are.
    pub(super) places: Vec<(Box<[u8]>, TablePlace)>,
    /// By [`List`].
    pub(super) lists: [Vec<Box<[u8]>>; 4],
}

impl Known {
    fn number(&mut self, list: List, word: &str) -> u32 {
        self.lists[list as usize].number(word.as_bytes()).0
    }

    /// What is new since the last time.
    pub(super) fn new_words(&mut self) -> NewWords {
        let (places, lists) = &mut self.told;
        let keys = self.places.keys.since(*places).map(Into::into);
        let of_keys = self.places.read[*places..].iter().map(|(place, _)| place.clone());
        let mut new = NewWords { places: keys.zip(of_keys).collect(), ..NewWords::default() };
        *places = self.places.keys.len();
        for ((list, told), new) in self.lists.iter().zip(lists).zip(&mut new.lists) {
            *new = list.since(*told).map(Into::into).collect();
            *told = list.len();
        }
        new
    }
}

/// What a word was taken for, worked out once for each word.
#[derive(Debug)]
struct Cached<T> {
    words: Interned,
    values: Vec<T>,
}

impl<T> Default for Cached<T> {
    fn default() -> Self {
        Self { words: Interned::default(), values: Vec::new() }
    }
}

impl<T: Copy> Cached<T> {
    fn get(&mut self, word: &str, read: impl FnOnce(&str) -> T) -> T {
        let (number, is_new) = self.words.number(word.as_bytes());
        if is_new {
            self.values.push(read(word));
        }
        self.values[number as usize]
    }

    /// Forgets all of them where they are many.
    fn bound(&mut self) {
        if self.values.len() > MOST_CACHED {
            *self = Self::default();
        }
    }
}

/// No more words are kept whose meaning is worked out: a column may have another in each row.
const MOST_CACHED: usize = 1 << 16;

/// What was made of a block.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Its events; lines count from the block, bytes from the text.
    pub(super) events: Vec<Event>,
    /// By event its class.
    pub(super) classes: Vec<u32>,
    /// By event a hash of its identifier; 0 where it has none.
    pub(super) ids: Vec<u64>,
    /// Events and their sources.
    pub(super) sources: Vec<(u32, u32)>,
    /// Events whose date can be read when the order of the whole column is known.
    pub(super) waiting: Vec<Waiting>,
    pub(super) report: Report,
    pub(super) dates: OrderSeen,
    /// What its thread met in it for the first time.
    pub(super) new: NewWords,
    /// Bytes of the block.
    pub(super) bytes: usize,
    /// Bytes of the text before the block.
    start: u64,
    /// Whether something in it may be no text of the file's encoding.
    is_suspect: bool,
}

/// An event whose date waits.
#[derive(Debug)]
pub(super) struct Waiting {
    /// Its place in [`Part::events`].
    pub(super) event: u32,
    /// Its line.
    pub(super) line: u64,
    pub(super) dates: [Option<DateCell>; 2],
    /// Its date as written.
    pub(super) written: String,
    /// What is doubtful in it, with the cell.
    pub(super) doubts: Vec<(Doubt, String)>,
}

impl Part {
    /// That of a block before its first row, in the room of one that is no longer needed.
    pub(super) fn new(block: BlockStart<'_>, spare: Option<Self>) -> Self {
        let mut part = spare.unwrap_or_default();
        part.forget();
        let rows = block.rows.unwrap_or_default();
        part.events.reserve(rows);
        part.classes.reserve(rows);
        part.ids.reserve(rows);
        let (bytes, is_suspect) = (block.block.len(), !block.block.is_text());
        Self { bytes, start: block.start, is_suspect, ..part }
    }

    /// Forgets all rows, for who asks of each by itself.
    pub(super) fn forget(&mut self) {
        self.events.clear();
        self.classes.clear();
        self.ids.clear();
        self.sources.clear();
        self.waiting.clear();
        self.report = Report::default();
        self.dates = OrderSeen::default();
        self.new = NewWords::default();
    }
}

/// The places of the columns that are looked up for every row.
pub(super) struct Reader<'a> {
    mapping: &'a Mapping,
    columns: usize,
    date: Option<usize>,
    parts_of_date: [Option<usize>; 3],
    date_end: Option<usize>,
    date_precision: Option<usize>,
    place: PlaceRead<'a>,
    class: Option<usize>,
    kind: Option<usize>,
    weapon: Option<usize>,
    status: Option<usize>,
    time: Option<usize>,
    id: Option<usize>,
    killed: [Option<usize>; 3],
    wounded: [Option<usize>; 3],
    actors: [Vec<usize>; 3],
    sources: Vec<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(sample: &Sample, mapping: &'a Mapping) -> Self {
        let at = |role: Role| mapping.place(role);
        let all = |role: Role| mapping.places(role).collect::<Vec<usize>>();
        Self {
            mapping,
            columns: sample.header.len(),
            date: at(Role::Date),
            parts_of_date: [Role::Year, Role::Month, Role::DayOfMonth].map(at),
            date_end: at(Role::DateEnd),
            date_precision: at(Role::DatePrecision),
            place: PlaceRead::new(sample, mapping),
            class: at(Role::Class),
            kind: at(Role::Kind),
            weapon: at(Role::Weapon),
            status: at(Role::Status),
            time: at(Role::Time),
            id: at(Role::Id),
            killed: [Role::Killed, Role::KilledLow, Role::KilledHigh].map(at),
            wounded: [Role::Wounded, Role::WoundedLow, Role::WoundedHigh].map(at),
            actors: [Role::AttributedTo, Role::Party, Role::ClaimedBy].map(all),
            sources: [all(Role::Source), all(Role::Url)].concat(),
        }
    }

    /// Adds a row to what was made of its block.
    pub(super) fn row(&self, known: &mut Known, part: &mut Part, row: &Row, block: Block<'_>) {
        part.report.read += 1;
        known.dates.bound();
        known.weapons.bound();
        known.statuses.bound();
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
        let first = known.dates.get(&written, dates::read);
        if let Some(cell) = first {
            part.dates.see(cell);
        }
        let mut doubts = Doubts(Vec::new());
        if row.len() < self.columns {
            doubts.add(Doubt::FewCells, &row.text(block, 0));
        }
        let end = text(self.date_end);
        let last = if end.is_empty() { None } else { known.dates.get(&end, dates::read) };
        if last.is_none() && !end.is_empty() {
            doubts.add(Doubt::BadEndDate, &end);
        }
        let said = text(self.date_precision);
        let codes = &self.mapping.date_codes;
        let precision = code(codes, &said, DatePrecision::Unknown, &mut doubts)
            .unwrap_or(DatePrecision::Minute);
        let (site, place_precision) = self.place.read(&mut known.places, row, block, &mut doubts);
        let killed = self.count(self.killed, row, block, &mut doubts);
        let wounded = self.count(self.wounded, row, block, &mut doubts);
        if part.is_suspect && !row.is_text(block) {
            doubts.add(Doubt::NoText, &row.text(block, 0));
        }
        let no_day = DaySpan::day(Day::from_number(0));
        let mut event = Event::new(no_day, SiteIndex(site));
        // Where the order of the column is to be known first, the days wait for it.
        let order = self.mapping.date_order;
        let waits = order.is_none() && (waits(first) || waits(last));
        if waits {
            event.date.precision = precision;
        } else {
            match days([first, last], order) {
                Ok((span, said)) => set_days(&mut event, span, precision.max(said)),
                Err(why) => {
                    part.report.leave_out(why, line, &written);
                    return;
                }
            }
        }
        self.words(known, &mut event, row, block);
        event.precision = place_precision;
        (event.killed, event.wounded) = (people(killed), people(wounded));
        let index = u32::try_from(part.events.len()).unwrap_or(u32::MAX);
        let first_source = part.sources.len();
        for place in &self.sources {
            self.each(&row.text(block, *place), |name| {
                let source = (index, known.number(List::Sources, name));
                if !part.sources[first_source..].contains(&source) {
                    part.sources.push(source);
                }
            });
        }
        part.classes.push(known.number(List::Classes, self.class_words(&text(self.class))));
        let id = text(self.id);
        let hash = if id.is_empty() { 0 } else { id_hash(&id) };
        part.ids.push(if id.is_empty() { 0 } else { hash.max(1) });
        event.words = WordsAt::Row(TextRow {
            start: part.start + row.start as u64,
            // It counts from the block as yet.
            line: line_number(line + 1),
            id_key: key_of(hash),
        });
        part.events.push(event);
        let Doubts(doubts) = doubts;
        if waits {
            let written = written.into_owned();
            let dates = [first, last];
            part.waiting.push(Waiting { event: index, line, dates, written, doubts });
        } else {
            part.report.used += 1;
            part.report.doubtful += u64::from(!doubts.is_empty());
            for (what, cell) in doubts {
                part.report.doubt(what, line, &cell);
            }
        }
    }

    /// Puts in what the words of a row stand for.
    fn words(&self, known: &mut Known, event: &mut Event, row: &Row, block: Block<'_>) {
        let text = |place: Option<usize>| {
            place.map(|p| row.text(block, p)).filter(|text| !text.is_empty())
        };
        let kind = text(self.kind).map(|kind| known.number(List::Kinds, &kind));
        event.kind = kind.map(KindIndex);
        if let Some(word) = text(self.weapon) {
            event.weapon = known.weapons.get(&word, weapon);
        }
        if let Some(word) = text(self.status) {
            event.status =
                known.statuses.get(&word, |w| Status::from_code(w).unwrap_or(Status::Reported));
        }
        event.date.local_time = text(self.time).map(Cow::into_owned).into();
        let [attributed_to, parties, claimed_by] = &self.actors;
        let mut actors = |places: &[usize]| {
            let mut list = ActorList::new();
            for place in places {
                self.each(&row.text(block, *place), |name| {
                    let actor = ActorIndex(known.number(List::Actors, name));
                    if !list.contains(&actor) {
                        list.push(actor);
                    }
                });
            }
            list
        };
        event.attributed_to = actors(attributed_to).into_iter().collect();
        event.parties = actors(parties);
        event.claimed_by = actors(claimed_by).into_iter().collect();
    }

    /// The names in a cell.
    fn each(&self, cell: &str, take: impl FnMut(&str)) {
        if cell.is_empty() {
            return;
        }
        match self.mapping.list_separator {
            None => Some(cell.trim()).into_iter().for_each(take),
            Some(separator) => {
                cell.split(separator).map(str::trim).filter(|p| !p.is_empty()).for_each(take);
            }
        }
    }

    /// The date as it is written, put together where it stands in several columns.
    fn written_date<'b>(&self, row: &Row, block: Block<'b>) -> Cow<'b, str> {
        if let Some(place) = self.date {
            return row.text(block, place);
        }
        let cell = |place: Option<usize>| place.map_or_else(Cow::default, |p| row.text(block, p));
        let [year, month, day] = self.parts_of_date.map(cell);
        let is_blank = |text: &str| text.is_empty() || text == "0" || text == "00";
        match (is_blank(&month), is_blank(&day)) {
            (true, _) => year,
            (false, true) => format!("{year}-{month:0>2}").into(),
            (false, false) => format!("{year}-{month:0>2}-{day:0>2}").into(),
        }
    }

    fn class_words<'b>(&'b self, word: &'b str) -> &'b str {
        let known = self.mapping.class_words.iter().find(|(code, _)| code == word);
        known.map_or(word, |(_, words)| words)
    }

    /// A count from a single number, or from the lowest and the highest.
    fn count(
        &self,
        [one, low, high]: [Option<usize>; 3],
        row: &Row,
        block: Block<'_>,
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
        if let Some(said) = counts::contradiction([one, low, high]) {
            doubts.add(Doubt::CountsContradict, &said);
            // Nobody can say which is right: all of them are kept, as the ends of one range.
            let all = || [one, low, high].into_iter().flatten();
            return all().min().and_then(|least| CountRange::new(least, all().max()));
        }
        match (one, low, high, self.mapping.counts) {
            (_, Some(low), high, _) => CountRange::new(low, high),
            (None, None, Some(high), _) => CountRange::new(0, Some(high)),
            (Some(0), None, _, CountMeaning::AtLeast) | (None, None, None, _) => None,
            (Some(n), None, _, CountMeaning::AtLeast) => CountRange::new(n, None),
            (Some(n), None, _, CountMeaning::Exact) => CountRange::new(n, Some(n)),
        }
    }
}

/// The number of a line, from 1; the last one that can be said where there are more.
pub(super) fn line_number(line: u64) -> NonZeroU32 {
    u32::try_from(line).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MAX)
}

/// Puts in the days of an event; those of a week, a month or a year are all of it.
pub(super) fn set_days(event: &mut Event, span: DaySpan, precision: DatePrecision) {
    (event.date.span, event.date.precision) = (precision.widened(span), precision);
}

fn people(count: Option<CountRange>) -> Casualties {
    Casualties::default().with(PersonGroup::Unspecified, count)
}

/// Whether a date can be read only when the order of its column is known.
fn waits(date: Option<DateCell>) -> bool {
    matches!(date, Some(DateCell::Numbers(..)))
}

/// The days from the first and the last date of a row.
pub(super) fn days(
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

/// The weapon that a table's words name, in singular or plural.
fn weapon(words: &str) -> Weapon {
    let plain = |text: &str| fold(text).trim_end_matches('s').to_owned();
    let wanted = plain(words);
    let named = |w: &&Weapon| plain(w.code()) == wanted || plain(w.label()) == wanted;
    Weapon::ALL.iter().find(named).copied().unwrap_or(Weapon::Unknown)
}

/// What is doubtful in one row.
pub(super) struct Doubts(Vec<(Doubt, String)>);

impl Doubts {
    pub(super) fn add(&mut self, what: Doubt, cell: &str) {
        self.0.push((what, cell.to_owned()));
    }
}

/// What a word of a codebook means; `None` when nothing is said. A word that is not in it is the coarsest, and a doubt.
pub(super) fn code<T: Copy>(
    codes: &[(String, T)],
    word: &str,
    coarsest: T,
    doubts: &mut Doubts,
) -> Option<T> {
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
