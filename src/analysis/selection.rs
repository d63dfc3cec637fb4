//! Which events a view shows, which of them surely, and what it leaves out.

use std::sync::Arc;

use super::lists::Lists;
use super::rule::is_attack;
use super::{DayCounts, Place, Record, View};
use crate::domain::{Code as _, DaySpan, EventIndex, SiteIndex};

/// Whether an event surely happened in the days shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Its span lies inside.
    Certain,
    /// Its span only overlaps.
    Possible,
}

impl Certainty {
    /// What an event's span says of some days; `None` when it lies wholly outside.
    #[must_use]
    pub fn of(event: DaySpan, days: DaySpan) -> Option<Self> {
        if days.encloses(event) {
            Some(Self::Certain)
        } else if days.overlaps(event) {
            Some(Self::Possible)
        } else {
            None
        }
    }
}

/// An event that a view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The event.
    pub event: EventIndex,
    /// Whether it surely belongs.
    pub certainty: Certainty,
    /// In the mode "since start": before the window.
    pub past: bool,
}

/// How many events a view leaves out, by reason; the first reason that applies counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Not in the days shown.
    pub outside_days: usize,
    /// In the days shown and let through by the filter, but not of the kind that the rule counts; by direction in the order of the code list.
    pub by_rule: [usize; 6],
    /// Likewise, and attacks, but short of what the rule asks of them; see [`super::Rule::shortfall`].
    pub short_of_rule: usize,
    /// In the days shown and counted by the rule, but held back by a filter.
    pub by_filter: usize,
    /// In the days shown, neither counted by the rule nor let through by the filter.
    pub by_both: usize,
    /// Shown in lists and counts, but without the position that their precision asks for.
    pub no_position: usize,
}

impl LeftOut {
    /// All that the rule does not count.
    #[must_use]
    pub fn rule_total(&self) -> usize {
        self.by_rule.iter().sum::<usize>() + self.short_of_rule
    }
}

/// What a view shows of a record.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The days shown.
    pub days: DaySpan,
    /// Events in date order.
    pub shown: Vec<Shown>,
    /// What is not shown, and why.
    pub left_out: LeftOut,
    /// By event: whether it counts, whatever its date.
    counted: Vec<bool>,
    day_counts: Arc<DayCounts>,
    by_site: Lists<Shown>,
}

impl Selection {
    /// Events that surely belong.
    #[must_use]
    pub fn certain(&self) -> usize {
        self.shown.iter().filter(|s| s.certainty == Certainty::Certain).count()
    }

    /// Events that may belong.
    #[must_use]
    pub fn possible(&self) -> usize {
        self.shown.len() - self.certain()
    }

    /// Whether the filter lets an event through and the rule counts it, in the days shown or in others.
    #[must_use]
    pub fn counts(&self, event: EventIndex) -> bool {
        self.counted[event.get()]
    }

    /// All events that count, in the days shown and in others, in date order.
    pub fn counted(&self) -> impl Iterator<Item = EventIndex> + '_ {
        (0..).zip(&self.counted).filter(|(_, counts)| **counts).map(|(i, _)| EventIndex(i))
    }

    /// All events that count, in the days shown and in others, by day.
    #[must_use]
    pub fn day_counts(&self) -> &Arc<DayCounts> {
        &self.day_counts
    }

    /// What is shown at a site, in date order.
    #[must_use]
    pub fn at(&self, site: SiteIndex) -> &[Shown] {
        self.by_site.of(site.get())
    }

    /// How many sites have an event that surely belongs; when none does, that may belong.
    #[must_use]
    pub fn sites(&self) -> usize {
        let best = if self.certain() > 0 { Certainty::Certain } else { Certainty::Possible };
        self.by_site.iter().filter(|here| here.iter().any(|s| s.certainty == best)).count()
    }
}

/// The events that a view shows.
#[must_use]
pub fn select(record: &Record, view: &View) -> Selection {
    let days = view.shown_span(record);
    let mut left_out = LeftOut::default();
    let (mut shown, mut counted) = (Vec::new(), Vec::new());
    let sieve = view.filter.sieve(record);
    let mut by_site = vec![Vec::new(); record.sites.len()];
    for index in record.event_indices() {
        let event = record.event(index);
        let let_through = sieve.lets_through(index);
        let by_rule = view.rule.counts(record, index);
        let counts = let_through && by_rule;
        counted.push(counts);
        let Some(certainty) = Certainty::of(event.date.span, days) else {
            left_out.outside_days += 1;
            continue;
        };
        if !let_through && by_rule {
            left_out.by_filter += 1;
        } else if !let_through {
            left_out.by_both += 1;
        } else if counts {
            let place = Place::of(record, event);
            if place.class.is_at_position() && place.position(record).is_none() {
                left_out.no_position += 1;
            }
            let past = !view.window.overlaps(event.date.span);
            let this = Shown { event: index, certainty, past };
            shown.push(this);
            by_site[event.site.get()].push(this);
        } else if is_attack(event.direction) {
            left_out.short_of_rule += 1;
        } else {
            left_out.by_rule[event.direction.position()] += 1;
        }
    }
    let dated = record.events.iter().zip(&counted).filter(|(_, counts)| **counts);
    let day_counts = Arc::new(DayCounts::of(dated.map(|(e, _)| (e.date.span, e.direction))));
    Selection { days, shown, left_out, counted, day_counts, by_site: Lists::new(by_site) }
}
