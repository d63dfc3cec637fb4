//! A made-up dataset as a data package that the program opens.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::Path;

use sitrep_atlas::domain::{
    Actor, ActorIndex, Code as _, CountRange, Dataset, Event, LonLat, Site, Source,
};

use super::dataset::TITLE;

/// The tables of the record, from which headers and descriptions are taken.
macro_rules! tables {
    ($($name:literal),+) => { [$(($name, include_str!(concat!("../../data/", $name, ".csv")))),+] };
}
const TABLES: [(&str, &str); 10] = tables![
    "sources",
    "sites",
    "actors",
    "events",
    "reports",
    "links",
    "context",
    "force_levels",
    "reported_totals",
    "coverage_notes"
];
const DESCRIPTOR: &str = include_str!("../../data/datapackage.json");

/// Column and cell; what is not named stays empty.
type Cells = Vec<(Cow<'static, str>, String)>;

/// Writes the data package into a folder, which is made.
pub(crate) fn write(dataset: &Dataset, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut descriptor: serde_json::Value = serde_json::from_str(DESCRIPTOR)?;
    descriptor["name"] = dataset.name.clone().into();
    descriptor["title"] = TITLE.into();
    descriptor["version"] = dataset.version.clone().into();
    descriptor["description"] =
        "Made up by a program: no event, place or source in it is real.".into();
    if let Some(descriptor) = descriptor.as_object_mut() {
        descriptor.remove("licenses");
        descriptor.remove("keywords");
    }
    fs::write(folder.join("datapackage.json"), serde_json::to_vec_pretty(&descriptor)?)?;
    for (name, example) in TABLES {
        let path = folder.join(format!("{name}.csv"));
        match name {
            "sources" => table(&path, example, dataset.sources.iter().map(source))?,
            "sites" => table(&path, example, dataset.sites.iter().map(site))?,
            "actors" => table(&path, example, dataset.actors.iter().map(actor))?,
            "events" => table(&path, example, dataset.events.iter().map(|e| event(dataset, e)))?,
            "reports" => table(&path, example, reports(dataset))?,
            _ => table(&path, example, std::iter::empty())?,
        }
    }
    Ok(())
}

fn table(path: &Path, example: &str, rows: impl Iterator<Item = Cells>) -> io::Result<()> {
    let header: Vec<&str> = example.lines().next().unwrap_or_default().split(',').collect();
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(&header)?;
    let mut record = vec![String::new(); header.len()];
    for cells in rows {
        record.iter_mut().for_each(String::clear);
        for (column, cell) in cells {
            let at = header.iter().position(|h| *h == column);
            record[at.ok_or_else(|| io::Error::other(column.into_owned()))?] = cell;
        }
        writer.write_record(&record)?;
    }
    writer.flush()
}

fn source(source: &Source) -> Cells {
    vec![
        ("id".into(), source.id.clone()),
        ("publisher".into(), source.publisher.clone()),
        ("origin".into(), source.origin.clone()),
        ("title".into(), source.title.clone()),
        ("published_precision".into(), "unknown".to_owned()),
        ("kind".into(), source.kind.code().to_owned()),
    ]
}

fn site(site: &Site) -> Cells {
    let degrees = |d: Option<f64>| d.map_or_else(String::new, |d| d.to_string());
    vec![
        ("id".into(), site.id.clone()),
        ("name".into(), site.name.clone()),
        ("kind".into(), site.kind.clone()),
        ("country".into(), site.country.clone()),
        ("admin1".into(), site.admin1.clone().unwrap_or_default()),
        ("lat".into(), degrees(site.position.map(LonLat::lat))),
        ("lon".into(), degrees(site.position.map(LonLat::lon))),
        ("place_precision".into(), site.precision.code().to_owned()),
        ("radius_m".into(), degrees(site.radius_m)),
        ("coord_source".into(), site.coord_source.clone().unwrap_or_default()),
        ("verified".into(), site.verified.to_string()),
    ]
}

fn actor(actor: &Actor) -> Cells {
    vec![
        ("id".into(), actor.id.clone()),
        ("name".into(), actor.name.clone()),
        ("kind".into(), actor.kind.code().to_owned()),
        ("parent".into(), actor.parent.clone().unwrap_or_default()),
    ]
}

fn event(dataset: &Dataset, event: &Event) -> Cells {
    let names = |of: &[ActorIndex]| {
        of.iter().map(|a| dataset.actor(*a).id.as_str()).collect::<Vec<_>>().join("; ")
    };
    let mut cells = vec![
        ("id".into(), event.held().id.clone()),
        ("start".into(), event.date.span.first().to_string()),
        ("end".into(), event.date.span.last().to_string()),
        ("date_precision".into(), event.date.precision.code().to_owned()),
        ("site".into(), dataset.site(event.site).id.clone()),
        ("place_precision".into(), event.precision.code().to_owned()),
        ("direction".into(), event.direction.code().to_owned()),
        ("weapon".into(), event.weapon.code().to_owned()),
        ("damage".into(), event.damage.code().to_owned()),
        ("attributed_to".into(), names(&event.attributed_to)),
        ("claimed_by".into(), names(&event.claimed_by)),
        ("status".into(), event.status.code().to_owned()),
        ("confidence".into(), event.confidence.code().to_owned()),
        ("distinct_from".into(), event.held().distinct_from.join("; ")),
        ("summary".into(), event.held().summary.clone()),
    ];
    range(&mut cells, "munitions", event.munitions.get());
    for (stem, casualties) in [("killed", &event.killed), ("wounded", &event.wounded)] {
        for (group, count) in casualties.reported() {
            range(&mut cells, &format!("{stem}_{}", group.code()), Some(count));
        }
    }
    cells
}

fn range(cells: &mut Cells, stem: &str, count: Option<CountRange>) {
    let Some(count) = count else { return };
    cells.push((format!("{stem}_low").into(), count.low().to_string()));
    cells.extend(count.high().map(|h| (format!("{stem}_high").into(), h.to_string())));
}

fn reports(dataset: &Dataset) -> impl Iterator<Item = Cells> + '_ {
    dataset.reports.iter().map(|report| {
        vec![
            ("event".into(), dataset.event(report.event).held().id.clone()),
            ("source".into(), dataset.source(report.source).id.clone()),
            ("stance".into(), report.stance.code().to_owned()),
        ]
    })
}
