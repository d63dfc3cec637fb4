//! What `sitrep render --pack` saves beside a figure: the events drawn, their sources, a caption and the picture
//! in words.

use std::path::{Path, PathBuf};

use super::args::Resolved;
use super::format::to_json;
use super::{CliError, events, output};
use crate::analysis::citations::{bibtex, csl, plain};
use crate::analysis::{Selection, alt_text, bibliography, caption};
use crate::data;
use crate::domain::basemap::Basemap;
use crate::scene::figure::Figure;

/// A figure and what it was made from.
pub(super) struct Packed<'a> {
    pub(super) resolved: &'a Resolved,
    pub(super) selection: &'a Selection,
    pub(super) basemap: &'a Basemap,
    pub(super) figure: &'a Figure,
    /// The title that stands on it.
    pub(super) title: &'a str,
}

/// Saves the picture and its pack, all of it or nothing.
pub(super) fn save(path: &Path, picture: &[u8], packed: &Packed<'_>) -> Result<(), CliError> {
    let beside = files(packed)?;
    let beside: Vec<(PathBuf, String)> =
        beside.into_iter().map(|(ending, text)| (path.with_extension(ending), text)).collect();
    let texts = beside.iter().map(|(path, text)| (path.as_path(), text.as_bytes()));
    data::save_all(std::iter::once((path, picture)).chain(texts))?;
    output::complain(&format!("saved {}", path.display()));
    for (path, _) in &beside {
        output::complain(&format!("saved {}", path.display()));
    }
    Ok(())
}

/// The files by what their names end with.
fn files(packed: &Packed<'_>) -> Result<Vec<(&'static str, String)>, CliError> {
    let Packed { resolved, selection, basemap, figure, title } = *packed;
    let Resolved { dataset, view } = resolved;
    let strip = figure.strip.as_ref();
    let on_strip = strip.map_or(&[][..], |strip| &strip.sources);
    let sources = bibliography(dataset, selection, on_strip, &basemap.credits);
    let glyphs = figure.glyphs(dataset, selection);
    let alt = alt_text(dataset, view, selection, &glyphs, strip.map(|strip| strip.axis));
    Ok(vec![
        ("events.csv", events::csv(resolved, selection)?),
        ("sources.txt", plain(&sources, title)),
        ("sources.bib", bibtex(&sources)),
        ("sources.json", to_json(&csl(&sources))? + "\n"),
        ("caption.txt", caption(dataset, view, selection).text() + "\n"),
        ("alt.txt", format!("{}\n\n{}\n", alt.short, alt.long)),
    ])
}
