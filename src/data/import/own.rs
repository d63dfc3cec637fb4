//! What Sitrep wrote into columns of which tables of other people know nothing: made values again.
//!
//! A cell that cannot be read as what its column is stays a cell of the event, for a person to see.

use std::collections::HashMap;
use std::hash::Hash;

use super::dataset::{actor, source};
use crate::analysis::event_columns::{OF_FILE, entries};
use crate::data::write::plain;
use crate::domain::{
    ActorIndex, ActorList, Casualties, Classes, Code, Confidence, CountRange, Dataset,
    DatePrecision, Direction, Event, EventIndex, EventWords, LonLat, PersonGroup, PlacePrecision,
    Report, Site, SiteIndex, SourceIndex, SourceKind, Stance, Weapon,
};

/// The name of the profile.
pub(super) const NAME: &str = "Sitrep";

/// Whether a column is read here.
pub(super) fn reads(column: &str) -> bool {
    Column::of(column).is_some()
}

/// A number of which there is a lowest and a highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Range {
    Munitions,
    Intercepted,
    Killed(PersonGroup),
    Wounded(PersonGroup),
}

/// Texts that stand for several columns together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum List {
    AttributedTo,
    AttributedToNames,
    ClaimedBy,
    ClaimedByNames,
    Parties,
    PartyNames,
    Sources,
    Publishers,
    Origins,
    Titles,
    Published,
    Urls,
    Kinds,
    Languages,
    Stances,
}

/// A column that is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// Says what other columns say too.
    Repeated,
    DatePrecision,
    PlacePrecision,
    Site,
    SiteKind,
    SiteLat,
    SiteLon,
    SitePrecision,
    PositionFrom,
    Radius,
    WeaponDetail,
    Low(Range),
    High(Range),
    Damage,
    Outcome,
    Target,
    AttributedBy,
    Confidence,
    DistinctFrom,
    List(List),
}

impl Column {
    fn of(name: &str) -> Option<Self> {
        let list = |list| Some(Self::List(list));
        match name.to_lowercase().as_str() {
            "certainty" | "class_name" | "feature id" | "geometry" => Some(Self::Repeated),
            // What a placemark has beside its data.
            "name" | "description" | "date" | "end date" | "links" | "styleurl" => {
                Some(Self::Repeated)
            }
            "date_precision" => Some(Self::DatePrecision),
            "place_precision" => Some(Self::PlacePrecision),
            "site" => Some(Self::Site),
            "site_kind" => Some(Self::SiteKind),
            "site_lat" => Some(Self::SiteLat),
            "site_lon" => Some(Self::SiteLon),
            "site_precision" => Some(Self::SitePrecision),
            "position_from" => Some(Self::PositionFrom),
            "radius_m" => Some(Self::Radius),
            "weapon_detail" => Some(Self::WeaponDetail),
            "damage" => Some(Self::Damage),
            "outcome" => Some(Self::Outcome),
            "target" => Some(Self::Target),
            "attributed_by" => Some(Self::AttributedBy),
            "confidence" => Some(Self::Confidence),
            "distinct_from" => Some(Self::DistinctFrom),
            "attributed_to" => list(List::AttributedTo),
            "attributed_to_names" => list(List::AttributedToNames),
            "claimed_by" => list(List::ClaimedBy),
            "claimed_by_names" => list(List::ClaimedByNames),
            "parties" => list(List::Parties),
            "party_names" => list(List::PartyNames),
            "sources" => list(List::Sources),
            "publishers" => list(List::Publishers),
            "origins" => list(List::Origins),
            "source_titles" => list(List::Titles),
            "source_published" => list(List::Published),
            "source_urls" => list(List::Urls),
            "source_kinds" => list(List::Kinds),
            "source_languages" => list(List::Languages),
            "stances" => list(List::Stances),
            other => Self::of_range(other),
        }
    }

    fn of_range(name: &str) -> Option<Self> {
        let low = name.strip_suffix("_low").map(|stem| (stem, true));
        let (stem, is_low) = low.or_else(|| Some((name.strip_suffix("_high")?, false)))?;
        let group = |harm: &str| PersonGroup::from_code(stem.strip_prefix(harm)?);
        let range = match stem {
            "munitions" => Range::Munitions,
            "intercepted" => Range::Intercepted,
            _ => (group("killed_").map(Range::Killed))
                .or_else(|| group("wounded_").map(Range::Wounded))?,
        };
        Some(if is_low { Self::Low(range) } else { Self::High(range) })
    }
}

/// Makes values of the cells that Sitrep wrote. `is_guarded` where texts have apostrophes against spreadsheets, as in CSV.
pub(super) fn complete(dataset: &mut Dataset, is_guarded: bool) {
    let unguarded = |text: &str| if is_guarded { plain(text) } else { text }.to_owned();
    let columns: Vec<Option<Column>> =
        dataset.other_columns.iter().map(|name| Column::of(name)).collect();
    let has = |column| columns.contains(&Some(column));
    let (has_sites, has_positions) = (has(Column::Site), has(Column::SiteLat));
    let imported = std::mem::take(&mut dataset.sites);
    let mut events = std::mem::take(&mut dataset.events);
    let mut making = Making::default();
    for (index, event) in (0..).map(EventIndex).zip(&mut events) {
        let mut words = dataset.words(event).into_owned();
        texts_of(&mut words).for_each(|text| *text = unguarded(text));
        if let Some(time) = event.date.local_time.as_mut() {
            *time = unguarded(time);
        }
        // The import keeps the word of the weapon, which is a code here.
        words.weapon_detail.take_if(|word| Weapon::from_code(word).is_some());
        let mut row = Row::default();
        for (place, cell) in std::mem::take(&mut words.others) {
            let cell = unguarded(&cell);
            let column = columns.get(place as usize).copied().flatten();
            if !column.is_some_and(|column| row.take(column, (event, &mut words), &cell, place)) {
                words.others.push((place, cell));
            }
        }
        row.ranges(event, &mut words.others);
        words.others.sort_by_key(|(place, _)| *place);
        event.attributed_to =
            making.actors(&row, List::AttributedTo, List::AttributedToNames).into_iter().collect();
        event.claimed_by =
            making.actors(&row, List::ClaimedBy, List::ClaimedByNames).into_iter().collect();
        event.parties = making.actors(&row, List::Parties, List::PartyNames);
        making.reports(index, &row);
        event.words = words.into();
        let mut site = imported[event.site.get()].clone();
        for text in [Some(&mut site.name), site.name_ar.as_mut(), site.admin1.as_mut()]
            .into_iter()
            .flatten()
            .chain([&mut site.country])
        {
            *text = unguarded(text);
        }
        event.site = making.site(event, &row, site, (has_sites, has_positions));
    }
    dataset.events = events;
    for kind in &mut dataset.kinds {
        *kind = unguarded(kind);
    }
    dataset.sites = making.sites.values;
    dataset.actors = making.actors.values;
    dataset.sources = making.sources.values;
    dataset.reports = making.reports;
    for name in &mut dataset.other_columns {
        *name = unguarded(name.strip_suffix(OF_FILE).unwrap_or(name));
    }
    classes(dataset, unguarded);
}

/// Texts that the import made of a row.
fn texts_of(words: &mut EventWords) -> impl Iterator<Item = &mut String> {
    let texts = [&mut words.weapon_detail, &mut words.note];
    [&mut words.id, &mut words.summary].into_iter().chain(texts.into_iter().flatten())
}

/// Where all classes are directions they are those of Sitrep's own record, each with its own colour.
fn classes(dataset: &mut Dataset, unguarded: impl Fn(&str) -> String) {
    let slots: Vec<Direction> = dataset.classes.slots().collect();
    let names: Vec<String> = slots.iter().map(|s| unguarded(dataset.classes.label(*s))).collect();
    let own: Option<Vec<Direction>> = names
        .iter()
        .map(|name| Direction::ALL.iter().copied().find(|d| d.code() == name.as_str()))
        .collect();
    if let Some(own) = own {
        for event in &mut dataset.events {
            event.direction =
                own.get(event.direction.position()).copied().unwrap_or(event.direction);
        }
        dataset.classes = Classes::default();
    } else {
        dataset.classes = Classes::of_others(dataset.classes.name(), names);
    }
}

/// Values of which each has a number.
struct Numbered<K, T> {
    numbers: HashMap<K, u32>,
    values: Vec<T>,
}

impl<K, T> Default for Numbered<K, T> {
    fn default() -> Self {
        Self { numbers: HashMap::new(), values: Vec::new() }
    }
}

impl<K: Eq + Hash, T> Numbered<K, T> {
    fn number(&mut self, key: K, make: impl FnOnce(usize) -> T) -> u32 {
        let Self { numbers, values } = self;
        *numbers.entry(key).or_insert_with(|| {
            values.push(make(values.len()));
            u32::try_from(values.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// What tells sites apart.
type SiteKey = (String, [String; 5], [Option<u64>; 3], PlacePrecision);

#[derive(Default)]
struct Making {
    sites: Numbered<SiteKey, Site>,
    site_ids: HashMap<String, u32>,
    actors: Numbered<String, crate::domain::Actor>,
    sources: Numbered<String, crate::domain::Source>,
    reports: Vec<Report>,
}

impl Making {
    fn actors(&mut self, row: &Row, ids: List, names: List) -> ActorList {
        let names = row.aligned(names, row.list(ids).len());
        let both = row.list(ids).iter().zip(names);
        let both = both.filter(|(id, _)| !id.is_empty());
        let index = |(id, name): (&String, &str)| {
            let made = self.actors.number(id.clone(), |_| {
                let mut made = actor(id);
                if !name.is_empty() {
                    name.clone_into(&mut made.name);
                }
                made
            });
            ActorIndex(made)
        };
        both.map(index).collect()
    }

    fn reports(&mut self, event: EventIndex, row: &Row) {
        let ids = row.list(List::Sources);
        let of = |list| row.aligned(list, ids.len());
        let [publishers, origins, titles, published, urls, kinds, languages, stances] = [
            List::Publishers,
            List::Origins,
            List::Titles,
            List::Published,
            List::Urls,
            List::Kinds,
            List::Languages,
            List::Stances,
        ]
        .map(of);
        for (n, id) in ids.iter().enumerate().filter(|(_, id)| !id.is_empty()) {
            let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let number = self.sources.number(id.clone(), |_| {
                let mut made = source(id);
                if let Some(publisher) = filled(publishers[n]) {
                    made.origin = filled(origins[n]).unwrap_or_else(|| publisher.clone());
                    made.publisher = publisher;
                }
                titles[n].clone_into(&mut made.title);
                made.published = filled(published[n]);
                made.url = filled(urls[n]).or(made.url);
                made.kind = SourceKind::from_code(kinds[n]).unwrap_or(made.kind);
                made.language = filled(languages[n]);
                made
            });
            let stance = Stance::from_code(stances[n]).unwrap_or(Stance::Reports);
            self.reports.push(Report { event, source: SourceIndex(number), stance, said: None });
        }
    }

    /// The site of an event, and the event's own position where it differs.
    fn site(
        &mut self,
        event: &mut Event,
        row: &Row,
        mut site: Site,
        (has_sites, has_positions): (bool, bool),
    ) -> SiteIndex {
        if let Some(kind) = &row.site_kind {
            site.kind.clone_from(kind);
        }
        site.radius_m = row.radius.or(site.radius_m);
        site.coord_source.clone_from(&row.position_from);
        if let Some(precision) = row.site_precision {
            site.precision = precision;
        }
        if has_positions {
            let own = site.position;
            let [lat, lon] = row.site_position;
            site.position = lat.zip(lon).and_then(|(lat, lon)| LonLat::new(lon, lat).ok());
            event.position = own.filter(|_| own != site.position).into();
        }
        if has_sites {
            row.site.clone_into(&mut site.id);
        }
        let words = [
            site.name.clone(),
            site.name_ar.clone().unwrap_or_default(),
            site.kind.clone(),
            site.admin1.clone().unwrap_or_default(),
            site.country.clone(),
        ];
        let bits = [site.position.map(LonLat::lat), site.position.map(LonLat::lon), site.radius_m];
        let key = (site.id.clone(), words, bits.map(|b| b.map(f64::to_bits)), site.precision);
        let ids = &mut self.site_ids;
        let number = self.sites.number(key, |_| {
            // Two rows may say different things of one site: then there are two.
            let uses = ids.entry(site.id.clone()).or_default();
            *uses += 1;
            if *uses > 1 || site.id.is_empty() {
                site.id = format!("{}-{uses}", site.id);
            }
            site
        });
        SiteIndex(number)
    }
}

/// The lowest and the highest number, with their cells, which go back to the event when they contradict each other.
type Counted = (Range, [Option<u32>; 2], Vec<(u32, String)>);

/// What the cells of one row say together.
#[derive(Default)]
struct Row {
    site: String,
    site_kind: Option<String>,
    site_position: [Option<f64>; 2],
    site_precision: Option<PlacePrecision>,
    position_from: Option<String>,
    radius: Option<f64>,
    lists: Vec<(List, Vec<String>)>,
    counts: Vec<Counted>,
}

impl Row {
    fn list(&self, wanted: List) -> &[String] {
        self.lists.iter().find(|(list, _)| *list == wanted).map_or(&[], |(_, entries)| entries)
    }

    /// The entries of a list that goes with another one; empty where it has not as many.
    fn aligned(&self, list: List, len: usize) -> Vec<&str> {
        let entries = self.list(list);
        let fits = entries.len() == len;
        (0..len).map(|n| if fits { entries[n].as_str() } else { "" }).collect()
    }

    /// Takes a cell for what its column is; `false` when it cannot be read as that.
    fn take(
        &mut self,
        column: Column,
        (event, words): (&mut Event, &mut EventWords),
        cell: &str,
        place: u32,
    ) -> bool {
        fn code<C: Code>(slot: &mut C, cell: &str) -> bool {
            C::from_code(cell).map(|code| *slot = code).is_some()
        }
        fn number(slot: &mut Option<f64>, cell: &str) -> bool {
            *slot = cell.parse().ok().filter(|n: &f64| n.is_finite());
            slot.is_some()
        }
        let filled = |slot: &mut Option<String>| *slot = Some(cell.to_owned());
        match column {
            Column::Repeated => {}
            Column::DatePrecision => {
                let Some(precision) = DatePrecision::from_code(cell) else { return false };
                if precision.is_one_day() && event.date.span.days() > 1 {
                    return false;
                }
                event.date.precision = precision;
                event.date.span = precision.widened(event.date.span);
            }
            Column::PlacePrecision => return code(&mut event.precision, cell),
            Column::Site => cell.clone_into(&mut self.site),
            Column::SiteKind => filled(&mut self.site_kind),
            Column::SiteLat => return number(&mut self.site_position[0], cell),
            Column::SiteLon => return number(&mut self.site_position[1], cell),
            Column::SitePrecision => {
                self.site_precision = PlacePrecision::from_code(cell);
                return self.site_precision.is_some();
            }
            Column::PositionFrom => filled(&mut self.position_from),
            Column::Radius => {
                return number(&mut self.radius, cell) && self.radius.is_some_and(|r| r > 0.0);
            }
            Column::WeaponDetail => filled(&mut words.weapon_detail),
            Column::Low(range) => return self.end(range, 0, cell, place),
            Column::High(range) => return self.end(range, 1, cell, place),
            Column::Damage => return code(&mut event.damage, cell),
            Column::Outcome => filled(&mut words.outcome),
            Column::Target => filled(&mut words.target),
            Column::AttributedBy => filled(&mut words.attributed_by),
            Column::Confidence => return code::<Confidence>(&mut event.confidence, cell),
            Column::DistinctFrom => words.distinct_from = entries(cell),
            Column::List(list) => self.lists.push((list, entries(cell))),
        }
        true
    }

    fn end(&mut self, range: Range, end: usize, cell: &str, place: u32) -> bool {
        let Ok(count) = cell.parse() else { return false };
        let at = self.counts.iter().position(|(known, ..)| *known == range);
        let at = at.unwrap_or_else(|| {
            self.counts.push((range, [None; 2], Vec::new()));
            self.counts.len() - 1
        });
        let (_, ends, cells) = &mut self.counts[at];
        ends[end] = Some(count);
        cells.push((place, cell.to_owned()));
        true
    }

    /// Gives the event its counts.
    fn ranges(&mut self, event: &mut Event, others: &mut Vec<(u32, String)>) {
        for (range, [low, high], cells) in std::mem::take(&mut self.counts) {
            let Some(count) = low.and_then(|low| CountRange::new(low, high)) else {
                others.extend(cells);
                continue;
            };
            let put = |harm: &mut Casualties, group| {
                *harm = std::mem::take(harm).with(group, Some(count));
            };
            match range {
                Range::Munitions => event.munitions = Some(count).into(),
                Range::Intercepted => event.intercepted = Some(count).into(),
                Range::Killed(group) => put(&mut event.killed, group),
                Range::Wounded(group) => put(&mut event.wounded, group),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_name_whatever_their_case() {
        assert_eq!(Column::of("Munitions_Low"), Some(Column::Low(Range::Munitions)));
        let civilians = Range::Killed(PersonGroup::Civilians);
        assert_eq!(Column::of("killed_civilians_high"), Some(Column::High(civilians)));
        for name in ["killed_low", "killed_everybody_low", "tags", "", "_low"] {
            assert_eq!(Column::of(name), None, "{name}");
        }
    }
}
