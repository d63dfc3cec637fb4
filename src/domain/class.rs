//! The classes of a dataset: what the colours of its events stand for.

use super::code::Code as _;
use super::event::Direction;

/// What the six colours of a dataset stand for.
///
/// An event has one of six slots ([`Direction`]). In this record and others of its kind these are who acted against
/// whom, and the counting rules know what they mean; in a table of somebody else they are what its own column says,
/// the last slot being what is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classes {
    name: String,
    words: Vec<[String; 2]>,
    are_directions: bool,
}

impl Default for Classes {
    fn default() -> Self {
        let words = Direction::ALL.iter().map(|d| [d.code(), d.label()].map(str::to_owned));
        Self { name: "direction".to_owned(), words: words.collect(), are_directions: true }
    }
}

impl Classes {
    /// The most classes that have a colour of their own.
    pub const MOST: usize = Direction::ALL.len();

    /// Classes of another kind: what a class is called, such as "event type", and their names in the order of the slots.
    /// Names beyond [`Self::MOST`] are left out.
    #[must_use]
    pub fn of_others(name: &str, names: impl IntoIterator<Item = String>) -> Self {
        let words = names.into_iter().take(Self::MOST).map(|name| [name.clone(), name]);
        Self { name: name.to_owned(), words: words.collect(), are_directions: false }
    }

    /// What a class is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether they say who acted against whom, so that some of them are attacks.
    #[must_use]
    pub fn are_directions(&self) -> bool {
        self.are_directions
    }

    /// The slots in use.
    pub fn slots(&self) -> impl Iterator<Item = Direction> + use<> {
        Direction::ALL.iter().copied().take(self.words.len())
    }

    /// The word of a class in tables and on the command line.
    #[must_use]
    pub fn code(&self, class: Direction) -> &str {
        self.words.get(class.position()).map_or(class.code(), |[code, _]| code)
    }

    /// What a person reads.
    #[must_use]
    pub fn label(&self, class: Direction) -> &str {
        self.words.get(class.position()).map_or(class.label(), |[_, label]| label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dataset_names_its_own_classes() {
        let own = Classes::default();
        assert_eq!(own.label(Direction::Seizure), "weapons seized");
        assert_eq!((own.slots().count(), own.are_directions()), (6, true));
        let other = Classes::of_others("event type", ["Battles", "Riots"].map(str::to_owned));
        assert_eq!(other.label(Direction::Interception), "Riots");
        assert_eq!((other.slots().count(), other.are_directions()), (2, false));
    }
}
