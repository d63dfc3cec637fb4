//! The words of a row, read from the file when somebody looks at its event.

use std::collections::VecDeque;
use std::io::{self, Read as _};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::blocks::Text as _;
use super::cells::{Next, Row, Rows};
use super::feeder::LONGEST_ROW;
use super::text_file::TextFile;
use super::{Parts, Role, RowName, counts};
use crate::domain::{Code as _, EventTexts, EventWords, Status, TextRow};

/// Bytes that are read of a row at first; most rows have fewer.
const FIRST_READ: usize = 4096;
/// Rows that are kept: those of a table on the screen are asked for in every frame.
const KEPT: usize = 256;

/// Reads rows of a file from where they stand.
#[derive(Debug)]
pub(super) struct RowWords {
    file: TextFile,
    /// The text in a form that can be read from any byte of it; made when the first row is read.
    text: OnceLock<Result<TextFile, String>>,
    rows: RowName,
    delimiter: u8,
    /// Roles whose text is kept as it stands, with their columns.
    texts: Vec<(Role, usize)>,
    others: Vec<usize>,
    /// Columns of people killed and wounded: the best count, the lowest and the highest.
    counts: [(&'static str, [Option<usize>; 3]); 2],
    kept: Mutex<VecDeque<(u64, EventWords)>>,
}

/// The identifier of a row that has none.
pub(super) fn id_of_row(rows: RowName, number: u32) -> String {
    format!("{} {number}", rows.one())
}

impl RowWords {
    /// Reads rows of a table.
    pub(super) fn new(Parts { file, sample, mapping, way }: Parts<'_>) -> Self {
        const TEXTS: [Role; 6] =
            [Role::Id, Role::Title, Role::Summary, Role::Note, Role::Weapon, Role::Status];
        let of = |role: Role| mapping.place(role).map(|place| (role, place));
        Self {
            file: file.clone(),
            text: OnceLock::new(),
            rows: way.rows,
            delimiter: sample.delimiter,
            texts: TEXTS.into_iter().filter_map(of).collect(),
            others: (0..sample.header.len()).filter(|place| mapping.keeps(*place)).collect(),
            counts: [
                ("killed", [Role::Killed, Role::KilledLow, Role::KilledHigh]),
                ("wounded", [Role::Wounded, Role::WoundedLow, Role::WoundedHigh]),
            ]
            .map(|(what, roles)| (what, roles.map(|role| mapping.place(role)))),
            kept: Mutex::default(),
        }
    }

    fn read(&self, start: u64) -> io::Result<EventWords> {
        if !self.file.is_as_opened() {
            return Err(io::Error::other("the file has changed since it was opened"));
        }
        let text = self.text.get_or_init(|| self.file.quick().map_err(|why| why.to_string()));
        let text = text.as_ref().map_err(|why| io::Error::other(why.clone()))?;
        let mut text = text.from(start)?;
        let (mut bytes, mut wanted) = (Vec::new(), FIRST_READ);
        let mut row = Row::default();
        loop {
            let read = (&mut text).take(wanted as u64).read_to_end(&mut bytes)?;
            let mut rows = Rows::new(&bytes, self.delimiter);
            let next = rows.next(&mut row);
            let is_whole = read < wanted || bytes.len() > LONGEST_ROW;
            match next {
                Next::Row if is_whole || rows.at() < bytes.len() => {
                    return Ok(self.words(&row, &bytes));
                }
                Next::Row | Next::Open if !is_whole => wanted = bytes.len(),
                _ => return Err(io::Error::other("the row is no longer there")),
            }
        }
    }

    fn words(&self, row: &Row, bytes: &[u8]) -> EventWords {
        let text = |role: Role| {
            let column = self.texts.iter().find(|(r, _)| *r == role)?.1;
            Some(row.text(bytes, column).into_owned()).filter(|text| !text.is_empty())
        };
        let status = text(Role::Status).filter(|word| Status::from_code(word).is_none());
        let status = status.map(|word| format!("status in the file: {word}"));
        let counts = self.counts.iter().filter_map(|(what, columns)| {
            let number = |column: &Option<usize>| counts::read(&row.text(bytes, (*column)?));
            let [best, low, high] = columns;
            let said = counts::contradiction([number(best), number(low), number(high)])?;
            Some(format!("counts of people {what} in the file contradict each other: {said}"))
        });
        let counts = counts.reduce(|a, b| format!("{a}; {b}"));
        let others = self.others.iter().filter_map(|place| {
            let cell = row.text(bytes, *place);
            (!cell.is_empty()).then(|| (u32::try_from(*place).unwrap_or(u32::MAX), cell.into()))
        });
        EventWords {
            id: text(Role::Id).unwrap_or_default(),
            weapon_detail: text(Role::Weapon),
            note: [text(Role::Note), status, counts]
                .into_iter()
                .flatten()
                .reduce(|a, b| format!("{a}; {b}")),
            summary: joined([text(Role::Title), text(Role::Summary)], ". ").unwrap_or_default(),
            others: others.collect(),
            ..EventWords::default()
        }
    }
}

impl EventTexts for RowWords {
    fn words(&self, row: TextRow) -> EventWords {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, words)) = kept().iter().find(|(start, _)| *start == row.start) {
            return words.clone();
        }
        let unread = |why: io::Error| EventWords {
            note: Some(format!("its row cannot be read from the file any more: {why}")),
            ..EventWords::default()
        };
        let read = self.read(row.start);
        let is_read = read.is_ok();
        let mut words = read.unwrap_or_else(unread);
        if words.id.is_empty() {
            words.id = id_of_row(self.rows, row.line.get());
        }
        if is_read {
            let mut kept = kept();
            kept.truncate(KEPT - 1);
            kept.push_front((row.start, words.clone()));
        }
        words
    }
}

/// Those of two texts that there are, joined.
fn joined(texts: [Option<String>; 2], between: &str) -> Option<String> {
    texts.into_iter().flatten().reduce(|a, b| format!("{a}{between}{b}"))
}
