//! How thickly events lie along a span of days: their mass in equal buckets, lightly smoothed.

use std::ops::Range;

use super::{DayCounts, WideCount};
use crate::domain::DaySpan;

/// Buckets on each side of an event that smoothing brings some of it to.
const REACH: u16 = 3;

/// Parts of a bucket that a sum of days may be off by.
const ROUNDING: f64 = 1e-6;

/// Equal buckets of a span of days, one after the other from its first day. The last one ends with the span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Buckets {
    /// The span.
    pub whole: DaySpan,
    /// Days of one bucket.
    pub days: f64,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "there are far fewer buckets than 2^52, and none before the first"
)]
impl Buckets {
    /// How many there are, at least one.
    #[must_use]
    pub fn count(self) -> usize {
        ((f64::from(self.whole.days()) / self.days - ROUNDING).ceil() as usize).max(1)
    }

    /// Those that have a part of some days of the span.
    #[must_use]
    pub fn of(self, days: DaySpan) -> Range<usize> {
        let first = self.place(days).max(0.0);
        let last = first + f64::from(days.days()) / self.days;
        let from = (first + ROUNDING).floor() as usize;
        from..((last - ROUNDING).ceil() as usize).clamp(from + 1, self.count().max(from + 1))
    }

    /// Where some days begin, in buckets from the start of the first.
    #[must_use]
    pub fn place(self, days: DaySpan) -> f64 {
        f64::from(days.first().number() - self.whole.first().number()) / self.days
    }

    /// Where some of them begin and end, in days from the first of the span.
    fn ends(self, some: &Range<usize>) -> Vec<f64> {
        let last = f64::from(self.whole.days());
        (some.start..=some.end).map(|i| (i as f64 * self.days).min(last)).collect()
    }
}

/// The mass of events in equal buckets of a span of days. One event has the mass one, wherever it lies: one
/// known to the day is spread evenly over that day, one known to several days over these.
#[derive(Clone, Debug, PartialEq)]
pub struct Density {
    /// Days of one bucket.
    pub bucket_days: f64,
    /// By bucket, events known to the day, by direction in the order of the code list.
    pub exact: Vec<[f32; 6]>,
    /// By bucket, events known only to several days.
    pub spread: Vec<f32>,
}

impl Density {
    /// The mass in each of some buckets, at least one, not smoothed. Costs the number of buckets and of
    /// different spans of several days, however many events there are.
    #[must_use]
    pub fn of(counts: &DayCounts, axis: DaySpan, buckets: usize) -> Self {
        let buckets = buckets.max(1);
        #[expect(clippy::cast_precision_loss, reason = "there are far fewer buckets than 2^52")]
        let days = f64::from(axis.days()) / buckets as f64;
        Self::in_some(counts, Buckets { whole: axis, days }, &(0..buckets))
    }

    /// The smoothed mass in some buckets: what lies beside them brings its part to them, and nothing is turned
    /// back but at the ends of the span. So a bucket has the same mass whichever others are asked for.
    #[must_use]
    pub fn smoothed_piece(counts: &DayCounts, buckets: Buckets, some: &Range<usize>) -> Self {
        let reach = usize::from(REACH);
        let from = some.start.saturating_sub(reach);
        let wider = from..(some.end + reach).min(buckets.count()).max(some.end);
        let mut all = Self::in_some(counts, buckets, &wider).smoothed();
        all.exact = all.exact.drain(some.start - from..some.end - from).collect();
        all.spread = all.spread.drain(some.start - from..some.end - from).collect();
        all
    }

    /// The mass in some buckets, not smoothed.
    #[must_use]
    pub fn in_some(counts: &DayCounts, buckets: Buckets, some: &Range<usize>) -> Self {
        let (axis, ends) = (buckets.whole, buckets.ends(some));
        let before: Vec<[f64; 6]> =
            ends.iter().map(|end| exact_before(counts, axis, *end)).collect();
        #[expect(clippy::cast_possible_truncation, reason = "a share of a count needs no more")]
        let exact = before
            .windows(2)
            .map(|pair| std::array::from_fn(|class| (pair[1][class] - pair[0][class]) as f32))
            .collect();
        let mut spread = vec![0.0; some.len()];
        for wide in counts.wide() {
            add(&mut spread, &ends, axis, wide);
        }
        Self { bucket_days: buckets.days, exact, spread }
    }

    /// The same mass, that of each bucket shared with its neighbours by a triangle: four parts of sixteen stay, three, two
    /// and one go to the first, second and third bucket on either side. What would go beyond an end
    /// comes back from it, so that no mass is lost.
    #[must_use]
    pub fn smoothed(&self) -> Self {
        let mut exact = vec![[0.0; 6]; self.exact.len()];
        let mut spread = vec![0.0; self.spread.len()];
        for bucket in 0..exact.len() {
            for (to, weight) in neighbours(bucket, exact.len()) {
                for (sum, mass) in exact[to].iter_mut().zip(self.exact[bucket]) {
                    *sum += weight * mass;
                }
                spread[to] += weight * self.spread[bucket];
            }
        }
        Self { bucket_days: self.bucket_days, exact, spread }
    }

    /// Days over which smoothing spreads an event, measured where half of its height is left.
    #[must_use]
    pub fn smoothing_days(&self) -> f64 {
        self.bucket_days * f64::from(REACH + 1)
    }

    /// All mass of each bucket.
    pub fn heights(&self) -> impl Iterator<Item = f32> + '_ {
        self.exact
            .iter()
            .zip(&self.spread)
            .map(|(exact, spread)| exact.iter().sum::<f32>() + spread)
    }

    /// The mass of the fullest bucket.
    #[must_use]
    pub fn peak(&self) -> f32 {
        self.heights().fold(0.0, f32::max)
    }

    /// Whether smoothing turns any mass back at an end.
    #[must_use]
    pub fn is_folded(&self) -> bool {
        let (reach, last) = (usize::from(REACH), self.exact.len());
        self.heights().enumerate().any(|(i, mass)| mass > 0.0 && (i < reach || i + reach >= last))
    }

    /// The most that a single event can bring to a bucket once it is smoothed, away from the ends.
    #[must_use]
    pub fn lonely_peak() -> f32 {
        1.0 / f32::from(REACH + 1)
    }

    /// The same at an end, where the bucket beyond it gives back the next largest part.
    #[must_use]
    pub fn lonely_end_peak() -> f32 {
        Self::lonely_peak() + f32::from(REACH) / f32::from((REACH + 1) * (REACH + 1))
    }
}

/// Events known to the day from the first of the axis up to a time on it; of a day that has begun its share.
fn exact_before(counts: &DayCounts, axis: DaySpan, days: f64) -> [f64; 6] {
    #[expect(clippy::cast_possible_truncation, reason = "a number of days of the axis")]
    let whole = days.floor() as i32;
    let day = axis.first().plus(whole);
    let earlier =
        if whole > 0 { counts.exact(DaySpan::between(axis.first(), day.plus(-1))) } else { [0; 6] };
    let begun = days - f64::from(whole);
    let here = if begun > 0.0 { counts.exact(DaySpan::day(day)) } else { [0; 6] };
    std::array::from_fn(|class| f64::from(earlier[class]) + begun * f64::from(here[class]))
}

/// Adds the events of a span of several days, each bucket its share of the days that lie on the axis.
fn add(spread: &mut [f32], ends: &[f64], axis: DaySpan, wide: &WideCount) {
    let Some(shared) = wide.span.shared(axis) else { return };
    let from = f64::from(shared.first().number() - axis.first().number());
    let to = f64::from(shared.end().number() - axis.first().number());
    let each_day = f64::from(wide.total()) / f64::from(wide.span.days());
    let first = ends.partition_point(|end| *end <= from).saturating_sub(1);
    for (mass, bucket) in spread.iter_mut().zip(ends.windows(2)).skip(first) {
        let days = bucket[1].min(to) - bucket[0].max(from);
        if days <= 0.0 {
            break;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a share of a count needs no more")]
        let share = (each_day * days) as f32;
        *mass += share;
    }
}

/// Where the mass of a bucket goes, and how much of it.
fn neighbours(bucket: usize, buckets: usize) -> impl Iterator<Item = (usize, f32)> {
    let reach = usize::from(REACH);
    let full = f32::from((REACH + 1) * (REACH + 1));
    (0..=2 * REACH).map(move |step| {
        let parts = f32::from(REACH + 1 - step.abs_diff(REACH));
        // Buckets are counted from `reach` before the first, so that no number is negative.
        let at = bucket + usize::from(step);
        let folded = if at < reach { 2 * reach - 1 - at } else { at }.saturating_sub(reach);
        let last = buckets - 1;
        let folded = if folded > last { (2 * last + 1).saturating_sub(folded) } else { folded };
        (folded.min(last), parts / full)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, Direction};

    fn span(from: &str, to: &str) -> DaySpan {
        DaySpan::inclusive(Day::parse(from).unwrap(), Day::parse(to).unwrap()).unwrap()
    }

    fn counts(spans: &[(&str, &str)]) -> DayCounts {
        DayCounts::of(spans.iter().map(|(a, b)| (span(a, b), Direction::AttackOnCoalition)))
    }

    fn mass(density: &Density) -> f32 {
        density.heights().sum()
    }

    #[test]
    fn smoothing_and_the_number_of_buckets_keep_the_mass_also_at_the_ends() {
        let counts = counts(&[
            ("2020-01-01", "2020-01-01"),
            ("2020-02-29", "2020-02-29"),
            ("2020-12-31", "2020-12-31"),
            ("2020-12-31", "2020-12-31"),
            ("2020-03-01", "2020-03-31"),
            ("2020-12-01", "2020-12-31"),
        ]);
        for buckets in [1, 2, 3, 5, 7, 100, 365, 366, 367, 913, 2000] {
            let density = Density::of(&counts, span("2020-01-01", "2020-12-31"), buckets);
            assert_eq!(density.exact.len(), buckets);
            for density in [density.smoothed(), density] {
                assert!((mass(&density) - 6.0).abs() < 1e-3, "{buckets}: {}", mass(&density));
                assert!((density.spread.iter().sum::<f32>() - 2.0).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn what_lies_beyond_the_axis_leaves_nothing_on_it_and_a_span_across_its_end_only_its_share() {
        let counts = counts(&[
            ("2020-05-31", "2020-05-31"),
            ("2020-07-01", "2020-07-01"),
            ("2020-06-21", "2020-07-10"),
        ]);
        let density = Density::of(&counts, span("2020-06-01", "2020-06-30"), 90).smoothed();
        assert!((mass(&density) - 0.5).abs() < 1e-3, "{}", mass(&density));
        assert!(density.exact.iter().flatten().all(|mass| *mass == 0.0));
    }

    #[test]
    fn a_lonely_event_brings_at_most_a_quarter_to_a_bucket_and_one_of_a_month_far_less() {
        let axis = span("2020-01-01", "2021-12-31");
        for buckets in [200, 731, 1000, 2000] {
            let peak =
                |from, to| Density::of(&counts(&[(from, to)]), axis, buckets).smoothed().peak();
            let day = peak("2020-07-15", "2020-07-15");
            assert!(day > 0.05 && day <= Density::lonely_peak() + 1e-6, "{buckets}: {day}");
            for end in ["2020-01-01", "2021-12-31"] {
                let at_end = peak(end, end);
                assert!(at_end <= Density::lonely_end_peak() + 1e-6, "{buckets}: {at_end}");
            }
            let month = peak("2020-07-01", "2020-07-31");
            assert!(month < 0.6 * day, "{buckets}: {month} of {day}");
        }
    }

    #[test]
    fn a_bucket_has_the_same_mass_whichever_piece_it_is_seen_in() {
        let counts = counts(&[
            ("2020-01-01", "2020-01-01"),
            ("2020-05-15", "2020-05-15"),
            ("2020-05-14", "2020-05-20"),
            ("2020-12-31", "2020-12-31"),
        ]);
        let buckets = Buckets { whole: span("2020-01-01", "2020-12-31"), days: 0.43 };
        let all = 0..buckets.count();
        let whole: Vec<_> = Density::smoothed_piece(&counts, buckets, &all).heights().collect();
        assert!((whole.iter().sum::<f32>() - 4.0).abs() < 1e-3);
        for from in 0..all.end {
            for to in [from + 1, from + 2, from + 50].map(|to| to.min(all.end)) {
                let piece = Density::smoothed_piece(&counts, buckets, &(from..to));
                for (a, b) in piece.heights().zip(&whole[from..to]) {
                    assert!((a - b).abs() < 1e-6, "{from} to {to}: {a} for {b}");
                }
            }
        }
    }

    #[test]
    fn without_events_all_is_flat() {
        let density = Density::of(&DayCounts::of([]), span("2020-02-29", "2020-02-29"), 500);
        assert!(density.peak() == 0.0 && density.smoothed().peak() == 0.0);
        assert!((density.bucket_days - 0.002).abs() < 1e-9);
    }
}
