//! What a figure says of itself.

use serde::{Deserialize, Serialize};

use super::text::{self, schema};
use super::{DrawnEvents, FigureFault};
use crate::analysis::{Camera, Facet, FigureSpec, Pick, Record, Selection, View};
use crate::domain::Code as _;

/// The program and its version.
pub const SOFTWARE: &str = concat!("Sitrep ", env!("CARGO_PKG_VERSION"));

/// The most values of all facets of a filter.
const MAX_VALUES: usize = 10_000;
/// The most characters of an identifier, a name or words to be searched.
const MAX_CHARS: usize = 1_000;

/// All that is needed to make a figure again, and to say what has changed since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureRecord {
    /// The form of this.
    pub schema: String,
    /// The program that made it, with its version.
    pub software: String,
    /// From which data.
    pub dataset: DatasetSaid,
    /// What was looked at, as it was asked for.
    pub view: View,
    /// On what sheet.
    pub spec: FigureSpec,
    /// What letters are in an SVG, where that is not the usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub svg_text: Option<SvgLetters>,
    /// Where the map really looked.
    #[serde(default)]
    pub drawn: Option<Drawn>,
    /// Which events were drawn.
    pub events: DrawnEvents,
}

/// A dataset as a figure names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatasetSaid {
    /// Machine name.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// Version.
    pub version: String,
    /// SHA-256 of its files; see [`crate::domain::Dataset::sha256`]. Nothing where it was not read from files.
    pub sha256: Option<String>,
    /// The zone of its days.
    pub time_zone: String,
}

/// What letters are in an SVG.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SvgLetters {
    /// Text that can be edited.
    Live,
}

/// Where a map looked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawn {
    /// Middle and zoom.
    pub camera: Camera,
    /// Width and height of the map in points of the layout.
    pub map_pt: [f32; 2],
}

impl DatasetSaid {
    /// What is said of a record.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        Self {
            name: record.name.clone(),
            title: record.title.clone(),
            version: record.version.clone(),
            sha256: record.sha256.get().map(str::to_owned),
            time_zone: record.time_zone.clone(),
        }
    }

    /// Name and version.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} {}", self.name, self.version).trim().to_owned()
    }
}

impl FigureRecord {
    /// The record of a figure of a view.
    #[must_use]
    pub fn new(record: &Record, view: &View, selection: &Selection, spec: &FigureSpec) -> Self {
        Self {
            schema: schema(),
            software: SOFTWARE.to_owned(),
            dataset: DatasetSaid::of(record),
            view: view.clone(),
            spec: spec.clone(),
            svg_text: None,
            drawn: None,
            events: DrawnEvents::of(record, selection),
        }
    }

    /// One line of JSON in ASCII, as it stands in a figure; `None` when it would be longer than is ever read, as
    /// with some hundred thousand places picked at once.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        text::write(self).or_else(|| {
            let events = self.events.without_rows();
            text::write(&Self { events, ..self.clone() })
        })
    }

    /// Whether the program that made it is newer than this one.
    #[must_use]
    pub fn is_newer(&self) -> bool {
        text::is_newer(&self.software)
    }

    /// Whether it is something that the program could have written.
    ///
    /// # Errors
    /// [`FigureFault::Refused`] with what it could not.
    pub fn checked(&self) -> Result<(), FigureFault> {
        let refused = |why: String| Err(FigureFault::Refused(why));
        if let Err(error) = self.spec.checked() {
            return refused(error.to_string());
        }
        let DatasetSaid { name, title, version, sha256, time_zone } = &self.dataset;
        let said = [name, title, version, time_zone, &self.software];
        view_checked(&self.view).map_err(FigureFault::Refused)?;
        let words = said.into_iter().chain(sha256).map(String::as_str);
        if words.chain(self.events.words()).any(|word| !is_plain(word)) {
            return refused(NOT_PLAIN.to_owned());
        }
        if self
            .drawn
            .is_some_and(|drawn| drawn.map_pt.iter().any(|side| !(*side > 0.0 && *side < 1e6)))
        {
            return refused("its map has no size".to_owned());
        }
        self.events.checked()
    }
}

/// What is wrong with words that [`is_plain`] does not let through.
pub(super) const NOT_PLAIN: &str = "a name in it has control characters, or no end";

/// Whether a view is one that the program could have written, or what it could not.
pub(in crate::data) fn view_checked(view: &View) -> Result<(), String> {
    let View { filter, picked, .. } = view;
    let facets: Vec<&str> = Facet::ALL.iter().flat_map(|facet| filter.chosen(*facet)).collect();
    let picked: Vec<&str> = match picked {
        Some(Pick::Site(id) | Pick::Event(id) | Pick::Actor(id) | Pick::Total(id)) => vec![id],
        Some(Pick::Places(places)) => places.iter().map(|place| place.site.as_str()).collect(),
        Some(Pick::Totals) | None => Vec::new(),
    };
    if facets.len() > MAX_VALUES {
        return Err(format!("its filter has more than {MAX_VALUES} values"));
    }
    let mut words = facets.into_iter().chain(filter.search()).chain(picked);
    if words.all(is_plain) { Ok(()) } else { Err(NOT_PLAIN.to_owned()) }
}

pub(super) fn is_plain(word: &str) -> bool {
    word.chars().nth(MAX_CHARS).is_none() && !word.chars().any(char::is_control)
}
