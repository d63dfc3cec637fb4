//! Every kind of mistake that the checks look for: one edit of the sound package each, and what must be
//! said of it.

/// Table, identifier of the row (of a report its locator), column.
pub(crate) type Cell = (&'static str, &'static str, &'static str);

/// One edit, what is found then, and how many rows cannot be used.
#[derive(Debug)]
pub(crate) struct Mistake {
    pub(crate) edit: (Cell, &'static str),
    /// Cell, severity, words of what is said.
    pub(crate) found: &'static [(Cell, &'static str, &'static str)],
    pub(crate) lost: usize,
}

const fn one(
    edit: (Cell, &'static str),
    found: &'static [(Cell, &'static str, &'static str)],
    lost: usize,
) -> Mistake {
    Mistake { edit, found, lost }
}

const E: &str = "error";
const R: &str = "remark";

#[rustfmt::skip]
pub(crate) const ALL: &[Mistake] = &[
    // Identifiers stand once and are there.
    one((("events", "e15", "id"), "e14"), &[
        (("events", "e15", "id"), E, "the identifier \"e14\" stands twice"),
        (("reports", "r15", "event"), E, "no \"e15\" in events"),
    ], 2),
    one((("sources", "extra", "id"), "wire"), &[(("sources", "extra", "id"), E, "stands twice")], 1),
    one((("links", "tie-3", "id"), "tie-1"), &[(("links", "tie-3", "id"), E, "stands twice")], 1),
    one((("sites", "spare", "id"), ""), &[(("sites", "spare", "id"), E, "the cell is empty")], 0),
    // References lead somewhere.
    one((("events", "e04", "site"), "atlantis"), &[
        (("events", "e04", "site"), E, "no \"atlantis\" in sites"),
        (("reports", "r04", "event"), R, "the row of \"e04\" in events was left out"),
        (("links", "tie-2", "from"), R, "the row of \"e04\" in events was left out"),
    ], 3),
    one((("events", "e05", "attributed_to"), "brigade; nobody"), &[(("events", "e05", "attributed_to"), E, "no \"nobody\" in actors")], 0),
    one((("events", "e05", "claimed_by"), "nobody"), &[(("events", "e05", "claimed_by"), E, "no \"nobody\" in actors")], 0),
    one((("events", "e06", "distinct_from"), "e99"), &[(("events", "e06", "distinct_from"), E, "no \"e99\" in events")], 0),
    one((("events", "e13", "distinct_from"), "e13"), &[(("events", "e13", "distinct_from"), E, "distinct from itself")], 0),
    one((("reports", "r22", "event"), "e99"), &[(("reports", "r22", "event"), E, "no \"e99\" in events")], 1),
    one((("reports", "r21", "source"), "nobody"), &[(("reports", "r21", "source"), E, "no \"nobody\" in sources")], 1),
    one((("reports", "r05", "site"), "atlantis"), &[(("reports", "r05", "site"), E, "no \"atlantis\" in sites")], 0),
    one((("reports", "r06", "attributed_to"), "nobody"), &[(("reports", "r06", "attributed_to"), E, "no \"nobody\" in actors")], 0),
    one((("reports", "r06", "claimed_by"), "nobody"), &[(("reports", "r06", "claimed_by"), E, "no \"nobody\" in actors")], 0),
    one((("links", "tie-1", "to"), "e02"), &[(("links", "tie-1", "to"), E, "e02 is tied to itself")], 0),
    one((("links", "tie-1", "asserted_by"), "wire; nobody"), &[(("links", "tie-1", "asserted_by"), E, "no \"nobody\" in sources")], 0),
    one((("context", "vote", "site"), "atlantis"), &[(("context", "vote", "site"), E, "no \"atlantis\" in sites")], 0),
    one((("context", "vote", "actors"), "nobody"), &[(("context", "vote", "actors"), E, "no \"nobody\" in actors")], 0),
    one((("context", "vote", "sources"), "nobody"), &[(("context", "vote", "sources"), E, "no \"nobody\" in sources")], 0),
    one((("force_levels", "troops-1", "source"), "nobody"), &[(("force_levels", "troops-1", "source"), E, "no \"nobody\" in sources")], 1),
    one((("reported_totals", "total-4", "source"), "nobody"), &[(("reported_totals", "total-4", "source"), E, "no \"nobody\" in sources")], 1),
    one((("sites", "north", "sources"), "nobody"), &[(("sites", "north", "sources"), E, "no \"nobody\" in sources")], 0),
    one((("sites", "lake", "part_of"), "atlantis"), &[(("sites", "lake", "part_of"), E, "no \"atlantis\" in sites")], 0),
    one((("sites", "north", "part_of"), "north-gate"), &[
        (("sites", "north", "part_of"), E, "north: it stands above itself"),
        (("sites", "north-gate", "part_of"), E, "north-gate: it stands above itself"),
    ], 0),
    one((("actors", "guard", "parent"), "nobody"), &[(("actors", "guard", "parent"), E, "no \"nobody\" in actors")], 0),
    one((("actors", "column", "parent"), "front"), &[
        (("actors", "column", "parent"), E, "column: it stands above itself"),
        (("actors", "front", "parent"), E, "front: it stands above itself"),
    ], 0),
    // Low ends are not above high ends, and numbers are numbers.
    one((("events", "e01", "munitions_low"), "3"), &[(("events", "e01", "munitions_high"), E, "the high count (2) is below the low one (3)")], 0),
    one((("events", "e01", "killed_coalition_high"), "some"), &[(("events", "e01", "killed_coalition_high"), E, "\"some\" is not a whole number")], 0),
    one((("events", "e03", "munitions_high"), "4"), &[(("events", "e03", "munitions_low"), E, "a high count (4) and no low one")], 0),
    one((("reports", "r17", "count_low"), "3"), &[(("reports", "r17", "count_high"), E, "below the low one")], 0),
    one((("force_levels", "troops-2", "low"), "9000"), &[(("force_levels", "troops-2", "high"), E, "below the low one")], 0),
    one((("reported_totals", "total-2", "count_high"), "4"), &[(("reported_totals", "total-2", "count_high"), E, "below the low one")], 0),
    one((("sites", "north-gate", "radius_m"), "-5"), &[(("sites", "north-gate", "radius_m"), E, "-5 is not a length")], 0),
    // Codes are known.
    one((("events", "e11", "weapon"), "trebuchet"), &[(("events", "e11", "weapon"), E, "\"trebuchet\" is not one of its codes")], 0),
    one((("reports", "r02", "stance"), "shrugs"), &[(("reports", "r02", "stance"), E, "\"shrugs\" is not one of its codes")], 0),
    one((("sites", "hill", "verified"), "perhaps"), &[(("sites", "hill", "verified"), E, "neither true nor false")], 0),
    one((("sites", "valley", "country"), "Syria"), &[(("sites", "valley", "country"), E, "\"Syria\" is not a country's two letters")], 0),
    // Dates are of the calendar, in order, and as precise as said.
    one((("events", "e16", "start"), "2022-02-30"), &[
        (("events", "e16", "start"), E, "\"2022-02-30\" is not a date"),
        (("reports", "r16", "event"), R, "was left out"),
    ], 2),
    one((("events", "e09", "end"), "2022-02-01"), &[
        (("events", "e09", "end"), E, "before it starts"),
        (("reports", "r09", "event"), R, "was left out"),
    ], 2),
    one((("events", "e08", "start"), ""), &[
        (("events", "e08", "start"), E, "the cell is empty"),
        (("reports", "r08", "event"), R, "was left out"),
    ], 2),
    one((("events", "e07", "date_precision"), "day"), &[(("events", "e07", "date_precision"), E, "the event spans 28 days")], 0),
    one((("context", "speech", "start"), ""), &[(("context", "speech", "start"), E, "a last day and no first one")], 0),
    one((("sources", "diary", "published"), "last week"), &[(("sources", "diary", "published"), E, "\"last week\" is not a date")], 0),
    one((("sites", "north", "from"), "some day"), &[(("sites", "north", "from"), E, "\"some day\" is not a date")], 0),
    one((("sites", "south", "to"), "2018"), &[(("sites", "south", "to"), E, "used until 2018-12-31, but only from 2019-01-01")], 0),
    // Nothing is told before it happened.
    one((("sources", "gazette", "published"), "2021"), &[
        (("reports", "r17", "source"), E, "gazette was published before e01 began (2021-12-31, 2022-02-01)"),
        (("reports", "r17", "date"), E, "gazette dates e01 after its own publication"),
    ], 0),
    one((("sources", "courier", "published"), "2022-02-10"), &[(("reports", "r19", "source"), R, "courier was published before e11 began")], 0),
    one((("reports", "r18", "date"), "2023-06"), &[
        (("reports", "r18", "date"), E, "yearbook dates e10 after its own publication"),
        (("events", "e10", "start"), E, "none of its dated reports dates it 2022-02-10"),
    ], 0),
    one((("reported_totals", "total-2", "to"), "2023-02-01"), &[(("reported_totals", "total-2", "to"), E, "after courier was published")], 0),
    one((("links", "tie-4", "to"), "e11"), &[(("links", "tie-4", "from"), E, "e06 answers e11, but ended before it began (2022-02-06, 2022-02-11)")], 0),
    // An event is what its reports say.
    one((("reports", "r13", "date"), "2022-02-12"), &[(("events", "e13", "start"), E, "none of its dated reports dates it 2022-02-13")], 0),
    one((("reports", "r20", "date"), "2022-02-14"), &[(("reports", "r20", "date"), R, "diary dates e12 2022-02-14, the event is of 2022-02-12")], 0),
    one((("events", "e12", "munitions_low"), "5"), &[(("events", "e12", "munitions_low"), R, "no report counts 5–6")], 0),
    one((("events", "e05", "killed_coalition_high"), "3"), &[(("events", "e05", "killed_coalition_high"), R, "3 killed, no report counts more than 2")], 0),
    one((("reports", "r02", "claimed_by"), "front"), &[(("events", "e02", "claimed_by"), R, "no report says that column claimed it")], 0),
    // Positions lie where they are said to lie.
    one((("sites", "lake", "lat"), "95"), &[(("sites", "lake", "lat"), E, "a latitude of 95 is not on the earth")], 0),
    one((("sites", "valley", "lat"), "33"), &[(("sites", "valley", "lat"), E, "one half of the position is missing")], 0),
    one((("sites", "west", "country"), "SY"), &[(("sites", "west", "country"), E, "the position lies in Iraq, not in SY")], 0),
    one((("sites", "road", "lat"), "-10"), &[(("sites", "road", "country"), R, "beyond the basemap")], 0),
    one((("sites", "east", "admin1"), "Najaf"), &[(("sites", "east", "admin1"), E, "the position lies in Diyala")], 0),
    one((("sites", "north-gate", "admin1"), "Nowhere"), &[(("sites", "north-gate", "admin1"), E, "no governorate \"Nowhere\" in IQ")], 0),
    one((("sites", "plain", "lat"), "34.95"), &[(("sites", "plain", "admin1"), R, "6.5 km outside Homs")], 0),
    one((("sites", "river", "admin1"), "Baghdad"), &[(("sites", "river", "admin1"), R, "km outside Baghdad")], 0),
    one((("events", "e03", "lat"), "35.3"), &[(("events", "e03", "lat"), E, "from south, whose radius is 5.0 km")], 0),
    one((("events", "e13", "lon"), "42"), &[
        (("events", "e13", "lat"), E, "the position lies in Iraq, not in SY"),
        (("events", "e13", "lat"), E, "from hill, whose radius is 3.0 km"),
    ], 0),
    one((("sites", "twin", "lon"), "42"), &[(("sites", "twin", "lat"), R, "the very position of north (line 2)")], 0),
    one((("events", "e10", "site"), "valley"), &[(("events", "e10", "place_precision"), E, "there is no position")], 0),
    // Every event is told once, by a report, and by each source once.
    one((("events", "e02", "distinct_from"), ""), &[(("events", "e02", "distinct_from"), E, "e02: the same day and site as e01 (line 2)")], 0),
    one((("events", "e18", "distinct_from"), ""), &[(("events", "e18", "distinct_from"), R, "e18: perhaps the same day and place as e17")], 0),
    one((("events", "e06", "site"), "road"), &[(("events", "e06", "distinct_from"), R, "e06: perhaps the same day and place as e07 (line 9)")], 0),
    one((("reports", "r06", "event"), "e05"), &[
        (("events", "e06", "id"), E, "no report says so"),
        (("reports", "r06", "source"), E, "wire reports e05 (line 6) already"),
    ], 0),
    // The status is what the reports make it.
    one((("events", "e11", "status"), "confirmed"), &[(("events", "e11", "status"), E, "the status is confirmed, its reports make it reported")], 0),
    one((("reports", "r03", "stance"), "disputes"), &[(("events", "e03", "status"), E, "the status is reported, its reports make it denied")], 0),
    one((("reports", "r12", "stance"), "confirms"), &[(("events", "e12", "status"), E, "its reports make it confirmed")], 0),
    one((("events", "e14", "status"), "likely"), &[(("events", "e14", "status"), E, "\"likely\" is not one of its codes")], 0),
    // One name is one row.
    one((("sites", "west", "name"), "CAMP-NORRTH"), &[(("sites", "west", "name"), E, "\"CAMP-NORRTH\" is a spelling of \"Camp North\", a name of north (line 2)")], 0),
    one((("sites", "east", "aliases"), "East; Shimāl"), &[(("sites", "east", "aliases"), E, "a spelling of \"Al-Shimal\", a name of north (line 2)")], 0),
    one((("sites", "river", "name_ar"), "مَعسكر شمالى"), &[(("sites", "river", "name_ar"), R, "a name of north (line 2)")], 0),
    one((("actors", "front", "name"), "Thé Leaguē"), &[(("actors", "front", "name"), E, "a spelling of \"The League\", a name of league (line 2)")], 0),
    one((("actors", "guard", "aliases"), "Brigade 1"), &[(("actors", "guard", "aliases"), E, "\"Brigade 1\" is a name of brigade (line 3) too")], 0),
    one((("sources", "courier", "origin"), "the  WIRE"), &[(("sources", "courier", "origin"), R, "a spelling of \"The Wire\", the origin of wire (line 2)")], 0),
    one((("actors", "brigade", "aliases"), "Brigade 1; The First; Brigade 1"), &[(("actors", "brigade", "aliases"), R, "\"Brigade 1\" stands in the list twice")], 0),
    // Every address leads to a page, and to one source.
    one((("sources", "diary", "url"), "javascript:alert(1)"), &[(("sources", "diary", "url"), E, "\"javascript:alert(1)\" is not the address of a page")], 0),
    one((("sources", "yearbook", "url"), "http://example.org/reports/"), &[(("sources", "yearbook", "url"), R, "the address is that of gazette (line 3) too")], 0),
    // Published counts can be recounted.
    one((("reported_totals", "total-2", "filter"), "country=XX"), &[(("reported_totals", "total-2", "filter"), E, "country has no value \"XX\"")], 0),
    one((("reported_totals", "total-1", "filter"), "weather=bad"), &[(("reported_totals", "total-1", "filter"), E, "no facet \"weather\"")], 0),
    one((("reported_totals", "total-5", "from"), "2022-02-31"), &[
        (("reported_totals", "total-5", "from"), E, "\"2022-02-31\" is not a date"),
        (("reported_totals", "total-5", "from"), E, "a filter without a period"),
    ], 0),
    one((("reported_totals", "total-3", "count_high"), "1"), &[(("reported_totals", "total-3", "filter"), R, "1 were published, ")], 0),
    // Cells hold text.
    one((("events", "e14", "summary"), "Rock\u{7}ets"), &[(("events", "e14", "summary"), E, "a control character (U+0007)")], 0),
];
