//! Rules about colours that are really drawn: whether classes can be told apart by everybody, also in print without
//! colours. A class is told by its colour, and by its pattern where the theme has patterns: discs, rings and plates are
//! precision, and areas counts.

use super::marks::classes_drawn;
use super::{Checked, Remark, Severity, remark};
use crate::domain::{Code as _, Direction};
use crate::scene::Rgba;
use crate::scene::color_vision::{Vision, difference, lab};
use crate::scene::theme::Theme;

/// Two greys whose lightness L* differs by less are taken for one where they do not touch.
const LEAST_LIGHTNESS: f64 = 10.0;
/// Two colours that are less apart (CIE 1976) are taken for one where they do not touch.
const LEAST_DIFFERENCE: f64 = 20.0;

pub(super) fn check(checked: &Checked<'_>, remarks: &mut Vec<Remark>) {
    remarks.extend(alike(checked.theme, &classes_drawn(checked)));
}

/// Classes of a theme that some eyes take for one.
fn alike(theme: &Theme, classes: &[Direction]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let kinds = [
        (Vision::Achromat, "classes-alike-in-greyscale", "without colours"),
        (Vision::Protan, "classes-alike-protan", "without red (about 1 man in 100)"),
        (Vision::Deutan, "classes-alike-deutan", "without green (about 1 man in 100)"),
        (Vision::Tritan, "classes-alike-tritan", "without blue"),
    ];
    for (vision, code, words) in kinds {
        let mut alike = Vec::new();
        for (at, one) in classes.iter().enumerate() {
            for other in &classes[at + 1..] {
                let colors = [one, other].map(|class| theme.class(*class));
                let by_pattern = theme.pattern(*one) != theme.pattern(*other);
                if !by_pattern && !are_apart(vision, colors) {
                    alike.push(format!("“{}” and “{}”", one.label(), other.label()));
                }
            }
        }
        if !alike.is_empty() {
            remarks.push(remark(
                Severity::Warning,
                code,
                format!("Seen {words}, these look alike: {}.", alike.join("; ")),
                "Filter one of them out, make a figure of each, or say the numbers of each in the text.",
            ));
        }
    }
    remarks
}

/// Whether two colours can be told apart by such eyes.
fn are_apart(vision: Vision, colors: [Rgba; 2]) -> bool {
    let [one, other] = colors.map(|color| vision.seen(color));
    let lightness = (lab(one)[0] - lab(other)[0]).abs();
    lightness >= LEAST_LIGHTNESS || difference(one, other) >= LEAST_DIFFERENCE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::ThemeName;

    #[test]
    fn classes_that_look_alike_are_told_with_the_eyes_that_take_them_for_one() {
        let light = Theme::of(ThemeName::Light);
        let [attack, strike] = [Direction::AttackOnCoalition, Direction::UsOrCoalitionStrike];
        let one = light.clone().with_class(strike, Rgba::hex(0x0F_73CF));
        let remarks = alike(&one, &[attack, strike]);
        let codes: Vec<_> = remarks.iter().map(|remark| remark.code).collect();
        assert_eq!(codes, ["classes-alike-in-greyscale"]);
        assert!(remarks[0].what.contains("US or coalition strike"), "{remarks:?}");
        assert_eq!(alike(&one, &[strike]), []);
        assert_eq!(alike(light, Direction::ALL), []);
    }

    #[test]
    fn colours_of_one_lightness_are_apart_with_colour_only() {
        let [red, green] = [Rgba::hex(0xC0_4040), Rgba::hex(0x3C_7F3C)];
        assert!(are_apart(Vision::Normal, [red, green]));
        assert!(!are_apart(Vision::Achromat, [red, green]));
        let [black, white] = [Rgba::hex(0), Rgba::hex(0xFF_FFFF)];
        assert!(Vision::ALL.iter().all(|vision| are_apart(*vision, [black, white])));
    }

    #[test]
    fn a_red_and_a_green_are_one_without_green() {
        let pair = [Rgba::hex(0xA8_6B1F), Rgba::hex(0x7F_8A1F)];
        assert!(are_apart(Vision::Normal, pair) && !are_apart(Vision::Deutan, pair));
    }
}
