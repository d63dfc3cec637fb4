//! Sources: publications that say something of an event.

use super::code::codes;
use super::{DayError, DaySpan};

codes! {
    /// What kind of outlet a source is.
    SourceKind {
        Official = "official", "official";
        NewsAgency = "news agency", "news agency";
        News = "news", "news";
        ThinkTank = "think tank", "think tank";
        Partisan = "partisan", "partisan";
        Social = "social", "social media";
        Reference = "reference", "reference";
        Unknown = "unknown", "kind not said";
    }
}

/// A publication.
#[derive(Clone, Debug)]
pub struct Source {
    /// Identifier.
    pub id: String,
    /// Who published it.
    pub publisher: String,
    /// Whose reporting it is: the agency or outlet that a page republishes, else the publisher.
    /// Sources of one origin are not independent of each other.
    pub origin: String,
    /// Its title.
    pub title: String,
    /// Day of publication, as precisely as known: `2022-01-06`, `2021-07`, or nothing.
    pub published: Option<String>,
    /// Address, where known.
    pub url: Option<String>,
    /// Kind of outlet.
    pub kind: SourceKind,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// The founding document that it is, if it is one.
    pub seed: Option<String>,
    /// What a reader must know of it.
    pub note: Option<String>,
}

impl Source {
    /// Who is to be named for it: "Reuters via Malay Mail" where a page carries another's report.
    #[must_use]
    pub fn credit(&self) -> String {
        if self.origin == self.publisher {
            self.publisher.clone()
        } else {
            format!("{} via {}", self.origin, self.publisher)
        }
    }

    /// Reads a day of publication: a day, a month, a year, or two days joined by `/`.
    ///
    /// # Errors
    /// [`DayError`] when it is none of them.
    pub fn parse_published(text: &str) -> Result<DaySpan, DayError> {
        let Some((first, last)) = text.split_once('/') else { return DaySpan::parse(text) };
        DaySpan::inclusive(DaySpan::parse(first)?.first(), DaySpan::parse(last)?.last())
    }

    /// The days that it may have been published on; `None` when that is unknown.
    #[must_use]
    pub fn published_span(&self) -> Option<DaySpan> {
        Self::parse_published(self.published.as_deref()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publication_is_dated_to_a_day_a_month_a_year_or_a_span() {
        let days = |text: &str| {
            Source::parse_published(text).map(|s| (s.first().to_string(), s.last().to_string()))
        };
        let span = |first: &str, last: &str| Ok((first.to_owned(), last.to_owned()));
        assert_eq!(days("2022-01-06"), span("2022-01-06", "2022-01-06"));
        assert_eq!(days("2021-02"), span("2021-02-01", "2021-02-28"));
        assert_eq!(days("2020-12-31/2021-01-02"), span("2020-12-31", "2021-01-02"));
        assert!(days("2021-01-02/2020-12-31").is_err() && days("last week").is_err());
    }
}
