//! The data package: a folder with `datapackage.json` and its tables, or the embedded one.

use std::cmp::Ordering;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::cells::Cells;
use super::digest::Digests;
use super::embedded::embedded_record;
use super::ids::Ids;
use super::lines::{Lines, TableName};
use super::open::{DatasetPlace, LoadError, Loaded};
use super::problem::Problem;
use super::records;
use super::rows::Table;
use crate::analysis::Record;
use crate::domain::{ContextEntry, Dataset, DaySpan, Event, FileDigest, Report};

#[derive(Deserialize)]
struct Descriptor {
    name: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    time_zone: Option<String>,
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    name: String,
    path: String,
}

/// The record that is part of the program.
pub(super) fn load_embedded() -> Result<Loaded, LoadError> {
    let files = embedded_record();
    let read = |name: &str| {
        let file = files.iter().find(|(n, _)| *n == name).map(|(_, bytes)| bytes.to_vec());
        file.ok_or_else(|| {
            std::io::Error::new(std::io::ErrorKind::NotFound, "not in the embedded record")
        })
    };
    load_with(Path::new("(embedded record)"), "datapackage.json", "data", read)
}

/// The package at `path`: its folder or its descriptor.
pub(super) fn load(path: &Path) -> Result<Loaded, LoadError> {
    let descriptor = if path.is_dir() { path.join("datapackage.json") } else { path.to_owned() };
    let folder = descriptor.parent().unwrap_or(Path::new("")).to_owned();
    let name =
        descriptor.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let shown = folder.display().to_string();
    load_with(path, &name, &shown, |name| fs::read(folder.join(name)))
}

fn load_with(
    path: &Path,
    descriptor: &str,
    folder: &str,
    read: impl Fn(&str) -> std::io::Result<Vec<u8>>,
) -> Result<Loaded, LoadError> {
    let io = |source| LoadError::Io { path: path.to_owned(), source };
    let bytes = read(descriptor).map_err(io)?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let package: Descriptor = serde_json::from_slice(text).map_err(|error| {
        let is_object = text.trim_ascii_start().starts_with(b"{");
        let reason = match error.classify() {
            _ if !is_object => "it is no JSON".to_owned(),
            serde_json::error::Category::Data => format!("its descriptor: {error}"),
            _ => format!("its descriptor is no whole JSON: {error}"),
        };
        LoadError::NotAPackage { path: path.to_owned(), reason }
    })?;
    let mut problems = Vec::new();
    let digests = Digests::new(descriptor, bytes);
    let mut table = |name: &'static str| -> Result<Table, LoadError> {
        let missing = || LoadError::MissingTable { table: name, path: path.to_owned() };
        let resource = package.resources.iter().find(|r| r.name == name).ok_or_else(missing)?;
        let inside = Path::new(&resource.path);
        if inside.is_absolute() || inside.components().any(|c| c.as_os_str() == "..") {
            return Err(LoadError::NotAPackage {
                path: path.to_owned(),
                reason: format!("the table \"{name}\" lies outside the package"),
            });
        }
        let bytes = read(&resource.path).map_err(|_| missing())?;
        let shown = if folder.is_empty() {
            resource.path.clone()
        } else {
            format!("{folder}/{}", resource.path)
        };
        let read = Table::read(&shown, &bytes, &mut problems);
        let order = package.resources.iter().position(|r| std::ptr::eq(r, resource));
        digests.add(order.unwrap_or_default(), &resource.path, bytes);
        Ok(read)
    };
    let tables = Tables {
        sources: table("sources")?,
        sites: table("sites")?,
        actors: table("actors")?,
        events: table("events")?,
        reports: table("reports")?,
        links: table("links")?,
        context: table("context")?,
        force_levels: table("force_levels")?,
        reported_totals: table("reported_totals")?,
        coverage_notes: package
            .resources
            .iter()
            .any(|r| r.name == "coverage_notes")
            .then(|| table("coverage_notes"))
            .transpose()?,
    };
    let mut loader = Loader { problems, ids: Ids::default(), lines: Lines::default(), left_out: 0 };
    let mut dataset = loader.dataset(&tables);
    dataset.title = if package.title.is_empty() { package.name.clone() } else { package.title };
    dataset.name = package.name;
    dataset.version = package.version;
    dataset.time_zone = package.time_zone.unwrap_or_else(|| "Asia/Baghdad".to_owned());
    dataset.sha256 = FileDigest::known(digests.whole());
    let mut problems = loader.problems;
    problems.sort();
    let (dataset, lines) = (Record::new(dataset), loader.lines);
    let (table, opened, remembered) = (None, None, None);
    let place = DatasetPlace::Nowhere;
    Ok(Loaded { dataset, problems, lines, table, opened, remembered, place })
}

struct Tables {
    sources: Table,
    sites: Table,
    actors: Table,
    events: Table,
    reports: Table,
    links: Table,
    context: Table,
    force_levels: Table,
    reported_totals: Table,
    /// A record without it says nothing of its own coverage.
    coverage_notes: Option<Table>,
}

struct Loader {
    problems: Vec<Problem>,
    ids: Ids,
    lines: Lines,
    /// Rows that could not be used.
    left_out: usize,
}

impl Loader {
    fn dataset(&mut self, tables: &Tables) -> Dataset {
        let sources =
            self.list(TableName::Sources, &tables.sources, |_, c| Some(records::source(c)));
        let sites =
            self.list(TableName::Sites, &tables.sites, |ids, c| Some(records::site(ids, c)));
        let actors = self.list(TableName::Actors, &tables.actors, |_, c| Some(records::actor(c)));
        let by_day = |a: &Event, b: &Event| {
            (a.date.span.first(), &a.held().id).cmp(&(b.date.span.first(), &b.held().id))
        };
        let events = self.sorted(TableName::Events, &tables.events, records::event, by_day);
        // Rows that were left out have no place; the others have one in the order of their days.
        self.ids.place_again(TableName::Events, events.iter().map(|e| e.held().id.as_str()));
        if self.ids.is_unread(TableName::Sites) {
            // No event could be placed, and none of those that name one is at fault.
            self.ids.mark_unread(TableName::Events);
        }
        let by_event = |a: &Report, b: &Report| a.event.cmp(&b.event);
        let reports = self.sorted(TableName::Reports, &tables.reports, records::report, by_event);
        let links = self.list(TableName::Links, &tables.links, records::link);
        let by_first_day = |a: &ContextEntry, b: &ContextEntry| {
            (a.span.map(DaySpan::first), &a.id).cmp(&(b.span.map(DaySpan::first), &b.id))
        };
        let entry = |ids: &Ids, c: &mut Cells<'_>| Some(records::context_entry(ids, c));
        let context = self.sorted(TableName::Context, &tables.context, entry, by_first_day);
        let force_levels =
            self.list(TableName::ForceLevels, &tables.force_levels, records::force_level);
        let reported_totals =
            self.list(TableName::ReportedTotals, &tables.reported_totals, records::reported_total);
        let coverage_notes = tables.coverage_notes.as_ref().map_or_else(Vec::new, |table| {
            self.list(TableName::CoverageNotes, table, records::coverage_note)
        });
        Dataset {
            sites,
            actors,
            sources,
            events,
            reports,
            links,
            context,
            force_levels,
            reported_totals,
            coverage_notes,
            rows_left_out: self.left_out,
            ..Dataset::default()
        }
    }

    /// Reads every row, in the order of the file.
    fn list<T>(
        &mut self,
        name: TableName,
        table: &Table,
        make: impl Fn(&Ids, &mut Cells<'_>) -> Option<T>,
    ) -> Vec<T> {
        self.sorted(name, table, make, |_, _| Ordering::Equal)
    }

    /// Reads every row; equal ones stay in the order of the file. Keeps identifiers and lines.
    fn sorted<T>(
        &mut self,
        name: TableName,
        table: &Table,
        make: impl Fn(&Ids, &mut Cells<'_>) -> Option<T>,
        order: impl Fn(&T, &T) -> Ordering,
    ) -> Vec<T> {
        let mut list: Vec<(u64, T)> = Vec::new();
        self.left_out += table.broken;
        let readable = self.is_readable(name, table);
        for row in table.rows().filter(|_| readable) {
            let mut cells = Cells { row: &row, problems: &mut self.problems };
            if let Some(id) = row.text("id") {
                let place = u32::try_from(list.len()).unwrap_or(u32::MAX);
                if !self.ids.register(name, id, place) {
                    cells.problem(
                        "id",
                        format!("the identifier \"{id}\" stands twice"),
                        "give each row its own; the later row was left out",
                    );
                    self.left_out += 1;
                    continue;
                }
            }
            match make(&self.ids, &mut cells) {
                Some(value) => list.push((row.line, value)),
                None => self.left_out += 1,
            }
        }
        list.sort_by(|(_, a), (_, b)| order(a, b));
        let (lines, values) = list.into_iter().unzip();
        self.lines.insert(name, &table.file, readable, lines);
        values
    }

    /// Whether the rows of the table can be used; when others refer to them, they need identifiers.
    fn is_readable(&mut self, name: TableName, table: &Table) -> bool {
        if !table.readable {
            self.ids.mark_unread(name);
            return false;
        }
        if !name.is_referred_to() || table.has("id") {
            return true;
        }
        let advice = "add it, with an identifier for each row; no row of the table was used";
        let location = table.header_cell("id");
        self.problems.push(Problem::error(location, "the column is missing", advice));
        self.left_out += table.rows().count();
        self.ids.mark_unread(name);
        false
    }
}
