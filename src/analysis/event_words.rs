//! One event in words: what was used, who was harmed, who is said to have done it.

use crate::domain::{
    Casualties, Code as _, CountRange, Dataset, Day, DaySpan, Event, Report, Source, Weapon,
};

/// "rocket, 5", "one-way drone, at least 2" or "rocket, number not reported".
#[must_use]
pub fn weapon(event: &Event) -> String {
    match event.munitions.get() {
        Some(n) => format!("{}, {}", event.weapon.label(), n.words()),
        None => format!("{}, number not reported", event.weapon.label()),
    }
}

/// What happened, in few words: the weapon where the record is of attacks or the weapon is known, else the kind of event, or its class.
#[must_use]
pub fn what(dataset: &Dataset, event: &Event) -> String {
    if dataset.classes.are_directions() || event.weapon != Weapon::Unknown {
        return weapon(event);
    }
    dataset.kind(event).unwrap_or_else(|| dataset.classes.label(event.direction)).to_owned()
}

/// Killed and wounded as ranges by group; silence is not zero.
#[must_use]
pub fn casualties(event: &Event) -> String {
    if event.killed.reported_none() && event.wounded.reported_none() {
        return format!("none reported ({})", groups(&event.killed));
    }
    let part = |name: &str, c: &Casualties| {
        if c.reported_none() {
            return format!("{name} none ({})", groups(c));
        }
        let counts: Vec<_> = c
            .reported()
            .filter(|(_, n)| n.high() != Some(0))
            .map(|(group, n)| format!("{} {}", n.words(), group.label()))
            .collect();
        if counts.is_empty() {
            format!("{name} not reported")
        } else {
            format!("{name} {}", counts.join(", "))
        }
    };
    let (killed, wounded) = (event.killed.reported().next(), event.wounded.reported().next());
    match (killed, wounded) {
        (None, None) => "not reported".to_owned(),
        _ => format!("{}; {}", part("killed", &event.killed), part("wounded", &event.wounded)),
    }
}

fn groups(casualties: &Casualties) -> String {
    casualties.reported().map(|(g, _)| g.label()).collect::<Vec<_>>().join(", ")
}

/// Names of actors, or `None` when there is none.
#[must_use]
pub fn actors(dataset: &Dataset, list: &[crate::domain::ActorIndex]) -> Option<String> {
    let names: Vec<_> = list.iter().map(|a| dataset.actor(*a).name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Who is to be named for some sources, each once, in their order.
#[must_use]
pub fn publishers(dataset: &Dataset, sources: &[crate::domain::SourceIndex]) -> String {
    let mut names: Vec<String> = Vec::new();
    for source in sources {
        let name = dataset.source(*source).credit();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// "Al Jazeera Net, 6 January 2022, news, paragraph 2".
#[must_use]
pub fn source(source: &Source, locator: Option<&str>) -> String {
    let date = published(source);
    let mut words = format!("{}, {date}, {}", source.credit(), source.kind.label());
    if let Some(locator) = locator {
        words.push_str(", ");
        words.push_str(locator);
    }
    words
}

/// When a source was published: "6 January 2022", "6 to 9 January 2022", "July 2021" or "date unknown".
#[must_use]
pub fn published(source: &Source) -> String {
    let Some(date) = source.published.as_deref() else { return "date unknown".to_owned() };
    let parsed = match date.split_once('/') {
        Some((first, last)) => {
            Day::parse(first).and_then(|f| Day::parse(last).map(|l| DaySpan::between(f, l)))
        }
        None => DaySpan::parse(date),
    };
    parsed.map_or_else(|_| date.to_owned(), super::words::span)
}

/// What a report says: its note, else its own numbers.
#[must_use]
pub fn report(report: &Report) -> String {
    let report = report.said();
    if let Some(note) = &report.note {
        return note.clone();
    }
    let mut parts = Vec::new();
    if let Some(date) = report.date_text.as_ref().or(report.date.as_ref()) {
        parts.push(format!("date: {date}"));
    }
    if let Some(place) = &report.place {
        parts.push(format!("place: {place}"));
    }
    for (name, count) in
        [("count", report.count), ("killed", report.killed), ("wounded", report.wounded)]
    {
        if let Some(words) = count.map(CountRange::words) {
            parts.push(format!("{name}: {words}"));
        }
    }
    if parts.is_empty() { "reports the event".to_owned() } else { parts.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PersonGroup;

    fn event() -> Event {
        use crate::domain::SiteIndex;
        Event::new(DaySpan::day(Day::from_number(19_000)), SiteIndex(0))
    }

    fn check(
        killed: Option<(u32, Option<u32>)>,
        wounded: Option<(u32, Option<u32>)>,
        expected: &str,
    ) {
        let make = |c: Option<(u32, Option<u32>)>| {
            Casualties::default()
                .with(PersonGroup::Coalition, c.and_then(|(l, h)| CountRange::new(l, h)))
        };
        let mut event = event();
        event.killed = make(killed);
        event.wounded = make(wounded);
        assert_eq!(casualties(&event), expected);
    }

    #[test]
    fn silence_about_casualties_is_not_said_as_zero() {
        check(None, None, "not reported");
        check(Some((0, Some(0))), Some((0, Some(0))), "none reported (US and coalition)");
        check(Some((0, Some(0))), None, "killed none (US and coalition); wounded not reported");
        check(
            None,
            Some((109, Some(110))),
            "killed not reported; wounded 109–110 US and coalition",
        );
        check(
            Some((2, None)),
            Some((0, Some(0))),
            "killed at least 2 US and coalition; wounded none (US and coalition)",
        );
    }
}
