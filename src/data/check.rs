//! What a data package must hold true beyond what each row can show by itself.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::problem::{Location, Problem};
use crate::domain::{Dataset, Day, Event, EventIndex};

/// Problems across rows and tables, sorted; those of reading are in [`super::Loaded::problems`].
#[must_use]
pub fn check(dataset: &Dataset) -> Vec<Problem> {
    let mut problems = Vec::new();
    references(dataset, &mut problems);
    for index in dataset.event_indices() {
        event(dataset, index, &mut problems);
    }
    circles(dataset, &mut problems);
    one_place_one_site(dataset, &mut problems);
    same_day_same_site(dataset, &mut problems);
    reports_before_events(dataset, &mut problems);
    problems.sort();
    problems
}

fn problem(table: &str, row: &str, column: &str, what: &str, hint: &str) -> Problem {
    Problem {
        location: Location { file: table.to_owned(), line: None, column: Some(column.to_owned()) },
        what: format!("{row}: {what}"),
        hint: hint.to_owned(),
    }
}

fn references(dataset: &Dataset, problems: &mut Vec<Problem>) {
    let sites: HashSet<_> = dataset.sites.iter().map(|s| s.id.as_str()).collect();
    for site in &dataset.sites {
        if let Some(parent) = site.part_of.as_deref().filter(|p| !sites.contains(p)) {
            problems.push(problem(
                "sites",
                &site.id,
                "part_of",
                &format!("there is no site \"{parent}\""),
                "correct the identifier",
            ));
        }
    }
    let actors: HashSet<_> = dataset.actors.iter().map(|a| a.id.as_str()).collect();
    for actor in &dataset.actors {
        if let Some(parent) = actor.parent.as_deref().filter(|p| !actors.contains(p)) {
            problems.push(problem(
                "actors",
                &actor.id,
                "parent",
                &format!("there is no actor \"{parent}\""),
                "correct the identifier",
            ));
        }
    }
    let events: HashSet<_> = dataset.events.iter().map(|e| e.id.as_str()).collect();
    for event in &dataset.events {
        for other in event.distinct_from.iter().filter(|o| !events.contains(o.as_str())) {
            problems.push(problem(
                "events",
                &event.id,
                "distinct_from",
                &format!("there is no event \"{other}\""),
                "correct the identifier",
            ));
        }
    }
}

fn event(dataset: &Dataset, index: EventIndex, problems: &mut Vec<Problem>) {
    let event = dataset.event(index);
    if dataset.reports_of(index).is_empty() {
        problems.push(problem(
            "events",
            &event.id,
            "id",
            "no report says so",
            "add a row to reports with the source",
        ));
    }
    if event.precision.is_point() && event.position.or(dataset.site(event.site).position).is_none()
    {
        problems.push(problem(
            "events",
            &event.id,
            "place_precision",
            "the place is said to be known, but there is no position",
            "add the position to the site",
        ));
    }
}

/// A site cannot be part of itself, nor an actor its own parent, however many steps away.
fn circles(dataset: &Dataset, problems: &mut Vec<Problem>) {
    let sites = dataset.sites.iter().map(|s| (s.id.as_str(), s.part_of.as_deref()));
    let actors = dataset.actors.iter().map(|a| (a.id.as_str(), a.parent.as_deref()));
    for (table, column, rows) in [
        ("sites", "part_of", sites.collect::<BTreeMap<_, _>>()),
        ("actors", "parent", actors.collect()),
    ] {
        for (id, first) in &rows {
            let mut above = *first;
            let mut seen = BTreeSet::new();
            while let Some(next) = above.filter(|n| seen.insert(*n)) {
                if next == *id {
                    let hint = "correct one of the rows of the circle";
                    problems.push(problem(table, id, column, "it stands above itself", hint));
                }
                above = rows.get(next).copied().flatten();
            }
        }
    }
}

/// Two sites that share a name or another spelling are one place on the map twice.
fn one_place_one_site(dataset: &Dataset, problems: &mut Vec<Problem>) {
    let plain = |name: &str| -> String {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let mut owner: BTreeMap<String, &str> = BTreeMap::new();
    for site in &dataset.sites {
        let names = std::iter::once(&site.name).chain(&site.aliases);
        let names: BTreeSet<String> = names.map(|n| plain(n)).filter(|n| !n.is_empty()).collect();
        for name in names {
            match owner.get(&name) {
                Some(other) => problems.push(problem(
                    "sites",
                    &site.id,
                    "name",
                    &format!("shares a name or another spelling with {other}"),
                    "make the two one site, or tell them apart by name",
                )),
                None => {
                    owner.insert(name, &site.id);
                }
            }
        }
    }
}

/// Two events at one site on one day are one event told twice, unless the table says that they are two.
fn same_day_same_site(dataset: &Dataset, problems: &mut Vec<Problem>) {
    let mut groups: BTreeMap<_, Vec<&Event>> = BTreeMap::new();
    for event in &dataset.events {
        if event.date.span.days() == 1 && event.precision.is_point() {
            groups.entry((event.date.span.first(), event.site)).or_default().push(event);
        }
    }
    for group in groups.values() {
        // Each with the next: a day with hundreds of rows is told in hundreds of lines, not their square.
        for pair in group.windows(2) {
            let [a, b] = pair else { continue };
            if !a.distinct_from.contains(&b.id) && !b.distinct_from.contains(&a.id) {
                problems.push(problem(
                    "events",
                    &a.id,
                    "distinct_from",
                    &format!("the same day and site as {}", b.id),
                    "merge the two, or name the other in distinct_from",
                ));
            }
        }
    }
}

/// A source cannot report what had not happened when it was published. A page carries the day of its
/// own time zone, which in America is that before the one in Iraq: one day is let pass.
fn reports_before_events(dataset: &Dataset, problems: &mut Vec<Problem>) {
    for report in &dataset.reports {
        let (event, source) = (dataset.event(report.event), dataset.source(report.source));
        let published = source.published.as_deref().and_then(|p| Day::parse(p).ok());
        if published.is_some_and(|p| p.plus(1) < event.date.span.first()) {
            problems.push(problem(
                "reports",
                &event.id,
                "source",
                &format!("{} was published before the event", source.id),
                "correct one of the two dates, or the source",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Actor, ActorKind};

    fn actor(id: &str, parent: Option<&str>) -> Actor {
        Actor {
            id: id.to_owned(),
            name: id.to_owned(),
            name_ar: None,
            aliases: Vec::new(),
            kind: ActorKind::ArmedGroup,
            parent: parent.map(str::to_owned),
            description: None,
        }
    }

    #[test]
    fn a_circle_of_parents_is_told_and_ends() {
        let actors = vec![
            actor("a", Some("b")),
            actor("b", Some("c")),
            actor("c", Some("b")),
            actor("d", None),
        ];
        let told: Vec<String> = check(&Dataset { actors, ..Dataset::default() })
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|t| t.contains("stands above itself")), "{told:?}");
    }
}
