//! One name that stands for two rows: two spellings of one base must not become two markers, nor two
//! spellings of one agency two voices.

use std::collections::BTreeMap;

use super::{Cell, Findings};
use crate::data::lines::TableName;
use crate::domain::fold;

/// The fewest letters that must be left of a name when an article is taken off.
const SHORTEST_STEM: usize = 3;

pub(super) fn check(findings: &mut Findings<'_>) {
    let dataset = findings.dataset;
    let sites = dataset.sites.iter().map(|s| Named {
        id: &s.id,
        name: &s.name,
        name_ar: s.name_ar.as_deref(),
        aliases: &s.aliases,
    });
    shared_names(findings, TableName::Sites, sites);
    let actors = dataset.actors.iter().map(|a| Named {
        id: &a.id,
        name: &a.name,
        name_ar: a.name_ar.as_deref(),
        aliases: &a.aliases,
    });
    shared_names(findings, TableName::Actors, actors);
    spellings_of_origins(findings);
}

struct Named<'a> {
    id: &'a str,
    name: &'a str,
    name_ar: Option<&'a str>,
    aliases: &'a [String],
}

impl<'a> Named<'a> {
    /// Each name with the column that it stands in.
    fn names(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        let aliases = self.aliases.iter().map(|a| ("aliases", a.as_str()));
        let name_ar = self.name_ar.map(|n| ("name_ar", n));
        std::iter::once(("name", self.name)).chain(name_ar).chain(aliases)
    }
}

fn shared_names<'a>(
    findings: &mut Findings<'_>,
    table: TableName,
    rows: impl Iterator<Item = Named<'a>>,
) {
    let mut owner: BTreeMap<String, (usize, &str, &str)> = BTreeMap::new();
    for (row, named) in rows.enumerate() {
        let mut told = Vec::new();
        for (column, name) in named.names() {
            let key = spelling_key(name);
            if key.is_empty() {
                continue;
            }
            let (first, id, other) = *owner.entry(key).or_insert((row, named.id, name));
            if first == row || told.contains(&first) {
                continue;
            }
            // A camp, its town and the road through it share one short Arabic name.
            let may_be_right = table == TableName::Sites && is_arabic(name);
            if !may_be_right {
                told.push(first);
            }
            let first = findings.named(table, first, id);
            let own = named.id;
            let what = if other == name {
                format!("{own}: \"{name}\" is a name of {first} too")
            } else {
                format!("{own}: \"{name}\" is a spelling of \"{other}\", a name of {first}")
            };
            let advice = "make the two one row, or tell them apart by name";
            if may_be_right {
                findings.remark((table, row, column), what, advice);
            } else {
                findings.error((table, row, column), what, advice);
            }
        }
    }
}

/// An agency that is spelled in two ways may count as two independent sources.
fn spellings_of_origins(findings: &mut Findings<'_>) {
    let mut first: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (row, source) in findings.dataset.sources.iter().enumerate() {
        let origin = source.origin.as_str();
        let (earlier, other) = *first.entry(spelling_key(origin)).or_insert((row, origin));
        if other != origin {
            let cell: Cell = (TableName::Sources, row, "origin");
            let id = &findings.dataset.sources[earlier].id;
            let named = findings.named(TableName::Sources, earlier, id);
            let what = format!("\"{origin}\" is a spelling of \"{other}\", the origin of {named}");
            findings.remark(cell, what, "spell it in one way if it is one outlet");
        }
    }
}

/// What two spellings of one name share: the folded words without articles and without the gaps.
pub(super) fn spelling_key(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(' ').filter(|word| !matches!(*word, "al" | "el" | "the"));
    words.map(without_arabic_article).collect()
}

fn is_arabic(name: &str) -> bool {
    name.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c))
}

fn without_arabic_article(word: &str) -> &str {
    match word.strip_prefix("ال") {
        Some(stem) if stem.chars().count() >= SHORTEST_STEM => stem,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, same: bool) {
        let (a, b) = (spelling_key(a), spelling_key(b));
        assert_eq!(a == b, same, "{a} {b}");
    }

    #[test]
    fn spellings_of_one_name_share_a_key_and_names_do_not() {
        check("Ayn al-Assad", "Ayn Asad", true);
        check("Al-Qa'im", "el Qaim", true);
        check("air base", "AIRBASE", true);
        check("الأسد", "اسد", true);
        check("القائم", "قائم", true);
        check("Camp North", "Camp South", false);
        check("Balad", "Baladruz", false);
        check("الله", "له", false);
        check("K-1", "K-11", false);
    }
}
