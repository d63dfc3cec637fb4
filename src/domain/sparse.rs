//! Values that few of many events have. Where there is none they take as much room as an address.

use std::ops::{Deref, DerefMut};

use super::{ActorIndex, ActorList};

/// A value that few have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sparse<T>(Option<Box<T>>);

impl<T> Sparse<T> {
    /// A copy of it.
    #[must_use]
    pub fn get(&self) -> Option<T>
    where
        T: Copy,
    {
        self.0.as_deref().copied()
    }

    /// What it is.
    #[must_use]
    pub fn as_ref(&self) -> Option<&T> {
        self.0.as_deref()
    }

    /// What it is, to be changed.
    pub fn as_mut(&mut self) -> Option<&mut T> {
        self.0.as_deref_mut()
    }
}

impl Sparse<String> {
    /// The text.
    #[must_use]
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref().map(String::as_str)
    }
}

impl<T> Default for Sparse<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> From<Option<T>> for Sparse<T> {
    fn from(value: Option<T>) -> Self {
        Self(value.map(Box::new))
    }
}

/// Actors of which few events have any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SparseActors(Option<Box<ActorList>>);

impl SparseActors {
    /// Adds one.
    pub fn push(&mut self, actor: ActorIndex) {
        self.0.get_or_insert_default().push(actor);
    }
}

impl Deref for SparseActors {
    type Target = [ActorIndex];

    fn deref(&self) -> &[ActorIndex] {
        self.0.as_deref().map_or(&[], |actors| actors)
    }
}

impl DerefMut for SparseActors {
    fn deref_mut(&mut self) -> &mut [ActorIndex] {
        self.0.as_deref_mut().map_or(&mut [], |actors| actors)
    }
}

impl FromIterator<ActorIndex> for SparseActors {
    fn from_iter<I: IntoIterator<Item = ActorIndex>>(actors: I) -> Self {
        let actors: ActorList = actors.into_iter().collect();
        Self((!actors.is_empty()).then(|| Box::new(actors)))
    }
}

impl<'a> IntoIterator for &'a SparseActors {
    type Item = &'a ActorIndex;
    type IntoIter = std::slice::Iter<'a, ActorIndex>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Event;

    #[test]
    fn an_event_takes_little_room() {
        assert!(size_of::<Event>() <= 160, "{}", size_of::<Event>());
        assert_eq!(size_of::<Sparse<f64>>(), size_of::<usize>());
    }

    #[test]
    fn a_list_of_no_actors_is_an_empty_one() {
        let mut list = SparseActors::default();
        assert!(list.is_empty());
        assert_eq!(list, std::iter::empty().collect());
        list.push(ActorIndex(3));
        assert_eq!(*list, [ActorIndex(3)]);
    }
}
