//! The pace of events on the strip's days: how many there were in the last 7 and 30 days, bursts, and the busiest
//! days, in a row of its own above the bars, so that neither scale is taken for the other.

use super::strip::StripLayout;
use super::strip_tempo_key;
use super::text::Shaper;
use super::theme::{Theme, style};
use super::{Contour, Dash, Halo, Item, Rect, Stroke, Text, shapes};
use crate::analysis::tempo::{Burst, Rolling};
use crate::analysis::{Rule, Tempo, words};
use crate::domain::{Day, DaySpan};

/// Height of the line of words above the lines.
pub const KEY_HEIGHT: f32 = 15.0;
/// Thickness of a burst of level 1, and what each further level adds.
const BURST: [f32; 2] = [2.0, 2.0];
/// A burst and a mark of the busiest days are at least this wide.
const LEAST_WIDTH: f32 = 2.0;
/// Half the width of the mark of the busiest days, and its height.
pub(super) const MARK: [f32; 2] = [3.5, 5.0];
/// Busiest runs of days that are marked; as many have a line in the words.
const MOST_MARKS: usize = 3;
/// Runs of certain counts this long in points are one point of a line.
const COLUMN: f32 = 1.0;

/// What the row counts, and its place: that of the layout's bars.
#[derive(Clone, Copy, Debug)]
pub struct TempoInput<'a> {
    /// The pace.
    pub tempo: &'a Tempo,
    /// What is counted.
    pub rule: Rule,
}

/// Draws the row in the bars' rectangle of a layout; gives its key in words.
pub fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    input: TempoInput<'_>,
    layout: &StripLayout,
    items: &mut Vec<Item>,
) -> String {
    let tempo = input.tempo;
    let Rect { min: [left, top], max: [right, base] } = layout.bars;
    let thickest = thickness(tempo.bursts.top_level().max(1)).max(MARK[1]);
    let lines_top = (top + KEY_HEIGHT + thickest + 1.0).min(base - 1.0);
    let most = tempo.rolling.iter().map(Rolling::most_possible).max().unwrap_or(0).max(1);
    let scale = Scale { most, top: lines_top, base };

    items.push(shapes::line(vec![[left, base], [right, base]], Stroke::solid(theme.rule, 0.8)));
    let round = round_below(most);
    let y = scale.y(round);
    items.push(shapes::line(vec![[left, y], [right, y]], Stroke::solid(theme.rule, 0.6)));
    for (rolling, stroke) in tempo.rolling.iter().zip(strokes(theme)) {
        possible(theme, rolling, layout, scale, items);
        let mut points = points(rolling, layout, scale);
        if let [[_, y]] = points[..] {
            // A single day has a level only.
            points = vec![[left, y], [right, y]];
        }
        if points.len() > 1 {
            items
                .push(shapes::line(points.clone(), Stroke::solid(theme.paper, stroke.width + 1.2)));
            items.push(shapes::line(points, stroke));
        }
    }
    let shelf = top + KEY_HEIGHT;
    bursts(theme, &tempo.bursts.all, layout, shelf, items);
    for span in tempo.busiest.iter().flat_map(|b| b.spans.iter().take(MOST_MARKS)) {
        if let Some([from, to]) = ends(layout, *span) {
            items.push(mark(theme, f32::midpoint(from, to), shelf));
        }
    }
    let shaped = shaper.shape(&number(round), style::SMALL);
    let origin = [right - shaped.width(), (y - shaped.height()).max(shelf)];
    let halo = Some(Halo { color: theme.paper, width: 2.0 });
    items.push(Item::Text(Text { origin, shaped, color: theme.text_muted, halo }));
    strip_tempo_key::draw(shaper, theme, input, layout, items)
}

/// How counts become heights: the same for both lines.
#[derive(Clone, Copy)]
struct Scale {
    most: u32,
    top: f32,
    base: f32,
}

impl Scale {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
    fn y(self, count: u32) -> f32 {
        self.base - count as f32 / self.most as f32 * (self.base - self.top)
    }
}

/// The looks of the 7-day and of the 30-day line: told apart without colour, too.
pub(super) fn strokes(theme: &Theme) -> [Stroke; 2] {
    let dash = Some(Dash { on: 5.0, off: 2.5 });
    [Stroke::solid(theme.text, 1.2), Stroke { color: theme.accent, width: 1.8, dash }]
}

pub(super) fn thickness(level: u32) -> f32 {
    let above = f32::from(u8::try_from(level.saturating_sub(1)).unwrap_or(u8::MAX));
    (BURST[0] + BURST[1] * above).min(12.0)
}

/// Left and right end of some days, where they lie on the axis.
fn ends(layout: &StripLayout, days: DaySpan) -> Option<[f32; 2]> {
    let days = days.shared(layout.axis)?;
    let [from, to] = [layout.x(days.first()), layout.x(days.end())];
    let wider = ((LEAST_WIDTH - (to - from)) / 2.0).max(0.0);
    Some([from - wider, to + wider])
}

/// The days on the axis in runs that take a point each, or a day each where that is wider.
fn columns(layout: &StripLayout) -> impl Iterator<Item = DaySpan> {
    let axis = layout.axis;
    #[expect(clippy::cast_possible_truncation, reason = "no more days than the axis has")]
    let days = (COLUMN / layout.day_width().max(1e-3)).ceil().max(1.0) as i32;
    let count = (axis.days() + days - 1) / days;
    (0..count).map(move |i| {
        let first = axis.first().plus(i * days);
        DaySpan::between(first, first.plus(days - 1).min(axis.last()))
    })
}

/// The certain counts as a line. Where days are narrower than a point, each point keeps its first, least, highest and
/// last count, so that no peak is lost (Jugel et al., *M4*, VLDB 2014).
fn points(rolling: &Rolling, layout: &StripLayout, scale: Scale) -> Vec<[f32; 2]> {
    let mut points = Vec::new();
    for days in columns(layout) {
        let counts: Vec<(Day, u32)> =
            days.iter().filter_map(|day| Some((day, rolling.ending(day)?[0]))).collect();
        let least = counts.iter().min_by_key(|(_, n)| *n);
        let highest = counts.iter().max_by_key(|(_, n)| *n);
        let mut kept: Vec<&(Day, u32)> =
            [counts.first(), least, highest, counts.last()].into_iter().flatten().collect();
        kept.sort_by_key(|(day, _)| *day);
        kept.dedup();
        let middle = layout.day_width() / 2.0;
        points.extend(kept.iter().map(|(day, n)| [layout.x(*day) + middle, scale.y(*n)]));
    }
    points
}

/// What is possible above a line: shaded, and no line of its own.
fn possible(
    theme: &Theme,
    rolling: &Rolling,
    layout: &StripLayout,
    scale: Scale,
    items: &mut Vec<Item>,
) {
    let mut areas: Vec<Contour> = Vec::new();
    for days in columns(layout) {
        let counts = days.iter().filter_map(|day| rolling.ending(day));
        let Some([certain, possible]) = counts.max_by_key(|[c, p]| (*p > 0, c + p)) else {
            continue;
        };
        if possible > 0 {
            let min = [layout.x(days.first()), scale.y(certain + possible)];
            let max = [layout.x(days.end()), scale.y(certain)];
            areas.push(shapes::closed(shapes::corners(Rect { min, max })));
        }
    }
    if !areas.is_empty() {
        items.push(shapes::area(areas, Some(theme.hatch.with_alpha(70)), None));
    }
}

/// Bursts hang from a shelf, thicker at a higher level.
fn bursts(
    theme: &Theme,
    bursts: &[Burst],
    layout: &StripLayout,
    shelf: f32,
    items: &mut Vec<Item>,
) {
    let bars = bursts.iter().filter_map(|burst| {
        let [from, to] = ends(layout, burst.days)?;
        let (from, to) = (from.max(layout.bars.min[0]), to.min(layout.bars.max[0]));
        Some(Rect { min: [from, shelf], max: [to, shelf + thickness(burst.level)] })
    });
    for bar in bars {
        items.push(shapes::filled(bar, theme.text_muted));
    }
}

/// A mark that points down at a place.
pub(super) fn mark(theme: &Theme, x: f32, top: f32) -> Item {
    let [half, height] = MARK;
    let corners = vec![[x - half, top], [x + half, top], [x, top + height]];
    let edge = Some(Stroke::solid(theme.paper, 1.0));
    shapes::area(vec![shapes::closed(corners)], Some(theme.text), edge)
}

/// The largest of 1, 2, 5, 10, 20, 50, ... that is not above a number.
fn round_below(number: u32) -> u32 {
    let mut round = 1;
    let mut unit = 1_u32;
    for step in [2, 5, 10].into_iter().cycle() {
        let next = unit.saturating_mul(step);
        if next > number || next == u32::MAX {
            break;
        }
        round = next;
        if step == 10 {
            unit = next;
        }
    }
    round
}

pub(super) fn number(number: u32) -> String {
    words::thousands(usize::try_from(number).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::{DayCounts, ThemeName};
    use crate::domain::Direction;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn tempo(events: &[DaySpan], record: DaySpan) -> Tempo {
        let events = events.iter().map(|span| (*span, Direction::AttackOnCoalition));
        Tempo::of(&Arc::new(DayCounts::of(events)), record)
    }

    fn layout(axis: DaySpan, width: f32) -> StripLayout {
        StripLayout::of_bars(axis, Rect::from_min_size([10.0, 5.0], width, 44.0))
    }

    fn record() -> DaySpan {
        DaySpan::between(day("2015-01-01"), day("2022-12-31"))
    }

    #[test]
    fn a_peak_is_kept_where_days_are_narrower_than_a_point() {
        let peak = DaySpan::day(day("2018-05-05"));
        let tempo = tempo(&[peak; 40], record());
        let scale = Scale { most: 40, top: 0.0, base: 40.0 };
        for width in [100.0, 300.0, 900.0, 6000.0] {
            let points = points(&tempo.rolling[0], &layout(record(), width), scale);
            assert!(points.iter().any(|[_, y]| *y <= 0.0), "the peak is lost at {width}");
            assert!(points.iter().any(|[_, y]| *y >= 40.0));
            assert!(points.windows(2).all(|p| p[0][0] < p[1][0]));
            assert!(points.len() < 3000 && (width > 900.0 || points.len() < 4 * 900));
        }
    }

    #[test]
    fn a_line_of_a_single_day_is_drawn_as_its_level() {
        let tempo = tempo(&[DaySpan::day(day("2018-05-05")); 4], record());
        let on = |axis| {
            let mut items = Vec::new();
            let input = TempoInput { tempo: &tempo, rule: Rule::Attacks };
            let theme = Theme::of(ThemeName::Light);
            draw(&mut Shaper::new(), theme, input, &layout(axis, 500.0), &mut items);
            let dashed = |item: &&Item| {
                let Item::Path(path) = item else { return false };
                let is_dashed = path.stroke.as_ref().is_some_and(|s| s.dash.is_some());
                is_dashed && path.geometry.bounds().width() > 400.0
            };
            items.iter().filter(dashed).count()
        };
        assert_eq!(on(record()), 1);
        assert_eq!(on(DaySpan::day(day("2018-05-06"))), 1);
    }

    #[test]
    fn the_two_lines_are_told_apart_without_colour() {
        for name in [ThemeName::Light, ThemeName::Dark, ThemeName::Print] {
            let [week, month] = strokes(Theme::of(name));
            assert!(week.dash.is_none() && month.dash.is_some());
            assert!(month.width > week.width);
        }
    }

    /// Trap: a chart that does not say what it counts.
    #[test]
    fn the_key_says_what_each_line_counts_and_how_many_it_reaches() {
        let month = DaySpan::parse("2018-05").unwrap();
        let days = |from: &str, n: i32| {
            (0..n).map(|i| DaySpan::day(day(from).plus(i))).collect::<Vec<_>>()
        };
        let events = [days("2018-03-01", 20), vec![month; 2]].concat();
        let tempo = tempo(&events, record());
        let mut items = Vec::new();
        let theme = Theme::of(ThemeName::Light);
        let input = TempoInput { tempo: &tempo, rule: Rule::Attacks };
        let key = draw(&mut Shaper::new(), theme, input, &layout(record(), 900.0), &mut items);
        assert_eq!(
            key,
            "Attacks in 7 days, at most 7; in 30 days, at most 20; \
             burst, thicker at a higher level; busiest 3 days"
        );
    }

    #[test]
    fn the_line_across_is_at_a_round_number() {
        let rounds = [1, 2, 3, 5, 9, 10, 19, 33, 50, 99, 100, 250, 5000].map(round_below);
        assert_eq!(rounds, [1, 2, 2, 5, 5, 10, 10, 20, 50, 50, 100, 200, 5000]);
        assert_eq!(round_below(u32::MAX), 2_000_000_000);
    }

    #[test]
    fn everything_stays_in_its_row_and_on_the_axis() {
        let events: Vec<_> = (0..60).map(|i| DaySpan::day(day("2018-05-01").plus(i / 3))).collect();
        let tempo = tempo(&events, record());
        for axis in [record(), DaySpan::between(day("2018-05-03"), day("2018-05-12"))] {
            let layout = layout(axis, 500.0);
            let mut items = Vec::new();
            let theme = Theme::of(ThemeName::Light);
            let input = TempoInput { tempo: &tempo, rule: Rule::Attacks };
            draw(&mut Shaper::new(), theme, input, &layout, &mut items);
            let row = layout.bars.grown(4.0);
            for item in &items {
                let Item::Path(path) = item else { continue };
                assert!(row.encloses(&path.geometry.bounds()), "{:?}", path.geometry.bounds());
            }
        }
    }
}
