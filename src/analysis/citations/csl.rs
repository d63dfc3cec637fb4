//! A bibliography as CSL-JSON, which Zotero, Pandoc and others read; see the schema `csl-data.json` of the
//! Citation Style Language.

use serde::Serialize;

use super::{Bibliography, Citation, CitedKind};

/// A work; the names of the fields are those of the schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CslItem {
    /// Unique.
    pub id: String,
    /// `article-newspaper`, `dataset`, `report` or `webpage`.
    pub r#type: &'static str,
    /// Title, or in brackets what stands for it.
    pub title: String,
    /// Whose reporting it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<[CslName; 1]>,
    /// The newspaper or the site.
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    pub container_title: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<CslDate>,
    /// Edition of data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Address.
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Where in it, and what a reader must know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A name that has no parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CslName {
    /// As it is printed.
    pub literal: String,
}

/// A date or two: year, month and day, as far as they are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CslDate {
    /// One date, or the two between which it lies.
    #[serde(rename = "date-parts")]
    pub date_parts: Vec<Vec<u16>>,
}

/// The works in their order.
#[must_use]
pub fn csl(bibliography: &Bibliography) -> Vec<CslItem> {
    bibliography.citations().map(item).collect()
}

fn item(citation: &Citation) -> CslItem {
    let Citation { author, container, .. } = citation;
    // A paper is no author of its own article, but it has a name.
    let (author, container_title) = match (citation.kind, container) {
        (CitedKind::Article, None) => (None, author.clone()),
        _ => (author.clone(), container.clone()),
    };
    let date_parts = citation.issued.as_ref().map(|issued| {
        let part = |text: &str| text.split('-').filter_map(|number| number.parse().ok()).collect();
        issued.iso.split('/').map(part).collect()
    });
    CslItem {
        id: citation.key.clone(),
        r#type: match citation.kind {
            CitedKind::Webpage => "webpage",
            CitedKind::Article => "article-newspaper",
            CitedKind::Report => "report",
            CitedKind::Dataset => "dataset",
        },
        title: citation.title.text(),
        author: author.map(|literal| [CslName { literal }]),
        container_title,
        issued: date_parts.map(|date_parts| CslDate { date_parts }),
        version: citation.edition.clone(),
        url: citation.url.clone(),
        language: citation.language.clone(),
        note: citation.note.clone(),
    }
}
