//! The dates below bars over days: always round ones, as many as have room, and the year before all.

use std::sync::Arc;

use super::shapes;
use super::strip::StripLayout;
use super::text::{ShapedText, Shaper};
use super::theme::{Theme, style};
use super::{Item, Stroke, Text};
use crate::analysis::words;
use crate::domain::Day;

/// A tick's day and what may stand at it.
struct Tick {
    day: Day,
    /// Its words, the longest first; the first that has room is taken.
    words: Vec<String>,
    rank: Rank,
}

/// Which ticks get their words first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The first of January.
    Year,
    /// The first day of the axis, where that is no January.
    Start,
    /// The first of another month.
    Month,
    /// A day within a month.
    Day,
}

/// Points from one tick to the next that words at months need.
const MONTH_ROOM: f32 = 34.0;
/// Points from one tick to the next that words at days need.
const DAY_ROOM: f32 = 46.0;
/// Points between the words of two ticks.
const GAP: f32 = 6.0;
/// Points from a tick to its words.
const INDENT: f32 = 2.0;

/// The start of the axis and round dates: years, half-years, quarters, months, weeks or days.
fn ticks(layout: &StripLayout) -> Vec<Tick> {
    let width = layout.day_width();
    let months = [(1_i8, 30.0), (3, 91.0), (6, 182.0)];
    let every_months =
        months.into_iter().find(|(_, days)| width * days >= MONTH_ROOM).map_or(12, |(n, _)| n);
    let every_years = [1_i16, 2, 5, 10, 20, 50];
    let every_years = every_years
        .into_iter()
        .find(|n| width * 365.0 * f32::from(*n) >= MONTH_ROOM)
        .unwrap_or(100);
    let every_days = [1_i8, 2, 7, 14].into_iter().find(|n| width * f32::from(*n) >= DAY_ROOM);
    layout
        .axis
        .iter()
        .filter_map(|day| {
            let date = day.date();
            let (rank, words) = match (date.month(), date.day()) {
                (1, 1) if every_days.is_some() => {
                    (Rank::Year, vec![words::month_short(day), date.year().to_string()])
                }
                (1, 1) if date.year() % every_years == 0 => {
                    (Rank::Year, vec![date.year().to_string()])
                }
                (month, 1) if day == layout.axis.first() => {
                    let round = (month - 1) % every_months == 0;
                    let name = round.then(|| month_name(day));
                    (Rank::Start, [words::month_short(day)].into_iter().chain(name).collect())
                }
                (_, d) if day == layout.axis.first() => {
                    (Rank::Start, vec![words::day_short(day), d.to_string()])
                }
                (month, 1) if month > 1 && (month - 1) % every_months == 0 => {
                    (Rank::Month, vec![month_name(day)])
                }
                (_, d) => {
                    let round = match every_days? {
                        1 => d > 1,
                        2 => d % 2 == 1 && d > 1 && d < 30,
                        7 => matches!(d, 8 | 15 | 22),
                        _ => d == 15,
                    };
                    round.then(|| (Rank::Day, vec![d.to_string()]))?
                }
            };
            Some(Tick { day, words, rank })
        })
        .collect()
}

/// "Apr" of "April 2022".
fn month_name(day: Day) -> String {
    words::month(day).chars().take(3).collect()
}

/// Words that have found room: from where to where, and at which tick.
struct Placed {
    from: f32,
    to: f32,
    rank: Rank,
    shaped: Arc<ShapedText>,
}

/// Gives words to ticks, those of years first, as long as they do not meet.
fn placed(shaper: &mut Shaper, layout: &StripLayout, ticks: &[Tick]) -> Vec<Placed> {
    let right = layout.bars.max[0];
    let mut order: Vec<&Tick> = ticks.iter().collect();
    order.sort_by_key(|t| (t.rank, t.day));
    let mut placed: Vec<Placed> = Vec::new();
    for tick in order {
        let strong = matches!(tick.rank, Rank::Year);
        let text_style = if strong { style::SMALL_STRONG } else { style::SMALL };
        for words in &tick.words {
            let shaped = shaper.shape(words, text_style);
            let width = shaped.width();
            let mut from = layout.x(tick.day) + INDENT;
            if from + width > right {
                // A year near the end of the axis moves back to stand on it.
                if tick.rank != Rank::Year {
                    continue;
                }
                from = (right - width).max(layout.bars.min[0]);
            }
            let to = from + width;
            if placed.iter().all(|p| to + GAP <= p.from || from >= p.to + GAP) {
                placed.push(Placed { from, to, rank: tick.rank, shaped });
                break;
            }
        }
    }
    placed
}

/// Draws ticks and dates below the bars of a layout.
pub fn axis(shaper: &mut Shaper, theme: &Theme, layout: &StripLayout, items: &mut Vec<Item>) {
    let y = layout.bars.max[1];
    let ticks = ticks(layout);
    for tick in &ticks {
        let x = layout.x(tick.day);
        let length = if tick.rank == Rank::Year { 6.0 } else { 4.0 };
        items.push(shapes::line(
            vec![[x, y], [x, y + length]],
            Stroke::solid(theme.text_muted, 0.8),
        ));
    }
    for Placed { from, rank, shaped, .. } in placed(shaper, layout, &ticks) {
        let color = if rank == Rank::Year { theme.text } else { theme.text_muted };
        items.push(Item::Text(Text { origin: [from, y + 4.0], shaped, color, halo: None }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::strip::tests::layout;

    /// What stands below the axis, from left to right.
    fn read(from: &str, to: &str, width: f32) -> String {
        let layout = layout(from, to, width);
        let mut placed = placed(&mut Shaper::new(), &layout, &ticks(&layout));
        placed.sort_by(|a, b| a.from.total_cmp(&b.from));
        for pair in placed.windows(2) {
            assert!(pair[0].to < pair[1].from, "words meet from {from} to {to} at {width}");
        }
        assert!(placed.iter().all(|p| p.to <= layout.bars.max[0]));
        let words: Vec<_> = placed.iter().map(|p| p.shaped.text().to_owned()).collect();
        words.join(" ")
    }

    #[test]
    fn ticks_are_round_dates_at_every_scale() {
        let halves = "2019 Jul 2020 Jul 2021 Jul 2022 Jul";
        assert_eq!(read("2019-01-01", "2022-12-31", 300.0), halves);
        assert_eq!(read("2020-01-01", "2020-06-30", 300.0), "2020 Feb Mar Apr May Jun");
        assert!(read("2022-01-01", "2022-01-10", 600.0).starts_with("Jan 2022 2 3 4"));
        assert_eq!(read("1990-01-01", "2022-12-31", 160.0), "1990 2000 2010 2020");
    }

    #[test]
    fn every_year_is_named_also_where_it_has_only_its_last_or_its_first_months() {
        for width in [240.0, 330.0, 480.0, 590.0, 1000.0, 1400.0] {
            let two = read("2020-01-01", "2022-01-31", width);
            let four = read("2019-10-01", "2022-12-31", width);
            for year in ["2020", "2021", "2022"] {
                assert!(two.contains(year) && four.contains(year), "{width}: {two}; {four}");
            }
            assert!(four.starts_with("Oct 2019") || width < 900.0, "{width}: {four}");
        }
        assert_eq!(read("2021-03-10", "2021-03-19", 300.0), "10 Mar 2021 13 15 17 19");
    }
}
