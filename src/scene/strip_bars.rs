//! What the time strip counts: a bar for each day where days are wide enough, its events by the hour where
//! they are wider still, and else their density; with the words that say which.

use std::sync::Arc;

use super::bars::{self, Bar};
use super::strip::{StripInput, StripLayout};
use super::strip_caption::Caption;
use super::strip_density::Columns;
use super::text::{ShapedText, Shaper};
use super::theme::{Theme, style};
use super::{Halo, Item, Rect, Stroke, Text, shapes, strip_density, strip_hours};
use crate::analysis::{BarCount, Buckets, DayCounts, Density, Rule, words};
use crate::domain::DaySpan;

/// A day this wide has a bar of its own, in points.
const DAY_WIDTH: f32 = 3.0;
/// A day this wide has its hours.
pub(super) const HOURS_WIDTH: f32 = 72.0;
/// Bars this high have room for numbers besides the caption.
const NUMBERED_HEIGHT: f32 = 38.0;
/// Where this many events fill the strip, no fewer do.
const FLOOR: f32 = 3.0;
/// Longest record in buckets whose fullest is looked for; of a longer one only the axis counts.
const MOST_BUCKETS: usize = 50_000;

/// What is drawn of the days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Density,
    Days,
    Hours,
}

impl Kind {
    fn of(layout: &StripLayout) -> Self {
        match layout.day_width() {
            w if w < DAY_WIDTH => Self::Density,
            w if w < HOURS_WIDTH => Self::Days,
            _ => Self::Hours,
        }
    }
}

/// Draws what is counted on the axis, with a line at a round number and a caption; gives the places of the
/// caption and of the number.
///
/// The scale is that of the whole record at this width of a day. It depends on neither the window nor
/// the piece that the axis shows, so that nothing grows while an edge is dragged or time plays.
pub(super) fn draw(
    shaper: &mut Shaper,
    theme: &Theme,
    input: StripInput<'_>,
    layout: &StripLayout,
    items: &mut Vec<Item>,
) -> [Rect; 2] {
    let counts = input.selection.day_counts();
    match Kind::of(layout) {
        Kind::Density => {
            let columns = Columns::of(layout);
            let density = Density::smoothed_piece(counts, columns.buckets, &columns.shown);
            let (peak, least) = whole_peak(counts, columns.buckets)
                .unwrap_or_else(|| (density.peak(), FLOOR * Density::lonely_end_peak()));
            let rate = Rate::of(&density, peak);
            let parts = rate.caption(input, &density, layout.axis);
            let heights =
                density.heights().enumerate().map(|(i, h)| ([columns.x(i), columns.x(i + 1)], h));
            let mut head = Caption::over(layout, heights, peak.max(least), 0.0);
            head.say(shaper, &parts);
            let top = head.top;
            let number = rule(shaper, theme, layout, rate.line(top), &head, items);
            strip_density::draw(theme, &density, top, &columns, items);
            base(theme, layout, items);
            let caption = head.draw(theme, items);
            [caption, number.unwrap_or(caption)]
        }
        kind => {
            let days: Vec<_> = layout.axis.iter().map(DaySpan::day).collect();
            let bars = counts.bars(&days);
            let peak = whole_days(counts, layout.whole).max(bars::top(&bars, FLOOR));
            let parts = day_caption(input.view.rule, kind, &bars);
            let places = days.iter().map(|d| [layout.x(d.first()), layout.x(d.end())]);
            let heights = bars.iter().map(|b| b.spread + as_f32(b.exact_total()));
            let numbers = Numbers::of(shaper, layout, &bars);
            let above = numbers.height();
            let mut head = Caption::over(layout, places.zip(heights), peak, above);
            head.say(shaper, &parts);
            let top = head.top;
            let line = day_line(top).filter(|_| numbers.0.is_none());
            let number = rule(shaper, theme, layout, line, &head, items);
            let unit = layout.bars.height() / top;
            if kind == Kind::Hours {
                let heights = strip_hours::draw(theme, input, layout, &bars, unit, items);
                numbers.draw(theme, layout, &heights, items);
            } else {
                let placed: Vec<_> = days
                    .iter()
                    .zip(&bars)
                    .map(|(day, count)| Bar { place: layout.bar(*day), count })
                    .collect();
                bars::stacked(&placed, top, theme.hatch, |class| theme.class(class), items);
                let height = |b: &BarCount| (b.spread + as_f32(b.exact_total())) * unit;
                let heights: Vec<_> = bars.iter().map(height).collect();
                numbers.draw(theme, layout, &heights, items);
            }
            base(theme, layout, items);
            let caption = head.draw(theme, items);
            [caption, number.unwrap_or(caption)]
        }
    }
}

/// What stands on a strip without any event.
pub(super) fn nothing(
    shaper: &mut Shaper,
    theme: &Theme,
    layout: &StripLayout,
    items: &mut Vec<Item>,
) -> [Rect; 2] {
    let mut head = Caption::over(layout, std::iter::empty(), FLOOR, 0.0);
    head.say(shaper, &["No event in the record".to_owned()]);
    base(theme, layout, items);
    [head.draw(theme, items); 2]
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
fn as_f32(count: u32) -> f32 {
    count as f32
}

fn base(theme: &Theme, layout: &StripLayout, items: &mut Vec<Item>) {
    let ([left, right], y) = ([layout.bars.min[0], layout.bars.max[0]], layout.bars.max[1]);
    items.push(shapes::line(vec![[left, y], [right, y]], Stroke::solid(theme.rule, 0.8)));
}

/// The fullest bucket of the whole record, and what fills the strip at least; nothing for a record too long.
fn whole_peak(counts: &DayCounts, buckets: Buckets) -> Option<(f32, f32)> {
    let all = 0..buckets.count();
    if all.len() > MOST_BUCKETS {
        return None;
    }
    let whole = Density::in_some(counts, buckets, &all);
    let lonely =
        if whole.is_folded() { Density::lonely_end_peak() } else { Density::lonely_peak() };
    Some((whole.smoothed().peak(), FLOOR * lonely))
}

/// The most on a day of the whole record.
fn whole_days(counts: &DayCounts, whole: DaySpan) -> f32 {
    if usize::try_from(whole.days()).is_ok_and(|days| days > MOST_BUCKETS) {
        return 0.0;
    }
    let days: Vec<_> = whole.iter().map(DaySpan::day).collect();
    bars::top(&counts.bars(&days), 0.0)
}

/// The time for which a density is said.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rate {
    words: &'static str,
    /// Mass in a bucket of one event in this time.
    unit: f32,
}

impl Rate {
    /// The shortest time in which the fullest bucket has four events.
    fn of(density: &Density, peak: f32) -> Self {
        let rates = [("day", 1.0), ("week", 7.0), ("30 days", 30.0)];
        #[expect(clippy::cast_possible_truncation, reason = "a share of a count")]
        let all =
            rates.map(|(words, days)| Self { words, unit: (density.bucket_days / days) as f32 });
        all.into_iter().find(|rate| peak >= 4.0 * rate.unit).unwrap_or(all[2])
    }

    /// What the density counts, over how many days it is smoothed, and the fullest day, which is exact.
    fn caption(self, input: StripInput<'_>, density: &Density, axis: DaySpan) -> Vec<String> {
        let noun = words::capitalised(input.view.rule.noun(2));
        if density.peak() <= 0.0 {
            return vec![format!("{noun}: none")];
        }
        let days = density.smoothing_days().round().max(1.0);
        let over = if days > 1.0 { format!("{days} days") } else { "a day".to_owned() };
        let fullest = input.selection.day_counts().days().filter(|(day, _)| axis.contains(*day));
        let fullest = fullest.map(|(_, count)| count.iter().sum::<u32>()).max().unwrap_or(0);
        let is_hatched = density.spread.iter().any(|mass| *mass > 0.0);
        let hatched = if is_hatched { "; hatched: day not known" } else { "" };
        let most = match fullest {
            0 => String::new(),
            n => format!("; most in a day {}", number(n)),
        };
        let (noun, smoothed) =
            (format!("{noun} per {}", self.words), format!(", smoothed over {over}"));
        vec![noun, smoothed, most, hatched.to_owned()]
    }

    /// A round number of events in this time, and its mass in a bucket.
    fn line(self, top: f32) -> Option<(u32, f32)> {
        round_below(top / self.unit).map(|n| (n, as_f32(n) * self.unit))
    }
}

/// A round number of events on a day.
fn day_line(top: f32) -> Option<(u32, f32)> {
    round_below(top).map(|n| (n, as_f32(n)))
}

/// The largest of 1, 2, 5, 10, 20, 50 and so on that is well below a number.
fn round_below(number: f32) -> Option<u32> {
    let steps = (0..9).flat_map(|power| [1, 2, 5].map(|n| n * 10_u32.pow(power)));
    steps.take_while(|n| as_f32(*n) <= 0.85 * number).last()
}

/// A dotted line at a height, with its number at the right end, clear of the caption; gives the number's place.
fn rule(
    shaper: &mut Shaper,
    theme: &Theme,
    layout: &StripLayout,
    line: Option<(u32, f32)>,
    head: &Caption,
    items: &mut Vec<Item>,
) -> Option<Rect> {
    let (n, mass) = line?;
    let Rect { min: [left, top], max: [right, base] } = layout.bars;
    let y = base - mass / head.top * (base - top);
    let shaped = shaper.shape(&number(n), style::SMALL);
    let width = shaped.width();
    let origin = [right - width - 1.0, y - shaped.height() / 2.0];
    let is_outside = origin[1] < top - 3.0 || origin[1] + shaped.height() > base;
    if is_outside || shaped.box_at(origin).grown(1.0).overlaps(&head.rect()) {
        return None;
    }
    let stroke = Stroke::solid(theme.rule, 0.7);
    items.push(shapes::line(vec![[left, y], [right - width - 4.0, y]], stroke));
    let halo = Some(Halo { color: theme.paper, width: 2.0 });
    let place = shaped.box_at(origin);
    items.push(Item::Text(Text { origin, shaped, color: theme.text_muted, halo }));
    Some(place)
}

/// The numbers on the bars of days, where the longest has room.
struct Numbers(Option<Vec<Option<Arc<ShapedText>>>>);

impl Numbers {
    fn of(shaper: &mut Shaper, layout: &StripLayout, bars: &[BarCount]) -> Self {
        if layout.bars.height() < NUMBERED_HEIGHT {
            return Self(None);
        }
        let width = layout.day_width() - 1.0;
        let mut shaped = Vec::with_capacity(bars.len());
        for bar in bars {
            let text = match bar.exact_total() {
                0 => None,
                n => Some(shaper.shape(&number(n), style::SMALL)),
            };
            if text.as_ref().is_some_and(|t| t.width() > width) {
                return Self(None);
            }
            shaped.push(text);
        }
        Self(Some(shaped))
    }

    fn height(&self) -> f32 {
        let texts = self.0.iter().flatten().flatten();
        texts.map(|t| t.height()).fold(0.0, f32::max)
    }

    fn draw(self, theme: &Theme, layout: &StripLayout, heights: &[f32], items: &mut Vec<Item>) {
        let Some(texts) = self.0 else { return };
        for ((day, shaped), height) in layout.axis.iter().zip(texts).zip(heights) {
            let Some(shaped) = shaped else { continue };
            let middle = layout.x(day) + layout.day_width() / 2.0;
            let y = layout.bars.max[1] - height.max(1.5) - shaped.height() + 1.0;
            let origin = [middle - shaped.width() / 2.0, y.max(layout.bars.min[1] - 1.0)];
            let halo = Some(Halo { color: theme.paper, width: 1.2 });
            items.push(Item::Text(Text { origin, shaped, color: theme.text, halo }));
        }
    }
}

/// What the bars of days count, and how many the fullest day has.
fn day_caption(rule: Rule, kind: Kind, counts: &[BarCount]) -> Vec<String> {
    let most = |of: fn(&BarCount) -> u32| counts.iter().map(of).max().unwrap_or(0);
    let (exact, possible) = (most(BarCount::exact_total), most(|c| c.possible));
    let noun = words::capitalised(rule.noun(2));
    if exact + possible == 0 {
        return vec![format!("{noun}: none")];
    }
    let most = match exact {
        0 => String::new(),
        n => format!("; most in a day {}", number(n)),
    };
    let hatched = match (kind, possible) {
        (Kind::Hours, 0) => "; hatched over the day: hour not known",
        (Kind::Hours, _) => "; hatched: hour or day not known",
        (_, 0) => "",
        _ => "; hatched: day not known",
    };
    vec![format!("{noun} per day"), most, hatched.to_owned()]
}

fn number(n: u32) -> String {
    words::thousands(usize::try_from(n).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caption_says_what_is_counted_and_the_number_of_the_fullest_day() {
        let count = |exact: u32, possible: u32| BarCount {
            exact: [exact, 0, 0, 0, 0, 0],
            possible,
            spread: 0.0,
        };
        let said = |kind, counts: &[BarCount]| day_caption(Rule::Attacks, kind, counts).concat();
        let days = |counts: &[BarCount]| said(Kind::Days, counts);
        assert_eq!(days(&[count(0, 0), count(2, 0)]), "Attacks per day; most in a day 2");
        assert_eq!(
            days(&[count(0, 1), count(3, 0)]),
            "Attacks per day; most in a day 3; hatched: day not known"
        );
        assert_eq!(days(&[count(0, 1)]), "Attacks per day; hatched: day not known");
        assert_eq!(days(&[count(0, 0)]), "Attacks: none");
        assert_eq!(
            said(Kind::Hours, &[count(1, 0)]),
            "Attacks per day; most in a day 1; hatched over the day: hour not known"
        );
    }

    #[test]
    fn the_line_stands_at_a_round_number_well_below_the_top() {
        let round = |n: f32| round_below(n);
        assert_eq!(
            [0.9, 1.2, 3.0, 5.0, 7.0].map(round),
            [None, Some(1), Some(2), Some(2), Some(5)]
        );
        assert_eq!([99.0, 1000.0].map(round), [Some(50), Some(500)]);
        assert_eq!(round(f32::NAN), None);
    }
}
