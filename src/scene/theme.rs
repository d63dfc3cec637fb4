//! Every colour, width and type size of a picture. Nothing outside this file names a colour.

use super::color_vision::contrast;
use super::patterns::Pattern;
use super::text::TextStyle;
use super::{Halo, Rgba};
use crate::analysis::ThemeName;
use crate::domain::Direction;

/// The colours of one theme.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Its name.
    pub name: ThemeName,
    /// Ground of figures and panels.
    pub paper: Rgba,
    /// Ground of panels that stand out from the paper.
    pub panel: Rgba,
    /// Sea and lakes.
    pub water: Rgba,
    /// Land of Iraq and Syria.
    pub land: Rgba,
    /// Land around them.
    pub land_around: Rgba,
    /// Coasts.
    pub coast: Rgba,
    /// Borders of countries.
    pub border: Rgba,
    /// Borders of governorates.
    pub governorate: Rgba,
    /// Rivers.
    pub river: Rgba,
    /// Text that must be read.
    pub text: Rgba,
    /// Text that may be read.
    pub text_muted: Rgba,
    /// Names of countries and governorates.
    pub text_area: Rgba,
    /// Names of towns.
    pub text_town: Rgba,
    /// Around text on the map.
    pub halo: Rgba,
    /// Thin lines of furniture and panels.
    pub rule: Rgba,
    /// The window on the time strip, its handles, the selection.
    pub accent: Rgba,
    /// Ground of the window on the time strip.
    pub accent_soft: Rgba,
    /// Outline of glyphs.
    pub glyph_outline: Rgba,
    /// Hatching of areas.
    pub hatch: Rgba,
    /// Days in which the record is thin.
    pub thin: Rgba,
    /// Ground of the furniture on a map.
    pub plate: Rgba,
    /// Text that says what is wrong.
    pub alert: Rgba,
    classes: [Rgba; 6],
    on_classes: [Rgba; 6],
}

impl Theme {
    /// The theme of this name.
    #[must_use]
    pub fn of(name: ThemeName) -> &'static Self {
        match name {
            ThemeName::Light => &LIGHT,
            ThemeName::Dark => &DARK,
            ThemeName::Print => &PRINT,
            ThemeName::Greyscale => &GREYSCALE,
        }
    }

    /// The colour of a class of events; fixed, whatever is filtered in.
    #[must_use]
    pub fn class(&self, direction: Direction) -> Rgba {
        self.classes[direction as usize]
    }

    /// The same with another colour of a class.
    #[cfg(test)]
    pub(in crate::scene) fn with_class(mut self, direction: Direction, color: Rgba) -> Self {
        self.classes[direction as usize] = color;
        self
    }

    /// The colour of text on a class colour.
    #[must_use]
    pub fn on_class(&self, direction: Direction) -> Rgba {
        self.on_classes[direction as usize]
    }

    /// The pattern of a class, in the theme without colours; fixed likewise. What has most events is plain.
    #[must_use]
    pub fn pattern(&self, direction: Direction) -> Option<Pattern> {
        if self.name != ThemeName::Greyscale {
            return None;
        }
        match direction {
            Direction::AttackOnCoalition => None,
            Direction::Interception => Some(Pattern::Dotted),
            Direction::IranianStateStrike => Some(Pattern::Rising),
            Direction::UsOrCoalitionStrike => Some(Pattern::Falling),
            Direction::Seizure => Some(Pattern::Crossed),
            Direction::Other => Some(Pattern::Level),
        }
    }

    /// The colour of a pattern on a ground: the lighter or the darker, whichever is seen better.
    #[must_use]
    pub fn on_pattern(&self, ground: Rgba) -> Rgba {
        let [light, dark] = [self.paper, self.text];
        if contrast(light, ground) > contrast(dark, ground) { light } else { dark }
    }

    /// The colour of what lies before the window: that of the class, more than half-way to the land.
    #[must_use]
    pub fn past(&self, direction: Direction) -> Rgba {
        self.paler(direction, 40)
    }

    /// The colour of a band of age after the newest, which has that of the class; 0 is the newest of them.
    #[must_use]
    pub fn aged(&self, direction: Direction, band: usize) -> Rgba {
        const PERCENT: [u16; 3] = [62, 38, 20];
        self.paler(direction, PERCENT[band.min(PERCENT.len() - 1)])
    }

    /// The colour of a class on its way to the land; 100 per cent is the class, 0 the land.
    fn paler(&self, direction: Direction, percent: u16) -> Rgba {
        let mix = |a: u8, b: u8| {
            let mixed = u16::from(a) * percent + u16::from(b) * (100 - percent);
            u8::try_from(mixed / 100).unwrap_or(b)
        };
        let ([r, g, b, _], [lr, lg, lb, _]) = (self.class(direction).0, self.land.0);
        Rgba([mix(r, lr), mix(g, lg), mix(b, lb), 255])
    }

    /// The outline of text on the map.
    #[must_use]
    pub fn map_halo(&self) -> Halo {
        Halo { color: self.halo, width: 1.6 }
    }
}

const WHITE: Rgba = Rgba::hex(0xFF_FFFF);
const INK: Rgba = Rgba::hex(0x1B_1F23);

/// Class colours differ in lightness as well as hue, all six of them, so that they hold in greyscale and for
/// colour-blind readers; order of [`Direction`]'s code list.
const CLASSES: [Rgba; 6] = [
    Rgba::hex(0xC2_3B12),
    Rgba::hex(0xFF_B438),
    Rgba::hex(0x4B_117E),
    Rgba::hex(0x24_8EDB),
    Rgba::hex(0x00_593F),
    Rgba::hex(0xA0_A6AC),
];
const ON_CLASSES: [Rgba; 6] = [WHITE, INK, WHITE, INK, WHITE, INK];

static LIGHT: Theme = Theme {
    name: ThemeName::Light,
    paper: Rgba::hex(0xFF_FFFF),
    panel: Rgba::hex(0xF6_F6F4),
    water: Rgba::hex(0xDD_E7ED),
    land: Rgba::hex(0xFB_FAF7),
    land_around: Rgba::hex(0xEE_ECE7),
    coast: Rgba::hex(0xB4_C3CC),
    border: Rgba::hex(0x9B_978E),
    governorate: Rgba::hex(0xDE_DBD3),
    river: Rgba::hex(0xC3_D5DF),
    text: INK,
    text_muted: Rgba::hex(0x5B_6168),
    text_area: Rgba::hex(0x71_6C63),
    text_town: Rgba::hex(0x65_6159),
    halo: Rgba([251, 250, 247, 230]),
    rule: Rgba::hex(0xD6_D5D0),
    accent: Rgba::hex(0x1F_4E79),
    accent_soft: Rgba([31, 78, 121, 30]),
    glyph_outline: WHITE,
    hatch: Rgba([194, 59, 18, 90]),
    thin: Rgba::hex(0xB9_B6AE),
    plate: Rgba([255, 255, 255, 225]),
    alert: Rgba::hex(0xB0_2A1A),
    classes: CLASSES,
    on_classes: ON_CLASSES,
};

static DARK: Theme = Theme {
    name: ThemeName::Dark,
    paper: Rgba::hex(0x16_1A1D),
    panel: Rgba::hex(0x1D_2226),
    water: Rgba::hex(0x10_151A),
    land: Rgba::hex(0x2A_3036),
    land_around: Rgba::hex(0x20_2529),
    coast: Rgba::hex(0x3B_4750),
    border: Rgba::hex(0x6C_757D),
    governorate: Rgba::hex(0x3A_4248),
    river: Rgba::hex(0x34_4955),
    text: Rgba::hex(0xF1_F3F4),
    text_muted: Rgba::hex(0xA9_B1B8),
    text_area: Rgba::hex(0x8F_989F),
    text_town: Rgba::hex(0x9A_A3AA),
    halo: Rgba([30, 35, 39, 230]),
    rule: Rgba::hex(0x3A_4147),
    accent: Rgba::hex(0x8C_C4F2),
    accent_soft: Rgba([140, 196, 242, 36]),
    glyph_outline: Rgba::hex(0x16_1A1D),
    hatch: Rgba([240, 110, 60, 110]),
    thin: Rgba::hex(0x8A_949B),
    plate: Rgba([22, 26, 29, 225]),
    alert: Rgba::hex(0xF2_A08E),
    classes: [
        Rgba::hex(0xE8_5A2C),
        Rgba::hex(0xFF_E892),
        Rgba::hex(0x84_52B8),
        Rgba::hex(0x4D_ABF3),
        Rgba::hex(0x76_DCB2),
        Rgba::hex(0x4A_4F54),
    ],
    on_classes: [INK, INK, WHITE, INK, INK, WHITE],
};

static PRINT: Theme = Theme {
    name: ThemeName::Print,
    paper: WHITE,
    panel: WHITE,
    water: Rgba::hex(0xE6_ECEF),
    land: WHITE,
    land_around: Rgba::hex(0xF3_F3F1),
    coast: Rgba::hex(0x8F_9AA1),
    border: Rgba::hex(0x6E_6E6E),
    governorate: Rgba::hex(0xCF_CFCF),
    river: Rgba::hex(0xB8_C9D2),
    text: Rgba::hex(0x00_0000),
    text_muted: Rgba::hex(0x45_4545),
    text_area: Rgba::hex(0x70_7070),
    text_town: Rgba::hex(0x55_5555),
    halo: Rgba([255, 255, 255, 235]),
    rule: Rgba::hex(0xBF_BFBF),
    accent: Rgba::hex(0x1B_3A57),
    accent_soft: Rgba([27, 58, 87, 26]),
    glyph_outline: WHITE,
    hatch: Rgba([194, 59, 18, 110]),
    thin: Rgba::hex(0xA8_A8A8),
    plate: Rgba([255, 255, 255, 235]),
    alert: Rgba::hex(0xB0_2A1A),
    classes: CLASSES,
    on_classes: ON_CLASSES,
};

static GREYSCALE: Theme = Theme {
    name: ThemeName::Greyscale,
    paper: WHITE,
    panel: WHITE,
    water: Rgba::hex(0xE9_E9E9),
    land: WHITE,
    land_around: Rgba::hex(0xF4_F4F4),
    coast: Rgba::hex(0x99_9999),
    border: Rgba::hex(0x70_7070),
    governorate: Rgba::hex(0xD2_D2D2),
    river: Rgba::hex(0xC9_C9C9),
    text: Rgba::hex(0x00_0000),
    text_muted: Rgba::hex(0x45_4545),
    text_area: Rgba::hex(0x70_7070),
    text_town: Rgba::hex(0x55_5555),
    halo: Rgba([255, 255, 255, 235]),
    rule: Rgba::hex(0xBF_BFBF),
    accent: Rgba::hex(0x33_3333),
    accent_soft: Rgba([0, 0, 0, 26]),
    glyph_outline: WHITE,
    hatch: Rgba([0, 0, 0, 70]),
    thin: Rgba::hex(0xA8_A8A8),
    plate: Rgba([255, 255, 255, 235]),
    alert: Rgba::hex(0x20_2020),
    // Steps of lightness that are told apart beside each other; see also [`Theme::pattern`].
    classes: [
        Rgba::hex(0x18_1818),
        Rgba::hex(0xAF_AFAF),
        Rgba::hex(0x3B_3B3B),
        Rgba::hex(0x88_8888),
        Rgba::hex(0xD4_D4D4),
        Rgba::hex(0x5E_5E5E),
    ],
    on_classes: [WHITE, INK, WHITE, INK, INK, WHITE],
};

/// Type sizes of a picture, in points.
pub mod style {
    use super::TextStyle;

    const fn regular(size_pt: f32) -> TextStyle {
        TextStyle::regular(size_pt)
    }

    const fn semibold(size_pt: f32) -> TextStyle {
        TextStyle::semi_bold(size_pt)
    }

    /// Title of a figure.
    pub const TITLE: TextStyle = semibold(22.0);
    /// The date on the map while time plays.
    pub const PLAY_DATE: TextStyle = semibold(27.0);
    /// Title on the card before a film.
    pub const FILM_TITLE: TextStyle = semibold(34.0);
    /// Running totals beside the map of a film.
    pub const FILM_NUMBER: TextStyle = semibold(24.0);
    /// What a card on the map says.
    pub const CARD: TextStyle = semibold(16.0);
    /// Window, counts and rule under the title.
    pub const SUBTITLE: TextStyle = regular(13.0);
    /// Name of a site on the map.
    pub const SITE: TextStyle = semibold(11.5);
    /// Arabic name of a site on the map.
    pub const SITE_ARABIC: TextStyle = regular(11.0);
    /// The number in a small glyph.
    pub const COUNT: TextStyle = semibold(11.0);
    /// Name of a country.
    pub const COUNTRY: TextStyle = semibold(13.0);
    /// Name of a governorate.
    pub const GOVERNORATE: TextStyle = regular(9.8);
    /// Name of a capital.
    pub const CAPITAL: TextStyle = semibold(10.5);
    /// Name of a town.
    pub const TOWN: TextStyle = regular(9.8);
    /// Legend, axis, scale bar.
    pub const SMALL: TextStyle = regular(10.0);
    /// Heading of a legend.
    pub const SMALL_STRONG: TextStyle = semibold(10.0);
    /// Credits and notes.
    pub const FOOTNOTE: TextStyle = regular(9.5);
    /// Text of panels in the window.
    pub const BODY: TextStyle = regular(13.0);
    /// Strong text of panels in the window.
    pub const BODY_STRONG: TextStyle = semibold(13.0);
    /// Small text of panels in the window.
    pub const BODY_SMALL: TextStyle = regular(11.5);
    /// Small strong text of panels in the window.
    pub const BODY_SMALL_STRONG: TextStyle = semibold(11.5);
    /// Headings of panels in the window.
    pub const HEADING: TextStyle = semibold(18.0);
}

/// Widths and sizes of marks, in points.
pub mod size {
    /// Smallest radius of a site glyph.
    pub const GLYPH_MIN_RADIUS: f32 = 9.0;
    /// Radius of a site glyph for one event, before the smallest radius holds: area is proportional to the count.
    pub const GLYPH_UNIT_RADIUS: f32 = 5.5;
    /// Width of a map from which on the glyphs have the site's history below.
    pub const MAP_WITH_HISTORIES: f32 = 480.0;
    /// Outline of a glyph.
    pub const GLYPH_OUTLINE: f32 = 1.5;
    /// Line from a glyph to its name.
    pub const LEADER: f32 = 0.8;
    /// Country border.
    pub const BORDER: f32 = 0.9;
    /// Governorate border.
    pub const GOVERNORATE: f32 = 0.6;
    /// Coast.
    pub const COAST: f32 = 0.6;
    /// Distance of hatch lines.
    pub const HATCH_STEP: f32 = 5.0;
    /// Width of hatch lines.
    pub const HATCH_WIDTH: f32 = 0.7;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::Code as _;
    use crate::scene::color_vision::{Vision, contrast, difference, lab};

    #[test]
    fn a_number_in_a_glyph_is_read_in_every_theme() {
        for theme in ThemeName::ALL.map(Theme::of) {
            for class in Direction::ALL {
                let found = contrast(theme.class(*class), theme.on_class(*class));
                assert!(found >= 4.5, "{:?} {class:?}: {found:.2}", theme.name);
            }
        }
    }

    /// Steps that the figure check asks for, with something to spare.
    #[test]
    fn all_classes_are_told_apart_by_everybody_in_every_theme() {
        for theme in ThemeName::ALL.map(Theme::of) {
            for (at, one) in Direction::ALL.iter().enumerate() {
                for other in &Direction::ALL[at + 1..] {
                    for vision in Vision::ALL {
                        let [a, b] = [one, other].map(|class| vision.seen(theme.class(*class)));
                        let lightness = (lab(a)[0] - lab(b)[0]).abs();
                        assert!(
                            lightness > 10.5 || difference(a, b) > 21.0,
                            "{:?} {vision:?}: {one:?} and {other:?} {lightness:.1}",
                            theme.name
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn no_class_nor_age_of_it_has_the_colour_of_another_or_of_the_ground() {
        for theme in ThemeName::ALL.map(Theme::of) {
            let ground = [theme.land, theme.border, theme.rule, theme.text, theme.text_muted];
            let mut taken: BTreeSet<[u8; 4]> = ground.iter().map(|color| color.0).collect();
            for class in Direction::ALL {
                let bands = (0..3).map(|band| theme.aged(*class, band));
                let own = [theme.class(*class), theme.past(*class)].into_iter().chain(bands);
                let own: BTreeSet<[u8; 4]> = own.map(|color| color.0).collect();
                assert!(own.is_disjoint(&taken), "{:?} {class:?}", theme.name);
                taken.extend(own);
            }
        }
    }

    #[test]
    fn names_of_countries_and_towns_are_read_on_land() {
        for theme in ThemeName::ALL.map(Theme::of) {
            for color in [theme.text_area, theme.text_town] {
                assert!(contrast(color, theme.land) >= 4.5, "{:?}", theme.name);
            }
        }
    }
}
