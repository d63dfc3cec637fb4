//! Saving without ever leaving half a file: a temporary file beside the target, synced, then renamed.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Why a file could not be saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The folder is not there.
    #[error("the folder does not exist: create it first, or save elsewhere: {}", .0.display())]
    NoFolder(PathBuf),
    /// The target is a folder.
    #[error("this is a folder: add a file name: {}", .0.display())]
    IsFolder(PathBuf),
    /// The system refused.
    #[error("could not save ({}): check the free space and the rights to write: {}", .source.kind(), .path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Writes the bytes to the path, wholly or not at all.
///
/// # Errors
/// [`SaveError`], and the target is as it was before.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    put(path, prepared(path, bytes)?)
}

/// Writes several files that belong together. No target is touched before all of them are written beside
/// their targets.
///
/// # Errors
/// [`SaveError`]. Then no target is touched, but where the system refuses to rename a file that it let be
/// written: what was not there before is taken away again.
pub fn save_all<'a>(
    files: impl IntoIterator<Item = (&'a Path, &'a [u8])>,
) -> Result<(), SaveError> {
    let prepared: Vec<_> = files
        .into_iter()
        .map(|(path, bytes)| Ok((path, path.exists(), prepared(path, bytes)?)))
        .collect::<Result<_, SaveError>>()?;
    let mut new: Vec<&Path> = Vec::new();
    for (path, was_there, file) in prepared {
        if let Err(error) = put(path, file) {
            for path in new {
                // What cannot be taken away stays, and the error says what to look at.
                let _ = fs::remove_file(path);
            }
            return Err(error);
        }
        if !was_there {
            new.push(path);
        }
    }
    Ok(())
}

/// The bytes in a file beside the target, which goes when it is dropped.
fn prepared(path: &Path, bytes: &[u8]) -> Result<NamedTempFile, SaveError> {
    let io_error = |source| SaveError::Io { path: path.to_owned(), source };
    if path.is_dir() {
        return Err(SaveError::IsFolder(path.to_owned()));
    }
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(SaveError::NoFolder(folder.to_owned()));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sitrep-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(path).map_or(0o644, |m| m.permissions().mode());
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    let mut file = builder.tempfile_in(folder).map_err(io_error)?;
    file.write_all(bytes).map_err(io_error)?;
    file.as_file().sync_all().map_err(io_error)?;
    Ok(file)
}

fn put(path: &Path, file: NamedTempFile) -> Result<(), SaveError> {
    let done = file.persist(path);
    done.map_err(|e| SaveError::Io { path: path.to_owned(), source: e.error })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_folder_is_named_and_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let error = save(&folder.path().join("no/such/a.png"), b"x").unwrap_err();
        assert!(error.to_string().contains("does not exist"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_saved_file_replaces_the_old_one_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        save(&path, b"one").unwrap();
        save(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(save(folder.path(), b"x").unwrap_err().to_string().contains("folder"));
    }

    #[test]
    fn of_files_that_belong_together_all_are_saved_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let [one, two] = ["a.txt", "b.txt"].map(|name| folder.path().join(name));
        save(&one, b"old").unwrap();
        fs::create_dir(&two).unwrap();
        let both = || [(one.as_path(), b"1".as_slice()), (two.as_path(), b"2")];
        assert!(save_all(both()).unwrap_err().to_string().contains("folder"));
        assert_eq!(fs::read(&one).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        fs::remove_dir(&two).unwrap();
        save_all(both()).unwrap();
        assert_eq!([&one, &two].map(|path| fs::read(path).unwrap()), [b"1", b"2"]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
