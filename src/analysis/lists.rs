//! Many short lists in one piece of memory.

/// A list for each number from zero on.
#[derive(Clone, Debug)]
pub(super) struct Lists<T> {
    /// Where each list begins in `items`, and where the last one ends.
    starts: Vec<usize>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { starts: Vec::new(), items: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// The lists in their order.
    pub(super) fn new(lists: impl IntoIterator<Item = Vec<T>>) -> Self {
        let mut made = Self { starts: vec![0], items: Vec::new() };
        for list in lists {
            made.items.extend(list);
            made.starts.push(made.items.len());
        }
        made
    }

    /// Lists of items, each with the number of its list below `lists`; the items of a list keep their order.
    pub(super) fn grouped(lists: usize, items: impl Iterator<Item = (usize, T)> + Clone) -> Self
    where
        T: Copy,
    {
        let mut starts = vec![0; lists + 1];
        for (number, _) in items.clone() {
            starts[number + 1] += 1;
        }
        for number in 0..lists {
            starts[number + 1] += starts[number];
        }
        let mut next = starts.clone();
        let Some((_, any)) = items.clone().next() else {
            return Self { starts, items: Vec::new() };
        };
        let mut grouped: Vec<T> = vec![any; starts[lists]];
        for (number, item) in items {
            grouped[next[number]] = item;
            next[number] += 1;
        }
        Self { starts, items: grouped }
    }

    /// The list of a number; empty beyond the last.
    pub(super) fn of(&self, number: usize) -> &[T] {
        match (self.starts.get(number), self.starts.get(number.saturating_add(1))) {
            (Some(&from), Some(&to)) => &self.items[from..to],
            _ => &[],
        }
    }

    /// All lists in their order.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &[T]> {
        self.starts.windows(2).map(|ends| &self.items[ends[0]..ends[1]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_comes_back_and_there_is_none_beyond_the_last() {
        let lists = Lists::new([vec![1, 2], vec![], vec![3]]);
        let found: Vec<&[i32]> = (0..5).map(|n| lists.of(n)).collect();
        assert_eq!(found, [&[1, 2][..], &[], &[3], &[], &[]]);
    }

    #[test]
    fn what_is_grouped_keeps_its_order() {
        let lists = Lists::grouped(3, [(2, 'a'), (0, 'b'), (2, 'c')].into_iter());
        let found: Vec<&[char]> = (0..4).map(|n| lists.of(n)).collect();
        assert_eq!(found, [&['b'][..], &[], &['a', 'c'], &[]]);
    }
}
