//! The evidence for one event: who confirms, claims, attributes or disputes it, where its reports
//! differ, and which events others tie to it.

use std::collections::BTreeSet;

use super::{Facet, Lag, Record};
use crate::domain::{
    ActorIndex, Code as _, Confidence, CountRange, Dataset, Event, EventIndex, LinkKind, Report,
    SourceIndex, SourceKind, Stance, Status,
};

/// The reports of an event by what they do with it. One report can stand in several lists.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    /// Reports in which the side hit, the side that struck or the host government acknowledges it.
    pub confirming: Vec<&'a Report>,
    /// Reports that dispute that it happened, or what it was.
    pub disputing: Vec<&'a Report>,
    /// Reports that name who claimed it.
    pub claiming: Vec<&'a Report>,
    /// Reports that hold somebody responsible.
    pub attributing: Vec<&'a Report>,
    /// Number of reports in all.
    pub reports: usize,
    /// How many sources of different origin confirm or report it, as the rule "two sources" counts them.
    pub independent: usize,
    /// Number of reports from sources that are a party to the conflict or take its side.
    pub partisan: usize,
}

impl<'a> Evidence<'a> {
    /// The evidence for an event.
    #[must_use]
    pub fn of(record: &'a Record, event: EventIndex) -> Self {
        let reports = record.reports_of(event);
        let of = |wanted: &dyn Fn(&Report) -> bool| reports.iter().filter(|r| wanted(r)).collect();
        let partisan = |r: &&Report| record.source(r.source).kind == SourceKind::Partisan;
        Self {
            confirming: of(&|r| r.stance == Stance::Confirms),
            disputing: of(&|r| r.stance == Stance::Disputes),
            claiming: of(&|r| r.stance == Stance::Claims || r.said().claimed_by.is_some()),
            attributing: of(&|r| r.said().attributed_to.is_some()),
            reports: reports.len(),
            independent: record.independent_sources(event),
            partisan: reports.iter().filter(partisan).count(),
        }
    }

    /// Why the event has its status: "confirmed: 2 reports confirm it, none disputes it".
    #[must_use]
    pub fn why_status(&self, status: Status) -> String {
        let reports = |n: usize, does: &str, do_: &str| match n {
            0 => format!("none {does} it"),
            1 => format!("1 report {does} it"),
            n => format!("{n} reports {do_} it"),
        };
        format!(
            "{}: {}, {}",
            status.label(),
            reports(self.confirming.len(), "confirms", "confirm"),
            reports(self.disputing.len(), "disputes", "dispute"),
        )
    }

    /// What the confidence rests on: "high: 5 reports, 3 independent sources, 1 report partisan".
    #[must_use]
    pub fn why_confidence(&self, confidence: Confidence) -> String {
        let some = |n: usize, what: &str| match n {
            0 => format!("no {what}"),
            1 => format!("1 {what}"),
            n => format!("{n} {what}s"),
        };
        let mut words = format!(
            "{}: {}, {}",
            confidence.label(),
            some(self.reports, "report"),
            some(self.independent, "independent source"),
        );
        if self.partisan > 0 {
            words.push_str(&format!(", {} from partisan sources", some(self.partisan, "report")));
        }
        words
    }
}

/// Something that sources can say differently of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// The date, as the source gives it.
    Date,
    /// The place, or the site, as the source gives it.
    Place,
    /// Number of munitions or targets.
    Count,
    /// Number of people killed.
    Killed,
    /// Number of people wounded.
    Wounded,
}

impl Point {
    /// Every point.
    pub const ALL: [Self; 5] = [Self::Date, Self::Place, Self::Count, Self::Killed, Self::Wounded];

    /// Its heading.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Place => "Place",
            Self::Count => "Number",
            Self::Killed => "Killed",
            Self::Wounded => "Wounded",
        }
    }

    fn of(self, dataset: &Dataset, report: &Report) -> Option<String> {
        let range = |r: Option<CountRange>| r.map(CountRange::words);
        match self {
            Self::Date => report.said().date_text.clone().or_else(|| report.said().date.clone()),
            Self::Place => {
                let site = report.said().site.map(|s| dataset.site(s).name.clone());
                site.or_else(|| report.said().place.clone())
            }
            Self::Count => range(report.said().count),
            Self::Killed => range(report.said().killed),
            Self::Wounded => range(report.said().wounded),
        }
    }
}

/// One point, with what each report says of it; in the order of the event's reports.
///
/// Marked is what differs from the value that most reports give: not the whole column, but the minority.
/// Of several values that as many reports give, the one that the event has stands; where it has none of
/// them, all are marked. Wordings of one day are one value; a place differs where a report puts the event at another
/// site than its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The point.
    pub point: Point,
    /// What each report says; `None` where it is silent.
    pub said: Vec<Option<String>>,
    /// Which of them differ, in the same order.
    pub marked: Vec<bool>,
}

/// What the reports of an event say side by side: the points that at least one of them speaks of.
#[must_use]
pub fn compare(dataset: &Dataset, event: EventIndex) -> Vec<Compared> {
    let reports = dataset.reports_of(event);
    let event = dataset.event(event);
    let compared = |point: Point| {
        let said: Vec<_> = reports.iter().map(|r| point.of(dataset, r)).collect();
        let marked = match point {
            Point::Date => {
                let dates: Vec<_> = reports.iter().map(|r| r.said().date.as_deref()).collect();
                let day =
                    (event.date.span.days() == 1).then(|| event.date.span.first().to_string());
                minority(&dates, day.as_deref())
            }
            Point::Place => reports.iter().map(|r| r.said().site.is_some()).collect(),
            Point::Count | Point::Killed | Point::Wounded => {
                let own =
                    event.munitions.get().filter(|_| point == Point::Count).map(CountRange::words);
                let values: Vec<_> = said.iter().map(Option::as_deref).collect();
                minority(&values, own.as_deref())
            }
        };
        said.iter().any(Option::is_some).then_some(Compared { point, said, marked })
    };
    Point::ALL.into_iter().filter_map(compared).collect()
}

/// Which values differ from the most frequent one; of equally frequent ones that stands which is `own`.
fn minority(values: &[Option<&str>], own: Option<&str>) -> Vec<bool> {
    let times = |value: &str| values.iter().filter(|v| **v == Some(value)).count();
    let most = values.iter().flatten().map(|v| times(v)).max().unwrap_or(0);
    let frequent: BTreeSet<&str> =
        values.iter().flatten().copied().filter(|v| times(v) == most).collect();
    let stands = match frequent.len() {
        1 => frequent.first().copied(),
        _ => own.filter(|own| frequent.contains(own)),
    };
    values.iter().map(|v| v.is_some() && *v != stands).collect()
}

/// Who speaks in some reports: each speaker once, with those who publish it and how often, and each
/// publisher that quotes nobody: "the coalition: The Reference (2 reports), CJTF-OIR; Reuters".
#[must_use]
pub fn voices(dataset: &Dataset, reports: &[&Report]) -> String {
    type Voice<'a> = (Option<&'a str>, Vec<(&'a str, usize)>);
    let mut voices: Vec<Voice<'_>> = Vec::new();
    for report in reports {
        let publisher = dataset.source(report.source).publisher.as_str();
        let speaker = report.said().speaker.as_deref().filter(|s| *s != publisher);
        let at = voices.iter().position(|(known, _)| *known == speaker).unwrap_or_else(|| {
            voices.push((speaker, Vec::new()));
            voices.len() - 1
        });
        let publishers = &mut voices[at].1;
        match publishers.iter_mut().find(|(known, _)| *known == publisher) {
            Some((_, times)) => *times += 1,
            None => publishers.push((publisher, 1)),
        }
    }
    let publisher = |(name, times): &(&str, usize)| match times {
        1 => (*name).to_owned(),
        n => format!("{name} ({n} reports)"),
    };
    let voice = |(speaker, publishers): &Voice<'_>| {
        let publishers = publishers.iter().map(publisher).collect::<Vec<_>>();
        match speaker {
            // A semicolon parts voices; several that are quoted together are one.
            Some(speaker) => {
                format!("{}: {}", speaker.replace("; ", " and "), publishers.join(", "))
            }
            None => publishers.join("; "),
        }
    };
    voices.iter().map(voice).collect::<Vec<_>>().join("; ")
}

/// An event that a source ties to another one.
#[derive(Clone, Debug)]
pub struct Tie<'a> {
    /// The other event.
    pub other: EventIndex,
    /// How they are tied, read from this event to the other.
    pub words: &'static str,
    /// How much later or earlier the other one was: "2 days earlier".
    pub lag: String,
    /// Who says so.
    pub asserted_by: &'a [SourceIndex],
    /// What a reader must know.
    pub note: Option<&'a str>,
}

/// The ties of an event, before and after it, by the date of the other event.
#[must_use]
pub fn ties(dataset: &Dataset, event: EventIndex) -> Vec<Tie<'_>> {
    let mut ties: Vec<Tie<'_>> = dataset
        .links
        .iter()
        .filter_map(|link| {
            let (other, words) = if link.from == event {
                (link.to, link.kind.label())
            } else if link.to == event {
                (link.from, answered(link.kind))
            } else {
                return None;
            };
            let span = |e: EventIndex| dataset.event(e).date.span;
            let lag = Lag::between(span(event), span(other)).words();
            let note = link.note.as_deref();
            Some(Tie { other, words, lag, asserted_by: &link.asserted_by, note })
        })
        .collect();
    ties.sort_by_key(|t| t.other);
    ties
}

/// A kind of link read from the earlier event to the later one.
fn answered(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::ResponseTo => "answered by",
        LinkKind::Followed => "followed by",
        LinkKind::SameWave => LinkKind::SameWave.label(),
        LinkKind::AnniversaryOf => "remembered on its anniversary by",
    }
}

/// A source as a bibliography has it: publisher, title, date, address.
#[must_use]
pub fn citation(dataset: &Dataset, source: SourceIndex) -> String {
    let source = dataset.source(source);
    let mut words = format!("{}, \u{201c}{}\u{201d}", source.publisher, source.title);
    if source.origin != source.publisher {
        words.push_str(&format!(" ({})", source.origin));
    }
    words.push_str(", ");
    words.push_str(&super::event_words::published(source));
    if let Some(url) = &source.url {
        words.push_str(", ");
        words.push_str(url);
    }
    words
}

/// Names of the actors in a report's list of identifiers; an identifier that is unknown stays itself.
#[must_use]
pub fn named_actors(dataset: &Dataset, list: &str) -> String {
    let name = |id: &str| {
        dataset.find_actor(id).map_or_else(|| id.to_owned(), |a| dataset.actor(a).name.clone())
    };
    list.split(';').map(|id| name(id.trim())).collect::<Vec<_>>().join(", ")
}

/// What an actor has to do with the record's events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deeds {
    /// Events that it claimed, in date order.
    pub claimed: Vec<EventIndex>,
    /// Events attributed to it by others, in date order.
    pub attributed: Vec<EventIndex>,
}

/// The events that an actor claimed, and those attributed to it. Looks only at those of the actor and of the
/// groups under it.
#[must_use]
pub fn deeds(record: &Record, actor: ActorIndex) -> Deeds {
    let of = |facet: Facet, list: &dyn Fn(&Event) -> &[ActorIndex]| {
        let rows = record.rows_with(facet, &record.actor(actor).id);
        let events = rows.ones().filter_map(|row| u32::try_from(row).ok().map(EventIndex));
        events.filter(|e| list(record.event(*e)).contains(&actor)).collect()
    };
    Deeds {
        claimed: of(Facet::ClaimedBy, &|e| &e.claimed_by),
        attributed: of(Facet::AttributedTo, &|e| &e.attributed_to),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_from_most_is_marked() {
        let marked = |values: &[&str], own: Option<&str>| -> String {
            let values: Vec<_> =
                values.iter().map(|v| Some(*v).filter(|v| !v.is_empty())).collect();
            minority(&values, own).iter().map(|m| if *m { '!' } else { '.' }).collect()
        };
        assert_eq!(marked(&["5", "5", "", "8"], Some("8")), "...!");
        assert_eq!(marked(&["5", "8", ""], Some("8")), "!..");
        assert_eq!(marked(&["5", "8"], None), "!!");
        assert_eq!(marked(&["5", "8"], Some("5–8")), "!!");
        assert_eq!(marked(&["", "5"], Some("6")), "..");
    }
}
