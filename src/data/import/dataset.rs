//! A table that was read, as a dataset: its words become sites, parties, sources and classes, and nothing is said of them that
//! the table does not say.

use std::collections::HashMap;

use super::Role;
use super::dialect::Sample;
use super::mapping::Mapping;
use super::read::{Imported, TablePlace, TableRow};
use crate::domain::{
    Actor, ActorIndex, ActorKind, Casualties, Classes, Code as _, Confidence, Damage, Dataset,
    Direction, Event, EventDate, EventIndex, PersonGroup, PlacePrecision, Report, Site, SiteIndex,
    Source, SourceIndex, SourceKind, Stance, Status, Weapon, fold,
};

/// What the class is called where no column says it.
const NO_CLASS: &str = "not said";

/// Makes a dataset of a table. `name` is what people call the file.
pub(super) fn dataset(
    imported: Imported,
    sample: &Sample,
    mapping: &Mapping,
    name: &str,
) -> Dataset {
    let (classes, slots) = classes(&imported, sample, mapping);
    let row_name = imported.report.rows_are.one();
    let mut making =
        Making { mapping, row_name, slots, actors: Names::default(), sources: Names::default() };
    let sites = imported.places.iter().enumerate().map(|(n, place)| site(n, place)).collect();
    let mut rows = imported.rows;
    rows.sort_by_key(|a| (a.span.first(), a.line));
    let (mut events, mut reports) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        let index = EventIndex(u32::try_from(events.len()).unwrap_or(u32::MAX));
        let (event, sources) = making.event(row);
        reports.extend(sources.into_iter().map(|source| report(index, source)));
        events.push(event);
    }
    Dataset {
        title: name.to_owned(),
        name: name.to_owned(),
        version: mapping.profile.unwrap_or_default().to_owned(),
        time_zone: String::new(),
        classes,
        other_columns: sample.header.clone(),
        sites,
        actors: making.actors.names.iter().map(|name| actor(name)).collect(),
        sources: making.sources.names.iter().map(|name| source(name)).collect(),
        events,
        reports,
        rows_left_out: usize::try_from(imported.report.total_left_out()).unwrap_or(usize::MAX),
        ..Dataset::default()
    }
}

/// The classes that get a colour, most rows first, and by the number of a class in the table its slot. Where there are more
/// than there are colours, the rest share the last.
fn classes(imported: &Imported, sample: &Sample, mapping: &Mapping) -> (Classes, Vec<Direction>) {
    let mut rows = vec![0_u64; imported.classes.len()];
    for row in &imported.rows {
        rows[row.class as usize] += 1;
    }
    let mut order: Vec<usize> = (0..rows.len()).filter(|class| rows[*class] > 0).collect();
    let name = |class: usize| imported.classes[class].as_str();
    order.sort_by(|a, b| (rows[*b], name(*a)).cmp(&(rows[*a], name(*b))));
    let own = if order.len() > Classes::MOST { Classes::MOST - 1 } else { order.len() };
    let mut slots = vec![Direction::Other; rows.len()];
    for (slot, class) in order.iter().take(own).enumerate() {
        slots[*class] = Direction::ALL[slot];
    }
    let said = |class: &usize| {
        if name(*class).is_empty() { NO_CLASS.to_owned() } else { name(*class).to_owned() }
    };
    let mut names: Vec<String> = order.iter().take(own).map(said).collect();
    if order.len() > own {
        names.push(format!("other ({} kinds)", order.len() - own));
    }
    let column = mapping.place(Role::Class).and_then(|place| sample.header.get(place));
    let called = column.map_or_else(|| "class".to_owned(), |c| c.replace('_', " ").to_lowercase());
    (Classes::of_others(&called, names), slots)
}

/// Words of which each has a number.
#[derive(Default)]
struct Names {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

struct Making<'a> {
    mapping: &'a Mapping,
    row_name: &'static str,
    slots: Vec<Direction>,
    actors: Names,
    sources: Names,
}

impl Making<'_> {
    /// An event, and who says so.
    fn event(&mut self, row: TableRow) -> (Event, Vec<SourceIndex>) {
        let separator = self.mapping.list_separator;
        let mut told = Told::default();
        let (mut parties, mut attributed_to, mut claimed_by) = (Vec::new(), Vec::new(), Vec::new());
        let mut sources = Vec::new();
        for (role, text) in row.texts {
            let each = |list: &mut Vec<u32>, names: &mut Names| {
                let parts =
                    text.split(|c| Some(c) == separator).map(str::trim).filter(|p| !p.is_empty());
                parts.for_each(|part| {
                    let number = names.number(part);
                    if !list.contains(&number) {
                        list.push(number);
                    }
                });
            };
            match role {
                Role::Party => each(&mut parties, &mut self.actors),
                Role::AttributedTo => each(&mut attributed_to, &mut self.actors),
                Role::ClaimedBy => each(&mut claimed_by, &mut self.actors),
                Role::Source | Role::Url => each(&mut sources, &mut self.sources),
                role => told.add(role, text),
            }
        }
        let actors = |list: Vec<u32>| list.into_iter().map(ActorIndex).collect::<Vec<_>>();
        let status = told.status.as_deref().and_then(Status::from_code);
        let other_status = told.status.filter(|_| status.is_none());
        let other_status = other_status.map(|word| format!("status in the file: {word}"));
        let weapon = told.weapon.as_deref().and_then(weapon);
        let people = |count| Casualties::default().with(PersonGroup::Unspecified, count);
        let event = Event {
            id: told.id.unwrap_or_else(|| format!("{} {}", self.row_name, row.line)),
            date: EventDate {
                span: row.span,
                precision: row.date_precision,
                local_time: told.time,
            },
            site: SiteIndex(row.place),
            position: None,
            precision: row.place_precision,
            direction: self.slots[row.class as usize],
            kind: told.kind,
            weapon: weapon.unwrap_or(Weapon::Unknown),
            weapon_detail: told.weapon,
            munitions: None,
            killed: people(row.killed),
            wounded: people(row.wounded),
            intercepted: None,
            damage: Damage::Unknown,
            outcome: None,
            target: None,
            attributed_to: actors(attributed_to),
            parties: actors(parties),
            attributed_by: None,
            claimed_by: actors(claimed_by),
            status: status.unwrap_or(Status::Reported),
            confidence: Confidence::Unknown,
            distinct_from: Vec::new(),
            note: joined([told.note, other_status], "; "),
            summary: joined([told.title, told.summary], ". ").unwrap_or_default(),
            others: row.others,
        };
        (event, sources.into_iter().map(SourceIndex).collect())
    }
}

/// Those of two texts that there are, joined.
fn joined(texts: [Option<String>; 2], between: &str) -> Option<String> {
    texts.into_iter().flatten().reduce(|a, b| format!("{a}{between}{b}"))
}

/// Texts of a row that stand once.
#[derive(Default)]
struct Told {
    id: Option<String>,
    title: Option<String>,
    summary: Option<String>,
    note: Option<String>,
    time: Option<String>,
    kind: Option<String>,
    weapon: Option<String>,
    status: Option<String>,
}

impl Told {
    fn add(&mut self, role: Role, text: String) {
        let slot = match role {
            Role::Id => &mut self.id,
            Role::Title => &mut self.title,
            Role::Summary => &mut self.summary,
            Role::Note => &mut self.note,
            Role::Time => &mut self.time,
            Role::Kind => &mut self.kind,
            Role::Weapon => &mut self.weapon,
            Role::Status => &mut self.status,
            _ => return,
        };
        *slot = Some(text);
    }
}

/// The weapon that a table's words name, in singular or plural.
fn weapon(words: &str) -> Option<Weapon> {
    let plain = |text: &str| fold(text).trim_end_matches('s').to_owned();
    let wanted = plain(words);
    Weapon::ALL.iter().copied().find(|w| plain(w.code()) == wanted || plain(w.label()) == wanted)
}

fn site(number: usize, place: &TablePlace) -> Site {
    let position = place.position();
    let words = [&place.name, &place.governorate, &place.country];
    let named = words.into_iter().find(|text| !text.is_empty());
    let at = position.map(|p| format!("{:.4}, {:.4}", p.lat(), p.lon()));
    let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
    Site {
        id: format!("place-{}", number + 1),
        name: named.cloned().or(at).unwrap_or_else(|| "place not said".to_owned()),
        name_ar: filled(&place.name_ar),
        aliases: Vec::new(),
        kind: String::new(),
        country: country_code(&place.country).to_owned(),
        admin1: filled(&place.governorate),
        position,
        // How precisely an event is placed says the event; without a position the site says how far it goes.
        precision: match position {
            Some(_) => PlacePrecision::Site,
            None if place.governorate.is_empty() => PlacePrecision::Country,
            None => PlacePrecision::Admin1,
        },
        radius_m: place.radius_m(),
        part_of: None,
        used_by: None,
        from: None,
        to: None,
        coord_source: None,
        verified: false,
        description: None,
    }
}

/// The two letters of the countries that the map is of; another name stays as it is written.
fn country_code(name: &str) -> &str {
    match name.to_lowercase().as_str() {
        "iraq" | "iq" | "irq" | "iz" | "العراق" => "IQ",
        "syria" | "syrian arab republic" | "sy" | "syr" | "سوريا" | "سورية" => "SY",
        _ => name,
    }
}

fn actor(name: &str) -> Actor {
    Actor {
        id: name.to_owned(),
        name: name.to_owned(),
        name_ar: None,
        aliases: Vec::new(),
        kind: ActorKind::Unknown,
        parent: None,
        description: None,
    }
}

/// A source by its name, or by its address.
fn source(name: &str) -> Source {
    let address = ["http://", "https://"].iter().find_map(|scheme| name.strip_prefix(scheme));
    let host =
        address.map(|rest| rest.split('/').next().unwrap_or(rest).trim_start_matches("www."));
    let publisher = host.unwrap_or(name).to_owned();
    Source {
        id: name.to_owned(),
        origin: publisher.clone(),
        publisher,
        title: String::new(),
        published: None,
        url: address.map(|_| name.to_owned()),
        kind: SourceKind::Unknown,
        language: None,
        seed: None,
        note: None,
    }
}

fn report(event: EventIndex, source: SourceIndex) -> Report {
    Report {
        event,
        source,
        stance: Stance::Reports,
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
    }
}
