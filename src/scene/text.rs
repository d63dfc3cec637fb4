//! Text shaped to glyphs, once, with the bundled fonts only.

/// Shaped text.
#[derive(Clone, Debug, Default)]
pub struct ShapedText;
