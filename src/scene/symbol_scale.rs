//! How large a glyph is for a count: its area is proportional to the count, on a scale that neither panning,
//! zooming, filtering nor playing changes.
//!
//! A record of some hundred events has the largest scale. Of a record of a million as many events are in a
//! window of a month, or in all of it, that discs of that scale would cover the map several times over. The
//! scale is therefore one of a few steps, by how many events the record has on average in as many days as are
//! shown. It depends on the record and the length of the window alone, and the legend says it.

use super::theme::size;
use crate::analysis::{Record, View};

/// Area of a glyph for each event on the largest scale, in square points.
const AREA: f64 = std::f64::consts::PI * (size::GLYPH_UNIT_RADIUS * size::GLYPH_UNIT_RADIUS) as f64;
/// All glyphs together may have this area: some tenths of a map in a window of 1280 by 800.
const ALL: f64 = 48_000.0;
/// Each other step is a tenth in area.
const STEPS: [f64; 2] = [1.0, 1.0 / 3.0];
/// The least radius of a glyph whose number has more than two digits, by digits from three on.
const FOR_DIGITS: [f32; 4] = [11.5, 15.5, 19.0, 22.0];

/// A scale of glyphs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SymbolScale {
    /// Radius for one event in points, if glyphs could be as small.
    unit: f32,
}

impl SymbolScale {
    /// That of records of some hundred events.
    pub const LARGEST: Self = Self { unit: size::GLYPH_UNIT_RADIUS };

    /// The scale on which a view of a record is drawn.
    #[must_use]
    pub fn of(record: &Record, view: &View) -> Self {
        let share = record.extent().map_or(1.0, |extent| {
            f64::from(view.shown_span(record).days()) / f64::from(extent.days())
        });
        let whole = view.mode == crate::analysis::Mode::SinceStart;
        Self::for_events(record, if whole { 1.0 } else { share.min(1.0) })
    }

    /// The scale on which the whole record is drawn.
    #[must_use]
    pub fn whole(record: &Record) -> Self {
        Self::for_events(record, 1.0)
    }

    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "an estimate")]
    fn for_events(record: &Record, share: f64) -> Self {
        let area = AREA * record.events.len() as f64 * share;
        let mut factor = 1.0;
        let mut tenth = 1.0;
        'found: for _ in 0..12 {
            for step in STEPS {
                factor = tenth * step;
                if area * factor <= ALL {
                    break 'found;
                }
            }
            tenth /= 10.0;
        }
        Self { unit: size::GLYPH_UNIT_RADIUS * factor.sqrt() as f32 }
    }

    /// The radius of a glyph in points: area proportional to the count, never smaller than the smallest, nor
    /// than its number.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "an exact count is not needed")]
    pub fn radius(self, count: usize) -> f32 {
        let digits = count.checked_ilog10().unwrap_or(0) as usize + 1;
        let least = digits
            .checked_sub(3)
            .map_or(size::GLYPH_MIN_RADIUS, |more| FOR_DIGITS[more.min(FOR_DIGITS.len() - 1)]);
        (self.unit * (count as f32).sqrt()).max(least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_three_thirty_and_three_hundred_events_look_different() {
        let radius = |count| SymbolScale::LARGEST.radius(count);
        let radii: Vec<f32> = [1, 3, 30, 300].into_iter().map(radius).collect();
        assert!(radii.windows(2).all(|r| r[1] > r[0] * 1.05), "{radii:?}");
        assert!((radius(300) / radius(30)).powi(2) - 10.0 < 0.01);
    }
}
