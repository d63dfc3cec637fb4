//! A small bar that shows the days of an imprecise date against the days shown: its ends are closed where
//! they are known to lie in these days, and open where it runs beyond them.

use super::theme::Theme;
use super::{Item, Rect, Stroke, shapes};
use crate::domain::{Day, DaySpan};

/// Points on each side for what lies beyond the days shown.
const MARGIN: f32 = 9.0;
/// Narrowest bar.
const LEAST_WIDTH: f32 = 3.0;
/// Distance of the hatch lines.
const HATCH_STEP: f32 = 3.0;

/// Where the two ends of a date lie against the days shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// Whether it begins before the days shown.
    pub before: bool,
    /// Whether it ends after them.
    pub after: bool,
    /// Whether it shares a day with them.
    pub overlaps: bool,
}

impl Ends {
    /// The ends of a date's days against the days shown.
    #[must_use]
    pub fn of(date: DaySpan, shown: DaySpan) -> Self {
        Self {
            before: date.first() < shown.first(),
            after: date.last() > shown.last(),
            overlaps: date.overlaps(shown),
        }
    }

    /// What the bar shows, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match (self.overlaps, self.before, self.after) {
            (false, true, _) => "before the days shown",
            (false, _, _) => "after the days shown",
            (true, false, false) => "within the days shown",
            (true, true, false) => "begins before the days shown",
            (true, false, true) => "goes on after the days shown",
            (true, true, true) => "begins before the days shown and goes on after them",
        }
    }
}

/// Draws the bar into a rectangle: the days shown as a ground between two edges, and the date hatched.
pub fn date_bar(theme: &Theme, date: DaySpan, shown: DaySpan, place: Rect, items: &mut Vec<Item>) {
    let ends = Ends::of(date, shown);
    let Rect { min: [left, top], max: [right, bottom] } = place;
    let (from, to) = (left + MARGIN, right - MARGIN);
    items.push(shapes::filled(Rect { min: [from, top], max: [to, bottom] }, theme.accent_soft));
    let edges = [from, to].map(|x| [[x, top], [x, bottom]]);
    items.push(shapes::lines(edges.to_vec(), Stroke::solid(theme.accent, 0.8)));

    let middle = f32::midpoint(top, bottom);
    let half = (bottom - top) * 0.28;
    if !ends.overlaps {
        let (tip, back) = if ends.before { (left, from - 3.0) } else { (right, to + 3.0) };
        items.push(arrow(theme, tip, back, middle, half));
        return;
    }
    let x = |day: Day| {
        #[expect(clippy::cast_precision_loss, reason = "days fit f32 to less than a point")]
        let share = (day.number() - shown.first().number()) as f32 / shown.days().max(1) as f32;
        from + (to - from) * share
    };
    let mut x0 = if ends.before { left + 4.0 } else { x(date.first()) };
    let mut x1 = if ends.after { right - 4.0 } else { x(date.end()) };
    if x1 - x0 < LEAST_WIDTH {
        let slack = (LEAST_WIDTH - (x1 - x0)) / 2.0;
        (x0, x1) = (x0 - slack, x1 + slack);
    }
    let bar = Rect { min: [x0, middle - half], max: [x1, middle + half] };
    let contour = shapes::closed(shapes::corners(bar));
    let hatch = shapes::hatch(std::slice::from_ref(&contour), bar, HATCH_STEP);
    items.push(shapes::area(vec![contour], Some(theme.hatch.with_alpha(40)), None));
    items.push(shapes::lines(hatch, Stroke::solid(theme.hatch, 0.9)));
    let sides = [bar.min[1], bar.max[1]].map(|y| [[x0, y], [x1, y]]);
    items.push(shapes::lines(sides.to_vec(), Stroke::solid(theme.text_muted, 0.7)));
    for (open, x, tip) in [(ends.before, x0, left), (ends.after, x1, right)] {
        if open {
            items.push(arrow(theme, tip, x, middle, half + 1.0));
        } else {
            let cap = vec![[x, top + 0.5], [x, bottom - 0.5]];
            items.push(shapes::line(cap, Stroke::solid(theme.text, 1.4)));
        }
    }
}

/// A triangle from a back to its tip.
fn arrow(theme: &Theme, tip: f32, back: f32, middle: f32, half: f32) -> Item {
    let points = vec![[tip, middle], [back, middle - half], [back, middle + half]];
    shapes::area(vec![shapes::closed(points)], Some(theme.text_muted), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::ThemeName;

    fn check(date: &str, shown: &str, words: &str, [caps, arrows]: [usize; 2]) {
        let span = |text: &str| {
            let (a, b) = text.split_once(' ').unwrap();
            DaySpan::inclusive(Day::parse(a).unwrap(), Day::parse(b).unwrap()).unwrap()
        };
        let (date, shown) = (span(date), span(shown));
        assert_eq!(Ends::of(date, shown).words(), words);
        let theme = Theme::of(ThemeName::Light);
        let place = Rect::from_min_size([0.0, 0.0], 64.0, 10.0);
        let mut items = Vec::new();
        date_bar(theme, date, shown, place, &mut items);
        let count = |is: &dyn Fn(&crate::scene::Path) -> bool| {
            items.iter().filter(|i| matches!(i, Item::Path(p) if is(p))).count()
        };
        let cap = Some(Stroke::solid(theme.text, 1.4));
        assert_eq!(count(&|p| p.stroke == cap), caps, "caps of {words}");
        assert_eq!(count(&|p| p.fill == Some(theme.text_muted)), arrows, "arrows of {words}");
        for item in &items {
            if let Item::Path(path) = item {
                assert!(place.grown(0.01).encloses(&path.geometry.bounds()), "{path:?}");
            }
        }
    }

    #[test]
    fn an_end_inside_the_days_shown_is_closed_and_one_beyond_them_is_open() {
        let shown = "2022-01-03 2022-01-12";
        check("2022-01-04 2022-01-05", shown, "within the days shown", [2, 0]);
        check("2022-01-03 2022-01-12", shown, "within the days shown", [2, 0]);
        check(
            "2022-01-01 2022-01-31",
            "2022-01-05 2022-01-05",
            "begins before the days shown and goes on after them",
            [0, 2],
        );
        check("2022-01-01 2022-01-04", shown, "begins before the days shown", [1, 1]);
        check("2022-01-12 2022-02-01", shown, "goes on after the days shown", [1, 1]);
        check("2021-01-01 2021-12-31", shown, "before the days shown", [0, 1]);
        check("2022-02-01 2022-02-28", shown, "after the days shown", [0, 1]);
    }
}
