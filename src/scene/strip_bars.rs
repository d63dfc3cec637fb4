//! The bars of the time strip, and what they count in words.

use std::sync::Arc;

use super::bars::{self, Bar};
use super::strip::{HANDLE_WIDTH, StripInput, StripLayout, StripUse};
use super::text::{ShapedText, Shaper};
use super::theme::{Theme, style};
use super::{Halo, Item, Rect, Stroke, Text, shapes};
use crate::analysis::{BarCount, bar_counts, words};
use crate::domain::{Day, DaySpan};

/// Points that one bar takes at least.
const LEAST_WIDTH: f32 = 3.0;
/// Numbers of days that one bar may stand for; beyond the last, whole multiples of it.
const DAYS: [u16; 8] = [1, 2, 3, 4, 7, 14, 28, 56];
/// Points from the left end of the strip to its caption.
const INDENT: f32 = 4.0;
/// A bar with this many events fills the strip even when no other has as many.
const FLOOR: f32 = 3.0;

/// Draws the bars with their caption.
///
/// Each stands for the same number of days, counted from the axis' first; where an edge of the days shown
/// or of the window falls within one, it is cut in two, so that no bar stands across an edge.
pub(super) fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    input: StripInput<'_>,
    layout: &StripLayout,
    used: StripUse,
    items: &mut Vec<Item>,
) {
    let StripInput { dataset, view, selection } = input;
    let days = bar_days(layout.day_width());
    let whole = in_steps(layout.axis, days);
    let events = || selection.counted().map(|index| dataset.event(index));
    let counts = bar_counts(events(), &whole);
    // The scale is that of the whole bars, so that no bar grows while an edge is dragged over another.
    let top = bars::top(&counts, FLOOR);
    let words = caption(view.rule.noun(2), days, &counts);
    let caption = shaper.shape(&words, style::SMALL);
    let mut head = Caption::below(layout, &whole, &counts, top, caption);
    // Where bars leave the caption no place, all stay below it.
    let top = head.clear(top);
    let shown = view.shown_span(dataset);
    let edges = [view.window, shown].map(|s| [s.first(), s.end()]).concat();
    let spans = cut(&whole, &edges);
    let cut_counts = bar_counts(events(), &spans);
    let placed: Vec<_> = spans
        .iter()
        .zip(&cut_counts)
        .map(|(span, count)| Bar { place: layout.bar(*span), count })
        .collect();

    let [left, right] = [layout.bars.min[0], layout.bars.max[0]];
    let base = layout.bars.max[1];
    bars::stacked(&placed, top, theme.hatch, |class| theme.class(class), items);
    items.push(shapes::line(vec![[left, base], [right, base]], Stroke::solid(theme.rule, 0.8)));

    let edge = if used == StripUse::Handled { HANDLE_WIDTH } else { 1.0 };
    let edges = [view.window.first(), view.window.end()].map(|d| layout.x(d));
    head.taken.extend(edges.map(|x| [x - edge, x + edge]));
    items.push(head.text(theme));
}

/// The caption, at the top of the bars.
struct Caption {
    shaped: Arc<ShapedText>,
    bars: Rect,
    /// From where to where something stands that it must not cover.
    taken: Vec<[f32; 2]>,
}

impl Caption {
    /// The caption of bars of which some, where `top` events fill the strip, reach up to it.
    fn below(
        layout: &StripLayout,
        spans: &[DaySpan],
        counts: &[BarCount],
        top: f32,
        shaped: Arc<ShapedText>,
    ) -> Self {
        let full = layout.bars.height();
        let low = (full - shaped.height()) / full * top;
        let tall = spans.iter().zip(counts).filter(|(_, c)| bars::top([*c], 0.0) > low);
        let taken = tall.map(|(s, _)| [layout.x(s.first()), layout.x(s.end())]).collect();
        Self { shaped, bars: layout.bars, taken }
    }

    /// The number of events that fill the strip: `top`, or more where that leaves the caption no place.
    fn clear(&mut self, top: f32) -> f32 {
        if self.place().is_some() {
            return top;
        }
        self.taken.clear();
        let full = self.bars.height();
        top * full / (full - self.shaped.height()).max(full / 2.0)
    }

    fn place(&mut self) -> Option<f32> {
        self.taken.sort_by(|a, b| a[0].total_cmp(&b[0]));
        let width = self.shaped.width();
        free_place(&self.taken, [self.bars.min[0] + INDENT, self.bars.max[0] - width], width)
    }

    fn text(mut self, theme: &Theme) -> Item {
        let x = self.place().unwrap_or(self.bars.min[0] + INDENT);
        let halo = Some(Halo { color: theme.paper, width: 2.0 });
        let origin = [x, self.bars.min[1]];
        Item::Text(Text { origin, shaped: self.shaped, color: theme.text_muted, halo })
    }
}

/// How many days a bar stands for where a day is this wide.
#[expect(clippy::cast_possible_truncation, reason = "no more days than there are on the axis")]
fn bar_days(day_width: f32) -> i32 {
    let wide_enough = |days: &u16| f32::from(*days) * day_width >= LEAST_WIDTH;
    let longest = DAYS[DAYS.len() - 1];
    DAYS.into_iter().find(wide_enough).map_or_else(
        || {
            let times = LEAST_WIDTH / (f32::from(longest) * day_width.max(1e-6));
            (times.ceil().min(1e5) as i32).saturating_mul(i32::from(longest))
        },
        i32::from,
    )
}

/// The axis in steps of some days; the last may be shorter.
fn in_steps(axis: DaySpan, days: i32) -> Vec<DaySpan> {
    let mut steps = Vec::new();
    let mut first = axis.first();
    while first <= axis.last() {
        let last = first.plus(days - 1).min(axis.last());
        steps.push(DaySpan::between(first, last));
        first = last.plus(1);
    }
    steps
}

/// The spans, each cut in two before every one of some days that lies within it.
fn cut(spans: &[DaySpan], before: &[Day]) -> Vec<DaySpan> {
    let mut before = before.to_vec();
    before.sort_unstable();
    let mut pieces = Vec::with_capacity(spans.len() + before.len());
    for span in spans {
        let mut first = span.first();
        for day in before.iter().filter(|d| span.contains(**d)) {
            if *day > first {
                pieces.push(DaySpan::between(first, day.plus(-1)));
                first = *day;
            }
        }
        pieces.push(DaySpan::between(first, span.last()));
    }
    pieces
}

/// What the bars count and how many the fullest holds: "Attacks: fullest bar 8 (4 days a bar)". Bars of several
/// days begin at fixed days: other days, as many in a row, may hold more than any bar.
fn caption(noun: &str, days: i32, counts: &[BarCount]) -> String {
    let most = |of: fn(&BarCount) -> u32| counts.iter().map(of).max().unwrap_or(0);
    let exact = most(BarCount::exact_total);
    let all = most(|c| c.exact_total() + c.possible);
    let number = |n: u32| words::thousands(usize::try_from(n).unwrap_or(0));
    let noun = words::capitalised(noun);
    if all == 0 {
        return format!("{noun}: none");
    }
    let (most, each) = match days {
        1 => ("at most", " in a day".to_owned()),
        7 => ("fullest bar", " (a week a bar)".to_owned()),
        n if n % 7 == 0 => ("fullest bar", format!(" ({} weeks a bar)", n / 7)),
        n => ("fullest bar", format!(" ({n} days a bar)")),
    };
    let (shown, possible) = match exact {
        0 => (format!("{} possible", number(all)), ", hatched".to_owned()),
        exact if all > exact => {
            (number(exact), format!(", or {} with possible ones (hatched)", number(all)))
        }
        exact => (number(exact), String::new()),
    };
    format!("{noun}: {most} {shown}{each}{possible}")
}

/// The first place from the left for something of a width that meets none of `taken`, which are in order.
fn free_place(taken: &[[f32; 2]], [from, to]: [f32; 2], width: f32) -> Option<f32> {
    let mut x = from;
    while x <= to {
        match taken.iter().find(|[a, b]| *a < x + width + 2.0 && *b > x - 2.0) {
            None => return Some(x),
            Some([_, b]) => x = b + 4.0,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: &str, to: &str) -> DaySpan {
        DaySpan::inclusive(Day::parse(from).unwrap(), Day::parse(to).unwrap()).unwrap()
    }

    #[test]
    fn a_bar_across_an_edge_is_cut_there_and_the_others_stay() {
        let whole = in_steps(span("2022-01-01", "2022-01-10"), 4);
        let window = span("2022-01-03", "2022-01-08");
        let pieces = cut(&whole, &[window.first(), window.end(), window.end()]);
        let expected = [
            ("2022-01-01", "2022-01-02"),
            ("2022-01-03", "2022-01-04"),
            ("2022-01-05", "2022-01-08"),
            ("2022-01-09", "2022-01-10"),
        ];
        assert_eq!(pieces, expected.map(|(a, b)| span(a, b)));
        assert!(pieces.iter().all(|p| window.encloses(*p) || !window.overlaps(*p)));
    }

    #[test]
    fn bars_stand_for_as_few_days_as_have_room() {
        assert_eq!([4.0, 1.6, 0.5, 0.05].map(bar_days), [1, 2, 7, 112]);
    }

    #[test]
    fn the_caption_says_the_number_of_the_fullest_bar_and_not_the_top_of_the_scale() {
        let count = |exact: u32, possible: u32| BarCount {
            exact: [exact, 0, 0, 0, 0, 0],
            possible,
            spread: 0.0,
        };
        let said = |days, counts: &[BarCount]| caption("attacks", days, counts);
        assert_eq!(said(1, &[count(0, 0), count(2, 0)]), "Attacks: at most 2 in a day");
        assert_eq!(said(1, &[count(0, 1)]), "Attacks: at most 1 possible in a day, hatched");
        assert_eq!(
            said(4, &[count(8, 1), count(0, 2)]),
            "Attacks: fullest bar 8 (4 days a bar), or 9 with possible ones (hatched)"
        );
        assert_eq!(said(7, &[count(8, 0), count(1, 1)]), "Attacks: fullest bar 8 (a week a bar)");
        assert_eq!(said(28, &[count(14, 0)]), "Attacks: fullest bar 14 (4 weeks a bar)");
        let possible = said(7, &[count(0, 1)]);
        assert_eq!(possible, "Attacks: fullest bar 1 possible (a week a bar), hatched");
        assert_eq!(said(7, &[count(0, 0)]), "Attacks: none");
    }

    #[test]
    fn the_caption_stands_where_no_tall_bar_is() {
        let at = |taken: &[[f32; 2]]| free_place(taken, [4.0, 400.0], 100.0);
        assert_eq!(at(&[[200.0, 203.0]]), Some(4.0));
        assert_eq!(at(&[[50.0, 53.0]]), Some(57.0));
        let everywhere: Vec<_> = (0_u16..50).map(|i| [f32::from(i) * 10.0; 2]).collect();
        assert_eq!(at(&everywhere), None);
    }
}
