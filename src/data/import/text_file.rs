//! The text of a table, from any byte of it on, in the encodings that are met in practice.

use std::io::{self, Read};
#[cfg(test)]
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::blocks::Text;
use super::origin::{Origin, Stamp};

/// Bytes of the beginning from which encoding, delimiter and columns are told.
pub(super) const SAMPLE: usize = 1 << 20;

/// A text that can be read again and again.
#[derive(Clone, Debug)]
pub(super) struct TextFile {
    origin: Origin,
    encoding: &'static Encoding,
    /// Bytes of a mark before the text, which are no part of it.
    mark: usize,
    /// The beginning of the text, as UTF-8.
    sample: Vec<u8>,
    /// Whether that is all of it.
    is_whole: bool,
    /// What the file was when it was opened; `None` where the text is in memory.
    opened: Option<Stamp>,
}

impl TextFile {
    /// The text of a file; one that begins as gzip does is unpacked.
    ///
    /// # Errors
    /// When it cannot be read.
    #[cfg(test)]
    pub(super) fn open(path: &std::path::Path) -> io::Result<Self> {
        Self::of(Origin::of_file(path)?)
    }

    /// A text that is in memory.
    ///
    /// # Errors
    /// When it cannot be decoded.
    #[cfg(test)]
    pub(super) fn in_memory(bytes: impl Into<Arc<[u8]>>) -> io::Result<Self> {
        Self::of(Origin::Memory(bytes.into()))
    }

    /// The text that bytes are.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn of(origin: Origin) -> io::Result<Self> {
        let mut raw = Vec::new();
        origin.bytes(0)?.take(SAMPLE as u64).read_to_end(&mut raw)?;
        let (encoding, mark) = encoding_of(&raw);
        let opened = origin.stamp();
        let mut file = Self { origin, encoding, mark, sample: Vec::new(), is_whole: false, opened };
        let mut sample = Vec::new();
        file.from(0)?.take(SAMPLE as u64 + 1).read_to_end(&mut sample)?;
        file.is_whole = sample.len() <= SAMPLE;
        sample.truncate(SAMPLE);
        file.sample = sample;
        Ok(file)
    }

    /// The text that bytes of UTF-8 are.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn of_utf8(origin: Origin) -> io::Result<Self> {
        let mut sample = Vec::new();
        origin.bytes(0)?.take(SAMPLE as u64 + 1).read_to_end(&mut sample)?;
        let is_whole = sample.len() <= SAMPLE;
        sample.truncate(SAMPLE);
        let opened = origin.stamp();
        Ok(Self { origin, encoding: UTF_8, mark: 0, sample, is_whole, opened })
    }

    /// The beginning of the text, and whether that is all of it.
    pub(super) fn sample(&self) -> (&[u8], bool) {
        (&self.sample, self.is_whole)
    }

    /// How many bytes of text there are, where that is no work to find out.
    pub(super) fn bytes(&self) -> Option<u64> {
        let is_plain = self.encoding == UTF_8 && !matches!(self.origin, Origin::Gzip(_));
        if is_plain { self.origin.size().ok() } else { None }
    }

    /// Whether its file is the one that was opened, as far as its length and time tell.
    pub(super) fn is_as_opened(&self) -> bool {
        self.opened == self.origin.stamp()
    }

    /// The same text, to be read from any byte of it in no time.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn quick(&self) -> io::Result<Self> {
        if self.encoding == UTF_8 && !matches!(self.origin, Origin::Gzip(_)) {
            return Ok(self.clone());
        }
        Self::of_utf8(Origin::copied(&mut *self.from(0)?)?)
    }

    /// The name of its encoding, in the words of the Encoding Standard (<https://encoding.spec.whatwg.org>).
    pub(super) fn encoding(&self) -> &'static str {
        self.encoding.name()
    }
}

impl Text for TextFile {
    fn from(&self, start: u64) -> io::Result<Box<dyn Read + Send + '_>> {
        let mark = self.mark as u64;
        if self.encoding == UTF_8 {
            return self.origin.bytes(mark + start);
        }
        let raw = self.origin.bytes(mark)?;
        let mut text = DecodeReaderBytesBuilder::new()
            .encoding(Some(self.encoding))
            .bom_override(false)
            .build(raw);
        io::copy(&mut (&mut text).take(start), &mut io::sink())?;
        Ok(Box::new(text))
    }
}

/// The beginning of a text as UTF-8, whatever its encoding.
pub(super) fn decoded(start: &[u8]) -> Vec<u8> {
    let (encoding, mark) = encoding_of(start);
    encoding.decode_without_bom_handling(&start[mark..]).0.into_owned().into_bytes()
}

/// The encoding that the beginning of a text is most likely in, and the length of its mark.
fn encoding_of(sample: &[u8]) -> (&'static Encoding, usize) {
    if let Some(marked) = Encoding::for_bom(sample) {
        return marked;
    }
    // Half of the bytes of Latin letters in UTF-16 are zero; in other text none is.
    let start = &sample[..sample.len().min(4096)];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if (even.max(odd)) * 8 > start.len().max(8) {
        return (if odd > even { UTF_16LE } else { UTF_16BE }, 0);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() < SAMPLE);
    (detector.guess(None, Utf8Detection::Allow), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, &'static str) {
        let file = TextFile::in_memory(bytes.to_vec()).unwrap();
        let mut text = String::new();
        file.from(0).unwrap().read_to_string(&mut text).unwrap();
        (text, file.encoding())
    }

    #[test]
    fn a_text_is_read_in_whatever_encoding_it_comes() {
        let text = "date,place\n2022-01-05,الموصل\n2022-01-06,قاعدة عين الأسد\n";
        let utf16 = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        let (arabic, _, _) = encoding_rs::WINDOWS_1256.encode(text);
        for (bytes, name) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8"),
            ([b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes)].concat(), "UTF-16LE"),
            ([b"\xfe\xff".to_vec(), utf16(u16::to_be_bytes)].concat(), "UTF-16BE"),
            (utf16(u16::to_le_bytes), "UTF-16LE"),
            (arabic.into_owned(), "windows-1256"),
        ] {
            assert_eq!(decoded(&bytes), (text.to_owned(), name));
        }
        let (french, _, _) =
            encoding_rs::WINDOWS_1252.encode("date,lieu\n2022-01-05,près d’Erbil, côté nord\n");
        assert_eq!(decoded(&french).1, "windows-1252");
    }

    #[test]
    fn a_text_is_read_from_any_byte_of_it_packed_or_not() {
        use std::io::Write as _;
        let text = "abc\n".repeat(1000);
        let folder = tempfile::tempdir().unwrap();
        let (plain, packed) = (folder.path().join("a.csv"), folder.path().join("a.csv.gz"));
        std::fs::write(&plain, &text).unwrap();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).unwrap();
        std::fs::write(&packed, gzip.finish().unwrap()).unwrap();
        for path in [plain, packed] {
            let file = TextFile::open(&path).unwrap();
            let mut rest = String::new();
            file.from(4 * 998 + 1).unwrap().read_to_string(&mut rest).unwrap();
            assert_eq!(rest, "bc\nabc\n");
            assert_eq!(file.sample(), (text.as_bytes(), true));
        }
    }

    #[test]
    fn a_folder_and_a_missing_file_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        assert!(TextFile::open(folder.path()).is_err());
        assert!(TextFile::open(&folder.path().join("none.csv")).is_err());
    }
}
