//! Counting rules: what counts as an attack. The rule in force is named wherever a number stands.

use serde::{Deserialize, Serialize};

use crate::domain::{Direction, Event};

/// A named counting rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Attacks on US and coalition forces, reported: fired, intercepted or thwarted, by armed groups,
    /// the Iranian state or persons unknown.
    #[default]
    Attacks,
    /// Every event in the record, strikes by the US and the coalition and seizures included.
    Everything,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 2] = [Self::Attacks, Self::Everything];

    /// Word on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Attacks => "attacks",
            Self::Everything => "everything",
        }
    }

    /// What stands on views and figures.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Attacks => "attacks on US and coalition forces, reported",
            Self::Everything => "everything in the record",
        }
    }

    /// What one counted thing is called: "attack" or "event".
    #[must_use]
    pub fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::Attacks, 1) => "attack",
            (Self::Attacks, _) => "attacks",
            (Self::Everything, 1) => "event",
            (Self::Everything, _) => "events",
        }
    }

    /// Whether the event counts.
    #[must_use]
    pub fn counts(self, event: &Event) -> bool {
        match self {
            Self::Everything => true,
            Self::Attacks => matches!(
                event.direction,
                Direction::AttackOnCoalition
                    | Direction::Interception
                    | Direction::IranianStateStrike
            ),
        }
    }
}
