//! The sources of a figure as a bibliography: who reports on the events drawn, who says what the time strip
//! shows besides, what the map is made from, and the record itself.
//!
//! [`plain`], [`bibtex`] and [`csl`] write it down. Nothing is made up: a title or a date that the record does
//! not have is said to be missing.

mod bibtex;
mod clean;
mod csl;
mod plain;

use std::collections::BTreeSet;

pub use bibtex::bibtex;
pub(super) use clean::clean as one_line;
pub use csl::{CslDate, CslItem, CslName, csl};
pub use plain::plain;

use self::clean::{clean, web_address};
use super::{Record, Selection, words};
use crate::domain::basemap::Credit;
use crate::domain::{DaySpan, Source, SourceIndex, SourceKind, fold};

/// What kind of work is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitedKind {
    /// A page, or a post.
    Webpage,
    /// Of an agency, a newspaper or a broadcaster.
    Article,
    /// Of analysts or a research body.
    Report,
    /// Data.
    Dataset,
}

/// What a work is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Title {
    /// By itself.
    Printed(String),
    /// By the record, which does not have its title: it stands in brackets.
    Described(String),
    /// Not at all.
    NotRecorded,
}

impl Title {
    /// The title of a record's source. What stands wholly in parentheses describes a page, or says that its
    /// title is not known.
    fn of(text: &str) -> Self {
        let text = clean(text);
        match in_parentheses(&text) {
            None if text.is_empty() => Self::NotRecorded,
            None => Self::Printed(text),
            Some(inside) if inside.is_empty() || inside.starts_with("title not ") => {
                Self::NotRecorded
            }
            Some(inside) => Self::Described(inside.to_owned()),
        }
    }

    /// The title, or what stands in its place in brackets.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Printed(title) => title.clone(),
            Self::Described(what) => format!("[{what}]"),
            Self::NotRecorded => "[title not recorded]".to_owned(),
        }
    }
}

/// What stands between the parentheses that hold the whole text.
fn in_parentheses(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('(')?.strip_suffix(')')?;
    let mut depth = 0_i32;
    for c in inside.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth < 0 {
            return None;
        }
    }
    Some(inside.trim())
}

/// When a work was published: a day, a month, a year, or between two of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The days that it may have been on.
    pub span: DaySpan,
    /// ISO 8601, as precisely as known: `2021-03-03`, `2021-03`, `2020-12-31/2021-01-02`.
    pub iso: String,
}

impl Issued {
    fn of(source: &Source) -> Option<Self> {
        let iso = source.published.as_deref()?.split('/').map(str::trim).collect::<Vec<_>>();
        Some(Self { span: source.published_span()?, iso: iso.join("/") })
    }
}

/// A work that a figure rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// An identifier of letters, digits, `-`, `_`, `.` and `:` that no other work of the record has, and that is
    /// the same in every figure.
    pub key: String,
    /// What kind of work.
    pub kind: CitedKind,
    /// Whose reporting it is.
    pub author: Option<String>,
    /// Where it was published, when by somebody else.
    pub container: Option<String>,
    /// What it is called.
    pub title: Title,
    /// When it was published; `None` when that is unknown.
    pub issued: Option<Issued>,
    /// Its edition.
    pub edition: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// BCP 47 tag; `None` when it is not recorded.
    pub language: Option<String>,
    /// Where in it, and what a reader must know of it.
    pub note: Option<String>,
}

/// Works that are cited for the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What they are cited for.
    pub heading: &'static str,
    /// By author, then date and title; each once in the whole bibliography.
    pub citations: Vec<Citation>,
}

/// The sources of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bibliography {
    /// Those with at least one work.
    pub sections: Vec<Section>,
}

impl Bibliography {
    /// All works, in their order.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        self.sections.iter().flat_map(|section| &section.citations)
    }
}

/// The sources of what a view shows: of its events, of what a time strip shows besides (`strip`), of the map
/// (`map`), and the record.
#[must_use]
pub fn bibliography(
    record: &Record,
    selection: &Selection,
    strip: &[SourceIndex],
    map: &[Credit],
) -> Bibliography {
    let mut keys = Keys::default();
    let keys_of_sources: Vec<String> = record.sources.iter().map(|s| keys.unique(&s.id)).collect();
    let mut locators: Vec<Locators> = vec![Locators::default(); record.sources.len()];
    let mut told: BTreeSet<SourceIndex> = BTreeSet::new();
    for report in selection.iter().flat_map(|shown| record.reports_of(shown.event)) {
        told.insert(report.source);
        locators[report.source.get()].add(report.said().locator.as_deref());
    }
    let besides: BTreeSet<SourceIndex> =
        strip.iter().copied().filter(|s| !told.contains(s)).collect();
    let publications = |of: BTreeSet<SourceIndex>| {
        let mut citations: Vec<Citation> = of
            .into_iter()
            .map(|index| {
                let key = keys_of_sources[index.get()].clone();
                publication(record.source(index), key, &locators[index.get()])
            })
            .collect();
        citations.sort_by_cached_key(order);
        citations
    };
    let sections = [
        ("Publications that report on the events drawn", publications(told)),
        ("Other sources of what the time strip shows", publications(besides)),
        ("Map data", map.iter().map(|credit| map_data(credit, &mut keys)).collect()),
        ("The record", vec![of_record(record, &mut keys)]),
    ];
    let sections = sections.into_iter().filter(|(_, citations)| !citations.is_empty());
    Bibliography {
        sections: sections.map(|(heading, citations)| Section { heading, citations }).collect(),
    }
}

/// By author, date (unknown last), title and key.
fn order(citation: &Citation) -> (String, bool, Option<(i32, i32)>, String, String) {
    let days = citation.issued.as_ref().map(|i| (i.span.first().number(), i.span.last().number()));
    let author = citation.author.as_deref().map(fold).unwrap_or_default();
    (author, days.is_none(), days, fold(&citation.title.text()), citation.key.clone())
}

fn publication(source: &Source, key: String, locators: &Locators) -> Citation {
    let [origin, publisher] = [&source.origin, &source.publisher].map(|name| clean(name));
    let (url, elsewhere) = match source.url.as_deref().map(clean) {
        None => (None, None),
        Some(address) => match web_address(&address) {
            Some(url) => (Some(url), None),
            None => (None, Some(address)),
        },
    };
    let cited = locators.words().map(|words| format!("Passage cited: {words}"));
    let address = elsewhere.filter(|a| !a.is_empty()).map(|a| format!("Address: {a}"));
    let notes = [cited, address, source.note.as_deref().map(clean)];
    Citation {
        key,
        kind: match source.kind {
            SourceKind::NewsAgency | SourceKind::News => CitedKind::Article,
            SourceKind::ThinkTank => CitedKind::Report,
            SourceKind::Official
            | SourceKind::Partisan
            | SourceKind::Social
            | SourceKind::Reference
            | SourceKind::Unknown => CitedKind::Webpage,
        },
        container: (origin != publisher && !publisher.is_empty()).then_some(publisher),
        author: (!origin.is_empty()).then_some(origin),
        title: Title::of(&source.title),
        issued: Issued::of(source),
        edition: None,
        url,
        language: source.language.as_deref().map(clean).filter(|tag| !tag.is_empty()),
        note: joined(notes),
    }
}

/// Where in a publication events are told of.
#[derive(Clone, Default)]
struct Locators {
    /// In the order of the events.
    first: Vec<String>,
    known: BTreeSet<String>,
}

impl Locators {
    /// More of them are only counted.
    const MOST: usize = 12;

    fn add(&mut self, locator: Option<&str>) {
        let Some(locator) = locator.map(clean).filter(|locator| !locator.is_empty()) else {
            return;
        };
        if self.known.insert(locator.clone()) && self.first.len() < Self::MOST {
            self.first.push(locator);
        }
    }

    /// "paragraph 5; headline"; `None` without one.
    fn words(&self) -> Option<String> {
        let said = self.first.join("; ");
        match self.known.len() - self.first.len() {
            0 => (!said.is_empty()).then_some(said),
            more => Some(format!("{said}; and {} more", words::thousands(more))),
        }
    }
}

/// Sentences that are there, one after the other.
fn joined(parts: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    let told: Vec<String> = parts.map(|part| plain::stopped(&part)).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

fn map_data(credit: &Credit, keys: &mut Keys) -> Citation {
    let what = credit.what.as_deref().map(|what| format!("map data: {}", clean(what)));
    Citation {
        key: keys.unique(&format!("map-{}", credit.text)),
        kind: CitedKind::Dataset,
        author: Some(clean(&credit.text)),
        container: None,
        title: Title::Described(what.unwrap_or_else(|| "map data".to_owned())),
        issued: None,
        edition: None,
        url: credit.url.as_deref().map(clean).and_then(|address| web_address(&address)),
        language: Some("en".to_owned()),
        note: joined([Some(format!("Licence: {}", clean(&credit.licence)))]),
    }
}

fn of_record(record: &Record, keys: &mut Keys) -> Citation {
    let edition = clean(&record.version);
    Citation {
        key: keys.unique(&record.name),
        kind: CitedKind::Dataset,
        author: None,
        container: None,
        title: Title::of(&record.title),
        issued: None,
        edition: (!edition.is_empty()).then_some(edition),
        url: None,
        language: Some("en".to_owned()),
        note: joined([Some(format!("Days in {}", words::zone(&record.time_zone)))]),
    }
}

/// Identifiers given out so far; BibTeX takes capital and small letters for the same.
#[derive(Default)]
struct Keys(BTreeSet<String>);

impl Keys {
    /// The text as an identifier that was not given out before.
    fn unique(&mut self, text: &str) -> String {
        let keep = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
        let kept: String = text.chars().map(|c| if keep(c) { c } else { '-' }).collect();
        let pieces: Vec<&str> = kept.split('-').filter(|piece| !piece.is_empty()).collect();
        let stem = if pieces.is_empty() { "work".to_owned() } else { pieces.join("-") };
        let mut key = stem.clone();
        let mut number = 1_usize;
        while !self.0.insert(key.to_ascii_lowercase()) {
            number += 1;
            key = format!("{stem}-{number}");
        }
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_is_not_known_is_never_made_up() {
        let check = |text: &str, expected: &str| assert_eq!(Title::of(text).text(), expected);
        check("Rockets hit base", "Rockets hit base");
        check("(title not shown in the stored excerpt)", "[title not recorded]");
        check("  ", "[title not recorded]");
        check("()", "[title not recorded]");
        check("(Arabic report on Rmeilan airfield)", "[Arabic report on Rmeilan airfield]");
        check("(Updated) Rockets hit base (video)", "(Updated) Rockets hit base (video)");
        check("two\nlines\u{202e}", "two lines");
    }

    #[test]
    fn of_many_passages_the_first_are_named_and_the_others_counted() {
        let mut locators = Locators::default();
        assert_eq!(locators.words(), None);
        (0..20).for_each(|n| locators.add(Some(&format!("p. {}", n % 15))));
        locators.add(None);
        let said = locators.words().unwrap();
        assert!(said.starts_with("p. 0; p. 1;") && said.ends_with("p. 11; and 3 more"), "{said}");
    }

    #[test]
    fn a_key_is_plain_and_no_two_are_alike() {
        let mut keys = Keys::default();
        let mut check = |text: &str, expected: &str| assert_eq!(keys.unique(text), expected);
        check("afp-2020", "afp-2020");
        check("AFP 2020", "AFP-2020-2");
        check("a,b}{%", "a-b");
        check("وكالة", "work");
        check("", "work-2");
        check("afp-2020-2", "afp-2020-2-2");
    }
}
