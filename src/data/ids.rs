//! Identifiers: which row of which table each one stands for, while a package is read.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::lines::TableName;

/// What an identifier leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A row, by its place in the dataset's list.
    Row(u32),
    /// A row that could not be used.
    LeftOut,
    /// Nobody can say: nothing of the table could be read.
    Unread,
    /// Nothing.
    Nothing,
}

/// Place of each row in its table, by identifier; `None` for one that was left out.
#[derive(Debug, Default)]
pub(super) struct Ids {
    tables: BTreeMap<TableName, HashMap<String, Option<u32>>>,
    unread: HashSet<TableName>,
}

impl Ids {
    /// Gives a row its place; `false` when an earlier row has the identifier.
    pub(super) fn register(&mut self, table: TableName, id: &str, place: u32) -> bool {
        let places = self.tables.entry(table).or_default();
        let is_new = !places.contains_key(id);
        if is_new {
            places.insert(id.to_owned(), Some(place));
        }
        is_new
    }

    /// Gives the rows of a table new places; those that are not named were left out.
    pub(super) fn place_again<'a>(&mut self, table: TableName, ids: impl Iterator<Item = &'a str>) {
        let places = self.tables.entry(table).or_default();
        // All are kept, in no order.
        places.retain(|_, place| {
            *place = None;
            true
        });
        for (new, id) in (0..).zip(ids) {
            if let Some(place) = places.get_mut(id) {
                *place = Some(new);
            }
        }
    }

    /// No row of the table could be used.
    pub(super) fn mark_unread(&mut self, table: TableName) {
        self.unread.insert(table);
    }

    pub(super) fn is_unread(&self, table: TableName) -> bool {
        self.unread.contains(&table)
    }

    pub(super) fn find(&self, table: TableName, id: &str) -> Found {
        match self.tables.get(&table).and_then(|places| places.get(id)) {
            Some(Some(place)) => Found::Row(*place),
            _ if self.is_unread(table) => Found::Unread,
            Some(None) => Found::LeftOut,
            None => Found::Nothing,
        }
    }
}
