//! What stands beside a figure: the events drawn, their sources, a caption and the picture in words.

use crate::analysis::citations::{bibtex, csl, plain};
use crate::analysis::event_csv::event_csv;
use crate::analysis::{
    Carries, DrawnMaps, Panels, Record, Selection, View, alt_text, bibliography, caption_of_maps,
};
use crate::domain::basemap::Basemap;
use crate::scene::figure::Figure;

/// A figure and what it was made from.
#[derive(Clone, Copy, Debug)]
pub struct PackInput<'a> {
    /// The record.
    pub record: &'a Record,
    /// What is looked at.
    pub view: &'a View,
    /// What it shows.
    pub selection: &'a Selection,
    /// The map.
    pub basemap: &'a Basemap,
    /// The figure.
    pub figure: &'a Figure,
    /// The title that stands on it.
    pub title: &'a str,
    /// What there is a map for, where it is one of small multiples.
    pub panels: Option<Panels>,
}

/// A file of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// What its name has in place of the figure's ending: `events.csv`.
    pub ending: &'static str,
    /// What is in it.
    pub text: String,
}

/// Why a pack cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Of the events.
    #[error("the events of the figure cannot be written as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// Of the sources.
    #[error("the sources of the figure cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// The files that stand beside a figure.
///
/// # Errors
/// [`PackError`], for which no record is known to give a reason.
pub fn pack(input: &PackInput<'_>) -> Result<Vec<PackFile>, PackError> {
    let PackInput { record, view, selection, basemap, figure, title, panels } = *input;
    let strip = figure.strip.as_ref();
    let on_strip = strip.map_or(&[][..], |strip| &strip.sources);
    let sources = bibliography(record, selection, on_strip, &basemap.credits);
    let glyphs = figure.glyphs(record, selection);
    let maps = panels.map(|by| DrawnMaps {
        by,
        maps: figure.panels.iter().map(|panel| (panel.title.clone(), panel.count)).collect(),
    });
    let carries = Carries { axis: strip.map(|strip| strip.axis), maps: maps.as_ref() };
    let alt = alt_text(record, view, selection, &glyphs, carries);
    let maps = panels.map(|by| (by, figure.panels.len()));
    let files = [
        ("events.csv", event_csv(record, selection.iter())?),
        ("sources.txt", plain(&sources, title)),
        ("sources.bib", bibtex(&sources)),
        ("sources.json", serde_json::to_string_pretty(&csl(&sources))? + "\n"),
        ("caption.txt", caption_of_maps(record, view, selection, maps).text() + "\n"),
        ("alt.txt", format!("{}\n\n{}\n", alt.short, alt.long)),
    ];
    Ok(files.into_iter().map(|(ending, text)| PackFile { ending, text }).collect())
}
