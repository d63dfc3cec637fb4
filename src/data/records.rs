//! One row of each table to its domain value; references by identifier become indices.

use super::cells::Cells;
use super::ids::{Found, Ids};
use super::lines::TableName;
use crate::domain::{
    Actor, ActorIndex, ActorKind, ActorList, Code as _, Confidence, ContextEntry, CoverageNote,
    Damage, DatePrecision, DaySpan, Direction, Event, EventDate, EventIndex, EventWords,
    ForceLevel, Link, LinkKind, PlacePrecision, Report, ReportedTotal, Said, Site, SiteIndex,
    Source, SourceIndex, SourceKind, Stance, Status, Weapon,
};

/// The row that a cell's identifier points to; a problem when there is none.
fn find(
    ids: &Ids,
    cells: &mut Cells<'_>,
    column: &str,
    table: TableName,
    id: &str,
    advice: &str,
) -> Option<u32> {
    let name = table.as_str();
    match ids.find(table, id) {
        Found::Row(place) => return Some(place),
        Found::Nothing => {
            cells.problem(column, format!("there is no \"{id}\" in {name}"), advice);
        }
        Found::LeftOut => cells.remark(
            column,
            format!("the row of \"{id}\" in {name} was left out"),
            "correct that row; this one was left out with it",
        ),
        Found::Unread => {}
    }
    None
}

/// The row that a cell names; the cell's own row is worth nothing without it.
fn refer(ids: &Ids, cells: &mut Cells<'_>, column: &str, table: TableName) -> Option<u32> {
    let id = cells.required(column)?;
    let advice = "correct the identifier or add the row it names; this row was left out";
    find(ids, cells, column, table, &id, advice)
}

const REFERENCE_LEFT_OUT: &str =
    "correct the identifier or add the row it names; the reference was left out";

/// The site that a cell names, which may be empty.
fn opt_site(ids: &Ids, cells: &mut Cells<'_>) -> Option<SiteIndex> {
    let id = cells.opt("site")?;
    find(ids, cells, "site", TableName::Sites, &id, REFERENCE_LEFT_OUT).map(SiteIndex)
}

fn refer_all(ids: &Ids, cells: &mut Cells<'_>, column: &str, table: TableName) -> Vec<u32> {
    let list = cells.list(column);
    list.iter().filter_map(|id| find(ids, cells, column, table, id, REFERENCE_LEFT_OUT)).collect()
}

/// The columns of a count for each group of people.
macro_rules! of_groups {
    ($stem:literal) => {
        of_groups!($stem: "coalition" "local_partners" "armed_groups" "civilians" "unspecified")
    };
    ($stem:literal: $($group:literal)+) => {
        [$([concat!($stem, "_", $group, "_low"), concat!($stem, "_", $group, "_high")]),+]
    };
}

pub(super) fn source(c: &mut Cells<'_>) -> Source {
    let publisher = c.text("publisher");
    Source {
        id: c.text("id"),
        origin: c.opt("origin").unwrap_or_else(|| publisher.clone()),
        publisher,
        title: c.text("title"),
        published: c.dated("published", Source::parse_published),
        url: c.opt("url"),
        kind: c.code("kind", SourceKind::Reference),
        language: c.opt("language"),
        seed: c.opt("seed"),
        note: c.opt("note"),
    }
}

pub(super) fn site(ids: &Ids, c: &mut Cells<'_>) -> Site {
    // Only looked at: the sources of a site are not shown.
    refer_all(ids, c, "sources", TableName::Sources);
    Site {
        id: c.text("id"),
        name: c.text("name"),
        name_ar: c.opt("name_ar"),
        aliases: c.list("aliases"),
        kind: c.text("kind"),
        country: c.country("country"),
        admin1: c.opt("admin1"),
        position: c.position(),
        precision: c.code("place_precision", PlacePrecision::Country),
        radius_m: c.length("radius_m"),
        part_of: c.opt("part_of"),
        used_by: c.opt("used_by"),
        from: c.dated("from", DaySpan::parse),
        to: c.dated("to", DaySpan::parse),
        coord_source: c.opt("coord_source"),
        verified: c.flag("verified"),
        description: c.opt("description"),
    }
}

pub(super) fn actor(c: &mut Cells<'_>) -> Actor {
    Actor {
        id: c.text("id"),
        name: c.text("name"),
        name_ar: c.opt("name_ar"),
        aliases: c.list("aliases"),
        kind: c.code("kind", ActorKind::ArmedGroup),
        parent: c.opt("parent"),
        description: c.opt("description"),
    }
}

pub(super) fn event(ids: &Ids, c: &mut Cells<'_>) -> Option<Event> {
    let id = c.text("id");
    let site = refer(ids, c, "site", TableName::Sites).map(SiteIndex);
    let span = c.required_span("start", "end");
    let (site, span) = (site?, span?);
    let precision: DatePrecision = c.code("date_precision", DatePrecision::Unknown);
    if precision.is_one_day() && span.days() > 1 {
        c.problem(
            "date_precision",
            format!(
                "the date is said to be known {}, but the event spans {} days",
                precision.label(),
                span.days()
            ),
            "use span, or make start and end the same day",
        );
    }
    let span = widened(c, precision, span);
    let words = EventWords {
        id,
        weapon_detail: c.opt("weapon_detail"),
        outcome: c.opt("outcome"),
        target: c.opt("target"),
        attributed_by: c.opt("attributed_by"),
        distinct_from: c.list("distinct_from"),
        note: c.opt("note"),
        summary: c.text("summary"),
        others: Vec::new(),
    };
    Some(Event {
        date: EventDate { span, precision, local_time: c.opt("local_time").into() },
        site,
        position: c.position().into(),
        precision: c.code("place_precision", PlacePrecision::Country),
        direction: c.code("direction", Direction::Other),
        kind: None,
        weapon: c.code("weapon", Weapon::Unknown),
        munitions: c.range(["munitions_low", "munitions_high"]).into(),
        killed: c.casualties(of_groups!("killed")),
        wounded: c.casualties(of_groups!("wounded")),
        intercepted: c.range(["intercepted_low", "intercepted_high"]).into(),
        damage: c.code("damage", Damage::Unknown),
        attributed_to: refer_all(ids, c, "attributed_to", TableName::Actors)
            .into_iter()
            .map(ActorIndex)
            .collect(),
        parties: ActorList::new(),
        claimed_by: refer_all(ids, c, "claimed_by", TableName::Actors)
            .into_iter()
            .map(ActorIndex)
            .collect(),
        status: c.code("status", Status::Reported),
        confidence: c.code("confidence", Confidence::Low),
        words: words.into(),
    })
}

/// The days of a date that is known to the week, the month or the year are all of it, so that it is never a
/// spike on a day.
fn widened(c: &mut Cells<'_>, precision: DatePrecision, span: DaySpan) -> DaySpan {
    let whole = precision.widened(span);
    if whole != span {
        c.problem(
            "date_precision",
            format!(
                "the date is said to be known {}, but its days are fewer than that",
                precision.label()
            ),
            &format!(
                "use span, or give {} and {} as its days; these were taken",
                whole.first(),
                whole.last()
            ),
        );
    }
    whole
}

pub(super) fn report(ids: &Ids, c: &mut Cells<'_>) -> Option<Report> {
    let other_site = opt_site(ids, c);
    for column in ["attributed_to", "claimed_by"] {
        refer_all(ids, c, column, TableName::Actors);
    }
    let event = refer(ids, c, "event", TableName::Events);
    let source = refer(ids, c, "source", TableName::Sources);
    Some(Report {
        event: EventIndex(event?),
        source: SourceIndex(source?),
        stance: c.opt_code("stance", Stance::Reports),
        said: Some(Box::new(Said {
            speaker: c.opt("speaker"),
            locator: c.opt("locator"),
            date: c.dated("date", DaySpan::parse),
            date_text: c.opt("date_text"),
            place: c.opt("place"),
            site: other_site,
            count: c.range(["count_low", "count_high"]),
            killed: c.range(["killed_low", "killed_high"]),
            wounded: c.range(["wounded_low", "wounded_high"]),
            attributed_to: c.opt("attributed_to"),
            claimed_by: c.opt("claimed_by"),
            outcome: c.opt("outcome"),
            note: c.opt("note"),
        })),
    })
}

pub(super) fn link(ids: &Ids, c: &mut Cells<'_>) -> Option<Link> {
    let from = refer(ids, c, "from", TableName::Events);
    let to = refer(ids, c, "to", TableName::Events);
    Some(Link {
        from: EventIndex(from?),
        to: EventIndex(to?),
        kind: c.code("kind", LinkKind::SameWave),
        asserted_by: refer_all(ids, c, "asserted_by", TableName::Sources)
            .into_iter()
            .map(SourceIndex)
            .collect(),
        note: c.opt("note"),
    })
}

pub(super) fn context_entry(ids: &Ids, c: &mut Cells<'_>) -> ContextEntry {
    let site = opt_site(ids, c);
    refer_all(ids, c, "actors", TableName::Actors);
    ContextEntry {
        id: c.text("id"),
        span: c.span("start", "end"),
        title: c.text("title"),
        kind: c.text("kind"),
        summary: c.text("summary"),
        place: c.opt("place"),
        site,
        sources: refer_all(ids, c, "sources", TableName::Sources)
            .into_iter()
            .map(SourceIndex)
            .collect(),
    }
}

pub(super) fn force_level(ids: &Ids, c: &mut Cells<'_>) -> Option<ForceLevel> {
    let source = SourceIndex(refer(ids, c, "source", TableName::Sources)?);
    Some(ForceLevel {
        id: c.text("id"),
        span: c.span("date", "end"),
        country: c.text("country"),
        force: c.text("force"),
        count: c.range(["low", "high"]),
        source,
        note: c.opt("note"),
    })
}

pub(super) fn reported_total(ids: &Ids, c: &mut Cells<'_>) -> Option<ReportedTotal> {
    let source = SourceIndex(refer(ids, c, "source", TableName::Sources)?);
    Some(ReportedTotal {
        id: c.text("id"),
        as_of: c.opt_day("as_of"),
        span: c.span("from", "to"),
        count: c.range(["count_low", "count_high"]),
        scope: c.text("scope"),
        filter: c.opt("filter"),
        source,
        note: c.opt("note"),
    })
}

pub(super) fn coverage_note(ids: &Ids, c: &mut Cells<'_>) -> Option<CoverageNote> {
    let span = c.required_span("start", "end")?;
    Some(CoverageNote {
        id: c.text("id"),
        span,
        scope: c.text("scope"),
        filter: c.opt("filter"),
        note: c.text("note"),
        sources: refer_all(ids, c, "sources", TableName::Sources)
            .into_iter()
            .map(SourceIndex)
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::{Code as _, PersonGroup};

    #[test]
    fn the_columns_of_casualties_are_those_of_the_groups_in_their_order() {
        for (group, columns) in PersonGroup::ALL.iter().zip(of_groups!("killed")) {
            let stem = format!("killed_{}", group.code());
            assert_eq!(columns, [format!("{stem}_low"), format!("{stem}_high")]);
        }
    }
}
