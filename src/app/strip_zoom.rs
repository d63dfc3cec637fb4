//! Which days the time strip shows: all of the record's, or a piece that was zoomed to and is moved about.

use crate::domain::{Day, DaySpan};

/// The piece of the record that the strip shows; at least one day, and never all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Zoom {
    first: Day,
    /// Days of the piece. Not whole, so that many small steps of a wheel add up.
    days: f64,
    /// Around which share of the axis it was zoomed last, and the time there in days since the Unix epoch: while
    /// the pointer rests, what the rounding to whole days moves does not add up.
    around: Option<(f64, f64)>,
}

impl Zoom {
    /// The days shown.
    pub(crate) fn axis(self, whole: DaySpan) -> DaySpan {
        #[expect(clippy::cast_possible_truncation, reason = "held to the days of the record")]
        let days = self.days.round().clamp(1.0, f64::from(whole.days())) as i32;
        let latest = whole.last().plus(1 - days);
        let first = self.first.min(latest).max(whole.first());
        DaySpan::between(first, first.plus(days - 1))
    }

    /// Nearer by a factor around a place on an axis, given as a share of it from the left: the day there stays
    /// on the strip. `None` where all would be shown.
    pub(crate) fn by(
        zoom: Option<Self>,
        axis: DaySpan,
        share: f64,
        factor: f64,
        whole: DaySpan,
    ) -> Option<Self> {
        let days = zoom.map_or(f64::from(axis.days()), |z| z.days);
        let days = (days / factor.max(1e-3)).max(1.0);
        if days.round() >= f64::from(whole.days()) {
            return None;
        }
        let share = share.clamp(0.0, 1.0);
        let begin = f64::from(axis.first().number());
        let rests = |(at, _): &(f64, f64)| (at - share).abs() < 1e-4;
        let time = match zoom.and_then(|z| z.around).filter(rests) {
            Some((_, time)) => time,
            None => begin + share * f64::from(axis.days()),
        };
        let [length, last] = [days.round(), f64::from(axis.last().number())];
        let day = time.floor().clamp(begin, last);
        let first = (time - share * length).round().clamp(day - length + 1.0, day);
        #[expect(clippy::cast_possible_truncation, reason = "within some records of the axis")]
        let first = Day::from_number(first as i32);
        let piece = Self { first, days, around: Some((share, time)) };
        Some(Self { first: piece.axis(whole).first(), ..piece })
    }

    /// The same length from another day on, as far as the record goes.
    pub(crate) fn from(self, first: Day, whole: DaySpan) -> Self {
        let moved = Self { first, around: None, ..self };
        Self { first: moved.axis(whole).first(), ..moved }
    }

    /// Moved so that the end of the window is on it, a third of it from the side that it came in by.
    pub(crate) fn following(self, window: DaySpan, whole: DaySpan) -> Self {
        let axis = self.axis(whole);
        let last = window.last();
        if axis.contains(last) {
            return self;
        }
        let third = if last > axis.last() { axis.days() / 3 } else { axis.days() * 2 / 3 };
        self.from(last.plus(-third), whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i32) -> Day {
        Day::from_number(19_000 + n)
    }

    fn whole() -> DaySpan {
        DaySpan::between(day(0), day(799))
    }

    #[test]
    fn many_small_steps_lead_to_one_day_and_back_and_keep_the_day_under_the_pointer() {
        for share in [0.0, 0.123, 0.5, 0.9, 1.0] {
            let (mut zoom, mut axis) = (None, whole());
            let at = |axis: DaySpan| {
                let offset = (share * f64::from(axis.days())).floor();
                let most = f64::from(axis.days() - 1);
                #[expect(clippy::cast_possible_truncation, reason = "a number of days")]
                axis.first().plus(offset.min(most) as i32)
            };
            let under = at(axis);
            for _ in 0..200 {
                zoom = Zoom::by(zoom, axis, share, 1.05, whole());
                axis = zoom.unwrap().axis(whole());
                assert!(axis.contains(under) && whole().encloses(axis), "{share}: {axis:?}");
            }
            assert_eq!(axis.days(), 1);
            for _ in 0..200 {
                zoom = Zoom::by(zoom, axis, share, 1.0 / 1.05, whole());
                axis = zoom.map_or(whole(), |z| z.axis(whole()));
            }
            assert_eq!((zoom, axis), (None, whole()));
        }
    }

    #[test]
    fn small_steps_do_not_lead_away_from_the_day_under_the_pointer() {
        for (share, wanted) in [(0.1005, 80), (0.3712, 296), (0.6904, 552), (0.9306, 744)] {
            let (mut zoom, mut axis) = (None, whole());
            for _ in 0..300 {
                zoom = Zoom::by(zoom, axis, share, 1.03, whole());
                axis = zoom.unwrap().axis(whole());
            }
            assert_eq!(axis, DaySpan::day(day(wanted)), "at {share}");
        }
    }

    #[test]
    fn a_record_of_one_day_cannot_be_zoomed() {
        let one = DaySpan::day(day(0));
        assert_eq!(Zoom::by(None, one, 0.5, 4.0, one), None);
        assert_eq!(Zoom::by(None, one, f64::NAN.max(0.0), f64::INFINITY, one), None);
    }

    #[test]
    fn the_piece_stays_within_the_record_and_follows_the_window_only_when_it_leaves() {
        let zoom = Zoom::by(None, whole(), 0.5, 8.0, whole()).unwrap();
        assert_eq!(zoom.axis(whole()), DaySpan::between(day(350), day(449)));
        assert_eq!(zoom.from(day(-50), whole()).axis(whole()).first(), day(0));
        assert_eq!(zoom.from(day(5000), whole()).axis(whole()).last(), day(799));
        let follow = |window: DaySpan| zoom.following(window, whole()).axis(whole()).first();
        assert_eq!(follow(DaySpan::between(day(300), day(449))), day(350));
        assert_eq!(follow(DaySpan::day(day(450))), day(417));
        assert_eq!(follow(DaySpan::day(day(349))), day(283));
        assert_eq!(follow(DaySpan::day(day(799))), day(700));
    }
}
