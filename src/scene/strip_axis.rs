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
    hour: u8,
    /// Its words, the longest first; the first that has room is taken.
    words: Vec<String>,
    rank: Rank,
}

impl Tick {
    fn x(&self, layout: &StripLayout) -> f32 {
        layout.x(self.day) + layout.day_width() * f32::from(self.hour) / 24.0
    }
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
    /// An hour within a day.
    Hour,
    /// A month without words.
    Bare,
}

/// Points from one tick to the next that words at months need.
const MONTH_ROOM: f32 = 34.0;
/// Points from one tick to the next that words at days need.
const DAY_ROOM: f32 = 46.0;
/// Points of a day from which on its weekday stands with it.
const WEEKDAY_ROOM: f32 = 64.0;
/// Points from one tick to the next that words at hours need.
const HOUR_ROOM: f32 = 36.0;
/// Points from one tick without words to the next.
const BARE_ROOM: f32 = 5.0;
/// Points between the words of two ticks.
const GAP: f32 = 6.0;
/// Points from a tick to its words.
const INDENT: f32 = 2.0;

/// The start of the axis and round dates: years, half-years, quarters, months, weeks, days or hours.
fn ticks(layout: &StripLayout) -> Vec<Tick> {
    let width = layout.day_width();
    let mut ticks = month_ticks(layout, width);
    let every_days = [1_i8, 2, 7, 14].into_iter().find(|n| width * f32::from(*n) >= DAY_ROOM);
    if let Some(every) = every_days {
        ticks.extend(layout.axis.iter().filter_map(|day| day_tick(layout, width, day, every)));
    }
    let every_hours = [6_u8, 12].into_iter().find(|n| width * f32::from(*n) / 24.0 >= HOUR_ROOM);
    if let Some(every) = every_hours {
        for day in layout.axis.iter() {
            let hours = (1..24 / every).map(|n| n * every);
            ticks.extend(hours.map(|hour| Tick {
                day,
                hour,
                words: vec![format!("{hour:02}:00")],
                rank: Rank::Hour,
            }));
        }
    }
    ticks
}

/// The first day of the axis, and the first of each round month.
fn month_ticks(layout: &StripLayout, width: f32) -> Vec<Tick> {
    let months = [(1_i8, 30.0), (3, 91.0), (6, 182.0)];
    let room = |least: f32| {
        months.into_iter().find(|(_, days)| width * days >= least).map_or(12, |(n, _)| n)
    };
    let (every_months, every_bare) = (room(MONTH_ROOM), room(BARE_ROOM));
    let every_years = [1_i16, 2, 5, 10, 20, 50];
    let every_years = every_years
        .into_iter()
        .find(|n| width * 365.0 * f32::from(*n) >= MONTH_ROOM)
        .unwrap_or(100);
    let by_days = width * 14.0 >= DAY_ROOM;
    let wide = width >= WEEKDAY_ROOM;
    let mut ticks = Vec::new();
    let mut day = layout.axis.first();
    while layout.axis.contains(day) {
        let date = day.date();
        let round = date.day() == 1 && (date.month() - 1) % every_months == 0;
        let january = date.day() == 1 && date.month() == 1;
        let full_year = january && date.year() % every_years == 0;
        let tick = match (day == layout.axis.first(), date.day()) {
            (true, d) if by_days && (wide || !january) => {
                let long = format!("{} {}", weekday(day), words::day_short(day));
                let mut said = vec![words::day_short(day), words::month_short(day), d.to_string()];
                if wide {
                    said.insert(0, long);
                }
                // Days that have words of their own must keep their room.
                if d == 1 && !wide {
                    said.remove(0);
                }
                Some((Rank::Start, said))
            }
            (true, d) if d > 1 => Some((Rank::Start, vec![words::day_short(day), d.to_string()])),
            (true, _) if !january => {
                let name = round.then(|| month_name(day));
                Some((Rank::Start, [words::month_short(day)].into_iter().chain(name).collect()))
            }
            _ if january && by_days => {
                let mut said = vec![words::month_short(day), date.year().to_string()];
                if wide {
                    said.insert(0, format!("{} {}", weekday(day), words::day_short(day)));
                }
                Some((Rank::Year, said))
            }
            _ if full_year => Some((Rank::Year, vec![date.year().to_string()])),
            _ if round && !january => {
                let mut said = vec![month_name(day)];
                if wide {
                    said.insert(0, format!("{} 1 {}", weekday(day), month_name(day)));
                }
                Some((Rank::Month, said))
            }
            _ if (date.month() - 1) % every_bare == 0 => Some((Rank::Bare, Vec::new())),
            _ => None,
        };
        ticks.extend(tick.map(|(rank, words)| Tick { day, hour: 0, words, rank }));
        day = Day::from_date(date.last_of_month()).plus(1);
        if day.date().day() != 1 {
            break;
        }
    }
    ticks
}

/// A round day within a month: each, every second, the 8th, 15th and 22nd, or the 15th.
fn day_tick(layout: &StripLayout, width: f32, day: Day, every: i8) -> Option<Tick> {
    let d = day.date().day();
    let round = match every {
        1 => d > 1,
        2 => d % 2 == 1 && d > 1 && d < 30,
        7 => matches!(d, 8 | 15 | 22),
        _ => d == 15,
    };
    if !round || day == layout.axis.first() {
        return None;
    }
    let mut words = vec![d.to_string()];
    if width >= WEEKDAY_ROOM {
        words.insert(0, format!("{} {d}", weekday(day)));
        words.insert(0, format!("{} {d} {}", weekday(day), month_name(day)));
    }
    Some(Tick { day, hour: 0, words, rank: Rank::Day })
}

/// "Mon" of Monday.
fn weekday(day: Day) -> String {
    words::weekday(day).chars().take(3).collect()
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
    order.sort_by_key(|t| (t.rank, t.day, t.hour));
    let all_days = layout.day_width() >= DAY_ROOM;
    let mut placed: Vec<Placed> = Vec::new();
    for tick in order {
        let strong = matches!(tick.rank, Rank::Year);
        let text_style = if strong { style::SMALL_STRONG } else { style::SMALL };
        for words in &tick.words {
            let shaped = shaper.shape(words, text_style);
            let width = shaped.width();
            let is_shortest = Some(words) == tick.words.last();
            // Where each day has its words, none takes the room of the next.
            if all_days
                && !is_shortest
                && tick.rank != Rank::Hour
                && width + GAP > layout.day_width()
            {
                continue;
            }
            let mut from = tick.x(layout) + INDENT;
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
        let x = tick.x(layout);
        let length = match tick.rank {
            Rank::Year => 6.0,
            Rank::Bare | Rank::Hour => 2.5,
            _ => 4.0,
        };
        items.push(shapes::line(
            vec![[x, y], [x, y + length]],
            Stroke::solid(theme.text_muted, 0.8),
        ));
    }
    for Placed { from, rank, shaped, .. } in placed(shaper, layout, &ticks) {
        let color = if rank == Rank::Year { theme.text } else { theme.text_muted };
        items.push(Item::Text(Text { origin: [from, y + 3.0], shaped, color, halo: None }));
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
