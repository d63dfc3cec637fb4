//! Sources: publications that say something of an event.

use super::code::codes;

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
}
