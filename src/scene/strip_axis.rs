//! The dates below the time strip: always round ones, as many as have room.

use super::shapes;
use super::strip::StripLayout;
use super::text::Shaper;
use super::theme::{Theme, style};
use super::{Item, Stroke, Text};
use crate::analysis::words;
use crate::domain::Day;

/// A tick's day and its words; major ticks are longer.
struct Tick {
    day: Day,
    words: String,
    major: bool,
}

/// Round dates, as many as have room: years, quarters, months, weeks or days.
fn ticks(layout: &StripLayout) -> Vec<Tick> {
    let day = layout.day_width();
    let month_name = |d: Day| words::month(d).chars().take(3).collect::<String>();
    let mut ticks = Vec::new();
    let label_month = |every: i8, d: Day| (d.date().month() - 1) % every == 0;
    let every_months: i8 = if day * 30.0 >= 34.0 {
        1
    } else if day * 91.0 >= 34.0 {
        3
    } else if day * 182.0 >= 34.0 {
        6
    } else {
        12
    };
    let every_days = [1, 2, 7, 14].into_iter().find(|n| f64::from(day) * f64::from(*n) >= 46.0);
    for d in layout.axis.iter() {
        let date = d.date();
        let first_of_month = date.day() == 1;
        if first_of_month && label_month(every_months, d) {
            let january = date.month() == 1;
            let words = if january { date.year().to_string() } else { month_name(d) };
            ticks.push(Tick { day: d, words, major: january });
        } else if let Some(n) = every_days.filter(|_| !first_of_month) {
            let round = match n {
                1 => true,
                2 => date.day() % 2 == 1 && date.day() < 30,
                7 => matches!(date.day(), 8 | 15 | 22),
                _ => date.day() == 15,
            };
            if round {
                ticks.push(Tick { day: d, words: date.day().to_string(), major: false });
            }
        }
    }
    ticks
}

pub(super) fn axis(
    shaper: &mut Shaper,
    theme: &Theme,
    layout: &StripLayout,
    items: &mut Vec<Item>,
) {
    let y = layout.bars.max[1];
    let mut right = f32::NEG_INFINITY;
    for tick in ticks(layout) {
        let x = layout.x(tick.day);
        let length = if tick.major { 6.0 } else { 4.0 };
        items.push(shapes::line(
            vec![[x, y], [x, y + length]],
            Stroke::solid(theme.text_muted, 0.8),
        ));
        let text_style = if tick.major { style::SMALL_STRONG } else { style::SMALL };
        let shaped = shaper.shape(&tick.words, text_style);
        let left = x + 2.0;
        if left > right && left + shaped.width() <= layout.bars.max[0] {
            right = left + shaped.width() + 6.0;
            let color = if tick.major { theme.text } else { theme.text_muted };
            items.push(Item::Text(Text { origin: [left, y + 4.0], shaped, color, halo: None }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DaySpan;
    use crate::scene::Rect;

    fn layout(from: &str, to: &str, width: f32) -> StripLayout {
        let axis = DaySpan::inclusive(Day::parse(from).unwrap(), Day::parse(to).unwrap()).unwrap();
        StripLayout::new(axis, Rect::from_min_size([10.0, 0.0], width, 80.0))
    }

    #[test]
    fn ticks_are_round_dates_at_every_scale() {
        let words = |from, to, width| {
            ticks(&layout(from, to, width))
                .into_iter()
                .map(|t| t.words)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(words("2019-01-01", "2022-12-31", 300.0), "2019 Jul 2020 Jul 2021 Jul 2022 Jul");
        assert_eq!(words("2020-01-01", "2020-06-30", 300.0), "2020 Feb Mar Apr May Jun");
        assert!(words("2022-01-01", "2022-01-10", 600.0).starts_with("2022 2 3 4"));
    }
}
