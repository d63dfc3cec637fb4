//! What a person said of the columns of tables of one shape, kept between runs: a mapping file for each header, in a
//! folder of the person's configuration. It is named wherever it is used, and forgotten when it is removed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::dialect::Sample;
use super::mapping::Mapping;
use super::mapping_file;
use super::place_names::PlaceNames;
use crate::data::store;

/// The folder of the person's configuration in which mappings are kept; `None` where the system names none.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let of = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let base = if cfg!(windows) {
        of("APPDATA")
    } else if cfg!(target_os = "macos") {
        of("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        of("XDG_CONFIG_HOME").or_else(|| of("HOME").map(|home| home.join(".config")))
    };
    base.map(|base| base.join("sitrep").join("mappings"))
}

/// Where the mapping of tables with this header is kept; `None` of a table whose columns have no names.
pub(super) fn file(folder: &Path, sample: &Sample) -> Option<PathBuf> {
    if !sample.has_header {
        return None;
    }
    let mut digest = Sha256::new();
    digest.update([sample.delimiter]);
    for name in &sample.header {
        // A length before each, so that no two headers are one text.
        digest.update((name.len() as u64).to_le_bytes());
        digest.update(name.as_bytes());
    }
    Some(folder.join(format!("{:x}.toml", digest.finalize())))
}

/// The mapping that is remembered of this shape. One that cannot be used is told in place of it.
pub(super) fn recall(folder: &Path, sample: &Sample) -> Option<Result<Mapping, String>> {
    let path = file(folder, sample).filter(|path| path.is_file())?;
    let day = fs::metadata(&path).and_then(|meta| meta.modified()).ok().and_then(day);
    let on = day.map_or_else(String::new, |day| format!(" on {day}"));
    let forget = format!("remove {} to forget it", path.display());
    Some(match mapping_file::open(&path, sample) {
        Ok(mapping) => {
            let said_by = Some(format!("you mapped this shape{on} ({forget})"));
            Ok(Mapping { said_by, ..mapping })
        }
        Err(error) => {
            Err(format!("what you said of tables of this shape{on} cannot be used: {error}"))
        }
    })
}

fn day(moment: std::time::SystemTime) -> Option<jiff::civil::Date> {
    let moment = jiff::Timestamp::try_from(moment).ok()?;
    Some(moment.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// Remembers a mapping for tables of this shape; nothing is kept of a table without a header.
pub(super) fn keep(folder: &Path, sample: &Sample, mapping: &Mapping) -> io::Result<()> {
    let Some(path) = file(folder, sample) else { return Ok(()) };
    fs::create_dir_all(folder)?;
    let text = mapping_file::write(mapping, sample, &PlaceNames::default());
    store::save(&path, text.as_bytes()).map_err(io::Error::other)
}

/// Forgets what is remembered of tables of this shape.
pub(super) fn forget(folder: &Path, sample: &Sample) -> io::Result<()> {
    match file(folder, sample).map_or(Ok(()), fs::remove_file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
