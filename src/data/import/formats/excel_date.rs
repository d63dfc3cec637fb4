//! Numbers that a spreadsheet shows as a date: days since 1900 or 1904, as ISO text, no finer than they are shown.

use crate::domain::Day;

/// What of a date is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateForm {
    Year,
    Month,
    Day,
    DayAndTime,
    Time,
}

impl DateForm {
    /// That of a format which has only a number (ISO/IEC 29500-1, 18.8.30), and those of East Asian programs.
    pub(super) fn of_number(number: u32) -> Option<Self> {
        match number {
            14..=16 | 27..=31 | 36 | 50..=54 | 57..=58 => Some(Self::Day),
            17 => Some(Self::Month),
            22 => Some(Self::DayAndTime),
            18..=21 | 32..=35 | 45..=47 | 55..=56 => Some(Self::Time),
            _ => None,
        }
    }

    /// That of a code such as `dd/mm/yyyy hh:mm`.
    pub(super) fn of_code(code: &str) -> Option<Self> {
        let (letters, is_elapsed) = letters(code);
        let letters = letters.replace("am/pm", "").replace("a/p", "").replace("general", "");
        let has = |letter: char| letters.contains(letter);
        let time = has('h') || has('s') || is_elapsed;
        // Beside hours "m" is minutes, beside days and years months.
        match (has('y'), has('m'), has('d')) {
            (false, _, false) if time => Some(Self::Time),
            (false, false, false) => None,
            (_, _, _) if time => Some(Self::DayAndTime),
            (true, true, false) => Some(Self::Month),
            (true, false, false) => Some(Self::Year),
            // What shows no year is stored to the day all the same.
            (..) => Some(Self::Day),
        }
    }
}

/// The letters of a code that stand for parts of a date, and whether it shows hours that go on beyond a day.
fn letters(code: &str) -> (String, bool) {
    let mut signs = code.chars();
    let (mut letters, mut is_elapsed) = (String::new(), false);
    while let Some(sign) = signs.next() {
        match sign {
            // Only the first section is for numbers above zero.
            ';' => break,
            '"' => {
                signs.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                signs.next();
            }
            '[' => {
                let inside: String = signs.by_ref().take_while(|c| *c != ']').collect();
                let inside = inside.to_ascii_lowercase();
                is_elapsed |= ["h", "hh", "m", "mm", "s", "ss"].contains(&inside.as_str());
            }
            other => letters.push(other.to_ascii_lowercase()),
        }
    }
    (letters, is_elapsed)
}

/// A number under a form, as text.
pub(super) fn date(number: f64, form: DateForm, is_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    let mut seconds = (number.fract() * 86_400.0).round();
    let mut days = number.trunc();
    if seconds >= 86_400.0 {
        (days, seconds) = (days + 1.0, 0.0);
    }
    #[expect(clippy::cast_possible_truncation, reason = "below three million")]
    let (days, seconds) = (days as i32, seconds as i32);
    let time = || format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if form == DateForm::Time {
        return Some(time());
    }
    let first = match (is_1904, days) {
        (true, _) => -24_107,
        // Excel counts a 29 February 1900, which was not.
        (false, ..60) => -25_568,
        (false, _) => -25_569,
    };
    let day = Day::from_number(first + days).to_string();
    Some(match form {
        DateForm::DayAndTime if seconds > 0 => format!("{day}T{}", time()),
        DateForm::Month => day.get(..7)?.to_owned(),
        DateForm::Year => day.get(..4)?.to_owned(),
        DateForm::Day | DateForm::DayAndTime | DateForm::Time => day,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_date_that_its_form_shows() {
        for (code, number, wanted) in [
            ("yyyy-mm-dd", 43_838.0, Some("2020-01-08")),
            ("[$-409]d\\-mmm\\-yy;@", 43_838.0, Some("2020-01-08")),
            ("dd/mm/yyyy hh:mm", 43_838.5, Some("2020-01-08T12:00:00")),
            ("dd/mm/yyyy hh:mm", 43_838.0, Some("2020-01-08")),
            ("mmm yy", 43_838.0, Some("2020-01")),
            ("yyyy", 43_838.0, Some("2020")),
            ("h:mm AM/PM", 0.25, Some("06:00:00")),
            ("[h]:mm", 0.5, Some("12:00:00")),
            ("0.00", 43_838.0, None),
            ("General", 43_838.0, None),
            ("#,##0 \"days\"", 43_838.0, None),
            ("[Red]0.0", 43_838.0, None),
            ("0.00E+00", 43_838.0, None),
            ("yyyy-mm-dd", 1.0, Some("1900-01-01")),
            ("yyyy-mm-dd", 61.0, Some("1900-03-01")),
            ("yyyy-mm-dd", -1.0, None),
            ("yyyy-mm-dd", f64::NAN, None),
        ] {
            let shown = DateForm::of_code(code).and_then(|form| date(number, form, false));
            assert_eq!(shown.as_deref(), wanted, "{code} {number}");
        }
        let form = DateForm::of_number(14).unwrap();
        assert_eq!(date(42_376.0, form, true).as_deref(), Some("2020-01-08"));
    }
}
