//! Sizes that figures often have, by name.

use super::figure_size::{FigureSize, Length, Unit};

/// A size that figures often have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// A slide of a talk.
    Slide,
    /// One column of a report.
    Column,
    /// The width of a report.
    Report,
    /// A page.
    A4Portrait,
    /// A page on its side.
    A4Landscape,
    /// A square picture for a screen.
    Square,
    /// An upright picture for a telephone.
    Upright,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 7] = [
        Self::Slide,
        Self::Column,
        Self::Report,
        Self::A4Portrait,
        Self::A4Landscape,
        Self::Square,
        Self::Upright,
    ];

    /// Word on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Slide => "slide",
            Self::Column => "column",
            Self::Report => "report",
            Self::A4Portrait => "a4",
            Self::A4Landscape => "a4-landscape",
            Self::Square => "square",
            Self::Upright => "upright",
        }
    }

    /// The preset of a word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.code() == word)
    }

    /// Plain name with its size.
    #[must_use]
    pub fn label(self) -> &'static str {
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

    /// Width, height, their unit and the dots per inch. What is for a screen has 144 of them: a slide of 1920 pixels
    /// is then 13.3 inches wide, as slides are, and its type is read from the back of a room.
    fn numbers(self) -> (f64, f64, Unit, f64) {
        match self {
            Self::Slide => (1920.0, 1080.0, Unit::Px, 144.0),
            Self::Column => (85.0, 140.0, Unit::Mm, 300.0),
            Self::Report => (170.0, 120.0, Unit::Mm, 300.0),
            Self::A4Portrait => (210.0, 297.0, Unit::Mm, 300.0),
            Self::A4Landscape => (297.0, 210.0, Unit::Mm, 300.0),
            Self::Square => (1080.0, 1080.0, Unit::Px, 144.0),
            Self::Upright => (1080.0, 1920.0, Unit::Px, 144.0),
        }
    }

    /// The size; the height of what has only a width is a proposal.
    #[must_use]
    pub fn size(self) -> Option<FigureSize> {
        let (width, height, unit, dpi) = self.numbers();
        let [width, height] = [width, height].map(|number| Length { number, unit });
        FigureSize::new(width, height, dpi).ok()
    }

    /// Whether only its width is fixed, so that its height follows from what is on the figure.
    #[must_use]
    pub fn is_width(self) -> bool {
        matches!(self, Self::Column | Self::Report)
    }

    /// The preset that a size is one of, whatever its resolution on paper; `None` for a size of one's own.
    #[must_use]
    pub fn of(size: &FigureSize) -> Option<Self> {
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

    #[test]
    fn every_preset_is_a_size_that_can_be_made_and_is_known_again() {
        for preset in Preset::ALL {
            let size = preset.size().unwrap();
            assert_eq!(FigureSize::parse(&size.to_string(), size.dpi()), Ok(size));
            assert_eq!(Preset::of(&size), Some(preset));
            assert_eq!(Preset::find(preset.code()), Some(preset));
        }
        let own = FigureSize::parse("171mmx110mm", 300.0).unwrap();
        assert_eq!(Preset::of(&own), None);
        let higher = FigureSize::parse("170mmx141mm", 300.0).unwrap();
        assert_eq!(Preset::of(&higher), Some(Preset::Report));
        let finer = FigureSize::parse("210mmx297mm", 600.0).unwrap();
        assert_eq!(Preset::of(&finer), Some(Preset::A4Portrait));
    }
}
