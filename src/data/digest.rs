//! The SHA-256 of a data package: of what was read, whatever lies there later.
//!
//! It is that of the lines which `sha256sum` prints for `datapackage.json` and the tables that are read, in the
//! order in which it names them, so that everybody can work it out again.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use sha2::{Digest as _, Sha256};

/// Files of a package, which are digested beside the reading of those that follow.
pub(super) struct Digests {
    files: Sender<(usize, String, Vec<u8>)>,
    work: Work,
}

enum Work {
    /// On a thread of its own.
    Beside(JoinHandle<Vec<Line>>),
    /// At the end, where there is no thread to be had.
    AtTheEnd(Receiver<(usize, String, Vec<u8>)>),
}

/// The place of a file and its line.
type Line = (usize, String);

impl Digests {
    /// Begins with the descriptor.
    pub(super) fn new(descriptor: &str, bytes: Vec<u8>) -> Self {
        let (files, coming) = mpsc::channel();
        let (hand_over, take_over) = mpsc::channel();
        let spawned = thread::Builder::new()
            .name("digest".to_owned())
            .spawn(move || take_over.recv().map_or_else(|_| Vec::new(), lines));
        let work = match spawned {
            Ok(thread) => {
                // The thread waits for nothing else.
                drop(hand_over.send(coming));
                Work::Beside(thread)
            }
            Err(_) => Work::AtTheEnd(coming),
        };
        let digests = Self { files, work };
        digests.send(0, descriptor, bytes);
        digests
    }

    /// Adds the table that the descriptor names at this place.
    pub(super) fn add(&self, place: usize, path: &str, bytes: Vec<u8>) {
        self.send(place + 1, path, bytes);
    }

    fn send(&self, place: usize, path: &str, bytes: Vec<u8>) {
        // Only a thread that ended before its time does not take it; then there is no digest.
        drop(self.files.send((place, path.to_owned(), bytes)));
    }

    /// The digest as 64 hexadecimal digits; `None` when it could not be made.
    pub(super) fn whole(self) -> Option<String> {
        drop(self.files);
        let mut lines = match self.work {
            Work::Beside(thread) => thread.join().ok()?,
            Work::AtTheEnd(coming) => lines(coming),
        };
        lines.sort();
        let text: String = lines.into_iter().map(|(_, line)| line).collect();
        Some(hex(&Sha256::digest(text)))
    }
}

fn lines(coming: Receiver<(usize, String, Vec<u8>)>) -> Vec<Line> {
    let line = |(place, path, bytes): (usize, String, Vec<u8>)| {
        (place, format!("{}  {path}\n", hex(&Sha256::digest(bytes))))
    };
    coming.into_iter().map(line).collect()
}

/// The digest of the one file that a table is, as `sha256sum` prints it.
///
/// # Errors
/// When it cannot be read.
pub(super) fn of_file(mut file: impl std::io::Read) -> std::io::Result<String> {
    let mut digest = Sha256::new();
    std::io::copy(&mut file, &mut digest)?;
    Ok(hex(&digest.finalize()))
}

/// Reads on, and digests all that was read.
pub(super) struct Digesting<R> {
    from: R,
    digest: Sha256,
}

impl<R: std::io::Read> Digesting<R> {
    pub(super) fn new(from: R) -> Self {
        Self { from, digest: Sha256::new() }
    }

    /// The digest of what was read, as `sha256sum` prints it.
    pub(super) fn digest(self) -> String {
        hex(&self.digest.finalize())
    }
}

impl<R: std::io::Read> std::io::Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.digest.update(&buffer[..read]);
        Ok(read)
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_count_in_the_order_of_the_descriptor_whenever_they_are_read() {
        let made = |order: [usize; 2]| {
            let digests = Digests::new("datapackage.json", b"{}".to_vec());
            for place in order {
                digests.add(place, ["a.csv", "b.csv"][place], vec![b'x'; place]);
            }
            digests.whole().unwrap()
        };
        assert_eq!(made([0, 1]), made([1, 0]));
        assert_eq!(made([0, 1]).len(), 64);
        let fewer = Digests::new("datapackage.json", b"{}".to_vec()).whole();
        assert_ne!(fewer, Some(made([0, 1])));
    }

    #[test]
    fn a_digest_is_that_of_the_lines_of_sha256sum() {
        // printf x > a.csv; printf {} > datapackage.json; sha256sum datapackage.json a.csv | sha256sum
        let digests = Digests::new("datapackage.json", b"{}".to_vec());
        digests.add(0, "a.csv", b"x".to_vec());
        assert_eq!(
            digests.whole().unwrap(),
            "a4eb69a427e3f5f10c01df86727c3225fbdb38daa690eb0f22cbfff3b0a1efd1"
        );
    }
}
