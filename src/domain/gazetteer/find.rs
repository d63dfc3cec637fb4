//! Which place a name is that of.

use std::collections::BTreeSet;

use super::make::without_base;
use super::within::Within;
use super::{EntryKind, Gazetteer, Name, Named};
use crate::domain::{PlacePrecision, SaidKind, place_keys, said_kind};

/// A place as somebody's table says it; empty where it does not.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sought<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its Arabic name.
    pub name_ar: &'a str,
    /// Governorate or province.
    pub governorate: &'a str,
    /// ISO 3166-1 alpha-2 where it is known, else as it is written.
    pub country: &'a str,
    /// Whether it is said to be a town.
    pub is_town: bool,
}

/// What a name was found to be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The one place that it can be, by its number.
    pub one: Option<Match>,
    /// Places that it may be, where it is not one: several of the name, or one of which something does not agree.
    pub candidates: Vec<u32>,
    /// Whether several have the name and agree with all that is said.
    pub is_ambiguous: bool,
}

/// A place that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Its number.
    pub entry: u32,
    /// How precisely the name says where: no more than the entry.
    pub precision: PlacePrecision,
    /// Whether the radius of the entry holds for it.
    pub has_radius: bool,
}

impl Gazetteer {
    /// Which place somebody's words name.
    #[must_use]
    pub fn find(&self, sought: &Sought<'_>) -> Found {
        let Some(within) = Within::of(self, sought) else { return Found::default() };
        let mut hits: Option<Hits> = None;
        for name in [sought.name, sought.name_ar] {
            let found = self.named(name, &within, sought.is_town);
            hits = match (hits, found) {
                (Some(one), Some(other)) => Some(one.both(other)),
                (one, other) => one.or(other),
            };
        }
        hits.map_or_else(Found::default, |hits| hits.found(self))
    }

    /// Places that have a name, by how well they fit; `None` where there are none.
    fn named(&self, name: &str, within: &Within, is_town: bool) -> Option<Hits> {
        if name.is_empty() {
            return None;
        }
        self.whole(name, within, is_town).or_else(|| {
            // "Balad, Salah al-Din, Iraq": what follows says where.
            let (name, rest) = name.split_once([',', '،'])?;
            let mut within = within.clone();
            for part in rest.split([',', '،']).map(str::trim).filter(|part| !part.is_empty()) {
                within = within.and(self, part)?;
            }
            self.whole(name.trim(), &within, is_town)
        })
    }

    fn whole(&self, name: &str, within: &Within, is_town: bool) -> Option<Hits> {
        let (bare, said) = said_kind(name);
        let said = said.or(is_town.then_some(SaidKind::Town));
        let mut all: Vec<Name> = Vec::new();
        for key in place_keys(name).iter().chain(&place_keys(&bare)) {
            all.extend(self.by_key.get(key).into_iter().flatten().filter(|n| n.how != Named::Bare));
        }
        let governorates = self.governorates.all(&bare).filter(|(_, is_part)| !is_part);
        let governorates: Vec<u32> =
            governorates.filter_map(|(area, _)| self.of_area.get(&area).copied()).collect();
        if all.is_empty() && governorates.is_empty() {
            for key in place_keys(&without_base(name)?) {
                all.extend(
                    self.by_key.get(&key).into_iter().flatten().filter(|n| n.how == Named::Bare),
                );
            }
        }
        let mut hits = Hits::default();
        hits.itself.extend(all.iter().filter(|n| n.is_itself).map(|n| n.entry));
        let of = |kind: EntryKind, how: Named| -> BTreeSet<u32> {
            let of_kind =
                all.iter().filter(|n| n.how == how && self.entries[n.entry as usize].kind == kind);
            of_kind.map(|n| n.entry).collect()
        };
        let towns = of(EntryKind::Town, Named::Own);
        let sites = [Named::Own, Named::Other, Named::Bare].map(|how| of(EntryKind::Site, how));
        let wants = |kind: SaidKind| said.is_none_or(|said| said == kind);
        // What is better named goes before what is only also called so.
        let mut ranks: Vec<BTreeSet<u32>> = Vec::new();
        if wants(SaidKind::Town) {
            ranks.push(towns);
        }
        if said != Some(SaidKind::Governorate) {
            ranks.extend(sites);
        }
        for rank in ranks {
            let holds = |n: &u32| within.holds(&self.entries[*n as usize]);
            let (agree, other): (Vec<u32>, Vec<u32>) = rank.into_iter().partition(holds);
            hits.others.extend(other);
            if hits.agree.is_empty() {
                hits.agree = agree;
            }
        }
        if wants(SaidKind::Governorate) {
            for number in governorates {
                let entry = &self.entries[number as usize];
                // Within its own governorate a name that both have is that of the town.
                if !within.holds(entry) || (within.is_said() && !hits.agree.is_empty()) {
                    continue;
                }
                hits.agree.push(number);
            }
        }
        if within.says_nothing() && !hits.agree.is_empty() {
            // Nobody says that it is not the town of that name in another country.
            hits.agree.append(&mut hits.others);
        }
        (!hits.agree.is_empty() || !hits.others.is_empty()).then_some(hits)
    }
}

/// Places that have a name.
#[derive(Clone, Debug, Default)]
struct Hits {
    /// Those that agree with what else is said.
    agree: Vec<u32>,
    /// Those that do not, or of which nobody can say.
    others: Vec<u32>,
    /// Those of which the name is that of nothing beside them.
    itself: BTreeSet<u32>,
}

impl Hits {
    /// What both names say.
    fn both(self, other: Self) -> Self {
        let shared: Vec<u32> =
            self.agree.iter().copied().filter(|n| other.agree.contains(n)).collect();
        let itself = &self.itself | &other.itself;
        if !shared.is_empty() {
            return Self { agree: shared, others: self.others, itself };
        }
        let agree = [self.agree, other.agree].concat();
        Self { agree, others: [self.others, other.others].concat(), itself }
    }

    fn found(self, gazetteer: &Gazetteer) -> Found {
        let mut agree = self.agree;
        agree.sort_unstable();
        agree.dedup();
        if let [one] = agree[..] {
            let one = gazetteer.matched(one, self.itself.contains(&one));
            return Found { one, ..Found::default() };
        }
        let is_ambiguous = agree.len() > 1;
        let mut candidates = if is_ambiguous { agree } else { self.others };
        candidates.sort_unstable();
        candidates.dedup();
        Found { one: None, candidates, is_ambiguous }
    }
}

impl Gazetteer {
    /// What a name says that is that of a place. A name that does not say that it is a base, an airport or the like may be that of
    /// the settlement beside it.
    fn matched(&self, number: u32, is_itself: bool) -> Option<Match> {
        let entry = self.entry(number)?;
        let is_itself =
            is_itself || entry.kind != EntryKind::Site || entry.precision > PlacePrecision::Site;
        let precision = if is_itself { entry.precision } else { PlacePrecision::Settlement };
        Some(Match { entry: number, precision, has_radius: is_itself })
    }

    /// What a person chose.
    #[must_use]
    pub fn chosen(&self, number: u32) -> Option<Match> {
        let entry = self.entry(number)?;
        Some(Match { entry: number, precision: entry.precision, has_radius: true })
    }
}
