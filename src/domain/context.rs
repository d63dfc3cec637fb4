//! What is dated but has no impact: context, troop numbers, published totals, and ties between events.

use super::code::codes;
use super::{CountRange, Day, DaySpan, EventIndex, SiteIndex, SourceIndex};

/// A dated fact without an impact.
#[derive(Clone, Debug)]
pub struct ContextEntry {
    /// Identifier.
    pub id: String,
    /// When; `None` when undated.
    pub span: Option<DaySpan>,
    /// A short title in sentence case.
    pub title: String,
    /// What kind of fact, in words.
    pub kind: String,
    /// What happened or was said.
    pub summary: String,
    /// Where, in words.
    pub place: Option<String>,
    /// The site, when it is one.
    pub site: Option<SiteIndex>,
    /// Who says so.
    pub sources: Vec<SourceIndex>,
}

/// A reported number of troops.
#[derive(Clone, Debug)]
pub struct ForceLevel {
    /// Identifier.
    pub id: String,
    /// When the number held.
    pub span: Option<DaySpan>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Whose troops.
    pub force: String,
    /// How many; `None` when the source only says that it is unknown or disputed.
    pub count: Option<CountRange>,
    /// Who says so.
    pub source: SourceIndex,
    /// What a reader must know.
    pub note: Option<String>,
}

/// A count that somebody published.
#[derive(Clone, Debug)]
pub struct ReportedTotal {
    /// Identifier.
    pub id: String,
    /// The day on which it was counted, as far as known.
    pub as_of: Option<Day>,
    /// The period counted; `None` when the source leaves it open.
    pub span: Option<DaySpan>,
    /// The count; `None` for "several" without a number.
    pub count: Option<CountRange>,
    /// What was counted, in words.
    pub scope: String,
    /// The same as a filter in the syntax of `--where`, where it can be said so.
    pub filter: Option<String>,
    /// Who counted.
    pub source: SourceIndex,
    /// What a reader must know.
    pub note: Option<String>,
}

/// Days in which the record is known to be thin.
#[derive(Clone, Debug)]
pub struct CoverageNote {
    /// Identifier.
    pub id: String,
    /// The days.
    pub span: DaySpan,
    /// What the record is thin in, in words.
    pub scope: String,
    /// The same as a filter in the syntax of `--where`; `None` for everything.
    pub filter: Option<String>,
    /// What a reader must know.
    pub note: String,
    /// Who shows it; empty when it is known from how the record was gathered.
    pub sources: Vec<SourceIndex>,
}

codes! {
    /// How two events are tied. What is only told as after another is no response: the source gives the order,
    /// and no reason.
    LinkKind {
        ResponseTo = "response_to", "in response to";
        Followed = "followed", "told as after";
        SameWave = "same_wave", "in one wave with";
        AnniversaryOf = "anniversary_of", "on the anniversary of";
    }
}

/// A tie between two events that a source asserts.
#[derive(Clone, Debug)]
pub struct Link {
    /// The later event, or the response.
    pub from: EventIndex,
    /// The earlier event.
    pub to: EventIndex,
    /// Kind of tie.
    pub kind: LinkKind,
    /// Who says so.
    pub asserted_by: Vec<SourceIndex>,
    /// What a reader must know.
    pub note: Option<String>,
}
