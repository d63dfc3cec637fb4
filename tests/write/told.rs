//! All that a flat file can hold of an event, as lines to be compared.

use sitrep_atlas::domain::{ActorIndex, Code as _, Dataset, Event, EventIndex, LonLat};

/// Of every event what is said of it.
pub(crate) fn told_of_all(dataset: &Dataset) -> Vec<Vec<String>> {
    dataset.events.iter().map(|event| told(dataset, event)).collect()
}

/// What is said of an event.
pub(crate) fn told(dataset: &Dataset, event: &Event) -> Vec<String> {
    let site = dataset.site(event.site);
    let actors = |list: &[ActorIndex]| {
        let each = list.iter().map(|a| (&dataset.actor(*a).id, &dataset.actor(*a).name));
        format!("{:?}", each.collect::<Vec<_>>())
    };
    let position = |p: Option<LonLat>| format!("{:?}", p.map(|p| [p.lat(), p.lon()]));
    let index = dataset.events.iter().position(|e| std::ptr::eq(e, event)).unwrap();
    let index = EventIndex(u32::try_from(index).unwrap());
    let words = dataset.words(event);
    let mut lines = vec![
        format!("id: {}", words.id),
        format!("{:?}", event.date),
        // A place that Sitrep named itself has another number in another file.
        format!("site: {}", if site.id.starts_with("place-") { "" } else { &site.id }),
        format!(
            "{} {:?} {} {:?} {}",
            site.name, site.name_ar, site.kind, site.admin1, site.country
        ),
        format!("{} {:?}", site.precision.code(), site.radius_m),
        position(site.position),
        position(event.position.get()),
        event.precision.code().to_owned(),
        dataset.classes.code(event.direction).to_owned(),
        dataset.classes.label(event.direction).to_owned(),
        format!("{:?} {} {:?}", dataset.kind(event), event.weapon.code(), words.weapon_detail),
        format!("{:?} {:?}", event.munitions.get(), event.intercepted.get()),
        format!("{:?} {:?}", event.killed, event.wounded),
        format!("{} {:?} {:?}", event.damage.code(), words.outcome, words.target),
        actors(&event.attributed_to),
        actors(&event.claimed_by),
        actors(&event.parties),
        format!("{:?} {:?}", words.attributed_by, words.distinct_from),
        format!("{} {}", event.status.code(), event.confidence.code()),
        format!("note: {:?}", words.note),
        format!("summary: {}", words.summary),
    ];
    for report in dataset.reports_of(index) {
        let s = dataset.source(report.source);
        lines.push(format!(
            "{} {} {} {} {:?} {:?} {} {:?} {}",
            s.id,
            s.publisher,
            s.origin,
            s.title,
            s.published,
            s.url,
            s.kind.code(),
            s.language,
            report.stance.code()
        ));
    }
    for (place, cell) in &words.others {
        lines.push(format!("{}: {cell}", dataset.other_columns[*place as usize]));
    }
    lines
}
