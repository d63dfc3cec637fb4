//! The bundled font files, and how a caller asks for them.

/// How heavy the letters are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Weight 400.
    #[default]
    Regular,
    /// Weight 600.
    SemiBold,
}

/// Size, weight and spacing of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Font size (em) in points.
    pub size_pt: f32,
    /// How heavy the letters are.
    pub weight: Weight,
    /// Extra space after each letter, in points. Text with Arabic letters ignores it, because they
    /// would no longer join.
    pub letter_spacing_pt: f32,
}

impl TextStyle {
    /// Regular weight at a size in points.
    #[must_use]
    pub const fn regular(size_pt: f32) -> Self {
        Self { size_pt, weight: Weight::Regular, letter_spacing_pt: 0.0 }
    }

    /// Semi-bold weight at a size in points.
    #[must_use]
    pub const fn semi_bold(size_pt: f32) -> Self {
        Self { size_pt, weight: Weight::SemiBold, letter_spacing_pt: 0.0 }
    }

    /// The same style with extra space after each letter, in points.
    #[must_use]
    pub const fn with_letter_spacing(self, letter_spacing_pt: f32) -> Self {
        Self { letter_spacing_pt, ..self }
    }
}

/// One bundled font file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// IBM Plex Sans Regular.
    Latin,
    /// IBM Plex Sans `SemiBold`.
    LatinSemiBold,
    /// IBM Plex Sans Arabic Regular.
    Arabic,
    /// IBM Plex Sans Arabic `SemiBold`.
    ArabicSemiBold,
}

impl Face {
    /// Every face, in the order of [`Face::index`].
    pub const ALL: [Self; 4] =
        [Self::Latin, Self::LatinSemiBold, Self::Arabic, Self::ArabicSemiBold];

    /// The font file (TrueType), as glyph numbers of [`super::Glyph`] count in it.
    #[must_use]
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Latin => include_bytes!("../../../assets/fonts/IBMPlexSans-Regular.ttf"),
            Self::LatinSemiBold => include_bytes!("../../../assets/fonts/IBMPlexSans-SemiBold.ttf"),
            Self::Arabic => include_bytes!("../../../assets/fonts/IBMPlexSansArabic-Regular.ttf"),
            Self::ArabicSemiBold => {
                include_bytes!("../../../assets/fonts/IBMPlexSansArabic-SemiBold.ttf")
            }
        }
    }

    /// The place in [`Face::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::Latin => 0,
            Self::LatinSemiBold => 1,
            Self::Arabic => 2,
            Self::ArabicSemiBold => 3,
        }
    }

    /// The family name that the font file gives.
    #[must_use]
    pub const fn family(self) -> &'static str {
        match self {
            Self::Latin | Self::LatinSemiBold => "IBM Plex Sans",
            Self::Arabic | Self::ArabicSemiBold => "IBM Plex Sans Arabic",
        }
    }

    /// How heavy the letters are.
    #[must_use]
    pub const fn weight(self) -> Weight {
        match self {
            Self::Latin | Self::Arabic => Weight::Regular,
            Self::LatinSemiBold | Self::ArabicSemiBold => Weight::SemiBold,
        }
    }
}
