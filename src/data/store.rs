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
    /// The folder was there, and is no longer.
    #[error("the folder is gone since saving began: save again, in a folder that stays: {}", .0.display())]
    Gone(PathBuf),
    /// The target is a folder.
    #[error("this is a folder: add a file name: {}", .0.display())]
    IsFolder(PathBuf),
    /// The target is a file.
    #[error("this is a file, and a folder is to be saved: give another name, or one that ends in .mp4 or .gif: {}", .0.display())]
    IsFile(PathBuf),
    /// The target is a folder with something in it.
    #[error("this folder has other things in it: give the name of a new one: {}", .0.display())]
    NotEmpty(PathBuf),
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
    let mut draft = Draft::new(path)?;
    let io_error = |source| SaveError::Io { path: path.to_owned(), source };
    draft.file.write_all(bytes).map_err(io_error)?;
    draft.file.as_file().sync_all().map_err(io_error)?;
    Ok(draft.file)
}

/// A file that is being written beside its target, and takes its place when it is whole; dropped before, it goes.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    file: NamedTempFile,
}

impl Draft {
    /// An empty file beside the target.
    ///
    /// # Errors
    /// [`SaveError`].
    pub fn new(path: &Path) -> Result<Self, SaveError> {
        if path.is_dir() {
            return Err(SaveError::IsFolder(path.to_owned()));
        }
        let folder = folder_of(path)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".sitrep-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(path).map_or(0o644, |m| m.permissions().mode());
            builder.permissions(fs::Permissions::from_mode(mode));
        }
        let file = builder.tempfile_in(folder);
        let file = file.map_err(|source| SaveError::Io { path: path.to_owned(), source })?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// Where it is written until it is whole.
    #[must_use]
    pub fn place(&self) -> &Path {
        self.file.path()
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// [`SaveError`], and the target is as it was before.
    pub fn save(self) -> Result<(), SaveError> {
        still_there(self.file.path(), &self.path)?;
        let synced = self.file.as_file().sync_all();
        synced.map_err(|source| SaveError::Io { path: self.path.clone(), source })?;
        put(&self.path, self.file)
    }
}

impl io::Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A folder that is being filled beside its target, and takes its place when it is whole; dropped before, it goes.
#[derive(Debug)]
pub struct FolderDraft {
    path: PathBuf,
    folder: tempfile::TempDir,
}

impl FolderDraft {
    /// An empty folder beside the target. A folder that is there already may hold only what
    /// [`FolderDraft::put`] put there before: files whose names begin with `prefix`.
    ///
    /// # Errors
    /// [`SaveError`].
    pub fn new(path: &Path, prefix: &str) -> Result<Self, SaveError> {
        let io_error = |source| SaveError::Io { path: path.to_owned(), source };
        if path.exists() {
            if !path.is_dir() {
                return Err(SaveError::IsFile(path.to_owned()));
            }
            for entry in fs::read_dir(path).map_err(io_error)? {
                let name = entry.map_err(io_error)?.file_name();
                if !name.to_string_lossy().starts_with(prefix) {
                    return Err(SaveError::NotEmpty(path.to_owned()));
                }
            }
        }
        let parent = folder_of(path)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".sitrep-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(fs::Permissions::from_mode(0o755));
        }
        let folder = builder.tempdir_in(parent).map_err(io_error)?;
        Ok(Self { path: path.to_owned(), folder })
    }

    /// Writes a file in it.
    ///
    /// # Errors
    /// What the system says.
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        fs::write(self.folder.path().join(name), bytes)
    }

    /// Whether the folder is still where it is filled.
    ///
    /// # Errors
    /// [`SaveError::Gone`] where it is not, as somebody took the folder around it away.
    pub fn still_there(&self) -> Result<(), SaveError> {
        still_there(self.folder.path(), &self.path)
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// [`SaveError`], and the target is as it was before.
    pub fn save(self) -> Result<(), SaveError> {
        self.still_there()?;
        let io_error = |source| SaveError::Io { path: self.path.clone(), source };
        if self.path.exists() {
            // What was there is only thrown away when the new folder is in its place.
            let parent = folder_of(&self.path)?;
            let aside = tempfile::Builder::new().prefix(".sitrep-").tempdir_in(parent);
            let aside = aside.map_err(io_error)?;
            let old = aside.path().join("old");
            fs::rename(&self.path, &old).map_err(io_error)?;
            if let Err(source) = fs::rename(self.folder.path(), &self.path) {
                fs::rename(&old, &self.path).map_err(io_error)?;
                return Err(io_error(source));
            }
        } else {
            fs::rename(self.folder.path(), &self.path).map_err(io_error)?;
        }
        // It is no longer where it was made, so that nothing is left to take away.
        let _ = self.folder.keep();
        Ok(())
    }
}

/// The folder that a target is in.
fn folder_of(path: &Path) -> Result<&Path, SaveError> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if folder.is_dir() { Ok(folder) } else { Err(SaveError::NoFolder(folder.to_owned())) }
}

/// Whether what is written for a target is still there.
///
/// # Errors
/// [`SaveError::Gone`] where it is not, as somebody took the folder away.
pub fn still_there(draft: &Path, target: &Path) -> Result<(), SaveError> {
    let folder = || draft.parent().unwrap_or(target).to_owned();
    if draft.exists() { Ok(()) } else { Err(SaveError::Gone(folder())) }
}

fn put(path: &Path, file: NamedTempFile) -> Result<(), SaveError> {
    let done = file.persist(path);
    done.map_err(|e| SaveError::Io { path: path.to_owned(), source: e.error })?;
    // The new name outlives a loss of power too, on systems that let a folder be synced.
    #[cfg(unix)]
    if let Ok(folder) = folder_of(path).and_then(|folder| {
        fs::File::open(folder).map_err(|source| SaveError::Io { path: path.to_owned(), source })
    }) {
        let _ = folder.sync_all();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_vanishes_is_named_while_a_draft_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let within = folder.path().join("away");
        fs::create_dir(&within).unwrap();
        let draft = Draft::new(&within.join("a.mp4")).unwrap();
        assert!(still_there(draft.place(), &within.join("a.mp4")).is_ok());
        let frames = FolderDraft::new(&within.join("frames"), "frame-").unwrap();
        assert!(frames.still_there().is_ok());
        fs::remove_dir_all(&within).unwrap();
        for error in [frames.still_there(), draft.save()].map(Result::unwrap_err) {
            let said = error.to_string();
            assert!(said.contains("is gone") && said.ends_with("away"), "{said}");
        }
    }

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
    fn a_folder_is_saved_whole_and_replaces_only_its_like() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("frames");
        let save = |names: &[&str]| {
            let draft = FolderDraft::new(&path, "frame-")?;
            for name in names {
                draft.put(name, b"x").unwrap();
                assert!(!path.join(name).exists(), "{name} is there too early");
            }
            draft.save()
        };
        let all = || {
            let mut names: Vec<_> =
                fs::read_dir(&path).unwrap().map(|e| e.unwrap().file_name()).collect();
            names.sort();
            names
        };
        save(&["frame-1", "frame-2"]).unwrap();
        assert_eq!(all(), ["frame-1", "frame-2"]);
        save(&["frame-3"]).unwrap();
        assert_eq!(all(), ["frame-3"]);
        drop(FolderDraft::new(&path, "frame-").unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        fs::write(path.join("letter"), b"x").unwrap();
        assert!(matches!(save(&[]), Err(SaveError::NotEmpty(_))));
        assert_eq!(all(), ["frame-3", "letter"]);
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
