//! Numbers of troops on the time strip: a step where a number is reported, dotted between two reports of the
//! same number, and nothing where none is.

use std::collections::BTreeMap;

use super::strip::StripLayout;
use super::text::Shaper;
use super::theme::{Theme, style};
use super::{Dash, Halo, Item, Rect, Stroke, Text, shapes};
use crate::analysis::words;
use crate::domain::{CountRange, Dataset, DaySpan, SourceIndex};

/// A reported number is drawn at least this wide.
const LEAST_WIDTH: f32 = 5.0;
/// Thickness of a step whose two ends are one number.
const THICKNESS: f32 = 2.0;
/// Points between a step and its number, and between two numbers.
const GAP: f32 = 4.0;

/// A number over the days from its first report to its last, no other number being reported between.
#[derive(Clone, Debug, PartialEq)]
struct Level {
    count: CountRange,
    /// The days of which it is reported.
    reported: Vec<DaySpan>,
    /// Who reports it.
    sources: Vec<SourceIndex>,
}

impl Level {
    fn days(&self) -> Option<DaySpan> {
        self.reported.iter().copied().reduce(DaySpan::join)
    }
}

/// The numbers of one place in order of their days, with the words for whose they are.
struct Series {
    words: String,
    levels: Vec<Level>,
}

/// When, how many, and who says so.
type Reported = (DaySpan, CountRange, SourceIndex);

fn series(dataset: &Dataset) -> Vec<Series> {
    let mut reports: BTreeMap<(&str, &str), Vec<Reported>> = BTreeMap::new();
    for level in &dataset.force_levels {
        if let (Some(days), Some(count)) = (level.span, level.count) {
            reports.entry((&level.country, &level.force)).or_default().push((
                days,
                count,
                level.source,
            ));
        }
    }
    let all = reports.into_iter().map(|((country, force), mut reports)| {
        reports.sort_by_key(|(days, ..)| (days.first(), days.last()));
        let mut levels: Vec<Level> = Vec::new();
        for (days, count, source) in reports {
            match levels.last_mut() {
                Some(level) if level.count == count => {
                    level.reported.push(days);
                    level.sources.push(source);
                }
                _ => levels.push(Level { count, reported: vec![days], sources: vec![source] }),
            }
        }
        let places: Vec<_> = country.split(';').map(|c| words::place_code(c.trim())).collect();
        Series { words: format!("{force} in {}", places.join(" and ")), levels }
    });
    all.collect()
}

/// Who reports the numbers that are drawn.
pub(super) fn sources(dataset: &Dataset, layout: &StripLayout) -> Vec<SourceIndex> {
    if layout.troops.is_none() {
        return Vec::new();
    }
    let series = series(dataset);
    let levels = series.iter().flat_map(|s| &s.levels);
    let drawn = levels.filter(|l| l.days().is_some_and(|days| days.overlaps(layout.axis)));
    drawn.flat_map(|level| level.sources.iter().copied()).collect()
}

/// The row of a layout: all on one scale, from none at the bottom to the most at the top.
pub(super) fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    dataset: &Dataset,
    layout: &StripLayout,
    items: &mut Vec<Item>,
) {
    let Some(row) = layout.troops else { return };
    let series = series(dataset);
    let most = |level: &Level| level.count.high().unwrap_or(level.count.low());
    let top = series.iter().flat_map(|s| &s.levels).map(most).max().unwrap_or(0).max(1);
    let y = |number: u32| {
        let share = f64::from(number) / f64::from(top);
        #[expect(clippy::cast_possible_truncation, reason = "a share of a height")]
        let share = share as f32;
        row.max[1] - 1.0 - share * (row.height() - 3.0)
    };
    // What numbers must keep clear of: the steps and the dotted lines of all places.
    let mut taken: Vec<[f32; 2]> = Vec::new();
    for level in series.iter().flat_map(|s| &s.levels) {
        if let Some(days) = level.days().and_then(|d| d.shared(layout.axis)) {
            let [from, to] = place(layout, days);
            taken.push([from, to]);
            if level.reported.len() > 1 {
                let line = vec![[from, y(level.count.low())], [to, y(level.count.low())]];
                let dash = Some(Dash { on: 1.0, off: 2.0 });
                items
                    .push(shapes::line(line, Stroke { color: theme.text_muted, width: 0.9, dash }));
            }
        }
        for days in level.reported.iter().filter_map(|d| d.shared(layout.axis)) {
            let [from, to] = place(layout, days);
            let (low, high) = (y(level.count.low()), y(most(level)));
            let half = THICKNESS / 2.0;
            let step = Rect { min: [from, high - half], max: [to, low + half] };
            items.push(shapes::filled(step, theme.text_muted));
        }
    }
    // Where a step is as long as the axis its number stands on it, one after the other.
    let mut within = row.min[0] + GAP;
    for Series { words, levels } in &series {
        let mut named = false;
        for level in levels {
            let Some(days) = level.days().and_then(|d| d.shared(layout.axis)) else { continue };
            let number = words::large_count(level.count);
            let is_reported_here = level.reported.iter().any(|d| d.overlaps(layout.axis));
            let said = match (named, is_reported_here) {
                (false, true) => format!("{words}: {number}"),
                (false, false) => format!("{words}: {number} before and after"),
                (true, _) => number,
            };
            let shaped = shaper.shape(&said, style::SMALL);
            let width = shaped.width();
            let [from, to] = place(layout, days);
            let fits = |x: f32| {
                x >= row.min[0]
                    && x + width <= row.max[0]
                    && taken
                        .iter()
                        .all(|t| x + width + GAP <= t[0] + 0.01 || x >= t[1] + GAP - 0.01)
            };
            // Where a number of another place stands to the right, the next one follows it.
            let next = taken.iter().filter(|t| (t[0] - to - GAP).abs() < 0.01).map(|t| t[1]);
            let after = next.fold(to, f32::max) + GAP;
            let places = [from - GAP - width, to + GAP, after + GAP];
            let beside = places.into_iter().find(|x| fits(*x));
            let x = match beside {
                Some(x) => x,
                None if from <= row.min[0] + GAP && within + width + GAP <= to && !named => {
                    let x = within;
                    within += width + 2.0 * GAP;
                    x
                }
                None => continue,
            };
            named = true;
            taken.push([x, x + width]);
            let origin = [x, row.min[1] + (row.height() - shaped.height()) / 2.0];
            let halo = Some(Halo { color: theme.paper, width: 2.0 });
            items.push(Item::Text(Text { origin, shaped, color: theme.text_muted, halo }));
        }
    }
}

/// From where to where some days are drawn.
fn place(layout: &StripLayout, days: DaySpan) -> [f32; 2] {
    let (from, to) = (layout.x(days.first()), layout.x(days.end()));
    [from, to.max(from + LEAST_WIDTH).min(layout.bars.max[0].max(to))]
}
