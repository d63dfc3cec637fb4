//! Which events a view shows, which of them surely, and what it leaves out.

use super::View;
use crate::domain::{Code as _, Dataset, DaySpan, EventIndex, SiteIndex};

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
    /// In the days shown, but held back by a filter.
    pub by_filter: usize,
    /// Shown in lists and counts, but without a position to draw.
    pub no_position: usize,
}

/// What a view shows of a dataset.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The days shown.
    pub days: DaySpan,
    /// Events in date order.
    pub shown: Vec<Shown>,
    /// What is not shown, and why.
    pub left_out: LeftOut,
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

    /// What is shown at a site.
    pub fn at(&self, dataset: &Dataset, site: SiteIndex) -> impl Iterator<Item = Shown> {
        self.shown.iter().copied().filter(move |s| dataset.event(s.event).site == site)
    }

    /// How many sites have an event that surely belongs; when none does, that may belong.
    #[must_use]
    pub fn sites(&self, dataset: &Dataset) -> usize {
        let best = if self.certain() > 0 { Certainty::Certain } else { Certainty::Possible };
        let set: std::collections::BTreeSet<_> = self
            .shown
            .iter()
            .filter(|s| s.certainty == best)
            .map(|s| dataset.event(s.event).site)
            .collect();
        set.len()
    }
}

/// The events that a view shows.
#[must_use]
pub fn select(dataset: &Dataset, view: &View) -> Selection {
    let days = view.shown_span(dataset);
    let mut left_out = LeftOut::default();
    let mut shown = Vec::new();
    for index in dataset.event_indices() {
        let event = dataset.event(index);
        let Some(certainty) = Certainty::of(event.date.span, days) else {
            left_out.outside_days += 1;
            continue;
        };
        if !view.filter.lets_through(dataset, event) {
            left_out.by_filter += 1;
        } else if !view.rule.counts(event) {
            left_out.by_rule[event.direction.position()] += 1;
        } else {
            if event.position.or(dataset.site(event.site).position).is_none() {
                left_out.no_position += 1;
            }
            let past = !view.window.overlaps(event.date.span);
            shown.push(Shown { event: index, certainty, past });
        }
    }
    Selection { days, shown, left_out }
}
