//! Made-up events without any text: many at few places and on few days, a few of them imprecise.

use sitrep_atlas::domain::{
    Confidence, DatePrecision, Day, DaySpan, Direction, PlacePrecision, Status, Weapon,
};

use super::places::PLACES;
use super::random::{Mix, Random, Weights};

/// Days since 1970-01-01 of 2015-01-01.
pub(crate) const FIRST_DAY: i32 = 16_436;
/// From then to the end of 2022.
pub(crate) const DAYS: u32 = 2_922;
const BURSTS: u32 = 40;
/// A place has at most this many events on one day for each million of events: two that share day and
/// place each have to name the other, so that nobody takes them for one told twice.
const LIMIT_OF_A_DAY: usize = 8;
const MILLION: usize = 1_000_000;

/// An event without its text.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    pub(crate) span: DaySpan,
    pub(crate) date: DatePrecision,
    /// Place in the list of [`super::places::places`].
    pub(crate) site: u32,
    pub(crate) place: PlacePrecision,
    pub(crate) direction: Direction,
    pub(crate) weapon: Weapon,
    pub(crate) status: Status,
    pub(crate) confidence: Confidence,
}

struct Mixes {
    date: Mix<DatePrecision>,
    place: Mix<PlacePrecision>,
    direction: Mix<Direction>,
    weapon: Mix<Weapon>,
    status: Mix<Status>,
    confidence: Mix<Confidence>,
}

impl Mixes {
    fn new() -> Self {
        use PlacePrecision::{Admin1, Country, District, Settlement, Site};
        Self {
            date: Mix::new(&[
                (DatePrecision::Day, 97.5),
                (DatePrecision::Span, 1.0),
                (DatePrecision::Week, 0.8),
                (DatePrecision::Month, 0.7),
            ]),
            place: Mix::new(&[
                (Site, 97.5),
                (Settlement, 1.0),
                (District, 0.8),
                (Admin1, 0.5),
                (Country, 0.2),
            ]),
            direction: Mix::new(&[
                (Direction::AttackOnCoalition, 60.0),
                (Direction::Interception, 10.0),
                (Direction::IranianStateStrike, 5.0),
                (Direction::UsOrCoalitionStrike, 12.0),
                (Direction::Seizure, 5.0),
                (Direction::Other, 8.0),
            ]),
            // Twelve: one less than there are, as many as in the scripts for other tools.
            weapon: Mix::new(&[
                (Weapon::OneWayDrone, 20.0),
                (Weapon::Rocket, 24.0),
                (Weapon::Mortar, 10.0),
                (Weapon::Artillery, 4.0),
                (Weapon::IndirectFire, 6.0),
                (Weapon::ArmedDrone, 5.0),
                (Weapon::Drone, 5.0),
                (Weapon::BallisticMissile, 4.0),
                (Weapon::Ied, 12.0),
                (Weapon::Airstrike, 4.0),
                (Weapon::SmallArms, 4.0),
                (Weapon::Unknown, 2.0),
            ]),
            status: Mix::new(&[
                (Status::Confirmed, 35.0),
                (Status::Reported, 45.0),
                (Status::Claimed, 12.0),
                (Status::Contested, 5.0),
                (Status::Denied, 3.0),
            ]),
            confidence: Mix::new(&[
                (Confidence::High, 50.0),
                (Confidence::Medium, 35.0),
                (Confidence::Low, 15.0),
            ]),
        }
    }
}

/// That many events, by first day; the same for the same seed.
pub(crate) fn rows(count: usize, seed: u64) -> Vec<Row> {
    let mut random = Random::new(seed);
    let days = days(&mut random);
    let mut per_day = vec![0_usize; DAYS as usize];
    for _ in 0..count {
        per_day[days.draw(&mut random)] += 1;
    }
    let (mixes, sites) = (Mixes::new(), Weights::zipf(PLACES));
    let limit = LIMIT_OF_A_DAY * count.div_ceil(MILLION);
    let mut of_today = vec![0_usize; PLACES as usize];
    let mut rows: Vec<Row> = Vec::with_capacity(count);
    for (day, count) in (FIRST_DAY..).zip(per_day) {
        of_today.fill(0);
        for _ in 0..count {
            let (span, date) = dated(Day::from_number(day), mixes.date.draw(&mut random));
            let mut site = sites.draw(&mut random);
            while of_today[site] >= limit {
                site = random.below(PLACES) as usize;
            }
            of_today[site] += 1;
            rows.push(Row {
                span,
                date,
                site: u32::try_from(site).unwrap_or(0),
                place: mixes.place.draw(&mut random),
                direction: mixes.direction.draw(&mut random),
                weapon: mixes.weapon.draw(&mut random),
                status: mixes.status.draw(&mut random),
                confidence: mixes.confidence.draw(&mut random),
            });
        }
    }
    // What is known to the month begins before the day that it was drawn for.
    rows.sort_by_key(|row| row.span.first());
    rows
}

/// Slow waves, days that differ by chance, and bursts of up to three weeks that ebb away.
fn days(random: &mut Random) -> Weights {
    let chance = |random: &mut Random| -(1.0 - random.unit()).ln();
    let mut weights: Vec<f64> = (0..DAYS)
        .map(|day| {
            let wave = 1.0 + (f64::from(day) / 180.0).sin().powi(2);
            wave * (chance(random) + chance(random))
        })
        .collect();
    for _ in 0..BURSTS {
        let (start, height) = (random.below(DAYS), random.between(3.0, 15.0));
        let length = 2 + random.below(19);
        for (day, weight) in (0..length).zip(&mut weights[start as usize..]) {
            *weight *= 1.0 + height * (1.0 - f64::from(day) / f64::from(length));
        }
    }
    Weights::new(weights)
}

/// The days that a date of such a precision spans; those that would reach out of the years are known to
/// the day.
fn dated(day: Day, precision: DatePrecision) -> (DaySpan, DatePrecision) {
    let span = match precision {
        DatePrecision::Span => DaySpan::between(day, day.plus(2)),
        _ => precision.widened(DaySpan::day(day)),
    };
    let last = FIRST_DAY + i32::try_from(DAYS).unwrap_or(0) - 1;
    if span.first().number() < FIRST_DAY || span.last().number() > last {
        return (DaySpan::day(day), DatePrecision::Day);
    }
    (span, precision)
}
