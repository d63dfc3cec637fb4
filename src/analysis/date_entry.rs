//! Dates as people type them: "3 jan 2022", "2021-07", "3-6 jan 2022", "since 1 july 2021", "last 30 days".
//!
//! Reads no clock: what is relative is relative to the record, and a day without a year is the latest such
//! day in it. Data files are held to [`DaySpan::parse`], which is strict.

mod tokens;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::words;
use crate::domain::{Day, DaySpan};
use tokens::{Token, tokens};

/// What was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateEntry {
    /// The days that it stands for.
    pub span: DaySpan,
    /// Whether both ends were meant, as by "3 to 6 January 2022" and "last week"; a day, a month or a year
    /// alone may be meant as one end.
    pub is_range: bool,
}

/// Why what was typed is no date; one sentence with what to type instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateEntryError {
    /// None of the forms.
    #[error(
        "\"{0}\" is not a date: type a day as 2022-01-05 or 5 jan 2022, a month as 2022-01, a year as 2022, or days as 3-6 jan 2022"
    )]
    Unreadable(String),
    /// The month has no such day.
    #[error(
        "\"{text}\" is not a date: {why}; type a day from 1 to {last}, or {month} for the whole month"
    )]
    NoSuchDay {
        /// What was typed.
        text: String,
        /// "2021 is not a leap year, February has 28 days".
        why: String,
        /// The last day of the month.
        last: i8,
        /// The month as it can be typed.
        month: String,
    },
    /// Day and month can be told apart in neither way.
    #[error("\"{text}\" may be {day_first} or {month_first}: type {example} or {iso}")]
    Ambiguous {
        /// What was typed.
        text: String,
        /// The day that it is with the day first, in words.
        day_first: String,
        /// The day that it is with the month first, in words.
        month_first: String,
        /// The first of them as it can be typed.
        example: String,
        /// The same as 2022-01-05.
        iso: String,
    },
    /// It speaks of today.
    #[error(
        "\"{0}\" is not a date of the record: no clock is read here; type a day as 2022-01-05, or \"last 7 days\" for the last of the record"
    )]
    Clock(String),
    /// The last day comes before the first.
    #[error("\"{text}\" ends on {last}, before it starts on {first}: swap the two dates")]
    Reversed {
        /// What was typed.
        text: String,
        /// The later day, in words.
        first: String,
        /// The earlier day, in words.
        last: String,
    },
    /// An open end on the wrong side of the record.
    #[error("\"{text}\" leaves no day of the record, which covers {record}: type a date within it")]
    OutsideRecord {
        /// What was typed.
        text: String,
        /// The record's days, in words.
        record: String,
    },
}

/// Reads what was typed. Days, months, quarters and years; two of them with "to", "-" or ".." between;
/// "since", "until", "before" and "after" one; "last" and "first" with a number of days, weeks, months or years of
/// the record; "all".
///
/// Numbers alone are read as year, month, day. Two numbers before a year are taken only where one reading is
/// possible: 13.1.2022 is, 3.1.2022 is not. Arabic digits are digits.
///
/// # Errors
/// [`DateEntryError`], with what to type instead.
pub fn date_entry(text: &str, record: DaySpan) -> Result<DateEntry, DateEntryError> {
    let reader = Reader { text: text.trim(), record };
    let Some(tokens) = tokens(text) else { return Err(reader.unreadable()) };
    reader.entry(&tokens)
}

/// A date of which something may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Partial {
    year: Option<i16>,
    part: Part,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    Quarter(i8),
    Month(i8),
    Day { month: Option<i8>, day: i8 },
}

impl Partial {
    /// Its days in a year; `None` where the calendar has none, or the month is missing.
    fn in_year(self, year: i16) -> Option<DaySpan> {
        if !(1000..=9000).contains(&year) {
            return None;
        }
        let whole =
            |first: Date, last: Date| DaySpan::between(Day::from_date(first), Day::from_date(last));
        let month = |number: i8| Date::new(year, number, 1).ok();
        match self.part {
            Part::Year => month(1).map(|first| whole(first, first.last_of_year())),
            Part::Quarter(q) => {
                let (first, last) = (month(3 * q - 2)?, month(3 * q)?);
                Some(whole(first, last.last_of_month()))
            }
            Part::Month(number) => month(number).map(|first| whole(first, first.last_of_month())),
            Part::Day { month, day } => {
                let date = Date::new(year, month?, day).ok()?;
                Some(DaySpan::day(Day::from_date(date)))
            }
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    record: DaySpan,
}

impl Reader<'_> {
    fn unreadable(&self) -> DateEntryError {
        DateEntryError::Unreadable(self.text.to_owned())
    }

    fn outside(&self) -> DateEntryError {
        DateEntryError::OutsideRecord {
            text: self.text.to_owned(),
            record: words::span(self.record),
        }
    }

    fn entry(&self, tokens: &[Token]) -> Result<DateEntry, DateEntryError> {
        let range = |span| DateEntry { span, is_range: true };
        match tokens {
            [Token::Word(word)]
                if ["today", "yesterday", "now", "tomorrow"].contains(&word.as_str()) =>
            {
                return Err(DateEntryError::Clock(self.text.to_owned()));
            }
            [Token::Word(word)] if ["all", "everything"].contains(&word.as_str()) => {
                return Ok(range(self.record));
            }
            [Token::Word(head), rest @ ..] => {
                if let Some(entry) = self.headed(head, rest)? {
                    return Ok(range(entry));
                }
            }
            [Token::To, rest @ ..] => return self.until(rest).map(range),
            [rest @ .., Token::To] => return self.since(rest).map(range),
            _ => {}
        }
        if let Some(at) = tokens.iter().position(|t| *t == Token::To) {
            return self.range(&tokens[..at], &tokens[at + 1..]).map(range);
        }
        if let Some(partial) = self.single(tokens)? {
            return Ok(DateEntry { span: self.resolved(partial)?, is_range: false });
        }
        for at in (0..tokens.len()).filter(|i| tokens[*i] == Token::Dash) {
            if let Ok(span) = self.range(&tokens[..at], &tokens[at + 1..]) {
                return Ok(range(span));
            }
        }
        // Of a range with a wrong end, say what is wrong with it.
        let dash = tokens.iter().position(|t| *t == Token::Dash).unwrap_or(tokens.len());
        match tokens.get(dash + 1..) {
            Some(after) => self.range(&tokens[..dash], after).map(range),
            None => Err(self.unreadable()),
        }
    }

    /// What a leading word makes of the rest; `None` where the word is no such word.
    fn headed(&self, head: &str, rest: &[Token]) -> Result<Option<DaySpan>, DateEntryError> {
        let to = rest.iter().position(|t| *t == Token::To);
        let and = rest.iter().position(|t| *t == Token::Word("and".to_owned()));
        let span = match (head, to) {
            ("last" | "past" | "latest", None) => self.relative(rest, true)?,
            ("first", None) => self.relative(rest, false)?,
            ("since" | "from", None) => self.since(rest)?,
            ("after", None) => self.cut(self.days(rest)?.end(), self.record.last())?,
            ("before", None) => {
                let end = self.days(rest)?.first();
                self.cut(self.record.first(), end.plus(-1))?
            }
            ("from" | "between", Some(at)) => self.range(&rest[..at], &rest[at + 1..])?,
            ("between", None) => {
                let at = and.ok_or_else(|| self.unreadable())?;
                self.range(&rest[..at], &rest[at + 1..])?
            }
            _ => return Ok(None),
        };
        Ok(Some(span))
    }

    fn since(&self, rest: &[Token]) -> Result<DaySpan, DateEntryError> {
        self.cut(self.days(rest)?.first(), self.record.last())
    }

    fn until(&self, rest: &[Token]) -> Result<DaySpan, DateEntryError> {
        self.cut(self.record.first(), self.days(rest)?.last())
    }

    /// The days from one to another, as far as the record has them.
    fn cut(&self, first: Day, last: Day) -> Result<DaySpan, DateEntryError> {
        let span = DaySpan::inclusive(first, last).ok();
        span.and_then(|s| s.shared(self.record)).ok_or_else(|| self.outside())
    }

    /// A number of days, weeks, months, quarters or years at the end or the beginning of the record.
    fn relative(&self, rest: &[Token], at_end: bool) -> Result<DaySpan, DateEntryError> {
        let (count, unit) = match rest {
            [Token::Word(unit)] => (1, unit),
            [Token::Number { value, .. }, Token::Word(unit)] => (*value, unit),
            _ => return Err(self.unreadable()),
        };
        let count = i32::try_from(count).ok().filter(|n| (1..=100_000).contains(n));
        let count = count.ok_or_else(|| self.unreadable())?;
        let span = match unit.strip_suffix('s').unwrap_or(unit) {
            "day" => count.days(),
            "week" => (count * 7).days(),
            "month" if count <= 10_000 => count.months(),
            "quarter" if count <= 3_000 => (count * 3).months(),
            "year" if count <= 1_000 => count.years(),
            _ => return Err(self.unreadable()),
        };
        let Self { record, .. } = self;
        let beyond = if at_end {
            record.last().date().checked_sub(span).map(|d| Day::from_date(d).plus(1))
        } else {
            record.first().date().checked_add(span).map(|d| Day::from_date(d).plus(-1))
        };
        let (first, last) = match (beyond, at_end) {
            (Err(_), _) => (record.first(), record.last()),
            (Ok(first), true) => (first, record.last()),
            (Ok(last), false) => (record.first(), last),
        };
        self.cut(first, last)
    }

    /// The days of one date.
    fn days(&self, tokens: &[Token]) -> Result<DaySpan, DateEntryError> {
        let partial = self.single(tokens)?.ok_or_else(|| self.unreadable())?;
        self.resolved(partial)
    }

    fn resolved(&self, partial: Partial) -> Result<DaySpan, DateEntryError> {
        let year = partial.year.or_else(|| self.latest_year(partial));
        year.and_then(|y| partial.in_year(y)).ok_or_else(|| self.missing(partial, partial.year))
    }

    /// Why a date has no day in a year, or in any.
    fn missing(&self, partial: Partial, year: Option<i16>) -> DateEntryError {
        let Part::Day { month: Some(number), .. } = partial.part else { return self.unreadable() };
        // A leap year has every day that a year can have.
        let whole = Partial { year: None, part: Part::Month(number) };
        let Some(days) = whole.in_year(year.unwrap_or(2000)) else { return self.unreadable() };
        let date = days.last().date();
        let leap = date.in_leap_year() || number != 2;
        let said = words::month(days.first());
        let name = said.split(' ').next().unwrap_or(&said);
        let why = match year {
            Some(year) if !leap => format!("{year} is not a leap year, {name} has 28 days"),
            _ => format!("{name} has {} days", date.day()),
        };
        let month = year.map_or_else(|| name.to_lowercase(), |year| format!("{year}-{number:02}"));
        DateEntryError::NoSuchDay { text: self.text.to_owned(), why, last: date.day(), month }
    }

    /// The year of the latest such days that the record has; the latest before its end where it has none.
    fn latest_year(&self, partial: Partial) -> Option<i16> {
        let (first, last) = (self.record.first().date().year(), self.record.last().date().year());
        // Leap days are at most eight years apart.
        let mut years = (first.min(last.saturating_sub(8))..=last).rev();
        let mut begun = years
            .clone()
            .filter(|y| partial.in_year(*y).is_some_and(|days| days.first() <= self.record.last()));
        let inside = |y: &i16| partial.in_year(*y).is_some_and(|d| d.overlaps(self.record));
        years.find(inside).or_else(|| begun.next())
    }

    /// From one date to another; each may leave out what the other says.
    fn range(&self, from: &[Token], to: &[Token]) -> Result<DaySpan, DateEntryError> {
        let single = |tokens| self.single(tokens)?.ok_or_else(|| self.unreadable());
        let (mut from, mut to): (Partial, Partial) = (single(from)?, single(to)?);
        let month_of = |partial: Partial| match partial.part {
            Part::Month(month) => Some(month),
            Part::Day { month, .. } => month,
            Part::Year | Part::Quarter(_) => None,
        };
        let said = (from, to);
        for (one, other) in [(&mut from, said.1), (&mut to, said.0)] {
            if let Part::Day { month: month @ None, .. } = &mut one.part {
                *month = month_of(other);
            }
        }
        let unreadable = || self.unreadable();
        let to_year =
            to.year.or(from.year).or_else(|| self.latest_year(to)).ok_or_else(unreadable)?;
        let from_year = from.year.unwrap_or(to_year);
        let in_year = |partial: Partial, year| {
            partial.in_year(year).ok_or_else(|| self.missing(partial, Some(year)))
        };
        let in_years = |a, b| Ok((in_year(from, a)?, in_year(to, b)?));
        let (first, last) = in_years(from_year, to_year)?;
        let (first, last) = match (first.first() <= last.last(), from.year, to.year) {
            // "28 dec to 3 jan" goes over a new year, "6 to 3 jan" does not.
            _ if month_of(from) == month_of(to) => (first, last),
            (false, None, _) => in_years(from_year - 1, to_year)?,
            (false, _, None) => in_years(from_year, to_year + 1)?,
            _ => (first, last),
        };
        DaySpan::inclusive(first.first(), last.last()).map_err(|_| DateEntryError::Reversed {
            text: self.text.to_owned(),
            first: words::day(first.first()),
            last: words::day(last.last()),
        })
    }

    /// A date without a "to": `None` where it is none.
    fn single(&self, tokens: &[Token]) -> Result<Option<Partial>, DateEntryError> {
        let (date, weekday) = match tokens {
            [Token::Weekday(weekday), rest @ ..] => (rest, Some(*weekday)),
            all => (all, None),
        };
        let partial = if date.iter().any(|t| matches!(t, Token::Month(_) | Token::Word(_))) {
            named(date)
        } else {
            self.numbers(date)?
        };
        let Some((partial, weekday)) = partial.zip(weekday) else { return Ok(partial) };
        let is_day = matches!(partial.part, Part::Day { .. });
        let fits = self.resolved(partial)?.first().date().weekday() == weekday;
        if is_day && fits { Ok(Some(partial)) } else { Err(self.unreadable()) }
    }

    /// A date of numbers alone.
    fn numbers(&self, tokens: &[Token]) -> Result<Option<Partial>, DateEntryError> {
        let numbers: Vec<(i32, usize)> = tokens.iter().filter_map(Token::number).collect();
        let separated = tokens.iter().skip(1).step_by(2);
        let separators: Vec<&Token> = separated.collect();
        let alike = separators.windows(2).all(|pair| pair[0] == pair[1])
            && separators.iter().all(|t| t.is_separator())
            && tokens.len() + 1 == 2 * numbers.len();
        let small = |n: i32| i8::try_from(n).ok();
        let year = |n: i32| i16::try_from(n).ok();
        Ok(match *numbers {
            [(day, 1 | 2)] if tokens.len() == 1 => {
                small(day).map(|day| Partial { year: None, part: Part::Day { month: None, day } })
            }
            // "6 2022" of "jan 3-6 2022".
            [(day, 1 | 2), (y, 4)] if tokens.len() == 2 => small(day)
                .map(|day| Partial { year: year(y), part: Part::Day { month: None, day } }),
            [(y, 4)] if tokens.len() == 1 => Some(Partial { year: year(y), part: Part::Year }),
            [(all, 8)] if tokens.len() == 1 => day_of(all / 10_000, all / 100 % 100, all % 100),
            [(y, 4), (month, 1 | 2)] if alike => small(month)
                .filter(|m| (1..=12).contains(m))
                .map(|month| Partial { year: year(y), part: Part::Month(month) }),
            [(y, 4), (month, 1 | 2), (day, 1 | 2)] if alike => day_of(y, month, day),
            [(a, 1 | 2), (b, 1 | 2), (y, 4)] if alike => {
                let there = |p: Option<Partial>| {
                    p.filter(|p| year(y).is_some_and(|y| p.in_year(y).is_some()))
                };
                match (there(day_of(y, b, a)), there(day_of(y, a, b))) {
                    (Some(one), Some(other)) if one != other => {
                        return Err(self.ambiguous(one, other));
                    }
                    (None, None) => {
                        // What has a month all the same has no such day.
                        let month = |n: i32| (1..=12).contains(&n);
                        match (month(a), month(b)) {
                            (false, true) => day_of(y, b, a),
                            (true, false) => day_of(y, a, b),
                            _ => None,
                        }
                    }
                    (one, other) => one.or(other),
                }
            }
            _ => None,
        })
    }

    fn ambiguous(&self, day_first: Partial, month_first: Partial) -> DateEntryError {
        let day = |p: Partial| p.year.and_then(|y| p.in_year(y)).map(DaySpan::first);
        let (Some(one), Some(other)) = (day(day_first), day(month_first)) else {
            return self.unreadable();
        };
        DateEntryError::Ambiguous {
            text: self.text.to_owned(),
            day_first: words::day(one),
            month_first: words::day(other),
            example: words::day_short(one).to_lowercase(),
            iso: one.to_string(),
        }
    }
}

/// A date with a month or a quarter by name; separators in it say nothing.
fn named(tokens: &[Token]) -> Option<Partial> {
    use Token::{Month, Number, Word};
    let said: Vec<&Token> = tokens.iter().filter(|t| !t.is_separator()).collect();
    let year = |n: &u32| i16::try_from(*n).ok();
    let quarter = |word: &String, q: &u32| {
        let q = i8::try_from(*q).ok().filter(|q| (1..=4).contains(q))?;
        (word == "q").then_some(Part::Quarter(q))
    };
    let day = |month: &i8, day: &u32| {
        Some(Part::Day { month: Some(*month), day: i8::try_from(*day).ok()? })
    };
    let (part, year) = match *said {
        [Month(m)] => (Part::Month(*m), None),
        [Month(m), Number { value: y, digits: 4 }] | [Number { value: y, digits: 4 }, Month(m)] => {
            (Part::Month(*m), year(y))
        }
        [Number { value: d, digits: 1 | 2 }, Month(m)]
        | [Month(m), Number { value: d, digits: 1 | 2 }] => (day(m, d)?, None),
        [Number { value: d, digits: 1 | 2 }, Month(m), Number { value: y, digits: 4 }]
        | [Month(m), Number { value: d, digits: 1 | 2 }, Number { value: y, digits: 4 }]
        | [Number { value: y, digits: 4 }, Month(m), Number { value: d, digits: 1 | 2 }] => {
            (day(m, d)?, year(y))
        }
        [Word(w), Number { value: q, digits: 1 }] => (quarter(w, q)?, None),
        [Word(w), Number { value: q, digits: 1 }, Number { value: y, digits: 4 }]
        | [Number { value: y, digits: 4 }, Word(w), Number { value: q, digits: 1 }] => {
            (quarter(w, q)?, year(y))
        }
        _ => return None,
    };
    Some(Partial { year, part })
}

fn day_of(year: i32, month: i32, day: i32) -> Option<Partial> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let year = i16::try_from(year).ok()?;
    Some(Partial { year: Some(year), part: Part::Day { month: Some(month), day } })
}
