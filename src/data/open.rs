//! Whatever file is opened: the embedded record, a data package, a table of events, or the beginning of a large one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::digest;
use super::import;
use super::lines::{Lines, TableName};
use super::package;
use super::problem::Problem;
use crate::analysis::Record;
use crate::domain::{Dataset, FileDigest};

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
    /// Where it lies.
    pub place: DatasetPlace,
}

/// Where a record lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DatasetPlace {
    /// In the program itself.
    Embedded,
    /// A file or folder.
    File(PathBuf),
    /// Nowhere that it could be found again, as what came from standard input.
    #[default]
    Nowhere,
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
    /// The text of a mapping file.
    Text {
        /// It.
        text: String,
        /// What people call what it stands in.
        said_by: String,
    },
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
    let place = match path {
        None => DatasetPlace::Embedded,
        Some(path) if path == Path::new(STANDARD_INPUT) => DatasetPlace::Nowhere,
        Some(path) => DatasetPlace::File(path.to_owned()),
    };
    Ok(Loaded { remembered, place, ..read(path, opening)? })
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
        None => package::load_embedded(),
        Some(path) => package::load(path),
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
    loaded.remembered.clone_from(&opening.remembered);
    loaded.place = DatasetPlace::File(path.to_owned());
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
        Some(MappingFrom::Text { text, said_by }) => table.map_by_text(text, said_by)?,
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
        place: DatasetPlace::Nowhere,
    })
}
