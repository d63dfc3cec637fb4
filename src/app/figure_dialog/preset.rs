//! Sizes that figures often have. Must not know a widget.

use crate::analysis::{FigureSize, Length, Unit};

/// A size that figures often have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Preset {
    Slide,
    Column,
    Report,
    A4Portrait,
    A4Landscape,
    Square,
    Upright,
}

impl Preset {
    pub(crate) const ALL: [Self; 7] = [
        Self::Slide,
        Self::Column,
        Self::Report,
        Self::A4Portrait,
        Self::A4Landscape,
        Self::Square,
        Self::Upright,
    ];

    /// Plain name with its size.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Slide => "Slide, 1920 × 1080 px",
            Self::Column => "Column, 85 mm wide",
            Self::Report => "Report, 170 mm wide",
            Self::A4Portrait => "A4 upright",
            Self::A4Landscape => "A4 across",
            Self::Square => "Square, 1080 px",
            Self::Upright => "Upright, 1080 × 1920 px",
        }
    }

    /// Width, height, their unit and the dots per inch.
    fn numbers(self) -> (f64, f64, Unit, f64) {
        match self {
            Self::Slide => (1920.0, 1080.0, Unit::Px, 96.0),
            Self::Column => (85.0, 100.0, Unit::Mm, 300.0),
            Self::Report => (170.0, 110.0, Unit::Mm, 300.0),
            Self::A4Portrait => (210.0, 297.0, Unit::Mm, 300.0),
            Self::A4Landscape => (297.0, 210.0, Unit::Mm, 300.0),
            Self::Square => (1080.0, 1080.0, Unit::Px, 96.0),
            Self::Upright => (1080.0, 1920.0, Unit::Px, 96.0),
        }
    }

    /// The size; the height of what has only a width is a proposal.
    pub(crate) fn size(self) -> Option<FigureSize> {
        let (width, height, unit, dpi) = self.numbers();
        let [width, height] = [width, height].map(|number| Length { number, unit });
        FigureSize::new(width, height, dpi).ok()
    }

    /// Whether only its width is fixed, so that its height follows from what is on the figure.
    pub(crate) fn is_width(self) -> bool {
        matches!(self, Self::Column | Self::Report)
    }

    /// The preset that a size is one of, whatever its resolution on paper; `None` for a size of one's own.
    pub(crate) fn of(size: &FigureSize) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| {
            preset.size().is_some_and(|own| {
                let paper =
                    own.width().unit == Unit::Mm || own.dpi().total_cmp(&size.dpi()).is_eq();
                let height = preset.is_width() && size.height().unit == own.height().unit;
                paper && own.width() == size.width() && (height || own.height() == size.height())
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::make::{FigureFormat, check_size};

    #[test]
    fn every_preset_is_a_size_that_can_be_made_and_is_known_again() {
        for preset in Preset::ALL {
            let size = preset.size().unwrap();
            check_size(&size, FigureFormat::Png).unwrap();
            assert_eq!(Preset::of(&size), Some(preset));
        }
        let own = FigureSize::parse("171mmx110mm", 300.0).unwrap();
        assert_eq!(Preset::of(&own), None);
        let higher = FigureSize::parse("170mmx141mm", 300.0).unwrap();
        assert_eq!(Preset::of(&higher), Some(Preset::Report));
        let finer = FigureSize::parse("210mmx297mm", 600.0).unwrap();
        assert_eq!(Preset::of(&finer), Some(Preset::A4Portrait));
    }
}
