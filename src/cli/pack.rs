//! What `sitrep render --pack` saves beside a figure.

use std::path::{Path, PathBuf};

use super::{CliError, output};
use crate::data;
use crate::export::{PackInput, pack};

/// Saves the picture and its pack, all of it or nothing.
pub(super) fn save(path: &Path, picture: &[u8], input: &PackInput<'_>) -> Result<(), CliError> {
    let beside = pack(input).map_err(|e| CliError::Use(e.to_string()))?;
    let beside: Vec<(PathBuf, String)> =
        beside.into_iter().map(|file| (path.with_extension(file.ending), file.text)).collect();
    let texts = beside.iter().map(|(path, text)| (path.as_path(), text.as_bytes()));
    data::save_all(std::iter::once((path, picture)).chain(texts))?;
    for path in std::iter::once(path).chain(beside.iter().map(|(path, _)| path.as_path())) {
        output::complain(&format!("saved {}", path.display()));
    }
    Ok(())
}
