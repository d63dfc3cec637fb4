//! Events as reconciled, and what each source reports of them.

use super::code::{Code as _, codes};
use super::{
    ActorIndex, Casualties, CountRange, DatePrecision, DaySpan, EventIndex, EventWords, KindIndex,
    LonLat, PlacePrecision, SiteIndex, SourceIndex, Sparse, SparseActors, WordsAt,
};

codes! {
    /// Who acted against whom.
    Direction {
        AttackOnCoalition = "attack_on_coalition", "attack on US or coalition forces";
        Interception = "interception", "thwarted, or shot down with its aim unknown";
        IranianStateStrike = "iranian_state_strike", "strike by the Iranian state";
        UsOrCoalitionStrike = "us_or_coalition_strike", "US or coalition strike";
        Seizure = "seizure", "weapons seized";
        Other = "other", "other";
    }
}

codes! {
    /// What was used.
    Weapon {
        Rocket = "rocket", "rocket";
        Mortar = "mortar", "mortar";
        Artillery = "artillery", "artillery";
        IndirectFire = "indirect fire", "indirect fire";
        OneWayDrone = "one-way drone", "one-way drone";
        ArmedDrone = "armed drone", "armed drone";
        Drone = "drone", "drone of unreported kind";
        BallisticMissile = "ballistic missile", "ballistic missile";
        Ied = "ied", "improvised bomb";
        Airstrike = "airstrike", "air strike";
        SmallArms = "small arms", "small arms";
        Other = "other", "other";
        Unknown = "unknown", "unknown";
    }
}

codes! {
    /// Weapons that share a symbol.
    WeaponFamily {
        Rocket = "rocket", "rockets, mortars, artillery";
        Drone = "drone", "drones";
        Missile = "missile", "ballistic missiles";
        Ied = "ied", "improvised bombs";
        AirStrike = "airstrike", "air strikes";
        SmallArms = "small arms", "small arms";
        Unknown = "unknown", "other or unknown";
    }
}

impl Weapon {
    /// The family whose symbol it has.
    #[must_use]
    pub fn family(self) -> WeaponFamily {
        match self {
            Self::Rocket | Self::Mortar | Self::Artillery | Self::IndirectFire => {
                WeaponFamily::Rocket
            }
            Self::OneWayDrone | Self::ArmedDrone | Self::Drone => WeaponFamily::Drone,
            Self::BallisticMissile => WeaponFamily::Missile,
            Self::Ied => WeaponFamily::Ied,
            Self::Airstrike => WeaponFamily::AirStrike,
            Self::SmallArms => WeaponFamily::SmallArms,
            Self::Other | Self::Unknown => WeaponFamily::Unknown,
        }
    }
}

codes! {
    /// How well an event is established.
    Status {
        Confirmed = "confirmed", "confirmed";
        Reported = "reported", "reported";
        Claimed = "claimed", "claimed";
        Contested = "contested", "contested";
        Denied = "denied", "denied";
    }
}

impl Status {
    /// What the stances of an event's reports make of it; `None` without a report.
    ///
    /// Disputed by one and told by another is contested, disputed and told by nobody denied; confirmed by
    /// one and disputed by none is confirmed; else it is reported, or claimed when all only pass on a claim.
    #[must_use]
    pub fn of_stances(stances: impl IntoIterator<Item = Stance>) -> Option<Self> {
        let mut said = [false; Stance::ALL.len()];
        for stance in stances {
            said[stance.position()] = true;
        }
        let said = |stance: Stance| said[stance.position()];
        let is_told = said(Stance::Confirms) || said(Stance::Reports);
        if said(Stance::Disputes) {
            Some(if is_told { Self::Contested } else { Self::Denied })
        } else if said(Stance::Confirms) {
            Some(Self::Confirmed)
        } else if said(Stance::Reports) {
            Some(Self::Reported)
        } else {
            said(Stance::Claims).then_some(Self::Claimed)
        }
    }
}

codes! {
    /// How sure the record is of an event as a whole.
    Confidence {
        High = "high", "high";
        Medium = "medium", "medium";
        Low = "low", "low";
        Unknown = "unknown", "not said";
    }
}

codes! {
    /// Reported damage.
    Damage {
        None = "none", "no damage";
        Minor = "minor", "minor damage";
        Major = "major", "major damage";
        Unknown = "unknown", "damage not reported";
    }
}

/// When an event happened and how precisely that is known.
#[derive(Clone, Debug)]
pub struct EventDate {
    /// The days that it may have happened on; one day when known to the day.
    pub span: DaySpan,
    /// How precisely the date is known.
    pub precision: DatePrecision,
    /// Local time or part of the day, as reported.
    pub local_time: Sparse<String>,
}

/// What happened, as reconciled from all reports: what is counted, drawn and filtered by. Its words are
/// [`Dataset::words`](super::Dataset::words).
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub date: EventDate,
    /// The site.
    pub site: SiteIndex,
    /// A position of its own, when it differs from the site's.
    pub position: Sparse<LonLat>,
    /// How precisely the place is known.
    pub precision: PlacePrecision,
    /// Who acted against whom.
    pub direction: Direction,
    /// Kind of event within its class.
    pub kind: Option<KindIndex>,
    /// What was used.
    pub weapon: Weapon,
    /// Rounds, drones or bombs, as reported.
    pub munitions: Sparse<CountRange>,
    /// Killed by group.
    pub killed: Casualties,
    /// Wounded by group.
    pub wounded: Casualties,
    /// How many munitions were shot down.
    pub intercepted: Sparse<CountRange>,
    /// Reported damage.
    pub damage: Damage,
    /// To whom it is attributed.
    pub attributed_to: SparseActors,
    /// Parties to it, of which nothing says who acted.
    pub parties: ActorList,
    /// Who claimed it.
    pub claimed_by: SparseActors,
    /// How well it is established.
    pub status: Status,
    /// How sure the record is.
    pub confidence: Confidence,
    /// Where its words are.
    pub words: WordsAt,
}

impl Event {
    /// An event of which nothing is known but its days, to the day or as a span of days, and its site.
    #[must_use]
    pub fn new(span: DaySpan, site: SiteIndex) -> Self {
        let precision = if span.days() == 1 { DatePrecision::Day } else { DatePrecision::Span };
        Self {
            date: EventDate { span, precision, local_time: Sparse::default() },
            site,
            position: Sparse::default(),
            precision: PlacePrecision::Country,
            direction: Direction::Other,
            kind: None,
            weapon: Weapon::Unknown,
            munitions: Sparse::default(),
            killed: Casualties::default(),
            wounded: Casualties::default(),
            intercepted: Sparse::default(),
            damage: Damage::Unknown,
            attributed_to: SparseActors::default(),
            parties: ActorList::new(),
            claimed_by: SparseActors::default(),
            status: Status::Reported,
            confidence: Confidence::Unknown,
            words: EventWords::default().into(),
        }
    }

    /// Its words where they are in memory, as those of a record are; empty words where they are in a file.
    #[must_use]
    pub fn held(&self) -> &EventWords {
        static NOTHING: EventWords = EventWords {
            id: String::new(),
            weapon_detail: None,
            outcome: None,
            target: None,
            attributed_by: None,
            distinct_from: Vec::new(),
            note: None,
            summary: String::new(),
            others: Vec::new(),
        };
        match &self.words {
            WordsAt::Memory(words) => words,
            WordsAt::Row(_) => &NOTHING,
        }
    }
}

/// Actors of an event; most have four at most.
pub type ActorList = smallvec::SmallVec<[ActorIndex; 4]>;

codes! {
    /// What a source does with an event.
    Stance {
        Confirms = "confirms", "confirms";
        Reports = "reports", "reports";
        Claims = "claims", "passes on a claim of responsibility";
        Disputes = "disputes", "disputes";
    }
}

/// What one source says of one event.
#[derive(Clone, Debug)]
pub struct Report {
    /// The event.
    pub event: EventIndex,
    /// The source.
    pub source: SourceIndex,
    /// What it does with the event.
    pub stance: Stance,
    /// What it says beyond that; `None` where that is nothing.
    pub said: Option<Box<Said>>,
}

/// What a source says of an event in its own words and numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Who is quoted for it, in words.
    pub speaker: Option<String>,
    /// Where in the source, such as "paragraph 7".
    pub locator: Option<String>,
    /// Its date, as it gives it.
    pub date: Option<String>,
    /// How it dates the event, in words.
    pub date_text: Option<String>,
    /// The place as it names it.
    pub place: Option<String>,
    /// The site at which it puts the event, where that is another one than the event's own.
    pub site: Option<SiteIndex>,
    /// Its count of munitions.
    pub count: Option<CountRange>,
    /// Its count of killed.
    pub killed: Option<CountRange>,
    /// Its count of wounded.
    pub wounded: Option<CountRange>,
    /// To whom it attributes the event.
    pub attributed_to: Option<String>,
    /// Who claimed it, as it says.
    pub claimed_by: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
    /// What it says, in our words.
    pub note: Option<String>,
}

impl Report {
    /// What it says beyond its stance; empty where that is nothing.
    #[must_use]
    pub fn said(&self) -> &Said {
        static NOTHING: Said = Said {
            speaker: None,
            locator: None,
            date: None,
            date_text: None,
            place: None,
            site: None,
            count: None,
            killed: None,
            wounded: None,
            attributed_to: None,
            claimed_by: None,
            outcome: None,
            note: None,
        };
        self.said.as_deref().unwrap_or(&NOTHING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_what_the_stances_of_the_reports_make_it() {
        use Stance::{Claims, Confirms, Disputes, Reports};
        for (stances, status) in [
            (&[][..], None),
            (&[Confirms], Some(Status::Confirmed)),
            (&[Reports, Claims, Confirms, Reports], Some(Status::Confirmed)),
            (&[Confirms, Disputes], Some(Status::Contested)),
            (&[Disputes, Reports], Some(Status::Contested)),
            (&[Disputes], Some(Status::Denied)),
            (&[Claims, Disputes], Some(Status::Denied)),
            (&[Claims, Claims], Some(Status::Claimed)),
            (&[Reports, Claims], Some(Status::Reported)),
            (&[Reports], Some(Status::Reported)),
        ] {
            assert_eq!(Status::of_stances(stances.iter().copied()), status, "{stances:?}");
        }
    }
}
