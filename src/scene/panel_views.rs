//! Of which panels small multiples are: the weeks, the months or the sites of a view.

use std::collections::BTreeSet;

use super::map::MapInput;
use super::name_forms::short_name;
use crate::analysis::{Facet, Mode, Panels, View, month_spans, words};
use crate::domain::{Day, DaySpan, SiteIndex};

/// What one panel shows.
pub(super) struct Panel {
    pub(super) title: String,
    /// A shorter one, for want of room.
    pub(super) short: Option<String>,
    pub(super) view: View,
}

/// The panels of a view.
pub(super) fn panels(input: &MapInput<'_>, by: Panels) -> Vec<Panel> {
    let shown = input.view.shown_span(input.dataset);
    let of_days = |days: DaySpan, whole: bool| {
        let title = if whole { words::span(days) } else { words::span_short(days) };
        // Of a day that is looked at there is nothing to cumulate.
        let mode = if input.view.mode == Mode::Day { Mode::Window } else { input.view.mode };
        Panel { title, short: None, view: View { window: days, mode, ..input.view.clone() } }
    };
    let window = if input.view.mode == Mode::SinceStart { input.view.window } else { shown };
    match by {
        Panels::Month => month_spans(input.dataset)
            .into_iter()
            .filter_map(|month| {
                let days = month.shared(window)?;
                Some(of_days(days, days == month))
            })
            .collect(),
        Panels::Week => weeks(window).map(|days| of_days(days, false)).collect(),
        Panels::Site => sites(input)
            .into_iter()
            .map(|site| {
                let site = input.dataset.site(site);
                let mut view = input.view.clone();
                view.filter.clear(Facet::Site);
                view.filter.toggle(Facet::Site, &site.id);
                let short = Some(short_name(site).to_owned());
                Panel { title: site.name.clone(), short, view }
            })
            .collect(),
    }
}

/// The weeks from Monday to Sunday of some days, the first and the last as far as they lie in them.
fn weeks(days: DaySpan) -> impl Iterator<Item = DaySpan> {
    let first = days.first();
    let monday = first.plus(-i32::from(first.date().weekday().to_monday_zero_offset()));
    let from = move |n: i32| monday.plus(7 * n);
    (0..)
        .map(from)
        .take_while(move |monday: &Day| *monday <= days.last())
        .filter_map(move |monday| DaySpan::between(monday, monday.plus(6)).shared(days))
}

/// The sites with an event shown, the one with most events first.
fn sites(input: &MapInput<'_>) -> Vec<SiteIndex> {
    let MapInput { dataset, selection, .. } = *input;
    let sites: BTreeSet<SiteIndex> =
        selection.places_shown().map(|(place, _)| place.site).collect();
    let mut sites: Vec<SiteIndex> = sites.into_iter().collect();
    let events = |site: SiteIndex| selection.count_at(dataset, site).iter().sum::<usize>();
    sites.sort_by_key(|site| (std::cmp::Reverse(events(*site)), *site));
    sites
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_start_on_monday_and_lie_within_the_days() {
        let day = |text: &str| Day::parse(text).unwrap();
        let days = DaySpan::between(day("2022-01-05"), day("2022-01-17"));
        let weeks: Vec<_> = weeks(days).map(|w| (w.first(), w.last())).collect();
        assert_eq!(
            weeks,
            [
                (day("2022-01-05"), day("2022-01-09")),
                (day("2022-01-10"), day("2022-01-16")),
                (day("2022-01-17"), day("2022-01-17")),
            ]
        );
    }
}
