//! What a figure is to be, as a value that is saved with it: size, words, parts and notes of its own.
//!
//! The view says what is shown, this says on what sheet.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::figure_size::FigureSize;

/// The name under which a figure says what it was made of, whatever it is saved as.
pub const FIGURE_RECORD: &str = "sitrep-figure";
/// The most characters of a title.
pub const MAX_TITLE: usize = 160;
/// The most characters of a subtitle.
pub const MAX_SUBTITLE: usize = 400;
/// The most callouts on a figure.
pub const MAX_CALLOUTS: usize = 24;
/// The most characters of a callout.
pub const MAX_CALLOUT: usize = 160;

/// What is wrong with a figure that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// Too many characters.
    #[error("the {part} has {chars} characters: shorten it to at most {most}")]
    TooLong {
        /// Title, subtitle or callout.
        part: &'static str,
        /// How many it has.
        chars: usize,
        /// How many it may have.
        most: usize,
    },
    /// A sign that is no letter, and that would break a line or turn the direction of what follows.
    #[error("the {part} has a control character (U+{code:04X}), which cannot be set: take it out")]
    Control {
        /// Title, subtitle or callout.
        part: &'static str,
        /// The code point.
        code: u32,
    },
    /// Too many callouts.
    #[error("{0} callouts are too many for a figure: leave at most {MAX_CALLOUTS}")]
    Callouts(usize),
}

/// A part of a figure that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigurePart {
    /// What colours, shapes and sizes mean; only what is on the map.
    Legend,
    /// The scale bar.
    ScaleBar,
    /// The arrow to the north.
    NorthArrow,
    /// A map of its own for sites that crowd, as in Baghdad.
    Inset,
    /// The time strip below the map.
    Strip,
    /// The events drawn, as a table.
    Table,
    /// What the picture leaves out and what must be known to quote it.
    Notes,
    /// Who says so.
    Sources,
}

impl FigurePart {
    /// Every part.
    pub const ALL: [Self; 8] = [
        Self::Legend,
        Self::ScaleBar,
        Self::NorthArrow,
        Self::Inset,
        Self::Strip,
        Self::Table,
        Self::Notes,
        Self::Sources,
    ];

    /// Plain name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Legend => "Legend",
            Self::ScaleBar => "Scale bar",
            Self::NorthArrow => "North arrow",
            Self::Inset => "Inset where sites crowd",
            Self::Strip => "Time strip",
            Self::Table => "Table of the events",
            Self::Notes => "Notes",
            Self::Sources => "Sources",
        }
    }

    /// Word on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Legend => "legend",
            Self::ScaleBar => "scale-bar",
            Self::NorthArrow => "north-arrow",
            Self::Inset => "inset",
            Self::Strip => "strip",
            Self::Table => "table",
            Self::Notes => "notes",
            Self::Sources => "sources",
        }
    }
}

/// How many sites are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelDensity {
    /// None.
    None,
    /// Those with most events.
    Few,
    /// As many as have room.
    #[default]
    All,
}

impl LabelDensity {
    /// Every density, the fewest first.
    pub const ALL: [Self; 3] = [Self::None, Self::Few, Self::All];

    /// Plain name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "No names",
            Self::Few => "Largest sites",
            Self::All => "All that have room",
        }
    }
}

/// What a callout points at, by identifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CalloutAt {
    /// A site.
    Site(String),
    /// The place of an event.
    Event(String),
}

/// A note with a line to a site or an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callout {
    /// What it points at.
    pub at: CalloutAt,
    /// Its words; computed ones when `None`.
    #[serde(default)]
    pub text: Option<String>,
}

/// What there is a panel for, in a figure of small multiples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Panels {
    /// Weeks from Monday to Sunday.
    Week,
    /// Months.
    Month,
    /// Sites with an event shown.
    Site,
}

/// What a figure is to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureSpec {
    /// Its size.
    pub size: FigureSize,
    /// Title; a plain description of the view when `None`.
    #[serde(default)]
    pub title: Option<String>,
    /// Subtitle; window, counts and rule when `None`. With one of its own these stand among the notes.
    #[serde(default)]
    pub subtitle: Option<String>,
    /// What it carries.
    pub parts: BTreeSet<FigurePart>,
    /// How many sites are named.
    #[serde(default)]
    pub labels: LabelDensity,
    /// Notes of its own.
    #[serde(default)]
    pub callouts: Vec<Callout>,
    /// Several maps instead of one.
    #[serde(default)]
    pub panels: Option<Panels>,
}

impl FigureSpec {
    /// A figure of this size with the parts that most figures have.
    #[must_use]
    pub fn new(size: FigureSize) -> Self {
        use FigurePart::{Legend, Notes, ScaleBar, Sources, Strip};
        Self {
            size,
            title: None,
            subtitle: None,
            parts: BTreeSet::from([Legend, ScaleBar, Strip, Notes, Sources]),
            labels: LabelDensity::default(),
            callouts: Vec::new(),
            panels: None,
        }
    }

    /// Whether it carries a part.
    #[must_use]
    pub fn has(&self, part: FigurePart) -> bool {
        self.parts.contains(&part)
    }

    /// The same with a part, or without it.
    #[must_use]
    pub fn with(mut self, part: FigurePart, wanted: bool) -> Self {
        if wanted {
            self.parts.insert(part);
        } else {
            self.parts.remove(&part);
        }
        self
    }

    /// Whether its words are few enough to be set.
    ///
    /// # Errors
    /// [`SpecError`] with what is too long, cannot be set, or is too many.
    pub fn checked(&self) -> Result<(), SpecError> {
        let callouts = self.callouts.iter().map(|callout| ("callout", &callout.text, MAX_CALLOUT));
        let words = [("title", &self.title, MAX_TITLE), ("subtitle", &self.subtitle, MAX_SUBTITLE)];
        for (part, text, most) in words.into_iter().chain(callouts) {
            let chars = text.as_ref().map_or(0, |text| text.chars().count());
            if chars > most {
                return Err(SpecError::TooLong { part, chars, most });
            }
            // U+202A to U+202E turn letters round without being seen.
            let is_control = |c: &char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(c);
            if let Some(found) = text.iter().flat_map(|text| text.chars()).find(is_control) {
                return Err(SpecError::Control { part, code: u32::from(found) });
            }
        }
        if self.callouts.len() > MAX_CALLOUTS {
            return Err(SpecError::Callouts(self.callouts.len()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec() -> FigureSpec {
        let size = FigureSize::parse("170mmx110mm", 300.0).unwrap();
        FigureSpec::new(size).with(FigurePart::Strip, false).with(FigurePart::Table, true)
    }

    #[test]
    fn a_spec_is_saved_and_read_back_whole() {
        let at = CalloutAt::Event("2022-01-05-green-village".into());
        let spec = FigureSpec {
            title: Some("Six days".into()),
            callouts: vec![Callout { at, text: None }],
            panels: Some(Panels::Week),
            ..spec()
        };
        let text = serde_json::to_string(&spec).unwrap();
        assert!(text.contains("scale-bar") && !text.contains("strip"), "{text}");
        assert_eq!(serde_json::from_str::<FigureSpec>(&text).unwrap(), spec);
    }

    #[test]
    fn what_is_too_long_is_named() {
        assert_eq!(spec().checked(), Ok(()));
        let long = FigureSpec { title: Some("ب".repeat(161)), ..spec() };
        let told = long.checked().unwrap_err().to_string();
        assert!(told.contains("title") && told.contains("161") && told.contains("160"), "{told}");
        for (title, code) in [("a\nb", "U+000A"), ("\u{202e}live", "U+202E"), ("a\0", "U+0000")] {
            let hidden = FigureSpec { title: Some(title.into()), ..spec() };
            let told = hidden.checked().unwrap_err().to_string();
            assert!(told.contains("title") && told.contains(code), "{told}");
        }
        let callout = Callout { at: CalloutAt::Site("x".into()), text: None };
        let many = FigureSpec { callouts: vec![callout; 25], ..spec() };
        assert!(matches!(many.checked(), Err(SpecError::Callouts(25))));
    }
}
