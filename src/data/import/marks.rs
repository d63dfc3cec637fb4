//! Where the cells of a text end, found for sixty-four bytes at a time.
//!
//! Bytes are compared sixteen at once, and what is inside quotation marks follows from the parity of the marks before it
//! (the way of G. Langdale and D. Lemire, "Parsing gigabytes of JSON per second", 2019). That is the truth as long as
//! quotation marks stand only where cells begin and end, or doubled inside; a text that has them elsewhere has to be read
//! byte by byte, and so has one with a return that is not before a line feed.

use wide::u8x16;

const CHUNK: usize = 64;

/// Where the cells of a regular text end.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Places of the delimiters and line feeds outside of quotation marks.
    pub(super) ends: Vec<u32>,
    /// Places of the line feeds inside of quotation marks.
    pub(super) inner_lines: Vec<u32>,
}

impl Marks {
    /// The marks of a text; `None` where it is not regular, ends inside quotation marks or is too long.
    pub(super) fn of(text: &[u8], delimiter: u8) -> Option<Self> {
        let is_odd = matches!(delimiter, b'"' | b'\n' | b'\r') || text.ends_with(b"\r");
        if is_odd || u32::try_from(text.len()).is_err() {
            return None;
        }
        let mut scan = Scan { delimiter: u8x16::splat(delimiter), ..Scan::default() };
        scan.marks.ends.reserve(text.len() / 12);
        // The beginning of a text is as good as the end of a cell.
        scan.ended = 1;
        let (chunks, rest) = text.as_chunks::<CHUNK>();
        let mut start = 0_u32;
        for chunk in chunks {
            scan.chunk(chunk, start, u64::MAX).then_some(())?;
            start += 64;
        }
        if !rest.is_empty() {
            let mut last = [0; CHUNK];
            last[..rest.len()].copy_from_slice(rest);
            scan.chunk(&last, start, !0 >> (CHUNK - rest.len())).then_some(())?;
        }
        (scan.inside == 0).then_some(scan.marks)
    }
}

/// What is known at the beginning of a chunk: each is 1 or 0 but the parity, which is all ones or none.
#[derive(Default)]
struct Scan {
    delimiter: u8x16,
    marks: Marks,
    /// All ones inside of quotation marks.
    inside: u64,
    /// Whether the byte before ends a cell.
    ended: u64,
    /// Whether it is a quotation mark.
    quoted: u64,
    /// Whether it is a quotation mark that closes.
    closed: u64,
    /// Whether it is a return outside of quotation marks.
    returned: u64,
}

impl Scan {
    /// Adds the marks of a chunk, of which the bytes of `valid` count, and whether it is regular.
    #[inline]
    fn chunk(&mut self, chunk: &[u8; CHUNK], start: u32, valid: u64) -> bool {
        let (parts, _) = chunk.as_chunks::<16>();
        let (mut quotes, mut delimiters, mut feeds, mut returns) = (0, 0, 0, 0);
        for (n, part) in parts.iter().enumerate() {
            let part = u8x16::new(*part);
            let bits = |wanted: u8x16| u64::from(part.simd_eq(wanted).to_bitmask()) << (16 * n);
            quotes |= bits(u8x16::splat(b'"'));
            delimiters |= bits(self.delimiter);
            feeds |= bits(u8x16::splat(b'\n'));
            returns |= bits(u8x16::splat(b'\r'));
        }
        // A mark is inside from where it opens to before where it closes.
        let inside = prefix_parity(quotes) ^ self.inside;
        let ends = (delimiters | feeds) & !inside & valid;
        let returns = returns & !inside & valid;
        let (opening, closing) = (quotes & inside, quotes & !inside);
        let after = |bits: u64, carry: u64| (bits << 1) | carry;
        let is_regular = opening & !(after(ends, self.ended) | after(quotes, self.quoted)) == 0
            && after(closing, self.closed) & !(ends | returns | quotes) & valid == 0
            && after(returns, self.returned) & !(feeds & !inside) & valid == 0;
        self.inside = if inside >> 63 == 1 { u64::MAX } else { 0 };
        (self.ended, self.quoted) = (ends >> 63, quotes >> 63);
        (self.closed, self.returned) = (closing >> 63, returns >> 63);
        each_bit(ends, |bit| self.marks.ends.push(start + bit));
        each_bit(feeds & inside & valid, |bit| self.marks.inner_lines.push(start + bit));
        is_regular
    }
}

/// By bit, whether the number of bits up to it, itself included, is odd.
fn prefix_parity(bits: u64) -> u64 {
    [1, 2, 4, 8, 16, 32].into_iter().fold(bits, |bits, by| bits ^ (bits << by))
}

#[inline]
fn each_bit(mut bits: u64, mut take: impl FnMut(u32)) {
    while bits != 0 {
        take(bits.trailing_zeros());
        bits &= bits - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_end_at_delimiters_and_line_feeds_outside_of_quotation_marks() {
        let text = "a,\"b,\n\"\"\",c\r\nd,e\n".repeat(9);
        let marks = Marks::of(text.as_bytes(), b',').unwrap();
        let length = text.len() / 9;
        for (row, ends) in marks.ends.chunks(5).enumerate() {
            let from = u32::try_from(row * length).unwrap();
            assert_eq!(ends, [1, 9, 12, 14, 16].map(|end| from + end));
        }
        assert_eq!((marks.ends.len(), marks.inner_lines.len()), (45, 9));
    }

    #[test]
    fn a_text_that_parity_does_not_tell_is_not_regular() {
        let before = "1,2\n".repeat(20);
        for text in
            ["5\" pipe,2\n3,\"4\"\n", "\"a\" tail,2\n", "a\rb\n", "a\r", "\"a", "a,\"\" \"\"\n"]
        {
            assert!(Marks::of(format!("{before}{text}").as_bytes(), b',').is_none(), "{text:?}");
            assert!(Marks::of(text.as_bytes(), b',').is_none(), "{text:?}");
        }
        assert!(Marks::of(b"", b',').is_some_and(|marks| marks.ends.is_empty()));
    }
}
