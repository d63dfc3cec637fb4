//! Facets: the properties that events are filtered and counted by, and the values that they have.

use crate::domain::codes;

codes! {
    /// A property that events can be filtered and counted by; an event may have several values of one.
    Facet {
        Site = "site", "site";
        Country = "country", "country";
        Governorate = "governorate", "governorate";
        Direction = "direction", "direction";
        WeaponFamily = "weapon_family", "weapon family";
        Weapon = "weapon", "weapon";
        Actor = "actor", "attributed to or claimed by";
        AttributedTo = "attributed_to", "attributed to";
        ClaimedBy = "claimed_by", "claimed by";
        Status = "status", "status";
        Confidence = "confidence", "confidence";
        SourceKind = "source_kind", "kind of source";
        Casualties = "casualties", "casualties";
        PlacePrecision = "place_precision", "place known to";
        DatePrecision = "date_precision", "date known";
    }
}

codes! {
    /// What is reported of people harmed, by the lowest counts; an event may have both of the first two.
    Harm {
        Killed = "killed", "killed";
        Wounded = "wounded", "wounded";
        Possible = "possible", "possibly harmed";
        None = "none", "none reported";
        Unknown = "unknown", "not known";
    }
}

impl Facet {
    /// The code and the words for an event that has no value.
    pub(super) fn nothing(self) -> (&'static str, &'static str) {
        match self {
            Self::Actor => ("none", "not attributed or claimed"),
            Self::AttributedTo => ("none", "not attributed"),
            Self::ClaimedBy => ("none", "not claimed"),
            Self::SourceKind => ("none", "no report"),
            _ => ("unknown", "not known"),
        }
    }

    /// Whether its values are actors.
    pub(super) fn is_of_actors(self) -> bool {
        matches!(self, Self::Actor | Self::AttributedTo | Self::ClaimedBy)
    }

    /// Whether its values are a list of codes, which have an order of their own.
    pub(super) fn is_code_list(self) -> bool {
        !self.is_of_actors() && !matches!(self, Self::Site | Self::Country | Self::Governorate)
    }
}
