//! Counting rules: what counts as an attack. The rule in force is named wherever a number stands.

use serde::{Deserialize, Serialize};

use crate::domain::{Classes, Direction, Event, Status};

/// A named counting rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Attacks on US and coalition forces, reported: fired, intercepted or thwarted, by armed groups,
    /// the Iranian state or persons unknown.
    #[default]
    Attacks,
    /// Those of them that the side that was hit, the side that struck or the host government acknowledges.
    Confirmed,
    /// Those of them that two sources of different origin confirm or report; see
    /// [`super::Record::independent_sources`].
    TwoSources,
    /// Every event in the record, strikes by the US and the coalition and seizures included.
    Everything,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 4] = [Self::Attacks, Self::Confirmed, Self::TwoSources, Self::Everything];

    /// The rules that say something of a dataset: all where its classes say what an attack is, else the one that counts
    /// everything.
    #[must_use]
    pub fn offered(classes: &Classes) -> &'static [Self] {
        if classes.are_directions() { &Self::ALL } else { &[Self::Everything] }
    }

    /// The rule that a dataset opens with.
    #[must_use]
    pub fn of(classes: &Classes) -> Self {
        if classes.are_directions() { Self::default() } else { Self::Everything }
    }

    /// Word on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Attacks => "attacks",
            Self::Confirmed => "confirmed",
            Self::TwoSources => "two-sources",
            Self::Everything => "everything",
        }
    }

    /// What stands on views and figures.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Attacks => "attacks on US and coalition forces, reported",
            Self::Confirmed => "attacks confirmed by the target or a government",
            Self::TwoSources => "attacks with two or more independent sources",
            Self::Everything => "everything in the record",
        }
    }

    /// A name for buttons and lists.
    #[must_use]
    pub fn short_label(self) -> &'static str {
        match self {
            Self::Attacks => "Attacks",
            Self::Confirmed => "Confirmed",
            Self::TwoSources => "Two sources",
            Self::Everything => "Everything",
        }
    }

    /// What the rule counts, in one sentence.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Self::Attacks => {
                "Counts what is reported as aimed at US or coalition forces, intercepted and thwarted \
                 attacks and strikes of the Iranian state included, whoever reports it."
            }
            Self::Confirmed => {
                "Counts those attacks that the side that was hit, the side that struck or the host \
                 government acknowledges."
            }
            Self::TwoSources => {
                "Counts those attacks that two or more sources of different origin confirm or report; \
                 a source that only passes on a claim of responsibility, or disputes the attack, is \
                 none of the two."
            }
            Self::Everything => {
                "Counts every event in the record, strikes by the US and the coalition and seizures \
                 included."
            }
        }
    }

    /// What the title of a figure calls the counted things.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Attacks => "Attacks on US and coalition forces",
            Self::Confirmed => "Confirmed attacks on US and coalition forces",
            Self::TwoSources => "Attacks on US and coalition forces told by two sources or more",
            Self::Everything => "Events in the record",
        }
    }

    /// What one counted thing is called: "attack" or "event".
    #[must_use]
    pub fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::Everything, 1) => "event",
            (Self::Everything, _) => "events",
            (_, 1) => "attack",
            (_, _) => "attacks",
        }
    }

    /// Why the rule does not count an attack; empty when it counts them all.
    #[must_use]
    pub fn shortfall(self) -> &'static str {
        match self {
            Self::Attacks | Self::Everything => "",
            Self::Confirmed => "not confirmed",
            Self::TwoSources => "fewer than two independent sources",
        }
    }

    /// Whether an event counts that this many sources of different origin confirm or report.
    #[must_use]
    pub fn counts(self, event: &Event, independent_sources: usize) -> bool {
        let attack = is_attack(event.direction);
        match self {
            Self::Attacks => attack,
            Self::Confirmed => attack && event.status == Status::Confirmed,
            Self::TwoSources => attack && independent_sources >= 2,
            Self::Everything => true,
        }
    }
}

/// Whether events of this direction are attacks on US or coalition forces.
#[must_use]
pub fn is_attack(direction: Direction) -> bool {
    match direction {
        Direction::AttackOnCoalition | Direction::Interception | Direction::IranianStateStrike => {
            true
        }
        Direction::UsOrCoalitionStrike | Direction::Seizure | Direction::Other => false,
    }
}
