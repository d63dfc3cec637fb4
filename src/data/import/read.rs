//! All rows of a table under a mapping.

use std::io;

use super::blocks::{self, Progress, Seen, Steps, Worked};
use super::dates::OrderSeen;
use super::interned::Interned;
use super::mapping::{DateOrder, Mapping};
use super::place::TablePlace;
use super::reader::{self, Known, List, NewWords, Part, Reader, Waiting};
use super::report::{Doubt, EXAMPLES, LeftOut, Report};
use super::row_words::{self, RowWords};
use super::{Parts, Way};
use crate::domain::{
    ActorIndex, Classes, Code as _, Direction, Event, EventIndex, EventTexts as _, KindIndex,
    SiteIndex, SourceIndex, TextRow, WordsAt, id_key,
};

/// A table that was read.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Its events, by first day, then line. A site's number is that of its place.
    pub events: Vec<Event>,
    /// Who tells of which event, by event.
    pub told_by: Vec<(EventIndex, SourceIndex)>,
    /// Places.
    pub places: Vec<TablePlace>,
    /// Classes as written, by their slots; the last one stands for several where there are more than slots.
    pub classes: Vec<String>,
    /// Classes that share the last slot.
    pub other_classes: usize,
    /// Kinds of events, as written.
    pub kinds: Vec<String>,
    /// Parties, as written.
    pub actors: Vec<String>,
    /// Sources, as written.
    pub sources: Vec<String>,
    /// What became of its rows.
    pub report: Report,
    /// What its dates say of their order.
    pub dates: OrderSeen,
}

impl Imported {
    /// The lines of its events, from 1.
    pub fn lines(&self) -> impl Iterator<Item = u64> {
        self.events.iter().map(|event| line_of(event).into())
    }
}

fn line_of(event: &Event) -> u32 {
    match event.words {
        WordsAt::Row(TextRow { line, .. }) => line.get(),
        WordsAt::Memory(_) => 0,
    }
}

/// Reads all rows of a table.
///
/// # Errors
/// When the file cannot be read to its end; [`io::ErrorKind::Interrupted`] when it was stopped.
pub(super) fn read(parts: Parts<'_>, progress: &Progress) -> io::Result<Imported> {
    let Parts { file, sample, mapping, way } = parts;
    let reader = Reader::new(sample, mapping);
    let each = |known: &mut Known, part: &mut Part, seen: Seen<'_>| match seen {
        Seen::Row(row, block) => reader.row(known, part, row, block),
        Seen::Open(line) => {
            part.report.read += 1;
            part.report.leave_out(LeftOut::OpenQuote, line, "");
        }
    };
    let finish = |known: &mut Known, part: &mut Part| part.new = known.new_words();
    let steps = Steps { start: Part::new, each, finish };
    let mut rows = RowsRead { bytes: file.bytes(), ..RowsRead::default() };
    let lines_above = sample.rows_line + 1;
    blocks::work(&sample.rows_of(file), progress, &steps, |worked| {
        Some(rows.add(worked, lines_above, way))
    })?;
    Ok(rows.imported(mapping, &RowWords::new(parts)))
}

/// What was made of the blocks so far. All numbers follow from the order of the file, not from which thread had which block.
#[derive(Default)]
struct RowsRead {
    /// Bytes of the whole file, where they can be told.
    bytes: Option<u64>,
    all: Imported,
    /// By event the number of its class.
    classes: Vec<u32>,
    /// By event a hash of its identifier; 0 where it has none.
    ids: Vec<u64>,
    /// Events and their sources.
    sources: Vec<(u32, u32)>,
    /// Events whose date can be read when the order of the whole column is known.
    waiting: Vec<Waiting>,
    /// All places and words, numbered as they are met in the file.
    keys: Interned,
    lists: [Interned; 4],
    /// By thread, its numbers of places and words as numbers of those.
    to: Vec<Renumbered>,
}

/// The numbers of all places and words by those of one thread.
#[derive(Clone, Default)]
struct Renumbered {
    places: Vec<u32>,
    lists: [Vec<u32>; 4],
}

impl Renumbered {
    fn list(&self, list: List, number: u32) -> u32 {
        self.lists[list as usize].get(number as usize).copied().unwrap_or(u32::MAX)
    }
}

impl RowsRead {
    /// Takes what was made of the next block, and gives back its room.
    fn add(&mut self, worked: Worked<Part>, lines_above: u64, way: &Way) -> Part {
        let Worked { value: mut part, lines_before, thread } = worked;
        let lines_before = lines_before + lines_above;
        self.make_room(&part);
        self.learn(std::mem::take(&mut part.new), thread);
        let first = u32::try_from(self.all.events.len()).unwrap_or(u32::MAX);
        let to = &self.to[thread];
        for (mut event, id) in part.events.drain(..).zip(&part.ids) {
            renumber(&mut event, to);
            place_in_file(&mut event, lines_before, *id != 0, way);
            self.all.events.push(event);
        }
        self.classes.extend(part.classes.iter().map(|class| to.list(List::Classes, *class)));
        self.ids.extend_from_slice(&part.ids);
        let source = |(event, source)| (first + event, to.list(List::Sources, source));
        self.sources.extend(part.sources.drain(..).map(source));
        self.waiting.extend(part.waiting.drain(..).map(|waiting| Waiting {
            event: first + waiting.event,
            line: waiting.line + lines_before,
            ..waiting
        }));
        self.all.report.join(std::mem::take(&mut part.report), lines_before);
        self.all.dates.join(part.dates);
        part
    }

    /// Makes room for all events when the first are there: to make more and more of it takes longer, and twice as much of it.
    fn make_room(&mut self, part: &Part) {
        let Some(bytes) = self.bytes.filter(|_| self.all.events.is_empty() && part.bytes > 0)
        else {
            return;
        };
        let rows = u128::from(bytes) * part.events.len() as u128 / part.bytes as u128;
        // A little more, as rows are not all as long as the first; and no more than a row of a few bytes each could need.
        let rows = usize::try_from(rows + rows / 32 + 16).unwrap_or_default().min(MOST_AT_ONCE);
        self.all.events.reserve_exact(rows);
        self.classes.reserve_exact(rows);
        self.ids.reserve_exact(rows);
    }

    /// Numbers what a thread met for the first time.
    fn learn(&mut self, new: NewWords, thread: usize) {
        if self.to.len() <= thread {
            self.to.resize(thread + 1, Renumbered::default());
        }
        let to = &mut self.to[thread];
        for (key, place) in new.places {
            let (number, is_new) = self.keys.number(&key);
            to.places.push(number);
            if is_new {
                self.all.places.push(place);
            }
        }
        for ((new, all), to) in new.lists.iter().zip(&mut self.lists).zip(&mut to.lists) {
            to.extend(new.iter().map(|word| all.number(word).0));
        }
    }

    /// All of it, when all blocks are there.
    fn imported(mut self, mapping: &Mapping, texts: &RowWords) -> Imported {
        self.settle(mapping.date_order.or_else(|| self.all.dates.order()));
        self.say_classes();
        let Self { mut all, ids, sources, lists, .. } = self;
        same_ids(&ids, &all.events, texts, &mut all.report);
        drop(ids);
        let [_, kinds, actors, told_by] = lists.map(|list| list.texts().collect::<Vec<_>>());
        (all.kinds, all.actors, all.sources) = (kinds, actors, told_by);
        all.told_by = sorted(&mut all.events, sources);
        all
    }

    /// Gives the events that wait their days; those that cannot have any are left out.
    fn settle(&mut self, order: Option<DateOrder>) {
        let mut left_out: Vec<u32> = Vec::new();
        let mut report = Report::default();
        for waiting in std::mem::take(&mut self.waiting) {
            let event = &mut self.all.events[waiting.event as usize];
            match reader::days(waiting.dates, order) {
                Ok((span, precision)) => {
                    let precision = event.date.precision.max(precision);
                    reader::set_days(event, span, precision);
                    report.used += 1;
                    report.doubtful += u64::from(!waiting.doubts.is_empty());
                    for (what, cell) in waiting.doubts {
                        report.doubt(what, waiting.line, &cell);
                    }
                }
                Err(why) => {
                    report.leave_out(why, waiting.line, &waiting.written);
                    left_out.push(waiting.event);
                }
            }
        }
        self.all.report.join(report, 0);
        if !left_out.is_empty() {
            self.leave_out(&left_out);
        }
    }

    /// Takes events away, which are told by their numbers in order.
    fn leave_out(&mut self, left_out: &[u32]) {
        let is_in = |number: u32| left_out.binary_search(&number).is_err();
        keep(&mut self.all.events, is_in);
        keep(&mut self.classes, is_in);
        keep(&mut self.ids, is_in);
        self.sources.retain_mut(|(event, _)| {
            let before = left_out.binary_search(event);
            *event -= u32::try_from(before.unwrap_or_else(|before| before)).unwrap_or_default();
            before.is_err()
        });
    }

    /// Finds the classes that get a colour, most rows first, and gives each event its slot.
    fn say_classes(&mut self) {
        let names: Vec<String> = self.lists[List::Classes as usize].texts().collect();
        let mut rows = vec![0_u64; names.len()];
        for class in &self.classes {
            rows[*class as usize] += 1;
        }
        // A class that no event has was one of rows that were left out.
        let mut order: Vec<usize> = (0..names.len()).filter(|class| rows[*class] > 0).collect();
        order.sort_by(|a, b| (rows[*b], &names[*a]).cmp(&(rows[*a], &names[*b])));
        let own = if order.len() > Classes::MOST { Classes::MOST - 1 } else { order.len() };
        let mut slot_of = vec![Direction::Other; names.len()];
        for (slot, class) in order.iter().take(own).enumerate() {
            slot_of[*class] = Direction::ALL[slot];
        }
        for (event, class) in self.all.events.iter_mut().zip(&self.classes) {
            event.direction = slot_of[*class as usize];
        }
        self.all.other_classes = order.len() - own;
        self.all.classes = order[..own].iter().map(|class| names[*class].clone()).collect();
        self.classes = Vec::new();
    }
}

/// Events for which room is made before they are there.
const MOST_AT_ONCE: usize = 64 << 20;

/// Keeps those of which a function says so, by their numbers.
fn keep<T>(list: &mut Vec<T>, is_in: impl Fn(u32) -> bool) {
    let mut numbers = 0_u32..;
    list.retain(|_| numbers.next().is_none_or(&is_in));
}

/// Gives what stands in many rows the numbers of the whole file.
fn renumber(event: &mut Event, to: &Renumbered) {
    event.site = SiteIndex(to.places.get(event.site.get()).copied().unwrap_or(u32::MAX));
    if let Some(KindIndex(kind)) = &mut event.kind {
        *kind = to.list(List::Kinds, *kind);
    }
    let others = event.attributed_to.iter_mut().chain(event.claimed_by.iter_mut());
    for ActorIndex(actor) in event.parties.iter_mut().chain(others) {
        *actor = to.list(List::Actors, *actor);
    }
}

/// Puts in where a row stands in the file.
fn place_in_file(event: &mut Event, lines_before: u64, has_id: bool, way: &Way) {
    let WordsAt::Row(row) = &mut event.words else { return };
    row.line = reader::line_number(way.number(u64::from(row.line.get()) - 1 + lines_before));
    if !has_id {
        row.id_key = id_key(&row_words::id_of_row(way.rows, row.line.get()));
    }
}

/// Sorts events by their first days, those of a day as they stand in the file, and gives who tells of each.
fn sorted(events: &mut [Event], sources: Vec<(u32, u32)>) -> Vec<(EventIndex, SourceIndex)> {
    let told = |(event, source)| (EventIndex(event), SourceIndex(source));
    if events.is_sorted_by_key(|event| event.date.span.first()) {
        return sources.into_iter().map(told).collect();
    }
    let mut order: Vec<(crate::domain::Day, u32)> =
        (0..).zip(events.iter()).map(|(number, event)| (event.date.span.first(), number)).collect();
    order.sort_unstable();
    let mut to = vec![0_u32; events.len()];
    for (new, (_, old)) in (0..).zip(&order) {
        to[*old as usize] = new;
    }
    drop(order);
    let mut told: Vec<_> = sources.into_iter().map(|(e, s)| told((to[e as usize], s))).collect();
    // Those of one event keep their order.
    told.sort_by_key(|(event, _)| *event);
    for place in 0..events.len() {
        while to[place] as usize != place {
            let wanted = to[place] as usize;
            events.swap(place, wanted);
            to.swap(place, wanted);
        }
    }
    told
}

/// Tells rows whose identifier an earlier one has, of events in the order of the file. Both stay: which is right nobody can say
/// here.
fn same_ids(ids: &[u64], events: &[Event], texts: &RowWords, report: &mut Report) {
    let mut all: Vec<(u64, u32)> =
        ids.iter().copied().zip(0..).filter(|(id, _)| *id != 0).collect();
    all.sort_unstable();
    let pairs = all.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    let mut again: Vec<u32> = pairs.map(|pair| pair[1].1).collect();
    drop(all);
    again.sort_unstable();
    for (number, event) in again.into_iter().enumerate() {
        let WordsAt::Row(row) = events[event as usize].words else { continue };
        // The words of the rest are not shown.
        let id = if number < EXAMPLES { texts.words(row).id } else { String::new() };
        report.doubt(Doubt::IdTwice, row.line.get().into(), &id);
    }
}
