//! Rules about the words as they are set: whether they are large enough on paper, stand out from their ground, are
//! whole, and whether those are there that must be.

use super::drawn::DrawnText;
use super::{Checked, Remark, Severity, number, remark};
use crate::analysis::ThemeName;
use crate::scene::color_vision::{contrast, over};
use crate::scene::text::Weight;

/// The smallest type on paper, in points.
const LEAST_PT: f32 = 6.0;
/// The least contrast of text, and of large text (WCAG 2.1, success criterion 1.4.3).
const LEAST_CONTRAST: [f64; 2] = [4.5, 3.0];
/// From which size on paper text is large, in points: regular, and semi-bold.
const LARGE_PT: [f32; 2] = [18.0, 14.0];

pub(super) fn check(checked: &Checked<'_>, remarks: &mut Vec<Remark>) {
    remarks.extend(too_small(checked));
    remarks.extend(cut_off(checked));
    remarks.extend(shortened(checked));
    remarks.extend(low_contrast(checked));
    remarks.extend(credits_missing(checked));
}

/// The texts that are seen at all.
fn seen<'a>(checked: &'a Checked<'a>) -> impl Iterator<Item = &'a DrawnText<'a>> {
    checked.drawn.texts.iter().filter(|text| {
        text.text.color.0[3] > 0
            && text.place.overlaps(&text.seen)
            && !text.words().trim().is_empty()
    })
}

fn quoted(text: &DrawnText<'_>) -> String {
    const MOST: usize = 40;
    let words = text.words();
    let mut short: String = words.chars().take(MOST).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    format!("“{short}”")
}

fn too_small(checked: &Checked<'_>) -> Option<Remark> {
    let size = |text: &DrawnText<'_>| text.text.shaped.size_pt() * checked.figure.scale;
    // A hundredth below is a rounding.
    let small: Vec<_> = seen(checked).filter(|text| size(text) < LEAST_PT - 0.01).collect();
    let least = small.iter().min_by(|a, b| size(a).total_cmp(&size(b)))?;
    Some(remark(
        Severity::Warning,
        "text-too-small",
        format!(
            "{} smaller than {LEAST_PT} pt on paper; the smallest, {}, is {:.1} pt.",
            are(small.len()),
            quoted(least),
            size(least)
        ),
        "Make the figure larger, or leave parts of it out.",
    ))
}

fn are(n: usize) -> String {
    let verb = if n == 1 { "is" } else { "are" };
    format!("{} {verb}", number(n, "text"))
}

fn cut_off(checked: &Checked<'_>) -> Option<Remark> {
    let is_cut = |text: &&DrawnText<'_>| {
        // The box of a text has some air above and below its letters.
        let air = text.text.shaped.size_pt() * 0.25;
        let (place, seen) = (text.place, text.seen);
        // A glyph at the edge of an inset is whole on the map.
        let is_twice = text.is_in("inset") && text.is_in("sites");
        let wide = place.min[0] < seen.min[0] - 0.5 || place.max[0] > seen.max[0] + 0.5;
        let high = place.min[1] < seen.min[1] - air || place.max[1] > seen.max[1] + air;
        (wide || high) && !is_twice
    };
    let cut: Vec<_> = seen(checked).filter(is_cut).map(quoted).collect();
    (!cut.is_empty()).then(|| {
        remark(
            Severity::Warning,
            "text-cut-off",
            format!("The edge cuts {}: {}.", number(cut.len(), "text"), cut.join(", ")),
            "Make the figure larger, or show another part of the map.",
        )
    })
}

fn shortened(checked: &Checked<'_>) -> Option<Remark> {
    let short: Vec<_> = seen(checked).filter(|t| t.words().ends_with('…')).map(quoted).collect();
    (!short.is_empty()).then(|| {
        remark(
            Severity::Warning,
            "text-shortened",
            format!("{} shortened: {}.", are(short.len()), short.join(", ")),
            "Make the figure wider, or the words fewer.",
        )
    })
}

fn low_contrast(checked: &Checked<'_>) -> Vec<Remark> {
    let contrast_of = |text: &DrawnText<'_>| {
        let grounds = checked.drawn.grounds(text);
        let mut found: Vec<f64> =
            grounds.iter().map(|g| contrast(over(text.text.color, *g), *g)).collect();
        found.sort_by(f64::total_cmp);
        // Half of the letters are seen better than this.
        found.get(found.len() / 2).copied()
    };
    let is_large = |text: &DrawnText<'_>| {
        let size = text.text.shaped.size_pt() * checked.figure.scale;
        let runs = text.text.shaped.runs();
        let bold = runs.first().is_some_and(|run| run.face.weight() == Weight::SemiBold);
        size >= LARGE_PT[usize::from(bold)]
    };
    let mut low: [Vec<(f64, &DrawnText<'_>)>; 2] = [Vec::new(), Vec::new()];
    for text in seen(checked) {
        let least = LEAST_CONTRAST[usize::from(is_large(text))];
        if let Some(found) = contrast_of(text).filter(|found| *found < least) {
            low[usize::from(text.is_in("place-names"))].push((found, text));
        }
    }
    // Names of countries and towns are ground: pale is meant, and still hard to read.
    let kinds = [
        (Severity::Warning, "low-contrast", ""),
        (Severity::Note, "ground-names-pale", " of the names of countries and towns"),
    ];
    let mut remarks = Vec::new();
    for ((severity, code, of), mut low) in kinds.into_iter().zip(low) {
        low.sort_by(|a, b| a.0.total_cmp(&b.0));
        let Some((least, text)) = low.first() else { continue };
        let verb = if low.len() == 1 { "has" } else { "have" };
        let texts = if of.is_empty() { number(low.len(), "text") } else { low.len().to_string() };
        let [small, large] = LEAST_CONTRAST;
        let what = format!(
            "{texts}{of} {verb} less contrast than {small}:1 ({large}:1 where large); the least, of {}, is \
             {least:.1}:1.",
            quoted(text)
        );
        let advice = match checked.theme.name {
            ThemeName::Print => "Say in the text what they say.",
            _ => "Take the theme for print, which has the darkest words.",
        };
        remarks.push(remark(severity, code, what, advice));
    }
    remarks
}

fn credits_missing(checked: &Checked<'_>) -> Option<Remark> {
    let credits = &checked.input.basemap.data.credits;
    let missing: Vec<&str> = credits
        .iter()
        .map(|credit| credit.text.as_str())
        .filter(|text| !checked.drawn.says(text))
        .collect();
    (!missing.is_empty()).then(|| {
        remark(
            Severity::Error,
            "credits-missing",
            format!("The map is not credited to {}.", missing.join(", ")),
            "Put the credit line on; the licences of the map ask for it.",
        )
    })
}
