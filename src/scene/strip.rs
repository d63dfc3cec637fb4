//! The time strip: how many events on each day, the window on it, context, and round dates below.

use super::strip_context::{self, ContextMark};
use super::text::Shaper;
use super::theme::Theme;
use super::{
    Item, Rect, Stroke, patterns, shapes, strip_axis, strip_bars, strip_coverage, strip_forces,
    strip_overview,
};
use crate::analysis::{Mode, Record, Selection, View};
use crate::domain::{Day, DaySpan};

/// Where days lie on the strip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StripLayout {
    /// First to last day of the axis.
    pub axis: DaySpan,
    /// All days that the axis can show, and at least its own: these give the scale.
    pub whole: DaySpan,
    /// The whole strip.
    pub rect: Rect,
    /// Where the bars stand.
    pub bars: Rect,
    /// Where numbers of troops stand, below the dates.
    pub troops: Option<Rect>,
    /// The line of the whole record with the piece that the axis shows, below all.
    pub overview: Option<Overview>,
}

/// The line of the whole record below an axis that shows a piece of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overview {
    /// All days that the axis can show.
    pub whole: DaySpan,
    /// Where it lies.
    pub rect: Rect,
}

/// Height of the row of dates below the bars.
pub const AXIS_HEIGHT: f32 = 16.0;
/// Height of the row of context marks above the bars.
pub(super) const CONTEXT_HEIGHT: f32 = 18.0;
/// Height of the row of troop numbers.
const TROOPS_HEIGHT: f32 = 13.0;
/// Height of the row with the line of the whole record.
const OVERVIEW_HEIGHT: f32 = 12.0;
/// Bars are not made lower than this for a row below them.
const LEAST_BARS: f32 = 26.0;
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
        Self { axis, rect, bars, whole: axis, troops: None, overview: None }
    }

    /// Only bars, in a rectangle: without room for dates and context.
    #[must_use]
    pub fn of_bars(axis: DaySpan, bars: Rect) -> Self {
        Self { axis, rect: bars, bars, whole: axis, troops: None, overview: None }
    }

    /// The same with the rows below the dates that have something to show and room: the line of the whole
    /// record where the axis shows a piece of it, and numbers of troops where the record has any.
    #[must_use]
    pub fn with_rows(mut self, dataset: &Record, whole: DaySpan) -> Self {
        let mut bottom = self.rect.max[1];
        let row = |height: f32, bars: &mut Rect, bottom: &mut f32| {
            if bars.height() - height < LEAST_BARS {
                return None;
            }
            let max = [bars.max[0], *bottom];
            *bottom -= height;
            bars.max[1] -= height;
            Some(Rect { min: [bars.min[0], *bottom], max })
        };
        self.whole = whole.join(self.axis);
        if whole.encloses(self.axis) && whole != self.axis {
            let rect = row(OVERVIEW_HEIGHT, &mut self.bars, &mut bottom);
            self.overview = rect.map(|rect| Overview { whole, rect });
        }
        if dataset.force_levels.iter().any(|level| level.count.is_some() && level.span.is_some()) {
            self.troops = row(TROOPS_HEIGHT, &mut self.bars, &mut bottom);
        }
        self
    }

    /// The days that the strip of a dataset shows: whole months around its events and the window.
    #[must_use]
    pub fn axis_for(dataset: &Record, view: &View) -> DaySpan {
        let span = dataset.extent().map_or(view.window, |e| e.join(view.window));
        let first = Day::from_date(span.first().date().first_of_month());
        let last = Day::from_date(span.last().date().last_of_month());
        DaySpan::between(first, last)
    }

    /// The days that the strip of a figure shows: for a short window the months around it, so that its
    /// days can be told apart; else those of [`StripLayout::axis_for`].
    #[must_use]
    pub fn axis_for_figure(dataset: &Record, view: &View) -> DaySpan {
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

impl Overview {
    /// Left edge of a day on the line.
    #[must_use]
    pub fn x(&self, day: Day) -> f32 {
        StripLayout::of_bars(self.whole, self.rect).x(day)
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

/// What of a strip stays while the window moves: it depends on rule, filter, axis and size alone.
#[derive(Debug)]
pub struct Still {
    /// The items.
    pub items: Vec<Item>,
    /// Where context marks lie.
    pub marks: Vec<ContextMark>,
    /// What handles must not cover: what the bars count in words, and the number of the dotted line.
    pub clear: [Rect; 2],
}

/// All of a strip: what stays, between what moves with the window. Gives the context marks.
pub fn strip(
    shaper: &mut Shaper,
    theme: &Theme,
    input: StripInput<'_>,
    layout: &StripLayout,
    used: StripUse,
    items: &mut Vec<Item>,
) -> Vec<ContextMark> {
    let StripInput { dataset, view, .. } = input;
    window_below(theme, dataset, view, layout, items);
    // Handles lie over all; mere lines lie below, so that they strike no words through.
    if used == StripUse::Looked {
        edges(theme, dataset, view, layout, &[], items);
    }
    let still = still(shaper, theme, input, layout, used);
    items.extend(still.items);
    if used == StripUse::Handled {
        window_above(theme, dataset, view, layout, (still.clear, None), items);
    }
    still.marks
}

/// What moves with the window on a strip that plays and that nobody takes hold of, above what stays.
pub fn played_above(
    theme: &Theme,
    input: StripInput<'_>,
    layout: &StripLayout,
    still: &Still,
    items: &mut Vec<Item>,
) {
    let StripInput { dataset, view, .. } = input;
    edges(theme, dataset, view, layout, &still.clear, items);
    if layout.axis.contains(view.window.last()) {
        play_head(theme, layout, view.window.last(), &still.clear, items);
    }
    // Numbers on the bars stand above the lines, with the ground around them.
    let head = layout.x(view.window.last()) + layout.day_width() / 2.0;
    let lines: Vec<f32> = edges_on_axis(dataset, view, layout)
        .map(|(x, outward)| x + outward * EDGE_WIDTH / 2.0)
        .chain([head])
        .collect();
    let [top, base] = [layout.bars.min[1], layout.bars.max[1]];
    items.extend(
        still
            .items
            .iter()
            .filter(|item| match item {
                Item::Text(text) => {
                    let place = text.shaped.box_at(text.origin).grown(1.0);
                    let is_struck = |x: &f32| (place.min[0]..=place.max[0]).contains(x);
                    place.center()[1] > top
                        && place.center()[1] < base
                        && lines.iter().any(is_struck)
                }
                _ => false,
            })
            .cloned(),
    );
}

/// What of a strip stays while the window moves.
pub fn still(
    shaper: &mut Shaper,
    theme: &Theme,
    input: StripInput<'_>,
    layout: &StripLayout,
    used: StripUse,
) -> Still {
    let StripInput { dataset, .. } = input;
    let mut items = Vec::new();
    if dataset.events.is_empty() {
        // Without an event there is no day that an axis could begin with.
        let clear = strip_bars::nothing(shaper, theme, layout, &mut items);
        return Still { items, marks: Vec::new(), clear };
    }
    let clear = strip_bars::draw(shaper, theme, input, layout, &mut items);
    patterns::lay(theme, &mut items);
    strip_coverage::thin(theme, dataset, layout, &mut items);
    strip_axis::axis(shaper, theme, layout, &mut items);
    strip_forces::draw(shaper, theme, dataset, layout, &mut items);
    strip_overview::draw(shaper, theme, layout, &mut items);
    let marks = strip_context::draw(shaper, theme, dataset, layout, used, &mut items);
    strip_coverage::published(shaper, theme, input, layout, &mut items);
    Still { items, marks, clear }
}

/// The ground of the window, below what stays.
pub fn window_below(
    theme: &Theme,
    dataset: &Record,
    view: &View,
    layout: &StripLayout,
    items: &mut Vec<Item>,
) {
    if dataset.events.is_empty() {
        return;
    }
    let shown = view.shown_span(dataset);
    let spans = match view.mode {
        Mode::Window => vec![view.window],
        Mode::SinceStart => vec![shown, view.window],
        Mode::Day => vec![shown],
    };
    for span in spans.into_iter().filter_map(|s| s.shared(layout.axis)) {
        let r = Rect {
            min: [layout.x(span.first()), layout.bars.min[1]],
            max: [layout.x(span.end()), layout.bars.max[1]],
        };
        items.push(shapes::filled(r, theme.accent_soft));
    }
}

/// Width of an edge of the window.
const EDGE_WIDTH: f32 = 1.4;

/// The edges of the window that lie on the axis: where, and whether outwards is right or left.
fn edges_on_axis(
    dataset: &Record,
    view: &View,
    layout: &StripLayout,
) -> impl Iterator<Item = (f32, f32)> {
    let (axis, window) = (layout.axis, view.window);
    let on_axis = |day: Day| !dataset.events.is_empty() && axis.contains(day);
    let first = on_axis(window.first()).then(|| (layout.x(window.first()), -1.0));
    let last = on_axis(window.last()).then(|| (layout.x(window.end()), 1.0));
    first.into_iter().chain(last)
}

/// The two edges as lines; both stand outside the window, so that they never hide its bars, and strike no `words`
/// through.
fn edges(
    theme: &Theme,
    dataset: &Record,
    view: &View,
    layout: &StripLayout,
    words: &[Rect],
    items: &mut Vec<Item>,
) {
    let bottom = layout.bars.max[1];
    for (x, outward) in edges_on_axis(dataset, view, layout) {
        let middle = x + outward * EDGE_WIDTH / 2.0;
        let top = below_words(layout, middle, words);
        let edge = vec![[middle, top], [middle, bottom]];
        items.push(shapes::line(edge, Stroke::solid(theme.accent, EDGE_WIDTH)));
    }
}

/// The edges of the window with their handles, above what stays; `head` is the day that is being played.
/// Where the caption or the number of the dotted line stands (`clear`), edge and handle begin below it, so that it can stay
/// where it is.
pub fn window_above(
    theme: &Theme,
    dataset: &Record,
    view: &View,
    layout: &StripLayout,
    (clear, head): ([Rect; 2], Option<Day>),
    items: &mut Vec<Item>,
) {
    let bottom = layout.bars.max[1];
    for (x, outward) in edges_on_axis(dataset, view, layout) {
        let (near, far) = (x, x + outward * HANDLE_WIDTH);
        let mut handle = Rect {
            min: [near.min(far), layout.bars.min[1]],
            max: [near.max(far), layout.bars.min[1] + HANDLE_HEIGHT],
        };
        for words in clear {
            // The edge goes down to the days, so that it meets also what stands below the handle.
            let column = Rect { max: [handle.max[0], bottom], ..handle };
            if column.grown(1.0).overlaps(&words) {
                let down = words.max[1] + 1.0 - handle.min[1];
                handle.min[1] += down;
                handle.max[1] = (handle.max[1] + down).min(bottom);
            }
        }
        let top = handle.min[1];
        let middle = x + outward * EDGE_WIDTH / 2.0;
        let edge = vec![[middle, top], [middle, bottom]];
        items.push(shapes::line(edge, Stroke::solid(theme.accent, EDGE_WIDTH)));
        let shape = shapes::closed(shapes::rounded(handle, 2.5));
        items.push(shapes::area(vec![shape], Some(theme.accent), None));
        let middle = handle.center()[0];
        let grips = [-1.5_f32, 1.5]
            .map(|dx| [[middle + dx, top + 5.0], [middle + dx, handle.max[1] - 5.0]]);
        items.push(shapes::lines(grips.to_vec(), Stroke::solid(theme.paper, 0.9)));
    }
    if let Some(day) = head.filter(|day| layout.axis.contains(*day)) {
        play_head(theme, layout, day, &[], items);
    }
    strip_overview::window(theme, view.window, layout, items);
}

/// Where a line at a place begins that strikes no words through: below them, or at the top of the bars.
fn below_words(layout: &StripLayout, x: f32, words: &[Rect]) -> f32 {
    let [top, base] = [layout.bars.min[1], layout.bars.max[1]];
    let struck = |words: &&Rect| (words.min[0] - 2.0..=words.max[0] + 2.0).contains(&x);
    let below = words.iter().filter(struck).map(|words| words.max[1] + 1.0);
    below.fold(top, f32::max).min(base)
}

/// The day that is being played: a pointer below the bars, and a line up from it as far as it strikes no `words`
/// through.
fn play_head(theme: &Theme, layout: &StripLayout, day: Day, words: &[Rect], items: &mut Vec<Item>) {
    const HALF: f32 = 4.5;
    let x = layout.x(day) + layout.day_width() / 2.0;
    let (top, base) = (below_words(layout, x, words), layout.bars.max[1]);
    let tip = vec![[x, base], [x + HALF, base + 6.0], [x - HALF, base + 6.0]];
    items.push(shapes::line(vec![[x, top], [x, base]], Stroke::solid(theme.text, 1.0)));
    let halo = Some(Stroke::solid(theme.paper, 1.2));
    items.push(shapes::area(vec![shapes::closed(tip)], Some(theme.text), halo));
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
