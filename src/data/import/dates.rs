//! Dates as tables write them. What can be read in two ways is not guessed from one cell: the whole column decides.

use std::borrow::Cow;

use super::mapping::DateOrder;
use crate::domain::{DatePrecision, Day, DaySpan, MONTHS, western_digit};

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateCell {
    /// A day, or all days of a month or a year.
    Days(DaySpan, DatePrecision),
    /// Two numbers and a year, of which one is the day and the other the month.
    Numbers(u8, u8, i16),
}

/// The order of numbers that a column of dates tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderSeen {
    /// Rows with numbers of which the first is above 12.
    pub day_first: u64,
    /// Rows with numbers of which the second is above 12.
    pub month_first: u64,
    /// Rows that can be read in two ways.
    pub either: u64,
}

impl OrderSeen {
    /// Takes note of a cell.
    pub(super) fn see(&mut self, cell: DateCell) {
        match cell {
            DateCell::Numbers(a, b, _) if a > 12 && b <= 12 => self.day_first += 1,
            DateCell::Numbers(a, b, _) if b > 12 && a <= 12 => self.month_first += 1,
            // The same number twice is one date in either order.
            DateCell::Numbers(a, b, _) if a != b && a <= 12 && b <= 12 => self.either += 1,
            DateCell::Numbers(..) | DateCell::Days(..) => {}
        }
    }

    /// Adds what other rows tell.
    pub(super) fn join(&mut self, other: Self) {
        self.day_first += other.day_first;
        self.month_first += other.month_first;
        self.either += other.either;
    }

    /// The order that the column tells: that of the cells which leave no choice, as long as they agree.
    pub(super) fn order(self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (1.., 0) => Some(DateOrder::DayMonthYear),
            (0, 1..) => Some(DateOrder::MonthDayYear),
            _ => None,
        }
    }
}

impl DateCell {
    /// Its days under an order; `None` when there is no such day, or nothing says the order.
    pub(super) fn days(self, order: Option<DateOrder>) -> Option<(DaySpan, DatePrecision)> {
        match self {
            Self::Days(span, precision) => Some((span, precision)),
            Self::Numbers(a, b, year) => {
                let (day, month) = match order {
                    Some(DateOrder::DayMonthYear) => (a, b),
                    Some(DateOrder::MonthDayYear) => (b, a),
                    None if a == b => (a, b),
                    None => return None,
                };
                of_numbers(year, month, day).map(one_day)
            }
        }
    }
}

fn one_day(day: Day) -> (DaySpan, DatePrecision) {
    (DaySpan::day(day), DatePrecision::Day)
}

/// The day of a civil date in the years 1000 to 9000.
fn of_numbers(year: i16, month: u8, day: u8) -> Option<Day> {
    let [month, day] = [month, day].map(|n| i8::try_from(n).ok());
    let date = jiff::civil::Date::new(year, month?, day?).ok()?;
    (1000..=9000).contains(&year).then(|| Day::from_date(date))
}

/// Reads a cell; `None` when it is no date that Sitrep reads.
///
/// A time of the day after the date is passed over, and so is a zone: the date is taken as it is written.
pub(super) fn read(cell: &str) -> Option<DateCell> {
    let western: Cow<'_, str> =
        if cell.is_ascii() { cell.into() } else { cell.chars().map(western_digit).collect() };
    let text = western.trim();
    let date = without_time(text);
    iso(date).or_else(|| numbers(date)).or_else(|| with_month_name(text)).or_else(|| moment(text))
}

/// The part of the cell before a time of the day, as in `2022-01-05T03:10:00Z` and `5/1/2022 3:10`.
fn without_time(text: &str) -> &str {
    let is_time = |rest: &str| rest.contains(':') || rest.is_empty();
    match text.find(['T', ' ']) {
        Some(at)
            if text[..at].ends_with(|c: char| c.is_ascii_digit()) && is_time(&text[at + 1..]) =>
        {
            &text[..at]
        }
        _ => text,
    }
}

/// `2022-01-05`, `2022/1/5`, `2022.01.05`, `20220105`, `20220105031000`, `2022-01`, `2022`.
fn iso(text: &str) -> Option<DateCell> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return match text.len() {
            4 => DaySpan::parse(text).ok().map(|s| DateCell::Days(s, DatePrecision::Year)),
            8 | 14 => {
                let day = of_numbers(
                    text[..4].parse().ok()?,
                    text[4..6].parse().ok()?,
                    text[6..8].parse().ok()?,
                )?;
                Some(DateCell::Days(DaySpan::day(day), DatePrecision::Day))
            }
            _ => None,
        };
    }
    let mut parts = text.split(['-', '/', '.']);
    let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    match (parts.next(), parts.next()) {
        (Some(day), None) => {
            let (span, precision) = one_day(of_numbers(year, month, day.parse().ok()?)?);
            Some(DateCell::Days(span, precision))
        }
        (None, None) => {
            let span = DaySpan::parse(&format!("{year:04}-{month:02}")).ok()?;
            Some(DateCell::Days(span, DatePrecision::Month))
        }
        _ => None,
    }
}

/// `05/01/2022`, `5.1.2022`, `05-01-22`.
fn numbers(text: &str) -> Option<DateCell> {
    let mut parts = text.split(['-', '/', '.']).map(str::trim);
    let (a, b, year, end) = (parts.next()?, parts.next()?, parts.next()?, parts.next());
    let (a, b) = (a.parse().ok()?, b.parse().ok()?);
    let plausible = (1..=31).contains(&a) && (1..=31).contains(&b) && (a <= 12 || b <= 12);
    (end.is_none() && plausible).then_some(DateCell::Numbers(a, b, full_year(year)?))
}

/// Two digits are a year from 1969 to 2068, as POSIX has it.
fn full_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(if year < 69 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

/// `5 January 2022`, `January 5, 2022`, `05-Jan-22`, `Jan 2022`.
fn with_month_name(text: &str) -> Option<DateCell> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split([' ', '-', '/', '.', ',']).filter(|w| !w.is_empty()).take(4).collect();
    let month_of = |word: &str| {
        let found = MONTHS.iter().position(|m| word.len() >= 3 && m.starts_with(word));
        found.or((word == "sept").then_some(8)).and_then(|m| u8::try_from(m + 1).ok())
    };
    let place = words.iter().position(|w| month_of(w).is_some())?;
    let month = month_of(words[place])?;
    let ordinal = |word: &str| -> Option<u8> {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let tail = &word[digits.len()..];
        matches!(tail, "" | "st" | "nd" | "rd" | "th").then(|| digits.parse().ok())?
    };
    match (place, words.as_slice()) {
        (0, [_, year]) if year.len() == 4 => {
            let span = DaySpan::parse(&format!("{}-{month:02}", full_year(year)?)).ok()?;
            Some(DateCell::Days(span, DatePrecision::Month))
        }
        (0, [_, day, year, ..]) | (1, [day, _, year, ..]) => {
            let (span, precision) = one_day(of_numbers(full_year(year)?, month, ordinal(day)?)?);
            Some(DateCell::Days(span, precision))
        }
        _ => None,
    }
}

/// Seconds or milliseconds since 1970-01-01 UTC; smaller numbers are counts or identifiers. The date is that in UTC.
fn moment(text: &str) -> Option<DateCell> {
    let number: f64 = text.parse().ok().filter(|n: &f64| n.is_finite() && *n >= 1e8)?;
    let seconds = if number >= 1e11 { number / 1000.0 } else { number };
    let days = (seconds / 86_400.0).floor();
    if !(0.0..2_000_000.0).contains(&days) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a whole number below two million")]
    let day = Day::from_number(days as i32);
    Some(DateCell::Days(DaySpan::day(day), DatePrecision::Day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str, order: Option<DateOrder>) -> Option<String> {
        let (span, precision) = read(text)?.days(order)?;
        Some(format!("{} {} {precision:?}", span.first(), span.last()))
    }

    #[test]
    fn a_date_is_read_in_the_forms_that_tables_have() {
        for (text, first, last, precision) in [
            ("2022-01-05", "2022-01-05", "2022-01-05", "Day"),
            ("2022-1-5", "2022-01-05", "2022-01-05", "Day"),
            ("2022/01/05 03:10", "2022-01-05", "2022-01-05", "Day"),
            ("2022-01-05T23:59:00+03:00", "2022-01-05", "2022-01-05", "Day"),
            ("20220105", "2022-01-05", "2022-01-05", "Day"),
            ("20220105031000", "2022-01-05", "2022-01-05", "Day"),
            ("2022-02", "2022-02-01", "2022-02-28", "Month"),
            ("2022", "2022-01-01", "2022-12-31", "Year"),
            ("05 January 2022", "2022-01-05", "2022-01-05", "Day"),
            ("January 5th, 2022", "2022-01-05", "2022-01-05", "Day"),
            ("05-Jan-22", "2022-01-05", "2022-01-05", "Day"),
            ("Sept 2021", "2021-09-01", "2021-09-30", "Month"),
            ("١٥/٠١/٢٠٢٢", "2022-01-15", "2022-01-15", "Day"),
            ("1641340800", "2022-01-05", "2022-01-05", "Day"),
            ("1641340800000", "2022-01-05", "2022-01-05", "Day"),
        ] {
            let said = days(text, Some(DateOrder::DayMonthYear));
            assert_eq!(said, Some(format!("{first} {last} {precision}")), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "x",
            "2022-02-30",
            "2022-13-01",
            "0000-01-01",
            "-1",
            "99999-01-01",
            "32/13/2020",
            "13/13/2020",
            "12345",
            "1e300",
            "NaN",
            "2022-01-05-06",
            "May",
            "T",
            "5 May",
            "99999999",
            "\u{660}",
            "2022-00",
        ] {
            assert_eq!(days(text, Some(DateOrder::DayMonthYear)), None, "{text:?}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_told_by_the_column_or_not_at_all() {
        let order = |cells: &[&str]| {
            let mut seen = OrderSeen::default();
            cells.iter().filter_map(|c| read(c)).for_each(|c| seen.see(c));
            (seen.order(), seen.either)
        };
        assert_eq!(order(&["03/04/2020", "13/04/2020"]), (Some(DateOrder::DayMonthYear), 1));
        assert_eq!(order(&["03/04/2020", "04/13/2020"]), (Some(DateOrder::MonthDayYear), 1));
        assert_eq!(order(&["03/04/2020", "05/05/2020"]), (None, 1));
        assert_eq!(order(&["13/04/2020", "04/13/2020"]), (None, 0));
        assert_eq!(days("03/04/2020", None), None);
        assert_eq!(days("05/05/2020", None).as_deref(), Some("2020-05-05 2020-05-05 Day"));
        let april = days("03/04/2020", Some(DateOrder::DayMonthYear));
        assert_eq!(april.as_deref(), Some("2020-04-03 2020-04-03 Day"));
        let march = days("03/04/2020", Some(DateOrder::MonthDayYear));
        assert_eq!(march.as_deref(), Some("2020-03-04 2020-03-04 Day"));
    }
}
