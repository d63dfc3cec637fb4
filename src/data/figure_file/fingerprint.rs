//! A short sign of all that a record holds of an event, so that a change of it is noticed.

use sha2::{Digest as _, Sha256};

use super::text::hex;
use crate::analysis::Record;
use crate::domain::{
    ActorIndex, Casualties, Code, CountRange, Event, EventDate, EventIndex, EventWords, LonLat,
    Report, Said,
};

/// Hexadecimal digits of a fingerprint: of a million events two that are told to be equal by mistake are rare.
const DIGITS: usize = 12;

/// The sign of an event: of its row, of the place that it is drawn at, and of all reports of it.
pub(super) fn fingerprint(record: &Record, index: EventIndex) -> String {
    let mut words = Words::default();
    let event = record.event(index);
    words.event(record, event);
    for report in record.reports_of(index) {
        words.report(record, report);
    }
    hex(&words.0.finalize(), DIGITS)
}

/// Values one after the other, each with its length, so that no two lists of them are alike.
#[derive(Default)]
struct Words(Sha256);

impl Words {
    fn word(&mut self, word: &str) {
        self.0.update((word.len() as u64).to_le_bytes());
        self.0.update(word);
    }

    /// Nothing is not the same as an empty word.
    fn perhaps(&mut self, word: Option<&str>) {
        self.0.update([u8::from(word.is_some())]);
        self.word(word.unwrap_or_default());
    }

    fn code(&mut self, code: impl Code) {
        self.word(code.code());
    }

    fn list<'a>(&mut self, words: impl ExactSizeIterator<Item = &'a str>) {
        self.0.update((words.len() as u64).to_le_bytes());
        words.for_each(|word| self.word(word));
    }

    fn range(&mut self, range: Option<CountRange>) {
        let said = range.map(|range| format!("{}-{:?}", range.low(), range.high()));
        self.perhaps(said.as_deref());
    }

    fn casualties(&mut self, casualties: &Casualties) {
        for (group, count) in casualties.reported() {
            self.code(group);
            self.range(Some(count));
        }
        self.word("");
    }

    fn position(&mut self, position: Option<LonLat>) {
        let said = position.map(|p| format!("{} {}", p.lon(), p.lat()));
        self.perhaps(said.as_deref());
    }

    fn event(&mut self, record: &Record, event: &Event) {
        // Taken apart by name, so that a value that is added is not forgotten here.
        let Event {
            date,
            site,
            position,
            precision,
            direction,
            kind,
            weapon,
            munitions,
            killed,
            wounded,
            intercepted,
            damage,
            attributed_to,
            parties,
            claimed_by,
            status,
            confidence,
            words: _,
        } = event;
        let EventWords {
            id,
            weapon_detail,
            outcome,
            target,
            attributed_by,
            distinct_from,
            note,
            summary,
            others,
        } = &*record.words(event);
        let EventDate { span, precision: date_precision, local_time } = date;
        let actors = |list: &[ActorIndex]| -> Vec<String> {
            list.iter().map(|actor| record.actor(*actor).id.clone()).collect()
        };
        self.word(id);
        self.word(&format!("{} {}", span.first(), span.last()));
        self.code(*date_precision);
        self.perhaps(local_time.as_deref());
        let site = record.site(*site);
        self.word(&site.id);
        self.word(&site.name);
        self.position(position.get().or(site.position));
        self.code(*precision);
        self.word(record.classes.code(*direction));
        self.code(*weapon);
        self.perhaps(weapon_detail.as_deref());
        self.range(munitions.get());
        self.casualties(killed);
        self.casualties(wounded);
        self.range(intercepted.get());
        self.code(*damage);
        self.perhaps(outcome.as_deref());
        self.perhaps(target.as_deref());
        for list in [attributed_to, claimed_by] {
            self.list(actors(list).iter().map(String::as_str));
        }
        self.perhaps(attributed_by.as_deref());
        self.code(*status);
        self.code(*confidence);
        self.list(distinct_from.iter().map(String::as_str));
        self.perhaps(note.as_deref());
        self.word(summary);
        // Events without them have the fingerprint that they always had.
        for (column, cell) in others {
            self.word(record.other_columns.get(*column as usize).map_or("", String::as_str));
            self.word(cell);
        }
        if kind.is_some() {
            self.word(record.kind(event).unwrap_or_default());
        }
        for party in parties {
            self.word(&record.actor(*party).id);
        }
    }

    fn report(&mut self, record: &Record, report: &Report) {
        let Report { event: _, source, stance, said: _ } = report;
        let Said {
            speaker,
            locator,
            date,
            date_text,
            place,
            site,
            count,
            killed,
            wounded,
            attributed_to,
            claimed_by,
            outcome,
            note,
        } = report.said();
        self.word(&record.source(*source).id);
        self.code(*stance);
        for word in
            [speaker, locator, date, date_text, place, attributed_to, claimed_by, outcome, note]
        {
            self.perhaps(word.as_deref());
        }
        self.perhaps(site.map(|site| record.site(site).id.as_str()));
        for range in [count, killed, wounded] {
            self.range(*range);
        }
    }
}
