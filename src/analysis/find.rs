//! Finding the value of a facet that somebody typed: by its code or a name, whatever the spelling.

use super::engine::Column;
use super::engine::column::FacetValue;
use super::facet::Facet;
use super::{FilterError, Record};
use crate::domain::{Code as _, fold};

/// How many values an error lists before it points to the command that lists all.
const MOST_LISTED: usize = 16;

/// The code of the value that was typed.
pub(super) fn code_of(record: &Record, facet: Facet, typed: &str) -> Result<String, FilterError> {
    let values = &record.column(facet).values;
    if let Some(value) = values.iter().find(|v| *v.code == *typed) {
        return Ok(value.code.to_string());
    }
    let wanted = fold(typed);
    let by_code = values.iter().filter(|v| !wanted.is_empty() && fold(&v.code) == wanted);
    let by_name = values.iter().filter(|v| !wanted.is_empty() && v.names.contains(&wanted));
    let of =
        |values: Vec<&FacetValue>| values.iter().map(|v| v.code.to_string()).collect::<Vec<_>>();
    let found = match of(by_code.collect()) {
        codes if codes.len() == 1 => codes,
        _ => of(by_name.collect()),
    };
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(FilterError::Value {
            facet: facet.code(),
            value: typed.to_owned(),
            hint: hint(record, facet, &wanted),
            known: known(record.column(facet), facet),
        }),
        several => Err(FilterError::Ambiguous {
            facet: facet.code(),
            value: typed.to_owned(),
            codes: several.join(", "),
        }),
    }
}

/// The facet whose word was typed.
pub(super) fn facet_of(typed: &str) -> Result<Facet, FilterError> {
    // The column of the tables that the governorate comes from.
    if typed == "admin1" {
        return Ok(Facet::Governorate);
    }
    Facet::from_code(typed).ok_or_else(|| {
        let near =
            nearest(&fold(typed), Facet::ALL.iter().map(|f| (f.code(), vec![fold(f.code())])));
        FilterError::Facet { word: typed.to_owned(), hint: did_you_mean(&near) }
    })
}

/// " (did you mean ain-al-asad?)", or where else such a value is, or nothing.
fn hint(record: &Record, facet: Facet, wanted: &str) -> String {
    let named =
        |f: Facet| record.column(f).values.iter().find(|v| v.names.iter().any(|n| n == wanted));
    let mut elsewhere = Facet::ALL.iter().filter(|f| **f != facet && !wanted.is_empty());
    if let Some((other, value)) = elsewhere.find_map(|f| Some((f, named(*f)?))) {
        return format!(" (did you mean {}={}?)", other.code(), quoted(&value.code));
    }
    let values = &record.column(facet).values;
    did_you_mean(&nearest(wanted, values.iter().map(|v| (&*v.code, v.names.clone()))))
}

/// " (did you mean ain-al-asad?)": the identifiers whose words, or those of their names, are near to what was typed; or
/// nothing.
#[must_use]
pub fn near_ids<'a>(typed: &str, known: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let words = |text: &str| fold(&text.replace(['-', '_'], " "));
    let known = known.map(|(id, name)| (id, vec![words(id), words(name)]));
    did_you_mean(&nearest(&words(typed), known))
}

fn did_you_mean(codes: &[&str]) -> String {
    if codes.is_empty() {
        String::new()
    } else {
        format!(" (did you mean {}?)", codes.join(" or "))
    }
}

/// Up to three codes with a name near to what was typed, the nearest first.
fn nearest<'a>(wanted: &str, values: impl Iterator<Item = (&'a str, Vec<String>)>) -> Vec<&'a str> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let allowed = 1 + wanted.chars().count() / 4;
    let mut near: Vec<(usize, &str)> = values
        .filter_map(|(code, names)| {
            let distance = |name: &String| {
                let holds_all = wanted
                    .split(' ')
                    .all(|part| name.split(' ').any(|word| word.starts_with(part)));
                if holds_all { 0 } else { edits(wanted, name) }
            };
            names.iter().map(distance).min().filter(|d| *d <= allowed).map(|d| (d, code))
        })
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    // What is much farther than the nearest was not meant.
    let farthest = near.first().map_or(0, |(distance, _)| distance + 1);
    near.retain(|(distance, _)| *distance <= farthest);
    near.into_iter().map(|(_, code)| code).take(3).collect()
}

/// How many letters must be put in, taken out or changed to make one word of the other (Levenshtein 1966).
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

fn known(column: &Column, facet: Facet) -> String {
    let codes: Vec<String> = column.values.iter().map(|v| quoted(&v.code)).collect();
    if codes.len() <= MOST_LISTED {
        return codes.join(", ");
    }
    format!(
        "{} and {} more, which `sitrep tally --by {} --rule everything` counts",
        codes[..MOST_LISTED].join(", "),
        codes.len() - MOST_LISTED,
        facet.code()
    )
}

/// The value as it is typed: in quotation marks when it holds what separates values.
pub(super) fn quoted(value: &str) -> String {
    if value.contains([',', '"']) || value.contains(char::is_whitespace) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

/// The text cut where `separates` says so, but not within quotation marks.
pub(super) fn split(text: &str, separates: impl Fn(char) -> bool) -> Vec<&str> {
    let mut inside = false;
    text.split(|c| {
        inside ^= c == '"';
        !inside && separates(c)
    })
    .collect()
}

/// A piece as [`split`] gives it, without the quotation marks that [`quoted`] puts on it.
pub(super) fn unquoted(piece: &str) -> String {
    let piece = piece.trim();
    match piece.strip_prefix('"').and_then(|p| p.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => piece.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_of_two_words_is_the_number_of_letters_to_change() {
        for (from, to, distance) in [
            ("", "", 0),
            ("", "abc", 3),
            ("asad", "assad", 1),
            ("kitten", "sitting", 3),
            ("عين", "عن", 1),
        ] {
            assert_eq!((edits(from, to), edits(to, from)), (distance, distance), "{from} {to}");
        }
    }

    #[test]
    fn quotation_marks_keep_a_value_in_one_piece() {
        let comma = |text: &str| -> Vec<String> {
            split(text, |c| c == ',').into_iter().map(unquoted).collect()
        };
        assert_eq!(comma("a, b"), ["a", "b"]);
        assert_eq!(comma("\"a,b\",c"), ["a,b", "c"]);
        assert_eq!(comma(""), [""]);
        for value in ["plain", "with space", "a,b", "say \"no\", twice", "\"", " lead"] {
            assert_eq!(comma(&format!("{},x", quoted(value))), [value, "x"]);
        }
    }
}
