//! Where bytes come from that are read again and again: a file, one packed by gzip, or what was unpacked or made, in
//! memory or in a temporary file without a name. What unpacks to far more than it is gets refused.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use flate2::read::MultiGzDecoder;
use tempfile::{SpooledData, SpooledTempFile};

/// Bytes that are kept in memory; more goes to a temporary file.
const IN_MEMORY: usize = 32 << 20;

/// Bytes that may come out of a packed file whatever its own size.
const FREE: u64 = 256 << 20;

/// How many times its own size may come out of a packed file beyond that. Tables of events pack to a third to a thirtieth.
const RATIO: u64 = 200;

/// No more is written to a temporary file.
const MOST: u64 = 32 << 30;

/// Something is wrong in what the file holds, rather than with reading it.
pub(super) fn refused(what: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.into())
}

/// What the bytes of a text are.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    File(PathBuf),
    Gzip(PathBuf),
    Memory(Arc<[u8]>),
    Temporary(Arc<Mutex<File>>),
}

/// Length and time of a file: with another one, it is another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::data) struct Stamp {
    bytes: u64,
    changed: Option<SystemTime>,
}

impl Stamp {
    /// What a file is at this moment; `None` where it cannot be looked at.
    pub(in crate::data) fn of(path: &Path) -> Option<Self> {
        let about = std::fs::metadata(path).ok()?;
        Some(Self { bytes: about.len(), changed: about.modified().ok() })
    }
}

/// What can be read from any place.
pub(super) trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

impl Origin {
    /// A file; one that begins as gzip does is unpacked.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn of_file(path: &Path) -> io::Result<Self> {
        let mut start = [0; 2];
        let is_packed = match File::open(path)?.read_exact(&mut start) {
            Ok(()) => start == [0x1f, 0x8b],
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => false,
            Err(error) => return Err(error),
        };
        if !is_packed && std::fs::metadata(path)?.len() <= IN_MEMORY as u64 {
            // What becomes of a small file afterwards is no matter then.
            return Ok(Self::Memory(std::fs::read(path)?.into()));
        }
        Ok(if is_packed { Self::Gzip(path.to_owned()) } else { Self::File(path.to_owned()) })
    }

    /// All that a reader gives, as it is.
    ///
    /// # Errors
    /// When it cannot be read, or there is no room for it.
    pub(super) fn copied(from: &mut dyn Read) -> io::Result<Self> {
        let mut store = Store::new(MOST);
        io::copy(from, &mut store)?;
        Ok(store.into_origin())
    }

    /// What the file is at this moment; `None` where the bytes are in no file that others can change.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        let (Self::File(path) | Self::Gzip(path)) = self else { return None };
        Stamp::of(path)
    }

    /// All that a reader gives, which can be read once only.
    ///
    /// # Errors
    /// When it cannot be read, or there is no room for it.
    pub(super) fn of_reader(from: &mut dyn Read) -> io::Result<Self> {
        let all = Self::copied(from)?;
        let mut start = [0; 2];
        let is_packed = all.bytes(0)?.read_exact(&mut start).is_ok() && start == [0x1f, 0x8b];
        if !is_packed {
            return Ok(all);
        }
        let size = all.size()?;
        let mut text = Limited::new(MultiGzDecoder::new(io::BufReader::new(all.bytes(0)?)), size);
        Self::copied(&mut text)
    }

    /// The bytes from one on.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn bytes(&self, start: u64) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(match self {
            Self::File(path) => {
                let mut file = File::open(path)?;
                file.seek(SeekFrom::Start(start))?;
                Box::new(file)
            }
            Self::Gzip(path) => {
                let file = File::open(path)?;
                let size = file.metadata()?.len();
                let mut text = Limited::new(MultiGzDecoder::new(io::BufReader::new(file)), size);
                io::copy(&mut (&mut text).take(start), &mut io::sink())?;
                Box::new(text)
            }
            Self::Memory(bytes) => {
                let start = usize::try_from(start).unwrap_or(usize::MAX).min(bytes.len());
                Box::new(&bytes[start..])
            }
            Self::Temporary(file) => Box::new(Shared { file: Arc::clone(file), at: start }),
        })
    }

    /// The same bytes, to be read from any place; what is packed is unpacked first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn seekable(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Self::File(path) => Box::new(io::BufReader::new(File::open(path)?)),
            Self::Memory(bytes) => Box::new(io::Cursor::new(Arc::clone(bytes))),
            Self::Temporary(file) => {
                Box::new(io::BufReader::new(Shared { file: Arc::clone(file), at: 0 }))
            }
            Self::Gzip(_) => self.unpacked()?.seekable()?,
        })
    }

    /// The same bytes, where they are packed by gzip unpacked into memory or a temporary file.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn unpacked(&self) -> io::Result<Self> {
        let Self::Gzip(_) = self else { return Ok(self.clone()) };
        Self::copied(&mut *self.bytes(0)?)
    }

    /// How many bytes there are; of a packed file its own.
    ///
    /// # Errors
    /// When it cannot be told.
    pub(super) fn size(&self) -> io::Result<u64> {
        match self {
            Self::File(path) | Self::Gzip(path) => Ok(std::fs::metadata(path)?.len()),
            Self::Memory(bytes) => Ok(bytes.len() as u64),
            Self::Temporary(file) => {
                Ok(file.lock().unwrap_or_else(PoisonError::into_inner).metadata()?.len())
            }
        }
    }
}

/// A file that several read at a time, each from a place of its own.
struct Shared {
    file: Arc<Mutex<File>>,
    at: u64,
}

impl Read for Shared {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let before_start = || io::Error::from(io::ErrorKind::InvalidInput);
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => {
                file.metadata()?.len().checked_add_signed(by).ok_or_else(before_start)?
            }
            SeekFrom::Current(by) => self.at.checked_add_signed(by).ok_or_else(before_start)?,
        };
        Ok(self.at)
    }
}

/// Takes bytes into memory, and into a temporary file when they are many.
pub(super) struct Store {
    bytes: SpooledTempFile,
    written: u64,
    most: u64,
}

impl Store {
    /// An empty one that takes so many bytes.
    pub(super) fn new(most: u64) -> Self {
        Self { bytes: SpooledTempFile::new(IN_MEMORY), written: 0, most }
    }

    /// What was written.
    pub(super) fn into_origin(self) -> Origin {
        match self.bytes.into_inner() {
            SpooledData::InMemory(bytes) => Origin::Memory(bytes.into_inner().into()),
            SpooledData::OnDisk(file) => Origin::Temporary(Arc::new(Mutex::new(file))),
        }
    }
}

impl Write for Store {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.bytes.write(bytes)?;
        self.written += written as u64;
        if self.written > self.most {
            return Err(refused(format!(
                "it would become a table of more than {} MB",
                self.most / 1_000_000
            )));
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.bytes.flush()
    }
}

/// A text that is unpacked from so many bytes, and is refused once it is far more than a table unpacks to.
pub(super) struct Limited<R> {
    text: R,
    packed: u64,
    most: u64,
    read: u64,
}

impl<R: Read> Limited<R> {
    pub(super) fn new(text: R, packed: u64) -> Self {
        Self { text, packed, most: packed.saturating_mul(RATIO).max(FREE), read: 0 }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.text.read(buffer)?;
        self.read += read as u64;
        if self.read > self.most {
            return Err(refused(format!(
                "its {} bytes unpack to more than {} MB, over {RATIO} times as much: what does so is mostly made to fill memory; unpack it first if it is not",
                self.packed,
                self.most / 1_000_000,
            )));
        }
        Ok(read)
    }
}
