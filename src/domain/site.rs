//! Sites: real places that events happen at.

use super::{LonLat, PlacePrecision};

/// A real place; its glyph never locates an impact.
#[derive(Clone, Debug)]
pub struct Site {
    /// Identifier, such as `ain-al-asad`.
    pub id: String,
    /// English name.
    pub name: String,
    /// Arabic name, where known.
    pub name_ar: Option<String>,
    /// Other names and spellings.
    pub aliases: Vec<String>,
    /// What kind of place, such as `airbase`.
    pub kind: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Governorate.
    pub admin1: Option<String>,
    /// Position; for an area, a point that stands for it.
    pub position: Option<LonLat>,
    /// How precisely the position is known.
    pub precision: PlacePrecision,
    /// The named place lies within this distance of the position, in metres.
    pub radius_m: Option<f64>,
    /// The site that this one belongs to.
    pub part_of: Option<String>,
    /// Who uses it, in words.
    pub used_by: Option<String>,
    /// Since when it hosted US or coalition forces, as far as known.
    pub from: Option<String>,
    /// Until when.
    pub to: Option<String>,
    /// Where the position comes from.
    pub coord_source: Option<String>,
    /// Whether a second source places the named site within its radius.
    pub verified: bool,
    /// One or two sentences.
    pub description: Option<String>,
}
