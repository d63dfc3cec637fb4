//! All rows of a table under a mapping.

use std::io;

use super::blocks::{self, Progress, Seen, Worked};
use super::dates::OrderSeen;
use super::interned::{Interned, Renumbered};
use super::mapping::{DateOrder, Mapping};
use super::place::TablePlace;
use super::reader::{self, Known, Part, Reader};
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
        WordsAt::Row(TextRow { line, .. }) => line,
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
    let from = sample.rows_at as u64;
    let (worked, known) = blocks::work(file, from, sample.delimiter, progress, Part::new, each)?;
    let (mut all, ids) = joined(worked, &known, sample.rows_line + 1, (mapping, way));
    drop(known);
    let texts = RowWords::new(parts);
    same_ids(ids, &texts, &mut all.report);
    Ok(all)
}

/// Puts together what was made of the blocks. All numbers follow from the order of the file, not from which thread had
/// which block.
fn joined(
    mut parts: Vec<Worked<Part>>,
    known: &[Known],
    lines_above: u64,
    (mapping, way): (&Mapping, &Way),
) -> (Imported, Vec<(u64, TextRow)>) {
    let mut dates = OrderSeen::default();
    for part in &parts {
        dates.join(part.value.dates);
    }
    let order = mapping.date_order.or_else(|| dates.order());
    let left_out: Vec<Vec<u32>> =
        parts.iter_mut().map(|part| settle(&mut part.value, order)).collect();
    let (classes, other_classes, slots) = classes(&parts, &left_out, known);
    let mut all = Imported { classes, other_classes, dates, ..Imported::default() };
    let mut lists = Lists::new(known);
    let kept = parts.iter().zip(&left_out).map(|(p, out)| p.value.events.len() - out.len()).sum();
    all.events = Vec::with_capacity(kept);
    let mut sources: Vec<(u32, u32)> = Vec::new();
    let mut ids: Vec<(u64, TextRow)> = Vec::new();
    for (part, left_out) in parts.into_iter().zip(left_out) {
        let Worked { value: part, lines_before, thread } = part;
        let lines_before = lines_before + lines_above;
        let mut told = part.sources.iter().peekable();
        let mut left_out = left_out.iter().peekable();
        let rows = part.events.into_iter().zip(part.classes).zip(part.ids);
        for (number, ((mut event, class), id)) in (0_u32..).zip(rows) {
            let is_out = left_out.next_if(|out| **out == number).is_some();
            let index = u32::try_from(all.events.len()).unwrap_or(u32::MAX);
            while let Some((_, source)) = told.next_if(|(of, _)| *of == number) {
                if !is_out {
                    sources.push((index, lists.source(thread, *source)));
                }
            }
            if is_out {
                continue;
            }
            event.direction = slots[thread][class as usize];
            lists.renumber(thread, &mut event);
            let row = place_in_file(&mut event, lines_before, id, way);
            ids.extend(id.zip(row));
            all.events.push(event);
        }
        all.report.join(part.report, lines_before);
    }
    all.told_by = sorted(&mut all.events, sources);
    lists.into(&mut all);
    (all, ids)
}

/// Puts in where a row stands in the file.
fn place_in_file(
    event: &mut Event,
    lines_before: u64,
    id: Option<u64>,
    way: &Way,
) -> Option<TextRow> {
    let WordsAt::Row(row) = &mut event.words else { return None };
    let number = way.number(u64::from(row.line) + lines_before);
    row.line = u32::try_from(number).unwrap_or(u32::MAX);
    if id.is_none() {
        row.id_key = id_key(&row_words::id_of_row(way.rows, row.line));
    }
    Some(*row)
}

/// Gives the events that wait their days; those that cannot have any are left out, and told by their numbers.
fn settle(part: &mut Part, order: Option<DateOrder>) -> Vec<u32> {
    let mut left_out = Vec::new();
    for waiting in std::mem::take(&mut part.waiting) {
        let event = &mut part.events[waiting.event as usize];
        let line = u64::from(line_of(event));
        match reader::days(waiting.dates, order) {
            Ok((span, precision)) => {
                let precision = event.date.precision.max(precision);
                reader::set_days(event, span, precision);
                part.report.used += 1;
                part.report.doubtful += u64::from(!waiting.doubts.is_empty());
                for (what, cell) in waiting.doubts {
                    part.report.doubt(what, line, &cell);
                }
            }
            Err(why) => {
                part.report.leave_out(why, line, &waiting.written);
                left_out.push(waiting.event);
            }
        }
    }
    left_out
}

/// The classes that get a colour, most rows first; how many share the last where there are more than there are colours;
/// and by thread and number of a class its slot.
fn classes(
    parts: &[Worked<Part>],
    left_out: &[Vec<u32>],
    known: &[Known],
) -> (Vec<String>, usize, Vec<Vec<Direction>>) {
    let mut all = Interned::default();
    let mut to: Vec<Renumbered> = known.iter().map(|k| Renumbered::of(&k.classes)).collect();
    let mut rows: Vec<u64> = Vec::new();
    for (part, left_out) in parts.iter().zip(left_out) {
        let (to, own) = (&mut to[part.thread], &known[part.thread].classes);
        let mut left_out = left_out.iter().peekable();
        for (number, class) in (0_u32..).zip(&part.value.classes) {
            if left_out.next_if(|out| **out == number).is_none() {
                let class = to.to(*class, own, &mut all) as usize;
                rows.resize(rows.len().max(class + 1), 0);
                rows[class] += 1;
            }
        }
    }
    let names: Vec<String> = all.texts().collect();
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by(|a, b| (rows[*b], &names[*a]).cmp(&(rows[*a], &names[*b])));
    let own = if order.len() > Classes::MOST { Classes::MOST - 1 } else { order.len() };
    let mut slot_of = vec![Direction::Other; names.len()];
    for (slot, class) in order.iter().take(own).enumerate() {
        slot_of[*class] = Direction::ALL[slot];
    }
    let mut slots = Vec::new();
    for (known, to) in known.iter().zip(&mut to) {
        let of = |class| to.to(class, &known.classes, &mut all) as usize;
        let numbers = (0..u32::try_from(known.classes.len()).unwrap_or(u32::MAX)).map(of);
        // A class that no event has gets a number here for the first time, and no slot.
        let slot = |class: usize| slot_of.get(class).copied().unwrap_or(Direction::Other);
        slots.push(numbers.map(slot).collect());
    }
    let other = order.len() - own;
    (order[..own].iter().map(|class| names[*class].clone()).collect(), other, slots)
}

/// The words of all threads, numbered as they are met in the file.
struct Lists<'a> {
    known: &'a [Known],
    all: [Interned; 4],
    places: Vec<TablePlace>,
    to: Vec<[Renumbered; 4]>,
}

const PLACES: usize = 0;
const KINDS: usize = 1;
const ACTORS: usize = 2;
const SOURCES: usize = 3;

impl<'a> Lists<'a> {
    fn new(known: &'a [Known]) -> Self {
        let to = |k: &Known| [&k.places.keys, &k.kinds, &k.actors, &k.sources].map(Renumbered::of);
        let to = known.iter().map(to).collect();
        Self { known, all: Default::default(), places: Vec::new(), to }
    }

    fn number(&mut self, thread: usize, list: usize, number: u32) -> u32 {
        let known = &self.known[thread];
        let own = [&known.places.keys, &known.kinds, &known.actors, &known.sources][list];
        self.to[thread][list].to(number, own, &mut self.all[list])
    }

    fn source(&mut self, thread: usize, number: u32) -> u32 {
        self.number(thread, SOURCES, number)
    }

    fn renumber(&mut self, thread: usize, event: &mut Event) {
        let place = event.site.0;
        event.site = SiteIndex(self.number(thread, PLACES, place));
        if event.site.get() == self.places.len() {
            self.places.push(self.known[thread].places.read[place as usize].0.clone());
        }
        if let Some(KindIndex(kind)) = &mut event.kind {
            *kind = self.number(thread, KINDS, *kind);
        }
        for list in [&mut event.attributed_to, &mut event.parties, &mut event.claimed_by] {
            for ActorIndex(actor) in list {
                *actor = self.number(thread, ACTORS, *actor);
            }
        }
    }

    fn into(self, all: &mut Imported) {
        all.places = self.places;
        let [_, kinds, actors, sources] = self.all.map(|list| list.texts().collect::<Vec<_>>());
        (all.kinds, all.actors, all.sources) = (kinds, actors, sources);
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

/// Tells rows whose identifier an earlier one has. Both stay: which is right nobody can say here.
fn same_ids(mut ids: Vec<(u64, TextRow)>, texts: &RowWords, report: &mut Report) {
    ids.sort_unstable_by_key(|(id, row)| (*id, row.start));
    let pairs = ids.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    let mut again: Vec<TextRow> = pairs.map(|pair| pair[1].1).collect();
    again.sort_unstable_by_key(|row| row.start);
    for (number, row) in again.into_iter().enumerate() {
        // The words of the rest are not shown.
        let id = if number < EXAMPLES { texts.words(row).id } else { String::new() };
        report.doubt(Doubt::IdTwice, row.line.into(), &id);
    }
}
