//! The digest of what a dataset was read from, which may still be worked out while the dataset is looked at.

use std::sync::{Arc, OnceLock};

/// SHA-256 of files as 64 hexadecimal digits. Empty where the dataset was not read from files.
#[derive(Clone, Debug)]
pub struct FileDigest(Arc<OnceLock<Option<String>>>);

impl FileDigest {
    /// One that is known, or known not to be.
    #[must_use]
    pub fn known(digest: Option<String>) -> Self {
        Self(Arc::new(OnceLock::from(digest)))
    }

    /// One that a thread works out; nothing where there is no thread to be had, or it ends early.
    #[must_use]
    pub fn worked_out(work: impl FnOnce() -> Option<String> + Send + 'static) -> Self {
        let digest = Arc::new(OnceLock::new());
        let result = Unfilled(Arc::clone(&digest));
        // Where it cannot begin, the result is dropped, and with that there is none.
        let _ = std::thread::Builder::new().name("digest".to_owned()).spawn(move || {
            // The first value stays.
            let _ = result.0.set(work());
        });
        Self(digest)
    }

    /// The digest, waited for where it is still being worked out.
    #[must_use]
    pub fn get(&self) -> Option<&str> {
        self.0.wait().as_deref()
    }
}

/// What a thread is to fill in; dropped, it holds nothing for good, so that nobody waits for ever.
struct Unfilled(Arc<OnceLock<Option<String>>>);

impl Drop for Unfilled {
    fn drop(&mut self) {
        let _ = self.0.set(None);
    }
}

impl Default for FileDigest {
    fn default() -> Self {
        Self::known(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_waited_for() {
        let digest = FileDigest::worked_out(|| {
            std::thread::sleep(std::time::Duration::from_millis(20));
            Some("ab".to_owned())
        });
        assert_eq!(digest.clone().get(), Some("ab"));
        assert_eq!(FileDigest::default().get(), None);
        assert_eq!(FileDigest::worked_out(|| panic!("on purpose")).get(), None);
    }
}
