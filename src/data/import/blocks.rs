//! A large text in blocks of whole rows, which are worked on by all threads while the next one is read.
//!
//! Where a row ends cannot be seen from the middle of a text. The reader guesses it by the parity of the quotation
//! marks before it, which is right unless a mark stands inside a plain cell; whoever works on a block sees whether
//! the guess was right, and where it was not, the rest of the text is read by one thread without guessing.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::cells::{Block, Next, Row, Rows};
use super::feeder::{BLOCK, BlockEnd, Feeder, Filled, LONGEST_ROW};

/// How far the reading is, and whether it is to go on.
#[derive(Debug, Default)]
pub struct Progress {
    read: AtomicU64,
    stopped: AtomicBool,
}

impl Progress {
    /// Bytes of text read so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Breaks the reading off.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it was broken off.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

/// A text that can be read from any place of it.
pub(in crate::data) trait Text: Sync {
    /// The text from a byte on.
    ///
    /// # Errors
    /// When it cannot be read any more.
    fn from(&self, start: u64) -> io::Result<Box<dyn Read + Send + '_>>;
}

/// What was made of one block.
#[derive(Debug)]
pub(in crate::data) struct Worked<T> {
    /// What the work gave.
    pub(in crate::data) value: T,
    /// Lines of the text before the block.
    pub(in crate::data) lines_before: u64,
    /// The number of the thread that worked on it.
    pub(in crate::data) thread: usize,
}

/// What is done with each block: `start` makes an empty result for it, out of one that is no longer needed where there is one,
/// `each` adds a row to that, and `finish` is called when it has all of them. What a thread knows from its blocks before is
/// the first argument of both.
pub(in crate::data) struct Steps<A, B, C> {
    pub(in crate::data) start: A,
    pub(in crate::data) each: B,
    pub(in crate::data) finish: C,
}

/// A text, the byte from which it is read and which must be the start of a row, and what stands between its cells.
#[derive(Debug)]
pub(in crate::data) struct RowsFrom<'a, X> {
    pub(in crate::data) text: &'a X,
    pub(in crate::data) start: u64,
    pub(in crate::data) delimiter: u8,
}

/// A block that is about to be worked on.
#[derive(Clone, Copy, Debug)]
pub(in crate::data) struct BlockStart<'a> {
    /// Its bytes.
    pub(in crate::data) block: Block<'a>,
    /// Bytes of the text before it.
    pub(in crate::data) start: u64,
    /// How many rows it has at most, where that is known.
    pub(in crate::data) rows: Option<usize>,
}

/// A row as the work on a block sees it.
#[derive(Clone, Copy, Debug)]
pub(in crate::data) enum Seen<'a> {
    /// A row, in a block.
    Row(&'a Row, Block<'a>),
    /// A row with a quotation mark that never closes, on this line of the block; its line is left out.
    Open(u64),
}

/// What came of the work on a block.
enum Outcome<T> {
    Whole(T, u64),
    /// It ends inside a row.
    Cut,
}

fn work_on<S, T>(
    block: &Filled,
    delimiter: u8,
    (state, spare): (&mut S, Option<T>),
    steps: &Steps<
        impl Fn(BlockStart<'_>, Option<T>) -> T,
        impl Fn(&mut S, &mut T, Seen<'_>),
        impl Fn(&mut S, &mut T),
    >,
) -> Outcome<T> {
    if block.end == BlockEnd::Anywhere {
        return Outcome::Cut;
    }
    let mut rows = Rows::new(&block.bytes, delimiter);
    let text = Block::of(&block.bytes);
    let of = BlockStart { block: text, start: block.start, rows: rows.at_most() };
    let (mut row, mut value) = (Row::default(), (steps.start)(of, spare));
    loop {
        match rows.next(&mut row) {
            Next::Row => (steps.each)(state, &mut value, Seen::Row(&row, text)),
            Next::End => {
                (steps.finish)(state, &mut value);
                return Outcome::Whole(value, rows.lines());
            }
            Next::Open if block.end == BlockEnd::Text => {
                (steps.each)(state, &mut value, Seen::Open(rows.lines()));
                rows.skip_line();
            }
            Next::Open => return Outcome::Cut,
        }
    }
}

/// Works on all rows of a text, and gives the results one after the other in the order of the text, those of the first blocks
/// while later ones are worked on. Who takes one gives it back where its room can be used again.
///
/// # Errors
/// What the reading of the text ends with; [`io::ErrorKind::Interrupted`] when it was stopped.
pub(in crate::data) fn work<S: Default + Send, T: Send>(
    from: &RowsFrom<'_, impl Text>,
    progress: &Progress,
    steps: &Steps<
        impl Fn(BlockStart<'_>, Option<T>) -> T + Sync,
        impl Fn(&mut S, &mut T, Seen<'_>) + Sync,
        impl Fn(&mut S, &mut T) + Sync,
    >,
    take: impl FnMut(Worked<T>) -> Option<T> + Send,
) -> io::Result<()> {
    let &RowsFrom { text, start, delimiter } = from;
    let feeder = Mutex::new(Feeder::new(text.from(start)?, start));
    let ordered = Mutex::new(Ordered {
        next: 0,
        lines: 0,
        waiting: BTreeMap::new(),
        cut: None,
        take,
        spare: Vec::new(),
    });
    let was_cut = AtomicBool::new(false);
    let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get).min(8);
    let one_thread = |thread: usize| -> io::Result<()> {
        let mut state = S::default();
        while !was_cut.load(Ordering::Relaxed) {
            if progress.is_stopped() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let Some(block) = locked(&feeder).next()? else { break };
            let spare = locked(&ordered).spare.pop();
            let outcome = work_on(&block, delimiter, (&mut state, spare), steps);
            was_cut.fetch_or(matches!(outcome, Outcome::Cut), Ordering::Relaxed);
            progress.read.fetch_add(block.bytes.len() as u64, Ordering::Relaxed);
            let Filled { number, start, bytes, .. } = block;
            locked(&feeder).give_back(bytes);
            locked(&ordered).add(number, Done { start, thread, outcome });
        }
        Ok(())
    };
    let ends: Vec<io::Result<()>> = std::thread::scope(|scope| {
        let one_thread = &one_thread;
        let all: Vec<_> = (1..threads).map(|n| scope.spawn(move || one_thread(n))).collect();
        let here = one_thread(0);
        let join = |thread: std::thread::ScopedJoinHandle<'_, io::Result<()>>| {
            thread
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("a thread that reads ended early")))
        };
        [here].into_iter().chain(all.into_iter().map(join)).collect()
    });
    ends.into_iter().collect::<io::Result<()>>()?;
    let Ordered { cut, mut take, .. } =
        ordered.into_inner().unwrap_or_else(PoisonError::into_inner);
    let Some(at) = cut else { return Ok(()) };
    let mut state = S::default();
    without_guessing(from, at, progress, (&mut state, steps), |value, lines_before| {
        take(Worked { value, lines_before, thread: threads })
    })
}

/// What comes of all blocks of a text, in its order.
///
/// # Errors
/// As [`work`].
pub(in crate::data) fn all<S: Default + Send, T: Send>(
    from: &RowsFrom<'_, impl Text>,
    progress: &Progress,
    start: impl Fn(BlockStart<'_>) -> T + Sync,
    each: impl Fn(&mut S, &mut T, Seen<'_>) + Sync,
) -> io::Result<Vec<Worked<T>>> {
    let mut all = Vec::new();
    let start = |block: BlockStart<'_>, _: Option<T>| start(block);
    let steps = Steps { start, each, finish: |_: &mut S, _: &mut T| () };
    work(from, progress, &steps, |worked| {
        all.push(worked);
        None
    })?;
    Ok(all)
}

/// Gives what was made of blocks on in their order.
struct Ordered<T, F> {
    /// The number of the block that is the next.
    next: usize,
    /// Lines of the text before it.
    lines: u64,
    waiting: BTreeMap<usize, Done<T>>,
    /// Where the first block starts that ends inside a row.
    cut: Option<Place>,
    take: F,
    /// Results that are no longer needed.
    spare: Vec<T>,
}

impl<T, F: FnMut(Worked<T>) -> Option<T>> Ordered<T, F> {
    fn add(&mut self, number: usize, done: Done<T>) {
        if self.cut.is_some() {
            return;
        }
        self.waiting.insert(number, done);
        while let Some(Done { start, thread, outcome }) = self.waiting.remove(&self.next) {
            self.next += 1;
            match outcome {
                Outcome::Whole(value, lines) => {
                    let worked = Worked { value, lines_before: self.lines, thread };
                    self.spare.extend((self.take)(worked));
                    self.lines += lines;
                }
                Outcome::Cut => {
                    self.cut = Some(Place { bytes: start, lines: self.lines });
                    self.waiting.clear();
                    return;
                }
            }
        }
    }
}

/// A block that was worked on.
struct Done<T> {
    start: u64,
    thread: usize,
    outcome: Outcome<T>,
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Place {
    bytes: u64,
    lines: u64,
}

/// Works on the rows of a text from a place on, one after the other.
fn without_guessing<S, T>(
    from: &RowsFrom<'_, impl Text>,
    mut at: Place,
    progress: &Progress,
    (state, steps): (
        &mut S,
        &Steps<
            impl Fn(BlockStart<'_>, Option<T>) -> T,
            impl Fn(&mut S, &mut T, Seen<'_>),
            impl Fn(&mut S, &mut T),
        >,
    ),
    mut take: impl FnMut(T, u64) -> Option<T>,
) -> io::Result<()> {
    let mut reader = from.text.from(at.bytes)?;
    let mut bytes: Vec<u8> = Vec::new();
    let mut row = Row::default();
    let (mut wanted, mut spare) = (BLOCK, None);
    loop {
        if progress.is_stopped() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let read = (&mut reader).take(wanted as u64).read_to_end(&mut bytes)?;
        progress.read.fetch_add(read as u64, Ordering::Relaxed);
        let ended = read < wanted;
        let too_long = bytes.len() > LONGEST_ROW;
        let mut rows = Rows::new(&bytes, from.delimiter);
        let text = Block::of(&bytes);
        let of = BlockStart { block: text, start: at.bytes, rows: None };
        let mut value = (steps.start)(of, spare.take());
        let (mut done, mut lines) = (0, 0);
        loop {
            match rows.next(&mut row) {
                // A row that reaches the end of what was read may go on.
                Next::Row if rows.at() == bytes.len() && !ended && !too_long => break,
                Next::Row => (steps.each)(state, &mut value, Seen::Row(&row, text)),
                Next::End => {
                    (done, lines) = (rows.at(), rows.lines());
                    break;
                }
                Next::Open if ended || too_long => {
                    (steps.each)(state, &mut value, Seen::Open(rows.lines()));
                    rows.skip_line();
                }
                Next::Open => break,
            }
            (done, lines) = (rows.at(), rows.lines());
        }
        (steps.finish)(state, &mut value);
        spare = take(value, at.lines);
        at = Place { bytes: at.bytes + done as u64, lines: at.lines + lines };
        bytes.drain(..done);
        if ended {
            return Ok(());
        }
        wanted = bytes.len().max(BLOCK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Held(Vec<u8>);

    impl Text for Held {
        fn from(&self, start: u64) -> io::Result<Box<dyn Read + Send + '_>> {
            Ok(Box::new(&self.0[usize::try_from(start).unwrap().min(self.0.len())..]))
        }
    }

    type Read3 = (u64, Vec<String>);

    fn rows(text: &str) -> Vec<Read3> {
        let each = |(): &mut (), all: &mut Vec<Read3>, seen: Seen<'_>| match seen {
            Seen::Row(row, block) => {
                let cells = (0..row.len()).map(|c| row.text(block, c).into_owned()).collect();
                all.push((row.line, cells));
            }
            Seen::Open(line) => all.push((line, vec!["open".to_owned()])),
        };
        let held = Held(text.as_bytes().to_vec());
        let start = |_: BlockStart<'_>| Vec::new();
        let from = RowsFrom { text: &held, start: 0, delimiter: b',' };
        let worked = all(&from, &Progress::default(), start, each).unwrap();
        let lines = worked.into_iter().flat_map(|w| {
            let before = w.lines_before;
            w.value.into_iter().map(move |(line, cells)| (line + before, cells))
        });
        lines.collect()
    }

    fn table(rows: usize, cell: impl Fn(usize) -> String) -> String {
        (0..rows).map(|row| format!("{row},{},end\n", cell(row))).collect::<Vec<_>>().concat()
    }

    #[test]
    fn rows_keep_their_order_and_their_lines_whatever_block_they_fall_into() {
        let text = table(120_000, |row| format!("\"some words\nand \"\"{row}\"\" more\""));
        let read = rows(&text);
        assert_eq!(read.len(), 120_000);
        for (place, (line, cells)) in read.iter().enumerate() {
            assert_eq!((*line, cells[0].as_str()), (place as u64 * 2, place.to_string().as_str()));
            assert_eq!(cells[1], format!("some words\nand \"{place}\" more"));
        }
    }

    #[test]
    fn a_quotation_mark_inside_a_plain_cell_moves_no_row() {
        let text = table(200_000, |row| match row {
            50_000 => "a 5\" pipe".to_owned(),
            _ => format!("\"first\nsecond {row}\""),
        });
        let read = rows(&text);
        assert_eq!(read.len(), 200_000);
        assert_eq!(read[50_000].1[1], "a 5\" pipe");
        assert_eq!((read[199_999].0, read[199_999].1[0].as_str()), (399_997, "199999"));
    }

    #[test]
    fn a_quotation_mark_that_never_closes_costs_one_line() {
        let text = table(300_000, |row| match row {
            100_000 => "\"never closed".to_owned(),
            _ => "plain".to_owned(),
        });
        let read = rows(&text);
        assert_eq!(read.len(), 300_000);
        assert_eq!(read[100_000], (100_000, vec!["open".to_owned()]));
        assert_eq!((read[299_999].0, read[299_999].1[0].as_str()), (299_999, "299999"));
    }

    #[test]
    fn a_stopped_reading_ends() {
        let progress = Progress::default();
        progress.stop();
        let held = Held(b"a,b\n".to_vec());
        let from = RowsFrom { text: &held, start: 0, delimiter: b',' };
        let end = all(&from, &progress, |_| (), |(): &mut (), (), _| ()).unwrap_err();
        assert_eq!(end.kind(), io::ErrorKind::Interrupted);
    }
}
