//! What has changed in a record since a figure was made of it, event by event.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::fingerprint::fingerprint;
use super::{DatasetSaid, DrawnEvents, FigureRecord};
use crate::analysis::{Record, View, select, words};
use crate::domain::DaySpan;

/// What a record has become since a figure was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// Nothing else: the files are the same.
    SameRecord,
    /// It is another record, with another name.
    OtherRecord {
        /// That of the figure.
        figure: String,
        /// The one that is open.
        open: String,
    },
    /// The same record as it is now.
    Changed {
        /// Its version then.
        then: String,
        /// Its version now.
        now: String,
        /// What changed of the figure's events; nothing where only others did.
        changes: Vec<Change>,
    },
    /// The same record as it is now, and a figure of so many events that it does not list them.
    Summed {
        /// How many events it drew.
        then: usize,
        /// How many it would draw now.
        now: usize,
        /// Whether they are the same, and unchanged.
        same: bool,
    },
}

/// How an event of a figure changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It would be drawn now and was not.
    Added,
    /// It is drawn, and the record says something else of it than it did.
    Changed,
    /// It is in the record and would be drawn no longer.
    NotShown,
    /// It is in the record no longer.
    Withdrawn,
}

impl ChangeKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Added, Self::Changed, Self::NotShown, Self::Withdrawn];

    /// What is said of the events.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::NotShown => "no longer shown",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// An event of a figure that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// How.
    pub kind: ChangeKind,
    /// Its identifier.
    pub id: String,
    /// Its days: as they are now, and of what is withdrawn as they were.
    pub days: DaySpan,
    /// The name of its site, likewise.
    pub site: String,
}

impl Since {
    /// Compares what a figure drew with what it would draw of a record now. The view is the figure's.
    #[must_use]
    pub fn of(figure: &FigureRecord, record: &Record, view: &View) -> Self {
        let now = DatasetSaid::of(record);
        let then = &figure.dataset;
        if then.sha256.is_some() && then.sha256 == now.sha256 {
            return Self::SameRecord;
        }
        if then.name != now.name {
            return Self::OtherRecord { figure: then.words(), open: now.words() };
        }
        let selection = select(record, view);
        if figure.events.rows.is_none() {
            let drawn = DrawnEvents::of(record, &selection);
            let (then, now) = (figure.events.total(), drawn.total());
            return Self::Summed { then, now, same: drawn.hash == figure.events.hash };
        }
        let shown = selection.iter().map(|shown| shown.event);
        let changes = changes(&figure.events, record, shown);
        Self::Changed { then: then.version.clone(), now: now.version, changes }
    }

    /// Whether a figure of the record shows the same events as it did, unchanged.
    #[must_use]
    pub fn is_same(&self) -> bool {
        match self {
            Self::SameRecord => true,
            Self::OtherRecord { .. } => false,
            Self::Changed { changes, .. } => changes.is_empty(),
            Self::Summed { same, .. } => *same,
        }
    }

    /// What changed, event by event.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        match self {
            Self::Changed { changes, .. } => changes,
            _ => &[],
        }
    }

    /// How many events changed in each way in which any did.
    #[must_use]
    pub fn counts(&self) -> Vec<(ChangeKind, usize)> {
        let count = |kind| self.changes().iter().filter(|change| change.kind == kind).count();
        ChangeKind::ALL
            .into_iter()
            .map(|kind| (kind, count(kind)))
            .filter(|(_, n)| *n > 0)
            .collect()
    }

    /// It in one sentence.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::SameRecord => "The record is the same as when the figure was made.".to_owned(),
            Self::OtherRecord { figure, open } => {
                format!(
                    "The figure was made of another record ({figure}) than the one that is open ({open})."
                )
            }
            Self::Changed { then, now, changes } => {
                let version = if then == now {
                    format!("still called version {now}")
                } else {
                    format!("version {then} then, {now} now")
                };
                if changes.is_empty() {
                    return format!(
                        "The record changed since the figure was made ({version}), but none of the figure's events did."
                    );
                }
                let counts = self.counts();
                let counts = counts.iter().enumerate().map(|(place, (kind, count))| {
                    let noun = match (place, count) {
                        (0, 1) => " event",
                        (0, _) => " events",
                        _ => "",
                    };
                    format!("{}{noun} {}", words::thousands(*count), kind.label())
                });
                let counts = counts.collect::<Vec<_>>().join(", ");
                format!("Since the figure was made the record changed ({version}): {counts}.")
            }
            Self::Summed { then, now, same: true } => {
                debug_assert_eq!(then, now);
                format!(
                    "The record changed since the figure was made, but none of the figure's {} events did.",
                    words::thousands(*then)
                )
            }
            Self::Summed { then, now, same: false } => format!(
                "Since the figure was made its events changed: it drew {}, and would draw {} now. So many are not \
                 listed in a figure, so that it cannot say which.",
                words::thousands(*then),
                words::thousands(*now)
            ),
        }
    }
}

/// What became of the events of a list; `now` is what would be listed.
pub(in crate::data) fn changes(
    then: &DrawnEvents,
    record: &Record,
    now: impl Iterator<Item = crate::domain::EventIndex>,
) -> Vec<Change> {
    let rows = then.rows.as_deref().unwrap_or_default();
    let before: BTreeMap<&str, &str> =
        rows.iter().map(|row| (row.id.as_str(), row.fingerprint.as_str())).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let as_now = |kind, index| {
        let event = record.event(index);
        let site = record.site(event.site).name.clone();
        Change { kind, id: record.id(index), days: event.date.span, site }
    };
    for index in now {
        let id = record.id(index);
        let known = before.get(id.as_str());
        seen.insert(id);
        match known {
            None => found.push(as_now(ChangeKind::Added, index)),
            Some(known) if **known != fingerprint(record, index) => {
                found.push(as_now(ChangeKind::Changed, index));
            }
            Some(_) => {}
        }
    }
    for row in rows.iter().filter(|row| !seen.contains(row.id.as_str())) {
        found.push(match record.find_event(&row.id) {
            Some(index) => as_now(ChangeKind::NotShown, index),
            None => Change {
                kind: ChangeKind::Withdrawn,
                id: row.id.clone(),
                days: row.days,
                site: then.site_name(row).to_owned(),
            },
        });
    }
    found.sort_by(|a, b| (a.kind, a.days.first(), &a.id).cmp(&(b.kind, b.days.first(), &b.id)));
    found
}
