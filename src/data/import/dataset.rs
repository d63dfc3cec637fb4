//! A table that was read, as a dataset: its words become sites, parties, sources and classes, and nothing is said of them that
//! the table does not say.

use std::sync::Arc;

use super::Role;
use super::dialect::Sample;
use super::mapping::Mapping;
use super::place::TablePlace;
use super::read::Imported;
use crate::domain::{
    Actor, ActorKind, Classes, Dataset, EventTexts, PlacePrecision, Report, Site, Source,
    SourceKind, Stance,
};

/// What the class is called where no column says it.
const NO_CLASS: &str = "not said";

/// Makes a dataset of a table. `name` is what people call the file, `texts` reads the words of its rows.
pub(super) fn dataset(
    imported: Imported,
    sample: &Sample,
    mapping: &Mapping,
    texts: Arc<dyn EventTexts>,
    name: &str,
) -> Dataset {
    let report = |(event, source)| Report { event, source, stance: Stance::Reports, said: None };
    Dataset {
        title: name.to_owned(),
        name: name.to_owned(),
        version: mapping.profile.unwrap_or_default().to_owned(),
        time_zone: String::new(),
        classes: classes(&imported, sample, mapping),
        other_columns: sample.header.clone(),
        kinds: imported.kinds,
        texts: Some(texts),
        sites: imported.places.iter().enumerate().map(|(n, place)| site(n, place)).collect(),
        actors: imported.actors.iter().map(|name| actor(name)).collect(),
        sources: imported.sources.iter().map(|name| source(name)).collect(),
        events: imported.events,
        reports: imported.told_by.into_iter().map(report).collect(),
        rows_left_out: usize::try_from(imported.report.total_left_out()).unwrap_or(usize::MAX),
        ..Dataset::default()
    }
}

/// The names of the classes, and what they are called together.
fn classes(imported: &Imported, sample: &Sample, mapping: &Mapping) -> Classes {
    let said = |class: &String| if class.is_empty() { NO_CLASS.to_owned() } else { class.clone() };
    let mut names: Vec<String> = imported.classes.iter().map(said).collect();
    if imported.other_classes > 0 {
        names.push(format!("other ({} kinds)", imported.other_classes));
    }
    let column = mapping.place(Role::Class).and_then(|place| sample.header.get(place));
    let called = column.map_or_else(|| "class".to_owned(), |c| c.replace('_', " ").to_lowercase());
    Classes::of_others(&called, names)
}

fn site(number: usize, place: &TablePlace) -> Site {
    let position = place.position;
    let [in_governorate, in_country] = &place.lies_in;
    let said = |text: &'_ String, found: &'_ String| {
        if text.is_empty() { found.clone() } else { text.clone() }
    };
    let governorate = said(&place.governorate, in_governorate);
    let country = said(&place.country, in_country);
    let words = [&place.name, &governorate, &country];
    let named = words.into_iter().find(|text| !text.is_empty());
    let at = position.map(|p| format!("{:.4}, {:.4}", p.lat(), p.lon()));
    let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
    Site {
        id: format!("place-{}", number + 1),
        name: named.cloned().or(at).unwrap_or_else(|| "place not said".to_owned()),
        name_ar: filled(&place.name_ar),
        aliases: Vec::new(),
        kind: String::new(),
        country: country_code(&country).to_owned(),
        admin1: filled(&governorate),
        position,
        // How precisely an event is placed says the event; without a position the site says how far it goes.
        precision: match position {
            _ if place.precision.is_some() => place.precision.unwrap_or(PlacePrecision::Country),
            Some(_) => PlacePrecision::Site,
            None if governorate.is_empty() => PlacePrecision::Country,
            None => PlacePrecision::Admin1,
        },
        radius_m: place.radius_m,
        part_of: None,
        used_by: None,
        from: None,
        to: None,
        coord_source: place.placed_by.clone(),
        verified: false,
        description: None,
    }
}

/// The two letters of the countries that the map is of; another name stays as it is written.
pub(super) fn country_code(name: &str) -> &str {
    match name.to_lowercase().as_str() {
        "iraq" | "iq" | "irq" | "iz" | "العراق" => "IQ",
        "syria" | "syrian arab republic" | "sy" | "syr" | "سوريا" | "سورية" => "SY",
        _ => name,
    }
}

pub(super) fn actor(name: &str) -> Actor {
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
pub(super) fn source(name: &str) -> Source {
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
