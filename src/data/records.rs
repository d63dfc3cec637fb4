//! One row of each table to its domain value; references by identifier become indices.

use std::collections::HashMap;

use super::cells::Cells;
use crate::domain::{
    Actor, ActorIndex, ActorKind, Code as _, Confidence, ContextEntry, Damage, DatePrecision,
    Direction, Event, EventDate, EventIndex, ForceLevel, Link, LinkKind, PlacePrecision, Report,
    ReportedTotal, Site, SiteIndex, Source, SourceIndex, SourceKind, Stance, Status, Weapon,
};

/// Which table an identifier belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Source,
    Site,
    Actor,
    Event,
}

/// Place of each row in its table, by identifier.
pub(super) type Ids = HashMap<(Kind, String), u32>;

/// The row that a cell's identifier points to; a problem when there is none.
fn find(ids: &Ids, cells: &mut Cells<'_>, column: &str, kind: Kind, id: &str) -> Option<u32> {
    let found = ids.get(&(kind, id.to_owned())).copied();
    if found.is_none() {
        let table = match kind {
            Kind::Source => "sources",
            Kind::Site => "sites",
            Kind::Actor => "actors",
            Kind::Event => "events",
        };
        cells.problem(
            column,
            format!("there is no \"{id}\" in {table}"),
            "correct the identifier or add the row it names",
        );
    }
    found
}

fn refer(ids: &Ids, cells: &mut Cells<'_>, column: &str, kind: Kind) -> Option<u32> {
    let id = cells.text(column);
    if id.is_empty() { None } else { find(ids, cells, column, kind, &id) }
}

/// The site that a cell names, which may be empty.
fn opt_site(ids: &Ids, cells: &mut Cells<'_>) -> Option<SiteIndex> {
    let id = cells.opt("site")?;
    find(ids, cells, "site", Kind::Site, &id).map(SiteIndex)
}

fn refer_all(ids: &Ids, cells: &mut Cells<'_>, column: &str, kind: Kind) -> Vec<u32> {
    let list = cells.list(column);
    list.iter().filter_map(|id| find(ids, cells, column, kind, id)).collect()
}

pub(super) fn source(c: &mut Cells<'_>) -> Source {
    let publisher = c.text("publisher");
    Source {
        id: c.text("id"),
        origin: c.opt("origin").unwrap_or_else(|| publisher.clone()),
        publisher,
        title: c.text("title"),
        published: c.opt("published"),
        url: c.opt("url"),
        kind: c.code("kind", SourceKind::Reference),
        language: c.opt("language"),
        seed: c.opt("seed"),
        note: c.opt("note"),
    }
}

pub(super) fn site(c: &mut Cells<'_>) -> Site {
    Site {
        id: c.text("id"),
        name: c.text("name"),
        name_ar: c.opt("name_ar"),
        aliases: c.list("aliases"),
        kind: c.text("kind"),
        country: c.text("country"),
        admin1: c.opt("admin1"),
        position: c.position(),
        precision: c.code("place_precision", PlacePrecision::Country),
        radius_m: c.decimal("radius_m"),
        part_of: c.opt("part_of"),
        used_by: c.opt("used_by"),
        from: c.opt("from"),
        to: c.opt("to"),
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
    let site = refer(ids, c, "site", Kind::Site).map(SiteIndex);
    let Some(span) = c.span("start", "end") else {
        c.problem(
            "start",
            format!("the event \"{id}\" has no date"),
            "give its first and last possible day; the row was left out",
        );
        return None;
    };
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
    let Some(site) = site else {
        c.problem(
            "site",
            format!("the event \"{id}\" has no known site"),
            "name a site of the sites table; the row was left out",
        );
        return None;
    };
    Some(Event {
        id,
        date: EventDate { span, precision, local_time: c.opt("local_time") },
        site,
        position: c.position(),
        precision: c.code("place_precision", PlacePrecision::Country),
        direction: c.code("direction", Direction::Other),
        weapon: c.code("weapon", Weapon::Unknown),
        weapon_detail: c.opt("weapon_detail"),
        munitions: c.range("munitions"),
        killed: c.casualties("killed"),
        wounded: c.casualties("wounded"),
        intercepted: c.range("intercepted"),
        damage: c.code("damage", Damage::Unknown),
        outcome: c.opt("outcome"),
        target: c.opt("target"),
        attributed_to: refer_all(ids, c, "attributed_to", Kind::Actor)
            .into_iter()
            .map(ActorIndex)
            .collect(),
        attributed_by: c.opt("attributed_by"),
        claimed_by: refer_all(ids, c, "claimed_by", Kind::Actor)
            .into_iter()
            .map(ActorIndex)
            .collect(),
        status: c.code("status", Status::Reported),
        confidence: c.code("confidence", Confidence::Low),
        distinct_from: c.list("distinct_from"),
        note: c.opt("note"),
        summary: c.text("summary"),
    })
}

pub(super) fn report(ids: &Ids, c: &mut Cells<'_>) -> Option<Report> {
    let other_site = opt_site(ids, c);
    Some(Report {
        event: EventIndex(refer(ids, c, "event", Kind::Event)?),
        source: SourceIndex(refer(ids, c, "source", Kind::Source)?),
        stance: c.opt_code("stance", Stance::Reports),
        speaker: c.opt("speaker"),
        locator: c.opt("locator"),
        date: c.opt("date"),
        date_text: c.opt("date_text"),
        place: c.opt("place"),
        site: other_site,
        count: c.range("count"),
        killed: c.range("killed"),
        wounded: c.range("wounded"),
        attributed_to: c.opt("attributed_to"),
        claimed_by: c.opt("claimed_by"),
        outcome: c.opt("outcome"),
        note: c.opt("note"),
    })
}

pub(super) fn link(ids: &Ids, c: &mut Cells<'_>) -> Option<Link> {
    Some(Link {
        from: EventIndex(refer(ids, c, "from", Kind::Event)?),
        to: EventIndex(refer(ids, c, "to", Kind::Event)?),
        kind: c.code("kind", LinkKind::SameWave),
        asserted_by: refer_all(ids, c, "asserted_by", Kind::Source)
            .into_iter()
            .map(SourceIndex)
            .collect(),
        note: c.opt("note"),
    })
}

pub(super) fn context_entry(ids: &Ids, c: &mut Cells<'_>) -> ContextEntry {
    let site = opt_site(ids, c);
    ContextEntry {
        id: c.text("id"),
        span: c.span("start", "end"),
        title: c.text("title"),
        kind: c.text("kind"),
        summary: c.text("summary"),
        place: c.opt("place"),
        site,
        sources: refer_all(ids, c, "sources", Kind::Source).into_iter().map(SourceIndex).collect(),
    }
}

pub(super) fn force_level(ids: &Ids, c: &mut Cells<'_>) -> Option<ForceLevel> {
    let source = SourceIndex(refer(ids, c, "source", Kind::Source)?);
    Some(ForceLevel {
        id: c.text("id"),
        span: c.span("date", "end"),
        country: c.text("country"),
        force: c.text("force"),
        count: c.range_of("low", "high"),
        source,
        note: c.opt("note"),
    })
}

pub(super) fn reported_total(ids: &Ids, c: &mut Cells<'_>) -> Option<ReportedTotal> {
    let source = SourceIndex(refer(ids, c, "source", Kind::Source)?);
    Some(ReportedTotal {
        id: c.text("id"),
        span: c.span("from", "to"),
        count: c.range("count"),
        scope: c.text("scope"),
        filter: c.opt("filter"),
        source,
        note: c.opt("note"),
    })
}
