//! Blocks of whole rows of a text, one after the other. Where a row ends is guessed by the parity of the quotation marks before it.

use std::io::{self, Read};

use memchr::{memchr_iter, memrchr};

/// Bytes that are read at once. Small enough to stay in a processor's cache while it is worked on.
pub(super) const BLOCK: usize = 1 << 20;

/// No row is longer: what is, has a quotation mark that was never closed.
pub(super) const LONGEST_ROW: usize = 64 << 20;

/// A block that was read.
pub(super) struct Filled {
    pub(super) bytes: Vec<u8>,
    /// Its number, from 0.
    pub(super) number: usize,
    /// Bytes of the text before it.
    pub(super) start: u64,
    pub(super) end: BlockEnd,
}

/// What stands at the end of a block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockEnd {
    /// The end of a row, as it seems.
    Row,
    /// The end of the text.
    Text,
    /// Nothing that could be found in the longest row.
    Anywhere,
}

/// Reads blocks one after the other.
pub(super) struct Feeder<'a> {
    reader: Box<dyn Read + Send + 'a>,
    carry: Vec<u8>,
    /// Room of blocks that were worked on, to be used again: new room costs more than what is done with it.
    spare: Vec<Vec<u8>>,
    start: u64,
    number: usize,
    ended: bool,
}

impl<'a> Feeder<'a> {
    /// For a text that begins so many bytes into its file.
    pub(super) fn new(reader: Box<dyn Read + Send + 'a>, start: u64) -> Self {
        let (carry, spare) = (Vec::new(), Vec::new());
        Self { reader, carry, spare, start, number: 0, ended: false }
    }

    /// Takes back the room of a block that was worked on.
    pub(super) fn give_back(&mut self, bytes: Vec<u8>) {
        self.spare.push(bytes);
    }

    /// The next block of whole rows, as far as can be guessed.
    pub(super) fn next(&mut self) -> io::Result<Option<Filled>> {
        if self.ended && self.carry.is_empty() {
            return Ok(None);
        }
        let mut bytes = self.spare.pop().unwrap_or_default();
        bytes.clear();
        bytes.reserve(self.carry.len() + BLOCK + 1);
        bytes.append(&mut self.carry);
        let mut end = BlockEnd::Text;
        while !self.ended {
            let read = (&mut self.reader).take(BLOCK as u64).read_to_end(&mut bytes)?;
            self.ended = read < BLOCK;
            if self.ended {
                break;
            }
            if let Some(row_end) = row_end(&bytes) {
                self.carry.extend_from_slice(&bytes[row_end..]);
                bytes.truncate(row_end);
                end = BlockEnd::Row;
                break;
            }
            if bytes.len() > LONGEST_ROW {
                end = BlockEnd::Anywhere;
                break;
            }
        }
        let block = Filled { bytes, number: self.number, start: self.start, end };
        self.number += 1;
        self.start += block.bytes.len() as u64;
        Ok(Some(block))
    }
}

/// Behind the last end of a line that has as many quotation marks before it as close each other.
pub(super) fn row_end(bytes: &[u8]) -> Option<usize> {
    let mut before = memchr_iter(b'"', bytes).count();
    let mut end = bytes.len();
    loop {
        let line_feed = memrchr(b'\n', &bytes[..end])?;
        before -= memchr_iter(b'"', &bytes[line_feed + 1..end]).count();
        if before.is_multiple_of(2) {
            return Some(line_feed + 1);
        }
        end = line_feed;
    }
}
