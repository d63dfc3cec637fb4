//! People killed and wounded in several events together, as ranges: silence adds nothing, and is counted.

use super::Record;
use crate::domain::{Casualties, Code as _, CountRange, EventIndex, PersonGroup, SourceIndex};

/// What is reported of people harmed in some events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HarmSum {
    /// How many events.
    pub events: usize,
    /// Of how many of them nothing at all is reported.
    pub silent: usize,
    /// Killed by group, as the record reconciles the reports.
    pub killed: Casualties,
    /// Wounded by group likewise.
    pub wounded: Casualties,
    /// Whose numbers these are: sources with a count of their own for an event in which people were harmed.
    pub counted_by: Vec<SourceIndex>,
}

impl HarmSum {
    /// Whether somebody is reported as harmed.
    #[must_use]
    pub fn any(&self) -> bool {
        self.killed.any() || self.wounded.any()
    }
}

/// Adds up what is reported of some events.
#[must_use]
pub fn harm_sum(record: &Record, events: impl IntoIterator<Item = EventIndex>) -> HarmSum {
    let mut sum = HarmSum::default();
    for index in events {
        let event = record.event(index);
        sum.events += 1;
        let counts = event.killed.reported().chain(event.wounded.reported());
        sum.silent += usize::from(counts.count() == 0);
        sum.killed = both(&sum.killed, &event.killed);
        sum.wounded = both(&sum.wounded, &event.wounded);
        if event.killed.any() || event.wounded.any() {
            let counting = |r: &&crate::domain::Report| {
                r.said().killed.is_some() || r.said().wounded.is_some()
            };
            let reports = record.reports_of(index).iter().filter(counting);
            sum.counted_by.extend(reports.map(|report| report.source));
        }
    }
    sum.counted_by.sort_unstable();
    sum.counted_by.dedup();
    sum
}

fn both(a: &Casualties, b: &Casualties) -> Casualties {
    PersonGroup::ALL.iter().fold(Casualties::default(), |sum, group| {
        let count = match (a.get(*group), b.get(*group)) {
            (Some(a), Some(b)) => Some(a.plus(b)),
            (one, other) => one.or(other),
        };
        sum.with(*group, count)
    })
}

/// "2–4 people killed (US and coalition 2; civilians 0–2)"; `None` where nobody is reported so.
#[must_use]
pub fn people(casualties: &Casualties, harm: &str) -> Option<String> {
    if !casualties.any() {
        return None;
    }
    let groups: Vec<(PersonGroup, CountRange)> =
        casualties.reported().filter(|(_, count)| count.high() != Some(0)).collect();
    let total = groups.iter().map(|(_, count)| *count).reduce(CountRange::plus)?;
    let is_one = total.low() == 1 && total.high().is_none_or(|high| high == 1);
    let noun = if is_one { "person" } else { "people" };
    let who = match groups.as_slice() {
        [(PersonGroup::Unspecified, _)] => return Some(format!("{} {noun} {harm}", total.words())),
        [(group, _)] => label(*group).to_owned(),
        several => several
            .iter()
            .map(|(group, count)| format!("{} {}", label(*group), count.words()))
            .collect::<Vec<_>>()
            .join("; "),
    };
    Some(format!("{} {noun} {harm} ({who})", total.words()))
}

fn label(group: PersonGroup) -> &'static str {
    match group {
        PersonGroup::Unspecified => "group not reported",
        other => other.label(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_harmed_are_said_as_a_range_with_their_groups() {
        use PersonGroup::{Civilians, Coalition, Unspecified};
        let check = |counts: &[(PersonGroup, u32, Option<u32>)], expected: Option<&str>| {
            let casualties = counts.iter().fold(Casualties::default(), |c, (group, low, high)| {
                c.with(*group, CountRange::new(*low, *high))
            });
            assert_eq!(people(&casualties, "killed").as_deref(), expected);
        };
        check(&[], None);
        check(&[(Coalition, 0, Some(0))], None);
        check(&[(Coalition, 1, Some(1))], Some("1 person killed (US and coalition)"));
        check(&[(Coalition, 1, None)], Some("at least 1 person killed (US and coalition)"));
        check(&[(Unspecified, 2, None)], Some("at least 2 people killed"));
        check(
            &[(Coalition, 2, Some(2)), (Civilians, 0, Some(2)), (Unspecified, 0, Some(0))],
            Some("2–4 people killed (US and coalition 2; civilians 0–2)"),
        );
    }
}
