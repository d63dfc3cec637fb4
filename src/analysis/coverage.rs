//! How a published count compares with the record: "45 reported, 41 here".
//!
//! Counters use different rules and start dates: published counts are held against the record one by one,
//! and are never one series.

use super::{Filter, FilterError, Mode, Record, Rule, View, select, words};
use crate::domain::{CountRange, CoverageNote, Dataset, DaySpan, ReportedTotal};

/// What must be said wherever several published counts stand.
pub const CAUTION: &str = "Counters use different rules and start dates: these are not one series, and \
                           equal numbers need not be the same events.";

/// What the record holds of the scope and period of a published count.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// Its period, as far as the record goes.
    pub days: DaySpan,
    /// Its scope.
    pub filter: Filter,
    /// Events that surely belong.
    pub certain: usize,
    /// Events that may belong.
    pub possible: usize,
}

/// Why the record cannot count as somebody else did.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCoverage {
    /// The source leaves it open.
    #[error("its period is not given")]
    NoPeriod,
    /// Such as a count of days, or of an area that the record does not follow.
    #[error("no filter of this record stands for what it counts")]
    NoFilter,
    /// The scope is no filter of this record.
    #[error("its filter cannot be read: {0}")]
    Filter(#[from] FilterError),
    /// Before the first event or after the last.
    #[error("its period lies outside the record, which covers {0}")]
    Outside(String),
}

/// Counts the record's events in the period and scope of a published count.
///
/// The events are those that a view with [`Coverage::view`] lists.
///
/// # Errors
/// [`NoCoverage`] when the record cannot count in the same way.
pub fn coverage(record: &Record, total: &ReportedTotal) -> Result<Coverage, NoCoverage> {
    let period = total.span.ok_or(NoCoverage::NoPeriod)?;
    let scope = total.filter.as_deref().ok_or(NoCoverage::NoFilter)?;
    let filter = Filter::parse(record, scope)?;
    let extent = record.extent().unwrap_or(period);
    let days = period.shared(extent).ok_or_else(|| NoCoverage::Outside(words::span(extent)))?;
    let mut found = Coverage { days, filter, certain: 0, possible: 0 };
    let selection = select(record, &found.view(View::of_all(record)));
    (found.certain, found.possible) = (selection.certain(), selection.possible());
    Ok(found)
}

/// The coverage of every published count, in the order of [`crate::domain::Dataset::reported_totals`].
#[must_use]
pub fn coverages(record: &Record) -> Vec<Result<Coverage, NoCoverage>> {
    record.reported_totals.iter().map(|total| coverage(record, total)).collect()
}

impl Coverage {
    /// A view made to list exactly the events counted: the scope stands in the filter, so the rule
    /// counts everything.
    #[must_use]
    pub fn view(&self, view: View) -> View {
        let (window, filter) = (self.days, self.filter.clone());
        View { window, filter, mode: Mode::Window, rule: Rule::Everything, ..view }
    }

    /// What the record has: "41 here", "40, and 2 more possible here".
    #[must_use]
    pub fn here(&self) -> String {
        format!("{} here", words::count(self.certain, self.possible))
    }

    /// How the record's count differs from the published one; `None` when no number was published.
    #[must_use]
    pub fn gap(&self, total: &ReportedTotal) -> Option<Gap> {
        let here = [self.certain, self.certain + self.possible]
            .map(|n| i64::try_from(n).unwrap_or(i64::MAX));
        let (low, high) = total.count.map(|c| (i64::from(c.low()), c.high().map(i64::from)))?;
        let same = self.possible == 0 && high == Some(low) && here[0] == low;
        Some(if same {
            Gap::Same
        } else if here[1] < low {
            Gap::Fewer { least: low - here[1], most: high.map(|h| h - here[0]) }
        } else if let Some(high) = high.filter(|h| here[0] > *h) {
            Gap::More { least: here[0] - high, most: here[1] - low }
        } else if high.is_none() {
            Gap::AtLeast
        } else {
            Gap::Within
        })
    }

    /// What the record lacks of the period: "goes beyond the record, whose last event is of 25 December
    /// 2022"; `None` when it lacks nothing.
    #[must_use]
    pub fn beyond(&self, total: &ReportedTotal) -> Option<String> {
        let period = total.span?;
        let mut ends = Vec::new();
        if period.first() < self.days.first() {
            ends.push(format!("first event is of {}", words::day(self.days.first())));
        }
        if period.last() > self.days.last() {
            ends.push(format!("last event is of {}", words::day(self.days.last())));
        }
        let ends = ends.join(" and whose ");
        (!ends.is_empty()).then(|| format!("goes beyond the record, whose {ends}"))
    }
}

/// How the record's count differs from a published one. What is possible, and what was published as a
/// range or as "at least", makes the difference a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Both are one and the same number; the events need not be the same.
    Same,
    /// The record's range and the published one share a number.
    Within,
    /// "At least" so many were published, and the record has as many or more.
    AtLeast,
    /// The record has fewer.
    Fewer {
        /// At least so many.
        least: i64,
        /// At most so many; `None` after "at least".
        most: Option<i64>,
    },
    /// The record has more.
    More {
        /// At least so many.
        least: i64,
        /// At most so many.
        most: i64,
    },
}

impl Gap {
    /// "4 fewer here", "2 to 4 more here", "the same number".
    #[must_use]
    pub fn words(self) -> String {
        let range = |least: i64, most: Option<i64>| match most {
            Some(most) if most == least => least.to_string(),
            Some(most) => format!("{least} to {most}"),
            None => format!("at least {least}"),
        };
        match self {
            Self::Same => "the same number".to_owned(),
            Self::Within => "may be the same number".to_owned(),
            Self::AtLeast => "no fewer here".to_owned(),
            Self::Fewer { least, most } => format!("{} fewer here", range(least, most)),
            Self::More { least, most } => format!("{} more here", range(least, Some(most))),
        }
    }
}

/// "45 reported", "at least 36 reported".
#[must_use]
pub fn reported(total: &ReportedTotal) -> String {
    let count = total.count.map_or_else(|| "an unstated number".to_owned(), CountRange::words);
    format!("{count} reported")
}

/// What stands between a published number and the record's, which may have a comma of its own.
#[must_use]
pub fn between(found: &Coverage) -> &'static str {
    if found.certain > 0 && found.possible > 0 { "; " } else { ", " }
}

/// "45 reported, 41 here", or why the two cannot be compared.
#[must_use]
pub fn headline(total: &ReportedTotal, coverage: &Result<Coverage, NoCoverage>) -> String {
    let reported = reported(total);
    match coverage {
        Ok(found) => format!("{reported}{}{}", between(found), found.here()),
        Err(_) => format!("{reported}, cannot be counted here in the same way"),
    }
}

/// The published counts whose period overlaps some days, by their place in
/// [`crate::domain::Dataset::reported_totals`]; those whose period is most like these days first.
#[must_use]
pub fn published_in(totals: &[ReportedTotal], days: DaySpan) -> Vec<usize> {
    // Days shared of all days of both: 1 for the same days, to six digits.
    let likeness = |period: DaySpan| {
        let shared = period.shared(days).map_or(0, |s| i64::from(s.days()));
        shared * 1_000_000 / i64::from(period.join(days).days())
    };
    let mut list = published(totals);
    list.retain(|i| totals[*i].span.is_some_and(|s| s.overlaps(days)));
    list.sort_by_key(|i| std::cmp::Reverse(totals[*i].span.map(likeness)));
    list
}

/// All published counts, those of the latest periods first.
#[must_use]
pub fn published(totals: &[ReportedTotal]) -> Vec<usize> {
    let key = |i: &usize| {
        let total = &totals[*i];
        (total.span.map(|s| (s.last(), s.first())), &total.id)
    };
    let mut list: Vec<usize> = (0..totals.len()).collect();
    list.sort_by(|a, b| key(b).cmp(&key(a)));
    list
}

/// All published counts in the order in which they tell most of some days: those that the record counts
/// in the same way and whose period overlaps the days, most alike first; then the others as [`published`]
/// has them. With how many the former are.
#[must_use]
pub fn published_for(
    totals: &[ReportedTotal],
    coverages: &[Result<Coverage, NoCoverage>],
    days: DaySpan,
) -> (Vec<usize>, usize) {
    let mut list = published_in(totals, days);
    list.retain(|i| coverages[*i].is_ok());
    let here = list.len();
    let others = published(totals).into_iter().filter(|i| !list.contains(i)).collect::<Vec<_>>();
    list.extend(others);
    (list, here)
}

/// The notes on the record's own coverage that are about some days, by first day.
pub fn notes_of(dataset: &Dataset, days: DaySpan) -> impl Iterator<Item = &CoverageNote> {
    dataset.coverage_notes.iter().filter(move |note| note.span.overlaps(days))
}

/// In which of some days the record is known to be thin, and in what, where it is not in everything:
/// "Thin in this record: October to November 2021; bombs against convoys."; empty when in none.
#[must_use]
pub fn thin(dataset: &Dataset, days: DaySpan) -> String {
    let told = thin_parts(dataset, days);
    if told.is_empty() {
        String::new()
    } else {
        format!("Thin in this record: {}.", told.join("; "))
    }
}

/// [`thin`], without the words before it: first what is thin in everything, if there is such.
#[must_use]
pub fn thin_parts(dataset: &Dataset, days: DaySpan) -> Vec<String> {
    let of = |note: &CoverageNote| match (&note.filter, note.span.encloses(days)) {
        (_, true) => note.scope.clone(),
        (None, false) => words::span(note.span),
        (Some(_), false) => format!("{}, {}", note.scope, words::span(note.span)),
    };
    let (whole, parts): (Vec<_>, Vec<_>) =
        notes_of(dataset, days).partition(|note| note.filter.is_none());
    let whole = whole.into_iter().map(of).collect::<Vec<_>>().join(", ");
    std::iter::once(whole).chain(parts.into_iter().map(of)).filter(|t| !t.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, SourceIndex};

    fn total(count: Option<(u32, Option<u32>)>) -> ReportedTotal {
        ReportedTotal {
            id: "t".to_owned(),
            as_of: None,
            span: Some(span("2021-01-01", "2021-07-05")),
            count: count.and_then(|(low, high)| CountRange::new(low, high)),
            scope: "attacks".to_owned(),
            filter: None,
            source: SourceIndex(0),
            note: None,
        }
    }

    fn span(first: &str, last: &str) -> DaySpan {
        DaySpan::between(Day::parse(first).unwrap(), Day::parse(last).unwrap())
    }

    fn here(certain: usize, possible: usize) -> Coverage {
        let days = span("2021-02-01", "2021-07-05");
        Coverage { days, filter: Filter::default(), certain, possible }
    }

    fn check(count: (u32, Option<u32>), (certain, possible): (usize, usize), gap: &str) {
        let found = here(certain, possible).gap(&total(Some(count))).map(Gap::words);
        assert_eq!(found.as_deref(), Some(gap), "{count:?} against {certain} and {possible}");
    }

    #[test]
    fn a_difference_is_as_sure_as_the_numbers_it_is_of() {
        check((45, Some(45)), (41, 0), "4 fewer here");
        check((45, Some(45)), (45, 0), "the same number");
        check((45, Some(45)), (48, 0), "3 more here");
        check((45, Some(45)), (41, 2), "2 to 4 fewer here");
        check((45, Some(45)), (43, 2), "may be the same number");
        check((40, Some(45)), (47, 1), "2 to 8 more here");
        check((36, None), (30, 0), "at least 6 fewer here");
        check((36, None), (40, 0), "no fewer here");
        assert_eq!(here(3, 0).gap(&total(None)), None);
    }

    #[test]
    fn the_headline_says_both_numbers_or_that_there_is_no_second_one() {
        let said = |coverage| headline(&total(Some((45, Some(45)))), &coverage);
        assert_eq!(said(Ok(here(41, 0))), "45 reported, 41 here");
        assert_eq!(said(Ok(here(40, 2))), "45 reported; 40, and 2 more possible here");
        let none = said(Err(NoCoverage::NoFilter));
        assert_eq!(none, "45 reported, cannot be counted here in the same way");
        let open = headline(&total(None), &Ok(here(2, 0)));
        assert_eq!(open, "an unstated number reported, 2 here");
    }

    #[test]
    fn what_a_period_has_beyond_the_record_is_said() {
        let found = here(1, 0).beyond(&total(None));
        let expected = "goes beyond the record, whose first event is of 1 February 2021";
        assert_eq!(found.as_deref(), Some(expected));
    }
}
