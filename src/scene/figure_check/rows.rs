//! Rules about the rows behind a figure: what its days cut, what it leaves out, what it mixes, what its title says.

use super::{Checked, Remark, Severity, number, remark};
use crate::analysis::{Place, PlaceClass, words};
use crate::domain::{Code as _, DaySpan, Direction, MONTHS};

const CLASSES: [PlaceClass; 5] = [
    PlaceClass::Spot,
    PlaceClass::Radius,
    PlaceClass::Governorate,
    PlaceClass::Governorates,
    PlaceClass::Country,
];

pub(super) fn check(checked: &Checked<'_>, remarks: &mut Vec<Remark>) {
    let selection = checked.input.selection;
    if selection.is_empty() {
        remarks.push(remark(
            Severity::Warning,
            "nothing-shown",
            "No event is shown.",
            "Choose other days, another rule or another filter, or say in the title that there is none.",
        ));
        return;
    }
    remarks.extend(spans_cut(checked));
    remarks.extend(rows_left_out(checked));
    remarks.extend(mixed_dates(checked));
    remarks.extend(mixed_places(checked));
    remarks.extend(title_of_other_days(checked));
}

fn spans_cut(checked: &Checked<'_>) -> Option<Remark> {
    let possible = checked.input.selection.possible();
    let they = if possible == 1 { "it is" } else { "they are" };
    (possible > 0).then(|| {
        let events = number(possible, "event");
        remark(
            Severity::Note,
            "window-cuts-span",
            format!("The days shown cut the dates of {events}: {they} counted as possible only."),
            "Choose days that hold their dates whole, or name the possible ones beside the count.",
        )
    })
}

fn rows_left_out(checked: &Checked<'_>) -> Option<Remark> {
    let left_out = words::left_out(checked.input.view, checked.input.selection)?;
    let is_said = checked.drawn.says(&left_out);
    let severity = if is_said { Severity::Note } else { Severity::Warning };
    let advice = if is_said {
        "Check that the rule and the filter are meant; the notes of the figure say it."
    } else {
        "Put the notes on the figure, or say it in the caption."
    };
    let what = format!("Rows of these days are left out: {left_out}.");
    Some(remark(severity, "rows-left-out", what, advice))
}

/// Classes whose events are dated with different precision: one colour stands for what is known to the day and for
/// what is not.
fn mixed_dates(checked: &Checked<'_>) -> Option<Remark> {
    let record = checked.input.dataset;
    let mut counts = [[0_usize; 2]; 6];
    for shown in checked.input.selection.iter() {
        let event = record.event(shown.event);
        let vague = event.date.span.days() > 1;
        counts[event.direction as usize][usize::from(vague)] += 1;
    }
    let mixed: Vec<String> = Direction::ALL
        .iter()
        .zip(counts)
        .filter(|(_, [exact, vague])| *exact > 0 && *vague > 0)
        .map(|(class, [exact, vague])| {
            format!("{} {vague} of {}", record.classes.label(*class), exact + vague)
        })
        .collect();
    (!mixed.is_empty()).then(|| {
        remark(
            Severity::Note,
            "mixed-date-precision",
            format!(
                "Not known to the day, in one colour with those that are: {}.",
                mixed.join("; ")
            ),
            "Say so beside the figure, or filter by precision of the date.",
        )
    })
}

/// Classes whose events are placed with different precision. Each glyph counts one precision; a class has several.
fn mixed_places(checked: &Checked<'_>) -> Option<Remark> {
    let record = checked.input.dataset;
    let mut counts = [[0_usize; CLASSES.len()]; 6];
    for shown in checked.input.selection.iter() {
        let event = record.event(shown.event);
        let place = Place::of(record, event).class;
        let class = CLASSES.iter().position(|class| *class == place);
        counts[event.direction as usize][class.unwrap_or(0)] += 1;
    }
    let mixed: Vec<String> = Direction::ALL
        .iter()
        .zip(counts)
        .filter(|(_, counts)| counts.iter().filter(|n| **n > 0).count() > 1)
        .map(|(class, counts)| {
            let parts = CLASSES.iter().zip(counts).filter(|(_, n)| *n > 0);
            let parts: Vec<_> =
                parts.map(|(place, n)| format!("{n} {}", place.label().to_lowercase())).collect();
            format!("{}: {}", record.classes.label(*class), parts.join(", "))
        })
        .collect();
    (!mixed.is_empty()).then(|| {
        remark(
            Severity::Note,
            "mixed-place-precision",
            format!("One colour has events placed with different precision: {}.", mixed.join("; ")),
            "Keep the legend, which tells disc, ring and plate apart, or filter by precision of the place.",
        )
    })
}

/// A typed title that names a year, or a month of one, in which no day is shown.
fn title_of_other_days(checked: &Checked<'_>) -> Option<Remark> {
    let title = checked.spec.title.as_deref()?;
    let shown = checked.input.view.shown_span(checked.input.dataset);
    let named = named_days(title);
    let (_, other) = named.into_iter().find(|(span, _)| !span.overlaps(shown))?;
    Some(remark(
        Severity::Error,
        "title-names-other-days",
        format!("The title says {other}, the figure shows {}.", words::span(shown)),
        "Change the title or the days; without a title of its own the figure has one with its days.",
    ))
}

/// The months and years that a title names, and the words that name them.
fn named_days(title: &str) -> Vec<(DaySpan, String)> {
    let tokens: Vec<&str> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let year = |word: &str| {
        let is_year = word.len() == 4 && word.chars().all(|c| c.is_ascii_digit());
        is_year.then(|| word.parse::<i16>().ok()).flatten().filter(|y| (1900..2100).contains(y))
    };
    let mut named = Vec::new();
    for (at, word) in tokens.iter().enumerate() {
        let Some(number) = year(word) else { continue };
        let before = at.checked_sub(1).and_then(|at| Some((month(tokens[at])?, tokens[at])));

        let text = match before {
            Some((month, name)) => (format!("{number}-{month:02}"), format!("{name} {word}")),
            None => ((*word).to_owned(), (*word).to_owned()),
        };
        if let Ok(span) = DaySpan::parse(&text.0) {
            named.push((span, text.1));
        }
    }
    named
}

/// The number of the month that a word names, whole or cut to three or four letters.
fn month(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    let is_it = |name: &&str| {
        **name == word || (3..=4).contains(&word.len()) && name.starts_with(word.as_str())
    };
    MONTHS.iter().position(is_it).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_years_and_months_and_not_other_numbers() {
        let named =
            |title: &str| named_days(title).into_iter().map(|(_, words)| words).collect::<Vec<_>>();
        assert_eq!(named("Attacks, January 2022 to Feb 2022"), ["January 2022", "Feb 2022"]);
        assert_eq!(named("Attacks in 2021"), ["2021"]);
        assert_eq!(named("Drones over Erbil, 2,500 troops, Resolution 2254"), Vec::<String>::new());
        assert_eq!(named("Marching season 2020"), ["2020"]);
        assert_eq!(named("Operation Mayhem 2020"), ["2020"]);
    }
}
