//! What can be told of the pace of events, and how each is counted.

/// What a line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The window against the days before.
    Before,
    /// The seven days up to the end of the window.
    Last7Days,
    /// The thirty days up to the end of the window.
    Last30Days,
    /// The days without an event up to the end of the window.
    QuietAtEnd,
    /// The three days in a row with most events.
    Busiest3Days,
    /// What 72 hours hold at least and at most.
    Busiest72Hours,
    /// The longest time between two events.
    LongestQuiet,
    /// The median number of days from one day with an event to the next.
    MedianStep,
    /// A burst.
    Burst,
}

impl Measure {
    /// Word in results.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Last7Days => "last-7-days",
            Self::Last30Days => "last-30-days",
            Self::Busiest3Days => "busiest-3-days",
            Self::Busiest72Hours => "busiest-72-hours",
            Self::LongestQuiet => "longest-quiet",
            Self::QuietAtEnd => "quiet-at-end",
            Self::MedianStep => "median-step",
            Self::Burst => "burst",
        }
    }

    /// How it is counted.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Self::Before => {
                "These days against as many directly before them. Where the record does not hold \
                 both there is no number. A percentage only where both counts are certain and 10 or more."
            }
            Self::Last7Days | Self::Last30Days => {
                "The days that end with the day named, both ends counted. An event known only to \
                 several days is certain where all of them lie in it, else possible."
            }
            Self::Busiest3Days => {
                "Three calendar days in a row: of all that begin on a day of an event, those with most \
                 events that surely happened in them. All that hold as many are said."
            }
            Self::Busiest72Hours => {
                "Hours are known of some events only, so this is a range, and it is that of the days named: the four \
                 days in a row that may hold most, possible events included. Any 72 hours touch at most four \
                 calendar days, so they hold at most as many; any three of these days are 72 hours, so it is at least what \
                 the fuller three hold for certain. Where other days hold more for certain, that is said."
            }
            Self::LongestQuiet => {
                "The longest run of days without an event between the first event and the last; days before the first \
                 and after the last are told where they are more. At least: no event can have happened in it. At most: events \
                 known only to several days need not have happened in it. Absence from the record is not calm."
            }
            Self::QuietAtEnd => {
                "Days without an event up to the day named, that day included. Absence from \
                 the record is not calm."
            }
            Self::MedianStep => {
                "From each day with an event known to the day to the next such day; half of these steps \
                 are as long or shorter."
            }
            Self::Burst => {
                "After J. Kleinberg, Bursty and Hierarchical Structure in Streams (KDD 2002; Data Mining and \
                 Knowledge Discovery 7, 2003). At level i events are expected at the mean rate of the record times 2^i \
                 (s = 2); each level up costs the logarithm of the number of events (gamma = 1); the cheapest way \
                 through the levels is taken, with the Poisson likelihood of the count of each day. A burst \
                 lies within one of the level below. Only events known to the day count, and only where there \
                 are 10 or more."
            }
        }
    }
}
