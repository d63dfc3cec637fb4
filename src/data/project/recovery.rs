//! What is kept of a window's document between its savings, so that it is there after a program that was ended.
//!
//! Each window has a file of its own in one folder, with a lock beside it that the system gives back when the program ends,
//! however it does: so two windows never write to one file, and what belongs to nobody any more can be told.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{ENDING, Kept, Project, ProjectError, ProjectFile};

/// The ending of a lock's name.
const LOCK: &str = "lock";
/// A lock without a document that is as old as this is taken away.
const OLD: Duration = Duration::from_hours(24);
/// The most documents of ended programs that are told of.
const MOST: usize = 20;

/// The folder of the person's state in which documents are kept; `None` where the system names none.
#[must_use]
pub fn unsaved_folder() -> Option<PathBuf> {
    let of = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let base = if cfg!(windows) {
        of("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        of("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        of("XDG_STATE_HOME").or_else(|| of("HOME").map(|home| home.join(".local/state")))
    };
    base.map(|base| base.join("sitrep").join("unsaved"))
}

/// The place of one window's document.
#[derive(Debug)]
pub struct Slot {
    path: PathBuf,
    lock: PathBuf,
    /// Held as long as this is.
    held: File,
}

/// A document that was left by a program that was ended.
#[derive(Debug)]
pub struct Left {
    /// Its place, which is this window's from now on.
    pub slot: Slot,
    /// What it says, or why that cannot be read.
    pub project: Result<Kept<Project>, String>,
    /// How long ago it was kept.
    pub age: Option<Duration>,
}

impl Slot {
    /// A place of one's own in a folder, which is made where it is not there.
    ///
    /// # Errors
    /// What the system says.
    pub fn new(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let suffix = format!(".{LOCK}");
        let made =
            tempfile::Builder::new().prefix("window-").suffix(&suffix).tempfile_in(folder)?;
        let (held, lock) = made.keep().map_err(|error| error.error)?;
        held.try_lock().map_err(io::Error::from)?;
        Ok(Self { path: lock.with_extension(ENDING), lock, held })
    }

    /// The place of a document that no window has; `None` while one has it.
    fn taken(path: PathBuf) -> Option<Self> {
        let lock = path.with_extension(LOCK);
        let held = File::options().create(true).truncate(false).write(true).open(&lock).ok()?;
        match held.try_lock() {
            Ok(()) => Some(Self { path, lock, held }),
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => None,
        }
    }

    /// Where the document is kept.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps the document, whole or not at all.
    ///
    /// # Errors
    /// [`ProjectError`], and what was kept before is still there.
    pub fn keep(&self, project: &Kept<Project>) -> Result<(), ProjectError> {
        ProjectFile::save(&self.path, project)
    }

    /// Keeps nothing any more, as the document was saved.
    pub fn clear(&self) {
        // Where it was never kept there is nothing to be removed.
        let _ = fs::remove_file(&self.path);
    }

    /// Gives the place up, with what is kept there.
    pub fn give_up(self) {
        self.clear();
        let _ = fs::remove_file(&self.lock);
        drop(self.held);
    }
}

/// The documents in a folder that were left by programs that were ended, the newest first.
#[must_use]
pub fn left_over(folder: &Path) -> Vec<Left> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    let ends_with = |path: &Path, ending: &str| path.extension().is_some_and(|e| e == ending);
    for lock in entries.iter().filter(|path| ends_with(path, LOCK)) {
        let is_alone = !lock.with_extension(ENDING).exists();
        if is_alone
            && age(lock).is_some_and(|age| age > OLD)
            && let Some(slot) = Slot::taken(lock.with_extension(ENDING))
        {
            slot.give_up();
        }
    }
    let mut documents: Vec<(Option<Duration>, PathBuf)> = entries
        .into_iter()
        .filter(|path| ends_with(path, ENDING))
        .map(|path| (age(&path), path))
        .collect();
    documents.sort();
    let slots = documents.into_iter().filter_map(|(age, path)| Some((age, Slot::taken(path)?)));
    // Another window may have given it up in between.
    let slots = slots.filter(|(_, slot)| slot.path.exists());
    let read = |(age, slot): (Option<Duration>, Slot)| {
        let project = ProjectFile::read(&slot.path);
        let project = project.map(|file| file.project).map_err(|error| error.to_string());
        Left { slot, project, age }
    };
    slots.take(MOST).map(read).collect()
}

fn age(path: &Path) -> Option<Duration> {
    let kept = fs::metadata(path).and_then(|meta| meta.modified()).ok()?;
    Some(SystemTime::now().duration_since(kept).unwrap_or_default())
}
