//! Names that are spelled much like another: to be offered to a person, never to be taken.

use std::collections::BTreeMap;

use super::within::Within;
use super::{Gazetteer, Sought};
use crate::domain::{place_keys, said_kind};

/// Places that are offered for one name.
const MOST: usize = 4;
/// Shorter names are near to too many.
const SHORTEST: usize = 4;

impl Gazetteer {
    /// Places whose names are spelled much like a name that none has, the nearest first, and that agree with what else is said.
    #[must_use]
    pub fn near(&self, sought: &Sought<'_>) -> Vec<u32> {
        let Some(within) = Within::of(self, sought) else { return Vec::new() };
        let (name, _) = said_kind(sought.name);
        let name = name.split([',', '،']).next().unwrap_or_default();
        let mut found: BTreeMap<u32, usize> = BTreeMap::new();
        for key in place_keys(name) {
            let length = key.chars().count();
            if length < SHORTEST {
                continue;
            }
            let most = if length < 7 { 1 } else { 2 };
            for (other, entries) in &self.by_key {
                if other.chars().count().abs_diff(length) > most {
                    continue;
                }
                let steps = strsim::damerau_levenshtein(&key, other);
                if steps > most {
                    continue;
                }
                for name in entries.iter().filter(|n| within.holds(&self.entries[n.entry as usize]))
                {
                    let best = found.entry(name.entry).or_insert(steps);
                    *best = steps.min(*best);
                }
            }
        }
        let mut found: Vec<(usize, u32)> =
            found.into_iter().map(|(entry, steps)| (steps, entry)).collect();
        found.sort_unstable();
        found.into_iter().take(MOST).map(|(_, entry)| entry).collect()
    }
}
