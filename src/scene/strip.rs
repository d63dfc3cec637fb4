//! The time strip: how many events on each day, the window on it, context, and round dates below.

use super::strip_context::{self, ContextMark};
use super::text::Shaper;
use super::theme::Theme;
use super::{Item, Rect, Stroke, shapes, strip_axis, strip_bars, strip_coverage};
use crate::analysis::{Mode, Record, Selection, View};
use crate::domain::{Dataset, Day, DaySpan};

/// Where days lie on the strip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StripLayout {
    /// First to last day of the axis.
    pub axis: DaySpan,
    /// The whole strip.
    pub rect: Rect,
    /// Where the bars stand.
    pub bars: Rect,
}

/// Height of the row of dates below the bars.
pub const AXIS_HEIGHT: f32 = 18.0;
/// Height of the row of context marks above the bars.
pub(super) const CONTEXT_HEIGHT: f32 = 18.0;
/// Width of a handle at an edge of the window, outside of it.
pub const HANDLE_WIDTH: f32 = 9.0;
/// Height of a handle.
pub const HANDLE_HEIGHT: f32 = 20.0;

impl StripLayout {
    /// The strip in a rectangle, for some days.
    #[must_use]
    pub fn new(axis: DaySpan, rect: Rect) -> Self {
        let bars = Rect {
            min: [rect.min[0], rect.min[1] + CONTEXT_HEIGHT],
            max: [rect.max[0], (rect.max[1] - AXIS_HEIGHT).max(rect.min[1] + CONTEXT_HEIGHT + 1.0)],
        };
        Self { axis, rect, bars }
    }

    /// Only bars, in a rectangle: without room for dates and context.
    #[must_use]
    pub fn of_bars(axis: DaySpan, bars: Rect) -> Self {
        Self { axis, rect: bars, bars }
    }

    /// The days that the strip of a dataset shows: whole months around its events and the window.
    #[must_use]
    pub fn axis_for(dataset: &Dataset, view: &View) -> DaySpan {
        let span = dataset.extent().map_or(view.window, |e| e.join(view.window));
        let first = Day::from_date(span.first().date().first_of_month());
        let last = Day::from_date(span.last().date().last_of_month());
        DaySpan::between(first, last)
    }

    /// The days that the strip of a figure shows: for a short window the months around it, so that its
    /// days can be told apart; else those of [`StripLayout::axis_for`].
    #[must_use]
    pub fn axis_for_figure(dataset: &Dataset, view: &View) -> DaySpan {
        const SHORT_DAYS: i32 = 14;
        const BEFORE_DAYS: i32 = 45;
        const AFTER_DAYS: i32 = 10;
        let whole = Self::axis_for(dataset, view);
        let shown = view.shown_span(dataset);
        if shown.days() > SHORT_DAYS {
            return whole;
        }
        let first = shown.first().plus(-BEFORE_DAYS).max(whole.first());
        let last = shown.last().plus(AFTER_DAYS).min(whole.last());
        let first = Day::from_date(first.date().first_of_month());
        DaySpan::between(first, Day::from_date(last.date().last_of_month()))
    }

    /// Points that one day takes.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "days fit f32 to less than a point")]
    pub fn day_width(&self) -> f32 {
        self.bars.width() / self.axis.days() as f32
    }

    /// Left edge of a day.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "days fit f32 to less than a point")]
    pub fn x(&self, day: Day) -> f32 {
        self.bars.min[0] + (day.number() - self.axis.first().number()) as f32 * self.day_width()
    }

    /// Where the bar of some days may stand: at all its days, less a gap on the right.
    #[must_use]
    pub fn bar(&self, days: DaySpan) -> Rect {
        let Rect { min: [left, top], max: [right, base] } = self.bars;
        let (x0, x1) = (self.x(days.first()).max(left), self.x(days.end()).min(right));
        let gap = if x1 - x0 > 5.0 { 1.0 } else { (0.25 * (x1 - x0)).min(0.5) };
        Rect { min: [x0, top], max: [x1 - gap, base] }
    }

    /// The day at a place, kept on the axis.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "clamped to the axis")]
    pub fn day_at(&self, x: f32) -> Day {
        let days = ((x - self.bars.min[0]) / self.day_width()).floor();
        let last = self.axis.days() - 1;
        let offset = if days.is_finite() { (days as i32).clamp(0, last) } else { 0 };
        self.axis.first().plus(offset)
    }
}

/// What a strip is made of.
#[derive(Clone, Copy, Debug)]
pub struct StripInput<'a> {
    /// The record.
    pub dataset: &'a Record,
    /// What is looked at.
    pub view: &'a View,
    /// What the view shows.
    pub selection: &'a Selection,
}

/// Whether a person can take hold of the strip, or only look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StripUse {
    /// In the window: handles, and a mark for every context entry.
    Handled,
    /// In a figure: only the entries whose title has room.
    Looked,
}

/// The strip's items, and where its context marks lie.
pub fn strip(
    shaper: &mut Shaper,
    theme: &Theme,
    input: StripInput<'_>,
    layout: &StripLayout,
    used: StripUse,
    items: &mut Vec<Item>,
) -> Vec<ContextMark> {
    let StripInput { dataset, view, .. } = input;
    window_ground(theme, dataset, view, layout, items);
    // Handles lie over all; mere lines lie below, so that they strike no words through.
    if used == StripUse::Looked {
        window_edges(theme, view, layout, used, items);
    }
    strip_bars::draw(shaper, theme, input, layout, used, items);
    strip_coverage::thin(theme, dataset, layout, items);
    strip_axis::axis(shaper, theme, layout, items);
    let mut marks = strip_context::marks(dataset, layout);
    match used {
        StripUse::Handled => strip_context::all(shaper, theme, dataset, layout, &marks, items),
        StripUse::Looked => {
            marks = strip_context::titled(shaper, theme, dataset, layout, marks, items);
        }
    }
    if used == StripUse::Handled {
        window_edges(theme, view, layout, used, items);
    }
    strip_coverage::published(shaper, theme, input, layout, items);
    marks
}

fn window_ground(
    theme: &Theme,
    dataset: &Dataset,
    view: &View,
    layout: &StripLayout,
    items: &mut Vec<Item>,
) {
    let shown = view.shown_span(dataset);
    let spans = match view.mode {
        Mode::Window => vec![view.window],
        Mode::SinceStart => vec![shown, view.window],
        Mode::Day => vec![shown],
    };
    for span in spans {
        let r = Rect {
            min: [layout.x(span.first()), layout.bars.min[1]],
            max: [layout.x(span.end()), layout.bars.max[1]],
        };
        items.push(shapes::filled(r, theme.accent_soft));
    }
}

/// The two edges, with handles; both stand outside the window, so that they never hide its bars.
fn window_edges(
    theme: &Theme,
    view: &View,
    layout: &StripLayout,
    used: StripUse,
    items: &mut Vec<Item>,
) {
    const WIDTH: f32 = 1.4;
    let (top, bottom) = (layout.bars.min[1], layout.bars.max[1]);
    for (x, outward) in [(layout.x(view.window.first()), -1.0), (layout.x(view.window.end()), 1.0)]
    {
        let middle = x + outward * WIDTH / 2.0;
        let edge = vec![[middle, top], [middle, bottom]];
        items.push(shapes::line(edge, Stroke::solid(theme.accent, WIDTH)));
        if used == StripUse::Looked {
            continue;
        }
        let (near, far) = (x, x + outward * HANDLE_WIDTH);
        let handle = Rect { min: [near.min(far), top], max: [near.max(far), top + HANDLE_HEIGHT] };
        items.push(shapes::area(
            vec![shapes::closed(shapes::rounded(handle, 2.5))],
            Some(theme.accent),
            None,
        ));
        let middle = handle.center()[0];
        let grips = [-1.5_f32, 1.5]
            .map(|dx| [[middle + dx, top + 5.0], [middle + dx, top + HANDLE_HEIGHT - 5.0]]);
        items.push(shapes::lines(grips.to_vec(), Stroke::solid(theme.paper, 0.9)));
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::scene) fn layout(from: &str, to: &str, width: f32) -> StripLayout {
        let axis = DaySpan::inclusive(Day::parse(from).unwrap(), Day::parse(to).unwrap()).unwrap();
        StripLayout::new(axis, Rect::from_min_size([10.0, 0.0], width, 80.0))
    }

    #[test]
    fn every_day_is_found_again_at_its_own_place() {
        let l = layout("2020-01-01", "2022-01-31", 900.0);
        for day in l.axis.iter() {
            assert_eq!(l.day_at(l.x(day) + l.day_width() / 2.0), day);
        }
        assert_eq!(l.day_at(-500.0), l.axis.first());
        assert_eq!(l.day_at(5000.0), l.axis.last());
        assert_eq!(l.day_at(f32::NAN), l.axis.first());
    }
}
