//! What every way is asked, and the days for which it is asked.

use sitrep_atlas::analysis::facet::Facet;
use sitrep_atlas::analysis::{Certainty, Filter};
use sitrep_atlas::domain::{Code as _, Day, DaySpan, Weapon};

use crate::support::places::MadeUpPlace;
use crate::support::rows::{DAYS, FIRST_DAY, Row};

/// Days of the window.
const WINDOW: i32 = 30;
/// Through all of the years, day by day.
pub(crate) const STEPS: i32 = DAYS.cast_signed() - WINDOW - 1;
pub(crate) const JUMPS: i32 = 60;
/// The country and the weapons that are let through.
pub(crate) const COUNTRY: &str = "IQ";
pub(crate) const WEAPONS: [Weapon; 6] = [
    Weapon::OneWayDrone,
    Weapon::Rocket,
    Weapon::Mortar,
    Weapon::Artillery,
    Weapon::Ied,
    Weapon::SmallArms,
];

fn window(day: i32) -> DaySpan {
    let first = Day::from_number(FIRST_DAY + day);
    DaySpan::between(first, first.plus(WINDOW - 1))
}

/// The window of each of the steps; step 0 is that from which the first one goes.
pub(crate) fn step(number: i32) -> DaySpan {
    window(number)
}

/// Windows all over the years, each far from the one before.
pub(crate) fn jump(number: i32) -> DaySpan {
    window(number * 977 % STEPS)
}

/// The weapons that are let through, or with `others` all but these.
pub(crate) fn filter(others: bool) -> Filter {
    let mut filter = Filter::default();
    filter.toggle(Facet::Country, COUNTRY);
    for weapon in Weapon::ALL.iter().filter(|w| WEAPONS.contains(w) != others) {
        filter.toggle(Facet::Weapon, weapon.code());
    }
    filter
}

/// Whether that filter lets a row through, worked out by other means.
pub(crate) fn lets_through(row: &Row, places: &[MadeUpPlace], others: bool) -> bool {
    places[row.site as usize].country == COUNTRY && WEAPONS.contains(&row.weapon) != others
}

/// At a place: certain events by class, then possible ones.
pub(crate) type AtPlace = [u32; 7];

/// What is to be known of the days shown and of all days.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) certain: usize,
    pub(crate) possible: usize,
    pub(crate) at: Vec<AtPlace>,
    /// By day of all years and class, those known to the day.
    pub(crate) by_day: Vec<[u32; 6]>,
    /// Those known to several days.
    pub(crate) wide: u32,
}

impl Answer {
    pub(crate) fn empty(places: usize) -> Self {
        Self {
            certain: 0,
            possible: 0,
            at: vec![[0; 7]; places],
            by_day: vec![[0; 6]; DAYS as usize],
            wide: 0,
        }
    }

    /// Empties what is known of the days shown.
    pub(crate) fn clear_window(&mut self) {
        (self.certain, self.possible) = (0, 0);
        self.at.fill([0; 7]);
    }

    /// Adds an event to the days shown, if it is of them.
    pub(crate) fn add(&mut self, days: DaySpan, span: DaySpan, site: usize, class: usize) {
        match Certainty::of(span, days) {
            Some(Certainty::Certain) => {
                self.certain += 1;
                self.at[site][class] += 1;
            }
            Some(Certainty::Possible) => {
                self.possible += 1;
                self.at[site][6] += 1;
            }
            None => {}
        }
    }
}
