//! Civil days in the record's own zone, and spans of them.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::code::codes;

/// The English names of the months, in lower case.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A civil day, as days since 1970-01-01. Never an instant: it does not move with the viewer's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// Why a text is no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Not `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, or no such day in the calendar.
    #[error(
        "\"{0}\" is not a date: write a day as 2022-01-05, a month as 2022-01 or a year as 2022"
    )]
    Unreadable(String),
    /// The last day comes before the first.
    #[error("the span ends ({end}) before it starts ({start}): swap the two dates")]
    Reversed {
        /// First day.
        start: Day,
        /// Last day.
        end: Day,
    },
}

const MIN_YEAR: i16 = 1000;
const MAX_YEAR: i16 = 9000;

impl Day {
    /// The day with this civil date.
    #[must_use]
    pub fn from_date(date: Date) -> Self {
        let days = date.since(Date::constant(1970, 1, 1)).map_or(0, |s| s.get_days());
        Self(days)
    }

    /// The civil date.
    #[must_use]
    pub fn date(self) -> Date {
        use jiff::ToSpan as _;
        Date::constant(1970, 1, 1).checked_add(self.0.days()).unwrap_or(Date::MAX)
    }

    /// The day with this number, days since 1970-01-01; kept within the years 1000 to 9000.
    #[must_use]
    pub fn from_number(number: i32) -> Self {
        let min = Self::from_date(Date::constant(MIN_YEAR, 1, 1)).0;
        let max = Self::from_date(Date::constant(MAX_YEAR, 12, 31)).0;
        Self(number.clamp(min, max))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day `days` later, or earlier when negative.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self::from_number(self.0.saturating_add(days))
    }

    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`DayError::Unreadable`] when it is not a day of the calendar in the years 1000 to 9000.
    pub fn parse(text: &str) -> Result<Self, DayError> {
        let bad = || DayError::Unreadable(text.to_owned());
        let trimmed = text.trim();
        if trimmed.len() != 10 {
            return Err(bad());
        }
        let date: Date = trimmed.parse().map_err(|_| bad())?;
        if (MIN_YEAR..=MAX_YEAR).contains(&date.year()) {
            Ok(Self::from_date(date))
        } else {
            Err(bad())
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.date(), f)
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// One or more whole days, half-open inside: `[start, end)`. People type and read both ends inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DaySpan {
    start: Day,
    end: Day,
}

impl DaySpan {
    /// The span from `first` to `last`, both inclusive.
    ///
    /// # Errors
    /// [`DayError::Reversed`] when `last` is before `first`.
    pub fn inclusive(first: Day, last: Day) -> Result<Self, DayError> {
        if last < first {
            return Err(DayError::Reversed { start: first, end: last });
        }
        Ok(Self { start: first, end: last.plus(1) })
    }

    /// The span between two days in whichever order, both inclusive.
    #[must_use]
    pub fn between(a: Day, b: Day) -> Self {
        Self { start: a.min(b), end: a.max(b).plus(1) }
    }

    /// A single day.
    #[must_use]
    pub fn day(day: Day) -> Self {
        Self { start: day, end: day.plus(1) }
    }

    /// Reads a day, a month or a year.
    ///
    /// # Errors
    /// [`DayError::Unreadable`] when it is none of them.
    pub fn parse(text: &str) -> Result<Self, DayError> {
        let trimmed = text.trim();
        let bad = || DayError::Unreadable(text.to_owned());
        let digits_at = |range: std::ops::Range<usize>| {
            trimmed.get(range).is_some_and(|s| s.bytes().all(|b| b.is_ascii_digit()))
        };
        match trimmed.len() {
            10 => Day::parse(trimmed).map(Self::day),
            7 if digits_at(0..4) && digits_at(5..7) => {
                let first = Day::parse(&format!("{trimmed}-01")).map_err(|_| bad())?;
                Ok(Self::between(first, Day::from_date(first.date().last_of_month())))
            }
            4 if digits_at(0..4) => {
                let first = Day::parse(&format!("{trimmed}-01-01")).map_err(|_| bad())?;
                Ok(Self::between(first, Day::from_date(first.date().last_of_year())))
            }
            _ => Err(bad()),
        }
    }

    /// First day.
    #[must_use]
    pub fn first(self) -> Day {
        self.start
    }

    /// Last day, inclusive.
    #[must_use]
    pub fn last(self) -> Day {
        self.end.plus(-1)
    }

    /// The day after the last.
    #[must_use]
    pub fn end(self) -> Day {
        self.end
    }

    /// Number of days, at least 1.
    #[must_use]
    pub fn days(self) -> i32 {
        self.end.0 - self.start.0
    }

    /// Whether the day lies in the span.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.start <= day && day < self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn encloses(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The days that lie in both; `None` when there are none.
    #[must_use]
    pub fn shared(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }

    /// The smallest span around both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The days in order.
    pub fn iter(self) -> impl Iterator<Item = Day> {
        (self.start.0..self.end.0).map(Day)
    }
}

#[derive(Serialize, Deserialize)]
struct SpanAsRead {
    from: Day,
    to: Day,
}

impl Serialize for DaySpan {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        SpanAsRead { from: self.first(), to: self.last() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DaySpan {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let SpanAsRead { from, to } = SpanAsRead::deserialize(deserializer)?;
        Self::inclusive(from, to).map_err(serde::de::Error::custom)
    }
}

codes! {
    /// How precisely the date of an event is known.
    DatePrecision {
        Minute = "minute", "to the minute";
        Hour = "hour", "to the hour";
        PartOfDay = "part_of_day", "to the part of the day";
        Day = "day", "to the day";
        Span = "span", "within a span of days";
        Week = "week", "to the week";
        Month = "month", "to the month";
        Year = "year", "to the year";
        Unknown = "unknown", "date unknown";
    }
}

impl DatePrecision {
    /// The days that a date of this precision spans at least: the whole week (Monday to Sunday), month or
    /// year of its days.
    #[must_use]
    pub fn widened(self, span: DaySpan) -> DaySpan {
        let (first, last) = (span.first().date(), span.last().date());
        let (first, last) = match self {
            Self::Week => {
                let since_monday = i32::from(first.weekday().to_monday_zero_offset());
                let to_sunday = 6 - i32::from(last.weekday().to_monday_zero_offset());
                return if span.days() >= 7 {
                    span
                } else {
                    DaySpan::between(span.first().plus(-since_monday), span.last().plus(to_sunday))
                };
            }
            Self::Month => (first.first_of_month(), last.last_of_month()),
            Self::Year => (first.first_of_year(), last.last_of_year()),
            _ => return span,
        };
        DaySpan::between(Day::from_date(first), Day::from_date(last))
    }

    /// Whether the event is pinned to one day.
    #[must_use]
    pub fn is_one_day(self) -> bool {
        matches!(self, Self::Minute | Self::Hour | Self::PartOfDay | Self::Day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str) -> (String, String, i32) {
        let s = DaySpan::parse(text).unwrap();
        (s.first().to_string(), s.last().to_string(), s.days())
    }

    #[test]
    fn a_typed_date_stands_for_its_whole_day_month_or_year() {
        assert_eq!(span("2022-01-05"), ("2022-01-05".into(), "2022-01-05".into(), 1));
        assert_eq!(span("2020-02"), ("2020-02-01".into(), "2020-02-29".into(), 29));
        assert_eq!(span("2021"), ("2021-01-01".into(), "2021-12-31".into(), 365));
    }

    #[test]
    fn a_date_known_to_the_week_the_month_or_the_year_spans_all_of_it() {
        let widened = |precision: DatePrecision, day: &str| {
            let w = precision.widened(DaySpan::day(Day::parse(day).unwrap()));
            format!("{} {}", w.first(), w.last())
        };
        // 12 February 2020 was a Wednesday.
        assert_eq!(widened(DatePrecision::Week, "2020-02-12"), "2020-02-10 2020-02-16");
        assert_eq!(widened(DatePrecision::Month, "2020-02-12"), "2020-02-01 2020-02-29");
        assert_eq!(widened(DatePrecision::Year, "2020-02-12"), "2020-01-01 2020-12-31");
        assert_eq!(widened(DatePrecision::Span, "2020-02-12"), "2020-02-12 2020-02-12");
        let week =
            DaySpan::between(Day::parse("2020-02-12").unwrap(), Day::parse("2020-02-18").unwrap());
        assert_eq!(DatePrecision::Week.widened(week), week, "any seven days are a week");
    }

    #[test]
    fn an_impossible_date_is_refused_with_its_text() {
        for text in
            ["2022-02-30", "2022-13", "22", "", "05/01/2022", "2022-1-5", "+022-01", "٢٠٢٢", "0001"]
        {
            let error = DaySpan::parse(text).unwrap_err();
            assert!(error.to_string().contains(&format!("\"{text}\"")), "{error}");
        }
    }

    #[test]
    fn an_end_before_a_start_is_refused() {
        let (a, b) = (Day::parse("2022-01-06").unwrap(), Day::parse("2022-01-03").unwrap());
        assert!(DaySpan::inclusive(a, b).unwrap_err().to_string().contains("before it starts"));
    }

    #[test]
    fn both_typed_ends_belong_to_the_span() {
        let (a, b) = (Day::parse("2022-01-03").unwrap(), Day::parse("2022-01-06").unwrap());
        let window = DaySpan::inclusive(a, b).unwrap();
        assert_eq!(window.days(), 4);
        assert!(window.contains(a) && window.contains(b));
        assert!(!window.contains(b.plus(1)) && !window.contains(a.plus(-1)));
    }

    #[test]
    fn a_day_survives_the_way_to_a_civil_date_and_back() {
        for number in [-10_000, -1, 0, 1, 18_262, 19_000, 40_000] {
            assert_eq!(Day::from_date(Day::from_number(number).date()).number(), number);
        }
        assert_eq!(Day::parse("2022-01-03").unwrap().number(), 18_995);
    }
}
