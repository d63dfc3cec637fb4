//! What a column of somebody's table can be to Sitrep.

use crate::domain::codes;

codes! {
    /// What a column says of an event.
    Role {
        Id = "id", "identifier";
        Date = "date", "date, or its first day";
        DateEnd = "date_end", "last day";
        Year = "year", "year";
        Month = "month", "month";
        DayOfMonth = "day", "day of the month";
        Time = "time", "local time";
        DatePrecision = "date_precision", "how precisely the date is known";
        Latitude = "latitude", "latitude";
        Longitude = "longitude", "longitude";
        Position = "position", "latitude and longitude in one cell";
        Mgrs = "mgrs", "position in the Military Grid Reference System";
        Place = "place", "name of the place";
        PlaceArabic = "place_ar", "Arabic name of the place";
        PlacePrecision = "place_precision", "how precisely the place is known";
        Governorate = "governorate", "governorate or province";
        Country = "country", "country";
        Class = "class", "class, which has a colour";
        Kind = "kind", "kind of event";
        Weapon = "weapon", "weapon";
        Party = "party", "party to the event";
        AttributedTo = "attributed_to", "to whom it is attributed";
        ClaimedBy = "claimed_by", "who claimed it";
        Killed = "killed", "killed";
        KilledLow = "killed_low", "killed, the lowest count";
        KilledHigh = "killed_high", "killed, the highest count";
        Wounded = "wounded", "wounded";
        WoundedLow = "wounded_low", "wounded, the lowest count";
        WoundedHigh = "wounded_high", "wounded, the highest count";
        Status = "status", "how well it is established";
        Source = "source", "who says so";
        Url = "url", "address of a source";
        Title = "title", "title";
        Summary = "summary", "what happened, in words";
        Note = "note", "doubts and notes";
    }
}

impl Role {
    /// Whether several columns may have it.
    #[must_use]
    pub fn may_repeat(self) -> bool {
        matches!(
            self,
            Self::Party | Self::AttributedTo | Self::ClaimedBy | Self::Source | Self::Url
        )
    }
}
