//! Files to domain values and back: the data package, the basemap, and what is wrong with a file.
//!
//! Problems in data are values; an error is only what stops the reading altogether.

pub mod basemap;
mod cells;
mod check;
mod digest;
mod embedded;
pub mod figure_file;
mod ids;
pub mod import;
mod lines;
mod open;
mod package;
mod problem;
pub mod project;
mod records;
mod rows;
mod store;
pub mod write;

pub use check::check;
pub use embedded::embedded_record;
pub use figure_file::{FigureFile, FigureFileError, FigureRecord, Restored, Since};
pub use lines::{Lines, TableName};
pub use open::{
    DatasetPlace, LoadError, Loaded, MappingFrom, OpenedTable, Opening, length_of, load, open,
    open_beginning,
};
pub use problem::{Location, Problem, Severity};
pub use project::{Project, ProjectError, ProjectFile};
pub use store::{Draft, FolderDraft, SaveError, save, save_all, still_there};
