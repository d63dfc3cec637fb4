//! A project: what was looked at in a record, as one file of JSON that people can read, with where the record lies and
//! what it held then.
//!
//! What another version put in is kept (`kept.rs`). What is read may come from anybody: size, depth and number of values
//! are bounded before anything is made of them, and what is wrong is one sentence. Must not know a window.

mod error;
mod folder;
mod form;
mod kept;
mod limits;
mod print;
mod project_file;
mod recent;
mod recovery;
mod since;
mod source;

pub use error::{ProjectError, ProjectFault};
pub use folder::{Entry, Listing};
pub use form::{MAX_NAME, Project, ProjectDataset, ProjectFigure, SavedView};
pub use kept::{Kept, Unknown};
pub use limits::{MAX_BYTES, MAX_DEPTH, MAX_VALUES};
pub use project_file::{ENDING, ProjectFile};
pub use recent::{Recent, recent_file};
pub use recovery::{Left, Slot, left_over, unsaved_folder};
pub use since::{RestoredProject, project_since, project_words};
pub use source::{DatasetSource, Found};
