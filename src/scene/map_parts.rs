//! What the map of a figure carries or leaves out, beyond what every map has.

use super::Rect;
use crate::analysis::{FigurePart, FigureSpec, LabelDensity};
use crate::domain::DaySpan;

/// What a map carries at its edges besides legend, notes and credits, how many names it has, and what it keeps
/// free.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MapParts {
    /// The scale bar.
    pub(super) scale_bar: bool,
    /// The arrow to the north.
    pub(super) north_arrow: bool,
    /// How many sites are named.
    pub(super) labels: LabelDensity,
    /// Whether the map says how many sites it does not name.
    pub(super) tells_unnamed: bool,
    /// The days of a time strip that the legend explains too.
    pub(super) strip: Option<DaySpan>,
    /// Room that is kept for what is drawn over the map: no name, note or history stands there.
    pub(super) kept: Vec<Rect>,
}

impl Default for MapParts {
    fn default() -> Self {
        let labels = LabelDensity::default();
        let (strip, kept) = (None, Vec::new());
        Self { scale_bar: true, north_arrow: false, labels, tells_unnamed: true, strip, kept }
    }
}

impl MapParts {
    /// Those of the map of a figure, with the days of the time strip below it.
    pub(super) fn of(spec: &FigureSpec, strip: Option<DaySpan>) -> Self {
        Self {
            scale_bar: spec.has(FigurePart::ScaleBar),
            north_arrow: spec.has(FigurePart::NorthArrow),
            labels: spec.labels,
            tells_unnamed: true,
            strip,
            kept: Vec::new(),
        }
    }
}
