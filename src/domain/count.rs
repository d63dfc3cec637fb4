//! Counts as they are reported: a number, a range, "at least", or nothing.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::code::codes;

/// A reported count: `low` to `high`; `high` missing means "at least `low`". Nothing reported is `None`
/// of the range itself, never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Ends", into = "Ends")]
pub struct CountRange {
    low: u32,
    /// [`OPEN`] where it is open.
    high: u32,
}

/// The upper end of a range that is open.
const OPEN: u32 = u32::MAX;

/// A range as it is saved.
#[derive(Serialize, Deserialize)]
struct Ends {
    low: u32,
    high: Option<u32>,
}

impl From<Ends> for CountRange {
    fn from(Ends { low, high }: Ends) -> Self {
        Self { low, high: high.unwrap_or(OPEN) }
    }
}

impl From<CountRange> for Ends {
    fn from(range: CountRange) -> Self {
        Self { low: range.low, high: range.high() }
    }
}

impl CountRange {
    /// The range, or `None` when `high < low`. A high end of `u32::MAX` is open too.
    #[must_use]
    pub fn new(low: u32, high: Option<u32>) -> Option<Self> {
        high.is_none_or(|h| low <= h).then_some(Self { low, high: high.unwrap_or(OPEN) })
    }

    /// The lower end.
    #[must_use]
    pub fn low(self) -> u32 {
        self.low
    }

    /// The upper end; `None` when open.
    #[must_use]
    pub fn high(self) -> Option<u32> {
        (self.high != OPEN).then_some(self.high)
    }

    /// Both together; open above when one of them is.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let high = self.high().zip(other.high()).map(|(a, b)| a.saturating_add(b));
        Self { low: self.low.saturating_add(other.low), high: high.unwrap_or(OPEN) }
    }

    /// "3", "1–2" or "at least 8".
    #[must_use]
    pub fn words(self) -> String {
        match self.high() {
            Some(high) if high == self.low => self.low.to_string(),
            Some(high) => format!("{}–{high}", self.low),
            None => format!("at least {}", self.low),
        }
    }
}

codes! {
    /// Whom a casualty count is about.
    PersonGroup {
        Coalition = "coalition", "US and coalition";
        LocalPartners = "local_partners", "Iraqi and Syrian partner forces";
        ArmedGroups = "armed_groups", "armed groups and Iranian forces";
        Civilians = "civilians", "civilians";
        Unspecified = "unspecified", "not said who";
    }
}

/// Killed or wounded by group, as far as reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Casualties(Counts);

/// Most events have a count for no group or for one, which takes no room elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Counts {
    #[default]
    None,
    One([(PersonGroup, CountRange); 1]),
    /// In the order of the groups.
    Several(Box<SmallVec<[(PersonGroup, CountRange); 5]>>),
}

impl Casualties {
    fn counts(&self) -> &[(PersonGroup, CountRange)] {
        match &self.0 {
            Counts::None => &[],
            Counts::One(count) => count,
            Counts::Several(counts) => counts,
        }
    }

    /// The reported count for a group; `None` when nothing was reported.
    #[must_use]
    pub fn get(&self, group: PersonGroup) -> Option<CountRange> {
        self.counts().iter().find(|(of, _)| *of == group).map(|(_, count)| *count)
    }

    /// Puts in the count for a group.
    #[must_use]
    pub fn with(self, group: PersonGroup, count: Option<CountRange>) -> Self {
        let mut counts = SmallVec::from_slice(self.counts());
        counts.retain(|(of, _)| *of != group);
        if let Some(count) = count {
            let place = counts.partition_point(|(of, _)| *of < group);
            counts.insert(place, (group, count));
        }
        Self(match *counts {
            [] => Counts::None,
            [one] => Counts::One([one]),
            _ => Counts::Several(Box::new(counts)),
        })
    }

    /// Groups with a report, in the order of the code list.
    pub fn reported(&self) -> impl Iterator<Item = (PersonGroup, CountRange)> + '_ {
        self.counts().iter().copied()
    }

    /// Whether somebody was surely harmed: a report has a lowest count above zero.
    #[must_use]
    pub fn surely_any(&self) -> bool {
        self.counts().iter().any(|(_, c)| c.low() > 0)
    }

    /// Whether somebody may have been harmed, "0 to 1" included.
    #[must_use]
    pub fn any(&self) -> bool {
        self.counts().iter().any(|(_, c)| c.high() != Some(0))
    }

    /// Whether something was reported and all of it is zero.
    #[must_use]
    pub fn reported_none(&self) -> bool {
        !self.counts().is_empty() && !self.any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_reads_as_a_person_would_say_it() {
        let words = |low, high| CountRange::new(low, high).map(CountRange::words);
        assert_eq!(words(3, Some(3)).as_deref(), Some("3"));
        assert_eq!(words(1, Some(2)).as_deref(), Some("1–2"));
        assert_eq!(words(8, None).as_deref(), Some("at least 8"));
        assert_eq!(words(3, Some(2)), None);
    }

    #[test]
    fn nothing_reported_is_not_zero() {
        let silent = Casualties::default();
        assert!(!silent.any() && !silent.reported_none());
        let none = silent.with(PersonGroup::Coalition, CountRange::new(0, Some(0)));
        assert!(none.reported_none() && !none.any());
        let some = none.with(PersonGroup::Civilians, CountRange::new(0, None));
        assert!(some.any());
        assert!(!some.surely_any(), "0 or more may be nobody");
        let sure = some.with(PersonGroup::Coalition, CountRange::new(1, Some(2)));
        assert!(sure.surely_any());
    }
}
