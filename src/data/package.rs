//! The data package: a folder with `datapackage.json` and its tables, or the embedded one.

use std::cmp::Ordering;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::cells::Cells;
use super::digest::{self, Digests};
use super::embedded::embedded_record;
use super::ids::Ids;
use super::import;
use super::lines::{Lines, TableName};
use super::problem::Problem;
use super::records;
use super::rows::Table;
use crate::analysis::Record;
use crate::domain::{ContextEntry, Dataset, DaySpan, Event, FileDigest, Report};

/// The name under which a table comes from standard input.
const STANDARD_INPUT: &str = "-";

/// A dataset and what is wrong with its files.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// All that could be read.
    pub dataset: Record,
    /// What is wrong within rows, by file and line; [`super::check`] finds what is wrong between them.
    pub problems: Vec<Problem>,
    /// Where the rows of the dataset stand in its files.
    pub lines: Lines,
    /// How a table that is no data package was read; `None` of a package.
    pub table: Option<import::HowRead>,
    /// That table itself, to be read in another way.
    pub opened: Option<OpenedTable>,
    /// The folder in which it is remembered what a person said of tables, as [`Opening`] named it.
    pub remembered: Option<PathBuf>,
}

/// A table that was read, and where it stands.
#[derive(Clone, Debug)]
pub struct OpenedTable {
    /// Its file.
    pub path: PathBuf,
    /// The table with its mapping.
    pub table: import::Table,
}

/// What a person says about how a record is to be opened.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// What the columns of a table are; Sitrep finds out by itself where nothing is said.
    pub mapping: Option<MappingFrom>,
    /// Where it is remembered what a person said of tables of a shape; nothing is looked up where it is not said.
    pub remembered: Option<PathBuf>,
    /// Whether a table in which nothing says when is opened too, without any event.
    pub without_dates: bool,
    /// How far the reading is; it can be broken off there.
    pub progress: Arc<import::Progress>,
}

/// Where a mapping comes from.
#[derive(Clone, Debug)]
pub enum MappingFrom {
    /// A mapping file.
    File(PathBuf),
    /// Somebody's choices.
    Person(Box<import::Mapping>),
}

/// Why a data package could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file or folder is not there, or may not be read.
    #[error("the data cannot be read ({source}): check the name and the rights: {}", .path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A table in which nothing says when.
    #[error("no column of this table is known to hold dates: name one \"date\" in its header, or say which it is in a mapping, which `sitrep check FILE --write-mapping m.toml` writes (its columns are: {columns}): {}", .path.display())]
    NoDates {
        /// Where.
        path: PathBuf,
        /// The names of its columns.
        columns: String,
    },
    /// A mapping that cannot be used.
    #[error(transparent)]
    Mapping(#[from] import::MappingError),
    /// A mapping for something that is no table.
    #[error("a mapping says what the columns of a table are, and this is a data package, whose columns are known: leave out --mapping: {}", .path.display())]
    MappingOfPackage {
        /// Where.
        path: PathBuf,
    },
    /// A file of a known format that holds no table.
    #[error("this file cannot be read as a table of events ({reason}): {}", .path.display())]
    NotATable {
        /// Where.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Not a data package.
    #[error("this is not a data package that Sitrep can read ({reason}): give the folder or the datapackage.json of one, or a figure made by Sitrep: {}", .path.display())]
    NotAPackage {
        /// Where.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A table that the record cannot do without is missing.
    #[error("the data package has no table \"{table}\" that can be read: add {table}.csv and name it in datapackage.json: {}", .path.display())]
    MissingTable {
        /// Its name.
        table: &'static str,
        /// The package.
        path: PathBuf,
    },
}

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

/// The length of a file in bytes, to measure how far its reading is; 0 where it is not known.
#[must_use]
pub fn length_of(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |meta| meta.len())
}

/// Reads the embedded record, or the data package at `path` (its folder or its `datapackage.json`).
///
/// # Errors
/// [`LoadError`] when there is no such package or a table is missing. What is wrong inside the tables
/// is listed in [`Loaded::problems`].
pub fn load(path: Option<&Path>) -> Result<Loaded, LoadError> {
    open(path, &Opening::default())
}

/// Reads the embedded record, the data package or the table at `path`, in the way that a person says.
///
/// # Errors
/// [`LoadError`] as [`load`], also for a mapping that cannot be used, and with [`std::io::ErrorKind::Interrupted`] when the
/// reading was broken off.
pub fn open(path: Option<&Path>, opening: &Opening) -> Result<Loaded, LoadError> {
    let remembered = opening.remembered.clone();
    Ok(Loaded { remembered, ..read(path, opening)? })
}

fn read(path: Option<&Path>, opening: &Opening) -> Result<Loaded, LoadError> {
    match path {
        Some(path) if path == Path::new(STANDARD_INPUT) => {
            let mut input = digest::Digesting::new(io::stdin().lock());
            let table = import::Table::from_reader(&mut input);
            let loaded = load_table(Path::new("(standard input)"), table, opening, || {
                FileDigest::known(Some(input.digest()))
            })?;
            // It cannot be opened a second time.
            Ok(Loaded { opened: None, ..loaded })
        }
        Some(path) if import::is_table(path) => {
            let stamp = import::Stamp::of(path);
            let file = path.to_owned();
            let work = move || {
                let digest = digest::of_file(std::fs::File::open(&file).ok()?).ok()?;
                // That of another file is not that of the rows which were read.
                (import::Stamp::of(&file) == stamp).then_some(digest)
            };
            load_table(path, import::Table::open(path), opening, || FileDigest::worked_out(work))
        }
        _ if opening.mapping.is_some() => Err(LoadError::MappingOfPackage {
            path: path.unwrap_or(Path::new("(embedded record)")).to_owned(),
        }),
        None => {
            let files = embedded_record();
            let read = |name: &str| {
                files.iter().find(|(n, _)| *n == name).map(|(_, bytes)| bytes.to_vec()).ok_or_else(
                    || {
                        std::io::Error::new(
                            std::io::ErrorKind::NotFound,
                            "not in the embedded record",
                        )
                    },
                )
            };
            load_with(Path::new("(embedded record)"), "datapackage.json", "data", read)
        }
        Some(path) => {
            let descriptor =
                if path.is_dir() { path.join("datapackage.json") } else { path.to_owned() };
            let folder = descriptor.parent().unwrap_or(Path::new("")).to_owned();
            let name = descriptor
                .file_name()
                .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            let shown = folder.display().to_string();
            load_with(path, &name, &shown, |name| fs::read(folder.join(name)))
        }
    }
}

/// A table of more bytes takes longer to read than somebody should wait for a picture.
const LARGE: u64 = 16 << 20;

/// The first rows of a table that is large, to be looked at while the whole of it is read; `None` for what is no large table. Its
/// title says that it is the beginning.
///
/// # Errors
/// As [`open`].
pub fn open_beginning(path: &Path, opening: &Opening) -> Result<Option<Loaded>, LoadError> {
    if length_of(path) < LARGE || !import::is_table(path) {
        return Ok(None);
    }
    let table = import::Table::open(path).and_then(|table| table.beginning());
    let mut loaded = load_table(path, table, opening, FileDigest::default)?;
    let events = crate::analysis::words::thousands(loaded.dataset.events.len());
    let title = format!("{}, only its first {events} rows", loaded.dataset.title);
    loaded.dataset =
        Record::new(Dataset { title, is_beginning: true, ..(*loaded.dataset).clone() });
    // How all of it is read is said when it was.
    (loaded.table, loaded.opened) = (None, None);
    Ok(Some(loaded))
}

/// Reads a table of events that is no data package.
fn load_table(
    path: &Path,
    table: io::Result<import::Table>,
    opening: &Opening,
    digest: impl FnOnce() -> FileDigest,
) -> Result<Loaded, LoadError> {
    let io = |source: io::Error| {
        let path = path.to_owned();
        if source.kind() == io::ErrorKind::InvalidData {
            LoadError::NotATable { path, reason: source.to_string() }
        } else {
            LoadError::Io { path, source }
        }
    };
    let mut table = table.map_err(io)?;
    match &opening.mapping {
        None => {
            if let Some(folder) = &opening.remembered {
                table.map_as_remembered(folder);
            }
        }
        Some(MappingFrom::File(file)) => table.map_by_file(file)?,
        Some(MappingFrom::Person(mapping)) => table.map((**mapping).clone()),
    }
    // What has one column only is a text, and no table whose dates somebody could point at.
    let is_let_in = opening.without_dates && table.sample().header.len() > 1;
    if !table.mapping().has_date() && !is_let_in {
        let columns = import::shown(&table.sample().header);
        return Err(LoadError::NoDates { path: path.to_owned(), columns });
    }
    let imported = table.read(&opening.progress).map_err(io)?;
    let mut how = table.how_read(&imported);
    how.swapped = table.swapped(&opening.progress).map_err(io)?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let mut lines = Lines::default();
    lines.insert(TableName::Events, &name, true, imported.lines().collect());
    let mut problems = import::problems(&how, &name);
    problems.sort();
    let mut dataset = table.dataset(imported, &name);
    // It takes longer than the reading, and only a figure wants it.
    dataset.sha256 = digest();
    let opened = Some(OpenedTable { path: path.to_owned(), table });
    Ok(Loaded {
        dataset: Record::new(dataset),
        problems,
        lines,
        table: Some(how),
        opened,
        remembered: None,
    })
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
    Ok(Loaded { dataset, problems, lines, table: None, opened: None, remembered: None })
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
