//! Bytes of which only so many are read for one thing, so that one thing cannot fill the memory.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::data::import::origin::refused;

/// One feature, row or element is no longer, in bytes.
const LONGEST: u64 = 128 << 20;

/// How many bytes may still be read before [`Budget::renew`] is called.
#[derive(Clone)]
pub(super) struct Budget {
    left: Rc<Cell<u64>>,
    thing: &'static str,
}

impl Budget {
    /// A full one; `thing` is what must not be longer.
    pub(super) fn new(thing: &'static str) -> Self {
        Self { left: Rc::new(Cell::new(LONGEST)), thing }
    }

    /// Fills it again.
    pub(super) fn renew(&self) {
        self.left.set(LONGEST);
    }

    /// The bytes, read within the budget.
    pub(super) fn of<R: Read>(&self, bytes: R) -> Budgeted<R> {
        Budgeted { bytes, budget: self.clone() }
    }
}

/// Bytes that are read within a budget.
pub(super) struct Budgeted<R> {
    bytes: R,
    budget: Budget,
}

impl<R: Read> Read for Budgeted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        let left = self.budget.left.get().checked_sub(read as u64);
        let too_long = || {
            refused(format!("one {} of it is longer than {} MB", self.budget.thing, LONGEST >> 20))
        };
        self.budget.left.set(left.ok_or_else(too_long)?);
        Ok(read)
    }
}
