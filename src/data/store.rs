//! Saving without ever leaving half a file: a temporary file beside the target, synced, then renamed.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

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
    file.persist(path).map_err(|e| io_error(e.error))?;
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
}
