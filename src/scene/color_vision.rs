//! Colours as other eyes see them, and how well two can be told apart.
//!
//! Sources: colour blindness after Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of
//! Color Vision Deficiency", IEEE TVCG 15(6), 2009, the matrices for severity 1.0, applied to linear light; luminance
//! and contrast after WCAG 2.1; lightness and difference after CIE 1976 L*a*b* for D65.

use serde::{Deserialize, Serialize};

use super::Rgba;

/// Whose eyes a picture is seen with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Vision {
    /// As it is.
    #[default]
    Normal,
    /// Without cones for long wavelengths (red).
    Protan,
    /// Without cones for middle wavelengths (green).
    Deutan,
    /// Without cones for short wavelengths (blue).
    Tritan,
    /// Without colours: as luminance, as on a printer that has black only.
    Achromat,
}

impl Vision {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Normal, Self::Protan, Self::Deutan, Self::Tritan, Self::Achromat];

    /// Word on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Protan => "protan",
            Self::Deutan => "deutan",
            Self::Tritan => "tritan",
            Self::Achromat => "achromat",
        }
    }

    /// Plain name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Normal => "As it is",
            Self::Protan => "Without red (protanopia)",
            Self::Deutan => "Without green (deuteranopia)",
            Self::Tritan => "Without blue (tritanopia)",
            Self::Achromat => "Without colours",
        }
    }

    /// A colour as these eyes see it; its alpha stays.
    #[must_use]
    pub fn seen(self, color: Rgba) -> Rgba {
        let Rgba([r, g, b, alpha]) = color;
        let [red, green, blue] = match self.matrix() {
            Some(matrix) => {
                let light = [r, g, b].map(linear);
                matrix.map(|row| {
                    encoded(row.iter().zip(light).map(|(share, part)| share * part).sum())
                })
            }
            None => [r, g, b],
        };
        Rgba([red, green, blue, alpha])
    }

    /// What each part of the linear light becomes; `None` for what stays.
    fn matrix(self) -> Option<[[f64; 3]; 3]> {
        match self {
            Self::Normal => None,
            Self::Protan => Some([
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ]),
            Self::Deutan => Some([
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ]),
            Self::Tritan => Some([
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ]),
            Self::Achromat => Some([LUMINANCE; 3]),
        }
    }
}

/// Shares of the parts of linear light in its luminance (ITU-R BT.709).
const LUMINANCE: [f64; 3] = [0.2126, 0.7152, 0.0722];

fn linear(value: u8) -> f64 {
    let value = f64::from(value) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn encoded(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let value =
        if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 255")]
    let value = (value * 255.0).round() as u8;
    value
}

/// Relative luminance from 0 (black) to 1 (white); alpha is not looked at.
#[must_use]
pub fn luminance(Rgba([r, g, b, _]): Rgba) -> f64 {
    LUMINANCE.iter().zip([r, g, b]).map(|(share, part)| share * linear(part)).sum()
}

/// Contrast of two opaque colours, from 1 to 21.
#[must_use]
pub fn contrast(one: Rgba, other: Rgba) -> f64 {
    let [one, other] = [one, other].map(luminance);
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A colour with alpha painted over an opaque one.
#[must_use]
pub fn over(Rgba([r, g, b, alpha]): Rgba, ground: Rgba) -> Rgba {
    let mix = |top: u8, below: u8| {
        let sum = u32::from(top) * u32::from(alpha) + u32::from(below) * (255 - u32::from(alpha));
        u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
    };
    let [below_r, below_g, below_b, _] = ground.0;
    Rgba([mix(r, below_r), mix(g, below_g), mix(b, below_b), 255])
}

/// Lightness L* from 0 to 100, then a* (green to red) and b* (blue to yellow).
#[must_use]
pub fn lab(Rgba([r, g, b, _]): Rgba) -> [f64; 3] {
    const XYZ: [[f64; 3]; 3] = [
        [0.412_456, 0.357_576, 0.180_438],
        [0.212_673, 0.715_152, 0.072_175],
        [0.019_334, 0.119_192, 0.950_304],
    ];
    const WHITE: [f64; 3] = [0.950_47, 1.0, 1.088_83];
    let light = [r, g, b].map(linear);
    let part = |axis: usize| {
        let sum: f64 = XYZ[axis].iter().zip(light).map(|(share, part)| share * part).sum();
        let ratio = sum / WHITE[axis];
        if ratio > 216.0 / 24389.0 { ratio.cbrt() } else { (24389.0 / 27.0 * ratio + 16.0) / 116.0 }
    };
    let [x, y, z] = [0, 1, 2].map(part);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How far two colours are apart (CIE 1976): 2.3 can just be seen side by side.
#[must_use]
pub fn difference(one: Rgba, other: Rgba) -> f64 {
    let [one, other] = [one, other].map(lab);
    one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Rgba = Rgba::hex(0xFF_0000);
    const GREEN: Rgba = Rgba::hex(0x00_FF00);
    const WHITE: Rgba = Rgba::hex(0xFF_FFFF);
    const BLACK: Rgba = Rgba::hex(0);

    #[test]
    fn white_grey_and_black_look_the_same_to_everybody() {
        for vision in Vision::ALL {
            for grey in [0, 1, 60, 128, 254, 255] {
                let Rgba(seen) = vision.seen(Rgba([grey, grey, grey, 7]));
                assert!(seen[..3].iter().all(|part| part.abs_diff(grey) <= 1), "{vision:?} {grey}");
                assert_eq!(seen[3], 7);
            }
        }
    }

    /// Computed with the published matrices by hand: red is (0.152, 0.115, 0) of linear light to a protanope.
    #[test]
    fn red_and_green_lose_their_difference_without_red_or_green() {
        assert_eq!(Vision::Protan.seen(RED), Rgba([109, 95, 0, 255]));
        assert_eq!(Vision::Deutan.seen(RED), Rgba([163, 144, 0, 255]));
        let apart = |vision: Vision| difference(vision.seen(RED), vision.seen(GREEN));
        assert!(apart(Vision::Normal) > 150.0);
        assert!(apart(Vision::Deutan) < apart(Vision::Normal) / 2.0);
        assert_eq!(Vision::Normal.seen(RED), RED);
        let Rgba([r, g, b, _]) = Vision::Achromat.seen(GREEN);
        assert!(r == g && g == b);
    }

    #[test]
    fn contrast_and_lightness_are_those_of_the_standards() {
        assert!((contrast(WHITE, BLACK) - 21.0).abs() < 1e-9);
        assert!((contrast(Rgba::hex(0x77_7777), WHITE) - 4.48).abs() < 0.01);
        let [white, black] = [WHITE, BLACK].map(lab);
        assert!((white[0] - 100.0).abs() < 0.01 && black[0].abs() < 0.01);
        let [l, a, b] = lab(RED);
        assert!((l - 53.24).abs() < 0.05 && (a - 80.09).abs() < 0.1 && (b - 67.2).abs() < 0.1);
    }

    #[test]
    fn what_is_half_seen_through_is_between_both() {
        assert_eq!(over(BLACK.with_alpha(128), WHITE), Rgba([127, 127, 127, 255]));
        assert_eq!(over(RED, WHITE), RED);
    }
}
