//! Made-up events as a dataset, with places, parties, sources and texts that say what they are.

use sitrep_atlas::domain::basemap::Basemap;
use sitrep_atlas::domain::{
    Actor, ActorIndex, ActorKind, ActorList, Casualties, Code as _, CountRange, Damage, Dataset,
    Event, EventDate, EventIndex, EventWords, LonLat, PersonGroup, PlacePrecision, Report, Site,
    SiteIndex, Source, SourceIndex, SourceKind, Stance, Status, WordsAt,
};

use super::places::{PLACES, places};
use super::random::{Random, Weights};
use super::rows::{Row, rows};

pub(crate) const TITLE: &str = "Made-up events for measurements";
const GROUPS: u32 = 60;
/// The groups after these belong to one of them.
const LEADING_GROUPS: u32 = 12;
const SOURCES: u32 = 400;

/// A dataset of that many events; the same for the same seed.
pub(crate) fn dataset(basemap: &Basemap, count: usize, seed: u64) -> Dataset {
    let rows = rows(count, seed);
    let mut random = Random::new(seed ^ 0x7465_7874);
    let groups = Weights::zipf(GROUPS);
    let mut events: Vec<Event> = (0..).zip(&rows).map(|(n, row)| event(n, row)).collect();
    let mut reports = Vec::new();
    for (index, event) in (0..).map(EventIndex).zip(&mut events) {
        fill(event, &mut random, &groups);
        reports_of(&mut reports, index, event.status, &mut random);
    }
    tell_apart(&mut events);
    Dataset {
        title: TITLE.to_owned(),
        name: "made-up-events".to_owned(),
        version: "0".to_owned(),
        time_zone: "Asia/Baghdad".to_owned(),
        sites: sites(basemap, seed),
        actors: (0..GROUPS).map(actor).collect(),
        sources: (0..SOURCES).map(source).collect(),
        events,
        reports,
        ..Dataset::default()
    }
}

fn sites(basemap: &Basemap, seed: u64) -> Vec<Site> {
    let site = |(n, place): (usize, super::places::MadeUpPlace)| Site {
        id: format!("made-up-place-{n:05}"),
        name: format!("Made-up place {n:05}"),
        name_ar: None,
        aliases: Vec::new(),
        kind: "made up".to_owned(),
        country: place.country,
        admin1: place.governorate,
        position: LonLat::new(place.lon, place.lat).ok(),
        precision: PlacePrecision::Site,
        radius_m: Some(1_000.0),
        part_of: None,
        used_by: None,
        from: None,
        to: None,
        coord_source: Some("made up".to_owned()),
        verified: false,
        description: None,
    };
    places(basemap, seed).into_iter().enumerate().map(site).collect()
}

fn actor(n: u32) -> Actor {
    Actor {
        id: format!("made-up-group-{n:02}"),
        name: format!("Made-up group {n:02}"),
        name_ar: None,
        aliases: Vec::new(),
        kind: ActorKind::ArmedGroup,
        parent: (n >= LEADING_GROUPS).then(|| format!("made-up-group-{:02}", n % LEADING_GROUPS)),
        description: None,
    }
}

fn source(n: u32) -> Source {
    let kinds = SourceKind::ALL;
    Source {
        id: format!("made-up-source-{n:03}"),
        publisher: format!("Made-up source {n:03}"),
        // A few only pass on what another has.
        origin: format!("Made-up source {:03}", if n % 5 == 4 { n - 1 } else { n }),
        title: "A title made up for measurements".to_owned(),
        published: None,
        url: None,
        kind: kinds[n as usize % kinds.len()],
        language: None,
        seed: None,
        note: None,
    }
}

fn event(n: u32, row: &Row) -> Event {
    let (weapon, site) = (row.weapon.label(), row.site);
    let words = EventWords {
        id: format!("made-up-{n:08}"),
        summary: format!(
            "Made up for measurements: {weapon} at Made-up place {site:05}, number {n}."
        ),
        ..EventWords::default()
    };
    Event {
        date: EventDate { span: row.span, precision: row.date, local_time: None.into() },
        precision: row.place,
        direction: row.direction,
        weapon: row.weapon,
        status: row.status,
        confidence: row.confidence,
        words: words.into(),
        ..Event::new(row.span, SiteIndex(row.site))
    }
}

/// Puts in what only a dataset has.
fn fill(event: &mut Event, random: &mut Random, groups: &Weights) {
    let harmed = |random: &mut Random, share: f64| {
        let low = random.below(4);
        let count = random.chance(share).then(|| CountRange::new(low, Some(low + random.below(2))));
        Casualties::default().with(random.one_of(PersonGroup::ALL), count.flatten())
    };
    event.killed = harmed(random, 0.15);
    event.wounded = harmed(random, 0.2);
    let munitions = 1 + random.below(12);
    event.munitions =
        random.chance(0.5).then(|| CountRange::new(munitions, Some(munitions))).flatten().into();
    event.damage = random.one_of(Damage::ALL);
    let group = |random: &mut Random, share: f64| -> ActorList {
        let group = u32::try_from(groups.draw(random)).unwrap_or(0);
        random.chance(share).then_some(ActorIndex(group)).into_iter().collect()
    };
    event.attributed_to = group(random, 0.4).into_iter().collect();
    event.claimed_by = group(random, 0.2).into_iter().collect();
}

/// One to three reports that make the status what it is.
fn reports_of(reports: &mut Vec<Report>, event: EventIndex, status: Status, random: &mut Random) {
    use Stance::{Claims, Confirms, Disputes, Reports};
    let (first, others) = match status {
        Status::Confirmed => (&[Confirms][..], Reports),
        Status::Reported => (&[Reports][..], Reports),
        Status::Claimed => (&[Claims][..], Claims),
        Status::Contested => (&[Reports, Disputes][..], Reports),
        Status::Denied => (&[Disputes][..], Disputes),
    };
    let more = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2][random.below(10) as usize];
    let stances = first.iter().copied().chain(std::iter::repeat_n(others, more));
    let start = random.below(SOURCES);
    reports.extend((start..).zip(stances).map(|(source, stance)| Report {
        event,
        source: SourceIndex(source % SOURCES),
        stance,
        said: None,
    }));
}

/// Events of one day and place each name those before them, so that none is taken for another told twice.
fn tell_apart(events: &mut [Event]) {
    let mut here: Vec<Vec<String>> = vec![Vec::new(); PLACES as usize];
    let mut day = None;
    for event in events {
        let first = event.date.span.first();
        if day.replace(first) != Some(first) {
            here.iter_mut().for_each(Vec::clear);
        }
        if event.date.span.days() == 1 {
            let before = &mut here[event.site.get()];
            if let WordsAt::Memory(words) = &mut event.words {
                words.distinct_from.clone_from(before);
                before.push(words.id.clone());
            }
        }
    }
}
