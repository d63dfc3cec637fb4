//! Text shaped to glyphs, once, with the bundled fonts only: bidirectional order, Arabic joining
//! and line breaks are decided here, and every painter draws the same glyphs at the same places.
//!
//! No font of the system is ever looked at, so a picture is equal on every machine. This module
//! knows no painter and no colour.

mod face;
mod shaped;
mod shaper;
#[cfg(test)]
mod tests;

pub use face::{Face, TextStyle, Weight};
pub use shaped::{Glyph, GlyphRun, ShapedText};
pub use shaper::{Align, Shaper};
